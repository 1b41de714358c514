"""
KML for Google Earth: folders by layer and actor, colors, time spans.

The document is built as a tree and serialized, never pasted together: text with ``]]>`` or tags in
it stays text. Characters that XML cannot hold are replaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from syriamap.look.symbols import definition, shade

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

__all__ = ["write_kml"]

_KML = "http://www.opengis.net/kml/2.2"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLES = {
    "territory": "Territory", "frontline": "Front lines", "place": "Places", "event": "Events",
}  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        value = str(value).lower()
    return _NOT_XML.sub("\ufffd", str(value))


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    if text is not None:
        made.text = _text(text)
    return made


def _abgr(color: str, opacity: float) -> str:
    return f"{round(255 * opacity):02x}{color[5:7]}{color[3:5]}{color[1:3]}".lower()


def write_kml(
    path: Path, features: list[dict[str, Any]], metadata: Mapping[str, Any], actors: pd.DataFrame
) -> None:
    """Write features as KML 2.2."""
    root = ET.Element("kml", {"xmlns": _KML})
    document = _add(root, "Document")
    _add(document, "name", str(metadata["title"]))
    _add(document, "open", "1")
    data = _add(document, "ExtendedData")
    for key, value in metadata.items():
        if value is not None:
            _add(_add(data, "Data", name=key), "value", _text(value))
    _styles(document, actors)
    names = dict(zip(actors.index, actors["name"], strict=True))
    folders: dict[tuple[str, str], ET.Element] = {}
    for layer, title in _TITLES.items():
        own = [one for one in features if one["properties"]["layer"] == layer]
        if own:
            folders[layer, ""] = _add(document, "Folder")
            _add(folders[layer, ""], "name", title)
            if layer == "place":
                _add(folders[layer, ""], "visibility", "0")
        for one in own:
            group = _group(one["properties"])
            if (layer, group) not in folders:
                folders[layer, group] = _add(folders[layer, ""], "Folder")
                _add(folders[layer, group], "name", names.get(group, group))
            _placemark(folders[layer, group], one, names)
    ET.indent(root, " ")
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


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
    holder = names.get(row.get("actor"), row.get("actor"))
    if row["layer"] == "frontline":
        sides = [names.get(row[side], row[side]) for side in ("actor_a", "actor_b")]
        _add(made, "name", " – ".join(map(str, sides)))
        look = str(row["kind"])
    else:
        _add(made, "name", str(row.get("name") or holder or row.get("status")))
        leaning = str(row.get("leaning") or row.get("actor") or "")
        if row.get("actor") in names:
            look = f"actor-{row['actor']}"
        elif leaning in names and row.get("status") != "undetermined":
            kind = "band" if row.get("doubt") == "front_band" else "contested"
            look = f"{kind}-{leaning}"
        else:
            look = "nobody"
    if row.get("valid_from"):
        span = _add(made, "TimeSpan")
        _add(span, "begin", row["valid_from"])
        _add(span, "end", row["valid_to"])
    elif row.get("event_date"):
        _add(_add(made, "TimeStamp"), "when", row["event_date"])
    _add(made, "styleUrl", f"#{look}")
    data = _add(made, "ExtendedData")
    for key, value in row.items():
        if value not in (None, "", []) and key != "layer":
            _add(_add(data, "Data", name=key), "value", _text(value))
    _geometry(made, feature["geometry"])


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
