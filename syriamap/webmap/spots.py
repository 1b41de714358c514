"""
Where the name of an area can stand.

Comes in: the territory frame. Goes out: for each area that is large enough to be named, the middle
of the largest circle inside it and how much room there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from syriamap.theater.projecting import in_degrees
from syriamap.webmap.columns import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["area_labels"]

# An area smaller than this share of the country is not labelled with its actor's name.
_LABELLED_SHARE = 0.004
_NAMED = ("held", "besieged", "undetermined")


def area_labels(territories: Sequence[gpd.GeoDataFrame]) -> list[list[list[float] | None]]:
    """
    Where an area's name can stand: center and radius (km) of the largest circle inside it.

    Parameters
    ----------
    territories
        Areas of each map, metric CRS. A shape that several have is looked at once.

    Returns
    -------
    list
        Of each map a list with a spot for every area, None for those that have no name.
    """
    row_of: dict[bytes, int] = {}
    shapes: list[BaseGeometry] = []
    rows = []
    for territory in territories:
        area = territory["area_km2"].to_numpy(dtype=float)
        named = np.isin(texts(territory["status"]), _NAMED)
        named &= area >= float(territory["area_km2"].sum()) * _LABELLED_SHARE
        own = np.full(len(territory), -1)
        for row in np.flatnonzero(named).tolist():
            shape = territory.geometry.array[row]
            own[row] = row_of.setdefault(shapely.to_wkb(shape), len(shapes))
            if own[row] == len(shapes):
                shapes.append(shape)
        rows.append(own.tolist())
    spots = _label_spots(shapes, territories[-1].crs) if shapes else []
    return [[spots[row] if row >= 0 else None for row in own] for own in rows]


def _label_spots(shapes: Sequence[BaseGeometry], crs: Any) -> list[list[float]]:
    found = shapely.simplify(shapes, 500, preserve_topology=False)
    # Rarely: the sure way takes ten times as long.
    poor = shapely.is_empty(found) | ~shapely.is_valid(found)
    found[poor] = shapely.simplify(np.array(shapes, dtype=object)[poor], 500)
    circles = shapely.maximum_inscribed_circle(found, tolerance=1000)
    centers = in_degrees(gpd.GeoSeries(shapely.get_point(circles, 0), crs=crs))
    kilometers = shapely.length(circles) / 1000
    table = zip(centers.y.tolist(), centers.x.tolist(), kilometers.tolist(), strict=True)
    return [[round(lat, 3), round(lon, 3), round(radius, 1)] for lat, lon, radius in table]
