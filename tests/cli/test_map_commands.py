"""`map`, `changes`, `control`, `export`, `report` and `embed`: what each writes and refuses."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from commands import Run, only_line
from theaters import arcadia, claim, write_claims_csv
from waiting import waiting_in

from syriamap.history.changes import CHANGES_COLUMNS

FIRST, LAST = "2030-03-01", "2030-03-03"


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia where the rebels take a town from the crown on the second day of three."""
    rows = [
        claim("oak", "crown", "controls", asserted_by="crown army"),
        claim("fir", "crown", "controls"),
        claim("fir", "rebels", "captured", day="2030-03-02", publisher="Agency"),
        claim("pine", "rebels", "controls", asserted_by="rebel command"),
        claim("elm", "rebels", "advanced_toward", day="2030-03-03"),
    ]
    return arcadia(tmp_path_factory.mktemp("moving") / "arcadia", claims=rows)


def test_a_page_through_time(run: Run, moving: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    result = run("map", LAST, "--since", FIRST, "--theater", moving, "-o", page)
    assert (result.code, result.out) == (0, "")
    assert only_line(result.err).startswith(f"wrote {page} (")
    assert "<title>Control in Arcadia, 1 March 2030 – 3 March 2030" in page.read_text("utf-8")


def test_a_page_is_named_after_its_days(
    run: Run, moving: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("map", LAST, "--since", FIRST, "--theater", moving, "--lang", "ar").code == 0
    (page,) = (tmp_path / "output").iterdir()
    assert page.name == f"arcadia-{FIRST}-{LAST}.html"
    assert '<html lang="ar"' in page.read_text("utf-8")


def test_a_page_with_the_story_of_each_side(run: Run, moving: Path, tmp_path: Path) -> None:
    words = ["map", LAST, "--theater", moving, "-o", tmp_path / "map.html"]
    assert run(*words, "--stories").code == 0
    text = (tmp_path / "map.html").read_text("utf-8")
    assert '"stories":[' in text
    assert run(*words).code == 0
    assert '"stories":[' not in (tmp_path / "map.html").read_text("utf-8")
    refused = run(*words, "--stories", "--according-to", "crown")
    assert refused.code == 1
    assert "tells the story of crown" in only_line(refused.err)


def test_effects_are_for_one_date(run: Run, moving: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    words = ["map", LAST, "--effects", "--theater", moving, "-o", page]
    assert run(*words).code == 0
    assert waiting_in(page.read_text("utf-8"))["evidence"]["without"]
    refused = run(*words, "--since", FIRST)
    assert refused.code == 2
    assert "--effects is for the map of one date" in refused.err


def test_tiles_come_with_terms(run: Run, moving: Path, tmp_path: Path) -> None:
    words = ["map", FIRST, "--theater", moving, "-o", tmp_path / "map.html", "--tiles"]
    result = run(*words, "OpenStreetMap.Mapnik")
    assert result.code == 0
    assert "terms of use" in result.err
    assert "tile.openstreetmap.org" in (tmp_path / "map.html").read_text("utf-8")
    refused = run(*words, "Nobody.Nothing")
    assert refused.code == 1
    assert "Nobody.Nothing" in only_line(refused.err)


def test_changes_on_stdout(run: Run, moving: Path) -> None:
    result = run("changes", FIRST, LAST, "--theater", moving)
    assert (result.code, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert tuple(rows[0]) == CHANGES_COLUMNS
    (town,) = [row for row in rows if row["place_id"] == "fir"]
    assert (town["kind"], town["from_actor"], town["to_actor"]) == ("place", "crown", "rebels")
    areas = [row for row in rows if row["kind"] == "area"]
    assert sum(float(row["area_km2"]) for row in areas) > 100


def test_changes_in_files(run: Run, moving: Path, tmp_path: Path) -> None:
    printed = run("changes", FIRST, LAST, "--theater", moving).out
    told = {}
    for kind in ("csv", "md", "html"):
        path = tmp_path / f"changes.{kind}"
        result = run("changes", FIRST, LAST, "--theater", moving, "-o", path)
        assert (result.code, result.out) == (0, "")
        assert only_line(result.err).startswith(f"wrote {path} (")
        told[kind] = path.read_text("utf-8")
    assert told["csv"] == printed
    assert told["md"].startswith(
        "# What changed in Arcadia, 1 March 2030 – 3 March 2030 · with reports published to 3 March"
    )
    assert "Firwood" in told["md"]
    assert '"opening":"changes"' in told["html"]


def test_changes_that_cannot_be_told(run: Run, moving: Path, tmp_path: Path) -> None:
    doc = run("changes", FIRST, LAST, "--theater", moving, "-o", tmp_path / "x.doc")
    assert doc.code == 1
    assert ".html, .csv or .md" in only_line(doc.err)
    backward = run("changes", LAST, FIRST, "--theater", moving)
    assert backward.code == 1
    assert f"{LAST} is after {FIRST}" in only_line(backward.err)
    assert list(tmp_path.iterdir()) == []


def test_export_of_several_days(run: Run, moving: Path, tmp_path: Path) -> None:
    path = tmp_path / "days.geojson"
    result = run("export", LAST, "--since", FIRST, "--theater", moving, "-o", path)
    assert result.code == 0
    assert "3 days" in only_line(result.err)
    features = json.loads(path.read_text("utf-8"))["features"]
    towns = [one["properties"] for one in features if one["properties"].get("place_id") == "fir"]
    assert [(one["valid_from"], one["valid_to"], one["actor"]) for one in towns] == [
        ("2030-03-01T00:00:00", "2030-03-02T00:00:00", "crown"),
        ("2030-03-02T00:00:00", "2030-03-04T00:00:00", "rebels"),
    ]  # fmt: skip


def test_a_report_of_one_day(run: Run, moving: Path, tmp_path: Path) -> None:
    target = tmp_path / "report"
    result = run("report", LAST, "--theater", moving, "-o", target)
    assert (result.code, result.out) == (0, "")
    assert f"wrote {target}" in only_line(result.err)
    about = json.loads((target / "manifest.json").read_text("utf-8"))
    assert (about["date"], about["since"]) == (LAST, None)
    assert {"report.html", "report.md", "map.html"} <= {one.name for one in target.iterdir()}
    assert not (target / "changes.csv").exists()


def test_a_folder_of_something_else_is_no_report(run: Run, moving: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine", encoding="utf-8")
    result = run("report", LAST, "--theater", moving, "-o", tmp_path)
    assert result.code == 1
    assert "thesis.odt" in only_line(result.err)


def test_embed_with_a_picture_a_caption_and_a_state(run: Run, moving: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    run("map", FIRST, "--theater", moving, "-o", page)
    options = ("--image", "map.png", "--caption", "<i>", "--state", '#date=2030-03-01&place="x"')
    result = run("embed", page, *options)
    assert (result.code, result.err) == (0, "")
    assert 'src="map.html#date=2030-03-01&amp;place=%22x%22"' in result.out
    assert 'href="map.png"' in result.out
    assert "&lt;i&gt;" in result.out
    plain = run("embed", page)
    assert 'src="map.html"' in plain.out


def test_progress_is_for_a_terminal(
    run: Run, moving: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["map", LAST, "--since", FIRST, "--theater", moving, "-o", tmp_path / "map.html"]
    assert "days" not in run(*words).err
    monkeypatch.setenv(
        "SYRIAMAP_CACHE", str(tmp_path / "cache")
    )  # nothing is kept: it takes a while
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("syriamap.cli.working._PATIENCE", 0.0)
    monkeypatch.setattr("syriamap.cli.working._TICK", 0.001)
    seen = run(*words).err
    assert "days  [" in seen
    assert "\\r" not in seen  # drawn, not written out as what drives a terminal


def test_a_map_says_how_old_its_evidence_is(run: Run, tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "arcadia", claims=[claim("oak", "crown", day="2030-03-01")])
    said = {}
    for day in ("2030-03-05", "2030-04-01"):
        result = run("map", day, "--theater", folder, "-o", tmp_path / "map.html")
        assert result.code == 0
        said[day] = result.err
    assert "warning:" not in said["2030-03-05"]
    told = "the last report is of 2030-03-01, 31 days before 2030-04-01"
    assert told in said["2030-04-01"]
    title = "<title>Control in Arcadia, 1 April 2030 · with reports published to 1 March 2030 · "
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert f"{title}last report 31 days before</title>" in page
    export = run("export", "2030-04-01", "--theater", folder, "-o", tmp_path / "map.geojson")
    assert told in export.err
    changes = run("changes", "2030-03-01", "2030-04-01", "--theater", folder)
    assert told in changes.err
    figure = run("figure", "2030-04-01", "--theater", folder, "-o", tmp_path / "map.png")
    assert told in figure.err
    assert figure.out.count("last report 31 days before") == 2, "caption and alternative text"


@pytest.mark.parametrize(
    "words",
    [
        ("map", "2030-01-01", "-o", "out.html"),
        ("map", "2030-01-01", "--since", "2029-12-01", "-o", "out.html"),
        ("figure", "2030-01-01", "-o", "out.png"),
        ("export", "2030-01-01", "-o", "out.geojson"),
        ("report", "2030-01-01", "-o", "out"),
        ("changes", "2029-12-01", "2030-01-01", "-o", "out.csv"),
        ("control", "2030-01-01", "-o", "out.csv"),
    ],
)
def test_a_day_before_the_first_claim_is_an_error(
    run: Run, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = arcadia(tmp_path / "arcadia", claims=[claim("oak", "crown", day="2030-03-01")])
    result = run(*words, "--theater", folder)
    assert result.code == 1
    assert "no claim speaks of 2030-01-01 or a day before" in result.err
    assert "the first day with claims is 2030-03-01" in result.err
    assert {path.name for path in tmp_path.iterdir()} == {"arcadia"}, "nothing is written"


def test_a_page_may_begin_before_the_first_claim(run: Run, tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "arcadia", claims=[claim("oak", "crown", day="2030-03-01")])
    words = ("map", "2030-03-02", "--since", "2030-02-28", "--theater", folder)
    result = run(*words, "-o", tmp_path / "map.html")
    assert result.code == 0
    assert "warning: no claim speaks of 2030-02-28 or a day before" in result.err


def test_a_day_after_today_is_no_map_unless_a_claim_reaches_it(run: Run, tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "arcadia", claims=[claim("oak", "crown", day="2020-03-01")])
    ahead = (date.today() + timedelta(days=400)).isoformat()
    result = run("map", ahead, "--theater", folder, "-o", tmp_path / "map.html")
    assert result.code == 1
    assert f"{ahead} is after today" in result.err
    assert "the newest day with claims is 2020-03-01" in result.err
    assert not (tmp_path / "map.html").exists()


def test_a_theater_without_claims_is_drawn_and_says_so(run: Run, tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "arcadia")
    result = run("map", "2030-03-05", "--theater", folder, "-o", tmp_path / "map.html")
    assert result.code == 0
    assert "warning: no claim that counts speaks of 2030-03-05 or a day before" in result.err
    assert "no report of this day or before</title>" in (tmp_path / "map.html").read_text("utf-8")
    early = ("map", "2030-03-05", "--known-by", "2030-01-01", "--theater", folder)
    more = write_claims_csv(tmp_path / "more.csv", [claim("oak", "crown")])
    result = run(*early, "--claims", more, "-o", tmp_path / "early.html")
    assert (result.code, "no claim was reported by 2030-01-01" in result.err) == (1, True)
    assert not (tmp_path / "early.html").exists()


def test_json_is_printed_and_not_lost_beside_a_file(run: Run, moving: Path, tmp_path: Path) -> None:
    where = ("--theater", moving)
    for words in (("control", LAST), ("changes", FIRST, LAST), ("history", FIRST, LAST)):
        assert "rows" in json.loads(run(*words, "--json", "-o", "-", *where).out)
        refused = run(*words, "--json", "-o", tmp_path / "a.csv", *where)
        assert (refused.code, (tmp_path / "a.csv").exists()) == (2, False)
        assert "leave one of them out" in refused.err
