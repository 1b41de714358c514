"""Who had how much through time: the table and its CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from fakes import DAY, fake_day

from syriamap.claims.question import Question
from syriamap.history.days import MapOfDay
from syriamap.history.shares import (
    HISTORY_COLUMNS,
    Shares,
    history_csv,
    share_rows,
    shares_from_rows,
)
from syriamap.pipeline.build import Series


def made() -> MapOfDay:
    """A day of the made-up country whose places are those of the theater."""
    day = fake_day(villages=40)
    day.theater.places = day.states.set_index("place_id")  # type: ignore[misc]
    return day


def shares_of(*days: MapOfDay) -> Shares:
    rows = [share_rows(one.date, one.territory, one.states, one.theater) for one in days]
    return shares_from_rows(rows, days[-1].question)


def test_the_shares_of_a_day_sum_to_one() -> None:
    day = made()
    rows = shares_of(day).rows
    assert tuple(rows.columns) == HISTORY_COLUMNS
    assert rows["area_share"].sum() == pytest.approx(1)
    assert rows["places_share"].sum() == pytest.approx(1)
    assert rows["places"].sum() == len(day.states)
    assert rows["area_km2"].sum() == pytest.approx(day.territory["area_km2"].sum())
    table = rows.set_index(["actor", "status"])
    # besieged ground is held by whoever is besieged there
    blue = day.territory.loc[day.territory["actor"] == "blue", "area_km2"].sum()
    assert table.loc[("blue", "held"), "area_km2"] == pytest.approx(blue)
    assert [key for key in table.index if key[0] == ""] == [
        ("", "contested"), ("", "front_band"), ("", "undetermined"),
    ]  # fmt: skip


def test_own_points_of_claims_are_no_places_of_the_theater() -> None:
    day = made()
    fewer = day.theater.places.iloc[1:]
    day.theater.places = fewer  # type: ignore[misc]
    assert shares_of(day).rows["places"].sum() == len(fewer)


def test_whoever_has_anything_on_one_date_has_a_row_on_each() -> None:
    first = made()
    later = first.territory.assign(actor=first.territory["actor"].replace("blue", "grey"))
    second = replace(first, date=date(2031, 6, 4), territory=later.assign(leaning=later["actor"]))
    shares = shares_of(first, second)
    area = dict(zip(shares.holders, shares.values("area_share").T, strict=True))
    assert area["blue", "held"][0] == area["grey", "held"][1] > 0
    assert area["blue", "held"][1] == area["grey", "held"][0] == 0
    assert shares.days == [DAY.date(), second.date]
    # actors in the theater's order, then those without a holder
    order = [actor for actor, _ in shares.holders]
    known = [actor for actor in first.theater.actors.index if actor in order]
    assert order == [*known, "", "", ""]


def test_what_is_too_close_to_call_is_not_in_conflict() -> None:
    day = made()
    doubt = day.territory["status"].map({"contested": "front_band"}).fillna("")
    table = shares_of(replace(day, territory=day.territory.assign(doubt=doubt)))
    area = dict(zip(table.holders, table.values("area_km2")[0], strict=True))
    assert area["", "contested"] == 0
    contested = day.territory["status"] == "contested"
    assert area["", "front_band"] == pytest.approx(day.territory.loc[contested, "area_km2"].sum())


def test_the_heading_tells_the_newest_claim_up_to_the_last_day() -> None:
    day = made()
    assert shares_of(day).headline().newest == DAY.date()
    bare = Question(day.theater, day.claims.iloc[:0])
    assert shares_of(replace(day, question=bare)).headline().newest is None


def test_the_table_as_csv() -> None:
    day = made()
    territory = day.territory.assign(
        actor=day.territory["actor"].replace("green", "=green"),
    )
    text = history_csv(shares_of(replace(day, territory=territory)))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == HISTORY_COLUMNS
    assert sum(float(row["area_share"]) for row in rows) == pytest.approx(1, abs=1e-5)
    assert {row["date"] for row in rows} == {"2031-05-04"}
    assert "'=green" in {row["actor"] for row in rows}  # no formula for a spreadsheet
    assert not text.endswith("\n\n")


def test_the_history_of_a_series_is_that_of_its_maps(advance: Series) -> None:
    shares = advance.history()
    last = advance.days[-1]
    table = shares.rows[shares.rows["date"] == pd.Timestamp(last.date)].set_index("actor")
    for actor in ("government", "hts", "sdf"):
        own = last.territory[last.territory["actor"] == actor]
        assert table.loc[actor, "area_km2"] == pytest.approx(own["area_km2"].sum())
    assert table["places"].sum() == len(last.theater.places)
    # Aleppo falls between them
    held = shares.values("places")[:, shares.holders.index(("hts", "held"))]
    assert held[-1] > held[0]
