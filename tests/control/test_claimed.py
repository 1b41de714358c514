"""The rules by which claims become control, each with a test, and its laws."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, strategies as st
from theaters import Row, arcadia, claim, claims_frame

from syriamap.claims.reader import RELATIONS
from syriamap.control.claimed import (
    CONTROL_COLUMNS,
    STATUSES,
    control_csv,
    control_from_claims,
    write_control,
)
from syriamap.control.events import events_from_claims
from syriamap.control.timeline.day_states import FRAME_COLUMNS
from syriamap.theater.folder import Theater, read_theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]
StateOf = Callable[..., Any]
DAY = date(2030, 3, 5)


@pytest.fixture(scope="module")
def state_of(theater: Theater, claims_of: ClaimsOf) -> StateOf:
    """State of one place after some claims; None when no claim decides anything there."""

    def state(rows: list[Row], place: str = "oak", day: date = DAY, **options: Any) -> Any:
        control = control_from_claims(claims_of(rows), theater, day, **options)
        found = control[control["place_id"] == place]
        return None if found.empty else found.iloc[0]

    return state


def without_ids(control: pd.DataFrame) -> list[tuple[Any, ...]]:
    columns = ["place_id", "actor", "status", "confidence", "since", "leaning", "origins"]
    return list(control[columns].itertuples(index=False, name=None))


# --- the plain cases ----------------------------------------------------------------------------


def test_a_single_firm_statement_makes_a_place_held(state_of: StateOf) -> None:
    oak = state_of([claim("oak", "crown", "controls", day="2030-03-01")])
    assert (oak.actor, oak.status) == ("crown", "held")
    assert oak.since == pd.Timestamp("2030-03-01")
    assert 0.8 < oak.confidence < 1.0
    assert oak.reasons == ("controls", "single_origin")
    assert len(oak.claim_ids) == 1


def test_a_second_independent_source_corroborates(state_of: StateOf) -> None:
    one = claim("oak", "crown", "controls")
    two = state_of([one, claim("oak", "crown", "controls", publisher="Agency")])
    assert "corroborated" in two.reasons
    assert two.confidence > state_of([one]).confidence


def test_no_claims_no_rows(theater: Theater, claims_of: ClaimsOf) -> None:
    control = control_from_claims(claims_of([]), theater, DAY)
    assert control.empty
    assert set(CONTROL_COLUMNS) <= set(control.columns)
    assert control_csv(control).splitlines() == [",".join(CONTROL_COLUMNS)]


def test_lost_to_somebody_gives_the_place_to_them(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "crown", "lost", against="rebels", day="2030-03-03", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status, oak.since) == ("rebels", "held", pd.Timestamp("2030-03-03"))


def test_a_claim_on_its_own_point_has_its_own_row(theater: Theater, claims_of: ClaimsOf) -> None:
    row = claim("", "crown", "controls", place="Hill 402", lat="46.4", lon="14.6")
    control = control_from_claims(claims_of([row]), theater, DAY)
    (place,) = control.itertuples()
    assert place.place_id.startswith("pt-")
    assert (place.name, place.lat, place.lon) == ("Hill 402", 46.4, 14.6)


# --- conflict -----------------------------------------------------------------------------------


def test_equal_sources_in_conflict_on_one_day_make_a_place_contested(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls"),
        claim("oak", "rebels", "captured", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("", "contested")
    assert "conflicting_reports" in oak.reasons
    assert len(oak.claim_ids) == 2


def test_many_sources_against_one_weak_one_hold(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls"),
        claim("oak", "crown", "controls", publisher="Agency"),
        claim("oak", "crown", "controls", publisher="Monitor"),
        claim("oak", "rebels", "captured", publisher="Blog", certainty="unconfirmed"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("crown", "held")


def test_contested_lists_the_claims_of_both_sides_even_on_different_days(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01", claim_id="old"),
        claim("oak", "rebels", "captured", day="2030-03-03", certainty="unconfirmed",
              asserted_by="rebel command", claim_id="new"),
    ]  # fmt: skip
    oak = state_of(rows)
    assert oak.status == "contested"
    assert set(oak.claim_ids) == {"old", "new"}
    assert {"controls", "captured", "conflicting_reports"} <= set(oak.reasons)


def test_allied_actors_do_not_make_a_place_contested(state_of: StateOf) -> None:
    allied = [
        claim("oak", "rebels", "controls"),
        claim("oak", "league", "controls", publisher="Agency"),
    ]
    same_side = [
        claim("oak", "rebels", "controls"),
        claim("oak", "brigade", "controls", publisher="Agency"),
    ]
    for rows in (allied, same_side):
        oak = state_of(rows)
        assert oak.status == "held"
        assert oak.actor in {row["actor"] for row in rows}


def test_actors_of_one_side_add_up(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "captured", certainty="claimed"),
        claim("oak", "brigade", "captured", certainty="claimed", publisher="Agency"),
    ]
    assert state_of(rows).confidence > state_of(rows[:1]).confidence


def test_an_umbrella_name_upholds_who_is_known(tmp_path: Path) -> None:
    """A name that texts use for any of a side says little on who of the side it is."""
    rows = [
        claim("oak", "brigade", "controls", day="2030-03-01"),
        claim("oak", "rebels", "controls", day="2030-03-02", publisher="Agency"),
    ]
    for folder, engine, actor in (
        ("plain", {}, "rebels"), ("umbrella", {"umbrella_actors": ["rebels"]}, "brigade")
    ):  # fmt: skip
        theater = read_theater(arcadia(tmp_path / folder, engine=engine))
        (oak,) = control_from_claims(
            claims_frame(rows, theater, tmp_path), theater, DAY
        ).itertuples()
        assert (oak.actor, oak.status) == (actor, "held")


def test_reported_fighting_makes_a_place_contested_for_a_while(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "contested", against="crown", day="2030-03-04", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("", "contested")
    assert "fighting" in oak.reasons
    month_later = state_of(rows, day=date(2030, 4, 5))
    assert (month_later.actor, month_later.status) == ("crown", "held")


def test_entering_a_place_is_fighting_not_holding(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "entered", day="2030-03-04", publisher="Agency"),
    ]
    assert state_of(rows).status == "contested"


def test_a_capture_ends_the_fight(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "contested", against="crown", day="2030-03-02"),
        claim("oak", "rebels", "captured", day="2030-03-03", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("rebels", "held")


# --- denials ------------------------------------------------------------------------------------


def test_a_denial_keeps_both_statements(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "captured", claim_id="said", certainty="claimed"),
        claim("oak", "rebels", "captured", against="crown", claim_id="denied",
              publisher="Agency", certainty="denied"),
    ]  # fmt: skip
    oak = state_of(rows)
    assert set(oak.claim_ids) == {"said", "denied"}
    assert {"captured", "denied_captured"} <= set(oak.reasons)


def test_a_denial_can_make_a_place_contested(state_of: StateOf) -> None:
    baseline = claim("oak", "crown", "controls", day="2030-02-01")
    said = claim("oak", "rebels", "captured", publisher="Rebel Radio", claim_id="said")
    denied = claim("oak", "rebels", "captured", certainty="denied", publisher="Agency",
                   claim_id="denied")  # fmt: skip
    assert state_of([baseline, said]).actor == "rebels"
    oak = state_of([baseline, said, denied])
    assert (oak.actor, oak.status) == ("", "contested")
    assert {"rebels", "crown"} <= set(oak.shares)
    assert {"said", "denied"} <= set(oak.claim_ids)


def test_a_denial_without_a_statement_leaves_the_holder(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-02-01"),
        claim("oak", "rebels", "captured", certainty="denied", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("crown", "held")


def test_a_denial_on_a_later_day_lowers_the_statement_too(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-02-01"),
        claim("oak", "rebels", "captured", day="2030-03-02"),
        claim("oak", "rebels", "captured", day="2030-03-03", certainty="denied",
              publisher="Agency"),
    ]  # fmt: skip
    assert state_of(rows).shares["rebels"] < state_of(rows[:2]).shares["rebels"]


def test_denying_a_withdrawal_speaks_for_the_holder(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "withdrew", certainty="denied", publisher=name)
        for name in ("Agency", "Paper")
    ]
    assert state_of(rows).leaning == "crown"
    assert state_of(rows[:1]).leaning == ""  # one denial alone backs nobody


# --- interest -----------------------------------------------------------------------------------


def test_interest_moves_the_worth_of_a_statement(state_of: StateOf) -> None:
    own = state_of([claim("oak", "rebels", "captured", asserted_by="rebel command")])
    neutral = state_of([claim("oak", "rebels", "captured")])
    against = state_of([claim("oak", "crown", "lost", against="rebels", asserted_by="crown army")])
    assert own.confidence < neutral.confidence < against.confidence
    assert "own_interest" in own.reasons
    assert "against_interest" in against.reasons


def test_the_publishers_side_counts_where_no_speaker_is_named(state_of: StateOf) -> None:
    own = state_of([claim("oak", "rebels", "captured", publisher="Rebel Radio")])
    assert "own_interest" in own.reasons


def test_a_claim_in_own_interest_loses_to_an_admission(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "captured", certainty="claimed", asserted_by="rebel command"),
        claim("oak", "rebels", "lost", against="crown", asserted_by="rebel command",
              publisher="Agency"),
    ]  # fmt: skip
    assert state_of(rows).leaning == "crown"


# --- events, withdrawals, sieges ----------------------------------------------------------------


@pytest.mark.parametrize("relation", ["struck", "advanced_toward"])
def test_strikes_and_advances_are_events_not_control(
    state_of: StateOf, theater: Theater, claims_of: ClaimsOf, relation: str
) -> None:
    event = claim("oak", "rebels", relation, against="crown", day="2030-03-04")
    assert state_of([event]) is None
    base = claim("oak", "crown", "controls", day="2030-03-01")
    assert without_ids(control_from_claims(claims_of([base, event]), theater, DAY)) == without_ids(
        control_from_claims(claims_of([base]), theater, DAY)
    )
    (row,) = events_from_claims(claims_of([base, event]), DAY).itertuples()
    assert (row.kind, row.place_id, row.actor) == (relation, "oak", "rebels")
    assert (row.against, row.certainty, row.lat) == ("crown", "asserted", 46.2)


def test_a_withdrawal_with_nobody_named_leaves_the_place_undetermined(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "crown", "withdrew", day="2030-03-03", publisher="Best"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("", "undetermined")
    assert "no_known_holder" in oak.reasons


def test_a_withdrawal_leaves_the_place_to_whom_fights_there(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "contested", against="crown", day="2030-03-02"),
        claim("oak", "crown", "withdrew", day="2030-03-03", publisher="Best"),
    ]
    assert state_of(rows).leaning == "rebels"


def test_a_withdrawal_does_not_go_to_a_fighter_of_years_ago(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "contested", against="crown", day="2024-03-02"),
        claim("oak", "crown", "withdrew", day="2030-03-03", publisher="Best"),
    ]
    assert state_of(rows).leaning != "rebels"
    held = [claim("oak", "crown", "contested", against="rebels", day="2024-03-02"),
            claim("oak", "crown", "withdrew", day="2030-03-03", publisher="Best")]  # fmt: skip
    assert state_of(held).status == "undetermined"


def test_a_withdrawal_in_favor_of_somebody_names_them(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "crown", "withdrew", against="guests", day="2030-03-03", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("guests", "held")


def test_a_besieged_place_keeps_its_holder(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "besieged", against="crown", day="2030-03-03", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("crown", "besieged")
    assert "siege" in oak.reasons


def test_a_siege_ends_when_the_besieger_leaves_or_takes_the_place(state_of: StateOf) -> None:
    siege = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "besieged", against="crown", day="2030-03-02", publisher="Agency"),
    ]
    lifted = state_of([*siege, claim("oak", "rebels", "withdrew", day="2030-03-04")])
    assert (lifted.actor, lifted.status) == ("crown", "held")
    taken = state_of([*siege, claim("oak", "rebels", "captured", day="2030-03-04",
                                    publisher="Best")])  # fmt: skip
    assert (taken.actor, taken.status) == ("rebels", "held")


def test_nobody_is_besieged_by_its_own_side(state_of: StateOf) -> None:
    rows = [
        claim("oak", "brigade", "besieged", against="crown", day="2030-03-02"),
        claim("oak", "rebels", "captured", day="2030-03-02", publisher="Best"),
        claim("oak", "rebels", "captured", day="2030-03-02", publisher="Agency"),
    ]
    assert state_of(rows).status == "held"


# --- time ---------------------------------------------------------------------------------------


def test_reversals_come_out_right_on_each_day(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "captured", against="crown", day="2030-03-01"),
        claim("oak", "crown", "captured", against="rebels", day="2030-03-03"),
        claim("oak", "rebels", "captured", against="crown", day="2030-03-05"),
    ]
    expected = {1: "rebels", 2: "rebels", 3: "crown", 4: "crown", 5: "rebels", 6: "rebels"}
    held = {n: state_of(rows, day=date(2030, 3, n)) for n in expected}
    assert {n: one.actor for n, one in held.items()} == expected
    assert {n: one.since.day for n, one in held.items()} == {1: 1, 2: 1, 3: 3, 4: 3, 5: 5, 6: 5}
    before = state_of(rows, day=date(2030, 2, 28))
    assert before.actor == "crown"
    assert "later_news" in before.reasons


def test_what_was_captured_on_the_5th_was_not_yet_on_the_3rd(state_of: StateOf) -> None:
    """Hindsight: a report that ran ahead of the event is not borne out by what came after it."""
    rows = [
        claim("oak", "crown", "controls", day="2030-02-01"),
        claim("oak", "rebels", "captured", day="2030-03-03", certainty="claimed",
              publisher="Blog"),
        claim("oak", "rebels", "captured", against="crown", day="2030-03-05", publisher="Best"),
        claim("oak", "rebels", "captured", against="crown", day="2030-03-05", publisher="Agency"),
    ]  # fmt: skip
    third = date(2030, 3, 3)
    then = state_of(rows, day=third, known_by=third)
    assert (then.leaning, then.status) == ("rebels", "contested")
    now = state_of(rows, day=third)
    assert (now.actor, now.status) == ("crown", "held")
    assert state_of(rows).actor == "rebels"
    assert state_of(rows).since == pd.Timestamp("2030-03-05")


def test_a_place_first_spoken_of_later_needs_an_even_chance(state_of: StateOf) -> None:
    """Before its first report a place has a state only if that is likelier than not."""
    row = claim("oak", "crown", "controls", day="2030-03-01")
    day = date(2030, 2, 28)
    before = state_of([row], day=day)
    assert (before.actor, before.since) == ("crown", pd.Timestamp(day))
    assert "later_news" in before.reasons
    assert state_of([row | {"publisher": "Blog", "certainty": "claimed"}], day=day) is None


def test_long_before_the_first_claim_of_all_nothing_is_said(state_of: StateOf) -> None:
    row = claim("oak", "crown", "controls", day="2030-03-01")
    assert state_of([row], day=date(2030, 1, 30)).actor == "crown"
    assert state_of([row], day=date(2030, 1, 29)) is None
    later = [row, claim("elm", "crown", "controls", day="2030-01-05")]
    assert state_of(later, day=date(2030, 1, 29)).actor == "crown"


def test_confirmation_keeps_the_day_from_which_a_place_is_held(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "captured", day="2030-03-01"),
        claim("oak", "rebels", "controls", day="2030-03-04", publisher="Agency"),
    ]
    oak = state_of(rows)
    assert oak.since == pd.Timestamp("2030-03-01")
    assert len(oak.claim_ids) == 2


def test_confirming_a_weak_report_keeps_its_day(state_of: StateOf) -> None:
    rows = [
        claim("oak", "rebels", "captured", day="2030-03-01", certainty="unconfirmed"),
        claim("oak", "rebels", "captured", day="2030-03-04", publisher="Agency"),
    ]
    assert state_of(rows[:1]).since == pd.Timestamp("2030-03-01")
    oak = state_of(rows)
    assert oak.since == pd.Timestamp("2030-03-01")
    assert len(oak.claim_ids) == 2


def test_old_claims_age_and_lose_nothing(state_of: StateOf) -> None:
    row = claim("oak", "crown", "controls", day="2000-01-01", claim_id="old")
    days = [date(2000, 1, 2), date(2001, 1, 1), date(2004, 1, 1), date(2010, 1, 1), DAY]
    states = [state_of([row], day=day) for day in days]
    assert {(one.actor, one.status, one.confidence) for one in states} == {
        ("crown", "held", states[0].confidence)
    }
    assert [one.age_days for one in states] == [(day - date(2000, 1, 1)).days for day in days]
    assert {one.claim_ids for one in states} == {("old",)}
    assert {one.since for one in states} == {pd.Timestamp("2000-01-01")}
    assert "aged" in states[1].reasons
    assert "aged" not in states[0].reasons


@pytest.mark.parametrize("publisher", ["Monitor", "Blog", "nobody knows"])
def test_one_unconfirmed_claim_does_not_take_a_place_from_its_holder(
    state_of: StateOf, publisher: str
) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2029-01-01", claim_id="a"),
        claim("oak", "crown", "controls", day="2029-01-01", publisher="Agency", claim_id="b"),
        claim("oak", "rebels", "captured", day="2030-03-01", certainty="unconfirmed",
              publisher=publisher, claim_id="c"),
    ]  # fmt: skip
    oak = state_of(rows)
    assert (oak.actor, oak.status) == ("", "contested")
    assert set(oak.claim_ids) == {"a", "b", "c"}
    assert oak.shares["crown"] > 0.4
    if publisher != "Monitor":
        assert oak.leaning == "crown"


def test_a_capture_does_not_count_before_its_day(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "captured", day="2030-03-06", publisher="Best"),
    ]
    assert state_of(rows).actor == "crown"
    assert state_of(rows, day=date(2030, 3, 6)).actor == "rebels"


def test_known_by_leaves_out_what_was_reported_later(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01", reported_on="2030-03-01"),
        claim("oak", "rebels", "captured", day="2030-03-03", reported_on="2030-03-08"),
    ]
    assert state_of(rows).actor == "rebels"
    assert state_of(rows, known_by=date(2030, 3, 7)).actor == "crown"
    assert state_of(rows, known_by=date(2030, 3, 8)).actor == "rebels"


def test_without_a_report_date_the_day_of_the_event_counts(state_of: StateOf) -> None:
    row = claim("oak", "crown", "controls", day="2030-03-03")
    assert state_of([row], known_by=date(2030, 3, 2)) is None
    assert state_of([row], known_by=date(2030, 3, 3)).actor == "crown"


def test_an_ended_actor_without_successor_leaves_nobody(state_of: StateOf) -> None:
    row = claim("oak", "band", "controls", day="2030-06-01")
    assert state_of([row], day=date(2030, 6, 30)).actor == "band"
    after = state_of([row], day=date(2030, 7, 1))
    assert (after.actor, after.leaning, after.status) == ("", "", "undetermined")
    assert after.confidence == 0.0


def test_an_ended_holder_does_not_stand_in_the_way_of_the_next(state_of: StateOf) -> None:
    rows = [
        claim("oak", "band", "controls", day="2030-06-29", publisher=publisher)
        for publisher in ("Wire", "Agency", "Monitor")
    ]
    capture = claim("oak", "rebels", "captured", day="2030-07-02", certainty="claimed")
    alone = state_of([capture], day=date(2030, 7, 3))
    after = state_of([*rows, capture], day=date(2030, 7, 3))
    assert (after.actor, after.since) == ("rebels", pd.Timestamp("2030-07-02"))
    assert set(after.shares) == {"rebels"}
    # but that somebody else held the place two days before is worth a little
    assert alone.confidence - 0.05 < after.confidence < alone.confidence


# --- according to -------------------------------------------------------------------------------


def test_according_to_a_side_hears_that_side_and_the_neutral_ones(state_of: StateOf) -> None:
    rows = [
        claim("oak", "crown", "controls", asserted_by="crown army"),
        claim("oak", "rebels", "captured", asserted_by="rebel command", publisher="Agency"),
    ]
    assert state_of(rows).status == "contested"
    assert state_of(rows, according_to="crown").actor == "crown"
    assert state_of(rows, according_to="rebels").actor == "rebels"
    assert state_of(rows, according_to="guests") is None
    neutral = state_of([claim("oak", "crown", "controls")], according_to="rebels")
    assert neutral.actor == "crown"
    assert neutral.confidence < state_of([claim("oak", "crown", "controls")]).confidence


# --- independence -------------------------------------------------------------------------------


def test_reprints_of_one_origin_count_once(theater: Theater, claims_of: ClaimsOf) -> None:
    original = claim("oak", "crown", "captured")
    reprints = [
        claim("oak", "crown", "captured", publisher="Wire reprint", source_title=f"Reprint {n}")
        for n in range(10)
    ]
    one = control_from_claims(claims_of([original]), theater, DAY)
    many = control_from_claims(claims_of([original, *reprints]), theater, DAY)
    assert without_ids(one) == without_ids(many)
    assert "single_origin" in many.iloc[0].reasons


# --- files and events ---------------------------------------------------------------------------


def test_the_table_as_csv(theater: Theater, claims_of: ClaimsOf, tmp_path: Any) -> None:
    rows = [
        claim("oak", "crown", "controls", claim_id="1-1"),
        claim("", "crown", "controls", place="@hill, north", lat="46.4", lon="14.6"),
    ]
    control = control_from_claims(claims_of(rows), theater, DAY)
    text = control_csv(control)
    oak, hill = csv.DictReader(io.StringIO(text))
    assert tuple(oak) == CONTROL_COLUMNS
    assert oak["claim_ids"] == "1-1"
    assert oak["since"] == "2030-03-01"
    assert oak["reasons"] == "controls;single_origin"
    assert hill["name"] == "'@hill, north"
    path = write_control(control, tmp_path / "new" / "control.csv")
    assert path.read_text(encoding="utf-8") == text


def test_reports_of_one_event_are_one_row(claims_of: ClaimsOf) -> None:
    rows = [
        claim("oak", "crown", "struck", day="2030-03-04", claim_id="b", certainty="claimed"),
        claim("oak", "crown", "struck", day="2030-03-04", claim_id="a", publisher="Agency"),
        claim("oak", "rebels", "struck", day="2030-03-04", claim_id="c"),
        claim("oak", "crown", "struck", day="2030-03-01", claim_id="before"),
        claim("oak", "crown", "struck", day="2030-03-06", claim_id="after"),
    ]
    events = events_from_claims(claims_of(rows), DAY)
    assert events["claim_ids"].tolist() == [("a", "b"), ("c",)]
    assert events["certainty"].tolist() == ["asserted", "asserted"]
    assert events["event_id"].is_unique
    assert events_from_claims(claims_of(rows), DAY, days=5)["claim_ids"].tolist() == [
        ("before",), ("a", "b"), ("c",)
    ]  # fmt: skip


def test_no_events_is_an_empty_table(claims_of: ClaimsOf) -> None:
    events = events_from_claims(claims_of([]), DAY)
    assert events.empty
    assert {"event_id", "kind", "claim_ids", "lat", "lon"} <= set(events.columns)


# --- laws ---------------------------------------------------------------------------------------

START = date(2030, 2, 20)
ACTORS = ("crown", "militia", "rebels", "brigade", "league", "guests", "guard", "band")


@st.composite
def claim_rows(draw: st.DrawFn) -> Row:
    day = START + timedelta(days=draw(st.integers(0, 20)))
    reported = draw(st.none() | st.integers(0, 9))
    return claim(
        draw(st.sampled_from(["oak", "elm", "pine"])),
        draw(st.sampled_from(ACTORS[:4])),
        draw(st.sampled_from(RELATIONS)),
        day=day.isoformat(),
        publisher=draw(st.sampled_from(["Wire", "Wire reprint", "Agency", "Blog", "Crown Radio",
                                        "Rebel Radio", "not listed"])),
        certainty=draw(st.sampled_from(["asserted", "claimed", "unconfirmed", "denied"])),
        against=draw(st.sampled_from(["", *ACTORS[4:]])),
        asserted_by=draw(st.sampled_from(["", "crown army", "rebel command", "somebody"])),
        reported_on="" if reported is None else (day + timedelta(days=reported)).isoformat(),
    )  # fmt: skip


def numbered(rows: list[Row]) -> list[Row]:
    """Give each row an id of its own, so that equal rows stay two claims."""
    return [row | {"claim_id": f"n{number:03d}"} for number, row in enumerate(rows)]


CLAIMS = st.lists(claim_rows(), min_size=1, max_size=14).map(numbered)
DAYS = st.integers(0, 24).map(lambda days: START + timedelta(days=days))


@given(rows=CLAIMS, day=DAYS, data=st.data())
def test_the_order_of_rows_never_changes_control(
    theater: Theater, claims_of: ClaimsOf, rows: list[Row], day: date, data: st.DataObject
) -> None:
    other = data.draw(st.permutations(rows))
    claims = claims_of(rows)
    control = control_from_claims(claims, theater, day)
    pd.testing.assert_frame_equal(control, control_from_claims(claims_of(other), theater, day))
    shuffled = claims.iloc[data.draw(st.permutations(range(len(claims))))]
    pd.testing.assert_frame_equal(control, control_from_claims(shuffled, theater, day))
    events = events_from_claims(claims, day)
    pd.testing.assert_frame_equal(events, events_from_claims(shuffled, day))


@given(rows=CLAIMS, day=DAYS, cutoff=DAYS)
def test_what_was_reported_after_known_by_never_counts(
    theater: Theater, claims_of: ClaimsOf, rows: list[Row], day: date, cutoff: date
) -> None:
    known = [
        row
        for row in rows
        if max(row["reported_on"] or row["event_date"], row["event_date"]) <= str(cutoff)
    ]
    pd.testing.assert_frame_equal(
        control_from_claims(claims_of(rows), theater, day, known_by=cutoff),
        control_from_claims(claims_of(known), theater, day),
    )


@given(rows=CLAIMS, day=DAYS)
def test_a_copy_of_the_same_claims_changes_nothing(
    theater: Theater, claims_of: ClaimsOf, rows: list[Row], day: date
) -> None:
    copies = [row | {"claim_id": f"{row['claim_id']}-copy"} for row in rows]
    control = control_from_claims(claims_of(rows), theater, day)
    doubled = control_from_claims(claims_of([*rows, *copies]), theater, day)
    assert without_ids(control) == without_ids(doubled)


@given(rows=CLAIMS, day=DAYS)
def test_reprints_in_one_group_change_nothing(
    theater: Theater, claims_of: ClaimsOf, rows: list[Row], day: date
) -> None:
    reprints = [
        row | {"claim_id": f"{row['claim_id']}-reprint", "publisher": "Wire reprint"}
        for row in rows
        if row["publisher"] == "Wire"
    ]
    control = control_from_claims(claims_of(rows), theater, day)
    printed = control_from_claims(claims_of([*rows, *reprints]), theater, day)
    assert without_ids(control) == without_ids(printed)


@given(rows=CLAIMS, day=DAYS, speaker=st.sampled_from(["", "crown", "rebels"]))
def test_every_state_is_well_formed(
    theater: Theater, claims_of: ClaimsOf, rows: list[Row], day: date, speaker: str
) -> None:
    claims = claims_of(rows)
    before = claims.copy(deep=True)
    control = control_from_claims(claims, theater, day, according_to=speaker)
    pd.testing.assert_frame_equal(claims, before)
    assert tuple(control.columns) == FRAME_COLUMNS
    assert control["place_id"].is_monotonic_increasing
    assert control["place_id"].is_unique
    ids = set(claims["claim_id"])
    for state in control.itertuples():
        assert state.status in STATUSES
        assert 0.0 <= state.confidence <= 1.0
        assert bool(state.actor) == (state.status in {"held", "besieged"})
        assert state.actor in {"", state.leaning}
        assert all(share >= 0 for share in state.shares.values())
        assert sum(state.shares.values()) <= 1.0 + 1e-9
        assert state.claim_ids
        assert set(state.claim_ids) <= ids
        assert len(set(state.claim_ids)) == len(state.claim_ids)
        assert state.reasons
        assert state.since <= pd.Timestamp(day)
        assert all(theater.stance(state.leaning, actor, day) for actor in state.shares)
