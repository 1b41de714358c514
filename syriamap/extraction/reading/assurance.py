"""How sure a reading is by its rule, its words and its place, before anybody else is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence

__all__ = ["confidence_of", "is_plain", "is_strong", "often_misread"]

_NEAR_ITEMS = 9
"""Words and names between a verb, its doer and its place in a plain sentence."""
_UNPLACED = frozenset({"unresolved", "quarter", "adm1", "area"})
_STRONG_RULES = frozenset({"active", "passive", "A-held P", "fell to", "distance", "drove out"})
_WORDS = read_words()
_DOUBTFUL_FRAMES = _WORDS["doubtful_frames"]
_DOUBTFUL_KINDS = _WORDS["doubtful_kinds"]


def is_plain(sentence: Sentence, event: Event) -> bool:
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


def confidence_of(event: Event, place: Mention, *, plain: bool) -> str:
    """How sure a reading is by its rule, its words and its place."""
    strong = is_strong(event, place, plain=plain) and not often_misread(event, place)
    weak = place.kind in _UNPLACED or event.rule.startswith(("noun", "beside"))
    return "high" if strong else "low" if weak else "medium"


def is_strong(event: Event, place: Mention, *, plain: bool) -> bool:
    """Whether rule, words and place are those of a plain reading."""
    alone = place.kind == "city" or place.site or len(place.bearers) <= 1
    named = bool(place.place_id and place.listed and alone)
    return bool(event.rule in _STRONG_RULES and named and plain)


def often_misread(event: Event, place: Mention) -> str:
    """The verb family or kind of place for which no reading is called high; empty for others."""
    if event.frame in _DOUBTFUL_FRAMES:
        return event.frame
    return place.kind if place.kind in _DOUBTFUL_KINDS else ""
