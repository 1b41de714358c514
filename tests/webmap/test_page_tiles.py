"""Tiles behind the map, only where they are asked for."""

from __future__ import annotations

import re

import pytest
from fakes import fake_day

from syriamap.errors import PageError
from syriamap.files import SyriamapWarning
from syriamap.webmap import PageOptions, control_map
from syriamap.webmap.tiles import tiles_named

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tiles") / "map.html"
    with pytest.warns(SyriamapWarning, match="terms of use"):
        page = control_map(fake_day(), options=PageOptions(tiles="OpenStreetMap.Mapnik"))
    page.save(path)
    return path


def test_tiles_by_name():
    tiles = tiles_named("openstreetmap mapnik")
    assert tiles.name == "OpenStreetMap.Mapnik"
    assert tiles.url == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert tiles.hosts == ("https://tile.openstreetmap.org",)
    assert ("OpenStreetMap", "https://www.openstreetmap.org/copyright") in tiles.attribution
    assert "".join(text for text, _ in tiles.attribution) == "© OpenStreetMap contributors"


def test_a_key_that_is_wanted_is_asked_for_and_taken():
    with pytest.raises(PageError, match=r"wants .*key"):
        tiles_named("Thunderforest.Landscape")
    tiles = tiles_named("Thunderforest.Landscape?apikey=abc")
    assert "apikey=abc" in tiles.url
    assert all(host.endswith("thunderforest.com") for host in tiles.hosts)


def test_names_that_are_none():
    with pytest.raises(PageError, match=r"there are: .*OpenStreetMap\.BZH"):
        tiles_named("OpenStreetMap.Nothing")
    with pytest.raises(PageError, match="no tiles of the name"):
        tiles_named("https://example.org/{z}/{x}/{y}.png")


def test_no_host_of_any_provider_can_break_the_policy():
    from xyzservices import providers

    hosts = set()
    for name in providers.flatten():
        try:
            tiles = tiles_named(name)
        except PageError:
            continue
        hosts.update(tiles.hosts)
    assert len(hosts) > 20
    assert not [host for host in hosts if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d+)?", host)]


def test_the_policy_names_the_hosts_and_a_plain_page_none(file):
    html = file.read_text(encoding="utf-8")
    assert "img-src data: https://tile.openstreetmap.org;" in html
    plain = control_map(fake_day()).to_html()
    assert "img-src data:;" in plain
    assert "tile.openstreetmap.org" not in plain


@pytest.mark.browser
def test_tiles_are_loaded_with_a_referrer_and_credited(chromium, file):
    context = chromium.new_context(viewport={"width": 900, "height": 700})
    asked, complaints = [], []

    def answer(route):
        if route.request.url.startswith("file:"):
            route.continue_()
            return
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/svg+xml", body=SQUARE)

    context.route("**/*", answer)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-syriamap=ready]")
    page.wait_for_selector(".sm-tiled", state="attached")
    assert asked
    assert {re.match("https://[^/]+", url)[0] for url in asked} == {
        "https://tile.openstreetmap.org"
    }
    assert page.locator(".leaflet-tile").first.evaluate("e => e.referrerPolicy") == (
        "strict-origin-when-cross-origin"
    )
    assert page.locator(".sm-tile-credit").text_content() == "© OpenStreetMap contributors"
    opacity = "getComputedStyle(document.querySelector('.sm-country')).fillOpacity"
    assert page.evaluate(opacity) == "0", "the drawn land gives way"
    page.evaluate("document.getElementById('sm-about').open = true")
    page.wait_for_selector("#sm-about h2")
    assert "The background is loaded from tile.openstreetmap.org" in page.text_content("#sm-about")
    page.evaluate("syriamap.opened.layers.tiles.remove()")
    assert page.evaluate(opacity) == "1"
    assert page.locator(".sm-tile-credit").count() == 0
    assert complaints == []
    context.close()


@pytest.mark.browser
def test_without_a_network_the_drawn_land_stays(open_page, file):
    opened = open_page(file).ready()
    assert opened.page.locator(".sm-tiled").count() == 0
    opacity = "getComputedStyle(document.querySelector('.sm-country')).fillOpacity"
    assert opened.page.evaluate(opacity) == "1"
