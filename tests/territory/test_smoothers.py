"""Firmness, means and groups of the smoothers, by hand; that they are linear algebra: test_effects."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.linalg import splu

from syriamap.territory.inference import smoothers
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.network import Network
from syriamap.territory.inference.smoothers import (
    Smoother,
    field_mean,
    harmonic_smoother,
    matern_smoother,
    probe_groups,
)
from syriamap.territory.mesh.elimination import elimination_orders, laplacian_of
from syriamap.territory.mesh.tessellation import Memory

KNOBS = InferenceSettings()


def chain(count: int, *, without: tuple[int, ...] = ()) -> Any:
    """Nodes in a row, each joined to the next but for some."""
    joined = [(node, node + 1) for node in range(count - 1) if node not in without]
    edges = np.array(joined, dtype=np.int64).reshape(-1, 2)
    return SimpleNamespace(
        xy=np.column_stack([np.arange(count) * 1000.0, np.zeros(count)]),
        edges=edges,
        sides=np.empty((0, 2), dtype=np.int64),
        elimination=np.stack([np.arange(count)] * 2),
        memory=Memory(),
    )


def test_how_firmly_evidence_is_held() -> None:
    net = Network(chain(3), np.ones(2), KNOBS)
    np.testing.assert_allclose(net.clamp(np.array([1.0, 0.5, 0.001])), [20.0, 5.0, 0.001])
    np.testing.assert_allclose(net.firm(np.array([1.0, 0.5, 0.0001])), [1.0, 0.5, 0.001])


def test_edges_are_spaced_by_the_evidence_at_both_ends() -> None:
    net = Network(chain(2), np.array([3.0]), KNOBS)
    one, two = np.full(4, 12.0) * np.sqrt([1, 2, 4, 8]), np.full(4, 48.0) * np.sqrt([1, 2, 4, 8])
    far = np.clip(two, 2, 80) / np.sqrt([1, 2, 4, 8])
    spacing = float(np.exp(np.log(far).mean()) / 12)
    distance = np.stack([one, two])
    assert net.spaced(distance, 1.0) == pytest.approx([3 * spacing**0.5])
    assert net.spaced(distance, 0.75) == pytest.approx([3 * spacing**0.375])


def test_an_island_without_evidence_is_solved_and_knows_nothing() -> None:
    mesh = chain(4, without=(1,))  # 0 - 1 and 2 - 3
    smoother = harmonic_smoother(mesh, np.ones(2), np.array([0]), KNOBS)
    values = smoother.spread(np.array([[1.0]]), np.array([20.0])).values[:, 0]
    np.testing.assert_allclose(values, [1.0, 1.0, 0.0, 0.0], atol=1e-8)


def test_a_lone_node_is_held_by_a_billionth() -> None:
    lone = harmonic_smoother(chain(1), np.empty(0), np.array([0]), KNOBS)
    assert lone.scale == 1e-9
    # firmness 3 against the ground's 1
    values = lone.spread(np.array([[1.0]]), np.array([3.0])).values
    np.testing.assert_allclose(values, [[0.75]])


def test_between_two_the_harmonic_function_is_a_straight_line() -> None:
    mesh = chain(5)
    smoother = harmonic_smoother(mesh, np.ones(4), np.array([0, 4]), KNOBS)
    assert smoother.scale == pytest.approx(8 / 5)  # the mean conductance of a node
    values = smoother.spread(np.array([[1.0], [0.0]]), np.array([1e9, 1e9])).values[:, 0]
    np.testing.assert_allclose(values, [1.0, 0.75, 0.5, 0.25, 0.0], atol=1e-6)


@pytest.mark.parametrize("kind", [harmonic_smoother, matern_smoother])
def test_up_to_600_pieces_the_system_is_dense(kind: Any) -> None:
    mesh = chain(700)
    edges = np.ones(len(mesh.edges))
    assert kind(mesh, edges, np.arange(600), KNOBS).between is not None
    assert kind(mesh, edges, np.arange(601), KNOBS).between is None


def test_a_firm_piece_of_the_field_has_a_twentieth_of_its_variance() -> None:
    assert matern_smoother(chain(3), np.ones(2), np.array([1]), KNOBS).scale == pytest.approx(20.0)


def test_the_mean_of_the_field_is_halfway_to_an_even_one() -> None:
    targets, firm = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([3.0, 1.0])
    np.testing.assert_allclose(field_mean(targets, firm, KNOBS), [0.625, 0.375])


def test_left_out_is_what_is_left_without_its_own() -> None:
    smoother: Any = SimpleNamespace(knobs=KNOBS)
    at, own = np.array([[0.75], [0.75]]), np.array([0.5, 1.0])
    found = Smoother._left_out(smoother, at, own, np.array([[1.0], [1.0]]))
    # what is decided by its own evidence alone is left a ten-thousandth
    np.testing.assert_allclose(found, [[0.5], [(0.75 - 0.9999) / 0.0001]])


def test_neighbors_are_probed_apart() -> None:
    line = np.column_stack([np.arange(100.0), np.zeros(100)])
    assert probe_groups(line, KNOBS).tolist() == (np.arange(100) % 24).tolist()
    square = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
    assert probe_groups(square, KNOBS).tolist() == [3, 2, 1, 0]  # a Morton curve
    # finer than one part in 65,535 nothing is told apart: the order of rows decides
    near = np.array([[0.6 / 65_535, 0.0], [0.0, 0.0], [1.0, 0.0]])
    assert probe_groups(near, KNOBS).tolist() == [0, 1, 2]
    far = np.array([[1.2 / 65_535, 0.0], [0.0, 0.0], [1.0, 0.0]])
    assert probe_groups(far, KNOBS).tolist() == [1, 0, 2]


def test_the_system_may_be_given_in_any_order() -> None:
    """Nodes are found by the order of elimination, in which the evidence is last."""
    system = sparse.csc_array(np.array([[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]]))
    xy, targets = np.zeros((3, 2)), np.array([[1.0]])
    order = np.array([1, 0, 2])
    plain = Smoother(system, np.arange(3), np.array([2]), xy, scale=1.0, knobs=KNOBS)
    turned = system[order][:, order].tocsc()
    other = Smoother(turned, order, np.array([2]), xy, scale=1.0, knobs=KNOBS)
    one, two = (each.spread(targets, np.array([3.0])).values for each in (plain, other))
    np.testing.assert_allclose(one, two)


@pytest.mark.parametrize("kind", [harmonic_smoother, matern_smoother])
def test_large_factors_are_made_anew_to_the_same_values(kind: Any) -> None:
    mesh, nodes = chain(40), np.array([3, 17, 30])
    targets, firm = np.eye(3), np.array([1.0, 2.0, 3.0])
    expected = kind(mesh, np.ones(39), nodes, KNOBS).spread(targets, firm).values
    large = kind(mesh, np.ones(39), nodes, replace(KNOBS, most_copied=0))
    assert large._lu is None  # not before values are asked for
    assert (large.spread(targets, firm).values == expected).all()


@pytest.mark.parametrize("most", [0, 600])
def test_what_was_solved_for_is_not_solved_for_again(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evidence is held in two ways in turn, by its worth and by the trust in it besides."""
    knobs, mesh, nodes = replace(KNOBS, most_eliminated=most), chain(40), np.array([3, 17, 30])
    smoother = harmonic_smoother(mesh, np.ones(39), nodes, knobs)
    ways = np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])
    targets = np.eye(3), np.ones((3, 1))
    alone = [
        harmonic_smoother(mesh, np.ones(39), nodes, knobs).spread(
            told, ways[0], leave_out=True, everywhere=False
        )
        for told in targets
    ]
    for firm in ways:
        smoother.spread(targets[0], firm, leave_out=True)
    made: list[Any] = []
    monkeypatch.setattr(smoothers, "_factored", made.append)
    monkeypatch.setattr(np.linalg, "inv", made.append)
    for _ in range(2):
        for told, expected in zip(targets, alone, strict=True):
            found = smoother.spread(told, ways[0], leave_out=True, everywhere=False)
            assert (found.left_out == expected.left_out).all()
            assert not len(found.values)
        assert smoother.spread(targets[0], ways[1], leave_out=True).values.shape == (40, 3)
    assert made == []


def test_an_order_is_that_of_a_whole_factorization() -> None:
    rng = np.random.default_rng(2)
    edges = np.unique(np.sort(rng.integers(0, 300, (900, 2)), axis=1), axis=0)
    edges = edges[edges[:, 0] != edges[:, 1]]
    one = laplacian_of(edges, np.ones(len(edges)), 300) + sparse.eye_array(300, format="csc")
    for found, system in zip(elimination_orders(edges, 300), (one, one @ one), strict=True):
        whole = splu(
            sparse.csc_array(system), "MMD_AT_PLUS_A", 0.0, options={"SymmetricMode": True}
        )
        assert (found == np.argsort(whole.perm_c)).all()
