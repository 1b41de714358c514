"""Theater folders: what is read, what is complained of, what may be missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from theaters import (
    ACTORS,
    OUTLINE,
    PLACES,
    Row,
    arcadia,
    island_state,
    required_only,
    twenty_actors,
    two_actors,
    write_config,
    write_csv,
    write_geojson,
    write_theater,
)

from syriamap.errors import TheaterError
from syriamap.files import SyriamapWarning
from syriamap.names.gazetteer import Gazetteer
from syriamap.theater.drawn_areas import OwnArea, areas_beside, write_own_areas
from syriamap.theater.folder import PLACE_COLUMNS, Theater, default_folder, read_theater

BOWTIE = {"type": "Polygon", "coordinates": [[[14, 46], [15, 47], [15, 46], [14, 47], [14, 46]]]}


def refusal(folder: Path, **options: Any) -> str:
    with pytest.raises(TheaterError) as caught:
        read_theater(folder, **options)
    return str(caught.value)


# --- what is read -------------------------------------------------------------------------------


def test_the_whole_of_a_theater(theater: Theater) -> None:
    assert (theater.id, theater.title, theater.metric_crs) == ("arcadia", "Arcadia", "EPSG:32633")
    assert theater.bounds == (14.0, 46.0, 15.2, 47.0)
    assert theater.places.index.name == "place_id"
    assert set(theater.places.columns) == set(PLACE_COLUMNS[1:])
    assert theater.places.at["oak", "population"] == 90000
    assert pd.isna(theater.places.at["yew", "population"])
    assert theater.places.at["yew", "name_ar"] == ""
    assert theater.places["lat"].dtype == float
    assert theater.actors.at["crown", "short"] == "Crown"
    assert theater.actors.at["rebels", "short"] == "Rebel Front"
    assert theater.actors.at["guard", "valid_to"] == pd.Timestamp("2030-06-30")
    assert pd.isna(theater.actors.at["crown", "valid_to"])
    assert set(theater.admin1["iso"]) == {"AR-W", "AR-E"}
    assert theater.water["kind"].tolist() == ["river"]
    assert theater.boundary.area == pytest.approx(1.2)
    assert "Arcadia" in theater.border_statement


def test_only_the_required_files(tmp_path: Path) -> None:
    theater = read_theater(required_only(tmp_path))
    assert len(theater.places) == 4
    assert theater.attribution == ()
    assert theater.settings == {}
    for name in ("names", "stances", "publishers", "asserters", "water", "admin1", "neighbors",
                 "roads", "disputed"):  # fmt: skip
        assert len(getattr(theater, name)) == 0
    assert theater.water.crs == "EPSG:4326"
    assert {"name", "kind", "barrier"} <= set(theater.water.columns)
    assert theater.boundary_variants == ()
    assert theater.stance("red", "blue", date(2030, 1, 1)) == "hostile"


def test_twenty_actors_and_an_island(tmp_path: Path) -> None:
    assert len(read_theater(twenty_actors(tmp_path / "a")).actors) == 20
    isles = read_theater(island_state(tmp_path / "b"))
    assert shapely.get_num_geometries(isles.boundary) == 2


def test_sides_and_stances_by_date(theater: Theater) -> None:
    before, after = date(2030, 5, 31), date(2030, 6, 1)
    assert theater.stance("crown", "militia", before) == "allied"
    assert theater.stance("crown", "rebels", before) == "hostile"
    assert theater.stance("league", "brigade", before) == "allied"
    assert theater.stance("guests", "crown", before) == "neutral"
    assert theater.stance("crown", "guests", after) == "hostile"
    assert theater.side_of("brigade") == "rebels"
    assert theater.side_of("nobody listed") == "nobody listed"


def test_equal_folders_have_equal_digests(tmp_path: Path) -> None:
    one, two = arcadia(tmp_path / "one"), arcadia(tmp_path / "two")
    assert read_theater(one).digest() == read_theater(two).digest()
    write_csv(two / "places.csv", PLACES[:-1])
    assert read_theater(one).digest() != read_theater(two).digest()
    (one / "claims").mkdir()
    (one / "claims" / "x.csv").write_text("x", encoding="utf-8")
    assert read_theater(one).digest() == read_theater(arcadia(tmp_path / "three")).digest()


def test_engine_settings_and_attribution(tmp_path: Path) -> None:
    folder = arcadia(tmp_path, engine={"reach_km": 10}, attribution=["Made up, CC0"])
    theater = read_theater(folder)
    assert theater.settings["reach_km"] == 10
    assert theater.attribution == ("Made up, CC0",)
    write_config(folder, attribution="One text")
    assert read_theater(folder).attribution == ("One text",)


# --- borders ------------------------------------------------------------------------------------


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    smaller = shapely.box(14.0, 46.0, 15.0, 47.0)
    features: list[tuple[Row, Row]] = [
        ({"name": "Arcadia", "statement": "With the east."}, OUTLINE),
        ({"name": "Arcadia", "variant": "west", "statement": "Without the east."},
         shapely.geometry.mapping(smaller)),
    ]  # fmt: skip
    write_geojson(arcadia(tmp_path) / "boundary.geojson", features)
    return tmp_path


def test_the_outline_without_variant_is_the_default(disputed: Path) -> None:
    theater = read_theater(disputed)
    assert theater.boundary.bounds == (14.0, 46.0, 15.2, 47.0)
    assert theater.border_statement == "With the east."
    assert theater.boundary_variants == ("west",)


def test_a_variant_is_chosen_by_name(disputed: Path) -> None:
    theater = read_theater(disputed, border="west")
    assert theater.boundary.bounds == (14.0, 46.0, 15.0, 47.0)
    assert theater.border_statement == "Without the east."
    assert theater.digest() != read_theater(disputed).digest()


def test_an_unknown_variant_names_those_that_there_are(disputed: Path) -> None:
    assert "no border variant 'east'; there are: west" in refusal(disputed, border="east")
    assert "there are: none" in refusal(required_only(disputed / "plain"), border="x")


def test_variants_alone_are_no_outline(tmp_path: Path) -> None:
    write_geojson(arcadia(tmp_path) / "boundary.geojson", [({"variant": "a"}, OUTLINE)])
    with pytest.raises(TheaterError, match="no feature without `variant`"):
        _ = read_theater(tmp_path).boundary


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not readable as GeoJSON"),
        ("[]", "not readable as GeoJSON"),
        ("null", "not readable as GeoJSON"),
        ('{"type": "FeatureCollection"}', "not readable as GeoJSON"),
        ('{"type": "FeatureCollection", "features": [1]}', "not readable as GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "no outline in it"),
        ('{"type": "Feature", "geometry": null}', "no outline in it"),
        ('{"type": "Feature", "geometry": {"type": "Blob", "coordinates": []}}', "geometry"),
        ('{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[1]]]}}', "geometry"),
        ('{"type": "Feature", "geometry": {"type": "Polygon"}}', "geometry"),
        ('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}', "no outline"),
        ('{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}}', "no outline"),
        ('{"type": "Feature", "properties": 3, "geometry": {"type": "Polygon", '
         '"coordinates": [[[14,46],[15,46],[15,47],[14,46]]]}}', "GeoJSON"),
    ],
)  # fmt: skip
def test_bad_outlines(tmp_path: Path, text: str, words: str) -> None:
    (arcadia(tmp_path) / "boundary.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(TheaterError, match=words) as caught:
        _ = read_theater(tmp_path).boundary
    assert "boundary.geojson" in str(caught.value)


def test_an_outline_that_crosses_itself(tmp_path: Path) -> None:
    theater = read_theater(write_theater(tmp_path, outline=BOWTIE))
    with pytest.raises(TheaterError, match="crosses itself"):
        _ = theater.boundary


def test_an_outline_that_is_not_utf8(tmp_path: Path) -> None:
    (arcadia(tmp_path) / "boundary.geojson").write_bytes(b"\xff\xfe")
    with pytest.raises(TheaterError, match=r"boundary\.geojson"):
        _ = read_theater(tmp_path).boundary


def test_a_bad_layer_is_named(tmp_path: Path) -> None:
    (arcadia(tmp_path) / "roads.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(TheaterError, match=r"roads\.geojson"):
        _ = read_theater(tmp_path).roads


# --- complaints ---------------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "no such theater folder" in refusal(tmp_path / "none")


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    write_config(tmp_path)
    assert "places.csv, actors.csv, boundary.geojson missing" in refusal(tmp_path)


def test_missing_keys_are_all_named(tmp_path: Path) -> None:
    write_config(arcadia(tmp_path), title=None, bounds=None)
    assert "keys missing: title, bounds" in refusal(tmp_path)


def test_unknown_keys_and_columns_are_warnings(tmp_path: Path) -> None:
    arcadia(tmp_path, moon="full")
    with pytest.warns(SyriamapWarning, match="keys not used: moon"):
        read_theater(tmp_path)
    write_config(tmp_path)
    write_csv(tmp_path / "actors.csv", [row | {"motto": "x"} for row in ACTORS])
    with pytest.warns(SyriamapWarning, match="columns not used: motto"):
        assert len(read_theater(tmp_path).actors) == len(ACTORS)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("id", "a/b", "names the output file"),
        ("id", "", "is not a text"),
        ("title", 3, "is not a text"),
        ("metric_crs", "EPSG:1", "is no CRS"),
        ("metric_crs", "nonsense", "is no CRS"),
        ("metric_crs", "EPSG:4326", "is in degrees"),
        ("equal_area_crs", "EPSG:4326", "is in degrees"),
        ("bounds", [14, 46, 15], "would do"),
        ("bounds", [15, 46, 14, 47], "would do"),
        ("bounds", ["a", "b", "c", "d"], "would do"),
        ("bounds", 5, "would do"),
        ("bounds", [14, 46, 15, 97], "would do"),
    ],
)
def test_bad_settings(tmp_path: Path, key: str, value: Any, words: str) -> None:
    write_config(arcadia(tmp_path), **{key: value})
    message = refusal(tmp_path)
    assert words in message
    assert key in message
    assert "theater.toml" in message


@pytest.mark.parametrize("content", [b"id = ", b"\xff", b"id == 1"])
def test_settings_that_are_no_toml(tmp_path: Path, content: bytes) -> None:
    (arcadia(tmp_path) / "theater.toml").write_bytes(content)
    assert "not readable as TOML" in refusal(tmp_path)


def test_a_former_id_is_no_id_and_leads_to_a_place(tmp_path: Path) -> None:
    arcadia(tmp_path)
    table = tmp_path / "former_ids.csv"
    write_csv(table, [{"former_id": "acorn", "place_id": "oak"}])
    assert Gazetteer(read_theater(tmp_path)).one("acorn") == "oak"
    assert Gazetteer.read(tmp_path).position("acorn") == (46.2, 14.2)
    wrong = [("acorn", "oak"), ("acorn", "elm"), ("elm", "oak"), ("seed", "beech"), ("a b", "oak"),
             ("", "oak")]  # fmt: skip
    write_csv(table, [{"former_id": one, "place_id": place} for one, place in wrong])
    message = refusal(tmp_path)
    for part in (
        "row 3, column former_id: 'acorn' stands twice",
        "row 4, column former_id: 'elm' is the id of a place in places.csv",
        "row 5, column place_id: 'beech' is not in places.csv",
        "row 6, column former_id: 'a b'",
    ):
        assert part in message
    assert message.count("row 7, column former_id: is empty") == 1


def test_all_complaints_about_all_tables_at_once(tmp_path: Path) -> None:
    arcadia(tmp_path)
    write_csv(
        tmp_path / "places.csv",
        [
            *PLACES[:2],
            PLACES[0],
            {"place_id": "", "name": "", "kind": "town", "lat": "north", "lon": "200"},
            {"place_id": "p", "name": "P", "kind": "town", "lat": "", "lon": "nan",
             "population": "many"},
        ],
    )  # fmt: skip
    write_csv(
        tmp_path / "actors.csv",
        [
            *two_actors(),
            {"actor_id": "bad", "name": "Bad", "color": "red", "side": "", "successor": "none",
             "valid_from": "2030-02-30"},
            {"actor_id": "late", "name": "Late", "color": "#000000", "side": "l",
             "valid_from": "2030-02-02", "valid_to": "2030-02-01"},
        ],
    )  # fmt: skip
    write_csv(tmp_path / "names.csv", [{"place_id": "nowhere", "name": ""}])
    write_csv(tmp_path / "stances.csv", [{"side_a": "red", "side_b": "x", "stance": "friendly"}])
    write_csv(tmp_path / "publishers.csv", [{"publisher": "P", "reliability": "Z"}])
    write_csv(tmp_path / "asserters.csv", [{"asserted_by": "", "side": "red"}])
    message = refusal(tmp_path)
    for part in (
        "places.csv: 8 complaints",
        "row 4, column place_id: 'oak' stands twice",
        "row 5, column place_id: is empty",
        "row 5, column name: is empty",
        "row 5, column lat: 'north' is no coordinate",
        "row 5, column lon: '200' is no coordinate",
        "row 6, column lat: is no coordinate",
        "row 6, column lon: 'nan' is no coordinate",
        "row 6, column population: 'many' is no number of people",
        "row 4, column color: 'red' is no color; #rrggbb would do",
        "row 4, column side: is empty",
        "row 4, column successor: 'none' is not an actor_id",
        "row 4, column valid_from: '2030-02-30' is no date",
        "row 5, column valid_to: '2030-02-01' lies before valid_from",
        "row 2, column place_id: 'nowhere' is not in places.csv",
        "row 2, column name: is empty",
        "row 2, column side_b: 'x' is no side",
        "row 2, column stance: 'friendly' is no stance",
        "row 2, column reliability: 'Z' is no Admiralty grade",
        "row 2, column asserted_by: is empty",
    ):
        assert part in message


@pytest.mark.parametrize("name", ["places", "actors"])
def test_a_table_without_rows(tmp_path: Path, name: str) -> None:
    path = arcadia(tmp_path) / f"{name}.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(header + "\n", encoding="utf-8")
    assert f"has no {name}" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["places", "actors", "names", "stances", "publishers"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a;b\n1;2\n", b"x,y\n1,2\n"])
def test_a_table_of_another_shape(tmp_path: Path, name: str, content: bytes) -> None:
    (arcadia(tmp_path) / f"{name}.csv").write_bytes(content)
    assert f"{name}.csv: " in refusal(tmp_path)


def test_syria_is_the_default_and_is_found() -> None:
    folder = default_folder()
    assert (folder / "theater.toml").is_file()
    assert folder.name == "syria"


def test_capitals_are_places_of_the_theater(tmp_path: Path) -> None:
    assert read_theater(arcadia(tmp_path / "a", capitals=["oak"])).capitals == ("oak",)
    with pytest.raises(TheaterError, match="'nowhere' a place_id"):
        read_theater(arcadia(tmp_path / "b", capitals=["oak", "nowhere"]))
    with pytest.raises(TheaterError, match="not a list of place_ids"):
        read_theater(arcadia(tmp_path / "c", capitals=[3]))


def test_areas_beside_its_own_claims_come_with_a_theater(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "land", claims=[])
    table = folder / "claims" / "made-up.csv"
    assert not read_theater(folder).own_areas
    write_own_areas([OwnArea("meadow", shapely.box(14.2, 46.2, 14.4, 46.4))], areas_beside(table))
    assert set(read_theater(folder).own_areas) == {"meadow"}
    areas_beside(table).write_text("{", encoding="utf-8")
    assert "made-up-areas.geojson" in refusal(folder)
