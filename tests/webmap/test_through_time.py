"""The page through time: pieces, histories, the slider, in a real browser."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from browser import RULES_OF_COLOR
from fakes import DAY, HOSTILE, hostile_frames, made_of
from hypothesis import given, settings, strategies as st
from shapely.geometry import box

from syriamap.history.atoms import atoms_from_territories
from syriamap.names.toponyms import fold
from syriamap.theater.folder import read_theater
from syriamap.webmap import series_map
from syriamap.webmap.slivers import pieces_for_page
from syriamap.webmap.through_time import runs, series_data

NAMES = ("states", "control", "territory", "frontline", "events")


@pytest.fixture(scope="module")
def data(advance):
    return series_data(advance.days, advance.atoms)


@pytest.fixture(scope="module")
def file(advance, tmp_path_factory):
    path = tmp_path_factory.mktemp("time") / "map.html"
    advance.webmap().save(path)
    return path


def decoded(data):
    """The pieces as the browser sees them, in degrees."""
    topology = data["topology"]
    scale = topology["transform"]["scale"]
    arcs = [np.cumsum(np.array(arc), axis=0) * scale for arc in topology["arcs"]]

    def ring(numbers):
        lines = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])

    shapes = []
    for geometry in topology["objects"]["atoms"]["geometries"]:
        kind = geometry["type"]
        if kind is None:
            shapes.append(shapely.Polygon())
            continue
        parts = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]
        polygons = [shapely.Polygon(ring(p[0]), [ring(hole) for hole in p[1:]]) for p in parts]
        shapes.append(shapely.make_valid(shapely.MultiPolygon(polygons)))
    return np.array(shapes, dtype=object)


def history_of(stored, day):
    value = stored[0]
    for when, after in zip(stored[1::2], stored[2::2], strict=True):
        if when <= day:
            value = after
    return value


# --- histories ---


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_runs_keep_every_day(values):
    stored = runs(values)
    assert [history_of(stored, day) for day in range(len(values))] == values


# --- atoms ---


def squares(states):
    """A row of unit squares, 10 km wide each, that belong to who is named."""
    frame = gpd.GeoDataFrame(
        {"actor": states, "leaning": states, "status": "held"},
        geometry=[box(i * 1e4, 0, (i + 1) * 1e4, 1e4) for i in range(len(states))],
        crs="EPSG:22770",
    )
    return frame.dissolve(["actor", "leaning", "status"], as_index=False)


class Area:
    equal_area_crs = "EPSG:22770"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), min_size=6, max_size=6), min_size=1, max_size=4))
def test_pieces_put_together_are_the_territory_of_each_day(rows):
    frames = [squares(states) for states in rows]
    atoms = atoms_from_territories(frames, Area())
    assert atoms.area_km2.sum() == pytest.approx(600)
    assert shapely.coverage_is_valid(atoms.geometry.to_numpy())
    for day, states in enumerate(rows):
        for number, (actor, *_) in enumerate(atoms.states):
            size = atoms.area_km2[atoms.history[:, day] == number].sum()
            assert size == pytest.approx(100 * states.count(actor))


def test_pieces_on_the_page_equal_the_territory(advance, data):
    theater = advance.days[0].theater
    shapes = gpd.GeoSeries(decoded(data), crs="EPSG:4326").to_crs(theater.equal_area_crs)
    sizes = shapes.area.to_numpy() / 1e6
    states = data["series"]["states"]
    names = [*data["actors"]["id"], ""]
    codes = data["series"]["atoms"]["history"]
    total = sum(sizes)
    for day, made in enumerate(advance.days):
        found = {}
        for code, size in zip(codes["codes"], sizes, strict=True):
            state = history_of(codes["values"][code], day)
            status = states["status"]["values"][states["status"]["codes"][state]]
            key = (names[states["actor"][state]], names[states["leaning"][state]], status)
            found[key] = found.get(key, 0) + size
        keys = ["actor", "leaning", "status"]
        wanted = made.territory.groupby(keys)["area_km2"].sum().to_dict()
        assert set(found) == set(wanted)
        assert sum(abs(found[key] - wanted[key]) for key in wanted) < 0.001 * total


def test_no_settlement_lies_on_the_wrong_side(advance, data):
    tree = shapely.STRtree(decoded(data))
    pieces = pieces_for_page(advance.atoms)
    history, states = pieces.history, pieces.states
    for day, made in enumerate(advance.days):
        frame = made.states
        points = shapely.points(frame["lon"].to_numpy(), frame["lat"].to_numpy())
        place, piece = tree.query(points, predicate="within")
        assert len(place) > 0.99 * len(frame)
        wrong = [
            frame["name"].iloc[p]
            for p, a in zip(place, piece, strict=True)
            if states[history[a, day]][1:3] != (frame["leaning"].iloc[p], frame["status"].iloc[p])
        ]
        own = len(data["series"]["places"]["own"])
        assert len(wrong) <= own, wrong


def test_a_page_has_no_slivers_and_loses_no_area(advance):
    atoms = advance.atoms
    pieces = pieces_for_page(atoms)
    assert len(pieces.geometry) < len(atoms.geometry)
    assert pieces.area_km2.sum() == pytest.approx(atoms.area_km2.sum())
    assert shapely.coverage_is_valid(pieces.geometry.to_numpy())
    for day in range(atoms.area.shape[1]):
        assert set(pieces.area[:, day]) == set(atoms.area[:, day])


def test_the_same_bytes_again_and_light(advance, file):
    assert advance.webmap().to_html().encode() == file.read_bytes()
    assert file.stat().st_size < 900_000  # the claims of a year, and those that decide


# --- in a browser ---

OPEN_RINGS = """
  const { records: r } = o;
  let open = 0, rings = 0;
  for (const side of ["", ...r.series.sides]) {
    r.series.tell(side);
    r.series.days.forEach((_, day) => {
      r.series.show(day);
      r.areas.status.forEach((_, row) => {
        for (const ring of r.areaShape([row]).rings) {
          const [first, last] = [ring[0], ring[ring.length - 1]];
          rings++;
          open += first.lat !== last.lat || first.lng !== last.lng;
        }
      });
    });
  }
  return [rings, open];
"""


@pytest.mark.browser
def test_every_ring_of_every_day_closes(open_page, file):
    rings, still_open = open_page(file).ready().run(OPEN_RINGS)
    assert rings > 500
    assert still_open == 0


DRAWN = """
    const of = (where, what) => [...document.querySelectorAll(where)].map(what).sort();
    return {
        names: of(".sm-labels > *", (one) => one.outerHTML),
        marks: of(".leaflet-settlements-pane .leaflet-marker-icon", (one) => one.title + one.innerHTML),
        legend: of(".sm-legend", (one) => one.innerHTML),
        ground: of(".leaflet-territory-pane path", (one) => one.getAttribute("d")),
        lines: of(".leaflet-front-pane path", (one) => one.getAttribute("d")),
    };
"""


@pytest.mark.browser
def test_a_day_looks_the_same_whichever_day_was_shown_before(open_page, file):
    opened = open_page(file).ready()
    before = opened.run(DRAWN)
    for day in (0, 2, 1, 3):
        opened.run(f"o.time.go({day})")
    assert opened.run(DRAWN) == before
    opened.run("o.time.go(0)")
    straight = open_page(file, fragment="#date=2024-11-28").ready().run(DRAWN)
    assert opened.run(DRAWN) == straight
    assert straight["names"]
    assert straight["marks"]
    for part in before:
        assert straight[part] != before[part], f"{part} of another day are the same"


@pytest.mark.browser
def test_every_day_has_its_map(open_page, advance, file):
    opened = open_page(file).ready()
    for day in (3, 0, 2, 1):
        made = advance.days[day]
        opened.run(f"o.time.go({day})")
        lines = opened.run(
            "const r = o.records; return r.lines.kind.map((kind, i) => [r.actors.id[r.lines.actor_a[i]],"
            " r.actors.id[r.lines.actor_b[i]], kind, r.lineKm(i)])"
        )
        wanted = {
            (row.actor_a, row.actor_b, row.kind): row.length_km
            for row in made.frontline.itertuples()
        }
        assert {tuple(line[:3]) for line in lines} == set(wanted)
        for a, b, kind, km in lines:
            assert km == pytest.approx(wanted[a, b, kind], rel=0.02, abs=0.5)
        states = opened.run(
            "const r = o.records; return r.places.name.map((name, i) => [name, r.places.status[i],"
            " r.actors.id[r.places.leaning[i]] || ''])"
        )
        frame = made.states
        wanted_states = sorted(zip(frame["name"], frame["status"], frame["leaning"], strict=True))
        # points of claims that only another day knows are on the page, and undetermined
        own = sorted(set(map(tuple, states)) - set(wanted_states))
        assert all(status == "undetermined" and not leaning for _, status, leaning in own)
        shown = sorted(one for one in map(tuple, states) if one not in own)
        assert shown == wanted_states
        events = opened.run("return o.records.events.name.length")
        assert events == len(made.events)
        areas = opened.run("const a = o.records.areas; return [a.km2.length, a.confidence]")
        # two areas that only a sliver parts become one
        assert len(made.territory) - 2 <= areas[0] <= len(made.territory)
        assert None not in areas[1]
        looked, wrong = opened.run(
            "const r = o.records; const found = [0, 0];"
            " const shapes = r.areas.status.map((_, i) => r.areaShape([i]));"
            " for (let i = 0; i < r.places.lat.length; i += 40) {"
            " const [lon, lat] = [r.places.lon[i], r.places.lat[i]];"
            " const at = shapes.findIndex((shape) => syriamap.geometry.contains(shape, lon, lat));"
            " found[0] += 1; found[1] += at < 0 || r.areas.status[at] !== r.places.status[i]; }"
            " return found"
        )
        assert looked > 150
        assert wrong <= 0.03 * looked
    assert opened.messages == []
    assert opened.requests == []


@pytest.mark.browser
def test_the_slider_moves_by_keys_and_buttons(open_page, file):
    opened = open_page(file, alone=True).ready()
    page = opened.page
    page.focus("#sm-day")
    assert page.text_content(".sm-day") == "1 December 2024"
    page.keyboard.press("ArrowLeft")
    assert page.text_content(".sm-day") == "30 November 2024"
    assert "30 November 2024" in page.get_attribute("#sm-day", "aria-valuetext")
    page.keyboard.press("Home")
    assert page.text_content(".sm-day") == "28 November 2024"
    assert page.get_by_label("Day before", exact=True).is_disabled()
    page.get_by_label("Next day").click()
    assert page.text_content(".sm-day") == "29 November 2024"
    page.clock.install()
    page.get_by_label("Play").click()
    page.clock.run_for(900)
    assert page.text_content(".sm-day") == "30 November 2024"
    page.get_by_label("Pause").click()
    assert opened.messages == []


@pytest.mark.browser
def test_a_panel_follows_the_day(open_page, file):
    opened = open_page(file).ready()
    opened.run("o.openPlace(o.records.places.name.indexOf('Aleppo'), false)")
    assert "Hayat Tahrir al-Sham" in opened.text("#sm-panel dl")
    opened.run("o.time.go(0)")
    assert "Hayat Tahrir al-Sham" not in opened.text("#sm-panel dl")


@pytest.mark.browser
def test_changes_on_the_page_are_those_of_the_table(open_page, advance, file):
    opened = open_page(file).ready()
    opened.page.get_by_role("button", name="Changes").click()
    rows = opened.run("return syriamap.balance(o.records, 0, 3)")
    balance = advance.changes().balance
    assert len(rows) == len(balance)
    assert sum(row["after"] for row in rows) == pytest.approx(balance["after_km2"].sum(), abs=1)
    gained = sorted(row["gained"] for row in rows)
    # pages leave slivers out
    assert gained == pytest.approx(sorted(balance["gained_km2"]), rel=0.002, abs=2)
    assert "Undetermined" in opened.text("#sm-panel table")
    opened.page.keyboard.press("Escape")
    assert not opened.run("return o.changes.isOn()")
    assert opened.messages == []


@pytest.mark.browser
def test_the_address_tells_what_is_shown(open_page, file):
    opened = open_page(file).ready()
    opened.page.evaluate(
        "location.hash = '#date=2024-11-30&place=gn-170063&layers=-roads,%2Bage-of-evidence'"
    )
    opened.page.wait_for_selector("#sm-panel h2")
    assert opened.text(".sm-day") == "30 November 2024"
    assert opened.text("#sm-panel h2").startswith("Aleppo")
    assert not opened.run("return o.map.hasLayer(o.layers.roads)")
    assert opened.run("return o.map.hasLayer(o.layers.ages)")
    link = opened.run("return o.state.link()")
    assert "date=2024-11-30" in link
    assert "place=gn-170063" in link
    assert "-roads" in link
    again = open_page(file, fragment=link).ready()
    assert again.text(".sm-day") == "30 November 2024"
    assert again.text("#sm-panel h2").startswith("Aleppo")
    assert again.run("return o.state.link()") == link
    opened.run("o.changes.show(0, 2)")
    assert opened.text(".sm-day") == "30 November 2024"
    assert "changes=2024-11-28:2024-11-30" in opened.run("return o.state.link()")


@pytest.mark.browser
@pytest.mark.parametrize(
    "fragment",
    ["#date=never&place=gn-1&view=a,b,c&changes=x&layers=%", "#%E0%A4%A", "#place=<img>"],
)
def test_a_broken_address_is_passed_over(open_page, file, fragment):
    opened = open_page(file, fragment=fragment).ready()
    assert opened.text(".sm-day") == "1 December 2024"
    assert opened.messages == []
    assert opened.requests == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("written", "name"),
    [("homs", "Homs"), ("حمص", "Homs"), ("Halab", "Aleppo"), ("ALEPPO", "Aleppo"), ("حلب", "Aleppo"),
     ("deir ezzor", "Deir ez-Zor"), ("al hasakah", "Hasakah")],
)  # fmt: skip
def test_a_place_is_found_by_any_spelling(open_page, file, written, name):
    opened = open_page(file).ready()
    opened.page.fill("#sm-find", written)
    assert opened.text("#sm-search .sm-found button") == name
    opened.page.keyboard.press("Enter")
    assert opened.text("#sm-panel h2").startswith(name)
    assert opened.text("#sm-search .sm-found") == ""


@pytest.mark.browser
def test_spellings_are_folded_as_the_gazetteer_folds_them(open_page, file):
    places = read_theater().places
    names = [*places["name"].head(3000), *places["name_ar"][places["name_ar"] != ""].head(300)]
    opened = open_page(file).ready()
    found = opened.page.evaluate("(names) => names.map(window.syriamap.fold)", names)
    different = [
        (name, mine, theirs)
        for name, mine, theirs in zip(names, map(fold, names), found, strict=True)
        if mine != theirs
    ]
    assert not different


@pytest.mark.browser
def test_ghost_fronts_and_the_age_of_evidence_on_demand(open_page, file):
    opened = open_page(file).ready()
    assert opened.run("return Object.keys(o.layers.ghosts)") == ["front-a-day-before"]
    opened.run("o.layers.ghosts['front-a-day-before'].addTo(o.map); o.layers.ages.addTo(o.map)")
    opened.run("o.legend.draw()")
    assert "Last claim" in opened.text(".sm-legend")
    drawn = "return o.layers.ghosts['front-a-day-before'].getLayers().length"
    assert opened.run(drawn) == 1
    opened.run("o.time.go(0)")
    assert opened.run(drawn) == 0, "the day before the first is not on this page"
    assert opened.messages == []


@pytest.mark.browser
def test_claims_that_nobody_confirms_are_hollow_and_denied_ones_struck_through(open_page, file):
    opened = open_page(file).ready()
    assert opened.run("return o.layers.open.getLayers().length") == 0, "the country is in view"
    opened.run("o.map.setZoom(8.5, {animate: false})")
    marks = opened.run("return syriamap.doubt.openClaims(o.records)")
    pockets = opened.run(
        "return [...o.records.evidence.values()].filter(syriamap.doubt.isPocket).length"
    )
    shown = opened.run("return o.layers.open.getLayers().length")
    assert 0 < len(marks) <= shown <= len(marks) + 2 * pockets
    for mark in marks:
        certainty = opened.run(f"return o.records.claims.certainty[{mark['claim']}]")
        assert certainty in {"claimed", "unconfirmed", "denied"}
        assert mark["denied"] == (certainty == "denied")
        assert opened.run(f"return o.records.places.actor[{mark['place']}]") != mark["actor"]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 740)])
def test_axe_finds_no_serious_fault(open_page, file, scheme, width, height):
    opened = open_page(file, width=width, height=height, color_scheme=scheme).ready()
    if width < 420:
        opened.page.click("#sm-more")
    opened.page.fill("#sm-find", "hom")
    opened.faultless_after(
        "",
        "document.querySelector('.sm-legend').open = true",
        "o.openPlace(o.records.places.name.indexOf('Aleppo'), false)",
        "o.changes.show(0, 3)",
        "o.panel.hide(); document.getElementById('sm-about').open = true",
        "document.getElementById('sm-places').open = true",  # last: its 17,000 elements stay
        only=RULES_OF_COLOR if scheme == "dark" else (),
    )


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    """Two days of a country in which every text is hostile."""
    first, last = hostile_frames(), hostile_frames()
    moved = last["territory"].copy()
    moved.loc[0, ["actor", "leaning"]] = ["green", "green"]
    last["territory"] = moved
    theater = last["theater"]
    theater.equal_area_crs = theater.metric_crs
    theater.names = pd.DataFrame({"place_id": ["p0", "p1"], "name": [HOSTILE[0], HOSTILE[5]]})
    days = [
        made_of({**frames, "date": DAY + pd.Timedelta(days=count - 1)})
        for count, frames in enumerate((first, last))
    ]
    atoms = atoms_from_territories([day.territory for day in days], theater)
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    series_map(days, atoms).save(path)
    return path


@pytest.mark.browser
def test_hostile_text_runs_nowhere_on_a_page_through_time(open_page, hostile_file):
    opened = open_page(hostile_file, fragment="#place=<img>&layers=%3Cscript%3E").ready()
    opened.page.fill("#sm-find", "img")
    opened.page.evaluate("for (const b of document.querySelectorAll('.sm-found button')) b.click()")
    opened.run("o.changes.show(0, 1)")
    for row in opened.run("return [...o.records.evidence.keys()]"):
        opened.run(f"o.openPlace({row}, false)")
    opened.run(
        "for (const l of Object.values(o.layers.ghosts)) l.addTo(o.map); o.layers.ages.addTo(o.map)"
    )
    opened.run("document.getElementById('sm-places').open = true")
    opened.run("o.time.go(0); document.getElementById('sm-about').open = true")
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("window.PWNED") is None
    assert opened.messages == []
    assert opened.requests == []
