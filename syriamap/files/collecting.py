"""
How a process frees its memory: one that runs a command seldom, and at its end not at all.

A command makes many frames and few cycles of objects that name one another. Looking for cycles took
a tenth of its time, and as much again at its end, for what the system then takes back at once. A
server goes on: it looks for them when a page is done, or it would hold those of dozens.
"""

from __future__ import annotations

import atexit
import gc

__all__ = ["collect_now", "collect_seldom"]

_YOUNG = 2_000_000
"""Objects made and not freed after which cycles among them are looked for."""


def collect_seldom() -> None:
    """Look for cycles seldom from here on, and not when the process ends."""
    gc.set_threshold(_YOUNG, 20, 100)
    atexit.unregister(gc.freeze)  # once, whoever calls how often
    atexit.register(gc.freeze)


def collect_now() -> None:
    """Free what was made for a piece of work that is done, cycles too."""
    gc.collect()
