"""
Areas of KML: each placemark's polygons with everything that may name who holds them.

XML is read by a parser that refuses entities and document types; an archive is unpacked up to a
limit and never by the sizes that it states.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from syriamap.claims.sources.drawn import MOST_BYTES, Drawn
from syriamap.errors import SourceError
from syriamap.files import parse_number
from syriamap.files.containers import BROKEN_ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["kml_bytes", "kml_drawn"]


def kml_bytes(path: Path) -> bytes:
    """Read a KML file, or the first KML in an archive, up to the limit."""
    if not zipfile.is_zipfile(path) and path.suffix.casefold() != ".kmz":
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB")
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.namelist() if one.casefold().endswith(".kml")]
            if not names:
                raise SourceError(f"{path}: no .kml in the archive")
            with archive.open(names[0]) as stream:
                data = stream.read(MOST_BYTES + 1)
    except BROKEN_ARCHIVE as error:
        raise SourceError(f"{path}: is not a readable KMZ: {error}") from error
    if len(data) > MOST_BYTES:
        raise SourceError(f"{path}: unpacks to more than {MOST_BYTES // 1_000_000} MB")
    return data


def kml_drawn(path: Path, data: bytes) -> Iterator[Drawn]:
    """
    Placemarks of a KML document, each with its names.

    The names are those of its folders from the inside out, its own, that of its style, its color
    and its data; a folder's name is the one that stands in the folder itself, not in a placemark.
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, iterparse
        from shapely.errors import ShapelyError
    except ImportError as error:
        raise SourceError("KML needs defusedxml: pip install 'syriamap[import]'") from error
    _refuse_others(path, data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower())
    try:
        styles = _styles(iterparse(io.BytesIO(data), events=("end",), forbid_dtd=True))
        open_tags: list[str] = []
        folders: list[str] = []
        number = 0
        for event, node in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            tag = _tag(node)
            if event == "start":
                open_tags.append(tag)
                if tag == "Folder":
                    folders.append("")
                continue
            open_tags.pop()
            if tag == "Folder":
                folders.pop()
            elif tag == "name" and folders and open_tags and open_tags[-1] == "Folder":
                folders[-1] = (node.text or "").strip()
            elif tag == "Placemark":
                number += 1
                yield _drawn(number, node, [one for one in reversed(folders) if one], styles)
                node.clear()
    except RecursionError as error:
        raise SourceError(f"{path}: not readable as KML: it is nested too deeply") from error
    except (ParseError, DefusedXmlException, ShapelyError, ValueError, LookupError) as error:
        raise SourceError(
            f"{path}: not readable as KML: {error or type(error).__name__}"
        ) from error


def _refuse_others(path: Path, start: bytes) -> None:
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceError(f"{path}: is a web page, not KML; the file behind it would do")
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{path}: is no KML: it does not begin as XML does")


def _tag(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _styles(events: Any) -> dict[str, str]:
    """Color of the areas of each style, `#rrggbb`; a style map has that of its normal style."""
    colors: dict[str, str] = {}
    maps: dict[str, str] = {}
    for _, node in events:
        if _tag(node) == "Style" and node.get("id"):
            colors[str(node.get("id"))] = _fill(node)
        elif _tag(node) == "StyleMap" and node.get("id"):
            links = [str(one.text or "") for one in node.iter() if _tag(one) == "styleUrl"]
            maps[str(node.get("id"))] = links[0].strip().rsplit("#", 1)[-1] if links else ""
    return {**colors, **{name: colors.get(style, "") for name, style in maps.items()}}


def _fill(style: Any) -> str:
    for node in style.iter():
        if _tag(node) == "PolyStyle":
            for inner in node.iter():
                text = str(inner.text or "").strip().lstrip("#").casefold()
                if _tag(inner) == "color" and len(text) == 8:
                    return f"#{text[6:8]}{text[4:6]}{text[2:4]}"  # KML has alpha, blue, green, red
    return ""


def _drawn(number: int, mark: Any, folders: list[str], styles: dict[str, str]) -> Drawn:
    name, style, when, fill = "", "", "", ""
    data: dict[str, str] = {}
    for node in mark.iter():
        tag, text = _tag(node), str(node.text or "").strip()
        if tag == "name" and not name:
            name = text
        elif tag == "styleUrl":
            style = text.rsplit("#", 1)[-1]
        elif tag == "Style":
            fill = _fill(node) or fill
        elif tag == "Data" and len(node):
            data[str(node.get("name"))] = str(node[0].text or "").strip()
        elif tag == "SimpleData":
            data[str(node.get("name"))] = text
        elif tag == "when":
            when = text
    names = [*folders, name, style, fill or styles.get(style, ""), *data.values()]
    return Drawn(
        number,
        tuple(dict.fromkeys(filter(None, names))),
        _polygons(mark),
        {**data, "name": name, "folder": folders[0] if folders else "", "style": style},
        data.get("date", "") or when[:10],
        "Point" if any(_tag(node) == "Point" for node in mark.iter()) else "",
    )


def _polygons(mark: Any) -> BaseGeometry | None:
    import shapely

    polygons: list[BaseGeometry] = []
    for node in mark.iter():
        if _tag(node) != "Polygon":
            continue
        rings = [_ring(inner.text or "") for inner in node.iter() if _tag(inner) == "coordinates"]
        if rings and all(len(ring) >= 4 for ring in rings):
            polygon = shapely.Polygon(rings[0], rings[1:])
            polygons.append(polygon if polygon.is_valid else shapely.make_valid(polygon))
    return shapely.union_all(polygons) if polygons else None


def _ring(text: str) -> list[tuple[float, float]]:
    """Points of a ring in degrees; what is no number there, or not finite, is an error."""
    points = []
    for point in text.split():
        numbers = [parse_number(one) for one in point.split(",")[:2]]
        if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
            raise ValueError(f"{point[:60]!r} is no longitude,latitude")
        if abs(numbers[0]) > 360 or abs(numbers[1]) > 90:
            raise ValueError(f"{point[:60]!r} lies outside the degrees that there are")
        points.append((numbers[0], numbers[1]))
    return points
