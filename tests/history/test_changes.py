"""What changed hands between two days: the balance, the tables, and nothing in no time."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from syriamap.history.changes import CHANGES_COLUMNS, changes_csv, changes_markdown
from syriamap.pipeline.build import Series, series


def test_balance_closes(advance: Series) -> None:
    balance = advance.changes().balance
    assert balance["before_percent"].sum() == pytest.approx(100)
    assert balance["after_percent"].sum() == pytest.approx(100)
    assert balance["gained_km2"].sum() == pytest.approx(balance["lost_km2"].sum())
    moved = balance["before_km2"] + balance["gained_km2"] - balance["lost_km2"]
    assert np.allclose(moved, balance["after_km2"])
    nobody = balance[balance["actor"] == ""]
    assert {"contested", "undetermined"} <= set(nobody["status"])


def test_changes_as_csv(advance: Series) -> None:
    rows = list(csv.DictReader(io.StringIO(changes_csv(advance.changes()))))
    assert tuple(rows[0]) == CHANGES_COLUMNS
    places = [row for row in rows if row["kind"] == "place"]
    areas = [row for row in rows if row["kind"] == "area"]
    assert len(places) + len(areas) == len(rows)
    aleppo = next(row for row in places if row["name"] == "Aleppo")
    assert aleppo["to_actor"] == "hts"
    assert aleppo["claim_ids"].startswith("c-")
    assert float(aleppo["lat"]) == pytest.approx(36.2, abs=0.1)
    assert all(float(row["area_km2"]) > 0 for row in areas)
    first, last = advance.days[0].states, advance.days[-1].states
    old = first.set_index("place_id").reindex(last["place_id"])
    differs = (old["actor"].to_numpy() != last["actor"].to_numpy()) | (
        old["status"].to_numpy() != last["status"].to_numpy()
    )
    assert len(places) == differs.sum()


def test_changes_as_markdown(advance: Series) -> None:
    text = changes_markdown(advance.changes(), advance.days[0].theater, title="A | <b>")
    assert text.startswith("# A \\| &lt;b>\n")
    assert "| Sum | " in text
    assert "| undetermined | " in text


def test_nothing_changes_in_no_time() -> None:
    made = series("2024-11-28", since="2024-11-28")
    assert made.changes().rows.empty
    assert made.changes().balance["gained_km2"].sum() == 0
