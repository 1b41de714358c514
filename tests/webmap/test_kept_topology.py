"""The topology of a page is worked out once for the same shapes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import LineString, box

from syriamap.webmap import kept_topology as module, topology
from syriamap.webmap.kept_topology import kept_topology
from syriamap.webmap.topology import topology_from_layers

LAYERS = {
    "areas": [box(14, 46, 14.5, 46.5), box(14.5, 46, 15, 46.5), None],
    "lines": [LineString([(14.5, 46), (14.5, 46.5)])],
}


def test_the_same_shapes_are_read_and_others_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path))
    asked = {"steps": 10_000, "following": ("lines",)}
    first = kept_topology(LAYERS, **asked)
    plain = topology_from_layers(LAYERS, **asked)
    assert json.dumps(first) == json.dumps(plain)
    with monkeypatch.context() as never:
        never.setattr(module, "topology_from_layers", lambda *_, **__: pytest.fail("again"))
        assert kept_topology(LAYERS, **asked) == first
    moved = {**LAYERS, "areas": [*LAYERS["areas"][:2], box(15, 46, 15.5, 46.5)]}
    assert kept_topology(moved, **asked) != first
    assert kept_topology(LAYERS, steps=100, following=())["transform"] != first["transform"]
    assert len(list(tmp_path.glob("topology-*.npz"))) == 3
    for file in tmp_path.glob("topology-*.npz"):
        file.write_bytes(file.read_bytes()[:-40])
    assert kept_topology(LAYERS, **asked) == first


@pytest.mark.parametrize("seed", range(6))
def test_edges_with_nothing_around_them_need_no_look(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = np.random.default_rng(seed)
    paths = dice.integers(0, 12, (8, 9, 2)) / 10
    layers = {
        "areas": [box(*corner, *(corner + 0.5)) for corner in paths[:, 0]],
        "lines": [LineString(path) for path in paths],
        "back": [LineString(path[::-1]) for path in paths[::2]],
    }
    asked = {"steps": 10, "following": tuple(layers)}
    found = topology_from_layers(layers, **asked)
    monkeypatch.setattr(topology, "_crowded", lambda edges, *_: np.arange(len(edges)))
    assert json.dumps(topology_from_layers(layers, **asked)) == json.dumps(found)
