"""GeoJSON as RFC 7946 has it, with everything on the map."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from theaters import Row, claim, write_claims_csv

from syriamap.errors import ExportError
from syriamap.export import writer_for
from syriamap.pipeline.build import Build, build
from syriamap.theater.folder import Theater

ROWS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("elm", "crown", "controls"),
    claim("elm", "rebels", "captured", publisher="Agency"),
    claim("pine", "rebels", "controls"),
    claim("fir", "rebels", "struck", against="crown", day="2030-03-04", claim_id="strike"),
    claim("", "guests", "controls", place='Camp "<x>" {{1}}', lat="46.9", lon="14.1"),
]


@pytest.fixture(scope="module")
def made(theater: Theater, tmp_path_factory: pytest.TempPathFactory) -> Build:
    file = write_claims_csv(tmp_path_factory.mktemp("export") / "claims.csv", ROWS)
    return build("2030-03-05", theater=theater, claims=[file], known_by="2030-03-20")


@pytest.fixture(scope="module")
def document(made: Build, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = made.export(tmp_path_factory.mktemp("out") / "deep" / "map.geojson")
    return json.loads(path.read_text(encoding="utf-8"))


def layer(document: Any, name: str) -> list[Any]:
    return [one for one in document["features"] if one["properties"]["layer"] == name]


def test_the_collection(document: Any) -> None:
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document  # RFC 7946, section 4
    assert {one["type"] for one in document["features"]} == {"Feature"}
    layers = [one["properties"]["layer"] for one in document["features"]]
    assert list(dict.fromkeys(layers)) == ["territory", "frontline", "place", "event"]
    assert document["metadata"]["date"] == "2030-03-05"
    assert document["metadata"]["known_by"] == "2030-03-20"
    assert "Arcadia" in document["metadata"]["border"]


def test_the_fields_of_the_design(document: Any) -> None:
    def fields(name: str) -> list[str]:
        return list(layer(document, name)[0]["properties"])[1:]

    assert fields("territory")[:5] == ["actor", "leaning", "status", "confidence", "area_km2"]
    assert fields("frontline")[:4] == ["actor_a", "actor_b", "kind", "length_km"]
    assert {"place_id", "name", "actor", "status", "since", "evidence"} <= set(fields("place"))
    assert {"kind", "actor", "event_date", "claim_ids"} <= set(fields("event"))


def test_geometry_is_in_degrees_longitude_first(document: Any) -> None:
    for feature in document["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape.is_valid
        west, south, east, north = shape.bounds
        assert 13.99 <= west <= east <= 15.21
        assert 45.99 <= south <= north <= 47.01
        coordinates = shapely.get_coordinates(shape)
        assert (coordinates == coordinates.round(6)).all()


def test_outer_rings_run_counterclockwise(document: Any) -> None:
    for feature in layer(document, "territory"):
        outer, *holes = feature["geometry"]["coordinates"]
        assert shapely.LinearRing(outer).is_ccw
        assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)


def test_areas_stay_a_coverage(document: Any, made: Build) -> None:
    areas = [
        shapely.from_geojson(json.dumps(one["geometry"])) for one in layer(document, "territory")
    ]
    assert shapely.coverage_is_valid(areas)
    total = sum(one["properties"]["area_km2"] for one in layer(document, "territory"))
    assert total == pytest.approx(made.territory["area_km2"].sum())


def test_values_are_plain(document: Any) -> None:
    places = {one["properties"]["place_id"]: one["properties"] for one in layer(document, "place")}
    assert places["oak"]["since"] == "2030-03-01"
    assert places["oak"]["evidence"] is True
    assert places["newton-w"]["since"] is None
    assert places["oak"]["name_ar"] == "أوكهام"
    camp = next(one for one in places.values() if one["name"].startswith("Camp"))
    assert camp["name"] == 'Camp "<x>" {{1}}'
    (event,) = layer(document, "event")
    assert event["properties"]["claim_ids"] == ["strike"]
    assert event["properties"]["event_date"] == "2030-03-04"
    assert event["geometry"]["coordinates"] == [14.9, 46.5]


def test_twice_the_same_bytes(made: Build, tmp_path: Path) -> None:
    one, two = made.export(tmp_path / "one.geojson"), made.export(tmp_path / "two.json")
    assert one.read_bytes() == two.read_bytes()
    assert "أوكهام" in one.read_text(encoding="utf-8")


def test_an_empty_map_is_written_too(theater: Theater, tmp_path: Path) -> None:
    path = build(date(2030, 3, 5), theater=theater).export(tmp_path / "empty.geojson")
    document = json.loads(path.read_text(encoding="utf-8"))
    assert len(layer(document, "territory")) == 1
    assert not layer(document, "frontline")
    assert not layer(document, "event")


@pytest.mark.parametrize("name", ["map.shp", "map", "map.geojson.zip", ".geojson/x"])
def test_unknown_endings_name_the_known_ones(name: str) -> None:
    with pytest.raises(ExportError, match=r"there are: .*\.geojson"):
        writer_for(name)


def test_endings_in_capitals_are_fine() -> None:
    assert writer_for("MAP.GEOJSON") is writer_for("map.geojson")
