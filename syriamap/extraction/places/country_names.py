"""What a whole text names of the country: the country itself, and its cities."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syriamap.theater.folder import Theater

__all__ = ["CountryNames"]

_MOST_CITIES = 2
"""Cities of a text that decide between namesakes where nothing nearer does."""


class CountryNames:
    """
    The names of a theater's country and cities.

    Parameters
    ----------
    theater
        Its title, other names and cities.
    """

    def __init__(self, theater: Theater) -> None:
        self._titles = [one.casefold() for one in dict.fromkeys((theater.title, *theater.called))]
        self._cities: dict[str, str] = {}
        for name, place_id in _names_of_cities(theater):
            self._cities.setdefault(name, place_id)
        self._pattern = re.compile(rf"(?<!\w)(?:{any_of(self._cities) or '(?!)'})(?!\w)")

    def times_called(self, text: str) -> int:
        """How often a text names the country, by the name that it uses most."""
        folded_text = text.casefold()
        return max(folded_text.count(one) for one in self._titles)

    def is_called(self, text: str) -> bool:
        """Whether a text names the country."""
        folded_text = text.casefold()
        return any(one in folded_text for one in self._titles)

    def city(self, word: str) -> str:
        """Id of the city that a word names; empty if none."""
        return self._cities.get(word, "")

    def cities_in(self, text: str) -> Counter[str]:
        """Ids of the cities that a text names, and how often."""
        return Counter(self._cities[name] for name in self._pattern.findall(text))

    def leading_cities(self, text: str) -> list[str]:
        """Ids of the cities that a text names most often."""
        return [one for one, _ in self.cities_in(text).most_common(_MOST_CITIES)]


def _names_of_cities(theater: Theater) -> Iterator[tuple[str, str]]:
    """Names of the cities in every spelling, and their ids."""
    cities = theater.places[theater.places["kind"] == "city"].sort_index()
    for column in ("name", "name_ar"):
        yield from ((str(name), str(one)) for one, name in cities[column].items() if name)
    for one, name in zip(theater.names["place_id"], theater.names["name"], strict=True):
        if one in cities.index and len(str(name)) > 2:
            yield str(name), str(one)
