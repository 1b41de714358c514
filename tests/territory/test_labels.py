"""Control as evidence on nodes, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from syriamap.look.symbols import POCKET
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.labels import (
    Labels,
    by_node,
    is_faint,
    labels_from_control,
    trust_of,
)

COLUMNS = ("shares", "status", "leaning", "reasons")


def labels(*rows: tuple[int, dict[str, float], str, tuple[str, ...]], **knobs: Any) -> Labels:
    """Evidence of rows of node, shares, status and reasons; red leads where it has a share."""
    table = [
        (shares, status, max(shares, key=shares.__getitem__, default=""), reasons)
        for _, shares, status, reasons in rows
    ]
    nodes = np.array([node for node, *_ in rows], dtype=np.int64)
    frame = pd.DataFrame(table, columns=list(COLUMNS))
    return labels_from_control(frame, nodes, ("blue", "red"), InferenceSettings(**knobs))


def test_shares_sum_to_1_and_worth_is_what_they_summed_to() -> None:
    found = labels((7, {"red": 0.6, "blue": 0.2}, "held", ()), (3, {"blue": 0.9}, "besieged", ()))
    assert found.nodes.tolist() == [3, 7]
    np.testing.assert_allclose(found.shares, [[1.0, 0.0], [0.25, 0.75]])
    np.testing.assert_allclose(found.worth, [0.9, 0.8])
    assert found.contested.tolist() == found.unknown.tolist() == [0.0, 0.0]


def test_what_drifts_by_less_than_a_step_is_the_same_evidence() -> None:
    was, drifted, more = (labels((7, {"red": one}, "held", ())) for one in (0.62, 0.6249, 0.6251))
    assert was.worth.tolist() == drifted.worth.tolist() == [pytest.approx(0.62)]
    assert more.worth.tolist() == [pytest.approx(0.63)]
    both = labels((7, {"red": 0.604, "blue": 0.196}, "held", ()))
    np.testing.assert_allclose(both.shares, [[0.25, 0.75]])


def test_the_least_that_is_said_is_a_step() -> None:
    found = labels((7, {"red": 0.001}, "held", ()))
    assert found.shares.tolist() == [[0.0, 1.0]]


def test_two_places_at_one_node_are_added() -> None:
    found = labels((3, {"red": 0.7}, "held", ()), (3, {"blue": 0.7}, "contested", ()))
    np.testing.assert_allclose(found.shares, [[0.5, 0.5]])
    assert found.worth.tolist() == [1.0]  # not more than sure
    assert found.contested.tolist() == [1.0]


def test_a_holder_who_left_is_evidence_of_half_worth_that_nobody_is_known() -> None:
    found = labels((1, {"red": 0.1}, "undetermined", ("withdrew",)), (2, {}, "undetermined", ()))
    assert found.unknown.tolist() == [1.0, 1.0]
    assert found.worth.tolist() == [0.5, 0.5]
    assert found.shares.tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_a_faint_word_is_worth_little_but_not_nothing() -> None:
    found = labels(
        (1, {"red": 0.2}, "undetermined", ()), (2, {"red": 0.01}, "undetermined", ("controls",))
    )
    assert found.unknown.tolist() == [0.0, 0.0]
    assert found.worth.tolist() == [0.2, 0.05]
    assert found.shares.tolist() == [[0.0, 1.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("status", "shares", "reasons", "faint"),
    [
        ("undetermined", {"red": 0.2}, ("controls",), True),
        ("undetermined", {"red": 0.2}, ("lost",), False),
        ("undetermined", {"red": 0.2}, ("controls", "withdrew"), False),
        ("undetermined", {}, ("controls",), False),
        ("contested", {"red": 0.2}, ("controls",), False),
    ],
)
def test_what_is_faint(status: str, shares: dict[str, float], reasons: Any, faint: bool) -> None:
    assert is_faint(status, shares, reasons) is faint


def test_bases_and_pockets_color_no_land() -> None:
    rows = [(1, {"red": 0.9}, "held", ()), (2, {"blue": 0.9}, "contested", (POCKET,)),
            (4, {"blue": 0.9}, "held", ())]  # fmt: skip
    assert labels(*rows).nodes.tolist() == [1, 4]
    assert labels(*rows, local_actors=("red",)).nodes.tolist() == [4]


def test_the_mean_of_rows_at_a_node() -> None:
    values, nodes = np.array([1.0, 0.0, 0.4]), np.array([5, 5, 2])
    assert by_node(values, nodes, np.array([2, 5, 9])).tolist() == [0.4, 0.5, 0.0]


def test_trust_is_1_where_nothing_was_reviewed() -> None:
    frame = pd.DataFrame({"place_id": ["a", "b"]})
    assert trust_of(frame).tolist() == [1.0, 1.0]
    assert trust_of(frame.assign(trust=[0.2, 0.7])).tolist() == [0.2, 0.7]
