"""Names in an Arabic sentence that no word for a kind leads to: "they entered P", "P and Q"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.arabic.name_spans import name_span, only_near
from syriamap.extraction.arabic.named import (
    BETWEEN,
    KINDS,
    NamedPlace,
    SeenWords,
    listed_with,
    unplaced,
)
from syriamap.extraction.arabic.script import Word, arabic_lists, bare
from syriamap.extraction.arabic.troops import longest
from syriamap.extraction.arabic.verb_forms import read_deeds

if TYPE_CHECKING:
    from syriamap.extraction.arabic.known_names import KnownNames

__all__ = ["BareNames"]

_LISTS = arabic_lists()
_LEADS = _LISTS["leads"] | _LISTS["lead_to_names"]
_BESIDES = _LISTS["besides"]
_TOWNS = frozenset({"city", "town"})
_QUOTES = _LISTS["quotes"]
_TAKES_OBJECT = frozenset(
    word for word, deeds in read_deeds().items() if any("" in one.leads for one in deeds)
)
_TELLING = 4
"""Letters of a name that stands without a kind and without a preposition."""
_LONGEST = 3
"""Words of a name."""


class BareNames:
    """
    Names without a word for their kind.

    Parameters
    ----------
    known
        The names of the theater.
    """

    def __init__(self, known: KnownNames) -> None:
        self.known = known

    def read(self, seen: SeenWords, n: int) -> int:
        """Find a name that no word for a kind leads to; where it ends."""
        words, found = seen.words, seen.found
        before = next(
            (words[k].text for k in range(n - 1, -1, -1) if words[k].text not in _QUOTES), ""
        )
        after_list = (
            bool(found) and found[-1].mention.last in {n, n - 1} and self._goes_on(words, n)
        )
        led = before in _LEADS | _BESIDES or n - 1 in seen.taken
        led = led or bare(before, _TAKES_OBJECT) is not None
        if led or n == 0 or after_list or not words[n].text[:1].isalpha():
            return self._known(seen, n, after_list)
        return self._known(seen, n, after_list, only_city=True)

    def _known(self, seen: SeenWords, n: int, after_list: bool, *, only_city: bool = False) -> int:  # noqa: PLR0911
        """A name of the theater that stands without its kind."""
        text, words, taken, found = seen
        begun = bare(words[n].text, self.known.first_words)
        if begun is None or (begun[2] and begun[2] != "ل"):
            if after_list and self._amid(seen, n):
                mention = unplaced(text, words, n, n + 1)
                found.append(NamedPlace(mention, found[-1].role, found[-1].listed_with))
                return n + 1
            if (after_list or (words[n - 1].text in _LEADS and n)) and not self.known.is_common(
                words[n]
            ):
                return self._sounding(seen, n, after_list)
            return n + 1
        end, values = longest(
            self.known.trie, [begun[0], *(word.text for word in words[n + 1 : n + 5])]
        )
        if not values or any(k in taken for k in range(n, n + end)):
            return n + 1
        if len(values[0]) == 1 and self.known.is_common(words[n]):
            return n + 1
        if values[0] not in self.known.bearers:
            return n + 1
        ids = tuple(sorted(self.known.bearers[values[0]]))
        kind = self.known.names.places.kind_of(self.known.names.places.likeliest(ids))
        if len(values[0]) == 1 and values[0][0] in self.known.never:
            return n + 1
        if only_city and not after_list and kind not in _TOWNS:
            return n + 1
        letters = len("".join(values[0]))
        if only_city and not after_list and (n == 0 or begun[2] or letters < _TELLING):
            return n + 1
        listed = listed_with(found, n, after_list=after_list)
        role = found[-1].role if after_list and found else "object"
        role = "container" if only_near(words, n) else role
        mention = self.known.mention(text, words, n, n + end, ids)
        found.append(NamedPlace(mention, role, listed))
        return n + end

    def _amid(self, seen: SeenWords, n: int) -> bool:
        """Whether an unknown name stands between two of a list: "and P and Q"."""
        words = seen.words
        if n + 1 >= len(words) or words[n].text[:1] != "و":
            return False
        following = words[n + 1]
        known = bare(following.text, self.known.first_words | KINDS)
        listed = seen.found[-1].listed_with
        long = sum(one.listed_with == listed for one in seen.found) > 1
        also = long and following.text[:1] == "و" and not self.known.is_common(following)
        between = (known is not None and known[1]) or also
        return between and not self.known.is_common(words[n]) and n not in seen.taken

    def _sounding(self, seen: SeenWords, n: int, after_list: bool) -> int:
        """A name that no list holds, where the gazetteer is sure of what it sounds like."""
        text, words, taken, found = seen
        name = name_span(words, n, taken)
        if name is None:
            return n + 1
        start, stop = name
        for end in range(min(stop, start + _LONGEST), start, -1):
            written = " ".join(word.text for word in words[start:end]).removeprefix("و")
            if len(written) > 3 and self.known.names.meanings.sure(written):
                listed = listed_with(found, n, after_list=after_list)
                mention = unplaced(text, words, start, end)
                found.append(NamedPlace(mention, "maybe", listed))
                return end
        return n + 1

    def _goes_on(self, words: list[Word], n: int) -> bool:
        if words[n].text[:1] == "و":
            return True
        return n > 0 and words[n - 1].text in BETWEEN
