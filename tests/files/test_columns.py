"""Dates and coordinates: decided by the column, read in every notation that is sure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from syriamap.errors import TableError
from syriamap.files.coordinates import parse_degrees, parse_point
from syriamap.files.dates import DateColumn, order_decided


def days(*values: str, order: str = "", zone: str = "Asia/Damascus") -> list[str]:
    column = DateColumn("day", zone)
    for row, value in enumerate(values, start=2):
        column.see(row, value)
    order_decided([column], order)
    return [str(column.day(value) or "") for value in values]


@pytest.mark.parametrize(
    "written",
    ["2024-12-05", "2024/12/05", "2024-12-5", "2024.12.05", "20241205", "05.12.2024", "5.12.2024",
     "5 December 2024", "5 Dec 2024", "05-Dec-24", "Dec 5, 2024", "December 5, 2024",
     "Thursday, 5 December 2024", "5 décembre 2024", "٥ كانون الأول ٢٠٢٤", "5 ديسمبر 2024",
     "٢٠٢٤-١٢-٠٥", "۲۰۲۴-۱۲-۰۵", "\u200e2024-12-05\u200e", "'2024-12-05", "2024-12-05 00:00:00",
     "2024-12-05T10:00:00", "2024-12-05T10:00:00Z", "1733400000", "1733400000000",
     "2024-12-04T23:30:00Z"],
)  # fmt: skip
def test_notations_that_are_sure(written: str) -> None:
    assert days(written) == ["2024-12-05"]


def test_a_time_with_a_zone_is_the_day_of_the_theater() -> None:
    stamp = "2024-12-05T22:30:00+00:00"
    assert days(stamp, zone="Asia/Damascus") == ["2024-12-06"]
    assert days(stamp, zone="America/New_York") == ["2024-12-05"]


def test_one_row_decides_for_all() -> None:
    assert days("12/05/2024", "11/29/2024") == ["2024-12-05", "2024-11-29"]
    assert days("12/05/2024", "29/11/2024") == ["2024-05-12", "2024-11-29"]


@pytest.mark.parametrize("value", ["05/12/2024", "5-12-2024", "12-05-24"])
def test_where_both_orders_fit_nothing_is_read(value: str) -> None:
    with pytest.raises(TableError, match=r"--dates dmy.*--dates mdy") as caught:
        days(value)
    assert (caught.value.row, caught.value.column) == (2, "day")
    assert days(value, order="mdy")[0][5:] in {"05-12", "12-05"}
    assert days(value, order="mdy") != days(value, order="dmy")


def test_columns_of_one_table_have_one_order() -> None:
    event, report = DateColumn("event_date"), DateColumn("reported_on")
    event.see(2, "05/12/2024")
    report.see(2, "25/12/2024")
    order_decided([event, report])
    assert event.day("05/12/2024") == date(2024, 12, 5)


def test_orders_that_contradict_are_an_error() -> None:
    with pytest.raises(TableError, match="different orders"):
        days("13/05/2020", "05/13/2020")
    assert days("13/05/2020", "05/13/2020", order="dmy") == ["2020-05-13", ""]


def test_numbers_of_days_only_where_the_whole_column_has_them() -> None:
    assert days("45631", "45632.5") == ["2024-12-05", "2024-12-06"]
    assert days("2024-12-05", "45632") == ["2024-12-05", ""]


@pytest.mark.parametrize("value", ["2023-02-29", "-0044-03-15", "1446-06-03", "2024", "1600-01-01", "x",
                                   "2024-12-04/2024-12-05", "5 Foo 2024", "31/02/2024"])  # fmt: skip
def test_what_is_no_day(value: str) -> None:
    assert days(value, order="dmy") == [""]


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["dmy", "mdy"]),
    st.sampled_from("/-"),
)
def test_what_is_written_in_an_order_is_read_in_it(day: date, order: str, mark: str) -> None:
    parts = {"d": f"{day.day:02}", "m": f"{day.month:02}", "y": str(day.year)}
    assert days(mark.join(parts[one] for one in order), order=order) == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "axis"),
    [("35.5", "lat"), ("35,5", "lat"), ("٣٥٫٥", "lat"), ("35.5 N", "lat"), ("N35.5", "lat"),
     ("35°30'00\"N", "lat"), ("35° 30′ N", "lat"), ("35 30 00", "lat"), ("35°30", "lon"), ("35.5°E", "lon")],
)  # fmt: skip
def test_degrees(text: str, axis: str) -> None:
    assert parse_degrees(text, axis) == pytest.approx(35.5)


@pytest.mark.parametrize(("text", "axis"), [("351.318", "lat"), ("35.5 E", "lat"), ("91", "lat"), ("35°70'N", "lat"),
                                            ("", "lat"), ("x", "lon"), ("35,1,2", "lat"), ("1_0", "lat")])  # fmt: skip
def test_what_is_no_degree(text: str, axis: str) -> None:
    assert parse_degrees(text, axis) is None


def test_the_minus_of_typesetters_and_the_south() -> None:
    assert parse_degrees("\u221236.5", "lon") == parse_degrees("36.5W", "lon") == -36.5


@pytest.mark.parametrize(
    "text",
    ["35.1412, 36.7575", "35.1412,36.7575", "35,1412; 36,7575", "(35.1412, 36.7575)",
     "35.1412N, 36.7575E", "35°08'28.3\"N 36°45'27\"E", "POINT (36.7575 35.1412)",
     "37SBU9570091000", "37S BU 95700 91000", "8G7R4QR5+F2"],
)  # fmt: skip
def test_points_in_one_cell(text: str) -> None:
    point = parse_point(text)
    assert point is not None
    assert point == pytest.approx((35.1412, 36.7575), abs=0.002)


@pytest.mark.parametrize("text", ["Hama", "Tell 23", "35,1318", "", "12 Street 5", "4QR5+F2"])
def test_names_are_no_points(text: str) -> None:
    assert parse_point(text) is None
