"""
Well-known names that mean something outside the gazetteer: countries, peoples, organizations.

In comes a written name, out goes what it is elsewhere and how well the sounds agree, so that
:mod:`syriamap.names.resolver` can weigh "Baghdad" against the village of Baghdadi.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from syriamap.files import listed_rows
from syriamap.names.agreement import agreement
from syriamap.names.toponyms import folds, is_arabic, sounds, sounds_of_all
from syriamap.names.transliteration import skeletons_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Elsewhere", "read_elsewhere"]

_NO_PLACES = frozenset({"country", "people", "organization", "person", "word"})


def read_elsewhere(path: Path) -> list[tuple[str, str]]:
    """Name and kind of each row of ``elsewhere.csv``; none when the theater has no such file."""
    return [(row["name"], row["kind"]) for row in listed_rows(path, ("name", "kind"))]


class Elsewhere:
    """
    Names that no place of the theater should be taken for.

    Parameters
    ----------
    names
        Pairs of name and kind: `country, city, region, river`, or what is no place at all:
        `people, organization, person, word`.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        pairs = list(names)
        self._names = [name for name, _ in pairs]
        self._kinds = dict(zip(folds(self._names), (kind for _, kind in pairs), strict=True))

    def is_no_place(self, folded: str) -> bool:
        """Whether a folded name is that of a country, a people, an organization, a person."""
        return self._kinds.get(folded) in _NO_PLACES

    def knows(self, folded: str) -> bool:
        """Whether a folded name is in the list as it stands."""
        return folded in self._kinds

    @cached_property
    def _by_skeleton(self) -> dict[str, list[tuple[str, bool]]]:
        groups: dict[str, list[tuple[str, bool]]] = {}
        for name, sound in zip(self._names, sounds_of_all(self._names), strict=True):
            entry = (sound, is_arabic(name))
            for bones in skeletons_of(sound):
                groups.setdefault(bones, []).append(entry)
        return groups

    def agreement(self, name: str) -> float:
        """How well the name agrees with the best of the list, 0 when none has its consonants."""
        own, arabic = sounds(name), is_arabic(name)
        return max(
            (
                agreement(own, sound, across=arabic != theirs)
                for bones in skeletons_of(own)
                for sound, theirs in self._by_skeleton.get(bones, ())
            ),
            default=0.0,
        )
