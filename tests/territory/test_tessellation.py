"""Fillers, edges at the border, barriers and what is remembered, in meters."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from theaters import arcadia, two_actors, write_theater

from syriamap.territory import tessellation_of
from syriamap.territory.mesh import tessellation as tessellating
from syriamap.territory.mesh.mesh_settings import MESH
from syriamap.territory.mesh.tessellation import Memory
from syriamap.theater.folder import Theater, read_theater


def test_fillers_stand_12_km_apart_where_no_place_is_nearer() -> None:
    outline = shapely.box(0, 0, 50_000, 50_000)
    fillers = tessellating._fillers(np.array([[-500.0, -500.0]]), outline)
    apart = np.hypot(*(fillers[:, None] - fillers[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    np.testing.assert_allclose(apart.min(axis=1), 12_000.0)
    assert np.hypot(*(fillers.T + 500.0)).min() > 12_000.0
    rows = {round(y) for y in fillers[:, 1]}
    assert rows == {10392, 20785, 31177, 41569}  # none on the outline itself
    assert len(fillers) == 16  # four in each row, the odd ones shifted by half a step
    assert len(tessellating._fillers(fillers, outline)) == 0


def test_edges_do_not_leave_the_country_unless_they_are_short() -> None:
    bay = shapely.box(0, 0, 40_000, 10_000).difference(shapely.box(10_000, 4_000, 30_000, 10_000))
    xy = np.array(
        [[9_000, 9_000], [31_000, 9_000], [9_900, 3_500], [12_400, 4_900], [5_000, 5_000],
         [9_950, 7_000], [14_900, 7_000], [15_100, 7_000], [9_990, 4_800], [20_000, 4_800],
         [9_000, 5_500], [20_000, 5_500]], dtype=float,
    )  # fmt: skip
    pairs = np.array([[0, 1], [2, 3], [0, 4], [5, 6], [5, 7], [8, 9], [10, 11]])
    kept = tessellating._edges_inside(xy, pairs, bay).tolist()
    # across the bay; short; inside; 4.95 km; 5.15 km; 0.8 km outside; 1.5 km outside
    assert kept == [1, 2, 3, 5]


def test_the_outline_is_coarsened_by_300_m_before() -> None:
    """One bump of the coast, 450 m high, is seen; another, 200 m high, is not."""
    coast = [(0, 0), (100_000, 0), (100_000, 30_000), (90_000, 30_000), (89_000, 30_200),
             (71_000, 30_200), (70_000, 30_000), (40_000, 30_000), (39_000, 30_450),
             (21_000, 30_450), (20_000, 30_000), (0, 30_000)]  # fmt: skip
    xy = np.array([[27e3, 31_300], [33e3, 31_300], [77e3, 31_100], [83e3, 31_100]])
    pairs = np.array([[0, 1], [2, 3]])  # each less than 1 km from its bump, not from the coast
    assert tessellating._edges_inside(xy, pairs, shapely.Polygon(coast)).tolist() == [0]


def test_points_in_one_square_of_a_meter_are_one_node(tmp_path: Path) -> None:
    theater = read_theater(write_theater(tmp_path / "x", actors=two_actors(), id="x"))
    to_degrees = Transformer.from_crs(theater.metric_crs, "EPSG:4326", always_xy=True)
    x = 500_000.0 + np.array([0.1, 0.45, 0.6, 1.4])
    lon, lat = to_degrees.transform(x, np.full(4, 5_150_000.1))
    mesh = tessellation_of(lat, lon, theater, cached=False)
    first, second, third, fourth = mesh.node_of_point.tolist()
    assert first == second != third == fourth


def test_a_disputed_line_is_a_barrier_like_water(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[14.7, 45.9], [14.7, 47.1]]}
    for name, layers, most in (
        ("none", {}, 0), ("disputed", {"disputed": [({"name": "Line"}, line)]}, 1),
        ("both", {"disputed": [({"name": "Line"}, line)],
                  "water": [({"name": "R", "kind": "river"}, line)]}, 2),
    ):  # fmt: skip
        theater = read_theater(arcadia(tmp_path / name, layers=layers))
        places = theater.places
        mesh = tessellation_of(
            places["lat"].to_numpy(), places["lon"].to_numpy(), theater, cached=False
        )
        assert mesh.crossings.max() == most


def test_a_long_line_is_cut_without_a_gap() -> None:
    line = shapely.LineString([(float(x), float(x % 3)) for x in range(30)])
    pieces = tessellating._pieces(line)
    assert len(pieces) == 4  # 29 segments, 8 in each
    assert shapely.union_all(pieces).equals(line)


def test_the_oldest_of_twenty_is_forgotten() -> None:
    memory, made = Memory(), []

    def of(key: int) -> int:
        return memory.of(key, lambda: made.append(key) or key)

    for key in (*range(20), 0, 20):  # 0 was wanted again, so 1 is the oldest
        assert of(key) == key
    assert made == [*range(21)]
    assert [of(0), of(2)] == [0, 2]
    assert made == [*range(21)]
    of(1)
    assert made[-1] == 1


def test_what_was_made_of_the_same_is_made_once() -> None:
    """The last one of a key alone: a series goes from one day to the next."""
    memory, made = Memory(2), []

    def of(key: str, said: list[int]) -> int:
        def make() -> int:
            made.append(said)
            return len(made)

        return memory.of_equal(key, said, make)

    assert [of("a", [1]), of("a", [1]), of("b", [1]), of("a", [2]), of("a", [1])] == [1, 1, 2, 3, 4]
    assert of("c", [1]) == 5  # forgets the oldest
    assert [of("a", [1]), of("b", [1])] == [4, 6]


def test_a_tessellation_is_freed_with_what_names_it_once_others_took_its_place(
    theater: Theater, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands look for cycles seldom; a map of each of six hundred days took six gigabytes."""
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path))
    gc.disable()
    try:
        made = []
        for count in range(MESH.in_memory + 2):
            lat = np.array([46.5, 46.6, 46.7 + count / 100])
            mesh = tessellation_of(lat, np.array([14.2, 14.4, 14.3]), theater)
            mesh.memory.of("what names it", lambda mesh=mesh: [mesh])
            made.append(weakref.ref(mesh))
        del mesh
        assert [one() is None for one in made] == [True, True] + [False] * MESH.in_memory
    finally:
        gc.enable()
