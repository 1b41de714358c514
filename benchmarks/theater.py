"""
What a theater of one's own costs: ``python benchmarks/theater.py``.

A made-up country of Sudan's size with 26,000 places in GeoNames' layout and an outline of 20,000
vertices goes through the commands of "your own war in ten minutes", in seconds of CPU.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from syriamap.cli.app import main as command

PLACES, VERTICES, CLAIMS = 26_000, 20_000, 5_000


def main() -> int:
    """Print a row for each step."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["SYRIAMAP_CACHE"] = str(Path(scratch) / "cache")
        os.chdir(scratch)
        write_inputs()
        for step, words in (
            (
                "theater new",
                "theater new land --places XX.txt --outline edge.geojson --actor a=A --actor b=B",
            ),
            ("theater check", "theater check land"),
            ("claims import", "claims import csv towns.csv --theater land -o claims.csv"),
            ("map, the first", "map 2024-05-01 --theater land --claims claims.csv -o map.html"),
            ("map, the second", "map 2024-05-01 --theater land --claims claims.csv -o map.html"),
        ):  # fmt: skip
            begun, wall = time.process_time(), time.perf_counter()
            done(words.split())
            sys.stdout.write(
                f"{step}: {time.process_time() - begun:.1f} s of CPU, "
                f"{time.perf_counter() - wall:.1f} s\n"
            )
    return 0


def done(words: list[str]) -> None:
    """Run a command in this process."""
    try:
        command(words)
    except SystemExit as ended:
        if ended.code:
            raise


def write_inputs() -> None:
    """Write the country file, the outline and a table of who holds what."""
    random = np.random.default_rng(1)
    angle = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
    radius = 1 + 0.02 * np.sin(40 * angle) + 0.002 * random.standard_normal(VERTICES)
    ring = np.column_stack([30 + 7 * radius * np.cos(angle), 16 + 6 * radius * np.sin(angle)])
    ring = np.vstack([ring, ring[:1]]).round(5)
    outline = {"type": "Polygon", "coordinates": [ring.tolist()]}
    Path("edge.geojson").write_text(json.dumps(outline))
    far, turn = np.sqrt(random.random(PLACES)) * 0.95, random.random(PLACES) * 2 * np.pi
    lon, lat = 30 + 7 * far * np.cos(turn), 16 + 6 * far * np.sin(turn)
    sounds = [a + b for a in "bdfghjklmnrstwz" for b in ("a", "i", "u", "ar", "im")]
    picked = random.integers(0, len(sounds), (PLACES, 4))
    names = ["".join(sounds[one] for one in row).title() for row in picked]
    rows = zip(names, lat, lon, strict=True)
    with Path("XX.txt").open("w", encoding="utf-8") as stream:
        for number, (name, y, x) in enumerate(rows, start=1):
            cells = [str(number), name, name, f"Al {name},{name}a", f"{y:.5f}", f"{x:.5f}", "P",
                     "PPL", "XX", "", f"{number % 18:02d}", "", "", "", str(number % 9000), "",
                     "", "Africa/Khartoum", "2024-01-01"]  # fmt: skip
            stream.write("\t".join(cells) + "\n")
    with Path("towns.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Date", "Town", "Latitude", "Longitude", "Side"])
        for at in range(CLAIMS):
            side = "a" if lon[at] < 30 else "B"
            writer.writerow(["30.04.2024", names[at], f"{lat[at]:.5f}", f"{lon[at]:.5f}", side])


if __name__ == "__main__":
    raise SystemExit(main())
