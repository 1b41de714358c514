"""What the sentences before have spoken of: actors, places, and who took them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from syriamap.extraction.places.mention import Mention

__all__ = ["Memory"]

_SMALL = frozenset({"village", "hamlet"})
"""Kinds of places that nobody calls a city."""
_UNREAD = 200
"""Sentences passed over that are still searched for what a pronoun means."""


@dataclass
class Memory:
    """
    What the sentences before have spoken of.

    Attributes
    ----------
    actors
        Actor ids, the last one last.
    places
        Places that claims were made about, the last one last.
    holder
        The actor that loses a place when no one else is named.
    seek
        Finds the last actor of a sentence that was passed over.
    unread
        Spans of the sentences passed over since an actor was named.
    asked
        Whether anybody has asked.
    states
        Actors that have the army of a state.
    taker
        The actor that took or entered a place last.
    sides
        The two actors that were last told to fight each other.
    voice
        The actor whose speech said "our" last.
    called
        Noun → the actor whose name ended with it last.
    day
        ISO day of publication.
    undone
        A verb of the sentence that is being read which reaches a place and is nobody's deed.
    """

    actors: list[str] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    holder: str = ""
    seek: Callable[[tuple[int, int]], str] | None = None
    unread: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=_UNREAD))
    asked: bool = False
    states: frozenset[str] = frozenset()
    taker: str = ""
    sides: tuple[str, ...] = ()
    voice: str = ""
    called: dict[str, str] = field(default_factory=dict)
    day: str = ""
    undone: str = ""

    def last_called(self, noun: str) -> str:
        """Give the actor whose name ended last with a noun: "factions" for "B factions"."""
        self.asked = True
        return self.called.get(noun, "")

    def last_taker(self) -> str:
        """Give the actor that took or entered a place last."""
        self.asked = True
        return self.taker

    def last_sides(self) -> tuple[str, ...]:
        """Give the two actors that were last told to fight each other."""
        self.asked = True
        return self.sides

    def last_voice(self) -> str:
        """Give the actor whose speech said "our" last."""
        self.asked = True
        return self.voice

    def actor(self, but: frozenset[str] = frozenset()) -> str:
        """Give the actor that was named last; sentences passed over are read for it now."""
        self.asked = True
        while self.unread and self.seek is not None:
            found = self.seek(self.unread.pop())
            if found:
                self.actors.append(found)
                self.unread.clear()
        return next((one for one in reversed(self.actors) if one not in but), "")

    def last_two(self) -> list[Mention]:
        """Give the last two places that claims were made about."""
        self.asked = True
        return self.places[-2:]

    def place(self, kinds: frozenset[str] = frozenset()) -> Mention | None:
        """Give the place of the last claim; the last one of some kinds where there is one."""
        self.asked = True
        if not self.places:
            return None
        last = self.places[-1]
        alike = next((one for one in reversed(self.places) if one.kind in kinds), None)
        return alike or (None if "city" in kinds and last.kind in _SMALL else last)
