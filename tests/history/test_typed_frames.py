"""Frames for analysis: types as documented, geometry in degrees, one line for each record."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from commands import CLAIMS
from paths import ROOT
from theaters import arcadia, claim

from syriamap.errors import ControlError
from syriamap.history.typed_frames import TYPED_FRAMES
from syriamap.pipeline.build import Build, Series, series

DTYPES = {
    "text": "string", "category": "category", "day": "datetime64[s]", "number": "float64",
    "integer": "Int64", "boolean": "bool", "list": "object", "mapping": "object",
    "point": "geometry", "area": "geometry", "line": "geometry",
}  # fmt: skip


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Series:
    """Two days of Arcadia: between them a town falls; one claim is about an area."""
    rows = [*CLAIMS, claim("fir", "rebels", day="2030-03-05")]
    folder = arcadia(tmp_path_factory.mktemp("land"), claims=rows)
    return series("2030-03-05", since="2030-03-04", theater=folder)


@pytest.fixture(scope="module")
def made(moving: Series) -> Build:
    return moving.days[-1]


@pytest.mark.parametrize("name", list(TYPED_FRAMES))
def test_columns_have_the_documented_types(made: Build, moving: Series, name: str) -> None:
    table = made.table(name)
    assert len(table)
    assert {column: str(kind) for column, kind in table.dtypes.items()} == {
        column: DTYPES[kind] for column, kind in TYPED_FRAMES[name].items()
    }
    assert table.crs.to_epsg() == 4326
    west, south, east, north = table.total_bounds
    assert 13 < west <= east < 16
    assert 45 < south <= north < 48
    both = moving.table(name)
    assert list(both.columns) == ["date", *(one for one in both.columns if one != "date")]
    assert set(both["date"]) <= {pd.Timestamp("2030-03-04"), pd.Timestamp("2030-03-05")}
    last = both[both["date"] == "2030-03-05"].drop(columns="date").reset_index(drop=True)
    pd.testing.assert_frame_equal(pd.DataFrame(last), pd.DataFrame(table), check_index_type=False)


def test_the_page_of_frames_tells_these_types() -> None:
    page = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    for name, columns in TYPED_FRAMES.items():
        section = page.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", section, re.MULTILINE)) == columns


def test_points_lie_where_they_say_and_days_compare(made: Build) -> None:
    states = made.table("states").set_index("place_id")
    assert (states.loc["oak"].geometry.x, states.loc["oak"].geometry.y) == (
        states.loc["oak", "lon"], states.loc["oak", "lat"]
    )  # fmt: skip
    assert states["population"].isna().any()  # unknown, not 0
    assert list(states["status"].cat.categories) == [
        "held",
        "contested",
        "besieged",
        "undetermined",
    ]
    fallen = made.table("control").set_index("place_id").loc["fir"]
    assert fallen["since"] == pd.Timestamp("2030-03-05")
    inside = made.table("territory").sjoin(made.table("control")[["name", "geometry"]])
    assert len(inside) >= 3  # of one CRS: a join finds them
    with pytest.raises(ControlError, match="no frame 'question'"):
        made.table("question")


def test_records_say_in_one_line_what_they_are(made: Build, moving: Series) -> None:
    told = [made, moving, made.question, made.theater, moving.changes(), moving.history()]
    for one in told:
        assert re.fullmatch(r"<.{10,120}>", repr(one)), repr(one)[:200]
    assert repr(moving) == "<Series of Arcadia, 2030-03-04 to 2030-03-05: 2 maps>"
    assert repr(made).startswith("<Build of Arcadia on 2030-03-05: ")


def test_a_notebook_shows_the_map(made: Build, moving: Series) -> None:
    for one in (made, moving):
        shown = one._repr_html_()
        assert shown.startswith("<iframe")
        assert 'sandbox="' in shown
        assert "allow-same-origin" not in shown
        assert "height:600px" in shown


@pytest.mark.parametrize("name", list(TYPED_FRAMES))
def test_frames_can_be_explored(made: Build, name: str, tmp_path: Path) -> None:
    pytest.importorskip("mapclassify")
    table = made.table(name)
    table = table[~table.geometry.isna()]
    shown = table.explore(next(one for one in table.columns if str(table[one].dtype) == "category"))
    shown.save(str(tmp_path / "map.html"))
    assert "geo_json" in (tmp_path / "map.html").read_text(encoding="utf-8")
