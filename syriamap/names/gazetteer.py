"""
A written place name → ranked candidates and how each matched.

In comes a :class:`~syriamap.theater.folder.Theater`, out goes a :class:`Gazetteer`, an index over
the places and their alternative names. Resolution never guesses in silence: a name is accepted, or
ambiguous with its candidates, or not found. It goes down four levels and stops at the first that
answers: the same name (exact, folded, of the place or an alias); the same name beside kind words
("the Rastan bridge"); the same consonants, in either script; nearly the same consonants. What a
name means elsewhere (Baghdad, Hezbollah) is weighed like a candidate. The thresholds were chosen on
the labelled names of ``tests/data/names`` by ``benchmarks/resolve.py --thresholds``.
"""

from __future__ import annotations

import re
from functools import cached_property
from heapq import nsmallest
from typing import TYPE_CHECKING, Self

from syriamap.errors import DocumentError, PlaceAmbiguous, PlaceNotFound
from syriamap.files import features_of, listed_rows, read_toml, texts_of
from syriamap.names.elsewhere import Elsewhere, read_elsewhere
from syriamap.names.index import NameIndex, PlaceRow, read_rows
from syriamap.names.resolution import (
    SAME_PLACE_KM,
    Candidate,
    Resolution,
    Thresholds,
    kilometers,
)
from syriamap.names.resolver import Resolver
from syriamap.names.toponyms import fold, skeleton
from syriamap.names.units import Units, read_level, read_units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = [
    "SAME_PLACE_KM",
    "Candidate",
    "Gazetteer",
    "Resolution",
    "Thresholds",
    "kilometers",
]

_GOVERNORATE = re.compile(r"محافظة|\b(?:governorate|province|muhafazat)\b", re.IGNORECASE)
"""Words for a governorate, which may stand beside its name or not."""

_AROUND_KM = 25.0
"""Around a governorate's seat, most places within this distance are of its governorate."""

_LONGEST_SHOWN = 60
"""Characters of a name that are compared for a hint."""


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
        columns = ("name", "name_ar", "kind", "admin1", "lat", "lon", "population", "admin2",
                   "admin3", "pcode")  # fmt: skip
        filled = frame.assign(population=frame["population"].fillna(0.0))
        values = [filled.index.tolist(), *(filled[column].tolist() for column in columns)]
        rows = [PlaceRow(*row) for row in zip(*values, strict=True)]
        names = zip(theater.names["place_id"], theater.names["name"], strict=True)
        self._set(rows, names, theater.folder, thresholds)
        self.places = frame

    @classmethod
    def read(cls, folder: Path, *, thresholds: Thresholds | None = None) -> Self:
        """
        Read the gazetteer of a theater folder alone, without pandas: for answers at once.

        Parameters
        ----------
        folder
            A theater folder. What is wrong with it is told as
            :func:`~syriamap.theater.folder.read_theater` tells it.
        thresholds
            When a match by sound is accepted.
        """
        try:
            rows, names = read_rows(folder)
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            from syriamap.theater.folder import read_theater

            return cls(read_theater(folder), thresholds=thresholds)
        made = cls.__new__(cls)
        made._set(rows, names, folder, thresholds)  # noqa: SLF001  (its own)
        return made

    def _set(
        self,
        rows: Sequence[PlaceRow],
        names: Iterable[tuple[str, str]],
        folder: Path,
        thresholds: Thresholds | None,
    ) -> None:
        self._folder = folder
        self._rows, self._names = rows, list(names)
        self._thresholds = thresholds or Thresholds()
        self._own = {row.place_id: number for number, row in enumerate(rows)}

    @cached_property
    def _former(self) -> dict[str, str]:
        """Ids that places had before, which claims may still name."""
        columns = "former_id", "place_id"
        listed = listed_rows(self._folder / "former_ids.csv", columns)
        return {row["former_id"]: row["place_id"] for row in listed if row["place_id"] in self._own}

    def _number(self, place_id: str) -> int:
        """Row of a place by its id, or by one that it had."""
        own = self._own.get(place_id)
        return self._own[self._former[place_id]] if own is None else own

    @cached_property
    def _index(self) -> NameIndex:
        """All names; made when the first is asked for, for tables that name ids need none."""
        return NameIndex(self._rows, self._names)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(
            self._index,
            lambda: self._elsewhere,
            self._area_named,
            self._thresholds,
            is_in=self._is_in,
            is_seat=self._is_seat,
            country_names=lambda: self._country_names,
        )

    @property
    def folder(self) -> Path:
        """Folder of the theater."""
        return self._folder

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all places, degrees."""
        lats, lons = [row.lat for row in self._rows], [row.lon for row in self._rows]
        return min(lons), min(lats), max(lons), max(lats)

    def points_in(self, code: str) -> list[tuple[float, float]]:
        """Latitude and longitude of every place in a governorate, district or subdistrict."""
        return [(row.lat, row.lon) for row in self._rows if self._is_in(row, code)]

    def countryside_of(self, seat: Candidate) -> str:
        """
        Code of the governorate around a city: its own, or the one that encloses it.

        A capital may be a governorate by itself; most places near it are then of another one.
        """
        near = [
            row.admin1
            for row in self._rows
            if kilometers((row.lat, row.lon), (seat.lat, seat.lon)) <= _AROUND_KM
        ]
        return max(sorted(set(near)), key=near.count, default=seat.admin1)

    @cached_property
    def places(self) -> pd.DataFrame:
        """``places.csv`` as :attr:`Theater.places` has it."""
        from syriamap.theater.folder import read_theater

        return read_theater(self._folder).places

    @cached_property
    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(read_elsewhere(self._folder / "elsewhere.csv"))

    @cached_property
    def _country_names(self) -> frozenset[str]:
        """What may stand behind a name and says only which country it lies in, folded."""
        try:
            config = read_toml(self._folder / "theater.toml")
        except (OSError, DocumentError):
            return frozenset()
        titles = config.get("title"), texts_of(config.get("arabic")).get("title")
        more = config.get("names", ())
        names = [*titles, *(more if isinstance(more, list) else ())]
        return frozenset(fold(str(name)) for name in names if name)

    @cached_property
    def _by_pcode(self) -> dict[str, int]:
        return {row.pcode.casefold(): n for n, row in enumerate(self._rows) if row.pcode}

    @property
    def has_pcodes(self) -> bool:
        """Whether places of the theater have p-codes at all."""
        return bool(self._by_pcode)

    def place_of_pcode(self, pcode: str) -> Candidate | None:
        """Give the place of a p-code (the UN's code of a community), None when none has it."""
        row = self._by_pcode.get(pcode.strip().casefold())
        return None if row is None else Candidate(*self._rows[row][:7], 1.0, "p-code")

    @cached_property
    def _unit_names(self) -> dict[str, frozenset[str]]:
        return {
            level: frozenset(
                key
                for name in {str(getattr(row, level)) for row in self._rows}
                for key in (fold(name), f"\0{skeleton(name)}")
                if name
            )
            for level in ("admin2", "admin3")
        }

    def has_unit(self, level: str, name: str) -> bool:
        """
        Tell whether places of the theater lie in a district or subdistrict of that name.

        Parameters
        ----------
        level
            `admin2` or `admin3`.
        name
            As written.
        """
        return bool({fold(name), f"\0{skeleton(name)}"} & self._unit_names[level])

    def row_of(self, place_id: str) -> PlaceRow:
        """Give all that the gazetteer knows of a place."""
        return self._rows[self._number(place_id)]

    # --- governorates, districts, subdistricts ------------------------------------------------

    @cached_property
    def _units(self) -> Units:
        return Units(read_units(self._folder / "admin_units.csv"))

    def is_within(self, place_id: str, code: str) -> bool:
        """Whether a place lies in the governorate, district or subdistrict of a code."""
        return self._is_in(self.row_of(place_id), code)

    def is_country(self, name: str) -> bool:
        """Whether a name is one of the theater's country."""
        return fold(name) in self._country_names

    def _is_in(self, row: PlaceRow, code: str) -> bool:
        return row.admin1 == code or self._units.holds(code, row)

    def _is_seat(self, row: PlaceRow) -> bool:
        named_so = self._admin1_codes.get(fold(row.name), "")
        return row.kind == "town" and bool(named_so) and named_so == row.admin1

    def area_code(self, name: str) -> str:
        """
        Code of a governorate, district or subdistrict: what `resolve` takes as `admin1`.

        Parameters
        ----------
        name
            A name in either language, or a code: ISO's of a governorate, a p-code of the
            others. Of a governorate and a district of one name the governorate is meant, of a
            district and a subdistrict the district, unless the word stands beside it: "Homs
            district", "ناحية منبج".

        Raises
        ------
        PlaceNotFound
            If the theater has no such governorate, district or subdistrict.
        PlaceAmbiguous
            If there are several; the message names their codes.
        """
        is_unit = bool(read_level(name)[0])
        code = "" if is_unit else self._admin1_written(name)
        units = [] if code else self._units.named(name)
        if not code and not units and not is_unit:
            code = self._admin1_named(name)
        units = units or ([] if code else self._units.sounding(name))
        if len(units) > 1:
            shown = "; ".join(map(str, units))
            raise PlaceAmbiguous(f"{name!r} may be {len(units)} areas: {shown}")
        if not code and not units:
            known = ", ".join(sorted(set(self._admin1_codes.values()))) or "none"
            also = "governorate, district or subdistrict" if self._units.by_code else "governorate"
            raise PlaceNotFound(f"no {also} {name!r}; governorates there are: {known}")
        return code or units[0].pcode

    def _area_named(self, name: str) -> str:
        """
        Code of the area that words beside a name say it lies in, empty when they say none.

        A district only when the word is there: "Suran, Azaz" is Suran near the town of Azaz.
        """
        if not read_level(name)[0]:
            return self._admin1_named(name)
        units = self._units.named(name) or self._units.sounding(name)
        return units[0].pcode if len(units) == 1 else ""

    @cached_property
    def _codes(self) -> frozenset[str]:
        """Codes of all governorates, districts and subdistricts, as places and units have them."""
        units = (one.pcode for one in self._units.by_code.values())
        return frozenset({*self._admin1_codes.values(), *units})

    @cached_property
    def _admin1_codes(self) -> dict[str, str]:
        """Folded governorate name, its consonants, or its code → the code of ``places.csv``."""
        codes = {row.admin1.casefold(): row.admin1 for row in self._rows if row.admin1}
        path = self._folder / "admin1.geojson"
        features = features_of(path) if path.exists() else []
        for feature in features:
            properties = feature["properties"]
            iso = str(properties.get("iso") or "")
            for written in filter(None, (properties.get("name"), properties.get("name_ar"))):
                codes.setdefault(fold(_GOVERNORATE.sub("", str(written))), iso)
        bones = [(skeleton(name), code) for name, code in codes.items() if name != code.casefold()]
        for key, code in bones:
            codes.setdefault(f"\0{key}", code)
        return codes

    def _admin1_written(self, name: str) -> str:
        """Code of the governorate that is written so, but for case, marks and the word for it."""
        codes = self._admin1_codes
        bare = fold(_GOVERNORATE.sub("", name))
        return codes.get(name.strip().casefold()) or codes.get(bare) or ""

    def admin1_if_known(self, name: str) -> str:
        """Code of a governorate from its name or code, empty when the theater has none such."""
        return self._admin1_named(name)

    def _admin1_named(self, name: str) -> str:
        codes = self._admin1_codes
        bare = fold(_GOVERNORATE.sub("", name))
        known = self._admin1_written(name)
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
            Code or name of a governorate, or of a district or subdistrict (:meth:`area_code`): only
            places in it count.
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
            If `near` is a name that is none or several places, or `admin1` none or several areas.
        """
        if admin1 and admin1 not in self._codes:
            admin1 = self.area_code(admin1)
        point = self.position(self.one(near)) if isinstance(near, str) else near
        return self._resolver.resolve(name, admin1, point)

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
                    for one in result.candidates
                ),
            )
            results[number] = self.resolve(
                result.query, admin1=admin1, near=(nearest.lat, nearest.lon)
            )
        return results

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
            return self.row_of(name).place_id
        result = self.resolve(name, admin1=admin1)
        if result.accepted:
            return result.candidates[0].place_id
        if result.candidates:
            raise PlaceAmbiguous(f"{name!r} {result.doubt}")
        near = self.nearest_names(name)
        hint = f"; nearest names: {', '.join(near)}" if near else ""
        raise PlaceNotFound(f"no place named {name!r}{hint}")

    def all_names(self) -> list[str]:
        """Every name of every place, in the order of the files."""
        return list(self._index.texts)

    def nearest_names(self, name: str, count: int = 3) -> list[str]:
        """Known names that are spelled most like a name that was not found."""
        rows = self._index.spelled_like(name[:_LONGEST_SHOWN], count)
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

    def nearest_places(
        self,
        point: tuple[float, float],
        count: int = 1,
        *,
        kinds: Collection[str] = frozenset(),
    ) -> list[Candidate]:
        """
        Places nearest to a point, nearest first.

        Parameters
        ----------
        point
            Latitude and longitude, degrees.
        count
            How many.
        kinds
            Only places of these kinds; of any kind when empty.
        """
        rows = [row for row in self._rows if row.kind in kinds] if kinds else self._rows
        ranked = nsmallest(
            count, rows, key=lambda row: (kilometers(point, (row.lat, row.lon)), row.place_id)
        )
        return [Candidate(*row[:7], 1.0, "nearest", row.admin2, row.admin3) for row in ranked]

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._own or place_id in self._former

    def place(self, place_id: str) -> Candidate:
        """A place by its id, as resolving its own name gives it."""
        row = self._rows[self._number(place_id)]
        return Candidate(*row[:7], 1.0, "exact", row.admin2, row.admin3)

    def position(self, place_id: str) -> tuple[float, float]:
        """Latitude and longitude of a place, degrees."""
        row = self._rows[self._number(place_id)]
        return row.lat, row.lon

    def name_of(self, place_id: str) -> str:
        """English name of a place."""
        return self._rows[self._number(place_id)].name
