"""
How the map stands to claims that it did not hear: the evening before, the next day, flicker.

In come claims, some days and how control is inferred from claims, out goes a row for each thing
asked: who held a place the evening before its first reported capture, its own claims left out; how
likely each claim of a day was on what was said before; where a place changes hands and back within
three days although nothing is said of it. None of it needs a list of the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.claims.question import Question
from syriamap.claims.reader import dates_settled
from syriamap.control.claimed import control_of_question
from syriamap.evaluate.hidden import field_on_points
from syriamap.territory import reviewed_control

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.theater.folder import Theater

__all__ = [
    "Ahead",
    "Frames",
    "control_through_time",
    "evaluate_evenings",
    "evaluate_flicker",
    "evaluate_foretold",
    "flicker_share",
    "holder_claims",
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
        Gives back the days it is given, and may tell how far the work is.
    """

    claims: pd.DataFrame
    theater: Theater
    days: Sequence[date]
    frames: Frames
    progress: Callable[[Sequence[date]], Iterable[date]] = iter


_WRONG = 0.03
"""Share of claims that are wrong whatever was known: no claim surprises without bounds."""
_BACK_WITHIN = 3


def control_through_time(theater: Theater, *, filtered: bool = False) -> Frames:
    """
    Infer control as the map does.

    Parameters
    ----------
    theater
        The theater.
    filtered
        Each day as it was known that evening, not with hindsight.
    """

    def frames(claims: pd.DataFrame, days: Sequence[date]) -> dict[date, pd.DataFrame]:
        question = Question(theater, claims)
        return {
            day: control_of_question(
                Question(theater, claims, known_by=day) if filtered else question, day
            )
            for day in days
        }

    return frames


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
    rows = list(
        zip(
            ahead.progress([day.date() for day in taken["event_date"]]),
            taken["place_id"],
            taken["actor"],
            taken["against"],
            strict=True,
        )
    )
    found = []
    for day, place, taker, loser in rows:
        eve = day - timedelta(days=1)
        control = ahead.frames(claims[claims["place_id"] != place], [eve])[eve]
        leaning = nearest = ""
        if len(control):
            point = theater.places.loc[[place], ["lat", "lon"]]
            judged, status = field_on_points(reviewed_control(control, theater), point, theater)
            leaning = "" if status[0] == "undetermined" else str(judged.leaning[0])
            nearest = str(judged.nearest[0])
        right = [
            of_one_camp(one, loser, theater, eve)
            if loser
            else bool(one) and not of_one_camp(one, taker, theater, eve)
            for one in (leaning, nearest)
        ]
        found.append((place, eve, taker, loser, leaning, nearest, *right))
    columns = ["place_id", "date", "taker", "loser", "leaning", "nearest", "right", "nearest_right"]
    return pd.DataFrame(found, columns=columns)


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
