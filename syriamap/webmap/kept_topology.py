"""
The topology of a page, on disk, by the shapes it is made of.

In come layers of geometries, out comes what :func:`~syriamap.webmap.topology.topology_from_layers`
makes of them: read, where the same shapes were drawn before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from syriamap.cache import cache_file, code_of, keep_arrays, kept_arrays, key_of
from syriamap.webmap.topology import topology_from_layers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["kept_topology"]


def kept_topology(
    layers: Mapping[str, Sequence[BaseGeometry]], *, steps: int, following: Sequence[str]
) -> dict[str, Any]:
    """
    One topology of several layers, worked out once for the same shapes.

    Parameters
    ----------
    layers, steps, following
        As for :func:`~syriamap.webmap.topology.topology_from_layers`.
    """
    asked: list[str | bytes] = ["topology", code_of("webmap"), str(steps), *following]
    for name, geometries in layers.items():
        shapes = shapely.to_wkb(np.asarray(geometries, dtype=object))
        asked += [name, str(len(shapes)), *(one or b"" for one in shapes.tolist())]
    path = cache_file("topology", key_of(*asked))
    stored = kept_arrays(path, ("text",))
    if stored is not None:
        known: dict[str, Any] = json.loads(stored["text"].tobytes())
        return known
    made = topology_from_layers(layers, steps=steps, following=following)
    text = json.dumps(made).encode()
    keep_arrays(path, {"text": np.frombuffer(text, dtype=np.uint8)})
    return made
