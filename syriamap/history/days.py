"""
Many days side by side: what a day's map has to offer, and what was so from when to when.

The page through time, the export of a series and the figure all read maps of days; here is what
they may ask of one, and how rows of each day become one history per key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd

    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater

__all__ = ["MapOfDay", "histories", "intervals"]

_Key = TypeVar("_Key")


class MapOfDay(Protocol):
    """The map of one day; :class:`syriamap.Build` is one."""

    @property
    def date(self) -> dt.date:
        """Day of the map."""

    @property
    def known_by(self) -> dt.date | None:
        """Cut-off of the reports."""

    @property
    def according_to(self) -> str:
        """Side whose sources tell it; empty for all."""

    @property
    def theater(self) -> Theater:
        """Places, actors and borders."""

    @property
    def states(self) -> pd.DataFrame:
        """State of every place."""

    @property
    def control(self) -> pd.DataFrame:
        """Places with evidence."""

    @property
    def territory(self) -> gpd.GeoDataFrame:
        """Areas, metric CRS."""

    @property
    def frontline(self) -> gpd.GeoDataFrame:
        """Lines, metric CRS."""

    @property
    def held_out(self) -> HeldOut | None:
        """How well each place's evidence is foretold by that of all others."""

    @property
    def events(self) -> pd.DataFrame:
        """Strikes and advances of the last days."""

    @property
    def claims_used(self) -> pd.DataFrame:
        """Claims behind the map."""


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
