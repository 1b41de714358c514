"""Ways from one CRS to another, each made once: finding the best of several takes long."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from pyproj import Transformer

__all__ = ["in_degrees", "way_between"]

_DEGREES = "EPSG:4326"


@lru_cache(maxsize=32)
def way_between(one: Any, other: Any) -> Transformer:
    """
    Give what turns coordinates of a CRS into those of another, x before y.

    Parameters
    ----------
    one, other
        Names of the CRS, or they themselves.
    """
    from pyproj import Transformer

    return Transformer.from_crs(one, other, always_xy=True)


def in_degrees(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """
    Give shapes in degrees, back on the way that points in degrees come.

    Parameters
    ----------
    shapes
        In a metric CRS.
    """
    import geopandas as gpd
    import numpy as np
    import shapely

    way = way_between(_DEGREES, shapes.crs)

    def back(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(way.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))

    turned = shapely.transform(np.asarray(shapes.array, dtype=object), back)
    return gpd.GeoSeries(turned, index=shapes.index, crs=_DEGREES)
