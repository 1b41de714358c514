"""Names of actors and of speakers, each with the years in which it meant them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.extraction.texts.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syriamap.theater.folder import Theater

__all__ = ["Alias", "Dated", "Voice", "aliases_of", "iso_day", "name_words", "voices_of"]

_FORCE = "*"
"""Beside an alias: it needs a noun of force there."""


@dataclass(frozen=True)
class Dated:
    """The ISO days from which and up to which a name had its meaning; empty where open."""

    valid_from: str
    valid_to: str

    def valid(self, day: str) -> bool:
        """Whether the name had this meaning on an ISO day; without a day, it may have had it."""
        begun = not self.valid_from or self.valid_from <= day
        return not day or (begun and (not self.valid_to or day <= self.valid_to))


@dataclass(frozen=True)
class Alias(Dated):
    """A name of an actor; `star`: the name needs a noun of force beside it."""

    actor_id: str
    note: str
    star: bool


@dataclass(frozen=True)
class Voice(Dated):
    """A name of a speaker: the speaker's code, its name in ``asserters.csv``."""

    code: str
    asserted_by: str


def aliases_of(theater: Theater) -> Iterator[tuple[str, Alias]]:
    """Names of actors as they are written, and what they mean."""
    for row in theater.aliases.itertuples(index=False):
        name = str(row.alias)
        star = name.startswith(_FORCE) or name.endswith(_FORCE)
        years = str(row.valid_from), str(row.valid_to)
        yield name, Alias(*years, str(row.actor_id), str(row.note), star)


def voices_of(theater: Theater) -> Iterator[tuple[str, Voice]]:
    """Names of speakers as they are written, and whom they mean."""
    for row in theater.speakers.itertuples(index=False):
        years = str(row.valid_from), str(row.valid_to)
        yield str(row.alias), Voice(*years, str(row.speaker), str(row.asserted_by))


def iso_day(moment: object) -> str:
    """Give a moment as an ISO day; empty for none."""
    text = str(moment)
    return "" if text == "NaT" else text[:10]


def name_words(name: str) -> list[str]:
    """Words of an actor's or a speaker's name, without hyphens and the sign of forces."""
    return [token.lower for token in tokens_of(name) if token.lower not in {"-", _FORCE}]
