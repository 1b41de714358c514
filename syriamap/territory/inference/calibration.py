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

    from syriamap.territory.inference.inference_settings import InferenceSettings

__all__ = ["band_threshold", "shares_of", "temperature_of", "tempered"]


def shares_of(values: NDArray[np.float64], knobs: InferenceSettings) -> NDArray[np.float64]:
    """Solved values as probabilities: none below a floor, rows that sum to 1."""
    kept = np.clip(values, knobs.floor, None)
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
    left_out: NDArray[np.float64],
    truth: NDArray[np.int64],
    weight: NDArray[np.float64],
    knobs: InferenceSettings,
) -> float:
    """
    Power under which left-out evidence is foretold best (least log-loss).

    Linear smoothers are less sure than they should be: there is a usual power, and what few pieces
    of evidence say is held against it as a log-normal prior.

    Parameters
    ----------
    left_out
        Probabilities at the nodes with evidence, each from the others, (M, K).
    truth
        What the evidence says, column numbers, (M,).
    weight
        How much each counts, (M,).
    knobs
        Which powers are tried, and which is usual.
    """
    rows = np.arange(len(truth))
    ends = np.log(knobs.least_power), np.log(knobs.most_power)
    powers = np.exp(np.linspace(*ends, knobs.powers))
    costs = []
    for power in powers:
        chance = tempered(left_out, float(power))[rows, truth]
        loss = -(weight * np.log(np.clip(chance, knobs.least_chance, 1.0))).sum()
        costs.append(loss + 0.5 * (np.log(power / knobs.usual_power) / knobs.power_spread) ** 2)
    return float(powers[int(np.argmin(costs))])


def band_threshold(best: NDArray[np.float64], places: int, knobs: InferenceSettings) -> float:
    """
    Probability below which a place is too close to call.

    The band holds so many of the least sure places that `wrong_outside` of those outside it are
    expected to be wrong, but at least `least_band` of all (as far as they are not surer than
    `sure`: a country with one side has no band) and at most `most_band`.

    Parameters
    ----------
    best
        Calibrated probability of the likeliest side at each place in reach of evidence, but not
        where there is evidence.
    places
        How many places there are in reach, those with evidence too.
    knobs
        How sure is sure.
    """
    if not len(best):
        return 0.0
    ordered = np.sort(best)[::-1]
    wrong = np.cumsum(1.0 - ordered) / np.arange(1, len(ordered) + 1)
    outside = int(np.searchsorted(wrong, knobs.wrong_outside, side="right"))
    accurate = ordered[outside - 1] if outside else 1.0
    shares = knobs.least_band, knobs.most_band
    least, most = (min(share * places / len(best), 1.0) for share in shares)
    usual = min(float(np.quantile(best, least)), knobs.sure)
    return float(min(max(accurate, usual), np.quantile(best, most)))
