"""Wider forms: verbs, agents, lists, possessives and shares that plain reports use now and then."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import reader

from syriamap.extraction import document_from_text

SHARED = reader()
AT_WAR = "Syria was at war. "


def facts(text: str, day: str = "2016-06-01") -> set[tuple[str, str, str]]:
    """Actor, relation and place of what is told as having happened."""
    drafts, _ = SHARED.drafts(document_from_text(AT_WAR + text), date.fromisoformat(day))
    return {
        (one.actor, one.relation, one.place)
        for one in drafts
        if one.relation != "none" and one.certainty in {"asserted", "claimed"}
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels clawed back Saraqib.", ("opposition", "captured", "Saraqib")),
        ("The army rid Palmyra of the SDF.", ("government", "captured", "Palmyra")),
        ("The army ended the SDF's rule in Palmyra.", ("government", "captured", "Palmyra")),
        ("The SDF widened its hold to Mayadin.", ("sdf", "captured", "Mayadin")),
        ("Palmyra was under the thumb of ISIS.", ("isis", "controls", "Palmyra")),
        ("The army consolidated its position in Hama.", ("government", "controls", "Hama")),
        ("The army reinforced its garrison in Hama.", ("government", "controls", "Hama")),
        ("The army clung on to Hama.", ("government", "controls", "Hama")),
        ("The army smashed its way into Saraqib.", ("government", "contested", "Saraqib")),
        ("ISIS returned to Palmyra.", ("isis", "contested", "Palmyra")),
        ("The army is within sight of Saraqib.", ("government", "advanced_toward", "Saraqib")),
        ("Rebels lobbed mortars into Hama.", ("opposition", "struck", "Hama")),
        ("The army moved its troops out of Hama.", ("government", "withdrew", "Hama")),
        ("Rebels hoisted their banner over Saraqib.", ("opposition", "captured", "Saraqib")),
        ("Rebels kept Palmyra encircled.", ("opposition", "besieged", "Palmyra")),
        ("A convoy of rebels left Saraqib.", ("opposition", "withdrew", "Saraqib")),
        ("The army entered Saraqib and raised the flag there.",
         ("government", "captured", "Saraqib")),
        ("Rebels have set up checkpoints in Hama.", ("opposition", "contested", "Hama")),
        ("Saraqib, newly captured by the army, lies on a road.",
         ("government", "captured", "Saraqib")),
    ],
)  # fmt: skip
def test_rarer_verbs_are_read(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Palmyra fell to the army and Hezbollah on Sunday.",
        "Palmyra was captured by the army and Hezbollah.",
        "The army, Hezbollah and Iranian-backed militias captured Palmyra.",
    ],
)
def test_joined_agents_all_do_it(text: str) -> None:
    both = {("government", "captured", "Palmyra"), ("hezbollah", "captured", "Palmyra")}
    assert both <= facts(text)


def test_who_flees_behind_an_agent_is_none() -> None:
    assert ("opposition", "captured", "Palmyra") not in facts(
        "Palmyra was captured by the army and rebels fled."
    )


def test_who_only_stands_beside_the_doer_does_nothing() -> None:
    told = facts("The army, together with allied forces and Russian jets, drove ISIS from Palmyra.")
    assert ("government", "captured", "Palmyra") in told
    assert ("russia", "captured", "Palmyra") not in told


def test_a_list_within_an_apposition_is_no_subject() -> None:
    told = facts(
        "Saraqib and Sarmin, all on the seam of Idlib and Hama provinces, came under army control."
    )
    assert told == {("government", "captured", "Saraqib"), ("government", "captured", "Sarmin")}


def test_a_place_beside_ten_villages_is_kept() -> None:
    told = facts("The army captured Sweida and ten villages including Shahba and Salkhad.")
    assert {place for _, _, place in told} == {"Sweida", "Shahba", "Salkhad"}


def test_what_is_done_to_the_next_place_ends_a_list() -> None:
    told = facts("Rebels captured Saraqib, Sarmin, and only Binnish was held by the army.")
    assert ("opposition", "captured", "Binnish") not in told
    assert ("government", "controls", "Binnish") in told


def test_full_control_behind_a_possessive() -> None:
    assert facts("Palmyra is under the army's full control.") == {
        ("government", "controls", "Palmyra")
    }


@pytest.mark.parametrize(
    "text", ["The army no longer holds Palmyra.", "Palmyra is no longer held by the army."]
)
def test_who_no_longer_holds_has_lost(text: str) -> None:
    assert facts(text) == {("government", "lost", "Palmyra")}


def test_a_place_may_be_somebodys() -> None:
    assert facts("Saraqib is now the army's, as are Sarmin and Binnish.") == {
        ("government", "controls", place) for place in ("Saraqib", "Sarmin", "Binnish")
    }
    assert facts("Rebels attacked at dawn and by evening Saraqib was theirs.") == {
        ("opposition", "captured", "Saraqib")
    }


def test_the_last_towns_that_somebody_holds() -> None:
    told = facts("The army bombed Saraqib and Sarmin, the last towns rebels control in the area.")
    assert {
        ("opposition", "controls", "Saraqib"), ("opposition", "controls", "Sarmin"),
    } <= told  # fmt: skip


def test_both_who_are_locked_in_battles_fight() -> None:
    both = {("government", "contested", "Saraqib"), ("opposition", "contested", "Saraqib")}
    assert both <= facts("The army and rebels were locked in battles in Saraqib.")
    assert both <= facts("In Saraqib the army and rebels were locked in street battles.")
    assert both <= facts("Battles raged in Saraqib, pitting the army against rebels.")
    assert both <= facts("Saraqib is contested between the army and rebels.")


def test_who_gives_way_leaves_the_place() -> None:
    told = facts("ISIS entered Palmyra and the army fell back to the T4 base.")
    assert ("government", "withdrew", "Palmyra") in told
    assert ("government", "withdrew", "Palmyra") in facts(
        "Palmyra was quiet when the army withdrew and rebels came in."
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Palmyra, to which rebels had fled, was bombed.", ("opposition", "withdrew", "Palmyra")),
        ("Binnish is all that the rebels have left.", ("opposition", "withdrew", "Binnish")),
        ("The rebels' capture of Hama leaves Homs exposed.", ("opposition", "withdrew", "Homs")),
        ("ISIS expanded in the Homs desert, seizing Sukhna.", ("isis", "withdrew", "Homs")),
        ("Villages west of Saraqib and Sarmin were captured by the army.",
         ("government", "captured", "Saraqib")),
        ("Saraqib's center is in army hands.", ("government", "controls", "Saraqib")),
        ("The army opened fire on protesters in Saraqib.", ("government", "struck", "Saraqib")),
        ("The US bombed Shayrat in retaliation for the attack on Saraqib.",
         ("us_coalition", "contested", "Saraqib")),
        ("Rebels stormed the base outside Mayadin, the last stronghold of the army there.",
         ("government", "controls", "Mayadin")),
        ("The army is now in control of 40 percent of Palmyra.", ("government", "controls", "Palmyra")),
        ("Under the deal the army returns to its positions in Palmyra.",
         ("government", "contested", "Palmyra")),
        ("Rebels fought in northern Hama, and Mhardeh was targeted by rebel rockets.",
         ("opposition", "struck", "Hama")),
    ],
)  # fmt: skip
def test_what_is_not_told_is_not_drafted(text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in facts(text)


def test_a_third_of_a_place_is_fought_for() -> None:
    assert facts("The rebels control a third of Aleppo.") == {("opposition", "contested", "Aleppo")}


def test_fire_is_told_by_whoever_fired_it_behind_the_place() -> None:
    assert ("opposition", "struck", "Saraqib") in facts(
        "Rocket shells landed on places in Saraqib launched by the Islamist factions."
    )
    assert ("government", "struck", "Saraqib") in facts("Saraqib came under army shelling.")


def test_places_among_those_taken() -> None:
    told = facts("Saraqib and Sarmin are among the villages captured by the army.")
    assert told == {("government", "captured", "Saraqib"), ("government", "captured", "Sarmin")}


def test_a_loss_to_somebody_is_a_capture() -> None:
    told = facts("The loss of Hama to the rebels is a blow to Damascus.", "2024-12-06")
    assert ("opposition", "captured", "Hama") in told


def test_unlisted_names_behind_taking_back() -> None:
    told = facts("Insurgents took back Ejaz and Istablat.", "2019-11-30")
    assert {place for _, _, place in told} == {"Ejaz", "Istablat"}


def test_a_fall_that_others_follow() -> None:
    told = facts("Saraqib fell first, followed by Sarmin and Binnish.")
    assert {place for _, relation, place in told if relation == "lost"} == {
        "Saraqib", "Sarmin", "Binnish",
    }  # fmt: skip


def test_the_city_is_no_site() -> None:
    told = facts("Rebels took the Jabal Zayn al-Abidin, then swept into the city.", "2024-12-05")
    assert ("opposition", "contested", "Jabal Zayn al-Abidin") not in told
