"""What lies beside a place, who is told of beneath another, and places that come later in a list."""

from __future__ import annotations

from datetime import date

import pytest
from told import SHARED, Facts, assert_told, cases

from syriamap.extraction import document_from_text

DAY = "2016-08-12"
LATE = "2024-12-06"


@cases(
    ("behind a kind", "Syria: Suran town northeast of Hama was captured by rebels.", DAY,
     [("opposition", "captured", "Suran")], [("opposition", "captured", "Hama")]),
    ("behind a comma", "Syria: Akhtarin, southeast of Azaz, was seized by ISIS.", DAY,
     [("isis", "captured", "Akhtarin")], [("isis", "captured", "Azaz")]),
    ("nameless", "Syria: A village south of Raqqa was taken by the SDF.", DAY, [],
     [("sdf", "captured", "Raqqa")]),
    ("an apposition with another actor", "Syria: Yabrud, the rebels' last base on the border, fell"
     " to the army.", "2014-03-16", [("government", "captured", "Yabrud")], []),
    ("an apposition with an area", "Syria: Taftanaz air base, the regime's largest in Idlib"
     " province, was overrun by rebels.", "2013-01-11",
     [("opposition", "captured", "Taftanaz air base")], []),
    ("which falls to what stands beside", "Syria: Salqin lies north of Darkush, which was captured"
     " by rebels.", DAY, [("opposition", "captured", "Darkush")],
     [("opposition", "captured", "Salqin")]),
    ("by a distance", "Syria: Shells hit Marea, about 30km north of Aleppo city, which is"
     " controlled by rebels.", DAY, [], [("opposition", "controls", "Aleppo")]),
    ("a shared countryside", "Syria: The army retook several positions in the Homs and Hama"
     " countryside.", DAY, [], [("government", "captured", "Homs")]),
)  # fmt: skip
def test_a_place_that_tells_where_another_lies_is_not_taken(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("it behind a pocket", "Syria: The army attacked the enclave that ISIS held near Sukhna, and by"
     " night it had captured Arak.", "2017-07-12", [("government", "captured", "Arak")],
     [("isis", "captured", "Arak")]),
    ("at whose expense", "Syria: The SDF advanced at the expense of ISIS and the militants in the"
     " east, and took Hajin.", "2018-12-14", [("sdf", "captured", "Hajin")],
     [("isis", "captured", "Hajin")]),
    ("a name's first word", "Syria: The army gained ground at the expense of Hayyat Tahrir al-Sham,"
     " and took Abu al-Duhur.", "2018-01-20", [("government", "captured", "Abu al-Duhur")],
     [("hts", "captured", "Abu al-Duhur")]),
    ("but behind where", "Syria: Turkish forces entered Manbij, where SDF and tribal fighters had"
     " clashed, but left it on Friday.", "2024-12-13", [("turkey", "contested", "Manbij"),
     ("turkey", "withdrew", "Manbij")], [("sdf", "withdrew", "Manbij")]),
    ("after a place and and", "Syria: The rebels left Kafr Nabl and Syrian troops entered Hass,"
     " hoisting flags in Hass.", "2020-02-25", [("opposition", "withdrew", "Kafr Nabl"),
     ("government", "contested", "Hass")], [("opposition", "captured", "Hass")]),
    ("after a withdrawal", "Syria: Rebels seized Homs after the army fled the city, days after the"
     " capture of Hama.", LATE, [("opposition", "captured", "Hama")],
     [("government", "captured", "Hama")]),
    ("who is hit leaves", "Syria: Israeli jets bombed Hezbollah convoys leaving Qusayr.", LATE,
     [], [("israel", "withdrew", "Qusayr")]),
    ("the troops of another state", "Syria: Turkish soldiers captured Bulbul. The troops then moved"
     " into Rajo.", "2018-02-01", [("turkey", "contested", "Rajo")],
     [("government", "contested", "Rajo")]),
    ("the army's own troops", "Syria: The army entered Tadmur. Russia bombed Sukhna. The troops then"
     " moved into Arak.", "2016-04-01", [], [("russia", "contested", "Arak")]),
    ("who was digging in", "Syria: The army advanced toward Saraqib, where militants were digging in.",
     "2020-01-29", [], [("government", "controls", "Saraqib")]),
    ("who was attacking", "Syria: The army took Hass and militants were attacking Saraqib.",
     "2020-01-29", [("government", "captured", "Hass")], [("government", "contested", "Saraqib")]),
    ("but its units were", "Syria: The army took Hass and its units were entering Saraqib.",
     "2020-01-29", [("government", "contested", "Saraqib")], []),
    ("terrorists are no army's", "Syria: The army took Hass, and terrorists remain in Saraqib.",
     "2020-01-29", [], [("government", "controls", "Saraqib")]),
    ("who is gone", "Syria: Turkish forces entered Afrin, with the YPG gone from Jindires.",
     "2018-03-18", [("sdf", "withdrew", "Jindires")], [("turkey", "withdrew", "Jindires")]),
    ("together with", "Syria: The SNA together with Turkish troops captured Jindires.",
     "2018-03-18", [("sna", "captured", "Jindires")], []),
    ("behind a day", "Syria: The SDF left Deir ez-Zor on December 10 and HTS captured Mayadin.",
     "2024-12-10", [("hts", "captured", "Mayadin")], [("sdf", "captured", "Mayadin")]),
    ("behind rivals driven out", "Syria: ISIL drove rival rebels out of Raqqa and took Suluk.",
     "2014-01-14", [("isis", "captured", "Suluk")], [("opposition", "captured", "Suluk")]),
    ("behind backed ones driven out", "Syria: ISIL drove foreign-backed rebels from Raqqa and seized"
     " Suluk.", "2014-01-14", [("isis", "captured", "Suluk")], [("opposition", "captured", "Suluk")]),
    ("cleared from", "Syria: The army cleared the last ISIS fighters from Palmyra.", "2016-03-27",
     [("government", "captured", "Palmyra"), ("isis", "lost", "Palmyra")], []),
    ("nameless ones expelled", "Syria: HTS expelled rival factions from Darat Izza.", "2019-01-02",
     [("hts", "captured", "Darat Izza")], []),
    ("who is not besieged by whom", "Syria: Rebels linked up with besieged east Aleppo.", DAY, [],
     [("opposition", "besieged", "Aleppo")]),
    ("an entered town", "Syria: The army entered besieged Darayya.", DAY,
     [("government", "contested", "Darayya")], [("government", "besieged", "Darayya")]),
    ("our, and who fled", 'Syria: "Our men took Hama and the army has fled," an HTS commander said.',
     LATE, [("hts", "captured", "Hama"), ("government", "withdrew", "Hama")],
     [("government", "captured", "Hama")]),
    ("we, and whom we drove out", "Syria: We took Hama and drove out the army, a rebel commander"
     " said.", LATE, [("opposition", "captured", "Hama")], [("government", "captured", "Hama")]),
    ("our, and who says it", "Syria: Our troops took Arak, the army said in a statement.",
     "2016-04-01", [("government", "captured", "Arak")], []),
    ("a proper army's troops", "Syria: Free Syrian Army troops captured Palmyra.", DAY,
     [("opposition", "captured", "Palmyra")], [("government", "captured", "Palmyra")]),
    ("a national army's troops", "Syria: Syrian National Army soldiers took Tadef.", LATE,
     [("sna", "captured", "Tadef")], [("government", "captured", "Tadef")]),
    ("let take", "Syria: The army left Khasham, allowing the SDF to take over the town.",
     "2024-12-05", [("sdf", "captured", "Khasham")], [("government", "captured", "Khasham")]),
)  # fmt: skip
def test_who_is_told_of_beneath_another_does_not_do_it(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("a day before it", "Syria: Rebels captured Ariha on 28 May, and on 30 May Kafr Nabl.",
     "2015-06-02", [("opposition", "captured", "Ariha"), ("opposition", "captured", "Kafr Nabl")],
     []),
    ("of and a day", "Syria: ISIS took control of Mayadin on Monday and of Albu Kamal on Tuesday.",
     "2014-07-18", [("isis", "captured", "Mayadin"), ("isis", "captured", "Albu Kamal")], []),
    ("behind an aside", "Syria: The SDF captured Shaddadi on Friday, after ISIS had retreated, and"
     " Markada over the next two days.", "2016-02-24", [("sdf", "captured", "Shaddadi"),
     ("sdf", "captured", "Markada")], [("isis", "withdrew", "Markada")]),
    ("its airport between", "Syria: The army extended its control over Palmyra, its airport and the"
     " town of Arak.", "2017-03-04", [("government", "captured", "Palmyra"),
     ("government", "captured", "Arak")], []),
    ("a city, which", "Syria: Shells hit Azaz city, which has been under SNA control since 2018.",
     "2021-02-04", [("sna", "controls", "Azaz")], []),
    ("a plural kind", "Syria: Israel struck the Shayrat and Dumayr airbases.", LATE,
     [("israel", "struck", "Shayrat"), ("israel", "struck", "Dumayr airbases")], []),
    ("given control", "Syria: The rebels surrendered, giving the army full control of Daraa.",
     "2018-07-12", [("government", "captured", "Daraa")], []),
    ("a loss", "Syria: With the loss of Tabqa, ISIS fell back on Raqqa.", "2017-05-12",
     [("isis", "lost", "Tabqa")], []),
)  # fmt: skip
def test_a_list_goes_on_behind_days_and_asides(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("an agreement that would", "Syria: The deal would bring Raqqa and Tabqa under government"
     " control.", "2026-01-05", [], [("transitional_government", "captured", "Raqqa")]),
    ("police", "Syria: Security forces carried out raids against suspects in Talkalakh.",
     "2025-02-05", [], [("transitional_government", "struck", "Talkalakh")]),
    ("things are moved", "Syria: Russia moved helicopters from Qamishli to Tartus.", "2024-12-20",
     [], [("russia", "advanced_toward", "Tartus")]),
    ("a state that is over", "Syria: Jarablus had been occupied by ISIS since 2014.", "2016-09-01",
     [], [("isis", "captured", "Jarablus")]),
    ("which is an actor", "Syria: Rebels shelled Nubl. The army, which had kept posts in the"
     " district since 2012, withdrew.", DAY, [], [("government", "controls", "Nubl")]),
    ("which leaves the post", "Syria: The army took Suran, which leaves the Turkish post in Morek"
     " surrounded.", "2019-08-23", [("government", "captured", "Suran")],
     [("government", "withdrew", "Suran")]),
    ("somebody flees", "Syria: Rebels entered Damascus and Maher Kanaan fled.", "2024-12-08",
     [("opposition", "contested", "Damascus")], [("opposition", "contested", "Maher Kanaan")]),
)  # fmt: skip
def test_what_is_wished_or_over_or_done_to_people_is_no_deed(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    facts = {
        (one.actor, one.relation, one.place)
        for one in SHARED.drafts(document_from_text(text), date.fromisoformat(day))[0]
        if one.certainty in {"asserted", "claimed"}
    }
    assert set(there) <= facts
    assert facts.isdisjoint(not_there)


@pytest.mark.parametrize(("text", "day", "days"), [
    ("The army took Tadef, and on 5 February Deir Hafer.", "2017-02-08", {"Deir Hafer": "2017-02-05"}),
    ("Rebels took Rastan on Wednesday and Talbiseh on Thursday.", LATE,
     {"Rastan": "2024-12-04", "Talbiseh": "2024-12-05"}),
    ("Rebels, who met nobody in Daraa, where it began in 2011, took Nawa.", LATE, {"Nawa": ""}),
    ("ISIS took Azaz from the FSA, which had seized it in July 2012.", "2013-09-18", {"Azaz": ""}),
])  # fmt: skip
def test_a_day_is_that_of_its_place(text: str, day: str, days: dict[str, str]) -> None:
    drafts, _ = SHARED.drafts(document_from_text(f"Syria: {text}"), date.fromisoformat(day))
    told = {one.place: str(one.event_date or "") for one in reversed(drafts)
            if one.relation == "captured"}  # fmt: skip
    assert {place: told[place] for place in days} == days
