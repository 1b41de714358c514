"""`history`: who had how much through time, as CSV and as a chart; and `--step` everywhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commands import Run, only_line
from theaters import arcadia, claim

from syriamap.history.history_settings import HistorySettings
from syriamap.history.shares import HISTORY_COLUMNS

FIRST, LAST = "2030-01-31", "2030-03-05"


@pytest.fixture(scope="module")
def long_war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia where a town changes hands after a month and another after two."""
    rows = [
        claim("oak", "crown", "controls", day=FIRST),
        claim("fir", "crown", "controls", day=FIRST),
        claim("pine", "rebels", "controls", day=FIRST),
        claim("fir", "rebels", "captured", day="2030-02-10"),
        claim("oak", "rebels", "captured", day=LAST),
    ]
    return arcadia(tmp_path_factory.mktemp("long") / "arcadia", claims=rows)


def table_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_history_on_stdout(run: Run, long_war: Path) -> None:
    result = run("history", FIRST, LAST, "--step", "month", "--theater", long_war)
    assert (result.code, result.err) == (0, "")
    rows = table_of(result.out)
    assert tuple(rows[0]) == HISTORY_COLUMNS
    dates = list(dict.fromkeys(row["date"] for row in rows))
    assert dates == [FIRST, "2030-02-28", LAST]
    held = [float(row["area_share"]) for row in rows if row["actor"] == "crown"]
    assert held[0] > held[1] > held[2]
    for date in dates:
        shares = [float(row["area_share"]) for row in rows if row["date"] == date]
        assert sum(shares) == pytest.approx(1, abs=1e-5)


def test_without_dates_from_the_first_claim_to_the_last(run: Run, long_war: Path) -> None:
    rows = table_of(run("history", "--theater", long_war).out)
    dates = sorted({row["date"] for row in rows})
    assert (dates[0], dates[-1], len(dates)) == (FIRST, LAST, 34)
    heard = run("history", "--theater", long_war, "--known-by", "2030-02-20", "--step", "week")
    dates = sorted({row["date"] for row in table_of(heard.out)})
    assert dates == [FIRST, "2030-02-07", "2030-02-10"]


def test_a_history_in_files(run: Run, long_war: Path, tmp_path: Path) -> None:
    words = ["history", FIRST, LAST, "--step", "month", "--theater", long_war, "-o"]
    table, chart, picture = (tmp_path / f"war.{kind}" for kind in ("csv", "svg", "png"))
    result = run(*words, table)
    assert (result.code, result.out) == (0, "")
    assert only_line(result.err).startswith(f"wrote {table} (")
    assert table.read_text("utf-8") == run(*words[:-1]).out
    result = run(*words, chart)
    assert result.code == 0
    assert result.out.startswith("Who held how much of Arcadia, 31 January 2030 – 5 March 2030\n")
    assert "Alt text: Stacked chart of the shares of the area of Arcadia" in result.out
    assert "Share of the area" in chart.read_text("utf-8")
    assert "At most: " in chart.read_text("utf-8")  # the text for those who cannot see it
    assert run(*words, picture, "--size", "column", "--lang", "ar").code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_history_that_cannot_be_told(run: Run, long_war: Path, tmp_path: Path) -> None:
    words = ["history", "--theater", long_war]
    one = run(*words, FIRST)
    assert one.code == 2
    assert "a first and a last day" in one.err
    backward = run(*words, LAST, FIRST)
    assert backward.code == 1
    assert f"{LAST} is after {FIRST}" in only_line(backward.err)
    kind = run(*words, "-o", tmp_path / "war.doc")
    assert kind.code == 1
    assert ".csv, .png, .svg, .pdf" in only_line(kind.err)
    size = run(*words, "-o", tmp_path / "war.png", "--size", "huge")
    assert size.code == 1
    assert "no size 'huge'" in only_line(size.err)
    language = run(*words, "-o", tmp_path / "war.png", "--lang", "xx")
    assert language.code == 1
    assert "en, ar" in only_line(language.err)
    silent = run("history", "--only-claims", "--theater", long_war)
    assert silent.code == 1
    assert "no claim to begin or to end a history with" in only_line(silent.err)
    assert list(tmp_path.iterdir()) == []


# --- the step of pages, exports and reports ---


def test_a_page_by_months(
    run: Run, long_war: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["map", LAST, "--since", FIRST, "--step", "month", "--theater", long_war]
    assert run(*words).code == 0
    (page,) = (tmp_path / "output").iterdir()
    assert page.name == f"arcadia-{FIRST}-{LAST}-month.html"
    text = page.read_text("utf-8")
    assert f'"days":["{FIRST}","2030-02-28","{LAST}"]' in text
    # each step counts the claims since the step before
    assert '"claims_on":[3,1,1]' in text


def test_an_export_and_a_report_by_weeks(run: Run, long_war: Path, tmp_path: Path) -> None:
    path = tmp_path / "war.geojson"
    asked = ["--since", FIRST, "--step", "week", "--theater", long_war]
    result = run("export", LAST, *asked, "-o", path)
    assert result.code == 0
    assert "6 days" in result.err
    ends = {
        (one["properties"]["valid_from"][:10], one["properties"]["valid_to"][:10])
        for one in json.loads(path.read_text("utf-8"))["features"]
        if one["properties"]["layer"] == "territory"
    }
    days = [FIRST, "2030-02-07", "2030-02-14", "2030-02-21", "2030-02-28", LAST]
    assert {first for first, _ in ends} <= set(days)
    after = "2030-03-06"  # a row holds until the next day that was looked at
    assert {end for _, end in ends} <= {*days[1:], after}
    assert run("report", LAST, *asked, "-o", tmp_path / "report").code == 0


@pytest.mark.parametrize("command", ["map", "export", "report"])
def test_a_step_needs_a_first_day(run: Run, long_war: Path, tmp_path: Path, command: str) -> None:
    out = tmp_path / "out.geojson"
    words = [command, LAST, "--step", "month", "--theater", long_war, "-o", out]
    refused = run(*words)
    assert refused.code == 2
    assert "give --since too" in refused.err
    unknown = run(*words[:3], "year", *words[4:], "--since", FIRST)
    assert unknown.code == 2
    assert "'year' is no step; there are: day, week, month" in unknown.err
    assert not out.exists()


def test_too_many_days_for_one_page(run: Run, long_war: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    words = ["map", LAST, "--since", "1900-01-01", "--theater", long_war, "-o", page]
    refused = run(*words)
    assert refused.code == 1
    most = f"{HistorySettings().most_days:,} are the most"
    assert most in only_line(refused.err)
    assert "a step of a week or a month would do" in refused.err
    assert "a step of a month" in run(*words, "--step", "week").err
    assert not page.exists()
