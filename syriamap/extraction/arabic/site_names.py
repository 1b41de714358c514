"""Sites in an Arabic sentence, by the word for their kind: "P airport", "the fields of P and Q"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.arabic.name_spans import (
    follows,
    name_span,
    next_item,
    only_describes,
    without_joins,
)
from syriamap.extraction.arabic.named import NamedPlace, SeenWords, mention_of, unplaced
from syriamap.extraction.arabic.script import Word, arabic_lists

if TYPE_CHECKING:
    from syriamap.extraction.arabic.known_names import KnownNames
    from syriamap.extraction.places.mention import Mention

__all__ = ["Sites"]

_LISTS = arabic_lists()
_FACILITIES = _LISTS["facilities"]
_NAMED_FOR = frozenset({"مخيم"})
_DIRECTIONS = _LISTS["directions"]
_QUOTES = _LISTS["quotes"]
_QUOTATION = _QUOTES - {"(", ")"}
_Point = tuple[float | None, float | None]


class Sites:
    """
    Sites behind words for their kind.

    Parameters
    ----------
    known
        The names of the theater.
    """

    def __init__(self, known: KnownNames) -> None:
        self.known = known

    def read(self, seen: SeenWords, n: int, kind: str) -> int:
        """A site or a name that begins with its kind: "P airport", "Tal P"."""
        text, words, taken, found = seen
        numbered = n + 1 < len(words) and words[n + 1].text.isdigit()  # "brigade 66"
        begin = n + 2 if n + 1 < len(words) and words[n + 1].text in _QUOTATION else n + 1
        name = (n + 1, n + 2) if numbered else name_span(words, begin, taken)
        if name is None:
            return n + 1
        first, last = name
        if not numbered and only_describes(words, first, last):
            return first  # "an important oil field"
        begun = self._begun(found, words, n)
        mention = self._known(seen, n, kind, first, last)
        if mention is not None:
            found.append(NamedPlace(mention, "object", begun))
            return mention.last
        if kind in _FACILITIES:
            mention = unplaced(text, words, n, min(first + 2, last), "quarter")
        else:
            mention = unplaced(text, words, n, last)
        found.append(NamedPlace(mention, "object", begun))
        return last

    def _known(self, seen: SeenWords, n: int, kind: str, first: int, last: int) -> Mention | None:
        """The place or site of the theater whose name begins with its kind, or with a camp's."""
        text, words = seen.text, seen.words
        whole = self.known.exact(words, n, last)
        if whole is not None and whole[0] > n + 1:
            stop, bearers = whole
            if stop < last and words[stop].text in _DIRECTIONS:
                stop += 1  # "Tal P West"
            return self.known.mention(text, words, n, stop, bearers)
        camp = self.known.exact(words, first, last) if kind in _NAMED_FOR else None
        if camp is not None:
            return self.known.mention(text, words, n, *camp)
        for end in range(last, first if kind != "حي" else last, -1):
            written = f"{kind} {' '.join(word.text for word in words[first:end])}"
            place_id = self.known.names.meanings.site_named(written)
            if place_id:
                point = self.known.names.places.point_of(place_id)
                return mention_of(text, words, n, end, place_id, *point, site=True)
        return None

    def several(self, seen: SeenWords, n: int, kind: str) -> int:
        """The names behind a word for several sites: "the two fields of P and Q"."""
        text, words, taken, found = seen
        k = begun = n + 1
        while (name := name_span(words, k, taken)) is not None:
            first, last = name
            if self.known.is_common(words[first]) or only_describes(words, first, last):
                return k
            named = (
                (end, self._site_id(words, kind, first, end)) for end in range(last, first, -1)
            )
            end, place_id = next((one for one in named if one[1]), (last, ""))
            point: _Point = self.known.names.places.point_of(place_id) if place_id else (None, None)
            told = "" if place_id else "unresolved"  # and no village of that name is meant
            mention = mention_of(text, words, first, end, place_id, *point, told)
            mention = mention._replace(site=True)
            found.append(NamedPlace(mention, "object", begun))
            k = next_item(words, end)
            if k == end and words[k : k + 1] and words[k].text[:1] != "و":
                return end
        return k

    def _site_id(self, words: list[Word], kind: str, first: int, end: int) -> str:
        """Id of the site of a kind that some words name; empty where they name none."""
        written = " ".join(word.text for word in words[first:end])
        tried = (
            self.known.names.meanings.site_named(f"{kind} {x}") for x in without_joins(written)
        )
        return next(filter(None, tried), "")

    @staticmethod
    def _begun(found: list[NamedPlace], words: list[Word], n: int) -> int:
        """First word of the list that a place joined by "and" stands in; else its own."""
        joined = words[n].text[:1] == "و" and bool(found)
        if joined and follows(found[-1].mention.last, n, words):
            return found[-1].listed_with
        return n
