"""
Arabic words: folded spelling, clitics, the words of a span of a text, the lists that ship.

Everything behind this module compares folded words; :class:`Word` keeps where each stands.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

__all__ = [
    "Word",
    "arabic_lists",
    "arabic_tables",
    "bare",
    "fold_arabic",
    "is_written_arabic",
    "words_in",
]

_WORD = re.compile(r"[\u0621-\u063a\u0640-\u065f\u0670\u0671\u06a9\u06cc]+|\d+|[^\s\w]|[^\W\d]+")
_SIGNS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_LETTERS = str.maketrans("أإآٱىةؤئکی", "اااايهويكي")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")
_PROCLITIC_LEAST = 3
"""Letters that stay of a word when what is written together with it is taken off."""


class Word(NamedTuple):
    """A word or sign: folded, its span, and whether "and" is written together with it."""

    text: str
    start: int
    end: int
    joined: bool = False
    prefix: str = ""


@cache
def _entries() -> dict[str, Any]:
    folder = resources.files("syriamap.extraction.lexicon") / "arabic"
    return tomllib.loads((folder / "words.toml").read_text("utf-8"))


@cache
def arabic_lists() -> dict[str, frozenset[str]]:
    """Give the lists of Arabic words that ship."""
    return {key: frozenset(one) for key, one in _entries().items() if isinstance(one, list)}


@cache
def arabic_tables() -> dict[str, dict[str, Any]]:
    """Give the tables among them: months and weekdays."""
    return {key: one for key, one in _entries().items() if isinstance(one, dict)}


@lru_cache(maxsize=65_536)
def fold_arabic(word: str) -> str:
    """
    Fold the spelling of Arabic words.

    >>> fold_arabic("إدلبَ") == fold_arabic("ادلب")
    True
    """
    return _SIGNS.sub("", word).translate(_LETTERS)


def is_written_arabic(text: str) -> bool:
    """Whether more of a text is written in Arabic letters than in others."""
    arabic = len(_ARABIC.findall(text))
    return arabic > 0 and arabic * 2 > len(_LETTER.findall(text))


def words_in(text: str, start: int, end: int) -> list[Word]:
    """Give the words and signs of a span, folded."""
    found: list[Word] = []
    for one in _WORD.finditer(text, start, end):
        word = Word(fold_arabic(one[0]), one.start(), one.end())
        if found and found[-1].text == "و" and word.text[:1].isalpha():
            word = Word("و" + word.text, found.pop().start, word.end)  # "and P" written apart
        found.append(word)
    return found


def bare(word: str, known: frozenset[str]) -> tuple[str, bool, str] | None:
    """
    Give a known word without what is written together with it: it, "and", preposition.

    >>> bare("وسيطرت", frozenset({"سيطرت"}))
    ('سيطرت', True, '')
    """
    if word in known:
        return word, False, ""
    lists = arabic_lists()
    rests = [(word, False)]
    if word[:1] in lists["joins"] and len(word) >= _PROCLITIC_LEAST:
        rests.append((word[1:], True))
    for rest, joined in rests:
        if joined and rest in known:
            return rest, True, ""
        if rest[:1] in lists["prefixes"] and len(rest) > _PROCLITIC_LEAST:
            for stem in (rest[1:], "ا" + rest[1:]):  # "l-" swallows the letter of the article
                if stem in known:
                    return stem, joined, rest[0]
    return None
