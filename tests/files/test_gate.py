"""One gate for text: what no name may carry is left out at reading, in every kind of file."""

from __future__ import annotations

import gzip
import json
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from syriamap.errors import DocumentError
from syriamap.files import (
    SyriamapWarning,
    features_of,
    id_problem,
    let_through,
    one_line,
    read_table,
    read_toml,
    shape_of,
)
from syriamap.files.gate import passes

ALPHABET = (
    "\x00\x07\x1b\x7f\x85\x9b\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029"
    "\u202a\u202e\u2060\u2063\u2066\u2069\u206f\u3164\ufeff\ufffe\uffff\ufdd0\ufff9\U000e0041\ud800\udfff"
)
"""Every kind of sign that no name may carry."""

HOSTILE = st.text(st.sampled_from([*ALPHABET, *"aB<&\"'{%=]>\n\t حلب日"]), min_size=1, max_size=30)


@given(HOSTILE)
def test_what_passes_is_well_formed_anywhere(text: str) -> None:
    passed = let_through(text)
    passed.encode("utf-8")  # no half of a character
    node = ET.Element("x", {"y": passed})
    node.text = passed
    assert ET.fromstring(ET.tostring(node)).text in {passed, passed or None}
    assert let_through(passed) == passed
    assert passes(passed)
    joiners = {"\u200c", "\u200d"}
    assert not set(passed) & (set(ALPHABET) - joiners)
    assert one_line(text).isprintable() or set(one_line(text)) & joiners


def test_letters_of_every_script_stay() -> None:
    for text in ("Hama", "حماة", "דמשק", "दमिश्क", "ダマスカス", "Дамаск", "é", "👍", "a\nb"):
        assert let_through(text) == text


def test_signs_that_join_stay_where_the_script_needs_them() -> None:
    assert let_through("می\u200cخواهم") == "می\u200cخواهم"
    assert let_through("क\u200dष") == "क\u200dष"
    assert let_through("Reu\u200cters") == "Reuters"
    assert let_through("حلب\u200c") == "حلب"


@pytest.mark.parametrize(
    "text", ["~", "", "a b", "=x", "_a", "-", "a" * 65, "a\u0301", "a/b", "'", "a."]
)
def test_what_is_no_id(text: str) -> None:
    assert id_problem(text)


@pytest.mark.parametrize("text", ["hts", "sy-0012", "c-1f", "حلب", "A", "a" * 64, "x:1.2_3"])
def test_what_is_an_id(text: str) -> None:
    assert not id_problem(text)


# --- every reader -------------------------------------------------------------------------------

NAME = "Ha\u202ema\x07\u2063"


def written(folder: Path, kind: str) -> Path:
    """A table of one name in a kind of file."""
    path = folder / f"t.{kind}"
    text = f"name,note\n{NAME},x\n"
    if kind == "csv":
        path.write_text(text, encoding="utf-8")
    elif kind == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("t.csv", text)
    elif kind == "json":
        path.write_text(json.dumps([{"name": f"{NAME}\ud800", "note": "x"}]), encoding="utf-8")
    elif kind == "parquet":
        pd.DataFrame({"name": [NAME], "note": ["x"]}).to_parquet(path)
    else:
        import sqlite3

        with sqlite3.connect(path) as database:
            database.execute("create table t (name, note)")
            database.execute("insert into t values (?, 'x')", (NAME,))
        database.close()
    return path


@pytest.mark.parametrize("kind", ["csv", "gz", "zip", "json", "parquet", "sqlite"])
def test_every_kind_of_table_passes_the_gate(tmp_path: Path, kind: str) -> None:
    with pytest.warns(SyriamapWarning, match=r"row 2: U\+0007.*U\+202E right-to-left override"):
        frame, complaints = read_table(
            written(tmp_path, kind), required=("name",), optional=("note",)
        )
    assert not complaints
    assert frame["name"].tolist() == ["Hama"]


def test_a_frame_passes_the_gate() -> None:
    with pytest.warns(SyriamapWarning, match="U\\+202E"):
        frame, _ = read_table(pd.DataFrame({"name": [NAME]}), required=("name",), optional=())
    assert frame["name"].tolist() == ["Hama"]


def test_marks_of_writing_direction_are_left_out_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("name\n\u200fحلب\u200e\n\ufeffHama\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame, _ = read_table(path, required=("name",), optional=())
    assert frame["name"].tolist() == ["حلب", "Hama"]


def test_toml_and_geojson_pass_the_gate(tmp_path: Path) -> None:
    toml, geojson = tmp_path / "t.toml", tmp_path / "t.geojson"
    toml.write_text('title = "Ha\\u202Ema\\u0007"\n', encoding="utf-8")
    feature = {"type": "Feature", "properties": {"name": f"{NAME}\ud800", "odd": float("nan")},
               "geometry": {"type": "Point", "coordinates": [1, 2]}}  # fmt: skip
    geojson.write_text(json.dumps(feature), encoding="utf-8")
    with pytest.warns(SyriamapWarning):
        assert read_toml(toml) == {"title": "Hama"}
    with pytest.warns(SyriamapWarning):
        (found,) = features_of(geojson)
    assert found["properties"] == {"name": "Hama", "odd": None}


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [float("nan"), 1]},
        {"type": "Point", "coordinates": [float("inf"), 1]},
        {"type": "LineString", "coordinates": [[1, 1], [10**400, 2]]},
        {"type": "LineString", "coordinates": [[1, 1]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]]]},
        {"type": "GeometryCollection", "geometries": 3},
        {"type": ["Point"], "coordinates": [1, 2]},
        {"type": "Point", "coordinates": {}},
        {"type": 3},
        {},
    ],
)
def test_a_geometry_that_is_none_is_one_line(geometry: object) -> None:
    with pytest.raises(DocumentError) as caught:
        shape_of(geometry)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = 1" + "0" * 5000, "x = \x07", "\udc80"])
def test_toml_that_cannot_be_read_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(DocumentError, match="not readable as TOML"):
        read_toml(path)


def test_nesting_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "t.geojson"
    path.write_text('{"type": "Feature", "geometry": ' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(DocumentError, match="nested too deeply"):
        features_of(path)
