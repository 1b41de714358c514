"""
WDBII's unnamed rivers and the lakes of two sources → named rivers and lakes.

Which piece belongs to which river was read off a plot, against the towns each river passes; the
numbers are those of ``raw/wdbii_rivers.geojson``. Pieces that could not be told are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from _layers import read_layer
from shapely.ops import substring

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["water_layer"]

SIMPLIFY = 0.001

RIVERS: tuple[tuple[str, str, bool, tuple[tuple[int, ...], ...]], ...] = (
    ("Euphrates", "الفرات", True,
     ((97, 90, 88, 86, 87, 89, 95, 93, 94, 98, 101, 109, 115, 118, 122, 129),)),
    ("Tigris", "دجلة", True, ((117, 119, 123, 126, 127, 128),)),
    ("Khabur", "الخابور", False, ((107, 106, 116, 110),)),
    ("Orontes", "العاصي", False, ((55,), (71, 75, 63, 62, 64, 44))),
    ("Jordan", "الأردن", False, ((19, 21), (17, 15, 14, 16))),
    ("Yarmouk", "اليرموك", False, ((35, 24),)),
    ("Barada", "بردى", False, ((47,),)),
    ("Awaj", "الأعوج", False, ((32, 38),)),
    ("Afrin", "عفرين", False, ((80, 78),)),
)  # fmt: skip
"""Name, Arabic name, whether it parts the sides, pieces downstream in unbroken stretches."""

BEGINS = {
    106: (40.162, 36.724),  # its upper part is a wadi that the Khabur takes in
    116: (40.774, 36.500),  # the same below Hasakah
}
"""Piece → where the named river enters it."""

NE_LAKES = {
    "Buhayrat al-Assad": ("Lake Assad", "بحيرة الأسد"),
    "Ataturk Barajt": ("Atatürk reservoir", "بحيرة سد أتاتورك"),
}
GSHHG_LAKES = {
    (35.59, 32.80): ("Lake Tiberias", "بحيرة طبريا"),
    (37.49, 36.07): ("Lake Jabbul", "سبخة الجبول"),
    (36.55, 34.63): ("Lake Qattinah", "بحيرة قطينة"),
}
"""A point in the lake → its names. GSHHG's other lakes there are drained (Amik) or mostly dry."""


def water_layer(raw: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Rivers and lakes with `name`, `name_ar`, `kind` and `barrier`."""
    lakes = _lakes(raw)
    surface = shapely.union_all([geometry for _, geometry in lakes])
    pieces = {int(p["n"]): geometry for p, geometry in read_layer(raw / "wdbii_rivers.geojson")}
    rivers: list[tuple[dict[str, Any], BaseGeometry]] = []
    for name, arabic, barrier, stretches in RIVERS:
        lines = [_chained([pieces[number] for number in stretch], stretch) for stretch in stretches]
        outside = shapely.difference(shapely.MultiLineString(lines), surface)
        line = shapely.line_merge(shapely.simplify(outside, SIMPLIFY))
        rivers.append((_properties(name, arabic, "river", barrier=barrier), line))
    return [*rivers, *lakes]


def _properties(name: str, arabic: str, kind: str, *, barrier: bool) -> dict[str, Any]:
    return {"name": name, "name_ar": arabic, "kind": kind, "barrier": barrier}


def _chained(lines: list[BaseGeometry], numbers: tuple[int, ...]) -> shapely.LineString:
    """One line through the pieces in order, each turned so that it goes on where the last ended."""
    points: list[tuple[float, ...]] = []
    for number, line in zip(numbers, lines, strict=True):
        part = shapely.LineString(shapely.get_coordinates(line))
        if points and shapely.distance(shapely.Point(points[-1]), _end(part, 0)) > shapely.distance(
            shapely.Point(points[-1]), _end(part, -1)
        ):
            part = shapely.reverse(part)
        if number in BEGINS:
            rest = substring(part, part.project(shapely.Point(BEGINS[number])), part.length)
            part = shapely.LineString(shapely.get_coordinates(rest))
        points += [tuple(point) for point in shapely.get_coordinates(part)]
    return shapely.remove_repeated_points(shapely.LineString(points))


def _end(line: shapely.LineString, index: int) -> shapely.Point:
    return shapely.Point(line.coords[index])


def _lakes(raw: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    lakes = []
    for properties, geometry in read_layer(raw / "ne_lakes.geojson"):
        if properties["name"] in NE_LAKES:
            name, arabic = NE_LAKES[properties["name"]]
            lakes.append((_properties(name, arabic, "lake", barrier=True), geometry))
    old = [geometry for _, geometry in read_layer(raw / "gshhg_lakes.geojson")]
    for point, (name, arabic) in GSHHG_LAKES.items():
        geometry = next(lake for lake in old if lake.contains(shapely.Point(point)))
        small = shapely.simplify(geometry, SIMPLIFY)
        lakes.append((_properties(name, arabic, "lake", barrier=True), small))
    return lakes
