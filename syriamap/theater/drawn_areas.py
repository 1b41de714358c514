"""
Areas that come along with a table of claims, and the land in them that has no places.

In comes ``NAME-areas.geojson`` beside ``NAME.csv``, out go its areas. Those marked as `drawn` are
somebody's map: what is said of one holds everywhere in it. Where no places are, points along their
edges, on either side, and on wide land hear it: without them a map could only guess the line
between the nearest villages.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from syriamap.errors import TheaterError
from syriamap.files import atomic_path
from syriamap.theater.distances import km_a_degree
from syriamap.theater.geojson import read_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely import LineString
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "DRAWN_POINT",
    "OwnArea",
    "areas_beside",
    "points_in_drawn",
    "read_own_areas",
    "write_own_areas",
]

DRAWN_POINT = "drawn-"
"""Ids of points on land without places begin so."""

_EDGE_KM = 2.0
"""Between two points along an edge at the least; finer bends of it are not followed."""

_STRAIGHT_KM = 8.0
"""Between two points along an edge at the most: where it is straight and no place is near."""

_CORNER = 0.5
"""What a km from the next corner, or the next place, adds to the space between two points."""

_BEND_DEGREES = 15.0
"""An edge that turns by less at one of its points goes straight on."""

_ASIDE_KM = 0.4
"""How far inside and outside the edge its points lie: the line is drawn in the middle."""

_GRID_KM = 15.0
"""Land farther than this from places and from other points gets one of its own."""

_DECIMALS = 5


@dataclass(frozen=True)
class OwnArea:
    """
    An area that came along with a table of claims.

    Attributes
    ----------
    area_id
        What the table calls it.
    shape
        In degrees.
    name
        For readers; empty for none.
    drawn
        Whether it is from a map, so that what is said of it holds everywhere in it. What is said
        of other areas ("all of the province") passes over places that are known better.
    """

    area_id: str
    shape: BaseGeometry
    name: str = ""
    drawn: bool = False


def areas_beside(table: str | Path) -> Path:
    """
    Give the path of the areas that go with a table of claims.

    >>> areas_beside("mine/claims.csv").name
    'claims-areas.geojson'
    """
    path = Path(table)
    return path.parent / f"{path.stem}-areas.geojson"


def read_own_areas(
    tables: Iterable[object], known: Mapping[str, OwnArea] | None = None
) -> dict[str, OwnArea]:
    """
    Read the areas beside tables of claims; what is no path of a file has none.

    Parameters
    ----------
    tables
        Paths of tables.
    known
        Areas read before, by id; they come first in what is given.

    Raises
    ------
    TheaterError
        If a file cannot be read, or one id is given to different shapes.
    """
    found: dict[str, OwnArea] = dict(known or {})
    for table in tables:
        if not isinstance(table, str | Path) or not areas_beside(table).is_file():
            continue
        path = areas_beside(table)
        layer = read_layer(path, ("area_id", "name", "drawn"))
        columns = (layer["area_id"], layer["name"], layer["drawn"], layer.geometry)
        for row, (area_id, name, drawn, shape) in enumerate(zip(*columns, strict=True), start=1):
            key = str(area_id or name)
            if shape.geom_type not in {"Polygon", "MultiPolygon"}:
                kind = shape.geom_type
                raise TheaterError(f"{path}: feature {row}: {kind} is no area; a Polygon would do")
            if not key:
                raise TheaterError(f"{path}: feature {row}: has no area_id and no name")
            area = OwnArea(key, _valid(shape), str(name), drawn is True)
            if key in found and not found[key].shape.equals(area.shape):
                raise TheaterError(f"{path}: feature {row}: {key!r} is another area already")
            found[key] = area
    return found


def write_own_areas(areas: Sequence[OwnArea], path: Path) -> Path:
    """
    Write areas as GeoJSON, whole or not at all.

    Parameters
    ----------
    areas
        In the order in which they are written.
    path
        Of :func:`areas_beside`.
    """
    import shapely

    features = [
        {
            "type": "Feature",
            "properties": {"area_id": one.area_id, "name": one.name, "drawn": one.drawn},
            "geometry": json.loads(
                shapely.to_geojson(shapely.set_precision(one.shape, 10.0**-_DECIMALS))
            ),
        }
        for one in areas
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    with atomic_path(path) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8")
    return path


def points_in_drawn(
    areas: Mapping[str, OwnArea], places: NDArray[np.float64], country: BaseGeometry
) -> dict[str, tuple[float, float]]:
    """
    Points along the edges of all drawn areas, on either side, and on land far from any place.

    Parameters
    ----------
    areas
        All that came along.
    places
        Latitude and longitude of the theater's places, (P, 2).
    country
        Its outline; points outside are left out.

    Returns
    -------
    dict
        Id of each point → latitude and longitude, in order.
    """
    import shapely
    from scipy.spatial import cKDTree

    drawn = [area.shape for _, area in sorted(areas.items()) if area.drawn]
    if not drawn:
        return {}
    shapely.prepare(country)
    scale = km_a_degree(country.centroid.y)
    pairs = np.concatenate([_beside_edge(shape, places, scale) for shape in drawn])
    # along the country's own outline there is no line to draw
    inside = shapely.contains_xy(country, pairs[..., 1], pairs[..., 0]).all(axis=1)
    found = pairs[inside].reshape(-1, 2)
    # a day's edge that hardly moved needs no points of its own again
    found = _thinned(found, scale, _ASIDE_KM)
    grid = _grid_in(shapely.intersection(country, shapely.union_all(drawn)), scale)
    known = np.concatenate([places, found]) * scale
    if len(grid) and len(known):
        far, _ = cKDTree(known).query(grid * scale)
        grid = grid[far > _GRID_KM * 0.7]
    points = np.round(np.concatenate([found, grid]), _DECIMALS).tolist()
    return {_id_of(lat, lon): (lat, lon) for lat, lon in points}


def _id_of(lat: float, lon: float) -> str:
    written = f"{lat:.{_DECIMALS}f},{lon:.{_DECIMALS}f}"
    return DRAWN_POINT + hashlib.sha256(written.encode()).hexdigest()[:10]


def _valid(shape: BaseGeometry) -> BaseGeometry:
    import shapely

    return shape if shape.is_valid else shapely.make_valid(shape)


def _beside_edge(
    shape: BaseGeometry, places: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Pairs of points on either side of a polygon's rings, latitude and longitude, (E, 2, 2)."""
    import shapely

    pairs = []
    for polygon in shapely.get_parts(shape):
        for ring in shapely.get_rings(polygon):
            line = shapely.transform(ring, lambda xy: xy * scale[::-1])
            if line.length < 4 * _ASIDE_KM:
                continue
            along = _along(line, places * scale)
            here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
            ahead = shapely.get_coordinates(
                shapely.line_interpolate_point(line, np.minimum(along + 0.2, line.length))
            )
            step = ahead - here
            length = np.hypot(*step.T)[:, None]
            normal = np.column_stack([-step[:, 1], step[:, 0]]) / np.where(length, length, 1)
            sides = [(here + side * _ASIDE_KM * normal) / scale[::-1] for side in (1, -1)]
            pairs.append(np.stack(sides, axis=1)[:, :, ::-1])
    return np.concatenate(pairs) if pairs else np.empty((0, 2, 2))


def _along(line: LineString, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    How far along a ring points are wanted, all in km: close together at its corners and where
    places are near, whose land would reach over the edge between two of them.
    """
    import shapely
    from scipy.spatial import cKDTree

    count = max(int(line.length / _EDGE_KM) * 4, 1)
    middle = (np.arange(count) + 0.5) * line.length / count
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, middle))
    near = np.full(count, np.inf)
    for others in (_corners(line), places[:, ::-1]):
        if len(others):
            near = np.minimum(near, cKDTree(others).query(here)[0])
    space = np.clip(_EDGE_KM + _CORNER * near, _EDGE_KM, _STRAIGHT_KM)
    wanted = np.cumsum(line.length / count / space)
    steps = max(int(wanted[-1]), 1)
    found = np.interp((np.arange(steps) + 0.5) * wanted[-1] / steps, wanted, middle)
    return np.asarray(found)


def _corners(line: LineString) -> NDArray[np.float64]:
    """Points at which a ring turns, (B, 2)."""
    import shapely

    points = shapely.get_coordinates(shapely.simplify(line, _ASIDE_KM / 2))[:-1]
    out = np.roll(points, -1, axis=0) - points
    heading = np.arctan2(out[:, 1], out[:, 0])
    turn = np.abs(np.angle(np.exp(1j * (heading - np.roll(heading, 1)))))
    return points[np.degrees(turn) >= _BEND_DEGREES]


def _thinned(
    points: NDArray[np.float64], scale: NDArray[np.float64], apart: float
) -> NDArray[np.float64]:
    """Points of which no two lie nearer than a distance; the first of them stays."""
    from scipy.spatial import cKDTree

    if not len(points):
        return points
    keep = np.ones(len(points), dtype=bool)
    for one, other in sorted(cKDTree(points * scale).query_pairs(apart)):
        if keep[one]:
            keep[other] = False
    return points[keep]


def _grid_in(shape: BaseGeometry, scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of a grid that lie in a shape, latitude and longitude."""
    import shapely

    if shape.is_empty:
        return np.empty((0, 2))
    west, south, east, north = shape.bounds
    lat = np.arange(south, north, _GRID_KM / scale[0]) + _GRID_KM / scale[0] / 2
    lon = np.arange(west, east, _GRID_KM / scale[1]) + _GRID_KM / scale[1] / 2
    points = np.array([(y, x) for y in lat for x in lon])
    if not len(points):
        return np.empty((0, 2))
    shapely.prepare(shape)
    return points[shapely.contains_xy(shape, points[:, 1], points[:, 0])]
