"""What a claim is worth, and whom it speaks for."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, strategies as st
from theaters import Row, claim

from syriamap.claims.reader import CERTAINTIES, RELATIONS
from syriamap.claims.speakers import GRADE_WEIGHT
from syriamap.control.evidence import (
    CERTAINTY_WEIGHT,
    RELATION_EFFECT,
    Vote,
    interest_factor,
    votes_from_claims,
    weight_of,
)
from syriamap.theater.folder import Theater

VotesOf = Callable[..., list[Vote]]


@pytest.fixture(scope="module")
def votes_of(theater: Theater, claims_of: Callable[[list[Row]], pd.DataFrame]) -> VotesOf:
    return lambda *rows, **options: votes_from_claims(claims_of(list(rows)), theater, **options)


def test_every_word_has_a_weight_and_an_effect() -> None:
    assert set(CERTAINTY_WEIGHT) == set(CERTAINTIES)
    assert set(RELATION_EFFECT) == set(RELATIONS)
    assert set(GRADE_WEIGHT) == set("ABCDEF")


def test_weights_are_in_the_order_of_their_names() -> None:
    grades = [GRADE_WEIGHT[grade] for grade in "ABCDE"]
    assert grades == sorted(grades, reverse=True)
    certainties = [CERTAINTY_WEIGHT[one] for one in ("asserted", "claimed", "unconfirmed")]
    assert certainties == sorted(certainties, reverse=True)
    assert GRADE_WEIGHT["E"] < GRADE_WEIGHT["F"] < GRADE_WEIGHT["B"]


@given(
    certainty=st.sampled_from(CERTAINTIES),
    grade=st.sampled_from([*"ABCDEF", "", "?"]),
    factor=st.sampled_from([interest_factor(*sides) for sides in
                            [("", "a", "b"), ("a", "a", "b"), ("b", "a", "b"), ("c", "a", "b")]]),
)  # fmt: skip
def test_a_weight_is_a_probability_and_never_certainty(
    certainty: str, grade: str, factor: float
) -> None:
    assert 0.0 < weight_of(certainty, grade, factor) < 1.0


def test_interest() -> None:
    own = interest_factor("crown", "crown", "rebels")
    against = interest_factor("crown", "rebels", "crown")
    assert own < 1.0 < against
    assert interest_factor("", "crown", "rebels") == 1.0
    assert interest_factor("guests", "crown", "rebels") == 1.0


@pytest.mark.parametrize(
    ("relation", "certainty", "effect", "actor", "rival"),
    [
        ("controls", "asserted", "state", "crown", "rebels"),
        ("captured", "claimed", "change", "crown", "rebels"),
        ("lost", "asserted", "change", "rebels", "crown"),
        ("withdrew", "asserted", "change", "rebels", "crown"),
        ("contested", "asserted", "fight", "crown", "rebels"),
        ("entered", "unconfirmed", "fight", "crown", "rebels"),
        ("besieged", "asserted", "siege", "crown", "rebels"),
        ("captured", "denied", "denial", "rebels", "crown"),
        ("lost", "denied", "denial", "crown", "rebels"),
    ],
)
def test_whom_a_claim_speaks_for(
    votes_of: VotesOf, relation: str, certainty: str, effect: str, actor: str, rival: str
) -> None:
    (one,) = votes_of(claim("oak", "crown", relation, against="rebels", certainty=certainty))
    assert (one.effect, one.actor, one.rival) == (effect, actor, rival)
    prefix = "denied_" if certainty == "denied" else ""
    assert one.reasons[0] == prefix + relation


def test_events_give_no_votes(votes_of: VotesOf) -> None:
    rows = [claim("oak", "crown", relation) for relation in ("struck", "advanced_toward")]
    assert votes_of(*rows) == []
    assert votes_of() == []


def test_a_report_is_no_better_than_its_weaker_part(votes_of: VotesOf) -> None:
    (strong,) = votes_of(claim("oak", "guests", "controls", publisher="Best"))
    (weak,) = votes_of(claim("oak", "guests", "controls", publisher="Blog"))
    (mixed,) = votes_of(
        claim("oak", "guests", "controls", publisher="Blog", asserted_by="crown army")
    )
    (unknown,) = votes_of(claim("oak", "guests", "controls", publisher="nobody knows"))
    assert strong.weight > unknown.weight > weak.weight
    assert mixed.weight == weak.weight


def test_the_origin_is_the_speaker_then_the_publisher(votes_of: VotesOf) -> None:
    votes = votes_of(
        claim("oak", "crown", "controls", claim_id="1"),
        claim("oak", "crown", "controls", claim_id="2", publisher="Wire reprint"),
        claim("oak", "crown", "controls", claim_id="3", asserted_by="crown army"),
        claim("oak", "crown", "controls", claim_id="4", publisher="Crown Radio"),
        claim("oak", "crown", "controls", claim_id="5", publisher="not listed"),
    )
    assert [one.origin for one in votes] == ["wire", "wire", "crown", "crown", "not listed"]


def test_according_to(votes_of: VotesOf) -> None:
    rows = [
        claim("oak", "crown", "controls", claim_id="1", asserted_by="crown army"),
        claim("oak", "rebels", "captured", claim_id="2", asserted_by="rebel command"),
        claim("oak", "crown", "controls", claim_id="3"),
    ]
    everybody = {one.claim_id: one.weight for one in votes_of(*rows)}
    crown = {one.claim_id: one.weight for one in votes_of(*rows, according_to="crown")}
    assert set(crown) == {"1", "3"}
    assert crown["1"] > everybody["1"]
    assert crown["3"] == pytest.approx(everybody["3"] / 2)
