"""
A sentence's clauses: who does what stands at a word, or is made to do it.

:class:`~syriamap.extraction.sentence.said_words.Wording` knows what stands beside a word,
:class:`~syriamap.extraction.sentence.doers.DoerSearch` looks for the doer.
"""

from __future__ import annotations

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.doers import DoerSearch
from syriamap.extraction.sentence.said_words import Wording

__all__ = ["Clause"]

_WORDS = read_words()
_ACCUSED = _WORDS["accused"]
_BEFORE_OBJECT = _WORDS["before_object"]
_CAUSES = _WORDS["causes"]

_MOVING = frozenset({"withdrew", "advanced_toward", "contested"})
_FORCES = read_words()["forces"]
_LONGEST_TARGET = 9
"""Items from a verb of striking to the end of what is struck."""


class Clause(Wording):
    """The words of a sentence that are searched for who does what."""

    def subject(self, n: int) -> str:
        """The actor that does what stands at an item; empty when there is none."""
        caused = self._caused(n)
        if caused is not None:
            return caused
        if self._of_target(n):
            return ""
        struck = self._struck_leaving(n)
        struck = self._targets_leaving(n) if struck is None else struck
        if struck is not None:
            return struck
        return self._relative(n) or DoerSearch(self, n).go()

    def _struck_leaving(self, n: int) -> str | None:
        """Who leaves and is hit: "A struck B convoys leaving P"; None where nobody is."""
        if not self.lower(n).endswith("ing") or n < 2 or self.items[n - 1].kind not in {"a", "w"}:
            return None
        named = self.items[n - 1] if self.items[n - 1].kind == "a" else self.items[n - 2]
        if named is self.items[n - 2] and not self.lower(n - 1).endswith("s"):
            return None
        at = n - 1 if named is self.items[n - 1] else n - 2
        before = next((m for m in range(at - 1, max(-1, at - 4), -1) if m in self.verbs), -1)
        hit = before >= 0 and self.verbs[before][2].relation == "struck"
        return named.actor if hit and named.kind in {"a", "w"} else None

    def _targets_leaving(self, n: int) -> str | None:
        """Whose things leave that are hit: "struck a convoy of B armored vehicles leaving P"."""
        verb = self.verbs.get(n)
        moves = verb is not None and verb[1] == "ing" and verb[2].relation in _MOVING
        if not moves or self.lower(n - 1) not in _FORCES or self.items[n - 1].kind != "w":
            return None
        actor = ""
        for m in range(n - 2, max(-1, n - _LONGEST_TARGET), -1):
            if m in self.verbs:
                return actor if self.verbs[m][2].relation == "struck" else None
            if self.lower(m) in {",", ";", "and"} or self.items[m].kind == "p":
                return None
            actor = actor or self.items[m].actor
        return None

    def _caused(self, n: int) -> str | None:
        """Who is made to do it, or accused of it: "forcing A to withdraw"; None for nobody."""
        if self._accused(n):
            return self.items[n - 2].actor
        if self.lower(n - 1) != "to" or n < 3:
            return None
        whom = self.items[n - 2]
        first = n - 3
        while first > 0 and self.lower(first) in _BEFORE_OBJECT:
            first -= 1
        if self.lower(first) not in _CAUSES:
            return None
        if whom.kind == "a":
            return whom.actor
        if whom.lower not in {"it", "them"}:
            return None
        causer = DoerSearch(self, first).go()
        others = [one.actor for one in self.items[:first] if one.kind == "a"]
        causer = causer or (others[-1] if others else "")
        return next((one for one in reversed(others) if one != causer), "")

    def _accused(self, n: int) -> bool:
        """Whether "accused A of" stands before what A is said to have done."""
        if self.lower(n - 1) != "of" or n < 3 or self.items[n - 2].kind != "a":
            return False
        return not _ACCUSED.isdisjoint(self.lowers[max(0, n - 6) : n - 2])
