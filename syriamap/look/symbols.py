"""
Colors and patterns of the map: one definition, ``patterns.json``, for page, figure and export.

A pattern is a tile: its size in CSS pixels and a path of the SVG commands ``M L Q C Z``, absolute.
The hatch of contested areas is the only one with lines at 45 degrees; no actor has it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

__all__ = [
    "BAND",
    "BANDED",
    "JOINT",
    "OWN_LOOK",
    "POCKET",
    "definition",
    "ink",
    "is_dark",
    "mix",
    "shade",
    "tile_commands",
]

JOINT = "joint_control"
"""Reason code, and doubt, of what claims give to two sides together."""

BAND = "front_band"
"""Doubt of ground between two sides, too close to call."""

POCKET = "unconfirmed_pocket"
"""Reason code, and doubt, of a place whose claims everything around it speaks against."""

OWN_LOOK = (JOINT, BAND, POCKET)
"""Doubts that contested ground shows by a look of their own, not by the hatch of conflict."""

BANDED = frozenset({JOINT, BAND})
"""Those of them that are drawn as bands of the leading side's color."""

_COMMAND = re.compile(r"([MLQCZ])([^MLQCZ]*)")


@cache
def definition() -> dict[str, Any]:
    """Read the definition: `nobody`, `held` and `contested` opacity, `base`, `hatch`, `tiles`."""
    text = resources.files("syriamap.look").joinpath("patterns.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def shade(status: str, doubt: str) -> str:
    """
    Tell how ground is drawn: by its status, or by its doubt where that has a look of its own.

    >>> shade("contested", "front_band"), shade("contested", "evidence"), shade("held", "")
    ('front_band', 'contested', 'held')
    """
    return doubt if status == "contested" and doubt in OWN_LOOK else status


def tile_commands(path: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """
    Split a tile's path into commands and points.

    >>> tile_commands("M0 1L2 3Z")
    [('M', [(0.0, 1.0)]), ('L', [(2.0, 3.0)]), ('Z', [])]
    """
    found = []
    for letter, rest in _COMMAND.findall(path):
        numbers = [float(text) for text in rest.replace(",", " ").split()]
        found.append((letter, list(zip(numbers[::2], numbers[1::2], strict=True))))
    return found


def _channels(color: str) -> list[int]:
    return [int(color[start : start + 2], 16) for start in (1, 3, 5)]


def mix(color: str, other: str, share: float) -> str:
    """
    Move a color toward another.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{int(one + (to - one) * share + 0.5):02x}" for one, to in pairs)


def is_dark(color: str) -> bool:
    """Tell whether dark lines would not show on a color."""
    red, green, blue = _channels(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 90


def ink(color: str) -> str:
    """Color of a pattern's lines: it shows on the fill and stays quiet."""
    return mix(color, "#ffffff", 0.55) if is_dark(color) else mix(color, "#000000", 0.38)
