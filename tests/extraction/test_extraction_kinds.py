"""Kinds of misreadings: areas and villages, whose army, nobody, exceptions, films, asides."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import reader

from syriamap.extraction import document_from_text

SHARED = reader()


def rows(text: str, day: str) -> list[tuple[str, str, str, str, str]]:
    """Actor, relation, place, id and certainty of everything that is claimed."""
    drafts, _ = SHARED.drafts(document_from_text(text), date.fromisoformat(day))
    return [
        (one.actor, one.relation, one.place, one.place_id, one.certainty)
        for one in drafts
        if one.relation != "none"
    ]


def told(text: str, day: str) -> set[tuple[str, str, str]]:
    """Actor, relation and place of what is told as a fact."""
    return {row[:3] for row in rows(text, day) if row[4] in {"asserted", "claimed"}}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Israeli forces entered the Golan in Syria.", "2024-12-08"),
        ("The Syrian army took the Golan and entered Qalamoun.", "2013-12-01"),
        ("Syria: the army advanced into the Yarmouk Basin.", "2018-07-20"),
        ("سوريا: توغل الجيش الإسرائيلي في الجولان.", "2024-12-09"),
        ("سوريا: سيطر الجيش السوري على القلمون.", "2014-04-15"),
        ("سوريا: دخلت قوات النظام بلدات القلمون الغربي.", "2014-04-15"),
        ("سوريا: تقدمت قوات النظام في سهل الحولة.", "2015-10-15"),
    ],
)
def test_an_area_is_no_village_that_bears_its_name(text: str, day: str) -> None:
    assert rows(text, day) == []


def test_a_village_is_meant_where_its_kind_stands_beside_the_name() -> None:
    found = rows("In Syria's Kobani area the SDF captured the village of Golan.", "2015-02-01")
    assert ("sdf", "captured", "Golan", "osm-01ea90e6", "asserted") in found


def test_an_area_tells_where_its_villages_lie() -> None:
    text = (
        "Israeli forces advanced in Quneitra in Syria. Its vehicles entered the villages of"
        " Ma'ariyah and Abdin in the Yarmouk Basin."
    )
    found = {row[3] for row in rows(text, "2024-12-17")}
    assert found >= {"osm-d492024c", "osm-67d75e1c"}


@pytest.mark.parametrize(
    ("text", "day", "actor"),
    [
        ("The Syrian National Army entered Tal Rifaat. The army also seized {}.", "2024-12-01",
         "sna"),
        ("The Israeli army entered Quneitra in Syria. The army also seized {}.", "2024-12-11",
         "israel"),
        ("The Free Syrian Army took Azaz. The army seized {}.", "2012-12-01", "government"),
        ("The Syrian National Army left Tadef. Regime forces are in Hama. The army seized {}.",
         "2024-12-01", "government"),
    ],
)  # fmt: skip
def test_the_army_is_the_one_that_was_named(text: str, day: str, actor: str) -> None:
    assert (actor, "captured", "Khan Arnabah") in told(text.format("Khan Arnabah"), day)


def test_bare_gunmen_are_nobody() -> None:
    text = "Syrian security forces fought on Friday. Gunmen seized control of Qardaha."
    assert told(text, "2025-03-07") == set()
    named = "Druze gunmen attacked Syrian troops. The gunmen seized Shahba."
    assert ("druze_groups", "captured", "Shahba") in told(named, "2025-07-18")


@pytest.mark.parametrize(
    ("text", "day", "there", "nowhere"),
    [
        ("سيطر الجيش السوري على بلدات ريف حلب الشرقي باستثناء مدينة الباب.", "2017-02-01",
         set(), "الباب"),
        ("دخلت قوات الحكومة السورية بلدة الدالية وتواصل تمشيط القرى الجبلية.", "2025-03-09",
         {("transitional_government", "contested", "الدالية")}, "الجبلية"),
        ("قصفت قوات النظام مدينتي الأتارب وسرمين، وتحاول استعادة الفوج 46.", "2024-11-28",
         {("government", "struck", "سرمين")}, "تحاول استعادة"),
        ("خرج فيلق الرحمن من زملكا. ووصلت إلى قلعة المضيق الدفعة الثامنة من مهجري زملكا.",
         "2018-03-31", set(), "قلعة المضيق"),
        ("سيطرت قوات العشائر على حقلي العمر وكونيكو شرقي دير الزور.", "2026-01-18",
         {("tribal_forces", "captured", "العمر"), ("tribal_forces", "captured", "كونيكو")},
         "دير الزور"),
        ("سيطرت قوات سوريا الديمقراطية على حيي الأشرفية والشيخ مقصود في حلب.", "2016-02-18",
         {("sdf", "captured", "الأشرفية"), ("sdf", "captured", "الشيخ مقصود")}, "حلب"),
        ("وافقت قسد على الانسحاب من حيي الأشرفية والشيخ مقصود في حلب.", "2024-12-04",
         set(), "الأشرفية"),
        ("طرد جيش الإسلام عناصر داعش من مناطق قريبة من دوما.", "2016-05-08", set(), "دوما"),
    ],
)  # fmt: skip
def test_arabic_places_and_what_is_none(
    text: str, day: str, there: set[tuple[str, str, str]], nowhere: str
) -> None:
    found = told(text, day)
    assert there <= found
    assert nowhere not in {place for _, _, place in found}


@pytest.mark.parametrize(
    ("text", "day", "there"),
    [
        ("Syrian state media denied that rebels had reached Hama and said that the army had secured"
         " Khattab.", "2024-12-03", ("government", "captured", "Khattab")),
        ("The Deir Az Zor Military Council attacked seven villages held by Syrian government forces,"
         " among them Khasham and al-Salihiyah.", "2024-12-03", ("sdf", "contested", "Khasham")),
        ("Kuweires Airport, where Syrian regime forces were deployed, had come under SNA control.",
         "2024-12-01", ("sna", "captured", "Kuweires Airport")),
        ("HTS has taken Hama in Syria. Video released on Thursday shows its fighters at the Hama"
         " military airport.", "2024-12-05", ("hts", "contested", "Hama military airport")),
        ("Syrian army units are stationed at the southern entrance of Hasakah.", "2026-01-21",
         ("transitional_government", "advanced_toward", "Hasakah")),
        ('Syrian rebels, he added, "advanced without meeting resistance" into Maaret al-Numan.',
         "2024-11-30", ("opposition", "advanced_toward", "Maaret al-Numan")),
        ("SAA units deployed to Manbij on October 14 after the U.S. military left it, and to Ain Issa"
         " and Tal Tamr.", "2019-10-16", ("government", "contested", "Tal Tamr")),
        ("Syrian troops broke a three-year rebel siege of two villages, Nubl and al-Zahraa.",
         "2016-02-03", ("government", "advanced_toward", "Nubl")),
        ("Turkish troops raised flags in Afrin, Syria. The YPG, which had vowed to defend it, left"
         " the town.", "2018-03-18", ("sdf", "withdrew", "Afrin")),
    ],
)  # fmt: skip
def test_deeds_past_asides_and_other_clauses(
    text: str, day: str, there: tuple[str, str, str]
) -> None:
    assert there in told(text, day)


@pytest.mark.parametrize(
    ("text", "day", "not_there"),
    [
        ("Syria's army took Deir Hafer and Maskana east of Aleppo after the SDF pulled out, and its"
         " soldiers crossed into Raqqa province.", "2026-01-17", "Aleppo"),
        ("The Islamic State attacked Syrian patrols in the desert around Palmyra.", "2025-12-08",
         "Palmyra"),
        ("Syria: SDF elements previously deployed to Tal Rifaat are surrounded.", "2024-12-01",
         "Tal Rifaat"),
        ("Unconfirmed: the Syrian army left Saraqib.", "2020-02-27", "Saraqib"),
    ],
)  # fmt: skip
def test_what_only_lies_near_or_was_before_gets_no_fact(
    text: str, day: str, not_there: str
) -> None:
    assert not_there not in {place for _, _, place in told(text, day)}


def test_a_site_of_its_own_name_is_meant_wherever_the_rest_plays() -> None:
    text = (
        "Rebels captured Menagh air base in Syria; in Latakia province they also overran several"
        " villages, including Barouda and Istarba."
    )
    assert "site-menagh" in {row[3] for row in rows(text, "2013-08-05")}


def test_high_asks_that_all_stand_near_and_one_place_bears_the_name() -> None:
    def levels(text: str, day: str) -> dict[str, str]:
        drafts, _ = SHARED.drafts(document_from_text(text), date.fromisoformat(day))
        return {one.place: one.confidence for one in drafts if one.relation != "none"}

    near = "سيطرت قوات النظام على مدينة حلب في سوريا."
    far = (
        "سيطرت قوات النظام بعد معارك عنيفة استمرت أياما طويلة مع مسلحي تنظيم داعش في ريف المنطقة"
        " على مدينة حلب في سوريا."
    )
    assert levels(near, "2016-12-20") == {"حلب": "high"}
    assert "high" not in levels(far, "2016-12-20").values()
    assert levels("The Syrian army captured Hama.", "2016-12-20") == {"Hama": "high"}


@pytest.mark.parametrize(
    ("text", "day", "sites"),
    [
        ("Syria: IS took Palmyra and its airport.", "2015-05-20", {"site-palmyra-airport"}),
        ("Syria: The SDF captured Tabqa along with its dam and the nearby air base.", "2017-05-10",
         {"site-tabqa-dam", "site-tabqa-air-base"}),
        ("Syria: Rebels seized Raqqa and its bridges.", "2013-03-04", set()),
        ("Syria: Rebels hold Mayadin and their base.", "2012-11-22", set()),
        ("Syria: Rebels took Aleppo and its countryside.", "2024-11-30", set()),
        ("Syria: Rebels took Aleppo and the airport of Hama.", "2024-12-05", set()),
    ],
)  # fmt: skip
def test_a_site_is_called_by_its_place(text: str, day: str, sites: set[str]) -> None:
    found = rows(text, day)
    assert {row[3] for row in found if row[2].startswith(("its", "the nearby"))} == sites
    assert len({row[:2] for row in found}) == 1, "what is joined to a place is told of it too"
