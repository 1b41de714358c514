"""
Where hostile territories meet.

In comes the territory frame, out go the lines that two areas share: a `front` between hostile
sides, a `boundary` between others. The edge of what is known is no line, and neither is the
country's outline, which no two areas share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = ["FRONTLINE_COLUMNS", "frontline_from_territory"]

FRONTLINE_COLUMNS = ("actor_a", "actor_b", "kind", "length_km", "geometry")
"""Columns of the frontline frame."""


def frontline_from_territory(
    territory: gpd.GeoDataFrame, theater: Theater, day: date
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

    Returns
    -------
    geopandas.GeoDataFrame
        Metric CRS, one row per pair of actors that meet: `actor_a` and `actor_b` in alphabetical
        order, `kind` (`front` between hostile sides, else `boundary`), `length_km`. Undetermined
        areas have no lines; through contested ones the line runs where the leanings meet.
    """
    import geopandas as gpd
    import shapely

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
