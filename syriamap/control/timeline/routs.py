"""
How fast each side loses what it holds: days of collapse, on which no place of a side is safe.

In come statements, out comes :class:`Routs`: of each day, which share of the places of each side
is reported taken from it. Neighbors hear of what falls close by; that an army dissolves
is heard everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.ragged import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.scene import Scene

__all__ = ["Routs", "routs_of"]


@dataclass(frozen=True)
class Routs:
    """
    Days of collapse.

    Attributes
    ----------
    first
        Day of the first row.
    share
        Of the places of each state that is reported lost that day, (D, S + 1).
    held
        Place, day and state of each first word for another holder, (W, 3), place after place.
    """

    first: int
    share: NDArray[np.float64]
    held: NDArray[np.int64]

    def leaving(
        self, day: NDArray[np.int64], gap: NDArray[np.int64], states: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """
        Sum of the shares of some states since the step before, (m, K).

        Parameters
        ----------
        day, gap
            Of each step, and days since the one before, (m,).
        states
            At each step, -1 for none, (m, K).
        """
        total = np.concatenate([np.zeros((1, self.share.shape[1])), np.cumsum(self.share, axis=0)])
        until = np.clip(day - self.first + 1, 0, len(self.share))
        since = np.clip(day - gap - self.first + 1, 0, len(self.share))
        own = np.maximum(states, 0)
        found = total[until[:, None], own] - total[since[:, None], own]
        return np.asarray(np.where(states >= 0, found, 0.0))

    def steps(self, least: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """
        Places and days on which the side last said to hold the place is in rout.

        Parameters
        ----------
        least
            A lesser share of its places is no rout.
        """
        places, days = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        place, day, state = self.held.T
        until = np.append(day[1:], 0)
        last = np.append(place[1:] != place[:-1], True)
        until[last] = self.first + len(self.share)
        for one in range(self.share.shape[1]):
            bad = np.flatnonzero(self.share[:, one] >= least) + self.first
            mine = np.flatnonzero(state == one)
            begin = np.searchsorted(bad, day[mine], side="right")
            count = np.maximum(np.searchsorted(bad, until[mine], side="left") - begin, 0)
            places.append(np.repeat(place[mine], count))
            days.append(bad[np.repeat(begin, count) + within(count)])
        return np.concatenate(places), np.concatenate(days)


def routs_of(scene: Scene) -> Routs:
    """
    Count who loses how much of what it holds, by what is reported.

    A place is a side's from the first word for it to the first for another, and who follows an
    actor that ends has its places. What is reported taken from a side on a day, one place aside, is
    measured against those places of which anything is said in the months around (`rout_days`) that
    it held the evening before, and against no less than `rout_places`: places of which nobody
    speaks tell neither that an army stands nor that it runs, however many are known.

    Parameters
    ----------
    scene
        The statements, the states, against how many places losses are measured at least, and what
        is lost at most.
    """
    lives, settings = scene.lives, scene.settings
    held, lost = _turns(scene)
    if not len(held):
        return Routs(0, np.zeros((0, lives.rest + 1)), held)
    days = np.concatenate([held[:, 1], lost[:, 1]])
    first, last = int(days.min()), int(days.max())
    begun, ended = _spoken_of(held, scene, last)
    count = np.zeros((last - first + 2, lives.rest + 1))
    np.add.at(count, (begun[:, 0] + 1 - first, begun[:, 1]), 1.0)
    np.add.at(count, (np.minimum(ended[:, 0], last) + 1 - first, ended[:, 1]), -1.0)
    share = np.zeros((last - first + 1, lives.rest + 1))
    np.add.at(share, (lost[:, 1] - first, lost[:, 2]), 1.0)
    share = np.maximum(share - 1.0, 0.0)  # the fall of one place is none, least of all to itself
    share /= np.maximum(np.cumsum(count, axis=0)[:-1], settings.rout_places)
    return Routs(first, np.minimum(share, settings.rout_most), held)


def _spoken_of(
    held: NDArray[np.int64], scene: Scene, last: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Day and state of each stretch in which a place is held and spoken of: begins, ends."""
    around = round(scene.settings.rout_days)
    said = [np.unique([vote.day for vote in scene.told.votes[place]]) for place in scene.places]
    until = np.append(held[1:, 1], last + 1)
    until[np.append(held[1:, 0] != held[:-1, 0], True)] = last + 1
    begun: list[tuple[int, int]] = []
    ended: list[tuple[int, int]] = []
    for (row, day, state), end in zip(held.tolist(), until.tolist(), strict=True):
        reach = day
        for one in said[row].tolist():
            begin, stop = max(one - around, reach), min(one + around + 1, end)
            if begin < stop:
                begun.append((begin, state))
                ended.append((stop, state))
                reach = stop
    return np.array(begun, dtype=np.int64), np.array(ended, dtype=np.int64)


def _turns(
    scene: Scene,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Place, day and state of each turn to a holder, and for each place that one lost."""
    told, rows, lives = scene.told, scene.rows, scene.lives
    held: list[tuple[int, int, int]] = []
    lost: set[tuple[int, int, int]] = set()
    last = max((votes[-1].day for votes in told.votes.values() if votes), default=0)
    empty = scene.theater.drawn_points.keys()  # land that no army loses as it does places
    for place, votes in told.votes.items():
        if place in empty:
            continue
        row, holder = rows[place], NOBODY
        before: tuple[object, ...] = ()
        for vote in votes:
            if vote.effect not in {"state", "change"} or vote.actor == vote.rival:
                continue
            said = (vote.day, vote.effect, vote.actor, vote.rival, vote.reasons)
            if said == before:
                continue  # told by another, it turns nothing
            before = said
            held += ((row, day, state) for day, state in _inherited(holder, vote.day, lives))
            holder = lives.heir(holder, vote.day)
            actor = lives.heir(vote.actor, vote.day)
            now, winner = lives.state(holder), lives.state(actor)
            holder = actor
            if winner == now:
                continue
            loser = now if vote.rival == NOBODY else lives.state(lives.heir(vote.rival, vote.day))
            if vote.effect == "change" and not vote.of_area and loser not in {-1, winner}:
                lost.add((row, vote.day, loser))
            if winner >= 0:
                held.append((row, vote.day, winner))
        held += ((row, day, state) for day, state in _inherited(holder, last, lives))
    return (
        np.array(held, dtype=np.int64).reshape(-1, 3),
        np.array(sorted(lost), dtype=np.int64).reshape(-1, 3),
    )


def _inherited(actor: str, until: int, lives: Lives) -> Iterator[tuple[int, int]]:
    """On which days up to one a place of an actor passes to who follows it, and to which state."""
    seen: set[str] = set()
    while lives.ends.get(actor, until) < until and actor not in seen:
        seen.add(actor)
        day, state = lives.ends[actor] + 1, lives.state(actor)
        actor = lives.successors.get(actor, "") or NOBODY
        if lives.state(actor) not in {-1, state}:
            yield day, lives.state(actor)
