"""The page in another engine: it draws, answers, measures, compares, prints, and hands out files."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from browser import ESCAPE, open_all_controls

pytestmark = pytest.mark.browser

GREEN = np.array([102, 194, 138])


@pytest.fixture(scope="module")
def page(firefox, two_days_file):
    firefox.open(two_days_file)
    return firefox


def point(page, lat, lon):
    return page.run(f"const p = o.map.latLngToContainerPoint([{lat}, {lon}]); return [p.x, p.y]")


def downloaded(page, key, ending):
    page.click(".sm-kit")
    page.click(f"[data-does={key}]")
    path = page.downloads / f"fakeland-2031-05-04.{ending}"
    for _ in range(300):
        if (
            path.exists()
            and path.stat().st_size
            and not path.with_name(path.name + ".part").exists()
        ):
            return path.read_bytes()
        time.sleep(0.1)
    raise AssertionError([one.name for one in page.downloads.iterdir()])


def test_it_draws_and_answers(page):
    assert page.run("return document.title").startswith("Control in Fakeland, 4 May 2031")
    assert page.run("return document.querySelectorAll('.leaflet-territory-pane path').length") > 3
    page.click_at(*point(page, 43.4, 1.9))
    assert page.run("return document.querySelector('#sm-panel h2').textContent").startswith(
        "Green Front"
    )
    page.press(ESCAPE)
    assert page.run("return document.getElementById('sm-panel').hidden")
    page.run("o.time.go(0)")
    assert page.run("return document.querySelector('.sm-title h1').textContent").endswith(
        "3 May 2031"
    )
    page.run("o.time.go(1)")


def test_it_measures_and_explains(page):
    page.click(".sm-kit")
    page.click("[data-does=ruler]")
    page.click_at(*point(page, 44, 2))
    page.click_at(*point(page, 45, 3))
    told = page.run("return document.querySelector('.sm-length').textContent")
    assert told.startswith("13"), "from 44° 2° to 45° 3° are 136.7 km"
    page.press(ESCAPE)
    page.click(".sm-kit")
    page.click("[data-does=guide]")
    assert page.run("return document.querySelector('dialog.sm-guide').open")
    page.press(ESCAPE)
    assert not page.run("return document.querySelector('dialog.sm-guide').open")
    assert page.run("return document.activeElement.className") == "sm-tool sm-kit"


def test_it_compares(page):
    page.click(".sm-kit")
    page.click("[data-does=beside]")
    page.run("document.querySelector('.sm-split').focus()")
    page.press("\ue011")  # Home
    page.click_at(*point(page, 43.4, 1.9))
    assert page.run("return document.querySelector('#sm-panel h2').textContent").startswith(
        "Red Army"
    )
    page.press(ESCAPE)
    page.press(ESCAPE)
    assert page.run("return document.querySelector('.sm-split').hidden")


def test_it_hands_out_files(page):
    made = json.loads(downloaded(page, "geojson", "geojson"))
    assert len(made["features"]) > 300
    assert downloaded(page, "csv", "csv").startswith(b"layer,actor,leaning,status,")
    assert downloaded(page, "picture", "png").startswith(b"\x89PNG")


@pytest.mark.parametrize(("wide", "high"), [(21.0, 29.7), (29.7, 21.0), (21.6, 27.9), (27.9, 21.6)])
def test_it_prints_the_whole_country_on_one_sheet(page, wide, high):
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(page.pdf(wide=wide, high=high))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    for words in ("Control in Fakeland, 4 May 2031", "published to 5 May 2031", "Contested",
                  "Front line", "Outline as drawn", "Gamma"):  # fmt: skip
        assert words in text
    sheet = np.array(document[0].render(scale=1).to_pil().convert("RGB"))
    ground = np.array([252, 251, 247])
    rows, columns = np.nonzero(np.abs(sheet - (ground + 0.58 * (GREEN - ground))).max(axis=2) < 14)
    assert len(rows) > 500
    assert 0.02 < columns.min() / sheet.shape[1] < columns.max() / sheet.shape[1] < 0.98
    assert rows.max() / sheet.shape[0] < 0.98


def test_hostile_text_runs_nowhere(page, hostile_file):
    page.open(hostile_file)
    open_all_controls(page)
    assert page.run("return window.wrappedJSObject.PWNED === undefined")
