"""Whether a form that may be a noun or an adjective too is a verb where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.obliques import is_object

if TYPE_CHECKING:
    from syriamap.extraction.sentence.said_words import Wording

__all__ = ["harmless_verb", "stands_as_verb"]

_WORDS = read_words()
_AUXILIARIES = _WORDS["auxiliaries"]
_FORCES = _WORDS["forces"]
_SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]
_BEFORE_VERB = _AUXILIARIES | _SUBJECT_PRONOUNS | _WORDS["before_verb"] | _FORCES
_BEFORE_HARMLESS = _WORDS["before_harmless"]
_HARMLESS_VERB = _WORDS["harmless_verb"]
_BEFORE_OWNER = _WORDS["before_owner"]


def stands_as_verb(clause: Wording, n: int) -> bool:
    """Whether a form that may be a noun too ("control", "advance") is a verb here."""
    k = n - 1
    while k >= 0 and clause.items[k].kind == "d":
        k -= 1
    if k < 0 or clause.items[k].kind in {"a", "p"}:
        if k > 0 and clause.items[k].kind == "p" and clause.lower(k - 1) == "the":
            return False  # "the P desert"
        owned = clause.lower(k - 1) in _BEFORE_OWNER  # "to A control", "from A control"
        struck = clause.lower(n).endswith("s") and k > 0 and clause.items[k].kind == "a"
        owned = owned or (struck and is_object(clause, k))  # "struck A targets"
        return k >= 0 and clause.items[k].note != "adjective" and not owned
    word = clause.lower(k)
    return word in _BEFORE_VERB or word.endswith("ly")


def harmless_verb(clause: Wording, k: int) -> bool:
    """Whether the form of a verb is none here: "the held", "full control"."""
    verb = clause.verbs.get(k)
    if verb is not None and verb[1] == "base" and not stands_as_verb(clause, k):
        return True
    return clause.lower(k) in _HARMLESS_VERB or (
        clause.items[k - 1].kind == "w" and clause.lower(k - 1) in _BEFORE_HARMLESS
    )
