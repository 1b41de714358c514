"""Verbs whose subject is the place: "P fell to A", "P came under A", "Q followed the next day"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agents_joined
from syriamap.extraction.sentence.referents import group_at, remembered

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.patterns.takers import Takers

__all__ = ["Falls"]

_WORDS = read_words()
_CLAUSE_ENDS = _WORDS["leaving_ends"] | {""}
_FALLS_OTHERWISE = _WORDS["falls_otherwise"]
_PROJECTILES = _WORDS["projectiles"]
_NO_PLACES = _WORDS["falls_itself"]
_FOLLOWS = _WORDS["follows"]
_OFTEN = _WORDS["often"]


class Falls(Searched):
    """
    The places of one sentence that fall.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    takers
        Who took what nobody is told to have taken.
    """

    def __init__(self, reach: Reach, findings: Findings, takers: Takers) -> None:
        super().__init__(reach, findings)
        self.takers = takers

    def read(self, n: int, end: int, frame: Frame) -> None:
        """Find what a verb tells whose subject is the place."""
        told = {"follow": self._followed, "come under": self._came_under}
        told.get(frame.name, self._fall)(n, end, frame)

    def _fall(self, n: int, end: int, frame: Frame) -> None:
        """Find "P fell", "P fell to A", "P went over to A"."""
        if self.clause.lower(end) in _FALLS_OTHERWISE and not frame.needs:
            return
        if frame.needs and self.clause.lower(n).endswith("ing"):
            return  # "we are going to"
        if self.clause.lower(self.clause.back(n)) in _PROJECTILES | _NO_PLACES:
            return
        places = self.reach.subjects.before(n) or self.reach.named_behind(end)
        between = self.clause.back(n)
        if not places or (
            between >= 0
            and self.clause.items[between].kind == "a"
            and between > 0
            and self.clause.lower(between - 1) != "of"
        ):
            return
        winner = self._fell_to(n, end)
        if winner:
            places = places + self.reach.as_was(end)
            for one in agents_joined(self.clause, winner, end):
                self.findings.add(one, "captured", places, "", frame.name, n, "fell to")
        if winner or frame.needs:
            return  # it "passed", to nobody whom we know
        holder, taker = self.clause.memory.holder, self.takers.last_taker(n)
        places = places + self.reach.gapped(end) + self.reach.as_was(end)
        if taker == holder:
            rule = "fell, to who took places before"
            self.findings.add(taker, "captured", places, "", frame.name, n, rule)
            return
        self.findings.add(holder, "lost", places, "", frame.name, n, "fell")
        if taker:
            rule = "fell, to who took places before"
            self.findings.add(taker, "captured", places, "", frame.name, n, rule)

    def _fell_to(self, n: int, end: int) -> str:
        """Whom a place fell to: "to A", "to them"."""
        for k in range(end, min(end + 8, len(self.clause.items))):
            winner = self.clause.items[k].actor or group_at(self.clause, k)
            if self.clause.lower(k) == "them":
                winner = remembered(self.clause, n)
            if winner and any(self.clause.lower(m) in {"to", "into"} for m in range(n + 1, k)):
                return winner
            if self.clause.lower(k) in {",", "and", "."}:
                break
        return ""

    def _followed(self, n: int, end: int, frame: Frame) -> None:
        """Find "P was captured. Q followed the next day": Q was taken too."""
        if self.clause.lower(n).endswith("ing"):
            return  # "over P following an attack"
        before, following = self.clause.items[self.clause.back(n)], self.clause.item(end)
        if before.kind != "p" or following is None or self.clause.passive(n):
            return
        hands = end > n + 1
        if hands and self.clause.lower(end) in _OFTEN:
            return
        if not hands and following.kind != "d" and following.lower not in _FOLLOWS:
            return
        taker = self.takers.last_taker(n)
        if hands:
            named = any(one.kind == "a" for one in self.clause.items[:n])
            taker = remembered(self.clause, n) if named else ""
        places = self.reach.subjects.before(n)
        rule = "followed, by who took places before"
        self.findings.add(taker, "captured", places, "", frame.name, n, rule)

    def _came_under(self, n: int, end: int, frame: Frame) -> None:
        """Find "P came under A", but not under A's fire."""
        at = end + 1 if self.clause.lower(end) == "the" else end
        whom, after = self.clause.item(at), self.clause.item(at + 1)
        if whom is None or whom.kind != "a" or whom.note == "adjective":
            return
        if after is None or after.kind == "d" or after.lower in _CLAUSE_ENDS:
            places = self.reach.subjects.of(n)
            self.findings.add(whom.actor, "captured", places, "", frame.name, n, "fell to")
