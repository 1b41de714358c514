"""
What changed hands between two maps, as shapes: who holds now what they did not hold before.

In come two territory frames, out go areas in the metric CRS, the largest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from syriamap.look.symbols import shade

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["ChangedArea", "changed_areas"]

_SMALLEST = 250_000.0  # m²: below a quarter of a square kilometer it is the grid, not the war


class ChangedArea(NamedTuple):
    """
    Ground that somebody holds now, or nobody any more, and did not before.

    Attributes
    ----------
    actor
        Who holds it; empty for nobody.
    look
        Empty where somebody holds it, else `contested`, `front_band` or `unconfirmed_pocket`.
    shape
        What is drawn of it: without seams thinner than the grid.
    km2
        All of it, as tables have it.
    """

    actor: str
    look: str
    shape: BaseGeometry
    km2: float


def changed_areas(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, equal_area_crs: str | None = None
) -> list[ChangedArea]:
    """
    Areas that an actor holds after and did not hold before, and that became nobody's.

    Parameters
    ----------
    before, after
        Territory frames, metric CRS.
    equal_area_crs
        CRS for the areas; those of the metric CRS when not given.

    Returns
    -------
    list
        Holders first, the largest area first.
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
            found.append((*holder, shapely.MultiPolygon(kept), gained))
    if not found:
        return []
    frame = gpd.GeoSeries([gained for *_, gained in found], crs=after.crs)
    measured = frame if equal_area_crs is None else frame.to_crs(equal_area_crs)
    km2 = np.asarray(measured.area) / 1e6
    rows = [
        ChangedArea(actor, look, shape, float(size))
        for (actor, look, shape, _), size in zip(found, km2, strict=True)
    ]
    return sorted(rows, key=lambda row: (row.actor == "", -row.km2, row.actor, row.look))


def _by_holder(territory: gpd.GeoDataFrame) -> dict[tuple[str, str], BaseGeometry]:
    """Join what an actor holds, and by its look what nobody holds but somebody might."""
    import shapely

    groups: dict[tuple[str, str], list[BaseGeometry]] = {}
    columns = (territory[name] for name in ("actor", "status", "doubt"))
    for actor, status, doubt, shape in zip(*columns, territory.geometry, strict=True):
        if status == "undetermined":
            continue
        held = status in {"held", "besieged"}
        key = (str(actor), "") if held else ("", shade(str(status), str(doubt)))
        groups.setdefault(key, []).append(shape)
    return {holder: shapely.union_all(groups[holder]) for holder in sorted(groups)}
