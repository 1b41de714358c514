"""Settings of the tessellation and its graph; ``docs/settings.md`` prints the table."""

from __future__ import annotations

from dataclasses import dataclass

from syriamap.theater.settings import setting

__all__ = ["MESH", "MeshSettings"]

_JUDGED = "judgment"
_GUARD = "keeps a sliver or a cell beyond the border from deciding"
_SPEED = "speed"


@dataclass(frozen=True)
class MeshSettings:
    """How places become cells and a graph: the rows say what each does."""

    filler_spacing_km: float = setting(
        12.0,
        "km",
        "filler nodes stand so far apart, where no place is nearer than this",
        _JUDGED,
    )
    same_node_m: float = setting(
        1.0, "m", "points in one square of this size are one node", "precision of coordinates"
    )
    outline_tolerance_m: float = setting(
        300.0,
        "m",
        "the outline is coarsened by so much to see which edges leave the country",
        _SPEED,
    )
    border_slack_m: float = setting(
        1_000.0,
        "m",
        "an edge may leave the country by so much",
        "more than the outline is coarsened by",
    )
    short_edge_m: float = setting(
        5_000.0,
        "m",
        "a shorter edge stays though it leaves the country",
        "a bend of the border does not part two towns",
    )
    water_piece: int = setting(8, "", "barriers are cut into pieces of so many segments", _SPEED)
    guards: int = setting(16, "", "so many far points close the outer cells", "geometry")
    guard_distance: float = setting(
        20.0, "sizes of the country", "so far out they lie", "their own cells end far outside"
    )
    shortest_km: float = setting(0.05, "km", "a shorter edge conducts as one so long", _GUARD)
    least_ratio: float = setting(0.01, "side/distance", "least that an edge conducts", _GUARD)
    most_ratio: float = setting(5.0, "side/distance", "most that an edge conducts", _GUARD)
    most_barriers: int = setting(
        2,
        "",
        "more barriers on one edge count as so many",
        _JUDGED,
    )
    longest_side_km: float = setting(
        60.0, "km", "a longer cell side counts as one so long for the cell's area", _GUARD
    )
    smallest_cell_km2: float = setting(0.01, "km²", "least area of a cell", _GUARD)
    largest_cell_km2: float = setting(400.0, "km²", "most area of a cell", _GUARD)
    ranks: tuple[int, ...] = setting(
        (1, 2, 4, 8),
        "",
        "spacing of evidence is read off the nearest so many pieces",
        "benchmarks/accuracy.py",
    )
    least_spacing_km: float = setting(
        2.0, "km", "evidence nearer than this counts as so near", "benchmarks/accuracy.py"
    )
    most_spacing_km: float = setting(
        80.0, "km", "evidence farther than this counts as so far", "benchmarks/accuracy.py"
    )
    typical_km: float = setting(12.0, "km", "spacing at which an edge conducts as it is", _JUDGED)
    matern_nodes: int = setting(
        40_000,
        "nodes",
        "with more than this the harmonic function stands alone",
        _SPEED,
    )
    tree_above: int = setting(
        500_000, "pairs", "with more pairs of node and evidence a tree finds the nearest", _SPEED
    )
    pairs_at_once: int = setting(4_000_000, "pairs", "otherwise so many are compared", _SPEED)
    remembered: int = setting(20, "", "so many results are remembered with a tessellation", _SPEED)
    in_memory: int = setting(
        2, "", "so many of the tessellations made or read last stay in memory", _SPEED
    )
    kept: int = setting(100, "files", "of tessellations are kept in the cache", _SPEED)


MESH = MeshSettings()
"""The settings in use."""
