"""
The extracts in ``raw/`` and the hand-written ``overlay/`` → the files of ``syria/``.

``python gazetteer/build.py`` checks the sha256 of every extract against ``sources.toml`` and writes
the files; ``--check`` writes nothing and exits with 1 where a shipped file is not what a rebuild
gives. Neither needs a network, a clock or an order of rows: same inputs, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from _layers import (
    area_layer,
    boundary_layer,
    city_layer,
    default_outline,
    disputed_layer,
    district_layer,
    district_polygons,
    geojson,
    governorate_layer,
    neighbor_layer,
    read_outlines,
    road_layer,
)
from _places import build_places
from _units import UNIT_COLUMNS, unit_rows
from _water import water_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).resolve().parent
PLACE_COLUMNS = (
    "place_id", "name", "name_ar", "kind", "lat", "lon", "admin1", "admin2", "admin3", "pcode",
    "population", "source", "source_id",
)  # fmt: skip
NAME_COLUMNS = ("place_id", "name", "lang", "source")
FORMER_COLUMNS = ("former_id", "place_id")
ELSEWHERE_COLUMNS = ("name", "kind", "source")


def changed_extracts(folder: Path) -> list[str]:
    """Extracts whose bytes are not those that ``sources.toml`` vouches for."""
    sources = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
    complaints = []
    for source in sources["source"]:
        path = folder / "raw" / source["extract"]
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no file"
        if found != source["sha256"]:
            complaints.append(f"{path}: sha256 {found}, sources.toml says {source['sha256']}")
    return complaints


def built_files(folder: Path) -> tuple[dict[str, str], list[str]]:
    """
    File name → text of every generated file, and notes on rows that were left out.

    Parameters
    ----------
    folder
        The folder that holds ``raw/``, ``overlay/`` and ``syria/theater.toml``.
    """
    raw, overlay = folder / "raw", folder / "overlay"
    config = tomllib.loads((folder / "syria" / "theater.toml").read_text(encoding="utf-8"))
    outlines = read_outlines(raw)
    country = default_outline(outlines)
    polygons = district_polygons(raw, country, outlines["golan"])
    water = water_layer(raw)
    places, units, former, notes = build_places(
        raw,
        overlay,
        country=country,
        golan=outlines["golan"],
        lakes=shapely.union_all([area for p, area in water if p["kind"] == "lake"]),
        districts=polygons,
    )
    rows = [[getattr(place, column) for column in PLACE_COLUMNS] for place in places]
    names = [[place.place_id, *name] for place in places for name in place.names]
    governorates = governorate_layer(units, polygons)
    districts = district_layer(units, polygons)
    return {
        "places.csv": table(PLACE_COLUMNS, rows),
        "names.csv": table(NAME_COLUMNS, names),
        "former_ids.csv": table(FORMER_COLUMNS, sorted(former.items())),
        "elsewhere.csv": table(ELSEWHERE_COLUMNS, elsewhere_rows(raw, overlay)),
        "admin_units.csv": table(UNIT_COLUMNS, unit_rows(units)),
        "boundary.geojson": geojson(boundary_layer(outlines, config["border"])),
        "disputed.geojson": geojson(disputed_layer(outlines)),
        "admin1.geojson": geojson(governorates),
        "admin2.geojson": geojson(districts),
        "areas.geojson": geojson(
            area_layer(raw, overlay, [*governorates, *districts], water, outlines)
        ),
        "neighbors.geojson": geojson(neighbor_layer(raw, outlines)),
        "cities_around.geojson": geojson(city_layer(raw, overlay)),
        "water.geojson": geojson(water),
        "roads.geojson": geojson(road_layer(overlay, places)),
    }, notes


def elsewhere_rows(raw: Path, overlay: Path) -> list[tuple[str, str, str]]:
    """
    Well-known names that mean something outside the gazetteer, those written by hand first.

    The resolver weighs a written name against these as it does against places, so that Baghdad is
    not taken for the village of Baghdadi.
    """
    known: dict[str, tuple[str, str, str]] = {}
    files = ((overlay / "elsewhere.csv", "by hand"), (raw / "geonames_elsewhere.csv", "GeoNames"))
    for path, source in files:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                known.setdefault(row["name"], (row["name"], row["kind"], source))
    return sorted(known.values())


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV text with a header and Unix line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def main() -> int:
    """Build or check, by the command line; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the shipped files only")
    check = parser.parse_args().check
    complaints = changed_extracts(HERE)
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
        return 1
    files, notes = built_files(HERE)
    print(*notes, sep="\n", file=sys.stderr)
    different = []
    for name, text in files.items():
        path = HERE / "syria" / name
        old = path.read_bytes() if path.exists() else b""
        if old != text.encode():
            different.append(name)
            if not check:
                path.write_bytes(text.encode())
    verb = "differ from a rebuild" if check else "written"
    print(f"{verb}: {', '.join(different) or 'none'}")
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
