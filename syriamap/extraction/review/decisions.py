"""
Decisions that somebody took on a sheet, read back from the file that the sheet saved.

In comes JSONL, one decision a line, which names a draft by its file, span, actor and relation, and
says what was mended; a claim that a reader added brings its sentence along. Nothing in such a file
is trusted: what is no decision, and what the theater does not have, is an error with its line.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.claims.rows import CERTAINTIES, PRECISIONS, RELATIONS
from syriamap.errors import ExtractionError
from syriamap.extraction.drafts import ADDED, READER, Draft
from syriamap.files import parse_date
from syriamap.online.targets import is_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from syriamap.extraction.reading.intake import Source
    from syriamap.theater.folder import Theater

__all__ = ["Decisions", "decided", "read_decisions"]

_KEYS = ("source_file", "start", "end", "actor", "relation", "decision")
_STATES = frozenset({"accepted", "rejected", "added"})
_MENDED = (
    "place", "place_id", "actor", "relation", "against", "event_date", "date_precision",
    "asserted_by", "certainty",
)  # fmt: skip
_ENDS = ("publisher", "url")
_NUMBERS = frozenset({"start", "end", "sentence_start", "sentence_end", "at"})
_OF_ADDED = ("sentence", "sentence_start", "sentence_end", "at", "words")
_PRECISIONS = frozenset({"", *PRECISIONS})
_MOST_SIGNS = 20_000
_MOST_DIGITS = 12


class Decisions(NamedTuple):
    """The decisions of a file, in its order, and the line that each stood on."""

    name: str
    rows: tuple[dict[str, Any], ...] = ()
    lines: tuple[int, ...] = ()


def read_decisions(path: Path) -> Decisions:
    """
    Read the decisions of a file.

    Raises
    ------
    ExtractionError
        If the file is missing or a line is no decision; the message names the line.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # a sentence may hold other ends of lines
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractionError(f"{path}: cannot be read: {error}") from error
    rows, numbers = [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            rows.append(_decision(line, f"{path}, line {number}"))
            numbers.append(number)
    if not rows:
        raise ExtractionError(f"{path}: no decision in it")
    return Decisions(str(path), tuple(rows), tuple(numbers))


def _decision(line: str, where: str) -> dict[str, Any]:
    """One decision, of the keys that decisions have and no others."""
    try:
        one = json.loads(line)
    except (ValueError, RecursionError):
        one = None
    if not isinstance(one, dict) or not all(key in one for key in _KEYS):
        raise ExtractionError(f"{where}: no decision; it would hold {', '.join(_KEYS)}")
    state = one["decision"]
    if not isinstance(state, str) or state not in _STATES:
        raise ExtractionError(
            f"{where}: decision is {str(state)[:40]!r}; accepted, rejected and added would do"
        )
    new = [f"new_{name}" for name in (*_MENDED, *_ENDS)]
    keys = [*_KEYS, *(_OF_ADDED if state == "added" else ()), *(key for key in new if key in one)]
    for key in keys:
        if key not in one or not _fits(key, one[key]):
            kind = "a number" if key in _NUMBERS else "a text"
            raise ExtractionError(f"{where}: {key} is no such thing; {kind} would do")
    return {key: one[key] for key in keys}


def _fits(key: str, value: object) -> bool:
    if key in _NUMBERS:
        return type(value) is int and 0 <= value < 10**_MOST_DIGITS
    return isinstance(value, str) and len(value) <= _MOST_SIGNS


def decided(
    sources: Sequence[Source], decisions: Decisions, theater: Theater
) -> tuple[list[Source], int]:
    """
    Give texts with what was decided of their drafts.

    Rejected drafts are left out, accepted ones are mended and no longer proposals, added claims
    stand behind the others.

    Parameters
    ----------
    sources
        Texts as they were read.
    decisions
        What was decided.
    theater
        Gives places and actors.

    Returns
    -------
    sources
        The same, decided.
    lost
        Decisions about drafts that are not there (any more).

    Raises
    ------
    ExtractionError
        If something was mended to what the theater lacks.
    """
    mender = _Mender(theater, decisions.name)
    ends: dict[str, dict[str, str]] = {}
    by_draft: dict[tuple[object, ...], tuple[dict[str, Any], int]] = {}
    added: dict[str, list[tuple[dict[str, Any], int]]] = {}
    for row, line in zip(decisions.rows, decisions.lines, strict=True):
        written = {name: row[f"new_{name}"] for name in _ENDS if f"new_{name}" in row}
        if written.get("url") and not is_address(written["url"]):
            raise mender.wrong(line, "url", written["url"])
        ends.setdefault(row["source_file"], {}).update(written)
        if row["decision"] == "added":
            added.setdefault(row["source_file"], []).append((row, line))
        else:
            by_draft[tuple(row[key] for key in _KEYS[:-1])] = (row, line)
    met: set[tuple[object, ...]] = set()
    made = []
    for source in sources:
        drafts = []
        for draft in source.drafts:
            key = (source.file, draft.start, draft.end, draft.actor, draft.relation)
            if key not in by_draft:
                drafts.append(draft)
                continue
            met.add(key)
            row, line = by_draft[key]
            if row["decision"] == "accepted":
                drafts.append(replace(mender.mended(draft, row, line, source), proposal=False))
        drafts += [mender.added(row, line, source) for row, line in added.pop(source.file, ())]
        own = {"publisher": source.publisher, "url": source.url, **ends.get(source.file, {})}
        made.append(replace(source, drafts=drafts, publisher=own["publisher"], url=own["url"]))
    return made, len(by_draft) - len(met) + sum(map(len, added.values()))


class _Mender:
    """Puts what a reader wrote into a draft, if the theater has it."""

    def __init__(self, theater: Theater, name: str) -> None:
        self._places = theater.places
        self._actors = frozenset(map(str, theater.actors.index))
        self._name = name

    def mended(self, draft: Draft, row: dict[str, Any], line: int, source: Source) -> Draft:
        new = {name: row[f"new_{name}"] for name in _MENDED if f"new_{name}" in row}
        for name, allowed in (
            ("actor", self._actors),
            ("against", self._actors | {""}),
            ("relation", RELATIONS),
            ("certainty", (*CERTAINTIES, "")),
            ("date_precision", _PRECISIONS),
        ):
            if name in new and new[name] not in allowed:
                raise self.wrong(line, name, new[name])
        if new.get("event_date") and parse_date(new["event_date"]) is None:
            raise self.wrong(line, "event_date", new["event_date"])
        if new.get("asserted_by") == (source.speakers.get(draft.asserted_by) or ""):
            del new["asserted_by"]  # the sheet shows a speaker's name, a draft holds its code
        if not new.get("certainty", "x"):
            del new["certainty"]
        point: dict[str, Any] = {}
        if "place" in new or "place_id" in new:
            point = self._point(new.get("place_id", draft.place_id), line)
        return replace(draft, **{**new, **point})

    def _point(self, place_id: str, line: int) -> dict[str, Any]:
        if not place_id:
            return {"place_id": "", "lat": None, "lon": None, "place_note": ""}
        if place_id not in self._places.index:
            raise self.wrong(line, "place_id", place_id)
        row: Any = self._places.loc[place_id]
        lat, lon = float(row["lat"]), float(row["lon"])
        return {"place_id": place_id, "lat": lat, "lon": lon, "place_note": ""}

    def added(self, row: dict[str, Any], line: int, source: Source) -> Draft:
        bare = Draft(
            source.file,
            row["sentence"],
            row["start"],
            row["end"],
            row["words"],
            "",
            None,
            None,
            "object",
            engine=READER,
            why=ADDED,
            certainty=CERTAINTIES[0],
            sentence_start=row["sentence_start"],
        )
        return self.mended(bare, row, line, source)

    def wrong(self, line: int, name: str, value: str) -> ExtractionError:
        shown = value[:60]
        return ExtractionError(
            f"{self._name}, line {line}: {name} {shown!r} is none of the theater or of claims"
        )
