"""
Each place's claims against its surroundings: wrong reports and conflicts long settled.

In comes the control frame, out goes a new one with a column `trust`: what the evidence around each
place says of it. This is the control that is drawn. A lone claim that everything around it speaks
against becomes an *unconfirmed pocket*: shown as contested, never painted over, but it colors no
land. A conflict that is days old and lies deep in one side's land, as freshly reported as itself,
is settled for that side, and so is a place of which too little is heard to name its holder, if all
of it speaks for the side around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.look.symbols import JOINT, POCKET
from syriamap.territory.inference.calibration import shares_of, tempered
from syriamap.territory.inference.field import belonging
from syriamap.territory.inference.inference_settings import settings_of
from syriamap.territory.inference.labels import (
    Claimed,
    Labels,
    by_node,
    claimed_on,
    is_faint,
)
from syriamap.territory.inference.network import network_of
from syriamap.territory.inference.smoothers import harmonic_smoother
from syriamap.territory.mesh.tessellation import ground_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.inference.network import Network
    from syriamap.territory.mesh.tessellation import Ground
    from syriamap.theater.folder import Theater

__all__ = [
    "SETTLED",
    "Surroundings",
    "freshness",
    "marked_control",
    "reviewed_control",
    "surroundings_of",
    "trust_in_evidence",
]

SETTLED = "settled_by_surroundings"
"""Reason code of an old conflict or a faint word that the evidence around it has decided."""


@dataclass(frozen=True)
class Surroundings:
    """
    What the rest of the evidence says of each row of the control frame.

    Attributes
    ----------
    by_side
        Chance of each side, (P, S); rows sum to 1.
    sides
        Names of the sides.
    fresh
        How fresh the evidence around is that speaks for each side, (P, S): mean of
        :func:`freshness`.
    enough
        Whether there is enough evidence near to judge by, (P,).
    knobs
        How they judge.
    """

    by_side: NDArray[np.float64]
    sides: tuple[str, ...]
    fresh: NDArray[np.float64]
    enough: NDArray[np.bool_]
    knobs: InferenceSettings

    def rows(self, which: list[int]) -> Surroundings:
        """What it says of some rows."""
        rows = self.by_side[which], self.sides, self.fresh[which], self.enough[which]
        return Surroundings(*rows, self.knobs)


def reviewed_control(
    control: pd.DataFrame,
    theater: Theater,
    *,
    settings: InferenceSettings | None = None,
    ground: Ground | None = None,
) -> pd.DataFrame:
    """
    Hold what is said of every place against what all others say of it.

    Parameters
    ----------
    control
        The control frame of a day, as claims alone give it
        (:func:`syriamap.control.control_from_claims`).
    theater, settings, ground
        As for :func:`~syriamap.territory.field_from_control`.

    Returns
    -------
    pandas.DataFrame
        A new frame of the same rows and columns, and `trust`, the probability that what is said of
        the place is right, to the step of evidence (1 where it is not judged). Unconfirmed pockets
        are contested, old conflicts and faint words settled; `reasons` say so.
    """
    ground = ground or ground_of(control, theater)
    knobs = settings or settings_of(theater)
    claimed, labels = claimed_on(ground, control, theater, knobs)
    around = surroundings_of(network_of(ground.mesh, knobs), claimed, labels)
    return marked_control(control, around, theater)


def surroundings_of(net: Network, claimed: Claimed, labels: Labels) -> Surroundings | None:
    """
    What all other evidence says of each claimed place; None where none is judged by others.

    There is too little evidence to judge, or it is a patchwork: what is around a place does not
    foretell it.
    """
    control, nodes, knobs = claimed.control, claimed.nodes, net.knobs
    if len(labels.nodes) < knobs.judges or not claimed.actors:
        return None
    age = freshness(_number(control, "age_days", 0), knobs)
    smoother = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, knobs.harmonic_spacing)

    def told_of(targets: NDArray[np.float64]) -> NDArray[np.float64]:
        clamp = knobs.clamp * labels.worth**2
        spread = smoother.spread(targets, clamp, leave_out=True, everywhere=False)
        return np.clip(spread.left_out, 0.0, None)

    names = tuple(sorted(set(claimed.sides)))
    belongs = belonging(claimed.sides, names)
    of_side = labels.shares @ belongs
    # news ages from day to day, what it says does not: that is not spread again
    told = told_of(labels.shares)
    recent = told_of(of_side * by_node(age, nodes, labels.nodes)[:, None])
    by_side = shares_of(told, knobs) @ belongs
    fresh = recent / np.maximum(told @ belongs, 1e-6)
    foretold = by_side.argmax(axis=1) == of_side.argmax(axis=1)
    if foretold.mean() < knobs.foretold:
        return None
    distance = net.near(labels.nodes)[0]
    slot = np.minimum(np.searchsorted(labels.nodes, nodes), len(labels.nodes) - 1)
    return Surroundings(
        by_side=by_side[slot],
        sides=names,
        fresh=fresh[slot],
        # the eighth nearest, itself the first, is within reach
        enough=(labels.nodes[slot] == nodes) & (distance[nodes, -1] <= knobs.reach_km),
        knobs=knobs,
    )


def trust_in_evidence(
    control: pd.DataFrame, around: Surroundings, theater: Theater
) -> NDArray[np.float64]:
    """
    Probability that what is said of each place is right, given its surroundings, (P,).

    By Bayes' rule r = (1 - e) q / ((1 - e) q + e (1 - q)), with q the chance that the rest of the
    evidence gives to the same side and e the share of such claims that are wrong: a part of
    what the confidence lacks to 1. Places that several independent origins or
    a trusted source vouch for are pinned (1), and so is what is much fresher than all around it,
    for that is how an advance looks.

    Parameters
    ----------
    control
        The control frame.
    around
        What the rest says.
    theater
        Gives the side of each row's leaning.
    """
    knobs = around.knobs
    column = {side: index for index, side in enumerate(around.sides)}
    leaning = control["leaning"].tolist()
    of = {actor: column.get(theater.side_of(actor), -1) for actor in set(leaning) if actor}
    at = np.array([of.get(actor, -1) for actor in leaning], dtype=np.int64)
    confidence = control["confidence"].to_numpy(dtype=float)
    wrong = knobs.doubt_of_worth * (1.0 - confidence)
    wrong = np.clip(wrong, knobs.least_wrong, knobs.most_wrong)
    same = around.by_side[np.arange(len(at)), at] if around.by_side.shape[1] else confidence
    right = (1.0 - wrong) * same
    trust = right / np.maximum(right + wrong * (1.0 - same), 1e-12)
    held = control["status"].isin(["held", "besieged"]).to_numpy()
    pinned = confidence >= knobs.pinned_confidence
    pinned |= _number(control, "origins", 1) >= knobs.pinned_origins
    own = freshness(_number(control, "age_days", 0), knobs)
    stale = _winner(around, around.fresh) < knobs.as_fresh * own
    return np.where(held & around.enough & ~pinned & ~stale & (at >= 0), trust, 1.0)


def freshness(age_days: NDArray[np.float64], knobs: InferenceSettings) -> NDArray[np.float64]:
    """How fresh evidence of an age is: 1 today, a third after a week, nearly 0 after a month."""
    return np.asarray(np.exp(-age_days / knobs.fresh_days))


def _winner(around: Surroundings, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values of the side that the surroundings speak for, (P,)."""
    return np.asarray(values[np.arange(len(values)), around.by_side.argmax(axis=1)])


def marked_control(
    control: pd.DataFrame, around: Surroundings | None, theater: Theater
) -> pd.DataFrame:
    """
    Mark unconfirmed pockets, settle old conflicts and faint words, and note the trust in each row.

    Parameters
    ----------
    control
        The control frame, or some of its rows.
    around
        What the rest of the evidence says of each; None where nothing is judged.
    theater
        Gives the sides of actors.

    Returns
    -------
    pandas.DataFrame
        As for :func:`reviewed_control`; rows that were changed carry :data:`SETTLED` or the code of
        a pocket in `reasons`.
    """
    if around is None:
        return control.assign(trust=1.0)
    trust = trust_in_evidence(control, around, theater)
    pockets = np.flatnonzero(trust < around.knobs.pocket_below)
    # from one day to the next it drifts by less than a step: that is nothing new
    trust = np.rint(trust / around.knobs.evidence_step) * around.knobs.evidence_step
    frame = control.assign(trust=trust)
    settled = _settled_rows(control, around, theater)
    if not len(pockets) and not settled:
        return frame
    status, actor = frame["status"].to_numpy(copy=True), frame["actor"].to_numpy(copy=True)
    leaning, reasons = frame["leaning"].to_numpy(copy=True), list(frame["reasons"])
    confidence = frame["confidence"].to_numpy(dtype=float, copy=True)
    shares = list(frame["shares"])
    for row in pockets.tolist():
        status[row], actor[row] = "contested", ""
        reasons[row] = (*reasons[row], POCKET)
        confidence[row] = round(float(confidence[row] * trust[row]), 4)
    for row, holder, chance in settled:
        status[row], actor[row], leaning[row] = "held", holder, holder
        confidence[row] = round(chance * around.knobs.settled_above, 4)
        shares[row] = {holder: float(confidence[row])}
        dropped = {"fighting", "conflicting_reports", "no_known_holder"}
        reasons[row] = (*(code for code in reasons[row] if code not in dropped), SETTLED)
    return frame.assign(
        status=status,
        actor=actor,
        leaning=leaning,
        confidence=confidence,
        reasons=reasons,
        shares=shares,
    )


def _settled_rows(
    control: pd.DataFrame, around: Surroundings, theater: Theater
) -> list[tuple[int, str, float]]:
    """Rows whose conflict is decided, the actor that holds them and the chance of its side."""
    age, knobs = _number(control, "age_days", 0), around.knobs
    # the surroundings were reported on since the conflict
    since = _winner(around, around.fresh) >= knobs.since_share * freshness(age, knobs)
    quiet = (age >= knobs.settled_days) & since
    surely = tempered(around.by_side, knobs.usual_power)
    status = control["status"].to_numpy(dtype=object)
    open_rows = (status == "undetermined") | ((status == "contested") & quiet)
    told = control["shares"].to_numpy(), control["reasons"].to_numpy()
    found = []
    for row in np.flatnonzero(around.enough & open_rows).tolist():
        own, reasons = (one[row] for one in told)
        faint = is_faint(status[row], own, reasons)
        if not faint and (status[row] != "contested" or JOINT in reasons):
            continue
        by_side = dict.fromkeys(around.sides, 0.0)
        for actor, share in own.items():
            by_side[theater.side_of(actor)] += share
        both = surely[row] * (_said_of(list(by_side.values())) if faint else 1.0)
        best = int(both.argmax())
        chance = float(both[best] / max(both.sum(), 1e-12))
        holders = [one for one in own if theater.side_of(one) == around.sides[best]]
        if chance >= knobs.settled_above and holders:
            found.append((row, min(holders, key=lambda one: (-own[one], one)), chance))
    return found


def _said_of(shares: list[float]) -> NDArray[np.float64]:
    """What a faint word says of each side: of those it does not name, no more than of the least."""
    said = np.array(shares)
    unnamed = said <= 0.0
    left = max(1.0 - float(said.sum()), 0.0) / max(int(unnamed.sum()), 1)
    return np.where(unnamed, min(left, float(said[~unnamed].min(initial=1.0))), said)


def _number(control: pd.DataFrame, column: str, default: int) -> NDArray[np.float64]:
    if column not in control:
        return np.full(len(control), float(default))
    return control[column].to_numpy(dtype=float)
