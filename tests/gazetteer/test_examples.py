"""The example theaters: other wars, made by the commands that users have."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from syriamap.claims.reader import read_claims
from syriamap.claims.sources import Context, import_claims
from syriamap.control.claimed import control_from_claims
from syriamap.names.gazetteer import Gazetteer
from syriamap.pipeline.build import build
from syriamap.theater.checking import checked_theater
from syriamap.theater.folder import Theater, read_theater

EXAMPLES = Path(__file__).parents[2] / "gazetteer" / "examples"


@cache
def known(name: str) -> tuple[Theater, pd.DataFrame, Gazetteer]:
    """Theater, claims and names of an example, read once."""
    theater = read_theater(EXAMPLES / name)
    return theater, read_claims(theater.claim_files, theater), Gazetteer(theater)


@pytest.mark.parametrize("name", ["sudan", "ukraine"])
def test_an_example_is_whole(name: str) -> None:
    theater, complaints, warnings = checked_theater(EXAMPLES / name)
    assert theater is not None, complaints
    assert not warnings
    _, claims, _ = known(name)
    assert len(claims) >= 60
    assert claims["source_url"].str.startswith("http").all()
    assert set(claims["publisher"]) == set(theater.publishers.index)
    assert set(claims["asserted_by"]) - {""} <= set(theater.asserters.index)


@pytest.mark.parametrize(
    ("name", "place", "day", "actor"),
    [
        ("sudan", "Nyala", "2023-12-31", "rsf"),
        ("sudan", "Wad Medani", "2024-06-01", "rsf"),
        ("sudan", "Wad Medani", "2025-06-01", "saf"),
        ("sudan", "Singa", "2024-12-31", "saf"),
        ("sudan", "El Fasher", "2025-06-01", "saf"),
        ("sudan", "El Fasher", "2025-12-31", "rsf"),
        ("sudan", "الخرطوم", "2025-06-01", "saf"),
        ("ukraine", "Маріуполь", "2024-08-17", "ru"),
        ("ukraine", "Харків", "2024-08-17", "ua"),
        ("ukraine", "Avdiivka", "2024-08-17", "ru"),
    ],
)
def test_who_holds_what(name: str, place: str, day: str, actor: str) -> None:
    theater, claims, gazetteer = known(name)
    found = gazetteer.resolve(place)
    assert found.accepted
    control = control_from_claims(claims, theater, date.fromisoformat(day)).set_index("place_id")
    assert control.loc[found.candidates[0].place_id, "leaning"] == actor


def test_the_import_of_ukraine_gives_its_claims(tmp_path: Path) -> None:
    folder = EXAMPLES / "ukraine"
    kept = folder / "claims" / "2024-08.csv"
    with kept.open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream))
    names = ("publisher", "source_title", "source_url", "archive_url", "reported_on")
    context = Context(
        known("ukraine")[0], "csv",
        columns={"place": "Name", "actor": "Held by", "event_date": "As of"},
        constants={name: first[name] for name in names},
    )  # fmt: skip
    made = import_claims(folder / "raw" / "towns.csv", tmp_path / "out.csv", context)
    assert (tmp_path / "out.csv").read_bytes() == kept.read_bytes()
    assert sum(made.unmapped.values()) == 198


def test_a_map_of_another_war() -> None:
    made = build("2025-12-31", theater=EXAMPLES / "sudan")
    assert {"saf", "rsf"} <= set(made.territory["actor"])
    assert made.metadata()["title"].startswith("Control in Sudan")


def test_a_daily_polygon_is_drawn_as_it_lies(tmp_path: Path) -> None:
    """One polygon without properties and a coast of its own, as daily maps of this war have it."""
    theater = known("ukraine")[0]
    west = [(38.2, 50.2), (37.6, 49.0), (37.9, 48.2), (36.0, 47.4), (33.2, 46.7), (31.0, 46.3)]
    line = [*west, (31, 44), (42, 44)]
    coast = shapely.simplify(theater.boundary, 0.005)
    shape = shapely.intersection(shapely.Polygon([*line, (42, 50.2)]), coast)
    path = tmp_path / "map_20240817.geojson"
    path.write_text(
        f'{{"type":"Feature","properties":{{}},"geometry":{shapely.to_geojson(shape)}}}'
    )
    context = Context(theater, "geojson", constants={"actor": "ru"}, rest="ua")
    import_claims(path, tmp_path / "out.csv", context)
    made = build("2024-08-17", theater=theater, claims=[tmp_path / "out.csv"], only_claims=True)
    crs = theater.equal_area_crs
    wanted = gpd.GeoSeries([shape], crs=4326).to_crs(crs).iloc[0]
    theirs = made.territory[made.territory["leaning"] == "ru"].to_crs(crs).union_all()
    assert theirs.area == pytest.approx(wanted.area, rel=0.01)
    assert theirs.symmetric_difference(wanted).area < 0.01 * wanted.area
