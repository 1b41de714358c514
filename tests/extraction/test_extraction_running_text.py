"""Running text: whose troops, which of a list, what lies beside a place, in both languages."""

from __future__ import annotations

from told import Facts, assert_told, cases


@cases(
    ("a town near P", "Syria. Rebels took a town near Hama. The army retook it on Friday, a day"
     " after fighters of HTS entered a village near Idlib and seized it.", "2024-12-03",
     [], [("hts", "captured", "Idlib")]),
    ("a village in P", "Syria. Troops lost a village in Homs when rebels captured it.",
     "2013-05-02", [], [("opposition", "captured", "Homs")]),
    ("the town itself", "Syria. Rebels reached Morek and captured it a day later.", "2024-12-02",
     [("opposition", "captured", "Morek")], []),
    ("according to A, its troops", "Syria. Rebels held Morek for years. According to the regime,"
     " its troops captured Latamneh.", "2019-08-23", [("government", "captured", "Latamneh")],
     [("opposition", "captured", "Latamneh")]),
    ("backed by the groups", "Syria. The army, backed by the local defense groups, captured Mahin.",
     "2016-04-07", [("government", "captured", "Mahin")],
     [("opposition", "captured", "Mahin")]),
    ("a force of five vehicles", "Syria. An Israeli force of five military vehicles moved into"
     " Rafid.", "2025-11-16", [("israel", "contested", "Rafid")],
     [("transitional_government", "contested", "Rafid")]),
    ("claimed P, having taken Q", "Syria. HTS claimed control of Saraqib, having taken Morek.",
     "2024-12-01", [("hts", "captured", "Morek")], []),
    ("and A taking P", "Syria. The row led to deadly clashes and the army taking control of Tabqa"
     " from the SDF.", "2026-01-18", [("transitional_government", "captured", "Tabqa")],
     [("sdf", "captured", "Tabqa")]),
    ("land that reaches P", "Syria. Rebels moved into a strip of land which reaches Damascus.",
     "2016-09-01", [], [("opposition", "advanced_toward", "Damascus")]),
    ("a retreat after a siege by B", "Syria. The FSA made a tactical retreat from Yabroud after a"
     " siege by government forces.", "2014-03-16", [("opposition", "withdrew", "Yabroud")],
     [("government", "withdrew", "Yabroud")]),
    ("leaving P to B", "Syria. Soldiers fled Hama, leaving the city to HTS.", "2024-12-05",
     [("hts", "captured", "Hama")], []),
    ("left P to fight", "Syria. The soldiers left Hama to fight in Homs.", "2024-12-05",
     [("government", "withdrew", "Hama")], [("government", "captured", "Hama")]),
    ("raided by jets", "Syria. The Taftanaz airbase was raided by government jets.", "2013-01-11",
     [("government", "struck", "Taftanaz airbase")],
     [("government", "contested", "Taftanaz airbase")]),
    ("with P under their control", "Syria. HTS asked for help. With Halfaya under its control,"
     " the army turned to Morek.", "2017-04-24", [("government", "controls", "Halfaya")],
     [("hts", "controls", "Halfaya")]),
    ("repelled an attack by A on P", "Syria. The SDF repelled an attack by SNA fighters on"
     " Tishrin Dam.", "2025-01-07", [], [("sna", "lost", "Tishrin Dam"),
     ("sdf", "captured", "Tishrin Dam")]),
)  # fmt: skip
def test_running_text_names_the_doer(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("along the border", "Syria. The SDF captured Al-Hawl along the Syrian-Iraqi border.",
     "2015-11-13", [("sdf", "captured", "Al-Hawl")],
     [("sdf", "captured", "Syrian-Iraqi border")]),
    ("routes that link P", "Syria. Rebels cut off routes, including the highway linking Damascus"
     " to Aleppo.", "2024-12-02", [], [("opposition", "besieged", "Damascus")]),
    ("positions in countrysides", "Syria. Russian jets struck rebel positions in the Aleppo, Hama,"
     " and Idlib countrysides.", "2024-11-30", [], [("russia", "struck", "Hama")]),
    ("sites in P and the town of Q", "Syria. Rebels captured sites in Idlib, Hama, and the city of"
     " Saraqib.", "2024-11-30", [("opposition", "captured", "Saraqib")],
     [("opposition", "captured", "Hama")]),
    ("P and surrounding areas, and Q", "Syria. Rebels captured Daraa and surrounding areas, and"
     " Izraa.", "2024-12-07", [("opposition", "captured", "Izraa")], []),
    ("brackets in a list", "Syria. HTS captured Suran (15 km north of Hama), Halfaya (20 km) and"
     " Morek.", "2024-12-03", [("hts", "captured", "Halfaya"), ("hts", "captured", "Morek")],
     [("hts", "captured", "Hama")]),
    ("past an unknown name", "Syria. The army withdrew from Palmyra, Qwertin and Qaryatayn.",
     "2024-12-07", [("government", "withdrew", "Qaryatayn")], []),
    ("an aside of place", "Syria. Nabk, on the highway from Damascus to Homs, is under the control"
     " of the army.", "2013-12-09", [("government", "controls", "Nabk")],
     [("government", "controls", "Damascus"), ("government", "controls", "Homs")]),
    ("an aside of a holder", "Syria. Salma, held by rebels since 2012, was captured by the army.",
     "2016-01-12", [("government", "captured", "Salma")], []),
    ("P and Q among them", "Syria. Rebels took several towns, Nawa and Jasim among them.",
     "2014-11-09", [("opposition", "captured", "Nawa"), ("opposition", "captured", "Jasim")], []),
    ("P, and hours later Q", "Syria. HTS seized Morek, and hours later Halfaya.", "2024-12-02",
     [("hts", "captured", "Halfaya")], []),
    ("the liberated areas included", "Syria. Government troops announced their gains. The"
     " liberated areas included Saraqib, Afes and Khan Touman.", "2020-02-09",
     [("government", "captured", "Afes"), ("government", "captured", "Khan Touman")], []),
    ("villages including P were taken", "Syria. The SNA entered Tadef. Several villages, including"
     " Suran and Marea, were captured.", "2024-12-01", [("sna", "captured", "Marea")], []),
    ("cleared of mines", "Syria. The SNA entered Tadef. Marea was cleared of mines.",
     "2024-12-01", [], [("sna", "captured", "Marea")]),
    ("quarters cost nobody the city", "Syria. The army took three neighborhoods in Aleppo from SDF"
     " fighters.", "2026-01-10", [], [("sdf", "lost", "Aleppo")]),
    ("a stronghold that is taken", "Syria. ISIS seized the regime stronghold of Palmyra.",
     "2015-05-20", [("isis", "captured", "Palmyra")], [("government", "controls", "Palmyra")]),
    ("A-held crossroads town", "Syria. The SDF advance on the key ISIS-held crossroads town of"
     " Shaddadi.", "2016-02-18", [("isis", "controls", "Shaddadi")], []),
    ("arrives from P", "Syria. Hama saw fighters arrive from Idlib after the army had left.",
     "2024-12-05", [], [("government", "withdrew", "Idlib")]),
    ("city districts of P", "Syria. ISIS captured Suluk. Its men advanced towards the eastern city"
     " districts of Tal Abyad.", "2016-02-27", [], [("isis", "advanced_toward", "Suluk")]),
    ("back to the town", "Syria. Kobani, whose defenders, the YPG, pulled back to the town, is"
     " short of water.", "2014-09-19", [], [("sdf", "withdrew", "Kobani")]),
    ("a hyphen that breaks no line", "Syria. ISIS captured Hammam at\u2011Turkuman.", "2016-02-27",
     [("isis", "captured", "Hammam at-Turkuman")], []),
    ("a deed in quotes", 'Syria. HTS announced the "liberation" of Morek.', "2024-12-02",
     [("hts", "captured", "Morek")], []),
)  # fmt: skip
def test_running_text_tells_which_places(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("comes near", "اقتربت فصائل المعارضة السورية من مدينة حماة.", "2024-12-04",
     [("opposition", "advanced_toward", "حماة")], []),
    ("so far off", "باتت فصائل المعارضة السورية على بعد خمسة كيلومترات من مدينة حلب.",
     "2024-11-28", [("opposition", "advanced_toward", "حلب")], []),
    ("not after", "باتت سوريا هادئة بعد خروج قوات النظام من مدينة حلب.", "2024-12-01",
     [("government", "withdrew", "حلب")], [("government", "advanced_toward", "حلب")]),
    ("broke a siege", "كسرت قوات النظام السوري الحصار عن مدينة دير الزور.", "2017-09-05",
     [("government", "advanced_toward", "دير الزور")], []),
    ("and several villages, among them", "سيطرت قوات المعارضة على بلدة خطاب وعدة قرى أهمها المجدل"
     " والشير في ريف حماة.", "2024-12-04",
     [("opposition", "captured", "خطاب"), ("opposition", "captured", "المجدل")], []),
    ("two countrysides", "قصفت الطائرات الروسية مورك وكفرنبل بريفي إدلب الجنوبي، وحماة الشمالي.",
     "2024-12-01", [("russia", "struck", "مورك")], [("russia", "struck", "حماة")]),
    ("took it after clashes with", "اقتحم تنظيم الدولة مطار الطبقة وسيطر عليه بعد معارك مع قوات"
     " النظام السوري.", "2014-08-24", [("isis", "captured", "مطار الطبقة")],
     [("government", "captured", "مطار الطبقة")]),
    ("under its control", "أعلن الجيش السوري أن مدينة مسكنة باتت تحت سيطرته.", "2026-01-17",
     [("transitional_government", "controls", "مسكنة")], []),
    ("a governorate under control", "سيطرت المعارضة السورية على معرة النعمان، ما يعني أن محافظة"
     " إدلب باتت تحت سيطرة الجيش الوطني.", "2024-11-30", [],
     [("sna", "controls", "معرة النعمان")]),
    ("towns from which it withdrew", "أكدت مصادر سورية أن البلدات التي انسحب منها النظام شملت خان"
     " شيخون وكفرنبل وحاس.", "2024-11-30", [("government", "withdrew", "خان شيخون")], []),
    ("a headline", "الجيش السوري يستعيد السيطرة على بلدتي معردس وصوران بريف حماة.", "2024-12-01",
     [("government", "captured", "معردس")], []),
)  # fmt: skip
def test_running_arabic_text(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)
