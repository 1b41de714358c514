"""
Whom claims name at each place: which of the actors of one state is the one there.

In come the votes of all places, out comes a :class:`Spoken` for each place and each state that any
of them names there, and :class:`Who`, which gives the one of any day. A vote names who holds or
attacks, and less firmly who is held to have lost; of what one origin says on a day of an actor, the
surest counts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.control.timeline.sayings import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.mentions import Mentions
    from syriamap.control.timeline.scene import Scene

__all__ = ["Spoken", "Who", "spoken_at_places"]


@dataclass
class Spoken:
    """
    Which actor of a state is the one at a place, from each day on which one of them is named.

    Attributes
    ----------
    told
        Day, actor and worth of each mention, by day.
    given
        First day on which a claim gives the place to each actor, where any takes it from another.
    taken
        Days on which one of them takes it from another: worth, who takes it, and from whom.
    half_life
        Days in which a mention comes to count half.
    """

    told: Sequence[tuple[int, str, float]] = ()
    given: dict[str, int] = field(default_factory=dict)
    taken: dict[int, tuple[float, str, str]] = field(default_factory=dict)
    half_life: float = TimeSettings().named_half_life

    @cached_property
    def days(self) -> list[int]:
        """Days on which any of them is named, ascending."""
        return list(dict.fromkeys(day for day, _, _ in self.told))

    @cached_property
    def _alone(self) -> str:
        """The only actor that is named, on whichever day; NOBODY where there are several."""
        names = {actor for _, actor, _ in self.told}
        return names.pop() if len(names) == 1 else NOBODY

    @cached_property
    def _takings(self) -> list[int]:
        return sorted(self.taken)

    @cached_property
    def known(self) -> dict[tuple[int, int, int], str]:
        """Who was found to be the one, as whoever asks keeps it."""
        return {}

    def stretch(self, day: int) -> tuple[int, int]:
        """How many days on which any is named, or takes the place, are over: :meth:`near` alike."""
        if self._alone != NOBODY:
            return 0, 0
        return bisect_right(self.days, day), bisect_right(self._takings, day)

    @cached_property
    def _found(self) -> dict[tuple[int, str], str]:
        return {}

    def near(self, day: int) -> Iterator[str]:
        """
        Who may be the one on a day, the likeliest first.

        The one last spoken of, then the one next spoken of. Who takes the place from another of
        them later was not the one before, unless a claim had given it to him; who loses it was.
        """
        if self._alone != NOBODY:
            yield self._alone
            return
        best, coming = self.stretch(day)
        late = self.taken[self._takings[coming]][1] if coming < len(self._takings) else NOBODY
        there = self.given.get(late, self.days[-1] + 1 if self.days else day)
        for at in (*range(best - 1, -1, -1), *range(best, len(self.days))):
            when = self.days[at]
            if when > day and when in self.taken:
                yield self.taken[when][2]
            else:
                yield self.actor(at, late if when < there else NOBODY)
        for at in range(len(self.days)):
            yield self.actor(at)

    def actor(self, at: int, late: str = NOBODY) -> str:
        """Who is the one from a day on, by its number, without one; worked out when asked for."""
        if (at, late) not in self._found:
            day = self.days[at]
            weight: dict[str, float] = {}
            for when, actor, worth in self.told:
                if when > day:
                    break
                if actor != late or late == NOBODY:
                    left = worth * 0.5 ** ((day - when) / self.half_life)
                    weight[actor] = weight.get(actor, 0.0) + left
            self._found[at, late] = min(weight, key=lambda one: (-weight[one], one), default=NOBODY)
        return self._found[at, late]


def spoken_at_places(
    votes: Sequence[Sequence[Vote]], lives: Lives, settings: TimeSettings
) -> dict[tuple[int, int], Spoken]:
    """
    What is said of the actors of each state at each place, by row and state.

    Parameters
    ----------
    votes
        Votes of each place, by day.
    lives
        Which state an actor is of.
    settings
        What mentions count: of who lost, of actors that stand for others too, and for how long.
    """
    every = list(chain.from_iterable(votes))
    if not every:
        return {}
    row = np.repeat(np.arange(len(votes)), [len(own) for own in votes])
    names, actor = _ranked([vote.actor for vote in every] + [vote.rival for vote in every])
    state = np.array([lives.state(name) for name in names])[actor]
    umbrella = frozenset(settings.umbrella_actors)
    less = settings.umbrella_share
    share = np.array([less if name in umbrella else 1.0 for name in names])[actor]
    weight = np.array([vote.weight for vote in every])
    told = {
        "row": np.concatenate([row, row]),
        "state": state,
        "day": np.tile(np.array([vote.day for vote in every]), 2),
        "actor": actor,
        "origin": np.tile(_ranked([origin_of(vote) for vote in every])[1], 2),
    }
    named = np.array([name != NOBODY for name in names])[actor]
    worth = np.concatenate([weight, weight * settings.rival_named]) * share
    listed = _by_place_and_state(
        {key: one[named] for key, one in told.items()}, worth[named], names
    )
    found = {key: Spoken(own, half_life=settings.named_half_life) for key, own in listed.items()}
    alike = (state[: len(row)] == state[len(row) :]) & (actor[: len(row)] != actor[len(row) :])
    alike &= named[: len(row)] & named[len(row) :]
    for at in np.flatnonzero(alike).tolist():
        vote = every[at]
        if vote.effect == "change":
            taken = found[int(row[at]), int(state[at])].taken
            change = (vote.weight, vote.actor, vote.rival)
            taken[vote.day] = max(taken.get(vote.day, change), change)
    for (place, one), spoken in found.items():
        for vote in votes[place] if spoken.taken else ():
            if vote.effect in {"state", "change"} and lives.state(vote.actor) == one:
                spoken.given.setdefault(vote.actor, vote.day)
    return found


def _ranked(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The different texts in order, and the number of each text among them."""
    names = sorted(set(texts))
    rank = {name: number for number, name in enumerate(names)}
    return names, np.array([rank[text] for text in texts], dtype=np.int64)


def _by_place_and_state(
    told: dict[str, NDArray[np.int64]], worth: NDArray[np.float64], names: Sequence[str]
) -> dict[tuple[int, int], list[tuple[int, str, float]]]:
    """Mentions in the order of place, state, day, actor and origin, of those alike the surest."""
    order = np.lexsort(list(told.values())[::-1])
    told = {key: one[order] for key, one in told.items()}
    changes = [one[1:] != one[:-1] for one in told.values()]
    first = np.flatnonzero(np.append(True, np.logical_or.reduce(changes)))
    if not len(order):
        return {}
    most = np.maximum.reduceat(worth[order], first)
    told = {key: one[first] for key, one in told.items()}
    actors = [names[actor] for actor in told["actor"].tolist()]
    listed = list(zip(told["day"].tolist(), actors, most.tolist(), strict=True))
    row, state = told["row"], told["state"]
    begun = np.flatnonzero(np.append(True, (row[1:] != row[:-1]) | (state[1:] != state[:-1])))
    keys = zip(row[begun].tolist(), state[begun].tolist(), strict=True)
    return {
        key: listed[start:end]
        for key, (start, end) in zip(keys, pairwise([*begun.tolist(), len(listed)]), strict=True)
    }


class Who:
    """
    Which actor of a state holds a place on a day: the one last spoken of there, else around.

    Parameters
    ----------
    scene
        What is said, and of whom.
    mentions
        Who is named around each place.
    """

    def __init__(self, scene: Scene, mentions: Mentions) -> None:
        self.lives, self.standing, self.mentions = scene.lives, scene.standing, mentions
        votes = tuple(scene.told.different[place] for place in scene.places)
        self._spoken = spoken_at_places(votes, self.lives, scene.settings)
        self._around: dict[tuple[int, int, int], str] = {}

    def actor(self, row: int, state: int, day: int) -> str:
        """Actor of a state at a place; NOBODY if none of the state is alive."""
        spoken = self._spoken.get((row, state))
        if spoken is None:
            return self._from_around(row, state, day)
        key = (self.standing.era(day), *spoken.stretch(day))
        if key not in spoken.known:
            heirs = (self.lives.heir(named, day) for named in spoken.near(day))
            alive = (one for one in heirs if one != NOBODY and self.lives.state(one) == state)
            spoken.known[key] = next(alive, NOBODY) or self._from_around(row, state, day)
        return spoken.known[key]

    def _from_around(self, row: int, state: int, day: int) -> str:
        """The one most spoken of around it among those who exist."""
        key = (row, state, self.standing.era(day))
        if key not in self._around:
            known = [
                (self.lives.starts.get(actor, day) > day, -self.mentions.around[row, column], actor)
                for column, actor in enumerate(self.lives.actors)
                if self.lives.state(actor) == state and self.lives.heir(actor, day) == actor
            ]
            self._around[key] = min(known)[2] if known else NOBODY
        return self._around[key]
