"""Whole passages: parts and wholes, doers, what is not so, namesakes, Arabic, other scripts."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shipped import reader

from syriamap.errors import ExtractionError
from syriamap.extraction import document_from_text
from syriamap.extraction.arabic.verb_forms import read_deeds
from syriamap.extraction.lexicon.theater_lexicon import Lexicon
from syriamap.extraction.reading.language import why_unread
from syriamap.extraction.review.decisions import read_decisions
from syriamap.extraction.texts.boilerplate import boilerplate_of
from syriamap.theater.folder import read_theater

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import passages  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from syriamap.extraction.drafts import Draft

SHARED = reader()


def facts(text: str, day: str) -> set[tuple[str, str, str]]:
    """Actor, relation and place of what is told as having happened."""
    return {
        (one.actor, one.relation, one.place)
        for one in drafts_of(text, day)
        if one.certainty in {"asserted", "claimed"}
    }


def drafts_of(text: str, day: str) -> list[Draft]:
    drafts, _ = SHARED.drafts(document_from_text(text), date.fromisoformat(day))
    return [one for one in drafts if one.relation != "none"]


def test_the_half_to_tune_on_keeps_its_score() -> None:
    found = passages.judge_all("tuning", SHARED)
    for name, least in (("all", 0.84), ("Arabic", 0.84), ("English 2011-2020", 0.8)):
        assert passages.score(passages.groups(found)[name])["F1"] >= least, name
    right, drafts = passages.confidence(found)["high"]
    assert right / drafts > 0.9


def test_there_are_enough_passages_of_every_kind() -> None:
    every = passages.passages("tuning") + passages.passages("held_out")
    assert len(every) >= 150
    assert sum(one["lang"] == "ar" for one in every) >= 50
    assert len({one["id"] for one in passages.passages("tuning")}) == len(
        passages.passages("tuning")
    )


@pytest.mark.parametrize(
    ("text", "day", "there", "not_there"),
    [
        ("The SDF took ten villages in the northern countryside of Raqqa from Islamic State.",
         "2016-06-01", [], [("sdf", "captured", "Raqqa")]),
        ("Turkish-backed rebels seized five villages in the Afrin region.", "2018-02-20", [],
         [("sna", "captured", "Afrin")]),
        ("Army troops launched a campaign to root out ISIL fighters near Mayadin, retaking Zabari.",
         "2017-10-17", [("government", "captured", "Zabari")], [("isis", "captured", "Zabari")]),
        ("The SDF buried five men. Kobani was bombarded from the air overnight.", "2024-12-09", [],
         [("sdf", "struck", "Kobani")]),
        ("The SDF began an assault against the Syrian National Army near the Tishrin Dam.",
         "2024-12-23", [("sdf", "contested", "Tishrin Dam")], [("sna", "contested", "Tishrin Dam")]),
        ("Rebels left Arbin, leaving Douma as their last stronghold.", "2018-03-24",
         [("opposition", "controls", "Douma")], [("opposition", "withdrew", "Douma")]),
        ("Thousands of Kurds fled Aleppo.", "2026-01-12", [], [("sdf", "withdrew", "Aleppo")]),
        ("Islamic State was able to seize Palmyra.", "2016-12-11",
         [("isis", "captured", "Palmyra")], []),
        ("There is no sign that army units entered Douma.", "2018-03-01", [],
         [("government", "contested", "Douma")]),
        ("Has the army captured Saraqib?", "2020-02-01", [], [("government", "captured", "Saraqib")]),
        ("The YPG has brought Ras al-Ayn back under its control.", "2019-10-15",
         [("sdf", "captured", "Ras al-Ayn")], []),
        ("The Manbij Military Council took Manbij from ISIL.", "2016-08-12",
         [("sdf", "captured", "Manbij")], [("government", "captured", "Manbij")]),
        ("The Syrian army seized Deir Hafer.", "2026-01-17",
         [("transitional_government", "captured", "Deir Hafer")],
         [("government", "captured", "Deir Hafer")]),
        ("The army regained control of Qaiqun, Zerbala, Kafr Abesh and Banan.", "2018-01-14",
         [("government", "captured", "Qaiqun"), ("government", "captured", "Kafr Abesh")], []),
        ("The army took Saraqib after battles with rebels, who had lost Khan Tuman and Zitan.",
         "2020-02-06", [("opposition", "lost", "Khan Tuman"), ("opposition", "lost", "Zitan")],
         [("government", "lost", "Khan Tuman")]),
        ("Syrian troops entered Rastan and Talbiseh after rebels abandoned them overnight.",
         "2018-05-16", [("opposition", "withdrew", "Rastan"), ("opposition", "withdrew", "Talbiseh")],
         []),
        ("What remains in Kurdish hands is Qamishli, Derik and Amuda.", "2026-01-28",
         [("sdf", "controls", "Qamishli"), ("sdf", "controls", "Amuda")], []),
        ("Government forces entered Manbij after the SDF's departure from it.", "2026-01-18",
         [("sdf", "withdrew", "Manbij")], []),
        ("Syria: MoD forces recaptured Qardaha, Daliyah + al-Qadmus.", "2025-03-09",
         [("transitional_government", "captured", "al-Qadmus")], []),
        ("Syria: government troops took these today:\n- SDF left Tabqa\n- Clashes in Raqqa",
         "2026-01-18", [("sdf", "withdrew", "Tabqa")], []),
        ("Syria: The army announced bringing the city of Tabqa under full control.", "2026-01-18",
         [("transitional_government", "captured", "Tabqa")], []),
        ("In Raqqa, which the SDF took years ago, shops were open.", "2026-01-10", [],
         [("sdf", "captured", "Raqqa")]),
    ],
)  # fmt: skip
def test_parts_doers_and_what_is_not_so(
    text: str,
    day: str,
    there: list[tuple[str, str, str]],
    not_there: list[tuple[str, str, str]],
) -> None:
    found = facts(text, day)
    assert found >= set(there)
    assert found.isdisjoint(not_there)


@pytest.mark.parametrize(
    ("text", "place", "governorate"),
    [
        (
            "Government troops took the village of Shaqra in Deir ez-Zor province.",
            "Shaqra",
            "SY-DY",
        ),
        ("Government troops took Harran in southeastern Idlib.", "Harran", "SY-ID"),
        ("SDF fighters took Abu Hamam in Deir Ezzor province.", "Abu Hamam", "SY-DY"),
        ("Government troops took Mas'ada in eastern Hama.", "Mas'ada", ""),
    ],
)
def test_the_governorate_of_the_sentence_decides_between_namesakes(
    text: str, place: str, governorate: str
) -> None:
    one = next(one for one in drafts_of(text, "2019-12-21") if one.place == place)
    meant = read_theater().places["admin1"].get(one.place_id, "")
    assert meant == governorate


def test_no_city_is_meant_by_sound_alone() -> None:
    text = "Islamic State fighters took the towns of Kharab al-Ashiq and al-Jalabiyah near Kobani."
    assert all(one.place_id != "gn-170063" for one in drafts_of(text, "2015-06-01"))


def test_names_mean_who_bore_them_on_the_day_of_the_event() -> None:
    text = "On 1 December the SNA captured Tadef from the Syrian Army."
    assert ("government", "lost", "Tadef") in facts(text, "2024-12-12")


# --- Arabic -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "deed", {one.name: one for deeds in read_deeds().values() for one in deeds}.values(),
    ids=lambda one: one.name,
)  # fmt: skip
def test_the_example_of_every_arabic_deed_is_drafted(deed: object) -> None:
    import tomllib
    from importlib import resources

    folder = resources.files("syriamap.extraction.lexicon") / "arabic"
    entries = tomllib.loads((folder / "deeds.toml").read_text("utf-8"))["deed"]
    entry = next(one for one in entries if one["name"] == deed.name)  # type: ignore[attr-defined]
    days = ("2024-12-05", "2025-07-18", "2016-09-10")
    told = {one.relation for day in days for one in drafts_of(entry["example"], day)}
    assert entry["relation"] in told, entry["example"]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("لم تدخل قوات النظام مدينة حماة.", "denied"),
        ("نفت قسد دخول قوات النظام مدينة الرقة.", "denied"),
        ("تحاول قوات النظام السيطرة على مدينة سراقب.", "hypothetical"),
        ("قال المرصد السوري إن قوات النظام سيطرت على مدينة سراقب.", "claimed"),
        ("سيطرت قوات النظام على مدينة سراقب.", "asserted"),
    ],
)
def test_arabic_certainty(text: str, certainty: str) -> None:
    assert {one.certainty for one in drafts_of(text, "2020-02-08")} <= {certainty}


def test_arabic_days_and_offsets() -> None:
    text = "سيطرت قوات النظام على مدينة حماة، الخميس 5 من كانون الأول."
    (one,) = drafts_of(text, "2024-12-06")
    assert one.event_date == "2024-12-05"
    assert text[one.start : one.end] == one.place == "حماة"


def test_no_word_of_the_theater_speaks_of_another_war() -> None:
    syria = read_theater()
    ukraine = replace(syria, title="Ukraine", called=("Ukrainian",))
    assert {"ukraine", "ukrainian", "sudan"} <= Lexicon(syria).words["foreign"]
    foreign = Lexicon(ukraine).words["foreign"]
    assert foreign.isdisjoint({"ukraine", "ukrainian"})
    assert "sudan" in foreign


# --- what is not read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Сирийская армия заняла город Тадмор в воскресенье утром.", "Cyrillic"),
        ("ارتش سوریه شهر تدمر را گرفت و گروه‌های مسلح از شهر پس کشیدند.", "not in Arabic"),
        ("Suriye ordusu pazar günü kenti geri aldı ve birlikler ilçe merkezine girdi. " * 4, "not in English"),
        ("Rebels took Hama.", ""),
        ("", "nothing to read"),
        ("\x00\x07 12.5 –", "nothing to read"),
        (" " * 9_000 + "Rebels took Hama.", ""),
    ],
)  # fmt: skip
def test_other_languages_are_named(text: str, says: str) -> None:
    assert says in why_unread(text) if says else not why_unread(text)


def test_short_paragraphs_take_linear_time() -> None:
    page = "".join(f"<p>Short note {n} here.</p>" for n in range(8_000))
    assert boilerplate_of(f"<html><body>{page}</body></html>") == frozenset()


@pytest.mark.parametrize(
    ("line", "says"),
    [("{}", "line 1: no decision"), ('{"a": 1', "no decision"), ("", "no decision in it"),
     ('{"source_file": "a", "start": 1, "end": 2, "actor": "sdf", "relation": "lost",'
      ' "decision": "maybe"}', "accepted, rejected and added would do")],
)  # fmt: skip
def test_broken_decisions_are_told(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(ExtractionError, match=says):
        read_decisions(path)


def test_rejected_drafts_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from syriamap.cli.app import main

    def run(*words: object) -> None:
        with pytest.raises(SystemExit) as stopped:
            main([*map(str, words)])
        assert stopped.value.code == 0

    article = tmp_path / "a.txt"
    article.write_text("Syria: Rebels took Hama and Homs.", "utf-8")
    run("extract", article, "--published", "2024-12-07")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    one = next(row for row in rows if row["place"] == "Homs")
    keys = ("source_file", "start", "end", "actor", "relation")
    told = {**{key: one[key] for key in keys}, "decision": "rejected"}
    decisions = tmp_path / "d.jsonl"
    decisions.write_text(json.dumps(told) + "\n", "utf-8")
    run("extract", article, "--published", "2024-12-07", "--decisions", decisions)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["place"] for row in rows if row["relation"] != "none"] == ["Hama"]


# --- how texts put it -------------------------------------------------------------------------------


WORDINGS = [
    json.loads(line) for line in (passages.DATA / "wordings.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("relation", sorted({one["relation"] for one in WORDINGS}))
def test_wordings_of_control_are_read(relation: str) -> None:
    """Sentences in own words, in the manner of reports of all years, each with one right answer."""
    missed = [
        one["text"]
        for one in WORDINGS
        if one["relation"] == relation
        and not any(
            (draft.actor, draft.relation) == (one["actor"], relation)
            and one["place"].lower() in draft.place.lower()
            and draft.certainty in {"asserted", "claimed"}
            for draft in drafts_of(one["text"], one["published"])
        )
    ]
    assert not missed


@pytest.mark.parametrize(
    ("text", "day", "not_there"),
    [
        ("Syrian rebels seized checkpoints in Sayda, Nahta and Umm al-Mayadin.", "2021-08-30",
         ("opposition", "captured", "Nahta")),
        ("Syrian rebels captured Hama after President Bashar al-Assad fled to Russia.", "2024-12-08",
         ("opposition", "withdrew", "Hama")),
        ("The army entered Hama, Syria, while rebels retreated to Homs.", "2024-12-01",
         ("opposition", "withdrew", "Homs")),
        ("HTS attacked the Syrian villages that the army held, and captured Khasham.", "2024-12-03",
         ("government", "captured", "Khasham")),
        ("HTS took Khanasir, the last regime-held town southeast of Aleppo in Syria.", "2024-12-03",
         ("government", "controls", "Khanasir")),
        ("Syrian army units went on to eradicate ISIS fighters there, restoring control over Mayadin.",
         "2017-10-17", ("isis", "captured", "Mayadin")),
        ("Rebels seized parts of Idlib, Syria, and torched the police headquarters in Hama.",
         "2012-07-20", ("opposition", "captured", "Hama")),
        ("Syrian rebels advanced into northern Hama Province.", "2024-12-01",
         ("opposition", "contested", "Hama Province")),
    ],
)  # fmt: skip
def test_bystanders_and_parts_are_left_alone(
    text: str, day: str, not_there: tuple[str, str, str]
) -> None:
    assert not_there not in facts(text, day)


def test_a_day_is_told_by_one_before() -> None:
    text = (
        "On 14 July Syrian government forces entered Suwayda, but withdrew the next day. "
        "Tribal fighters captured al-Mazraa on the 18th."
    )
    days = {(one.relation, one.event_date) for one in drafts_of(text, "2025-07-22")}
    assert {("withdrew", "2025-07-15"), ("captured", "2025-07-18")} <= days
