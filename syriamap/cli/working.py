"""
The line at the bottom of a terminal that says what is being worked on, and for how long.

In come labels and counts of the commands, out goes one line that is drawn over itself once the work
takes more than two seconds, and is gone before anything else is written. Where stderr is no
terminal there is none.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["WorkingLine", "at_work", "with_progress", "working_line"]

_Item = TypeVar("_Item")

_PATIENCE = 2.0
"""Seconds of silence that nobody minds."""

_TICK = 0.2
"""Seconds from one drawing to the next."""

_BAR = 24
_START, _END = "\r", "\x1b[K"
"""Back to the first column; forget what stands to the right."""


class WorkingLine:
    """
    What is being worked on, as a line of a terminal.

    Parameters
    ----------
    stream
        The terminal.
    patience
        Seconds without a word before the line is drawn.
    """

    def __init__(self, stream: IO[str], *, patience: float) -> None:
        self._stream, self._patience = stream, patience
        self._begun = self._quiet = time.monotonic()
        self._labels: list[tuple[str, int | None]] = [("working", None)]
        self._count = 0
        self._drawn = False
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, name="working line", daemon=True)

    def __enter__(self) -> WorkingLine:
        self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._ticker.join()
        with self.away():
            pass

    @contextmanager
    def doing(self, label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Say what is done meanwhile; gives what tells how much of it is done."""
        before = self._count
        self._labels.append((label, total))
        self._count = 0
        try:
            yield self._told
        finally:
            self._labels.pop()
            self._count = before

    def _told(self, count: int) -> None:
        self._count = count

    @contextmanager
    def away(self) -> Iterator[None]:
        """Take the line away while something else is written, and wait a while after it."""
        with self._lock:
            if self._drawn:
                self._write(f"{_START}{_END}")
                self._drawn = False
            yield
            self._quiet = time.monotonic()

    def _tick(self) -> None:
        while not self._over.wait(_TICK):
            with self._lock:
                if self._drawn or time.monotonic() - self._quiet >= self._patience:
                    self._write(f"{_START}{self.text()}{_END}")
                    self._drawn = True

    def text(self) -> str:
        """Write the line, no longer than the terminal is wide."""
        label, total = self._labels[-1]
        seconds = f"{time.monotonic() - self._begun:.0f} s"
        told = [label]
        if total:
            filled = min(_BAR, _BAR * self._count // total)
            told += [f"[{'#' * filled}{'-' * (_BAR - filled)}]", f"{self._count}/{total}"]
        elif self._count:
            told.append(f"{self._count:,}")
        return "  ".join([*told, seconds])[: self._width() - 1]

    def _width(self) -> int:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        return 80

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # the terminal was closed: nothing to tell
            self._stream.write(text)
            self._stream.flush()


_LINE: ContextVar[WorkingLine | None] = ContextVar("working line", default=None)


@contextmanager
def working_line(stream: IO[str]) -> Iterator[WorkingLine | None]:
    """
    Keep a working line on a stream while commands run, if the stream is a terminal.

    Parameters
    ----------
    stream
        Where messages go.
    """
    if not stream.isatty():
        yield None
        return
    with WorkingLine(stream, patience=_PATIENCE) as line:
        token = _LINE.set(line)
        try:
            yield line
        finally:
            _LINE.reset(token)


@contextmanager
def at_work(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """
    Say on the working line what is done meanwhile.

    Parameters
    ----------
    label
        What it is; one line without control characters.
    total
        How many there are to do, where that is known.

    Yields
    ------
    Callable
        Takes how many are done.
    """
    line = _LINE.get()
    if line is None:
        yield lambda _: None
        return
    with line.doing("".join(one for one in label if one.isprintable()), total) as told:
        yield told


def with_progress(items: Sequence[_Item], *, label: str = "days") -> Iterator[_Item]:
    """
    Give the days, or other things to be worked on, and count them on the working line.

    Parameters
    ----------
    items
        What is to be worked on.
    label
        What they are.
    """
    with at_work(label, len(items)) as told:
        for number, one in enumerate(items):
            told(number)
            yield one
