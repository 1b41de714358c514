"""A written name becomes a place, or candidates, or a hint; never a guess."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from theaters import PLACES, Row, arcadia, required_only

from syriamap.errors import PlaceAmbiguous, PlaceNotFound
from syriamap.gazetteer import SAME_PLACE_KM, Gazetteer, distance_km, kind_in_words
from syriamap.theater import Theater, read_theater


@pytest.fixture(scope="module")
def gazetteer(theater: Theater) -> Gazetteer:
    return Gazetteer(theater)


def of(folder: Path, places: list[Row]) -> Gazetteer:
    return Gazetteer(read_theater(arcadia(folder, places=places, tables={})))


def town(place_id: str, name: str, lat: float, lon: float = 14.5, **more: object) -> Row:
    return {"place_id": place_id, "name": name, "kind": "town", "lat": lat, "lon": lon, **more}


@pytest.mark.parametrize(
    ("written", "place_id", "how"),
    [
        ("Oakham", "oak", "exact"),
        ("  Oakham ", "oak", "exact"),
        ("أوكهام", "oak", "exact"),
        ("OAKHAM", "oak", "folded"),
        ("اوكهام", "oak", "folded"),
        ("Al-Oakham", "oak", "folded"),
        ("Thornbury  Air Base", "base", "exact"),
        ("Oak-upon-Water", "oak", "alias"),
        ("oak upon water", "oak", "alias folded"),
        ("فيروود", "fir", "alias"),
    ],
)
def test_a_name_and_how_it_matched(
    gazetteer: Gazetteer, written: str, place_id: str, how: str
) -> None:
    result = gazetteer.resolve(written)
    assert result.accepted
    assert result.query == written
    assert (result.candidates[0].place_id, result.candidates[0].how) == (place_id, how)


def test_every_place_resolves_to_itself_in_both_scripts(theater: Theater) -> None:
    gazetteer = Gazetteer(theater)
    for place_id, row in theater.places.iterrows():
        for name in filter(None, (row["name"], row["name_ar"])):
            found = {one.place_id: one for one in gazetteer.resolve(name).candidates}
            assert found[str(place_id)].score == 1.0
        assert gazetteer.one(str(place_id)) == place_id


def test_namesakes_are_ambiguous_until_a_governorate_is_given(gazetteer: Gazetteer) -> None:
    result = gazetteer.resolve("Newton")
    assert result.status == "ambiguous"
    assert {one.place_id for one in result.candidates} == {"newton-w", "newton-e"}
    code = gazetteer.admin1_code("Eastshire")
    assert gazetteer.one("newton", admin1=code) == "newton-e"
    with pytest.raises(PlaceAmbiguous, match=r"2 places: .*newton-e.*newton-w.*AR-W"):
        gazetteer.one("Newton")


def test_a_city_is_meant_before_its_lesser_namesakes(tmp_path: Path) -> None:
    places = [town("small", "Twin", 46.1), town("big", "Twin", 46.9, kind="city")]
    result = of(tmp_path, places).resolve("twin")
    assert result.accepted
    assert [one.place_id for one in result.candidates] == ["big", "small"]


def test_two_cities_of_one_name_are_ambiguous(tmp_path: Path) -> None:
    places = [town("a", "Twin", 46.1, kind="city"), town("b", "Twin", 46.9, kind="city")]
    assert of(tmp_path, places).resolve("Twin").status == "ambiguous"


def test_one_name_within_two_kilometers_is_one_place(tmp_path: Path) -> None:
    places = [town("a", "Twin", 46.1), town("b", "Twin", 46.11, population=10)]
    result = of(tmp_path, places).resolve("Twin")
    assert result.accepted
    assert result.candidates[0].place_id == "b"  # the bigger one first


def test_what_is_not_found_gets_the_nearest_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Oakhamm").status == "not_found"
    assert gazetteer.resolve("Oakhamm").candidates == ()
    with pytest.raises(PlaceNotFound, match=r"no place named 'Oakhamm'; nearest names: Oakham"):
        gazetteer.one("Oakhamm")
    with pytest.raises(PlaceNotFound, match=r"no place named 'zzz'$"):
        gazetteer.one("zzz")


@pytest.mark.parametrize("empty", ["", "   ", "\n", "-", "'", "()", "\u200f"])
def test_an_empty_name_is_not_found(gazetteer: Gazetteer, empty: str) -> None:
    assert gazetteer.resolve(empty).status == "not_found"


@pytest.mark.parametrize("written", ["AR-W", "ar-w", "Westshire", "westshire", "الغرب",
                                     "محافظة الغرب"])  # fmt: skip
def test_governorates_by_name_and_code(gazetteer: Gazetteer, written: str) -> None:
    assert gazetteer.admin1_code(written) == "AR-W"


def test_unknown_governorates_are_answered_with_the_known_ones(
    gazetteer: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(PlaceNotFound, match="there are: AR-E, AR-W"):
        gazetteer.admin1_code("Northshire")
    plain = Gazetteer(read_theater(required_only(tmp_path)))
    with pytest.raises(PlaceNotFound, match="there are: none"):
        plain.admin1_code("Westshire")


def test_the_candidate_near_a_point_is_found(gazetteer: Gazetteer) -> None:
    both = gazetteer.resolve("Newton").candidates
    assert gazetteer.near_point(both, 46.101, 14.101) == "newton-w"
    assert gazetteer.near_point(both, 46.5, 14.5) == ""
    assert gazetteer.near_point([], 46.5, 14.5) == ""


def test_ids_positions_and_names(gazetteer: Gazetteer) -> None:
    assert "oak" in gazetteer
    assert "Oakham" not in gazetteer
    assert gazetteer.position("oak") == (46.20, 14.20)
    assert gazetteer.name_of("oak") == "Oakham"
    candidate = gazetteer.resolve("Thornbury Air Base").candidates[0]
    assert str(candidate) == "base (Thornbury Air Base, airbase in AR-E, 46.300,14.950)"
    assert kind_in_words("road_point") == "road point"


def test_resolution_does_not_depend_on_the_order_of_places(tmp_path: Path) -> None:
    one = of(tmp_path / "one", PLACES).resolve("Newton")
    other = of(tmp_path / "other", PLACES[::-1]).resolve("Newton")
    assert one == other


@given(name=st.text(alphabet=st.characters(), max_size=30))
@example("\ud800")
@example("\0oakham")
@example("ـــ")
@example("ﷺ")
def test_any_string_resolves_without_failing(gazetteer: Gazetteer, name: str) -> None:
    result = gazetteer.resolve(name)
    assert result.status in {"accepted", "ambiguous", "not_found"}
    assert (result.status == "not_found") == (not result.candidates)
    assert isinstance(gazetteer.nearest_names(name), list)


COORDINATES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(one=COORDINATES, other=COORDINATES)
def test_distance_is_a_metric_on_the_globe(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there = float(distance_km(*one, *other))
    assert 0.0 <= there <= np.pi * 6371.01
    assert there == pytest.approx(float(distance_km(*other, *one)), abs=1e-6)
    assert float(distance_km(*one, *one)) == 0.0


def test_known_distances() -> None:
    assert float(distance_km(0, 0, 0, 1)) == pytest.approx(111.195, abs=0.01)
    assert float(distance_km(0, 0, 0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert SAME_PLACE_KM == 2.0
