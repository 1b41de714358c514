"""
The levels of resolution and the decision between candidates.

In come an index of names and what is known beside a name, out goes a
:class:`~syriamap.names.resolution.Resolution`. :class:`syriamap.names.gazetteer.Gazetteer` is the
way in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from syriamap.names.index import SCORES, Match, NameIndex
from syriamap.names.kind_words import SETTLEMENTS, is_kind_only, read_kind
from syriamap.names.resolution import SAME_PLACE_KM, Candidate, Resolution, Thresholds, kilometers
from syriamap.names.toponyms import fold, is_arabic, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from syriamap.names.elsewhere import Elsewhere
    from syriamap.names.index import PlaceRow

__all__ = ["Resolver"]

_Point = tuple[float, float]
"""Latitude and longitude, degrees."""

_Leading = tuple[list[Match], list[Match], bool]
"""The matches between which a level decides, those shown behind them, and whether it is sure."""

_APPOSITION = re.compile(r"^(?P<name>[^,،()]+?)\s*(?:[,،]\s*|\(\s*)(?P<where>[^()]+?)\s*\)?$")
_PRINT_FORMS = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")
"""Arabic letters in the shape that they have in a word: what is copied from a PDF."""

_COMMA = re.compile(r"\s*[,،]\s*")
_LAST_PART = re.compile(r"^(?P<rest>.*\S)\s*[,،(]\s*(?P<part>[^,،()]+?)\s*\)?$")
_WITHIN = re.compile(r"^(?P<name>.+?)\s+(?:in|near|في|قرب|près de|bei)\s+(?P<where>.+)$")
_ATTACHED = re.compile(r"['’]s(?=$| [a-z])|\b[dl]['’](?=\w)")
"""The English possessive and the French elision: "Hama's airport", "l'aéroport d'Alep"."""

_NAME_LIKE = re.compile(
    r"(?:[^\W_]|[\s'’‘`´ʻʼʽʾʿʹ“”\".,،()/‐-―-]|[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c-\u200f])+"
)
"""Letters, digits and the signs that stand in names; with anything else it is no name."""

_AS_WRITTEN = frozenset({"exact", "alias"})
_SURE = frozenset({"exact", "folded", "alias", "alias folded", "core"})
_RANK = {"city": 0, "town": 1, "village": 3, "hamlet": 4, "district": 3}
_SITE_RANK = 2
_PEOPLED = frozenset({"city", "town", "village", "hamlet"})
_SMALL = frozenset({"village", "hamlet"})
_BARE_CORE = 0.97
"""Agreement of a site named without its kind: "Bab al-Hawa" for the crossing."""

_FAIR_RIVAL = 0.965
"""With such an agreement a name that is also known elsewhere is ambiguous, below it foreign."""

_FEW = 3
"""Consonants; so few without a vowel (klm) are letters, no name, as so few letters are (Qup)."""

_VOWEL = re.compile("[aeiouy]")

_LONGEST = 120
"""Characters; nothing longer is a name."""

_MOST_SHOWN = 25

_CITY_KM = 8.0
"""A quarter of a city lies so near its middle."""

_NEAR_KM = 40.0
_NEAR_RATIO = 2.5
"""Of namesakes, the one near another place is meant if the next is this many times as far."""


class Resolver:
    """
    Resolves written names against an index.

    Parameters
    ----------
    index
        The names.
    elsewhere
        Gives what names mean outside the gazetteer, when first asked.
    area_named
        Gives the code of a governorate or district from its name, empty when there is none.
    thresholds
        When a match by sound is accepted.
    is_in
        Whether a place is in the governorate, district or subdistrict of a code.
    is_seat
        Whether a place gives its governorate the name; it is meant as a city of the name is.
    country_names
        Gives what the country is called, folded.
    """

    def __init__(
        self,
        index: NameIndex,
        elsewhere: Callable[[], Elsewhere],
        area_named: Callable[[str], str],
        thresholds: Thresholds,
        *,
        is_in: Callable[[PlaceRow, str], bool],
        is_seat: Callable[[PlaceRow], bool],
        country_names: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._index = index
        self._rows = index.rows
        self._ask_elsewhere = elsewhere
        self._area_named = area_named
        self._is_in = is_in
        self._is_seat = is_seat
        self._country_names = country_names
        self.thresholds = thresholds
        self._made: dict[tuple[int, str], Candidate] = {}

    def resolve(self, name: str, admin1: str, point: _Point | None) -> Resolution:
        """Find the places that a name may mean; see ``Gazetteer.resolve``."""
        plain = unicodedata.normalize("NFKC", name) if _PRINT_FORMS.search(name) else name
        written = self._without_country(" ".join(plain.split()))
        folded = fold(written) if len(written) <= _LONGEST else ""
        if not folded:
            return Resolution(name, "not_found", ())
        for level in self._levels(written, folded, admin1, point):
            if isinstance(level, Resolution):
                return Resolution(name, level.status, level.candidates)
            if admin1:
                inside = [one for one in level if self._is_in(self._rows[one.row], admin1)]
            else:
                inside = level
            decided = self._decided(name, inside, admin1, point) if inside else None
            if decided is not None:
                return decided
        return Resolution(name, "not_found", ())

    def _without_country(self, written: str) -> str:
        """Take the country away that stands behind a name: "Hama, Syria"."""
        while match := _LAST_PART.match(written):
            if fold(match["part"]) not in self._country_names():
                break
            written = match["rest"].strip()
        return written

    def _levels(
        self, written: str, folded: str, admin1: str, point: _Point | None
    ) -> Iterator[list[Match] | Resolution]:
        """Matches of each level, made only when the one before did not decide."""
        index = self._index
        same = index.same_name(written, folded)
        named = [Match(row, how, 1.0) for row, how in same.items()]
        yield named + self._namesakes(written, folded, same)
        core, kinds = read_kind(fold(_ATTACHED.sub("", written)))
        if core != folded:
            yield self._of_kind(core, kinds)
        in_context = self._in_context(written, admin1, point)
        if in_context is not None:
            yield in_context
        if _COMMA.search(written):
            return  # several names: by sound they would be taken for one
        if kinds == {"area"} or is_kind_only(folded):
            return
        alike = {one.row: one for one in index.alike(written)}
        for row in index.same_core(folded, frozenset()):
            if row not in alike or alike[row].agreement < _BARE_CORE:
                alike[row] = Match(row, "core", _BARE_CORE)
        yield list(alike.values())
        if core != folded:
            yield self._alike_of_kind(core, kinds)
        yield index.nearly_alike(written)
        if core != folded and not kinds - SETTLEMENTS:
            yield [one for one in index.nearly_alike(core) if self._settled(one)]

    def _namesakes(self, written: str, folded: str, same: dict[int, str]) -> list[Match]:
        """
        Other places that bear the name in the other script or in the usual spelling.

        An Arabic name is also that of places known by a Latin name only, and an alias that is but
        a spelling ("Qusair") is that of every place of the name it spells ("Qusayr").
        """
        if not same or any(self._rows[row].kind == "city" for row in same):
            return []
        if is_arabic(written):
            return self._latin_only_alike(written, same)
        names = {
            self._rows[row].name
            for row, how in same.items()
            if how.startswith("alias") and skeleton(self._rows[row].name) == skeleton(written)
        }
        rows = {row for name in names for row in self._index.same_name(name, fold(name))}
        found = [Match(row, "skeleton", 1.0) for row in rows if row not in same]
        return found or self._crowd(self._index.common_like(folded), same)

    def _latin_only_alike(self, written: str, known: dict[int, str]) -> list[Match]:
        index = self._index
        return [
            one
            for one in index.alike(written)
            if one.agreement >= self.thresholds.namesake
            and one.row in index.latin_only
            and one.row not in known
        ]

    def _of_kind(self, core: str, kinds: frozenset[str]) -> list[Match]:
        """Places named as the core is, of the kinds that the words beside it allow."""
        index = self._index
        if kinds == {"area"}:
            return []
        if "mountain" in kinds:
            core, kinds = f"{'جبل' if is_arabic(core) else 'jabal'} {core}", frozenset()
        found = index.same_name(core, core)
        if not kinds - {"area"}:
            return [Match(row, how, 1.0) for row, how in found.items()]
        cores = {core, *(name for row in found for name in index.other_names(row))}
        for name in cores:
            found = {**index.same_core(name, kinds), **found}
        fitting = [Match(r, how, 1.0) for r, how in found.items() if self._rows[r].kind in kinds]
        if fitting or not kinds & _PEOPLED:
            return fitting
        return [Match(r, how, 1.0) for r, how in found.items() if self._rows[r].kind in SETTLEMENTS]

    def _alike_of_kind(self, core: str, kinds: frozenset[str]) -> list[Match]:
        if kinds and not kinds & SETTLEMENTS:
            return self._index.alike_core(core, kinds)
        alike = [one for one in self._index.alike(core) if not kinds or self._settled(one)]
        fitting = [one for one in alike if self._rows[one.row].kind in kinds]
        return fitting or alike

    def _settled(self, one: Match) -> bool:
        return self._rows[one.row].kind in SETTLEMENTS

    def _in_context(self, written: str, admin1: str, point: _Point | None) -> Resolution | None:
        """Read "Suran, Hama", "Qusayr (Homs)", "Tal Rifaat near Aleppo": the rest is context."""
        split = _APPOSITION.match(written) or _WITHIN.match(written)
        if not split:
            return None
        code = admin1
        # the largest unit stands last; what it holds is looked for inside it
        for where in reversed(_COMMA.split(split["where"])):
            found = self._area_named(where)
            if found:
                code = code or found
                continue
            beside = self.resolve(where, code, None)
            if not beside.accepted:
                return self._without_context(split["name"]) if _COMMA.search(written) else None
            point = (beside.candidates[0].lat, beside.candidates[0].lon)
        result = self.resolve(split["name"], code, point)
        if result.status == "ambiguous" and code and not admin1:
            return self._quarter(result, _COMMA.split(split["where"])[-1])
        return result

    def _quarter(self, found: Resolution, where: str) -> Resolution:
        """Of namesakes in a governorate that bears its city's name, the quarter of that city."""
        city = next((r for r in self._index.same_name(where, fold(where)) if self._is_city(r)), -1)
        if city < 0:
            return found
        center = self._rows[city].lat, self._rows[city].lon
        inside = [
            one
            for one in found.candidates
            if one.kind == "district" and kilometers((one.lat, one.lon), center) <= _CITY_KM
        ]
        if len(inside) != 1:
            return found
        others = [one for one in found.candidates if one is not inside[0]]
        return Resolution(found.query, "accepted", (*inside, *others))

    def _is_city(self, row: int) -> bool:
        return self._rows[row].kind == "city"

    def _without_context(self, name: str) -> Resolution:
        """Places of a name beside words that are not known: candidates, none of them meant."""
        result = self.resolve(name, "", None)
        status = "ambiguous" if result.candidates else "not_found"
        return Resolution(name, status, result.candidates)

    # --- deciding -----------------------------------------------------------------------------

    def _decided(
        self, name: str, matches: list[Match], admin1: str, point: _Point | None
    ) -> Resolution | None:
        """Turn the matches of one level into an answer, or None when the next level is to try."""
        written = " ".join(name.split())
        is_met = any(one.how in _SURE and one.agreement == 1.0 for one in matches)
        leading = (
            self._namesakes_in_order(written, matches, admin1)
            if is_met
            else self._closest(written, matches, admin1)
        )
        if leading is None:
            return None
        group, rest, sure = leading
        if not group:
            return Resolution(name, "not_found", ())
        sure = sure and (group[0].how in _AS_WRITTEN or bool(_NAME_LIKE.fullmatch(written)))
        if point is not None:
            group.sort(key=lambda one: kilometers(self._point(one), point))
        status = "accepted" if sure and self._one_is_meant(group, point) else "ambiguous"
        shown_matches = (group + rest)[:_MOST_SHOWN]
        return Resolution(name, status, tuple(map(self._candidate, shown_matches)))

    def _namesakes_in_order(self, written: str, matches: list[Match], admin1: str) -> _Leading:
        """
        All matches of a level on which a name is met, sure unless it is a common word too.

        A village that has the name of a city elsewhere (Doha) is not meant without a word for
        where it lies.
        """
        group = sorted(matches, key=self._prominence)
        kind = self._kind(group[0])
        if kind == "city":
            return group, [], True
        elsewhere, folded = self._ask_elsewhere(), fold(written)
        small = kind in _SMALL and not admin1
        foreign = elsewhere.knows(folded) if small else elsewhere.is_no_place(folded)
        return group, [], not foreign

    def _closest(self, written: str, matches: list[Match], admin1: str) -> _Leading | None:
        """
        Matches by sound that the margin does not part from the best one, and all after them.

        None when no match is near enough to be shown, none in the lead when the name is foreign.
        """
        limits = self.thresholds
        shown = limits.shown_fuzzy if matches[0].how == "fuzzy" else limits.shown
        weighed = [one for one in matches if one.agreement >= shown]
        if not weighed:
            return None
        weighed.sort(key=self._weight, reverse=True)
        best = weighed[0]
        foreign = self._is_foreign(written, fold(written), best)
        if foreign and best.agreement < _FAIR_RIVAL:
            return [], [], False
        least = self._weight(best) - limits.margin
        group = [one for one in weighed if self._weight(one) >= least]
        rest = weighed[len(group) :]
        common = self._index.common_alike(written)
        if admin1:
            common = [one for one in common if self._is_in(self._rows[one.row], admin1)]
        crowd = self._crowd(common, {one.row for one in group})
        consonants, small = len(skeleton(written)), self._kind(best) in _SMALL
        sure = not foreign and best.agreement >= limits.least(best.how, consonants, small=small)
        sure = sure and (consonants > 1 or self._is_known(best))
        sure = sure and (consonants > _FEW or best.how == "fuzzy" or _is_word(written))
        return group + crowd, [one for one in rest if one not in crowd], sure

    def _is_foreign(self, written: str, folded: str, best: Match) -> bool:
        """Whether the name means something elsewhere at least as well as the best place."""
        if self._ask_elsewhere().knows(folded):
            return True
        return self._ask_elsewhere().agreement(written) >= self._weight(best)

    def _crowd(self, common: list[Match], known: Collection[int]) -> list[Match]:
        """Places of a common name that is spelled a little otherwise: Judaydah for "Jdeideh"."""
        least = self.thresholds.crowd
        if not common or any(self._rows[row].kind in {"city", "town"} for row in known):
            return []
        return [one for one in common if one.agreement >= least and one.row not in known]

    def _one_is_meant(self, group: list[Match], point: _Point | None) -> bool:
        first, *others = group
        if not others:
            return True
        if self._is_chief(first) and not any(map(self._is_chief, others)):
            return True
        few = len(others) <= self.thresholds.namesakes
        if self._kind(first) == "town" and few and not any(map(self._is_known, others)):
            return True
        if all(kilometers(self._point(first), self._point(one)) <= SAME_PLACE_KM for one in others):
            return True
        if point is None:
            return False
        nearest, next_one = (kilometers(self._point(one), point) for one in group[:2])
        return nearest <= _NEAR_KM and next_one >= max(_NEAR_RATIO * nearest, SAME_PLACE_KM)

    def _is_chief(self, one: Match) -> bool:
        return self._kind(one) == "city" or self._is_seat(self._rows[one.row])

    def _is_known(self, one: Match) -> bool:
        return self._kind(one) in {"city", "town"}

    def _kind(self, one: Match) -> str:
        return self._rows[one.row].kind

    def _point(self, one: Match) -> tuple[float, float]:
        row = self._rows[one.row]
        return row.lat, row.lon

    def _weight(self, one: Match) -> float:
        limits = self.thresholds
        known = {"city": limits.city, "town": limits.town}.get(self._kind(one), 0.0)
        return one.agreement + max(known, limits.town if one.agreement == 1.0 else 0.0)

    def _prominence(self, one: Match) -> tuple[int, int, float, str]:
        """Order of namesakes: cities, towns, sites, villages; then the larger, then by spelling."""
        row = self._rows[one.row]
        rank = _RANK.get(row.kind, _SITE_RANK)
        return rank, -row.population, -SCORES[one.how], row.place_id

    def _candidate(self, one: Match) -> Candidate:
        key = (one.row, one.how)
        made = self._made.get(key)
        if made is None:
            row = self._rows[one.row]
            made = Candidate(*row[:7], SCORES[one.how], one.how, row.admin2, row.admin3)
            self._made[key] = made
        if one.agreement == 1.0:
            return made
        return replace(made, score=round(made.score * one.agreement, 4))


def _is_word(written: str) -> bool:
    """Whether a short name has a vowel and more than three letters; Arabic needs neither."""
    folded = fold(written)
    return is_arabic(written) or (len(folded) > _FEW and _VOWEL.search(folded) is not None)
