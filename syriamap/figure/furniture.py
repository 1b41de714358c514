"""
What stands around the map: title, legend, scale bar, north arrow, inset, sources.

All of it is laid out in points from the top down; in a right-to-left language it is mirrored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.figure.layers import look_of, mark
from syriamap.figure.sheet import INK, QUIET
from syriamap.look.kinds import SITE_KINDS
from syriamap.look.symbols import definition, shade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.figure.sheet import Sheet
    from syriamap.figure.view import View
    from syriamap.look.wording import Words
    from syriamap.theater.folder import Theater

__all__ = [
    "LegendRow", "Paragraph", "block_height", "draw_inset", "draw_legend", "draw_scale",
    "legend_height",
    "legend_rows", "line_rows", "sign_rows", "text_block",
]  # fmt: skip

Paragraph = tuple[str, float, str, str]
"""Text, size, weight and color."""

LegendRow = tuple[str, str, str, str]
"""Kind of sign (`head held contested … struck`), actor id, words, amount."""

_SWATCH = (2.5, 1.35)  # body text sizes
_LEAD = 1.5


_Pen = tuple[str, float, tuple[float, float] | None]
_OUTLINES: dict[str, _Pen] = {
    "joint_control": ("#333333", 1.4, None),
    "unconfirmed_pocket": ("#555555", 2.0, (5, 3)),
    "undetermined": ("#8a8378", 0.8, (1, 3)),
    "besieged": ("#111111", 2.2, (0.5, 4)),
}
_LINES: dict[str, _Pen] = {
    "front": ("#161616", 2.4, None),
    "boundary": ("#333333", 1.4, (5, 4)),
    "disputed": ("#3f3a36", 1.8, (6, 5)),
}


def text_block(
    sheet: Sheet, x: float, top: float, width: float, paragraphs: Sequence[Paragraph]
) -> float:
    """
    Write paragraphs from the top down; gives the height that they took.

    Each is text, size, weight and color. With an empty page's width the text is not written.
    """
    y = top
    right = x + width
    for text, size, weight, color in paragraphs:
        for line in sheet.wrapped(text, size, width):
            y -= size * 1.28
            rtl = _is_rtl(line, sheet)
            sheet.write(
                right if rtl else x,
                y + 0.26 * size,
                line,
                size=size,
                weight=weight,
                color=color,
                align="right" if rtl else "left",
            )
    return top - y


def block_height(sheet: Sheet, width: float, paragraphs: Sequence[Paragraph]) -> float:
    """Height that :func:`text_block` will take."""
    return sum(
        1.28 * size * len(sheet.wrapped(text, size, width)) for text, size, _, _ in paragraphs
    )


def _is_rtl(line: str, sheet: Sheet) -> bool:
    """English sentences in an Arabic figure run from left to right all the same."""
    return sheet.rtl and any("\u0600" <= letter <= "\u06ff" for letter in line)


def legend_height(sheet: Sheet, rows: Sequence[LegendRow], width: float) -> float:
    """Height that :func:`draw_legend` will take."""
    return sum(_row_height(sheet, row, width) for row in rows)


def _row_height(sheet: Sheet, row: LegendRow, width: float) -> float:
    if row[0] == "head":
        return 1.75 * sheet.unit
    return max(_LEAD * sheet.unit, 1.2 * sheet.unit * len(_row_lines(sheet, row, width)) + 2)


def _row_lines(sheet: Sheet, row: LegendRow, width: float) -> list[str]:
    amount = sheet.measure(row[3], 0.9 * sheet.unit)[0] if row[3] else 0.0
    room = width - (_SWATCH[0] + 0.7) * sheet.unit - amount - (4 if row[3] else 0)
    return sheet.wrapped(row[2], 0.95 * sheet.unit, max(room, 20))


def draw_legend(
    sheet: Sheet, theater: Theater, rows: Sequence[LegendRow], x: float, top: float, width: float
) -> float:
    """Only what is on this map, each sign drawn as the map draws it; gives the height taken."""
    y = top
    unit = sheet.unit
    for row in rows:
        kind, actor, words, amount = row
        high = _row_height(sheet, row, width)
        y -= high
        side, align = (x + width, "right") if sheet.rtl else (x, "left")
        if kind == "head":
            sheet.write(
                side,
                y + 0.35 * unit,
                words,
                size=0.9 * unit,
                weight="bold",
                color=QUIET,
                align=align,
            )
            continue
        swatch = _SWATCH[0] * unit
        left = x + width - swatch if sheet.rtl else x
        middle = y + high / 2
        _sign(sheet, theater, kind, actor, left, middle)
        lines = _row_lines(sheet, row, width)
        start = x + width - swatch - 0.7 * unit if sheet.rtl else x + swatch + 0.7 * unit
        for number, line in enumerate(lines):
            offset = (len(lines) / 2 - number - 0.5) * 1.2 * unit
            sheet.write(start, middle + offset - 0.33 * unit, line, size=0.95 * unit, align=align)
        far, other = (x, "left") if sheet.rtl else (x + width, "right")
        sheet.write(far, middle - 0.33 * unit, amount, size=0.9 * unit, color=QUIET, align=other)
    return top - y


def _sign(sheet: Sheet, theater: Theater, kind: str, actor: str, left: float, y: float) -> None:
    import shapely

    wide, high = _SWATCH[0] * sheet.unit, _SWATCH[1] * sheet.unit
    box = shapely.box(left, y - high / 2, left + wide, y + high / 2)
    line = shapely.LineString([(left, y), (left + wide, y)])
    country = definition()["base"]["country"]
    color, pattern = look_of(theater, actor)
    thin = 0.8 * sheet.stroke
    if kind in {"held", "gained", "before"}:
        sheet.area(box, country, order=45)
        sheet.held(box, color, pattern, order=45.1, faded=kind == "before")
        edge = 1.8 * sheet.stroke if kind == "gained" else thin
        sheet.area(box, "#ffffff", alpha=0, order=45.5, edge="#111111", width=edge)
    elif kind == "contested":
        sheet.area(box, "#ffffff", order=45, edge="#666666", width=thin)
        sheet.contested(box, None, order=45.1)
    elif kind == "front_band":
        sheet.area(box, "#ffffff", order=45, edge="#666666", width=thin)
        sheet.band(box, "#5b5b5b", order=45.1)
    elif kind in _OUTLINES:
        if kind == "joint_control":
            sheet.area(box, "#ffffff", order=45)
            sheet.band(box, "#5b5b5b", order=45.1)
        if kind in {"undetermined", "besieged"}:
            sheet.area(box, country, order=45)
        ink, width, dash = _OUTLINES[kind]
        sheet.line(box.exterior, ink, width, dash=dash or "solid", order=45.2)
    elif kind in _LINES:
        ink, width, dash = _LINES[kind]
        sheet.line(
            line, ink, width, dash=dash or "solid", cap="butt" if dash else "round", order=45
        )
    elif kind == "inferred":
        mark(
            sheet,
            "dot",
            left + wide / 2,
            y,
            2.2 * sheet.stroke / 0.75,
            "#8a8a8a",
            order=45,
            edge="#ffffff",
        )
    else:
        shape = {"evidence": "dot", "site": "square"}.get(kind, kind)
        mark(sheet, shape, left + wide / 2, y, 3 * sheet.stroke / 0.75, "#ffffff", order=45)


def draw_scale(sheet: Sheet, view: View, words: Words, x: float, y: float, most: float) -> float:
    """Draw a scale bar of at most `most` points and a north arrow; gives the width taken."""
    import shapely

    unit = sheet.unit
    meters = _round_length(most / view.scale)
    wide = meters * view.scale
    high = 0.35 * unit
    for part in range(4):
        box = shapely.box(x + wide * part / 4, y, x + wide * (part + 1) / 4, y + high)
        sheet.area(
            box, INK if part % 2 == 0 else "#ffffff", order=47, edge=INK, width=0.7 * sheet.stroke
        )
    half, whole = meters / 2_000, meters / 1_000
    halo = 1.4 * sheet.stroke
    label = sheet.measure(f"{whole:g} {words('km')}", 0.85 * unit)[0]
    middle = f"{half:g}" if label < 0.6 * wide else ""
    for share, text in ((0.0, "0"), (0.5, middle), (1.0, f"{whole:g} {words('km')}")):
        sheet.write(
            x + wide * share,
            y + high + 0.35 * unit,
            text,
            size=0.85 * unit,
            align="center",
            halo=halo,
            order=47,
        )
    arrow = x + wide + 2.6 * unit
    sheet.area(
        shapely.Polygon(
            [
                (arrow, y + 2.2 * unit),
                (arrow - 0.55 * unit, y + 0.2 * unit),
                (arrow, y + 0.65 * unit),
            ]
        ),
        INK,
        order=47,
    )
    sheet.area(
        shapely.Polygon(
            [
                (arrow, y + 2.2 * unit),
                (arrow + 0.55 * unit, y + 0.2 * unit),
                (arrow, y + 0.65 * unit),
            ]
        ),
        "#ffffff",
        order=47,
        edge=INK,
        width=0.6 * sheet.stroke,
    )
    sheet.write(
        arrow,
        y + 2.4 * unit,
        words("north"),
        size=0.9 * unit,
        weight="bold",
        align="center",
        halo=halo,
        order=47,
    )
    return wide + 3.4 * unit


def _round_length(meters: float) -> float:
    """Longest of 1, 2, 4, 5, 10, … that fits."""
    power = 10.0 ** np.floor(np.log10(meters))
    return float(max(step * power for step in (1, 2, 4, 5) if step * power <= meters))


def draw_inset(sheet: Sheet, region: View, view: View, theater: Theater) -> None:
    """Draw the region around, the country in it, and the window of the main map."""
    import shapely

    colors = definition()["base"]
    inside = sheet.inside(region.box)
    frame = shapely.box(*region.box)
    inside.area(frame, colors["sea"] if len(theater.neighbors) else colors["land"], order=44)
    for one in region.shapes(theater.neighbors):
        inside.area(one.simplify(0.3), colors["land"], order=44.1, edge="#b8ada0", width=0.4)
    country = region.shape(theater.boundary).simplify(0.3)
    inside.area(country, "#8f8576", order=44.2, edge="#3f3a36", width=0.6)
    west, south, east, north = view.metric
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    origin, start = np.array(region.metric[:2]), np.array(region.box[:2])
    window = shapely.Polygon((corners - origin) * region.scale + start)
    inside.line(window.exterior, "#b3261e", 1.8, order=44.3)
    sheet.line(frame.exterior, "#3f3a36", 0.8, order=44.4)


def legend_rows(
    theater: Theater, words: Words, territory: Any, frontline: Any, events: Any, states: Any
) -> list[LegendRow]:
    """Rows for what is on the map, the largest areas first."""
    held = territory[territory["status"].isin(["held", "besieged"])]
    km2 = held.groupby("actor")["area_km2"].sum()
    on_map = sorted(km2.index, key=lambda actor: (-km2[actor], actor))
    rows: list[LegendRow] = [("head", "", words("control"), "")]
    for actor in on_map:
        name = words.actor_name(theater.actors, actor)
        rows.append(("held", actor, name, words.km2(km2[actor])))
    doubt = territory["doubt"] if "doubt" in territory else [""] * len(territory)
    looks = np.array([shade(*row) for row in zip(territory["status"], doubt, strict=True)])
    for look in (
        "contested",
        "joint_control",
        "front_band",
        "unconfirmed_pocket",
        "undetermined",
        "besieged",
    ):
        area = float(territory.loc[looks == look, "area_km2"].sum())
        if area:
            rows.append((look, "", words(look), words.km2(area)))
    rows += line_rows(theater, words, frontline)
    return rows + sign_rows(words, events, states)


def line_rows(theater: Theater, words: Words, frontline: Any) -> list[LegendRow]:
    """Rows for the kinds of lines."""
    kinds = set(frontline["kind"])
    rows: list[LegendRow] = [
        (kind, "", words(kind), "") for kind in ("front", "boundary") if kind in kinds
    ]
    if len(theater.disputed):
        rows.append(("disputed", "", words("disputed"), ""))
    return [("head", "", words("lines"), ""), *rows] if rows else []


def sign_rows(words: Words, events: Any, states: Any) -> list[LegendRow]:
    """Rows for dots and events."""
    proven = states[states["evidence"].astype(bool)]
    rows: list[LegendRow] = []
    if len(proven):
        rows.append(("evidence", "", words("evidence"), ""))
    if len(proven) < len(states):
        rows.append(("inferred", "", words("no_evidence"), ""))
    if proven["kind"].isin(SITE_KINDS).any():
        rows.append(("site", "", words("site"), ""))
    kinds = set(events["kind"]) if len(events) else set()
    rows += [(kind, "", words(kind), "") for kind in ("struck", "advanced_toward") if kind in kinds]
    return [("head", "", words("places_and_events"), ""), *rows] if rows else []
