"""How reports of late 2024 and of 2025 to 2026 say it: who does what where, and what is not told."""

from __future__ import annotations

from told import Facts, assert_told, cases

KUDNA = ("israel", "contested", "Kudna")
RAFID = ("israel", "contested", "Rafid")


@cases(
    ("put under siege", "Syria: The army put Kobani under siege.", "2026-01-20",
     [("transitional_government", "besieged", "Kobani")], []),
    ("prised", "Syria: The army prised Tabqa from the SDF.", "2026-01-18",
     [("transitional_government", "captured", "Tabqa"), ("sdf", "lost", "Tabqa")], []),
    ("owned up to", "Syria: The army acknowledged the loss of Hama and Rastan.", "2024-12-06",
     [("government", "lost", "Hama"), ("government", "lost", "Rastan")], []),
    ("a blow", "Syria: The loss of Tabqa was a major blow to the SDF.", "2026-01-18",
     [("sdf", "lost", "Tabqa")], []),
    ("troops deployed to", "Syria: The interior ministry deployed troops to Suwayda.",
     "2025-07-15", [("transitional_government", "contested", "Suwayda")], []),
    ("remain present", "Syria: The Syrian armed forces remain present in Homs.", "2024-12-06",
     [("government", "controls", "Homs")], []),
    ("renewed strikes", "Syria: The army renewed heavy strikes on Sarmin and Nayrab.",
     "2024-12-01", [("government", "struck", "Sarmin"), ("government", "struck", "Nayrab")], []),
    ("killed in strikes", "Syria: Ten people were killed in Idlib in Russian airstrikes.",
     "2024-12-02", [("russia", "struck", "Idlib")], []),
    ("blamed on", "Syria: Missile strikes blamed on Israel hit Masyaf.", "2025-04-03",
     [("israel", "struck", "Masyaf")], []),
    ("winds in a list", "Syria: Rebels captured Aleppo in the north, Hama in the centre and Deir"
     " al-Zor in the east.", "2024-12-07",
     [("opposition", "captured", "Aleppo"), ("opposition", "captured", "Hama"),
      ("opposition", "captured", "Deir al-Zor")], []),
    ("a kind behind a name", "Syria: Bedouin forces captured Mazraa, Walgha village, and the Thaala"
     " airbase.", "2025-07-18", [("tribal_forces", "captured", "Walgha"),
                                 ("tribal_forces", "captured", "Thaala airbase")], []),
    ("alongside", "Syria: Army units moved into the towns of Deir Hafer and Maskana, alongside the"
     " village of Abu Assi.", "2026-01-17",
     [("transitional_government", "contested", "Abu Assi")], []),
    ("taken during the attack", "Syria: The rebels launched an offensive. The settlements captured"
     " during the attack include Anjara and Urum al-Kubra.", "2024-11-27",
     [("opposition", "captured", "Anjara")], [("opposition", "contested", "Anjara")]),
    ("both taken", "Syria: The front runs through Suran and Maardis, both taken by HTS.",
     "2024-12-03", [("hts", "captured", "Suran"), ("hts", "captured", "Maardis")], []),
    ("including a site", "Syria: The army controls Tabqa, including the Euphrates Dam.",
     "2026-01-18", [("transitional_government", "controls", "Tabqa"),
                    ("transitional_government", "controls", "Euphrates Dam")], []),
    ("cleared, says the army", "Syria: Sheikh Maqsoud was cleared on Saturday, the army said.",
     "2026-01-10", [("transitional_government", "captured", "Sheikh Maqsoud")], []),
    ("evacuated from", "Syria: Bedouin fighters have been evacuated from Suwayda.", "2025-07-20",
     [("tribal_forces", "withdrew", "Suwayda")], []),
    ("fights that go on", "Syria: Clashes between SNA forces and SDF fighters are ongoing along the"
     " northern and eastern fronts of Manbij.", "2024-12-08",
     [("sna", "contested", "Manbij"), ("sdf", "contested", "Manbij")], []),
)  # fmt: skip
def test_more_ways_to_say_it(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("made up of vehicles", "Syria: An Israeli unit comprising two tanks and four military vehicles"
     " entered the town of Kudna.", "2025-11-26", [KUDNA],
     [("transitional_government", "contested", "Kudna")]),
    ("a military incursion", "Syria: The Israeli army launched a military incursion on Sunday in the"
     " southern village of Rafid.", "2025-09-28", [RAFID],
     [("transitional_government", "contested", "Rafid")]),
    ("the remaining vehicles", "Syria: Israeli forces entered Kudna. The remaining vehicles moved"
     " toward Rafid.", "2025-11-26", [KUDNA, ("israel", "advanced_toward", "Rafid")], []),
    ("vehicles deployed toward", "Syria: The Israeli army deployed eight military vehicles toward"
     " Kudna.", "2025-11-26", [("israel", "advanced_toward", "Kudna")], []),
    ("whose sites are hit", "Syria: An official said that the army had initiated a bombardment of"
     " SDF sites in Sheikh Maqsoud.", "2026-01-08",
     [("transitional_government", "struck", "Sheikh Maqsoud")],
     [("sdf", "struck", "Sheikh Maqsoud")]),
    ("they were pushed back", "Syria: The Syrian military rushed in reinforcements to push back"
     " insurgents after they seized Aleppo.", "2024-12-01", [("opposition", "captured", "Aleppo")],
     [("government", "captured", "Aleppo")]),
    ("whose advance it is", "Syria: The army captured Tabqa from the Syrian Democratic Forces (SDF)"
     " during its advance towards Raqqa.", "2026-01-18",
     [("transitional_government", "advanced_toward", "Raqqa")],
     [("sdf", "advanced_toward", "Raqqa")]),
    ("with backers between", "Syria: Kurdish forces collapsed, with tribal fighters, backed by"
     " government forces, taking over the Omar oil field.", "2026-01-18",
     [("tribal_forces", "captured", "Omar oil field")], [("sdf", "captured", "Omar oil field")]),
    ("a capital accused", "Syria: The SDF accused Damascus of shelling Sarrin.", "2026-01-20", [],
     [("sdf", "struck", "Sarrin")]),
)  # fmt: skip
def test_whose_deed_it_is(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("countryside in a wind", "Syria: The army shelled the countryside in northern Hama.",
     "2024-12-03", [], [("government", "struck", "Hama")]),
    ("into the countryside of", "Syria: Israeli forces advanced into the northern countryside of"
     " Quneitra.", "2025-11-26", [], [("israel", "advanced_toward", "Quneitra")]),
    ("areas just outside", "Syria: The army began abandoning areas just outside of Damascus.",
     "2024-12-07", [], [("government", "withdrew", "Damascus")]),
    ("kept away", "Syria: The army retook Kafraa, keeping rebels nearly ten kilometers away from"
     " Hama.", "2024-12-04", [("government", "captured", "Kafraa")],
     [("government", "advanced_toward", "Hama")]),
    ("ground lost during operations", "Syria: After losing territory to opposition forces during"
     " operations in Aleppo, the army sought help.", "2024-12-01", [],
     [("government", "lost", "Aleppo"), ("opposition", "captured", "Aleppo")]),
    ("a leader flees", "Syria: The rebels said Syrian leader Bashar al-Assad has fled Damascus.",
     "2024-12-08", [], [("government", "withdrew", "Damascus")]),
    ("detainees flee", "Syria: The army entered Shaddadi, where 120 IS detainees fled.",
     "2026-01-20", [("transitional_government", "contested", "Shaddadi")],
     [("isis", "withdrew", "Shaddadi")]),
    ("repositioning", "Syria: The rebels captured Sanamayn. The Syrian military said it was"
     " repositioning.", "2024-12-07", [("opposition", "captured", "Sanamayn")],
     [("government", "withdrew", "Sanamayn")]),
    ("a camp holds people", "Syria: The SDF withdrew from the al-Hol camp, which holds thousands of"
     " detainees.", "2026-01-20", [("sdf", "withdrew", "al-Hol")],
     [("sdf", "controls", "al-Hol")]),
    ("held before", "Syria: The army took Bani Zaid, where the SDF had long held positions.",
     "2026-01-10", [("transitional_government", "captured", "Bani Zaid")],
     [("sdf", "controls", "Bani Zaid")]),
    ("fights that ceased", "Syria: Clashes between Druze fighters and Bedouin tribes have ceased in"
     " Suwayda.", "2025-07-20", [], [("druze_groups", "contested", "Suwayda")]),
    ("since somebody fell", "Syria: Israel has struck Damascus many times since Assad fell.",
     "2025-05-01", [("israel", "struck", "Damascus")],
     [("transitional_government", "lost", "Damascus")]),
    ("no longer", "Syria: Aleppo is no longer under government control.", "2024-11-30",
     [("government", "lost", "Aleppo")], [("government", "controls", "Aleppo")]),
    ("repelled from", "Syria: Rebels were repelled from Qalaat al-Madiq.", "2024-12-02", [],
     [("opposition", "withdrew", "Qalaat al-Madiq")]),
    ("the next falls", "Syria: Rebels seized Aleppo and the town of Tal Rifaat fell to the SNA.",
     "2024-12-01", [("sna", "captured", "Tal Rifaat")],
     [("opposition", "captured", "Tal Rifaat")]),
    ("attention", "Syria: Turkish-backed forces turned their attention to the Tishrin Dam.",
     "2024-12-20", [], [("sna", "advanced_toward", "Tishrin Dam")]),
    ("areas under control", "Syria: They withdrew equipment toward Damascus, transferring"
     " residential areas under the control of internal security forces.", "2025-07-15", [],
     [("transitional_government", "controls", "Damascus")]),
)  # fmt: skip
def test_what_no_place_is_told_of(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("a force of the occupation", "أفادت سانا بأن قوة للاحتلال مكونة من خمس آليات عسكرية توغلت وسط"
     " قرية الرفيد في سوريا.", "2025-10-23", [("israel", "contested", "الرفيد")], []),
    ("went in", "وقامت قوة للاحتلال مؤلفة من عشر آليات بالتوغل في قرية الرفيد في سوريا.",
     "2025-10-23", [("israel", "contested", "الرفيد")], []),
    ("another force", "توغلت القوات الإسرائيلية في قرية كودنة. كما توغلت قوة أخرى مؤلفة من ثلاث سيارات في"
     " قرية الرفيد في سوريا.", "2025-10-23", [("israel", "contested", "الرفيد")], []),
    ("the way between", "توغلت قوة إسرائيلية باتجاه قرية كودنة وصولا إلى الطريق الواصل بين بلدتي أم باطنة"
     " وجبا في سوريا.", "2025-10-23", [("israel", "advanced_toward", "كودنة")],
     [("israel", "contested", "أم باطنة")]),
    ("aircraft of an army", "شنت طائرات حربية تابعة لنظام الأسد غارات على مدينة الرستن في سوريا.",
     "2024-12-06", [("government", "struck", "الرستن")], []),
    ("posts in a town", "هاجم الثوار حاجزا في مدينة تلبيسة في سوريا.", "2024-12-06",
     [("opposition", "contested", "تلبيسة")], []),
    ("large columns", "اتجهت أرتال كبيرة من قوات سوريا الديمقراطية إلى مدينة دير الزور في سوريا.",
     "2024-12-06", [("sdf", "advanced_toward", "دير الزور")], []),
    ("loyal to the government", "انسحب مسلحون موالون للحكومة السورية من بلدة المزرعة في السويداء.",
     "2025-07-14", [("transitional_government", "withdrew", "المزرعة")], []),
)  # fmt: skip
def test_arabic_of_late_reports(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)
