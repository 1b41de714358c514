"""
Groups of chains: places with equally many local states, and all that their changes depend on.

:mod:`syriamap.control.timeline.chains` lays them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.timeline.engine_settings import LIMITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Forced", "Group", "LateComers"]


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
class LateComers:
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
        share = -np.expm1(-np.arange(np.ceil(LIMITS.entered * self.days) + 1.0) / self.days)
        age = self.day[part, None] - self.born[rank]
        most, whole = len(share) - 1, self.share[rank]
        had = whole * share[np.clip(age - self.gap[part, None], 0, most)]
        has = whole * share[np.clip(age, 0, most)]
        has -= had
        has /= np.subtract(1.0, had, out=had)
        return np.asarray(has)


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
    late: LateComers
    alive: NDArray[np.bool_]
    evidence: tuple[NDArray[np.int64], NDArray[np.float64]]
    forced: tuple[Forced, ...]
    prior: NDArray[np.float64]
