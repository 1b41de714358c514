"""
Territories of many days → atoms: the largest pieces that no line of any day cuts.

In come the territory frames of some days, out go pieces of the country and, for each piece, the
state it has on each day. The territory of a day is its pieces put together again, a front is where
pieces meet whose leanings differ, and what changed between two days is the pieces whose state
differs. No line is drawn twice, so nothing shows through between two areas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.history.history_settings import HISTORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = ["AtomState", "Atoms", "atoms_from_territories"]

AtomState = tuple[str, str, str, str]
"""Actor, leaning, status and doubt of a piece; the actor is empty where nobody holds it."""


@dataclass(frozen=True)
class Atoms:
    """
    Pieces of the country and their histories.

    Attributes
    ----------
    geometry
        The pieces, a coverage in the metric CRS.
    area_km2
        Their sizes in the equal-area CRS, (A,).
    states
        The states that occur.
    history
        For each piece and day the number of its state, (A, D).
    area
        For each piece and day the row of the territory frame it lies in, (A, D).
    """

    geometry: gpd.GeoSeries
    area_km2: NDArray[np.float64]
    states: tuple[AtomState, ...]
    history: NDArray[np.int64]
    area: NDArray[np.int64]


def atoms_from_territories(territories: Sequence[gpd.GeoDataFrame], theater: Theater) -> Atoms:
    """
    Cut the country along every line of every day.

    Parameters
    ----------
    territories
        Territory frames of the same theater in the metric CRS, one per day, at least one.
    theater
        Gives the equal-area CRS.
    """
    import geopandas as gpd

    faces = _same_history(*_faces(territories))
    pieces, area = faces
    geometry = gpd.GeoSeries(pieces, crs=territories[0].crs)
    numbers: dict[AtomState, int] = {}
    history = np.empty_like(area)
    for day, frame in enumerate(territories):
        doubt = frame["doubt"] if "doubt" in frame else [""] * len(frame)
        rows = zip(frame["actor"], frame["leaning"], frame["status"], doubt, strict=True)
        known = np.array([numbers.setdefault(row, len(numbers)) for row in rows], dtype=np.int64)
        history[:, day] = known[area[:, day]]
    km2 = np.asarray(geometry.to_crs(theater.equal_area_crs).area, dtype=np.float64) / 1e6
    return Atoms(geometry, km2, tuple(numbers), history, area)


def _faces(
    territories: Sequence[gpd.GeoDataFrame],
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Faces between all lines of all days, and for each its area of each day."""
    import shapely

    frames = list({id(frame): frame for frame in territories}.values())
    lines = [_segments(frame.geometry.to_numpy()) for frame in frames]
    sides = shapely.linestrings(_each_once(np.concatenate(lines)).reshape(-1, 2, 2))
    sides = shapely.transform(sides, lambda xy: xy * HISTORY.grid_m)
    faces = shapely.get_parts(shapely.polygonize(_noded(np.asarray(sides, dtype=object))))
    inside = _inner_points(np.asarray(faces, dtype=object))
    areas = _AreasOf(inside)
    area = {id(frame): areas.rows(frame.geometry.to_numpy()) for frame in frames}
    known = np.all([rows >= 0 for rows in area.values()], axis=0)
    table = np.column_stack([area[id(frame)] for frame in territories])
    return np.asarray(faces, dtype=object)[known], table[known]


def _inner_points(faces: NDArray[np.object_]) -> NDArray[np.float64]:
    """
    A point in each face that is also in what the face was before the grid moved its vertices.

    The quickest point of a wide face may lie a hand beside one of its lines. There the point
    that is farthest from all of them is taken.
    """
    import shapely

    points = shapely.point_on_surface(faces)
    beside = shapely.distance(points, shapely.boundary(faces)) < 2 * HISTORY.grid_m
    if beside.any():
        # each is a line from the middle of the largest circle in a face to where it touches
        points[beside] = shapely.get_point(shapely.maximum_inscribed_circle(faces[beside]), 0)
    return np.asarray(shapely.get_coordinates(points), dtype=np.float64)


def _noded(sides: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Cut sides where they meet, on the grid.

    Few sides come near another one but where both end: only these are snapped and cut. The grid
    moves no vertex by more than its width, so that no other side is reached by what is moved.
    """
    import shapely

    near = _near_others(sides)
    met = shapely.union_all(sides[near], grid_size=HISTORY.grid_m)
    return np.concatenate([sides[~near], shapely.get_parts(met)])


def _near_others(sides: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which sides come within two widths of the grid to one that does not go on from their end."""
    import shapely

    reach = 2 * HISTORY.grid_m
    one, two = shapely.STRtree(sides).query(sides, predicate="dwithin", distance=reach)
    once = one < two
    one, two = one[once], two[once]
    ends = shapely.get_coordinates(sides).reshape(-1, 2, 2)
    # an end in common: they go on from one another, unless the rest of one lies along the other
    close = np.ones(len(one), dtype=bool)
    for a in (0, 1):
        for b in (0, 1):
            pair = np.flatnonzero((ends[one, a] == ends[two, b]).all(axis=1))
            apart = np.minimum(
                shapely.distance(shapely.points(ends[one[pair], 1 - a]), sides[two[pair]]),
                shapely.distance(shapely.points(ends[two[pair], 1 - b]), sides[one[pair]]),
            )
            close[pair] = apart <= reach
    near = np.zeros(len(sides), dtype=bool)
    near[one[close]] = near[two[close]] = True
    return near


def _segments(polygons: NDArray[np.object_]) -> NDArray[np.int32]:
    """Sides of the polygons on the grid, (S, 4), each once, begun at its lesser end."""
    import shapely

    rings = shapely.get_rings(shapely.get_parts(polygons))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    xy = np.rint(xy / HISTORY.grid_m).astype(np.int32)
    sides = np.hstack([xy[:-1], xy[1:]])[ring[:-1] == ring[1:]]
    turned = (sides[:, 0] > sides[:, 2]) | (
        (sides[:, 0] == sides[:, 2]) & (sides[:, 1] > sides[:, 3])
    )
    sides[turned] = sides[turned][:, [2, 3, 0, 1]]
    return _each_once(sides[(sides[:, :2] != sides[:, 2:]).any(axis=1)])


def _each_once(sides: NDArray[np.int32]) -> NDArray[np.int32]:
    """Rows that differ, in an order of their own: four small numbers are read as two large."""
    ends = np.ascontiguousarray(sides).view(np.int64)
    ordered = sides[np.lexsort((ends[:, 1], ends[:, 0]))]
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    return ordered[first]


class _AreasOf:
    """
    Which area some points lie in, day after day; an area of the day before is not asked again.

    Parameters
    ----------
    xy
        The points, (N, 2).
    """

    def __init__(self, xy: NDArray[np.float64]) -> None:
        self._order = np.argsort(xy[:, 0], kind="stable")
        self._x, self._y = xy[self._order].T
        self._before: dict[bytes, NDArray[np.int64]] = {}

    def rows(self, polygons: NDArray[np.object_]) -> NDArray[np.int64]:
        """Row of the polygon of a coverage that each point lies in, -1 outside of all."""
        import shapely

        bodies = shapely.to_wkb(polygons).tolist()
        found = {body: self._before[body] for body in bodies if body in self._before}
        rows = np.full(len(self._x), -1, dtype=np.int64)
        anew = [number for number, body in enumerate(bodies) if body not in found]
        for number, body in enumerate(bodies):
            if body in found:
                rows[found[body]] = number
        fresh = polygons[anew]
        shapely.prepare(fresh)
        bounds = shapely.bounds(fresh)
        begins = np.searchsorted(self._x, bounds[:, 0]).tolist()
        ends = np.searchsorted(self._x, bounds[:, 2], side="right").tolist()
        souths, norths = bounds[:, 1].tolist(), bounds[:, 3].tolist()
        for at, number in enumerate(anew):
            span = slice(begins[at], ends[at])
            y = self._y[span]
            there = np.flatnonzero((rows[span] < 0) & (y >= souths[at]) & (y <= norths[at]))
            there += begins[at]
            within = there[shapely.contains_xy(fresh[at], self._x[there], self._y[there])]
            rows[within] = number
            found[bodies[number]] = within
        self._before = found
        by_point = np.empty_like(rows)
        by_point[self._order] = rows
        return by_point


def _same_history(
    faces: NDArray[np.object_], area: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Put faces together that lie in the same areas on every day."""
    import shapely

    table, piece = np.unique(area, axis=0, return_inverse=True)
    order = np.argsort(piece.reshape(-1), kind="stable")
    bounds = np.searchsorted(piece.reshape(-1)[order], np.arange(1, len(table)))
    parts: list[BaseGeometry] = [
        group[0] if len(group) == 1 else shapely.coverage_union_all(group)
        for group in np.split(faces[order], bounds)
    ]
    pieces = np.empty(len(parts), dtype=object)
    pieces[:] = parts
    # one order of vertices and parts, however the sides were cut
    return shapely.normalize(pieces), np.asarray(table, dtype=np.int64)
