"""What a reader gets at: few marks, names at their dots, answers, lists, copies that keep their meaning."""

from __future__ import annotations

import json
import re

import folium
import pytest
from fakes import fake_day, fake_frames, made_of

from syriamap.errors import PageError
from syriamap.files import SyriamapWarning
from syriamap.webmap import control_map, embed_snippet
from syriamap.webmap.inline import script_of

browser = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("reading") / "map.html"
    frames = fake_frames(villages=40)
    frames["claims"]["archive_url"] = "https://archive.example/1"
    control_map(made_of(frames)).save(path)
    return path


@browser
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740), (740, 360)])
def test_every_row_of_the_layers_can_be_reached(open_page, file, width, height):
    opened = open_page(file, width=width, height=height).ready()
    opened.page.locator(".leaflet-control-layers-toggle").focus()
    opened.page.keyboard.press("Enter")
    rows = opened.page.locator(".leaflet-control-layers-overlays label")
    rows.first.wait_for()
    for row in rows.all():
        row.scroll_into_view_if_needed()
        assert row.evaluate(
            "e => { const b = e.getBoundingClientRect();"
            "return e.contains(document.elementFromPoint(b.left + 20, b.top + b.height / 2)); }"
        )
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".leaflet-control-layers-overlays").is_hidden()


@browser
@pytest.mark.parametrize("zoom", [6, 7.5, 9, 10])
def test_no_name_is_nearer_to_another_dot(open_page, file, zoom):
    opened = open_page(file).ready()
    opened.run(f"o.map.setView([44.6, 3.2], {zoom}, {{animate: false}})")
    wrong = opened.run(
        """
        if (document.querySelector('.sm-leader')) return [];
        const {name} = o.records.places, shown = o.layers.dots._shown;
        return [...document.querySelectorAll('.sm-name-city, .sm-name-town, .sm-name-village')]
          .filter(label => {
            const [x, y] = label.style.translate.match(/-?[\\d.]+(?=px)/g).map(Number);
            const w = parseFloat(label.style.width), h = label.offsetHeight;
            const away = p => Math.hypot(
              Math.max(x - p.x, 0, p.x - x - w), Math.max(y - p.y, 0, p.y - y - h));
            const first = shown.reduce((a, b) => (away(b) < away(a) ? b : a));
            return name[first.row] !== label.querySelector('bdi').textContent;
          }).map(label => label.textContent);
        """
    )
    assert wrong == []


@browser
def test_names_of_neighbors_are_whole_and_beside_the_country(open_page, file):
    opened = open_page(file, width=700, height=560).ready()
    found = opened.run(
        """
        const seen = [], edge = o.map.getContainer().getBoundingClientRect();
        for (const lat of [42.6, 44.6, 46.6]) for (const lon of [0.2, 1.2, 3.2, 5.8, 6.6]) {
          o.map.setView([lat, lon], 6 + (lon > 3), {animate: false});
          for (const label of document.querySelectorAll('.sm-neighbor')) {
            const b = label.getBoundingClientRect();
            const at = x => o.map.containerPointToLatLng(
              [x - edge.left, (b.top + b.bottom) / 2 - edge.top]);
            const over = [b.left, (b.left + b.right) / 2, b.right].map(at)
              .some(({lat, lng}) => 1 < lng && lng < 6 && 43 < lat && lat < 46.5);
            const cut = b.left < edge.left || b.right > edge.right
              || b.top < edge.top || b.bottom > edge.bottom;
            seen.push([label.textContent, over, cut]);
          }
        }
        return seen;
        """
    )
    assert {name for name, _, _ in found} == {"Westland", "Eastland", "Northland"}
    assert [name for name, over, cut in found if over or cut] == []


@browser
def test_the_whole_country_shows_few_marks_and_more_come_nearer(open_page, file):
    opened = open_page(file).ready()
    count = "return o.layers.dots._shown.length"
    opened.run("o.map.setView([44.6, 3.2], 7, {animate: false})")
    far = opened.run(count)
    assert opened.run("return o.layers.sites.getLayers().length") == 0
    opened.run("o.map.setView([44.6, 3.2], 9.25, {animate: false})")
    assert opened.run(count) > far
    assert opened.run("return o.layers.sites.getLayers().length") > 0
    assert "Air base" in opened.text(".sm-legend")
    opened.run("o.map.setView([44.6, 3.2], 7, {animate: false})")
    assert "Air base" not in opened.text(".sm-legend"), "the legend is of what is on the map"


@browser
def test_the_nearest_target_wins_a_click(open_page, file):
    opened = open_page(file).ready()
    for lat in (43.3, 43.7, 44.2):
        x, y = opened.run(
            f"const p = o.map.latLngToContainerPoint([{lat}, 3]); return [p.x + 3, p.y]"
        )
        opened.page.mouse.click(x, y)
        assert "Front line" in opened.text("#sm-panel h2")
    x, y = opened.run("const p = o.map.latLngToContainerPoint([44.5, 2]); return [p.x, p.y]")
    opened.page.mouse.move(x, y)
    opened.page.wait_for_selector(".sm-tip")
    assert "Red Army" in opened.text(".sm-tip")


@browser
def test_the_panel_begins_with_a_sentence_and_groups_claims(open_page, file):
    opened = open_page(file).ready()
    opened.run("o.openPlace(o.records.places.name.indexOf('Alpha'), false)")
    said = opened.text("#sm-panel .sm-summary")
    assert said == ("Red Army since 1 May 2031: 2 sources by 1 publisher.")
    assert "example.org" in opened.text("#sm-panel")
    archived = opened.page.locator("#sm-panel a", has_text="archived copy").first
    assert archived.get_attribute("href") == "https://archive.example/1"


@browser
def test_events_have_a_list_that_can_be_narrowed_and_ordered(open_page, file):
    opened = open_page(file).ready()
    opened.page.locator("#sm-events summary").click()
    rows = opened.page.locator("#sm-events tbody tr")
    rows.first.wait_for()
    assert rows.count() == 2
    opened.page.locator("#sm-events select").first.select_option("struck")
    assert rows.all_inner_texts()[0].startswith("Strike")
    assert rows.count() == 1
    opened.page.locator("#sm-events select").first.select_option("")
    opened.page.locator("#sm-events .sm-filter").fill("gamma")
    assert rows.count() == 1
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#sm-events tbody").is_hidden()
    assert opened.page.evaluate("document.activeElement.closest('details').id") == "sm-events"


@browser
def test_coordinates_and_roads_are_found(open_page, file):
    opened = open_page(file).ready()
    field = opened.page.locator("#sm-find")
    field.fill("44°30'N 2°0'E")
    assert "44.5000, 2.0000" in opened.text(".sm-found")
    field.press("Enter")
    center = "const c = o.map.getCenter(); return [c.lat, c.lng]"
    opened.comes_to(center, pytest.approx([44.5, 2.0], abs=0.05))
    field.fill("r1")
    assert "road" in opened.text(".sm-found")
    field.press("Escape")
    assert field.input_value() == ""


@browser
def test_a_saved_copy_opens_as_the_original(open_page, file, tmp_path):
    opened = open_page(file).ready()
    paths = opened.run("return document.querySelectorAll('.leaflet-pane path').length")
    opened.run("o.openPlace(0, false)")
    copy = tmp_path / "copy.html"
    copy.write_text("<!DOCTYPE html>\n" + opened.page.content(), encoding="utf-8")
    again = open_page(copy).ready()
    assert again.run("return document.querySelectorAll('.leaflet-pane path').length") == paths
    assert again.page.locator("#sm-find").count() == 1
    for once in (".sm-legend", ".sm-defs", ".sm-title"):
        assert again.page.locator(once).count() == 1
    assert again.messages == []


@browser
def test_a_side_whose_name_is_a_sign_of_packing_breaks_nothing(open_page, tmp_path):
    frames = fake_frames(villages=3)
    frames["theater"].sides = {"~": "nX", "red": "The red side"}
    frames["theater"].actors.loc["grey", "side"] = "~"
    control_map(made_of(frames)).save(tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html").ready()
    assert opened.run("return o.records.page.sides['~']") == "nX"
    assert opened.messages == []


@browser
def test_in_an_article_the_wheel_and_one_finger_stay_with_it(open_page, file, tmp_path):
    report = file.with_name("article.html")
    report.write_text(
        "<!DOCTYPE html><meta name=viewport content='width=device-width'><body>"
        + embed_snippet(file),
        encoding="utf-8",
    )
    opened = open_page(report, width=360, height=740, has_touch=True, is_mobile=True)
    frame = next(one for one in opened.page.frames if one != opened.page.main_frame)
    frame.wait_for_selector("html[data-syriamap=ready]")
    box = opened.page.locator("iframe").bounding_box()
    assert box["height"] >= 480
    assert box["width"] > 330
    has = "syriamap.opened.map.{}.enabled()"
    assert not frame.evaluate(has.format("scrollWheelZoom"))
    assert not frame.evaluate(has.format("dragging"))
    assert frame.evaluate(has.format("touchZoom"))
    card = frame.locator(".sm-title").bounding_box()
    assert card["height"] < 60, "one line, and the rest in a sheet"
    frame.locator("#sm-more").click()
    assert frame.locator("#sm-find").is_visible()


@browser
def test_on_a_phone_held_across_the_title_is_a_line(open_page, two_days_file):
    opened = open_page(two_days_file, width=740, height=360).ready()
    card = opened.page.locator(".sm-title")
    assert card.bounding_box()["height"] < 60
    assert opened.page.locator(".sm-readout").is_hidden(), "it would lie over the buttons"
    high = card.bounding_box()["height"]
    opened.page.locator("#sm-more").click()
    assert card.bounding_box()["height"] > high + 10, "what it was published to"


# --- folium ---


@browser
def test_icons_of_folium_are_pins(open_page, tmp_path):
    page = control_map(fake_day(villages=2))
    folium.Marker([44.2, 2.5], icon=folium.Icon(color="red")).add_to(page)
    page.save(tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html").ready()
    assert opened.page.locator(".leaflet-marker-pane svg path[fill=red]").count() == 1
    assert opened.messages == []
    assert repr(page).startswith("<ControlMap 'Control in Fakeland, 4 May 2031")


def test_tiles_of_folium_are_allowed_and_told(tmp_path):
    page = control_map(fake_day(villages=2))
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="me").add_to(page)
    with pytest.warns(SyriamapWarning, match=r"asks https://\*\.tiles\.example for pictures"):
        page.save(tmp_path / "map.html")
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "img-src data: https://*.tiles.example;" in html
    unsafe = control_map(fake_day(villages=2))
    folium.TileLayer("http://tiles.example/{z}/{x}/{y}.png", attr="me").add_to(unsafe)
    with pytest.raises(PageError, match="https only"):
        unsafe.save(tmp_path / "no.html")


# --- what copies say ---


def test_head_and_snippet_say_what_the_map_is(tmp_path):
    frames = fake_frames(villages=1) | {"according_to": "red"}
    control_map(made_of(frames)).save(tmp_path / "map.html")
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    told = "Control in Fakeland, 4 May 2031 · as told by red · with reports published to 5 May 2031"
    assert f"<title>{told}</title>" in html
    assert f'<meta property="og:description" content="{told}">' in html
    snippet = embed_snippet(tmp_path / "map.html", src="https://news.example/map.html")
    assert f"<figcaption>{told} · " in snippet
    assert 'src="https://news.example/map.html"' in snippet
    assert 'style="margin:0"' in snippet


def test_a_snippet_tells_of_the_day_and_story_that_it_opens_with(tmp_path):
    control_map(fake_day(villages=1)).save(tmp_path / "map.html")
    page = tmp_path / "map.html"
    text = page.read_text(encoding="utf-8")
    data = re.search(r'id="syriamap-data">(.*?)</script>', text, re.DOTALL)[1]
    told = json.loads(data)
    told["page"] |= {
        "newest_on": {"": {"2031-05-03": "2031-05-03"}, "red": {"2031-05-03": "2031-04-01"}},
        "sides": {"red": "the red side"},
    }
    page.write_text(text.replace(data, json.dumps(told)), encoding="utf-8")
    snippet = embed_snippet(page, state="#date=2031-05-03&story=red")
    assert (
        "Control in Fakeland, 3 May 2031 · as told by the red side · last report 32 days" in snippet
    )
    assert 'src="map.html#date=2031-05-03&amp;story=red"' in snippet
    for state, complaint in (("date=2031-06-01", "no day"), ("story=blue", "no story")):
        with pytest.raises(PageError, match=complaint):
            embed_snippet(page, state=state)


def test_the_threshold_of_age_is_one():
    assert "__SYRIAMAP_" not in script_of()


@browser
def test_bare_ground_says_that_nobody_reports_from_there(open_page, file):
    opened = open_page(file).ready()
    assert "no reports" in opened.text(".sm-bare")
    opened.run("syriamap.words.speak('ar')")
    assert "لا إفادات" in opened.text(".sm-bare")
