"""
All claimed places on all days, inferred: what any day is read off.

In come the places, what is said of them and the chains solved, out comes a :class:`ThroughTime`.
What is worked out for one day, and holds for the next, stays with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.control.timeline.lattice import keys_of
from syriamap.control.timeline.near_equals import stretches_begun
from syriamap.control.timeline.spoken import Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.fighting import Spells
    from syriamap.control.timeline.joint import Joint
    from syriamap.control.timeline.lattice import Steps
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.mentions import Mentions
    from syriamap.control.timeline.passes import Posteriors
    from syriamap.control.timeline.scene import Scene

__all__ = ["ThroughTime"]

_NEVER, _EVER = -(10**6), 10**6


@dataclass(frozen=True)
class ThroughTime:
    """
    All claimed places on all days.

    Attributes
    ----------
    scene
        The places, and what is said of them.
    mentions, lattice, posteriors
        The model, solved.
    leader
        Likeliest state at each step, *somebody else* aside, -1 where there is none, (E,): of
        :func:`~syriamap.control.timeline.near_equals.claimed_leaders`.
    fights, battles, sieges
        Spells of each; battles are those for cities that both sides hold parts of.
    joint
        Who holds which place together.
    """

    scene: Scene
    mentions: Mentions
    lattice: Steps
    posteriors: Posteriors
    leader: NDArray[np.int64]
    fights: Spells
    battles: Spells
    sieges: Spells
    joint: Joint

    @cached_property
    def settings(self) -> TimeSettings:
        """The numbers it was inferred with."""
        return self.scene.settings

    @cached_property
    def lives(self) -> Lives:
        """Who may hold a place, and when."""
        return self.scene.lives

    @cached_property
    def votes(self) -> tuple[tuple[Vote, ...], ...]:
        """Votes of each place, by day."""
        return tuple(self.scene.told.votes[place] for place in self.scene.places)

    @cached_property
    def _begun(self) -> NDArray[np.int64]:
        """Steps at which a stretch of one leader of a place begins."""
        return np.flatnonzero(stretches_begun(self.lattice.place, self.leader))

    def run(self, steps: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last step of the stretch of one leader that each of some steps lies in."""
        following = np.searchsorted(self._begun, steps, side="right")
        ends = np.append(self._begun[1:], len(self.lattice.place)) - 1
        return self._begun[following - 1], ends[following - 1]

    @cached_property
    def who(self) -> Who:
        """Which actor of a state holds a place."""
        return Who(self.scene, self.mentions)

    @cached_property
    def quarters(self) -> tuple[tuple[int, NDArray[np.int64]], ...]:
        """Cities and the claimed quarters inside them, by row."""
        listed = self.scene.theater.places["kind"].reindex(list(self.scene.places))
        kinds = listed.fillna("").astype(str).tolist()
        inside = np.array([kind in {"", "district"} for kind in kinds], dtype=bool)
        found = []
        for row in [row for row, kind in enumerate(kinds) if kind == "city"]:
            apart = np.hypot(*(self.scene.around.xy - self.scene.around.xy[row]).T)
            own = np.flatnonzero(inside & (apart <= self.settings.divided_km))
            if len(own):
                found.append((row, own))
        return tuple(found)

    @cached_property
    def memory(self) -> dict[tuple[Any, ...], Any]:
        """What was worked out for one day, or for one claim left out, and holds for the next."""
        return {}

    @cached_property
    def days_told(self) -> _DaysTold:
        """Days of the votes of each place."""
        return _DaysTold(self.votes)

    @cached_property
    def _passing(self) -> NDArray[np.int64]:
        """Steps on which neighbors change hands, after one of no place."""
        return np.append(-1, np.flatnonzero(self.posteriors.heard >= self.settings.passed_above))

    def passed(self, steps: NDArray[np.int64]) -> NDArray[np.int64]:
        """Last day up to each of some steps on which neighbors of its place changed hands."""
        place, day = self.lattice.place, self.lattice.day
        last = self._passing[np.searchsorted(self._passing, steps, side="right") - 1]
        return np.where((last >= 0) & (place[last] == place[steps]), day[last], _NEVER)


class _DaysTold:
    """
    Days of the votes of each place, ascending, and the first of all.

    Parameters
    ----------
    votes
        Votes of each place, by day.
    """

    def __init__(self, votes: Sequence[Sequence[Vote]]) -> None:
        self.of = [[vote.day for vote in own] for own in votes]
        self.count = np.array([len(own) for own in self.of], dtype=np.int64)
        self.begin = np.cumsum(self.count) - self.count
        every = [day for own in self.of for day in own]
        self.days = np.array([*every, _EVER], dtype=np.int64)
        row = np.repeat(np.arange(len(self.of)), self.count)
        self._keys = keys_of(row, self.days[:-1])
        self.first = int(self.days.min())

    def upto(self, day: int) -> NDArray[np.int64]:
        """How many votes of each place are of a day or one before."""
        wanted = keys_of(np.arange(len(self.of)), day)
        return np.asarray(np.searchsorted(self._keys, wanted, side="right") - self.begin)

    def age(self, heard: NDArray[np.int64], day: int) -> NDArray[np.int64]:
        """Days to the last vote of each place, of which so many are heard, or to the first."""
        at = self.begin + np.maximum(heard - 1, 0)
        return np.asarray(np.abs(day - self.days[at]))
