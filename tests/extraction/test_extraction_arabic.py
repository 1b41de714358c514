"""Who does what where in Arabic sentences: order, verbal nouns, pronouns, lists, parts, denials."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shipped import reader
from theaters import ACTORS, write_theater

from syriamap.extraction import document_from_text
from syriamap.extraction.arabic.verb_forms import deed_forms, read_deeds
from syriamap.extraction.reading.extractor import Extractor
from syriamap.theater.folder import read_theater

EXTRACTOR = reader()
TOLD = {"asserted", "claimed"}


def facts(text: str, published: str) -> set[tuple[str, str, str]]:
    drafts, _ = EXTRACTOR.drafts(document_from_text(text, "t"), date.fromisoformat(published))
    return {
        (one.actor, one.relation, one.place)
        for one in drafts
        if one.relation != "none" and one.certainty in TOLD
    }


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (  # whoever withdraws first is not who takes
            "بعد انسحاب قوات النظام من بلدة مورك بسطت هيئة تحرير الشام سيطرتها على مدينة صوران.",
            "2024-12-02",
            {("government", "withdrew", "مورك"), ("hts", "captured", "صوران")},
        ),
        (  # the subject behind a long phrase, and "which" of an actor
            "حدث تقدم لقوات النظام التي سيطرت خلال الساعات الماضية على قرية الحسينية.",
            "2017-10-17",
            {("government", "captured", "الحسينية")},
        ),
        (  # who is driven out is no subject
            "أعلنت قسد سيطرتها على بلدة الصور وطرد تنظيم داعش منها.",
            "2017-10-20",
            {("sdf", "captured", "الصور")},
        ),
        (  # "to capture" and "as its aim" are no facts
            "تستعد قوات النظام للتقدم نحو مدينة سراقب والسيطرة عليها.",
            "2020-02-01",
            set(),
        ),
        (  # a list goes on behind where it lies
            "سيطرت قوات النظام على قرية لطمين بريف حماة الشمالي، وعلى بلدة اللطامنة.",
            "2019-08-23",
            {("government", "captured", "لطمين"), ("government", "captured", "اللطامنة")},
        ),
        (  # a list in signs of quotation
            "سيطرت قوات النظام على قريتي «لطمين» و«تل فاس» في ريف حماة.",
            "2019-08-23",
            {("government", "captured", "لطمين"), ("government", "captured", "تل فاس")},
        ),
        (  # parts of a town: it is fought for
            "سيطرت فصائل المعارضة على أحياء من مدينة حلب.",
            "2024-11-29",
            {("opposition", "contested", "حلب")},
        ),
        (  # what lies around a place is not it
            "دارت اشتباكات بين قوات النظام وتنظيم داعش في محيط مدينة تدمر.",
            "2016-12-09",
            set(),
        ),
        (  # both sides of a fight contest a place
            "اندلعت اشتباكات بين قسد والجيش الوطني في مدينة منبج.",
            "2024-12-07",
            {("sdf", "contested", "منبج"), ("sna", "contested", "منبج")},
        ),
        (  # a state behind "which"
            "قصفت الطائرات الروسية مدينة الباب التي يسيطر عليها تنظيم داعش.",
            "2016-10-10",
            {("russia", "struck", "الباب"), ("isis", "controls", "الباب")},
        ),
        (  # out of somebody's control
            "خرجت مدينة سراقب عن سيطرة قوات النظام.",
            "2024-11-30",
            {("government", "lost", "سراقب")},
        ),
        (  # two towns that fell, in the dual
            "سقطت مدينتا الرستن وتلبيسة في أيدي فصائل المعارضة.",
            "2024-12-06",
            {("opposition", "captured", "الرستن"), ("opposition", "captured", "تلبيسة")},
        ),
        (  # raids called by whose they are
            "قتل مدنيان جراء غارات روسية على بلدة سرمين.",
            "2019-12-20",
            {("russia", "struck", "سرمين")},
        ),
        (  # a strategic town is not called so
            "سيطرت قوات النظام على بلدة استراتيجية في ريف حماة.",
            "2019-05-09",
            set(),
        ),
        ("لا صحة لدخول الجيش السوري مدينة الحسكة.", "2026-01-18", set()),
        ("لم يعلن التنظيم عن سيطرته على مدينة السخنة.", "2017-10-01", set()),
        ("قال ناشط إن القافلة اتجهت نحو مدينة جرابلس.", "2016-08-12", set()),
    ],
)
def test_who_does_what_where(
    text: str, published: str, expected: set[tuple[str, str, str]]
) -> None:
    assert facts(text, published) == expected


def test_pronouns_mean_who_was_named_before() -> None:
    text = (
        "دخلت قوات سوريا الديمقراطية مدينة الطبقة. وقالت القيادة إن مقاتليها سيطروا على بلدة الصور."
    )
    assert ("sdf", "captured", "الصور") in facts(text, "2017-05-10")


def test_every_form_of_a_verb_is_made_of_the_table() -> None:
    deeds = read_deeds()
    for word in ("سيطر", "سيطرت", "سيطروا", "سيطرنا", "استولت", "حررتها", "دخلوها"[:-2] + "ها"):
        assert word in deeds, word
    agrees = {one.agrees for one in deeds["سيطروا"]}
    assert agrees == {"p"}
    assert "انسحابها" in deed_forms("masdar")
    assert "المتمركزه" in deed_forms("participle")


def test_a_town_may_be_called_by_a_common_word_a_village_not(tmp_path: Path) -> None:
    places = [
        {"place_id": "two", "name": "Two Villages", "name_ar": "القريتين", "kind": "town",
         "lat": 46.5, "lon": 14.3},
        {"place_id": "city", "name": "The City", "name_ar": "المدينة", "kind": "village",
         "lat": 46.6, "lon": 14.6},
    ]  # fmt: skip
    aliases = [{"actor_id": "crown", "alias": "الجيش الملكي"}]
    folder = write_theater(
        tmp_path / "theater", places=places, actors=ACTORS, tables={"actor_aliases": aliases}
    )
    extractor = Extractor(read_theater(folder))

    def taken(text: str) -> list[str]:
        drafts, _ = extractor.drafts(document_from_text(text, "t"), date(2030, 3, 1))
        return [one.place_id for one in drafts if one.relation == "captured"]

    assert taken("سيطر الجيش الملكي على بلدة القريتين.") == ["two"]
    assert "city" not in taken("سيطر الجيش الملكي على قرية المدينة.")
