"""
Evidence on the graph → the probability of each actor at every node.

In come the control frame and the tessellation, out goes a :class:`Field`. Two engines are averaged,
the harmonic function and a Matérn field (:mod:`~syriamap.territory.inference.smoothers`), on the
Delaunay graph of all places (:mod:`~syriamap.territory.mesh.graph`); the mean is calibrated on the
evidence itself (:mod:`~syriamap.territory.inference.calibration`). ``docs/method.md`` has the
formulas and what each step brings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from syriamap.look.symbols import POCKET
from syriamap.territory.inference.calibration import shares_of, temperatures_of, tempered
from syriamap.territory.inference.field import (
    Field,
    HeldOut,
    Solved,
    belonging,
    empty_field,
    field_from_solved,
    pinned,
)
from syriamap.territory.inference.inference_settings import settings_of
from syriamap.territory.inference.labels import (
    Claimed,
    Labels,
    by_node,
    claimed_on,
    trust_of,
)
from syriamap.territory.inference.network import network_of
from syriamap.territory.inference.regions import regions_of
from syriamap.territory.inference.smoothers import around_mean, harmonic_smoother, matern_smoother
from syriamap.territory.mesh.graph import nearest_evidence
from syriamap.territory.mesh.mesh_settings import MESH
from syriamap.territory.mesh.tessellation import ground_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from scipy import sparse

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.inference.network import Network
    from syriamap.territory.inference.regions import Regions
    from syriamap.territory.inference.smoothers import Smoother, Spread
    from syriamap.territory.mesh.tessellation import Ground
    from syriamap.theater.folder import Theater

__all__ = [
    "Inferred",
    "Spreads",
    "field_from_control",
    "inferred_on",
    "influence_on",
]

_SPREAD = ("place_id", "leaning", "status", "confidence", "shares", "reasons", "trust")
"""Columns of control that a field is read off: the others tell since when, and by which claims."""


def field_from_control(
    control: pd.DataFrame,
    theater: Theater,
    *,
    settings: InferenceSettings | None = None,
    ground: Ground | None = None,
) -> Field:
    """
    Infer who holds every place of the theater from the places that claims speak of.

    Parameters
    ----------
    control
        The control frame of a day, as :func:`~syriamap.territory.reviewed_control` leaves it: its
        column `trust` says how far each place is believed. Without that column all are alike.
    theater
        Gives the places, the outline, the water and, in ``[engine]``, the settings.
    settings
        How evidence spreads; the theater's own when not given.
    ground
        The tessellation, for those who infer many times over the same places; made, or read from
        the cache, when not given.
    """
    ground = ground or ground_of(control, theater)
    knobs = settings or settings_of(theater)

    def made() -> Field:
        found = inferred_on(ground, control, theater, knobs)
        if isinstance(found, Claimed):
            return empty_field(ground.mesh, found, knobs)
        return found.field()

    # where nothing is said anew, the day before tells all
    said = [theater, *(control[name].tolist() for name in _SPREAD if name in control)]
    field = ground.mesh.memory.of_equal(("field", knobs, id(theater)), said, made)
    return replace(field, control=control, points=ground.points)


def inferred_on(
    ground: Ground,
    control: pd.DataFrame,
    theater: Theater,
    settings: InferenceSettings | None = None,
) -> Inferred | Claimed:
    """Everything behind :func:`field_from_control`; only what is claimed where nothing spreads."""
    knobs = settings or settings_of(theater)
    claimed, labels = claimed_on(ground, control, theater, knobs)
    if not len(labels.nodes) or not claimed.actors:
        return claimed
    net = network_of(ground.mesh, knobs)
    trust = trust_of(control)
    weight = labels.worth * by_node(trust, claimed.nodes, labels.nodes)

    def made() -> Inferred:
        spreads = _spread(net, labels, weight)
        solved, power = _solved(net, labels, weight, spreads, claimed.sides)
        solved = replace(solved, beside_pocket=_beside_pocket(net, claimed, labels))
        everywhere = field_from_solved(net.mesh, claimed, labels, solved, knobs)
        return Inferred(net, claimed, labels, weight, trust, spreads, solved, power, everywhere)

    # what drifts by less than a step of evidence is written over the field of the day before
    arrays = (*vars(labels).values(), weight, claimed.nodes, _pockets(claimed))
    said = [claimed.actors, claimed.sides, *(array.tobytes() for array in arrays)]
    found = ground.mesh.memory.of_equal(("inferred", knobs), said, made)
    return replace(found, claimed=claimed, trust=trust)


def _pockets(claimed: Claimed) -> NDArray[np.int64]:
    """Nodes of unconfirmed pockets."""
    inside = [POCKET in reasons for reasons in claimed.control["reasons"].tolist()]
    return np.asarray(claimed.nodes[np.array(inside, dtype=bool)])


def _beside_pocket(net: Network, claimed: Claimed, labels: Labels) -> NDArray[np.bool_]:
    """Nodes to which an unconfirmed pocket is nearest of all that is claimed, and near."""
    pockets = np.setdiff1d(_pockets(claimed), labels.nodes)
    if not len(pockets):
        return np.zeros(len(net.mesh.xy), dtype=bool)
    apart = nearest_evidence(net.mesh, pockets, (1,))[0][:, 0]
    nearer = apart < net.near(labels.nodes)[0][:, 0]
    return np.asarray(nearer & (apart <= net.knobs.pocket_km))


@dataclass(frozen=True)
class Spreads:
    """
    Evidence spread by both smoothers.

    Attributes
    ----------
    harmonic, matern
        The smoothers; there is no second one on large graphs or where nobody is known.
    told
        Which evidence names a holder, (M,): what the second one spreads.
    first, second
        What they make of it; the columns of the first are the actors, contested and unknown.
    """

    harmonic: Smoother
    matern: Smoother | None
    told: NDArray[np.bool_]
    first: Spread
    second: Spread | None

    def shares(
        self, first: NDArray[np.float64], second: NDArray[np.float64] | None
    ) -> NDArray[np.float64]:
        """Uncalibrated probabilities (N, K) from the values of both; 0 where nothing connects."""
        kinds, knobs = first.shape[1] - 2, self.harmonic.knobs
        probability = shares_of(first[:, :kinds], knobs)
        if second is not None:
            probability = _mixed(probability, shares_of(second, knobs), knobs)
        connected = first[:, :kinds].sum(axis=1) > knobs.connected
        return np.where(connected[:, None], probability, 0.0)


@dataclass(frozen=True)
class Inferred:
    """
    Everything behind a field.

    Attributes
    ----------
    net
        The graph and the settings.
    claimed, labels
        The claimed places, and their evidence by node.
    weight
        Worth of each piece of evidence times the trust in it, (M,).
    trust
        In what is said of each claimed place, (P,).
    spreads, solved, power
        The evidence spread, and calibrated by the power of each node, (N,).
    everywhere
        The field, as if nothing were said of claimed places themselves.
    """

    net: Network
    claimed: Claimed
    labels: Labels
    weight: NDArray[np.float64]
    trust: NDArray[np.float64]
    spreads: Spreads
    solved: Solved
    power: NDArray[np.float64]
    everywhere: Field

    def field(self) -> Field:
        """The field: what is said of claimed places decides there."""
        return pinned(self.claimed, self.everywhere)


def _spread(net: Network, labels: Labels, weight: NDArray[np.float64]) -> Spreads:
    """Spread evidence by both smoothers."""
    targets = np.column_stack([labels.shares, labels.contested, labels.unknown])
    one = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, net.knobs.harmonic_spacing)
    first = one.spread(targets, net.clamp(weight), leave_out=True)
    told = labels.shares.sum(axis=1) > 0
    if not told.any() or len(net.mesh.xy) > MESH.matern_nodes:
        return Spreads(one, None, told, first, None)
    spacing = net.knobs.matern_spacing
    two = net.smoother(matern_smoother, labels.nodes[told], labels.nodes, spacing)
    second = around_mean(two, labels.shares[told], net.firm(weight[told]), leave_out=True)
    return Spreads(one, two, told, first, second)


def _solved(
    net: Network,
    labels: Labels,
    weight: NDArray[np.float64],
    spreads: Spreads,
    sides: tuple[str, ...],
) -> tuple[Solved, NDArray[np.float64]]:
    """Mean of the harmonic function and the Matérn field, calibrated on left-out evidence."""
    kinds, near = labels.shares.shape[1], net.near(labels.nodes)
    first, told = spreads.first, spreads.told
    left_out = shares_of(first.left_out[:, :kinds], net.knobs)
    if spreads.second is not None:
        other = shares_of(spreads.second.left_out, net.knobs)
        left_out[told] = _mixed(left_out[told], other, net.knobs)
    plain = told & (labels.contested == 0) & (labels.unknown == 0)
    truth = labels.shares[plain].argmax(axis=1)
    regions = regions_of(net.mesh, net.knobs)
    counted = _counted(net, regions, labels.nodes[plain]).multiply(weight[plain, None]).tocsr()
    power = temperatures_of(left_out[plain], truth, counted, regions, net.knobs)
    second = spreads.second.values if spreads.second is not None else None
    extra = np.clip(first.values[:, kinds:], 0.0, 1.0)
    solved = Solved(
        probability=tempered(spreads.shares(first.values, second), power),
        contested=extra[:, 0],
        unknown=extra[:, 1],
        evidence_km=near[0][:, 0],
        nearest=near[1],
        beside_pocket=np.zeros(len(extra), dtype=bool),
        held_out=_held_out(left_out[plain], truth, sides, net.mesh.xy[labels.nodes[plain]]),
    )
    return solved, power


def _counted(net: Network, regions: Regions, nodes: NDArray[np.int64]) -> sparse.csr_array:
    """What evidence at each node counts in each window; mostly it lies where it did."""
    key = ("counted", regions.reach, nodes.tobytes())
    return net.mesh.memory.of(key, lambda: regions.counted(net.mesh.xy[nodes]))


def _held_out(
    left_out: NDArray[np.float64],
    truth: NDArray[np.int64],
    sides: tuple[str, ...],
    xy: NDArray[np.float64],
) -> HeldOut:
    """Compare what evidence says with what the rest of it, and the nearest of it, foretell."""
    from scipy.spatial import cKDTree

    if len(truth) < 2:
        return HeldOut()
    belongs = belonging(sides, tuple(sorted(set(sides))))
    side = belongs.argmax(axis=1)[truth]
    foretold = (left_out @ belongs).argmax(axis=1)
    nearest = np.asarray(cKDTree(xy).query(xy, k=2)[1])
    other = np.where(nearest[:, 0] == np.arange(len(xy)), nearest[:, 1], nearest[:, 0])
    return HeldOut(len(truth), int((foretold == side).sum()), int((side[other] == side).sum()))


def _mixed(
    one: NDArray[np.float64], two: NDArray[np.float64], knobs: InferenceSettings
) -> NDArray[np.float64]:
    return knobs.harmonic_share * one + (1.0 - knobs.harmonic_share) * two


def influence_on(
    node: int, ground: Ground, control: pd.DataFrame, theater: Theater
) -> NDArray[np.float64]:
    """
    How much each row of the control frame counts at a node, (P,); they sum to 1 where any does.

    The weights of the harmonic function: chance that a random walk from the node first ends at the
    evidence of that row. One solve, for the system is symmetric. Other parameters as for
    :func:`field_from_control`.
    """
    knobs = settings_of(theater)
    claimed, labels = claimed_on(ground, control, theater, knobs)
    if not len(labels.nodes):
        return np.zeros(len(control))
    mesh, nodes = ground.mesh, claimed.nodes
    net = network_of(mesh, knobs)
    smoother = net.smoother(
        harmonic_smoother, labels.nodes, labels.nodes, net.knobs.harmonic_spacing
    )
    at_node = smoother.row(node, knobs.clamp * labels.worth**2)
    counted = np.zeros(len(mesh.xy))
    counted[labels.nodes] = at_node
    shared = np.bincount(nodes, minlength=len(mesh.xy))
    return np.asarray(counted[nodes] / np.maximum(shared[nodes], 1))
