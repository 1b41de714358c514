"""The filter over the votes of one place: its arithmetic and its laws."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from syriamap.control.belief import Belief, belief_from_votes, faded, fight_left
from syriamap.control.control_settings import BeliefSettings
from syriamap.control.evidence import NOBODY, Vote

SETTINGS = BeliefSettings()
SIDES = {"crown": "crown", "militia": "crown", "rebels": "rebels", "guests": "guests"}
_EFFECTS = ("state", "change", "fight", "siege", "denial")


def side_of(actor: str) -> str:
    return SIDES.get(actor, actor)


def vote(day: int, effect: str, actor: str, weight: float = 0.8, rival: str = NOBODY,
         origin: str = "wire") -> Vote:  # fmt: skip
    name = f"{day}-{effect}-{actor}-{rival}-{origin}-{weight}"
    return Vote(name, "oak", day, effect, actor, rival, weight, origin, (effect,))


def run(*votes: Vote, settings: BeliefSettings = SETTINGS) -> Belief:
    return belief_from_votes(votes, side_of, settings)


@st.composite
def any_votes(draw: st.DrawFn) -> list[Vote]:
    actors = st.sampled_from([*SIDES, NOBODY])
    return [
        vote(draw(st.integers(0, 400)), draw(st.sampled_from(_EFFECTS)), draw(actors),
             draw(st.floats(0.01, 0.97)), draw(actors), draw(st.sampled_from("abc")))
        for _ in range(draw(st.integers(1, 12)))
    ]  # fmt: skip


def test_without_votes_nobody_is_known() -> None:
    belief = run()
    assert belief.sides == {NOBODY: 1.0}
    assert belief.leader() == NOBODY
    assert belief.actor_of("crown") == NOBODY


def test_one_vote_is_believed_as_far_as_it_is_worth() -> None:
    belief = run(vote(0, "state", "crown", 0.8))
    assert belief.sides["crown"] == pytest.approx(0.8)
    assert belief.sides[NOBODY] == pytest.approx(0.2)
    assert belief.actor_of("crown") == "crown"


def test_equal_votes_share_equally() -> None:
    belief = run(vote(0, "state", "crown"), vote(0, "state", "rebels", origin="agency"))
    assert belief.sides["crown"] == pytest.approx(belief.sides["rebels"])


def test_fading() -> None:
    assert faded(1.0, 0, 10) == 1.0
    assert faded(1.0, 20, 10) == pytest.approx(0.25)
    assert faded(1.0, -5, 10) == 1.0
    assert faded(1.0, 1e9, 10, lasting=0.5) == pytest.approx(0.5)
    votes = (vote(0, "state", "crown", 0.8), vote(1000, "fight", "guests", 0.5, "crown"))
    halved = BeliefSettings(half_life_days=1000, lasting_share=0.0)
    assert run(*votes, settings=halved).sides["crown"] == pytest.approx(0.4)
    lasting = BeliefSettings(half_life_days=1, lasting_share=0.5)
    assert run(*votes, settings=lasting).sides["crown"] == pytest.approx(0.4)
    steady = BeliefSettings(half_life_days=1e12)
    assert run(*votes, settings=steady).sides["crown"] == pytest.approx(0.8)


def test_a_fight_is_noted_with_those_who_take_part_and_fades() -> None:
    belief = run(vote(0, "state", "crown"), vote(3, "fight", "rebels", 0.6, "crown"))
    assert belief.fighters == ("crown", "rebels")
    assert fight_left(belief, 3, SETTINGS) == pytest.approx(0.6)
    assert fight_left(belief, 10, SETTINGS) == pytest.approx(0.3)
    assert belief.leader() == "crown"


def test_a_siege_speaks_for_the_besieged() -> None:
    belief = run(
        vote(0, "siege", "rebels", 0.9, "crown"), vote(0, "siege", "rebels", 0.9, "crown", "b")
    )
    assert belief.leader() == "crown"
    assert belief.besieger == "rebels"


def test_which_actor_of_a_side() -> None:
    belief = run(vote(0, "state", "crown", 0.6), vote(1, "state", "militia", 0.9))
    assert belief.leader() == "crown"
    assert belief.actor_of("crown") == "militia"
    assert belief.since == 0


@given(votes=any_votes())
def test_beliefs_are_probabilities(votes: list[Vote]) -> None:
    belief = run(*votes)
    assert sum(belief.sides.values()) == pytest.approx(1.0)
    assert all(-1e-12 <= share <= 1.0 + 1e-12 for share in belief.sides.values())
    assert 0.0 <= belief.fight < 1.0
    assert 0.0 <= belief.siege < 1.0
    assert 0 <= belief.since <= belief.day == max(one.day for one in votes)
    assert set(belief.votes) <= set(votes)
    assert NOBODY not in belief.fighters
    if belief.leader() != NOBODY:
        assert side_of(belief.actor_of(belief.leader())) == belief.leader()


@given(votes=any_votes(), data=st.data())
def test_votes_may_come_in_any_order(votes: list[Vote], data: st.DataObject) -> None:
    belief, other = run(*votes), run(*data.draw(st.permutations(votes)))
    assert belief.leader() == other.leader()
    assert {side: round(share, 9) for side, share in belief.sides.items()} == {
        side: round(share, 9) for side, share in other.sides.items()
    }
    assert (belief.since, belief.fight, belief.fighters) == (
        other.since, other.fight, other.fighters
    )  # fmt: skip


@given(votes=any_votes(), share=st.floats(0.01, 0.97))
def test_a_firm_vote_never_lowers_the_side_it_is_for(votes: list[Vote], share: float) -> None:
    day = max(one.day for one in votes) + 1
    quiet = vote(day, "fight", "guests", 0.01)
    before = run(*votes, quiet).sides.get("crown", 0.0)
    after = run(*votes, quiet, vote(day, "state", "crown", share, origin="z")).sides["crown"]
    assert after >= before - 1e-9
