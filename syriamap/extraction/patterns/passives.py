"""What is done to places: "P was captured by A", "P was evacuated", "A's flag flies over P"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.patterns.senses import from_the_air
from syriamap.extraction.sentence.agents import agent_behind, agents_joined

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.handovers import Handovers
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.patterns.takers import Takers
    from syriamap.extraction.places.mention import Mention

__all__ = ["Passives"]

_WORDS = read_words()
_BE = _WORDS["be"]
_LEFT = _WORDS["left_by"]
_SUCH_PLACES = _WORDS["such_places"]
_AMONG_THOSE = frozenset({"those", "among"})
_OF_LISTS = frozenset({"captured", "contested", "withdrew"})
_MOVED = _WORDS["moved"]
_BY_TAKER = "passive, by who took places before"
_WAS = frozenset({"was", "were"})
_LAST = 7
"""Items of "the last major town still held"."""
_OBJECT = 12
"""Items of an object behind its possessive: "its positions along the road near P"."""


class Passives(Searched):
    """
    The passives of one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    takers
        Who took what nobody is told to have taken.
    handovers
        Where what is handed over goes.
    """

    def __init__(
        self, reach: Reach, findings: Findings, takers: Takers, handovers: Handovers
    ) -> None:
        super().__init__(reach, findings)
        self.takers, self.handovers = takers, handovers

    def read(self, n: int, end: int, frame: Frame) -> None:
        """Find what was done to which places, by whom, and whom it cost them."""
        agent = agent_behind(self.clause, end)
        if frame.relation == "withdrew":
            self._was_left(n, end, frame, agent)
        elif self.clause.lower(n - 1) in _SUCH_PLACES and not self.clause.passive(n):
            places = self.reach.named_behind(end)  # "the towns seized by A include"
            self.findings.add(agent, frame.relation, places, "", frame.name, n, "passive")
        elif frame.needs and self.clause.needed_before(n, frame.needs):
            self._imposed(n, end, frame, agent)
        elif frame.name in {"hand over", "lose"}:
            self.handovers.handed(n, end, agent, self.reach.subjects.of(n))
        elif not (self._was_until(n, end) or self._was_last(n, frame)):
            self._was_done(n, end, frame, agent)

    def _imposed(self, n: int, end: int, frame: Frame, agent: str) -> None:
        """Find "control was imposed on P", "the flag of A was raised over P"."""
        places = self.reach.places(end, frame.via)[0]
        known = self._flag_of(n, frame) if frame.name == "flag" else ""
        known = known or (self.takers.last_taker(n) if frame.relation == "captured" else "")
        rule = "passive" if agent else _BY_TAKER
        self.findings.add(agent or known, frame.relation, places, "", frame.name, n, rule)

    def _was_done(self, n: int, end: int, frame: Frame, agent: str) -> None:
        """Find "P was captured by A from B", "P and Q were captured"."""
        _, loser = self.reach.places(end, frozenset({"\0"}))
        places = self.reach.subjects.of(n) or self.reach.named_behind(end)
        rule, relation = "passive", frame.relation
        if relation == "controls" and "longer" in self.clause.lowers[max(0, n - 3) : n]:
            relation = "lost"  # "P is no longer held by A"
        if not agent and places and frame.relation in _OF_LISTS:
            agent, rule = self.takers.who_took(n, end), _BY_TAKER
        if frame.name == "enter" and not agent and self.clause.lower(end) == "between":
            sides = [one.actor for one in self.clause.items[end : end + 7] if one.kind == "a"]
            for one, other in zip(sides, reversed(sides), strict=True):  # "contested between"
                self.findings.add(one, relation, places, other, frame.name, n, rule)
            return
        if relation == "contested" and agent and from_the_air(self.clause, end + 8, agent):
            relation = "struck"  # "the base was raided by jets"
        against = loser if loser != agent else ""
        for one in agents_joined(self.clause, agent, end):
            whom = "" if one == loser else against
            self.findings.add(one, relation, places, whom, frame.name, n, rule)
        if places:
            more = self.reach.as_was(end)
            more += self.reach.gapped(end) if frame.relation in _OF_LISTS else []
            self.findings.add(agent, frame.relation, more, "", frame.name, n, rule)
        if against and frame.loser:
            rule = "loser of a passive"
            self.findings.add(against, frame.loser, places, agent, frame.name, n, rule)

    def read_next(self, n: int, end: int, frame: Frame) -> None:
        """Find "P was besieged and captured the next day": both were done to P."""
        passive = next(m for m in range(n - 1, -1, -1) if m in self.clause.verbs)
        agent = agent_behind(self.clause, end) or self.takers.last_taker(n)
        places = self.reach.subjects.of(passive)
        self.findings.add(agent, frame.relation, places, "", frame.name, n, "passive too")

    def _flag_of(self, n: int, frame: Frame) -> str:
        """Whose flag is raised: "the flag of A was raised", "A flags fly over P"."""
        at = next((k for k in range(n - 1, 0, -1) if self.clause.lower(k) in frame.needs), 0)
        near = self.clause.items[max(0, at - 2) : at] + self.clause.items[at + 1 : at + 4]
        return next((one.actor for one in near if at and one.kind == "a"), "")

    def _was_until(self, n: int, end: int) -> bool:
        """Whether a state is told that is over: "had been occupied by A since spring"."""
        had = "had" in self.clause.lowers[max(0, n - 4) : n] and self.clause.passive(n)
        ahead = self.clause.items[end : end + _OBJECT]
        return had and any(one.lower.startswith("since") for one in ahead)

    def _was_last(self, n: int, frame: Frame) -> bool:
        """Whether somebody held it last and does no more: "P was the last town held by A"."""
        before = self.clause.lowers[max(0, n - _LAST) : n]
        if frame.name != "hold" or "last" not in before:
            return False
        return not _WAS.isdisjoint(before)

    def _was_left(self, n: int, end: int, frame: Frame, agent: str) -> None:
        """Find "P was evacuated by A", "A's units were repositioned outside P"."""
        taken_out = self.clause.lower(n) in _LEFT and self.clause.lower(end) == "from"
        if (taken_out or self.clause.lower(n) in _MOVED) and self.clause.passive(n):
            places = self.reach.places(end, frame.via - {""})[0]
            subject = self.clause.subject(n)
            self.findings.add(subject, "withdrew", places, "", frame.name, n, "moved away")
        elif self.clause.lower(n) in _LEFT and self.takers.of_a_place(n):
            places = self._those(n) or self.reach.subjects.of(n)
            self.findings.add(agent, "withdrew", places, "", frame.name, n, "passive")

    def _those(self, n: int) -> list[Mention]:
        """The places of "P and Q are among those left by A"."""
        k = n - 1
        if self.clause.lower(k) != "those":
            return []
        while k > 0 and (self.clause.lower(k) in _AMONG_THOSE or self.clause.lower(k) in _BE):
            k -= 1
        return self.reach.subjects.before(k + 1)
