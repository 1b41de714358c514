"""The one door for tables: whatever keeps rows, read alike; what would lose rows, refused."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point
from workbooks import workbook

from syriamap.errors import TableError
from syriamap.files import Reading, Sheet, SyriamapWarning, records, sheet_of

NAMES = {"day": ("date",), "town": ("place",), "side": ()}
ROWS = [
    ["day", "town", "side"],
    ["2030-03-01", "Oakham, north", "Crown"],
    ["2030-03-02", "حماة", "3"],
]


def rows_of(table: object, reading: Reading | None = None) -> list[tuple[int, list[str]]]:
    sheet = sheet_of(table, reading, names=NAMES, needed=("day", "town"))  # type: ignore[arg-type]
    return list(sheet.records())


def text_of(mark: str) -> str:
    return "\n".join(
        mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in ROWS
    )


GOOD = [(2, ROWS[1]), (3, ROWS[2])]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_of_any_separator_and_unicode(tmp_path: Path, mark: str, encoding: str) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(text_of(mark).encode(encoding))
    assert rows_of(path) == GOOD


@pytest.mark.parametrize("name", ["cp1256", "windows-1256"])
def test_another_encoding_is_told_not_guessed(tmp_path: Path, name: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text_of(",").encode("cp1256"))
    with pytest.raises(TableError, match="not UTF-8") as caught:
        rows_of(path)
    assert caught.value.row == 3
    assert "cp1256" in str(caught.value)
    assert rows_of(path, Reading(encoding=name)) == GOOD


def test_a_workbook_has_dates_as_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [ROWS[0], ["#47178", "Oakham", "Crown"]])
    assert rows_of(path) == [(2, ["2029-03-01", "Oakham", "Crown"])]
    with path.open("rb") as stream:  # the bytes tell what it is, not the name
        assert len(rows_of(stream)) == 1


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ROWS, ("One", "Two"))
    with pytest.raises(TableError, match="2 sheets with rows; name one with --sheet: One, Two"):
        rows_of(path)
    assert rows_of(path, Reading(sheet="two")) == GOOD
    with pytest.raises(TableError, match="no sheet 'Three'; there are: One, Two"):
        rows_of(path, Reading(sheet="Three"))


def test_databases_parquet_json_archives_and_frames(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS[1:], columns=ROWS[0])
    assert rows_of(frame) == GOOD
    frame.to_parquet(tmp_path / "t.parquet")
    assert rows_of(tmp_path / "t.parquet") == GOOD
    with sqlite3.connect(tmp_path / "t.db") as database:
        frame.to_sql("claims", database, index=False)
    database.close()
    assert rows_of(tmp_path / "t.db") == GOOD
    records = frame.to_dict("records")
    (tmp_path / "t.json").write_text(json.dumps({"status": 200, "data": records}))
    assert rows_of(tmp_path / "t.json") == GOOD
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, records)))
    assert rows_of(tmp_path / "t.jsonl") == GOOD
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("inside.csv", text_of(";"))
    assert rows_of(tmp_path / "t.zip") == GOOD
    assert rows_of(io.StringIO(text_of(","))) == GOOD


def test_points_of_a_layer_become_columns(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"day": ["2030-03-01"], "town": ["Oakham"]}, geometry=[Point(14.2, 46.2)], crs=4326
    )
    frame.to_file(tmp_path / "t.gpkg", layer="towns")
    for table in (tmp_path / "t.gpkg", frame):
        sheet = sheet_of(table, names=NAMES, needed=("day",))
        ((_, cells),) = sheet.records()
        found = dict(zip(sheet.header, cells, strict=True))
        assert (found["lat"], found["lon"]) == ("46.2", "14.2")


@pytest.mark.parametrize(
    "above", ["Claims of March\n", "# notes\n\n", "When,Where,Who\n", "a,b\nc,d\n"]
)
def test_the_header_is_found_below_a_title(tmp_path: Path, above: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(above + text_of(","), encoding="utf-8")
    with pytest.warns(SyriamapWarning, match="the header is row"):
        assert [cells for _, cells in rows_of(path)] == ROWS[1:]


def test_tags_below_a_header_are_no_row(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("day,town\n#date,#loc+name\n2030-03-01,Oakham\n", encoding="utf-8")
    assert rows_of(path) == [(3, ["2030-03-01", "Oakham"])]


def swallowing(rows: int, opened: int, closed: int | None) -> str:
    lines = [f"2030-03-01,Town {n},Crown,note,more" for n in range(rows)]
    lines[opened] = '2030-03-01,Town,Crown,"note,more'
    if closed is not None:
        lines[closed] = '2030-03-01,Town,Crown,note",more'
    return "\n".join(["day,town,side,x,y", *lines]) + "\n"


@pytest.mark.parametrize(("opened", "closed"), [(5, None), (0, None), (5, 200), (5, 6), (398, 399)])
def test_a_quote_that_swallows_rows_is_an_error_with_its_row(
    tmp_path: Path, opened: int, closed: int | None
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(swallowing(400, opened, closed), encoding="utf-8")
    with pytest.raises(TableError, match="quote") as caught:
        rows_of(path)
    assert caught.value.row == opened + 2


def test_prose_of_several_lines_is_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    prose = "They came, they saw, and, as is said, left.\n" * 5
    path.write_text(f'day,town,side,x,y\n2030-03-01,Oakham,Crown,"{prose}",2\n', encoding="utf-8")
    ((row, cells),) = rows_of(path)
    assert (row, cells[3].count("\n")) == (2, 4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no header"),
        (b"<html></html>", "is XML or HTML"),
        (b"PK\x03\x04 cut", "broken archive"),
        (b"SQLite format 3\0 cut", "database that cannot be read"),
        (b"PAR1 cut", "Parquet that cannot be read"),
        (b"\xd0\xcf\x11\xe0 cut", "workbook that cannot be read"),
        (b"{", "JSON that cannot be read"),
        (b'{"type": "FeatureCollection", "features": []}', "is GeoJSON"),
        (b"a,b\n1,\0\n", "NUL byte"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=words):
        rows_of(path)


def test_an_address_is_not_fetched() -> None:
    with pytest.raises(TableError, match="download it first"):
        rows_of(Path("https://example.org/t.csv"))


def test_rows_can_be_run_through_twice(tmp_path: Path) -> None:
    sheet: Sheet = sheet_of(io.BytesIO(text_of(",").encode()), names=NAMES)
    assert list(sheet.records()) == list(sheet.records()) == GOOD


@pytest.mark.parametrize("magic", [b"%PDF-1.4", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a"])
def test_a_picture_of_a_table_is_no_table(tmp_path: Path, magic: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(magic + bytes(range(200)))
    with pytest.raises(TableError, match="a PDF or a picture"):
        sheet_of(path, names={"place": ()})


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_rows_come_the_same_many_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    rows = ["A title", "name,note,day", "#name,#note,#date", "a, 'x,1", "'=b,\"two\r\nlines\",2",
            ",,", "ح\u200e,y\u200c,3", "c,z,4,,", "d,z,5,6", "e", " f ,'-g, #7"]  # fmt: skip
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(rows), encoding="utf-8", newline="")
    monkeypatch.setattr(records, "_AT_ONCE", at_once)
    with pytest.warns(SyriamapWarning):
        sheet = sheet_of(path, names={"name": (), "note": (), "day": ()}, needed=["name"])
    with pytest.warns(SyriamapWarning, match="left out in row 7"):
        blocks = list(sheet.blocks())
    one_by_one = list(sheet.records())
    together = [
        (number, list(cells))
        for block in blocks
        for number, cells in zip(block.numbers, zip(*block.columns, strict=True), strict=True)
    ]
    long = [(number, len(cells)) for number, cells in one_by_one if len(cells) > 3]
    assert together == [(number, cells) for number, cells in one_by_one if len(cells) == 3]
    assert [one for block in blocks for one in block.too_long] == long
    assert len(together) == 6
    assert len(long) == 1
