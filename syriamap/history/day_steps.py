"""
Two dates and a step → the dates that a walk through time shows.

In come a first and a last day, out go the days between them: every day, every seventh, or the same
day of every month. The last one is always the day that was asked for.
"""

from __future__ import annotations

import calendar
import datetime as dt

from syriamap.errors import ControlError

__all__ = ["STEPS", "days_between"]

STEPS = ("day", "week", "month")
"""What may lie between two dates that follow each other."""


def days_between(first: dt.date, last: dt.date, step: str = "day") -> list[dt.date]:
    """
    Days from the first to the last.

    Parameters
    ----------
    first, last
        The days that the walk begins and ends with; both are in it.
    step
        A word of :data:`STEPS`. A month goes to the same day of the next, or to its last where it
        is shorter; the step that reaches the last day may be shorter than the others.

    Raises
    ------
    ControlError
        If `first` is after `last`, or there is no such step.

    Examples
    --------
    >>> [str(day) for day in days_between(dt.date(2012, 1, 31), dt.date(2012, 4, 5), "month")]
    ['2012-01-31', '2012-02-29', '2012-03-31', '2012-04-05']
    >>> len(days_between(dt.date(2011, 3, 15), dt.date(2026, 9, 11), "month"))
    187
    """
    if first > last:
        raise ControlError(f"since: {first} is after {last}, the last day")
    if step not in STEPS:
        raise ControlError(f"step: no step {step!r}; there are: {', '.join(STEPS)}")
    if step == "month":
        months = (last.year - first.year) * 12 + last.month - first.month
        days = [_months_later(first, count) for count in range(months + 1)]
        return [*(day for day in days if day < last), last]
    apart = 7 if step == "week" else 1
    span = (last - first).days
    return [*(first + dt.timedelta(days=count) for count in range(0, span, apart)), last]


def _months_later(day: dt.date, count: int) -> dt.date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    most = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, most))
