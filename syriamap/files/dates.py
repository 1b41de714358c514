"""
Columns of dates: the order of day and month is decided once, from all values of a column.

``05/11/2020`` is 5 November in one file and 11 May in another; no single row can tell. So a column
is gone through first (:class:`DateColumn`), and where its values leave both orders open nothing is
read until the caller says which one is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from syriamap.errors import TableError
from syriamap.files.cells import clean_text, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ORDERS", "DateColumn", "order_decided"]

ORDERS = ("dmy", "mdy", "ymd")
"""Orders of day, month and year in numbers."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier يناير كانون-الثاني كانون-ثاني",
            "february feb février fevrier فبراير شباط",
            "march mar mars مارس آذار اذار",
            "april apr avril أبريل ابريل نيسان",
            "may mai مايو أيار ايار",
            "june jun juin يونيو حزيران",
            "july jul juillet يوليو تموز",
            "august aug août aout أغسطس اغسطس آب اب",
            "september sept sep septembre سبتمبر أيلول ايلول",
            "october oct octobre أكتوبر اكتوبر تشرين-الأول تشرين-الاول تشرين-أول",
            "november nov novembre نوفمبر تشرين-الثاني تشرين-ثاني",
            "december dec décembre decembre ديسمبر كانون-الأول كانون-الاول كانون-أول",
        ),
        start=1,
    )
    for name in names.split()
}
_TWO_WORDS = re.compile(r"(كانون|تشرين)\s+")

_STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ ,T]+\d{1,2}:\d{2}(?::\d{2})?)?")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[ ,T]+\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_DAY_NAME = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+", re.IGNORECASE)
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?[-/. ]+([^\W\d_][^\W\d_.-]*(?:-[^\W\d_]+)?)"
    r"[-/., ]+(\d{4}|\d{2})"
)
_MONTH_DAY = re.compile(r"([^\W\d_]+)[. ]+(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4})")
_TIME_AFTER = re.compile(r"[ ,T]+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$", re.IGNORECASE)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_EPOCH = re.compile(r"-?\d{9,10}|\d{13}")
_EXCEL_BEGINS = date(1899, 12, 30)
"""Day 0 of spreadsheets since their 1900 was taken for a leap year."""


@dataclass
class DateColumn:
    """
    What all values of a column tell of how its dates are written; filled by :meth:`see`.

    Attributes
    ----------
    name
        Of the column, for messages.
    zone
        Time zone of the theater: an instant is the day that it was there.
    order
        `dmy`, `mdy` or `ymd`; empty as long as it is not decided.
    dotted
        The same for numbers with dots between them: day first, unless the column says otherwise.
    """

    name: str
    zone: str = "UTC"
    order: str = ""
    dotted: str = "dmy"
    _numbers: dict[str, tuple[int, str]] = field(default_factory=dict, repr=False)
    _against: dict[str, tuple[int, str]] = field(default_factory=dict, repr=False)
    _dots: set[str] = field(default_factory=set, repr=False)
    _filled: int = 0
    _serials: int = 0

    def see(self, row: int, text: str) -> None:
        """Take note of a value before any is read."""
        if not text or (text[4:5] == "-" and len(text) == 10 and text.isascii()):
            self._filled += bool(text)
            return
        bare = clean_text(text)
        self._filled += bool(bare)
        self._serials += bool(_SERIAL.fullmatch(bare))
        match = _NUMBERS.fullmatch(bare)
        if match is None:
            return
        first, second = int(match[1]), int(match[3])
        if match[2] == ".":  # 5.12.2024 is written day first wherever dots are used
            self._dots |= {"mdy"} if second > 12 >= first else {"dmy"} if first > 12 else set()
            return
        orders = _orders_of(first, second, match[4], match[2])
        if not orders or (first == second and "ymd" not in orders):
            return
        self._numbers.setdefault("".join(sorted(orders)), (row, bare))
        for order in ORDERS:
            if order not in orders:
                self._against.setdefault(order, (row, bare))

    @property
    def possible(self) -> tuple[str, ...]:
        """Orders that no value speaks against; empty where no value depends on the order."""
        if not self._numbers:
            return ()
        return tuple(order for order in ORDERS if order not in self._against)

    def settle(self, order: str = "", *, told: bool = False) -> None:
        """
        Decide the order: the one given, else the only one that fits all values.

        Parameters
        ----------
        order
            That of the caller or of another column of the table.
        told
            Whether it is the caller's: then it is that of numbers with dots, too.

        Raises
        ------
        TableError
            If several orders fit, or none.
        """
        self.dotted = (order if told else "") or ("mdy" if self._dots == {"mdy"} else "dmy")
        if order:
            self.order = order
            return
        if not self._numbers:
            return
        fitting = self.possible
        if len(fitting) == 1:
            self.order = fitting[0]
            return
        row, value = next(iter(self._numbers.values()))
        if fitting:
            shown = "; ".join(
                f"`--dates {one}` reads {_read_numbers(value, one)}" for one in fitting
            )
            problem = f"may be several days, and no row of the column decides: {shown}"
            raise TableError(problem, row, self.name, value)
        (one_row, one), (other_row, other) = (
            self._against.get(order, (row, value)) for order in ("dmy", "mdy")
        )
        raise TableError(
            f"and {other!r} (row {other_row}) are of different orders of day and month; mend the "
            "column, or give `--dates dmy` or `--dates mdy`: what does not fit it is reported",
            one_row, self.name, one,
        )  # fmt: skip

    def day(self, text: str) -> date | None:
        """Read a value in the order of the column, None when it is no day."""
        serial = self._serials and self._serials == self._filled
        order = self.dotted if "." in text else self.order
        return _day(text, order, self.zone, bool(serial))


def order_decided(columns: Iterable[DateColumn], order: str = "") -> None:
    """
    Settle the columns of one table: one that leaves its order open has that of the others.

    Parameters
    ----------
    columns
        All columns of dates of a table.
    order
        The order that the caller names.

    Raises
    ------
    TableError
        If an order stays open.
    """
    columns = list(columns)
    decided = {one.possible[0] for one in columns if len(one.possible) == 1}
    told = order or (decided.pop() if len(decided) == 1 else "")
    for one in columns:
        one.settle(order or (told if told in one.possible else ""), told=bool(order))


def _orders_of(first: int, second: int, year: str, mark: str) -> set[str]:
    """Orders in which two numbers and a year are a day."""
    orders = set()
    if 1 <= first <= 31 and 1 <= second <= 12:
        orders.add("dmy")
    if 1 <= second <= 31 and 1 <= first <= 12:
        orders.add("mdy")
    if len(year) == 2 and mark == "-" and 1 <= second <= 12 and 1 <= int(year) <= 31:
        orders.add("ymd")
    return orders


def _read_numbers(text: str, order: str) -> date | None:
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    if order not in ORDERS:
        # both numbers alike: every order gives the same day
        order = "dmy" if match[1] == match[3] else ""
    parts = dict(zip(order, (match[1], match[3], match[4]), strict=False))
    return _made(parts["y"], parts["m"], parts["d"]) if order else None


def _made(year: str | int, month: str | int, day: str | int) -> date | None:
    number = int(year)
    if number < 100:
        number += 1900 if number > 69 else 2000
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return None
    return parse_date(found.isoformat())


@lru_cache(maxsize=8192)
def _day(  # noqa: PLR0911  (a notation after the other)
    text: str, order: str, zone: str, serial: bool
) -> date | None:
    day = parse_date(text)
    if day is not None:
        return day
    bare = clean_text(text)
    if not bare:
        return None
    if stamp := _STAMP.fullmatch(bare):
        return _day_of_stamp(stamp, zone)
    if match := _YEAR_FIRST.fullmatch(bare):
        return _made(match[1], match[3], match[4])
    if _COMPACT.fullmatch(bare):
        return _made(bare[:4], bare[4:6], bare[6:])
    if _NUMBERS.fullmatch(bare):
        return _read_numbers(bare, order)
    if _EPOCH.fullmatch(bare):
        seconds = int(bare) // (1000 if len(bare) == 13 else 1)
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone))
        return parse_date(moment.date().isoformat())
    if serial and _SERIAL.fullmatch(bare):
        return _EXCEL_BEGINS + timedelta(days=int(float(bare)))
    return _named_month(bare)


def _day_of_stamp(stamp: re.Match[str], zone: str) -> date | None:
    """Day of a time: where it names its zone, the day that it was in the theater."""
    day = _made(stamp[1], stamp[2], stamp[3])
    told = (stamp[7] or "").upper()
    if day is None or not told:
        return day
    told = "+00:00" if told in {"Z", "UTC", "GMT"} else told
    told = told if ":" in told else f"{told[:3]}:{told[3:] or '00'}"
    try:
        clock = f"{int(stamp[4]):02}:{stamp[5]}:{stamp[6] or '00'}"
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}{told}")
    except ValueError:
        return None
    return moment.astimezone(ZoneInfo(zone)).date()


def _named_month(bare: str) -> date | None:
    text = _TWO_WORDS.sub(r"\1-", _TIME_AFTER.sub("", _DAY_NAME.sub("", bare)))
    if match := _DAY_MONTH.fullmatch(text):
        day, word, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(text):
        word, day, year = match.groups()
    else:
        return None
    month = _MONTHS.get(word.casefold())
    return _made(year, month, day) if month else None
