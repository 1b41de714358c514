"""The parts of the engine: calibration, smoothers, review against surroundings, bands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from theaters import claims_frame, halves

from syriamap.control.claimed import control_from_claims
from syriamap.territory import field_from_control, reviewed_control, territory_from_field
from syriamap.territory.inference.calibration import band_threshold, temperature_of, tempered
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.smoothers import (
    Smoother,
    around_mean,
    harmonic_smoother,
    matern_smoother,
)
from syriamap.theater.folder import Theater

DAY = date(2030, 3, 5)
KNOBS = InferenceSettings()


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
    weak = control.assign(
        confidence=0.6, origins=1, age_days=100, shares=[{one: 0.6} for one in control["leaning"]]
    )
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
    control["confidence"], control["shares"] = 0.85, [{one: 0.85} for one in control["leaning"]]
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
