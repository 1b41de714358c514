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

_Point = tuple[int, int]
_Path = list[_Point]


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
    rounded = {
        name: [_rounded_parts(geometry, steps) for geometry in geometries]
        for name, geometries in layers.items()
    }
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
        "arcs": [_deltas(arc) for arc in _simpler(arcs.arcs)],
    }


class _Parts:
    """The rounded rings of each polygon, or the rounded lines, of one geometry."""

    def __init__(self, polygons: list[list[_Path]], lines: list[_Path]) -> None:
        self.polygons = polygons
        self.lines = lines


def _rounded_parts(geometry: BaseGeometry | None, steps: int) -> _Parts:
    polygons: list[list[_Path]] = []
    lines: list[_Path] = []
    for part in shapely.get_parts(geometry) if geometry is not None else ():
        if part.geom_type == "Polygon" and not part.is_empty:
            rings = [_rounded_path(ring, steps) for ring in (part.exterior, *part.interiors)]
            # A closed ring of less than three different vertices has no area left.
            rings = [ring[:-1] for ring in rings if len(set(ring)) > 2]
            if rings:
                polygons.append(rings)
        elif part.geom_type in {"LineString", "LinearRing"}:
            line = _rounded_path(part, steps)
            if len(line) > 1:
                lines.append(line)
    return _Parts(polygons, lines)


def _rounded_path(line: BaseGeometry, steps: int) -> _Path:
    rounded = np.rint(shapely.get_coordinates(line) * steps).astype(int)
    moves = np.ones(len(rounded), dtype=bool)
    moves[1:] = (rounded[1:] != rounded[:-1]).any(axis=1)
    return [(x, y) for x, y in rounded[moves].tolist()]


def _follow(layers: Sequence[list[_Parts]]) -> None:
    """Put into the paths of some layers the vertices of all of them that lie on their edges."""
    every = [parts for items in layers for parts in items]
    paths = [(path, path[:1]) for parts in every for rings in parts.polygons for path in rings]
    paths += [(path, []) for parts in every for path in parts.lines]
    if not paths:
        return
    edges = [edge for path, back in paths for edge in pairwise([*path, *back])]
    vertices = list({point for path, _ in paths for point in path})
    at, found = _on_edges(np.array(edges, dtype=float), np.array(vertices, dtype=float))
    on: dict[tuple[_Point, _Point], list[_Point]] = {}
    for edge, vertex in zip(at, found, strict=True):
        if vertices[vertex] not in edges[edge]:
            on.setdefault(edges[edge], []).append(vertices[vertex])
    for path, back in paths:
        led = [*path, *back]
        known = set(path)
        further = [
            [point for point in dict.fromkeys(on.get(edge, ())) if point not in known]
            for edge in pairwise(led)
        ]
        path[:] = [
            point
            for here, more in zip(path, [*further, *([] if back else [[]])], strict=True)
            for point in (here, *more)
        ]


def _on_edges(
    edges: NDArray[np.float64], vertices: NDArray[np.float64]
) -> tuple[list[int], list[int]]:
    """Edges and vertices on them, in the order in which an edge meets them."""
    tree = shapely.STRtree(np.asarray(shapely.points(vertices), dtype=object))
    edge, vertex = tree.query(shapely.linestrings(edges), predicate="dwithin", distance=_ON_IT)
    along = ((vertices[vertex] - edges[edge, 0]) * (edges[edge, 1] - edges[edge, 0])).sum(axis=1)
    order = np.lexsort((vertices[vertex, 1], vertices[vertex, 0], along, edge))
    return edge[order].tolist(), vertex[order].tolist()


def _junctions(items: Iterable[_Parts]) -> set[_Point]:
    """Vertices where paths begin, end or part: their neighbors differ from path to path."""
    neighbors: dict[_Point, tuple[_Point, _Point]] = {}
    junctions: set[_Point] = set()

    def visit(before: _Point, here: _Point, after: _Point) -> None:
        pair = (before, after) if before < after else (after, before)
        if neighbors.setdefault(here, pair) != pair:
            junctions.add(here)

    for parts in items:
        for ring in (ring for rings in parts.polygons for ring in rings):
            for i, here in enumerate(ring):
                visit(ring[i - 1], here, ring[(i + 1) % len(ring)])
        for line in parts.lines:
            junctions.update((line[0], line[-1]))
            for i in range(1, len(line) - 1):
                visit(line[i - 1], line[i], line[i + 1])
    return junctions


class _Arcs:
    """The pieces between junctions, each kept once, whichever way it was met first."""

    def __init__(self, junctions: set[_Point]) -> None:
        self.junctions = junctions
        self.arcs: list[_Path] = []
        self._index: dict[tuple[_Point, ...], int] = {}

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


def _simpler(arcs: Sequence[_Path]) -> list[_Path]:
    """Arcs without vertices that nobody sees; their ends stay, and rings keep an area."""
    if not arcs:
        return []
    points = np.concatenate([np.array(arc, dtype=float) for arc in arcs])
    rows = np.repeat(np.arange(len(arcs)), [len(arc) for arc in arcs])
    lines = shapely.linestrings(points, indices=rows)
    found, row = shapely.get_coordinates(shapely.simplify(lines, _SLACK), return_index=True)
    cuts = np.searchsorted(row, np.arange(1, len(arcs)))
    parts = np.split(np.rint(found).astype(int), cuts)
    simple = [[(x, y) for x, y in part.tolist()] for part in parts]
    return [
        long if short[0] == short[-1] and len(short) < _RING else short
        for long, short in zip(arcs, simple, strict=True)
    ]


def _deltas(path: _Path) -> list[list[int]]:
    first = list(path[0])
    return [first, *([x - before[0], y - before[1]] for before, (x, y) in pairwise(path))]
