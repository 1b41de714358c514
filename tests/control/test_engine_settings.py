"""Each number of the engine that a theater may say otherwise changes what is inferred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from theaters import ACTORS, PUBLISHERS, STANCES, Row, claim, claims_frame, write_theater

from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.engine_settings import TimeSettings, time_settings
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.series import through_time
from syriamap.theater.folder import read_theater
from syriamap.theater.settings import setting_rows

OTHERWISE: dict[str, float | tuple[str, ...]] = {
    "quiet_rate": 1e-3, "entering_days": 30.0, "active_rate": 0.2, "rout_rate": 20.0,
    "taken_rate": 0.6, "length_km": 5.0, "close_pull": 30.0, "stubborn": 5.0, "hindsight": 30.0,
    "held_above": 0.95, "fight_half_life": 60.0, "umbrella_actors": ("rebels",),
    "city_size": 1.0, "town_size": 8.0, "passed_above": 0.9, "fight_entered": 0.05,
    "taken_ends": 0.1, "held_ends": 0.01, "joint_taken_ends": 0.1, "joint_held_ends": 1.0,
    "least_share": 0.3, "reported_days": 0.5, "news_days": 60.0, "deciding_half_life": 1.0,
    "most_deciding": 1.0, "shown_neighbors": 1.0, "named_half_life": 1.0, "rival_named": 3.0,
    "umbrella_share": 0.01,
}  # fmt: skip
"""Setting → a value with which something of the made-up war is told otherwise."""

DAYS = [date(2030, 1, 1) + timedelta(days=5 * step) for step in range(40)]


@pytest.fixture(scope="module")
def inferred(tmp_path_factory: pytest.TempPathFactory) -> Callable[[TimeSettings], ThroughTime]:
    """Ten villages on a line with a town and a city at its ends, and a war over them."""
    folder = tmp_path_factory.mktemp("numbers")
    places = [
        {"place_id": f"v{n:02d}", "name": f"Village {n}", "kind": "village", "lat": 46.5,
         "lon": round(14.1 + 0.05 * n, 3)}
        for n in range(10)
    ] + [
        {"place_id": "town", "name": "Town", "kind": "town", "lat": 46.52, "lon": 14.35},
        {"place_id": "city", "name": "City", "kind": "city", "lat": 46.55, "lon": 14.6},
        {"place_id": "oak", "name": "Oakham", "kind": "village", "lat": 46.9, "lon": 15.0},
    ]  # fmt: skip
    tables = {"stances": STANCES, "publishers": PUBLISHERS}
    theater = read_theater(
        write_theater(folder / "theater", places=places, actors=ACTORS, tables=tables)
    )
    claims = claims_frame(war(), theater, folder)
    return lambda settings: through_time(claims, theater, settings=settings)


def war() -> list[Row]:
    """Fights, captures, words of two holders, names of a side's actors, a late side."""
    rows = [claim(f"v{n:02d}", "crown", "controls", day="2030-01-01") for n in (0, 1, 3, 5, 8, 9)]
    rows += [claim(one, "crown", "controls", day="2030-01-02") for one in ("town", "city")]
    rows += [claim("v09", "crown", "controls", day="2030-02-01", publisher=one)
             for one in ("Agency", "Monitor")]  # fmt: skip
    taken = {"v00": 10, "v01": 12, "v03": 13, "v05": 13, "town": 13, "v02": 14}
    rows += [
        claim(place, "brigade", "captured", against="crown", day=f"2030-02-{day}")
        for place, day in taken.items()
    ]
    rows += [
        claim("city", "rebels", "entered", against="crown", day="2030-02-20"),
        claim("city", "rebels", "contested", against="crown", day="2030-02-25", publisher="Agency"),
        claim("city", "crown", "controls", day="2030-03-02", publisher="Agency"),
        claim("v08", "rebels", "contested", against="crown", day="2030-03-01"),
        claim("v08", "rebels", "captured", against="crown", day="2030-03-03"),
        claim("v08", "brigade", "controls", day="2030-03-20", publisher="Agency"),
        claim("v08", "rebels", "controls", day="2030-03-24", publisher="Monitor"),
        claim("v07", "rebels", "controls", day="2030-06-10", publisher="Blog"),
        claim("v06", "republic", "controls", day="2030-07-02", publisher="Blog"),
        claim("v04", "rebels", "captured", against="crown", day="2030-02-16", publisher="Monitor"),
        claim("v04", "crown", "captured", against="brigade", day="2030-04-20"),
        claim(
            "v04", "rebels", "captured", against="militia", day="2030-04-22", certainty="claimed"
        ),
    ]
    together = [claim("oak", one, "controls", day="2030-03-01") for one in ("crown", "guests")]
    rows += [*together, claim("oak", "crown", "controls", day="2030-03-11", publisher="Agency"),
             claim("oak", "crown", "captured", against="guests", day="2030-04-01",
                   publisher="Blog")]  # fmt: skip
    return rows


def told(time: ThroughTime) -> list[Any]:
    """All that is read off the days, and the spells and terms behind it."""
    frames = [frame_of_day(time, day).to_csv() for day in DAYS]
    places = np.arange(len(time.scene.places))
    days = [int(np.datetime64(day, "D").astype(int)) for day in DAYS]
    spells = [time.fights.chance(places, day).tolist() for day in days]
    joint = [time.joint.at(row, day) for row in places.tolist() for day in days]
    return [frames, spells, joint]


@pytest.fixture(scope="module")
def usual(inferred: Callable[[TimeSettings], ThroughTime]) -> list[Any]:
    return told(inferred(TimeSettings()))


def test_every_number_with_a_key_is_asked_for() -> None:
    assert set(OTHERWISE) == {row.name for row in setting_rows(TimeSettings()) if row.key}


@pytest.mark.parametrize("name", OTHERWISE)
def test_it_changes_what_is_told(
    inferred: Callable[[TimeSettings], ThroughTime], usual: list[Any], name: str
) -> None:
    settings = replace(TimeSettings(), **{name: OTHERWISE[name]})
    if name == "umbrella_share":  # of whom a theater names none
        settings = replace(settings, umbrella_actors=("rebels",))
        usual = told(inferred(replace(TimeSettings(), umbrella_actors=("rebels",))))
    assert told(inferred(settings)) != usual


def test_a_theater_says_it_by_its_key(tmp_path: Any) -> None:
    engine = {name: list(value) if isinstance(value, tuple) else value
              for name, value in OTHERWISE.items()}  # fmt: skip
    folder = write_theater(tmp_path / "own", engine=engine)
    assert time_settings(read_theater(folder)) == replace(TimeSettings(), **OTHERWISE)
