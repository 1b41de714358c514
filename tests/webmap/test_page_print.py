"""What goes onto paper: the whole country, its legend, and what the map says of itself."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import fake_day, fake_frames, made_of

from syriamap.webmap import control_map

pytestmark = pytest.mark.browser

GREEN, RED = (102, 194, 138), (197, 27, 43)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("print") / "map.html"
    control_map(fake_day(villages=20)).save(path)
    return path


def sheets(opened, path, **options):
    """Pages of paper as arrays of colors, and the text of the first."""
    pdfium = pytest.importorskip("pypdfium2")
    opened.page.pdf(path=path, print_background=True, **options)
    document = pdfium.PdfDocument(path)
    pages = [np.array(page.render(scale=1).to_pil().convert("RGB")) for page in document]
    return pages, document[0].get_textpage().get_text_bounded()


def fill(color, share=0.58):
    """A color over the ground, as held areas are filled."""
    ground = np.array([252, 251, 247])
    return ground + share * (np.array(color) - ground)


def extent(sheet, color):
    """Left, top, right and bottom of what has about this color, as shares of the sheet."""
    rows, columns = np.nonzero(np.abs(sheet - fill(color)).max(axis=2) < 14)
    high, wide = sheet.shape[:2]
    return columns.min() / wide, rows.min() / high, columns.max() / wide, rows.max() / high


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("across", [False, True])
def test_the_whole_country_is_on_one_sheet_with_its_legend(
    open_page, file, tmp_path, paper, across
):
    opened = open_page(file, width=1000, height=700).ready()
    view = "const c = o.map.getCenter(); return [c.lat, c.lng, o.map.getZoom()]"
    before = opened.run(view)
    pages, text = sheets(opened, tmp_path / "map.pdf", format=paper, landscape=across)
    assert len(pages) == 1
    for words in ("Control in Fakeland, 4 May 2031", "published to 5 May 2031", "Red Army",
                  "Contested", "Front line", "Outline as drawn", "Gamma"):  # fmt: skip
        assert words in text
    left, top, right, bottom = extent(pages[0], RED)
    assert 0.02 < left < right < 0.98
    assert 0.02 < top < bottom < 0.98
    assert bottom - top > 0.3, "the map takes what room there is"
    assert (np.abs(pages[0] - fill(GREEN)).max(axis=2) < 14).sum() > 500
    opened.page.wait_for_timeout(200)
    assert opened.run(view) == pytest.approx(before, abs=0.02)
    assert opened.page.locator(".sm-sheet-key").count() == 0
    assert opened.messages == []


def test_a_story_and_its_age_are_on_paper(open_page, tmp_path):
    frames = fake_frames(villages=5) | {"according_to": "red"}
    frames["claims"]["event_date"] -= np.timedelta64(60, "D")
    control_map(made_of(frames)).save(tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html").ready()
    _, text = sheets(opened, tmp_path / "map.pdf", format="A4")
    assert "as told by red" in text
    assert "last report" in text
    assert "days before" in text


def test_credits_of_an_arabic_sheet_run_from_left_to_right(open_page, tmp_path):
    control_map(fake_day(villages=5)).save(tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", fragment="#lang=ar").ready()
    opened.until("syriamap.opened.kit")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    rights = "e => [e.textContent.includes('invented for the tests'), e.dir]"
    found = [p.evaluate(rights) for p in opened.page.locator(".sm-sheet-foot p").all()]
    assert [way for has, way in found if has] == ["ltr"]
    assert len(found) == 3, "what the border is, whose data, and what a claim is"


def test_a_part_that_the_reader_chose_is_printed(open_page, file, tmp_path):
    opened = open_page(file).ready()
    opened.run("o.map.setView([44.5, 2.0], 11, {animate: false})")
    pages, _ = sheets(opened, tmp_path / "map.pdf", format="A4")
    assert (np.abs(pages[0] - fill(GREEN)).max(axis=2) < 14).sum() < 500
