"""
Where all chains stand on one day: who leads at each place since when, what is told until then.

In comes a :class:`~syriamap.control.timeline.inferred_days.ThroughTime` and a day, out comes an
:class:`OnDay`. Rules that read a state off it stand in modules of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.inferred_days import ThroughTime

__all__ = ["OnDay"]


class OnDay:
    """
    All places on one day, arrays by row.

    Parameters
    ----------
    time
        All places on all days.
    day
        Days since 1970-01-01.

    Attributes
    ----------
    step
        Step of the lattice that holds on the day, (P,).
    chance, best
        Chance of each state, (P, S + 1), and the leader's, (P,).
    leader, leads
        Who leads, (P,); the same as a list.
    starts
        First day of the stretch in which the leader of the day leads.
    heard, told
        How many votes of each place are of the day or one before, (P,); the same as a list.
    era, stance
        Between which turns of actors the day lies, and how states stand to each other on it.
    """

    def __init__(self, time: ThroughTime, day: int) -> None:
        self.time, self.day = time, day
        everyone = np.arange(len(time.scene.places))
        self.step: NDArray[np.int64] = time.lattice.steps_at(everyone, day)
        self.chance: NDArray[np.float64] = time.posteriors.at(self.step)
        self.leader: NDArray[np.int64] = time.leader[self.step]
        self.leads: list[int] = self.leader.tolist()
        self.starts: list[int] = time.lattice.day[time.run(self.step)[0]].tolist()
        self.best = self.chance[everyone, self.leader] if len(everyone) else np.empty(0)
        self.heard: NDArray[np.int64] = time.days_told.upto(day)
        self.told: list[int] = self.heard.tolist()
        self.era = time.scene.standing.era(day)
        self.stance = time.scene.standing.on(day)

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Whether the leader is likely enough to be told before the first claim, (P,)."""
        return np.asarray(self.best >= self.time.settings.hindsight_above)

    def holder_of(self, actor: str) -> int:
        """State of who stands for an actor on the day, -1 for nobody."""
        return self.time.lives.state(self.time.lives.heir(actor, self.day))

    def begun(self, row: int) -> bool:
        """Whether the leader of a place has led from its first step on."""
        first = self.time.lattice.first[row]
        return self.starts[row] == int(self.time.lattice.day[first])
