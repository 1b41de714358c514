"""What a sentence gave: rows of drafts, and what those after it may speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Kept", "Outcome", "Row"]

_ACTOR, _DAY, _CERTAINTY = 5, 8, 11
"""Where these stand among the fields of a row."""

_MOST_KEPT = 4_000
"""Sentences whose reading is kept, for when they come again."""


class Row(NamedTuple):
    """A draft before it has a document: span from the sentence's start, fields, and the last."""

    start: int
    end: int
    fields: tuple[Any, ...]
    place_note: str = ""
    proposal: bool = False

    @property
    def actor(self) -> str:
        """Who does it."""
        return str(self.fields[_ACTOR])

    @property
    def day(self) -> str:
        """The day of it, empty where none is told."""
        return str(self.fields[_DAY])

    @property
    def certainty(self) -> str:
        """How certain it is told."""
        return str(self.fields[_CERTAINTY])


class Outcome(NamedTuple):
    """What a sentence gave: rows; actors, places and day for the memory; what it abstained at."""

    rows: list[Row]
    actors: list[str]
    places: list[Mention]
    abstained: str
    told_day: str = ""
    taker: str = ""
    voice: str = ""
    called: tuple[tuple[str, str], ...] = ()
    sides: tuple[str, ...] = ()


class Kept(dict[tuple[Any, ...], Outcome]):
    """Sentences read before, by their words and by what their reading depends on."""

    def keep(self, key: tuple[Any, ...], outcome: Outcome) -> None:
        """Keep an outcome; when there are too many, all others go."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[key] = outcome
