"""
The map of a day as one record, and many days side by side.

Page, figure, export and report take the record whole; the question that it answers is in it. Beside
it, how rows of each day become one history per key.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from syriamap.claims.reader import dates_settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import geopandas as gpd

    from syriamap.claims.question import Question
    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater

__all__ = ["MapOfDay", "histories", "intervals"]

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class MapOfDay:
    """
    The map of one day: the frames of every stage, and what it was asked with.

    Attributes
    ----------
    question
        Theater, claims, cut-off, story and border.
    date
        Day of the map.
    control
        State of each claimed place, held against its surroundings: what is drawn.
    states
        State of every place, inferred where no claim speaks.
    territory, frontline
        Areas and lines, metric CRS.
    events
        Strikes and advances of the last days.
    held_out
        How well each claimed place's evidence is foretold by that of all others.
    """

    question: Question
    date: dt.date
    control: pd.DataFrame
    states: pd.DataFrame
    territory: gpd.GeoDataFrame
    frontline: gpd.GeoDataFrame
    events: pd.DataFrame
    held_out: HeldOut

    @property
    def theater(self) -> Theater:
        """The theater, with the border that was asked for."""
        return self.question.theater

    @property
    def claims(self) -> pd.DataFrame:
        """All claims that were read; those that count for the day are `claims_used`."""
        return self.question.claims

    @property
    def known_by(self) -> dt.date | None:
        """Cut-off of the reports; None for all."""
        return self.question.known_by

    @property
    def according_to(self) -> str:
        """Side whose sources tell it; empty for all."""
        return self.question.according_to

    @cached_property
    def claims_used(self) -> pd.DataFrame:
        """
        Claims that the map of the day shows: those up to it, and later ones that decided a place.

        Hindsight counts every later claim a little; only what decides is told.
        """
        heard = self.question.claims_heard()
        deciding = {one for ids in self.control["claim_ids"] for one in ids}
        wanted = dates_settled(heard) <= pd.Timestamp(self.date)
        return heard[wanted | heard["claim_id"].isin(deciding)].reset_index(drop=True)

    def metadata(self) -> dict[str, Any]:
        """What every output file should say of itself; equal evidence has an equal hash."""
        ids = "\n".join(sorted(self.question.claims_heard()["claim_id"]))
        return {
            "title": f"{self.theater.title}, control on {self.date.isoformat()}",
            "theater": self.theater.id,
            "date": self.date.isoformat(),
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "according_to": self.according_to or None,
            "claims": len(self.claims_used),
            "claims_sha256": hashlib.sha256(ids.encode()).hexdigest(),
            "held_out": asdict(self.held_out),
            "border": self.theater.border_statement,
            "attribution": list(self.theater.attribution),
            **({"accuracy": self.theater.accuracy} if self.theater.accuracy else {}),
        }


def histories(
    days: Iterable[Iterable[tuple[_Key, Any]]], *, count: int, missing: Any = None
) -> dict[_Key, list[Any]]:
    """
    What each key was on each day, in order of first appearance.

    Parameters
    ----------
    days
        Of each day its pairs of key and value.
    count
        How many days there are.
    missing
        Stands on the days that say nothing of a key.

    Examples
    --------
    >>> histories([[("a", 1)], [("a", 2), ("b", 5)]], count=2)
    {'a': [1, 2], 'b': [None, 5]}
    """
    table: dict[_Key, list[Any]] = {}
    for column, pairs in enumerate(days):
        for key, value in pairs:
            table.setdefault(key, [missing] * count)[column] = value
    return table


def intervals(history: Iterable[Any]) -> list[tuple[Any, int, int]]:
    """
    Values with the first and the last day on which each stood.

    Examples
    --------
    >>> intervals([4, 4, 7])
    [(4, 0, 1), (7, 2, 2)]
    """
    found: list[tuple[Any, int, int]] = []
    for index, value in enumerate(history):
        if found and found[-1][0] == value:
            found[-1] = (value, found[-1][1], index)
        else:
            found.append((value, index, index))
    return found
