"""
Who may hold a place, and from when to when: sides, with each local actor a side of its own.

In comes a theater, out come :class:`Lives`: states by number, the days on which actors end, and
who follows them. A side is alive while one of its actors is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.control.evidence import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.theater.folder import Theater

__all__ = ["Lives", "date_of", "day_number", "lives_of"]


def day_number(when: date) -> int:
    """Days since 1970-01-01."""
    return (pd.Timestamp(when) - pd.Timestamp(0)).days


def date_of(day: int) -> date:
    """Date of a day, given as days since 1970-01-01."""
    found: date = np.datetime64(day, "D").astype(object)
    return found


class _Numbers(dict[str, int]):
    """Numbers by actor, -1 where there is none."""

    def __missing__(self, _: str) -> int:
        return -1


@dataclass(frozen=True)
class Lives:
    """
    States and lives of actors.

    Attributes
    ----------
    names
        The states that anybody speaks of: sides, and local actors; the last, beyond these, is
        *somebody else*.
    actors
        Every actor of these states.
    state_by_actor
        Number of each actor's state.
    ends, successors
        Last day of each actor that ends, and who follows it.
    born
        First day of each state, (S + 1,).
    starts
        First day of each actor that has one.
    """

    names: tuple[str, ...]
    actors: tuple[str, ...]
    state_by_actor: Mapping[str, int]
    ends: Mapping[str, int]
    successors: Mapping[str, str]
    born: NDArray[np.int64]
    starts: Mapping[str, int] = field(default_factory=dict)

    @property
    def rest(self) -> int:
        """Number of the state *somebody else*."""
        return len(self.names)

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """Days after the end of an actor, ascending."""
        return tuple(sorted({end + 1 for end in self.ends.values()}))

    @cached_property
    def member(self) -> NDArray[np.int64]:
        """State of each of `actors`."""
        return np.array([self.state_by_actor[actor] for actor in self.actors], dtype=np.int64)

    @cached_property
    def state(self) -> Callable[[str], int]:
        """Gives the number of an actor's state, -1 for nobody; asked a hundred thousand times."""
        return _Numbers(self.state_by_actor).__getitem__

    def heir(self, actor: str, day: int) -> str:
        """
        Who stands for an actor on a day: itself, then its successor, else NOBODY.

        Parameters
        ----------
        actor
            An actor id.
        day
            Days since 1970-01-01.
        """
        if day <= self.ends.get(actor, day):
            return actor
        seen: set[str] = set()
        while actor in self.ends and day > self.ends[actor]:
            if actor in seen:
                return NOBODY
            seen.add(actor)
            actor = self.successors.get(actor, "") or NOBODY
        return actor

    def alive(self, day: int) -> NDArray[np.bool_]:
        """Which states exist on a day, (S + 1,)."""
        living = np.zeros(len(self.names) + 1, dtype=bool)
        living[self.rest] = True
        for actor, state in zip(self.actors, self.member.tolist(), strict=True):
            living[state] |= self.ends.get(actor, day) >= day
        return living & (self.born <= day)


def lives_of(theater: Theater, spoken: Mapping[str, int]) -> Lives:
    """
    States of all actors that claims speak of, and of those who follow them.

    A side exists from the day its first actor does, or from the day it is first spoken of if that
    is earlier.

    Parameters
    ----------
    theater
        Gives sides, lives, successors and, in ``[engine]``, the local actors.
    spoken
        Actor → first day on which a claim speaks of it, days since 1970-01-01.
    """
    local = theater.local_actors
    successors = {str(key): str(value or "") for key, value in theater.actors["successor"].items()}
    starts, ends = (_days_of(theater, column) for column in ("valid_from", "valid_to"))
    named = {
        actor: actor if actor in local else theater.side_of(actor)
        for actor in (*map(str, theater.actors.index), *sorted(spoken))
    }
    wanted = {named[actor] for actor in _with_heirs(spoken, successors) if actor in named}
    names = tuple(sorted(wanted))
    number = {name: index for index, name in enumerate(names)}
    state_by_actor = {actor: number[name] for actor, name in named.items() if name in number}
    never = np.iinfo(np.int64).min // 4
    born = np.full(len(names) + 1, never, dtype=np.int64)
    for index in range(len(names)):
        own = [actor for actor, state in state_by_actor.items() if state == index]
        first = min((starts.get(actor, never) for actor in own), default=never)
        born[index] = min([first, *(spoken[actor] for actor in own if actor in spoken)])
    return Lives(names, tuple(state_by_actor), state_by_actor, ends, successors, born, starts)


def _days_of(theater: Theater, column: str) -> dict[str, int]:
    """Day of each actor in a column of dates, where it has one."""
    days = theater.actors[column].dropna()
    return {str(actor): day_number(day) for actor, day in days.items()}


def _with_heirs(actors: Iterable[str], successors: Mapping[str, str]) -> set[str]:
    """Actors and all who follow them."""
    found: set[str] = set()
    waiting = list(actors)
    while waiting:
        actor = waiting.pop()
        if actor and actor not in found:
            found.add(actor)
            waiting.append(successors.get(actor, ""))
    return found
