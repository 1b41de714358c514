"""
What every map is asked with, and the reading of it: the one loader behind all commands.

In comes a question: which theater, which claims, known by when, told by whom. Out come inputs: a
theater and its claims, read and checked once, from which any day can be built.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.errors import ControlError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = ["Inputs", "Question", "day_of"]


@dataclass(frozen=True)
class Inputs:
    """
    What maps are built from.

    Attributes
    ----------
    theater, claims
        The theater and all claims that were read.
    known_by, according_to
        What was asked for.
    """

    theater: Theater
    claims: pd.DataFrame
    known_by: dt.date | None
    according_to: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """
    What every map is asked with, but for its days.

    Attributes
    ----------
    theater
        A theater or its folder; Syria when not given.
    claims
        Claims files added to the theater's own.
    only_claims
        Leave the theater's own claims out.
    known_by
        Use only what was reported up to this day.
    according_to
        A side: the map as its own sources tell it.
    border
        Name of a border variant of the theater.
    """

    theater: Theater | str | Path | None = None
    claims: Sequence[str | Path] = ()
    only_claims: bool = False
    known_by: str | dt.date | None = None
    according_to: str = ""
    border: str = ""

    def read(self) -> Inputs:
        """Read the theater and its claims; every complaint about them is raised here."""
        from syriamap.claims.area_claims import claims_with_areas
        from syriamap.claims.reader import read_claims, theater_claim_files
        from syriamap.theater.folder import Theater, read_theater

        cutoff = day_of(self.known_by, "known_by") if self.known_by else None
        area = self.theater
        if not isinstance(area, Theater):
            area = read_theater(area, border=self.border)
        if self.border and area.border_variant != self.border:
            raise ControlError(
                f"border: give {self.border!r} to read_theater; this theater was read already"
            )
        sides = sorted(set(area.actors["side"]))
        if self.according_to and self.according_to not in sides:
            raise ControlError(
                f"no side {self.according_to!r} in this theater; there are: {', '.join(sides)}"
            )
        own = [] if self.only_claims else theater_claim_files(area)
        known = read_claims([*own, *self.claims], area)
        known = known if self.only_claims else claims_with_areas(known, area)
        return Inputs(area, known, cutoff, self.according_to)


def day_of(value: str | dt.date, name: str) -> dt.date:
    """
    Read a date, or say what would do.

    Parameters
    ----------
    value
        A date or ISO text.
    name
        What it is, for the message.
    """
    from syriamap.files import parse_date

    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    day = parse_date(value)
    if day is None:
        raise ControlError(f"{name}: {value!r} is no date; YYYY-MM-DD would do, like 2024-12-06")
    return day
