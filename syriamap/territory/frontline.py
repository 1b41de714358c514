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
    from numpy.typing import NDArray

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
    sides, area = _sides(geometry)
    pairs: dict[tuple[str, str], NDArray[np.float64]] = {}
    actor = np.unique(leaning)
    number = np.searchsorted(actor, leaning)[area]
    # in a coverage two areas that meet have the same sides there, to the bit
    shared = np.flatnonzero((sides[1:] == sides[:-1]).all(axis=1) & (number[1:] != number[:-1]))
    one, two = np.sort(np.column_stack([number[shared], number[shared + 1]]), axis=1).T
    for pair in np.unique(one * len(actor) + two).tolist():
        at = shared[one * len(actor) + two == pair]
        key = str(actor[pair // len(actor)]), str(actor[pair % len(actor)])
        pairs[key] = sides[at].reshape(-1, 2, 2)
    rows = []
    for actor_a, actor_b in sorted(pairs):
        own = np.asarray(shapely.linestrings(pairs[actor_a, actor_b]), dtype=object)
        lines = shapely.multilinestrings(own)
        line = shapely.line_merge(lines)
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


def _sides(areas: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Sides of all areas, (S, 4), each begun at its lesser end, equal ones together; their area."""
    import shapely

    parts, area = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[:-1] == ring[1:]
    sides = np.hstack([xy[:-1], xy[1:]])[inner]
    turned = (sides[:, 0] > sides[:, 2]) | (
        (sides[:, 0] == sides[:, 2]) & (sides[:, 1] > sides[:, 3])
    )
    sides[turned] = sides[turned][:, [2, 3, 0, 1]]
    order = np.lexsort(sides.T)
    return sides[order], area[part[ring[:-1][inner]]][order]
