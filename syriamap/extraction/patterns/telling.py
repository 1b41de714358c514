"""
Who does what where in a sentence: holdings, verbs and nouns, each by its own patterns.

In comes a sentence with its names, out go its events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.patterns.findings import Findings
from syriamap.extraction.patterns.holdings import Holdings, holding_words
from syriamap.extraction.patterns.lists import Lists
from syriamap.extraction.patterns.nearness import Nearness
from syriamap.extraction.patterns.nouns import Nouns
from syriamap.extraction.patterns.placards import Placards
from syriamap.extraction.patterns.reach import Reach
from syriamap.extraction.patterns.verbs import Verbs
from syriamap.extraction.sentence.clauses import Clause

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["events_in"]


def events_in(sentence: Sentence, lexicon: Lexicon, memory: Memory) -> list[Event]:
    """
    Find who does what where in a sentence.

    Parameters
    ----------
    sentence
        With its names found.
    lexicon
        The frames.
    memory
        What the sentences before spoke of; it is read, not changed.
    """
    clause, findings = Clause(sentence, lexicon, memory), Findings()
    reach = Reach(clause)
    nearness = Nearness(reach, findings)
    holdings = Holdings(reach, findings, nearness)
    verbs, nouns = Verbs(reach, findings, nearness), Nouns(reach, findings, nearness)
    asked = holding_words()
    for n, word in enumerate(clause.lowers):
        holds = word in asked or word[0].isdigit()
        if not (holds or word in lexicon.nouns or n in clause.verbs):
            continue
        if clause.items[n].kind != "w":
            continue
        if holds:
            holdings.read(n)
        noun = lexicon.nouns.get(word)
        verb = clause.verbs.get(n)
        if noun is not None and nouns.stands_as_noun(n):
            nouns.read_noun(n, noun)
        elif verb is not None:
            verbs.read_verb(n, *verb)
    if sentence.places:
        Placards(reach, findings).read()
    if len(sentence.places) > 1:
        Lists(reach, findings).read()
    unique: dict[tuple[str, str, int, str], Event] = {}
    for event in findings.events:
        beside = event.distance if event.rule == "beside" else ""
        unique.setdefault((event.actor, event.relation, event.place.start, beside), event)
    return _without_weaker(list(unique.values()))


def _without_weaker(events: list[Event]) -> list[Event]:
    """Of an approach and a capture by one actor at one place from one verb, the capture stays."""
    strong = {(e.actor, e.place.start) for e in events if e.relation in {"captured", "controls"}}
    taken = {(e.place.start, e.actor) for e in events if e.relation == "captured"}
    own = {(e.actor, e.place.start, e.relation) for e in events}
    left = {
        e.actor
        for e in events
        if e.relation == "withdrew" or (e.relation, e.rule) == ("lost", "handed over")
    }
    return [
        event
        for event in events
        if not (event.relation == "lost" and (event.actor, event.place.start, "withdrew") in own)
        and not _held_before(event, taken)
        and not (event.relation == "advanced_toward" and event.actor in left)
        and not (
            event.relation in {"advanced_toward", "contested"}
            and (event.actor, event.place.start) in strong
            and event.rule in {"battle", "noun", "noun of a subject"}
        )
    ]


def _held_before(event: Event, taken: set[tuple[int, str]]) -> bool:
    """Whether "A-held P" is past, for another takes P in the same sentence."""
    if event.relation != "controls" or not event.rule.endswith(_HELD_RULES):
        return False
    return any(at == event.place.start and actor != event.actor for at, actor in taken)


_HELD_RULES = ("A-held P", "A-held town", "bastion of")
