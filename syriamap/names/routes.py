"""
Rivers and roads of a theater as points along them, without the mapping libraries.

In comes a theater folder and a name, out go points no more than a kilometer apart.
"""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from syriamap.names.resolution import kilometers
from syriamap.names.toponyms import fold, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        properties = feature.get("properties") or {}
        known = [str(properties.get(key) or "") for key in ("name", "name_ar")]
        if _is_meant(name, known):
            for line in _lines_of(feature["geometry"]):
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


def _lines_of(geometry: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        yield [(lat, lon) for lon, lat, *_ in coordinates]
    elif kind in {"MultiLineString", "Polygon"}:
        for part in coordinates:
            yield [(lat, lon) for lon, lat, *_ in part]


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
