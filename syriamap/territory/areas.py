"""
Probabilities at nodes → polygons: held, contested and undetermined areas.

In comes the :class:`~syriamap.territory.inference.field.Field`, out goes a coverage of the country.
Only cell sides between nodes that differ are kept; they are merged to lines, smoothed once for both
neighbors, noded with the outline and polygonized. So no sliver and no overlap can arise, and the
outline itself is never a front.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from syriamap.look.symbols import BAND
from syriamap.territory.area_settings import AREAS
from syriamap.territory.corners import misplaced_nodes, smoothed_lines
from syriamap.territory.inference.solve import field_from_control

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from syriamap.territory.inference.field import Field
    from syriamap.territory.mesh.tessellation import Tessellation
    from syriamap.theater.folder import Theater

__all__ = ["TERRITORY_COLUMNS", "territory_from_control", "territory_from_field"]

TERRITORY_COLUMNS = (
    "actor", "leaning", "status", "doubt", "confidence", "area_km2", "geometry",
)  # fmt: skip
"""Columns of the territory frame."""


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
        (the likeliest actor, empty where nothing is known), `status`, `doubt` (why it is contested
        or undetermined, see :data:`~syriamap.territory.inference.field.DOUBTS`), `confidence` (mean
        over the nodes of the area), `area_km2` (equal-area CRS). A valid coverage of the outline:
        the areas do not overlap and leave no gap. Sorted by actor, leaning, status, largest first.
    """
    memory, key = field.tessellation.memory, _key(field, theater)
    shapes = memory.of(("areas", *key), lambda: _shapes(field, theater))
    surely = field.confidence.tobytes()
    frame = memory.of(("territory", *key, surely), lambda: _frame(field, shapes, theater))
    return frame.copy()


def _frame(field: Field, shapes: _Shapes, theater: Theater) -> gpd.GeoDataFrame:
    """Areas with what the field says in them, sorted."""
    import geopandas as gpd
    import pandas as pd

    owner, band = shapes.owner[shapes.lead], shapes.band[shapes.lead]
    leaning = np.array([*field.actors, ""])[field.leaning[owner]]
    status = np.where(band, "contested", field.status[owner])
    actor = np.where(np.isin(status, ["held", "besieged"]), leaning, "")
    doubt = np.where(band, BAND, field.doubt[owner])
    confidence = _confidence(field, shapes)
    order = np.lexsort((-shapes.area_km2, doubt, status, leaning, actor))
    columns = {
        "actor": actor,
        "leaning": leaning,
        "status": status,
        "doubt": doubt,
        "confidence": confidence,
        "area_km2": shapes.area_km2,
    }
    table = {
        name: pd.Series(values[order], dtype=object if values.dtype.kind == "U" else None)
        for name, values in columns.items()
    }
    return gpd.GeoDataFrame(table, geometry=shapes.geometry[order], crs=theater.metric_crs)


class _Shapes(NamedTuple):
    """
    Areas, and the faces they are made of.

    Attributes
    ----------
    geometry, area_km2
        Of each area, (R,).
    lead
        Face that speaks for each area, (R,).
    home
        Area of each face, (F,).
    land
        Square meters of each face, (F,).
    owner, band
        Of each face, as in :class:`_Faces`.
    member, face
        Nodes whose confidence counts, and the face that each lies in.
    """

    geometry: NDArray[np.object_]
    area_km2: NDArray[np.float64]
    lead: NDArray[np.int64]
    home: NDArray[np.int64]
    land: NDArray[np.float64]
    owner: NDArray[np.int64]
    band: NDArray[np.bool_]
    member: NDArray[np.int64]
    face: NDArray[np.int64]


def _key(field: Field, theater: Theater) -> tuple[object, ...]:
    """What the shapes depend on: equal for days on which no node changes its kind."""
    words = (field.actors, field.sides, field.judged, theater.metric_crs, theater.equal_area_crs)
    arrays = (field.leaning, field.status, field.doubt)
    return (*words, *(array.tobytes() for array in arrays))


def _shapes(field: Field, theater: Theater) -> _Shapes:
    """Draw faces, join bands, measure."""
    import shapely

    faces = _faces(field.tessellation, _labels(field), _between(field))
    geometry, lead, home = _connected(faces, field)
    km2 = _sizes(geometry, field.tessellation, theater)
    counts = [len(nodes) for nodes in faces.members]
    return _Shapes(
        geometry,
        km2.round(3),
        lead,
        home,
        shapely.area(faces.polygons),
        faces.owner,
        faces.band,
        np.concatenate(faces.members),
        np.repeat(np.arange(len(counts)), counts),
    )


def _sizes(
    geometry: NDArray[np.object_], mesh: Tessellation, theater: Theater
) -> NDArray[np.float64]:
    """Square kilometers of each area; most areas were measured on the day before."""
    import geopandas as gpd
    import shapely

    known = mesh.memory.of(("sizes", theater.equal_area_crs), dict[bytes, float])
    bodies = shapely.to_wkb(geometry).tolist()
    anew = [row for row, body in enumerate(bodies) if body not in known]
    equal = gpd.GeoSeries(geometry[anew], crs=theater.metric_crs).to_crs(theater.equal_area_crs)
    sizes = {body: known[body] for body in bodies if body in known}
    sizes |= zip([bodies[row] for row in anew], (equal.area / 1e6).tolist(), strict=True)
    known.clear()  # those of the last day are remembered
    known.update(sizes)
    return np.array([sizes[body] for body in bodies])


def _confidence(field: Field, shapes: _Shapes) -> NDArray[np.float64]:
    """Mean over the nodes of each face, over the land of each area."""
    count = len(shapes.home)
    total = np.bincount(shapes.face, field.confidence[shapes.member], count)
    mean = total / np.bincount(shapes.face, minlength=count)
    # between two sides each is as likely
    mean = (mean * np.where(shapes.band, AREAS.strip_confidence, 1.0)).round(4)
    land = np.maximum(shapes.land, 1e-9)
    return np.asarray(
        (np.bincount(shapes.home, land * mean) / np.bincount(shapes.home, land)).round(4)
    )


def _labels(field: Field) -> NDArray[np.int64]:
    """One number per node for leaning, status and doubt; equal numbers share an area."""
    statuses, status = np.unique(field.status, return_inverse=True)
    doubts, doubt = np.unique(field.doubt, return_inverse=True)
    kind = status.reshape(-1) * len(doubts) + doubt.reshape(-1)
    return np.asarray((field.leaning + 1) * len(statuses) * len(doubts) + kind)


def _connected(
    faces: _Faces, field: Field
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.int64]]:
    """
    Join front bands of one leaning that share an edge: a strip and the places beside it.

    Gives the areas, the face that leads in each and the area of each face.
    """
    import shapely

    bands = faces.band | (field.doubt[faces.owner] == BAND)
    leaning = field.leaning[faces.owner]
    alone = np.flatnonzero(~bands)
    geometry, leads = [faces.polygons[alone]], [alone]
    home = np.full(len(faces.polygons), -1, dtype=np.int64)
    home[alone] = np.arange(len(alone))
    count = len(alone)
    for one in np.unique(leaning[bands]).tolist():
        which = np.flatnonzero(bands & (leaning == one))
        pieces = faces.polygons[which]
        joined = np.asarray(shapely.get_parts(shapely.coverage_union_all(pieces)), dtype=object)
        piece, inside = shapely.STRtree(joined).query(
            shapely.point_on_surface(pieces), predicate="within"
        )
        inside = inside[np.argsort(piece, kind="stable")]
        largest = np.lexsort((-shapely.area(pieces), inside))
        geometry.append(joined)
        leads.append(which[largest[np.unique(inside[largest], return_index=True)[1]]])
        home[which] = count + inside
        count += len(joined)
    return np.concatenate(geometry), np.concatenate(leads), home


def _between(field: Field) -> BaseGeometry | None:
    """
    The strip between two places that hostile sides hold, with no other place between them.

    Each such cell side is widened by most of the way to its two places, which are the nearest
    to all of it: so the strip holds no place, claimed or not.
    """
    import shapely

    mesh = field.tessellation
    one, two = mesh.sides.T
    held = np.isin(field.status, ["held", "besieged"])
    apart = np.hypot(*(mesh.xy[one] - mesh.xy[two]).T)
    side = field.side
    meets = np.flatnonzero(held[one] & held[two] & (side[one] != side[two]))
    box = np.asarray(mesh.outline.bounds) + np.array([-1, -1, 1, 1]) * AREAS.strip_widest_m
    sides = shapely.clip_by_rect(shapely.linestrings(mesh.side_xy[meets]), *box)
    lines = np.asarray(sides, dtype=object).reshape(-1)
    width = np.minimum(AREAS.strip_share * apart[meets] / 2.0, AREAS.strip_widest_m)
    inside = ~shapely.is_empty(lines)
    if not field.judged or not inside.any():
        return None
    return shapely.union_all(
        shapely.buffer(lines[inside], width[inside], quad_segs=AREAS.strip_arcs)
    )


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
    smoothed = smoothed_lines(lines)
    smooth = smoothed.lines
    wrong = misplaced_nodes(smoothed, lines, mesh, labels, fixed)
    if wrong is None or not len(wrong):
        faces, wrong = _polygonized(smooth, mesh, fixed, labels, between)
        if not len(wrong):
            return faces
    # Smoothing put a place on the wrong side: the lines beside it stay as they were.
    touched = shapely.STRtree(lines).query_nearest(mesh.points[wrong])[1]
    smooth[np.unique(touched)] = lines[np.unique(touched)]
    faces, wrong = _polygonized(smooth, mesh, fixed, labels, between)
    return _polygonized(lines, mesh, fixed, labels, between)[0] if len(wrong) else faces


def _merged(sides: NDArray[np.float64]) -> NDArray[np.object_]:
    """Cell sides joined end to end into lines that end only where three areas meet."""
    import shapely

    if not len(sides):
        return np.empty(0, dtype=object)
    lines = np.asarray(shapely.linestrings(sides), dtype=object)
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return np.asarray(shapely.get_parts(merged), dtype=object)


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
    tree = mesh.tree
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


def territory_from_control(control: pd.DataFrame, theater: Theater) -> gpd.GeoDataFrame:
    """
    Infer areas from the control of places.

    Parameters
    ----------
    control
        The control frame of a day (:func:`syriamap.control.claimed.control_from_claims`).
    theater
        Gives the places, the outline and the water.

    Returns
    -------
    geopandas.GeoDataFrame
        A valid coverage of the country in the theater's metric CRS, one row per connected area;
        see :func:`territory_from_field`.
    """
    return territory_from_field(field_from_control(control, theater), theater)
