"""
A sentence's clauses: who does what stands at a word, or is made to do it.

:class:`~syriamap.extraction.sentence.said_words.Wording` knows the verbs,
:class:`~syriamap.extraction.sentence.doers.DoerSearch` looks for the doer among what stands before,
:mod:`~syriamap.extraction.sentence.obliques` says who is no subject,
:mod:`~syriamap.extraction.sentence.referents` whom pronouns mean.
"""

from __future__ import annotations

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.doers import DoerSearch
from syriamap.extraction.sentence.obliques import is_apposed, is_beneath, is_oblique
from syriamap.extraction.sentence.said_words import Wording

__all__ = ["Clause"]

_WORDS = read_words()
_LANDS = _WORDS["lands"]
_ACCUSED = _WORDS["accused"]
_BEFORE_OBJECT = _WORDS["before_object"]
_CAUSES = _WORDS["causes"]

_MOVING = frozenset({"withdrew", "advanced_toward", "contested"})
_FORCES = read_words()["forces"]
_LONGEST_TARGET = 9
"""Items from a verb of striking to the end of what is struck."""
_ALLIES = frozenset({"ally", "allies"})
_BETWEEN_SUBJECTS = _WORDS["between_subjects"]
_GROUPS = _WORDS["groups"]
_GROUP_NOUN = _WORDS["group_noun"]
_RELATIVE_PRONOUNS = _WORDS["relative_pronouns"]
_LED = _FORCES | _GROUPS
"""Nouns of force, those that a name follows: "fighters affiliated with A"."""
_CLAUSE_LEADS = _WORDS["clause_leads"]
_DETERMINERS = _WORDS["english_articles"] | {"-"}
_SUBORDINATES = _WORDS["subordinates"]
_JOINS_SUBJECTS = frozenset({"and", "&", "+"})
_ARTICLES = _WORDS["english_articles"]
_OPENS_DEED = frozenset({"having", "in"})
_OWNED_NOUNS = _WORDS["event_nouns"]
_OPENING = 4
"""A clause that begins so early opens its sentence."""


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

    def main_subject(self, n: int) -> str:
        """The subject of the clause that follows: "After the capture of P, A will …"."""
        opens = n == 2 and self.lower(0) in _OPENS_DEED
        if not opens and self.lower(n - 2) not in _CLAUSE_LEADS:
            return ""
        doers = [
            k for k, one in enumerate(self.items) if one.kind == "a" and not is_oblique(self, k)
        ]
        before = [k for k in doers if k < n and not is_beneath(self, k)]
        behind = [k for k in doers if k >= n and self.lower(k - 1) not in _SUBORDINATES]
        behind = [k for k in behind if self.lower(k + 1) not in _OWNED_NOUNS or self._acts(k + 1)]
        behind = [k for k in behind if self.lower(k - 2) not in _RELATIVE_PRONOUNS]
        chosen = before[-1:] if n > _OPENING else behind[:1] or before[-1:]
        if not chosen and self._they_follow(n):
            return self.memory.actor()
        return self.items[chosen[0]].actor if chosen else ""

    def _acts(self, n: int) -> bool:
        """Whether a word is a verb with an object: "hold the road", not "hold on it"."""
        return n in self.verbs and self.lower(n + 1) in _ARTICLES

    def _they_follow(self, n: int) -> bool:
        """Whether "they" do what the main clause tells: "After seizing P, they entered Q"."""
        comma = next((m for m in range(n, self.size) if self.lowers[m] == ","), self.size)
        return "they" in self.lowers[comma + 1 : comma + 3]

    def joined_subjects(self, n: int, actor: str) -> list[str]:
        """An actor and those that "and" joins to it, as the subject of what stands at an item."""
        at = next(
            (
                k
                for k in range(n - 1, -1, -1)
                if self.items[k].kind == "a" and self.items[k].actor == actor
            ),
            -1,
        )
        found = [actor]
        told = _RELATIVE_PRONOUNS.intersection(self.lowers[at + 1 : at + 3])
        beneath = at > 0 and bool(told) and is_oblique(self, at)  # "near A and B, who hold P"
        if told == {"which"} and "between" in self.lowers[:at]:
            return found  # "between A and B, which holds P"
        while at > 1:
            k = at - 1
            if self.lower(k) == "(" and self.items[k - 1].actor == actor:
                at = k - 1  # "the Syrian Democratic Forces (SDF)"
                continue
            while k > 0 and (self.lower(k) in _BETWEEN_SUBJECTS or self._is_adjective(k)):
                k -= 1
            listed = self.lower(k) == "," and len(found) > 1  # "A, B and C took P"
            joins = listed or self.lower(k) in _JOINS_SUBJECTS
            if not joins or self.items[k - 1].kind != "a":
                break
            at = k - 1
            if self.items[at].note != "adjective" and (beneath or not is_oblique(self, at)):
                found.insert(0, self.items[at].actor)
        return list(dict.fromkeys(found))

    def _is_adjective(self, k: int) -> bool:
        """Whether a people's name stands before "ally": "its Lebanese ally B"."""
        return self.items[k].kind == "w" and self.capital(k) and self.lower(k + 1) in _ALLIES

    def _of_target(self, n: int) -> bool:
        """Whether nobody named does it: "A struck tanks that were heading for P"."""
        k = self.back(n)
        if self.lower(k) not in _RELATIVE_PRONOUNS or k < 2 or self.items[k - 1].kind != "w":
            return False
        if self.lower(k) == "who" and self.lower(k - 1) in _FORCES - _GROUP_NOUN:
            return True  # "after the terrorists who had entered P"
        if self.lower(k - 1) in _LANDS:
            return True  # "land which reaches down to P"
        for m in range(k - 1, max(-1, k - 7), -1):
            if self.items[m].kind in {"a", "p"}:
                return False
            if m in self.verbs:
                return self.verbs[m][2].relation == "struck"
        return False

    def _relative(self, n: int) -> str:
        """The actor of "A, who had lost P", even where another preposition leads to it."""
        k = self.back(n)
        if self.lower(k) in _LED and self.lower(k - 1) == "whose":
            k -= 1  # "A, whose fighters hold P"
        elif self.lower(k) not in _RELATIVE_PRONOUNS:
            return ""
        at = k - 2 if self.lower(k - 1) == "," else k - 1
        if self.lower(at) in _GROUP_NOUN and self.lower(at - 1) in _DETERMINERS:
            at -= 3 if self.lower(at - 2) == "," else 0  # "A, a group that holds P"
        before = self.item(at)
        if before is None or before.kind != "a" or before.note == "adjective":
            return ""
        if before.note == "generic" and is_apposed(self, at):
            return ""
        return before.actor
