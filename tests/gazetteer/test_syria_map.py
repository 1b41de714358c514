"""
The shipped theater of Syria, day by day through the offensive of 2024.

What is expected here is what several sources in `gazetteer/syria/claims` say; where they differ,
the places are left out. See `docs/` for how the claims were checked.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest
import shapely

from syriamap.control import control_from_claims, control_of_question
from syriamap.names.gazetteer import Gazetteer, kilometers
from syriamap.pipeline import Build, ask, build_control
from syriamap.territory import reviewed_control
from syriamap.theater.folder import Theater, default_folder, read_theater

pytestmark = pytest.mark.skipif(
    not (default_folder() / "places.csv").is_file(), reason="the data of Syria is not built"
)

OPPOSITION = {"hts", "opposition"}
US_BACKED = {"us_coalition", "syrian_free_army"}


@cache
def syria() -> Theater:
    return read_theater()


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(syria())


@cache
def control_on(day: str) -> pd.DataFrame:
    """From the folder of the theater, whose claims are known again: a theater in memory is not."""
    return build_control(day).set_index("place_id")


def place(name: str) -> str:
    return gazetteer().one(name)


# --- who held what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "name", "holders"),
    [
        ("2024-11-26", "Aleppo", {"government"}),
        ("2024-11-26", "Hama", {"government"}),
        ("2024-11-26", "Saraqib", {"government"}),
        ("2024-11-26", "Idlib", {"hts"}),
        ("2024-11-26", "Manbij", {"sdf"}),
        ("2024-11-26", "Azaz", {"sna"}),
        ("2024-11-26", "al-Tanf", US_BACKED),
        ("2024-11-30", "Aleppo", {"hts"}),
        ("2024-11-30", "Saraqib", {"hts"}),
        ("2024-11-30", "Hama", {"government"}),
        ("2024-12-05", "Hama", OPPOSITION),
        ("2024-12-05", "Homs", {"government"}),
        ("2024-12-06", "Aleppo", {"hts"}),
        ("2024-12-06", "Hama", OPPOSITION),
        ("2024-12-06", "Idlib", {"hts"}),
        ("2024-12-06", "Rastan", OPPOSITION),
        ("2024-12-06", "Talbiseh", OPPOSITION),
        ("2024-12-06", "Homs", {"government"}),
        ("2024-12-06", "Damascus", {"government"}),
        ("2024-12-06", "Tartus", {"government"}),
        ("2024-12-06", "Latakia", {"government"}),
        ("2024-12-06", "Deir ez-Zor", {"sdf"}),
        ("2024-12-06", "Raqqa", {"sdf"}),
        ("2024-12-06", "Azaz", {"sna"}),
        ("2024-12-06", "al-Tanf", US_BACKED),
        ("2024-12-06", "Majdal Shams", {"israel"}),
        ("2024-12-06", "Khmeimim", {"russia"}),
        ("2024-12-07", "Daraa", {"southern_operations_room"}),
        ("2024-12-07", "Damascus", {"government"}),
        ("2024-12-08", "Damascus", {*OPPOSITION, "southern_operations_room"}),
        ("2024-12-08", "Homs", OPPOSITION),
        ("2024-12-08", "Latakia", OPPOSITION),
        ("2024-12-08", "Khmeimim", {"russia"}),
    ],
)
def test_who_held_a_place(day: str, name: str, holders: set[str]) -> None:
    state = control_on(day).loc[place(name)]
    assert (state["actor"] in holders, state["status"]) == (True, "held"), state.to_dict()


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Khanasir", {"2024-11-30": {"government"}, "2024-12-01": {"opposition", "sna"},
                      "2024-12-02": {"opposition", "sna"}, "2024-12-03": {"government"}}),
        # only the army says that it retook the town on 1 December: contested will do
        ("Qalaat al-Madiq", {"2024-11-29": {"government"}, "2024-12-01": {"government", ""},
                             "2024-12-02": {"hts"}, "2024-12-05": {"hts"}}),
    ],
)  # fmt: skip
def test_reversals(name: str, held: dict[str, set[str]]) -> None:
    for day, holders in held.items():
        assert control_on(day).at[place(name), "actor"] in holders, day


def test_aleppo_airport_passes_to_the_opposition_in_the_end() -> None:
    airport = place("Aleppo International Airport")
    leanings = {day: control_on(day).at[airport, "leaning"] for day in ("2024-11-29", "2024-12-01")}
    assert leanings == {"2024-11-29": "government", "2024-12-01": "hts"}


def test_turkey_in_a_town_of_its_ally_is_the_ally_there() -> None:
    """Some say Turkey holds the towns taken in October 2019, others the SNA: no quarrel."""
    for day in ("2020-06-01", "2022-12-06", "2024-12-06"):
        control = control_on(day)
        for town in ("gn-163750", "gn-165509"):  # Tal Abyad, Ras al-Ayn
            assert control.at[town, "actor"] == "sna", (day, town)


def test_a_province_is_not_every_town_in_it() -> None:
    """Later the SDF held the province of Raqqa: not Suluk, which its own claims give to the SNA."""
    assert control_on("2024-12-06").at[place("Suluk"), "leaning"] == "sna"


def test_villages_taken_since_are_not_contested_by_who_once_held_the_province() -> None:
    """Southeastern Idlib, taken village by village; a claim of 2015 spoke of all the province."""
    for day in ("2020-06-01", "2024-11-20"):
        control = control_on(day)
        for name in ("Maarr Shamarin", "Dayr ash Sharqi", "Zifr Saghir", "osm-44012b94"):
            state = control.loc[place(name)]
            assert (state["actor"], state["status"]) == ("government", "held"), (day, name)


def test_the_government_holds_nothing_after_the_eighth() -> None:
    control = control_on("2024-12-09")
    assert "government" not in set(control["actor"]) | set(control["leaning"])


def test_nobody_holds_a_place_since_before_its_own_claims() -> None:
    """Who has claims of a day up to the map's is held since one of them, or since later news."""
    claims = ask().claims.set_index("claim_id")
    for day in ("2024-12-06", "2024-12-08"):
        held = control_on(day)
        for state in held[held["status"] == "held"].itertuples():
            assert len(state.claim_ids), (day, state.Index)
            assert state.since <= pd.Timestamp(day)
            later = claims.loc[list(state.claim_ids), "event_date"] > pd.Timestamp(day)
            told_so = {"later_news", "front_moved", "holder_ended"} & set(state.reasons)
            assert told_so or not later.all(), (day, state.Index)


def test_every_state_names_its_claims() -> None:
    control = control_on("2024-12-06")
    assert len(control) > 150
    assert control["claim_ids"].map(len).min() >= 1
    assert control["reasons"].map(len).min() >= 1


# --- the map of 6 December ----------------------------------------------------------------------


def test_the_map_of_the_sixth_is_a_coverage(sixth: Build) -> None:
    areas = sixth.territory
    assert shapely.coverage_is_valid(areas.geometry.to_numpy())
    assert 180_000 < areas["area_km2"].sum() < 190_000
    assert {"government", "hts", "sdf", "sna", "israel"} <= set(areas["actor"])
    assert {"held", "contested", "undetermined"} <= set(areas["status"])
    desert = areas.loc[areas["status"] == "undetermined", "area_km2"].sum()
    assert 0.02 < desert / areas["area_km2"].sum() < 0.3


def test_the_front_of_the_sixth_runs_just_north_of_homs(sixth: Build) -> None:
    fronts = sixth.frontline[sixth.frontline["kind"] == "front"]
    pairs = {frozenset((one.actor_a, one.actor_b)) for one in fronts.itertuples()}
    assert frozenset(("government", "hts")) in pairs
    line = fronts[(fronts["actor_a"] == "government") & (fronts["actor_b"].isin(OPPOSITION))]
    degrees = line.geometry.to_crs("EPSG:4326").union_all()
    homs = shapely.Point(*gazetteer().position(place("Homs"))[::-1])
    rastan = shapely.Point(*gazetteer().position(place("Rastan"))[::-1])
    near = shapely.shortest_line(homs, degrees)
    lon, lat = shapely.get_coordinates(near)[1]
    assert kilometers((homs.y, homs.x), (lat, lon)) < 16  # about six miles, roughly
    assert shapely.distance(rastan, degrees) > 0.01


def test_the_strikes_of_the_sixth(sixth: Build) -> None:
    events = sixth.events
    struck = events[events["kind"] == "struck"]
    bridge = struck[struck["name"].str.contains("bridge", case=False)]
    assert "russia" in set(bridge["actor"]) | set(bridge["against"])
    assert "israel" in set(struck["actor"])


def test_the_evening_of_the_fifth_knew_less() -> None:
    then = build_control("2024-12-06", known_by=date(2024, 12, 5))
    assert len(then) < len(control_on("2024-12-06"))


# --- the gazetteer ------------------------------------------------------------------------------


def test_every_place_resolves_to_itself_in_both_scripts() -> None:
    index = gazetteer()
    for place_id, name, name_ar in syria().places[["name", "name_ar"]].itertuples(name=None):
        for written in filter(None, (name, name_ar)):
            found = {one.place_id for one in index.resolve(written).candidates}
            assert place_id in found, (place_id, written)


def test_every_place_lies_in_the_country_or_at_its_edge() -> None:
    places = syria().places
    area = syria().boundary.buffer(0.06)  # about 5 km
    inside = shapely.contains_xy(area, places["lon"].to_numpy(), places["lat"].to_numpy())
    assert places.index[~inside].tolist() == []


def test_the_laws_of_time_hold_for_the_real_claims() -> None:
    """As known that evening, nothing later counts; with hindsight it does; rows have no order."""
    day = date(2024, 12, 5)
    question = ask(known_by=day)
    control = control_of_question(question, day)
    shuffled = question.claims.sample(frac=1, random_state=1)
    known = shuffled[shuffled["event_date"] <= pd.Timestamp(day)]
    pd.testing.assert_frame_equal(control, control_from_claims(known, syria(), day, known_by=day))
    alone = control_from_claims(shuffled, syria(), day)
    assert len(alone) > len(control)
    reviewed = reviewed_control(alone, syria())
    pd.testing.assert_frame_equal(build_control(day), reviewed)
