"""The words of a report in one language (:mod:`syriamap.look.wording`); names are the theater's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.look.wording import Words
from syriamap.report.document import plain
from syriamap.theater.tables import is_color

if TYPE_CHECKING:
    from collections.abc import Mapping

    from syriamap.theater.folder import Theater

__all__ = ["ReportWords"]


class ReportWords(Words):
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
        super().__init__(language, "report")
        self.arrow = "←" if self.rtl else "→"
        self.semicolon = "؛ " if self.rtl else "; "
        self._actors = theater.actors
        self.country = plain(theater.title_in(language))
        self.border = plain(theater.border_in(language))

    def name(self, row: Mapping[Any, Any]) -> str:
        """Name of a place or an actor, made plain."""
        return plain(super().name(row))

    def actor(self, actor: str) -> str:
        """Name of an actor."""
        return plain(self.actor_name(self._actors, actor))

    def color(self, actor: str) -> str:
        """Color of an actor as `#rrggbb`, empty where it has none."""
        color = str(self._actors.at[actor, "color"]) if actor in self._actors.index else ""
        return color if is_color(color) else ""

    def state(self, actor: str, status: str, leaning: str = "") -> str:
        """Who holds a place, or that nobody does."""
        said = self("contested_state") if status == "contested" else self(status or "held")
        if actor:
            return f"{self.actor(actor)}{self.comma}{said}" if said else self.actor(actor)
        if leaning and status == "contested":
            return self("leaning", status=said, actor=self.actor(leaning))
        return said
