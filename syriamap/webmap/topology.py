"""
Geometries as TopoJSON: a line that two areas share is written once.

Comes in: named layers of geometries in degrees. Goes out: one topology with quantized,
delta-encoded arcs. Vertices are rounded one by one, all to the same grid, so a coverage stays
matched: two areas that met along a line still meet along it, and the browser can merge areas and
mesh their borders.

The arcs are found as in the TopoJSON specification: a vertex where the paths through it part is a
junction, paths are cut there, and a piece already known, in either direction, is not written again.
Vertices less than a step of the grid beside the line are left out, of each arc once, so that what
shares it still does (Douglas and Peucker 1973).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import GeometryType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["topology_from_layers"]

_SLACK = 1.0
"""Steps of the grid that a line may run beside where it ran; rounding moves it by half of one."""

_ON_IT = 0.75
"""Steps of the grid within which a vertex is on a line: both were rounded."""

_RING = 4
"""Vertices of the least ring, the first of them twice."""

_MIDDLE = 1 << 30
_Path = list[int]
"""Points as whole numbers, which are in the order of their coordinates."""


def topology_from_layers(
    layers: Mapping[str, Sequence[BaseGeometry]],
    *,
    steps: int = 10_000,
    following: Sequence[str] = (),
) -> dict[str, Any]:
    """
    One topology of several layers.

    Parameters
    ----------
    layers
        Name of the layer to its geometries in degrees: (multi)polygons and (multi)lines. Other
        kinds, empty ones and what the rounding leaves nothing of become null geometries, so that
        the n-th geometry of a layer stays the n-th.
    steps
        Steps of the grid per degree; one of 10,000 is about 11 m.
    following
        Layers whose lines run through each other's vertices: where an area ends at a border, the
        border has a vertex more than in a layer that knows no areas, and would be written twice.

    Returns
    -------
    dict
        A TopoJSON topology; each layer is a geometry collection among its ``objects``.
    """
    rounded = {name: _rounded_parts(geometries, steps) for name, geometries in layers.items()}
    _follow([rounded[name] for name in following if name in rounded])
    arcs = _Arcs(_junctions(parts for items in rounded.values() for parts in items))
    objects = {
        name: {
            "type": "GeometryCollection",
            "geometries": [_geometry(parts, arcs) for parts in items],
        }
        for name, items in rounded.items()
    }
    return {
        "type": "Topology",
        "transform": {"scale": [1 / steps, 1 / steps], "translate": [0, 0]},
        "objects": objects,
        "arcs": _deltas(_simpler(arcs.arcs)),
    }


class _Parts:
    """The rounded rings of each polygon, or the rounded lines, of one geometry."""

    def __init__(self, polygons: list[list[_Path]], lines: list[_Path]) -> None:
        self.polygons = polygons
        self.lines = lines


def _rounded_parts(geometries: Sequence[BaseGeometry | None], steps: int) -> list[_Parts]:
    """The paths of each geometry on the grid."""
    whole = np.empty(len(geometries), dtype=object)
    whole[:] = geometries
    parts, owner = shapely.get_parts(whole, return_index=True)
    kinds = shapely.get_type_id(parts)
    areas = np.flatnonzero((kinds == GeometryType.POLYGON) & ~shapely.is_empty(parts))
    lines = np.flatnonzero((kinds == GeometryType.LINESTRING) | (kinds == GeometryType.LINEARRING))
    rings, area = shapely.get_rings(parts[areas], return_index=True)
    found = [_Parts([], []) for _ in geometries]
    last = -1
    for ring, row in zip(_rounded_paths(rings, steps), area.tolist(), strict=True):
        # A closed ring of less than three different vertices has no area left.
        if len(set(ring)) > 2:
            polygons = found[owner[areas[row]]].polygons
            if row != last:
                polygons.append([])
            polygons[-1].append(ring[:-1])
            last = row
    for line, at in zip(_rounded_paths(parts[lines], steps), owner[lines].tolist(), strict=True):
        if len(line) > 1:
            found[at].lines.append(line)
    return found


def _rounded_paths(lines: NDArray[np.object_], steps: int) -> list[_Path]:
    """Vertices of lines on the grid, one that is where the last one is left out."""
    xy, row = shapely.get_coordinates(lines, return_index=True)
    x, y = np.rint(xy * steps).astype(np.int64).T
    points = ((x + _MIDDLE) << 31) + (y + _MIDDLE)
    moves = np.ones(len(points), dtype=bool)
    moves[1:] = (points[1:] != points[:-1]) | (row[1:] != row[:-1])
    numbers, row = points[moves].tolist(), row[moves]
    cuts = np.searchsorted(row, np.arange(len(lines) + 1)).tolist()
    return [numbers[start:end] for start, end in pairwise(cuts)]


def _coordinates(points: Iterable[int]) -> NDArray[np.int64]:
    """Steps of the grid to the east and to the north of each point, (N, 2)."""
    numbers = np.fromiter(points, dtype=np.int64)
    return np.stack([(numbers >> 31) - _MIDDLE, (numbers & 0x7FFFFFFF) - _MIDDLE], axis=1)


def _follow(layers: Sequence[list[_Parts]]) -> None:
    """Put into the paths of some layers the vertices of all of them that lie on their edges."""
    every = [parts for items in layers for parts in items]
    paths = [(path, path[:1]) for parts in every for rings in parts.polygons for path in rings]
    paths += [(path, []) for parts in every for path in parts.lines]
    if not paths:
        return
    led = [[*path, *back] for path, back in paths]
    starts = np.array([point for path in led for point in path[:-1]], dtype=np.int64)
    ends = np.array([point for path in led for point in path[1:]], dtype=np.int64)
    vertices, both = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    xy = _coordinates(vertices).astype(float)
    edges = np.stack([xy[both[: len(starts)]], xy[both[len(starts) :]]], axis=1)
    tree = shapely.STRtree(np.asarray(shapely.points(xy), dtype=object))
    crowded = _crowded(edges, both.reshape(2, -1), tree)
    edge, found = _on_edges(edges[crowded], xy, tree)
    edge, point = crowded[edge], vertices[found]
    between = (point != starts[edge]) & (point != ends[edge])
    on: dict[int, list[int]] = {}
    for row, one in zip(edge[between].tolist(), point[between].tolist(), strict=True):
        on.setdefault(row, []).append(one)
    first = np.cumsum([0, *(len(path) - 1 for path in led)])
    touched = np.unique(np.searchsorted(first, sorted(on), side="right") - 1)
    for row in touched.tolist():
        path = paths[row][0]
        known = set(path)
        path[:] = [
            one
            for edge_at, here in enumerate(path, int(first[row]))
            for one in (
                here,
                *(
                    more
                    for more in (on.get(edge_at, ()) if edge_at < first[row + 1] else ())
                    if more not in known
                ),
            )
        ]


def _crowded(
    edges: NDArray[np.float64], ends: NDArray[np.int64], tree: shapely.STRtree
) -> NDArray[np.int64]:
    """Edges with vertices around them besides their ends; asked once for edges both ways."""
    key = ends.min(axis=0) * len(tree) + ends.max(axis=0)
    _, first, alike = np.unique(key, return_index=True, return_inverse=True)
    once = edges[first]
    low, high = once.min(axis=1) - _ON_IT, once.max(axis=1) + _ON_IT
    around = tree.query(shapely.box(*low.T, *high.T))[0]
    return np.flatnonzero(np.bincount(around, minlength=len(first))[alike] > 2)


def _on_edges(
    edges: NDArray[np.float64], vertices: NDArray[np.float64], tree: shapely.STRtree
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Edges and vertices on them, in the order in which an edge meets them."""
    edge, vertex = tree.query(shapely.linestrings(edges), predicate="dwithin", distance=_ON_IT)
    along = ((vertices[vertex] - edges[edge, 0]) * (edges[edge, 1] - edges[edge, 0])).sum(axis=1)
    order = np.lexsort((vertices[vertex, 1], vertices[vertex, 0], along, edge))
    return edge[order], vertex[order]


def _junctions(items: Iterable[_Parts]) -> set[int]:
    """Vertices where paths begin, end or part: their neighbors differ from path to path."""
    before: list[int] = []
    here: list[int] = []
    after: list[int] = []
    ends: set[int] = set()
    for parts in items:
        for ring in (ring for rings in parts.polygons for ring in rings):
            before += (ring[-1], *ring[:-1])
            here += ring
            after += (*ring[1:], ring[0])
        for line in parts.lines:
            ends.update((line[0], line[-1]))
            before += line[:-2]
            here += line[1:-1]
            after += line[2:]
    one, at, two = (np.array(points, dtype=np.int64) for points in (before, here, after))
    less, more = np.minimum(one, two), np.maximum(one, two)
    order = np.argsort(at, kind="stable")
    at, less, more = at[order], less[order], more[order]
    parted = (at[1:] == at[:-1]) & ((less[1:] != less[:-1]) | (more[1:] != more[:-1]))
    return ends.union(at[1:][parted].tolist())


class _Arcs:
    """The pieces between junctions, each kept once, whichever way it was met first."""

    def __init__(self, junctions: set[int]) -> None:
        self.junctions = junctions
        self.arcs: list[_Path] = []
        self._index: dict[tuple[int, ...], int] = {}

    def of_line(self, line: _Path) -> list[int]:
        cuts = [i for i, point in enumerate(line) if point in self.junctions]
        return [self._index_of(line[start : end + 1]) for start, end in pairwise(cuts)]

    def of_ring(self, ring: _Path) -> list[int]:
        starts = [i for i, point in enumerate(ring) if point in self.junctions]
        # Without a junction the ring is one arc, begun at its least vertex to be found again.
        first = starts[0] if starts else ring.index(min(ring))
        turned = [*ring[first:], *ring[: first + 1]]
        return self.of_line(turned) if starts else [self._index_of(turned)]

    def _index_of(self, path: _Path) -> int:
        key = tuple(path)
        if key in self._index:
            return self._index[key]
        back = key[::-1]
        if back in self._index:
            return ~self._index[back]
        self._index[key] = len(self.arcs)
        self.arcs.append(path)
        return self._index[key]


def _geometry(parts: _Parts, arcs: _Arcs) -> dict[str, Any]:
    if parts.polygons:
        polygons = [[arcs.of_ring(ring) for ring in rings] for rings in parts.polygons]
        if len(polygons) == 1:
            return {"type": "Polygon", "arcs": polygons[0]}
        return {"type": "MultiPolygon", "arcs": polygons}
    if parts.lines:
        lines = [arcs.of_line(line) for line in parts.lines]
        if len(lines) == 1:
            return {"type": "LineString", "arcs": lines[0]}
        return {"type": "MultiLineString", "arcs": lines}
    return {"type": None}


def _simpler(arcs: Sequence[_Path]) -> list[NDArray[np.int64]]:
    """Arcs without vertices that nobody sees; their ends stay, and rings keep an area."""
    if not arcs:
        return []
    points = _coordinates(point for arc in arcs for point in arc)
    ends = np.cumsum([len(arc) for arc in arcs])
    rows = np.repeat(np.arange(len(arcs)), np.diff(ends, prepend=0))
    lines = shapely.linestrings(points.astype(float), indices=rows)
    found, row = shapely.get_coordinates(shapely.simplify(lines, _SLACK), return_index=True)
    cuts = np.searchsorted(row, np.arange(1, len(arcs)))
    simple = np.split(np.rint(found).astype(np.int64), cuts)
    for at, arc in enumerate(arcs):
        if arc[0] == arc[-1] and len(simple[at]) < _RING:
            simple[at] = points[ends[at] - len(arc) : ends[at]]
    return simple


def _deltas(arcs: Sequence[NDArray[np.int64]]) -> list[list[list[int]]]:
    """Of each arc where it begins, and then the steps from there."""
    if not arcs:
        return []
    points = np.concatenate(arcs)
    ends = np.cumsum([len(arc) for arc in arcs])
    steps = np.diff(points, axis=0, prepend=0)
    steps[ends[:-1]] = points[ends[:-1]]
    table = steps.tolist()
    return [table[start:end] for start, end in pairwise([0, *ends.tolist()])]
