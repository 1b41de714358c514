"""Claims files: every complaint at once, places resolved, ids stable, written and read back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, strategies as st
from theaters import Row, arcadia, claim, claims_frame, required_only, write_claims_csv

from syriamap.claims.reader import (
    CERTAINTIES,
    CLAIM_COLUMNS,
    RELATIONS,
    check_claims,
    claims_until,
    dates_settled,
    in_order,
    read_claims,
    write_claims,
)
from syriamap.errors import ClaimsError, Complaint, SyriamapError, complaint_list
from syriamap.files import SyriamapWarning, let_through
from syriamap.names.gazetteer import Gazetteer
from syriamap.theater.folder import Theater, read_theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]


@pytest.fixture
def complaints_of(theater: Theater, tmp_path: Path) -> Callable[[list[Row]], list[Complaint]]:
    def complaints(rows: list[Row]) -> list[Complaint]:
        with pytest.raises(ClaimsError) as caught:
            claims_frame(rows, theater, tmp_path)
        return list(caught.value.complaints)

    return complaints


ComplaintsOf = Callable[[list[Row]], list[Complaint]]


def only(complaints: list[Complaint]) -> Complaint:
    (complaint,) = complaints
    return complaint


# --- what is read -------------------------------------------------------------------------------


def test_the_frame(claims_of: ClaimsOf) -> None:
    claims = claims_of([claim("oak", "crown", day="2030-03-02"), claim("elm", "rebels")])
    assert tuple(claims.columns) == CLAIM_COLUMNS
    assert claims["place_id"].tolist() == ["elm", "oak"]  # by date
    assert claims["place"].tolist() == ["Elmstead", "Oakham"]
    assert claims["lat"].tolist() == [46.25, 46.20]
    assert claims["event_date"].tolist() == [pd.Timestamp("2030-03-01"), pd.Timestamp("2030-03-02")]
    assert claims["reported_on"].isna().all()
    assert claims["claim_id"].str.fullmatch(r"c-[0-9a-f]{12}").all()
    assert claims["claim_id"].is_unique


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_claims(claims_of: ClaimsOf, count: int) -> None:
    claims = claims_of([claim("oak", "crown", day=f"2030-03-0{n + 1}") for n in range(count)])
    assert len(claims) == count
    assert tuple(claims.columns) == CLAIM_COLUMNS
    assert claims["event_date"].dtype == "datetime64[s]"
    assert claims["lat"].dtype == float


def test_no_files_no_claims(theater: Theater) -> None:
    claims = read_claims([], theater)
    assert claims.empty
    assert tuple(claims.columns) == CLAIM_COLUMNS


def test_only_the_required_columns(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text(
        "event_date,place,actor,relation,certainty,publisher,source_title\n"
        "2030-03-01,Oakham,crown,controls,asserted,Wire,Title\n",
        encoding="utf-8",
    )
    assert read_claims([path], theater)["place_id"].tolist() == ["oak"]


def test_places_by_name_in_any_spelling(claims_of: ClaimsOf) -> None:
    names = ["Oakham", "OAKHAM", "أوكهام", "Oak-upon-Water"]
    claims = claims_of([claim("", "crown", place=name) for name in names])
    assert set(claims["place_id"]) == {"oak"}
    assert set(claims["place"]) == set(names)  # what was written is kept
    assert claims["claim_id"].is_unique


def test_a_point_decides_between_namesakes(claims_of: ClaimsOf) -> None:
    row = claim("", "crown", place="Newton", lat="46.101", lon="14.101")
    (found,) = claims_of([row]).itertuples()
    assert (found.place_id, found.lat, found.lon) == ("newton-w", 46.101, 14.101)


def test_a_point_of_its_own(claims_of: ClaimsOf) -> None:
    rows = [
        claim("", "crown", place="Newton", lat="46.5", lon="14.6"),
        claim("", "crown", place="Oakham", lat="46.5", lon="14.6"),
        claim("", "crown", place="Unheard-of", lat="46.4", lon="14.6"),
    ]
    with pytest.warns(SyriamapWarning, match="row 3 'Oakham', 45 km"):
        claims = claims_of(rows)
    assert claims["place_id"].str.startswith("pt-").all()
    assert claims["place_id"].nunique() == 2


def test_a_part_of_a_place_is_not_the_place(claims_of: ClaimsOf) -> None:
    lat, lon = claims_of([claim("oak", "crown")])[["lat", "lon"]].iloc[0]
    near = {"lat": repr(lat + 0.005), "lon": repr(lon)}
    quarter = claim("", "crown", place="Oakham, Upper Mill", **near)
    whole = claim("", "crown", place="Oakham", **near)
    assert claims_of([whole])["place_id"].tolist() == ["oak"]
    assert claims_of([quarter])["place_id"].str.startswith("pt-").all()


def test_a_point_just_outside_the_border_is_inside(claims_of: ClaimsOf) -> None:
    row = claim("", "crown", place="Crossing", lat="45.96", lon="14.5")  # 4.4 km south of it
    assert len(claims_of([row])) == 1


def test_ids_do_not_depend_on_files_or_rows(theater: Theater, tmp_path: Path) -> None:
    rows = [claim("oak", "crown"), claim("elm", "rebels"), claim("oak", "rebels")]
    whole = claims_frame(rows, theater, tmp_path)
    parts = [write_claims_csv(tmp_path / f"{n}.csv", [row]) for n, row in enumerate(rows)]
    for paths in (parts, parts[::-1]):
        pd.testing.assert_frame_equal(read_claims(paths, theater), whole)


NUMBERS = [claim("", "crown", place="Post", lat="46.250", lon="14.50"), claim("oak", "rebels")]


def test_an_id_hangs_on_values_and_not_on_how_a_number_is_written(
    theater: Theater, tmp_path: Path
) -> None:
    path = write_claims_csv(tmp_path / "a.csv", NUMBERS)
    saved = tmp_path / "b.csv"
    pd.read_csv(path).to_csv(saved, index=False)  # as a spreadsheet does: 46.25, 14.5
    assert "46.250" not in saved.read_text(encoding="utf-8")
    one, two = read_claims(path, theater), read_claims(saved, theater)
    assert one["claim_id"].tolist() == two["claim_id"].tolist()
    other = write_claims_csv(tmp_path / "c.csv", [{**NUMBERS[0], "lat": "46.251"}])
    assert read_claims(other, theater)["claim_id"].iloc[0] not in set(one["claim_id"])


def test_claims_come_by_path_opened_or_as_a_frame(theater: Theater, tmp_path: Path) -> None:
    path = write_claims_csv(tmp_path / "a.csv", NUMBERS)
    claims = read_claims(path, theater)
    with path.open(encoding="utf-8") as text, path.open("rb") as raw:
        every = [str(path), [path], text, raw, pd.read_csv(path), [pd.read_csv(path, dtype=str)]]
        every += [claims, [claims, path], claims.astype(object)]
        for tables in every:
            pd.testing.assert_frame_equal(read_claims(tables, theater), claims)
    frame = claims.drop(columns=["claim_id", "place_id"]).set_index("place")
    with pytest.raises(ClaimsError, match=r"^DataFrame 1: 1 complaint\n.*needs a column place or"):
        read_claims(frame.drop(columns="area_id"), theater)


def test_what_is_wrong_in_a_frame_is_told_by_row(theater: Theater) -> None:
    good = pd.DataFrame(NUMBERS)
    bad = pd.DataFrame([{**NUMBERS[1], "actor": np.nan}, {**NUMBERS[1], "lat": 46.2, "lon": 99.0}])
    with pytest.raises(ClaimsError) as caught:
        read_claims([good, bad], theater)
    found = {(one.file, one.row, one.column) for one in caught.value.complaints}
    assert {("DataFrame 2", 2, "actor"), ("DataFrame 2", 3, "lat")} <= found


def test_days_of_a_frame_are_dates(theater: Theater) -> None:
    for day in (
        pd.Timestamp("2030-03-01"),
        date(2030, 3, 1),
        "2030-03-01",
        np.datetime64("2030-03-01"),
    ):
        frame = pd.DataFrame([{**NUMBERS[1], "event_date": day, "reported_on": pd.NaT}])
        assert read_claims(frame, theater)["event_date"].tolist() == [pd.Timestamp("2030-03-01")]


def test_a_claim_in_two_files_counts_once(theater: Theater, tmp_path: Path) -> None:
    one = write_claims_csv(tmp_path / "a.csv", [claim("oak", "crown", claim_id="x")])
    two = write_claims_csv(tmp_path / "b.csv", [claim("oak", "crown", claim_id="x")])
    assert len(read_claims([one, two], theater)) == 1


def test_a_repeated_row_counts_once_and_is_told(claims_of: ClaimsOf) -> None:
    with pytest.warns(SyriamapWarning, match="row 3 repeats row 2; it counts once"):
        claims = claims_of([claim("oak", "crown"), claim("oak", "crown")])
    assert len(claims) == 1


def test_the_files_of_a_theater_by_name(tmp_path: Path) -> None:
    theater = read_theater(arcadia(tmp_path))
    assert theater.claim_files == ()
    for name in ("b.csv", "a.csv"):
        write_claims_csv(tmp_path / "claims" / name, [])
    (tmp_path / "claims" / "CHANGES.md").touch()
    assert [path.name for path in theater.claim_files] == ["a.csv", "b.csv"]


def test_a_theater_of_required_files_takes_claims(tmp_path: Path) -> None:
    theater = read_theater(required_only(tmp_path))
    assert len(claims_frame([claim("oak", "red")], theater, tmp_path)) == 1


# --- complaints ---------------------------------------------------------------------------------


def test_an_unknown_place_comes_with_the_nearest_names(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("", "crown", place="Oakhal")]))
    assert (found.row, found.column, found.value) == (2, "place", "Oakhal")
    assert "lat and lon would do" in found.problem
    assert "nearest names: Oakham" in found.problem


def test_an_ambiguous_place_lists_its_candidates(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("", "crown", place="Newton")]))
    assert found.column == "place"
    for part in ("2 places", "newton-w", "newton-e", "AR-E", "46.900,15.100", "fill place_id"):
        assert part in found.problem


def test_an_unknown_id_comes_with_the_nearest(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("oaks", "crown")]))
    assert (found.column, found.value) == ("place_id", "oaks")
    assert "nearest: oak" in found.problem


def test_an_unknown_actor_comes_with_the_nearest(complaints_of: ComplaintsOf) -> None:
    actor, against = complaints_of([claim("oak", "rebel", against="zzz")])
    assert (actor.column, actor.value) == ("actor", "rebel")
    assert "nearest: rebels" in actor.problem
    assert "crown" in actor.problem
    assert against.column == "against"
    assert "nearest" not in against.problem


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("event_date", "2030-02-30", "YYYY-MM-DD"),
        ("event_date", "early March", "YYYY-MM-DD"),
        ("event_date", "1066-10-14", "1900 to 2100"),
        ("event_date", "2030-W09-5", "YYYY-MM-DD"),
        ("event_date", "", "is empty"),
        ("reported_on", "yesterday", "YYYY-MM-DD"),
        ("relation", "seized", "captured"),
        ("relation", "", "is empty"),
        ("certainty", "sure", "asserted, claimed, unconfirmed, denied"),
        ("date_precision", "hour", "day, week, month, year"),
        ("publisher", "", "is empty"),
        ("source_title", " ", "is empty"),
        ("actor", "", "is empty"),
        ("against", "crown", "is the actor itself"),
        ("source_url", "javascript:alert(1)", "http or https"),
        ("source_url", "JavaScript:alert(1)", "http or https"),
        ("source_url", "data:text/html,x", "http or https"),
        ("source_url", "//example.org/x", "http or https"),
        ("source_url", "https://", "http or https"),
        ("source_url", "https://exa mple.org", "http or https"),
        ("source_url", "https://[::1", "http or https"),
        ("source_url", "https://example.org/" + "x" * 3000, "http or https"),
        ("claim_id", "~", "is no id"),
        ("claim_id", "=1+1", "is no id"),
        ("claim_id", "x" * 65, "is no id"),
    ],
)
def test_bad_cells(complaints_of: ComplaintsOf, column: str, value: str, words: str) -> None:
    found = only(complaints_of([claim("elm", "crown"), claim("oak", "crown") | {column: value}]))
    assert (found.row, found.column, found.value) == (3, column, value.strip())
    assert words in found.problem


def test_an_event_after_its_report(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("oak", "crown", reported_on="2030-02-28")]))
    assert found.column == "event_date"
    assert "after the report of 2030-02-28" in found.problem


@pytest.mark.parametrize(
    ("lat", "lon", "column"),
    [("x", "14.5", "lat"), ("46.5", "", "lon"), ("46,5,1", "14.5", "lat"), ("91", "14.5", "lat"),
     ("46.5", "181", "lon"), ("nan", "14.5", "lat"), ("", "14.5", "lat")],
)  # fmt: skip
def test_bad_coordinates(complaints_of: ComplaintsOf, lat: str, lon: str, column: str) -> None:
    found = complaints_of([claim("", "crown", place="Oakham", lat=lat, lon=lon)])
    assert found[0].column == column
    assert "no coordinate in degrees" in found[0].problem


def test_a_point_outside_the_theater(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("", "crown", place="Far", lat="45.9", lon="14.5")]))
    assert found.column == "lat"
    assert "outside Arcadia by more than 5 km" in found.problem
    assert "exchanged" not in found.problem


def test_an_exchanged_point_gets_a_hint(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("", "crown", place="Oakham", lat="14.2", lon="46.2")]))
    assert "are lat and lon exchanged?" in found.problem


def test_an_id_far_from_the_rows_own_point(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("oak", "crown", lat="46.5", lon="14.5")]))
    assert found.column == "place_id"
    assert "km from lat,lon" in found.problem


@pytest.mark.parametrize(("apart", "refused"), [(4.9, False), (5.1, True)])
def test_the_point_of_an_id_may_be_another_gazetteers(
    theater: Theater, tmp_path: Path, apart: float, refused: bool
) -> None:
    lat, lon = theater.places.loc["oak", ["lat", "lon"]]
    row = claim("oak", "crown", lat=f"{lat + apart / 111.195:.6f}", lon=str(lon))
    path = write_claims_csv(tmp_path / "claims.csv", [row])
    if refused:
        with pytest.raises(ClaimsError, match="within 5 km"):
            read_claims([path], theater)
    else:
        assert read_claims([path], theater)["place_id"].tolist() == ["oak"]


def test_neither_place_nor_id(complaints_of: ComplaintsOf) -> None:
    found = only(complaints_of([claim("", "crown")]))
    assert "so are place_id and area_id" in found.problem


def test_an_id_with_other_content(complaints_of: ComplaintsOf) -> None:
    rows = [claim("oak", "crown", claim_id="x"), claim("elm", "crown", claim_id="x")]
    found = only(complaints_of(rows))
    assert (found.row, found.column, found.value) == (3, "claim_id", "x")
    assert "id of row 2 too" in found.problem


def test_an_id_with_other_content_in_another_file(theater: Theater, tmp_path: Path) -> None:
    one = write_claims_csv(tmp_path / "a.csv", [claim("oak", "crown", claim_id="x")])
    two = write_claims_csv(tmp_path / "b.csv", [claim("elm", "rebels", claim_id="x")])
    with pytest.raises(ClaimsError, match="claim_id") as caught:
        read_claims([one, two], theater)
    found = only(list(caught.value.complaints))
    assert (found.file, found.row) == (str(two), 2)
    assert "a.csv" in found.problem


def test_all_complaints_of_all_files_at_once(theater: Theater, tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    good = claim("oak", "crown")
    write_claims_csv(one, [good, good | {"actor": "x", "relation": "y"}, good | {"certainty": ""}])
    text = one.read_text(encoding="utf-8").replace("\n", "\n\n", 1)  # a blank line below the header
    one.write_text(text + "a," * 30 + "z\n", encoding="utf-8")
    two = tmp_path / "two.csv"
    two.write_bytes(b"\xff")
    with pytest.raises(ClaimsError) as caught:
        read_claims([one, two, tmp_path / "none.csv"], theater)
    found = [(Path(one.file).name, one.row, one.column) for one in caught.value.complaints]
    assert found == [
        ("one.csv", 4, "relation"),
        ("one.csv", 4, "actor"),
        ("one.csv", 5, "certainty"),
        ("one.csv", 6, ""),
        ("two.csv", 1, ""),
        ("none.csv", 0, ""),
    ]
    message = str(caught.value)
    assert "one.csv: 4 complaints\n  row 4, column relation: 'y'" in message
    assert "two.csv: 1 complaint\n  row 1: is not UTF-8" in message


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x00", b"event_date;place\n", b"event_date,event_date\n", b"\xef\xbb\xbf\n",
     b"event_date,actor,relation,certainty,publisher,source_title\n"],
)  # fmt: skip
def test_files_of_another_shape(theater: Theater, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(ClaimsError):
        read_claims([path], theater)


def test_a_header_without_place_says_what_it_needs(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "event_date,actor,relation,certainty,publisher,source_title\n", encoding="utf-8"
    )
    with pytest.raises(ClaimsError, match="needs a column place or place_id"):
        read_claims([path], theater)


def test_unknown_columns_are_a_warning(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text(
        "event_date,place,actor,relation,certainty,publisher,source_title,mood\n"
        "2030-03-01,Oakham,crown,controls,asserted,Wire,Title,fine\n",
        encoding="utf-8",
    )
    with pytest.warns(SyriamapWarning, match="columns not used: mood"):
        assert len(read_claims([path], theater)) == 1


def test_complaints_are_text_of_one_line_each() -> None:
    complaints = [Complaint("a.csv", 0, "", "", "is odd"), Complaint("a.csv", 3, "x", "y\nz", "no")]
    assert complaint_list(complaints).splitlines() == [
        "a.csv: 2 complaints", "  file: is odd", "  row 3, column x: 'y\\nz' no"
    ]  # fmt: skip


# --- dates --------------------------------------------------------------------------------------


def test_claims_until(claims_of: ClaimsOf) -> None:
    claims = claims_of([
        claim("oak", "crown", day="2030-03-01", reported_on="2030-03-05"),
        claim("elm", "crown", day="2030-03-02"),
        claim("ash", "crown", day="2030-03-03", reported_on="2030-03-03"),
    ])  # fmt: skip
    assert claims_until(claims, date(2030, 3, 2))["place_id"].tolist() == ["oak", "elm"]
    known = claims_until(claims, date(2030, 3, 9), known_by=date(2030, 3, 4))
    assert known["place_id"].tolist() == ["elm", "ash"]
    assert claims_until(claims, date(2029, 1, 1)).empty


# --- written and read back ----------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(
    let_through
)


@st.composite
def any_rows(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(1, 5))):
        by_point = draw(st.booleans())
        where = (
            {"place": draw(TEXT) + "x", "lat": repr(draw(st.floats(46.0, 47.0))),
             "lon": repr(draw(st.floats(14.0, 15.2)))}
            if by_point
            else {"place": draw(st.sampled_from(["", "Elsewhere", "=1+1"]))}
        )  # fmt: skip
        rows.append(
            claim(
                "" if by_point else draw(st.sampled_from(["oak", "elm"])),
                draw(st.sampled_from(["crown", "rebels"])),
                draw(st.sampled_from(RELATIONS)),
                certainty=draw(st.sampled_from(CERTAINTIES)),
                publisher=draw(TEXT) + ".",
                reported_on=draw(st.sampled_from(["", "2030-03-04"])),
                note=draw(TEXT),
                place_note=draw(TEXT),
                asserted_by=draw(TEXT),
                source_url=draw(st.sampled_from(["", "https://example.org/a?b=c"])),
                claim_id=draw(st.sampled_from(["", f"own-{number}"])),
                **where,
            )
            | {"source_title": f"{number} " + draw(TEXT)}
        )
    return rows


@pytest.mark.parametrize(("column", "most"), [("publisher", 500), ("place", 500), ("note", 10_000)])
def test_a_text_without_end_is_a_complaint(
    complaints_of: ComplaintsOf, claims_of: ClaimsOf, column: str, most: int
) -> None:
    """A page carries each text to every reader."""
    row = claim("oak", "crown")
    assert len(claims_of([row | {column: "x" * most}])) == 1
    (found,) = complaints_of([row | {column: "x" * (most + 1)}])
    assert (found.row, found.column) == (2, column)
    assert f"{most:,} would do" in found.problem


@given(rows=any_rows())
@example([claim("oak", "crown", note="=cmd|'/c calc'!A1", claim_id="1", asserted_by="-x")])
@example([claim("", "crown", place="@hill", lat="46.5", lon="14.5", note="'=quoted")])
@example([claim("oak", "crown", note='line\nbreak, "quote"', place_note="a\rb")])
def test_claims_written_and_read_back_are_equal(
    theater: Theater,
    claims_of: ClaimsOf,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Row],
) -> None:
    claims = claims_of(rows)
    path = write_claims(claims, tmp_path_factory.getbasetemp() / "written.csv")
    pd.testing.assert_frame_equal(read_claims([path], theater), claims)


def test_formulas_are_neutralized_in_the_file(claims_of: ClaimsOf, tmp_path: Path) -> None:
    rows = [claim("", "crown", place="=1+1", lat="46.5", lon="14.5", note="@x", publisher="-p")]
    path = write_claims(claims_of(rows), tmp_path / "out.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        (written,) = csv.DictReader(stream)
    assert (written["place"], written["note"], written["publisher"]) == ("'=1+1", "'@x", "'-p")
    assert written["lat"] == "46.5"


def test_reading_a_written_copy_beside_the_original_changes_nothing(
    theater: Theater, tmp_path: Path
) -> None:
    rows = [
        claim("oak", "crown"),
        claim("", "rebels", place="Elmstead"),
        claim("", "rebels", place="Hill", lat="46.5", lon="14.5"),
        claim("", "rebels", place="Newton", lat="46.1", lon="14.1"),
        claim("elm", "rebels", claim_id="own"),
    ]
    original = write_claims_csv(tmp_path / "original.csv", rows)
    claims = read_claims([original], theater)
    copy = write_claims(claims, tmp_path / "copy.csv")
    pd.testing.assert_frame_equal(read_claims([original, copy], theater), claims)


HEADER = ",".join(CLAIM_COLUMNS).encode()
SCRAPS = st.lists(
    st.sampled_from([b",", b"\n", b'"', b"\r", b"2030-03-01", b"oak", b"crown", b"captured", b"asserted",
                     b"46.5", b"14.5", b"\xff", b"\0", b"=", b"'", b"nan", b"1e999", b";"])
    | st.binary(max_size=4),
    max_size=60,
).map(b"".join)  # fmt: skip


@given(content=SCRAPS | SCRAPS.map(lambda tail: HEADER + b"\n" + tail))
@example(HEADER + b",,\n,2030-03-01")
@example(HEADER + b"\n,2030-W09-5,,Oakham,,,,,crown,captured,,,asserted,Wire,Title,,,\n")
@example(HEADER + b"\n,2030-03-01,,,,0,0,,,,,,,,,,,\n")
def test_any_bytes_are_read_or_complained_of(
    theater: Theater, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-claims.csv"
    path.write_bytes(content)
    frame, complaints = check_claims(path, theater, Gazetteer(theater))
    assert tuple(frame.columns) == CLAIM_COLUMNS
    try:
        claims = read_claims([path], theater)
    except SyriamapError:
        assert complaints
    else:
        assert not complaints
        assert np.isfinite(claims[["lat", "lon"]].to_numpy(float)).all()


def test_the_words_of_a_claim_are_those_of_the_design() -> None:
    design: dict[str, Any] = {
        "relations": "controls captured lost withdrew contested entered besieged advanced_toward struck",
        "certainties": "asserted claimed unconfirmed denied",
    }  # fmt: skip
    assert " ".join(RELATIONS) == design["relations"]
    assert " ".join(CERTAINTIES) == design["certainties"]


@pytest.mark.parametrize(
    ("precision", "reported", "counts"),
    [
        ("", "", "2030-03-04"), ("day", "", "2030-03-04"), ("week", "", "2030-03-10"),
        ("week", "2030-03-06", "2030-03-06"), ("month", "", "2030-03-31"),
        ("month", "2030-05-01", "2030-03-31"), ("year", "", "2030-12-31"),
    ],
)  # fmt: skip
def test_an_imprecise_date_counts_from_its_end(
    claims_of: Callable[[list[Row]], pd.DataFrame], precision: str, reported: str, counts: str
) -> None:
    row = claim("oak", "crown", "controls", day="2030-03-04", reported_on=reported,
                date_precision=precision)  # fmt: skip
    claims = claims_of([row])
    assert list(dates_settled(claims)) == [pd.Timestamp(counts)]
    day = date.fromisoformat(counts)
    assert len(claims_until(claims, day)) == 1
    assert claims_until(claims, day - timedelta(days=1)).empty


def test_claims_in_order_are_taken_as_they_stand(claims_of: ClaimsOf) -> None:
    days = ("2030-03-02", "2030-03-01", "2030-03-02", "2030-02-01")
    rows = [claim("oak", "crown", "controls", day=day) for day in days]
    claims = claims_of([row | {"claim_id": f"n{9 - at}"} for at, row in enumerate(rows)])
    assert claims["claim_id"].tolist() == ["n6", "n8", "n7", "n9"]
    assert in_order(claims) is claims
    for turned in (claims[::-1], claims.iloc[[0, 1, 3, 2]]):
        pd.testing.assert_frame_equal(in_order(turned), claims)
