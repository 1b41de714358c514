"""
Row after row of a claims file: is every cell usable, which place is meant, which claim is it.

In comes a row as text, out goes the row with its place and id filled in; complaints are gathered,
not raised. :mod:`syriamap.claims.reader` reads the files around it.
"""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from syriamap.claims.actor_names import ActorNames
from syriamap.claims.actor_years import ActorYears
from syriamap.claims.country import BORDER_TOLERANCE_KM, Country
from syriamap.claims.written import Notation, whereabouts_of
from syriamap.errors import Complaint
from syriamap.files import id_problem, length_problem, parse_date, parse_number, warn
from syriamap.files.gate import LONGEST_NAME, LONGEST_TEXT
from syriamap.names.gazetteer import Gazetteer, kilometers
from syriamap.names.whereabouts import FAR_KM, resolve_within
from syriamap.theater.drawn_areas import areas_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from syriamap.theater.folder import Theater

__all__ = [
    "CERTAINTIES",
    "CLAIM_COLUMNS",
    "DRAFT_COLUMNS",
    "ID_POINT_KM",
    "PRECISIONS",
    "RELATIONS",
    "REQUIRED",
    "RowChecker",
    "claim_ids",
    "is_web_address",
    "text_fits",
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

PRECISIONS = ("day", "week", "month", "year")
"""Words of `date_precision`."""

ID_POINT_KM = 5.0
"""How far `lat,lon` of a row may lie from the place of its `place_id`: gazetteers put one village
up to 4.5 km apart, and points of this one were mended."""

_KEY_FIELDS = (
    "event_date", "place", "lat", "lon", "actor", "relation", "against", "asserted_by",
    "certainty", "publisher", "source_title", "source_url", "reported_on",
)  # fmt: skip
"""Fields whose values make a claim the claim it is; its id is their hash."""

_required_of = itemgetter(*REQUIRED)
_words_of = itemgetter("relation", "certainty", "date_precision", "actor", "against")

_URL_LENGTH = 2_000
_REMEMBERED = 20_000
"""Names of a table whose places are remembered: long tables name the same towns again."""

_LONGEST = {
    **dict.fromkeys(("place", "asserted_by", "publisher"), LONGEST_NAME),
    **dict.fromkeys(("source_title", "place_note", "note"), LONGEST_TEXT),
}
"""Characters that a cell may have."""

_URLS = ("source_url", "archive_url")

_SAME_NAME = frozenset({"exact", "folded", "alias", "alias folded"})


class RowChecker:
    """
    Checks row after row of one file; gathers complaints instead of stopping.

    Parameters
    ----------
    file
        Path of the file, for the complaints.
    theater, gazetteer
        What actors and places are checked against.
    notation
        How the file writes its cells; that of ISO days and decimal degrees when not given.
    """

    def __init__(
        self,
        file: str,
        theater: Theater,
        gazetteer: Gazetteer,
        notation: Notation | None = None,
    ) -> None:
        self.file = file
        self.theater = theater
        self.gazetteer = gazetteer
        self.complaints: list[Complaint] = []
        self.kinds: list[str] = []
        self._country = Country(theater)
        self._named = lru_cache(_REMEMBERED)(gazetteer.resolve)
        self.notation = notation or Notation.of_zone(ActorNames(theater), theater.timezone)
        self._actors = frozenset(map(str, theater.actors.index))
        self._years = ActorYears(theater)
        self._fit: set[tuple[str, ...]] = set()
        self._far: list[str] = []
        self.far_rows = 0
        self.tell_heard: Callable[[str, str], None] | None = None

    def _complain(self, row: int, column: str, value: str, problem: str, kind: str = "") -> None:
        self.complaints.append(Complaint(self.file, row, column, value, problem))
        self.kinds.append(kind or f"{column}: {problem}")

    def take_complaints(self) -> list[tuple[Complaint, str]]:
        """Give the complaints so far, each with its kind in words, and forget them."""
        taken = list(zip(self.complaints, self.kinds, strict=True))
        self.complaints, self.kinds = [], []
        return taken

    def tell_far_names(self) -> None:
        """Warn of rows whose own point lies far from the only place of their name."""
        if self._far:
            rows = "; ".join(self._far) + ("; …" if self.far_rows > len(self._far) else "")
            warn(
                f"{self.file}: {self.far_rows} rows have a point far from the place of their "
                f"name; the point counts: {rows}"
            )

    def checked(self, row: int, written: dict[str, str]) -> dict[str, str]:
        """
        Give the row as claims have it, with its place and id filled in.

        Parameters
        ----------
        row
            Its number.
        written
            Its cells by column of a claim, and by those of
            :data:`syriamap.claims.written.AROUND_COLUMNS`.
        """
        record = self._record(written)
        self._check_words(row, record)
        self._check_dates(row, record)
        made = (
            record["claim_id"]
            or claim_ids({name: [text] for name, text in record.items()}, [_place_key(record)])[0]
        )
        self._resolve(row, record)
        record["claim_id"] = made
        return record

    def said(self, row: int, written: dict[str, str]) -> dict[str, str]:
        """Give what a row says as :meth:`checked` does: its days, actors, and words of lists."""
        record = self._record(written)
        self._check_listed(row, record)
        self._check_dates(row, record)
        return record

    def placed(
        self, row: int, written: dict[str, str]
    ) -> tuple[dict[str, str], tuple[str, str, str, str]]:
        """Give where a row is as :meth:`checked` does, and what of that its id is made of."""
        record = self._record(written)
        self._check_texts(row, record)
        key = _place_key(record)
        self._resolve(row, record)
        return record, key

    def forget(self) -> None:
        """Forget all complaints and names far away, as if no row had been looked at."""
        self.complaints, self.kinds = [], []
        self._far, self.far_rows = [], 0

    def _record(self, written: dict[str, str]) -> dict[str, str]:
        cells = self.notation.in_claims(written)
        record = dict.fromkeys(CLAIM_COLUMNS, "")
        record.update((name, cell) for name, cell in cells.items() if name in record)
        self._where = whereabouts_of(cells)
        return record

    def _check_words(self, row: int, record: dict[str, str]) -> None:
        if not all(_required_of(record)):
            for column in REQUIRED:
                if not record[column]:
                    self._complain(row, column, "", "is empty")
        if (words := _words_of(record)) not in self._fit:
            before = len(self.complaints)
            self._check_listed(row, record)
            if len(self.complaints) == before:
                self._fit.add(words)
        self._check_texts(row, record)
        for column in _URLS:
            url = record[column]
            if url and not is_web_address(url):
                self._complain(row, column, url, "is no http or https address")

    def _check_listed(self, row: int, record: dict[str, str]) -> None:
        """Complain of words and actors that are not listed."""
        for column, words in (
            ("relation", RELATIONS),
            ("certainty", CERTAINTIES),
            ("date_precision", PRECISIONS),
        ):
            value = record[column]
            if value and value not in words:
                problem = f"is none of {', '.join(words)}"
                self._complain(row, column, value, problem, "no relation or certainty")
        for column in ("actor", "against"):
            value = record[column]
            if value and value not in self._actors:
                self._complain_of_actor(row, column, value)
        if record["actor"] and record["actor"] == record["against"]:
            self._complain(row, "against", record["against"], "is the actor itself")

    def _check_texts(self, row: int, record: dict[str, str]) -> None:
        for column, most in _LONGEST.items():
            if len(record[column]) > most:
                problem = length_problem(record[column], most)
                self._complain(row, column, f"{record[column][:60]}…", problem, "a text too long")
        if record["claim_id"] and (problem := id_problem(record["claim_id"])):
            self._complain(row, "claim_id", record["claim_id"][:80], problem, "no id")

    def _complain_of_actor(self, row: int, column: str, value: str) -> None:
        actors = list(self.theater.actors.index)
        near = get_close_matches(value.casefold(), actors, n=1, cutoff=0.5)
        hint = f"; nearest: {near[0]}" if near else ""
        if any(mark in value for mark in ";,/+&"):
            hint = "; of several actors each has a row of its own"
        problem = f"is no actor of the theater ({', '.join(actors)}){hint}"
        self._complain(row, column, value, problem, "a name of no actor")

    def _check_dates(self, row: int, record: dict[str, str]) -> None:
        days: dict[str, date] = {}
        for column in ("event_date", "reported_on"):
            value = record[column]
            if not value:
                continue
            day = parse_date(value)
            if day is None:
                problem = "is no date; YYYY-MM-DD, 1900 to 2100, would do"
                self._complain(row, column, value, problem, "no date")
            else:
                days[column] = day
        if "event_date" in days:
            actor = record["actor"]
            problem = self._years.problem(actor, days["event_date"], record["date_precision"])
            if problem:
                self._complain(row, "actor", actor, problem, "an actor outside its years")
        if len(days) == 2 and days["event_date"] > days["reported_on"]:
            problem = f"lies after the report of {days['reported_on']}; one of the two is wrong"
            kind = "an event after its report"
            self._complain(row, "event_date", record["event_date"], problem, kind)

    def _resolve(self, row: int, record: dict[str, str]) -> None:
        """Fill `place_id`, `place`, `lat` and `lon` from what of them was given."""
        if record["area_id"]:
            self._resolve_area(row, record)
            return
        point = self._point(row, record)
        if record["place_id"]:
            self._resolve_by_id(row, record, point)
        elif not record["place"] and point is None and self._where.pcode:
            self._resolve_by_name(row, record)
        elif not record["place"] and point is None:
            problem = "is empty, and so are place_id and area_id; one of them would do"
            self._complain(row, "place", "", problem, "neither a coordinate nor a name")
        elif point is not None:
            self._resolve_by_point(row, record, point)
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
            beside = areas_beside(self.file).name
            problem = (
                f"is no area of admin1.geojson, admin2.geojson or areas.geojson, nor of {beside} "
                f"beside the table{hint}"
            )
            self._complain(row, "area_id", area_id, problem, "an area that the theater lacks")
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
                problem = "is no coordinate in degrees"
                self._complain(row, column, record[column], problem, "no coordinate in degrees")
            else:
                numbers.append(number)
        if len(numbers) != 2:
            return None
        lat, lon = numbers
        if not self._country.holds(lat, lon):
            problem = f"lies outside {self.theater.title} by more than {BORDER_TOLERANCE_KM:g} km"
            kind = "outside the theater"
            if abs(lon) <= 90 and self._country.holds(lon, lat):
                problem += "; are lat and lon exchanged?"
                kind += "; are lat and lon exchanged?"
            self._complain(row, "lat", f"{record['lat']},{record['lon']}", problem, kind)
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
            problem = f"is not in places.csv{hint}"
            if place_id[:1].isdigit() and "e+" in place_id.casefold():
                problem += "; a spreadsheet shortened a number: format the column as text"
            self._complain(row, "place_id", place_id, problem, "an id that the theater lacks")
            return
        lat, lon = self.gazetteer.position(place_id)
        record["place_id"] = self.gazetteer.one(place_id)
        record["place"] = record["place"] or self.gazetteer.name_of(place_id)
        if point is None:
            record["lat"], record["lon"] = repr(lat), repr(lon)
            return
        apart = kilometers((lat, lon), point)
        if apart > ID_POINT_KM:
            problem = (
                f"lies {apart:.1f} km from lat,lon of this row; within {ID_POINT_KM:g} km would "
                "do, or leave one of the two empty"
            )
            self._complain(row, "place_id", place_id, problem, "a point far from its place_id")

    def _resolve_by_point(
        self, row: int, record: dict[str, str], point: tuple[float, float]
    ) -> None:
        record["place"] = record["place"] or f"{point[0]:.4f}, {point[1]:.4f}"
        result = self._named(record["place"])
        # "Homs, Old City" is a part of Homs, not Homs in a district called Old City
        part = (
            "," in record["place"] and result.status == "ambiguous" and len(result.candidates) == 1
        )
        found = "" if part else self.gazetteer.near_point(result.candidates, *point)
        record["place_id"] = found or _point_id(*point)
        if result.accepted and not found and result.candidates[0].how in _SAME_NAME:
            apart = min(kilometers((one.lat, one.lon), point) for one in result.candidates)
            if apart > FAR_KM and self._country.holds(*point):
                self.far_rows += 1
                if len(self._far) < 3:
                    self._far.append(f"row {row} {record['place']!r}, {apart:.0f} km")

    def _resolve_by_name(self, row: int, record: dict[str, str]) -> None:
        name = record["place"]
        if self._where:
            result = resolve_within(name, self._where, self.gazetteer)
        else:
            result = self._named(name)
        if result.accepted:
            first = result.candidates[0]
            record["place_id"] = first.place_id
            record["place"] = name or first.name
            record["lat"], record["lon"] = repr(first.lat), repr(first.lon)
            if self.tell_heard is not None and name and first.how not in _SAME_NAME:
                self.tell_heard(name, first.name)
        elif result.candidates:
            problem = f"{result.doubt}; fill place_id, or lat and lon"
            self._complain(row, "place", name, problem, "an ambiguous name")
        else:
            near = self.gazetteer.nearest_names(name)
            hint = f"; nearest names: {', '.join(near)}" if near else ""
            units = (self._where.admin1, self._where.admin2, self._where.admin3)
            inside = f" in {', '.join(filter(None, units))}" if any(units) else ""
            problem = f"is not in the gazetteer{inside}; lat and lon would do{hint}"
            kind = "a name that is not in the gazetteer"
            self._complain(row, "place", name or self._where.pcode, problem, kind)


def text_fits(column: str, text: str) -> bool:
    """
    Whether a text of a column that is checked by itself is one that it may have.

    Parameters
    ----------
    column
        Of a claim.
    text
        As claims have it; an empty one fits.
    """
    if column in _URLS:
        return not text or is_web_address(text)
    if column == "claim_id":
        return not text or not id_problem(text)
    return len(text) <= _LONGEST[column]


def claim_ids(
    columns: Mapping[str, Sequence[str]], places: Sequence[tuple[str, str, str, str]]
) -> list[str]:
    """
    Make the ids of claims that have none.

    Parameters
    ----------
    columns
        Values of claims by column, as many as there are claims.
    places
        What the id is made of where each is, of :meth:`RowChecker.placed`.
    """
    *where, about = zip(*places, strict=True) if places else ((),) * 4
    columns = {**columns, **dict(zip(("place", "lat", "lon"), where, strict=True))}
    keys = zip(*(columns[name] for name in _KEY_FIELDS), strict=True)
    return list(map(_claim_id, keys, about))


def _place_key(record: dict[str, str]) -> tuple[str, str, str, str]:
    """
    Place, latitude and longitude of an id, and what tells of where a claim is beside them.

    A number is its value, however it was written: what a spreadsheet makes of 35.950 is the same
    claim. A place or an area without a name is told by its id; the point of an area is ours.
    """
    degrees = []
    for name in ("lat", "lon"):
        number = parse_number(record[name]) if record[name] and not record["area_id"] else None
        degrees.append("" if number is None else f"{number!r}")
    about = record["area_id"] or ("" if record["place"] else record["place_id"])
    return record["place"], degrees[0], degrees[1], about


def _claim_id(key: tuple[str, ...], about: str) -> str:
    """Make the id of a claim: a hash of its fields' values, and of what tells its place."""
    text = "\x1f".join(key) + about
    return "c-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def _point_id(lat: float, lon: float) -> str:
    return "pt-" + hashlib.sha256(f"{lat:.5f},{lon:.5f}".encode()).hexdigest()[:10]


def is_web_address(url: str) -> bool:
    """Whether a text is an address that a page may link to: http or https, in printable signs."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    printable = url.isprintable() and " " not in url and len(url) <= _URL_LENGTH
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and printable
