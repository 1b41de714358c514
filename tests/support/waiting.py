"""What waits compressed in a page, read as its script reads it."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.webmap.packing import DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCK = re.compile(r'id="syriamap-waiting">(.*?)</script>', re.DOTALL)
"""Where it stands."""


def bytes_of(block: Mapping[str, Any]) -> bytes:
    """Bytes that stand as signs in a block."""
    values = np.array([DIGITS.index(sign) for sign in block["deflate"]], dtype=np.int64)
    words = values.reshape(-1, 5) @ (85 ** np.arange(4, -1, -1, dtype=np.int64))
    return words.astype(">u4").tobytes()[: block["bytes"]]


def unfolded(block: Mapping[str, Any]) -> Any:
    """What was folded into a block."""
    return json.loads(zlib.decompress(bytes_of(block)))


def waiting_in(html: str) -> Any:
    """What waits in a page."""
    found = BLOCK.search(html)
    assert found
    return unfolded(json.loads(found[1]))
