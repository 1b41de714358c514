"""Whether a point lies in the country that is mapped, or a little outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.names.resolution import kilometers

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = ["BORDER_TOLERANCE_KM", "Country"]

BORDER_TOLERANCE_KM = 5.0
"""A point up to so far outside the outline counts as inside: crossings, coast."""


class Country:
    """
    Tells whether a point lies in the mapped country, or up to 5 km outside it.

    Parameters
    ----------
    theater
        Gives the outline; it is prepared once, so that its detail costs nothing afterwards.
    """

    def __init__(self, theater: Theater) -> None:
        self._theater = theater
        self._area: BaseGeometry | None = None

    def _prepared(self) -> Any:
        import shapely

        if self._area is None:
            self._area = self._theater.boundary
            shapely.prepare(self._area)
        return self._area

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point (degrees) counts as inside."""
        import shapely

        area, point = self._prepared(), shapely.Point(lon, lat)
        if bool(shapely.intersects(area, point)):
            return True
        if not bool(shapely.dwithin(area, point, 0.5)):
            return False
        edge = shapely.shortest_line(point, area)
        (_, _), (near_lon, near_lat) = shapely.get_coordinates(edge)
        # nearest in degrees, measured in kilometers: off by less than the tolerance's own vagueness
        return kilometers((lat, lon), (near_lat, near_lon)) <= BORDER_TOLERANCE_KM
