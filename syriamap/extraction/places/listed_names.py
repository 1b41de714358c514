"""Names that the theater lists: whether one means a place here, and what the words beside make of it."""  # noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.city_quarters import is_quarter
from syriamap.extraction.places.company import beside, beside_kind, in_company, kind_behind
from syriamap.extraction.places.mention import mention_at
from syriamap.extraction.places.provinces_beside import is_area_of
from syriamap.extraction.places.sites_beside import is_building

if TYPE_CHECKING:
    from syriamap.extraction.places.country_names import CountryNames
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.name_index import Bearers, NameIndex
    from syriamap.extraction.places.place_table import PlaceTable
    from syriamap.extraction.places.sighting import Sighting
    from syriamap.extraction.places.sites_beside import SitesBeside
    from syriamap.extraction.texts.tokens import Words

__all__ = ["ListedNames"]

_WORDS = read_words()
_AREA_KINDS = _WORDS["area_kinds"]
_SITE_KINDS = _WORDS["site_kinds"]
_SURE = frozenset({"city", "town"})
_SETTLED = frozenset({"city", "town", "village", "hamlet"})
_BEFORE_SITE = frozenset({"city", "town", "village"})
_MAYBE_QUARTER = frozenset({"town", "village", "hamlet"})

_QUARTER_KM = 9.0
"""From a city's center to what may be one of its quarters."""


class ListedNames:
    """
    What the names that a theater lists mean where they stand.

    Parameters
    ----------
    places, index, country, sites
        What the theater knows of its places.
    """

    def __init__(
        self, places: PlaceTable, index: NameIndex, country: CountryNames, sites: SitesBeside
    ) -> None:
        self._places, self._index, self._country, self._sites = places, index, country, sites

    def at(self, seen: Sighting, end: int, meant: Bearers) -> Mention | None:
        """The place or area that a listed name up to a word means; None where it means none."""
        words, first = seen.words, seen.first
        if end - seen.content > 1 and words.lowers[end - 1] == "city":
            end -= 1
        if self._is_elsewhere(seen, end, meant.kind) or not in_company(seen, end, meant.kind):
            return None
        best, kind, bearers = meant
        if not best and bearers and beside_kind(words, first, end):
            best = self._places.likeliest(bearers)  # "the village of P", where P is an area too
            kind = self._places.kind_of(best)
        if not best:
            amid = self._index.amid(seen.key(end))
            point = self._places.point_of(amid) if amid else (None, None)
            return mention_at(words, first, end, kind, point=point)
        if kind in _MAYBE_QUARTER and is_quarter(seen, end, kind):
            own = self._of_city_named(words, bearers)  # else it only bears a town's name
            return self._places.mention(words, (first, end), own) if own else None
        return self._of_kind(seen, end, meant._replace(best=best, kind=kind))

    def _is_elsewhere(self, seen: Sighting, end: int, kind: str) -> bool:
        """Whether a place abroad that is better known is meant."""
        if kind in _SURE or seen.key(end) not in self._index.elsewhere:
            return False
        led = beside_kind(seen.words, seen.first, end)
        return not (seen.at_home and (led or beside(seen.found, seen.first, seen.words)))

    def _of_kind(self, seen: Sighting, end: int, meant: Bearers) -> Mention:
        """The mention that a name with the words for its kind is: a province, a site, the place."""
        words, first = seen.words, seen.first
        best, kind, bearers = meant
        if kind == "city" and is_building(words, end):
            return mention_at(words, first, end + 1, "quarter")
        after, last = kind_behind(words, end)
        if after in _AREA_KINDS or is_area_of(words, first):
            return self._places.province(words, (first, last), best)
        before = None if after else self._sites.before(seen, end)
        if before is not None:
            return before
        point = self._places.point_of(best)
        if after in _SITE_KINDS and kind in _BEFORE_SITE:
            site = self._sites.behind(seen, end, last)
            named = site or mention_at(words, first, last, after, point=point)
            return named._replace(kind=after)
        last = last if after in _SITE_KINDS and kind not in _SETTLED else end
        return self._places.mention(words, (first, last), best)._replace(bearers=bearers)

    def _of_city_named(self, words: Words, bearers: tuple[str, ...]) -> str:
        """Of the places of a name, the one that is a quarter of a city that a sentence names."""
        cities = filter(None, map(self._country.city, words.texts))
        near = (
            one
            for city in cities
            for one in bearers
            if one != city and self._places.apart(one, city) < _QUARTER_KM
        )
        return next(near, "")
