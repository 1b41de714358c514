"""
What ``syriamap evaluate`` does: choose the known places, score, put the scores in words.

In come the theater and its claims, out go a table and the report with every draw.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.control.claimed import control_of_question
from syriamap.errors import EvaluateError
from syriamap.evaluate.dated import dated_scores, dated_table, evaluate_dated
from syriamap.evaluate.foresight import (
    Ahead,
    control_through_time,
    evaluate_evenings,
    evaluate_flicker,
    evaluate_foretold,
)
from syriamap.evaluate.hidden import evaluate_hidden, evaluate_map
from syriamap.evaluate.publishers import evaluate_publishers, publisher_scores
from syriamap.evaluate.scores import score_table, shown_score
from syriamap.evaluate.truth import DRAWS, known_from_control, read_truth
from syriamap.jobs import ALONE, Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from syriamap.claims.question import Question

__all__ = ["ASKED", "foresight_report", "score_report"]

ASKED = ("evening", "foretold", "flicker")
"""What may be asked of claims that the map did not hear."""

_USUAL_FRACTIONS = (0.1, 0.3, 0.5)


def score_report(
    question: Question,
    day: date | None,
    *,
    truth: Path | None,
    hide: Sequence[float],
    by: str,
    seeds: int,
    filtered: bool = False,
    progress: Callable[[Sequence[date]], Iterable[date]] = iter,
    crew: Crew = ALONE,
) -> tuple[str, dict[str, Any]]:
    """
    Score the map of a day, or the engine on a list of places.

    Parameters
    ----------
    question
        The theater and its claims.
    day
        Date of the map; the last day of the claims when not given.
    truth
        A list to score against. With `hide` its own places are the evidence, without it the claims
        are. When not given, the control of the day is what is known. A list with dates is held
        against the map of each of them when neither `day` nor `hide` is given.
    hide
        Shares of the known places to hide.
    by
        How those that are not hidden are drawn: one of :data:`~syriamap.evaluate.truth.DRAWS`.
    seeds
        Draws for each share.
    filtered
        Each date of such a list as it was known that evening.
    progress
        Gives back the days it is given, and may tell how far the work is.
    crew
        Who works the maps out; the scores are the same.

    Returns
    -------
    text
        A table in Markdown.
    report
        `date`, `scores` (means of the draws), `draws` and, without a list, `publishers`, ready
        for JSON.
    """
    theater, claims = question.theater, question.claims
    if by not in DRAWS:
        raise EvaluateError(f"--by {by}: places are drawn by one of {', '.join(DRAWS)}")
    if truth is not None and day is None and not hide:
        dated = read_truth(truth, theater)
        if len(dated) and dated["date"].notna().all():
            return _dated_report(dated, question, filtered=filtered, progress=progress, crew=crew)
    if filtered:
        raise EvaluateError(
            "--filtered is for a --truth of which every row has a date, without --date and --hide"
        )
    if day is None and len(claims):
        day = claims["event_date"].max().date()
    draws = _draws(question, day, truth=truth, hide=hide, by=by, seeds=seeds, crew=crew)
    means = draws.drop(columns="seed").groupby("how", sort=False).mean().reset_index()
    report: dict[str, Any] = {
        "date": day.isoformat() if day else None,
        "scores": _records(means),
        "draws": _records(draws),
    }
    text = score_table(draws)
    if truth is None and day is not None:
        agreed = evaluate_publishers(claims, theater, day)
        report["publishers"] = agreed.to_dict("records")
        if len(agreed):
            scores = publisher_scores(agreed)
            report["publisher_scores"] = scores
            shown = {name: shown_score(score, 3) for name, score in scores.items()}
            text += (
                f"\n\nthe day's {len(agreed)} claims of left-out publishers that the map agrees "
                f"with: {shown['held']} where it says held, {shown['leaning']} by whom "
                f"it leans to ({shown['undisputed_leaning']} of those that no other source "
                f"disputes), {shown['agreement']} with open places half"
            )
    return text, report


def foresight_report(
    question: Question,
    since: date,
    until: date | None,
    *,
    asked: Sequence[str],
    filtered: bool = False,
    progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
    crew: Crew = ALONE,
) -> tuple[str, dict[str, Any]]:
    """
    Score the map of some days by claims that it did not hear.

    Parameters
    ----------
    question
        The theater and its claims.
    since, until
        First and last day; the last day of the claims when none is given.
    asked
        Some of :data:`ASKED`.
    filtered
        Each day as it was known that evening.
    progress
        Gives back the days, or runs, it is given, and may tell how far the work is.
    crew
        Who works out the evenings; the scores are the same.

    Returns
    -------
    text
        A table in Markdown.
    report
        `since`, `date`, `filtered`, `scores`, and `draws`, a record for each answer and each
        flicker, ready for JSON.
    """
    unknown = sorted(set(asked) - set(ASKED))
    if unknown:
        raise EvaluateError(f"--ask {unknown[0]}: one of {', '.join(ASKED)}")
    claims, theater = question.claims_heard(), question.theater
    if not len(claims):
        raise EvaluateError("no claims: nothing to score")
    until = until or claims["event_date"].max().date()
    if since > until:
        raise EvaluateError(f"--since {since} is after {until}, the last day")
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    frames = control_through_time(theater, filtered=filtered)
    ahead = Ahead(claims, theater, days, frames, progress, crew)
    scores: list[dict[str, Any]] = []
    draws: list[dict[str, Any]] = []
    for one in dict.fromkeys(asked):
        if one == "flicker":
            found, looked = evaluate_flicker(ahead)
            share = len(found) / looked if looked else float("nan")
            row: dict[str, Any] = {"asked": one, "of": looked, "flickers": share}
        else:
            ask = evaluate_evenings if one == "evening" else evaluate_foretold
            found = ask(ahead)
            means = found.select_dtypes(["bool", "number"]).mean()
            row = {"asked": one, "of": len(found)} | {str(k): v for k, v in means.items()}
        if not row["of"]:
            raise EvaluateError(f"--ask {one}: no claim from {since} to {until} can be asked")
        scores.append(row)
        told = found.assign(date=[day.isoformat() for day in found["date"]])
        draws += [{"asked": one, **record} for record in _records(told)]
    columns = ["asked", "of", "right", "nearest_right", "loss", "flickers"]
    table = pd.DataFrame(scores).reindex(columns=columns)
    report = {
        "since": since.isoformat(), "date": until.isoformat(), "filtered": filtered,
        "scores": _records(table), "draws": draws,
    }  # fmt: skip
    return _foresight_table(table), report


def _foresight_table(scores: pd.DataFrame) -> str:
    """The scores as a table in Markdown."""
    lines = [
        "| asked | of | right | 1-NN | log-loss | per place and day |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in scores.to_dict("records"):
        digits = {"right": 3, "nearest_right": 3, "loss": 3, "flickers": 4}
        shown = ["" if pd.isna(row[one]) else f"{row[one]:.{n}f}" for one, n in digits.items()]
        lines.append(f"| {row['asked']} | {row['of']} | {' | '.join(shown)} |")
    return "\n".join(lines)


def _draws(
    question: Question,
    day: date | None,
    *,
    truth: Path | None,
    hide: Sequence[float],
    by: str,
    seeds: int,
    crew: Crew,
) -> pd.DataFrame:
    """Scores of every draw of hidden places, or of the map of a day against a list."""
    theater = question.theater
    if truth is not None and day is not None and not hide:
        return evaluate_map(read_truth(truth, theater, day), question, day)
    if truth is not None:
        known = read_truth(truth, theater, day)
    elif day is not None:
        known = known_from_control(control_of_question(question, day), theater)
    else:
        raise EvaluateError("no claims and no --truth: nothing to score")
    return evaluate_hidden(known, theater, hide or _usual(known), by=by, seeds=seeds, crew=crew)


def _dated_report(
    known: pd.DataFrame,
    question: Question,
    *,
    filtered: bool,
    progress: Callable[[Sequence[date]], Iterable[date]],
    crew: Crew,
) -> tuple[str, dict[str, Any]]:
    """Table and report of a list with dates."""
    judged = evaluate_dated(known, question, filtered=filtered, progress=progress, crew=crew)
    if judged.empty:
        raise EvaluateError("no row of the list names an actor: nothing to score")
    scores = dated_scores(judged)
    report = {
        "date": None,
        "filtered": filtered,
        "scores": _records(scores),
        "draws": _records(judged.assign(date=judged["date"].map(lambda day: day.isoformat()))),
    }
    return dated_table(scores), report


def _usual(known: pd.DataFrame) -> list[float]:
    """The usual shares of which at least one place is hidden; the largest where none is."""
    held = int((known["actor"] != "").sum())
    return [one for one in _USUAL_FRACTIONS if round(one * held)] or [_USUAL_FRACTIONS[-1]]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: undefined scores (nothing near a front, say) are null, not NaN."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.to_numpy().tolist()]
