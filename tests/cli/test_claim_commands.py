"""`claims export` and `claims import`: claims go out and come back, and pairs are checked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from commands import Run, only_line
from theaters import claim, write_claims_csv


def test_exported_claims_give_the_same_control(run: Run, folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "all.csv"
    result = run("claims", "export", "--theater", folder, "-o", table)
    assert (result.code, result.out) == (0, "")
    assert only_line(result.err).endswith("3 claims")
    words = ["control", "2030-03-05", "--theater", folder]
    assert run(*words, "--only-claims", "--claims", table).out == run(*words).out
    lines = tmp_path / "all.jsonl"
    assert run("claims", "export", table, "--theater", folder, "-o", lines).code == 0
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert {(row["place_id"], row["actor"], row["relation"]) for row in rows} == {
        ("oak", "crown", "controls"), ("pine", "rebels", "controls"), ("elm", "rebels", "struck")
    }  # fmt: skip


def test_import_of_a_table_in_other_words(run: Run, folder: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.csv"
    theirs.write_text("town,holder\nOakham,crown\nNowhere,crown\n", encoding="utf-8")
    ours, rest = tmp_path / "ours.csv", tmp_path / "rest.csv"
    words = ["claims", "import", "csv", theirs, "-o", ours, "--theater", folder]
    words += ["--date", "2030-03-01", "--column", "place=town", "--column", "actor=holder"]
    for pair in ("relation=controls", "certainty=asserted", "publisher=Wire", "source_title=List"):
        words += ["--set", pair]
    result = run(*words, "--unmapped", rest)
    assert (result.code, result.out) == (0, ""), result.err
    assert result.err.splitlines() == [
        f"wrote {ours}: 1 claims",
        "1 not mapped: a name that is not in the gazetteer (first: row 3 'Nowhere')",
    ]
    with ours.open(encoding="utf-8", newline="") as file:
        (claim,) = csv.DictReader(file)
    assert (claim["place_id"], claim["actor"], claim["event_date"]) == (
        "oak",
        "crown",
        "2030-03-01",
    )
    assert "Nowhere" in rest.read_text("utf-8")
    refused = run(*words, "--set", "note")
    assert refused.code == 2
    assert "'note' is no pair; OURS=THEIRS would do" in refused.err


def test_claims_check_names_them(run: Run, folder: Path, tmp_path: Path) -> None:
    rows = [claim("oak", "crown", publisher=name) for name in ("Wіre", "Monitors", "Gazette")]
    path = write_claims_csv(tmp_path / "c.csv", rows)
    done = run("claims", "check", path, "--theater", folder)
    assert done.code == 0
    assert "is taken for 'Wire'" in done.err
    assert "nearly 'Monitor'" in done.err
    assert "'Gazette'" in done.err
