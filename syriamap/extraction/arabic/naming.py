"""
The names of places in an Arabic sentence, by the words around them.

Arabic has no capitals: a name stands behind the word for its kind ("the town of", "the villages
of", with all items of the list), or behind a preposition where it is a name of the theater.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.arabic.bare_names import BareNames
from syriamap.extraction.arabic.known_names import KnownNames
from syriamap.extraction.arabic.name_lists import NameLists
from syriamap.extraction.arabic.name_spans import follows, name_span, only_near, told_next
from syriamap.extraction.arabic.named import (
    BETWEEN,
    LEADING_KINDS,
    SEVERAL_SITES,
    NamedPlace,
    SeenWords,
)
from syriamap.extraction.arabic.script import Word, arabic_lists, arabic_tables, bare
from syriamap.extraction.arabic.site_names import Sites
from syriamap.extraction.arabic.troops import ArabicTroops

if TYPE_CHECKING:
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.theater.folder import Theater

__all__ = ["ArabicNames"]

_LISTS = arabic_lists()
_ADJECTIVES = _LISTS["adjectives"]
_GOVERNORATE = _LISTS["governorate"]
_OPENING = _LISTS["plural_kinds"] | _LISTS["several_kinds"]
_MONTHS = arabic_tables()["months"]
_MIDDLE = frozenset({"وسط"})
_BELONGS = _LISTS["belongs"] | _LISTS["lying"]
_PARTS = _LISTS["parts"]
_PLURAL = _LISTS["plural_kinds"]
_SETTLEMENTS = _LISTS["settlement_kinds"]
_SITES = _LISTS["site_kinds"]
_QUOTES = _LISTS["quotes"]
_SEVERAL_AREAS = _LISTS["several_areas"]
_TOWNS = frozenset({"city", "town"})
_QUARTERS = _LISTS["several_quarters"]
_DISTRICT = "district"
_LONGEST = 3
"""Words of a quarter's name."""


class ArabicNames:
    """
    Names to look for in Arabic texts, made once per theater.

    Parameters
    ----------
    theater
        Its aliases, speakers and places.
    names
        Its places, ready to be found.
    """

    def __init__(self, theater: Theater, names: PlaceNames) -> None:
        self.troops = ArabicTroops(theater)
        self.known = KnownNames(theater, names)
        self.lists, self.sites = NameLists(self.known), Sites(self.known)
        self.unled = BareNames(self.known)

    def places(self, text: str, words: list[Word], taken: set[int]) -> list[NamedPlace]:
        """Find the place names of a sentence, each with its role; none is decided yet."""
        found: list[NamedPlace] = []
        seen = SeenWords(text, words, taken, found)
        n = 0
        while n < len(words):
            if n in taken or " ".join(word.text for word in words[n : n + 2]) in _MONTHS:
                n += 1 + (n not in taken)  # "Tishrin" is a place too
                continue
            stop = self._at(seen, n)
            n = max(stop, n + 1)
        return found

    def _at(self, seen: SeenWords, n: int) -> int:
        """Find what begins at a word; where it ends."""
        words = seen.words
        area = self.known.area_at(seen, n)
        if area:
            return area
        following = words[n + 1].text if n + 1 < len(words) else ""
        if words[n].text in _MIDDLE and bare(following, _SETTLEMENTS) is not None:
            return n + 1  # "in the middle of the village of P" is in P
        kind = bare(words[n].text, LEADING_KINDS)
        stop = self._of_kind(seen, n, kind) if kind is not None else 0
        if stop:
            return stop
        if self.lists.names_some(words, n):
            return self.lists.read(seen, n + 1, n + 1, plural=True)
        if self.lists.continues(seen, n):
            return self.lists.listed_on(seen, n)
        return self.unled.read(seen, n)

    def _of_kind(self, seen: SeenWords, n: int, kind: tuple[str, bool, str]) -> int:  # noqa: PLR0911
        """Find what a word for a kind leads to; where it ends, 0 where it leads to nothing."""
        words = seen.words
        if kind[0] in _SETTLEMENTS and only_near(words, n):
            return self._area(seen, n)
        if kind[0] in _OPENING and self.lists.opens(words, n):
            first = n + 2 + told_next(words, n)
            return self.lists.read(seen, first, first, plural=True)
        if kind[0] in _QUARTERS and self._names_quarter(words, n + 1):
            return self.lists.read(seen, n + 1, n + 1, plural=True)
        if kind[0] in _GOVERNORATE | _PARTS and kind[0] not in _SITES:
            return self._area(seen, n)
        if kind[2] == "ل" and words[n - 1].text in _BELONGS:
            return self._area(seen, n)
        if kind[0] in _SETTLEMENTS:
            return self._settlements(seen, n, kind)
        if kind[0] in SEVERAL_SITES:
            return self.sites.several(seen, n, SEVERAL_SITES[kind[0]])
        return self.sites.read(seen, n, kind[0]) if kind[0] in _SITES else 0

    def _settlements(self, seen: SeenWords, n: int, kind: tuple[str, bool, str]) -> int:
        """The names behind a word for settlements, none where it is only described."""
        words, found = seen.words, seen.found
        if self._only_villages(words, n):
            return n + 1
        area = self.known.area_at(seen, n + 1) if kind[0] in _PLURAL else 0
        if area:
            return area  # "the towns of the Q mountains"
        joined = kind[1] and bool(found) and follows(found[-1].mention.last, n, words)
        begun = found[-1].listed_with if joined else n + 1
        return self.lists.read(seen, n + 1, begun, plural=kind[0] in _PLURAL)

    def _names_quarter(self, words: list[Word], n: int) -> bool:
        """Whether a quarter's own name begins at a word: "the quarters of Q and R", not "of P"."""
        exact = self.known.exact(words, n, n + _LONGEST) if n < len(words) else None
        kinds = set(map(self.known.names.places.kind_of, exact[1])) if exact is not None else set()
        return _DISTRICT in kinds and kinds.isdisjoint(_TOWNS)

    @staticmethod
    def _only_villages(words: list[Word], n: int) -> bool:
        """Whether an adjective stands behind the word for a kind: "the mountain villages"."""
        following = words[n + 1].text if n + 1 < len(words) else ""
        return words[n].text.lstrip("وبل").startswith("ال") and following.startswith("ال")

    def _area(self, seen: SeenWords, n: int) -> int:
        """A governorate or a part of one: "in the countryside of P", "south of P"."""
        text, words, taken, found = seen
        k = n + 1
        while k < len(words) and (
            words[k].text in _PARTS | _ADJECTIVES | _SETTLEMENTS or words[k].text in _QUOTES
        ):
            k += 1
        name = name_span(words, k, taken)
        if name is None:
            return n + 1
        first, last = name
        area = self.known.area_at(seen, first)
        if area:
            return area
        exact = self.known.exact(words, first, last)
        if exact is None:
            return n + 1
        last, bearers = exact
        mention = self.known.mention(text, words, first, last, bearers)
        kind = next((words[m].text for m in range(n, first) if words[m].text in _SETTLEMENTS), "")
        found.append(NamedPlace(mention, "container", first, kind))
        several = bare(words[n].text, _SEVERAL_AREAS) is not None
        return self._areas_on(seen, last) if several else last

    def _areas_on(self, seen: SeenWords, last: int) -> int:
        """The governorates that "and" joins: "in the countrysides of P in the south and Q"."""
        words = seen.words
        k = last
        while k < len(words) and (words[k].text in _ADJECTIVES or words[k].text in BETWEEN):
            k += 1
        if k >= len(words) or words[k].text[:1] != "و" or k in seen.taken:
            return last
        exact = self.known.exact(words, k, k + 1)
        if exact is None or bare(words[k].text, LEADING_KINDS) is not None:
            return last
        mention = self.known.mention(seen.text, words, k, exact[0], exact[1])
        if mention.kind not in _TOWNS:
            return last
        seen.found.append(NamedPlace(mention, "container", k))
        return self._areas_on(seen, exact[0])
