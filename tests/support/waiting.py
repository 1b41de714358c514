"""What waits compressed in a page, read as its script reads it."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

import numpy as np

from syriamap.webmap.packing import DIGITS

BLOCK = re.compile(r'id="syriamap-waiting">(.*?)</script>', re.DOTALL)
"""Where it stands."""


def unfolded(block: dict[str, Any]) -> Any:
    """What was folded into a block."""
    values = np.array([DIGITS.index(sign) for sign in block["deflate"]]).reshape(-1, 5)
    words = values @ (85 ** np.arange(4, -1, -1, dtype=np.int64))
    return json.loads(zlib.decompress(words.astype(">u4").tobytes()[: block["bytes"]]))


def waiting_in(html: str) -> Any:
    """What waits in a page."""
    found = BLOCK.search(html)
    assert found
    return unfolded(json.loads(found[1]))
