r"""
What a terminal may be told: data cannot drive it.

In comes a stream, out goes one that writes control characters and overrides of writing direction as
what they are (``\x1b``) where a person reads along. What goes into a pipe or a file stays so.
Tables are drawn for whoever reads them on a terminal, and nowhere else (:func:`shows_tables`).
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager, nullcontext
from typing import IO, TYPE_CHECKING, Any

from syriamap.cli.working import WorkingLine, working_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["harmless", "safe_streams", "show_table", "shows_tables"]

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
    """A text stream that writes nothing that a terminal would obey, and nothing into a line."""

    def __init__(self, stream: IO[str], line: WorkingLine | None) -> None:
        self._stream, self._line = stream, line

    def write(self, text: str) -> int:
        with self._line.away() if self._line else nullcontext():
            return self._stream.write(harmless(text))

    def write_drawn(self, text: str) -> None:
        """Write what was drawn here from cells that are harmless."""
        with self._line.away() if self._line else nullcontext():
            self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def safe_streams() -> Iterator[None]:
    """
    Let messages, and results that are shown on a terminal, drive nothing.

    Messages are always written so: they quote names, files and replies of servers. Arabic on a
    terminal that is not UTF-8 is shown as question marks rather than ending the run. Meanwhile a
    working line is kept on a terminal (:mod:`syriamap.cli.working`).
    """
    before = sys.stdout, sys.stderr
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    with working_line(sys.stderr) as line:
        sys.stderr = _Harmless(sys.stderr, line)
        if sys.stdout.isatty():
            sys.stdout = _Harmless(sys.stdout, line)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


def shows_tables() -> bool:
    """Whether somebody reads along, so that a table is drawn rather than written as CSV."""
    return isinstance(sys.stdout, _Harmless)


def show_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, title: str) -> None:
    """
    Draw a table on the terminal.

    Parameters
    ----------
    columns
        Which, in which order.
    rows
        Plain values, as :func:`syriamap.files.plain_rows` gives them.
    title
        What it is; stands above it.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(harmless(title)), box=SIMPLE_HEAD, title_justify="left")
    for column in columns:
        numbers = {type(row[column]) for row in rows} - {type(None)}
        right = bool(numbers) and numbers <= {int, float}
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(_shown(row[column]))) for column in columns))
    console = Console(file=sys.stdout)
    with console.capture() as drawn:
        console.print(table)
    write = getattr(sys.stdout, "write_drawn", sys.stdout.write)
    write(drawn.get())


def _shown(value: Any) -> str:
    """One cell, as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
