"""
A file's raw text → readable text and tokens, each with offsets into the raw text.

In comes plain text, Markdown or HTML; out goes a :class:`Document`. HTML is scanned once from left
to right: scripts, styles, navigation and the like are left out, entities become characters, and
every character keeps the place in the raw file that it came from. All of it is linear in the
length of the text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.texts.boilerplate import boilerplate_of
from syriamap.extraction.texts.pages import Card, card_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Piece = tuple[str, int, int, bool]

__all__ = [
    "Document", "Token", "Words", "document_from_text", "tokens_of", "words_of",
]  # fmt: skip

_SKIPPED = frozenset([
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form",
    "button", "select", "svg", "iframe", "head", "figure", "textarea",
])  # fmt: skip
_INLINE = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
])  # fmt: skip
_TAG = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<(?:div|p|article|body)\b)", re.I)
_BREAK = "\n\n"
_WORD = re.compile(
    r"([Uu]\.(?:[Ss]\.[Aa]?\.?|[NnKk]\.)|[AaPp]\.[Mm]\.|[Hh]ttps?://\S+|[Ww]ww\.\S+"
    r"|[^\W_]+(?:[`ʿʾʼʻ'’](?!(?:[SsDdTt]|[Rr][Ee]|[Ll][Ll]|[Vv][Ee])\b)[^\W_]+)*"
    r"|['’](?:[SsDdTt]|[Rr][Ee]|[Ll][Ll]|[Vv][Ee])\b|[^\w\s]|_)"
)
"""A word or a sign. Splitting by it gives what stands between and the words in turn."""

_OTHER_HYPHENS = frozenset("\u2010\u2011")
"""Hyphens that break no line, and the one that is but a hyphen."""

_POSSESSIVE = re.compile(r"ʼ(?=s\b)")
"""A letter that some write for an apostrophe: "Assadʼs", but not in "Maʼarrat"."""

_BULLET = re.compile(r"(:?)([ \t]*\n\s*)[-–•*▪●►](?=[ \t])")
"""What begins a line of a list; within a sentence it joins its items as a comma does."""


@dataclass(frozen=True)
class Document:
    """
    One text to be read.

    Attributes
    ----------
    source_file
        Where it came from.
    raw
        The text as it stands in the file.
    text
        What is read of it; equal to `raw` but for HTML.
    card
        What a page says of itself: title, publisher, day, address.
    """

    source_file: str
    raw: str
    text: str
    card: Card = field(default_factory=Card)
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _origins: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the raw text that a non-empty span of `text` came from."""
        if not self._starts:
            return start, end
        return self._origin(start)[0], self._origin(end - 1)[1]

    def _origin(self, place: int) -> tuple[int, int]:
        piece = bisect_right(self._starts, place) - 1
        raw_start, raw_end, plain = self._origins[piece]
        if not plain:
            return raw_start, raw_end
        begin = raw_start + place - self._starts[piece]
        return begin, begin + 1


class Token(NamedTuple):
    """A word or a sign: as written, in lower case, and its span in the text."""

    text: str
    lower: str
    start: int
    end: int


class Words(NamedTuple):
    """The words and signs of a span of the text: as written, in lower case, starts and ends."""

    texts: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]


def document_from_text(raw: str, source_file: str = "-") -> Document:
    """
    Make a document of a file's text; HTML is recognized by its first tag or the file's ending.

    >>> page = document_from_text("<p>Hama &amp; <b>Homs</b></p>")
    >>> page.text.strip(), page.raw[slice(*page.span(9, 13))]
    ('Hama & Homs', 'Homs')
    """
    named = source_file.lower().endswith((".html", ".htm", ".xhtml"))
    if not named and not _LOOKS_LIKE_HTML.match(raw[:2000]):
        return Document(source_file, raw, raw)
    parts, starts, origins = [], [], []
    length = 0
    for text, start, end, plain in _prose(raw):
        starts.append(length)
        origins.append((start, end, int(plain)))
        parts.append(text)
        length += len(text)
    return Document(
        source_file, raw, "".join(parts), card_of_page(raw), tuple(starts), tuple(origins)
    )


def _prose(raw: str) -> Iterator[_Piece]:
    """The pieces of a page without the blocks that are menus or lists of links."""
    bad = boilerplate_of(raw)
    block: list[_Piece] = []
    for piece in _pieces(raw):
        if piece[0] != _BREAK:
            block.append(piece)
            continue
        yield from _unless(block, bad)
        yield piece
        block = []
    yield from _unless(block, bad)


def _unless(block: list[_Piece], bad: frozenset[str]) -> list[_Piece]:
    words = "".join("".join(piece[0] for piece in block).split())
    return [] if words in bad else block


def _pieces(raw: str) -> Iterator[_Piece]:
    """Readable pieces of HTML: text, its span in the raw file, whether character for character."""
    place, size = 0, len(raw)
    missing: set[str] = set()
    while place < size:
        tag = raw.find("<", place)
        tag = size if tag < 0 else tag
        yield from _characters(raw, place, tag)
        if tag >= size:
            return
        if raw.startswith("<!--", tag):
            end = raw.find("-->", tag + 4)
            place = size if end < 0 else end + 3
            continue
        name = _TAG.match(raw, tag + 1)
        if name is None and not raw.startswith(("<!", "<?"), tag):
            yield "<", tag, tag + 1, True
            place = tag + 1
            continue
        end = raw.find(">", tag)
        if end < 0:
            return
        place = end + 1
        word = name[1].lower() if name else ""
        if word not in _INLINE:
            yield _BREAK, tag, place, False
        if word in _SKIPPED and raw[tag + 1] != "/" and raw[end - 1] != "/":
            place = _closing(raw, word, place, missing)


def _closing(raw: str, word: str, place: int, missing: set[str]) -> int:
    """Where the element ends that opened before `place`; `place` itself when it never does."""
    if word in missing:
        return place
    closing = re.compile(f"</{word}\\b", re.IGNORECASE).search(raw, place)
    if closing is None:
        missing.add(word)  # so that no later tag searches the rest again
        return place
    return closing.start()


def _characters(raw: str, start: int, end: int) -> Iterator[_Piece]:
    for entity in _ENTITY.finditer(raw, start, end):
        if entity.start() > start:
            yield raw[start : entity.start()], start, entity.start(), True
        yield html.unescape(entity[0]), entity.start(), entity.end(), False
        start = entity.end()
    if end > start:
        yield raw[start:end], start, end, True


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """
    Words and signs of a span of the text; hyphens stand alone.

    >>> [token.text for token in tokens_of("U.S.-backed, Assad's")]
    ['U.S.', '-', 'backed', ',', 'Assad', "'s"]
    """
    return [Token(*one) for one in zip(*words_of(text, start, end), strict=True)]


def _joined(bullet: re.Match[str]) -> str:
    """Give as many signs for the begin of a line in a list: a comma, nothing behind a colon."""
    return f"{bullet[1]}{bullet[2]}{' ' if bullet[1] else ','}"


def words_of(text: str, start: int = 0, end: int | None = None) -> Words:
    """
    Give what :func:`tokens_of` gives, as one list for each thing told: many times quicker.

    >>> words_of("U.S.-backed, Assad's", 5, 12)
    Words(texts=['backed', ','], lowers=['backed', ','], starts=[5, 11], ends=[11, 12])
    """
    written = text[start:end]
    if "ʼ" in written:
        written = _POSSESSIVE.sub("’", written)
    if "\n" in written:
        written = _BULLET.sub(_joined, written)
    parts = _WORD.split(written)
    borders = list(accumulate(map(len, parts), initial=start))
    texts = parts[1::2]
    if not _OTHER_HYPHENS.isdisjoint(written):
        texts = ["-" if one in _OTHER_HYPHENS else one for one in texts]
    lowers = list(map(str.lower, texts))
    if "’" in written:
        lowers = [word.replace("’", "'") for word in lowers]
    return Words(texts, lowers, borders[1:-1:2], borders[2::2])
