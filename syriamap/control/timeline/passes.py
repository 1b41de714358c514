"""
Forward and backward, in rounds between which neighbors hear of one another: the chains solved.

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

from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.hearing import Hearing, Pass
from syriamap.control.timeline.ragged import within
from syriamap.control.timeline.unheard import moved, unheard_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.chains import Chains
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.groups import Forced, Group
    from syriamap.control.timeline.hearing import Heard, Told
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.scene import Scene

__all__ = ["Coupling", "Posteriors", "posteriors_beside", "posteriors_of"]


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
        which = np.repeat(self.begin[steps], count) + within(count)
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
    states = np.arange(chance.shape[1], dtype=np.min_scalar_type(chance.shape[1]))
    state = np.broadcast_to(states, there.shape)[there]
    leader = np.full(len(chance), -1, dtype=np.int64)
    for first in range(0, len(chance) if chance.shape[1] > 1 else 0, LIMITS.positions):
        named = chance[
            first : first + LIMITS.positions, :-1
        ]  # the search for the likeliest copies it
        leader[first : first + LIMITS.positions] = np.where(
            named.max(axis=1) > 0, named.argmax(axis=1), -1
        )
    return Posteriors(chance[there], state, begin, chance.shape[1], leader, heard, coupling)


@dataclass(frozen=True)
class Coupling:
    """What neighbors told one another in the last round, and who followed whom."""

    told: Told | None
    heirs: _Heirs


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
    hearing, heirs = Hearing(chains, lattice, scene), _Heirs(chains, lattice, scene)
    room = _Room(chains.groups, len(lattice.place), scene.lives.rest + 1)
    stands = _stands(chains.groups)
    said = np.zeros(len(lattice.place))
    told: Told | None = None
    size = sum(group.alive.size for group in chains.groups)
    kept = [unheard_of(one) for one in chains.groups] if size <= LIMITS.kept_states else []
    for sweep in range(round(scene.settings.sweeps), -1, -1):
        changes = hearing.round()
        for number, group in enumerate(chains.groups):
            made = room.of(group)
            (kept[number] if kept else unheard_of(group)).into(made.move)
            news = told.of(number) if told else None
            _add_news(made, group, news, scene.settings)
            if news is not None and not sweep:
                said[group.step[news.at]] = news.change.sum(axis=2).max(axis=1)
            del news  # it is as large as all changes
            _pass(made, group, heirs)
            if sweep:
                changes.add(number, made)
            _note(made, stands[number])
        sheet = room.sheet(chains.groups, stands)
        heirs.ask(sheet[:-1])
        if sweep:
            told = None  # before the next one is made: each is large
            told = changes.told(sheet)
    del kept, stands
    hearing.listed = None  # what rounds have in common
    return _found(sheet[:-1], said, Coupling(told, heirs))


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
    room = _Room(chains.groups, len(lattice.place), scene.lives.rest + 1)
    stands = _stands(chains.groups)
    for number, group in enumerate(chains.groups):
        news = coupling.told.of(number) if coupling.told else None
        made = room.of(group)
        unheard_of(group).into(made.move)
        _add_news(made, group, news, scene.settings)
        _pass(made, group, coupling.heirs)
        _note(made, stands[number])
    return _found(room.sheet(chains.groups, stands)[:-1], known.heard, coupling)


def _stands(groups: tuple[Group, ...]) -> list[NDArray[np.float64]]:
    """Where the chances of the local states of all groups are kept, one after the other."""
    ends = np.cumsum([group.alive.size for group in groups], dtype=np.int64)
    every = np.split(np.empty(ends[-1] if len(ends) else 0), ends[:-1])
    return [one.reshape(group.alive.shape) for one, group in zip(every, groups, strict=False)]


def _note(made: Pass, stand: NDArray[np.float64]) -> None:
    """Put the chance of each local state where it is kept, (E, K)."""
    np.multiply(made.ahead, made.back, out=stand)
    stand /= np.maximum(np.einsum("ek->e", stand), LIMITS.tiny)[:, None]


class _Room:
    """
    Where the passes of all groups are worked out, one after the other in the same memory.

    Memory that is asked for anew in each round is emptied by the system each time, which takes
    longer than what is done in it. Between two rounds, when no pass stands in it, it takes the
    sheet of all steps.

    Parameters
    ----------
    groups
        All of them.
    steps, states
        How many there are, E and S + 1.
    """

    def __init__(self, groups: tuple[Group, ...], steps: int, states: int) -> None:
        self._shape = steps + 1, states
        size = max((_size(group) for group in groups), default=0)
        self._cells = np.empty(max(size, (steps + 1) * states))

    def of(self, group: Group) -> Pass:
        """Room for the passes of a group, until somebody else asks."""
        shape, size = group.alive.shape, group.alive.size
        ahead, back = self._cells[: 2 * size].reshape(2, *shape)
        move = self._cells[2 * size : _size(group)].reshape(*shape, shape[1])
        return Pass(move, ahead, back)

    def sheet(
        self, groups: tuple[Group, ...], stands: list[NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """
        Chance of each state at each step and a last row of none, (E + 1, S + 1).

        Parameters
        ----------
        groups
            All of them.
        stands
            Chance of each local state at each position of theirs, (E, K).
        """
        rows, states = self._shape
        cells = self._cells[: rows * states]
        cells.fill(0.0)
        for group, stand in zip(groups, stands, strict=True):
            # what is of no state stands before *somebody else*, who is written over it
            state = np.where(group.states < 0, states - 1, group.states)
            for begin in range(0, len(stand), LIMITS.positions):
                part = slice(begin, begin + LIMITS.positions)
                at = group.step[part, None] * np.int64(states)
                cells[at + state[group.rank[part]]] = stand[part]
        return cells.reshape(rows, states)


def _size(group: Group) -> int:
    """How many numbers the passes of a group are."""
    return int(group.alive.size * (group.alive.shape[1] + 2))


class _Heirs:
    """To whom the surroundings point where an actor ended without a successor."""

    def __init__(self, chains: Chains, lattice: Lattice, scene: Scene) -> None:
        self.lattice, self.around, self.lives = lattice, scene.around, scene.lives
        self.settings = scene.settings
        self.turns = sorted(
            {one.day for group in chains.groups for one in group.forced if one.open.any()}
        )
        self.before: dict[int, NDArray[np.float64]] = {}
        self.found: dict[int, NDArray[np.float64]] = {}

    def ask(self, chance: NDArray[np.float64]) -> None:
        """Note how all places stand before each end of an actor; it is worked out when needed."""
        everyone = np.arange(len(self.around.xy))
        for turn in self.turns:
            self.before[turn] = chance[self.lattice.steps_at(everyone, turn - 1)]
        self.found.clear()

    def _after(self, turn: int) -> NDArray[np.float64]:
        """Who lives on around each place after the end of an actor."""
        if turn not in self.found:
            self.found[turn] = self._around(self.before[turn], turn)
        return self.found[turn]

    def _around(self, chance: NDArray[np.float64], turn: int) -> NDArray[np.float64]:
        """Harmonic function of the states that are sure and live; far from all, somebody else."""
        import scipy.sparse as sp
        from scipy.sparse.linalg import splu

        count = len(self.around.xy)
        alive = self.lives.alive(turn)
        alive[-1] = False
        living = chance * alive
        sure = np.clip(living.max(axis=1, initial=0.0), 0.0, self.settings.sure_around)
        clamp = np.where(sure > 0.5, sure**2 / (1.0 - sure), 0.0)
        rows = np.repeat(np.arange(count), self.around.near.shape[1])
        pull = sp.csr_matrix(
            (self.around.pull.ravel(), (rows, self.around.near.ravel())), shape=(count, count)
        )
        pull = pull + pull.T
        total = pull.sum()
        pull = pull * (count / total) if total else pull
        weights = np.asarray(pull.sum(axis=1)).ravel() + clamp + self.settings.far_around
        shares = living / np.maximum(living.sum(axis=1, keepdims=True), 1e-9)
        target = clamp[:, None] * shares
        target[:, -1] += self.settings.far_around
        matrix = (sp.diags(weights) - pull).tocsc()
        factors = splu(
            matrix, "MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
        solved = factors.solve(target)
        solved = np.clip(solved, 1e-12, None)
        return np.asarray(solved / solved.sum(axis=1, keepdims=True))

    def local(self, one: Forced, group: Group) -> NDArray[np.float64]:
        """Chance of each local state, (m, K); before anybody was asked, all alike."""
        rank = group.rank[one.at]
        states = group.states[rank]
        if one.day not in self.before:
            chance = np.ones(states.shape)
        else:
            table = self._after(one.day)[group.places[rank]]
            chance = np.take_along_axis(table, np.maximum(states, 0), axis=1)
        chance = chance * group.alive[one.at]
        return np.asarray(chance / np.maximum(chance.sum(axis=1, keepdims=True), LIMITS.tiny))


def _add_news(made: Pass, group: Group, news: Heard | None, settings: TimeSettings) -> None:
    """Add what neighbors tell to the changes of a group."""
    if news is None:
        return
    for begin in range(0, len(news.at), LIMITS.positions):  # as large as all changes
        at = news.at[begin : begin + LIMITS.positions]
        change = settings.contagion * news.change[begin : begin + LIMITS.positions]
        change += made.move[at]
        made.move[at] = moved(change, group.alive[at])


def _pass(made: Pass, group: Group, heirs: _Heirs) -> None:
    """Forward and backward through all chains of a group, whose changes are in `made.move`."""
    move = made.move
    for one in group.forced:
        passing = one.known + one.open[:, :, None] * heirs.local(one, group)[:, None, :]
        move[one.at] = passing @ move[one.at]
    at, factor = group.evidence
    move[at] *= factor
    _forward(group, move, made.ahead)
    _backward(group, move, made.back)


def _forward(group: Group, move: NDArray[np.float64], ahead: NDArray[np.float64]) -> None:
    now = group.prior
    for begin, end in zip(group.start[:-1].tolist(), group.start[1:].tolist(), strict=True):
        now = np.matmul(now[: end - begin, None, :], move[begin:end])[:, 0]
        now /= np.maximum(np.einsum("ek->e", now), LIMITS.tiny)[:, None]
        ahead[begin:end] = now


def _backward(group: Group, move: NDArray[np.float64], back: NDArray[np.float64]) -> None:
    bounds = group.start.tolist()
    if len(bounds) > 1:
        back[bounds[-2] :] = 1.0
    for turn in range(len(bounds) - 2, 0, -1):
        begin, end = bounds[turn], bounds[turn + 1]
        now = np.matmul(move[begin:end], back[begin:end, :, None])[:, :, 0]
        now /= np.maximum(np.einsum("ek->e", now), LIMITS.tiny)[:, None]
        before = bounds[turn - 1]
        back[before : before + end - begin] = now
        back[before + end - begin : begin] = 1.0  # chains that end there
