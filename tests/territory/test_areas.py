"""Areas: a valid coverage of the country, true to every place that claims speak of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given, strategies as st
from theaters import (
    PLACES,
    Row,
    arcadia,
    claim,
    claims_frame,
    island_state,
    read_arcadia,
    required_only,
    ring,
    twenty_actors,
    two_actors,
    write_geojson,
    write_theater,
)

from syriamap.control.claimed import control_from_claims
from syriamap.errors import TerritoryError, TheaterError
from syriamap.territory import (
    InferenceSettings,
    field_from_control,
    states_from_field,
    territory_from_control,
    territory_from_field,
    tessellation_of,
)
from syriamap.territory.areas import TERRITORY_COLUMNS
from syriamap.territory.mesh import tessellation
from syriamap.territory.states import STATE_COLUMNS
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)
ClaimsOf = Callable[[list[Row]], pd.DataFrame]


def country_km2(theater: Theater) -> float:
    """Area of the outline between the vertices that the metric CRS keeps straight."""
    outline = gpd.GeoSeries([theater.boundary], crs="EPSG:4326").to_crs(theater.metric_crs)
    return float(outline.to_crs(theater.equal_area_crs).area.sum()) / 1e6


def outline_of(theater: Theater) -> Any:
    return gpd.GeoSeries([theater.boundary], crs="EPSG:4326").to_crs(theater.metric_crs).iloc[0]


def check_coverage(territory: gpd.GeoDataFrame, theater: Theater) -> None:
    """The laws that every territory obeys."""
    assert tuple(territory.columns) == TERRITORY_COLUMNS
    assert territory.crs == theater.metric_crs
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    assert territory.geometry.is_valid.all()
    assert (territory.geometry.geom_type == "Polygon").all()
    assert territory["area_km2"].sum() == pytest.approx(country_km2(theater), rel=1e-5, abs=0.01)
    union = shapely.coverage_union_all(territory.geometry.to_numpy())
    outline = outline_of(theater)
    assert shapely.area(shapely.symmetric_difference(union, outline)) < 1e-6 * outline.area
    held = territory["status"].isin(["held", "besieged"])
    assert (territory["actor"] == territory["leaning"].where(held, "")).all()
    assert territory["confidence"].between(0.0, 1.0).all()


def check_places(control: pd.DataFrame, territory: gpd.GeoDataFrame, theater: Theater) -> None:
    """Every place with evidence lies in an area of its own leaning and status."""
    points = gpd.GeoSeries(
        gpd.points_from_xy(control["lon"], control["lat"]), crs="EPSG:4326"
    ).to_crs(theater.metric_crs)
    inside = shapely.contains(outline_of(theater), points.to_numpy())
    for point, place, wanted in zip(points, control.itertuples(), inside, strict=True):
        if wanted:
            (area,) = territory[territory.contains(point)].itertuples()
            assert (area.status, area.actor) == (place.status, place.actor), place.place_id
            if place.leaning and place.status != "undetermined":
                assert area.leaning == place.leaning, place.place_id


def built(
    theater: Theater, rows: list[Row], folder: Path, day: date = DAY
) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    control = control_from_claims(claims_frame(rows, theater, folder), theater, day)
    territory = territory_from_control(control, theater)
    check_coverage(territory, theater)
    check_places(control, territory, theater)
    return control, territory


# --- theaters of every kind ---------------------------------------------------------------------


def test_two_sides_divide_the_country(theater: Theater, tmp_path: Path) -> None:
    rows = [claim("oak", "crown", "controls"), claim("ash", "crown", "controls"),
            claim("pine", "rebels", "controls"), claim("fir", "rebels", "controls")]  # fmt: skip
    _, territory = built(theater, rows, tmp_path)
    assert {"crown", "rebels"} <= set(territory["actor"])
    assert "undetermined" in set(territory["status"])  # the corners are far from all evidence


def test_no_claims_leave_the_whole_country_undetermined(theater: Theater, tmp_path: Path) -> None:
    _, territory = built(theater, [], tmp_path)
    (area,) = territory.itertuples()
    assert (area.status, area.actor, area.leaning, area.confidence) == ("undetermined", "", "", 0)


def test_one_claim_reaches_only_so_far(theater: Theater, tmp_path: Path) -> None:
    _, territory = built(theater, [claim("oak", "crown", "controls")], tmp_path)
    assert set(territory["status"]) == {"held", "undetermined"}
    held = territory[territory["status"] == "held"].geometry.union_all()
    corner = gpd.GeoSeries.from_xy([15.1], [46.9], crs="EPSG:4326").to_crs(theater.metric_crs)
    assert not held.contains(corner.iloc[0])


def test_everything_contested(theater: Theater, tmp_path: Path) -> None:
    rows = [
        claim(str(place["place_id"]), actor, "controls", publisher=publisher)
        for place in PLACES
        for actor, publisher in (("crown", "Wire"), ("rebels", "Agency"))
    ]
    control, territory = built(theater, rows, tmp_path)
    assert set(control["status"]) == {"contested"}
    assert set(territory["status"]) <= {"contested", "undetermined"}
    assert set(territory["actor"]) == {""}


def test_only_the_required_files(tmp_path: Path) -> None:
    theater = read_theater(required_only(tmp_path / "plain"))
    rows = [claim("oak", "red", "controls"), claim("elm", "blue", "controls"),
            claim("ash", "red", "captured")]  # fmt: skip
    _, territory = built(theater, rows, tmp_path)
    assert {"red", "blue"} <= set(territory["actor"])


def test_twenty_actors(tmp_path: Path) -> None:
    theater = read_theater(twenty_actors(tmp_path / "many"))
    rows = [claim(f"p{n}", f"a{n // 2}", "controls") for n in range(40)]
    _, territory = built(theater, rows, tmp_path)
    assert set(territory["actor"]) >= {f"a{n}" for n in range(20)}


def test_an_island_and_a_hole(tmp_path: Path) -> None:
    theater = read_theater(island_state(tmp_path / "isles"))
    rows = [claim("oak", "crown", "controls"), claim("isle", "rebels", "controls")]
    _, territory = built(theater, rows, tmp_path)
    island = shapely.get_parts(outline_of(theater))[1]
    on_island = territory[territory.intersects(island.buffer(-10))]
    assert set(on_island["actor"]) <= {"rebels", ""}
    rebels = territory[territory["actor"] == "rebels"].geometry.union_all()
    assert island.buffer(1).contains(rebels), "the island's holder does not reach the mainland"


def test_besieged_and_own_points(theater: Theater, tmp_path: Path) -> None:
    rows = [
        claim("oak", "rebels", "controls"),
        claim("elm", "crown", "controls", day="2030-02-01"),
        claim("elm", "rebels", "besieged", against="crown", publisher="Agency"),
        claim("", "guests", "controls", place="Camp", lat="46.62", lon="14.42"),
    ]
    control, territory = built(theater, rows, tmp_path)
    assert "besieged" in set(territory["status"])
    assert "guests" in set(territory["actor"])
    field = field_from_control(control, theater)
    states = states_from_field(field, theater)
    assert len(states) == len(PLACES) + 1
    camp = states.iloc[-1]
    assert (camp["name"], camp["kind"], camp["actor"]) == ("Camp", "point", "guests")


def test_a_place_that_was_left_is_not_painted_by_its_neighbors(
    theater: Theater, tmp_path: Path
) -> None:
    rows = [claim(one, "crown", "controls", day="2030-02-01") for one in ("oak", "elm", "ash")]
    rows.append(claim("elm", "crown", "withdrew", publisher="Best"))
    control, _ = built(theater, rows, tmp_path)
    assert control.set_index("place_id").at["elm", "status"] == "undetermined"


def test_places_on_the_same_coordinates(tmp_path: Path) -> None:
    places = [*PLACES, PLACES[0] | {"place_id": "oak-2", "name": "Oakham Old Town"}]
    theater = read_theater(arcadia(tmp_path / "twins", places=places))
    rows = [claim("oak", "crown", "controls"), claim("pine", "rebels", "controls")]
    control, territory = built(theater, rows, tmp_path)
    rows.append(claim("oak-2", "rebels", "controls", publisher="Agency"))
    control = control_from_claims(claims_frame(rows, theater, tmp_path), theater, DAY)
    territory = territory_from_control(control, theater)
    check_coverage(territory, theater)
    states = states_from_field(field_from_control(control, theater), theater)
    actors = states.set_index("place_id")["actor"]
    assert (actors["oak"], actors["oak-2"]) == ("crown", "rebels")


@pytest.mark.parametrize("count", [1, 2])
def test_a_country_of_few_places(tmp_path: Path, count: int) -> None:
    theater = read_theater(
        write_theater(tmp_path / "few", places=PLACES[:count], actors=two_actors(), id="few")
    )
    built(theater, [claim("oak", "red", "controls")], tmp_path)


def test_places_in_a_row(tmp_path: Path) -> None:
    places = [
        {"place_id": f"p{n}", "name": f"P{n}", "kind": "town", "lat": 46.5, "lon": 14.1 + n * 0.1}
        for n in range(10)
    ]
    theater = read_theater(
        write_theater(tmp_path / "row", places=places, actors=two_actors(), id="row")
    )
    built(theater, [claim("p1", "red"), claim("p8", "blue")], tmp_path)


def test_a_tiny_country(tmp_path: Path) -> None:
    corners = ring((14.0, 46.0), (14.01, 46.0), (14.01, 46.01), (14.0, 46.01))
    places = [
        {"place_id": "a", "name": "A", "kind": "town", "lat": 46.003, "lon": 14.003},
        {"place_id": "b", "name": "B", "kind": "town", "lat": 46.007, "lon": 14.007},
    ]
    outline = {"type": "Polygon", "coordinates": [corners]}
    theater = read_theater(
        write_theater(tmp_path / "tiny", places=places, actors=two_actors(), outline=outline)
    )
    _, territory = built(theater, [claim("a", "red"), claim("b", "blue")], tmp_path)
    assert set(territory["actor"]) == {"red", "blue"}


def test_a_place_outside_the_outline_does_no_harm(tmp_path: Path) -> None:
    places = [*PLACES, {"place_id": "out", "name": "Out", "kind": "town", "lat": 46.5,
                        "lon": 15.23, "admin1": ""}]  # fmt: skip
    theater = read_theater(arcadia(tmp_path / "out", places=places))
    built(theater, [claim("out", "crown"), claim("oak", "rebels")], tmp_path)


def test_a_metric_crs_from_the_other_end_of_the_world(tmp_path: Path) -> None:
    theater = read_theater(arcadia(tmp_path / "far", metric_crs="EPSG:3031"))
    control = control_from_claims(claims_frame([], theater, tmp_path), theater, DAY)
    check_coverage(territory_from_control(control, theater), theater)


# --- what the evidence does ---------------------------------------------------------------------


def test_water_holds_the_line(tmp_path: Path) -> None:
    """A town between two others leans to the one on its own bank."""
    places = [
        {"place_id": name, "name": name, "kind": "town", "lat": 46.5, "lon": lon}
        for name, lon in (("west", 14.3), ("middle", 14.58), ("east", 14.9))
    ]
    river = {"type": "LineString", "coordinates": [[14.7, 46.0], [14.7, 47.0]]}
    rows = [claim("west", "red", "controls"), claim("east", "blue", "controls")]
    lakes: dict[str, list[tuple[Row, Row]]] = {"water": [({"kind": "river"}, river)]}
    shares = []
    for name, layers in (("dry", {}), ("wet", lakes)):
        folder = write_theater(
            tmp_path / name, places=places, actors=two_actors(), layers=layers, id=name
        )
        theater = read_theater(folder)
        control = control_from_claims(claims_frame(rows, theater, tmp_path), theater, DAY)
        field = field_from_control(control, theater)
        node = field.tessellation.node_of_point[1]
        shares.append(field.probability[node, field.actors.index("red")])
    assert shares[1] > shares[0] + 0.1


def test_water_that_is_no_barrier(tmp_path: Path) -> None:
    folder = arcadia(tmp_path)
    line = {"type": "LineString", "coordinates": [[14.7, 46.0], [14.7, 47.0]]}
    for barrier, crossed in ((True, True), (False, False), ("false", False), (None, True)):
        properties = {"name": "x", "kind": "river", "barrier": barrier}
        write_geojson(folder / "water.geojson", [(properties, line)])
        theater = read_theater(folder)
        places = theater.places
        mesh = tessellation_of(
            places["lat"].to_numpy(), places["lon"].to_numpy(), theater, cached=False
        )
        assert bool(mesh.crossings.any()) is crossed


def test_engine_settings_of_the_theater(tmp_path: Path) -> None:
    rows = [claim("oak", "crown", "controls")]
    areas = []
    for reach in (5, 60):
        theater = read_theater(arcadia(tmp_path / str(reach), engine={"reach_km": reach}))
        _, territory = built(theater, rows, tmp_path)
        areas.append(territory.loc[territory["actor"] == "crown", "area_km2"].sum())
    assert areas[0] < areas[1]


@pytest.mark.parametrize("value", [0, -1, "far", True, float("nan"), float("inf")])
def test_bad_engine_settings(tmp_path: Path, value: Any, claims_of: ClaimsOf) -> None:
    theater = read_arcadia(tmp_path)
    broken = read_theater(arcadia(tmp_path))
    object.__setattr__(broken, "settings", {"reach_km": value})
    control = control_from_claims(claims_of([claim("oak", "crown")]), theater, DAY)
    with pytest.raises(TheaterError, match=r"engine\.reach_km"):
        field_from_control(control, broken)


def test_a_local_actor_stays_at_its_place(theater: Theater, claims_of: ClaimsOf) -> None:
    rows = [claim("base", "guests", "controls"), claim("oak", "crown", "controls")]
    control = control_from_claims(claims_of(rows), theater, DAY)
    shares = []
    for local in ((), ("guests",)):
        knobs = InferenceSettings(local_actors=local)
        territory = territory_from_field(
            field_from_control(control, theater, settings=knobs), theater
        )
        check_coverage(territory, theater)
        check_places(control, territory, theater)
        shares.append(territory.loc[territory["actor"] == "guests", "area_km2"].sum())
    assert 0 < shares[1] < shares[0]


def test_frames_that_come_in_are_not_changed(theater: Theater, claims_of: ClaimsOf) -> None:
    control = control_from_claims(claims_of([claim("oak", "crown")]), theater, DAY)
    before, places = control.copy(deep=True), theater.places.copy(deep=True)
    field = field_from_control(control, theater)
    states_from_field(field, theater)
    territory_from_field(field, theater)
    pd.testing.assert_frame_equal(control, before)
    pd.testing.assert_frame_equal(theater.places, places)


# --- states -------------------------------------------------------------------------------------


def test_states_of_all_places(theater: Theater, claims_of: ClaimsOf) -> None:
    rows = [claim("oak", "crown", "controls"), claim("pine", "rebels", "controls")]
    control = control_from_claims(claims_of(rows), theater, DAY)
    states = states_from_field(field_from_control(control, theater), theater)
    assert tuple(states.columns) == STATE_COLUMNS
    assert states["place_id"].tolist() == theater.places.index.tolist()
    by_id = states.set_index("place_id")
    assert by_id["evidence"].sum() == 2
    assert by_id.at["oak", "since"] == pd.Timestamp("2030-03-01")
    assert pd.isna(by_id.at["newton-w", "since"])
    assert by_id.at["newton-w", "actor"] == "crown"
    assert by_id.at["newton-w", "confidence"] < by_id.at["oak", "confidence"]
    assert states["confidence"].between(0, 1).all()


# --- the tessellation and its cache -------------------------------------------------------------


def points_of(theater: Theater) -> tuple[Any, Any]:
    return theater.places["lat"].to_numpy(), theater.places["lon"].to_numpy()


def test_the_tessellation(theater: Theater) -> None:
    mesh = tessellation_of(*points_of(theater), theater, cached=False)
    assert mesh.place_nodes == len(PLACES)
    assert len(mesh.node_of_point) == len(PLACES)
    assert (mesh.lengths > 0).all()
    assert mesh.edges.max() < len(mesh.xy)
    assert (mesh.edges[:, 0] != mesh.edges[:, 1]).all()
    assert mesh.outline.equals_exact(outline_of(theater), 1e-6)
    fillers = mesh.xy[mesh.place_nodes :]
    assert shapely.contains_xy(mesh.outline, fillers[:, 0], fillers[:, 1]).all()


def test_the_cache_gives_what_was_put_in(
    theater: Theater, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "new"))
    made = tessellation_of(*points_of(theater), theater)
    (file,) = (tmp_path / "new").iterdir()
    assert tessellation_of(*points_of(theater), theater) is made  # with what was made from it
    tessellation.forget()
    assert tessellation_of(*points_of(theater), theater) is not made
    for again in (tessellation_of(*points_of(theater), theater),
                  tessellation_of(*points_of(theater), theater, cached=False)):  # fmt: skip
        for name, value in vars(made).items():
            np.testing.assert_array_equal(getattr(again, name), value)
    file.write_bytes(file.read_bytes()[:100])
    tessellation_of(*points_of(theater), theater)
    file.write_bytes(b"")
    tessellation_of(*points_of(theater), theater)
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_a_cache_that_cannot_be_written_does_no_harm(
    theater: Theater, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("SYRIAMAP_CACHE", str(blocked / "below"))
    assert len(tessellation_of(*points_of(theater), theater).xy)


def test_other_borders_and_places_have_other_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "cache"))
    for name, changes in (("a", {}), ("b", {"places": PLACES[:-1]}), ("c", {"layers": {}})):
        theater = read_theater(arcadia(tmp_path / name, **changes))
        tessellation_of(*points_of(theater), theater)
    assert len(list((tmp_path / "cache").iterdir())) == 3


def test_no_places_is_an_error(theater: Theater) -> None:
    nothing = np.empty(0)
    with pytest.raises(TerritoryError, match="no places"):
        tessellation_of(nothing, nothing, theater, cached=False)


# --- laws ---------------------------------------------------------------------------------------

STATES = st.lists(
    st.tuples(
        st.sampled_from([str(place["place_id"]) for place in PLACES]),
        st.sampled_from(["crown", "militia", "rebels", "league", "guests"]),
        st.sampled_from(["controls", "captured", "withdrew", "contested", "besieged", "entered"]),
        st.sampled_from(["", "republic"]),
        st.sampled_from(["Wire", "Agency", "Best"]),
        st.sampled_from(["2030-03-01", "2030-03-03"]),
    ),
    unique=True,
    max_size=16,
)


@given(states=STATES)
def test_any_claims_give_a_valid_coverage_true_to_its_places(
    theater: Theater, tmp_path_factory: pytest.TempPathFactory, states: list[tuple[str, ...]]
) -> None:
    rows = [
        claim(place, actor, relation, against=against, publisher=publisher, day=day)
        for place, actor, relation, against, publisher, day in states
    ]
    built(theater, rows, tmp_path_factory.getbasetemp())


SPOTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 50), st.integers(0, 3)),
    min_size=1, max_size=25, unique_by=lambda spot: spot[:2],
)  # fmt: skip


@given(spots=SPOTS, teeth=st.lists(st.integers(0, 400), min_size=3, max_size=8))
def test_any_country_gives_a_valid_coverage(
    tmp_path_factory: pytest.TempPathFactory,
    spots: list[tuple[int, int, int]],
    teeth: list[int],
) -> None:
    """Places on a grid, with many in line, in a country whose north coast is a saw."""
    step = 1.2 / (len(teeth) - 1)
    coast = [(14.0 + n * step, 46.55 + tooth / 1000) for n, tooth in enumerate(teeth)][::-1]
    corners = ring((14.0, 46.0), (15.2, 46.0), *coast)
    outline = {"type": "Polygon", "coordinates": [corners]}
    assume(shapely.geometry.shape(outline).is_valid)
    places = [
        {"place_id": f"p{n}", "name": f"P{n}", "kind": "town",
         "lat": 46.02 + y / 100, "lon": 14.02 + x / 52}
        for n, (x, y, _) in enumerate(spots)
    ]  # fmt: skip
    base = tmp_path_factory.mktemp("saw")
    theater = read_theater(
        write_theater(base, places=places, actors=two_actors(), outline=outline, id="saw")
    )
    rows = [
        claim(f"p{n}", ("red", "blue")[kind - 1], "controls")
        for n, (_, _, kind) in enumerate(spots)
        if kind in {1, 2}
    ]
    rows += [
        claim(f"p{n}", actor, "controls", publisher=publisher)
        for n, (_, _, kind) in enumerate(spots)
        if kind == 3
        for actor, publisher in (("red", "Wire"), ("blue", "Agency"))
    ]
    built(theater, rows, base)
