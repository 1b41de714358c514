"""
Districts and subdistricts by name: "Manbij", "ناحية صوران", "SY020503" → a code to look within.

In comes ``admin_units.csv`` of a theater folder, out go codes that
:meth:`syriamap.names.gazetteer.Gazetteer.resolve` takes as it takes a governorate's; governorates
themselves are :mod:`syriamap.names.gazetteer`'s. Nothing here imports pandas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from syriamap.errors import DocumentError
from syriamap.files import listed_rows
from syriamap.names.agreement import agreement
from syriamap.names.toponyms import fold, is_arabic, skeleton, sounds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from syriamap.names.index import PlaceRow

__all__ = ["Unit", "Units", "read_level", "read_units"]

_DISTRICT, _SUBDISTRICT = 2, 3
_ALIKE = 0.85
"""Least agreement of sounds of a name that is spelled otherwise: "Menbij" for Manbij."""

_WORDS = {
    _DISTRICT: re.compile(r"\b(?:district|mantiqah?|mantika)\b|منطقة", re.IGNORECASE),
    _SUBDISTRICT: re.compile(r"\b(?:sub-?district|nahiyah?|nahia)\b|ناحية", re.IGNORECASE),
}
"""Words that say which level is meant; the first is part of the second's in English."""


_TEXTS = ("pcode", "name", "name_ar", "other_name", "admin1", "admin2")


class Unit(NamedTuple):
    """One row of ``admin_units.csv``: a district (level 2) or a subdistrict (level 3)."""

    pcode: str
    level: int
    name: str
    name_ar: str
    other_name: str
    admin1: str
    admin2: str

    def __str__(self) -> str:
        """Code, name and what it is part of, to tell namesakes apart."""
        kind = "district" if self.level == _DISTRICT else "subdistrict"
        where = f"{self.admin2}, {self.admin1}" if self.admin2 else self.admin1
        return f"{self.pcode} ({self.name} {kind} in {where})"


def read_units(path: Path) -> list[Unit]:
    """Rows of ``admin_units.csv``; none when the theater has no such file."""
    rows = listed_rows(path, ("level", *_TEXTS))
    if odd := next((one["level"] for one in rows if one["level"] not in {"2", "3"}), ""):
        raise DocumentError(f"{path}: level {odd!r} is none; 2 (district) or 3 would do")
    return [Unit(level=int(one["level"]), **{name: one[name] for name in _TEXTS}) for one in rows]


class Units:
    """
    Districts and subdistricts, by code and by name in either script.

    Parameters
    ----------
    rows
        Of :func:`read_units`.
    """

    def __init__(self, rows: Iterable[Unit]) -> None:
        self.by_code = {one.pcode.casefold(): one for one in rows}
        self._by_name: dict[str, list[Unit]] = {}
        self._by_sound: dict[str, list[tuple[Unit, str]]] = {}
        for one in self.by_code.values():
            for name in dict.fromkeys(filter(None, (one.name, one.name_ar, one.other_name))):
                self._by_name.setdefault(fold(name), []).append(one)
                self._by_sound.setdefault(skeleton(fold(name)), []).append((one, name))

    def named(self, written: str) -> list[Unit]:
        """
        Units that a code or a name means; of a district and a subdistrict of one name, the former.

        Parameters
        ----------
        written
            With or without a word for its level; a word decides between the two.
        """
        known = self.by_code.get(written.strip().casefold())
        level, bare = read_level(written)
        return [known] if known else _highest(self._by_name.get(fold(bare), []), level)

    def sounding(self, written: str) -> list[Unit]:
        """Units of which a name has the same consonants; as :meth:`named` otherwise."""
        level, bare = read_level(written)
        own, arabic = sounds(bare), is_arabic(bare)
        found = [
            one
            for one, name in self._by_sound.get(skeleton(fold(bare)), [])
            if agreement(own, sounds(name), across=arabic != is_arabic(name)) >= _ALIKE
        ]
        return _highest(found, level)

    def holds(self, code: str, row: PlaceRow) -> bool:
        """Whether a place is in a unit, by its code; in a governorate when it is no unit's."""
        unit = self.by_code.get(code.casefold())
        if unit is None:
            return row.admin1 == code
        if unit.level == _DISTRICT:
            return (row.admin1, row.admin2) == (unit.admin1, unit.name)
        own = (row.admin1, row.admin2, row.admin3)
        return own == (unit.admin1, unit.admin2, unit.name)


def _highest(found: list[Unit], level: int) -> list[Unit]:
    """Of units of one name those of the level that is asked for, else the districts."""
    fitting = [one for one in found if level in {0, one.level}]
    highest = min((one.level for one in fitting), default=0)
    return list(dict.fromkeys(one for one in fitting if one.level == highest))


def read_level(written: str) -> tuple[int, str]:
    """Level that a word beside a name says, 0 when none does, and the name without the word."""
    for level in (_SUBDISTRICT, _DISTRICT):
        bare = _WORDS[level].sub("", written)
        if bare != written:
            return level, bare.strip(" -")
    return 0, written
