"""
Rivers and roads of a theater as points along them, without the mapping libraries.

In comes a theater folder and a name, out go points no more than a kilometer apart.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from syriamap.files import features_of, shape_of
from syriamap.names.resolution import kilometers
from syriamap.names.toponyms import fold, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["read_lines"]

_STEP_KM = 1.0


def read_lines(folder: Path, name: str, how: str) -> list[tuple[float, float]]:
    """
    Points along the river or road of a name, latitude first; none when there is no such line.

    Parameters
    ----------
    folder
        A theater folder.
    name
        Name of the river or road in either language.
    how
        `bank` for rivers, `road` for roads.
    """
    path = folder / ("water.geojson" if how == "bank" else "roads.geojson")
    if not path.exists():
        return []
    points = []
    for feature in features_of(path):
        properties = feature["properties"]
        known = [str(properties.get(key) or "") for key in ("name", "name_ar")]
        if _is_meant(name, known):
            for line in _lines_of(shape_of(feature["geometry"])):
                points += _walked(line)
    return points


def _is_meant(name: str, known: list[str]) -> bool:
    folded, bones = fold(name), skeleton(name)
    for one in filter(None, known):
        if fold(one).split()[:1] == folded.split() or fold(one) == folded:
            return True
        if len(bones) >= 3 and skeleton(one) == bones:
            return True
    return False


def _lines_of(shape: BaseGeometry) -> Iterator[list[tuple[float, float]]]:
    """Latitudes and longitudes along each line of a river or road, or around a lake."""
    import shapely

    for part in shapely.get_parts(shape).tolist():
        rings = shapely.get_rings(part).tolist() if part.geom_type == "Polygon" else [part]
        for line in rings:
            if line.geom_type in {"LineString", "LinearRing"}:
                yield [(lat, lon) for lon, lat in shapely.get_coordinates(line).tolist()]


def _walked(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    points = line[:1]
    for start, end in pairwise(line):
        steps = max(1, math.ceil(kilometers(start, end) / _STEP_KM))
        points += [
            (
                start[0] + (end[0] - start[0]) * step / steps,
                start[1] + (end[1] - start[1]) * step / steps,
            )
            for step in range(1, steps + 1)
        ]
    return points
