"""
Asides behind a place: ", a town of 20,000 people,", "(east of it)", "– the seat of Q –".

They stand between two names of a list and part no item from the next. In come words in lower case,
whether those of a sentence or its items, out go the signs that open and end an aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LONGEST_ASIDE", "aside_begin", "aside_end", "opens_aside"]

_WORDS = read_words()
_OPENS = _WORDS["aside_opens"] | _WORDS["directions"]
_CLOSINGS = {",": ",", "(": ")", "–": "–", "—": "—"}
"""What opens an aside → what ends it."""

_OPENINGS = {closing: opening for opening, closing in _CLOSINGS.items()}

LONGEST_ASIDE = 18
"""Words of an aside with its signs."""


def opens_aside(lowers: Sequence[str], n: int) -> bool:
    """
    Whether what explains the name before a comma may begin at a word.

    >>> opens_aside(["hama", ",", "some", "200", "km"], 2)
    True
    >>> opens_aside(["hama", ",", "homs"], 2)
    False
    """
    return n < len(lowers) and (lowers[n] in _OPENS or lowers[n][:1].isdigit())


def aside_end(lowers: Sequence[str], n: int) -> int | None:
    """
    Give the sign that ends the aside which a sign at `n` opens; None where it opens none.

    >>> aside_end(["hama", ",", "a", "town", ",", "homs"], 1)
    4
    >>> aside_end(["hama", ",", "homs", ",", "tartus"], 1)
    """
    closing = _CLOSINGS.get(lowers[n]) if n < len(lowers) else None
    if closing is None or (closing == "," and not opens_aside(lowers, n + 1)):
        return None
    ahead = range(n + 2, min(n + LONGEST_ASIDE, len(lowers)))
    return next((m for m in ahead if lowers[m] == closing and not _in_number(lowers, m)), None)


def aside_begin(lowers: Sequence[str], n: int) -> int | None:
    """
    Give the sign that opens the aside which a sign at `n` ends; None where it ends none.

    >>> aside_begin(["hama", ",", "a", "town", ",", "homs"], 4)
    1
    """
    opening = _OPENINGS.get(lowers[n]) if n < len(lowers) else None
    if opening is None:
        return None
    before = range(n - 1, max(0, n - LONGEST_ASIDE), -1)
    found = (m for m in before if lowers[m] == opening and not _in_number(lowers, m))
    begin = next(found, None)
    told = begin is not None and (opening != "," or opens_aside(lowers, begin + 1))
    return begin if told else None


def _in_number(lowers: Sequence[str], n: int) -> bool:
    """Whether a comma is that of a number: "20,000"."""
    return n + 1 < len(lowers) and lowers[n - 1].isdigit() and lowers[n + 1].isdigit()
