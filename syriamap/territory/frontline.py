"""
Where hostile territories meet.

In comes the territory frame, out go the lines that two areas share: a `front` between hostile
sides, a `boundary` between others. The edge of what is known is no line, and neither is the
country's outline, which no two areas share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = ["FRONTLINE_COLUMNS", "frontline_from_territory"]

FRONTLINE_COLUMNS = ("actor_a", "actor_b", "kind", "length_km", "geometry")
"""Columns of the frontline frame."""


class _Drawn(Protocol):
    """A day whose lines are known; :class:`syriamap.Build` is one."""

    @property
    def date(self) -> date:
        """Day of the map."""

    @property
    def territory(self) -> gpd.GeoDataFrame:
        """Areas, metric CRS."""

    @property
    def frontline(self) -> gpd.GeoDataFrame:
        """Lines, metric CRS."""


def frontline_from_territory(
    territory: gpd.GeoDataFrame, theater: Theater, day: date, *, before: _Drawn | None = None
) -> gpd.GeoDataFrame:
    """
    Lines where the territories of two actors meet.

    Parameters
    ----------
    territory
        A valid coverage in the metric CRS (:func:`syriamap.territory.territory_from_control`).
    theater
        Gives the actors' sides and how they stand to each other.
    day
        Stances are those of this day.
    before
        Another day; where it has the very same areas and stances, its lines are given back.

    Returns
    -------
    geopandas.GeoDataFrame
        Metric CRS, one row per pair of actors that meet: `actor_a` and `actor_b` in alphabetical
        order, `kind` (`front` between hostile sides, else `boundary`), `length_km`. Undetermined
        areas have no lines; through contested ones the line runs where the leanings meet.
    """
    import geopandas as gpd
    import shapely

    if before is not None and _same(territory, before, theater, day):
        return before.frontline
    known = territory[(territory["status"] != "undetermined") & (territory["leaning"] != "")]
    geometry = np.asarray(known.geometry.array, dtype=object)
    leaning = known["leaning"].to_numpy()
    first, second = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    meets = (first < second) & (leaning[first] != leaning[second])
    first, second = first[meets], second[meets]
    rings = shapely.boundary(geometry)
    shared, pair = shapely.get_parts(
        shapely.intersection(rings[first], rings[second]), return_index=True
    )
    # points where areas only touch are no line
    lines = (shapely.get_dimensions(shared) == 1) & (shapely.length(shared) > 0)
    pairs: dict[tuple[str, str], list[BaseGeometry]] = {}
    for part, at in zip(shared[lines].tolist(), pair[lines].tolist(), strict=True):
        one, two = leaning[first[at]], leaning[second[at]]
        pairs.setdefault((min(one, two), max(one, two)), []).append(part)
    rows = []
    for actor_a, actor_b in sorted(pairs):
        line = shapely.line_merge(shapely.union_all(pairs[actor_a, actor_b]))
        hostile = theater.stance(actor_a, actor_b, day) == "hostile"
        rows.append(
            {
                "actor_a": actor_a,
                "actor_b": actor_b,
                "kind": "front" if hostile else "boundary",
                "length_km": round(float(shapely.length(line)) / 1_000.0, 3),
                "geometry": line,
            }
        )
    if not rows:
        empty = {column: np.empty(0, dtype=object) for column in FRONTLINE_COLUMNS[:-1]}
        return gpd.GeoDataFrame(empty, geometry=[], crs=territory.crs)
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=territory.crs)


def _same(territory: gpd.GeoDataFrame, before: _Drawn, theater: Theater, day: date) -> bool:
    """Whether another day has the very same areas, and its actors stand to each other alike."""
    other, columns = before.territory, ["leaning", "status"]
    alike = len(territory) == len(other) and all(
        one is two for one, two in zip(territory.geometry.array, other.geometry.array, strict=True)
    )
    if not alike or (territory[columns].to_numpy() != other[columns].to_numpy()).any():
        return False
    pairs = zip(before.frontline["actor_a"], before.frontline["actor_b"], strict=True)
    return all(
        theater.stance(one, two, day) == theater.stance(one, two, before.date) for one, two in pairs
    )
