"""The record of a day, and histories over days."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from fakes import fake_day

from syriamap.history.days import histories, intervals


def test_a_history_has_a_value_for_each_day() -> None:
    days = [[("a", 1)], [], [("b", 2), ("a", 3)]]
    assert histories(days, count=3) == {"a": [1, None, 3], "b": [None, None, 2]}
    assert histories(days, count=3, missing=0)["b"] == [0, 0, 2]


def test_intervals_end_where_the_value_changes() -> None:
    assert intervals("aabba") == [("a", 0, 1), ("b", 2, 3), ("a", 4, 4)]
    assert intervals([]) == []


def test_what_a_map_says_of_itself() -> None:
    made = replace(fake_day(villages=1), date=date(2031, 5, 4))
    made.theater.accuracy = ""  # type: ignore[misc]
    told = made.metadata()
    used = sorted(made.claims_used["claim_id"])
    assert used == ["c1", "c2", "c3", "c4", "c5"]  # the sixth is of the next month
    assert told["claims"] == 5
    heard = [*used, "c6"]  # hindsight counts it, if a little
    assert told["claims_sha256"] == hashlib.sha256("\n".join(heard).encode()).hexdigest()
    assert told["date"] == "2031-05-04"
    assert (told["known_by"], told["according_to"]) == (None, None)
    assert "accuracy" not in told
    # the order of rows is nothing to it
    turned = replace(made.question, claims=made.claims.iloc[::-1])
    assert replace(made, question=turned).metadata() == told
    early = replace(made, question=replace(made.question, known_by=date(2031, 5, 2)))
    assert early.metadata()["known_by"] == "2031-05-02"
    assert early.metadata()["claims"] == 1
