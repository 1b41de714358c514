"""Names of parts of a city: "P neighborhood", "the districts of P, Q and R"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.company import beside, leads_to_quarters

if TYPE_CHECKING:
    from syriamap.extraction.places.sighting import Sighting

__all__ = ["calls_quarter", "is_quarter"]

_WORDS = read_words()
_PART_NAMES = _WORDS["part_names"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_QUARTERS = _WORDS["quarters"]
_NEIGHBORHOODS = _QUARTERS - {"district", "districts"}
_OF_QUARTERS = _QUARTERS - {"district"}


def is_quarter(seen: Sighting, end: int, kind: str) -> bool:
    """Whether words around a listed name make it a quarter, though a village bears it."""
    lowers = seen.words.lowers
    if not _NEIGHBORHOODS.isdisjoint(lowers[end : end + 1]) or leads_to_quarters(seen.words, end):
        return True
    before = lowers[max(0, seen.first - 2) : seen.first]
    of_quarters = before[-1:] == ["of"] and before[0] in _OF_QUARTERS
    listed = seen.found and seen.found[-1].kind == "quarter"
    listed = listed and beside(seen.found, seen.first, seen.words)
    return kind == "village" and (of_quarters or bool(listed))


def calls_quarter(seen: Sighting, end: int, before: tuple[str, str]) -> bool:
    """Whether a name that no list holds, with two words before it, is that of a quarter."""
    lowers = seen.words.lowers
    if not _QUARTERS.isdisjoint((*before, *lowers[end : end + 1])):
        return True
    if end - seen.content > 1 and lowers[end - 1] in _PART_NAMES:
        return True
    if leads_to_quarters(seen.words, end):
        return True
    kinds = [word for word in lowers[: seen.first] if word in _PLURAL_KINDS]
    return before[1] == "including" and kinds[-1:] != [] and kinds[-1] in _QUARTERS
