"""
Features → one file, whole or not at all; its ending chooses the format.

GeoJSON and CSV are written here, the others in modules of their own.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syriamap.errors import ExportError
from syriamap.export.day_rows import series_features
from syriamap.export.features import geojson_features
from syriamap.export.geopackage import write_geopackage
from syriamap.export.kml import write_kml
from syriamap.export.parquet import write_parquet
from syriamap.files import atomic_path, ending_of, neutral_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from syriamap.history.days import MapOfDay

_LONG = {"map_accuracy", "map_attribution", "map_border", "map_title"}

__all__ = ["export_map", "export_series", "writer_for"]


def writer_for(path: str | Path) -> Callable[..., None]:
    """
    Choose the writer for a path by its ending.

    Raises
    ------
    ExportError
        If no format has that ending; the message names those that there are.
    """
    suffix = ending_of(path, ".geojson")
    if suffix not in _WRITERS:
        known = ", ".join(sorted(_WRITERS))
        raise ExportError(f"{path}: no format for {suffix or 'no ending'!r}; there are: {known}")
    return _WRITERS[suffix]


def export_map(made: MapOfDay, path: str | Path) -> Path:
    """
    Write the map of a date to one file, whole or not at all.

    Parameters
    ----------
    made
        The map.
    path
        Where to; its ending chooses the format.
    """
    return _export(path, geojson_features(made), made.metadata(), made.theater.actors)


def export_series(maps: Sequence[MapOfDay], path: str | Path) -> int:
    """
    Write several dates to one file, whole or not at all; gives the number of its rows.

    Parameters
    ----------
    maps
        Maps of one theater, one for each day, in order.
    path
        Where to; its ending chooses the format.
    """
    features = series_features(maps)
    metadata = {**maps[-1].metadata(), "since": maps[0].date.isoformat()}
    _export(path, features, metadata, maps[-1].theater.actors)
    return len(features)


def _export(
    path: str | Path,
    features: Sequence[Mapping[str, Any]],
    metadata: Mapping[str, Any],
    actors: pd.DataFrame,
) -> Path:
    write = writer_for(path)
    with atomic_path(Path(path)) as temporary:
        write(temporary, list(features), metadata, actors)
    return Path(path)


def _write_geojson(
    path: Path, features: list[dict[str, Any]], metadata: Mapping[str, Any], _: pd.DataFrame
) -> None:
    document = {"type": "FeatureCollection", "metadata": dict(metadata), "features": features}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _write_csv(
    path: Path, features: list[dict[str, Any]], metadata: Mapping[str, Any], _: pd.DataFrame
) -> None:
    """Write a row for each feature; what the file should say of itself stands in every row."""
    import shapely

    fields = list(dict.fromkeys(name for one in features for name in one["properties"]))
    about = {f"map_{key}": _cell(value) for key, value in metadata.items()}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*fields, "lat", "lon", *about, "wkt"])
        for number, one in enumerate(features):
            shape = shapely.from_geojson(json.dumps(one["geometry"]))
            lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
            if number:  # sentences once, short values in every row
                about.update(dict.fromkeys(_LONG & set(about), ""))
            cells = [_cell(one["properties"].get(name)) for name in fields]
            place = [f"{lat:.6f}", f"{lon:.6f}"]
            wkt = shapely.to_wkt(shape, rounding_precision=6, trim=True)
            writer.writerow([*cells, *place, *about.values(), wkt])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return neutral_cell("; ".join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutral_cell(value) if isinstance(value, str) else repr(value)


_WRITERS: dict[str, Callable[..., None]] = {
    ".csv": _write_csv,
    ".geojson": _write_geojson,
    ".gpkg": write_geopackage,
    ".json": _write_geojson,
    ".kml": write_kml,
    ".parquet": write_parquet,
}
