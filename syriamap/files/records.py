"""
The one door for tables: whatever somebody keeps rows in, out come rows of text under known names.

In comes a file (text of any encoding and separator, a workbook, a database, Parquet, JSON, an
archive of one table, standard input) or a DataFrame; out goes a :class:`Sheet`, whose header has
been found and whose rows can be run through as often as needed.
"""

from __future__ import annotations

import errno
import gzip
import re
import sys
import unicodedata
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from syriamap.errors import TableError
from syriamap.files.cells import bare_cell
from syriamap.files.containers import (
    BROKEN_ARCHIVE,
    cell_text,
    kind_of,
    object_records,
    open_member,
    packed_records,
)
from syriamap.files.databases import TakenTable, is_database, shown_address, take_table
from syriamap.files.gate import Gate, is_open, one_line
from syriamap.files.notices import warn
from syriamap.files.plain_text import text_records

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

__all__ = ["Block", "Reading", "Sheet", "Table", "column_key", "sheet_of", "table_name"]

Table: TypeAlias = "str | Path | IO[str] | IO[bytes] | pd.DataFrame | TakenTable"
"""Where a table may come from: a file by its path, an open one, a frame, a database by address."""

_LOOKED_AT = 20
"""Rows among which the header is looked for."""

_AT_ONCE = 10_000
"""Rows that are cleaned together, where the source has no pieces of its own."""

_MOST_KNOWN = 100_000
"""Cells of a column that are remembered: a long column mostly says the same again."""

_ADDRESS = re.compile(r"^https?:/")


@dataclass(frozen=True)
class Reading:
    """
    How a table is to be read, where it does not tell itself.

    Attributes
    ----------
    encoding
        Of a text: `utf-8`, `utf-16`, `cp1252`, `cp1256`…; told by its byte order mark when empty.
    sheet
        Sheet of a workbook or table of a database.
    header
        Row of the header; 0 to have it found.
    dates
        Order of day, month and year in numbers (`dmy`, `mdy`, `ymd`); told by the column when
        empty.
    """

    encoding: str = ""
    sheet: str = ""
    header: int = 0
    dates: str = ""


def table_name(table: Table) -> str:
    """What complaints call a table: its path, address, the name of an open file, ``DataFrame``."""
    if isinstance(table, str | Path):
        return shown_address(str(table)) if is_database(str(table)) else str(table)
    if hasattr(table, "iterrows"):
        return "DataFrame"
    name = getattr(table, "name", "")
    return name if isinstance(name, str) and name else "open file"


def column_key(name: str) -> str:
    """
    Give a column's name without case, spaces, signs and underscores.

    >>> column_key("Event Date"), column_key("event_date"), column_key("ADM1: Governorate (en)")
    ('eventdate', 'eventdate', 'adm1governorateen')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum())


class Block(NamedTuple):
    """
    Some rows of a sheet.

    Attributes
    ----------
    numbers
        Of the rows.
    columns
        Their cells, as many columns as the header has.
    too_long
        Numbers and lengths of rows with more cells than that, which are left out.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[str]]
    too_long: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """
    A table whose header has been found.

    Attributes
    ----------
    name
        What complaints call it.
    header
        Names of the columns as they are written.
    header_row
        Where the header stands, as a spreadsheet numbers rows.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    _source: _Source = field(repr=False)

    @cached_property
    def _places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for number, column in enumerate(self.header):
            places.setdefault(column_key(column), number)
        return places

    def place_of(self, column: str) -> int:
        """Which column bears a name, however it is written; -1 when none does."""
        if column in self.header:
            return self.header.index(column)
        return self._places.get(column_key(column), -1)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Cells of every row that is not blank, with its number; short rows are filled up."""
        gate = Gate(self.name)
        yield from self._records(self._source.records(), gate)
        self._tell(gate)

    def blocks(self) -> Iterator[Block]:
        """The same rows, many at a time and column by column; a text that repeats is one object."""
        width, gate = len(self.header), Gate(self.name)
        known: list[dict[str, str]] = [{} for _ in self.header]
        for numbers, columns, rows in self._source.blocks():
            block = None
            if columns is not None and len(columns) == width:
                above = bisect_right(numbers, self.header_row)
                below = [column[above:] for column in columns] if above else columns
                block = _cleaned(numbers[above:], below, known)
            yield block or self._in_columns(rows(), gate)
        self._tell(gate)

    def _in_columns(self, rows: Iterable[tuple[int, Sequence[str]]], gate: Gate) -> Block:
        """Rows of any shape, each cleaned by itself."""
        width = len(self.header)
        numbers, found, too_long = [], [], []
        for number, cells in self._records(rows, gate):
            if len(cells) > width:
                too_long.append((number, len(cells)))
            else:
                numbers.append(number)
                found.append(cells)
        columns = list(zip(*found, strict=True)) if found else [()] * width
        return Block(numbers, columns, too_long)

    def _records(
        self, records: Iterable[tuple[int, Sequence[str]]], gate: Gate
    ) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        for number, record in records:
            if number <= self.header_row:
                continue
            cells = _cells(record, gate, number)
            if not any(cells) or _is_tag_row(cells):
                continue
            while len(cells) > width and not cells[-1]:
                cells.pop()
            yield number, cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]

    def _tell(self, gate: Gate) -> None:
        if not self._source.is_told:  # a table may be run through twice
            self._source.is_told = True
            gate.tell()


def _cleaned(
    numbers: Sequence[int], columns: Sequence[Sequence[str]], known: Sequence[dict[str, str]]
) -> Block | None:
    """
    Rows cleaned column by column, each text once; None where some want to be looked at alone.

    Parameters
    ----------
    numbers, columns
        Of the rows.
    known
        Texts of each column that were cleaned before.
    """
    made, is_filled = [], False
    for texts, cells in zip(columns, known, strict=True):
        different = dict.fromkeys(texts)
        new = different.keys() - cells.keys()
        whole = "".join(new)
        if not is_open(whole) or ("#" in whole and any(text.lstrip()[:1] == "#" for text in new)):
            return None  # perhaps a row of tags
        bare = bare_cell if "'" in whole else str.strip
        if len(different) * 2 > len(texts):  # mostly of one row each, and not met again
            column = list(map(bare, texts))
        else:
            if len(cells) > _MOST_KNOWN:
                cells.clear()
                new = set(different)
            cells.update(zip(new, map(bare, new), strict=True))
            column = list(map(cells.__getitem__, texts))
        is_filled = is_filled or "" not in column
        made.append(column)
    # without a column that all rows fill, some may be blank
    return Block(numbers, made, ()) if is_filled else None


def _cells(record: Sequence[str], gate: Gate, number: int) -> list[str]:
    """Cells of a row without what no text may carry; most have none, which is asked of all."""
    whole = "".join(record)
    if whole.isascii() and whole.isprintable():
        return (
            [cell.strip() for cell in record] if "'" not in whole else list(map(bare_cell, record))
        )
    return [
        bare_cell(
            cell if cell.isascii() and cell.isprintable() else gate.text(cell, f"row {number}")
        )
        for cell in record
    ]


def _is_tag_row(cells: list[str]) -> bool:
    """Whether this is the row of HXL tags (``#date``, ``#loc+name``) below a header."""
    filled = [cell for cell in cells if cell] if next(filter(None, cells))[0] == "#" else []
    return len(filled) > 1 and all(cell[0] == "#" and cell[1:2].isalpha() for cell in filled)


def sheet_of(
    table: Table,
    reading: Reading | None = None,
    *,
    names: Mapping[str, Sequence[str]],
    needed: Sequence[str] = (),
    implied: Sequence[str] = (),
    name: str = "",
) -> Sheet:
    """
    Open a table and find its header.

    Parameters
    ----------
    table
        A path (``-`` for standard input), an open file or a DataFrame.
    reading
        What the table does not tell.
    names
        Columns that are known, each with the other names that it may bear.
    needed
        Columns that a header must have; a row above it that has none of the known ones is a title.
    implied
        Header of a table that has none: taken where no row has a known name and the first is as
        wide.
    name
        What complaints call the table.

    Raises
    ------
    TableError
        If it is no table, or has no rows at all.
    """
    reading = reading or Reading()
    source = _Source(table, reading)
    with closing(source.records()) as records:
        first = [
            (number, [one_line(cell) for cell in cells])
            for number, cells in islice(records, _LOOKED_AT)
        ]
    if not any(any(cells) for _, cells in first):
        raise TableError(f"no header; expected {', '.join(needed or names)}", 1)
    row, header = _header_among(first, reading, names, needed)
    keys = {column_key(one) for one in names}
    if implied and len(first[0][1]) == len(implied) and not keys & set(map(column_key, header)):
        row, header = 0, list(implied)
    while header and not header[-1]:
        header.pop()
    shown = name or table_name(table)
    above = [number for number, cells in first if number < row and any(cells)]
    if above and not reading.header:
        rows = ", ".join(map(str, above))
        warn(f"{shown}: the header is row {row}; what stands above it (row {rows}) is not read")
    return Sheet(shown, tuple(header), row, source)


def _header_among(
    first: list[tuple[int, list[str]]],
    reading: Reading,
    names: Mapping[str, Sequence[str]],
    needed: Sequence[str],
) -> tuple[int, list[str]]:
    """Choose the row that has all needed names, else the one with the most known names."""
    if reading.header:
        for number, cells in first:
            if number == reading.header:
                return number, cells
        raise TableError(f"has no header in row {reading.header}")
    keys = {one: {column_key(word) for word in (one, *others)} for one, others in names.items()}
    best, best_score = next(one for one in first if any(one[1])), 0
    for number, cells in first:
        there = {column_key(cell) for cell in cells if cell}
        met = {one for one, words in keys.items() if words & there}
        if needed and met.issuperset(needed):
            return number, list(cells)
        if len(met) > best_score:
            best, best_score = (number, cells), len(met)
    return best[0], list(best[1])


class _Rows(NamedTuple):
    """Some rows of a source: numbers, columns where all are even, and the rows one by one."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[str]] | None
    rows: Callable[[], Iterable[tuple[int, Sequence[str]]]]

    @classmethod
    def of(cls, rows: list[tuple[int, list[str]]]) -> _Rows:
        """Give rows that came one by one."""
        numbers, cells = [number for number, _ in rows], [cells for _, cells in rows]
        is_even = len(set(map(len, cells))) == 1
        return cls(numbers, list(zip(*cells, strict=True)) if is_even else None, lambda: rows)


def _as_rows(
    numbers: Iterable[int], columns: Sequence[Sequence[str]]
) -> Iterator[tuple[int, Sequence[str]]]:
    return zip(numbers, zip(*columns, strict=True), strict=True)


class _Source:
    """Where the records of a table come from; a file on disk is opened anew for each run."""

    def __init__(self, table: Table, reading: Reading) -> None:
        self._reading = reading
        self._taken: TakenTable | None = None
        self.is_told = False
        self._path: Path | None = None
        self._data: bytes | None = None
        self._frame: Any = None
        if hasattr(table, "iterrows"):
            self._frame = table
        elif isinstance(table, TakenTable):
            self._taken = table
        elif isinstance(table, str) and is_database(table):
            self._taken = take_table(table)
        elif isinstance(table, str | Path) and str(table) != "-":
            if _ADDRESS.match(str(table)):
                raise TableError("is an address; download it first: nothing is fetched here")
            self._path = Path(table)
        else:
            self._data = _all_of(sys.stdin.buffer if isinstance(table, str | Path) else table)

    def records(self) -> Generator[tuple[int, list[str]]]:
        """Records with their numbers, from the first row of the table on."""
        if self._frame is not None:
            yield from _frame_records(self._frame)
            return
        if self._taken is not None:
            yield from self._taken.records()
            return
        try:
            with closing(self._opened()) as stream:
                kind = kind_of(stream)
                stream.seek(0)
                yield from self._of_kind(kind, stream)
        except OSError as error:
            known = {errno.ENOENT: "no such file", errno.EISDIR: "is a folder; a table would do"}
            said = known.get(error.errno or 0, f"cannot be read: {error.strerror or error}")
            raise TableError(said) from error

    def blocks(self) -> Iterator[_Rows]:
        """The same records many at a time, by columns too where all are of one length."""
        if self._taken is not None:
            names = [name for name, _ in self._taken.columns]
            yield _Rows.of([(1, names)])
            for first, columns in self._taken.blocks():
                numbers = range(first, first + len(columns[0]))
                yield _Rows(numbers, columns, partial(_as_rows, numbers, columns))
            return
        with closing(self.records()) as records:
            while rows := list(islice(records, _AT_ONCE)):
                yield _Rows.of(rows)

    def _opened(self) -> IO[bytes]:
        return BytesIO(self._data or b"") if self._path is None else self._path.open("rb")

    def _of_kind(self, kind: str, stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
        if kind == "text":
            yield from text_records(stream, self._reading.encoding)
        elif kind == "json":
            yield from object_records(stream)
        elif kind == "gzip":
            with gzip.open(stream) as unpacked:
                yield from _unpacked(cast("IO[bytes]", unpacked), self._reading.encoding)
        elif kind == "picture":
            raise TableError("is a PDF or a picture, not a table; the table behind it would do")
        elif kind == "xml":
            raise TableError("is XML or HTML, not a table; for KML: `claims import kml`")
        elif self._path is None:
            yield from self._spooled(kind)
        elif kind == "archive":
            with closing(open_member(self._path)) as member:
                yield from _unpacked(member, self._reading.encoding)
        else:
            yield from packed_records(kind, self._path, self._reading.sheet)

    def _spooled(self, kind: str) -> Iterator[tuple[int, list[str]]]:
        """Records of a workbook or a database that came by standard input or an open file."""
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table"
            path.write_bytes(self._data or b"")
            yield from packed_records(kind, path, self._reading.sheet)


def _unpacked(stream: IO[bytes], encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Records of a packed text; what is damaged often shows only in the middle."""
    try:
        yield from text_records(stream, encoding)
    except BROKEN_ARCHIVE as error:
        said = str(error) or type(error).__name__
        raise TableError(f"is an archive that cannot be read to its end: {said}") from error


def _all_of(stream: Any) -> bytes:
    read = stream.read()
    return read.encode("utf-8") if isinstance(read, str) else bytes(read)


def _frame_records(frame: pd.DataFrame) -> Iterator[tuple[int, list[str]]]:
    """Records of a DataFrame; points of a GeoDataFrame become `lat` and `lon`."""
    geometry = getattr(frame, "_geometry_column_name", None)
    if geometry in frame.columns and not {"lat", "lon"} & set(frame.columns):
        points = frame[geometry]
        degrees = points if points.crs is None else points.to_crs("EPSG:4326")
        frame = frame.drop(columns=[geometry]).assign(lat=degrees.y, lon=degrees.x)
    yield 1, [str(column) for column in frame.columns]
    for number, row in enumerate(frame.itertuples(index=False, name=None), start=2):
        yield number, [_frame_text(value) for value in row]


def _frame_text(value: Any) -> str:
    import pandas as pd

    if isinstance(value, str) or not pd.api.types.is_scalar(value):
        return str(value)
    return "" if pd.isna(value) else cell_text(value)
