"""
The graph of all places as the engine uses it: conductances and smoothers, all kept.

In comes a tessellation and the settings, out go the smoothers for evidence at given
nodes. They depend on where the evidence is, not on what it says, so those of the last dates and
claims are remembered with the tessellation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.territory.mesh import graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.inference.smoothers import Smoother
    from syriamap.territory.mesh.tessellation import Tessellation

__all__ = ["Network", "network_of"]


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
        kind: Callable[
            [Tessellation, NDArray[np.float64], NDArray[np.int64], InferenceSettings], Smoother
        ],
        nodes: NDArray[np.int64],
        near: NDArray[np.int64],
        power: float,
    ) -> Smoother:
        """Smoother for evidence at `nodes`, edges spaced by the evidence at `near`."""
        key = (kind, self.knobs, power, nodes.tobytes(), near.tobytes())
        distance = self.near(near)[0]
        return self.mesh.memory.of(
            key, lambda: kind(self.mesh, self.spaced(distance, power), nodes, self.knobs)
        )

    def clamp(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """How firmly the harmonic function holds evidence of this weight."""
        return np.maximum(self.knobs.clamp * weight**2, self.knobs.least_firm)

    def firm(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """How firmly the Matérn field does."""
        return np.maximum(weight, self.knobs.least_firm)

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
