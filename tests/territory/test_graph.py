"""Conductances, cell areas and the spacing of evidence, by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from syriamap.territory.mesh import graph
from syriamap.territory.mesh.graph import (
    cell_areas,
    conductances,
    evidence_spacing,
    nearest_evidence,
)
from syriamap.territory.mesh.mesh_settings import MESH


def edges_of(*edges: tuple[float, float, int]) -> Any:
    """Edges with the length of the side they cross and their own, both in km, and crossings."""
    sides = [[[0.0, 0.0], [side * 1000.0, 0.0]] for side, _, _ in edges]
    return SimpleNamespace(
        side_xy=np.array(sides),
        side_of_edge=np.arange(len(edges)),
        lengths=np.array([length * 1000.0 for _, length, _ in edges]),
        crossings=np.array([crossed for _, _, crossed in edges]),
    )


def test_an_edge_conducts_side_over_distance_within_bounds() -> None:
    mesh = edges_of((3, 6, 0), (0.1, 0.01, 0), (0.001, 10, 0), (100, 1, 0))
    # an edge of 10 m counts as one of 50
    np.testing.assert_allclose(conductances(mesh, 0.1), [0.5, 2.0, 0.01, 5.0])


def test_each_of_two_barriers_counts_and_no_third() -> None:
    mesh = edges_of((6, 6, 0), (6, 6, 1), (6, 6, 2), (6, 6, 3))
    np.testing.assert_allclose(conductances(mesh, 0.1), [1.0, 0.1, 0.01, 0.01])


@pytest.mark.parametrize(
    ("side", "apart", "area"),
    [(4, 6, 6.0), (100, 2, 30.0), (50, 200, 400.0), (0.01, 0.01, 0.01)],
    ids=["kite", "side of 60 km at most", "400 km² at most", "1 ha at least"],
)
def test_a_cell_is_half_of_each_kite(side: float, apart: float, area: float) -> None:
    mesh: Any = SimpleNamespace(
        xy=np.array([[0.0, 0.0], [apart * 1000.0, 0.0]]),
        sides=np.array([[0, 1]]),
        side_xy=np.array([[[0.0, 0.0], [0.0, side * 1000.0]]]),
    )
    np.testing.assert_allclose(cell_areas(mesh), [area, area])


def test_a_node_without_sides_has_the_least_cell() -> None:
    mesh: Any = SimpleNamespace(xy=np.zeros((1, 2)), sides=np.empty((0, 2)), side_xy=None)
    assert cell_areas(mesh).tolist() == [0.01]


def test_spacing_is_the_mean_of_four_ranks_relative_to_12_km() -> None:
    even = np.array([[12.0, 12.0 * 2**0.5, 24.0, 12.0 * 8**0.5]])
    assert evidence_spacing(even) == pytest.approx([1.0])
    near = (2 * (2 / 2**0.5) * (4 / 2) * (8 / 8**0.5)) ** 0.25 / 12
    assert evidence_spacing(np.array([[0.5, 1.0, 4.0, 8.0]])) == pytest.approx([near])
    far = (80 * (80 / 2**0.5) * (80 / 2) * (80 / 8**0.5)) ** 0.25 / 12
    assert evidence_spacing(np.array([[100.0, 200.0, 300.0, 400.0]])) == pytest.approx([far])


@pytest.mark.parametrize("tree_above", [0, 10**9], ids=["tree", "all pairs"])
def test_the_nearest_evidence_by_rank(monkeypatch: pytest.MonkeyPatch, tree_above: int) -> None:
    monkeypatch.setattr(graph, "MESH", replace(MESH, tree_above=tree_above, pairs_at_once=5))
    mesh: Any = SimpleNamespace(xy=np.array([[km * 1000.0, 0.0] for km in range(20)]))
    where = np.array([0, 3, 4, 7, 8, 12, 13, 16, 19])
    distance, nearest = nearest_evidence(mesh, where)
    assert distance[0].tolist() == [0.0, 3.0, 7.0, 16.0]
    assert distance[10].tolist() == [2.0, 2.0, 3.0, 9.0]
    assert nearest[[0, 5, 19]].tolist() == [0, 2, 8]
    few, _ = nearest_evidence(mesh, where[:3])  # the farthest there is stands for those missing
    assert few[0].tolist() == [0.0, 3.0, 4.0, 4.0]
