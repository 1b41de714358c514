"""
What changed hands between two maps, as shapes: who holds now what they did not hold before.

In come two territory frames, out go areas in the metric CRS, the largest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["changed_areas"]

_SMALLEST = 250_000.0  # m²: below a quarter of a square kilometer it is the grid, not the war


def changed_areas(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, equal_area_crs: str | None = None
) -> list[tuple[str, BaseGeometry, float]]:
    """
    Areas that an actor holds after and did not hold before.

    Parameters
    ----------
    before, after
        Territory frames, metric CRS.
    equal_area_crs
        CRS for the areas; those of the metric CRS when not given.

    Returns
    -------
    list
        Actor (empty for areas that became contested), shape, km²; largest first.
    """
    import geopandas as gpd
    import shapely

    then, now = _by_holder(before), _by_holder(after)
    found = []
    for holder, shape in now.items():
        gained = shapely.difference(shape, then[holder]) if holder in then else shape
        parts = shapely.get_parts(gained)
        kept = [part for part in parts if part.geom_type == "Polygon" and part.area > _SMALLEST]
        # a thin seam between two cells is no change
        kept = [part for part in kept if not part.buffer(-150).is_empty]
        if kept:
            found.append((holder, shapely.MultiPolygon(kept)))
    if not found:
        return []
    frame = gpd.GeoSeries([shape for _, shape in found], crs=after.crs)
    measured = frame if equal_area_crs is None else frame.to_crs(equal_area_crs)
    km2 = np.asarray(measured.area) / 1e6
    rows = [(holder, shape, float(size)) for (holder, shape), size in zip(found, km2, strict=True)]
    return sorted(rows, key=lambda row: (row[0] == "", -row[2], row[0]))


def _by_holder(territory: gpd.GeoDataFrame) -> dict[str, BaseGeometry]:
    """Join what an actor holds, and under no name what is contested."""
    import shapely

    groups: dict[str, list[BaseGeometry]] = {}
    rows = zip(territory["actor"], territory["status"], territory.geometry, strict=True)
    for actor, status, shape in rows:
        if status == "undetermined":
            continue
        groups.setdefault(str(actor) if status in {"held", "besieged"} else "", []).append(shape)
    return {holder: shapely.union_all(groups[holder]) for holder in sorted(groups)}
