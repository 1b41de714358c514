"""How reports of 2012 to 2020 put it: lists, strongholds, those who go unnamed, what was last."""

from __future__ import annotations

import pytest
from told import Facts, assert_told, cases

from syriamap.extraction.sentence.borders import sentences_of

TOOK_ARIHA = [("opposition", "captured", "Ariha")]


@cases(
    ("the nearby village", "Syrian troops captured Salma and the nearby village of Kabbani in"
     " Latakia.", "2016-01-12", [("government", "captured", "Kabbani")], []),
    ("names to their end", "Syrian forces took the villages of Rasm Kibar, Malihah Kabirah and Abu"
     " Khanadiq in Hama.", "2018-02-05", [("government", "captured", "Malihah Kabirah"),
     ("government", "captured", "Abu Khanadiq")], []),
    ("as well as behind a place beside", "Turkish forces captured seven villages, including Haylah"
     " west of the town of Ras al-Ayn as well as Qandil and Tanwrah in Syria.", "2019-10-16",
     [("turkey", "captured", "Qandil"), ("turkey", "captured", "Tanwrah")],
     [("turkey", "captured", "Ras al-Ayn")]),
    ("hills by name", "Syrian troops drove HTS out of al-Maqta Hill in Hama.", "2017-12-18",
     [("government", "captured", "al-Maqta Hill")], [("government", "captured", "Hama")]),
    ("the hills of Tal", "Syrian troops seized the large hilltop of Tal al-Mal in Daraa.",
     "2018-07-17", [("government", "captured", "Tal al-Mal")], []),
    ("the area of", "Syrian forces seized the area of Gharz, southeast of Daraa.", "2018-07-11",
     [("government", "captured", "Gharz")], []),
    ("one a line", "Syrian troops captured the following villages in Hama:\n- Rasm Kibar\n- Tal"
     " Shur\n- Abu Khanadiq\nThey then took Saraqib.", "2018-02-05", [("government", "captured", "Rasm Kibar"),
     ("government", "captured", "Abu Khanadiq"), ("government", "captured", "Saraqib")], []),
    ("a district holds villages", "Syrian troops took three villages in the strategic Qusayr area"
     " of Homs.", "2013-05-13", [], [("government", "captured", "Qusayr")]),
)  # fmt: skip
def test_every_item_of_a_list_is_read(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("a city's stronghold", "In Raqqa city, an Islamic State stronghold in Syria, shells fell.",
     "2014-08-25", [("isis", "controls", "Raqqa")], []),
    ("whose stronghold", "Syrian rebels began an attack on Islamic State's stronghold of Raqqa.",
     "2016-10-15", [("isis", "controls", "Raqqa"), ("opposition", "contested", "Raqqa")], []),
    ("held without a hyphen", "Syrian rebels attacked the regime controlled town of Maharda.",
     "2016-09-28", [("government", "controls", "Maharda")], [("opposition", "controls", "Maharda")]),
    ("a road runs", "Syrian rebels cut a supply line of the army that runs from Hama to Saraqib.",
     "2014-02-08", [], [("government", "controls", "Saraqib")]),
    ("was the last town held", "Ariha was the last town held by the Syrian government.",
     "2015-05-28", [], [("government", "controls", "Ariha")]),
    ("many districts", "The army entered Homs in Syria, where rebels control many districts.",
     "2013-06-05", [("government", "contested", "Homs")], [("opposition", "controls", "Homs")]),
    ("lost land", "Syrian rebels are determined to retake their lost territories in Hama.",
     "2019-05-12", [], [("government", "lost", "Hama"), ("opposition", "lost", "Hama")]),
)  # fmt: skip
def test_who_holds_what_by_how_it_is_called(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("clashes of those before", "SDF fighters fought ISIS in Syria. Clashes went on in Tabqa.",
     "2017-05-31", [("sdf", "contested", "Tabqa"), ("isis", "contested", "Tabqa")], []),
    ("clashes that take place", "Clashes between Syrian rebels and the army are taking place in"
     " Saraqib.", "2015-06-01", [("opposition", "contested", "Saraqib")], []),
    ("villages that were counted", "SDF fighters liberated four villages in Syria. Adnaniya has"
     " been cleared of the gangs.", "2017-05-31", [("sdf", "captured", "Adnaniya")], []),
    ("they of those before", "The SDF advanced in Syria, and after killing at least four ISIS"
     " fighters they took control of Tabqa.", "2017-03-01", [("sdf", "captured", "Tabqa")],
     [("isis", "captured", "Tabqa")]),
    ("pushed them back", "The Syrian army clashed with ISIS and pushed them back from Palmyra.",
     "2016-03-27", [("government", "captured", "Palmyra")], []),
    ("heavy strikes behind by", "Pro-regime forces, backed by heavy Russian airstrikes, seized"
     " Salma in Syria.", "2016-02-02", [("government", "captured", "Salma")],
     [("russia", "captured", "Salma")]),
    ("the coalition that was named", "The Jaysh al Fateh coalition of rebels advanced in Syria. In"
     " March, the coalition took Ariha.", "2015-05-20", TOOK_ARIHA,
     [("us_coalition", "captured", "Ariha")]),
    ("jihadist rebels", "The jihadist rebels are storming Saraqib in Syria.", "2016-09-28",
     [("opposition", "contested", "Saraqib")], [("isis", "contested", "Saraqib")]),
    ("by capturing", "By capturing Ariha, Syrian rebels control the road.", "2015-05-29",
     TOOK_ARIHA, []),
    ("with the capture", "With the capture of Ariha, Syrian rebels hold the road.", "2015-05-29",
     TOOK_ARIHA, []),
    ("a quoted participle", "The Syrian rebels announced that Ariha was \"liberated\" today.",
     "2015-05-29", TOOK_ARIHA, []),
    ("overrun at a base", "Syrian rebels overran the Assad regime's forces at Kuweires airbase.",
     "2015-05-29", [("opposition", "captured", "Kuweires airbase")], []),
)  # fmt: skip
def test_who_does_it_where_the_verb_has_no_name_beside_it(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("an offensive's aim", "The Syrian government began an offensive last month to retake Ariha.",
     "2019-08-01", [], [("government", "captured", "Ariha")]),
    ("an objective", "Syrian rebels attacked with the objective of securing Ariha.", "2015-05-01",
     [], [("opposition", "captured", "Ariha")]),
    ("before they take it", "HTS attacked Ariha in Syria before the army takes over the town.",
     "2018-07-14", [("hts", "contested", "Ariha")], [("government", "captured", "Ariha")]),
    ("all but", "Syrian rebels took two villages, which would all but cut off Ariha.", "2016-10-15",
     [], [("opposition", "besieged", "Ariha")]),
    ("a distance and which", "Fighting began in Saraqib, five kilometers east of Idlib, which fell"
     " to the Syrian rebels.", "2015-03-28", [("opposition", "captured", "Saraqib")],
     [("opposition", "captured", "Idlib")]),
    ("near behind a comma", "The Syrian army began an offensive to retake Ariha, near Saraqib.",
     "2019-08-01", [], [("government", "contested", "Saraqib")]),
)  # fmt: skip
def test_what_has_not_happened_there(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@pytest.mark.parametrize("sign", ["-", "•"])
def test_lines_of_names_belong_to_their_sentence_and_others_do_not(sign: str) -> None:
    text = f"They took two villages:\n\n{sign} Salma\n{sign} Tell Abyad\nThen they left."
    assert [text[a:b] for a, b in sentences_of(text)][1:] == ["Then they left."]
    told = f"Today:\n{sign} Army takes Salma\n{sign} Rebels leave Ariha"
    assert len(list(sentences_of(told))) == 3
