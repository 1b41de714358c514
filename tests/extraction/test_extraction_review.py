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

from syriamap.claims.reader import read_claims
from syriamap.cli.app import main
from syriamap.errors import ExtractionError
from syriamap.extraction.drafts import DRAFT_FIELDS
from syriamap.extraction.reading.intake import read_sources
from syriamap.extraction.review.decisions import decided, read_decisions
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
    assert page.stat().st_size > 100_000
    assert set(read_claims([table], theater)["publisher"]) == {"Example Wire"}
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


# --- judged by a reader ---------------------------------------------------------------------------


def rows_in(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def press(page: Any, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def mark(page: Any, sentence: str, words: str) -> None:
    """Mark words in a sentence of the sheet, as a mouse does."""
    page.evaluate(
        """([sentence, words]) => {
          const p = [...document.querySelectorAll('p')].find(e => e.textContent === sentence);
          const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
            return;
          }
        }""",
        [sentence, words],
    )


def decisions_from(page: Any, path: Path) -> Path:
    with page.expect_download() as download:
        page.keyboard.press("d")
    download.value.save_as(path)
    return path


def articles(path: Path, **texts: str) -> list[Path]:
    """Write pages of three publishers."""
    files = []
    for name, text in texts.items():
        file = path / f"{name}.html"
        told = "".join(f"<p>{one}</p>" for one in text.split("|"))
        file.write_text(
            f'<html><head><title>About {name}</title><meta property="og:site_name" content="Wire {name}">'
            f'<link rel="canonical" href="https://example.org/{name}"></head><body>{told}</body></html>',
            encoding="utf-8",
        )
        files.append(file)
    return files


@pytest.mark.browser
def test_a_claim_of_several_texts_is_judged_once_and_keeps_its_sources(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    told = "Syrian rebels captured Hama on Thursday."
    files = articles(
        tmp_path, one=f"{told}|Syrian rebels captured Homs.", two=f"Bread was dear.|{told}"
    )
    sheet = tmp_path / "sheet.html"
    run("extract", *files, "--published", "2024-12-06", "-o", sheet)
    opened = open_page(sheet, accept_downloads=True).ready()
    page = opened.page
    assert page.locator(".draft").count() == 2
    assert "2 texts" in page.locator(".draft").first.text_content()
    assert "Also Wire two" in page.locator(".draft").first.text_content()
    assert page.locator("text=Same claim as in About one").count() == 1
    page.select_option("#what", "several")
    assert page.locator(".draft:visible").count() == 1
    page.select_option("#what", "")
    page.locator(".draft").first.focus()
    press(page, "a")
    saved = saved_from(page, tmp_path / "saved.csv")
    rows = rows_in(saved)
    assert [(row["publisher"], row["source_title"], row["source_url"]) for row in rows] == [
        ("Wire one", "About one", "https://example.org/one"),
        ("Wire two", "About two", "https://example.org/two"),
    ]
    run("claims", "check", saved)
    assert len(read_claims([saved], theater)) == 2
    page.locator(".draft").first.focus()
    press(page, "r")
    decided = decisions_from(page, tmp_path / "decided.jsonl")
    assert len(decided.read_text("utf-8").splitlines()) == 2
    table = tmp_path / "left.csv"
    run("extract", *files, "--published", "2024-12-06", "--decisions", decided, "-o", table)
    assert [row["place"] for row in rows_in(table)] == ["Homs"]


@pytest.mark.browser
def test_a_missed_claim_is_added_by_marked_words_and_comes_back(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    missed = "Nobody was left in Rastan &amp; Talbiseh but the rebels."
    files = articles(tmp_path, one=f"Syrian rebels captured Hama.|Rain fell.|{missed}")
    sheet = tmp_path / "sheet.html"
    run("extract", *files, "--published", "2024-12-06", "-o", sheet)
    opened = open_page(sheet, accept_downloads=True).ready()
    page = opened.page
    page.click("#mark")
    assert "Mark the name" in page.text_content("#told")
    page.locator("summary").click()
    mark(page, missed.replace("&amp;", "&"), "Rastan")
    press(page, "m")
    assert page.locator(":focus").get_attribute("name") == "actor"
    card = page.locator(".draft").last
    assert page.input_value(".mended [name=place_id]")
    page.select_option(".mended [name=actor]", "opposition")
    page.select_option(".mended [name=relation]", "controls")
    press(page, "Escape a")
    assert card.get_attribute("data-state") == "accepted"
    page.reload()
    opened.ready()
    assert "1 accepted, 0 rejected, 1 open" in page.text_content("#count")
    page.fill("input[name=publisher]", "Wire 1")
    page.fill("input[name=link]", "https://example.org/1")
    press(page, "Escape")
    saved = saved_from(page, tmp_path / "saved.csv")
    (row,) = rows_in(saved)
    assert (row["place"], row["actor"], row["relation"]) == ("Rastan", "opposition", "controls")
    assert (row["publisher"], row["note"]) == ("Wire 1", "added by a reader")
    run("claims", "check", saved)
    decided = decisions_from(page, tmp_path / "decided.jsonl")
    for name in ("again.csv", "again.jsonl", "again.html"):
        run(
            "extract",
            *files,
            "--published",
            "2024-12-06",
            "--decisions",
            decided,
            "-o",
            tmp_path / name,
        )
    rows = rows_in(tmp_path / "again.csv")
    (again,) = [one for one in rows if one["engine"] == "reader"]
    assert {**row, "place_note": ""} == {key: again[key] for key in row}
    run("claims", "check", tmp_path / "again.csv")
    page = open_page(tmp_path / "again.html").ready().page
    assert "1 accepted" in page.text_content("#count")
    press(page, "j j r")
    assert "0 accepted, 0 rejected, 1 open" in page.text_content("#count")


@pytest.mark.browser
def test_places_are_offered_and_chosen_by_keyboard(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    text = "Syria. Rebels captured the villages of Shaqra and Qwxt. Rebels captured Palmira."
    opened = open_page(made_sheet(theater, tmp_path, text), accept_downloads=True).ready()
    page = opened.page
    press(page, "j e ArrowDown Enter")
    offered = page.locator(".draft").first
    place_id = offered.locator("[name=place_id]").input_value()
    assert place_id in theater.places.index
    press(page, "Escape a")
    assert offered.get_attribute("data-state") == "accepted"
    second = page.locator(".draft").nth(1)
    second.focus()
    press(page, "e")
    page.fill(".mended [name=place]", "Palmyrra")
    assert "alike: Palmyra" in second.text_content()
    assert not page.input_value(".mended [name=place_id]")
    press(page, "ArrowDown Enter")
    assert page.input_value(".mended [name=place]") == "Palmyra"
    page.fill(".mended [name=place_id]", place_id)
    assert "place_id is that of" in second.text_content()
    page.fill(".mended [name=place]", "تدمر")
    press(page, "Enter")
    assert second.get_attribute("data-state") == "accepted"
    run("claims", "check", saved_from(page, tmp_path / "saved.csv"))


@pytest.mark.browser
def test_filters_neighbors_and_directions(theater: Theater, tmp_path: Path, open_page: Any) -> None:
    text = (
        "Syria. Rebels captured Hama. Rain fell. The army shelled Homs. Rebels captured the villages of "
        "Qwxt and Shaqra. سيطرت قسد على مدينة الرقة يوم الخميس."
    )
    opened = open_page(made_sheet(theater, tmp_path, text)).ready()
    page = opened.page

    def shown() -> int:
        return int(page.locator(".draft:visible").count())

    everything = shown()
    page.select_option("#what", "unresolved")
    assert shown() == 2
    page.select_option("#what", "")
    page.select_option("#who", "sdf")
    assert shown() == 1
    page.select_option("#who", "")
    page.fill("#find", "raqq")
    assert shown() == 1
    page.fill("#find", "")
    page.select_option("#level", "low")
    assert 0 < shown() < everything
    page.select_option("#level", "")
    assert shown() == everything
    page.locator(".draft").nth(1).focus()
    press(page, "c")
    assert "Rain fell." in page.locator(".row").nth(1).text_content()
    press(page, "c")
    assert "Rain fell." not in page.locator(".row").nth(1).text_content()
    arabic = page.locator(".row p", has_text="سيطرت قسد").first
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"
    latin = page.locator(".row p", has_text="shelled").first
    assert latin.evaluate("e => getComputedStyle(e).direction") == "ltr"
    heights = [box.bounding_box()["height"] for box in page.locator(".draft").all()]
    assert sorted(heights)[-2] < 60  # all but the one in focus
    assert not opened.messages


@pytest.mark.browser
def test_what_claims_would_not_take_cannot_be_accepted(
    theater: Theater, tmp_path: Path, open_page: Any
) -> None:
    opened = open_page(
        made_sheet(theater, tmp_path, "Syria: rebels captured Palmyra."), accept_downloads=True
    ).ready()
    page = opened.page
    press(page, "j e")
    for name, value, words in (
        ("event_date", "2024-02-31", "no day"), ("event_date", "2024-12-07", "after the report"),
        ("place_id", "gn-1", "none of the theater"), ("event_date", "2024-12-05", ""),
    ):  # fmt: skip
        page.fill(f".mended [name={name}]", value)
        if words:
            assert words in page.locator(".draft").text_content()
    page.fill(".mended [name=place_id]", "gn-163808")
    page.select_option(".mended [name=actor]", "transitional_government")
    assert "was none on that day" in page.locator(".draft").text_content()
    page.select_option(".mended [name=actor]", "hts")
    page.fill("input[name=link]", "javascript:alert(1)")
    assert "link is no http" in page.locator(".draft").text_content()
    page.fill("input[name=link]", 'https://example.org/a,"b')
    page.fill("input[name=publisher]", '=Wire\u202e, "One"')
    page.locator(".draft").focus()
    press(page, "a")
    saved = saved_from(page, tmp_path / "saved.csv")
    run("claims", "check", saved)
    claims = read_claims([saved], theater)
    assert claims["publisher"].iloc[0].endswith('Wire , "One"')
    assert list(claims["actor"]) == ["hts"]


DECISION = {
    "source_file": "x",
    "start": 1,
    "end": 2,
    "actor": "hts",
    "relation": "captured",
    "decision": "accepted",
}


@pytest.mark.parametrize(
    "line",
    ["{", "[" * 90_000, "[]", '"x"', "null", json.dumps({**DECISION, "decision": "maybe"}),
     json.dumps({**DECISION, "decision": ["accepted"]}), json.dumps({**DECISION, "start": "1"}),
     json.dumps({**DECISION, "start": -1}), json.dumps({**DECISION, "end": 10**40}),
     json.dumps({**DECISION, "start": True}), json.dumps({**DECISION, "new_place": 5}),
     json.dumps({**DECISION, "new_place": "x" * 90_000}), json.dumps({**DECISION, "decision": "added"}),
     json.dumps({"source_file": "x"})],
)  # fmt: skip
def test_broken_decisions_are_told_with_their_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(DECISION) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ExtractionError, match="line 2: ") as told:
        read_decisions(path)
    assert len(str(told.value)) < 400
    path.write_text("\n\n", encoding="utf-8")
    with pytest.raises(ExtractionError, match="no decision in it"):
        read_decisions(path)


def test_decisions_mend_and_add_by_what_the_theater_has(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("Syria: rebels captured Palmyra. Rebels captured Homs.", encoding="utf-8")
    sources = read_sources([str(path)], theater, FRIDAY)
    first, second = (one for one in sources[0].drafts if one.relation == "captured")
    key = {"source_file": str(path), "start": first.start, "end": first.end, "actor": first.actor,
           "relation": "captured", "decision": "accepted"}  # fmt: skip
    other = {**key, "start": second.start, "end": second.end, "decision": "rejected"}
    gone = {**key, "start": 999}
    saved = tmp_path / "d.jsonl"

    def taken(*rows: dict[str, object]) -> tuple[list[Any], int]:
        saved.write_text(
            "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), "utf-8"
        )
        made, lost = decided(sources, read_decisions(saved), theater)
        return [one for one in made[0].drafts if one.relation != "none"], lost

    (mended,), lost = taken(
        {
            **key,
            "new_place": "Homs",
            "new_place_id": "gn-169577",
            "new_actor": "hts",
            "more": "\u2028",
        },
        other,
        gone,
    )
    assert (mended.place, mended.place_id, mended.actor, lost) == ("Homs", "gn-169577", "hts", 1)
    assert mended.lat == pytest.approx(34.72, abs=0.1)
    for bad in ({"new_place_id": "gn-1"}, {"new_actor": "nobody"}, {"new_relation": "liberated"},
                {"new_event_date": "soon"}, {"new_certainty": "sure"}, {"new_date_precision": "hour"}, {"new_url": "javascript:x"}):  # fmt: skip
        with pytest.raises(ExtractionError, match="line 1: "):
            taken({**key, **bad})


@pytest.mark.browser
def test_hostile_decisions_run_nowhere(theater: Theater, tmp_path: Path, open_page: Any) -> None:
    script = "</script><img src=x onerror=alert(1)>{{7*7}}"
    path = tmp_path / "t.txt"
    path.write_text("Syria: rebels captured Palmyra.", encoding="utf-8")
    (source,) = read_sources([str(path)], theater, FRIDAY)
    draft = next(one for one in source.drafts if one.relation == "captured")
    key = {"source_file": str(path), "start": draft.start, "end": draft.end, "actor": draft.actor,
           "relation": "captured", "decision": "accepted", "new_place": script, "new_actor": script}  # fmt: skip
    more = {**key, "decision": "added", "sentence": script, "sentence_start": 0, "sentence_end": 9, "at": 10**9,
            "words": script, "new_place_id": "__proto__"}  # fmt: skip
    saved = tmp_path / "d.jsonl"
    saved.write_text("".join(json.dumps(one) + "\n" for one in (key, more)), encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["extract", str(path), "--decisions", str(saved), "-o", str(tmp_path / "x.html")])
    assert stopped.value.code == 1
    assert not (tmp_path / "x.html").exists()
    sheet = tmp_path / "sheet.html"
    made = review_sheet([source], theater, read_decisions(saved).rows)
    sheet.write_text(made, encoding="utf-8")
    assert "<img" not in sheet.read_text("utf-8")
    opened = open_page(sheet).ready()
    assert opened.page.locator("img").count() == 0
    assert "0 accepted" in opened.text("#count")
    assert not opened.messages
    assert not opened.requests
