"""Whether the way from a verb to its places goes on behind a comma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.noun_or_verb import stands_as_verb

if TYPE_CHECKING:
    from syriamap.extraction.sentence.clauses import Clause
    from syriamap.extraction.sentence.items import Item

__all__ = ["Commas"]

_WORDS = read_words()
_GOES_ON = _WORDS["goes_on"]
_ATTRIBUTES = _WORDS["place_attributes"]
_LIST_OPENS = _WORDS["list_opens"]
_LIST_GOES_ON = _WORDS["list_goes_on"]
_LIST_BEGINS = _WORDS["list_begins"]
_LIST_JOINS = _WORDS["list_joins"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STOPS = _WORDS["stops"]
_KINDS = _WORDS["settlement_kinds"] | _WORDS["site_kinds"]
_WINDS = _WORDS["winds"] | {"centre", "center"}
_ENDPOINTS = frozenset({"to", "from"})
_RESUMES = frozenset({"and", ","})
_LIST_AND = _WORDS["list_and"]
_PREPOSITIONS = _WORDS["prepositions"]


_BESIDE = frozenset({"near"})
"""Behind a comma it only says where what was named lies."""


class Commas:
    """
    The commas of one sentence.

    Parameters
    ----------
    clause
        The sentence, searched.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause

    def go_on(self, k: int, found: bool, via: frozenset[str]) -> bool:
        """Whether the way goes on behind a comma: to its first place, or to the next of a list."""
        following = self.clause.item(k + 1)
        if following is None:
            return False
        if following.kind == "d":
            return True
        if following.lower in _LIST_BEGINS and self.clause.lower(k + 2) == "with":
            return True
        if found:
            return self._next_of_list(k, following, via)
        return self._first_place_ahead(k, following, via)

    def _next_of_list(self, k: int, following: Item, via: frozenset[str]) -> bool:
        """Whether a comma behind a place leads to another: ", Q and", ", nearby Q", ", and Q"."""
        lower = self.clause.lower
        if following.kind == "p":
            bracketed = lower(k - 1) == ")" or lower(k + 2) == "("  # "P (12 km), Q (9 km)"
            behind = k + 2 + (lower(k + 2) in _KINDS)  # "P, Q village, and R"
            if self.clause.lowers[behind : behind + 2] == ["in", "the"]:
                behind += 3 * (lower(behind + 2) in _WINDS)  # "P, Q in the east and R"
            return bracketed or lower(behind) in _LIST_JOINS or lower(k - 2) in _RESUMES
        if following.lower in via and self.clause.next_is_place(k + 1):
            return True
        if self._described(k + 1) or (following.lower == "with" and self.listed_with(k + 1)):
            return True
        ahead = self.clause.items[k + 1 : k + 9]
        return following.lower in _LIST_GOES_ON and any(one.kind == "p" for one in ahead)

    def _first_place_ahead(self, k: int, following: Item, via: frozenset[str]) -> bool:
        """Whether no place stood before a comma and one is still led to behind it."""
        if following.kind == "p":
            return True
        if self._subject_follows(k + 1):
            return False
        of_which = following.lower == "of" and self.clause.lower(k + 2) == "which"
        leads = following.lower in _ENDPOINTS or following.lower in via - _BESIDE
        return leads or of_which or following.lower in _GOES_ON or self._nouns_go_on(k)

    def _subject_follows(self, k: int) -> bool:
        """Whether an actor and its verb stand behind a comma: "backed by strikes, the A took P"."""
        m = k + (self.clause.lower(k) == "the")
        actor = self.clause.item(m)
        verb = next((x for x in range(m + 1, m + 4) if x in self.clause.verbs), 0)
        acts = verb and self.clause.back(verb) == m and stands_as_verb(self.clause, verb)
        return actor is not None and actor.kind == "a" and bool(acts)

    def _described(self, k: int) -> bool:
        """Whether a place with what describes it stands at an item: "nearby P"."""
        m = k
        while self.clause.lower(m) in _ATTRIBUTES:
            m += 1
        return m > k and m < self.clause.size and self.clause.items[m].kind == "p"

    def _nouns_go_on(self, k: int) -> bool:
        """Whether a list of things goes on to a place: "crossings, roads and depots on P"."""
        if self.clause.lower(k + 1) in _LIST_AND and self.clause.lower(k + 2) in _PREPOSITIONS:
            return False  # ", and in P the army left"
        joined = False
        for m in range(k + 1, min(k + 10, len(self.clause.items))):
            item = self.clause.items[m]
            if item.kind == "p":
                return joined
            if item.lower in _LIST_OPENS:
                return joined and self.clause.next_is_place(m)  # "towns and villages, including P"
            if item.kind != "w" or self.clause.verbs.get(m) or item.lower in _STOPS:
                return False
            if item.lower in _SPEECH_FORMS or item.lower.endswith(("ed", "ing")):
                return False
            joined = joined or item.lower in {"and", "or"}
        return False

    def listed_with(self, k: int) -> bool:
        """Whether "with P among them" stands here."""
        return any(
            self.clause.lower(m) == "among" for m in range(k, min(k + 14, len(self.clause.items)))
        )
