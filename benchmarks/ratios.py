"""
All ratios of speed in one run: what a command costs beside `import geopandas, folium`.

Prints the tables of `docs/speed.md`::

    python benchmarks/ratios.py                    # ratios, stages, jobs: some twenty minutes
    python benchmarks/ratios.py --repeat 3         # fewer runs of each
    python benchmarks/ratios.py --curves           # growth too, some thirty more
    python benchmarks/ratios.py --repeat 0 --curves --largest 100000    # growth alone, in five
    python benchmarks/ratios.py --only "one date"  # rows whose name holds this
    python benchmarks/ratios.py --only "60 days" --repeat 1            # of all tables
    python benchmarks/ratios.py --repeat 0 --curves --only places --smallest 1000000

Whole processes are measured, started in turn (A B C A B C …), so that a machine which slows down
slows all of them; a row is the median of its runs. Seconds are those that the processors worked,
in all processes of a command together; where jobs share the work, those that passed (`wall`) are
told too, which a busy machine makes long. `naive` is `naive.py`: latest claim → Voronoi → dissolve
→ folium, and folium's own time layer. The cache is a folder of this run, and so is that of Python's
compiled modules, which a wheel has when it is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measured import conditions, taken_by, write_report
from speed import DAY as STREWN_DAY, strewn_theater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent
SYRIAMAP = [sys.executable, "-c", "from syriamap.cli.app import main; main()"]
NAIVE = [sys.executable, str(HERE / "naive.py")]
DAY, SINCE = "2024-12-08", "2024-11-26"
WAR = "2011-03-15", "2026-09-11"
UNIT = "import geopandas, folium"


@dataclass
class Row:
    """A command, what is forgotten before it, its bar as a ratio or in seconds, what it took."""

    name: str
    words: list[str]
    forget: tuple[str, ...] = ()
    bar: float | None = None
    most: float | None = None
    runs: int | None = None
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: float = 0.0


def run(row: Row, cache: Path) -> None:
    """Run a command once, as a process of its own."""
    for name in row.forget:
        for path in cache.glob(f"{name}-*"):
            path.unlink()
    took = taken_by(row.words, _surroundings(cache))
    row.wall.append(took.wall)
    row.cpu.append(took.user + took.system)
    row.peak = max(row.peak, took.peak)


def _surroundings(cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"SYRIAMAP_CACHE": str(cache), "PYTHONPYCACHEPREFIX": str(cache.parent / "compiled")}
    return {**kept, **own, "OPENBLAS_NUM_THREADS": "1"}


def in_turn(rows: list[Row], repeat: int, cache: Path) -> None:
    """Each once, uncounted but where one run is all, then all in turn."""
    for row in rows:
        run(row, cache)
        print(f"  {row.name}: {row.cpu[-1]:.2f} s first", file=sys.stderr, flush=True)
        if row.runs != 1:
            row.cpu.clear()
            row.wall.clear()
    for row in rows:
        row.runs = 0 if row.runs == 1 else row.runs
    for number in range(repeat):
        for row in rows:
            if number < (repeat if row.runs is None else row.runs):
                run(row, cache)


def ratio_rows(scratch: Path) -> list[Row]:
    """What is compared."""
    day = ("day",)
    made = ("day", "inputs", "time", "control", "tessellation", "shell")
    page = str(scratch / "page.html")
    one = [*SYRIAMAP, "map", DAY, "-o", page]
    many = [*SYRIAMAP, "map", DAY, "--since", SINCE, "--jobs", "1", "-o", page]
    war = [*SYRIAMAP, "map", WAR[1], "--since", WAR[0], "--step", "month", "-o", page]
    return [
        Row("one date, nothing kept", one, made, most=7.0, runs=2),
        Row("one date, again", one, bar=2.2),
        Row("one date, another one of the same claims", one, day, bar=3.0),
        Row("naive, one date", [*NAIVE, DAY, page]),
        Row("13 days, again", many, bar=6.0, runs=3),
        Row("13 days, others of the same claims", many, day, runs=3),
        Row("naive, 13 days, folium's time layer", [*NAIVE, DAY, page, "--since", SINCE], runs=3),
        Row("resolve", [*SYRIAMAP, "resolve", "Maarat al-Numan"]),
        Row("the whole war by month, one job", [*war, "--jobs", "1"], day, most=60.0, runs=1),
    ]  # fmt: skip


def strewn_rows(folder: Path) -> list[Row]:
    """A war of 5,000 days on the 8,000 places of a folder, strewn at random, by month."""
    last = dt.date.fromisoformat(STREWN_DAY)
    span = [(last - dt.timedelta(4_999)).isoformat(), last.isoformat(), "--step", "month"]
    words = [*SYRIAMAP, "history", *span, "--theater", str(folder), "--jobs", "1"]
    words += ["-o", str(folder.parent / "strewn.csv")]
    return [Row("5,000 days, 8,000 places, 6,000 claims, by month", words, most=60.0, runs=1)]


def job_rows(scratch: Path) -> list[Row]:
    """Sixty days, shared and not."""
    words = [*SYRIAMAP, "map", DAY, "--since", "2024-10-10", "-o", str(scratch / "sixty.html")]
    return [
        Row(f"60 days, {jobs} job{'s'[: jobs > 1]}", [*words, "--jobs", str(jobs)], ("day",))
        for jobs in (1, 2)
    ]


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def show_ratios(rows: list[Row], unit: float | None = None) -> list[dict[str, Any]]:
    """Print the table; ratios are to the first row where no unit is given."""
    unit = unit or statistics.median(rows[0].cpu)
    print(
        f"\n| what | processor s | × `{UNIT}` | wall s | peak MB | bar |\n|---|---|---|---|---|---|"
    )
    found = []
    for row in rows:
        cpu, wall = statistics.median(row.cpu), statistics.median(row.wall)
        bar = ""
        if row.bar is not None:
            bar = f"{row.bar:g} ×: {'met' if cpu / unit <= row.bar else 'not met'}"
        if row.most is not None:
            bar = f"{row.most:g} s: {'met' if cpu <= row.most else 'not met'}"
        shown = f"{cpu:.2f} | {cpu / unit:.2f} | {wall:.1f} | {row.peak:.0f} | {bar}"
        print(f"| {row.name} | {shown} |", flush=True)
        found.append({"row": row.name, "cpu": row.cpu, "wall": row.wall, "ratio": cpu / unit})
    return found


def _child(words: list[str], cache: Path) -> dict[str, Any]:
    done = subprocess.run(
        words, check=True, capture_output=True, text=True, env=_surroundings(cache)
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def stages(cache: Path, days: int) -> dict[str, Any]:
    """Milliseconds of each stage through time, beside Voronoi and dissolve of the same claims."""
    words = [sys.executable, str(HERE / "stages.py"), "--until"]
    near = _child([*words, DAY, "--days", str(days)], cache)
    far = _child([*words, WAR[1], "--days", "60", "--step", "90"], cache)
    naive = _child([*NAIVE, DAY, "-", "--only-shapes"], cache)
    print(
        f"\n| ms of the processor | first day | each of {days} days | each of 60, 90 days apart |"
    )
    print("|---|---|---|---|")
    for name in near["first"]:
        told = (one[name] for one in (near["first"], near["later"], far["later"]))
        print(f"| {name} | {' | '.join(f'{took:.0f}' for took in told)} |")
    every = near["first all"], near["later all"], far["later all"]
    print(f"| control to lines (bar 60 a day) | {' | '.join(f'{one:.0f}' for one in every)} |")
    print(f"| naive: Voronoi and dissolve | {1_000 * naive['seconds']:.0f} | | |", flush=True)
    return {"days": near, "far": far, "naive": naive["seconds"]}


# --- growth -------------------------------------------------------------------------------------


def curve(
    name: str, sizes: list[int], row_of: Callable[[int, Path], Row], cache: Path
) -> dict[str, Any]:
    """Seconds and memory for each size, and the exponents of the lines through their logarithms."""
    made: dict[str, list[float]] = {"first": [], "again": [], "peak MB": []}
    for size in sizes:
        with scratch_folder() as scratch:
            row = row_of(size, scratch)
            run(row, cache)  # fills the cache
            peak = row.peak
            row.peak = 0.0
            run(row, cache)
        for key, figure in zip(made, (row.cpu[0], row.cpu[1], max(peak, row.peak)), strict=True):
            made[key].append(figure)
        told = f"{row.cpu[0]:.1f} s | {row.cpu[1]:.1f} s | {made['peak MB'][-1]:,.0f} MB"
        print(f"| {name} | {size:,} | {told} |", flush=True)
    found = {"curve": name, "sizes": sizes, **made}
    if len(sizes) < 2:
        return found
    slopes = {key: _slope(sizes, figures) for key, figures in made.items()}
    shown = " | ".join(f"{slope:.2f}" for slope in slopes.values())
    print(f"| {name} | exponent | {shown} |", flush=True)
    return {**found, "exponents": slopes}


def _slope(sizes: list[int], figures: list[float]) -> float:
    return float(np.polyfit(np.log(sizes), np.log(figures), 1)[0])


def strewn(places: int, claims: int) -> Callable[[Path], Row]:
    """Map of a date of places strewn at random."""

    def row(scratch: Path) -> Row:
        folder = strewn_theater(scratch / "theater", places, claims, 365)
        page = str(scratch / "page.html")
        words = [*SYRIAMAP, "map", STREWN_DAY, "--theater", str(folder), "-o", page]
        return Row(f"{places} {claims}", words)

    return row


def of_months(count: int, scratch: Path, jobs: int = 1) -> Row:
    """History of the last months of the war, by month."""
    last = dt.date(2026, 2, 1)
    first = max(last - dt.timedelta(days=count), dt.date(2011, 6, 1))
    words = [*SYRIAMAP, "history", first.isoformat(), last.isoformat(), "--step", "month"]
    return Row("", [*words, "--jobs", str(jobs), "-o", str(scratch / "h.csv")], ("day",))


def curves(cache: Path, smallest: int, largest: int, only: str) -> list[dict[str, Any]]:
    """All growth curves whose name begins with some words, from one size to another."""
    print("\n| grows | to | processor, first | again | most memory |\n|---|---|---|---|---|")
    claims = [one for one in (1_000, 10_000, 100_000, 1_000_000) if smallest <= one <= largest]
    places = [one for one in (8_000, 30_000, 100_000, 1_000_000) if smallest <= one <= largest]
    days = [13, 400, 1_200, 5_000]
    every: list[tuple[str, list[int], Callable[[int, Path], Row]]] = [
        ("days of a history by month", days, of_months),
        ("the same days, 2 cores", days[1:], lambda n, p: of_months(n, p, 2)),
        ("places, 400 claims", places, lambda n, p: strewn(n, 400)(p)),
        ("claims on 8,000 places", claims, lambda n, p: strewn(8_000, n)(p)),
    ]
    return [curve(*one, cache) for one in every if one[0].startswith(only)]


def measured_rows(asked: argparse.Namespace, scratch: Path, cache: Path) -> dict[str, Any]:
    """All tables of rows, or those of their rows whose name holds the words asked for."""

    def own(rows: list[Row]) -> list[Row]:
        return [row for row in rows if asked.only in row.name]

    first = [Row(UNIT, [sys.executable, "-c", UNIT])]
    rows = first + own(ratio_rows(scratch))
    in_turn(rows, asked.repeat, cache)
    report: dict[str, Any] = {"ratios": show_ratios(rows)}
    unit = statistics.median(rows[0].cpu)
    if not asked.only:
        report["stages"] = stages(cache, 100)
    if grown := own(strewn_rows(scratch / "strewn")):
        strewn_theater(scratch / "strewn", 8_000, 6_000, 5_000)
        in_turn(grown, 1, cache)
        report["strewn"] = show_ratios(grown, unit)
    if shared := [] if asked.no_jobs else own(job_rows(scratch)):
        in_turn(shared, max(1, asked.repeat // 3), cache)
        report["jobs"] = show_ratios(shared, unit)
        for what, told in (("clock", "wall"), ("processor", "cpu")):
            took = [statistics.median(getattr(row, told)) for row in shared]
            print(f"\ntwo jobs take {took[-1] / took[0]:.2f} of the {what} of one (bar .65)")
    return report


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--only", default="", metavar="WORDS")
    parser.add_argument("--no-jobs", action="store_true")
    parser.add_argument("--curves", action="store_true")
    parser.add_argument("--smallest", type=int, default=0, metavar="N")
    parser.add_argument("--largest", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{conditions()}, load {load} on {os.cpu_count()} cores")
    report: dict[str, Any] = {"load": load}
    with scratch_folder() as scratch:
        cache = scratch / "cache"
        if asked.repeat:
            report |= measured_rows(asked, scratch, cache)
        if asked.curves:
            report["curves"] = curves(cache, asked.smallest, asked.largest, asked.only)
    print(f"\nload at the end {' '.join(f'{one:.1f}' for one in os.getloadavg())}")
    write_report(asked.json, report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
