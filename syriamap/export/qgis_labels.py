"""
Names on a map in QGIS: which, from what scale on, and how they are written.

In comes a layer, out goes its labeling as XML; a layer without names has an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from syriamap.export.qgis_symbols import rgba

__all__ = ["labeling"]


@dataclass(frozen=True)
class _Names:
    """
    Names of one kind.

    Attributes
    ----------
    condition
        Which rows; empty for all.
    least
        The smallest scale as a denominator; 0 for none.
    most
        The largest scale likewise: nearer by the names are left out.
    size, color
        In points, and of the letters.
    style
        As QGIS calls it: Regular, Bold, Italic.
    priority
        From 0 to 10: who gives way.
    field
        What is written.
    """

    condition: str
    least: int
    size: float
    color: str = "#1a1a1a"
    style: str = "Regular"
    priority: int = 5
    field: str = "name"
    most: int = 0


_NAMES: dict[str, tuple[_Names, ...]] = {
    "place": (
        _Names("\"kind\" = 'city'", 0, 9, style="Bold", priority=10),
        _Names('"kind" = \'town\' AND "evidence"', 1_200_000, 8, priority=7),
        _Names('"kind" <> \'city\' AND "evidence" AND "kind" <> \'town\'', 500_000, 7),
        _Names('NOT "evidence" AND "kind" <> \'city\'', 150_000, 7, color="#5a5a5a", priority=2),
    ),
    "admin1": (_Names("", 0, 8, color="#7a6f63", style="Italic", priority=3, most=1_500_000),),
    "neighbors": (
        _Names("", 0, 8, color="#8a8073", style="Bold", priority=2, field='upper("name")'),
    ),
    "roads": (_Names("", 2_500_000, 7, color="#6b5f50", style="Bold", priority=4),),
    "rivers": (_Names("", 3_000_000, 7, color="#3f6f8c", style="Italic", priority=3),),
    "lakes": (_Names("", 3_000_000, 7, color="#3f6f8c", style="Italic", priority=3),),
}
_ALONG = {"roads", "rivers"}
_AROUND, _CURVED, _OVER = "6", "3", "1"  # placements as QGIS numbers them


def labeling(layer: str, shown: str) -> ET.Element:
    """
    Labeling of a layer.

    Parameters
    ----------
    layer
        A layer of the map, or of the map beneath.
    shown
        Condition of the rows that are drawn; empty for all.
    """
    root = ET.Element("labeling", {"type": "rule-based"})
    rules = ET.SubElement(root, "rules", {"key": f"{{{layer}-names}}"})
    for number, names in enumerate(_NAMES.get(layer, ())):
        conditions = [f"({one})" for one in (shown, names.condition) if one]
        words = {"key": f"{{{layer}-names-{number}}}"}
        if conditions:
            words["filter"] = " AND ".join(conditions)
        if names.least or names.most:
            words["scalemaxdenom"] = str(names.least or 100_000_000)
            words["scalemindenom"] = str(names.most or 1)
        rule = ET.SubElement(rules, "rule", words)
        _settings(rule, layer, names)
    return root


def _settings(rule: ET.Element, layer: str, names: _Names) -> None:
    made = ET.SubElement(rule, "settings", {"calloutType": "simple"})
    style = ET.SubElement(
        made,
        "text-style",
        {
            "fieldName": names.field,
            "isExpression": "0" if names.field == "name" else "1",
            "fontFamily": "Arial",
            "namedStyle": names.style,
            "fontWeight": "75" if names.style == "Bold" else "50",
            "fontItalic": "1" if names.style == "Italic" else "0",
            "fontSize": str(names.size),
            "fontSizeUnit": "Point",
            "textColor": rgba(names.color),
            "textOpacity": "1",
        },
    )
    # a machine without the first family takes the next
    families = ET.SubElement(style, "families")
    for family in ("Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans"):
        ET.SubElement(families, "family", {"name": family})
    ET.SubElement(
        style,
        "text-buffer",
        {
            "bufferDraw": "1",
            "bufferSize": "0.7",
            "bufferSizeUnits": "MM",
            "bufferColor": rgba("#ffffff"),
            "bufferOpacity": "0.85",
            "bufferNoFill": "1",
        },
    )
    placement = _CURVED if layer in _ALONG else _AROUND if layer == "place" else _OVER
    ET.SubElement(
        made,
        "placement",
        {
            "placement": placement,
            "placementFlags": "9",
            "dist": "0.6" if layer == "place" else "0",
            "distUnits": "MM",
            "priority": str(names.priority),
            "predefinedPositionOrder": "R,TR,BR,L,TL,BL,TSR,BSR",
        },
    )
    ET.SubElement(
        made,
        "rendering",
        {"drawLabels": "1", "obstacle": "1", "obstacleType": "1", "fontMaxPixelSize": "10000",
         "mergeLines": "1" if layer in _ALONG else "0"},
    )  # fmt: skip
