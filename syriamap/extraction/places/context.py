"""
Namesakes, decided by the context: governorates and places that the sentence and the text name.

The spotting of names says where a name stands and which places bear it. Which of them is meant is
asked here, for all names of a sentence together: the governorate that contains it, the places
beside it, then the places that the text has spoken of. What stays doubtful or lies too far off
keeps its name and has no place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.names.gazetteer import kilometers
from syriamap.names.toponyms import is_arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from syriamap.extraction.places.meanings import Meanings
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.texts.tokens import Words
    from syriamap.names.gazetteer import Candidate

__all__ = ["Context", "Surroundings"]

_WORDS = read_words()
_BEFORE_ROLE = _WORDS["before_role"] | _WORDS["winds"]
_COUNTRYSIDE = _WORDS["countryside_words"]
_WINDS = _WORDS["winds"]
_SECTORS = _WORDS["sectors"]
_CONTAINERS = _WORDS["containers"] | {"of"}
_SURE_KINDS = frozenset({"city", "adm1", "area", "border", "mountain"})
_TOWNS = frozenset({"town", "city"})
_UNIT_WORDS = _WORDS["unit_words"]

_BESIDE_KM = 60.0
"""A village lies no farther from what the sentence names beside it."""

_SAME_TEXT_KM = 90.0
"""Nor farther from what the text has spoken of."""

_VILLAGE_KM = 25.0
"""A village is meant before a town of its name only so near to what the text has spoken of."""

_RATIO = 2.0
"""Of two namesakes the nearer one is meant if the other is so many times as far."""

_SPELLED = 0.8
"""Least agreement with a name that the governorate or a neighbor speaks for."""

_AS_WELL = 0.05
"""Candidates within so much of the best sound as well as it."""

_ALONE = 0.9
"""And without anything that speaks for it."""

_AT_HOME = 0.85
"""Least agreement of a name with one of the governorate of what stands beside it."""

_SETTLED = frozenset({"town", "village", "hamlet", "district", "quarter", "unresolved"})

_BY_ITSELF = 0.85
"""And where nothing stands beside it, of the only place that sounds so."""

_FAR_TOWN = 0.87
"""And with that of a town that lies far off."""

_ONLY_ONE_KM = 100.0
"""The only place of its name may lie so far from what the sentence names beside it."""

_ONE_POINT_KM = 5.0
"""Namesakes that lie so near each other are one for a map; the nearest is taken."""

_SITE = "site-"
"""How the ids of places begin that somebody has put on the list by hand."""

_MOST_ANCHORS = 8

_WITHOUT_KIND = "core"
"""How the gazetteer says that a name agrees but for the word for a kind: "P airbase"."""


class Surroundings(NamedTuple):
    """
    What speaks for one namesake before another.

    Attributes
    ----------
    codes
        Governorates that contain what the sentence tells of.
    anchors
        Points of the places that it names.
    units
        Districts and subdistricts that it names as such: "in the Saraqib district".
    homes
        Governorates of those places.
    """

    codes: frozenset[str]
    anchors: tuple[tuple[float, float], ...]
    units: frozenset[str] = frozenset()
    homes: tuple[str, ...] = ()

    def besides(self, point: tuple[float, float]) -> Surroundings:
        """Without a point: no name speaks for itself."""
        return self._replace(anchors=tuple(one for one in self.anchors if one != point))


class Context:
    """
    What a text has spoken of so far, and what its names mean by that.

    Parameters
    ----------
    meanings
        The gazetteer's answers.
    province_at
        Point that stands for a governorate → its code.
    cities
        Ids of the cities that the whole text names most often.
    """

    def __init__(
        self,
        meanings: Meanings,
        province_at: dict[tuple[float, float], str],
        cities: Sequence[str] = (),
    ) -> None:
        self._meanings, self._province_at, self._cities = meanings, province_at, cities
        self._told: list[tuple[float, float]] = []
        self._provinces: list[str] = []
        self._named: dict[str, Mention] = {}
        self.asked = False

    def settled(self, words: Words, mentions: Sequence[Mention]) -> list[Mention]:
        """Give the names of a sentence with the place that each means in this context."""
        if not any(self._open(one) for one in mentions):
            self._remember(mentions)
            return list(mentions)
        sure = [one for one in mentions if not self._open(one) or len(one.bearers) == 1]
        return self.settled_by(mentions, self._around(words, sure))

    def settled_by(self, mentions: Sequence[Mention], around: Surroundings) -> list[Mention]:
        """Give names with the places that they mean, by what surrounds them."""
        settled = list(mentions)
        left = [n for n, one in enumerate(mentions) if self._open(one)]
        for told in (False, True):  # by the sentence alone, then by what the text spoke of before
            for beside in (around, None):
                if not left:
                    break
                # what was found speaks for the rest of the list
                by = beside or self._with_found(around, settled, left)
                for n in left:
                    settled[n] = self._one(mentions[n], by, told=told)
                left = [n for n in left if not settled[n].place_id]
        self._remember(settled)
        return settled

    def _with_found(
        self, around: Surroundings, settled: Sequence[Mention], left: Sequence[int]
    ) -> Surroundings:
        """What surrounds the names of a sentence that are left, with those that are settled."""
        found = [one for n, one in enumerate(settled) if n not in left and one.lat is not None]
        found = [one for one in found if one.kind != "adm1"]
        points = tuple((one.lat or 0.0, one.lon or 0.0) for one in found)
        homes = tuple(dict.fromkeys((*around.homes, *self._homes(found))))
        return around._replace(anchors=around.anchors + points, homes=homes)

    def _open(self, mention: Mention) -> bool:
        """Whether a name could mean several places; an airbase of its own name cannot."""
        own = len(mention.bearers) == 1 and mention.kind not in _SETTLED
        return mention.kind not in _SURE_KINDS and not mention.site and not own

    def _remember(self, mentions: Iterable[Mention]) -> None:
        for one in mentions:
            if one.lat is None or one.lon is None:
                continue
            if one.kind == "adm1":
                self._provinces.append(self._province_at.get((one.lat, one.lon), ""))
            elif one.place_id:
                self._told.append((one.lat, one.lon))
                self._named[one.written] = one
        del self._told[:-_MOST_ANCHORS], self._provinces[:-3]

    def _homes(self, mentions: Iterable[Mention]) -> list[str]:
        """Governorates of places."""
        ids = tuple(one.place_id for one in mentions if one.place_id)
        return [one.admin1 for one in self._meanings.named(ids) if one.admin1] if ids else []

    def _around(self, words: Words, sure: Sequence[Mention]) -> Surroundings:
        codes: set[str] = set()
        anchors = []
        units: set[str] = set()
        for one in sure:
            if one.lat is None or one.lon is None:
                continue
            if one.kind == "adm1":
                if self._contains(words, one.first, least=0):
                    codes.add(self._province_at.get((one.lat, one.lon), ""))
                continue
            anchors.append((one.lat, one.lon))
            units |= self._units(words, one)
            heads = one.first == 0 and words.lowers[one.last : one.last + 1] == [":"]
            if one.kind == "city" and (
                heads or self._contains(words, one.first) or self._countryside(words, one)
            ):
                codes |= self._meanings.governorates_around(one.place_id)
        homes = tuple(dict.fromkeys(self._homes(sure)))
        return Surroundings(frozenset(codes - {""}), tuple(anchors), frozenset(units), homes)

    def _units(self, words: Words, one: Mention) -> set[str]:
        """The district or subdistrict that a name stands for: "P district", "in northern P"."""
        if one.kind not in _TOWNS or not one.place_id:
            return set()
        behind = words.lowers[one.last : one.last + 2]
        before = words.lowers[max(0, one.first - 2) : one.first]
        named = not _UNIT_WORDS.isdisjoint(behind[:1] if behind[:1] != ["'s"] else behind[1:])
        named = named or (before[-1:] == ["of"] and not _UNIT_WORDS.isdisjoint(before[:1]))
        if not named and (one.kind == "city" or not self._contains(words, one.first)):
            return set()  # "in eastern P" of a city is its governorate
        seat = self._meanings.named((one.place_id,))[0]
        return {unit for unit in (seat.admin2, seat.admin3) if unit}

    @staticmethod
    def _countryside(words: Words, one: Mention) -> bool:
        """Whether what lies around a city is told of: "the countryside of P", "P's countryside"."""
        before = words.lowers[max(0, one.first - 2) : one.first]
        if before[-1:] == ["of"] and before[0] in _COUNTRYSIDE:
            return True
        behind = words.lowers[one.last : one.last + 5]
        if behind[:1] != ["'s"]:
            return False
        noun = next((word for word in behind[1:] if word not in _WINDS and word != "and"), "")
        return noun in _COUNTRYSIDE

    @staticmethod
    def _contains(words: Words, first: int, least: int = 1) -> bool:
        """Whether "in southeastern" or its like stands before a name, or nothing does."""
        n = first - 1
        winds = 0
        if (
            least == 0
            and words.lowers[max(0, n)] == "of"
            and words.lowers[max(0, n - 1)] in _SECTORS
        ):
            return True  # "in the eastern sector of P countryside"
        while n >= 0 and words.lowers[n] in _BEFORE_ROLE:
            winds += words.lowers[n] in _WINDS
            n -= 1
        if n < 0:
            return least == 0
        return words.lowers[n] in _CONTAINERS and winds >= least

    def _one(self, mention: Mention, around: Surroundings, *, told: bool) -> Mention:
        if mention.lat is not None and mention.lon is not None and mention.bearers:
            around = around.besides((mention.lat, mention.lon))
        place = self._meant(mention, around, told=told)
        before = self._named.get(mention.written) if place is None else None
        if before is not None and mention.kind != "quarter":  # it meant that before in the text
            self.asked = True
            return mention._replace(
                place_id=before.place_id, lat=before.lat, lon=before.lon, kind=before.kind
            )
        if place is None:
            kind = mention.kind if mention.kind == "quarter" else "unresolved"
            return mention._replace(place_id="", lat=None, lon=None, kind=kind)
        if place.place_id == mention.place_id:
            return mention
        listed = mention.listed or place.score >= _ALONE
        return mention._replace(
            place_id=place.place_id, lat=place.lat, lon=place.lon, kind=place.kind, listed=listed
        )

    def _meant(self, mention: Mention, around: Surroundings, *, told: bool) -> Candidate | None:
        same = self._meanings.named(mention.bearers)
        within = [one for one in same if {one.admin2, one.admin3} & around.units]
        if len(within) == 1:
            return within[0]
        if around.codes:
            return self._inside(mention, same, around)
        return self._named_near(mention, same, around, told=told)

    def _named_near(
        self, mention: Mention, same: list[Candidate], around: Surroundings, *, told: bool
    ) -> Candidate | None:
        """Near what the sentence names, else the text."""
        if around.anchors:
            return self._near_sentence(mention, same, around, told=told)
        if len(same) == 1:
            return same[0]
        return self._near_text(mention, same) if told else None

    def _near_sentence(
        self, mention: Mention, same: list[Candidate], around: Surroundings, *, told: bool
    ) -> Candidate | None:
        """Near what the sentence names."""
        anchors = around.anchors
        if same and all(_nearest(one, anchors) > _BESIDE_KM for one in same):
            home = self._at_home(mention, around)
            if home is not None and _is_amid(home, anchors):
                return home  # a town of that very name lies far off
        found = self._beside(mention, same, anchors, _BESIDE_KM) or self._at_home(mention, around)
        return found or self._farther(mention, same, anchors, told=told)

    def _near_text(self, mention: Mention, same: list[Candidate]) -> Candidate | None:
        """In the governorate that the text named last, near what it told of, near its cities."""
        self.asked = True
        codes = frozenset(filter(None, self._provinces[-1:]))
        inside = [one for one in same if one.admin1 in codes]
        if len(inside) == 1:
            return inside[0]
        cities = tuple(self._meanings.point_of(one) for one in self._cities)
        anchors = tuple(self._told) or cities
        if not anchors:
            return self._alone(mention, same)
        found = self._beside(mention, same, anchors, _SAME_TEXT_KM)
        if found is None and len(same) > 1 and cities:
            found = self._beside(mention, same, cities, _SAME_TEXT_KM)
        return found

    def _farther(
        self,
        mention: Mention,
        same: list[Candidate],
        anchors: tuple[tuple[float, float], ...],
        *,
        told: bool,
    ) -> Candidate | None:
        """The only place of a name, not so near; else one near what the text told of before."""
        if len(same) == 1 and _nearest(same[0], anchors) <= _ONLY_ONE_KM:
            return same[0]
        if len(same) == 1 and same[0].place_id.startswith(_SITE) and mention.listed:
            return same[0]  # a quarter that is known by name, wherever one goes from there
        if not (told and self._told):
            return None
        self.asked = True
        return self._beside(mention, same, tuple(self._told), _SAME_TEXT_KM)

    def _at_home(self, mention: Mention, around: Surroundings) -> Candidate | None:
        """The one place of such a name in the governorates of what stands beside it."""
        found = []
        for code in around.homes:
            alike = [
                one
                for one in self._meanings.alike(mention.written, code)
                if _fits(mention, one) and one.place_id not in mention.bearers
            ]
            rival = alike[1].score if len(alike) > 1 else 0.0
            if alike and alike[0].score >= max(_AT_HOME, rival + _AS_WELL):
                found.append(alike[0])
        return found[0] if len(found) == 1 else None

    def _inside(
        self, mention: Mention, same: list[Candidate], around: Surroundings
    ) -> Candidate | None:
        """Of a governorate that the sentence names."""
        inside = [one for one in same if one.admin1 in around.codes]
        if not inside:
            for code in sorted(around.codes):
                found = self._meanings.alike(mention.written, code)[:2]
                others = [one for one in found[1:] if _apart(one, found[0]) > _ONE_POINT_KM]
                rival = others[0].score if others else 0.0
                if found and found[0].score >= max(_SPELLED, rival + _AS_WELL):
                    inside += found[:1]
            inside = [one for one in inside if one.kind != "city"]
        if inside:
            return _single(inside, around.anchors)
        if around.anchors:
            near = [one for one in same if _nearest(one, around.anchors) <= _BESIDE_KM]
            return _single(near, around.anchors)
        alone = len(same) == 1 and same[0].kind in _TOWNS
        return same[0] if alone else None  # "the town of P, and villages in Q province"

    def _beside(
        self,
        mention: Mention,
        same: list[Candidate],
        anchors: tuple[tuple[float, float], ...],
        reach: float,
    ) -> Candidate | None:
        """Near what the sentence or the text names."""
        if same:
            near = [one for one in same if _nearest(one, anchors) <= reach]
            towns = [one for one in same if one.kind in _TOWNS]
            if (
                reach != _BESIDE_KM
                and len(towns) == 1
                and not any(
                    _nearest(one, anchors) <= _VILLAGE_KM for one in near if one != towns[0]
                )
            ):
                return towns[0]
            if near:
                return _single(near, anchors)
            towns = [one for one in same if one.kind in _TOWNS or one.kind not in _VILLAGES]
            nearer = self._sounding(mention.written, anchors, reach) if towns else []
            if towns and not any(one.score >= _ALONE for one in nearer):
                return towns[0] if len(towns) == 1 else None
        alike = self._sounding(mention.written, anchors, reach)
        if mention.kind == "quarter":
            alike = [one for one in alike if one.kind == "district"]
        elif (
            not alike and not same
        ):  # a town is meant from farther off too, if its name is written so
            alike = self._meanings.spelled(mention.written, "", _FAR_TOWN)
            alike = [
                one for one in alike if one.kind == "town" or _nearest(one, anchors) <= _ONLY_ONE_KM
            ]
        return _single(alike, anchors)

    def _sounding(
        self, written: str, anchors: tuple[tuple[float, float], ...], reach: float
    ) -> list[Candidate]:
        """The places near by that a name sounds like, as well as the best of them."""
        near = [
            one
            for one in self._meanings.alike(written)
            if one.kind != "city" and one.score >= _SPELLED and _nearest(one, anchors) <= reach
        ]
        best = max((one.score for one in near), default=0.0)
        near = [one for one in near if one.score > best - _AS_WELL]
        # a site whose kind is not said stands back behind a village that sounds so
        return [one for one in near if one.how != _WITHOUT_KIND] or near

    def _alone(self, mention: Mention, same: list[Candidate]) -> Candidate | None:
        """Without anything around: a town before villages, a village that has no namesake."""
        if same:
            return _single(same, ())
        least = _SPELLED if is_arabic(mention.written) else _BY_ITSELF
        alike = self._meanings.spelled(mention.written, "", least)
        return _single([one for one in alike if one.kind != "city"], ())


_VILLAGES = frozenset({"village", "hamlet", "district"})


def _fits(mention: Mention, one: Candidate) -> bool:
    """Whether a place is of the kind that a name is told to be of."""
    return one.kind == "district" if mention.kind == "quarter" else one.kind != "city"


def _apart(one: Candidate, other: Candidate) -> float:
    """Kilometers between two places."""
    return kilometers((one.lat, one.lon), (other.lat, other.lon))


def _is_amid(one: Candidate, anchors: Sequence[tuple[float, float]]) -> bool:
    """Whether two places or more that a sentence names lie around a place."""
    near = {point for point in anchors if kilometers((one.lat, one.lon), point) <= _VILLAGE_KM}
    return len(near) > 1


def _nearest(one: Candidate, anchors: Sequence[tuple[float, float]]) -> float:
    return min(kilometers((one.lat, one.lon), point) for point in anchors)


def _single(
    places: Sequence[Candidate], anchors: Sequence[tuple[float, float]]
) -> Candidate | None:
    """The one of some places that is meant; None where nothing decides between them."""
    if len(places) <= 1:
        return places[0] if places else None
    towns = [one for one in places if one.kind in _TOWNS]
    if len(towns) == 1:
        return towns[0]
    if not anchors:
        return None
    order = sorted(places, key=lambda one: (_nearest(one, anchors), one.place_id))
    best, second = (_nearest(one, anchors) for one in order[:2])
    far = max(kilometers((order[0].lat, order[0].lon), (one.lat, one.lon)) for one in order[1:])
    same_point = far < _ONE_POINT_KM
    return order[0] if best * _RATIO <= second or same_point else None
