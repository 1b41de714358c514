"""A place name in a text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from syriamap.names.toponyms import fold

if TYPE_CHECKING:
    from syriamap.extraction.texts.tokens import Words

__all__ = ["Mention", "folded", "mention_at"]


class Mention(NamedTuple):
    """
    One place name in a text: its tokens, its span in the text and what it means.

    `place_id`, `lat` and `lon` are empty where it means no place of the gazetteer; `kind` is then
    `area`, `adm1` or `unresolved`. `listed`: the name is one of the theater's, not only like one.
    `bearers`: the ids of all places that bear the name; `site`: it is named with its kind ("P airbase").
    """  # noqa: E501

    first: int
    last: int
    start: int
    end: int
    written: str
    place_id: str
    lat: float | None
    lon: float | None
    kind: str
    listed: bool = True
    bearers: tuple[str, ...] = ()
    site: bool = False


def mention_at(
    words: Words,
    first: int,
    last: int,
    kind: str,
    *,
    place_id: str = "",
    point: tuple[float | None, float | None] = (None, None),
    bearers: tuple[str, ...] = (),
    listed: bool = True,
    site: bool = False,
) -> Mention:
    """Give the mention that some words of a sentence are."""
    texts, starts, ends = words.texts, words.starts, words.ends
    written = texts[first]
    for n in range(first + 1, last):
        written += f" {texts[n]}" if starts[n] > ends[n - 1] else texts[n]
    span = first, last, starts[first], ends[last - 1]
    return Mention(*span, written, place_id, *point, kind, listed, bearers, site)


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Fold a word, once."""
    return fold(word) or word
