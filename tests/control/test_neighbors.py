"""Who hears of whom goes by distance: no place takes from another what it hears."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.control.timeline.neighbors import Neighbors, neighbors_of

SETTINGS = TimeSettings()
DEGREE = 111.2


def heard(degrees: Any, sizes: Any = None, quarters: Any = None) -> Neighbors:
    count = len(degrees)
    return neighbors_of(
        np.asarray(degrees, dtype=float).reshape(-1, 2),
        np.ones(count) if sizes is None else np.asarray(sizes, dtype=float),
        np.zeros(count, dtype=bool) if quarters is None else np.asarray(quarters, dtype=bool),
        SETTINGS,
    )


def pulls(around: Neighbors, place: int) -> dict[int, float]:
    return dict(zip(*(part.tolist() for part in around.of(place)), strict=True))


@given(seed=st.integers(0, 999), dense=st.integers(1, 200), spread=st.floats(0.001, 0.5))
def test_more_and_denser_places_take_no_neighbor_away(seed: int, dense: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    own = rng.random((30, 2)) + np.array([35.0, 36.5])
    more = rng.normal([35.5, 37.0], spread, (dense, 2))
    before, after = heard(own), heard(np.concatenate([own, more]))
    apart = np.hypot(*(before.xy[:, None] - before.xy).transpose(2, 0, 1))
    for place in range(30):
        old, new = pulls(before, place), pulls(after, place)
        # the plane is laid amid all places: distances move by less than a thousandth
        near = [other for other in old if apart[place, other] < 0.99 * SETTINGS.hears_km]
        assert set(near) <= set(new)
        assert [new[one] for one in near] == pytest.approx([old[one] for one in near], rel=0.02)


def test_what_a_place_hears_does_not_depend_on_how_many_it_hears() -> None:
    # a village, a town 55 km off, and two hundred villages between them
    rng = np.random.default_rng(0)
    far = 55 / DEGREE
    crowd = np.column_stack([35.0 + rng.random(200) * far * 0.8, np.full(200, 36.5)])
    alone = pulls(heard([[35.0, 36.5], [35.0 + far, 36.5]]), 0)
    amid = pulls(heard(np.concatenate([[[35.0, 36.5], [35.0 + far, 36.5]], crowd])), 0)
    assert len(amid) == 201
    assert amid[1] == pytest.approx(alone[1], rel=0.01)


def test_where_few_places_lie_the_nearest_are_heard_from_afar() -> None:
    row = np.column_stack([35.0 + np.arange(40) * 100 / DEGREE, np.full(40, 36.5)])
    around = heard(row)
    assert sorted(pulls(around, 5)) == [4, 6]  # farther ones count less than is looked at
    assert not len(heard(row[:1]).near)
    assert not len(heard(np.empty((0, 2))).near)


def test_neighbors_come_nearest_first_and_never_the_place_itself() -> None:
    same = np.tile([[35.0, 36.5]], (5, 1))
    around = heard(np.concatenate([same, [[35.1, 36.5], [35.05, 36.5]]]))
    for place in range(5):
        assert around.of(place)[0].tolist() == [*sorted({*range(5)} - {place}), 6, 5]
    assert around.nearest(2).tolist() == [
        int(first) + rank for first in around.first[:-1] for rank in range(2)
    ]


def test_a_city_hears_less_of_a_village_and_quarters_are_not_close() -> None:
    points = [[35.0, 36.5], [35.0, 36.52]]
    village_of_city = pulls(heard(points, [4.0, 1.0]), 0)[1]
    city_of_village = pulls(heard(points, [4.0, 1.0]), 1)[0]
    assert village_of_city == pytest.approx(city_of_village / 4.0)
    assert pulls(heard(points, quarters=[True, False]), 0)[1] < pulls(heard(points), 0)[1]
