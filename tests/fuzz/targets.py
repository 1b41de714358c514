"""
What the fuzzer reads: for each reader a file that can be read, and the command that reads it.

A target is named as its file is; ``{}`` in the words of its command stands for that file, ``{land}``
for a theater and ``{out}`` for what is written.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from theaters import arcadia, claim, write_claims_csv

from syriamap.claims.rows import CLAIM_COLUMNS

__all__ = ["THEATER_FILES", "Target", "targets_in"]

_ROWS = [
    claim(
        "oak",
        "crown",
        "controls",
        day="2030-03-01",
        note="a, note",
        source_url="https://example.org/a",
    ),
    claim("elm", "rebels", "captured", day="2030-03-02", against="crown", publisher="Agency"),
    claim("", "rebels", "struck", day="2030-03-03", place="Hill", lat="46.5", lon="14.5"),
    claim("", "crown", "controls", day="2030-03-01", area_id="Westshire", publisher="Monitor"),
    claim(
        "ash", "crown", "contested", day="2030-03-02", against="rebels", reported_on="2030-03-03"
    ),
]
_SQUARE = [[[14.1, 46.1], [14.5, 46.1], [14.5, 46.5], [14.1, 46.5], [14.1, 46.1]]]
_GEOJSON = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "EPSG:4326"}},
    "features": [
        {"type": "Feature", "properties": {"actor": "crown", "name": "Royal Army", "date": "2030-03-01"},
         "geometry": {"type": "Polygon", "coordinates": _SQUARE}},
        {"type": "Feature", "properties": {"actor": "rebels"},
         "geometry": {"type": "Point", "coordinates": [14.2, 46.2]}},
    ],
}  # fmt: skip
_KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Day</name>
<Style id="s"><PolyStyle><color>ff2b1bc5</color></PolyStyle></Style>
<Folder><name>crown</name><Placemark><name>West</name><styleUrl>#s</styleUrl>
<ExtendedData><Data name="date"><value>2030-03-01</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>14.1,46.1 14.5,46.1,0 14.5,46.5 14.1,46.5 14.1,46.1
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"""
_ARCGIS = {
    "spatialReference": {"wkid": 4326},
    "features": [{"attributes": {"actor": "crown"}, "geometry": {"rings": [_SQUARE[0][::-1]]}}],
}
_LUA = """return { marks = {
{ lat = "46.20", long = "14.20", mark = "Map-circle-red.svg", marksize = "6", label = "Oakham", link = "Oakham" },
{ lat = 46.25, long = 14.50, mark = "Location dot green.svg", marksize = "8", label = [[Elmstead]] },
} }
"""
_PAGE = """<html lang="en"><head><title>Oakham falls</title><meta property="og:site_name" content="Wire">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Oakham falls", "publisher":
{"name": "Wire"}, "datePublished": "2030-03-02"}</script></head><body><p>The Royal Army captured Oakham on
Friday, 1 March 2030, state media said. Rebel Front fighters withdrew from Elmstead.</p><p>قال الجيش</p></body></html>"""
_GEONAMES = "\n".join(
    "\t".join((str(number), name, name, "Другое", str(lat), str(lon), "P", "PPL", "AR", "", "01", "", "", "",
               str(people), "", "100", "Europe/Vienna", "2020-01-01"))
    for number, name, lat, lon, people in ((1, "Oakham", 46.2, 14.2, 90_000), (2, "Elm", 46.5, 14.6, 900))
)  # fmt: skip
_EVENTS = [{"date": "3/1/2030", "latitude": "46.2", "longitude": "14.2", "location": "Oakham", "description": "x",
            "id": "1", "sources": ["a"]}]  # fmt: skip
_ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,location,latitude,"
    "longitude,geo_precision,source,notes,timestamp\nARC1,2030-03-01,1,Battles,Non-state actor overtakes "
    "territory,Rebel Front,Royal Army,Oakham,46.20,14.20,1,Wire,x,1900000000\n"
)

THEATER_FILES = (
    "theater.toml", "places.csv", "actors.csv", "names.csv", "stances.csv", "publishers.csv", "asserters.csv",
    "actor_aliases.csv", "actor_names.csv", "speakers.csv", "regions.csv", "elsewhere.csv", "import_actors.csv",
    "admin_units.csv", "boundary.geojson", "water.geojson", "admin1.geojson", "roads.geojson",
    "disputed.geojson", "neighbors.geojson", "cities_around.geojson", "areas.geojson",
    "claims/made-up.csv",
)  # fmt: skip
"""Every file that a theater may have."""


@dataclass(frozen=True)
class Target:
    """
    A reader under attack.

    Attributes
    ----------
    name
        Of the file, with its ending; in a theater ``theater/FILE``.
    data
        A file that can be read.
    kind
        How it is taken apart, see :func:`mutations.mutated`.
    words
        Commands that read it.
    """

    name: str
    data: bytes
    kind: str
    words: tuple[tuple[str, ...], ...]


def _full_theater(folder: Path) -> Path:
    """Arcadia with every file that a theater may have."""
    shutil.rmtree(folder, ignore_errors=True)
    arcadia(folder, claims=_ROWS, capitals=["oak"], attribution=["Made up"], names=["Arcadia"],
            demonyms=["Arcadian"], engine={"length_km": 40.0, "local_actors": ["militia"]},
            arabic={"title": "أركاديا"}, sides={"crown": "Crown"})  # fmt: skip
    tables = {
        "actor_names": "actor_id,name,name_ar,short,valid_from,valid_to\ncrown,Old Crown,,,,2030-01-01\n",
        "actor_aliases": "alias,actor_id,valid_from,valid_to,note\nthe army,crown,2020-01-01,,x\n",
        "speakers": "alias,speaker,asserted_by,valid_from,valid_to\nstate media,crown army,crown army,,\n",
        "regions": "name,kind,place_id\nThe West,region,oak\n",
        "elsewhere": "name,kind\nParis,city\n",
        "import_actors": "format,name,actor,relation\nacled,Royal Army,crown,\n",
        "admin_units": "pcode,level,name,name_ar,other_name,admin1,admin2\nA1,2,Oak,بلوط,,AR-W,\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    line = {"type": "LineString", "coordinates": [[14.1, 46.1], [14.9, 46.8]]}
    square = {"type": "Polygon", "coordinates": _SQUARE}
    layers = {
        "roads": ({"name": "R1", "kind": "road"}, line),
        "disputed": ({"name": "Line", "statement": "It is disputed."}, line),
        "neighbors": ({"name": "Next", "name_ar": "جار"}, square),
        "areas": ({"name": "Pocket", "area_id": "pocket"}, square),
        "cities_around": ({"name": "Far"}, {"type": "Point", "coordinates": [15.5, 46.5]}),
    }
    for name, (properties, geometry) in layers.items():
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        document = {"type": "FeatureCollection", "features": [feature]}
        (folder / f"{name}.geojson").write_text(json.dumps(document), encoding="utf-8")
    return folder


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _workbook(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet, as small as one can be."""
    cells = "".join(
        "<row>" + "".join(
            f'<c t="inlineStr"><is><t>{cell.replace("&", "&amp;")}</t></is></c>' for cell in row
        ) + "</row>"
        for row in rows
    )  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" '
        f'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return _packed({name: text.encode() for name, text in texts.items()})


def _layers(folder: Path) -> tuple[bytes, bytes]:
    frame = gpd.GeoDataFrame(
        {"actor": ["crown"]}, geometry=[shapely.box(14.1, 46.1, 14.5, 46.5)], crs=4326
    )
    day = "2030-01-01"  # not that of the run: one seed gives the same files always
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day}T00:00:00Z"})
    frame.to_file(folder / "a.gpkg", driver="GPKG")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    (folder / "shp").mkdir()
    frame.to_file(folder / "shp" / "a.shp", DBF_DATE_LAST_UPDATE=day)
    shape = _packed({one.name: one.read_bytes() for one in sorted((folder / "shp").iterdir())})
    return (folder / "a.gpkg").read_bytes(), shape


def _database(table: Path, folder: Path) -> bytes:
    path = folder / "a.sqlite"
    with sqlite3.connect(path) as database:
        pd.read_csv(table, dtype=str, keep_default_na=False).to_sql("claims", database, index=False)
    database.close()
    return path.read_bytes()


def _import(kind: str, *more: str) -> tuple[tuple[str, ...], ...]:
    return (("claims", "import", kind, "{}", "-o", "{out}.csv", "--theater", "{land}", *more),)


def targets_in(folder: Path) -> tuple[Path, list[Target]]:
    """
    Give a theater and all targets.

    Parameters
    ----------
    folder
        Where the theater is written.
    """
    land = _full_theater(folder / "arcadia")
    with tempfile.TemporaryDirectory() as scratch:
        table = write_claims_csv(Path(scratch) / "c.csv", _ROWS)
        text = table.read_bytes()
        frame = pd.read_csv(table, dtype=str, keep_default_na=False)
        packed = io.BytesIO()
        frame.to_parquet(packed)
        database = _database(table, Path(scratch))
        layer, shape = _layers(Path(scratch))
    check = (("claims", "check", "{}", "--theater", "{land}"),)
    day = ("--date", "2030-03-01")
    dump = lambda value: json.dumps(value).encode()  # noqa: E731
    rows = [list(CLAIM_COLUMNS), *frame.to_numpy().tolist()]
    targets = [
        Target("claims.csv", text, "text", check),
        Target("claims.xlsx", _workbook(rows), "zip", check),
        Target("claims.csv.gz", gzip.compress(text, mtime=0), "bytes", check),
        Target("claims.zip", _packed({"c.csv": text}), "zip", check),
        Target("claims.json", dump([row for row in frame.to_dict("records")]), "json", check),  # noqa: C416
        Target("claims.sqlite", database, "bytes", check),
        Target("claims.parquet", packed.getvalue(), "bytes", check),
        Target("areas.geojson", dump(_GEOJSON), "json", _import("geojson", *day)),
        Target("arcgis.json", dump(_ARCGIS), "json", _import("geojson", *day)),
        Target("areas.kml", _KML.encode(), "text", _import("kml", *day)),
        Target("areas.kmz", _packed({"doc.kml": _KML.encode()}), "zip", _import("kmz", *day)),
        Target("areas.gpkg", layer, "bytes", _import("gpkg", *day)),
        Target("shapes.zip", shape, "zip", _import("shp", *day)),
        Target("table.csv", text, "text", _import("csv")),
        Target("acled.csv", _ACLED.encode(), "text", _import("acled")),
        Target("marks.lua", _LUA.encode(), "text", _import("wikipedia", *day)),
        Target("events.json", dump(_EVENTS), "json",
               _import("timemap", "--set", "relation=struck", "--set", "actor=crown")),
        Target("news.html", _PAGE.encode(), "text",
               (("extract", "{}", "--published", "2030-03-02", "--theater", "{land}", "-o", "{out}.jsonl"),)),
        Target("towns.txt", _GEONAMES.encode(), "text",
               (("theater", "new", "fuzzed", "--places", "{}", "--outline", "{land}/boundary.geojson",
                 "--actor", "a=A", "--actor", "b=B", "-o", "{out}.new"),)),
        Target("outline.geojson", dump(_GEOJSON), "json",
               (("theater", "new", "fuzzed", "--places", "{land}/places.csv", "--outline", "{}",
                 "--actor", "a=A", "--actor", "b=B", "-o", "{out}.new"),)),
    ]  # fmt: skip
    checked = (("theater", "check", "{land}"),)
    for name in THEATER_FILES:
        kind = "json" if name.endswith("json") else "text"
        words = (
            checked
            if name == "boundary.geojson"
            else (*checked, ("resolve", "Oak", "--theater", "{land}"))
        )
        targets.append(Target(f"theater/{name}", (land / name).read_bytes(), kind, words))
    return land, targets
