"""How lines are smoothed, strips laid between enemies and confidence taken over an area, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import shapely

from syriamap.territory import areas, tessellation_of
from syriamap.territory.corners import misplaced_nodes, smoothed_lines
from syriamap.theater.folder import Theater

KM = 1000.0


def strip(
    apart_km: float,
    *,
    status: tuple[str, str] = ("held", "held"),
    side: tuple[int, int] = (0, 1),
    judged: bool = True,
) -> Any:
    """Strip between two places on either side of a line 100 km long, which ends outside."""
    x = apart_km * KM / 2
    mesh = SimpleNamespace(
        sides=np.array([[0, 1]]),
        xy=np.array([[-x, 0.0], [x, 0.0]]),
        side_xy=np.array([[[0.0, -900 * KM], [0.0, 900 * KM]]]),
        outline=shapely.box(-50 * KM, -50 * KM, 50 * KM, 50 * KM),
    )
    field: Any = SimpleNamespace(
        tessellation=mesh, status=np.array(status), side=np.array(side), judged=judged
    )
    return areas._between(field)


@pytest.mark.parametrize(("apart", "width"), [(2, 0.8), (7, 2.8), (8, 3.0), (40, 3.0)])
def test_a_strip_goes_four_fifths_of_the_way_and_3_km_at_most(apart: float, width: float) -> None:
    west, south, east, north = strip(apart).bounds
    assert (west, east) == pytest.approx((-width * KM, width * KM))
    # a quarter circle has two pieces: four corners of the strip, three points at either end
    assert shapely.get_num_coordinates(strip(apart)) == 11
    # the line is cut 3 km outside the country, not at its end
    assert (south, north) == pytest.approx(((-53 - width) * KM, (53 + width) * KM), rel=1e-3)


def test_a_strip_lies_between_two_holders_of_different_sides() -> None:
    assert strip(2, status=("held", "besieged")) is not None
    assert strip(2, status=("held", "contested")) is None
    assert strip(2, status=("undetermined", "held")) is None
    assert strip(2, side=(1, 1)) is None
    assert strip(2, judged=False) is None


def shapes(**changes: Any) -> Any:
    """One area of two faces, the first with two nodes on 3 km², the second a strip of 1 km²."""
    given: dict[str, Any] = {
        "home": np.array([0, 0]), "land": np.array([3e6, 1e6]), "band": np.array([False, True]),
        "member": np.array([0, 1, 2]), "face": np.array([0, 0, 1]), **changes,
    }  # fmt: skip
    return SimpleNamespace(**given)


def test_confidence_is_the_mean_over_nodes_then_over_land_and_half_in_a_strip() -> None:
    field: Any = SimpleNamespace(confidence=np.array([0.9, 0.7, 0.6]))
    assert areas._confidence(field, shapes()).tolist() == [pytest.approx((3 * 0.8 + 0.3) / 4)]
    held = shapes(band=np.array([False, False]))
    assert areas._confidence(field, held).tolist() == [pytest.approx((3 * 0.8 + 0.6) / 4)]
    alone = shapes(home=np.array([0, 1]))
    np.testing.assert_allclose(areas._confidence(field, alone), [0.8, 0.3])


def smoothed(*xy: tuple[float, float]) -> list[tuple[float, ...]]:
    lines = np.array([shapely.LineString(xy)], dtype=object)
    return [tuple(point) for point in shapely.get_coordinates(smoothed_lines(lines).lines).tolist()]


def test_corners_are_cut_twice_and_ends_stay() -> None:
    # once: (0, 0), (12, 0), (16, 4), (16, 16)
    assert smoothed((0, 0), (16, 0), (16, 16)) == [
        (0, 0), (9, 0), (13, 1), (15, 3), (16, 7), (16, 16),
    ]  # fmt: skip


def test_a_straight_piece_stays_and_a_ring_stays_closed() -> None:
    assert smoothed((0, 0), (16, 0)) == [(0, 0), (16, 0)]
    ring = smoothed((0, 0), (16, 0), (16, 16), (0, 16), (0, 0))
    assert ring[0] == ring[-1]
    assert len(set(ring)) == 16
    assert (0, 0) not in ring


def test_two_lines_are_smoothed_apart() -> None:
    lines = np.array([shapely.LineString([(0, 0), (16, 0), (16, 16)]),
                      shapely.LineString([(99, 0), (99, 5)])], dtype=object)  # fmt: skip
    one, two = smoothed_lines(lines).lines
    assert len(one.coords) == 6
    assert list(two.coords) == [(99, 0), (99, 5)]
    assert len(smoothed_lines(np.empty(0, dtype=object)).lines) == 0


@pytest.mark.parametrize("seed", range(40))
def test_cut_corners_tell_which_nodes_the_faces_find_misplaced(seed: int, theater: Theater) -> None:
    chance = np.random.default_rng(seed)
    west, south, east, north = theater.boundary.bounds
    where = chance.random((150, 2)) * 1.1 - 0.05
    lat, lon = south + where[:, 1] * (north - south), west + where[:, 0] * (east - west)
    mesh = tessellation_of(lat, lon, theater, cached=False)
    # kinds of their own for two nodes of five, so that many cells stand alone and are cut small
    labels = np.where(chance.random(len(mesh.xy)) < 0.4, chance.integers(0, 4, len(mesh.xy)), 0)
    fixed = [shapely.boundary(mesh.outline)]
    lines = areas._merged(mesh.side_xy[labels[mesh.sides[:, 0]] != labels[mesh.sides[:, 1]]])
    smooth = smoothed_lines(lines)
    _, wrong = areas._polygonized(smooth.lines, mesh, fixed, labels, None)
    told = misplaced_nodes(smooth, lines, mesh, labels, fixed)
    assert told is not None
    assert told.tolist() == wrong.tolist()


def test_a_tip_without_a_node_goes_to_the_neighbor_with_most_of_its_edge() -> None:
    # the tip lies on 3 units of the right face's edge, on 1 of the left one's
    left = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 1), (4, 1), (4, 9), (1, 9)])
    tip = shapely.Polygon([(1, 0), (4, 0), (4, 1), (1, 1)])
    strip_face = shapely.Polygon([(9, 9), (10, 9), (10, 10), (9, 10)])
    faces = np.array([left, right, tip, strip_face], dtype=object)
    band = np.array([False, False, False, True])
    polygons, number, kept = areas._joined(faces, np.array([0, 1]), band)
    assert [one.area for one in polygons] == [1.0, 27.0, 1.0]
    assert number[[0, 1, 3]].tolist() == [0, 1, 2]
    assert kept.tolist() == [False, False, True]


def test_leaning_status_and_doubt_part_areas() -> None:
    field: Any = SimpleNamespace(
        leaning=np.array([0, 0, 1, 0, -1, 0]),
        status=np.array(["held", "contested", "held", "contested", "undetermined", "held"]),
        doubt=np.array(["", "evidence", "", "front_band", "no_evidence", ""]),
    )
    labels = areas._labels(field)
    assert len(set(labels.tolist())) == 5
    assert labels[0] == labels[5]


def test_bands_of_one_leaning_that_share_an_edge_are_one_area() -> None:
    cells = [shapely.box(x, 0, x + size, 1) for x, size in ((0, 1), (1, 2), (3, 1), (9, 1))]
    faces: Any = SimpleNamespace(
        polygons=np.array(cells, dtype=object),
        owner=np.array([0, 1, 2, 3]),
        band=np.array([False, True, False, True]),
    )
    field: Any = SimpleNamespace(
        leaning=np.array([0, 0, 1, 0]), doubt=np.array(["front_band", "", "", ""])
    )
    geometry, lead, home = areas._connected(faces, field)
    assert [one.area for one in geometry] == [1.0, 3.0, 1.0]
    assert home.tolist() == [1, 1, 0, 2]
    assert lead.tolist() == [2, 1, 3]  # the largest face of an area speaks for it
