"""
What ``syriamap evaluate`` does: choose the known places, score, put the scores in words.

In come the theater and its claims, out go a table and the report with every draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.control.claimed import control_from_claims
from syriamap.errors import EvaluateError
from syriamap.evaluate.hidden import evaluate_hidden, evaluate_map
from syriamap.evaluate.publishers import evaluate_publishers, publisher_scores
from syriamap.evaluate.scores import score_table, shown_score
from syriamap.evaluate.truth import DRAWS, known_from_control, read_truth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from syriamap.claims.question import Question

__all__ = ["score_report"]

_USUAL_FRACTIONS = (0.1, 0.3, 0.5)


def score_report(
    question: Question,
    day: date | None,
    *,
    truth: Path | None,
    hide: Sequence[float],
    by: str,
    seeds: int,
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
        are. When not given, the control of the day is what is known.
    hide
        Shares of the known places to hide.
    by
        How those that are not hidden are drawn: one of :data:`~syriamap.evaluate.truth.DRAWS`.
    seeds
        Draws for each share.

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
    if day is None and len(claims):
        day = claims["event_date"].max().date()
    if truth is None and day is None:
        raise EvaluateError("no claims and no --truth: nothing to score")
    if truth is not None and (hide or day is None):
        known = read_truth(truth, theater, day)
        draws = evaluate_hidden(known, theater, hide or _usual(known), by=by, seeds=seeds)
    elif truth is not None and day is not None:
        draws = evaluate_map(read_truth(truth, theater, day), claims, theater, day)
    elif day is not None:
        known = known_from_control(control_from_claims(claims, theater, day), theater)
        draws = evaluate_hidden(known, theater, hide or _usual(known), by=by, seeds=seeds)
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


def _usual(known: pd.DataFrame) -> list[float]:
    """The usual shares of which at least one place is hidden; the largest where none is."""
    held = int((known["actor"] != "").sum())
    return [one for one in _USUAL_FRACTIONS if round(one * held)] or [_USUAL_FRACTIONS[-1]]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: undefined scores (nothing near a front, say) are null, not NaN."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.to_numpy().tolist()]
