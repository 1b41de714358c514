"""
Why a place is contested on a day: fighting, joint control, reports that conflict, fronts, quarters.

In comes an :class:`~syriamap.control.timeline.on_a_day.OnDay`, out comes a reason code for each
place, and whom the conflict is between.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.look.symbols import JOINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from syriamap.control.timeline.on_a_day import OnDay

__all__ = ["Disputes"]


class Disputes:
    """
    Conflicts of one day.

    Parameters
    ----------
    on
        Where all chains stand on the day.

    Attributes
    ----------
    fights, divided, passes, recent
        Places that are fought over, cities of which an enemy holds quarters, places whose
        neighbors have changed hands in the last days, and those with recent news, (P,).
    """

    def __init__(self, on: OnDay) -> None:
        self.on, self.time = on, on.time
        time, knobs, everyone = on.time, on.time.settings, np.arange(len(on.step))
        self.fights: NDArray[np.bool_] = time.fights.chance(everyone, on.day) >= knobs.spell_above
        self.fights |= time.battles.chance(everyone, on.day) >= knobs.spell_above
        ranked = np.sort(on.chance[:, :-1], axis=1)[:, -2:]
        second = ranked[:, 0] if ranked.shape[1] > 1 else np.zeros(len(everyone))
        self._contended = second >= np.maximum(knobs.rival_share * on.best, knobs.least_share)
        self.passes: NDArray[np.bool_] = on.day - time.passed(on.step) <= knobs.passing_days
        age = time.days_told.age(on.heard, on.day)
        self.recent: NDArray[np.bool_] = age <= knobs.conflict_days
        self.divided = np.zeros(len(everyone), dtype=bool)
        self.divided[self._divided()] = True

    def _divided(self) -> list[int]:
        """Cities of which an enemy of the holder holds quarters."""
        on, found = self.on, []
        sure = on.sure
        for row, quarters in self.time.quarters:
            enemy = [
                on.stance.hostile(on.leads[row], int(on.leader[one])) and self._told_of_leader(one)
                for one in quarters[sure[quarters]].tolist()
            ]
            if enemy and np.mean(enemy) >= self.time.settings.divided_share:
                found.append(row)
        return found

    def _told_of_leader(self, row: int) -> bool:
        """Whether claims up to the day gave the place to its leader since that one leads."""
        on = self.on
        return any(
            vote.day >= on.starts[row]
            and vote.effect != "fight"
            and on.holder_of(vote.actor) == on.leads[row]
            for vote in self.time.votes[row][: on.told[row]]
        )

    def why(self, row: int, leaning: str, *, sure: bool) -> str:
        """
        Why a place is contested; empty where it is not.

        Parameters
        ----------
        row
            The place.
        leaning
            The likeliest actor, NOBODY where none is told.
        sure
            Whether it would be held otherwise.
        """
        if self.fights[row]:
            return "fighting"
        if leaning != NOBODY and self.partners(row):
            return JOINT
        on = self.on
        rivals = self.rivals(row) if leaning != NOBODY else []
        if rivals and self._said_to_hold(row, [on.leads[row], *rivals]):
            return "conflicting_reports"
        # where somebody else is likelier than each of them nobody knows who stands there, neither
        # in the week in which the front passes nor in the silence after it
        named = sure or on.chance[row, -1] < on.best[row]
        if rivals and named and (not sure or self.passes[row]):
            return "front_moved"
        return "divided" if sure and self.divided[row] else ""

    def partners(self, row: int) -> tuple[int, ...]:
        """Who holds the place together with the leader, if claims say so and neither has ended."""
        leader, day = self.on.leads[row], self.on.day
        chance, states = self.time.joint.at(row, day)
        if leader not in states or chance < self.time.settings.spell_above:
            return ()
        alive = self.time.lives.alive(day)
        others = tuple(one for one in states if one != leader)
        apart = any(self.on.stance.hostile(leader, one) or not alive[one] for one in others)
        return () if apart else others

    def rivals(self, row: int) -> list[int]:
        """States that are no allies of the leader, and not much less likely."""
        if not self._contended[row]:
            return []
        on, leader = self.on, self.on.leads[row]
        least = max(self.time.settings.rival_share * on.best[row], self.time.settings.least_share)
        return [
            state
            for state in np.flatnonzero(on.chance[row, :-1] >= least).tolist()
            if state != leader and not on.stance.allied(leader, state)
        ]

    def _said_to_hold(self, row: int, states: Sequence[int]) -> bool:
        """Whether claims up to the day give the place to two: lately, or both at one time."""
        heard = self.time.votes[row][: self.on.told[row]]
        votes = [vote for vote in heard if vote.effect != "fight"]
        # who speaks of a whole area tells of its day: the place's own later news goes beyond it
        own = [vote.day for vote in votes if not vote.of_area]
        last = {
            self.on.holder_of(vote.actor): vote.day
            for vote in votes
            if not (own and vote.of_area) or vote.day >= own[-1]
        }
        days = sorted(day for state, day in last.items() if state in states)
        apart = min((later - day for day, later in pairwise(days)), default=np.inf)
        return len(days) > 1 and bool(self.recent[row] or apart <= self.time.settings.conflict_days)
