"""The window of strikes and advances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from theaters import Row, claim

from syriamap.control.events import events_from_claims

ClaimsOf = Callable[[list[Row]], pd.DataFrame]


@pytest.mark.parametrize("relation", ["struck", "advanced_toward"])
def test_events_of_three_days_up_to_and_with_the_day(claims_of: ClaimsOf, relation: str) -> None:
    rows = [claim("oak", "rebels", relation, day=f"2030-03-0{day}") for day in range(1, 8)]
    found = events_from_claims(claims_of(rows), date(2030, 3, 5))
    assert found["event_date"].dt.day.tolist() == [3, 4, 5]
    one = events_from_claims(claims_of(rows), date(2030, 3, 5), days=1)
    assert one["event_date"].dt.day.tolist() == [5]


def test_the_firmest_of_several_claims_tells_of_one_event(claims_of: ClaimsOf) -> None:
    rows = [
        claim("oak", "rebels", "struck", day="2030-03-05", certainty=certainty, publisher=publisher,
              claim_id=publisher)
        for certainty, publisher in (("denied", "Wire"), ("claimed", "Agency"), ("unconfirmed", "Blog"))
    ]  # fmt: skip
    (event,) = events_from_claims(claims_of(rows), date(2030, 3, 5)).itertuples()
    assert event.certainty == "claimed"
    assert event.claim_ids == ("Agency", "Blog", "Wire")
