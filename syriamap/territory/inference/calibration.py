"""
Probabilities that mean what they say, and the band where they say too little.

In come probabilities and what the evidence would get if each piece were left out, out go
temperatures (Guo et al. 2017, "On calibration of modern neural networks") and the width of the
bands along the fronts that are too close to call: both in windows over the country
(:mod:`syriamap.territory.inference.regions`), for evidence is dense here and thin there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.inference.regions import Regions

__all__ = [
    "Banded", "band_threshold", "land_threshold", "shares_of", "temperature_of", "temperatures_of",
    "tempered", "thresholds_of",
]  # fmt: skip


def shares_of(values: NDArray[np.float64], knobs: InferenceSettings) -> NDArray[np.float64]:
    """Solved values as probabilities: none below a floor, rows that sum to 1."""
    kept = np.clip(values, knobs.floor, None)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def tempered(
    probability: NDArray[np.float64], power: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Raise probabilities to a power and normalize: above 1 they become surer, below 1 less sure.

    Parameters
    ----------
    probability
        Rows that sum to 1, or to 0.
    power
        One for all, or one for each row.

    >>> tempered(np.array([[0.8, 0.2]]), 2.0).round(3).tolist()
    [[0.941, 0.059]]
    """
    raised = probability ** np.reshape(power, (-1, 1))
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
    return float(_powers(left_out, truth, weight[:, None], knobs)[0])


def temperatures_of(
    left_out: NDArray[np.float64],
    truth: NDArray[np.int64],
    counted: sparse.csr_array,
    regions: Regions,
    knobs: InferenceSettings,
) -> NDArray[np.float64]:
    """
    Power at each node: that of :func:`temperature_of` in each window, blended.

    Parameters
    ----------
    left_out, truth, knobs
        As for :func:`temperature_of`.
    counted
        How much each piece of evidence counts in each window, (M, C) sparse.
    regions
        The windows.
    """
    return np.exp(regions.blended(np.log(_powers(left_out, truth, counted, knobs))))


def _powers(
    left_out: NDArray[np.float64],
    truth: NDArray[np.int64],
    counted: NDArray[np.float64] | sparse.csr_array,
    knobs: InferenceSettings,
) -> NDArray[np.float64]:
    """Best power for each column of weights."""
    rows = np.arange(len(truth))
    ends = np.log(knobs.least_power), np.log(knobs.most_power)
    powers = np.exp(np.linspace(*ends, knobs.powers))
    with np.errstate(divide="ignore"):
        logs = np.log(left_out)
    losses = []
    for power in powers:  # as `tempered`, by logarithms: only which is best leaves this place
        raised = np.exp(float(power) * logs)
        chance = raised[rows, truth] / np.maximum(raised.sum(axis=1), np.finfo(float).tiny)
        losses.append(-np.log(np.clip(chance, knobs.least_chance, 1.0)))
    prior = 0.5 * (np.log(powers / knobs.usual_power) / knobs.power_spread) ** 2
    costs = np.array(losses).reshape(len(powers), -1) @ counted + prior[:, None]
    return np.asarray(powers[np.argmin(costs, axis=0)])


def band_threshold(
    best: NDArray[np.float64], places: int, knobs: InferenceSettings, *, front: bool = True
) -> float:
    """
    Probability below which a place is too close to call.

    The band holds so many of the least sure places of a window that `wrong_outside` of those
    outside it are expected to be wrong, as far as they are not surer than `sure`; at most
    `most_band` of all, and where a front passes at least `least_band`, as far as they are not surer
    than `surest_band`.

    Parameters
    ----------
    best
        Calibrated probability of the likeliest side at each place in reach of evidence, but not
        where there is evidence.
    places
        How many places there are in reach, those with evidence too.
    knobs
        How sure is sure.
    front
        Whether more than one side leads in the window.
    """
    if not len(best):
        return 0.0
    rising = np.sort(best)
    ordered = rising[::-1]
    wrong = np.cumsum(1.0 - ordered) / np.arange(1, len(ordered) + 1)
    outside = int(np.searchsorted(wrong, knobs.wrong_outside, side="right"))
    accurate = min(float(ordered[outside - 1]) if outside else 1.0, knobs.sure)
    shares = knobs.least_band, knobs.most_band
    least, most = (min(share * places / len(best), 1.0) for share in shares)
    usual = min(_quantile(rising, least), knobs.surest_band) if front else 0.0
    return min(max(accurate, usual), _quantile(rising, most))


def _quantile(rising: NDArray[np.float64], share: float) -> float:
    """Quantile of sorted numbers, between two of them in proportion, as numpy has it."""
    at = share * (len(rising) - 1)
    below = int(at)
    low, high = float(rising[below]), float(rising[min(below + 1, len(rising) - 1)])
    part = at - below
    return high - (high - low) * (1.0 - part) if part >= 0.5 else low + (high - low) * part


def land_threshold(best: NDArray[np.float64], land: NDArray[np.float64], most: float) -> float:
    """
    Probability below which the least sure nodes take up no more than so much land.

    Parameters
    ----------
    best
        Calibrated probability of the likeliest side at each node.
    land
        What each stands for.
    most
        Land that they may take up.

    >>> land_threshold(np.array([0.5, 0.9, 0.6]), np.array([2.0, 1.0, 2.0]), 4.0)
    0.9
    >>> land_threshold(np.array([0.5, 0.9, 0.6]), np.array([2.0, 1.0, 2.0]), 9.0)
    1.0
    """
    order = np.argsort(best, kind="stable")
    fits = int(np.searchsorted(np.cumsum(land[order]), most, side="right"))
    return float(best[order[fits]]) if fits < len(best) else 1.0


@dataclass(frozen=True)
class Banded:
    """
    What may lie in a band.

    Attributes
    ----------
    reached, open
        Nodes in reach of evidence, and those without evidence of their own, (N,).
    place
        Nodes of places; the others fill empty land, (N,).
    land
        Area of the cell of each, (N,).
    """

    reached: NDArray[np.bool_]
    open: NDArray[np.bool_]
    place: NDArray[np.bool_]
    land: NDArray[np.float64]


def thresholds_of(
    best: NDArray[np.float64],
    side: NDArray[np.int64],
    ground: Banded,
    regions: Regions,
    knobs: InferenceSettings,
) -> NDArray[np.float64]:
    """
    Threshold of the band at each node: that of each window, blended.

    In a window it is that of :func:`band_threshold`, or that of :func:`land_threshold` if that is
    lower.

    Parameters
    ----------
    best, side
        Calibrated probability of the likeliest side at each node, and that side, (N,).
    ground
        What may lie in a band.
    regions
        The windows.
    knobs
        How sure is sure.
    """
    found = np.zeros(len(regions.members))
    says = np.zeros(len(regions.members))
    for window, own in enumerate(regions.members):
        known = own[ground.reached[own]]
        open_nodes = known[ground.open[known]]
        places, open_places = known[ground.place[known]], open_nodes[ground.place[open_nodes]]
        # a window without such places says nothing of its neighbors' bands
        says[window] = len(open_places) > 0
        front = len(places) > 0 and bool((side[places] != side[places[0]]).any())
        close = band_threshold(best[open_places], len(places), knobs, front=front)
        land = ground.land[known].sum() * knobs.most_land
        found[window] = min(close, land_threshold(best[open_nodes], ground.land[open_nodes], land))
    counted = regions.blended(says)
    return np.divide(
        regions.blended(found * says), counted, out=np.zeros(len(best)), where=counted > 0
    )
