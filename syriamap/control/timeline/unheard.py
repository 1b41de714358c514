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
    from collections.abc import Iterator

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
    other = np.empty(group.alive.shape)
    for part in _parts(len(other)):
        other[part] = _from_others(group, part)
    return _Unheard(group, other)


def _changes(group: Group, part: slice) -> NDArray[np.float64]:
    """Chance of a change to each local state at some positions, whichever was there, (m, K)."""
    to = group.rate[part, None] * group.pool[group.rank[part]]
    _add_at(to, part, group.taken)
    to *= group.alive[part]
    return to


def _from_others(group: Group, part: slice) -> NDArray[np.float64]:
    """Chance that *somebody else* turns out to be each, at some positions, (m, K)."""
    alive = group.alive[part]
    other = group.late.entering(part, group.rank[part]) * alive
    other += _changes(group, part)
    at, found = group.found
    _add_at(other, part, (at, found * group.alive[at]))
    other[:, -1] = 0.0
    gone = other.sum(axis=1)
    too_much = np.maximum(gone / LIMITS.most_change, 1.0)
    other /= too_much[:, None]
    other[:, -1] = 1.0 - gone / too_much
    return other


def _parts(count: int) -> Iterator[slice]:
    """So many positions, some at a time: what is made of them is small, and soon at hand again."""
    for begin in range(0, count, LIMITS.positions):
        yield slice(begin, begin + LIMITS.positions)


def _add_at(
    rows: NDArray[np.float64], part: slice, told: tuple[NDArray[np.int64], NDArray[np.float64]]
) -> None:
    """Add what is told of some of the positions that these rows are a part of; they ascend."""
    begin, end = np.searchsorted(told[0], [part.start, part.stop])
    rows[told[0][begin:end] - part.start] += told[1][begin:end]


@dataclass(frozen=True)
class _Unheard:
    """
    Chances of change at all positions of a group, by what they have in common.

    Attributes
    ----------
    group
        The group.
    other
        Chance that *somebody else* turns out to be each, (E, K).
    """

    group: Group
    other: NDArray[np.float64]

    def into(self, made: NDArray[np.float64]) -> None:
        """
        Write the chance of each change, from row to column.

        Parameters
        ----------
        made
            Takes them, (E, K, K).
        """
        for part in _parts(len(made)):
            self._into(made[part], _changes(self.group, part))
            made[part, -1] = self.other[part]
            self._add_routs(made[part], part)

    @staticmethod
    def _into(made: NDArray[np.float64], to: NDArray[np.float64]) -> None:
        made[...] = to[:, None, :]
        every = np.einsum("mk->m", to)
        total = every[:, None] - to
        much = np.flatnonzero(every > LIMITS.most_change)
        if len(much):
            over = np.maximum(total[much] / LIMITS.most_change, 1.0)
            made[much] /= over[:, :, None]
            total[much] /= over
        np.subtract(1.0, total, out=_diagonal(made))

    def _add_routs(self, made: NDArray[np.float64], part: slice) -> None:
        """Add what days of collapse change."""
        where, lost = self.group.routed
        begin, end = np.searchsorted(where, [part.start, part.stop])
        at = where[begin:end]
        pool = self.group.pool[self.group.rank[at]] * self.group.alive[at]
        change = made[at - part.start]
        change += lost[begin:end, :, None] * pool[:, None]
        made[at - part.start] = _with_the_rest(change)


def moved(change: NDArray[np.float64], alive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    Transitions from chances of change: nobody becomes who does not exist, the rest stays.

    Parameters
    ----------
    change
        Chance of each change, (m, K, K), which is written over; the diagonal does not matter.
    alive
        Which states exist, (m, K).
    """
    change *= alive[:, None, :]
    return _with_the_rest(change)


def _with_the_rest(change: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances of change, written over, with the chances that each state stays."""
    stay = _diagonal(change)
    stay[...] = 0.0
    total = np.einsum("mij->mi", change)
    if total.max(initial=0.0) > LIMITS.most_change:
        over = np.maximum(total / LIMITS.most_change, 1.0)
        change /= over[:, :, None]
        total /= over
    np.subtract(1.0, total, out=stay)
    return change


def _diagonal(change: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chances that each state stays, (m, K), where they stand."""
    where: NDArray[np.float64] = np.einsum("mii->mi", change)
    return where


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
