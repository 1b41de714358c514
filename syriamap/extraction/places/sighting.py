"""Words of a sentence that may be the name of a place, and the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.texts.tokens import Words

__all__ = ["Sighting"]


class Sighting(NamedTuple):
    """
    Where the name of a place may stand.

    Attributes
    ----------
    words, keys
        The sentence; its words folded, with a hyphen for the articles of names.
    taken
        For each word, whether it is part of an actor's or a speaker's name.
    first, content
        The first word of the name, the first one behind its article.
    at_home
        Whether the text is about the country: then towns and villages count too.
    found
        The places named before in the sentence.
    """

    words: Words
    keys: list[str]
    taken: Sequence[bool]
    first: int
    content: int
    at_home: bool
    found: list[Mention]

    def key(self, end: int) -> str:
        """Give the folded name up to a word."""
        return "".join(self.keys[self.content : end])

    def written(self, end: int) -> str:
        """Give the name up to a word, as its words stand there."""
        return " ".join(self.words.texts[self.content : end])

    def is_free(self, begin: int) -> bool:
        """Whether no place before reaches up to a word."""
        return not self.found or self.found[-1].last <= begin
