"""Polygons of control: any format, one file or a folder of days, and the land without places."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from incoming import taken_in
from theaters import arcadia, write_csv

from syriamap.claims.sources import Context, Imported
from syriamap.errors import ClaimsError, SourceError, TheaterError
from syriamap.pipeline.build import build
from syriamap.theater.drawn_areas import (
    OwnArea,
    areas_beside,
    points_in_drawn,
    write_own_areas,
)
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)
SOUTH = shapely.box(14.05, 46.05, 14.6, 46.3)  # Newton (west), Oakham, Elmstead
NORTH = shapely.box(14.6, 46.4, 15.15, 46.95)  # Firwood, Pineburgh, Larchmont, Newton (east)


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    folder = arcadia(tmp_path_factory.mktemp("areas") / "arcadia")
    write_csv(folder / "import_actors.csv", [
        {"format": "*", "name": "*occupied*", "actor": "rebels"},
        {"format": "*", "name": "#a52714", "actor": "rebels"},
    ])  # fmt: skip
    return read_theater(folder)


@pytest.fixture
def run(land: Theater, tmp_path: Path) -> Any:
    def imported(
        content: Any, kind: str = "geojson", day: date | None = DAY, **more: Any
    ) -> tuple[Imported, list[dict[str, str]]]:
        if isinstance(content, Path):
            return taken_in(content, None, Context(land, kind, day, **more))
        path = tmp_path / more.pop("name", f"in.{kind}")
        text = content if isinstance(content, str) else json.dumps(content)
        return taken_in(path, text, Context(land, kind, day, **more))

    return imported


def feature(shape: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(shape),
    }


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def held(rows: list[dict[str, str]]) -> dict[str, str]:
    return {one["place_id"]: one["actor"] for one in rows if one["place_id"]}


IN_SOUTH = {"newton-w": "rebels", "oak": "rebels", "elm": "rebels"}


@pytest.mark.parametrize(
    "properties",
    [{"actor": "Rebel Front"}, {"Side": "rebels"}, {"name": "x /// Occupied /// y.status"}, {"fill": "#a52714"},
     {"name": "Nobody", "status": "occupied since 2029"}],
)  # fmt: skip
def test_the_holder_is_found_by_property_part_or_fill(run: Any, properties: dict[str, str]) -> None:
    _, rows = run(collection(feature(SOUTH, **properties)))
    assert held(rows) == IN_SOUTH


def test_any_crs_collections_and_rings(run: Any, tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"actor": ["rebels"]}, geometry=[SOUTH], crs=4326)
    mercator = json.loads(frame.to_crs(3857).to_json())
    mercator["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    _, rows = run(mercator)
    assert held(rows) == IN_SOUTH
    del mercator["crs"]
    with pytest.raises(SourceError, match="no degrees and the file names no crs"):
        run(mercator)
    ring = [list(point) for point in frame.to_crs(3857).geometry[0].exterior.coords][::-1]
    esri = {
        "spatialReference": {"wkid": 102100},
        "features": [{"attributes": {"Control": "rebels"}, "geometry": {"rings": [ring]}}],
    }
    _, rows = run(esri, columns={"actor": "Control"})
    assert held(rows) == IN_SOUTH
    mixed = shapely.GeometryCollection([SOUTH, shapely.Point(14, 46)])
    _, rows = run(collection(feature(mixed, actor="rebels")))
    assert held(rows) == IN_SOUTH
    for name, kind in (("a.shp", "shp"), ("a.gpkg", "gpkg")):
        frame.to_file(tmp_path / name)
        _, rows = run(tmp_path / name, kind)
        assert held(rows) == IN_SOUTH


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Style id="front"><PolyStyle><color>801427a5</color></PolyStyle></Style>
<Folder>{folder}<Placemark>{name}{style}<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates>
</LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Crown</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{other}</coordinates>
</LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"""


@pytest.mark.parametrize(
    ("folder", "name", "style"),
    [
        ("", "<name>rebels</name>", ""),
        ("<name>Control areas</name>", "<name>rebels</name>", ""),
        ("<name>Control areas</name>", "<name>South</name>", "<styleUrl>#front</styleUrl>"),
        ("", "", "<ExtendedData><Data name='who'><value>rebels</value></Data></ExtendedData>"),
    ],
)
def test_kml_tries_every_name_and_never_a_neighbors(
    run: Any, folder: str, name: str, style: str
) -> None:
    rings = [" ".join(f"{x},{y},0" for x, y in shape.exterior.coords) for shape in (SOUTH, NORTH)]
    _, rows = run(
        KML.format(folder=folder, name=name, style=style, ring=rings[0], other=rings[1]), "kml"
    )
    assert {key: value for key, value in held(rows).items() if value == "rebels"} == IN_SOUTH
    assert set(held(rows).values()) == {"rebels", "crown"}


def test_an_archive_of_kml_and_marks_that_say_nothing(run: Any, tmp_path: Path) -> None:
    rings = [" ".join(f"{x},{y},0" for x, y in shape.exterior.coords) for shape in (SOUTH, NORTH)]
    text = KML.format(folder="<name>Rebel Front</name>", name="", style="", ring=rings[0], other="")
    marks = (
        "<Placemark><name>Rebels</name><Point><coordinates>14,46</coordinates></Point></Placemark>"
        "<Placemark><name>Nobody</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{rings[1]}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    )
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", text.replace("</Document>", marks + "</Document>"))
    made, rows = run(tmp_path / "a.kmz", "kmz")
    assert held(rows) == IN_SOUTH
    assert made.unmapped["a name of no actor"] == 1
    assert made.unmapped["not a polygon"] == 2


def test_constants_the_day_in_a_name_and_what_is_not_used(run: Any) -> None:
    bare = collection(feature(SOUTH))
    _, rows = run(
        bare,
        day=None,
        name="map_20300305.geojson",
        constants={"actor": "rebels", "publisher": "Wire"},
    )
    assert held(rows) == IN_SOUTH
    assert {(one["event_date"], one["publisher"]) for one in rows} == {("2030-03-05", "Wire")}
    for more, words in (
        ({"constants": {"actr": "rebels"}}, "no column of a claim: actr"),
        ({"constants": {"actor": "nobody"}}, "no actor of the theater"),
        ({"columns": {"lat": "y"}}, "--column lat: not used"),
        ({"columns": {"actor": "nothing"}}, "no property 'nothing'"),
        ({"rest": "nobody", "constants": {"actor": "rebels"}}, "--rest 'nobody' is no actor"),
        ({}, "no claim in it, nothing written"),
    ):
        with pytest.raises(SourceError, match=words):
            run(bare, **more)
    with pytest.raises(SourceError, match="have no date"):
        run(bare, day=None, constants={"actor": "rebels"})


def test_values_points_and_contested_areas(run: Any) -> None:
    shapes = collection(
        feature(SOUTH, name="Taken 31.03"), feature(NORTH, name="Unknown status"),
        feature(shapely.Point(14.25, 46.5), name="Ashford", actor="Crown", date="2030-02-01"),
        feature(shapely.Point(14.25, 46.5), name="Attack"),
    )  # fmt: skip
    made, rows = run(shapes, values={"taken": "rebels", "unknown": "contested"})
    assert held(rows)["oak"] == "rebels"
    assert {one["relation"] for one in rows if one["place_id"] in {"fir", "pine"}} == {"contested"}
    (point,) = [one for one in rows if one["place"] == "Ashford"]
    assert (point["event_date"], point["actor"], point["lat"]) == ("2030-02-01", "crown", "46.5")
    assert dict(made.unmapped) == {"a point, not a polygon": 1}


def test_overlaps_are_reported_and_contested(run: Any) -> None:
    made, rows = run(
        collection(feature(SOUTH, actor="rebels"), feature(SOUTH.buffer(-0.04), actor="crown"))
    )
    assert any("overlap" in note for note in made.notes)
    assert [one["relation"] for one in rows if one["place_id"] == "oak"] == ["contested"]


def test_a_folder_of_days_makes_claims_where_something_changes(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    for day, shape in (
        ("20300301", SOUTH),
        ("20300302", SOUTH),
        ("20300303", shapely.box(14.05, 46.05, 14.4, 46.3)),
    ):
        (folder / f"map_{day}.geojson").write_text(
            json.dumps(collection(feature(shape, actor="rebels")))
        )
    _, rows = run(folder, day=None)
    told = [(one["event_date"], one["place_id"] or "land", one["relation"]) for one in rows]
    assert told == [
        ("2030-03-01", "oak", "controls"), ("2030-03-01", "elm", "controls"), ("2030-03-01", "newton-w", "controls"),
        ("2030-03-01", "land", "controls"), ("2030-03-03", "elm", "lost"), ("2030-03-03", "land", "lost"),
    ]  # fmt: skip
    _, rows = run(folder, day=None, rest="Crown")
    assert [one["actor"] for one in rows if one["place_id"] == "elm"] == ["rebels", "crown"]


def test_an_area_with_a_rest_is_the_map(run: Any, land: Theater, tmp_path: Path) -> None:
    """A polygon without properties, over villages and empty land, is drawn where it lies."""
    shape = shapely.Polygon(
        [(14.1, 46.1), (14.9, 46.15), (14.75, 46.55), (14.5, 46.35), (14.2, 46.7)]
    )
    _, _rows = run(collection(feature(shape)), constants={"actor": "rebels"}, rest="crown")
    made = build("2030-03-05", theater=land, claims=[tmp_path / "out.csv"], only_claims=True)
    crs = land.equal_area_crs
    wanted = gpd.GeoSeries([shape], crs=4326).to_crs(crs).iloc[0]
    theirs = made.territory[made.territory["leaning"] == "rebels"].to_crs(crs).union_all()
    assert theirs.area == pytest.approx(wanted.area, rel=0.01)
    assert theirs.symmetric_difference(wanted).area < 0.01 * wanted.area


def test_an_area_is_kept_beside_the_claims(run: Any, land: Theater, tmp_path: Path) -> None:
    """Land without places follows the polygon, also where nobody says who holds the rest."""
    empty = shapely.box(14.8, 46.1, 15.1, 46.3)
    made, rows = run(collection(feature(empty, actor="rebels")))
    assert made.areas == tmp_path / "out-areas.geojson"
    (kept,) = json.loads(made.areas.read_text(encoding="utf-8"))["features"]
    (row,) = [one for one in rows if one["area_id"]]
    assert (row["area_id"], row["place_id"]) == (kept["properties"]["area_id"], "")
    assert shapely.geometry.shape(kept["geometry"]).equals(empty)
    claims = tmp_path / "out.csv"
    drawn = build(DAY, theater=land, claims=[claims], only_claims=True)
    held = drawn.territory[drawn.territory["status"] == "held"].to_crs(4326).union_all()
    assert shapely.contains_xy(held, 14.95, 46.2)
    assert not any(drawn.states["place_id"].str.startswith("drawn-"))
    made.areas.unlink()
    with pytest.raises(ClaimsError, match=r"out-areas.geojson beside the table"):
        build(DAY, theater=land, claims=[claims], only_claims=True)


def test_a_line_that_moves_is_followed_day_by_day(run: Any, land: Theater, tmp_path: Path) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    shapes = [shapely.box(14.05, 46.05, east, 46.8) for east in (14.45, 14.62, 14.3)]
    for number, shape in enumerate(shapes, start=1):
        text = json.dumps(collection(feature(shape)))
        (folder / f"map_2030030{number}.geojson").write_text(text)
    run(folder, day=None, constants={"actor": "rebels"}, rest="crown")
    crs = land.equal_area_crs
    for number, shape in enumerate(shapes, start=1):
        made = build(f"2030-03-0{number}", theater=land, claims=[tmp_path / "out.csv"],
                     only_claims=True, known_by=f"2030-03-0{number}")  # fmt: skip
        theirs = made.territory[made.territory["leaning"] == "rebels"].to_crs(crs).union_all()
        wanted = gpd.GeoSeries([shape], crs=4326).to_crs(crs).iloc[0]
        assert theirs.symmetric_difference(wanted).area < 0.02 * wanted.area


def test_areas_of_ones_own_are_heard_as_areas_are(land: Theater, tmp_path: Path) -> None:
    """Without `drawn` an area is what somebody speaks of, not a map: villages do not hear it."""
    table = write_csv(tmp_path / "mine.csv", [
        {"event_date": "2030-03-05", "area_id": "Bank", "actor": "rebels", "relation": "controls",
         "certainty": "asserted", "publisher": "Wire", "source_title": "News"}])  # fmt: skip
    beside = areas_beside(table)
    write_own_areas([OwnArea("Bank", SOUTH)], beside)
    made = build(DAY, theater=land, claims=[table], only_claims=True)
    assert set(made.control["place_id"]) <= {"oak", "elm", "newton-w"}
    assert not any(made.control["place_id"].str.startswith("drawn-"))
    beside.write_text('{"type":"FeatureCollection","features":[{"type":"Feature",'
                      '"properties":{},"geometry":{"type":"Point","coordinates":[14,46]}}]}')  # fmt: skip
    with pytest.raises(TheaterError, match=r"mine-areas.geojson: feature 1: Point is no area"):
        build(DAY, theater=land, claims=[table], only_claims=True)


def test_empty_land_of_a_drawn_area_hears_of_the_areas_around_it(
    land: Theater, tmp_path: Path
) -> None:
    """Who takes the whole country later takes the pocket in it that somebody once drew."""
    row = {"relation": "captured", "certainty": "asserted", "source_title": "News"}
    table = write_csv(tmp_path / "mine.csv", [
        {**row, "event_date": "2030-03-01", "area_id": "Pocket", "actor": "rebels", "publisher": "Wire"},
        {**row, "event_date": "2030-03-04", "area_id": "All", "actor": "crown", "publisher": "Agency"},
    ])  # fmt: skip
    pocket = OwnArea("Pocket", shapely.box(14.8, 46.1, 15.1, 46.3), drawn=True)
    write_own_areas([OwnArea("All", land.boundary), pocket], areas_beside(table))
    for day, holder in (("2030-03-02", "rebels"), ("2030-03-05", "crown")):
        made = build(day, theater=land, claims=[table], only_claims=True)
        points = made.control[made.control["place_id"].str.startswith("drawn-")]
        inside = points["lat"].between(46.1, 46.3) & points["lon"].between(14.8, 15.1)
        assert inside.any()
        assert set(points["leaning"][inside]) == {holder}


def test_points_along_an_edge_are_close_at_corners_and_beside_places(land: Theater) -> None:
    """A straight edge far from places needs few; none lie along the country's own outline."""
    _, south, east, north = land.boundary.bounds
    half = {"half": OwnArea("half", shapely.box(14.3, south - 1, east, north + 1), drawn=True)}
    no_places = np.empty((0, 2))
    alone = np.array(list(points_in_drawn(half, no_places, land.boundary).values()))
    edge = np.sort(alone[np.abs(alone[:, 1] - 14.3) < 0.02][:, 0]) * 111.2
    apart = np.diff(edge[::2])
    assert apart.max() == pytest.approx(8.0, abs=0.5)
    assert len(alone[alone[:, 1] > east - 0.01]) == 0
    middle = (south + north) / 2
    beside = points_in_drawn(half, np.array([[middle, 14.31]]), land.boundary)
    near = np.array(list(beside.values()))
    near = np.sort(near[np.abs(near[:, 1] - 14.3) < 0.02][:, 0]) * 111.2
    at = np.abs(near[::2] - middle * 111.2).argmin()
    assert np.diff(near[::2])[at - 1 : at + 1].min() < 3.5
    turned = {"bent": OwnArea("bent", shapely.box(14.3, middle, east + 1, north + 1), drawn=True)}
    corner = np.array(list(points_in_drawn(turned, no_places, land.boundary).values()))
    far = np.hypot((corner[:, 0] - middle) * 111.2, (corner[:, 1] - 14.3) * 77.0)
    assert np.sum(far < 4.0) >= 4


def test_an_area_of_ones_own_replaces_no_other(land: Theater, tmp_path: Path) -> None:
    """Two tables may bring the same area, but not two areas under one id."""
    for name, shape in (
        ("first", SOUTH),
        ("same", SOUTH),
        ("other", shapely.box(14.1, 46.1, 14.2, 46.2)),
    ):
        write_own_areas([OwnArea("Bank", shape)], areas_beside(tmp_path / f"{name}.csv"))
    first = land.with_areas_of([tmp_path / "first.csv"])
    assert first.with_areas_of([tmp_path / "same.csv"]).own_areas == first.own_areas
    with pytest.raises(
        TheaterError, match=r"other-areas.geojson: feature 1: 'Bank' is another area"
    ):
        first.with_areas_of([tmp_path / "other.csv"])


def test_a_file_may_hold_the_maps_of_several_days(run: Any) -> None:
    """Polygons that state their days are read as a folder of days is; ArcGIS has milliseconds."""
    east = shapely.box(14.05, 46.05, 14.4, 46.3)
    days = collection(
        feature(SOUTH, actor="rebels", date="2030-03-01"), feature(east, actor="rebels", date="2030-03-03")
    )  # fmt: skip
    _, rows = run(days, day=None)
    assert {(one["event_date"], one["relation"]) for one in rows if one["place_id"] == "elm"} == {
        ("2030-03-01", "controls"), ("2030-03-03", "lost"),
    }  # fmt: skip
    esri = {
        "features": [{"attributes": {"Control": "rebels", "Date": 1898553600000},
                      "geometry": {"rings": [list(map(list, SOUTH.exterior.coords))[::-1]]}}]
    }  # fmt: skip
    _, rows = run(esri, day=None, columns={"actor": "Control"})
    assert {one["event_date"] for one in rows} == {"2030-03-01"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (collection(feature(shapely.box(60, 16, 61, 17), actor="rebels")), "outside the theater"),
        (collection(feature(shapely.box(46.1, 14.1, 46.5, 14.6), actor="rebels")), "are lat and lon exchanged"),
        ({"frontline": [], "units": {}, "geos": {}}, "owlmaps"),
        ({"areas": [], "frontline": []}, "owlmaps"),
        ({"type": "Topology", "arcs": [], "objects": {}}, "is TopoJSON"),
        ({"error": {"code": 400, "message": "Invalid URL"}}, "answer of a server"),
        ({"type": "FeatureCollection", "features": []}, "no rows"),
        ("<!DOCTYPE html><html></html>", "is a web page"),
        ("[1, 2]", "no GeoJSON"),
    ],
)  # fmt: skip
def test_what_is_no_map_of_areas_is_named(run: Any, content: Any, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        run(content)


def test_broken_layers_say_so_in_one_line(run: Any, tmp_path: Path) -> None:
    for name, kind in (("a.gpkg", "gpkg"), ("a.shp", "shp"), ("a.kmz", "kmz")):
        (tmp_path / name).write_bytes(b"\x00\x01junk" * 20)
        with pytest.raises(SourceError, match="not") as caught:
            run(tmp_path / name, kind)
        assert "\n" not in str(caught.value)
        assert "DRIVER" not in str(caught.value)
    pyogrio.write_dataframe(pd.DataFrame({"actor": ["rebels"]}), tmp_path / "c.gpkg", layer="c")
    with pytest.raises(SourceError, match="not readable as a layer of shapes: it has none"):
        run(tmp_path / "c.gpkg", "gpkg")
    frame = gpd.GeoDataFrame({"actor": ["rebels"]}, geometry=[SOUTH], crs=4326)
    frame.to_file(tmp_path / "b.shp")
    (tmp_path / "b.shx").unlink()
    with pytest.raises(SourceError, match="all files of a Shapefile belong together"):
        run(tmp_path / "b.shp", "shp")


def test_own_exports_are_no_evidence(run: Any, land: Theater, tmp_path: Path) -> None:
    own = collection(
        feature(SOUTH, layer="territory", actor="rebels", leaning="rebels", status="held")
    )
    with pytest.raises(SourceError, match="a result, no evidence"):
        run(own)
    _, rows = run(own, own_exports=True)
    assert held(rows) == IN_SOUTH
