"""
How fast and how well written names are resolved.

``python benchmarks/resolve.py`` prints a table and a line of JSON: names a second on each level
beside ``rapidfuzz.process.extractOne`` over the same names in the same run, the time to load the
gazetteer, the time of ``syriamap resolve Hama`` beside a bare ``import pandas``, and the score on
the labelled names of ``tests/data/names``. ``--thresholds`` resolves the labelled names under a
grid of thresholds and prints what each setting accepts rightly, accepts wrongly and misses: the
defaults of :class:`syriamap.names.gazetteer.Thresholds` are read off this table.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz import process

from syriamap.names.gazetteer import Gazetteer, Resolution, Thresholds
from syriamap.names.resolution import kilometers
from syriamap.names.toponyms import fold
from syriamap.theater.shipped import default_folder

LABELS = Path(__file__).resolve().parents[1] / "tests" / "data" / "names"
NOT_FAMILIES = {"ambiguous", "not_places", "relative", "arabic_villages"}
RIGHT_WITHIN_KM = 5.0
ROUNDS = 3


def rows_of(name: str) -> list[dict[str, str]]:
    with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def families() -> list[dict[str, str]]:
    files = sorted(path.stem for path in LABELS.glob("*.csv"))
    return [row for name in files if name not in NOT_FAMILIES for row in rows_of(name)]


def is_right(result: Resolution, row: dict[str, str], first: int = 1) -> bool:
    point = (float(row["lat"]), float(row["lon"]))
    return any(
        kilometers(point, (one.lat, one.lon)) <= RIGHT_WITHIN_KM
        for one in result.candidates[:first]
    )


def score(gazetteer: Gazetteer) -> dict[str, Any]:
    """Measure the labelled names: rightly and wrongly accepted, ambiguities, names of no place."""
    named = [(gazetteer.resolve(row["written"]), row) for row in families()]
    twins = [gazetteer.resolve(row["written"]).status for row in rows_of("ambiguous")]
    foreign = [gazetteer.resolve(row["written"]).accepted for row in rows_of("not_places")]
    villages = [
        (gazetteer.resolve(row["written"], admin1=row["admin1"]), row)
        for row in rows_of("arabic_villages")
    ]
    return {
        "names": len(named),
        "first_right": sum(is_right(*pair) for pair in named),
        "accepted_right": sum(one.accepted and is_right(one, row) for one, row in named),
        "accepted_wrong": sum(one.accepted and not is_right(one, row) for one, row in named),
        "ambiguities": len(twins),
        "ambiguous": twins.count("ambiguous"),
        "no_places": len(foreign),
        "no_places_accepted": sum(foreign),
        "villages": len(villages),
        "villages_in_first_three": sum(is_right(*pair, first=3) for pair in villages),
    }


def rate(gazetteer: Gazetteer, names: list[str]) -> float:
    """Names a second, best of some rounds; a first, untimed round builds what is built lazily."""
    for name in names:
        gazetteer.resolve(name)
    best = 0.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for name in names:
            gazetteer.resolve(name)
        best = max(best, len(names) / (time.perf_counter() - start))
    return best


def rate_of_extract_one(names: list[str], choices: list[str]) -> float:
    sample = names[:: max(1, len(names) // 30)]
    start = time.perf_counter()
    for name in sample:
        process.extractOne(name, choices)
    return len(sample) / (time.perf_counter() - start)


def misspelled(names: list[str], count: int) -> list[str]:
    """Names with one letter taken out, doubled or swapped: the same ones in every run."""
    dice = random.Random(7)  # noqa: S311
    made = []
    for name in dice.sample([one for one in names if len(one) > 7], count):
        at = dice.randrange(2, len(name) - 2)
        swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        made.append(dice.choice([name[:at] + name[at + 1 :], swapped, name[:at] + "r" + name[at:]]))
    return made


def speeds(gazetteer: Gazetteer) -> list[dict[str, Any]]:
    names = sorted(set(gazetteer.all_names()))
    exact = random.Random(1).sample(names, 4000)  # noqa: S311
    labelled = [row["written"] for row in families()]
    levels = {
        "exact": exact,
        "folded": [name.upper() for name in exact],
        "labelled": labelled,
        "same consonants": [
            name
            for name in labelled
            if gazetteer.resolve(name).candidates
            and gazetteer.resolve(name).candidates[0].how == "skeleton"
        ],
        "misspelled": misspelled([fold(name) for name in names], 400),
        "Arabic villages": [row["written"] for row in rows_of("arabic_villages")],
    }
    table = []
    for level, written in levels.items():
        ours, theirs = rate(gazetteer, written), rate_of_extract_one(written, names)
        table.append(
            {
                "level": level,
                "names": len(written),
                "per_second": round(ours),
                "extractOne_per_second": round(theirs, 1),
                "times": round(ours / theirs),
            }
        )
    return table


def seconds_of(*command: str) -> float:
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return round(best, 3)


def seconds_to_load() -> float:
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        Gazetteer.read(default_folder()).resolve("Hama")
        best = min(best, time.perf_counter() - start)
    return round(best, 3)


def grid() -> None:
    """Print what each setting of the thresholds does on the labelled names."""
    base = Thresholds()
    settings = [
        replace(base, skeleton=a, short_skeleton=b)
        for a, b in itertools.product((0.84, 0.88, 0.92), (0.88, 0.90, 0.93, 0.95))
    ]
    settings += [replace(base, margin=margin) for margin in (0.01, 0.02, 0.03, 0.04, 0.06)]
    settings += [replace(base, fuzzy=fuzzy) for fuzzy in (0.84, 0.86, 0.88, 0.9)]
    settings += [replace(base, namesakes=count) for count in (0, 2, 4, 6)]
    settings += [replace(base, crowd=crowd) for crowd in (0.86, 0.9, 0.94)]
    print("changed                                    right wrong  ambiguous  no-places accepted")
    for setting in settings:
        gazetteer = Gazetteer.read(default_folder(), thresholds=setting)
        got = score(gazetteer)
        changed = ", ".join(
            f"{key}={value}" for key, value in vars(setting).items() if value != vars(base)[key]
        )
        print(
            f"{changed or '(the defaults)':<42} {got['accepted_right']:5} {got['accepted_wrong']:5}"
            f"  {got['ambiguous']:3} of {got['ambiguities']:3}  {got['no_places_accepted']:3}"
        )


def typing_errors() -> None:
    """Print, for each threshold of the last level, what it accepts of mistyped town names."""
    dice = random.Random(5)  # noqa: S311
    gazetteer = Gazetteer.read(default_folder())
    names = [
        name
        for name in gazetteer.all_names()
        if len(name) >= 6 and name.isascii() and gazetteer.resolve(name).accepted
    ]
    pairs = []
    for name in dice.choices(names, k=1500):
        at, letter = dice.randrange(1, len(name) - 1), dice.choice("abdefghijklmnoqrstuwyz")
        pairs.append((name[:at] + letter + name[at + dice.randrange(2) :], name))
    print("\nmistyped names decided by the last level: fuzzy, accepted rightly, accepted wrongly")
    for fuzzy in (0.8, 0.84, 0.87, 0.88, 0.9, 0.93):
        gazetteer = Gazetteer.read(default_folder(), thresholds=replace(Thresholds(), fuzzy=fuzzy))
        right = wrong = 0
        for written, name in pairs:
            got = gazetteer.resolve(written)
            if got.accepted and got.candidates[0].how == "fuzzy":
                meant = gazetteer.resolve(name).candidates[0].place_id
                right += got.candidates[0].place_id == meant
                wrong += got.candidates[0].place_id != meant
        print(f"  {fuzzy:.2f} {right:5} {wrong:5}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--thresholds", action="store_true", help="print the grid of thresholds")
    if parser.parse_args().thresholds:
        grid()
        typing_errors()
        return
    gazetteer = Gazetteer.read(default_folder())
    table, labels = speeds(gazetteer), score(gazetteer)
    pandas, resolve = (
        seconds_of("-c", "import pandas"),
        seconds_of("-m", "syriamap", "resolve", "Hama"),
    )
    load = seconds_to_load()
    print(f"{'level':<18}{'names':>7}{'names/s':>10}{'extractOne/s':>14}{'times':>8}")
    for row in table:
        print(
            f"{row['level']:<18}{row['names']:>7}{row['per_second']:>10,}"
            f"{row['extractOne_per_second']:>14}{row['times']:>8,}"
        )
    print(
        f"\nload and first answer {load:.3f} s; `syriamap resolve Hama` {resolve:.3f} s, "
        f"bare `import pandas` {pandas:.3f} s"
    )
    for key, value in labels.items():
        print(f"  {key.replace('_', ' '):<26}{value:>6}")
    print(
        json.dumps(
            {
                "speed": table,
                "load_s": load,
                "resolve_hama_s": resolve,
                "import_pandas_s": pandas,
                "labels": labels,
            }
        )
    )


if __name__ == "__main__":
    main()
