"""
Each place's claims against its surroundings: wrong reports and conflicts long settled.

In comes the control frame and what the evidence around each place says of it, out goes a new
control frame. A lone claim that everything around it speaks against becomes an *unconfirmed
pocket*: shown as contested, never painted over, but it colors no land. A conflict that is days old
and lies deep in one side's land, as freshly reported as itself, is settled for that side, and so is
a place of which too little is heard to name its holder, if all of it speaks for the side around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.territory.inference.calibration import USUAL_POWER, tempered
from syriamap.territory.inference.labels import POCKET, is_faint

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["SETTLED", "Surroundings", "freshness", "reviewed_control", "trust_in_evidence"]

SETTLED = "settled_by_surroundings"
"""Reason code of an old conflict or a faint word that the evidence around it has decided."""

_PINNED_CONFIDENCE = 0.9
_DOUBT_OF_WORTH = 0.2
_LEAST_WRONG, _MOST_WRONG = 0.01, 0.2
_POCKET_BELOW = 0.3
_FRESH_DAYS = 7.0
_AS_FRESH = 0.3
_SINCE = 0.9
_SETTLED_DAYS = 3
_SETTLED_ABOVE = 0.9


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
    """

    by_side: NDArray[np.float64]
    sides: tuple[str, ...]
    fresh: NDArray[np.float64]
    enough: NDArray[np.bool_]

    def rows(self, which: list[int]) -> Surroundings:
        """What it says of some rows."""
        return Surroundings(self.by_side[which], self.sides, self.fresh[which], self.enough[which])


def trust_in_evidence(
    control: pd.DataFrame, around: Surroundings, side_of_row: list[str]
) -> NDArray[np.float64]:
    """
    Probability that what is said of each place is right, given its surroundings, (P,).

    By Bayes' rule r = (1 - e) q / ((1 - e) q + e (1 - q)), with q the chance that the rest of the
    evidence gives to the same side and e the share of such claims that are wrong: .03 for a
    confidence of .85, a fifth of what is lacking to 1. Places that several independent origins or
    a trusted source vouch for are pinned (1), and so is what is much fresher than all around it,
    for that is how an advance looks.

    Parameters
    ----------
    control
        The control frame.
    around
        What the rest says.
    side_of_row
        Side of each row's leaning, "" for none.
    """
    column = {side: index for index, side in enumerate(around.sides)}
    at = np.array([column.get(side, -1) for side in side_of_row], dtype=np.int64)
    confidence = control["confidence"].to_numpy(dtype=float)
    wrong = np.clip(_DOUBT_OF_WORTH * (1.0 - confidence), _LEAST_WRONG, _MOST_WRONG)
    same = around.by_side[np.arange(len(at)), at] if around.by_side.shape[1] else confidence
    right = (1.0 - wrong) * same
    trust = right / np.maximum(right + wrong * (1.0 - same), 1e-12)
    held = control["status"].isin(["held", "besieged"]).to_numpy()
    pinned = (confidence >= _PINNED_CONFIDENCE) | (_number(control, "origins", 1) >= 2)
    own = freshness(_number(control, "age_days", 0))
    stale = _winner(around, around.fresh) < _AS_FRESH * own
    return np.where(held & around.enough & ~pinned & ~stale & (at >= 0), trust, 1.0)


def freshness(age_days: NDArray[np.float64]) -> NDArray[np.float64]:
    """How fresh evidence of an age is: 1 today, a third after a week, nearly 0 after a month."""
    return np.asarray(np.exp(-age_days / _FRESH_DAYS))


def _winner(around: Surroundings, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values of the side that the surroundings speak for, (P,)."""
    return np.asarray(values[np.arange(len(values)), around.by_side.argmax(axis=1)])


def reviewed_control(
    control: pd.DataFrame,
    around: Surroundings,
    trust: NDArray[np.float64],
    side_of: dict[str, str],
) -> pd.DataFrame:
    """
    Mark unconfirmed pockets, settle old conflicts and faint words.

    Parameters
    ----------
    control
        The control frame.
    around
        What the rest of the evidence says.
    trust
        Of :func:`trust_in_evidence`.
    side_of
        Actor → side.

    Returns
    -------
    pandas.DataFrame
        A new frame of the same columns; rows that were changed carry :data:`SETTLED` or the code
        of a pocket in `reasons`.
    """
    frame = control.copy()
    pockets = np.flatnonzero(trust < _POCKET_BELOW)
    settled = _settled_rows(control, around, side_of)
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
        confidence[row] = round(chance * _SETTLED_ABOVE, 4)
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
    control: pd.DataFrame, around: Surroundings, side_of: dict[str, str]
) -> list[tuple[int, str, float]]:
    """Rows whose conflict is decided, the actor that holds them and the chance of its side."""
    age = _number(control, "age_days", 0)
    quiet = (
        (control["status"] == "contested").to_numpy()
        & (age >= _SETTLED_DAYS)
        # the surroundings were reported on since the conflict
        & (_winner(around, around.fresh) >= _SINCE * freshness(age))
    )
    told = zip(control["status"], control["shares"], control["reasons"], strict=True)
    faint = np.array(
        [
            is_faint(status, shares, reasons) and len({side_of[one] for one in shares}) == 1
            for status, shares, reasons in told
        ]
    )
    ready = (quiet | faint) & around.enough
    surely = tempered(around.by_side, USUAL_POWER)
    found = []
    for row in np.flatnonzero(ready).tolist():
        best = int(surely[row].argmax())
        chance = float(surely[row, best])
        own = {
            actor: share
            for actor, share in control["shares"].iloc[row].items()
            if side_of[actor] == around.sides[best]
        }
        if chance >= _SETTLED_ABOVE and own:
            found.append((row, min(own, key=lambda one: (-own[one], one)), chance))
    return found


def _number(control: pd.DataFrame, column: str, default: int) -> NDArray[np.float64]:
    if column not in control:
        return np.full(len(control), float(default))
    return control[column].to_numpy(dtype=float)
