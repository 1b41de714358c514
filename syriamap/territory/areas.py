"""
Probabilities at nodes → polygons: held, contested and undetermined areas.

In comes the :class:`~syriamap.territory.inference.Field`, out goes a coverage of the country. Only
cell sides between nodes that differ are kept; they are merged to lines, smoothed once for both
neighbors, noded with the outline and polygonized. So no sliver and no overlap can arise, and the
outline itself is never a front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    faces, owner = _faces(mesh, labels)
    members = _members(mesh, labels, faces, owner)
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


def _faces(
    mesh: Tessellation, labels: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Polygons between the sides where labels differ, and for each a node that lies in it."""
    import shapely

    border = shapely.boundary(mesh.outline)
    differs = labels[mesh.sides[:, 0]] != labels[mesh.sides[:, 1]]
    lines = _merged(mesh.side_xy[differs])
    smooth = np.array([_smoothed(line) for line in lines], dtype=object)
    faces, owner = _polygonized(smooth, mesh, border)
    wrong = _misplaced(mesh, labels, faces, owner)
    if len(wrong):
        # Smoothing put a place on the wrong side: the lines beside it stay as they were.
        touched = shapely.STRtree(lines).query_nearest(shapely.points(mesh.xy[wrong]))[1]
        smooth[np.unique(touched)] = lines[np.unique(touched)]
        faces, owner = _polygonized(smooth, mesh, border)
        if len(_misplaced(mesh, labels, faces, owner)):
            faces, owner = _polygonized(lines, mesh, border)
    return faces, owner


def _merged(sides: NDArray[np.float64]) -> NDArray[np.object_]:
    """Cell sides joined end to end into lines that end only where three areas meet."""
    import shapely

    if not len(sides):
        return np.empty(0, dtype=object)
    merged = shapely.line_merge(shapely.union_all(shapely.linestrings(sides)))
    return np.asarray(shapely.get_parts(merged), dtype=object)


def _smoothed(line: object) -> object:
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
    lines: NDArray[np.object_], mesh: Tessellation, border: BaseGeometry
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Faces between the lines inside the outline, and for each a node that speaks for it."""
    import shapely

    linework = shapely.union_all(np.append(lines, border))
    faces = shapely.get_parts(shapely.polygonize([linework]))
    outline = mesh.outline
    shapely.prepare(outline)
    inside = shapely.contains(outline, shapely.point_on_surface(faces))
    kept = np.asarray(faces[inside], dtype=object)
    return kept, _owners(mesh, kept)


def _owners(mesh: Tessellation, faces: NDArray[np.object_]) -> NDArray[np.int64]:
    """For each face a node that speaks for it: one inside, else the one nearest to its middle."""
    import shapely
    from scipy.spatial import cKDTree

    owner = np.full(len(faces), -1, dtype=np.int64)
    node, face = shapely.STRtree(faces).query(shapely.points(mesh.xy), predicate="within")
    owner[face[::-1]] = node[::-1]
    empty = np.flatnonzero(owner < 0)
    if len(empty):
        middle = shapely.get_coordinates(shapely.point_on_surface(faces[empty]))
        owner[empty] = cKDTree(mesh.xy).query(middle)[1]
    return owner


def _misplaced(
    mesh: Tessellation,
    labels: NDArray[np.int64],
    faces: NDArray[np.object_],
    owner: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Nodes that lie in an area of another label than their own."""
    import shapely

    node, face = shapely.STRtree(faces).query(shapely.points(mesh.xy), predicate="within")
    return np.unique(node[labels[node] != labels[owner[face]]])


def _members(
    mesh: Tessellation,
    labels: NDArray[np.int64],
    faces: NDArray[np.object_],
    owner: NDArray[np.int64],
) -> list[NDArray[np.int64]]:
    """Nodes of each face; the owner alone where a face is cut off from every node."""
    import shapely

    node, face = shapely.STRtree(faces).query(shapely.points(mesh.xy), predicate="within")
    right = labels[node] == labels[owner[face]]
    node, face = node[right], face[right]
    order = np.argsort(face, kind="stable")
    bounds = np.searchsorted(face[order], np.arange(len(faces) + 1))
    groups = [node[order[bounds[i] : bounds[i + 1]]] for i in range(len(faces))]
    return [group if len(group) else owner[i : i + 1] for i, group in enumerate(groups)]
