"""What a reader can do with a page besides looking: measure, find, download, save, read how to read it."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
import shapely
from fakes import EVERYTHING, whole_day

from syriamap.export import export_map
from syriamap.webmap import control_map, embed_snippet

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(whole_file):
    return whole_file


def choose(opened, key):
    opened.page.locator(".sm-kit").click()
    opened.page.locator(f"[data-does={key}]").click()


def downloaded(opened, key, folder):
    with opened.page.expect_download() as waiting:
        choose(opened, key)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def quiet(opened):
    assert opened.requests == []
    assert opened.messages == []
    assert opened.page.evaluate("window.PWNED") is None


# --- coordinates ---


def test_coordinates_agree_with_the_libraries(open_page, file):
    mgrs = pytest.importorskip("mgrs").MGRS()
    from pyproj import Geod

    chance = np.random.default_rng(7)
    points = [
        (
            chance.uniform(-80, 84),
            chance.uniform(-180, 180),
            chance.uniform(-3, 3),
            chance.uniform(-5, 5),
        )
        for _ in range(300)
    ]
    points += [(60, 5, 1, 1), (75, 10, 0.5, 12), (72.5, 40.9, 1, 1), (0, 0, 1, 1), (-0.0001, 9, -1, 1), (36.2, 37.16, 0, 0)]  # fmt: skip
    opened = open_page(file).ready()
    told = opened.page.evaluate(
        "points => { const c = syriamap.coordinates; return points.map(([lat, lon, up, on]) => "
        "[c.mgrs(lat, lon), c.read(c.mgrs(lat, lon)), c.read(c.dms(lat, lon)), c.read(c.decimal(lat, lon)), "
        "c.meters([lat, lon], [lat + up, lon + on])]) }",
        points,
    )
    geod = Geod(ellps="WGS84")
    for (lat, lon, up, on), (grid, *read, meters) in zip(points, told, strict=True):
        assert grid.replace(" ", "") == mgrs.toMGRS(lat, lon)
        reach = (0.75, 2.5, 1.2)
        for back, most in zip(read, reach, strict=True):
            if back is None:  # a search takes what the map can show
                assert abs(lat) > 80
                continue
            assert geod.inv(lon, lat, back[1], back[0])[2] < most
        assert meters == pytest.approx(geod.inv(lon, lat, lon + on, lat + up)[2], abs=0.001)


WRITTEN = [
    ("34.73, 36.72", 34.73, 36.72),
    ("34,73; 36,72", 34.73, 36.72),
    ("N34.73 E36.72", 34.73, 36.72),
    ("36.72E 34.73N", 34.73, 36.72),
    ("34°43′48″N 36°43′12″E", 34.73, 36.72),
    ("34°43.8'N, 36°43.2'E", 34.73, 36.72),
    ("٣٤٫٧٣، ٣٦٫٧٢", 34.73, 36.72),
    ("-34 -36", -34, -36),
    ("37SBU5123445678", 34.7229, 36.2833),
    ("37s bu 512 456", 34.7227, 36.2835),
    ("37S BU", 34.7616, 36.2686),
]


def test_coordinates_in_every_form_are_read(open_page, file):
    opened = open_page(file).ready()
    found = opened.page.evaluate(
        "all => all.map(syriamap.coordinates.read)", [one for one, _, _ in WRITTEN]
    )
    for (written, lat, lon), at in zip(WRITTEN, found, strict=True):
        assert at == pytest.approx([lat, lon], abs=1e-3), written


def test_what_is_no_coordinate_is_none(open_page, file):
    wrong = ["", "m5", "34.73", "91, 3", "34 61'N 36E", "34N 36N", "61S BU 1 1", "37S IU 1 1", "37S BU 123 45", "-34S 3E", EVERYTHING]  # fmt: skip
    opened = open_page(file).ready()
    assert opened.page.evaluate("all => all.map(syriamap.coordinates.read)", wrong) == [None] * len(
        wrong
    )


def test_the_search_takes_the_grid(open_page, file):
    opened = open_page(file).ready()
    opened.page.fill("#sm-find", "31T DJ 21234 25678")
    opened.page.keyboard.press("Enter")
    opened.until("syriamap.opened.map.getZoom() >= 10")
    center = opened.run(
        "const c = o.map.getCenter(); return syriamap.coordinates.mgrs(c.lat, c.lng)"
    )
    assert center.startswith("31T DJ 212")
    quiet(opened)


def test_the_readout_follows_the_pointer_and_changes_its_form(open_page, file):
    opened = open_page(file).ready()
    opened.page.mouse.move(700, 450)
    opened.page.wait_for_timeout(60)
    at = opened.run("const c = o.map.containerPointToLatLng([700, 450]); return [c.lat, c.lng]")
    readout = opened.page.locator(".sm-readout")
    told = [float(part) for part in readout.inner_text().split(", ")]
    assert told == pytest.approx(at, abs=1e-4)
    readout.focus()
    opened.page.keyboard.press("Enter")
    assert "°" in readout.inner_text()
    opened.page.keyboard.press("Enter")
    assert readout.inner_text().startswith("31T ")
    quiet(opened)


# --- ruler ---


def test_the_ruler_measures_clicks_and_opens_no_panel(open_page, file):
    opened = open_page(file).ready()
    choose(opened, "ruler")
    points = [[500, 400], [800, 420], [820, 600]]
    for x, y in points:
        opened.page.mouse.click(x, y)
    assert opened.page.locator("#sm-panel").is_hidden()
    meters = opened.run(
        f"const at = {points}.map(p => o.map.containerPointToLatLng(p)).map(p => [p.lat, p.lng]);"
        "const m = syriamap.coordinates.meters; return m(at[0], at[1]) + m(at[1], at[2])"
    )
    told = opened.text(".sm-length")
    assert told == f"{meters / 1e3:.0f}\xa0km ({meters / 1609.344:.0f} mi)"
    assert opened.page.locator(".sm-leg").count() == 2
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".sm-ruler").is_hidden()
    assert opened.page.evaluate("document.activeElement.className") == "sm-tool sm-kit"
    opened.page.mouse.click(500, 400)
    assert opened.page.locator("#sm-panel").is_visible()
    quiet(opened)


def test_the_ruler_works_by_keys_alone(open_page, file):
    opened = open_page(file).ready()
    opened.page.locator(".sm-kit").focus()
    opened.page.keyboard.press("Enter")
    for _ in range(5):
        if opened.page.evaluate("document.activeElement.dataset.does") == "ruler":
            break
        opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Enter")
    opened.run("o.map.panBy([100, 0], {animate: false})")
    opened.page.keyboard.press("Enter")
    assert "km" in opened.text(".sm-length")
    assert opened.page.locator(".sm-cross").is_visible()
    opened.page.keyboard.press("Backspace")
    assert "From" in opened.text(".sm-length")
    quiet(opened)


# --- the list and the dialog ---


@pytest.mark.parametrize(("width", "height"), [(360, 740), (740, 360), (1280, 720)])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_on_the_list_is_in_reach(open_page, file, width, height, language):
    opened = open_page(file, width=width, height=height, fragment=f"#lang={language}").ready()
    opened.page.locator(".sm-kit").click()
    reached = opened.page.evaluate(
        "[...document.querySelectorAll('.sm-work')].map(e => { const b = e.getBoundingClientRect();"
        "return e.contains(document.elementFromPoint((b.left + b.right) / 2, (b.top + b.bottom) / 2)) })"
    )
    assert len(reached) >= 5
    assert all(reached)
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".sm-menu").is_hidden()
    assert opened.page.evaluate("document.activeElement.className") == "sm-tool sm-kit"
    opened.page.locator(".sm-kit").click()
    opened.page.mouse.click(width / 2, height / 2 + 60)
    assert opened.page.locator(".sm-menu").is_hidden()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_how_to_read_the_map_in_both_languages(open_page, file, language):
    opened = open_page(file, fragment=f"#lang={language}").ready()
    opened.run("o.openPlace(0, false)")
    choose(opened, "guide")
    dialog = opened.page.locator("dialog.sm-guide")
    assert dialog.is_visible()
    assert dialog.locator("h3").count() == 8
    assert {"en": "A claim is not control", "ar": "الادعاء ليس سيطرة"}[
        language
    ] in dialog.inner_text()
    opened.page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert opened.page.locator("#sm-panel").is_visible(), "Escape closes one thing"
    assert opened.page.evaluate("document.activeElement.className") == "sm-tool sm-kit"
    quiet(opened)


# --- downloads ---


def test_the_downloads_are_what_export_writes(open_page, file, tmp_path):
    opened = open_page(file, accept_downloads=True).ready()
    made = json.loads(downloaded(opened, "geojson", tmp_path).read_text(encoding="utf-8"))
    export_map(whole_day(), tmp_path / "by-export.geojson")
    wanted = json.loads((tmp_path / "by-export.geojson").read_text(encoding="utf-8"))
    assert (tmp_path / "fakeland-2031-05-04.geojson").exists()
    for layer in ("territory", "frontline", "place", "event"):
        ours, theirs = (
            [one for one in parts["features"] if one["properties"]["layer"] == layer]
            for parts in (made, wanted)
        )
        assert len(ours) == len(theirs) > 0
        names = list(ours[0]["properties"])  # names beside ids and styles are an export's alone
        assert names == list(theirs[0]["properties"])[: len(names)]
        keys = {"territory": ("actor", "leaning", "status"), "frontline": ("actor_a", "actor_b", "kind"), "place": ("name", "actor", "status", "evidence"), "event": ("kind", "name", "event_date", "certainty")}[layer]  # fmt: skip
        ours, theirs = (
            sorted(str([one["properties"][key] for key in keys]) for one in parts)
            for parts in (ours, theirs)
        )
        assert ours == theirs
    areas = [shapely.geometry.shape(one["geometry"]) for one in made["features"] if one["properties"]["layer"] == "territory"]  # fmt: skip
    assert all(area.is_valid and area.exterior.is_ccw for area in areas)
    assert sum(area.area for area in areas) == pytest.approx(5 * 3.5, abs=0.01)
    about = made["metadata"]
    assert about["title"].startswith("Control in Fakeland, 4 May 2031 · ")
    assert about["border"] == "Outline as drawn for these tests."
    assert (about["theater"], about["date"]) == ("fakeland", "2031-05-04")

    rows = list(
        csv.DictReader(io.StringIO(downloaded(opened, "csv", tmp_path).read_text(encoding="utf-8")))
    )
    export_map(whole_day(), tmp_path / "by-export.csv")
    with (tmp_path / "by-export.csv").open(encoding="utf-8", newline="") as stream:
        theirs = list(csv.DictReader(stream))
    assert len(rows) == len(theirs)
    assert {key for key in rows[0] if not key.startswith("map_")} <= {
        key for key in theirs[0] if not key.startswith("map_")
    }
    for row in rows[:5]:
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert shapely.from_wkt(row["wkt"]).contains(point)
    assert rows[0]["map_title"]
    assert not rows[1]["map_title"]
    assert rows[1]["map_date"] == "2031-05-04"
    quiet(opened)


@pytest.mark.parametrize("kind", ["article", "notebook"])
def test_a_page_in_a_frame_hands_out_its_files(open_page, file, tmp_path, kind):
    around = file.with_name(f"{kind}.html")
    shown = embed_snippet(file) if kind == "article" else control_map(whole_day())._repr_html_()
    text = f'<!DOCTYPE html><meta charset="utf-8"><body>{shown}'
    around.write_text(text, encoding="utf-8")
    opened = open_page(around, accept_downloads=True, width=1000, height=800)
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-syriamap=ready]").wait_for(state="attached", timeout=20_000)
    for key, beginning in [("geojson", b'{"type":"FeatureCollection"'), ("csv", b"layer,actor"), ("picture", b"\x89PNG")]:  # fmt: skip
        frame.locator(".sm-kit").click()
        with opened.page.expect_download() as waiting:
            frame.locator(f"[data-does={key}]").click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.stem == "fakeland-2031-05-04"
        assert path.read_bytes().startswith(beginning)
    assert opened.messages == []


def test_rings_within_rings_and_rings_that_touch(open_page, file, tmp_path):
    opened = open_page(file).ready()
    opened.run(
        """
        const ring = pairs => pairs.map(([lng, lat]) => L.latLng(lat, lng));
        const square = (w, s, e, n) => ring([[w, s], [e, s], [e, n], [w, n], [w, s]]);
        o.records.areaShape = () => ({ rings: [
          square(0, 0, 9, 9), square(1, 1, 8, 8), square(2, 2, 7, 7),
          ring([[10, 0], [11, 1], [12, 0], [12, 2], [11, 1], [10, 2], [10, 0]]),
        ] });
        """
    )
    made = json.loads(opened.run("return syriamap.download.geojsonText(o.records)"))
    shape = shapely.geometry.shape(made["features"][0]["geometry"])
    assert shape.is_valid
    assert shape.area == pytest.approx(81 - 49 + 25 + 2)
    assert sorted(len(part.interiors) for part in shape.geoms) == [0, 0, 0, 1]


def test_the_picture_says_what_the_page_says(open_page, file, tmp_path):
    from PIL import Image

    opened = open_page(file, accept_downloads=True, width=1000, height=700).ready()
    path = downloaded(opened, "picture", tmp_path)
    assert path.name == "fakeland-2031-05-04.png"
    image = Image.open(path).convert("RGB")
    assert image.width > 2000
    colors = {color for _, color in image.getcolors(1 << 24)}

    def near(wanted):
        return any(max(abs(a - b) for a, b in zip(one, wanted, strict=True)) < 12 for one in colors)

    assert near((220, 113, 121)), "red ground"
    assert near((22, 22, 22)), "the front"
    # The same texts as on paper, as text of the drawing that is painted.
    texts = opened.page.evaluate(
        "(async () => { let seen = ''; const real = XMLSerializer.prototype.serializeToString;"
        "XMLSerializer.prototype.serializeToString = function (node) { seen = node.textContent; return real.call(this, node); };"
        "const o = syriamap.opened; await syriamap.picture.make(o.map, o.records, o); return seen })()"
    )
    for words in ("Control in Fakeland, 4 May 2031", "published to 5 May 2031", "Red", "Contested", "Outline as", "Alpha", "invented"):  # fmt: skip
        assert words in texts
    assert opened.page.locator(".sm-picture").count() == 0
    quiet(opened)


# --- hostile text ---


def test_hostile_text_runs_nowhere_in_what_a_reader_takes_along(open_page, hostile_file, tmp_path):
    opened = open_page(hostile_file, accept_downloads=True).ready()
    for language in ("en", "ar"):
        opened.run(f"syriamap.words.speak('{language}')")
        made = json.loads(downloaded(opened, "geojson", tmp_path).read_text(encoding="utf-8"))
        assert "<img src=x" in made["metadata"]["title"]
        rows = list(
            csv.reader(io.StringIO(downloaded(opened, "csv", tmp_path).read_text(encoding="utf-8")))
        )
        assert len({len(row) for row in rows}) == 1
        cells = [cell for row in rows[1:] for cell in row]
        numbers = {cell for cell in cells if cell.lstrip("-").replace(".", "").isdigit()}
        assert not [cell for cell in set(cells) - numbers if cell[:1] in "=+-@\t\r" and cell]
        assert downloaded(opened, "picture", tmp_path).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        choose(opened, "guide")
        opened.page.keyboard.press("Escape")
        choose(opened, "ruler")
        opened.page.mouse.click(600, 500)
        opened.page.keyboard.press("Escape")
    opened.page.fill("#sm-find", EVERYTHING.replace("\ud800", ""))
    quiet(opened)


def test_formulas_are_neutral_in_a_table(open_page, file):
    opened = open_page(file).ready()
    opened.run(
        "['=1+1', '+1', '-1', '@x', '\\tx', '\\rx', 'a\"b,c\\nd'].forEach((t, i) => { o.records.places.name[i] = t })"
    )
    rows = list(
        csv.DictReader(
            io.StringIO(opened.run("return syriamap.download.csvText(o.records)"), newline="")
        )
    )
    names = [row["name"] for row in rows if row["layer"] == "place"][:7]
    assert names == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", 'a"b,c\nd']
