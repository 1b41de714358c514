"""Memory and speed of `claims import csv`: ``python benchmarks/import_csv.py MEGABYTES``."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from syriamap.claims.sources import Context, import_claims
from syriamap.theater.folder import read_theater


def main() -> None:
    wanted = float(sys.argv[1]) if len(sys.argv) > 1 else 100.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.csv"
        row = f"2024-12-05,Hama,hts,35.13,36.75,{'a long remark ' * 60}\n"
        count = int(wanted * 1e6 / len(row))
        with path.open("w", encoding="utf-8") as stream:
            stream.write("day,town,who,lat,lon,remark\n")
            for _ in range(count):
                stream.write(row)
        columns = {
            "event_date": "day",
            "place": "town",
            "actor": "who",
            "lat": "lat",
            "lon": "lon",
            "note": "remark",
        }
        context = Context(read_theater(), "csv", None, columns, {"publisher": "Benchmark"})
        _ = context.gazetteer
        before = _peak()
        begun = time.perf_counter()
        made = import_claims(path, Path(folder) / "claims.csv", context)
        took = time.perf_counter() - begun
        size = path.stat().st_size / 1e6
    print(f"{size:,.0f} MB, {made.claims:,} claims: {took:.1f} s, {size / took:.1f} MB/s")
    print(f"peak memory {before:.0f} MB before, {_peak():.0f} MB after")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
