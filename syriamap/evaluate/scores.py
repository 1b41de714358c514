"""
How what a map says of places compares with who holds them.

In comes what was said and the truth, out go scores, and tables of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "SCORE_COLUMNS",
    "Judged",
    "calibration_error",
    "score_table",
    "scores_of",
    "shown_score",
]

SCORE_COLUMNS = (
    "hidden", "accuracy", "balanced", "near_front", "calibration_error", "band_share",
    "accuracy_outside", "nearest_accuracy", "nearest_balanced", "nearest_near_front",
    "contested_recall", "contested_precision",
)  # fmt: skip
"""
Columns of the scores beside `how` and `seed`.

`near_front` is the accuracy within 10 km of a place that another actor holds; `band_share` the
share of hidden places in contested and front-band areas, `accuracy_outside` the accuracy of the
others; `nearest_…` are those of 1-nearest-neighbor. `contested_recall` is the share of contested
places that lie in such areas, `contested_precision` the share of the places there that are.
"""

_BINS = 10


@dataclass(frozen=True)
class Judged:
    """
    What a map says of hidden places.

    Attributes
    ----------
    leaning
        Likeliest actor at each, "" where nothing is known.
    doubtful
        Whether it lies in a contested or front-band area.
    confidence
        0 to 1.
    nearest
        Actor of the nearest place with evidence.
    """

    leaning: NDArray[np.object_]
    doubtful: NDArray[np.bool_]
    confidence: NDArray[np.float64]
    nearest: NDArray[np.object_]


def scores_of(
    judged: Judged, truth: NDArray[np.object_], near: NDArray[np.bool_]
) -> dict[str, float]:
    """
    Score what a map says of hidden places; keys are :data:`SCORE_COLUMNS`.

    Parameters
    ----------
    judged
        What the map says.
    truth
        Who holds them, "" for the contested; these count for the last two scores only.
    near
        Which are near the front.
    """
    open_to = truth == ""
    shut = ~open_to
    doubtful, names = judged.doubtful[shut], truth[shut]
    right, nearest = judged.leaning[shut] == names, judged.nearest[shut] == names
    return {
        "hidden": float(len(names)),
        "accuracy": _mean(right),
        "balanced": _balanced(right, names),
        "near_front": _mean(right[near[shut]]),
        "calibration_error": calibration_error(judged.confidence[shut], right),
        "band_share": _mean(doubtful),
        "accuracy_outside": _mean(right[~doubtful]),
        "nearest_accuracy": _mean(nearest),
        "nearest_balanced": _balanced(nearest, names),
        "nearest_near_front": _mean(nearest[near[shut]]),
        "contested_recall": _mean(judged.doubtful[open_to]),
        "contested_precision": _mean(open_to[judged.doubtful]) if open_to.any() else float("nan"),
    }


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _balanced(right: NDArray[np.bool_], truth: NDArray[np.object_]) -> float:
    """Mean over the actors of the accuracy at each one's places."""
    return float(
        np.mean([right[truth == actor].mean() for actor in sorted(set(truth))] or [np.nan])
    )


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """
    Expected calibration error over ten equal bins (Naeini, Cooper and Hauskrecht 2015).

    >>> calibration_error(np.array([0.75, 0.75]), np.array([True, False]))
    0.25
    """
    if not len(right):
        return float("nan")
    place = np.minimum((np.clip(confidence, 0.0, 1.0) * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for one in np.unique(place):
        inside = place == one
        error += abs(confidence[inside].mean() - right[inside].mean()) * inside.mean()
    return float(error)


def score_table(draws: pd.DataFrame) -> str:
    """Scores as a Markdown table, the mean of the draws in each row."""
    names = (
        "hidden",
        "draws",
        "accuracy (1-NN)",
        "balanced (1-NN)",
        "near front (1-NN)",
        "calibration error",
        "in bands",
        "accuracy outside",
        "contested recall",
        "contested precision",
    )
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    for how, group in draws.groupby("how", sort=False):
        mean = group[list(SCORE_COLUMNS)].mean()
        pairs = " | ".join(
            f"{shown_score(mean[name], 4)} ({shown_score(mean['nearest_' + name], 4)})"
            for name in ("accuracy", "balanced", "near_front")
        )
        rest = " | ".join(
            shown_score(mean[name], digits)
            for name, digits in (
                ("calibration_error", 3),
                ("band_share", 3),
                ("accuracy_outside", 4),
                ("contested_recall", 2),
                ("contested_precision", 2),
            )
        )
        lines.append(f"| {how} | {len(group)} | {pairs} | {rest} |")
    return "\n".join(lines)


def shown_score(value: float, digits: int) -> str:
    """
    Show a score; a dash where there was nothing to score.

    >>> shown_score(0.95, 3), shown_score(float("nan"), 3)
    ('0.950', '–')
    """
    return "–" if np.isnan(value) else f"{value:.{digits}f}"
