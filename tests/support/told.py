"""What the reader takes a text to tell, as actor, relation and place."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import reader

from syriamap.extraction import document_from_text

SHARED = reader()
Facts = list[tuple[str, str, str]]


def facts(text: str, day: str) -> set[tuple[str, str, str]]:
    """Actor, relation and place of what is told as having happened."""
    drafts, _ = SHARED.drafts(document_from_text(text), date.fromisoformat(day))
    return {
        (one.actor, one.relation, one.place)
        for one in drafts
        if one.certainty in {"asserted", "claimed", "unconfirmed"}
    }


def assert_told(text: str, day: str, there: Facts, not_there: Facts) -> None:
    """What is told has all of the first facts and none of the second."""
    found = facts(text, day)
    assert found >= set(there)
    assert found.isdisjoint(not_there)


def cases(*rows: tuple[str, str, str, Facts, Facts]) -> object:
    """Parametrize by the first field of each row."""
    return pytest.mark.parametrize(
        ("text", "day", "there", "not_there"),
        [row[1:] for row in rows],
        ids=[row[0] for row in rows],
    )
