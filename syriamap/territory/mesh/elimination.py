"""
Graph Laplacians as sparse matrices, and in which order to eliminate their nodes.

In come edges as pairs of node numbers, out go sparse matrices and permutations. The order depends
on the edges alone, so it is found once and kept with the tessellation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriamap.territory.mesh.mesh_settings import MESH

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

__all__ = ["elimination_orders", "laplacian_of"]


def laplacian_of(
    edges: NDArray[np.int64], conductance: NDArray[np.float64], count: int
) -> sparse.csc_array:
    """Graph Laplacian D - W, (N, N), of edges (E, 2) with these conductances (E,)."""
    from scipy import sparse

    tails, heads = edges.T
    degree = np.bincount(tails, conductance, count) + np.bincount(heads, conductance, count)
    nodes = np.arange(count)
    rows, columns = np.r_[tails, heads, nodes], np.r_[heads, tails, nodes]
    values = np.r_[-conductance, -conductance, degree]
    return sparse.coo_array((values, (rows, columns)), shape=(count, count)).tocsc()


def elimination_orders(edges: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """
    In which order to eliminate nodes so that few new entries arise, (2, N).

    By minimum degree (Liu 1985, "Modification of the minimum-degree algorithm by multiple
    elimination"), which finds the order from the edges alone: once for all dates. The first row is
    for the Laplacian, the second for its square, the pattern of a Matérn field's precision; where
    there are more than `matern_nodes`, both are the first.
    """
    from scipy import sparse
    from scipy.sparse.linalg import spilu

    def order_of(system: sparse.csc_array) -> NDArray[np.int64]:
        # The order is found before anything is factored: factors that drop all but the diagonal
        # come with the same one, in a third of the time and a fraction of the memory.
        factored = spilu(
            system,
            drop_tol=1.0,
            fill_factor=1.0,
            permc_spec="MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
        return np.argsort(factored.perm_c).astype(np.int64)

    one = laplacian_of(edges, np.ones(len(edges)), count) + sparse.eye_array(count, format="csc")
    first = order_of(one.tocsc())
    return np.stack([first, order_of((one @ one).tocsc()) if count <= MESH.matern_nodes else first])
