"""
Decisions that somebody took on a sheet, read back from the file that the sheet saved.

In comes JSONL, one decision a line, which names a draft by its file, span, actor and relation.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from syriamap.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from syriamap.extraction.drafts import Draft
    from syriamap.extraction.reading.intake import Source

__all__ = ["read_decisions", "without_rejected"]

_KEYS = ("source_file", "start", "end", "actor", "relation", "decision")
_STATES = frozenset({"accepted", "rejected"})


def read_decisions(path: Path) -> list[dict[str, Any]]:
    """
    Read the decisions of a file.

    Raises
    ------
    ExtractionError
        If the file is missing or a line is no decision; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractionError(f"{path}: cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except ValueError:
            one = None
        if not isinstance(one, dict) or not all(key in one for key in _KEYS):
            raise ExtractionError(
                f"{path}, line {number}: no decision; it would hold {', '.join(_KEYS)}"
            )
        if one["decision"] not in _STATES:
            raise ExtractionError(
                f"{path}, line {number}: decision is {one['decision']!r};"
                " accepted and rejected would do"
            )
        found.append(one)
    if not found:
        raise ExtractionError(f"{path}: no decision in it")
    return found


def without_rejected(
    sources: Sequence[Source], decisions: Sequence[dict[str, Any]]
) -> list[Source]:
    """Give texts without the drafts that somebody rejected."""
    rejected = {_key(one) for one in decisions if one["decision"] == "rejected"}
    return [
        replace(
            source,
            drafts=[one for one in source.drafts if _named(source, one) not in rejected],
        )
        for source in sources
    ]


def _key(decision: dict[str, Any]) -> tuple[object, ...]:
    return tuple(decision[key] for key in _KEYS[:-1])


def _named(source: Source, draft: Draft) -> tuple[object, ...]:
    return (source.file, draft.start, draft.end, draft.actor, draft.relation)
