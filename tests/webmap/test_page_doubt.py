"""Doubt on the page: pockets, the age of evidence, what would change without a report."""

from __future__ import annotations

import pandas as pd
import pytest
from fakes import DAY, HOSTILE, fake_day, fake_frames, made_of

from syriamap.history.atoms import atoms_from_territories
from syriamap.webmap import control_map, series_map
from syriamap.webmap.data import page_data

NAMES = ("states", "control", "territory", "frontline", "events")


def doubtful_frames():
    """The made-up country with a pocket, and with what would change without two reports."""
    frames = fake_frames(villages=0)
    frames["control"]["without"] = [
        (("c2", "green", 120.4), ("c1", "red", 0.0)),
        (),
        (("c4", "", 7.0), ("not on the page", "red", 1.0)),
    ]
    frames["control"].at[2, "reasons"] = ("unconfirmed_pocket", "settled_by_surroundings")
    frames["territory"]["doubt"] = ["", "", "unconfirmed_pocket", "no_evidence", ""]
    return frames


@pytest.fixture(scope="module", params=["day", "time"])
def file(request, tmp_path_factory):
    """The same on a page of one day and on a page through time."""
    path = tmp_path_factory.mktemp("doubt") / "map.html"
    frames = doubtful_frames()
    if request.param == "day":
        control_map(made_of(frames)).save(path)
        return path
    theater = frames["theater"]
    theater.equal_area_crs = theater.metric_crs
    days = [made_of({**frames, "date": DAY + pd.Timedelta(days=c - 1)}) for c in range(2)]
    atoms = atoms_from_territories([day.territory for day in days], theater)
    series_map(days, atoms).save(path)
    return path


def test_without_names_rows_of_the_page():
    data = page_data(made_of(doubtful_frames()))
    assert data["evidence"]["without"][1] == ()
    (claim, actor, km2), same = data["evidence"]["without"][0]
    source = data["claims"]["source"][claim]
    assert data["claims"]["title"]["values"][source] == "Report c2"
    assert data["actors"]["id"][actor] == "green"
    assert km2 == 120.4
    assert same[2] == 0
    assert len(data["evidence"]["without"][2]) == 1, "a claim that is not on the page is none"
    assert "without" not in page_data(fake_day())["evidence"]


@pytest.mark.browser
def test_the_panel_tells_what_would_change_without_a_report(open_page, file):
    opened = open_page(file).ready()
    opened.run("o.openPlace(o.records.places.name.indexOf('Alpha'), false)")
    text = opened.text("#sm-panel")
    assert "Without this report: Green Front; 120\xa0km² would change hands" in text
    assert "Without this report nothing would change." in text
    opened.run("o.openPlace(o.records.places.name.indexOf('Gamma'), false)")
    assert "Without this report: Undetermined; 7.0\xa0km² would change hands" in opened.text(
        "#sm-panel"
    )
    opened.run("o.openPlace(o.records.places.name.indexOf('Beta'), false)")
    assert "Without this report" not in opened.text("#sm-panel")
    opened.page.get_by_role("button", name="العربية").click()
    opened.run("o.openPlace(o.records.places.name.indexOf('Alpha'), false)")
    assert "من دون هذه الإفادة" in opened.text("#sm-panel")
    assert opened.messages == []


@pytest.mark.browser
def test_a_pocket_is_an_outline_and_its_area_says_why(open_page, file):
    opened = open_page(file).ready()
    fills = opened.run(
        "return [...o.map.getPane('territory').querySelectorAll('path')]"
        ".map(path => [path.getAttribute('fill'), path.getAttribute('stroke-dasharray')])"
    )
    assert ["none", "5 3"] in fills
    opened.run("o.map.setZoom(8.5, {animate: false})")
    assert not [fill for fill, _ in fills if fill.startswith("url(#sm-contested")]
    assert "Pocket that nobody confirms" in opened.text(".sm-legend")
    rings = opened.run(
        "return o.layers.open.getLayers().filter(l => l.options.radius === 11).length"
    )
    assert rings == 1
    opened.run("o.openPlace(o.records.places.name.indexOf('Gamma'), false)")
    assert "a lone report that everything around it speaks against" in opened.text("#sm-panel")
    row = opened.run("return o.records.areas.status.indexOf('undetermined')")
    opened.run(f"o.panel.area({row}, o.map.getCenter())")
    assert "no report from anywhere near" in opened.text("#sm-panel")
    assert opened.messages == []


@pytest.mark.browser
def test_the_panel_tells_how_old_the_latest_claim_is(open_page, file):
    opened = open_page(file).ready()
    opened.run("o.openPlace(o.records.places.name.indexOf('Alpha'), false)")
    assert "2 days before" in opened.text("#sm-panel")
    opened.run("o.openPlace(o.records.places.name.indexOf('Beta'), false)")
    assert "the same day" in opened.text("#sm-panel")


@pytest.mark.browser
def test_hostile_codes_of_doubt_are_text(open_page, tmp_path):
    frames = doubtful_frames()
    frames["territory"]["doubt"] = HOSTILE[0]
    frames["control"]["without"] = [(("c2", HOSTILE[0], 1.0),), (), ()]
    path = tmp_path / "map.html"
    control_map(made_of(frames)).save(path)
    opened = open_page(path).ready()
    opened.run("o.panel.area(0, o.map.getCenter())")
    assert HOSTILE[0] in opened.text("#sm-panel")
    opened.run("o.openPlace(o.records.places.name.indexOf('Alpha'), false)")
    assert HOSTILE[0] in opened.text("#sm-panel")
    assert opened.page.evaluate("window.PWNED") is None
    assert opened.messages == []
