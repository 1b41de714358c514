"""
What every importer shares: rows in, claims or reasons out, one at a time.

An importer is a generator: a file of any size passes through without being held. A row that makes
no claim is never dropped: it comes out as :class:`Unmapped`, with its number and the reason.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from syriamap.claims.actor_names import ActorNames, Meaning
from syriamap.claims.country import Country
from syriamap.claims.sources.own_exports import refuse_own_columns
from syriamap.errors import SourceError, TableError
from syriamap.files import Reading, Sheet, parse_number, sheet_of
from syriamap.files.coordinates import parse_degrees
from syriamap.files.dates import DateColumn, order_decided
from syriamap.files.tabular import column_places
from syriamap.names.gazetteer import Gazetteer
from syriamap.names.resolution import kilometers
from syriamap.names.whereabouts import FAR_KM, Whereabouts, resolve_within
from syriamap.theater.drawn_areas import OwnArea

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = ["FAR_NOTE", "HEARD_NOTE", "ClaimRow", "Context", "Rows", "Unmapped", "number_of"]

ClaimRow = dict[str, str]
"""One claim as text, by column of :data:`syriamap.claims.reader.CLAIM_COLUMNS`."""

FAR_NOTE = "rows have a point far from the only place of their name; the point counts"
"""What is said of rows whose name is known elsewhere only."""

HEARD_NOTE = "names were known by their sound alone; look whether they are meant"
"""What is said of names that no place bears as they are written."""

_NO_PLACE = Whereabouts()
_SAME_NAME = frozenset({"exact", "folded", "alias", "alias folded"})


@dataclass(frozen=True)
class Unmapped:
    """
    A row that made no claim.

    Attributes
    ----------
    row
        Its line in the file.
    value
        What could not be mapped.
    reason
        Why, in words that are the same for all such rows.
    """

    row: int
    value: str
    reason: str


@dataclass
class Context:
    """
    What rows are mapped with: the theater's actors under the names that a format gives them.

    Attributes
    ----------
    theater
        Its ``import_actors.csv`` has `format, name, actor, relation`; see
        :class:`~syriamap.claims.actor_names.ActorNames`.
    format
        The format being read.
    day
        Day of the file as a whole, for formats that do not state one.
    columns
        Column of a claim → column of the file, for formats without fixed columns.
    constants
        Column of a claim → value for all rows.
    reading
        What tables do not tell of themselves: encoding, sheet, order of dates.
    actor_files
        Tables of names that count before the theater's own.
    values
        Part of a name, a color or a style → actor, actors joined by ``+``, or ``contested``.
    rest
        Actor who holds what lies outside all polygons; empty for nobody.
    own_exports
        Read what this program wrote as a result, too.
    today
        The reader's own day, when given: later events are noted.
    """

    theater: Theater
    format: str
    day: date | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    actor_files: tuple[Path, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    rest: str = ""
    own_exports: bool = False
    today: date | None = None
    left_over: list[Unmapped] = field(default_factory=list, repr=False)
    notes: Counter[str] = field(default_factory=Counter, repr=False)
    areas: dict[str, OwnArea] = field(default_factory=dict, repr=False)
    _heard: list[tuple[str, str]] = field(default_factory=list, repr=False)

    def add_area(self, shape: BaseGeometry, name: str) -> str:
        """
        Keep a drawn area that claims speak of, and give its id: a hash of its shape.

        Parameters
        ----------
        shape
            In degrees.
        name
            For readers.
        """
        import shapely

        rounded = shapely.normalize(shapely.set_precision(shape, 1e-5))
        area_id = "drawn-" + hashlib.sha256(shapely.to_wkb(rounded)).hexdigest()[:12]
        self.areas.setdefault(area_id, OwnArea(area_id, rounded, name, drawn=True))
        return area_id

    @cached_property
    def names(self) -> ActorNames:
        """Names of actors in this format."""
        return ActorNames(self.theater, self.format, self.actor_files, self.values)

    def actor(self, name: str, day: date | None = None) -> str:
        """Actor id for a name of this format; empty when there is none."""
        return self.names.actor(name, day or self.day)

    def meaning(self, value: str, day: date | None = None) -> Meaning | None:
        """What a value of this format stands for: actors and a relation."""
        return self.names.meaning(value, day or self.day)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Of the theater."""
        return Gazetteer(self.theater)

    @cached_property
    def country(self) -> Country:
        """Of the theater."""
        return Country(self.theater)

    def place(
        self, row: int, name: str, lat: str, lon: str, where: Whereabouts = _NO_PLACE
    ) -> ClaimRow | Unmapped:
        """
        Columns for a place: at its point when there is one, else by its name and whereabouts.

        Parameters
        ----------
        row
            Number of the row.
        name, lat, lon
            As the row has them; empty for nothing.
        where
            What else the row says of where the place lies.
        """
        name = " ".join(name.split())
        if lat.strip() or lon.strip():
            return self._at_point(row, name, lat, lon, where)
        if not name and not where.pcode:
            return Unmapped(row, "", "neither a coordinate nor a name")
        if where:
            result = resolve_within(name, where, self.gazetteer)
        else:
            result = self.gazetteer.resolve(name)
        if not result.accepted:
            words = (
                "an ambiguous name" if result.candidates else "a name that is not in the gazetteer"
            )
            return Unmapped(row, name or where.pcode, words)
        first = result.candidates[0]
        if name and first.how not in _SAME_NAME and not where.pcode:
            self.note_heard(name, first.name)
        return {"place": name or first.name, "place_id": first.place_id}

    def note_heard(self, written: str, known: str) -> None:
        """Note a name that was only heard to be that of a place."""
        if len(self._heard) < 3:
            self.notes.pop(self._heard_note(), None)
            self._heard.append((written, known))
            self.notes[self._heard_note()] = len(self._heard)
        else:
            self.notes[self._heard_note()] += 1

    def _heard_note(self) -> str:
        shown = ", ".join(f"{one!r} → {other}" for one, other in self._heard)
        return f"{HEARD_NOTE}: {shown}"

    def _at_point(
        self, row: int, name: str, lat: str, lon: str, where: Whereabouts
    ) -> ClaimRow | Unmapped:
        y, x = parse_degrees(lat.strip(), "lat"), parse_degrees(lon.strip(), "lon")
        if y is None or x is None:
            return Unmapped(row, f"{lat}, {lon}", "no coordinate in degrees")
        if not self.country.holds(y, x):
            turned = abs(x) <= 90 and self.country.holds(x, y)
            hint = "; are lat and lon exchanged?" if turned else ""
            return Unmapped(row, f"{name} ({y:g}, {x:g})", f"outside the theater{hint}")
        if name:
            self._note_far(name, (y, x), where)
        return {"place": name or f"{y:.4f}, {x:.4f}", "lat": repr(y), "lon": repr(x)}

    def _note_far(self, name: str, point: tuple[float, float], where: Whereabouts) -> None:
        result = resolve_within(name, where, self.gazetteer)
        if not result.accepted or result.candidates[0].how not in _SAME_NAME:
            return
        apart = min(kilometers((one.lat, one.lon), point) for one in result.candidates)
        if apart > FAR_KM:
            self.notes[FAR_NOTE] += 1


class Rows:
    """
    The rows of a table under known names, and the days in its columns.

    Parameters
    ----------
    path
        The table.
    context
        How it is to be read, and where rows that cannot be read are reported.
    known
        Columns, each with the other names that it may bear; columns that are absent are empty.
    needed
        Columns that must be there.
    dates
        Columns of days, whose order is decided from all rows.
    implied
        The header of a table that has none, as its publisher documents it.

    Raises
    ------
    SourceError
        If the file is not such a table; the message names what is missing.
    """

    def __init__(  # noqa: PLR0917  (what is there, what must be, what are days)
        self,
        path: Path,
        context: Context,
        known: Mapping[str, Sequence[str]],
        needed: Sequence[str] = (),
        dates: Sequence[str] = (),
        implied: Sequence[str] = (),
    ) -> None:
        self._path, self._context = path, context
        try:
            self.sheet: Sheet = sheet_of(
                path, context.reading, names=known, needed=needed, implied=implied
            )
            self._places = column_places(self.sheet, known)
        except TableError as error:
            raise _source_error(path, error) from error
        refuse_own_columns(
            str(path), self.sheet.header, format_=context.format, allowed=context.own_exports
        )
        missing = [name for name in needed if name not in self._places]
        if missing:
            shown = ", ".join(filter(None, self.sheet.header))[:200] or "nothing"
            raise SourceError(f"{path}: columns missing: {', '.join(missing)}; found {shown}")
        self._absent = [name for name in known if name not in self._places]
        zone = context.theater.timezone
        self._days = {name: DateColumn(name, zone) for name in dates if name in self._places}
        self._learn()

    def _learn(self) -> None:
        if not self._days:
            return
        columns = [(column, self._places[name]) for name, column in self._days.items()]
        try:
            for row, cells in self.sheet.records():
                for column, place in columns:
                    column.see(row, cells[place])
            order_decided(self._days.values(), self._context.reading.dates)
        except TableError as error:
            raise _source_error(self._path, error) from error

    @property
    def columns(self) -> tuple[str, ...]:
        """Names in the header."""
        return self.sheet.header

    def has(self, name: str) -> bool:
        """Whether a known column is there."""
        return name in self._places

    def day(self, name: str, text: str) -> date | None:
        """Read a day of a column."""
        return self._days[name].day(text) if name in self._days else None

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        header, width = self.sheet.header, len(self.sheet.header)
        try:
            for row, cells in self.sheet.records():
                if len(cells) > width:
                    self._context.left_over.append(
                        Unmapped(row, cells[width], "more cells than the header; quote commas")
                    )
                    continue
                made = dict(zip(header, cells, strict=True))
                made.update({name: cells[place] for name, place in self._places.items()})
                for name in self._absent:
                    made[name] = ""
                yield row, made
        except TableError as error:
            raise _source_error(self._path, error) from error


def _source_error(path: Path, error: TableError) -> SourceError:
    where = f" row {error.row}" if error.row else ""
    where += f", column {error.column}:" if error.column else ":" if where else ""
    shown = f" {error.value!r}" if error.value else ""
    return SourceError(f"{path}:{where}{shown} {error.problem}")


def number_of(text: str) -> str:
    """
    Give an id that a program wrote as a number as its digits: ``7e+05`` is 700000.

    >>> number_of("7e+05"), number_of("170654.0"), number_of("C9101")
    ('700000', '170654', 'C9101')
    """
    number = None if text.isdigit() else parse_number(text)
    return text if number is None or not number.is_integer() else str(int(number))
