"""Who does it where nobody stands right before the verb, and which names and places that needs."""

from __future__ import annotations

from told import Facts, assert_told, cases

TOOK = [("opposition", "captured", "Khan Shaykhun")]
ARMY_TOOK = [("government", "captured", "Khan Shaykhun")]


@cases(
    ("a front", "Syria. The Sham Legion captured Khan Shaykhun.", "2015-05-01", TOOK, []),
    ("another spelling", "Syria. Failaq al-Sham captured Khan Shaykhun.", "2015-05-01", TOOK, []),
    ("a brigade of Turkey's later", "Syria. The Sultan Murad Division captured al-Rai.",
     "2018-03-01", [("sna", "captured", "al-Rai")], []),
    ("a militia of the government's", "Syria. Liwa al-Quds captured Khan Shaykhun.", "2019-08-01",
     ARMY_TOOK, []),
    ("no Hezbollah of Lebanon", "Syria. Kataib Hezbollah captured Mayadin.", "2017-10-01",
     [("iran_militias", "captured", "Mayadin")], [("hezbollah", "captured", "Mayadin")]),
    ("a part of the SDF", "Syria. The Sanadid Forces captured al-Hol.", "2015-11-13",
     [("sdf", "captured", "al-Hol")], []),
    ("defectors are no army", "Syria. Army defectors captured Khan Shaykhun.", "2013-06-01", TOOK,
     [("government", "captured", "Khan Shaykhun")]),
)  # fmt: skip
def test_named_brigades_are_somebodys(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("whom a deed is done to", "Syria. Rebels killed ten civilians and captured Khan Shaykhun.",
     "2016-10-12", TOOK, []),
    ("behind a participle", "Syria. The army attacked, trapping hundreds of people, and captured"
     " Khan Shaykhun.", "2016-10-12", ARMY_TOOK, []),
    ("by whom", "Syria. The rebels, cheered by residents, captured Khan Shaykhun.", "2016-10-12",
     TOOK, []),
    ("people do it", "Syria. Rebels left, and residents captured Khan Shaykhun.", "2016-10-12",
     [], TOOK),
    ("we behind a colon", "Syria. Ahrar al-Sham: we captured Khan Shaykhun today.", "2016-10-12",
     TOOK, []),
    ("we that somebody says", "Syria. Ahrar al-Sham said that we have captured Khan Shaykhun.",
     "2016-10-12", TOOK, []),
    ("who leads", "Syria. The Dawn room, led by HTS, has captured Saraqib.", "2024-12-01",
     [("hts", "captured", "Saraqib")], []),
    ("whose warplanes", "Syria. The army shelled Idlib. On Friday warplanes bombed Saraqib.",
     "2016-10-12", [("government", "struck", "Saraqib")], []),
    ("the offensive", "Syria. HTS launched an offensive last week. The offensive has captured"
     " Saraqib.", "2024-12-01", [("hts", "captured", "Saraqib")], []),
    ("who attacked before it fell", "Syria. The army attacked the rebels; Saraqib fell on Monday.",
     "2020-02-05", [("government", "captured", "Saraqib")],
     [("government", "lost", "Saraqib")]),
)  # fmt: skip
def test_a_subject_is_found_past_people_and_asides(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("in whose offensive", "Syria. Khan Shaykhun was captured in a rebel offensive.", "2016-10-12",
     TOOK, []),
    ("when somebody attacked", "Syria. Khan Shaykhun was taken when rebels attacked.",
     "2016-10-12", TOOK, []),
    ("retaken, as who says", "Syria. Khan Shaykhun was retaken on Friday, the army said.",
     "2016-10-12", ARMY_TOOK, []),
    ("who announces the fall", "Syria. The rebels reported the fall of Khan Shaykhun.",
     "2016-10-12", TOOK, [("government", "lost", "Khan Shaykhun")]),
    ("whose flag", "Syria. Rebels planted their flag in Khan Shaykhun.", "2016-10-12", TOOK, []),
    ("all roads", "Syria. The army has cut all roads to Khan Shaykhun.", "2016-10-12",
     [("government", "besieged", "Khan Shaykhun")], []),
    ("notably", "Syria. Rebels captured several towns, notably Morek and Kafr Zita.", "2016-10-12",
     [("opposition", "captured", "Morek"), ("opposition", "captured", "Kafr Zita")], []),
    ("followed by", "Syria. Rebels captured Morek, followed by Kafr Zita.", "2016-10-12",
     [("opposition", "captured", "Morek"), ("opposition", "captured", "Kafr Zita")], []),
)  # fmt: skip
def test_a_passive_tells_in_whose_attack_it_was(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("is a stronghold", "Syria. Morek is a rebel stronghold.", "2016-10-12",
     [("opposition", "controls", "Morek")], []),
    ("apposed", "Syria. Morek, a rebel stronghold, was bombed.", "2016-10-12",
     [("opposition", "controls", "Morek")], []),
    ("was one", "Syria. Morek was a rebel stronghold.", "2016-10-12", [],
     [("opposition", "controls", "Morek")]),
    ("is held", "Syria. Morek is rebel-held.", "2016-10-12",
     [("opposition", "controls", "Morek")], []),
    ("held areas", "Syria. Rebel-controlled areas include Morek and Kafr Zita.", "2016-10-12",
     [("opposition", "controls", "Morek"), ("opposition", "controls", "Kafr Zita")], []),
    ("areas under control", "Syria. Areas under rebel control include Morek and Kafr Zita.",
     "2016-10-12", [("opposition", "controls", "Morek")], []),
)  # fmt: skip
def test_strongholds_are_held(text: str, day: str, there: Facts, not_there: Facts) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("what befalls it", "Syria. Later, Hazima was bombed by Russian jets.", "2016-10-12",
     [("russia", "struck", "Hazima")], []),
    ("in other spelling", "Syria. Rebels said Maardas had been captured.", "2016-10-12",
     [("opposition", "captured", "Maardas")], []),
    ("behind a verb", "Syria. The army conquered Maardas.", "2016-10-12",
     [("government", "captured", "Maardas")], []),
    ("then", "Syria. Rebels took Morek, then Hazima.", "2016-10-12",
     [("opposition", "captured", "Hazima")], []),
)  # fmt: skip
def test_a_village_is_named_where_something_befalls_it(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)


@cases(
    ("what others try", "Syria. The army, trying to reach Idlib, captured Khan Shaykhun.",
     "2016-10-12", ARMY_TOOK, []),
    ("an attempt before", "Syria. In an attempt to reach Idlib, the army captured Khan Shaykhun.",
     "2016-10-12", ARMY_TOOK, []),
    ("how long it took", "Syria. It took the army ten days to capture Khan Shaykhun.",
     "2016-10-12", ARMY_TOOK, []),
    ("tries itself", "Syria. The army is trying to capture Khan Shaykhun.", "2016-10-12", [],
     ARMY_TOOK),
    ("a condition", "Syria. If the army captured Khan Shaykhun, it would be a blow.",
     "2016-10-12", [], ARMY_TOOK),
    ("may have", "Syria. The army may have captured Khan Shaykhun.", "2016-10-12", [], ARMY_TOOK),
    ("denied by others", "Syria. The army said it captured Khan Shaykhun, a claim the rebels"
     " denied.", "2016-10-12", ARMY_TOOK, []),
    ("describes who denies", "Syria. The army, which controls Morek, denied the accusations.",
     "2016-10-12", [("government", "controls", "Morek")], []),
    ("denied", "Syria. Rebels denied that the army had captured Khan Shaykhun.", "2016-10-12", [],
     ARMY_TOOK),
    ("false reports", "Syria. Reports that the army captured Khan Shaykhun are false.",
     "2016-10-12", [], ARMY_TOOK),
)  # fmt: skip
def test_wishes_and_denials_govern_their_own_verbs(
    text: str, day: str, there: Facts, not_there: Facts
) -> None:
    assert_told(text, day, there, not_there)
