"""
Place names in a sentence: which words name a place, and which place.

A name that the theater lists counts by the company it keeps: cities always, towns and villages only
in a text about the country, none inside the name of a person or an organization. A capitalized name
after "village of" that no list holds is kept as an unresolved place, never dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.places.company import article_within, articles_in, longer_in_list
from syriamap.extraction.places.context import Context
from syriamap.extraction.places.country_names import CountryNames
from syriamap.extraction.places.epithets import Epithets
from syriamap.extraction.places.listed_names import ListedNames
from syriamap.extraction.places.meanings import Meanings
from syriamap.extraction.places.mention import folded
from syriamap.extraction.places.name_index import NameIndex
from syriamap.extraction.places.place_table import PlaceTable
from syriamap.extraction.places.provinces_beside import provinces_of_list
from syriamap.extraction.places.sighting import Sighting
from syriamap.extraction.places.sites_beside import SitesBeside
from syriamap.extraction.places.unlisted_names import UnlistedNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.texts.tokens import Words
    from syriamap.theater.folder import Theater

__all__ = ["PlaceNames"]


class PlaceNames:
    """
    The names of a theater's places, ready to be found in texts.

    Parameters
    ----------
    theater
        Its places, names, regions and governorates are looked for.

    Attributes
    ----------
    places, index, country, epithets, meanings
        What the theater knows of its places.
    """

    def __init__(self, theater: Theater) -> None:
        self.places = PlaceTable(theater)
        self.index = NameIndex(theater, self.places)
        self.country = CountryNames(theater)
        self.epithets = Epithets(theater, self.places)
        self.meanings = Meanings(theater)
        self._sites = SitesBeside(self.places, self.meanings)
        self._listed = ListedNames(self.places, self.index, self.country, self._sites)
        self._unlisted = UnlistedNames(theater, self.places, self.index, self.meanings, self._sites)

    def context(self, text: str) -> Context:
        """Give the context of a text that begins; its cities may stand in later sentences."""
        cities = self.country.leading_cities(text)
        return Context(self.meanings, self.places.province_at, cities)

    def mentions(self, words: Words, taken: Sequence[bool], *, at_home: bool) -> list[Mention]:
        """
        Find the place names of a sentence.

        Parameters
        ----------
        words
            The sentence.
        taken
            For each token, whether it is part of an actor's or a speaker's name.
        at_home
            Whether the text is about the country: then towns and villages count too.
        """
        texts, keys = words.texts, list(map(folded, words.lowers))
        articles = articles_in(words, keys)
        begins = sorted({*articles, *(n for n, text in enumerate(texts) if self._may_begin(text))})
        for n in articles:
            keys[n] = "-"
        found: list[Mention] = []
        free = 0
        for first in begins:
            if first < free:
                continue
            content = _behind_article(texts, keys, first)
            free = content + 1
            if content < len(texts) and self._may_begin(texts[content]) and not taken[content]:
                seen = Sighting(words, keys, taken, first, content, at_home, found)
                mention = self._at(seen)
                if mention is not None:
                    found.append(mention)
                    free = mention.last
        found = provinces_of_list(words, found, self.places)
        return self._sites.with_owned(words, self._sites.of_list(words, found))

    def _at(self, seen: Sighting) -> Mention | None:
        """The place that a name means which begins at a word."""
        end, meant = self.index.longest(seen.keys, seen.content)
        longer = (
            seen.at_home
            and meant is not None
            and (
                article_within(seen.words, seen.content, end)
                or (meant.kind != "city" and longer_in_list(seen, end))
            )
        )
        mention = None
        if meant is not None and not longer and True not in seen.taken[seen.content : end]:
            mention = self._listed.at(seen, end, meant)
        if mention is None and seen.at_home and seen.words.texts[seen.content][:1].isupper():
            mention = self._unlisted.at(seen, known=longer)
        return mention

    def _may_begin(self, text: str) -> bool:
        """Whether a name may begin with a word: it has a capital, or a number of a site."""
        numbered = text[0].isdigit() and not text.isdigit()
        return text[0].isupper() or (numbered and text.lower() in self.index.first_words)


def _behind_article(texts: Sequence[str], keys: Sequence[str], first: int) -> int:
    """The word of a name behind its article."""
    n, last = first, len(texts) - 1
    while n < last and keys[n] == "-" and texts[n] != "-":
        n += 1 + (texts[n + 1] == "-")
    return n
