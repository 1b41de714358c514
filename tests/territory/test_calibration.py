"""Powers and bands, by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from syriamap.territory.inference.calibration import (
    band_threshold,
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
    sure = thresholds_of(best, ONE_SIDE, everywhere, everywhere, far_apart, knobs=KNOBS)
    best[:40:3] = 0.55
    doubtful = thresholds_of(best, ONE_SIDE, everywhere, everywhere, far_apart, knobs=KNOBS)
    assert (best[40:] >= doubtful[40:]).all()
    np.testing.assert_array_equal(doubtful[40:], sure[40:])
    assert 0 < (best[:40] < doubtful[:40]).sum() <= 8


def test_a_window_without_places_in_doubt_says_nothing(far_apart: Regions) -> None:
    best, everywhere = np.full(80, 0.5), np.ones(80, dtype=bool)
    some = np.r_[np.ones(40, dtype=bool), np.zeros(40, dtype=bool)]
    found = thresholds_of(best, ONE_SIDE, some, everywhere, far_apart, knobs=KNOBS)
    assert (found[:40] > 0).all()
    assert (found[40:] == 0).all()


def patches() -> np.ndarray:
    grid = np.array([(x, y) for x in range(8) for y in range(5)]) * 4_000.0
    return np.concatenate([grid, grid + np.array([300_000.0, 0.0])])
