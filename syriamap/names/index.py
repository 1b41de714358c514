"""
The names of a gazetteer, indexed: which places a spelling may mean, and how near it comes.

In come places and their names, out go matches of one written name on four levels, each tried by
:mod:`syriamap.names.resolver` only when the one before found nothing: the same name, the same name
beside kind words, the same consonants, nearly the same consonants. Everything past the first
level is indexed when first asked for; nothing here imports pandas or numpy.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from syriamap.files.gate import passes
from syriamap.names.agreement import agreement
from syriamap.names.kind_words import SETTLEMENTS, read_kind
from syriamap.names.toponyms import fold, folds, is_arabic, skeletons, sounds, sounds_of_all
from syriamap.names.transliteration import skeletons_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["SCORES", "Match", "NameIndex", "PlaceRow", "read_rows"]

SCORES = {
    "exact": 1.0, "folded": 0.95, "alias": 0.92, "alias folded": 0.9, "core": 0.88,
    "skeleton": 0.88, "fuzzy": 0.8,
}  # fmt: skip
"""Highest score of each level; skeleton and fuzzy are multiplied by the agreement of sounds."""

_SETTLED = SETTLEMENTS - {"district"}

_LEAST_AGREEMENT = 0.55
"""Below it a name with the same consonants is not even a candidate."""

_FEWEST_CONSONANTS = 4
"""With fewer, a name that differs in one is another name."""

_COMMON = 5
"""Places that bear a common name."""

_OTHER_WORDS = 0.012
"""Taken off the agreement for each word more or less: "Tir Maalah" is rather two words."""

_MOST_COMPARED = 12


class PlaceRow(NamedTuple):
    """
    One row of ``places.csv``, as far as resolution needs it.

    A `population` of 0 is one that is not known: places are put in order by it, no more.
    """

    place_id: str
    name: str
    name_ar: str
    kind: str
    admin1: str
    lat: float
    lon: float
    population: int
    admin2: str = ""
    admin3: str = ""
    pcode: str = ""


class Match(NamedTuple):
    """One place that a name may mean: number of its row, level, agreement of sounds."""

    row: int
    how: str
    agreement: float


def read_rows(folder: Path) -> tuple[list[PlaceRow], list[tuple[str, str]]]:
    """
    Read ``places.csv`` and ``names.csv`` without pandas and without its checks.

    For a start in a tenth of the time. Whatever is wrong raises `ValueError` or `KeyError`;
    :func:`syriamap.theater.folder.read_theater` then tells it properly.

    Returns
    -------
    rows, names
        The places, and pairs of place id and alternative name.
    """
    with (folder / "places.csv").open(encoding="utf-8-sig", newline="") as stream:
        text = stream.read()
    if not passes(text):
        raise ValueError("what the gate would not let through")
    records = list(csv.DictReader(StringIO(text, newline="")))
    rows = [
        PlaceRow(
            one["place_id"].strip(),
            one["name"].strip(),
            (one.get("name_ar") or "").strip(),
            one["kind"].strip(),
            (one.get("admin1") or "").strip(),
            float(one["lat"]),
            float(one["lon"]),
            int(float(one.get("population") or 0)),
            *((one.get(column) or "").strip() for column in ("admin2", "admin3", "pcode")),
        )
        for one in records
    ]
    known = {row.place_id for row in rows}
    if len(known) != len(rows) or "" in known or not rows:
        raise ValueError("place_id")
    path = folder / "names.csv"
    if not path.exists():
        return rows, []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        text = stream.read()
    if not passes(text):
        raise ValueError("names")
    listed = csv.DictReader(StringIO(text, newline=""))
    names = [(one["place_id"].strip(), one["name"].strip()) for one in listed]
    if any(place_id not in known or not name for place_id, name in names):
        raise ValueError("names")
    return rows, names


class NameIndex:
    """
    Names of places, by spelling, by consonants and by nearly the same consonants.

    Parameters
    ----------
    rows
        The places.
    names
        Alternative names, as pairs of place id and name.
    """

    def __init__(self, rows: Sequence[PlaceRow], names: Iterable[tuple[str, str]]) -> None:
        self.rows = rows
        self.row_of = {row.place_id: number for number, row in enumerate(rows)}
        self.texts: list[str] = []
        self._owners: list[int] = []
        for number, row in enumerate(rows):
            for text in filter(None, (row.name, row.name_ar)):
                self.texts.append(text)
                self._owners.append(number)
        self._own_names = len(self.texts)
        for place_id, text in names:
            self.texts.append(text)
            self._owners.append(self.row_of[place_id])
        self._folded = folds(self.texts)
        self._by_text = self._grouped(self.texts)
        self._by_fold = self._grouped(self._folded)
        # one name is often asked twice in a row: by itself, then beside a place that is known
        self._alike_last: tuple[str, list[Match]] = ("", [])

    @staticmethod
    def _grouped(keys: Iterable[str]) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            groups.setdefault(key, []).append(number)
        groups.pop("", None)
        return groups

    # --- the same name ------------------------------------------------------------------------

    def same_name(self, written: str, folded: str) -> dict[int, str]:
        """Rows that bear the name, each with the best of `exact, folded, alias, alias folded`."""
        found: dict[int, str] = {}
        if len(folded) < 2:
            return found
        own = self._own_names
        for numbers, levels in (
            (self._by_text.get(written, ()), ("exact", "alias")),
            (self._by_fold.get(folded, ()), ("folded", "alias folded")),
        ):
            for number in numbers:
                row, how = self._owners[number], levels[number >= own]
                if row not in found or SCORES[how] > SCORES[found[row]]:
                    found[row] = how
        return found

    def same_core(self, core: str, kinds: frozenset[str]) -> dict[int, str]:
        """
        Rows whose name, kind words taken off, is the core: "Rastan" is core of "Rastan bridge".

        Parameters
        ----------
        core
            Folded, without kind words.
        kinds
            Kinds that count; empty when all do.
        """
        return {
            row: "core"
            for row in self._by_core.get(core, ())
            if not kinds or self.rows[row].kind in kinds
        }

    @cached_property
    def _by_core(self) -> dict[str, list[int]]:
        """Cores of the sites: settlements are named without kind words anyway."""
        cores: dict[str, list[int]] = defaultdict(list)
        for number, folded in enumerate(self._folded):
            owner = self._owners[number]
            if self.rows[owner].kind in _SETTLED:
                continue
            core = read_kind(folded).core
            if core and owner not in cores[core]:
                cores[core].append(owner)
        return dict(cores)

    @cached_property
    def _cores_by_skeleton(self) -> dict[str, list[str]]:
        cores: dict[str, list[str]] = defaultdict(list)
        for core in self._by_core:
            for bones in skeletons(core):
                cores[bones].append(core)
        return dict(cores)

    def alike_core(self, core: str, kinds: frozenset[str]) -> list[Match]:
        """Sites of the given kinds whose core has the consonants of this one."""
        own, arabic = sounds(core), is_arabic(core)
        best: dict[int, float] = {}
        for bones in skeletons_of(own):
            for other in self._cores_by_skeleton.get(bones, ()):
                across = arabic != is_arabic(other)
                alike = agreement(own, sounds(other), across=across)
                for row in self.same_core(other, kinds):
                    best[row] = max(alike, best.get(row, 0.0))
        return [Match(row, "skeleton", alike) for row, alike in best.items()]

    def other_names(self, row: int) -> set[str]:
        """Folded names of a place."""
        return {self._folded[number] for number in self._names_of[row]}

    @cached_property
    def _names_of(self) -> dict[int, list[int]]:
        names: dict[int, list[int]] = defaultdict(list)
        for number, owner in enumerate(self._owners):
            names[owner].append(number)
        return dict(names)

    # --- the same consonants ------------------------------------------------------------------

    @cached_property
    def _sounds(self) -> list[str]:
        return sounds_of_all(self.texts)

    @cached_property
    def _arabic(self) -> list[bool]:
        return [not text.isascii() and is_arabic(text) for text in self.texts]

    @cached_property
    def _by_skeleton(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for number, sound in enumerate(self._sounds):
            for bones in skeletons_of(sound):
                groups.setdefault(bones, []).append(number)
        groups.pop("", None)
        return groups

    @cached_property
    def latin_only(self) -> set[int]:
        """Rows without any name in Arabic script."""
        rows = set(range(len(self.rows)))
        return rows - {self._owners[n] for n, arabic in enumerate(self._arabic) if arabic}

    def alike(self, name: str) -> list[Match]:
        """Rows of which a name has the same consonants, in any script, best first."""
        last, found = self._alike_last
        if name != last:
            own = sounds(name)
            numbers = {
                number for bones in skeletons_of(own) for number in self._by_skeleton.get(bones, ())
            }
            words = len(fold(name).split())
            found = self._compared(own, is_arabic(name), numbers, "skeleton", words)
            self._alike_last = name, found
        return list(found)

    def common_alike(self, name: str) -> list[Match]:
        """Rows of common names, borne by five places or more, with the same consonants."""
        return self._common_sounding(sounds(name), is_arabic(name), len(fold(name).split()))

    def common_like(self, folded: str) -> list[Match]:
        """:meth:`common_alike` for a name of the gazetteer, whose sounds are known."""
        number = self._by_fold[folded][0]
        return self._common_sounding(
            self._sounds[number], self._arabic[number], folded.count(" ") + 1
        )

    def _common_sounding(self, own: str, arabic: bool, words: int) -> list[Match]:
        numbers = {n for bones in skeletons_of(own) for n in self._common.get(bones, ())}
        return self._compared(own, arabic, numbers, "skeleton", words) if numbers else []

    @cached_property
    def _common(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for numbers in self._by_fold.values():
            owners = {self._owners[number]: number for number in numbers}
            if len(owners) < _COMMON:
                continue
            for bones in skeletons_of(self._sounds[numbers[0]]):
                groups[bones] += owners.values()
        return dict(groups)

    def nearly_alike(self, name: str) -> list[Match]:
        """Rows of which a name has nearly the same consonants: one more, less or other."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        own = sounds(name)
        numbers: set[int] = set()
        for bones in skeletons_of(own):
            if len(bones) < _FEWEST_CONSONANTS:
                continue
            near: set[str] = set(self._by_deletion.get(bones, ()))
            for shorter in _deletions(bones):
                near.update(self._by_deletion.get(shorter, ()))
            for number in {n for other in near for n in self._by_skeleton[other]}:
                numbers.add(number)
        if len(numbers) > _MOST_COMPARED:
            choices = {number: self._sounds[number] for number in sorted(numbers)}
            closest = process.extract(
                own, choices, scorer=OSA.normalized_similarity, limit=_MOST_COMPARED
            )
            numbers = {number for _, _, number in closest}
        return self._compared(own, is_arabic(name), numbers, "fuzzy", len(fold(name).split()))

    @cached_property
    def _by_deletion(self) -> dict[str, list[str]]:
        """Skeletons by themselves and by what is left when one consonant is taken out."""
        groups: dict[str, list[str]] = {}
        for bones in self._by_skeleton:
            for key in {bones, *_deletions(bones)}:
                groups.setdefault(key, []).append(bones)
        return groups

    def _compared(
        self, own: str, arabic: bool, numbers: set[int], how: str, words: int
    ) -> list[Match]:
        best: dict[int, float] = {}
        known: dict[tuple[str, bool], float] = {}  # most places share their sounds with another
        for number in numbers:
            key = sound, across = self._sounds[number], arabic != self._arabic[number]
            if key not in known:
                known[key] = agreement(own, sound, across=across, least=_LEAST_AGREEMENT)
            alike = known[key]
            alike -= _OTHER_WORDS * abs(self._folded[number].count(" ") + 1 - words)
            owner = self._owners[number]
            if alike > best.get(owner, _LEAST_AGREEMENT):
                best[owner] = alike
        matches = [Match(row, how, alike) for row, alike in best.items()]
        return sorted(matches, key=lambda one: (-one.agreement, self.rows[one.row].place_id))

    def spelled_like(self, name: str, count: int) -> list[int]:
        """Rows of the names spelled most like this one, best first; none when all are far."""
        from rapidfuzz import fuzz, process

        close = process.extract(
            fold(name), list(self._by_fold), scorer=fuzz.ratio, limit=count, score_cutoff=72
        )
        return [self._owners[self._by_fold[key][0]] for key, _, _ in close]


def _deletions(bones: str) -> list[str]:
    if len(bones) < 3:
        return []
    return [bones[:place] + bones[place + 1 :] for place in range(len(bones))]
