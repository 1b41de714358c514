"""Every writer, handed every sign that no text may carry: what comes out is well-formed."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from theaters import ACTORS, PLACES, PUBLISHERS, claim, write_theater

from syriamap.cli.app import main
from syriamap.files.gate import passes

pytestmark = pytest.mark.filterwarnings("ignore::syriamap.files.SyriamapWarning")

SIGNS = (
    "a\x07b\x1b[2J\x7f\x85\u202ec\u2066\u200b\u2063\ufeff\ufffe\uffff\ufdd0\ufff9\U000e0041\u2028\u115f"
    "&<>\"']]>{{7*7}}--\\ \u0627\u0644\u200c\u0628 日"
)  # fmt: skip
"""Written raw into tables; half a character only JSON can carry."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signs")
    places = [{**row, "name": f"{row['name']} {SIGNS}", "name_ar": SIGNS} for row in PLACES]
    actors = [
        {**row, "name": f"{row['name']} {SIGNS}", "short": SIGNS, "name_ar": SIGNS}
        for row in ACTORS
    ]
    publishers = [{**row, "publisher": f"{row['publisher']} {SIGNS}"} for row in PUBLISHERS]
    rows = [
        claim(place, actor, "captured", publisher=f"Wire {SIGNS}", source_title=SIGNS, note=SIGNS,
              asserted_by=SIGNS, place_note=SIGNS)
        for place, actor in (("oak", "crown"), ("pine", "rebels"), ("ash", "league"))
    ]  # fmt: skip
    line = {"type": "LineString", "coordinates": [[14.1, 46.1], [14.9, 46.8]]}
    name = SIGNS + "\ud800"
    land = write_theater(
        folder / "land", places=places, actors=actors, claims=rows, title=f"Land {name} {'long ' * 60}",
        tables={"publishers": publishers}, attribution=[name], sides={"crown": name},
        layers={"water": [({"name": name, "kind": "river"}, line)],
                "disputed": [({"name": name, "statement": name}, line)]},
    )  # fmt: skip
    toml = land / "theater.toml"  # JSON may say half a character, TOML may not
    text = toml.read_text("utf-8").replace("\\ud800", "").replace("\\udb40\\udc41", "")
    toml.write_text(text, encoding="utf-8")
    for words in (
        ["figure", "2030-03-05", "-o", "m.svg"],
        ["export", "2030-03-05", "-o", "m.kml"],
        ["export", "2030-03-05", "-o", "m.geojson"],
        ["export", "2030-03-05", "-o", "m.gpkg"],
        ["control", "2030-03-05", "-o", "m.csv"],
        ["report", "2030-03-05", "--docx", "-o", "report"],
    ):
        words[-1] = str(folder / words[-1])
        try:
            main([*words, "--theater", str(land)])
        except SystemExit as stop:
            assert not stop.code, words  # noqa: PT017
    return folder


def test_every_writer_is_well_formed(made: Path) -> None:
    for path in (made / "m.svg", made / "m.kml", *(made / "report").rglob("*.svg")):
        assert all(passes(text) for text in ET.parse(path).getroot().itertext()), path
    json.loads((made / "m.geojson").read_text("utf-8"))
    for path in (made / "m.csv", *(made / "report").rglob("*.csv")):
        text = path.read_text("utf-8")
        assert passes(text), path
        assert list(csv.reader(text.splitlines(), strict=True))
    for path in (made / "report").rglob("*.html"):
        assert "\x1b" not in path.read_text("utf-8"), path


def test_styles_of_qgis_are_well_formed(made: Path) -> None:
    with sqlite3.connect(made / "m.gpkg") as database:
        styles = [one for (one,) in database.execute("select styleQML from layer_styles") if one]
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    database.close()
    assert styles
    for style in styles:
        assert all(map(passes, ET.fromstring(style).itertext()))


def test_word_is_well_formed(made: Path) -> None:
    (path,) = (made / "report").rglob("*.docx")
    with zipfile.ZipFile(path) as archive:
        parts = [one for one in archive.namelist() if one.endswith((".xml", ".rels"))]
        for part in parts:
            assert all(map(passes, ET.fromstring(archive.read(part)).itertext())), part
