"""The page in both languages, in a real browser."""

from __future__ import annotations

import re

import pytest
from fakes import fake_day

from syriamap.webmap import PageOptions, control_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(fake_file):
    return fake_file


def test_the_whole_page_changes_its_language_and_back(open_page, file):
    opened = open_page(file).ready()
    page = opened.page
    before = page.evaluate("document.querySelector('.sm').innerText")
    opened.run("o.openPlace(0, false)")
    panel = opened.text("#sm-panel")
    page.get_by_role("button", name="العربية").click()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    text = opened.text("#sm-panel")
    for words in ("ألفا", "الجيش الأحمر", "درجة الثقة", "إفادتان", "2 أيار 2031", "95%", "مدينة"):
        assert words in text.replace("\u061c", "").replace("\u200f", "").replace("\u200e", ""), (
            words
        )
    assert "السيطرة في Fakeland، 4 أيار 2031" in page.title()
    assert "مفتاح الخريطة" in opened.text(".sm-legend")
    assert page.evaluate("document.activeElement.textContent") == "English"
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.dir") == "ltr"
    assert opened.text("#sm-panel") == panel
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('.sm').innerText") == before
    assert opened.messages == []


def test_no_english_is_left_in_the_arabic_page(open_page, page_of_the_sixth):
    opened = open_page(page_of_the_sixth, fragment="#lang=ar").ready()
    opened.run("document.querySelector('.sm-legend').open = true")
    opened.run("document.getElementById('sm-places').open = true")
    opened.page.locator("#sm-places table").first.wait_for()
    for selector in ("h1", "#sm-date", ".sm-legend", ".leaflet-control-layers", "summary",
                     "#sm-places th", "#sm-places caption", ".leaflet-control-scale"):  # fmt: skip
        for text in opened.page.locator(selector).all_text_contents():
            assert not re.search("[A-Za-z]{2}", text), (selector, text)
    for name in ("placeholder", "aria-label", "title"):
        # names of places that have none in Arabic stay as they are
        found = opened.page.evaluate(
            f"[...document.querySelectorAll('[{name}]:not(.leaflet-marker-icon)')]"
            f".map(e => e.getAttribute('{name}'))"
        )
        told = [text.replace("WGS 84", "") for text in found]
        assert not [text for text in told if re.search("[A-Za-z]{3}", text)], name


@pytest.mark.parametrize("language", ["en", "ar"])
def test_cards_keep_clear_of_the_country_in_both_languages(open_page, page_of_the_sixth, language):
    opened = open_page(page_of_the_sixth, fragment=f"#lang={language}").ready()
    assert opened.covered_places() == []
    opened.run("o.openPlace(0, false)")
    panel = opened.page.locator("#sm-panel").bounding_box()
    assert panel["x"] + panel["width"] > 1380, "the panel stands on the right"
    close = opened.page.locator("#sm-panel .sm-close").bounding_box()
    assert (close["x"] > 1300) == (language == "en")
    start = opened.run("return getComputedStyle(document.querySelector('#sm-panel h2')).direction")
    assert start == {"en": "ltr", "ar": "rtl"}[language]


def test_the_page_begins_in_the_language_that_is_asked_for(open_page, tmp_path):
    path = tmp_path / "map.html"
    control_map(fake_day(), options=PageOptions(language="ar")).save(path)
    html = path.read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in html
    assert "<title>السيطرة في Fakeland، 4 أيار/مايو 2031 · " in html
    opened = open_page(path).ready()
    assert opened.page.evaluate("document.documentElement.dir") == "rtl"
    assert "lang=" not in opened.run("return o.state.link()")
    opened.page.get_by_role("button", name="English").click()
    link = opened.run("return o.state.link()")
    assert "lang=en" in link
    again = open_page(path, fragment=link).ready()
    assert again.page.evaluate("document.documentElement.lang") == "en"


def test_a_language_that_is_not_there_is_passed_over(open_page, file):
    opened = open_page(file, fragment="#lang=__proto__").ready()
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert opened.messages == []


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 740)])
def test_axe_finds_no_serious_fault_in_arabic(open_page, page_of_the_sixth, width, height):
    opened = open_page(page_of_the_sixth, width=width, height=height, fragment="#lang=ar").ready()
    opened.faultless_after(
        "document.querySelector('.sm-legend').open = true",
        "o.openPlace(o.records.places.name.indexOf('Aleppo'), false)",
        "o.panel.hide(); document.getElementById('sm-about').open = true",
        "document.getElementById('sm-places').open = true",  # last: its 17,000 elements stay
    )
