"""
Settlements over many days: each has the state of the piece it lies in, or a history of its own.

Comes in: the states frames of some days and their pieces. Goes out: for each place its piece, and
for the few that differ from it their own history. All days are read at once, column by column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from syriamap.webmap.columns import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from syriamap.history.atoms import Atoms, AtomState
    from syriamap.history.days import MapOfDay

__all__ = ["CONFIDENCE_STEP", "SettlementHistories"]

CONFIDENCE_STEP = 20
"""Confidence of inferred places, in whole percents, is kept in steps of this."""

_NOWHERE: AtomState = ("", "", "undetermined", "no_evidence")
"""What a point is on the map of a day before any claim speaks of it."""


class SettlementHistories:
    """
    Histories of all places.

    Parameters
    ----------
    days
        Frames of each day.
    order
        Places in the order of the page.
    atoms
        Pieces over the same days.
    degrees
        The pieces, EPSG:4326.

    Attributes
    ----------
    states
        States that no piece has, in order of first appearance.
    atom
        Piece of each place, (P,).
    history
        Number of the state of each place on each day, (P, D); the states of the pieces first.
    own
        Places whose history is not that of their piece.
    confidence
        In steps of :data:`CONFIDENCE_STEP`, (P, D).
    """

    def __init__(
        self, days: Sequence[MapOfDay], order: pd.DataFrame, atoms: Atoms, degrees: gpd.GeoSeries
    ) -> None:
        codes, found = _states_of_all(days)
        numbers = {state: number for number, state in enumerate(atoms.states)}
        number_of = np.array([numbers.setdefault(one, len(numbers)) for one in (*found, _NOWHERE)])
        sure = np.concatenate([day.states["confidence"].to_numpy(float) for day in days])
        steps = np.rint(np.nan_to_num(sure) * 100 / CONFIDENCE_STEP).astype(np.int64)
        shape = (len(order), len(days))
        self.history = np.empty(shape, dtype=np.int64)
        self.confidence = np.empty(shape, dtype=np.int64)
        for day, (start, row) in enumerate(_rows_of(days, pd.Index(texts(order["place_id"])))):
            self.history[:, day] = number_of[np.where(row < 0, len(found), codes[start + row])]
            self.confidence[:, day] = np.where(row < 0, 0, steps[start + row])
        points = shapely.points(order["lon"].to_numpy(float), order["lat"].to_numpy(float))
        self.atom = _piece_of(points, degrees.to_numpy())
        self.own = np.flatnonzero((self.history != atoms.history[self.atom]).any(axis=1))
        self.states = list(numbers)[len(atoms.states) :]


def _states_of_all(days: Sequence[MapOfDay]) -> tuple[NDArray[np.int64], list[AtomState]]:
    """State of every row of every day as a number, and the states."""
    combined: Any = 0
    levels = []
    for name in ("actor", "leaning", "status", "doubt"):
        if not any(name in day.states for day in days):  # maps that tell no kinds of doubt
            levels.append([""])
            continue
        column = pd.concat([_column(day.states, name) for day in days], ignore_index=True)
        codes, values = pd.factorize(column, use_na_sentinel=False)
        combined = combined * (len(values) or 1) + codes
        levels.append(texts(values))
    # There are few combinations: to mark each that occurs is quicker than to sort or to hash.
    combined = np.asarray(combined, dtype=np.int64)
    different = np.flatnonzero(np.bincount(combined))
    numbers = np.zeros(int(combined.max(initial=-1)) + 1, dtype=np.int64)
    numbers[different] = np.arange(len(different))
    states: list[AtomState] = []
    for key in different.tolist():
        rest, doubt = divmod(key, len(levels[3]))
        rest, status = divmod(rest, len(levels[2]))
        actor, leaning = divmod(rest, len(levels[1]))
        states.append((levels[0][actor], levels[1][leaning], levels[2][status], levels[3][doubt]))
    return numbers[combined], states


def _column(states: pd.DataFrame, name: str) -> pd.Series[Any]:
    """One column, empty texts where the frame has none of that name."""
    return states[name] if name in states else pd.Series("", index=states.index, dtype=object)


def _rows_of(
    days: Sequence[MapOfDay], wanted: pd.Index[str]
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Of each day where its rows begin and which of them each place has, -1 for none."""
    start = 0
    known, row = pd.Series(dtype=object), np.empty(0, dtype=np.intp)
    for day in days:
        ids = day.states["place_id"]
        if ids is not known and not known.equals(ids):
            known, row = ids, pd.Index(ids).get_indexer(wanted)
        yield start, row
        start += len(ids)


def _piece_of(points: Any, polygons: Any) -> NDArray[np.int64]:
    """Piece that each point lies in, the nearest for those in none."""
    rows = np.full(len(points), -1, dtype=np.int64)
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    rows[point[::-1]] = polygon[::-1]
    outside = np.flatnonzero(rows < 0)
    if len(outside):
        at, nearest = shapely.STRtree(polygons).query_nearest(points[outside], all_matches=False)
        rows[outside[at]] = nearest
    return np.maximum(rows, 0)
