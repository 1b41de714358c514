"""The labelled names: what reports write, in five languages, and what each must resolve to."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings, strategies as st
from paths import DATA

from syriamap.names.gazetteer import Gazetteer, Resolution
from syriamap.names.resolution import kilometers
from syriamap.theater.shipped import default_folder

LABELS = DATA / "names"
NOT_FAMILIES = {"ambiguous", "not_places", "relative", "arabic_villages"}
RIGHT_WITHIN_KM = 5.0

Row = dict[str, str]

pytestmark = pytest.mark.skipif(
    not (default_folder() / "places.csv").is_file(), reason="the data of Syria is not built"
)


def rows_of(name: str) -> list[Row]:
    with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


FAMILIES = sorted(path.stem for path in LABELS.glob("*.csv") if path.stem not in NOT_FAMILIES)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.read(default_folder())


def is_right(result: Resolution, row: Row, first: int = 1) -> bool:
    point = (float(row["lat"]), float(row["lon"]))
    return any(
        kilometers(point, (one.lat, one.lon)) <= RIGHT_WITHIN_KM
        for one in result.candidates[:first]
    )


def test_the_list_is_long_enough() -> None:
    names = [row for family in FAMILIES for row in rows_of(family)]
    assert len(names) >= 400
    assert len({row["lang"] for row in names}) >= 5
    assert len(rows_of("not_places")) >= 60
    assert len(rows_of("arabic_villages")) >= 200


def test_the_first_candidate_is_right(gazetteer: Gazetteer) -> None:
    named = [(row, gazetteer.resolve(row["written"])) for name in FAMILIES for row in rows_of(name)]
    wrong = [row["written"] for row, result in named if not is_right(result, row)]
    assert len(wrong) <= 0.02 * len(named), wrong


def test_hardly_any_name_is_accepted_wrongly(gazetteer: Gazetteer) -> None:
    named = [(row, gazetteer.resolve(row["written"])) for name in FAMILIES for row in rows_of(name)]
    accepted = [(row, result) for row, result in named if result.accepted]
    wrong = [row["written"] for row, result in accepted if not is_right(result, row)]
    assert len(accepted) >= 0.97 * len(named)
    assert len(wrong) <= 0.005 * len(named), wrong


@pytest.mark.parametrize("family", FAMILIES)
def test_no_family_is_left_behind(gazetteer: Gazetteer, family: str) -> None:
    rows = rows_of(family)
    right = sum(is_right(gazetteer.resolve(row["written"]), row) for row in rows)
    assert right >= 0.85 * len(rows)


def test_a_governorate_never_hurts(gazetteer: Gazetteer) -> None:
    for row in (row for family in FAMILIES for row in rows_of(family)):
        if is_right(gazetteer.resolve(row["written"]), row):
            hinted = gazetteer.resolve(row["written"], admin1=row["admin1"])
            assert not hinted.candidates or is_right(hinted, row), row["written"]


@pytest.mark.parametrize("written", [row["written"] for row in rows_of("not_places")])
def test_what_is_no_place_is_not_accepted(gazetteer: Gazetteer, written: str) -> None:
    assert not gazetteer.resolve(written).accepted


@pytest.mark.parametrize("written", [row["written"] for row in rows_of("ambiguous")])
def test_namesakes_are_reported(gazetteer: Gazetteer, written: str) -> None:
    result = gazetteer.resolve(written)
    assert result.status == "ambiguous"
    assert len(result.candidates) >= 3


def test_arabic_names_find_villages_known_by_a_latin_name(gazetteer: Gazetteer) -> None:
    rows = rows_of("arabic_villages")
    for hinted in (True, False):
        found = sum(
            is_right(
                gazetteer.resolve(row["written"], admin1=row["admin1"] if hinted else ""),
                row,
                first=3,
            )
            for row in rows
        )
        assert found >= 0.9 * len(rows)


@settings(max_examples=300, deadline=None)
@given(name=st.text(max_size=40))
def test_text_at_random_is_no_place(gazetteer: Gazetteer, name: str) -> None:
    assert not gazetteer.resolve(name).accepted


def test_ten_thousand_strings_at_random(gazetteer: Gazetteer) -> None:
    import random

    dice = random.Random(3)  # noqa: S311
    alphabets = [
        (0x20, 0x7F), (0xA0, 0x24F), (0x370, 0x52F), (0x600, 0x6FF), (0xFB50, 0xFEFC),
        (0x0, 0xFFFF), (0x10000, 0x10FFFF),
    ]  # fmt: skip
    for _ in range(10_000):
        low, high = dice.choice(alphabets)
        text = "".join(chr(dice.randint(low, high)) for _ in range(dice.randint(3, 24)))
        assert not gazetteer.resolve(text).accepted, text


@pytest.mark.parametrize(
    ("written", "admin1", "name"),
    [
        ("Suran", "Hama", "Suran"), ("صوران", "محافظة حماة", "Suran"), ("Qusayr", "SY-HI", "Qusayr"),
        ("Qusayr", "homs", "Qusayr"), ("Ras al-Ayn", "al-Hassakeh", "Ras al-Ayn"),
    ],
)  # fmt: skip
def test_a_governorate_decides(gazetteer: Gazetteer, written: str, admin1: str, name: str) -> None:
    code = gazetteer.area_code(admin1)
    result = gazetteer.resolve(written, admin1=code)
    assert result.accepted
    assert (result.candidates[0].name, result.candidates[0].admin1) == (name, code)


@pytest.mark.parametrize(
    ("written", "code"),
    [("Halab", "SY-HL"), ("Aleppo Governorate", "SY-HL"), ("ريف دمشق", "SY-RD"), ("Rif Dimashq", "SY-RD"),
     ("Deir Ezzor", "SY-DY"), ("sy-id", "SY-ID"), ("إدلب", "SY-ID"), ("Lattaquié", "SY-LA")],
)  # fmt: skip
def test_governorates_in_any_spelling(gazetteer: Gazetteer, written: str, code: str) -> None:
    assert gazetteer.area_code(written) == code


def test_context_in_the_name_itself(gazetteer: Gazetteer) -> None:
    for written in ("Suran, Hama", "Suran (Hama)", "Suran in Hama", "Souran, Hama province"):
        result = gazetteer.resolve(written)
        assert result.accepted
        assert result.candidates[0].admin1 == "SY-HM"
