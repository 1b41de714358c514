"""What is kept of inputs and days changes nothing but time."""

from __future__ import annotations

import datetime as dt
import sqlite3
import warnings
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, strategies as st
from theaters import arcadia, claim, write_claims_csv

from syriamap.errors import ClaimsError
from syriamap.files import SyriamapWarning
from syriamap.pipeline.asking import ask
from syriamap.pipeline.frame_arrays import packed_frames, unpacked_frames
from syriamap.pipeline.kept_days import kept_day

building = import_module("syriamap.pipeline.build")
inputs = import_module("syriamap.pipeline.kept_inputs")
DAY = dt.date(2030, 3, 5)
OWN = [claim("oak", "crown", "controls"), claim("pine", "rebels", "controls", day="2030-03-04")]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return arcadia(tmp_path / "arcadia", claims=OWN)


def same(one: Any, two: Any) -> None:
    if isinstance(one, gpd.GeoDataFrame):
        assert isinstance(two, gpd.GeoDataFrame)
        assert one.crs == two.crs
        assert (shapely.to_wkb(one.geometry.array) == shapely.to_wkb(two.geometry.array)).all()
        one, two = one.drop(columns="geometry"), two.drop(columns="geometry")
    pd.testing.assert_frame_equal(one, two, check_exact=True)


# --- frames -------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.text(), st.floats(), st.lists(st.text()).map(tuple), st.booleans(), st.dates())
    )
)
def test_frames_come_out_as_they_went_in(rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    frame = pd.DataFrame(
        {
            "text": pd.Series(columns[0], dtype=object),
            "number": np.array(columns[1], dtype=float),
            "ids": pd.Series(list(columns[2]), dtype=object),
            "flag": np.array(columns[3], dtype=bool),
            "day": np.array(columns[4], dtype="datetime64[s]"),
        }
    )
    packed = packed_frames({"one": frame}, {"told": [1]})
    if packed is None:  # a lone surrogate is no UTF-8
        assert any("\ud800" <= sign <= "\udfff" for sign in repr(rows))
        return
    again, more = unpacked_frames(packed)
    same(frame, again["one"])
    assert more == {"told": [1]}


def test_an_index_by_name_and_text_of_pandas() -> None:
    frame = pd.DataFrame({"a": pd.Series(["x", "y"], dtype="str"), "n": [1, 2]})
    frame.index = pd.Index(["p", "q"], dtype=object, name="id")
    packed = packed_frames({"one": frame})
    assert packed is not None
    same(frame, unpacked_frames(packed)[0]["one"])


@pytest.mark.parametrize(
    "odd",
    [
        pd.DataFrame({"a": [["a list"]]}),
        pd.DataFrame({"a": [{1, 2}]}),
        pd.DataFrame({"a": pd.Categorical(["x"])}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({"a": pd.Series([float("nan"), "x"], dtype=object)}),
    ],
)
def test_what_would_come_out_otherwise_is_not_packed(odd: pd.DataFrame) -> None:
    assert packed_frames({"one": odd}) is None


# --- inputs -------------------------------------------------------------------------------------


def test_inputs_are_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(theater=folder)
    monkeypatch.setattr(inputs, "_keep", lambda *_: pytest.fail("read again"))
    second = ask(theater=folder)
    same(first.claims, second.claims)
    same(first.theater.places, second.theater.places)
    same(first.theater.water, second.theater.water)
    assert first.theater.boundary.equals_exact(second.theater.boundary, 0.0)
    assert first.digest == second.digest != ""
    assert first.theater.settings == second.theater.settings
    assert first.theater.bounds == second.theater.bounds


@pytest.mark.parametrize("file", ["places.csv", "actors.csv", "boundary.geojson", "theater.toml"])
def test_another_byte_is_another_digest(folder: Path, file: str) -> None:
    before = ask(theater=folder).digest
    path = folder / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert ask(theater=folder).digest != before


def test_claims_and_areas_of_the_caller_count(folder: Path, tmp_path: Path) -> None:
    mine = write_claims_csv(tmp_path / "mine.csv", [claim("elm", "rebels", "controls")])
    before = ask(theater=folder).digest
    added = ask(theater=folder, claims=mine)
    assert added.digest not in {"", before}
    assert len(added.claims) == 3
    write_claims_csv(mine, [claim("elm", "crown", "controls")])
    other = ask(theater=folder, claims=mine)
    assert other.digest != added.digest
    assert set(other.claims["actor"]) == {"crown", "rebels"}


def test_rows_that_sqlite_keeps_beside_its_file_count(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    rows = [
        claim("elm", "rebels", "controls"),
        claim("oak", "rebels", "controls", day="2030-03-02"),
    ]
    with closing(sqlite3.connect(mine)) as database:
        database.execute("pragma journal_mode = wal")
        pd.DataFrame(rows[:1]).to_sql("claims", database, index=False)
        database.execute("pragma wal_checkpoint(truncate)")
        before = ask(theater=folder, claims=mine)
        content = mine.read_bytes()
        pd.DataFrame(rows[1:]).to_sql("claims", database, index=False, if_exists="append")
        after = ask(theater=folder, claims=mine)
        assert mine.read_bytes() == content
    assert len(after.claims) == len(before.claims) + 1


def test_what_is_wrong_is_told_each_time(folder: Path, tmp_path: Path) -> None:
    mine = write_claims_csv(tmp_path / "mine.csv", [claim("nowhere", "rebels", "controls")])
    for _ in range(2):
        with pytest.raises(ClaimsError, match="nowhere"):
            ask(theater=folder, claims=mine)


def test_warnings_are_told_each_time(folder: Path) -> None:
    settings = folder / "theater.toml"
    settings.write_text("odd_key = 1\n" + settings.read_text("utf-8"), encoding="utf-8")
    for _ in range(2):
        with pytest.warns(SyriamapWarning, match="odd_key"):
            ask(theater=folder)


def test_frames_and_read_theaters_have_no_digest(folder: Path) -> None:
    question = ask(theater=folder)
    assert ask(theater=question.theater).digest == ""
    frame = pd.DataFrame([claim("elm", "rebels", "controls")])
    assert ask(theater=folder, claims=frame).digest == ""
    assert replace(question, claims=question.claims.iloc[:1]).digest == ""


def test_a_forged_file_is_not_believed(folder: Path, own_folder: Path) -> None:
    first = ask(theater=folder)
    (path,) = own_folder.glob("inputs-*.npz")
    path.write_bytes(path.read_bytes().replace(b"crown", b"forge"))
    same(first.claims, ask(theater=folder).claims)


# --- days ---------------------------------------------------------------------------------------


def test_a_day_is_worked_out_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = building.build(DAY, theater=folder)
    monkeypatch.setattr(building, "_worked_out", lambda *_: pytest.fail("worked out again"))
    second = building.build(DAY, theater=folder)
    for name in ("control", "states", "territory", "frontline", "events"):
        same(getattr(first, name), getattr(second, name))
    assert first.held_out == second.held_out
    same(first.control, building.build_control(DAY, theater=folder))


def test_other_questions_are_other_days(folder: Path) -> None:
    building.build(DAY, theater=folder)
    question = ask(theater=folder)
    assert kept_day(question, DAY) is not None
    assert kept_day(question, DAY + dt.timedelta(1)) is None
    assert kept_day(replace(question, known_by=DAY), DAY) is None
    assert kept_day(replace(question, according_to="rebels"), DAY) is None
    assert kept_day(replace(question, claims=question.claims.iloc[:1]), DAY) is None


def test_a_page_from_what_was_kept_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    pages = []
    for number in range(2):
        building.build(DAY, theater=folder).save_page(tmp_path / f"{number}.html")
        pages.append((tmp_path / f"{number}.html").read_bytes())
    assert pages[0] == pages[1]
    with warnings.catch_warnings():
        building.build(DAY, theater=folder).webmap().save(tmp_path / "folium.html")
    assert (tmp_path / "folium.html").read_bytes() == pages[0]


# --- data sets and databases --------------------------------------------------------------------


def test_a_data_set_is_read_once_and_read_anew_when_it_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    from syriamap.claims import read_claims
    from syriamap.claims.dataset import write_dataset
    from syriamap.theater import read_theater

    theater, table = read_theater(folder), tmp_path / "more.csv"
    claims = read_claims(write_claims_csv(table, [claim("elm", "rebels", "controls")]), theater)
    held = write_dataset(claims, tmp_path / "set", theater)
    words = {"theater": folder, "claims": str(held)}
    first = ask(**words)
    assert first.digest
    with monkeypatch.context() as patch:
        patch.setattr("syriamap.claims.reader.read_claims", lambda *_: pytest.fail("read again"))
        again = ask(**words)
    same(first.claims, again.claims)
    write_dataset(claims.assign(certainty="claimed"), held, theater)
    changed = ask(**words)
    assert changed.digest != first.digest
    assert set(changed.claims["certainty"]) == {"asserted", "claimed"}
    (part,) = held.glob("theater=*/*/*.parquet")
    part.write_bytes(b"PAR1 is not what was written")
    with pytest.raises(ClaimsError, match="is damaged"):
        ask(**words)


def test_a_database_that_cannot_be_copied_is_complained_of_once(folder: Path) -> None:
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    address = "postgresql://somebody@127.0.0.1:1/war/claims"
    with pytest.raises(ClaimsError, match=r"cannot be read: connection failed"):
        ask(theater=folder, claims=address)


def test_columns_of_text_that_repeat_are_their_own() -> None:
    frames = [
        pd.DataFrame({"one": pd.Series(texts, dtype="str"), "two": pd.Series(texts, dtype=object)})
        for texts in ([], [""], ["a", "b"], ["a", "b"], ["a"] * 9, ["b"] * 9)
    ]
    for frame in frames:
        packed = packed_frames({"frame": frame})
        assert packed is not None
        (again,) = unpacked_frames(packed)[0].values()
        same(frame, again)
        again["one"] = again["one"] + "x"  # what becomes of one is not seen in the next
        again.loc[again.index[:1], "two"] = "changed"


# --- series -------------------------------------------------------------------------------------


def test_a_series_is_cut_once(
    folder: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = import_module("syriamap.pipeline.kept_atoms")
    asked = {"theater": folder, "since": "2030-03-03"}
    made = building.series("2030-03-05", **asked).atoms
    (file,) = own_folder.glob("atoms-*.npz")
    with monkeypatch.context() as no_cutting:
        no_cutting.setattr(kept, "atoms_from_territories", None)
        read = building.series("2030-03-05", **asked).atoms
    assert (shapely.to_wkb(read.geometry.array) == shapely.to_wkb(made.geometry.array)).all()
    assert read.geometry.crs == made.geometry.crs
    assert read.states == made.states
    for name in ("area_km2", "history", "area"):
        assert np.array_equal(getattr(read, name), getattr(made, name))
        assert getattr(read, name).dtype == getattr(made, name).dtype
    building.series("2030-03-05", theater=folder, since="2030-03-04").atoms  # noqa: B018
    assert len(list(own_folder.glob("atoms-*.npz"))) == 2
    file.write_bytes(file.read_bytes()[:100])
    again = building.series("2030-03-05", **asked).atoms
    assert np.array_equal(again.history, made.history)


def test_a_series_of_frames_is_not_kept(own_folder: Path, folder: Path) -> None:
    claims = building.build("2030-03-05", theater=folder).claims
    asked = {"theater": folder, "claims": claims, "only_claims": True}
    building.series("2030-03-05", since="2030-03-04", **asked).atoms  # noqa: B018
    assert not list(own_folder.glob("atoms-*.npz"))
