"""
Styles for QGIS: the map's colors and patterns as QML.

QGIS draws patterns of its own kinds; each of the map's patterns takes the nearest of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from syriamap.look.symbols import OWN_LOOK, definition, ink

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["layer_style"]

_LINES = {
    "lines-0": 0, "lines-90": 90, "lines-135": 135, "dashes": 0, "dashes-0": 0, "dashes-90": 90,
    "dashes-135": 135, "grid": 0, "waves": 0, "zigzag": 0,
}  # fmt: skip
_WHO_OR_WHY = (
    """if("actor" <> '', "actor", """
    f"""if("doubt" in {OWN_LOOK}, "doubt", "status"))"""
)
_MARKS = {
    "dots": "circle", "rings": "circle", "cross": "cross", "plus": "cross", "squares": "square",
    "diamonds": "diamond", "triangles": "triangle", "crosses": "cross2", "vees": "arrowhead",
}  # fmt: skip


def layer_style(layer: str, actors: pd.DataFrame) -> str:
    """
    QML of a layer.

    Parameters
    ----------
    layer
        `territory`, `frontline`, `place` or `event`.
    actors
        Index `actor_id`; columns `name, color, pattern`.
    """
    root = ET.Element("qgis", {"version": "3.22.0", "styleCategories": "Symbology"})
    attribute = {"frontline": "kind", "event": "actor"}.get(layer, _WHO_OR_WHY)
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        {
            "type": "categorizedSymbol",
            "attr": attribute,
            "enableorderby": "0",
            "forceraster": "0",
            "symbollevels": "0",
        },
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")

    def category(value: str, label: str) -> ET.Element:
        number = str(len(symbols))
        ET.SubElement(
            categories,
            "category",
            {"value": value, "label": label, "symbol": number, "render": "true", "type": "string"},
        )
        kind = {"territory": "fill", "frontline": "line"}.get(layer, "marker")
        return _symbol(symbols, kind, number)

    if layer == "frontline":
        _line(category("front", "Front line"), "#161616", "0.6", "solid")
        _line(category("boundary", "Boundary, sides not hostile"), "#333333", "0.35", "dash")
    else:
        for actor, row in actors.iterrows():
            made = category(str(actor), str(row["name"]))
            if layer == "territory":
                _fill(made, str(row["color"]), str(row["pattern"]))
            else:
                _mark(made, str(row["color"]), "circle", "1.6")
        if layer != "event":
            contested = category("contested", "Contested")
            band = category("front_band", "Front band, too close to call")
            pocket = category("unconfirmed_pocket", "Unconfirmed pocket")
            bare = category("undetermined", "Undetermined")
            if layer == "territory":
                _hatch(contested, "#1a1a1a", 45, "0.5", "2.6")
                _layer(
                    band,
                    "SimpleFill",
                    {
                        "color": _rgba(definition()["nobody"], 0.28),
                        "style": "solid",
                        "outline_style": "no",
                    },
                )
                _layer(
                    pocket,
                    "SimpleFill",
                    {"style": "no", "outline_style": "dash", "outline_color": _rgba("#1a1a1a")},
                )
                _layer(
                    bare,
                    "SimpleFill",
                    {"style": "no", "outline_style": "dot", "outline_color": _rgba("#8a8378")},
                )
            else:
                for doubtful in (contested, band, pocket):
                    _mark(doubtful, "#ffffff", "circle", "1.6")
                _mark(bare, "#d9d4ca", "circle", "0.8")
    ET.indent(root, " ")
    doctype = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return doctype + ET.tostring(root, encoding="unicode")


def _rgba(color: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def _symbol(parent: ET.Element, kind: str, name: str) -> ET.Element:
    return ET.SubElement(
        parent,
        "symbol",
        {"type": kind, "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"},
    )


def _layer(symbol: ET.Element, kind: str, options: Mapping[str, str]) -> ET.Element:
    made = ET.SubElement(
        symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
    )
    table = ET.SubElement(made, "Option", {"type": "Map"})
    for name, value in options.items():
        ET.SubElement(table, "Option", {"type": "QString", "name": name, "value": value})
    return made


def _fill(symbol: ET.Element, color: str, pattern: str) -> None:
    held = float(definition()["held"])
    _layer(
        symbol, "SimpleFill", {"color": _rgba(color, held), "style": "solid", "outline_style": "no"}
    )
    if pattern in _LINES:
        _hatch(symbol, ink(color), _LINES[pattern], "0.3", "2")
        if pattern == "grid":
            _hatch(symbol, ink(color), 90, "0.3", "2")
    elif pattern in _MARKS:
        made = _layer(
            symbol,
            "PointPatternFill",
            {"distance_x": "2.4", "distance_y": "2.4", "displacement_x": "1.2"},
        )
        inner = _symbol(made, "marker", f"@{symbol.attrib['name']}@1")
        _mark(
            inner,
            ink(color),
            _MARKS[pattern],
            "0.5" if pattern == "dots" else "1",
            hollow=pattern != "dots",
        )


def _hatch(symbol: ET.Element, color: str, angle: int, width: str, distance: str) -> None:
    number = len(symbol)
    options = {"angle": str(angle), "distance": distance, "line_width": width}
    made = _layer(symbol, "LinePatternFill", {**options, "color": _rgba(color, 0.6)})
    inner = _symbol(made, "line", f"@{symbol.attrib['name']}@{number}")
    _line(inner, color, width, "solid", opacity=0.6)


def _line(symbol: ET.Element, color: str, width: str, style: str, opacity: float = 1.0) -> None:
    _layer(
        symbol,
        "SimpleLine",
        {
            "line_color": _rgba(color, opacity),
            "line_width": width,
            "line_style": style,
            "joinstyle": "round",
        },
    )


def _mark(symbol: ET.Element, color: str, shape: str, size: str, *, hollow: bool = False) -> None:
    edge = _rgba(color if hollow else "#111111")
    fill = _rgba(color, 0.0 if hollow else 1.0)
    _layer(
        symbol,
        "SimpleMarker",
        {"color": fill, "name": shape, "size": size, "outline_color": edge, "outline_width": "0.2"},
    )
