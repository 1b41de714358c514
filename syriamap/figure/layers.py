"""
What is drawn of the world: the base map, territory, lines, events and the dots of places.

Every function takes the sheet and the view and draws inside the view's box; nothing is returned
but what labels must keep clear of. Orders: base 1–5, territory 10, lines 20, points 30, names 40.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.look.kinds import SITE_KINDS
from syriamap.look.symbols import definition, shade

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from syriamap.figure.room import Room
    from syriamap.figure.sheet import Box, Sheet
    from syriamap.figure.view import View
    from syriamap.theater.folder import Theater

__all__ = [
    "draw_base",
    "draw_borders",
    "draw_events",
    "draw_frame",
    "draw_lines",
    "draw_places",
    "draw_territory",
    "look_of",
    "mark",
    "merged_by",
]

_SIMPLER = 0.12  # points: less than the eye sees in print
_FRAME_INK = "#3f3a36"


def look_of(theater: Theater, actor: str) -> tuple[str, str]:
    """Color and pattern of an actor."""
    if actor not in theater.actors.index:
        return str(definition()["nobody"]), ""
    row = theater.actors.loc[actor]
    return str(row["color"]), str(row["pattern"])


def draw_base(sheet: Sheet, view: View, theater: Theater) -> None:
    """Sea, the countries around, the country, roads."""
    colors = definition()["base"]
    import shapely

    window = shapely.box(*view.box)
    sheet.area(window, colors["sea"] if len(theater.neighbors) else colors["land"], order=1)
    for one in view.shapes(theater.neighbors):
        sheet.area(one, colors["land"], order=1.2, edge="#b8ada0", width=0.7 * sheet.stroke)
    sheet.area(view.shape(theater.boundary), colors["country"], order=1.4)
    for one in view.shapes(theater.roads):
        sheet.line(one, "#ffffff", 3, alpha=0.9, order=2)
        sheet.line(one, "#9b8f80", 1.4, order=2.1)


def draw_borders(sheet: Sheet, view: View, theater: Theater) -> None:
    """Rivers, lakes, governorates and the border, above the territory."""
    colors = definition()["base"]
    for one, kind in zip(view.shapes(theater.water), theater.water["kind"], strict=True):
        if kind == "lake":
            sheet.area(one, colors["sea"], order=12, edge=colors["water"], width=0.5)
        else:
            sheet.line(one, "#6d9dbb", 1.1, alpha=0.9, order=12)
    if len(theater.admin1) > 1:
        import shapely

        shapes = [one for one in view.shapes(theater.admin1) if not one.is_empty]
        shared = _shared_lines(shapes)
        if not shapely.is_empty(shared):
            sheet.line(shared, "#4d463f", 0.8, alpha=0.5, dash=(2, 4), cap="butt", order=13)
    border = view.shape(theater.boundary).boundary
    sheet.line(border, "#ffffff", 4, alpha=0.7, order=18)
    sheet.line(border, _FRAME_INK, 1.6, order=18.1)
    for one in view.shapes(theater.disputed):
        sheet.line(one, "#ffffff", 3.2, order=18.2)
        sheet.line(one, _FRAME_INK, 1.6, dash=(6, 5), cap="butt", order=18.3)


def _shared_lines(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Lines that two shapes share."""
    import shapely

    rings = [shape.boundary for shape in shapes]
    found = []
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        if i < j:
            parts = shapely.get_parts(shapely.intersection(rings[i], rings[j]))
            found += [part for part in parts if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.union_all(found)) if found else shapely.MultiLineString()


def merged_by(
    view: View, territory: gpd.GeoDataFrame, key: Callable[[dict[str, Any]], tuple[str, str]]
) -> dict[tuple[str, str], BaseGeometry]:
    """Territory on the sheet, one shape for each key, simplified as a coverage."""
    import shapely

    shapes = np.asarray(view.shapes(territory), dtype=object)
    rows: list[Any] = territory.drop(columns="geometry").to_dict("records")
    keys = [key(row) for row in rows]
    kept = [i for i, one in enumerate(shapes) if not one.is_empty and one.area > 0]
    simple = dict(zip(kept, shapely.coverage_simplify(shapes[kept], _SIMPLER), strict=True))
    groups: dict[tuple[str, str], list[BaseGeometry]] = {}
    for i in kept:
        if not simple[i].is_empty:
            groups.setdefault(keys[i], []).append(simple[i])
    return {name: shapely.union_all(groups[name]) for name in sorted(groups)}


def draw_territory(
    sheet: Sheet, view: View, theater: Theater, territory: gpd.GeoDataFrame, *, faded: bool = False
) -> dict[tuple[str, str], BaseGeometry]:
    """Areas by actor and status; gives the shapes on the sheet by status and actor."""

    def key(row: dict[str, Any]) -> tuple[str, str]:
        look = shade(str(row["status"]), str(row.get("doubt", "")))
        return look, "" if look == "undetermined" else str(row["actor"] or row["leaning"])

    shapes = merged_by(view, territory, key)
    for (status, actor), shape in shapes.items():
        color, pattern = look_of(theater, actor)
        if status == "undetermined":
            edge = shape.boundary
            sheet.line(edge, "#8a8378", 0.8, dash=(1, 4), order=11)
        elif status in {"held", "besieged"}:
            sheet.held(shape, color, pattern, order=10, faded=faded)
            if status == "besieged":
                sheet.line(shape.boundary, "#111111", 3.0, dash=(0.5, 6), order=21)
        elif status == "front_band":
            sheet.band(shape, color, order=10, faded=faded)
        elif status == "joint_control":
            sheet.band(shape, color, order=10, faded=faded)
            sheet.line(shape.boundary, "#333333", 1.2, order=21)
        elif status == "unconfirmed_pocket":
            sheet.line(shape.boundary, color, 2.2, dash=(5, 3), order=21)
        else:
            sheet.contested(shape, color if actor else None, order=10, faded=faded)
    return shapes


def draw_lines(sheet: Sheet, view: View, frontline: gpd.GeoDataFrame) -> None:
    """Front lines between hostile sides, boundaries between others."""
    for one, kind in zip(view.shapes(frontline), frontline["kind"], strict=True):
        if one.is_empty:
            continue
        simple = one.simplify(_SIMPLER)
        if kind == "front":
            sheet.line(simple, "#ffffff", 4.4, alpha=0.85, order=20)
            sheet.line(simple, "#161616", 2.1, order=20.2)
        else:
            sheet.line(simple, "#ffffff", 3, alpha=0.7, cap="butt", order=19)
            sheet.line(simple, "#333333", 1.2, dash=(5, 4), cap="butt", order=19.1)


def draw_places(
    sheet: Sheet, view: View, theater: Theater, states: pd.DataFrame, rows: list[int], room: Room
) -> list[Box]:
    """Dots of places, colored by who holds them; one that a name covers is left out."""
    boxes = []
    points = view.points(states["lon"], states["lat"])
    for row in rows:
        state = states.iloc[row]
        x, y = points[row]
        color, _ = look_of(theater, str(state["actor"])) if state["actor"] else ("#ffffff", "")
        size = {"city": 3.4, "town": 2.4}.get(str(state["kind"]), 1.9) * sheet.stroke / 0.75
        proven = bool(state["evidence"])
        size = size if proven else 0.75 * size
        if not room.is_free((x - 1, y - 1, x + 1, y + 1)):
            continue
        kind = "square" if state["kind"] in SITE_KINDS else "dot"
        order = 32 if state["kind"] == "city" else 31
        mark(sheet, kind, x, y, size, color, order=order, edge="#111111" if proven else "#ffffff")
        boxes.append((x - size, y - size, x + size, y + size))
    return boxes


def mark(
    sheet: Sheet,
    kind: str,
    x: float,
    y: float,
    size: float,
    color: str,
    *,
    order: float,
    edge: str = "#111111",
) -> None:
    """One sign: `dot`, `square`, `struck` (a star) or `advanced_toward` (a chevron)."""
    import shapely

    turns = {
        "dot": (32, 1.0, 0.0),
        "square": (4, 1.3, np.pi / 4),
        "struck": (16, 1.0, np.pi / 2),
    }
    if kind == "advanced_toward":
        corners = np.array([(-1, 1), (0, 0), (1, 1), (1, 0.1), (0, -0.9), (-1, 0.1)])
    else:
        count, reach, start = turns[kind]
        angle = start + 2 * np.pi * np.arange(count) / count
        radius = np.full(count, reach)
        if kind == "struck":
            radius[1::2] = 0.5
        corners = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    shape = shapely.Polygon(corners * size + (x, y))
    if kind in {"struck", "advanced_toward"}:
        sheet.area(shape.buffer(0.9 * sheet.stroke), "#ffffff", order=order - 0.1)
    sheet.area(shape, color, order=order, edge=edge, width=0.9 * sheet.stroke)


def draw_events(
    sheet: Sheet, view: View, theater: Theater, events: pd.DataFrame, room: Room
) -> list[Box]:
    """Strikes and advances of the last days, one sign for a place and kind, beside its dot."""
    if events.empty:
        return []
    points = view.points(events["lon"], events["lat"])
    size = 3.2 * sheet.stroke / 0.75
    boxes: list[Box] = []
    own = room.with_taken([])
    seen = set()
    inside = view.holds(points, size)
    newest = events.assign(row=range(len(events))).sort_values(
        ["event_date", "event_id"], ascending=[False, True]
    )
    for event in newest.to_dict("records"):
        key = (event["place_id"], event["kind"], event["actor"])
        if not inside[event["row"]] or event.get("certainty") == "denied" or key in seen:
            continue
        seen.add(key)
        color, _ = look_of(theater, str(event["actor"]))
        for x, y in _around(points[event["row"], 0], points[event["row"], 1], 1.6 * size):
            box = (x - size, y - size, x + size, y + size)
            if own.is_free(box):
                mark(sheet, str(event["kind"]), x, y, size, color, order=34)
                boxes.append(box)
                own.take([box])
                break
    return boxes


def _around(x: float, y: float, reach: float) -> list[tuple[float, float]]:
    """Spots above, beside and below a point, the nearest first."""
    angles = np.pi / 2 - 2 * np.pi * np.arange(8) / 8
    return [
        (x + ring * reach * float(np.cos(angle)), y + ring * reach * float(np.sin(angle)))
        for ring in (1.0, 1.8)
        for angle in angles
    ]


def draw_frame(sheet: Sheet, view: View) -> None:
    """Draw a thin line around the window."""
    import shapely

    sheet.line(shapely.box(*view.box).exterior, _FRAME_INK, 1.0, order=46)
