"""
Several dates in one file: each row with the days on which it held, `valid_from` to `valid_to`.

`valid_to` is the first day on which it holds no more, as programs with a time slider have it: they
compare moments, and the end of a day is the beginning of the next.

In come maps of consecutive dates, out go features. Territory is cut into atoms, pieces that no
line of any date crosses; atoms with the same holder over the same days are one row again. So the
rows of any day are that day's territory, a valid coverage, and nothing is stored once per day.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.export.features import geometry_features, point_features
from syriamap.export.fields import described
from syriamap.history.atoms import atoms_from_territories
from syriamap.history.days import histories, intervals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import geopandas as gpd
    import pandas as pd

    from syriamap.history.days import MapOfDay

__all__ = ["series_features"]

_KEY = ("actor", "leaning", "status", "doubt")


def series_features(maps: Sequence[MapOfDay]) -> list[dict[str, Any]]:
    """
    Features of several dates, in order of layer and time.

    Parameters
    ----------
    maps
        Maps of one theater, one for each day, in order.

    Returns
    -------
    list
        GeoJSON features; territory, lines and places have `valid_from`, and `valid_to`, the first
        day on which they hold no more. Confidence changes from day to day and is left out.
    """
    import pandas as pd

    theater = maps[-1].theater
    events = pd.concat([one.events for one in maps]).drop_duplicates("event_id", keep="last")
    events = events.sort_values(["event_date", "event_id"])
    features = []
    for layer, frame in (
        ("territory", _territory_intervals(maps)),
        ("frontline", _line_intervals(maps)),
    ):
        features += geometry_features(layer, described(frame, theater, layer), series=True)
    for layer, rows in (("place", _place_intervals(maps)), ("event", events)):
        features += point_features(layer, described(rows, theater, layer), series=True)
    return features


def _spans(maps: Sequence[MapOfDay]) -> Callable[[int, int], dict[str, str]]:
    """First day and the day after the last; with a step, the next day that was looked at."""
    days = [one.date for one in maps]
    ends = [*days[1:], days[-1] + dt.timedelta(days=1)]

    def span(first: int, last: int) -> dict[str, str]:
        return {"valid_from": days[first].isoformat(), "valid_to": ends[last].isoformat()}

    return span


def _territory_intervals(maps: Sequence[MapOfDay]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import shapely

    span = _spans(maps)
    theater = maps[0].theater
    atoms = atoms_from_territories([one.territory for one in maps], theater)
    pieces: dict[tuple[int, int, int], list[int]] = {}
    for atom, history in enumerate(atoms.history.tolist()):
        for state, first, last in intervals(history):
            pieces.setdefault((first, last, state), []).append(atom)
    shapes = np.asarray(atoms.geometry.array, dtype=object)
    rows = [
        {
            **dict(zip(_KEY, atoms.states[state], strict=True)),
            **span(first, last),
            "geometry": shapely.coverage_union_all(shapes[own]),
        }
        for (first, last, state), own in sorted(pieces.items())
    ]
    frame = gpd.GeoDataFrame(rows, crs=atoms.geometry.crs)
    areas = frame.geometry.to_crs(theater.equal_area_crs).area / 1e6
    return frame.assign(area_km2=areas.round(3))


def _line_intervals(maps: Sequence[MapOfDay]) -> gpd.GeoDataFrame:
    """Lines between two actors, for as long as they do not move."""
    import geopandas as gpd

    span = _spans(maps)
    shapes: dict[bytes, Any] = {}

    def drawn(one: MapOfDay) -> Iterable[tuple[tuple[str, str], tuple[bytes, str, float]]]:
        for row in one.frontline.itertuples(index=False):
            shape: Any = row.geometry
            shapes[shape.wkb] = shape
            value = (shape.wkb, str(row.kind), float(str(row.length_km)))
            yield (str(row.actor_a), str(row.actor_b)), value

    pairs = histories(map(drawn, maps), count=len(maps))
    rows = []
    for (actor_a, actor_b), history in sorted(pairs.items()):
        for value, first, last in intervals(history):
            if value is not None:
                wkb, kind, length = value
                rows.append(
                    {
                        "actor_a": actor_a,
                        "actor_b": actor_b,
                        "kind": kind,
                        "length_km": length,
                        **span(first, last),
                        "geometry": shapes[wkb],
                    }
                )
    if not rows:
        return gpd.GeoDataFrame(geometry=[], crs=maps[0].territory.crs)
    return gpd.GeoDataFrame(rows, crs=maps[0].territory.crs)


def _place_intervals(maps: Sequence[MapOfDay]) -> pd.DataFrame:
    import pandas as pd

    span = _spans(maps)
    latest: dict[str, dict[str, Any]] = {}

    def told(one: MapOfDay) -> Iterable[tuple[str, tuple[Any, ...]]]:
        for row in one.states.to_dict("records"):
            place = str(row["place_id"])
            latest[place] = {str(key): value for key, value in row.items()}
            yield place, (*(row[name] for name in _KEY), bool(row["evidence"]))

    history = histories(map(told, maps), count=len(maps))
    rows = []
    for place, states in history.items():
        for state, first, last in intervals(states):
            if state is not None:
                values = dict(zip((*_KEY, "evidence"), state, strict=True))
                rows.append({**latest[place], **values, **span(first, last)})
    return pd.DataFrame(rows)
