"""
Columns of frames as compact JSON: numbers as they are, repeated text once.

Comes in: a pandas column. Goes out: a list, or ``{"values": […], "codes": […]}`` for text that
repeats, or one of the other forms below; `records.js` reads them all.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "coded",
    "column_or_empty",
    "cut",
    "date_text",
    "dates",
    "dates_after",
    "integers",
    "percents",
    "sparse",
    "sparse_coded",
    "texts",
    "together",
]


def texts(column: Iterable[Any]) -> list[str]:
    """
    Every value as text, a missing one as the empty string.

    Examples
    --------
    >>> texts(["Homs", None, float("nan")])
    ['Homs', '', '']
    """
    values = column.tolist() if isinstance(column, pd.Series) else column
    return [
        value if type(value) is str else "" if _is_missing(value) else str(value)
        for value in values
    ]


def coded(column: Iterable[Any]) -> dict[str, list[Any]]:
    """
    Text that repeats: each different value once, in order of appearance, and a code per row.

    Examples
    --------
    >>> coded(["held", "held", "contested"])
    {'values': ['held', 'contested'], 'codes': [0, 0, 1]}
    """
    values: dict[str, int] = {}
    codes = [values.setdefault(value, len(values)) for value in texts(column)]
    return {"values": list(values), "codes": codes}


def column_or_empty(frame: pd.DataFrame, name: str) -> Sequence[Any]:
    """Values of a column, empty texts where the frame has none of that name."""
    return frame[name].to_list() if name in frame else [""] * len(frame)


def sparse(column: Iterable[Any]) -> dict[str, list[Any]]:
    """
    Text that is mostly absent: the rows that have it, and what they have.

    Examples
    --------
    >>> sparse(["", "حمص", ""])
    {'rows': [1], 'values': ['حمص']}
    """
    filled = [(row, value) for row, value in enumerate(texts(column)) if value]
    return {"rows": [row for row, _ in filled], "values": [value for _, value in filled]}


def sparse_coded(column: Iterable[Any]) -> dict[str, list[Any]]:
    """
    Text that is mostly absent and repeats: each different value once, in order.

    Examples
    --------
    >>> sparse_coded(["", "centre", "airport", "centre"])
    {'rows': [1, 2, 3], 'values': ['airport', 'centre'], 'codes': [1, 0, 1]}
    """
    found = sparse(column)
    values = sorted(set(found["values"]))
    numbers = {value: number for number, value in enumerate(values)}
    return {**found, "values": values, "codes": [numbers[one] for one in found["values"]]}


def together(columns: Mapping[str, Iterable[Any]], name: str) -> dict[str, Any]:
    """
    Columns of text that repeat together: each different combination once, in order.

    Parameters
    ----------
    columns
        Name to column; combinations are ordered by the first.
    name
        Name of the column that says which combination each row has.

    Examples
    --------
    >>> together({"url": ["b", "a", "b"], "title": ["B", "A", "B"]}, "source")["title"]
    {'of': 'source', 'values': ['A', 'B']}
    """
    rows = list(zip(*map(texts, columns.values()), strict=True))
    different = sorted(set(rows))
    numbers = {row: number for number, row in enumerate(different)}
    values = zip(*different, strict=True) if different else ([] for _ in columns)
    return {name: [numbers[row] for row in rows]} | {
        key: {"of": name, "values": list(column)}
        for key, column in zip(columns, values, strict=True)
    }


def cut(table: Mapping[str, Any], rows: Sequence[int]) -> dict[str, Any]:
    """
    Some rows of a table, numbered from 0 on, with no value that they do not have.

    Values are in order of appearance, so that a code is seldom more than the one after the last.

    Parameters
    ----------
    table
        Columns in any of the forms of this module.
    rows
        Numbers of rows, ascending.

    Examples
    --------
    >>> cut({"day": [1, 2, 3], "note": sparse_coded(["a", "", "b"])}, [1, 2])
    {'day': [2, 3], 'note': {'rows': [1], 'values': ['b'], 'codes': [0]}}
    >>> cut(together({"url": ["b", "a", "c"]}, "source"), [2])
    {'source': [0], 'url': {'of': 'source', 'values': ['c']}}
    """
    named = {column["of"] for column in table.values() if "of" in column}
    used = {name: [*dict.fromkeys(table[name][row] for row in rows)] for name in named}
    found: dict[str, Any] = {}
    for name, column in table.items():
        if name in named:
            found[name] = _renumbered([column[row] for row in rows], used[name])
        elif isinstance(column, list):
            found[name] = [column[row] for row in rows]
        elif "days" in column:
            found[name] = {**column, "days": [column["days"][row] for row in rows]}
        elif "of" in column:
            values = column["values"]
            found[name] = {**column, "values": [values[code] for code in used[column["of"]]]}
        else:
            found[name] = _cut_of_codes(column, rows)
    return found


def _cut_of_codes(column: Mapping[str, Any], rows: Sequence[int]) -> dict[str, Any]:
    """Some rows of text that repeats, that is mostly absent, or both."""
    found: dict[str, Any] = {}
    places: Sequence[int] = rows
    if "rows" in column:
        there = column["rows"]
        at = [(bisect_left(there, row), row, new) for new, row in enumerate(rows)]
        at = [one for one in at if one[0] < len(there) and there[one[0]] == one[1]]
        found["rows"] = [new for _, _, new in at]
        places = [place for place, _, _ in at]
    if "codes" not in column:
        return found | {"values": [column["values"][place] for place in places]}
    codes = [column["codes"][place] for place in places]
    used = [*dict.fromkeys(codes)]
    values = [column["values"][code] for code in used]
    return found | {"values": values, "codes": _renumbered(codes, used)}


def _renumbered(codes: Sequence[int], used: Sequence[int]) -> list[int]:
    numbers = {code: number for number, code in enumerate(used)}
    return [numbers[code] for code in codes]


def dates(column: Iterable[Any]) -> dict[str, Any]:
    """
    Dates as days from the first of them on, which is 1; a missing one is 0.

    Examples
    --------
    >>> dates(["2024-12-06", "", "2024-12-05"])
    {'from': '2024-12-05', 'days': [2, 0, 1]}
    """
    values = [_ordinal(value) for value in column]
    first = min(filter(None, values), default=1)
    days = [value and value - first + 1 for value in values]
    return {"from": dt.date.fromordinal(first).isoformat(), "days": days}


def dates_after(column: Iterable[Any], other: Iterable[Any], name: str) -> dict[str, Any]:
    """
    Dates as days after that of another column: the same day is 1, the day before -1.

    Parameters
    ----------
    column
        Dates; a missing one is 0.
    other
        Dates that are all there.
    name
        What the other column is called, which stands before this one.

    Examples
    --------
    >>> dates_after(["2024-12-06", "2024-12-08", ""], ["2024-12-06"] * 3, "event_date")
    {'after': 'event_date', 'days': [1, 3, 0]}
    """
    lags = [(_ordinal(a), _ordinal(a) - _ordinal(b)) for a, b in zip(column, other, strict=True)]
    return {"after": name, "days": [day and lag + (lag >= 0) for day, lag in lags]}


@lru_cache(maxsize=1 << 14)
def _ordinal(value: Any) -> int:
    """Give a day as a number, a missing one as 0."""
    text = date_text(value)
    return dt.date.fromisoformat(text).toordinal() if text else 0


def date_text(value: Any) -> str:
    """
    A day as ISO text, a missing one as the empty string.

    Examples
    --------
    >>> date_text(pd.Timestamp("2024-12-06"))
    '2024-12-06'
    """
    if _is_missing(value) or value == "":
        return ""
    return _iso_day(value)


@lru_cache(maxsize=1 << 14)
def _iso_day(value: Any) -> str:
    return str(pd.Timestamp(value).date().isoformat())


def integers(column: pd.Series[Any], *, scale: float = 1.0) -> list[int]:
    """Numbers as whole numbers after scaling, a missing one as 0."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan) * scale
    return [int(number) for number in np.rint(np.nan_to_num(numbers)).tolist()]


def percents(column: pd.Series[Any]) -> list[int]:
    """Shares from 0 to 1 as whole percents, a missing one as 0."""
    return integers(column, scale=100.0)


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
