"""
What it costs to read many claims: from a table, a data set and a database.

Makes claims, writes them as a CSV file, as a data set that holds them again under the names of
other theaters, and as a table of a PostgreSQL server that is started for it, and reads each in a
process of its own::

    python benchmarks/stores.py --claims 300000 --theaters 33 --database 1000000
    python benchmarks/stores.py --maps                  # the map of a date too, first and again
    python benchmarks/stores.py --maps --claims 0       # of the database alone
    python benchmarks/stores.py --maps --strewn 2       # of claims on all places, over two years

The claims are Syria's own, told again by many publishers: of a long war much is told of few places
and days. `--strewn` deals them out at random instead, to all places and days: it is the hardest
case, for each place has something to be inferred on each day. Prints seconds of the processor and
the most memory that a process held.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from measured import write_report

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

DAY = "2023-06-01"
PUBLISHERS = 50

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))


def drawn(count: int, strewn: int = 0) -> pd.DataFrame:
    """Claims as a table has them: shipped ones told again, or strewn over so many years."""
    import numpy as np

    generator = np.random.default_rng(1)
    table = _strewn(count, strewn, generator) if strewn else _told_again(count, generator)
    table["certainty"] = "asserted"
    table["publisher"] = [f"Paper {row % PUBLISHERS}" for row in range(count)]
    table["source_title"] = [f"Issue {row}" for row in range(count)]
    return table


def _told_again(count: int, generator: np.random.Generator) -> pd.DataFrame:
    from syriamap.pipeline import ask

    shipped = ask()
    columns = ["event_date", "place_id", "actor", "relation", "against"]
    named = shipped.claims["place_id"].isin(shipped.theater.places.index)
    own = shipped.claims.loc[named, columns]
    rows = generator.integers(len(own), size=count)
    table = own.iloc[rows].reset_index(drop=True).astype(object).fillna("")
    table["event_date"] = [str(day)[:10] for day in table["event_date"]]
    return table


def _strewn(count: int, years: int, generator: np.random.Generator) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    from syriamap.theater.folder import read_theater

    places = read_theater().places.index.to_numpy()
    last = np.datetime64(DAY) + 180
    days = last - generator.integers(0, 365 * years, count)
    return pd.DataFrame(
        {
            "event_date": np.datetime_as_string(days, unit="D"),
            "place_id": places[generator.integers(len(places), size=count)],
            "actor": np.where(generator.random(count) < 0.5, "government", "opposition"),
            "relation": "controls",
        }
    )


def read_once(table: str) -> None:
    """Read one table in this process and print what it took."""
    from syriamap.claims.reader import read_claims
    from syriamap.theater.folder import read_theater

    theater = read_theater()
    start = time.process_time()
    claims = read_claims(table, theater)
    seconds = time.process_time() - start
    most = most_memory()
    print(len(claims), seconds, most)


def map_once(day: str, table: str) -> None:
    """
    Draw the map of a date of one table in this process and print what it took.

    Nothing was loaded before the command, which says how its memory is used before it loads Arrow.
    """
    from syriamap.cli.app import main as command

    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        words = ["map", day, "--only-claims", "--claims", table, "-o", str(page)]
        with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
            command(words)
        told = page.read_text(encoding="utf-8")
    print(told.count("\n"), time.process_time(), most_memory())


def most_memory() -> float:
    """Megabytes that this program held at most; `ru_maxrss` would count who started it too."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return float(line.split()[1]) / 1e3
    return float("nan")


def measured(name: str, table: str, day: str = "", **environment: str) -> dict[str, object]:
    """Read a table in a process of its own, or draw the map of a day."""
    made = subprocess.run(
        [sys.executable, __file__, "--read", table, "--day", day],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    claims, seconds, most = map(float, made.stdout.split())
    shown = f"map of {day}" if day else f"{claims:,.0f}"
    print(f"| {name} | {shown} | {seconds:.1f} s | {most:,.0f} MB |", flush=True)
    return {"name": name, "claims": claims, "seconds": seconds, "megabytes": most}


def of_files(
    scratch: Path, count: int, theaters: int, strewn: int, days: list[str]
) -> list[dict[str, object]]:
    """What a CSV file of so many claims takes, and a data set of so many theaters with them."""
    from syriamap.claims.dataset import write_dataset
    from syriamap.claims.reader import read_claims
    from syriamap.theater.folder import read_theater

    table = scratch / "claims.csv"
    drawn(count, strewn).to_csv(table, index=False)
    rows = [measured("a CSV file", str(table))]
    theater = read_theater()
    claims = read_claims(table, theater)
    for number in range(theaters - 1):
        write_dataset(claims, scratch / "set", replace(theater, id=f"other-{number}"))
    write_dataset(claims, scratch / "set", theater)
    del claims
    name = f"a data set of {count * theaters:,}"
    return rows + [measured(name, str(scratch / "set"), day) for day in days]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("--claims", type=int, default=300_000)
    parser.add_argument("--theaters", type=int, default=33)
    parser.add_argument("--database", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--maps", action="store_true", help="of a date, first and again")
    parser.add_argument("--strewn", type=int, default=0, metavar="YEARS")
    parser.add_argument("--read", default="", help=argparse.SUPPRESS)
    parser.add_argument("--day", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read and asked.day:
        map_once(asked.day, asked.read)
        return
    if asked.read:
        read_once(asked.read)
        return
    days = ["", DAY, DAY] if asked.maps else [""]
    from postgres import PASSWORD, READER, postgres_programs, running_server

    rows = []
    print("| from | claims read | processor | most memory |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["SYRIAMAP_CACHE"] = str(Path(scratch) / "cache")
        if asked.claims:
            rows += of_files(Path(scratch), asked.claims, asked.theaters, asked.strewn, days)
    programs = postgres_programs() if asked.database else None
    if programs is None and asked.database:
        print("no PostgreSQL on this machine", file=sys.stderr)
    elif programs is not None:
        with running_server(programs) as server, tempfile.TemporaryDirectory() as scratch:
            os.environ["SYRIAMAP_CACHE"] = str(Path(scratch) / "cache")
            table = drawn(asked.database, asked.strewn)
            table.to_sql("claims", server.engine(), index=False, chunksize=50_000)
            server.sql(f"grant select on claims to {READER}")
            address = server.address("claims")
            rows += [measured("PostgreSQL", address, day, PGPASSWORD=PASSWORD) for day in days]
    write_report(asked.json, {"rows": rows})


if __name__ == "__main__":
    main()
