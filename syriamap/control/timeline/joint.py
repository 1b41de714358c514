"""
Joint control: where two sides that are no enemies hold a place together, because claims say so.

In come statements, out comes a :class:`Joint` that can be asked for any day. One origin that says
on one day of two sides that each holds a place says that they hold it together; two that disagree
do not. Silence ends it as little as it ends anybody's hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.lives import date_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.scene import Scene
    from syriamap.theater.folder import Theater

__all__ = ["Joint", "joint_of"]


@dataclass(frozen=True)
class Joint:
    """
    Who holds which place together.

    Attributes
    ----------
    steps
        Row of a place → days on which its chance changes, ascending: the day, the chance from then
        on, and the states that hold it.
    """

    steps: Mapping[int, tuple[tuple[int, float, tuple[int, ...]], ...]]

    def at(self, row: int, day: int) -> tuple[float, tuple[int, ...]]:
        """
        Chance that a place is held jointly on the evening of a day, and by which states.

        Parameters
        ----------
        row, day
            The place, and days since 1970-01-01.
        """
        until = [step for step in self.steps.get(row, ()) if step[0] <= day]
        return until[-1][1:] if until else (0.0, ())


def joint_of(scene: Scene) -> Joint:
    """
    Find joint control; who takes or leaves the place ends it, and maybe who names one holder later.

    Parameters
    ----------
    scene
        What is said, and who is an enemy or an ally of whom.
    """
    found, told = {}, scene.told
    for place, votes in told.votes.items():
        days = _days_of_two(told.different[place])
        said = _said_of_both(votes, days, scene.lives, scene.theater)
        if said:
            found[scene.rows[place]] = _steps(votes, said, scene.settings)
    return Joint(found)


def _days_of_two(different: Sequence[Vote]) -> set[int]:
    """Days on which more than one actor is said to hold a place."""
    actors: dict[int, set[str]] = {}
    for vote in different:
        if vote.effect == "state":
            actors.setdefault(vote.day, set()).add(vote.actor)
    return {day for day, own in actors.items() if len(own) > 1}


def _said_of_both(
    votes: Sequence[Vote], days: Collection[int], lives: Lives, theater: Theater
) -> dict[int, tuple[float, tuple[int, ...]]]:
    """Days on which an origin gives the place to two, neither enemies nor allies: worth, states."""
    by_origin: dict[tuple[int, str], list[Vote]] = {}
    for vote in votes if days else ():
        if vote.day in days and vote.effect == "state" and not vote.of_area:
            by_origin.setdefault((vote.day, vote.origin), []).append(vote)
    found: dict[int, tuple[float, tuple[int, ...]]] = {}
    for (day, _), own in sorted(by_origin.items()):
        for one, other in combinations(own, 2):
            actors = lives.heir(one.actor, day), lives.heir(other.actor, day)
            states = tuple(sorted({lives.state(actor) for actor in actors}))
            known = NOBODY not in actors and len(states) == 2
            worth = min(one.weight, other.weight)  # no surer than the weaker half of it
            known &= theater.stance(*actors, date_of(day)) == "neutral"
            if known and worth > found.get(day, (0.0, ()))[0]:
                found[day] = (worth, states)
    return found


def _steps(
    votes: Sequence[Vote],
    said: Mapping[int, tuple[float, tuple[int, ...]]],
    settings: TimeSettings,
) -> tuple[tuple[int, float, tuple[int, ...]], ...]:
    """Chance of joint control from each day on which it changes."""
    first = min(said)
    surely = {"change": settings.joint_taken_ends, "state": settings.joint_held_ends}
    ends: dict[int, float] = {}
    for vote in votes:
        if vote.day > first and vote.day not in said:
            end = vote.weight * surely.get(vote.effect, 0.0)
            ends[vote.day] = max(ends.get(vote.day, 0.0), end)
    found = []
    chance, states = 0.0, said[first][1]
    for day in sorted({*said, *ends}):
        chance *= 1.0 - ends.get(day, 0.0)
        if day in said:
            worth, states = said[day]
            chance = 1.0 - (1.0 - chance) * (1.0 - worth)
        found.append((day, chance, states))
    return tuple(found)
