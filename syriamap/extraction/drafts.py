"""
Texts → draft claims: sentence after sentence, with what the ones before have spoken of.

In come documents and a theater, out come :class:`Draft` rows: every place name is a row, with the
role it plays; one that nothing is claimed of has the relation `none`. Nothing drafted is a claim
until somebody has accepted it (:mod:`syriamap.extraction.review`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from syriamap._tables import parse_date
from syriamap.extraction.clauses import Memory
from syriamap.extraction.dates import days_in
from syriamap.extraction.lexicon import Lexicon
from syriamap.extraction.manner import doubts, manner_of, speeches_in
from syriamap.extraction.patterns import events_in
from syriamap.extraction.places import PlaceNames
from syriamap.extraction.sentence import Sentence, read_sentence
from syriamap.extraction.text import sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from syriamap.extraction.manner import Manner
    from syriamap.extraction.mention import Mention
    from syriamap.extraction.reach import Event
    from syriamap.extraction.text import Document
    from syriamap.theater import Theater

__all__ = ["DRAFT_FIELDS", "Abstention", "Draft", "Extractor"]

_HOLDER_NAME = "army"
"""How the side that holds a country is called: its actor loses a place that "fell"."""

_STRONG_RULES = frozenset({"active", "passive", "A-held P", "fell to", "distance", "drove out"})


@dataclass(frozen=True)
class Draft:
    """
    One place name of a text, and what is claimed of the place there.

    Attributes
    ----------
    source_file, sentence
        The file and the sentence as written.
    start, end
        Span of the place name in the raw text of the file.
    place, place_id, lat, lon
        The name as written; the place it means, empty where that is unknown.
    role
        `object`, `container` ("in Idlib province"), `reference` ("near Hama"), `endpoint` ("from
        Hama to Homs"), `mention`.
    actor, relation, against
        As in a claim; relation `none` where nothing is claimed.
    event_date, date_precision
        Empty where the text names no day.
    asserted_by, certainty
        Who says so; `asserted`, `claimed`, `unconfirmed`, `denied` or `hypothetical`.
    confidence
        `high`, `medium` or `low`.
    engine, frame, trigger
        What found it: the engine, the frame and the verb or noun as written.
    why
        Rule and reasons, in words.
    sentence_start
        Where the sentence begins in the raw text.
    """

    source_file: str
    sentence: str
    start: int
    end: int
    place: str
    place_id: str
    lat: float | None
    lon: float | None
    role: str
    actor: str = ""
    relation: str = "none"
    against: str = ""
    event_date: str = ""
    date_precision: str = ""
    asserted_by: str = ""
    certainty: str = ""
    confidence: str = ""
    engine: str = "patterns"
    frame: str = ""
    trigger: str = ""
    why: str = ""
    sentence_start: int = 0


DRAFT_FIELDS = tuple(field.name for field in fields(Draft))
"""Fields of a draft, in the order in which they are written."""


@dataclass(frozen=True)
class Abstention:
    """A sentence with a verb of war for which no actor or no place was found."""

    source_file: str
    sentence: str
    start: int
    end: int
    trigger: str


class Extractor:
    """
    Reads draft claims off texts.

    Parameters
    ----------
    theater
        Gives places, actors and the names of both.
    """

    def __init__(self, theater: Theater) -> None:
        self.lexicon = Lexicon.of(theater)
        self.names = PlaceNames(theater)

    def drafts(
        self, document: Document, published: date | None = None,
        *, progress: Callable[[int], object] | None = None,
    ) -> tuple[list[Draft], list[Abstention]]:  # fmt: skip
        """
        Read the drafts of one document.

        Parameters
        ----------
        document
            The text.
        published
            Day of publication; else the one of the document's metadata, else its dateline.
        progress
            Is told how many characters have been read.

        Returns
        -------
        drafts
            In the order of the text; equal texts give equal drafts.
        abstentions
            What was seen and not drafted.
        """
        day = published or parse_date(document.dated) or _dateline(document.text)
        reading = _Reading(self, document, day)
        for span in sentences_of(document.text):
            reading.read(span)
            if progress is not None:
                progress(span[1])
        return reading.drafts, reading.abstentions


def _dateline(text: str) -> date | None:
    """The first full date in the first lines of a text."""
    for one in days_in(text, 0, min(len(text), 300), None):
        if one.precision == "day":
            return parse_date(one.day)
    return None


class _Reading:
    """One document being read."""

    def __init__(self, extractor: Extractor, document: Document, published: date | None) -> None:
        self.lexicon, self.names = extractor.lexicon, extractor.names
        self.document, self.published = document, published
        self.drafts: list[Draft] = []
        self.abstentions: list[Abstention] = []
        holders = [one for one in self.lexicon.actors.longest([_HOLDER_NAME], 0)[1]
                   if one.valid(published)]  # fmt: skip
        self.memory = Memory(holder=holders[0].actor_id if holders else "")
        self.home = _about_home(document.text, self.names, self.lexicon)
        self.doubted = any(
            doubts(document.text[a:b]) for a, b in sentences_of(document.text)
        ) if "confirm" in document.text or "verif" in document.text else False  # fmt: skip

    def read(self, span: tuple[int, int]) -> None:
        text = self.document.text
        foreign = _foreign(text[span[0] : span[1]], self.lexicon)
        at_home = self.home and not (
            foreign and not self.names.speaks_of_country(text[span[0] : span[1]])
        )
        sentence = read_sentence(
            text, span, self.lexicon, self.names, self.published, at_home=at_home or not foreign
        )
        if not (at_home or self.home or _evidence(sentence)):
            sentence = read_sentence(
                text, span, self.lexicon, self.names, self.published, at_home=False
            )
        events: list[Event] = []
        if sentence.places or self.memory.places:
            events = (
                [] if foreign and not at_home else events_in(sentence, self.lexicon, self.memory)
            )
        self._remember(sentence, events)
        if not sentence.places and not events:
            self._abstain(sentence, events)
            return
        speeches = speeches_in(sentence, self.lexicon)
        told = [
            (event, manner_of(event, sentence, self.lexicon, speeches, doubted=self.doubted))
            for event in events
        ]
        if not events:
            self._abstain(sentence, events)
        claimed = set()
        for event, manner in told:
            claimed.add((event.place.start, event.place.end))
            self.drafts.append(self._draft(sentence, event, manner))
        for mention in sentence.places:
            if (mention.start, mention.end) not in claimed:
                self.drafts.append(self._bare(sentence, mention))

    def _remember(self, sentence: Sentence, events: list[Event]) -> None:
        for item in sentence.items:
            if item.kind == "a" and item.note not in {"adjective"}:
                self.memory.actors.append(item.actor)
        for event in events:
            if event.place.place_id:
                self.memory.places.append(event.place)
        del self.memory.actors[:-8], self.memory.places[:-4]

    def _abstain(self, sentence: Sentence, events: list[Event]) -> None:
        actor = any(item.kind == "a" for item in sentence.items)
        if events or not (actor or sentence.places) or not self.home:
            return
        for item in sentence.items:
            entries = self.lexicon.verbs.get(item.lower, ()) if item.kind == "w" else ()
            if any(frame.relation in {"captured", "withdrew", "besieged", "struck", "lost"}
                   for rest, _, frame in entries if not rest):  # fmt: skip
                start, end = self.document.span(sentence.start, sentence.end)
                self.abstentions.append(
                    Abstention(self.document.source_file, sentence.text, start, end, item.lower)
                )
                return

    def _draft(self, sentence: Sentence, event: Event, manner: Manner) -> Draft:
        start, end = self.document.span(event.place.start, event.place.end)
        item = sentence.items[event.trigger]
        day, precision = manner.day, manner.precision
        if day and self.published and day > self.published.isoformat() and precision == "day":
            day, precision = "", ""
        strong = event.rule in _STRONG_RULES and event.place.place_id
        weak = event.place.kind in {"unresolved", "adm1", "area"} or event.rule.startswith("noun")
        confidence = "high" if strong else "low" if weak else "medium"
        why = [event.rule, *manner.reasons]
        if event.distance:
            why.append(event.distance)
        if not event.place.place_id:
            why.append(f"{event.place.kind}: no single place of the gazetteer")
        return Draft(
            self.document.source_file, sentence.text, start, end, event.place.written,
            event.place.place_id, event.place.lat, event.place.lon, "object", event.actor,
            event.relation, event.against, day, precision, manner.speaker, manner.certainty,
            confidence, frame=event.frame, trigger=item.lower, why="; ".join(why),
            sentence_start=self.document.span(sentence.start, sentence.end)[0],
        )  # fmt: skip

    def _bare(self, sentence: Sentence, mention: Mention) -> Draft:
        start, end = self.document.span(mention.start, mention.end)
        return Draft(
            self.document.source_file, sentence.text, start, end, mention.written,
            mention.place_id, mention.lat, mention.lon, _role(sentence, mention),
            sentence_start=self.document.span(sentence.start, sentence.end)[0],
        )  # fmt: skip


def _role(sentence: Sentence, mention: Mention) -> str:
    """The role of a place that nothing is claimed of, by the words before it."""
    n = next(k for k, item in enumerate(sentence.items) if item.place is mention)
    words = [item.lower for item in sentence.items[max(0, n - 4) : n]]
    while words and words[-1] in {"the", "northern", "southern", "eastern", "western", "central",
                                  "city", "town", "of", "rural"}:  # fmt: skip
        if words[-1] == "of" and len(words) > 1 and words[-2] in {"north", "south", "east", "west"}:
            return "reference"
        words.pop()
    before = words[-1] if words else ""
    if before in {"near", "outside", "around", "off", "between", "bordering", "beyond", "away"}:
        return "reference"
    if before in {"from", "to", "towards", "toward"}:
        return "endpoint"
    if before in {"in", "across", "inside", "within", "throughout"} or mention.kind == "adm1":
        return "container"
    return "mention"


def _about_home(text: str, names: PlaceNames, lexicon: Lexicon) -> bool:
    """Whether a text is about the country: it names it, and no foreign war more often."""
    lowered = text.casefold()
    home = lowered.count(names.title)
    foreign = sum(lowered.count(word) for word in lexicon.words["foreign"])
    if home:
        return home * 3 >= foreign
    return False


def _foreign(text: str, lexicon: Lexicon) -> bool:
    words = {word.strip(".,;:!?\"'“”’()").removesuffix("'s") for word in text.casefold().split()}
    return bool(words & lexicon.words["foreign"])


def _evidence(sentence: Sentence) -> bool:
    """Whether a sentence alone shows that it is about the country, by its places and actors."""
    large = {"city", "adm1", "area"}
    cities = any(
        one.kind in large and (one.place_id or one.kind != "city") for one in sentence.places
    )
    towns = any(one.kind == "town" for one in sentence.places)
    known = {one.place_id for one in sentence.places if one.place_id}
    armed = any(item.kind == "a" for item in sentence.items)
    own = any(item.kind == "a" and item.note == "home" for item in sentence.items)
    return (
        own or cities or (towns and armed) or (bool(known) and armed and len(sentence.places) > 1)
    )
