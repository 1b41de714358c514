"""Two days or two stories on one page: a handle between them, and an answer for the side that was clicked."""

from __future__ import annotations

import json
import re

import pytest
from fakes import EVERYTHING, HOSTILE, hostile_frames, two_days

from syriamap.history.atoms import atoms_from_territories
from syriamap.webmap import series_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(two_days_file):
    return two_days_file


def begin(opened):
    opened.page.locator(".sm-kit").click()
    opened.page.locator("[data-does=beside]").click()
    opened.until("syriamap.opened.kit.beside.records().isWhole")


def at(opened, lat, lon):
    return opened.run(f"const p = o.map.latLngToContainerPoint([{lat}, {lon}]); return [p.x, p.y]")


def quiet(opened):
    assert opened.requests == []
    assert opened.messages == []
    assert opened.page.evaluate("window.PWNED") is None


def share(opened):
    return int(opened.page.get_attribute(".sm-split", "aria-valuenow"))


def test_the_side_that_was_clicked_answers(open_page, file):
    opened = open_page(file).ready()
    begin(opened)
    assert opened.page.locator(".sm-which").all_inner_texts() == ["4 May 2031", "3 May 2031"]
    x, y = at(opened, 43.4, 1.9)
    opened.page.mouse.click(x, y)
    assert "Green Front" in opened.text("#sm-panel h2")
    assert opened.text(".sm-of-side") == "Left: 4 May 2031"
    opened.page.keyboard.press("Escape")
    opened.page.locator(".sm-split").focus()
    opened.page.keyboard.press("Home")
    assert share(opened) == 0
    opened.page.mouse.click(x, y)
    assert "Red Army" in opened.text("#sm-panel h2")
    assert opened.text(".sm-of-side") == "Right: 3 May 2031"
    # The other side takes the panel from it.
    opened.page.locator(".sm-split").focus()
    opened.page.keyboard.press("End")
    opened.page.mouse.click(x, y)
    assert "Green Front" in opened.text("#sm-panel h2")
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#sm-panel").is_hidden()
    assert opened.page.locator(".sm-split").is_visible(), "one after the other"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".sm-split").is_hidden()
    assert opened.page.evaluate("document.activeElement.className") == "sm-tool sm-kit"
    assert "Left of" not in opened.page.title()
    quiet(opened)


@pytest.mark.parametrize(("width", "height", "language"), [(1280, 720, "en"), (360, 740, "ar")])
def test_the_handle_moves_by_mouse_finger_and_keys(open_page, file, width, height, language):
    opened = open_page(file, width=width, height=height, has_touch=True, fragment=f"#lang={language}").ready()  # fmt: skip
    begin(opened)
    assert share(opened) == 50
    assert opened.page.evaluate("document.activeElement.className") == "sm-split"
    for key, wanted in (("ArrowRight", 52), ("ArrowLeft", 50), ("PageUp", 60), ("PageDown", 50)):
        opened.page.keyboard.press(key)
        assert share(opened) == wanted
    box = opened.page.locator(".sm-split").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.mouse.move(*middle)
    opened.page.mouse.down()
    opened.page.mouse.move(width * 0.3, middle[1], steps=3)
    opened.page.mouse.up()
    assert share(opened) == 30
    clip = opened.page.evaluate("document.querySelector('.sm-second').style.clipPath")
    assert float(re.search(r"([\d.]+)px\)$", clip)[1]) == pytest.approx(width * 0.3, abs=1)
    devtools = opened.page.context.new_cdp_session(opened.page)
    for kind, x in (("touchStart", width * 0.3), ("touchMove", width * 0.5), ("touchMove", width * 0.6), ("touchEnd", None)):  # fmt: skip
        points = [] if x is None else [{"x": x, "y": middle[1]}]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    opened.comes_to("return document.querySelector('.sm-split').ariaValueNow", "60")
    reached = opened.page.evaluate(
        "['.sm-other .sm-away', '#sm-other-day', '#sm-other-story', '.sm-split'].map(q => document.querySelector(q))"
        ".map(e => { const b = e.getBoundingClientRect();"
        "return e.contains(document.elementFromPoint((b.left + b.right) / 2, (b.top + b.bottom) / 2)) })"
    )
    assert all(reached)
    quiet(opened)


def test_both_maps_go_together(open_page, file):
    opened = open_page(file).ready()
    begin(opened)
    spot = "const b = o.kit.beside.map(), p = m => m.latLngToContainerPoint([44, 2]); const [x, y] = [p(o.map), p(b)]; return Math.hypot(x.x - y.x, x.y - y.y)"  # fmt: skip
    assert opened.run(spot) < 1.5
    opened.run("o.map.setView([44.2, 2.5], 9, {animate: false})")
    assert opened.run(spot) < 1.5
    opened.page.mouse.move(900, 300)
    opened.page.mouse.down()
    opened.page.mouse.move(700, 420, steps=4)
    assert opened.run(spot) < 1.5
    opened.page.mouse.up()
    opened.page.wait_for_timeout(300)
    assert opened.run(spot) < 1.5
    assert opened.page.locator("#sm-panel").is_hidden(), "a drag is no click"
    opened.run("o.map.removeLayer(o.layers.labels)")
    assert not opened.run("return o.kit.beside.map().hasLayer(o.kit.beside.layers().labels)")
    opened.page.set_viewport_size({"width": 800, "height": 600})
    opened.comes_to("return o.map.getSize().x", 800)
    opened.comes_to(spot, pytest.approx(0, abs=1.5))
    quiet(opened)


def test_a_story_beside_all_evidence_and_the_address(open_page, file):
    opened = open_page(file, fragment="#beside=2031-05-04:red").ready()
    opened.until("syriamap.opened.kit.beside.isOn()")
    assert opened.page.locator(".sm-which").all_inner_texts() == ["4 May 2031", "4 May 2031, as told by red"]  # fmt: skip
    assert "Right of it: 4 May 2031, as told by red." in opened.page.title()
    assert "Right of it: 4 May 2031, as told by red." in opened.text("#sm-date")
    opened.page.fill("#sm-other-day", "2031-05-03")
    opened.page.select_option("#sm-other-story", "")
    opened.comes_to("return location.hash.includes('beside=2031-05-03')", True)
    assert "Red" in opened.text(".sm-legend")
    texts = opened.page.evaluate(
        "(async () => { let seen = ''; const real = XMLSerializer.prototype.serializeToString;"
        "XMLSerializer.prototype.serializeToString = function (node) { seen = node.textContent; return real.call(this, node); };"
        "const o = syriamap.opened; await syriamap.picture.make(o.map, o.records, o, o.kit.beside); return seen })()"
    )
    assert "Right of it: 3 May 2031." in texts
    # What is compared in one way is not compared in another too.
    opened.page.get_by_role("button", name="Changes").click()
    assert opened.page.locator(".sm-split").is_hidden()
    assert "What changed" in opened.page.title()
    opened.page.locator(".sm-kit").click()
    opened.page.locator("[data-does=beside]").click()
    assert "What changed" not in opened.page.title()
    quiet(opened)


def test_what_cannot_be_compared_is_passed_over(open_page, file):
    opened = open_page(file, fragment="#beside=2031-05-04:<img>&layers=x").ready()
    assert opened.page.locator(".sm-split").is_hidden()
    opened = open_page(file, fragment="#beside=1999-01-01").ready()
    assert opened.page.locator(".sm-split").is_hidden()
    quiet(opened)


def test_hostile_text_runs_nowhere_side_by_side(open_page, tmp_path):
    days = two_days(hostile_frames)
    theater = days[0].theater
    theater.sides = {"red": EVERYTHING, HOSTILE[0]: EVERYTHING}
    told = {"red": days, HOSTILE[0]: days}
    atoms = atoms_from_territories([day.territory for day in days] * 3, theater)
    series_map(days, atoms, stories=told).save(tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", accept_downloads=True).ready()
    begin(opened)
    for language in ("ar", "en"):
        opened.run(f"syriamap.words.speak('{language}')")
        opened.page.select_option("#sm-other-story", index=2)
        opened.page.locator(".sm-split").focus()
        opened.page.keyboard.press("Home")
        x, y = at(opened, 43.4, 1.9)
        opened.page.mouse.click(x, y)
        assert opened.page.locator(".sm-of-side").is_visible()
        for key in ("geojson", "picture"):
            opened.page.locator(".sm-kit").click()
            with opened.page.expect_download() as waiting:
                opened.page.locator(f"[data-does={key}]").click()
            assert re.fullmatch(r"[\w-]+\.\w+", waiting.value.suggested_filename)
            if key == "geojson":
                waiting.value.save_as(tmp_path / "x.geojson")
                json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    quiet(opened)
