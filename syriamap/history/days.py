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

import numpy as np
import pandas as pd

from syriamap.claims.reader import dates_settled
from syriamap.claims.speakers import speaker_sides
from syriamap.history.typed_frames import typed_frame
from syriamap.look.headings import Headline, headline_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

    from syriamap.claims.question import Question
    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater

__all__ = ["MapOfDay", "histories", "intervals", "newest_evidence", "reported_until"]

_Key = TypeVar("_Key")


@dataclass(frozen=True, repr=False)
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

    def __repr__(self) -> str:
        """One line; the frames tell the rest."""
        return (
            f"<{type(self).__name__} of {self.theater.title} on {self.date}: "
            f"{len(self.territory):,} areas, {len(self.states):,} places, "
            f"{len(self.claims_used):,} claims>"
        )

    def table(self, name: str) -> gpd.GeoDataFrame:
        """
        Give a frame with geometry in degrees (EPSG:4326), days as days, categories.

        Parameters
        ----------
        name
            `control`, `states`, `events`, `territory`, `frontline` or `claims` (those that count):
            the columns and their types are :data:`~syriamap.history.typed_frames.TYPED_FRAMES`.
        """
        frame = self.claims_used if name == "claims" else getattr(self, name, self.control)
        return typed_frame(frame, name, self.theater)

    @property
    def theater(self) -> Theater:
        """The theater, with the border that was asked for and actors called as they were then."""
        return self.question.theater.named_for(self.date, self.date)

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

    @cached_property
    def newest_evidence(self) -> dt.date | None:
        """Newest day up to that of the map which a claim speaks of; None where none does."""
        return newest_evidence(self.question, [self.date])[0]

    def headline(
        self, language: str = "en", *, kind: str = "day", since: dt.date | None = None
    ) -> Headline:
        """
        Gather what every copy of this map says of itself.

        Parameters
        ----------
        language
            Language of the names in it.
        kind, since
            As for :class:`syriamap.look.headings.Headline`.
        """
        side = self.according_to
        return Headline(
            theater=self.theater.title_in(language),
            day=self.date,
            since=since,
            kind=kind,
            side=side and self.theater.side_in(side, language),
            known_by=self.known_by,
            latest_report=reported_until(self.claims_used),
            newest=self.newest_evidence,
        )

    def metadata(self) -> dict[str, Any]:
        """What every output file should say of itself; equal evidence has an equal hash."""
        newest = self.newest_evidence
        ids = "\n".join(sorted(self.question.claims_heard()["claim_id"]))
        return {
            "title": headline_text(self.headline(), "en"),
            "theater": self.theater.id,
            "date": self.date.isoformat(),
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "according_to": self.according_to or None,
            "newest_evidence": newest.isoformat() if newest else None,
            "claims": len(self.claims_used),
            "claims_sha256": hashlib.sha256(ids.encode()).hexdigest(),
            "held_out": asdict(self.held_out),
            "border": self.theater.border_statement,
            "attribution": list(self.theater.attribution),
            **({"accuracy": self.theater.accuracy} if self.theater.accuracy else {}),
        }


def newest_evidence(question: Question, days: Sequence[dt.date]) -> list[dt.date | None]:
    """
    Of each day the newest one, up to it, that a claim which counts speaks of.

    Parameters
    ----------
    question
        Claims, cut-off and story; in a side's story only its own claims and those of nobody count.
    days
        The days.
    """
    heard = question.claims_heard()
    if question.according_to:
        sides = speaker_sides(heard, question.theater)
        heard = heard[[side in {"", question.according_to} for side in sides]]
    known = np.unique(dates_settled(heard).to_numpy().astype("datetime64[D]"))
    before = np.searchsorted(known, np.array(days, dtype="datetime64[D]"), side="right")
    return [known[count - 1].item() if count else None for count in before.tolist()]


def reported_until(claims: pd.DataFrame) -> dt.date | None:
    """
    Newest day of publication; a claim without one counts as published on the day of its event.

    Parameters
    ----------
    claims
        The claims frame.
    """
    reports = pd.to_datetime(claims["reported_on"]).fillna(pd.to_datetime(claims["event_date"]))
    return reports.max().date() if len(reports) else None


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
            row = table.get(key)
            if row is None:
                row = table[key] = [missing] * count
            row[column] = value
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
