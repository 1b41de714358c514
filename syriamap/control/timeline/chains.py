"""
The chains of all places, laid out so that one step of all of them is one block of an array.

In come the lattice, the factors and the lives of actors, out come :class:`Chains`: for groups of
places with equally many local states, the transition of every step, with the evidence of the day
in it. A place keeps the states that are named there, those of its surroundings, and *somebody
else*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.factors import EITHER, EVE, TODAY
from syriamap.control.timeline.sayings import origin_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Factors
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.scene import Scene

__all__ = ["Chains", "Forced", "Group", "Mentions", "chains_of", "mentions_of", "moved"]

_MOST_CHANGE = 0.95
_LOUDEST = 30.0


@dataclass(frozen=True)
class Mentions:
    """
    Who is named where.

    Attributes
    ----------
    own
        Weight of the mentions of each actor at each place, (P, actors).
    around
        The same with those of its neighbors, the nearer the more, (P, actors).
    """

    own: NDArray[np.float64]
    around: NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """
    Places with equally many local states, the longest chain first; arrays run step by step.

    Attributes
    ----------
    places
        Rows of the places, (n,).
    states
        Number of each local state, the last is *somebody else*, -1 fills up, (n, K).
    start
        Where the n-th steps of all chains begin, (T + 1,).
    step, rank
        Step in the lattice, and place in the group, of each position, (E,).
    change
        Chance of each change between the step before and this, (E, K, K), without neighbors.
    alive
        Which local states exist at each position, (E, K).
    evidence
        Positions with evidence, and what it multiplies the change by, (V,) and (V, K, K).
    forced
        Positions after the end of an actor, the day, and which local states must be left there.
    prior
        Chance of each local state before anything, (n, K).
    """

    places: NDArray[np.int64]
    states: NDArray[np.int64]
    start: NDArray[np.int64]
    step: NDArray[np.int64]
    rank: NDArray[np.int64]
    change: NDArray[np.float64]
    alive: NDArray[np.bool_]
    evidence: tuple[NDArray[np.int64], NDArray[np.float64]]
    forced: tuple[Forced, ...]
    prior: NDArray[np.float64]


@dataclass(frozen=True)
class Forced:
    """
    What becomes of the states of actors that ended the day before.

    Attributes
    ----------
    day
        The day after their end.
    at
        Positions, (m,).
    known
        Share of each local state that passes to each, (m, K, K).
    open
        Share of each that passes to whom the surroundings point, (m, K).
    """

    day: int
    at: NDArray[np.int64]
    known: NDArray[np.float64]
    open: NDArray[np.float64]


@dataclass(frozen=True)
class Chains:
    """
    All groups, and where to find a step.

    Attributes
    ----------
    groups
        The groups.
    group, position
        Of each step of the lattice.
    local
        Place, state → local number in its group, -1 where the place does not keep it, (P, S + 1).
    """

    groups: tuple[Group, ...]
    group: NDArray[np.int64]
    position: NDArray[np.int64]
    local: NDArray[np.int64]


def mentions_of(scene: Scene) -> Mentions:
    """
    Who is named at each place and around it; an origin counts once for each actor.

    Parameters
    ----------
    scene
        What is said.
    """
    lives, around = scene.lives, scene.around
    column = {actor: index for index, actor in enumerate(lives.actors)}
    own = np.zeros((len(scene.places), len(column)))
    for row, place in enumerate(scene.places):
        best: dict[tuple[str, str], float] = {}
        for vote in scene.told.votes[place]:
            for actor in {vote.actor, vote.rival} - {NOBODY}:
                key = (actor, origin_of(vote))
                best[key] = max(best.get(key, 0.0), vote.weight)
        for (actor, _), weight in sorted(best.items()):
            own[row, column[actor]] += weight
    around_it = own + np.einsum("pn,pna->pa", around.pull, own[around.near])
    return Mentions(own, around_it)


def chains_of(scene: Scene, lattice: Lattice, mentions: Mentions) -> Chains:
    """
    Lay out all chains.

    Parameters
    ----------
    scene
        What is said.
    lattice
        On which days it bears on which places.
    mentions
        Who is named where.
    """
    wanted = _local_states(mentions, scene.lives, scene.settings)
    counts = wanted.sum(axis=1)
    local = np.full(wanted.shape, -1, dtype=np.int64)
    group_of = np.full(len(lattice.place), -1, dtype=np.int64)
    position = np.zeros(len(lattice.place), dtype=np.int64)
    takers = _takers(lattice, scene.factors, scene.lives)
    named = _named(lattice, scene.factors)
    groups: list[Group] = []
    for width in _widths(counts):
        fits = counts <= width
        if groups:
            fits &= counts > groups[-1].states.shape[1]
        places = np.flatnonzero(fits)
        group = _group(scene, lattice, mentions, _states(places, width, wanted), (takers, named))
        for rank, place in enumerate(group.places.tolist()):
            kept = np.flatnonzero(group.states[rank] >= 0)
            local[place, group.states[rank, kept]] = kept
        group_of[group.step] = len(groups)
        position[group.step] = np.arange(len(group.step))
        groups.append(group)
    chains = Chains(tuple(groups), group_of, position, local)
    return replace(chains, groups=_with_evidence(chains, lattice, scene.factors))


def _widths(counts: NDArray[np.int64]) -> list[int]:
    """Numbers of local states that groups are made for."""
    most = int(counts.max()) if len(counts) else 1
    return sorted({width for width in (5, 7, most) if width <= most and (counts <= width).any()})


def _local_states(mentions: Mentions, lives: Lives, settings: TimeSettings) -> NDArray[np.bool_]:
    """Which states each place keeps, (P, S + 1)."""
    belongs = np.zeros((len(lives.actors), lives.rest + 1))
    belongs[np.arange(len(lives.actors)), lives.member] = 1.0
    wanted = (mentions.own @ belongs) > 0
    around = mentions.around @ belongs
    most = min(round(settings.local_sides), around.shape[1])
    ranked = np.argsort(-around, axis=1, kind="stable")[:, :most]
    rows = np.arange(len(around))[:, None]
    wanted[rows, ranked] |= around[rows, ranked] > 0
    for actor, state in zip(lives.actors, lives.member.tolist(), strict=True):
        heir = lives.successors.get(actor, "")
        while heir in lives.state_by_actor and actor in lives.ends:
            wanted[:, lives.state_by_actor[heir]] |= wanted[:, state]
            heir = lives.successors.get(heir, "")
    wanted[:, lives.rest] = True
    return wanted


def _states(
    places: NDArray[np.int64], width: int, wanted: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places, and the number of each local state, *somebody else* last, -1 where fewer are kept."""
    states = np.full((len(places), width), -1, dtype=np.int64)
    rows, own = np.nonzero(wanted[places, :-1])
    slot = np.arange(len(rows)) - np.searchsorted(rows, rows)
    states[rows, slot] = own
    states[:, -1] = wanted.shape[1] - 1
    return places, states


def _group(
    scene: Scene,
    lattice: Lattice,
    mentions: Mentions,
    kept: tuple[NDArray[np.int64], NDArray[np.int64]],
    reported: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Group:
    """Lay out the chains of some places; evidence comes later."""
    lives, settings = scene.lives, scene.settings
    length = np.diff(lattice.first)[kept[0]]
    order = np.argsort(-length, kind="stable")
    places, states, length = kept[0][order], kept[1][order], length[order]
    width = states.shape[1]
    most = int(length[0]) if len(length) else 0
    running = np.asarray(np.searchsorted(-length, -np.arange(most), side="left"))
    start = np.concatenate([[0], np.cumsum(running)]).astype(np.int64)
    rank = np.arange(start[-1]) - np.repeat(start[:-1], running)
    turn = np.repeat(np.arange(most), running)
    step = lattice.first[places][rank] + turn
    pool = _pool(places, states, mentions, scene)
    alive = _alive(states, rank, lattice.day[step], lives)
    rate = -np.expm1(lattice.gap[step] * np.log1p(-settings.quiet_rate))
    rate = rate + settings.active_rate * lattice.activity[step]
    taken = _of_positions(step, states[rank], reported[0])
    taken /= np.maximum(taken.sum(axis=1, keepdims=True), 1e-9)
    to = rate[:, None] * pool[rank] + settings.taken_rate * taken
    change = np.repeat(to[:, None, :], width, axis=1)
    change[:, -1] += _entering(lattice.day[step], lattice.gap[step], states[rank], lives, settings)
    named = _of_positions(step, states[rank], reported[1])
    named[~_left_open(step, lattice, reported[0], lives)] = 0.0
    change[:, -1] += _found(named, settings.holders)
    group = Group(
        places, states, start, step, rank, moved(change, alive), alive,
        (np.empty(0, dtype=np.int64), np.empty((0, width, width))), (),
        _prior(alive[: len(places)], settings),
    )  # fmt: skip
    return replace(group, forced=_forced(group, lattice, mentions, lives))


def _of_positions(
    step: NDArray[np.int64], states: NDArray[np.int64], told: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sums of rows (step, state, value) by position and local state, (E, K)."""
    total = np.zeros(states.shape)
    row = np.full(int(max(step.max(initial=-1), told[:, 0].max(initial=-1))) + 1, -1)
    row[step] = np.arange(len(step))
    at = row[told[:, 0].astype(np.int64)]
    own = at >= 0
    where, slot = np.nonzero(states[at[own]] == told[own, 1, None])
    np.add.at(total, (at[own][where], slot), told[own, 2][where])
    return total


def _left_open(
    step: NDArray[np.int64], lattice: Lattice, takers: NDArray[np.float64], lives: Lives
) -> NDArray[np.bool_]:
    """Whether the place of each position was left before, and nobody knows to whom, (E,)."""
    left = takers[takers[:, 1] == lives.rest, 0].astype(np.int64)
    first = np.full(len(lattice.first) - 1, len(lattice.place))
    np.minimum.at(first, lattice.place[left], left)
    return np.asarray(step > first[lattice.place[step]])


def _found(nats: NDArray[np.float64], holders: float) -> NDArray[np.float64]:
    """
    Chance that a place of which nobody knows who holds it is found to be whose claims name.

    With it a claim alone is believed as much there as at a place never spoken of: its worth.
    """
    gained = np.expm1(np.minimum(nats, _LOUDEST))
    worth = gained / (gained + holders - 1.0)
    return np.asarray(worth / (1.0 + (holders - 1.0) * worth))


def _named(lattice: Lattice, factors: Factors) -> NDArray[np.float64]:
    """Step, state and nats of each word for somebody who holds a place tonight."""
    whole, nats = factors.arrays()
    own = (whole[:, 2] != EVE) & (nats[:, 0] > 0) & (whole[:, 3] >= 0)
    step = lattice.exact(whole[own, 0], whole[own, 1])
    return np.column_stack([step, whole[own, 3], nats[own, 0]])[step >= 0]


def _takers(lattice: Lattice, factors: Factors, lives: Lives) -> NDArray[np.float64]:
    """Step, state and worth of each reported change of hands; nobody named is somebody else."""
    rows = np.array(factors.takers, dtype=np.float64).reshape(-1, 4)
    whole = rows[:, :3].astype(np.int64)
    state = np.where(whole[:, 2] < 0, lives.rest, whole[:, 2])
    step = lattice.exact(whole[:, 0], whole[:, 1])
    return np.column_stack([step, state, rows[:, 3]])[step >= 0]


def _prior(alive: NDArray[np.bool_], settings: TimeSettings) -> NDArray[np.float64]:
    """As likely each as any of `holders` sides; *somebody else* is all that are left."""
    prior = alive / settings.holders
    prior[:, -1] = np.maximum(1.0 - prior[:, :-1].sum(axis=1), 1.0 / settings.holders)
    return np.asarray(prior / prior.sum(axis=1, keepdims=True))


def _entering(
    day: NDArray[np.int64],
    gap: NDArray[np.int64],
    states: NDArray[np.int64],
    lives: Lives,
    settings: TimeSettings,
) -> NDArray[np.float64]:
    """
    What of *somebody else* turns out to be a side that was not there in the beginning, (E, K).

    Before a side exists, *somebody else* stands for it as well. It comes into the share that it
    would have in the prior little by little, for it did not hold everything on its first day.
    """
    born = np.where(states >= 0, lives.born[np.maximum(states, 0)], np.iinfo(np.int64).max // 4)
    born[:, -1] = np.iinfo(np.int64).min // 4
    older = (born[:, None, :-1] < born[:, :, None]).sum(axis=2)
    share = 1.0 / np.maximum(settings.holders - older, 2.0)
    age = np.maximum(day[:, None] - born, 0.0)
    before = np.maximum(age - gap[:, None], 0.0)
    had = share * -np.expm1(-before / settings.entering_days)
    has = share * -np.expm1(-age / settings.entering_days)
    return np.asarray((has - had) / (1.0 - had))


def _pool(
    places: NDArray[np.int64], states: NDArray[np.int64], mentions: Mentions, scene: Scene
) -> NDArray[np.float64]:
    """Who takes a place of which nothing is heard: whoever is named around it."""
    by_state = np.zeros((len(places), scene.lives.rest + 1))
    for actor, state in enumerate(scene.lives.member.tolist()):
        by_state[:, state] += mentions.around[places, actor]
    pool = np.where(states >= 0, np.take_along_axis(by_state, np.maximum(states, 0), axis=1), 0.0)
    pool /= np.maximum(pool.sum(axis=1, keepdims=True), 1e-9)
    pool[:, -1] += scene.settings.rest_pool
    return np.asarray(pool / pool.sum(axis=1, keepdims=True))


def _alive(
    states: NDArray[np.int64], rank: NDArray[np.int64], day: NDArray[np.int64], lives: Lives
) -> NDArray[np.bool_]:
    """Which local states exist at each position."""
    changes = np.array(sorted({*lives.turns, *lives.born.tolist()}), dtype=np.int64)
    era = np.searchsorted(changes, day, side="right")
    first = int(day.min()) if len(day) else 0
    table = np.array(
        [lives.alive(int(changes[one - 1]) if one else first) for one in range(len(changes) + 1)]
    )
    own = states[rank]
    return np.asarray(table[era[:, None], np.maximum(own, 0)] & (own >= 0))


def moved(change: NDArray[np.float64], alive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    Transitions from chances of change: nobody becomes who does not exist, the rest stays.

    Parameters
    ----------
    change
        Chance of each change, (m, K, K); the diagonal does not matter.
    alive
        Which states exist, (m, K).
    """
    own = np.arange(change.shape[1])
    made = change * alive[:, None, :]
    made[:, own, own] = 0.0
    total = np.einsum("mij->mi", made)
    over = np.maximum(total / _MOST_CHANGE, 1.0)
    made /= over[:, :, None]
    made[:, own, own] = 1.0 - total / over
    return made


def _forced(group: Group, lattice: Lattice, mentions: Mentions, lives: Lives) -> tuple[Forced, ...]:
    """What happens to each local state at the days after an end."""
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


def _with_evidence(chains: Chains, lattice: Lattice, factors: Factors) -> tuple[Group, ...]:
    """Groups with what is said on each day."""
    whole, nats = factors.arrays()
    step = lattice.exact(whole[:, 0], whole[:, 1])
    state = chains.local[whole[:, 0], whole[:, 3]]
    made = []
    for number, group in enumerate(chains.groups):
        mine = (chains.group[step] == number) & (state >= 0)
        at, row = np.unique(chains.position[step[mine]], return_inverse=True)
        shape = (len(at), group.states.shape[1])
        factor = _factor(shape, row.reshape(-1), whole[mine, 2], state[mine], nats[mine])
        made.append(replace(group, evidence=(at, factor)))
    return tuple(made)


def _factor(
    shape: tuple[int, int],
    row: NDArray[np.int64],
    pattern: NDArray[np.int64],
    state: NDArray[np.int64],
    nats: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Product of all factors of each step, the greatest entry 1, (count, K, K)."""
    count, width = shape
    tonight, eve = np.zeros((count, width)), np.zeros((count, width))
    for kind, total in ((TODAY, tonight), (EVE, eve)):
        of_kind = pattern == kind
        np.add.at(total, (row[of_kind], state[of_kind]), nats[of_kind, 0])
    log = eve[:, :, None] + tonight[:, None, :]
    for one in np.flatnonzero(pattern == EITHER).tolist():
        at, holder = row[one], state[one]
        log[at, :, holder] += nats[one, 0]
        others = np.arange(width) != holder
        log[at, holder, others] += nats[one, 1]
    top = log.reshape(count, -1).max(axis=1) if count else np.empty(0)
    return np.asarray(np.exp(log - top[:, None, None]))
