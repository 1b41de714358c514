"""How leaning, status, doubt and confidence are read off probabilities, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from syriamap.territory.inference.field import Field, HeldOut, Solved, field_from_solved, pinned
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.labels import POCKET, Claimed, Labels
from syriamap.territory.inference.solve import _held_out
from syriamap.territory.mesh.tessellation import Memory

ACTORS, SIDES = ("blue", "pink", "red"), ("blue", "red", "red")
RED, BLUE = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)


def field(
    km: list[float],
    probability: list[tuple[float, float, float]],
    *,
    evidence: list[tuple[float, float, float]],
    nearest: list[int] | None = None,
    control: list[tuple[int, str, str, float, tuple[str, ...]]] | None = None,
    worth: float = 0.8,
    knobs: InferenceSettings | None = None,
    **solved: Any,
) -> Field:
    """
    Field of nodes in a row, at so many km; the first ones have evidence, which is that of no place.

    `control` has rows of node, leaning, status, confidence, reasons.
    """
    count, told = len(km), len(evidence)
    mesh: Any = SimpleNamespace(
        xy=np.array([[one * 1000.0, 0.0] for one in km]), place_nodes=count, memory=Memory(),
        sides=np.empty((0, 2), dtype=np.int64),
    )  # fmt: skip
    rows = control or []
    frame = pd.DataFrame(
        [row[1:] for row in rows], columns=["leaning", "status", "confidence", "reasons"]
    )
    nodes = np.array([row[0] for row in rows], dtype=np.int64)
    none = np.zeros(told)
    labels = Labels(np.arange(told), np.array(evidence), np.full(told, worth), none, none)
    at = np.array(nearest if nearest is not None else [0] * count)
    given: dict[str, Any] = {
        "probability": np.array(probability),
        "contested": np.zeros(count),
        "unknown": np.zeros(count),
        "evidence_km": np.abs(np.array(km) - np.array(km)[at]),
        "nearest": at,
        "beside_pocket": np.zeros(count, dtype=bool),
        "held_out": HeldOut(),
        **{key: np.array(value) for key, value in solved.items()},
    }
    claimed = Claimed(frame, nodes, ACTORS, SIDES, ())
    inferred = field_from_solved(
        mesh, claimed, labels, Solved(**given), knobs or InferenceSettings()
    )
    return pinned(claimed, inferred)


def test_the_side_leads_then_its_likeliest_actor() -> None:
    found = field([0, 1], [(0.4, 0.25, 0.35), (0.6, 0.3, 0.1)], evidence=[RED, BLUE])
    assert [ACTORS[one] for one in found.leaning] == ["red", "blue"]
    # the side's probability times the worth of the nearest evidence
    np.testing.assert_allclose(found.confidence, [0.6 * 0.8, 0.6 * 0.8])


def test_nothing_is_known_40_km_from_evidence_for_the_side_that_leads() -> None:
    km = [0.0, 1.0, 40.9, 41.1, 39.0]
    probability = [RED, BLUE, BLUE, BLUE, RED]
    found = field(km, probability, evidence=[RED, BLUE])
    assert found.status.tolist() == ["held", "held", "held", "undetermined", "held"]
    assert found.doubt.tolist() == ["", "", "", "no_evidence", ""]
    # blue evidence in reach is none for red
    other = field([0, 60, 50], [RED, BLUE, RED], evidence=[RED, BLUE])
    assert other.status.tolist() == ["held", "held", "undetermined"]
    near = field(km, probability, evidence=[RED, BLUE], knobs=InferenceSettings(reach_km=39.95))
    assert near.status.tolist()[2:] == ["held", "undetermined", "held"]


def test_where_no_evidence_connects_nobody_leads() -> None:
    found = field([0, 1], [RED, (0.0, 0.0, 0.0)], evidence=[RED])
    assert found.leaning.tolist() == [2, -1]
    assert found.side.tolist() == [2, -1]
    assert found.status.tolist() == ["held", "undetermined"]


def test_contested_and_unknown_surroundings_from_more_than_half() -> None:
    found = field([0, 1, 2, 3, 4], [RED] * 5, evidence=[RED],
                  contested=[0, 0.5, 0.51, 0, 0.9], unknown=[0, 0, 0, 0.51, 0.9])  # fmt: skip
    assert found.status.tolist() == ["held", "held", "contested", "undetermined", "undetermined"]
    assert found.doubt.tolist() == ["", "", "evidence", "no_evidence", "no_evidence"]
    assert field([0], [RED], evidence=[RED], unknown=[0.5]).status.tolist() == ["held"]


def test_beside_a_pocket_unless_the_evidence_says_more() -> None:
    found = field([0, 1, 2, 90], [RED] * 4, evidence=[RED],
                  beside_pocket=[False, True, True, True], contested=[0, 0, 0.9, 0])  # fmt: skip
    assert found.doubt.tolist() == ["", POCKET, "evidence", "no_evidence"]
    assert found.status.tolist() == ["held", "contested", "contested", "undetermined"]


@pytest.mark.parametrize(("count", "doubts"), [(8, ["front_band", ""]), (7, ["", ""])])
def test_outvoted_evidence_within_20_km_makes_a_band(count: int, doubts: list[str]) -> None:
    """Nodes at 19.9 and 20.1 km from a red piece of evidence, which all the others outvote."""
    km = [float(100 + one) for one in range(count - 1)] + [0.0, 19.9, 20.1]
    evidence = [BLUE] * (count - 1) + [RED]
    nearest = [*range(count), count - 1, count - 1]
    sure = (1.0, 0.0, 0.0)
    knobs = InferenceSettings(reach_km=500.0)
    found = field(km, [BLUE] * (count - 1) + [RED, sure, sure], evidence=evidence,
                  nearest=nearest, knobs=knobs)  # fmt: skip
    assert found.doubt[-2:].tolist() == doubts


@pytest.mark.parametrize("turned", [False, True])
def test_places_on_one_node_conflict_where_their_sides_do(turned: bool) -> None:
    """Two villages on one point: the surer one leads, whichever stands first in the frame."""

    def state(*told: tuple[str, str, float]) -> tuple[str, str, str, float]:
        rows: list[Any] = [(0, *one, ()) for one in (told[::-1] if turned else told)]
        found = field([0], [RED], evidence=[RED], control=rows)
        leads = ACTORS[found.leaning[0]]
        return leads, str(found.status[0]), str(found.doubt[0]), float(found.confidence[0])

    assert state(("blue", "held", 0.9), ("red", "held", 0.8)) == (
        "blue",
        "contested",
        "evidence",
        0.9,
    )
    assert state(("pink", "held", 0.7), ("red", "besieged", 0.8)) == ("red", "besieged", "", 0.8)
    assert state(("blue", "held", 0.9), ("red", "undetermined", 0.3)) == ("blue", "held", "", 0.9)


def test_the_least_sure_places_are_a_band_where_eight_pieces_judge() -> None:
    for count, doubt in ((8, "front_band"), (7, "")):
        km = [float(one) for one in range(count + 20)]
        probability = [RED] * (count + 19) + [(0.4, 0.0, 0.6)]
        found = field(km, probability, evidence=[RED] * count)
        assert found.doubt[-1] == doubt
        assert set(found.doubt[:-1]) == {""}


def test_places_with_evidence_do_not_count_among_the_least_sure() -> None:
    """The six least sure are claimed, more than a band may hold; the next one is the band's."""
    km = [float(one) for one in range(34)]
    probability = [RED] * 27 + [(0.25, 0.0, 0.75)] + [(0.4, 0.0, 0.6)] * 6
    rows = [(node, "red", "held", 0.7, ()) for node in range(28, 34)]
    found = field(km, probability, evidence=[RED] * 8, control=rows)
    assert found.doubt.tolist() == [""] * 27 + ["front_band"] + [""] * 6


def test_what_claims_say_is_written_over_what_is_inferred() -> None:
    rows = [
        (0, "blue", "held", 0.7, ()),
        (1, "red", "contested", 0.3, ("controls", POCKET)),
        (2, "red", "contested", 0.3, ("fighting",)),
        (3, "", "undetermined", 0.0, (POCKET,)),
        (4, "stranger", "besieged", 0.5, ("siege",)),
    ]
    found = field([0, 1, 2, 3, 4], [RED] * 5, evidence=[RED], control=rows)
    assert found.leaning.tolist() == [0, 2, 2, 2, 2]
    assert found.status.tolist() == ["held", "contested", "contested", "undetermined", "besieged"]
    assert found.doubt.tolist() == ["", POCKET, "evidence", "no_evidence", ""]
    np.testing.assert_allclose(found.confidence, [0.7, 0.3, 0.3, 0.0, 0.5])


def test_eight_claimed_places_are_enough_to_judge() -> None:
    rows = [(0, "red", "held", 0.7, ())]
    assert field([0], [RED], evidence=[RED], control=rows * 8).judged
    assert not field([0], [RED], evidence=[RED], control=rows * 7).judged


def test_how_well_left_out_evidence_was_foretold() -> None:
    left_out = np.array([(0.4, 0.3, 0.3), (0.6, 0.4, 0.0), (0.0, 1.0, 0.0)])
    truth, xy = np.array([2, 0, 0]), np.array([[0.0, 0.0], [10.0, 0.0], [11.0, 0.0]])
    # red by its side; blue; wrong. The nearest other is right for the last two only.
    assert _held_out(left_out, truth, SIDES, xy) == HeldOut(3, 2, 2)
    assert _held_out(left_out[:1], truth[:1], SIDES, xy[:1]) == HeldOut()
