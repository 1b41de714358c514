"""
Pieces of the country over time as a page needs them: no slivers, no vertices that nobody sees.

Comes in: pieces and histories. Goes out: the same with fewer pieces. Two days' lines that run a
hundred meters apart leave slivers that nobody can see and that weigh as much as a province.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.history.atoms import Atoms

__all__ = ["pieces_for_page", "without_slivers"]

_SLIVER_KM2 = 0.5
_MOST_SHARE = 3e-4
_SIMPLER_M = 200.0


def pieces_for_page(atoms: Atoms) -> Atoms:
    """
    Pieces without slivers and with simpler edges, still a coverage.

    Edges are simplified together (Visvalingam and Whyatt 1993) by triangles of 200 m; the outline
    of the country stays. Sizes stay those of the full pieces.

    Parameters
    ----------
    atoms
        Pieces in the metric CRS, a coverage.
    """
    import geopandas as gpd

    fewer = without_slivers(atoms)
    shapes = np.asarray(fewer.geometry.array, dtype=object)
    simple = shapely.coverage_simplify(shapes, _SIMPLER_M, simplify_boundary=False)
    # The browser stitches the edges of merged pieces together: all rings have to turn one way.
    simple = shapely.orient_polygons(np.where(shapely.is_empty(simple), shapes, simple))
    return replace(fewer, geometry=gpd.GeoSeries(simple, crs=fewer.geometry.crs))


def without_slivers(atoms: Atoms) -> Atoms:
    """
    Join each sliver to the neighbor with which it shares most of its edge.

    A sliver is a piece below .5 km², as long as all slivers together are below .03 % of the
    country. The largest piece of any area of any day is never one, so that no area is lost.

    Parameters
    ----------
    atoms
        Pieces in the metric CRS, a coverage.
    """
    import geopandas as gpd

    slivers = _slivers(atoms)
    home = _homes(np.asarray(atoms.geometry.array, dtype=object), slivers)
    kept = np.flatnonzero(home == np.arange(len(home)))
    if len(kept) == len(home):
        return atoms
    order = np.argsort(home, kind="stable")
    bounds = np.searchsorted(home[order], kept[1:])
    shapes = np.asarray(atoms.geometry.array, dtype=object)[order]
    pieces = np.empty(len(kept), dtype=object)
    pieces[:] = [
        group[0] if len(group) == 1 else shapely.coverage_union_all(group)
        for group in np.split(shapes, bounds)
    ]
    return replace(
        atoms,
        geometry=gpd.GeoSeries(pieces, crs=atoms.geometry.crs),
        area_km2=np.bincount(home, atoms.area_km2, minlength=len(home))[kept].astype(np.float64),
        history=atoms.history[kept],
        area=atoms.area[kept],
    )


def _slivers(atoms: Atoms) -> NDArray[np.bool_]:
    """Whether a piece is small and the largest of no area."""
    size = atoms.area_km2
    ascending = np.argsort(size, kind="stable")
    few = size[ascending].cumsum() <= _MOST_SHARE * size.sum()
    small = np.zeros(len(size), dtype=bool)
    small[ascending[few]] = True
    small &= size < _SLIVER_KM2
    for day in range(atoms.area.shape[1]):
        largest = np.full(int(atoms.area[:, day].max(initial=-1)) + 1, -1, dtype=np.int64)
        largest[atoms.area[ascending, day]] = ascending
        small[largest[largest >= 0]] = False
    return small


def _homes(shapes: NDArray[np.object_], slivers: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each piece the piece that it becomes part of: itself, but for slivers."""
    home = np.arange(len(shapes))
    own = np.flatnonzero(slivers)
    one, two = shapely.STRtree(shapes).query(shapes[own], predicate="intersects")
    one = own[one]
    one, two = one[one != two], two[one != two]
    shared = shapely.length(shapely.intersection(shapes[one], shapes[two]))
    one, two, shared = one[shared > 0], two[shared > 0], shared[shared > 0]
    left = slivers.copy()
    while True:
        open_sides = left[one] & ~left[two]
        if not open_sides.any():
            return home
        a, b, length = one[open_sides], two[open_sides], shared[open_sides]
        order = np.lexsort((b, -length, a))
        first = order[np.unique(a[order], return_index=True)[1]]
        home[a[first]] = home[b[first]]
        left[a[first]] = False
