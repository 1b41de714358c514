"""
The claims frame: read, check, resolve places, write.

In come CSV files in the layout of :data:`CLAIM_COLUMNS`, out goes one frame, one row per claim and
source. A file is read whole: every complaint about it is gathered and all are raised together, so
that a file of a hundred rows is mended in one go. What the columns mean is in ``docs/claims.md``.
"""

from __future__ import annotations

import csv
import hashlib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from syriamap._tables import atomic_path, neutral_cell, parse_date, parse_number, read_table, warn
from syriamap.errors import ClaimsError, Complaint
from syriamap.gazetteer import SAME_PLACE_KM, Gazetteer, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from syriamap.theater import Theater

__all__ = [
    "CERTAINTIES",
    "CLAIM_COLUMNS",
    "RELATIONS",
    "check_claims",
    "claims_until",
    "read_claims",
    "theater_claim_files",
    "write_claims",
]

CLAIM_COLUMNS = (
    "claim_id", "event_date", "date_precision", "place", "place_id", "lat", "lon", "place_note",
    "actor", "relation", "against", "asserted_by", "certainty", "publisher", "source_title",
    "source_url", "reported_on", "note",
)  # fmt: skip
"""Columns of a claims file, in order."""

RELATIONS = (
    "controls", "captured", "lost", "withdrew", "contested", "entered", "besieged",
    "advanced_toward", "struck",
)  # fmt: skip
"""What a claim can say of an actor and a place."""

CERTAINTIES = ("asserted", "claimed", "unconfirmed", "denied")
"""How certain the source makes the statement, from firm to denied."""

_REQUIRED = ("event_date", "actor", "relation", "certainty", "publisher", "source_title")
_PRECISIONS = ("day", "week", "month", "year")
_KEY_FIELDS = (
    "event_date", "place", "lat", "lon", "actor", "relation", "against", "asserted_by",
    "certainty", "publisher", "source_title", "source_url", "reported_on",
)  # fmt: skip
"""Fields that make a claim the claim it is; its id is their hash."""

_BORDER_TOLERANCE_KM = 5.0
_URL_LENGTH = 2_000


def theater_claim_files(theater: Theater) -> list[Path]:
    """Give the claims files that a theater brings along, by name."""
    return sorted((theater.folder / "claims").glob("*.csv"))


def read_claims(paths: Iterable[str | Path], theater: Theater) -> pd.DataFrame:
    """
    Read claims files, check them and resolve their places.

    Parameters
    ----------
    paths
        CSV files; a claim that stands in two of them counts once.
    theater
        Gives the places, the actors and the bounds to check against.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`CLAIM_COLUMNS`; `event_date` and `reported_on` as datetime64 (NaT where
        empty), `lat` and `lon` in degrees, `place_id` always filled: a claim on its own point has
        ``pt-`` and a hash of the point. Sorted by date, then id, so that the order of rows and
        files does not matter.

    Raises
    ------
    ClaimsError
        With every complaint about every file.
    """
    gazetteer = Gazetteer(theater)
    frames, complaints = [], []
    for path in paths:
        frame, own = check_claims(Path(path), theater, gazetteer)
        frames.append(frame)
        complaints += own
    if complaints:
        raise ClaimsError(complaints)
    if not frames:
        return _typed(pd.DataFrame(columns=list(CLAIM_COLUMNS), dtype=object))
    claims = pd.concat(frames, ignore_index=True)
    claims = claims.drop_duplicates("claim_id", keep="first")
    return _typed(claims.sort_values(["event_date", "claim_id"], ignore_index=True))


def check_claims(
    path: Path, theater: Theater, gazetteer: Gazetteer
) -> tuple[pd.DataFrame, list[Complaint]]:
    """
    Read one claims file and gather every complaint about it.

    Parameters
    ----------
    path
        The file.
    theater, gazetteer
        What its actors and places are checked against.

    Returns
    -------
    frame
        Its claims as text, places resolved, ids filled.
    complaints
        In the order of rows; empty when the file can be used.
    """
    frame, complaints = read_table(
        path, required=_REQUIRED, optional=CLAIM_COLUMNS, one_of=("place", "place_id")
    )
    frame = frame.reindex(columns=list(CLAIM_COLUMNS), fill_value="")
    checker = _RowChecker(str(path), theater, gazetteer)
    rows = [
        checker.checked(int(str(row)), dict(zip(CLAIM_COLUMNS, cells, strict=True)))
        for row, *cells in frame.itertuples(name=None)
    ]
    complaints += checker.complaints
    complaints.sort(key=lambda complaint: complaint.row)
    return pd.DataFrame(rows, columns=list(CLAIM_COLUMNS), dtype=object), complaints


class _RowChecker:
    """Checks row after row of one file; gathers complaints instead of stopping."""

    def __init__(self, file: str, theater: Theater, gazetteer: Gazetteer) -> None:
        self.file = file
        self.theater = theater
        self.gazetteer = gazetteer
        self.complaints: list[Complaint] = []
        self._seen: dict[str, tuple[int, str]] = {}
        self._nearby = _Country(theater)

    def complain(self, row: int, column: str, value: str, problem: str) -> None:
        self.complaints.append(Complaint(self.file, row, column, value, problem))

    def checked(self, row: int, record: dict[str, str]) -> dict[str, str]:
        """Give the row with its place and id filled in."""
        before = len(self.complaints)
        self._check_words(row, record)
        self._check_dates(row, record)
        key = "\x1f".join(record[name] for name in _KEY_FIELDS)
        key += "" if record["place"] else record["place_id"]
        self._resolve(row, record)
        record["claim_id"] = (
            record["claim_id"] or "c-" + hashlib.sha256(key.encode()).hexdigest()[:12]
        )
        if len(self.complaints) == before:
            self._check_repeated(row, record, key)
        return record

    def _check_words(self, row: int, record: dict[str, str]) -> None:
        for column in _REQUIRED:
            if not record[column]:
                self.complain(row, column, "", "is empty")
        for column, words in (
            ("relation", RELATIONS), ("certainty", CERTAINTIES), ("date_precision", _PRECISIONS)
        ):  # fmt: skip
            value = record[column]
            if value and value not in words:
                self.complain(row, column, value, f"is none of {', '.join(words)}")
        actors = self.theater.actors.index
        for column in ("actor", "against"):
            value = record[column]
            if value and value not in actors:
                near = get_close_matches(value.casefold(), list(actors), n=1, cutoff=0.5)
                hint = f"; nearest: {near[0]}" if near else ""
                known = ", ".join(actors)
                self.complain(row, column, value, f"is no actor of the theater ({known}){hint}")
        if record["actor"] and record["actor"] == record["against"]:
            self.complain(row, "against", record["against"], "is the actor itself")
        url = record["source_url"]
        if url and not _is_web_address(url):
            self.complain(row, "source_url", url, "is no http or https address")

    def _check_dates(self, row: int, record: dict[str, str]) -> None:
        days: dict[str, date] = {}
        for column in ("event_date", "reported_on"):
            value = record[column]
            if not value:
                continue
            day = parse_date(value)
            if day is None:
                self.complain(row, column, value, "is no date; YYYY-MM-DD, 1900 to 2100, would do")
            else:
                days[column] = day
        if len(days) == 2 and days["event_date"] > days["reported_on"]:
            problem = f"lies after the report of {days['reported_on']}; one of the two is wrong"
            self.complain(row, "event_date", record["event_date"], problem)

    def _resolve(self, row: int, record: dict[str, str]) -> None:
        """Fill `place_id`, `place`, `lat` and `lon` from what of them was given."""
        point = self._point(row, record)
        if record["place_id"]:
            self._resolve_by_id(row, record, point)
        elif not record["place"]:
            self.complain(row, "place", "", "is empty, and so is place_id; one of them would do")
        elif point is not None:
            self._resolve_by_point(record, point)
        else:
            self._resolve_by_name(row, record)

    def _point(self, row: int, record: dict[str, str]) -> tuple[float, float] | None:
        if not record["lat"] and not record["lon"]:
            return None
        numbers = []
        for column, limit in (("lat", 90.0), ("lon", 180.0)):
            number = parse_number(record[column])
            if number is None or abs(number) > limit:
                self.complain(row, column, record[column], "is no coordinate in degrees")
            else:
                numbers.append(number)
        if len(numbers) != 2:
            return None
        lat, lon = numbers
        if not self._nearby.holds(lat, lon):
            problem = f"lies outside {self.theater.title} by more than {_BORDER_TOLERANCE_KM:g} km"
            if self._nearby.holds(lon, lat):
                problem += "; are lat and lon exchanged?"
            self.complain(row, "lat", f"{record['lat']},{record['lon']}", problem)
        return lat, lon

    def _resolve_by_id(
        self, row: int, record: dict[str, str], point: tuple[float, float] | None
    ) -> None:
        place_id = record["place_id"]
        if place_id not in self.gazetteer:
            near = get_close_matches(place_id, list(self.gazetteer.places.index), n=1)
            hint = f"; nearest: {near[0]}" if near else ""
            self.complain(row, "place_id", place_id, f"is not in places.csv{hint}")
            return
        lat, lon = self.gazetteer.position(place_id)
        record["place"] = record["place"] or self.gazetteer.name_of(place_id)
        if point is None:
            record["lat"], record["lon"] = repr(lat), repr(lon)
            return
        apart = float(distance_km(lat, lon, *point))
        if apart > SAME_PLACE_KM:
            problem = (
                f"lies {apart:.1f} km from lat,lon of this row; within {SAME_PLACE_KM:g} km would "
                "do, or leave one of the two empty"
            )
            self.complain(row, "place_id", place_id, problem)

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
            self.complain(row, "place", name, problem)
        else:
            near = self.gazetteer.nearest_names(name)
            hint = f"; nearest names: {', '.join(near)}" if near else ""
            problem = f"is not in the gazetteer; lat and lon would do{hint}"
            self.complain(row, "place", name, problem)

    def _check_repeated(self, row: int, record: dict[str, str], key: str) -> None:
        first = self._seen.setdefault(record["claim_id"], (row, key))
        if first[0] == row:
            return
        if first[1] == key:
            warn(f"{self.file}: row {row} repeats row {first[0]}; it counts once")
        else:
            problem = f"is the id of row {first[0]} too; leave it empty to have one made"
            self.complain(row, "claim_id", record["claim_id"], problem)


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
        return float(distance_km(lat, lon, near_lat, near_lon)) <= _BORDER_TOLERANCE_KM


def _point_id(lat: float, lon: float) -> str:
    return "pt-" + hashlib.sha256(f"{lat:.5f},{lon:.5f}".encode()).hexdigest()[:10]


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    printable = url.isprintable() and " " not in url and len(url) <= _URL_LENGTH
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and printable


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    typed = frame.copy()
    for column in ("event_date", "reported_on"):
        days = [np.datetime64(text or "NaT", "s") for text in frame[column]]
        typed[column] = np.array(days, dtype="datetime64[s]")
    for column in ("lat", "lon"):
        typed[column] = frame[column].astype(float)
    return typed


def claims_until(claims: pd.DataFrame, day: date, *, known_by: date | None = None) -> pd.DataFrame:
    """
    Claims that a map of a day may use.

    Parameters
    ----------
    claims
        The claims frame.
    day
        Only events up to this day count.
    known_by
        Only reports up to this day count, when given. A claim whose report date is not known
        counts as reported on the day of its event.
    """
    wanted = claims["event_date"] <= pd.Timestamp(day)
    if known_by is not None:
        reported = claims["reported_on"].fillna(claims["event_date"])
        wanted &= reported <= pd.Timestamp(known_by)
    return claims[wanted].reset_index(drop=True)


def write_claims(claims: pd.DataFrame, path: str | Path) -> Path:
    """
    Write a claims frame as CSV, whole or not at all.

    Cells that a spreadsheet would take for a formula are neutralized with an apostrophe.
    """
    target = Path(path)
    with atomic_path(target) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(CLAIM_COLUMNS)
        for record in claims[list(CLAIM_COLUMNS)].itertuples(index=False, name=None):
            writer.writerow(_cells(record))
    return target


def _cells(record: Sequence[object]) -> list[str]:
    cells = []
    for value in record:
        if value is None or value is pd.NaT:
            cells.append("")
        elif isinstance(value, float):
            cells.append("" if np.isnan(value) else repr(value))
        elif isinstance(value, pd.Timestamp):
            cells.append(value.date().isoformat())
        else:
            cells.append(neutral_cell(str(value)))
    return cells
