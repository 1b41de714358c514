"""
One document being read: sentence after sentence, with what the ones before have spoken of.

A sentence is glanced at, taken apart, searched for who does what where, and becomes rows.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from syriamap.extraction.arabic.script import is_written_arabic, words_in
from syriamap.extraction.arabic.verbal import ArabicSentence
from syriamap.extraction.drafts import Abstention, Draft
from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.manner.certainty import (
    DESCRIBING_RULES,
    doubts,
    is_bygone,
    manner_of,
    speeches_in,
)
from syriamap.extraction.reading.claim_rows import ClaimRows
from syriamap.extraction.reading.homeland import about_home, shows_home
from syriamap.extraction.reading.issuers import arabic_issuer, issuer_of, voice_of
from syriamap.extraction.reading.opinions import Opinion
from syriamap.extraction.reading.outcomes import Kept, Outcome, Row
from syriamap.extraction.reading.spoken_of import (
    HOLDER_NAME,
    actors_in,
    attacker_in,
    called_in,
    places_in,
    sides_in,
    taker_of,
)
from syriamap.extraction.reading.unclaimed import bare_row, unclaimed_row
from syriamap.extraction.reading.vague_actors import VagueActors
from syriamap.extraction.sentence.items import named_in, names_in, sentence_of
from syriamap.extraction.sentence.memory import Memory
from syriamap.extraction.texts.tokens import words_of

if TYPE_CHECKING:
    from datetime import date

    from syriamap.extraction.arabic.naming import ArabicNames
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.reading.glance import Glance, Seen
    from syriamap.extraction.reading.opinions import Opinions
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Named, Sentence
    from syriamap.extraction.texts.tokens import Document, Words

__all__ = ["Reading"]

_AREA = "area"
"""What is no place of its own: nothing is claimed of it as a whole."""

_COUNTRYSIDE = "countryside"

_OUR_ANYWHERE = re.compile(r"\b(?:[Oo]ur|[Ww]e)\b")
_LAUNCHES = re.compile(rf"\b(?:{any_of(read_words()['launched_forms'])})\b")
_MOST_PLACES = 6
"""Places that "the city" and its like may mean."""


def _describes_land(event: Event) -> bool:
    """Whether only land is described: "rebel-held Idlib province", "Hama countryside"."""
    land = event.place.kind == "adm1"
    return land and (
        event.rule in DESCRIBING_RULES or event.place.written.lower().endswith(_COUNTRYSIDE)
    )


class Reading:
    """
    One document being read.

    Parameters
    ----------
    lexicon, names, glance
        What is looked for.
    kept
        Sentences read before.
    engines
        What reads an English sentence.
    arabic
        What is looked for in an Arabic one.
    document
        The text.
    published
        Its day of publication.
    """

    def __init__(  # noqa: PLR0917
        self,
        lexicon: Lexicon,
        names: PlaceNames,
        glance: Glance,
        kept: Kept,
        engines: Opinions,
        arabic: ArabicNames,
        document: Document,
        published: date | None,
    ) -> None:
        self.lexicon, self.names, self.glance, self.kept = lexicon, names, glance, kept
        self.engines, self.arabic = engines, arabic
        self.document, self.published = document, published
        self.drafts: list[Draft] = []
        self.abstentions: list[Abstention] = []
        day = published.isoformat() if published else ""
        holder = next(iter(lexicon.actors.meant([HOLDER_NAME], day)), "")
        states = lexicon.actors.states
        self.memory = Memory(holder=holder, seek=self._last_actor, states=states, day=day)
        self.home = about_home(document.text, names, lexicon, published)
        self.ours = _OUR_ANYWHERE.search(document.text) is not None
        self.doubted = doubts(document.text)
        if self.ours:
            self.memory.voice = issuer_of(document.text, lexicon, published)
        self.begin = 0
        self.context = names.context(document.text)
        self.vague = VagueActors(lexicon, self.memory, document.text)
        self.rows = ClaimRows(lexicon, names, self.memory, published)

    def read(self, span: tuple[int, int], begin: int = 0) -> None:
        """Read a sentence; days before `begin` are those of a dateline."""
        text = self.document.text[span[0] : span[1]]
        self.begin = begin
        key = (text, self.home, self.doubted, self.published, max(0, begin - span[0]))
        outcome = self.kept.get(key)
        if outcome is None and is_written_arabic(text):
            outcome = self._arabic(span)
        if outcome is None:
            seen = self.glance.at(text)
            looks_back = seen.refers and seen.doer and bool(self.memory.places)
            if not seen.place and not looks_back:
                if not (self.home and (seen.abstain or _LAUNCHES.search(text))):
                    self.memory.unread.append(span)
                    return
                outcome = self._passed(span)
            else:
                self.memory.asked = self.context.asked = False
                self.rows.told_here = self.memory.undone = ""
                outcome = self._read(span, text, seen)
            if not (self.memory.asked or self.context.asked) and (
                outcome.rows or not self.memory.places
            ):
                self.kept.keep(key, outcome)
        self._put(span, text, outcome)

    def _put(self, span: tuple[int, int], text: str, outcome: Outcome) -> None:
        """Give the rows of a sentence their place in the document; remember what it spoke of."""
        memory, document = self.memory, self.document
        if outcome.actors:
            memory.actors += outcome.actors
            del memory.actors[:-8]
            memory.unread.clear()
        self.rows.told_day = outcome.told_day or self.rows.told_day
        memory.places += outcome.places if span[1] > self.begin else ()
        del memory.places[:-_MOST_PLACES]
        memory.called.update(outcome.called)
        memory.taker = outcome.taker or memory.taker
        memory.sides = outcome.sides or memory.sides
        memory.voice = outcome.voice or memory.voice
        if not outcome.rows and not outcome.abstained:
            return
        begin, end = document.span(*span)
        if outcome.abstained:
            self.abstentions.append(
                Abstention(document.source_file, text, begin, end, outcome.abstained)
            )
        for row in outcome.rows:
            at = document.span(span[0] + row.start, span[0] + row.end)
            made = (
                document.source_file,
                text,
                *at,
                *row.fields,
                begin,
                row.place_note,
                row.proposal,
            )
            self.drafts.append(Draft(*made))

    def _passed(self, span: tuple[int, int]) -> Outcome:
        """What a sentence gives that no place is looked for in."""
        words = words_of(self.document.text, *span)
        taken, spans, _ = names_in(words, self.lexicon, self.published)
        return self._placeless(words, taken, spans)

    def _placeless(
        self, words: Words, taken: list[bool], spans: dict[int, tuple[int, str, str]]
    ) -> Outcome:
        """What a sentence gives that is about no place: its actors, and a verb of war."""
        actors = [actor for _, actor, note in spans.values() if note != "adjective"]
        called = tuple((words.lowers[end - 1], actor) for end, actor, _ in spans.values())
        verb = ""
        if spans and self.home:
            told = zip(words.lowers, taken, strict=True)
            verbs = self.lexicon.abstaining
            verb = next((word for word, name in told if not name and word in verbs), "")
        taker = attacker_in(words.lowers, ((end, one) for end, one, _ in spans.values()))
        sides = sides_in(words.lowers, actors)
        return Outcome([], actors, [], verb, taker=taker, called=called, sides=sides)

    def _last_actor(self, span: tuple[int, int]) -> str:
        actors = self._passed(span).actors
        return actors[-1] if actors else ""

    def _read(self, span: tuple[int, int], text: str, seen: Seen) -> Outcome:
        """What a sentence gives in which a place is named, or may be meant."""
        at_home = self.home and not (seen.foreign and not self.names.country.is_called(text))
        words = words_of(self.document.text, *span)
        found = self._named(words, at_home=at_home or self.home or not seen.foreign)
        if not (found.places or found.epithets or (seen.refers and self.memory.places)):
            return self._placeless(words, found.taken, found.actors)
        sentence = sentence_of(self.document.text, span, words, found, self.published, self.begin)
        if self.home and seen.foreign and not at_home:  # "on the Iraqi border"
            at_home = shows_home(sentence, self.lexicon)
        ours = at_home or (self.home and not seen.foreign) or shows_home(sentence, self.lexicon)
        if sentence.places and not ours:
            found = self._named(words, at_home=False)
            sentence = sentence_of(
                self.document.text, span, words, found, self.published, self.begin
            )
        sentence = self.vague.settled(sentence)
        abroad = seen.foreign and not at_home
        read, rows = ([], []) if abroad else self._claimed(sentence)
        return self._outcome(sentence, read, rows)

    def _claimed(self, sentence: Sentence) -> tuple[list[Opinion], list[Row]]:
        """What is read of a sentence, and the row of each."""
        named = bool(sentence.places) or any(item.kind == "p" for item in sentence.items)
        if not named and not self.memory.places:
            return [], []
        read = [
            one
            for one in self.engines.of(sentence, self.memory)
            if not is_bygone(one.event.trigger, sentence)
            and one.event.place.kind != _AREA
            and not _describes_land(one.event)
        ]
        if not read:
            return [], []
        speeches = speeches_in(sentence, self.lexicon)
        manners = [
            manner_of(one.event, sentence, self.lexicon, speeches, doubted=self.doubted)
            for one in read
        ]
        rows = [
            self.rows.claiming(sentence, one, manner)
            for one, manner in zip(read, manners, strict=True)
        ]
        alive = [self.rows.lives(row) for row in rows]
        return list(compress(read, alive)), list(compress(rows, alive))

    def _outcome(self, sentence: Sentence, read: list[Opinion], rows: list[Row]) -> Outcome:
        """What a sentence gave: its rows, and what later sentences may speak of."""
        claimed = {(row.start, row.end) for row in rows}
        actors_named = [one.actor for one in sentence.items if one.kind == "a"]
        taker = taker_of(read, rows, self.memory.holder)
        named = ((k + 1, one.actor) for k, one in enumerate(sentence.items) if one.kind == "a")
        taker = taker or attacker_in(sentence.lowers, named)
        for mention in sentence.places:
            at = (mention.start - sentence.start, mention.end - sentence.start)
            if at not in claimed:
                rows.append(bare_row(sentence, mention, at))
        told = [one.event for one in read if one.event.place.place_id and self.engines.speaks(one)]
        return Outcome(
            rows,
            actors_in(sentence, read),
            places_in(sentence, told),
            self.memory.undone if read else self._abstained(sentence),
            self.rows.told_here,
            taker,
            voice_of(sentence, self.lexicon) if self.ours else "",
            tuple(called_in(sentence)),
            sides_in(sentence.lowers, actors_named),
        )

    def _abstained(self, sentence: Sentence) -> str:
        """The verb or noun of war at which nothing was drafted."""
        actor = any(item.kind == "a" for item in sentence.items)
        if not (actor or sentence.places) or not self.home:
            return ""
        verbs = self.lexicon.abstaining
        return next(
            (item.lower for item in sentence.items if item.kind == "w" and item.lower in verbs), ""
        )

    def _named(self, words: Words, *, at_home: bool) -> Named:
        """Find the names of a sentence."""
        return named_in(
            words, self.lexicon, self.names, self.published, self.context, at_home=at_home
        )

    def _arabic(self, span: tuple[int, int]) -> Outcome:
        """What an Arabic sentence tells."""
        text = self.document.text
        if not self.memory.voice and not self.memory.asked:
            words = words_in(text, *span)
            self.memory.voice = arabic_issuer(words, self.arabic.troops, self.lexicon, self.memory)
        sentence = ArabicSentence(
            text, span, self.arabic, self.names, self.published, self.memory, self.context
        )
        told = sentence.read()
        rows = [
            self.rows.row(
                Opinion(one.event),
                one.trigger,
                one.manner,
                span[0],
                plain=sentence.is_plain(one.event),
            )
            for one in told
        ]
        claimed = {(row.start, row.end) for row in rows}
        for place in sentence.places:
            at = (place.mention.start - span[0], place.mention.end - span[0])
            if at not in claimed:
                role = place.role if place.role == "container" else "mention"
                rows.append(unclaimed_row(place.mention, at, role))
        actors = [one.event.actor for one in told[:1]] or sentence.named()
        self.memory.asked = True  # what it means may hang on the sentences before
        return Outcome(rows, actors, sentence.about(told), "", called=tuple(sentence.called()))
