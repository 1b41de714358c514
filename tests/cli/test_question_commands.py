"""`explain` and `evaluate`: why a place has its color, and how right the map is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import Run, only_line
from theaters import arcadia, claim, halves, write_claims_csv

from syriamap.evaluate.scores import SCORE_COLUMNS
from syriamap.theater.folder import Theater

DAY = "2030-03-05"


# --- explain ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia where each side's radio tells of its own."""
    rows = [
        claim("oak", "crown", "controls", publisher="Crown Radio", day="2030-02-01"),
        claim("oak", "rebels", publisher="Rebel Radio", reported_on="2030-03-03"),
        claim("fir", "rebels", "controls", publisher="Wire"),
    ]
    return arcadia(tmp_path_factory.mktemp("told") / "arcadia", claims=rows)


def explained(run: Run, folder: Path, *words: str) -> Any:
    result = run("explain", *words, "--json", "--theater", folder)
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def test_a_place_is_explained_step_by_step(run: Run, told: Path) -> None:
    found = explained(run, told, "Oakham", DAY)
    assert found["place_id"] == "oak"
    assert [step["date"] for step in found["steps"]] == ["2030-02-01", "2030-03-01"]
    assert {"weight", "reasons", "changed_km2", "without_leaning"} < set(found["claims"][0])
    text = run("explain", "Oakham", DAY, "--theater", told).out
    assert "step by step" in text
    assert "without it" in text


def test_an_explanation_as_known_then_and_as_a_side_tells_it(run: Run, told: Path) -> None:
    assert explained(run, told, "oak", DAY, "--known-by", "2030-03-02")["leaning"] == "crown"
    for side in ("crown", "rebels"):
        assert explained(run, told, "oak", DAY, "--according-to", side)["leaning"] == side


@pytest.mark.parametrize(
    ("name", "said"), [("Newton", "may be 2 places"), ("Elmfordd", "no place named")]
)
def test_a_name_of_no_one_place(run: Run, told: Path, name: str, said: str) -> None:
    result = run("explain", name, DAY, "--theater", told)
    assert (result.code, result.out) == (1, "")
    assert said in result.err


# --- evaluate -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half of the villages of the grid, west red and east blue, by two publishers."""
    rows = [row | {"publisher": "Agency" if n % 2 else "Wire"} for n, row in enumerate(halves())]
    return write_claims_csv(tmp_path_factory.mktemp("claims") / "halves.csv", rows)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Who holds each village of the grid."""
    lines = [
        f"p{row}{column},{'red' if column < 4 else 'blue'}"
        for row in range(8)
        for column in range(8)
    ]
    path = tmp_path_factory.mktemp("truth") / "truth.csv"
    path.write_text("place_id,actor\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def evaluate(run: Run, grid: Theater, claims: Path) -> Run:
    """`evaluate` on the grid and its claims."""
    return lambda *words: run("evaluate", "--theater", grid.folder, "--claims", claims, *words)


def test_hidden_places_are_scored(evaluate: Run) -> None:
    result = evaluate("--hide", "0.25", "--hide", "0.5", "--seeds", "2", "--json")
    assert (result.code, result.err) == (0, "")
    report = json.loads(result.out)
    assert "scores" not in report, "they are the rows"
    assert report["date"] == "2030-03-01", "the last day of the claims"
    hows = [(draw["how"], draw["seed"], draw["hidden"]) for draw in report["draws"]]
    assert hows == [
        ("hide 0.25", 0, 8), ("hide 0.25", 1, 8), ("hide 0.5", 0, 16), ("hide 0.5", 1, 16)
    ]  # fmt: skip
    for mean, half in zip(report["rows"], (report["draws"][:2], report["draws"][2:]), strict=True):
        assert mean["accuracy"] == pytest.approx(sum(one["accuracy"] for one in half) / 2)
        assert set(SCORE_COLUMNS) < set(mean)
    assert report["rows"][0]["accuracy"] > 0.8
    assert report["rows"][0]["contested_recall"] is None, "no place is contested"


def test_the_usual_shares_in_a_table(evaluate: Run) -> None:
    lines = evaluate("--seeds", "1").out.splitlines()
    assert lines[0].startswith("| hidden | draws | accuracy (1-NN) |")
    assert [line.split("|")[1].strip() for line in lines[2:5]] == [
        "hide 0.1",
        "hide 0.3",
        "hide 0.5",
    ]
    assert "the day's 32 claims of left-out publishers that the map agrees with: 1.000" in lines[-1]


def test_left_out_publishers_are_in_the_report(evaluate: Run) -> None:
    report = json.loads(evaluate("--hide", "0.25", "--seeds", "1", "--json").out)
    assert {one["publisher"] for one in report["publishers"]} == {"Wire", "Agency"}
    assert report["publisher_scores"]["claims"] == 32
    assert report["publisher_scores"]["held"] == 1.0
    assert report["publisher_scores"]["disputed"] == 0.0


def test_a_lone_publisher_is_confirmed_by_nobody(run: Run, grid: Theater, tmp_path: Path) -> None:
    alone = write_claims_csv(tmp_path / "alone.csv", halves())
    result = run("evaluate", "--theater", grid.folder, "--claims", alone, "--seeds", "1", "--json",
                 "--hide", "0.25")  # fmt: skip
    report = json.loads(result.out)
    assert report["publishers"] == []
    assert "publisher_scores" not in report


def test_the_map_is_scored_against_a_list(evaluate: Run, truth: Path) -> None:
    report = json.loads(evaluate("--truth", truth, "--date", DAY, "--json").out)
    (draw,) = report["draws"]
    assert (draw["how"], draw["hidden"]) == (f"map of {DAY}", 64)
    assert draw["accuracy"] > 0.85
    assert "publishers" not in report


def test_a_map_of_before_the_first_claim_has_hindsight(evaluate: Run, truth: Path) -> None:
    report = json.loads(evaluate("--truth", truth, "--date", "2030-02-28", "--json").out)
    assert report["draws"][0]["accuracy"] > 0.85


def test_a_list_can_be_its_own_evidence(run: Run, grid: Theater, truth: Path) -> None:
    words = ["evaluate", "--theater", grid.folder, "--truth", truth, "--json", "--seeds", "1"]
    usual = json.loads(run(*words).out)
    assert usual["date"] is None
    assert [draw["how"] for draw in usual["draws"]] == ["hide 0.1", "hide 0.3", "hide 0.5"]
    assert [draw["hidden"] for draw in usual["draws"]] == [6, 19, 32]
    news = json.loads(run(*words, "--hide", "0.75", "--by", "news").out)
    assert [draw["how"] for draw in news["draws"]] == ["hide 0.75, keep by news"]


def test_shares_that_hide_no_place_are_left_out(run: Run, grid: Theater, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("place_id,actor\np00,red\np77,blue\n", encoding="utf-8")
    result = run("evaluate", "--theater", grid.folder, "--truth", path, "--json", "--seeds", "1")
    assert [draw["how"] for draw in json.loads(result.out)["draws"]] == [
        "hide 0.3", "hide 0.5"
    ]  # fmt: skip


def test_every_draw_goes_to_a_file(evaluate: Run, tmp_path: Path) -> None:
    path = tmp_path / "draws.json"
    result = evaluate("--hide", "0.25", "--seeds", "3", "-o", path)
    assert result.code == 0
    assert only_line(result.err) == f"wrote {path}: 3 draws"
    report = json.loads(path.read_text("utf-8"))
    assert len(report["draws"]) == 3
    assert result.out.splitlines()[2].startswith("| hide 0.25 | 3 |")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--by", "lot"],
            "--by lot: places are drawn by one of random, populous, population, news",
        ),
        (["--hide", "1.5"], "cannot hide 1.5 of 32 known places"),
    ],
)
def test_what_cannot_be_evaluated(evaluate: Run, words: list[str], said: str) -> None:
    result = evaluate(*words)
    assert (result.code, result.out) == (1, "")
    assert said in only_line(result.err)


def test_nothing_to_score(
    run: Run, grid: Theater, claims: Path, truth: Path, tmp_path: Path
) -> None:
    theater = ["evaluate", "--theater", grid.folder]
    assert "no claims and no --truth" in only_line(run(*theater).err)
    strikes = write_claims_csv(tmp_path / "strikes.csv", [claim("p00", "red", "struck")])
    none_known = run(*theater, "--claims", strikes, "--hide", "0.5")
    assert (none_known.code, none_known.out) == (1, "")
    assert "cannot hide 0.5 of 0 known places" in only_line(none_known.err)
    nothing = run(*theater, "--claims", strikes, "--truth", truth, "--date", DAY)
    assert nothing.code == 1
    assert f"no claim counts on {DAY}" in only_line(nothing.err)
    dated = tmp_path / "dated.csv"
    dated.write_text("place_id,actor,date\np00,red,2030-03-04\n", encoding="utf-8")
    other = run(*theater, "--claims", claims, "--truth", dated, "--date", DAY)
    assert other.code == 1
    assert f"nothing to score on {DAY}" in only_line(other.err)


def test_a_list_with_faults_names_them_all(evaluate: Run, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("place,lat,lon,actor\nP00,,,king\nNowhere,,,red\n,91x,14,red\n", "utf-8")
    result = evaluate("--truth", path)
    assert result.code == 1
    assert "row 2, column actor: 'king' is no actor; there are red, blue" in result.err
    assert "row 3, column place: 'Nowhere' is no place of this theater" in result.err
    assert "row 4, column place: '91x, 14' is no place" in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--ask", "flicker"), "--ask and --since go together"),
        (("--since", "2030-03-01"), "--ask and --since go together"),
        (("--ask", "flicker", "--since", "2030-03-01", "--jobs", "2"), "leave --jobs"),
    ],
)
def test_what_foresight_cannot_be_asked_with(
    run: Run, folder: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("evaluate", *words, "--theater", folder)
    assert result.code == 1
    assert said in result.err
