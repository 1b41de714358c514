"""Days that are likely slips of a key: after today, or years away from all others of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["OddDays"]

_LONG_BEFORE = 10
_LONG_AFTER = 3
"""Years between a few days and all others of a table."""

_EXERCISE = 6
"""Years after today that a whole table may be dated to."""

_FEW = 0.05
"""Share of claims that a slip makes up at most."""


class OddDays:
    """
    Counts the days of a table and tells which of them are odd.

    Parameters
    ----------
    today
        The reader's own day; None where no clock is to be read.
    """

    def __init__(self, today: date | None = None) -> None:
        self._today = today
        self._days: Counter[str] = Counter()

    def see(self, day: str) -> None:
        """Take note of an ISO day."""
        if day:
            self._days[day] += 1

    def notes(self) -> Mapping[str, int]:
        """What is odd, in words, and of how many claims."""
        found: dict[str, int] = {}
        if self._today is not None:
            today = self._today.isoformat()
            late = {day: count for day, count in self._days.items() if day > today}
            # a table that lies in the near future as a whole is a plan or an exercise, no slip
            far = late and int(max(late)[:4]) - self._today.year > _EXERCISE
            if late and (far or len(late) < len(self._days)):
                found[f"dated after today ({min(late)}…{max(late)})"] = sum(late.values())
        days = sorted(self._days)
        total = sum(self._days.values())
        for one, other, side, years, words in self._gaps(days):
            few = sum(self._days[day] for day in side)
            if (
                int(other[:4]) - int(one[:4]) > years
                and few <= max(1, _FEW * total)
                and few < total
            ):
                found[f"dated {words} all others ({side[0]}…{side[-1]})"] = few
        return found

    @staticmethod
    def _gaps(days: list[str]) -> list[tuple[str, str, list[str], int, str]]:
        gaps = []
        if len(days) > 1:
            widest = max(range(1, len(days)), key=lambda n: int(days[n][:4]) - int(days[n - 1][:4]))
            one, other = days[widest - 1], days[widest]
            gaps.append((one, other, days[:widest], _LONG_BEFORE, "long before"))
            gaps.append((one, other, days[widest:], _LONG_AFTER, "long after"))
        return gaps
