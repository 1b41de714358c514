"""Places against their surroundings, by hand: trust, pockets, what is settled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from syriamap.look.symbols import POCKET
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.labels import Claimed, Labels
from syriamap.territory.inference.smoothers import Spread
from syriamap.territory.inference.surroundings import (
    SETTLED,
    Surroundings,
    freshness,
    marked_control,
    surroundings_of,
    trust_in_evidence,
)

KNOBS = InferenceSettings()
SIDES = ("blue", "red")
THEATER: Any = SimpleNamespace(side_of=lambda actor: {"pink": "red"}.get(actor, actor))
ROW: dict[str, Any] = {
    "place_id": "x", "actor": "red", "leaning": "red", "status": "held", "confidence": 0.5,
    "reasons": ("controls",), "shares": {"red": 0.5}, "age_days": 0, "origins": 1,
}  # fmt: skip


def control(**changes: Any) -> pd.DataFrame:
    """A control frame of one row."""
    return pd.DataFrame([{**ROW, **changes}])


def around(red: float, *, fresh: float = 1.0, enough: bool = True, **knobs: Any) -> Surroundings:
    """Surroundings that give red this chance."""
    return Surroundings(
        np.array([[1.0 - red, red]]), SIDES, np.array([[fresh, fresh]]), np.array([enough]),
        InferenceSettings(**knobs),
    )  # fmt: skip


def trust(red: float, *, told: dict[str, Any] | None = None, **more: Any) -> float:
    return float(trust_in_evidence(control(**(told or {})), around(red, **more), THEATER)[0])


# --- trust --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "red", "expected"),
    [
        (0.85, 0.2, 0.97 * 0.2 / (0.97 * 0.2 + 0.03 * 0.8)),
        (0.5, 0.2, 0.9 * 0.2 / (0.9 * 0.2 + 0.1 * 0.8)),
        (0.0, 0.6, 0.8 * 0.6 / (0.8 * 0.6 + 0.2 * 0.4)),
        (0.89, 0.01, 0.978 * 0.01 / (0.978 * 0.01 + 0.022 * 0.99)),
        (0.5, 0.0, 0.0),
    ],
)
def test_trust_is_bayes_rule(confidence: float, red: float, expected: float) -> None:
    assert trust(red, told={"confidence": confidence}) == pytest.approx(expected)


def test_of_claims_a_hundredth_to_a_fifth_are_wrong() -> None:
    """With the other settings as they are neither end is reached: doubt is made greater here."""
    more: dict[str, Any] = {"doubt_of_worth": 1.0, "pinned_confidence": 2.0}
    half = trust(0.5, told={"confidence": 0.5}, **more)
    assert half == pytest.approx(0.8)
    assert trust(0.5, told={"confidence": 0.999}, **more) == pytest.approx(0.99)


@pytest.mark.parametrize(
    "told",
    [
        {"confidence": 0.9}, {"origins": 2}, {"status": "contested"}, {"status": "undetermined"},
        {"leaning": ""}, {"leaning": "stranger"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_pinned_or_not_held_is_not_doubted(told: dict[str, Any]) -> None:
    assert trust(0.1, told=told) == 1.0


def test_what_is_nearly_pinned_is_doubted() -> None:
    assert trust(0.1, told={"confidence": 0.899}) < 1.0
    assert trust(0.1, told={"status": "besieged"}) < 1.0
    assert trust(0.1, told={"leaning": "pink"}) == trust(0.1)


def test_stale_or_sparse_surroundings_doubt_nothing() -> None:
    assert trust(0.1, enough=False) == 1.0
    assert trust(0.1, fresh=0.29) == 1.0
    assert trust(0.1, fresh=0.31) < 1.0
    # three tenths of the place's own freshness, which is a third after a week
    assert trust(0.1, told={"age_days": 7}, fresh=0.3 * np.exp(-1) + 0.001) < 1.0
    assert trust(0.1, told={"age_days": 7}, fresh=0.3 * np.exp(-1) - 0.001) == 1.0


def test_freshness_of_the_side_that_the_surroundings_speak_for_counts() -> None:
    blue_is_old = Surroundings(
        np.array([[0.9, 0.1]]), SIDES, np.array([[0.1, 1.0]]), np.array([True]), KNOBS
    )
    assert trust_in_evidence(control(), blue_is_old, THEATER).tolist() == [1.0]


def test_evidence_is_fresh_for_about_a_week() -> None:
    ages = np.array([0.0, 7.0, 14.0])
    np.testing.assert_allclose(freshness(ages, KNOBS), [1.0, np.exp(-1), np.exp(-2)])


# --- pockets ------------------------------------------------------------------------------------


def test_below_a_trust_of_3_tenths_a_place_is_a_pocket() -> None:
    # r = .9 q / (.9 q + .1 (1 - q)) is .3 at q = 1 / 22
    for red, pocket in ((1 / 22 - 0.001, True), (1 / 22 + 0.001, False)):
        row = marked_control(control(), around(red), THEATER).iloc[0]
        assert (POCKET in row["reasons"]) is pocket
        assert row["status"] == ("contested" if pocket else "held")
        assert row["actor"] == ("" if pocket else "red")
        assert row["leaning"] == "red"
        told = row["trust"] * 0.5 if pocket else 0.5
        assert row["confidence"] == pytest.approx(round(told, 4))


def test_without_surroundings_nothing_is_marked() -> None:
    frame = control(status="contested", age_days=30)
    marked = marked_control(frame, None, THEATER)
    pd.testing.assert_frame_equal(marked, frame.assign(trust=1.0))


# --- settled ------------------------------------------------------------------------------------

FOUGHT: dict[str, Any] = {
    "status": "contested", "actor": "", "age_days": 3, "shares": {"red": 0.3, "blue": 0.4},
    "reasons": ("controls", "fighting", "conflicting_reports", "no_known_holder"),
}  # fmt: skip
SURE = 9 ** (1 / 1.8) / (1 + 9 ** (1 / 1.8))
"""Chance that is .9 when it is raised to the usual power of 1.8."""


def settled(told: dict[str, Any], red: float = SURE + 1e-6, **more: Any) -> pd.Series:
    return marked_control(control(**told), around(red, **more), THEATER).iloc[0]


def test_an_old_conflict_is_settled_for_the_side_around_it() -> None:
    row = settled(FOUGHT)
    assert (row["status"], row["actor"], row["leaning"]) == ("held", "red", "red")
    assert row["reasons"] == ("controls", SETTLED)
    assert row["confidence"] == pytest.approx(0.81, abs=1e-4)  # .9 of the chance
    assert row["shares"] == {"red": row["confidence"]}


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ({**FOUGHT, "age_days": 2}, {}),
        (FOUGHT, {"red": SURE - 1e-6}),
        (FOUGHT, {"enough": False}),
        (FOUGHT, {"fresh": 0.9 * np.exp(-3 / 7) - 0.001}),
        ({**FOUGHT, "shares": {"blue": 0.4}}, {}),
    ],
    ids=["too young", "not sure", "too little around", "not reported since", "not one of the two"],
)
def test_a_conflict_that_stays(told: dict[str, Any], more: dict[str, Any]) -> None:
    assert settled(told, **more)["status"] == "contested"


def test_surroundings_as_fresh_as_nine_tenths_settle() -> None:
    assert settled(FOUGHT, fresh=0.9 * np.exp(-3 / 7) + 0.001)["status"] == "held"
    assert settled({**FOUGHT, "age_days": 30}, fresh=0.02)["status"] == "held"


def test_of_a_side_the_likeliest_actor_holds_it_then_the_first_by_name() -> None:
    more = {**FOUGHT, "shares": {"red": 0.2, "pink": 0.3, "blue": 0.4}}
    assert settled(more)["actor"] == "pink"
    assert settled({**more, "shares": {"red": 0.3, "pink": 0.3}})["actor"] == "pink"


def test_a_faint_word_and_its_surroundings_settle_a_place_together() -> None:
    faint: dict[str, Any] = {"status": "undetermined", "actor": "", "shares": {"red": 0.2}}
    assert settled(faint)["status"] == "held"
    assert settled({**faint, "shares": {"red": 0.2, "pink": 0.1}})["status"] == "held"
    assert settled({**faint, "shares": {"red": 0.2, "blue": 0.1}})["status"] == "held"
    # nine to one around it, and one to two of it
    assert settled({**faint, "shares": {"red": 0.1, "blue": 0.2}})["status"] == "undetermined"
    for other in ({"blue": 0.2}, {}):
        assert settled({**faint, "shares": other})["status"] == "undetermined"
    assert settled({**faint, "reasons": ("lost",)})["status"] == "undetermined"


def test_a_word_for_one_side_makes_up_for_surroundings_that_are_less_sure() -> None:
    less = 4 ** (1 / 1.8) / (1 + 4 ** (1 / 1.8))  # .8 when it is raised to the usual power
    faint: dict[str, Any] = {"status": "undetermined", "actor": ""}
    for blue, status in ((0.1, "held"), (0.2, "undetermined")):  # 4 × 3 to 1, 4 × 1.5 to 1
        assert settled({**faint, "shares": {"red": 0.3, "blue": blue}}, less)["status"] == status


# --- what the rest of the evidence says ---------------------------------------------------------


def judged(
    right: int, *, count: int = 8, eighth_km: float = 40.0, **knobs: Any
) -> Surroundings | None:
    """Surroundings of so many red places, of which the others foretell so many."""
    nodes = np.arange(count)
    frame = pd.DataFrame({"place_id": nodes.astype(str), "age_days": [7] * count})
    claimed = Claimed(frame, nodes, ("blue", "red"), SIDES, ())
    none = np.zeros(count)
    labels = Labels(nodes, np.tile([0.0, 1.0], (count, 1)), np.full(count, 0.5), none, none)
    spread = np.tile([0.2, 0.7], (count, 1))  # blue, red
    spread[right:] = [0.7, 0.2]
    recent = np.tile([0.1, 0.35], (count, 1))  # how fresh either is
    recent[right:] = [0.1, 0.2]
    seen: list[tuple[Any, Any]] = []

    def told(targets: Any, clamp: Any, **more: Any) -> Spread:
        seen.append((targets, clamp))
        return Spread(np.empty((0, 2)), recent if len(seen) > 1 else spread)

    net: Any = SimpleNamespace(
        knobs=InferenceSettings(**knobs),
        smoother=lambda kind, nodes, near, power: SimpleNamespace(spread=told),
        near=lambda nodes: (np.full((count, 4), eighth_km), nodes),
    )
    found = surroundings_of(net, claimed, labels)
    if found is not None:
        np.testing.assert_allclose([clamp for _, clamp in seen], 20.0 * 0.25)
        np.testing.assert_allclose(seen[1][0][:, 1], np.exp(-1))  # red, a week old
    return found


def test_eight_pieces_judge_one_another() -> None:
    assert judged(8, count=8) is not None
    assert judged(7, count=7) is None


def test_a_patchwork_is_judged_by_nobody() -> None:
    assert judged(6) is not None  # three of four are foretold
    assert judged(5) is None


def test_seven_others_within_reach_are_enough() -> None:
    found, far = judged(8), judged(8, eighth_km=40.1)
    assert found is not None
    assert far is not None
    assert found.enough.all()
    assert not far.enough.any()
    np.testing.assert_allclose(found.by_side[0], [2 / 9, 7 / 9])
    np.testing.assert_allclose(found.fresh[0], [0.1 / 0.2, 0.35 / 0.7])
    assert found.rows([3]).by_side.tolist() == [found.by_side[3].tolist()]
    assert found.rows([3]).knobs is found.knobs
