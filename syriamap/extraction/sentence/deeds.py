"""
A deed that a sentence tells of: who does what where, by which words.

What patterns and parse find, and what is asked how certain it is, by whom it is told and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Event"]


class Event(NamedTuple):
    """
    One actor, one relation, one place, and the words that say so.

    Attributes
    ----------
    actor, relation, place, against
        As in a claim; the place as it stands in the text.
    frame
        Name of the frame.
    trigger
        Number of the item that holds the verb or noun.
    rule
        Which pattern found it.
    distance
        "six miles from", empty when there is none.
    """

    actor: str
    relation: str
    place: Mention
    against: str
    frame: str
    trigger: int
    rule: str
    distance: str = ""
