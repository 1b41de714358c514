"""Whether a text, or a sentence alone, is about the theater's own country and no other war."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.items import names_in
from syriamap.extraction.texts.tokens import words_of

if TYPE_CHECKING:
    from datetime import date

    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.sentence.items import Item, Sentence

__all__ = ["about_home", "shows_home"]

_WORDS = read_words()
_OWN_NAMES = _WORDS["own_names"]
_SHORT = 5_000
"""Letters of a text that need not name the country if it names two of its cities."""
_TELLING = 4
"""Letters of the name of a town that hardly means anything else."""
_ENOUGH = 2
"""So many towns, cities and forces may still be chance."""


def about_home(text: str, names: PlaceNames, lexicon: Lexicon, published: date | None) -> bool:
    """Whether a text is about the country: it names it, and no foreign war more often."""
    home = names.country.times_called(text) or _own_names(text, names, lexicon, published)
    if not home:
        return False
    foreign = lexicon.words["foreign"]
    others = (word for word in re.findall(r"[A-Z][a-z]+", text) if word.lower() in foreign)
    return home * 3 >= sum(1 for _ in others)


def _own_names(text: str, names: PlaceNames, lexicon: Lexicon, published: date | None) -> int:
    """How many forces, cities and towns of the country a short text names, if they tell."""
    if len(text) > _SHORT:
        return 0
    words = words_of(text, 0, len(text))
    taken, spans, _ = names_in(words, lexicon, published)
    own = lexicon.actors.own
    forces = {
        actor
        for _, actor, note in spans.values()
        if note == "home" or (note == "capitals" and actor in own)
    }
    cities = len(names.country.cities_in(text))
    if cities + len(forces) > 1:
        return cities + len(forces)
    named = names.mentions(words, taken, at_home=True)
    towns = {one.place_id for one in named if one.kind == "town" and len(one.written) > _TELLING}
    found = cities + len(forces) + len(towns)
    return found if found > _ENOUGH else 0


def shows_home(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence alone shows that it is about the country, by its places and actors."""
    armed = any(item.kind == "a" for item in sentence.items)
    long_name = armed and any(one.place_id and " " in one.written for one in sentence.places)
    if long_name or any(item.kind == "a" and item.note == "home" for item in sentence.items):
        return True
    war = armed or any(
        item.kind == "w" and (item.lower in lexicon.abstaining or item.lower in lexicon.nouns)
        for item in sentence.items
    )
    if any(item.kind == "a" and _proper(item) for item in sentence.items) and not any(
        place.listed for place in sentence.places
    ):
        return True
    for one in (place for place in sentence.places if place.listed):
        if one.kind in {"city", "adm1", "area", "border", "mountain"} and (
            one.place_id or one.kind != "city"
        ):
            return True
        small = one.kind in {"village", "hamlet"}
        if one.place_id and not small and " " in one.written:
            return True
        if one.place_id and (
            (armed and len(one.written) > (5 if small else 3))
            or (war and not small and len(one.written) > 4)
        ):
            return True
    return False


def _proper(item: Item) -> bool:
    """Whether an actor is called by a name of its own that no other war's force bears."""
    return item.note == "home" or (not item.note and item.lower in _OWN_NAMES)
