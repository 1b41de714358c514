"""Whose communiqué a text is, and whose speech a sentence: who may say "our forces" in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.manner.certainty import speeches_in
from syriamap.extraction.sentence.items import names_in
from syriamap.extraction.texts.tokens import words_of

if TYPE_CHECKING:
    from datetime import date

    from syriamap.extraction.arabic.script import Word
    from syriamap.extraction.arabic.troops import ArabicTroops
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.sentence.items import Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["arabic_issuer", "issuer_of", "voice_of"]

_HEAD = re.compile(r":| [–—-] ")
"""Ends the head of a first line: "A – spokesman B: we have taken"."""
_WORDS = read_words()
_ISSUED = _WORDS["issued"]
_FIRST_LINE = 160
"""Letters of a first line that may tell whose communiqué a text is."""
_HEADING = 6
"""Words at the beginning of an Arabic text that name who speaks."""
_SHORT = 5_000
"""Letters of a text that need not name the country if it names two of its cities."""


def issuer_of(text: str, lexicon: Lexicon, published: date | None) -> str:
    """Whose communiqué a text is by its first line: "Statement no. 9 of A"."""
    first = text.lstrip()[:_FIRST_LINE].split("\n", maxsplit=1)[0]
    head = _HEAD.split(first, maxsplit=1)[0]
    for part in (head, first):
        words = words_of(part, 0, len(part))
        if _ISSUED.isdisjoint(words.lowers) and (part is first or part == first):
            continue
        _, spans, _ = names_in(words, lexicon, published)
        actors = {actor for _, actor, note in spans.values() if note != "adjective"}
        if len(actors) == 1:
            return actors.pop()
    return _mouthpiece(text, lexicon, published)


def _mouthpiece(text: str, lexicon: Lexicon, published: date | None) -> str:
    """Whose office a text quotes, if it is but one: "the media center of A said"."""
    words = words_of(text[:_SHORT], 0, min(len(text), _SHORT))
    _, spans, _ = names_in(words, lexicon, published)
    offices = {
        actor
        for first, (end, actor, note) in spans.items()
        if note != "adjective" and not _ISSUED.isdisjoint(words.lowers[max(0, first - 4) : end + 4])
    }
    return offices.pop() if len(offices) == 1 else ""


def voice_of(sentence: Sentence, lexicon: Lexicon) -> str:
    """Whose speech a sentence is, who may say "our" in the next."""
    if lexicon.words["speech_forms"].isdisjoint(sentence.lowers):
        return ""
    speakers = (one.speaker for one in speeches_in(sentence, lexicon))
    return next(filter(None, map(lexicon.speakers.actor_of, speakers)), "")


def arabic_issuer(words: list[Word], troops: ArabicTroops, lexicon: Lexicon, memory: Memory) -> str:
    """Who speaks of "our forces" in an Arabic text: the agency or the office that opens it."""
    codes = [code for at, code in sorted(troops.voices(words, memory.day)) if at < _HEADING]
    speaker = lexicon.speakers.actor_of(codes[0]) if codes else ""
    actors = troops.actors(words, memory.day, memory)
    return speaker or next((one.actor for one in actors if one.first < _HEADING), "")
