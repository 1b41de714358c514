"""
The window on the map: which part of the world, on which part of the sheet.

Coordinates come in degrees or in the theater's metric CRS and go out in points of the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from syriamap.errors import FigureError
from syriamap.theater.projecting import way_between

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

    from syriamap.figure.sheet import Box
    from syriamap.theater.folder import Theater

__all__ = ["View", "view_around", "view_of_bounds", "view_of_theater"]

_MARGIN = 0.035


@dataclass(frozen=True)
class View:
    """
    A box of the sheet that shows a box of the metric CRS, both of one shape.

    Attributes
    ----------
    box
        On the sheet, points.
    metric
        West, south, east, north in meters.
    crs
        The metric CRS.
    """

    box: Box
    metric: Box
    crs: str

    @property
    def scale(self) -> float:
        """Points per meter."""
        return (self.box[2] - self.box[0]) / (self.metric[2] - self.metric[0])

    @cached_property
    def _transformer(self) -> Transformer:
        return way_between("EPSG:4326", self.crs)

    def points(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Degrees → points, one row each."""
        x, y = self._transformer.transform(np.asarray(lon, float), np.asarray(lat, float))
        return self._to_sheet(np.column_stack([x, y]))

    def _to_sheet(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return (xy - self.metric[:2]) * self.scale + self.box[:2]

    def shapes(self, frame: gpd.GeoDataFrame) -> list[BaseGeometry]:
        """Geometries of a frame on the sheet, cut to the window and a little around it."""
        import shapely

        if frame.empty:
            return []
        metric = np.asarray(frame.geometry.to_crs(self.crs).array, dtype=object)
        margin = 20 / self.scale
        west, south, east, north = self.metric
        cut = shapely.clip_by_rect(
            metric, west - margin, south - margin, east + margin, north + margin
        )
        return [self._drawn(one) for one in cut]

    def shape(self, geometry: BaseGeometry) -> BaseGeometry:
        """One geometry in degrees on the sheet."""
        import geopandas as gpd

        return self.shapes(gpd.GeoDataFrame(geometry=[geometry], crs="EPSG:4326"))[0]

    def metric_shape(self, geometry: BaseGeometry) -> BaseGeometry:
        """One geometry in the metric CRS on the sheet."""
        import shapely

        margin = 20 / self.scale
        west, south, east, north = self.metric
        box = shapely.box(west - margin, south - margin, east + margin, north + margin)
        return self._drawn(shapely.intersection(geometry, box))

    def _drawn(self, geometry: BaseGeometry) -> BaseGeometry:
        import shapely

        drawn: BaseGeometry = shapely.transform(geometry, self._to_sheet)
        return drawn

    def holds(self, xy: npt.NDArray[np.float64], margin: float = 0.0) -> npt.NDArray[np.bool_]:
        """Tell which points lie in the window."""
        left, bottom, right, top = self.box
        inside: npt.NDArray[np.bool_] = (
            (xy[:, 0] >= left + margin)
            & (xy[:, 0] <= right - margin)
            & (xy[:, 1] >= bottom + margin)
            & (xy[:, 1] <= top - margin)
        )
        return inside


def view_of_theater(theater: Theater, box: Box) -> View:
    """Show the whole country in a box of the sheet."""
    import geopandas as gpd

    outline = gpd.GeoSeries([theater.boundary], crs="EPSG:4326").to_crs(theater.metric_crs)
    west, south, east, north = map(float, outline.total_bounds)
    pad = _MARGIN * max(east - west, north - south)
    return _fitted((west - pad, south - pad, east + pad, north + pad), box, theater)


def view_of_bounds(theater: Theater, bounds: Box, box: Box) -> View:
    """Show west, south, east, north in degrees."""
    import geopandas as gpd
    import shapely

    west, south, east, north = bounds
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise FigureError(f"bounds {bounds}: west,south,east,north in degrees would do")
    edge = shapely.segmentize(shapely.box(*bounds), 0.1)
    drawn = gpd.GeoSeries([edge], crs="EPSG:4326").to_crs(theater.metric_crs)
    west, south, east, north = map(float, drawn.total_bounds)
    if not np.isfinite([west, south, east, north]).all():
        raise FigureError(f"bounds {bounds} cannot be drawn in {theater.metric_crs}")
    return _fitted((west, south, east, north), box, theater)


def view_around(theater: Theater, lat: float, lon: float, km: float, box: Box) -> View:
    """Show at least `km` kilometers to each side of a point."""
    if not 0.5 <= km <= 5_000:
        raise FigureError(f"{km:g} km around a place: 0.5 to 5000 would do")
    to_metric = way_between("EPSG:4326", theater.metric_crs)
    x, y = to_metric.transform(lon, lat)
    reach = km * 1_000
    return _fitted((x - reach, y - reach, x + reach, y + reach), box, theater)


def _fitted(metric: Box, box: Box, theater: Theater) -> View:
    """Widen what is shown to the shape of the box."""
    west, south, east, north = metric
    wide, high = box[2] - box[0], box[3] - box[1]
    scale = min(wide / (east - west), high / (north - south))
    more_x = (wide / scale - (east - west)) / 2
    more_y = (high / scale - (north - south)) / 2
    grown = (west - more_x, south - more_y, east + more_x, north + more_y)
    return View(box, grown, theater.metric_crs)
