"""The Arabic names of a theater's places and areas, and which of them a word begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.arabic.name_spans import without_joins
from syriamap.extraction.arabic.named import NamedPlace, SeenWords, mention_of, unplaced
from syriamap.extraction.arabic.script import (
    Word,
    arabic_lists,
    bare,
    is_written_arabic,
)
from syriamap.extraction.arabic.troops import folded_words, longest
from syriamap.extraction.arabic.verb_forms import deed_forms
from syriamap.extraction.lexicon.word_trie import Trie

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.theater.folder import Theater

__all__ = ["KnownNames"]

_LISTS = arabic_lists()
_NO_NAMES = _LISTS["place_anaphors"].union(
    _LISTS["forces"],
    _LISTS["people"],
    _LISTS["ends_name"],
    _LISTS["adjectives"],
    _LISTS["settlement_kinds"],
)
_TOWNS = frozenset({"city", "town"})
_OF_NAMES = _LISTS["lists_of_names"]
_COMMON = frozenset(
    word for key, words in _LISTS.items() if key not in _OF_NAMES for word in words
) | deed_forms("past", "present", "masdar", "participle")
_ENDING = 3
"""Letters of the end of a word by which it is first told from others."""
_Point = tuple[float | None, float | None]


class KnownNames:
    """
    The Arabic names of a theater, made once for it.

    Parameters
    ----------
    theater
        Its places and their names.
    names
        Its places, ready to be found.
    """

    def __init__(self, theater: Theater, names: PlaceNames) -> None:
        self.names = names
        self.trie = Trie()
        pairs = list(zip(theater.places.index, theater.places["name_ar"], strict=True))
        pairs += [
            (place_id, name)
            for place_id, name in zip(theater.names["place_id"], theater.names["name"], strict=True)
            if is_written_arabic(str(name))
        ]
        self.bearers: dict[tuple[str, ...], set[str]] = {}
        for place_id, name in pairs:
            words = tuple(folded_words(str(name)))
            if (
                len(words) == 1
                and words[0] in _NO_NAMES
                and names.places.kind_of(place_id) not in _TOWNS
            ):
                continue  # "the two villages" may be a town, a village called so is too unlikely
            if words and len("".join(words)) > 2:
                self.bearers.setdefault(words, set()).add(str(place_id))
        self._areas = {
            tuple(folded_words(str(row.name))): str(row.place_id)
            for row in theater.regions.itertuples(index=False)
            if is_written_arabic(str(row.name))
        }
        called = {" ".join(folded_words(one)) for one in theater.called if is_written_arabic(one)}
        self.never = _LISTS["never_places"] | called
        self._common = _COMMON | called
        self._area_first = frozenset(words[0] for words in self._areas)
        self._area_ends = {word[-_ENDING:] for word in self._area_first}
        for words in {**self.bearers, **self._areas}:
            self.trie.add(words, words)
        self.first_words = self.trie.first_words()

    def exact(self, words: list[Word], first: int, last: int) -> tuple[int, tuple[str, ...]] | None:
        """The longest name of the theater that begins at a word."""
        texts = [word.text for word in words[first:last]]
        for begin in without_joins(texts[0]):
            end, values = longest(self.trie, [begin, *texts[1:]])
            if values and values[0] in self.bearers:
                return first + end, tuple(sorted(self.bearers[values[0]]))
        return None

    def area_at(self, seen: SeenWords, n: int) -> int:
        """
        Find an area that is no place of its own, or bears the name of a village somewhere.

        Returns
        -------
        int
            The word behind it; 0 where none begins.
        """
        text, words, taken, found = seen
        if n >= len(words) or words[n].text[-_ENDING:] not in self._area_ends or n in taken:
            return 0
        texts = [word.text for word in words[n : n + 5]]
        known = bare(texts[0], self._area_first)
        if known is None:
            return 0
        end, values = longest(self.trie, [known[0], *texts[1:]])
        if not values or values[0] not in self._areas:
            return 0
        amid = self._areas[values[0]]
        point: _Point = self.names.places.point_of(amid) if amid else (None, None)
        mention = mention_of(text, words, n, n + end, "", *point, "area")
        found.append(NamedPlace(mention, "container", n))
        return n + end

    def mention(
        self, text: str, words: list[Word], first: int, last: int, bearers: tuple[str, ...]
    ) -> Mention:
        """Give the mention of a name by its words and the places that bear it."""
        if not bearers:
            return unplaced(text, words, first, last)
        best = self.names.places.likeliest(bearers)
        point = self.names.places.point_of(best)
        kind = self.names.places.kind_of(best)
        made = mention_of(text, words, first, last, best, *point, kind)
        return made._replace(bearers=bearers, listed=True)

    def is_common(self, word: Word) -> bool:
        """Whether a word is one of the language or calls the country, and no place's name."""
        return bare(word.text, self._common) is not None
