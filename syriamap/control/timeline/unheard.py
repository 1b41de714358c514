"""
Changes of hands as far as no neighbor tells of them: in quiet, on days of collapse, as reported.

In comes a group of chains (:mod:`syriamap.control.timeline.chains`), out comes the chance of each
change at each step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.groups import LateComers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.groups import Group
    from syriamap.control.timeline.lives import Lives

__all__ = ["late_comers", "moved", "unheard_of"]


def unheard_of(group: Group) -> _Unheard:
    """
    Chance of each change between the step before and each, as far as no neighbor tells.

    Parameters
    ----------
    group
        Whose changes they are.
    """
    made = np.empty((3, *group.alive.shape))
    to, stay, other = made
    most = np.ones(len(to))
    for begin in range(
        0, len(to), LIMITS.positions
    ):  # what lies between is small, and soon at hand again
        part = slice(begin, begin + LIMITS.positions)
        _write(group, part, made[:, part], most[part])
    much = np.flatnonzero(most > 1.0)
    over = np.maximum((to[much].sum(axis=1, keepdims=True) - to[much]) / LIMITS.most_change, 1.0)
    at, lost = group.routed
    rout = _Rout(at, lost, group.pool[group.rank[at]], group.alive[at])
    return _Unheard(to, stay, much, over, other, rout)


def _write(group: Group, part: slice, made: NDArray[np.float64], most: NDArray[np.float64]) -> None:
    """Write these chances at some positions, (3, m, K), and by how much any would be too much."""
    to, stay, other = made
    rank, alive = group.rank[part], group.alive[part]
    np.multiply(group.rate[part, None], group.pool[rank], out=to)
    _add_at(to, part, group.taken)
    to *= alive
    total = to.sum(axis=1, keepdims=True) - to
    over = np.maximum(total / LIMITS.most_change, 1.0)
    over.max(axis=1, out=most)
    np.subtract(1.0, np.divide(total, over, out=over), out=stay)
    np.multiply(group.late.entering(part, rank), alive, out=other)
    other += to
    at, found = group.found
    _add_at(other, part, (at, found * group.alive[at]))
    other[:, -1] = 0.0
    gone = other.sum(axis=1)
    too_much = np.maximum(gone / LIMITS.most_change, 1.0)
    other /= too_much[:, None]
    other[:, -1] = 1.0 - gone / too_much


def _add_at(
    rows: NDArray[np.float64], part: slice, told: tuple[NDArray[np.int64], NDArray[np.float64]]
) -> None:
    """Add what is told of some of the positions that these rows are a part of; they ascend."""
    begin, end = np.searchsorted(told[0], [part.start, part.stop])
    rows[told[0][begin:end] - part.start] += told[1][begin:end]


@dataclass(frozen=True)
class _Rout:
    """
    Days of collapse at the positions of a group.

    Attributes
    ----------
    at
        Positions, (m,).
    lost
        Chance of each local state that the place is lost there, (m, K).
    pool
        To whom, (m, K).
    alive
        Which local states exist, (m, K).
    """

    at: NDArray[np.int64]
    lost: NDArray[np.float64]
    pool: NDArray[np.float64]
    alive: NDArray[np.bool_]

    def onto(self, made: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Add them to the chances of change, and give what these are there then.

        Parameters
        ----------
        made
            From row to column, (E, K, K).
        """
        routed = moved(made[self.at] + self.lost[:, :, None] * self.pool[:, None], self.alive)
        made[self.at] = routed
        return routed


@dataclass
class _Unheard:
    """
    Chances of change at all positions of a group, by what they have in common.

    Attributes
    ----------
    to
        Chance of a change to each local state, whichever was there, (E, K).
    stay
        That each stays, (E, K).
    much, over
        Positions where that would be too much, (m,), and what it is divided by, (m, K).
    other
        Chance that *somebody else* turns out to be each, (E, K).
    rout
        What days of collapse add.
    routed
        What the chances are then on these days, once that was worked out.
    """

    to: NDArray[np.float64]
    stay: NDArray[np.float64]
    much: NDArray[np.int64]
    over: NDArray[np.float64]
    other: NDArray[np.float64]
    rout: _Rout
    routed: NDArray[np.float64] | None = None

    def into(self, made: NDArray[np.float64]) -> None:
        """
        Write the chance of each change, from row to column.

        Parameters
        ----------
        made
            Takes them, (E, K, K).
        """
        made[...] = self.to[:, None, :]
        made[self.much] /= self.over[:, :, None]
        own = np.arange(made.shape[1])
        made[:, own, own] = self.stay
        made[:, -1] = self.other
        if self.routed is None:
            self.routed = self.rout.onto(made)
        else:
            made[self.rout.at] = self.routed


def moved(change: NDArray[np.float64], alive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    Transitions from chances of change: nobody becomes who does not exist, the rest stays.

    Parameters
    ----------
    change
        Chance of each change, (m, K, K); the diagonal does not matter.
    alive
        Which states exist, (m, K).
    """
    own = np.arange(change.shape[1])
    made = change * alive[:, None, :]
    made[:, own, own] = 0.0
    total = np.einsum("mij->mi", made)
    over = np.maximum(total / LIMITS.most_change, 1.0)
    made /= over[:, :, None]
    made[:, own, own] = 1.0 - total / over
    return made


def late_comers(
    day: NDArray[np.int64],
    gap: NDArray[np.int64],
    states: NDArray[np.int64],
    lives: Lives,
    settings: TimeSettings,
) -> LateComers:
    """
    When the states of a group came to be, and the share that each comes into.

    Parameters
    ----------
    day, gap
        Of each position, (E,).
    states
        Of each place, (n, K).
    lives, settings
        When each state begins, and how long it takes.
    """
    born = np.where(states >= 0, lives.born[np.maximum(states, 0)], np.iinfo(np.int64).max // 4)
    born[:, -1] = np.iinfo(np.int64).min // 4
    older = (born[:, None, :-1] < born[:, :, None]).sum(axis=2)
    share = 1.0 / np.maximum(settings.holders - older, 2.0)
    days = settings.entering_days
    return LateComers(born, share, day.astype(np.int32), gap.astype(np.int32), days)
