"""
Which places a verb or a noun reaches, to its right or to its left.

Prepositions decide: a frame names those through which it reaches its place; past others stand
containers ("in Idlib province") and reference points ("near Hama"), which receive no claim. Lists
are followed to their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.nearby import Nearby
from syriamap.extraction.patterns.walk import Walk

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Reach"]

_WORDS = read_words()
_LIST_OPENS = _WORDS["list_opens"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_LATEST = _WORDS["latest"]
_OPENS_LATER = frozenset({"as", ":"})
_THEM = frozenset({"them", "others"})
_ARE = _WORDS["be"] | _WORDS["include"]


class Reach(Nearby):
    """What a verb or a noun of a sentence reaches."""

    def places(
        self,
        n: int,
        via: frozenset[str],
        *,
        whole: bool = True,
        hit: bool = False,
        takes: bool = False,
    ) -> tuple[list[Mention], str]:
        """
        Places to the right of an item, by the words that may lead to them; whom they cost.

        Unless `whole` is off, a place of which only a part is told is none; a place is `hit` with
        the posts in it, and not taken by who `takes` these.
        """
        walk = Walk(self, n, via, whole=whole, hit=hit, takes=takes)
        walk.go()
        return walk.found, walk.loser

    def told_later(self, n: int) -> list[Mention]:
        """The places of "the villages that A left, such as P and Q", "46; the latest are P"."""
        lower = self.clause.lower
        if _PLURAL_KINDS.isdisjoint(self.clause.lowers[max(0, n - 6) : n + 6]):
            return []
        for k in range(n, self.clause.size - 1):
            them = lower(k) == "among" and lower(k + 1) in _THEM
            if them and self.clause.items[k - 1].kind == "p":
                return self._listed(k - 1, joined=True)  # "several towns, P and Q among them"
            if k in self.clause.verbs and self._goes_on_to_act(k):
                return []
            opens = lower(k) in _LIST_OPENS and lower(k - 1) == ","
            latest = lower(k) in _ARE and not _LATEST.isdisjoint(self.clause.lowers[k - 4 : k])
            if not (opens or latest):
                continue
            first = k + 1 + (lower(k + 1) in _OPENS_LATER)
            if self.clause.items[first : first + 1] and self.clause.items[first].kind == "p":
                return self.places(first, frozenset({""}))[0]
        return []
