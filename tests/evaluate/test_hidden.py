"""Hide what is known, build again, compare: scores, draws of evidence, contested places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from theaters import claims_frame, halves

from syriamap.claims.question import Question
from syriamap.control.claimed import control_from_claims
from syriamap.errors import EvaluateError
from syriamap.evaluate.hidden import control_of, evaluate_hidden, evaluate_map, field_of
from syriamap.evaluate.scores import SCORE_COLUMNS, score_table
from syriamap.evaluate.truth import DRAWS, drawn_places, known_from_control
from syriamap.territory import states_from_field
from syriamap.theater.folder import Theater

DAY = date(2030, 3, 5)


def test_scores(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(halves(), grid, tmp_path)
    known = known_from_control(control_from_claims(claims, grid, DAY), grid)
    draws = evaluate_hidden(known, grid, [0.25], seeds=2)
    assert set(SCORE_COLUMNS) < set(draws.columns)
    assert (draws["accuracy"] > 0.8).all()
    assert "hide 0.25" in score_table(draws)
    assert evaluate_map(known, Question(grid, claims), DAY)["accuracy"].iloc[0] == 1.0
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


def test_contested_ground_lies_between_the_sides(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(halves(), grid, tmp_path)
    known = known_from_control(control_from_claims(claims, grid, DAY), grid)
    field = field_of(control_of(known, known["actor"].tolist()), grid)
    states = states_from_field(field, grid)
    inside = {place[2] for place in states.loc[states["status"] == "contested", "place_id"]}
    assert "3" in inside, "the column between the last red and the first blue"
    assert inside <= {"2", "3", "4"}
