"""A theater from what is at hand, and everything that can be said about one at once."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from theaters import ACTORS, PLACES, arcadia, write_csv

from syriamap.cli.app import main
from syriamap.errors import TheaterError
from syriamap.names.gazetteer import Gazetteer
from syriamap.pipeline.build import build
from syriamap.theater.checking import checked_theater
from syriamap.theater.extent import area_error, chosen_crs, scale_error
from syriamap.theater.folder import read_theater
from syriamap.theater.making import NewActor, NewTheater, made_theater, parse_actor

BOX = shapely.box(24, 10, 36, 22)
ACTORS_NEW = (NewActor("one", "First Army"), NewActor("two", "Second Army"))


def outline(folder: Path) -> Path:
    path = folder / "outline.geojson"
    frame = gpd.GeoDataFrame(
        {"NAME": ["Here", "There"]}, geometry=[BOX, shapely.box(0, 0, 1, 1)], crs=4326
    )
    frame.to_file(path)
    return path


def geonames(folder: Path, count: int) -> Path:
    dice = random.Random(1)  # noqa: S311
    lines = []
    for number in range(count):
        lat, lon = dice.uniform(10, 22), dice.uniform(24, 36)
        others = f"Tell Qaryah {number},قرية {number},https://example.org"
        cells = [str(number), f"Tal Qarya {number}", f"Tal Qarya {number}", others, f"{lat:.4f}", f"{lon:.4f}", "P",
                 "PPLC" if not number else "PPL", "XX", "", "07", "", "", "", "7000", "", "", "Africa/Khartoum", ""]  # fmt: skip
        lines.append("\t".join(cells))
    path = folder / "XX.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_country_file_becomes_a_theater(tmp_path: Path) -> None:
    admin = tmp_path / "admin.geojson"
    gpd.GeoDataFrame({"ADM1_EN": ["West", "East"], "ADM1_PCODE": ["XX1", "XX2"]},
                     geometry=[shapely.box(24, 10, 30, 22), shapely.box(30, 10, 36, 22)], crs=4326).to_file(admin)  # fmt: skip
    water = tmp_path / "water.geojson"
    gpd.GeoDataFrame(
        {"name": ["Big River"]}, geometry=[shapely.LineString([(31, 5), (31, 25)])], crs=4326
    ).to_file(water)
    folder = tmp_path / "made"
    told = made_theater(
        NewTheater(
            "here",
            "Here",
            geonames(tmp_path, 3000),
            outline(tmp_path),
            ACTORS_NEW,
            "Here",
            water,
            admin,
        ),
        folder,
    )
    assert "3000 places" in told
    theater = read_theater(folder)
    assert (theater.timezone, theater.title) == ("Africa/Khartoum", "Here")
    assert theater.places["name_ar"].iloc[7] == "قرية 7"
    assert set(theater.places["admin1"]) == {"XX1", "XX2"}
    assert theater.places["kind"].value_counts().to_dict() == {"town": 2999, "city": 1}
    assert Gazetteer(theater).resolve("Tell Qaryah 12").accepted
    assert len(theater.water) == 1
    assert theater.actors["pattern"].nunique() == 2
    assert scale_error(theater.boundary, theater.metric_crs) < 0.005
    claims = pd.DataFrame([{"event_date": "2030-03-01", "place_id": f"gn-{n}", "actor": actor, "relation": "controls",
                            "certainty": "asserted", "publisher": "P", "source_title": "T"}
                           for n, actor in ((0, "one"), (1, "two"))])  # fmt: skip
    assert len(build("2030-03-01", theater=theater, claims=claims).territory)


@pytest.mark.parametrize("kind", ["csv", "geojson", "points"])
def test_tables_and_layers_of_places(tmp_path: Path, kind: str) -> None:
    rows = [{"admin4Name_en": f"Town {n}", "admin4Pcode": f"P{n}", "Latitude": 15 + n, "Longitude": 30.0,
             "admin1Name_en": "North"} for n in range(3)]  # fmt: skip
    path = write_csv(tmp_path / "p.csv", rows)
    if kind == "geojson":
        path = tmp_path / "p.geojson"
        frame = pd.DataFrame(rows).drop(columns=["Latitude", "Longitude"])
        gpd.GeoDataFrame(
            frame, geometry=[shapely.Point(30, 15 + n) for n in range(3)], crs=4326
        ).to_file(path)
    if kind == "points":
        path.write_text(path.read_text().replace('"15"', '"95"'))
        with pytest.raises(TheaterError, match="1 rows without name or point: row 2"):
            made_theater(
                NewTheater("x", "X", path, outline(tmp_path), ACTORS_NEW, "Here"), tmp_path / "x"
            )
        return
    made_theater(NewTheater("x", "X", path, outline(tmp_path), ACTORS_NEW, "Here"), tmp_path / "x")
    places = read_theater(tmp_path / "x").places
    assert places.index.tolist() == ["P0", "P1", "P2"]
    assert places["pcode"].tolist() == ["P0", "P1", "P2"]
    assert places["lat"].tolist() == [15.0, 16.0, 17.0]


def test_the_command_and_what_it_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["theater", "new", "here", "--places", str(geonames(tmp_path, 5)), "--outline", str(outline(tmp_path)),
             "--country", "Here", "-o", str(tmp_path / "t"), "--actor"]  # fmt: skip
    for actor, code in (("one", 0), ("two=Two,#12", 1)):
        with pytest.raises(SystemExit) as stop:
            main([*words, actor])
        assert stop.value.code == code, capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main([*words, "one"])
    assert stop.value.code == 1
    assert "is there already" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main(["theater", "check", str(tmp_path / "t")])
    assert stop.value.code == 0


def test_actors_are_read() -> None:
    assert parse_actor("a=A Name,#aabbcc,west") == NewActor("a", "A Name", "#aabbcc", "west")
    assert parse_actor("a=A Name,west") == NewActor("a", "A Name", "", "west")


# --- CRS and outlines ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [BOX, shapely.box(24, -8, 36, 8), shapely.box(30, 22, 33, 42), shapely.box(-62, -53, -57, -51)],
)
def test_the_crs_chosen_for_a_country_fit_it(shape: shapely.Polygon) -> None:
    metric, equal_area = chosen_crs(shape)
    assert scale_error(shape, metric) < 0.01
    assert abs(area_error(shapely.segmentize(shape, 0.1), equal_area)[2]) < 1e-4


def straight(folder: Path, **config: object) -> Path:
    """A country of four corners, as big as Sudan."""
    rows = [
        {"place_id": f"p{n}", "name": f"P{n}", "kind": "town", "lat": 11 + n, "lon": 25 + n}
        for n in range(10)
    ]
    made = arcadia(folder)
    for path in made.glob("*.csv"):
        if path.name != "actors.csv":
            path.unlink()
    write_csv(made / "places.csv", rows)
    text = (made / "theater.toml").read_text()
    known = {"bounds": [24.0, 10.0, 36.0, 22.0], "metric_crs": "EPSG:32635",
             "equal_area_crs": "+proj=laea +lat_0=16 +lon_0=30 +units=m", **config}  # fmt: skip
    lines = [line for line in text.splitlines() if line.split(" ")[0] not in known]
    lines = [f"{key} = {json.dumps(value)}" for key, value in known.items()] + lines
    (made / "theater.toml").write_text("\n".join(lines))
    ring = [list(point) for point in BOX.exterior.coords]
    (made / "boundary.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    for name in (
        "water.geojson",
        "admin1.geojson",
        "areas.geojson",
        "neighbors.geojson",
        "disputed.geojson",
    ):
        (made / name).unlink(missing_ok=True)
    return made


def test_a_straight_border_does_not_leak(tmp_path: Path) -> None:
    theater = read_theater(straight(tmp_path / "s"))
    fine = shapely.segmentize(BOX, 0.01)
    frames = gpd.GeoSeries([theater.boundary, fine], crs=4326).to_crs(theater.equal_area_crs)
    assert frames.iloc[0].symmetric_difference(frames.iloc[1]).area / 1e6 < 50  # km² of 1.7 million


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"equal_area_crs": "EPSG:3857"}, "an equal-area CRS would do: .proj=laea"),
        ({"metric_crs": "EPSG:2263"}, "in US survey foot; a CRS in meters would do"),
        ({"timezone": "Mars/Olympus"}, "is no time zone"),
        ({"bounds": [177.0, 10.0, 182.0, 22.0]}, "cross the antimeridian"),
        ({"bounds": [177.0, 10.0, -178.0, 22.0]}, "cross the antimeridian"),
    ],
)
def test_settings_that_cannot_be_right(
    tmp_path: Path, config: dict[str, object], words: str
) -> None:
    with pytest.raises(TheaterError, match=words):
        read_theater(straight(tmp_path / "s", **config))


def test_a_boundary_in_meters_is_turned_into_degrees(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "a")
    before = read_theater(folder).boundary
    frame = gpd.read_file(folder / "boundary.geojson").to_crs(32633)
    document = json.loads(frame.to_json())
    document["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
    (folder / "boundary.geojson").write_text(json.dumps(document))
    assert read_theater(folder).boundary.equals_exact(before, 1e-6)
    (folder / "theater.toml").write_bytes(b"\xef\xbb\xbf" + (folder / "theater.toml").read_bytes())
    assert read_theater(folder).id == "arcadia"


# --- checking -----------------------------------------------------------------------------------


def test_every_complaint_at_once(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "a")
    write_csv(
        folder / "places.csv",
        [*PLACES, {"place_id": "x", "name": "X", "kind": "town", "lat": "y", "lon": "1"}],
    )
    write_csv(folder / "actors.csv", [{**ACTORS[0], "color": "red"}, *ACTORS[1:]])
    text = (folder / "theater.toml").read_text()
    (folder / "theater.toml").write_text(text.replace("Europe/Vienna", "Europe/Nowhere"))
    (folder / "boundary.geojson").write_text(
        '{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}'
    )
    theater, complaints, _ = checked_theater(folder)
    told = "\n".join(complaints)
    assert theater is None
    for words in (
        "places.csv",
        "actors.csv",
        "'red' is no color",
        "is no time zone",
        "LineString is no outline",
    ):
        assert words in told


def test_warnings_of_what_is_hardly_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = straight(tmp_path / "s", metric_crs="EPSG:32660", bounds=[10.0, 24.0, 22.0, 36.0])
    write_csv(folder / "actors.csv", [
        {"actor_id": "a", "name": "A", "color": "#ff0000", "side": "a"},
        {"actor_id": "b", "name": "B", "color": "#FF0000", "side": "b"},
        {"actor_id": "c", "name": "C", "color": "#ff0505", "side": "c"},
        {"actor_id": "d", "name": "D", "color": "#fefefe", "side": "d"},
    ])  # fmt: skip
    theater, complaints, warnings = checked_theater(folder)
    told = "\n".join(warnings)
    assert theater is not None
    assert not complaints
    for words in ("a and b have one color", "a (#ff0000) and c (#ff0505) look alike", "d: #fefefe hardly shows",
                  "have no pattern", "straight borders of up to 12°", "lengths are off", "do not hold the outline"):  # fmt: skip
        assert words in told, words
    with pytest.raises(SystemExit) as stop:
        main(["theater", "check", str(folder)])
    assert stop.value.code == 0
    assert "warning: " in capsys.readouterr().err


WITH_TABLE = {
    "a;b of Excel": "Name;Latitude;Longitude;Population\nAlpha;11,5;31,5;1 200\nBeta;12,5;31,5;\n",
    "degrees and minutes": "name,lat,lon,population\nAlpha,11°30'N,31°30'E,\"1,200\"\nBeta,12.5,31.5,\n",
    "OCHA": "ADM3_EN,ADM4_EN,ADM4_PCODE,lat,lon,pop\nUnit,Alpha,XX01,11.5,31.5,1200\nUnit,Beta,XX02,12.5,31.5,\n",
    "OpenStreetMap": "name,name:en,lat,lon,population\n,Alpha,11.5,31.5,1200\nBeta,,12.5,31.5,\n",
}  # fmt: skip


@pytest.mark.parametrize("content", WITH_TABLE.values(), ids=WITH_TABLE)
def test_a_table_of_places_is_read_as_people_write_it(tmp_path: Path, content: str) -> None:
    table = tmp_path / "towns.csv"
    table.write_text(content, encoding="utf-8")
    folder = tmp_path / "made"
    made_theater(NewTheater("x", "X", table, outline(tmp_path), ACTORS_NEW, "Here"), folder)
    places = read_theater(folder).places
    assert places["name"].tolist() == ["Alpha", "Beta"]
    assert places["lat"].tolist() == [11.5, 12.5]
    assert places["population"].iloc[0] == 1200


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"places": "name,lat,lon\n"}, "has a header and no row"),
        ({"places": "name,lat,lon\nA,x,y\n"}, "row 2: 'A' at 'x', 'y'"),
        ({"places": "\t".join(["1", "T", "T", "", "x", "31", "P", "PPL", *[""] * 11])}, "row 1: .*a number would do"),
        ({"places": "\t".join(["1", "T", "T", "", "1e999", "31", "P", "PPL", *[""] * 11])}, "row 1: .*no coordinate"),
        ({"places": "\t".join(["1", "T", "T", "", "30", "nan", "P", "PPL", *[""] * 11])}, "row 1: .*no coordinate"),
        ({"places": "\t".join(["1", "T", "T", "", "30", "1e200", "P", "PPL", *[""] * 11])}, "row 1: .*no coordinate"),
        ({"places": "\t".join(["1", "T", "T", "", "91", "31", "P", "PPL", *[""] * 11])}, "row 1: .*no coordinate"),
        ({"actors": (NewActor("a", "A"), NewActor("a", "B"))}, "--actor a: is there twice"),
        ({"timezone": "Africa/Kartoum"}, "no such zone.*nearest: Africa/Khartoum"),
    ],
)  # fmt: skip
def test_slips_are_told_before_anything_is_made(
    tmp_path: Path, more: dict[str, Any], words: str
) -> None:
    table = tmp_path / "towns.txt"
    table.write_text(more.pop("places", "name,lat,lon\nA,11,31\n"), encoding="utf-8")
    asked = {"id": "x", "title": "X", "actors": ACTORS_NEW, "country": "Here", **more}
    with pytest.raises(TheaterError, match=words):
        made_theater(NewTheater(places=table, outline=outline(tmp_path), **asked), tmp_path / "m")
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize(
    "ring", ["[14,46],[15,46],[15,47],[14,46.5]", "[14,46],[1e999,46],[15,47],[14,46]"]
)
def test_an_outline_that_is_no_ring_is_one_line(tmp_path: Path, ring: str) -> None:
    path = tmp_path / "outline.geojson"
    shape = f'{{"type": "Polygon", "coordinates": [[{ring}]]}}'
    path.write_text(
        f'{{"type": "Feature", "properties": {{}}, "geometry": {shape}}}', encoding="utf-8"
    )
    table = tmp_path / "towns.csv"
    table.write_text("name,lat,lon\nA,11,31\n", encoding="utf-8")
    with pytest.raises(TheaterError, match="not readable as a layer"):
        made_theater(NewTheater("x", "X", table, path, ACTORS_NEW), tmp_path / "m")


def test_time_zone_and_scripts_are_those_of_the_places_kept(tmp_path: Path) -> None:
    """Of a file of the whole world the outline takes its part, and nothing of the rest decides."""

    def line(number: int, lat: float, others: str, zone: str) -> str:
        return "\t".join([str(number), f"T{number}", f"T{number}", others, str(lat), "31", "P", "PPL", "XX",
                          *[""] * 5, "900", "", "", zone, ""])  # fmt: skip

    world = [line(number, 50.0, "城", "Asia/Tokyo") for number in range(20)]
    here = [line(100 + number, 11.0 + number, "Город,城", "Africa/Khartoum") for number in range(5)]
    here[0] = here[0].replace("Город,城", "Город")
    table = tmp_path / "cities.txt"
    table.write_text("\n".join(world + here).replace("城", "Xi,城") + "\n", encoding="utf-8")
    folder = tmp_path / "made"
    made_theater(NewTheater("x", "X", table, outline(tmp_path), ACTORS_NEW, "Here"), folder)
    theater = read_theater(folder)
    assert theater.timezone == "Africa/Khartoum"
    assert len(theater.places) == 5
    assert set(theater.names["lang"]) == {"und", "und-Cyrl"}


def test_places_of_neighbors_beside_the_outline_are_left_out(tmp_path: Path) -> None:
    path = geonames(tmp_path, 40)
    lines = path.read_text(encoding="utf-8").split("\n")
    beside = lines[1].split("\t")
    for number, code in ((900, "YY"), (901, "XX")):
        east = [*beside[:4], "15.0000", "36.0300", *beside[6:8], code, *beside[9:]]
        lines.append("\t".join([str(number), *east[1:]]))
    inside = [*beside[:8], "YY", *beside[9:]]
    lines.append("\t".join(["902", *inside[1:]]))
    path.write_text("\n".join(lines), encoding="utf-8")
    told = made_theater(
        NewTheater("here", "Here", path, outline(tmp_path), ACTORS_NEW, "Here"), tmp_path / "made"
    )
    assert "42 places" in told
    ids = set(read_theater(tmp_path / "made").place_ids)
    assert {"gn-901", "gn-902"} <= ids
    assert "gn-900" not in ids
