"""
Polygons of control, GeoJSON, KML or KMZ: an area says of every place in it who holds it.

XML is read by a parser that refuses entities and document types; an archive is unpacked up to a
limit and never by the sizes that it states.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped
from syriamap.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["read_areas"]

_MOST = 100_000_000  # bytes, unpacked

_Area = tuple[int, str, "BaseGeometry | None"]


def read_areas(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """
    Claims for the places of the theater that lie in polygons.

    Parameters
    ----------
    path
        ``.geojson``, ``.json``, ``.kml`` or ``.kmz``.
    context
        `day` is the day of the map; `columns["actor"]` names the property with the actor, else
        `actor`, `name` or the KML folder is tried.
    """
    import numpy as np
    import shapely

    if context.day is None:
        raise SourceError(f"{path}: polygons have no date; give the day of the map: --date")
    data = _bytes(path)
    kml = path.suffix.casefold() in {".kml", ".kmz"}
    areas = _kml_areas(path, data) if kml else _geojson_areas(path, data, context)
    places = context.theater.places
    points = shapely.points(places["lon"].to_numpy(), places["lat"].to_numpy())
    tree = shapely.STRtree(np.asarray(points, dtype=object))
    for row, name, shape in areas:
        actor = context.actor(name)
        if shape is None or shape.is_empty:
            yield Unmapped(row, name, "not a polygon")
            continue
        if not actor:
            yield Unmapped(row, name, "a name of no actor")
            continue
        whole = shape if shape.is_valid else shapely.make_valid(shape)
        inside = np.sort(tree.query(whole, predicate="contains"))
        if not len(inside):
            yield Unmapped(row, name, "no place of the theater lies in it")
        for index in inside.tolist():
            yield {
                "event_date": context.day.isoformat(),
                "date_precision": "day",
                "place_id": str(places.index[index]),
                "actor": actor,
                "relation": "controls",
                "certainty": "asserted",
                "publisher": path.stem,
                "source_title": path.name,
                "reported_on": context.day.isoformat(),
                "note": f"area {row}: {name}",
            }


def _bytes(path: Path) -> bytes:
    """Read a file, or the first KML in an archive, up to the limit."""
    if path.suffix.casefold() != ".kmz":
        if path.stat().st_size > _MOST:
            raise SourceError(f"{path}: larger than {_MOST // 1_000_000} MB")
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.namelist() if one.casefold().endswith(".kml")]
            if not names:
                raise SourceError(f"{path}: no .kml in the archive")
            with archive.open(names[0]) as stream:
                data = stream.read(_MOST + 1)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{path}: is not a readable KMZ: {error}") from error
    if len(data) > _MOST:
        raise SourceError(f"{path}: unpacks to more than {_MOST // 1_000_000} MB")
    return data


def _geojson_areas(path: Path, data: bytes, context: Context) -> Iterator[_Area]:
    from shapely.geometry import shape

    try:
        document = json.loads(data)
        features = document["features"]
        column = context.columns.get("actor")
        for number, feature in enumerate(features, start=1):
            properties = feature.get("properties") or {}
            named = properties.get(column) if column else None
            name = named or properties.get("actor") or properties.get("name") or ""
            geometry: Any = feature.get("geometry") or {}
            drawn = shape(geometry) if "olygon" in str(geometry.get("type")) else None
            yield number, str(name), drawn
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise SourceError(f"{path}: not readable as GeoJSON polygons: {error}") from error


def _kml_areas(path: Path, data: bytes) -> Iterator[_Area]:
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, iterparse
    except ImportError as error:
        raise SourceError("KML needs defusedxml: pip install 'syriamap[import]'") from error
    folders: list[str] = []
    number = 0
    try:
        for event, node in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            tag = node.tag.rsplit("}", 1)[-1]
            if tag == "Folder":
                if event == "start":
                    folders.append("")
                else:
                    folders.pop()
            elif event == "end" and tag == "name" and folders and not folders[-1]:
                folders[-1] = (node.text or "").strip()
            elif event == "end" and tag == "Placemark":
                number += 1
                folder = next((one for one in reversed(folders) if one), "")
                yield number, _kml_actor(node, folder), _kml_polygons(node)
                node.clear()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceError(
            f"{path}: not readable as KML: {error or type(error).__name__}"
        ) from error


def _kml_actor(mark: Any, folder: str) -> str:
    """Give the actor that a placemark states, else its folder's name, else its own."""
    name = ""
    for node in mark.iter():
        tag = node.tag.rsplit("}", 1)[-1]
        if tag == "Data" and node.get("name") == "actor" and len(node):
            return str(node[0].text or "")
        if tag == "SimpleData" and node.get("name") == "actor":
            return str(node.text or "")
        if tag == "name" and not name:
            name = str(node.text or "").strip()
    return folder or name


def _kml_polygons(mark: Any) -> BaseGeometry | None:
    import shapely

    polygons = []
    for node in mark.iter():
        if node.tag.rsplit("}", 1)[-1] != "Polygon":
            continue
        rings = []
        for inner in node.iter():
            if inner.tag.rsplit("}", 1)[-1] == "coordinates":
                points = [point.split(",")[:2] for point in (inner.text or "").split()]
                rings.append([(float(x), float(y)) for x, y in points])
        if rings and all(len(ring) >= 4 for ring in rings):
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.union_all(polygons) if polygons else None
