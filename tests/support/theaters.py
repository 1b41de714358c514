"""
Small made-up theaters, written to disk as a user would write them.

`write_theater` writes any of them; the others are the countries that the tests speak of. Nothing in
them is real. Arcadia, the country of most tests, has the sides `crown`, `rebels`, `league` (allied
to the rebels) and `guests` (neutral to the crown); its sources have every grade that matters.
"""

from __future__ import annotations

import csv
import json
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from syriamap.claims.reader import CLAIM_COLUMNS, read_claims
from syriamap.theater.folder import Theater, read_theater

Row = dict[str, Any]

CONFIG = {
    "id": "arcadia",
    "title": "Arcadia",
    "timezone": "Europe/Vienna",
    "metric_crs": "EPSG:32633",
    "equal_area_crs": "EPSG:3035",
    "bounds": [14.0, 46.0, 15.2, 47.0],
}


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    """Closed ring with a vertex every few kilometers: straight in any projection."""
    line = shapely.segmentize(shapely.LinearRing(corners), 0.05)
    return [[round(x, 9), round(y, 9)] for x, y in shapely.get_coordinates(line)]


BOX = ring((14.0, 46.0), (15.2, 46.0), (15.2, 47.0), (14.0, 47.0))
OUTLINE: Row = {"type": "Polygon", "coordinates": [BOX]}

PLACES: list[Row] = [
    {"place_id": "oak", "name": "Oakham", "name_ar": "أوكهام", "kind": "city",
     "lat": 46.20, "lon": 14.20, "admin1": "AR-W", "population": 90000},
    {"place_id": "elm", "name": "Elmstead", "name_ar": "إلمستيد", "kind": "town",
     "lat": 46.25, "lon": 14.50, "admin1": "AR-W", "population": 20000},
    {"place_id": "ash", "name": "Ashford", "kind": "town", "lat": 46.50, "lon": 14.25,
     "admin1": "AR-W", "population": 15000},
    {"place_id": "yew", "name": "Yewdale", "kind": "village", "lat": 46.55, "lon": 14.55,
     "admin1": "AR-W"},
    {"place_id": "fir", "name": "Firwood", "kind": "town", "lat": 46.50, "lon": 14.90,
     "admin1": "AR-E", "population": 12000},
    {"place_id": "pine", "name": "Pineburgh", "kind": "city", "lat": 46.80, "lon": 15.00,
     "admin1": "AR-E", "population": 70000},
    {"place_id": "larch", "name": "Larchmont", "kind": "village", "lat": 46.85, "lon": 14.70,
     "admin1": "AR-E"},
    {"place_id": "birch", "name": "Birchfield", "kind": "village", "lat": 46.80, "lon": 14.30,
     "admin1": "AR-W"},
    {"place_id": "base", "name": "Thornbury Air Base", "kind": "airbase", "lat": 46.30,
     "lon": 14.95, "admin1": "AR-E"},
    {"place_id": "newton-w", "name": "Newton", "kind": "village", "lat": 46.10, "lon": 14.10,
     "admin1": "AR-W"},
    {"place_id": "newton-e", "name": "Newton", "kind": "village", "lat": 46.90, "lon": 15.10,
     "admin1": "AR-E"},
]  # fmt: skip

NAMES: list[Row] = [
    {"place_id": "oak", "name": "Oak-upon-Water", "lang": "en", "source": "made up"},
    {"place_id": "fir", "name": "فيروود", "lang": "ar", "source": "made up"},
]

ACTORS: list[Row] = [
    {"actor_id": "crown", "name": "Royal Army", "color": "#c51b2b", "side": "crown",
     "name_ar": "الجيش الملكي", "short": "Crown"},
    {"actor_id": "militia", "name": "Crown Militia", "color": "#e87e39", "side": "crown"},
    {"actor_id": "rebels", "name": "Rebel Front", "color": "#66c28a", "side": "rebels"},
    {"actor_id": "brigade", "name": "Rebel Brigade", "color": "#a8b820", "side": "rebels"},
    {"actor_id": "league", "name": "Forest League", "color": "#0096a3", "side": "league"},
    {"actor_id": "guests", "name": "Guest Force", "color": "#2b5fb0", "side": "guests"},
    {"actor_id": "guard", "name": "Old Guard", "color": "#777777", "side": "guard",
     "valid_to": "2030-06-30", "successor": "republic"},
    {"actor_id": "band", "name": "Lost Band", "color": "#999999", "side": "band",
     "valid_to": "2030-06-30"},
    {"actor_id": "republic", "name": "Republic", "color": "#333333", "side": "republic",
     "valid_from": "2030-07-01"},
]  # fmt: skip

STANCES: list[Row] = [
    {"side_a": "rebels", "side_b": "league", "stance": "allied"},
    {"side_a": "crown", "side_b": "guests", "stance": "neutral", "valid_to": "2030-05-31"},
]

PUBLISHERS: list[Row] = [
    {"publisher": "Wire", "reliability": "B", "independence_group": "wire"},
    {"publisher": "Wire reprint", "reliability": "B", "independence_group": "wire"},
    {"publisher": "Agency", "reliability": "B", "independence_group": "agency"},
    {"publisher": "Monitor", "reliability": "B", "independence_group": "monitor"},
    {"publisher": "Best", "reliability": "A", "independence_group": "best"},
    {"publisher": "Blog", "reliability": "E", "independence_group": "blog"},
    {"publisher": "Crown Radio", "reliability": "B", "side": "crown",
     "independence_group": "crown"},
    {"publisher": "Rebel Radio", "reliability": "B", "side": "rebels",
     "independence_group": "rebels"},
]  # fmt: skip

ASSERTERS: list[Row] = [
    {"asserted_by": "crown army", "side": "crown", "independence_group": "crown",
     "reliability": "B"},
    {"asserted_by": "rebel command", "side": "rebels", "independence_group": "rebels",
     "reliability": "B"},
]  # fmt: skip


def write_csv(path: Path, rows: list[Row], columns: tuple[str, ...] = ()) -> Path:
    """Write rows as CSV, with the columns that occur in them."""
    named = columns or tuple(dict.fromkeys(key for row in rows for key in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, named, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_geojson(path: Path, features: list[tuple[Row, Row]]) -> Path:
    """Write (properties, geometry) pairs as a FeatureCollection."""
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def write_config(folder: Path, **changes: Any) -> Path:
    """Write theater.toml; a value of None leaves a key out, a dict becomes a table at the end."""
    config = {key: value for key, value in (CONFIG | changes).items() if value is not None}
    plain = {key: value for key, value in config.items() if not isinstance(value, dict)}
    lines = [f"{key} = {json.dumps(value)}" for key, value in plain.items()]
    for key, table in config.items():
        if isinstance(table, dict):
            lines += [f"[{key}]", *(f"{name} = {json.dumps(one)}" for name, one in table.items())]
    path = folder / "theater.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_theater(
    folder: Path,
    *,
    places: list[Row] | None = None,
    actors: list[Row] | None = None,
    outline: Row | None = None,
    tables: dict[str, list[Row]] | None = None,
    layers: dict[str, list[tuple[Row, Row]]] | None = None,
    claims: list[Row] | None = None,
    **config: Any,
) -> Path:
    """Write a theater folder: the four required files, and what else is given."""
    folder.mkdir(parents=True, exist_ok=True)
    write_config(folder, **config)
    write_csv(folder / "places.csv", PLACES if places is None else places)
    write_csv(folder / "actors.csv", ACTORS if actors is None else actors)
    title = str(config.get("title", CONFIG["title"]))
    write_geojson(folder / "boundary.geojson", [({"name": title}, outline or OUTLINE)])
    for name, rows in (tables or {}).items():
        write_csv(folder / f"{name}.csv", rows)
    for name, features in (layers or {}).items():
        write_geojson(folder / f"{name}.geojson", features)
    if claims is not None:
        write_claims_csv(folder / "claims" / "made-up.csv", claims)
    return folder


def arcadia(folder: Path, **changes: Any) -> Path:
    """Write the country of most tests: graded sources, stances, other names, a river."""
    tables = {"names": NAMES, "stances": STANCES, "publishers": PUBLISHERS, "asserters": ASSERTERS}
    river = {"type": "LineString", "coordinates": [[14.65, 46.0], [14.7, 46.4], [14.62, 46.7]]}
    layers = {
        "water": [({"name": "Brook", "kind": "river"}, river)],
        "admin1": [
            (
                {"name": "Westshire", "name_ar": "الغرب", "iso": "AR-W"},
                _box(14.0, 46.0, 14.6, 47.0),
            ),
            (
                {"name": "Eastshire", "name_ar": "الشرق", "iso": "AR-E"},
                _box(14.6, 46.0, 15.2, 47.0),
            ),
        ],
    }
    given = {"tables": tables, "layers": layers, **changes}
    return write_theater(folder, **given)


def required_only(folder: Path) -> Path:
    """Write only the required files with only the required columns: two actors, four towns."""
    places = [
        {key: row[key] for key in ("place_id", "name", "kind", "lat", "lon")} for row in PLACES[:4]
    ]
    return write_theater(folder, places=places, actors=two_actors(), id="plain", title="Plainland")


def two_actors() -> list[Row]:
    """Two enemies, required columns only."""
    return [
        {"actor_id": "red", "name": "Red", "color": "#cc0000", "side": "red"},
        {"actor_id": "blue", "name": "Blue", "color": "#0000cc", "side": "blue"},
    ]


def twenty_actors(folder: Path) -> Path:
    """Write a country of twenty actors, each a side of its own, on a grid of forty towns."""
    actors = [
        {"actor_id": f"a{n}", "name": f"Actor {n}", "color": f"#{n * 12:02x}4060", "side": f"s{n}"}
        for n in range(20)
    ]
    places = [
        {"place_id": f"p{n}", "name": f"Town {n}", "kind": "town",
         "lat": round(46.06 + 0.11 * (n // 5), 4), "lon": round(14.1 + 0.24 * (n % 5), 4)}
        for n in range(40)
    ]  # fmt: skip
    claims = [
        claim(f"p{n}", f"a{n // 2}", "controls", day="2030-01-01", publisher="Wire")
        for n in range(40)
    ]
    return write_theater(folder, places=places, actors=actors, claims=claims, id="patchwork",
                         title="Patchwork")  # fmt: skip


def village_grid(
    folder: Path, across: int, *, corner: tuple[float, float], apart: tuple[float, float]
) -> Path:
    """Write a country of two enemies and a square of villages, `p00` in its south-west corner."""
    places = [
        {"place_id": f"p{row}{column}", "name": f"P{row}{column}", "kind": "village",
         "lat": corner[0] + row * apart[0], "lon": corner[1] + column * apart[1]}
        for row in range(across) for column in range(across)
    ]  # fmt: skip
    return write_theater(folder, places=places, actors=two_actors(), id="grid")


def halves(*, wrong: str = "") -> list[Row]:
    """Every other village of a grid of eight by eight: red in the west, blue in the east."""
    rows = []
    for row in range(8):
        for column in range(0, 8, 2):
            place = f"p{row}{column}"
            actor = "red" if (column < 4) != (place == wrong) else "blue"
            rows.append(claim(place, actor, "controls"))
    return rows


def thirds() -> list[Row]:
    """Two claims on every third village of ten by ten: red in the west, blue in the east."""
    rows = []
    for number in range(0, 100, 3):
        actor = "red" if number % 10 < 5 else "blue"
        place = f"p{number // 10}{number % 10}"
        rows.append(claim(place, actor, "controls", publisher="Wire"))
        rows.append(claim(place, actor, "controls", publisher="Agency", day="2030-02-01"))
    return rows


def island_state(folder: Path) -> Path:
    """Write a mainland with a lake-sized hole and an island 15 km off its coast."""
    mainland = [BOX, ring((14.6, 46.6), (14.7, 46.6), (14.7, 46.7), (14.6, 46.7))]
    island = [ring((15.4, 46.3), (15.7, 46.3), (15.7, 46.6), (15.4, 46.6))]
    outline = {"type": "MultiPolygon", "coordinates": [mainland, island]}
    places = [*PLACES, {"place_id": "isle", "name": "Isleport", "kind": "town", "lat": 46.45,
                        "lon": 15.55, "admin1": "AR-E"}]  # fmt: skip
    return write_theater(folder, places=places, outline=outline, id="isles", title="Isles",
                         bounds=[14.0, 46.0, 15.7, 47.0])  # fmt: skip


def _box(west: float, south: float, east: float, north: float) -> Row:
    corners = ring((west, south), (east, south), (east, north), (west, north))
    return {"type": "Polygon", "coordinates": [corners]}


def claim(
    place_id: str,
    actor: str,
    relation: str = "captured",
    *,
    day: str = "2030-03-01",
    publisher: str = "Wire",
    certainty: str = "asserted",
    **more: Any,
) -> Row:
    """One row of a claims file."""
    return {
        "event_date": day, "place_id": place_id, "actor": actor, "relation": relation,
        "certainty": certainty, "publisher": publisher, "source_title": f"{publisher}, {day}",
        **more,
    }  # fmt: skip


def write_claims_csv(path: Path, rows: list[Row]) -> Path:
    """Write rows as a claims file with every column."""
    return write_csv(path, rows, CLAIM_COLUMNS)


_NUMBER = count()


def claims_frame(rows: list[Row], theater: Theater, folder: Path) -> pd.DataFrame:
    """Claims as `read_claims` gives them, through a file."""
    return read_claims([write_claims_csv(folder / f"rows-{next(_NUMBER)}.csv", rows)], theater)


def read_arcadia(folder: Path) -> Theater:
    """Write and read Arcadia."""
    return read_theater(arcadia(folder))
