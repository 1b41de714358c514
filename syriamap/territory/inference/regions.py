"""
Overlapping windows over the country: what is estimated in each is blended at every node.

In comes a tessellation, out come :class:`Regions`. How sure the map may be, and how wide its front
bands are, is a matter of the evidence around: news from one end of the country changes neither at
the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.mesh.tessellation import Tessellation

__all__ = ["Regions", "regions_of"]


@dataclass(frozen=True)
class Regions:
    """
    Windows around points of a square grid.

    Attributes
    ----------
    centers
        Meters, (C, 2).
    reach
        Radius of a window, meters.
    members
        Nodes inside each window, ascending: those of places first.
    blend
        What each window counts at each node, (N, C) sparse; rows sum to 1.
    """

    centers: NDArray[np.float64]
    reach: float
    members: tuple[NDArray[np.int64], ...]
    blend: sp.csr_matrix

    def counted(self, xy: NDArray[np.float64]) -> sp.csr_array:
        """
        What each point (meters, (M, 2)) counts in each window, (M, C) sparse.

        A biweight kernel of the distance to its center: 1 amid it, 0 outside.
        """
        import scipy.sparse as sp
        from scipy.spatial import cKDTree

        near = cKDTree(xy.reshape(-1, 2)).sparse_distance_matrix(
            cKDTree(self.centers), self.reach, output_type="ndarray"
        )
        kernel = np.clip(1.0 - (near["v"] / self.reach) ** 2, 0.0, None) ** 2
        return sp.csr_array((kernel, (near["i"], near["j"])), shape=(len(xy), len(self.centers)))

    def blended(self, of_windows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values of the windows (C,) → of the nodes (N,)."""
        return np.asarray(self.blend @ of_windows)


def regions_of(mesh: Tessellation, knobs: InferenceSettings) -> Regions:
    """
    Windows over a tessellation, kept with it.

    Parameters
    ----------
    mesh
        The tessellation.
    knobs
        How wide the windows are, and how far apart.
    """
    key = ("regions", knobs.window_km, knobs.window_step_km)
    return mesh.memory.of(key, lambda: _regions(mesh, knobs))


def _regions(mesh: Tessellation, knobs: InferenceSettings) -> Regions:
    import scipy.sparse as sp
    from scipy.spatial import cKDTree

    step, reach = knobs.window_step_km * 1_000.0, knobs.window_km * 1_000.0
    corner = np.floor(mesh.xy.min(axis=0) / step)
    cells = np.unique(np.round(mesh.xy / step - corner).astype(np.int64), axis=0)
    # a window at each corner of every cell of the grid that holds a node
    around = np.array([(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)])
    centers = np.unique((cells[:, None] + around).reshape(-1, 2), axis=0)
    centers = (centers + corner) * step
    inside = cKDTree(mesh.xy).query_ball_point(centers, reach, return_sorted=True)
    kept = np.array([len(own) > 0 and own[0] < mesh.place_nodes for own in inside], dtype=bool)
    if not kept.any():
        kept[:] = True
    centers = centers[kept]
    members = tuple(
        np.array(own, dtype=np.int64) for own, one in zip(inside, kept, strict=True) if one
    )
    near = cKDTree(centers).query(mesh.xy, k=min(9, len(centers)))
    apart, which = (np.asarray(part).reshape(len(mesh.xy), -1) for part in near)
    weight = np.clip(1.0 - (apart / (1.5 * step)) ** 2, 0.0, None) ** 2
    weight[weight.sum(axis=1) == 0, 0] = 1.0
    weight /= weight.sum(axis=1, keepdims=True)
    rows = np.repeat(np.arange(len(mesh.xy)), which.shape[1])
    blend = sp.csr_matrix(
        (weight.ravel(), (rows, which.ravel())), shape=(len(mesh.xy), len(centers))
    )
    return Regions(centers, reach, members, blend)
