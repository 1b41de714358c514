"""Who does what in its own clause, which part of a place it is done to, and whether it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from told import SHARED, Facts, assert_told, cases, facts

from syriamap.extraction import Extractor, document_from_text
from syriamap.extraction.places.asides import aside_begin, aside_end, opens_aside
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

    from syriamap.theater.folder import Theater

MASYAF = ("israel", "captured", "Masyaf")
JASIM = ("israel", "captured", "Jasim")


@cases(
    ("gunmen behind and", "Syria: Israeli forces entered Quneitra, and gunmen seized Masyaf.",
     "2024-12-09", [("israel", "contested", "Quneitra")], [MASYAF]),
    ("without a comma", "Syria: Israeli forces entered Quneitra and gunmen seized Masyaf.",
     "2024-12-09", [("israel", "contested", "Quneitra")], [MASYAF]),
    ("behind an aside", "Syria: The Israeli army entered Quneitra, and gunmen, backed by residents,"
     " seized Masyaf.", "2024-12-09", [("israel", "contested", "Quneitra")], [MASYAF]),
    ("who come from somewhere", "Syria: Israeli forces entered Quneitra, while local gunmen from"
     " Inkhil seized Jasim.", "2024-12-09", [("israel", "contested", "Quneitra")], [JASIM]),
    ("masked men", "Syria: Israeli forces entered Quneitra while masked men took over Jasim.",
     "2024-12-09", [("israel", "contested", "Quneitra")], [JASIM]),
    ("a militia", "Syria: Turkey bombed Manbij and a local militia stormed Tal Rifaat.",
     "2024-12-01", [("turkey", "struck", "Manbij")], [("turkey", "contested", "Tal Rifaat")]),
    ("with gunmen taking", "Syria: The army retreated from Hama, with gunmen taking Salamiyah.",
     "2024-12-05", [("government", "withdrew", "Hama")], [("government", "captured", "Salamiyah")]),
    ("people of no force", "Syria: HTS entered Hama and the residents of Suran took control of"
     " Morek.", "2024-12-05", [("hts", "contested", "Hama")], [("hts", "captured", "Morek")]),
    ("made to leave", "Syria: The army forced gunmen to leave Morek.", "2018-05-01", [],
     [("government", "withdrew", "Morek")]),
    ("no state's fighters", "Syria: Russia bombed Morek and fighters stormed Suran.", "2024-12-03",
     [("russia", "struck", "Morek")], [("russia", "contested", "Suran")]),
    ("by a noun", "Syria: Israeli forces entered Quneitra, and gunmen launched an assault on Jasim.",
     "2024-12-09", [("israel", "contested", "Quneitra")], [("israel", "contested", "Jasim")]),
)  # fmt: skip
def test_nobody_does_what_another_clause_tells_of_somebody(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("coordinated", "Syria: Israeli forces entered Quneitra and seized Khan Arnabah.", "2024-12-09",
     [("israel", "captured", "Khan Arnabah")], []),
    ("its units", "Syria: The Israeli army entered Quneitra, and its units seized Khan Arnabah.",
     "2024-12-09", [("israel", "captured", "Khan Arnabah")], []),
    ("the offensive", "Syria: HTS launched an offensive, and the offensive captured Morek.",
     "2024-12-04", [("hts", "captured", "Morek")], []),
    ("joined subjects", "Syria: HTS and local gunmen seized Morek.", "2024-12-04",
     [("hts", "captured", "Morek")], []),
    ("allied factions", "Syria: HTS captured Suran and allied factions seized Morek.",
     "2024-12-04", [("hts", "captured", "Morek")], []),
    ("with a participle", "Syria: The rebels have entered Homs and taken control of Rastan.",
     "2024-12-07", [("opposition", "captured", "Rastan")], []),
    ("after hours", "Syria: Government forces after hours of clashes captured Morek.",
     "2018-05-01", [("government", "captured", "Morek")], []),
    ("the terrorist organization", "Syria: The PKK/YPG moved west as the Syrian army left. The"
     " terrorist organization captured Maskanah.", "2024-12-01", [("sdf", "captured", "Maskanah")],
     [("government", "captured", "Maskanah")]),
    ("backed by another", "Syria: The YPG and its allies, backed by the continued US-led airstrikes,"
     " captured Kobani.", "2015-01-26", [("sdf", "captured", "Kobani")],
     [("us_coalition", "captured", "Kobani")]),
    ("one of them named", "Syria: The rebels, including HTS forces, captured Morek. They hold it.",
     "2018-05-01", [("opposition", "captured", "Morek")], [("hts", "captured", "Morek")]),
    ("behind what backs them", "Syria: Backed by Turkish air strikes, the SNA entered Manbij.",
     "2024-12-08", [("sna", "contested", "Manbij")], [("turkey", "struck", "Manbij")]),
    ("handed over by both", "Syria: The army and Hezbollah, after handing Morek over to the terrorist"
     " group PKK/YPG, left.", "2024-12-06",
     [("sdf", "captured", "Morek"), ("government", "lost", "Morek"), ("hezbollah", "lost", "Morek")],
     []),
)  # fmt: skip
def test_who_was_told_of_goes_on(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


def test_what_is_nobodys_deed_is_listed() -> None:
    text = "Syria: Israeli forces entered Quneitra, and gunmen seized Masyaf."
    _, abstentions = SHARED.drafts(document_from_text(text), date(2024, 12, 9))
    assert [one.trigger for one in abstentions] == ["seized"]


@cases(
    ("parts of a city", "Syria: Rebels captured parts of Aleppo.", "2016-08-01",
     [("opposition", "contested", "Aleppo")], [("opposition", "captured", "Aleppo")]),
    ("areas of a town", "Syria: Government forces captured areas of Saraqib.", "2020-02-01",
     [("government", "contested", "Saraqib")], [("government", "captured", "Saraqib")]),
    ("areas that are held", "Syria: Areas of Saraqib and Binnish are held by rebels.", "2016-05-01",
     [], [("opposition", "controls", "Saraqib"), ("opposition", "controls", "Binnish")]),
    ("areas that are shelled", "Syria: Russian jets struck areas of Saraqib.", "2016-05-01",
     [("russia", "struck", "Saraqib")], []),
    ("points in a village", "Syria: HTS seized strategic points in Qubtan al-Jabal.", "2024-11-27",
     [("hts", "contested", "Qubtan al-Jabal")], [("hts", "captured", "Qubtan al-Jabal")]),
    ("districts of a city", "Syria: The army drove rebels from the Saif al-Dawla and Zebdiyeh districts"
     " of Aleppo.", "2016-11-01", [("government", "contested", "Aleppo")],
     [("government", "captured", "Aleppo")]),
    ("districts that are known", "Syria: The army drove rebels from the Salaheddine and Sukkari"
     " districts of Aleppo.", "2016-11-01", [("government", "captured", "Salaheddine"),
     ("government", "captured", "Sukkari")], [("government", "captured", "Aleppo")]),
    ("a district that is known", "Syria: The army drove rebels from the Barzeh district of"
     " Damascus.", "2017-05-01", [("government", "captured", "Barzeh")], []),
    ("villages in its vicinity", "Syria: ISIS captured forty villages in the vicinity of Kobani.",
     "2014-09-20", [], [("isis", "captured", "Kobani")]),
    ("its territory", "Syria: The SDF occupied nearly all of Raqqa's territory.", "2017-06-01", [],
     [("sdf", "captured", "Raqqa")]),
    ("and surrounding areas", "Syria: HTS announced the capture of Morek and surrounding areas,"
     " including the road to Hama.", "2024-12-03", [("hts", "captured", "Morek")],
     [("hts", "besieged", "Hama")]),
    ("starting with", "Syria: HTS captured several towns in northern Hama, starting with the city of"
     " Suran and the town of Morek.", "2024-12-03",
     [("hts", "captured", "Suran"), ("hts", "captured", "Morek")], [("hts", "captured", "Hama")]),
    ("of one in the west of another", "Syria: The SNA took control of the town of Qabasin in the"
     " west of Manbij and the village of Arima in the north.", "2024-12-08",
     [("sna", "captured", "Arima")], [("sna", "captured", "Manbij")]),
    ("behind a dash", "Syria: The opposition entered the capital of Syria — Damascus.", "2024-12-08",
     [("opposition", "contested", "Damascus")], []),
    ("north-eastern", "Syria: Kurdish forces captured the north-eastern city of Hasakah.",
     "2015-08-01", [("sdf", "captured", "Hasakah")], []),
    ("a house in a town", "Syria: Rebels captured the police headquarters in Suwayda and three"
     " barracks in Aleppo.", "2012-11-22", [],
     [("opposition", "captured", "Suwayda"), ("opposition", "captured", "Aleppo")]),
    ("but a base that bears its name", "Syria: Rebels overran a base at Marj al-Sultan.",
     "2012-11-25", [("opposition", "captured", "Marj al-Sultan")], []),
)  # fmt: skip
def test_parts_are_not_the_whole(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@pytest.mark.parametrize(
    "written",
    ["The airport at Tabqa", "The air base in Tabqa", "The airbase of Tabqa", "The airport near Tabqa"],
)  # fmt: skip
def test_a_site_is_named_before_its_place(written: str) -> None:
    text = f"Syria: {written} was captured by Islamic State."
    drafts, _ = SHARED.drafts(document_from_text(text), date(2014, 8, 25))
    assert [(one.relation, one.place_id) for one in drafts] == [("captured", "site-tabqa-air-base")]


@cases(
    ("have ceased", "Syria: Clashes between HTS and the army in Saraqib have ceased.", "2024-12-01",
     [], [("hts", "contested", "Saraqib"), ("government", "contested", "Saraqib")]),
    ("ended with", "Syria: Clashes between HTS and the army in Saraqib ended with a rout.",
     "2024-12-01", [("hts", "contested", "Saraqib")], []),
    ("both sides", "Syria: Clashes continue to rage near the town of Saraqib in the south of rural"
     " Idlib between rebel fighters and regime forces.", "2019-12-01",
     [("opposition", "contested", "Saraqib"), ("government", "contested", "Saraqib")], []),
    ("about to", "Syria: Regime forces are about to control Saraqib.", "2020-02-01", [],
     [("government", "controls", "Saraqib"), ("government", "captured", "Saraqib")]),
    ("in case", "Syria: Shops will shut in case the regime forces captured Saraqib.", "2020-02-01",
     [], [("government", "captured", "Saraqib")]),
    ("had been held", "Syria: The army entered Khan Shaykhun. The town had been in rebel hands since"
     " 2014.", "2019-08-20", [("government", "contested", "Khan Shaykhun")],
     [("opposition", "controls", "Khan Shaykhun")]),
    ("until a year", "Syria: Daraa, under opposition control from 2012 to 2018, was quiet.",
     "2024-12-07", [], [("opposition", "controls", "Daraa")]),
    ("reached a deal", "Syria: Rebels took Daraa after reaching a deal for safe passage to Damascus.",
     "2024-12-07", [("opposition", "captured", "Daraa")],
     [("opposition", "advanced_toward", "Damascus")]),
)  # fmt: skip
def test_what_is_over_or_to_come_is_no_fact(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


def test_a_day_of_another_verb_is_not_taken() -> None:
    text = (
        "Syria: Rebels said Saturday they had captured Daraa, the fourth city the army has lost in"
    )
    drafts, _ = SHARED.drafts(document_from_text(f"{text} the past week."), date(2024, 12, 7))
    assert {one.event_date for one in drafts if one.place == "Daraa"} == {"2024-12-07"}


def test_a_name_means_what_it_meant_before_in_its_text() -> None:
    text = (
        "Syria: Rebels took Hamada Omar in eastern Hama. The army retook Hamada Omar village in the"
        " countryside of Homs."
    )
    drafts, _ = SHARED.drafts(document_from_text(text), date(2017, 9, 9))
    assert len({one.place_id for one in drafts if one.place == "Hamada Omar"}) == 1


def test_points_with_numbers_stand_in_lists() -> None:
    text = "Syria: The army captured Point 1112, Point 482 and Salma in northern Latakia."
    found = facts(text, "2016-01-12")
    assert {place for _, relation, place in found if relation == "captured"} == {
        "Point 1112", "Point 482", "Salma",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "begin", "end"),
    [("P , a town , Q", 1, 4), ("P ( east ) and Q", 1, 3), ("P – the seat – and Q", 1, 4),
     ("P , 20 , 000 people , Q", 1, 6), ("P , Q , R", None, None), ("P and Q", None, None)],
)  # fmt: skip
def test_asides_end_where_they_begin(written: str, begin: int | None, end: int | None) -> None:
    words = written.lower().split()
    assert aside_end(words, 1) == end
    assert not opens_aside(words, len(words))
    if end is not None:
        assert aside_begin(words, end) == begin


# --- another war ------------------------------------------------------------------------------------


def made_up(called: tuple[str, ...]) -> Theater:
    """The shipped theater with other names for all that is Syria's."""
    syria = read_theater()
    kinds = {
        "city": ["Velmora", "Tarskoy", "Ostragrad"],
        "town": ["Brannik", "Dulverin", "Karsava", "Melekhovo"],
        "village": ["Pirmash", "Zubrovo"],
        "airbase": ["Karsava air base"],
    }
    parts = []
    for kind, names in kinds.items():
        part = syria.places[syria.places["kind"] == kind].iloc[: len(names)].copy()
        part["name"], part["name_ar"] = names, ""
        parts.append(part)
    aliases = [
        ("Arcadian *", "crown", ""), ("the army", "crown", "generic"), ("government *", "crown", ""),
        ("Free Vale Front", "front", ""), ("FVF", "front", "capitals"), ("rebels", "front", "generic"),
        ("rebel *", "front", "generic"), ("Bordurian *", "bord", ""),
    ]  # fmt: skip
    fields = ("alias", "actor_id", "note")
    rows = [dict(zip(fields, one, strict=True), valid_from="", valid_to="") for one in aliases]
    actors = syria.actors.iloc[:3].copy()
    actors.index = pd.Index(["crown", "front", "bord"], name=actors.index.name)
    actors["name"] = ["Arcadian Government", "Free Vale Front", "Borduria"]
    places = pd.concat(parts)
    return replace(
        syria, title="Arcadia", called=called, peoples=(), feminine=(), places=places,
        names=syria.names.iloc[:0], aliases=pd.DataFrame(rows), actors=actors,
        regions=syria.regions.iloc[:0], capitals=(str(places.index[0]),),
    )  # fmt: skip


TOLD = [
    ("Arcadian government forces retook Velmora on Monday.", ("crown", "captured", "Velmora")),
    ("Bordurian jets bombed the Arcadian city of Tarskoy.", ("bord", "struck", "Tarskoy")),
    ("Rebels left Dulverin after the army entered the town.", ("front", "withdrew", "Dulverin")),
    ("Karsava air base fell to the FVF.", ("front", "captured", "Karsava air base")),
    ("The FVF took the Arcadian border town of Brannik.", ("front", "captured", "Brannik")),
    ("The army besieged Melekhovo and shelled Zubrovo.", ("crown", "besieged", "Melekhovo")),
    ("The Arcadian army and its Bordurian ally captured Pirmash.", ("crown", "captured", "Pirmash")),
]  # fmt: skip


def test_an_article_on_another_war_reads_as_well() -> None:
    extractor = Extractor(made_up(("Arcadia", "Arcadian", "Arcadians")))
    text = "Arcadia. " + " ".join(sentence for sentence, _ in TOLD)
    drafts, _ = extractor.drafts(document_from_text(text), date(2024, 12, 10))
    found = {(one.actor, one.relation, one.place) for one in drafts}
    assert found >= {fact for _, fact in TOLD}
    assert not [place for _, _, place in found if "Arcadian" in place]


def test_the_lexicon_holds_no_name_of_the_war() -> None:
    theater = read_theater()
    words = SHARED.lexicon.words
    assert words["peoples"] == {one.lower() for one in theater.peoples} != frozenset()
    named = {one.lower() for one in theater.called if " " not in one}
    lists = ("place_attributes", "between_subjects", "is_oblique", "forces", "spots")
    assert named.isdisjoint(chain.from_iterable(words[one] for one in lists))


# --- nothing to read --------------------------------------------------------------------------------


def test_an_empty_text_is_no_success(tmp_path: Path, run: Run) -> None:
    empty, signs = tmp_path / "empty.txt", tmp_path / "signs.txt"
    empty.write_text("", "utf-8")
    signs.write_text("\x00\x07\n", "utf-8")
    sheet = tmp_path / "sheet.html"
    code, out, err = run("extract", empty, signs, "-o", sheet)
    assert (code, out, sheet.exists()) == (1, "", False)
    assert [line.split(": ")[0] for line in err.splitlines()] == [str(empty), str(signs)]
    assert run("extract", empty).err.splitlines() == [
        f"{empty}: nothing to read: not a letter stands in it"
    ]


def test_of_several_files_the_empty_one_is_named(tmp_path: Path, run: Run) -> None:
    empty, told = tmp_path / "empty.txt", tmp_path / "told.txt"
    empty.write_text(" \n", "utf-8")
    told.write_text("Rebels in Syria took Hama.", "utf-8")
    code, out, err = run("extract", empty, told, "--published", "2024-12-06")
    assert (code, out.count("\n"), err.count("\n")) == (0, 1, 1)
    assert err.startswith(str(empty))


def test_a_text_that_tells_of_no_place_says_so(tmp_path: Path, run: Run) -> None:
    text = tmp_path / "text.txt"
    text.write_text("The soup was cooked slowly and everybody liked it.", "utf-8")
    code, out, err = run("extract", text)
    assert (code, out) == (0, "")
    assert "no drafts from 1 texts" in err
