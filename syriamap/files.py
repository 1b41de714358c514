"""
Tables as frames of strings, read strictly and with row numbers; files written whole or not.

In comes a CSV file by its path or opened, or a DataFrame; out goes a frame whose cells are stripped
strings (empty where nothing stands); meaning is given to them by :mod:`syriamap.theater.folder` and
:mod:`syriamap.claims.reader`.
"""

from __future__ import annotations

import csv
import errno
import io
import math
import os
import re
import tempfile
import warnings
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from syriamap.errors import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

__all__ = [
    "SyriamapWarning",
    "Table",
    "atomic_path",
    "neutral_cell",
    "parse_date",
    "parse_number",
    "read_table",
    "table_name",
    "warn",
]

Table: TypeAlias = "str | Path | IO[str] | IO[bytes] | pd.DataFrame"
"""Where a table may come from: a CSV file by its path, an open one, or a DataFrame."""

_EARLIEST, _LATEST = 1900, 2100
_ODD_STARTS = frozenset({"'", *(char for char in map(chr, range(0x3001)) if char.isspace())})
"""What a cell begins with that is not taken as it stands: white space, or an apostrophe."""

_CELL_LIMIT = 1_000_000
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class SyriamapWarning(UserWarning):
    """Something in the input was understood but not used; nothing was lost silently."""


def warn(message: str) -> None:
    """Tell the user of something that is not an error; the command line prints it to stderr."""
    warnings.warn(message, SyriamapWarning, stacklevel=3)


def table_name(table: Table) -> str:
    """What complaints call a table: its path, the name of an open file, or ``DataFrame``."""
    if isinstance(table, str | Path):
        return str(table)
    if hasattr(table, "iterrows"):
        return "DataFrame"
    name = getattr(table, "name", "")
    return name if isinstance(name, str) and name else "open file"


def read_table(
    table: Table,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    one_of: Sequence[str] = (),
    name: str = "",
) -> tuple[pd.DataFrame, list[Complaint]]:
    """
    Read a table as strings and complain about its shape.

    Parameters
    ----------
    table
        A CSV file, by its path or opened: UTF-8, with or without a byte order mark;
        comma-separated, first row the header. Or a DataFrame: its index does not matter, NaN, NaT
        and None are empty cells, days are read from dates.
    required, optional
        Columns that must and that may be there. Others are named in a warning and left out.
    one_of
        Columns of which at least one must be there.
    name
        What complaints call the table; :func:`table_name` when not given.

    Returns
    -------
    frame
        All required and optional columns as stripped strings; index named `row`, the number that
        a spreadsheet shows (the header is row 1; the first row of a DataFrame is 2 too). Blank
        lines are skipped.
    complaints
        What is wrong with the file's shape. With any, the frame may be empty.
    """
    import pandas as pd

    name = name or table_name(table)
    columns = [*required, *(column for column in optional if column not in required)]
    empty = pd.DataFrame({column: pd.Series(dtype=str) for column in columns})
    records, problem = _records(table)
    if problem:
        return empty, [Complaint(name, 0, "", "", problem)]
    if not records or not any(cell.strip() for cell in records[0]):
        return empty, [Complaint(name, 1, "", "", f"no header; expected {', '.join(required)}")]

    header = [cell.strip() for cell in records[0]]
    complaints = _header_complaints(name, header, required, one_of)
    if complaints:
        return empty, complaints
    unknown = [column for column in header if column and column not in columns]
    if unknown:
        warn(f"{name}: columns not used: {', '.join(unknown)}")

    return _rows(name, header, records[1:], columns)


def _records(table: Table) -> tuple[list[list[str]], str]:
    """Rows of a table, the header first, or what is wrong with it."""
    import pandas as pd

    if isinstance(table, pd.DataFrame):
        header = [str(column) for column in table.columns]
        rows = table.itertuples(index=False, name=None)
        return [header, *([_cell_text(value) for value in row] for row in rows)], ""
    try:
        read = Path(table).read_bytes() if isinstance(table, str | Path) else table.read()
        text = read.decode("utf-8-sig") if isinstance(read, bytes) else read.removeprefix("\ufeff")
        if "\0" in text:
            return [], f"holds a NUL byte in line {text[: text.index(chr(0))].count(chr(10)) + 1}"
        csv.field_size_limit(_CELL_LIMIT)
        # one kind of line end, in cells too: what is written can be read back as it was
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return list(csv.reader(io.StringIO(text, newline=""))), ""
    except OSError as error:
        known = {errno.ENOENT: "no such file", errno.EISDIR: "is a folder; a CSV file would do"}
        return [], known.get(error.errno or 0, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return [], f"is not UTF-8 (byte {error.start}); save it as CSV UTF-8"
    except csv.Error as error:
        return [], f"is not a readable CSV file: {error}"


def _cell_text(value: Any) -> str:
    """A value of a DataFrame as the text that a CSV file has for it."""
    import pandas as pd

    if isinstance(value, str) or not pd.api.types.is_scalar(value):
        return str(value)
    if pd.isna(value):
        return ""
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _header_complaints(
    name: str, header: list[str], required: Sequence[str], one_of: Sequence[str]
) -> list[Complaint]:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return [
            Complaint(name, 1, "", header[0][:60], "is not comma-separated; save it with commas")
        ]
    complaints: list[Complaint] = []
    repeated = {column for column in header if column and header.count(column) > 1}
    complaints += [
        Complaint(name, 1, column, "", "stands twice in the header") for column in sorted(repeated)
    ]
    missing = [column for column in required if column not in header]
    if missing:
        problem = f"columns missing: {', '.join(missing)}; found {', '.join(filter(None, header))}"
        complaints.append(Complaint(name, 1, "", "", problem))
    if one_of and not any(column in header for column in one_of):
        complaints.append(Complaint(name, 1, "", "", f"needs a column {' or '.join(one_of)}"))
    return complaints


def _rows(
    name: str, header: list[str], records: list[list[str]], columns: list[str]
) -> tuple[pd.DataFrame, list[Complaint]]:
    """The columns of all records that are not blank; a record with more cells is complained of."""
    import pandas as pd

    width = len(header)
    # one more place, always empty, for columns that are absent
    places = [header.index(column) if column in header else width for column in columns]
    rows, numbers = [], []
    complaints: list[Complaint] = []
    for number, record in enumerate(records, start=2):
        cells = [_plain_cell(cell) if cell[:1] in _ODD_STARTS else cell.rstrip() for cell in record]
        if not any(cells):
            continue
        if any(cells[width:]):
            problem = f"has {len(record)} cells, the header {width}; quote cells with commas"
            complaints.append(Complaint(name, number, "", "", problem))
            continue
        cells = [*cells[:width], *[""] * (width + 1 - min(width, len(cells)))]
        rows.append([cells[place] for place in places])
        numbers.append(number)
    index = pd.Index(numbers, name="row", dtype="int64")
    return pd.DataFrame(rows, columns=columns, index=index, dtype=object), complaints


def parse_date(text: str) -> date | None:
    """
    Read an ISO date, None when it is not one or lies outside 1900 to 2100.

    >>> parse_date("2024-12-06"), parse_date("6.12.2024"), parse_date("2024-02-30")
    (datetime.date(2024, 12, 6), None, None)
    """
    if not _ISO_DAY.fullmatch(text):  # fromisoformat would take weeks ("2024-W49-5") too
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def parse_number(text: str) -> float | None:
    """
    Read a finite decimal number, None when it is not one.

    >>> parse_number("35.1"), parse_number("nan"), parse_number("35,1")
    (35.1, None, None)
    """
    try:
        number = math.nan if "_" in text else float(text)  # Python's own "1_000" is no notation
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def neutral_cell(text: str) -> str:
    """
    Keep a spreadsheet from taking a cell for a formula: a leading ``= + - @`` gets an apostrophe.

    >>> neutral_cell("=HYPERLINK(1)"), neutral_cell("Hama")
    ("'=HYPERLINK(1)", 'Hama')
    """
    return f"'{text}" if text.startswith(_FORMULA_MARKS) else text


def _plain_cell(text: str) -> str:
    """A stripped cell, without the apostrophe that :func:`neutral_cell` may have given it."""
    bare = text.strip()
    if bare[:1] == "'" and bare[1:].startswith(_FORMULA_MARKS):
        return bare[1:].strip()
    return bare


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """
    Give a temporary file beside `path` to write, and rename it to `path` when all went well.

    An interrupted run leaves the old file, never half of a new one. A link is written through; a
    device or a pipe is written into, as there is nothing to keep.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        yield path
        return
    path = path.resolve() if path.is_symlink() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        # mkstemp makes files private; a written result gets the mode any new file would have.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
