"""
Governorates, districts and subdistricts: their names, their lines, and which of them a place is in.

OCHA's units, with the codes and names that this project has for governorates. A district or
subdistrict goes by the name that its seat has in ``places.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from _rows import Place, kilometers
from _spelling import alike_names, consonants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from _communities import Community
    from shapely.geometry.base import BaseGeometry

__all__ = ["UNIT_COLUMNS", "Unit", "iso_code", "named", "read_units", "unit_rows", "with_units"]

GOVERNORATES = {
    "SY01": ("SY-DI", "Damascus", "دمشق"), "SY02": ("SY-HL", "Aleppo", "حلب"),
    "SY03": ("SY-RD", "Rif Dimashq", "ريف دمشق"), "SY04": ("SY-HI", "Homs", "حمص"),
    "SY05": ("SY-HM", "Hama", "حماة"), "SY06": ("SY-LA", "Latakia", "اللاذقية"),
    "SY07": ("SY-ID", "Idlib", "إدلب"), "SY08": ("SY-HA", "Hasakah", "الحسكة"),
    "SY09": ("SY-DY", "Deir ez-Zor", "دير الزور"), "SY10": ("SY-TA", "Tartus", "طرطوس"),
    "SY11": ("SY-RA", "Raqqa", "الرقة"), "SY12": ("SY-DR", "Daraa", "درعا"),
    "SY13": ("SY-SU", "Suwayda", "السويداء"), "SY14": ("SY-QU", "Quneitra", "القنيطرة"),
}  # fmt: skip
"""P-code → the ISO code of ``places.csv`` and the names of ``admin1.geojson``."""

UNIT_COLUMNS = ("pcode", "level", "name", "name_ar", "other_name", "admin1", "admin2")
SURE = 1.5
"""A place is in the subdistrict of the nearest community of its district, when the nearest of
another subdistrict there is this many times as far."""
FAR_KM = 5.0
"""Farther from any community the subdistrict is not known."""


@dataclass(frozen=True)
class Unit:
    """
    A governorate, district or subdistrict.

    Attributes
    ----------
    pcode
        OCHA's code.
    level
        1, 2 or 3.
    name, name_ar
        As ``admin_units.csv`` has them.
    source_name
        OCHA's spelling.
    part_of
        P-code of the unit above; empty for a governorate.
    """

    pcode: str
    level: int
    name: str
    name_ar: str
    source_name: str
    part_of: str


def read_units(rows: Iterable[Mapping[str, str]]) -> dict[str, Unit]:
    """OCHA's units by p-code; `مركز` and `مدينة`, the center and the city of, leave the names."""
    units = {}
    for row in sorted(rows, key=lambda row: row["pcode"]):
        code = row["pcode"]
        script = re.sub("^(?:مركز ?|مدينة )", "", row["name_ar"])
        name = row["name"]
        if row["level"] == "1":
            _, name, script = GOVERNORATES[code]
        units[code] = Unit(code, int(row["level"]), name, script, row["name"], row["part_of"])
    return units


def named(
    units: Mapping[str, Unit], places: Sequence[Place], taken: Mapping[str, Community]
) -> dict[str, Unit]:
    """
    Units under the name that their seat has, where the unit is called as its seat is.

    Without a seat it is the community in it that is called as the unit is; where there is none, as
    for Mount Simeon around Aleppo, OCHA's name stays. Of two subdistricts of one name in one
    district none is renamed.
    """
    by_id = {place.place_id: place for place in places}
    inside: dict[str, list[tuple[str, Place, Community]]] = {}
    for place_id, community in taken.items():
        unit = units.get(community.subdistrict)
        while unit is not None:
            rank = community.seat or "9"
            inside.setdefault(unit.pcode, []).append((rank, by_id[place_id], community))
            unit = units.get(unit.part_of)
    renamed = {}
    for code, unit in units.items():
        called = [
            (rank, place.place_id, place)
            for rank, place, community in inside.get(code, [])
            if alike_names((unit.source_name, unit.name_ar), community.names)
        ]
        name = unit.name
        if unit.level > 1 and called:
            name = min(called)[2].name
        elif unit.level > 1 and consonants(unit.source_name) == consonants("Rural Damascus"):
            name = GOVERNORATES["SY03"][1]
        renamed[code] = replace(unit, name=name)
    return renamed


def unit_rows(units: Mapping[str, Unit]) -> list[list[object]]:
    """Districts and subdistricts as rows of ``admin_units.csv``, by p-code."""
    rows: list[list[object]] = []
    for code, unit in sorted(units.items()):
        if unit.level == 1:
            continue
        above = units[unit.part_of]
        top = above if above.level == 1 else units[above.part_of]
        other = unit.source_name if unit.source_name != unit.name else ""
        district = above.name if unit.level == 3 else ""
        iso = GOVERNORATES[top.pcode][0]
        rows.append([code, unit.level, unit.name, unit.name_ar, other, iso, district])
    return rows


# --- which unit a place is in ------------------------------------------------------------------


def with_units(
    places: Sequence[Place],
    taken: Mapping[str, Community],
    units: Mapping[str, Unit],
    districts: Mapping[str, BaseGeometry],
) -> list[Place]:
    """
    Places with governorate, district and, where it is known, subdistrict.

    Those of a joined place are its community's. Of any other the district is that of the polygon
    it lies in, or nearest to; a governorate written by hand narrows the choice. The subdistrict is
    that of the nearest community of the district, and empty near a line between two.
    """
    by_id = {place.place_id: place for place in places}
    sites = [(by_id[place_id], community) for place_id, community in sorted(taken.items())]
    near = _Nearby(sites)
    codes = sorted(districts)
    made = []
    for place in places:
        community = taken.get(place.place_id)
        if community is not None:
            made.append(_placed(place, community.subdistrict, units))
            continue
        allowed = [code for code in codes if iso_code(units, code) == place.admin1] or codes
        point = shapely.Point(place.lon, place.lat)
        away = [shapely.distance(districts[code], point) for code in allowed]
        district = allowed[int(np.argmin(away))]
        made.append(_placed(place, near.subdistrict(place, district, units) or district, units))
    return made


def iso_code(units: Mapping[str, Unit], code: str) -> str:
    """ISO code of the governorate that a unit is or lies in."""
    unit = units[code]
    while unit.part_of:
        unit = units[unit.part_of]
    return GOVERNORATES[unit.pcode][0]


def _placed(place: Place, code: str, units: Mapping[str, Unit]) -> Place:
    unit = units[code]
    third = unit.name if unit.level == 3 else ""
    district = units[unit.part_of] if unit.level == 3 else unit
    return replace(place, admin1=iso_code(units, code), admin2=district.name, admin3=third)


class _Nearby:
    """Communities around a point."""

    def __init__(self, sites: Sequence[tuple[Place, Community]]) -> None:
        self._sites = sites
        points = shapely.points([c.lon for _, c in sites], [c.lat for _, c in sites])
        self._tree = shapely.STRtree(points)

    def subdistrict(self, place: Place, district: str, units: Mapping[str, Unit]) -> str:
        """P-code of the subdistrict that a place is surely in; empty when it is not sure."""
        reach = shapely.buffer(shapely.Point(place.lon, place.lat), FAR_KM / 90.0)
        nearest: dict[str, float] = {}
        for number in map(int, self._tree.query(reach)):
            community = self._sites[number][1]
            if units[community.subdistrict].part_of == district:
                away = kilometers(place, community)
                code = community.subdistrict
                nearest[code] = min(away, nearest.get(code, np.inf))
        order = sorted((away, code) for code, away in nearest.items() if away <= FAR_KM)
        if not order:
            return ""
        next_one = order[1][0] if len(order) > 1 else np.inf
        return order[0][1] if next_one >= SURE * order[0][0] else ""
