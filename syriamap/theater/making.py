"""
A new theater folder from what is at hand: a list of places, an outline, names of actors.

In come a GeoNames country file, a table of p-coded communities or any other table or layer of
points, and any layer of polygons; out goes a folder that :mod:`.folder` reads. Its CRS are chosen
for the country, and how far they are off is told.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from syriamap.errors import DocumentError, TableError, TheaterError
from syriamap.files import Reading, atomic_path, neutral_cell, parse_number, sheet_of
from syriamap.files.coordinates import parse_degrees
from syriamap.files.records import column_key
from syriamap.files.tabular import column_places
from syriamap.files.vector_layers import layer_in_degrees
from syriamap.theater.extent import area_error, chosen_crs, scale_error
from syriamap.theater.gazetteer_dump import dump_rows, kind_by_people, script_of
from syriamap.theater.tables import PLACE_COLUMNS, is_color

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["PALETTE", "NewActor", "NewTheater", "made_theater", "parse_actor"]

PALETTE = (
    "#C51B2B", "#2B6FB0", "#3E9C57", "#E0A800", "#6D0E8C", "#E87E39", "#0096A3", "#8A5A2B",
    "#D45D9B", "#5C6B73",
)  # fmt: skip
"""Colors for actors that are given none, far apart for color-blind readers too."""

_PLACE_NAMES: dict[str, tuple[str, ...]] = {
    "place_id": ("id", "geonameid", "osm_id"),
    "name": ("name_en", "name:en", "place", "place name", "town", "settlement", "admin4name_en",
             "adm4_en", "admin4name", "locality", "featurenam", "featurename", "asciiname", "title",
             "adm3_en", "admin3name_en", "adm3_name"),
    "name_ar": ("name:ar", "admin4name_ar", "adm4_ar", "arabic name", "featurear"),
    "kind": ("type", "fclass", "place_type", "featuretype", "category"),
    "lat": ("latitude", "y", "latitude_y", "point_y", "ycoord"),
    "lon": ("lng", "long", "longitude", "x", "longitude_x", "point_x", "xcoord"),
    "admin1": ("governorate", "province", "state", "adm1_en", "admin1name_en", "admin1name",
               "adm1_name"),
    "admin2": ("district", "adm2_en", "admin2name_en", "admin2name", "adm2_name"),
    "admin3": ("subdistrict", "adm3_en", "admin3name_en", "admin3name", "adm3_name"),
    "pcode": ("p-code", "adm4_pcode", "admin4pcode", "place pcode", "cod_v_code", "adm3_pcode",
              "admin3pcode"),
    "population": ("pop", "population_total", "est_pop"),
    "source_id": (),
}  # fmt: skip
_KINDS = {
    "capital": "city", "national_capital": "city", "city": "city", "town": "town",
    "village": "village", "hamlet": "hamlet", "suburb": "district", "neighbourhood": "district",
    "neighborhood": "district", "locality": "village", "isolated_dwelling": "hamlet",
}  # fmt: skip
_BESIDE = 0.05
"""Degrees that a place may lie outside the outline: ports, crossings, coarse coasts."""

_ROUNDED = 6

_THOUSANDS = re.compile(r"[,\s\u00a0\u202f']")

_USUAL = 0.2
"""Share of the places that must have a name in a script for such names to be taken along."""


@dataclass(frozen=True)
class NewActor:
    """An actor as the command line names it: id, name, color, side."""

    actor_id: str
    name: str
    color: str = ""
    side: str = ""


@dataclass(frozen=True)
class NewTheater:
    """
    What a new theater is made of.

    Attributes
    ----------
    id, title
        Its id, which names output files, and its title.
    places
        GeoNames country or postal file, or a table or layer of points.
    outline
        A layer of polygons.
    actors
        At least one.
    country
        Name or code that chooses among the features of the outline, where it has several countries.
    water, admin
        Layers of rivers and lakes, and of governorates.
    timezone
        Name of the time zone; that of most GeoNames places when empty.
    attribution
        Sentences to be printed on the map.
    sheet
        Sheet of a workbook of places.
    """

    id: str
    title: str
    places: Path
    outline: Path
    actors: tuple[NewActor, ...]
    country: str = ""
    water: Path | None = None
    admin: Path | None = None
    timezone: str = ""
    attribution: tuple[str, ...] = ()
    sheet: str = ""


@dataclass
class _Places:
    rows: list[dict[str, Any]] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    source: str = ""


def parse_actor(text: str) -> NewActor:
    """
    Read an actor: ``ID=NAME``, then a color and a side, if wanted.

    >>> parse_actor("saf=Sudanese Armed Forces,#C51B2B,government")
    NewActor(actor_id='saf', name='Sudanese Armed Forces', color='#C51B2B', side='government')
    """
    actor_id, _, rest = text.partition("=")
    parts = [part.strip() for part in rest.split(",")]
    color = next((part for part in parts[1:] if part.startswith("#")), "")
    side = next((part for part in parts[1:] if part and not part.startswith("#")), "")
    actor_id = actor_id.strip()
    if not re.fullmatch(r"[A-Za-z0-9_-]+", actor_id) or (color and not is_color(color)):
        raise TheaterError(
            f"--actor {text!r}: ID=NAME[,#rrggbb][,SIDE] would do, like saf='Sudanese Armed Forces'"
        )
    return NewActor(actor_id, parts[0] or actor_id, color, side)


def _refuse_slips(asked: NewTheater) -> None:
    """Say what would make a folder that cannot be read, before anything is."""
    ids = [actor.actor_id for actor in asked.actors]
    if twice := [one for one, count in Counter(ids).items() if count > 1]:
        raise TheaterError(f"--actor {twice[0]}: is there twice; each side has an id of its own")
    if asked.timezone and asked.timezone not in available_timezones():
        near = get_close_matches(asked.timezone, available_timezones(), n=1)
        hint = f"; nearest: {near[0]}" if near else ""
        raise TheaterError(f"--timezone {asked.timezone!r}: no such zone, like Africa/Cairo{hint}")


def made_theater(asked: NewTheater, folder: Path) -> str:  # noqa: C901  (a file after the other)
    """
    Make a theater folder; tells in words what is in it and how far its CRS are off.

    Parameters
    ----------
    asked
        What it is made of.
    folder
        Where to; it must not exist, or be empty.

    Raises
    ------
    TheaterError
        If something of it cannot be read; nothing is left behind.
    """
    _refuse_slips(asked)
    if folder.exists() and any(folder.iterdir()):
        raise TheaterError(f"{folder}: is there already; give another folder: -o DIR")
    if not asked.actors:
        raise TheaterError("no actor; give each: --actor ID=NAME[,#rrggbb][,SIDE]")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", asked.id):
        raise TheaterError(f"id {asked.id!r} may hold letters, digits, - and _")
    outline = _outline_of(asked)
    places = _places_of(asked)
    admin = _admin_of(asked)
    kept, dropped = _inside(places, outline)
    if not kept:
        raise TheaterError(f"{asked.places}: none of its {dropped} places lies in the outline")
    if admin is not None:
        _fill_admin1(kept, admin)
    files = {
        "places.csv": _csv_text(PLACE_COLUMNS, kept),
        "names.csv": _names_text(places, {row["place_id"] for row in kept}),
        "actors.csv": _actors_text(asked.actors),
        "boundary.geojson": _features_text(
            [({"name": asked.title, "statement": f"Outline from {asked.outline.name}; no position "
               "is taken."}, outline)]
        ),
    }  # fmt: skip
    if admin is not None:
        files["admin1.geojson"] = _features_text(admin)
    if asked.water is not None:
        files["water.geojson"] = _water_text(asked.water, outline)
    metric, equal_area = chosen_crs(outline)
    zones = Counter(one for row in kept if (one := places.zones.get(row["place_id"])))
    zone = asked.timezone or (zones.most_common(1)[0][0] if zones else "UTC")
    files["theater.toml"] = _toml_text(asked, zone, metric, equal_area, outline, places.source)
    for name, text in files.items():
        if text:
            with atomic_path(folder / name) as temporary:
                temporary.write_text(text, encoding="utf-8")
    (folder / "claims").mkdir(exist_ok=True)
    flat, globe, off = area_error(outline, equal_area)
    lines = [
        f"{len(kept)} places"
        + (f" ({dropped} outside the outline left out)" if dropped else "")
        + f", {len(asked.actors)} actors, {globe:,.0f} km²",
        f"metric_crs {metric}: lengths off by at most {scale_error(outline, metric):.2%}",
        f"equal_area_crs {equal_area}: {flat:,.0f} km², {off:+.4%}",
    ]
    if not asked.timezone:
        lines.append(f"timezone {zone}" + ("" if zones else ": give yours with --timezone"))
    return "\n".join(lines)


# --- outlines -----------------------------------------------------------------------------------


def _layer(path: Path) -> gpd.GeoDataFrame:
    if not path.exists():
        raise TheaterError(f"{path}: no such file")
    try:
        frame = layer_in_degrees(path)
    except DocumentError as error:
        raise TheaterError(f"{path}: {error}") from error
    if frame.empty:
        raise TheaterError(f"{path}: no shapes in it")
    return frame


def _outline_of(asked: NewTheater) -> BaseGeometry:
    import numpy as np
    import shapely

    frame = _layer(asked.outline)
    if asked.country:
        wanted = asked.country.casefold()
        texts = frame.drop(columns=frame.geometry.name).astype(str)
        chosen = (
            (texts.apply(lambda column: column.str.casefold()) == wanted).to_numpy().any(axis=1)
        )
        if not chosen.any():
            raise TheaterError(f"{asked.outline}: no feature has a value {asked.country!r}")
        frame = frame.iloc[np.flatnonzero(chosen)]
    shapes = [one for one in frame.geometry if one is not None and "Polygon" in one.geom_type]
    if not shapes:
        raise TheaterError(f"{asked.outline}: no polygon in it; lines are no outline")
    whole = shapely.union_all([one if one.is_valid else shapely.make_valid(one) for one in shapes])
    parts = [one for one in shapely.get_parts(whole) if one.geom_type == "Polygon"]
    outline = shapely.set_precision(shapely.MultiPolygon(parts), 10.0**-_ROUNDED)
    west, _south, east, _north = outline.bounds
    if east - west > 180:
        raise TheaterError(
            f"{asked.outline}: spans {west:.6g}° to {east:.6g}°: it crosses the antimeridian, "
            "which is not supported, or holds many countries: choose one with --country"
        )
    outline = shapely.segmentize(outline, 0.2)
    single = shapely.get_parts(outline)
    return single[0] if len(single) == 1 else outline


def _admin_of(asked: NewTheater) -> list[tuple[dict[str, str], BaseGeometry]] | None:
    if asked.admin is None:
        return None
    frame = _layer(asked.admin)
    columns = {str(one).casefold(): one for one in frame.columns}

    def first(*names: str) -> str:
        return next((str(columns[name]) for name in names if name in columns), "")

    name = first("name", "shapename", "adm1_en", "adm1_name", "name_1", "admin1name_en", "name_en")
    code = first("iso", "iso_3166_2", "shapeiso", "adm1_pcode", "admin1pcode", "hasc_1", "gid_1")
    arabic = first("name_ar", "adm1_ar", "admin1name_ar")
    if not name:
        shown = ", ".join(columns)
        raise TheaterError(f"{asked.admin}: no column `name` or `ADM1_EN`; there are: {shown}")
    made = []
    for _, row in frame.iterrows():
        shape = row[str(frame.geometry.name)]
        if shape is None or "Polygon" not in shape.geom_type:
            continue
        title = str(row[name])
        slug = re.sub(r"\W+", "-", title).strip("-")
        properties = {"name": title, "iso": str(row[code] if code else slug)}
        if arabic and row[arabic]:
            properties["name_ar"] = str(row[arabic])
        made.append((properties, shape))
    return made


def _fill_admin1(
    rows: list[dict[str, Any]], admin: list[tuple[dict[str, str], BaseGeometry]]
) -> None:
    """Give every place the code of the governorate that it lies in."""
    import shapely

    tree = shapely.STRtree([shape for _, shape in admin])
    points = shapely.points([(row["lon"], row["lat"]) for row in rows])
    at, unit = tree.query_nearest(points, all_matches=False)
    for place, number in zip(at.tolist(), unit.tolist(), strict=True):
        rows[place]["admin1"] = admin[number][0]["iso"]


def _water_text(path: Path, outline: BaseGeometry) -> str:
    import shapely

    found = []
    near = outline.buffer(0.1)
    shapely.prepare(near)
    for _, row in _layer(path).iterrows():
        shape = row.geometry
        if shape is None or not shapely.intersects(near, shape):
            continue
        kind = "lake" if "Polygon" in shape.geom_type else "river"
        name = next((str(row[one]) for one in ("name", "NAME", "name_en") if row.get(one)), "")
        found.append(({"name": name, "kind": kind}, shapely.intersection(near, shape)))
    return _features_text(found) if found else ""


# --- places -------------------------------------------------------------------------------------


def _places_of(asked: NewTheater) -> _Places:
    dump = dump_rows(asked.places)
    if dump is not None:
        made = _Places(source=dump.source)
        made.rows, made.names, made.zones = dump.rows, dump.names, dump.zones
        return made
    return _places_of_table(asked)


def _places_of_table(asked: NewTheater) -> _Places:
    path: Any = asked.places
    if path.suffix.casefold() in {".geojson", ".json", ".shp", ".gpkg", ".kml", ".zip"}:
        frame = _layer(path)
        frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
        path = frame.set_geometry(frame.geometry.representative_point())
    made = _Places(source=asked.places.name)
    try:
        sheet = sheet_of(
            path, Reading(sheet=asked.sheet), names=_PLACE_NAMES, needed=("name", "lat", "lon"),
            name=str(asked.places),
        )  # fmt: skip
        at = column_places(sheet, _PLACE_NAMES)
        missing = [one for one in ("name", "lat", "lon") if one not in at]
        if missing:
            shown = ", ".join(filter(None, sheet.header))
            raise TheaterError(
                f"{asked.places}: columns missing: {', '.join(missing)}; found {shown}"
            )
        records = list(sheet.records())
    except TableError as error:
        where = f"row {error.row}: " if error.row else ""
        raise TheaterError(f"{asked.places}: {where}{error.problem}") from error
    if not records:
        raise TheaterError(f"{asked.places}: has a header and no row; a place a row would do")
    known = {column_key(one) for one in _PLACE_NAMES["name"]}
    others = [
        place
        for place, one in enumerate(sheet.header)
        if column_key(one) in known and place not in at.values()
    ]
    taken: set[str] = set()
    bad: list[str] = []
    for number, cells in records:
        row: dict[str, Any] = {name: cells[place] for name, place in at.items()}
        lat, lon = parse_degrees(row["lat"], "lat"), parse_degrees(row["lon"], "lon")
        row["name"] = row["name"] or next(filter(None, (cells[one] for one in others)), "")
        if not row["name"] or lat is None or lon is None:
            bad.append(f"row {number}: {row['name']!r} at {row['lat']!r}, {row['lon']!r}")
            continue
        people = parse_number(_THOUSANDS.sub("", str(row.get("population", "")))) or 0
        row |= {"lat": lat, "lon": lon, "population": int(people) or ""}
        row["kind"] = _kind(str(row.get("kind", "")), people)
        wanted = row.get("place_id") or row.get("pcode") or _slug(row["name"])
        row["place_id"] = _unique(str(wanted), taken)
        row["source"] = asked.places.stem
        made.rows.append(row)
    if bad:
        shown = "; ".join(bad[:5])
        raise TheaterError(f"{asked.places}: {len(bad)} rows without name or point: {shown}")
    return made


def _kind(written: str, people: float) -> str:
    known = _KINDS.get("_".join(written.casefold().split()))
    if known:
        return known
    if written and not written.isdigit():
        return "_".join(written.casefold().split())
    return kind_by_people(people)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "place"


def _unique(wanted: str, taken: set[str]) -> str:
    made, number = wanted, 1
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    taken.add(made)
    return made


def _inside(places: _Places, outline: BaseGeometry) -> tuple[list[dict[str, Any]], int]:
    """
    Places in the outline or just beside it, and how many are left out.

    Beside it, as on a coast that is drawn roughly, lie places of neighbors too: where codes tell
    the country, only those of the country that most places inside are of.
    """
    import shapely

    points = shapely.points([(row["lon"], row["lat"]) for row in places.rows])
    shapely.prepare(outline)
    inside = shapely.intersects(outline, points)
    near = shapely.dwithin(outline, points, _BESIDE)
    own = Counter(_country_of(row) for row, is_in in zip(places.rows, inside, strict=True) if is_in)
    country = own.most_common(1)[0][0] if own else ""
    kept = [
        row
        for row, is_in, is_near in zip(places.rows, inside, near, strict=True)
        if is_in or (is_near and _country_of(row) in {"", country})
    ]
    return kept, len(places.rows) - len(kept)


def _country_of(row: dict[str, Any]) -> str:
    """Country that a code of ISO 3166-2 begins with, empty where there is no such code."""
    found = re.match(r"[A-Z]{2}(?=-)", str(row.get("admin1", "")))
    return found[0] if found else ""


# --- files --------------------------------------------------------------------------------------


def _csv_text(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            [
                repr(value) if isinstance(value, float) else neutral_cell(str(value))
                for value in (row.get(column, "") for column in columns)
            ]
        )
    return stream.getvalue()


def _names_text(places: _Places, kept: set[str]) -> str:
    named = [one for one in places.names if one[0] in kept]
    scripts = Counter(script for _, script in {(one[0], script_of(one[1])) for one in named})
    usual = {"LATIN", *(one for one, count in scripts.items() if count >= _USUAL * len(kept))}
    rows = [
        {"place_id": place, "name": name, "lang": lang, "source": places.source}
        for place, name, lang in named
        if script_of(name) in usual
    ]
    return _csv_text(("place_id", "name", "lang", "source"), rows) if rows else ""


def _actors_text(actors: Sequence[NewActor]) -> str:
    from syriamap.look.symbols import definition

    patterns = ["none", *(one for one in definition()["tiles"] if one != "none")]
    colors = [one for one in PALETTE if one not in {actor.color for actor in actors}]
    rows = []
    for number, actor in enumerate(actors):
        color = actor.color or colors.pop(0) if actor.color or colors else PALETTE[0]
        rows.append(
            {
                "actor_id": actor.actor_id,
                "name": actor.name,
                "color": color,
                "pattern": patterns[number % len(patterns)],
                "side": actor.side or actor.actor_id,
            }
        )
    return _csv_text(("actor_id", "name", "color", "pattern", "side"), rows)


def _features_text(features: Iterable[tuple[dict[str, str], BaseGeometry]]) -> str:
    import shapely

    made = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": json.loads(
                shapely.to_geojson(shapely.set_precision(shape, 10.0**-_ROUNDED))
            ),
        }
        for properties, shape in features
    ]
    document = {"type": "FeatureCollection", "features": made}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _toml_text(  # noqa: PLR0917  (in the order of the file)
    asked: NewTheater,
    zone: str,
    metric: str,
    equal_area: str,
    outline: BaseGeometry,
    source: str,
) -> str:
    west, south, east, north = outline.bounds
    bounds = [
        max(round(west - 0.1, 2), -180), max(round(south - 0.1, 2), -90),
        min(round(east + 0.1, 2), 180), min(round(north + 0.1, 2), 90),
    ]  # fmt: skip
    told = asked.attribution or (f"Places: {source}.", f"Outline: {asked.outline.name}.")
    values = {
        "id": asked.id,
        "title": asked.title,
        "timezone": zone,
        "metric_crs": metric,
        "equal_area_crs": equal_area,
        "bounds": bounds,
        "attribution": list(told),
    }
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()
    )
