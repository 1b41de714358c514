"""
Laws of territory and page, over random claims.

The heavier ones: each example draws a country, so few are drawn.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from theaters import Row, claim, village_grid, write_config, write_geojson

from syriamap.names.gazetteer import kilometers
from syriamap.pipeline.build import build
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)
FEW = settings(max_examples=2)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight by eight villages, 8 km apart."""
    folder = tmp_path_factory.mktemp("laws") / "land"
    return village_grid(folder, 8, corner=(46.1, 14.1), apart=(0.11, 0.14))


@st.composite
def wars(draw: st.DrawFn) -> list[Row]:
    """A front that runs somewhere, and what is wrong about it."""
    front = draw(st.integers(2, 6))
    wrong = draw(st.sets(st.integers(0, 31), max_size=3))
    rows = []
    for number in range(32):
        row, column = divmod(number * 2, 8)
        red = (column < front) != (number in wrong)
        publisher = ("Wire", "Agency", "Paper")[number % 3]
        rows.append(
            claim(f"p{row}{column}", "red" if red else "blue", "controls", publisher=publisher)
        )
    return rows


def made(rows: list[Row], folder: Path) -> Any:
    return build(DAY, theater=folder, claims=[pd.DataFrame(rows)], only_claims=True)


def drawn(one: Any) -> dict[str, tuple[str, str, str]]:
    return {
        str(row.place_id): (str(row.actor), str(row.leaning), str(row.status))
        for row in one.states.itertuples()
    }


@FEW
@given(rows=wars(), seed=st.integers(0, 9))
@pytest.mark.filterwarnings("ignore::syriamap.files.SyriamapWarning")
def test_order_and_duplicates_change_no_byte_of_the_page(
    country: Path, tmp_path_factory: pytest.TempPathFactory, rows: list[Row], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    other = random.Random(seed).sample([*rows, *rows[:10]], len(rows) + 10)  # noqa: S311
    for name, ones in (("a", rows), ("b", other)):
        made(ones, country).webmap().save(folder / f"{name}.html")
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same country; red is called zinc and blue azure, and the order of the two is turned."""
    folder = tmp_path_factory.mktemp("laws") / "named"
    village_grid(folder, 8, corner=(46.1, 14.1), apart=(0.11, 0.14))
    text = (
        (folder / "actors.csv").read_text("utf-8").replace("red", "azure").replace("blue", "zinc")
    )
    (folder / "actors.csv").write_text(text, encoding="utf-8")
    return folder


@FEW
@given(rows=wars())
def test_names_of_actors_change_no_area(country: Path, mirrored: Path, rows: list[Row]) -> None:
    names = {"red": "azure", "blue": "zinc", "": ""}
    one, other = (
        made(rows, country),
        made([{**row, "actor": names[row["actor"]]} for row in rows], mirrored),
    )
    there = drawn(other)
    for place, (actor, leaning, status) in drawn(one).items():
        assert there[place] == (names[actor], names[leaning], status)
    areas = [
        {(actor, status): km2 for actor, status, km2 in
         ready.territory.groupby(["actor", "status"])["area_km2"].sum().reset_index().itertuples(index=False)}
        for ready in (one, other)
    ]  # fmt: skip
    for (actor, status), km2 in areas[0].items():
        assert areas[1][names[actor], status] == pytest.approx(km2, rel=1e-6, abs=0.01)


# --- locality -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_land(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Ten by ten villages, 28 km apart: 250 km from one corner to the next."""
    folder = tmp_path_factory.mktemp("laws") / "long"
    outline = {
        "type": "Polygon",
        "coordinates": [[[12, 45], [16, 45], [16, 48], [12, 48], [12, 45]]],
    }
    village_grid(folder, 10, corner=(45.15, 12.2), apart=(0.28, 0.38))
    write_config(folder, bounds=[12, 45, 16, 48])
    write_geojson(folder / "boundary.geojson", [({"name": "Longland"}, outline)])
    return read_theater(folder)


@FEW
@given(place=st.integers(0, 99), count=st.integers(1, 3))
def test_a_false_claim_changes_nothing_beyond_100_km(
    long_land: Theater, place: int, count: int
) -> None:
    """The front runs through the middle; the false claims are told of one place."""
    rows = []
    for number in range(100):
        row, column = divmod(number, 10)
        actor = "red" if column < 5 else "blue"
        rows.append(claim(f"p{row}{column}", actor, "controls", publisher=f"Paper {number % 7}"))
    row, column = divmod(place, 10)
    turned = "blue" if column < 5 else "red"
    false = [
        claim(f"p{row}{column}", turned, "captured", day="2030-03-04", publisher=f"Gazette {n}",
              source_title="false")
        for n in range(count)
    ]  # fmt: skip
    before, after = (made(ones, long_land.folder) for ones in (rows, [*rows, *false]))
    here = tuple(long_land.places.loc[f"p{row}{column}", ["lat", "lon"]].to_numpy(float))
    there = drawn(after)
    far = [
        one
        for one in drawn(before)
        if kilometers(here, tuple(long_land.places.loc[one, ["lat", "lon"]].to_numpy(float))) > 100
    ]
    assert len(far) > 40
    changed = {one for one in far if drawn(before)[one] != there[one]}
    assert not changed
    sure = [ready.states.set_index("place_id")["confidence"] for ready in (before, after)]
    assert np.abs(sure[0][far] - sure[1][far]).max() < 0.05
