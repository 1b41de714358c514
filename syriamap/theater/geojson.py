"""
GeoJSON files of a theater folder as geometry, EPSG:4326.

In come the files, out go outlines and layers; what cannot be read is an error with its path.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.errors import DocumentError, TheaterError
from syriamap.files import features_of, geojson_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["longest_step", "read_layer", "read_outlines"]

_WGS84 = "EPSG:4326"
_LONGEST_STEP = 0.2
"""Degrees between points of an outline: it leaves the border by some 3 m."""


def read_layer(path: Path, columns: Sequence[str]) -> gpd.GeoDataFrame:
    """
    Read a base layer; a file that is not there gives an empty layer.

    Parameters
    ----------
    path
        A GeoJSON file.
    columns
        Properties to keep; text that is absent is empty.
    """
    import geopandas as gpd

    features = _features(path) if path.exists() else []
    rows = [
        {column: _plain(feature["properties"].get(column)) for column in columns}
        for feature in features
    ]
    frame = pd.DataFrame(rows, columns=list(columns)).astype(object)
    frame = frame.where(frame.notna(), "")
    geometry = np.array([_geometry(feature, path) for feature in features], dtype=object)
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=_WGS84)


def read_outlines(path: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """
    Read the outlines of a country: properties and polygon of each feature.

    Raises
    ------
    TheaterError
        If there is none, or one is no polygon or crosses itself.
    """
    import shapely

    outlines = []
    for feature in _features(path):
        geometry = _geometry(feature, path)
        if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
            raise TheaterError(f"{path}: {geometry.geom_type} is no outline; a Polygon would do")
        if not geometry.is_valid:
            reason = shapely.is_valid_reason(geometry)
            raise TheaterError(f"{path}: an outline crosses itself ({reason}); mend it, then retry")
        west, _, east, _ = geometry.bounds
        if west < -179.5 and east > 179.5:
            raise TheaterError(
                f"{path}: the outline crosses the antimeridian (180°), which is not supported; "
                "make a theater of each side of it"
            )
        outlines.append((feature["properties"], _densified(geometry)))
    if not outlines:
        raise TheaterError(f"{path}: no outline in it")
    return outlines


def _plain(value: Any) -> Any:
    """A property as a column has it: a text, a number or a word for yes and no; no tree of them."""
    return value if isinstance(value, str | int | float | bool) or value is None else ""


def longest_step(path: Path) -> float:
    """Degrees between the two points of an outline, as it is written, that lie farthest apart."""
    import shapely

    longest = 0.0
    for feature in _features(path):
        for ring in shapely.get_rings(_geometry(feature, path)):
            steps = np.hypot(*np.diff(shapely.get_coordinates(ring), axis=0).T)
            longest = max(longest, float(steps.max(initial=0.0)))
    return longest


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        document = geojson_of(path)
        found = features_of(path, document)
    except DocumentError as error:
        raise TheaterError(str(error)) from error
    return _in_degrees(found, _crs_of(document), path)


def _crs_of(document: dict[str, Any]) -> str:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name") or "") if isinstance(properties, dict) else ""


def _in_degrees(features: list[dict[str, Any]], crs: str, path: Path) -> list[dict[str, Any]]:
    """Turn features into degrees whose file names another CRS, as QGIS and geopandas write it."""
    if not features:
        return features
    if not crs or crs.endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        _refuse_meters(features, path)
        return features
    import shapely
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        turn = Transformer.from_crs(crs, _WGS84, always_xy=True)
    except CRSError as error:
        problem = f"its crs {crs[:60]!r} is not known; EPSG:4326 would do"
        raise TheaterError(f"{path}: {problem}") from error
    turned = []
    for feature in features:
        shape = shapely.transform(
            _geometry(feature, path),
            lambda xy: np.column_stack(turn.transform(*xy.T)),
        )
        turned.append({**feature, "geometry": json.loads(shapely.to_geojson(shape))})
    return turned


def _refuse_meters(features: list[dict[str, Any]], path: Path) -> None:
    for feature in features:
        west, south, east, north = _geometry(feature, path).bounds
        if west < -360 or east > 360 or south < -90 or north > 90:  # none of an empty shape
            problem = "its coordinates are no degrees and it names no crs; save it as EPSG:4326"
            raise TheaterError(f"{path}: {problem}")


def _densified(outline: BaseGeometry) -> BaseGeometry:
    """
    Give long straight borders points in between.

    A border along a parallel is straight in degrees and bent in any other CRS: with corners only,
    12 degrees of it run 12 km beside themselves. The error falls with the square of the length.
    """
    import shapely

    return shapely.segmentize(outline, _LONGEST_STEP)


def _geometry(feature: dict[str, Any], path: Path) -> BaseGeometry:
    try:
        return shape_of(feature["geometry"])
    except DocumentError as error:
        raise TheaterError(f"{path}: feature {feature['number']}: {error}") from error
