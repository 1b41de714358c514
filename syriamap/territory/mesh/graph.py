"""
The tessellation as an electrical network: how well each edge conducts, how much land a node has.

In comes a :class:`~syriamap.territory.mesh.tessellation.Tessellation` and where the evidence is,
out go conductances and cell areas. An edge conducts in proportion to the side its two cells share,
over its length: the cotangent weight of the finite-element Laplacian (Pinkall and Polthier 1993,
"Computing discrete minimal surfaces and their conjugates"), so that what is inferred depends on the
land and not on how densely places lie on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriamap.territory.mesh.elimination import laplacian_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from syriamap.territory.mesh.tessellation import Tessellation

__all__ = [
    "cell_areas",
    "conductances",
    "evidence_spacing",
    "laplacian",
    "nearest_evidence",
]

_SHORTEST_KM = 0.05
_LONGEST_SIDE_KM = 60.0
_LEAST, _MOST = 0.01, 5.0
_LARGEST_CELL_KM2 = 400.0
_SMALLEST_CELL_KM2 = 0.01
_RANKS = (1, 2, 4, 8)
_SPACING_KM = (2.0, 80.0)
_TYPICAL_KM = 12.0
_BLOCK = 4_000_000
_TREE_ABOVE = 8_000_000


def conductances(mesh: Tessellation, water: float) -> NDArray[np.float64]:
    """
    Conductance of each edge, (E,): shared side over distance, times `water` per barrier crossed.

    Parameters
    ----------
    mesh
        The tessellation.
    water
        Conductance across one barrier relative to none; two barriers count twice, more no further.
    """
    ends = mesh.side_xy[mesh.side_of_edge]
    side_km = np.hypot(*(ends[:, 0] - ends[:, 1]).T) / 1_000.0
    ratio = side_km / np.maximum(mesh.lengths / 1_000.0, _SHORTEST_KM)
    barrier = water ** np.minimum(mesh.crossings, 2)
    return np.asarray(np.clip(ratio, _LEAST, _MOST) * barrier)


def cell_areas(mesh: Tessellation) -> NDArray[np.float64]:
    """
    Area of each node's cell in km², (N,), between .01 and 400.

    A cell is the sum of its kites: a side and half of each edge it halves. Cells at the border
    reach beyond it and are capped.
    """
    area = np.zeros(len(mesh.xy))
    if len(mesh.sides):
        first, second = mesh.sides.T
        side = np.hypot(*(mesh.side_xy[:, 0] - mesh.side_xy[:, 1]).T) / 1_000.0
        apart = np.hypot(*(mesh.xy[first] - mesh.xy[second]).T) / 1_000.0
        kite = np.minimum(side, _LONGEST_SIDE_KM) * apart / 4.0
        area += np.bincount(first, kite, len(area)) + np.bincount(second, kite, len(area))
    return np.clip(area, _SMALLEST_CELL_KM2, _LARGEST_CELL_KM2)


def nearest_evidence(
    mesh: Tessellation, where: NDArray[np.int64], ranks: tuple[int, ...] = _RANKS
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """
    Distance from each node to its nearest nodes with evidence.

    Parameters
    ----------
    mesh
        The tessellation.
    where
        Nodes with evidence, (M,), at least one.
    ranks
        Which neighbors by rank, 1 for the nearest; the first must be 1.

    Returns
    -------
    distance
        Kilometers, (N, R); the farthest there is where fewer neighbors exist.
    nearest
        Position in `where` of the nearest one, (N,).
    """
    points, targets = mesh.xy / 1_000.0, mesh.xy[where] / 1_000.0
    wanted = [min(rank, len(where)) - 1 for rank in ranks]
    if len(points) * len(where) > _TREE_ABOVE:
        # loading scipy.spatial costs more than it saves on small maps
        from scipy.spatial import cKDTree

        query = cKDTree(targets).query(points, k=max(wanted) + 1)
        apart, found = (np.asarray(part).reshape(len(points), -1) for part in query)
        return apart[:, wanted], found[:, 0].astype(np.int64)
    distance = np.empty((len(points), len(ranks)))
    nearest = np.empty(len(points), dtype=np.int64)
    step = max(1, _BLOCK // len(where))
    for start in range(0, len(points), step):
        part = points[start : start + step]
        squared = (part[:, :1] - targets[:, 0]) ** 2
        squared += (part[:, 1:] - targets[:, 1]) ** 2
        nearest[start : start + step] = squared.argmin(axis=1)
        ordered = np.partition(squared, sorted(set(wanted)), axis=1)
        distance[start : start + step] = np.sqrt(ordered[:, wanted])
    return distance, nearest


def evidence_spacing(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    How far apart evidence lies around each node, relative to a typical 12 km, (N,).

    News names towns where much happens and is silent elsewhere. Where reports lie close together,
    the territory of their side has been seen to its edge; where they lie far apart, each stands
    for much land. Edges conduct in proportion to this spacing, which moves a line between a
    dense and a sparse cluster toward the dense one.

    Parameters
    ----------
    distance
        Kilometers to the nearest 1, 2, 4 and 8 nodes with evidence, (N, 4)
        (:func:`nearest_evidence`).
    """
    scaled = np.clip(distance, *_SPACING_KM) / np.sqrt(np.array(_RANKS[: distance.shape[1]]))
    return np.asarray(np.exp(np.log(scaled).mean(axis=1)) / _TYPICAL_KM)


def laplacian(
    mesh: Tessellation, conductance: NDArray[np.float64], order: NDArray[np.int64]
) -> sparse.csc_array:
    """Graph Laplacian D - W of the edges with these conductances, (N, N), nodes in this order."""
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    return laplacian_of(position[mesh.edges], conductance, len(order))
