"""
How long a map takes, on one core: one date, a year of dates, a page, the reasons of all places.

Prints a table, and the same figures as JSON to the file given with ``--json``::

    python benchmarks/speed.py --json output/speed.json

Each row is measured in a process of its own that runs on one core, its caches of cells filled by a
first run. Counted are the seconds that the processor worked, which on a free core are those that
pass. Every row is the best of ``--repeat`` runs, and stands beside what ``import geopandas``
takes in the same run, for machines differ. The large theaters are Syria's outline and actors with
places strewn at random in it; claims are drawn around a front across the country. Memory is the
most that the process ever held.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from measured import write_report

DAY = "2024-12-06"
ONE_CORE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONPATH": os.environ.get("PYTHONPATH", str(Path(__file__).resolve().parents[1])),
}


def strewn_theater(folder: Path, places: int, claims: int, days: int) -> Path:
    """Syria's folder with other places and claims, the same for the same numbers."""
    import shapely

    from syriamap.theater.folder import read_theater

    real = read_theater()
    shutil.copytree(real.folder, folder)
    shutil.rmtree(folder / "claims")
    for name in ("names.csv", "elsewhere.csv"):
        (folder / name).unlink(missing_ok=True)
    settings = (folder / "theater.toml").read_text(encoding="utf-8")
    before, rest = settings.split("capitals = [", 1)  # names of places that are not strewn here
    settings = before + rest.split("]\n", 1)[1]
    (folder / "theater.toml").write_text(settings, encoding="utf-8")
    generator = np.random.default_rng(1)
    west, south, east, north = real.boundary.bounds
    points = np.column_stack(
        [generator.uniform(west, east, places * 4), generator.uniform(south, north, places * 4)]
    )
    shapely.prepare(real.boundary)
    points = points[shapely.contains_xy(real.boundary, points[:, 0], points[:, 1])][:places]
    with (folder / "places.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["place_id", "name", "kind", "lat", "lon"])
        for row, (x, y) in enumerate(points):
            writer.writerow([f"s-{row}", f"Place {row}", "village", f"{y:.6f}", f"{x:.6f}"])
    chosen = generator.integers(len(points), size=claims)
    when = np.sort(generator.integers(days, size=claims))
    last = dt.date.fromisoformat(DAY)
    began = real.actors["valid_from"].dropna().dt.date.to_dict()
    (folder / "claims").mkdir()
    columns = [
        "event_date",
        "place_id",
        "actor",
        "relation",
        "certainty",
        "publisher",
        "source_title",
    ]
    with (folder / "claims" / "strewn.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row, (place, day) in enumerate(zip(chosen.tolist(), when.tolist(), strict=True)):
            x, y = points[place]
            # a front that moves south over the days
            front = 35.6 - 0.8 * day / max(days, 1) + 0.3 * np.sin(4 * x)
            actor = "sdf" if x > 39.5 + 0.3 * np.sin(5 * y) else "government"
            actor = "hts" if y > front and x < 38.5 else actor
            date = last - dt.timedelta(days=days - 1 - day)
            if began.get(actor, date) > date:  # who is not there yet holds nothing
                actor = "government"
            writer.writerow(
                [
                    date.isoformat(),
                    f"s-{place}",
                    actor,
                    "controls",
                    "asserted",
                    f"Paper {row % 7}",
                    f"Issue {row}",
                ]
            )
    return folder


def measured(work: Any, repeat: int) -> tuple[float, Any]:
    best, found = float("inf"), None
    for _ in range(repeat):
        start = time.process_time()
        found = work()
        best = min(best, time.process_time() - start)
    return best, found


def one_date(folder: str | None, repeat: int) -> dict[str, float]:
    """Control, field, territory and front line of one date, each time as if for the first time."""
    from syriamap.pipeline import ask, control_on
    from syriamap.territory import (
        field_from_control,
        frontline_from_territory,
        territory_from_field,
    )
    from syriamap.territory.mesh import tessellation

    day, question = dt.date.fromisoformat(DAY), ask(theater=folder)
    theater = question.theater
    field_from_control(control_on(day, question), theater)  # fills the cache on disk
    parts: dict[str, list[float]] = {}

    def once() -> None:
        tessellation.forget()
        marks = [time.process_time()]
        control = control_on(day, question)
        marks.append(time.process_time())
        field = field_from_control(control, theater)
        marks.append(time.process_time())
        territory = territory_from_field(field, theater)
        marks.append(time.process_time())
        frontline_from_territory(territory, theater, day)
        marks.append(time.process_time())
        for name, took in zip(
            ("control", "field", "territory", "front"), np.diff(marks), strict=True
        ):
            parts.setdefault(name, []).append(float(took))

    claimed = len(control_on(day, question))
    best, _ = measured(once, repeat)
    each = {name: min(took) for name, took in parts.items()}
    return {"seconds": best, "claimed places": claimed, **each}


def year(folder: str | None, repeat: int) -> dict[str, float]:
    """All stages of every day of a year but the page: seconds per date."""
    from syriamap.pipeline.build import series

    since = dt.date.fromisoformat(DAY) - dt.timedelta(days=364)
    best, made = measured(lambda: series(DAY, since=since, theater=folder), 1 + (repeat > 5))
    return {"seconds": best / 365, "dates": len(made.days)}


def reasons(folder: str | None, repeat: int) -> dict[str, float]:
    """What would change without the weightiest claim of each place, for all places."""
    from syriamap.explain import claim_effects
    from syriamap.pipeline import ask

    day, question = dt.date.fromisoformat(DAY), ask(theater=folder)
    best, table = measured(lambda: claim_effects(question, day), repeat)
    return {"seconds": best, "claims left out": len(table)}


def one_place(folder: str | None, repeat: int) -> dict[str, float]:
    """The reasons of one place: mean over claimed and inferred ones, ten of each or `repeat`."""
    from syriamap.explain import explain_place
    from syriamap.pipeline import ask, control_on

    day, question = dt.date.fromisoformat(DAY), ask(theater=folder)
    claimed = control_on(day, question)["place_id"].tolist()
    step = max(len(claimed) // max(repeat, 10), 1)
    others = [place for place in question.theater.places.index if place not in set(claimed)]
    most = max(repeat, 10)
    asked = [*claimed[::step][:most], *others[:: len(others) // most][:most]]
    took = [measured(lambda place=place: explain_place(place, question, day), 1) for place in asked]
    return {
        "seconds": float(np.mean([one for one, _ in took])),
        "slowest": max(one for one, _ in took),
    }


WORK = {"one_date": one_date, "year": year, "reasons": reasons, "one_place": one_place}


def child(name: str, folder: str, repeat: int, core: int) -> None:
    os.sched_setaffinity(0, {core})
    found = WORK[name](folder or None, repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**found, "peak MB": peak}))


def in_child(name: str, folder: str, repeat: int, core: int) -> dict[str, Any]:
    words = [
        sys.executable,
        __file__,
        "--child",
        name,
        "--folder",
        folder,
        "--repeat",
        str(repeat),
        "--core",
        str(core),
    ]
    done = subprocess.run(
        words, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **ONE_CORE}
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def process_seconds(words: list[str], repeat: int, core: int) -> float:
    """Best time of a whole process on one core."""
    best = float("inf")
    for _ in range(repeat):
        start = _of_children()
        subprocess.run(
            ["taskset", "-c", str(core), *words],
            check=True,
            capture_output=True,
            env={**os.environ, **ONE_CORE},
        )
        best = min(best, _of_children() - start)
    return best


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--only", action="append", default=[], metavar="ROW")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.folder, options.repeat, options.core)
        return 0
    python = [sys.executable, "-c"]
    unit = process_seconds([*python, "import geopandas"], options.repeat, options.core)
    both = process_seconds([*python, "import geopandas, folium"], options.repeat, options.core)
    rows: list[dict[str, Any]] = [
        {"row": "import geopandas", "seconds": unit},
        {"row": "import geopandas, folium", "seconds": both},
    ]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        large = {
            "8,000 places, 400 claims": (8_000, 400, 60),
            "8,000 places, 2,000 claims": (8_000, 2_000, 365),
            "100,000 places, 400 claims": (100_000, 400, 60),
            "100,000 places, 5,000 claims": (100_000, 5_000, 60),
        }
        wanted = [
            ("Syria", "one_date"),
            ("Syria", "year"),
            ("Syria", "reasons"),
            ("Syria", "one_place"),
            ("8,000 places, 400 claims", "one_date"),
            ("8,000 places, 2,000 claims", "year"),
            ("100,000 places, 400 claims", "one_date"),
            ("100,000 places, 5,000 claims", "one_date"),
        ]
        for theater, work in wanted:
            title = f"{theater}: {work.replace('_', ' ')}"
            if options.only and not any(one in title for one in options.only):
                continue
            folder = ""
            if theater in large:
                folder = str(scratch / theater.replace(" ", "-"))
                if not Path(folder).exists():
                    strewn_theater(Path(folder), *large[theater])
            rows.append({"row": title, **in_child(work, folder, options.repeat, options.core)})
            print(line_of(rows[-1], unit), flush=True)
        page = scratch / "page.html"
        command = [
            *python,
            "from syriamap.cli.app import main; main()",
            "map",
            DAY,
            "-o",
            str(page),
        ]
        if not options.only:
            process_seconds(command, 1, options.core)
            took = process_seconds(command, options.repeat, options.core)
            rows.append(
                {"row": "syriamap map, whole", "seconds": took, "of both imports": took / both}
            )
    print("\n| | seconds | × import geopandas | MB | |")
    print("|---|---|---|---|---|")
    for row in rows:
        print(line_of(row, unit))
    over = [{**row, "of import geopandas": row["seconds"] / unit} for row in rows]
    write_report(options.json, {"cores": 1, "rows": over})
    return 0


def line_of(row: dict[str, Any], unit: float) -> str:
    known = {"row", "seconds", "peak MB"}
    rest = ", ".join(f"{name} {value:.3g}" for name, value in row.items() if name not in known)
    memory = f"{row['peak MB']:.0f}" if "peak MB" in row else ""
    return (
        f"| {row['row']} | {row['seconds']:.3f} | {row['seconds'] / unit:.2f} | {memory} | {rest} |"
    )


if __name__ == "__main__":
    raise SystemExit(main())
