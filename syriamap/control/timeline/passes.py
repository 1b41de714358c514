"""
Forward, backward, and what neighbors hear of one another: the chains solved.

In come the chains, out come :class:`Posteriors`, the chance of each local state at each step. A
graph-coupled hidden Markov model (Dong, Pentland and Heller 2012; forward and backward passes as
in Rabiner 1989): after each round of passes the changes that places are found to have made raise
the chance of the same change at their neighbors, in the days around, as far as no neighbor is
known to have been kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.control.timeline.chains import moved
from syriamap.control.timeline.silence import SilentNeighbors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.chains import Chains, Forced, Group
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.scene import Scene

__all__ = ["Coupling", "Posteriors", "posteriors_beside", "posteriors_of"]

_TINY = 1e-300
_SURE = 0.98
_FAR = 0.02


@dataclass(frozen=True)
class Posteriors:
    """
    The chains solved; of the chances only those that are not 0.

    Attributes
    ----------
    value, state, begin
        Chances one after the other, the state of each, (V,), and where those of each step begin,
        (E + 1,).
    states
        How many states there are, S + 1; the last is *somebody else*.
    leader
        Likeliest state at each step, *somebody else* aside, -1 where there is none, (E,).
    heard
        Chance of a change at each step that neighbors alone give, (E,).
    coupling
        What neighbors told one another; none where the solution was read from the cache.
    """

    value: NDArray[np.float64]
    state: NDArray[np.integer[Any]]
    begin: NDArray[np.int64]
    states: int
    leader: NDArray[np.int64]
    heard: NDArray[np.float64]
    coupling: Coupling | None

    def at(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Chance of each state at some steps, (m, S + 1)."""
        found = np.zeros((len(steps), self.states))
        count = self.begin[steps + 1] - self.begin[steps]
        which = np.repeat(self.begin[steps], count) + _within(count)
        found[np.repeat(np.arange(len(steps)), count), self.state[which]] = self.value[which]
        return found

    @property
    def chance(self) -> NDArray[np.float64]:
        """Chance of each state at each step, (E, S + 1)."""
        return self.at(np.arange(len(self.leader)))


def _found(
    chance: NDArray[np.float64], heard: NDArray[np.float64], coupling: Coupling | None
) -> Posteriors:
    """Posteriors from the chances of all states."""
    there = chance != 0.0
    begin = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int64)
    state = np.nonzero(there)[1].astype(np.min_scalar_type(chance.shape[1]))
    named = chance[:, :-1]
    leader = np.full(len(chance), -1, dtype=np.int64)
    if named.shape[1]:
        leader = np.where(named.max(axis=1) > 0, named.argmax(axis=1), -1)
    return Posteriors(chance[there], state, begin, chance.shape[1], leader, heard, coupling)


@dataclass(frozen=True)
class Coupling:
    """What each group of chains heard of neighbors in the last round, and who followed whom."""

    news: tuple[_Heard | None, ...]
    heirs: _Heirs


@dataclass
class _Pass:
    """Forward and backward values of one group, and its transitions with the evidence in them."""

    move: NDArray[np.float64]
    ahead: NDArray[np.float64]
    back: NDArray[np.float64]


def posteriors_of(chains: Chains, lattice: Lattice, scene: Scene) -> Posteriors:
    """
    Solve all chains together.

    Parameters
    ----------
    chains, lattice
        What there is to solve.
    scene
        Gives neighbors, lives, and how many rounds places hear of one another.
    """
    lives, settings = scene.lives, scene.settings
    hearing, heirs = _Hearing(chains, lattice, scene), _Heirs(chains, lattice, scene)
    heard: list[_Heard | None] = [None] * len(chains.groups)
    chances = _Chances(chains, len(lattice.place), lives.rest + 1)
    rooms = [_Room(group) for group in chains.groups]
    chance = chances.now
    for sweep in range(round(settings.sweeps) + 1):
        passes = [
            _passed(room, news, heirs, settings) for room, news in zip(rooms, heard, strict=True)
        ]
        chance = chances.found(passes)
        heirs.ask(chance)
        if sweep < round(settings.sweeps):
            heard = hearing.news(passes, chance)
    said = np.zeros(len(lattice.place))
    for group, news in zip(chains.groups, heard, strict=True):
        if news is not None:
            said[group.step[news.at]] = news.change.sum(axis=2).max(axis=1)
    return _found(chance, said, Coupling(tuple(heard), heirs))


def posteriors_beside(
    chains: Chains, lattice: Lattice, scene: Scene, known: Posteriors
) -> Posteriors:
    """
    Solve each chain by itself, its neighbors being what they were found to be.

    Parameters
    ----------
    chains, lattice, scene
        What there is to solve, on the lattice of `known`.
    known
        All chains, solved together, with what neighbors told one another.
    """
    coupling = known.coupling
    if coupling is None:
        raise ValueError("these posteriors were read: solve the chains for their coupling")
    passes = [
        _passed(_Room(group), news, coupling.heirs, scene.settings)
        for group, news in zip(chains.groups, coupling.news, strict=True)
    ]
    chance = _Chances(chains, len(lattice.place), scene.lives.rest + 1).found(passes)
    return _found(chance, known.heard, coupling)


@dataclass(frozen=True)
class _Heard:
    """Positions of a group at which neighbors' changes are heard, and the chances, (m, K, K)."""

    at: NDArray[np.int64]
    change: NDArray[np.float64]


class _Heirs:
    """To whom the surroundings point where an actor ended without a successor."""

    def __init__(self, chains: Chains, lattice: Lattice, scene: Scene) -> None:
        self.lattice, self.around, self.lives = lattice, scene.around, scene.lives
        self.turns = sorted(
            {one.day for group in chains.groups for one in group.forced if one.open.any()}
        )
        self.found: dict[int, NDArray[np.float64]] = {}

    def ask(self, chance: NDArray[np.float64]) -> None:
        """Who lives on around each place after the end of an actor."""
        for turn in self.turns:
            before = self.lattice.steps_at(np.arange(len(self.around.xy)), turn - 1)
            self.found[turn] = self._around(chance[before], turn)

    def _around(self, chance: NDArray[np.float64], turn: int) -> NDArray[np.float64]:
        """Harmonic function of the states that are sure and live; far from all, somebody else."""
        import scipy.sparse as sp
        from scipy.sparse.linalg import splu

        count = len(self.around.xy)
        alive = self.lives.alive(turn)
        alive[-1] = False
        living = chance * alive
        sure = np.clip(living.max(axis=1, initial=0.0), 0.0, _SURE)
        clamp = np.where(sure > 0.5, sure**2 / (1.0 - sure), 0.0)
        rows = np.repeat(np.arange(count), self.around.near.shape[1])
        pull = sp.csr_matrix(
            (self.around.pull.ravel(), (rows, self.around.near.ravel())), shape=(count, count)
        )
        pull = pull + pull.T
        total = pull.sum()
        pull = pull * (count / total) if total else pull
        weights = np.asarray(pull.sum(axis=1)).ravel() + clamp + _FAR
        shares = living / np.maximum(living.sum(axis=1, keepdims=True), 1e-9)
        target = clamp[:, None] * shares
        target[:, -1] += _FAR
        solved = splu((sp.diags(weights) - pull).tocsc()).solve(target)
        solved = np.clip(solved, 1e-12, None)
        return np.asarray(solved / solved.sum(axis=1, keepdims=True))

    def local(self, one: Forced, group: Group) -> NDArray[np.float64]:
        """Chance of each local state, (m, K); before anybody was asked, all alike."""
        rank = group.rank[one.at]
        states = group.states[rank]
        if one.day not in self.found:
            chance = np.ones(states.shape)
        else:
            table = self.found[one.day][group.places[rank]]
            chance = np.take_along_axis(table, np.maximum(states, 0), axis=1)
        chance = chance * group.alive[one.at]
        return np.asarray(chance / np.maximum(chance.sum(axis=1, keepdims=True), _TINY))


class _Room:
    """Where the transitions of a group are made, round after round, what changes anew each time."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.move = group.change.copy()
        self.fixed = [group.evidence[0], *(one.at for one in group.forced)]
        self.touched = np.empty(0, dtype=np.int64)

    def clear(self, news: _Heard | None) -> NDArray[np.float64]:
        """Transitions without what claims, neighbors and ends of actors say."""
        change = self.group.change
        self.move[self.touched] = change[self.touched]
        self.touched = np.concatenate([*self.fixed, *([] if news is None else [news.at])])
        return self.move


def _passed(room: _Room, news: _Heard | None, heirs: _Heirs, settings: TimeSettings) -> _Pass:
    """Forward and backward through all chains of a group."""
    group, move = room.group, room.clear(news)
    if news is not None:
        change = group.change[news.at] + settings.contagion * news.change
        move[news.at] = moved(change, group.alive[news.at])
    for one in group.forced:
        passing = one.known + one.open[:, :, None] * heirs.local(one, group)[:, None, :]
        move[one.at] = passing @ move[one.at]
    at, factor = group.evidence
    move[at] *= factor
    return _Pass(move, _forward(group, move), _backward(group, move))


def _forward(group: Group, move: NDArray[np.float64]) -> NDArray[np.float64]:
    ahead = np.empty(move.shape[:2])
    now = group.prior
    for begin, end in zip(group.start[:-1].tolist(), group.start[1:].tolist(), strict=True):
        now = np.matmul(now[: end - begin, None, :], move[begin:end])[:, 0]
        now /= np.maximum(np.einsum("ek->e", now), _TINY)[:, None]
        ahead[begin:end] = now
    return ahead


def _backward(group: Group, move: NDArray[np.float64]) -> NDArray[np.float64]:
    back = np.ones(move.shape[:2])
    bounds = group.start.tolist()
    for turn in range(len(bounds) - 2, 0, -1):
        begin, end = bounds[turn], bounds[turn + 1]
        now = np.matmul(move[begin:end], back[begin:end, :, None])[:, :, 0]
        now /= np.maximum(now.max(axis=1, keepdims=True), _TINY)
        before = bounds[turn - 1]
        back[before : before + end - begin] = now
    return back


class _Chances:
    """Chance of each state at each step of the lattice, as rounds of passes find it."""

    def __init__(self, chains: Chains, steps: int, states: int) -> None:
        self.now = np.zeros((steps, states))
        self.filled = []
        for group in chains.groups:
            kept = group.states[group.rank].ravel()
            there = np.flatnonzero(kept >= 0)
            width = group.states.shape[1]
            self.filled.append((there, group.step[there // width] * states + kept[there]))

    def found(self, passes: list[_Pass]) -> NDArray[np.float64]:
        """What a round has found, until the next one."""
        for one, (there, at) in zip(passes, self.filled, strict=True):
            own = one.ahead * one.back
            own /= np.maximum(np.einsum("ek->e", own), _TINY)[:, None]
            self.now.ravel()[at] = own.ravel()[there]
        return self.now


class _Hearing:
    """What each step hears of changes at its neighbors."""

    def __init__(self, chains: Chains, lattice: Lattice, scene: Scene) -> None:
        import scipy.sparse as sp

        self.chains, self.lattice = chains, lattice
        self.settings, self.states = scene.settings, scene.lives.rest + 1
        self.begin = np.searchsorted(lattice.told, np.arange(len(lattice.acted) + 1))
        self.there = [(one.states >= 0).T[:, one.rank] for one in chains.groups]
        self.silent = SilentNeighbors(lattice, scene.around, scene.settings)
        self.heard = sp.csr_matrix(
            (lattice.weight, (lattice.hears, lattice.told)),
            shape=(len(lattice.place), len(lattice.acted)),
        )

    def news(self, passes: list[_Pass], chance: NDArray[np.float64]) -> list[_Heard | None]:
        """Chance of each change at each step of each group that its neighbors' changes give."""
        flips, stay = self._flips(passes)
        number = self.begin[flips.news + 1] - self.begin[flips.news]
        edge = np.repeat(self.begin[flips.news], number) + _within(number)
        which = np.repeat(np.arange(len(flips.news)), number)
        hears = self.lattice.hears[edge]
        place = self.lattice.place[hears]
        source = self.chains.local[place, flips.source[which]]
        target = self.chains.local[place, flips.target[which]]
        told = (source >= 0) & (target >= 0)
        value = (flips.chance[which] * self.lattice.weight[edge])[told]
        hears, source, target = hears[told], source[told], target[told]
        steps, row = self._distinct(hears)
        kept = self._kept(steps, stay, passes, chance)
        found: list[_Heard | None] = []
        for number_of_group, group in enumerate(self.chains.groups):
            mine = np.flatnonzero(self.chains.group[steps] == number_of_group)
            if not len(mine):
                found.append(None)
                continue
            slot = np.full(len(steps), -1)
            slot[mine] = np.arange(len(mine))
            width = group.states.shape[1]
            slots = slot[row]
            own = slots >= 0
            flat = (slots[own] * width + source[own]) * width + target[own]
            total = np.bincount(flat, value[own], len(mine) * width * width)
            total = total.reshape(-1, width, width)
            at = self.chains.position[steps[mine]]
            states = group.states[group.rank[at]]
            stayed = np.take_along_axis(kept[mine], np.maximum(states, 0), axis=1)
            doubt = np.einsum("eij->ei", total) + stayed + self.settings.stubborn
            found.append(_Heard(at, total / doubt[:, :, None]))
        return found

    def _distinct(self, steps: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Steps without those that repeat, ascending, and where each stands among them."""
        there = np.zeros(len(self.lattice.place), dtype=bool)
        there[steps] = True
        distinct = np.flatnonzero(there)
        row = np.empty(len(there), dtype=np.int64)
        row[distinct] = np.arange(len(distinct))
        return distinct, row[steps]

    def _flips(self, passes: list[_Pass]) -> tuple[_Flips, NDArray[np.float64]]:
        """Changes at places with news, and how far each state was kept there, (A, S + 1)."""
        stay = np.zeros((len(self.lattice.acted), self.states))
        news, source, target, value = [], [], [], []
        group_of = self.chains.group[self.lattice.acted]
        for number, (group, one) in enumerate(zip(self.chains.groups, passes, strict=True)):
            mine = np.flatnonzero(group_of == number)
            at = self.chains.position[self.lattice.acted[mine]]
            pair = _pairs(group, one, at)
            states = group.states[group.rank[at]]
            rows, columns = np.nonzero(states >= 0)
            own = np.arange(pair.shape[1])
            stay[mine[rows], states[rows, columns]] = pair[:, own, own][rows, columns]
            pair[:, own, own] = 0.0
            pair[:, -1, :] = pair[:, :, -1] = 0.0
            row, one_state, other = np.nonzero(pair > self.settings.least_flip)
            news.append(mine[row])
            source.append(states[row, one_state])
            target.append(states[row, other])
            value.append(pair[row, one_state, other])
        none = np.empty(0, dtype=np.int64)
        flips = _Flips(
            np.concatenate([none, *news]),
            np.concatenate([none, *source]),
            np.concatenate([none, *target]),
            np.concatenate([np.empty(0), *value]),
        )
        return flips, stay

    def _kept(
        self,
        steps: NDArray[np.int64],
        stay: NDArray[np.float64],
        passes: list[_Pass],
        chance: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """How far neighbors are known to have been kept, by state, (m, S + 1)."""
        kept = np.asarray(self.heard[steps] @ stay)
        if self.settings.hindsight:
            kept += self.silent.kept(steps, self._sure(passes), chance)
        return kept

    def _sure(self, passes: list[_Pass]) -> NDArray[np.float64]:
        """How surely what comes after each step tells its states apart, 0 to 1, (E,)."""
        sure = np.zeros(len(self.lattice.place))
        for group, there, one in zip(self.chains.groups, self.there, passes, strict=True):
            back = [one.back[:, state] * kept for state, kept in enumerate(there)]
            most, total = back[0], back[0]
            for state in back[1:]:
                most, total = np.maximum(most, state), total + state
            even = 1.0 / there.sum(axis=0)
            share = most / np.maximum(total, _TINY)
            sure[group.step] = (share - even) / np.maximum(1.0 - even, 1e-9)
        return sure


@dataclass(frozen=True)
class _Flips:
    """Changes of places with news: which news, from and to which state, how likely."""

    news: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    chance: NDArray[np.float64]


def _pairs(group: Group, one: _Pass, at: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance of each pair (evening before, evening) at some positions, (m, K, K)."""
    turn = np.searchsorted(group.start, at, side="right") - 1
    before = group.start[np.maximum(turn - 1, 0)] + group.rank[at]
    eve = np.where((turn > 0)[:, None], one.ahead[before], group.prior[group.rank[at]])
    pair = eve[:, :, None] * one.move[at] * one.back[at][:, None, :]
    return np.asarray(pair / np.maximum(pair.sum(axis=(1, 2), keepdims=True), _TINY))


def _within(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … within each of these many."""
    ends = np.cumsum(count)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count)
