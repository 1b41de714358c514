"""Governorates by the names of their cities: "P province", "the P, Q and R countryside"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.company import beside

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.place_table import PlaceTable
    from syriamap.extraction.texts.tokens import Words

__all__ = ["is_area_of", "provinces_of_list"]

_WORDS = read_words()
_DIRECTIONS = _WORDS["directions"]
_SEVERAL = _WORDS["several_areas"]
_WHOLE = frozenset({"province", "governorate"})


def is_area_of(words: Words, first: int) -> bool:
    """Whether "the province of" stands before a name."""
    before = words.lowers[max(0, first - 2) : first]
    return before[1:] == ["of"] and before[0] in _WHOLE


def provinces_of_list(words: Words, found: list[Mention], places: PlaceTable) -> list[Mention]:
    """All items of "P, Q and R provinces" are provinces."""
    for n in range(len(found) - 1, 0, -1):
        if found[n].kind != "adm1":
            continue
        kind = words.lowers[found[n].last - 1]
        shared = kind == "countryside" and _under_article(words, found[n - 1].first)
        if kind not in _SEVERAL and not shared:
            continue
        k = n
        while k and found[k - 1].kind == "city" and beside(found[:k], found[k].first, words):
            k -= 1
            lat, lon = places.province_of(found[k].place_id)
            found[k] = found[k]._replace(place_id="", lat=lat, lon=lon, kind="adm1")
    return found


def _under_article(words: Words, first: int) -> bool:
    """Whether "the", with or without a direction, leads to a name: "the northern P and Q"."""
    before = words.lowers[max(0, first - 2) : first]
    return before[-1:] == ["the"] or (before[:1] == ["the"] and before[1] in _DIRECTIONS)
