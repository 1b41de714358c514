"""
Several dates in one file: each row with the days on which it held, `valid_from` to `valid_to`.

In come maps of consecutive dates, out go features. Territory is cut into atoms, pieces that no
line of any date crosses; atoms with the same holder over the same days are one row again. So the
rows of any day are that day's territory, a valid coverage, and nothing is stored once per day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from syriamap.export.features import (
    EVENT_FIELDS,
    PLACE_FIELDS,
    geometry_features,
    point_features,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    import pandas as pd

    from syriamap.theater import Theater

__all__ = ["DatedMap", "series_features"]

_KEY = ("actor", "leaning", "status")
_PLACE_STATE = ("actor", "leaning", "status")


class DatedMap(Protocol):
    """What a series is made of; :class:`syriamap.Build` is one."""

    @property
    def date(self) -> dt.date:
        """Day of the map."""

    @property
    def theater(self) -> Theater:
        """Gives the CRS for areas."""

    @property
    def territory(self) -> gpd.GeoDataFrame:
        """Areas, metric CRS."""

    @property
    def frontline(self) -> gpd.GeoDataFrame:
        """Lines, metric CRS."""

    @property
    def states(self) -> pd.DataFrame:
        """State of every place."""

    @property
    def events(self) -> pd.DataFrame:
        """Events of the last days."""


def series_features(maps: Sequence[DatedMap]) -> list[dict[str, Any]]:
    """
    Features of several dates, in order of layer and time.

    Parameters
    ----------
    maps
        Maps of one theater, one for each day, in order.

    Returns
    -------
    list
        GeoJSON features; territory, lines and places have `valid_from` and `valid_to`, both
        inclusive. Confidence changes from day to day and is left out.
    """
    import pandas as pd

    span = ("valid_from", "valid_to")
    territory = _territory_intervals(maps)
    lines = _line_intervals(maps)
    places = _place_intervals(maps)
    fields = tuple(name for name in PLACE_FIELDS if name not in {"confidence", "since"})
    events = pd.concat([one.events for one in maps]).drop_duplicates("event_id", keep="last")
    events = events.sort_values(["event_date", "event_id"])
    features = geometry_features("territory", territory, (*_KEY, "area_km2", *span))
    features += geometry_features(
        "frontline", lines, ("actor_a", "actor_b", "kind", "length_km", *span)
    )
    features += point_features("place", places, (*fields, *span))
    return features + point_features("event", events, EVENT_FIELDS)


def _runs(history: Iterable[Any]) -> list[tuple[Any, int, int]]:
    """Values with the first and the last index at which each stood."""
    found: list[tuple[Any, int, int]] = []
    for index, value in enumerate(history):
        if found and found[-1][0] == value:
            found[-1] = (value, found[-1][1], index)
        else:
            found.append((value, index, index))
    return found


def _territory_intervals(maps: Sequence[DatedMap]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import shapely

    days = [one.date.isoformat() for one in maps]
    rings = {one.wkb: one.boundary for map_ in maps for one in map_.territory.geometry}
    # to the centimeter: the same corner of two days is one point
    lines = shapely.union_all(list(rings.values()), grid_size=0.01)
    atoms = np.asarray(shapely.get_parts(shapely.polygonize([lines])), dtype=object)
    points = shapely.point_on_surface(atoms)
    history = np.full((len(atoms), len(maps)), -1)
    keys: dict[tuple[str, ...], int] = {}
    for day, one in enumerate(maps):
        area, atom = one.territory.sindex.query(points, predicate="within")[::-1]
        rows = list(zip(*(one.territory[name].astype(str) for name in _KEY), strict=True))
        numbers = np.array([keys.setdefault(row, len(keys)) for row in rows])
        history[atom, day] = numbers[area]
    pieces: dict[tuple[int, int, int], list[int]] = {}
    for atom in range(len(atoms)):
        for key, first, last in _runs(history[atom].tolist()):
            if key >= 0:
                pieces.setdefault((first, last, key), []).append(atom)
    names = list(keys)
    rows_out = []
    for (first, last, key), own in sorted(pieces.items()):
        row = dict(zip(_KEY, names[key], strict=True))
        rows_out.append({**row, "valid_from": days[first], "valid_to": days[last],
                         "geometry": shapely.coverage_union_all(atoms[own])})  # fmt: skip
    frame = gpd.GeoDataFrame(rows_out, crs=maps[0].territory.crs)
    areas = frame.geometry.to_crs(maps[0].theater.equal_area_crs).area / 1e6
    return frame.assign(area_km2=areas.round(3))


def _line_intervals(maps: Sequence[DatedMap]) -> gpd.GeoDataFrame:
    """Lines between two actors, for as long as they do not move."""
    import geopandas as gpd

    days = [one.date.isoformat() for one in maps]
    pairs: dict[tuple[str, str], list[tuple[bytes, str, float] | None]] = {}
    shapes = {}
    for day, one in enumerate(maps):
        for row in one.frontline.itertuples(index=False):
            pair = pairs.setdefault((str(row.actor_a), str(row.actor_b)), [None] * len(maps))
            shape: Any = row.geometry
            shapes[shape.wkb] = shape
            pair[day] = (shape.wkb, str(row.kind), float(str(row.length_km)))
    rows = []
    for (actor_a, actor_b), history in sorted(pairs.items()):
        for value, first, last in _runs(history):
            if value is not None:
                wkb, kind, length = value
                rows.append({"actor_a": actor_a, "actor_b": actor_b, "kind": kind,
                             "length_km": length, "valid_from": days[first],
                             "valid_to": days[last], "geometry": shapes[wkb]})  # fmt: skip
    if not rows:
        return gpd.GeoDataFrame(geometry=[], crs=maps[0].territory.crs)
    return gpd.GeoDataFrame(rows, crs=maps[0].territory.crs)


def _place_intervals(maps: Sequence[DatedMap]) -> pd.DataFrame:
    import pandas as pd

    days = [one.date.isoformat() for one in maps]
    history: dict[str, list[tuple[Any, ...] | None]] = {}
    latest: dict[str, dict[str, Any]] = {}
    for day, one in enumerate(maps):
        for row in one.states.to_dict("records"):
            place = str(row["place_id"])
            state = (*(row[name] for name in _PLACE_STATE), bool(row["evidence"]))
            history.setdefault(place, [None] * len(maps))[day] = state
            latest[place] = {str(key): value for key, value in row.items()}
    rows = []
    for place, states in history.items():
        for state, first, last in _runs(states):
            if state is not None:
                values = dict(zip((*_PLACE_STATE, "evidence"), state, strict=True))
                span = {"valid_from": days[first], "valid_to": days[last]}
                rows.append({**latest[place], **values, **span})
    return pd.DataFrame(rows)
