"""Ways to say it that go by class, not by wording: what befalls a place, whose arms, asides."""

from __future__ import annotations

from told import Facts, assert_told, cases


@cases(
    ("what a place saw", "Syria. Saraqib saw heavy clashes between HTS and the army.", "2024-12-01",
     [("hts", "contested", "Saraqib"), ("government", "contested", "Saraqib")], []),
    ("the scene of", "Syria. Saraqib was the scene of fierce fighting between HTS and the army.",
     "2024-12-01", [("hts", "contested", "Saraqib")], []),
    ("subjected to", "Syria. Saraqib was subjected to heavy shelling by the army.", "2024-12-01",
     [("government", "struck", "Saraqib")], []),
    ("under a siege of", "Syria. Nubl is under HTS siege.", "2024-12-01",
     [("hts", "besieged", "Nubl")], []),
    ("has it surrounded", "Syria. HTS forces have Hama surrounded on three sides.", "2024-12-03",
     [("hts", "besieged", "Hama")], []),
    ("with it secured", "Syria. With Saraqib and Morek now captured, HTS turned south.",
     "2024-12-03", [("hts", "captured", "Saraqib"), ("hts", "captured", "Morek")], []),
    ("also taken were", "Syria. Rebels took Morek. Also taken were Halfaya and Soran.",
     "2024-12-03", [("opposition", "captured", "Halfaya"), ("opposition", "captured", "Soran")],
     []),
    ("who announces it freed", "Syria. HTS announced that Hama had been liberated.", "2024-12-05",
     [("hts", "captured", "Hama")], []),
    ("who does not say it", "Syria. HTS would not say that Hama was liberated.", "2024-12-05",
     [], [("hts", "captured", "Hama")]),
    ("control that passed", "Syria. Control over Saraqib has been transferred to HTS.",
     "2024-12-01", [("hts", "captured", "Saraqib")], []),
    ("their control that a deed led to", "Syria. Hezbollah attacked, and the attack led to their"
     " full control of Assal al-Ward.", "2015-05-22",
     [("hezbollah", "captured", "Assal al-Ward")], []),
    ("A's hold", "Syria. The army's grip on Saraqib is firm.", "2024-11-20",
     [("government", "controls", "Saraqib")], []),
    ("the end of A's hold", "Syria. The army's grip on Saraqib is broken.", "2024-11-20",
     [], [("government", "controls", "Saraqib")]),
    ("under army control", "Syria. Saraqib remains under army control.", "2024-11-20",
     [("government", "controls", "Saraqib")], []),
    ("our fighters are inside", 'Syria. "Our fighters are inside Hama," HTS said.', "2024-12-05",
     [("hts", "contested", "Hama")], []),
    ("moved in", "Syria. SDF guards abandoned al-Hol, and the army moved in.", "2026-01-20",
     [("transitional_government", "contested", "al-Hol")], []),
    ("terrorists pushed out", "Syria. The army took Izraa after pushing terrorists out of Nawa.",
     "2018-07-10", [("government", "captured", "Nawa")], []),
    ("defeated", "Syria. The SDF defeated ISIS in Raqqa.", "2017-10-17",
     [("sdf", "captured", "Raqqa"), ("isis", "lost", "Raqqa")], []),
    ("resulted in A seizing", "Syria. The battle resulted in rebels seizing Quneitra.",
     "2014-09-30", [("opposition", "captured", "Quneitra")], []),
)  # fmt: skip
def test_what_befalls_a_place_is_somebodys_deed(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("a missile of A", "Syria. An Israeli missile hit Mezzeh airport.", "2025-03-01",
     [("israel", "struck", "Mezzeh airport")], []),
    ("rockets fired by A", "Syria. Rockets fired by the army at Saraqib killed two.", "2024-12-01",
     [("government", "struck", "Saraqib")], []),
    ("targets of A are no deed", "Syria. US jets struck ISIS targets in Sukhna.", "2020-02-01",
     [("us_coalition", "struck", "Sukhna")], [("isis", "struck", "Sukhna")]),
    ("another state's army", "Syria. Lebanese army soldiers shelled Hawik.", "2025-02-10", [],
     [("transitional_government", "struck", "Hawik")]),
    ("a vague group", "Syria. The Jaysh al-Fatah alliance took Idlib. Ariha fell to the jihadists"
     " a month later.", "2015-06-01", [("opposition", "captured", "Ariha")],
     [("isis", "captured", "Ariha")]),
    ("a vague group alone", "Syria. Ariha fell to the jihadists.", "2015-06-01",
     [("isis", "captured", "Ariha")], []),
    ("spellings", "Syria. The towns seized by Jaysh el Fateh include Binnish and Ariha.",
     "2015-06-01", [("opposition", "captured", "Binnish")], []),
    ("an aside in brackets", "The Syrian Free Army (a faction within a wider coalition that the"
     " Free Syrian Army leads) captured Palmyra.", "2024-12-07",
     [("syrian_free_army", "captured", "Palmyra")], []),
    ("a short name in brackets", "Forces led by Hayat Tahrir al-Sham (HTS) entered Hama in Syria.",
     "2024-12-05", [("hts", "contested", "Hama")], []),
    ("an aside that says where", "Syria. Tishrin Dam, located to the south of Manbij and guarded"
     " by few, was captured by the SDF.", "2015-12-27", [("sdf", "captured", "Tishrin Dam")],
     [("sdf", "captured", "Manbij")]),
    ("among other towns", "Syria. The army captured the towns of Morek and Kafr Zita among other"
     " places in Hama.", "2019-08-23",
     [("government", "captured", "Morek"), ("government", "captured", "Kafr Zita")],
     [("government", "captured", "Hama")]),
    ("a governorate's countryside", "Syria. The army expanded its control across the Raqqa"
     " countryside.", "2026-01-17", [], [("transitional_government", "captured", "Raqqa")]),
    ("around the capital", "Syria. The army took more territory around the capital Damascus.",
     "2017-04-14", [], [("government", "captured", "Damascus")]),
    ("claims it withdrew", "Syria. Rebels captured Hama. The army claims it withdrew.",
     "2024-12-05", [("opposition", "captured", "Hama")], [("government", "captured", "Hama")]),
    ("what is held, whatever befalls it", "Syria. Civilians will be taken to rebel-held Idlib.",
     "2018-04-01", [("opposition", "controls", "Idlib")], []),
    ("a repelled attack", "Syria. The SDF repelled an SNA assault on the Tishrin Dam.",
     "2024-12-20", [("sna", "contested", "Tishrin Dam")], [("sdf", "contested", "Tishrin Dam")]),
    ("a numbered site", "Syria. Rebels took control of the 46th Regiment.", "2024-11-28",
     [("opposition", "captured", "46th Regiment")], []),
    ("had been stationed", "Syria. Reporters saw posts where the SDF had been stationed in Tabqa.",
     "2026-01-18", [], [("sdf", "controls", "Tabqa")]),
    ("handed over, then moved off", "Syria. The army, after handing over Deir ez-Zor to the SDF,"
     " moved toward Homs.", "2024-12-06", [("sdf", "captured", "Deir ez-Zor")],
     [("government", "advanced_toward", "Homs")]),
    ("backed by another", "Backed by Hezbollah, the government forces recaptured Palmyra in"
     " Syria.", "2016-03-27", [("government", "captured", "Palmyra")],
     [("hezbollah", "captured", "Palmyra")]),
)  # fmt: skip
def test_whose_deed_it_is_and_of_which_place(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("among them, behind where", "سيطرت هيئة تحرير الشام على عدد من البلدات في ريف إدلب الجنوبي من"
     " بينها كفرنبل، حاس، سراقب بعد تقدمها إليها.", "2024-12-03",
     [("hts", "captured", "كفرنبل"), ("hts", "captured", "حاس"), ("hts", "captured", "سراقب")],
     [("hts", "advanced_toward", "سراقب")]),
    ("which is", "سيطرت قوات النظام على آخر بلدة في ريف إدلب الجنوبي وهي بلدة كفرنبل.",
     "2020-02-25", [("government", "captured", "كفرنبل")], []),
    ("behind where", "سيطرت الفصائل على بلدات كفرنبل وحاس في جنوبي إدلب، وحزارين جنوب غربي إدلب،"
     " وبلدة سراقب شرقي إدلب.", "2024-12-03",
     [("opposition", "captured", "حزارين"), ("opposition", "captured", "سراقب")], []),
    ("the following", "أعلن الجيش الوطني السيطرة على القرى والبلدات التالية: مرعناز، الخفسة، برج"
     " القاص.", "2024-12-01", [("sna", "captured", "الخفسة"), ("sna", "captured", "برج القاص")],
     []),
    ("in quotation marks", "سيطرت الفصائل على قرى 'طلافح'، 'طويل الحليب'، 'تل أغر'.", "2024-11-30",
     [("opposition", "captured", "طويل الحليب"), ("opposition", "captured", "تل أغر")], []),
    ("a man's name", "سيطرت الفصائل على قرى أرناز والشيخ علي.", "2024-11-28",
     [("opposition", "captured", "الشيخ علي")], [("opposition", "captured", "الشيخ")]),
    ("an attribute is no deed", "تمكنت الفصائل المهاجمة من قطع الطريق الدولي حلب – دمشق.",
     "2024-11-28", [], [("opposition", "contested", "دمشق")]),
    ("led to", "أدت المعارك إلى سيطرة الفصائل على قرية كفرنبل.", "2024-12-01",
     [("opposition", "captured", "كفرنبل")], []),
    ("a unit that belongs to", "انسحبت الفرقة 17 التابعة لقوات النظام من مدينة الميادين.",
     "2024-12-06", [("government", "withdrew", "الميادين")], []),
    ("doer first, posts as the object", "قوات النظام أخلت ثكناتها في مدينة دير الزور.",
     "2024-12-06", [("government", "withdrew", "دير الزور")], []),
    ("goes on past another", "سيطرت المعارضة على مدينة منبج بعد معارك مع الوحدات الكردية، كما سيطرت"
     " على مدينة جبلة.", "2024-12-08", [("opposition", "captured", "جبلة")],
     [("sdf", "captured", "جبلة")]),
    ("from where one is stationed", "قتل ثلاثة أشخاص في قصف نفذته قوات النظام المتمركزة في سراقب على"
     " مدينة أريحا.", "2024-11-26",
     [("government", "struck", "أريحا"), ("government", "controls", "سراقب")],
     [("government", "struck", "سراقب")]),
    ("a noun that may be a verb", "شنت قوات النظام قصفا مدفعيا على مدينة سرمين.", "2024-09-30",
     [("government", "struck", "سرمين")], []),
    ("handed over to", "سلمت قسد مدينة الطبقة للجيش السوري.", "2026-01-18",
     [("transitional_government", "captured", "الطبقة"), ("sdf", "lost", "الطبقة")], []),
)  # fmt: skip
def test_arabic_lists_and_doers_go_by_class(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)
