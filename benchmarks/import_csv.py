"""
Memory and speed of ``claims import``: ``python benchmarks/import_csv.py [ROWS]``.

A table of that many rows (a million when not given) with points, one of 7,500 rows of control by
p-code and month, and one point within an outline of 116,000 vertices; seconds of CPU, and the most
memory that the process ever held.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from syriamap.claims.sources import Context, import_claims
from syriamap.theater.folder import Theater, read_theater

CODED_ROWS, VERTICES = 7_500, 116_000
HELD = ("Government and allied forces", "Syrian Democratic Forces", "Non-state armed groups")


def main(argv: list[str] | None = None) -> int:
    """Print a line for each table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    options = parser.parse_args(argv)
    theater = read_theater()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        told(f"{CODED_ROWS:,} rows by p-code", *coded(folder, theater))
        told("a point in a detailed outline", *detailed(folder))
        told(f"{options.rows:,} rows with points", *long_table(folder, options.rows, theater))
    return 0


def told(what: str, path: Path, context: Context) -> None:
    """Import a table and say what it took."""
    shown: list[int] = []
    begun = time.process_time()
    made = import_claims(path, path.with_suffix(".out.csv"), context, progress=shown.append)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{what}: {made.claims:,} claims, {sum(made.unmapped.values()):,} rows left over, "
        f"{seconds:.1f} s of CPU, at most {peak:.0f} MB, progress told {len(shown):,} times\n"
    )


def coded(folder: Path, theater: Theater) -> tuple[Path, Context]:
    """Write control by p-code, as the World Bank's table has it."""
    codes = [str(one) for one in theater.places["pcode"] if one]
    path = folder / "coded.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("ADM4_PCODE,ADM4_EN,aoc\n")
        for number in range(CODED_ROWS):
            stream.write(f"{codes[number % len(codes)]},,{HELD[number % len(HELD)]}\n")
    return path, Context(theater, "carter", date(2023, 2, 6))


def long_table(folder: Path, rows: int, theater: Theater) -> tuple[Path, Context]:
    """Write a table of towns with points, in the order of a spreadsheet."""
    path = folder / "long.csv"
    places = theater.places[["name", "lat", "lon"]].to_numpy()
    with path.open("w", encoding="utf-8") as stream:
        stream.write("Date,Town,Side,Latitude,Longitude,Remark\n")
        for number in range(rows):
            name, lat, lon = places[number % len(places)]
            day = f"{number % 28 + 1:02d}.12.2024"
            name = name.replace('"', "").replace(",", " ")
            stream.write(f"{day},{name},HTS,{lat},{lon},a remark of some words on row {number}\n")
    return path, Context(theater, "csv", None, {"note": "Remark"}, {"publisher": "Benchmark"})


def detailed(folder: Path) -> tuple[Path, Context]:
    """Write a theater with a coastline of many bends, and one point in it."""
    land = folder / "land"
    land.mkdir()
    angle = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
    radius = 3 + 0.1 * np.sin(900 * angle) + 0.01 * np.random.default_rng(1).random(VERTICES)
    ring = np.column_stack([38 + radius * np.cos(angle), 48.5 + radius * np.sin(angle)])
    geometry = {"type": "Polygon", "coordinates": [np.vstack([ring, ring[:1]]).round(6).tolist()]}
    (land / "boundary.geojson").write_text(json.dumps(geometry))
    (land / "actors.csv").write_text("actor_id,name,color,side\na,A,#2b6cb0,a\nb,B,#c0392b,b\n")
    (land / "places.csv").write_text("place_id,name,kind,lat,lon\np,Middle,town,48.5,38\n")
    (land / "theater.toml").write_text(
        'id = "land"\ntitle = "Land"\ntimezone = "UTC"\nmetric_crs = "EPSG:32637"\n'
        'equal_area_crs = "EPSG:6933"\nbounds = [34.0, 45.0, 42.0, 52.0]\nattribution = ["none"]\n'
    )
    path = folder / "point.csv"
    path.write_text("Date,Latitude,Longitude,Side\n2024-12-05,48.6,38.1,A\n")
    return path, Context(read_theater(land), "csv", None)


if __name__ == "__main__":
    raise SystemExit(main())
