"""
Where the bytes of a page are: block by block, table by table, column by column.

Prints a table, and the same figures as JSON to the file given with ``--json``::

    python benchmarks/weights.py output/syria.html
    python benchmarks/weights.py output/syria.html --of claims

A block is as many bytes as it has in the file. A column in a compressed block is told by what it
takes deflated alone, times as much as the whole block takes of what its columns take alone, so that
the columns of a block sum to it. The same columns of all pieces are one row.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measured import write_report

from syriamap.webmap.packing import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLOCK = re.compile(
    r"<(?:script|style)(?P<attributes>[^>]*)>(?P<text>.*?)</(?:script|style)>", re.DOTALL
)
_NAME = re.compile(r'(?:id|class)="(?:syriamap-)?([\w-]+)"')
_LEAST = 0.001
"""Share of the page below which a column is no row of its own."""


def unfolded(block: Mapping[str, Any]) -> Any:
    """What was compressed into a block, as its script unfolds it."""
    signs = np.frombuffer(block["deflate"].encode(), dtype=np.uint8)
    value = np.zeros(128, dtype=np.int64)
    value[np.frombuffer(DIGITS.encode(), dtype=np.uint8)] = np.arange(len(DIGITS))
    words = value[signs].reshape(-1, 5) @ (len(DIGITS) ** np.arange(4, -1, -1, dtype=np.int64))
    return json.loads(zlib.decompress(words.astype(">u4").tobytes()[: block["bytes"]]))


def columns_of(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every packed column of some data, and what stands between them, with the way to it."""
    if isinstance(value, dict) and "~" not in value:
        for name, one in value.items():
            yield from columns_of(one, f"{path}.{name}" if path else name)
    else:
        yield path, value


def weights(page: Path) -> Counter[str]:
    """Bytes in the file of each column, of each script and style, and of the rest."""
    text = page.read_text(encoding="utf-8")
    found: Counter[str] = Counter()
    for block in _BLOCK.finditer(text):
        size = len(block[0].encode())
        named = _NAME.search(block["attributes"])
        if "application/json" not in block["attributes"] or named is None:
            found["scripts and styles as they are"] += size
            continue
        data = json.loads(block["text"])
        packed = "deflate" in data
        data = unfolded(data) if packed else data
        alone = Counter[str]()
        for path, one in columns_of(data):
            told = json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()
            alone[path] += len(zlib.compress(told, 9)) if packed else len(told)
        whole = sum(alone.values())
        for path, one in alone.items():
            found[f"{named[1]}: {path}" if path else named[1]] += round(size * one / whole)
    found["around them"] = len(text.encode()) - sum(found.values())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Tell where the bytes of a page are.")
    parser.add_argument("page", type=Path)
    parser.add_argument("--of", default="", help="only columns whose name has this")
    parser.add_argument("--json", type=Path, help="file for the figures as JSON")
    arguments = parser.parse_args()
    found = weights(arguments.page)
    size = sum(found.values())
    shown = [(name, one) for name, one in found.most_common() if arguments.of in name]
    for name, one in shown:
        if one >= _LEAST * size:
            print(f"{name:58} {one / 1000:9.1f} kB {one / size:7.1%}")
    few = sum(one for _, one in shown if one < _LEAST * size)
    print(f"{'columns of less':58} {few / 1000:9.1f} kB {few / size:7.1%}")
    print(f"{'together':58} {sum(one for _, one in shown) / 1000:9.1f} kB")
    write_report(arguments.json, {"page": arguments.page.name, **found})


if __name__ == "__main__":
    main()
