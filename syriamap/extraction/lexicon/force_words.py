"""Words of force beside the name of an actor: "troops" of "A's elite troops", what is fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["behind_hyphen", "force_behind", "has_event_behind", "with_its_men"]

_WORDS = read_words()
_ADJECTIVES = _WORDS["force_adjectives"]
_EVENTS = _WORDS["event_nouns"]
_FORCES = _WORDS["forces"]
_HITS = _WORDS["hit_forms"]
_WEAPONS = _WORDS["weapons"]
_WITHIN_NAME = frozenset({"-", "'s", '"', "“", "”", "'", "‘", "’"})
"""Signs between the name of an actor and its noun of force: '"A" troops'."""

_FARTHEST = 4
"""Words and signs from a name to its last noun of force."""


def force_behind(lower: Sequence[str], end: int) -> tuple[int, int]:
    """Up to where words of force stand behind a name; the end of the last noun, 0 for none."""
    after, last = end, 0
    while after < len(lower) and after < end + _FARTHEST:
        word = lower[after]
        fired = word in _WEAPONS and not _HITS.isdisjoint(lower[after + 1 : after + 2])
        if word in _FORCES or fired:
            last = after + 1
        elif word not in _ADJECTIVES and word not in _WITHIN_NAME:
            break
        after += 1
    return after, last


def has_event_behind(lower: Sequence[str], end: int, after: int) -> bool:
    """Whether an event stands behind a name, or behind its nouns of force: "A air strikes"."""
    following = behind_hyphen(lower, end, frozenset("-"))
    return not _EVENTS.isdisjoint(following) or not _EVENTS.isdisjoint(lower[after : after + 1])


def behind_hyphen(lower: Sequence[str], end: int, hyphens: frozenset[str]) -> Sequence[str]:
    """Give the word behind a name, or behind the hyphen there; nothing at the end."""
    joined = not hyphens.isdisjoint(lower[end : end + 1])
    return lower[end + joined : end + joined + 1]


def with_its_men(lower: Sequence[str], end: int) -> int:
    """End of a name with the noun of force behind it: whose "troops" they are is said."""
    return end + (not _FORCES.isdisjoint(lower[end : end + 1]))
