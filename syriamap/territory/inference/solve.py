"""
Evidence on the graph → the probability of each actor at every node.

In come the control frame and the tessellation, out goes a :class:`Field`. Two engines are averaged,
the harmonic function and a Matérn field (:mod:`~syriamap.territory.inference.smoothers`), on the
Delaunay graph of all places (:mod:`~syriamap.territory.mesh.graph`); the mean is calibrated on the
evidence itself (:mod:`~syriamap.territory.inference.calibration`), after each place was held
against its surroundings (:mod:`~syriamap.territory.inference.robust`). ``docs/method.md`` has the
formulas and what each step brings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.territory.inference.calibration import shares_of, temperature_of, tempered
from syriamap.territory.inference.field import (
    JUDGES,
    Claimed,
    Field,
    HeldOut,
    Solved,
    belonging,
    empty_field,
    field_from_solved,
)
from syriamap.territory.inference.labels import Labels, actors_in, labels_from_control
from syriamap.territory.inference.network import network_of, settings_of
from syriamap.territory.inference.robust import (
    Surroundings,
    freshness,
    reviewed_control,
    trust_in_evidence,
)
from syriamap.territory.inference.smoothers import around_mean, harmonic_smoother, matern_smoother
from syriamap.territory.mesh.elimination import MATERN_NODES
from syriamap.territory.mesh.tessellation import tessellation_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.territory.inference.network import InferenceSettings, Network
    from syriamap.territory.inference.smoothers import Smoother, Spread
    from syriamap.territory.mesh.tessellation import Tessellation
    from syriamap.theater.folder import Theater

__all__ = [
    "POCKET_KM",
    "Inferred",
    "Spreads",
    "field_from_control",
    "field_on",
    "inferred_on",
    "influence_on",
]

POCKET_KM = 10.0
"""So far around an unconfirmed pocket its neighborhood is contested, where nothing is nearer."""

_HARMONIC_SHARE = 0.6
_MATERN_SPACING = 0.75
_FORETOLD = 0.75
_CONNECTED = 1e-3


def field_from_control(
    control: pd.DataFrame,
    theater: Theater,
    settings: InferenceSettings | None = None,
    *,
    cached: bool = True,
) -> Field:
    """
    Infer who holds every place of the theater from the places that claims speak of.

    Parameters
    ----------
    control
        The control frame of a day.
    theater
        Gives the places, the outline, the water and, in ``[engine]``, the settings.
    settings
        How evidence spreads; the theater's own when not given.
    cached
        Whether the tessellation may be cached on disk.
    """
    places = theater.places
    own = control[places.index.get_indexer(pd.Index(control["place_id"])) < 0]
    points = (*theater.place_ids, *map(str, own["place_id"]))
    lat = np.concatenate([places["lat"].to_numpy(float), own["lat"].to_numpy(float)])
    lon = np.concatenate([places["lon"].to_numpy(float), own["lon"].to_numpy(float)])
    mesh = tessellation_of(lat, lon, theater, cached=cached)
    return field_on(mesh, points, control, theater, settings)


def field_on(
    mesh: Tessellation,
    points: tuple[str, ...],
    control: pd.DataFrame,
    theater: Theater,
    settings: InferenceSettings | None = None,
) -> Field:
    """
    Infer on a tessellation that is at hand; `points` are the ids of its points in their order.

    For scoring and explaining, which infer many times over the same places. Other parameters as
    for :func:`field_from_control`.
    """
    found = inferred_on(mesh, points, control, theater, settings)
    return empty_field(mesh, found) if isinstance(found, Claimed) else found.field()


def inferred_on(
    mesh: Tessellation,
    points: tuple[str, ...],
    control: pd.DataFrame,
    theater: Theater,
    settings: InferenceSettings | None = None,
) -> Inferred | Claimed:
    """Everything behind :func:`field_on`; only what is claimed where no evidence spreads."""
    knobs = settings or settings_of(theater)
    node_by_id = dict(zip(points, mesh.node_of_point.tolist(), strict=True))
    nodes = np.array([node_by_id[one] for one in control["place_id"]], dtype=np.int64)
    actors = actors_in(control)
    sides = tuple(theater.side_of(actor) for actor in actors)
    claimed = Claimed(control, nodes, actors, sides, points)
    labels = labels_from_control(control, nodes, actors, knobs.local_actors)
    if not len(labels.nodes) or not actors:
        return claimed
    net = network_of(mesh, knobs)
    near = net.near(labels.nodes)
    around = None
    trust, beside = np.ones(len(control)), np.zeros(len(mesh.xy), dtype=bool)
    if len(labels.nodes) >= JUDGES:
        claimed, trust, around = _reviewed(net, claimed, labels, near[0])
        kept = labels_from_control(claimed.control, nodes, actors, knobs.local_actors)
        if len(kept.nodes) < len(labels.nodes):
            dropped = ~np.isin(labels.nodes, kept.nodes)
            beside = dropped[near[1]] & (near[0][:, 0] <= POCKET_KM)
        labels = kept
    weight = labels.worth * _by_node(trust, nodes, labels.nodes)
    spreads = _spread(net, labels, weight)
    solved, power = _solved(net, labels, weight, spreads, sides)
    solved = replace(solved, beside_pocket=beside)
    return Inferred(net, claimed, labels, weight, trust, around, spreads, solved, power)


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
        kinds = first.shape[1] - 2
        probability = shares_of(first[:, :kinds])
        if second is not None:
            probability = _mixed(probability, shares_of(second))
        return np.where((first[:, :kinds].sum(axis=1) > _CONNECTED)[:, None], probability, 0.0)


@dataclass(frozen=True)
class Inferred:
    """
    Everything behind a field.

    Attributes
    ----------
    net
        The graph and the settings.
    claimed, labels
        The claimed places after their review, and their evidence by node.
    weight
        Worth of each piece of evidence times the trust in it, (M,).
    trust
        In what is said of each claimed place, (P,).
    around
        What the rest of the evidence says of each claimed place; None if they were not judged.
    spreads, solved, power
        The evidence spread, and calibrated by this power.
    """

    net: Network
    claimed: Claimed
    labels: Labels
    weight: NDArray[np.float64]
    trust: NDArray[np.float64]
    around: Surroundings | None
    spreads: Spreads
    solved: Solved
    power: float

    def field(self) -> Field:
        """Read the field off it."""
        return field_from_solved(
            self.net.mesh, self.claimed, self.labels, self.solved, self.net.knobs.reach_km
        )


def _by_node(
    values: NDArray[np.float64], nodes: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean of the rows' values at each wanted node."""
    count = int(max(nodes.max(), wanted.max())) + 1
    total, rows = np.bincount(nodes, values, count), np.bincount(nodes, minlength=count)
    return np.asarray(total[wanted] / np.maximum(rows[wanted], 1))


def _reviewed(
    net: Network, claimed: Claimed, labels: Labels, distance: NDArray[np.float64]
) -> tuple[Claimed, NDArray[np.float64], Surroundings | None]:
    """Hold every place against what all others say of it."""
    control, nodes = claimed.control, claimed.nodes
    age = np.zeros(len(control))
    if "age_days" in control:
        age = control["age_days"].to_numpy(dtype=float)
    fresh = labels.shares * _by_node(freshness(age), nodes, labels.nodes)[:, None]
    kinds = len(claimed.actors)
    targets = np.column_stack([labels.shares, fresh])
    clamp = net.knobs.clamp * labels.worth**2
    smoother = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, 1.0)
    spread = smoother.spread(targets, clamp, leave_out=True, everywhere=False)
    names = tuple(sorted(set(claimed.sides)))
    belongs = belonging(claimed.sides, names)
    left_out = np.clip(spread.left_out, 0.0, None)
    by_side = shares_of(left_out[:, :kinds]) @ belongs
    fresh = left_out[:, kinds:] @ belongs / np.maximum(left_out[:, :kinds] @ belongs, 1e-6)
    foretold = by_side.argmax(axis=1) == (labels.shares @ belongs).argmax(axis=1)
    if foretold.mean() < _FORETOLD:
        return claimed, np.ones(len(control)), None  # a patchwork: surroundings say nothing
    slot = np.minimum(np.searchsorted(labels.nodes, nodes), len(labels.nodes) - 1)
    around = Surroundings(
        by_side=by_side[slot],
        sides=names,
        fresh=fresh[slot],
        # the eighth nearest, itself the first, is within reach
        enough=(labels.nodes[slot] == nodes) & (distance[nodes, -1] <= net.knobs.reach_km),
    )
    side_of = dict(zip(claimed.actors, claimed.sides, strict=True))
    trust = trust_in_evidence(control, around, [side_of.get(one, "") for one in control["leaning"]])
    reviewed = reviewed_control(control, around, trust, side_of)
    return replace(claimed, control=reviewed), trust, around


def _spread(net: Network, labels: Labels, weight: NDArray[np.float64]) -> Spreads:
    """Spread evidence by both smoothers."""
    targets = np.column_stack([labels.shares, labels.contested, labels.unknown])
    one = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, 1.0)
    first = one.spread(targets, net.clamp(weight), leave_out=True)
    told = labels.shares.sum(axis=1) > 0
    if not told.any() or len(net.mesh.xy) > MATERN_NODES:
        return Spreads(one, None, told, first, None)
    two = net.smoother(matern_smoother, labels.nodes[told], labels.nodes, _MATERN_SPACING)
    second = around_mean(two, labels.shares[told], net.firm(weight[told]), leave_out=True)
    return Spreads(one, two, told, first, second)


def _solved(
    net: Network,
    labels: Labels,
    weight: NDArray[np.float64],
    spreads: Spreads,
    sides: tuple[str, ...],
) -> tuple[Solved, float]:
    """Mean of the harmonic function and the Matérn field, calibrated on left-out evidence."""
    kinds, near = labels.shares.shape[1], net.near(labels.nodes)
    first, told = spreads.first, spreads.told
    left_out = shares_of(first.left_out[:, :kinds])
    if spreads.second is not None:
        left_out[told] = _mixed(left_out[told], shares_of(spreads.second.left_out))
    plain = told & (labels.contested == 0) & (labels.unknown == 0)
    truth = labels.shares[plain].argmax(axis=1)
    power = temperature_of(left_out[plain], truth, weight[plain])
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


def _mixed(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    return _HARMONIC_SHARE * one + (1.0 - _HARMONIC_SHARE) * two


def influence_on(
    node: int, mesh: Tessellation, points: tuple[str, ...], control: pd.DataFrame, theater: Theater
) -> NDArray[np.float64]:
    """
    How much each row of the control frame counts at a node, (P,); they sum to 1 where any does.

    The weights of the harmonic function: chance that a random walk from the node first ends at the
    evidence of that row. One solve, for the system is symmetric. Parameters as for
    :func:`field_on`.
    """
    knobs = settings_of(theater)
    node_by_id = dict(zip(points, mesh.node_of_point.tolist(), strict=True))
    nodes = np.array([node_by_id[one] for one in control["place_id"]], dtype=np.int64)
    labels = labels_from_control(control, nodes, actors_in(control), knobs.local_actors)
    if not len(labels.nodes):
        return np.zeros(len(control))
    net = network_of(mesh, knobs)
    smoother = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, 1.0)
    at_node = smoother.row(node, knobs.clamp * labels.worth**2)
    counted = np.zeros(len(mesh.xy))
    counted[labels.nodes] = at_node
    shared = np.bincount(nodes, minlength=len(mesh.xy))
    return np.asarray(counted[nodes] / np.maximum(shared[nodes], 1))
