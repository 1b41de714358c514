"""Features as GeoDataFrames: what the formats with a schema are written from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from syriamap.export.fields import fields_of

if TYPE_CHECKING:
    import geopandas as gpd

    from syriamap.export.parcel import Parcel

__all__ = ["frame_of_layer"]

_DTYPES = {
    "text": "str", "list": "str", "number": "float64", "integer": "Int64", "boolean": "bool",
}  # fmt: skip


def frame_of_layer(parcel: Parcel, layer: str) -> gpd.GeoDataFrame:
    """
    Give the features of one layer as a frame in EPSG:4326, every field in the type of its kind.

    Lists become text, days midnights without a time zone: programs that filter by time compare
    moments. An empty layer has no rows.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    own = parcel.of_layer(layer)
    if not own:
        return gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")
    columns: dict[str, Any] = {"layer": pd.Series([layer] * len(own), dtype="str")}
    for field in fields_of(layer, series=parcel.series):
        values = [_plain(one["properties"].get(field.name)) for one in own]
        if field.kind == "date":
            days = pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), format="%Y-%m-%d"))
            columns[field.name] = days.astype("datetime64[ms]")
        else:
            empty = "" if _DTYPES[field.kind] == "str" else None
            filled = [empty if value is None else value for value in values]
            columns[field.name] = pd.Series(filled, dtype=_DTYPES[field.kind])
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in own]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def _plain(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
