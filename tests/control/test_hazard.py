"""Old reports where the front moves: the arithmetic and the laws."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from syriamap.control.belief import Belief, belief_from_votes
from syriamap.control.control_settings import BeliefSettings, HazardSettings
from syriamap.control.evidence import NOBODY, Vote
from syriamap.control.hazard import Overtaken, Spot, overtaken_places

KNOBS = HazardSettings(length_km=20.0, report_worth=1.0)


def told(place: str, *what: tuple[int, str, str]) -> Belief:
    votes = [
        Vote(f"{place}-{day}", place, day, effect, actor, NOBODY, 0.85, "wire", ("controls",))
        for day, effect, actor in what
    ]
    return belief_from_votes(votes, str, BeliefSettings())


def overtaken(
    beliefs: dict[str, Belief],
    knobs: HazardSettings = KNOBS,
    apart: float = 0.05,
    **seen: int,
) -> dict[str, Overtaken]:
    names = sorted(beliefs)
    return overtaken_places(
        beliefs, lambda one: Spot(34.0, 36.0 + apart * names.index(one), 1.0, seen.get(one, 0)),
        lambda a, b: a != b, knobs,
    )  # fmt: skip


STALE = told("a", (0, "state", "crown"))
FALLEN = told("b", (0, "state", "crown"), (9, "change", "rebels"))
KEPT = told("b", (0, "state", "crown"), (9, "state", "crown"))


def test_an_old_report_is_doubted_where_the_place_beside_it_fell() -> None:
    found = overtaken({"a": STALE, "b": FALLEN})
    assert set(found) == {"a"}
    one = found["a"]
    assert one.actor == "rebels"
    assert one.day == 9
    assert one.claim_ids == ("b-9",)
    assert 0.2 < one.chance < 0.5


def test_in_a_still_war_nothing_is_doubted() -> None:
    assert overtaken({"a": STALE, "b": KEPT}) == {}


def test_a_newer_report_of_the_place_itself_is_not_doubted() -> None:
    fresh = told("a", (0, "state", "crown"), (9, "state", "crown"))
    assert overtaken({"a": fresh, "b": FALLEN}) == {}


def test_an_enemy_long_there_is_no_move_of_the_front() -> None:
    there = told("b", (0, "state", "rebels"), (9, "state", "rebels"))
    assert overtaken({"a": STALE, "b": there}) == {}


def test_places_that_held_out_speak_against_it() -> None:
    alone = overtaken({"a": STALE, "b": FALLEN})["a"].chance
    held = told("c", (9, "state", "crown"))
    assert overtaken({"a": STALE, "b": FALLEN, "c": held})["a"].chance < alone


def test_news_counts_less_from_afar() -> None:
    near, far = (overtaken({"a": STALE, "b": FALLEN}, apart=step) for step in (0.05, 0.5))
    assert far.get("a", Overtaken(0.0, "", 0, ())).chance < near["a"].chance


def test_who_is_still_attacked_has_not_lost_the_place() -> None:
    assert overtaken({"a": STALE, "b": FALLEN}, a=9) == {}


def test_villages_say_little_of_the_city_they_surround() -> None:
    beliefs = {"a": STALE, "b": FALLEN}
    chances = []
    for size in (1.0, 4.0):
        spots = {"a": Spot(34.0, 36.0, size), "b": Spot(34.0, 36.05)}
        found = overtaken_places(beliefs, spots.__getitem__, lambda a, b: a != b, KNOBS)
        chances.append(found["a"].chance)
    assert chances[1] < chances[0]


def test_nobody_stands_for_nobody() -> None:
    left = told("a", (0, "fight", "rebels"))
    assert overtaken({"a": left, "b": FALLEN}) == {}
    assert overtaken({}) == {}


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["state", "change"]),
                          st.sampled_from(["crown", "rebels"])), min_size=2, max_size=12))  # fmt: skip
def test_a_chance_is_a_chance_and_order_does_not_matter(rows: list[tuple[int, str, str]]) -> None:
    beliefs = {f"p{index}": told(f"p{index}", row) for index, row in enumerate(rows)}
    found = overtaken(beliefs)
    assert all(KNOBS.least <= one.chance < 1.0 for one in found.values())
    assert overtaken(dict(reversed(beliefs.items()))) == found


def test_more_worth_of_a_report_means_less_doubt() -> None:
    chances = [
        overtaken({"a": STALE, "b": FALLEN}, HazardSettings(20.0, worth))["a"].chance
        for worth in (0.3, 1.0, 3.0)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == pytest.approx(chances[0])


def test_a_place_taken_from_somebody_else_is_no_sign() -> None:
    other = told("b", (0, "state", "guests"), (9, "change", "rebels"))
    assert overtaken({"a": STALE, "b": other}) == {}
