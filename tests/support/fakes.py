"""A made-up country, its claims and every frame the page is made from, built in a few lines."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import LineString, Point, Polygon, box

from syriamap.claims.question import Question
from syriamap.claims.reader import CLAIM_COLUMNS
from syriamap.history.days import MapOfDay
from syriamap.territory import HeldOut

METRIC = "EPSG:32631"  # the made-up country lies on the zero meridian's east
DAY = pd.Timestamp("2031-05-04")

# Text that would do harm if anything took it for HTML, JavaScript or a template.
HOSTILE = (
    "<img src=x onerror=\"window.PWNED='img'\">",
    "</script><script>window.PWNED='script'</script>",
    "${window.PWNED='template literal'}",
    "`+(window.PWNED='backtick')+`",
    "\\`)[0];window.PWNED='escaped backtick';//`",
    "{{cycler.__init__.__globals__.os.environ.setdefault('SYRIAMAP_PWNED','1')}}",
    "{% set x = cycler.__init__.__globals__.os.environ.setdefault('SYRIAMAP_PWNED','2') %}",
    "{# a comment that never ends",
    "100 {% of",
    "</title><script>window.PWNED='title'</script>",
    "\" onmouseover=\"window.PWNED='attribute'",
    "line\u2028separator\u2029paragraph",
    "right\u202eto left",
    "javascript:window.PWNED='link'",
    "__SYRIAMAP_DATA__ __SYRIAMAP_SCRIPT__",
    "lone \ud800 surrogate",
    "-->]]>'><svg/onload=window.PWNED='svg'>",
)
EVERYTHING = " ".join(HOSTILE)


def fake_theater(**changes: Any) -> Any:
    """A theater of two enemies and a third side; any attribute can be replaced."""
    actors = pd.DataFrame(
        {
            "actor_id": ["red", "green", "blue", "grey"],
            "name": ["Red Army", "Green Front", "Blue Guards", "Grey Band"],
            "name_ar": ["الجيش الأحمر", "الجبهة الخضراء", "", ""],
            "short": ["Red", "Green", "Blue", "Grey"],
            "color": ["#c51b2b", "#66c28a", "#2b5fb0", "#777777"],
            "pattern": ["none", "dots", "lines-90", "cross"],
            "side": ["red", "green", "blue", "grey"],
        }
    ).set_index("actor_id")
    empty = gpd.GeoDataFrame({"name": [], "kind": []}, geometry=[], crs="EPSG:4326")
    land = [box(-3, 41, 1, 49), box(6, 41, 9, 49), box(1, 46.5, 6, 49)]
    lake = Polygon([(3.4, 44.1), (3.7, 44.1), (3.7, 44.4), (3.4, 44.4)])
    river = LineString([(1.5, 44.8), (3.0, 45.1), (5.5, 45.0)])
    attributes = {
        "id": "fakeland",
        "title": "Fakeland",
        "metric_crs": METRIC,
        "bounds": (1.0, 43.0, 6.0, 46.5),
        "border_statement": "Outline as drawn for these tests.",
        "border_variant": "",
        "attribution": ("Places: invented for the tests",),
        "actors": actors,
        "boundary": box(1, 43, 6, 46.5),
        "water": gpd.GeoDataFrame(
            {"name": ["Long Lake", "Slow River"], "kind": ["lake", "river"]},
            geometry=[lake, river],
            crs="EPSG:4326",
        ),
        "admin1": gpd.GeoDataFrame(
            {"name": ["West", "East"]},
            geometry=[box(1, 43, 3.5, 46.5), box(3.5, 43, 6, 46.5)],
            crs="EPSG:4326",
        ),
        "cities_around": gpd.GeoDataFrame(
            {"name": ["Other Town"], "name_ar": ["بلدة"]},
            geometry=[Point(6.5, 44.0)],
            crs="EPSG:4326",
        ),
        "neighbors": gpd.GeoDataFrame(
            {"name": ["Westland", "Eastland", "Northland"]}, geometry=land, crs="EPSG:4326"
        ),
        "roads": gpd.GeoDataFrame(
            {"name": ["R1"], "kind": ["schematic"]},
            geometry=[LineString([(1.2, 43.4), (3.2, 44.6), (5.8, 46.2)])],
            crs="EPSG:4326",
        ),
        "disputed": empty,
        "names": pd.DataFrame({"place_id": [], "name": []}),
        "sides": {},
        "arabic": {},
        "title_in": lambda _: theater.title,
        "border_in": lambda _: theater.border_statement,
        "side_in": lambda side, _: theater.sides.get(side) or side,
        "asserter_rows": {},
        "publisher_rows": {},
    }
    attributes["places"] = pd.DataFrame(index=pd.Index([], name="place_id"))
    theater = SimpleNamespace(**{**attributes, **changes})
    theater.named_for = lambda first, last: theater
    return theater


def fake_claims() -> pd.DataFrame:
    """Six claims on three places and a strike, one of them after the day."""
    rows = [
        ("c1", "2031-05-01", "p0", "Alpha", "red", "captured", "green", "Red command", "claimed"),
        ("c2", "2031-05-02", "p0", "Alpha", "green", "lost", "red", "Green radio", "asserted"),
        ("c3", "2031-05-03", "p1", "Beta", "green", "controls", "", "Observers", "asserted"),
        ("c4", "2031-05-03", "p2", "Gamma", "red", "entered", "green", "Observers", "unconfirmed"),
        ("c5", "2031-05-04", "p1", "Beta", "red", "struck", "green", "Observers", "claimed"),
        ("c6", "2031-06-01", "p1", "Beta", "red", "captured", "green", "Later", "asserted"),
    ]
    columns = ["claim_id", "event_date", "place_id", "place", "actor", "relation", "against",
               "asserted_by", "certainty"]  # fmt: skip
    claims = pd.DataFrame(rows, columns=columns)
    claims["event_date"] = pd.to_datetime(claims["event_date"])
    claims["reported_on"] = claims["event_date"] + pd.Timedelta(days=1)
    claims["date_precision"] = "day"
    claims["publisher"] = ["Daily", "Daily", "Weekly", "Weekly", "Hourly", "Hourly"]
    claims["source_title"] = "Report " + claims["claim_id"]
    claims["source_url"] = "https://example.org/" + claims["claim_id"]
    for column in ("place_note", "note", "area_id", "archive_url"):
        claims[column] = ""
    claims["lat"], claims["lon"] = 45.0, 3.0
    return claims[list(CLAIM_COLUMNS)]


def fake_frames(*, villages: int = 300) -> dict[str, Any]:
    """
    Everything that a map of a day is made of, to be changed at will; see `made_of`.

    Parameters
    ----------
    villages
        How many places without evidence to add.
    """
    theater = fake_theater()
    cells = {
        ("red", "red", "held"): box(1, 43, 3, 46.5),
        ("green", "green", "held"): box(3, 43, 5, 45),
        ("", "red", "contested"): box(3, 45, 4, 46.5),
        ("", "", "undetermined"): box(4, 45, 6, 46.5),
        ("blue", "blue", "besieged"): box(5, 43, 6, 45),
    }
    territory = gpd.GeoDataFrame(
        [(*key, 0.9) for key in cells],
        columns=["actor", "leaning", "status", "confidence"],
        geometry=list(cells.values()),
        crs="EPSG:4326",
    ).to_crs(METRIC)
    territory["area_km2"] = territory.area / 1e6
    frontline = gpd.GeoDataFrame(
        {"actor_a": ["red", "green"], "actor_b": ["green", "blue"], "kind": ["front", "boundary"]},
        geometry=[LineString([(3, 43), (3, 45)]), LineString([(5, 43), (5, 45)])],
        crs="EPSG:4326",
    ).to_crs(METRIC)
    frontline["length_km"] = frontline.length / 1e3
    return {
        "theater": theater,
        "date": DAY,
        "known_by": None,
        "according_to": None,
        "claims": fake_claims(),
        "states": _states(villages),
        "control": _control(),
        "territory": territory,
        "frontline": frontline,
        "events": pd.DataFrame(
            {
                "event_id": ["e1", "e2"],
                "kind": ["struck", "advanced_toward"],
                "place_id": ["p1", "p2"],
                "name": ["Beta", "Gamma"],
                "lat": [44.0, 45.6],
                "lon": [4.0, 3.5],
                "actor": ["red", "red"],
                "against": ["green", ""],
                "event_date": [DAY, DAY - pd.Timedelta(days=1)],
                "certainty": ["claimed", "unconfirmed"],
                "claim_ids": [("c5",), ("c4",)],
            }
        ),
    }


def made_of(frames: dict[str, Any]) -> MapOfDay:
    """The record of a day from frames as `fake_frames` gives them, changed at will."""
    parts = dict(frames)
    asked = {name: parts.pop(name) for name in ("theater", "claims", "known_by", "according_to")}
    day = pd.Timestamp(parts.pop("date")).date()
    return MapOfDay(
        question=Question(**{**asked, "according_to": asked["according_to"] or ""}),
        date=day,
        held_out=parts.pop("held_out", HeldOut()),
        **parts,
    )


def fake_day(**options: Any) -> MapOfDay:
    """The map of the made-up country's day; options as for `fake_frames`."""
    return made_of(fake_frames(**options))


def whole_day() -> MapOfDay:
    """The same with what only exports ask of it."""
    frames = fake_frames()
    frames["theater"].accuracy = {}
    for table in ("territory", "states"):
        frames[table]["doubt"] = ""
    return made_of(frames)


def hostile_day(text: str = EVERYTHING) -> MapOfDay:
    """The same with one hostile text in every field that can hold text."""
    return made_of(hostile_frames(text))


def two_days(frames_of: Callable[[], dict[str, Any]]) -> list[MapOfDay]:
    """The day before and the day; on the second the red ground is green."""
    first, last = frames_of(), frames_of()
    moved = last["territory"].copy()
    moved.loc[0, ["actor", "leaning"]] = ["green", "green"]
    last["territory"] = moved
    for frames in (first, last):
        theater = frames["theater"]
        theater.equal_area_crs = theater.metric_crs
        theater.side_of = lambda actor: actor
    return [
        made_of({**frames, "date": DAY + pd.Timedelta(days=count - 1)})
        for count, frames in enumerate((first, last))
    ]


def _control() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place_id": ["p0", "p1", "p2"],
            "name": ["Alpha", "Beta", "Gamma"],
            "lat": [44.5, 44.0, 45.6],
            "lon": [2.0, 4.0, 3.5],
            "actor": ["red", "green", ""],
            "status": ["held", "held", "contested"],
            "confidence": [0.95, 0.8, 0.5],
            "since": pd.to_datetime(["2031-05-01", "2031-05-03", None]),
            "reasons": [("captured", "corroborated"), ("controls",), ("conflicting_reports",)],
            "claim_ids": [("c2", "c1"), ("c3",), ("c4",)],
        }
    )


def _states(villages: int) -> pd.DataFrame:
    control = _control()
    sites = pd.DataFrame(
        {
            "place_id": ["s0", "s1", "s2", "s3", "s4"],
            "name": ["Alpha bridge", "High Dam", "East Gate", "Sky Base", "Harbor"],
            "kind": ["bridge", "dam", "crossing", "airbase", "naval_base"],
            "lat": [44.52, 44.25, 45.2, 43.6, 43.05],
            "lon": [2.02, 3.4, 5.98, 1.8, 2.6],
        }
    )
    generator = np.random.default_rng(7)
    east, north = generator.uniform(1.05, 5.95, villages), generator.uniform(43.05, 46.45, villages)
    rest = pd.DataFrame(
        {
            "place_id": [f"v{i}" for i in range(villages)],
            "name": [f"Village {i}" for i in range(villages)],
            "kind": ["town" if i % 17 == 0 else "village" for i in range(villages)],
            "lat": north,
            "lon": east,
            "actor": np.where(east < 3, "red", "green"),
            "leaning": np.where(east < 3, "red", "green"),
            "status": "held",
            "confidence": 0.7,
        }
    )
    named = control.drop(columns=["reasons", "claim_ids"])
    states = pd.concat([named, sites, rest], ignore_index=True)
    states["kind"] = states["kind"].where(states["kind"].notna(), "city")
    states["name_ar"] = ["ألفا", "بيتا", "جاما"] + [""] * (len(states) - 3)
    states["population"] = [90000, 50000, 20000] + [0] * (len(states) - 3)
    states["evidence"] = states["place_id"].isin(control["place_id"])
    for column, value in (("actor", ""), ("leaning", "red"), ("status", "undetermined")):
        states[column] = states[column].astype(object).where(states[column].notna(), value)
    states["confidence"] = states["confidence"].fillna(0.5)
    return states


def _column_of(text: str, frame: pd.DataFrame) -> pd.Series[Any]:
    """A column of one text, as objects: where pyarrow is installed, text columns refuse some."""
    return pd.Series([text] * len(frame), index=frame.index, dtype=object)


def hostile_frames(text: str = EVERYTHING) -> dict[str, Any]:
    """The same frames with one hostile text in every field that can hold text."""
    frames = fake_frames(villages=5)
    theater = frames["theater"]
    theater.title = text
    theater.border_statement = text
    theater.attribution = (text, text)
    theater.cities_around = theater.cities_around.assign(
        name=_column_of(text, theater.cities_around)
    )
    theater.neighbors = theater.neighbors.assign(name=_column_of(text, theater.neighbors))
    theater.disputed = gpd.GeoDataFrame(
        {name: pd.Series([text], dtype=object) for name in ("name", "statement")},
        geometry=[LineString([(1, 43), (1, 44)])],
        crs="EPSG:4326",
    )
    for column in ("name", "name_ar", "short", "color", "pattern"):
        theater.actors[column] = _column_of(text, theater.actors)
    claims = frames["claims"]
    for column in ("place", "place_note", "asserted_by", "publisher", "source_title", "note",
                   "relation", "certainty", "date_precision"):  # fmt: skip
        claims[column] = _column_of(text, claims)
    links = [
        "javascript:window.PWNED='link'",
        "data:text/html,<script>window.PWNED='link'</script>",
        "https://example.org/\" onclick=\"window.PWNED='link'",
        "\tjavascript:window.PWNED='link'",
        text,
        "https://example.org/good",
    ]
    claims["source_url"] = pd.Series(links, index=claims.index, dtype=object)
    states = frames["states"]
    for column in ("name", "name_ar"):
        states[column] = _column_of(text, states)
    for row, column in enumerate(("kind", "status")):
        states[column] = states[column].astype(object)
        states.loc[states.index[row], column] = text
    frames["control"]["reasons"] = [(text,)] * 3
    frames["events"]["name"] = _column_of(text, frames["events"])
    frames["events"]["certainty"] = _column_of(text, frames["events"])
    frames["according_to"] = text
    return frames
