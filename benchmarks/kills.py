"""
Runs killed at random moments: the old output stands, or the new one, and nothing is left over.

``python benchmarks/kills.py --kills 200 --seed 1`` starts each command that writes (map, report,
figure, GeoPackage, import) in a process of its own, sends it SIGKILL at a random moment of the time
that it takes, and looks at what stands on disk: the bytes of the old output or those of the new one
(the same input gives the same bytes), and after the next whole run no temporary file or folder,
beside the output or in the cache. Ends with 1 if a promise is broken. Needs fork, so no Windows.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from theaters import arcadia, claim, write_claims_csv

from syriamap.cli.app import main

OLD, NEW = "2030-03-02", "2030-03-05"
ROWS = [
    claim("oak", "crown", "controls", day="2030-03-01"),
    claim("elm", "rebels", "captured", day="2030-03-04", against="crown"),
    claim("pine", "rebels", "controls", day="2030-03-01", publisher="Agency"),
]


def commands(land: Path, out: Path, table: Path) -> dict[str, tuple[Path, list[str], list[str]]]:
    """Name → what is written, and the words that write the old and the new one."""
    more = ["--theater", str(land)]
    found = {
        "map": (out / "map.html", ["map"]),
        "report": (out / "report", ["report", "--since", "2030-03-01", "--step", "week"]),
        "figure": (out / "figure.svg", ["figure"]),
        "gpkg": (out / "map.gpkg", ["export"]),
    }
    made = {
        name: (
            path,
            [words[0], OLD, *words[1:], *more, "-o", str(path)],
            [words[0], NEW, *words[1:], *more, "-o", str(path)],
        )
        for name, (path, words) in found.items()
    }
    path = out / "claims.csv"
    words = ["claims", "import", "csv", str(table), *more, "-o", str(path)]
    made["import"] = (path, [*words, "--set", "note=old"], [*words, "--set", "note=new"])
    return made


def digest(path: Path) -> str:
    """Of a file, or of all files of a folder; empty where nothing is."""
    if not path.exists():
        return ""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    total = hashlib.sha256()
    for one in files:
        total.update(str(one.relative_to(path)).encode() + b"\0" + one.read_bytes())
    return total.hexdigest()


def started(words: list[str]) -> int:
    """Run a command in a process of its own, which has all libraries already; its number."""
    process = os.fork()
    if process:
        return process
    code = 1
    with contextlib.suppress(BaseException):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            main(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
    os._exit(code)


def whole(words: list[str]) -> float:
    """Run a command to its end; seconds."""
    start = time.monotonic()
    _, status = os.waitpid(started(words), 0)
    if status:
        raise SystemExit(f"{' '.join(words[:2])} failed: {status}")
    return time.monotonic() - start


def leftovers(*folders: Path) -> list[str]:
    """Temporary files and folders, however deep."""
    return [str(one) for folder in folders for one in folder.rglob(".syriamap-*")] + [
        str(one) for folder in folders for one in folder.rglob("tmp*")
    ]


def run() -> int:
    """Kill as often as was asked for; how many promises were broken."""
    parser = argparse.ArgumentParser(description="Kill runs at random moments.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, counts, broken = random.Random(given.seed), Counter[str](), list[str]()  # noqa: S311
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        cache = root / "cache"
        os.environ["SYRIAMAP_CACHE"] = str(cache)
        land, out = arcadia(root / "land", claims=ROWS), root / "out"
        table = write_claims_csv(root / "table.csv", ROWS * 300)
        made = commands(land, out, table)
        known: dict[str, tuple[str, str, float]] = {}
        for name, (path, old, new) in made.items():
            whole(old)
            first = digest(path)
            whole(new)
            known[name] = first, digest(path), whole(new)
            if first == known[name][1]:
                raise SystemExit(f"{name}: both days are alike")
        print({name: f"{seconds:.2f} s" for name, (_, _, seconds) in known.items()}, flush=True)
        for number in range(given.kills):
            name = list(made)[number % len(made)]
            path, old, new = made[name]
            first, second, seconds = known[name]
            process = started(new if chance.random() < 0.5 else old)
            # most of the moments lie at the end, where files take their places
            share = chance.random() if chance.random() < 0.5 else chance.uniform(0.8, 1.05)
            time.sleep(seconds * share)
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
            counts[f"{name}: {'killed' if os.WIFSIGNALED(status) else 'was done'}"] += 1
            there = digest(path)
            if there not in {first, second}:
                broken.append(f"{name}, kill {number}: neither the old nor the new output")
            if number % 20 == 19:
                print(f"{number + 1} kills, {len(broken)} promises broken", flush=True)
            if number % 40 >= 40 - len(made):
                whole(new)
                if digest(path) != second:
                    broken.append(f"{name}, after kill {number}: the next run wrote something else")
                if name == list(made)[-1] and (left := leftovers(out, cache)):
                    broken.append(f"after kill {number}: {left}")
    print(dict(sorted(counts.items())))
    print(f"seed {given.seed}: {given.kills} kills, {len(broken)} promises broken")
    print("\n".join(broken))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(run())
