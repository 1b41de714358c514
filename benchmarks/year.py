"""
A year of days on one page: how big, how fast, and beside it one folium layer per date.

The places are the real ones, their holders made up: from the map of one date on, a few settlements
at the front change hands every day. Prints a table, and the same figures as JSON::

    python benchmarks/year.py --json output/year.json

What is measured: the processor time from the settlements' histories to the HTML of the slider page,
and of a plain folium map with one layer of dissolved areas per date in the same run; the sizes of
both; and in headless Chromium, the network off, the first drawing, the time from a step of the
slider to the second next frame, requests and messages. The claims, their evidence and area names
are left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from measured import write_report
from page import browser_figures

from syriamap.history.atoms import Atoms
from syriamap.pipeline.build import build
from syriamap.territory import HeldOut, areas, field_from_control
from syriamap.webmap import series_map

if TYPE_CHECKING:
    from syriamap.history.days import MapOfDay

FLIPS = 3


def histories(holder: np.ndarray, edges: np.ndarray, days: int) -> np.ndarray:
    """Holder of every node on every day: each day a few settlements at the front change hands."""
    generator = np.random.default_rng(2024)
    table = np.empty((len(holder), days), dtype=np.int64)
    now = holder.copy()
    for day in range(days):
        table[:, day] = now
        front = edges[now[edges[:, 0]] != now[edges[:, 1]]]
        for a, b in front[generator.integers(len(front), size=FLIPS)]:
            now[b] = now[a]
    return table


def slider_page(
    made: MapOfDay, mesh: Any, table: np.ndarray, actors: list[str]
) -> tuple[str, Atoms]:
    """The slider page of the histories, and its pieces."""
    rows: dict[bytes, int] = {}
    group = np.array([rows.setdefault(row.tobytes(), len(rows)) for row in table])
    different = np.frombuffer(b"".join(rows), dtype=table.dtype).reshape(len(rows), -1)
    faces = areas._faces(mesh, group, None)  # noqa: SLF001  (the engine, and no inference)
    shapes = gpd.GeoSeries(faces.polygons, crs=made.theater.metric_crs)
    history = different[group[faces.owner]]
    km2 = np.asarray(shapes.to_crs(made.theater.equal_area_crs).area, dtype=np.float64) / 1e6
    kinds = tuple((actor, actor, "held", "") for actor in actors)
    atoms = Atoms(shapes, km2, kinds, history, np.zeros_like(history))
    pairs = [(a, b) for a in sorted(actors) for b in sorted(actors) if a < b]
    lines = gpd.GeoDataFrame(
        {"actor_a": [a for a, _ in pairs], "actor_b": [b for _, b in pairs], "kind": "front"},
        geometry=gpd.GeoSeries.from_wkt(pd.Series([None] * len(pairs), dtype=object)),
        crs=made.theater.metric_crs,
    ).assign(length_km=0.0)
    names = pd.array(actors)
    nodes = mesh.node_of_point
    frame = made.states.assign(status="held", evidence=False, confidence=0.8)
    frame["since"] = np.datetime64("NaT", "s")
    bare = replace(
        made,
        question=replace(made.question, claims=made.claims.iloc[:0]),
        control=made.control.iloc[:0],
        territory=made.territory.iloc[:0],
        frontline=lines,
        events=made.events.iloc[:0],
        held_out=HeldOut(),
    )
    first = dt.date(2024, 1, 1)
    days = []
    for day in range(table.shape[1]):
        held = names.take(table[nodes, day])
        states = frame.assign(actor=held, leaning=held)
        days.append(replace(bare, date=first + dt.timedelta(days=day), states=states))
    return series_map(days, atoms).to_html(), atoms


def folium_page(atoms: Atoms, colors: list[str]) -> str:
    """One folium layer of dissolved areas per date."""
    shapes = shapely.set_precision(atoms.geometry.to_crs("EPSG:4326").to_numpy(), 0)
    plain = folium.Map(location=[35, 38.5], zoom_start=6, tiles=None)
    for day in range(atoms.history.shape[1]):
        layer = folium.FeatureGroup(name=str(day), show=day == 0)
        for state, color in enumerate(colors):
            mine = shapes[atoms.history[:, day] == state]
            if len(mine):
                # 4 decimals, as on the slider page
                merged = shapely.coverage_union_all(mine)
                rounded = shapely.transform(merged, lambda xy: np.round(xy, 4))
                style = {"fillColor": color, "stroke": False}
                folium.GeoJson(
                    rounded.__geo_interface__, style_function=lambda _, style=style: style
                ).add_to(layer)
        layer.add_to(plain)
    return plain.get_root().render()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a page of a year of days.")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--json", type=Path, help="file for the figures as JSON")
    arguments = parser.parse_args()
    made = build("2024-12-06")
    field = field_from_control(made.control, made.theater)
    mesh = field.tessellation
    known = [row for row, actor in enumerate(field.actors) if (field.leaning == row).sum() > 40]
    actors = [field.actors[row] for row in known]
    holder = np.searchsorted(
        known, np.where(np.isin(field.leaning, known), field.leaning, known[0])
    )
    table = histories(holder, mesh.edges, arguments.days)
    start = time.process_time()
    html, atoms = slider_page(made, mesh, table, actors)
    took = time.process_time() - start
    start = time.process_time()
    colors = made.theater.actors.loc[actors, "color"].tolist()
    plain = folium_page(atoms, colors)
    plain_took = time.process_time() - start
    size, plain_size = len(html.encode()), len(plain.encode())
    figures: dict[str, Any] = {
        "settlements": len(made.states),
        "days": arguments.days,
        "pieces": len(atoms.geometry),
        "slider page (kB)": round(size / 1e3),
        "slider page (s)": round(took, 2),
        "folium, a layer per date (kB)": round(plain_size / 1e3),
        "folium, a layer per date (s)": round(plain_took, 2),
        "times smaller": round(plain_size / size, 1),
        "times faster to build": round(plain_took / took, 1),
    }
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "year.html"
        page.write_text(html, encoding="utf-8")
        figures |= browser_figures(page, repeat=3, slider=True)
    for label, value in figures.items():
        print(f"{label:46} {value}")
    write_report(arguments.json, figures)


if __name__ == "__main__":
    main()
