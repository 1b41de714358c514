"""Which of a sentence's days an event has: that of its clause; failing that, the day of saying."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.day_words import DayWords
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Item, Sentence

__all__ = ["Speech", "day_by_told", "day_of"]

_WORDS = read_words()
_AFTER_OTHER_DAY = _WORDS["after_other_day"]
_BETWEEN_SAYING = _WORDS["between_saying"]
_CLAUSE_BEGINS = _WORDS["clause_begins"]
_RELATIVES = _WORDS["relative_pronouns"] | {"where"}
_CLAUSE_ENDS = _WORDS["clause_ends"]
_DAY_FENCES = _WORDS["day_fences"]
_SINCE = "since"
_HAVE = _WORDS["have"]
_DAY_LEADS = _WORDS["before_listed_day"]
_FIRST = frozenset({"first", "time"})
_TIME_TURNS = _WORDS["time_turns"]
_TURNS: dict[str, int] = read_word_tables()["told_days"]
_ORDINAL = re.compile(rf"(\d{{1,2}})(?:{any_of(_WORDS['ordinal_ends'])})")
_NEAR_VERB = 5
"""Words between a verb of speech and the day of saying."""

_TOLD_WITHIN = 9
"""Words behind a verb in which a day is told by one that was told before."""


class Speech(NamedTuple):
    """A speech: code of the speaker, and the items that it covers."""

    speaker: str
    verb: int
    first: int
    last: int


def day_of(  # noqa: PLR0911, PLR0917
    n: int,
    event: Event,
    sentence: Sentence,
    speech: Speech | None,
    speeches: list[Speech],
    verbs: frozenset[str],
) -> tuple[str, str, str]:
    """Give the day, its precision and why it was taken; all empty where the text names none."""
    days = [
        (k, item.day)
        for k, item in enumerate(sentence.items)
        if item.day is not None and not (item.day.since and _first_since(k, sentence))
    ]
    if not days:
        return "", "", ""
    if (gapped := _of_place(n, event, sentence)) is not None:
        return gapped.day, gapped.precision, "a day in the clause"
    days = [(k, day) for k, day in days if not _in_aside(k, n, sentence)]
    dated = [(k, day) for k, day in days if not day.since]
    if event.relation not in {"controls", "besieged", "contested"}:
        # "the first strikes on P since 2016"
        days = dated or [(k, day) for k, day in days if day.precision == "day"]
    said = {k for one in speeches for k, _ in days if _beside_verb(k, one.verb, sentence)}
    told = [(k, day) for k, day in days if k not in said]
    own = _own_day(n, told, sentence, verbs)
    if own is not None:
        return own.day, own.precision, "since then" if own.since else "a day in the clause"
    saying = [(k, day) for k, day in days if speech is not None and k in said]
    near = [day for k, day in saying if speech is not None and abs(k - speech.verb) <= _NEAR_VERB]
    if near:
        return near[0].day, near[0].precision, "the day of saying"
    if event.relation == "controls":
        return "", "", ""
    before = _day_before(n, told, sentence, verbs)
    if before is not None:
        return before.day, before.precision, "a day before the clause"
    if saying:
        return saying[0][1].day, saying[0][1].precision, "the day of saying"
    only = _only_day(n, event, told, sentence, verbs)
    return (only.day, only.precision, "the only day in the sentence") if only else ("", "", "")


def _own_day(
    n: int, told: list[tuple[int, DayWords]], sentence: Sentence, verbs: frozenset[str]
) -> DayWords | None:
    """The day in the clause of a verb, the nearest to it."""
    first, last = _clause(n, sentence)
    own = [
        (abs(k - n), k, day)
        for k, day in told
        if first <= k < last
        and not _of_other_verb(k, n, sentence, verbs)
        and not _of_later_verb(k, n, sentence)
        and not (day.precision == "year" and _beneath(n, k, sentence))
    ]
    return min(own, key=lambda one: (one[0], -one[1]))[2] if own else None


def _day_before(
    n: int, told: list[tuple[int, DayWords]], sentence: Sentence, verbs: frozenset[str]
) -> DayWords | None:
    """The day before the clause of a verb, if nothing fences it off."""
    free = [
        (abs(k - n), k, day)
        for k, day in told
        if k < n and not _of_other_verb(k, n, sentence, verbs)
    ]
    between = range(free[-1][1], n) if free else range(0)
    if not free or any(sentence.items[m].lower in _DAY_FENCES for m in between):
        return None
    return min(free, key=lambda one: one[:2])[2]


def _only_day(
    n: int,
    event: Event,
    told: list[tuple[int, DayWords]],
    sentence: Sentence,
    verbs: frozenset[str],
) -> DayWords | None:
    """The only day that a sentence names besides that of saying."""
    rest = [
        day
        for k, day in told
        if not (day.precision == "year" and _beneath(n, k, sentence))
        and not (k < n and _of_other_verb(k, n, sentence, verbs))
        and not _had_been(k, n, sentence)
    ]
    between = [item.lower for k, _ in told for item in sentence.items[min(k, n) : max(k, n)]]
    lasts = event.relation in {"controls", "contested"} or ";" in sentence.text
    return rest[0] if len(rest) == 1 and not lasts and _TIME_TURNS.isdisjoint(between) else None


def _of_place(n: int, event: Event, sentence: Sentence) -> DayWords | None:
    """The day of a place that a verb reaches later: "took P on Monday, and on Friday Q"."""
    items = sentence.items
    at = next((k for k, one in enumerate(items) if one.place is event.place), -1)
    if at <= n or not any(one.kind == "d" for one in items[n:at]):
        return None
    before = at - 1
    led = items[before].day
    before -= items[before - 1].lower in _DAY_LEADS
    if led is not None and items[before - 1].lower == "and":
        return led
    behind = at + 1 + (not _DAY_LEADS.isdisjoint(sentence.lowers[at + 1 : at + 2]))
    joined = items[at - 1].lower == "and" and items[at - 2].kind == "d"
    return items[behind].day if joined and behind < len(items) else None


def _first_since(k: int, sentence: Sentence) -> bool:
    """Whether a day only tells when something was so before: "for the first time since 2011"."""
    return not _FIRST.isdisjoint(sentence.lowers[max(0, k - 3) : k])


def _in_aside(k: int, n: int, sentence: Sentence) -> bool:
    """Whether a day before a verb is told of another place: "in P, where it began in 2011,"."""
    lowers = sentence.lowers
    if k > n or lowers[k + 1 : k + 2] != [","]:
        return False
    opens = next((m for m in range(k - 1, 0, -1) if lowers[m] == ","), 0)
    return opens > 0 and lowers[opens + 1] in _RELATIVES and not opens < n < k


def _beneath(n: int, k: int, sentence: Sentence) -> bool:
    """Whether a day behind an item is that of a relative clause: "P, a city that in 1982"."""
    return not _RELATIVES.isdisjoint(sentence.lowers[n + 1 : k])


def _of_other_verb(k: int, n: int, sentence: Sentence, verbs: frozenset[str]) -> bool:
    """Whether a day before a verb ends another's clause: "who took P last week are marching"."""
    if k > n or sentence.items[k + 1].lower not in _AFTER_OTHER_DAY:
        return False
    for m in range(k - 1, -1, -1):
        if sentence.items[m].lower in {",", "and", ";"}:
            return False
        if sentence.items[m].lower in verbs:
            return True
    return False


def _of_later_verb(k: int, n: int, sentence: Sentence) -> bool:
    """Whether a day behind a verb is another's: "took P, the fourth city that A lost last week"."""
    between = sentence.items[n + 1 : k]
    if any(one.lower == _SINCE for one in between):
        return True  # "reached P for the first time since A left it in 2016"
    if _had_been(k, n, sentence):
        return True
    had = (m for m, one in enumerate(between) if m and one.lower in _HAVE)
    return any(between[m - 1].kind == "a" for m in had)


def _had_been(k: int, n: int, sentence: Sentence) -> bool:
    """Whether a day behind a verb tells what was before: "took P from A, which had come in May"."""
    lowers = sentence.lowers
    had = (m for m in range(n + 2, k) if lowers[m] == "had")
    return any(lowers[m - 1] in _RELATIVES or lowers[m - 2] in _RELATIVES for m in had)


def _beside_verb(k: int, verb: int, sentence: Sentence) -> bool:
    between = sentence.items[min(k, verb) + 1 : max(k, verb)]
    return len(between) <= (2 if verb < k else 1) and not any(
        one.kind in {"a", "p"} or one.lower in _BETWEEN_SAYING for one in between
    )


def _day_behind(items: list[Item], n: int) -> bool:
    """Whether a verb has a day of its own behind it: "and had taken it by Tuesday"."""
    return any(one.kind == "d" for one in items[n + 1 : n + 6])


def _clause(n: int, sentence: Sentence) -> tuple[int, int]:
    items = sentence.items
    first, last = 0, len(items)
    for k in range(n - 1, -1, -1):
        if items[k].lower in _CLAUSE_BEGINS or (
            items[k].lower == "and" and n - k <= 3 and _day_behind(items, n)
        ):
            first = k
            break
        if items[k].lower == "," and k > 3 and items[k - 1].kind != "d":
            first = k
            break
    for k in range(n + 1, len(items)):
        if items[k].lower in _CLAUSE_ENDS:
            last = k
            break
        if items[k].lower == "and" and any(
            items[m].kind == "a" for m in range(k, min(k + 4, len(items)))
        ):
            last = k
            break
    return first, last


def day_by_told(n: int, sentence: Sentence, told: str) -> str:
    """
    Give the ISO day that is told by one told before: "the next day", "on the 15th".

    Empty where the words behind an item tell none.
    """
    if not told:
        return ""
    lowers = sentence.lowers
    day = date.fromisoformat(told)
    for k in range(n + 1, min(n + _TOLD_WITHIN, len(lowers) - 1)):
        if lowers[k] in _CLAUSE_ENDS or sentence.items[k].kind == "d":
            return ""
        if lowers[k] in _TURNS and lowers[k + 1] == "day":
            return (day + timedelta(days=_TURNS[lowers[k]])).isoformat()
        ordinal = _ORDINAL.fullmatch(lowers[k])
        if ordinal is not None and lowers[k - 1] == "the" and int(ordinal[1]) >= day.day:
            try:
                return day.replace(day=int(ordinal[1])).isoformat()
            except ValueError:
                return ""
    return ""
