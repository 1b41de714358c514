"""
Layers in QGIS: rules of drawing by actor, doubt and scale, names, and days for a series.

In come a layer and what is exported, out goes QML. A series is drawn as the day that the temporal
controller shows; while it is off, as its last day, and never as all days on top of each other.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from syriamap.control.control_settings import CONTROL
from syriamap.export.qgis_labels import labeling
from syriamap.export.qgis_symbols import fill, flat, hatch, line, mark, rgba, symbol_of
from syriamap.look.kinds import SITE_KINDS
from syriamap.look.symbols import OWN_LOOK, definition

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from syriamap.export.parcel import Parcel

__all__ = ["drawn_as", "layer_style"]

_DAYS_OF_ROWS = ("territory", "frontline", "place")
_WATER = "#6d9dbb"
_FRAME_INK = "#3f3a36"
_PROVEN = """"evidence" AND "kind" NOT IN ('city', 'town')"""


class _Rules:
    """Rules of a layer and their symbols, in the order in which they are asked for."""

    def __init__(self, layer: str, kind: str, shown: str, title: str) -> None:
        self.kind, self.key = kind, layer
        self.root = ET.Element(
            "renderer-v2",
            {"type": "RuleRenderer", "forceraster": "0", "symbollevels": "0", "enableorderby": "0"},
        )
        self.rules = ET.SubElement(self.root, "rules", {"key": f"{{{layer}}}"})
        self.symbols = ET.SubElement(self.root, "symbols")
        if shown:  # a group whose condition holds for all rules in it
            group = {"key": f"{{{layer}-days}}", "filter": shown, "label": title}
            self.rules = ET.SubElement(self.rules, "rule", group)

    def add(self, label: str, condition: str = "", *, least: int = 0) -> ET.Element:
        """Add a rule that draws down to a scale of 1 : `least`; give its empty symbol."""
        number = str(len(self.symbols))
        words = {"key": f"{{{self.key}-{number}}}", "symbol": number, "label": label}
        if condition:
            words["filter"] = condition
        if least:
            words |= {"scalemaxdenom": str(least), "scalemindenom": "1"}
        ET.SubElement(self.rules, "rule", words)
        return symbol_of(self.symbols, self.kind, number)


def layer_style(layer: str, parcel: Parcel) -> str:
    """
    QML of a layer.

    Parameters
    ----------
    layer
        A layer of the map, or of the map beneath.
    parcel
        What is exported.
    """
    categories = {"styleCategories": "Symbology|Labeling|Temporal"}
    root = ET.Element("qgis", {"version": "3.22.0", "labelsEnabled": "1", **categories})
    root.extend(drawn_as(layer, parcel))
    ET.indent(root, " ")
    doctype = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return doctype + ET.tostring(root, encoding="unicode")


def drawn_as(layer: str, parcel: Parcel) -> list[ET.Element]:
    """
    Elements that say how a layer is drawn, named and filtered by time.

    Parameters
    ----------
    layer, parcel
        As for :func:`layer_style`.
    """
    shown = _shown(layer, parcel)
    made = [_renderer(layer, parcel, shown), labeling(layer, shown)]
    if shown:
        made.append(_temporal(layer))
    return made


def _shown(layer: str, parcel: Parcel) -> str:
    """Rows of the last day, while no time is asked for; empty where rows have no days."""
    if not parcel.series or layer not in {*_DAYS_OF_ROWS, "event"}:
        return ""
    field, back = ("event_date", CONTROL.event_days) if layer == "event" else ("valid_to", 0)
    day = dt.date.fromisoformat(str(parcel.metadata["date"])) - dt.timedelta(days=back)
    # noon, so that no time zone moves a midnight across it
    noon = f"make_datetime({day.year},{day.month},{day.day},12,0,0)"
    return f'@map_start_time IS NOT NULL OR "{field}" > {noon}'


def _temporal(layer: str) -> ET.Element:
    """By which fields the temporal controller filters: from the first day to before the second."""
    event = layer == "event"
    return ET.Element(
        "temporal",
        {
            "enabled": "1",
            "mode": "1" if event else "2",
            "limitMode": "0",
            "startField": "event_date" if event else "valid_from",
            "endField": "" if event else "valid_to",
            "fixedDuration": str(CONTROL.event_days) if event else "0",
            "durationUnit": "d",
            "durationField": "",
            "startExpression": "",
            "endExpression": "",
            "accumulate": "0",
        },
    )


def _renderer(layer: str, parcel: Parcel, shown: str) -> ET.Element:
    kinds = {"place": "marker", "event": "marker"}
    filled = {"territory", "country", "neighbors", "lakes"}
    kind = kinds.get(layer, "fill" if layer in filled else "line")
    if layer == "admin1":
        kind = "fill"
    rules = _Rules(layer, kind, shown, f"{parcel.metadata['date']}, or the day of the controller")
    actors = parcel.actors
    drawers = {
        "territory": lambda: _territory(rules, actors, parcel.held()),
        "frontline": lambda: _frontline(rules),
        "place": lambda: _places(rules, actors),
        "event": lambda: _events(rules, actors),
    }
    drawers.get(layer, lambda: _base(rules, layer))()
    return rules.root


def _quoted(text: str) -> str:
    """
    Text of an expression.

    >>> _quoted("the king's own")
    "'the king''s own'"
    """
    return "'" + text.replace("'", "''") + "'"


def _color_of(field: str, actors: pd.DataFrame, opacity: float, other: str) -> str:
    """Expression: the color of the actor in a field."""
    cases = " ".join(
        f'WHEN "{field}" = {_quoted(str(actor))} THEN {_quoted(rgba(str(color), opacity))}'
        for actor, color in actors["color"].items()
    )
    return f"CASE {cases} ELSE {_quoted(rgba(other, opacity))} END" if cases else ""


def _territory(rules: _Rules, actors: pd.DataFrame, held: Sequence[str]) -> None:
    look, nobody = definition(), str(definition()["nobody"])
    for actor in held:
        row = actors.loc[actor]
        made = rules.add(str(row["name"]), f'"actor" = {_quoted(actor)}')
        fill(made, str(row["color"]), str(row["pattern"]))
    flat(rules.add("Besieged", "\"status\" = 'besieged'"), "#111111", opacity=0, edge="dot",
         edge_color="#111111", width="0.6")  # fmt: skip
    doubts = ", ".join(map(_quoted, OWN_LOOK))
    tint = _color_of("leaning", actors, float(look["contested"]), nobody)
    made = rules.add(
        "Contested", f"\"status\" = 'contested' AND coalesce(\"doubt\", '') NOT IN ({doubts})"
    )
    flat(made, nobody, opacity=float(look["contested"]), by=tint)
    hatch(made, "#1a1a1a", 45, "0.5", "2.6")
    made = rules.add("Front band, too close to call", "\"doubt\" = 'front_band'")
    flat(made, nobody, opacity=float(look["contested"]), by=tint)
    made = rules.add("Held by two sides together", "\"doubt\" = 'joint_control'")
    flat(made, nobody, opacity=float(look["contested"]), by=tint, edge="solid",
         edge_color="#333333", width="0.3")  # fmt: skip
    made = rules.add("Unconfirmed pocket", "\"doubt\" = 'unconfirmed_pocket'")
    whose = _color_of("leaning", actors, 1.0, nobody)
    flat(made, nobody, opacity=0, by=whose, edge="dash", width="0.6")
    made = rules.add("Undetermined", "\"status\" = 'undetermined'")
    flat(made, nobody, opacity=0, edge="dot", edge_color="#8a8378", width="0.2")


def _frontline(rules: _Rules) -> None:
    made = rules.add("Front line", "\"kind\" = 'front'")
    line(made, "#ffffff", "1.2", opacity=0.85)
    line(made, "#161616", "0.6")
    made = rules.add("Boundary, sides not hostile", "\"kind\" = 'boundary'")
    line(made, "#ffffff", "0.9", opacity=0.7)
    line(made, "#333333", "0.35", "dash")


def _places(rules: _Rules, actors: pd.DataFrame) -> None:
    """Large places at every scale, smaller ones nearer by, those only inferred last."""
    color = _color_of("actor", actors, 1.0, "#ffffff")
    sites = ", ".join(map(_quoted, SITE_KINDS))
    rows: tuple[tuple[str, str, int, Any], ...] = (
        ("Village, inferred", "NOT \"evidence\" AND \"kind\" NOT IN ('city', 'town')", 300_000,
         {"shape": "circle", "size": "1.1", "edge": "#ffffff"}),
        ("Town, inferred", "NOT \"evidence\" AND \"kind\" = 'town'", 1_000_000,
         {"shape": "circle", "size": "1.6", "edge": "#ffffff"}),
        ("Village", f"{_PROVEN} AND \"kind\" NOT IN ({sites})", 750_000,
         {"shape": "circle", "size": "1.4"}),
        ("Base or site", f"\"kind\" IN ({sites})", 1_500_000, {"shape": "square", "size": "1.7"}),
        ("Town", "\"evidence\" AND \"kind\" = 'town'", 2_500_000,
         {"shape": "circle", "size": "1.8"}),
        ("City", "\"kind\" = 'city'", 0, {"shape": "circle", "size": "2.6"}),
    )  # fmt: skip
    for label, condition, least, how in rows:
        mark(rules.add(label, condition, least=least), by=color, **how)


def _events(rules: _Rules, actors: pd.DataFrame) -> None:
    color = _color_of("actor", actors, 1.0, "#ffffff")
    for kind, label, shape in (
        ("struck", "Strike", "star"),
        ("advanced_toward", "Advance", "arrow"),
    ):
        made = rules.add(label, f'"kind" = {_quoted(kind)}', least=4_000_000)
        mark(made, shape, "3.4", by=color)


def _base(rules: _Rules, layer: str) -> None:
    colors = definition()["base"]
    made = rules.add(layer.capitalize() if layer != "admin1" else "Governorate")
    if layer in {"neighbors", "country"}:
        shade = colors["land" if layer == "neighbors" else "country"]
        flat(made, shade, edge="solid", edge_color="#b8ada0", width="0.2")
    elif layer == "lakes":
        flat(made, colors["sea"], edge="solid", edge_color=colors["water"], width="0.15")
    elif layer == "admin1":
        flat(made, "#ffffff", opacity=0, edge="dot", edge_color="#4d463f", width="0.25")
    elif layer == "roads":
        line(made, "#ffffff", "0.9", opacity=0.9)
        line(made, "#9b8f80", "0.4")
    elif layer == "rivers":
        line(made, _WATER, "0.35")
    elif layer == "border":
        line(made, "#ffffff", "1.1", opacity=0.7)
        line(made, _FRAME_INK, "0.45")
    else:
        line(made, "#ffffff", "0.9")
        line(made, _FRAME_INK, "0.45", "dash")
