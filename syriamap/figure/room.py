"""What is still free in a window: signs and names that do not collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.figure.sheet import Box

__all__ = ["Room"]


class Room:
    """
    What is still free in a window.

    Parameters
    ----------
    window
        Nothing may reach over its edge.
    """

    def __init__(self, window: Box) -> None:
        self.window = window
        self._taken: list[Box] = []

    def with_taken(self, boxes: Iterable[Box]) -> Room:
        """Give a room with more taken; this one stays as it is."""
        other = Room(self.window)
        other.take([*self._taken, *boxes])
        return other

    def take(self, boxes: Iterable[Box]) -> None:
        """Keep names clear of boxes."""
        self._taken += boxes

    def is_free(self, box: Box) -> bool:
        """Tell whether a name would fit there."""
        left, bottom, right, top = self.window
        if box[0] < left + 2 or box[1] < bottom + 2 or box[2] > right - 2 or box[3] > top - 2:
            return False
        return all(
            box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            for other in self._taken
        )
