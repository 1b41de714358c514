"""Who held how much below the slider, and a page by months: in a real browser."""

from __future__ import annotations

import numpy as np
import pytest
from theaters import arcadia, claim

from syriamap.pipeline.build import Series, series
from syriamap.webmap.slivers import without_slivers

FIRST, LAST = "2030-01-31", "2030-06-10"
DAYS = ["2030-01-31", "2030-02-28", "2030-03-31", "2030-04-30", "2030-05-31", LAST]
SHARES = ".sm-shares svg"


@pytest.fixture(scope="module")
def months(tmp_path_factory) -> Series:
    """Arcadia by months: the rebels take one town after the other."""
    rows = [
        claim("oak", "crown", "controls", day=FIRST),
        claim("fir", "crown", "controls", day=FIRST),
        claim("pine", "rebels", "controls", day=FIRST),
        claim("elm", "guests", "controls", day=FIRST),
        claim("fir", "rebels", "captured", day="2030-03-10", asserted_by="rebel command"),
        claim("fir", "crown", "struck", day="2030-03-12"),
        claim("pine", "crown", "struck", day="2030-03-30"),
        claim("oak", "rebels", "captured", day="2030-05-20", asserted_by="rebel command"),
    ]
    folder = arcadia(tmp_path_factory.mktemp("months") / "arcadia", claims=rows)
    return series(LAST, since=FIRST, step="month", theater=folder)


@pytest.fixture(scope="module")
def file(months, tmp_path_factory):
    path = tmp_path_factory.mktemp("months") / "map.html"
    months.webmap().save(path)
    return path


@pytest.fixture(scope="module")
def told(months, tmp_path_factory):
    """The same with the story of each side."""
    path = tmp_path_factory.mktemp("told") / "map.html"
    months.webmap(stories=True).save(path)
    return path


def days_at(opened, shares):
    """The day shown after a click at each of these parts of the chart's width."""
    box = opened.page.locator(".sm-shares-box").bounding_box()
    found = []
    for share in shares:
        opened.page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        found.append(opened.run("return o.records.page.date"))
    return found


@pytest.mark.browser
def test_the_chart_is_the_history_of_the_maps(open_page, file, months):
    opened = open_page(file).ready()
    history = months.history()
    sizes = opened.run(
        "const s = o.records.series; return s.sizesThroughTime().map((km2, state) =>"
        " [o.records.actors.id[s.states.actor[state]] || '', s.states.status[state],"
        " s.states.doubt[state], [...km2]])"
    )
    whole = sum(km2[0] for *_, km2 in sizes)
    for actor, status in history.holders:
        own = [
            np.array(km2)
            for who, what, doubt, km2 in sizes
            if (who, "held" if who else doubt if doubt == "front_band" else what) == (actor, status)
        ]
        wanted = history.values("area_share")[:, history.holders.index((actor, status))]
        assert np.sum(own, axis=0) / whole == pytest.approx(wanted, abs=2e-3)
    # what is drawn: the crown's ground is a band at the foot, less and less high
    heights = opened.page.evaluate(
        "[...document.querySelector('.sm-shares path').getAttribute('d').matchAll(/ ([\\d.]+)/g)]"
        ".map((found) => Number(found[1]))"
    )
    assert heights[0] < heights[4] < heights[10]  # counted from above, two corners a day


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("fragment", ["", "#lang=ar"])
def test_a_click_on_the_chart_shows_that_day(open_page, file, width, fragment):
    opened = open_page(file, width=width, height=800, fragment=fragment).ready()
    days = days_at(opened, (0.01, 0.41, 0.99))
    # time runs as the text does
    assert days == ([DAYS[5], DAYS[3], DAYS[0]] if fragment else [DAYS[0], DAYS[2], DAYS[5]])
    # the mark stands where the slider's thumb stands
    here, chart, slider = (
        opened.page.locator(one).bounding_box()
        for one in (".sm-here", ".sm-shares-box", ".sm-range")
    )
    assert chart["x"] == pytest.approx(slider["x"], abs=1)
    assert chart["width"] == pytest.approx(slider["width"], abs=1)
    assert here["x"] == pytest.approx(slider["x"] + slider["width"] - 8, abs=2)
    card = opened.page.locator(".sm-time").bounding_box()
    assert chart["y"] + chart["height"] <= card["y"] + card["height"]
    assert card["x"] + card["width"] <= width
    legend = opened.page.locator(".sm-legend").bounding_box()
    assert legend["y"] + legend["height"] <= card["y"]


@pytest.mark.browser
def test_the_chart_by_keyboard_and_in_words(open_page, file):
    opened = open_page(file).ready()
    opened.page.focus("#sm-day")
    opened.page.keyboard.press("Home")
    assert opened.run("return o.records.page.date") == FIRST
    opened.page.keyboard.press("ArrowRight")
    label = opened.page.get_attribute(SHARES, "aria-label")
    assert label.startswith("Share of the area on 28 February 2030: ")
    assert "Royal Army 47.0%, " in label
    opened.page.keyboard.press("End")
    assert opened.page.get_attribute(SHARES, "aria-label") != label
    # the same as a table, whose dates open their maps
    opened.page.click(".sm-time >> text=Shares")
    rows = opened.page.locator(".sm-panel tr")
    assert rows.count() == len(DAYS)
    opened.page.click(".sm-panel >> text=31 March 2030")
    assert opened.run("return o.records.page.date") == "2030-03-31"
    assert rows.count() == len(DAYS)
    assert opened.requests == []
    assert opened.messages == []


@pytest.mark.browser
def test_a_page_by_months_speaks_of_dates(open_page, file, months):
    opened = open_page(file).ready()
    opened.page.focus("#sm-day")
    opened.run("o.time.go(2)")
    said = opened.page.get_attribute("#sm-day", "aria-valuetext")
    assert said == "31 March 2030, 3 claims since 28 February 2030"
    labels = [
        opened.page.locator(".sm-step").nth(place).get_attribute("aria-label") for place in (1, 2)
    ]
    assert labels == ["Date before", "Next date"]
    # what is drawn of a day is that of its own last days, as on the map of that day alone
    assert opened.run("return o.records.events.name.length") == len(months.days[2].events) == 1
    # no front of a day before, where no such day is on the page
    assert not opened.run("return Object.keys(o.layers.ghosts)")


@pytest.mark.browser
def test_a_date_between_two_steps_is_told_by_the_one_before(open_page, file):
    opened = open_page(file, fragment="#date=2030-04-15").ready()
    assert opened.run("return o.records.page.date") == "2030-03-31"
    for outside in ("2029-12-31", "2031-01-01", "2030-3-1"):
        opened = open_page(file, fragment=f"#date={outside}").ready()
        assert opened.run("return o.records.page.date") == LAST
    opened.page.click(".sm-time >> text=Changes")
    opened.page.fill(".sm-panel input >> nth=0", "2030-04-15")
    opened.page.dispatch_event(".sm-panel input >> nth=0", "change")
    assert opened.run("return o.changes.days()") == ["2030-03-31", LAST]


@pytest.mark.browser
def test_the_play_button_goes_step_by_step(open_page, file):
    opened = open_page(file, alone=True).ready()
    opened.page.clock.install()
    opened.page.click(".sm-play")
    shown = [opened.run("return o.records.page.date")]
    for _ in DAYS[1:]:
        opened.page.clock.run_for(900)
        shown.append(opened.run("return o.records.page.date"))
    assert shown == DAYS
    opened.page.clock.run_for(3000)
    assert opened.page.get_attribute(".sm-play", "aria-label") == "Play"


@pytest.mark.browser
def test_the_chart_follows_the_story(open_page, told):
    opened = open_page(told).ready()
    paths = "[...document.querySelectorAll('.sm-shares path')].map((one) => one.getAttribute('d'))"
    before = opened.page.evaluate(paths)
    sides = opened.run("return o.records.series.sides")
    opened.page.select_option("#sm-whose", sides[-1])
    assert opened.page.evaluate(paths) != before
    opened.page.select_option("#sm-whose", "")
    assert opened.page.evaluate(paths) == before


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_the_chart_for_every_reader(open_page, file, scheme, width):
    opened = open_page(file, width=width, height=800, color_scheme=scheme).ready()
    opened.page.click(".sm-time >> text=Shares")
    assert opened.serious_faults() == []


@pytest.mark.browser
def test_on_a_low_map_the_table_is_left(open_page, file):
    opened = open_page(file, width=700, height=380).ready()
    assert not opened.page.is_visible(SHARES)
    opened.page.click(".sm-time >> text=Shares")
    assert opened.page.locator(".sm-panel tr").count() == len(DAYS)


def test_on_no_day_is_much_in_another_state_than_before(advance):
    atoms = advance.atoms
    fewer = without_slivers(atoms)
    assert len(fewer.geometry) < len(atoms.geometry)
    for day in range(atoms.history.shape[1]):
        for state in range(len(atoms.states)):
            sizes = [one.area_km2[one.history[:, day] == state].sum() for one in (atoms, fewer)]
            assert abs(sizes[0] - sizes[1]) <= 3e-4 * atoms.area_km2.sum()
