"""
How long a figure takes beside the import of what it is drawn with.

``python benchmarks/figure.py [ROUNDS]`` runs `syriamap figure` and a bare
``import geopandas, matplotlib.pyplot`` by turns and prints the least processor time of each and
their ratio; the goal is 4 at most.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

IMPORT = "import geopandas, matplotlib.pyplot"
ROUNDS = 5


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        drawing = [
            "-m",
            "syriamap",
            "figure",
            "2024-12-06",
            "-o",
            str(Path(folder) / "a.png"),
        ]
        _seconds(drawing)  # fills the caches of tessellation and fonts
        _seconds(["-c", IMPORT])
        bare, figure = 1e9, 1e9
        for _ in range(rounds):
            bare = min(bare, _seconds(["-c", IMPORT]))
            figure = min(figure, _seconds(drawing))
    print(f"import {bare:.2f} s, figure {figure:.2f} s, ratio {figure / bare:.2f} (goal: 4)")


def _seconds(words: list[str]) -> float:
    """Processor time of a run, which other work on the machine changes little."""
    before = os.times()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system


if __name__ == "__main__":
    main()
