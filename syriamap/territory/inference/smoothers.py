"""
Two ways to spread evidence over the graph, and what each would say of a place without its own.

In comes the network of :mod:`syriamap.territory.mesh.graph` and the evidence on some of its nodes,
out go values at every node and the leave-one-out values at the nodes with evidence. Both are linear
smoothers F = H Y with a sparse system, so leaving out one piece of evidence needs no new solve: F₋ᵢ
= (Fᵢ - Hᵢᵢ Yᵢ) / (1 - Hᵢᵢ) (Craven and Wahba 1979, "Smoothing noisy data with spline functions").

How firmly the evidence is held changes nothing but the diagonal at its nodes. So these are ordered
last, all others are eliminated (the Schur complement; Zhang 2005, "The Schur Complement and Its
Applications", section 0), and what is left is a small dense system between the places with
evidence: another weight, another day or a claim left out is solved there. Where evidence is too
plentiful for that the diagonal of H is read off a few solves for groups of nodes far apart from
one another, whose influences hardly meet (probing; Tang and Saad 2012, "A probing method for
computing the diagonal of a matrix inverse").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.territory.mesh.graph import cell_areas, laplacian
from syriamap.territory.mesh.tessellation import Memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse
    from scipy.sparse.linalg import SuperLU

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.mesh.tessellation import Tessellation

__all__ = [
    "Smoother",
    "Spread",
    "around_mean",
    "field_mean",
    "harmonic_smoother",
    "matern_smoother",
    "probe_groups",
]


@dataclass(frozen=True)
class Spread:
    """
    Evidence spread over the graph.

    Attributes
    ----------
    values
        At every node, (N, C).
    left_out
        At each node with evidence, what the others say, (M, C); empty when not asked for.
    """

    values: NDArray[np.float64]
    left_out: NDArray[np.float64]


@dataclass
class _Held:
    """The system with evidence held so firmly, factored, and what each piece counts at home."""

    at: NDArray[np.int64]
    keep: NDArray[np.float64]
    lu: SuperLU
    own: NDArray[np.float64] | None = None


class Smoother:
    """
    A system A = A₀ + C on the graph, C the diagonal of firmness at nodes with evidence.

    Parameters
    ----------
    system
        A₀, (N, N), symmetric, positive definite but for single nodes, in the order of elimination.
    order
        Node of each of its rows, (N,), those of the evidence last if they are to be eliminated to.
    nodes
        Nodes with evidence, (M,), ascending.
    xy
        Points of all nodes, (N, 2).
    scale
        What a firmness of 1 is in the units of the system.
    knobs
        Says up to how much evidence the system between it is dense.
    """

    def __init__(
        self,
        system: sparse.csc_array,
        order: NDArray[np.int64],
        nodes: NDArray[np.int64],
        xy: NDArray[np.float64],
        *,
        scale: float,
        knobs: InferenceSettings,
    ) -> None:
        self.nodes, self.scale, self.knobs = nodes, scale, knobs
        self._order, self._xy, self._system = order, xy, system
        self._position = np.empty(len(order), dtype=np.int64)
        self._position[order] = np.arange(len(order))
        self._lu: SuperLU | None = None
        # evidence is held by its worth, then by its worth and the trust in it
        self._ways = Memory(2 if len(order) <= knobs.most_copied else 1)
        self._told = Memory(2)
        self.between: NDArray[np.float64] | None = None
        if len(nodes) <= knobs.most_eliminated:
            self._eliminate()

    def _eliminated(self) -> SuperLU:
        """Factors with the evidence last, held by one firm piece each: else A₀ is singular."""
        if self._lu is not None:
            return self._lu
        count, total = len(self.nodes), len(self._order)
        return _factored(_held(self._system, np.arange(total - count, total), self.scale))

    def _eliminate(self) -> None:
        count, total = len(self.nodes), len(self._order)
        lu = self._eliminated()
        still = np.arange(total)
        if (lu.perm_r != still).any() or (lu.perm_c != still).any():
            return  # rows were exchanged: the evidence is not last
        lower = lu.L[total - count :, total - count :].toarray()
        upper = lu.U[total - count :, total - count :].toarray()
        # what was asked for L and U holds copies of both as long as it lives
        self._lu = lu if total <= self.knobs.most_copied else None
        rows = self._order[total - count :]
        last = np.argsort(rows)
        schur = (lower @ upper)[np.ix_(last, last)]
        self.between = (schur + schur.T) / 2.0 - self.scale * np.eye(count)

    def weights(self, firmness: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        How much each piece of evidence counts at the place of each, H between them, (M, M).

        Only where few enough are there for it (:attr:`between` is not None).
        """
        between = self.between
        assert between is not None  # noqa: S101  (for the type checker; callers have asked)
        keep = firmness * self.scale

        def made() -> NDArray[np.float64]:
            return np.asarray(np.linalg.inv(between + np.diag(keep)) * keep)

        return self._ways.of(firmness.tobytes(), made)

    def extended(self, at_evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values at all nodes (N, C) from those at nodes with evidence (M, C)."""
        assert self.between is not None  # noqa: S101  (as above)
        right = np.zeros((len(self._order), at_evidence.shape[1]), order="F")
        pull = self.between @ at_evidence + self.scale * at_evidence
        right[self._position[self.nodes]] = pull
        values = np.empty_like(right)
        self._lu = self._eliminated()
        values[self._order] = self._lu.solve(right)
        return values

    def columns(
        self, firmness: NDArray[np.float64]
    ) -> Callable[[NDArray[np.int64]], NDArray[np.float64]]:
        """
        Columns of the inverse of A, for evidence held this firmly, (M,).

        Gives a function from B nodes to their columns, (N, B). Times the firmness of its evidence
        and the scale, a column is how much that piece counts at every node.
        """
        lu = _factored(_held(self._system, self._position[self.nodes], firmness * self.scale))

        def of_nodes(nodes: NDArray[np.int64]) -> NDArray[np.float64]:
            unit = np.zeros((len(self._order), len(nodes)), order="F")
            unit[self._position[nodes], np.arange(len(nodes))] = 1.0
            found = np.empty_like(unit)
            found[self._order] = lu.solve(unit)
            return found

        return of_nodes

    def row(self, node: int, firmness: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much each piece of evidence counts at a node, (M,): a row of H."""
        # the system is symmetric: a row of the inverse is a column
        column = self.columns(firmness)(np.array([node]))[:, 0]
        return np.asarray(column[self.nodes] * firmness * self.scale)

    def spread(
        self,
        targets: NDArray[np.float64],
        firmness: NDArray[np.float64],
        *,
        leave_out: bool = False,
        everywhere: bool = True,
    ) -> Spread:
        """
        Values at every node, and left-out ones at the evidence.

        Parameters
        ----------
        targets
            What the evidence says, (M, C).
        firmness
            How firmly each node keeps it, positive, (M,).
        leave_out, everywhere
            Whether `left_out` and `values` are wanted; what is not is empty.
        """
        if everywhere:
            return self._spread(targets, firmness, leave_out=leave_out)
        # what is wanted at evidence alone is little, and mostly what it was on the day before
        key = targets.tobytes(), firmness.tobytes(), leave_out

        def made() -> Spread:
            found = self._spread(targets, firmness, leave_out=leave_out, everywhere=False)
            return Spread(found.values[:0], found.left_out)

        return self._told.of(key, made)

    def _spread(
        self,
        targets: NDArray[np.float64],
        firmness: NDArray[np.float64],
        *,
        leave_out: bool,
        everywhere: bool = True,
    ) -> Spread:
        if self.between is None:
            return self._probed(targets, firmness, leave_out=leave_out)
        weights = self.weights(firmness)
        at_evidence = weights @ targets
        none = np.empty((0, targets.shape[1]))
        return Spread(
            self.extended(at_evidence) if everywhere else none,
            self._left_out(at_evidence, np.diag(weights), targets) if leave_out else none,
        )

    def _probed(
        self, targets: NDArray[np.float64], firmness: NDArray[np.float64], *, leave_out: bool
    ) -> Spread:
        """Solve for the targets and, once for evidence held so firmly, for groups of probes."""
        held = self._held_so(firmness)
        kinds = targets.shape[1]
        right = np.zeros((len(self._order), kinds), order="F")
        right[held.at] = targets * held.keep[:, None]
        values = np.empty((len(self._order), kinds))
        values[self._order] = held.lu.solve(right)
        if not leave_out:
            return Spread(values, np.empty((0, kinds)))
        return Spread(values, self._left_out(values[self.nodes], self._own(held), targets))

    def _held_so(self, firmness: NDArray[np.float64]) -> _Held:
        """The system for evidence held so firmly: on quiet days it is that of the day before."""

        def made() -> _Held:
            at, keep = self._position[self.nodes], firmness * self.scale
            return _Held(at, keep, _factored(_held(self._system, at, keep)))

        return self._ways.of(firmness.tobytes(), made)

    def _own(self, held: _Held) -> NDArray[np.float64]:
        """How much each piece of evidence counts at its own place, (M,)."""
        if held.own is None:
            groups = probe_groups(self._xy[self.nodes], self.knobs)
            probes = int(groups.max()) + 1 if len(groups) else 0
            right = np.zeros((len(self._order), probes), order="F")
            right[held.at, groups] = held.keep
            held.own = held.lu.solve(right)[held.at, groups]
        return held.own

    def _left_out(
        self,
        at_evidence: NDArray[np.float64],
        own: NDArray[np.float64],
        targets: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        share = np.clip(own, 0.0, self.knobs.surest)[:, None]
        return np.asarray((at_evidence - share * targets) / (1.0 - share))


def _held(
    system: sparse.csc_array, at: NDArray[np.int64], keep: NDArray[np.float64] | float
) -> sparse.csc_array:
    """The system with more on the diagonal at some rows."""
    from scipy import sparse

    more = np.zeros(system.shape[0])
    more[at] = keep
    return (system + sparse.diags_array(more, format="csc")).tocsc()


def _factored(system: sparse.csc_array) -> SuperLU:
    """Sparse factorization of a symmetric positive definite system, in the order it is in."""
    from scipy.sparse.linalg import splu

    # a graph in the plane has few columns alike: to look for panels of them takes longer
    return splu(
        system,
        permc_spec="NATURAL",
        diag_pivot_thresh=0.0,
        relax=1,
        panel_size=1,
        options={"SymmetricMode": True},
    )


def _last(
    order: NDArray[np.int64], nodes: NDArray[np.int64], knobs: InferenceSettings
) -> NDArray[np.int64]:
    """An order of elimination with these nodes last, as far as they are few."""
    if len(nodes) > knobs.most_eliminated:
        return order
    last = np.zeros(len(order), dtype=bool)
    last[nodes] = True
    return np.concatenate([order[~last[order]], order[last[order]]])


def harmonic_smoother(
    mesh: Tessellation,
    conductance: NDArray[np.float64],
    nodes: NDArray[np.int64],
    knobs: InferenceSettings,
) -> Smoother:
    """
    Harmonic function with soft evidence: solve (L + C) F = C Y.

    The value at a node without evidence is the weighted mean of its neighbors' (Zhu, Ghahramani
    and Lafferty 2003, "Semi-supervised learning using Gaussian fields and harmonic functions",
    with the soft labels of its section 5). It is also the chance that a random walk from the node
    first ends at evidence for the actor.

    Parameters
    ----------
    mesh, conductance
        The network.
    nodes
        Nodes with evidence, (M,), ascending. Their firmness is relative to the mean conductance of
        a node.
    knobs
        The settings.
    """
    order = _last(mesh.elimination[0], nodes, knobs)
    system = laplacian(mesh, conductance, order)
    scale = max(float(system.diagonal().mean()), knobs.ground)
    # A trace of conductance to the ground keeps islands without evidence solvable; there F is 0.
    everywhere = np.arange(len(order))
    return Smoother(
        _held(system, everywhere, knobs.ground), order, nodes, mesh.xy, scale=scale, knobs=knobs
    )


def matern_smoother(
    mesh: Tessellation,
    conductance: NDArray[np.float64],
    nodes: NDArray[np.int64],
    knobs: InferenceSettings,
) -> Smoother:
    """
    Matérn field (nu = 1): precision and noise of the evidence.

    The field has precision Q = K C⁻¹ K / (4 π κ²) with K = κ² C + G, C the cell areas, G the
    Laplacian and κ = √8 / range (Lindgren, Rue and Lindström 2011, "An explicit link between
    Gaussian fields and Gaussian Markov random fields", section 2); this is kriging of the actors'
    indicators with a sparse matrix. Parameters (`mesh, conductance, nodes, knobs`) as for
    :func:`harmonic_smoother`; the firmness of a piece of evidence divides the variance of its
    noise.
    """
    from scipy import sparse

    order = _last(mesh.elimination[1], nodes, knobs)
    areas = mesh.memory.of("areas", lambda: cell_areas(mesh))[order]
    kappa2 = 8.0 / knobs.matern_range_km**2
    operator = _held(laplacian(mesh, conductance, order), np.arange(len(order)), kappa2 * areas)
    scaled = sparse.diags_array(1.0 / (areas * 4.0 * np.pi * kappa2), format="csc")
    precision = (operator @ (scaled @ operator)).tocsc()
    return Smoother(precision, order, nodes, mesh.xy, scale=1.0 / knobs.matern_noise, knobs=knobs)


def field_mean(
    targets: NDArray[np.float64], firmness: NDArray[np.float64], knobs: InferenceSettings
) -> NDArray[np.float64]:
    """Mean of the Matérn field, (C,): between the evidence's and an even one."""
    kinds, share = max(targets.shape[1], 1), knobs.mean_share
    told = np.average(targets, axis=0, weights=firmness)
    return np.asarray(share * told + (1.0 - share) / kinds)


def around_mean(
    smoother: Smoother,
    targets: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    leave_out: bool = False,
) -> Spread:
    """Spread what the evidence says beyond its mean (:func:`field_mean`), and add that again."""
    mean = field_mean(targets, weight, smoother.knobs)
    spread = smoother.spread(targets - mean, weight, leave_out=leave_out)
    return Spread(spread.values + mean, spread.left_out + mean)


def probe_groups(xy: NDArray[np.float64], knobs: InferenceSettings) -> NDArray[np.int64]:
    """
    Group of each point, counted from 0, so that neighbors are in different groups, (M,).

    Points are dealt out in the order of a Morton curve (Morton 1966), which keeps neighbors
    together: every 24th point of it goes to the same group (`probes`).
    """
    bits = knobs.morton_bits
    span = max(float(np.ptp(xy, axis=0).max()), 1.0) if len(xy) else 1.0
    cell = ((xy - xy.min(axis=0)) / span * (2**bits - 1)).astype(np.int64)
    code = np.zeros(len(xy), dtype=np.int64)
    for bit in range(bits):
        code |= ((cell[:, 0] >> bit) & 1) << (2 * bit)
        code |= ((cell[:, 1] >> bit) & 1) << (2 * bit + 1)
    groups = np.empty(len(xy), dtype=np.int64)
    groups[np.argsort(code, kind="stable")] = np.arange(len(xy)) % knobs.probes
    return groups
