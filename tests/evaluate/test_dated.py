"""Lists with dates, each row against the map of its date."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from theaters import Row, claim

from syriamap.claims.question import Question
from syriamap.errors import EvaluateError
from syriamap.evaluate.dated import dated_scores, dated_table, evaluate_dated
from syriamap.evaluate.scoring import score_report
from syriamap.evaluate.truth import read_truth
from syriamap.theater.folder import Theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]


@pytest.fixture
def question(theater: Theater, claims_of: ClaimsOf) -> Question:
    """Oakham is the crown's, taken by the rebels on 5 March; told of only on the 8th."""
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "captured", day="2030-03-05", publisher="Agency", against="crown",
              reported_on="2030-03-08"),
    ]  # fmt: skip
    return Question(theater, claims_of(rows))


@pytest.fixture
def checks(tmp_path: Path) -> Path:
    path = tmp_path / "checks.csv"
    path.write_text(
        "place_id,date,actor,source\n"
        "oak,2030-03-02,crown,a list\n"
        "oak,2030-03-06,rebels,another list\n"
        "oak,2030-03-06,,contested\n"
        "oak,2029-01-01,crown,long before\n",
    )
    return path


def test_each_row_is_held_against_its_own_date(question: Question, checks: Path) -> None:
    judged = evaluate_dated(read_truth(checks, question.theater), question)
    assert judged["date"].tolist() == [date(2029, 1, 1), date(2030, 3, 2), date(2030, 3, 6)]
    assert judged["leaning"].tolist() == ["", "crown", "rebels"]
    assert judged["right"].tolist() == [False, True, True]
    assert judged["nearest_right"].tolist() == [False, True, True]


def test_filtered_is_what_was_known_that_evening(question: Question, checks: Path) -> None:
    judged = evaluate_dated(read_truth(checks, question.theater), question, filtered=True)
    assert judged["leaning"].tolist() == ["", "crown", "crown"]


def test_scores_by_year_and_in_all(question: Question, checks: Path) -> None:
    scores = dated_scores(evaluate_dated(read_truth(checks, question.theater), question))
    assert scores["year"].tolist() == ["2029", "2030", "all"]
    assert scores["right"].tolist() == pytest.approx([0.0, 1.0, 2 / 3])
    assert scores["places"].tolist() == [1, 2, 3]
    assert scores["held_share"].iloc[1] == 1.0
    assert dated_table(scores).splitlines()[-1].startswith("| all | 3 | 3 | 0.667 | 1.000 |")


def test_the_report_takes_dates_unless_it_is_asked_for_a_day(
    question: Question, checks: Path
) -> None:
    usual = {"truth": checks, "hide": (), "by": "random", "seeds": 1}
    text, report = score_report(question, None, **usual)
    assert "| 2030 | 2 |" in text
    assert len(json.loads(json.dumps(report))["draws"]) == 3
    text, _ = score_report(question, date(2030, 3, 6), **usual)
    assert "map of 2030-03-06" in text


def test_filtered_wants_a_list_with_dates(question: Question, checks: Path) -> None:
    with pytest.raises(EvaluateError, match="every row has a date"):
        score_report(
            question, date(2030, 3, 6), truth=checks, hide=(), by="random", seeds=1, filtered=True
        )


def test_a_date_that_is_none_is_a_complaint(question: Question, tmp_path: Path) -> None:
    path = tmp_path / "checks.csv"
    path.write_text("place_id,date,actor\noak,yesterday,crown\n")
    with pytest.raises(EvaluateError, match="row 2, column date: 'yesterday'"):
        read_truth(path, question.theater)
