"""
Symbols of QGIS as XML: fills, hatches, lines and marks in the map's colors and patterns.

QGIS draws patterns of its own kinds; each of the map's patterns takes the nearest of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from syriamap.look.symbols import definition, ink

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["fill", "flat", "hatch", "line", "mark", "rgba", "symbol_of"]

_LINES = {
    "lines-0": 0, "lines-90": 90, "lines-135": 135, "dashes": 0, "dashes-0": 0, "dashes-90": 90,
    "dashes-135": 135, "grid": 0, "waves": 0, "zigzag": 0, "arcs": 0, "steps": 0,
}  # fmt: skip
_MARKS = {
    "dots": "circle", "rings": "circle", "cross": "cross", "plus": "cross", "squares": "square",
    "diamonds": "diamond", "triangles": "triangle", "crosses": "cross2", "vees": "arrowhead",
}  # fmt: skip


def rgba(color: str, opacity: float = 1.0) -> str:
    """
    Give a color as QGIS writes it.

    >>> rgba("#ff8000", 0.5)
    '255,128,0,128'
    """
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def symbol_of(parent: ET.Element, kind: str, name: str) -> ET.Element:
    """Add a symbol of a kind (`fill`, `line`, `marker`) without layers."""
    return ET.SubElement(
        parent,
        "symbol",
        {"type": kind, "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"},
    )


def _layer(
    symbol: ET.Element,
    kind: str,
    options: Mapping[str, str],
    expressions: Mapping[str, str] | None = None,
) -> ET.Element:
    """Add a layer to a symbol; expressions decide by the feature what options leave open."""
    made = ET.SubElement(
        symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
    )
    table = ET.SubElement(made, "Option", {"type": "Map"})
    for name, value in options.items():
        ET.SubElement(table, "Option", {"type": "QString", "name": name, "value": value})
    if expressions:
        top = ET.SubElement(ET.SubElement(made, "data_defined_properties"), "Option", type="Map")
        ET.SubElement(top, "Option", {"type": "QString", "name": "name", "value": ""})
        inner = ET.SubElement(top, "Option", {"type": "Map", "name": "properties"})
        for name, expression in expressions.items():
            one = ET.SubElement(inner, "Option", {"type": "Map", "name": name})
            ET.SubElement(one, "Option", {"type": "bool", "name": "active", "value": "true"})
            ET.SubElement(
                one, "Option", {"type": "QString", "name": "expression", "value": expression}
            )
            ET.SubElement(one, "Option", {"type": "int", "name": "type", "value": "3"})
        ET.SubElement(top, "Option", {"type": "QString", "name": "type", "value": "collection"})
    return made


def flat(
    symbol: ET.Element,
    color: str,
    *,
    opacity: float = 1.0,
    by: str = "",
    edge: str = "no",
    edge_color: str = "#000000",
    width: str = "0.26",
) -> None:
    """Add a plain fill in a color, or in that of an expression; `edge` is the style of its line."""
    options = {
        "color": rgba(color, opacity),
        "style": "solid" if opacity else "no",
        "outline_style": edge,
        "outline_color": rgba(edge_color),
        "outline_width": width,
    }
    target = "fillColor" if opacity else "outlineColor"
    _layer(symbol, "SimpleFill", options, {target: by} if by else None)


def fill(symbol: ET.Element, color: str, pattern: str) -> None:
    """Add the fill of what an actor holds: its color and its pattern."""
    flat(symbol, color, opacity=float(definition()["held"]))
    if pattern in _LINES:
        hatch(symbol, ink(color), _LINES[pattern], "0.3", "2")
        if pattern == "grid":
            hatch(symbol, ink(color), 90, "0.3", "2")
    elif pattern in _MARKS:
        made = _layer(
            symbol,
            "PointPatternFill",
            {"distance_x": "2.4", "distance_y": "2.4", "displacement_x": "1.2"},
        )
        inner = symbol_of(made, "marker", f"@{symbol.attrib['name']}@1")
        size = "0.5" if pattern == "dots" else "1"
        mark(inner, _MARKS[pattern], size, color=ink(color), hollow=pattern != "dots")


def hatch(symbol: ET.Element, color: str, angle: int, width: str, distance: str) -> None:
    """Add a hatch; the one at 45 degrees is that of contested ground alone."""
    number = len(symbol)
    options = {"angle": str(angle), "distance": distance, "line_width": width}
    made = _layer(symbol, "LinePatternFill", {**options, "color": rgba(color, 0.6)})
    inner = symbol_of(made, "line", f"@{symbol.attrib['name']}@{number}")
    line(inner, color, width, opacity=0.6)


def line(
    symbol: ET.Element, color: str, width: str, style: str = "solid", *, opacity: float = 1.0
) -> None:
    """Add a line."""
    _layer(
        symbol,
        "SimpleLine",
        {
            "line_color": rgba(color, opacity),
            "line_width": width,
            "line_style": style,
            "joinstyle": "round",
            "capstyle": "round" if style == "solid" else "flat",
        },
    )


def mark(
    symbol: ET.Element,
    shape: str,
    size: str,
    *,
    color: str = "#ffffff",
    by: str = "",
    edge: str = "#111111",
    hollow: bool = False,
) -> None:
    """Add a mark: in a color, or in that of an expression."""
    options = {
        "color": rgba(color, 0.0 if hollow else 1.0),
        "name": shape,
        "size": size,
        "outline_color": rgba(color if hollow else edge),
        "outline_width": "0.2",
    }
    _layer(symbol, "SimpleMarker", options, {"fillColor": by} if by else None)
