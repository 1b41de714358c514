"""Who drives whom out of which place: "A drove B out of P", "B was expelled from P by A"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agent_behind

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame

__all__ = ["Expulsions"]

_WORDS = read_words()
_EXPELLED_FROM = _WORDS["expelled_from"]
_PASSIVES = frozenset({"part", "either"})
_STOPS = _WORDS["stops"]
_ASSAULTS = _WORDS["battle"] | _WORDS["attacks"]
_ENEMIES = _WORDS["enemies"]
_LONGEST_LEAD = 5
"""Items from whom somebody drives out to the place."""
_THEM = frozenset({"them"})
_IN = frozenset({"in", "inside"})
_THROUGH = frozenset({"through", "past"})


class Expulsions(Searched):
    """
    The expulsions of one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    """

    def read(self, n: int, end: int, form: str, frame: Frame) -> None:
        """Find who is driven out, by whom: whoever stands behind the verb, or is its subject."""
        if self.clause.lower(end) in _THROUGH:
            return
        if form in _PASSIVES and self.clause.passive(n):
            self._was_expelled(n, end, frame)
            return
        for k in range(end, min(end + 6, len(self.clause.items))):
            if self.clause.items[k].kind == "a":
                self._drove_out(n, k, frame)
                return
            others = self.clause.lower(k) in _ENEMIES or self.clause.lower(k) in _THEM
            if others and self.clause.items[k].kind == "w":
                winner = self.clause.subject(n) or self.clause.main_subject(n + 1)
                places, _ = self.reach.places(k + 1, _EXPELLED_FROM)
                self.findings.add(winner, "captured", places, "", frame.name, n, "drove out")
                return
            if self.clause.lower(k) in _STOPS or self.clause.items[k].kind == "p":
                return
            if self.clause.lower(k) in _ASSAULTS:
                return  # "repelled an attack by A on P"

    def _from_unknown(self, n: int) -> bool:
        """Whether somebody is driven from a name that is no place we know: "from Qwxt in P"."""
        lower = self.clause.lower
        ahead = range(n, n + _LONGEST_LEAD)
        leads = (
            m for m in ahead if lower(m) == "from" or (lower(m) == "of" and lower(m - 1) == "out")
        )
        return any(self.clause.capital_at(m + 1) for m in leads)

    def _was_expelled(self, n: int, end: int, frame: Frame) -> None:
        """Find "A was driven out of P by B"."""
        loser, winner = self.clause.subject(n), agent_behind(self.clause, end)
        via = _EXPELLED_FROM if winner else _EXPELLED_FROM - _IN
        places, _ = self.reach.places(end, via)
        if not loser or self.clause.lower(n).startswith("repel"):
            return
        self.findings.add(loser, "withdrew", places, winner, frame.name, n, "driven out")
        if winner != loser:
            self.findings.add(winner, "captured", places, loser, frame.name, n, "drove out")

    def _drove_out(self, n: int, k: int, frame: Frame) -> None:
        """Find "A drove B out of P", where B stands at an item; in quarters of P one fights."""
        winner, loser = self.clause.subject(n), self.clause.items[k].actor
        if not winner or winner == loser:
            return
        if self._from_unknown(k + 1):
            return
        places, _ = self.reach.places(k + 1, _EXPELLED_FROM)
        if not places:
            parts = self.reach.parts.city_of_parts(k + 1)
            self.findings.add(winner, "contested", parts, loser, frame.name, n, "drove out")
            return
        self.findings.add(winner, "captured", places, loser, frame.name, n, "drove out")
        self.findings.add(loser, "lost", places, winner, frame.name, n, "loser")
