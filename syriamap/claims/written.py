"""
What stands in a table of claims → text as claims have it: names of columns, days, points, words.

In comes a row as somebody wrote it, out goes the row in the notation of ``docs/claims.md``. What
cannot be read surely is left as it stands, for :mod:`.rows` to complain of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from syriamap.errors import TableError
from syriamap.files.coordinates import parse_degrees, parse_point
from syriamap.files.dates import DateColumn, order_decided
from syriamap.names.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from syriamap.claims.actor_names import ActorNames

__all__ = ["AROUND_COLUMNS", "AS_WRITTEN", "DATE_COLUMNS", "SYNONYMS", "Notation", "whereabouts_of"]

_WHERE = ("admin1", "admin2", "admin3", "pcode")
_COORDINATE_COLUMNS = ("coordinates", "mgrs", "plus_code")
AROUND_COLUMNS = (*_WHERE, *_COORDINATE_COLUMNS)
"""Columns that a table of claims may have beside a claim's own: where the place lies."""

DATE_COLUMNS = ("event_date", "reported_on")
"""Columns of days."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "event_date": ("date", "day", "event day", "date of event", "التاريخ", "تاريخ"),
    "place": ("location", "town", "village", "locality", "settlement", "community", "place name",
              "city", "town name", "location name", "location name (en)", "adm4_en", "المكان",
              "البلدة"),
    "lat": ("latitude", "y", "خط العرض"),
    "lon": ("lng", "long", "longitude", "x", "خط الطول"),
    "actor": ("side", "controlled by", "held by", "control", "controlling actor", "controller",
              "party", "aoc", "area of control"),
    "publisher": ("publication", "outlet"),
    "source_title": ("title", "headline"),
    "source_url": ("url", "link", "source link"),
    "reported_on": ("reported", "report date", "published", "published on", "publication date"),
    "note": ("notes", "comment", "remarks"),
    "admin1": ("governorate", "province", "adm1", "adm1_en", "admin1 name", "oblast", "wilayat",
               "adm1: governorate / mohafaza (en)", "المحافظة"),
    "admin2": ("district", "adm2", "adm2_en", "admin2 name", "county", "raion",
               "adm2: district / mantiqa (en)"),
    "admin3": ("subdistrict", "sub-district", "adm3", "adm3_en", "admin3 name", "nahia", "nahiya",
               "adm3: sub-district / nahia (en)"),
    "pcode": ("p-code", "adm4_pcode", "community pcode", "community code (pcode)", "place pcode",
              "admin4pcode"),
    "coordinates": ("coords", "coordinate", "lat lon", "lat, lon", "latlng", "gps", "point"),
    "plus_code": ("pluscode", "open location code", "olc"),
}  # fmt: skip
"""Other names that columns of claims bear in people's tables."""

_NOTHING = frozenset({"n/a", "na", "#n/a", "null", "none", "nan", "-", "–", "—", "nil"})
_LONGEST_NOTHING = max(map(len, _NOTHING))
_MAY_BE_NOTHING = (
    "place", "place_id", "area_id", "lat", "lon", "against", "asserted_by", "source_url",
    "archive_url", "reported_on", "date_precision", *AROUND_COLUMNS,
)  # fmt: skip
AS_WRITTEN = ("claim_id", "publisher", "source_title", "place_note", "note")
"""Columns whose cells claims have as they were written."""

_WORD_COLUMNS = ("relation", "certainty", "date_precision")
_ADDRESSES = ("source_url", "archive_url")
_QUOTES = re.compile(r"^[“”„«»‘’\"']+|[“”„«»‘\"]+$")
_NOWHERE = Whereabouts()


@dataclass
class Notation:
    """
    How one table writes what claims say; its days are looked at first (:meth:`learn`).

    Attributes
    ----------
    actors
        Names of the theater's actors.
    dates
        The columns of days.
    """

    actors: ActorNames
    dates: dict[str, DateColumn] = field(default_factory=dict)

    @classmethod
    def of_zone(cls, actors: ActorNames, zone: str) -> Notation:
        """Make the notation of a table of a theater whose time zone is known."""
        return cls(actors, {name: DateColumn(name, zone) for name in DATE_COLUMNS})

    def learn(
        self, rows: Iterable[tuple[int, Mapping[str, str]]], order: str = ""
    ) -> list[TableError]:
        """
        Go through all rows to learn how days are written; give what stays open.

        Parameters
        ----------
        rows
            Numbers of rows and their cells.
        order
            Order of day and month, where the caller names it.
        """
        columns = list(self.dates.items())
        for row, cells in rows:
            for name, column in columns:
                column.see(row, cells.get(name, ""))
        try:
            order_decided(self.dates.values(), order)
        except TableError as error:
            return [error]
        return []

    def in_claims(self, cells: dict[str, str]) -> dict[str, str]:
        """Give a row as claims have it; cells that cannot be read stay as they are."""
        for name, written in cells.items():
            if 0 < len(written) <= _LONGEST_NOTHING and written.casefold() in _NOTHING:
                cells[name] = "" if name in _MAY_BE_NOTHING else written
        for name in _WORD_COLUMNS:
            if cells.get(name):
                cells[name] = "_".join(cells[name].casefold().replace("-", " ").split())
        self._read_days(cells)
        for name in _ADDRESSES:
            if cells.get(name):
                cells[name] = cells[name].strip("\u200e\u200f\u200b\ufeff ")
        if cells.get("place"):
            cells["place"] = _QUOTES.sub("", cells["place"]).strip() or cells["place"]
        self._name_actors(cells)
        _read_point(cells)
        return cells

    def _read_days(self, cells: dict[str, str]) -> None:
        written = cells.get("event_date", "")
        for name, column in self.dates.items():
            if cells.get(name):
                day = column.day(cells[name])
                cells[name] = cells[name] if day is None else day.isoformat()
        # an evening in UTC is the next day in the theater, and so is its report of that day
        reported = cells.get("reported_on", "")
        if reported and reported == written[:10] < cells["event_date"] != written:
            cells["reported_on"] = cells["event_date"]

    def _name_actors(self, cells: dict[str, str]) -> None:
        day = self.dates["event_date"].day(cells.get("event_date", ""))
        for name in ("actor", "against"):
            if cells.get(name):
                cells[name] = self.actors.actor(cells[name], day) or cells[name]


def _read_point(cells: dict[str, str]) -> None:
    """Fill `lat` and `lon` in decimal degrees from wherever the row has its point."""
    lat, lon = cells.get("lat", ""), cells.get("lon", "")
    if lat or lon:
        for name, text in (("lat", lat), ("lon", lon)):
            number = parse_degrees(text, name) if text else None
            if number is not None and not _is_plain(text):
                cells[name] = repr(number)
        return
    for name in _points_in(cells):
        point = parse_point(cells[name])
        if point is not None:
            cells["lat"], cells["lon"] = map(repr, point)
            cells["place"] = cells.get("place") or cells[name]
            return
    told = next((cells[name] for name in _COORDINATE_COLUMNS if cells.get(name)), "")
    if told:
        cells["lat"] = told  # for the complaint


def _points_in(cells: Mapping[str, str]) -> Iterator[str]:
    for name in _COORDINATE_COLUMNS:
        if cells.get(name):
            yield name
    if cells.get("place") and not cells.get("place_id") and not cells.get("area_id"):
        yield "place"


def _is_plain(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


def whereabouts_of(cells: Mapping[str, str]) -> Whereabouts:
    """Give what a row says of where its place lies."""
    if cells.keys().isdisjoint(_WHERE):
        return _NOWHERE
    return Whereabouts(*(cells.get(name, "") for name in _WHERE))
