"""
What a cell says: days, numbers, text that a spreadsheet must not run.

In comes the text of one cell, out goes a value or None; notations that only a whole column decides
are read by :mod:`.dates` and :mod:`.coordinates`.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from functools import lru_cache

__all__ = [
    "bare_cell",
    "clean_text",
    "neutral_cell",
    "parse_date",
    "parse_number",
    "written_cell",
]

_EARLIEST, _LATEST = 1900, 2100
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
_UNSEEN = dict.fromkeys(
    (0x00AD, 0x061C, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2066, 0x206A))
)  # fmt: skip
"""Marks of writing direction, zero-width signs: they stand in copied text and mean nothing here."""

_DIGITS = {
    **{0x0660 + n: str(n) for n in range(10)},
    **{0x06F0 + n: str(n) for n in range(10)},
    0x066B: ".",
    0x2212: "-",
    0x00A0: " ",
    0x202F: " ",
}
"""Eastern Arabic and Persian digits, the Arabic decimal separator, the minus of typesetters."""


def clean_text(text: str) -> str:
    """
    Give a date's or number's text in ASCII digits, without marks that nobody sees.

    >>> clean_text("\u200e\u0662\u0660\u0662\u0664-\u0661\u0662-\u0660\u0665")
    '2024-12-05'
    """
    if text.isascii():
        return text.strip().removeprefix("'").strip()
    return text.translate(_UNSEEN).translate(_DIGITS).strip().removeprefix("'").strip()


@lru_cache(20_000)
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


def written_cell(value: object, between: str = ";") -> str:
    """
    Give a value as every table writes it: nothing for unknown, `true` and `false`, ISO days.

    Text that a spreadsheet would take for a formula is neutralized.

    Parameters
    ----------
    value
        A cell.
    between
        Stands between the parts of a list.

    Examples
    --------
    >>> [written_cell(one) for one in (None, True, 0.5, date(2024, 12, 5), ("a", "b"), "=1")]
    ['', 'true', '0.5', '2024-12-05', 'a;b', "'=1"]
    """
    if isinstance(value, str):
        return neutral_cell(value)
    if isinstance(value, list | tuple):
        return neutral_cell(between.join(map(str, value)))
    if isinstance(value, datetime):  # a pandas time stamp too; one that is not known has no year
        return value.date().isoformat() if value == value else ""  # noqa: PLR0124
    if isinstance(value, date):
        return value.isoformat()
    if value is None or str(value) in {"<NA>", "nan"}:
        return ""
    return str(value).lower() if str(value) in {"True", "False"} else str(value)


def bare_cell(text: str) -> str:
    """A stripped cell, without the apostrophe that :func:`neutral_cell` may have given it."""
    bare = text.strip()
    if bare[:1] == "'" and bare[1:].startswith(_FORMULA_MARKS):
        return bare[1:].strip()
    return bare
