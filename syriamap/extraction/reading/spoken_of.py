"""What a sentence leaves for those after it: whom "they", "the city", "the factions" may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.reading.opinions import Opinion
    from syriamap.extraction.reading.outcomes import Row
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence

__all__ = [
    "HOLDER_NAME",
    "THE_ARMY",
    "actors_in",
    "attacker_in",
    "called_in",
    "places_in",
    "sides_in",
    "taker_of",
]

_DOERS = frozenset({"active", "passive"})
"""Rules by which whoever does something is who the text goes on to speak of."""
_TAKING = frozenset({"captured", "contested", "advanced_toward", "besieged", "controls"})
"""What whoever is about to take more places does."""
_ATTACKS = read_words()["one_sided_battles"] | read_words()["advances"]
_BEFORE_LAUNCH = read_words()["have"] | read_words()["forces"] | read_words()["before_launch"]
_LAUNCHED = read_words()["launched_forms"]
_FIGHTS = read_words()["mutual_fights"] | read_words()["fought_forms"]
_TWO = 2
_TAKEN = read_words()["taken"] | {"took"}
_PLURAL_KINDS = read_words()["plural_kinds"]
_LONGEST_LAUNCH = 8
"""Words from "launched" to the noun of an attack."""
_FACTS = frozenset({"asserted", "claimed"})
_DATES_REST = frozenset({"after", "following"})
"""Behind these a clause only says when the rest of a sentence was."""
_WINDS = read_words()["winds"]
_WORDS = read_words()
_IRREGULAR = _WORDS["irregular_armies"]
_LEADS_TO_PLACE = _WORDS["prepositions"]
HOLDER_NAME = "army"
"""How the side that holds a country is called: its actor loses a place that "fell"."""

THE_ARMY = f"the {HOLDER_NAME}"
"""Under this is remembered whose army a text named last."""


def taker_of(read: Sequence[Opinion], rows: Sequence[Row], holder: str) -> str:
    """Who took a place last, or entered one, as far as that is told as a fact."""
    told = zip(read, rows[: len(read)], strict=True)
    takers = [
        one.event.actor
        for one, row in told
        if one.event.relation in _TAKING
        and one.event.rule != "battle"
        and row.certainty in _FACTS
        and not (one.event.relation == "controls" and one.event.actor == holder)
    ]
    return takers[-1] if takers else ""


def attacker_in(lowers: Sequence[str], actors: Iterable[tuple[int, str]]) -> str:
    """
    Who launches an attack or takes places and names none: "A launched an offensive last week".

    Parameters
    ----------
    lowers
        The words.
    actors
        The word behind each actor's name, and the actor.
    """
    found = ""
    for end, actor in actors:
        k = end
        while k < len(lowers) and lowers[k] in _BEFORE_LAUNCH:
            k += 1
        launched = k < len(lowers) and lowers[k] in _LAUNCHED
        ahead = lowers[k + 1 : k + _LONGEST_LAUNCH]
        if launched and not _ATTACKS.isdisjoint(ahead):
            found = actor
        if k < len(lowers) and lowers[k] in _TAKEN and not _PLURAL_KINDS.isdisjoint(ahead):
            found = actor  # "A captured seven villages"
    return found


def sides_in(lowers: Sequence[str], actors: Sequence[str]) -> tuple[str, ...]:
    """The two who fight each other, if a sentence tells of a fight and names just two."""
    sides = tuple(dict.fromkeys(actors))
    return sides if len(sides) == _TWO and not _FIGHTS.isdisjoint(lowers) else ()


def actors_in(sentence: Sentence, read: Sequence[Opinion]) -> list[str]:
    """The actors of a sentence, the likeliest to be meant by "they" of the next one last."""
    doers = [one.event.actor for one in read[:1] if one.event.rule in _DOERS]
    return _by_salience(sentence) + (doers or _subject(sentence))


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


def places_in(sentence: Sentence, told: Sequence[Event]) -> list[Mention]:
    """The places that a sentence is about, the likeliest to be meant by "the city" last."""
    triggers = [one.trigger for one in told]
    about = sorted(  # of a list, "the city" is likeliest the one that is a city
        told,
        key=lambda one: (
            not _aside(sentence, one.trigger),
            triggers.index(one.trigger),
            one.place.kind == "city",
        ),
    )
    return [one.place for one in about] or _topic(sentence)


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


def called_in(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """By which noun each actor is called: "factions" of "B factions" and of "factions of B"."""
    for k, one in enumerate(sentence.items):
        if one.kind == "a":
            words = one.lower.split()
            yield from ((word, one.actor) for word in dict.fromkeys((words[0], words[-1])))
            if words[-1] == HOLDER_NAME and one.note != "generic" and _IRREGULAR.isdisjoint(words):
                yield THE_ARMY, one.actor
            before = [word for word in sentence.lowers[max(0, k - 3) : k] if word != "the"]
            if before[-1:] == ["of"]:
                yield before[-2:][0], one.actor
    yield from (("latter", one.actor) for one in sentence.items if one.kind == "a")
