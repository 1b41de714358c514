"""
Evidence on the graph → the probability of each actor at every node.

In come the control frame and the tessellation, out goes a :class:`Field`. Two engines are averaged,
the harmonic function and a Matérn field (:mod:`~syriamap.territory.smoothers`), on the Delaunay
graph of all places (:mod:`~syriamap.territory.graph`); the mean is calibrated on the evidence
itself (:mod:`~syriamap.territory.calibration`), after each place was held against its surroundings
(:mod:`~syriamap.territory.robust`). ``docs/method.md`` has the formulas and what each step brings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.errors import TheaterError
from syriamap.territory import graph
from syriamap.territory.calibration import shares_of, temperature_of, tempered
from syriamap.territory.elimination import MATERN_NODES
from syriamap.territory.field import (
    JUDGES,
    Claimed,
    Field,
    HeldOut,
    Solved,
    belonging,
    empty_field,
    field_from_solved,
)
from syriamap.territory.labels import Labels, actors_in, labels_from_control
from syriamap.territory.robust import Surroundings, freshness, reviewed_control, trust_in_evidence
from syriamap.territory.smoothers import (
    Smoother,
    around_mean,
    harmonic_smoother,
    matern_smoother,
)
from syriamap.territory.tessellation import Tessellation, tessellation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from syriamap.theater import Theater

__all__ = ["InferenceSettings", "field_from_control", "field_on", "influence_on"]

_HARMONIC_SHARE = 0.6
_MATERN_SPACING = 0.75
_FORETOLD = 0.75
_POCKET_KM = 10.0


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


def _settings_of(theater: Theater) -> InferenceSettings:
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
    points = (*map(str, places.index), *map(str, own["place_id"]))
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
    knobs = settings or _settings_of(theater)
    node_by_id = dict(zip(points, mesh.node_of_point.tolist(), strict=True))
    nodes = np.array([node_by_id[one] for one in control["place_id"]], dtype=np.int64)
    actors = actors_in(control)
    sides = tuple(theater.side_of(actor) for actor in actors)
    claimed = Claimed(control, nodes, actors, sides, points)
    labels = labels_from_control(control, nodes, actors, knobs.local_actors)
    if not len(labels.nodes) or not actors:
        return empty_field(mesh, claimed)
    net = _network(mesh, knobs)
    near = net.near(labels.nodes)
    trust, beside = np.ones(len(control)), np.zeros(len(mesh.xy), dtype=bool)
    if len(labels.nodes) >= JUDGES:
        claimed, trust = _reviewed(net, claimed, labels, near[0])
        kept = labels_from_control(claimed.control, nodes, actors, knobs.local_actors)
        if len(kept.nodes) < len(labels.nodes):
            dropped = ~np.isin(labels.nodes, kept.nodes)
            beside = dropped[near[1]] & (near[0][:, 0] <= _POCKET_KM)
            near = net.near(kept.nodes)
        labels = kept
    weight = labels.worth * _by_node(trust, nodes, labels.nodes)
    solved = _solved(net, labels, weight, near, sides)
    solved = replace(solved, beside_pocket=beside)
    return field_from_solved(mesh, claimed, labels, solved, knobs.reach_km)


@dataclass(frozen=True)
class _Network:
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

    def spaced(self, distance: NDArray[np.float64], power: float) -> NDArray[np.float64]:
        """Conductances with the spacing of the evidence in them."""
        spacing = graph.evidence_spacing(distance)
        tails, heads = self.mesh.edges.T
        return np.asarray(self.conductance * np.sqrt(spacing[tails] * spacing[heads]) ** power)


def _network(mesh: Tessellation, knobs: InferenceSettings) -> _Network:
    water = knobs.water_conductance
    conductance = mesh.memory.of(("edges", water), lambda: graph.conductances(mesh, water))
    return _Network(mesh, conductance, knobs)


def _by_node(
    values: NDArray[np.float64], nodes: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean of the rows' values at each wanted node."""
    count = int(max(nodes.max(), wanted.max())) + 1
    total, rows = np.bincount(nodes, values, count), np.bincount(nodes, minlength=count)
    return np.asarray(total[wanted] / np.maximum(rows[wanted], 1))


def _reviewed(
    net: _Network, claimed: Claimed, labels: Labels, distance: NDArray[np.float64]
) -> tuple[Claimed, NDArray[np.float64]]:
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
        return claimed, np.ones(len(control))  # a patchwork: surroundings say nothing
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
    return replace(claimed, control=reviewed_control(control, around, trust, side_of)), trust


def _solved(
    net: _Network,
    labels: Labels,
    weight: NDArray[np.float64],
    near: tuple[NDArray[np.float64], NDArray[np.int64]],
    sides: tuple[str, ...],
) -> Solved:
    """Mean of the harmonic function and the Matérn field, calibrated on left-out evidence."""
    kinds = labels.shares.shape[1]
    targets = np.column_stack([labels.shares, labels.contested, labels.unknown])
    clamp = np.maximum(net.knobs.clamp * weight**2, 1e-3)
    smoother = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, 1.0)
    one = smoother.spread(targets, clamp, leave_out=True)
    connected = one.values[:, :kinds].sum(axis=1) > 1e-3
    probability, left_out = shares_of(one.values[:, :kinds]), shares_of(one.left_out[:, :kinds])
    told = labels.shares.sum(axis=1) > 0
    if told.any() and len(net.mesh.xy) <= MATERN_NODES:
        smoother = net.smoother(matern_smoother, labels.nodes[told], labels.nodes, _MATERN_SPACING)
        firm = np.maximum(weight[told], 1e-3)
        two = around_mean(smoother, labels.shares[told], firm, leave_out=True)
        probability = _mixed(probability, shares_of(two.values))
        left_out[told] = _mixed(left_out[told], shares_of(two.left_out))
    plain = told & (labels.contested == 0) & (labels.unknown == 0)
    truth = labels.shares[plain].argmax(axis=1)
    power = temperature_of(left_out[plain], truth, weight[plain])
    extra = np.clip(one.values[:, kinds:], 0.0, 1.0)
    return Solved(
        probability=np.where(connected[:, None], tempered(probability, power), 0.0),
        contested=extra[:, 0],
        unknown=extra[:, 1],
        evidence_km=near[0][:, 0],
        nearest=near[1],
        beside_pocket=np.zeros(len(connected), dtype=bool),
        held_out=_held_out(left_out[plain], truth, sides, net.mesh.xy[labels.nodes[plain]]),
    )


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
    knobs = _settings_of(theater)
    node_by_id = dict(zip(points, mesh.node_of_point.tolist(), strict=True))
    nodes = np.array([node_by_id[one] for one in control["place_id"]], dtype=np.int64)
    labels = labels_from_control(control, nodes, actors_in(control), knobs.local_actors)
    if not len(labels.nodes):
        return np.zeros(len(control))
    net = _network(mesh, knobs)
    smoother = net.smoother(harmonic_smoother, labels.nodes, labels.nodes, 1.0)
    at_node = smoother.row(node, knobs.clamp * labels.worth**2)
    counted = np.zeros(len(mesh.xy))
    counted[labels.nodes] = at_node
    shared = np.bincount(nodes, minlength=len(mesh.xy))
    return np.asarray(counted[nodes] / np.maximum(shared[nodes], 1))
