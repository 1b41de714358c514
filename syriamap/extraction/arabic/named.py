"""A place named in an Arabic sentence, and the sentence as far as its places were found."""

from __future__ import annotations

from typing import NamedTuple

from syriamap.extraction.arabic.script import Word, arabic_lists, arabic_tables, fold_arabic
from syriamap.extraction.places.mention import Mention

__all__ = [
    "BETWEEN",
    "KINDS",
    "LEADING_KINDS",
    "SEVERAL_SITES",
    "NamedPlace",
    "SeenWords",
    "listed_with",
    "mention_of",
    "unplaced",
]

_LISTS = arabic_lists()
KINDS = _LISTS["settlement_kinds"] | _LISTS["site_kinds"]
"""Words for kinds of settlements and sites."""

SEVERAL_SITES: dict[str, str] = arabic_tables()["several_sites"]
"""Words for several sites → the word for one: "fields" → "field"."""

LEADING_KINDS = KINDS.union(_LISTS["parts"], _LISTS["governorate"], SEVERAL_SITES)
"""All words for kinds that lead to a name."""

BETWEEN = frozenset({"،", ",", "–", "-", "—"})
"""Signs between the names of a list."""


class NamedPlace(NamedTuple):
    """A place: its mention, and the role that its words give it: `object`, `container`, `maybe`."""

    mention: Mention
    role: str
    listed_with: int
    """First word of the list that it stands in; its own for a place that stands alone."""
    noun: str = ""
    """The word for its kind that leads to it: "town"."""


class SeenWords(NamedTuple):
    """A sentence whose places are looked for: text, words, those of actors, places found so far."""

    text: str
    words: list[Word]
    taken: set[int]
    found: list[NamedPlace]


def listed_with(found: list[NamedPlace], n: int, *, after_list: bool) -> int:
    """First word of the list that goes on here; else this one."""
    return found[-1].listed_with if after_list and found else n


def mention_of(  # noqa: PLR0917
    text: str,
    words: list[Word],
    first: int,
    last: int,
    place_id: str,
    lat: float | None,
    lon: float | None,
    kind: str = "",
    *,
    site: bool = False,
) -> Mention:
    """Give the mention of a place by its words, without the "and" written with the first."""
    start = words[first].start
    written = fold_arabic(text[start : words[last - 1].end])
    if first and written[:1] in {"و", "ف"} and len(written) > 3 and not site:
        begun = words[first].text
        named_so = begun in KINDS and begun[1:] not in KINDS  # "Wadi P"
        if not named_so and (begun[1:3] == "ال" or words[first - 1].text not in KINDS):
            start += 1
            start += len(text[start:]) - len(text[start:].lstrip())
    return Mention(
        first, last, start, words[last - 1].end, text[start : words[last - 1].end],
        place_id, lat, lon, kind or "site", bool(place_id), (), site,
    )  # fmt: skip


def unplaced(
    text: str, words: list[Word], first: int, last: int, kind: str = "unresolved"
) -> Mention:
    """Give the mention of a name that no place of the theater is known to bear."""
    return mention_of(text, words, first, last, "", None, None, kind)
