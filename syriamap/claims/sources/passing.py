"""
What every importer shares: rows in, claims or reasons out, one at a time.

An importer is a generator: a file of any size passes through without being held. A row that makes
no claim is never dropped: it comes out as :class:`Unmapped`, with its number and the reason.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import IO, TYPE_CHECKING, Any

from syriamap.errors import ClaimsError, SourceError
from syriamap.files import parse_date, parse_number, read_table
from syriamap.names.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from syriamap.theater.folder import Theater

__all__ = ["ClaimRow", "Context", "Unmapped", "day_of", "read_rows"]

ClaimRow = dict[str, str]
"""One claim as text, by column of :data:`syriamap.claims.reader.CLAIM_COLUMNS`."""

_CELL_LIMIT = 1_000_000
_LINE_LIMIT = 4_000_000
_NEAR = 0.045  # degrees: about the 5 km that a claim may lie outside the border
_DAY_FORMATS = (
    "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%Y%m%d", "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S",
)  # fmt: skip


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
        Its ``import_actors.csv`` has `format, name, actor`; a name that ends in ``*`` is a prefix,
        a format of ``*`` is any. Names and ids of the theater's actors need no entry.
    format
        The format being read.
    day
        Day of the file as a whole, for formats that do not state one.
    columns
        Column of a claim → column of the file, for formats without fixed columns.
    constants
        Column of a claim → value for all rows.
    """

    theater: Theater
    format: str
    day: date | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _names(self) -> tuple[dict[str, str], list[tuple[str, str]]]:
        exact: dict[str, str] = {}
        prefixes: list[tuple[str, str]] = []
        for actor, row in self.theater.actors.iterrows():
            for name in (str(actor), str(row["name"]), str(row["short"])):
                exact.setdefault(name.casefold(), str(actor))
        path = self.theater.folder / "import_actors.csv"
        if path.is_file():
            table, complaints = read_table(
                path, required=("format", "name", "actor"), optional=("note",)
            )
            if complaints:
                raise ClaimsError(complaints)
            for one in table.itertuples(index=False):
                if str(one.format) not in {self.format, "*"}:
                    continue
                name, actor = str(one.name).casefold(), str(one.actor)
                if actor not in self.theater.actors.index:
                    raise SourceError(f"{path}: {one.name!r}: {actor!r} is no actor of the theater")
                if name.endswith("*"):
                    prefixes.append((name[:-1], actor))
                else:
                    exact[name] = actor
        prefixes.sort(key=lambda pair: -len(pair[0]))
        return exact, prefixes

    def actor(self, name: str) -> str:
        """Actor id for a name of this format; empty when there is none."""
        exact, prefixes = self._names
        folded = " ".join(name.replace("_", " ").split()).casefold()
        found = exact.get(folded) or exact.get(name.strip().casefold())
        if found:
            return found
        return next((actor for start, actor in prefixes if folded.startswith(start)), "")

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Of the theater."""
        return Gazetteer(self.theater)

    @cached_property
    def _country(self) -> Any:
        import shapely

        near = self.theater.boundary.buffer(_NEAR)
        shapely.prepare(near)
        return near

    def place(self, row: int, name: str, lat: str, lon: str) -> ClaimRow | Unmapped:
        """Columns for a place: at its point when there is one, else by its name."""
        import shapely

        name = " ".join(name.split())
        if lat.strip() or lon.strip():
            y, x = parse_number(lat.strip()), parse_number(lon.strip())
            if y is None or x is None or abs(y) > 90 or abs(x) > 180:
                return Unmapped(row, f"{lat}, {lon}", "no coordinate in degrees")
            if not shapely.contains_xy(self._country, x, y):
                return Unmapped(row, f"{name} ({y:g}, {x:g})", "outside the theater")
            return {"place": name or f"{y:.4f}, {x:.4f}", "lat": repr(y), "lon": repr(x)}
        if not name:
            return Unmapped(row, "", "neither a coordinate nor a name")
        result = self.gazetteer.resolve(name)
        if not result.accepted:
            words = (
                "an ambiguous name" if result.candidates else "a name that is not in the gazetteer"
            )
            return Unmapped(row, name, words)
        return {"place": name, "place_id": result.candidates[0].place_id}


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """
    Read a date in one of the notations of these formats.

    >>> day_of("06 December 2024"), day_of("20241206"), day_of("6.13.24")
    (datetime.date(2024, 12, 6), datetime.date(2024, 12, 6), None)
    """
    text = text.strip()
    if not text:
        return None
    day = parse_date(text[:10]) if len(text) in {10, 19} or "T" in text else None
    if day is not None:
        return day
    for notation in _DAY_FORMATS:
        try:
            found = datetime.strptime(text, notation).date()
        except ValueError:
            continue
        return parse_date(found.isoformat())
    return None


def read_rows(path: Path, required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Rows of a CSV file one at a time, with their line numbers.

    Parameters
    ----------
    path
        UTF-8; commas, semicolons or tabs between the cells, as the header has them.
    required
        Columns that must be there.

    Raises
    ------
    SourceError
        If the file is not such a table; the message names what is missing.
    """
    csv.field_size_limit(_CELL_LIMIT)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = _lines(stream)
            first = next(lines, "")
            mark = max(",;\t", key=first.count)
            header = [cell.strip() for cell in next(csv.reader([first], delimiter=mark), [])]
            missing = [name for name in required if name not in header]
            if missing:
                shown = ", ".join(filter(None, header))[:200] or "nothing"
                raise SourceError(f"{path}: columns missing: {', '.join(missing)}; found {shown}")
            reader = csv.reader(lines, delimiter=mark)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    filled = [*cells, *[""] * (len(header) - len(cells))]
                    # lines are counted below the header, which was read on its own
                    yield reader.line_num + 1, dict(zip(header, filled, strict=False))
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8 (byte {error.start})") from error
    except csv.Error as error:
        raise SourceError(f"{path}: is not a readable table: {error}") from error


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines one at a time; a file that is one endless line is not read into memory."""
    while line := stream.readline(_LINE_LIMIT + 1):
        if len(line) > _LINE_LIMIT:
            raise csv.Error(f"a line is longer than {_LINE_LIMIT:,} characters")
        yield line
