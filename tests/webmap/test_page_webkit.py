"""The page in WebKit: it draws, steps, tells stories, answers, compares, and has nothing to say on the console."""

from __future__ import annotations

import pytest
from browser import ESCAPE, open_all_controls

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(webkit, two_days_file):
    webkit.open(two_days_file)
    return webkit


def point(page, lat, lon):
    return page.run(f"const p = o.map.latLngToContainerPoint([{lat}, {lon}]); return [p.x, p.y]")


def told(page, selector):
    return page.run(f"return document.querySelector('{selector}').textContent")


def test_it_draws_steps_and_answers(page):
    assert page.run("return document.title").startswith("Control in Fakeland, 4 May 2031")
    assert page.run("return document.querySelectorAll('.leaflet-territory-pane path').length") > 3
    page.click_at(*point(page, 43.4, 1.9))
    assert told(page, "#sm-panel h2").startswith("Green Front")
    page.press(ESCAPE)
    assert page.run("return document.getElementById('sm-panel').hidden")
    page.run("o.time.go(0)")
    assert told(page, ".sm-title h1").endswith("3 May 2031")
    page.click_at(*point(page, 43.4, 1.9))
    assert told(page, "#sm-panel h2").startswith("Red Army")
    page.press(ESCAPE)
    page.run("o.time.go(1)")


def test_it_tells_a_story_and_speaks_arabic(page):
    page.run(
        "const whose = document.getElementById('sm-whose'); whose.value = 'red';"
        "whose.dispatchEvent(new Event('change'))"
    )
    assert page.run("return o.records.story") == "red"
    assert "red" in told(page, "#sm-date")
    page.click("#sm-language button")
    assert page.run("return document.documentElement.dir") == "rtl"
    page.click("#sm-language button")
    page.run(
        "const whose = document.getElementById('sm-whose'); whose.value = '';"
        "whose.dispatchEvent(new Event('change'))"
    )


def test_it_opens_what_waits_and_compares(page):
    page.click(".sm-kit")
    page.click("[data-does=guide]")
    assert page.run("return document.querySelector('dialog.sm-guide').open")
    page.press(ESCAPE)
    page.click(".sm-kit")
    page.click("[data-does=beside]")
    page.until("!document.querySelector('.sm-split').hidden")
    page.press(ESCAPE)
    assert page.run("return document.querySelector('.sm-split').hidden")
    text = page.run("return syriamap.download.csvText(o.records)")
    assert text.startswith("layer,actor,leaning,status,")


def test_hostile_text_runs_nowhere(page, hostile_file):
    page.open(hostile_file)
    open_all_controls(page)
    assert page.run("return window.PWNED === undefined")


def test_it_says_nothing_on_the_console(page):
    said = page.messages.read_text(encoding="utf-8", errors="replace")
    assert "CONSOLE" not in said, said
