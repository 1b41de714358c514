"""Texts that end anywhere: headlines without a full stop, cut and muddled sentences."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from shipped import reader
from told import assert_told, cases

from syriamap.extraction import document_from_text

PASSAGES = Path(__file__).parents[1] / "data" / "passages_tuning.jsonl"
SIGNS = (
    "(",
    ")",
    ",",
    "–",
    '"',
    "«",
    "،",
    ":",
    "by",
    "of",
    "and",
    "which",
    "among",
    "with",
    "46th",
)
SHARED = reader()


@cases(
    ("a place behind a day ends it", "Syria. HTS captured Morek on Friday and Halfaya",
     "2024-12-01", [("hts", "captured", "Morek"), ("hts", "captured", "Halfaya")], []),
)  # fmt: skip
def test_a_headline_ends_with_a_place(
    text: str, day: str, there: list[tuple[str, str, str]], not_there: list[tuple[str, str, str]]
) -> None:
    assert_told(text, day, there, not_there)


def torn(words: list[str], chance: random.Random) -> list[str]:
    """Words of a sentence cut off, muddled, or with signs among them."""
    way = chance.randrange(3)
    if way == 0:
        start = chance.randrange(len(words))
        return words[start : chance.randrange(start, len(words)) + 1]
    if way == 1:
        return chance.sample(words, len(words))
    for _ in range(3):
        words.insert(chance.randrange(len(words) + 1), chance.choice(SIGNS))
    return words


@pytest.mark.parametrize("seed", range(3))
def test_torn_sentences_are_read(seed: int) -> None:
    """Nothing is asked of what is drafted, but that each place stands where it is marked."""
    chance = random.Random(seed)  # noqa: S311
    told = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    for one in chance.choices(told, k=700):
        text = " ".join(torn(chance.choice(one["text"].split(". ")).split(), chance))
        document = document_from_text(text)
        drafts, _ = SHARED.drafts(document, date.fromisoformat(one["published"]))
        assert all(draft.place in document.text for draft in drafts), text
