"""Front lines lie between hostile sides, never on the border."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, strategies as st
from theaters import PLACES, Row, claim, claims_frame, island_state, twenty_actors

from syriamap.control.claimed import control_from_claims
from syriamap.territory import territory_from_control
from syriamap.territory.frontline import FRONTLINE_COLUMNS, frontline_from_territory
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)


def lines(
    theater: Theater, rows: list[Row], folder: Path, day: date = DAY
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    control = control_from_claims(claims_frame(rows, theater, folder), theater, day)
    territory = territory_from_control(control, theater)
    frontline = frontline_from_territory(territory, theater, day)
    check(frontline, territory, theater, day)
    return frontline, territory


def check(
    frontline: gpd.GeoDataFrame, territory: gpd.GeoDataFrame, theater: Theater, day: date
) -> None:
    """The laws that all front lines obey."""
    assert tuple(frontline.columns) == FRONTLINE_COLUMNS
    assert frontline.crs == theater.metric_crs
    outline = gpd.GeoSeries([theater.boundary], crs="EPSG:4326").to_crs(theater.metric_crs)
    edge = outline.iloc[0].boundary
    leanings = set(territory.loc[territory["status"] != "undetermined", "leaning"])
    for line in frontline.itertuples():
        assert line.actor_a < line.actor_b
        assert {line.actor_a, line.actor_b} <= leanings
        hostile = theater.stance(line.actor_a, line.actor_b, day) == "hostile"
        assert line.kind == ("front" if hostile else "boundary")
        assert line.geometry.geom_type in {"LineString", "MultiLineString"}
        assert line.length_km == pytest.approx(line.geometry.length / 1000, abs=1e-3)
        assert line.length_km > 0
        assert line.geometry.intersection(edge).length < 1.0
        assert (
            line.geometry.intersection(edge.buffer(1.0)).length < 0.01 * line.geometry.length + 50
        )
        for actor in (line.actor_a, line.actor_b):
            areas = territory[territory["leaning"] == actor].geometry.union_all()
            assert shapely.distance(areas, line.geometry) == 0.0
            middle = shapely.get_parts(line.geometry)[0].interpolate(0.5, normalized=True)
            assert areas.buffer(1.0).contains(middle)
    pairs = list(zip(frontline["actor_a"], frontline["actor_b"], strict=True))
    assert pairs == sorted(set(pairs))


def everywhere(actors: dict[str, str]) -> list[Row]:
    return [claim(place, actor, "controls") for place, actor in actors.items()]


HALVES = {"oak": "crown", "elm": "crown", "ash": "crown", "newton-w": "crown",
          "pine": "rebels", "fir": "rebels", "larch": "rebels", "newton-e": "rebels"}  # fmt: skip


def test_a_front_between_enemies(theater: Theater, tmp_path: Path) -> None:
    frontline, _ = lines(theater, everywhere(HALVES), tmp_path)
    (line,) = frontline.itertuples()
    assert (line.actor_a, line.actor_b, line.kind) == ("crown", "rebels", "front")
    assert 20 < line.length_km < 300


def test_boundaries_between_allies_and_neutrals(theater: Theater, tmp_path: Path) -> None:
    allies = {place: {"crown": "league"}.get(actor, actor) for place, actor in HALVES.items()}
    frontline, _ = lines(theater, everywhere(allies), tmp_path)
    assert frontline["kind"].tolist() == ["boundary"]
    one_side = {place: {"crown": "brigade"}.get(actor, actor) for place, actor in HALVES.items()}
    assert set(lines(theater, everywhere(one_side), tmp_path)[0]["kind"]) == {"boundary"}


def test_stances_are_those_of_the_day(theater: Theater, tmp_path: Path) -> None:
    rows = everywhere({place: {"rebels": "guests"}.get(a, a) for place, a in HALVES.items()})
    assert lines(theater, rows, tmp_path, date(2030, 5, 31))[0]["kind"].tolist() == ["boundary"]
    assert lines(theater, rows, tmp_path, date(2030, 6, 1))[0]["kind"].tolist() == ["front"]


def test_no_line_around_what_is_known(theater: Theater, tmp_path: Path) -> None:
    frontline, territory = lines(theater, [claim("oak", "crown", "controls")], tmp_path)
    assert "undetermined" in set(territory["status"])
    assert frontline.empty


def test_no_claims_no_lines(theater: Theater, tmp_path: Path) -> None:
    frontline, _ = lines(theater, [], tmp_path)
    assert frontline.empty
    assert tuple(frontline.columns) == FRONTLINE_COLUMNS


def test_through_contested_land_the_line_runs_where_leanings_meet(
    theater: Theater, tmp_path: Path
) -> None:
    rows = everywhere(HALVES)
    fight = claim("fir", "crown", "contested", against="rebels", day="2030-03-04")
    rows.append(fight)
    frontline, territory = lines(theater, rows, tmp_path)
    assert "contested" in set(territory["status"])
    (line,) = frontline.itertuples()
    assert line.kind == "front"


def test_twenty_actors(tmp_path: Path) -> None:
    theater = read_theater(twenty_actors(tmp_path / "many"))
    rows = [claim(f"p{n}", f"a{n // 2}", "controls") for n in range(40)]
    frontline, _ = lines(theater, rows, tmp_path)
    assert len(frontline) >= 19
    assert set(frontline["kind"]) == {"front"}


def test_no_line_across_a_strait(tmp_path: Path) -> None:
    theater = read_theater(island_state(tmp_path / "isles"))
    frontline, _ = lines(theater, everywhere(HALVES | {"isle": "guests"}), tmp_path)
    assert "guests" not in set(frontline["actor_a"]) | set(frontline["actor_b"])


def test_the_territory_is_not_changed(theater: Theater, tmp_path: Path) -> None:
    _, territory = lines(theater, everywhere(HALVES), tmp_path)
    before = territory.copy(deep=True)
    frontline_from_territory(territory, theater, DAY)
    pd.testing.assert_frame_equal(pd.DataFrame(territory), pd.DataFrame(before))


@given(
    actors=st.fixed_dictionaries(
        {},
        optional={
            str(place["place_id"]): st.sampled_from(["crown", "militia", "rebels", "league", "guests"])
            for place in PLACES
        },
    )
)  # fmt: skip
def test_any_holders_give_lawful_lines(
    theater: Theater, tmp_path_factory: pytest.TempPathFactory, actors: dict[str, str]
) -> None:
    lines(theater, everywhere(actors), tmp_path_factory.getbasetemp())


# --- areas made by hand, in kilometers ----------------------------------------------------------


def areas(theater: Theater, *rows: tuple[str, str, tuple[int, int, int, int]]) -> gpd.GeoDataFrame:
    """Areas of status, leaning and box: a coverage, with a vertex wherever another's may be."""
    table = [
        {"actor": leaning if status == "held" else "", "leaning": leaning, "status": status}
        for status, leaning, _ in rows
    ]
    boxes = [shapely.box(*(1000 * edge for edge in box)) for _, _, box in rows]
    boxes = list(shapely.segmentize(boxes, 1000))
    return gpd.GeoDataFrame(table, geometry=boxes, crs=theater.metric_crs)


def test_no_line_through_undetermined_ground(theater: Theater) -> None:
    """Ground out of reach has a likeliest actor too; its edge is the edge of what is known."""
    known = ("held", "crown", (0, 0, 1, 1))
    for status, count in (("undetermined", 0), ("contested", 1), ("besieged", 1), ("held", 1)):
        there = areas(theater, known, (status, "rebels", (1, 0, 2, 1)))
        assert len(frontline_from_territory(there, theater, DAY)) == count
    nobody = areas(theater, known, ("contested", "", (1, 0, 2, 1)))
    assert frontline_from_territory(nobody, theater, DAY).empty


def test_where_areas_only_touch_there_is_no_line(theater: Theater) -> None:
    there = areas(theater, ("held", "crown", (0, 0, 1, 1)), ("held", "rebels", (1, 1, 2, 2)))
    assert frontline_from_territory(there, theater, DAY).empty


def test_an_actor_has_no_line_with_itself(theater: Theater) -> None:
    there = areas(theater, ("held", "crown", (0, 0, 1, 1)), ("contested", "crown", (1, 0, 2, 1)))
    assert frontline_from_territory(there, theater, DAY).empty


def test_each_pair_has_one_line_of_all_its_pieces(theater: Theater) -> None:
    there = areas(
        theater,
        ("held", "rebels", (1, 0, 2, 3)),
        ("held", "crown", (0, 0, 1, 1)),
        ("contested", "crown", (0, 1, 1, 2)),
        ("held", "guests", (0, 2, 1, 3)),
        ("held", "crown", (2, 2, 3, 3)),
    )
    found = frontline_from_territory(there, theater, DAY)
    rows = found[["actor_a", "actor_b", "kind", "length_km"]].to_numpy().tolist()
    assert rows == [
        ["crown", "guests", "boundary", 1.0],
        ["crown", "rebels", "front", 3.0],
        ["guests", "rebels", "front", 1.0],
    ]
    crown = found.geometry.iloc[1]
    assert [line.length for line in crown.geoms] == [2000.0, 1000.0]  # joined where they meet
