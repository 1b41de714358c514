"""
Values of a frame as JSON has them: what ``--json`` prints and what lists of records hold.

In come cells of any frame, out go text, numbers, booleans, lists and None. Days are ISO text; what
is not known is None, never NaN or an empty day.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["plain_rows", "plain_value"]


def plain_value(value: Any) -> Any:
    """
    Give one cell as JSON has it.

    >>> plain_value(dt.datetime(2024, 12, 6)), plain_value(float("nan")), plain_value(("a", "b"))
    ('2024-12-06', None, ['a', 'b'])
    """
    if isinstance(value, dict):
        return {str(key): plain_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        listed = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain_value(one) for one in listed]
    # NaN, NaT and pandas.NA: not equal to themselves, or not to be asked
    if value is None or type(value).__name__ in {"NaTType", "NAType"} or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, dt.datetime | dt.date):  # a Timestamp is a datetime
        return value.isoformat()[:10]
    if hasattr(value, "item"):  # of numpy
        return plain_value(value.item())
    return value


def plain_rows(frame: pd.DataFrame, columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """
    Give the rows of a frame as records that JSON can hold.

    Parameters
    ----------
    frame
        Any frame.
    columns
        Which of its columns; all when none is named.
    """
    names = [str(one) for one in (columns or frame.columns)]
    lists = [[plain_value(cell) for cell in frame[name].tolist()] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]
