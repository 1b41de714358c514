"""Sequences of words and what they stand for: names of actors, of speakers, of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HYPHENS", "Trie"]

HYPHENS = frozenset("-–")
"""Signs that join the words of a name: "US-backed", "United States–backed"."""

_VALUES = ""
"""Where a node of a trie keeps its values; no word is empty."""


class Trie:
    """Sequences of words → values; the longest match from a place wins."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, words: Sequence[str], value: Any) -> None:
        """Add a sequence; several values may share one."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_VALUES, []).append(value)

    def first_words(self, *, unless: frozenset[str] = frozenset()) -> frozenset[str]:
        """Words with which a sequence begins; after some words, those that come second."""
        found = set(self._root.keys() - unless)
        for word in self._root.keys() & unless:
            found |= self._root[word].keys()
        return frozenset(found)

    def second_words(self) -> dict[str, frozenset[str]]:
        """First words of sequences → the words that may follow; all hyphens, which are no words."""
        return {
            word: frozenset({*node, "-"}) for word, node in {**self._root, "-": self._root}.items()
        }

    def longest(self, words: Sequence[str], start: int) -> tuple[int, list[Any]]:
        """Give the end of the longest match that begins at `start`, and its values."""
        node = self._root
        found: tuple[int, list[Any]] = (start, [])
        for place in range(start, len(words)):
            word = words[place]
            if word in HYPHENS:
                continue
            if word not in node:
                break
            node = node[word]
            if _VALUES in node:
                found = (place + 1, node[_VALUES])
        return found
