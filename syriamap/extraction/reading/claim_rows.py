"""What is read of a sentence as a row: what is claimed of which point, on which day, how surely."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from syriamap.extraction.manner.timing import day_by_told
from syriamap.extraction.reading.assurance import confidence_of, is_plain, is_strong, often_misread
from syriamap.extraction.reading.outcomes import Row

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.manner.certainty import Manner
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.reading.opinions import Opinion
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["ClaimRows"]

_LINGERS = 7
"""Days for which an actor that has ended is still told of."""


class ClaimRows:
    """
    The rows of one text's claims.

    Parameters
    ----------
    lexicon, names
        Actors and places.
    memory
        What the sentences before spoke of.
    published
        Day of publication.

    Attributes
    ----------
    told_day
        The day told last in the text.
    told_here
        The day told in the sentence that is being read.
    """

    def __init__(
        self, lexicon: Lexicon, names: PlaceNames, memory: Memory, published: date | None
    ) -> None:
        self.lexicon, self.names, self.memory = lexicon, names, memory
        self.published = published
        self.told_day = self.told_here = ""
        self.earliest = min(filter(None, lexicon.actors.begins.values()), default="")

    def claiming(self, sentence: Sentence, read: Opinion, manner: Manner) -> Row:
        """Give the row of what an engine reads in a sentence."""
        trigger = sentence.items[read.event.trigger].lower
        told = day_by_told(read.event.trigger, sentence, self.told_day)
        if told:
            self.memory.asked = True
            reasons = (*manner.reasons, "a day after one told before")
            manner = manner._replace(day=told, precision="day", reasons=reasons)
        read = read._replace(event=self._then(sentence, read.event, manner))
        return self.row(read, trigger, manner, sentence.start, plain=is_plain(sentence, read.event))

    def lives(self, row: Row) -> bool:
        """Whether there was such an actor on the day of a deed, as far as that is told."""
        actor, day = row.actor, row.day or self.told_day
        day = day or (self.published.isoformat() if self.published else "")
        if day and day[:4] < self.earliest[:4]:
            return False  # of another war
        ends = self.lexicon.actors.ends.get(actor, "")
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
            self.lexicon.actors.meant_then(names.get(one, ""), one, day)
            for one in (event.actor, event.against)
        )
        return event._replace(actor=actor, against=against)

    def row(
        self, read: Opinion, trigger: str, manner: Manner, begin: int, *, plain: bool = True
    ) -> Row:
        """Give the row of an event: what is claimed, of which point, how surely."""
        event = read.event
        place = event.place
        day, precision = manner.day, manner.precision
        if day and self.published and day > self.published.isoformat() and precision == "day":
            day, precision = "", ""
        confidence, certainty = read.judged(
            confidence_of(event, place, plain=plain), manner.certainty
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
        often = often_misread(event, place)
        if often and is_strong(event, place, plain=plain):
            why.append(f"mostly right: {often}")
        if not place.place_id:
            why.append(f"{place.kind}: no single place of the gazetteer")
        claim = (event.actor, event.relation, event.against, day, precision)
        told_by = (manner.speaker, certainty, confidence, read.engine, event.frame, trigger)
        return Row(
            place.start - begin,
            place.end - begin,
            (place.written, place_id, lat, lon, "object", *claim, *told_by, "; ".join(why)),
            note,
            read.proposal(manner.certainty),
        )


def _days_between(first: str, last: str) -> int:
    """Days from one ISO day to another; below zero if that is before it."""
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first)).days
