"""Texts as phrases, read as `phrases.js` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from waiting import bytes_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def spoken(table: Mapping[str, Any], block: Mapping[str, Any], count: int) -> list[str]:
    """So many texts of a list, read with the table alone."""
    says = ["", *table["words"]]
    is_last = [True, *[False] * len(table["words"])]
    for left, right in zip(table["left"], table["right"], strict=True):
        says.append(says[left] + says[right])
        is_last.append(is_last[right])
    ordered = sorted((bits, number) for number, bits in enumerate(table["bits"]) if bits)
    codes: dict[tuple[int, int], int] = {}
    code, before = 0, 0
    for bits, number in ordered:
        code <<= bits - before
        codes[bits, code] = number
        code, before = code + 1, bits
    signs = np.unpackbits(np.frombuffer(bytes_of(block), dtype=np.uint8)).tolist()
    found: list[str] = []
    text, held, length = "", 0, 0
    for sign in signs:
        if len(found) == count:
            break
        held, length = 2 * held + sign, length + 1
        number = codes.get((length, held), -1)
        if number >= 0:
            held, length = 0, 0
            text += says[number]
            if is_last[number]:
                found.append(text)
                text = ""
    return found


def with_words(phrases: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """A table of claims with its texts in place of their number."""
    columns = {name: column for name, column in table.items() if name != "phrases"}
    told = [name for name, one in columns.items() if type(one) is dict and "values" in one]
    texts = spoken(phrases, table["phrases"], sum(columns[name]["values"] for name in told))
    for name in told:
        count = columns[name]["values"]
        columns[name] = {**columns[name], "values": texts[:count]}
        texts = texts[count:]
    return columns
