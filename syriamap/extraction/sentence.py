"""
A sentence as a row of items: words, actors, places, days.

In come tokens and the names found among them; out goes a :class:`Sentence`, on which the patterns
of :mod:`syriamap.extraction.patterns` are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.dates import days_in
from syriamap.extraction.text import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from syriamap.extraction.dates import DayWords
    from syriamap.extraction.lexicon import Lexicon
    from syriamap.extraction.mention import Mention
    from syriamap.extraction.places import PlaceNames
    from syriamap.extraction.text import Token

__all__ = ["Item", "Sentence", "names_in", "read_sentence"]


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


@dataclass(frozen=True)
class Sentence:
    """
    A sentence and the names in it.

    Attributes
    ----------
    text, start, end
        The sentence and its span in the document's text.
    items
        Words and names in order.
    places
        The place names in order.
    speakers
        Item number → code of a speaker named there, and the item after the name.
    """

    text: str
    start: int
    end: int
    items: list[Item]
    places: list[Mention]
    speakers: dict[int, tuple[str, int]] = field(default_factory=dict)


def names_in(
    tokens: Sequence[Token], lower: Sequence[str], lexicon: Lexicon, published: date | None
) -> tuple[list[bool], dict[int, tuple[int, str, str]], dict[int, tuple[str, int]]]:
    """
    Find the names of actors and speakers.

    Returns
    -------
    taken
        For each token, whether it is part of such a name.
    spans
        First token → the token after the name, the actor, how it was named.
    voices
        First token → code of the speaker, the token after the name.
    """
    taken = [False] * len(tokens)
    spans: dict[int, tuple[int, str, str]] = {}
    voices: dict[int, tuple[str, int]] = {}
    place = 0
    first_words = lexicon.first_words
    while place < len(tokens):
        if lower[place] not in first_words:
            place += 1
            continue
        end, codes = lexicon.speakers.longest(lower, place)
        actor = lexicon.actor_at(tokens, lower, place, published)
        if (
            codes
            and (actor is None or end >= actor[0])
            and _is_voice(tokens[place].text, lower[place])
        ):
            voices[place] = (codes[0], end)
        if actor is not None and actor[2] == "generic" and lower[place - 1 : place] in _OWN:
            actor = None
        if actor is not None:
            spans[place] = actor
        stop = max(actor[0] if actor else place, voices.get(place, ("", place))[1])
        taken[place:stop] = [True] * (stop - place)
        place = max(stop, place + 1)
    return taken, spans, voices


def read_sentence(  # noqa: C901
    text: str, span: tuple[int, int], lexicon: Lexicon, names: PlaceNames,
    published: date | None, *, at_home: bool, tokens: list[Token] | None = None,
    days_from: int = 0,
) -> Sentence:  # fmt: skip
    """
    Find the names in a sentence.

    Parameters
    ----------
    text
        The document's text.
    span
        Where the sentence stands in it.
    lexicon, names
        What actors, speakers and places are called.
    published
        Day of publication.
    at_home
        Whether the text is about the country.
    tokens
        The words of the sentence, where they are known.
    days_from
        Words for days before this place in the text are passed over.
    """
    tokens = tokens_of(text, *span) if tokens is None else tokens
    lower = [token.lower for token in tokens]
    taken, spans, voices = names_in(tokens, lower, lexicon, published)
    mentions = names.mentions(tokens, taken, at_home=at_home)
    for first, (end, _, _) in list(spans.items()) if mentions else ():
        if any(one.first < end and first < one.last for one in mentions):
            del spans[first]
    days = {}
    for one in days_in(text, max(span[0], days_from), span[1], published):
        inside = [n for n, t in enumerate(tokens) if one.start <= t.start and t.end <= one.end]
        if inside:
            days[inside[0]] = (inside[-1] + 1, one)
    by_first = {one.first: one for one in mentions}
    if at_home:
        by_first |= _epithets(tokens, lower, names, by_first)
    items: list[Item] = []
    speakers: dict[int, tuple[str, int]] = {}
    starts: dict[int, int] = {}
    place = 0
    while place < len(tokens):
        token = tokens[place]
        starts[place] = len(items)
        if place in by_first:
            mention = by_first[place]
            items.append(Item("p", text[mention.start : mention.end].lower(), mention.start,
                              mention.end, place=mention))  # fmt: skip
            place = mention.last
        elif place in spans:
            end, actor_id, note = spans[place]
            last = tokens[end - 1].end
            items.append(Item("a", text[token.start : last].lower(), token.start, last,
                              actor=actor_id, note=note))  # fmt: skip
            place = end
        elif place in days and not any(p in by_first for p in range(place, days[place][0])):
            end, one = days[place]
            items.append(Item("d", text[one.start : one.end].lower(), one.start, one.end, day=one))
            place = end
        else:
            items.append(Item("w", token.lower, token.start, token.end))
            place += 1
    starts[len(tokens)] = len(items)
    for first, (code, end) in voices.items():
        if first in starts:
            after = next(
                (starts[n] for n in range(end, len(tokens) + 1) if n in starts), len(items)
            )
            speakers[starts[first]] = (code, after)
    return Sentence(text[span[0] : span[1]], *span, items, mentions, speakers)


def _epithets(
    tokens: list[Token], lower: list[str], names: PlaceNames, mentions: dict[int, Mention]
) -> dict[int, Mention]:
    """What "the capital" and its like mean, where no name stands there."""
    words = set(lower)
    if not any(one <= words for one in names.epithet_words):
        return {}
    found = {}
    for n, word in enumerate(lower):
        if n not in mentions and word in names.epithet_first:
            meant = names.epithet(tokens, lower, n)
            if meant is not None:
                found[n] = meant
    return found


_OWN = (["its"], ["their"], ["his"], ["our"])


def _is_voice(written: str, lower: str) -> bool:
    return lower not in {"us", "un", "ap"} or written.isupper()
