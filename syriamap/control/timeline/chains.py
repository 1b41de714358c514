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

from syriamap.control.timeline.endings import forced_by_ends
from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.factors import EITHER, EVE, TODAY
from syriamap.control.timeline.groups import Group
from syriamap.control.timeline.ragged import portions
from syriamap.control.timeline.unheard import late_comers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Factors
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.mentions import Mentions
    from syriamap.control.timeline.scene import Scene

__all__ = ["Chains", "chains_of"]


@dataclass(frozen=True)
class Chains:
    """
    All groups, and where to find a step.

    Attributes
    ----------
    groups
        The groups.
    group, rank
        Group of each place, and where it stands in it, (P,).
    local
        Place, state → local number in its group, -1 where the place does not keep it, (P, S + 1).
    """

    groups: tuple[Group, ...]
    group: NDArray[np.int64]
    rank: NDArray[np.int64]
    local: NDArray[np.int64]

    def positions(
        self, number: int, steps: NDArray[np.int64], lattice: Lattice
    ) -> NDArray[np.int64]:
        """Where steps of places of a group stand in it."""
        place = lattice.place[steps]
        turn = steps - lattice.first[place]
        return np.asarray(self.groups[number].start[turn] + self.rank[place])


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
    group_of, rank_of = np.full((2, len(wanted)), -1, dtype=np.int64)
    takers = _takers(lattice, scene.factors, scene.lives)
    named = _named(lattice, scene.factors, takers, scene.lives)
    groups: list[Group] = []
    narrower = 0
    for width in _widths(counts):
        fits = np.flatnonzero((counts <= width) & (counts > narrower))
        narrower = width
        for places in _blocks(fits, width, lattice):
            group = _group(
                scene, lattice, mentions, _states(places, width, wanted), (takers, named)
            )
            row, kept = np.nonzero(group.states >= 0)
            local[group.places[row], group.states[row, kept]] = kept
            group_of[group.places] = len(groups)
            rank_of[group.places] = np.arange(len(group.places))
            groups.append(group)
    chains = Chains(tuple(groups), group_of, rank_of, local)
    return replace(chains, groups=_with_evidence(chains, lattice, scene.factors))


def _blocks(places: NDArray[np.int64], width: int, lattice: Lattice) -> list[NDArray[np.int64]]:
    """Places, the longest chain first, so many at a time as memory is meant for."""
    length = np.diff(lattice.first)[places]
    order = np.argsort(-length, kind="stable")
    return portions(places[order], length[order] * width**2, LIMITS.cells)


def _widths(counts: NDArray[np.int64]) -> list[int]:
    """Numbers of local states that groups are made for."""
    most = int(counts.max()) if len(counts) else 1
    return sorted({width for width in (5, 6, 7, most) if width <= most and (counts <= width).any()})


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
    places, states = kept
    length = np.diff(lattice.first)[places]
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
    none = np.empty(0, dtype=np.int64), np.empty((0, states.shape[1], states.shape[1]))
    at, shares = _of_positions(step, states, rank, reported[0])
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    named, nats = _of_positions(step, states, rank, reported[1])
    group = Group(
        places=places,
        states=states,
        start=start,
        step=step.astype(np.int32),
        rank=rank.astype(np.int32),
        rate=rate,
        pool=pool,
        routed=_routed(step, states, rank, lattice, settings),
        taken=(at, settings.taken_rate * shares),
        found=(named, _found(nats, settings.holders)),
        late=late_comers(lattice.day[step], lattice.gap[step], states, lives, settings),
        alive=alive,
        evidence=none,
        forced=(),
        prior=_prior(alive[: len(places)], settings),
    )
    return replace(group, forced=forced_by_ends(group, lattice, mentions, lives))


def _of_positions(
    step: NDArray[np.int64],
    states: NDArray[np.int64],
    rank: NDArray[np.int64],
    told: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Sums of rows (step, state, value) by local state, at the positions that have any, (m, K)."""
    row = np.full(int(max(step.max(initial=-1), told[:, 0].max(initial=-1))) + 1, -1)
    row[step] = np.arange(len(step))
    position = row[told[:, 0].astype(np.int64)]
    own = position >= 0
    at, slot = np.unique(position[own], return_inverse=True)
    total = np.zeros((len(at), states.shape[1]))
    where, kept = np.nonzero(states[rank[position[own]]] == told[own, 1, None])
    np.add.at(total, (slot.reshape(-1)[where], kept), told[own, 2][where])
    return at, total


def _routed(
    step: NDArray[np.int64],
    states: NDArray[np.int64],
    rank: NDArray[np.int64],
    lattice: Lattice,
    settings: TimeSettings,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Positions since whose last step sides lost places anywhere, and how likely that was here."""
    lost = lattice.routs.leaving(lattice.day[step], lattice.gap[step], states[rank])
    lost[:, -1] = 0.0
    at = np.flatnonzero(lost.max(axis=1) > settings.rout_felt_above)
    return at, -np.expm1(-settings.rout_rate * lost[at])


def _left_open(
    step: NDArray[np.int64], lattice: Lattice, takers: NDArray[np.float64], lives: Lives
) -> NDArray[np.bool_]:
    """Whether the place of each step was left before, and nobody knows to whom, (m,)."""
    left = takers[takers[:, 1] == lives.rest, 0].astype(np.int64)
    first = np.full(len(lattice.first) - 1, len(lattice.place))
    np.minimum.at(first, lattice.place[left], left)
    return np.asarray(step > first[lattice.place[step]])


def _found(nats: NDArray[np.float64], holders: float) -> NDArray[np.float64]:
    """
    Chance that a place of which nobody knows who holds it is found to be whose claims name.

    With it a claim alone is believed as much there as at a place never spoken of: its worth.
    """
    gained = np.expm1(np.minimum(nats, LIMITS.most_nats))
    worth = gained / (gained + holders - 1.0)
    return np.asarray(worth / (1.0 + (holders - 1.0) * worth))


def _named(
    lattice: Lattice, factors: Factors, takers: NDArray[np.float64], lives: Lives
) -> NDArray[np.float64]:
    """Step, state and nats of each word for somebody who holds a place that was left to nobody."""
    whole, nats = factors.arrays()
    own = (whole[:, 2] != EVE) & (nats[:, 0] > 0) & (whole[:, 3] >= 0)
    step = lattice.exact(whole[own, 0], whole[own, 1])
    told = np.column_stack([step, whole[own, 3], nats[own, 0]])[step >= 0]
    return told[_left_open(step[step >= 0], lattice, takers, lives)]


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


def _with_evidence(chains: Chains, lattice: Lattice, factors: Factors) -> tuple[Group, ...]:
    """Groups with what is said on each day."""
    whole, nats = factors.arrays()
    step = lattice.exact(whole[:, 0], whole[:, 1])
    state = chains.local[whole[:, 0], whole[:, 3]]
    group_of = np.where(state >= 0, chains.group[whole[:, 0]], -1)
    made = []
    for number, group in enumerate(chains.groups):
        mine = np.flatnonzero(group_of == number)
        at = chains.positions(number, step[mine], lattice)
        at, row = np.unique(at, return_inverse=True)
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
    either = np.flatnonzero(pattern == EITHER)
    own = np.arange(width)
    at, holder, gained = row[either, None], state[either, None], nats[either]
    np.add.at(log, (at, own, holder), gained[:, :1])
    np.add.at(log, (at, holder, own), np.where(own == holder, 0.0, gained[:, 1:]))
    top = log.reshape(count, -1).max(axis=1) if count else np.empty(0)
    return np.asarray(np.exp(log - top[:, None, None]))
