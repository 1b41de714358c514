"""Who stands where, told without a verb of war: "A inside P", "A are stationed in P", "A in P"."""

from __future__ import annotations

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.obliques import is_oblique
from syriamap.extraction.sentence.referents import remembered

__all__ = ["Presence"]

_WORDS = read_words()
_ANAPHORS = _WORDS["anaphors"]
_OWN = _WORDS["own"]
_REMAINING = _WORDS["remaining"]
_PAST_CITY = _ANAPHORS | {"the", "of"}
_INSIDE = frozenset({"inside"})
_WITHIN = _INSIDE | {"in"}
_BE = _WORDS["be"]
_FORCES = _WORDS["forces"]
_OWNERS = _OWN | {"our"}
_SHOWING = _WORDS["showing"]
_SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]
_HEARTS = _WORDS["hearts"]
_NO_PRESENCE = _WORDS["no_presence"]
_NOW = _WORDS["now_words"]


class Presence(Searched):
    """Who stands where in one sentence."""

    def within(self, n: int) -> None:
        """Find who is told to be in a place, by the words around "in" or "inside"."""
        if self.shown(n):
            return
        if not self._stands_in(n) and self.clause.lower(n) in _INSIDE:
            self._inside(n)

    def shown(self, n: int) -> bool:
        """Find "footage shows A at P", "shows its fighters in P"."""
        k = n - 1
        if self.clause.items[k].kind != "a" and self.clause.lower(k) not in _FORCES:
            return False
        own = self.clause.lower(k - 1) in _OWN and self.clause.lower(k - 2) in _SHOWING
        named = self.clause.items[k].kind == "a" and self.clause.lower(k - 1) in _SHOWING
        if not own and not named:
            return False
        told = any(one.kind == "a" for one in self.clause.items[:k])
        whose = remembered(self.clause, k) if told else self.clause.memory.last_taker()
        actor = self.clause.items[k].actor or whose
        begin, via = self.clause.items[n].start, frozenset({self.clause.lower(n)})
        places = [one for one in self.reach.places(n, via)[0] if one.start > begin]
        self.findings.add(actor, "contested", places, "", "enter", n, "inside")
        return bool(places)

    def _stands_in(self, n: int) -> bool:
        """Find "BREAKING: A in P, Q", as messages say it without a verb."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _NOW:
            k -= 1
        are = k > 0 and self.clause.lower(k) in _BE
        k -= are
        if k < 0 or not self._are_forces(k):
            return False
        opens = self.clause.lower(k - 1)
        if not are and (self.clause.verbs or (k and (opens.isalpha() or opens[:1].isdigit()))):
            return False
        if are and not self._place_follows(n + 1):
            return False
        places = self.reach.places(n, frozenset({"in", "inside"}))[0]
        actor = self.clause.items[k].actor or self.clause.subject(k + 1)
        self.findings.add(actor, "contested", places, "", "enter", n, "inside")
        return bool(places)

    def _inside(self, n: int) -> None:
        """Find "A inside P", "A were inside P"."""
        k = self.clause.back(n)
        before = self.clause.item(k)
        goes_on = self.clause.lower(k) == "and" and k < n - 1
        named = before is not None and (before.kind == "a" or before.lower in _SUBJECT_PRONOUNS)
        named = named or self._own_forces(k)
        if before is None or not (named or goes_on):
            return
        if before.kind == "a" and is_oblique(self.clause, k):
            return  # "rose against A inside P"
        actor = before.actor or self.clause.subject(n)
        places = self.reach.places(n, frozenset({"inside"}))[0]
        self.findings.add(actor, "contested", places, "", "enter", n, "inside")

    def _are_forces(self, k: int) -> bool:
        """Whether who stands at an item may be somewhere as a force: no officials, no visitors."""
        item = self.clause.items[k]
        if item.kind == "a":
            last = item.lower.rsplit(" ", 1)[-1]
            return last not in _NO_PRESENCE and not is_oblique(self.clause, k)
        return item.lower == "they" or self._own_forces(k)

    def _own_forces(self, k: int) -> bool:
        """Whether the forces of somebody named before stand at an item: "our fighters"."""
        return self.clause.lower(k) in _FORCES and self.clause.lower(k - 1) in _OWNERS

    def _place_follows(self, k: int) -> bool:
        """Whether a place follows at once, past "the heart of" and its like."""
        for m in range(k, min(k + 5, self.clause.size)):
            if self.clause.items[m].kind == "p":
                return True
            if self.clause.lower(m) not in _PAST_CITY and self.clause.lower(m) not in _HEARTS:
                return False
        return False

    def stationed(self, n: int) -> None:
        """Find "A are stationed in P", "A is still present in P"."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _REMAINING - _BE:
            k -= 1
        at = self.clause.past_days(n + 1)
        were = self.clause.lower(k) == "been" and self.clause.lower(k - 1) == "had"
        if self.clause.lower(k) not in _BE or were or self.clause.lower(at) not in _WITHIN:
            return
        places = self.reach.places(at, _WITHIN)[0]
        relation = "contested" if self.clause.lower(n) == "active" else "controls"
        self.findings.add(self.clause.subject(n), relation, places, "", "hold", n, "stationed")

    def gone(self, n: int) -> None:
        """Find "A are gone from P"."""
        if self.clause.lower(n + 1) == "from":
            places = self.reach.places(n + 1, frozenset({"from"}))[0]
            subject = self.clause.subject(n)
            self.findings.add(subject, "withdrew", places, "", "withdraw", n, "gone from")
