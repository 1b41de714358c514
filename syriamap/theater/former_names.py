"""
What an actor was called before it bore the name of ``actors.csv``.

In come its rows of ``actor_names.csv``, out go the names that it bore in some days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date

__all__ = ["FormerNames"]

_COLUMNS = ("name", "name_ar", "short")
_BETWEEN = (" / ", " / ", "/")
"""What stands between several names of one page; short ones stand on the map."""


class FormerNames:
    """
    The names of one actor through time.

    Parameters
    ----------
    rows
        Its rows of ``actor_names.csv``, by `valid_to`: each name with its last day.
    actor
        Its row of ``actors.csv``; the name in it is that of the days after the last of `rows`.
    """

    def __init__(self, rows: pd.DataFrame, actor: Mapping[Hashable, Any]) -> None:
        self._former = [
            (
                None if pd.isna(begin) else begin.date(),
                end.date(),
                tuple(str(value) for value in words),
            )
            for begin, end, *words in zip(
                rows["valid_from"], rows["valid_to"], *(rows[one] for one in _COLUMNS), strict=True
            )
        ]
        self._own = tuple(str(actor[one]) for one in _COLUMNS)
        ends = actor["valid_to"]
        self._until = None if pd.isna(ends) else ends.date()

    def called(self, first: date, last: date) -> tuple[str, str, str] | None:
        """
        Name, Arabic name and short name in some days; nothing where they are those it bears since.

        Parameters
        ----------
        first, last
            The days.
        """
        found = [
            words
            for begin, end, words in self._former
            if end >= first and (begin is None or begin <= last)
        ]
        if not found:
            return None
        changed = self._former[-1][1]
        if last > changed and (self._until is None or self._until > changed):
            found.append(self._own)
        name, arabic, short = (
            between.join(dict.fromkeys(one for one in words if one))
            for between, words in zip(_BETWEEN, zip(*found, strict=True), strict=True)
        )
        return name, arabic, short
