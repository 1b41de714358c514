"""The lists and tables of the files of ``words/``, as they stand there."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["lexicon_folder", "read_lists", "read_word_tables"]


def lexicon_folder() -> Traversable:
    """Where the words of the package stand."""
    return resources.files("syriamap.extraction.lexicon")


@cache
def _entries() -> dict[str, Any]:
    """All lists and tables of the files of words, by their names, which are all different."""
    found: dict[str, Any] = {}
    for file in (lexicon_folder() / "words").iterdir():
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text("utf-8"))
    return found


@cache
def read_lists() -> dict[str, frozenset[str]]:
    """Read the lists that ship with the package."""
    return {key: frozenset(one) for key, one in _entries().items() if isinstance(one, list)}


@cache
def read_word_tables() -> dict[str, dict[str, Any]]:
    """Read the tables among them: words → what they mean, in the order of the file."""
    return {key: one for key, one in _entries().items() if isinstance(one, dict)}
