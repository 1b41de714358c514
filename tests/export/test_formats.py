"""Every format says the same: areas, attributes, metadata; hostile text leaves each well-formed."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from commands import CHANGES_OF_HANDS
from theaters import Row, claim, write_claims_csv

from syriamap.cli.app import main
from syriamap.errors import ExportError
from syriamap.export import ExportOptions, export_map, export_series, series_features, writer_for
from syriamap.export.fields import FIELDS, LAYERS, fields_of
from syriamap.export.parcel import Parcel
from syriamap.export.spreadsheet import CELL_LIMIT
from syriamap.pipeline.build import Build, build
from syriamap.theater.folder import Theater

HOSTILE = "Camp ]]> <b>&amp;\"' =1+1 {{7*7}} أ"
ROWS: list[Row] = [
    *CHANGES_OF_HANDS,
    claim("", "guests", "controls", place=HOSTILE, lat="46.9", lon="14.1"),
]
DAYS = [date(2030, 3, 1) + timedelta(days=n) for n in range(6)]
FORMATS = ("geojson", "gpkg", "parquet", "kml", "kmz", "csv", "shp.zip")
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_claims_csv(tmp_path_factory.mktemp("formats") / "claims.csv", ROWS)


@pytest.fixture(scope="module")
def made(theater: Theater, file: Path) -> Build:
    return build("2030-03-05", theater=theater, claims=[file])


@pytest.fixture(scope="module")
def folder(made: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    for kind in FORMATS:
        made.export(folder / f"map.{kind}")
    return folder


def territory_of(path: Path) -> gpd.GeoDataFrame:
    """Territory as another program reads it."""
    if path.suffix == ".parquet":
        frame = gpd.read_parquet(path)
        return frame[frame["layer"] == "territory"]
    if path.suffix == ".csv":
        table = pd.read_csv(path, keep_default_na=False)
        own = table[table["layer"] == "territory"]
        return gpd.GeoDataFrame(own, geometry=gpd.GeoSeries.from_wkt(own["wkt"]), crs=4326)
    if path.suffix == ".gpkg":
        return gpd.read_file(path, layer="territory")
    if path.suffix == ".zip":
        return gpd.read_file(f"/vsizip/{path}/territory.shp")
    if path.suffix in {".kml", ".kmz"}:
        return kml_territory(path)
    frame = gpd.read_file(path)
    return frame[frame["layer"] == "territory"]


def kml_territory(path: Path) -> gpd.GeoDataFrame:
    if path.suffix == ".kmz":
        with zipfile.ZipFile(path) as archive:
            document = ET.fromstring(archive.read("doc.kml"))[0]
    else:
        document = ET.parse(path).getroot()[0]
    rows, shapes = [], []
    for mark in document.iter(f"{KML}Placemark"):
        polygons = []
        for polygon in mark.iter(f"{KML}Polygon"):
            rings = [
                [tuple(map(float, point.split(","))) for point in (one.text or "").split()]
                for one in polygon.iter(f"{KML}coordinates")
            ]
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
        if polygons:
            data = mark.iter(f"{KML}Data")
            rows.append({one.attrib["name"]: one[0].text for one in data})
            shapes.append(shapely.MultiPolygon(polygons))
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326).fillna({"actor": "", "status": ""})


@pytest.mark.parametrize("kind", FORMATS)
def test_areas_are_the_same_in_every_format(made: Build, folder: Path, kind: str) -> None:
    read = territory_of(folder / f"map.{kind}")
    own = made.territory.to_crs(made.theater.equal_area_crs)
    wanted = own.area.groupby(own["actor"]).sum()
    other = read.to_crs(made.theater.equal_area_crs)
    found = other.area.groupby(other["actor"].fillna("")).sum()
    assert set(found.index) == set(wanted.index)
    assert np.allclose(found.sort_index(), wanted.sort_index(), rtol=1e-3)
    assert shapely.coverage_is_valid(np.asarray(read.explode().geometry.array, dtype=object))


def test_metadata_is_in_each(made: Build, folder: Path) -> None:
    wanted = made.metadata()["claims_sha256"]
    assert json.loads((folder / "map.geojson").read_text())["metadata"]["claims_sha256"] == wanted
    assert wanted in (folder / "map.kml").read_text(encoding="utf-8")
    assert wanted in (folder / "map.csv").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "map.shp.zip") as archive:
        assert wanted in archive.read("metadata.json").decode()
    with closing(sqlite3.connect(folder / "map.gpkg")) as base:
        texts = [text for (text,) in base.execute("SELECT metadata FROM gpkg_metadata")]
    assert any(wanted in text for text in texts)
    import pyarrow.parquet as pq

    about = pq.read_schema(folder / "map.parquet").metadata
    assert json.loads(about[b"syriamap"])["claims_sha256"] == wanted
    assert json.loads(about[b"geo"])["version"] == "1.1.0"


def test_hostile_text_comes_back_as_it_was(folder: Path) -> None:
    layers = pyogrio.list_layers(folder / "map.gpkg")[:, 0].tolist()
    assert layers[:4] == ["territory", "frontline", "place", "event"]
    assert HOSTILE in set(gpd.read_file(folder / "map.gpkg", layer="place")["name"])
    assert HOSTILE in set(gpd.read_parquet(folder / "map.parquet")["name"])
    names = [one.text for one in ET.parse(folder / "map.kml").getroot().iter(f"{KML}name")]
    assert HOSTILE in names
    with (folder / "map.csv").open(encoding="utf-8", newline="") as stream:
        assert HOSTILE in {row["name"] for row in csv.DictReader(stream)}


def test_formulas_and_control_characters(made: Build, tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"layer": "place", "name": "=cmd()\x00\x1b", "actor": "x", "status": "held"},
        "geometry": {"type": "Point", "coordinates": [14.5, 46.5]},
    }
    for kind in ("kml", "csv"):
        path = tmp_path / f"a.{kind}"
        writer_for(path)(path, Parcel([feature], made.metadata(), made.theater, made.claims))
    names = [one.text for one in ET.parse(tmp_path / "a.kml").getroot().iter(f"{KML}name")]
    assert "=cmd()\ufffd\ufffd" in names
    assert "'=cmd()" in (tmp_path / "a.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_map_has_the_same_bytes(
    made: Build, folder: Path, tmp_path: Path, kind: str
) -> None:
    again = made.export(tmp_path / f"map.{kind}")
    assert again.read_bytes() == (folder / f"map.{kind}").read_bytes()


@pytest.mark.skipif(not shutil.which("ogrinfo"), reason="gdal-bin is not installed")
@pytest.mark.parametrize("kind", ["geojson", "gpkg", "kml", "kmz"])
def test_gdal_reads_it_without_a_warning(folder: Path, kind: str) -> None:
    command = ["ogrinfo", "-ro", "-al", "-so", str(folder / f"map.{kind}")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "Feature Count" in done.stdout


@pytest.mark.skipif(not shutil.which("xmllint"), reason="libxml2-utils is not installed")
def test_xmllint_accepts_the_kml(folder: Path) -> None:
    subprocess.run(["xmllint", "--noout", str(folder / "map.kml")], check=True)


@pytest.fixture(scope="module")
def maps(theater: Theater, file: Path) -> list[Build]:
    return [build(day, theater=theater, claims=[file]) for day in DAYS]


def test_a_series_is_every_day_of_it(maps: list[Build]) -> None:
    features: list[Any] = series_features(maps)
    areas = [one for one in features if one["properties"]["layer"] == "territory"]
    whole = sum(len(one.territory) for one in maps)
    assert len(areas) < whole
    for one in maps:
        day = one.date.isoformat()
        own = [
            a for a in areas if a["properties"]["valid_from"] <= day < a["properties"]["valid_to"]
        ]
        frame = gpd.GeoDataFrame.from_features(own, crs=4326)
        parts = np.asarray(frame.explode().geometry.array, dtype=object)
        assert shapely.coverage_is_valid(parts)
        found = frame.to_crs(one.theater.equal_area_crs).area.groupby(frame["actor"]).sum()
        territory = one.territory.to_crs(one.theater.equal_area_crs)
        wanted = territory.area.groupby(territory["actor"]).sum()
        assert np.allclose(found.sort_index(), wanted.sort_index(), rtol=1e-3)
    places = [one["properties"] for one in features if one["properties"]["layer"] == "place"]
    fir = [(p["valid_from"], p["valid_to"], p["actor"]) for p in places if p["place_id"] == "fir"]
    assert fir[0][0] == "2030-03-01"
    assert fir[-1][1:] == ("2030-03-07", "rebels")
    assert len(fir) == len({one[2] for one in fir})


def test_the_command_writes_a_series(
    theater: Theater, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "series.kml"
    words = ["--theater", str(theater.folder), "--claims", str(file)]
    with pytest.raises(SystemExit) as stop:
        main(["export", "2030-03-05", "--since", "2030-03-03", "-o", str(out), *words])
    assert stop.value.code == 0
    assert "3 days" in capsys.readouterr().err
    spans = [(one[0].text, one[1].text) for one in ET.parse(out).getroot().iter(f"{KML}TimeSpan")]
    days = ("2030-03-03", "2030-03-04", "2030-03-05")
    assert {begin for begin, _ in spans} <= {f"{day}T00:00:00Z" for day in days}
    assert {end for _, end in spans} <= {f"{day}T23:59:59Z" for day in days}
    with pytest.raises(SystemExit) as stop:
        main(["export", "2030-03-05", "--since", "2030-03-05", "-o", str(out), *words])
    assert stop.value.code == 1


# --- files that explain themselves --------------------------------------------------------------


def rows_of_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_format_has_the_fields_of_the_table(made: Build, folder: Path) -> None:
    document = json.loads((folder / "map.geojson").read_text(encoding="utf-8"))
    for layer in LAYERS:
        names = [field.name for field in fields_of(layer)]
        frame = gpd.read_file(folder / "map.gpkg", layer=layer)
        assert list(frame.columns) == [*names, "geometry"], layer
        own = [one["properties"] for one in document["features"]
               if one["properties"]["layer"] == layer]  # fmt: skip
        assert all(list(row)[1 : len(names) + 1] == names for row in own), layer
        for field in fields_of(layer):
            kinds = {"date": "M", "boolean": "b", "integer": "fi", "number": "f"}
            assert frame[field.name].dtype.kind in kinds.get(field.kind, "O"), field


def test_names_stand_beside_ids_and_unknown_is_empty(made: Build, folder: Path) -> None:
    places = gpd.read_file(folder / "map.gpkg", layer="place").set_index("place_id")
    assert places.at["elm", "actor_name"] == made.theater.actors.at["rebels", "name"]
    assert places.at["oak", "admin1"] == "AR-W"
    assert places.at["oak", "population"] == 90_000
    assert np.isnan(places.at["yew", "population"])
    table = {row["place_id"]: row for row in rows_of_csv(folder / "map.csv") if row["place_id"]}
    assert (table["oak"]["population"], table["yew"]["population"]) == ("90000", "")
    assert (table["oak"]["evidence"], table["yew"]["evidence"]) == ("true", "false")


def test_features_carry_a_style_for_web_viewers(made: Build, folder: Path) -> None:
    document = json.loads((folder / "map.geojson").read_text(encoding="utf-8"))
    rows = [one["properties"] for one in document["features"]]
    held = next(row for row in rows if row["layer"] == "territory" and row["actor"] == "crown")
    assert held["fill"] == made.theater.actors.at["crown", "color"]
    assert held["title"] == made.theater.actors.at["crown", "name"]
    assert all("marker-color" in row for row in rows if row["layer"] in {"place", "event"})
    assert all("stroke" in row for row in rows if row["layer"] == "frontline")


def test_balloons_and_the_legend_of_kml_hold_no_markup_of_strangers(folder: Path) -> None:
    root = ET.parse(folder / "map.kml").getroot()
    told = [one.text or "" for one in root.iter(f"{KML}description")]
    assert "bgcolor" in told[0]
    balloon = next(text for text in told if "Camp" in text)
    assert "&lt;b&gt;" in balloon
    assert "<b>&amp;" not in balloon
    assert "population" in " ".join(told)


def test_cells_fit_into_a_spreadsheet_and_join_to_the_geometry(made: Build, tmp_path: Path) -> None:
    points = [[round(14 + n / 7919, 6), round(46 + n / 9001, 6)] for n in range(4000)]
    line = {"type": "LineString", "coordinates": points}
    row = {"layer": "frontline", "actor_a": "x" * 40_000, "kind": "front"}
    feature = {"type": "Feature", "properties": row, "geometry": line}
    path = tmp_path / "long.csv"
    writer_for(path)(path, Parcel([feature], made.metadata(), made.theater, made.claims))
    (read,) = rows_of_csv(path)
    assert max(map(len, read.values())) <= CELL_LIMIT
    whole = "".join(text for name, text in read.items() if name.startswith("wkt"))
    assert len(whole) > CELL_LIMIT
    assert shapely.get_coordinates(shapely.from_wkt(whole)).tolist() == points


def test_metadata_of_tables_is_json(made: Build, folder: Path) -> None:
    first = rows_of_csv(folder / "map.csv")[0]
    assert json.loads(first["map_held_out"]) == made.metadata()["held_out"]
    kml = ET.parse(folder / "map.kml").getroot()
    data = {
        one.attrib["name"]: one[0].text or "" for one in kml[0].iterfind(f"{KML}ExtendedData/*")
    }
    assert json.loads(data["held_out"]) == made.metadata()["held_out"]


def test_a_mark_for_excel_and_tags_by_option(made: Build, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.csv"
    export_map(made, out, options=ExportOptions(bom=True, hxl=True))
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (folder / "map.csv").read_bytes().startswith(b"\xef")
    tags, *rows = rows_of_csv(out)
    assert tags["event_date"] == "#date+occurred"
    assert all(tags[field.name].startswith("#") for layer in FIELDS for field in fields_of(layer))
    assert len(rows) == len(rows_of_csv(folder / "map.csv"))


def test_events_in_the_columns_of_acled(made: Build, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    export_map(made, out, options=ExportOptions(acled=True))
    (row,) = rows_of_csv(out)
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2030-03-04", "2030", "1")
    assert (row["event_type"], row["location"]) == ("Explosions/Remote violence", "Firwood")
    assert (row["actor1"], row["actor2"]) == tuple(
        made.theater.actors.at[one, "name"] for one in ("rebels", "crown")
    )
    assert row["fatalities"] == ""
    assert row["source"]
    assert export_series([made], out, options=ExportOptions(acled=True)) == 1
    with pytest.raises(ExportError, match="no HXL tags"):
        writer_for(out, ExportOptions(acled=True, hxl=True))
    for kind in ("geojson", "kml"):
        with pytest.raises(ExportError, match="--acled is for a table"):
            writer_for(f"a.{kind}", ExportOptions(acled=True))
