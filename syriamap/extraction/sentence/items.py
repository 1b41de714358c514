"""
A sentence as a row of items: words, actors, places, days.

In come tokens and the names found among them; out goes a :class:`Sentence`, on which the patterns
of :mod:`syriamap.extraction.patterns.verbs` are read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.day_words import days_in
from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from syriamap.extraction.lexicon.day_words import DayWords
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.places.context import Context
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.texts.tokens import Words

__all__ = ["Item", "Named", "Sentence", "named_in", "names_in", "sentence_of"]

_WORDS = read_words()
_MODIFIERS = _WORDS["modifiers"]
_SITES = _WORDS["site_kinds"]
_OWN = _WORDS["own"]
_VOICES_IN_CAPITALS = _WORDS["voices_in_capitals"]
_PLACE_KINDS = _WORDS["settlement_kinds"] | _WORDS["plural_kinds"]


class Item(NamedTuple):
    """
    One word or name of a sentence.

    Attributes
    ----------
    kind
        `w` word or sign, `a` actor, `p` place, `d` day.
    lower
        The text in lower case.
    start, end
        Span in the text.
    actor, note
        Actor id and how it was named (`adjective`, `generic`), for an actor.
    place
        The mention, for a place.
    day
        The words for a day, for a day.
    """

    kind: str
    lower: str
    start: int
    end: int
    actor: str = ""
    note: str = ""
    place: Mention | None = None
    day: DayWords | None = None


class Sentence(NamedTuple):
    """
    A sentence and the names in it.

    Attributes
    ----------
    text, start, end
        The sentence and its span in the document's text.
    items, lowers
        Words and names in order; the same in lower case.
    places
        The place names in order.
    speakers
        Item number → code of a speaker named there, and the item after the name.
    """

    text: str
    start: int
    end: int
    items: list[Item]
    lowers: list[str]
    places: list[Mention]
    speakers: dict[int, tuple[str, int]]


class Named(NamedTuple):
    """
    The names in a sentence.

    Attributes
    ----------
    taken
        For each word, whether it is part of the name of an actor or a speaker.
    actors
        First word → the word after the name, the actor, how it was named.
    voices
        First word → code of the speaker, the word after the name.
    places
        The place names in order.
    epithets
        First word → the place that "the capital" and its like mean.
    """

    taken: list[bool]
    actors: dict[int, tuple[int, str, str]]
    voices: dict[int, tuple[str, int]]
    places: list[Mention]
    epithets: dict[int, Mention]


def names_in(
    words: Words, lexicon: Lexicon, published: date | None
) -> tuple[list[bool], dict[int, tuple[int, str, str]], dict[int, tuple[str, int]]]:
    """
    Find the names of actors and speakers.

    Returns
    -------
    taken
        For each word, whether it is part of such a name.
    spans
        First word → the word after the name, the actor, how it was named.
    voices
        First word → code of the speaker, the word after the name.
    """
    lower = words.lowers
    taken = [False] * len(lower)
    spans: dict[int, tuple[int, str, str]] = {}
    voices: dict[int, tuple[str, int]] = {}
    first_words = lexicon.first_words
    day = published.isoformat() if published else ""
    free = 0
    for place in [n for n, word in enumerate(lower) if word in first_words]:
        following = first_words[lower[place]]
        if place < free or (
            "" not in following and (place + 1 == len(lower) or lower[place + 1] not in following)
        ):
            continue
        if (
            lower[place] in _MODIFIERS
            and lower[place + 1 : place + 2]
            and lower[place + 1] in _SITES
        ):
            continue  # "military airport" is nobody
        end, code = lexicon.speakers.at(lower, place, day)
        actor = lexicon.actors.at(words, place, day)
        stop = place
        if (
            code
            and (actor is None or end >= actor[0])
            and not _is_in_place(lower, place)
            and _is_voice(words.texts[place], lower[place])
        ):
            voices[place] = (code, end)
            stop = end
        if actor is not None and not (actor[2] == "generic" and place and lower[place - 1] in _OWN):
            spans[place] = actor
            stop = max(stop, actor[0])
        if stop == place:
            stop = lexicon.actors.bygone_at(lower, place, day)
        taken[place:stop] = [True] * (stop - place)
        free = stop
    return taken, spans, voices


def named_in(
    words: Words,
    lexicon: Lexicon,
    names: PlaceNames,
    published: date | None,
    context: Context,
    *,
    at_home: bool,
) -> Named:
    """Find the actors, speakers and places of a sentence."""
    taken, spans, voices = names_in(words, lexicon, published)
    mentions = context.settled(words, names.mentions(words, taken, at_home=at_home))
    return Named(
        taken, spans, voices, mentions, names.epithets.among(words, mentions) if at_home else {}
    )


def sentence_of(  # noqa: PLR0917
    text: str,
    span: tuple[int, int],
    words: Words,
    found: Named,
    published: date | None,
    days_from: int = 0,
) -> Sentence:
    """Put words, names and days in order."""
    lower, starts, ends = words.lowers, words.starts, words.ends
    _, spans, voices, mentions, epithets = found
    by_first = {one.first: one for one in mentions} | epithets
    named: dict[int, tuple[int, Item]] = {}
    for one in days_in(text, max(span[0], days_from), span[1], published):
        first, last = bisect_left(starts, one.start), bisect_right(ends, one.end)
        if first < last and by_first.keys().isdisjoint(range(first, last)):
            written = text[one.start : one.end].lower()
            named[first] = last, Item("d", written, one.start, one.end, day=one)
    covered = {n for one in mentions for n in range(one.first, one.last)}
    for first, (last, actor, note) in spans.items():
        if covered.isdisjoint(range(first, last)):
            begin, end = starts[first], ends[last - 1]
            named[first] = last, Item("a", text[begin:end].lower(), begin, end, actor, note)
    for first, mention in by_first.items():
        written = text[mention.start : mention.end].lower()
        named[first] = (mention.last, Item("p", written, mention.start, mention.end, place=mention))
    items = list(map(_ITEM, zip(repeat("w"), lower, starts, ends, *_NOTHING)))
    lowers = lower.copy()
    begins = list(range(len(lower) + 1))
    for first, last, item in reversed(_one_after_another(named)):
        items[first:last] = [item]
        lowers[first:last] = [item.lower]
        del begins[first + 1 : last]
    speakers = {
        at: (code, bisect_left(begins, end))
        for first, (code, end) in voices.items()
        if begins[at := bisect_left(begins, first)] == first
    }
    return Sentence(text[span[0] : span[1]], *span, items, lowers, mentions, speakers)


def _one_after_another(named: dict[int, tuple[int, Item]]) -> list[tuple[int, int, Item]]:
    """The names in order; of two that overlap, the first."""
    found = []
    free = 0
    for first in sorted(named):
        if first >= free:
            free, item = named[first]
            found.append((first, free, item))
    return found


_ITEM = partial(tuple.__new__, Item)
_NOTHING = (repeat(""), repeat(""), repeat(None), repeat(None))
"""The fields of an item that is but a word, from `actor` on."""


def _is_in_place(lower: Sequence[str], n: int) -> bool:
    """Whether a name is that of a place, not of who speaks: "the town of Mayadeen"."""
    return lower[n - 1 : n] == ["of"] and n > 1 and lower[n - 2] in _PLACE_KINDS


def _is_voice(written: str, lower: str) -> bool:
    return lower not in _VOICES_IN_CAPITALS or written.isupper()
