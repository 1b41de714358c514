"""Rows that are alike are checked once: the same claims and complaints as row by row."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from theaters import read_arcadia

from syriamap.claims.alike import checked_rows
from syriamap.claims.reader import read_claims
from syriamap.claims.rows import CLAIM_COLUMNS, RowChecker
from syriamap.claims.written import AROUND_COLUMNS, AS_WRITTEN
from syriamap.errors import ClaimsError
from syriamap.files import SyriamapWarning
from syriamap.names.gazetteer import Gazetteer
from syriamap.theater.folder import Theater

CELLS = {
    "claim_id": ("", "", "a", "no id"),
    "event_date": ("2030-03-01", "2030-03-01T23:30:00Z", "n/a", "1850-01-01"),
    "date_precision": ("", "Week", "soon"),
    "place": ("Oakham", "“Oakham”", "nowhere", ""),
    "place_id": ("", "oak", "zz"),
    "area_id": ("", "", "moon"),
    "lat": ("", "", "46.50", "91"),
    "lon": ("", "", "14.5", "x"),
    "place_note": ("", "near\nthe mill", "x" * 10_001),
    "actor": ("crown", "rebels", "Crown", "a;b", ""),
    "relation": ("captured", "Controls", "won"),
    "against": ("", "none", "rebels"),
    "asserted_by": ("", "NULL", "Mayor"),
    "certainty": ("asserted", "sure"),
    "publisher": ("Wire", "Paper", ""),
    "source_title": ("Title", "Another – title", ""),
    "source_url": ("", "\u200ehttps://wire.example/1", "ftp://x"),
    "archive_url": ("", "-", "no address"),
    "reported_on": ("", "2030-03-02", "2029-01-01"),
    "note": ("", "said twice"),
    "admin1": ("", "North"),
    "coordinates": ("", "46.5, 14.5"),
}


@pytest.fixture(scope="module")
def theater(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return read_arcadia(tmp_path_factory.mktemp("alike") / "arcadia")


def drawn(seed: int, rows: int, odd: float) -> pd.DataFrame:
    """A table most cells of which say the first that they may."""
    chance = random.Random(seed)  # noqa: S311
    table = {
        name: [
            chance.choice(CELLS[name]) if name in CELLS and chance.random() < odd
            else CELLS.get(name, ("",))[0]
            for _ in range(rows)
        ]
        for name in (*CLAIM_COLUMNS, *AROUND_COLUMNS)
    }  # fmt: skip
    return pd.DataFrame(table, index=pd.RangeIndex(2, rows + 2, name="row"), dtype=object)


@pytest.mark.parametrize(("seed", "odd"), [(1, 0.0), (2, 0.02), (3, 0.2), (4, 0.9)])
def test_claims_and_complaints_are_those_of_row_by_row(
    theater: Theater, seed: int, odd: float
) -> None:
    table, gazetteer = drawn(seed, 200, odd), Gazetteer(theater)
    together, alone = (RowChecker("file", theater, gazetteer) for _ in range(2))
    claims, fit = checked_rows(table, together)
    records, right = [], []
    for row, cells in table.to_dict("index").items():
        before = len(alone.complaints)
        records.append(alone.checked(int(str(row)), {str(name): cells[name] for name in cells}))
        right.append(len(alone.complaints) == before)
    assert claims.to_dict("list") == pd.DataFrame(records).to_dict("list")
    assert fit.tolist() == right
    assert together.complaints == alone.complaints
    assert together.far_rows == alone.far_rows
    assert bool(alone.complaints) == (odd > 0)


def test_a_place_that_is_named_often_is_looked_for_once(
    theater: Theater, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, checker = drawn(5, 300, 0.0), RowChecker("file", theater, Gazetteer(theater))
    table["source_title"] = [f"Issue {row}" for row in range(300)]
    calls: list[int] = []
    placed, said = checker.placed, checker.said
    monkeypatch.setattr(checker, "placed", lambda *words: calls.append(1) or placed(*words))
    monkeypatch.setattr(checker, "said", lambda *words: calls.append(2) or said(*words))
    claims, fit = checked_rows(table, checker)
    assert (len(calls), fit.all(), claims["claim_id"].nunique()) == (2, True, 300)


def test_texts_that_stand_by_themselves_are_left_as_they_are(theater: Theater) -> None:
    notation = RowChecker("file", theater, Gazetteer(theater)).notation
    for name in AS_WRITTEN:
        assert notation.in_claims({name: " N/A "}) == {name: " N/A "}
        assert notation.in_claims({name: "none"}) == {name: "none"}


def test_an_id_of_another_table_and_of_the_same(theater: Theater, tmp_path: Path) -> None:
    rows = drawn(6, 3, 0.0).assign(claim_id=["a", "b", "a"])
    first, second, third = (tmp_path / f"{name}.csv" for name in "123")
    rows.to_csv(first, index=False)
    rows[:2].assign(publisher="Paper").to_csv(second, index=False)
    rows[:2].to_csv(third, index=False)
    with pytest.warns(SyriamapWarning, match=r"1.csv: row 4 repeats row 2; it counts once"):
        claims = read_claims([first, third], theater)
    assert claims["claim_id"].tolist() == ["a", "b"]
    with pytest.raises(ClaimsError) as caught:
        read_claims([third, second], theater)
    told = [(one.row, one.column, one.value, one.problem) for one in caught.value.complaints]
    problem = f"is the id of row {{}} of {third} too; leave it empty to have one made"
    assert told == [
        (2, "claim_id", "a", problem.format(2)),
        (3, "claim_id", "b", problem.format(3)),
    ]
