"""The shipped theater and its reader of reports, made once for all modules of a process."""

from __future__ import annotations

from functools import cache

from syriamap.extraction.reading.extractor import Extractor
from syriamap.theater.folder import Theater, read_theater


@cache
def syria() -> Theater:
    """The theater of Syria."""
    return read_theater()


@cache
def reader() -> Extractor:
    """What drafts claims of Syria by patterns."""
    return Extractor(syria())
