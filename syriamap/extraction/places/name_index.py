"""All names of the places and areas of a theater, folded, and which places bear each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_trie import Trie
from syriamap.extraction.places.place_table import SMALL
from syriamap.extraction.texts.tokens import tokens_of
from syriamap.names.elsewhere import read_elsewhere
from syriamap.names.toponyms import fold, is_arabic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from syriamap.extraction.places.place_table import PlaceTable
    from syriamap.theater.folder import Theater

__all__ = ["Bearers", "NameIndex", "region_words"]

_WORDS = read_words()
_NO_NAMES = _WORDS["no_names"]
_ARTICLES = _WORDS["articles"] - {"at"}


class Bearers(NamedTuple):
    """
    Who bears a name.

    Attributes
    ----------
    best
        Id of the likeliest place; empty where an area is meant before any.
    kind
        Kind of that place or area.
    ids
        All places of the name: an area that a village bears the name of is meant before it, but
        the village where the word for its kind stands beside the name.
    """

    best: str
    kind: str
    ids: tuple[str, ...]


class NameIndex:
    """
    The names of a theater's places and areas.

    Parameters
    ----------
    theater
        Its places, names and regions.
    places
        The places by their ids.

    Attributes
    ----------
    first_words
        Words with which a name begins; a name that begins with a common word ("It", "New") is
        known by its second one.
    elsewhere
        Names of well-known places of other countries that no place here has as its own.
    """

    def __init__(self, theater: Theater, places: PlaceTable) -> None:
        self._places = places
        meant: dict[tuple[str, ...], list[str]] = {}
        for place_id, words in _words_of_names(theater):
            meant.setdefault(words, []).append(place_id)
        areas: dict[tuple[str, ...], str] = {}
        self._amid: dict[str, str] = {}
        for row in theater.regions.itertuples(index=False):
            if row.kind != "epithet" and not is_arabic(str(row.name)):
                words = region_words(str(row.name))
                areas.setdefault(words, str(row.kind))
                if str(row.place_id) in places:
                    self._amid["".join(words)] = str(row.place_id)
        self._trie = Trie()
        for name in {**meant, **areas}:
            self._trie.add(name, self._likeliest(meant.get(name, ()), areas.get(name, "")))
        self.first_words = self._trie.first_words(unless=_NO_NAMES)
        own = {fold(str(name)) for name in theater.places["name"]}
        others = {fold(name) for name, _ in read_elsewhere(theater.folder / "elsewhere.csv")}
        self.elsewhere = {one.replace(" ", "") for one in others - own if one}

    def longest(self, keys: Sequence[str], start: int) -> tuple[int, Bearers | None]:
        """End of the longest name that begins at a folded word, and who bears it."""
        end, values = self._trie.longest(keys, start)
        return end, values[0] if values else None

    def amid(self, key: str) -> str:
        """The place amid an area, by the area's folded name; empty where there is none."""
        return self._amid.get(key.replace("-", ""), "")

    def _likeliest(self, meant: Sequence[str], area: str) -> Bearers:
        """Of the places and the area of a name, the likeliest."""
        ids = tuple(sorted(set(meant)))
        best = self._places.likeliest(ids) if ids else ""
        if area and (not best or self._places.kind_of(best) in SMALL):
            return Bearers("", area, ids)
        return Bearers(best, self._places.kind_of(best), ids)


def region_words(name: str) -> tuple[str, ...]:
    """Folded words of an area's name or an epithet, without the articles inside."""
    words = [fold(token.lower) for token in tokens_of(name) if token.text != "-"]
    return tuple(one for n, one in enumerate(words) if not (n and one in _ARTICLES))


def _words_of_names(theater: Theater) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of places and the folded words of their names, but for names that are common words."""
    names = list(zip(theater.places.index, theater.places["name"], strict=True))
    names += list(zip(theater.names["place_id"], theater.names["name"], strict=True))
    for place_id, name in names:
        words = () if is_arabic(str(name)) else tuple(fold(str(name)).split())
        short = len(words) == 1 and len(words[0]) < 3 and words[0].isalpha()
        if words and not short and not (len(words) == 1 and words[0] in _NO_NAMES):
            yield str(place_id), words
