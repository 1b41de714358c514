"""What somebody drew on a map: a shape, and all that may say who holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from syriamap.files import one_line

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["MOST_BYTES", "Drawn"]

MOST_BYTES = 100_000_000
"""Bytes that a file of shapes may have, unpacked."""


@dataclass(frozen=True)
class Drawn:
    """
    One feature of a file of shapes.

    Attributes
    ----------
    row
        Its number in the file.
    names
        What may name the holder, in the order in which it is tried.
    shape
        In degrees; None where it has none.
    properties
        All that stands beside it, as text.
    day
        The day that it states, as written.
    kind
        `Point` where it is one in a format whose other shapes are not read.
    """

    row: int
    names: tuple[str, ...]
    shape: BaseGeometry | None
    properties: dict[str, str] = field(default_factory=dict)
    day: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        """Let nothing in that the gate for text would not."""
        object.__setattr__(self, "names", tuple(filter(None, map(one_line, self.names))))
        plain = {one_line(name): one_line(text) for name, text in self.properties.items()}
        object.__setattr__(self, "properties", plain)
        object.__setattr__(self, "day", one_line(self.day))
