"""
A model's reply → the claims in it whose words stand in the text; everything else is counted.

Nothing of a reply is believed: its form must be that of the schema, each quote must stand in its
sentence, and place, actor and trigger in the quote. Where they stand is found here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from syriamap.claims.rows import RELATIONS
from syriamap.extraction.arabic.script import arabic_lists
from syriamap.extraction.model.questions import FIELDS, STEPS_DOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Statement", "UnusableReplyError", "statements_in"]

_MOST_CLAIMS = 100
_MOST_SIGNS = 200_000


class UnusableReplyError(ValueError):
    """A reply is none that the schema allows; its one word says why."""


class Statement(NamedTuple):
    """
    What a model says of a place, with the words of the text that it says so by.

    `place`, `actor_words` and `trigger` are spans in the document's text, `sentence` that of the
    whole sentence. `day` is the span of the words for the day, or None.
    """

    sentence: tuple[int, int]
    place: tuple[int, int]
    actor_words: tuple[int, int]
    trigger: tuple[int, int]
    day: tuple[int, int] | None
    actor: str
    relation: str
    against: str
    certainty: str


def statements_in(
    content: str,
    text: str,
    spans: Sequence[tuple[int, int]],
    actors: Collection[str],
) -> tuple[list[Statement], Counter[str]]:
    """
    Read the statements of a reply.

    Parameters
    ----------
    content
        The reply.
    text, spans
        The document's text, and the sentences that were asked about.
    actors
        Ids that may be named.

    Returns
    -------
    statements
        Those whose words stand in the text.
    refused
        How many others there were, by what was wrong with them.

    Raises
    ------
    UnusableReplyError
        If the reply as a whole is none that the schema allows.
    """
    statements = []
    refused: Counter[str] = Counter()
    for claim in _claims_in(content):
        try:
            statements.append(_statement(claim, text, spans, actors))
        except _RefusedError as error:
            refused[str(error)] += 1
    return list(dict.fromkeys(statements)), refused


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _claims_in(content: str) -> list[dict[str, Any]]:
    if len(content) > _MOST_SIGNS:
        raise UnusableReplyError("huge")
    if content.lstrip().startswith("```"):
        raise UnusableReplyError("fenced")
    try:
        whole = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnusableReplyError("broken") from error
    if not isinstance(whole, dict) or whole.keys() != {"claims"}:
        raise UnusableReplyError("schema")
    claims = whole["claims"]
    if not isinstance(claims, list) or len(claims) > _MOST_CLAIMS:
        raise UnusableReplyError("schema")
    for claim in claims:
        if not isinstance(claim, dict) or claim.keys() != set(FIELDS):
            raise UnusableReplyError("schema")
        for field, value in claim.items():
            if type(value) is not (int if field == "sentence" else str):
                raise UnusableReplyError("schema")
    return claims


class _RefusedError(ValueError):
    """One claim of a reply is not taken."""


def _statement(
    claim: dict[str, Any],
    text: str,
    spans: Sequence[tuple[int, int]],
    actors: Collection[str],
) -> Statement:
    if not 1 <= claim["sentence"] <= len(spans):
        raise _RefusedError("sentence")
    for field, allowed in (
        ("actor", actors), ("relation", RELATIONS), ("certainty", STEPS_DOWN),
    ):  # fmt: skip
        if claim[field] not in allowed:
            raise _RefusedError(field)
    if claim["against"] and claim["against"] not in actors:
        raise _RefusedError("against")
    if claim["against"] == claim["actor"]:
        raise _RefusedError("against")
    sentence = spans[claim["sentence"] - 1]
    quote = _all_in(text, sentence, claim["quote"], "quote")[0]
    trigger = _all_in(text, quote, claim["trigger"], "trigger")[0]
    place = _nearest(_all_in(text, quote, claim["place"], "place"), trigger)
    doer = _nearest(_all_in(text, quote, claim["actor_words"], "actor"), trigger)
    if _overlap(place, trigger) or _overlap(doer, trigger):
        raise _RefusedError("trigger")
    day = None
    if claim["day_words"]:
        day = _all_in(text, sentence, claim["day_words"], "day")[0]
    return Statement(
        sentence, place, doer, trigger, day,
        claim["actor"], claim["relation"], claim["against"], claim["certainty"],
    )  # fmt: skip


def _all_in(text: str, within: tuple[int, int], words: str, what: str) -> list[tuple[int, int]]:
    """Where words stand inside a span, whole words only; refused where they do not."""
    plain = words.strip()
    found: list[tuple[int, int]] = []
    if any(one.isalnum() for one in plain):
        found = [one.span() for one in _whole_words(plain).finditer(text, *within)]
        found = [one for one in found if not _cut(text, plain, one[1])]
    if not found:
        raise _RefusedError(what)
    return found


def _whole_words(plain: str) -> re.Pattern[str]:
    """Words that begin where a word does, or behind a letter that Arabic writes with it."""
    if not _in_word(plain[0]):
        return re.compile(re.escape(plain))
    lists = arabic_lists()
    joined = "".join(sorted(lists["joins"] | lists["prefixes"]))
    return re.compile(rf"(?:(?<!\w)|(?<=(?<!\w)[{re.escape(joined)}])){re.escape(plain)}")


def _cut(text: str, plain: str, end: int) -> bool:
    """Whether words end inside a word of the text."""
    return _in_word(plain[-1]) and _in_word(text[end : end + 1])


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _nearest(spans: Sequence[tuple[int, int]], to: tuple[int, int]) -> tuple[int, int]:
    return min(spans, key=lambda one: (abs(one[0] - to[0]), one[0]))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
