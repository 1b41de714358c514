"""Whether work grows with its input, told apart from the noise of a busy machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# What is measured again is only ever slower than it could be: the quickest of these counts.
TRIES = 5


def processor_seconds(work: Callable[[], object]) -> float:
    """Seconds of this process's processor, while nothing looks for garbage.

    A collection looks at all that a worker of the tests has kept, which takes seconds.
    """
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()


def grows_with(work: Callable[[int], object], size: int, times: int = 4) -> bool:
    """Whether ``times`` as much input takes less than about the square root of ``times`` more each.

    Work that grows with the square of its input takes ``times`` more for each piece of it.
    """
    work(size)  # what is made once
    short = min(processor_seconds(lambda: work(size)) for _ in range(2))
    limit = times**1.5 * (short + 0.02)
    return any(processor_seconds(lambda: work(times * size)) < limit for _ in range(TRIES))
