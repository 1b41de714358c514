"""
What places hear of one another between two rounds of passes.

In come the passes of a round, group after group, each forgotten once its changes are noted; out
comes :class:`Told`, which gives a group the chances of change that its neighbors' changes make.
News is never listed with all who hear it: of many claims that list would fill the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.ragged import portions, within
from syriamap.control.timeline.silence import SilentNeighbors

if TYPE_CHECKING:
    from collections.abc import Iterator

    import scipy.sparse as sp
    from numpy.typing import NDArray

    from syriamap.control.timeline.chains import Chains
    from syriamap.control.timeline.groups import Group
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.scene import Scene

__all__ = ["Heard", "Hearing", "Pass", "Told"]


@dataclass
class Pass:
    """Forward and backward values of one group, and its transitions with the evidence in them."""

    move: NDArray[np.float64]
    ahead: NDArray[np.float64]
    back: NDArray[np.float64]


@dataclass(frozen=True)
class Heard:
    """Positions of a group at which neighbors' changes are heard, and the chances, (m, K, K)."""

    at: NDArray[np.int64]
    change: NDArray[np.float64]


@dataclass(frozen=True)
class _Flips:
    """Changes of places with news: which news, from and to which state, how likely."""

    news: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    chance: NDArray[np.float64]


@dataclass(frozen=True)
class _Spread:
    """Changes where they are heard: step, from and to which local state, how likely, weighed."""

    step: NDArray[np.int32]
    source: NDArray[np.int16]
    target: NDArray[np.int16]
    value: NDArray[np.float64]

    def of(self, mine: NDArray[np.int64]) -> _Spread:
        """Some of them."""
        return _Spread(self.step[mine], self.source[mine], self.target[mine], self.value[mine])


@dataclass(frozen=True)
class _Edges:
    """Who hears: which of the news asked about, at which step, and what it counts there."""

    which: NDArray[np.int64]
    step: NDArray[np.int64]
    weight: NDArray[np.float64]


class Hearing:
    """
    Who hears of which news, and when.

    Parameters
    ----------
    chains, lattice
        What is solved.
    scene
        Gives neighbors and settings.

    Attributes
    ----------
    listed
        All news with all who hear it; nothing where that fills the memory.
    """

    def __init__(self, chains: Chains, lattice: Lattice, scene: Scene) -> None:
        self.chains, self.lattice = chains, lattice
        self.settings, self.states = scene.settings, scene.lives.rest + 1
        self.silent = SilentNeighbors(lattice, scene.around, scene.settings)
        self.lags = [one for one in scene.settings.lags if one[1]]
        self.source = lattice.place[lattice.acted]
        self.when = lattice.day[lattice.acted]
        self.group_of = chains.group[self.source]
        self.hearers = _hearers(scene)
        number = np.diff(self.hearers.indptr)[self.source] * len(self.lags)
        # here, and not when first asked for: the memory that it is made in is that of the passes
        self.listed = _Listed(self, number) if number.sum() <= LIMITS.pairs else None

    def round(self) -> _Round:
        """Begin to note the changes of a round."""
        return _Round(self)

    def edges(self, news: NDArray[np.int64], hearers: sp.csr_matrix) -> _Edges:
        """Give some news with all who hear it, in the order of the news, where they have a step."""
        source = self.source[news]
        number = np.diff(hearers.indptr)[source]
        which = np.repeat(np.arange(len(news)), number)
        at = np.repeat(hearers.indptr[source], number) + within(number)
        place, pull = hearers.indices[at].astype(np.int64), hearers.data[at]
        day = self.when[news][which]
        lags = np.array([lag for lag, _ in self.lags], dtype=np.int64)
        share = np.array([one for _, one in self.lags])
        step = self.lattice.exact(np.repeat(place, len(lags)), (day[:, None] + lags).ravel())
        own = np.flatnonzero(step >= 0)
        weight = (pull[:, None] * share).ravel()[own]
        return _Edges(np.repeat(which, len(lags))[own], step[own], weight)

    def hearers_in(self, number: int) -> sp.csr_matrix:
        """Give those who look at each source and are of a group."""
        import scipy.sparse as sp

        everyone = self.hearers
        own = self.chains.group[everyone.indices] == number
        begin = np.concatenate([[0], np.cumsum(own)])[everyone.indptr]
        return sp.csr_matrix(
            (everyone.data[own], everyone.indices[own], begin), shape=everyone.shape
        )

    def batches(self, news: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """News, so much at a time as is not heard by too many."""
        number = np.diff(self.hearers.indptr)[self.source[news]] * max(len(self.lags), 1)
        return portions(news, number, LIMITS.pairs)


class _Listed:
    """
    All news with all who hear it: what rounds have in common.

    Parameters
    ----------
    hearing
        Who hears.
    number
        By how many each piece of news is heard.

    Attributes
    ----------
    begin
        Where those who hear each piece of news begin, (A + 1,).
    step, weight
        Steps that hear it, and what it counts there.
    hears
        The same by steps, (E, A).
    """

    def __init__(self, hearing: Hearing, number: NDArray[np.int64]) -> None:
        import scipy.sparse as sp

        edges = hearing.edges(np.arange(len(number)), hearing.hearers)
        self.begin = np.searchsorted(edges.which, np.arange(len(number) + 1))
        self.step = edges.step.astype(np.int32)
        self.weight = edges.weight
        shape = len(hearing.lattice.place), len(number)
        self.hears = sp.csr_matrix((edges.weight, (self.step, edges.which)), shape=shape)

    def of(self, news: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of some news, and where in the list, for each who hears it."""
        count = np.diff(self.begin)[news]
        at = np.repeat(self.begin[news], count) + within(count)
        return np.repeat(np.arange(len(news)), count), at


def _hearers(scene: Scene) -> sp.csr_matrix:
    """Source → who looks at it, ascending, and how much that counts."""
    import scipy.sparse as sp

    count = len(scene.around.xy)
    hearer, rank = np.nonzero(scene.around.pull > scene.settings.least_pull)
    source, pull = scene.around.near[hearer, rank], scene.around.pull[hearer, rank]
    order = np.argsort(source, kind="stable")
    begin = np.searchsorted(source[order], np.arange(count + 1))
    return sp.csr_matrix((pull[order], hearer[order], begin), shape=(count, count))


class _Round:
    """
    Changes that a round of passes finds, noted group after group.

    Parameters
    ----------
    hearing
        Who hears of them.
    """

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.stay = np.zeros((len(hearing.source), hearing.states))
        self.sure = np.zeros(len(hearing.lattice.place))
        self.found: list[_Flips] = []

    def add(self, number: int, made: Pass) -> None:
        """Note what a group has changed, and how far each state was kept there."""
        hearing, group = self.hearing, self.hearing.chains.groups[number]
        self.sure[group.step] = _sure(group, made.back)
        mine = np.flatnonzero(hearing.group_of == number)
        steps = hearing.lattice.acted[mine]
        at = hearing.chains.positions(number, steps, hearing.lattice)
        pair = _pairs(group, made, at)
        states = group.states[group.rank[at]]
        rows, columns = np.nonzero(states >= 0)
        own = np.arange(pair.shape[1])
        self.stay[mine[rows], states[rows, columns]] = pair[:, own, own][rows, columns]
        pair[:, own, own] = 0.0
        pair[:, -1, :] = pair[:, :, -1] = 0.0
        row, one, other = np.nonzero(pair > hearing.settings.least_flip)
        value = pair[row, one, other]
        self.found.append(_Flips(mine[row], states[row, one], states[row, other], value))

    def told(self, stand: NDArray[np.float64]) -> Told:
        """
        Give what all steps hear of it.

        Parameters
        ----------
        stand
            Chance of each state at each step, as the round has found it, and a last row of none,
            (E + 1, S + 1); it is written over.
        """
        hearing = self.hearing
        none = np.empty(0, dtype=np.int64)
        flips = _Flips(
            np.concatenate([none, *(one.news for one in self.found)]),
            np.concatenate([none, *(one.source for one in self.found)]),
            np.concatenate([none, *(one.target for one in self.found)]),
            np.concatenate([np.empty(0), *(one.chance for one in self.found)]),
        )
        steps = self._who_hears(np.unique(flips.news))
        kept = self._kept(steps)
        if hearing.settings.hindsight:
            hearing.silent.kept(steps, self.sure, stand, kept)
        return Told(hearing, flips, steps, kept)

    def _who_hears(self, news: NDArray[np.int64]) -> NDArray[np.int64]:
        """Steps that hear any of some news, ascending."""
        lattice, listed = self.hearing.lattice, self.hearing.listed
        hears = np.zeros(len(lattice.place), dtype=bool)
        if listed is not None:
            hears[listed.step[listed.of(news)[1]]] = True
            return np.flatnonzero(hears)
        for part in self.hearing.batches(news):
            edges = self.hearing.edges(part, self.hearing.hearers)
            hears[edges.step] = True
        return np.flatnonzero(hears)

    def _kept(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """How far neighbors with news are known to have been kept, by state, (m, S + 1)."""
        import scipy.sparse as sp

        hearing, lattice = self.hearing, self.hearing.lattice
        if hearing.listed is not None:
            return np.asarray(hearing.listed.hears[steps] @ self.stay)
        kept = np.zeros((len(steps), hearing.states))
        if not len(steps):
            return kept
        place, day = lattice.place[steps], lattice.day[steps]
        by_day = np.argsort(day, kind="stable")
        sorted_days = day[by_day]
        earlier, later = (pick(lag for lag, _ in hearing.lags) for pick in (min, max))
        for news in self._ranges():
            when = hearing.when[news]
            low, high = int(when.min()) + earlier, int(when.max()) + later
            begin, end = np.searchsorted(sorted_days, [low, high + 1])
            rows = np.sort(by_day[begin:end])
            if not len(rows):
                continue
            sheet = np.full((len(lattice.first) - 1, high - low + 1), -1, dtype=np.int32)
            sheet[place[rows], day[rows] - low] = np.arange(len(rows))
            edges = hearing.edges(news, hearing.hearers)
            at = sheet[lattice.place[edges.step], lattice.day[edges.step] - low]
            own = np.flatnonzero(at >= 0)
            heard = sp.csr_matrix(
                (edges.weight[own], (at[own], edges.which[own])), shape=(len(rows), len(news))
            )
            kept[rows] += np.asarray(heard @ self.stay[news])
        return kept

    def _ranges(self) -> Iterator[NDArray[np.int64]]:
        """All news, some days at a time; in the order of news."""
        hearing = self.hearing
        if not len(hearing.when):
            return
        number = np.diff(hearing.hearers.indptr)[hearing.source] * len(hearing.lags)
        low = int(hearing.when.min())
        edges = np.bincount(hearing.when - low, number)
        cells = np.full(len(edges), len(hearing.lattice.first) - 1)
        part = np.maximum(np.cumsum(edges), np.cumsum(cells) / LIMITS.sheet_share) // LIMITS.pairs
        part_of = part[hearing.when - low]
        order = np.argsort(part_of, kind="stable")
        cuts = np.flatnonzero(np.diff(part_of[order])) + 1
        yield from np.split(order, cuts)


@dataclass(frozen=True)
class Told:
    """
    What all steps hear of the changes of a round.

    Attributes
    ----------
    hearing
        Who hears of which news.
    flips
        The changes.
    steps, kept
        Steps that hear of any, ascending, and how far their neighbors were kept, (m, S + 1).
    """

    hearing: Hearing
    flips: _Flips
    steps: NDArray[np.int64]
    kept: NDArray[np.float64]

    def of(self, number: int) -> Heard | None:
        """
        Chance of each change at each step of a group that its neighbors' changes give.

        Parameters
        ----------
        number
            Of the group.
        """
        hearing, chains, lattice = self.hearing, self.hearing.chains, self.hearing.lattice
        group = chains.groups[number]
        mine = np.flatnonzero(chains.group[lattice.place[self.steps]] == number)
        if not len(mine):
            return None
        slot = np.full(len(lattice.place), -1, dtype=np.int32)
        slot[self.steps[mine]] = np.arange(len(mine))
        width = group.states.shape[1]
        total: NDArray[np.float64] | None = None
        for spread in self._spread(number):
            row = slot[spread.step].astype(np.int64)
            flat = (row * width + spread.source) * width
            flat += spread.target
            more = np.bincount(flat, spread.value, len(mine) * width * width).astype(
                np.float64, copy=False
            )
            if total is None:
                total = more
            else:
                total += more
            del more  # it is as large as all changes
        if total is None:
            return None
        total = total.reshape(-1, width, width)
        heard = np.einsum("eij->e", total) > 0.0
        if not heard.all():
            mine, total = mine[heard], total[heard]
        if not len(mine):
            return None
        at = chains.positions(number, self.steps[mine], lattice)
        states = group.states[group.rank[at]]
        stayed = np.take_along_axis(self.kept[mine], np.maximum(states, 0), axis=1)
        doubt = np.einsum("eij->ei", total) + stayed + hearing.settings.stubborn
        total /= doubt[:, :, None]
        return Heard(at, total)

    def _spread(self, number: int) -> Iterator[_Spread]:
        """The changes where places of a group hear of them, some at a time."""
        if self._whole is not None:
            yield self._whole[number]
            return
        hearers = self.hearing.hearers_in(number)
        for begin in range(0, len(self.flips.news), LIMITS.flips):
            part = np.arange(begin, min(begin + LIMITS.flips, len(self.flips.news)))
            edges = self.hearing.edges(self.flips.news[part], hearers)
            yield self._known(edges.step, part[edges.which], edges.weight)

    @cached_property
    def _whole(self) -> list[_Spread] | None:
        """The changes where the places of each group hear of them, if who hears is listed."""
        chains, listed = self.hearing.chains, self.hearing.listed
        if listed is None:
            return None
        which, at = listed.of(self.flips.news)
        spread = self._known(listed.step[at], which, listed.weight[at])
        group = chains.group[self.hearing.lattice.place[spread.step]]
        own = [np.flatnonzero(group == number) for number in range(len(chains.groups))]
        return [spread.of(mine) for mine in own]

    def _known(
        self, step: NDArray[np.integer[Any]], which: NDArray[np.int64], weight: NDArray[np.float64]
    ) -> _Spread:
        """Changes where they are heard, as far as the place knows both states."""
        place, local = self.hearing.lattice.place[step], self.hearing.chains.local
        source, target = (
            local[place, self.flips.source[which]],
            local[place, self.flips.target[which]],
        )
        own = np.flatnonzero((source >= 0) & (target >= 0))
        value = self.flips.chance[which[own]] * weight[own]
        return _Spread(
            step[own].astype(np.int32),
            source[own].astype(np.int16),
            target[own].astype(np.int16),
            value,
        )


def _sure(group: Group, back: NDArray[np.float64]) -> NDArray[np.float64]:
    """How surely what comes after each step tells its states apart, 0 to 1, (E,)."""
    there = (group.states >= 0).T[:, group.rank]
    each = [back[:, state] * kept for state, kept in enumerate(there)]
    most, total = each[0], each[0]
    for state in each[1:]:
        most, total = np.maximum(most, state), total + state
    even = 1.0 / there.sum(axis=0)
    share = most / np.maximum(total, LIMITS.tiny)
    return np.asarray((share - even) / np.maximum(1.0 - even, 1e-9))


def _pairs(group: Group, one: Pass, at: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance of each pair (evening before, evening) at some positions, (m, K, K)."""
    turn = np.searchsorted(group.start, at, side="right") - 1
    before = group.start[np.maximum(turn - 1, 0)] + group.rank[at]
    eve = np.where((turn > 0)[:, None], one.ahead[before], group.prior[group.rank[at]])
    pair = eve[:, :, None] * one.move[at] * one.back[at][:, None, :]
    return np.asarray(pair / np.maximum(pair.sum(axis=(1, 2), keepdims=True), LIMITS.tiny))
