"""
The page of the whole war: what it costs to build, how big it is, how fast it opens and steps.

Prints a table, and the same figures as JSON to the file given with ``--json``::

    python benchmarks/war.py
    python benchmarks/war.py --since 2024-11-26 --date 2024-12-08 --step day

What is measured: the processor time of ``syriamap map`` for the page and, in the same run, for the
page of its last date alone, with an empty cache and with a filled one (a machine that others use
too counts more for the same work: their ratio says more than either); the peak memory; the size of
the page; and in headless Chromium, the network off, the time from opening the file to the first
drawing of the map, of the script of each step of the slider and to the second next frame.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from measured import taken_by, write_report
from page import SYRIAMAP, browser_figures


def processor_time(words: list[str], page: Path, cache: Path) -> tuple[float, float]:
    """Seconds of user time that a page takes, and the peak memory in MB."""
    command = [sys.executable, "-c", SYRIAMAP, "map", *words, "-o", str(page)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    took = taken_by(command, environment)
    return took.user, took.peak


def build_figures(words: list[str], date: str, folder: Path) -> dict[str, Any]:
    """Processor time of the page through time and of one date, side by side."""
    page, cache = folder / "war.html", folder / "cache"
    empty, memory = processor_time(words, page, cache)
    first = page.read_bytes()
    before, _ = processor_time([date], folder / "one.html", cache)
    filled, _ = processor_time(words, page, cache)
    after, _ = processor_time([date], folder / "one.html", cache)
    one = (before + after) / 2
    return {
        "one date (s)": round(one, 2),
        "the page, empty cache (s)": round(empty, 1),
        "the page, filled cache (s)": round(filled, 1),
        "in pages of one date": round(filled / one, 1),
        "peak memory (MB)": round(memory),
        "page (kB)": round(len(first) / 1000),
        "same bytes again": page.read_bytes() == first,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the page of the whole war.")
    parser.add_argument("--date", default="2026-09-11")
    parser.add_argument("--since", default="2011-03-15")
    parser.add_argument("--step", default="month")
    parser.add_argument("--repeat", type=int, default=3, help="how often to open the page")
    parser.add_argument("--json", type=Path, help="file for the figures as JSON")
    arguments = parser.parse_args()
    words = [arguments.date, "--since", arguments.since, "--step", arguments.step]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = build_figures(words, arguments.date, folder)
        figures |= browser_figures(
            folder / "war.html", arguments.repeat, slider=True, steps_timed=1_200
        )
    for label, value in figures.items():
        print(f"{label:38} {value}")
    write_report(arguments.json, {"map": " ".join(words), **figures})


if __name__ == "__main__":
    main()
