"""The words of a report in one language (:mod:`syriamap.look.wording`); names are the theater's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from syriamap.figure.figure_words import Words
from syriamap.look.wording import word_tables
from syriamap.report.document import plain

if TYPE_CHECKING:
    from datetime import date

    from syriamap.theater.folder import Theater

__all__ = ["ReportWords"]

_COLOR = re.compile("#[0-9a-fA-F]{6}")


class ReportWords:
    """
    The words of one language, with the names of a theater.

    Parameters
    ----------
    language
        `en` or `ar`.
    theater
        Gives the names of actors.
    """

    def __init__(self, language: str, theater: Theater) -> None:
        self._figure = Words(language)
        self._words: dict[str, str] = word_tables(language)["report"]
        self.language = language
        self.arrow = "←" if self._figure.rtl else "→"
        self.comma = "، " if language == "ar" else ", "
        self.semicolon = "؛ " if language == "ar" else "; "
        self._actors = theater.actors
        self.country = plain(self._figure.country(theater))
        self.border = plain(self._figure.border(theater))

    def __call__(self, word: str, **values: object) -> str:
        """Give a word or a phrase, with values in it."""
        text = self._words[word]
        return text.format(**values) if values else text

    def date(self, day: date) -> str:
        """Write a date out."""
        return self._figure.date(day)

    def km2(self, value: float) -> str:
        """Write an area."""
        return self._figure.km2(value)

    def number(self, value: float) -> str:
        """Write a number with thin spaces between thousands."""
        return self._figure.number(value)

    def name(self, row: Any) -> str:
        """Name of a place, in this language where the data has one."""
        return plain(self._figure.name(row))

    def actor(self, actor: str) -> str:
        """Name of an actor."""
        if actor not in self._actors.index:
            return plain(actor)
        return plain(self._figure.name(dict(self._actors.loc[actor])))

    def color(self, actor: str) -> str:
        """Color of an actor as `#rrggbb`, empty where it has none."""
        color = str(self._actors.at[actor, "color"]) if actor in self._actors.index else ""
        return color if _COLOR.fullmatch(color) else ""

    def state(self, actor: str, status: str, leaning: str = "") -> str:
        """Who holds a place, or that nobody does."""
        said = self("contested_state") if status == "contested" else self(status or "held")
        if actor:
            return f"{self.actor(actor)}{self.comma}{said}" if said else self.actor(actor)
        if leaning and status == "contested":
            return self("leaning", status=said, actor=self.actor(leaning))
        return said
