"""
On which days of which places anything bears: the steps of all chains, and who hears of whom.

In come statements and factors, out comes a :class:`Lattice`. A place has a step on each day on
which something is said of it, on the evening before, on the days around news of its neighbors, and
on the day after an actor ends: cost follows claims and neighbors, not the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Factors
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.statements import Statements

__all__ = ["Lattice", "Surroundings", "lattice_of", "surroundings_of"]

_KM_PER_DEGREE = 111.2
_SPAN = 1 << 22
_SHIFT = 1 << 21


@dataclass(frozen=True)
class Surroundings:
    """
    Neighbors of each place, the nearest first.

    Attributes
    ----------
    xy
        Kilometers, (P, 2).
    near, pull
        Rows of the neighbors and how much news of each counts, (P, n).
    """

    xy: NDArray[np.float64]
    near: NDArray[np.int64]
    pull: NDArray[np.float64]


@dataclass(frozen=True)
class Lattice:
    """
    Steps of all places, place after place, day after day.

    Attributes
    ----------
    place, day
        Of each step, (E,).
    first
        Where the steps of each place begin, (P + 1,).
    gap
        Days since the step before, 1 for the first, (E,).
    acted
        Steps on which claims speak of the place itself, ascending, (A,).
    activity
        How much is taken around it that day, 0 to 1, (E,).
    hears, told, weight
        A step, the news (a row of `acted`) it hears, and what that counts; by news.
    """

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    first: NDArray[np.int64]
    gap: NDArray[np.int64]
    acted: NDArray[np.int64]
    activity: NDArray[np.float64]
    hears: NDArray[np.int64]
    told: NDArray[np.int64]
    weight: NDArray[np.float64]

    def steps_at(
        self, place: NDArray[np.int64], day: NDArray[np.int64] | int
    ) -> NDArray[np.int64]:
        """Last step of each place up to a day; the first for days before it."""
        at = np.searchsorted(_keys(self.place, self.day), _keys(place, day), side="right") - 1
        return np.asarray(np.maximum(at, self.first[place]))

    def exact(
        self, place: NDArray[np.int64], day: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Step of each place on a day, -1 where it has none."""
        keys, wanted = _keys(self.place, self.day), _keys(place, day)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, at, -1)


def surroundings_of(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    size: NDArray[np.float64],
    settings: TimeSettings,
) -> Surroundings:
    """
    Nearest places of each place; a place bigger than its neighbor hears it less.

    Parameters
    ----------
    lat, lon
        Degrees.
    size
        Villages fall before the city that they surround.
    settings
        How far news reaches.
    """
    from scipy.spatial import cKDTree

    stretch = np.cos(np.radians(lat.mean())) if len(lat) else 1.0
    xy = np.column_stack([lat, lon * stretch]) * _KM_PER_DEGREE
    count = min(len(xy), round(settings.neighbors) + 1)
    if count < 2:
        empty = np.empty((len(xy), 0))
        return Surroundings(xy, empty.astype(np.int64), empty)
    apart, near = cKDTree(xy).query(xy, k=count)
    # of places on one point any may come first: the place itself is taken out wherever it stands
    itself = near == np.arange(len(xy))[:, None]
    itself[~itself.any(axis=1), -1] = True
    near = near[~itself].reshape(len(xy), count - 1).astype(np.int64)
    apart = apart[~itself].reshape(len(xy), count - 1)
    pull = np.exp(-apart / settings.length_km) * np.minimum(1.0, size[near] / size[:, None])
    return Surroundings(xy, near, pull)


def lattice_of(
    told: Statements,
    factors: Factors,
    places: Sequence[str],
    around: Surroundings,
    lives: Lives,
    settings: TimeSettings,
) -> Lattice:
    """
    Steps of all places.

    Parameters
    ----------
    told, factors
        What is said.
    places
        Ids, in the order of rows.
    around
        Their neighbors.
    lives
        Gives the days after which nothing is as before.
    settings
        How far and how long news reaches.
    """
    rows = {place: row for row, place in enumerate(places)}
    news = _news(told, rows)
    edges = _edges(around, news, settings)
    whole, _ = factors.arrays()
    said = np.unique(_keys(whole[:, 0], whole[:, 1]))
    heard = [_keys(edges.place, edges.day + lag) for lag, count in settings.lags if count]
    own = np.concatenate([said, said - 1, *heard])
    days = own % _SPAN - _SHIFT
    start = int(days.min()) - 1 if len(days) else 0
    always = np.array([start, *(turn for turn in lives.turns if turn > start)], dtype=np.int64)
    everywhere = _keys(np.repeat(np.arange(len(places)), len(always)), np.tile(always, len(places)))
    keys = np.unique(np.concatenate([own, everywhere]))
    place, day = keys // _SPAN, keys % _SPAN - _SHIFT
    first = np.searchsorted(place, np.arange(len(places) + 1))
    gap = np.diff(day, prepend=day[:1] - 1)
    gap[first[:-1]] = 1
    acted = np.searchsorted(keys, _keys(news[:, 0], news[:, 1]))
    hears, heard_news, weight = [], [], []
    for lag, count in settings.lags:
        if count:
            hears.append(np.searchsorted(keys, _keys(edges.place, edges.day + lag)))
            heard_news.append(edges.news)
            weight.append(edges.pull * count)
    changes = _changes(told, rows)
    activity = _activity(changes, around, place, day, settings)
    hears.append(np.empty(0, dtype=np.int64))
    heard_news.append(np.empty(0, dtype=np.int64))
    weight.append(np.empty(0))
    order = np.argsort(np.concatenate(heard_news), kind="stable")
    return Lattice(
        place, day, first, gap, acted, activity,
        np.concatenate(hears)[order],
        np.concatenate(heard_news)[order],
        np.concatenate(weight)[order],
    )  # fmt: skip


def _keys(place: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """One number for a place and a day, in the order of places, then days."""
    return np.asarray(place * _SPAN + day + _SHIFT, dtype=np.int64)


def _news(told: Statements, rows: Mapping[str, int]) -> NDArray[np.int64]:
    """Places and days on which claims speak of the place itself, (A, 2), sorted."""
    found = {
        (rows[place], vote.day)
        for place, votes in told.votes.items()
        for vote in votes
        if "area_claim" not in vote.reasons
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


@dataclass(frozen=True)
class _Edges:
    """Who hears which news: place, day of the news, its row, what it counts."""

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    news: NDArray[np.int64]
    pull: NDArray[np.float64]


def _edges(around: Surroundings, news: NDArray[np.int64], settings: TimeSettings) -> _Edges:
    """Every news with every place that looks at where it comes from."""
    hearer, rank = np.nonzero(around.pull > settings.least_pull)
    source, pull = around.near[hearer, rank], around.pull[hearer, rank]
    begin = np.searchsorted(news[:, 0], source, side="left")
    count = np.searchsorted(news[:, 0], source, side="right") - begin
    edge = np.repeat(np.arange(len(source)), count)
    ends = np.cumsum(count)
    row = np.arange(len(edge)) - np.repeat(ends - count, count) + np.repeat(begin, count)
    return _Edges(hearer[edge], news[row, 1], row, pull[edge])


def _changes(told: Statements, rows: Mapping[str, int]) -> NDArray[np.int64]:
    """Places and days of which a change of hands is reported, (C, 2), sorted."""
    found = {
        (rows[place], vote.day)
        for place, votes in told.votes.items()
        for vote in votes
        if vote.effect == "change" and (vote.actor != NOBODY or "area_claim" not in vote.reasons)
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _activity(
    changes: NDArray[np.int64],
    around: Surroundings,
    place: NDArray[np.int64],
    day: NDArray[np.int64],
    settings: TimeSettings,
) -> NDArray[np.float64]:
    """How many places around each step are taken that day, the nearer the more, at most 1."""
    order = np.argsort(day, kind="stable")
    sorted_days = day[order]
    activity = np.zeros(len(day))
    for when in np.unique(changes[:, 1]).tolist():
        begin, end = np.searchsorted(sorted_days, [when, when + 1])
        steps = order[begin:end]
        xy = around.xy[place[steps]]
        centers = around.xy[changes[changes[:, 1] == when, 0]]
        apart = np.hypot(xy[:, None, 0] - centers[:, 0], xy[:, None, 1] - centers[:, 1])
        activity[steps] = np.minimum(1.0, np.exp(-apart / settings.active_km).sum(axis=1))
    return activity
