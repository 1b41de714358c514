"""
Do publishers who were not heard agree with the map: hide them, rebuild, compare.

In come the claims of a day, out goes one row per claim of a left-out publisher with what the map
that was built without it says of its place, and the shares that agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.claims.reader import claims_until
from syriamap.control.claimed import control_from_claims
from syriamap.control.evidence import votes_from_claims
from syriamap.territory import field_from_control, reviewed_control, states_from_field

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.theater.folder import Theater

__all__ = ["evaluate_publishers", "publisher_scores"]


def evaluate_publishers(
    claims: pd.DataFrame, theater: Theater, day: date, *, folds: int = 0
) -> pd.DataFrame:
    """
    Leave publishers out, rebuild the map of a day, and compare what they say of that day.

    A claim is compared with the map of its own event date only: what was said of the morning is
    not held against a later map. Claims that name the holder count (`controls`, `captured`, and
    `lost` or `withdrew` to somebody named), denials do not.

    Parameters
    ----------
    claims
        The claims frame.
    theater
        The theater.
    day
        Date of the map and of the claims.
    folds
        Publishers are dealt into so many groups, and each is left out in turn; 0 leaves out each
        publisher by itself.

    Returns
    -------
    pandas.DataFrame
        One row per claim that was left out: `claim_id, publisher, place_id, actor` (whom the
        claim gives the place to), `leaning, status` (the map's), `agrees` (the leaning is of the
        same side or allied), `disputed` (another origin gives the place to somebody else on that
        day, so that no map agrees with both).
    """
    usable = claims_until(claims, day)
    told = _told_holders(usable, theater, day)
    names = sorted(set(usable["publisher"]))
    group = {name: row % (folds or len(names)) for row, name in enumerate(names)}
    fold = claims["publisher"].map(group)
    found = []
    for one in sorted({group[name] for name in told["publisher"]}):
        asked = told[told["publisher"].map(group) == one]
        control = control_from_claims(claims[fold != one], theater, day)
        if not len(control):
            continue
        control = reviewed_control(control, theater)
        field = field_from_control(control, theater)
        states = states_from_field(field, theater).set_index("place_id")
        asked = asked[asked["place_id"].isin(states.index)].reset_index(drop=True)
        state = states.loc[asked["place_id"], ["leaning", "status"]].reset_index(drop=True)
        found.append(pd.concat([asked, state], axis=1))
    columns = ["claim_id", "publisher", "place_id", "actor", "disputed", "leaning", "status"]
    frame = pd.concat(found) if found else pd.DataFrame(columns=columns)
    same = [
        bool(two) and theater.stance(one, two, day) == "allied"
        for one, two in zip(frame["actor"], frame["leaning"], strict=True)
    ]
    return frame.assign(agrees=same).sort_values("claim_id", ignore_index=True)


def _told_holders(usable: pd.DataFrame, theater: Theater, day: date) -> pd.DataFrame:
    """Claims of a day about one place that name its holder, and which of them are disputed."""
    won = usable["relation"].isin(["controls", "captured"])
    lost = usable["relation"].isin(["lost", "withdrew"]) & (usable["against"] != "")
    wanted = (
        (won | lost)
        & (usable["certainty"] != "denied")
        & (usable["event_date"] == pd.Timestamp(day))
        & (usable["area_id"] == "")
    )
    told = usable.loc[wanted, ["claim_id", "publisher", "place_id"]].reset_index(drop=True)
    holder = usable["actor"].where(won, usable["against"])[wanted].tolist()
    origin = {vote.claim_id: vote.origin for vote in votes_from_claims(usable[wanted], theater)}
    said = list(zip(told["place_id"], holder, told["claim_id"].map(origin), strict=True))
    by_place: dict[str, list[tuple[str, str]]] = {}
    for place, actor, who in said:
        by_place.setdefault(place, []).append((actor, who))
    disputed = [
        any(
            who != other and theater.stance(actor, another, day) != "allied"
            for another, other in by_place[place]
        )
        for place, actor, who in said
    ]
    return told.assign(actor=holder, disputed=disputed)


def publisher_scores(frame: pd.DataFrame) -> dict[str, float]:
    """
    Agreement of left-out publishers' claims with the map, in one place.

    Parameters
    ----------
    frame
        Of :func:`evaluate_publishers`, of one day or several.

    Returns
    -------
    dict
        `claims`; `agreement` of all, a contested or undetermined place counting half; of those the
        map calls held (`held`, and how many as `held_share`); of all by whom the map leans to
        (`leaning`); of those that nobody disputes (`undisputed`, open places half, and
        `undisputed_leaning`); and how many are `disputed`.
    """
    shut = frame["status"].isin(["held", "besieged"]).to_numpy(bool)
    agrees, disputed = frame["agrees"].to_numpy(bool), frame["disputed"].to_numpy(bool)
    credit = np.where(shut, agrees, 0.5)
    return {
        "claims": float(len(frame)),
        "agreement": _share(credit),
        "leaning": _share(agrees),
        "held": _share(agrees[shut]),
        "held_share": _share(shut),
        "undisputed": _share(credit[~disputed]),
        "undisputed_leaning": _share(agrees[~disputed]),
        "disputed": _share(disputed),
    }


def _share(values: NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else float("nan")
