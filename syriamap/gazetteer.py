"""
A written place name → ranked candidates and how each matched.

In comes a :class:`~syriamap.theater.Theater`, out goes a :class:`Gazetteer`, an index over the
places and their alternative names. Resolution never guesses in silence: a name is accepted, or
ambiguous with its candidates, or not found. It goes down four levels and stops at the first that
answers: the same name (exact, folded, of the place or an alias); the same name beside kind words
("the Rastan bridge"); the same consonants, in either script; nearly the same consonants. What a
name means elsewhere (Baghdad, Hezbollah) is weighed like a candidate. The thresholds were chosen
on the labelled names of ``tests/data/names`` by ``benchmarks/resolve.py --thresholds``.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from syriamap._elsewhere import Elsewhere, read_elsewhere
from syriamap._kind_words import SETTLEMENTS, is_kind_only, read_kind
from syriamap._name_index import SCORES, Match, NameIndex, PlaceRow, read_rows
from syriamap._resolution import (
    SAME_PLACE_KM,
    Candidate,
    Resolution,
    Thresholds,
    distance_km,
    kilometers,
    kind_in_words,
)
from syriamap.errors import PlaceAmbiguous, PlaceNotFound
from syriamap.toponyms import fold, is_arabic, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from syriamap.theater import Theater

__all__ = [
    "SAME_PLACE_KM",
    "Candidate",
    "Gazetteer",
    "Resolution",
    "Thresholds",
    "distance_km",
    "kind_in_words",
]

_GOVERNORATE = re.compile(r"محافظة|\b(?:governorate|province|muhafazat)\b", re.IGNORECASE)
"""Words for a governorate, which may stand beside its name or not."""

_APPOSITION = re.compile(r"^(?P<name>[^,،()]+?)\s*(?:[,،]\s*|\(\s*)(?P<where>[^()]+?)\s*\)?$")
_WITHIN = re.compile(r"^(?P<name>.+?)\s+(?:in|near|في|قرب|près de|bei)\s+(?P<where>.+)$")
_ATTACHED = re.compile(r"['’]s(?=$| [a-z])|\b[dl]['’](?=\w)")
"""The English possessive and the French elision: "Hama's airport", "l'aéroport d'Alep"."""

_SURE = frozenset({"exact", "folded", "alias", "alias folded", "core"})
_RANK = {"city": 0, "town": 1, "village": 3, "hamlet": 4, "district": 3}
_SITE_RANK = 2
_PEOPLED = frozenset({"city", "town", "village", "hamlet"})
_BARE_CORE = 0.97
"""Agreement of a site named without its kind: "Bab al-Hawa" for the crossing."""

_FAIR_RIVAL = 0.965
"""With such an agreement a name that is also known elsewhere is ambiguous, below it foreign."""

_LONGEST = 120
"""Characters; nothing longer is a name."""

_MOST_SHOWN = 25

_NEAR_KM = 40.0
_NEAR_RATIO = 2.5
"""Of namesakes, the one near another place is meant if the next is this many times as far."""


class Gazetteer:
    """
    Places of a theater, indexed by their names.

    Parameters
    ----------
    theater
        The theater whose ``places.csv`` and ``names.csv`` are indexed.
    thresholds
        When a match by sound is accepted.
    """

    def __init__(self, theater: Theater, *, thresholds: Thresholds | None = None) -> None:
        frame = theater.places
        columns = ("name", "name_ar", "kind", "admin1", "lat", "lon", "population")
        values = [frame.index.tolist(), *(frame[column].tolist() for column in columns)]
        rows = [PlaceRow(*row) for row in zip(*values, strict=True)]
        names = zip(theater.names["place_id"], theater.names["name"], strict=True)
        self._set(rows, names, theater.folder, thresholds)
        self.places = frame

    @classmethod
    def read(cls, folder: Path) -> Self:
        """
        Read the gazetteer of a theater folder alone, without pandas: for answers at once.

        What is wrong with the folder is told as :func:`~syriamap.theater.read_theater` tells it.
        """
        try:
            rows, names = read_rows(folder)
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            from syriamap.theater import read_theater

            return cls(read_theater(folder))
        made = cls.__new__(cls)
        made._set(rows, names, folder, None)
        return made

    def _set(
        self, rows: Sequence[PlaceRow], names: Iterable[tuple[str, str]], folder: Path,
        thresholds: Thresholds | None,
    ) -> None:  # fmt: skip
        self._folder = folder
        self._index = NameIndex(rows, names)
        self._rows = rows
        self._thresholds = thresholds or Thresholds()
        self._made: dict[tuple[int, str], Candidate] = {}

    @property
    def folder(self) -> Path:
        """Folder of the theater."""
        return self._folder

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all places, degrees."""
        lats, lons = [row.lat for row in self._rows], [row.lon for row in self._rows]
        return min(lons), min(lats), max(lons), max(lats)

    def points_in(self, admin1: str) -> list[tuple[float, float]]:
        """Latitude and longitude of every place in a governorate."""
        return [(row.lat, row.lon) for row in self._rows if row.admin1 == admin1]

    @cached_property
    def places(self) -> pd.DataFrame:
        """``places.csv`` as :attr:`Theater.places` has it."""
        from syriamap.theater import read_theater

        return read_theater(self._folder).places

    @cached_property
    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(read_elsewhere(self._folder / "elsewhere.csv"))

    # --- governorates -------------------------------------------------------------------------

    @cached_property
    def _admin1_codes(self) -> dict[str, str]:
        """Folded governorate name, its consonants, or its code → the code of ``places.csv``."""
        codes = {row.admin1.casefold(): row.admin1 for row in self._rows if row.admin1}
        path = self._folder / "admin1.geojson"
        features = json.loads(path.read_text("utf-8"))["features"] if path.exists() else []
        for feature in features:
            properties = feature.get("properties") or {}
            iso = str(properties.get("iso") or "")
            for written in filter(None, (properties.get("name"), properties.get("name_ar"))):
                codes.setdefault(fold(_GOVERNORATE.sub("", str(written))), iso)
        bones = [(skeleton(name), code) for name, code in codes.items() if name != code.casefold()]
        for key, code in bones:
            codes.setdefault(f"\0{key}", code)
        return codes

    def admin1_code(self, name: str) -> str:
        """
        Code of a governorate from its name in either language, or from the code itself.

        Raises
        ------
        PlaceNotFound
            If the theater has no such governorate; the message names those it has.
        """
        code = self._admin1_named(name)
        if not code:
            known = ", ".join(sorted(set(self._admin1_codes.values()))) or "none"
            raise PlaceNotFound(f"no governorate {name!r}; there are: {known}")
        return code

    def _admin1_named(self, name: str) -> str:
        codes = self._admin1_codes
        bare = fold(_GOVERNORATE.sub("", name))
        known = codes.get(name.strip().casefold()) or codes.get(bare)
        if known or len(skeleton(bare)) < 2:
            return known or ""
        return codes.get(f"\0{skeleton(bare)}", "") or self._seat_of(bare)

    def _seat_of(self, bare: str) -> str:
        """A governorate also goes by any name of its seat, the city: "Halab" for Aleppo."""
        found = self._index.same_name(bare, bare)
        cities = {self._rows[row].admin1 for row in found if self._rows[row].kind == "city"}
        return cities.pop() if len(cities) == 1 else ""

    # --- resolution ---------------------------------------------------------------------------

    def resolve(
        self, name: str, *, admin1: str = "", near: str | tuple[float, float] | None = None
    ) -> Resolution:
        """
        Find the places that a written name may mean.

        Parameters
        ----------
        name
            The name in either script, in any spelling, with or without kind words around it.
        admin1
            Code of a governorate: only places in it count.
        near
            A place name, an id or a point (latitude, longitude): decides between namesakes.

        Returns
        -------
        Resolution
            `accepted` when one place matches best, or when a city shares the name with
            lesser places only, or when all matches lie within 2 km of each other, or when
            `near` singles one out.

        Raises
        ------
        PlaceNotFound, PlaceAmbiguous
            If `near` is a name that is none or several places.
        """
        written = " ".join(name.split())
        folded = fold(written) if len(written) <= _LONGEST else ""
        if not folded:
            return Resolution(name, "not_found", ())
        point = self.position(self.one(near)) if isinstance(near, str) else near
        for level in self._levels(written, folded, admin1, point):
            if isinstance(level, Resolution):
                return Resolution(name, level.status, level.candidates)
            if admin1:
                level = [one for one in level if self._rows[one.row].admin1 == admin1]  # noqa: PLW2901
            decided = self._decided(name, written, level, point) if level else None
            if decided is not None:
                return decided
        return Resolution(name, "not_found", ())

    def resolve_together(self, names: Sequence[str], *, admin1: str = "") -> list[Resolution]:
        """
        Resolve the names of one text: those that are sure decide between namesakes of the others.

        Parameters
        ----------
        names
            Names that stand in one text.
        admin1
            Code of a governorate: only places in it count.
        """
        results = [self.resolve(name, admin1=admin1) for name in names]
        sure = [one.candidates[0] for one in results if one.accepted]
        for number, result in enumerate(results):
            if result.status != "ambiguous" or not sure:
                continue
            nearest = min(
                sure,
                key=lambda known: min(
                    kilometers((one.lat, one.lon), (known.lat, known.lon))
                    for one in result.candidates  # noqa: B023  (used at once)
                ),
            )
            results[number] = self.resolve(
                result.query, admin1=admin1, near=(nearest.lat, nearest.lon)
            )
        return results

    def _levels(
        self, written: str, folded: str, admin1: str, point: tuple[float, float] | None
    ) -> Iterator[list[Match] | Resolution]:
        """Matches of each level, made only when the one before did not decide."""
        index = self._index
        same = index.same_name(written, folded)
        yield [Match(row, how, 1.0) for row, how in same.items()] + self._namesakes(written, same)
        core, kinds = read_kind(fold(_ATTACHED.sub("", written)))
        if core != folded:
            yield self._of_kind(core, kinds)
        in_context = self._in_context(written, admin1, point)
        if in_context is not None:
            yield in_context
        if kinds == {"area"} or is_kind_only(folded):
            return
        alike = {one.row: one for one in index.alike(written)}
        for row in index.same_core(folded, frozenset()):
            if row not in alike or alike[row].agreement < _BARE_CORE:
                alike[row] = Match(row, "core", _BARE_CORE)
        yield list(alike.values())
        if core != folded:
            yield self._alike_of_kind(core, kinds)
        yield index.nearly_alike(written)
        if core != folded and not kinds - SETTLEMENTS:
            yield [one for one in index.nearly_alike(core) if self._settled(one)]

    def _namesakes(self, written: str, same: dict[int, str]) -> list[Match]:
        """
        Other places that bear the name in the other script or in the usual spelling.

        An Arabic name is also that of places known by a Latin name only, and an alias that is but
        a spelling ("Qusair") is that of every place of the name it spells ("Qusayr").
        """
        if not same or any(self._rows[row].kind == "city" for row in same):
            return []
        if is_arabic(written):
            return self._latin_only_alike(written, same)
        names = {
            self._rows[row].name
            for row, how in same.items()
            if how.startswith("alias") and skeleton(self._rows[row].name) == skeleton(written)
        }
        rows = {row for name in names for row in self._index.same_name(name, fold(name))}
        found = [Match(row, "skeleton", 1.0) for row in rows if row not in same]
        return found or self._crowd(written, set(same))

    def _latin_only_alike(self, written: str, known: dict[int, str]) -> list[Match]:
        index = self._index
        return [
            one
            for one in index.alike(written)
            if one.agreement >= self._thresholds.namesake
            and one.row in index.latin_only
            and one.row not in known
        ]

    def _of_kind(self, core: str, kinds: frozenset[str]) -> list[Match]:
        """Places named as the core is, of the kinds that the words beside it allow."""
        index = self._index
        if kinds == {"area"}:
            return []
        if "mountain" in kinds:
            core, kinds = f"{'جبل' if is_arabic(core) else 'jabal'} {core}", frozenset()
        found = index.same_name(core, core)
        if not kinds - {"area"}:
            return [Match(row, how, 1.0) for row, how in found.items()]
        cores = {core, *(name for row in found for name in index.other_names(row))}
        for name in cores:
            found = {**index.same_core(name, kinds), **found}
        fitting = [Match(r, how, 1.0) for r, how in found.items() if self._rows[r].kind in kinds]
        if fitting or not kinds & _PEOPLED:
            return fitting
        return [Match(r, how, 1.0) for r, how in found.items() if self._rows[r].kind in SETTLEMENTS]

    def _alike_of_kind(self, core: str, kinds: frozenset[str]) -> list[Match]:
        if kinds and not kinds & SETTLEMENTS:
            return self._index.alike_core(core, kinds)
        alike = [one for one in self._index.alike(core) if not kinds or self._settled(one)]
        fitting = [one for one in alike if self._rows[one.row].kind in kinds]
        return fitting or alike

    def _settled(self, one: Match) -> bool:
        return self._rows[one.row].kind in SETTLEMENTS

    def _in_context(
        self, written: str, admin1: str, point: tuple[float, float] | None
    ) -> Resolution | None:
        """Read "Suran, Hama", "Qusayr (Homs)", "Tal Rifaat near Aleppo": the rest is context."""
        split = _APPOSITION.match(written) or _WITHIN.match(written)
        if not split:
            return None
        where = split["where"]
        code = admin1 or self._admin1_named(where)
        if not code:
            beside = self.resolve(where)
            if not beside.accepted:
                return None
            point = (beside.candidates[0].lat, beside.candidates[0].lon)
        return self.resolve(split["name"], admin1=code, near=point)

    # --- deciding -----------------------------------------------------------------------------

    def _decided(
        self, name: str, written: str, matches: list[Match], point: tuple[float, float] | None
    ) -> Resolution | None:
        """Turn the matches of one level into an answer, or None when the next level is to try."""
        rest: list[Match] = []
        if any(one.how in _SURE and one.agreement == 1.0 for one in matches):
            group = sorted(matches, key=self._prominence)
            sure = self._kind(group[0]) == "city" or not self._elsewhere.is_no_place(fold(written))
        else:
            limits = self._thresholds
            shown = limits.shown_fuzzy if matches[0].how == "fuzzy" else limits.shown
            weighed = sorted(
                (one for one in matches if one.agreement >= shown), key=self._weight, reverse=True
            )
            if not weighed:
                return None
            best = weighed[0]
            foreign = self._is_foreign(written, best)
            if foreign and best.agreement < _FAIR_RIVAL:
                return Resolution(name, "not_found", ())
            least = self._weight(best) - limits.margin
            group = [one for one in weighed if self._weight(one) >= least]
            rest = weighed[len(group) :]
            crowd = self._crowd(written, {one.row for one in group})
            group, rest = group + crowd, [one for one in rest if one not in crowd]
            sure = not foreign and best.agreement >= limits.least(
                best.how, len(skeleton(written))
            )
        if point is not None:
            group.sort(key=lambda one: kilometers(self._point(one), point))
        status = "accepted" if sure and self._one_is_meant(group, point) else "ambiguous"
        shown_matches = (group + rest)[:_MOST_SHOWN]
        return Resolution(name, status, tuple(map(self._candidate, shown_matches)))

    def _is_foreign(self, written: str, best: Match) -> bool:
        """Whether the name means something elsewhere at least as well as the best place."""
        if self._elsewhere.knows(fold(written)):
            return True
        return self._elsewhere.agreement(written) >= self._weight(best)

    def _crowd(self, written: str, known: set[int]) -> list[Match]:
        """Places of a common name that is spelled a little otherwise: Judaydah for "Jdeideh"."""
        if any(self._rows[row].kind in {"city", "town"} for row in known):
            return []
        least = self._thresholds.crowd
        return [
            one
            for one in self._index.common_alike(written)
            if one.agreement >= least and one.row not in known
        ]

    def _one_is_meant(self, group: list[Match], point: tuple[float, float] | None) -> bool:
        first, *others = group
        if not others:
            return True
        if self._kind(first) == "city" and all(self._kind(one) != "city" for one in others):
            return True
        if self._kind(first) == "town" and len(others) <= self._thresholds.namesakes:
            if all(self._kind(one) not in {"city", "town"} for one in others):
                return True
        if all(kilometers(self._point(first), self._point(one)) <= SAME_PLACE_KM for one in others):
            return True
        if point is None:
            return False
        nearest, next_one = (kilometers(self._point(one), point) for one in group[:2])
        return nearest <= _NEAR_KM and next_one >= max(_NEAR_RATIO * nearest, SAME_PLACE_KM)

    def _kind(self, one: Match) -> str:
        return self._rows[one.row].kind

    def _point(self, one: Match) -> tuple[float, float]:
        row = self._rows[one.row]
        return row.lat, row.lon

    def _weight(self, one: Match) -> float:
        limits = self._thresholds
        known = {"city": limits.city, "town": limits.town}.get(self._kind(one), 0.0)
        return one.agreement + max(known, limits.town if one.agreement == 1.0 else 0.0)

    def _prominence(self, one: Match) -> tuple[int, int, float, str]:
        """Order of namesakes: cities, towns, sites, villages; then the larger, then by spelling."""
        row = self._rows[one.row]
        rank = _RANK.get(row.kind, _SITE_RANK)
        return rank, -row.population, -SCORES[one.how], row.place_id

    def _candidate(self, one: Match) -> Candidate:
        key = (one.row, one.how)
        made = self._made.get(key)
        if made is None:
            row = self._rows[one.row]
            made = Candidate(*row[:7], SCORES[one.how], one.how)
            self._made[key] = made
        if one.agreement == 1.0:
            return made
        return replace(made, score=round(made.score * one.agreement, 4))

    # --- one place ----------------------------------------------------------------------------

    def one(self, name: str, *, admin1: str = "") -> str:
        """
        Give the place id that a name or an id means.

        Raises
        ------
        PlaceNotFound
            With the nearest known names.
        PlaceAmbiguous
            With the candidates.
        """
        if name in self:
            return name
        result = self.resolve(name, admin1=admin1)
        if result.accepted:
            return result.candidates[0].place_id
        if result.candidates:
            shown = "; ".join(map(str, result.candidates[:6]))
            raise PlaceAmbiguous(f"{name!r} may be {len(result.candidates)} places: {shown}")
        near = self.nearest_names(name)
        hint = f"; nearest names: {', '.join(near)}" if near else ""
        raise PlaceNotFound(f"no place named {name!r}{hint}")

    def nearest_names(self, name: str, count: int = 3) -> list[str]:
        """Known names that are spelled most like a name that was not found."""
        rows = self._index.spelled_like(name[:_LONGEST], count)
        return list(dict.fromkeys(self._rows[row].name for row in rows))

    def near_point(self, candidates: Iterable[Candidate], lat: float, lon: float) -> str:
        """
        Give the id of the nearest candidate within 2 km of a point, empty when there is none.

        Parameters
        ----------
        candidates
            Places of one name.
        lat, lon
            The point, degrees.
        """
        best = min(
            ((kilometers((lat, lon), (one.lat, one.lon)), one.place_id) for one in candidates),
            default=(float("inf"), ""),
        )
        return best[1] if best[0] <= SAME_PLACE_KM else ""

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._index.row_of

    def position(self, place_id: str) -> tuple[float, float]:
        """Latitude and longitude of a place, degrees."""
        row = self._rows[self._index.row_of[place_id]]
        return row.lat, row.lon

    def name_of(self, place_id: str) -> str:
        """English name of a place."""
        return self._rows[self._index.row_of[place_id]].name
