"""
A list of who held which place on which date, against the map of each date.

In come rows of many dates (:func:`~syriamap.evaluate.truth.read_truth`) and a question, out goes
what the map says of each, and how often it is right by year.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.control.claimed import control_of_question
from syriamap.evaluate.hidden import field_on_points
from syriamap.jobs import ALONE, Crew
from syriamap.territory import reviewed_control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from syriamap.claims.question import Question

__all__ = ["DATED_COLUMNS", "dated_scores", "dated_table", "evaluate_dated"]

DATED_COLUMNS = ("date", "lat", "lon", "actor", "leaning", "status", "right", "nearest_right")
"""Columns of the frame of a dated list."""

_HELD = ("held", "besieged")


def evaluate_dated(
    known: pd.DataFrame,
    question: Question,
    *,
    filtered: bool = False,
    progress: Callable[[Sequence[date]], Iterable[date]] = iter,
    crew: Crew = ALONE,
) -> pd.DataFrame:
    """
    What the map says of each row of a list on its date.

    Parameters
    ----------
    known
        Rows with `lat, lon, actor` and a `date`; those without an actor are left out.
    question
        Theater and claims.
    filtered
        Each date as it was known that evening, not with hindsight.
    progress
        Gives back the days it is given, and may tell how far the work is.
    crew
        Who works the maps out; they are the same.

    Returns
    -------
    pandas.DataFrame
        :data:`DATED_COLUMNS`, a row each: to whom the map leans where the place lies, in which
        status, whether that is its holder or an ally of it, and whether the nearest claimed place
        says so. Where nothing is known the map is not right.
    """
    rows = known[known["actor"] != ""].reset_index(drop=True)
    days = sorted(set(rows["date"]))
    asked, weight = (rows, question, filtered), float(len(question.theater.places))
    if crew.workers(len(days), weight) > 1:
        parts = crew.each(_days_there, asked, days, weight=weight, progress=progress)
    else:
        parts = [part for day in progress(days) for part in _days_there(asked, [day])]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*DATED_COLUMNS])


def _days_there(
    asked: tuple[pd.DataFrame, Question, bool], days: Sequence[date]
) -> list[pd.DataFrame]:
    """What the maps of some days say of the rows of each."""
    rows, question, filtered = asked
    return [
        _of_day(
            rows[rows["date"] == day],
            replace(question, known_by=day) if filtered else question,
            day,
        )
        for day in days
    ]


def _of_day(rows: pd.DataFrame, question: Question, day: date) -> pd.DataFrame:
    """What the map of a day says of its rows."""
    theater = question.theater
    control = reviewed_control(control_of_question(question, day), theater)
    status = np.full(len(rows), "undetermined", dtype=object)
    leaning = nearest = np.full(len(rows), "", dtype=object)
    if len(control):
        judged, status = field_on_points(control, rows, theater)
        leaning, nearest = np.where(status == "undetermined", "", judged.leaning), judged.nearest

    def right(said: Iterable[str]) -> list[bool]:
        return [
            bool(one) and theater.stance(one, actor, day) == "allied"
            for one, actor in zip(said, rows["actor"], strict=True)
        ]

    return pd.DataFrame(
        {
            "date": [day] * len(rows),
            "lat": rows["lat"].to_numpy(),
            "lon": rows["lon"].to_numpy(),
            "actor": rows["actor"].to_numpy(),
            "leaning": leaning,
            "status": status,
            "right": right(leaning),
            "nearest_right": right(nearest),
        }
    )


def dated_scores(judged: pd.DataFrame) -> pd.DataFrame:
    """
    How often the map is right, by year and in all.

    Parameters
    ----------
    judged
        Of :func:`evaluate_dated`.

    Returns
    -------
    pandas.DataFrame
        `year` ("all" in the last row), `places`, `dates`, `right` (to whom it leans), `held_right`
        (where it says held or besieged), `held_share`, `nearest_right` and `worst_date`, the lowest
        share of a date with ten places or more.
    """
    years = [str(day.year) for day in judged["date"]]
    groups = [(year, judged[[one == year for one in years]]) for year in sorted(set(years))]
    rows = [_scored(year, own) for year, own in [*groups, ("all", judged)]]
    return pd.DataFrame(rows)


def _scored(year: str, own: pd.DataFrame) -> dict[str, object]:
    held = own[own["status"].isin(_HELD)]
    by_date = own.groupby("date")["right"].agg(["mean", "size"])
    worst = by_date.loc[by_date["size"] >= 10, "mean"]
    return {
        "year": year,
        "places": len(own),
        "dates": own["date"].nunique(),
        "right": float(own["right"].mean()),
        "held_right": float(held["right"].mean()) if len(held) else float("nan"),
        "held_share": len(held) / len(own),
        "nearest_right": float(own["nearest_right"].mean()),
        "worst_date": float(worst.min()) if len(worst) else float("nan"),
    }


def dated_table(scores: pd.DataFrame) -> str:
    """The scores as a table in Markdown."""
    lines = [
        "| year | places | dates | right | where held | share held | 1-NN | worst date |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in scores.to_dict("records"):
        shares = [
            "" if pd.isna(row[name]) else f"{row[name]:.3f}"
            for name in ("right", "held_right", "held_share", "nearest_right", "worst_date")
        ]
        lines.append(f"| {row['year']} | {row['places']} | {row['dates']} | {' | '.join(shares)} |")
    return "\n".join(lines)
