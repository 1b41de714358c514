"""
Where the name of an area can stand.

Comes in: the territory frame. Goes out: for each area that is large enough to be named, the middle
of the largest circle inside it and how much room there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["area_labels"]

# An area smaller than this share of the country is not labelled with its actor's name.
_LABELLED_SHARE = 0.004


def area_labels(
    territory: gpd.GeoDataFrame, known: dict[bytes, list[float]]
) -> list[list[float] | None]:
    """
    Where an area's name can stand: center and radius (km) of the largest circle inside it.

    Parameters
    ----------
    territory
        Areas, metric CRS.
    known
        Shapes that have been asked for before; new ones are added.
    """
    labels: list[list[float] | None] = [None] * len(territory)
    least = float(territory["area_km2"].sum()) * _LABELLED_SHARE
    named = territory["status"].isin(["held", "besieged", "undetermined"])
    named &= territory["area_km2"] >= least
    for row in (row for row, is_named in enumerate(named) if is_named):
        shape = territory.geometry.iloc[row]
        key = shapely.to_wkb(shape)
        if key not in known:
            known[key] = _label_spot(shape, territory.crs)
        labels[row] = known[key]
    return labels


def _label_spot(shape: BaseGeometry, crs: Any) -> list[float]:
    simple = shapely.simplify(shape, 500, preserve_topology=False)
    if simple.is_empty or not simple.is_valid:  # rarely: the sure way takes ten times as long
        simple = shapely.simplify(shape, 500)
    circle = shapely.maximum_inscribed_circle([simple], tolerance=1000)
    center = gpd.GeoSeries(shapely.get_point(circle, 0), crs=crs).to_crs("EPSG:4326")
    radius = float(shapely.length(circle)[0]) / 1000
    return [round(float(center.y[0]), 3), round(float(center.x[0]), 3), round(radius, 1)]
