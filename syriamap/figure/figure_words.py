"""The words of a figure in one language (:mod:`syriamap.look.wording`); names are the theater's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.errors import FigureError
from syriamap.look.wording import LANGUAGES, long_date, word_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from syriamap.theater.folder import Theater

__all__ = ["Words"]


class Words:
    """
    The words of one language.

    Parameters
    ----------
    language
        One of :data:`syriamap.look.wording.LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise FigureError(f"no figure in {language!r}; there are: {', '.join(LANGUAGES)}")
        self.language = language
        tables = word_tables(language)
        self.rtl = tables["language"]["direction"] == "rtl"
        self._words: dict[str, str] = tables["signs"] | tables["figure"]

    def __call__(self, word: str, **values: object) -> str:
        """Give a word or a phrase, with values in it."""
        text = self._words[word]
        return text.format(**values) if values else text

    def date(self, day: date) -> str:
        """Write a date out."""
        return long_date(day, self.language)

    def number(self, value: float) -> str:
        """Write a number with thin spaces between thousands."""
        return f"{value:,.0f}".replace(",", "\u202f")

    def km2(self, value: float) -> str:
        """Write an area."""
        return f"{self.number(value)} {self('km2')}"

    def name(self, row: Mapping[str, Any]) -> str:
        """Name of a place or an actor, in this language where the data has one."""
        return str((self.rtl and row.get("name_ar")) or row["name"])

    def short(self, row: Mapping[str, Any]) -> str:
        """Short name of an actor."""
        return str((self.rtl and row.get("name_ar")) or row.get("short") or row["name"])

    def country(self, theater: Theater) -> str:
        """Name of the theater."""
        return str((self.rtl and theater.arabic.get("title")) or theater.title)

    def border(self, theater: Theater) -> str:
        """Which outline is drawn."""
        key = f"border_{theater.border_variant or 'default'}"
        return str((self.rtl and theater.arabic.get(key)) or theater.border_statement)
