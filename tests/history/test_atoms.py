"""Pieces of many days, in meters."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from syriamap.history.atoms import Atoms, atoms_from_territories

CRS = "EPSG:22770"


class Land:
    """A country whose areas are measured in its metric CRS."""

    equal_area_crs = CRS


def halves(edge: float, *, actors: tuple[str, str] = ("red", "blue"), **more: Any) -> Any:
    """A country of 10 by 4 km, parted at so many meters."""
    boxes = [shapely.box(0, 0, edge, 4000), shapely.box(edge, 0, 10_000, 4000)]
    columns: dict[str, Any] = {"actor": list(actors), "leaning": list(actors), "status": "held"}
    return gpd.GeoDataFrame(columns | more, geometry=boxes, crs=CRS)


def told(atoms: Atoms) -> dict[tuple[str, ...], float]:
    """Size of the pieces by the actors of their days."""
    actors = np.array([state[0] for state in atoms.states], dtype=object)
    sizes: dict[tuple[str, ...], float] = {}
    for history, size in zip(atoms.history, atoms.area_km2.tolist(), strict=True):
        key = tuple(actors[history])
        sizes[key] = sizes.get(key, 0.0) + size
    return sizes


def test_lines_of_all_days_cut() -> None:
    atoms = atoms_from_territories([halves(5000), halves(7000), halves(5000)], Land())  # type: ignore[arg-type]
    assert told(atoms) == pytest.approx({
        ("red", "red", "red"): 20.0, ("blue", "red", "blue"): 8.0, ("blue", "blue", "blue"): 12.0,
    })  # fmt: skip
    assert len(atoms.geometry) == 3
    # rows of the territory frames that the pieces lie in
    assert sorted(atoms.area.tolist()) == [[0, 0, 0], [1, 0, 1], [1, 1, 1]]
    assert atoms.geometry.crs == CRS


def test_a_state_is_actor_leaning_status_and_doubt() -> None:
    days = [halves(5000), halves(5000, actors=("", "blue"), leaning=["red", "blue"],
                                 status=["contested", "held"], doubt=["front_band", ""])]  # fmt: skip
    atoms = atoms_from_territories(days, Land())  # type: ignore[arg-type]
    assert set(atoms.states) == {
        ("red", "red", "held", ""), ("blue", "blue", "held", ""),
        ("", "red", "contested", "front_band"),
    }  # fmt: skip
    assert told(atoms) == pytest.approx({("red", ""): 20.0, ("blue", "blue"): 20.0})


@pytest.mark.parametrize(("moved", "pieces"), [(0.2, 2), (0.24, 2), (0.3, 3), (0.6, 3), (2.0, 3)])
def test_a_line_that_moved_less_than_a_quarter_meter_is_the_same(moved: float, pieces: int) -> None:
    atoms = atoms_from_territories([halves(5000), halves(5000 + moved)], Land())  # type: ignore[arg-type]
    assert len(atoms.geometry) == pieces


def test_pieces_of_one_history_are_put_together() -> None:
    """A line that both areas of a day share is no line of that day's states, but of its areas."""
    days = [halves(5000), gpd.GeoDataFrame(
        {"actor": ["red"], "leaning": ["red"], "status": ["held"]},
        geometry=[shapely.box(0, 0, 10_000, 4000)], crs=CRS,
    )]  # fmt: skip
    atoms = atoms_from_territories(days, Land())  # type: ignore[arg-type]
    assert told(atoms) == pytest.approx({("red", "red"): 20.0, ("blue", "red"): 20.0})
    cross = gpd.GeoDataFrame(
        {"actor": ["red", "blue"], "leaning": ["red", "blue"], "status": ["held", "held"]},
        geometry=[shapely.box(0, 1000, 10_000, 2000),
                  shapely.MultiPolygon([shapely.box(0, 0, 10_000, 1000),
                                        shapely.box(0, 2000, 10_000, 4000)])], crs=CRS,
    )  # fmt: skip
    both = atoms_from_territories([cross], Land())  # type: ignore[arg-type]
    assert both.area_km2.tolist() == pytest.approx([10.0, 30.0])


def test_a_hole_belongs_to_nobody() -> None:
    ring = shapely.box(0, 0, 10_000, 4000).difference(shapely.box(4000, 1000, 6000, 3000))
    frame = gpd.GeoDataFrame(
        {"actor": ["red"], "leaning": ["red"], "status": ["held"]}, geometry=[ring], crs=CRS
    )
    atoms = atoms_from_territories([frame], Land())  # type: ignore[arg-type]
    assert atoms.area_km2.tolist() == pytest.approx([36.0])


def test_a_face_is_of_its_own_area_where_the_grid_moves_a_line_over_its_inner_point() -> None:
    low = shapely.Polygon(
        [(0, 0), (3000, 0), (3000, 1000), (2900, 1000), (2900, 499.76), (0, 500.26)]
    )
    high = shapely.box(0, 0, 2900, 1000).difference(low)
    days = gpd.GeoDataFrame(
        {"actor": ["red", "blue"], "leaning": ["red", "blue"], "status": "held"},
        geometry=[low, high],
        crs=CRS,
    )
    atoms = atoms_from_territories([days], Land())  # type: ignore[arg-type]
    assert told(atoms) == pytest.approx({("red",): 1.55, ("blue",): 1.45}, abs=0.001)
