"""
Whom pronouns and nouns for a group mean: "they", "the group", "the factions".

What a pronoun means comes from the sentence itself or from the
:class:`~syriamap.extraction.sentence.memory.Memory` of those before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.obliques import is_oblique

if TYPE_CHECKING:
    from syriamap.extraction.sentence.said_words import Wording

__all__ = [
    "by_noun",
    "group_at",
    "is_past",
    "is_stateless",
    "remembered",
    "struck_before",
    "unnamed_at",
]

_WORDS = read_words()
_FORCES = _WORDS["forces"]
_GROUPS = _WORDS["groups"]
_GROUP_NOUN = _WORDS["group_noun"]
_THESE = _WORDS["these"]
_LED = _FORCES | _GROUPS
"""Nouns of force, those that a name follows: "fighters affiliated with A"."""
_STATELESS_GROUPS = _WORDS["stateless_groups"]
_SUBORDINATES = _WORDS["subordinates"]
_MEMBERS = _WORDS["members"]
_SPOKEN_FOR = frozenset({"for", "of"})
_HEROES = _WORDS["heroes"]
_HARMED = _WORDS["harmed"]
_OWN_NOUN = _WORDS["telling_nouns"]
_ONLY_TELLING = _WORDS["only_telling"]
_ENDS_OF_RULE = _WORDS["ends_of_rule"]


def group_at(clause: Wording, k: int) -> str:
    """The actor that "the group" at an item means; empty where none stands there."""
    if clause.lower(k) not in _GROUP_NOUN or clause.lower(k - 1) not in _THESE:
        return ""
    told = by_noun(clause, k)
    if told or clause.lower(k) in _ONLY_TELLING:
        return told
    told = remembered(clause, k, stateless=clause.lower(k) in _STATELESS_GROUPS)
    return told or unnamed_at(clause, k)


def by_noun(clause: Wording, k: int) -> str:
    """The actor whose name ended with the noun that stands here: "the factions"."""
    noun = next((one for one in clause.lowers[k : k + 4] if one in _GROUP_NOUN), "")
    if not noun or noun not in _OWN_NOUN:
        return ""
    if noun in _HEROES:
        return clause.memory.last_voice()
    if noun == "latter" and any(one.kind == "a" for one in clause.items[:k]):
        return next(one.actor for one in reversed(clause.items[:k]) if one.kind == "a")
    for one in reversed(clause.items[:k]):
        if one.kind == "a" and one.lower != noun and noun in _ends_of(one.lower):
            return one.actor
    return clause.memory.last_called(noun)


def unnamed_at(clause: Wording, k: int) -> str:
    """Whom the noun that stands here means where nobody was named before."""
    known = (
        clause.lexicon.actors.unnamed_on(one, clause.memory.day) for one in clause.lowers[k : k + 4]
    )
    return next(filter(None, known), "")


def is_stateless(clause: Wording, k: int) -> bool:
    """Whether a noun is one that no state's army is called by: "the group"."""
    ahead = clause.lowers[k : k + 4]
    return not _STATELESS_GROUPS.isdisjoint(ahead)


def remembered(clause: Wording, k: int, *, stateless: bool = False, one: bool = False) -> str:
    """
    Give the actor that a pronoun at an item means.

    A group that is no state's if it is `stateless`, and no "rebels" if it is but `one` ("its").
    """
    states = clause.memory.states if stateless else frozenset()
    several = agent = ""
    for m in range(min(k, len(clause.items)) - 1, -1, -1):
        if clause.items[m].kind == "a" and (_speaks_for(clause, m) or not is_oblique(clause, m)):
            if clause.items[m].actor in states or is_past(clause, m):
                continue
            if clause.lower(m + 1) == "'s" and m < k - 2:
                agent = agent or clause.items[m].actor  # "after A's retreat they"
                continue
            if one and _are_several(clause, m):
                several = several or clause.items[m].actor
                continue
            return clause.items[m].actor
        if clause.items[m].kind == "a" and _is_agent(clause, m) and not _flees(clause, k, m):
            agent = agent or clause.items[m].actor
        if clause.items[m].kind == "a" and _is_source(clause, m):
            agent = agent or clause.items[m].actor
        voice = clause.sentence.speakers.get(m) if clause.items[m].kind != "a" else None
        if voice is not None and clause.lexicon.speakers.actor_of(voice[0]):
            if clause.lexicon.speakers.actor_of(voice[0]) in states:
                continue
            return clause.lexicon.speakers.actor_of(voice[0])
    return several or agent or clause.memory.actor(states)


def is_past(clause: Wording, m: int) -> bool:
    """Whether an actor's end only tells when something was: "since A's fall"."""
    return clause.lower(m + 1) == "'s" and clause.lower(m + 2) in _ENDS_OF_RULE


def struck_before(clause: Wording, k: int) -> str:
    """Who was struck as "they" at an item did it: "jets bombed A tanks as they entered P"."""
    if k < 4 or clause.lower(k - 1) not in _SUBORDINATES:
        return ""
    whom = clause.items[k - 2 if clause.items[k - 2].kind == "a" else k - 3]
    before = (clause.verbs[m] for m in range(k - 3, -1, -1) if m in clause.verbs)
    verb = next(before, None)
    struck = verb is not None and (verb[2].relation == "struck" or verb[2].object == "actor")
    pushed = clause.lower(k - 3) == "back" or clause.lower(k - 4) == "back"
    return whom.actor if struck or pushed else ""


def _speaks_for(clause: Wording, m: int) -> bool:
    """Whether somebody speaks for an actor: "a spokesperson for A"."""
    at = m - 2 if clause.lower(m - 1) == "the" else m - 1
    return clause.lower(at) in _SPOKEN_FOR and clause.lower(at - 1) in _MEMBERS


def _is_agent(clause: Wording, m: int) -> bool:
    """Whether an actor does what a passive tells: "was launched by A"."""
    by = m - 2 if clause.lower(m - 1) == "the" else m - 1
    return clause.lower(by) == "by" and clause.passive(by - 1)


def _is_source(clause: Wording, m: int) -> bool:
    """Whether "according to" leads to an actor at an item: its is then "its troops"."""
    at = m - 2 if clause.lower(m - 1) == "the" else m - 1
    return clause.lower(at) == "to" and clause.lower(at - 1) == "according"


def _flees(clause: Wording, k: int, m: int) -> bool:
    """Whether "they" flee from the actor at an item: "were killed by A as they fled"."""
    verb = clause.verbs.get(k)
    by = m - 2 if clause.lower(m - 1) == "the" else m - 1
    return verb is not None and verb[2].relation == "withdrew" and clause.lower(by - 1) in _HARMED


def _are_several(clause: Wording, m: int) -> bool:
    """Whether an actor is named by a noun in the plural: "rebels", "A fighters"."""
    last = clause.items[m].lower.rsplit(" ", 1)[-1].rsplit("-", 1)[-1]
    return last.endswith("s") and last in _LED


def _ends_of(name: str) -> tuple[str, str]:
    """First and last word of a name: "B factions", "mercenaries of B"."""
    words = name.split()
    return words[0], words[-1]
