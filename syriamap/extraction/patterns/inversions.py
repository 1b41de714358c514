"""Participles that stand before or beside their places: "Also taken were P", "with P secured"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agent_behind
from syriamap.extraction.sentence.obliques import is_oblique

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.patterns.takers import Takers
    from syriamap.extraction.places.mention import Mention

__all__ = ["Inversions"]

_WORDS = read_words()
_HAVE = _WORDS["have"]
_PARTICIPLES = frozenset({"past", "part", "either"})
_ALL_OF_THEM = _WORDS["all_of_them"]
_ANAPHORS = _WORDS["anaphors"]
_BE = _WORDS["be"]
_OBJECTS = _WORDS["english_articles"] | _WORDS["own"]
_TAKEN = _WORDS["taken"]
_SUCH_PLACES = _WORDS["such_places"]
_AREAS = frozenset({"adm1", "area"})
_BEFORE_HAD = _OBJECTS | _ANAPHORS | {"of"}
_INVERTED = _WORDS["inverted"]
_KEEPS = _WORDS["keeps"]
_NEAR_AMONG = 6
"""Items of "among the ten villages" before "captured"."""


class Inversions(Searched):
    """
    The participles of one sentence that tell beside their places.

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

    def among_those(self, n: int, end: int, form: str, frame: Frame) -> bool:
        """Whether "among the towns captured were P and Q" stands here."""
        if form not in _PARTICIPLES or self.clause.lower(n - 1) not in _SUCH_PLACES:
            return False
        if "among" not in self.clause.lowers[:n]:
            return False
        agent, k = agent_behind(self.clause, end), end
        if agent and self._is_among(n):
            places = self.reach.subjects.of(self.clause.lowers.index("among") - 1)
            self.findings.add(agent, frame.relation, places, "", frame.name, n, "passive")
            return True
        while k < end + 9 and self.clause.lower(k) not in _BE:
            k += 1
        if self.clause.lower(k) not in _BE:
            return False
        places = self.reach.places(k + 1, frozenset({""}))[0]
        rule = "passive" if agent else "passive, by who took places before"
        agent = agent or self.takers.last_taker(n)
        self.findings.add(agent, frame.relation, places, "", frame.name, n, rule)
        return True

    def _is_among(self, n: int) -> bool:
        """Whether "P and Q are among the towns" stands before a participle."""
        at = self.clause.lowers.index("among")
        return at > 0 and at > n - _NEAR_AMONG and self.clause.lower(at - 1) in _BE

    def told_beside(self, n: int, end: int, frame: Frame) -> bool:
        """Find what a participle tells beside its place: "with P secured", "A has P surrounded"."""
        opens = self._opens_inverted(n)
        if frame.needs and self.clause.lower(n - 1) in frame.needs:
            doer, rule = agent_behind(self.clause, end), "passive"
            behind = next(
                (k for k in range(end, self.clause.size) if self.clause.items[k].kind == "a"), end
            )
            places = self.reach.places(behind + 1, frame.via)[0] if doer else []
            places = [one for one in places if one.kind not in _AREAS]
        elif opens:
            places = self.reach.places(opens, frozenset({""}))[0]
            doer = agent_behind(self.clause, end) or self.takers.last_taker(n)
            rule = "passive, by who took before"
        elif self._behind_place(n):
            places = self.reach.subjects.before(n)
            doer, rule = self._around_places(n, end, frame, places), "active"
        else:
            return False
        self.findings.add(doer, frame.relation, places, "", frame.name, n, rule)
        return bool(doer and places)

    def _behind_place(self, n: int) -> bool:
        """Whether a participle stands behind a place: "P", "P now"."""
        k = n - 1
        while k > 1 and self.clause.lower(k) in _ALL_OF_THEM:
            k -= 1
        return k > 0 and self.clause.items[k].kind == "p"

    def _opens_inverted(self, n: int) -> int:
        """Where the places begin of "Also taken were P and Q"; 0 where no such thing is told."""
        lower = self.clause.lower
        k = n + 1
        while lower(k) in _INVERTED:
            k += 1
        opens = all(lower(m) in _INVERTED for m in range(n))
        told = lower(n) in _TAKEN and lower(k) in _BE
        return k + 1 if opens and told else 0

    def _around_places(self, n: int, end: int, frame: Frame, places: list[Mention]) -> str:
        """Who has places by a participle behind them: "with P taken, A", "A has P encircled"."""
        first = next((k for k in range(n) if places and self.clause.items[k].place is places[0]), 0)
        lead = first - 1
        while lead > 0 and self.clause.lower(lead) in _BEFORE_HAD:
            lead -= 1
        if frame.relation == "besieged" and self.clause.lower(lead) in _HAVE | _KEEPS:
            return self.clause.subject(lead)
        ends = self.clause.lower(end) == ","
        if frame.relation != "captured" or self.clause.lower(lead) != "with" or not ends:
            return ""
        doers = (k for k in range(end, self.clause.size) if self.clause.items[k].kind == "a")
        doer = next(doers, 0)
        named = doer and not is_oblique(self.clause, doer)
        return self.clause.items[doer].actor if named else ""
