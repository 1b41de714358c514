"""
The control frame as evidence on the graph: which node says what, how firmly.

In come the control of places and the nodes they lie at, out come the claimed places as arrays and
:class:`Labels`, one per node.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from syriamap.look.symbols import JOINT, POCKET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.mesh.tessellation import Ground
    from syriamap.theater.folder import Theater

__all__ = [
    "Claimed",
    "Labels",
    "actors_in",
    "by_node",
    "claimed_on",
    "is_faint",
    "labels_from_control",
    "trust_of",
]

_LAID = ("place_id", "leaning", "status", "shares", "reasons")
"""Columns of control that are evidence."""

_LEFT = frozenset({"lost", "withdrew"})


@dataclass(frozen=True)
class Claimed:
    """
    The places that claims speak of.

    Attributes
    ----------
    control
        The control frame.
    nodes
        Node of each of its rows, (P,).
    actors, sides
        Every actor with a share anywhere, and its side.
    points
        Place ids in the order of the tessellation's points.
    """

    control: pd.DataFrame
    nodes: NDArray[np.int64]
    actors: tuple[str, ...]
    sides: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """
    Evidence per node.

    Attributes
    ----------
    nodes
        Nodes whose evidence spreads, (M,), ascending.
    shares
        Actor's share of the evidence there, (M, K); rows sum to 1, or to 0 where nobody is known.
    worth
        How much it is worth, 0 to 1, (M,).
    contested
        1 where it is contested, (M,).
    unknown
        1 where the holder is known not to be known, (M,).
    """

    nodes: NDArray[np.int64]
    shares: NDArray[np.float64]
    worth: NDArray[np.float64]
    contested: NDArray[np.float64]
    unknown: NDArray[np.float64]

    def at(self, which: NDArray[np.int64]) -> Labels:
        """Some of them, by position."""
        return Labels(
            self.nodes[which],
            self.shares[which],
            self.worth[which],
            self.contested[which],
            self.unknown[which],
        )


def actors_in(control: pd.DataFrame) -> tuple[str, ...]:
    """Every actor that has a share in any place, sorted."""
    return tuple(sorted({actor for shares in control["shares"] for actor in shares}))


def is_faint(status: str, shares: Mapping[str, float], reasons: Sequence[str]) -> bool:
    """
    Whether too little is said of a place to name its holder, but nothing of a holder who left.

    Too little heard is no evidence that nobody holds the place: it speaks softly for whom it names.
    """
    return status == "undetermined" and bool(shares) and _LEFT.isdisjoint(reasons)


def labels_from_control(
    control: pd.DataFrame,
    nodes: NDArray[np.int64],
    actors: tuple[str, ...],
    knobs: InferenceSettings,
) -> Labels:
    """
    Gather the evidence of places by node.

    Parameters
    ----------
    control
        The control frame.
    nodes
        Node of each of its rows.
    actors
        Columns of the shares.
    knobs
        Names the local actors, whose evidence stays at its own place as does that of unconfirmed
        pockets.
    """
    where, at = np.unique(nodes, return_inverse=True)
    count, number = len(where), {actor: index for index, actor in enumerate(actors)}
    local, step = frozenset(knobs.local_actors), knobs.evidence_step
    # lists, for a number of an array is slow to reach
    unknown, contested, spreads = ([False] * count for _ in range(3))
    cells: list[int] = []
    told: list[float] = []
    names = ("shares", "status", "leaning", "reasons")
    table = zip(at.tolist(), *(control[name].tolist() for name in names), strict=True)
    for node, own, status, leaning, reasons in table:
        if leaning in local or POCKET in reasons:
            continue
        spreads[node] = True
        if status == "undetermined" and not is_faint(status, own, reasons):
            # That the holder is no longer known is evidence too, if weaker than a known one.
            unknown[node] = True
            continue
        first = node * len(actors)
        cells += [first + number[actor] for actor in own]
        told += own.values()
        # two sides that hold a place together do so there: it is no sign of a conflict around it
        if status == "contested" and JOINT not in reasons:
            contested[node] = True
    # what claims add up to drifts from day to day by less than a step: that is nothing new
    steps = np.maximum(np.rint(np.array(told) / step), 1.0)
    size = count, len(actors)
    counted = np.bincount(np.array(cells, dtype=np.int64), steps, size[0] * size[1])
    shares = counted.astype(float).reshape(size)
    total = shares.sum(axis=1, keepdims=True)
    np.divide(shares, total, out=shares, where=total > 0)
    kept = np.array(spreads, dtype=bool)
    vague = np.array(unknown, dtype=bool)
    worth = np.maximum(total[:, 0] * step, np.where(vague, knobs.unknown_worth, knobs.least_worth))
    return Labels(
        where[kept],
        shares[kept],
        np.minimum(worth, 1.0)[kept],
        np.array(contested, dtype=float)[kept],
        vague[kept].astype(float),
    )


def claimed_on(
    ground: Ground, control: pd.DataFrame, theater: Theater, settings: InferenceSettings
) -> tuple[Claimed, Labels]:
    """
    Lay the claimed places on a tessellation, and gather their evidence.

    Parameters
    ----------
    ground
        The tessellation and its points.
    control
        The control frame.
    theater
        Gives the sides of actors.
    settings
        Says whose evidence stays at its own place.
    """

    def made() -> tuple[Claimed, Labels]:
        nodes, actors = ground.nodes_of(columns[0]), actors_in(control)
        sides = tuple(theater.side_of(actor) for actor in actors)
        labels = labels_from_control(control, nodes, actors, settings)
        return Claimed(control, nodes, actors, sides, ground.points), labels

    # most days tell what the day before told, of control as it is said and as it is drawn
    columns = [control[name].tolist() for name in _LAID]
    key = "claimed", settings, id(theater), "trust" in control
    claimed, labels = ground.mesh.memory.of_equal(key, [theater, *columns], made)
    return replace(claimed, control=control, points=ground.points), labels


def trust_of(control: pd.DataFrame) -> NDArray[np.float64]:
    """Trust in what is said of each place, 1 where the frame was not reviewed, (P,)."""
    if "trust" not in control:
        return np.ones(len(control))
    return control["trust"].to_numpy(dtype=float)


def by_node(
    values: NDArray[np.float64], nodes: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean of the rows' values at each wanted node; `nodes` are those of the rows."""
    count = int(max(nodes.max(), wanted.max())) + 1
    total, rows = np.bincount(nodes, values, count), np.bincount(nodes, minlength=count)
    return np.asarray(total[wanted] / np.maximum(rows[wanted], 1))
