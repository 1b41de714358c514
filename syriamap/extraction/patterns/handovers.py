"""Who hands a place over to whom, or loses it: "A handed P over to B", "A lost P to B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Handovers"]

_WORDS = read_words()
_RETURN_FORMS = _WORDS["return_forms"]
_AFTERWARDS = frozenset({"after", "since"})
_PREPOSITIONS = _WORDS["prepositions"]


class Handovers(Searched):
    """
    What is handed over in one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    """

    def handed(self, n: int, end: int, actor: str, places: list[Mention]) -> None:
        """A hands P over to B; an offensive returns P to B."""
        winner = ""
        again = self.clause.lower(n) == "losing" and self.clause.lower(end) == "it"
        if again and self.clause.lower(n - 1) in _AFTERWARDS:
            return  # "recaptured P hours after losing it"
        for k in range(end, min(end + 14, len(self.clause.items))):
            if self.clause.items[k].kind == "a" and self.led_by_to(k):
                winner = self.clause.items[k].actor
                break
        if winner:
            self.findings.add(winner, "captured", places, actor, "hand over", n, "handed over")
        if actor != winner and self.clause.lower(n) not in _RETURN_FORMS:
            self.findings.add(actor, "lost", places, winner, "hand over", n, "handed over")

    def led_by_to(self, k: int) -> bool:
        """Whether "to" leads to an actor at an item: "handed P over to the fighters of A"."""
        m = k - 1
        while m > k - 5 and self.clause.items[m].kind == "w" and self.clause.lower(m).isalpha():
            if self.clause.lower(m) == "to" or self.clause.lower(m) in _PREPOSITIONS:
                break
            m -= 1
        return self.clause.lower(m) == "to"
