"""
How well the CRS of a theater fit its country: areas against the globe, lengths against meters.

In comes the outline in degrees, out go errors as numbers, complaints, and a CRS chosen for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from syriamap.errors import Complaint, TheaterError
from syriamap.theater.projecting import way_between

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["area_error", "chosen_crs", "crs_complaints", "scale_error"]

_MOST_AREA_ERROR = 0.005


class _Extent(Protocol):
    @property
    def folder(self) -> Path: ...
    @property
    def equal_area_crs(self) -> str: ...
    @property
    def boundary(self) -> BaseGeometry: ...


def area_error(outline: BaseGeometry, crs: str) -> tuple[float, float, float]:
    """
    Area of an outline in a CRS and on the globe, km², and by what share the first is off.

    Parameters
    ----------
    outline
        In degrees.
    crs
        Name of a projected CRS.
    """
    import numpy as np
    import shapely
    from pyproj import Geod

    turn = way_between("EPSG:4326", crs)
    flat = shapely.transform(outline, lambda xy: np.column_stack(turn.transform(*xy.T))).area / 1e6
    globe = abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(outline))[0])
    globe /= 1e6
    return flat, globe, flat / globe - 1 if globe else 0.0


def scale_error(outline: BaseGeometry, crs: str) -> float:
    """
    By what share lengths in a CRS are off, at worst, on a grid over an outline.

    Parameters
    ----------
    outline
        In degrees.
    crs
        Name of a projected CRS.
    """
    import numpy as np
    from pyproj import Proj

    west, south, east, north = outline.bounds
    lon, lat = np.meshgrid(np.linspace(west, east, 12), np.linspace(south, north, 12))
    factors = Proj(crs).get_factors(lon.ravel(), lat.ravel())
    scales = np.concatenate([factors.meridional_scale, factors.parallel_scale])
    scales = scales[np.isfinite(scales)]
    return float(np.abs(scales - 1).max()) if len(scales) else float("inf")


def crs_complaints(theater: _Extent) -> list[Complaint]:
    """Complain of an equal-area CRS that is none."""
    file = str(theater.folder / "theater.toml")
    try:
        outline = theater.boundary
    except TheaterError:
        return []  # told by whoever asks for it
    flat, globe, off = area_error(outline, theater.equal_area_crs)
    complaints = []
    if not abs(off) <= _MOST_AREA_ERROR:
        problem = (
            f"gives the outline {flat:,.0f} km², {off:+.0%} beside its {globe:,.0f} km² on the "
            f"globe; an equal-area CRS would do: {chosen_crs(outline)[1]}"
        )
        complaints.append(Complaint(file, 0, "equal_area_crs", theater.equal_area_crs, problem))
    return complaints


def chosen_crs(outline: BaseGeometry) -> tuple[str, str]:
    """
    Choose a conformal and an equal-area CRS for a country.

    The conformal one is the best of Lambert's cone (two standard parallels, a sixth inside the
    country), the transverse Mercator and the stereographic projection; the equal-area one is
    Lambert's azimuthal around the middle.

    Parameters
    ----------
    outline
        In degrees.
    """
    west, south, east, north = outline.bounds
    lat, lon = round((south + north) / 2, 1), round((west + east) / 2, 1)
    end = "+datum=WGS84 +units=m +no_defs"
    low, high = round(south + (north - south) / 6, 1), round(north - (north - south) / 6, 1)
    conformal = [f"+proj=tmerc +lat_0={lat} +lon_0={lon} +k=0.9998 {end}"]
    conformal.append(f"+proj=stere +lat_0={lat} +lon_0={lon} {end}")
    if abs(low + high) > 2 and low != high:
        conformal.append(f"+proj=lcc +lat_1={low} +lat_2={high} +lat_0={lat} +lon_0={lon} {end}")
    best = min(conformal, key=lambda crs: scale_error(outline, crs))
    return best, f"+proj=laea +lat_0={lat} +lon_0={lon} {end}"
