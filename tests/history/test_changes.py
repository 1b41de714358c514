"""What changed hands between two days: rows, balance and tables, by hand and of the real theater."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from syriamap.history.changes import (
    CHANGES_COLUMNS,
    Changes,
    changes_csv,
    changes_from_days,
    changes_markdown,
    markdown_text,
)
from syriamap.pipeline.build import Series, series

CRS = "EPSG:22770"
THEATER: Any = SimpleNamespace(
    equal_area_crs=CRS,
    actors=pd.DataFrame({"name": ["Red | Army", "Blue"]}, index=["red", "blue"]),
)
CLAIMED = ("a", "b")
"""Places with evidence."""


def day(places: dict[str, tuple[str, str]], areas: list[tuple[str, str, float]]) -> Any:
    """
    A day of places with holder and status, and of areas with holder, status and size.

    Areas lie side by side, 1 km high and so many km wide.
    """
    people = {"a": 10, "b": 20, "c": 7, "d": 5000}
    states = pd.DataFrame(
        [
            {"place_id": one, "name": one.upper(), "lat": 34.1234567, "lon": 36.0, "actor": actor,
             "status": status, "evidence": one in CLAIMED, "population": people[one]}
            for one, (actor, status) in places.items()
        ]
    )  # fmt: skip
    control = pd.DataFrame(
        {
            "place_id": list(CLAIMED),
            "since": pd.to_datetime(["2030-03-01", "2030-03-02"]),
            "claim_ids": [("c1", "c2"), ("c3",)],
        }
    )
    boxes, west = [], 0.0
    for *_, width in areas:
        boxes.append(shapely.box(west * 1000, 0, (west + width) * 1000, 1000))
        west += width
    table = {
        "actor": [actor for actor, *_ in areas],
        "leaning": [actor or "red" for actor, *_ in areas],
        "status": [status for _, status, _ in areas],
    }
    territory = gpd.GeoDataFrame(table, geometry=boxes, crs=CRS)
    return SimpleNamespace(states=states, control=control, territory=territory, theater=THEATER)


HELD = {"a": ("red", "held"), "b": ("red", "held"), "c": ("red", "held"), "d": ("red", "held")}


def changed(
    before: list[tuple[str, str, float]], after: list[tuple[str, str, float]], **places: Any
) -> Changes:
    return changes_from_days(day(HELD, before), day({**HELD, **places}, after))


def test_places_that_changed_holder_or_status_those_with_evidence_first() -> None:
    found = changed(
        [("red", "held", 1)], [("red", "held", 1)],
        c=("blue", "held"), d=("", "contested"), b=("red", "besieged"), a=("blue", "held"),
    ).rows  # fmt: skip
    assert found["place_id"].tolist() == ["b", "a", "d", "c"]  # the most populous first
    assert found["kind"].tolist() == ["place"] * 4
    rows = found[["from_actor", "from_status", "to_actor", "to_status"]].to_numpy().tolist()
    assert rows == [
        ["red", "held", "red", "besieged"], ["red", "held", "blue", "held"],
        ["red", "held", "", "contested"], ["red", "held", "blue", "held"],
    ]  # fmt: skip
    assert found["claim_ids"].tolist() == [("c3",), ("c1", "c2"), (), ()]
    assert found["lat"].tolist() == [34.12346] * 4
    unchanged = changed([("red", "held", 1)], [("red", "held", 1)])
    assert unchanged.rows.empty


def test_a_place_of_the_second_day_alone_was_nobodys() -> None:
    before, after = (
        day({"a": ("red", "held")}, [("red", "held", 1)]),
        day(HELD, [("red", "held", 1)]),
    )
    found = changes_from_days(before, after).rows
    assert found["place_id"].tolist() == ["b", "d", "c"]
    assert set(found["from_status"]) == {"undetermined"}
    assert set(found["from_actor"]) == {""}


def test_areas_are_pairs_of_states_the_largest_first() -> None:
    before = [("red", "held", 6), ("", "contested", 4)]
    after = [("red", "held", 1), ("red", "besieged", 1), ("blue", "held", 3), ("", "contested", 2),
             ("", "undetermined", 3)]  # fmt: skip
    found = changed(before, after).rows
    keys = ["from_actor", "from_status", "to_actor", "to_status", "area_km2"]
    assert found[keys].to_numpy().tolist() == [
        ["", "contested", "", "undetermined", 3.0],
        ["red", "held", "blue", "held", 3.0],
        ["red", "held", "", "contested", 1.0],
        ["red", "held", "red", "besieged", 1.0],
    ]
    assert set(found["kind"]) == {"area"}
    assert set(found["place_id"]) == {""}


@pytest.mark.parametrize(("width", "count"), [(0.004, 0), (0.006, 1), (0.016, 1)])
def test_an_area_that_rounds_to_nothing_is_none(width: float, count: int) -> None:
    found = changed([("red", "held", 1)], [("red", "held", 1 - width), ("blue", "held", width)])
    assert found.rows["area_km2"].tolist() == [round(width, 2)] * count
    # in the balance it stays
    assert found.balance["gained_km2"].sum() == pytest.approx(width)


def test_the_balance_closes() -> None:
    before = [("red", "held", 6), ("", "contested", 4)]
    after = [("red", "held", 1), ("red", "besieged", 1), ("blue", "held", 3), ("", "contested", 2),
             ("", "undetermined", 3)]  # fmt: skip
    found = changed(before, after).balance
    rows = found.round(6).to_numpy().tolist()
    # holder, status, before, gained, lost, after, percent before, percent after
    assert rows == [
        ["blue", "", 0.0, 3.0, 0.0, 3.0, 0.0, 30.0],
        ["red", "", 6.0, 0.0, 4.0, 2.0, 60.0, 20.0],
        ["", "undetermined", 0.0, 3.0, 0.0, 3.0, 0.0, 30.0],
        ["", "contested", 4.0, 1.0, 3.0, 2.0, 40.0, 20.0],
    ]
    assert (found["before_km2"] + found["gained_km2"] - found["lost_km2"]).tolist() == (
        pytest.approx(found["after_km2"].tolist())
    )


def test_rows_of_equal_size_stand_in_the_order_of_what_they_were() -> None:
    before = [("red", "held", 1), ("blue", "held", 1)]
    found = changed(before, [("blue", "held", 1), ("red", "held", 1)])
    assert found.rows["from_actor"].tolist() == ["blue", "red"]
    assert found.balance["actor"].tolist() == ["blue", "red"]


def test_as_csv_and_as_markdown() -> None:
    found = changed(
        [("red", "held", 1)], [("red", "held", 0.25), ("", "contested", 0.75)],
        a=("blue", "held"), c=("blue", "held"),
    )  # fmt: skip
    lines = changes_csv(found).splitlines()
    assert lines[0].startswith("kind,place_id,name")
    assert lines[1:] == [
        "place,a,A,34.12346,36.0,red,blue,held,held,,2030-03-01,c1;c2",
        "place,c,C,34.12346,36.0,red,blue,held,held,,,",
        "area,,,,,red,,held,contested,0.75,,",
    ]
    text = changes_markdown(found, THEATER, title="Two | days")
    assert text.startswith("# Two \\| days\n")
    assert "| Red \\| Army | 1 (100.0 %) | 0 | 1 | 0 (25.0 %) | -1 |" in text
    assert "| contested | 0 (0.0 %) | 1 | 0 | 1 (75.0 %) | +1 |" in text
    assert "| Sum | 1 (100.0 %) | | | 1 (100.0 %) | |" in text
    assert "2 places changed, 1 of them by a claim:" in text
    assert text.endswith("| A | Red \\| Army | Blue | 2030-03-01 |\n")


def test_text_is_inert_in_markdown() -> None:
    assert markdown_text("a|b *c* <d> & [e]\n#") == "a\\|b \\*c\\* &lt;d> &amp; \\[e\\] \\#"


# --- the real theater ---------------------------------------------------------------------------


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
