"""Nouns of control: "under the control of A", "in A hands", "control of P passed to A"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agent_behind
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.noun_or_verb import harmless_verb
from syriamap.extraction.sentence.referents import group_at, remembered

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Controlling"]

_WORDS = read_words()
_BROUGHT = _WORDS["brought"]
_UNTIL = frozenset({"from", "until"})
_HELD_LEADS = _WORDS["held_leads"]
_HOW_FULL = _WORDS["how_full"]
_MODALS = _WORDS["modals"]
_OWN = _WORDS["own"]
_REMAINING = _WORDS["remaining"]
_SENTENCE_ENDS = frozenset({".", ",", ";", "and", ""})
_STOPS = _WORDS["stops"]
_BE = _WORDS["be"]
_COMES = _WORDS["comes"]
_RESULTED = _WORDS["resulted"]
_PASSES = _WORDS["passes"]
_HOLD_ENDS = _WORDS["hold_ends"]
_OWNED_LEADS = _WORDS["owned_leads"]
_SLIPS = _WORDS["slips"]
_GIVEN_LEADS = _WORDS["given_leads"]
_GIVING = _WORDS["giving_control"]
_OPENS = _WORDS["list_opens"] | _WORDS["among"]
_IN_HANDS = frozenset({"in", "under"})
_ESTABLISHED = _WORDS["established"]
_OVER = _WORDS["established_leads"]
_ENTERING = frozenset({"captured", "contested"})
_TELLS = frozenset({"is", "are", ":"}) | _WORDS["include"]
_POSSESSIVE = frozenset({"'s", "'", "’"})
_PERCENT = frozenset({"%", "percent"})
_IN_CONTROL = _WORDS["in_control"]
_BRINGING = 8
"""Items between "brought" and "control"."""
_UNNAMED = _WORDS["unnamed_areas"]
"""As what is under control they are no place: "transferred residential areas under A control"."""


class Controlling(Searched):
    """The nouns of control in one sentence."""

    def read(self, n: int) -> None:
        """Find who controls what, by the first way to say it that fits."""
        looks = (self._given, self._in_control, self._established, self._passed, self._owned)
        if not any(look(n) for look in looks):
            self._under_control(n)

    def _given(self, n: int) -> bool:
        """Find "giving A full control of P"."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _HOW_FULL:
            k -= 1
        whom = self.clause.items[k] if k > 1 else None
        if whom is None or whom.kind != "a" or self.clause.lower(n + 1) not in _GIVEN_LEADS:
            return False
        k -= self.clause.lower(k - 1) == "the"
        if self.clause.lower(k - 1) not in _GIVING or self.clause.lower(k - 2) in _MODALS:
            return False
        places = self.reach.places(n + 2, frozenset({""}))[0]
        self.findings.add(whom.actor, "captured", places, "", "hold", n, "given control")
        return bool(places)

    def _in_control(self, n: int) -> bool:
        """Find "A is in full control of P", and "A is still in control" of the place before."""
        lead = n - 1
        while lead >= 0 and self.clause.lower(lead) in _HOW_FULL:
            lead -= 1
        if self.clause.lower(n) not in _IN_CONTROL or self.clause.lower(lead) != "in":
            return False
        before, after = self.clause.item(lead - 1), self.clause.lower(n + 1)
        actor = before.actor if before is not None and before.kind == "a" else ""
        actor = actor or self.clause.subject(n)
        if after == "of" and not _PERCENT.isdisjoint(self.clause.lowers[n + 2 : n + 7]):
            return True  # "in control of 40 percent of P"
        if after == "of":
            places = self.reach.places(n + 2, frozenset({""}))[0]
        elif after in _SENTENCE_ENDS and self.clause.lower(lead - 1) in _REMAINING:
            back = None if self._elsewhere(n) else last_place(self.clause, n)
            places = [back] if back is not None else []
        else:
            return False
        self.findings.add(actor, "controls", places, "", "hold", n, "in control of")
        return True

    def _elsewhere(self, n: int) -> bool:
        """Whether it is told of what is no place: "on the eastern bank, where A is in charge"."""
        for k in range(n - 1, max(0, n - 8), -1):
            if self.clause.lower(k) in {"where", "which"}:
                at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
                return self.clause.items[at].kind != "p"
        return False

    def _established(self, n: int) -> bool:
        """Find "control was established over P" by A, or by who took places before."""
        ahead = self.clause.lowers[n + 1 : n + 5]
        at = next((k for k in range(n + 2, n + 6) if self.clause.lower(k) in _ESTABLISHED), 0)
        if not at or _BE.isdisjoint(ahead) or any(k in self.clause.verbs for k in range(n + 1, at)):
            return False
        told = (one.actor for one in reversed(self.findings.events) if one.relation in _ENTERING)
        actor = (
            agent_behind(self.clause, at + 1) or next(told, "") or self.clause.memory.last_taker()
        )
        places = self.reach.places(at + 1, _OVER)[0]
        self.findings.add(actor, "captured", places, "", "hold", n, "control established")
        return True

    def _passed(self, n: int) -> bool:
        """Find "control of P passed to A", "has been transferred to A"."""
        if self.clause.lower(n + 1) not in _GIVEN_LEADS:
            return False
        places = self.reach.places(n + 2, frozenset({""}))[0]
        ahead = range(n + 3, min(n + _BRINGING * 2, self.clause.size))
        at = next((k for k in ahead if self.clause.lower(k) in _PASSES), 0)
        to = next((k for k in range(at + 1, at + 4) if at and self.clause.lower(k) == "to"), 0)
        whom = (one.actor for one in self.clause.items[to + 1 : to + 4] if one.kind == "a")
        actor = next(whom, "") if to else ""
        self.findings.add(actor, "captured", places, "", "hold", n, "control passed")
        return bool(actor and places)

    def _owned(self, n: int) -> bool:
        """Find "A's control of P", "the army's hold on P", if nothing tells of its end."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _HOW_FULL:
            k -= 1
        if self.clause.lower(k) in _OWN and self.clause.lower(k - 2) in _RESULTED:
            taken = self.reach.places(n + 2, frozenset({""}))[0]
            actor = remembered(self.clause, k)  # "led to their full control of P"
            self.findings.add(actor, "captured", taken, "", "hold", n, "led to control")
            return bool(taken)
        owner = self.clause.items[n - 2] if n > 1 else None
        if n > 0 and self.clause.items[n - 1].kind == "a" and n not in self.clause.verbs:
            owner = self.clause.items[n - 1]  # "rebel control of P"
        elif self.clause.lower(n - 1) not in _POSSESSIVE:
            return False
        if owner is None or owner.kind != "a" or self.clause.lower(n - 2) in _HELD_LEADS:
            return False
        beside = self.clause.lowers[max(0, n - 6) : n] + self.clause.lowers[n + 1 : n + _BRINGING]
        over = self.clause.lower(n + 1) in _OWNED_LEADS and _HOLD_ENDS.isdisjoint(beside)
        places = self.reach.places(n + 2, frozenset({""}))[0] if over else []
        self.findings.add(owner.actor, "controls", places, "", "hold", n, "noun of control")
        return bool(places)

    def _under_control(self, n: int) -> None:
        """Find "P is under the control of A", "in A hands", "A brought P under its control"."""
        actor, lead = self._holder(n)
        while lead >= 0 and self.clause.lower(lead) in _HOW_FULL:
            lead -= 1
        out = self.clause.lower(lead) == "of" and self.clause.lower(lead - 1) == "out"
        if actor and (out or self.clause.lowers[max(0, lead - 2) : lead] == ["no", "longer"]):
            places = self.reach.subjects.before(lead - 1)
            self.findings.add(actor, "lost", places, "", "hold", n, "out of control")
            return
        if self.clause.lower(lead) == "from" and self.clause.lower(lead - 1) in _SLIPS:
            subject = self.clause.item(self.clause.back(lead - 1))
            if subject is None or subject.kind != "p":
                return  # "one town after another slipped from A hands"
            places = self.reach.subjects.of(lead - 1)
            loser = actor or self.clause.memory.holder
            self.findings.add(loser, "lost", places, "", "hold", n, "slipped from control")
            return
        if self.clause.lower(n) == "grip" and self.clause.lower(lead) not in _IN_HANDS:
            return  # "a challenge to the regime's grip on power"
        over = self._was(lead) or self._ended_since(n)
        if not actor or self.clause.lower(lead) not in _HELD_LEADS or over or self._wished(n):
            return
        own = self._brought(n)
        taken = own or self.clause.lower(lead) in {"to", "into"}
        taken = taken or self.clause.lower(lead - 1) in _COMES
        relation = "captured" if taken else "controls"
        unnamed = self.clause.lower(self.clause.back(lead)) in _UNNAMED
        places = [] if unnamed else self.reach.subjects.of(lead)
        places = places or self._told_behind(n)
        self.findings.add(actor, relation, places, "", "hold", n, "under control")

    def _holder(self, n: int) -> tuple[str, int]:
        """Whose control or hands an item tells of, and the item before that name."""
        full = self.clause.lower(n - 1) in _HOW_FULL
        n -= full and self.clause.lower(n - 2) in _POSSESSIVE  # "under A's full control"
        before, after = self.clause.item(n - 1), self.clause.item(n + 1)
        if before is not None and before.kind == "a":
            return before.actor, n - 2
        if before is not None and before.lower == "'s" and n > 1:
            owner = self.clause.items[n - 2]
            return (owner.actor, n - 3) if owner.kind == "a" else ("", n - 1)
        if before is not None and before.lower in _OWN:
            told = self._brought(n) or self.clause.lower(n - 2) in _IN_HANDS
            whose = self.clause.subject(n - 1) or remembered(self.clause, n - 1)
            if self.clause.lower(0) == "with" and "," in self.clause.lowers[n : n + 3]:
                whose = self.clause.main_subject(2) or whose  # "With P in its hands, A"
            return (whose if told else "", n - 2)
        lead = n - 1
        while self.clause.lower(lead) in _HOW_FULL:
            lead -= 1
        if self.clause.lower(lead) == "under" and self._brought(n):
            return self.clause.subject(lead), lead
        if after is not None and after.lower == "of":
            for k in range(n + 2, min(n + 5, self.clause.size)):
                group = self.clause.items[k].actor or group_at(self.clause, k)
                if group:
                    return group, n - 1
        return "", n - 1

    def _was(self, lead: int) -> bool:
        """Whether somebody held it and does no longer: "P had been in A hands since 2012"."""
        before = self.clause.lowers[max(0, lead - 4) : lead]
        return ("had", "been") in pairwise(before)

    def _ended_since(self, n: int) -> bool:
        """Whether a day tells until when: "under A control from 2012 to 2018", "until 2016"."""
        days = (one.lower for one in self.clause.items[n + 1 : n + 4] if one.kind == "d")
        return any(day.split()[0] in _UNTIL for day in days)

    def _told_behind(self, n: int) -> list[Mention]:
        """The places of "still in A hands: P", "bases fell under A control, including P"."""
        if self.clause.lower(n + 1) == "," and self.clause.lower(n + 2) in _OPENS:
            return self.reach.places(n + 3, frozenset({""}))[0]
        if self.clause.lower(n + 1) not in _TELLS:
            return []
        return self.reach.places(n + 2, frozenset({""}))[0]

    def _wished(self, n: int) -> bool:
        """Whether nobody has brought a place under control yet: "would bring P under control"."""
        at = next((k for k in range(n - 1, 0, -1) if self.clause.lower(k) in _BROUGHT), 0)
        yet = at and (self.clause.lower(at - 1) in _MODALS or self.clause.lower(at - 1) == "to")
        return bool(yet) and not any(k in self.clause.verbs for k in range(at + 1, n))

    def _brought(self, n: int) -> bool:
        """Whether somebody brings a place under control: "took P under its control"."""
        for k in range(n - 1, -1, -1):
            if self.clause.lower(k) in _BROUGHT:
                return True
            far = n - k > _BRINGING and k in self.clause.verbs and not harmless_verb(self.clause, k)
            if far or self.clause.lower(k) in _STOPS:
                return False
        return False
