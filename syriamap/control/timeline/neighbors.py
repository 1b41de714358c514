"""
Who hears of whom: the places around each place, by distance.

In come points and sizes, out come :class:`Neighbors`. A place hears everything within
`hears_km`, however densely claims lie there, so that no claim ever takes from another what it
tells; and where few places lie so near, the nearest beyond.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from syriamap.theater.distances import plane_km

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings

__all__ = ["Neighbors", "neighbors_of", "ranges"]


@dataclass(frozen=True)
class Neighbors:
    """
    Neighbors of each place, place after place, the nearest first.

    Attributes
    ----------
    xy
        Kilometers, (P, 2).
    first
        Where the neighbors of each place begin, (P + 1,).
    near, pull
        Rows of the neighbors and how much news of each counts, (N,).
    """

    xy: NDArray[np.float64]
    first: NDArray[np.int64]
    near: NDArray[np.int64]
    pull: NDArray[np.float64]

    @cached_property
    def hearer(self) -> NDArray[np.int64]:
        """Who hears of each of `near`, (N,)."""
        return np.repeat(np.arange(len(self.xy)), np.diff(self.first))

    @cached_property
    def matrix(self) -> sp.csr_matrix:
        """How much each place (rows) hears of each (columns)."""
        import scipy.sparse as sp

        return sp.csr_matrix((self.pull, self.near, self.first), shape=(len(self.xy),) * 2)

    def of(self, place: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Neighbors of a place and how much each counts, the nearest first."""
        own = slice(self.first[place], self.first[place + 1])
        return self.near[own], self.pull[own]

    def nearest(self, count: int) -> NDArray[np.int64]:
        """Where the so many nearest of each place stand in `near`."""
        rank = np.arange(len(self.near)) - self.first[self.hearer]
        return np.flatnonzero(rank < count)


def neighbors_of(
    degrees: NDArray[np.float64],
    size: NDArray[np.float64],
    quarter: NDArray[np.bool_],
    settings: TimeSettings,
) -> Neighbors:
    """
    Places that each place hears of; a place bigger than its neighbor hears it less.

    What lies close by counts more: a village at the gates falls with the town, the crossing with
    the town beside it. Not so quarters of a city, which a front may part for years.

    Parameters
    ----------
    degrees
        Latitude and longitude of each, (P, 2).
    size
        Villages fall before the city that they surround.
    quarter
        Which are quarters of a city.
    settings
        How far news reaches.
    """
    xy = plane_km(degrees)
    hearer, near, apart = _pairs(xy, settings)
    reach = np.exp(-apart / settings.length_km)
    close = ~(quarter[hearer] | quarter[near])
    reach += close * settings.close_pull * np.exp(-apart / settings.close_km)
    pull = reach * np.minimum(1.0, size[near] / size[hearer])
    heard = pull > settings.least_pull
    hearer, near, pull = hearer[heard], near[heard], pull[heard]
    return Neighbors(xy, np.searchsorted(hearer, np.arange(len(xy) + 1)), near, pull)


def _pairs(
    xy: NDArray[np.float64], settings: TimeSettings
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Hearer, neighbor and kilometers between them, by hearer and distance."""
    from scipy.spatial import cKDTree

    count = len(xy)
    if count < 2:
        none = np.empty(0, dtype=np.int64)
        return none, none, np.empty(0)
    tree = cKDTree(xy)
    within = tree.query_pairs(settings.hears_km, output_type="ndarray").astype(np.int64)
    # one more than wanted, for a place is its own nearest
    beyond = np.asarray(tree.query(xy, k=min(count, round(settings.neighbors) + 1))[1])
    beyond = beyond.reshape(count, -1).astype(np.int64)
    far = np.column_stack([np.repeat(np.arange(count), beyond.shape[1]), beyond.ravel()])
    pairs = np.concatenate([within, within[:, ::-1], far])
    keys = np.sort(pairs[:, 0] * count + pairs[:, 1])
    keys = keys[np.diff(keys, prepend=-1) > 0]
    hearer, near = keys // count, keys % count
    other = hearer != near
    hearer, near = hearer[other], near[other]
    apart = np.hypot(*(xy[hearer] - xy[near]).T)
    order = np.lexsort((near, apart, hearer))
    return hearer[order], near[order], apart[order]


def ranges(
    first: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Entries of some rows of a list of rows, one after the other.

    Parameters
    ----------
    first
        Where each row begins, and the end of the last.
    rows
        Which rows, in any order.

    Returns
    -------
    entries : numpy.ndarray
        Of all these rows.
    begin : numpy.ndarray
        Where those of each begin among them, and the end of the last.

    >>> [one.tolist() for one in ranges(np.array([0, 2, 3, 6]), np.array([2, 0]))]
    [[3, 4, 5, 0, 1], [0, 3, 5]]
    """
    count = first[rows + 1] - first[rows]
    begin = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    entries = np.arange(begin[-1]) + np.repeat(first[rows] - begin[:-1], count)
    return entries, begin
