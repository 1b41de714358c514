"""
GeoJSON files of a theater folder as geometry, EPSG:4326.

In come the files, out go outlines and layers; what cannot be read is an error with its path.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.errors import TheaterError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["read_layer", "read_outlines"]

_WGS84 = "EPSG:4326"


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
        {column: feature["properties"].get(column) for column in columns} for feature in features
    ]
    frame = pd.DataFrame(rows, columns=list(columns)).astype(object)
    frame = frame.where(frame.notna(), "")
    geometry = np.array(
        [_geometry(feature["geometry"], path) for feature in features], dtype=object
    )
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
        geometry = _geometry(feature["geometry"], path)
        if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
            raise TheaterError(f"{path}: {geometry.geom_type} is no outline; a Polygon would do")
        if not geometry.is_valid:
            reason = shapely.is_valid_reason(geometry)
            raise TheaterError(f"{path}: an outline crosses itself ({reason}); mend it, then retry")
        outlines.append((feature["properties"], geometry))
    if not outlines:
        raise TheaterError(f"{path}: no outline in it")
    return outlines


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = document["features"] if document["type"] == "FeatureCollection" else [document]
        return [
            {"properties": dict(feature.get("properties") or {}), "geometry": feature["geometry"]}
            for feature in features
            if feature.get("geometry")
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TheaterError(f"{path}: not readable as GeoJSON: {error}") from error


def _geometry(mapping: dict[str, Any], path: Path) -> BaseGeometry:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        return shape(mapping)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise TheaterError(f"{path}: a geometry cannot be read: {error}") from error
