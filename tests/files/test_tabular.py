"""CSV files read strictly, and files written whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, strategies as st

from syriamap.errors import Complaint
from syriamap.files import (
    SyriamapWarning,
    neutral_cell,
    parse_date,
    parse_number,
    read_table,
)


def read(path: Path, text: str | bytes) -> tuple[pd.DataFrame, list[Complaint]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, required=("a", "b"), optional=("a", "b", "c"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def problem_of(complaints: list[Complaint]) -> str:
    (complaint,) = complaints
    return complaint.problem


def test_cells_are_stripped_strings_and_absent_columns_empty(file: Path) -> None:
    frame, complaints = read(file, 'b,a\n 1 ,"x, y"\n')
    assert not complaints
    assert frame.to_dict("records") == [{"a": "x, y", "b": "1", "c": ""}]


def test_rows_have_the_numbers_of_a_spreadsheet(file: Path) -> None:
    frame, complaints = read(file, 'a,b\n1,2\n\n,\n"two\nlines",3\n4,5\n')
    assert not complaints
    assert frame.index.tolist() == [2, 5, 6]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(file: Path) -> None:
    frame, complaints = read(file, "\ufeffa,b\r\n1,حماة\r\n".encode())
    assert not complaints
    assert frame["b"].tolist() == ["حماة"]


def test_short_rows_are_filled_and_trailing_commas_ignored(file: Path) -> None:
    frame, complaints = read(file, "a,b,c\n1\n1,2,3,,\n")
    assert not complaints
    assert frame["b"].tolist() == ["", "2"]


def test_empty_columns_that_a_spreadsheet_appends_are_ignored(file: Path) -> None:
    frame, complaints = read(file, "a,b,,,\n1,2,,,\n")
    assert not complaints
    assert list(frame.columns) == ["a", "b", "c"]


def test_long_rows_are_complaints_with_their_row(file: Path) -> None:
    _, complaints = read(file, "a,b\n1,2\n1,2,3\n1,2,3,4\n")
    assert [one.row for one in complaints] == [3, 4]
    assert "3 cells, the header 2" in complaints[0].problem


def test_unknown_columns_are_named_in_a_warning(file: Path) -> None:
    with pytest.warns(SyriamapWarning, match="not used: d, e"):
        frame, complaints = read(file, "a,b,d,e\n1,2,3,4\n")
    assert not complaints
    assert "d" not in frame


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    frame, complaints = read_table(tmp_path / "none.csv", required=("a",), optional=())
    assert problem_of(complaints) == "no such file"
    assert frame.empty
    _, complaints = read_table(tmp_path, required=("a",), optional=())
    assert "folder" in problem_of(complaints)


@pytest.mark.parametrize("text", ["", "\n\n", " , ,\n"])
def test_a_file_without_header(file: Path, text: str) -> None:
    _, complaints = read(file, text)
    assert "no header" in problem_of(complaints)


def test_not_utf8_says_where(file: Path) -> None:
    text = "a,b\n" + "x,y\n" * 5000 + "Alep,\xe9\n"
    _, complaints = read(file, text.encode("latin-1"))
    assert "not UTF-8" in problem_of(complaints)
    assert str(text.index("\xe9")) in problem_of(complaints)


def test_utf16_is_told_by_its_mark(file: Path) -> None:
    frame, complaints = read(file, "a\tb\n1\tحماة\n".encode("utf-16"))
    assert not complaints
    assert frame["b"].tolist() == ["حماة"]


def test_nul_bytes_are_a_complaint(file: Path) -> None:
    frame, complaints = read(file, b"a,b\n1,2\n1\x00,2\n")
    assert frame.empty
    assert "NUL" in problem_of(complaints)


@pytest.mark.parametrize(
    "text", ["a;b\n1,5;2\n", "a\tb\n1,5\t2\n", "a|b\n1,5|2\n", "sep=;\na;b\n1,5;2\n"]
)
def test_other_separators_are_read(file: Path, text: str) -> None:
    frame, complaints = read(file, text)
    assert not complaints
    assert frame.to_dict("index") == {2: {"a": "1,5", "b": "2", "c": ""}}


def test_duplicate_and_missing_columns_at_once(file: Path) -> None:
    _, complaints = read(file, "a,a,c,c\n1,1,1,1\n")
    assert [one.column for one in complaints] == ["a", "c", ""]
    assert "columns missing: b" in complaints[-1].problem


def test_a_cell_of_megabytes_is_a_complaint(file: Path) -> None:
    _, complaints = read(file, "a,b\n1," + "x" * 1_500_000 + "\n")
    assert "not a readable CSV file" in problem_of(complaints)


@given(content=st.binary(max_size=200))
@example(b"a,b,,\n1,2,,\n")
@example(b'a,b\n"1,2\n')
@example(b"a,b\r1,2\r")
def test_any_bytes_are_read_or_complained_of(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    frame, complaints = read(path, content)
    assert list(frame.columns) == ["a", "b", "c"]
    assert all(str(complaint) for complaint in complaints)


@pytest.mark.parametrize(
    "text",
    ["", "2024-02-30", "2024-13-01", "06/12/2024", "6.12.2024", "20241206", "2024-W49-5",
     "1899-12-31", "2101-01-01", "2024-12-6", "٢٠٢٤-١٢-٠٦", "2024-12-06T00:00", "0000-00-00",
     "2024_12_06", "-024-12-06"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_iso_date_is_read(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@given(text=st.text(max_size=12))
@example("2024-W49-5")
def test_what_is_read_as_a_date_is_its_own_iso_form(text: str) -> None:
    day = parse_date(text)
    assert day is None or day.isoformat() == text


@pytest.mark.parametrize(
    "text", ["", "x", "nan", "inf", "-Infinity", "1e999", "35,1", "3_5.1", "0x1"]
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_read_back(number: float) -> None:
    assert parse_number(repr(number)) == number


@given(text=st.text(max_size=8))
@example("=1+1")
@example("\t=1")
def test_no_neutral_cell_is_a_formula(text: str) -> None:
    neutral = neutral_cell(text)
    assert neutral[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert neutral.removeprefix("'") == text.removeprefix("'")
    assert neutral_cell(neutral) == neutral
