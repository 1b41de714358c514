"""Fast ways to the same map: eliminated systems, what is remembered, claims left out."""

from __future__ import annotations

import json
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
    PLACES,
    Row,
    arcadia,
    claim,
    claims_frame,
    island_state,
    required_only,
    twenty_actors,
    two_actors,
    write_theater,
)
from typer.testing import CliRunner

from syriamap.claims.question import Question
from syriamap.claims.reader import read_claims
from syriamap.cli.app import app
from syriamap.control.claimed import control_from_claims, control_of_question
from syriamap.explain.explanation import (
    claim_effects,
    explain_place,
    explanation_text,
    with_effects,
)
from syriamap.pipeline.build import build, series
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
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Ten by ten villages, 6 km apart."""
    places = [
        {"place_id": f"p{row}{column}", "name": f"P{row}{column}", "kind": "village",
         "lat": 46.1 + row * 0.06, "lon": 14.1 + column * 0.08}
        for row in range(10) for column in range(10)
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("grid") / "grid"
    return read_theater(write_theater(folder, places=places, actors=two_actors(), id="grid"))


def mesh_of(theater: Theater) -> Tessellation:
    places = theater.places
    return tessellation_of(
        places["lat"].to_numpy(float), places["lon"].to_numpy(float), theater, cached=False
    )


def rows_of_grid() -> list[Row]:
    """Red in the west, blue in the east, two claims on every third village."""
    rows = []
    for number in range(0, 100, 3):
        actor = "red" if number % 10 < 5 else "blue"
        place = f"p{number // 10}{number % 10}"
        rows.append(claim(place, actor, "controls", publisher="Wire"))
        rows.append(claim(place, actor, "controls", publisher="Agency", day="2030-02-01"))
    return rows


@pytest.mark.parametrize("kind", [harmonic_smoother, matern_smoother])
def test_smoothers_are_plain_linear_algebra(grid: Theater, kind: Any) -> None:
    mesh = mesh_of(grid)
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
def test_much_evidence_gives_the_same_by_probing(grid: Theater, kind: Any) -> None:
    mesh = mesh_of(grid)
    nodes, edges = np.arange(0, 100, 2), conductances(mesh, 0.01)
    targets, firm = np.eye(2)[nodes % 3 % 2], np.full(len(nodes), 5.0)
    few = kind(mesh, edges, nodes, InferenceSettings()).spread(targets, firm, leave_out=True)
    probed = InferenceSettings(most_eliminated=10)
    many = kind(mesh, edges, nodes, probed).spread(targets, firm, leave_out=True)
    np.testing.assert_allclose(few.values, many.values, atol=1e-8)
    # probing is near, not equal
    np.testing.assert_allclose(few.left_out, many.left_out, atol=0.05)


def test_what_is_remembered_changes_nothing(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(rows_of_grid(), grid, tmp_path)
    full = control_from_claims(claims, grid, DAY)
    points = tuple(map(str, grid.places.index))
    ground = Ground(mesh_of(grid), points)
    aged = full.assign(confidence=full["confidence"] * 0.9)
    for control in (full, aged, full.iloc[3:], full):
        warm = field_from_control(control, grid, ground=ground)
        cold = field_from_control(control, grid, ground=Ground(mesh_of(grid), points))
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


def test_a_changed_place_is_as_inferred_anew(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(rows_of_grid(), grid, tmp_path)
    ground = Ground(mesh_of(grid), tuple(map(str, grid.places.index)))
    said = control_from_claims(claims, grid, DAY)
    control = reviewed_control(said, grid, ground=ground)
    inferred = inferred_on(ground, control, grid)
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
            again = reviewed_control(told, grid, ground=ground)
            slow = field_from_control(again, grid, ground=ground)
            assert fast is not None
            same = fast.leaning == slow.leaning
            assert areas[~same].sum() <= 0.03 * areas.sum()
            if len(new):  # a place that stays evidence: the same but for calibration and trust
                assert np.abs(fast.probability - slow.probability).max() < 0.15


def test_a_place_that_does_not_change_changes_nothing(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(rows_of_grid(), grid, tmp_path)
    control = control_from_claims(claims, grid, DAY)
    inferred = inferred_on(ground_of(control, grid), control, grid)
    assert isinstance(inferred, Inferred)
    full = inferred.field()
    for field in changed_fields(
        inferred, [Change(place, control[control["place_id"] == place]) for place in ("p00", "p03")]
    ):
        assert field is not None
        np.testing.assert_array_equal(field.probability, full.probability)


def test_each_place_without_its_weightiest_claim(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(rows_of_grid(), grid, tmp_path)
    control = control_from_claims(claims, grid, DAY)
    effects = claim_effects(Question(grid, claims), DAY, most=2)
    assert effects["place_id"].tolist() == [one for one in control["place_id"] for _ in range(2)]
    first = effects.drop_duplicates("place_id")
    assert first["claim_id"].tolist() == [ids[0] for ids in control["claim_ids"]]
    agreed = 0
    for place, claim_id, leaning, status, _ in first.iloc[::5].itertuples(index=False):
        exact = explain_place(place, Question(grid, claims), DAY)
        exact = exact.claims.set_index("claim_id").loc[claim_id]
        agreed += (exact["without_leaning"], exact["without_status"]) == (leaning, status)
    assert agreed == len(first.iloc[::5])
    page = with_effects(control, effects)["without"]
    assert all(len(told) == 2 and told[0][0].startswith("c-") for told in page)
    assert "without" not in control


def test_control_without_a_claim_is_of_its_place_alone(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame([*rows_of_grid(), claim("p11", "red")], grid, tmp_path)
    control = control_from_claims(claims, grid, DAY).set_index("place_id")
    left_out = {place: control.at[place, "claim_ids"][0] for place in ("p00", "p11")}
    found = control_of_question(Question(grid, claims), DAY, left_out=left_out)
    assert found["place_id"].tolist() == ["p00"]  # nothing else is said of p11
    kept = claims[claims["claim_id"] != left_out["p00"]]
    alone = control_from_claims(kept, grid, DAY).set_index("place_id").loc["p00"]
    assert found.iloc[0]["confidence"] == alone["confidence"]


def theaters_of_all_kinds(folder: Path) -> dict[str, tuple[Path, list[Row]]]:
    few = [claim("oak", "crown"), claim("pine", "rebels"), claim("fir", "league")]
    everywhere = [row["place_id"] for row in PLACES]
    contested = [claim(one, "crown", "contested", against="rebels") for one in everywhere]
    return {
        "two actors": (required_only(folder / "a"), [claim("oak", "red"), claim("ash", "blue")]),
        "twenty actors": (twenty_actors(folder / "b"), []),
        "three places only": (arcadia(folder / "c"), few),
        "no water": (write_theater(folder / "d", actors=two_actors()), [claim("oak", "red")]),
        "an island": (
            island_state(folder / "e"), [claim("isle", "rebels"), claim("oak", "crown")],
        ),
        "one claim": (arcadia(folder / "f"), [claim("oak", "crown")]),
        "all contested": (arcadia(folder / "g"), contested),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["two actors", "twenty actors", "three places only", "no water", "an island", "one claim",
     "all contested"],
)  # fmt: skip
def test_any_theater_has_reasons(name: str, tmp_path: Path) -> None:
    folder, rows = theaters_of_all_kinds(tmp_path)[name]
    theater = read_theater(folder)
    claims = (
        claims_frame(rows, theater, tmp_path) if rows else read_claims(theater.claim_files, theater)
    )
    control = control_from_claims(claims, theater, DAY)
    effects = claim_effects(Question(theater, claims), DAY)
    assert len(effects) in {0, len(control)}
    claimed = str(control["place_id"].iloc[0])
    other = next((one for one in theater.places.index if one not in set(control["place_id"])), "")
    for place in filter(None, (claimed, other)):
        found = explain_place(place, Question(theater, claims), DAY)
        assert found.claimed == (place == claimed)
        assert found.name in explanation_text(found, DAY)
        assert (found.claims["changed_km2"] >= 0).all()
    assert field_from_control(control, theater).status[0]


def test_lines_of_days_that_do_not_differ_are_drawn_once(grid: Theater, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    claims_frame(rows_of_grid(), grid, tmp_path).to_csv(path, index=False)
    days = series("2030-03-06", since="2030-03-03", theater=grid, claims=[path]).days
    assert days[1].frontline is days[2].frontline
    for day in days:
        fresh = frontline_from_territory(day.territory, grid, day.date)
        pd.testing.assert_frame_equal(fresh, day.frontline)


def test_builds_at_once_share_a_cache(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "arcadia", claims=[claim("oak", "crown"), claim("fir", "rebels")])
    cache = tmp_path / "cache"
    code = (
        "import sys, hashlib, syriamap\n"
        "made = syriamap.build('2030-03-05', theater=sys.argv[1])\n"
        "print(hashlib.sha256(made.territory.to_json().encode()).hexdigest())"
    )

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], text=True, stdout=subprocess.PIPE,
            env={**os.environ, "SYRIAMAP_CACHE": str(cache)},
        )  # fmt: skip

    first = [process.communicate()[0] for process in [start(), start()]]
    (file,) = cache.iterdir()  # one file, and nothing temporary
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"PK" + whole[2:].replace(b"xy.npy", b"zz.npy")):
        file.write_bytes(broken)
        process = start()
        again, _ = process.communicate()
        assert process.returncode == 0
        assert again == first[0] == first[1]
        assert file.read_bytes() == whole


def explained(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(app, ["explain", *words, "--theater", str(folder)])


def test_explain_on_the_command_line(tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", publisher="Crown Radio", day="2030-02-01"),
        claim("oak", "rebels", publisher="Rebel Radio", reported_on="2030-03-03"),
        claim("fir", "rebels", "controls", publisher="Wire"),
    ]
    folder = arcadia(tmp_path / "arcadia", claims=rows)
    told = json.loads(explained(folder, "Oakham", "2030-03-05", "--json").stdout)
    assert told["place_id"] == "oak"
    assert [step["date"] for step in told["steps"]] == ["2030-02-01", "2030-03-01"]
    assert {"weight", "reasons", "changed_km2", "without_leaning"} < set(told["claims"][0])
    before = json.loads(
        explained(folder, "oak", "2030-03-05", "--json", "--known-by", "2030-03-02").stdout
    )
    assert before["leaning"] == "crown"
    side = ("oak", "2030-03-05", "--json", "--according-to")
    assert json.loads(explained(folder, *side, "crown").stdout)["leaning"] == "crown"
    assert json.loads(explained(folder, *side, "rebels").stdout)["leaning"] == "rebels"
    text = explained(folder, "Oakham", "2030-03-05").stdout
    assert "step by step" in text
    assert "without it" in text
    for name, expected in (("Newton", "may be 2 places"), ("Elmfordd", "no place named")):
        failed = explained(folder, name, "2030-03-05")
        assert failed.exception is not None
        assert expected in str(failed.exception)


def test_a_page_tells_what_would_change_without_a_claim(tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", publisher="Crown Radio", day="2030-02-01"),
        claim("oak", "rebels", publisher="Rebel Radio", reported_on="2030-03-03"),
        claim("fir", "rebels", "controls", publisher="Wire"),
    ]
    folder = arcadia(tmp_path / "arcadia", claims=rows)
    made = build(DAY, theater=folder).explained()
    own = dict(zip(made.control["place_id"], made.control["without"], strict=True))
    assert own["oak"]
    known, actors = set(made.claims["claim_id"]), {"", *made.theater.actors.index}
    for claim_id, actor, km2 in (effect for effects in own.values() for effect in effects):
        assert claim_id in known
        assert actor in actors
        assert km2 >= 0
    page = tmp_path / "map.html"
    words = ["map", "2030-03-05", "--effects", "--theater", str(folder), "-o", str(page)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert page.exists()
    refused = CliRunner().invoke(app, [*words, "--since", "2030-03-01"])
    assert refused.exit_code == 2
    assert "--effects is for the map of one date" in refused.output
