"""
Names on the map that do not collide: the most important first, each where there is room.

In come the states of the places and the boxes that are taken, out go the rows of the places that
are named. The same input gives the same names at the same spots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.figure.sheet import INK
from syriamap.look.kinds import SITE_KINDS
from syriamap.look.symbols import is_dark, mix

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from syriamap.figure.room import Room
    from syriamap.figure.sheet import Box, Sheet
    from syriamap.figure.view import View
    from syriamap.look.wording import Words
    from syriamap.theater.folder import Theater

__all__ = ["candidates_of", "name_areas", "name_neighbors", "name_places"]

_RANKS = {"city": 0, "town": 1}
_SIZES = {0: (1.12, "bold"), 1: (0.95, "normal"), 2: (0.85, "normal"), 3: (0.85, "normal")}
_LONGEST = 34


def _rank(state: Any) -> int:
    kind = str(state["kind"])
    return _RANKS.get(kind, 2 if kind in SITE_KINDS else 3)


def candidates_of(view: View, states: pd.DataFrame, *, most: int) -> list[int]:
    """
    Rows of the places that may be named, the most important first.

    Cities come first, then places with evidence, then towns by population; villages without
    evidence are named only where the map shows less than about 60 km.
    """
    inside = view.holds(view.points(states["lon"], states["lat"]), 3)
    close = view.scale * 60_000 >= view.box[2] - view.box[0]
    proven_rows = states["evidence"].to_numpy(bool)
    worth = states["kind"].isin(_RANKS).to_numpy(bool) | proven_rows | close
    ranked = []
    peopled = states["population"].fillna(0).to_numpy(dtype=float)
    columns = [states["kind"], states["place_id"]]
    for row in np.flatnonzero(inside & worth).tolist():
        kind, place = (column.iat[row] for column in columns)
        people = peopled[row]
        rank = _rank({"kind": kind})
        order = 0 if rank == 0 else 1 if proven_rows[row] and rank == 1 else 2 if rank == 1 else 3
        ranked.append((order, rank, -int(people), str(place), row))
    return [row for *_, row in sorted(ranked)[:most]]


def name_places(
    sheet: Sheet, view: View, states: pd.DataFrame, rows: list[int], room: Room, words: Words
) -> list[int]:
    """
    Name places beside their dots; a place without room for its name stays without.

    Returns
    -------
    list
        The rows that got a name.
    """
    points = view.points(states["lon"], states["lat"])
    named = []
    for row in rows:
        state = states.iloc[row]
        rank = _rank(state)
        share, weight = _SIZES[rank]
        size = share * sheet.unit
        text = words.name(dict(state))
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        wide, high = sheet.measure(text, size, weight)
        x, y = points[row]
        gap = (4.6 if rank == 0 else 3.8) * sheet.stroke / 0.75
        for left, bottom in (
            (x + gap, y - high / 2),
            (x - gap - wide, y - high / 2),
            (x - wide / 2, y + gap * 0.8),
            (x - wide / 2, y - gap * 0.8 - high),
            (x + 0.7 * gap, y + 0.4 * gap),
            (x + 0.7 * gap, y - 0.4 * gap - high),
            (x - 0.7 * gap - wide, y + 0.4 * gap),
            (x - 0.7 * gap - wide, y - 0.4 * gap - high),
        ):
            box = (left - 0.5, bottom + 0.12 * high, left + wide + 0.5, bottom + 0.98 * high)
            if room.is_free(box):
                baseline = bottom + 0.3 * high
                halo = 1.5 * sheet.stroke
                sheet.write(left, baseline, text, size=size, weight=weight, halo=halo, order=40)
                room.take([box])
                named.append(row)
                break
    return named


def name_areas(
    sheet: Sheet,
    view: View,
    theater: Theater,
    shapes: Mapping[tuple[str, str], BaseGeometry],
    room: Room,
    dots: list[Box],
    words: Words,
) -> None:
    """Write the actors' short names into their largest areas, clear of the dots to come."""
    import shapely

    window = shapely.box(*view.box)
    parts = []
    for (status, actor), shape in shapes.items():
        if status == "held" and actor in theater.actors.index:
            cut = shapely.intersection(shape, window)
            own = [one for one in shapely.get_parts(cut) if one.area > 0]  # an empty cut is a part
            parts += [(one.area, actor, one) for one in sorted(own, key=lambda one: -one.area)[:3]]
    for _, actor, part in sorted(parts, key=lambda one: (-one[0], one[1])):
        row = theater.actors.loc[actor]
        text = words.short(dict(row))
        text = text if words.rtl else text.upper()
        size = 1.25 * sheet.unit
        wide, high = sheet.measure(text, size, "bold")
        if wide <= 0 or high <= 0:
            continue  # a name without a sign that can be drawn
        spot = _spot_inside(part, wide, high, room.with_taken(dots))
        if spot is None:
            continue
        x, y = spot
        dark = mix(str(row["color"]), "#000000", 0.62) if not is_dark(str(row["color"])) else INK
        sheet.write(
            x,
            y - 0.33 * size,
            text,
            size=size,
            weight="bold",
            color=dark,
            align="center",
            halo=2 * sheet.stroke,
            order=39,
        )
        room.take([(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)])


def _spot_inside(
    part: BaseGeometry, wide: float, high: float, room: Room
) -> tuple[float, float] | None:
    """Middle of a free box inside an area, the nearest to where the area is widest."""
    import shapely

    left, bottom, right, top = part.bounds
    x, y = np.meshgrid(np.arange(left, right, 0.25 * wide), np.arange(bottom, top, 0.5 * high))
    x, y = x.ravel(), y.ravel()
    boxes = shapely.box(x - 0.42 * wide, y - 0.4 * high, x + 0.42 * wide, y + 0.4 * high)
    shapely.prepare(part)
    inside = shapely.contains(part, boxes)
    if not inside.any():
        return None
    circle = shapely.maximum_inscribed_circle(np.array([part]), tolerance=2.0)
    middle = shapely.get_coordinates(circle)[0]
    far = np.hypot(x - middle[0], 2 * (y - middle[1]))
    for index in np.argsort(far, kind="stable"):
        spot = float(x[index]), float(y[index])
        box = (spot[0] - wide / 2, spot[1] - high / 2, spot[0] + wide / 2, spot[1] + high / 2)
        if inside[index] and room.is_free(box):
            return spot
    return None


def name_neighbors(sheet: Sheet, view: View, theater: Theater, room: Room, words: Words) -> None:
    """Write the names of the countries around, where the visible part of each is widest."""
    import shapely

    window = shapely.box(*view.box)
    country = view.shape(theater.boundary)
    rows: list[Any] = theater.neighbors.drop(columns="geometry").to_dict("records")
    for row, shape in zip(rows, view.shapes(theater.neighbors), strict=True):
        free = shapely.difference(shapely.intersection(shape, window), country.buffer(2))
        if free.is_empty or not row["name"] or free.area < 200:
            continue
        circle = shapely.maximum_inscribed_circle(np.array([free]), tolerance=3.0)[0]
        x, y = shapely.get_coordinates(circle)[0]
        text = words.name(row)
        text = text if words.rtl else text.upper()
        wide, high = sheet.measure(text, 0.9 * sheet.unit)
        box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        if circle.length >= 0.4 * wide and room.is_free(box):
            sheet.write(
                x,
                y - 0.3 * sheet.unit,
                text,
                size=0.9 * sheet.unit,
                color="#85796b",
                align="center",
                order=38,
            )
            room.take([box])
