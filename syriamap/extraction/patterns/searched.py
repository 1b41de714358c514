"""What the verbs and nouns of one sentence are searched with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.holdings import Holdings
    from syriamap.extraction.patterns.reach import Reach

__all__ = ["Searched"]


class Searched:
    """
    A sentence that is searched for deeds.

    Parameters
    ----------
    reach
        The places of the sentence.
    holdings
        What stands beside a place.
    findings
        Where what is found goes.
    """

    def __init__(self, reach: Reach, holdings: Holdings, findings: Findings) -> None:
        self.clause, self.reach = reach.clause, reach
        self.holdings, self.findings = holdings, findings
