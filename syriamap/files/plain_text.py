"""
Tables as text: which encoding, which separator, and rows that are not what they seem.

In comes a stream of bytes, out go records, each with the number that a spreadsheet gives it. The
encoding is told by a byte order mark or by the caller, never guessed.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, cast

from syriamap.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ENCODINGS", "text_records"]

ENCODINGS = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "utf-16": "utf-16", "utf16": "utf-16",
    "cp1252": "cp1252", "windows-1252": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "iso-8859-1": "cp1252", "cp1256": "cp1256", "windows-1256": "cp1256", "cp1251": "cp1251",
    "windows-1251": "cp1251", "cp1250": "cp1250", "windows-1250": "cp1250",
}  # fmt: skip
"""What an encoding may be called, and what Python calls it."""

_CELL_LIMIT = 1_000_000
_LINE_LIMIT = 4_000_000
_MARKS = ",;\t|"
_LOOKED_AT = 30
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_records(stream: IO[bytes], encoding: str = "") -> Iterator[tuple[int, list[str]]]:
    """
    Records of a table in text, one at a time, each with its number.

    Parameters
    ----------
    stream
        The file; it is not closed.
    encoding
        One of :data:`ENCODINGS`; UTF-8, or UTF-16 with a byte order mark, when empty.

    Raises
    ------
    TableError
        With the row: bytes of another encoding, a quote that is not closed, a cell that holds
        whole rows.
    """
    lines = _Lines(stream, encoding)
    first = list(islice(lines, _LOOKED_AT))
    skipped, mark = _separator(first)
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(chain(first[skipped:], lines), delimiter=mark, strict=True)
    number, width = 0, 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise TableError(_quote_problem(str(error)), number) from error
        if record is None:
            return
        width = max(width, len(record)) if number <= _LOOKED_AT else width
        if any("\n" in cell for cell in record):
            _refuse_swallowed(number, record, mark, width)
        yield number, record


def _quote_problem(said: str) -> str:
    if "unexpected end" in said:
        return (
            "opens a quote that is never closed, so all rows after it would be lost; close it, or "
            "write a quote inside a cell twice"
        )
    if "expected after" in said:
        return "has a quote inside a quoted cell; write it twice, or take the cell's quotes away"
    return f"is not a readable CSV file: {said}"


def _refuse_swallowed(number: int, record: list[str], mark: str, width: int) -> None:
    """Complain of a cell that holds whole rows: a quote was opened there by mistake."""
    for cell in record:
        breaks = cell.count("\n")
        if not breaks or width < 3:
            continue
        # commas of prose are followed by a space, those between cells mostly are not
        marks = cell.count(mark) - cell.count(f"{mark} ")
        if marks >= breaks * (width - 1):
            problem = (
                f"holds a cell of {breaks + 1} lines that look like rows of their own; is a quote "
                "opened there by mistake?"
            )
            raise TableError(problem, number, value=cell.split("\n", 1)[0][:60])


class _Lines:
    """Lines of a stream with one kind of line end; a broken byte is told with its row."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        head = stream.read(4)
        self._bytes = _Joined(head, stream)
        known = next((name for bom, name in _BOMS if head.startswith(bom)), "")
        if encoding and encoding.casefold() not in ENCODINGS:
            shown = "utf-8, utf-16, cp1252, cp1256, cp1251"
            raise TableError(f"has no encoding {encoding!r} known here; {shown} would do")
        self._name = known or ENCODINGS[encoding.casefold() or "utf-8"]
        self._text = io.TextIOWrapper(
            cast("IO[bytes]", self._bytes), encoding=self._name, newline=None
        )
        self._number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._number += 1
        try:
            line = self._text.readline(_LINE_LIMIT + 1)
        except UnicodeDecodeError as error:
            row, byte = self._bytes.place_of(error)
            name = self._name.removesuffix("-sig").upper()
            problem = (
                f"is not {name} (byte {byte}); save the file as CSV UTF-8, or tell its encoding "
                "(`--encoding`): cp1256 for Arabic, cp1252 for Western, cp1251 for Cyrillic Windows"
            )
            raise TableError(problem, row) from error
        except UnicodeError as error:
            raise TableError(f"is not {self._name}: {error}", self._number) from error
        if not line:
            raise StopIteration
        if len(line) > _LINE_LIMIT:
            raise TableError(f"is a line longer than {_LINE_LIMIT:,} characters", self._number)
        if "\0" in line:
            problem = (
                "holds a NUL byte; save the table as CSV UTF-8, or tell its encoding if it is "
                "UTF-16 (`--encoding utf-16-le`)"
            )
            raise TableError(problem, self._number, value=line.replace("\0", "\\0").strip()[:60])
        return line


class _Joined(io.BufferedIOBase):
    """A stream with the bytes that were read from its beginning put back, and counted."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest
        self._bytes = self._lines = 0

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1, /) -> bytes:
        data, self._head = self._head or self._rest.read(size), b""
        self._bytes += len(data)
        self._lines += data.count(b"\n")
        return data

    def place_of(self, error: UnicodeDecodeError) -> tuple[int, int]:
        """Row and byte of what could not be decoded."""
        after = error.object[error.start :]
        return self._lines - after.count(b"\n") + 1, self._bytes - len(after)


def _separator(lines: list[str]) -> tuple[int, str]:
    """How many lines to skip (Excel's ``sep=``) and what stands between the cells."""
    if lines and lines[0].strip().casefold().startswith("sep=") and len(lines[0].strip()) <= 5:
        told = lines[0].rstrip("\r\n")[4:]
        return 1, told if told and told in _MARKS else ","
    counts = {mark: list(_marks_outside_quotes(lines, mark)) for mark in _MARKS}
    best = (0, 0, ",")
    for mark, found in counts.items():
        ((most, lines_with),) = Counter(one for one in found if one).most_common(1) or ((0, 0),)
        if most and (lines_with, most) > best[:2]:
            best = (lines_with, most, mark)
    return 0, best[2]


def _marks_outside_quotes(lines: Iterable[str], mark: str) -> Iterator[int]:
    """Count a separator in each record, those in quoted cells apart."""
    found, quoted = 0, False
    for line in lines:
        for part, piece in enumerate(line.split('"')):
            quoted ^= part > 0
            found += 0 if quoted else piece.count(mark)
        if not quoted:
            yield found
            found = 0
