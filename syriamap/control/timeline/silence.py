"""
What places that are not said to change on a day say of those that hear of a change that day.

In come the chains as a round of passes has left them, out comes how far the silent neighbors of
some steps are known to have been kept, by state; those reported as they were count whole. All days
of a round are asked day by day, so that one table of where each place stands serves all who hear
news that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.control.timeline.neighbors import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.neighbors import Neighbors

__all__ = ["SilentNeighbors"]

_AT_ONCE = 1 << 20
"""Pairs of a step and its neighbor that are held in memory at a time."""


class SilentNeighbors:
    """
    Neighbors without news of their own on a day.

    Parameters
    ----------
    lattice
        Steps of all places.
    around
        Who looks at whom.
    settings
        What a silent neighbor counts.
    """

    def __init__(self, lattice: Lattice, around: Neighbors, settings: TimeSettings) -> None:
        self.lattice, self.around, self.settings = lattice, around, settings
        self.by_day = np.argsort(lattice.day, kind="stable")
        self.days = lattice.day[self.by_day]
        steps = len(lattice.place)
        self.turning = lattice.acted[lattice.turning]
        self.steady = lattice.acted[~lattice.turning]
        # on a day with news of its own a place stands in a row of its own: that of nothing where
        # the news is told as such, else one of those where it is reported to be as it was
        self.today = np.full(steps, -1, dtype=np.int64)
        self.today[self.turning] = steps
        self.today[self.steady] = steps + 1 + np.arange(len(self.steady))
        self.stand = np.zeros((0, 0))

    def kept(
        self,
        steps: NDArray[np.int64],
        sure: NDArray[np.float64],
        chance: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """
        How far neighbors were kept, by state: how they stand, more so as later news bears it out.

        Parameters
        ----------
        steps
            Who asks, (m,).
        sure
            How surely what comes after a step tells its states apart, 0 to 1, (E,).
        chance
            Of each state at each step, (E, S).
        """
        import scipy.sparse as sp

        found = np.zeros((len(steps), chance.shape[1]))
        if not len(self.around.near) or not len(steps):
            return found
        worth = sure * self.settings.hindsight + self.settings.silence
        worth[self.turning] = self.settings.silence
        shape = (len(chance) + 1 + len(self.steady), chance.shape[1])
        if self.stand.shape != shape:
            self.stand = np.zeros(shape)
        np.multiply(worth[:, None], chance, out=self.stand[: len(chance)])
        self.stand[len(chance) + 1 :] = chance[self.steady]
        for rows, begin, at, pull in self._standing(steps):
            matrix = sp.csr_matrix((pull, at, begin), shape=(len(rows), shape[0]))
            found[rows] = matrix @ self.stand
        return found

    def _standing(self, steps: NDArray[np.int64]) -> Iterator[tuple[NDArray[Any], ...]]:
        """Some of the steps, and where each neighbor of theirs stands that day, with its pull."""
        day = self.lattice.day[steps]
        order = np.argsort(day, kind="stable")
        when, begin = np.unique(day[order], return_index=True)
        ends = [*begin[1:].tolist(), len(order)]
        upto = np.searchsorted(self.days, when, side="right").tolist()
        today = np.searchsorted(self.days, when, side="left").tolist()
        last = self.lattice.first[:-1].copy()
        passed = held = since = 0
        found: list[NDArray[np.int64]] = []
        for first, end, until, now in zip(begin.tolist(), ends, upto, today, strict=True):
            new = self.by_day[passed:until]
            last[self.lattice.place[new]] = new
            passed = until
            news = self.by_day[now:until]
            news = news[self.today[news] >= 0]
            table = last
            if len(news):
                table = last.copy()
                table[self.lattice.place[news]] = self.today[news]
            entries, _ = ranges(self.around.first, self.lattice.place[steps[order[first:end]]])
            found.append(table[self.around.near[entries]])
            held += len(entries)
            if held > _AT_ONCE or end == len(order):
                rows = order[since:end]
                entries, starts = ranges(self.around.first, self.lattice.place[steps[rows]])
                yield rows, starts, np.concatenate(found), self.around.pull[entries]
                found, held, since = [], 0, end
