"""
How a process frees its memory: one that runs a command seldom, and at its end not at all.

A command makes many frames and few cycles of objects that name one another. Looking for cycles took
a tenth of its time, and as much again at its end, for what the system then takes back at once. A
server goes on: it looks for them when a page is done, or it would hold those of dozens.

The same holds of the memory of arrays. The system empties each page of memory that it gives out, so
that memory which is given back after each array and asked for again with the next one was a
twentieth of the time of a first map.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

__all__ = ["collect_now", "collect_seldom", "give_back", "keep_memory"]

_YOUNG = 2_000_000
"""Objects made and not freed after which cycles among them are looked for."""

_KEPT = {
    "MALLOC_MMAP_MAX_": (-4, 0),
    "MALLOC_TRIM_THRESHOLD_": (-1, 2**31 - 1),
    "MALLOC_TOP_PAD_": (-2, 8 << 20),
}
"""Variable of the environment, number and value of each parameter of `mallopt` (malloc.h)."""

_ARROW = "ARROW_DEFAULT_MEMORY_POOL"
"""Whose memory Arrow uses; its own, once freed, would be of use to nobody else."""


def collect_seldom() -> None:
    """Look for cycles seldom from here on, and not when the process ends."""
    gc.set_threshold(_YOUNG, 20, 100)
    atexit.unregister(gc.freeze)  # once, whoever calls how often
    atexit.register(gc.freeze)


def keep_memory() -> None:
    """
    Use memory that was freed for the next array, and give it back when the process ends.

    Whoever sets one of these parameters by the environment is obeyed; where the C library has no
    such parameters nothing is done.
    """
    library = _c_library()
    if library is None or any(name in os.environ for name in _KEPT):
        return
    for number, value in _KEPT.values():
        library.mallopt(number, value)
    os.environ.setdefault(_ARROW, "system")  # read when Arrow is loaded


def collect_now() -> None:
    """Free what was made for a piece of work that is done, cycles too, and give it back."""
    gc.collect()
    give_back()


def give_back() -> None:
    """Give back what was freed: after a large piece of work whose like does not come again."""
    library = _c_library()
    if library is not None:
        library.malloc_trim(0)


@cache
def _c_library() -> ctypes.CDLL | None:
    """The GNU C library, where this process runs on it."""
    if sys.platform != "linux":
        return None
    import ctypes

    library = ctypes.CDLL(None)
    return library if all(hasattr(library, one) for one in ("mallopt", "malloc_trim")) else None
