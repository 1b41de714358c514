"""
Who is named at each place and around it: which states a place keeps, and who may take it unheard.

In comes a scene, out come :class:`Mentions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.sayings import origin_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.scene import Scene

__all__ = ["Mentions", "mentions_of"]


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
