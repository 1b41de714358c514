"""
Whom claims name before whom nothing speaks for, where both are about as likely.

In come the chains solved and what is said of each place, out comes the leader of each step: the
likeliest side, but where no claim and no neighbor's news speaks for it, a side that is about as
likely and that claims give the place to. An ally of the leader need not be so likely: that the two
hold the place is known, and claims say which of them it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.timeline.ragged import within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lattice import Steps
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.passes import Posteriors

    Allied = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]]
    """Days, a state and another of each → whether these are allies."""

__all__ = ["claimed_leaders", "stretches_begun"]


def claimed_leaders(
    posteriors: Posteriors,
    lattice: Steps,
    votes: Sequence[Sequence[Vote]],
    lives: Lives,
    *,
    settings: TimeSettings,
    allied: Allied,
) -> NDArray[np.int64]:
    """
    Leader of each step, *somebody else* aside, -1 where there is none.

    Parameters
    ----------
    posteriors, lattice
        The model, solved.
    votes
        What is said of each place.
    lives
        Who stands for whom.
    settings
        How much of the leader's chance a claimed side must have to stand before one that nothing
        speaks for.
    allied
        Which states are allies on which days.
    """
    leader = posteriors.leader
    given, named = _said_of(votes, lives)
    states = lives.rest + 1
    bare = ~np.isin(lattice.place * states + leader, named) & (leader >= 0)
    bare &= ~_brought(posteriors, lattice, lives, settings.passed_above)
    steps = np.flatnonzero(bare)
    if not len(steps) or not len(given):
        return leader
    begin, count = posteriors.begin[steps], np.diff(posteriors.begin)[steps]
    at = np.repeat(begin, count) + within(count)
    which = np.repeat(np.arange(len(steps)), count)
    state, value = posteriors.state[at].astype(np.int64), posteriors.value[at]
    own = np.zeros(len(steps))
    lead = state == leader[steps][which]
    own[which[lead]] = value[lead]
    there = (state < lives.rest) & (value >= settings.ally_share * own[which])
    there &= np.isin(lattice.place[steps][which] * states + state, given)
    which, state, value = which[there], state[there], value[there]
    near = value >= settings.near_share * own[which]
    near |= allied(lattice.day[steps][which], leader[steps][which], state)
    which, state, value = which[near], state[near], value[near]
    order = np.lexsort((-state, value))  # the likeliest last, and of equals the first
    found = leader.copy()
    found[steps[which[order]]] = state[order]
    return found


def stretches_begun(place: NDArray[np.int64], leader: NDArray[np.int64]) -> NDArray[np.bool_]:
    """
    Whether a stretch of one leader of a place begins at each step, (E,).

    Parameters
    ----------
    place, leader
        Of each step, place after place.
    """
    new = np.ones(len(place), dtype=bool)
    new[1:] = (place[1:] != place[:-1]) | (leader[1:] != leader[:-1])
    return new


def _said_of(
    votes: Sequence[Sequence[Vote]], lives: Lives
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Place and state, as one number, of whom claims give it to, and of whom they speak at all."""
    given, named = set(), set()
    states = lives.rest + 1
    for row, own in enumerate(votes):
        for vote in own:
            actor = lives.state(lives.heir(vote.actor, vote.day))
            if actor >= 0:
                named.add(row * states + actor)
                if vote.effect in {"state", "change"}:
                    given.add(row * states + actor)
            rival = lives.state(vote.rival)
            if rival >= 0 and vote.effect in {"change", "siege"}:
                named.add(row * states + rival)
    made = [np.array(sorted(one), dtype=np.int64) for one in (given, named)]
    return made[0], made[1]


def _brought(
    posteriors: Posteriors, lattice: Steps, lives: Lives, least: float
) -> NDArray[np.bool_]:
    """Whether neighbors' news or an actor's end came since, or as, the leader of each step led."""
    place, leader = lattice.place, posteriors.leader
    new = stretches_begun(place, leader)
    start = np.flatnonzero(new)
    if not len(start):
        return np.zeros(0, dtype=bool)
    most = np.maximum.reduceat(posteriors.heard, start)
    before = np.where(lattice.first[place[start]] < start, posteriors.heard[start - 1], 0.0)
    ended = np.isin(lattice.day[start], np.array(lives.turns, dtype=np.int64))
    came = (np.maximum(most, before) >= least) | ended
    return np.asarray(came[np.cumsum(new) - 1])
