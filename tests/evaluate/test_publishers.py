"""Left-out publishers: which claims are asked, and what counts as agreeing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from theaters import Row, claim

from syriamap.evaluate.publishers import evaluate_publishers, publisher_scores
from syriamap.theater.folder import Theater

DAY = date(2030, 3, 5)
ClaimsOf = Callable[[list[Row]], pd.DataFrame]


def test_two_publishers_who_agree_confirm_each_other(theater: Theater, claims_of: ClaimsOf) -> None:
    rows = [
        claim("oak", "crown", "controls"),
        claim("oak", "crown", "controls", publisher="Agency"),
    ]
    found = evaluate_publishers(claims_of(rows), theater, claim_day(rows), folds=0)
    assert list(found["agrees"]) == [True, True]
    assert not found["disputed"].any()
    assert publisher_scores(found)["agreement"] == 1.0


def claim_day(rows: list[Row]) -> date:
    return date.fromisoformat(rows[0]["event_date"])


def test_claims_against_each_other_are_disputed(theater: Theater, claims_of: ClaimsOf) -> None:
    rows = [
        claim("oak", "crown", "controls"),
        claim("oak", "rebels", "captured", publisher="Agency"),
    ]
    found = evaluate_publishers(claims_of(rows), theater, claim_day(rows), folds=0)
    assert found["disputed"].all()
    assert not found["agrees"].any()


def test_only_the_days_own_claims_that_name_a_holder_are_asked(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-04"),
        claim("oak", "rebels", "captured", day="2030-03-05", certainty="denied"),
        claim("elm", "rebels", "struck", day="2030-03-05"),
        claim("ash", "crown", "lost", against="rebels", day="2030-03-05"),
        claim("oak", "crown", "controls", day="2030-03-05", publisher="Agency"),
    ]
    found = evaluate_publishers(claims_of(rows), theater, DAY, folds=0).set_index("place_id")
    assert set(found.index) == {"ash", "oak"}
    assert found.at["ash", "actor"] == "rebels"
    assert found.at["oak", "agrees"]


def test_left_out_claims_are_held_against_later_ones_too(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    rows = [
        claim("ash", "crown", "controls", day="2030-03-05"),
        claim("oak", "crown", "controls", day="2030-03-05"),
        claim("ash", "crown", "controls", day="2030-03-07", publisher="Agency"),
        claim("oak", "rebels", "captured", against="crown", day="2030-03-07", publisher="Agency"),
    ]
    found = evaluate_publishers(claims_of(rows), theater, DAY, folds=0)
    assert set(found["place_id"]) == {"ash", "oak"}
    assert found["agrees"].all()
    only = evaluate_publishers(claims_of(rows[:2]), theater, DAY, folds=0)
    assert only.empty


def test_open_places_count_half() -> None:
    frame = pd.DataFrame(
        {
            "status": ["held", "held", "contested", "undetermined"],
            "agrees": [True, False, False, False],
            "disputed": [False, True, False, False],
        }
    )
    scores = publisher_scores(frame)
    assert scores["agreement"] == pytest.approx(0.5)
    assert scores["held"] == pytest.approx(0.5)
    assert scores["undisputed"] == pytest.approx(2 / 3)
    assert scores["undisputed_leaning"] == pytest.approx(1 / 3)
    assert scores["disputed"] == pytest.approx(0.25)


def test_nothing_said_gives_nothing(theater: Theater, claims_of: ClaimsOf) -> None:
    found = evaluate_publishers(claims_of([]), theater, DAY)
    assert found.empty
    assert publisher_scores(found)["claims"] == 0.0
