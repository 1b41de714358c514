"""
Areas of control → claims: who holds the places inside, and the land where no places are.

In come files of shapes (:mod:`.shapes`), of one day or of many; out come claims where a state
begins or changes: of every place inside a polygon, and of the polygon itself, which is kept as an
area (:mod:`syriamap.theater.drawn_areas`), so that its edge and land without places are right too.
"""

from __future__ import annotations

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
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from syriamap.claims.sources.drawn import Drawn

__all__ = ["read_areas"]

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
        by_day: dict[date, list[_Area]] = {} if day is None else {day: []}
        drawn = drawn_in(
            file, context.columns.get("actor", ""), context.reading.sheet, own=context.own_exports
        )
        own_days = _days_of(file, drawn, context)
        for one in drawn:
            told = own_days.get(one.row) or day
            if told is None:
                raise SourceError(f"{file}: polygons have no date; give the day of the map: --date")
            made = _area_of(one, told, context)
            if isinstance(made, _Area):
                by_day.setdefault(day or told, []).append(made)
            elif isinstance(made, list):
                yield from made
            else:
                yield made
        # a file may be a map of one day, or of as many as its polygons state
        days += [(one, file, areas) for one, areas in sorted(by_day.items())]
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

_SLIVER = 0.0005
"""Degrees; of a day's changes strips less wide than twice this are left out: a line redrawn."""

_RIND = 0.02
"""Degrees; strips less wide than twice this, between an area and the border, are nobody's."""

_ROUNDED = 1e-6
"""Degrees to which areas are rounded, so that edges drawn twice are one."""

_COARSE = 0.01
"""Degrees by which the outline of the country is simplified for what lies outside all areas."""

_Layers = dict[Meaning, "_Layer"]


@dataclass(frozen=True)
class _Layer:
    """All that one actor holds, or that is fought over by the same, on a day."""

    shape: BaseGeometry
    note: str


def _claims_of_days(
    days: list[tuple[date, Path, list[_Area]]], context: Context
) -> Iterator[ClaimRow | Unmapped]:
    """Go from day to day and say of every place, and of the land, what has changed."""
    import shapely

    places = context.theater.places
    points: list[Any] = [
        shapely.Point(lon, lat) for lat, lon in zip(places["lat"], places["lon"], strict=True)
    ]
    tree = shapely.STRtree(points)
    country = _country_of(context)
    before: list[Meaning | None] = [None] * len(points)
    layers_before: _Layers = {}
    around = _around(days, context)
    for day, file, areas in days:
        for area in areas:
            if not shapely.intersects(area.shape, country):
                turned = shapely.transform(area.shape, lambda xy: xy[:, ::-1])
                hint = "; are lat and lon exchanged?" if turned.intersects(country) else ""
                yield Unmapped(area.row, area.name, f"outside the theater{hint}")
        layers = _layers_of(file, areas, country, context)
        state: list[Meaning | None] = [None] * len(points)
        for meaning, layer in layers.items():
            for at in tree.query(layer.shape, predicate="contains").tolist():
                state[at] = meaning
        # maps of many days are of one publisher, whatever the day in the name
        publisher = _DIGITS_AT_END.sub("", file.stem) or file.stem
        title = {"publisher": publisher, "source_title": file.name}
        for at, (was, now) in enumerate(zip(before, state, strict=True)):
            if now != was:
                note = layers[now].note if now is not None else "outside all areas"
                base = {**title, **_base(day, context, note), "place_id": str(places.index[at])}
                yield from _change(was, now, base, around)
        for was, now, shape in _changed_ground(layers_before, layers):
            note = layers[now].note if now is not None else "outside all areas"
            name = f"{file.stem}: {note}"[:120]
            area_id = context.add_area(shape, name)
            base = {**title, **_base(day, context, note), "area_id": area_id, "place": name}
            yield from _change(was, now, base, around)
        before, layers_before = state, layers


def _around(days: Iterable[tuple[date, Path, list[_Area]]], context: Context) -> list[str]:
    """Who fights for an area of which only that is said: those who hold most, in order."""
    held = Counter(actor for _, _, areas in days for area in areas for actor in area.meaning.actors)
    around = [actor for actor, _ in sorted(held.items(), key=lambda one: (-one[1], one[0]))]
    around += [context.rest] if context.rest and context.rest not in around else []
    known = list(map(str, context.theater.actors.index))
    around += [one for one in known if one not in around] if len(known) == 2 else []
    return around


def _country_of(context: Context) -> BaseGeometry:
    """The country with a margin, coarse: what is drawn outside of it is of no use."""
    import shapely

    coarse = shapely.simplify(context.theater.boundary, _COARSE)
    return shapely.buffer(coarse, 2 * _COARSE, join_style="mitre")


def _layers_of(
    file: Path, areas: Sequence[_Area], country: BaseGeometry, context: Context
) -> _Layers:
    """Lay the areas of a day beside one another: who holds what, no ground twice."""
    import shapely

    layers: _Layers = {}
    for area in sorted(areas, key=lambda one: (not one.meaning.actors, one.row)):
        shape = shapely.set_precision(shapely.intersection(area.shape, country), _ROUNDED)
        note = f"area {area.row}: {area.name}".rstrip(": ")
        for meaning, layer in list(layers.items()):
            if meaning == area.meaning or not shapely.intersects(layer.shape, shape):
                continue
            common = _polygons_of(shapely.intersection(layer.shape, shape))
            if common is None:
                continue
            layers[meaning] = _Layer(shapely.difference(layer.shape, common), layer.note)
            if meaning.actors and area.meaning.actors:
                shape = shapely.difference(shape, common)
                if shapely.buffer(common, -_SLIVER).is_empty:  # edges drawn a little differently
                    layers[meaning] = layer
                    continue
                both = tuple(dict.fromkeys((*meaning.actors, *area.meaning.actors)))
                words = f"{layer.note.split(':')[0]} and {note.split(':')[0]} overlap"
                context.notes[
                    f"overlaps: {file.name}: {words} and name different actors; contested there"
                ] += 1
                _put(layers, Meaning(both, "contested"), common, f"{note.split(':')[0]}: overlaps")
        _put(layers, area.meaning, shape, note)
    if context.rest:
        ground = shapely.union_all([layer.shape for layer in layers.values()])
        outside = _without_rind(shapely.difference(country, ground), country)
        _put(layers, Meaning((context.rest,)), outside, "outside all areas")
    return layers


def _without_rind(outside: BaseGeometry, country: BaseGeometry) -> BaseGeometry:
    """
    What lies outside all areas, without the strips between them and the border of the country.

    A map and an outline draw a coast differently; nobody holds the strip between the two.
    """
    import shapely

    inner = shapely.buffer(outside, -_RIND, join_style="mitre")
    whole = shapely.buffer(inner, _RIND, join_style="mitre")
    strips = [
        one
        for one in shapely.get_parts(shapely.difference(outside, whole))
        if shapely.dwithin(one, country.boundary, 3 * _RIND)
    ]
    return shapely.difference(outside, shapely.union_all(strips)) if strips else outside


def _put(layers: _Layers, meaning: Meaning, shape: BaseGeometry, note: str) -> None:
    import shapely

    whole = _polygons_of(shape)
    if whole is None:
        return
    if meaning in layers:
        note = layers[meaning].note
        whole = shapely.union(layers[meaning].shape, whole)
    layers[meaning] = _Layer(whole, note)


def _changed_ground(
    before: _Layers, layers: _Layers
) -> Iterator[tuple[Meaning | None, Meaning | None, BaseGeometry]]:
    """Ground that changed hands since the day before: who held it, who does, and its shape."""
    import shapely

    for meaning, layer in layers.items():
        left: BaseGeometry | None = layer.shape
        for former, its in before.items():
            part = None if left is None else _opened(shapely.intersection(left, its.shape))
            if part is not None and former != meaning:
                yield former, meaning, part
            left = _polygons_of(shapely.difference(left, its.shape)) if left is not None else None
        gained = _opened(left) if before and left is not None else left
        if gained is not None:
            yield None, meaning, gained
    now = shapely.union_all([layer.shape for layer in layers.values()])
    for meaning, layer in before.items():
        lost = _opened(shapely.difference(layer.shape, now))
        if lost is not None:
            yield meaning, None, lost


def _opened(shape: BaseGeometry) -> BaseGeometry | None:
    """A shape without its slivers; None when nothing is left."""
    import shapely

    inner = shapely.buffer(shape, -_SLIVER, join_style="mitre")
    return _polygons_of(shapely.buffer(inner, _SLIVER, join_style="mitre"))


def _change(
    was: Meaning | None, now: Meaning | None, base: ClaimRow, around: Sequence[str]
) -> Iterator[ClaimRow]:
    """
    Claims of a place or an area that changed hands.

    Where a map gives to one what the day before it gave to another, that one captured it:
    `controls` alone would stand against the map of the day before.
    """
    if now is None:
        if was is not None and was.actors:
            yield {**base, "actor": was.actors[0], "relation": "lost"}
        return
    for claim in _claims(now, base, around):
        taken = was is not None and len(was.actors) == 1 and not was.relation
        if taken and was is not None and len(now.actors) == 1 and claim["relation"] == "controls":
            claim |= {"relation": "captured", "against": was.actors[0]}
        yield claim
