"""
Ends of actors: what becomes of their places on the day after.

In comes a group of chains (:mod:`syriamap.control.timeline.chains`), out come :class:`Forced`
changes, to successors where there are any, else to whom the surroundings point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.groups import Forced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.groups import Group
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.mentions import Mentions

__all__ = ["forced_by_ends"]


def forced_by_ends(
    group: Group, lattice: Lattice, mentions: Mentions, lives: Lives
) -> tuple[Forced, ...]:
    """
    What happens to each local state at the days after an end.

    Parameters
    ----------
    group, lattice
        Whose states, and on which days.
    mentions, lives
        Who is named around, and who ends.
    """
    found = []
    day = lattice.day[group.step]
    for turn in lives.turns:
        at = np.flatnonzero(day == turn)
        if not len(at):
            continue
        states = group.states[group.rank[at]]
        known, left = _passing(turn, group.places[group.rank[at]], states, mentions, lives)
        found.append(Forced(turn, at, known, left))
    return tuple(found)


def _passing(
    turn: int,
    places: NDArray[np.int64],
    states: NDArray[np.int64],
    mentions: Mentions,
    lives: Lives,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of each state that passes to each other on a day, and to whom is around."""
    count, total = len(states), lives.rest + 1
    table = np.zeros((count, total, total))
    free, weight = np.zeros((count, total)), np.zeros((count, total))
    for column, (actor, state) in enumerate(zip(lives.actors, lives.member.tolist(), strict=True)):
        if lives.heir(actor, turn - 1) != actor:
            continue
        own = mentions.around[places, column] + 1e-9
        weight[:, state] += own
        heir = lives.heir(actor, turn)
        if heir == NOBODY:
            free[:, state] += own
        else:
            table[:, state, lives.state(heir)] += own
    gone = weight <= 0
    row, state_gone = np.nonzero(gone)
    table[row, state_gone, state_gone] = 1.0
    whole = np.where(gone, 1.0, weight)
    rows, own = np.arange(count)[:, None], np.maximum(states, 0)
    passed = table[rows[:, :, None], own[:, :, None], own[:, None, :]]
    passed *= (states >= 0)[:, None, :] & (states >= 0)[:, :, None]
    known = passed / whole[rows, own][:, :, None]
    left = np.where(states >= 0, free[rows, own] / whole[rows, own], 0.0)
    return known, left
