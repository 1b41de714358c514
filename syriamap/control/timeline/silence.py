"""
What places of which nothing is heard on a day say of those that hear news that day.

In come the chains as a round of passes has left them, out comes how far the silent neighbors of
some steps are known to have been kept, by state. All days of a round are asked day by day, so that
one table of where each place stands serves all who hear news that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.timeline.engine_settings import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import scipy.sparse as sp
    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.scene import Neighbors

__all__ = ["SilentNeighbors"]


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
        self.lattice, self.settings = lattice, settings
        order = np.argsort(around.near, axis=1)
        self.near = np.take_along_axis(around.near, order, axis=1)
        pull = np.take_along_axis(around.pull, order, axis=1)
        self.pull = np.where(pull > settings.least_pull, pull, 0.0)
        self.by_day = np.argsort(lattice.day, kind="stable").astype(np.int32)
        self.acted = np.zeros(len(lattice.place), dtype=bool)
        self.acted[lattice.acted] = True

    def kept(
        self,
        steps: NDArray[np.int64],
        sure: NDArray[np.float64],
        stand: NDArray[np.float64],
        found: NDArray[np.float64],
    ) -> None:
        """
        How far neighbors were kept, by state: how they stand, more so as later news bears it out.

        Parameters
        ----------
        steps
            Who asks, (m,).
        sure
            How surely what comes after a step tells its states apart, 0 to 1, (E,).
        stand
            Chance of each state at each step, and a last row of none, (E + 1, S); it is made what
            each says there, for there is but one sheet of all steps in memory.
        found
            What this is added to, (m, S).
        """
        import scipy.sparse as sp

        width = self.near.shape[1]
        if not width or not len(steps):
            return
        worth = sure * self.settings.hindsight + self.settings.silence
        worth[self.acted] = self.settings.silence
        stand[:-1] *= worth[:, None]
        everyone = self._all_neighbors()
        for rows, table in self._standing(steps):
            place = self.lattice.place[steps[rows]]
            if table.ndim == 1:  # so many ask on one day that all places may
                found[rows] += (everyone @ stand[table])[place]
                continue
            begin = np.arange(len(rows) + 1, dtype=table.dtype) * width
            asked = (self.pull[place].ravel(), table.ravel(), begin)
            found[rows] += sp.csr_matrix(asked, shape=(len(rows), len(stand))) @ stand

    def _all_neighbors(self) -> sp.csr_matrix:
        """Who looks at whom, as one matrix of all places."""
        import scipy.sparse as sp

        count, width = self.near.shape
        begin = np.arange(count + 1) * width
        return sp.csr_matrix((self.pull.ravel(), self.near.ravel(), begin), shape=(count, count))

    def _standing(
        self, steps: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32]]]:
        """
        Some of the steps, and the last step of each neighbor of theirs; none, E, for one with news.

        Where a good part of all places asks on one day, the last steps of all places instead.
        """
        width = self.near.shape[1]
        day = self.lattice.day[steps]
        order = np.argsort(day, kind="stable")
        when, begin = np.unique(day[order], return_index=True)
        ends = [*begin[1:].tolist(), len(order)]
        days = self.lattice.day[self.by_day]
        upto = np.searchsorted(days, when, side="right").tolist()
        today = np.searchsorted(days, when, side="left").tolist()
        last = self.lattice.first[:-1].astype(np.int32)
        passed = 0
        rows: list[NDArray[np.int64]] = []
        found: list[NDArray[np.int32]] = []
        held = 0
        for first, end, until, now in zip(begin.tolist(), ends, upto, today, strict=True):
            since = self.by_day[passed:until]
            last[self.lattice.place[since]] = since
            passed = until
            table = last
            news = self.by_day[now:until]
            news = news[self.acted[news]]
            if len(news):
                table = last.copy()
                table[self.lattice.place[news]] = len(self.acted)
            mine = order[first:end]
            if len(mine) > len(last) * LIMITS.many_ask:
                yield mine, table
                continue
            rows.append(mine)
            found.append(table[self.near[self.lattice.place[steps[mine]]]])
            held += len(mine) * width
            if held > LIMITS.silent_pairs:
                yield np.concatenate(rows), np.concatenate(found)
                rows, found, held = [], [], 0
        if rows:
            yield np.concatenate(rows), np.concatenate(found)
