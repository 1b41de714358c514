"""The words of the language that the patterns look for, in sets and in regular expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.inflection import forms_of
from syriamap.extraction.lexicon.word_files import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["any_of", "read_words"]


@cache
def read_words() -> dict[str, frozenset[str]]:
    """Read the word lists that ship with the package; `speech_forms` are all forms of `speech`."""
    speech = {form for verb in read_lists()["speech"] for form in forms_of(verb)}
    return {**read_lists(), "speech_forms": frozenset(speech)}


def any_of(words: Iterable[str]) -> str:
    """
    Give the alternatives of a regular expression that matches any of some words.

    >>> any_of(["km", "kms", "mi"])
    'kms|km|mi'
    """
    return "|".join(re.escape(one) for one in sorted(words, key=lambda one: (-len(one), one)))
