"""The stages in order, from a folder and a date."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from theaters import arcadia, claim, required_only, twenty_actors, write_claims_csv

from syriamap.errors import ClaimsError, ControlError, SyriamapError, TheaterError
from syriamap.pipeline.build import build, build_control
from syriamap.theater.folder import read_theater

OWN = [claim("oak", "crown", "controls"), claim("pine", "rebels", "controls", day="2030-03-04")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return arcadia(tmp_path / "arcadia", claims=OWN)


def actors(control: pd.DataFrame) -> dict[str, str]:
    return dict(control[["place_id", "actor"]].itertuples(index=False, name=None))


def test_everything_of_a_date(folder: Path) -> None:
    made = build("2030-03-05", theater=folder)
    assert made.date == date(2030, 3, 5)
    assert made.theater.id == "arcadia"
    assert len(made.question.claims) == len(made.claims_used) == 2
    assert len(made.states) == len(made.theater.places)
    assert actors(made.control) == {"oak": "crown", "pine": "rebels"}
    assert made.frontline["kind"].isin(["front", "boundary"]).all()
    assert made.territory["area_km2"].sum() > 1000
    assert made.metadata()["claims"] == 2


@pytest.mark.parametrize("day", ["2030-03-05", date(2030, 3, 5), datetime(2030, 3, 5, 13)])
def test_a_date_in_any_form(folder: Path, day: str | date) -> None:
    assert build(day, theater=folder).date == date(2030, 3, 5)
    assert set(actors(build_control(day, theater=folder))) == {"oak", "pine"}


@pytest.mark.parametrize("day", ["", "5 March", "2030-02-30", "2030-W10-2"])
def test_what_is_no_date(folder: Path, day: str) -> None:
    with pytest.raises(ControlError, match="YYYY-MM-DD"):
        build(day, theater=folder)


def test_claims_are_added_or_stand_alone(folder: Path, tmp_path: Path) -> None:
    more = write_claims_csv(tmp_path / "more.csv", [claim("elm", "league", "controls")])
    assert set(actors(build_control("2030-03-05", theater=folder, claims=[more]))) == {
        "oak", "pine", "elm"
    }  # fmt: skip
    alone = build_control("2030-03-05", theater=folder, claims=[more], only_claims=True)
    assert actors(alone) == {"elm": "league"}
    assert actors(build_control("2030-03-05", theater=folder, only_claims=True)) == {}


def test_the_date_and_the_cutoff(folder: Path) -> None:
    assert set(actors(build_control("2030-03-03", theater=folder))) == {"oak", "pine"}
    known = build_control("2030-03-05", theater=folder, known_by="2030-03-03")
    assert set(actors(known)) == {"oak"}
    with pytest.raises(ControlError, match="known_by"):
        build_control("2030-03-05", theater=folder, known_by="soon")


def test_the_cutoff_holds_for_events_too(tmp_path: Path) -> None:
    strike = claim("oak", "rebels", "struck", day="2030-03-04", reported_on="2030-03-09")
    folder = arcadia(tmp_path, claims=[*OWN, strike])
    assert len(build("2030-03-05", theater=folder).events) == 1
    assert build("2030-03-05", theater=folder, known_by="2030-03-08").events.empty


def test_a_side_that_is_not_there(folder: Path) -> None:
    with pytest.raises(ControlError, match=r"no side 'x'.*crown.*rebels"):
        build("2030-03-05", theater=folder, according_to="x")


def test_according_to_a_side(tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", asserted_by="crown army"),
        claim("oak", "rebels", "captured", asserted_by="rebel command"),
    ]
    folder = arcadia(tmp_path, claims=rows)
    for side in ("crown", "rebels"):
        told = build("2030-03-05", theater=folder, according_to=side)
        assert actors(told.control) == {"oak": side}
        assert told.metadata()["according_to"] == side


def test_errors_come_before_the_work(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TheaterError, match="no such theater folder"):
        build("2030-03-05", theater=tmp_path / "none")
    with pytest.raises(TheaterError, match="no border variant"):
        build("2030-03-05", theater=folder, border="x")
    with pytest.raises(ClaimsError, match="no such file"):
        build("2030-03-05", theater=folder, claims=[tmp_path / "none.csv"])
    write_claims_csv(folder / "claims" / "bad.csv", [claim("oak", "nobody")])
    with pytest.raises(SyriamapError, match=r"bad\.csv: 1 complaint"):
        build("2030-03-05", theater=folder)


def test_a_theater_that_was_read_already(folder: Path) -> None:
    theater = read_theater(folder)
    assert build("2030-03-05", theater=theater).theater is theater


def test_a_border_that_was_read_with_another_theater(folder: Path) -> None:
    with pytest.raises(SyriamapError, match="border"):
        build("2030-03-05", theater=read_theater(folder), border="x")


def test_building_twice_gives_equal_frames(folder: Path) -> None:
    one, two = build("2030-03-05", theater=folder), build("2030-03-05", theater=folder)
    for name in ("claims_used", "control", "states", "events", "territory", "frontline"):
        frame, other = getattr(one, name), getattr(two, name)
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(other))


def test_made_up_countries_from_folder_to_frames(tmp_path: Path) -> None:
    plain = build("2030-03-05", theater=required_only(tmp_path / "plain"))
    assert set(plain.states["status"]) == {"undetermined"}
    many = build("2030-03-05", theater=twenty_actors(tmp_path / "many"))
    assert many.states["actor"].nunique() == 20


def test_what_each_place_would_be_without_its_claims(tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", publisher="Crown Radio", day="2030-02-01"),
        claim("oak", "rebels", publisher="Rebel Radio", reported_on="2030-03-03"),
        claim("fir", "rebels", "controls", publisher="Wire"),
    ]
    made = build("2030-03-05", theater=arcadia(tmp_path, claims=rows)).explained()
    own = dict(zip(made.control["place_id"], made.control["without"], strict=True))
    assert own["oak"]
    assert own["fir"]
    known, named = set(made.claims["claim_id"]), {"", *made.theater.actors.index}
    for claim_id, actor, km2 in (effect for effects in own.values() for effect in effects):
        assert claim_id in known
        assert actor in named
        assert km2 >= 0
