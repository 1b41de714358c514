"""Reports: whole folders, the same bytes twice, facts from the frames, hostile text as text."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import markdown
import pypdfium2
import pytest
from hypothesis import given, strategies as st
from theaters import Row, claim, write_claims_csv

import syriamap.report.bundle as bundle_module
from syriamap.cli.app import main
from syriamap.errors import ExportError
from syriamap.history.changes import changes_from_days
from syriamap.pipeline.build import Build, Series, build, series
from syriamap.report import ReportOptions, check_report, write_report
from syriamap.report.contents import report_document
from syriamap.report.document import Document, Items, Link, Paragraph, Table, plain
from syriamap.report.docx import column_widths, docx_of
from syriamap.report.facts import facts_of, settlements_frame, sources_frame
from syriamap.report.markdown import markdown_of
from syriamap.report.report_words import ReportWords
from syriamap.theater.folder import Theater

EVIL = '</script><img src=x onerror="window.PWNED=1">{{7*7}}|`*_[a](javascript:1)'
ROWS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("elm", "crown", "controls"),
    claim("elm", "rebels", "captured", publisher="Agency", day="2030-03-03"),
    claim("pine", "rebels", "controls", source_title=EVIL, source_url="https://example.org/a|b(c)"),
    claim("fir", "crown", "controls", source_title="-1. list"),
    claim("fir", "rebels", "captured", day="2030-03-04", publisher=EVIL),
    claim("fir", "rebels", "struck", against="crown", day="2030-03-04", claim_id="strike"),
    claim("", "guests", "controls", place=EVIL, lat="46.9", lon="14.1"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_claims_csv(tmp_path_factory.mktemp("report") / "claims.csv", ROWS)


@pytest.fixture(scope="module")
def made(theater: Theater, file: Path) -> Series:
    return series("2030-03-05", since="2030-03-02", theater=theater, claims=[file])


@pytest.fixture(scope="module")
def folder(made: Series, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("reports") / "one"
    return write_report(made, target, options=ReportOptions(docx=True))


@pytest.fixture
def drawn(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are copied, not drawn again: what is tested is elsewhere."""

    def copied(target: Path, *_: Any) -> tuple[list[str], dict[str, str]]:
        shutil.copytree(folder / "figures", target)
        files = [f"figures/{one.name}" for one in sorted(target.iterdir())]
        return ["one", "two"], dict.fromkeys(files, "figure_file")

    monkeypatch.setattr(bundle_module, "_figures", copied)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_claims_of_a_report_give_its_map(folder: Path, made: Series) -> None:
    """`claims.csv` alone, with hostile text, formulas and own points in it: the same bytes."""
    one, last = folder / "claims.csv", made.days[-1]
    again = series(
        last.date,
        since=made.days[0].date,
        theater=last.theater,
        claims=one,
        only_claims=True,
    )
    assert again.webmap().to_html().encode() == (folder / "map.html").read_bytes()


# --- the folder ---------------------------------------------------------------------------------


def test_the_manifest_names_every_file_with_its_hash(folder: Path) -> None:
    about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    held = contents(folder)
    held.pop("manifest.json")
    listed = {one["path"]: (one["bytes"], one["sha256"]) for one in about["files"]}
    assert listed == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in held.items()
    }
    assert {"report.html", "report.md", "report.docx", "map.html", "changes.csv", "claims.csv",
            "settlements.csv", "sources.csv", "caption.txt", "figures/control.png",
            "figures/changes.svg", "figures/control.pdf"} <= set(listed)  # fmt: skip
    assert (about["date"], about["since"], about["language"]) == ("2030-03-05", "2030-03-02", "en")


def test_the_same_report_has_the_same_bytes(made: Series, folder: Path, tmp_path: Path) -> None:
    again = write_report(made, tmp_path / "two", options=ReportOptions(docx=True))
    assert contents(again) == contents(folder)


def test_one_day_alone_compares_nothing(theater: Theater, file: Path, tmp_path: Path) -> None:
    day = Series((build("2030-03-05", theater=theater, claims=[file]),))
    target = write_report(day, tmp_path / "day")
    assert not (target / "changes.csv").exists()
    assert "since" not in (target / "report.md").read_text(encoding="utf-8").split("## Map")[0]


@pytest.mark.usefixtures("drawn")
def test_an_earlier_report_is_replaced_and_nothing_else(made: Series, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_report(made, target)
    write_report(made, target, options=ReportOptions(language="ar"))
    assert 'lang="ar" dir="rtl"' in (target / "report.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    before = contents(target)
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match=r"notes\.txt"):
        write_report(made, target)
    (target / "notes.txt").unlink()
    (target / "report.md").write_text("edited", encoding="utf-8")
    with pytest.raises(ExportError, match=r"report\.md"):
        write_report(made, target)
    assert contents(target) == {**before, "report.md": b"edited"}


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_bytes(b"years of work")
    with pytest.raises(ExportError, match=r"thesis\.odt"):
        check_report(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": 3}', encoding="utf-8")
    with pytest.raises(ExportError, match="no report wrote"):
        check_report(tmp_path)
    with pytest.raises(ExportError, match="is a file"):
        check_report(tmp_path / "thesis.odt")


@pytest.mark.usefixtures("drawn")
def test_an_interrupted_run_leaves_the_old_report(
    made: Series, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write_report(made, tmp_path / "out")
    before = contents(target)

    def stop(*_: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(bundle_module, "html_of", stop)
    for folder in (target, tmp_path / "new"):
        with pytest.raises(KeyboardInterrupt):
            write_report(made, folder)
    assert contents(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# --- what it says -------------------------------------------------------------------------------


def test_facts_are_those_of_the_frames(made: Series) -> None:
    first, last = made.days[0], made.days[-1]
    facts = facts_of(last, first, made.changes())
    assert sum(one.percent for one in facts.shares) == pytest.approx(100)
    held = last.territory[last.territory["actor"] != ""].groupby("actor")["area_km2"].sum()
    assert {one.actor: one.km2 for one in facts.shares if one.actor} == pytest.approx(dict(held))
    states = last.states.set_index("place_id")
    for one in facts.capitals:
        place = states.loc[one.row["place_id"]]
        assert one.state == (place["actor"], place["status"])
    assert len(settlements_frame(last)) == len(last.states)
    assert sources_frame(last)["claims"].sum() == len(last.claims_used)


def test_the_theater_says_which_places_come_first(theater: Theater, file: Path) -> None:
    chosen = replace(theater, capitals=("fir", "oak"))
    facts = facts_of(build("2030-03-05", theater=chosen, claims=[file]))
    assert facts.named_capitals
    assert {one.row["place_id"] for one in facts.capitals} == {"fir", "oak"}


def test_the_report_begins_with_what_changed(folder: Path) -> None:
    text = (folder / "report.md").read_text(encoding="utf-8")
    first, rest = text.split("## Summary")
    for word in ("Gained since 2 March 2030: ", "Lost since", "](figures/changes.png)"):
        assert word in first
    summary = rest.split("## Map")[0]
    for word in ("Area: ", "claims by", "strikes: 1"):
        assert word in summary
    assert "](figures/control.png)" in rest
    for file in ("changes.csv", "settlements.csv", "sources.csv", "claims.csv"):
        assert f"]({file})" in text


def test_text_table_and_alternative_text_have_the_same_numbers(folder: Path) -> None:
    """Contested by evidence and the front band each apart, now and of what is new."""
    text = (folder / "report.md").read_text(encoding="utf-8")
    alternatives = re.findall(r"!\[(.*?)\]\(figures", text)
    rows = re.findall(
        r"^\| (contested|front band, too close to call) \|(.*)\|$", text, re.MULTILINE
    )
    assert rows
    for name, cells in rows:
        _, gained, _, now, _ = (cell.strip() for cell in cells.split("|"))
        if now != "0":
            assert f"{now} km²" in text.split("## Summary")[1].split("## Map")[0]
            assert all(f"{name} {now} km²" in alternative for alternative in alternatives)
        if int(gained.replace(",", "")) > 1:
            new = {"contested": "newly contested"}.get(name, "newly in the front band")
            assert f"{new} {gained} km²" in alternatives[0]


needs_office = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice Writer is not installed"
)


def pages_of(document: Path, folder: Path) -> list[str]:
    """Text of each page as LibreOffice lays the document out."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
               "--convert-to", "pdf", "--outdir", str(folder), str(document)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = pypdfium2.PdfDocument(folder / f"{document.stem}.pdf")
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


@needs_office
def test_the_report_of_the_sixth_fits_on_24_pages(
    folder: Path, sixth: Build, tmp_path: Path
) -> None:
    before = build("2024-11-26")
    changes = changes_from_days(before, sixth)
    document = report_document(
        sixth, facts_of(sixth, before, changes), ReportWords("en", sixth.theater), before=before,
        settlements=settlements_frame(sixth), sources=sources_frame(sixth),
        files=[("figures/changes.png", "figure_file")], alternatives=["one", "two"],
    )  # fmt: skip
    path = tmp_path / "report.docx"
    path.write_bytes(docx_of(document, folder))
    pages = pages_of(path, tmp_path)
    assert len(pages) <= 24
    assert pages[0].count("What changed since 26 November 2024") == 2  # the head and the picture's
    assert "Aleppo" in pages[0]


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    rows = tuple((("Hama",), ("a long title of some article " * 4,), ("12",)) for _ in range(5))
    place, title, count = column_widths(Table((), ("Place", "Publication", "Claims"), rows))
    assert place + title + count == pytest.approx(17, abs=0.05)
    assert title > 3 * place > 3 * count / 2
    (whole,) = column_widths(Table((), ("A",), ((("x" * 400,),),)))
    assert whole == pytest.approx(17)


@pytest.mark.usefixtures("drawn")
def test_tables_begin_with_a_mark_for_excel_by_option(made: Series, tmp_path: Path) -> None:
    target = write_report(made, tmp_path / "out", options=ReportOptions(bom=True))
    for name in ("changes", "settlements", "sources"):
        assert (target / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), name
    settlements = (target / "settlements.csv").read_text("utf-8-sig").splitlines()
    assert ",true," in settlements[1]
    assert ",True," not in "".join(settlements)


def test_every_command_reads_the_claims_of_a_report(
    folder: Path, theater: Theater, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = folder / "claims.csv"
    for words in (
        ["claims", "check", claims],
        ["claims", "stats", claims],
        ["control", "2030-03-05", "--only-claims", "--claims", claims, "-o", tmp_path / "c.csv"],
        ["export", "2030-03-05", "--only-claims", "--claims", claims, "-o", tmp_path / "e.csv"],
    ):
        with pytest.raises(SystemExit) as stop:
            main([*map(str, words), "--theater", str(theater.folder)])
        assert stop.value.code == 0, capsys.readouterr().err


def test_a_measured_accuracy_is_told(theater: Theater, file: Path) -> None:
    measured = replace(theater, accuracy="Nine of ten hidden places were right.")
    made = build("2030-03-05", theater=measured, claims=[file])
    assert made.metadata()["accuracy"] == measured.accuracy
    assert "accuracy" not in build("2030-03-05", theater=theater, claims=[file]).metadata()
    words = ReportWords("en", measured)
    document = report_document(
        made, facts_of(made), words, before=None, settlements=settlements_frame(made),
        sources=sources_frame(made), files=[], alternatives=["a"],
    )  # fmt: skip
    assert measured.accuracy in markdown_of(document)


# --- hostile text -------------------------------------------------------------------------------


class Tags(HTMLParser):
    """Every tag and attribute of a text of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_markdown_of_strangers_stays_text(folder: Path) -> None:
    text = (folder / "report.md").read_text(encoding="utf-8")
    tags = Tags(markdown.markdown(text, extensions=["tables"])).found
    names = {name for name, _ in tags}
    assert names <= {"h1", "h2", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "a",
                     "img", "em"}  # fmt: skip
    sources = [attributes["src"] for name, attributes in tags if name == "img"]
    assert sources == ["figures/changes.png", "figures/control.png"]
    for name, attributes in tags:
        if name == "a":
            address = attributes["href"] or ""
            assert address.startswith("https://") or (folder / address).is_file()
    assert "\u202e" not in text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_in_markdown_is_that_text(text: str) -> None:
    blocks = (Items(((plain(text) or "x",),)), Paragraph((plain(text) or "x",)))
    made = markdown_of(Document("t", "s", "en", blocks))
    tags = {name for name, _ in Tags(markdown.markdown(made, extensions=["tables"])).found}
    assert tags <= {"h1", "p", "ul", "li"}


def test_html_of_strangers_stays_text(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    tags = Tags(text).found
    names = {name for name, _ in tags}
    assert not names & {"script", "iframe", "object", "link", "form", "base"}
    assert "{{" not in text
    for name, attributes in tags:
        assert not [one for one in attributes if one.startswith("on") or one == "style"]
        if name == "img":
            assert (attributes["src"] or "").startswith("data:image/png;base64,")
        if name == "a":
            address = attributes["href"] or ""
            assert address.startswith("https://") or (folder / address).is_file()
            if "://" in address:
                assert attributes["rel"] == "noopener noreferrer nofollow"
    policy = next(a["content"] for n, a in tags if n == "meta" and "http-equiv" in a) or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 390])
def test_the_page_opens_without_a_request(folder: Path, open_page: Any, width: int) -> None:
    opened = open_page(folder / "report.html", width=width)
    assert (opened.requests, opened.messages) == ([], [])
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.images].every(one => one.naturalWidth > 100 && one.alt)")
    assert page.evaluate("window.PWNED") is None
    # the style is let through by its hash
    assert page.evaluate("getComputedStyle(document.querySelector('.n')).textAlign") == "end"


def body_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def test_word_reads_the_document(folder: Path) -> None:
    made = docx.Document(str(folder / "report.docx"))
    heads = [one.text for one in made.paragraphs if one.style and one.style.name == "Heading 1"]
    assert heads[:4] == ["What changed since 2 March 2030", "Summary", "Map", "Cities"]
    sizes = set(re.findall(r'<w:hyperlink.*?<w:sz w:val="(\d+)"', body_of(folder / "report.docx")))
    assert sizes == {"16"}, "links in tables are as small as the text around them"
    assert body_of(folder / "report.docx").count("<w:cantSplit/>") == sum(
        len(table.rows) for table in made.tables
    )
    assert len(made.inline_shapes) == 2
    assert all(len(table.rows) > 1 for table in made.tables)
    links = [one.target_ref for one in made.part.rels.values() if one.is_external]
    assert links
    assert all(link.startswith("https://") for link in links)
    with zipfile.ZipFile(folder / "report.docx") as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        body = archive.read("word/document.xml").decode()
    assert "onerror" in body
    assert "<img" not in body
    assert 'descr="Map. Control in' in body


def test_word_is_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ExportError, match=r"pip install 'syriamap\[docx\]'"):
        check_report(tmp_path / "out", ReportOptions(docx=True))


@pytest.mark.usefixtures("drawn")
def test_arabic_word_runs_from_right_to_left(made: Series, tmp_path: Path) -> None:
    options = ReportOptions(language="ar", docx=True)
    target = write_report(made, tmp_path / "ar", options=options)
    with zipfile.ZipFile(target / "report.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert "<w:bidi/>" in body
    assert "<w:bidiVisual/>" in body


@pytest.mark.usefixtures("drawn")
def test_spreadsheets_get_no_formula(theater: Theater, tmp_path: Path) -> None:
    rows = [claim("oak", "crown", "controls", publisher="=1+1", source_title="@cmd")]
    file = write_claims_csv(tmp_path / "claims.csv", rows)
    day = Series((build("2030-03-05", theater=theater, claims=[file]),))
    target = write_report(day, tmp_path / "out")
    assert re.search(r"^'=1\+1,'@cmd,", (target / "sources.csv").read_text("utf-8"), re.MULTILINE)


@given(st.text(max_size=40))
def test_plain_text_is_one_line_and_stays_so(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert len(once.splitlines()) <= 1
    once.encode("utf-8")


def test_links_keep_their_address() -> None:
    blocks = (Paragraph((Link("a|b", "https://example.org/a|b(c)"),)),)
    text = markdown_of(Document("t", "s", "en", blocks))
    assert "[a\\|b](https://example.org/a%7Cb%28c%29)" in text


# --- the command --------------------------------------------------------------------------------


@pytest.mark.usefixtures("drawn")
def test_the_command(theater: Theater, file: Path, tmp_path: Path,
                     capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    words = ["report", "2030-03-05", "--theater", str(theater.folder), "--claims", str(file)]
    with pytest.raises(SystemExit) as stop:
        main([*words, "--since", "2030-03-04", "-o", str(tmp_path / "out")])
    assert stop.value.code == 0
    assert "report.html" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main([*words, "--lang", "tlh", "-o", str(tmp_path / "no")])
    assert stop.value.code == 1
    assert "no figure in 'tlh'" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
