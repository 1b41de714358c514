"""Nouns that tell of a deed: "the capture of P by A", "the fall of P", "A's withdrawal from P"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.fighting_nouns import FightingNouns
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agent_behind
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.noun_or_verb import stands_as_verb
from syriamap.extraction.sentence.referents import remembered

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.nearness import Nearness
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention

__all__ = ["Nouns"]

_WORDS = read_words()
_AFTER_NOUN = _WORDS["after_noun"]
_ANNOUNCED_DEEDS = _WORDS["announced_deeds"]
_BY = frozenset({"by", "after"})
_BEFORE_EVENT_NOUN = _WORDS["before_event_noun"]
_BEFORE_NOUN = _WORDS["before_noun"]
_CARRIED = _WORDS["carried"]
_AGAINST_WHOM = _WORDS["against_whom"]
_NOUN_AGENTS = _WORDS["noun_agents"]
_NOUN_LEADS = _WORDS["noun_leads"]
_PROGRESSIVE = _WORDS["progressive"]
_ENTRIES = frozenset({"entry"})
_INTO = _WORDS["entry_leads"]
_LEADS_TO = _WORDS["led_to"]
_CLOSING_QUOTES = frozenset("\"”’'")
_RESULTED = _WORDS["resulted"]
_PARTLY = frozenset({"enter", "strike"})
_TAKING_WHOLE = frozenset({"captured"})
_MADE = _CARRIED | _WORDS["made"]
_BEFORE_LOSS = _WORDS["before_loss"]
_HELPED = _WORDS["helped_forms"]
_TELLING_FALL = _WORDS["telling_fall"]
_POINTING = frozenset({"this", "these"})
_POSTS = _WORDS["posts"] | _WORDS["aimed_at"]
_BLOWS = _WORDS["blows"]
_FAR_BLOW = 14
"""Items from "the loss of" to "a blow to A"."""
_AFTERWARD = frozenset({"after", "following"})


class Nouns(Searched):
    """
    The nouns of one sentence, with their actors and places.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    nearness
        Who is near which place.
    """

    def __init__(self, reach: Reach, findings: Findings, nearness: Nearness) -> None:
        super().__init__(reach, findings)
        self.fighting = FightingNouns(reach, findings, nearness)
        self._told = {
            "fall": self._fall,
            "withdraw": self._withdrawal,
            "strike": self.fighting.strike,
            "enter": self.fighting.battle,
        }

    def stands_as_noun(self, n: int) -> bool:
        """Whether a word that may be a verb too is a noun here: "the shelling of"."""
        verb = self.clause.verbs.get(n)
        before = self.clause.item(n - 1)
        following = self.clause.item(n + 1)
        acts = following is not None and (following.kind == "p" or following.lower == "the")
        if verb is None or (verb[1] == "base" and not stands_as_verb(self.clause, n)):
            helped = verb is not None and self.clause.lower(n - 2) in _HELPED
            return not (acts and helped)  # "helped Assad recapture the city"
        if self.clause.lower(n - 1) in _BEFORE_EVENT_NOUN:
            return not (acts and self.clause.lower(n - 1) in _BY)
        named = before is not None and before.kind == "a"
        if before is not None and named and before.note == "adjective":
            return True
        if named and self.clause.lower(n - 2) == "under":
            return True  # "came under A shelling"
        return (
            self.clause.lower(n).endswith("ing")
            and self.clause.lower(n - 1) not in _PROGRESSIVE
            and self.clause.lower(n + 1) in _AFTER_NOUN
        )

    def read_noun(self, n: int, frame: Frame) -> None:
        """Find what a noun tells: whose deed it is, at which places."""
        if frame.name == "besiege" and self.fighting.siege(n):
            return
        if frame.name == "enter" and self.fighting.attacked(n):
            return
        actor = self._owner(n)
        via = frame.noun_via or _NOUN_LEADS
        if frame.name == "enter":
            via = _INTO if self.clause.lower(n) in _ENTRIES else via | {"around", "near"}
        hit = frame.relation == "struck"
        first = n + 1 + (self.clause.lower(n + 1) in _CLOSING_QUOTES)  # "the 'liberation' of P"
        places, _ = self.reach.places(first, via, whole=frame.name != "advance", hit=hit)
        for k in range(n + 1, min(n + 4, self.clause.size)):
            if self.clause.items[k].kind == "a" and self._agent_at(k) and not actor:
                actor = self.clause.items[k].actor
                places = places or self.reach.places(k + 1, via)[0]
        actor = actor or agent_behind(self.clause, n + 1, of_noun=True) or self._told_doer(n, frame)
        if not places and frame.name == "capture":
            places = self._owned(n)
        if frame.relation in _TAKING_WHOLE or frame.name in _PARTLY:
            places = [one for one in places if one.kind != "adm1"]
        told = self._told.get(frame.name, self._deed)
        told(n, frame, places, actor)

    def _told_doer(self, n: int, frame: Frame) -> str:
        """Whose deed "this incursion", "these strikes" was: that of who did it before."""
        if self.clause.lower(n - 1) not in _POINTING or frame.name == "withdraw":
            return ""
        before = (one for one in reversed(self.findings.events) if one.trigger < n)
        told = next((one.actor for one in before if one.relation == frame.relation), "")
        memory = self.clause.memory
        taker = memory.last_taker() if frame.relation != "struck" else ""
        return told or taker or memory.actor()

    def _owned(self, n: int) -> list[Mention]:
        """The place of "P's capture"."""
        owner = self.clause.items[n - 2].place if n > 1 else None
        return [owner] if owner is not None and self.clause.lower(n - 1) == "'s" else []

    def _agent_at(self, k: int) -> bool:
        """Whether the actor at an item is whose deed the noun before it is: "the fall of A"."""
        lower = self.clause.lower
        if lower(k - 1) == "of" and lower(k + 1) in _POSTS:
            return False  # "the bombardment of A positions"
        return lower(k - 1) in _NOUN_AGENTS and lower(k - 2) not in _AGAINST_WHOM

    def _owner(self, n: int) -> str:
        """Whose deed a noun tells by the words before it: "A's withdrawal", "their advance"."""
        k = n - 1
        while k >= 0 and self.clause.lower(k) in _BEFORE_NOUN:
            k -= 1
        before = self.clause.item(k)
        if before is None:
            return ""
        if before.kind == "a":
            own = self.clause.lower(k + 1) in {"'s", "air"} or before.note == "adjective"
            return before.actor if k == n - 1 or own else ""
        return remembered(self.clause, k) if before.lower in {"its", "their"} else ""

    def _fall(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """The fall of P to A, its loss."""
        lower = self.clause.lower
        if lower(n) == "loss" and not actor and lower(n - 2) in _BEFORE_LOSS:
            actor = self.clause.main_subject(n)
        actor = actor or (self._struck_a_blow(n) if lower(n) == "loss" else "")
        if lower(n) == "loss" and not actor:
            winner = self._falls_to(n)
            self.findings.add(winner, "captured", places, "", frame.name, n, "noun")
            return  # "the loss of P to A"
        actor = actor or self._falls_to(n) or self._announces_fall(n)
        places = [one for one in places if one.start > self.clause.items[n].start]
        owner = self.clause.items[n - 2].place if lower(n - 1) == "'s" and n > 1 else None
        if not places and owner is not None:
            places = [owner]
        relation = "captured" if actor and lower(n) == "fall" else "lost"
        holder = actor or self.clause.memory.holder
        self.findings.add(holder, relation, places, "", frame.name, n, "noun")

    def _struck_a_blow(self, n: int) -> str:
        """Whom a loss hurts: "the loss of P was a blow to A"."""
        ahead = range(n + 2, min(n + _FAR_BLOW, self.clause.size))
        blow = next((k for k in ahead if self.clause.lower(k) in _BLOWS), 0)
        whom = self.clause.items[blow + 2 : blow + 4] if blow else []
        told = self.clause.lower(blow + 1) in {"to", "for"}
        return next((one.actor for one in whom if told and one.kind == "a"), "")

    def _announces_fall(self, n: int) -> str:
        """Who tells of a fall and did not hold the place: "the rebels announced the fall of P"."""
        k = n - 2 if self.clause.lower(n - 1) == "the" else n - 1
        if self.clause.lower(n) != "fall" or self.clause.lower(k) not in _TELLING_FALL:
            return ""
        teller = self.clause.subject(k)
        return teller if teller != self.clause.memory.holder else ""

    def _falls_to(self, n: int) -> str:
        """The actor in "the fall of P to A"."""
        for k in range(n + 1, min(n + 9, len(self.clause.items))):
            if self.clause.items[k].kind == "a":
                return (
                    self.clause.items[k].actor
                    if "to" in {self.clause.lower(k - 1), self.clause.lower(k - 2)}
                    else ""
                )
            if self.clause.items[k].kind == "w" and self.clause.verbs.get(k):
                return ""
        return ""

    def _withdrawal(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """A's withdrawal from P, or from the place named before if it is announced."""
        rule = "noun"
        before = {self.clause.lower(m) for m in range(max(0, n - 8), n)}
        if not actor and places and before & _MADE:
            actor, rule = self.clause.subject(n), "carried out"
        near = {self.clause.lower(m) for m in range(max(0, n - 3), n)}
        if not actor and not places and near & _ANNOUNCED_DEEDS:
            actor = self.clause.subject(n)
        if not places and actor:
            confirmed = near & _ANNOUNCED_DEEDS or self.clause.lower(n - 4) == "confirmed"
            confirmed = confirmed or self._followed(n)
            places = self._told_of(n) if confirmed else []
        self.findings.add(actor, frame.relation, places, "", frame.name, n, rule)

    def _told_of(self, n: int) -> list[Mention]:
        """The places of the deed told last before an item; else the place named last."""
        before = [one for one in self.findings.events if one.trigger < n]
        if before and before[-1].relation == "advanced_toward":
            return []  # "advanced toward P following the withdrawal of A"
        told = [one.place for one in before if one.trigger == before[-1].trigger]
        if told:
            return list({one.start: one for one in told}.values())
        back = last_place(self.clause, n)
        return [back] if back is not None else []

    def _followed(self, n: int) -> bool:
        """Whether something happened after it: "entered P following the withdrawal of A"."""
        before = {self.clause.lower(m) for m in range(max(0, n - 4), n)}
        return not before.isdisjoint(_AFTERWARD)

    def _deed(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """The capture of P, an advance on P: the subject's where the noun names nobody."""
        rule = "noun"
        if not actor and frame.name in {"capture", "advance"} and places:
            actor = self._of_subject(n, frame)
            rule = "noun of a subject"
            if not actor and n == 1 and frame.name == "capture":
                actor, rule = self.clause.memory.last_taker(), "noun, by who took places before"
        self.findings.add(actor, frame.relation, places, "", frame.name, n, rule)

    def _of_subject(self, n: int, frame: Frame) -> str:
        """Whose deed a noun tells that names nobody: no one's who withdraws: "a day after the"."""
        main = self.clause.main_subject(n)
        if main and frame.name == "capture" and self._leaves(n):
            return main
        return self.clause.subject(n) or main or self._led_to(n)

    def _leaves(self, n: int) -> bool:
        """Whether the last verb before a noun tells of a withdrawal."""
        before = next((m for m in range(n - 1, -1, -1) if m in self.clause.verbs), -1)
        return before >= 0 and self.clause.verbs[before][2].relation == "withdrew"

    def _led_to(self, n: int) -> str:
        """Whose offensive "led to the capture of P"."""
        if self.clause.lower(n - 1) != "the" or self.clause.lower(n - 2) not in _LEADS_TO:
            return ""
        before = (one.actor for one in reversed(self.clause.items[: n - 3]) if one.kind == "a")
        return next(before, "") if self.clause.lower(n - 3) in _RESULTED else ""
