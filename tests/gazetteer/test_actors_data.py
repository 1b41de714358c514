"""Actors, sides, stances and colors of the Syria theater, as data."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from itertools import combinations

import pytest
from paths import ROOT, SYRIA
from scripts import script

from syriamap.theater.folder import read_theater

PATTERNS = {
    "none", "arcs", "steps", "dots", "rings", "squares", "diamonds", "triangles", "plus", "waves", "zigzag",
    "grid", "lines-0", "lines-90", "lines-135", "dashes-0", "dashes-90", "dashes-135", "crosses",
    "vees",
}  # fmt: skip
STANCES = {"hostile", "neutral", "allied"}
LEAST_NORMAL, LEAST_FOR_ALL = 12.0, 10.0


def rows_of(name: str) -> list[dict[str, str]]:
    with (SYRIA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ACTORS = rows_of("actors.csv")
BY_ID = {row["actor_id"]: row for row in ACTORS}
STANCE_ROWS = rows_of("stances.csv")


def day(text: str, open_end: date) -> date:
    return date.fromisoformat(text) if text else open_end


def interval(row: dict[str, str]) -> tuple[date, date]:
    return day(row["valid_from"], date.min), day(row["valid_to"], date.max)


def overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    (start, end), (start_other, end_other) = interval(one), interval(other)
    return max(start, start_other) <= min(end, end_other)


def stance_on(side: str, other: str, on: str) -> str:
    """As the package reads the table: one side is allied with itself, unlisted is hostile."""
    if side == other:
        return "allied"
    for row in STANCE_ROWS:
        start, end = interval(row)
        if {row["side_a"], row["side_b"]} == {side, other} and (
            start <= date.fromisoformat(on) <= end
        ):
            return row["stance"]
    return "hostile"


@pytest.fixture(scope="module")
def colors():
    """``benchmarks/colors.py``, which measures what the documentation states."""
    return script("benchmarks/colors.py")


def test_the_designed_actors_are_there_once():
    wanted = {
        "government", "hts", "opposition", "sna", "sdf", "isis", "turkey", "russia",
        "iran_militias", "hezbollah", "us_coalition", "israel", "southern_operations_room",
        "syrian_free_army", "transitional_government", "druze_groups", "tribal_forces",
        "coast_insurgents",
    }  # fmt: skip
    assert sorted(row["actor_id"] for row in ACTORS) == sorted(wanted)


@pytest.mark.parametrize("row", ACTORS, ids=list(BY_ID))
def test_an_actor_is_complete(row):
    assert re.fullmatch(r"#[0-9A-F]{6}", row["color"])
    assert row["pattern"] in PATTERNS
    assert row["name"].isascii()
    assert 0 < len(row["short"]) <= 12
    assert re.fullmatch(r"[\u0621-\u064a ()]+", row["name_ar"])
    start, end = interval(row)
    assert start <= end


def test_names_and_short_names_are_unique():
    for column in ("name", "name_ar", "short", "color"):
        values = [row[column] for row in ACTORS]
        assert len(set(values)) == len(values), column


def test_successors_exist_and_take_over_without_a_gap():
    for row in ACTORS:
        if not row["successor"]:
            continue
        heir = BY_ID[row["successor"]]
        assert row["valid_to"], f"{row['actor_id']} has an heir but no end"
        start, end = interval(heir)
        assert start <= interval(row)[1] < end


@pytest.mark.parametrize("actor", ["hts", "sna", "sdf", "government", "opposition", "isis"])
def test_actors_of_2023_are_valid_all_year(actor):
    start, end = interval(BY_ID[actor])
    assert start <= date(2023, 1, 1)
    assert end >= date(2023, 12, 31)


def test_the_government_ends_on_8_december_and_the_next_begins_on_the_9th():
    assert BY_ID["government"]["valid_to"] == "2024-12-07"
    assert BY_ID["government"]["successor"] == ""
    assert BY_ID["transitional_government"]["valid_from"] == "2024-12-09"


def test_the_sdf_end_with_their_dissolution():
    """Announced by their commander in Damascus on Tuesday, 25 August 2026."""
    assert BY_ID["sdf"]["valid_to"] == "2026-08-25"
    assert BY_ID["sdf"]["successor"] == "transitional_government"


def test_names_of_actors_hold_on_days_of_theirs():
    rows = rows_of("actor_aliases.csv")
    before = {(row["alias"], row["actor_id"], row["valid_to"]) for row in rows}
    for row in rows:
        (start, end), own = interval(row), interval(BY_ID[row["actor_id"]])
        assert start <= end, row
        assert own[0] <= end, row
        if start > own[1]:  # texts look back: a name that meant the actor goes on meaning it
            eve = (start - timedelta(days=1)).isoformat()
            assert (row["alias"], row["actor_id"], eve) in before, row


@pytest.mark.parametrize("alias", ["government", "the government", "syrian army", "army", "syrian *",
                                   "الجيش السوري", "الحكومة السورية", "وزارة الدفاع السورية"])  # fmt: skip
def test_names_of_those_who_rule_change_hands_in_december_2024(alias):
    rows = [row for row in rows_of("actor_aliases.csv") if row["alias"] == alias]
    assert {(row["actor_id"], row["valid_from"], row["valid_to"]) for row in rows} == {
        ("government", "", "2024-12-08"),
        ("transitional_government", "2024-12-09", ""),
    }


def test_a_name_of_a_speaker_means_one_on_a_day():
    rows = rows_of("speakers.csv")
    for one, other in combinations(rows, 2):
        if one["alias"] == other["alias"]:
            assert not overlap(one, other), (one, other)


def test_patterns_are_unique_among_actors_that_can_share_a_map():
    for one, other in combinations(ACTORS, 2):
        if overlap(one, other):
            assert one["pattern"] != other["pattern"], (one["actor_id"], other["actor_id"])


def test_stances_name_two_sides_of_actors_and_valid_intervals():
    sides = {row["side"] for row in ACTORS}
    for row in STANCE_ROWS:
        assert row["side_a"] in sides
        assert row["side_b"] in sides
        assert row["side_a"] != row["side_b"]
        assert row["stance"] in STANCES
        start, end = interval(row)
        assert start <= end


def test_no_two_stances_of_a_pair_hold_on_one_day():
    for one, other in combinations(STANCE_ROWS, 2):
        if {one["side_a"], one["side_b"]} == {other["side_a"], other["side_b"]}:
            assert not overlap(one, other), (one, other)


@pytest.mark.parametrize(
    ("actor", "other", "on", "stance"),
    [
        ("hts", "government", "2024-11-26", "hostile"),
        ("hts", "sna", "2024-12-01", "allied"),
        ("hts", "southern_operations_room", "2024-12-07", "allied"),
        ("sna", "sdf", "2024-12-06", "hostile"),
        ("sna", "government", "2024-12-06", "hostile"),
        ("sdf", "government", "2023-06-01", "neutral"),
        ("sdf", "government", "2024-11-30", "neutral"),
        ("sdf", "government", "2024-12-06", "hostile"),
        ("sdf", "hts", "2024-11-30", "hostile"),
        ("sdf", "hts", "2024-12-06", "neutral"),
        ("sdf", "us_coalition", "2024-12-06", "allied"),
        ("syrian_free_army", "government", "2024-12-06", "hostile"),
        ("syrian_free_army", "hts", "2024-12-07", "neutral"),
        ("israel", "government", "2024-12-08", "hostile"),
        ("israel", "southern_operations_room", "2024-12-08", "neutral"),
        ("russia", "hts", "2024-12-06", "hostile"),
        ("russia", "transitional_government", "2025-01-15", "neutral"),
        ("isis", "sdf", "2016-01-01", "hostile"),
        ("druze_groups", "transitional_government", "2025-07-15", "hostile"),
        ("druze_groups", "transitional_government", "2025-02-01", "neutral"),
        ("coast_insurgents", "transitional_government", "2025-03-07", "hostile"),
        ("coast_insurgents", "russia", "2025-03-07", "neutral"),
        ("tribal_forces", "transitional_government", "2026-01-18", "allied"),
        ("tribal_forces", "sdf", "2023-09-01", "hostile"),
        ("tribal_forces", "sdf", "2026-01-18", "hostile"),
        ("tribal_forces", "druze_groups", "2025-07-18", "hostile"),
        ("transitional_government", "sdf", "2025-06-01", "neutral"),
        ("transitional_government", "sdf", "2026-01-18", "hostile"),
        ("transitional_government", "sdf", "2026-02-15", "neutral"),
        ("transitional_government", "israel", "2025-07-16", "hostile"),
        ("opposition", "isis", "2013-10-01", "neutral"),
        ("opposition", "isis", "2014-01-10", "hostile"),
        ("opposition", "sdf", "2016-02-15", "hostile"),
        ("sna", "sdf", "2024-12-30", "hostile"),
    ],
)
def test_stances_that_decide_where_a_front_runs(actor, other, on, stance):
    assert stance_on(BY_ID[actor]["side"], BY_ID[other]["side"], on) == stance


def test_colors_of_actors_in_contact_differ_for_every_reader(colors):
    """Two pairs rest on their patterns; docs/colors.md says so and why."""
    weak = {
        frozenset((pair.first, pair.second))
        for pair in colors.pairs_of(ACTORS)
        if pair.contact
        and (pair.by_vision["normal"] < LEAST_NORMAL or pair.smallest < LEAST_FOR_ALL)
    }
    assert weak == {frozenset(("government", "isis"))}
    assert all(len({BY_ID[one]["pattern"] for one in pair}) == 2 for pair in weak)


def test_colors_of_all_actors_differ_in_normal_vision(colors):
    assert min(pair.by_vision["normal"] for pair in colors.pairs_of(ACTORS)) >= 10


def test_contacts_name_actors(colors):
    assert {actor for pair in colors.contact_pairs() for actor in pair} == set(BY_ID)


def test_the_difference_is_the_one_of_the_research(colors):
    """Five colors at .60, measured before: 31.0, 6.5 and 19.1 (normal, protan, tritan)."""
    palette = ("#C51B2B", "#66C28A", "#FFE14D", "#262626", "#2B5FB0")
    for vision, expected in {"normal": 31.0, "protan": 6.5, "deutan": 19.2, "tritan": 19.1}.items():
        least = min(
            colors.color_difference(one, other, 0.6, vision)
            for one, other in combinations(palette, 2)
        )
        assert least == pytest.approx(expected, abs=0.05)


def test_the_documented_table_is_the_measured_one(colors):
    text = (ROOT / "docs" / "colors.md").read_text(encoding="utf-8")
    pairs = [pair for pair in colors.pairs_of(ACTORS) if pair.contact]
    for pair in pairs[:6]:
        cells = " | ".join(f"{value:.1f}" for value in pair.by_vision.values())
        assert f"| {pair.first} – {pair.second} | {cells} |" in text
    for row in ACTORS:
        assert f"| `{row['actor_id']}` |" in text
        assert row["color"] in text
        assert f"`{row['pattern']}`" in text


@pytest.mark.parametrize(
    ("actor", "day", "short"),
    [
        ("hts", "2013-06-30", "Nusra"), ("hts", "2016-09-01", "JFS"), ("hts", "2017-01-28", "HTS"),
        ("sdf", "2015-10-09", "YPG"), ("sdf", "2015-10-10", "SDF"),
        ("syrian_free_army", "2016-11-30", "NSyA"), ("syrian_free_army", "2020-01-01", "MaT"),
        ("syrian_free_army", "2023-01-01", "SFA"), ("sna", "2017-03-01", "Turkish-backed"),
    ],
)  # fmt: skip
def test_actors_bear_the_names_of_the_day(actor, day, short):
    when = date.fromisoformat(day)
    assert read_theater().named_for(when, when).actors.at[actor, "short"] == short


def test_former_names_end_before_the_actor_does():
    for row in rows_of("actor_names.csv"):
        start, end = interval(row)
        assert start <= end < interval(BY_ID[row["actor_id"]])[1], row
