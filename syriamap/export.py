"""
A map's frames as files for other programs.

In come the frames of a date, out goes one file. GeoJSON follows RFC 7946: EPSG:4326, longitude
first, outer rings counterclockwise, one FeatureCollection whose features say in `layer` what they
are: `territory`, `frontline`, `place` or `event`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap._tables import atomic_path
from syriamap.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

__all__ = ["export_map", "geojson_features", "writer_for"]

_DECIMALS = 6
"""About 0.1 m: RFC 7946, section 11.2."""

_PLACE_FIELDS = (
    "place_id", "name", "name_ar", "kind", "actor", "leaning", "status", "confidence", "since",
    "evidence",
)  # fmt: skip
_EVENT_FIELDS = (
    "event_id", "kind", "place_id", "name", "actor", "against", "event_date", "certainty",
    "claim_ids",
)  # fmt: skip


def writer_for(path: str | Path) -> Callable[..., None]:
    """
    Choose the writer for a path by its ending.

    Raises
    ------
    ExportError
        If no format has that ending; the message names those that there are.
    """
    suffix = Path(path).suffix.casefold()
    if suffix not in _WRITERS:
        known = ", ".join(sorted(_WRITERS))
        raise ExportError(f"{path}: no format for {suffix or 'no ending'!r}; there are: {known}")
    return _WRITERS[suffix]


def export_map(
    path: str | Path,
    *,
    territory: gpd.GeoDataFrame,
    frontline: gpd.GeoDataFrame,
    states: pd.DataFrame,
    events: pd.DataFrame,
    metadata: Mapping[str, Any],
) -> Path:
    """
    Write the frames of a date to one file, whole or not at all.

    Parameters
    ----------
    path
        Where to; its ending chooses the format.
    territory, frontline, states, events
        The frames.
    metadata
        Date, cut-off, licence and border statement; goes into the file where the format can
        hold it.
    """
    write = writer_for(path)
    with atomic_path(Path(path)) as temporary:
        write(
            temporary,
            geojson_features(territory, frontline, states, events),
            metadata,
        )
    return Path(path)


def geojson_features(
    territory: gpd.GeoDataFrame,
    frontline: gpd.GeoDataFrame,
    states: pd.DataFrame,
    events: pd.DataFrame,
) -> list[dict[str, Any]]:
    """
    All features of a map in EPSG:4326, in a fixed order.

    Parameters
    ----------
    territory, frontline
        Metric CRS.
    states, events
        With `lat` and `lon` in degrees.
    """
    features = _area_features(territory) + _line_features(frontline)
    features += _point_features("place", states, _PLACE_FIELDS)
    features += _point_features("event", events, _EVENT_FIELDS)
    return features


def _area_features(territory: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    fields = ("actor", "leaning", "status", "confidence", "area_km2")
    return _geometry_features("territory", territory, fields)


def _line_features(frontline: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return _geometry_features("frontline", frontline, ("actor_a", "actor_b", "kind", "length_km"))


def _geometry_features(
    layer: str, frame: gpd.GeoDataFrame, fields: tuple[str, ...]
) -> list[dict[str, Any]]:
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


def _point_features(
    layer: str, frame: pd.DataFrame, fields: tuple[str, ...]
) -> list[dict[str, Any]]:
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


def _write_geojson(path: Path, features: list[dict[str, Any]], metadata: Mapping[str, Any]) -> None:
    document = {"type": "FeatureCollection", "metadata": dict(metadata), "features": features}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


_WRITERS: dict[str, Callable[..., None]] = {
    ".geojson": _write_geojson,
    ".json": _write_geojson,
}
