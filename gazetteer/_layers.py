"""
Raw outlines and the overlay → the base layers of a theater.

Everything that shares an edge is cut and simplified together, so that edges stay shared, and all
coordinates lie on a grid of 0.0001° (about 10 m): rounding for the file then moves nothing.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from _rows import read_rows
from _units import iso_code
from shapely.geometry import mapping, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from _rows import Place
    from _units import Unit
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Outlines",
    "area_layer",
    "boundary_layer",
    "disputed_layer",
    "district_layer",
    "district_polygons",
    "geojson",
    "governorate_layer",
    "neighbor_layer",
    "read_layer",
    "read_outlines",
    "road_layer",
]

Feature = tuple[dict[str, Any], "BaseGeometry"]
Outlines = dict[str, "BaseGeometry"]

GRID = 1e-4
KM_A_DEGREE = 111.2
"""Of latitude."""
SIMPLIFY = 0.002
"""Degrees; of the border. Visvalingam: the square root of the area a vertex may change."""
SIMPLIFY_DISTRICTS = 0.002
UN_ZONE = "SY-X01~"
"""Natural Earth's code of the zone of 1974 on the Golan."""
QUNEITRA = "SY14"
"""P-code of the governorate that the Golan is in."""

NEIGHBOR_NAMES = {
    "LBN": ("Lebanon", "لبنان"), "PSE": ("Palestine", "فلسطين"), "ISR": ("Israel", "إسرائيل"),
    "JOR": ("Jordan", "الأردن"), "IRQ": ("Iraq", "العراق"), "TUR": ("Turkey", "تركيا"),
    "SAU": ("Saudi Arabia", "السعودية"), "EGY": ("Egypt", "مصر"), "CYP": ("Cyprus", "قبرص"),
    "KWT": ("Kuwait", "الكويت"), "IRN": ("Iran", "إيران"), "ARM": ("Armenia", "أرمينيا"),
    "GEO": ("Georgia", "جورجيا"), "AZE": ("Azerbaijan", "أذربيجان"), "GRC": ("Greece", "اليونان"),
    "RUS": ("Russia", "روسيا"),
}  # fmt: skip


def read_layer(path: Path) -> list[Feature]:
    """Properties and geometry of each feature of a GeoJSON file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]


def geojson(features: Iterable[Feature], digits: int = 4) -> str:
    """A FeatureCollection, one feature a line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": _mapped(geometry, digits)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in features
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _mapped(geometry: BaseGeometry, digits: int) -> dict[str, Any]:
    turned = shapely.orient_polygons(geometry)
    return dict(mapping(shapely.transform(turned, lambda points: np.round(points, digits))))


def read_outlines(raw: Path) -> Outlines:
    """
    Syria without the Golan, the Golan, Hatay and what is left of Israel and Turkey around.

    The Golan is the part of OpenStreetMap's Israel east of the line before 1967 as WDBII has it.
    Hatay is the part of its Turkey that Natural Earth gives to no province around Hatay.
    """
    cells = {p["a3"]: geometry for p, geometry in read_layer(raw / "osm_outlines.geojson")}
    line = read_layer(raw / "wdbii_golan_line.geojson")[0][1]
    west = _west_of(line)
    golan = _main_part(shapely.difference(cells["ISR"], west))
    around = [
        geometry
        for p, geometry in read_layer(raw / "ne_admin1.geojson")
        if str(p["iso_3166_2"]).startswith("TR-") and p["iso_3166_2"] != "TR-31"
    ]
    near = shapely.buffer(_province(raw, "TR-31"), 0.1)
    hatay = _main_part(
        shapely.difference(shapely.intersection(cells["TUR"], near), shapely.union_all(around))
    )
    parts = {
        "syria": _main_part(cells["SYR"]),
        "golan": golan,
        "hatay": hatay,
        "israel": shapely.difference(cells["ISR"], golan),
        "turkey": shapely.difference(cells["TUR"], hatay),
    }
    return _simplified(parts, SIMPLIFY)


def _west_of(line: BaseGeometry) -> BaseGeometry:
    """What lies west of the line before 1967, which runs from the Hasbani to the Yarmouk."""
    points = shapely.get_coordinates(line)
    if points[0, 1] < points[-1, 1]:
        points = points[::-1]
    # A little over both ends, into Lebanon and into Jordan, so that the cut is complete.
    ends = [(35.3, 33.252), (35.618, 33.252)], [(points[-1, 0], 32.6), (35.3, 32.6)]
    return shapely.Polygon([*ends[0], *map(tuple, points), *ends[1]])


def _province(raw: Path, code: str) -> BaseGeometry:
    layer = read_layer(raw / "ne_admin1.geojson")
    found: BaseGeometry = next(geometry for p, geometry in layer if p["iso_3166_2"] == code)
    return found


def _main_part(geometry: BaseGeometry) -> BaseGeometry:
    largest: BaseGeometry = max(shapely.get_parts(geometry), key=lambda part: part.area)
    return largest


def _simplified(parts: Outlines, tolerance: float) -> Outlines:
    noded = shapely.union_all([shapely.boundary(part) for part in parts.values()], grid_size=1e-6)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    cells: dict[str, list[BaseGeometry]] = {name: [] for name in parts}
    for face in faces:
        point = shapely.point_on_surface(face)
        for name, part in parts.items():
            if part.contains(point):
                cells[name].append(face)
                break
    whole = [shapely.coverage_union_all(cells[name]) for name in parts]
    small = shapely.coverage_simplify(whole, tolerance)
    return dict(zip(parts, [_gridded(cell) for cell in small], strict=True))


def _gridded(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(geometry, GRID, mode="pointwise")


def default_outline(outlines: Outlines) -> BaseGeometry:
    """The country as it is mapped unless another variant is asked for."""
    return shapely.coverage_union_all([outlines["syria"], outlines["golan"]])


def boundary_layer(outlines: Outlines, statements: dict[str, str]) -> list[Feature]:
    """
    The default outline, its variants, and the two disputed areas as parts of variants.

    Parameters
    ----------
    outlines
        Of :func:`read_outlines`.
    statements
        Variant → sentence for the map; `default` for the default outline.
    """
    default = default_outline(outlines)
    with_hatay = shapely.coverage_union_all([default, outlines["hatay"]])
    variants: list[tuple[str, str, BaseGeometry]] = [
        ("without_golan", "Syria", outlines["syria"]),
        ("with_hatay", "Syria", with_hatay),
        ("golan", "Golan Heights", outlines["golan"]),
        ("hatay", "Hatay", outlines["hatay"]),
    ]
    features: list[Feature] = [
        ({"name": "Syria", "name_ar": "سوريا", "statement": statements["default"]}, default)
    ]
    part_of = {"golan": "default", "hatay": "with_hatay"}
    for variant, name, geometry in variants:
        properties = {"name": name, "variant": variant, "statement": statements[variant]}
        if variant in part_of:
            properties["part_of"] = part_of[variant]
        features.append((properties, geometry))
    return features


def disputed_layer(outlines: Outlines) -> list[Feature]:
    """Lines that one side or another does not accept as a border."""
    rows = [
        ("Ceasefire line on the Golan", "syria", "golan",
         ("Line between the parts of the Golan held by Israel and by Syria since the disengagement "
         "of 1974, as OpenStreetMap has it.")),
        ("Western edge of the Golan", "golan", "israel",
         ("Line between Israel and Syria before 1967 as WDBII has it, close to the boundary of "
         "1923.")),
        ("Border along Hatay", "syria", "hatay",
         ("Border between Syria and Turkey since 1939; official Syrian maps have shown it farther "
         "north.")),
    ]  # fmt: skip
    return [
        (
            {"name": name, "kind": "disputed_line", "statement": statement},
            shapely.line_merge(_shared(outlines[one], outlines[other])),
        )
        for name, one, other, statement in rows
    ]


def _shared(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.intersection(shapely.boundary(one), shapely.boundary(other)))
    lines = [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    return shapely.MultiLineString(lines)


def district_polygons(raw: Path, country: BaseGeometry, golan: BaseGeometry) -> Outlines:
    """
    OCHA's districts fitted to the outline: p-code → polygon, a valid coverage.

    Their inner lines are kept and led to the outline; the faces between go to the district
    that has most of them. The Golan goes to the districts of Quneitra.
    """
    cells = {
        str(p["pcode"]): geometry for p, geometry in read_layer(raw / "ocha_districts.geojson")
    }
    codes = sorted(cells)
    small = shapely.coverage_simplify([cells[code] for code in codes], SIMPLIFY_DISTRICTS)
    inner = _inner_lines(list(small))
    outer = shapely.boundary(country)
    edge = shapely.boundary(golan)
    lines = shapely.union_all([*_led_to(inner, list(small), outer), outer, edge], grid_size=GRID)
    owner: dict[str, list[BaseGeometry]] = {code: [] for code in codes}
    quneitra = [code for code in codes if code.startswith(QUNEITRA)]
    for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))):
        point = shapely.point_on_surface(face)
        if country.contains(point):
            allowed = quneitra if golan.contains(point) else codes
            parts = [small[codes.index(code)] for code in allowed]
            shares = [shapely.area(shapely.intersection(face, part)) for part in parts]
            best = int(np.argmax(shares)) if max(shares) > 0 else _closest(face, parts)
            owner[allowed[best]].append(face)
    return {code: shapely.coverage_union_all(faces) for code, faces in owner.items()}


def _closest(face: BaseGeometry, cells: Sequence[BaseGeometry]) -> int:
    return int(np.argmin([shapely.distance(face, cell) for cell in cells]))


def _inner_lines(cells: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    shared = [_shared(one, other) for n, one in enumerate(cells) for other in cells[n + 1 :]]
    return list(shapely.get_parts(shapely.line_merge(shapely.union_all(shared))))


def _led_to(
    inner: list[BaseGeometry], cells: Sequence[BaseGeometry], outer: BaseGeometry
) -> list[BaseGeometry]:
    """Inner lines, those that end on the cells' own outer edge led on to the outline."""
    edge = shapely.boundary(shapely.union_all(cells))
    lines = list(inner)
    for line in inner:
        points = shapely.get_coordinates(line)
        for end in (points[0], points[-1]):
            point = shapely.Point(end)
            if edge.distance(point) < 1e-7:
                near = shapely.get_coordinates(shapely.shortest_line(point, outer))
                beyond = near[1] + (near[1] - near[0]) * 0.02
                lines.append(shapely.LineString([near[0], beyond]))
    return lines


def governorate_layer(units: Mapping[str, Unit], polygons: Outlines) -> list[Feature]:
    """Governorates, each the union of its districts, with their names; by ISO code."""
    features = []
    for code, unit in units.items():
        if unit.level == 1:
            own = [shape for part, shape in polygons.items() if units[part].part_of == code]
            properties = {"name": unit.name, "name_ar": unit.name_ar, "iso": iso_code(units, code)}
            features.append((properties | {"pcode": code}, shapely.coverage_union_all(own)))
    return sorted(features, key=lambda feature: str(feature[0]["iso"]))


def district_layer(units: Mapping[str, Unit], polygons: Outlines) -> list[Feature]:
    """Districts by p-code; their `area_id` says district, as governorates share their names."""
    return [
        (
            {
                "area_id": f"{units[code].name} district",
                "name": units[code].name,
                "name_ar": units[code].name_ar,
                "pcode": code,
                "admin1": iso_code(units, code),
            },
            polygons[code],
        )
        for code in sorted(polygons)
    ]


def city_layer(raw: Path, overlay: Path) -> list[Feature]:
    """Main cities of the countries around, the largest first, named as the overlay names them."""
    tables = []
    for path in (overlay / "cities_around.csv", raw / "geonames_cities_around.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            tables.append({row["geonameid"]: row for row in csv.DictReader(stream)})
    named, found = tables
    order = sorted(named, key=lambda one: (-int(found[one]["population"]), one))
    return [
        (
            {"name": named[one]["name"], "name_ar": named[one]["name_ar"]},
            shapely.Point(round(float(found[one]["lon"]), 3), round(float(found[one]["lat"]), 3)),
        )
        for one in order
    ]


def neighbor_layer(raw: Path, outlines: Outlines) -> list[Feature]:
    """
    Countries around, up to the outline of Syria; the Golan under its own name below all variants.

    The coarse region leaves slivers along the finer outline; each goes to the country that it
    touches most.
    """
    country = default_outline(outlines)
    region = {str(p["a3"]): geometry for p, geometry in read_layer(raw / "osm_region.geojson")}
    old = region.pop("SYR")
    cells = {name: _areas(shapely.difference(cell, country)) for name, cell in region.items()}
    for gap in shapely.get_parts(shapely.difference(old, country)):
        touching = {
            name: shapely.length(
                shapely.intersection(shapely.buffer(gap, GRID), shapely.boundary(cell))
            )
            for name, cell in cells.items()
            if shapely.dwithin(cell, gap, GRID)
        }
        if touching:
            name = max(sorted(touching), key=lambda key: touching[key])
            cells[name] = _areas(shapely.union(cells[name], gap))
    features: list[Feature] = []
    for name, (english, arabic) in NEIGHBOR_NAMES.items():
        kept = [
            p
            for p in shapely.get_parts(_areas(shapely.set_precision(cells[name], GRID)))
            if p.area > 5e-4
        ]
        if kept:
            features.append(({"name": english, "name_ar": arabic}, shapely.union_all(kept)))
    golan = {"name": "Golan Heights", "name_ar": "الجولان", "kind": "disputed"}
    return [*features, (golan, outlines["golan"])]


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    parts = [
        part
        for part in shapely.get_parts(shapely.make_valid(geometry))
        if part.geom_type == "Polygon" and part.area > 1e-7
    ]
    return shapely.MultiPolygon(parts)


def road_layer(overlay: Path, places: Iterable[Place]) -> list[Feature]:
    """Schematic roads: straight lines between the points of ``roads.csv``."""
    known = {place.place_id: place for place in places}
    points: dict[str, list[tuple[int, float, float]]] = {}
    for row in read_rows(overlay / "roads.csv"):
        place = known.get(row["place_id"])
        lat, lon = (place.lat, place.lon) if place else (float(row["lat"]), float(row["lon"]))
        points.setdefault(row["road"], []).append((int(row["order"]), lon, lat))
    return [
        (
            {"name": road, "kind": "schematic"},
            shapely.LineString([(lon, lat) for _, lon, lat in sorted(rows)]),
        )
        for road, rows in points.items()
    ]


def area_layer(
    raw: Path,
    overlay: Path,
    units: Sequence[Feature],
    water: Sequence[Feature],
    outlines: Outlines,
) -> list[Feature]:
    """
    Areas that claims speak of and that are no unit: banks, strips, the zone on the Golan.

    A row of ``areas.csv`` is the part of a governorate or district on one bank: its point says
    which of the pieces that the river, and the lakes it runs through, cut the unit into. A row of
    ``strips.csv`` is what lies along the border. The zone that the United Nations watch over is
    Natural Earth's, up to the ceasefire line.
    """
    whole = {str(p.get("area_id") or p["name"]): shape(outline) for p, outline in units}
    rivers = {p["name"]: line for p, line in water if p["kind"] == "river"}
    lakes = shapely.union_all([area for p, area in water if p["kind"] == "lake"])
    features: list[Feature] = []
    for row in read_rows(overlay / "areas.csv"):
        outline = whole[row["unit"]]
        lines = shapely.union_all([outline.boundary, rivers[row["river"]], lakes.boundary])
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        piece = next(face for face in shapely.polygonize([lines]).geoms if face.contains(point))
        features.append(({"name": row["name"]}, shapely.intersection(piece, outline)))
    for row in read_rows(overlay / "strips.csv"):
        inside = shapely.union_all([whole[unit] for unit in row["units"].split(";")])
        features.append(({"name": row["name"]}, _strip(row, inside, outlines["syria"])))
    zone = _main_part(shapely.intersection(_province(raw, UN_ZONE), outlines["syria"]))
    return [*features, ({"name": "UN buffer zone on the Golan"}, zone)]


def _strip(row: Mapping[str, str], inside: BaseGeometry, country: BaseGeometry) -> BaseGeometry:
    """What of the units lies within a depth of the country's border between two meridians."""
    west, east = float(row["west"]), float(row["east"])
    south, north = inside.bounds[1], inside.bounds[3]
    span = shapely.box(west, south, east, north + 1)
    shrink = np.array([np.cos(np.radians((south + north) / 2)), 1.0])
    line = shapely.transform(shapely.intersection(country.boundary, span), lambda xy: xy * shrink)
    reach = shapely.transform(
        shapely.buffer(line, float(row["depth_km"]) / KM_A_DEGREE), lambda xy: xy / shrink
    )
    part = shapely.intersection(shapely.intersection(inside, span), reach)
    return _main_part(shapely.set_precision(part, GRID))
