"""
One document being read: sentence after sentence, with what the ones before have spoken of.

A sentence is glanced at, taken apart, searched for who does what where, and becomes rows.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.extraction.arabic.script import is_written_arabic, words_in
from syriamap.extraction.arabic.verbal import ArabicSentence
from syriamap.extraction.drafts import PATTERNS, Abstention, Draft
from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.manner.certainty import doubts, is_bygone, manner_of, speeches_in
from syriamap.extraction.manner.timing import day_by_told
from syriamap.extraction.reading.opinions import Opinion
from syriamap.extraction.sentence.items import named_in, names_in, sentence_of
from syriamap.extraction.sentence.memory import Memory
from syriamap.extraction.texts.tokens import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from syriamap.extraction.arabic.naming import ArabicNames
    from syriamap.extraction.lexicon.vocabulary import Lexicon
    from syriamap.extraction.manner.certainty import Manner
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.reading.glance import Glance, Seen
    from syriamap.extraction.reading.opinions import Opinions
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Item, Named, Sentence
    from syriamap.extraction.texts.tokens import Document, Words

__all__ = ["Kept", "Reading"]

_HOLDER_NAME = "army"
"""How the side that holds a country is called: its actor loses a place that "fell"."""

_THE_ARMY = f"the {_HOLDER_NAME}"
"""Under this is remembered whose army a text named last."""

_DOERS = frozenset({"active", "passive"})
"""Rules by which whoever does something is who the text goes on to speak of."""

_TAKING = frozenset({"captured", "contested", "advanced_toward", "besieged", "controls"})
"""What whoever is about to take more places does."""

_ACTOR, _DAY, _CERTAINTY = 5, 8, 11
"""Where these stand among the fields of a row."""

_FACTS = frozenset({"asserted", "claimed"})
_OUR_ANYWHERE = re.compile(r"\b(?:[Oo]ur|[Ww]e)\b")

_DATES_REST = frozenset({"after", "following"})
"""Behind these a clause only says when the rest of a sentence was."""

_NEAR_ITEMS = 9
"""Words and names between a verb, its doer and its place in a plain sentence."""

_AREA = "area"
"""What is no place of its own: nothing is claimed of it as a whole."""

_TOWNS = frozenset({"city", "town"})
_WINDS = read_words()["winds"]
_HEAD = re.compile(r":| [–—-] ")
"""Ends the head of a first line: "A – spokesman B: we have taken"."""

_UNPLACED = frozenset({"unresolved", "quarter", "adm1", "area"})

_STRONG_RULES = frozenset({"active", "passive", "A-held P", "fell to", "distance", "drove out"})

_WORDS = read_words()
_DOUBTFUL_FRAMES = _WORDS["doubtful_frames"]
_DOUBTFUL_KINDS = _WORDS["doubtful_kinds"]
_IRREGULAR = _WORDS["irregular_armies"]
_ISSUED = _WORDS["issued"]
_OCCUPATION = "occupation"
_OCCUPIES = re.compile(rf"(\w+) {_OCCUPATION}\b")
_BARE_TROOPS = _WORDS["bare_troops"]
_OWN_NAMES = _WORDS["own_names"]
_BEFORE_ROLE = _WORDS["before_role"]
_LEADS_TO_PLACE = _WORDS["prepositions"]
_VAGUE = _WORDS["vague_groups"]
_CARDINALS = _WORDS["cardinals"]
_CONTAINERS = _WORDS["containers"]
_ROLE_ENDPOINT = _WORDS["role_endpoint"]
_ROLE_REFERENCE = _WORDS["role_reference"]

_FIRST_LINE = 160
"""Letters of a first line that may tell whose communiqué a text is."""

_HEADING = 6
"""Words at the beginning of an Arabic text that name who speaks."""

_SHORT = 5_000
"""Letters of a text that need not name the country if it names two of its cities."""

_TELLING = 4
"""Letters of the name of a town that hardly means anything else."""

_ENOUGH = 2
"""So many towns, cities and forces may still be chance."""

_LINGERS = 7
"""Days for which an actor that has ended is still told of."""

_MOST_PLACES = 6
"""Places that "the city" and its like may mean."""

_MOST_KEPT = 4_000
"""Sentences whose reading is kept, for when they come again."""


class _Row(NamedTuple):
    """A draft before it has a document: span from the sentence's start, fields, and the last."""

    start: int
    end: int
    fields: tuple[Any, ...]
    place_note: str = ""
    proposal: bool = False


class _Outcome(NamedTuple):
    """What a sentence gave: rows; actors, places and day for the memory; what it abstained at."""

    rows: list[_Row]
    actors: list[str]
    places: list[Mention]
    abstained: str
    told_day: str = ""
    taker: str = ""
    voice: str = ""
    called: tuple[tuple[str, str], ...] = ()


class Kept(dict[tuple[Any, ...], _Outcome]):
    """Sentences read before, by their words and by what their reading depends on."""

    def keep(self, key: tuple[Any, ...], outcome: _Outcome) -> None:
        """Keep an outcome; when there are too many, all others go."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[key] = outcome


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
        holders = [one for one in lexicon.actors.longest([_HOLDER_NAME], 0)[1] if one.valid(day)]
        holder = holders[0].actor_id if holders else ""
        self.memory = Memory(holder=holder, seek=self._last_actor, states=lexicon.states, day=day)
        self.home = self._about_home(document.text)
        self.ours = _OUR_ANYWHERE.search(document.text) is not None
        self.doubted = doubts(document.text)
        if self.ours:
            self.memory.voice = self._issuer()
        self.earliest = min(filter(None, lexicon.begins.values()), default="")
        self.begin = 0
        self.told_day = self.told_here = ""
        self.context = names.context(document.text)

    def _about_home(self, text: str) -> bool:
        """Whether a text is about the country: it names it, and no foreign war more often."""
        home = self.names.times_called(text) or self._own_names(text)
        if not home:
            return False
        foreign = self.lexicon.words["foreign"]
        others = (word for word in re.findall(r"[A-Z][a-z]+", text) if word.lower() in foreign)
        return home * 3 >= sum(1 for _ in others)

    def _issuer(self) -> str:
        """Whose communiqué a text is by its first line: "Statement no. 9 of A"."""
        first = self.document.text.lstrip()[:_FIRST_LINE].split("\n", maxsplit=1)[0]
        head = _HEAD.split(first, maxsplit=1)[0]
        for part in (head, first):
            words = words_of(part, 0, len(part))
            if _ISSUED.isdisjoint(words.lowers) and (part is first or part == first):
                continue
            _, spans, _ = names_in(words, self.lexicon, self.published)
            actors = {actor for _, actor, note in spans.values() if note != "adjective"}
            if len(actors) == 1:
                return actors.pop()
        return self._mouthpiece()

    def _mouthpiece(self) -> str:
        """Whose office a text quotes, if it is but one: "the media center of A said"."""
        text = self.document.text
        words = words_of(text[:_SHORT], 0, min(len(text), _SHORT))
        _, spans, _ = names_in(words, self.lexicon, self.published)
        offices = {
            actor
            for first, (end, actor, note) in spans.items()
            if note != "adjective"
            and not _ISSUED.isdisjoint(words.lowers[max(0, first - 4) : end + 4])
        }
        return offices.pop() if len(offices) == 1 else ""

    def _own_names(self, text: str) -> int:
        """How many forces, cities and towns of the country a short text names, if they tell."""
        if len(text) > _SHORT:
            return 0
        words = words_of(text, 0, len(text))
        taken, spans, _ = names_in(words, self.lexicon, self.published)
        own = self.lexicon.own
        forces = {
            actor
            for _, actor, note in spans.values()
            if note == "home" or (note == "capitals" and actor in own)
        }
        cities = self.names.cities_in(text)
        if cities + len(forces) > 1:
            return cities + len(forces)
        named = self.names.mentions(words, taken, at_home=True)
        towns = {
            one.place_id for one in named if one.kind == "town" and len(one.written) > _TELLING
        }
        found = cities + len(forces) + len(towns)
        return found if found > _ENOUGH else 0

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
                if not (self.home and seen.abstain):
                    self.memory.unread.append(span)
                    return
                outcome = self._passed(span)
            else:
                self.memory.asked = self.context.asked = False
                self.told_here = self.memory.undone = ""
                outcome = self._read(span, text, seen)
            if not (self.memory.asked or self.context.asked) and (
                outcome.rows or not self.memory.places
            ):
                self.kept.keep(key, outcome)
        self._put(span, text, outcome)

    def _put(self, span: tuple[int, int], text: str, outcome: _Outcome) -> None:
        """Give the rows of a sentence their place in the document; remember what it spoke of."""
        memory, document = self.memory, self.document
        if outcome.actors:
            memory.actors += outcome.actors
            del memory.actors[:-8]
            memory.unread.clear()
        self.told_day = outcome.told_day or self.told_day
        memory.places += outcome.places if span[1] > self.begin else ()
        del memory.places[:-_MOST_PLACES]
        memory.called.update(outcome.called)
        memory.taker = outcome.taker or memory.taker
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

    def _passed(self, span: tuple[int, int]) -> _Outcome:
        """A sentence without a place: its actors, and a verb of war."""
        words = words_of(self.document.text, *span)
        taken, spans, _ = names_in(words, self.lexicon, self.published)
        actors = [actor for _, actor, note in spans.values() if note != "adjective"]
        called = tuple((words.lowers[end - 1], actor) for end, actor, _ in spans.values())
        verb = ""
        if spans:
            verbs = self.lexicon.abstaining
            verb = next(
                (
                    word
                    for word, name in zip(words.lowers, taken, strict=True)
                    if not name and word in verbs
                ),
                "",
            )
        return _Outcome([], actors, [], verb, called=called)

    def _last_actor(self, span: tuple[int, int]) -> str:
        actors = self._passed(span).actors
        return actors[-1] if actors else ""

    def _read(self, span: tuple[int, int], text: str, seen: Seen) -> _Outcome:
        whole, foreign = self.document.text, seen.foreign
        at_home = self.home and not (foreign and not self.names.speaks_of_country(text))
        words = words_of(whole, *span)
        found = self._named(words, at_home=at_home or self.home or not foreign)
        if not (found.places or found.epithets or (seen.refers and self.memory.places)):
            return self._placeless(words, found)
        sentence = sentence_of(whole, span, words, found, self.published, self.begin)
        if self.home and foreign and not at_home:  # "on the Iraqi border"
            at_home = _evidence(sentence, self.lexicon)
        ours = at_home or (self.home and not foreign) or _evidence(sentence, self.lexicon)
        if sentence.places and not ours:
            found = self._named(words, at_home=False)
            sentence = sentence_of(whole, span, words, found, self.published, self.begin)
        sentence = self._by_topic(self._by_company(sentence))
        read: list[Opinion] = []
        named = bool(sentence.places) or any(item.kind == "p" for item in sentence.items)
        if (named or self.memory.places) and not (foreign and not at_home):
            read = [
                one
                for one in self.engines.of(sentence, self.memory)
                if not is_bygone(one.event.trigger, sentence) and one.event.place.kind != _AREA
            ]
        rows: list[_Row] = []
        if read:
            speeches = speeches_in(sentence, self.lexicon)
            rows = [
                self._claiming(
                    sentence,
                    one,
                    manner_of(one.event, sentence, self.lexicon, speeches, doubted=self.doubted),
                )
                for one in read
            ]
            alive = [self._lives(row) for row in rows]
            read = [one for one, lives in zip(read, alive, strict=True) if lives]
            rows = [row for row, lives in zip(rows, alive, strict=True) if lives]
        claimed = {(row.start, row.end) for row in rows}
        for mention in sentence.places:
            at = (mention.start - sentence.start, mention.end - sentence.start)
            if at not in claimed:
                rows.append(_bare(sentence, mention, at))
        actors = _by_salience(sentence)
        doers = [one.event.actor for one in read[:1] if one.event.rule in _DOERS]
        actors += doers or _subject(sentence)
        told = [one for one in read if one.event.place.place_id and self.engines.speaks(one)]
        triggers = [one.event.trigger for one in told]
        told.sort(  # of a list, "the city" is likeliest the one that is a city
            key=lambda one: (
                not _aside(sentence, one.event.trigger),
                triggers.index(one.event.trigger),
                one.event.place.kind == "city",
            )
        )
        places = [one.event.place for one in told]
        abstained = self.memory.undone if read else self._abstained(sentence)
        if not places:
            places = _topic(sentence)
        taker, voice = _taker(read, rows, self.memory.holder), self._voice(sentence)
        called = tuple(_called(sentence))
        return _Outcome(rows, actors, places, abstained, self.told_here, taker, voice, called)

    def _by_company(self, sentence: Sentence) -> Sentence:
        """
        Let "the jihadists" mean the group that the text names, if it names one.

        Where none is named they are who was called so on that day.
        """
        named = list(self.memory.actors)
        items = list(sentence.items)
        for k, one in enumerate(items):
            if one.kind != "a":
                continue
            vague = one.note == "generic" and not _VAGUE.isdisjoint(one.lower.split())
            groups = [actor for actor in named if actor not in self.lexicon.states]
            following = items[k + 2 : k + 3] if sentence.lowers[k + 1 : k + 2] == ["of"] else []
            groups += [x.actor for x in following if x.kind == "a"]  # "the jihadists of A"
            if vague and groups and one.actor not in named:
                self.memory.asked = True
                items[k] = one._replace(actor=groups[-1])
            else:
                self.memory.asked = self.memory.asked or vague
                named.append(one.actor)
        return sentence._replace(items=items)

    def _by_topic(self, sentence: Sentence) -> Sentence:
        """Let bare "troops" be those of a foreign state of which the text has just spoken."""
        items = [
            self._of_occupation(one, sentence.lowers[k - 1]) if k and one.note == "generic" else one
            for k, one in enumerate(sentence.items)
        ]
        sentence = self._by_army(sentence._replace(items=items))
        bare = [
            k
            for k, one in enumerate(sentence.items)
            if one.note == "generic"
            and one.lower in _BARE_TROOPS
            and sentence.lowers[k - 1 : k] != ["the"]
        ]
        if not bare or any(one.kind == "a" for one in sentence.items[: bare[0]]):
            return sentence
        actor = self.memory.actor()
        if actor not in self.lexicon.states - self.lexicon.own:
            return sentence
        items = [
            one._replace(actor=actor) if k in bare else one for k, one in enumerate(sentence.items)
        ]
        return sentence._replace(items=items)

    def _by_army(self, sentence: Sentence) -> Sentence:
        """Let "the army" be the one that the text named, where it named no other of that kind."""
        items = list(sentence.items)
        for k, one in enumerate(items):
            if one.note != "generic" or one.lower.split()[0] != _HOLDER_NAME:
                continue
            if sentence.lowers[k - 1 : k] != ["the"]:
                continue
            before = sentence._replace(items=items[:k])
            called = dict(_called(before))
            named = {item.actor for item in items[:k]} | set(self.memory.called.values())
            actor = called.get(_THE_ARMY) or self.memory.last_called(_THE_ARMY)
            if actor and one.actor not in named:
                items[k] = one._replace(actor=actor)
        return sentence._replace(items=items)

    def _of_occupation(self, item: Item, before: str) -> Item:
        """Give "army" of "the occupation army" the actor that was called an occupation last."""
        if before != _OCCUPATION:
            return item
        actor = self._occupier()
        return item._replace(actor=actor) if actor else item._replace(kind="w", actor="", note="")

    def _occupier(self) -> str:
        """Whom a text calls an occupation: "the A occupation"."""
        for adjective in _OCCUPIES.findall(self.document.text.lower()):
            _, aliases = self.lexicon.actors.longest([adjective, _OCCUPATION], 0)
            for one in aliases:
                if one.valid(self.memory.day):
                    return str(one.actor_id)
        return ""

    def _voice(self, sentence: Sentence) -> str:
        """Whose speech a sentence is, who may say "our" in the next."""
        if not self.ours or self.lexicon.words["speech_forms"].isdisjoint(sentence.lowers):
            return ""
        speakers = (one.speaker for one in speeches_in(sentence, self.lexicon))
        return next(filter(None, map(self.lexicon.actor_of_voice, speakers)), "")

    def _named(self, words: Words, *, at_home: bool) -> Named:
        return named_in(
            words, self.lexicon, self.names, self.published, self.context, at_home=at_home
        )

    def _placeless(self, words: Words, found: Named) -> _Outcome:
        """What a sentence gives that is about no place: its actors, and a verb of war."""
        actors = [actor for _, actor, note in found.actors.values() if note != "adjective"]
        called = tuple((words.lowers[end - 1], actor) for end, actor, _ in found.actors.values())
        verb = ""
        if found.actors and self.home:
            named = {n for n, (end, _, _) in found.actors.items() for n in range(n, end)}
            verbs = self.lexicon.abstaining
            verb = next(
                (one for n, one in enumerate(words.lowers) if one in verbs and n not in named), ""
            )
        return _Outcome([], actors, [], verb, called=called)

    def _abstained(self, sentence: Sentence) -> str:
        actor = any(item.kind == "a" for item in sentence.items)
        if not (actor or sentence.places) or not self.home:
            return ""
        verbs = self.lexicon.abstaining
        return next(
            (item.lower for item in sentence.items if item.kind == "w" and item.lower in verbs), ""
        )

    def _claiming(self, sentence: Sentence, read: Opinion, manner: Manner) -> _Row:
        """Give the row of what an engine reads in a sentence."""
        trigger = sentence.items[read.event.trigger].lower
        told = day_by_told(read.event.trigger, sentence, self.told_day)
        if told:
            self.memory.asked = True
            reasons = (*manner.reasons, "a day after one told before")
            manner = manner._replace(day=told, precision="day", reasons=reasons)
        read = read._replace(event=self._then(sentence, read.event, manner))
        return self._row(read, trigger, manner, sentence.start, plain=_plain(sentence, read.event))

    def _lives(self, row: _Row) -> bool:
        """Whether there was such an actor on the day of a deed, as far as that is told."""
        actor, day = row.fields[_ACTOR], row.fields[_DAY] or self.told_day
        day = day or (self.published.isoformat() if self.published else "")
        if day and day[:4] < self.earliest[:4]:
            return False  # of another war
        ends = self.lexicon.ends.get(actor, "")
        if not ends or len(day) < len(ends):
            return not ends or not day or day <= ends[: len(day)]
        return _days_between(ends, day) <= _LINGERS

    def _then(self, sentence: Sentence, event: Event, manner: Manner) -> Event:
        """Give an event with the actors that its names meant on its own day."""
        day = manner.day or self.told_day
        lasting = event.relation == "controls" or "since then" in manner.reasons
        if manner.precision in {"day", "month", "year"} and manner.day and not lasting:
            self.told_day = self.told_here = manner.day
        names = {one.actor: one.lower for one in sentence.items if one.kind == "a"}
        actor, against = (
            self.lexicon.actor_on(names.get(one, ""), one, day)
            for one in (event.actor, event.against)
        )
        return event._replace(actor=actor, against=against)

    def _row(
        self, read: Opinion, trigger: str, manner: Manner, begin: int, *, plain: bool = True
    ) -> _Row:
        """Give the row of an event: what is claimed, of which point, how surely."""
        event = read.event
        place = event.place
        day, precision = manner.day, manner.precision
        if day and self.published and day > self.published.isoformat() and precision == "day":
            day, precision = "", ""
        confidence, certainty = read.judged(
            _confidence(event, place, plain=plain), manner.certainty
        )
        why = [event.rule, *manner.reasons, *read.reasons(manner.certainty)]
        place_id, lat, lon, note = place.place_id, place.lat, place.lon, ""
        if event.distance:
            told = self.names.meanings.relative(event.distance, place)
            if told is not None:
                place_id, lat, lon, note = told
            elif event.rule == "beside":
                place_id, lat, lon = "", None, None  # the place itself was not struck
            why.append(event.distance)
        often = _often_misread(event, place)
        if often and _strong(event, place, plain=plain):
            why.append(f"mostly right: {often}")
        if not place.place_id:
            why.append(f"{place.kind}: no single place of the gazetteer")
        claim = (event.actor, event.relation, event.against, day, precision)
        told_by = (manner.speaker, certainty, confidence, read.engine, event.frame, trigger)
        return _Row(
            place.start - begin,
            place.end - begin,
            (place.written, place_id, lat, lon, "object", *claim, *told_by, "; ".join(why)),
            note,
            read.proposal(manner.certainty),
        )

    def _arabic_issuer(self, span: tuple[int, int]) -> str:
        """Who speaks of "our forces" in an Arabic text: the agency or the office that opens it."""
        words = words_in(self.document.text, *span)
        day = self.memory.day
        troops = self.arabic.troops
        codes = [code for at, code in sorted(troops.voices(words, day)) if at < _HEADING]
        speaker = self.lexicon.actor_of_voice(codes[0]) if codes else ""
        actors = troops.actors(words, day, self.memory)
        return speaker or next((one.actor for one in actors if one.first < _HEADING), "")

    def _arabic(self, span: tuple[int, int]) -> _Outcome:
        """What an Arabic sentence tells."""
        if not self.memory.voice and not self.memory.asked:
            self.memory.voice = self._arabic_issuer(span)
        sentence = ArabicSentence(
            self.document.text,
            span,
            self.arabic,
            self.names,
            self.published,
            self.memory,
            self.context,
        )
        told = sentence.read()
        rows = [
            self._row(
                Opinion(one.event),
                one.trigger,
                one.manner,
                span[0],
                plain=sentence.is_plain(one.event),
            )
            for one in told
        ]
        claimed = {(row.start, row.end) for row in rows}
        for one in sentence.places:
            at = (one.mention.start - span[0], one.mention.end - span[0])
            if at not in claimed:
                role = one.role if one.role == "container" else "mention"
                rows.append(_unclaimed(one.mention, at, role))
        actors = [one.event.actor for one in told[:1]] or sentence.named()
        places = [one.event.place for one in told if one.event.place.place_id]
        places += [one for one in places[:1] if one.kind in _TOWNS]  # what it is about
        if not told:
            places = [x.mention for x in sentence.places if x.role == "object"][-1:]
            places = [one for one in places if one.place_id]
        self.memory.asked = True  # what it means may hang on the sentences before
        return _Outcome(rows, actors, places, "", called=tuple(sentence.called()))


def _days_between(first: str, last: str) -> int:
    """Days from one ISO day to another; below zero if that is before it."""
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first)).days


def _taker(read: Sequence[Opinion], rows: Sequence[_Row], holder: str) -> str:
    """Who took a place last, or entered one, as far as that is told as a fact."""
    told = zip(read, rows[: len(read)], strict=True)
    takers = [
        one.event.actor
        for one, row in told
        if one.event.relation in _TAKING
        and one.event.rule != "battle"
        and row.fields[_CERTAINTY] in _FACTS
        and not (one.event.relation == "controls" and one.event.actor == holder)
    ]
    return takers[-1] if takers else ""


def _by_salience(sentence: Sentence) -> list[str]:
    """The actors of a sentence, the likeliest to be meant by "they" last: no owners."""
    items = sentence.items
    named = [k for k, one in enumerate(items) if one.kind == "a" and one.note != "adjective"]
    owners = [k for k in named if sentence.lowers[k + 1 : k + 2] == ["'s"]]
    if len(owners) == len(named):
        owners = []
    return [items[k].actor for k in (*owners, *(k for k in named if k not in owners))]


def _subject(sentence: Sentence) -> list[str]:
    """With whom a sentence begins, if anybody: "they" of the next one are likely meant by it."""
    first = next((k for k, one in enumerate(sentence.items) if one.kind == "a"), -1)
    if first < 0 or sentence.items[first].note == "adjective":
        return []
    before = sentence.lowers[max(0, first - 4) : first]
    led = _LEADS_TO_PLACE.intersection(before) - {"of"}
    owns = sentence.lowers[first + 1 : first + 2] == ["'s"]
    return [] if led or owns else [sentence.items[first].actor]


def _called(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """By which noun each actor is called: "factions" of "B factions" and of "factions of B"."""
    for k, one in enumerate(sentence.items):
        if one.kind == "a":
            words = one.lower.split()
            yield from ((word, one.actor) for word in dict.fromkeys((words[0], words[-1])))
            if words[-1] == _HOLDER_NAME and one.note != "generic" and _IRREGULAR.isdisjoint(words):
                yield _THE_ARMY, one.actor
            before = [word for word in sentence.lowers[max(0, k - 3) : k] if word != "the"]
            if before[-1:] == ["of"]:
                yield before[-2:][0], one.actor
    yield from (("latter", one.actor) for one in sentence.items if one.kind == "a")


def _topic(sentence: Sentence) -> list[Mention]:
    """The place with which a sentence begins, or the only one: it then is about that."""
    first = next((one for one in sentence.items if one.lower.isalpha() or one.kind != "w"), None)
    place = first.place if first is not None else None
    named = [one for one in sentence.places if one.kind != "adm1"]
    at_by = {id(one.place): k for k, one in enumerate(sentence.items) if one.place is not None}
    named = [one for one in named if not _only_contains(sentence, at_by.get(id(one), 0))]
    if place is None and len(named) == 1:
        at = next((k for k, one in enumerate(sentence.items) if one.place is named[0]), 0)
        place = named[0] if sentence.lowers[at - 1] in _LEADS_TO_PLACE else None
    return [place] if place is not None and place.place_id else []


def _only_contains(sentence: Sentence, k: int) -> bool:
    """Whether a place stands for the land around it: "in northern P"."""
    return k > 1 and sentence.lowers[k - 1] in _WINDS


def _aside(sentence: Sentence, n: int) -> bool:
    """Whether what an item tells only dates the rest: ", days after capturing P"."""
    lowers = sentence.lowers
    for k in range(n - 1, max(2, n - 6), -1):
        if lowers[k] in _DATES_REST:
            return not any(lowers[m] == "," for m in range(k + 1, n))
        if sentence.items[k].kind == "p":
            return False
    return False


def _plain(sentence: Sentence, event: Event) -> bool:
    """Whether a sentence is one that is seldom read wrongly: doer, verb and place stand near."""
    items = sentence.items
    at = next((k for k, one in enumerate(items) if one.place is event.place), None)
    if at is None or abs(at - event.trigger) > _NEAR_ITEMS:
        return False  # the place was named before, or far off
    before = [k for k, one in enumerate(items[: event.trigger]) if one.actor == event.actor]
    if event.rule == "active" and not (before and event.trigger - before[-1] <= _NEAR_ITEMS):
        return False
    first, last = sorted((at, event.trigger))
    between = {one.actor for one in items[first:last] if one.kind == "a"}
    return between <= {event.actor, event.against}


def _confidence(event: Event, place: Mention, *, plain: bool) -> str:
    """How sure a reading is by its rule, its words and its place."""
    strong = _strong(event, place, plain=plain) and not _often_misread(event, place)
    weak = place.kind in _UNPLACED or event.rule.startswith(("noun", "beside"))
    return "high" if strong else "low" if weak else "medium"


def _strong(event: Event, place: Mention, *, plain: bool) -> bool:
    """Whether rule, words and place are those of a plain reading."""
    alone = place.kind == "city" or place.site or len(place.bearers) <= 1
    named = bool(place.place_id and place.listed and alone)
    return bool(event.rule in _STRONG_RULES and named and plain)


def _often_misread(event: Event, place: Mention) -> str:
    """The verb family or kind of place for which no reading is called high; empty for others."""
    if event.frame in _DOUBTFUL_FRAMES:
        return event.frame
    return place.kind if place.kind in _DOUBTFUL_KINDS else ""


def _bare(sentence: Sentence, mention: Mention, at: tuple[int, int]) -> _Row:
    return _unclaimed(mention, at, _role(sentence, mention))


def _unclaimed(mention: Mention, at: tuple[int, int], role: str) -> _Row:
    """Give the row of a place that nothing is claimed of."""
    area = mention.kind == _AREA  # its point is but that of a place amid it
    point = (None, None) if area else (mention.lat, mention.lon)
    place = (mention.written, mention.place_id, *point, role)
    return _Row(*at, (*place, "", "none", *[""] * 6, PATTERNS, "", "", ""))


def _role(sentence: Sentence, mention: Mention) -> str:
    """The role of a place that nothing is claimed of, by the words before it."""
    n = next(k for k, item in enumerate(sentence.items) if item.place is mention)
    words = sentence.lowers[max(0, n - 4) : n]
    while words and words[-1] in _BEFORE_ROLE:
        if words[-1] == "of" and len(words) > 1 and words[-2] in _CARDINALS:
            return "reference"
        words.pop()
    before = words[-1] if words else ""
    if before in _ROLE_REFERENCE:
        return "reference"
    if before in _ROLE_ENDPOINT:
        return "endpoint"
    if before in _CONTAINERS or mention.kind in {"adm1", _AREA}:
        return "container"
    return "mention"


def _evidence(sentence: Sentence, lexicon: Lexicon) -> bool:
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
