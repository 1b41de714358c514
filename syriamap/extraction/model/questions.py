"""
What a model is asked: a few numbered sentences, the schema of the answer, the words above them.

The schema is made of the theater: its actors of the day, the relations, the certainties. A question
is known by a digest of everything that decides the answer, and of nothing else: not the address,
not the key.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.claims.actor_years import ActorYears
from syriamap.claims.rows import CERTAINTIES, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from syriamap.theater.folder import Theater

__all__ = ["FIELDS", "STEPS_DOWN", "Question", "actors_of_day", "questions_of", "schema_of"]

FIELDS = (
    "sentence", "quote", "place", "actor_words", "actor", "relation", "against", "trigger",
    "day_words", "certainty",
)  # fmt: skip
"""Fields of one claim of an answer."""

STEPS_DOWN = (*CERTAINTIES[:-1], "hypothetical", CERTAINTIES[-1])
"""Certainties from firm to denied: whoever reads second may only go down."""

_MOST_SENTENCES = 12
_MOST_SIGNS = 3_000
"""Sentences and signs of one question; a longer sentence is not asked about."""


class Question(NamedTuple):
    """
    A few sentences to be asked about.

    Attributes
    ----------
    spans
        Where they stand in the document's text; sentence 1 is the first.
    body
        The request as the server gets it.
    digest
        Tells questions apart: of everything in it that decides the answer.
    """

    spans: tuple[tuple[int, int], ...]
    body: dict[str, Any]
    digest: str


def actors_of_day(theater: Theater, day: date | None) -> dict[str, str]:
    """Ids and names of the actors that exist on a day; of all where none is known."""
    years = ActorYears(theater)
    names = {str(actor): str(name) for actor, name in theater.actors["name"].items()}
    return {one: name for one, name in names.items() if not (day and years.problem(one, day))}


def schema_of(actors: Sequence[str]) -> dict[str, Any]:
    """Give the JSON schema of an answer; every field is required and no other allowed."""
    text = {"type": "string"}
    kinds: dict[str, dict[str, Any]] = dict.fromkeys(FIELDS, text)
    kinds |= {
        "sentence": {"type": "integer"},
        "actor": {"type": "string", "enum": list(actors)},
        "against": {"type": "string", "enum": ["", *actors]},
        "relation": {"type": "string", "enum": list(RELATIONS)},
        "certainty": {"type": "string", "enum": list(STEPS_DOWN)},
    }
    claim = _closed(kinds)
    return _closed({"claims": {"type": "array", "items": claim}})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def questions_of(
    text: str,
    spans: Sequence[tuple[int, int]],
    actors: Mapping[str, str],
    model: str,
    published: date | None,
) -> Iterator[Question]:
    """
    Give the questions about a text, in its order.

    Parameters
    ----------
    text, spans
        The text and its sentences.
    actors
        Ids and names of those who may be meant.
    model
        Name of the model.
    published
        Day of publication.
    """
    asked: list[tuple[int, int]] = []
    size = 0
    for span in spans:
        length = span[1] - span[0]
        if length > _MOST_SIGNS:
            continue
        if asked and (len(asked) == _MOST_SENTENCES or size + length > _MOST_SIGNS):
            yield _question(text, asked, actors, model, published)
            asked, size = [], 0
        asked.append(span)
        size += length
    if asked:
        yield _question(text, asked, actors, model, published)


def _question(
    text: str,
    spans: Sequence[tuple[int, int]],
    actors: Mapping[str, str],
    model: str,
    published: date | None,
) -> Question:
    numbered = [{"n": n, "text": text[start:end]} for n, (start, end) in enumerate(spans, 1)]
    data = {"published": published.isoformat() if published else "", "sentences": numbered}
    listed = json.dumps(dict(actors), ensure_ascii=False)
    system = f"{_prompt()}\nActors, id and name: {listed}\n"
    schema = schema_of(list(actors))
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
        ],
        "temperature": 0,
        "seed": 0,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema},
        },
    }
    whole = json.dumps(body, sort_keys=True).encode()
    return Question(tuple(spans), body, hashlib.sha256(whole).hexdigest())


@cache
def _prompt() -> str:
    return (resources.files("syriamap.extraction.model") / "prompt.txt").read_text("utf-8")
