"""
How right the map is on a war whose places are known: hide most of them, infer, compare.

Prints a table, and the same figures as JSON to the file given with ``--json``::

    python benchmarks/accuracy.py --truth settlement_control.csv --json output/accuracy.json

The truth is not shipped. It is a CSV of communities with `lon`, `lat`, `Population` and `aoc`, the
actor of control as the World Bank's Syria Economic Monitor repository gives it (7,580 communities
with a coordinate, early 2023); ``--label "TEXT=actor"`` maps other labels. Labels that are mapped
to nobody are the contested and joint communities, which are never evidence.

Each row is the mean over ``--seeds`` draws, 1-nearest-neighbor from the same evidence beside it.
Evidence comes from the drawn communities alone, each as one source's word; the graph is the
theater's own places and these points. What is judged is the cell that a hidden community lies in.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from measured import write_report

from syriamap.evaluate.hidden import control_of, field_of, judged_map
from syriamap.evaluate.scores import SCORE_COLUMNS, scores_of
from syriamap.evaluate.truth import drawn_places, metric_points, near_front
from syriamap.territory import territory_from_field
from syriamap.theater.folder import Theater, read_theater

ACTOR_BY_LABEL = {
    "Government and allied forces": "government",
    "Syrian democratic forces": "sdf",
    "Turkish Armed Forces and National Army (opposition)": "sna",
    "Non-state armed groups": "hts",
}


def read_communities(path: Path, labels: dict[str, str]) -> pd.DataFrame:
    table = pd.read_csv(path)
    table = table[table["lon"].notna() & table["lat"].notna()].reset_index(drop=True)
    return pd.DataFrame(
        {
            "place_id": [f"truth-{row}" for row in table.index],
            "lat": table["lat"],
            "lon": table["lon"],
            "actor": table["aoc"].map(labels).fillna(""),
            "population": pd.to_numeric(table["Population"], errors="coerce").fillna(0.0),
        }
    )


def false_claims(known: pd.DataFrame, shown: np.ndarray, share: float, seed: int) -> dict[int, str]:
    """Another actor, drawn at random, for a share of the evidence."""
    generator = np.random.default_rng(1_000 + seed)
    actors = sorted(set(known["actor"]) - {""})
    wrong = {}
    for row in generator.choice(shown, round(share * len(shown)), replace=False).tolist():
        others = [actor for actor in actors if actor != known["actor"].iloc[row]]
        wrong[row] = others[generator.integers(len(others))]
    return wrong


def one_draw(
    known: pd.DataFrame,
    near: np.ndarray,
    theater: Theater,
    shown: np.ndarray,
    wrong: dict[int, str],
) -> dict[str, float]:
    hidden = np.setdiff1d(np.arange(len(known)), shown)
    judged = judged_map(known, shown, hidden, theater, wrong=wrong)
    return scores_of(judged, known["actor"].to_numpy(dtype=object)[hidden], near[hidden])


def in_contested_areas(known: pd.DataFrame, shown: np.ndarray, theater: Theater) -> np.ndarray:
    """Whether each place lies in a contested or front-band area of the map built from some."""
    evidence = known.iloc[shown]
    field = field_of(control_of(evidence, evidence["actor"].tolist()), theater)
    territory = territory_from_field(field, theater)
    doubtful = (territory["status"] == "contested").to_numpy()
    areas = np.asarray(territory.geometry.array, dtype=object)[doubtful]
    points = metric_points(known, theater)
    inside = np.zeros(len(known), dtype=bool)
    inside[shapely.STRtree(points).query(areas, predicate="contains")[1]] = True
    return inside


def contested(everything: pd.DataFrame, theater: Theater) -> dict[str, float]:
    """All but the contested communities are evidence: how many of these lie in areas of doubt."""
    shown = np.flatnonzero(everything["actor"] != "")
    rest = np.flatnonzero(everything["actor"] == "")
    doubtful = in_contested_areas(everything, shown, theater)
    return {
        "communities": len(rest),
        "in contested or front band": float(doubtful[rest].mean()),
        "share of all communities": float(doubtful.mean()),
    }


def rows_of(
    known: pd.DataFrame, theater: Theater, seeds: int, kinds: list[str]
) -> list[dict[str, Any]]:
    """Scores of every kind of evidence; the contested stand last and are never evidence."""
    near, held = near_front(known, theater), known[known["actor"] != ""]
    wanted = [
        ("random 200", "random", 200, 0.0),
        ("random 1000", "random", 1000, 0.0),
        ("50 most populous", "populous", 50, 0.0),
        ("200 by population", "population", 200, 0.0),
        ("200 as news", "news", 200, 0.0),
        ("random 380 (5 %)", "random", 380, 0.0),
        ("random 760 (10 %)", "random", 760, 0.0),
        ("760, 5 % wrong", "random", 760, 0.05),
    ]
    rows = []
    for name, how, count, share in wanted:
        if kinds and name not in kinds:
            continue
        found = []
        for seed in range(1 if how == "populous" else seeds):
            shown = drawn_places(held, theater, how, count, seed)
            wrong = false_claims(known, shown, share, seed)
            found.append(one_draw(known, near, theater, shown, wrong))
        row: dict[str, Any] = {"how": name, "draws": len(found)}
        for column in SCORE_COLUMNS:
            values = [one[column] for one in found]
            row[column] = statistics.fmean(values)
            row[f"{column}_sd"] = statistics.stdev(values) if len(values) > 1 else 0.0
        rows.append(row)
        print(line_of(row), flush=True)
    return rows


def line_of(row: dict[str, Any]) -> str:
    def beside(column: str) -> str:
        return f"{row[column]:.4f} ({row['nearest_' + column]:.4f})"

    return (
        f"| {row['how']} | {beside('accuracy')} | {beside('balanced')} | {beside('near_front')} "
        f"| {row['calibration_error']:.3f} | {row['band_share']:.3f} "
        f"| {row['accuracy_outside']:.4f} | {row['contested_recall']:.2f} "
        f"| {row['contested_precision']:.2f} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--theater", type=Path)
    parser.add_argument("--label", action="append", default=[], metavar="TEXT=ACTOR")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", action="append", default=[], metavar="ROW")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    labels = dict(one.rsplit("=", 1) for one in options.label) or ACTOR_BY_LABEL
    theater = read_theater(options.theater)
    everything = read_communities(options.truth, labels)
    everything = everything.sort_values("actor", key=lambda actor: actor == "", kind="stable")
    everything = everything.reset_index(drop=True)
    known = int((everything["actor"] != "").sum())
    print(f"{known} known communities, {len(everything) - known} contested or joint;")
    print("1-nearest-neighbor in brackets\n")
    print(
        "| evidence | accuracy | balanced | near front | calibration error | band | outside "
        "| contested recall | precision |\n|---|---|---|---|---|---|---|---|---|"
    )
    start = time.perf_counter()
    rows = rows_of(everything, theater, options.seeds, options.only)
    doubt = contested(everything, theater) if not options.only else {}
    print("\n" + json.dumps(doubt))
    report = {
        "rows": rows,
        "contested": doubt,
        "seeds": options.seeds,
        "seconds": round(time.perf_counter() - start, 1),
    }
    write_report(options.json, report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
