"""
A draft: one place name of a text, and what is claimed of the place there.

Every place name is a row, with the role it plays; one that nothing is claimed of has the relation
`none`. Nothing drafted is a claim until somebody has accepted it on the sheet that
:mod:`syriamap.extraction.review.draft_files` makes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

__all__ = [
    "ADDED", "AGREED", "CONFIRMED", "DRAFT_FIELDS", "LLM", "NLP", "PATTERNS", "READER",
    "Abstention", "Draft",
]  # fmt: skip

PATTERNS, NLP, AGREED = "patterns", "nlp", "patterns+nlp"
"""Engines of a draft: what the patterns read, what only the parse reads, what both do."""

LLM, CONFIRMED = "llm", "patterns+llm"
"""What only a language model reads, and what the patterns and it do."""


READER, ADDED = "reader", "added by a reader"
"""Engine of a draft that somebody added on the sheet, and what the note of its claim says."""


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
        What found it: `patterns`, `nlp`, `patterns+nlp`, `llm`, `patterns+llm`, or the `reader` of
        a sheet; the frame; the verb or noun as written.
    why
        Rule and reasons, in words; where two engines read otherwise, what the other one reads.
    sentence_start
        Where the sentence begins in the raw text.
    place_note
        For a point told by way of a place ("10 km north of Homs"): those words, and how far off
        the point may be. `lat` and `lon` are that point.
    proposal
        Not to be accepted without a look: only the second engine reads it, or it reads otherwise.
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
    engine: str = PATTERNS
    frame: str = ""
    trigger: str = ""
    why: str = ""
    sentence_start: int = 0
    place_note: str = ""
    proposal: bool = False


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
