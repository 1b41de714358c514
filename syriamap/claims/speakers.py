"""
Who speaks in a claim: for which side, from which independent origin, how reliably.

In come the speaker and the publisher of a claim, out go what the theater's ``asserters.csv`` and
``publishers.csv`` say of them. What a statement of theirs is worth is
:mod:`syriamap.control.evidence`'s to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.claims.publisher_names import PublisherNames, Spellings

if TYPE_CHECKING:
    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = ["GRADE_WEIGHT", "Speakers", "speaker_sides"]

GRADE_WEIGHT = {"A": 0.97, "B": 0.93, "C": 0.85, "D": 0.7, "E": 0.5, "F": 0.6}
"""
Probability that a firm statement of a source of this Admiralty grade is true.

F means that reliability *cannot be judged*, which is not the same as bad: it lies between D and E.
"""


class Speakers:
    """
    Who speaks in a claim: side, independent origin and grade; looked up once per pair.

    Parameters
    ----------
    theater
        Gives the rows of speakers and publishers.
    """

    def __init__(self, theater: Theater) -> None:
        self._asserters, self._publishers = theater.asserter_rows, theater.publisher_rows
        self._speakers, self._names = Spellings(theater.asserter_rows), PublisherNames(theater)
        self._known: dict[tuple[str, str], tuple[str, str, str]] = {}

    def about(self, asserter: str, publisher: str) -> tuple[str, str, str]:
        """Side, independent origin and grade behind a statement."""
        key = (asserter, publisher)
        if key not in self._known:
            self._known[key] = self._look_up(asserter, publisher)
        return self._known[key]

    def _look_up(self, asserter: str, publisher: str) -> tuple[str, str, str]:
        publisher = self._names.known(publisher)
        who = self._asserters.get(self._speakers.known(asserter), {})
        where = self._publishers.get(publisher, {})
        side = str(who.get("side") or where.get("side") or "")
        group = str(who.get("independence_group") or "")
        origin = group or str(where.get("independence_group") or "") or publisher
        # a report is no better than the weaker of its speaker and its publisher
        grades = [str(one.get("reliability") or "") for one in (who, where)]
        grade = min((one for one in grades if one), key=GRADE_WEIGHT.__getitem__, default="F")
        return side, origin, grade


def speaker_sides(claims: pd.DataFrame, theater: Theater) -> list[str]:
    """
    Side that each claim comes from, empty where speaker and publisher have none.

    Parameters
    ----------
    claims
        Claims frame.
    theater
        Gives the sides of publishers and speakers.
    """
    speakers = Speakers(theater)
    pairs = zip(claims["asserted_by"].tolist(), claims["publisher"].tolist(), strict=True)
    return [speakers.about(asserter, publisher)[0] for asserter, publisher in pairs]
