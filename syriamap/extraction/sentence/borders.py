"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import any_of, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["sentences_of"]

_LONGEST = 1500
"""Characters of a sentence; what is longer (no prose) is cut at a space."""

_END = re.compile(  # it begins with a set of signs, so that the search leaps from one to the next
    r"[.!?…\n؟۔](?:(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[«]*[A-Z0-9\u0621-\u064a])"
    r"|(?<=\n)(?=\s*[\u0621-\u064a])|(?<=\n)[ \t]*\r?\n\s*"
    r"|(?<=[؟۔])\s+|(?<=\n)(?=[ \t]*(?:[-–•*▪●►]\s|[\u2600-\u27bf\U0001f300-\U0001faff]))"
    r"|(?<=[\u2600-\u27bf\U0001f300-\U0001faff]\n))"
)
_HEADING = re.compile(r"(?m)^(?=[^\s\-–•*▪●►])[^\n]{3,50}(?<![.!?…,;])\n(?=[A-Z0-9#\"'“‘(])")
"""A short line without a stop: "16:40 Army leaves P"; lines of wrapped prose are longer."""

_NAME = r"(?:[A-Za-z]{1,3}-)?[A-Z][\w'’‘`]*"
_NAMES = re.compile(
    rf":[ \t]*\n(?:\s*[-–•*▪●►][ \t]+{_NAME}"
    rf"(?:[ -](?:{_NAME}|[‘'’]{_NAME})){{0,4}}[ \t]*(?=\n|$)){{2,}}"
)
"""A list of names, one a line: it belongs to the sentence before, which ends with a colon."""

_ABBREVIATION = re.compile(rf"(?:\b(?:[A-Z]|{any_of(read_words()['abbreviations'])})\.)$")


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """
    Spans of the sentences of a text, in order; blank lines always end one.

    >>> text = "Gen. Hassan left. The U.S. stayed."
    >>> [text[a:b] for a, b in sentences_of(text)]
    ['Gen. Hassan left.', 'The U.S. stayed.']
    """
    start = 0
    lists = [one.span() for one in _NAMES.finditer(text)]
    ends = (end for end in _ends(text) if not any(a < end < b for a, b in lists))
    for end in merge(ends, (one.end() for one in _HEADING.finditer(text)), [b for _, b in lists]):
        if end > start:
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, len(text))


def _ends(text: str) -> Iterator[int]:
    """Where sentences end by their signs."""
    start = 0
    for end in _END.finditer(text):
        before = text[max(start, end.start() - 12) : end.start() + 1]
        if text[end.start()] == "." and _ABBREVIATION.search(before):
            continue
        start = end.end()
        yield start


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = start + _LONGEST if cut <= start else cut
        yield from _trimmed(text, start, cut)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
