"""Other ways to write the name of an actor, made of the one that is listed."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["spellings_of"]

_TIED = "* tied to "
"""Begins the name of all who are somebody's: "militias loyal to a", "armed groups linked to a"."""

_MOST = 60
"""Spellings of one name that are looked for."""


def spellings_of(alias: str) -> Iterator[str]:
    """
    Give a name in all usual spellings of its Arabic words, and by who backs whom.

    "* tied to a" is a name for "fighters loyal to a" and the like, and none by itself.

    >>> list(spellings_of("jaish al islam"))[:3]
    ['jaish al islam', 'jaish el islam', 'jaysh al islam']
    """
    if alias.startswith(_TIED):
        yield from _by_ties(alias.removeprefix(_TIED))
        return
    groups: dict[str, list[str]] = read_word_tables()["alias_spellings"]
    alike = {word: group for group in groups.values() for word in group}
    ways = product(*(alike.get(word, [word]) for word in alias.split()))
    yield from dict.fromkeys([alias, *islice(map(" ".join, ways), _MOST)])
    yield from _by_backer(alias)


def _by_backer(alias: str) -> Iterator[str]:
    """The other orders of a name by who backs it: "a backed *" is "fighters supported by a"."""
    backer, backed, rest = alias.partition(" backed ")
    if backed and rest == "*" and " " not in backer:
        words = read_words()
        for noun in sorted(words["backed_nouns"]):
            yield from (f"{noun} {verb} by {backer}" for verb in sorted(words["backed"]))


def _by_ties(owner: str) -> Iterator[str]:
    """Names of all who are tied to somebody: "gunmen affiliated with a"."""
    words = read_words()
    nouns = sorted({*words["backed_nouns"], *words["tied_nouns"]})
    yield from (f"{noun} {tie} {owner}" for noun in nouns for tie in sorted(words["tied"]))
