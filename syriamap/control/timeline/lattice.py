"""
On which days of which places anything bears: the steps of all chains, and who hears of whom.

In come statements and factors, out comes a :class:`Lattice`. A place has a step on each day on
which something is said of it, on the evening before, on the days around news of its neighbors, and
on the day after an actor ends: cost follows claims and neighbors, not the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.sayings import Statements
    from syriamap.control.timeline.scene import Neighbors, Scene

__all__ = ["Lattice", "Steps", "lattice_of"]

_SPAN = 1 << 22
_SHIFT = 1 << 21


@dataclass(frozen=True)
class Steps:
    """
    Steps of all places, place after place, day after day: what a day is read off by.

    Attributes
    ----------
    place, day
        Of each step, (E,).
    first
        Where the steps of each place begin, (P + 1,).
    """

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    first: NDArray[np.int64]

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """One number for each step, ascending."""
        return _keys(self.place, self.day)

    def steps_at(self, place: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.int64]:
        """Last step of each place up to a day; the first for days before it."""
        at = np.searchsorted(self.keys, _keys(place, day), side="right") - 1
        return np.asarray(np.maximum(at, self.first[place]))

    def exact(self, place: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Step of each place on a day, -1 where it has none."""
        wanted = _keys(place, day)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, at, -1)


@dataclass(frozen=True)
class Lattice(Steps):
    """
    Steps of all places, and what bears on them: what chains are solved by.

    Attributes
    ----------
    gap
        Days since the step before, 1 for the first, (E,).
    acted
        Steps on which claims speak of the place itself, ascending, (A,).
    activity
        How much is taken around it that day, 0 to 1, (E,).
    hears, told, weight
        A step, the news (a row of `acted`) it hears, and what that counts; by news.
    """

    gap: NDArray[np.int64]
    acted: NDArray[np.int64]
    activity: NDArray[np.float64]
    hears: NDArray[np.int64]
    told: NDArray[np.int64]
    weight: NDArray[np.float64]


def lattice_of(scene: Scene) -> Lattice:
    """
    Steps of all places.

    Parameters
    ----------
    scene
        What is said, and who hears of it.
    """
    settings, count = scene.settings, len(scene.places)
    news = _news(scene.told, scene.rows)
    edges = _edges(scene.around, news, settings)
    whole, _ = scene.factors.arrays()
    said = _keys(whole[:, 0], whole[:, 1])
    lags = [(lag, share) for lag, share in settings.lags if share]
    heard = [_keys(edges.place, edges.day + lag) for lag, _ in lags]
    own = np.concatenate([said, said - 1, _keys(news[:, 0], news[:, 1]), *heard])
    start = int((own % _SPAN).min(initial=2 * _SHIFT)) - _SHIFT - 1 if len(own) else 0
    always = np.array([start, *(turn for turn in scene.lives.turns if turn > start)])
    everywhere = _keys(np.repeat(np.arange(count), len(always)), np.tile(always, count))
    keys = np.sort(np.concatenate([own, everywhere]))
    keys = keys[np.diff(keys, prepend=-1) > 0]
    place, day = keys // _SPAN, keys % _SPAN - _SHIFT
    first = np.searchsorted(place, np.arange(count + 1))
    gap = np.diff(day, prepend=day[:1] - 1)
    gap[first[:-1]] = 1
    hears = np.concatenate([np.searchsorted(keys, one) for one in heard] or [news[:0, 0]])
    order = np.argsort(np.tile(edges.news, len(lags)), kind="stable")
    return Lattice(
        place=place,
        day=day,
        first=first,
        gap=gap,
        acted=np.searchsorted(keys, _keys(news[:, 0], news[:, 1])),
        activity=_activity(_changes(scene.told, scene.rows), scene, place, day),
        hears=hears[order],
        told=np.tile(edges.news, len(lags))[order],
        weight=np.concatenate([edges.pull * share for _, share in lags] or [edges.pull])[order],
    )


def _keys(place: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """One number for a place and a day, in the order of places, then days."""
    return np.asarray(place * _SPAN + day + _SHIFT, dtype=np.int64)


def _news(told: Statements, rows: Mapping[str, int]) -> NDArray[np.int64]:
    """Places and days on which claims speak of the place itself, (A, 2), sorted."""
    found = {
        (rows[place], vote.day)
        for place, votes in told.votes.items()
        for vote in votes
        if not vote.of_area
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


@dataclass(frozen=True)
class _Edges:
    """Who hears which news: place, day of the news, its row, what it counts."""

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    news: NDArray[np.int64]
    pull: NDArray[np.float64]


def _edges(around: Neighbors, news: NDArray[np.int64], settings: TimeSettings) -> _Edges:
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
        if vote.effect == "change" and (vote.actor != NOBODY or not vote.of_area)
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _activity(
    changes: NDArray[np.int64], scene: Scene, place: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How many places around each step are taken that day, the nearer the more, at most 1."""
    order = np.argsort(day, kind="stable")
    sorted_days = day[order]
    activity = np.zeros(len(day))
    for when in np.unique(changes[:, 1]).tolist():
        begin, end = np.searchsorted(sorted_days, [when, when + 1])
        steps = order[begin:end]
        xy = scene.around.xy[place[steps]]
        centers = scene.around.xy[changes[changes[:, 1] == when, 0]]
        apart = np.hypot(xy[:, None, 0] - centers[:, 0], xy[:, None, 1] - centers[:, 1])
        activity[steps] = np.minimum(1.0, np.exp(-apart / scene.settings.active_km).sum(axis=1))
    return activity
