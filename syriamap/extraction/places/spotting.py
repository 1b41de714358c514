"""
Place names in a sentence: which words name a place, and which place.

All names of the theater stand in one trie over folded words. A match counts by the company it
keeps: cities always, towns and villages only in a text about the country, none inside the name of a
person or an organization. A capitalized name after "village of" that no list holds is kept as an
unresolved place, never dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.lexicon.word_trie import Trie
from syriamap.extraction.places.company import (
    announces_list,
    article_within,
    articles_in,
    beside,
    beside_kind,
    in_company,
    kind_behind,
    lead_of,
    leads_to_kind,
    leads_to_quarters,
    name_from,
)
from syriamap.extraction.places.context import Context
from syriamap.extraction.places.meanings import Meanings
from syriamap.extraction.places.mention import (
    Mention,
    folded,
    points_of_provinces,
    rows_of_places,
)
from syriamap.extraction.places.owned import owned_sites
from syriamap.extraction.texts.tokens import tokens_of
from syriamap.names.elsewhere import read_elsewhere
from syriamap.names.gazetteer import kilometers
from syriamap.names.toponyms import fold, is_arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.texts.tokens import Words
    from syriamap.theater.folder import Theater

__all__ = ["PlaceNames"]

_WORDS = read_words()
_AREA_KINDS = _WORDS["area_kinds"]
_DIRECTIONS = _WORDS["directions"]
_SEVERAL = _WORDS["several_sites"]
_OF_OIL = _WORDS["before_sites"]
_PERSONS_DO = _WORDS["persons_do"]
_EVENT_OF = _WORDS["event_of"]
_LEADING = _WORDS["leading"]
_LEADS_TO_SURE = _WORDS["leads_to_sure"]
_NO_NAMES = _WORDS["no_names"]
_NAMED_SITES = _WORDS["named_sites"]
_SITE_LEADS = _WORDS["site_leads"]
_BUILDINGS = _WORDS["buildings"]
_PART_NAMES = _WORDS["part_names"]
_SEVERAL_AREAS = _WORDS["several_areas"]
_NEIGHBORHOODS = _WORDS["quarters"] - {"district", "districts"}
_WHOLE_AREAS = frozenset({"province", "governorate"})
_OPENS_NAMES = frozenset(":—–")
"""Behind "four villages" they open the list of their names."""
_LONG_NAME = 5
"""Words and hyphens of a name in a list."""

_INCLUDING = _WORDS["include"] | _WORDS["names_list"]
_OF_PLACE = _WORDS["of_place"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_QUARTERS = _WORDS["quarters"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_TAKES_PLACE = _WORDS["takes_place"]
_WHOSE = _WORDS["whose"]
_KINDS = _SETTLEMENT_KINDS | _SITE_KINDS | _PLURAL_KINDS
_NAMED_SURELY = frozenset({"city", "town"})
_SETTLED = frozenset({"city", "town", "village", "hamlet"})
_SMALL = frozenset({"village", "hamlet"})
_STANDS_BEFORE = _SETTLEMENT_KINDS - {"camp", "quarter"}


_QUARTER_KM = 9.0
"""From a city's center to what may be one of its quarters."""

_MOST_CITIES = 2
"""Cities of a text that decide between namesakes where nothing nearer does."""


def _under_article(words: Words, first: int) -> bool:
    """Whether "the", with or without a direction, leads to a name: "the northern P and Q"."""
    before = words.lowers[max(0, first - 2) : first]
    return before[-1:] == ["the"] or (before[:1] == ["the"] and before[1] in _DIRECTIONS)


class PlaceNames:
    """
    The names of a theater's places, ready to be found in texts.

    Parameters
    ----------
    theater
        Its places, names, regions and governorates are looked for.
    """

    def __init__(self, theater: Theater) -> None:
        self.meanings = Meanings(theater)
        self._rows = rows_of_places(theater)
        self._capitals = frozenset(theater.capitals)
        meant: dict[tuple[str, ...], list[str]] = {}
        names = list(zip(theater.places.index, theater.places["name"], strict=True))
        names += list(zip(theater.names["place_id"], theater.names["name"], strict=True))
        for place_id, name in names:
            words = [] if is_arabic(str(name)) else fold(str(name)).split()
            short = len(words) == 1 and len(words[0]) < 3 and words[0].isalpha()
            common = short or (len(words) == 1 and words[0] in _NO_NAMES)
            if words and not common:
                meant.setdefault(tuple(words), []).append(str(place_id))
        self._epithets = Trie()
        self._amid: dict[str, str] = {}
        self.epithet_words: list[frozenset[str]] = []
        for row in theater.regions.itertuples(index=False):
            parts = [fold(token.lower) for token in tokens_of(str(row.name)) if token.text != "-"]
            words = [
                one for n, one in enumerate(parts) if not (n and one in _WORDS["articles"] - {"at"})
            ]
            if is_arabic(str(row.name)):
                continue
            if row.kind == "epithet":
                if str(row.place_id) in self._rows:
                    self._epithets.add(words, str(row.place_id))
                    self.epithet_words.append(frozenset(words) - {"s"})
            else:
                meant.setdefault(tuple(words), []).append(f"\0{row.kind}")
                if str(row.place_id) in self._rows:
                    self._amid["".join(words)] = str(row.place_id)
        self._trie = Trie()
        for name, ids in meant.items():
            self._trie.add(name, self._likeliest(ids))
        own = {fold(str(name)) for name in theater.places["name"]}
        others = {fold(name) for name, _ in read_elsewhere(theater.folder / "elsewhere.csv")}
        self.elsewhere = {one.replace(" ", "") for one in others - own if one}
        self.epithet_first = self._epithets.first_words()
        # a name that begins with a common word ("It", "New") is known by its second one
        self.first_words = self._trie.first_words(unless=_NO_NAMES)
        self._provinces = points_of_provinces(theater)
        self._cities = self._names_of_cities(theater)
        self._city_pattern = re.compile(rf"(?<!\w)(?:{any_of(self._cities) or '(?!)'})(?!\w)")
        self._admin1 = dict(zip(theater.places.index, theater.places["admin1"], strict=True))
        self._peoples = _peoples_of(theater)
        self.titles = [one.casefold() for one in dict.fromkeys((theater.title, *theater.called))]

    def likeliest(self, ids: Sequence[str]) -> str:
        """Of some places of one name, the one that is named most often."""
        return min(ids, key=self._rank)

    def point_of(self, place_id: str) -> tuple[float, float]:
        """Latitude and longitude of a place."""
        return self._rows[place_id][1:3]

    def kind_of(self, place_id: str) -> str:
        """Kind of a place."""
        return "city" if place_id in self._capitals else self._rows[place_id][0]

    def province_of(self, mention: Mention) -> Mention:
        """Give the governorate that bears a place's name, in the place's stead."""
        lat, lon = self._provinces.get(self._admin1.get(mention.place_id, ""), (None, None))
        return mention._replace(place_id="", lat=lat, lon=lon, kind="adm1")

    def code_of(self, place_id: str) -> str:
        """Governorate of a place."""
        return str(self._admin1.get(place_id, ""))

    def context(self, text: str) -> Context:
        """Give the context of a text that begins; its cities may stand in later sentences."""
        points = {point: code for code, point in self._provinces.items()}
        named = Counter(self._city_pattern.findall(text))
        cities = Counter[str]()
        for name, count in named.items():
            cities[self._cities[name]] += count
        return Context(self.meanings, points, [one for one, _ in cities.most_common(_MOST_CITIES)])

    @staticmethod
    def _names_of_cities(theater: Theater) -> dict[str, str]:
        """Names of the cities in every spelling → their ids."""
        cities = set(theater.places.index[theater.places["kind"] == "city"])
        found = {
            str(theater.places.at[one, column]): str(one)
            for one in sorted(cities)
            for column in ("name", "name_ar")
        }
        for place_id, name in zip(theater.names["place_id"], theater.names["name"], strict=True):
            if place_id in cities and len(str(name)) > 2:
                found.setdefault(str(name), str(place_id))
        return {name: one for name, one in found.items() if name}

    def times_called(self, text: str) -> int:
        """How often a text names the country, by the name that it uses most."""
        folded_text = text.casefold()
        return max(folded_text.count(one) for one in self.titles)

    def cities_in(self, text: str) -> int:
        """How many cities of the theater a text names."""
        return len({self._cities[name] for name in self._city_pattern.findall(text)})

    def speaks_of_country(self, text: str) -> bool:
        """Whether a text names the country."""
        folded_text = text.casefold()
        return any(one in folded_text for one in self.titles)

    def mentions(self, words: Words, taken: Sequence[bool], *, at_home: bool) -> list[Mention]:
        """
        Find the place names of a sentence.

        Parameters
        ----------
        words
            The sentence.
        taken
            For each token, whether it is part of an actor's or a speaker's name.
        at_home
            Whether the text is about the country: then towns and villages count too.
        """
        found: list[Mention] = []
        texts = words.texts
        keys = list(map(folded, words.lowers))
        begins = [n for n, text in enumerate(texts) if self._may_begin(text)]
        articles = articles_in(words, keys)
        if articles:
            begins = sorted({*begins, *articles})
            for n in articles:
                keys[n] = "-"
        last = len(texts) - 1
        free = 0
        for first in begins:
            if first < free:
                continue
            place = first
            while place < last and keys[place] == "-" and texts[place] != "-":
                place += 1 + (texts[place + 1] == "-")
            mention = None
            if place <= last and self._may_begin(texts[place]) and not taken[place]:
                end, values = self._trie.longest(keys, place)
                longer = at_home and bool(values) and article_within(words, place, end)
                if values and not longer and True not in taken[place:end]:
                    mention = self._known(words, keys, first, place, end, values[0], at_home, found)
                if mention is None and at_home and texts[place][:1].isupper():
                    mention = self._unknown(words, taken, first, place, found, longer)
            if mention is None:
                free = place + 1
                continue
            found.append(mention)
            free = mention.last
        found = self._sites_of_list(words, self._provinces_of_list(words, found))
        return self._with_owned_sites(words, found)

    def _with_owned_sites(self, words: Words, found: list[Mention]) -> list[Mention]:
        """The names of a sentence and the sites that are called by them: "P and its airport"."""
        every: list[Mention] = []
        for n, one in enumerate(found):
            every.append(one)
            if one.site or one.kind not in _SETTLED:
                continue
            end = found[n + 1].first if n + 1 < len(found) else len(words.texts)
            for own in owned_sites(words, one, end):
                site = self.meanings.site_of(one.written, words.lowers[own.kind : own.last])
                if site:
                    what, lat, lon, _ = self._rows[site]
                    every.append(
                        _mention(words, own.first, own.last, site, lat, lon, what, site=True)
                    )
        return every

    def _may_begin(self, text: str) -> bool:
        """Whether a name may begin with a word: it has a capital, or a number of a site."""
        numbered = text[0].isdigit() and not text.isdigit() and text.lower() in self.first_words
        return text[0].isupper() or numbered

    def _sites_of_list(self, words: Words, found: list[Mention]) -> list[Mention]:
        """All items of "the P and Q airbases" are sites of that kind."""
        for n in range(1, len(found)):
            end = found[n].last
            kind = next((one for one in words.lowers[end - 1 : end + 1] if one in _SEVERAL), "")
            if not kind:
                continue
            k = n
            tail = " ".join(
                words.lowers[m] for m in (end - 2, end - 1) if words.lowers[m] in _OF_OIL
            )
            kinds = f"{tail} {kind.removesuffix('s')}".strip()
            while k > 0 and beside(found[:k], found[k].first, words):
                k -= 1
                if found[k].site or words.lowers[found[k].last : found[k].last + 1] == [","]:
                    break
                site = self.meanings.site_named(f"{found[k].written} {kinds}")
                if site:
                    what, lat, lon, _ = self._rows[site]
                    found[k] = found[k]._replace(
                        place_id=site, lat=lat, lon=lon, kind=what, site=True, bearers=()
                    )
        return found

    def _provinces_of_list(self, words: Words, found: list[Mention]) -> list[Mention]:
        """All items of "P, Q and R provinces" are provinces."""
        for n in range(len(found) - 1, 0, -1):
            if found[n].kind != "adm1":
                continue
            several = words.lowers[found[n].last - 1] in _SEVERAL_AREAS
            k = n - 1
            shared = words.lowers[found[n].last - 1] == "countryside" and k >= 0
            if not several and not (shared and _under_article(words, found[k].first)):
                continue
            while (
                k >= 0
                and found[k].kind == "city"
                and beside(found[: k + 1], found[k + 1].first, words)
            ):
                found[k] = self.province_of(found[k])
                k -= 1
        return found

    def _known(  # noqa: PLR0917
        self,
        words: Words,
        keys: list[str],
        first: int,
        content: int,
        end: int,
        meant: tuple[str, str, tuple[str, ...]],
        at_home: bool,
        found: list[Mention],
    ) -> Mention | None:
        best, kind, bearers = meant
        end = self._without_city(words, content, end)
        if kind not in _NAMED_SURELY and "".join(keys[content:end]) in self.elsewhere:
            told = at_home and (beside_kind(words, first, end) or beside(found, first, words))
            if not told:
                return None
        if not in_company(words, first, end, kind, content, at_home, found):
            return None
        if not best and bearers and beside_kind(words, first, end):
            best = self.likeliest(bearers)  # "the village of P", where P is an area too
            kind = self._rows[best][0]
        if not best:
            return self._area_named(words, first, end, "".join(keys[content:end]), kind)
        if kind in _SETTLED and kind != "city" and self._is_quarter(words, first, end, kind, found):
            best = self._of_city_named(words, bearers)
            return self._placed(words, first, end, best) if best else None  # it bears a town's name
        return self._of_kind(words, (first, content, end), best, kind, bearers, found)

    def _area_named(self, words: Words, first: int, end: int, key: str, kind: str) -> Mention:
        """The mention of an area, with the point of the place amid it."""
        amid = self._amid.get(key.replace("-", ""))
        point: tuple[float | None, float | None] = self.point_of(amid) if amid else (None, None)
        return _mention(words, first, end, "", *point, kind)

    def _placed(self, words: Words, first: int, end: int, place_id: str) -> Mention:
        kind, lat, lon, _ = self._rows[place_id]
        return _mention(words, first, end, place_id, lat, lon, kind)

    def _of_kind(  # noqa: PLR0917
        self,
        words: Words,
        span: tuple[int, int, int],
        best: str,
        kind: str,
        bearers: tuple[str, ...],
        found: list[Mention],
    ) -> Mention:
        """The mention that a name with the words for its kind is: a province, a site, the place."""
        first, content, end = span
        if kind == "city" and self._is_building(words, end):
            return _mention(words, first, end + 1, "", None, None, "quarter")
        after, last = kind_behind(words, end)
        if after in _AREA_KINDS or self._of_area(words, first):
            return self._province(words, first, last, best)
        lat, lon = self._rows[best][1:3]
        site, begin = ("", 0) if after else self._site_before(words, first, content, end)
        if site and (not found or found[-1].last <= begin):
            return self._placed(words, begin, end, site)._replace(site=True)
        if after in _SITE_KINDS and kind in {"city", "town", "village"}:
            site = self.meanings.site(words, content, end, last)
            lat, lon = self._rows[site][1:3] if site else (lat, lon)
            return _mention(words, first, last, site, lat, lon, after, site=bool(site))
        end = last if after in _SITE_KINDS and kind not in _SETTLED else end
        return _mention(words, first, end, best, lat, lon, kind, bearers=bearers)

    def _site_before(self, words: Words, first: int, content: int, end: int) -> tuple[str, int]:
        """The site that stands before its place, and its word: "the dam of P", "air base at P"."""
        lead = lead_of(words, first)
        if lead < 1 or words.lowers[lead] not in _SITE_LEADS:
            return "", 0
        name = " ".join(words.texts[content:end])
        for kind in _NAMED_SITES:
            begin = lead - len(kind.split())
            if begin >= 0 and " ".join(words.lowers[begin:lead]) == kind:
                return self.meanings.site_of(name, kind.split()), begin
        return "", 0

    @staticmethod
    def _is_building(words: Words, end: int) -> bool:
        """Whether a city's name is that of something in it: "P Castle"."""
        return words.texts[end : end + 1] != [] and (
            words.texts[end][:1].isupper() and words.lowers[end] in _BUILDINGS
        )

    @staticmethod
    def _names_quarters(before: Sequence[str]) -> bool:
        """Whether the last kind told of before "including" is that of quarters."""
        kinds = [word for word in before if word in _PLURAL_KINDS]
        return bool(kinds) and kinds[-1] in _QUARTERS

    @staticmethod
    def _is_quarter(
        words: Words, first: int, end: int, kind: str, found: Sequence[Mention]
    ) -> bool:
        """Whether words around a name make it a quarter: "P neighborhood", "the districts of P"."""
        if words.lowers[end : end + 1] and words.lowers[end] in _NEIGHBORHOODS:
            return True
        if leads_to_quarters(words, end):
            return True
        before = words.lowers[max(0, first - 2) : first]
        of_quarters = before[-1:] == ["of"] and before[0] in _QUARTERS - {"district"}
        listed = bool(found) and found[-1].kind == "quarter" and beside(list(found), first, words)
        return kind == "village" and (of_quarters or listed)

    def _of_city_named(self, words: Words, bearers: Sequence[str]) -> str:
        """Of the places of a name, the one that is a quarter of a city that a sentence names."""
        cities = [self._cities[one] for one in words.texts if one in self._cities]
        near = (
            one
            for city in cities
            for one in bearers
            if one != city and self._apart(one, city) < _QUARTER_KM
        )
        return next(near, "")

    def _apart(self, one: str, other: str) -> float:
        """Kilometers between two places."""
        return kilometers(self.point_of(one), self.point_of(other))

    @staticmethod
    def _of_area(words: Words, first: int) -> bool:
        """Whether "the province of" stands before a name."""
        return words.lowers[max(0, first - 2) : first][-2:] in (
            [area, "of"] for area in _WHOLE_AREAS
        )

    @staticmethod
    def _without_city(words: Words, content: int, end: int) -> int:
        """End of a name without the "City" behind it."""
        return end - 1 if end - content > 1 and words.lowers[end - 1] == "city" else end

    def _likeliest(self, meant: list[str]) -> tuple[str, str, tuple[str, ...]]:
        """
        Of the places and areas of a name, the likeliest: id (none of an area), kind; all.

        An area that a village somewhere bears the name of is meant before the village; the village
        is one of all, for where the word for its kind stands beside the name.
        """
        ids = [one for one in meant if one[0] != "\0"]
        areas = [one[1:] for one in meant if one[0] == "\0"]
        best = min(ids, key=self._rank) if ids else ""
        if areas and (not best or self._rows[best][0] in _SMALL):
            return "", areas[0], tuple(sorted(set(ids)))
        kind = "city" if best in self._capitals else self._rows[best][0]
        return best, kind, tuple(sorted(set(ids)))

    def _rank(self, place_id: str) -> tuple[int, int, str]:
        kind, _, _, population = self._rows[place_id]
        if place_id in self._capitals:
            return -1, -population, place_id
        order = {"city": 0, "town": 1, "village": 3}
        return order.get(kind, 2), -population, place_id

    def _unknown(  # noqa: PLR0911, PLR0917
        self,
        words: Words,
        taken: Sequence[bool],
        first: int,
        content: int,
        found: list[Mention],
        known: bool,
    ) -> Mention | None:
        """A capitalized name that the company it keeps makes a place."""
        texts, lowers = words.texts, words.lowers
        end = name_from(words, taken, content, self._peoples)
        if end == content or texts[content].isupper() or texts[content].isdigit():
            return None
        after, last = kind_behind(words, end)
        size = len(texts)
        if end < size and taken[end] and not after:
            return None
        following = lowers[end] if end < size else ""
        lead = lead_of(words, first) + 1
        left = lowers[max(0, lead - 5) : lead]
        before = left[-1] if left else ""
        second = left[-2] if len(left) > 1 else ""
        whole = texts[content] if end - content == 1 else " ".join(texts[content:end])
        asked = (
            known
            or (before == "of" and (second in _KINDS or second in _OF_PLACE))
            or (before == "over" and second in _OF_PLACE)
            or (before in _OPENS_NAMES and announces_list(lowers[:first]))
            or (before in _STANDS_BEFORE and following != "of")
            or ((first or content) and (following in _SETTLEMENT_KINDS or bool(after)))
            or before in _TAKES_PLACE
            or (before == "of" and second in _EVENT_OF and self.meanings.sure(whole))
            or (first != content and len(whole) > 3 and self.meanings.sure(whole))
            or (before in _LEADING and bool(second))
            or (
                before in _LEADS_TO_SURE
                and lowers[content] not in self.elsewhere
                and self.meanings.sure(whole)
            )
            or (before in _INCLUDING and not _PLURAL_KINDS.isdisjoint(lowers[:first]))
            or (
                beside(found, first, words)
                and end - content <= _LONG_NAME
                and found[-1].kind != "adm1"
            )
            or (before == "," and second in _PLURAL_KINDS)
            or leads_to_kind(words, end)
        )
        if not asked or following in _SPEECH_FORMS or following == "'s":
            return None
        if (before == "and" and following in _PERSONS_DO) or lowers[end - 1] == "based":
            return None  # "entered P and Bashar Q fled"
        if before in _TAKES_PLACE and not after and following in _WHOSE:
            return None
        site = self.meanings.site(words, content, end, last) if after in _SITE_KINDS else ""
        named, begin = ("", 0) if after else self._site_before(words, first, content, end)
        if named and (not found or found[-1].last <= begin):
            return self._placed(words, begin, end, named)._replace(site=True)
        district = following in _QUARTERS or not _QUARTERS.isdisjoint(left[-2:])
        district = district or leads_to_quarters(words, end)
        district = district or (before == "including" and self._names_quarters(lowers[:first]))
        if site:
            kind, lat, lon, _ = self._rows[site]
            return _mention(words, first, last, site, lat, lon, kind, site=True)
        if after in _AREA_KINDS:
            seat = self.meanings.seat(whole)
            return self._province(words, first, last, seat) if seat else None
        part = end - content > 1 and lowers[end - 1] in _PART_NAMES
        kind = "quarter" if district or part else "unresolved"
        return _mention(words, first, last, "", None, None, kind, listed=False)

    def epithet(self, words: Words, first: int) -> Mention | None:
        """
        Give the place that words such as "the capital" mean, where they stand alone.

        Where the name stands beside them ("Damascus, the capital") it is enough.
        """
        texts, lower = words.texts, words.lowers
        end, values = self._epithets.longest(lower, first)
        if not values:
            return None
        following = texts[end : end + 2]
        if following[:1] in (["of"], ["'s"], ["’s"], ["-"]) or following[:1] == ["region"]:
            return None
        if any(one[:1].isupper() for one in following[: 1 + (following[:1] == [","])]):
            return None
        if first > 1 and lower[first - 1] == "," and texts[first - 2][:1].isupper():
            return None
        kind, lat, lon, _ = self._rows[values[0]]
        return _mention(words, first, end, values[0], lat, lon, kind)

    def _province(self, words: Words, first: int, last: int, place_id: str) -> Mention:
        lat, lon = self._provinces.get(self._admin1.get(place_id, ""), (None, None))
        return _mention(words, first, last, "", lat, lon, "adm1")


def _peoples_of(theater: Theater) -> frozenset[str]:
    """Words that call a country or its people: those of the theater and of its actors."""
    starred = [str(one) for one in theater.aliases.get("alias", ()) if str(one).endswith(" *")]
    names = [*theater.called, *(one.removesuffix(" *") for one in starred)]
    return frozenset(one.lower() for one in names if " " not in one and one[:1].isupper())


def _mention(  # noqa: PLR0917
    words: Words,
    first: int,
    last: int,
    place_id: str,
    lat: float | None,
    lon: float | None,
    kind: str,
    *,
    listed: bool = True,
    bearers: tuple[str, ...] = (),
    site: bool = False,
) -> Mention:
    texts, starts, ends = words.texts, words.starts, words.ends
    written = texts[first]
    for n in range(first + 1, last):
        written += f" {texts[n]}" if starts[n] > ends[n - 1] else texts[n]
    return Mention(
        first,
        last,
        starts[first],
        ends[last - 1],
        written,
        place_id,
        lat,
        lon,
        kind,
        listed,
        bearers,
        site,
    )
