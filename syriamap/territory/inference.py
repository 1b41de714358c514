"""
Evidence on the graph → the probability of each actor at every node.

In come the control frame and the tessellation, out goes a :class:`Field`. The engine is the
harmonic function of Zhu, Ghahramani and Lafferty (2003), "Semi-supervised learning using Gaussian
fields and harmonic functions", on the Delaunay graph of all places with conductances 1/distance:
the probability at a place without evidence is the weighted mean of its neighbors'. Edges across a
river or lake conduct a twentieth. Further engines belong beside :func:`_harmonic`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.errors import TheaterError
from syriamap.territory.tessellation import Tessellation, tessellation_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from syriamap.theater import Theater

__all__ = ["Field", "InferenceSettings", "field_from_control"]

_UNKNOWN_WORTH = 0.5
"""Worth of knowing that a place's holder is not known, as of a belief of this strength."""


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
    water_conductance: float = 0.05
    clamp: float = 20.0
    local_actors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """
    What is inferred at every node.

    Attributes
    ----------
    tessellation
        The nodes.
    actors
        Actor ids, the columns of `probability`.
    probability
        (N, K), rows sum to 1 where any evidence connects, else 0.
    leaning
        Column of the likeliest actor at each node, -1 where nothing is known, (N,).
    status
        `held`, `contested`, `besieged` or `undetermined` at each node, (N,).
    confidence
        0 to 1 at each node: probability of the leaning, weighed by the worth of the evidence.
    evidence_km
        Distance to the nearest node with evidence, (N,).
    points
        Place ids in the order of `tessellation.node_of_point`: the theater's places, then the own
        points of claims.
    """

    tessellation: Tessellation
    actors: tuple[str, ...]
    probability: NDArray[np.float64]
    leaning: NDArray[np.int64]
    status: NDArray[np.str_]
    confidence: NDArray[np.float64]
    evidence_km: NDArray[np.float64]
    points: tuple[str, ...]


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
    knobs = settings or _settings_of(theater)
    places = theater.places
    own = control[~control["place_id"].isin(places.index)]
    points = (*map(str, places.index), *map(str, own["place_id"]))
    lat = np.concatenate([places["lat"].to_numpy(float), own["lat"].to_numpy(float)])
    lon = np.concatenate([places["lon"].to_numpy(float), own["lon"].to_numpy(float)])
    mesh = tessellation_of(lat, lon, theater, cached=cached)
    node_by_id = dict(zip(points, mesh.node_of_point.tolist(), strict=True))
    nodes = np.array([node_by_id[one] for one in control["place_id"]], dtype=np.int64)
    actors = _actors_in(control)
    labels = _labels(control, nodes, actors, len(mesh.xy), knobs)
    probability, doubt, unknown = _harmonic(mesh, labels, knobs)
    return _field(
        mesh=mesh,
        actors=actors,
        sides=tuple(theater.side_of(actor) for actor in actors),
        labels=labels,
        probability=probability,
        doubt=doubt,
        unknown=unknown,
        points=points,
        knobs=knobs,
    )


@dataclass(frozen=True)
class _Labels:
    """Evidence per node: (N, K) shares, (N,) worth and flags, and pinned states."""

    shares: NDArray[np.float64]
    worth: NDArray[np.float64]
    contested: NDArray[np.float64]
    unknown: NDArray[np.float64]
    spreading: NDArray[np.bool_]
    pinned: dict[int, tuple[int, str, float]]


def _actors_in(control: pd.DataFrame) -> tuple[str, ...]:
    names = {actor for shares in control["shares"] for actor in shares}
    return tuple(sorted(names))


def _labels(
    control: pd.DataFrame,
    nodes: NDArray[np.int64],
    actors: tuple[str, ...],
    count: int,
    knobs: InferenceSettings,
) -> _Labels:
    shares = np.zeros((count, len(actors)))
    worth, contested, unknown = np.zeros(count), np.zeros(count), np.zeros(count)
    spreading = np.zeros(count, dtype=bool)
    pinned: dict[int, tuple[int, str, float]] = {}
    column = {actor: index for index, actor in enumerate(actors)}
    table = zip(nodes.tolist(), control["shares"], control["status"], control["leaning"],
                control["confidence"], strict=True)  # fmt: skip
    for node, own, status, leaning, confidence in table:
        pinned[node] = (column.get(leaning, -1), status, float(confidence))
        if leaning in knobs.local_actors:
            continue
        spreading[node] = True
        if status == "undetermined":
            # That the holder is not known is evidence too, if weaker than a known one.
            unknown[node], worth[node] = 1.0, max(worth[node], _UNKNOWN_WORTH)
            continue
        for actor, share in own.items():
            shares[node, column[actor]] += share
        worth[node] += sum(own.values())
        contested[node] = max(contested[node], float(status == "contested"))
    total = shares.sum(axis=1, keepdims=True)
    np.divide(shares, total, out=shares, where=total > 0)
    return _Labels(shares, np.minimum(worth, 1.0), contested, unknown, spreading, pinned)


def _harmonic(
    mesh: Tessellation, labels: _Labels, knobs: InferenceSettings
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """
    Solve (L + C) F = C Y for the actors' shares, contested evidence and unknown holders.

    L is the graph Laplacian with conductances 1/km, C is diagonal and holds how firmly a node
    keeps its own evidence (Zhu et al. 2003, with soft labels as in their section 5).
    """
    from scipy import sparse
    from scipy.sparse.linalg import splu

    count, kinds = labels.shares.shape
    if not kinds or not labels.spreading.any():
        return np.zeros((count, kinds)), np.zeros(count), np.ones(count)
    conductance = knobs.water_conductance ** np.minimum(mesh.crossings, 2)
    conductance = conductance / np.maximum(mesh.lengths / 1_000.0, 0.3)
    tails, heads = mesh.edges.T
    graph = sparse.coo_array(
        (np.tile(conductance, 2), (np.r_[tails, heads], np.r_[heads, tails])), shape=(count, count)
    ).tocsr()
    degree: NDArray[np.float64] = np.asarray(graph.sum(axis=1)).ravel()
    keep = np.where(labels.spreading, knobs.clamp * degree.mean() * labels.worth**2, 0.0)
    # A trace of conductance to the ground keeps islands without evidence solvable; there F is 0.
    system = sparse.diags_array(degree + keep + 1e-9) - graph
    targets = np.column_stack([labels.shares, labels.contested, labels.unknown]) * keep[:, None]
    solver = splu(
        system.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )  # fmt: skip
    solved = np.clip(solver.solve(targets), 0.0, 1.0)
    probability = solved[:, :kinds]
    total = probability.sum(axis=1, keepdims=True)
    probability = np.divide(probability, total, out=np.zeros_like(probability), where=total > 1e-3)
    return probability, solved[:, kinds], solved[:, kinds + 1]


def _field(
    *,
    mesh: Tessellation,
    actors: tuple[str, ...],
    sides: tuple[str, ...],
    labels: _Labels,
    probability: NDArray[np.float64],
    doubt: NDArray[np.float64],
    unknown: NDArray[np.float64],
    points: tuple[str, ...],
    knobs: InferenceSettings,
) -> Field:
    """Read leaning, status and confidence off the probabilities; evidence overrules inference."""
    known = probability.sum(axis=1) > 0
    leaning, best = _leaning(probability, sides)
    leaning = np.where(known, leaning, -1)
    distance, worth = _nearest_evidence(mesh, labels)
    confidence = best * worth * 0.5 ** (distance / knobs.reach_km)
    far = (distance > knobs.reach_km) | ~known | (unknown > 0.5)
    status = np.where(far, "undetermined", np.where(doubt > 0.5, "contested", "held"))
    status = status.astype("<U12")
    for node, (column, own_status, own_confidence) in labels.pinned.items():
        leaning[node] = column if column >= 0 else leaning[node]
        status[node] = own_status
        confidence[node] = own_confidence
    return Field(mesh, actors, probability, leaning, status, confidence, distance, points)


def _leaning(
    probability: NDArray[np.float64], sides: tuple[str, ...]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """
    Likeliest actor of the likeliest side at each node, and the side's probability.

    Sides first: two allied factions with .3 each outweigh an enemy with .4.
    """
    count = len(probability)
    if not sides:
        return np.full(count, -1, dtype=np.int64), np.zeros(count)
    names = sorted(set(sides))
    belongs = np.array([[side == name for name in names] for side in sides], dtype=float)
    by_side = probability @ belongs
    winner = by_side.argmax(axis=1)
    own = np.where(belongs.T[winner] > 0, probability, -1.0)
    return own.argmax(axis=1).astype(np.int64), by_side.max(axis=1)


def _nearest_evidence(
    mesh: Tessellation, labels: _Labels
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kilometers from each node to the nearest one with evidence, and the worth of that."""
    import shapely

    where = np.flatnonzero(labels.spreading)
    if not len(where):
        return np.full(len(mesh.xy), np.inf), np.zeros(len(mesh.xy))
    nodes = mesh.points
    # an R-tree does what a k-d tree would, and spares loading scipy.spatial
    pairs, apart = shapely.STRtree(nodes[where]).query_nearest(
        nodes, all_matches=False, return_distance=True
    )
    return apart / 1_000.0, labels.worth[where[pairs[1]]]
