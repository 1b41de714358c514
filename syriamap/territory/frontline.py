"""
Where hostile territories meet.

In comes the territory frame, out go the lines that two areas share: a `front` between hostile
sides, a `boundary` between others. The edge of what is known is no line, and neither is the
country's outline, which no two areas share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

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
    pairs: dict[tuple[str, str], NDArray[np.float64]] = {}
    actor = np.unique(leaning)
    sides, number = _sides(geometry, np.searchsorted(actor, leaning))
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


def _sides(
    areas: NDArray[np.object_], leaning: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """
    Sides of areas that those of another leaning may share, and the leaning of each.

    Sides, (S, 4), are begun at their lesser end; equal ones stand together.
    """
    import shapely

    parts, area = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inner = np.flatnonzero(ring[:-1] == ring[1:])
    number = leaning[area[part[ring[inner]]]]
    inner = inner[_met(xy, inner, number)]
    sides = np.hstack([xy[inner], xy[inner + 1]])
    turned = (sides[:, 0] > sides[:, 2]) | (
        (sides[:, 0] == sides[:, 2]) & (sides[:, 1] > sides[:, 3])
    )
    sides[turned] = sides[turned][:, [2, 3, 0, 1]]
    order = np.lexsort(sides.T)
    return sides[order], leaning[area[part[ring[inner]]]][order]


def _met(
    xy: NDArray[np.float64], begin: NDArray[np.int64], number: NDArray[np.int64]
) -> NDArray[np.int64]:
    """
    Which sides have the digest of one of another number, ascending: few, and all that areas share.

    Each goes from a vertex to the next; its digest is the same from either end.
    """
    x, y = xy.T + 0.0  # one zero
    digest = 3 * pd.util.hash_array(x) + pd.util.hash_array(y)
    of_side = digest[begin] + digest[begin + 1]
    order = np.argsort(of_side)
    same = of_side[order[1:]] == of_side[order[:-1]]
    run = np.concatenate([[0], np.cumsum(~same)]) if len(order) else order
    differs = same & (number[order[1:]] != number[order[:-1]])
    apart = np.zeros(len(order), dtype=bool)
    apart[run[1:][differs]] = True
    return np.sort(order[apart[run]])
