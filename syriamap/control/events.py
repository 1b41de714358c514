"""Claims → strikes and advances of the last days, which say nothing of who holds a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from syriamap.claims.reader import claims_until, dates_settled
from syriamap.control.control_settings import CONTROL

if TYPE_CHECKING:
    from datetime import date

__all__ = ["events_from_claims"]

_COLUMNS = (
    "event_id", "kind", "place_id", "name", "lat", "lon", "actor", "against", "event_date",
    "certainty", "claim_ids",
)  # fmt: skip


def events_from_claims(
    claims: pd.DataFrame, day: date, *, known_by: date | None = None, days: int = CONTROL.event_days
) -> pd.DataFrame:
    """
    Strikes and advances of the last days, one row per event, with the claims that tell of it.

    Parameters
    ----------
    claims
        The claims frame.
    day
        Last day; events of `days` days up to and with it are taken.
    known_by
        Only what was reported up to this day counts, when given.
    days
        How many days.

    Returns
    -------
    pandas.DataFrame
        `event_id, kind` (`struck` or `advanced_toward`)`, place_id, name, lat, lon, actor, against,
        event_date, certainty` (the firmest), `claim_ids` (tuple).
    """
    told = claims[dates_settled(claims) >= pd.Timestamp(day) - pd.Timedelta(days=days - 1)]
    told = told[told["relation"].isin(["struck", "advanced_toward"]) & (told["area_id"] == "")]
    recent = claims_until(told, day, known_by=known_by)
    order = {"asserted": 0, "claimed": 1, "unconfirmed": 2, "denied": 3}
    rows = []
    keys = ["relation", "place_id", "actor", "event_date"]
    for (kind, place_id, actor, when), group in recent.groupby(keys, sort=True):
        claim_ids = tuple(sorted(group["claim_id"]))
        rows.append(
            {
                "event_id": f"{kind}:{place_id}:{actor}:{pd.Timestamp(str(when)).date()}",
                "kind": kind,
                "place_id": place_id,
                "name": min(group["place"]),
                "lat": float(group["lat"].iloc[0]),
                "lon": float(group["lon"].iloc[0]),
                "actor": actor,
                "against": max(group["against"]),
                "event_date": when,
                "certainty": min(group["certainty"], key=order.__getitem__),
                "claim_ids": claim_ids,
            }
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS))
