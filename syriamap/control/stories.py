"""
Whose story: which sides speak for themselves.

A story is the map made ``according_to`` a side
(:func:`syriamap.control.claimed.control_from_claims`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.claims.speakers import speaker_sides
from syriamap.control.evidence import RELATION_EFFECT

if TYPE_CHECKING:
    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = ["sides_with_sources"]


def sides_with_sources(claims: pd.DataFrame, theater: Theater) -> tuple[str, ...]:
    """
    Sides whose own sources say who holds what, in the theater's order.

    Parameters
    ----------
    claims
        Claims that count.
    theater
        Gives the sides of publishers and speakers.
    """
    told = claims["relation"].map(lambda relation: RELATION_EFFECT.get(relation) != "event")
    speaking = set(speaker_sides(claims[told], theater))
    return tuple(side for side in theater.actors["side"].drop_duplicates() if side in speaking)
