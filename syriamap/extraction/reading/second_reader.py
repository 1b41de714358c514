"""
A model's opinion beside the drafts of the patterns.

The patterns read a text as without it. What a model reads too is marked so, what it reads otherwise
is no longer accepted unseen, and what it reads alone is a proposal. Names of actors, places, days,
speakers and certainty are read here by the rules of the patterns; the model points to words. No
draft becomes surer or more certain by it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from syriamap.claims.actor_years import ActorYears
from syriamap.extraction.arabic.calendar import arabic_days
from syriamap.extraction.arabic.script import is_written_arabic
from syriamap.extraction.drafts import CONFIRMED, LLM, Draft
from syriamap.extraction.lexicon.day_words import days_in
from syriamap.extraction.manner.certainty import doubts, is_bygone, manner_of, speeches_in
from syriamap.extraction.model.questions import STEPS_DOWN, actors_of_day, questions_of
from syriamap.extraction.model.replies import UnusableReplyError, statements_in
from syriamap.extraction.places.context import Surroundings
from syriamap.extraction.places.mention import Mention
from syriamap.extraction.sentence.borders import sentences_of
from syriamap.extraction.sentence.deeds import Event
from syriamap.extraction.sentence.items import named_in, names_in, sentence_of
from syriamap.extraction.texts.tokens import words_of
from syriamap.files import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from syriamap.extraction.model.desk import Desk
    from syriamap.extraction.model.questions import Question
    from syriamap.extraction.model.replies import Statement
    from syriamap.extraction.places.context import Context
    from syriamap.extraction.reading.extractor import Extractor
    from syriamap.extraction.texts.tokens import Document
    from syriamap.theater.folder import Theater

__all__ = ["SecondReader"]

_STEPS = ("low", "medium", "high")
_DIGITS = 12
"""Of a digest, so that a draft can be traced to the reply that it came from."""


class _Told(NamedTuple):
    """How something is told, by the rules: certainty, speaker, day, its precision, reasons."""

    certainty: str
    speaker: str
    day: str
    precision: str
    reasons: tuple[str, ...]


class SecondReader:
    """
    Lays what a model reads beside the drafts of the patterns.

    Parameters
    ----------
    theater
        Gives the actors of a day.
    extractor
        Gives names and words.
    desk
        Asks the model.
    notice
        Is told what leaves this machine, before it does.
    """

    def __init__(
        self,
        theater: Theater,
        extractor: Extractor,
        desk: Desk,
        notice: Callable[[str], object] | None = None,
    ) -> None:
        self._theater, self._extractor, self._desk = theater, extractor, desk
        self._notice = notice

    def read(
        self, document: Document, published: date | None, drafts: list[Draft], *, known: bool
    ) -> tuple[list[Draft], bool]:
        """
        Read a document a second time.

        Parameters
        ----------
        document, published
            The text and its day.
        drafts
            What the patterns read.
        known
            Whether its language is one that the patterns read.

        Returns
        -------
        drafts
            Those of the patterns, marked, and the model's.
        answered
            Whether a usable reply came.
        """
        text = document.text
        actors = actors_of_day(self._theater, published)
        name = self._desk.model.name
        questions = list(questions_of(text, list(sentences_of(text)), actors, name, published))
        self._tell(document, questions)
        page = _Page(self._theater, self._extractor, document, published, drafts, known=known)
        answered = False
        for question in questions:
            asked = self._desk.asked
            try:
                content = self._desk.reply(question)
                statements, refused = statements_in(content, text, question.spans, actors)
            except UnusableReplyError as error:
                asked.unusable[str(error)] += 1
                continue
            answered = True
            source = f"model {name}, reply {question.digest[:_DIGITS]}"
            for one in statements:
                why_not = page.take(one, source)
                if why_not:
                    refused[why_not] += 1
                else:
                    asked.statements += 1
            asked.refused += refused
        return page.joined(), answered

    def _tell(self, document: Document, questions: list[Question]) -> None:
        new = [one for one in questions if not self._desk.knows(one)]
        if self._notice is None or not new or not self._desk.where:
            return
        signs = sum(end - start for one in new for start, end in one.spans)
        self._notice(
            f"{document.source_file}: {signs:,} characters of it go to {self._desk.where}"
            f" in {len(new)} question{'s' * (len(new) != 1)}"
        )


class _Page:
    """One document with the drafts of the patterns, to which statements of a model are added."""

    def __init__(
        self,
        theater: Theater,
        extractor: Extractor,
        document: Document,
        published: date | None,
        drafts: list[Draft],
        *,
        known: bool,
    ) -> None:
        self._years = ActorYears(theater)
        self._extractor, self._document = extractor, document
        self._published, self._known = published, known
        self._drafts, self._own = list(drafts), list[Draft]()
        self._context: Context = extractor.names.context(document.text)
        self._doubted = doubts(document.text)

    def joined(self) -> list[Draft]:
        """All drafts in the order of the text; a place that the model claims is no bare name."""
        claimed = {(one.start, one.end) for one in self._own}
        kept = [
            one
            for one in self._drafts
            if one.relation != "none" or (one.start, one.end) not in claimed
        ]
        return sorted([*kept, *self._own], key=lambda one: one.sentence_start)

    def take(self, said: Statement, source: str) -> str:
        """Take a statement; a word that says why where it is not."""
        text, document = self._document.text, self._document
        at = document.span(*said.place)
        beside = [k for k, one in enumerate(self._drafts) if one.start < at[1] and at[0] < one.end]
        actor, notes = self._actor(said)
        against = "" if said.against == actor else said.against
        told = self._told(said, actor)
        if told is None:
            return "long ago"
        if self._outside(actor, told):
            return "years of the actor"
        against = "" if self._outside(against, told) else against
        claims = [k for k in beside if self._drafts[k].relation != "none"]
        same = [
            k
            for k in claims
            if (self._drafts[k].actor, self._drafts[k].relation) == (actor, said.relation)
        ]
        for k in same:
            self._drafts[k] = _confirmed(self._drafts[k], told.certainty, source)
        if same:
            return ""
        word = text[slice(*said.trigger)]
        for k in claims:
            if self._drafts[k].trigger.lower() in word.lower().split():
                notes.append(_reads("the patterns read", self._drafts[k]))
                words = f'the model reads: {actor} {said.relation} by "{word}"'
                self._drafts[k] = _disputed(self._drafts[k], words, source)
        self._own.append(self._draft(said, actor, against, told, beside, notes, source))
        return ""

    def _outside(self, actor: str, told: _Told) -> bool:
        """Whether an actor was none on the day that is told, or else on that of the report."""
        day = parse_date(told.day) or self._published
        return bool(day and self._years.problem(actor, day, told.precision or "day"))

    def _draft(  # noqa: PLR0917
        self,
        said: Statement,
        actor: str,
        against: str,
        told: _Told,
        beside: list[int],
        notes: list[str],
        source: str,
    ) -> Draft:
        """Give the proposal that a statement makes."""
        document, text = self._document, self._document.text
        row = self._drafts[beside[0]] if beside else None
        start, end = document.span(*said.place)
        if row is None:
            mention = self._meant(said)
            place = (mention.place_id, mention.lat, mention.lon, "")
            sentence = (text[slice(*said.sentence)], document.span(*said.sentence)[0])
        else:
            start, end = row.start, row.end
            place = (row.place_id, row.lat, row.lon, row.place_note)
            sentence = (row.sentence, row.sentence_start)
            if row.relation == "none" and row.role != "mention":
                notes.append(f"the patterns read a {row.role}")
        if not place[0] and place[1] is None:
            notes.append("no single place of the gazetteer")
        whole = [*(notes or ["only the model reads this"]), *told.reasons, source]
        return Draft(
            document.source_file,
            sentence[0],
            start,
            end,
            row.place if row is not None else text[slice(*said.place)],
            *place[:3],
            "object",
            actor,
            said.relation,
            against,
            told.day,
            told.precision,
            told.speaker,
            told.certainty,
            _STEPS[0],
            LLM,
            "",
            text[slice(*said.trigger)],
            "; ".join(whole),
            sentence[1],
            place[3],
            proposal=True,
        )

    def _actor(self, said: Statement) -> tuple[str, list[str]]:
        """Who did it: whom the aliases mean by the words, else whom the model says."""
        text, lexicon = self._document.text, self._extractor.lexicon
        words = words_of(text, *said.actor_words)
        named = {actor for _, actor, _ in names_in(words, lexicon, self._published)[1].values()}
        if len(named) == 1 and said.actor not in named:
            (actor,) = named
            return actor, [f"the model reads: {said.actor}; its name means {actor}"]
        return said.actor, []

    def _named(self, said: Statement) -> Mention:
        """The name of a place as it stands in the text, with all places that bear it."""
        start, end = said.place
        words = words_of(self._document.text, start, end)
        names = self._extractor.names
        for one in names.mentions(words, [False] * len(words.texts), at_home=True):
            if (one.start, one.end) == (start, end):
                return one
        written = self._document.text[start:end]
        return Mention(0, 1, start, end, written, "", None, None, "unresolved", listed=False)

    def _meant(self, said: Statement) -> Mention:
        """What a name means that the patterns saw no place in."""
        first, last = self._document.span(*said.sentence)
        near = [
            (one.lat, one.lon)
            for one in self._drafts
            if one.place_id and first <= one.start < last
            if one.lat is not None and one.lon is not None
        ]
        around = Surroundings(frozenset(), tuple(near))
        return self._context.settled_by([self._named(said)], around)[0]

    def _told(self, said: Statement, actor: str) -> _Told | None:
        """How a statement is told, by the rules where they read the language; None: long ago."""
        text = self._document.text
        day, precision = self._day_words(said)
        if not self._known or is_written_arabic(text[slice(*said.sentence)]):
            return _Told(said.certainty, "", day, precision, ())
        lexicon, names = self._extractor.lexicon, self._extractor.names
        words = words_of(text, *said.sentence)
        context = names.context("")
        found = named_in(words, lexicon, names, self._published, context, at_home=True)
        sentence = sentence_of(text, said.sentence, words, found, self._published)
        number = next(
            (k for k, one in enumerate(sentence.items) if said.trigger[0] < one.end),
            len(sentence.items) - 1,
        )
        if is_bygone(number, sentence):
            return None
        event = Event(actor, said.relation, self._named(said), said.against, "", number, LLM)
        speeches = speeches_in(sentence, lexicon)
        manner = manner_of(event, sentence, lexicon, speeches, doubted=self._doubted)
        certainty = _lower(manner.certainty, said.certainty)
        reasons = manner.reasons
        if certainty != manner.certainty:
            reasons = (*reasons, f"the model reads: {certainty}")
        if manner.day and not self._ahead(manner.day):
            day, precision = manner.day, manner.precision
        return _Told(certainty, manner.speaker, day, precision, reasons)

    def _day_words(self, said: Statement) -> tuple[str, str]:
        """The day that the words mean to which the model points, and how precisely."""
        if said.day is None:
            return "", ""
        text = self._document.text
        arabic = is_written_arabic(text[slice(*said.sentence)])
        read = (arabic_days if arabic else days_in)(text, *said.day, self._published)
        found = [(one.day, one.precision) for one in read]
        return next(((day, precise) for day, precise in found if not self._ahead(day)), ("", ""))

    def _ahead(self, day: str) -> bool:
        return self._published is not None and day > self._published.isoformat()


def _lower(one: str, other: str) -> str:
    """The less certain of two certainties."""
    return max(one, other, key=STEPS_DOWN.index)


def _reads(who: str, draft: Draft) -> str:
    return f'{who}: {draft.actor} {draft.relation} by "{draft.trigger}"'


def _one_step_down(confidence: str) -> str:
    return _STEPS[max(0, _STEPS.index(confidence) - 1)]


def _confirmed(draft: Draft, certainty: str, source: str) -> Draft:
    """A draft that the model reads too: never surer by it, perhaps less certain."""
    lowered = _lower(draft.certainty, certainty)
    why = f"{draft.why}; the model reads the same; {source}"
    if lowered == draft.certainty:
        return replace(draft, engine=CONFIRMED, why=why)
    return replace(
        draft,
        engine=CONFIRMED,
        certainty=lowered,
        confidence=_one_step_down(draft.confidence),
        proposal=True,
        why=f"{draft.why}; the model reads: {lowered}; {source}",
    )


def _disputed(draft: Draft, says: str, source: str) -> Draft:
    """A draft of whose word the model reads something else: one step less sure, to be looked at."""
    return replace(
        draft,
        confidence=_one_step_down(draft.confidence),
        proposal=True,
        why=f"{draft.why}; {says}; {source}",
    )
