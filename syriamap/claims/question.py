"""
What a map is asked with: the one record that goes from the command line to the stages.

In come a theater and its claims, read, with the cut-off and the story that are asked for; out goes
a frozen :class:`Question`, from which any day can be built. :func:`syriamap.pipeline.ask` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.claims.reader import claims_known_by, claims_until

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = ["Question"]


@dataclass(frozen=True, eq=False, repr=False)
class Question:
    """
    Everything that a map is asked with, but its day.

    Equal only to itself: what is worked out for a question is kept by the record.

    Attributes
    ----------
    theater
        The theater, with the border that was chosen.
    claims
        The claims frame, all dates.
    known_by
        Only what was reported up to this day counts, when given.
    according_to
        A side: the map as its own sources tell it; empty for all sources.
    today
        The day of whoever asks, when given; it changes no map, only which are refused.
    source
        Digest of the files that a theater and claims were read from, and these two; None where it
        cannot be told.
    """

    theater: Theater
    claims: pd.DataFrame
    known_by: date | None = None
    according_to: str = ""
    today: date | None = None
    source: tuple[str, Theater, pd.DataFrame] | None = None

    @property
    def digest(self) -> str:
        """
        Digest of all that theater and claims were read from; empty where it cannot be told.

        It is that of the very theater and claims that were read: where other claims take their
        place there is none.
        """
        if self.source is None:
            return ""
        digest, theater, claims = self.source
        return digest if theater is self.theater and claims is self.claims else ""

    def __repr__(self) -> str:
        """One line; the frames tell the rest."""
        told = "".join(
            f", {name}={value!r}"
            for name in ("known_by", "according_to")
            if (value := getattr(self, name))
        )
        return f"<Question to {self.theater.title}: {len(self.claims):,} claims{told}>"

    @property
    def border(self) -> str:
        """Name of the border variant that is drawn; empty for the default."""
        return self.theater.border_variant

    def claims_heard(self) -> pd.DataFrame:
        """Claims of all dates that count: all, or those known by the cut-off."""
        if self.known_by is None:
            return self.claims
        return claims_known_by(self.claims, self.known_by)

    def claims_until(self, day: date) -> pd.DataFrame:
        """Claims that a map of a day may use; see :func:`syriamap.claims.claims_until`."""
        return claims_until(self.claims, day, known_by=self.known_by)
