"""
Rows of all sources and the overlay → the places and their names.

Rows that mean one place become one row; then the hand-written corrections and names are laid over
it. Which id survives depends on the rows alone, never on their order.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from _communities import added_places, communities, joined, script_name
from _rows import (
    CITY_PEOPLE,
    SETTLEMENTS,
    Place,
    airfields,
    geonames_towns,
    kilometers,
    osm_settlements,
    read_rows,
    sites,
)
from _spelling import consonants, is_arabic, skeleton, vowelled
from _units import Unit, named, read_units, with_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from _communities import Community
    from shapely.geometry.base import BaseGeometry

__all__ = ["build_places"]

SAME_PLACE_KM = 2.0
"""Rows of one name that lie closer than this are one place."""
SAME_TOWN_KM = 3.5
"""The same for a GeoNames town and a village: many villages are placed to the arc minute only."""
SAME_POINT_KM = 0.4
"""Rows this close are one place when the consonants agree or one name begins with the other."""
ALIKE, VERY_ALIKE = 0.78, 0.9
"""Share of letters two names of one consonant skeleton have in common, vowels counted. `Dabiq` and
`Duwaybiq`, 1.4 km apart, are two villages; `Kafr Nabl` and `Kafranbel` one."""
OUTSIDE_KM = {"OpenStreetMap": 0.3}
"""A row farther outside the outline than this is left out: OpenStreetMap's villages and outline
agree, so its others lie in a neighbor country."""
OUTSIDE_KM_ELSE = 5.0
DROWNED_KM = 1.0
"""OpenStreetMap has villages of old maps that Lake Assad covered in the 1970s: farther than this
from its shore they are left out."""
KM_PER_DEGREE = 111.2
OFF_MINUTE = 0.002
"""Arc minutes by which a point to the minute, written with five decimals, is off a whole one."""


class Built(NamedTuple):
    """
    Places, and what was found out about them.

    Attributes
    ----------
    places
        In the order of their ids.
    units
        Those that they are in, by p-code.
    former
        Id that a row of a source gave up when it was merged → the place that it went to.
    notes
        What there is to report.
    """

    places: list[Place]
    units: dict[str, Unit]
    former: dict[str, str]
    notes: list[str]


def build_places(
    raw: Path,
    overlay: Path,
    *,
    country: BaseGeometry,
    golan: BaseGeometry,
    lakes: BaseGeometry,
    districts: dict[str, BaseGeometry],
) -> Built:
    """
    Build all places with their names, in the order of their ids.

    Parameters
    ----------
    raw, overlay
        Folders of the extracts and of the hand-written files.
    country
        The default outline, EPSG:4326.
    golan
        The Golan in it; of the towns that GeoNames lists under Israel only those in it count.
    lakes
        Surface of the lakes, EPSG:4326.
    districts
        P-code → polygon, EPSG:4326; for places that are no community of OCHA's.
    """
    own = sites(read_rows(overlay / "sites.csv"))
    replaced = _replaced(read_rows(overlay / "sites.csv"))
    former: dict[str, str] = {}
    rejected = {(row["place_id"], row["name"]) for row in read_rows(overlay / "rejected.csv")}
    dropped = {place_id for place_id, name in rejected if place_id and not name}
    notes: list[str] = []
    rows = [
        *osm_settlements(read_rows(raw / "osm_settlements.csv")),
        *geonames_towns(
            read_rows(raw / "geonames_towns.csv"), read_rows(raw / "geonames_codes.csv"), golan
        ),
        *airfields(read_rows(raw / "ourairports.csv")),
    ]
    for place in rows:
        sites_for_it = [replaced[one] for one in (place.raw_id, place.place_id) if one in replaced]
        if sites_for_it and place.place_id != sites_for_it[0]:
            former[place.place_id] = sites_for_it[0]
    gone = replaced.keys() | dropped
    rows = [place for place in rows if {place.raw_id, place.place_id}.isdisjoint(gone)]
    rows = _on_land(_inside(rows, country, notes), lakes, notes)
    places, became = _merged([*own, *rows], read_rows(overlay / "twins.csv"), notes)
    corrections, written = read_rows(overlay / "corrections.csv"), read_rows(overlay / "names.csv")
    found = communities(read_rows(raw / "ocha_communities.csv"))
    units = read_units(read_rows(raw / "ocha_units.csv"))
    # Matched by all names that the places will have, the hand-written ones too.
    shown = _with_names(_corrected(places, corrections, became, []), written, became, [])
    by_hand = {row["place_id"]: row["pcode"] for row in read_rows(overlay / "communities.csv")}
    taken = joined(shown, found, units, by_hand)
    former |= became
    former |= {f"ocha-{one.pcode}": place_id for place_id, one in taken.items()}
    added = added_places(found, taken.values())
    own_codes = {place.pcode for place in added}
    taken |= {f"ocha-{one.pcode}": one for one in found if one.pcode in own_codes}
    places = [_known_to_ocha(place, taken.get(place.place_id)) for place in (*places, *added)]
    places = _corrected(places, corrections, became, notes)
    places = _with_names(places, written, became, notes)
    places = [_without(place, rejected) for place in places]
    units = named(units, places, taken)
    places = with_units(places, taken, units, districts)
    return Built(sorted(places, key=lambda place: place.place_id), units, former, notes)


def _replaced(rows: Iterable[dict[str, str]]) -> dict[str, str]:
    """Id of each raw row that a site stands for → the site."""
    return {
        part.strip(): row["place_id"]
        for row in rows
        for part in row["replaces"].split(";")
        if part.strip()
    }


def _inside(rows: list[Place], country: BaseGeometry, notes: list[str]) -> list[Place]:
    points = shapely.points([place.lon for place in rows], [place.lat for place in rows])
    limits = np.array([OUTSIDE_KM.get(place.source, OUTSIDE_KM_ELSE) for place in rows])
    near = shapely.distance(points, country) * KM_PER_DEGREE <= limits
    outside = [place for place, is_near in zip(rows, near, strict=True) if not is_near]
    notes += [f"outside the country, left out: {p.place_id} {p.name}" for p in outside]
    return [place for place, is_near in zip(rows, near, strict=True) if is_near]


def _on_land(rows: list[Place], lakes: BaseGeometry, notes: list[str]) -> list[Place]:
    points = shapely.points([place.lon for place in rows], [place.lat for place in rows])
    deep = shapely.contains(shapely.buffer(lakes, -DROWNED_KM / KM_PER_DEGREE), points)
    drowned = [
        place.source == "OpenStreetMap" and bool(sunk)
        for place, sunk in zip(rows, deep, strict=True)
    ]
    notes += [
        f"in a lake, left out: {p.place_id} {p.name}"
        for p, sunk in zip(rows, drowned, strict=True)
        if sunk
    ]
    return [place for place, sunk in zip(rows, drowned, strict=True) if not sunk]


def _merged(
    rows: Sequence[Place], twins: Iterable[dict[str, str]], notes: list[str]
) -> tuple[list[Place], dict[str, str]]:
    """One row per place, and for each id that was given up the one that took its place."""
    settled = sorted((p for p in rows if p.kind in SETTLEMENTS), key=lambda place: place.rank)
    others = [place for place in rows if place.kind not in SETTLEMENTS]
    tree = shapely.STRtree(shapely.points([p.lon for p in settled], [p.lat for p in settled]))
    reach = SAME_TOWN_KM / KM_PER_DEGREE / np.cos(np.radians(38.0))
    leader = _twins(settled, twins, notes)
    kept_by_hand = set(leader.values())
    for number, place in enumerate(settled):
        if number in leader or number in kept_by_hand:
            continue
        close = tree.query(shapely.Point(place.lon, place.lat), predicate="dwithin", distance=reach)
        same = [
            (kilometers(place, settled[other]), other)
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


def _twins(
    settled: Sequence[Place], twins: Iterable[dict[str, str]], notes: list[str]
) -> dict[int, int]:
    """Rows that were told by hand to be another row's place, by their numbers."""
    numbers = {place.place_id: number for number, place in enumerate(settled)}
    known: dict[int, int] = {}
    for row in twins:
        unknown = [one for one in (row["place_id"], row["is"]) if one not in numbers]
        notes += [f"twins.csv names no settlement: {one}" for one in unknown]
        if not unknown:
            known[numbers[row["place_id"]]] = numbers[row["is"]]
    return known


def _is_same(first: Place, second: Place) -> bool:
    """Whether two rows mean one place; the first is the one of higher rank."""
    distance = kilometers(first, second)
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
            if kind == "city" and population is not None and population < CITY_PEOPLE:
                kind = "town"
        known = [number for number in (population, other.population) if number is not None]
        population = max(known, default=None)
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
        typed = _TYPES.get(field_, str)
        known[place_id] = replace(place, names=names, **{field_: typed(value)})
    return list(known.values())


def _people(written: str) -> int | None:
    """A number of people; None, not 0, when it is not known."""
    return int(written) if written else None


_TYPES: dict[str, Callable[[str], Any]] = {"lat": float, "lon": float, "population": _people}


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


def _is_on_the_minute(place: Place) -> bool:
    """Whether both coordinates are whole arc minutes, as old maps have them."""
    minutes = (60.0 * place.lat, 60.0 * place.lon)
    return all(abs(minute - round(minute)) < OFF_MINUTE for minute in minutes)


def _known_to_ocha(place: Place, community: Community | None) -> Place:
    """
    A place with the p-code and the names of the community that it is.

    The Arabic name is shown where the place has none; a seat of a district or subdistrict is a
    town. A point to the arc minute gives way to OCHA's, which are some ten meters fine: on maps of
    the minute two villages share a point, and who holds the one would hold the other.
    """
    if community is None:
        return place
    names = [(name, lang, "OCHA") for name, lang in community.others]
    names.insert(0, (community.name_ar, "ar", "OCHA"))
    # A mere spelling of its name is a further name of a town, which texts name in many.
    folded = vowelled if place.kind in {"city", "town"} else consonants
    known = {folded(place.name), *(folded(name) for name, _, _ in place.names)}
    if folded(community.name) not in known:
        names.insert(0, (community.name, "und", "OCHA"))
    kind = "town" if community.seat and place.kind == "village" else place.kind
    at = community if _is_on_the_minute(place) else place
    return replace(
        place,
        kind=kind,
        lat=at.lat,
        lon=at.lon,
        name_ar=place.name_ar or script_name(community, place),
        pcode=community.pcode,
        names=(*place.names, *names),
    )
