"""How reports of the war put it: lists, sides of a fight, those who speak, headings, nearness."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from told import SHARED, Facts, assert_told, cases, facts

from syriamap.extraction import Extractor, document_from_text
from syriamap.extraction.lexicon.day_words import days_in
from syriamap.extraction.sentence.borders import sentences_of
from syriamap.theater.folder import read_theater


@cases(
    ("among those seized", "HTS moved south in Syria and took Morek. Among the villages seized were"
     " Halfaya, Soran and Maardis.", "2024-12-03",
     [("hts", "captured", "Halfaya"), ("hts", "captured", "Maardis")], []),
    ("of which the most prominent are", "HTS advanced in Syria in 20 positions, of which the most"
     " prominent are: Anadan, Hreitan and Hayyan northwest of Aleppo; Khan Tuman and Zitan to its"
     " south.", "2024-11-30",
     [("hts", "advanced_toward", "Anadan"), ("hts", "advanced_toward", "Zitan")], []),
    ("such as, behind a relative clause", "The SDF entered the towns that the army had left in"
     " eastern Syria, such as Maadan, Rusafa and Resafa.", "2024-12-07",
     [("sdf", "contested", "Maadan")], []),
    ("the following have been taken", "HTS pressed on in Syria. The following towns have been freed"
     " since noon: Anjara, Hizwan and Urum al-Kubra.", "2024-11-28",
     [("hts", "captured", "Anjara"), ("hts", "captured", "Urum al-Kubra")], []),
    ("captured so far by", "Syria. Captured so far by the opposition: Qubtan al-Jabal, Sheikh Aqil"
     " and Bala.", "2024-11-28", [("opposition", "captured", "Sheikh Aqil")], []),
    ("gains", "In eastern Idlib the rebels' gains included Dadikh, Kafr Battikh and Tal Karatin.",
     "2024-11-29", [("opposition", "captured", "Kafr Battikh")], []),
    ("past a near place", "Turkish artillery shelled the villages of Sarrin and Zor Maghar near"
     " Kobani, and the town of Ain Issa in northern Syria.", "2025-01-03",
     [("turkey", "struck", "Sarrin"), ("turkey", "struck", "Ain Issa")],
     [("turkey", "struck", "Kobani")]),
    ("past dashes", "The army withdrew from Morek—a town north of Hama—and Kafr Zita.",
     "2024-12-03", [("government", "withdrew", "Morek"), ("government", "withdrew", "Kafr Zita")],
     []),
    ("days in a list", "Rebels took Aleppo last week and Hama on Thursday.", "2024-12-06",
     [("opposition", "captured", "Aleppo"), ("opposition", "captured", "Hama")], []),
    ("gaps", "The army took Harasta in Syria. Arbin fell on 23 March, Zamalka and Jobar a day later,"
     " and Douma on 14 April.", "2018-04-15",
     [("government", "captured", "Arbin"), ("government", "captured", "Douma")], []),
    ("both towns", "Rebels approached Rastan and Talbiseh in Syria before dawn and drove into both"
     " towns.", "2024-12-06", [("opposition", "contested", "Rastan"),
     ("opposition", "contested", "Talbiseh")], []),
    ("what followed", "Rebels captured Hama on Thursday. Salamiyah followed the same evening.",
     "2024-12-06", [("opposition", "captured", "Salamiyah")], []),
    ("articles without a hyphen", "Opposition forces seized Tayybat al Imam, Souran and Maardis in"
     " Syria.", "2024-12-03", [("opposition", "captured", "Tayybat al Imam"),
     ("opposition", "captured", "Maardis")], []),
)  # fmt: skip
def test_lists(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("both sides of a fight", "Fighting broke out between the Syrian National Army (SNA) and the"
     " Syrian Democratic Forces (SDF) near the Tishrin Dam.", "2024-12-26",
     [("sna", "contested", "Tishrin Dam"), ("sdf", "contested", "Tishrin Dam")], []),
    ("which of two", "Clashes grew between the SDF and the SNA, which holds Manbij.", "2024-12-24",
     [("sna", "controls", "Manbij")], [("sdf", "controls", "Manbij")]),
    ("they are those who act", "The operations room in Syria said gunmen killed 20 government"
     " soldiers as they captured Halfaya and Soran.", "2024-12-03", [],
     [("government", "captured", "Halfaya")]),
    ("a military campaign is no army", "The Syrian National Army announced a military campaign"
     " targeting Manbij.", "2024-12-15", [], [("transitional_government", "struck", "Manbij")]),
    ("whose backer acts not", "Groups supported by Turkey shelled Ain Issa in Syria.", "2025-01-02",
     [("sna", "struck", "Ain Issa")], [("turkey", "struck", "Ain Issa")]),
    ("quotes around a name", '"Israeli" troops seized Hader and Khan Arnabah in Syria.',
     "2024-12-09", [("israel", "captured", "Khan Arnabah")], []),
    ("whose fighters", "The SNA has tried to reach the Tishrin Dam from the SDF, whose fighters hold"
     " Sarrin in Syria.", "2025-01-14", [("sdf", "controls", "Sarrin")], []),
    ("the latter", "The SDF left Manbij in Syria and the SNA entered. The latter also took Arimah.",
     "2024-12-11", [("sna", "captured", "Arimah")], [("sdf", "captured", "Arimah")]),
    ("civilians who flee", "HTS neared Homs on Friday while thousands of civilians fled.",
     "2024-12-06", [("hts", "advanced_toward", "Homs")], [("hts", "withdrew", "Homs")]),
    ("a state's troops", "Israel sent tanks to Quneitra in Syria. Troops hold Hader and Breiqa.",
     "2025-01-10", [("israel", "controls", "Hader")],
     [("transitional_government", "controls", "Hader")]),
    ("the announcer took it", "Hama has been taken, the insurgents announced.", "2024-12-05",
     [("opposition", "captured", "Hama")], []),
    ("a spokesperson's fighters", "The SNA drove on the dam in Syria. A spokesperson for the SDF said"
     " their fighters had entered Arimah.", "2024-12-24", [("sdf", "contested", "Arimah")], []),
    ("occupation army", "Mercenaries of the Turkish occupation attacked Ain Issa in Syria. The"
     " occupation army bombed Sarrin.", "2024-12-10", [("turkey", "struck", "Sarrin")], []),
    ("a fall by nobody", "The fall of Hama came despite strikes carried out by the Syrian air"
     " force.", "2024-12-05", [("government", "lost", "Hama")],
     [("government", "captured", "Hama")]),
    ("units moved away", "The army said that its units had been repositioned outside Hama.",
     "2024-12-05", [("government", "withdrew", "Hama")], []),
    ("communiqué", "Statement of the Military Operations Command\nOur forces have today liberated"
     " Saraqib and the villages of Dadikh and San in the countryside of Idlib in Syria.",
     "2024-11-29", [("hts", "captured", "Saraqib"), ("hts", "captured", "Dadikh")], []),
)  # fmt: skip
def test_who_does_it(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("the city is not that of an aside", "Rebels took the city of Hama, days after capturing"
     " Aleppo. The army confirmed its withdrawal from the city.", "2024-12-05",
     [("government", "withdrew", "Hama")], [("government", "withdrew", "Aleppo")]),
    ("the city of a list", "The SDF took Deir ez-Zor, Mayadin and Abu Kamal in Syria. HTS seized the"
     " city on 11 December.", "2024-12-12", [("hts", "captured", "Deir ez-Zor")], []),
    ("the dam", "Fighting goes on around the Tishrin Dam. The SDF said that it attacked Manbij from"
     " the Tishrin Dam, south of Manbij, and that the dam and the surrounding villages remain under"
     " SDF control.", "2024-12-26", [("sdf", "controls", "Tishrin Dam")],
     [("sdf", "controls", "Manbij")]),
    ("control over", "The SDF showed a film that confirms SDF control over Kobani.", "2024-12-26",
     [("sdf", "controls", "Kobani")], []),
    ("a road between two", "The army was still in control of the Hama-Homs route.", "2024-12-05",
     [], [("government", "controls", "Homs"), ("government", "controls", "Hama")]),
    ("what overlooks a city", "Rebels captured a hill overlooking Hama.", "2024-12-03", [],
     [("opposition", "captured", "Hama")]),
    ("the edge of a city", "Insurgents control the outskirts of Hama.", "2024-12-03",
     [("opposition", "contested", "Hama")], [("opposition", "controls", "Hama")]),
    ("shells fell", "The army took Jarjanaz in Syria. In Aleppo, shells fell on a street.",
     "2019-12-24", [], [("government", "lost", "Aleppo"), ("government", "captured", "Aleppo")]),
    ("in whose hands", "Aleppo had been in government hands since 2016.", "2024-12-08", [],
     [("opposition", "lost", "Aleppo")]),
    ("which one holds", "Troops are massing east of Aleppo opposite Deir Hafer, which the SDF still"
     " holds along with Maskanah.", "2026-01-12",
     [("sdf", "controls", "Deir Hafer"), ("sdf", "controls", "Maskanah")],
     [("sdf", "controls", "Aleppo")]),
    ("on the way", "Rebels announced full control of Homs and are on their way toward Damascus.",
     "2024-12-08", [("opposition", "advanced_toward", "Damascus")],
     [("opposition", "captured", "Damascus")]),
    ("not yet", "The rebels are focusing on taking Homs.", "2024-12-07", [],
     [("opposition", "captured", "Homs")]),
    ("already", "HTS says its forces have begun to enter Homs.", "2024-12-07",
     [("hts", "contested", "Homs")], []),
    ("denied is only what follows", 'Turkey said Manbij is "under the control of the Syrian National'
     ' Army," denying claims of advances by the SDF.', "2024-12-26",
     [("sna", "controls", "Manbij")], []),
    ("no sign of something else", "Rebels entered Damascus with no sign of soldiers and later said"
     " they had freed the city.", "2024-12-08", [("opposition", "captured", "Damascus")], []),
    ("repulsed", "State media in Syria said an attack by ISIS on Sukhna was repulsed.", "2024-12-03",
     [], [("isis", "contested", "Sukhna")]),
    ("gone from another war", "In 1974 Israel handed Quneitra back to Syria.", "2025-01-20", [],
     [("israel", "lost", "Quneitra")]),
    ("P, captured, under a day", "5 December - Hama captured by the rebels\n\nSyria's army left.",
     "2024-12-08", [("opposition", "captured", "Hama")], []),
    ("remains with", "Kobani, cut off from Hasakah, remains with the SDF.", "2026-01-18",
     [("sdf", "controls", "Kobani")], []),
    ("came under somebody", "Mayadin came under the SDF on Friday in Syria.", "2024-12-06",
     [("sdf", "captured", "Mayadin")], []),
    ("in a place without an object", "In Salamiyah, the opposition took over without a shot in"
     " Syria.", "2024-12-05", [("opposition", "captured", "Salamiyah")], []),
    ("later", "An Israeli patrol entered Khan Arnabah in Syria and withdrew two hours later.",
     "2025-01-10", [("israel", "withdrew", "Khan Arnabah")], []),
)  # fmt: skip
def test_which_place_and_whether_it_is_so(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("no place follows an attack", "Militants seized Tabqa air base in Syria. Jets circled over Raqqa"
     " following the air base attack.", "2014-08-25", [], [("opposition", "captured", "Raqqa"),
     ("isis", "captured", "Raqqa")]),
    ("deals that took place", "Rebels took Jarablus in Syria. Such deals have taken place in towns"
     " such as Daraya and Moadamiyeh.", "2016-12-01", [("opposition", "captured", "Jarablus")],
     [("opposition", "captured", "Daraya"), ("opposition", "captured", "Moadamiyeh")]),
    ("an air force strikes", "President Assad's air force attacked a market in Aleppo in Syria.",
     "2015-06-01", [("government", "struck", "Aleppo")], [("government", "contested", "Aleppo")]),
    ("a run over a town", "A Syrian military jet crashed on a bombing run over the town of Ariha.",
     "2015-08-03", [], [("government", "controls", "Ariha")]),
    ("half a word", "The SDF in Syria pressed on to the left-bank part of the city of Deir ez-Zor.",
     "2017-10-01", [], [("sdf", "withdrew", "Deir ez-Zor")]),
    ("they are the dead", "Civilians in Syria were killed by US-led air strikes as they fled from the"
     " city of Manbij.", "2016-07-20", [], [("us_coalition", "withdrew", "Manbij")]),
    ("they who were struck", "Israeli jets bombed Syrian government tanks as they advanced on"
     " Suwayda, and also struck Daraa.", "2025-07-15",
     [("transitional_government", "advanced_toward", "Suwayda"), ("israel", "struck", "Daraa")],
     [("israel", "advanced_toward", "Suwayda")]),
    ("claimed by", "Bombings claimed by the Islamic State group in the cities of Jableh and Tartus in"
     " Syria killed many.", "2016-06-10", [("isis", "struck", "Jableh")], []),
    ("single quotes", "An ‘Israeli’ force entered the destroyed city of Quneitra in Syria.",
     "2026-01-20", [("israel", "contested", "Quneitra")],
     [("transitional_government", "contested", "Quneitra")]),
    ("another apostrophe", "Rebels took Daraa in Syria. Assadʼs forces carried out airstrikes on"
     " Hama.", "2024-12-07", [("government", "struck", "Hama")], [("opposition", "struck", "Hama")]),
    ("accused of", "The SDF accused government forces of entering Deir Hafer in Syria.",
     "2026-01-18", [("transitional_government", "contested", "Deir Hafer")],
     [("sdf", "contested", "Deir Hafer")]),
    ("a town that an outlet is called by", "Syrian government forces took the eastern town of"
     " al-Mayadeen from the Islamic State.", "2017-10-14",
     [("government", "captured", "al-Mayadeen"), ("isis", "lost", "al-Mayadeen")], []),
    ("besieged in a place", "The SDF said that groups of its fighters remain besieged in Deir Hafer in"
     " Syria.", "2026-01-17", [], [("sdf", "besieged", "Deir Hafer")]),
    ("controlled by", "The army in Syria faces ISIS in Taseel, Adwan and Jaleel, parts of a pocket"
     " controlled by the terror group.", "2018-07-19", [], [("government", "controls", "Jaleel")]),
    ("a unit", "An Israeli unit of four vehicles entered the village of Breiqa in Syria.",
     "2025-12-15", [("israel", "contested", "Breiqa")], []),
    ("no names", "Rebels Seize Towns in Syria\n\nThe army left Hama.", "2012-12-20", [],
     [("opposition", "captured", "Towns")]),
    ("quarters that are shelled", "Rebels in Syria shelled several neighborhoods of Aleppo.",
     "2016-04-25", [("opposition", "struck", "Aleppo")], []),
)  # fmt: skip
def test_what_looks_alike_and_is_not(text: str, day: str, there: Facts, not_there: Facts) -> None:
    found = facts(text, day)
    assert found >= set(there)
    assert found.isdisjoint(not_there)


def test_for_the_first_time_since_a_year_gives_no_day() -> None:
    text = "Aleppo in Syria is under complete rebel control for the first time since 2011."
    drafts, _ = SHARED.drafts(document_from_text(text), date(2024, 12, 8))
    assert [(one.relation, one.event_date) for one in drafts if one.actor] == [("controls", "")]


def test_the_countryside_of_a_city_is_its_governorate() -> None:
    text = "Fighters took the villages of Walgha, Kanaker and Taara in the countryside of Suwayda."
    drafts, _ = SHARED.drafts(document_from_text(text), date(2025, 7, 19))
    found = next(one for one in drafts if one.place == "Kanaker")
    assert found.lat is not None
    assert found.lat < 33


def test_a_short_line_without_a_stop_is_a_sentence() -> None:
    text = "16:40 Army leaves Daraa\nTwo sources say that the army has left Daraa under an agreement.\n"
    assert next(text[a:b] for a, b in sentences_of(text)) == "16:40 Army leaves Daraa"
    wrapped = "The army has left the city of Daraa under an agreement that was\nreached on Friday."
    assert len(list(sentences_of(wrapped))) == 1


def test_since_a_day_is_that_day() -> None:
    text = "attacking Manbij since November 27, it said"
    found = days_in(text, 0, len(text), date(2024, 12, 11))
    assert [(one.day, one.precision, one.since) for one in found] == [("2024-11-27", "day", True)]


def test_what_was_last_so_years_ago_gives_no_day() -> None:
    text = "These were the first Russian airstrikes on Aleppo since 2016."
    drafts, _ = SHARED.drafts(document_from_text(text), date(2024, 11, 30))
    assert {one.event_date for one in drafts} == {""}


def test_another_war_is_not_muted_by_the_words_that_ship(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "gazetteer" / "examples" / "ukraine"
    folder = tmp_path / "ukraine"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("raw"))
    rows = ["alias,actor_id,valid_from,valid_to,note", "ukrainian *,ua,,,", "wagner *,ru,,,"]
    (folder / "actor_aliases.csv").write_text("\n".join(rows) + "\n", "utf-8")
    text = "Ukrainian forces retreated from Avdiivka. Wagner mercenaries took Bakhmut."
    drafts, _ = Extractor(read_theater(folder)).drafts(document_from_text(text), date(2024, 2, 18))
    told = {(one.actor, one.relation, one.place) for one in drafts}
    assert {("ua", "withdrew", "Avdiivka"), ("ru", "captured", "Bakhmut")} <= told


@cases(
    ("what describes a place", "In Syria the army took the long-besieged town of Hama, strategic"
     " Morek, nearby Kafr Zita and the frontline village of Maardis.", "2016-09-01",
     [("government", "captured", "Hama"), ("government", "captured", "Kafr Zita"),
      ("government", "captured", "Maardis")], []),
    ("asides in lists", "Syria. Rebels captured Morek, a town of some 20,000 people, Kafr Zita"
     " (west) and Halfaya.", "2024-12-01",
     [("opposition", "captured", "Kafr Zita"), ("opposition", "captured", "Halfaya")], []),
    ("no list behind an aside", "Tribal fighters in Syria took the al-Omar oil field, the"
     " country's largest, in Deir ez-Zor.", "2026-01-18", [],
     [("tribal_forces", "captured", "Deir ez-Zor")]),
    ("verbs of a class", "Syria. Insurgents pushed deeper into Homs and slipped out of Hama.",
     "2024-12-07", [("opposition", "contested", "Homs"), ("opposition", "withdrew", "Hama")], []),
    ("what a verb needs", "Syria. HTS launched a fairly large attack on Hama. The army took on"
     " Friday full control of Morek.", "2024-11-30",
     [("hts", "contested", "Hama"), ("government", "captured", "Morek")], []),
    ("the noun comes first", "The army entered Homs in Syria. Security was restored to Rastan by"
     " the army.", "2018-05-16", [("government", "captured", "Rastan")], []),
    ("a place before control", "In Syria rebels took Hama and now have control of the road.",
     "2024-12-05", [("opposition", "captured", "Hama")], []),
    ("their hands", "HTS broke through in Syria on Friday. Saraqib was in their hands.",
     "2024-11-29", [("hts", "controls", "Saraqib")], []),
    ("the units", "The Syrian army confronted the rebels near Hama. The units managed to secure"
     " Maardis.", "2024-12-01", [("government", "captured", "Maardis")],
     [("opposition", "captured", "Maardis")]),
    ("the state is nobody who speaks", "Rebel fighters, who had dealt with the state after 2018,"
     " captured Nawa and Tafas in Syria.", "2024-12-06",
     [("opposition", "captured", "Nawa"), ("opposition", "captured", "Tafas")], []),
    ("struck as they head for it", "Israel struck tanks that were heading for Suwayda in Syria.",
     "2025-07-14", [], [("israel", "advanced_toward", "Suwayda")]),
    ("headings", "The fronts in Syria tonight\n- Saraqib: 100% SAA\n- Maskana: SDF moved in, SAA"
     " left\n- Halfaya: not SAA\n- Homs: HTS took the bank", "2024-12-03",
     [("government", "controls", "Saraqib"), ("sdf", "contested", "Maskana"),
      ("government", "withdrew", "Maskana")],
     [("government", "controls", "Halfaya"), ("hts", "captured", "Homs")]),
    ("a communiqué by its head", "Military Operations Administration – spokesman: our forces have"
     " liberated the following today in Syria: Khattab and its depots, Arzah and al-Majdal.",
     "2024-12-04", [("opposition", "captured", "Khattab"), ("opposition", "captured", "Arzah")], []),
    ("lost control of", "Hama in Syria is the second city that the army has lost control of.",
     "2024-12-05", [("government", "lost", "Hama")], []),
    ("how far a place lies", "Rebels took Khan Shaykhun in Syria, which is about 20 miles from"
     " Hama.", "2024-11-30", [("opposition", "captured", "Khan Shaykhun")],
     [("opposition", "advanced_toward", "Hama")]),
    ("rebels of the country", "Syrian armed opposition factions entered Homs.", "2024-12-07",
     [("opposition", "contested", "Homs")], [("government", "contested", "Homs")]),
)  # fmt: skip
def test_words_of_a_class_are_read_wherever_they_stand(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("our forces", "دمشق-سانا: انسحبت قسد من الرقة. وكانت قواتنا قد بسطت سيطرتها أمس على مدينة"
     " الشدادي.", "2026-01-20", [("transitional_government", "captured", "الشدادي")],
     [("sdf", "captured", "الشدادي")]),
    ("who took", "دارت معارك وسط تقدم لقوات النظام التي سيطرت على مدينة تدمر.", "2017-03-02",
     [("government", "captured", "تدمر")], []),
    ("into whose hands", "سقطت مدينتا الرستن وتلبيسة في أيدي هيئة تحرير الشام.", "2024-12-06",
     [("hts", "captured", "الرستن"), ("hts", "captured", "تلبيسة")], []),
)  # fmt: skip
def test_arabic_tells_whose_forces_took_what(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)
