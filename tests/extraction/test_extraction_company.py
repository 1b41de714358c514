"""What stands beside names: in Arabic what ends one and what joins them, in both what a list says."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import reader

from syriamap.extraction import document_from_text

SHARED = reader()


def rows(text: str, day: str) -> list[tuple[str, str, str, str, str]]:
    """Actor, relation, id or name, certainty and day of everything that is claimed."""
    drafts, _ = SHARED.drafts(document_from_text(text), date.fromisoformat(day))
    return [
        (one.actor, one.relation, one.place_id or one.place, one.certainty, one.event_date)
        for one in drafts
        if one.relation != "none"
    ]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (  # "in fulfillment of" is no part of a name
            "انسحبت قوات وزارة الدفاع من مدينة السويداء تنفيذاً للاتفاق.",
            "2025-07-17",
            {("transitional_government", "withdrew", "gn-172408")},
        ),
        (  # quarters in a row, each by its own name
            "سيطرت الفصائل على أحياء الحمدانية وحلب الجديدة في مدينة حلب.",
            "2024-11-29",
            {
                ("opposition", "captured", "site-hamdaniyah"),
                ("opposition", "captured", "site-new-aleppo"),
            },
        ),
        (  # the quarters of a city are a part of it
            "سيطرت الفصائل على أحياء حلب الغربية.",
            "2024-11-29",
            {("opposition", "contested", "gn-170063")},
        ),
        (  # a list goes on with towns that are named behind where they lie
            "انسحبت هيئة تحرير الشام من مدينة خان شيخون ومن بلدات ريف حماة الشمالي، بينها مورك وكفرزيتا.",
            "2019-08-21",
            {
                ("hts", "withdrew", "gn-168325"),
                ("hts", "withdrew", "gn-166640"),
                ("hts", "withdrew", "gn-168620"),
            },
        ),
        (  # factions of one side beside another
            "سيطرت وحدات حماية الشعب وفصائل من الجيش الحر على مدينة تل أبيض.",
            "2015-06-15",
            {("sdf", "captured", "gn-163750"), ("opposition", "captured", "gn-163750")},
        ),
        (  # what there is no more of A denies nothing that B did
            "لم يعد لقوات النظام أي وجود في حلفايا بعد دخول الثوار إليها.",
            "2024-12-03",
            {("opposition", "contested", "gn-170044")},
        ),
        (  # whoever advances after a capture has captured
            "تقدمت قوات النظام في ريف درعا الغربي بعد انتزاع قريتي القصير وكويا من جيش خالد.",
            "2018-07-31",
            {
                ("government", "captured", "osm-b20193c6"),
                ("government", "captured", "osm-99dfe859"),
            },
        ),
        (  # whoever withdraws after one has not
            "انسحبت قوات النظام من بلدة الشجرة بعد تحرير قريتي القصير وكويا.",
            "2018-07-31",
            {("government", "withdrew", "gn-172829")},
        ),
        (  # a place that comes under attack
            "تعرضت مدينة جبلة لهجوم شنته فلول النظام البائد.",
            "2025-03-07",
            {("coast_insurgents", "contested", "gn-169304")},
        ),
        (  # what was held before is not held
            "سيطر الجيش السوري على بلدة السبينة، وكان مقاتلون معارضون يتحصنون فيها منذ عام.",
            "2013-11-05",
            {("government", "captured", "osm-5fe93cc1")},
        ),
        (  # a siege that lasts
            "تفرض قوات الحكومة حصاراً على مدينة عين العرب من ثلاث جهات.",
            "2026-01-20",
            {("transitional_government", "besieged", "gn-172256")},
        ),
    ],
)
def test_arabic_words_beside_names_and_doers(
    text: str, day: str, expected: set[tuple[str, str, str]]
) -> None:
    assert {row[:3] for row in rows(text, day)} == expected


def test_between_two_sides_is_nobodys_speech() -> None:
    told = rows("اندلعت اشتباكات بين مقاتلي العشائر وقسد في بلدة البصيرة.", "2023-08-28")
    assert {(row[0], row[3]) for row in told} == {
        ("tribal_forces", "asserted"),
        ("sdf", "asserted"),
    }


def test_a_day_is_read_in_an_arabic_sentence_with_vowel_signs() -> None:
    text = "قتل 12 شخصاً في قصف للطيران الحربي على بلدة سراقب مساء الخميس 18 نيسان."
    assert {row[4] for row in rows(text, "2013-04-19")} == {"2013-04-18"}


# --- namesakes ------------------------------------------------------------------------------------


def test_what_lies_around_a_village_is_no_reason_to_name_its_governorate() -> None:
    text = "Israel shelled the outskirts of Koya in western Daraa, Syria."
    assert "gn-170905" not in {row[2] for row in rows(text, "2025-06-03")}


def test_the_list_of_a_sentence_decides_before_the_cities_of_the_text() -> None:
    text = (
        "Tribal convoys from Aleppo and Raqqa in Syria massed near Suwayda. They overran Taara,"
        " al-Duwayra and al-Thaala."
    )
    assert "ocha-C1483" not in {row[2] for row in rows(text, "2025-07-18")}  # in Afrin
    drafts, _ = SHARED.drafts(document_from_text(text), date(2025, 7, 18))
    assert "osm-40ddd61d" in {one.place_id for one in drafts}


def test_a_village_amid_a_list_is_meant_before_a_town_far_off() -> None:
    text = (
        "Druze fighters control Suwayda, Salkhad and Qanawat, while the Syrian government holds"
        " the villages of al-Mazraa and Kanaker."
    )
    ids = {row[2] for row in rows(text, "2025-07-31")}
    assert "osm-276237a8" in ids
    assert "gn-168579" not in ids  # a town near Damascus


def test_a_site_whose_kind_is_not_said_stands_back_behind_a_village() -> None:
    text = "Syrian government forces hold the villages of al-Mazraa, Walgha and al-Thaala."
    ids = {row[2] for row in rows(text, "2025-07-31")}
    assert "osm-40ddd61d" in ids  # an air base near it is called by its name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In Idlib, Syrian security forces besieged a camp of French fighters.", "2025-10-20"),
        ("In Idlib, Syrian security forces besieged a camp of Uzbek fighters.", "2025-10-20"),
        ("Druze factions retook the National Hospital in Suwayda, Syria.", "2025-07-16"),
    ],
)
def test_a_people_and_a_half_name_are_no_place(text: str, day: str) -> None:
    assert rows(text, day) == []
