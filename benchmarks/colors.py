"""
How far apart the actors' colors are on the map, also for color-blind readers.

Run ``python benchmarks/colors.py``: it reads ``gazetteer/syria/actors.csv``, blends each fill on
white at the map's opacities and prints the smallest color difference of every pair of actors over
four kinds of vision. The numbers in ``docs/colors.md`` come from here.

Difference is CIE76 (Euclidean distance in CIELAB, D65); protanopia, deuteranopia and tritanopia
are simulated with the matrices of Machado, Oliveira and Fernandes (2009), severity 1.0, in linear
sRGB.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from syriamap.look.vision import VISIONS, color_difference

ACTORS = Path(__file__).resolve().parents[1] / "gazetteer" / "syria" / "actors.csv"

ALPHAS = (0.55, 0.60)
"""Opacities of territory fills on the page and in the figure."""

CONTACTS = {
    "government": "hts opposition sna turkey sdf isis israel us_coalition syrian_free_army "
    "southern_operations_room druze_groups russia iran_militias hezbollah",
    "hts": "opposition sna turkey sdf isis southern_operations_room syrian_free_army russia "
    "iran_militias hezbollah israel",
    "opposition": "sna sdf isis southern_operations_room syrian_free_army hezbollah israel",
    "sna": "turkey sdf isis russia",
    "turkey": "sdf isis",
    "sdf": "isis us_coalition syrian_free_army russia iran_militias",
    "isis": "us_coalition syrian_free_army southern_operations_room iran_militias hezbollah",
    "syrian_free_army": "us_coalition southern_operations_room iran_militias",
    "us_coalition": "iran_militias",
    "southern_operations_room": "israel druze_groups",
    "israel": "druze_groups",
    "transitional_government": "sdf sna turkey israel druze_groups isis syrian_free_army "
    "us_coalition russia southern_operations_room hezbollah",
    "tribal_forces": "sdf transitional_government druze_groups isis government iran_militias",
    "coast_insurgents": "transitional_government russia hts opposition",
}
"""Actors that held, or may hold, adjoining ground: the pairs a reader must not confuse."""


@dataclass(frozen=True)
class Pair:
    """Two actors and their smallest color difference over the opacities, by kind of vision."""

    first: str
    second: str
    by_vision: dict[str, float]
    contact: bool

    @property
    def smallest(self) -> float:
        """The difference for the reader who sees it least."""
        return min(self.by_vision.values())


def contact_pairs() -> set[frozenset[str]]:
    """The pairs of `CONTACTS`, unordered."""
    return {frozenset((one, other)) for one, rest in CONTACTS.items() for other in rest.split()}


def read_actors(path: Path = ACTORS) -> list[dict[str, str]]:
    """Rows of ``actors.csv``."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def can_share_a_map(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether the validity intervals of two actors have a day in common."""
    starts = max(one["valid_from"] or "0000", other["valid_from"] or "0000")
    ends = min(one["valid_to"] or "9999", other["valid_to"] or "9999")
    return starts <= ends


def pairs_of(actors: list[dict[str, str]]) -> list[Pair]:
    """Every pair of actors that can share a map, least distinct first."""
    contacts = contact_pairs()
    pairs = [
        Pair(
            first=one["actor_id"],
            second=other["actor_id"],
            by_vision={
                vision: min(
                    color_difference(one["color"], other["color"], alpha, vision)
                    for alpha in ALPHAS
                )
                for vision in VISIONS
            },
            contact=frozenset((one["actor_id"], other["actor_id"])) in contacts,
        )
        for one, other in combinations(actors, 2)
        if can_share_a_map(one, other)
    ]
    return sorted(pairs, key=lambda pair: pair.smallest)


def _table(pairs: list[Pair]) -> str:
    head = f"| pair | {' | '.join(VISIONS)} |\n|---|{'---:|' * len(VISIONS)}"
    rows = [
        f"| {pair.first} – {pair.second} | "
        + " | ".join(f"{pair.by_vision[vision]:.1f}" for vision in VISIONS)
        + " |"
        for pair in pairs
    ]
    return "\n".join([head, *rows])


def main(argv: list[str] | None = None) -> int:
    """Print the table of worst pairs, in contact and not, and how many lie under ten."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--rows", type=int, default=12, help="pairs per table")
    options = parser.parse_args(argv)
    pairs = pairs_of(read_actors())
    out = sys.stdout.write
    for title, contact in (("In contact", True), ("Not in contact", False)):
        chosen = [pair for pair in pairs if pair.contact is contact]
        weak = sum(pair.smallest < 10 for pair in chosen)
        out(
            f"{title}: {len(chosen)} pairs, {weak} under 10 for some reader, smallest in normal "
            f"vision {min(pair.by_vision['normal'] for pair in chosen):.1f}\n\n"
        )
        out(_table(chosen[: options.rows]) + "\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
