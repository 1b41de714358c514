"""
Probabilities at nodes → polygons: held, contested and undetermined areas.

In comes the :class:`~syriamap.territory.field.Field`, out goes a coverage of the country. Only
cell sides between nodes that differ are kept; they are merged to lines, smoothed once for both
neighbors, noded with the outline and polygonized. So no sliver and no overlap can arise, and the
outline itself is never a front.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from syriamap.territory.field import Field
    from syriamap.territory.tessellation import Tessellation
    from syriamap.theater import Theater

__all__ = ["TERRITORY_COLUMNS", "territory_from_field"]

TERRITORY_COLUMNS = (
    "actor", "leaning", "status", "doubt", "confidence", "area_km2", "geometry",
)  # fmt: skip
"""Columns of the territory frame."""

_SMOOTHINGS = 2
_STRIP_SHARE = 0.8
_STRIP_WIDEST_M = 3_000.0


def territory_from_field(field: Field, theater: Theater) -> gpd.GeoDataFrame:
    """
    Draw the areas of a field.

    Parameters
    ----------
    field
        What is inferred at every node.
    theater
        Gives the CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        Metric CRS, one row per connected area: `actor` (empty unless held or besieged), `leaning`
        (the likeliest actor, empty where nothing is known), `status`, `doubt` (why it is
        contested or undetermined, see :data:`~syriamap.territory.field.DOUBTS`), `confidence`
        (mean over the nodes of the area), `area_km2` (equal-area CRS). A valid coverage of the
        outline: the areas do not overlap and leave no gap. Sorted by actor, leaning, status,
        largest first.
    """
    import geopandas as gpd

    mesh = field.tessellation
    labels = _labels(field)
    between = _between(field)
    faces, owner, members, band = _faces(mesh, labels, between)
    names = np.array([*field.actors, ""])
    leaning = names[field.leaning[owner]]
    status = np.where(band, "contested", field.status[owner])
    frame = gpd.GeoDataFrame(
        {
            "actor": np.where(np.isin(status, ["held", "besieged"]), leaning, ""),
            "leaning": leaning,
            "status": status,
            "doubt": np.where(band, "front_band", field.doubt[owner]),
            "confidence": [
                # between two sides each is as likely
                round(float(field.confidence[nodes].mean()) * (0.5 if strip else 1.0), 4)
                for nodes, strip in zip(members, band.tolist(), strict=True)
            ],
        },
        geometry=faces,
        crs=theater.metric_crs,
    )
    frame["actor"] = frame["actor"].astype(object)
    frame["leaning"] = frame["leaning"].astype(object)
    frame["status"] = frame["status"].astype(object)
    frame["doubt"] = frame["doubt"].astype(object)
    frame = _connected(frame)
    frame["area_km2"] = (frame.geometry.to_crs(theater.equal_area_crs).area / 1e6).round(3)
    frame = frame[list(TERRITORY_COLUMNS)]
    order = ["actor", "leaning", "status", "doubt", "area_km2"]
    return frame.sort_values(order, ascending=[True, True, True, True, False], ignore_index=True)


def _labels(field: Field) -> NDArray[np.int64]:
    """One number per node for leaning, status and doubt; equal numbers share an area."""
    statuses, status = np.unique(field.status, return_inverse=True)
    doubts, doubt = np.unique(field.doubt, return_inverse=True)
    kind = status.reshape(-1) * len(doubts) + doubt.reshape(-1)
    return np.asarray((field.leaning + 1) * len(statuses) * len(doubts) + kind)


def _connected(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join front bands of one leaning that share an edge: a strip and the places beside it."""
    import geopandas as gpd
    import pandas as pd
    import shapely

    bands = (frame["doubt"] == "front_band").to_numpy()
    open_areas, parts = frame[bands], [frame[~bands]]
    for _, group in open_areas.groupby("leaning", sort=True):
        pieces = np.asarray(group.geometry.array, dtype=object)
        joined = np.asarray(shapely.get_parts(shapely.coverage_union_all(pieces)), dtype=object)
        inner = shapely.point_on_surface(pieces)
        piece, home = shapely.STRtree(joined).query(inner, predicate="within")
        home = home[np.argsort(piece, kind="stable")]
        area = shapely.area(pieces)
        largest = np.lexsort((-area, home))
        first = largest[np.unique(home[largest], return_index=True)[1]]
        land = np.bincount(home, area)
        mean = np.bincount(home, area * group["confidence"].to_numpy(dtype=float)) / land
        columns = group.iloc[first].drop(columns="geometry").assign(confidence=mean.round(4))
        parts.append(gpd.GeoDataFrame(columns, geometry=list(joined), crs=frame.crs))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=frame.crs)


def _between(field: Field) -> BaseGeometry | None:
    """
    The strip between two places that hostile sides hold, with no other place between them.

    Each such cell side is widened by four fifths of the way to its two places, which are the
    nearest to all of it: so the strip holds no place, claimed or not.
    """
    import shapely

    mesh = field.tessellation
    one, two = mesh.sides.T
    held = np.isin(field.status, ["held", "besieged"])
    apart = np.hypot(*(mesh.xy[one] - mesh.xy[two]).T)
    side = field.side
    meets = np.flatnonzero(held[one] & held[two] & (side[one] != side[two]))
    box = np.asarray(mesh.outline.bounds) + np.array([-1, -1, 1, 1]) * _STRIP_WIDEST_M
    sides = shapely.clip_by_rect(shapely.linestrings(mesh.side_xy[meets]), *box)
    lines = np.asarray(sides, dtype=object).reshape(-1)
    width = np.minimum(_STRIP_SHARE * apart[meets] / 2.0, _STRIP_WIDEST_M)
    inside = ~shapely.is_empty(lines)
    if not field.judged or not inside.any():
        return None
    return shapely.union_all(shapely.buffer(lines[inside], width[inside], quad_segs=2))


class _Faces(NamedTuple):
    """
    Polygons; for each the node that speaks for it, the nodes of its own label inside, and whether
    it is part of the strip between hostile places.
    """

    polygons: NDArray[np.object_]
    owner: NDArray[np.int64]
    members: list[NDArray[np.int64]]
    band: NDArray[np.bool_]


def _faces(mesh: Tessellation, labels: NDArray[np.int64], between: BaseGeometry | None) -> _Faces:
    """Polygons between the sides where labels differ."""
    import shapely

    border = shapely.boundary(mesh.outline)
    fixed = [border] if between is None else [border, shapely.boundary(between)]
    differs = labels[mesh.sides[:, 0]] != labels[mesh.sides[:, 1]]
    lines = _merged(mesh.side_xy[differs])
    smooth = np.array([_smoothed(line) for line in lines], dtype=object)
    faces, wrong = _polygonized(smooth, mesh, fixed, labels, between)
    if len(wrong):
        # Smoothing put a place on the wrong side: the lines beside it stay as they were.
        touched = shapely.STRtree(lines).query_nearest(mesh.points[wrong])[1]
        smooth[np.unique(touched)] = lines[np.unique(touched)]
        faces, wrong = _polygonized(smooth, mesh, fixed, labels, between)
        if len(wrong):
            faces, _ = _polygonized(lines, mesh, fixed, labels, between)
    return faces


def _merged(sides: NDArray[np.float64]) -> NDArray[np.object_]:
    """Cell sides joined end to end into lines that end only where three areas meet."""
    import shapely

    if not len(sides):
        return np.empty(0, dtype=object)
    merged = shapely.line_merge(shapely.union_all(shapely.linestrings(sides)))
    return np.asarray(shapely.get_parts(merged), dtype=object)


def _smoothed(line: BaseGeometry) -> BaseGeometry:
    """
    Cut corners twice (Chaikin 1974, "An algorithm for high-speed curve generation").

    The ends of an open line stay where they are, so that lines that meet go on meeting.
    """
    import shapely

    xy = shapely.get_coordinates(line)
    closed = bool((xy[0] == xy[-1]).all())
    for _ in range(_SMOOTHINGS):
        if len(xy) < 3:
            break
        quarter = xy[:-1] * 0.75 + xy[1:] * 0.25
        three_quarters = xy[:-1] * 0.25 + xy[1:] * 0.75
        cut = np.empty((2 * len(quarter), 2))
        cut[0::2], cut[1::2] = quarter, three_quarters
        xy = np.vstack([cut, cut[:1]]) if closed else np.vstack([xy[:1], cut[1:-1], xy[-1:]])
    return shapely.LineString(xy)


def _polygonized(
    lines: NDArray[np.object_],
    mesh: Tessellation,
    fixed: list[BaseGeometry],
    labels: NDArray[np.int64],
    between: BaseGeometry | None,
) -> tuple[_Faces, NDArray[np.int64]]:
    """Faces between the lines inside the outline, and the nodes that came to lie in a wrong one."""
    import shapely

    linework = shapely.union_all([*lines, *fixed])
    faces = shapely.get_parts(shapely.polygonize([linework]))
    outline = mesh.outline
    shapely.prepare(outline)
    middle = shapely.point_on_surface(faces)
    inside = shapely.contains(outline, middle)
    polygons, middle = np.asarray(faces[inside], dtype=object), middle[inside]
    tree = shapely.STRtree(mesh.points)
    face, node = tree.query(polygons, predicate="contains")
    band = np.zeros(len(polygons), dtype=bool)
    if between is not None:
        shapely.prepare(between)
        band = shapely.contains(between, middle)
        band[face] = False
    polygons, kept, band = _joined(polygons, np.unique(face), band)
    face = kept[face]
    owner = np.full(len(polygons), -1, dtype=np.int64)
    owner[face[::-1]] = node[::-1]
    empty = np.flatnonzero(owner < 0)
    if len(empty):  # an island without a node, or a strip: the nearest node speaks for it
        owner[empty] = tree.query_nearest(
            shapely.point_on_surface(polygons[empty]), all_matches=False
        )[1]
    right = labels[node] == labels[owner[face]]
    bounds = np.searchsorted(face[right], np.arange(len(polygons) + 1))
    own = node[right]
    members = [
        own[start:end] if end > start else owner[index : index + 1]
        for index, (start, end) in enumerate(itertools.pairwise(bounds.tolist()))
    ]
    return _Faces(polygons, owner, members, band), np.unique(node[~right])


def _joined(
    polygons: NDArray[np.object_], inhabited: NDArray[np.int64], band: NDArray[np.bool_]
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.bool_]]:
    """
    Join faces that hold no node to the neighbor with which they share most of their edge.

    Such a face is the tip of a cell that reaches over a bay or a strait, if it is no part of a
    strip (`band`). Gives the faces that are left, for each old face its new number, and which of
    those left are strips.
    """
    import shapely

    alone = np.setdiff1d(np.flatnonzero(~band), inhabited)
    merged, keep = polygons.copy(), np.ones(len(polygons), dtype=bool)
    tree = shapely.STRtree(polygons[inhabited])
    for face in alone.tolist():
        near = inhabited[np.sort(tree.query(polygons[face], predicate="intersects"))]
        shared = shapely.length(shapely.intersection(polygons[near], polygons[face]))
        if len(near) and shared.max() > 0:
            parent = near[shared.argmax()]
            merged[parent] = shapely.union_all([merged[parent], polygons[face]])
            keep[face] = False
    return merged[keep], np.cumsum(keep) - 1, band[keep]
