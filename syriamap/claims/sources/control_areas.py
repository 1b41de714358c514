"""
Areas of control → claims: who holds the places inside, and the land where no places are.

In come files of shapes (:mod:`.shapes`), of one day or of many; out come claims where a state
begins or changes. A polygon says of every place inside who holds it. What it says of its own edge,
and of land without places, is told at points of its own along the edge and on a grid: without them
a map could only guess the line between the nearest villages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from syriamap.claims.actor_names import Meaning
from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped
from syriamap.claims.sources.shapes import SHAPE_ENDINGS, drawn_in
from syriamap.errors import SourceError, TableError
from syriamap.files.dates import DateColumn, order_decided

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from syriamap.claims.sources.drawn import Drawn

__all__ = ["read_areas"]

_EDGE_KM = 2.0
"""Between two points along an edge; finer bends of it are not followed."""

_ASIDE_KM = 0.4
"""How far inside and outside the edge its points lie: the line is drawn in the middle."""

_GRID_KM = 15.0
"""Land farther than this from places and from other points gets one of its own."""

_KM_A_DEGREE = 111.2
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_SHORT_DAY = re.compile(r"(?<!\d)(\d\d)[-_.](\d\d)[-_.](\d\d)(?!\d)")
_DIGITS_AT_END = re.compile(r"[-_ .]*\d[\d_.-]*$")
_EPOCH_NAME = re.compile(r"(?<!\d)(1[0-9]{9})(?!\d)")


@dataclass(frozen=True)
class _Area:
    """A polygon that somebody holds, or that is fought over."""

    row: int
    name: str
    meaning: Meaning
    shape: BaseGeometry


def read_areas(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """
    Claims for the places of the theater, and for points of their own, that lie in polygons.

    Parameters
    ----------
    path
        A file of shapes, or a folder with a file for each day, the day in its name.
    context
        `day` is the day of the map where no name tells it; `columns["actor"]` names the property
        with the actor; `constants["actor"]` is who holds all polygons; `rest` holds what lies
        outside of them.
    """
    files = _files_of(path, context)
    if context.rest and context.rest not in context.theater.actors.index:
        found = context.actor(context.rest)
        if not found:
            known = ", ".join(map(str, context.theater.actors.index))
            raise SourceError(f"--rest {context.rest!r} is no actor of the theater ({known})")
        context.rest = found
    days: list[tuple[date, Path, list[_Area]]] = []
    for day, file in files:
        areas: list[_Area] = []
        drawn = drawn_in(
            file, context.columns.get("actor", ""), context.reading.sheet, own=context.own_exports
        )
        own_days = _days_of(file, drawn, context)
        for one in drawn:
            told = own_days.get(one.row) or day
            if told is None or (day is None and _polygons_of(one.shape) is not None):
                raise SourceError(f"{file}: polygons have no date; give the day of the map: --date")
            made = _area_of(one, told, context)
            if isinstance(made, _Area):
                areas.append(made)
            elif isinstance(made, list):
                yield from made
            else:
                yield made
        if day is not None:
            days.append((day, file, areas))
    if any(areas for _, _, areas in days):
        yield from _claims_of_days(days, context)


def _files_of(path: Path, context: Context) -> list[tuple[date | None, Path]]:
    """Files with their days, in order."""
    if not path.is_dir():
        zone = context.theater.timezone
        return [(context.day or _day_in(path.stem, zone) or _day_told(path, zone), path)]
    inside = sorted(one for one in path.iterdir() if one.suffix.casefold() in SHAPE_ENDINGS)
    if not inside:
        raise SourceError(f"{path}: no file of shapes in the folder: {', '.join(SHAPE_ENDINGS)}")
    if context.day is not None:
        raise SourceError(f"{path}: of a folder the names tell the days; leave --date out")
    dated = [(_day_in(one.stem, context.theater.timezone), one) for one in inside]
    lost = [one.name for day, one in dated if day is None]
    if lost:
        raise SourceError(
            f"{path}: no day in the name of {', '.join(lost[:5])}; 2024-12-06 or 20241206 would do"
        )
    return [(day, one) for day, one in sorted(dated, key=lambda pair: (str(pair[0]), pair[1]))]


def _day_told(path: Path, zone: str) -> date | None:
    """Day in the name that a collection has inside the file."""
    with path.open("rb") as stream:
        head = stream.read(4000).decode("utf-8", "replace").split('"features"')[0]
    named = re.search(r'"name"\s*:\s*"([^"]*)"', head)
    return _day_in(named[1], zone) if named else None


def _day_in(name: str, zone: str = "UTC") -> date | None:
    """
    Read the day in a file's name.

    >>> _day_in("deepstatemap_data_20251101"), _day_in("Control_25_05_01"), _day_in("map")
    (datetime.date(2025, 11, 1), datetime.date(2025, 5, 1), None)
    """
    for pattern in (_DAY_IN_NAME, _SHORT_DAY):
        if match := pattern.search(name):
            year, month, day = (int(part) for part in match.groups())
            try:
                return date(year + 2000 if year < 100 else year, month, day)
            except ValueError:
                continue
    epoch = _EPOCH_NAME.search(name)
    return DateColumn("name", zone).day(epoch[1]) if epoch else None


def _days_of(file: Path, drawn: Sequence[Drawn], context: Context) -> dict[int, date]:
    """Days that features state themselves, in one order of day and month."""
    column = DateColumn("date", context.theater.timezone)
    for one in drawn:
        column.see(one.row, one.day)
    try:
        order_decided([column], context.reading.dates)
    except TableError as error:
        raise SourceError(f"{file}: {error.value!r} {error.problem}") from error
    found = {one.row: column.day(one.day) for one in drawn if one.day}
    return {row: day for row, day in found.items() if day is not None}


def _area_of(one: Drawn, day: date, context: Context) -> _Area | Unmapped | list[ClaimRow]:
    """What a feature says: an area, a claim about a point, or why it says nothing."""
    names = (context.constants["actor"],) if "actor" in context.constants else one.names
    meaning, name = None, names[0] if names else ""
    for tried in names or ("",):
        meaning = context.meaning(tried, day)
        if meaning is not None:
            name = tried
            break
    shown = name or "; ".join(one.names[:3])
    shape = _polygons_of(one.shape)
    if shape is None:
        if one.shape is not None and one.shape.geom_type == "Point" and meaning is not None:
            return _claims_at_point(one, day, meaning, context)
        kind = one.kind or (one.shape.geom_type if one.shape is not None else "")
        word = {"Point": "a point, not a polygon", "LineString": "a line, not a polygon"}.get(
            kind.removeprefix("Multi"), "not a polygon"
        )
        return Unmapped(one.row, shown, word if meaning is None or not kind else "not a polygon")
    if meaning is None:
        return Unmapped(one.row, shown, "a name of no actor")
    return _Area(one.row, name, meaning, shape)


def _polygons_of(shape: BaseGeometry | None) -> BaseGeometry | None:
    """The polygons in a shape, whatever they are collected in; None when there are none."""
    import shapely

    if shape is None or shape.is_empty:
        return None
    parts = [shape] if not hasattr(shape, "geoms") else list(shape.geoms)
    found = []
    for part in parts:
        if part.geom_type == "Polygon":
            whole = part if part.is_valid else shapely.make_valid(part)
            found.append(shapely.force_2d(whole))
        elif hasattr(part, "geoms"):
            inner = _polygons_of(part)
            if inner is not None:
                found.append(inner)
    return shapely.union_all(found) if found else None


def _claims_at_point(
    one: Drawn, day: date, meaning: Meaning, context: Context
) -> list[ClaimRow] | Unmapped:
    point: Any = one.shape
    name = one.properties.get("name", "") or one.properties.get("place", "")
    place = context.place(one.row, name, repr(point.y), repr(point.x))
    if isinstance(place, Unmapped):
        return place
    base = _base(day, context, f"point {one.row}") | place
    return _claims(meaning, base, ())


def _base(day: date, context: Context, note: str) -> ClaimRow:
    return {
        "event_date": day.isoformat(),
        "date_precision": "day",
        "certainty": "asserted",
        "reported_on": day.isoformat(),
        "note": note,
        **{key: value for key, value in context.constants.items() if key not in {"actor"}},
    }


def _claims(meaning: Meaning, base: ClaimRow, around: Sequence[str]) -> list[ClaimRow]:
    relation = meaning.relation or base.get("relation", "controls")
    actors = meaning.actors or tuple(around[:2])
    if not actors:
        return []
    if relation == "contested":
        return [{**base, "actor": actors[0], "against": "".join(actors[1:2]), "relation": relation}]
    return [{**base, "actor": one, "relation": relation} for one in actors]


# --- days ---------------------------------------------------------------------------------------


def _claims_of_days(
    days: list[tuple[date, Path, list[_Area]]], context: Context
) -> Iterator[ClaimRow | Unmapped]:
    """Go from day to day and say of every place and point what has changed."""
    import numpy as np
    import shapely

    places = context.theater.places
    lats, lons = places["lat"].to_numpy(float), places["lon"].to_numpy(float)
    own = np.empty((0, 2))
    if context.rest:
        own = _own_points([areas for _, _, areas in days], lats, lons, context)
    points = shapely.points([*lons, *own[:, 1]], [*lats, *own[:, 0]])
    tree = shapely.STRtree(points)
    before: list[tuple[Meaning | None, str]] = [(None, "")] * len(points)
    rest = Meaning((context.rest,)) if context.rest else None
    held = Counter(actor for _, _, areas in days for area in areas for actor in area.meaning.actors)
    around = [actor for actor, _ in sorted(held.items(), key=lambda one: (-one[1], one[0]))]
    around += [context.rest] if context.rest and context.rest not in around else []
    around += [] if len(context.theater.actors) != 2 else [
        one for one in map(str, context.theater.actors.index) if one not in around
    ]  # fmt: skip
    for day, file, areas in days:
        state: list[tuple[Meaning | None, str]] = [(rest, "outside all areas")] * len(points)
        overlaps: Counter[tuple[str, str]] = Counter()
        for area in sorted(areas, key=lambda one: (not one.meaning.actors, one.row)):
            shapely.prepare(area.shape)
            inside = tree.query(area.shape, predicate="contains")
            if not len(inside):
                yield Unmapped(area.row, area.name, "no place of the theater lies in it")
            for at in inside.tolist():
                known, note = state[at]
                rivals = note.startswith("area") and known is not None and known != area.meaning
                if rivals and known is not None and known.actors and area.meaning.actors:
                    overlaps[note.split(":")[0], f"area {area.row}"] += 1
                    both = tuple(dict.fromkeys((*known.actors, *area.meaning.actors)))
                    state[at] = Meaning(both, "contested"), f"area {area.row}: overlaps"
                    continue
                state[at] = area.meaning, f"area {area.row}: {area.name}"
        for (one, other), count in sorted(overlaps.items()):
            words = f"{file.name}: {one} and {other} overlap and name different actors"
            context.notes[f"places: {words}; contested there"] += count
        yield from _changes(day, file, before, state, own, around, context)
        before = state


def _changes(  # noqa: PLR0917  (in the order of a day's going through)
    day: date,
    file: Path,
    before: Sequence[tuple[Meaning | None, str]],
    state: Sequence[tuple[Meaning | None, str]],
    own: np.ndarray,
    around: Sequence[str],
    context: Context,
) -> Iterator[ClaimRow]:
    places = context.theater.places
    # maps of many days are of one publisher, whatever the day in the name
    publisher = _DIGITS_AT_END.sub("", file.stem) or file.stem
    title = {"publisher": publisher, "source_title": file.name}
    for at, ((was, _), (now, note)) in enumerate(zip(before, state, strict=True)):
        if now == was:
            continue
        base = {**title, **_base(day, context, note)}
        if at < len(places):
            base["place_id"] = str(places.index[at])
        else:
            lat, lon = own[at - len(places)]
            base |= {
                "place": f"{lat:.4f}, {lon:.4f}",
                "lat": f"{lat:.5f}",
                "lon": f"{lon:.5f}",
                "place_note": "a point of the map's areas",
            }
        if now is None:
            gone = was.actors[0] if was is not None and was.actors else ""
            if gone:
                yield {**base, "actor": gone, "relation": "lost"}
            continue
        yield from _claims(now, base, around)


# --- points of its own --------------------------------------------------------------------------


def _own_points(
    days: list[list[_Area]], lats: np.ndarray, lons: np.ndarray, context: Context
) -> np.ndarray:
    """
    Points along the edges of all areas, on either side, and on land far from any place.

    Points of the outside are needed where somebody holds it; else the edge has inner ones only.
    """
    import numpy as np
    import shapely
    from scipy.spatial import cKDTree

    country = context.theater.boundary
    shapely.prepare(country)
    stretch = math.cos(math.radians(country.centroid.y))
    scale = np.array([_KM_A_DEGREE, _KM_A_DEGREE * stretch])
    edges: list[np.ndarray] = []
    seen: set[bytes] = set()
    for areas in days:
        for area in areas:
            key = shapely.to_wkb(area.shape)
            if key not in seen:
                seen.add(key)
                edges.append(_beside_edge(area.shape, scale))
    found = np.concatenate(edges) if edges else np.empty((0, 2))
    found = found[shapely.contains_xy(country, found[:, 1], found[:, 0])]
    # a day's edge that hardly moved needs no points of its own again
    found = _thinned(found, scale, _ASIDE_KM)
    known = np.concatenate([np.column_stack([lats, lons]), found]) * scale
    held = shapely.union_all([area.shape for areas in days for area in areas])
    wide = country if context.rest else shapely.intersection(country, held)
    grid = _grid_in(wide, scale)
    if len(grid) and len(known):
        far, _ = cKDTree(known).query(grid * scale)
        grid = grid[far > _GRID_KM * 0.7]
    return np.round(np.concatenate([found, grid]), 5)


def _beside_edge(shape: BaseGeometry, scale: np.ndarray) -> np.ndarray:
    """Pairs of points on either side of a polygon's rings, latitude and longitude."""
    import numpy as np
    import shapely

    pairs = []
    for polygon in shapely.get_parts(shape):
        for ring in shapely.get_rings(polygon):
            line = shapely.transform(ring, lambda xy: xy * scale[::-1])
            count = max(int(line.length / _EDGE_KM), 1)
            if line.length < 4 * _ASIDE_KM:
                continue
            along = (np.arange(count) + 0.5) * line.length / count
            here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
            ahead = shapely.get_coordinates(
                shapely.line_interpolate_point(line, np.minimum(along + 0.2, line.length))
            )
            step = ahead - here
            length = np.hypot(*step.T)
            normal = (
                np.column_stack([-step[:, 1], step[:, 0]]) / np.where(length, length, 1)[:, None]
            )
            pairs += [(here + side * _ASIDE_KM * normal) / scale[::-1] for side in (1, -1)]
    return np.concatenate(pairs)[:, ::-1] if pairs else np.empty((0, 2))


def _thinned(points: np.ndarray, scale: np.ndarray, apart: float) -> np.ndarray:
    """Points of which no two lie nearer than a distance; the first of them stays."""
    import numpy as np
    from scipy.spatial import cKDTree

    if not len(points):
        return points
    keep = np.ones(len(points), dtype=bool)
    for one, other in sorted(cKDTree(points * scale).query_pairs(apart)):
        if keep[one]:
            keep[other] = False
    return points[keep]


def _grid_in(shape: BaseGeometry, scale: np.ndarray) -> np.ndarray:
    import numpy as np
    import shapely

    if shape.is_empty:
        return np.empty((0, 2))
    west, south, east, north = shape.bounds
    lat = np.arange(south, north, _GRID_KM / scale[0]) + _GRID_KM / scale[0] / 2
    lon = np.arange(west, east, _GRID_KM / scale[1]) + _GRID_KM / scale[1] / 2
    points = np.array([(y, x) for y in lat for x in lon])
    if not len(points):
        return np.empty((0, 2))
    shapely.prepare(shape)
    return points[shapely.contains_xy(shape, points[:, 1], points[:, 0])]
