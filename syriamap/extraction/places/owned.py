"""Sites that a sentence calls by the place before them: "P and its airport", "P, its dam and prison"."""  # noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.company import kind_behind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.texts.tokens import Words

__all__ = ["OwnedSite", "owned_sites"]

_WORDS = read_words()
_POSSESSIVES = _WORDS["possessives"]
_JOINS = _WORDS["owned_joins"]
_ATTRIBUTES = _WORDS["place_attributes"] - _WORDS["modifiers"]
_SITES = _WORDS["site_kinds"]
_SETTLEMENTS = _WORDS["settlement_kinds"]


class OwnedSite(NamedTuple):
    """Words that call a site by its place: from a possessive to a kind, which begins at `kind`."""

    first: int
    kind: int
    last: int


def owned_sites(words: Words, place: Mention, end: int) -> Iterator[OwnedSite]:
    """
    Find the sites that belong to a place by a possessive behind it.

    Parameters
    ----------
    words
        The sentence.
    place
        Whose sites they are.
    end
        First token that is not looked at: where the next name of a place begins.

    Yields
    ------
    OwnedSite
        The first has a possessive of its own, what is joined to it may have an article.
    """
    lowers = words.lowers
    n = place.last + (not _SETTLEMENTS.isdisjoint(lowers[place.last : place.last + 1]))
    leads = _POSSESSIVES
    while (first := _behind_joins(lowers, n)) > n:
        if leads.isdisjoint(lowers[first : first + 1]):
            return
        kind = first + 1
        while kind < end and lowers[kind] in _ATTRIBUTES:
            kind += 1
        what, n = kind_behind(words, kind)
        if what not in _SITES or n > end:
            return
        yield OwnedSite(first, kind, n)
        leads = _POSSESSIVES | {"the"}


def _behind_joins(lowers: Sequence[str], n: int) -> int:
    """The word behind "and", ", and", "along with" or the like; `n` where there is none."""
    while n < len(lowers) and lowers[n] in _JOINS:
        n += 1
    return n
