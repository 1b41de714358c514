"""
How far an old report can still be trusted while the front moves around it.

In come the beliefs of all places and where they lie, out goes for each place the chance that it
has changed hands since its last report, and to whom. A report fades slowly in a still war and fast
where the places around it fall: the chance is read off what became of the places near it, as in an
occupancy filter whose cells change together. ``docs/control.md`` has the formula and its source;
``benchmarks/hazard.py`` shows how its two main settings were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from baseline.baseline_settings import HazardSettings
from syriamap.control.evidence import NOBODY
from syriamap.theater.settings import own_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from baseline.belief import Belief
    from syriamap.theater.folder import Theater

__all__ = ["Overtaken", "Spot", "hazard_settings", "overtaken_places"]

_KM_PER_DEGREE = 111.2


class Spot(NamedTuple):
    """Where a place lies, in degrees, how big it is, and when it was last seen not to be taken."""

    lat: float
    lon: float
    size: float = 1.0
    seen: int = 0


@dataclass(frozen=True)
class Overtaken:
    """
    Chance that a place has changed hands since its last report.

    Attributes
    ----------
    chance
        0 to 1.
    actor
        Who took most of the places around it.
    day
        The last day on which one of those was taken, days since 1970-01-01.
    claim_ids
        The claims that tell of those, the nearest first.
    """

    chance: float
    actor: str
    day: int
    claim_ids: tuple[str, ...]


def hazard_settings(theater: Theater) -> HazardSettings:
    """
    Settings of a theater: ``hazard_km`` and ``hazard_report`` in ``[engine]``, else the usual ones.

    Parameters
    ----------
    theater
        The theater.
    """
    return own_settings(HazardSettings(), theater.settings, theater.folder / "theater.toml")


def overtaken_places(
    beliefs: Mapping[str, Belief],
    position: Callable[[str], Spot],
    hostile: Callable[[str, str], bool],
    settings: HazardSettings | None = None,
) -> dict[str, Overtaken]:
    """
    Places whose last report the front may have passed since.

    For a place last reported on day t as held by side s, each of the nearest places with later news
    is one observation: *fallen* if it was taken from s, by an enemy, after t; *kept* if it
    was reported as held by s after t. With the weights k(d) the chance is Σk(fallen) / (Σk(fallen)
    + Σk(kept) + `report_worth`), the mean of a Beta posterior whose prior is the report itself.
    A place bigger than the one that fell counts it less, in proportion to their sizes: villages
    fall before the city that they surround.

    Parameters
    ----------
    beliefs
        Place → its belief on the day.
    position
        Place → where it lies and how much it counts.
    hostile
        Whether two sides are enemies on the day.
    settings
        How far news reaches.

    Returns
    -------
    dict
        Only the places with a chance of at least `least`.
    """
    knobs = settings or HazardSettings()
    places = sorted(place for place, belief in beliefs.items() if belief.votes)
    movers = [place for place in places if beliefs[place].taken]
    if len(places) < 2 or not movers:
        return {}
    spots = [position(place) for place in places]
    near, apart = _nearest(spots, knobs.looked_at)
    known = [beliefs[place] for place in places]
    sides = [belief.known_leader() for belief in known]
    # who is advanced upon or struck by an enemy has not lost the place by then
    day = np.array([max(belief.day, spot.seen) for belief, spot in zip(known, spots, strict=True)])
    moved = np.array([belief.since if belief.taken else -1 for belief in known])
    # only places with a mover near can change, and those whose report is older than its fall
    candidates = np.flatnonzero((moved[near] > day[:, None]).any(axis=1))
    news = _News(known, sides, day.tolist(), [spot.size for spot in spots], hostile, knobs)
    found = {
        places[row]: news.chance(row, near[row], apart[row])
        for row in candidates.tolist()
        if sides[row] != NOBODY
    }
    return {place: one for place, one in found.items() if one is not None}


def _nearest(
    spots: Sequence[Spot], looked_at: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows of the nearest other places and how far they are in km, the nearest first."""
    from scipy.spatial import cKDTree

    where = np.array([(spot.lat, spot.lon) for spot in spots])
    stretch = np.cos(np.radians(where[:, 0].mean()))
    plane = np.column_stack([where[:, 0], where[:, 1] * stretch]) * _KM_PER_DEGREE
    count = min(len(spots), looked_at + 1)
    apart, near = cKDTree(plane).query(plane, k=count)
    return np.asarray(near, dtype=np.int64)[:, 1:], np.asarray(apart)[:, 1:]


@dataclass(frozen=True)
class _News:
    """What is known of all places, by row, to be asked about one."""

    known: Sequence[Belief]
    sides: Sequence[str]
    days: Sequence[int]
    sizes: Sequence[float]
    hostile: Callable[[str, str], bool]
    knobs: HazardSettings

    def chance(
        self, row: int, near: NDArray[np.int64], apart: NDArray[np.float64]
    ) -> Overtaken | None:
        """What the nearest places with later news say of one place."""
        told, side = self.days[row], self.sides[row]
        by_actor: dict[str, float] = {}
        claims: list[str] = []
        kept, seen, last = 0.0, 0, told
        for other, distance in zip(near.tolist(), apart.tolist(), strict=True):
            belief, holder = self.known[other], self.sides[other]
            if seen == self.knobs.neighbors:
                break
            if self.days[other] <= told or holder == NOBODY:
                continue
            counts = float(np.exp(-distance / self.knobs.length_km))
            counts *= min(1.0, self.sizes[other] / self.sizes[row])
            if holder == side:
                kept += counts
                seen += 1
            elif (
                belief.taken
                and belief.since > told
                and belief.taken_from in {side, NOBODY}
                and self.hostile(holder, side)
            ):
                actor = belief.actor_of(holder)
                by_actor[actor] = by_actor.get(actor, 0.0) + counts * belief.sides[holder]
                last = max(last, belief.since)
                claims += [vote.claim_id for vote in belief.votes if vote.day == belief.since][:1]
                seen += 1
        fallen = sum(by_actor[actor] for actor in sorted(by_actor))
        chance = fallen / (fallen + kept + self.knobs.report_worth)
        if not by_actor or chance < self.knobs.least:
            return None
        taker = min(by_actor, key=lambda actor: (-by_actor[actor], actor))
        return Overtaken(chance, taker, last, tuple(claims))
