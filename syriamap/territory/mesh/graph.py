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
from syriamap.territory.mesh.mesh_settings import MESH

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


def conductances(mesh: Tessellation, water: float) -> NDArray[np.float64]:
    """
    Conductance of each edge, (E,): shared side over distance, times `water` per barrier crossed.

    Parameters
    ----------
    mesh
        The tessellation.
    water
        Conductance across one barrier relative to none; `most_barriers` count so many times, more
        no further.
    """
    ends = mesh.side_xy[mesh.side_of_edge]
    side_km = np.hypot(*(ends[:, 0] - ends[:, 1]).T) / 1_000.0
    ratio = side_km / np.maximum(mesh.lengths / 1_000.0, MESH.shortest_km)
    barrier = water ** np.minimum(mesh.crossings, MESH.most_barriers)
    return np.asarray(np.clip(ratio, MESH.least_ratio, MESH.most_ratio) * barrier)


def cell_areas(mesh: Tessellation) -> NDArray[np.float64]:
    """
    Area of each node's cell in km², (N,), within bounds.

    A cell is the sum of its kites: a side and half of each edge it halves. Cells at the border
    reach beyond it and are capped.
    """
    area = np.zeros(len(mesh.xy))
    if len(mesh.sides):
        first, second = mesh.sides.T
        side = np.hypot(*(mesh.side_xy[:, 0] - mesh.side_xy[:, 1]).T) / 1_000.0
        apart = np.hypot(*(mesh.xy[first] - mesh.xy[second]).T) / 1_000.0
        kite = np.minimum(side, MESH.longest_side_km) * apart / 4.0
        area += np.bincount(first, kite, len(area)) + np.bincount(second, kite, len(area))
    return np.clip(area, MESH.smallest_cell_km2, MESH.largest_cell_km2)


def nearest_evidence(
    mesh: Tessellation, where: NDArray[np.int64], ranks: tuple[int, ...] = MESH.ranks
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
    if len(points) * len(where) > MESH.tree_above:
        # the same to the bit; below, the tree costs more than it saves
        from scipy.spatial import cKDTree

        query = cKDTree(targets).query(points, k=max(wanted) + 1)
        apart, found = (np.asarray(part).reshape(len(points), -1) for part in query)
        return apart[:, wanted], found[:, 0].astype(np.int64)
    distance = np.empty((len(points), len(ranks)))
    nearest = np.empty(len(points), dtype=np.int64)
    step = max(1, MESH.pairs_at_once // len(where))
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
    How far apart evidence lies around each node, relative to what is typical, (N,).

    News names towns where much happens and is silent elsewhere. Where reports lie close together,
    the territory of their side has been seen to its edge; where they lie far apart, each stands
    for much land. Edges conduct in proportion to this spacing, which moves a line between a
    dense and a sparse cluster toward the dense one.

    Parameters
    ----------
    distance
        Kilometers to the nearest nodes with evidence by `ranks`, (N, R)
        (:func:`nearest_evidence`).
    """
    scaled = np.clip(distance, MESH.least_spacing_km, MESH.most_spacing_km)
    scaled /= np.sqrt(np.array(MESH.ranks[: distance.shape[1]]))
    return np.asarray(np.exp(np.log(scaled).mean(axis=1)) / MESH.typical_km)


def laplacian(
    mesh: Tessellation, conductance: NDArray[np.float64], order: NDArray[np.int64]
) -> sparse.csc_array:
    """Graph Laplacian D - W of the edges with these conductances, (N, N), nodes in this order."""
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    return laplacian_of(position[mesh.edges], conductance, len(order))
