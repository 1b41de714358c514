"""What a day has in common with another, so that it need not be drawn again."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from syriamap.history.days import MapOfDay

__all__ = ["unmoved_frontline"]


def unmoved_frontline(
    before: MapOfDay, territory: gpd.GeoDataFrame, day: date
) -> gpd.GeoDataFrame | None:
    """
    Lines of another day, if they are those of this day too; None if they have to be drawn.

    They are where the areas are the very same shapes with the same leanings and statuses, and the
    actors along every line stand to each other as they did.

    Parameters
    ----------
    before
        The map of the other day.
    territory
        Areas of this day, metric CRS.
    day
        This day.
    """
    theater, other = before.theater, before.territory
    shapes = (np.asarray(one.geometry.array, dtype=object) for one in (territory, other))
    if len(territory) != len(other) or not all(map(operator.is_, *shapes)):
        return None
    if any(territory[name].tolist() != other[name].tolist() for name in ("leaning", "status")):
        return None
    pairs = zip(before.frontline["actor_a"], before.frontline["actor_b"], strict=True)
    same = all(
        theater.stance(one, two, day) == theater.stance(one, two, before.date) for one, two in pairs
    )
    return before.frontline if same else None
