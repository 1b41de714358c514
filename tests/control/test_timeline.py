"""Control through time: its laws, made-up wars, and what shipped claims come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from theaters import ACTORS, PUBLISHERS, STANCES, Row, claim, claims_frame, write_theater

from syriamap.claims.reader import RELATIONS, read_claims
from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.engine_settings import TimeSettings, time_settings
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.series import through_time
from syriamap.errors import TheaterError
from syriamap.territory.inference.solve import field_from_control
from syriamap.theater.folder import Theater, read_theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]
DAY = date(2030, 3, 5)


def frames(claims: pd.DataFrame, theater: Theater, days: Sequence[date]) -> list[pd.DataFrame]:
    """Control frames of some days, read off one run."""
    time = through_time(claims, theater)
    return [frame_of_day(time, day) for day in days]


def states(claims: pd.DataFrame, theater: Theater, day: date) -> pd.DataFrame:
    (frame,) = frames(claims, theater, [day])
    return frame.set_index("place_id")


@pytest.fixture(scope="module")
def oak_on(theater: Theater, claims_of: ClaimsOf) -> Callable[..., Any]:
    """State of Oakham after some claims."""

    def oak(rows: list[Row], day: date = DAY) -> Any:
        return states(claims_of(rows), theater, day).loc["oak"]

    return oak


# --- laws ---------------------------------------------------------------------------------------

START = date(2030, 2, 20)


@st.composite
def claim_rows(draw: st.DrawFn) -> Row:
    day = START + timedelta(days=draw(st.integers(0, 20)))
    reported = draw(st.none() | st.integers(0, 9))
    return claim(
        draw(st.sampled_from(["oak", "elm", "pine", "fir"])),
        draw(st.sampled_from(["crown", "militia", "rebels", "brigade"])),
        draw(st.sampled_from(RELATIONS)),
        day=day.isoformat(),
        publisher=draw(
            st.sampled_from(["Wire", "Wire reprint", "Agency", "Blog", "Crown Radio", "not listed"])
        ),
        certainty=draw(st.sampled_from(["asserted", "claimed", "unconfirmed", "denied"])),
        against=draw(st.sampled_from(["", "league", "guests", "guard", "band"])),
        asserted_by=draw(st.sampled_from(["", "crown army", "rebel command", "somebody"])),
        reported_on="" if reported is None else (day + timedelta(days=reported)).isoformat(),
    )


def numbered(rows: list[Row]) -> list[Row]:
    return [row | {"claim_id": f"n{number:03d}"} for number, row in enumerate(rows)]


CLAIMS = st.lists(claim_rows(), min_size=1, max_size=14).map(numbered)
DAYS = st.integers(0, 24).map(lambda days: START + timedelta(days=days))


@given(rows=CLAIMS, days=st.integers(1, 4_000))
def test_silence_takes_nothing_away(
    theater: Theater, claims_of: ClaimsOf, rows: list[Row], days: int
) -> None:
    claims = claims_of(rows)
    last = START + timedelta(days=21)
    for actor in ("guard", "band"):
        claims = claims[(claims["actor"] != actor) & (claims["against"] != actor)]
    if claims.empty:
        return
    found = frames(claims, theater, [last, last + timedelta(days=days)])
    then, now = (frame.set_index("place_id") for frame in found)
    held = then.index[then["status"] == "held"]
    assert (now.loc[held, "status"] == "held").all()
    assert (now.loc[held, "leaning"] == then.loc[held, "leaning"]).all()


def test_who_holds_a_place_on_a_fights_word_keeps_it(theater: Theater, claims_of: ClaimsOf) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-02-20"),
        claim("elm", "crown", "contested", day="2030-02-20"),
    ]
    days = [date(2030, 3, 13), date(2030, 3, 23), date(2032, 1, 1)]
    elm = [one.set_index("place_id").loc["elm"] for one in frames(claims_of(rows), theater, days)]
    assert [(one.actor, one.status) for one in elm] == [("crown", "held")] * 3


@given(number=st.integers(1, 60), day=DAYS)
def test_ungraded_publishers_together_are_no_more_than_one_of_grade_c(
    theater: Theater, claims_of: ClaimsOf, number: int, day: date
) -> None:
    crowd = [
        claim("oak", "rebels", "captured", day=str(day), publisher=f"Nobody {n}")
        for n in range(number)
    ]
    best = claim("oak", "crown", "controls", day=str(day), publisher="Agency")
    oak = states(claims_of([best, *crowd]), theater, day).loc["oak"]
    assert oak.actor != "rebels"
    one = states(claims_of(crowd[:1]), theater, day).loc["oak"].confidence
    blog = states(claims_of([crowd[0] | {"publisher": "Blog"}]), theater, day).loc["oak"].confidence
    assert one <= blog + 1e-9


def test_ten_thousand_equal_claims_are_fine(theater: Theater) -> None:
    rows = [
        claim("oak", "rebels", "captured", publisher="Wire", claim_id=f"c{n}")
        for n in range(10_000)
    ]
    claims = read_claims(pd.DataFrame(rows), theater)
    oak = states(claims, theater, DAY).loc["oak"]
    assert oak.actor == "rebels"
    alone = states(claims.iloc[:1], theater, DAY).loc["oak"]
    assert oak.confidence == alone.confidence


@given(day=DAYS, grade=st.sampled_from(["Wire", "Blog", "Best"]))
def test_exact_ties_stay_open(theater: Theater, claims_of: ClaimsOf, day: date, grade: str) -> None:
    other = {"Wire": "Agency", "Blog": "Blog", "Best": "Best"}[grade]
    rows = [
        claim("oak", "crown", "controls", day=str(day), publisher=grade),
        claim("oak", "rebels", "controls", day=str(day), publisher=other),
    ]
    for later in (0, 3, 700):
        oak = states(claims_of(rows), theater, day + timedelta(days=later)).loc["oak"]
        assert (oak.status, oak.actor) == ("contested", "")
        assert oak.shares["crown"] == pytest.approx(oak.shares["rebels"])


@given(day=DAYS, relation=st.sampled_from(["captured", "controls"]))
def test_a_lone_denial_paints_nobody(
    theater: Theater, claims_of: ClaimsOf, day: date, relation: str
) -> None:
    row = claim("oak", "crown", relation, day=str(day), certainty="denied", publisher="Best")
    oak = states(claims_of([row]), theater, day).loc["oak"]
    assert (oak.status, oak.actor) == ("undetermined", "")


# --- what claims say ----------------------------------------------------------------------------


def test_a_capture_says_who_held_the_place_the_evening_before(oak_on: Callable[..., Any]) -> None:
    rows = [claim("oak", "rebels", "captured", against="crown", day="2030-03-05")]
    before, after = oak_on(rows, date(2030, 3, 4)), oak_on(rows)
    assert (before.actor, after.actor) == ("crown", "rebels")
    assert before.reasons == ("captured", "later_news", "single_origin")  # no front moved then
    assert after.since == pd.Timestamp("2030-03-05")


def test_a_word_that_agrees_with_a_capture_takes_nothing_from_what_it_says_of_before(
    oak_on: Callable[..., Any],
) -> None:
    fell = [
        claim(place, "rebels", "captured", against="crown", day="2030-01-10")
        for place in ("elm", "pine", "fir")
    ]
    held = claim(
        "oak", "crown", "controls", day="2030-03-04", certainty="claimed", publisher="Blog"
    )
    taken = claim("oak", "rebels", "captured", against="crown", day="2030-03-05")
    before = oak_on(numbered([*fell, held, taken]), date(2030, 3, 3))
    assert (before["actor"], before["status"]) == ("crown", "held")
    assert before["confidence"] > 0.8
    another = oak_on(numbered([*fell, held | {"actor": "rebels"}, taken]), date(2030, 3, 3))
    assert another["actor"] == "rebels"


def test_nobody_is_contradicted_by_what_he_said_of_the_morning(oak_on: Callable[..., Any]) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01", publisher="Monitor"),
        claim("oak", "crown", "controls", day="2030-03-05", publisher="Agency"),
        claim("oak", "rebels", "captured", against="crown", day="2030-03-05"),
    ]
    assert oak_on(rows).actor == "rebels"
    assert oak_on(rows, date(2030, 3, 4)).actor == "crown"


def test_fighting_before_and_after_a_day_makes_it_contested(oak_on: Callable[..., Any]) -> None:
    fight = claim("oak", "rebels", "contested", against="crown", publisher="Agency")
    rows = [
        claim("oak", "crown", "controls", day="2030-02-01"),
        fight | {"event_date": "2030-03-01"},
        fight | {"event_date": "2030-03-21", "source_title": "again"},
    ]
    middle = oak_on(rows, date(2030, 3, 12))
    assert (middle.status, middle.actor) == ("contested", "")
    assert "fighting" in middle.reasons
    assert oak_on(rows[:2], date(2030, 3, 28)).status == "held"
    assert oak_on(rows, date(2030, 2, 25)).status == "held"


def test_a_capture_ends_the_fight(oak_on: Callable[..., Any]) -> None:
    rows = [
        claim("oak", "rebels", "contested", against="crown", day="2030-03-02"),
        claim("oak", "rebels", "captured", day="2030-03-04", publisher="Agency"),
    ]
    assert oak_on(rows, date(2030, 3, 3)).status == "contested"
    assert oak_on(rows).actor == "rebels"


def test_a_withdrawal_goes_to_whom_fights_there_else_to_nobody(oak_on: Callable[..., Any]) -> None:
    left = claim("oak", "crown", "withdrew", day="2030-03-03", publisher="Best")
    held = claim("oak", "crown", "controls", day="2030-03-01")
    fight = claim("oak", "rebels", "contested", against="crown", day="2030-03-02")
    assert oak_on([held, left]).status == "undetermined"
    assert oak_on([held, fight, left]).leaning == "rebels"


def test_names_of_publishers_are_folded(oak_on: Callable[..., Any]) -> None:
    rows = [
        claim("oak", "rebels", "captured", publisher=name)
        for name in ("Agency", "AGENCY ", "agency", "A-g-e-n-c-y")
    ]
    assert oak_on(rows).origins == 1
    assert oak_on(rows).confidence == oak_on(rows[:1]).confidence


# --- lives of actors ----------------------------------------------------------------------------


@given(day=st.integers(0, 20))
def test_an_ended_actor_passes_to_its_successor(
    theater: Theater, claims_of: ClaimsOf, day: int
) -> None:
    row = claim("oak", "guard", "controls", day=str(date(2030, 6, 1) + timedelta(days=day)))
    days_after = [date(2030, 6, 30), date(2030, 7, 1), date(2034, 7, 1)]
    found = frames(claims_of([row]), theater, days_after)
    assert [frame["actor"].iloc[0] for frame in found] == ["guard", "republic", "republic"]


def test_an_end_without_successor_goes_to_the_living_around(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    rows = [
        claim(place, "rebels", "controls", day="2030-06-20") for place in ("oak", "ash", "yew")
    ] + [claim("elm", "band", "controls", day="2030-06-10")]
    after = states(claims_of(rows), theater, date(2030, 7, 2))
    assert (after.loc["elm", "actor"], after.loc["elm", "status"]) == ("rebels", "held")
    assert "holder_ended" in after.loc["elm", "reasons"]


def test_an_end_with_nobody_around_leaves_the_question(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    oak = states(claims_of([claim("oak", "band", "controls", day="2030-06-10")]), theater,
                 date(2030, 7, 2)).loc["oak"]  # fmt: skip
    assert (oak.status, oak.leaning) == ("undetermined", "")


# --- made-up wars -------------------------------------------------------------------------------


def villages(folder: Any, rebels_from: str = "") -> Theater:
    """Twenty villages on a line, 6 km apart; a town with two quarters at the end."""
    actors = [
        {**one, "valid_from": rebels_from} if one["side"] == "rebels" else one for one in ACTORS
    ]
    places = [
        {"place_id": f"v{n:02d}", "name": f"Village {n}", "kind": "village", "lat": 46.5,
         "lon": round(14.05 + 0.05 * n, 3)}
        for n in range(20)
    ] + [
        {"place_id": "city", "name": "City", "kind": "city", "lat": 46.8, "lon": 14.5},
        {"place_id": "old", "name": "Old quarter", "kind": "district", "lat": 46.805, "lon": 14.51},
        {"place_id": "new", "name": "New quarter", "kind": "district", "lat": 46.795, "lon": 14.49},
    ]  # fmt: skip
    tables = {"stances": STANCES, "publishers": PUBLISHERS}
    return read_theater(write_theater(folder, places=places, actors=actors, tables=tables))


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Row]], ThroughTime]:
    """The line of villages through time, after some claims."""
    folder = tmp_path_factory.mktemp("line")
    theater = villages(folder / "theater")
    return lambda rows: through_time(claims_frame(rows, theater, folder), theater)


def leanings(time: ThroughTime, day: date) -> dict[str, str]:
    frame = frame_of_day(time, day).set_index("place_id")
    return frame["leaning"].to_dict()


def survey(day: str = "2020-01-01") -> list[Row]:
    return [
        claim(f"v{n:02d}", "crown" if n < 12 else "rebels", "controls", day=day) for n in range(20)
    ]


def test_silent_years_keep_the_line(line: Callable[..., ThroughTime]) -> None:
    time = line(survey())
    for day in (date(2020, 1, 1), date(2024, 6, 1), date(2030, 1, 1)):
        frame = frame_of_day(time, day)
        assert (frame["status"] == "held").all()
        assert (frame["leaning"] == ["crown"] * 12 + ["rebels"] * 8).all()
    assert set(frame_of_day(time, date(2030, 1, 1))["age_days"]) == {3653}


@pytest.mark.parametrize(
    ("rebels_from", "chance"), [("", 0.60), ("2019-01-01", 0.60), ("2024-11-01", 0.34)]
)
def test_a_side_that_comes_late_is_soon_believed_like_any_other(
    tmp_path: Any, rebels_from: str, chance: float
) -> None:
    theater = villages(tmp_path / "theater", rebels_from)
    rows = [claim("v00", "crown", "controls", day="2018-01-01"),
            claim("v10", "rebels", "controls", day="2025-01-01", publisher="Blog")]  # fmt: skip
    time = through_time(claims_frame(rows, theater, tmp_path), theater)
    state = frame_of_day(time, date(2025, 1, 1)).set_index("place_id").loc["v10"]
    assert state["leaning"] == "rebels"
    assert state["shares"]["rebels"] == pytest.approx(chance, abs=0.02)


def test_a_collapse_takes_the_places_that_nobody_names(line: Callable[..., ThroughTime]) -> None:
    fell = [(11, 2), (10, 2), (8, 3), (7, 3), (5, 4), (4, 4), (2, 5), (1, 5)]
    rows = survey() + [
        claim(f"v{n:02d}", "rebels", "captured", against="crown", day=f"2030-03-0{day}",
              publisher="Agency")
        for n, day in fell
    ]  # fmt: skip
    time = line(rows)
    after = leanings(time, date(2030, 3, 6))
    assert after["v09"] == after["v06"] == after["v03"] == "rebels"
    before = leanings(time, date(2030, 3, 1))
    assert all(before[f"v{n:02d}"] == "crown" for n in range(12))
    assert leanings(time, date(2030, 3, 3))["v03"] == "crown"


def test_a_handover_is_not_undone_by_silence(line: Callable[..., ThroughTime]) -> None:
    rows = survey() + [
        claim(f"v{n:02d}", "crown", "withdrew", against="rebels", day="2025-05-05",
              publisher="Agency")
        for n in (9, 10, 11)
    ]  # fmt: skip
    time = line([*rows, claim("v06", "crown", "controls", day="2027-01-01", publisher="Monitor")])
    assert leanings(time, date(2025, 5, 4))["v10"] == "crown"
    assert leanings(time, date(2029, 5, 5))["v10"] == "rebels"
    assert leanings(time, date(2029, 5, 5))["v05"] == "crown"


def test_a_pocket_is_kept_while_all_around_it_falls(line: Callable[..., ThroughTime]) -> None:
    fell = [claim(f"v{n:02d}", "rebels", "captured", against="crown", day="2030-03-03",
                  publisher="Agency") for n in (11, 10, 9, 7, 6, 5)]  # fmt: skip
    later = claim("v08", "crown", "controls", day="2030-03-09", publisher="Monitor")
    assert leanings(line([*survey(), *fell, later]), date(2030, 3, 5))["v08"] == "crown"
    assert leanings(line([*survey(), *fell]), date(2030, 3, 5))["v08"] == "rebels"


def test_a_siege_lasts_until_it_ends(line: Callable[..., ThroughTime]) -> None:
    siege = claim("v05", "rebels", "besieged", against="crown", publisher="Agency")
    rows = [
        *survey(),
        siege | {"event_date": "2029-01-01"},
        siege | {"event_date": "2030-01-01", "source_title": "still"},
        claim("v05", "rebels", "captured", against="crown", day="2030-03-03", publisher="Agency"),
    ]
    time = line(rows)
    status = {
        day: frame_of_day(time, day).set_index("place_id").loc["v05", ["status", "actor"]].tolist()
        for day in (date(2028, 6, 1), date(2029, 7, 1), date(2030, 3, 2), date(2030, 3, 4))
    }
    assert list(status.values()) == [
        ["held", "crown"], ["besieged", "crown"], ["besieged", "crown"], ["held", "rebels"],
    ]  # fmt: skip


def test_a_renaming_changes_no_hands(line: Callable[..., ThroughTime]) -> None:
    time = line([claim("v03", "guard", "controls", day="2029-01-01")])
    before, after = date(2030, 6, 30), date(2030, 7, 1)
    assert leanings(time, before)["v03"] == "guard"
    assert leanings(time, after)["v03"] == "republic"
    frame = frame_of_day(time, after)
    assert (frame["status"] == "held").all()


def test_streets_held_by_both_make_a_city_contested(line: Callable[..., ThroughTime]) -> None:
    rows = [
        claim("city", "crown", "controls", day="2029-01-01"),
        claim("new", "crown", "controls", day="2029-02-01"),
        claim("old", "rebels", "captured", against="crown", day="2029-03-01", publisher="Agency"),
        claim("old", "crown", "captured", against="rebels", day="2029-09-01", publisher="Agency"),
    ]
    time = line(rows)
    found = {
        day: frame_of_day(time, day).set_index("place_id").loc["city"]
        for day in (date(2029, 2, 20), date(2029, 5, 1), date(2029, 10, 1))
    }
    assert [one.status for one in found.values()] == ["held", "contested", "held"]
    assert "divided" in found[date(2029, 5, 1)].reasons


TOGETHER = [
    claim("oak", "crown", "controls", day="2029-03-01"),
    claim("oak", "crown", "controls", day="2030-03-01"),
    claim("oak", "guests", "controls", day="2030-03-01"),
]


def test_one_source_says_that_two_hold_a_place_together(oak_on: Callable[..., Any]) -> None:
    # neither the older word for one of them nor silence changes anything
    for day in (DAY, date(2030, 5, 31)):
        oak = oak_on(TOGETHER, day)
        assert (oak.status, oak.actor, oak.leaning) == ("contested", "", "crown")
        assert "joint_control" in oak.reasons
        assert len(oak.claim_ids) == 3
    assert oak_on(TOGETHER, date(2030, 2, 28)).status == "held"
    assert oak_on(TOGETHER, date(2030, 6, 1)).status == "held"  # they are enemies from that day


def test_two_sources_that_name_two_holders_conflict(oak_on: Callable[..., Any]) -> None:
    rows = [TOGETHER[1], TOGETHER[2] | {"publisher": "Agency"}]
    assert "joint_control" not in oak_on(rows).reasons
    assert oak_on(rows).status == "contested"
    # nor do enemies hold a place together, whoever says so of both
    rows = [TOGETHER[1], claim("oak", "rebels", "controls", day="2030-03-01")]
    assert "conflicting_reports" in oak_on(rows).reasons


def test_words_for_two_holders_far_apart_tell_of_a_change(oak_on: Callable[..., Any]) -> None:
    """A weak later word for another one leaves both likely: nobody fights there for years."""
    apart = TimeSettings().conflict_days
    first = claim("oak", "crown", "captured", day="2029-01-01")
    weak = {"publisher": "Blog", "certainty": "unconfirmed"}
    for days, soon, later in ((apart, "contested", "contested"), (apart + 1, "contested", "held")):
        then = date(2029, 1, 1) + timedelta(days=days)
        rows = [first, claim("oak", "rebels", "captured", day=str(then), **weak)]
        for age, status in ((apart, soon), (apart + 1, later)):
            oak = oak_on(rows, then + timedelta(days=age))
            assert min(oak.shares.get("crown", 0.0), oak.shares.get("rebels", 0.0)) > 0.25
            assert oak.status == status


@pytest.mark.parametrize(
    ("relation", "actor", "against", "holder"),
    [("captured", "crown", "guests", "crown"), ("withdrew", "guests", "crown", "crown"),
     ("captured", "rebels", "", "rebels"), ("controls", "crown", "", "crown")],
)  # fmt: skip
def test_joint_control_ends(
    oak_on: Callable[..., Any], relation: str, actor: str, against: str, holder: str
) -> None:
    later = claim("oak", actor, relation, day="2030-03-04", against=against)
    oak = oak_on([*TOGETHER, later, later | {"publisher": "Agency"}])
    assert (oak.status, oak.actor) == ("held", holder)


def test_joint_control_is_no_conflict_around_it(theater: Theater, claims_of: ClaimsOf) -> None:
    field = field_from_control(states(claims_of(TOGETHER), theater, DAY).reset_index(), theater)
    where = field.tessellation.node_of_point[field.points.index("oak")]
    assert field.doubt[where] == "joint_control"
    assert set(field.doubt) - {"joint_control", "no_evidence"} == {""}


# --- nobody knows who -----------------------------------------------------------------------------


def test_a_side_that_came_up_later_is_believed_as_any(oak_on: Callable[..., Any]) -> None:
    # the war is old when the republic comes up; the first word of oak is that it holds it
    old = claim("elm", "crown", "controls", day="2029-03-01")
    word = claim("oak", "republic", "controls", day="2031-03-01", publisher="Agency")
    oak = oak_on([old, word], date(2031, 3, 2))
    assert (oak.status, oak.actor) == ("held", "republic")
    assert oak.confidence > 0.85


def test_who_is_named_after_a_place_was_left_is_believed(oak_on: Callable[..., Any]) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2029-03-01"),
        claim("oak", "crown", "withdrew", day="2030-03-01"),
        claim("oak", "rebels", "controls", day="2031-03-01", publisher="Agency"),
    ]
    assert oak_on(rows[:2], date(2030, 6, 1)).status == "undetermined"
    oak = oak_on(rows, date(2031, 3, 2))
    assert (oak.status, oak.actor) == ("held", "rebels")
    assert oak.confidence > 0.85


# --- which actor of a side -------------------------------------------------------------------------


def test_who_takes_a_place_from_an_ally_was_not_there_before(oak_on: Callable[..., Any]) -> None:
    rows = [
        claim("elm", "rebels", "controls", day="2030-01-01"),  # the one most named around
        claim("oak", "rebels", "captured", against="brigade", day="2030-03-05"),
    ]
    shown = [oak_on(rows, day).actor for day in (date(2030, 2, 1), date(2030, 3, 4), DAY)]
    assert shown == ["brigade", "brigade", "rebels"]
    # nor by a fight that it is named in, nor is a later loser the one after it
    fight = claim("oak", "rebels", "contested", against="brigade", day="2030-01-20")
    back = claim("oak", "brigade", "captured", against="rebels", day="2030-09-05")
    days = date(2030, 2, 28), DAY, date(2030, 9, 4), date(2030, 9, 5)
    shown = [oak_on([*rows, fight, back], day).actor for day in days]
    assert shown == ["brigade", "rebels", "rebels", "brigade"]
    # but for a claim that gave it the place
    given = claim("oak", "rebels", "controls", day="2030-02-01")
    days = date(2030, 1, 31), date(2030, 2, 1), date(2030, 3, 4)
    assert [oak_on([*rows, given], day).actor for day in days] == ["rebels"] * 3


# --- settings -----------------------------------------------------------------------------------


def test_a_theater_may_override_settings(tmp_path: Any) -> None:
    with (write_theater(tmp_path) / "theater.toml").open("a", encoding="utf-8") as config:
        config.write("\n[engine]\nlength_km = 12.5\n")
    assert time_settings(read_theater(tmp_path)).length_km == 12.5
    with (tmp_path / "theater.toml").open("a", encoding="utf-8") as config:
        config.write('stubborn = "much"\n')
    with pytest.raises(TheaterError, match="stubborn"):
        time_settings(read_theater(tmp_path))


# --- shipped claims -----------------------------------------------------------------------------

PLACES = {
    "Aleppo": "gn-170063", "Hama": "gn-170017", "Homs": "gn-169577", "Damascus": "gn-170654",
    "Deir ez-Zor": "gn-170794", "Manbij": "gn-167357", "Suwayda": "gn-172408",
}  # fmt: skip


@pytest.fixture(scope="module")
def syria() -> ThroughTime:
    """Syria through time, from the shipped claims."""
    theater = read_theater()
    return through_time(read_claims(theater.claim_files, theater), theater)


@pytest.mark.parametrize(
    ("place", "days", "status"),
    [
        ("Raqqa", ("2017-07-15", "2017-09-01", "2017-10-10"), "contested"),
        ("Raqqa", ("2017-05-15", "2017-11-15"), "held"),
        ("Deir ez-Zor", ("2013-03-15", "2013-06-15", "2014-03-15"), "contested"),
        ("Daraa", ("2014-03-15", "2014-12-15", "2017-03-15"), "contested"),
        ("Daraa", ("2018-07-20", "2019-06-15"), "held"),
        ("Homs", ("2012-06-15", "2013-02-15"), "contested"),
        ("Homs", ("2014-07-15", "2024-06-15"), "held"),
    ],
)
def test_a_city_is_contested_as_long_as_it_is_fought_over(
    syria: ThroughTime, place: str, days: tuple[str, ...], status: str
) -> None:
    for day in days:
        frame = frame_of_day(syria, date.fromisoformat(day)).set_index("name")
        assert frame.loc[place, "status"] == status, day


@pytest.mark.parametrize(
    ("place", "day", "side"),
    [
        ("Aleppo", 27, "government"), ("Aleppo", 30, "opposition"), ("Hama", 34, "government"),
        ("Hama", 35, "opposition"), ("Hama", 36, "opposition"), ("Hama", 37, "opposition"),
        ("Homs", 36, "government"), ("Homs", 38, "opposition"), ("Damascus", 36, "government"),
        ("Damascus", 38, "opposition"), ("Deir ez-Zor", 35, "government"),
        ("Deir ez-Zor", 37, "sdf"), ("Manbij", 35, "sdf"), ("Suwayda", 33, "government"),
        ("Homs", 69, "opposition"), ("Damascus", 69, "opposition"),
    ],
)  # fmt: skip
def test_december_2024(syria: ThroughTime, place: str, day: int, side: str) -> None:
    """Days are counted from 31 October 2024."""
    when = date(2024, 10, 31) + timedelta(days=day)
    frame = frame_of_day(syria, when).set_index("place_id")
    assert syria.scene.theater.side_of(frame.loc[PLACES[place], "leaning"]) == side


@pytest.mark.parametrize(
    ("place", "day", "side"),
    [
        ("gn-8308210", date(2013, 7, 15), "opposition"),  # al-Kasrah: the left bank's claims alone
        ("gn-8308210", date(2015, 7, 15), "isis"),
        ("gn-164451", date(2015, 1, 15), "sdf"),  # Sharan: the district's claim alone
        ("gn-169162", date(2013, 7, 15), "opposition"),  # al-Jarniyah: the province's
    ],
)
def test_what_is_said_of_an_area_is_heard_in_it(
    syria: ThroughTime, place: str, day: date, side: str
) -> None:
    leaning = frame_of_day(syria, day).set_index("place_id").loc[place, "leaning"]
    assert syria.scene.theater.side_of(leaning) == side


def test_nothing_turns_undetermined_in_silence(syria: ThroughTime) -> None:
    open_places = [
        set(frame.loc[frame["status"] == "undetermined", "place_id"])
        for frame in (
            frame_of_day(syria, day)
            for day in (date(2024, 12, 8), date(2024, 12, 12), date(2025, 1, 8))
        )
    ]
    assert open_places[1] - open_places[0] == set()
    assert open_places[2] - open_places[0] == set()


def test_chances_are_chances(syria: ThroughTime) -> None:
    chance = syria.posteriors.chance
    assert np.isfinite(chance).all()
    assert np.allclose(chance.sum(axis=1), 1.0)


def test_who_runs_a_base_together_is_told(syria: ThroughTime) -> None:
    days = date(2025, 10, 20), date(2025, 11, 1), date(2026, 3, 1)
    found = [frame_of_day(syria, day).set_index("place_id").loc["site-al-tanf"] for day in days]
    assert [one.status for one in found] == ["held", "contested", "held"]
    assert ["joint_control" in one.reasons for one in found] == [False, True, False]
    assert found[2].actor == "transitional_government"


@pytest.mark.parametrize(
    ("place", "day", "actor"),
    [
        # rebels are first named there in March 2012, eight months after their army came up
        ("ocha-C6317", date(2012, 9, 20), "opposition"),
        # left in December 2024, and nobody knows to whom until a list of 2026
        ("site-t4", date(2026, 9, 20), "transitional_government"),
    ],
)
def test_who_is_named_where_nobody_was_known_is_believed(
    syria: ThroughTime, place: str, day: date, actor: str
) -> None:
    one = frame_of_day(syria, day).set_index("place_id").loc[place]
    assert (one.status, one.actor) == ("held", actor)
