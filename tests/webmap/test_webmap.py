"""The page as text: data, encoding, topology, vendored files, folium's layers, the snippet."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from html import unescape
from importlib import resources
from io import BytesIO

import folium
import folium.plugins
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from fakes import (
    DAY,
    EVERYTHING,
    HOSTILE,
    fake_day,
    fake_frames,
    fake_theater,
    hostile_day,
    made_of,
)
from hypothesis import given, settings, strategies as st
from shapely.geometry import LineString, Point, box

from syriamap.errors import PageError
from syriamap.webmap import control_map, embed_snippet
from syriamap.webmap.columns import coded, date_text, integers, sparse, texts
from syriamap.webmap.data import page_data
from syriamap.webmap.embed import SANDBOX
from syriamap.webmap.encode import inert_html, inert_json, web_link
from syriamap.webmap.inline import SCRIPTS, START
from syriamap.webmap.topology import topology_from_layers

ASSETS = resources.files("syriamap.webmap") / "assets"


@pytest.fixture(scope="module")
def html():
    return control_map(fake_day()).to_html()


# --- encoding ---


@given(st.text())
def test_inert_json_decodes_to_the_same_text(text):
    assert json.loads(inert_json(text)) == re.sub("[\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_inert_json_holds_nothing_active(text):
    encoded = inert_json({text: [text]})
    assert not re.search("[<>&\u2028\u2029]|\\{[{%#]", encoded)
    encoded.encode("utf-8")


def test_inert_json_refuses_nan():
    with pytest.raises(ValueError, match="not JSON compliant"):
        inert_json(float("nan"))


@pytest.mark.parametrize("text", HOSTILE)
def test_inert_html_holds_nothing_active(text):
    escaped = inert_html(text)
    assert not re.search("[<>\"']|\\{[{%#]", escaped)
    assert unescape(escaped) == text.replace("\ud800", "\ufffd")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd",
     "//a.b", "https://", "http:/a", "ftp://a.b/c", 'https://a.b/"onclick="x', "", "https://a.b/<b>",
     "java\nscript:alert(1)", "https://a.b/\nx", "https://[bad/"],
)  # fmt: skip
def test_web_link_refuses(url):
    assert web_link(url) == ""


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c&d=e#f", "HTTP://example.org", " https://a.b/ "]
)
def test_web_link_accepts(url):
    assert web_link(url) == url.strip()


# --- columns ---


def test_columns_keep_every_value():
    values = ["b", "a", None, "b", np.nan]
    stored = coded(values)
    assert [stored["values"][code] for code in stored["codes"]] == ["b", "a", "", "b", ""]
    assert sparse(values) == {"rows": [0, 1, 3], "values": ["b", "a", "b"]}
    assert texts(pd.Series([pd.NaT, "x"], dtype=object)) == ["", "x"]
    assert integers(pd.Series([1.24, np.nan]), scale=10) == [12, 0]
    assert date_text(pd.NaT) == ""


# --- topology ---


def decoded(topology, layer):
    """Geometries of a layer, decoded by the letter of the TopoJSON specification."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

    def line(indices):
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    def geometry(item):
        kind, found = item["type"], item.get("arcs")
        if kind is None:
            return None
        if kind == "LineString":
            return LineString(line(found))
        if kind == "MultiLineString":
            return shapely.MultiLineString([line(part) for part in found])
        polygons = [found] if kind == "Polygon" else found
        rings = [[line(ring) for ring in polygon] for polygon in polygons]
        return shapely.MultiPolygon([shapely.Polygon(first, rest) for first, *rest in rings])

    return [geometry(item) for item in topology["objects"][layer]["geometries"]]


def test_topology_writes_a_shared_border_once():
    west, east = box(0, 0, 1, 1), box(1, 0, 2, 1)
    border = LineString([(1, 1), (1, 0)])
    topology = topology_from_layers({"areas": [west, east], "lines": [border]})
    assert len(topology["arcs"]) == 3
    assert all(map(shapely.equals, decoded(topology, "areas"), [west, east]))
    assert shapely.equals(decoded(topology, "lines")[0], border)


def test_topology_keeps_holes_parts_islands_and_the_order_of_rows():
    ring = shapely.difference(box(0, 0, 4, 4), box(1, 1, 2, 2))
    parts = shapely.MultiPolygon([box(5, 0, 6, 1), box(7, 0, 8, 1)])
    shapes = [
        ring,
        Point(0, 0),
        box(1, 1, 2, 2),
        shapely.Polygon(),
        parts,
        box(9, 9, 9.00001, 9.00001),
    ]
    found = decoded(topology_from_layers({"a": shapes}), "a")
    assert found[1] is None
    assert found[3] is None
    assert found[5] is None
    for row in (0, 2, 4):
        assert shapely.equals(found[row], shapes[row])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 60), st.integers(2, 5))
def test_topology_of_a_coverage_is_a_coverage_of_the_same_areas(seed, points, groups):
    generator = np.random.default_rng(seed)
    sites = shapely.MultiPoint(generator.uniform(0, 5, (points, 2)))
    frame = box(0, 0, 5, 5)
    cells = shapely.intersection(
        np.array(shapely.voronoi_polygons(sites, extend_to=frame).geoms), frame
    )
    group = generator.integers(0, groups, len(cells))
    areas = [shapely.coverage_union_all(cells[group == g]) for g in np.unique(group)]
    found = decoded(topology_from_layers({"areas": areas}), "areas")
    for area, back in zip(areas, found, strict=True):
        assert shapely.area(back) == pytest.approx(shapely.area(area), abs=2e-3)
    assert sum(map(shapely.area, found)) == pytest.approx(25)


# --- data ---


def test_page_data_is_plain_json_and_counts_what_was_used():
    data = page_data(fake_day(villages=20))
    page = json.loads(json.dumps(data, allow_nan=False))["page"]
    assert (page["theater"], page["until"], page["newest"]) == ("Fakeland", *["2031-05-04"] * 2)
    assert page["claims"] == 5, "the claim of June does not count in May"
    assert page["publishers"] == 3
    assert page["latest_report"] == "2031-05-05"
    assert page["known_by"] == ""


def test_sizes_of_one_date_are_those_of_the_same_day_through_time():
    day = fake_day(villages=20)
    sizes = page_data(day)["areas"]["km2"]
    assert sizes == pytest.approx([float(km2) for km2 in day.territory["area_km2"]], abs=0.0006)


def test_known_by_leaves_later_reports_out():
    frames = fake_frames() | {"known_by": pd.Timestamp("2031-05-03")}
    page = page_data(made_of(frames))["page"]
    assert (page["claims"], page["known_by"]) == (2, "2031-05-03")


def test_places_are_in_order_of_importance_and_evidence_points_at_them():
    data = page_data(fake_day(villages=40))
    names = data["places"]["name"]
    assert names[:3] == ["Alpha", "Beta", "Gamma"]
    assert [names[row] for row in data["evidence"]["place"]] == ["Alpha", "Beta", "Gamma"]
    number = data["evidence"]["deciding"][0][0]
    own = [row for row, place in enumerate(data["claims"]["place"]) if place == 0]
    claim = own[number] if number >= 0 else -1 - number
    source = data["claims"]["source"][claim]
    title = data["claims"]["title"]["values"][source]
    assert title == "Report c2", "the weightiest comes first"


def test_only_actors_that_appear_are_on_the_page():
    data = page_data(fake_day())
    assert data["actors"]["id"] == ["red", "green", "blue"]


def test_actor_unknown_to_the_theater_still_has_a_name_and_a_color():
    frames = fake_frames()
    frames["territory"]["actor"] = frames["territory"]["actor"].replace("blue", "pirates")
    data = page_data(made_of(frames))
    row = data["actors"]["id"].index("pirates")
    assert data["actors"]["name"][row] == "pirates"
    assert re.fullmatch("#[0-9a-f]{6}", data["actors"]["color"][row])


def test_a_theater_with_nothing_but_places_and_a_border_has_a_page():
    empty = gpd.GeoDataFrame({"name": []}, geometry=[], crs="EPSG:4326")
    layers = dict.fromkeys(("water", "admin1", "neighbors", "roads", "disputed"), empty)
    bare = fake_theater(**layers, attribution=())
    frames = fake_frames() | {"theater": bare}
    for frame in ("claims", "control", "frontline", "events", "territory"):
        frames[frame] = frames[frame].iloc[:0]
    assert "Fakeland" in control_map(made_of(frames)).to_html()


def test_hostile_colors_never_reach_the_page():
    data = page_data(hostile_day())
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in data["actors"]["color"])


def test_hostile_links_never_reach_the_page():
    data = page_data(hostile_day())
    assert set(data["claims"]["url"]["values"]) <= {"", "https://example.org/good"}


# --- the document ---


def test_page_is_self_contained(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.split("style-src")[0]
    outside = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)
    assert not re.search(
        r"<script[^>]+src=|<link[^>]+href=|@import|url\(['\"]?(https?:)?//", outside
    )


def test_every_script_is_named_by_the_policy(html):
    import base64

    for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert ("application/json" in attributes) or f"'sha256-{digest}'" in html


def test_same_input_same_bytes(html):
    page = control_map(fake_day())
    assert page.to_html() == html
    assert page.to_html() == html, "and rendering twice changes nothing"


def test_page_can_be_zoomed_and_says_its_language(html):
    assert '<html lang="en" dir="ltr">' in html
    assert "user-scalable" not in html
    assert html.index('charset="utf-8"') < 1024


def test_no_token_is_left(html):
    assert "__SYRIAMAP" not in html


def test_hostile_text_runs_nowhere_while_the_page_is_built(monkeypatch):
    monkeypatch.delenv("SYRIAMAP_PWNED", raising=False)
    page = control_map(hostile_day())
    html = page.to_html() + page._repr_html_()
    assert "SYRIAMAP_PWNED" not in os.environ
    stored = re.search(r'id="syriamap-data">(.*?)</script>', html, re.DOTALL)[1]
    assert EVERYTHING.replace("\ud800", "\ufffd") in json.loads(stored)["places"]["name"]
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
    assert EVERYTHING.replace("\ud800", "\ufffd") in unescape(title)


@pytest.mark.parametrize("text", HOSTILE)
def test_each_hostile_text_alone_leaves_the_build_whole(text):
    assert "</html>" in control_map(hostile_day(text)).to_html()


def test_save_is_atomic_and_makes_folders(tmp_path, html):
    path = tmp_path / "deep" / "map.html"
    control_map(fake_day()).save(path)
    assert path.read_text(encoding="utf-8") == html
    assert [file.name for file in path.parent.iterdir()] == ["map.html"]


def test_save_takes_a_file(html):
    file = BytesIO()
    control_map(fake_day()).save(file, close_file=False)
    assert file.getvalue().decode() == html


def test_failed_save_leaves_the_old_file(tmp_path):
    path = tmp_path / "map.html"
    path.write_text("old")
    page = control_map(fake_day())
    folium.plugins.AntPath([[44, 2], [45, 3]]).add_to(page)
    with pytest.raises(PageError, match="makes no request"):
        page.save(path)
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_every_way_of_folium_gives_the_finished_page(html):
    page = control_map(fake_day())
    assert page.get_root().render() == html


def test_notebook_shows_a_sandboxed_frame(html):
    shown = control_map(fake_day(), height=500)._repr_html_()
    assert f'sandbox="{SANDBOX}"' in shown
    assert "height:500px" in shown
    assert unescape(re.search(r'srcdoc="([^"]*)"', shown)[1]).startswith("<!DOCTYPE html>")


def test_folium_layers_can_be_added_and_folium_itself_is_unchanged():
    page = control_map(fake_day())
    folium.Marker([44, 3], popup="here").add_to(page)
    assert "L.marker(" in page.to_html()
    assert "jquery" in [name for name, _ in folium.Map().default_js]
    assert "jquery@" not in page.to_html().lower()


# --- vendored files and assets ---


def test_vendored_files_are_the_pinned_ones():
    pins = tomllib.loads((ASSETS / "vendor" / "pins.toml").read_text())
    pinned = {name: sha for library in pins.values() for name, sha in library["files"].items()}
    root = ASSETS / "vendor"
    found = {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and path.name != "pins.toml"
    }
    assert found == pinned


def test_no_script_of_ours_parses_html_or_evaluates_text():
    for name in (*START, *SCRIPTS):
        text = (ASSETS / "js" / f"{name}.js").read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                     "new Function", "fetch(", "XMLHttpRequest", "import("):  # fmt: skip
            assert word not in text, f"{name}.js: {word}"
        assert '"use strict";' in text


def test_every_script_is_in_the_page():
    files = {path.stem for path in (ASSETS / "js").iterdir()}
    assert files == {*START, *SCRIPTS, "folium"}, "and that one when folium's popups are there"


# --- embedding ---


def test_embed_snippet(tmp_path):
    path = tmp_path / "a map.html"
    control_map(fake_day()).save(path)
    snippet = embed_snippet(path)
    assert 'src="a%20map.html"' in snippet
    assert (
        'title="Control in Fakeland, 4 May 2031 · with reports published to 5 May 2031"' in snippet
    )
    assert f'sandbox="{SANDBOX}"' in snippet
    assert "allow-same-origin" not in SANDBOX
    assert "allow-top-navigation" not in SANDBOX
    assert 'loading="lazy"' in snippet
    assert "aspect-ratio:4/3" in snippet


def test_embed_snippet_escapes_everything(tmp_path):
    path = tmp_path / "map.html"
    control_map(hostile_day()).save(path)
    for snippet in (
        embed_snippet(path),
        embed_snippet(path, EVERYTHING, src=EVERYTHING, caption=EVERYTHING),
    ):
        assert re.findall(r"<(\w+)", snippet) == ["figure", "iframe", "figcaption", "a"]
        assert "{{" not in snippet


def test_embed_snippet_needs_a_page(tmp_path):
    with pytest.raises(PageError, match="cannot be read"):
        embed_snippet(tmp_path / "none.html")
    other = tmp_path / "other.html"
    other.write_text("<p>nothing</p>")
    with pytest.raises(PageError, match="no <title>"):
        embed_snippet(other)


def test_date_may_be_text_or_date():
    import datetime

    for day in ("2031-05-04", datetime.date(2031, 5, 4), DAY):
        page = page_data(made_of(fake_frames() | {"date": day}))["page"]
        assert page["date"] == "2031-05-04"
