"""
Points in degrees → kilometers on a plane: near enough to say what is near what.

Good to about 1 % between places of one country; what is measured on the map is measured in the
theater's metric CRS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["km_a_degree", "plane_km"]

_KM_PER_DEGREE = 111.2


def km_a_degree(latitude: float) -> NDArray[np.float64]:
    """
    Kilometers of a degree of latitude and of longitude, at a latitude, (2,).

    Parameters
    ----------
    latitude
        In degrees.
    """
    return np.array([1.0, np.cos(np.radians(latitude))]) * _KM_PER_DEGREE


def plane_km(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Kilometers north and east of the equator and of Greenwich, at the points' mean latitude.

    Parameters
    ----------
    degrees
        Latitude and longitude of each, (P, 2); a row of NaN stays one.

    Examples
    --------
    >>> plane_km(np.array([[0.0, 1.0], [0.0, 3.0]])).round(1).tolist()
    [[0.0, 111.2], [0.0, 333.6]]
    """
    known = degrees[~np.isnan(degrees[:, 0]), 0]
    return np.asarray(degrees * km_a_degree(float(known.mean()) if len(known) else 0.0))
