"""
Pieces of the country over time as a page needs them: no slivers, no vertices that nobody sees.

Comes in: pieces and histories. Goes out: the same with fewer pieces. Two days' lines that run a
hundred meters apart leave slivers that nobody can see and that weigh as much as a province; the
lines of two hundred days leave ten thousand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse.linalg import LinearOperator

    from syriamap.history.atoms import Atoms

__all__ = ["pieces_for_page", "without_slivers"]

_SLIVER_KM2 = 0.5
_MOST_SHARE = 3e-4  # of the country, on any day in a wrong state
_SIMPLER_M = 200.0

_Touching = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
"""One piece, another and the length of the edges that they share, row by row."""


def pieces_for_page(atoms: Atoms) -> Atoms:
    """
    Pieces without slivers and with simpler edges, still a coverage.

    Edges are simplified together (Visvalingam and Whyatt 1993) by triangles of 200 m; the outline
    of the country stays. Sizes are those of the full pieces, so that what each state has on each
    day, and what changes hands between two, is what the territory says.

    Parameters
    ----------
    atoms
        Pieces in the metric CRS, a coverage.
    """
    import geopandas as gpd

    fewer = without_slivers(atoms)
    shapes = np.asarray(fewer.geometry.array, dtype=object)
    simple = shapely.coverage_simplify(shapes, _SIMPLER_M, simplify_boundary=False)
    sizes = _settled_sizes(fewer, atoms)
    # The browser stitches the edges of merged pieces together: all rings have to turn one way.
    simple = shapely.orient_polygons(np.where(shapely.is_empty(simple), shapes, simple))
    return replace(fewer, geometry=gpd.GeoSeries(simple, crs=fewer.geometry.crs), area_km2=sizes)


def _settled_sizes(fewer: Atoms, atoms: Atoms) -> NDArray[np.float64]:
    """
    Sizes of pieces that give each state on each day what it has with all slivers apart.

    A sliver counts for the states of the piece that it became part of. The least changes of the
    sizes of histories that undo this on all days (Paige and Saunders 1982) go to the largest piece
    of each.
    """
    from scipy.sparse.linalg import lsqr

    if len(fewer.area_km2) == len(atoms.area_km2):
        return fewer.area_km2
    wrong = _sizes_of_states(atoms) - _sizes_of_states(fewer)
    different, code = np.unique(fewer.history, axis=0, return_inverse=True)
    code = code.reshape(-1)
    table = _sizes_by_history(different, len(atoms.states))
    change = lsqr(table, wrong.ravel(), atol=1e-9, btol=1e-9, iter_lim=1_000)[0]
    largest = np.zeros(len(different), dtype=np.int64)
    ascending = np.argsort(fewer.area_km2, kind="stable")
    largest[code[ascending]] = ascending
    sizes = fewer.area_km2.copy()
    sizes[largest] = np.maximum(sizes[largest] + change, 0.0)
    return np.asarray(sizes)


def _sizes_by_history(histories: NDArray[np.int64], states: int) -> LinearOperator:
    """
    What each state has on each day, by the sizes of histories: a table of ones and zeros.

    A history changes on few days. What is added to a state and taken from it on each is a small
    table, and its sums from day to day are the large one.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.linalg import LinearOperator

    count, days = histories.shape
    before = np.hstack([np.full((count, 1), -1), histories[:, :-1]])
    row, day = np.nonzero(histories != before)
    left = before[row, day] >= 0
    to = day * states + histories[row, day]
    away = (day * states + before[row, day])[left]
    signs = np.concatenate([np.ones(len(to)), -np.ones(len(away))])
    at = (np.concatenate([to, away]), np.concatenate([row, row[left]]))
    steps = coo_array((signs, at), shape=(days * states, count)).tocsr()
    back = steps.T.tocsr()

    def by_day(sizes: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.cumsum((steps @ sizes).reshape(days, states), axis=0).ravel()

    def by_history(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        later = np.cumsum(sums.reshape(days, states)[::-1], axis=0)[::-1]
        return np.asarray(back @ later.ravel())

    return LinearOperator(
        shape=(days * states, count), matvec=by_day, rmatvec=by_history, dtype=np.float64
    )


def _sizes_of_states(atoms: Atoms) -> NDArray[np.float64]:
    """What each state has on each day, (D, S)."""
    count = len(atoms.states)
    return np.stack(
        [np.bincount(of_day, atoms.area_km2, minlength=count) for of_day in atoms.history.T]
    )


def without_slivers(atoms: Atoms) -> Atoms:
    """
    Join each sliver to the neighbor that was what it was on most days and makes no two areas one.

    A sliver is a piece, or some that were joined, below .5 km². On no day is more than .03 % of the
    country in another state than before. The largest piece of any area of any day is never one,
    so that no area is lost; nor are the two largest pieces between which alone two actors meet on
    a day, so that no line is.

    Parameters
    ----------
    atoms
        Pieces in the metric CRS, a coverage.
    """
    import geopandas as gpd

    slivers = _slivers(atoms)
    touching = _that_touch(atoms)
    slivers[_only_meetings(atoms, slivers, touching)] = False
    home = _homes(atoms, slivers, touching)
    kept = np.flatnonzero(home == np.arange(len(home)))
    if len(kept) == len(home):
        return atoms
    order = np.argsort(home, kind="stable")
    bounds = np.searchsorted(home[order], kept[1:])
    shapes = np.asarray(atoms.geometry.array, dtype=object)[order]
    pieces = np.empty(len(kept), dtype=object)
    pieces[:] = [
        group[0] if len(group) == 1 else shapely.coverage_union_all(group)
        for group in np.split(shapes, bounds)
    ]
    return replace(
        atoms,
        geometry=gpd.GeoSeries(pieces, crs=atoms.geometry.crs),
        area_km2=np.bincount(home, atoms.area_km2, minlength=len(home))[kept].astype(np.float64),
        history=atoms.history[kept],
        area=atoms.area[kept],
    )


def _slivers(atoms: Atoms) -> NDArray[np.bool_]:
    """Whether a piece is small and the largest of no area."""
    small = atoms.area_km2 < _SLIVER_KM2
    ascending = np.argsort(atoms.area_km2, kind="stable")
    for day in range(atoms.area.shape[1]):
        largest = np.full(int(atoms.area[:, day].max(initial=-1)) + 1, -1, dtype=np.int64)
        largest[atoms.area[ascending, day]] = ascending
        small[largest[largest >= 0]] = False
    return np.asarray(small)


def _only_meetings(
    atoms: Atoms, slivers: NDArray[np.bool_], touching: _Touching
) -> NDArray[np.int64]:
    """Slivers at which actors meet that meet nowhere else on some day: of each two the largest."""
    one, two, _ = touching
    actors = {"": 0}
    leaning = np.array(
        [
            actors.setdefault("" if status == "undetermined" else likeliest, len(actors))
            for _, likeliest, status, _ in atoms.states
        ]
    )
    either = slivers[one] | slivers[two]
    small, large = np.flatnonzero(either), np.flatnonzero(~either)
    rank = np.minimum(atoms.area_km2[one], atoms.area_km2[two])
    found: set[int] = set()
    for of_day in atoms.history.T:
        a, b = leaning[of_day[one]], leaning[of_day[two]]
        pair = np.where(
            (a != b) & (a > 0) & (b > 0), np.minimum(a, b) * len(actors) + np.maximum(a, b), 0
        )
        lost = np.zeros(len(actors) ** 2, dtype=bool)
        lost[pair[small]] = True
        lost[pair[large]] = False
        for number in np.flatnonzero(lost[1:]) + 1:
            at = np.flatnonzero(pair == number)
            best = at[np.argmax(rank[at])]
            found |= {int(one[best]), int(two[best])}
    return np.array(sorted(found), dtype=np.int64)


def _that_touch(atoms: Atoms) -> _Touching:
    """Pieces that share edges, each two once, and their length: in a coverage edges match."""
    shapes = np.asarray(atoms.geometry.array, dtype=object)
    rings, piece = _rings_of(shapes)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    sides = np.hstack([xy[:-1], xy[1:]])[same]
    turned = (sides[:, 0] > sides[:, 2]) | (
        (sides[:, 0] == sides[:, 2]) & (sides[:, 1] > sides[:, 3])
    )
    sides[turned] = sides[turned][:, [2, 3, 0, 1]]
    owner = piece[ring[:-1][same]]
    order = np.lexsort((owner, *sides.T))
    sides, owner = sides[order], owner[order]
    meet = (sides[1:] == sides[:-1]).all(axis=1)
    meet[meet] = owner[:-1][meet] != owner[1:][meet]
    length = np.hypot(*(sides[1:][meet, 2:] - sides[1:][meet, :2]).T)
    pairs = np.stack([owner[:-1][meet], owner[1:][meet]], axis=1)
    pairs, pair = np.unique(pairs, axis=0, return_inverse=True)
    shared = np.bincount(pair.reshape(-1), length, minlength=len(pairs)).astype(np.float64)
    return pairs[:, 0], pairs[:, 1], shared


def _rings_of(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """All rings, and the piece that each belongs to."""
    parts, piece = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, piece[part]


def _homes(atoms: Atoms, slivers: NDArray[np.bool_], touching: _Touching) -> NDArray[np.int64]:
    """For each piece the piece that it becomes part of: itself, but for slivers."""
    one, two = _neighbors(atoms, slivers, touching)
    start = np.searchsorted(one, np.arange(len(slivers) + 1))
    home = np.arange(len(slivers))
    size, most = atoms.area_km2.copy(), _MOST_SHARE * atoms.area_km2.sum()
    wrong = np.zeros(atoms.history.shape[1])  # km² on each day
    joined: dict[int, list[int]] = {}
    for piece in np.flatnonzero(slivers)[np.argsort(atoms.area_km2[slivers], kind="stable")]:
        if size[piece] >= _SLIVER_KM2:
            continue
        group = [piece, *joined.get(piece, ())]
        around = home[np.concatenate([two[start[one] : start[one + 1]] for one in group])]
        around = around[around != piece]
        other = next(
            (
                neighbor
                for neighbor in two[start[piece] : start[piece + 1]]
                if home[neighbor] == neighbor and not _joins(atoms, around, neighbor)
            ),
            None,
        )
        if other is None:
            continue
        before = atoms.history[group] != atoms.history[piece]
        after = atoms.history[group] != atoms.history[other]
        change = atoms.area_km2[group] @ (after.astype(float) - before)
        if (wrong + change)[change > 0].max(initial=0.0) > most:
            continue
        wrong += change
        home[group] = other
        size[other] += size[piece]
        joined.setdefault(other, []).extend(group)
    return home


def _joins(atoms: Atoms, around: NDArray[np.int64], home: int) -> bool:
    """Whether ground that becomes part of a piece would join two areas that it parted."""
    others = around[around != home]
    alike = atoms.history[others] == atoms.history[home]
    return bool((alike & (atoms.area[others] != atoms.area[home])).any())


def _neighbors(
    atoms: Atoms, slivers: NDArray[np.bool_], touching: _Touching
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slivers and pieces beside them, for each sliver those most like it first."""
    less, more, length = touching
    one, two = np.concatenate([less, more]), np.concatenate([more, less])
    own = slivers[one]
    one, two, shared = one[own], two[own], np.concatenate([length, length])[own]
    apart = (atoms.history[one] != atoms.history[two]).sum(axis=1)
    order = np.lexsort((two, -shared, apart, one))
    return one[order], two[order]
