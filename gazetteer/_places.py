"""
Raw rows and the overlay → the places and their names.

In come the settlements of OpenStreetMap, the towns of GeoNames, the airfields of OurAirports and
the hand-written overlay; out go the rows of ``places.csv`` and ``names.csv``. Rows of several
sources that mean one place become one row; which id survives depends on the rows alone, never on
their order.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np
import shapely
from _spelling import arabic, display_name, is_arabic, latin, plain, skeleton, vowelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["Place", "build_places", "read_rows"]

SAME_PLACE_KM = 2.0
"""Rows of one name that lie closer than this are one place."""
SAME_TOWN_KM = 3.5
"""The same for a GeoNames town and a village: many villages are placed to the arc minute only."""
SAME_POINT_KM = 0.4
"""Rows this close are one place when the consonants agree or one name begins with the other."""
ALIKE, VERY_ALIKE = 0.78, 0.9
"""Share of letters two names of one consonant skeleton have in common, vowels counted. `Dabiq` and
`Duwaybiq`, 1.4 km apart, are two villages; `Kafr Nabl` and `Kafranbel` one."""
OUTSIDE_KM = 5.0
"""A row farther outside the country than this is left out."""
KM_PER_DEGREE = 111.2

CITY_PEOPLE = 50_000
"""A place known to have fewer is no city, whatever its class in OpenStreetMap."""

OSM_KINDS = {"12": "city", "13": "town", "14": "village"}
SETTLEMENTS = ("city", "town", "village", "hamlet", "district")
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
    population: int = 0
    raw_id: str = ""
    names: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def rank(self) -> tuple[int, int, str]:
        """Which of several rows of one place gives the id: the smallest."""
        sources = ("overlay", "geonames", "openstreetmap")
        kinds = ("city", "town", "village", "district", "hamlet")
        first = self.place_id.split("-")[0]
        source = {"site": 0, "gn": 1, "osm": 2}.get(first, len(sources))
        kind = kinds.index(self.kind) if self.kind in kinds else len(kinds)
        return source, kind, self.place_id


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file; none when the file is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def build_places(
    raw: Path,
    overlay: Path,
    *,
    country: BaseGeometry,
    golan: BaseGeometry,
    governorates: dict[str, BaseGeometry],
) -> tuple[list[Place], list[str]]:
    """
    Build all places with their names, in the order of their ids, and what there is to report.

    Parameters
    ----------
    raw, overlay
        Folders of the extracts and of the hand-written files.
    country
        The default outline, EPSG:4326.
    golan
        The Golan in it; of the towns that GeoNames lists under Israel only those in it count.
    governorates
        ISO code → polygon, EPSG:4326; for rows whose source names no governorate.
    """
    sites = _sites(read_rows(overlay / "sites.csv"))
    replaced = _replaced(read_rows(overlay / "sites.csv"))
    rejected = {(row["place_id"], row["name"]) for row in read_rows(overlay / "rejected.csv")}
    dropped = {place_id for place_id, name in rejected if place_id and not name}
    notes: list[str] = []
    rows = [
        place
        for place in (
            *_osm(read_rows(raw / "osm_settlements.csv")),
            *_geonames(
                read_rows(raw / "geonames_towns.csv"), read_rows(raw / "geonames_codes.csv"), golan
            ),
            *_airfields(read_rows(raw / "ourairports.csv")),
        )
        if place.raw_id not in replaced and place.place_id not in dropped
    ]  # fmt: skip
    rows = _inside(rows, country, notes)
    places, became = _merged([*sites, *rows])
    places = _corrected(places, read_rows(overlay / "corrections.csv"), became, notes)
    places = _with_names(places, read_rows(overlay / "names.csv"), became, notes)
    places = [_without(place, rejected) for place in places]
    places = _with_governorates(places, governorates)
    return sorted(places, key=lambda place: place.place_id), notes


def _osm(rows: Iterable[dict[str, str]]) -> list[Place]:
    places = []
    for number, row in enumerate(rows):
        if row["id"] not in OSM_KINDS:
            continue
        lat, lon = (float(np.round(float(row[key]), 5)) for key in ("lat", "lon"))
        digest = hashlib.sha1(f"{row['name']}|{lat}|{lon}".encode()).hexdigest()  # noqa: S324
        written, *others = [part.strip() for part in row["name"].split(";")]
        written = written.split(",")[0]  # "Ad-Darbasiyah, Al-Hasakah": town and governorate
        name = display_name(written)
        names = [text for text in (written, *others) if text != name and not is_arabic(text)]
        places.append(
            Place(
                place_id=f"osm-{digest[:8]}", name=name, kind=OSM_KINDS[row["id"]], lat=lat,
                lon=lon, source="OpenStreetMap", source_id="",
                name_ar=arabic(written), raw_id=f"osm:{number}",
                names=tuple((text, "und", "OpenStreetMap") for text in names),
            )
        )  # fmt: skip
    return list({place.place_id: place for place in places}.values())


def _geonames(
    rows: Iterable[dict[str, str]], codes: Iterable[dict[str, str]], golan: BaseGeometry
) -> list[Place]:
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
        population = int(row["population"])
        if population == 99_999:  # GeoNames' "a hundred thousand or so", no count
            population = 0
        places.append(
            Place(
                place_id=f"gn-{row['geonameid']}", name=name,
                kind=_kind(features.get(row["geonameid"], ""), int(row["population"])),
                lat=float(row["lat"]), lon=float(row["lon"]), source="GeoNames",
                source_id=row["geonameid"], name_ar=next(iter(_with_article(arabic_names)), ""),
                admin1=GOVERNORATES.get(row["admin1"], "") if row["country"] == "SY" else "",
                population=population, raw_id=f"geonames:{row['geonameid']}",
                names=tuple(names),
            )
        )  # fmt: skip
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


def _airfields(rows: Iterable[dict[str, str]]) -> list[Place]:
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
                place_id=f"oa-{row['ident']}", name=row["name"],
                kind="airbase" if military and kind == "airport" else kind,
                lat=round(float(row["latitude_deg"]), 5), lon=round(float(row["longitude_deg"]), 5),
                source="OurAirports", source_id=row["ident"], raw_id=f"oa:{row['ident']}",
                name_ar=next((name for name, lang, _ in names if lang == "ar"), ""),
                names=tuple(names),
            )
        )  # fmt: skip
    return places


def _sites(rows: Iterable[dict[str, str]]) -> list[Place]:
    return [
        Place(
            place_id=row["place_id"], name=row["name"], name_ar=row["name_ar"], kind=row["kind"],
            lat=float(row["lat"]), lon=float(row["lon"]), admin1=row["admin1"],
            population=int(row["population"] or 0), source=row["source"],
            source_id=row["source_id"],
        )
        for row in rows
    ]  # fmt: skip


def _replaced(rows: Iterable[dict[str, str]]) -> set[str]:
    return {part.strip() for row in rows for part in row["replaces"].split(";") if part.strip()}


def _inside(rows: list[Place], country: BaseGeometry, notes: list[str]) -> list[Place]:
    points = shapely.points([place.lon for place in rows], [place.lat for place in rows])
    limit = OUTSIDE_KM / KM_PER_DEGREE
    near = shapely.distance(points, country) <= limit
    outside = [place for place, is_near in zip(rows, near, strict=True) if not is_near]
    notes += [f"outside the country, left out: {p.place_id} {p.name}" for p in outside]
    return [place for place, is_near in zip(rows, near, strict=True) if is_near]


def _merged(rows: Sequence[Place]) -> tuple[list[Place], dict[str, str]]:
    """One row per place, and for each id that was given up the one that took its place."""
    settled = sorted((p for p in rows if p.kind in SETTLEMENTS), key=lambda place: place.rank)
    others = [place for place in rows if place.kind not in SETTLEMENTS]
    tree = shapely.STRtree(shapely.points([p.lon for p in settled], [p.lat for p in settled]))
    reach = SAME_TOWN_KM / KM_PER_DEGREE / np.cos(np.radians(38.0))
    leader: dict[int, int] = {}
    for number, place in enumerate(settled):
        close = tree.query(shapely.Point(place.lon, place.lat), predicate="dwithin", distance=reach)
        same = [
            (_kilometers(place, settled[other]), other)
            for other in map(int, close)
            if other < number and other not in leader and _is_same(settled[other], place)
        ]
        if same:
            leader[number] = min(same)[1]
    followers: dict[int, list[Place]] = {}
    for number, first in leader.items():
        followers.setdefault(first, []).append(settled[number])
    kept = [
        _absorbed(place, followers.get(number, []))
        for number, place in enumerate(settled)
        if number not in leader
    ]
    became = {settled[n].place_id: settled[first].place_id for n, first in leader.items()}
    return [*kept, *others], became


def _is_same(first: Place, second: Place) -> bool:
    """Whether two rows mean one place; the first is the one of higher rank."""
    distance = _kilometers(first, second)
    town = first.place_id.startswith("gn-") and first.kind in {"city", "town"}
    if distance > (SAME_TOWN_KM if town else SAME_PLACE_KM):
        return False
    for one in _spellings(first):
        for other in _spellings(second):
            if is_arabic(one) != is_arabic(other):
                continue
            if distance <= SAME_POINT_KM and vowelled(other).startswith(vowelled(one)):
                return True
            if skeleton(one) == skeleton(other):
                likeness = SequenceMatcher(None, vowelled(one), vowelled(other)).ratio()
                enough = ALIKE if distance <= SAME_PLACE_KM else VERY_ALIKE
                if distance <= SAME_POINT_KM or likeness >= enough:
                    return True
    return False


def _spellings(place: Place) -> list[str]:
    names = (place.name, place.name_ar, *(name for name, _, _ in place.names))
    return [name for name in names if len(vowelled(name)) >= 2]


def _kilometers(one: Place, other: Place) -> float:
    east = (one.lon - other.lon) * np.cos(np.radians((one.lat + other.lat) / 2))
    return float(np.hypot(east, one.lat - other.lat) * KM_PER_DEGREE)


def _absorbed(place: Place, others: list[Place]) -> Place:
    """A place with the names, the larger kind and the larger population of its other rows."""
    sizes = ("city", "town", "village")
    names = list(place.names)
    kind, population, name_ar = place.kind, place.population, place.name_ar
    for other in others:
        lang = "ar" if is_arabic(other.name) else "und"
        names += [(other.name, lang, other.source), *other.names]
        if kind in sizes and other.kind in sizes:
            kind = min(kind, other.kind, key=sizes.index)
            if kind == "city" and 0 < population < CITY_PEOPLE:
                kind = "town"
        population = max(population, other.population)
        name_ar = name_ar or other.name_ar
    return replace(place, kind=kind, population=population, name_ar=name_ar, names=tuple(names))


def _corrected(
    places: list[Place], rows: list[dict[str, str]], became: dict[str, str], notes: list[str]
) -> list[Place]:
    known = {place.place_id: place for place in places}
    for row in rows:
        place_id = became.get(row["place_id"], row["place_id"])
        place = known.get(place_id)
        if place is None:
            notes.append(f"corrections.csv names no place: {row['place_id']}")
            continue
        field_, value = row["field"], row["value"]
        names = place.names
        if field_ == "name":
            names = (*names, (place.name, "und", place.source))
        elif field_ == "name_ar" and place.name_ar:
            names = (*names, (place.name_ar, "ar", place.source))
        typed = {"lat": float, "lon": float, "population": int}.get(field_, str)(value)
        known[place_id] = replace(place, names=names, **{field_: typed})
    return list(known.values())


def _with_names(
    places: list[Place], rows: list[dict[str, str]], became: dict[str, str], notes: list[str]
) -> list[Place]:
    known = {place.place_id: place for place in places}
    written: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        place_id = became.get(row["place_id"], row["place_id"])
        if place_id not in known:
            notes.append(f"names.csv names no place: {row['place_id']} {row['name']}")
            continue
        source = {"geonames": "GeoNames"}.get(row["source"], row["source"])
        written.setdefault(place_id, []).append((row["name"], row["lang"], source))
    # Hand-written rows first: where a name comes twice, theirs is kept.
    return [
        replace(place, names=(*written.get(place.place_id, []), *place.names)) for place in places
    ]


def _without(place: Place, rejected: set[tuple[str, str]]) -> Place:
    """Each other name once, without the rejected ones and the two shown as the place's name."""
    seen = {place.name, place.name_ar}
    kept = []
    for name, lang, source in place.names:
        refused = (place.place_id, name) in rejected or ("", name) in rejected
        if name and name not in seen and not refused:
            seen.add(name)
            kept.append((name, lang, source))
    return replace(place, names=tuple(kept))


def _with_governorates(places: list[Place], governorates: dict[str, BaseGeometry]) -> list[Place]:
    codes = sorted(governorates)
    tree = shapely.STRtree([governorates[code] for code in codes])
    return [
        place
        if place.admin1
        else replace(place, admin1=codes[int(tree.nearest(shapely.Point(place.lon, place.lat)))])
        for place in places
    ]
