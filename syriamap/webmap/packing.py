"""
Long lists → text, a few characters each: what makes the page light.

Comes in: the page's data. Goes out: the same data with each long list of whole numbers, of lists of
them or of texts as ``{"~": text}``, whose first character says how it is packed, and the arcs of
the topology and the rings of its polygons as text. `records.js` reads all back.

Numbers are quantities: digits, the least first, of which those below a bound end a number, so that
small numbers are one character, as in source maps. The sign is the lowest bit.
"""

from __future__ import annotations

import itertools
import json
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["DIGITS", "as_text", "packed_arcs", "packed_data", "packed_rings"]

# What JSON, HTML and templates leave as it is, without the signs that stand between numbers.
DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"'&<>\\{|~")
"""The 85 signs that stand for digits."""
_LAST = 71
"""Digits from this one on say that another follows."""
_ON = len(DIGITS) - _LAST
_LONG = 32
_LARGEST = 2**50  # twice that is still a whole number in JavaScript
_BETWEEN = "~|^`\n"
_FIRST_SURROGATE = 0xD800
_LETTERS = {
    letter: DIGITS[n]
    for n, letter in enumerate([*(chr(code) for code in range(0x620, 0x65C)), *"0123456789"])
} | {" ": " "}
"""Letters of Arabic, of two bytes each, and the digits: written as one of the signs above."""


def packed_data(data: Any, *, folded: bool = False) -> Any:
    """
    Pack every long list and every topology in the data.

    Parameters
    ----------
    data
        Plain JSON values.
    folded
        Whether all will be compressed: of the texts that a list can be packed as, the shortest is
        then not always the one that stays shortest.
    """
    if isinstance(data, dict):
        if data.get("type") == "Topology":
            objects = {
                name: {**layer, "geometries": packed_rings(layer["geometries"])}
                for name, layer in data["objects"].items()
            }
            return {**data, "arcs": packed_arcs(data["arcs"]), "objects": packed_data(objects)}
        return {key: packed_data(value, folded=folded) for key, value in data.items()}
    if isinstance(data, list | tuple):
        size = _bytes_folded if folded else _bytes
        packed = _packed(data, size) if len(data) >= _LONG else None
        if packed is not None and _is_shorter(packed, data):
            return {"~": packed}
        return [packed_data(one, folded=folded) for one in data]
    return data


def _is_shorter(packed: str, values: Sequence[Any]) -> bool:
    """Whether a text is shorter than the list as JSON: a few great numbers make a longer one."""
    least = 2 * len(values) + 1  # a sign and what parts it from the next; quotes besides
    if isinstance(values[0], str):
        least += sum(map(len, values)) + len(values)
    return len(packed) < least or len(packed) < len(json.dumps(values, separators=(",", ":")))


def _bytes(text: str) -> int:
    return len(text.encode())


def _bytes_folded(text: str) -> int:
    """About how many bytes of a compressed text this one is."""
    return len(zlib.compress(text.encode("utf-8", "replace"), 6))


def packed_arcs(arcs: Sequence[Sequence[Sequence[int]]]) -> str:
    """
    Pack arcs of a topology: chains with a bar between, in them arcs with a space between.

    An arc begins where the one before it in its chain ended; the first of a chain tells where it
    begins, from the end of the chain before.

    Examples
    --------
    >>> packed_arcs([[[0, 1], [-1, 20]], [[-1, 21], [3, 0]], [[0, 0]]])
    '!$#N *!|%O'
    """
    chains: list[list[str]] = []
    at = (0, 0)
    for (x, y), *moves in arcs:
        text = "".join(_quantity(n) for move in moves for n in move)
        if chains and (x, y) == at:
            chains[-1].append(text)
        else:
            chains.append([_quantity(x - at[0]) + _quantity(y - at[1]) + text])
        at = (x + sum(move[0] for move in moves), y + sum(move[1] for move in moves))
    return "|".join(map(" ".join, chains))


def packed_rings(geometries: Sequence[dict[str, Any]]) -> list[Any]:
    """
    Pack (multi)polygons: a space between rings, a bar between polygons.

    A ring is steps from arc to arc, also from the last of the ring before, twice, and one more
    where the arc runs backwards. Other geometries stay as they are.

    Examples
    --------
    >>> two = {"type": "MultiPolygon", "arcs": [[[3, 4, -2]], [[8], [9]]]}
    >>> packed_rings([two, {"type": "Polygon", "arcs": [[9, -11]]}])
    ['0(-|B (', '!*']
    """
    found: list[Any] = []
    last = 0
    for geometry in geometries:
        if geometry["type"] not in {"Polygon", "MultiPolygon"}:
            found.append(geometry)
            continue
        arcs = geometry["arcs"]
        polygons = []
        for rings in [arcs] if geometry["type"] == "Polygon" else arcs:
            texts = []
            for ring in rings:
                text = ""
                for arc in ring:
                    number = arc if arc >= 0 else -1 - arc
                    text += _quantity(2 * (number - last) + (arc < 0))
                    last = number
                texts.append(text)
            polygons.append(" ".join(texts))
        found.append("|".join(polygons))
    return found


def as_text(packed: bytes) -> dict[str, Any]:
    """
    Write bytes in the signs of base 85, five for four.

    Parameters
    ----------
    packed
        Any bytes; how many there are stands beside the text.

    Examples
    --------
    >>> as_text(b"abcde")
    {'bytes': 5, 'deflate': 'E?Je]FM5c4'}
    """
    words = np.frombuffer(packed + bytes(-len(packed) % 4), dtype=">u4").astype(np.int64)
    digits = np.frombuffer(DIGITS.encode(), dtype=np.uint8)
    powers = 85 ** np.arange(4, -1, -1, dtype=np.int64)
    signs = digits[words[:, None] // powers % 85]
    return {"bytes": len(packed), "deflate": signs.tobytes().decode("ascii")}


def _packed(values: Sequence[Any], size: Callable[[str], int]) -> str | None:
    """The shortest text that a list can be packed as, the first character telling which."""
    kinds = set(map(type, values))
    if all(issubclass(kind, str) for kind in kinds):
        return min(_texts(values), key=size, default=None)
    if _whole(values):
        return _numbers(values, size)
    if all(issubclass(kind, list | tuple) for kind in kinds):
        numbers = list(itertools.chain.from_iterable(values))
        return min(_lists(values, numbers), key=size) if _whole(numbers) else None
    return None


def _lists(values: Sequence[Sequence[int]], numbers: Sequence[int]) -> Iterable[str]:
    """Short lists of numbers, all of them one after the other, and the differences between them."""
    cuts = list(itertools.pairwise(itertools.accumulate(map(len, values), initial=0)))
    array = np.array(numbers, dtype=np.int64)
    for way, told in (("l", array), ("m", np.diff(array, prepend=0))):
        signs = _quantities(told)
        yield way + " ".join("".join(signs[start:end]) for start, end in cuts)


def _numbers(values: Sequence[int], size: Callable[[str], int]) -> str:
    """The shortest way of five; how many signs each would take is known before it is written."""
    array = np.array(values, dtype=np.int64)
    steps = np.diff(array, prepend=0)
    first = np.flatnonzero(np.append(True, array[1:] != array[:-1]))
    counts = np.diff(first, append=len(array))
    least, span = int(array.min()), int(array.max()) - int(array.min())
    width = _width(span)
    lengths = {
        "n": _signs(array),
        "s": _signs(steps),
        "r": _signs(counts) + _signs(array[first]),
        "f": _signs(np.array([least, width])) + width * len(array),
    }

    def written(way: str) -> str:
        if way == "f":
            return "f" + _quantity(least) + _quantity(width) + _fixed(array - least, width)
        if way == "r":
            pairs = np.column_stack([counts, array[first]])
            return "r" + "".join(_quantities(pairs.reshape(-1)))
        return way + "".join(_quantities(told[way]))

    ages = _ages(array)
    told = {"n": array, "s": steps}
    if ages is not None:
        told["o"] = ages
        lengths["o"] = _signs(ages)
    if size is _bytes:
        return written(min(lengths, key=lengths.__getitem__))
    return min(map(written, lengths), key=size)


def _ages(codes: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """
    Codes of values in order of appearance: 0 is a new one, 1 the newest, 2 the one before it.

    None where they are in another order.
    """
    newest = np.maximum.accumulate(codes)
    before = np.concatenate([[-1], newest[:-1]])
    if codes.min() < 0 or (newest > before + 1).any():
        return None
    return np.where(codes > before, 0, before - codes + 1)


def _signs(numbers: NDArray[np.int64]) -> int:
    """How many signs these numbers take as quantities."""
    left = np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)
    total = len(left)
    while len(left := left[left >= _LAST]):
        left = (left - _LAST) // _ON
        total += len(left)
    return total


def _width(span: int) -> int:
    """Digits that the greatest difference takes."""
    width = 1
    while span >= len(DIGITS) ** width:
        width += 1
    return width


def _fixed(differences: NDArray[np.int64], width: int) -> str:
    """Numbers from 0 on in the same width, the lowest digit first."""
    base = len(DIGITS)
    digits = differences[:, None] // base ** np.arange(width, dtype=np.int64) % base
    return str(np.frombuffer(DIGITS.encode(), dtype=np.uint8)[digits].tobytes().decode())


def _whole(values: Sequence[Any]) -> bool:
    if not set(map(type, values)) <= {int}:
        return False
    return not values or (min(values) > -_LARGEST and max(values) < _LARGEST)


def _texts(values: Sequence[str]) -> Iterable[str]:
    """Texts with a sign between that none of them has; then each without what the last began as."""
    signs = set().union(*values)
    between = next((sign for sign in _BETWEEN if sign not in signs), None)
    if between is None:
        return
    yield "t" + between + between.join(values)
    if signs <= _LETTERS.keys():
        yield "a" + "|".join("".join(map(_LETTERS.__getitem__, one)) for one in values)
    if between in DIGITS:
        return
    rests = [DIGITS[n] + one[n:] for n, one in zip(_shared(values), values, strict=True)]
    yield "p" + between + between.join(rests)


def _shared(values: Sequence[str]) -> list[int]:
    """How many characters each text begins with as the last one does, all of one unit in UTF-16."""
    length = np.array([0, *map(len, values)], dtype=np.int64)
    most = min(int(length.max()), len(DIGITS) - 1)
    if not most:
        return [0] * len(values)
    signs = np.array(["", *values], dtype=f"U{most}").view(np.uint32).reshape(-1, most)
    alike = (signs[1:] == signs[:-1]) & (signs[1:] < _FIRST_SURROGATE)
    begins = np.where(alike.all(axis=1), most, alike.argmin(axis=1))
    found: list[int] = np.minimum(begins, np.minimum(length[1:], length[:-1])).tolist()
    return found


def _quantities(numbers: NDArray[np.int64]) -> list[str]:
    """Each number as a quantity; each different one is written once."""
    different, row = np.unique(numbers, return_inverse=True)
    signs = list(map(_quantity, different.tolist()))
    return list(map(signs.__getitem__, row.tolist()))


@lru_cache(maxsize=1 << 14)
def _quantity(number: int) -> str:
    left = -2 * number - 1 if number < 0 else 2 * number
    text = ""
    while left >= _LAST:
        left, digit = divmod(left - _LAST, _ON)
        text += DIGITS[_LAST + digit]
    return text + DIGITS[left]
