"""
Names of publishers as people write them: when two of them are one.

In comes a name, out goes the spelling that the theater grades. Case, width, accents, spaces,
punctuation, signs that nobody sees and letters that look alike do not matter: who writes "Rеuters"
with a Cyrillic letter is no second agency. What looks alike stands in ``letters/letters.txt``, made
from Unicode's own table (UTS #39) by ``gazetteer/letters.py``.
"""

from __future__ import annotations

import unicodedata
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.theater.folder import Theater

__all__ = ["PublisherNames", "Spellings", "name_key"]

_TABLE = Path(__file__).parent / "letters" / "letters.txt"
_REMEMBERED = 50_000
_ASCII_ALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o"})
"""Within ASCII, small letters: UTS #39 has them as capitals, which are folded here."""

_NEAR_SCORE = 85.0
"""Likeness of two names in percent (rapidfuzz's ratio) from which one may be meant by the other."""

_SHORTEST_NEAR = 5
"""Letters below which names are near one another by chance."""


@cache
def _alike() -> dict[int, str]:
    table: dict[int, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        target, letters = line.split(" ", 1)
        table.update((ord(letter), target) for letter in letters)
    return table


@lru_cache(_REMEMBERED)
def name_key(name: str) -> str:
    r"""
    A name as it is compared.

    >>> name_key("Al-Jazeera ") == name_key("AL JAZEERA") == name_key("A1\u200bJаzeera")
    True
    >>> name_key("Reuters") == name_key("Reporters")
    False
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_alike()))
    plain = name.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_alike())).casefold()
    plain = "".join(letter for letter in plain.translate(_ASCII_ALIKE) if letter.isalnum())
    return plain.replace("rn", "m").replace("vv", "w") or name.strip()


class Spellings:
    """
    Names that somebody listed, found by whatever spelling.

    Parameters
    ----------
    names
        As they are listed; of two that are written alike the first by the alphabet is taken for
        both, so that no order of rows matters.
    """

    def __init__(self, names: Iterable[object]) -> None:
        self.listed = frozenset(map(str, names))
        self.by_key = {name_key(name): name for name in sorted(self.listed, reverse=True)}

    def known(self, name: str) -> str:
        """Give a name in the spelling that is listed; as it is where none is like it."""
        return name if name in self.listed else self.by_key.get(name_key(name), name)


class PublisherNames(Spellings):
    """
    The publishers that a theater knows, by whatever spelling.

    Parameters
    ----------
    theater
        Gives their rows.
    """

    def __init__(self, theater: Theater) -> None:
        super().__init__(theater.publisher_rows)
        self._rows = theater.publisher_rows

    def is_graded(self, name: str) -> bool:
        """Whether the theater says how reliable a publisher is (F says that nobody can)."""
        return str(self._rows.get(self.known(name), {}).get("reliability") or "F") != "F"

    @cached_property
    def _graded(self) -> dict[str, str]:
        return {
            key: name
            for key, name in self.by_key.items()
            if self.is_graded(name) and len(key) >= _SHORTEST_NEAR
        }

    def near(self, name: str) -> str:
        """Name of the graded publisher that may be meant by one that is not listed, or nothing."""
        from rapidfuzz import fuzz, process

        key, graded = name_key(name), self._graded
        if len(key) < _SHORTEST_NEAR or key in self.by_key:
            return ""
        found = process.extractOne(key, list(graded), scorer=fuzz.ratio, score_cutoff=_NEAR_SCORE)
        if found is not None:
            return graded[found[0]]
        inside = [one for one in graded if one in key or key in one]
        return graded[max(inside, key=lambda one: (len(one), one))] if inside else ""

    def told(self, names: Iterable[str]) -> list[str]:
        """
        What somebody who checks claims should know of their publishers, a sentence each.

        Parameters
        ----------
        names
            Publishers as the claims write them.
        """
        written = sorted(set(names))
        as_known = [(one, self.known(one)) for one in written if self.known(one) != one]
        new = [one for one in written if self.known(one) not in self.listed]
        near = {one: listed for one in new if (listed := self.near(one))}
        others = [one for one in new if one not in near]
        ungraded = [
            one for one in written if self.known(one) in self.listed and not self.is_graded(one)
        ]
        said = [f"publisher {one!r} is taken for {listed!r}" for one, listed in as_known]
        said += [
            f"publisher {one!r} is not listed but nearly {listed!r}; a slip of a key, or somebody "
            "who would pass for it?"
            for one, listed in near.items()
        ]
        for kind, ones in (("not listed", others), ("without a grade", ungraded)):
            if ones:
                shown = ", ".join(map(repr, ones[:8])) + (", …" if len(ones) > 8 else "")
                said.append(
                    f"publishers {kind}, {len(ones)}: {shown}; all such together weigh as one, "
                    "until publishers.csv grades them"
                )
        return said
