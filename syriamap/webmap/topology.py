"""
Geometries as TopoJSON: a line that two areas share is written once.

Comes in: named layers of geometries in degrees. Goes out: one topology with quantized,
delta-encoded arcs. Vertices are rounded one by one, all to the same grid, so a coverage stays
matched: two areas that met along a line still meet along it, and the browser can merge areas and
mesh their borders.

The arcs are found as in the TopoJSON specification: a vertex where the paths through it part is a
junction, paths are cut there, and a piece already known, in either direction, is not written again.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["topology_from_layers"]

_Point = tuple[int, int]
_Path = list[_Point]


def topology_from_layers(
    layers: Mapping[str, Sequence[BaseGeometry]], *, steps: int = 10_000
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

    Returns
    -------
    dict
        A TopoJSON topology; each layer is a geometry collection among its ``objects``.
    """
    rounded = {
        name: [_rounded_parts(geometry, steps) for geometry in geometries]
        for name, geometries in layers.items()
    }
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
        "arcs": [_deltas(arc) for arc in arcs.arcs],
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


def _deltas(path: _Path) -> list[list[int]]:
    first = list(path[0])
    return [first, *([x - before[0], y - before[1]] for before, (x, y) in pairwise(path))]
