"""What the verbs and nouns of war tell of actors and places: the frames of ``frames.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from syriamap.extraction.lexicon.inflection import forms_of
from syriamap.extraction.lexicon.word_files import lexicon_folder, read_word_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Frame",
    "VerbEntry",
    "forms_before_places",
    "forms_in_need",
    "nouns_of_frames",
    "read_frames",
    "verbs_by_form",
]

_IN_NEED = frozenset({"captured", "withdrew", "besieged", "struck", "lost"})
"""What is told by verbs and nouns that are listed when no actor or no place stands beside them."""

_NO_NEED = frozenset({"claimed", "claiming"})


@dataclass(frozen=True)
class Frame:
    """
    One verb family; the fields are those of an entry of ``frames.toml``, which explains them.

    Attributes
    ----------
    name, relation, verbs, nouns, subject, object, via, direct, lasting, passive, loser, needs,
    noun_via, example
        As in the file; absent ones are empty.
    """

    name: str
    relation: str
    verbs: tuple[str, ...]
    nouns: frozenset[str] = frozenset()
    subject: str = "actor"
    object: str = "place"
    via: frozenset[str] = frozenset()
    direct: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    passive: str = ""
    loser: str = ""
    needs: frozenset[str] = frozenset()
    noun_via: frozenset[str] = frozenset()
    example: str = ""


VerbEntry: TypeAlias = tuple[tuple[str, ...], str, Frame]
"""Of a form of a verb: the words that must follow, which form it is, the frame."""


def _verbs_of(pattern: str) -> Iterator[str]:
    """All verbs of a pattern: "{motion} into" is every verb of the class of motion with "into"."""
    classes: dict[str, list[str]] = read_word_tables()["verb_classes"]
    slots = [classes[one[1:-1]] if one[0] == "{" else [one] for one in pattern.split()]
    return map(" ".join, product(*slots))


@cache
def read_frames() -> tuple[Frame, ...]:
    """Read the frames that ship with the package."""
    frames = []
    for entry in tomllib.loads((lexicon_folder() / "frames.toml").read_text("utf-8"))["frame"]:
        values: dict[str, Any] = {
            key: frozenset(value) if isinstance(value, list) else value
            for key, value in entry.items()
            if key not in {"verbs", "made"}
        }
        made = [verb for one in entry.get("made", ()) for verb in _verbs_of(one)]
        frames.append(Frame(**values, verbs=tuple(dict.fromkeys([*entry["verbs"], *made]))))
    return tuple(frames)


@cache
def verbs_by_form() -> dict[str, list[VerbEntry]]:
    """Forms of the first words of verbs → what they may be, the longest verbs first."""
    verbs: dict[str, list[VerbEntry]] = {}
    for frame in read_frames():
        over = [one[:-2] + "over" for one in frame.verbs if one.endswith(" control of")]
        for verb in (*frame.verbs, *over):
            first, *rest = verb.split()
            for form, which in forms_of(first).items():
                verbs.setdefault(form, []).append((tuple(rest), which, frame))
    for entries in verbs.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return verbs


@cache
def nouns_of_frames() -> dict[str, Frame]:
    """Nouns → their frame."""
    return {noun: frame for frame in read_frames() for noun in frame.nouns}


@cache
def forms_in_need() -> frozenset[str]:
    """Verbs and nouns that are listed when no actor or no place stands beside them."""
    verbs = {
        form
        for form, entries in verbs_by_form().items()
        for rest, which, frame in entries
        if frame.relation in _IN_NEED and which != "base" and not rest
    }
    nouns = {noun for noun, frame in nouns_of_frames().items() if frame.relation in _IN_NEED}
    return frozenset(verbs | nouns) - _NO_NEED


@cache
def forms_before_places() -> frozenset[str]:
    """Forms of all verbs that a place may follow at once: "to secure P", "shelling P"."""
    verbs = (one for frame in read_frames() if "" in frame.via for one in frame.verbs)
    return frozenset(form for one in verbs if " " not in one for form in forms_of(one))
