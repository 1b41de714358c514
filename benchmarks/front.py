"""
Which line is nearest to the true front: the sides of cells, the drawn line, or the isoline.

Prints kilometers, means over ``--seeds`` draws, and the same as JSON to ``--json``::

    python benchmarks/front.py --truth settlement_control.csv

The true front is the sides of the cells of all communities of the truth (``accuracy.py`` says which
file) that part two sides. From each draw three lines are made: *cells*, the sides of cells between
nodes of different leaning; *drawn*, what the map shows, which is those smoothed, where two sides'
areas meet; *isoline*, where no side is likelier than another, linear on the Delaunay triangles.
Each is measured both ways, every 500 m: from it to the true front (is it where a front is? the
mean), and from that to it (is every front shown? the median, for enclaves that no evidence shows
lie far from any line). Needs matplotlib for the isoline (``pip install .[figure]``).
"""

from __future__ import annotations

import argparse
import statistics
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from accuracy import ACTOR_BY_LABEL, read_communities
from matplotlib.figure import Figure
from measured import write_report

from syriamap.evaluate.hidden import control_of, field_of
from syriamap.evaluate.truth import drawn_places
from syriamap.territory import frontline_from_territory, territory_from_field
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    import pandas as pd

    from syriamap.territory import Field
    from syriamap.theater.folder import Theater

DAY = date(2024, 11, 26)
STEP = 500.0


def cell_sides(field: Field) -> Any:
    """Sides of cells between nodes whose leanings are of different sides, inside the outline."""
    mesh, side = field.tessellation, field.side
    one, other = side[mesh.sides[:, 0]], side[mesh.sides[:, 1]]
    parting = (one != other) & (one >= 0) & (other >= 0)
    lines = shapely.union_all(shapely.linestrings(mesh.side_xy[parting]))
    return shapely.intersection(shapely.line_merge(lines), mesh.outline)


def isoline(field: Field) -> Any:
    """Where the likeliest side of each is as likely as the next, inside the outline."""
    mesh = field.tessellation
    names = sorted(set(field.sides))
    belongs = np.array([[side == name for name in names] for side in field.sides], dtype=float)
    by_side = field.probability @ belongs
    axes = Figure().subplots()
    found = []
    for column in range(len(names)):
        margin = by_side[:, column] - np.delete(by_side, column, axis=1).max(axis=1)
        contour = axes.tricontour(mesh.xy[:, 0], mesh.xy[:, 1], margin, levels=[0.0])
        pieces = contour.get_paths()[0].to_polygons(closed_only=False)
        rings = [np.asarray(piece) for piece in pieces]
        found += [shapely.LineString(ring) for ring in rings if len(ring) > 1]
    return shapely.intersection(shapely.MultiLineString(found), mesh.outline)


def samples(line: Any) -> Any:
    """Points of a line, one every 500 m."""
    return shapely.points(shapely.get_coordinates(shapely.segmentize(line, STEP)))


def one_draw(known: pd.DataFrame, truth: Any, theater: Theater, count: int, seed: int) -> Any:
    """Kilometers from and to the truth, and the length, of each of the three lines."""
    shown = known.iloc[drawn_places(known, theater, "random", count, seed)]
    field = field_of(control_of(shown, shown["actor"].tolist()), theater, cached=False)
    territory = territory_from_field(field, theater)
    front = frontline_from_territory(territory, theater, DAY)
    lines = {
        "cells": (cell_sides(field), 1.0),
        "drawn": (front.geometry.union_all(), 1.0),
        "isoline": (isoline(field), 0.5),  # the line of each of two sides
    }
    true_points = samples(truth)
    return {
        name: {
            "to truth": float(shapely.distance(samples(line), truth).mean()) / 1000.0,
            "from truth": float(np.median(shapely.distance(true_points, line))) / 1000.0,
            "length": line.length * weight / 1000.0,
        }
        for name, (line, weight) in lines.items()
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--theater", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    theater = read_theater(options.theater)
    everything = read_communities(options.truth, ACTOR_BY_LABEL)
    known = everything[everything["actor"] != ""].reset_index(drop=True)
    whole = control_of(known, known["actor"].tolist())
    truth = cell_sides(field_of(whole, theater, cached=False))
    print(f"true front {truth.length / 1000.0:,.0f} km\n")
    print("| evidence | line | km to the truth | km from it | length |\n|---|---|---|---|---|")
    report = []
    for count in (200, 380, 760):
        draws = [one_draw(known, truth, theater, count, seed) for seed in range(options.seeds)]
        for line in draws[0]:
            row = {
                column: statistics.fmean(draw[line][column] for draw in draws)
                for column in draws[0][line]
            }
            report.append({"evidence": count, "line": line, **row})
            print(
                f"| random {count} | {line} | {row['to truth']:.2f} | {row['from truth']:.2f} "
                f"| {row['length']:,.0f} |",
                flush=True,
            )
    write_report(options.json, {"seeds": options.seeds, "rows": report})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
