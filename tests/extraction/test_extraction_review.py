"""Drafts on disk: JSONL, CSV, the review sheet, and the way from there to a map."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from paths import AXE

from syriamap.claims.reader import read_claims
from syriamap.cli.app import main
from syriamap.errors import ExtractionError
from syriamap.extraction.drafts import DRAFT_FIELDS
from syriamap.extraction.reading.intake import read_sources
from syriamap.extraction.review.draft_files import (
    claims_from_drafts,
    drafts_csv,
    review_sheet,
    writer_for,
)
from syriamap.theater.folder import Theater, read_theater

ARTICLE = """Fighters led by HTS took the city of Hama on Thursday, the Syrian Observatory for Human
Rights said. Syrian government forces withdrew from the city to Homs.

Russian warplanes bombed the Rastan bridge overnight. The SDF seized Deir ez-Zor. If the rebels take
Homs, the road to Damascus lies open.
"""
HOSTILE = (
    "Syria: </script><img src=x onerror=alert(1)> rebels captured Hama on Thursday. {{ 7*7 }} "
    '=cmd|"x" said <b>nobody</b>.'
)
FRIDAY = date(2024, 12, 6)
ASKED = {
    "source_file", "sentence", "start", "end", "place", "place_id", "lat", "lon", "role", "actor",
    "relation", "against", "event_date", "date_precision", "asserted_by", "certainty",
    "confidence", "engine", "frame", "trigger",
}  # fmt: skip


@pytest.fixture(scope="module")
def theater() -> Theater:
    return read_theater()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "fall of hama.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*words: object) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*map(str, words)])
    assert stopped.value.code == 0


def made_sheet(theater: Theater, path: Path, text: str) -> Path:
    source = path / "text.txt"
    source.write_text(text, encoding="utf-8")
    sheet = path / "sheet.html"
    run("extract", source, "--published", "2024-12-06", "-o", sheet)
    return sheet


def test_jsonl_on_stdout_has_the_fields(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("extract", article, "--published", "2024-12-06")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert set(rows[0]) >= ASKED
    assert tuple(rows[0]) == DRAFT_FIELDS
    text = ARTICLE
    assert all(text[row["start"] : row["end"]] == row["place"] for row in rows)
    hama = next(row for row in rows if row["relation"] == "captured")
    assert (hama["actor"], hama["event_date"], hama["asserted_by"]) == ("hts", "2024-12-05", "sohr")
    assert {row["relation"] for row in rows} >= {"none", "captured", "withdrew", "struck"}


def test_csv_is_neutralized(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "=x.txt"
    path.write_text("=Syria. Rebels captured Hama.", encoding="utf-8")
    import os

    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        table = drafts_csv(read_sources(["=x.txt"], theater, FRIDAY))
    finally:
        os.chdir(before)
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["source_file"].startswith("'=")
    assert row["source_title"].startswith("'=")


def test_everything_accepted_makes_a_map(theater: Theater, article: Path, tmp_path: Path) -> None:
    sources = read_sources([str(article)], theater, date(2024, 12, 6), "Example Wire")
    accepted = tmp_path / "accepted.csv"
    accepted.write_text(claims_from_drafts(sources), encoding="utf-8")
    claims = read_claims([accepted], theater)
    assert set(claims["relation"]) == {"captured", "withdrew", "struck"}
    assert "hypothetical" not in set(claims["certainty"])
    assert not ((claims["place"] == "Homs") & (claims["relation"] == "captured")).any()
    page = tmp_path / "map.html"
    run("claims", "check", accepted)
    run("map", "2024-12-06", "--only-claims", "--claims", accepted, "-o", page)
    assert page.stat().st_size > 100_000


def test_the_table_is_a_claims_file(
    theater: Theater, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "drafts.csv"
    run("extract", article, "--published", "2024-12-06", "--publisher", "Example Wire",
        "--title", "Hama falls", "--url", "https://example.org/1", "-o", table)  # fmt: skip
    run("claims", "check", table)
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert {row["publisher"] for row in rows} == {"Example Wire"}
    assert {row["source_title"] for row in rows} == {"Hama falls"}
    assert {row["source_url"] for row in rows} == {"https://example.org/1"}
    assert all(row["sentence"] and row["trigger"] for row in rows)
    page = tmp_path / "map.html"
    run("map", "2024-12-06", "--only-claims", "--claims", table, "-o", page)
    assert "Example Wire" in page.read_text("utf-8")
    run("extract", article, "--published", "2024-12-06", "-o", table)
    run("claims", "check", table)
    (one, *_) = csv.DictReader(io.StringIO(table.read_text("utf-8")))
    assert one["source_title"] == "fall of hama"
    assert one["publisher"]


def test_the_sheet_is_inert_and_the_same_each_time(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    sources = read_sources([str(path)], theater)
    sheet = review_sheet(sources, theater)
    assert sheet == review_sheet(read_sources([str(path)], theater), theater)
    assert "<img" not in sheet
    assert "{{" not in sheet.split("<script>")[0]
    assert sheet.count("</script>") == 2
    assert "default-src 'none'" in sheet


def test_errors_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["missing.txt"], ["https://example.org/x"], [str(tmp_path)],
                  ["-", "-o", "drafts.docx"]):  # fmt: skip
        with pytest.raises(SystemExit) as stopped:
            main(["extract", *words])
        assert stopped.value.code == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(ExtractionError, match="jsonl"):
        writer_for(Path("x.txt"))


@pytest.mark.browser
def test_the_sheet_is_worked_by_keyboard(theater: Theater, tmp_path: Path, open_page: Any) -> None:
    opened = open_page(made_sheet(theater, tmp_path, ARTICLE), accept_downloads=True).ready()
    page = opened.page
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("r")
    assert "1 accepted, 1 rejected" in page.text_content("#count")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "draft"
    page.fill("input[name=publisher]", "Example Wire")
    page.click("#all")
    with page.expect_download() as download:
        page.click("#save")
    saved = tmp_path / "accepted.csv"
    download.value.save_as(saved)
    claims = read_claims([saved], theater)
    assert set(claims["publisher"]) == {"Example Wire"}
    assert len(claims) >= 2
    last = page.locator(".draft").last
    last.focus()
    page.keyboard.press("a")
    assert "not told as having happened" in last.text_content()
    assert not opened.requests
    assert not opened.messages


THREE = {
    "one": ("Wire 1", "Hama Homs Palmyra Rastan Salamiyah Tabqa Manbij Kobani Afrin Azaz".split()),
    "two": ("Wire 2", "Idlib Saraqib Jableh Baniyas Daraa Nawa Jasim Izra Suwayda Shahba".split()),
    "three": ("Wire 3", "Raqqa Mayadin Hajin Qamishli Amuda Shaddadi Hasakah Aleppo Tadef Sukhnah"
              .split()),
}  # fmt: skip


@pytest.mark.browser
def test_sixty_drafts_of_three_articles_by_keyboard(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    files = []
    for name, (publisher, towns) in THREE.items():
        told = "".join(
            f"<p>Syria: rebels captured {town}.</p><p>Then the army bombed {town}.</p>"
            for town in towns
        )
        path = tmp_path / f"{name}.html"
        path.write_text(
            f'<html><head><meta property="og:site_name" content="{publisher}">'
            f'<link rel="canonical" href="https://example.org/{name}"></head>'
            f"<body><article>{told}</article></body></html>",
            encoding="utf-8",
        )
        files.append(path)
    sheet = tmp_path / "sheet.html"
    run("extract", *files, "--published", "2024-12-06", "-o", sheet)
    opened = open_page(sheet, accept_downloads=True).ready()
    page = opened.page
    drafts = page.locator(".draft").count()
    assert drafts >= 60
    page.keyboard.press("s")
    assert "nothing was saved" in page.text_content("#told")
    for n in range(60):
        page.keyboard.press("r" if n % 10 == 9 else "a")
    assert "54 accepted, 6 rejected" in page.text_content("#count")
    page.reload()
    opened.ready()
    assert "54 accepted, 6 rejected" in page.text_content("#count")
    with page.expect_download() as download:
        page.keyboard.press("s")
    saved = tmp_path / "accepted.csv"
    download.value.save_as(saved)
    claims = read_claims([saved], theater)
    assert set(claims["publisher"]) == {"Wire 1", "Wire 2", "Wire 3"}
    assert set(claims["source_url"]) == {f"https://example.org/{name}" for name in THREE}
    with page.expect_download() as download:
        page.keyboard.press("d")
    decided = tmp_path / "decisions.jsonl"
    download.value.save_as(decided)
    assert len(decided.read_text("utf-8").splitlines()) == 60
    assert not opened.requests


@pytest.mark.browser
def test_a_mended_place_is_looked_up(theater: Theater, tmp_path: Path, open_page: Any) -> None:
    page = open_page(made_sheet(theater, tmp_path, "Syria: rebels captured Palmyra.")).ready().page
    page.keyboard.press("e")
    page.fill(".draft input[name=place]", "Homs")
    assert page.input_value(".draft input[name=place_id]") in {"", "gn-169577"}
    page.fill(".draft input[name=place]", "Nowhere at all")
    assert not page.input_value(".draft input[name=place_id]")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert "place_id is empty" in page.text_content(".draft")


@pytest.mark.browser
def test_hostile_text_stays_text(theater: Theater, tmp_path: Path, open_page: Any) -> None:
    opened = open_page(made_sheet(theater, tmp_path, HOSTILE)).ready()
    assert opened.page.locator("img").count() == 0
    assert "<img src=x onerror=alert(1)>" in opened.text("#sheet")
    assert not opened.requests
    assert not opened.messages


NEAR = "Syria. 😀 Israeli jets struck targets near Palmyra on Thursday. If the rebels take Homs, we leave."


def with_second_opinions(theater: Theater, path: Path) -> Path:
    """Write a sheet of four drafts: one only of the patterns, one of both, one disputed, a proposal."""
    text = path / "text.txt"
    text.write_text("Syria. Rebels captured Hama, Homs, Rastan and Salamiyah.", encoding="utf-8")
    (source,) = read_sources([str(text)], theater, FRIDAY)
    plain, agreed, disputed, alone = (one for one in source.drafts if one.relation == "captured")
    says = 'the parse reads: hts captured by "captured"'
    drafts = [
        plain, replace(agreed, engine="patterns+nlp"),
        replace(disputed, why=f"active; {says}", proposal=True),
        replace(alone, engine="nlp", why="active; only the parse reads this", proposal=True),
    ]  # fmt: skip
    sheet = path / "sheet.html"
    sheet.write_text(review_sheet([replace(source, drafts=drafts)], theater), encoding="utf-8")
    return sheet


def saved_from(page: Any, path: Path) -> Path:
    with page.expect_download() as download:
        page.keyboard.press("s")
    download.value.save_as(path)
    return path


@pytest.mark.browser
def test_the_sheet_shows_second_opinions_and_takes_no_proposal_unseen(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    opened = open_page(with_second_opinions(theater, tmp_path), accept_downloads=True).ready()
    page = opened.page
    told = [box.text_content() for box in page.locator(".draft").all()]
    assert ["Both engines" in one for one in told] == [False, True, False, False]
    assert ["Disagreement: the parse reads: hts captured" in one for one in told] == [
        False, False, True, False]  # fmt: skip
    assert ["A proposal: only the parse" in one for one in told] == [False, False, False, True]
    page.click("#all")
    assert "2 accepted, 0 rejected, 2 open" in page.text_content("#count")
    page.locator(".draft").nth(2).focus()
    page.keyboard.press("a")
    page.keyboard.press("a")
    claims = read_claims([saved_from(page, tmp_path / "accepted.csv")], theater)
    assert set(claims["place"]) == {"Hama", "Homs", "Rastan", "Salamiyah"}


@pytest.mark.browser
def test_a_point_told_by_a_place_is_accepted_as_such(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    opened = open_page(made_sheet(theater, tmp_path, NEAR), accept_downloads=True).ready()
    page = opened.page
    assert page.locator("mark:not(.verb)").all_text_contents() == ["Palmyra", "Homs"]
    assert "struck near Palmyra, ±5 km" in page.locator(".draft").first.text_content()
    assert "not told as having happened" in page.locator(".draft").last.text_content()
    page.keyboard.press("j")
    page.keyboard.press("a")
    saved = saved_from(page, tmp_path / "accepted.csv")
    (row,) = csv.DictReader(io.StringIO(saved.read_text("utf-8")))
    assert (row["place_id"], row["place_note"]) == ("", "near Palmyra, ±5 km")
    assert len(read_claims([saved], theater)) == 1
    page.locator(".draft").first.focus()
    page.keyboard.press("e")
    page.locator(".draft").first.locator("[name=place_id]").fill("gn-163808")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    saved = saved_from(page, tmp_path / "mended.csv")
    (row,) = csv.DictReader(io.StringIO(saved.read_text("utf-8")))
    assert (row["place_id"], row["lat"], row["place_note"]) == ("gn-163808", "", "")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height", "scheme"), [(1400, 900, "dark"), (360, 740, "light"),
                                                         (360, 740, "dark")])  # fmt: skip
def test_the_sheet_can_be_read_and_fits(
    theater: Theater, tmp_path: Path, open_page: Any, width: int, height: int, scheme: str
) -> None:
    sheet = with_second_opinions(theater, tmp_path)
    opened = open_page(sheet, width=width, height=height, color_scheme=scheme).ready()
    page = opened.page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for keys in ("", "ja", "r", "e"):
        for key in keys:
            page.keyboard.press(key)
        assert not opened.serious_faults(), keys
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    bar = page.locator(".bar").bounding_box()
    field = page.locator(":focus").bounding_box()
    assert bar["y"] >= 0  # 0 where the page is long enough to have been scrolled
    assert bar["height"] < height / 8
    assert field["y"] >= bar["y"] + bar["height"]
    assert field["y"] + field["height"] <= height
