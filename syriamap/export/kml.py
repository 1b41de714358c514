"""
KML for Google Earth: folders by layer and actor, colors, time spans, balloons, a legend.

The document is built as a tree and serialized, never pasted together: text with ``]]>`` or tags in
it stays text. Balloons and the legend are HTML to Google Earth: every text in them is escaped once
more. Characters that XML cannot hold are replaced. KMZ is the same document, zipped.
"""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from syriamap.export.fields import fields_of
from syriamap.look.symbols import BANDED, definition, shade
from syriamap.look.wording import Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from syriamap.export.parcel import Parcel

__all__ = ["write_kml", "write_kmz"]

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The day a ZIP archive counts from; no clock is read."""


_KML = "http://www.opengis.net/kml/2.2"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLES = {
    "territory": "Territory", "frontline": "Front lines", "place": "Places", "event": "Events",
}  # fmt: skip

_DOUBTS_AND_LINES = {
    "contested", "joint_control", "front_band", "unconfirmed_pocket", "undetermined", "front",
    "boundary",
}  # fmt: skip
"""Folders that are no actor's."""


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    return _NOT_XML.sub("\ufffd", str(value))


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    if text is not None:
        made.text = _text(text)
    return made


def _abgr(color: str, opacity: float) -> str:
    return f"{round(255 * opacity):02x}{color[5:7]}{color[3:5]}{color[1:3]}".lower()


def write_kml(path: Path, parcel: Parcel) -> None:
    """Write features as KML 2.2."""
    ET.ElementTree(_tree(parcel)).write(path, encoding="utf-8", xml_declaration=True)


def write_kmz(path: Path, parcel: Parcel) -> None:
    """Write features as KMZ: the KML, zipped."""
    text = ET.tostring(_tree(parcel), encoding="utf-8", xml_declaration=True)
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("doc.kml", _EARLIEST)
        info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
        archive.writestr(info, text)


def _tree(parcel: Parcel) -> ET.Element:
    root = ET.Element("kml", {"xmlns": _KML})
    document = _add(root, "Document")
    _add(document, "name", str(parcel.metadata["title"]))
    _add(document, "open", "1")
    _add(document, "Snippet", "", maxLines="0")
    _add(document, "description", _legend(parcel))
    data = _add(document, "ExtendedData")
    for key, value in parcel.metadata.items():
        if value is not None:
            _add(_add(data, "Data", name=key), "value", _text(value))
    _styles(document, parcel.actors)
    names = dict(zip(parcel.actors.index, parcel.actors["name"], strict=True))
    signs = Words("en", "signs")
    folders: dict[tuple[str, str], ET.Element] = {}
    for layer, title in _TITLES.items():
        own = parcel.of_layer(layer)
        if own:
            folders[layer, ""] = _add(document, "Folder")
            _add(folders[layer, ""], "name", title)
            if layer == "place":
                _add(folders[layer, ""], "visibility", "0")
        for one in own:
            group = _group(one["properties"])
            if (layer, group) not in folders:
                folders[layer, group] = _add(folders[layer, ""], "Folder")
                sign = signs(group) if group in _DOUBTS_AND_LINES else names.get(group, group)
                _add(folders[layer, group], "name", sign)
            _placemark(folders[layer, group], one, names)
    ET.indent(root, " ")
    return root


def _legend(parcel: Parcel) -> str:
    """Colors and names as HTML, and what the file says of itself: shown for the whole document."""
    rules, colors = definition(), parcel.actors["color"]
    rows = [(colors[one], str(parcel.actors["name"][one])) for one in parcel.held()]
    rows += [
        (rules["nobody"], "contested, front band: paler, in the color of the likeliest"),
        (rules["nobody"], "undetermined: gray"),
    ]
    table = "".join(
        f'<tr><td bgcolor="{escape(color)}">&#160;&#160;&#160;</td><td>{escape(text)}</td></tr>'
        for color, text in rows
    )
    notes = [parcel.metadata["border"], *(parcel.metadata.get("attribution") or [])]
    told = "".join(f"<p>{escape(str(note))}</p>" for note in notes)
    return f"<table>{table}</table>{told}"


def _told(row: Mapping[str, Any]) -> str:
    """The balloon of a feature as HTML: its fields with their names, those that say something."""
    layer = str(row["layer"])
    ids = {"actor", "leaning", "against", "actor_a", "actor_b", "place_id", "event_id", "admin1"}
    lines = [
        f"{escape(name.replace('_', ' '))}: {escape(_text(row[name]))}"
        for name in (field.name for field in fields_of(layer, series="valid_from" in row))
        if row.get(name) not in (None, "", []) and name not in ids | {"name", "claim_ids"}
    ]
    return "<br>".join(lines)


def _group(row: Mapping[str, Any]) -> str:
    """Folder of a feature: an actor for what somebody holds, else in which kind of doubt it is."""
    if row["layer"] == "frontline":
        return str(row["kind"])
    return str(row.get("actor") or shade(str(row.get("status", "")), str(row.get("doubt", ""))))


def _styles(document: ET.Element, actors: pd.DataFrame) -> None:
    rules = definition()

    def style(name: str, fill: str, opacity: float) -> None:
        made = _add(document, "Style", id=name)
        icon = _add(made, "IconStyle")
        _add(icon, "color", _abgr(fill, 1))
        _add(icon, "scale", "0.6")
        _add(_add(made, "LabelStyle"), "scale", "0.7")
        line = _add(made, "LineStyle")
        _add(line, "color", _abgr(fill, 1))
        _add(line, "width", "1")
        _add(_add(made, "PolyStyle"), "color", _abgr(fill, opacity))
        _add(_add(made, "BalloonStyle"), "text", "$[description]")

    for actor, color in zip(actors.index, actors["color"], strict=True):
        style(f"actor-{actor}", color, rules["held"])
        style(f"contested-{actor}", color, rules["contested"])
        style(f"band-{actor}", color, rules["contested"] / 2)
    style("nobody", rules["nobody"], 0.15)
    for kind, color, width in (("front", "#161616", "3"), ("boundary", "#555555", "1.5")):
        line = _add(_add(document, "Style", id=kind), "LineStyle")
        _add(line, "color", _abgr(color, 1))
        _add(line, "width", width)


def _placemark(folder: ET.Element, feature: Mapping[str, Any], names: Mapping[Any, Any]) -> None:
    row = feature["properties"]
    made = _add(folder, "Placemark")
    name, look = _named(row, names)
    _add(made, "name", name)
    _add(made, "description", f"<b>{escape(name)}</b><br>{_told(row)}")
    if row.get("valid_from"):
        # the last second of the last day: with the next midnight two rows would show at once
        last = date.fromisoformat(row["valid_to"]) - timedelta(days=1)
        span = _add(made, "TimeSpan")
        _add(span, "begin", f"{row['valid_from']}T00:00:00Z")
        _add(span, "end", f"{last.isoformat()}T23:59:59Z")
    elif row.get("event_date"):
        _add(_add(made, "TimeStamp"), "when", row["event_date"])
    _add(made, "styleUrl", f"#{look}")
    data = _add(made, "ExtendedData")
    for key, value in row.items():
        if value not in (None, "", []) and key != "layer":
            _add(_add(data, "Data", name=key), "value", _text(value))
    _geometry(made, feature["geometry"])


def _named(row: Mapping[str, Any], names: Mapping[Any, Any]) -> tuple[str, str]:
    """Name and style of a feature."""
    if row["layer"] == "frontline":
        sides = [names.get(row[side], row[side]) for side in ("actor_a", "actor_b")]
        return " – ".join(map(str, sides)), str(row["kind"])
    actor = row.get("actor")
    name = str(row.get("name") or names.get(actor, actor) or row.get("status"))
    leaning = str(row.get("leaning") or actor or "")
    if actor in names:
        return name, f"actor-{actor}"
    if leaning in names and row.get("status") != "undetermined":
        kind = "band" if row.get("doubt") in BANDED else "contested"
        return name, f"{kind}-{leaning}"
    return name, "nobody"


def _geometry(parent: ET.Element, geometry: Mapping[str, Any]) -> None:
    kind, inside = geometry["type"], geometry.get("coordinates")
    if kind.startswith("Multi") or kind == "GeometryCollection":
        multi = _add(parent, "MultiGeometry")
        parts = geometry.get("geometries") or [
            {"type": kind.removeprefix("Multi"), "coordinates": part} for part in inside or []
        ]
        for part in parts:
            _geometry(multi, part)
    elif kind == "Polygon":
        polygon = _add(parent, "Polygon")
        for number, ring in enumerate(inside or []):
            edge = _add(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
            _add(_add(edge, "LinearRing"), "coordinates", _coordinates(ring))
    else:
        made = _add(parent, kind)
        _add(made, "coordinates", _coordinates([inside] if kind == "Point" else inside or []))


def _coordinates(points: Any) -> str:
    return " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in points)
