"""
GeoPackage: a layer for each kind of feature, with styles and a project for QGIS.

Styles stand in the table ``layer_styles`` as QGIS writes it, so that layers dragged into a map come
with their colors; the project in ``qgis_projects``; metadata in GeoPackage's own tables. The file's
time stamp is the date of the map: no clock is read.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from syriamap.errors import ExportError
from syriamap.export.base_layers import base_layers
from syriamap.export.fields import LAYERS
from syriamap.export.frames import frame_of_layer
from syriamap.export.qgis import layer_style
from syriamap.export.qgis_project import project_archive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from syriamap.export.parcel import Parcel

__all__ = ["write_geopackage", "write_project"]

_STYLE_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)"""

_PROJECT_TABLE = "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"


def write_geopackage(path: Path, parcel: Parcel) -> None:
    """Write features and the map beneath as a GeoPackage with styles and a project for QGIS."""
    try:
        import pyogrio
    except ImportError as error:  # geopandas can be installed with fiona instead
        raise ExportError("GeoPackage needs pyogrio: pip install pyogrio") from error

    when = f"{parcel.metadata['date']}T00:00:00.000Z"
    path.unlink(missing_ok=True)  # GDAL makes the file itself
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": when})
    written: list[str] = []
    try:
        for layer in LAYERS:
            frame = frame_of_layer(parcel, layer)
            if len(frame):
                _add_layer(path, layer, frame.drop(columns="layer"), parcel.metadata, written)
        for layer, frame in base_layers(parcel.theater).items():
            _add_layer(path, layer, frame, parcel.metadata, written)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    with closing(sqlite3.connect(path)) as connection, connection:
        _add_styles(connection, written, parcel, when)
        if parcel.name.casefold().endswith(".gpkg"):  # a project names the file that it is in
            _add_project(connection, written, parcel, when)


def _add_layer(
    path: Path,
    layer: str,
    frame: gpd.GeoDataFrame,
    metadata: Mapping[str, Any],
    written: list[str],
) -> None:
    import pyogrio

    about = {
        "TITLE": str(metadata["title"]),
        "ATTRIBUTION": " ".join(metadata.get("attribution") or []),
        "SYRIAMAP": json.dumps(metadata, ensure_ascii=False),
    }
    kinds = set(frame.geom_type)
    simple = "Polygon" if "Polygon" in {one.removeprefix("Multi") for one in kinds} else ""
    simple = simple or ("Point" if kinds == {"Point"} else "LineString")
    pyogrio.write_dataframe(
        frame,
        path,
        layer=layer,
        driver="GPKG",
        geometry_type=simple if simple == "Point" else f"Multi{simple}",
        promote_to_multi=simple != "Point",
        append=bool(written),
        dataset_metadata=None if written else about,
        dataset_options=None if written else {"VERSION": "1.3"},
    )
    written.append(layer)


def _add_styles(
    connection: sqlite3.Connection, layers: list[str], parcel: Parcel, when: str
) -> None:
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
        [(layer, layer_style(layer, parcel), when) for layer in layers],
    )


def _add_project(
    connection: sqlite3.Connection, layers: list[str], parcel: Parcel, when: str
) -> None:
    # not among the contents, as QGIS has it: a program that lists tables would offer it as a layer
    connection.execute(_PROJECT_TABLE)
    about = json.dumps({"last_modified_time": when[:19], "last_modified_user": "syriamap"})
    content = project_archive(layers, parcel, parcel.name).hex()
    title = parcel.name.rsplit(".", 1)[0]
    connection.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", (title, about, content))


def write_project(path: Path, parcel: Parcel) -> None:
    """Write a project that shows the GeoPackage of the parcel's name, which lies beside it."""
    layers = [layer for layer in LAYERS if parcel.of_layer(layer)]
    layers += base_layers(parcel.theater)
    path.write_bytes(project_archive(layers, parcel, parcel.name))
