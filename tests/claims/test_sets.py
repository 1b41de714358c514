"""Claims written, compared and counted."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from theaters import claim, write_claims_csv

from syriamap.claims.reader import read_claims, write_claims
from syriamap.claims.sets import diff_text, stats_text, write_set
from syriamap.cli.app import main
from syriamap.errors import ExportError
from syriamap.pipeline import ask, build
from syriamap.theater.folder import Theater, read_theater

DAY = "2024-12-06"


@cache
def default_theater() -> Theater:
    return read_theater()


ROWS = [
    claim("oak", "crown", "controls", claim_id="a"),
    claim("elm", "rebels", claim_id="b", day="2030-04-01", publisher="Agency"),
    claim("fir", "rebels", claim_id="c", note="=1+1"),
]


def test_what_is_written_reads_back(theater: Theater, tmp_path: Path) -> None:
    claims = read_claims(write_claims_csv(tmp_path / "in.csv", ROWS), theater)
    again = read_claims(write_set(claims, tmp_path / "out.csv"), theater)
    assert diff_text(claims, again).endswith(
        "0 only in the first, 0 only in the second, 0 changed\n"
    )
    lines = write_set(claims, tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["claim_id"]: row for row in map(json.loads, lines)}
    assert rows["c"]["note"] == "=1+1"
    assert rows["b"]["event_date"] == "2030-04-01"
    assert rows["a"]["lat"] == 46.2
    with pytest.raises(ExportError, match="jsonl"):
        write_set(claims, tmp_path / "out.xlsx")


def test_diff_and_stats(
    theater: Theater, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_claims_csv(tmp_path / "a.csv", ROWS[:2])
    changed = {**ROWS[1], "certainty": "denied"}
    second = write_claims_csv(tmp_path / "b.csv", [changed, ROWS[2]])
    for words in (["diff", str(first), str(second)], ["stats", str(first)]):
        with pytest.raises(SystemExit) as stop:
            main(["claims", *words, "--theater", str(theater.folder)])
        assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert "- a  2030-03-01  Oakham  crown  controls" in shown
    assert "+ c  " in shown
    assert "[certainty]" in shown
    assert "1 only in the first, 1 only in the second, 1 changed" in shown
    assert "2 claims on 2 places, 2030-03-01 to 2030-04-01, 2 publishers" in shown
    assert stats_text(read_claims(first, theater).iloc[:0]) == "no claims\n"


def test_all_commands_speak_of_the_same_claims(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Places and areas: check, stats, export, Python and the map read by one door."""
    count = len(ask().claims)
    files = [str(path) for path in default_theater().claim_files]
    out = tmp_path / "all.csv"
    for words in (["check", *files], ["stats"], ["export", "-o", str(out)]):
        with pytest.raises(SystemExit) as stop:
            main(["claims", *words])
        assert stop.value.code == 0
    said = capsys.readouterr()
    assert said.out.count(f"{count} claims on ") == 2
    assert f"{count} claims" in said.err
    assert len(read_claims(out, default_theater())) == count
    assert (ask().claims["area_id"] != "").any()


def test_exported_claims_give_the_same_map(tmp_path: Path) -> None:
    """The claims of the theater, written, alone: the same page, to the byte."""
    made = build(DAY)
    page = made.webmap().to_html()
    path = write_claims(made.claims, tmp_path / "claims.csv")
    for tables in (path, read_claims(path, made.theater)):
        again = build(DAY, theater=made.theater, claims=tables, only_claims=True)
        assert again.webmap().to_html() == page
