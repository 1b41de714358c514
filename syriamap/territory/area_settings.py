"""Settings of areas and front lines; ``docs/settings.md`` prints the table."""

from __future__ import annotations

from dataclasses import dataclass

from syriamap.theater.settings import setting

__all__ = ["AREAS", "AreaSettings"]


@dataclass(frozen=True)
class AreaSettings:
    """How areas are drawn around nodes: the rows say what each does."""

    smoothings: int = setting(2, "rounds", "in which the corners of lines are cut", "Chaikin 1974")
    corner_share: float = setting(
        0.25, "share", "of a stretch that is cut off at either end", "Chaikin 1974"
    )
    strip_share: float = setting(
        0.8,
        "share",
        "of the way to either place that the strip between enemies takes",
        "it holds no place",
    )
    strip_widest_m: float = setting(
        3_000.0, "m", "most that the strip takes on either side", "judgment"
    )
    strip_confidence: float = setting(
        0.5, "factor", "of the confidence in the strip", "either side is as likely"
    )
    strip_arcs: int = setting(
        2, "", "pieces of a quarter circle at the ends of a strip", "few vertices"
    )
    cut_near_m: float = setting(
        1e-3, "m", "from a line within which the faces say on which side a node lies", "rounding"
    )
    cut_squares_m: tuple[float, ...] = setting(
        (4_000.0, 16_000.0, 64_000.0),
        "m",
        "half the sides of the squares in which the face of such a node is looked for",
        "most faces are small",
    )
    cut_pairs: int = setting(1_000_000, "", "pairs of node and cut looked at together", "memory")


AREAS = AreaSettings()
"""The settings in use."""
