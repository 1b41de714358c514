"""
The words of pages and figures, one TOML file per language.

Comes in: nothing; the files lie in ``languages/``. Goes out: tables of words. Names of places and
actors are the theater's, not ours.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["LANGUAGES", "long_date", "word_tables"]

LANGUAGES = ("en", "ar")
"""Languages that pages and figures can be written in."""


@cache
def word_tables(language: str) -> dict[str, dict[str, Any]]:
    """
    Every table of words of a language.

    Parameters
    ----------
    language
        One of :data:`LANGUAGES`.

    Examples
    --------
    >>> word_tables("en")["statuses"]["besieged"], word_tables("ar")["statuses"]["besieged"]
    ('Besieged', 'محاصرة')
    """
    file = resources.files("syriamap.look") / "languages" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def long_date(day: Any, language: str) -> str:
    """
    Write a day out, the same on every machine.

    Examples
    --------
    >>> import datetime
    >>> long_date(datetime.date(2024, 12, 6), "en")
    '6 December 2024'
    """
    return f"{day.day} {word_tables(language)['language']['months'][day.month - 1]} {day.year}"
