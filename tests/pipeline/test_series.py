"""The days of a series are the maps of those days."""

from __future__ import annotations

import pytest

from syriamap.errors import ControlError
from syriamap.pipeline.build import Series, build, series


def test_a_series_is_the_maps_of_its_days(advance: Series) -> None:
    alone = build(str(advance.days[0].date))
    first = advance.days[0]
    assert alone.control.equals(first.control)
    assert alone.states.equals(first.states)
    assert alone.territory.geometry.geom_equals(first.territory.geometry).all()
    assert first.theater is advance.days[-1].theater
    assert first.claims is advance.days[-1].claims


def test_a_series_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ControlError, match="is after"):
        series("2024-11-01", since="2024-12-01")
