"""Sites that are called by a place's name: "the dam of P", "P military airport", "P and Q airbases"."""  # noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.company import beside, lead_of
from syriamap.extraction.places.owned import owned_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syriamap.extraction.places.meanings import Meanings
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.place_table import PlaceTable
    from syriamap.extraction.places.sighting import Sighting
    from syriamap.extraction.texts.tokens import Words

__all__ = ["SitesBeside", "is_building"]

_WORDS = read_words()
_BUILDINGS = _WORDS["buildings"]
_NAMED = _WORDS["named_sites"]
_LEADS = _WORDS["site_leads"]
_OF_OIL = _WORDS["before_sites"]
_SEVERAL = _WORDS["several_sites"]
_SETTLED = frozenset({"city", "town", "village", "hamlet"})


class SitesBeside:
    """
    The sites of a theater that stand beside the names of its places.

    Parameters
    ----------
    places
        The places by their ids.
    meanings
        The gazetteer's answers.
    """

    def __init__(self, places: PlaceTable, meanings: Meanings) -> None:
        self._places, self._meanings = places, meanings

    def before(self, seen: Sighting, end: int) -> Mention | None:
        """The site that stands before its place, up to a word: "the dam of P", "air base at P"."""
        lowers = seen.words.lowers
        lead = lead_of(seen.words, seen.first)
        if lead < 1 or lowers[lead] not in _LEADS:
            return None
        for kind in _NAMED:
            begin = lead - len(kind.split())
            if begin >= 0 and " ".join(lowers[begin:lead]) == kind:
                site = self._meanings.site_of(seen.written(end), kind.split())
                free = bool(site) and seen.is_free(begin)
                return self._site(seen.words, begin, end, site) if free else None
        return None

    def behind(self, seen: Sighting, end: int, last: int) -> Mention | None:
        """The site whose kind stands behind its place, from one word to another: "P airbase"."""
        name = " ".join(text for text in seen.words.texts[seen.content : end] if text != "-")
        site = self._meanings.site_of(name, seen.words.lowers[end:last])
        return self._site(seen.words, seen.first, last, site) if site else None

    def with_owned(self, words: Words, found: list[Mention]) -> list[Mention]:
        """The names of a sentence and the sites that are called by them: "P and its airport"."""
        return [x for n, one in enumerate(found) for x in (one, *self._owned(words, found, n))]

    def _owned(self, words: Words, found: list[Mention], n: int) -> Iterator[Mention]:
        place = found[n]
        if place.site or place.kind not in _SETTLED:
            return
        end = found[n + 1].first if n + 1 < len(found) else len(words.texts)
        for own in owned_sites(words, place, end):
            site = self._meanings.site_of(place.written, words.lowers[own.kind : own.last])
            if site:
                yield self._site(words, own.first, own.last, site)

    def of_list(self, words: Words, found: list[Mention]) -> list[Mention]:
        """All items of "the P and Q airbases" are sites of that kind."""
        for n in range(1, len(found)):
            end = found[n].last
            kind = next((one for one in words.lowers[end - 1 : end + 1] if one in _SEVERAL), "")
            if not kind:
                continue
            k = n
            tail = " ".join(one for one in words.lowers[end - 2 : end] if one in _OF_OIL)
            kinds = f"{tail} {kind.removesuffix('s')}".strip()
            while k > 0 and beside(found[:k], found[k].first, words):
                k -= 1
                if found[k].site or words.lowers[found[k].last : found[k].last + 1] == [","]:
                    break
                site = self._meanings.site_named(f"{found[k].written} {kinds}")
                if site:
                    found[k] = self._site(words, found[k].first, found[k].last, site)._replace(
                        listed=found[k].listed
                    )
        return found

    def _site(self, words: Words, first: int, last: int, site: str) -> Mention:
        return self._places.mention(words, (first, last), site)._replace(site=True)


def is_building(words: Words, end: int) -> bool:
    """Whether a city's name is that of something in it: "P Castle"."""
    return words.texts[end : end + 1] != [] and (
        words.texts[end][:1].isupper() and words.lowers[end] in _BUILDINGS
    )
