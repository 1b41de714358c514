r"""
What a terminal may be told: data cannot drive it.

In comes a stream, out goes one that writes control characters and overrides of writing direction as
what they are (``\x1b``) where a person reads along. What goes into a pipe or a file stays so.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["harmless", "safe_streams"]

_DRIVES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""C0 but tab and line feed, DEL, C1, and the signs that reorder what follows them."""


def harmless(text: str) -> str:
    r"""
    Write out the characters that a terminal would obey.

    >>> harmless("Hama\x1b[2J \u202eamoH")
    'Hama\\x1b[2J \\u202eamoH'
    """
    return _DRIVES.sub(lambda found: ascii(found[0])[1:-1], text)


class _Harmless:
    """A text stream that writes nothing that a terminal would obey."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(harmless(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def safe_streams() -> Iterator[None]:
    """
    Let messages, and results that are shown on a terminal, drive nothing.

    Messages are always written so: they quote names, files and replies of servers. Arabic on a
    terminal that is not UTF-8 is shown as question marks rather than ending the run.
    """
    before = sys.stdout, sys.stderr
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.stderr = _Harmless(sys.stderr)
    if sys.stdout.isatty():
        sys.stdout = _Harmless(sys.stdout)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
