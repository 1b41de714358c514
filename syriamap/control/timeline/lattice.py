"""
On which days of which places anything bears: the steps of all chains, and who hears of whom.

In come statements and factors, out comes a :class:`Lattice`. A place has a step on each day on
which something is said of it, on the evening before, on the days around changes of hands at its
neighbors, and on the day after an actor ends; and, before its first word and between words that
give it to different holders, on the days around all news of its neighbors, for it may have changed
hands on any of them. Cost follows claims and neighbors, not the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.factors import EITHER, TODAY
from syriamap.control.timeline.ragged import portions, within
from syriamap.control.timeline.routs import routs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.routs import Routs
    from syriamap.control.timeline.scene import Neighbors, Scene

__all__ = ["Lattice", "Steps", "keys_of", "lattice_of"]

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
        return keys_of(self.place, self.day)

    def steps_at(self, place: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.int64]:
        """Last step of each place up to a day; the first for days before it."""
        at = np.searchsorted(self.keys, keys_of(place, day), side="right") - 1
        return np.asarray(np.maximum(at, self.first[place]))

    def exact(self, place: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Step of each place on a day, -1 where it has none."""
        wanted = keys_of(place, day)
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
        How much is taken around it that day and on others since the step before, (E,).
    routs
        How fast each side loses what it holds.
    """

    gap: NDArray[np.int64]
    acted: NDArray[np.int64]
    activity: NDArray[np.float64]
    routs: Routs


def lattice_of(scene: Scene) -> Lattice:
    """
    Steps of all places.

    Parameters
    ----------
    scene
        What is said, and who hears of it.
    """
    count = len(scene.places)
    news = _told_days(scene, _is_of_place)
    whole, _ = scene.factors.arrays()
    said = keys_of(whole[:, 0], whole[:, 1])
    routs = routs_of(scene)
    routed = keys_of(*routs.steps(scene.settings.rout_steps_above))
    own = np.concatenate([said, said - 1, keys_of(news[:, 0], news[:, 1]), routed])
    changes = _told_days(scene, _is_change)
    moves = news[np.isin(keys_of(*news.T), keys_of(*changes.T))]
    heard, felt = (_HeardDays(scene.around, one, scene.settings) for one in (news, moves))
    earliest = min(int((own % _SPAN).min(initial=2 * _SHIFT)), heard.earliest + _SHIFT)
    start = earliest - _SHIFT - 1 if len(own) else 0
    always = np.array([start, *(turn for turn in scene.lives.turns if turn > start)])
    place, day, bears = _bearing(np.unique(own), heard, felt, always, count)
    bears[~bears] = _is_open(scene, place[~bears], day[~bears])
    taken = np.cumsum(_activity(changes, scene, place, day))
    place, day, activity = place[bears], day[bears], np.diff(taken[bears], prepend=0.0)
    first = np.searchsorted(place, np.arange(count + 1))
    gap = np.diff(day, prepend=day[:1] - 1)
    gap[first[:-1]] = 1
    activity[first[:-1]] = 0.0  # before all news
    lattice = Lattice(place, day, first, gap, np.empty(0, dtype=np.int64), np.empty(0), routs)
    return replace(lattice, acted=lattice.exact(news[:, 0], news[:, 1]), activity=activity)


def _is_open(scene: Scene, place: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether places are, on days of them, before their first word or between two holders."""
    whole, nats = scene.factors.arrays()
    gives = (whole[:, 2] == EITHER) | ((whole[:, 2] == TODAY) & (nats[:, 0] > 0.0))
    key, state = keys_of(*whole[gives, :2].T), whole[gives, 3]
    # a word for nobody before all others of each place, and one after all
    ends = keys_of(np.arange(len(scene.places) + 1), -_SHIFT)
    key, state = np.append(key, ends), np.append(state, np.full(len(ends), -1))
    order = np.lexsort((state, key))
    said, begin = np.unique(key[order], return_index=True)
    least, most = (one.reduceat(state[order], begin) for one in (np.minimum, np.maximum))
    differ = np.minimum(least[:-1], least[1:]) < np.maximum(most[:-1], most[1:])
    last = said[1:] % _SPAN == 0  # of its place
    at = np.searchsorted(said, keys_of(place, day), side="right") - 1
    return np.asarray((differ & ~last)[at])


def _bearing(
    own: NDArray[np.int64],
    heard: _HeardDays,
    felt: _HeardDays,
    always: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """
    Places and days of all steps: days of the place's own, those of news it hears, those of all.

    The third array says which are more than days of news that may change nothing (not in `felt`).
    Days are ticked off on a sheet of some places at a time: what bears on a day many times over
    is never listed.
    """
    days = own % _SPAN - _SHIFT
    low = min(int(days.min(initial=always[0])), int(always.min()))
    high = max(int(days.max(initial=always[0])), int(always.max()), heard.latest)
    width = high - low + 1
    rows = max(1, LIMITS.pairs // width)
    begin = np.searchsorted(own, keys_of(np.arange(0, count + rows, rows), -_SHIFT))
    places, found, more = [], [], []
    for part, first in enumerate(range(0, count, rows)):
        last = min(first + rows, count)
        sheet = np.zeros((last - first, width), dtype=np.uint8)
        for one, mark in ((heard, 1), (felt, 2)):
            for place, day in one.of(first, last):
                sheet[place - first, day - low] = mark
        mine = own[begin[part] : begin[part + 1]]
        sheet[mine // _SPAN - first, mine % _SPAN - _SHIFT - low] = 2
        sheet[:, always - low] = 2
        place, day = np.nonzero(sheet)
        places.append(place + first)
        found.append(day + low)
        more.append(sheet[place, day] > 1)
    none = np.empty(0, dtype=np.int64)
    place, day = np.concatenate([none, *places]), np.concatenate([none, *found])
    return place, day, np.concatenate([none.astype(bool), *more])


def keys_of(place: NDArray[np.int64], day: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """
    One number for a place and a day, in the order of places, then days.

    Parameters
    ----------
    place, day
        Rows of places, and days since 1970-01-01.
    """
    return np.asarray(place * _SPAN + day + _SHIFT, dtype=np.int64)


def _told_days(scene: Scene, counts: Callable[[Vote], bool]) -> NDArray[np.int64]:
    """Places and days of the votes that count, (A, 2), sorted."""
    found = {
        (scene.rows[place], vote.day)
        for place, votes in scene.told.different.items()
        for vote in votes
        if counts(vote)
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _is_of_place(vote: Vote) -> bool:
    """Whether a vote speaks of the place itself."""
    return not vote.of_area


def _is_change(vote: Vote) -> bool:
    """Whether a vote reports a change of hands."""
    return vote.effect == "change" and (vote.actor != NOBODY or not vote.of_area)


class _HeardDays:
    """
    On which days which places hear news of others.

    Parameters
    ----------
    around
        Who looks at whom.
    news
        Places and days of all news, sorted.
    settings
        How long after, or before, it is heard.
    """

    def __init__(self, around: Neighbors, news: NDArray[np.int64], settings: TimeSettings) -> None:
        self.around, self.news, self.least = around, news, settings.least_pull
        self.lags = [lag for lag, share in settings.lags if share]
        self.begin = np.searchsorted(news[:, 0], np.arange(len(around.xy) + 1))
        looked_at = np.zeros(len(around.xy), dtype=bool)
        looked_at[around.near[around.pull > self.least]] = True
        days = news[looked_at[news[:, 0]], 1] if self.lags else news[:0, 1]
        self.earliest = int(days.min(initial=_SHIFT - 1)) + min(self.lags, default=0)
        self.latest = int(days.max(initial=-_SHIFT)) + max(self.lags, default=0)

    def of(self, first: int, last: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Places of a range of rows, and days on which each hears something; some of it twice."""
        hearer, rank = np.nonzero(self.around.pull[first:last] > self.least)
        source = self.around.near[first:last][hearer, rank]
        count = self.begin[source + 1] - self.begin[source]
        for part in portions(np.arange(len(source)), count, LIMITS.pairs):
            own = count[part]
            place = np.repeat(hearer[part] + first, own)
            day = self.news[within(own) + np.repeat(self.begin[source[part]], own), 1]
            for lag in self.lags:
                yield place, day + lag


def _activity(
    changes: NDArray[np.int64], scene: Scene, place: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How many places around each are taken on its day, the nearer the more, at most 1."""
    order = np.argsort(day, kind="stable")
    sorted_days = day[order]
    activity = np.zeros(len(day))
    for when in np.unique(changes[:, 1]).tolist():
        begin, end = np.searchsorted(sorted_days, [when, when + 1])
        steps = order[begin:end]
        centers = scene.around.xy[changes[changes[:, 1] == when, 0]]
        rows = max(1, LIMITS.pairs // len(centers))
        for part in np.split(steps, range(rows, len(steps), rows)):
            xy = scene.around.xy[place[part]]
            apart = np.hypot(xy[:, None, 0] - centers[:, 0], xy[:, None, 1] - centers[:, 1])
            near = np.exp(-apart / scene.settings.active_km)
            activity[part] = np.minimum(1.0, near.sum(axis=1))
    return activity
