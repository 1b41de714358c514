"""What the map makes of claims that it did not hear: evenings, the next day, flicker."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from theaters import ACTORS, PUBLISHERS, STANCES, Row, claim, claims_frame, write_theater

from syriamap.claims.question import Question
from syriamap.errors import EvaluateError
from syriamap.evaluate.foresight import (
    LEFT_OUT_APART_KM,
    Ahead,
    control_through_time,
    evaluate_evenings,
    evaluate_flicker,
    evaluate_foretold,
    flicker_share,
    left_out_together,
    surprise,
)
from syriamap.evaluate.scoring import foresight_report
from syriamap.jobs import Crew
from syriamap.theater.distances import plane_km
from syriamap.theater.folder import Theater, read_theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]
FIRST = date(2030, 3, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(7)]


@pytest.fixture(scope="module")
def shires(tmp_path_factory: pytest.TempPathFactory) -> tuple[Theater, ClaimsOf]:
    """Two rows of five villages, 4 km from each other, 300 km apart."""
    folder = tmp_path_factory.mktemp("shires")
    places = [
        {"place_id": f"{shire}{n}", "name": f"Village {shire}{n}", "kind": "village", "lat": 46.5,
         "lon": round(14.05 + 0.05 * n + east, 3)}
        for shire, east in (("a", 0.0), ("b", 4.0))
        for n in range(5)
    ]  # fmt: skip
    tables = {"stances": STANCES, "publishers": PUBLISHERS}
    theater = read_theater(write_theater(folder / "theater", places=places, actors=ACTORS,
                                         tables=tables))  # fmt: skip
    return theater, lambda rows: claims_frame(rows, theater, folder)


def war() -> list[Row]:
    """The crown's towns, one of which the rebels take on 5 March."""
    return [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("elm", "crown", "controls", day="2030-03-02"),
        claim("oak", "rebels", "captured", day="2030-03-05", publisher="Agency", against="crown"),
    ]


def test_the_evening_before_is_asked_without_the_places_own_claims(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    heard: list[set[str]] = []
    through_time = control_through_time(theater)

    def listening(claims: pd.DataFrame, days: Sequence[date]) -> dict[date, pd.DataFrame]:
        heard.append(set(claims["place_id"]))
        return dict(through_time(claims, days))

    found = evaluate_evenings(Ahead(claims_of(war()), theater, DAYS, listening))
    assert heard == [{"elm"}]
    (row,) = found.itertuples(index=False)
    assert (row.place_id, row.date, row.taker) == ("oak", date(2030, 3, 4), "rebels")
    assert (row.nearest, row.nearest_right) == ("crown", True)
    assert row.right == (row.leaning == "crown")
    # nobody took anything before the fifth
    assert evaluate_evenings(Ahead(claims_of(war()), theater, DAYS[:4], listening)).empty


def test_places_far_apart_are_left_out_at_once(theater: Theater, claims_of: ClaimsOf) -> None:
    places = theater.places.index.tolist()
    xy = plane_km(theater.places[["lat", "lon"]].to_numpy(dtype=float))
    runs = left_out_together(places, theater)
    for one, other in itertools.combinations(range(len(places)), 2):
        apart = math.dist(xy[one], xy[other])
        assert runs[one] != runs[other] or apart >= LEFT_OUT_APART_KM, (places[one], places[other])
    assert sorted(set(runs)) == list(range(max(runs) + 1))
    assert left_out_together([], theater) == []
    # two towns of one place are never left out at once, and one alone is the first run
    assert left_out_together([places[0], places[0]], theater) == [0, 1]


def test_evenings_left_out_together_are_those_of_each_alone(
    shires: tuple[Theater, ClaimsOf],
) -> None:
    """Two wars 300 km apart: the answers of one run are those of a run for each place."""
    theater, claims_of = shires
    rows = []
    for shire in "ab":
        rows += [claim(f"{shire}{n}", "crown", "controls", day="2030-03-01") for n in range(5)]
        rows += [
            claim(f"{shire}{n}", "rebels", "captured", against="crown", day=f"2030-03-0{3 + n}")
            for n in range(3)
        ]
    claims, frames = claims_of(rows), control_through_time(theater)
    heard: list[int] = []

    def listening(heard_of: pd.DataFrame, days: Sequence[date]) -> Mapping[date, pd.DataFrame]:
        heard.append(heard_of["place_id"].nunique())
        return frames(heard_of, days)

    asked = Ahead(claims, theater, DAYS, listening)
    found = evaluate_evenings(asked)
    assert heard == [8, 8, 8]  # three runs for six places
    heard.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("syriamap.evaluate.foresight.LEFT_OUT_APART_KM", 1000.0)
        alone = evaluate_evenings(asked)
    assert heard == [9] * 6
    pd.testing.assert_frame_equal(found, alone)
    assert found["date"].nunique() == 3
    shared = evaluate_evenings(Ahead(claims, theater, DAYS, frames, crew=Crew(jobs=2)))
    pd.testing.assert_frame_equal(found, shared)


def test_a_claim_is_foretold_from_the_days_before_it(theater: Theater, claims_of: ClaimsOf) -> None:
    found = evaluate_foretold(Ahead(claims_of(war()), theater, DAYS, control_through_time(theater)))
    # the first word of a place cannot be foretold; the capture is a surprise
    assert found[["place_id", "date", "leaning", "right"]].to_numpy().tolist() == [
        ["oak", date(2030, 3, 5), "crown", False]
    ]
    assert found["loss"].item() > 1.0
    again = [*war(), claim("oak", "rebels", "controls", day="2030-03-06", publisher="Wire")]
    found = evaluate_foretold(Ahead(claims_of(again), theater, DAYS, control_through_time(theater)))
    assert found["right"].tolist() == [False, True]
    assert found["loss"].iloc[1] < 0.5 < found["loss"].iloc[0]


def test_a_wrong_claim_surprises_within_bounds(theater: Theater) -> None:
    assert surprise({}, "rebels", theater, FIRST) == pytest.approx(-math.log(0.015))
    assert surprise({"rebels": 1.0}, "rebels", theater, FIRST) == pytest.approx(-math.log(0.985))


def test_flicker_is_there_and_back_without_a_word(theater: Theater, claims_of: ClaimsOf) -> None:
    claims = claims_of([claim("oak", "crown", "controls", day="2030-03-01")])

    def frames(turns: str) -> Callable[..., dict[date, pd.DataFrame]]:
        who = {"c": "crown", "r": "rebels", " ": ""}
        made = {
            day: pd.DataFrame({"place_id": ["oak"], "leaning": [who[turn]]})
            for day, turn in zip(DAYS, turns, strict=True)
        }
        return lambda _claims, _days: made

    for turns, number in {
        "ccrcccc": 1,
        "ccrrccc": 1,
        "ccrrrrr": 0,
        "cc cccc": 0,
        "crccccc": 1,
    }.items():
        found = evaluate_flicker(Ahead(claims, theater, DAYS, frames(turns)))
        assert (len(found[0]), found[1]) == (number, 7), turns
        assert flicker_share(found) == number / 7
    told = claims_of([claim("oak", "rebels", "captured", day="2030-03-03")])
    assert evaluate_flicker(Ahead(told, theater, DAYS, frames("ccrcccc")))[0].empty


def test_the_report_has_a_row_for_each_thing_asked(theater: Theater, claims_of: ClaimsOf) -> None:
    question = Question(theater, claims_of(war()))
    text, report = foresight_report(
        question, FIRST, DAYS[-1], asked=["flicker", "foretold", "evening"]
    )
    assert [row["asked"] for row in report["scores"]] == ["flicker", "foretold", "evening"]
    assert {row["asked"] for row in report["draws"]} == {"foretold", "evening"}
    assert json.loads(json.dumps(report)) == report
    assert "| foretold | 1 | 0.000 |" in text


@pytest.mark.parametrize(
    ("since", "asked", "said"),
    [
        (FIRST, "fate", "--ask fate: one of evening, foretold, flicker"),
        (date(2031, 1, 1), "flicker", "--since 2031-01-01 is after 2030-03-07"),
        (date(2030, 3, 6), "evening", "--ask evening: no claim from 2030-03-06 to 2030-03-07"),
    ],
)
def test_what_cannot_be_asked_is_an_error(
    theater: Theater, claims_of: ClaimsOf, since: date, asked: str, said: str
) -> None:
    with pytest.raises(EvaluateError, match=said):
        foresight_report(Question(theater, claims_of(war())), since, DAYS[-1], asked=[asked])
