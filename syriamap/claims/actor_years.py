"""
Whether there was an actor on the day of a claim.

``actors.csv`` says from when to when an actor is one. The day after its last one still counts: on
it the end is reported ("withdrew", "lost").
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from syriamap.files import parse_date

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = ["ActorYears"]

_GRACE = timedelta(days=1)


class ActorYears:
    """
    The years of a theater's actors.

    Parameters
    ----------
    theater
        Its ``actors.csv``: `valid_from`, `valid_to` and `successor`.
    """

    def __init__(self, theater: Theater) -> None:
        self._spans = {
            str(one.Index): (_day(one.valid_from), _day(one.valid_to), str(one.successor))
            for one in theater.actors.itertuples()
        }

    def span(self, actor: str) -> tuple[str, str]:
        """First and last ISO day on which an actor may be named; empty where none is known."""
        start, end, _ = self._spans.get(actor, (None, None, ""))
        return str(start or ""), str(end + _GRACE if end is not None else "")

    def problem(self, actor: str, day: date, precision: str = "day") -> str:
        """
        What is wrong with an actor on a day, in words; empty if nothing is.

        Parameters
        ----------
        actor
            Its id; one that the theater lacks has no years.
        day
            The day of the event, or the first one of an imprecise one.
        precision
            `day`, `week`, `month` or `year`: then one day of it is enough.

        Examples
        --------
        >>> from syriamap.theater.folder import read_theater
        >>> ActorYears(read_theater()).problem("sdf", date(2026, 9, 3))
        'ended on 2026-08-25 (from 2012-07-01), before 2026-09-03; its successor \
transitional_government would do'
        """
        start, end, successor = self._spans.get(actor, (None, None, ""))
        if start is not None and _last_of(day, precision) < start:
            until = f" (until {end})" if end is not None else ""
            return f"began on {start}{until}, after {day}; an actor of that day would do"
        if end is not None and day > end + _GRACE:
            since = f" (from {start})" if start is not None else ""
            other = f"its successor {successor}" if successor else "an actor of that day"
            return f"ended on {end}{since}, before {day}; {other} would do"
        return ""


def _day(value: object) -> date | None:
    """The day of a timestamp; None of NaT."""
    return parse_date(str(value)[:10])


def _last_of(day: date, precision: str) -> date:
    if precision == "week":
        return day + timedelta(days=6)
    if precision == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day.replace(month=12, day=31) if precision == "year" else day
