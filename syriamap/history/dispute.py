"""
Where the stories of the sides part.

In come the pieces of the country with what each side's story makes of them, out go those in
dispute. A story is the map made ``according_to`` a side (:mod:`syriamap.control.stories`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.history.atoms import Atoms
    from syriamap.theater.folder import Theater

__all__ = ["in_dispute", "split_atoms"]


def split_atoms(atoms: Atoms, days: int) -> list[Atoms]:
    """
    Pieces of several stories, each of so many days, as one :class:`Atoms` per story.

    Parameters
    ----------
    atoms
        Pieces over the days of the first story, then those of the second, and so on.
    days
        Days of each story.
    """
    return [
        replace(atoms, history=atoms.history[:, at : at + days], area=atoms.area[:, at : at + days])
        for at in range(0, atoms.history.shape[1], days)
    ]


def in_dispute(stories: list[Atoms], theater: Theater) -> NDArray[np.bool_]:
    """
    Pieces that two stories give to actors of different sides, for each day, (A, D).

    Parameters
    ----------
    stories
        The same pieces as each side's sources tell them.
    theater
        Gives the side of an actor.

    Notes
    -----
    A story that leaves a piece to nobody disputes nothing there.
    """
    numbers: dict[str, int] = {}
    side = np.array(
        [
            numbers.setdefault(theater.side_of(actor), len(numbers)) if actor else -1
            for actor, *_ in stories[0].states
        ]
    )
    told = np.stack([side[one.history] for one in stories])
    named = np.where(told < 0, len(numbers), told)
    return np.asarray((told.max(axis=0) >= 0) & (named.min(axis=0) != told.max(axis=0)))
