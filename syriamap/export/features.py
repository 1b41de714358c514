"""
A map's frames as features: what every format is written from.

In come the frames of a date, out go features as RFC 7946 has them: EPSG:4326, longitude first,
outer rings counterclockwise. Each says in `layer` what it is: `territory`, `frontline`, `place` or
`event`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from syriamap.history.days import MapOfDay

__all__ = [
    "EVENT_FIELDS",
    "PLACE_FIELDS",
    "geojson_features",
    "geometry_features",
    "point_features",
]

_DECIMALS = 6
"""About 0.1 m: RFC 7946, section 11.2."""

PLACE_FIELDS = (
    "place_id", "name", "name_ar", "kind", "actor", "leaning", "status", "confidence", "since",
    "evidence", "doubt",
)  # fmt: skip
"""Fields of a place."""

EVENT_FIELDS = (
    "event_id", "kind", "place_id", "name", "actor", "against", "event_date", "certainty",
    "claim_ids",
)  # fmt: skip
"""Fields of an event."""


def geojson_features(made: MapOfDay) -> list[dict[str, Any]]:
    """
    All features of the map of a date in EPSG:4326, in a fixed order.

    Parameters
    ----------
    made
        The map.
    """
    features = _area_features(made.territory) + _line_features(made.frontline)
    features += point_features("place", made.states, PLACE_FIELDS)
    features += point_features("event", made.events, EVENT_FIELDS)
    return features


def _area_features(territory: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    fields = ("actor", "leaning", "status", "confidence", "area_km2", "doubt")
    return geometry_features("territory", territory, fields)


def _line_features(frontline: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return geometry_features("frontline", frontline, ("actor_a", "actor_b", "kind", "length_km"))


def geometry_features(
    layer: str, frame: gpd.GeoDataFrame, fields: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Features of a frame in the metric CRS, with these of its columns."""
    import shapely

    if frame.empty:
        return []
    degrees = np.asarray(frame.geometry.to_crs("EPSG:4326").array, dtype=object)
    # Rounding vertex by vertex keeps shared borders equal, as neighbors share their vertices.
    rounded = shapely.transform(degrees, lambda xy: np.round(xy, _DECIMALS))
    rounded = shapely.orient_polygons(rounded)
    return [
        {
            "type": "Feature",
            "properties": {"layer": layer, **_properties(row, fields)},
            "geometry": json.loads(text),
        }
        for row, text in zip(
            frame[list(fields)].to_dict("records"), shapely.to_geojson(rounded), strict=True
        )
    ]


def point_features(
    layer: str, frame: pd.DataFrame, fields: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Features of a frame with `lat` and `lon`, with these of its columns."""
    return [
        {
            "type": "Feature",
            "properties": {"layer": layer, **_properties(row, fields)},
            "geometry": {
                "type": "Point",
                "coordinates": [round(row["lon"], _DECIMALS), round(row["lat"], _DECIMALS)],
            },
        }
        for row in frame.to_dict("records")
    ]


def _properties(row: Mapping[Any, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in fields}


def _plain(value: Any) -> Any:
    """Give what JSON can hold: dates as ISO text, missing ones as null, tuples as lists."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, np.generic):
        return value.item()
    return None if value is pd.NaT else value
