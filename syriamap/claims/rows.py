"""
Row after row of a claims file: is every cell usable, which place is meant, which claim is it.

In comes a row as text, out goes the row with its place and id filled in; complaints are gathered,
not raised. :mod:`syriamap.claims.reader` reads the files around it.
"""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from syriamap.errors import Complaint
from syriamap.files import parse_date, parse_number, warn
from syriamap.names.gazetteer import SAME_PLACE_KM, Gazetteer, kilometers

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = [
    "CERTAINTIES",
    "CLAIM_COLUMNS",
    "DRAFT_COLUMNS",
    "RELATIONS",
    "REQUIRED",
    "RowChecker",
    "Seen",
]

CLAIM_COLUMNS = (
    "claim_id", "event_date", "date_precision", "place", "place_id", "area_id", "lat", "lon",
    "place_note", "actor", "relation", "against", "asserted_by", "certainty", "publisher",
    "source_title", "source_url", "archive_url", "reported_on", "note",
)  # fmt: skip
"""Columns of a claims file, in order."""

DRAFT_COLUMNS = (
    "source_file", "sentence", "start", "end", "role", "confidence", "engine", "frame", "trigger",
    "why", "sentence_start", "proposal",
)  # fmt: skip
"""Columns that `syriamap extract` writes beside a claim's own: where it was read, and why."""

RELATIONS = (
    "controls", "captured", "lost", "withdrew", "contested", "entered", "besieged",
    "advanced_toward", "struck",
)  # fmt: skip
"""What a claim can say of an actor and a place."""

CERTAINTIES = ("asserted", "claimed", "unconfirmed", "denied")
"""How certain the source makes the statement, from firm to denied."""

REQUIRED = ("event_date", "actor", "relation", "certainty", "publisher", "source_title")
"""Columns that no claim may leave empty."""

_PRECISIONS = ("day", "week", "month", "year")
_KEY_FIELDS = (
    "event_date", "place", "lat", "lon", "actor", "relation", "against", "asserted_by",
    "certainty", "publisher", "source_title", "source_url", "reported_on",
)  # fmt: skip
"""Fields whose values make a claim the claim it is; its id is their hash."""

_CONTENT_FIELDS = (
    "event_date", "place_id", "area_id", "actor", "relation", "against", "asserted_by", "certainty",
    "publisher", "source_title", "source_url", "reported_on",
)  # fmt: skip
"""What two rows of one id must have in common, once their places are resolved."""

Seen = dict[str, tuple[str, int, tuple[str, ...]]]
"""Claim id → file, row and content of the first claim that has it."""

_BORDER_TOLERANCE_KM = 5.0
_URL_LENGTH = 2_000


class RowChecker:
    """
    Checks row after row of one file; gathers complaints instead of stopping.

    Parameters
    ----------
    file
        Path of the file, for the complaints.
    theater, gazetteer
        What actors and places are checked against.
    seen
        The ids met so far; files that are read together share it.
    """

    def __init__(self, file: str, theater: Theater, gazetteer: Gazetteer, seen: Seen) -> None:
        self.file = file
        self.theater = theater
        self.gazetteer = gazetteer
        self.complaints: list[Complaint] = []
        self._seen = seen
        self._nearby = _Country(theater)

    def _complain(self, row: int, column: str, value: str, problem: str) -> None:
        self.complaints.append(Complaint(self.file, row, column, value, problem))

    def checked(self, row: int, record: dict[str, str]) -> dict[str, str]:
        """Give the row with its place and id filled in."""
        before = len(self.complaints)
        self._check_words(row, record)
        self._check_dates(row, record)
        made = _claim_id(record)
        self._resolve(row, record)
        record["claim_id"] = record["claim_id"] or made
        if len(self.complaints) == before:
            self._check_repeated(row, record)
        return record

    def _check_words(self, row: int, record: dict[str, str]) -> None:
        for column in REQUIRED:
            if not record[column]:
                self._complain(row, column, "", "is empty")
        for column, words in (
            ("relation", RELATIONS),
            ("certainty", CERTAINTIES),
            ("date_precision", _PRECISIONS),
        ):
            value = record[column]
            if value and value not in words:
                self._complain(row, column, value, f"is none of {', '.join(words)}")
        actors = self.theater.actors.index
        for column in ("actor", "against"):
            value = record[column]
            if value and value not in actors:
                near = get_close_matches(value.casefold(), list(actors), n=1, cutoff=0.5)
                hint = f"; nearest: {near[0]}" if near else ""
                known = ", ".join(actors)
                self._complain(row, column, value, f"is no actor of the theater ({known}){hint}")
        if record["actor"] and record["actor"] == record["against"]:
            self._complain(row, "against", record["against"], "is the actor itself")
        for column in ("source_url", "archive_url"):
            url = record[column]
            if url and not _is_web_address(url):
                self._complain(row, column, url, "is no http or https address")

    def _check_dates(self, row: int, record: dict[str, str]) -> None:
        days: dict[str, date] = {}
        for column in ("event_date", "reported_on"):
            value = record[column]
            if not value:
                continue
            day = parse_date(value)
            if day is None:
                self._complain(row, column, value, "is no date; YYYY-MM-DD, 1900 to 2100, would do")
            else:
                days[column] = day
        if len(days) == 2 and days["event_date"] > days["reported_on"]:
            problem = f"lies after the report of {days['reported_on']}; one of the two is wrong"
            self._complain(row, "event_date", record["event_date"], problem)

    def _resolve(self, row: int, record: dict[str, str]) -> None:
        """Fill `place_id`, `place`, `lat` and `lon` from what of them was given."""
        if record["area_id"]:
            self._resolve_area(row, record)
            return
        point = self._point(row, record)
        if record["place_id"]:
            self._resolve_by_id(row, record, point)
        elif not record["place"]:
            problem = "is empty, and so are place_id and area_id; one of them would do"
            self._complain(row, "place", "", problem)
        elif point is not None:
            self._resolve_by_point(record, point)
        else:
            self._resolve_by_name(row, record)

    def _resolve_area(self, row: int, record: dict[str, str]) -> None:
        """Fill a point inside the area, and its id where no other name was written."""
        area_id, areas = record["area_id"], self.theater.areas
        if record["place_id"]:
            problem = "is filled, and so is area_id; a claim is about one of the two"
            self._complain(row, "place_id", record["place_id"], problem)
        if area_id not in areas:
            near = get_close_matches(area_id, list(areas), n=1)
            hint = f"; nearest: {near[0]}" if near else ""
            problem = f"is no area of admin1.geojson, admin2.geojson or areas.geojson{hint}"
            self._complain(row, "area_id", area_id, problem)
            return
        inside = areas[area_id].representative_point()
        record["place"] = record["place"] or area_id
        record["lat"], record["lon"] = repr(inside.y), repr(inside.x)

    def _point(self, row: int, record: dict[str, str]) -> tuple[float, float] | None:
        if not record["lat"] and not record["lon"]:
            return None
        numbers = []
        for column, limit in (("lat", 90.0), ("lon", 180.0)):
            number = parse_number(record[column])
            if number is None or abs(number) > limit:
                self._complain(row, column, record[column], "is no coordinate in degrees")
            else:
                numbers.append(number)
        if len(numbers) != 2:
            return None
        lat, lon = numbers
        if not self._nearby.holds(lat, lon):
            problem = f"lies outside {self.theater.title} by more than {_BORDER_TOLERANCE_KM:g} km"
            if self._nearby.holds(lon, lat):
                problem += "; are lat and lon exchanged?"
            self._complain(row, "lat", f"{record['lat']},{record['lon']}", problem)
        return lat, lon

    def _resolve_by_id(
        self, row: int, record: dict[str, str], point: tuple[float, float] | None
    ) -> None:
        place_id = record["place_id"]
        if point is not None and place_id == _point_id(*point) and record["place"]:
            return  # a point of its own, as `write_claims` writes it
        if place_id not in self.gazetteer:
            near = get_close_matches(place_id, list(self.gazetteer.places.index), n=1)
            hint = f"; nearest: {near[0]}" if near else ""
            self._complain(row, "place_id", place_id, f"is not in places.csv{hint}")
            return
        lat, lon = self.gazetteer.position(place_id)
        record["place"] = record["place"] or self.gazetteer.name_of(place_id)
        if point is None:
            record["lat"], record["lon"] = repr(lat), repr(lon)
            return
        apart = kilometers((lat, lon), point)
        if apart > SAME_PLACE_KM:
            problem = (
                f"lies {apart:.1f} km from lat,lon of this row; within {SAME_PLACE_KM:g} km would "
                "do, or leave one of the two empty"
            )
            self._complain(row, "place_id", place_id, problem)

    def _resolve_by_point(self, record: dict[str, str], point: tuple[float, float]) -> None:
        candidates = self.gazetteer.resolve(record["place"]).candidates
        found = self.gazetteer.near_point(candidates, *point)
        record["place_id"] = found or _point_id(*point)

    def _resolve_by_name(self, row: int, record: dict[str, str]) -> None:
        name = record["place"]
        result = self.gazetteer.resolve(name)
        if result.accepted:
            first = result.candidates[0]
            record["place_id"] = first.place_id
            record["lat"], record["lon"] = repr(first.lat), repr(first.lon)
        elif result.candidates:
            shown = "; ".join(map(str, result.candidates[:6]))
            count = len(result.candidates)
            problem = f"is the name of {count} places; fill place_id, or lat and lon: {shown}"
            self._complain(row, "place", name, problem)
        else:
            near = self.gazetteer.nearest_names(name)
            hint = f"; nearest names: {', '.join(near)}" if near else ""
            problem = f"is not in the gazetteer; lat and lon would do{hint}"
            self._complain(row, "place", name, problem)

    def _check_repeated(self, row: int, record: dict[str, str]) -> None:
        content = tuple(record[name] for name in _CONTENT_FIELDS)
        claim_id = record["claim_id"]
        file, first_row, first = self._seen.setdefault(claim_id, (self.file, row, content))
        if (file, first_row) == (self.file, row):
            return
        where = f"row {first_row}" + ("" if file == self.file else f" of {file}")
        if first != content:
            problem = f"is the id of {where} too; leave it empty to have one made"
            self._complain(row, "claim_id", claim_id, problem)
        elif file == self.file:
            warn(f"{self.file}: row {row} repeats {where}; it counts once")


class _Country:
    """Tells whether a point lies in the mapped country, or up to 5 km outside it."""

    def __init__(self, theater: Theater) -> None:
        self._theater = theater
        self._area: BaseGeometry | None = None

    def holds(self, lat: float, lon: float) -> bool:
        import shapely

        if self._area is None:
            self._area = self._theater.boundary
            shapely.prepare(self._area)
        point = shapely.Point(lon, lat)
        if bool(shapely.intersects(self._area, point)):
            return True
        edge = shapely.shortest_line(point, self._area)
        (_, _), (near_lon, near_lat) = shapely.get_coordinates(edge)
        # nearest in degrees, measured in kilometers: off by less than the tolerance's own vagueness
        return kilometers((lat, lon), (near_lat, near_lon)) <= _BORDER_TOLERANCE_KM


def _claim_id(record: dict[str, str]) -> str:
    """
    Make the id of a claim: a hash of its fields' values.

    A number is its value, however it was written: what a spreadsheet makes of 35.950 is the same
    claim. A place or an area without a name is told by its id; the point of an area is ours.
    """
    about = record["area_id"] or ("" if record["place"] else record["place_id"])
    values = {name: record[name] for name in _KEY_FIELDS}
    for name in ("lat", "lon"):
        number = parse_number(record[name])
        values[name] = "" if record["area_id"] or number is None else f"{number!r}"
    key = "\x1f".join(values.values()) + about
    return "c-" + hashlib.sha256(key.encode()).hexdigest()[:12]


def _point_id(lat: float, lon: float) -> str:
    return "pt-" + hashlib.sha256(f"{lat:.5f},{lon:.5f}".encode()).hexdigest()[:10]


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    printable = url.isprintable() and " " not in url and len(url) <= _URL_LENGTH
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and printable
