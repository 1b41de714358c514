"""
A table as a frame of strings with row numbers, and what is wrong with its shape.

In comes a table of any kind that :mod:`.records` opens; out goes a frame whose cells are stripped
strings (empty where nothing stands); meaning is given to them by :mod:`syriamap.theater.folder` and
:mod:`syriamap.claims.reader`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.errors import Complaint, TableError
from syriamap.files.gate import one_line
from syriamap.files.notices import warn
from syriamap.files.records import Reading, Sheet, Table, sheet_of, table_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

__all__ = ["column_places", "read_table"]

_PROSE = frozenset({"note", "place_note", "sentence", "why"})
"""Columns whose cells may have several lines; all others are names, words and numbers."""


def read_table(
    table: Table,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    one_of: Sequence[str] = (),
    name: str = "",
    synonyms: Mapping[str, Sequence[str]] | None = None,
    reading: Reading | None = None,
) -> tuple[pd.DataFrame, list[Complaint]]:
    """
    Read a table as strings and complain about its shape.

    Parameters
    ----------
    table
        A table of any kind, by its path or opened, or a DataFrame: its index does not matter, NaN,
        NaT and None are empty cells, days are read from dates.
    required, optional
        Columns that must and that may be there; case, spaces and underscores of the header do not
        matter. Others are named in a warning and left out.
    one_of
        Columns of which at least one must be there.
    name
        What complaints call the table; :func:`table_name` when not given.
    synonyms
        Other names that a column may bear where its own is absent.
    reading
        What the table does not tell of itself.

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
    known = {column: tuple((synonyms or {}).get(column, ())) for column in columns}
    try:
        sheet = sheet_of(table, reading, names=known, needed=required, name=name)
        places = column_places(sheet, known)
        complaints = _header_complaints(sheet, places, required, one_of)
        if complaints:
            return empty, complaints
        unknown = [
            column
            for number, column in enumerate(sheet.header)
            if column and number not in places.values()
        ]
        if unknown:
            warn(f"{name}: columns not used: {', '.join(unknown)}")
        return _rows(sheet, places, columns)
    except TableError as error:
        return empty, [Complaint(name, error.row, error.column, error.value, error.problem)]


def column_places(sheet: Sheet, known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """
    Where each known column stands in a sheet; those that are absent are left out.

    Parameters
    ----------
    sheet
        The table.
    known
        Columns, each with the other names that it may bear.
    """
    places = {column: sheet.place_of(column) for column in known}
    taken = {place for place in places.values() if place >= 0}
    for column, others in known.items():
        if places[column] >= 0:
            continue
        for other in others:
            place = sheet.place_of(other)
            if place >= 0 and place not in taken:
                places[column] = place
                taken.add(place)
                break
    return {column: place for column, place in places.items() if place >= 0}


def _header_complaints(
    sheet: Sheet, places: Mapping[str, int], required: Sequence[str], one_of: Sequence[str]
) -> list[Complaint]:
    name, header, row = sheet.name, sheet.header, sheet.header_row
    repeated = {column for column in header if column and header.count(column) > 1}
    complaints = [
        Complaint(name, row, column, "", "stands twice in the header")
        for column in sorted(repeated)
    ]
    missing = [column for column in required if column not in places]
    if missing:
        found = ", ".join(filter(None, header))[:400]
        problem = f"columns missing: {', '.join(missing)}; found {found}"
        complaints.append(Complaint(name, row, "", "", problem))
    if one_of and not any(column in places for column in one_of):
        complaints.append(Complaint(name, row, "", "", f"needs a column {' or '.join(one_of)}"))
    return complaints


def _rows(
    sheet: Sheet, places: Mapping[str, int], columns: list[str]
) -> tuple[pd.DataFrame, list[Complaint]]:
    """The columns of all records; a record with more cells than the header is complained of."""
    import numpy as np
    import pandas as pd

    width = len(sheet.header)
    found: dict[str, list[str]] = {column: [] for column in places}
    numbers: list[int] = []
    complaints: list[Complaint] = []
    for block in sheet.blocks():
        for number, length in block.too_long:
            problem = f"has {length} cells, the header {width}; quote cells with commas"
            complaints.append(Complaint(sheet.name, number, "", "", problem))
        numbers += block.numbers
        for column, place in places.items():
            cells = block.columns[place]
            found[column] += cells if column in _PROSE else _one_line_each(cells)
    index = pd.Index(numbers, name="row", dtype="int64")
    absent = np.full(len(numbers), "", dtype=object)  # one for all columns that are not there
    made = {
        column: pd.Series(found.pop(column, absent), index, dtype=object, copy=False)
        for column in columns
    }
    return pd.DataFrame(made, index=index, copy=False), complaints


def _one_line_each(cells: Sequence[str]) -> Sequence[str]:
    """Cells of a column that may not have several lines; most columns have none."""
    if "".join(cells).isprintable():
        return cells
    return [cell if cell.isprintable() else one_line(cell) for cell in cells]
