"""
Who took a place that is only told to have been taken: "P was captured", "P fell".

Whoever took places before, or announces it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.obliques import is_oblique

if TYPE_CHECKING:
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.participles import Participles
    from syriamap.extraction.patterns.reach import Reach

__all__ = ["Takers"]

_WORDS = read_words()
_STOPS = _WORDS["stops"]
_TAKEN_OTHERWISE = _WORDS["taken_otherwise"]
_ALL_OF_THEM = _WORDS["all_of_them"]
_ANAPHORS = _WORDS["anaphors"]
_RELATIVES = _WORDS["relative_pronouns"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_TAKEN = _WORDS["taken"]
_FREED = _WORDS["freed"]
_ENEMIES = _WORDS["enemies"]
_NOTHING_MORE = _WORDS["nothing_more"]
_NOT = _WORDS["negation"]
_OFFICES = _WORDS["no_presence"]
_DASHES = frozenset("-–—")
_ATTACKS = _WORDS["one_sided_battles"] | _WORDS["advances"]
_BEFORE_NOUN = _WORDS["before_noun"]
_HAVE = _WORDS["have"]
_COURSE_LEADS = _WORDS["course_leads"]
_LONGEST_COURSE = 6
"""Items from "in" to the actor of "in an A offensive"."""
_AGAIN = tuple(sorted(_WORDS["again_stems"]))
_OTHER_CLAUSE = frozenset({";", "and"})
_FINITE = frozenset({"past", "either"})
_TAKING = frozenset({"captured", "contested", "advanced_toward", "besieged"})


class Takers(Searched):
    """
    Who takes places in one sentence and in the text before it.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        What was found so far.
    participles
        Those of the sentence.
    """

    def __init__(self, reach: Reach, findings: Findings, participles: Participles) -> None:
        super().__init__(reach, findings)
        self.participles = participles

    def last_taker(self, n: int) -> str:
        """Who took places before what stands at an item, in the sentence or in the text."""
        before = (one for one in reversed(self.findings.events) if one.trigger < n)
        takes = (one for one in before if one.relation in _TAKING and one.rule != "battle")
        told = next((one.actor for one in takes), "") or self._attacker(n)
        return told or self.clause.memory.last_taker() or self.clause.memory.voice

    def _attacker(self, n: int) -> str:
        """Who attacked somebody, at no place, in another clause: "A attacked B; P fell"."""
        clause = self.clause
        breaks = [k for k in range(n) if clause.lower(k) in _OTHER_CLAUSE]
        if not breaks:
            return ""
        for k in range(breaks[-1] - 1, -1, -1):
            verb = clause.verbs.get(k)
            if verb is not None and verb[2].name == "enter" and verb[1] in _FINITE:
                return clause.subject(k)
        return ""

    def who_took(self, n: int, end: int) -> str:
        """Who took what nobody is told to have taken: who took places before, or announces it."""
        if announced := self._announced(n) or self._in_course_of(end):
            return announced
        freed = self.clause.lower(n) in _FREED and self.of_a_place(n)
        again = freed or self.clause.lower(n).startswith(_AGAIN)
        if again and (said := self._announcer(end, rid=True)):
            return said  # "P was retaken, A said"
        listed = self.participles.opens_list(n, end) or self._following(n)
        if not listed and not self._takes_on(n):
            return ""
        taker = self.last_taker(n) or self._announcer(end, rid=self._rid_of_actor(n))
        return taker or (self.clause.memory.actor(self.clause.memory.states) if listed else "")

    def _in_course_of(self, end: int) -> str:
        """Whose deed it was in: "in an A offensive", "after an A attack", "when A attacked"."""
        clause = self.clause
        lead = clause.past_days(end)
        if clause.lower(lead) not in _COURSE_LEADS:
            return ""
        for k in range(lead + 1, min(lead + _LONGEST_COURSE, clause.size)):
            if clause.items[k].kind == "a":
                return clause.items[k].actor if self._goes_at_it(k) else ""
            if clause.items[k].kind == "p" or clause.lower(k) in _STOPS or k in clause.verbs:
                return ""
        return ""

    def _goes_at_it(self, k: int) -> bool:
        """Whether an actor at an item attacks: "A offensive", "A's assault", "A attacked"."""
        clause = self.clause
        m = k + 1
        while clause.lower(m) in _BEFORE_NOUN or clause.lower(m) in _HAVE:
            m += 1
        if clause.lower(m) in _ATTACKS:
            return True
        return m in clause.verbs and clause.verbs[m][2].relation in _TAKING

    def _announced(self, n: int) -> str:
        """Who says before it that a place was freed: "A announced that P had been liberated"."""
        freed = self.clause.lower(n) in _FREED
        if not (freed or self.clause.lower(n) in _TAKEN) or not self.of_a_place(n):
            return ""
        for k in range(n - 1, 0, -1):
            word = self.clause.lower(k)
            if word in _SPEECH_FORMS and self.clause.speaks(k):
                at = self.clause.back(k)
                actor = self.clause.items[at]
                spoken = actor.kind == "a" and actor.lower.rsplit(" ", 1)[-1] not in _OFFICES
                told = spoken and not is_oblique(self.clause, at)
                told = told and (freed or actor.actor != self.clause.memory.holder)
                return actor.actor if told and self.clause.lower(k - 1) not in _NOT else ""
            if self.clause.items[k].kind == "a" or (word in _STOPS and word != "that"):
                return ""
        return ""

    def _announcer(self, end: int, *, rid: bool = False) -> str:
        """
        Who says behind it that a place was taken: "P has been captured, A announced".

        Who says so of a place that is `rid` of others may be who holds the country.
        """
        first = end + 3 if rid and self.clause.lower(end) == "of" else end
        for k in range(first, min(end + 9, self.clause.size)):
            item = self.clause.items[k]
            if item.kind == "a":
                told = self.clause.lower(k + 1) in _SPEECH_FORMS
                known = rid or item.actor != self.clause.memory.holder
                return item.actor if told and known else ""
            if k in self.clause.verbs:
                return ""
        return ""

    def _following(self, n: int) -> bool:
        """Whether "the following villages were taken" is told."""
        return "following" in self.clause.lowers[max(0, n - 8) : n]

    def _takes_on(self, n: int) -> bool:
        """Whether a place is told to be taken, not taken back, or something taken somewhere."""
        rid = self.clause.lower(n) in _FREED and self.clause.lower(n + 1) in _NOTHING_MORE
        taken = self.clause.lower(n) in _TAKEN or self._rid_of_actor(n) or rid
        if not taken or self.clause.lower(n + 1) in _TAKEN_OTHERWISE:
            return False
        return self.of_a_place(n)

    def _rid_of_actor(self, n: int) -> bool:
        """Whether a place is told to be cleared of an actor, not of mines."""
        whom = self.clause.items[n + 2 : n + 6]
        rid = self.clause.lower(n) in _FREED and self.clause.lower(n + 1) == "of"
        return rid and any(one.kind == "a" or one.lower in _ENEMIES for one in whom)

    def of_a_place(self, n: int) -> bool:
        """Whether what is done is done to a place, "the city" or "P, which"."""
        if self.clause.lower(n - 1) == "those":
            return True
        k = self.clause.back(n)
        while k > 0 and (self.clause.lower(k) in _ALL_OF_THEM or self.clause.lower(k) in _DASHES):
            k -= 1
        if self.clause.lower(k) == ",":  # "P, the last town of A, was captured"
            if self.reach.subjects.lists_examples(k):
                return True
            opening = next((m for m in range(k - 1, 0, -1) if self.clause.lower(m) == ","), 0)
            k = opening - 1 if opening else k
        k = self.reach.subjects.before_unnamed(k)
        named = self.clause.items[k].kind == "p" or self.clause.lower(k) in _RELATIVES
        return named or (self.clause.lower(k) in _ANAPHORS and self.clause.lower(k - 1) == "the")
