"""
Places told by way of others: "six miles north of Homs", "between Hama and Homs", "ريف حماة".

In come the words and a :class:`~syriamap.names.gazetteer.Gazetteer`, out goes a point with a radius
within which the place lies, the places it was told by, and the words themselves. The radius
follows the point-radius method (Wieczorek, Guo & Hijmans 2004, "The point-radius method for
georeferencing locality descriptions", Int. J. Geogr. Inf. Sci. 18:745-767): the extent of the
named place, the precision of the distance and that of the direction add up. Distances are
geodesic on WGS 84 (Karney 2013, through geopy).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from syriamap.names.relative_words import Phrase, read_phrases
from syriamap.names.resolution import Candidate, Resolution, kilometers
from syriamap.names.routes import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.names.gazetteer import Gazetteer

__all__ = ["EXTENT_KM", "RelativePlace", "locate", "resolution_of"]

EXTENT_KM = {"city": 6.0, "town": 2.5, "village": 1.0, "hamlet": 0.5, "district": 1.5}
"""Reach of a place around its point, by kind; 1.5 km for sites."""

_SITE_KM = 1.5
_HALF_SECTOR = 22.5
"""Degrees to either side that a compass word means, where reports use eight of them."""

_COUNTRYSIDE_SECTOR = 45.0
"""Degrees to either side of "northern": half of the north-east and north-west too."""

_SHARE = 0.9
"""Of a governorate's places, this share lies within the radius of the area."""

_FAR_TOWN_KM = 12.0
"""Reach of the countryside of a town that is no governorate's seat."""


_MOST_READINGS = 25
"""Places of the names in the words, as many as a name by itself has candidates."""


@dataclass(frozen=True)
class RelativePlace:
    """
    A point with an uncertainty, from words that name other places.

    Attributes
    ----------
    words
        What was written.
    how
        `offset` (distance and direction), `distance` (alone), `between`, `near`, `outskirts`,
        `entrance`, `side` (a part of the town or of its governorate), `countryside`, `bank` (of a
        river) or `road`.
    status
        `accepted`, or `ambiguous` when a place that it is told by is.
    lat, lon
        Degrees; the likeliest point.
    radius_km
        The place lies within this distance of the point.
    anchors
        The places that the words name.
    others
        Where it lies if a name in the words means another place of that name.
    """

    words: str
    how: str
    status: str
    lat: float
    lon: float
    radius_km: float
    anchors: tuple[Candidate, ...]
    others: tuple[RelativePlace, ...] = ()


def locate(
    words: str, gazetteer: Gazetteer, *, about: str = "", admin1: str = ""
) -> RelativePlace | None:
    """
    Place a relative description on the map.

    Parameters
    ----------
    words
        The description, in English or Arabic.
    gazetteer
        Resolves the names in it.
    about
        The place that "the city" means, as in "10 km from the city center".
    admin1
        Code of a governorate: only places in it count as anchors.

    Returns
    -------
    RelativePlace or None
        None when the words are no such description, or a name in them is not found.
    """
    for phrase in read_phrases(words):
        made = _read(words, phrase, gazetteer, about, admin1)
        if made is not None:
            return made
    return None


def resolution_of(words: str, gazetteer: Gazetteer, *, admin1: str = "") -> Resolution | None:
    """
    Give a relative description as a resolution whose candidates are no places of their own.

    Parameters
    ----------
    words
        The description.
    gazetteer
        Resolves the names in it.
    admin1
        Code of a governorate: only places in it count as anchors.

    Returns
    -------
    Resolution or None
        Its candidates have an empty `place_id`, the words as `name`, the kind `area`, and in `how`
        the reading and the radius: one for each place that a name in the words may mean. None when
        the words are no relative description.
    """
    placed = locate(words, gazetteer, admin1=admin1)
    if placed is None:
        return None
    found = tuple(_candidate(one) for one in (placed, *placed.others))
    return Resolution(words, placed.status, found)


def _candidate(placed: RelativePlace) -> Candidate:
    first = placed.anchors[0] if placed.anchors else None
    return Candidate(
        "",
        placed.words,
        "",
        "area",
        first.admin1 if first else "",
        placed.lat,
        placed.lon,
        min((anchor.score for anchor in placed.anchors), default=1.0),
        f"{placed.how} ±{placed.radius_km:g} km",
        first.admin2 if first else "",
    )


def _read(
    words: str, phrase: Phrase, gazetteer: Gazetteer, about: str, admin1: str
) -> RelativePlace | None:
    names = [name or about for name in phrase.names]
    results = [gazetteer.resolve(name, admin1=admin1) for name in names]
    if not all(result.candidates for result in results):
        return None
    status = "accepted" if all(result.accepted for result in results) else "ambiguous"
    meant = (one.candidates[:1] if one.accepted else one.candidates for one in results)
    made = []
    for anchors in islice(product(*meant), _MOST_READINGS):
        placed = _placed(phrase, anchors, gazetteer)
        if placed is not None:
            lat, lon, radius = placed
            at = round(lat, 5), round(lon, 5), round(radius, 1)
            made.append(RelativePlace(words, phrase.how, status, *at, anchors))
        elif not made:
            return None
    return replace(made[0], others=tuple(made[1:]))


def _placed(
    phrase: Phrase, anchors: Sequence[Candidate], gazetteer: Gazetteer
) -> tuple[float, float, float] | None:
    """Latitude, longitude and radius of a phrase whose names are resolved."""
    if phrase.line:
        return _on_line(phrase, anchors, gazetteer)
    if phrase.how == "between":
        return _between(*anchors)
    if phrase.how in {"countryside", "side"}:
        return _area(phrase, anchors[0], gazetteer)
    return _beside(phrase, anchors[0])


def _beside(phrase: Phrase, one: Candidate) -> tuple[float, float, float]:
    """A point away from a place, or around it."""
    extent = EXTENT_KM.get(one.kind, _SITE_KM)
    if phrase.how == "offset":
        lat, lon = _shifted(one, phrase.kilometers, phrase.bearing)
        blur = 2 * phrase.kilometers * math.sin(math.radians(_HALF_SECTOR) / 2)
        return lat, lon, extent + phrase.precision + blur
    if phrase.how == "distance":
        return one.lat, one.lon, extent + phrase.kilometers + phrase.precision
    away = 2 * extent if phrase.how == "near" else extent
    lat, lon = _shifted(one, away, phrase.bearing)
    return lat, lon, away if phrase.bearing is not None else 2 * extent


def _shifted(
    one: Candidate | tuple[float, float], distance: float, bearing: float | None
) -> tuple[float, float]:
    from geopy.distance import geodesic

    start = one if isinstance(one, tuple) else (one.lat, one.lon)
    if bearing is None:
        return start
    there = geodesic(kilometers=distance).destination(start, bearing=bearing)
    return float(there.latitude), float(there.longitude)


def _between(one: Candidate, other: Candidate) -> tuple[float, float, float]:
    from geopy.distance import geodesic

    apart = geodesic((one.lat, one.lon), (other.lat, other.lon)).kilometers
    lat, lon = _shifted(one, apart / 2, _bearing((one.lat, one.lon), (other.lat, other.lon)))
    return lat, lon, apart / 2


def _bearing(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Initial bearing of the great circle from one point to another, degrees from north."""
    phi_a, phi_b = math.radians(one[0]), math.radians(other[0])
    east = math.radians(other[1] - one[1])
    x = math.sin(east) * math.cos(phi_b)
    y = math.cos(phi_a) * math.sin(phi_b) - math.sin(phi_a) * math.cos(phi_b) * math.cos(east)
    return math.degrees(math.atan2(x, y)) % 360.0


def _area(
    phrase: Phrase, seat: Candidate, gazetteer: Gazetteer
) -> tuple[float, float, float] | None:
    """
    Middle of the governorate's places on the named side of its seat, and the radius of most.

    A town that is no seat has no governorate to ask: its countryside is a circle beside it.
    """
    center = (seat.lat, seat.lon)
    code = gazetteer.countryside_of(seat) if phrase.how == "countryside" else seat.admin1
    if seat.kind != "city" or not seat.admin1:
        lat, lon = _shifted(seat, _FAR_TOWN_KM / 2, phrase.bearing)
        return lat, lon, _FAR_TOWN_KM / (2 if phrase.bearing is not None else 1)
    points = [
        point
        for point in gazetteer.points_in(code)
        if phrase.bearing is None or _is_toward(center, point, phrase.bearing)
    ]
    if not points:
        return None
    lat = math.fsum(point[0] for point in points) / len(points)
    lon = math.fsum(point[1] for point in points) / len(points)
    reach = sorted(kilometers((lat, lon), point) for point in points)
    return lat, lon, max(EXTENT_KM["city"], reach[int(_SHARE * (len(reach) - 1))])


def _is_toward(center: tuple[float, float], point: tuple[float, float], bearing: float) -> bool:
    off = abs((_bearing(center, point) - bearing + 180.0) % 360.0 - 180.0)
    return off <= _COUNTRYSIDE_SECTOR and kilometers(center, point) > EXTENT_KM["town"]


def _on_line(
    phrase: Phrase, anchors: Sequence[Candidate], gazetteer: Gazetteer
) -> tuple[float, float, float] | None:
    """Nearest point of a river or road to the named place; the middle of it when none is named."""
    vertices = read_lines(gazetteer.folder, phrase.line, phrase.how)
    if not vertices:  # a road named by its ends, say: the place beside it is what is left
        return _beside(phrase, anchors[0]) if anchors and phrase.how == "road" else None
    if len(anchors) == 2:
        lat, lon, reach = _between(*anchors)
    elif anchors:
        extent = EXTENT_KM.get(anchors[0].kind, _SITE_KM)
        toward = phrase.bearing if phrase.how == "road" else None
        lat, lon = _shifted(anchors[0], 2 * extent, toward)
        reach = 2 * extent
    else:
        west, south, east, north = gazetteer.bounds
        inside = [one for one in vertices if south <= one[0] <= north and west <= one[1] <= east]
        if not inside:
            return None
        lat = math.fsum(one[0] for one in inside) / len(inside)
        lon = math.fsum(one[1] for one in inside) / len(inside)
        reach = max(kilometers((lat, lon), one) for one in inside)
    nearest = min(vertices, key=lambda one: kilometers(one, (lat, lon)))
    away = kilometers(nearest, (lat, lon))
    if phrase.bearing is not None and phrase.how == "bank":
        nearest = _shifted(nearest, _SITE_KM, phrase.bearing)
    return (*nearest, reach if anchors and away <= reach else reach + away)
