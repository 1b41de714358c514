"""
Two ways to spread evidence over the graph, and what each would say of a place without its own.

In comes the network of :mod:`syriamap.territory.graph` and the evidence on some of its nodes, out
go values at every node and the leave-one-out values at the nodes with evidence. Both are linear
smoothers F = H Y with one sparse factorization, so leaving out one piece of evidence needs no new
solve: F₋ᵢ = (Fᵢ - Hᵢᵢ Yᵢ) / (1 - Hᵢᵢ) (Craven and Wahba 1979, "Smoothing noisy data with spline
functions"). The diagonal of H is read off a few solves for groups of nodes far apart from one
another, whose influences do not meet (probing; Tang and Saad 2012, "A probing method for computing
the diagonal of a matrix inverse").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.territory.graph import cell_areas, laplacian

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse
    from scipy.sparse.linalg import SuperLU

    from syriamap.territory.tessellation import Tessellation

__all__ = [
    "MATERN_NOISE",
    "MATERN_RANGE_KM",
    "Spread",
    "factored",
    "harmonic",
    "matern",
    "probe_groups",
]

MATERN_RANGE_KM = 200.0
"""Distance at which the correlation of the Matérn field has dropped to about .1."""

MATERN_NOISE = 0.05
"""Variance of a firm piece of evidence around the field, relative to the field's own of 1."""

_GROUND = 1e-9
_PROBES = 24
_MORTON_BITS = 16


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


def factored(system: sparse.csr_array) -> SuperLU:
    """Sparse factorization of a symmetric positive definite system."""
    from scipy.sparse.linalg import splu

    return splu(
        system.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )  # fmt: skip


def harmonic(
    mesh: Tessellation,
    conductance: NDArray[np.float64],
    nodes: NDArray[np.int64],
    targets: NDArray[np.float64],
    clamp: NDArray[np.float64],
    *,
    leave_out: bool = False,
) -> Spread:
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
        Nodes with evidence, (M,), each once.
    targets
        What the evidence says, (M, C).
    clamp
        How firmly each node keeps its own evidence, relative to the mean conductance of a node,
        (M,), positive.
    leave_out
        Whether `left_out` is wanted.
    """
    from scipy import sparse

    system = laplacian(mesh, conductance)
    keep = np.zeros(len(mesh.xy))
    keep[nodes] = clamp * max(float(system.diagonal().mean()), _GROUND)
    # A trace of conductance to the ground keeps islands without evidence solvable; there F is 0.
    system = system + sparse.diags_array(keep + _GROUND)
    return _solved(system.tocsr(), mesh, nodes, targets, keep[nodes], leave_out=leave_out)


def matern(
    mesh: Tessellation,
    conductance: NDArray[np.float64],
    nodes: NDArray[np.int64],
    targets: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    leave_out: bool = False,
) -> Spread:
    """
    Posterior mean of a Matérn field (nu = 1) around the mean of the evidence.

    The field has precision Q = K C⁻¹ K / (4 π κ²) with K = κ² C + G, C the cell areas, G the
    Laplacian and κ = √8 / range (Lindgren, Rue and Lindström 2011, "An explicit link between
    Gaussian fields and Gaussian Markov random fields", section 2); this is kriging of the actors'
    indicators with a sparse matrix. Parameters as for :func:`harmonic`; `weight` (M,) divides the
    variance of each piece of evidence.
    """
    from scipy import sparse

    areas = cell_areas(mesh)
    kappa2 = 8.0 / MATERN_RANGE_KM**2
    operator = laplacian(mesh, conductance) + sparse.diags_array(kappa2 * areas)
    precision = operator @ sparse.diags_array(1.0 / areas) @ operator / (4.0 * np.pi * kappa2)
    kinds = max(targets.shape[1], 1)
    mean = 0.5 * np.average(targets, axis=0, weights=weight) + 0.5 / kinds
    keep = np.zeros(len(mesh.xy))
    keep[nodes] = weight / MATERN_NOISE
    system = (precision + sparse.diags_array(keep)).tocsr()
    spread = _solved(system, mesh, nodes, targets - mean, keep[nodes], leave_out=leave_out)
    return Spread(spread.values + mean, spread.left_out + mean)


def _solved(
    system: sparse.csr_array,
    mesh: Tessellation,
    nodes: NDArray[np.int64],
    targets: NDArray[np.float64],
    keep: NDArray[np.float64],
    *,
    leave_out: bool,
) -> Spread:
    """Solve for the targets and, in the same sweep, for the groups of probes."""
    kinds = targets.shape[1]
    groups = probe_groups(mesh.xy[nodes]) if leave_out else np.empty(0, dtype=np.int64)
    right = np.zeros((len(mesh.xy), kinds + (int(groups.max()) + 1 if len(groups) else 0)))
    right[nodes, :kinds] = targets * keep[:, None]
    if leave_out:
        right[nodes, kinds + groups] = keep
    solved = np.asarray(factored(system).solve(right))
    values = solved[:, :kinds]
    if not leave_out:
        return Spread(values, np.empty((0, kinds)))
    own = np.clip(solved[nodes, kinds + groups], 0.0, 0.9999)[:, None]
    return Spread(values, (values[nodes] - own * targets) / (1.0 - own))


def probe_groups(xy: NDArray[np.float64]) -> NDArray[np.int64]:
    """
    Group of each point, 0 to 23, so that neighbors are in different groups, (M,).

    Points are dealt out in the order of a Morton curve (Morton 1966), which keeps neighbors
    together: every 24th point of it goes to the same group.
    """
    span = max(float(np.ptp(xy, axis=0).max()), 1.0) if len(xy) else 1.0
    cell = ((xy - xy.min(axis=0)) / span * (2**_MORTON_BITS - 1)).astype(np.int64)
    code = np.zeros(len(xy), dtype=np.int64)
    for bit in range(_MORTON_BITS):
        code |= ((cell[:, 0] >> bit) & 1) << (2 * bit)
        code |= ((cell[:, 1] >> bit) & 1) << (2 * bit + 1)
    groups = np.empty(len(xy), dtype=np.int64)
    groups[np.argsort(code, kind="stable")] = np.arange(len(xy)) % _PROBES
    return groups
