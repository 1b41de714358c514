"""Whether a place is told of as a whole: a part of it, what lies around it, what it only names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.anaphors import last_place

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Clause

__all__ = ["Parts"]

_WORDS = read_words()
_ANAPHORS = _WORDS["anaphors"]
_BE = _WORDS["be"]
_DIRECTIONS = _WORDS["directions"]
_KIND_BEFORE = frozenset({"capital"})
_MODIFIED = _WORDS["modified"]
_AROUND_NOUNS = _WORDS["around_nouns"]
_PART_NOUNS = _WORDS["part_nouns"]
_REFERENCE_OR_IN = _WORDS["reference"] | _WORDS["containers"]
_WAYS = _WORDS["ways"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SITE_KINDS = _WORDS["site_kinds"]
_STOPS = _WORDS["stops"]
_PART_KINDS = _PLURAL_KINDS | _SETTLEMENT_KINDS | {"countryside"}
_OWNED_PARTS = _WORDS["owned_parts"]
_PART_SUBJECTS = _PART_NOUNS | _WORDS["part_subjects"]
_BEFORE_PART = _WORDS["winds"] | _DIRECTIONS | _WORDS["place_attributes"] | {"the", "-"}
_DASHES = frozenset("-–—/")
_LAND = frozenset({"adm1", "area"})
_EDGES = _WORDS["environs"]
_POSSESSIVE = frozenset({"'s", "'", "’"})
_LIST_AND = _WORDS["list_and"]
_TOWNS = frozenset({"city", "town"})
_CITY_PARTS = _WORDS["city_parts"]
_SOME_PARTS = _WORDS["some_parts"]
_SPOTS = _WORDS["spots"]
_VILLAGES = frozenset({"village", "hamlet"})
_TAKEN_PARTS = _CITY_PARTS | _SOME_PARTS | _SPOTS | {"areas"}
"""Of a town: whoever takes them fights for it; "areas" of a city's name may be its province's."""


class Parts:
    """
    Wholes and parts in one sentence.

    Parameters
    ----------
    clause
        The sentence, searched.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause

    def before_kind(self, k: int) -> int:
        """The item before a place and its kind: "of" in "quarters of the Syrian city of P"."""
        lower = self.clause.lower
        n = k - 1
        while lower(n) in _BEFORE_PART:
            n -= 1
        while lower(n) in _KIND_BEFORE and n > 2:
            n -= 1 + (lower(n - 1) == "the")  # "around the capital P"
        while lower(n) == "of" and lower(n - 1) in _ANAPHORS and n > 2:
            n -= 2
            while n > 0 and (lower(n) in _BEFORE_PART or self.clause.capital(n)):
                n -= 1
        return n

    def lies_around(self, k: int) -> bool:
        """Whether not a place but what lies around it is told of: "the countryside of P"."""
        n = self.before_kind(k)
        return self.clause.lower(n) == "of" and self.clause.lower(n - 1) in _AROUND_NOUNS

    def of_part(self, k: int) -> bool:
        """Whether the subject is a part of a place or lies near it: "villages near P"."""
        lower = self.clause.lower
        n = k - 1
        while lower(n) in _BEFORE_PART:
            n -= 1
        if lower(n) == "of":
            place = self.clause.items[k].place
            city = place is not None and place.kind == "city"
            some = lower(n - 1) in _AROUND_NOUNS or lower(n - 1) in _SOME_PARTS
            return some or (city and lower(n - 1) in _PART_SUBJECTS)
        nouns = {lower(m) for m in range(max(0, n - 3), n)}
        if not nouns.isdisjoint(_BE):
            return False  # "the areas are near P, which fell"
        if lower(n) == "at" and not nouns.isdisjoint(_SITE_KINDS):
            return True  # "the prison at P"
        named = n > 0 and self.clause.items[n - 1].kind == "p"  # "the village of P near Q"
        return not named and lower(n) in _REFERENCE_OR_IN and not nouns.isdisjoint(_PART_NOUNS)

    def thing_in(self, k: int) -> bool:
        """Whether another thing that is hit lies in a place: "A's base in P and the depot in Q"."""
        m = self.before_kind(k)
        if self.clause.lower(m) not in {"in", "at"}:
            return False
        for x in range(m - 1, max(-1, m - 6), -1):
            if self.clause.lower(x) in _LIST_AND:
                return x < m - 1
            if x in self.clause.verbs or self.clause.items[x].kind in {"p", "d"}:
                return False
        return False

    def city_of_parts(self, n: int) -> list[Mention]:
        """The city or town some quarters of which are told of: "seized two districts of P"."""
        for k in range(n, min(n + 10, self.clause.size)):
            word = self.clause.lower(k)
            if word in _TAKEN_PARTS and self.clause.lower(k + 1) in {"of", "in"}:
                for m in range(k + 2, min(k + 12, self.clause.size)):
                    ends = self.clause.lower(m) == "," or self.clause.lower(m) in _EDGES
                    if ends or m in self.clause.verbs:
                        break
                    place = self.clause.items[m].place
                    if place is not None:
                        return [place] if self._fought_for(word, place) else []
            place = self.clause.items[k].place
            if place is not None and self._owns_parts(k):
                return [place] if place.kind in _TOWNS else []
            if word in _ANAPHORS and self.clause.lower(k - 1) == "the" and self._owns_parts(k):
                city = last_place(self.clause, k)
                return [city] if city is not None and city.kind in _TOWNS else []
            quarter = place is not None and place.kind == "quarter"  # "the Q and R districts of P"
            if word in _STOPS or (place is not None and not quarter) or k in self.clause.verbs:
                return []
        return []

    @staticmethod
    def _fought_for(word: str, place: Mention) -> bool:
        """Whether who takes a part of a place fights for it; "areas" of P may be its province's."""
        if place.kind == "city" and word == "areas":
            return False
        if word in _SOME_PARTS:
            return place.kind not in _LAND
        return place.kind in _TOWNS or (word in _SPOTS and place.kind in _VILLAGES)

    def _owns_parts(self, k: int) -> bool:
        """Whether quarters of a place follow: "P's Q and R districts"."""
        if self.clause.lower(k + 1) != "'s":
            return False
        for m in range(k + 2, min(k + 9, self.clause.size)):
            if self.clause.lower(m) in _CITY_PARTS | _SOME_PARTS or self.clause.lower(m) == "part":
                return True
            if self.clause.lower(m) in _STOPS or m in self.clause.verbs:
                return False
        return False

    def holds_next(self, k: int) -> bool:
        """Whether a place only says where the next one lies: "A's airport B", "A suburbs of B"."""
        items = self.clause.items
        following = k + 1
        while following < min(k + 6, self.clause.size) and items[following].kind != "p":
            following += 1
        if following == min(k + 6, self.clause.size):
            return False
        between = self.clause.lowers[k + 1 : following]
        if between[:1] == ["'s"]:
            return len(between) <= 5 and "and" not in between and "," not in between
        place = items[k].place
        if place is None or place.kind != "city":
            return False
        return self.clause.lowers[k + 1] in _PART_KINDS and between[1:] == ["of"]

    def only_modifies(self, k: int) -> bool:
        """A place that only says which one is meant: "Damascus road", "Idlib's countryside"."""
        following = self.clause.lower(k + 1)
        if following in _MODIFIED:
            return True
        ahead = [self.clause.lower(m) for m in range(k + 2, k + 7)]
        if following in _POSSESSIVE:
            return not self.holds_next(k) and not _OWNED_PARTS.isdisjoint(ahead[:2])
        return following in _DASHES and not _WAYS.isdisjoint(ahead)
