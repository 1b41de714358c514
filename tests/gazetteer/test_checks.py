"""What the map should say, from other sources than the claims."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

import pandas as pd
import pytest

from syriamap.claims.question import Question
from syriamap.control.claimed import control_of_question
from syriamap.files import read_table
from syriamap.pipeline import ask
from syriamap.theater.folder import Theater, read_theater

COLUMNS = ("place_id", "date", "actor", "source")


@pytest.fixture(scope="module")
def syria() -> Theater:
    return read_theater()


@pytest.fixture(scope="module")
def checks(syria: Theater) -> pd.DataFrame:
    table, complaints = read_table(
        syria.folder / "checks.csv", required=COLUMNS, optional=(), one_of=("place_id",)
    )
    assert not complaints
    return table.assign(day=[date.fromisoformat(text) for text in table["date"]])


@pytest.fixture(scope="module")
def question() -> Question:
    return ask()


def address(text: str) -> str:
    plain = re.sub(r"^https?://(www\.)?", "", unquote(text.strip()).casefold())
    return plain.split("?")[0].split("#")[0].rstrip("/")


def test_there_are_a_thousand_over_all_years(checks: pd.DataFrame) -> None:
    assert len(checks) >= 1_000
    by_year = pd.Series([day.year for day in checks["day"]]).value_counts()
    assert set(by_year.index) == set(range(2011, 2027))
    assert (by_year.drop(2011) >= 30).all()
    assert not checks.duplicated(["place_id", "date"]).any()


def test_places_and_actors_exist_on_the_day(checks: pd.DataFrame, syria: Theater) -> None:
    assert set(checks["place_id"]) <= set(syria.places.index)
    assert set(checks["actor"]) <= set(syria.actors.index)
    when = pd.to_datetime(checks["date"])
    first = syria.actors["valid_from"].reindex(checks["actor"]).to_numpy()
    last = syria.actors["valid_to"].reindex(checks["actor"]).to_numpy()
    assert not (when.to_numpy() < first).any()
    assert not (when.to_numpy() > last).any()


def test_their_sources_are_not_those_of_the_claims(
    checks: pd.DataFrame, question: Question
) -> None:
    columns = question.claims[["source_url", "archive_url"]].to_numpy().ravel()
    told = {address(str(one)) for one in columns} - {""}
    own = {address(one) for text in checks["source"] for one in re.findall(r"https?://\S+", text)}
    assert not own & told
    assert (checks["source"].str.len() > 20).all()


def test_the_map_agrees_with_nineteen_in_twenty(checks: pd.DataFrame, question: Question) -> None:
    """A fifth of the dates, places that claims speak of; `evaluate --truth` has them all."""
    right = []
    for day in sorted(set(checks["day"]))[::5]:
        leaning = control_of_question(question, day).set_index("place_id")["leaning"]
        for place, actor in checks.loc[checks["day"] == day, ["place_id", "actor"]].to_numpy():
            if leaning.get(place):
                stance = question.theater.stance(leaning[place], actor, day)
                right.append(stance == "allied")
    assert len(right) > 150
    assert sum(right) / len(right) >= 0.93
