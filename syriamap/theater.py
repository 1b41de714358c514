"""
A theater folder, read and checked: everything about one war that is not a claim.

In comes a folder (see ``docs/theater.md`` for each file), out goes one frozen :class:`Theater`.
Tables are read at once and every complaint about them is raised together; geometry is read when
first asked for. Nothing about any particular war is in the code.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap._tables import parse_date, read_table, warn
from syriamap.errors import Complaint, TheaterError, complaint_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["PLACE_COLUMNS", "Theater", "default_folder", "read_theater"]

PLACE_COLUMNS = (
    "place_id", "name", "name_ar", "kind", "lat", "lon", "admin1", "population", "source",
    "source_id",
)  # fmt: skip
"""Columns of ``places.csv``; the first of them is the index of :attr:`Theater.places`."""

_ACTOR_COLUMNS = (
    "actor_id", "name", "name_ar", "short", "color", "pattern", "side", "valid_from", "valid_to",
    "successor",
)  # fmt: skip
_STANCE_COLUMNS = ("side_a", "side_b", "stance", "valid_from", "valid_to")
_PUBLISHER_COLUMNS = ("publisher", "reliability", "side", "independence_group")
_ASSERTER_COLUMNS = ("asserted_by", "side", "independence_group", "reliability")
_NAME_COLUMNS = ("place_id", "name", "lang", "source")
_STANCES = ("hostile", "neutral", "allied")
_GRADES = ("A", "B", "C", "D", "E", "F")
_KNOWN_KEYS = {
    "id", "title", "timezone", "metric_crs", "equal_area_crs", "bounds", "attribution", "border",
    "engine",
}  # fmt: skip
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_WGS84 = "EPSG:4326"


@dataclass(frozen=True)
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
        Index `place_id`; columns `name, name_ar, kind, lat, lon, admin1, population, source,
        source_id`. Absent text is empty, absent population 0.
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

    @cached_property
    def _borders(self) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
        return _read_borders(self.folder / "boundary.geojson")

    @cached_property
    def boundary(self) -> BaseGeometry:
        """Outline of the country as it is mapped, EPSG:4326."""
        return self._border()[1]

    @cached_property
    def border_statement(self) -> str:
        """Which outline is drawn, one sentence to be printed on every map."""
        stated = str(self._border()[0].get("statement") or "").strip()
        return stated or f"Outline of {self.title} as in the theater folder; no position is taken."

    @property
    def boundary_variants(self) -> tuple[str, ...]:
        """Names of the outlines that can be asked for besides the default."""
        return tuple(
            str(properties["variant"])
            for properties, _ in self._borders
            if properties.get("variant") and not _is_area_only(properties)
        )

    def _border(self) -> tuple[Mapping[str, Any], BaseGeometry]:
        for properties, geometry in self._borders:
            if (properties.get("variant") or "") == self.border_variant:
                return properties, geometry
        known = ", ".join(self.boundary_variants) or "none"
        path = self.folder / "boundary.geojson"
        if not self.border_variant:
            raise TheaterError(f"{path}: no feature without `variant`; one is the default outline")
        raise TheaterError(f"{path}: no border variant {self.border_variant!r}; there are: {known}")

    @cached_property
    def water(self) -> gpd.GeoDataFrame:
        """Rivers and lakes, EPSG:4326; columns `name, kind` (river or lake), `barrier`."""
        return self._layer("water.geojson", ("name", "kind", "barrier"))

    @cached_property
    def admin1(self) -> gpd.GeoDataFrame:
        """Governorates, EPSG:4326; columns `name, name_ar, iso`."""
        return self._layer("admin1.geojson", ("name", "name_ar", "iso"))

    @cached_property
    def neighbors(self) -> gpd.GeoDataFrame:
        """Countries around, EPSG:4326; columns `name, name_ar`."""
        return self._layer("neighbors.geojson", ("name", "name_ar"))

    @cached_property
    def roads(self) -> gpd.GeoDataFrame:
        """Roads, EPSG:4326; columns `name, kind`."""
        return self._layer("roads.geojson", ("name", "kind"))

    @cached_property
    def disputed(self) -> gpd.GeoDataFrame:
        """Disputed border lines, EPSG:4326; columns `name, statement`."""
        return self._layer("disputed.geojson", ("name", "statement"))

    def _layer(self, file: str, columns: Sequence[str]) -> gpd.GeoDataFrame:
        import geopandas as gpd
        import shapely

        path = self.folder / file
        features = _read_features(path) if path.exists() else []
        rows = [
            {column: feature["properties"].get(column) for column in columns} for feature in features
        ]
        frame = pd.DataFrame(rows, columns=list(columns)).astype(object)
        frame = frame.where(frame.notna(), "")
        geometry = [_geometry(feature["geometry"], path) for feature in features]
        return gpd.GeoDataFrame(frame, geometry=np.array(geometry, dtype=object), crs=_WGS84) if (
            features
        ) else gpd.GeoDataFrame(frame, geometry=shapely.points(np.empty((0, 2))), crs=_WGS84)

    @cached_property
    def _stances_by_pair(self) -> dict[frozenset[str], list[tuple[Any, Any, str]]]:
        table: dict[frozenset[str], list[tuple[Any, Any, str]]] = {}
        for row in self.stances.itertuples(index=False):
            pair = frozenset((str(row.side_a), str(row.side_b)))
            table.setdefault(pair, []).append((row.valid_from, row.valid_to, str(row.stance)))
        return table

    def side_of(self, actor: str) -> str:
        """
        Camp of an actor; an actor that the theater does not list is a camp of its own.

        Parameters
        ----------
        actor
            An actor id.
        """
        return str(self.actors.at[actor, "side"]) if actor in self.actors.index else actor

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


def default_folder() -> Path:
    """
    Folder of the theater that ships with the package: Syria.

    A wheel carries the data inside the package; an editable install or a checkout has it beside
    the package. This is the one place that knows of both.
    """
    packed = Path(str(resources.files("syriamap"))) / "_gazetteer" / "syria"
    checkout = Path(__file__).resolve().parent.parent / "gazetteer" / "syria"
    for folder in (packed, checkout):
        if (folder / "theater.toml").is_file():
            return folder
    raise TheaterError("the theater of Syria is missing from this installation; install it again")


def read_theater(folder: str | Path | None = None, *, border: str = "") -> Theater:
    """
    Read and check a theater folder.

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
    config = _read_config(root / "theater.toml")
    complaints: list[Complaint] = []
    places = _read_places(root / "places.csv", complaints)
    actors = _read_actors(root / "actors.csv", complaints)
    theater = Theater(
        folder=root,
        **config,
        border_variant=border,
        places=places,
        actors=actors,
        names=_read_names(root / "names.csv", places, complaints),
        stances=_read_stances(root / "stances.csv", actors, complaints),
        publishers=_read_speakers(root / "publishers.csv", _PUBLISHER_COLUMNS, complaints),
        asserters=_read_speakers(root / "asserters.csv", _ASSERTER_COLUMNS, complaints),
    )
    if complaints:
        raise TheaterError(complaint_list(complaints))
    if border:
        theater._border()  # an unknown variant is an error now, not when the map is drawn
    return theater


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TheaterError(f"{path}: not readable as TOML: {error}") from error
    missing = [
        key
        for key in ("id", "title", "timezone", "metric_crs", "equal_area_crs", "bounds")
        if key not in config
    ]
    if missing:
        raise TheaterError(f"{path}: keys missing: {', '.join(missing)}")
    unknown = sorted(set(config) - _KNOWN_KEYS)
    if unknown:
        warn(f"{path}: keys not used: {', '.join(unknown)}")
    texts = ("id", "title", "timezone", "metric_crs", "equal_area_crs")
    for key in texts:
        if not isinstance(config[key], str) or not config[key].strip():
            raise TheaterError(f"{path}: {key} = {config[key]!r} is not a text")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", config["id"]):
        problem = "may hold letters, digits, - and _ (it names the output file)"
        raise TheaterError(f"{path}: id = {config['id']!r} {problem}")
    for key in ("metric_crs", "equal_area_crs"):
        _check_crs(path, key, config[key])
    attribution = config.get("attribution", [])
    return {
        **{key: config[key].strip() for key in texts},
        "bounds": _check_bounds(path, config["bounds"]),
        "attribution": tuple(map(str, attribution if isinstance(attribution, list) else [attribution])),
        "settings": dict(config.get("engine", {})),
    }


def _check_crs(path: Path, key: str, text: str) -> None:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise TheaterError(f"{path}: {key} = {text!r} is no CRS: EPSG:22770 would be one") from error
    if not crs.is_projected:
        raise TheaterError(f"{path}: {key} = {text!r} is in degrees; a projected CRS in meters would do")


def _check_bounds(path: Path, bounds: Any) -> tuple[float, float, float, float]:
    problem = f"{path}: bounds = {bounds!r}; [west, south, east, north] in degrees would do"
    try:
        west, south, east, north = (float(number) for number in bounds)
    except (TypeError, ValueError) as error:
        raise TheaterError(problem) from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise TheaterError(problem)
    return west, south, east, north


def _read_places(path: Path, complaints: list[Complaint]) -> pd.DataFrame:
    frame, own = read_table(path, required=("place_id", "name", "kind", "lat", "lon"),
                            optional=PLACE_COLUMNS)  # fmt: skip
    complaints += own
    complaints += _key_complaints(path, frame, "place_id")
    for column in ("name", "kind"):
        complaints += _empty_complaints(path, frame, column)
    for column, limit in (("lat", 90.0), ("lon", 180.0), ("population", 1e9)):
        texts = frame[column]
        numbers = pd.to_numeric(texts.where(texts != "", "0"), errors="coerce")
        bad = numbers.isna() | ~np.isfinite(numbers) | (numbers.abs() > limit)
        if column != "population":
            bad |= texts == ""
        problem = f"is no {'number of people' if column == 'population' else 'coordinate in degrees'}"
        complaints += [
            Complaint(str(path), int(row), column, str(texts[row]), problem)
            for row in frame.index[bad]
        ]
        frame[column] = numbers.astype(float)
    if frame.empty and not own:
        complaints.append(Complaint(str(path), 0, "", "", "has no places"))
    if not complaints:
        frame["population"] = frame["population"].astype("int64")
    return frame.set_index("place_id")


def _read_names(path: Path, places: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in _NAME_COLUMNS})
    frame, own = read_table(path, required=("place_id", "name"), optional=_NAME_COLUMNS)
    complaints += own
    unknown = frame.index[~frame["place_id"].isin(places.index)]
    complaints += [
        Complaint(str(path), int(row), "place_id", frame.at[row, "place_id"], "is not in places.csv")
        for row in unknown
    ]
    complaints += _empty_complaints(path, frame, "name")
    return frame.reset_index(drop=True)


def _read_actors(path: Path, complaints: list[Complaint]) -> pd.DataFrame:
    frame, own = read_table(path, required=("actor_id", "name", "color", "side"),
                            optional=_ACTOR_COLUMNS)  # fmt: skip
    complaints += own
    complaints += _key_complaints(path, frame, "actor_id")
    for column in ("name", "side"):
        complaints += _empty_complaints(path, frame, column)
    for row, color in frame["color"].items():
        if not _COLOR.fullmatch(str(color)):
            problem = "is no color; #rrggbb would do, like #c51b2b"
            complaints.append(Complaint(str(path), int(str(row)), "color", str(color), problem))
    known = set(frame["actor_id"])
    for row, successor in frame["successor"].items():
        if successor and successor not in known:
            problem = "is not an actor_id of this file"
            complaints.append(Complaint(str(path), int(str(row)), "successor", successor, problem))
    frame["short"] = frame["short"].where(frame["short"] != "", frame["name"])
    _read_interval(path, frame, complaints)
    if frame.empty and not own:
        complaints.append(Complaint(str(path), 0, "", "", "has no actors"))
    return frame.set_index("actor_id")


def _read_stances(path: Path, actors: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in _STANCE_COLUMNS})
    frame, own = read_table(path, required=("side_a", "side_b", "stance"), optional=_STANCE_COLUMNS)
    complaints += own
    sides = set(actors["side"])
    for row in frame.index:
        for column in ("side_a", "side_b"):
            if frame.at[row, column] not in sides:
                problem = f"is no side of actors.csv; there are {', '.join(sorted(sides))}"
                complaints.append(
                    Complaint(str(path), int(row), column, frame.at[row, column], problem)
                )
        if frame.at[row, "stance"] not in _STANCES:
            problem = f"is no stance; {', '.join(_STANCES)} would do"
            complaints.append(
                Complaint(str(path), int(row), "stance", frame.at[row, "stance"], problem)
            )
    _read_interval(path, frame, complaints)
    return frame.reset_index(drop=True)


def _read_speakers(
    path: Path, columns: Sequence[str], complaints: list[Complaint]
) -> pd.DataFrame:
    """Read publishers or asserters: who speaks, for which side, how reliably."""
    if not path.exists():
        empty = pd.DataFrame({column: pd.Series(dtype=object) for column in columns})
        return empty.set_index(columns[0])
    frame, own = read_table(path, required=columns[:1], optional=columns)
    complaints += own
    complaints += _key_complaints(path, frame, columns[0])
    for row, grade in frame["reliability"].items():
        if grade and grade not in _GRADES:
            problem = f"is no Admiralty grade; one of {', '.join(_GRADES)} would do"
            complaints.append(Complaint(str(path), int(str(row)), "reliability", grade, problem))
    return frame.set_index(columns[0])


def _read_interval(path: Path, frame: pd.DataFrame, complaints: list[Complaint]) -> None:
    for column in ("valid_from", "valid_to"):
        days = []
        for row, text in frame[column].items():
            day = parse_date(text) if text else None
            if text and day is None:
                problem = "is no date; YYYY-MM-DD would do"
                complaints.append(Complaint(str(path), int(str(row)), column, text, problem))
            days.append(np.datetime64(day, "s") if day else np.datetime64("NaT", "s"))
        frame[column] = pd.Series(np.array(days, dtype="datetime64[s]"), index=frame.index)
    for row in frame.index[frame["valid_from"] > frame["valid_to"]]:
        value = str(frame.at[row, "valid_to"])[:10]
        complaints.append(Complaint(str(path), int(row), "valid_to", value, "lies before valid_from"))


def _key_complaints(path: Path, frame: pd.DataFrame, column: str) -> list[Complaint]:
    repeated = frame.index[frame[column].duplicated() & (frame[column] != "")]
    return _empty_complaints(path, frame, column) + [
        Complaint(str(path), int(row), column, frame.at[row, column], "stands twice")
        for row in repeated
    ]


def _empty_complaints(path: Path, frame: pd.DataFrame, column: str) -> list[Complaint]:
    return [
        Complaint(str(path), int(row), column, "", "is empty")
        for row in frame.index[frame[column] == ""]
    ]


def _read_features(path: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = document["features"] if document["type"] == "FeatureCollection" else [document]
        return [
            {"properties": feature.get("properties") or {}, "geometry": feature["geometry"]}
            for feature in features
            if feature.get("geometry")
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TheaterError(f"{path}: not readable as GeoJSON: {error}") from error


def _geometry(mapping: Mapping[str, Any], path: Path) -> BaseGeometry:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        return shape(mapping)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise TheaterError(f"{path}: a geometry cannot be read: {error}") from error


def _is_area_only(properties: Mapping[str, Any]) -> bool:
    return bool(properties.get("part_of"))


def _read_borders(path: Path) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
    import shapely

    borders = []
    for feature in _read_features(path):
        geometry = _geometry(feature["geometry"], path)
        if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
            raise TheaterError(f"{path}: {geometry.geom_type} is no outline; a Polygon would do")
        if not geometry.is_valid:
            reason = shapely.is_valid_reason(geometry)
            raise TheaterError(f"{path}: an outline crosses itself ({reason}); mend it, then retry")
        borders.append((feature["properties"], geometry))
    if not borders:
        raise TheaterError(f"{path}: no outline in it")
    return borders
