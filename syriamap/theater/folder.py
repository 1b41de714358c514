"""
A theater folder, read and checked: everything about one war that is not a claim.

In comes a folder (see ``docs/theater.md`` for each file), out goes one frozen :class:`Theater`.
Tables are read at once and every complaint about them is raised together; geometry is read when
first asked for. Nothing about any particular war is in the code.
"""

from __future__ import annotations

import hashlib
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.errors import Complaint, TheaterError, complaint_list
from syriamap.files import warn
from syriamap.theater.drawn_areas import OwnArea, points_in_drawn, read_own_areas
from syriamap.theater.extent import crs_complaints
from syriamap.theater.former_names import FormerNames
from syriamap.theater.geojson import read_layer, read_outlines
from syriamap.theater.shipped import default_folder
from syriamap.theater.tables import (
    ASSERTER_COLUMNS,
    PLACE_COLUMNS,
    PUBLISHER_COLUMNS,
    REGION_COLUMNS,
    read_actor_names,
    read_actors,
    read_aliases,
    read_config,
    read_former_ids,
    read_names,
    read_places,
    read_speakers,
    read_stances,
    read_voices,
    read_wordlist,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from datetime import date

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["PLACE_COLUMNS", "Theater", "default_folder", "read_theater", "tables_of_folder"]


@dataclass(frozen=True, repr=False)
class Theater:
    """
    One war's places, actors, borders and base layers.

    Attributes
    ----------
    folder
        Where it was read from.
    id, title, timezone
        As in ``theater.toml``.
    metric_crs, equal_area_crs
        Names of the CRS for computing in meters and for areas in km².
    bounds
        West, south, east, north in degrees.
    attribution
        What the licences of the data ask to have printed, one sentence each.
    border_variant
        Name of the border variant that was chosen; empty for the default.
    places
        Index `place_id`; columns `name, name_ar, kind, lat, lon, admin1, admin2, admin3, pcode,
        population, source, source_id`. Absent text is empty, a population not known NaN.
    names
        Alternative names: `place_id, name, lang, source`.
    actors
        Index `actor_id`; columns `name, name_ar, short, color, pattern, side, valid_from,
        valid_to, successor`; dates are NaT where the interval is open.
    stances
        `side_a, side_b, stance, valid_from, valid_to`; pairs that are not listed are hostile.
    publishers
        Index `publisher`; columns `reliability, side, independence_group`.
    asserters
        Index `asserted_by`; columns `side, independence_group, reliability`: who speaks, where a
        claim names its speaker.
    settings
        The table ``[engine]`` of ``theater.toml``, empty when there is none.
    called
        `names` and `demonyms` of ``theater.toml``: how texts call the country and its people.
    peoples
        `peoples` of ``theater.toml``: names of peoples that texts use for forces too.
    feminine
        `feminine` of ``theater.toml``: Arabic names of actors whose verb is feminine.
    arabic
        The table ``[arabic]``: `title`, `border_NAME` and the table `sides` in Arabic.
    sides
        The table ``[sides]``: names of sides for readers.
    capitals
        `place_id` of the places that a report names first, as ``theater.toml`` lists them.
    accuracy
        How well maps of this theater did when they were measured, one sentence; empty if not.
    actor_names
        Former names of actors: `actor_id, name, name_ar, short, valid_from, valid_to`.
    aliases
        How texts name actors: `alias, actor_id, valid_from, valid_to, note`.
    speakers
        How texts name those who speak: `alias, speaker, asserted_by`.
    regions
        Names of areas that are no place of their own: `name, kind`.
    own_areas
        Areas that came along with tables of claims, by `area_id`; see :meth:`with_areas_of`.
    """

    folder: Path
    id: str
    title: str
    timezone: str
    metric_crs: str
    equal_area_crs: str
    bounds: tuple[float, float, float, float]
    attribution: tuple[str, ...]
    border_variant: str
    places: pd.DataFrame
    names: pd.DataFrame
    actors: pd.DataFrame
    stances: pd.DataFrame
    publishers: pd.DataFrame
    asserters: pd.DataFrame
    settings: Mapping[str, Any] = field(default_factory=dict)
    arabic: Mapping[str, Any] = field(default_factory=dict)
    sides: Mapping[str, Any] = field(default_factory=dict)
    capitals: tuple[str, ...] = ()
    accuracy: str = ""
    called: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    feminine: tuple[str, ...] = ()
    actor_names: pd.DataFrame = field(default_factory=pd.DataFrame)
    aliases: pd.DataFrame = field(default_factory=pd.DataFrame)
    speakers: pd.DataFrame = field(default_factory=pd.DataFrame)
    regions: pd.DataFrame = field(default_factory=pd.DataFrame)
    own_areas: Mapping[str, OwnArea] = field(default_factory=dict)

    def __repr__(self) -> str:
        """One line; the tables tell the rest."""
        return f"<Theater {self.id}: {len(self.places):,} places, {len(self.actors):,} actors>"

    def with_areas_of(self, tables: Iterable[object]) -> Theater:
        """
        Give the theater with the areas that stand beside tables of claims.

        ``NAME-areas.geojson`` beside ``NAME.csv`` has those that the table speaks of.

        Parameters
        ----------
        tables
            Paths; what is no path of a file brings no areas.

        Raises
        ------
        TheaterError
            If such a file cannot be read, or an area bears the id of another one.
        """
        found = read_own_areas(tables, self.own_areas)
        if found.keys() == self.own_areas.keys():
            return self
        if taken := sorted(found.keys() & self._base_areas.keys()):
            raise TheaterError(f"{taken[0]!r} is an area of the theater already; rename yours")
        return replace(self, own_areas=found)

    @cached_property
    def borders(self) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """Outlines of ``boundary.geojson``, EPSG:4326: properties and shape of each."""
        return read_outlines(self.folder / "boundary.geojson")

    def remember(self, layers: Mapping[str, Any]) -> None:
        """
        Take :attr:`borders` and base layers that were read before, so that no file is read again.

        Parameters
        ----------
        layers
            Names of attributes and what they are.
        """
        self.__dict__.update(layers)

    @cached_property
    def boundary(self) -> BaseGeometry:
        """Outline of the country as it is mapped, EPSG:4326."""
        return self._border()[1]

    @cached_property
    def border_statement(self) -> str:
        """Which outline is drawn, one sentence to be printed on every map."""
        stated = str(self._border()[0].get("statement") or "").strip()
        return stated or f"Outline of {self.title} as in the theater folder; no position is taken."

    def title_in(self, language: str) -> str:
        """Title in a language; as the theater has it where it has none in that one."""
        return str((language == "ar" and self.arabic.get("title")) or self.title)

    def side_in(self, side: str, language: str) -> str:
        """Name of a side in a language; its id where it has none."""
        arabic = self.arabic.get("sides", {}).get(side) if language == "ar" else ""
        return str(arabic or self.sides.get(side) or side)

    def border_in(self, language: str) -> str:
        """Give :attr:`border_statement` in a language, where the theater has it in that one."""
        key = f"border_{self.border_variant or 'default'}"
        return str((language == "ar" and self.arabic.get(key)) or self.border_statement)

    @property
    def boundary_variants(self) -> tuple[str, ...]:
        """Names of the outlines that can be asked for besides the default."""
        return tuple(
            str(properties["variant"])
            for properties, _ in self.borders
            if properties.get("variant") and not properties.get("part_of")
        )

    def _border(self) -> tuple[dict[str, Any], BaseGeometry]:
        for properties, geometry in self.borders:
            if (properties.get("variant") or "") == self.border_variant:
                return properties, geometry
        path = self.folder / "boundary.geojson"
        raise TheaterError(f"{path}: no feature without `variant`; one is the default outline")

    @cached_property
    def water(self) -> gpd.GeoDataFrame:
        """Rivers and lakes, EPSG:4326; columns `name, kind` (river or lake), `barrier`."""
        return read_layer(self.folder / "water.geojson", ("name", "kind", "barrier"))

    @cached_property
    def admin1(self) -> gpd.GeoDataFrame:
        """Governorates, EPSG:4326; columns `name, name_ar, iso, pcode`."""
        return read_layer(self.folder / "admin1.geojson", ("name", "name_ar", "iso", "pcode"))

    @cached_property
    def admin2(self) -> gpd.GeoDataFrame:
        """Districts, EPSG:4326; columns `area_id, name, name_ar, admin1`."""
        columns = ("area_id", "name", "name_ar", "admin1")
        return read_layer(self.folder / "admin2.geojson", columns)

    @cached_property
    def neighbors(self) -> gpd.GeoDataFrame:
        """Countries around, EPSG:4326; columns `name, name_ar`."""
        return read_layer(self.folder / "neighbors.geojson", ("name", "name_ar"))

    @cached_property
    def cities_around(self) -> gpd.GeoDataFrame:
        """Cities of the countries around, EPSG:4326, the largest first; columns `name, name_ar`."""
        return read_layer(self.folder / "cities_around.geojson", ("name", "name_ar"))

    @cached_property
    def roads(self) -> gpd.GeoDataFrame:
        """Roads, EPSG:4326; columns `name, kind`."""
        return read_layer(self.folder / "roads.geojson", ("name", "kind"))

    @cached_property
    def disputed(self) -> gpd.GeoDataFrame:
        """Disputed border lines, EPSG:4326; columns `name, statement`."""
        return read_layer(self.folder / "disputed.geojson", ("name", "statement"))

    @cached_property
    def areas(self) -> dict[str, BaseGeometry]:
        """
        Areas that claims can speak of, by `area_id`.

        Governorates, districts, ``areas.geojson``, and what came along with tables of claims. A
        feature's id is its property `area_id`, else its `name`.
        """
        own = {name: area.shape for name, area in self.own_areas.items()}
        return {**self._base_areas, **own}

    @cached_property
    def drawn_points(self) -> dict[str, tuple[float, float]]:
        """Points on land without places that hear what is said of drawn areas: id → lat, lon."""
        if not self.own_areas:
            return {}
        degrees = self.places[["lat", "lon"]].to_numpy(dtype=float)
        return points_in_drawn(self.own_areas, degrees, self.boundary)

    def degrees_of(self, ids: Sequence[str]) -> NDArray[np.float64]:
        """Latitude and longitude of places and drawn points, (N, 2); NaN of all others."""
        drawn = self.drawn_points
        found = self.places.reindex(list(ids))[["lat", "lon"]].to_numpy(dtype=float, copy=True)
        for row, place in enumerate(ids):
            if place in drawn:
                found[row] = drawn[place]
        return found

    @cached_property
    def _base_areas(self) -> dict[str, BaseGeometry]:
        own = read_layer(self.folder / "areas.geojson", ("name", "area_id"))
        columns = ["name", "area_id", "geometry"]
        layers = [self.admin1.assign(area_id="")[columns], self.admin2[columns], own]
        return {
            str(area_id or name): shape
            for layer in layers
            for name, area_id, shape in zip(
                layer["name"], layer["area_id"], layer.geometry, strict=True
            )
            if (area_id or name) and shape.geom_type in {"Polygon", "MultiPolygon"}
        }

    @property
    def claim_files(self) -> tuple[Path, ...]:
        """Claims files that the theater brings along, by name: ``claims/*.csv``."""
        return tuple(sorted((self.folder / "claims").glob("*.csv")))

    @cached_property
    def place_ids(self) -> tuple[str, ...]:
        """Ids of all places, in the order of the table."""
        return tuple(map(str, self.places.index))

    @cached_property
    def asserter_rows(self) -> dict[Hashable, dict[Hashable, Any]]:
        """Row of each speaker in the table of asserters, by name."""
        return self.asserters.to_dict("index")

    @cached_property
    def publisher_rows(self) -> dict[Hashable, dict[Hashable, Any]]:
        """Row of each publisher, by name."""
        return self.publishers.to_dict("index")

    @cached_property
    def places_by_area(self) -> dict[str, tuple[str, ...]]:
        """
        Ids of the places inside each of :attr:`areas`.

        Land that an outline of the country leaves out (the Golan) is in none: who speaks of a
        governorate does not speak of it. :attr:`drawn_points` are in all areas that they lie in,
        and drawn areas have all that lies in them.
        """
        import numpy as np
        import shapely

        drawn = self.drawn_points
        lats = [*self.places["lat"], *(lat for lat, _ in drawn.values())]
        lons = [*self.places["lon"], *(lon for _, lon in drawn.values())]
        tree = shapely.STRtree(np.asarray(shapely.points(lons, lats), dtype=object).reshape(-1))
        ids = (*self.place_ids, *drawn)
        undisputed = np.ones(len(ids), dtype=bool)
        for properties, outline in self.borders:
            if not properties.get("part_of"):
                inside = np.zeros(len(ids), dtype=bool)
                inside[tree.query(outline, predicate="contains")] = True
                undisputed &= inside
        found = {}
        for name, shape in self.areas.items():
            rows = np.sort(tree.query(shape, predicate="contains"))
            if not (name in self.own_areas and self.own_areas[name].drawn):
                rows = rows[undisputed[rows]]
            found[name] = tuple(ids[row] for row in rows.tolist())
        return found

    @cached_property
    def _sides(self) -> dict[str, str]:
        return {str(actor): str(side) for actor, side in self.actors["side"].items()}

    @cached_property
    def _stances_by_pair(self) -> dict[frozenset[str], list[tuple[Any, Any, str]]]:
        table: dict[frozenset[str], list[tuple[Any, Any, str]]] = {}
        for row in self.stances.itertuples(index=False):
            pair = frozenset((str(row.side_a), str(row.side_b)))
            table.setdefault(pair, []).append((row.valid_from, row.valid_to, str(row.stance)))
        return table

    def named_for(self, first: date, last: date) -> Theater:
        """
        Give the theater with its actors called as they were from one day to another.

        An actor that changed its name in these days bears all of them, in their order. The theater
        is otherwise the same, and whoever reads texts or claims takes the one that was read.

        Parameters
        ----------
        first, last
            The days of a map or a page.
        """
        plain: Theater = self.__dict__.get("_unnamed", self)
        names = tuple(
            (actor, called)
            for actor, former in plain._former_names.items()
            if (called := former.called(first, last))
        )
        if not names:
            return plain
        if names not in plain._named:
            actors = plain.actors.copy()
            for actor, called in names:
                actors.loc[actor, ["name", "name_ar", "short"]] = list(called)
            made = copy(plain)
            made.__dict__.update(actors=actors, _unnamed=plain)
            plain._named[names] = made
        return plain._named[names]

    @cached_property
    def _former_names(self) -> dict[str, FormerNames]:
        """Former names of each actor that has any, with the one it bears since."""
        if self.actor_names.empty:
            return {}
        since = self.actors.to_dict("index")
        return {
            str(actor): FormerNames(own, since[str(actor)])
            for actor, own in self.actor_names.groupby("actor_id", sort=True)
        }

    @cached_property
    def _named(self) -> dict[tuple[tuple[str, tuple[str, str, str]], ...], Theater]:
        """Copies of this theater by the former names in them."""
        return {}

    @cached_property
    def local_actors(self) -> frozenset[str]:
        """Actors that hold single sites among their allies (`local_actors` of `[engine]`)."""
        return frozenset(map(str, self.settings.get("local_actors", ())))

    def side_of(self, actor: str) -> str:
        """
        Camp of an actor; an actor that the theater does not list is a camp of its own.

        Parameters
        ----------
        actor
            An actor id.
        """
        return self._sides.get(actor, actor)

    def stance(self, actor_a: str, actor_b: str, day: date) -> str:
        """
        How two actors stand to each other on a day: `hostile`, `neutral` or `allied`.

        Actors of one side are allied; sides that ``stances.csv`` does not list are hostile.
        """
        side_a, side_b = self.side_of(actor_a), self.side_of(actor_b)
        if side_a == side_b:
            return "allied"
        when = pd.Timestamp(day)
        for start, end, stance in self._stances_by_pair.get(frozenset((side_a, side_b)), ()):
            if (pd.isna(start) or start <= when) and (pd.isna(end) or when <= end):
                return stance
        return "hostile"

    def digest(self) -> str:
        """Hash of all files of the folder but the claims: equal folders give equal maps."""
        total = hashlib.sha256(self.border_variant.encode())
        for path in sorted(self.folder.glob("*.*")):
            if path.suffix in {".csv", ".toml", ".geojson"}:
                total.update(path.name.encode() + b"\0" + path.read_bytes())
        return total.hexdigest()


def read_theater(folder: str | Path | None = None, *, border: str = "") -> Theater:
    """
    Read and check a theater folder, with the areas that stand beside its own claims.

    Parameters
    ----------
    folder
        The folder; the shipped one of Syria when not given. Only ``theater.toml``,
        ``places.csv``, ``actors.csv`` and ``boundary.geojson`` are required.
    border
        Name of a border variant in ``boundary.geojson``; the default outline when empty.

    Raises
    ------
    TheaterError
        With every complaint about the folder's tables at once.
    """
    root = default_folder() if folder is None else Path(folder)
    if not root.is_dir():
        raise TheaterError(f"{root}: no such theater folder")
    missing = [
        name
        for name in ("theater.toml", "places.csv", "actors.csv", "boundary.geojson")
        if not (root / name).is_file()
    ]
    if missing:
        raise TheaterError(f"{root}: not a theater folder: {', '.join(missing)} missing")
    if (root / "area_claims.csv").exists():
        warn(
            f"{root / 'area_claims.csv'} is not read any more: claims about areas stand in "
            "claims/*.csv, `area` as `place`"
        )
    config = read_config(root / "theater.toml")
    complaints: list[Complaint] = []
    tables = _tables(root, complaints)
    theater = Theater(folder=root, **config, border_variant=border, **tables)
    lost = [place for place in theater.capitals if place not in theater.places.index]
    expected = "a place_id of places.csv"
    complaints += [
        Complaint(str(root / "theater.toml"), 0, "capitals", place, expected) for place in lost
    ]
    if complaints:
        raise TheaterError(complaint_list(complaints))
    if border and border not in theater.boundary_variants:
        known = ", ".join(theater.boundary_variants) or "none"
        path = root / "boundary.geojson"
        raise TheaterError(f"{path}: no border variant {border!r}; there are: {known}")
    if unfit := crs_complaints(theater):
        raise TheaterError(complaint_list(unfit))
    return theater.with_areas_of(theater.claim_files)


def _tables(root: Path, complaints: list[Complaint]) -> dict[str, Any]:
    """All tables of a folder by their attribute; what is wrong is added to `complaints`."""
    places = read_places(root / "places.csv", complaints)
    actors = read_actors(root / "actors.csv", complaints)
    read_former_ids(root / "former_ids.csv", places, complaints)  # whose reader is the resolver
    return {
        "places": places,
        "actors": actors,
        "names": read_names(root / "names.csv", places, complaints),
        "stances": read_stances(root / "stances.csv", actors, complaints),
        "publishers": read_speakers(root / "publishers.csv", PUBLISHER_COLUMNS, complaints),
        "asserters": read_speakers(root / "asserters.csv", ASSERTER_COLUMNS, complaints),
        "actor_names": read_actor_names(root / "actor_names.csv", actors, complaints),
        "aliases": read_aliases(root / "actor_aliases.csv", actors, complaints),
        "speakers": read_voices(root / "speakers.csv", complaints),
        "regions": read_wordlist(root / "regions.csv", REGION_COLUMNS, complaints),
    }


def tables_of_folder(folder: Path) -> str:
    """
    Every complaint about the tables of a folder, as text; empty when there is none.

    Parameters
    ----------
    folder
        A theater folder, whatever else is wrong with it.
    """
    complaints: list[Complaint] = []
    _tables(folder, complaints)
    return complaint_list(complaints) if complaints else ""
