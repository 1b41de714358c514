"""Work that tests share among jobs; workers import it by name."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from syriamap.errors import ControlError
from syriamap.files import warn


def shifted(common: int, block: Sequence[int]) -> list[int]:
    """Each item and what is common."""
    return [common + one for one in block]


def warned(common: str, block: Sequence[int]) -> list[int]:
    """Warn of each item."""
    for one in block:
        warn(f"{common} {one}")
    return list(block)


def refused(common: str, block: Sequence[int]) -> list[int]:
    """Refuse one of the items."""
    if 3 in block:
        raise ControlError(f"{common}: 3 will not do")
    return list(block)


def ended(common: Path, block: Sequence[int]) -> list[int]:
    """
    End the worker that comes to item 1 for the first time, as a machine would that is lost.

    A worker has that item or the next at once; a later one it is given when who asks, and waits here,
    has done one.
    """
    deadline = time.monotonic() + 30
    while multiprocessing.parent_process() is None and not common.exists():
        assert time.monotonic() < deadline  # who asks waits for a worker to come to it
        time.sleep(0.02)
    if 1 in block and not common.exists():
        common.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return list(block)


def at_home(common: Path, block: Sequence[int]) -> list[int]:
    """Tell for each item which process did it; nobody goes on before two have come."""
    (common / str(os.getpid())).touch()
    deadline = time.monotonic() + 30
    while len(list(common.iterdir())) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return [os.getpid() for _ in block]


def slow(common: Path, block: Sequence[int]) -> list[int]:
    """Say that it has begun, then take longer than anybody waits."""
    common.touch()
    time.sleep(600)
    return list(block)
