"""
Each source's rows → places in one shape.

In come the extracts and the hand-written sites as dictionaries, out go lists of :class:`Place`;
nothing is merged here.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely
from _spelling import arabic, display_name, is_arabic, latin, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "CITY_PEOPLE",
    "SETTLEMENTS",
    "Place",
    "airfields",
    "geonames_towns",
    "kilometers",
    "osm_settlements",
    "read_rows",
    "sites",
]

CITY_PEOPLE = 50_000
"""A place known to have fewer is no city, whatever its class in OpenStreetMap."""

SETTLEMENTS = ("city", "town", "village", "hamlet", "district")
KM_PER_DEGREE = 111.2

OSM_KINDS = {"12": "city", "13": "town", "14": "village"}
GOVERNORATES = {
    "01": "SY-HA", "02": "SY-LA", "03": "SY-QU", "04": "SY-RA", "05": "SY-SU", "06": "SY-DR",
    "07": "SY-DY", "08": "SY-RD", "09": "SY-HL", "10": "SY-HM", "11": "SY-HI", "12": "SY-ID",
    "13": "SY-DI", "14": "SY-TA",
}  # fmt: skip
"""GeoNames' codes of the governorates; more to be trusted than the generalized polygons."""


@dataclass(frozen=True)
class Place:
    """One row of ``places.csv`` with its other names as (name, lang, source)."""

    place_id: str
    name: str
    kind: str
    lat: float
    lon: float
    source: str
    source_id: str
    name_ar: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    pcode: str = ""
    population: int | None = None
    raw_id: str = ""
    names: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def rank(self) -> tuple[int, int, str]:
        """Which of several rows of one place gives the id: the smallest."""
        kinds = ("city", "town", "village", "district", "hamlet")
        source = {"site": 0, "gn": 1, "osm": 2}.get(self.place_id.split("-")[0], 3)
        kind = kinds.index(self.kind) if self.kind in kinds else len(kinds)
        return source, kind, self.place_id


class _Located(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def kilometers(one: _Located, other: _Located) -> float:
    """Distance of two points, well enough for some kilometers."""
    east = (one.lon - other.lon) * np.cos(np.radians((one.lat + other.lat) / 2))
    return float(np.hypot(east, one.lat - other.lat) * KM_PER_DEGREE)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file; none when the file is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def osm_settlements(rows: Iterable[dict[str, str]]) -> list[Place]:
    """Rows of OpenStreetMap; the id is a hash of name and point, as the extract has no ids."""
    places = []
    for number, row in enumerate(rows):
        if row["id"] not in OSM_KINDS:
            continue
        lat, lon = (float(np.round(float(row[key]), 5)) for key in ("lat", "lon"))
        digest = hashlib.sha1(f"{row['name']}|{lat}|{lon}".encode()).hexdigest()  # noqa: S324
        written, *others = [part.strip() for part in row["name"].split(";")]
        written = written.split(",")[0]  # "Ad-Darbasiyah, Al-Hasakah": town and governorate
        name = display_name(written[:1].upper() + written[1:])
        names = [
            text
            for text in (written, *others)
            if text.casefold() != name.casefold() and not is_arabic(text)
        ]
        places.append(
            Place(
                place_id=f"osm-{digest[:8]}",
                name=name,
                kind=OSM_KINDS[row["id"]],
                lat=lat,
                lon=lon,
                source="OpenStreetMap",
                source_id="",
                name_ar=arabic(written),
                raw_id=f"osm:{number}",
                names=tuple((text, "und", "OpenStreetMap") for text in names),
            )
        )
    return list({place.place_id: place for place in places}.values())


def geonames_towns(
    rows: Iterable[dict[str, str]], codes: Iterable[dict[str, str]], golan: BaseGeometry
) -> list[Place]:
    """Rows of GeoNames; of the towns listed under Israel those in the Golan."""
    features = {row["geonameid"]: row["feature_code"] for row in codes}
    places = []
    for row in rows:
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        if row["country"] != "SY" and not golan.contains(point):
            continue
        alternates = row["alternates"].split("|")
        arabic_names = [text for text in map(arabic, alternates) if text]
        latin_names = [text for text in map(latin, [row["name"], *alternates]) if text]
        name = display_name(row["name"])
        names = [(text, "und", "GeoNames") for text in _distinct(latin_names) if text != name]
        names += [(text, "ar", "GeoNames") for text in _with_article(arabic_names)[1:]]
        # GeoNames' 0 is "not known", its 99,999 "a hundred thousand or so": no counts
        population = int(row["population"])
        places.append(
            Place(
                place_id=f"gn-{row['geonameid']}",
                name=name,
                kind=_kind(features.get(row["geonameid"], ""), int(row["population"])),
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                source="GeoNames",
                source_id=row["geonameid"],
                name_ar=next(iter(_with_article(arabic_names)), ""),
                admin1=GOVERNORATES.get(row["admin1"], "") if row["country"] == "SY" else "",
                population=None if population in {0, 99_999} else population,
                raw_id=f"geonames:{row['geonameid']}",
                names=tuple(names),
            )
        )
    return places


def _distinct(names: list[str]) -> list[str]:
    """The first of the names that differ only in diacritics and apostrophes; the first name too."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(plain(name).casefold(), name)
    return list(seen.values())


def _with_article(names: list[str]) -> list[str]:
    """Arabic names but those that lack the article another has: `ثورة`, revolution, is no town."""
    return [name for name in names if f"ال{name}" not in names]


def _kind(feature: str, population: int) -> str:
    """Kind of a GeoNames town: its rank as a seat, then its size."""
    if feature in {"PPLC", "PPLA"} and population >= CITY_PEOPLE:
        return "city"
    if population >= 100_000 and feature != "PPLX":
        return "city"
    if feature in {"PPLA", "PPLA2", "PPLA3"}:
        return "town"
    if feature == "PPLX":
        return "district"
    return "town" if population >= 5_000 and feature not in {"PPLQ", "PPLH"} else "village"


def airfields(rows: Iterable[dict[str, str]]) -> list[Place]:
    """Rows of OurAirports but the closed ones."""
    places = []
    for row in rows:
        if row["type"] == "closed":
            continue
        words = row["name"].casefold()
        military = "base" in words.replace("base helipad", "") or "military" in words
        kind = "heliport" if row["type"] == "heliport" else "airport"
        keywords = [text.strip() for text in row["keywords"].split(",")]
        names = [(arabic(text), "ar", "OurAirports") for text in keywords if arabic(text)]
        names += [(text, "und", "OurAirports") for text in map(latin, keywords) if text]
        places.append(
            Place(
                place_id=f"oa-{row['ident']}",
                name=row["name"],
                kind="airbase" if military and kind == "airport" else kind,
                lat=round(float(row["latitude_deg"]), 5),
                lon=round(float(row["longitude_deg"]), 5),
                source="OurAirports",
                source_id=row["ident"],
                raw_id=f"oa:{row['ident']}",
                name_ar=next((name for name, lang, _ in names if lang == "ar"), ""),
                names=tuple(names),
            )
        )
    return places


def sites(rows: Iterable[dict[str, str]]) -> list[Place]:
    """Rows of the hand-written ``sites.csv``."""
    return [
        Place(
            place_id=row["place_id"],
            name=row["name"],
            name_ar=row["name_ar"],
            kind=row["kind"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            admin1=row["admin1"],
            population=int(row["population"]) if row["population"] else None,
            source=row["source"],
            source_id=row["source_id"],
        )
        for row in rows
    ]
