"""
Files of shapes: GeoJSON in any CRS, what ArcGIS answers, KML, KMZ, Shapefile, GeoPackage.

In comes a path, out come :class:`~syriamap.claims.sources.drawn.Drawn` in degrees. What they say of
control is read by :mod:`.control_areas`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.claims.sources.drawn import MOST_BYTES, Drawn
from syriamap.claims.sources.kml_areas import kml_bytes, kml_drawn
from syriamap.claims.sources.own_exports import refuse_own_columns, refuse_own_file
from syriamap.errors import DocumentError, SourceError
from syriamap.files import json_of, shape_of
from syriamap.files.containers import cell_text
from syriamap.files.records import column_key
from syriamap.files.vector_layers import layer_in_degrees, layer_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["SHAPE_ENDINGS", "drawn_in"]

SHAPE_ENDINGS = (".geojson", ".json", ".kml", ".kmz", ".shp", ".zip", ".gpkg")
"""Endings of files of shapes."""

_NAMING = (
    "actor", "side", "control", "controlledby", "heldby", "holder", "party", "faction", "owner",
    "name", "title", "status", "type", "layer", "style", "styleurl", "fill", "fillcolor", "color",
    "stroke",
)  # fmt: skip
"""Properties that may name who holds an area, in the order in which they are tried."""

_DAYS = ("date", "day", "eventdate", "datadate", "time", "timestamp")


def drawn_in(path: Path, column: str = "", layer: str = "", *, own: bool = False) -> list[Drawn]:
    """
    Read everything that is drawn in a file.

    Parameters
    ----------
    path
        The file; what it is stands in its first bytes.
    column
        Property that names the holder; several are tried when empty.
    layer
        Of a GeoPackage with several.
    own
        Read what this program exported, too.

    Raises
    ------
    SourceError
        If it cannot be read, lacks the column, or is an export of this program.
    """
    with path.open("rb") as stream:
        head = stream.read(64).lstrip()
    if head[:1] == b"<" or path.suffix.casefold() in {".kml", ".kmz"}:
        data = kml_bytes(path)
        if b'"claims_sha256"' in data[:20_000]:  # stands beside the title, not in a placemark
            refuse_own_file(str(path), allowed=own)
        found = list(kml_drawn(path, data))
    elif head[:6] == b"SQLite" or path.suffix.casefold() in {".shp", ".zip", ".gpkg"}:
        found = _from_layer(path, layer)
    else:
        found = _from_json(path)
    for one in found[:50]:
        refuse_own_columns(str(path), one.properties, allowed=own)
    return _named_by(path, found, column) if column else found


def _named_by(path: Path, found: list[Drawn], column: str) -> list[Drawn]:
    key = column_key(column)
    made, there = [], False
    for one in found:
        values = [text for name, text in one.properties.items() if column_key(name) == key]
        there |= bool(values)
        made.append(
            Drawn(one.row, tuple(filter(None, values)) or one.names, one.shape, one.properties,
                  one.day, one.kind)
        )  # fmt: skip
    if found and not there:
        names = sorted({name for one in found for name in one.properties})
        shown = ", ".join(names)[:300] or "none"
        raise SourceError(f"{path}: no property {column!r}; there are: {shown}")
    return made


def _drawn(row: int, properties: Mapping[str, Any], shape: BaseGeometry | None) -> Drawn:
    texts = {
        str(name): " ".join(cell_text(value).split())
        for name, value in properties.items()
        if not isinstance(value, dict | list)
    }
    by_key = {column_key(name): text for name, text in texts.items() if text}
    names = [by_key[key] for key in _NAMING if key in by_key]
    day = next((by_key[key] for key in _DAYS if key in by_key), "")
    return Drawn(row, tuple(dict.fromkeys(names)), shape, texts, day)


# --- JSON ---------------------------------------------------------------------------------------


def _from_json(path: Path) -> list[Drawn]:
    with path.open("rb") as stream:
        head = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] not in {b"{", b"["}:
        raise SourceError(
            f"{path}: is no GeoJSON, KML, KMZ, Shapefile or GeoPackage; one of them would do, for "
            "a table `claims import csv`"
        )
    try:
        document = json_of(path, MOST_BYTES)
    except DocumentError as error:
        raise SourceError(str(error)) from error
    _refuse_events(path, document)
    if isinstance(document, dict) and "type" in document and "features" not in document:
        feature = document if document["type"] == "Feature" else {"geometry": document}
        document = {**document, "features": [feature]}
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise SourceError(f"{path}: not readable as GeoJSON polygons: no list of features in it")
    to_degrees = _transform(path, _crs_of(document))
    drawn = []
    for row, feature in enumerate(document["features"], start=1):
        try:
            drawn.append(_json_feature(row, feature, to_degrees))
        except (DocumentError, SourceError) as error:
            raise SourceError(f"{path}: feature {row}: {error}") from error
    return drawn


def _refuse_events(path: Path, document: Any) -> None:
    """Name JSON of other kinds for what it is."""
    first = document[0] if isinstance(document, list) and document else document
    if isinstance(first, dict) and "features" not in first:
        # lists of TimeMap may lack what their tables have
        timemap = {"latitude", "longitude", "date"} <= set(first) and first is not document
        refuse_own_columns(
            str(path), [*first, *(("sources", "description") if timemap else ())], allowed=True
        )
    if isinstance(document, dict) and document.get("type") == "Topology":
        raise SourceError(f"{path}: is TopoJSON; `ogr2ogr out.geojson in` turns it into GeoJSON")
    if isinstance(document, dict) and isinstance(document.get("error"), dict):
        told = str(document["error"].get("message", ""))[:100]
        raise SourceError(f"{path}: is an answer of a server that found nothing: {told!r}")
    if isinstance(document, list):
        raise SourceError(f"{path}: is a list of JSON objects, no GeoJSON; `claims import csv`?")


def _crs_of(document: Mapping[str, Any]) -> str:
    crs = document.get("crs")
    if isinstance(crs, dict):
        properties = crs.get("properties")
        return str(properties.get("name") or "") if isinstance(properties, dict) else ""
    reference = document.get("spatialReference")
    if isinstance(reference, dict):
        number = reference.get("latestWkid") or reference.get("wkid")
        return f"EPSG:{3857 if number == 102100 else number}" if number else ""
    return ""


def _transform(path: Path, crs: str) -> Callable[[BaseGeometry], BaseGeometry]:
    """Give what turns shapes of a CRS into degrees."""
    import numpy as np
    import shapely

    if not crs or crs.endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        return lambda shape: shape
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        turn = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise SourceError(
            f"{path}: its crs {crs[:60]!r} is not known; EPSG:4326 would do"
        ) from error

    def turned(shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, lambda xy: np.column_stack(turn.transform(*xy.T)))

    return turned


def _json_feature(
    row: int, feature: Any, to_degrees: Callable[[BaseGeometry], BaseGeometry]
) -> Drawn:
    if not isinstance(feature, dict):
        raise SourceError(f"{repr(feature)[:60]} is no feature")
    properties = feature.get("properties") or feature.get("attributes") or {}
    geometry = feature.get("geometry") or {}
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise SourceError("its properties or its geometry are no object")
    if "rings" in geometry:
        made = _from_rings(geometry["rings"])
    elif {"x", "y"} <= set(geometry):
        made = shape_of({"type": "Point", "coordinates": [geometry["x"], geometry["y"]]})
    elif geometry.get("type"):
        made = shape_of(geometry)
    else:
        return _drawn(row, properties, None)
    made = to_degrees(made)
    west, south, east, north = made.bounds if not made.is_empty else (0, 0, 0, 0)
    if not (-360 <= west <= east <= 360 and -90 <= south <= north <= 90):
        raise SourceError(
            "its coordinates are no degrees and the file names no crs; "
            "`ogr2ogr -t_srs EPSG:4326 out.geojson in` converts it"
        )
    return _drawn(row, properties, made)


def _from_rings(rings: Any) -> BaseGeometry:
    """Polygons of ArcGIS: outer rings run clockwise, holes the other way."""
    import shapely

    if not isinstance(rings, list) or not all(isinstance(ring, list) for ring in rings):
        raise SourceError("its rings are no lists of points")
    shapes = [
        shape_of({"type": "Polygon", "coordinates": [[point[:2] for point in ring]]})
        for ring in rings
        if len(ring) >= 4 and all(isinstance(point, list) for point in ring)
    ]
    valid = [one if one.is_valid else shapely.make_valid(one) for one in shapes]
    turned = [bool(shapely.is_ccw(shapely.get_exterior_ring(one))) for one in shapes]
    outer = [one for one, is_hole in zip(valid, turned, strict=True) if not is_hole]
    holes = [one for one, is_hole in zip(valid, turned, strict=True) if is_hole]
    if not outer:
        outer, holes = valid, []
    return shapely.difference(shapely.union_all(outer), shapely.union_all(holes))


# --- layers -------------------------------------------------------------------------------------


def _from_layer(path: Path, layer: str) -> list[Drawn]:
    try:
        names = layer_names(path)
        if layer and layer not in names:
            raise SourceError(f"{path}: no layer {layer!r}; there are: {', '.join(names)}")
        if not layer and len(names) > 1:
            raise SourceError(f"{path}: has several layers; name one: --sheet {names[0]}: {names}")
        frame = layer_in_degrees(path, layer or (names[0] if names else None))
    except DocumentError as error:
        raise SourceError(f"{path}: {error}") from error
    columns = [one for one in frame.columns if one != frame.geometry.name]
    rows = frame[columns].astype(object).where(frame[columns].notna(), None)
    return [
        _drawn(row, dict(zip(columns, cells, strict=True)), shape)
        for row, (cells, shape) in enumerate(
            zip(rows.itertuples(index=False, name=None), frame.geometry, strict=True), start=1
        )
    ]
