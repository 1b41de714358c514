"""
How the map stands to claims that it did not hear: the evening before, the next day, flicker.

In come claims, some days and how control is inferred from claims, out goes a row for each thing
asked: who held a place the evening before its first reported capture, its own claims left out; how
likely each claim of a day was on what was said before; where a place changes hands and back within
three days although nothing is said of it. None of it needs a list of the truth.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriamap.claims.reader import claims_known_by, dates_settled
from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.series import through_time
from syriamap.evaluate.hidden import field_on_points
from syriamap.jobs import ALONE, Crew
from syriamap.territory import reviewed_control
from syriamap.theater.distances import plane_km

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.inferred_days import ThroughTime
    from syriamap.theater.folder import Theater

__all__ = [
    "LEFT_OUT_APART_KM",
    "Ahead",
    "Frames",
    "control_through_time",
    "evaluate_evenings",
    "evaluate_flicker",
    "evaluate_foretold",
    "flicker_share",
    "holder_claims",
    "left_out_together",
    "of_one_camp",
    "surprise",
]

Frames = Callable[[pd.DataFrame, Sequence[date]], Mapping[date, pd.DataFrame]]
"""Claims and days → the control frame of each day."""


@dataclass(frozen=True)
class Ahead:
    """
    What is asked of claims that the map did not hear.

    Attributes
    ----------
    claims, theater
        The claims frame and the theater.
    days
        Which days are asked about, ascending.
    frames
        How control is inferred.
    progress
        Gives back the days, or runs, it is given, and may tell how far the work is.
    crew
        Who works out the evenings.
    """

    claims: pd.DataFrame
    theater: Theater
    days: Sequence[date]
    frames: Frames
    progress: Callable[[Sequence[Any]], Iterable[Any]] = iter
    crew: Crew = ALONE


LEFT_OUT_APART_KM = 30.0
"""Places so far from each other are left out of the claims at once; they answer as alone."""


_WRONG = 0.03
"""Share of claims that are wrong whatever was known: no claim surprises without bounds."""
_BACK_WITHIN = 3


def control_through_time(
    theater: Theater, *, filtered: bool = False, settings: TimeSettings | None = None
) -> Frames:
    """
    Infer control as the map does; what is inferred of claims left out is kept nowhere.

    Parameters
    ----------
    theater
        The theater.
    filtered
        Each day as it was known that evening, not with hindsight.
    settings
        The numbers; the theater's own when not given.
    """
    return partial(_frames, theater, filtered, settings)


def _frames(
    theater: Theater,
    filtered: bool,
    settings: TimeSettings | None,
    claims: pd.DataFrame,
    days: Sequence[date],
) -> dict[date, pd.DataFrame]:
    def time(heard: pd.DataFrame) -> ThroughTime:
        return through_time(heard, theater, settings=settings, keep=False)

    if filtered:
        return {day: frame_of_day(time(claims_known_by(claims, day)), day) for day in days}
    made = time(claims)
    return {day: frame_of_day(made, day) for day in days}


def holder_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """
    Claims about one place that name its holder.

    Parameters
    ----------
    claims
        The claims frame.
    """
    return claims[
        claims["relation"].isin(["controls", "captured"])
        & (claims["certainty"] != "denied")
        & (claims["place_id"] != "")
    ]


def of_one_camp(leaning: str, actor: str, theater: Theater, day: date) -> bool:
    """
    Whether somebody leads, and is an actor or an ally of it on a day.

    Parameters
    ----------
    leaning, actor
        Two actors; the first may be nobody.
    theater, day
        Who is an ally of whom, and when.
    """
    return bool(leaning) and theater.stance(leaning, actor, day) == "allied"


def surprise(shares: Mapping[str, float], actor: str, theater: Theater, day: date) -> float:
    """
    Minus the log of the chance of an actor or its allies, nats.

    Parameters
    ----------
    shares
        Actor → its chance.
    actor
        Who was said to hold the place.
    theater, day
        Who is an ally of whom, and when.
    """
    allied = (
        share for other, share in shares.items() if theater.stance(other, actor, day) == "allied"
    )
    chance = min(sum(allied), 1.0)
    return float(-np.log(_WRONG / 2.0 + (1.0 - _WRONG) * chance))


def evaluate_evenings(ahead: Ahead) -> pd.DataFrame:
    """
    Who held each place the evening before its first reported capture, its own claims left out.

    Places that hardly bear on each other are left out at once: see :func:`left_out_together`.

    Parameters
    ----------
    ahead
        What to ask of which claims; captures of its days are asked about.

    Returns
    -------
    pandas.DataFrame
        `place_id, date` (the evening), `taker, loser, leaning` (the map's), `nearest` (whom the
        nearest claimed place leans to), and for both whether that is `right` (`nearest_right`): the
        loser or an ally of it, where one is named, else somebody whom the taker is no ally of.
    """
    claims, theater = ahead.claims, ahead.theater
    told = holder_claims(claims)
    first, last = pd.Timestamp(min(ahead.days)), pd.Timestamp(max(ahead.days))
    taken = told[
        (told["relation"] == "captured")
        & told["place_id"].isin(theater.places.index)
        & told["event_date"].between(first, last)
    ].drop_duplicates("place_id")
    rows = [
        _Evening(place, day.date() - timedelta(days=1), taker, loser)
        for place, day, taker, loser in zip(
            taken["place_id"], taken["event_date"], taken["actor"], taken["against"], strict=True
        )
    ]
    number = left_out_together(taken["place_id"].tolist(), theater)
    groups = [[row for row, own in zip(rows, number, strict=True) if own == one]
              for one in range(max(number, default=-1) + 1)]  # fmt: skip
    common = claims, theater, ahead.frames
    weight = float(len(claims))
    if ahead.crew.workers(len(groups), weight) > 1:  # alone nothing is sent, frames of any kind do
        answers = ahead.crew.each(
            _evenings_there, common, groups, weight=weight, progress=ahead.progress
        )
    else:
        answers = [found for one in ahead.progress(groups)
                   for found in _evenings_there(common, [one])]  # fmt: skip
    by_place = {one[0]: one for found in answers for one in found}
    columns = ["place_id", "date", "taker", "loser", "leaning", "nearest", "right", "nearest_right"]
    return pd.DataFrame([by_place[row.place] for row in rows], columns=columns)


class _Evening(NamedTuple):
    """A place, the evening before its capture, who took it, and from whom."""

    place: str
    eve: date
    taker: str
    loser: str


def left_out_together(places: Sequence[str], theater: Theater) -> list[int]:
    """
    Share places out among runs: those of one run lie so far apart that hardly any bears on another.

    Parameters
    ----------
    places
        Ids of listed places.
    theater
        Says where they lie.

    Returns
    -------
    list of int
        Number of the run of each place; as few as are found by taking those with most others close
        by first.
    """
    if not len(places):
        return []
    xy = plane_km(theater.places.loc[list(places), ["lat", "lon"]].to_numpy(dtype=np.float64))
    close = np.hypot(*(xy[:, None] - xy).transpose(2, 0, 1)) < LEFT_OUT_APART_KM
    run = np.full(len(places), -1)
    for row in np.argsort(-close.sum(axis=1), kind="stable").tolist():
        used = set(run[close[row]].tolist())
        run[row] = next(one for one in itertools.count() if one not in used)
    return [int(one) for one in run]


def _evenings_there(
    asked: tuple[pd.DataFrame, Theater, Frames], groups: Sequence[Sequence[_Evening]]
) -> list[list[tuple[Any, ...]]]:
    """Answers of some runs: the places of each are left out, all evenings asked at once."""
    claims, theater, frames = asked
    found = []
    for own in groups:
        rest = claims[~claims["place_id"].isin({row.place for row in own})]
        eves = sorted({row.eve for row in own})
        made = frames(rest, eves)
        answers: list[tuple[Any, ...]] = []
        for eve in eves:
            rows = [row for row in own if row.eve == eve]
            said = _said_of(made[eve], [row.place for row in rows], theater)
            answers += [(*row, *said[row.place], *_right(row, said[row.place], theater))
                        for row in rows]  # fmt: skip
        found.append(answers)
    return found


def _said_of(
    control: pd.DataFrame, places: Sequence[str], theater: Theater
) -> dict[str, tuple[str, str]]:
    """To whom the map of a control frame leans at some places, and the nearest claimed place."""
    if not len(control):
        return dict.fromkeys(places, ("", ""))
    points = theater.places.loc[list(places), ["lat", "lon"]]
    judged, status = field_on_points(reviewed_control(control, theater), points, theater)
    leaning = np.where(status == "undetermined", "", judged.leaning)
    said = zip(map(str, leaning), map(str, judged.nearest), strict=True)
    return dict(zip(places, said, strict=True))


def _right(row: _Evening, said: tuple[str, str], theater: Theater) -> tuple[bool, ...]:
    return tuple(
        of_one_camp(one, row.loser, theater, row.eve)
        if row.loser
        else bool(one) and not of_one_camp(one, row.taker, theater, row.eve)
        for one in said
    )


def evaluate_foretold(ahead: Ahead) -> pd.DataFrame:
    """
    How likely each claim of a day was on the claims of the days before.

    Parameters
    ----------
    ahead
        What to ask of which claims; those of its days are foretold, where the place was spoken of
        before.

    Returns
    -------
    pandas.DataFrame
        `place_id, date, actor` (who is said to hold it), `leaning` (whom the claims before lean
        to), `right` (an ally, or it), `loss` (:func:`surprise`).
    """
    claims, theater = ahead.claims, ahead.theater
    named = holder_claims(claims).drop_duplicates(["event_date", "place_id", "actor"])
    settled = dates_settled(claims)
    found = []
    for day in ahead.progress(ahead.days):
        today = named[named["event_date"] == pd.Timestamp(day)]
        before = claims[settled < pd.Timestamp(day)]
        if today.empty or before.empty:
            continue
        known = ahead.frames(before, [day])[day]
        said = zip(known["leaning"], known["shares"], strict=True)
        states = dict(zip(known["place_id"], said, strict=True))
        for place, actor in zip(today["place_id"], today["actor"], strict=True):
            if place in states:
                leaning, shares = states[place]
                right = of_one_camp(leaning, actor, theater, day)
                loss = surprise(shares, actor, theater, day)
                found.append((place, day, actor, leaning, right, loss))
    return pd.DataFrame(found, columns=["place_id", "date", "actor", "leaning", "right", "loss"])


def evaluate_flicker(ahead: Ahead) -> tuple[pd.DataFrame, int]:
    """
    Changes of hands and back within three days, without a claim on the place in those days.

    Parameters
    ----------
    ahead
        What to ask of which claims, on days one after the other.

    Returns
    -------
    flickers : pandas.DataFrame
        `place_id, date, before, after`: sides, the day of the first change.
    asked : int
        Number of places times days that were looked at.
    """
    claims, days = ahead.claims, ahead.days
    made = ahead.frames(claims, days)
    table = pd.DataFrame({day: made[day].set_index("place_id")["leaning"] for day in days})
    sides = table.fillna("").map(ahead.theater.side_of).to_numpy(dtype=object)
    told = set(zip(claims["place_id"], dates_settled(claims).dt.date, strict=True))
    found = []
    for row, place in enumerate(table.index):
        for at in range(1, len(days) - 1):
            before, now = sides[row, at - 1], sides[row, at]
            if not before or not now or before == now:
                continue
            back = before in sides[row, at + 1 : at + 1 + _BACK_WITHIN]
            around = [days[at] + timedelta(days=number) for number in range(_BACK_WITHIN + 1)]
            if back and not any((place, day) in told for day in around):
                found.append((place, days[at], before, now))
    return pd.DataFrame(found, columns=["place_id", "date", "before", "after"]), int(table.size)


def flicker_share(found: tuple[pd.DataFrame, int]) -> float:
    """
    Flickers per place and day.

    Parameters
    ----------
    found
        Of :func:`evaluate_flicker`.
    """
    flickers, asked = found
    return len(flickers) / asked if asked else float("nan")
