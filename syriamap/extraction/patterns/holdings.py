"""
What is told without a verb of war: who holds a place, who stands in it, how near somebody is.

Each word that may tell it has its own look, in :class:`Holdings`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.controlling import Controlling
from syriamap.extraction.patterns.held import Held
from syriamap.extraction.patterns.presence import Presence

if TYPE_CHECKING:
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.nearness import Nearness
    from syriamap.extraction.patterns.reach import Reach

__all__ = ["Holdings", "holding_words"]

_WORDS = read_words()
_GATES = _WORDS["gates"]
_BASTIONS = _WORDS["bastions"]
_STATIONED = _WORDS["stationed"]
_REMAINS = _WORDS["remains"]
_CONTROL = _WORDS["control"]
_NOW = frozenset({"now"})
_AT = frozenset({"at"})
_GONE = frozenset({"gone"})
_WITHIN = frozenset({"in", "inside"})
_THEIRS = frozenset({"'s", "theirs"})


@cache
def holding_words() -> frozenset[str]:
    """The words at which something is looked for."""
    places = _GATES | _BASTIONS | _WITHIN | _AT | _WORDS["units"]
    return places | _STATIONED | _REMAINS | _CONTROL | _NOW | _GONE | _THEIRS | _WORDS["held"]


class Holdings:
    """
    What is held and how near somebody is, in one sentence.

    Parameters
    ----------
    reach
        Its places.
    findings
        Where what is found goes.
    nearness
        Who is near which place.
    """

    def __init__(self, reach: Reach, findings: Findings, nearness: Nearness) -> None:
        self.clause, self.nearness = reach.clause, nearness
        self.held = Held(reach, findings)
        presence = Presence(reach, findings)
        self._looks = (
            (_GATES, nearness.at_gates),
            (_BASTIONS, self.held.bastion),
            (_STATIONED, presence.stationed),
            (_NOW, self.held.now_with),
            (_AT, presence.shown),
            (_GONE, presence.gone),
            (_WITHIN, presence.within),
            (_REMAINS, self.held.remains_with),
            (_THEIRS, self.held.is_owned),
            (_CONTROL, Controlling(reach, findings).read),
        )

    def read(self, n: int) -> None:
        """Find what the word at an item tells: of holding, of standing somewhere, of nearness."""
        self.held.read(n)
        word = self.clause.lower(n)
        look = next((look for words, look in self._looks if word in words), None)
        if look is not None:
            look(n)
        self.nearness.read_distance(n)
