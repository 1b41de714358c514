"""
How states stand to each other on each day: stances, and the days on which any of it changes.

In come the lives of actors and a theater, out comes a :class:`Standing`. Between two of its turns
actors stay as they are, so that what holds on one day holds on the next.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.control.timeline.lives import date_of

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.control.timeline.lives import Lives
    from syriamap.theater.folder import Theater

__all__ = ["Standing"]


class Standing:
    """
    How states stand to each other, day by day.

    Parameters
    ----------
    theater
        Gives lives of actors, and stances.
    lives
        The states.
    """

    def __init__(self, theater: Theater, lives: Lives) -> None:
        self.theater, self.lives = theater, lives
        self._of_era: dict[int, _Stances] = {}

    @cached_property
    def turns(self) -> NDArray[np.int64]:
        """Days on which actors come, end, or stand otherwise to each other, ascending."""
        tables = self.theater.actors, self.theater.stances
        days = [table["valid_from"].dropna() for table in tables]
        days += [table["valid_to"].dropna() + pd.Timedelta(days=1) for table in tables]
        found = [one.to_numpy().astype("datetime64[D]").astype(np.int64) for one in days]
        return np.unique(np.concatenate(found))

    @cached_property
    def _turns(self) -> list[int]:
        return list(map(int, self.turns))

    def era(self, day: int) -> int:
        """How many turns there have been on a day: between two of them actors stay as they are."""
        return bisect_right(self._turns, day)

    def on(self, day: int) -> _Stances:
        """How states stand to each other on a day."""
        era = self.era(day)
        if era not in self._of_era:
            self._of_era[era] = _Stances(self.theater, self.lives, date_of(day))
        return self._of_era[era]

    def allied(
        self, days: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether states are allies of others, each pair on a day of its own."""
        found = np.zeros(len(days), dtype=bool)
        eras = np.searchsorted(self.turns, days, side="right")
        for era in np.unique(eras).tolist():
            mine = np.flatnonzero(eras == era)
            allies = np.array(self.on(int(days[mine[0]])).allies)
            found[mine] = allies[one[mine], other[mine]]
        return found


class _Stances:
    """
    How states stand to each other on a day; local actors as their sides do.

    Parameters
    ----------
    theater, lives
        As for :class:`Standing`.
    when
        The day.
    """

    def __init__(self, theater: Theater, lives: Lives, when: date) -> None:
        self._theater, self._when, self._states = theater, when, lives.rest
        self._known: dict[tuple[int, int], str] = {}
        self._actor = {
            state: actor for actor, state in sorted(lives.state_by_actor.items(), reverse=True)
        }

    def between(self, one: int, other: int) -> str:
        """`hostile`, `neutral` or `allied`."""
        key = (min(one, other), max(one, other))
        if key not in self._known:
            actors = self._actor[one], self._actor[other]
            self._known[key] = self._theater.stance(*actors, self._when)
        return self._known[key]

    @cached_property
    def allies(self) -> list[NDArray[np.bool_]]:
        """Of each state, to whom it is an ally; *somebody else* and nobody, last, to none."""
        return [
            np.array([*(self.allied(other, one) for other in range(self._states)), False, False])
            for one in range(self._states)
        ]

    def allied(self, one: int, other: int) -> bool:
        """Whether two states are allies, or one."""
        return one == other or self.between(one, other) == "allied"

    def hostile(self, one: int, other: int) -> bool:
        """Whether they are enemies."""
        return one != other and self.between(one, other) == "hostile"
