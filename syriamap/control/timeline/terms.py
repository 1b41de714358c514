"""
Since when a place has the holder of a day, and by whom: for whoever puts it in sentences.

In comes a :class:`~syriamap.control.timeline.inferred_days.ThroughTime`, out comes the interval in
which the place changed hands, and which neighbors changed hands then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.timeline.lives import date_of, day_number

if TYPE_CHECKING:
    from datetime import date

    from syriamap.control.timeline.inferred_days import ThroughTime

__all__ = ["NeighborTerm", "PlaceTerms", "place_terms"]


@dataclass(frozen=True)
class NeighborTerm:
    """
    A neighbor that changed hands around the day on which the place did, or about then.

    Attributes
    ----------
    place_id, name
        The neighbor.
    day
        When it changed hands.
    source, target
        From whom to whom: sides, or local actors.
    counts
        How much its news counts at the place, 0 to 1.
    """

    place_id: str
    name: str
    day: date
    source: str
    target: str
    counts: float


@dataclass(frozen=True)
class PlaceTerms:
    """
    Since when the holder of a place on a day holds it, and what the neighbors did then.

    Attributes
    ----------
    neighbors
        Neighbors whose change of hands the place heard of when its holder came, the nearest first.
    heard
        Chance of a change that neighbors alone gave then.
    last_other, first_sure
        The last day on which somebody else led, and the first on which the holder was sure (.9):
        the change lies between them. None where there was no other, or it is not sure.
    """

    neighbors: tuple[NeighborTerm, ...]
    heard: float
    last_other: date | None
    first_sure: date | None


def place_terms(time: ThroughTime, place_id: str, when: date) -> PlaceTerms:
    """
    Terms of one place on a day.

    Parameters
    ----------
    time
        All places on all days.
    place_id
        A place that claims speak of.
    when
        The day.
    """
    row, day = time.scene.rows[place_id], day_number(when)
    lattice = time.lattice
    step = int(lattice.steps_at(np.array([row]), day)[0])
    start, end = (int(bound[0]) for bound in time.run(np.array([step])))
    leader = int(time.leader[step])
    led = time.posteriors.at(np.arange(start, end + 1))[:, leader]
    sure = np.flatnonzero(led >= time.settings.surely)
    first = int(lattice.first[row])
    near = slice(start, min(start + 2, end + 1))
    return PlaceTerms(
        neighbors=_neighbors(time, row, start),
        heard=float(time.posteriors.heard[near].max(initial=0.0)),
        last_other=date_of(int(lattice.day[start - 1])) if start > first else None,
        first_sure=date_of(int(lattice.day[start + sure[0]])) if len(sure) else None,
    )


def _neighbors(time: ThroughTime, row: int, start: int) -> tuple[NeighborTerm, ...]:
    """Neighbors that changed hands within some days of a step."""
    lattice, scene = time.lattice, time.scene
    names, day = [*time.lives.names, ""], int(lattice.day[start])
    found: list[NeighborTerm] = []
    for other, counts in zip(scene.around.near[row], scene.around.pull[row], strict=True):
        steps = np.arange(lattice.first[other] + 1, lattice.first[other + 1])
        close = steps[np.abs(lattice.day[steps] - day) <= time.settings.news_days]
        found += [
            NeighborTerm(
                scene.places[other],
                scene.names[other],
                date_of(int(lattice.day[step])),
                names[time.leader[step - 1]],
                names[time.leader[step]],
                float(counts),
            )
            for step in close[time.leader[close] != time.leader[close - 1]].tolist()
        ]
    return tuple(sorted(found, key=lambda one: (-one.counts, one.place_id, one.day)))
