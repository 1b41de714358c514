"""A written name becomes a place, or candidates, or a hint; never a guess."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, strategies as st
from theaters import PLACES, Row, arcadia, required_only, write_csv

from syriamap.errors import PlaceAmbiguous, PlaceNotFound, TheaterError
from syriamap.names.gazetteer import SAME_PLACE_KM, Gazetteer, kilometers
from syriamap.names.resolution import Resolution, kind_in_words
from syriamap.theater.folder import Theater, read_theater


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
    code = gazetteer.area_code("Eastshire")
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
    assert gazetteer.resolve("Oakhal").status == "not_found"
    assert gazetteer.resolve("Oakhal").candidates == ()
    with pytest.raises(PlaceNotFound, match=r"no place named 'Oakhal'; nearest names: Oakham"):
        gazetteer.one("Oakhal")
    with pytest.raises(PlaceNotFound, match=r"no place named 'zzz'$"):
        gazetteer.one("zzz")


@pytest.mark.parametrize("empty", ["", "   ", "\n", "-", "'", "()", "\u200f"])
def test_an_empty_name_is_not_found(gazetteer: Gazetteer, empty: str) -> None:
    assert gazetteer.resolve(empty).status == "not_found"


@pytest.mark.parametrize("written", ["AR-W", "ar-w", "Westshire", "westshire", "الغرب",
                                     "محافظة الغرب"])  # fmt: skip
def test_governorates_by_name_and_code(gazetteer: Gazetteer, written: str) -> None:
    assert gazetteer.area_code(written) == "AR-W"


def units(folder: Path) -> Path:
    places = [
        town("a", "Ash", 46.2, admin1="AR-W", admin2="Vale", admin3="Dell"),
        town("b", "Ash", 46.4, admin1="AR-W", admin2="Vale", admin3="Vale"),
        town("c", "Ash", 46.6, admin1="AR-E", admin2="Moor", admin3="Dell"),
    ]
    made = arcadia(folder, places=places, tables={})
    rows = [
        ("A1", 2, "Vale", "فال", "Wale", "AR-W", ""), ("A101", 3, "Vale", "فال", "", "AR-W", "Vale"),
        ("A102", 3, "Dell", "ديل", "", "AR-W", "Vale"), ("B1", 2, "Moor", "مور", "", "AR-E", ""),
        ("B101", 3, "Dell", "ديل", "", "AR-E", "Moor"),
    ]  # fmt: skip
    columns = ("pcode", "level", "name", "name_ar", "other_name", "admin1", "admin2")
    write_csv(made / "admin_units.csv", [dict(zip(columns, row, strict=True)) for row in rows])
    return made


@pytest.mark.parametrize(
    ("written", "code", "found"),
    [
        ("Vale", "A1", {"a", "b"}), ("wale", "A1", {"a", "b"}), ("فال", "A1", {"a", "b"}),
        ("Vale subdistrict", "A101", {"b"}), ("ناحية فال", "A101", {"b"}), ("a102", "A102", {"a"}),
        ("Moor district", "B1", {"c"}), ("AR-W", "AR-W", {"a", "b"}),
    ],
)  # fmt: skip
def test_districts_and_subdistricts_narrow_the_search(
    tmp_path: Path, written: str, code: str, found: set[str]
) -> None:
    gazetteer = Gazetteer.read(units(tmp_path))
    assert gazetteer.area_code(written) == code
    assert {one.place_id for one in gazetteer.resolve("Ash", admin1=code).candidates} == found
    assert set(gazetteer.points_in(code)) == {gazetteer.position(one) for one in found}


def test_an_area_is_named_by_its_name_too() -> None:
    """A name that is no area is refused: no place lies in it, and nothing found tells nobody."""
    syria = Gazetteer(read_theater())
    by_code = syria.resolve("Nasib", admin1="SY-DR")
    assert by_code.candidates[0].admin1 == "SY-DR"
    assert [syria.resolve("Nasib", admin1=one) for one in ("Daraa", "درعا")] == [by_code, by_code]
    assert not syria.resolve("Nasib", admin1="Homs").candidates
    with pytest.raises(PlaceNotFound, match="no governorate"):
        syria.resolve("Nasib", admin1="Atlantis")


def test_a_subdistrict_of_two_districts_is_told(tmp_path: Path) -> None:
    gazetteer = Gazetteer.read(units(tmp_path))
    with pytest.raises(PlaceAmbiguous, match=r"2 areas: A102 .*Vale, AR-W.*; B101 "):
        gazetteer.area_code("Dell")
    with pytest.raises(PlaceNotFound, match="no governorate, district or subdistrict 'Quux'"):
        gazetteer.area_code("Quux")
    assert gazetteer.resolve("Ash, Moor district").candidates[0].place_id == "c"


def test_unknown_governorates_are_answered_with_the_known_ones(
    gazetteer: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(PlaceNotFound, match="there are: AR-E, AR-W"):
        gazetteer.area_code("Northshire")
    plain = Gazetteer(read_theater(required_only(tmp_path)))
    with pytest.raises(PlaceNotFound, match="there are: none"):
        plain.area_code("Westshire")


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
    there = kilometers(one, other)
    assert 0.0 <= there <= np.pi * 6371.01
    assert there == pytest.approx(kilometers(other, one), abs=1e-6)
    assert kilometers(one, one) == 0.0


def test_known_distances() -> None:
    assert kilometers((0, 0), (0, 1)) == pytest.approx(111.195, abs=0.01)
    assert kilometers((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert SAME_PLACE_KM == 2.0


# --- by sound, by kind, in context --------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "place_id", "how"),
    [
        ("Oakhamm", "oak", "skeleton"),
        ("Oakhem", "oak", "skeleton"),
        ("Elmsteed", "elm", "skeleton"),
        ("Birkfield", "birch", "fuzzy"),
        ("the city of Oakham", "oak", "folded"),
        ("Oakham's", "oak", "folded"),
        ("Thornbury airport", "base", "core"),
        ("the airbase of Thornbury", "base", "core"),
        ("Thornbury", "base", "core"),
        ("Newton, Eastshire", "newton-e", "exact"),
        ("Newton (Pineburgh)", "newton-e", "exact"),
        ("Newton near Oakham", "newton-w", "exact"),
    ],
)
def test_names_by_sound_by_kind_and_in_context(
    gazetteer: Gazetteer, written: str, place_id: str, how: str
) -> None:
    result = gazetteer.resolve(written)
    assert result.accepted
    assert (result.candidates[0].place_id, result.candidates[0].how) == (place_id, how)


def test_scores_fall_with_the_level(gazetteer: Gazetteer) -> None:
    names = ("Oakham", "OAKHAM", "oak upon water", "Oakhem", "Birkfield")
    scores = [gazetteer.resolve(name).candidates[0].score for name in names]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_an_arabic_name_finds_a_place_known_by_a_latin_name_only(gazetteer: Gazetteer) -> None:
    result = gazetteer.resolve("نيوتن")
    assert {one.place_id for one in result.candidates} == {"newton-w", "newton-e"}
    assert gazetteer.resolve("لارشمونت").candidates[0].place_id == "larch"


def test_a_place_near_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    for near in ("Pineburgh", "pine", (46.85, 15.05)):
        result = gazetteer.resolve("Newton", near=near)
        assert result.accepted
        assert [one.place_id for one in result.candidates] == ["newton-e", "newton-w"]
    assert gazetteer.resolve("Newton", near=(46.5, 14.6)).status == "ambiguous"
    with pytest.raises(PlaceNotFound):
        gazetteer.resolve("Newton", near="zzz")


def test_names_of_one_text_decide_for_each_other(gazetteer: Gazetteer) -> None:
    newton, oakham = gazetteer.resolve_together(["Newton", "Oakham"])
    assert (newton.accepted, newton.candidates[0].place_id) == (True, "newton-w")
    assert oakham.accepted
    assert gazetteer.resolve_together(["Newton"])[0].status == "ambiguous"


def test_a_kind_that_no_place_has_is_not_found(gazetteer: Gazetteer) -> None:
    for written in ("Ashford dam", "Oakham countryside", "the bridge", "province"):
        assert not gazetteer.resolve(written).accepted


def test_a_town_is_meant_before_a_few_villages_only(tmp_path: Path) -> None:
    villages = [town(f"v{n}", "Twin", 46.1 + n / 10, kind="village") for n in range(6)]
    few = of(tmp_path / "few", [town("t", "Twin", 46.95), *villages[:4]])
    assert few.resolve("Twin").accepted
    assert few.resolve("Twin").candidates[0].place_id == "t"
    many = of(tmp_path / "many", [town("t", "Twin", 46.95), *villages])
    assert many.resolve("Twin").status == "ambiguous"


def test_a_single_candidate_is_in_doubt_for_itself(tmp_path: Path) -> None:
    folder = arcadia(tmp_path, places=[*PLACES, town("doha", "Doha", 46.4) | {"kind": "village"}])
    write_csv(folder / "elsewhere.csv", [{"name": "Doha", "kind": "city", "source": "-"}])
    gazetteer = Gazetteer(read_theater(folder))
    result = gazetteer.resolve("Doha")
    assert (result.status, len(result.candidates)) == ("ambiguous", 1)
    with pytest.raises(PlaceAmbiguous, match=r"'Doha' may be doha .*, or nothing that the gazet"):
        gazetteer.one("Doha")
    many = Resolution("X", "ambiguous", result.candidates * 8)
    assert many.doubt.startswith("may be 8 places: doha (")
    assert many.doubt.endswith(" and 2 more")


def test_names_known_elsewhere_are_not_accepted(tmp_path: Path) -> None:
    places = [town("a", "Baghdadi", 46.1, kind="village"), town("b", "Homs", 46.5, kind="city")]
    folder = arcadia(tmp_path, places=places, tables={})
    assert Gazetteer.read(folder).resolve("Bagdadi").accepted
    write_csv(folder / "elsewhere.csv", [{"name": "Baghdad", "kind": "city", "source": "-"},
                                         {"name": "Homsi", "kind": "people", "source": "-"}])  # fmt: skip
    gazetteer = Gazetteer.read(folder)
    for name in ("Baghdad", "Bagdad", "بغداد", "Homsi", "Homsy"):
        assert not gazetteer.resolve(name).accepted
    assert gazetteer.resolve("Homs").accepted


def test_both_ways_of_reading_give_the_same(theater: Theater) -> None:
    slow, fast = Gazetteer(theater), Gazetteer.read(theater.folder)
    for name in [*slow.all_names(), "Newton", "Okham", "Thornbury"]:
        assert slow.resolve(name) == fast.resolve(name)
    assert list(fast.places.index) == list(slow.places.index)


def test_a_broken_folder_is_told_as_a_theater_tells_it(tmp_path: Path) -> None:
    folder = arcadia(tmp_path, places=[town("a", "Twin", 46.1)], tables={})
    (folder / "places.csv").write_text("place_id,name,kind,lat,lon\na,Twin,town,north,14\n")
    with pytest.raises(TheaterError, match="north"):
        Gazetteer.read(folder)
    with pytest.raises(TheaterError, match=r"not a theater folder|no such theater"):
        Gazetteer.read(tmp_path / "nowhere")


def test_the_nearest_places_of_a_point(gazetteer: Gazetteer) -> None:
    nearest = gazetteer.nearest_places((46.21, 14.21), 2)
    assert [one.place_id for one in nearest] == ["oak", "newton-w"]
    west, south, east, north = gazetteer.bounds
    assert west < 14.2 < east
    assert south < 46.2 < north
