"""The places of a sentence that nothing is claimed of, each with its role there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.drafts import PATTERNS
from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.reading.outcomes import Row

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.items import Sentence

__all__ = ["bare_row", "unclaimed_row"]

_AREA = "area"
"""What is no place of its own: nothing is claimed of it as a whole."""
_WORDS = read_words()
_BEFORE_ROLE = _WORDS["before_role"]
_CARDINALS = _WORDS["cardinals"]
_CONTAINERS = _WORDS["containers"]
_ROLE_ENDPOINT = _WORDS["role_endpoint"]
_ROLE_REFERENCE = _WORDS["role_reference"]


def bare_row(sentence: Sentence, mention: Mention, at: tuple[int, int]) -> Row:
    """Give the row of a place of an English sentence that nothing is claimed of."""
    return unclaimed_row(mention, at, _role(sentence, mention))


def unclaimed_row(mention: Mention, at: tuple[int, int], role: str) -> Row:
    """Give the row of a place that nothing is claimed of."""
    area = mention.kind == _AREA  # its point is but that of a place amid it
    point = (None, None) if area else (mention.lat, mention.lon)
    place = (mention.written, mention.place_id, *point, role)
    return Row(*at, (*place, "", "none", *[""] * 6, PATTERNS, "", "", ""))


def _role(sentence: Sentence, mention: Mention) -> str:
    """The role of a place that nothing is claimed of, by the words before it."""
    n = next(k for k, item in enumerate(sentence.items) if item.place is mention)
    words = sentence.lowers[max(0, n - 4) : n]
    while words and words[-1] in _BEFORE_ROLE:
        if words[-1] == "of" and len(words) > 1 and words[-2] in _CARDINALS:
            return "reference"
        words.pop()
    before = words[-1] if words else ""
    if before in _ROLE_REFERENCE:
        return "reference"
    if before in _ROLE_ENDPOINT:
        return "endpoint"
    if before in _CONTAINERS or mention.kind in {"adm1", _AREA}:
        return "container"
    return "mention"
