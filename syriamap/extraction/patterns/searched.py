"""What a sentence is searched with, and where what is found goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.reach import Reach

__all__ = ["Searched"]


class Searched:
    """
    A sentence that is searched for deeds.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    """

    def __init__(self, reach: Reach, findings: Findings) -> None:
        self.clause, self.reach, self.findings = reach.clause, reach, findings
