"""The dates of a walk through time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from syriamap.errors import ControlError
from syriamap.history.day_steps import STEPS, days_between

DAYS = st.dates(date(2011, 1, 1), date(2026, 12, 31))


@given(DAYS, DAYS, st.sampled_from(STEPS))
def test_a_walk_begins_and_ends_where_it_was_asked_to(one: date, two: date, step: str) -> None:
    first, last = min(one, two), min(max(one, two), min(one, two) + timedelta(days=900))
    days = days_between(first, last, step)
    assert (days[0], days[-1]) == (first, last)
    apart = [(b - a).days for a, b in pairwise(days)]
    most = {"day": 1, "week": 7, "month": 31}[step]
    assert all(1 <= gap <= most for gap in apart)
    least = {"day": 1, "week": 7, "month": 28}[step]
    assert all(gap >= least for gap in apart[:-1])  # only the last step may be short


def test_a_month_goes_to_the_same_day_or_the_last() -> None:
    days = days_between(date(2015, 12, 31), date(2016, 4, 30), "month")
    assert [str(day) for day in days] == [
        "2015-12-31", "2016-01-31", "2016-02-29", "2016-03-31", "2016-04-30",
    ]  # fmt: skip
    assert days_between(date(2015, 5, 10), date(2015, 6, 9), "month") == [
        date(2015, 5, 10), date(2015, 6, 9),
    ]  # fmt: skip


def test_one_day_is_one_day_by_any_step() -> None:
    day = date(2024, 12, 6)
    assert [days_between(day, day, step) for step in STEPS] == [[day]] * 3


def test_no_such_step_and_no_such_order() -> None:
    with pytest.raises(ControlError, match="no step 'year'; there are: day, week, month"):
        days_between(date(2024, 1, 1), date(2024, 1, 2), "year")
    with pytest.raises(ControlError, match="2024-01-02 is after 2024-01-01"):
        days_between(date(2024, 1, 2), date(2024, 1, 1))
