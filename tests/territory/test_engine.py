"""The parts of the engine: calibration, smoothers, review against surroundings, bands, scores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from theaters import Row, claim, claims_frame, two_actors, write_theater

from syriamap.claims.question import Question
from syriamap.control.claimed import control_from_claims
from syriamap.errors import EvaluateError
from syriamap.evaluate.hidden import evaluate_hidden, evaluate_map
from syriamap.evaluate.scores import SCORE_COLUMNS, score_table
from syriamap.evaluate.truth import DRAWS, drawn_places, known_from_control
from syriamap.explain.explanation import explain_place, explanation_text
from syriamap.territory import field_from_control, reviewed_control, territory_from_field
from syriamap.territory.inference.calibration import band_threshold, temperature_of, tempered
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.smoothers import (
    Smoother,
    around_mean,
    harmonic_smoother,
    matern_smoother,
)
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)
KNOBS = InferenceSettings()
ClaimsOf = Callable[[list[Row]], pd.DataFrame]


@pytest.fixture
def grid(tmp_path: Path) -> Theater:
    """Eight by eight villages, 7 km apart."""
    places = [
        {"place_id": f"p{row}{column}", "name": f"P{row}{column}", "kind": "village",
         "lat": 46.2 + row * 0.07, "lon": 14.2 + column * 0.09}
        for row in range(8) for column in range(8)
    ]  # fmt: skip
    return read_theater(
        write_theater(tmp_path / "grid", places=places, actors=two_actors(), id="grid")
    )


def halves(*, wrong: str = "") -> list[Row]:
    rows = []
    for row in range(8):
        for column in range(0, 8, 2):
            place = f"p{row}{column}"
            actor = "red" if (column < 4) != (place == wrong) else "blue"
            rows.append(claim(place, actor, "controls"))
    return rows


def test_left_out_values_are_those_of_a_map_built_without(grid: Theater) -> None:
    from syriamap.territory import tessellation_of

    mesh = tessellation_of(
        grid.places["lat"].to_numpy(), grid.places["lon"].to_numpy(), grid, cached=False
    )
    nodes = np.arange(0, 64, 4)
    targets = np.column_stack([nodes % 3 == 0, nodes % 3 != 0]).astype(float)
    even, firm = np.ones(len(mesh.edges)), np.ones(len(nodes))
    rest = np.arange(1, len(nodes))
    for kind, spread in ((harmonic_smoother, Smoother.spread), (matern_smoother, around_mean)):
        full, other = (kind(mesh, even, some, KNOBS) for some in (nodes, nodes[rest]))
        left_out = spread(full, targets, firm, leave_out=True).left_out
        without = spread(other, targets[rest], firm[rest]).values[nodes[0]]
        tolerance = 0.02 if kind is harmonic_smoother else 0.06  # the field's mean moves as well
        np.testing.assert_allclose(left_out[0], without, atol=tolerance)


def test_calibration() -> None:
    sure = np.array([[0.6, 0.4]] * 50)
    truth = np.zeros(50, dtype=np.int64)
    power = temperature_of(sure, truth, np.ones(50), KNOBS)
    assert power > 1.8
    assert tempered(sure, power)[0, 0] > 0.6
    assert band_threshold(np.array([]), 0, KNOBS) == 0.0
    assert not (np.ones(100) < band_threshold(np.ones(100), 100, KNOBS)).any()
    best = np.r_[np.full(10, 0.6), np.full(90, 0.999)]
    assert 0.6 < band_threshold(best, 100, KNOBS) <= 0.9995


def test_a_lone_wrong_claim_becomes_a_pocket_and_is_not_deleted(
    grid: Theater, tmp_path: Path
) -> None:
    claims = claims_frame(halves(wrong="p40"), grid, tmp_path)
    control = control_from_claims(claims, grid, DAY)
    weak = control.assign(confidence=0.6, origins=1, age_days=100)
    reviewed = reviewed_control(weak, grid)
    field, state = field_from_control(reviewed, grid), reviewed.set_index("place_id").loc["p40"]
    assert 0.0 < state["trust"] < 0.3 < reviewed["trust"].median() <= 1.0
    assert "unconfirmed_pocket" in state["reasons"]
    assert (state["status"], state["leaning"]) == ("contested", "blue")
    assert "unconfirmed_pocket" in set(field.doubt)
    pinned = reviewed_control(weak.assign(origins=2), grid).set_index("place_id")
    assert (pinned.at["p40", "status"], pinned.at["p40", "trust"]) == ("held", 1.0)


def test_an_old_conflict_is_settled_by_its_surroundings(grid: Theater, tmp_path: Path) -> None:
    control = control_from_claims(claims_frame(halves(), grid, tmp_path), grid, DAY)
    row = control.index[control["place_id"] == "p40"][0]
    control.at[row, "status"], control.at[row, "actor"] = "contested", ""
    control.at[row, "shares"] = {"red": 0.4, "blue": 0.4}
    control["age_days"] = 5
    settled = reviewed_control(control, grid).loc[row]
    assert (settled["status"], settled["actor"]) == ("held", "red")
    assert "settled_by_surroundings" in settled["reasons"]
    fresh = reviewed_control(control.assign(age_days=0), grid).loc[row]
    assert fresh["status"] == "contested"


def test_a_faint_word_speaks_for_whom_it_names(grid: Theater, tmp_path: Path) -> None:
    rows = [row for row in halves() if row["place_id"] != "p32"]
    control = control_from_claims(claims_frame(rows, grid, tmp_path), grid, DAY)
    one = control.iloc[[0]].assign(
        place_id="p32", lat=grid.places.loc["p32", "lat"], lon=grid.places.loc["p32", "lon"],
        actor="", status="undetermined", confidence=0.2, leaning="red",
    )  # fmt: skip
    faint = one.assign(shares=[{"red": 0.2}], reasons=[("area_claim", "no_known_holder")])
    left = one.assign(shares=[{"red": 0.2}], reasons=[("withdrew", "no_known_holder")])
    other = one.assign(
        shares=[{"blue": 0.2}], leaning="blue", reasons=[("area_claim", "no_known_holder")]
    )

    def state(row: pd.DataFrame) -> Any:
        everything = pd.concat([control, row], ignore_index=True)
        return reviewed_control(everything, grid).iloc[-1]

    borne_out = state(faint)
    assert (borne_out["status"], borne_out["actor"]) == ("held", "red")
    assert "settled_by_surroundings" in borne_out["reasons"]
    assert state(left)["status"] == "undetermined"
    assert state(other)["status"] == "undetermined"


def test_the_band_lies_between_the_sides(grid: Theater, tmp_path: Path) -> None:
    control = control_from_claims(claims_frame(halves(), grid, tmp_path), grid, DAY)
    field = field_from_control(control, grid)
    assert "front_band" in set(field.doubt)
    territory = territory_from_field(field, grid)
    assert "front_band" in set(territory["doubt"])
    assert (territory.loc[territory["doubt"] == "front_band", "status"] == "contested").all()


def test_scores(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(halves(), grid, tmp_path)
    known = known_from_control(control_from_claims(claims, grid, DAY), grid)
    draws = evaluate_hidden(known, grid, [0.25], seeds=2)
    assert set(SCORE_COLUMNS) < set(draws.columns)
    assert (draws["accuracy"] > 0.8).all()
    assert "hide 0.25" in score_table(draws)
    assert evaluate_map(known, claims, grid, DAY)["accuracy"].iloc[0] == 1.0
    with pytest.raises(EvaluateError, match="cannot hide"):
        evaluate_hidden(known, grid, [1.0])
    populous = evaluate_hidden(known, grid, [0.25], by="populous", seeds=3)
    assert populous["how"].tolist() == ["hide 0.25, keep by populous"]


def test_contested_places_are_no_evidence_and_score_apart(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(halves(), grid, tmp_path)
    known = known_from_control(control_from_claims(claims, grid, DAY), grid)
    for place_id, recall in (("p33", 1.0), ("p37", 0.0)):  # between the halves, far in one
        place = grid.places.loc[place_id]
        row = {"place_id": "x", "lat": place["lat"], "lon": place["lon"], "actor": "",
               "population": 0.0}  # fmt: skip
        both = pd.concat([pd.DataFrame([row]), known], ignore_index=True)
        scores = evaluate_hidden(both, grid, [0.25], seeds=1).iloc[0]
        alone = evaluate_hidden(known, grid, [0.25], seeds=1).iloc[0]
        assert scores["contested_recall"] == recall
        assert scores["accuracy"] == alone["accuracy"]
        assert np.isnan(alone["contested_recall"])


def test_draws_of_evidence(grid: Theater) -> None:
    places = grid.places
    known = pd.DataFrame({
        "place_id": places.index, "lat": places["lat"], "lon": places["lon"],
        "actor": ["red" if place[2] < "4" else "blue" for place in places.index],
        "population": np.arange(64.0) ** 3,
    })  # fmt: skip
    front = {place for place in places.index if place[2] in "34"}
    share = {}
    for how in DRAWS:
        rows = [row for seed in range(30) for row in drawn_places(known, grid, how, 8, seed)]
        again = drawn_places(known, grid, how, 8, 29).tolist()
        assert again == rows[-8:]
        share[how] = (np.mean(rows), np.mean([places.index[row] in front for row in rows]))
    assert share["populous"][0] == np.arange(56, 64).mean()
    assert share["random"][0] < share["population"][0] < share["populous"][0]
    assert share["news"][1] > share["population"][1] + 0.1


def test_explanations(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(halves(), grid, tmp_path)
    said = explain_place("p40", Question(grid, claims), DAY)
    assert (said.claimed, said.status, said.leaning) == (True, "held", "red")
    assert len(said.claims) == 1
    inferred = explain_place("p41", Question(grid, claims), DAY)
    assert not inferred.claimed
    assert inferred.claims["influence"].sum() <= 1.0 + 1e-6
    assert "without it" in explanation_text(inferred, DAY)
    with pytest.raises(EvaluateError, match="no place"):
        explain_place("nowhere", Question(grid, claims), DAY)
