"""
Where an advance comes from: the nearest ground that its actor holds.

Comes in: events and territory of a day. Goes out: the same events with a column `origin`. A claim
names the actor and the place it moves toward, and no way; the shortest one from that actor's own
ground gives an arrow its direction, and where there is none near, there is no arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from syriamap.theater.projecting import way_between

if TYPE_CHECKING:
    import geopandas as gpd
    from pyproj import Transformer
    from shapely.geometry import Point

__all__ = ["FARTHEST_KM", "with_origins"]

FARTHEST_KM = 60.0
"""From ground farther away than this nobody is said to advance."""

_NEAREST_KM = 0.3
"""Nearer than the lines are drawn: the direction would be chance."""


def with_origins(events: pd.DataFrame, territory: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Add `origin` to events: ``(lat, lon, km)`` of the nearest ground that the actor holds.

    Parameters
    ----------
    events
        Columns `kind, actor, lat, lon` among others.
    territory
        Areas of the same day, metric CRS.

    Returns
    -------
    DataFrame
        `origin` is empty for what is no advance, where the actor holds no ground within
        :data:`FARTHEST_KM`, and where the place lies in its ground already.
    """
    if not len(events):
        return events.assign(origin=pd.Series(dtype=object))
    here = way_between("EPSG:4326", territory.crs)
    x, y = here.transform(events["lon"].astype(float), events["lat"].astype(float))
    rows = zip(shapely.points(x, y), events["kind"], events["actor"], strict=True)
    origins = [
        _origin(point, territory, actor, here) if kind == "advanced_toward" and actor else ()
        for point, kind, actor in rows
    ]
    return events.assign(origin=pd.Series(origins, index=events.index, dtype=object))


def _origin(
    point: Point, territory: gpd.GeoDataFrame, actor: str, here: Transformer
) -> tuple[float, ...]:
    own = territory.geometry.to_numpy()[(territory["actor"] == actor).to_numpy()]
    if not len(own):
        return ()
    nearest = min(shapely.shortest_line(own, point), key=shapely.length)
    km = float(shapely.length(nearest)) / 1e3
    if not _NEAREST_KM <= km <= FARTHEST_KM:
        return ()
    (x, y), _ = nearest.coords
    lon, lat = here.transform(x, y, direction="INVERSE")
    return round(lat, 3), round(lon, 3), round(km, 1)
