"""Cities that both sides hold parts of: contested from fight to fight, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from theaters import ACTORS, PUBLISHERS, STANCES, Row, claim, claims_frame, write_theater

from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.series import through_time
from syriamap.theater.folder import read_theater

Inferred = Callable[..., ThroughTime]


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Inferred:
    """A city and a village far from it."""
    folder = tmp_path_factory.mktemp("valley")
    places = [
        {"place_id": kind, "name": kind.title(), "kind": kind, "lat": 46.5, "lon": lon}
        for kind, lon in (("city", 14.2), ("village", 15.2))
    ]
    tables = {"stances": STANCES, "publishers": PUBLISHERS}
    theater = read_theater(write_theater(folder / "theater", places=places, actors=ACTORS,
                                         tables=tables))  # fmt: skip
    return lambda rows: through_time(claims_frame(rows, theater, folder), theater)


def fight(place: str, day: str, publisher: str = "Agency") -> Row:
    return claim(place, "rebels", "contested", against="crown", day=day, publisher=publisher)


def battle(place: str) -> list[Row]:
    """Entered in June, fought over in reports up to ten weeks apart, taken in October."""
    return [
        claim(place, "crown", "controls", day="2029-10-01"),
        claim(place, "rebels", "entered", against="crown", day="2030-06-06", publisher="Agency"),
        *(fight(place, day) for day in ("2030-06-13", "2030-07-27", "2030-10-01")),
        *(claim(place, "rebels", "captured", against="crown", day="2030-10-17", publisher=one)
          for one in ("Agency", "Wire")),
    ]  # fmt: skip


def status(time: ThroughTime, place: str, day: str) -> tuple[str, str]:
    row = frame_of_day(time, date.fromisoformat(day)).set_index("place_id").loc[place]
    return row["status"], row["actor"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2030-05-20", ("held", "crown")),
        ("2030-06-20", ("contested", "")),
        ("2030-07-05", ("contested", "")),
        ("2030-08-05", ("contested", "")),
        ("2030-09-01", ("contested", "")),
        ("2030-10-16", ("contested", "")),
        ("2030-10-18", ("held", "rebels")),
        ("2031-02-01", ("held", "rebels")),
    ],
)
def test_a_city_is_contested_from_the_first_fight_to_its_capture(
    valley: Inferred, day: str, found: tuple[str, str]
) -> None:
    assert status(valley(battle("city")), "city", day) == found


def test_a_village_is_not_fought_over_for_months(valley: Inferred) -> None:
    time = valley(battle("village"))
    assert not len(time.battles.keys)
    assert status(time, "village", "2030-06-13")[0] == "contested"
    assert status(time, "village", "2030-09-01")[0] == "held"


def test_one_day_of_fighting_is_no_battle(valley: Inferred) -> None:
    held = claim("city", "crown", "controls", day="2029-10-01")
    once = [held, *(fight("city", "2030-06-13", one) for one in ("Agency", "Wire", "Monitor"))]
    assert status(valley(once), "city", "2030-06-14")[0] == "contested"
    assert status(valley(once), "city", "2030-07-25") == ("held", "crown")
    # another one some weeks later makes one of both, and of what lies between
    twice = [*once, fight("city", "2030-08-20")]
    for day in ("2030-06-25", "2030-07-25", "2030-08-20", "2030-09-20"):
        assert status(valley(twice), "city", day)[0] == "contested", day
    # which does not go on for years in silence, nor tie fights of different years
    assert status(valley(twice), "city", "2031-06-20") == ("held", "crown")
    later = [*once, fight("city", "2032-06-13")]
    assert status(valley(later), "city", "2031-06-13") == ("held", "crown")


def test_who_is_said_to_hold_a_city_ends_the_battle_for_it(valley: Inferred) -> None:
    fought = [claim("city", "crown", "controls", day="2029-10-01"), fight("city", "2030-06-13"),
              fight("city", "2030-07-20")]  # fmt: skip
    quiet = [claim("city", "crown", "controls", day="2030-07-25", publisher=one)
             for one in ("Agency", "Wire")]  # fmt: skip
    after = (date(2030, 7, 25) + timedelta(days=14)).isoformat()
    assert status(valley(fought), "city", after)[0] == "contested"
    assert status(valley([*fought, *quiet]), "city", after) == ("held", "crown")
