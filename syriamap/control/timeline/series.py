"""
Claims → control on all days: the front door of the engine.

In come claims, a theater and days, out come their control frames
(:func:`control_through_time`), or everything behind them (:func:`through_time`), which any day
can be read off and which is worth keeping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.claims.area_claims import AREA_PREFIX
from syriamap.claims.reader import dates_settled
from syriamap.control.timeline.chains import chains_of, mentions_of
from syriamap.control.timeline.day_states import ThroughTime, frame_of_day
from syriamap.control.timeline.engine_settings import time_settings
from syriamap.control.timeline.factors import factors_from_statements
from syriamap.control.timeline.fighting import fights_of, sieges_of
from syriamap.control.timeline.lattice import lattice_of, surroundings_of
from syriamap.control.timeline.lives import lives_of
from syriamap.control.timeline.passes import posteriors_of
from syriamap.control.timeline.statements import statements_from_claims

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.theater.folder import Theater

__all__ = ["claims_known_by", "control_through_time", "through_time"]

_SIZES = {"city": 4.0, "town": 2.0}


def control_through_time(
    claims: pd.DataFrame,
    theater: Theater,
    days: Iterable[date],
    *,
    known_by: date | None = None,
    according_to: str = "",
    settings: TimeSettings | None = None,
) -> dict[date, pd.DataFrame]:
    """
    State of every place that claims speak of, on each day.

    Parameters
    ----------
    claims
        The claims frame, all dates.
    theater
        Gives sides, stances, grades, lives of actors.
    days
        The days.
    known_by
        Only what was reported up to this day counts, and nothing that happened later.
    according_to
        A side: the state as its own sources tell it.
    settings
        The numbers; the theater's own when not given.

    Returns
    -------
    dict
        Day → control frame (:func:`~syriamap.control.timeline.day_states.frame_of_day`).
    """
    time = through_time(
        claims, theater, known_by=known_by, according_to=according_to, settings=settings
    )
    return {day: frame_of_day(time, day) for day in days}


def through_time(
    claims: pd.DataFrame,
    theater: Theater,
    *,
    known_by: date | None = None,
    according_to: str = "",
    settings: TimeSettings | None = None,
) -> ThroughTime:
    """
    Infer all claimed places on all days.

    Parameters are those of :func:`control_through_time`.
    """
    knobs = settings or time_settings(theater)
    usable = claims if known_by is None else claims_known_by(claims, known_by)
    told = statements_from_claims(usable, theater, knobs, according_to=according_to)
    places = tuple(sorted(told.votes))
    rows = {place: row for row, place in enumerate(places)}
    where = _positions(usable, places, theater)
    lives = lives_of(theater, told.spoken)
    factors = factors_from_statements(told, rows, lives, knobs)
    around = surroundings_of(where["lat"], where["lon"], where["size"], knobs)
    lattice = lattice_of(told, factors, places, around, lives, knobs)
    mentions = mentions_of(told, places, around, lives)
    chains = chains_of(lattice, factors, mentions, lives, knobs)
    posteriors = posteriors_of(chains, lattice, around, lives, knobs)
    return ThroughTime(
        theater, knobs, places, tuple(where["name"]), where["lat"], where["lon"],
        told, factors.merged, lives, mentions, around, lattice, posteriors,
        fights_of(factors.merged, lives, knobs), sieges_of(told, rows, knobs),
    )  # fmt: skip


def claims_known_by(claims: pd.DataFrame, day: date) -> pd.DataFrame:
    """
    Claims that were reported by a day and speak of nothing later.

    Parameters
    ----------
    claims
        The claims frame. A claim without report date counts as reported on the day of its event.
    day
        The day.
    """
    reported = claims["reported_on"].fillna(claims["event_date"])
    cutoff = pd.Timestamp(day)
    known = (reported <= cutoff) & (dates_settled(claims) <= cutoff)
    return claims[known].reset_index(drop=True)


def _positions(
    claims: pd.DataFrame, places: tuple[str, ...], theater: Theater
) -> dict[str, Any]:
    """Name, point and size of each place: the gazetteer's, else those of its first claim."""
    listed = theater.places.reindex(list(places))
    own = claims[~claims["place_id"].str.startswith(AREA_PREFIX)]
    own = own.sort_values(["event_date", "claim_id"]).drop_duplicates("place_id")
    own = own.set_index("place_id").reindex(list(places))
    size = listed["kind"].map(_SIZES).fillna(1.0)
    return {
        "name": listed["name"].fillna(own["place"]).astype(str).tolist(),
        "lat": listed["lat"].fillna(own["lat"]).to_numpy(dtype=np.float64),
        "lon": listed["lon"].fillna(own["lon"]).to_numpy(dtype=np.float64),
        "size": size.to_numpy(dtype=np.float64),
    }
