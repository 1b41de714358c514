"""Ways from one CRS to another, each made once: finding the best of several takes long."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyproj import Transformer

__all__ = ["way_between"]


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
