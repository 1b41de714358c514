"""
How well a table of communities is put on the map by names and units alone.

Run ``python benchmarks/communities.py TABLE.csv``: the table has the columns of the World Bank's
areas of control (`ADM4_PCODE, ADM4_EN, ADM3_EN, ADM2_EN, ADM1_EN, lon, lat, aoc`). Its coordinates
are taken out, it is imported as ``carter``, and each accepted row is held against its true point.
With ``--no-pcodes`` the p-codes are taken out too.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from syriamap.claims.sources import Context, import_claims
from syriamap.names.gazetteer import Gazetteer
from syriamap.names.resolution import kilometers
from syriamap.theater.folder import read_theater

NEAR_KM, FAR_KM = 3.0, 25.0


def main(argv: list[str] | None = None) -> int:
    """Print how many rows are accepted, how many lie near their true point, how many far."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--no-pcodes", action="store_true")
    parser.add_argument("--far", type=int, default=0, help="far rows to list")
    options = parser.parse_args(argv)
    with options.table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    theater = read_theater()
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "in.csv", Path(folder) / "out.csv"
        dropped = {"lat", "lon"} | ({"ADM4_PCODE", "ADM3_PCODE"} if options.no_pcodes else set())
        columns = [name for name in rows[0] if name not in dropped]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([*columns, "row"])
            writer.writerows(
                [[row[name] for name in columns] + [number] for number, row in enumerate(rows)]
            )
        start = time.process_time()
        context = Context(theater, "carter", date(2023, 2, 6))
        made = import_claims(path, out, context, unmapped=Path(folder) / "un.csv")
        seconds = time.process_time() - start
        placed = _placed(context, rows, options)
    sys.stdout.write(f"{made.report()}\n{seconds:.1f} s of CPU\n")
    near = sum(apart <= NEAR_KM for apart, _, _ in placed)
    far = [one for one in placed if one[0] > FAR_KM]
    share = near / len(placed) if placed else 0.0
    sys.stdout.write(
        f"{len(placed)} accepted with a true point, {near} within {NEAR_KM:g} km ({share:.2%}), "
        f"{len(far)} over {FAR_KM:g} km\n"
    )
    for apart, name, units in sorted(far, reverse=True)[: options.far]:
        sys.stdout.write(f"  {apart:6.0f} km  {name} ({units})\n")
    return 0


def _placed(
    context: Context, rows: list[dict[str, str]], options: argparse.Namespace
) -> list[tuple[float, str, str]]:
    """Distance of each accepted row from its true point, with its name and units."""
    from syriamap.claims.sources.passing import Unmapped
    from syriamap.names.whereabouts import Whereabouts

    gazetteer = Gazetteer(context.theater)
    found = []
    for number, row in enumerate(rows):
        if not row["lat"]:
            continue
        pcode = "" if options.no_pcodes else row["ADM4_PCODE"]
        where = Whereabouts(row["ADM1_EN"], row["ADM2_EN"], row["ADM3_EN"], pcode)
        place = context.place(number, row["ADM4_EN"], "", "", where)
        if isinstance(place, Unmapped):
            continue
        point = gazetteer.position(place["place_id"])
        apart = kilometers(point, (float(row["lat"]), float(row["lon"])))
        found.append((apart, row["ADM4_EN"], f"{row['ADM3_EN']}, {row['ADM1_EN']}"))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
