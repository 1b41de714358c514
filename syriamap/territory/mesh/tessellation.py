"""
Places → Voronoi cells and their Delaunay graph, computed once and kept on disk.

In come the points of a theater, its outline and its water; out goes a :class:`Tessellation` of
plain arrays in the metric CRS. Where no place is near, filler nodes on a hexagonal grid stand in
for empty country, so that a desert is not painted by the nearest oasis. The graph loses the edges
that leave the country and notes the ones that cross water.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from syriamap.cache import cache_file, keep_arrays, kept_arrays, key_of
from syriamap.errors import TerritoryError
from syriamap.territory.mesh.elimination import elimination_orders
from syriamap.territory.mesh.mesh_settings import MESH
from syriamap.theater.projecting import way_between

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray
    from pyproj import Transformer
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

    from syriamap.theater.folder import Theater

__all__ = [
    "Ground",
    "Memory",
    "Tessellation",
    "forget",
    "ground_of",
    "tessellation_of",
]

_Made = TypeVar("_Made")

_VERSION = "3"
"""Changes whenever the arrays of a tessellation change meaning: old caches are then not read."""


@dataclass(frozen=True)
class Tessellation:
    """
    Nodes, edges and cell sides, metric CRS.

    Attributes
    ----------
    xy
        Nodes, (N, 2) in meters: first the distinct points of places, then fillers.
    node_of_point
        For each point that was put in, its node, (P,).
    place_nodes
        How many of the nodes are places; the rest are fillers.
    edges
        Delaunay edges inside the country, (E, 2) node numbers.
    lengths
        Their lengths in meters, (E,).
    crossings
        How many barriers each edge crosses, (E,).
    sides
        Cell sides as node pairs left and right, (S, 2); every Voronoi ridge between two nodes.
    side_xy
        Ends of each cell side, (S, 2, 2) in meters; shared ends are equal to the bit.
    side_of_edge
        Which of the sides each edge crosses, (E,).
    elimination
        Orders in which to eliminate the nodes, (2, N)
        (:func:`~syriamap.territory.mesh.elimination.elimination_orders`).
    outline_wkb
        The country's outline, WKB, metric CRS.
    """

    xy: NDArray[np.float64]
    node_of_point: NDArray[np.int64]
    place_nodes: int
    edges: NDArray[np.int64]
    lengths: NDArray[np.float64]
    crossings: NDArray[np.int64]
    sides: NDArray[np.int64]
    side_xy: NDArray[np.float64]
    side_of_edge: NDArray[np.int64]
    elimination: NDArray[np.int64]
    outline_wkb: bytes

    @cached_property
    def outline(self) -> BaseGeometry:
        """The country's outline, metric CRS."""
        import shapely

        return shapely.from_wkb(self.outline_wkb)

    @cached_property
    def points(self) -> NDArray[np.object_]:
        """The nodes as shapely points, (N,)."""
        import shapely

        return np.asarray(shapely.points(self.xy), dtype=object).reshape(-1)

    @cached_property
    def tree(self) -> STRtree:
        """The nodes by where they lie."""
        import shapely

        return shapely.STRtree(self.points)

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """Where each node stands in what any search of the tree finds, (N,)."""
        import shapely

        (west, south), (east, north) = self.xy.min(axis=0), self.xy.max(axis=0)
        found = self.tree.query(shapely.box(west, south, east, north))
        rank = np.empty(len(self.xy), dtype=np.int64)
        rank[found] = np.arange(len(found))
        return rank

    @cached_property
    def memory(self) -> Memory:
        """What was made from these nodes and may be wanted again for another date or claim."""
        return Memory()


class Memory:
    """
    The last few results by key; the oldest is forgotten, and told to `forgotten`.

    Whatever is in it could be made again: with or without it the results are the same.
    """

    def __init__(
        self, most: int = MESH.remembered, forgotten: Callable[[Any], None] = lambda _: None
    ) -> None:
        self._most, self._forgotten = most, forgotten
        self._kept: dict[Hashable, Any] = {}

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()

    def of(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made for this key, made now if it is not there."""
        if key in self._kept:
            self._kept[key] = self._kept.pop(key)
        else:
            self._kept[key] = make()
            if len(self._kept) > self._most:
                self._forgotten(self._kept.pop(next(iter(self._kept))))
        found: _Made = self._kept[key]
        return found

    def of_equal(self, key: Hashable, said: list[Any], make: Callable[[], _Made]) -> _Made:
        """What was made last for this key if it was made of what equals `said`, else made now."""
        last: tuple[list[Any], _Made] | None = self._kept.pop(key, None)
        if last is None or last[0] != said:
            last = said, make()
        return self.of(key, lambda: last)[1]


def _part_with(mesh: Tessellation | None) -> None:
    """Forget what was made from a tessellation: it names it, and cycles are seldom looked for."""
    if mesh is not None:
        mesh.memory.clear()


_LAST = Memory(MESH.in_memory, _part_with)
"""The tessellations made or read last, with what was made from their nodes."""


class Ground(NamedTuple):
    """
    Where evidence may lie: a tessellation, and which of its points is which place.

    Attributes
    ----------
    mesh
        The tessellation.
    points
        Ids of its points in their order: the theater's places, then the own points of claims.
    """

    mesh: Tessellation
    points: tuple[str, ...]

    def nodes_of(self, place_ids: Iterable[str]) -> NDArray[np.int64]:
        """Node of each of some places or own points."""
        node_by_id = self.mesh.memory.of(
            ("nodes of points", self.points),
            lambda: dict(zip(self.points, self.mesh.node_of_point.tolist(), strict=True)),
        )
        return np.array([node_by_id[one] for one in place_ids], dtype=np.int64)


def ground_of(control: pd.DataFrame, theater: Theater, *, cached: bool = True) -> Ground:
    """
    Tessellate the places of a theater and the own points of claims.

    Parameters
    ----------
    control
        A control frame: rows that are no place of the theater lie at points of their own.
    theater, cached
        As for :func:`tessellation_of`.
    """
    import pandas as pd

    places = theater.places
    own = control[places.index.get_indexer(pd.Index(control["place_id"])) < 0]
    lat = np.concatenate([places["lat"].to_numpy(float), own["lat"].to_numpy(float)])
    lon = np.concatenate([places["lon"].to_numpy(float), own["lon"].to_numpy(float)])
    mesh = tessellation_of(lat, lon, theater, cached=cached)
    return Ground(mesh, (*theater.place_ids, *map(str, own["place_id"])))


def tessellation_of(
    lat: NDArray[np.float64], lon: NDArray[np.float64], theater: Theater, *, cached: bool = True
) -> Tessellation:
    """
    Tessellate points of a theater.

    Parameters
    ----------
    lat, lon
        Points in degrees: the places of the theater and the own points of claims.
    theater
        Gives the outline, the water and the metric CRS.
    cached
        Whether a tessellation of the same content may be read from, and is kept in,
        :mod:`syriamap.cache`. A folder that cannot be written costs time, nothing else.
    """
    if not cached:
        return _tessellate(lat, lon, theater)
    import pyproj
    import shapely

    layers = ("boundary.geojson", "water.geojson", "disputed.geojson")
    key = key_of(
        # the libraries below shapely and pyproj are another build's where a system brings its own
        f"{_VERSION} {MESH} {shapely.geos_version_string} {pyproj.proj_version_str}",
        np.asarray(lat, dtype=np.float64),
        np.asarray(lon, dtype=np.float64),
        theater.metric_crs,
        theater.border_variant,
        *(theater.folder / name for name in layers),
    )
    path = cache_file(f"tessellation-{theater.id}", key)
    known = _load(path)
    if known is not None:
        return known
    made = _tessellate(lat, lon, theater)
    values = {field.name: getattr(made, field.name) for field in fields(Tessellation)}
    values["outline_wkb"] = np.frombuffer(made.outline_wkb, dtype=np.uint8)
    arrays = {name: np.asarray(value) for name, value in values.items()}
    keep_arrays(path, arrays, most=MESH.kept)
    if (file := _file_of(path)) is not None:
        _LAST.of(file, lambda: made)
    return made


def _load(path: Path) -> Tessellation | None:
    """Read a cached tessellation; the same one again while its file has not changed."""
    file = _file_of(path)
    return None if file is None else _LAST.of(file, lambda: _read(path))


def _file_of(path: Path) -> tuple[Path, int, int] | None:
    """Tells a file from the one that took its place; None where there is none."""
    try:
        file = path.stat()
    except OSError:
        return None
    return path, file.st_ino, file.st_size


def _read(path: Path) -> Tessellation | None:
    values: dict[str, Any] | None = kept_arrays(path, [one.name for one in fields(Tessellation)])
    if values is None:
        return None  # a broken file: it is made again
    values["place_nodes"] = int(values["place_nodes"])
    values["outline_wkb"] = values["outline_wkb"].tobytes()
    return Tessellation(**values)


def forget() -> None:
    """Drop what is remembered of tessellations read before; for measuring. Files stay."""
    _LAST.clear()


def _tessellate(
    lat: NDArray[np.float64], lon: NDArray[np.float64], theater: Theater
) -> Tessellation:
    import shapely

    to_metric = way_between("EPSG:4326", theater.metric_crs)
    outline = _projected(theater.boundary, to_metric)
    if not outline.is_valid:
        outline = shapely.make_valid(outline)
    points = np.column_stack(to_metric.transform(lon, lat)).astype(np.float64)
    if not len(points):
        raise TerritoryError(f"{theater.folder}: no places to draw cells around")
    if not np.isfinite(points).all():
        problem = f"cannot project every place to {theater.metric_crs}"
        raise TerritoryError(f"{theater.folder}/theater.toml: metric_crs {problem}")
    keys = np.round(points / MESH.same_node_m).astype(np.int64)
    keys -= keys.min(axis=0)
    # a pair of numbers as one, in the order of pairs: many times as quick to sort
    pairs = keys[:, 0] * (keys[:, 1].max() + 1) + keys[:, 1]
    _, first, node_of_point = np.unique(pairs, return_index=True, return_inverse=True)
    places = points[first]
    xy = np.vstack([places, _fillers(places, outline)])
    sides, side_xy = _ridges(xy, outline)
    inside = _edges_inside(xy, sides, outline)
    edges = sides[inside]
    return Tessellation(
        xy=xy,
        node_of_point=node_of_point.reshape(-1).astype(np.int64),
        place_nodes=len(places),
        edges=edges,
        lengths=np.hypot(*(xy[edges[:, 0]] - xy[edges[:, 1]]).T),
        crossings=_crossings(xy, edges, theater, to_metric),
        sides=sides,
        side_xy=side_xy,
        side_of_edge=inside,
        elimination=elimination_orders(edges, len(xy)),
        outline_wkb=shapely.to_wkb(outline),
    )


def _projected(geometry: BaseGeometry, to_metric: Transformer) -> BaseGeometry:
    import shapely

    def project(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_metric.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry, project)


def _fillers(places: NDArray[np.float64], outline: BaseGeometry) -> NDArray[np.float64]:
    """Hexagonal grid points inside the outline that lie far from every place."""
    import shapely
    from scipy.spatial import cKDTree

    step = MESH.filler_spacing_km * 1_000.0
    west, south, east, north = outline.bounds
    rows = np.arange(south, north, step * np.sqrt(3) / 2)
    columns = np.arange(west, east, step)
    grid_x, grid_y = np.meshgrid(columns, rows)
    grid_x[1::2] += step / 2
    grid = np.column_stack([grid_x.ravel(), grid_y.ravel()])
    if not len(grid):
        return np.empty((0, 2))
    far = cKDTree(places).query(grid)[0] > step
    grid = grid[far]
    shapely.prepare(outline)
    return grid[shapely.contains_xy(outline, grid[:, 0], grid[:, 1])]


def _ridges(
    xy: NDArray[np.float64], outline: BaseGeometry
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Voronoi ridges between nodes, all with two finite ends."""
    from scipy.spatial import Voronoi

    (west, south), (east, north) = _around(xy, outline)
    center = np.array([(west + east) / 2, (south + north) / 2])
    radius = MESH.guard_distance * max(east - west, north - south, 1_000.0)
    # Far points all around close the outer cells; their own ridges lie far outside the country.
    angles = np.linspace(0, 2 * np.pi, MESH.guards, endpoint=False)
    guards = center + radius * np.column_stack([np.cos(angles), np.sin(angles)])
    diagram = Voronoi(np.vstack([xy, guards]) - center)
    pairs = np.asarray(diagram.ridge_points, dtype=np.int64)
    ends = np.fromiter(itertools.chain.from_iterable(diagram.ridge_vertices), np.int64)
    ends = ends.reshape(-1, 2)
    real = (pairs < len(xy)).all(axis=1)
    finite = (ends >= 0).all(axis=1)
    keep = real & finite
    return pairs[keep], diagram.vertices[ends[keep]] + center


def _around(xy: NDArray[np.float64], outline: BaseGeometry) -> NDArray[np.float64]:
    """Least and greatest corner of the box around points and outline."""
    corners = np.vstack([xy, np.reshape(outline.bounds, (2, 2))])
    return np.stack([corners.min(axis=0), corners.max(axis=0)])


def _edges_inside(
    xy: NDArray[np.float64], pairs: NDArray[np.int64], outline: BaseGeometry
) -> NDArray[np.int64]:
    """Which Delaunay edges do not leave the country; short ones stay in any case."""
    import shapely

    lengths = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    # A coarse outline, widened by more than it was coarsened: kilometers do not matter here.
    room = outline.simplify(MESH.outline_tolerance_m).buffer(MESH.border_slack_m, quad_segs=2)
    shapely.prepare(room)
    stays = lengths < MESH.short_edge_m
    far = np.flatnonzero(~stays)
    stays[far] = shapely.contains_properly(room, shapely.linestrings(xy[pairs[far]]))
    return np.flatnonzero(stays)


def _crossings(
    xy: NDArray[np.float64], edges: NDArray[np.int64], theater: Theater, to_metric: Transformer
) -> NDArray[np.int64]:
    """How many barriers each edge crosses: rivers, lakes, and lines of a disputed border."""
    import shapely

    counts = np.zeros(len(edges), dtype=np.int64)
    segments = np.asarray(shapely.linestrings(xy[edges]), dtype=object).reshape(-1)
    tree = shapely.STRtree(segments)
    water = theater.water
    open_water = water["barrier"].astype(str).str.casefold() == "false"
    for geometry in [*water.geometry[~open_water], *theater.disputed.geometry]:
        projected = _projected(geometry, to_metric)
        hit: set[int] = set()
        for piece in _pieces(projected):
            hit.update(tree.query(piece, predicate="intersects").tolist())
        counts[sorted(hit)] += 1
    return counts


def _pieces(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Split long lines, so that a query of the tree meets few candidates."""
    import shapely

    lines = shapely.get_parts(geometry)
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return list(lines)
    step = MESH.water_piece
    pieces: list[BaseGeometry] = []
    for line in lines:
        coords = shapely.get_coordinates(line)
        pieces += [
            shapely.LineString(coords[start : start + step + 1])
            for start in range(0, len(coords) - 1, step)
        ]
    return pieces
