"""
Probabilities at nodes → polygons: held, contested and undetermined areas.

In comes the :class:`~syriamap.territory.inference.Field`, out goes a coverage of the country. Only
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

    from syriamap.territory.inference import Field
    from syriamap.territory.tessellation import Tessellation
    from syriamap.theater import Theater

__all__ = ["TERRITORY_COLUMNS", "territory_from_field"]

TERRITORY_COLUMNS = ("actor", "leaning", "status", "confidence", "area_km2", "geometry")
"""Columns of the territory frame."""

_SMOOTHINGS = 2


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
        (the likeliest actor, empty where nothing is known), `status`, `confidence` (mean over the
        nodes of the area), `area_km2` (equal-area CRS). A valid coverage of the outline: the
        areas do not overlap and leave no gap. Sorted by actor, leaning, status, largest first.
    """
    import geopandas as gpd

    mesh = field.tessellation
    labels = _labels(field)
    faces, owner, members = _faces(mesh, labels)
    names = np.array([*field.actors, ""])
    leaning = names[field.leaning[owner]]
    status = field.status[owner]
    frame = gpd.GeoDataFrame(
        {
            "actor": np.where(np.isin(status, ["held", "besieged"]), leaning, ""),
            "leaning": leaning,
            "status": status,
            "confidence": [round(float(field.confidence[nodes].mean()), 4) for nodes in members],
        },
        geometry=faces,
        crs=theater.metric_crs,
    )
    frame["actor"] = frame["actor"].astype(object)
    frame["leaning"] = frame["leaning"].astype(object)
    frame["status"] = frame["status"].astype(object)
    frame["area_km2"] = (frame.geometry.to_crs(theater.equal_area_crs).area / 1e6).round(3)
    frame = frame[list(TERRITORY_COLUMNS)]
    order = ["actor", "leaning", "status", "area_km2"]
    return frame.sort_values(order, ascending=[True, True, True, False], ignore_index=True)


def _labels(field: Field) -> NDArray[np.int64]:
    """One number per node for leaning and status together; equal numbers share an area."""
    statuses, code = np.unique(field.status, return_inverse=True)
    return (field.leaning + 1) * len(statuses) + code.reshape(-1)


class _Faces(NamedTuple):
    """Polygons; for each the node that speaks for it and the nodes of its own label inside."""

    polygons: NDArray[np.object_]
    owner: NDArray[np.int64]
    members: list[NDArray[np.int64]]


def _faces(mesh: Tessellation, labels: NDArray[np.int64]) -> _Faces:
    """Polygons between the sides where labels differ."""
    import shapely

    border = shapely.boundary(mesh.outline)
    differs = labels[mesh.sides[:, 0]] != labels[mesh.sides[:, 1]]
    lines = _merged(mesh.side_xy[differs])
    smooth = np.array([_smoothed(line) for line in lines], dtype=object)
    faces, wrong = _polygonized(smooth, mesh, border, labels)
    if len(wrong):
        # Smoothing put a place on the wrong side: the lines beside it stay as they were.
        touched = shapely.STRtree(lines).query_nearest(mesh.points[wrong])[1]
        smooth[np.unique(touched)] = lines[np.unique(touched)]
        faces, wrong = _polygonized(smooth, mesh, border, labels)
        if len(wrong):
            faces, _ = _polygonized(lines, mesh, border, labels)
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
    border: BaseGeometry,
    labels: NDArray[np.int64],
) -> tuple[_Faces, NDArray[np.int64]]:
    """Faces between the lines inside the outline, and the nodes that came to lie in a wrong one."""
    import shapely

    linework = shapely.union_all([*lines, border])
    faces = shapely.get_parts(shapely.polygonize([linework]))
    outline = mesh.outline
    shapely.prepare(outline)
    inside = shapely.contains(outline, shapely.point_on_surface(faces))
    polygons = np.asarray(faces[inside], dtype=object)
    tree = shapely.STRtree(mesh.points)
    face, node = tree.query(polygons, predicate="contains")
    polygons, kept = _joined(polygons, np.unique(face))
    face = kept[face]
    owner = np.full(len(polygons), -1, dtype=np.int64)
    owner[face[::-1]] = node[::-1]
    empty = np.flatnonzero(owner < 0)
    if len(empty):  # an island without a node: the nearest one speaks for it
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
    return _Faces(polygons, owner, members), np.unique(node[~right])


def _joined(
    polygons: NDArray[np.object_], inhabited: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """
    Join faces that hold no node to the neighbor with which they share most of their edge.

    Such a face is the tip of a cell that reaches over a bay or a strait. Gives the faces that are
    left, and for each old face its new number.
    """
    import shapely

    alone = np.setdiff1d(np.arange(len(polygons)), inhabited)
    merged, keep = polygons.copy(), np.ones(len(polygons), dtype=bool)
    tree = shapely.STRtree(polygons[inhabited])
    for face in alone.tolist():
        near = inhabited[np.sort(tree.query(polygons[face], predicate="intersects"))]
        shared = shapely.length(shapely.intersection(polygons[near], polygons[face]))
        if len(near) and shared.max() > 0:
            parent = near[shared.argmax()]
            merged[parent] = shapely.union_all([merged[parent], polygons[face]])
            keep[face] = False
    return merged[keep], np.cumsum(keep) - 1
