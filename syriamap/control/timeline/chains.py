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
from syriamap.control.timeline.ragged import portions
from syriamap.control.timeline.sayings import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Factors
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.scene import Scene

__all__ = ["Chains", "Forced", "Group", "Mentions", "chains_of", "mentions_of", "moved"]

_MOST_CHANGE = 0.95
_AT_ONCE = 5_000_000
"""Chances of change that are held in memory at a time; all of Syria's take two such groups."""
_ROWS = 1 << 14
"""Positions whose chances of change are worked out at a time."""
_LOUDEST = 30.0
_WHOLE = 40.0
"""Times of entering after which what is left to enter is lost in rounding."""
_LEAST_ROUT = 1e-4
"""Share of a side's places below which what it loses moves nobody."""


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
    rate, pool
        Chance at each position that the place changes hands, (E,), and to whom, (n, K), as far as
        neither claims nor neighbors tell.
    routed
        Positions of days of collapse, and the chance of each local state that the place is lost,
        (m,) and (m, K).
    taken
        Positions whose taking is reported, and by whom, (m,) and (m, K).
    found
        Positions of places that were left to nobody knows whom at which somebody is named, and the
        chance that it is he who holds them, (m,) and (m, K).
    late
        Sides that came to be late, and how they come into their share.
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
    step: NDArray[np.int32]
    rank: NDArray[np.int32]
    rate: NDArray[np.float64]
    pool: NDArray[np.float64]
    routed: tuple[NDArray[np.int64], NDArray[np.float64]]
    taken: tuple[NDArray[np.int64], NDArray[np.float64]]
    found: tuple[NDArray[np.int64], NDArray[np.float64]]
    late: _LateComers
    alive: NDArray[np.bool_]
    evidence: tuple[NDArray[np.int64], NDArray[np.float64]]
    forced: tuple[Forced, ...]
    prior: NDArray[np.float64]

    def unheard(self) -> _Unheard:
        """Chance of each change between the step before and each, as far as no neighbor tells."""
        other = np.empty(self.alive.shape)
        for part in _parts(len(other)):
            other[part] = self._from_others(part)
        return _Unheard(self, other)

    def changes(self, part: slice) -> NDArray[np.float64]:
        """Chance of a change to each local state at some positions, whichever was there, (m, K)."""
        to = self.rate[part, None] * self.pool[self.rank[part]]
        _add_at(to, part, self.taken)
        to *= self.alive[part]
        return to

    def _from_others(self, part: slice) -> NDArray[np.float64]:
        """Chance that *somebody else* turns out to be each, at some positions, (m, K)."""
        alive = self.alive[part]
        other = self.late.entering(part, self.rank[part]) * alive
        other += self.changes(part)
        at, found = self.found
        _add_at(other, part, (at, found * self.alive[at]))
        other[:, -1] = 0.0
        gone = other.sum(axis=1)
        too_much = np.maximum(gone / _MOST_CHANGE, 1.0)
        other /= too_much[:, None]
        other[:, -1] = 1.0 - gone / too_much
        return other


def _parts(count: int) -> Iterator[slice]:
    """So many positions, some at a time: what is made of them is small, and soon at hand again."""
    for begin in range(0, count, _ROWS):
        yield slice(begin, begin + _ROWS)


def _add_at(
    rows: NDArray[np.float64], part: slice, told: tuple[NDArray[np.int64], NDArray[np.float64]]
) -> None:
    """Add what is told of some of the positions that these rows are a part of; they ascend."""
    begin, end = np.searchsorted(told[0], [part.start, part.stop])
    rows[told[0][begin:end] - part.start] += told[1][begin:end]


@dataclass(frozen=True)
class _Unheard:
    """
    Chances of change at all positions of a group, by what they have in common.

    Attributes
    ----------
    group
        The group.
    other
        Chance that *somebody else* turns out to be each, (E, K).
    """

    group: Group
    other: NDArray[np.float64]

    def into(self, made: NDArray[np.float64]) -> None:
        """
        Write the chance of each change, from row to column.

        Parameters
        ----------
        made
            Takes them, (E, K, K).
        """
        for part in _parts(len(made)):
            self._into(made[part], self.group.changes(part))
            made[part, -1] = self.other[part]
            self._add_routs(made[part], part)

    @staticmethod
    def _into(made: NDArray[np.float64], to: NDArray[np.float64]) -> None:
        made[...] = to[:, None, :]
        every = np.einsum("mk->m", to)
        total = every[:, None] - to
        much = np.flatnonzero(every > _MOST_CHANGE)
        if len(much):
            over = np.maximum(total[much] / _MOST_CHANGE, 1.0)
            made[much] /= over[:, :, None]
            total[much] /= over
        np.subtract(1.0, total, out=_diagonal(made))

    def _add_routs(self, made: NDArray[np.float64], part: slice) -> None:
        """Add what days of collapse change."""
        where, lost = self.group.routed
        begin, end = np.searchsorted(where, [part.start, part.stop])
        at = where[begin:end]
        pool = self.group.pool[self.group.rank[at]] * self.group.alive[at]
        change = made[at - part.start]
        change += lost[begin:end, :, None] * pool[:, None]
        made[at - part.start] = _with_the_rest(change)


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
        for vote in scene.told.different[place]:
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
    return portions(places[order], length[order] * width**2, _AT_ONCE)


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
        places, states, start, step.astype(np.int32), rank.astype(np.int32), rate, pool,
        _routed(step, states, rank, lattice, settings), (at, settings.taken_rate * shares),
        (named, _found(nats, settings.holders)),
        _late_comers(lattice.day[step], lattice.gap[step], states, lives, settings), alive, none,
        (), _prior(alive[: len(places)], settings),
    )  # fmt: skip
    return replace(group, forced=_forced(group, lattice, mentions, lives))


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
    at = np.flatnonzero(lost.max(axis=1) > _LEAST_ROUT)
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
    gained = np.expm1(np.minimum(nats, _LOUDEST))
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


@dataclass(frozen=True)
class _LateComers:
    """
    When each local state came to be, (n, K), and the share it comes into, (n, K).

    Day and gap are those of each position, (E,); `days` is how long it takes.
    """

    born: NDArray[np.int64]
    share: NDArray[np.float64]
    day: NDArray[np.int32]
    gap: NDArray[np.int32]
    days: float

    def entering(self, part: slice, rank: NDArray[np.int32]) -> NDArray[np.float64]:
        """
        What of *somebody else* turns out to be a side that was not there in the beginning, (m, K).

        Before a side exists, *somebody else* stands for it as well. It comes into the share that
        it would have in the prior little by little, for it did not hold everything on its first
        day.
        """
        # by the number of days since its first one, so that each is worked out once
        share = -np.expm1(-np.arange(np.ceil(_WHOLE * self.days) + 1.0) / self.days)
        age = self.day[part, None] - self.born[rank]
        most, whole = len(share) - 1, self.share[rank]
        had = whole * share[np.clip(age - self.gap[part, None], 0, most)]
        has = whole * share[np.clip(age, 0, most)]
        has -= had
        has /= np.subtract(1.0, had, out=had)
        return np.asarray(has)


def _late_comers(
    day: NDArray[np.int64],
    gap: NDArray[np.int64],
    states: NDArray[np.int64],
    lives: Lives,
    settings: TimeSettings,
) -> _LateComers:
    born = np.where(states >= 0, lives.born[np.maximum(states, 0)], np.iinfo(np.int64).max // 4)
    born[:, -1] = np.iinfo(np.int64).min // 4
    older = (born[:, None, :-1] < born[:, :, None]).sum(axis=2)
    share = 1.0 / np.maximum(settings.holders - older, 2.0)
    days = settings.entering_days
    return _LateComers(born, share, day.astype(np.int32), gap.astype(np.int32), days)


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
        Chance of each change, (m, K, K), which is written over; the diagonal does not matter.
    alive
        Which states exist, (m, K).
    """
    change *= alive[:, None, :]
    return _with_the_rest(change)


def _with_the_rest(change: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances of change, written over, with the chances that each state stays."""
    stay = _diagonal(change)
    stay[...] = 0.0
    total = np.einsum("mij->mi", change)
    if total.max(initial=0.0) > _MOST_CHANGE:
        over = np.maximum(total / _MOST_CHANGE, 1.0)
        change /= over[:, :, None]
        total /= over
    np.subtract(1.0, total, out=stay)
    return change


def _diagonal(change: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chances that each state stays, (m, K), where they stand."""
    where: NDArray[np.float64] = np.einsum("mii->mi", change)
    return where


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
