"""
Long lists of whole numbers → text, a few characters each: what makes the page light.

Comes in: the page's data. Goes out: the same data with each long list of numbers as
``{"least", "width", "packed"}`` and the arcs of the topology as one text of variable-length
quantities, as source maps have them, as are the arc numbers of its polygons. `records.js` reads
all back.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["packed_arcs", "packed_data", "packed_numbers", "packed_rings"]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_LONG = 128


def packed_data(data: Any) -> Any:
    """Pack every long list of whole numbers and every topology in the data."""
    if isinstance(data, dict):
        if data.get("type") == "Topology":
            objects = {
                name: {**layer, "geometries": [packed_rings(one) for one in layer["geometries"]]}
                for name, layer in data["objects"].items()
            }
            return {**data, "arcs": packed_arcs(data["arcs"]), "objects": objects}
        return {key: packed_data(value) for key, value in data.items()}
    if isinstance(data, list) and len(data) >= _LONG and all(type(one) is int for one in data):
        packed = packed_numbers(data)
        # One great number among small ones makes the text longer than the list.
        return packed if len(packed["packed"]) < len(str(data).replace(" ", "")) else data
    return data


def packed_numbers(numbers: Sequence[int]) -> dict[str, Any]:
    """
    Pack whole numbers, all in the same width.

    Examples
    --------
    >>> packed_numbers([-1, 0, 61, 62])
    {'least': -1, 'width': 1, 'packed': '01-_'}
    """
    least = min(numbers, default=0)
    width, span = 1, max(numbers, default=0) - least
    while span >= 64**width:
        width += 1
    shifts = range(6 * (width - 1), -1, -6)
    text = "".join(
        _DIGITS[((number - least) >> shift) & 63] for number in numbers for shift in shifts
    )
    return {"least": least, "width": width, "packed": text}


def packed_arcs(arcs: Sequence[Sequence[Sequence[int]]]) -> str:
    """
    Pack arcs of a topology: signed variable-length quantities, a space between arcs.

    Examples
    --------
    >>> packed_arcs([[[0, 1], [-1, 20]], [[0, 0]]])
    '023e1 00'
    """
    return " ".join("".join(_quantity(n) for point in arc for n in point) for arc in arcs)


def packed_rings(geometry: dict[str, Any]) -> Any:
    """
    Pack a (multi)polygon: steps of arc numbers, a space between rings, a bar between polygons.

    Other geometries stay as they are.

    Examples
    --------
    >>> packed_rings({"type": "MultiPolygon", "arcs": [[[3, 4, -2]], [[8], [9]]]})
    '62D|G I'
    """
    if geometry["type"] not in {"Polygon", "MultiPolygon"}:
        return geometry
    arcs = geometry["arcs"]
    polygons = [arcs] if geometry["type"] == "Polygon" else arcs
    return "|".join(" ".join(map(_steps, rings)) for rings in polygons)


def _steps(numbers: Sequence[int]) -> str:
    return "".join(_quantity(b - a) for a, b in itertools.pairwise((0, *numbers)))


def _quantity(number: int) -> str:
    left = -2 * number + 1 if number < 0 else 2 * number
    text = ""
    while True:
        left, digit = left >> 5, left & 31
        text += _DIGITS[digit + 32 if left else digit]
        if not left:
            return text
