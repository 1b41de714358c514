"""
Features → one file, whole or not at all; its ending chooses the format.

A project for QGIS (``.qgz``) is two files, the project and the GeoPackage beside it that it shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.errors import ExportError
from syriamap.export.day_rows import series_features
from syriamap.export.feature_collection import write_geojson
from syriamap.export.features import geojson_features
from syriamap.export.geopackage import write_geopackage, write_project
from syriamap.export.kml import write_kml, write_kmz
from syriamap.export.parcel import ExportOptions, Parcel
from syriamap.export.parquet import write_parquet
from syriamap.export.shapefile import write_shapefiles
from syriamap.export.spreadsheet import write_csv
from syriamap.files import atomic_path, ending_of, is_stdout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from syriamap.history.days import MapOfDay

__all__ = ["export_map", "export_series", "writer_for"]

_ZIPPED_SHAPES = ".shp.zip"


def writer_for(
    path: str | Path, options: ExportOptions | None = None
) -> Callable[[Path, Parcel], None]:
    """
    Choose the writer for a path by its ending.

    Parameters
    ----------
    path
        Where to.
    options
        How; those of a CSV are an error elsewhere.

    Raises
    ------
    ExportError
        If no format has that ending; the message names those that there are.
    """
    chosen = options or ExportOptions()
    asked = [f"--{name}" for name in ("bom", "hxl", "acled") if getattr(chosen, name)]
    suffix = ending_of(path, ".csv" if asked else ".geojson")
    if str(path).casefold().endswith(_ZIPPED_SHAPES):
        suffix = _ZIPPED_SHAPES
    if suffix not in _WRITERS:
        known = ", ".join(sorted(_WRITERS))
        raise ExportError(f"{path}: no format for {suffix or 'no ending'!r}; there are: {known}")
    if asked and suffix != ".csv":
        raise ExportError(f"{path}: {asked[0]} is for a table; `-o FILE.csv` would do")
    if chosen.hxl and chosen.acled:
        raise ExportError("ACLED's columns have no HXL tags; leave out --hxl or --acled")
    if suffix == ".qgz" and is_stdout(path):
        raise ExportError("a project is two files; `-o FILE.qgz` would do")
    return _WRITERS[suffix]


def export_map(made: MapOfDay, path: str | Path, *, options: ExportOptions | None = None) -> Path:
    """
    Write the map of a date to one file, whole or not at all.

    Parameters
    ----------
    made
        The map.
    path
        Where to; its ending chooses the format.
    options
        How.
    """
    _export(path, geojson_features(made), made.metadata(), [made], options)
    return Path(path)


def export_series(
    maps: Sequence[MapOfDay], path: str | Path, *, options: ExportOptions | None = None
) -> int:
    """
    Write several dates to one file, whole or not at all; gives the number of its rows.

    Parameters
    ----------
    maps
        Maps of one theater, one for each day, in order.
    path
        Where to; its ending chooses the format.
    options
        How.
    """
    features = series_features(maps)
    metadata = {**maps[-1].metadata(), "since": maps[0].date.isoformat()}
    _export(path, features, metadata, maps, options)
    only_events = options is not None and options.acled
    return sum(not only_events or one["properties"]["layer"] == "event" for one in features)


def _export(
    path: str | Path,
    features: Sequence[dict[str, Any]],
    metadata: Mapping[str, Any],
    maps: Sequence[MapOfDay],
    options: ExportOptions | None,
) -> None:
    chosen = options or ExportOptions()
    write = writer_for(path, chosen)
    claims = pd.concat([one.claims_used for one in maps]).drop_duplicates("claim_id")
    target = Path(path)
    if target.suffix.casefold() == ".qgz":  # what the project shows is written first
        beside = target.with_suffix(".gpkg")
        _export(beside, features, metadata, maps, chosen)
        target, name = Path(path), beside.name
    else:
        name = target.name
    parcel = Parcel(features, metadata, maps[-1].theater, claims, name, chosen)
    with atomic_path(target) as temporary:
        write(temporary, parcel)


_WRITERS: dict[str, Callable[[Path, Parcel], None]] = {
    ".csv": write_csv,
    ".geojson": write_geojson,
    ".gpkg": write_geopackage,
    ".json": write_geojson,
    ".kml": write_kml,
    ".kmz": write_kmz,
    ".parquet": write_parquet,
    ".qgz": write_project,
    _ZIPPED_SHAPES: write_shapefiles,
}
