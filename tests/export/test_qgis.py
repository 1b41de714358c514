"""QGIS: styles, a project, and the right day by the temporal controller's own filter."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from commands import CHANGES_OF_HANDS
from paths import ROOT
from PIL import Image
from theaters import write_claims_csv

from syriamap.errors import ExportError
from syriamap.export import export_map, export_series, writer_for
from syriamap.export.parcel import Parcel
from syriamap.export.qgis import layer_style
from syriamap.pipeline.build import Build, Series, build, series
from syriamap.theater.folder import Theater

PYTHON = "/usr/bin/python3"
"""Debian's, which has the module `qgis` where QGIS is installed."""


@cache
def has_qgis() -> bool:
    try:
        done = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


needs_qgis = pytest.mark.skipif("not has_qgis()", reason="python3-qgis is not installed")


def opened(
    project: Path | str, folder: Path, *days: str, zone: str = "UTC", drawn: bool = True
) -> Any:
    """What QGIS says of a project; pictures of it lie in the folder."""
    script = ROOT / "tests" / "support" / "qgis_project.py"
    command = [PYTHON, str(script), str(project), str(folder) if drawn else "", *days]
    environment = {"PATH": "/usr/bin:/bin", "TZ": zone, "HOME": str(folder),
                   "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)}  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def by_default_filter(frame: gpd.GeoDataFrame, day: str) -> gpd.GeoDataFrame:
    """Rows that meet the day, as the controller asks: from its begin to before its end."""
    begin = pd.Timestamp(day)
    end = begin + pd.Timedelta(days=1)
    return frame[(frame["valid_from"] < end) & (frame["valid_to"] > begin)]


@pytest.fixture(scope="module")
def days(theater: Theater, tmp_path_factory: pytest.TempPathFactory) -> Series:
    file = write_claims_csv(tmp_path_factory.mktemp("qgis") / "claims.csv", CHANGES_OF_HANDS)
    return series("2030-03-06", since="2030-03-01", theater=theater, claims=[file])


@pytest.fixture(scope="module")
def folder(days: Series, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    export_series(days.days, folder / "week.qgz")
    return folder


@pytest.mark.parametrize("layer", ["territory", "frontline", "place"])
def test_the_default_filter_gives_the_rows_of_the_day(
    days: Series, folder: Path, layer: str
) -> None:
    frame = gpd.read_file(folder / "week.gpkg", layer=layer)
    assert frame["valid_from"].dtype.kind == frame["valid_to"].dtype.kind == "M"
    for one in days.days:
        day = one.date.isoformat()
        shown = by_default_filter(frame, day)
        if layer == "place":
            assert sorted(shown["place_id"]) == sorted(one.states["place_id"])
        elif layer == "frontline":
            assert len(shown) == len(one.frontline)
        else:
            sizes = shown.groupby("actor")["area_km2"].sum()
            wanted = one.territory.groupby("actor")["area_km2"].sum()
            assert np.allclose(sizes.sort_index(), wanted.sort_index(), atol=0.1)


@pytest.fixture(scope="module")
def fall(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Build, ...]]:
    """Two days of December 2024 as one file, under the name that the recipes give it."""
    maps = series("2024-12-06", since="2024-12-05").days
    path = tmp_path_factory.mktemp("fall") / "offensive.gpkg"
    export_series(maps, path)
    return path, maps


def test_the_fifth_of_december(fall: tuple[Path, tuple[Build, ...]]) -> None:
    """The day that a filter of text, or an inclusive end, gave as the sixth."""
    path, (fifth, sixth) = fall
    rows = by_default_filter(gpd.read_file(path, layer="territory"), "2024-12-05")
    sizes, wanted, other = (
        one.groupby("actor")["area_km2"].sum() for one in (rows, fifth.territory, sixth.territory)
    )
    assert rows["area_km2"].sum() == pytest.approx(187_672, abs=1)
    assert np.allclose(sizes.sort_index(), wanted.sort_index(), atol=1)
    assert "SY01" in set(gpd.read_file(path, layer="admin1")["pcode"])
    assert "southern_operations_room" in set(other.index) - set(sizes.index)
    if has_qgis():
        told = opened(f"geopackage:{path}?projectName=offensive", path.parent,
                      "2024-12-05", drawn=False)  # fmt: skip
        assert told["opened"]
        assert told["counts"]["2024-12-05"]["territory"] == len(rows)


def recipe(title: str) -> list[str]:
    """Blocks of Python of a section of the recipes."""
    page = (ROOT / "docs" / "howto.md").read_text(encoding="utf-8")
    section = page.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def test_the_recipes_of_a_notebook_give_a_country(
    fall: tuple[Path, tuple[Build, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each block as it stands on the page; one of them once added twelve days up to 435,064 km²."""
    path, maps = fall
    monkeypatch.chdir(path.parent)
    known: dict[str, Any] = {}
    for block in recipe("A table in a notebook"):
        exec(block, known)  # noqa: S102  (the page's own code)
    territory = maps[0].territory
    wanted = territory.groupby("actor")["area_km2"].sum()
    names = maps[0].theater.actors["name"]
    assert known["km2"].sum() == pytest.approx(187_672, abs=1)
    for actor in ("government", "hts", "sdf"):
        assert known["km2"][names[actor]] == pytest.approx(wanted[actor], abs=1), actor
    assert known["mean_km2"].sum() == pytest.approx(187_672, abs=1)
    both = [one.territory.groupby("actor")["area_km2"].sum()["hts"] for one in maps]
    assert known["mean_km2"][names["hts"]] == pytest.approx(sum(both) / 2, abs=1)


def test_the_filter_of_the_recipe_gives_the_day(fall: tuple[Path, tuple[Build, ...]]) -> None:
    page = (ROOT / "docs" / "howto.md").read_text(encoding="utf-8")
    (where,) = re.findall(r"`(\"valid_from\" <= .*?)`", page)
    rows = gpd.read_file(fall[0], layer="territory", where=where)
    assert len(rows) == len(
        by_default_filter(gpd.read_file(fall[0], layer="territory"), "2024-12-05")
    )
    assert rows["area_km2"].sum() == pytest.approx(187_672, abs=1)


def test_each_layer_has_a_style_and_the_file_a_project(days: Series, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "week.gpkg")) as base:
        query = "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        rows = base.execute(query).fetchall()
        columns = base.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns"
        ).fetchall()
        ((name, content),) = base.execute("SELECT name, content FROM qgis_projects").fetchall()
    assert {(name, column) for name, column, _, _ in rows} == set(columns)
    assert {"country", "admin1", "border", "territory"} <= {name for name, *_ in rows}
    assert all(default == 1 for *_, default in rows)
    for name_of_layer, _, qml, _ in rows:
        root = ET.fromstring(qml)
        symbols = {one.attrib["name"] for one in root.find("renderer-v2/symbols") or []}
        used = {one.attrib["symbol"] for one in root.iter("rule") if "symbol" in one.attrib}
        assert used == symbols, name_of_layer
    assert name == "week"
    assert bytes.fromhex(content) == (folder / "week.qgz").read_bytes()
    with zipfile.ZipFile(folder / "week.qgz") as archive:
        project = ET.fromstring(archive.read("week.qgs"))
    sources = [one.text or "" for one in project.iter("datasource")]
    assert all(one.startswith("./week.gpkg|layername=") for one in sources)


def test_names_of_actors_are_text_in_expressions(theater: Theater) -> None:
    from dataclasses import replace

    actors = theater.actors.rename(index={"crown": "king's \" own"})
    hostile = replace(theater, actors=actors)
    row = {"layer": "territory", "actor": "king's \" own", "leaning": "", "status": "held"}
    feature = {"type": "Feature", "properties": row, "geometry": {}}
    parcel = Parcel([feature], {"date": "2030-03-01"}, hostile, pd.DataFrame())
    filters = [one.get("filter") for one in ET.fromstring(
        layer_style("territory", parcel)).iter("rule")]  # fmt: skip
    assert "\"actor\" = 'king''s \" own'" in filters


def test_a_project_is_two_files(theater: Theater, days: Series, tmp_path: Path) -> None:
    export_map(days.days[0], tmp_path / "one.QGZ")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["one.QGZ", "one.gpkg"]
    with pytest.raises(ExportError, match="no format"):
        writer_for("a.qgs")


@needs_qgis
def test_qgis_opens_the_project_at_the_day(days: Series, folder: Path, tmp_path: Path) -> None:
    told = opened(folder / "week.qgz", tmp_path, "2030-03-02", "2030-03-05")
    assert told["opened"]
    assert told["crs"] == days.days[0].theater.metric_crs
    assert all(told["valid"].values())
    assert told["order"][:3] == ["place", "event", "frontline"]
    assert told["order"].index("territory") < told["order"].index("country")
    assert set(told["renderers"].values()) == {"RuleRenderer"}
    assert all(told["labels"].values())
    assert told["timed"] == ["event", "frontline", "place", "territory"]
    assert (told["mode"], told["begin"], told["end"]) == (1, "2030-03-01", "2030-03-07")
    assert told["types"]["territory"]["valid_to"] == "DateTime"
    # dragged into a project of one's own, a layer brings its look and knows its days
    assert told["dragged"]["territory"] == ["RuleRenderer", True, "valid_from", "valid_to"]
    assert told["dragged"]["country"] == ["RuleRenderer", True, "", ""]
    frame = gpd.read_file(folder / "week.gpkg", layer="territory")
    for day in ("2030-03-02", "2030-03-05"):
        assert told["counts"][day]["territory"] == len(by_default_filter(frame, day))
    pictures = {name: np.asarray(Image.open(tmp_path / f"{name}.png").convert("RGB"))
                for name in ("open", "2030-03-02", "2030-03-05")}  # fmt: skip
    assert len(np.unique(pictures["open"].reshape(-1, 3), axis=0)) > 50
    assert (pictures["2030-03-02"] != pictures["2030-03-05"]).any()


@needs_qgis
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Damascus"])
def test_no_time_zone_shifts_the_day(folder: Path, tmp_path: Path, zone: str) -> None:
    here, there = (
        opened(folder / "week.qgz", tmp_path, "2030-03-04", zone=one, drawn=False)["counts"]
        for one in ("UTC", zone)
    )
    assert here == there


@needs_qgis
def test_qgis_shows_one_day_of_a_series_while_no_time_is_asked_for(
    days: Series, folder: Path, tmp_path: Path
) -> None:
    """The picture without a day is that of the last one, not of all days at once."""
    last = days.days[-1].date.isoformat()
    opened(folder / "week.qgz", tmp_path, last)
    without, of_last = (np.asarray(Image.open(tmp_path / f"{name}.png").convert("RGB"))
                        for name in ("open", last))  # fmt: skip
    assert (without == of_last).all()


@needs_qgis
def test_the_project_of_a_day_has_no_time(theater: Theater, tmp_path: Path) -> None:
    file = write_claims_csv(tmp_path / "claims.csv", CHANGES_OF_HANDS)
    made = build("2030-03-05", theater=theater, claims=[file])
    export_map(made, tmp_path / "day.gpkg")
    told = opened(f"geopackage:{tmp_path / 'day.gpkg'}?projectName=day", tmp_path, drawn=False)
    assert told["opened"]
    assert all(told["valid"].values())
    assert told["timed"] == []
