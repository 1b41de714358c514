"""What actors were called in earlier days: read with every complaint, borne by what is drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from theaters import Row, arcadia, claim, write_claims_csv, write_csv

import syriamap
from syriamap.errors import TheaterError
from syriamap.explain.explanation import explain_place, explanation_text
from syriamap.theater.folder import Theater, read_theater
from syriamap.webmap.data import page_data
from syriamap.webmap.through_time import series_data

ROWS: list[Row] = [
    {"actor_id": "rebels", "name": "Free Men", "name_ar": "الأحرار", "short": "FM", "valid_from": "",
     "valid_to": "2030-01-31"},
    {"actor_id": "rebels", "name": "Front of the Free", "name_ar": "جبهة الأحرار", "short": "",
     "valid_from": "2030-02-01", "valid_to": "2030-02-28"},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = arcadia(tmp_path / "land")
    write_csv(made / "actor_names.csv", ROWS)
    return made


@pytest.fixture
def land(folder: Path) -> Theater:
    return read_theater(folder)


def called(theater: Theater, first: str, last: str = "") -> tuple[str, str]:
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    row = theater.named_for(*days).actors.loc["rebels"]
    return row["name"], row["short"]


def test_each_day_has_its_name(land: Theater) -> None:
    own = tuple(land.actors.loc["rebels", ["name", "short"]])
    assert called(land, "2029-06-01") == called(land, "2030-01-31") == ("Free Men", "FM")
    assert called(land, "2030-02-01") == ("Front of the Free", "Front of the Free")
    assert called(land, "2030-03-01") == own


def test_some_days_have_all_their_names_in_order(land: Theater) -> None:
    own = land.actors.at["rebels", "name"]
    assert called(land, "2030-01-01", "2030-02-01")[0] == "Free Men / Front of the Free"
    assert called(land, "2030-02-02", "2030-05-01")[0] == f"Front of the Free / {own}"
    assert called(land, "2029-01-01", "2031-01-01")[1].startswith("FM/Front of the Free/")


def test_nothing_else_changes_and_the_theater_itself_keeps_its_names(land: Theater) -> None:
    then = land.named_for(date(2030, 1, 5), date(2030, 1, 5))
    assert then.actors.drop(columns=["name", "name_ar", "short"]).equals(
        land.actors.drop(columns=["name", "name_ar", "short"])
    )
    assert then.places is land.places
    assert called(then, "2030-03-01") == tuple(land.actors.loc["rebels", ["name", "short"]])
    assert land.named_for(date(2030, 1, 9), date(2030, 1, 9)) is then


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("actor_id", "nobody", "row 3, column actor_id: 'nobody' is not in actors.csv"),
        ("name", "", "row 3, column name: is empty"),
        ("valid_to", "", "row 3, column valid_to: is empty"),
        ("valid_to", "spring", "row 3, column valid_to: 'spring' is no date"),
        ("valid_from", "2030-01-31", "is not the actor's only name on some day"),
        ("valid_from", "2030-03-31", "lies before valid_from"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(
    folder: Path, column: str, value: str, words: str
) -> None:
    write_csv(folder / "actor_names.csv", [ROWS[0], {**ROWS[1], column: value}])
    with pytest.raises(TheaterError) as caught:
        read_theater(folder)
    assert words in str(caught.value)


def test_all_that_is_drawn_bears_the_names_of_the_day(land: Theater, tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-01-01"),
        claim("elm", "rebels", "captured", day="2030-01-02", against="crown"),
    ]
    path = write_claims_csv(tmp_path / "claims.csv", rows)
    asked = {"theater": land, "claims": [path], "only_claims": True}
    then, now = (syriamap.build(day, **asked) for day in ("2030-01-10", "2030-06-01"))
    own = land.actors.at["rebels", "name"]
    for made, name in ((then, "Free Men"), (now, own)):
        assert name in page_data(made)["actors"]["name"]
        written = made.export(tmp_path / f"{name}.geojson").read_text(encoding="utf-8")
        assert name in written
        assert (own in written) == (name == own)
        text = explanation_text(
            explain_place("elm", made.question, made.date), made.date, made.theater
        )
        assert f"is held by {name} on" in text
        assert "Free Men captured" in text  # on 2 January, whichever day is asked
        assert "2030-01-02: Free Men, chance" in text
    days = syriamap.series("2030-03-05", since="2030-01-10", step="month", **asked)
    data = series_data(days.days, days.atoms)
    assert f"Free Men / Front of the Free / {own}" in data["actors"]["name"]
