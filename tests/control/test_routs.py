"""Days of collapse: what is lost lately says how safe is what nobody speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from theaters import ACTORS, PUBLISHERS, STANCES, Row, claim, claims_frame, write_theater

from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.lattice import Lattice
from syriamap.control.timeline.series import through_time
from syriamap.theater.drawn_areas import OwnArea, areas_beside, write_own_areas
from syriamap.theater.folder import read_theater

LAST = date(2030, 3, 4)
SETTINGS = replace(TimeSettings(), rout_places=10.0)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., ThroughTime]:
    """Sixteen villages of the crown in the west and four, where rebels were, 300 km east."""
    folder = tmp_path_factory.mktemp("country")
    places = [
        {"place_id": f"v{n:02d}", "name": f"Village {n}", "kind": "village", "lat": 46.5,
         "lon": round(14.05 + 0.05 * n + (4.0 if n >= 16 else 0.0), 3)}
        for n in range(20)
    ]  # fmt: skip
    tables = {"stances": STANCES, "publishers": PUBLISHERS}
    theater = read_theater(write_theater(folder / "theater", places=places, actors=ACTORS,
                                         tables=tables))  # fmt: skip

    def inferred(
        rows: list[Row], settings: TimeSettings = SETTINGS, areas: tuple[Path, ...] = ()
    ) -> ThroughTime:
        known = theater.with_areas_of(areas)
        return through_time(claims_frame(rows, known, folder), known, settings=settings)

    return inferred


def before() -> list[Row]:
    east = [claim(f"v{n:02d}", "rebels", "controls", day="2025-01-01") for n in range(16, 20)]
    back = [claim(f"v{n:02d}", "crown", "captured", against="rebels", day="2026-01-01")
            for n in range(16, 20)]  # fmt: skip
    west = [claim(f"v{n:02d}", "crown", "controls", day="2026-01-01") for n in range(16)]
    return [*west, *east, *back]


def falls(places: range) -> list[Row]:
    """Three of the western villages a day, up to the last day."""
    return [
        claim(f"v{n:02d}", "rebels", "captured", against="crown", publisher="Agency",
              day=(LAST - timedelta(days=number // 3)).isoformat())
        for number, n in enumerate(places)
    ]  # fmt: skip


def routs(time: ThroughTime) -> Any:
    """Which share of its places each side loses on each day."""
    return lattice(time).routs.share


def lattice(time: ThroughTime) -> Lattice:
    assert isinstance(time.lattice, Lattice)
    return time.lattice


def shares(time: ThroughTime, place: str, day: date) -> Any:
    return frame_of_day(time, day).set_index("place_id").loc[place, "shares"]


def test_no_place_of_a_side_in_rout_is_safe(country: Callable[..., ThroughTime]) -> None:
    tomorrow = LAST + timedelta(days=1)
    calm = shares(country(before()), "v18", tomorrow)
    rout = country([*before(), *falls(range(6))])
    shaken = shares(rout, "v18", tomorrow)
    assert calm.get("rebels", 0.0) + 0.05 < shaken["rebels"] < shaken["crown"]
    frame = frame_of_day(rout, tomorrow).set_index("place_id")
    assert frame.loc["v18", ["status", "leaning"]].tolist() == ["held", "crown"]


def test_a_rout_passes_by_whom_later_news_shows(country: Callable[..., ThroughTime]) -> None:
    later = claim("v18", "crown", "controls", day="2030-03-20", publisher="Agency")
    time = country([*before(), *falls(range(6)), later])
    assert shares(time, "v18", LAST)["crown"] > 0.95


def test_who_loses_nothing_fears_nothing(country: Callable[..., ThroughTime]) -> None:
    time = country([*before(), *falls(range(6))])
    assert "v00" in set(frame_of_day(time, LAST)["place_id"])
    assert shares(time, "v00", LAST)["rebels"] > 0.9  # what was taken stays taken
    share = routs(time)
    rebels = time.lives.state("rebels")
    crown = time.lives.state("crown")
    assert share[:, crown].max() > 0.1
    assert not share[-500:, rebels].any()  # it lost the east in 2026


def test_a_capture_told_again_is_no_second_loss(country: Callable[..., ThroughTime]) -> None:
    once = country([*before(), *falls(range(6))])
    told = [{**one, "publisher": name} for one in falls(range(6)) for name in ("Agency", "Monitor")]
    twice = country([*before(), *told])
    assert np.array_equal(routs(once), routs(twice))


def test_who_left_once_does_not_leave_again(country: Callable[..., ThroughTime]) -> None:
    def left(*days: str) -> list[Row]:
        return [claim(place, "crown", "withdrew", day=day, publisher="Agency")
                for day in days for place in ("v02", "v03", "v04")]  # fmt: skip

    once = country([*before(), *left("2030-03-01")])
    again = country([*before(), *left("2030-03-01", "2030-03-02", "2030-03-03")])
    crown = once.lives.state("crown")
    assert routs(once)[:, crown].sum() == routs(again)[:, crown].sum() > 0.0


def test_the_fall_of_one_place_is_no_rout(country: Callable[..., ThroughTime]) -> None:
    one = claim("v03", "rebels", "captured", against="crown", day="2030-03-01")
    time = country([*before(), one])
    assert not routs(time)[-30:, time.lives.state("crown")].any()


def test_places_of_which_nobody_speaks_make_no_army_safer(
    country: Callable[..., ThroughTime],
) -> None:
    """Loss is measured against what is spoken of in the months around, however much is known."""
    few = [claim(f"v{n:02d}", "crown", "controls", day="2026-01-01") for n in range(6)]
    told = [claim("v15", "crown", "controls", day="2029-12-01")]
    for days, alike in ((SETTINGS.rout_days, True), (5_000.0, False)):
        settings = replace(SETTINGS, rout_places=1.0, rout_most=1.0, rout_days=days)
        small, large = (
            country([*known, *told, *falls(range(6))], settings) for known in (few, before())
        )
        crown = small.lives.state("crown")
        losses = [routs(one)[-2:, crown].tolist() for one in (small, large)]
        assert (losses[0] == losses[1]) is alike
    assert losses[0] == [2 / 7, 2 / 4]  # one of three aside, of seven and of what was left


def test_who_follows_an_actor_has_its_places_to_lose(country: Callable[..., ThroughTime]) -> None:
    held = [claim(f"v{n:02d}", "guard", "controls", day="2030-06-01") for n in range(16)]
    taken = [claim(f"v{n:02d}", "rebels", "captured", day="2030-08-01") for n in range(4)]
    time = country([*held, *taken])
    share = routs(time)
    assert share[-1, time.lives.state("republic")] == 3 / 16
    assert not share[:, time.lives.state("guard")].any()
    places, days = lattice(time).routs.steps(0.1)
    assert places.tolist() == [*range(4, 16)]
    assert set(days.tolist()) == {(date(2030, 8, 1) - date(1970, 1, 1)).days}


def test_empty_land_is_nothing_that_a_side_loses(
    country: Callable[..., ThroughTime], tmp_path: Path
) -> None:
    """However much desert somebody drew, an army that loses its villages is in rout."""
    table = tmp_path / "desert.csv"
    desert = OwnArea("Desert", shapely.box(14.2, 46.65, 14.9, 46.9), drawn=True)
    write_own_areas([desert], areas_beside(table))
    rows = [*before(), *falls(range(9))]
    drawn = claim("", "crown", "controls", day="2026-01-01") | {"area_id": "Desert"}
    wide = country([*rows, drawn], areas=(table,))
    assert any(place.startswith("drawn-") for place in wide.scene.places)
    assert np.array_equal(routs(wide), routs(country(rows)))
