"""Places told by way of others: read rightly, put on the globe rightly, or not at all."""

from __future__ import annotations

import csv

import pytest
from geopy.distance import geodesic
from hypothesis import given, strategies as st
from paths import DATA

from syriamap.names.gazetteer import Gazetteer
from syriamap.names.relative import RelativePlace, locate, resolution_of
from syriamap.names.relative_words import read_phrases
from syriamap.theater.folder import Theater
from syriamap.theater.shipped import default_folder

WINDS = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
LABELS = DATA / "names" / "relative.csv"
with LABELS.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def gazetteer(theater: Theater) -> Gazetteer:
    return Gazetteer(theater)


@pytest.fixture(scope="module")
def syria() -> Gazetteer:
    return Gazetteer.read(default_folder())


def placed(words: str, gazetteer: Gazetteer, **options: str) -> RelativePlace:
    found = locate(words, gazetteer, **options)
    assert found is not None
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["written"] for row in ROWS])
def test_the_labelled_expressions(syria: Gazetteer, row: dict[str, str]) -> None:
    found = placed(row["written"], syria, about="Homs")
    assert (found.words, found.how, found.status) == (row["written"], row["kind"], "accepted")
    phrase = next(one for one in read_phrases(row["written"]) if one.how == found.how)
    assert phrase.bearing == (WINDS[row["bearing"]] if row["bearing"] else None)
    if row["distance_km"]:
        assert phrase.kilometers == pytest.approx(float(row["distance_km"]), abs=0.05)
    places = [name for name in row["reference"].split(";") if name not in {"M4", "M5", "Euphrates"}]
    assert [one.place_id for one in found.anchors] == [syria.one(name) for name in places]
    west, south, east, north = syria.bounds
    assert west - 1 < found.lon < east + 1
    assert south - 1 < found.lat < north + 1
    assert found.radius_km > 0


@pytest.mark.parametrize("row", ROWS, ids=[row["written"] for row in ROWS])
def test_an_expression_is_never_taken_for_the_place_it_names(
    syria: Gazetteer, row: dict[str, str]
) -> None:
    assert not syria.resolve(row["written"]).accepted


def test_an_offset_is_a_geodesic(gazetteer: Gazetteer) -> None:
    found = placed("10 km north of Oakham", gazetteer)
    assert geodesic((46.2, 14.2), (found.lat, found.lon)).kilometers == pytest.approx(10, abs=0.01)
    assert found.lat > 46.2
    assert found.lon == pytest.approx(14.2, abs=1e-4)
    assert placed("6.2 miles north of Oakham", gazetteer).radius_km < found.radius_km


def test_between_is_half_way(gazetteer: Gazetteer) -> None:
    found = placed("between Oakham and Ashford", gazetteer)
    ends = [geodesic((one.lat, one.lon), (found.lat, found.lon)).kilometers
            for one in found.anchors]  # fmt: skip
    assert ends[0] == pytest.approx(ends[1], rel=1e-3)
    assert found.radius_km == pytest.approx(ends[0], abs=0.1)


def test_the_countryside_lies_on_its_side(gazetteer: Gazetteer) -> None:
    whole = placed("Oakham countryside", gazetteer)
    north = placed("northern countryside of Oakham", gazetteer)
    assert north.lat > 46.2
    assert north.radius_km <= whole.radius_km
    assert locate("western countryside of Oakham", gazetteer) is None  # no place is there
    small = placed("northern countryside of Ashford", gazetteer)
    assert small.radius_km < whole.radius_km


def test_the_city_is_the_one_the_text_is_about(gazetteer: Gazetteer) -> None:
    assert locate("10 km from the city center", gazetteer) is None
    found = placed("10 km from the city center", gazetteer, about="Pineburgh")
    assert [one.place_id for one in found.anchors] == ["pine"]


def test_what_is_told_by_an_ambiguous_place_is_ambiguous(gazetteer: Gazetteer) -> None:
    west = placed("3 km east of Newton", gazetteer)
    assert west.status == "ambiguous"
    assert [one.anchors[0].place_id for one in (west, *west.others)] == ["newton-e", "newton-w"]
    found = resolution_of("3 km east of Newton", gazetteer)
    assert found is not None
    assert [(one.admin1, round(one.lat, 1)) for one in found.candidates] == [
        ("AR-E", 46.9),
        ("AR-W", 46.1),
    ]
    assert found.doubt.startswith("may be 2 places")
    assert placed("3 km east of Newton", gazetteer, admin1="AR-E").status == "accepted"


def test_a_bank_is_beside_its_river(syria: Gazetteer) -> None:
    west = placed("the western bank of the Euphrates near Deir ez-Zor", syria)
    east = placed("the eastern bank of the Euphrates near Deir ez-Zor", syria)
    assert west.lon < east.lon
    assert geodesic((west.lat, west.lon), (east.lat, east.lon)).kilometers < 5


@pytest.mark.parametrize("words", ["Homs", "", "   ", "north", "10 km", "six miles north of",
                                   "between Homs", "Kafr Nabl", "x" * 500, "near nowhere at all"])  # fmt: skip
def test_what_is_no_expression(syria: Gazetteer, words: str) -> None:
    assert locate(words, syria) is None
    assert resolution_of(words, syria) is None


def test_an_expression_as_a_resolution(gazetteer: Gazetteer) -> None:
    result = resolution_of("10 km north of Oakham", gazetteer)
    assert result is not None
    assert result.accepted
    (one,) = result.candidates
    assert (one.place_id, one.kind, one.name) == ("", "area", "10 km north of Oakham")
    assert one.how.startswith("offset ±")


@given(words=st.text(max_size=60))
def test_any_text_is_read_without_failing(gazetteer: Gazetteer, words: str) -> None:
    found = locate(words, gazetteer)
    assert found is None or found.words == words
