"""Spellings of one name fold to one form."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st

from syriamap.names.agreement import agreement
from syriamap.names.kind_words import read_kind
from syriamap.names.toponyms import (
    fold,
    folds,
    is_arabic,
    skeleton,
    skeletons,
    sounds,
    sounds_of_all,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=20)
"""Lone surrogates too: a command line may hold them."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ar-Rastān", "Rastan"),
        ("al-Bukamal", "Al Bukamal"),
        ("ash-Shughur", "Shughur"),
        ("Deir ez-Zor", "Deir Ez Zor"),
        ("Deir ez-Zor", "Deir Zor"),
        ("Ma'arrat al-Nu'man", "Maarrat Numan"),
        ("Maʿarrat an-Nuʿmān", "Ma`arrat an Nu’man"),
        ("  HAMA  ", "hama"),
        ("Ḩamāh", "hamah"),
        ("St. John's", "St Johns"),
        ("Tell-Rifaat", "Tell Rifaat"),
        ("حماة", "حماه"),
        ("إدلب", "ادلب"),
        ("دير الزّور", "دير الزور"),
        ("الرستن", "رستن"),
        ("مصطفى", "مصطفي"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hama", "Homs"), ("Tall Abyad", "Tall Tamr"), ("Ala", "A"), ("حماة", "حمص"), ("Asad", "Ad")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_an_article_alone_is_not_folded_away() -> None:
    assert fold("Al") == "al"
    assert fold("آل")


@pytest.mark.parametrize("name", ["حماة", "Tell حماة", "٥"])
def test_arabic_script(name: str) -> None:
    assert is_arabic(name)
    assert not is_arabic("Hama 5 Ḩamāh")


@given(name=ANY_TEXT)
@example("ﷺ")
@example("\ud800")
@example("İ")
@example("al-al-al-x")
def test_folding_never_fails_and_gives_plain_words(name: str) -> None:
    folded = fold(name)
    assert folded == " ".join(folded.split())
    assert isinstance(skeleton(name), str)


@given(name=ANY_TEXT)
def test_folding_forgets_case_and_outer_space(name: str) -> None:
    assert fold(f"  {name}\n") == fold(name)


@given(words=st.lists(st.text("bcdfghjklmnopqrstuvwxyz", min_size=3, max_size=7), max_size=4))
def test_folding_folded_words_changes_nothing(words: list[str]) -> None:
    plain = [word for word in words if word not in {"adh", "ash", "esh"}]
    folded = fold(" ".join(plain))
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rastan", "Ar Rastān"), ("Tall Rif`at", "Tel Rifaat"), ("Kafr Nabl", "Kafranbel"),
     ("Jisr ash-Shughur", "Jisr al-Shughour"), ("Qusayr", "Kusair")],
)  # fmt: skip
def test_skeletons_of_one_place(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_skeletons_tell_places_apart() -> None:
    assert len({skeleton(name) for name in ("Hama", "Homs", "Idlib", "Aleppo", "Rastan")}) == 5


# --- both scripts, five languages ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("دير الزور", ["Deir ez-Zor", "Deir Ezzor", "Dayr az-Zawr", "Deir al-Zour", "Deyrizor"]),
        ("معرة النعمان", ["Ma'arrat an-Nu'man", "Maarat al-Numan", "Maaret al-Noomane"]),
        ("جسر الشغور", ["Jisr ash-Shughur", "Jisr al-Choghour", "Dschisr asch-Schughur"]),
        ("خان شيخون", ["Khan Shaykhun", "Khan Cheikhoun", "Chan Scheichun", "Han Şeyhun"]),
        ("القامشلي", ["Al-Qamishli", "Kamechliyé", "Kamischli", "Kamışlı", "Qamişlo"]),
        ("السويداء", ["As-Suwayda", "Soueïda", "Sweida", "Süveyde"]),
        ("منبج", ["Manbij", "Membij", "Minbic", "Münbiç"]),
        ("البوكمال", ["Al-Bukamal", "Albukamal", "Abu Kamal", "Boukamal"]),
        ("الشيخ مقصود", ["Sheikh Maqsoud", "Cheikh Maqsoud", "Şêx Meqsûd"]),
        ("اليعربية", ["Al-Yarubiyah", "Yaroubieh", "Ya'rubiya"]),
        ("جرابلس", ["Jarabulus", "Djarablous", "Cerablus", "Dscherablus"]),
        ("أبو الظهور", ["Abu al-Duhur", "Abu adh-Dhuhur", "Abou Zouhour", "Abu Thuhur"]),
        ("عين العرب", ["Ayn al-Arab", "Ain el-Arab", "`Ayn al `Arab"]),
        ("حماة", ["Hama", "Ḩamāh", "Hamah", "Хама"]),
        ("حمص", ["Homs", "Ḩimş", "Humus"]),
    ],
)
def test_one_skeleton_for_both_scripts(arabic: str, latin: list[str]) -> None:
    for name in latin:
        assert set(skeletons(name)) & set(skeletons(arabic)), name
        assert agreement(sounds(name), sounds(arabic), across=True) > 0.7, name


LETTERS = [
    ("ب", "b"), ("ت", "t"), ("ط", "ţ"), ("ج", "j"), ("خ", "kh"), ("د", "d"), ("ذ", "dh"),
    ("ر", "r"), ("ز", "z"), ("س", "s"), ("ش", "sh"), ("ض", "ḑ"), ("غ", "gh"), ("ف", "f"),
    ("ق", "q"), ("ك", "k"), ("ل", "l"), ("م", "m"), ("ن", "n"),
]  # fmt: skip
"""Consonants and their BGN/PCGN romanization; ş is left out, for Turkish has it too."""
VOWELS = [("ا", "ā"), ("و", "ū"), ("ي", "ī"), ("", "a"), ("", "i"), ("", "u")]
SYLLABLES = st.lists(
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(VOWELS)), min_size=2, max_size=6
)
ENDINGS = st.sampled_from([("", ""), ("ة", "ah"), ("ة", "a"), ("ة", "eh")])


@given(syllables=SYLLABLES, ending=ENDINGS, has_article=st.booleans())
def test_a_romanized_name_keeps_its_skeleton(
    syllables: list[tuple[tuple[str, str], tuple[str, str]]],
    ending: tuple[str, str],
    has_article: bool,
) -> None:
    arabic = "".join(consonant[0] + vowel[0] for consonant, vowel in syllables)
    latin = "".join(consonant[1] + vowel[1] for consonant, vowel in syllables)
    if ending[0]:  # ta marbuta takes the place of the last vowel
        last = syllables[-1][1]
        arabic = arabic.removesuffix(last[0]) + ending[0]
        latin = latin.removesuffix(last[1]) + ending[1]
    if arabic.startswith("ال"):
        return
    if has_article:
        arabic, latin = f"ال{arabic}", f"al-{latin}"
    assert set(skeletons(arabic)) & set(skeletons(latin)), (arabic, latin)


@given(name=ANY_TEXT)
@example("ah eh ah")
@example("الالبان")
@example("Şşı ḫah")
def test_folding_what_is_folded_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(names=st.lists(ANY_TEXT, max_size=6))
@example(["a\nb", "", "\n", "حماة\n"])
def test_many_at_once_are_as_one_by_one(names: list[str]) -> None:
    assert folds(names) == [fold(name) for name in names]
    assert sounds_of_all(names) == [sounds(name) for name in names]


@given(one=ANY_TEXT, other=ANY_TEXT, across=st.booleans())
def test_agreement_is_symmetric_and_bounded(one: str, other: str, across: bool) -> None:
    there = agreement(sounds(one), sounds(other), across=across)
    assert 0.0 <= there <= 1.0
    assert there == pytest.approx(agreement(sounds(other), sounds(one), across=across))
    assert agreement(sounds(one), sounds(one), across=across) == 1.0


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("Homs", "Hims"), ("Homs", "Homsi")), (("Rastan", "Restan"), ("Rastan", "Rustum")),
        (("Hama", "Hamah"), ("Hama", "Hums")), (("Suran", "Souran"), ("Suran", "Sirin")),
        (("T4", "T 4"), ("T4", "T3")), (("حمص", "Homs"), ("حمصي", "Homs")),
    ],
)  # fmt: skip
def test_spellings_agree_more_than_names(near: tuple[str, str], far: tuple[str, str]) -> None:
    def alike(one: str, other: str) -> float:
        return agreement(sounds(one), sounds(other), across=is_arabic(one) != is_arabic(other))

    assert alike(*near) > alike(*far) + 0.05


@pytest.mark.parametrize(
    ("written", "core", "kind"),
    [
        ("the Rastan bridge", "rastan", "bridge"), ("جسر الرستن", "رستن", "bridge"),
        ("Hama military airport", "hama", "airbase"), ("مطار حماة العسكري", "حماه", "airbase"),
        ("aéroport de Damas", "damas", "airport"), ("Staudamm von Tabqa", "tabqa", "dam"),
        ("Bab el-Hava sınır kapısı", "bab hava", "crossing"), ("قاعدة حميميم الجوية", "حميميم", "airbase"),
        ("Tartus naval base", "tartus", "naval_base"), ("Tabqa barajı", "tabqa", "dam"),
        ("city of Hama", "hama", "city"), ("بلدة مورك", "مورك", "town"), ("Hama province", "hama", "area"),
        ("ريف حماة", "حماه", "area"), ("Homs", "homs", ""),
        ("the Omar oil field", "omar", "oil_field"), ("حقل العمر النفطي", "عمر", "oil_field"),
        ("Conoco gas plant", "conoco", "plant"), ("مصفاة حمص", "حمص", "plant"),
        ("T2 pumping station", "t2", "pumping_station"), ("سجن صيدنايا", "صيدنايا", "prison"),
        ("Palmyra Castle", "palmyra", "castle"), ("مشفى الكندي", "كندي", "hospital"),
    ],
)  # fmt: skip
def test_kind_words_in_five_languages(written: str, core: str, kind: str) -> None:
    reading = read_kind(fold(written))
    assert reading.core == core
    assert kind in reading.kinds if kind else not reading.kinds
