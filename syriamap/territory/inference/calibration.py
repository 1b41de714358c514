"""
Probabilities that mean what they say, and the band where they say too little.

In come probabilities and what the evidence would get if each piece were left out, out go a
temperature (Guo et al. 2017, "On calibration of modern neural networks") and the width of the
band along the fronts that is too close to call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["USUAL_POWER", "band_threshold", "shares_of", "temperature_of", "tempered"]

USUAL_POWER = 1.8
"""Power that usually makes the mean of the two smoothers mean what it says."""

_TEMPERATURES = np.exp(np.linspace(np.log(0.7), np.log(4.5), 38))
_SPREAD = 0.25
_FLOOR = 1e-4
_WRONG_OUTSIDE = 0.0025
_LEAST_SHARE, _MOST_SHARE = 0.05, 0.12
_SURE = 0.9995


def shares_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solved values as probabilities: none below a ten-thousandth, rows that sum to 1."""
    kept = np.clip(values, _FLOOR, None)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def tempered(probability: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    """
    Raise probabilities to a power and normalize: above 1 they become surer, below 1 less sure.

    >>> tempered(np.array([[0.8, 0.2]]), 2.0).round(3).tolist()
    [[0.941, 0.059]]
    """
    raised = probability**power
    total = raised.sum(axis=1, keepdims=True)
    even: NDArray[np.float64] = np.divide(raised, total, out=np.zeros_like(raised), where=total > 0)
    return even


def temperature_of(
    left_out: NDArray[np.float64], truth: NDArray[np.int64], weight: NDArray[np.float64]
) -> float:
    """
    Power under which left-out evidence is foretold best (least log-loss), .7 to 4.5.

    Linear smoothers are less sure than they should be: 1.8 is usual, and what few pieces of
    evidence say is held against it as a log-normal prior of width .25.

    Parameters
    ----------
    left_out
        Probabilities at the nodes with evidence, each from the others, (M, K).
    truth
        What the evidence says, column numbers, (M,).
    weight
        How much each counts, (M,).
    """
    rows = np.arange(len(truth))
    costs = []
    for power in _TEMPERATURES:
        chance = tempered(left_out, float(power))[rows, truth]
        loss = -(weight * np.log(np.clip(chance, 1e-3, 1.0))).sum()
        costs.append(loss + 0.5 * (np.log(power / USUAL_POWER) / _SPREAD) ** 2)
    return float(_TEMPERATURES[int(np.argmin(costs))])


def band_threshold(best: NDArray[np.float64], places: int) -> float:
    """
    Probability below which a place is too close to call.

    The band holds so many of the least sure places that those outside it are expected to be right
    to .9975, but at least 5 % of all (as far as they are not surer than .9995: a country with one
    side has no band) and at most 12 %.

    Parameters
    ----------
    best
        Calibrated probability of the likeliest side at each place in reach of evidence, but not
        where there is evidence.
    places
        How many places there are in reach, those with evidence too.
    """
    if not len(best):
        return 0.0
    ordered = np.sort(best)[::-1]
    wrong = np.cumsum(1.0 - ordered) / np.arange(1, len(ordered) + 1)
    outside = int(np.searchsorted(wrong, _WRONG_OUTSIDE, side="right"))
    accurate = ordered[outside - 1] if outside else 1.0
    least, most = (min(share * places / len(best), 1.0) for share in (_LEAST_SHARE, _MOST_SHARE))
    usual = min(float(np.quantile(best, least)), _SURE)
    return float(min(max(accurate, usual), np.quantile(best, most)))
