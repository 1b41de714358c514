"""Powers and bands, by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from syriamap.territory.inference.calibration import (
    Banded,
    band_threshold,
    land_threshold,
    shares_of,
    temperature_of,
    temperatures_of,
    tempered,
    thresholds_of,
)
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.regions import Regions, regions_of
from syriamap.territory.mesh.tessellation import Memory

KNOBS = InferenceSettings()


def power(left_out: list[list[float]], truth: list[int], weight: float = 1.0) -> float:
    counts = np.full(len(truth), weight)
    return temperature_of(
        np.array(left_out).reshape(-1, 2), np.array(truth, dtype=int), counts, KNOBS
    )


def tried(count: int) -> float:
    """One of the 38 powers from .7 to 4.5."""
    return float(0.7 * (4.5 / 0.7) ** (count / 37))


def test_shares_have_a_floor_and_sum_to_1() -> None:
    found = shares_of(np.array([[0.0, 0.9], [-0.2, 0.5]]), KNOBS)
    np.testing.assert_allclose(
        found, [[1e-4 / 0.9001, 0.9 / 0.9001], [1e-4 / 0.5001, 0.5 / 0.5001]]
    )


def test_without_evidence_the_power_is_the_usual_one() -> None:
    assert power([], []) == pytest.approx(tried(19))
    assert tried(19) == pytest.approx(1.82, abs=0.01)  # of those tried the nearest to 1.8


def test_evidence_moves_the_power_against_the_prior() -> None:
    """What minimizes -n log p(power) + (log(power / 1.8) / .25)² / 2."""
    assert power([[0.6, 0.4]] * 4, [0] * 4) == pytest.approx(tried(20))
    assert power([[0.6, 0.4]] * 20, [0] * 20) == pytest.approx(tried(26))
    assert power([[0.6, 0.4]] * 20, [1] * 20) == pytest.approx(tried(11))
    assert power([[0.6, 0.4]] * 20, [1] * 20, weight=0.2) == pytest.approx(tried(17))


def test_the_power_ends_at_either_end() -> None:
    assert power([[0.6, 0.4]] * 10_000, [0] * 10_000) == 4.5
    assert power([[0.6, 0.4]] * 10_000, [1] * 10_000) == pytest.approx(0.7)


def test_what_was_foretold_not_at_all_costs_no_more_than_a_thousandth() -> None:
    # a thousandth or less under any power from 1 on: four such pieces, not three, are worth .7
    assert power([[0.001, 0.999]] * 3, [0] * 3) == pytest.approx(tried(19))
    assert power([[0.001, 0.999]] * 4, [0] * 4) == pytest.approx(tried(0))
    assert power([[1e-9, 1.0]] * 99, [0] * 99) == pytest.approx(tried(19))


def test_a_row_of_nothing_stays_nothing() -> None:
    assert tempered(np.zeros((1, 2)), 2.0).tolist() == [[0.0, 0.0]]


# --- the band: of 100 places, each a step less sure than the one before -------------------------


def steps(step: float) -> np.ndarray:
    return 1.0 - step * np.arange(100)


def test_the_band_leaves_outside_what_is_right_to_9975() -> None:
    surer = replace(KNOBS, sure=1.0)
    # the mean of the surest 49 lacks 48 / 2 steps, that of 50 too much
    assert band_threshold(steps(1.03e-4), 1000, surer) == pytest.approx(1 - 48 * 1.03e-4)


def test_the_band_holds_14_percent_of_the_places_of_a_window_at_most() -> None:
    assert band_threshold(steps(5e-3), 100, KNOBS) == pytest.approx(1 - 85.14 * 5e-3)
    # of all in reach: with half of them evidence the share of the others is twice as large
    assert band_threshold(steps(5e-3), 200, KNOBS) == pytest.approx(1 - 71.28 * 5e-3)


def test_nothing_surer_than_80_percent_lies_in_it_but_at_a_front() -> None:
    assert band_threshold(steps(4e-3), 1000, KNOBS, front=False) == pytest.approx(0.8)
    assert band_threshold(steps(1e-3), 100, KNOBS, front=False) == pytest.approx(0.8)
    assert band_threshold(steps(1e-3), 100, KNOBS) == pytest.approx(1 - 94.05e-3)
    assert band_threshold(steps(1e-6), 100, KNOBS) == pytest.approx(0.9995)
    assert band_threshold(np.array([]), 0, KNOBS) == 0.0


ONE_SIDE = np.zeros(80, dtype=int)

# --- windows: two towns 300 km apart --------------------------------------------------------------


@pytest.fixture
def far_apart() -> Regions:
    """Windows over two patches of 40 places, 300 km from one another."""
    xy = patches()
    mesh = SimpleNamespace(xy=xy, place_nodes=len(xy), memory=Memory())
    return regions_of(mesh, KNOBS)


def test_every_node_hears_windows_that_sum_to_1(far_apart: Regions) -> None:
    np.testing.assert_allclose(far_apart.blended(np.ones(len(far_apart.centers))), 1.0)


def test_wrong_foretelling_in_one_patch_leaves_the_power_of_the_other(far_apart: Regions) -> None:
    said = np.tile([[0.6, 0.4]], (80, 1))
    counted = far_apart.counted(patches())
    right = np.zeros(80, dtype=int)
    half_wrong = np.r_[np.ones(40, dtype=int), np.zeros(40, dtype=int)]
    well = temperatures_of(said, right, counted, far_apart, KNOBS)
    badly = temperatures_of(said, half_wrong, counted, far_apart, KNOBS)
    assert (badly[:40] < well[:40]).all()
    np.testing.assert_array_equal(badly[40:], well[40:])


def test_doubt_in_one_patch_leaves_the_bands_of_the_other(far_apart: Regions) -> None:
    best = np.full(80, 0.999)
    everywhere = np.ones(80, dtype=bool)
    ground = Banded(everywhere, everywhere, everywhere, np.ones(80))
    sure = thresholds_of(best, ONE_SIDE, ground, far_apart, KNOBS)
    best[:40:3] = 0.55
    doubtful = thresholds_of(best, ONE_SIDE, ground, far_apart, KNOBS)
    assert (best[40:] >= doubtful[40:]).all()
    np.testing.assert_array_equal(doubtful[40:], sure[40:])
    assert 0 < (best[:40] < doubtful[:40]).sum() <= 8


def test_a_window_without_places_in_doubt_says_nothing(far_apart: Regions) -> None:
    best, everywhere = np.full(80, 0.5), np.ones(80, dtype=bool)
    some = np.r_[np.ones(40, dtype=bool), np.zeros(40, dtype=bool)]
    ground = Banded(everywhere, some, everywhere, np.ones(80))
    found = thresholds_of(best, ONE_SIDE, ground, far_apart, KNOBS)
    assert (found[:40] > 0).all()
    assert (found[40:] == 0).all()


@given(seed=st.integers(0, 999), most=st.floats(0.01, 0.3))
def test_what_is_below_the_threshold_takes_up_no_more_land(seed: int, most: float) -> None:
    rng = np.random.default_rng(seed)
    best, land = rng.random(60).round(2), rng.exponential(size=60)
    close = land_threshold(best, land, most * land.sum())
    assert land[best < close].sum() <= most * land.sum()
    # and no node more would fit, but for those as unsure as the first that does not
    assert land[best <= close].sum() > most * land.sum() or close == 1.0


def test_empty_land_with_large_cells_does_not_fill_the_country_with_band(
    far_apart: Regions,
) -> None:
    # a tenth of the nodes are least sure and hold nearly all the land; the others come after them
    best = np.tile([0.5, *np.linspace(0.6, 0.99, 9)], 8)
    everywhere, knobs = np.ones(80, dtype=bool), replace(KNOBS, most_land=0.12)
    for desert, expected in ((1.0, True), (40.0, False)):
        land = np.tile([desert, *[1.0] * 9], 8)
        ground = Banded(everywhere, everywhere, everywhere, land)
        close = thresholds_of(best, ONE_SIDE, ground, far_apart, knobs)
        assert (best < close).any() == expected


def patches() -> np.ndarray:
    grid = np.array([(x, y) for x in range(8) for y in range(5)]) * 4_000.0
    return np.concatenate([grid, grid + np.array([300_000.0, 0.0])])
