"""
Claims → control on all days: the front door of the engine.

In come claims, a theater and days, out come their control frames
(:func:`control_through_time`), or everything behind them (:func:`through_time`), which any day
can be read off and which is worth keeping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from syriamap.claims.reader import dates_settled
from syriamap.control.timeline.chains import chains_of, mentions_of
from syriamap.control.timeline.day_states import ThroughTime, frame_of_day
from syriamap.control.timeline.engine_settings import time_settings
from syriamap.control.timeline.fighting import fights_of, sieges_of
from syriamap.control.timeline.lattice import lattice_of
from syriamap.control.timeline.passes import posteriors_of
from syriamap.control.timeline.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.theater.folder import Theater

__all__ = ["claims_known_by", "control_through_time", "through_time"]


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
    scene = scene_of(usable, theater, knobs, according_to=according_to)
    lattice, mentions = lattice_of(scene), mentions_of(scene)
    chains = chains_of(scene, lattice, mentions)
    return ThroughTime(
        scene,
        mentions,
        lattice,
        posteriors_of(chains, lattice, scene),
        fights_of(scene.factors.merged, scene.lives, knobs),
        sieges_of(scene.told, scene.rows, knobs),
    )


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
