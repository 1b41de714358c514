"""Every format says the same: areas, attributes, metadata; hostile text leaves each well-formed."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
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
from theaters import Row, claim, write_claims_csv

from syriamap.cli.app import main
from syriamap.export import series_features, writer_for
from syriamap.export.qgis import layer_style
from syriamap.pipeline.build import Build, build
from syriamap.theater.folder import Theater

HOSTILE = "Camp ]]> <b>&amp;\"' =1+1 {{7*7}} أ"
ROWS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("elm", "rebels", "captured", day="2030-03-03"),
    claim("pine", "rebels", "controls"),
    claim("fir", "crown", "controls"),
    claim("fir", "rebels", "captured", day="2030-03-05"),
    claim("fir", "rebels", "struck", against="crown", day="2030-03-04", claim_id="strike"),
    claim("", "guests", "controls", place=HOSTILE, lat="46.9", lon="14.1"),
]
DAYS = [date(2030, 3, 1) + timedelta(days=n) for n in range(6)]
FORMATS = ("geojson", "gpkg", "parquet", "kml", "csv")
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
    if path.suffix == ".kml":
        return kml_territory(path)
    frame = gpd.read_file(path)
    return frame[frame["layer"] == "territory"]


def kml_territory(path: Path) -> gpd.GeoDataFrame:
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
        writer_for(path)(path, [feature], made.metadata(), made.theater.actors)
    names = [one.text for one in ET.parse(tmp_path / "a.kml").getroot().iter(f"{KML}name")]
    assert "=cmd()\ufffd\ufffd" in names
    assert "'=cmd()" in (tmp_path / "a.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_map_has_the_same_bytes(
    made: Build, folder: Path, tmp_path: Path, kind: str
) -> None:
    again = made.export(tmp_path / f"map.{kind}")
    assert again.read_bytes() == (folder / f"map.{kind}").read_bytes()


def test_qgis_finds_a_style_for_each_layer(made: Build, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "map.gpkg")) as base:
        query = "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        rows = base.execute(query).fetchall()
        columns = base.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns"
        ).fetchall()
    assert {(name, column) for name, column, _, _ in rows} == set(columns)
    assert all(default == 1 for *_, default in rows)
    for name, _, qml, _ in rows:
        root = ET.fromstring(qml)
        symbols = {one.attrib["name"] for one in root.find("renderer-v2/symbols") or []}
        used = {one.attrib["symbol"] for one in root.iter("category")}
        assert used == symbols, name
    values = {
        one.attrib["value"]
        for one in ET.fromstring(layer_style("territory", made.theater.actors)).iter("category")
    }
    doubts = {"contested", "front_band", "unconfirmed_pocket", "undetermined"}
    assert values == {*made.theater.actors.index, *doubts}


@pytest.mark.skipif(not shutil.which("ogrinfo"), reason="gdal-bin is not installed")
@pytest.mark.parametrize("kind", ["geojson", "gpkg", "kml"])
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
            a for a in areas if a["properties"]["valid_from"] <= day <= a["properties"]["valid_to"]
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
    assert fir[-1][1:] == ("2030-03-06", "rebels")
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
    spans = [one[0].text for one in ET.parse(out).getroot().iter(f"{KML}TimeSpan")]
    assert set(spans) <= {"2030-03-03", "2030-03-04", "2030-03-05"}
    with pytest.raises(SystemExit) as stop:
        main(["export", "2030-03-05", "--since", "2030-03-05", "-o", str(out), *words])
    assert stop.value.code == 1
