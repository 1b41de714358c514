"""An Arabic sentence taken apart: its words, its actors and places, and where its clauses end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.arabic.script import arabic_lists, bare

if TYPE_CHECKING:
    from syriamap.extraction.arabic.named import NamedPlace
    from syriamap.extraction.arabic.script import Word
    from syriamap.extraction.arabic.troops import NamedActor
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["Scene"]

_LISTS = arabic_lists()
_BREAKS = _LISTS["breaks"] | {"؛", ";"}


class Scene(NamedTuple):
    """The words of a sentence, who and what stands among them, and what was told before it."""

    words: list[Word]
    actors: list[NamedActor]
    places: list[NamedPlace]
    memory: Memory

    def word(self, n: int) -> str:
        """Give a word by its number; empty where there is none."""
        return self.words[n].text if 0 <= n < len(self.words) else ""

    def is_any(self, n: int, list_name: str) -> bool:
        """Whether a word is one of a list, with or without what is written together with it."""
        return bare(self.word(n), _LISTS[list_name]) is not None

    def clause_begin(self, n: int) -> int:
        """Give the first word of the clause that a word stands in."""
        for k in range(n - 1, -1, -1):
            if self.word(k) in _BREAKS:
                return k + 1
        return 0

    def actor_at(self, k: int) -> NamedActor | None:
        """Give the actor whose name begins at a word or holds it."""
        return next((one for one in self.actors if one.first <= k < one.last), None)

    def places_at(self, k: int) -> list[NamedPlace]:
        """Give the places whose name begins at a word, else those that hold it."""
        here = [one for one in self.places if one.mention.first == k]
        return here or [one for one in self.places if one.mention.first <= k < one.mention.last]

    def taken(self) -> set[int]:
        """Give the words that are parts of names."""
        spans = [(one.first, one.last) for one in self.actors]
        spans += [(one.mention.first, one.mention.last) for one in self.places]
        return {n for first, last in spans for n in range(first, last)}
