"""
A map's frames as features: what every format is written from.

In come the frames of a date, out go features as RFC 7946 has them: EPSG:4326, longitude first,
outer rings counterclockwise. Each says in `layer` what it is: `territory`, `frontline`, `place` or
`event`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.export.fields import described, fields_of

if TYPE_CHECKING:
    import geopandas as gpd

    from syriamap.history.days import MapOfDay

__all__ = [
    "geojson_features",
    "geometry_features",
    "point_features",
]

_DECIMALS = 6
"""About 0.1 m: RFC 7946, section 11.2."""


def geojson_features(made: MapOfDay) -> list[dict[str, Any]]:
    """
    All features of the map of a date in EPSG:4326, in a fixed order.

    Parameters
    ----------
    made
        The map.
    """
    theater = made.theater
    features = geometry_features("territory", described(made.territory, theater, "territory"))
    features += geometry_features("frontline", described(made.frontline, theater, "frontline"))
    features += point_features("place", described(made.states, theater, "place"))
    return features + point_features("event", described(made.events, theater, "event"))


def geometry_features(
    layer: str, frame: gpd.GeoDataFrame, *, series: bool = False
) -> list[dict[str, Any]]:
    """Features of a frame in the metric CRS, with the fields of its layer."""
    import shapely

    if frame.empty:
        return []
    degrees = np.asarray(frame.geometry.to_crs("EPSG:4326").array, dtype=object)
    # Rounding vertex by vertex keeps shared borders equal, as neighbors share their vertices.
    rounded = shapely.transform(degrees, lambda xy: np.round(xy, _DECIMALS))
    rounded = shapely.orient_polygons(rounded)
    rows = _properties(layer, frame, series=series)
    return [
        {"type": "Feature", "properties": row, "geometry": json.loads(text)}
        for row, text in zip(rows, shapely.to_geojson(rounded), strict=True)
    ]


def point_features(
    layer: str, frame: pd.DataFrame, *, series: bool = False
) -> list[dict[str, Any]]:
    """Features of a frame with `lat` and `lon`, with the fields of its layer."""
    if frame.empty:
        return []
    rows = _properties(layer, frame, series=series)
    points = zip(frame["lon"].tolist(), frame["lat"].tolist(), strict=True)
    return [
        {
            "type": "Feature",
            "properties": row,
            "geometry": {"type": "Point", "coordinates": [round(at, _DECIMALS) for at in point]},
        }
        for row, point in zip(rows, points, strict=True)
    ]


def _properties(layer: str, frame: pd.DataFrame, *, series: bool) -> list[dict[str, Any]]:
    names = [field.name for field in fields_of(layer, series=series)]
    return [
        {"layer": layer, **{name: _plain(row[name]) for name in names}}
        for row in frame[names].to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """Give what JSON can hold: dates as ISO text, missing ones as null, tuples as lists."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return None if value is pd.NaT or value is pd.NA else value
