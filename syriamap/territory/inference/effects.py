"""
What the map would be if one place's evidence were another, without inferring it anew.

In comes what was inferred (:class:`~syriamap.territory.inference.solve.Inferred`), out goes the
field with the control of one place changed or gone. Both smoothers are linear and one piece of
evidence is one entry of their diagonal and one of their right side, so that its change is a change
of rank one (Sherman and Morrison 1950, "Adjustment of an inverse matrix corresponding to a change
in one element of a given matrix"). What each of the other places is trusted with, the spacing of
the evidence and the calibration are kept as they are on the full map.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.look.symbols import POCKET
from syriamap.territory.inference.calibration import tempered
from syriamap.territory.inference.field import empty_field, field_from_solved, pinned
from syriamap.territory.inference.labels import (
    Claimed,
    Labels,
    labels_from_control,
    trust_of,
)
from syriamap.territory.inference.smoothers import field_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from syriamap.territory.inference.field import Field, Solved
    from syriamap.territory.inference.solve import Inferred

__all__ = ["Change", "changed_fields"]

_READ = ("place_id", "leaning", "status", "confidence", "reasons", "shares")
_BY_NODE = ("shares", "worth", "contested", "unknown")


@dataclass(frozen=True)
class Change:
    """
    Another control of one place.

    Attributes
    ----------
    place_id
        The place, a row of the control frame.
    control
        What is to stand there instead: a reviewed control frame of one row, or of none.
    """

    place_id: str
    control: pd.DataFrame


def changed_fields(inferred: Inferred, changes: Iterable[Change]) -> Iterator[Field | None]:
    """
    Field after each change, one at a time; None where it brings in an actor that had no share.

    Parameters
    ----------
    inferred
        What was inferred from the full control frame.
    changes
        The changes, each made to the full map.
    """
    changer = _Changer(inferred)
    waiting = list(changes)
    rows = changer.rows_of(waiting)
    step = inferred.net.knobs.changes_at_once
    for start in range(0, len(waiting), step):
        block = range(start, min(start + step, len(waiting)))
        nodes = np.array([changer.node_of[waiting[at].place_id] for at in block], dtype=np.int64)
        columns = [solve(nodes) for solve in changer.columns]
        for index, at in enumerate(block):
            place_id = waiting[at].place_id
            yield changer.after(place_id, rows[at], [part[:, index] for part in columns])


@dataclass(frozen=True)
class _Row:
    """A row of control: what is read of it, the trust in it, its evidence."""

    values: dict[str, Any]
    trust: float
    labels: Labels


class _Changer:
    """One map, changed again and again."""

    def __init__(self, inferred: Inferred) -> None:
        self.inferred, self.net, self.labels = inferred, inferred.net, inferred.labels
        control = inferred.claimed.control
        self.node_of = dict(zip(control["place_id"], inferred.claimed.nodes.tolist(), strict=True))
        self.row_of = {str(place): row for row, place in enumerate(control["place_id"])}
        self.full = inferred.field()
        self.table = {name: control[name].to_numpy(dtype=object, copy=True) for name in _READ}
        spreads, weight = inferred.spreads, inferred.weight
        self.clamp = self.net.clamp(weight)
        self.columns = [spreads.harmonic.columns(self.clamp)]
        self.firm = np.where(spreads.told, self.net.firm(weight), 0.0)
        if spreads.matern is not None and spreads.second is not None:
            firm = self.firm[spreads.told]
            self.columns.append(spreads.matern.columns(firm))
            self.mean = field_mean(self.labels.shares[spreads.told], firm, self.net.knobs)
            # how much of the field at each node comes from evidence, and not from the mean
            self.covered = spreads.matern.spread(np.ones((len(firm), 1)), firm).values[:, 0]
            self.spread = spreads.second.values - (1.0 - self.covered)[:, None] * self.mean

    def rows_of(self, changes: list[Change]) -> list[_Row | None]:
        """The changed rows and their evidence; None where nothing stands."""
        claimed = self.inferred.claimed
        which = [at for at, change in enumerate(changes) if len(change.control)]
        found: list[_Row | None] = [None] * len(changes)
        if not which:
            return found
        control = pd.concat([changes[at].control for at in which], ignore_index=True)
        trust = trust_of(control)
        known = set(claimed.actors)
        clean = np.empty(len(control), dtype=object)
        for row, shares in enumerate(control["shares"]):
            clean[row] = {actor: share for actor, share in shares.items() if actor in known}
        numbers = np.arange(len(control))
        knobs = self.net.knobs
        labels = labels_from_control(control.assign(shares=clean), numbers, claimed.actors, knobs)
        table = {name: control[name].to_numpy(dtype=object) for name in _READ}
        for row, at in enumerate(which):
            own = np.flatnonzero(labels.nodes == row)
            found[at] = _Row(
                {name: values[row] for name, values in table.items()},
                float(trust[row]),
                labels.at(own),
            )
        return found

    def after(
        self, place_id: str, new: _Row | None, columns: list[NDArray[np.float64]]
    ) -> Field | None:
        """Field with another row of control at a place, or with none."""
        inferred = self.inferred
        node, row = self.node_of[place_id], self.row_of[place_id]
        if new is not None and not set(new.values["shares"]) <= set(inferred.claimed.actors):
            return None
        if new is not None and self._same(row, new):
            return self.full
        claimed, trust = self._claimed(row, new)
        here = np.flatnonzero(claimed.nodes == node)
        labels = new.labels if new is not None else self.labels.at(np.empty(0, dtype=np.int64))
        if len(here) > (new is not None):  # another claimed place lies at this node
            labels = labels_from_control(
                claimed.control.iloc[here], claimed.nodes[here], claimed.actors, self.net.knobs
            )
        weight = labels.worth * trust[here].mean() if len(here) else labels.worth
        first = self._first(node, columns[0], labels, weight)
        second = self._second(node, columns[1], labels, weight) if len(columns) > 1 else None
        kinds = len(claimed.actors)
        extra = np.clip(first[:, kinds:], 0.0, 1.0)
        pocket = any(POCKET in claimed.control["reasons"].iloc[one] for one in here.tolist())
        every, solved = self._moved(node, labels)
        if not len(every.nodes):
            return empty_field(self.net.mesh, claimed, self.net.knobs)
        solved = replace(
            solved,
            probability=tempered(inferred.spreads.shares(first, second), inferred.power),
            contested=extra[:, 0],
            unknown=extra[:, 1],
            beside_pocket=self._beside(node, solved.beside_pocket, pocket=pocket),
        )
        field = field_from_solved(self.net.mesh, claimed, every, solved, self.net.knobs)
        return pinned(claimed, field)

    def _same(self, row: int, new: _Row) -> bool:
        """Whether a row of control is what it was."""
        alike = all(new.values[name] == values[row] for name, values in self.table.items())
        return alike and new.trust == self.inferred.trust[row]

    def _claimed(self, row: int, new: _Row | None) -> tuple[Claimed, NDArray[np.float64]]:
        """Claimed places, and the trust in each, with one row changed or gone."""
        claimed, trust = self.inferred.claimed, self.inferred.trust
        if new is None:
            rest = {name: np.delete(values, row) for name, values in self.table.items()}
            kept = replace(claimed, control=_frame(rest), nodes=np.delete(claimed.nodes, row))
            return kept, np.delete(trust, row)
        table = {name: values.copy() for name, values in self.table.items()}
        for name, values in table.items():
            values[row] = new.values[name]
        trust = trust.copy()
        trust[row] = new.trust
        return replace(claimed, control=_frame(table)), trust

    def _slot(self, node: int) -> int:
        """Position of a node among the evidence, -1 if it has none."""
        at = int(np.searchsorted(self.labels.nodes, node))
        return at if at < len(self.labels.nodes) and self.labels.nodes[at] == node else -1

    def _first(
        self, node: int, column: NDArray[np.float64], new: Labels, weight: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Values of the harmonic function at every node."""
        at, scale = self._slot(node), self.inferred.spreads.harmonic.scale
        values = self.inferred.spreads.first.values
        more, change = 0.0, np.zeros(values.shape[1])
        if at >= 0:
            more -= float(self.clamp[at]) * scale
            change -= float(self.clamp[at]) * scale * self._flagged(self.labels, at)
        if len(new.nodes):
            keep = float(self.net.clamp(weight)[0]) * scale
            more += keep
            change += keep * self._flagged(new, 0)
        step = _step(change, more, float(column[node]), values[node])
        return np.asarray(values + column[:, None] * step)

    @staticmethod
    def _flagged(labels: Labels, at: int) -> NDArray[np.float64]:
        return np.append(labels.shares[at], [labels.contested[at], labels.unknown[at]])

    def _second(
        self, node: int, column: NDArray[np.float64], new: Labels, weight: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Values of the Matérn field at every node."""
        smoother = self.inferred.spreads.matern
        scale = smoother.scale if smoother is not None else 1.0
        at, kinds = self._slot(node), self.labels.shares.shape[1]
        was, said = (self.firm[at], self.labels.shares[at]) if at >= 0 else (0.0, np.zeros(kinds))
        keep, says = 0.0, np.zeros(kinds)
        if len(new.nodes) and new.shares[0].sum() > 0:
            keep, says = float(self.net.firm(weight)[0]), new.shares[0]
        mean = self._mean(at, keep, says)
        change, more = np.r_[keep * says - was * said, keep - was] * scale, (keep - was) * scale
        now = np.r_[self.spread[node], self.covered[node]]
        step = _step(change, more, float(column[node]), now)
        covered = self.covered + column * step[-1]
        spread = self.spread + column[:, None] * step[:-1]
        return np.asarray(spread + (1.0 - covered)[:, None] * mean)

    def _mean(self, at: int, keep: float, says: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of the field with another firmness and share of one piece of evidence."""
        shares, firm = self.labels.shares, self.firm
        if at >= 0:
            firm = np.r_[np.delete(firm, at), keep]
            shares = np.vstack([np.delete(shares, at, axis=0), says])
        elif keep:
            firm, shares = np.r_[firm, keep], np.vstack([shares, says])
        return field_mean(shares, firm, self.net.knobs) if firm.sum() > 0 else self.mean

    def _moved(self, node: int, new: Labels) -> tuple[Labels, Solved]:
        """Evidence by node with one node's changed, and which is nearest to each."""
        labels, solved = self.labels, self.inferred.solved
        at = self._slot(node)
        if at >= 0 and len(new.nodes):
            changed = {name: getattr(labels, name).copy() for name in _BY_NODE}
            for name in _BY_NODE:
                changed[name][at] = getattr(new, name)[0]
            return replace(labels, **changed), solved
        if at < 0 and not len(new.nodes):
            return labels, solved
        xy, km, nearest = self.net.mesh.xy, solved.evidence_km.copy(), solved.nearest.copy()
        if at < 0:
            at = int(np.searchsorted(labels.nodes, node))
            grown = {
                name: np.insert(getattr(labels, name), at, getattr(new, name)[0], axis=0)
                for name in ("nodes", *_BY_NODE)
            }
            apart = np.hypot(*(xy - xy[node]).T) / 1_000.0
            nearest[nearest >= at] += 1
            nearest[apart < km] = at
            km = np.minimum(km, apart)
            return Labels(**grown), replace(solved, evidence_km=km, nearest=nearest)
        rest = {name: np.delete(getattr(labels, name), at, axis=0) for name in ("nodes", *_BY_NODE)}
        lost = np.flatnonzero(nearest == at)
        nearest[nearest > at] -= 1
        if len(rest["nodes"]):
            apart = np.hypot(*(xy[lost][:, None] - xy[rest["nodes"]][None]).transpose(2, 0, 1))
            nearest[lost], km[lost] = apart.argmin(axis=1), apart.min(axis=1) / 1_000.0
        return Labels(**rest), replace(solved, evidence_km=km, nearest=nearest)

    def _beside(self, node: int, beside: NDArray[np.bool_], *, pocket: bool) -> NDArray[np.bool_]:
        """Nodes that an unconfirmed pocket is nearest to, now that this node is one or is not."""
        if (self._slot(node) < 0) == pocket:
            return beside
        apart = np.hypot(*(self.net.mesh.xy - self.net.mesh.xy[node]).T) / 1_000.0
        near = (apart < self.inferred.solved.evidence_km) | (apart == 0.0)
        if pocket:
            near = self.inferred.solved.nearest == self._slot(node)
        near &= apart <= self.net.knobs.pocket_km
        return np.asarray(beside | near if pocket else beside & ~near)


def _frame(table: dict[str, NDArray[np.object_]]) -> pd.DataFrame:
    return pd.DataFrame(table, dtype=object)


def _step(
    says: NDArray[np.float64], keeps: float, own: float, now: NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    How far the column of a node is added to each value, (C,).

    Parameters
    ----------
    says, keeps
        By how much the right side and the diagonal change at the node.
    own
        Entry of the column at the node itself.
    now
        Values at the node, (C,).
    """
    return np.asarray(says - keeps / (1.0 + keeps * own) * (now + own * says))
