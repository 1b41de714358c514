"""Fast ways to the same map: eliminated systems, what is remembered, places left out."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from theaters import (
    arcadia,
    claim,
    claims_frame,
    thirds,
)

from syriamap.claims.question import Question
from syriamap.control.claimed import control_from_claims, time_of_question
from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.series import without_claims
from syriamap.pipeline.build import series
from syriamap.territory import (
    Change,
    Ground,
    Inferred,
    changed_fields,
    field_from_control,
    ground_of,
    inferred_on,
    reviewed_control,
    tessellation_of,
)
from syriamap.territory.frontline import frontline_from_territory
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.smoothers import harmonic_smoother, matern_smoother
from syriamap.territory.mesh.graph import cell_areas, conductances, laplacian
from syriamap.territory.mesh.tessellation import Memory, Tessellation
from syriamap.theater.folder import Theater

DAY = date(2030, 3, 5)


def mesh_of(theater: Theater) -> Tessellation:
    places = theater.places
    return tessellation_of(
        places["lat"].to_numpy(float), places["lon"].to_numpy(float), theater, cached=False
    )


@pytest.mark.parametrize("kind", [harmonic_smoother, matern_smoother])
def test_smoothers_are_plain_linear_algebra(wide_grid: Theater, kind: Any) -> None:
    mesh = mesh_of(wide_grid)
    count, nodes = len(mesh.xy), np.arange(2, 98, 5)
    generator = np.random.default_rng(3)
    targets, firm = generator.random((len(nodes), 3)), generator.uniform(0.2, 20, len(nodes))
    edges = conductances(mesh, 0.01)
    system = laplacian(mesh, edges, np.arange(count)).toarray()
    if kind is matern_smoother:
        areas = cell_areas(mesh)
        kappa2 = 8.0 / 200.0**2
        operator = system + np.diag(kappa2 * areas)
        system, scale = operator @ np.diag(1 / areas) @ operator / (4 * np.pi * kappa2), 20.0
    else:
        scale = float(np.diag(system).mean())
    keep = np.zeros(count)
    keep[nodes] = firm * scale
    hat = np.linalg.inv(system + np.diag(keep + 1e-9 * (kind is harmonic_smoother)))
    hat = hat[:, nodes] * keep[nodes]
    own = np.diag(hat[nodes])[:, None]
    smoother = kind(mesh, edges, nodes, InferenceSettings())
    spread = smoother.spread(targets, firm, leave_out=True)
    np.testing.assert_allclose(spread.values, hat @ targets, atol=1e-8)
    expected = ((hat @ targets)[nodes] - own * targets) / (1 - own)
    np.testing.assert_allclose(spread.left_out, expected, atol=1e-8)
    np.testing.assert_allclose(smoother.row(17, firm), hat[17], atol=1e-9)
    np.testing.assert_allclose(
        smoother.columns(firm)(nodes) * keep[nodes], hat, atol=1e-9, rtol=1e-7
    )


@pytest.mark.parametrize("kind", [harmonic_smoother, matern_smoother])
def test_much_evidence_gives_the_same_by_probing(wide_grid: Theater, kind: Any) -> None:
    mesh = mesh_of(wide_grid)
    nodes, edges = np.arange(0, 100, 2), conductances(mesh, 0.01)
    targets, firm = np.eye(2)[nodes % 3 % 2], np.full(len(nodes), 5.0)
    few = kind(mesh, edges, nodes, InferenceSettings()).spread(targets, firm, leave_out=True)
    probed = InferenceSettings(most_eliminated=10)
    many = kind(mesh, edges, nodes, probed).spread(targets, firm, leave_out=True)
    np.testing.assert_allclose(few.values, many.values, atol=1e-8)
    # probing is near, not equal
    np.testing.assert_allclose(few.left_out, many.left_out, atol=0.05)


def test_what_is_remembered_changes_nothing(wide_grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(thirds(), wide_grid, tmp_path)
    full = control_from_claims(claims, wide_grid, DAY)
    points = tuple(map(str, wide_grid.places.index))
    ground = Ground(mesh_of(wide_grid), points)
    aged = full.assign(confidence=full["confidence"] * 0.9)
    for control in (full, aged, full.iloc[3:], full):
        warm = field_from_control(control, wide_grid, ground=ground)
        cold = field_from_control(control, wide_grid, ground=Ground(mesh_of(wide_grid), points))
        np.testing.assert_array_equal(warm.probability, cold.probability)
        np.testing.assert_array_equal(warm.status, cold.status)


def test_memory_forgets_the_oldest() -> None:
    memory, made = Memory(most=2), []

    def make(key: str) -> str:
        return memory.of(key, lambda: made.append(key) or key)

    assert [make(key) for key in "abab"] == list("abab")
    assert made == ["a", "b"]
    make("c")
    make("b")
    make("a")
    assert made == ["a", "b", "c", "a"]


def test_a_changed_place_is_as_inferred_anew(wide_grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(thirds(), wide_grid, tmp_path)
    ground = Ground(mesh_of(wide_grid), tuple(map(str, wide_grid.places.index)))
    said = control_from_claims(claims, wide_grid, DAY)
    control = reviewed_control(said, wide_grid, ground=ground)
    inferred = inferred_on(ground, control, wide_grid)
    assert isinstance(inferred, Inferred)
    turned = control.assign(
        actor="blue", leaning="blue", shares=[{"blue": 0.85}] * len(control), confidence=0.85
    )
    areas = cell_areas(ground.mesh)
    for row in range(0, len(control), 4):
        place = control["place_id"].iloc[row]
        for new in (turned.iloc[[row]], control.iloc[:0]):
            (fast,) = changed_fields(inferred, [Change(place, new)])
            parts = [said[said["place_id"] != place], new.drop(columns="trust")]
            told = pd.concat([frame for frame in parts if len(frame)], ignore_index=True)
            again = reviewed_control(told, wide_grid, ground=ground)
            slow = field_from_control(again, wide_grid, ground=ground)
            assert fast is not None
            same = fast.leaning == slow.leaning
            assert areas[~same].sum() <= 0.03 * areas.sum()
            if len(new):  # a place that stays evidence: the same but for calibration and trust
                assert np.abs(fast.probability - slow.probability).max() < 0.16


def test_a_place_that_does_not_change_changes_nothing(wide_grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(thirds(), wide_grid, tmp_path)
    control = control_from_claims(claims, wide_grid, DAY)
    inferred = inferred_on(ground_of(control, wide_grid), control, wide_grid)
    assert isinstance(inferred, Inferred)
    full = inferred.field()
    for field in changed_fields(
        inferred, [Change(place, control[control["place_id"] == place]) for place in ("p00", "p03")]
    ):
        assert field is not None
        np.testing.assert_array_equal(field.probability, full.probability)


def test_control_without_a_claim_is_of_its_place_alone(wide_grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame([*thirds(), claim("p11", "red")], wide_grid, tmp_path)
    control = control_from_claims(claims, wide_grid, DAY).set_index("place_id")
    left_out = {place: control.at[place, "claim_ids"][0] for place in ("p00", "p11")}
    time = time_of_question(Question(wide_grid, claims))
    found = frame_of_day(without_claims(time, left_out), DAY).set_index("place_id")
    assert set(control.index) - set(found.index) == {"p11"}  # nothing else is said of it
    kept = claims[claims["claim_id"] != left_out["p00"]]
    alone = control_from_claims(kept, wide_grid, DAY).set_index("place_id").loc["p00"]
    assert found.at["p00", "claim_ids"] == alone["claim_ids"]
    assert found.at["p00", "confidence"] == pytest.approx(alone["confidence"], abs=1e-3)
    assert found.at["p00", "confidence"] < control.at["p00", "confidence"]
    others = control.index.difference(["p00", "p11"])
    pd.testing.assert_frame_equal(found.loc[others], control.loc[others])


def test_lines_of_days_that_do_not_differ_are_drawn_once(
    wide_grid: Theater, tmp_path: Path
) -> None:
    path = tmp_path / "claims.csv"
    claims_frame(thirds(), wide_grid, tmp_path).to_csv(path, index=False)
    days = series("2030-03-06", since="2030-03-03", theater=wide_grid, claims=[path]).days
    assert days[1].frontline is days[2].frontline
    for day in days:
        fresh = frontline_from_territory(day.territory, wide_grid, day.date)
        pd.testing.assert_frame_equal(fresh, day.frontline)


def test_builds_at_once_share_a_cache(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "arcadia", claims=[claim("oak", "crown"), claim("fir", "rebels")])
    cache = tmp_path / "cache"
    code = (
        "import sys, hashlib, syriamap\n"
        "theater = syriamap.read_theater(sys.argv[1])\n"  # given read, its days are not kept
        "made = syriamap.build('2030-03-05', theater=theater)\n"
        "print(hashlib.sha256(made.territory.to_json().encode()).hexdigest())"
    )

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], text=True, stdout=subprocess.PIPE,
            env={**os.environ, "SYRIAMAP_CACHE": str(cache)},
        )  # fmt: skip

    first = [process.communicate()[0] for process in [start(), start()]]
    files = list(cache.iterdir())
    assert {one.suffix for one in files} == {".npz"}  # nothing temporary
    file = next(one for one in files if one.name.startswith("tessellation"))
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"PK" + whole[2:].replace(b"xy.npy", b"zz.npy")):
        file.write_bytes(broken)
        process = start()
        again, _ = process.communicate()
        assert process.returncode == 0
        assert again == first[0] == first[1]
        assert file.read_bytes() == whole
