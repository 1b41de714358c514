"""Whose story on one page, and where advances come from: data and a real browser."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fakes import DAY, EVERYTHING, HOSTILE, fake_frames, hostile_frames, made_of

from syriamap.claims.speakers import speaker_sides
from syriamap.control.stories import sides_with_sources
from syriamap.errors import ControlError
from syriamap.history.atoms import atoms_from_territories
from syriamap.history.dispute import in_dispute, split_atoms
from syriamap.pipeline.build import build, series
from syriamap.theater.folder import default_folder
from syriamap.webmap import PageOptions, series_map
from syriamap.webmap.data import page_data
from syriamap.webmap.origins import FARTHEST_KM, with_origins

NAMES = ("states", "control", "territory", "frontline", "events")
FIRST, LAST = "2024-11-29", "2024-11-30"
OFFENSIVE = {
    "claims": [default_folder() / "claims" / f"2024-{kind}.csv" for kind in ("areas", "offensive")],
    "only_claims": True,
}
"""The claims of one offensive: each side tells it in a moment, of the whole war in half a minute."""


@pytest.fixture(scope="module")
def through():
    return series(LAST, since=FIRST, **OFFENSIVE)


@pytest.fixture(scope="module")
def stories(through):
    return through.stories()


@pytest.fixture(scope="module")
def file(through, stories, tmp_path_factory):
    path = tmp_path_factory.mktemp("stories") / "map.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(through), "stories", lambda _: stories)  # told once
        through.webmap(stories=True).save(path)
    return path


# --- stories ---


def test_sides_are_those_whose_sources_speak_of_control(through):
    last = through.days[-1]
    sides = sides_with_sources(last.claims_used, last.theater)
    assert {"government", "opposition"} <= set(sides)
    order = list(last.theater.actors["side"].drop_duplicates())
    assert list(sides) == [side for side in order if side in sides]
    strikes = last.claims_used[last.claims_used["relation"] == "struck"]
    assert sides_with_sources(strikes, last.theater) == ()
    assert len(speaker_sides(last.claims_used, last.theater)) == len(last.claims_used)


def test_a_story_is_the_map_according_to_its_side(through, stories):
    told = stories["government"][-1]
    alone = build(LAST, according_to="government", **OFFENSIVE)
    assert alone.control.equals(told.control)
    assert alone.territory.geometry.geom_equals(told.territory.geometry).all()


def test_a_map_of_one_side_has_no_other_stories():
    with pytest.raises(ControlError, match="tells the story of sdf"):
        build(LAST, according_to="sdf", **OFFENSIVE).webmap(stories=True)


class Sides:
    @staticmethod
    def side_of(actor):
        return {"a": "x", "b": "x", "c": "y"}[actor]


class Told:
    states = (("a", "a", "held"), ("b", "b", "held"), ("c", "c", "held"), ("", "c", "contested"))

    def __init__(self, *history):
        self.history = np.array([history]).T


@pytest.mark.parametrize(
    ("first", "second", "disputed"),
    [(0, 0, False), (0, 1, False), (0, 2, True), (0, 3, False), (3, 3, False), (2, 0, True)],
)
def test_in_dispute_is_what_two_sides_both_claim(first, second, disputed):
    assert in_dispute([Told(first), Told(second)], Sides()).tolist() == [[disputed]]
    assert in_dispute([Told(3), Told(first), Told(second)], Sides()).tolist() == [[disputed]]


@pytest.mark.browser
def test_the_page_tells_each_story(open_page, file, through, stories):
    opened = open_page(file).ready()
    assert opened.run("return o.records.series.sides") == list(stories)
    for side, days in {**stories, "": through.days}.items():
        opened.page.select_option("#sm-whose", side)
        for day in (1, 0):
            opened.run(f"o.time.go({day})")
            made = days[day]
            states = opened.run(
                "const r = o.records; return r.places.name.map((name, i) => [name, r.places.status[i],"
                " r.actors.id[r.places.actor[i]] || ''])"
            )
            frame = made.states
            known = {(n, s, a) for n, s, a in map(tuple, states)}
            assert {tuple(row) for row in frame[["name", "status", "actor"]].to_numpy()} <= known
            areas = opened.run(
                "const {areas, actors} = o.records; return areas.km2.map((km2, i) =>"
                " [actors.id[areas.actor[i]] || '', areas.status[i], km2])"
            )
            sizes = pd.DataFrame(areas, columns=["actor", "status", "area_km2"])
            told = sizes.groupby(["actor", "status"])["area_km2"].sum()
            wanted = made.territory.groupby(["actor", "status"])["area_km2"].sum()
            assert told.to_dict() == pytest.approx(wanted.to_dict(), rel=1e-4, abs=0.5)
            assert opened.run("return o.records.lines.kind.length") == len(made.frontline)
    assert opened.messages == []
    assert opened.requests == []


@pytest.mark.browser
def test_what_is_told_differently_is_counted_and_shown(open_page, file, through, stories):
    opened = open_page(file).ready()
    sizes = opened.run(
        "const s = o.records.series, a = s.piecesInDispute();"
        "return [s.disputeKm2(), a.length, o.layers.dispute.getLayers().length]"
    )
    theater = through.days[0].theater
    frames = [day.territory for days in stories.values() for day in days]
    atoms = atoms_from_territories(frames, theater)
    dispute = in_dispute(split_atoms(atoms, 2), theater)
    assert sizes[0] == pytest.approx(atoms.area_km2[dispute[:, 1]].sum(), rel=0.001)
    assert sizes[0] > 100
    assert sizes[1] > 0
    assert sizes[2] == 3
    assert "are told differently" in opened.text("#sm-story")
    assert "Told differently" in opened.text(".sm-legend")


@pytest.mark.browser
def test_the_story_is_in_the_address_and_the_panel(open_page, file):
    opened = open_page(file, fragment="#story=government&place=gn-170063").ready()
    assert opened.page.input_value("#sm-whose") == "government"
    opened.run("document.getElementById('sm-about').open = true")
    opened.page.locator("#sm-about h2").wait_for()
    about = opened.text("#sm-about")
    assert "the story of one side: Assad's government" in about
    assert "for half" in about
    groups = "document.querySelectorAll('#sm-panel details').forEach(one => { one.open = true })"
    opened.run(groups)
    opened.page.wait_for_timeout(100)  # a group is filled when it is opened
    panel = opened.text("#sm-panel")
    assert "What each side says" in panel
    assert "Opposition factions" in panel
    assert "not counted in this story" in panel
    assert "story=government" in opened.run("return o.state.link()")
    opened.page.get_by_role("button", name="العربية").click()
    assert "حكومة الأسد وحلفاؤها" in opened.text("#sm-whose")
    opened.page.select_option("#sm-whose", "")
    assert "story=" not in opened.run("return o.state.link()")
    assert opened.messages == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1280, 900), (360, 740)])
def test_no_card_covers_a_place_that_claims_speak_of(open_page, file, width, height):
    opened = open_page(file, width=width, height=height, fragment="#story=government").ready()
    assert opened.covered_places() == []


@pytest.mark.browser
def test_a_story_that_is_not_there_is_passed_over(open_page, file):
    opened = open_page(file, fragment="#story=constructor").ready()
    assert opened.page.input_value("#sm-whose") == ""
    assert opened.messages == []


def test_a_page_of_one_date_can_hold_stories_and_is_lean_without(through):
    made = through.days[-1]
    plain, told = made.webmap().to_html(), made.webmap(stories=True).to_html()
    assert '"stories":[' not in plain
    assert '"stories":[' in told
    assert len(plain.encode()) < 750_000


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("width", "height", "scheme"), [(1400, 900, "light"), (360, 740, "dark")])
def test_axe_finds_no_serious_fault(open_page, file, language, width, height, scheme):
    fragment = f"#lang={language}&story=government"
    opened = open_page(
        file, width=width, height=height, fragment=fragment, color_scheme=scheme
    ).ready()
    opened.faultless_after(
        "document.querySelector('.sm-legend').open = true",
        "o.openPlace(o.records.places.name.indexOf('Aleppo'), false)",
        "o.changes.show(0, 1)",
        "o.panel.hide(); document.getElementById('sm-places').open = true",
    )


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    """Two days and a story of a country in which every text is hostile, the side's name too."""
    frames = hostile_frames()
    frames["control"]["without"] = [(("c2", HOSTILE[1], 3.0),)] * 3
    areas = frames["territory"]
    areas["doubt"] = pd.Series([EVERYTHING] * len(areas), index=areas.index, dtype=object)
    theater = frames["theater"]
    theater.equal_area_crs = theater.metric_crs
    theater.side_of = lambda actor: actor
    theater.asserter_rows = theater.publisher_rows = {}
    theater.arabic = {
        "title": EVERYTHING,
        "border_default": EVERYTHING,
        "sides": {"red": EVERYTHING},
    }
    theater.sides = {"red": EVERYTHING}
    days = [made_of({**frames, "date": DAY + pd.Timedelta(days=c - 1)}) for c in range(2)]
    stories = {"red": days, HOSTILE[0]: days}
    atoms = atoms_from_territories([day.territory for day in days] * 3, theater)
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    series_map(days, atoms, stories=stories, options=PageOptions(language="ar")).save(path)
    return path


@pytest.mark.browser
def test_hostile_stories_run_nowhere_in_both_languages(open_page, hostile_file):
    opened = open_page(hostile_file, fragment="#story=<img>&lang=<script>").ready()
    shown = EVERYTHING.replace("\ud800", "\ufffd")
    for side in ("red", HOSTILE[0], ""):
        opened.page.select_option("#sm-whose", side)
        for row in opened.run("return [...o.records.evidence.keys()]"):
            opened.run(f"o.openPlace({row}, false)")
            assert shown in opened.text("#sm-panel")
        opened.run("o.panel.area(0, o.map.getCenter()); o.openEvent([0], false)")
        opened.run("o.changes.show(0, 1); o.panel.hide()")
        for drawer in ("sm-places", "sm-about"):
            opened.run(f"document.getElementById('{drawer}').open = true")
            opened.page.wait_for_timeout(60)
        opened.page.locator("#sm-language button").evaluate("e => e.click()")
        assert shown in opened.text("#sm-whose")
    assert opened.page.evaluate("window.PWNED") is None
    made = "[...document.querySelectorAll('.sm img, .sm script, [onerror], [onload]')].length"
    assert opened.page.evaluate(made) == 0
    assert opened.messages == []
    assert opened.requests == []


# --- advances ---


def advance(lat, lon, actor="red", kind="advanced_toward"):
    return pd.DataFrame({"kind": [kind], "actor": [actor], "lat": [lat], "lon": [lon]})


def origin(events):
    territory = fake_frames()["territory"]
    return with_origins(events, territory)["origin"].iloc[0]


def test_an_advance_comes_from_the_nearest_ground_of_its_actor():
    lat, lon, km = origin(advance(44.0, 3.5))
    assert lat == pytest.approx(44.0, abs=0.05)
    assert lon == pytest.approx(3.0, abs=0.02)
    assert km == pytest.approx(40, abs=1)


@pytest.mark.parametrize(
    "events",
    [
        advance(44.0, 2.0),  # in its own ground already
        advance(44.0, 4.9),  # too far
        advance(44.0, 3.001),  # nearer than lines are drawn
        advance(44.0, 3.5, actor=""),
        advance(44.0, 3.5, actor="grey"),  # holds nothing
        advance(44.0, 3.5, kind="struck"),
    ],
)
def test_without_ground_near_an_advance_has_no_origin(events):
    assert origin(events) == ()


def test_events_keep_their_rows_and_columns():
    frames = fake_frames()
    found = with_origins(frames["events"], frames["territory"])
    assert list(found.columns) == [*frames["events"].columns, "origin"]
    assert "origin" not in frames["events"]
    data = page_data(made_of(frames))
    assert [len(one) for one in data["events"]["origin"]] == [0, 3]
    assert data["events"]["origin"][1][2] < FARTHEST_KM


@pytest.mark.browser
def test_an_arrow_points_from_that_ground_to_the_target(open_page, plain_file):
    opened = open_page(plain_file).ready()
    assert opened.page.locator(".sm-advance .sm-arrow").count() == 1
    arrow = opened.page.locator(".sm-advance g").first
    turned = float(arrow.get_attribute("transform")[7:-1])
    assert turned == pytest.approx(0, abs=1), "from the west"
    opened.page.locator(".sm-icon[title='Advance toward Gamma'] path").last.click(force=True)
    text = opened.text("#sm-panel")
    assert "Advance toward Gamma" in text
    assert "the nearest ground of Red Army, 39 km away" in text
    assert opened.messages == []
