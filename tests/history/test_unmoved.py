"""When the lines of another day are taken again, and when they are drawn anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from theaters import PLACES, arcadia, claim

from syriamap.history.unmoved import unmoved_frontline
from syriamap.pipeline.build import series
from syriamap.territory.frontline import frontline_from_territory
from syriamap.theater.folder import Theater

MAY, LATE_MAY, JUNE = date(2030, 5, 1), date(2030, 5, 31), date(2030, 6, 1)
WEST, EAST = shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)


def territory(theater: Theater, east: Any = EAST, **changes: Any) -> gpd.GeoDataFrame:
    """Crown in the west, guests in the east, who turn hostile to each other on 1 June."""
    columns = {
        "actor": ["crown", "guests"], "leaning": ["crown", "guests"], "status": ["held", "held"],
        **changes,
    }  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=[WEST, east], crs=theater.metric_crs)


def day(theater: Theater, when: date = MAY) -> Any:
    there = territory(theater)
    lines = frontline_from_territory(there, theater, when)
    return SimpleNamespace(theater=theater, date=when, territory=there, frontline=lines)


def test_the_same_shapes_have_the_same_lines(theater: Theater) -> None:
    before = day(theater)
    assert unmoved_frontline(before, territory(theater), LATE_MAY) is before.frontline


def test_other_stances_make_other_lines(theater: Theater) -> None:
    before = day(theater)
    assert before.frontline["kind"].tolist() == ["boundary"]
    assert unmoved_frontline(before, territory(theater), JUNE) is None
    # and back again
    assert unmoved_frontline(day(theater, JUNE), territory(theater), MAY) is None
    # stances of actors who do not meet are nothing to the line
    alone = before.territory.iloc[:1]
    lines = frontline_from_territory(alone, theater, MAY)
    lonely: Any = SimpleNamespace(theater=theater, date=MAY, territory=alone, frontline=lines)
    assert unmoved_frontline(lonely, alone, JUNE) is lines


@pytest.mark.parametrize(
    "changes",
    [
        {"leaning": ["crown", "rebels"]},
        {"status": ["held", "undetermined"]},
        {"status": ["contested", "held"]},
        {"east": shapely.box(1000, 0, 2500, 1000)},
        {"east": shapely.box(1000, 0, 2000, 1000)},
    ],
    ids=["leaning", "status", "other status", "shape", "a copy"],
)
def test_what_differs_is_drawn_anew(theater: Theater, changes: dict[str, Any]) -> None:
    assert unmoved_frontline(day(theater), territory(theater, **changes), LATE_MAY) is None


def test_more_or_fewer_areas_are_drawn_anew(theater: Theater) -> None:
    before = day(theater)
    assert unmoved_frontline(before, before.territory.iloc[:1], LATE_MAY) is None


def test_a_series_over_a_change_of_stances(tmp_path: Path) -> None:
    """No claim and no shape changes between the days; the line between the two does."""
    holders = {"oak": "crown", "elm": "crown", "ash": "crown", "newton-w": "crown"}
    rows = [
        claim(str(place["place_id"]), holders.get(str(place["place_id"]), "guests"), "controls",
              day="2030-05-01")
        for place in PLACES
    ]  # fmt: skip
    folder = arcadia(tmp_path / "arcadia", claims=rows)
    days = series("2030-06-01", since="2030-05-30", theater=folder).days
    assert [one.frontline["kind"].tolist() for one in days] == [
        ["boundary"], ["boundary"], ["front"],
    ]  # fmt: skip
    assert days[1].frontline is days[0].frontline
    pd.testing.assert_frame_equal(
        pd.DataFrame(days[2].frontline.drop(columns="kind")),
        pd.DataFrame(days[1].frontline.drop(columns="kind")),
    )
