"""
Lines with their corners cut, and which nodes that leaves on the wrong side.

In come lines that part nodes by kind, out go smoother ones and the triangles that were cut off. A
smoothed line and its own differ by these triangles alone, so a node changes sides where it lies in
one: which ones do is known before any face between the lines is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from syriamap.territory.area_settings import AREAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

    from syriamap.territory.mesh.tessellation import Tessellation

__all__ = ["Smoothed", "misplaced_nodes", "smoothed_lines"]


class Smoothed(NamedTuple):
    """
    Lines after their corners were cut.

    Attributes
    ----------
    lines
        In the order of those that came in, (L,).
    corners
        Triangles that were cut off, (T, 3, 2); no two of a line overlap.
    line
        The line of each, (T,).
    """

    lines: NDArray[np.object_]
    corners: NDArray[np.float64]
    line: NDArray[np.int64]


def smoothed_lines(lines: NDArray[np.object_]) -> Smoothed:
    """
    Cut corners (Chaikin 1974, "An algorithm for high-speed curve generation").

    The ends of open lines stay where they are, so that lines that meet go on meeting.

    Parameters
    ----------
    lines
        Lines and rings.
    """
    import shapely

    corners, owners = [np.empty((0, 3, 2))], [np.empty(0, dtype=np.int64)]
    if not len(lines):
        return Smoothed(lines, corners[0], owners[0])
    xy, line = shapely.get_coordinates(lines, return_index=True)
    closed = shapely.is_closed(lines)
    cut_off, left = AREAS.corner_share, 1.0 - AREAS.corner_share
    for _ in range(AREAS.smoothings):
        count = np.bincount(line, minlength=len(lines))
        last = np.cumsum(count) - 1
        first = last - count + 1
        whole = count[line] < 3  # a line of two points has no corner
        start = np.ones(len(xy), dtype=bool)
        start[last] = False  # starts of a stretch
        one = np.flatnonzero(start & ~whole)
        quarter = xy[one] * left + xy[one + 1] * cut_off
        three_quarters = xy[one] * cut_off + xy[one + 1] * left
        rings = np.flatnonzero(closed & (count >= 3))
        back = np.flatnonzero(np.isin(one, first[rings]))
        # a stretch and the one that goes on from it; in a ring that is at last the first one
        before = np.append(
            np.flatnonzero(one[1:] == one[:-1] + 1), np.searchsorted(one, last[rings] - 1)
        )
        after = np.append(before[: len(before) - len(rings)] + 1, back)
        cut_corners = [three_quarters[before], xy[one[before] + 1], quarter[after]]
        corners.append(np.stack(cut_corners, axis=1))
        owners.append(line[one[before]])
        # the ends of open lines are their first and last point, not a cut beside them
        opens = ~closed[line[one]]
        at_start, at_end = opens & np.isin(one, first), opens & np.isin(one + 1, last)
        quarter[at_start] = xy[one][at_start]
        three_quarters[at_end] = xy[one + 1][at_end]
        cut = np.stack([quarter, three_quarters], axis=1).reshape(-1, 2)
        place = np.repeat(one, 2) + np.tile([0.0, 0.5], len(one))
        places = np.concatenate([place, np.flatnonzero(whole), last[rings]])
        new = np.vstack([cut, xy[whole], quarter[back]])
        owner = np.concatenate([np.repeat(line[one], 2), line[whole], rings])
        order = np.argsort(places, kind="stable")
        xy, line = new[order], owner[order]
    smooth = np.asarray(shapely.linestrings(xy, indices=line), dtype=object)
    return Smoothed(smooth, np.concatenate(corners), np.concatenate(owners))


def misplaced_nodes(
    smooth: Smoothed,
    lines: NDArray[np.object_],
    mesh: Tessellation,
    labels: NDArray[np.int64],
    fixed: Sequence[BaseGeometry],
) -> NDArray[np.int64] | None:
    """
    Nodes inside the outline that smoothing put on the wrong side, ascending.

    The same as the faces between the smoothed lines would say, for a fraction of their cost. None
    where the triangles alone do not tell: a node lies in two of them or on the edge of one, or it
    is the first node of its face and so speaks for others in it.

    Parameters
    ----------
    smooth, lines
        The lines, and what they were: sides of cells joined end to end.
    mesh
        The nodes and cell sides.
    labels
        Kind of each node, (N,); between nodes whose kinds differ runs a line.
    fixed
        What also bounds faces: the border first.
    """
    import shapely

    node, triangle, surely = _in_triangles(smooth.corners, mesh)
    surely &= shapely.distance(mesh.points[node], fixed[0]) >= AREAS.cut_near_m
    inside = shapely.contains_xy(mesh.outline, *mesh.xy[node].T)
    node, line = node[inside], smooth.line[triangle[inside]]
    if not len(node) and surely.all():
        return node
    beyond = _beyond(node, lines[line], mesh, labels)
    if not surely.all() or len(np.unique(node)) < len(node) or beyond is None:
        return None
    aside = np.zeros(len(labels), dtype=bool)
    aside[node] = True
    walls = shapely.STRtree([*smooth.lines, *fixed])
    wrong: list[NDArray[np.int64]] = []
    for one, label in zip(node.tolist(), beyond.tolist(), strict=True):
        mates = _sharing_face(one, walls, mesh, (labels == label) & ~aside)
        speaks = mates[mesh.rank[mates].argmin()] if mates is not None else one
        if mates is None or (aside[speaks] and len(mates) > 1):
            return None
        wrong.append(mates[labels[mates] != labels[speaks]])
    return np.unique(np.concatenate(wrong))


def _sharing_face(
    node: int, walls: STRtree, mesh: Tessellation, others: NDArray[np.bool_]
) -> NDArray[np.int64] | None:
    """
    Nodes of the face that a node lies in: all, or as far as they are seen with its first one.

    The face is cut out of ever larger squares, until all of it is inside or one of `others`, which
    are of its kind, stands before the node in the tree. None where neither comes true.
    """
    import shapely

    x, y = mesh.xy[node]
    for reach in AREAS.cut_squares_m:
        square = shapely.box(x - reach, y - reach, x + reach, y + reach)
        near = walls.geometries[walls.query(square, predicate="intersects")]
        lines = [*shapely.intersection(near, square), shapely.boundary(square)]
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
        home = faces[shapely.contains(faces, mesh.points[node])]
        if len(home) != 1:
            return None  # it lies on a line
        mates = mesh.tree.query(home[0], predicate="contains")
        if not shapely.intersects(home[0], shapely.boundary(square)):
            return np.asarray(mates)
        if (others[mates] & (mesh.rank[mates] < mesh.rank[node])).any():
            return np.asarray(mates[others[mates] | (mates == node)])
    return None


def _in_triangles(
    corners: NDArray[np.float64], mesh: Tessellation
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Nodes in triangles or on the edge of one, which triangles, and whether surely inside."""
    order = np.argsort(mesh.xy[:, 0], kind="stable")
    x, y = mesh.xy[order].T
    low, high = corners.min(axis=1) - AREAS.cut_near_m, corners.max(axis=1) + AREAS.cut_near_m
    begin = np.searchsorted(x, low[:, 0])
    count = np.searchsorted(x, high[:, 0], side="right") - begin
    parts = np.searchsorted(
        np.cumsum(count), np.arange(AREAS.cut_pairs, count.sum(), AREAS.cut_pairs)
    )
    found = []
    for some in np.split(np.arange(len(corners)), parts):
        triangle = np.repeat(some, count[some])
        ends = np.cumsum(count[some])
        at = np.arange(len(triangle)) + np.repeat(begin[some] - ends + count[some], count[some])
        there = (y[at] >= low[triangle, 1]) & (y[at] <= high[triangle, 1])
        found.append(np.stack([order[at[there]], triangle[there]]))
    node, triangle = np.concatenate(found, axis=1)
    depth = _depth(mesh.xy[node], corners[triangle])
    near = depth > -AREAS.cut_near_m
    return node[near], triangle[near], depth[near] > AREAS.cut_near_m


def _depth(xy: NDArray[np.float64], triangles: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far inside its triangle each point lies, by its nearest side; below 0 outside."""
    way = np.roll(triangles, -1, axis=1) - triangles
    to_point = xy[:, None] - triangles
    across = way[..., 0] * to_point[..., 1] - way[..., 1] * to_point[..., 0]
    across /= np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-9)
    turn = way[:, 0, 0] * way[:, 1, 1] - way[:, 0, 1] * way[:, 1, 0]
    return np.asarray((across * np.where(turn < 0, -1.0, 1.0)[:, None]).min(axis=1))


def _beyond(
    node: NDArray[np.int64],
    line: NDArray[np.object_],
    mesh: Tessellation,
    labels: NDArray[np.int64],
) -> NDArray[np.int64] | None:
    """Kind on the other side of each node's line; None where its own kind is on neither."""
    import shapely

    kinds = np.empty((len(node), 2), dtype=np.int64)
    for row, one in enumerate(line.tolist()):
        side = shapely.get_coordinates(one)[:2]
        x = mesh.side_xy[..., 0]
        may = np.flatnonzero((x == side[:, 0]).all(axis=1) | (x == side[::-1, 0]).all(axis=1))
        ends = mesh.side_xy[may]
        at = may[(ends == side).all(axis=(1, 2)) | (ends == side[::-1]).all(axis=(1, 2))]
        if len(at) != 1:
            return None
        kinds[row] = labels[mesh.sides[at[0]]]
    own = labels[node]
    if (own[:, None] != kinds).all(axis=1).any() or (kinds[:, 0] == kinds[:, 1]).any():
        return None
    return np.where(kinds[:, 0] == own, kinds[:, 1], kinds[:, 0])
