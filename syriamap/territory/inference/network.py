"""
The graph of all places as the engine uses it: settings, conductances, smoothers, all kept.

In comes a tessellation and the theater's settings, out go the smoothers for evidence at given
nodes. They depend on where the evidence is, not on what it says, so those of the last dates and
claims are remembered with the tessellation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.errors import TheaterError
from syriamap.territory.mesh import graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from syriamap.territory.inference.smoothers import Smoother
    from syriamap.territory.mesh.tessellation import Tessellation
    from syriamap.theater.folder import Theater

__all__ = ["InferenceSettings", "Network", "network_of", "settings_of"]

_LEAST_FIRM = 1e-3


@dataclass(frozen=True)
class InferenceSettings:
    """
    How evidence spreads; the table ``[engine]`` of ``theater.toml`` overrides each by name.

    Attributes
    ----------
    reach_km
        A node farther than this from every place with evidence is undetermined.
    water_conductance
        Conductance of an edge that crosses water, relative to one that does not.
    clamp
        How firmly a node with evidence keeps it, relative to the mean conductance around it.
    local_actors
        Actors present at bases beside an ally: their evidence stays at its own place.
    """

    reach_km: float = 40.0
    water_conductance: float = 0.01
    clamp: float = 20.0
    local_actors: tuple[str, ...] = ()


def settings_of(theater: Theater) -> InferenceSettings:
    """Read the theater's own settings, the table ``[engine]`` of its ``theater.toml``."""
    table = dict(theater.settings)
    known = {}
    for key in ("reach_km", "water_conductance", "clamp"):
        if key in table:
            value = table[key]
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not 0 < value < np.inf:
                path = theater.folder / "theater.toml"
                raise TheaterError(f"{path}: engine.{key} = {value!r}; a number above 0 would do")
            known[key] = float(value)
    local = tuple(map(str, table.get("local_actors", ())))
    return InferenceSettings(**known, local_actors=local)


@dataclass(frozen=True)
class Network:
    """The graph, how its edges conduct before the spacing of evidence, and the settings."""

    mesh: Tessellation
    conductance: NDArray[np.float64]
    knobs: InferenceSettings

    def near(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Distances to the evidence and which is nearest (:func:`graph.nearest_evidence`)."""
        key = ("near", nodes.tobytes())
        return self.mesh.memory.of(key, lambda: graph.nearest_evidence(self.mesh, nodes))

    def smoother(
        self,
        kind: Callable[[Tessellation, NDArray[np.float64], NDArray[np.int64]], Smoother],
        nodes: NDArray[np.int64],
        near: NDArray[np.int64],
        power: float,
    ) -> Smoother:
        """Smoother for evidence at `nodes`, edges spaced by the evidence at `near`."""
        key = (kind, self.knobs.water_conductance, nodes.tobytes(), near.tobytes())
        distance = self.near(near)[0]
        return self.mesh.memory.of(
            key, lambda: kind(self.mesh, self.spaced(distance, power), nodes)
        )

    def clamp(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """How firmly the harmonic function holds evidence of this weight."""
        return np.maximum(self.knobs.clamp * weight**2, _LEAST_FIRM)

    @staticmethod
    def firm(weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """How firmly the Matérn field does."""
        return np.maximum(weight, _LEAST_FIRM)

    def spaced(self, distance: NDArray[np.float64], power: float) -> NDArray[np.float64]:
        """Conductances with the spacing of the evidence in them."""
        spacing = graph.evidence_spacing(distance)
        tails, heads = self.mesh.edges.T
        return np.asarray(self.conductance * np.sqrt(spacing[tails] * spacing[heads]) ** power)


def network_of(mesh: Tessellation, knobs: InferenceSettings) -> Network:
    """Graph of these nodes, with the conductances that these settings give."""
    water = knobs.water_conductance
    conductance = mesh.memory.of(("edges", water), lambda: graph.conductances(mesh, water))
    return Network(mesh, conductance, knobs)
