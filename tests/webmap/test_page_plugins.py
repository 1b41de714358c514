"""What folium's plugins load: exactly that and nothing else, with a warning; or a refusal that helps."""

from __future__ import annotations

import re
import warnings
from urllib.parse import urlsplit

import folium
import pytest
from fakes import fake_day
from folium import plugins

from syriamap.errors import PageError
from syriamap.files import SyriamapWarning
from syriamap.webmap import control_map

PLUGINS = {
    "Fullscreen": plugins.Fullscreen,
    "MiniMap": plugins.MiniMap,
    "MousePosition": plugins.MousePosition,
    "Draw": plugins.Draw,
    "MeasureControl": plugins.MeasureControl,
    "HeatMap": lambda: plugins.HeatMap([[44, 2, 3], [44.2, 2.2, 1]]),
    "MarkerCluster": lambda: plugins.MarkerCluster([[44, 2], [44.1, 2.1]]),
}
# In place of the libraries, which are not here: what folium calls of them, as a box on the map or a layer.
STUB = """
  const Box = L.Control.extend({ onAdd: () => L.DomUtil.create("div", "stub") });
  L.control.fullscreen = o => new Box(o);
  for (const name of ["MiniMap", "MousePosition", "Draw", "Measure"]) {
    L.Control[name] = L.Control[name] || Box.extend({ initialize(...all) { L.setOptions(this, all[all.length - 1]); } });
  }
  L.Draw = { Event: { CREATED: "draw:created" } };
  L.heatLayer = L.markerClusterGroup = () => Object.assign(L.layerGroup(), { isStub: true });
"""
CODE = "new Function('')();" + STUB


def with_plugin(*layers):
    page = control_map(fake_day(villages=3))
    for layer in layers:
        layer.add_to(page)
    return page


def policy_of(html):
    content = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    return dict(part.strip().split(" ", 1) for part in content.split(";"))


def opened(chromium, path, script):
    """A page for whose requests this script stands in; what it asked for, and its complaints."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    asked, complaints = [], []

    def answer(route):
        address = route.request.url
        if address.startswith("file:"):
            return route.continue_()
        asked.append(address)
        kind = "text/css" if address.endswith(".css") else "text/javascript"
        body = ".stub { width: 26px; height: 26px; background-image: url(images/own.png) }" if kind == "text/css" else script  # fmt: skip
        return route.fulfill(status=200, body=body, content_type=kind)

    page.route("**/*", answer)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-syriamap=ready]")
    return page, asked, complaints


@pytest.mark.browser
@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_works_and_the_page_loads_what_it_needs(chromium, tmp_path, name):
    page = with_plugin(PLUGINS[name]())
    with pytest.warns(SyriamapWarning) as told:
        page.save(tmp_path / "map.html")
    hosts = {urlsplit(url).netloc for _, url in getattr(plugins, name).default_js}
    assert all(any(host in str(one.message) for one in told) for host in hosts)
    policy = policy_of((tmp_path / "map.html").read_text(encoding="utf-8"))
    scripts = [one for one in policy["script-src"].split() if not one.startswith("'")]
    styles = [one for one in policy["style-src"].split() if not one.startswith("'")]
    assert scripts == [url for _, url in getattr(plugins, name).default_js]
    assert styles == [url for _, url in getattr(getattr(plugins, name), "default_css", [])]
    assert ("'unsafe-eval'" in policy["script-src"]) == (name == "MeasureControl")
    assert policy["default-src"] == "'none'"

    shown, asked, complaints = opened(chromium, tmp_path / "map.html", CODE if name == "MeasureControl" else STUB)  # fmt: skip
    if name in {"HeatMap", "MarkerCluster"}:
        assert shown.evaluate("Object.values(syriamap.opened.map._layers).some(one => one.isStub)")
    else:
        shown.wait_for_selector(".stub", state="attached")
    shown.wait_for_timeout(100)
    loaded = [one for one in asked if "tile" not in one]
    own = {one.rpartition("/")[0] + "/images/own.png" for one in styles}
    assert set(loaded) - own == {*scripts, *styles}
    assert complaints == []
    # Beside it nothing is let in, from the same host either.
    shown.evaluate(
        "async host => { for (const [tag, key] of [['script', 'src'], ['img', 'src']]) {"
        "const one = document.createElement(tag); one[key] = 'https://' + host + '/other.js';"
        "document.body.append(one) } await fetch('https://' + host + '/x').catch(() => 0) }",
        next(iter(hosts)),
    )
    shown.wait_for_timeout(100)
    assert not [one for one in asked if one.endswith(("/other.js", "/x"))]
    assert len([one for one in complaints if "Content Security Policy" in one]) >= 3
    shown.context.close()


def test_any_other_plugin_is_refused_with_the_line_that_would_allow_it(tmp_path):
    page = with_plugin(plugins.AntPath([[44, 2], [45, 3]]))
    with pytest.raises(PageError, match=r'page\.allow\("https://') as refused:
        page.save(tmp_path / "map.html")
    assert not list(tmp_path.iterdir())
    named = re.findall(r'"(https://[^"]+)"', str(refused.value))
    with pytest.warns(SyriamapWarning, match="loads scripts and styles from"):
        page.allow(*named).save(tmp_path / "map.html")
    policy = policy_of((tmp_path / "map.html").read_text(encoding="utf-8"))
    assert set(named) <= {*policy["script-src"].split(), *policy["style-src"].split()}


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a.js", "https://example.org/a.js;script-src*", "//example.org/a.js", "https://example.org/,b.js"],
)  # fmt: skip
def test_nothing_else_than_https_gets_into_the_policy(address):
    page = with_plugin()
    page.get_root().header.add_child(folium.JavascriptLink(address))
    with pytest.raises(PageError, match="by https only"):
        page.allow(address).to_html()


def test_without_plugins_the_page_stays_offline():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = with_plugin(folium.Marker([44, 2]), folium.LayerControl())
        policy = policy_of(page.to_html())
    assert "http" not in " ".join(policy.values())
    assert "\n" not in repr(page)
    assert page._repr_html_().startswith("<iframe ")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_layers_of_a_user_join_the_list_of_the_page(open_page, tmp_path, language):
    page = control_map(fake_day(villages=3))
    group = folium.FeatureGroup(name="<b>Mine</b> & yours").add_to(page)
    folium.CircleMarker([44.2, 2.2]).add_to(group)
    folium.FeatureGroup(name="Hidden", show=False).add_to(page)
    folium.LayerControl().add_to(page)
    page.save(tmp_path / "map.html")
    shown = open_page(tmp_path / "map.html", fragment=f"#lang={language}").ready()
    shown.run("syriamap.words.speak('ar'); syriamap.words.speak('en')")
    assert shown.page.locator(".leaflet-control-layers").count() == 1
    shown.page.evaluate("document.querySelector('.leaflet-control-layers-toggle').click()")
    rows = shown.page.locator(".leaflet-control-layers-overlays label")
    texts = [text.strip() for text in rows.all_inner_texts()]
    assert "<b>Mine</b> & yours" in texts
    assert "Territory" in texts
    paths = "document.querySelectorAll('.leaflet-overlay-pane path').length"
    assert shown.page.evaluate(paths) == 1
    # Leaflet takes no click while the pointer is only just entering its list.
    rows.first.hover()
    shown.page.wait_for_timeout(100)
    rows.nth(texts.index("<b>Mine</b> & yours")).locator("input").click()
    assert shown.page.evaluate(paths) == 0
    assert not rows.nth(texts.index("Hidden")).locator("input").is_checked()
    assert shown.messages == []
