"""
GeoPackage: a layer for each kind of feature, with styles that QGIS picks up by itself.

Styles stand in the table ``layer_styles``, as QGIS writes it; metadata in GeoPackage's own tables.
The file's time stamp is the date of the map: no clock is read.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from syriamap.errors import ExportError
from syriamap.export.frames import LAYERS, frame_of_layer
from syriamap.export.qgis import layer_style

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

__all__ = ["write_geopackage"]

_STYLE_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)"""


def write_geopackage(
    path: Path, features: list[dict[str, Any]], metadata: Mapping[str, Any], actors: pd.DataFrame
) -> None:
    """Write features as a GeoPackage."""
    try:
        import pyogrio
    except ImportError as error:  # geopandas can be installed with fiona instead
        raise ExportError("GeoPackage needs pyogrio: pip install pyogrio") from error

    when = f"{metadata['date']}T00:00:00.000Z"
    about = {
        "TITLE": str(metadata["title"]),
        "ATTRIBUTION": " ".join(metadata.get("attribution") or []),
        "SYRIAMAP": json.dumps(metadata, ensure_ascii=False),
    }
    path.unlink(missing_ok=True)  # GDAL makes the file itself
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": when})
    written: list[str] = []
    try:
        for layer in LAYERS:
            frame = frame_of_layer(features, layer)
            if frame.empty:
                continue
            kinds = {"territory": "MultiPolygon", "frontline": "MultiLineString"}
            pyogrio.write_dataframe(
                frame.drop(columns="layer"),
                path,
                layer=layer,
                driver="GPKG",
                geometry_type=kinds.get(layer, "Point"),
                promote_to_multi=layer in kinds,
                append=bool(written),
                dataset_metadata=None if written else about,
                dataset_options=None if written else {"VERSION": "1.3"},
            )
            written.append(layer)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    _add_styles(path, written, actors, when)


def _add_styles(path: Path, layers: list[str], actors: pd.DataFrame, when: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_STYLE_TABLE)
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
            "last_change) VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (when,),
        )
        connection.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
            "owner, update_time) VALUES ('', '', ?, 'geom', 'syriamap', ?, '', 1, '', '', ?)",
            [(layer, layer_style(layer, actors), when) for layer in layers],
        )
