"""Features as GeoDataFrames: what the formats with a schema are written from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

__all__ = ["LAYERS", "frame_of_layer"]

LAYERS = ("territory", "frontline", "place", "event")
"""Layers, in the order in which a map draws them."""

_DATES = ("since", "event_date", "valid_from", "valid_to")


def frame_of_layer(features: Sequence[dict[str, Any]], layer: str) -> gpd.GeoDataFrame:
    """
    Give the features of one layer as a frame in EPSG:4326.

    Lists become text, dates stay ISO text; an empty layer has no rows.
    """
    import geopandas as gpd
    import shapely

    own = [one for one in features if one["properties"]["layer"] == layer]
    rows = [{key: _plain(value) for key, value in one["properties"].items()} for one in own]
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in own]
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
    for name in _DATES:
        if name in frame:
            frame[name] = frame[name].astype("string")
    return frame


def _plain(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
