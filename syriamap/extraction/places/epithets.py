"""Words that mean a place without its name: "the capital", "the cradle of the revolution"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.word_trie import Trie
from syriamap.extraction.places.name_index import region_words
from syriamap.names.toponyms import is_arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.place_table import PlaceTable
    from syriamap.extraction.texts.tokens import Words
    from syriamap.theater.folder import Theater

__all__ = ["Epithets"]


class Epithets:
    """
    The epithets of a theater's places.

    Parameters
    ----------
    theater
        Its regions, some of which are epithets.
    places
        The places by their ids.

    Attributes
    ----------
    words
        The words of each.
    """

    def __init__(self, theater: Theater, places: PlaceTable) -> None:
        self._places, self._trie = places, Trie()
        self.words: list[frozenset[str]] = []
        for row in theater.regions.itertuples(index=False):
            told = row.kind == "epithet" and not is_arabic(str(row.name))
            if told and str(row.place_id) in places:
                words = region_words(str(row.name))
                self._trie.add(words, str(row.place_id))
                self.words.append(frozenset(words) - {"s"})
        self._first = self._trie.first_words()

    def among(self, words: Words, mentions: Sequence[Mention]) -> dict[int, Mention]:
        """What epithets mean in a sentence, by their first word, where no name stands there."""
        if self._first.isdisjoint(words.lowers):
            return {}
        known = set(words.lowers)
        if not any(one <= known for one in self.words):
            return {}
        begins = {one.first for one in mentions}
        found = {}
        for n, word in enumerate(words.lowers):
            meant = self._at(words, n) if n not in begins and word in self._first else None
            if meant is not None:
                found[n] = meant
        return found

    def _at(self, words: Words, first: int) -> Mention | None:
        """
        Give the place that words such as "the capital" mean, where they stand alone.

        Where the name stands beside them ("Damascus, the capital") it is enough.
        """
        end, ids = self._trie.longest(words.lowers, first)
        if not ids or _is_named_beside(words, first, end):
            return None
        return self._places.mention(words, (first, end), ids[0])


def _is_named_beside(words: Words, first: int, end: int) -> bool:
    texts = words.texts
    following = texts[end : end + 2]
    if following[:1] in (["of"], ["'s"], ["’s"], ["-"]) or following[:1] == ["region"]:
        return True
    if any(one[:1].isupper() for one in following[: 1 + (following[:1] == [","])]):
        return True
    return first > 1 and words.lowers[first - 1] == "," and texts[first - 2][:1].isupper()
