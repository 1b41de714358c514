"""
Data tests on the claims, publishers and speakers shipped for Syria.

They read the CSV files alone, so that a fault in the data shows even when the code that reads
it changes.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from paths import SYRIA

CLAIMS = sorted((SYRIA / "claims").glob("*.csv"))

COLUMNS = (
    "claim_id", "event_date", "date_precision", "place", "place_id", "area_id", "lat", "lon",
    "place_note", "actor", "relation", "against", "asserted_by", "certainty", "publisher",
    "source_title", "source_url", "archive_url", "reported_on", "note",
)  # fmt: skip
RELATIONS = {
    "controls", "captured", "lost", "withdrew", "contested", "entered", "besieged",
    "advanced_toward", "struck",
}  # fmt: skip
CERTAINTIES = {"asserted", "claimed", "unconfirmed", "denied"}

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def claims() -> list[Row]:
    return [row for path in CLAIMS for row in read(path)]


@pytest.fixture(scope="module")
def actors() -> dict[str, Row]:
    return {row["actor_id"]: row for row in read(SYRIA / "actors.csv")}


@pytest.fixture(scope="module")
def places() -> dict[str, Row]:
    return {row["place_id"]: row for row in read(SYRIA / "places.csv")}


def about(claims: list[Row], **wanted: str) -> list[Row]:
    return [row for row in claims if all(row[key] == value for key, value in wanted.items())]


def words(row: Row) -> str:
    return " | ".join(row[key] for key in ("event_date", "place", "actor", "relation", "publisher"))


def kilometers(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    mean = math.radians((lat_a + lat_b) / 2)
    return 111.2 * math.hypot(lat_a - lat_b, (lon_a - lon_b) * math.cos(mean))


def test_claims_are_there(claims: list[Row]) -> None:
    assert len(claims) > 600
    assert {row["event_date"] for row in claims} >= {f"2024-12-0{day}" for day in range(1, 9)}


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.name)
def test_columns_are_those_of_the_format(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS


def test_required_cells_are_filled(claims: list[Row]) -> None:
    required = ("event_date", "actor", "relation", "certainty", "publisher", "source_title")
    empty = [words(row) for row in claims if not all(row[name] for name in required)]
    assert not empty
    assert not [words(row) for row in claims if not (row["place"] or row["place_id"])]
    assert not [words(row) for row in claims if row["area_id"] and row["place_id"]]


def test_words_are_in_the_vocabulary(claims: list[Row], actors: dict[str, Row]) -> None:
    assert {row["relation"] for row in claims} <= RELATIONS
    assert {row["certainty"] for row in claims} <= CERTAINTIES
    assert {row["date_precision"] for row in claims} <= {"day", "week", "month", "year"}
    assert {row["actor"] for row in claims} <= set(actors)
    assert {row["against"] for row in claims} - {""} <= set(actors)
    assert not [words(row) for row in claims if row["actor"] == row["against"]]


def test_no_event_after_its_report(claims: list[Row]) -> None:
    late = []
    for row in claims:
        event = date.fromisoformat(row["event_date"])
        if row["reported_on"] and event > date.fromisoformat(row["reported_on"]):
            late.append(words(row))
    assert not late


def test_actors_existed_on_the_day(claims: list[Row], actors: dict[str, Row]) -> None:
    """Of an actor that is gone, places can still be taken and lost: that needs its beginning."""
    wrong = []
    for row in claims:
        for name in filter(None, (row["actor"], row["against"])):
            begin, end = actors[name]["valid_from"], actors[name]["valid_to"]
            acting = name == row["actor"] and row["relation"] != "lost"
            ended = end and row["event_date"] > end and acting
            if (begin and row["event_date"] < begin) or ended:
                wrong.append(f"{words(row)}: {name}")
    assert not wrong


def test_every_claim_has_a_place_of_the_gazetteer_or_its_own_point(
    claims: list[Row], places: dict[str, Row]
) -> None:
    unknown = [words(row) for row in claims if row["place_id"] and row["place_id"] not in places]
    assert not unknown
    located = ("place_id", "lat", "area_id")
    assert not [words(row) for row in claims if not any(row[name] for name in located)]
    assert not [words(row) for row in claims if bool(row["lat"]) != bool(row["lon"])]


def test_points_lie_within_two_kilometers_of_their_place(
    claims: list[Row], places: dict[str, Row]
) -> None:
    far = []
    for row in claims:
        if row["place_id"] and row["lat"]:
            place = places[row["place_id"]]
            apart = kilometers(
                float(row["lat"]), float(row["lon"]), float(place["lat"]), float(place["lon"])
            )
            if apart > 2.0:
                far.append(f"{words(row)}: {apart:.1f} km")
    assert not far


def test_one_name_is_one_place(claims: list[Row]) -> None:
    ids: dict[str, set[str]] = {}
    for row in claims:
        ids.setdefault(row["place"], set()).add(row["place_id"])
    assert not {name: found for name, found in ids.items() if len(found) > 1}


def test_sources_are_web_addresses(claims: list[Row]) -> None:
    plain = re.compile(r"https?://[^\s/]+(/\S*)?")
    assert not [
        words(row) for row in claims if not plain.fullmatch(row["source_url"] or "http://x")
    ]
    # one founding text was given to us without its address
    assert {row["publisher"] for row in claims if not row["source_url"]} <= {"VOA"}


def test_one_address_has_one_publisher(claims: list[Row]) -> None:
    owners: dict[str, set[str]] = {}
    for row in claims:
        if row["source_url"]:
            owners.setdefault(row["source_url"], set()).add(row["publisher"])
    assert not {url: names for url, names in owners.items() if len(names) > 1}


def test_no_statement_stands_twice(claims: list[Row]) -> None:
    keys = ("event_date", "place", "area_id", "actor", "relation", "against", "certainty", "asserted_by",
            "publisher", "source_url")  # fmt: skip
    counts = Counter(tuple(row[key] for key in keys) for row in claims)
    assert not [key for key, count in counts.items() if count > 1]


def test_text_is_plain(claims: list[Row]) -> None:
    for row in claims:
        for name, value in row.items():
            assert value == value.strip(), (name, value)
            assert value.isprintable(), (name, value)
            assert not value.startswith(("=", "+", "@", "-")), (name, value)


def test_rows_are_sorted(claims: list[Row]) -> None:
    for path in CLAIMS:
        keys = [(r["event_date"], r["place"], r["actor"], r["publisher"]) for r in read(path)]
        assert keys == sorted(keys), path.name


def test_what_is_inferred_is_never_asserted(claims: list[Row]) -> None:
    """A text that tells of shells on a village does not say who holds it."""
    inferred = [row for row in claims if row["note"].casefold().startswith("inferred")]
    assert len(inferred) > 500
    assert {row["certainty"] for row in inferred} <= {"claimed", "unconfirmed"}


def test_publishers_are_graded(claims: list[Row], actors: dict[str, Row]) -> None:
    rows = read(SYRIA / "publishers.csv")
    assert list(rows[0]) == ["publisher", "reliability", "side", "independence_group"]
    assert {row["publisher"] for row in rows} == {row["publisher"] for row in claims}
    assert len(rows) == len({row["publisher"] for row in rows})
    assert {row["reliability"] for row in rows} <= set("ABCDEF")
    assert all(row["independence_group"] for row in rows)
    assert {row["side"] for row in rows} - {""} <= {row["side"] for row in actors.values()}


def test_speakers_have_a_side_and_a_group(claims: list[Row], actors: dict[str, Row]) -> None:
    rows = read(SYRIA / "asserters.csv")
    assert list(rows[0]) == ["asserted_by", "side", "independence_group", "reliability"]
    assert {row["asserted_by"] for row in rows} == {row["asserted_by"] for row in claims} - {""}
    assert {row["reliability"] for row in rows} - {""} <= set("ABCDEF")
    assert {row["side"] for row in rows} - {""} <= {row["side"] for row in actors.values()}
    # a side without a group would let one voice count many times
    assert not [row["asserted_by"] for row in rows if row["side"] and not row["independence_group"]]


def test_reprints_share_the_group_of_their_agency() -> None:
    groups = {row["publisher"]: row["independence_group"] for row in read(SYRIA / "publishers.csv")}
    for agency in ("Reuters", "AFP", "AP", "dpa", "TASS"):
        named = {group for name, group in groups.items() if re.search(rf"/ {agency}$", name)}
        assert named == {agency.casefold()}


def test_a_text_of_an_outlet_counts_with_it_whoever_prints_it() -> None:
    """Unless the outlet itself printed an agency's."""
    groups = {row["publisher"]: row["independence_group"] for row in read(SYRIA / "publishers.csv")}
    agencies = {"afp", "reuters"}
    own = {name: re.sub(r"^.* / | \((mirror|excerpt)\)$", "", name) for name in groups}
    reprints = {name: outlet for name, outlet in own.items() if outlet in groups and outlet != name}
    assert len(reprints) > 100
    for name, outlet in reprints.items():
        assert groups[name] in {groups[outlet], *agencies}, name


@pytest.mark.parametrize(
    ("publisher", "wanted"),
    [
        ("VOA", {"place": "Aleppo", "relation": "captured", "actor": "hts"}),
        ("VOA", {"place": "Hama", "relation": "captured", "event_date": "2024-12-05"}),
        ("VOA", {"place": "Homs", "relation": "controls", "actor": "government"}),
        ("VOA", {"place": "Damascus", "relation": "controls", "actor": "government"}),
        ("VOA", {"place": "Tartus naval base", "relation": "controls", "actor": "russia"}),
        ("VOA", {"place": "Khmeimim air base", "relation": "controls", "actor": "russia"}),
        ("NBC News", {"place": "Homs", "relation": "advanced_toward", "certainty": "unconfirmed"}),
        ("NBC News", {"place": "Hama", "relation": "struck", "actor": "government"}),
        ("NBC News", {"place": "Hama", "relation": "struck", "actor": "russia"}),
        ("NBC News", {"place": "Rastan bridge", "relation": "struck", "certainty": "claimed"}),
        ("NBC News", {"relation": "struck", "actor": "israel", "asserted_by": "Israeli military"}),
        ("NBC News", {"relation": "struck", "actor": "israel",
                      "asserted_by": "Syrian and Lebanese media"}),
        ("NBC News", {"place": "Deir ez-Zor", "actor": "sdf", "asserted_by": "SOHR"}),
        ("NBC News", {"place": "Raqqa", "actor": "sdf", "asserted_by": "SOHR"}),
    ],
)  # fmt: skip
def test_the_founding_articles_are_in_the_claims(
    claims: list[Row], publisher: str, wanted: Row
) -> None:
    assert about(claims, publisher=publisher, **wanted)


def test_raqqa_is_not_news(claims: list[Row]) -> None:
    """The city was SDF-held since 2017; what was seized in December 2024 lies around it."""
    then = [row for row in about(claims, place="Raqqa") if "2018" < row["event_date"] < "2025"]
    assert {row["relation"] for row in then} == {"controls"}


@pytest.mark.parametrize(
    ("place", "actor", "days"),
    [
        ("Aleppo", "hts", {"2024-11-30"}),
        ("Saraqib", "hts", {"2024-11-30"}),
        ("Maarat al-Numan", "hts", {"2024-11-30"}),
        ("Khan Shaykhun", "hts", {"2024-11-30"}),
        ("Tal Rifaat", "sna", {"2024-12-01"}),
        ("Hama", "hts", {"2024-12-05"}),
        ("Salamiyah", "hts", {"2024-12-05", "2024-12-06"}),
        ("Rastan", "hts", {"2024-12-06"}),
        ("Talbiseh", "hts", {"2024-12-06"}),
        ("Deir ez-Zor", "sdf", {"2024-12-06"}),
        ("Daraa", "southern_operations_room", {"2024-12-06", "2024-12-07"}),
        ("Palmyra", "syrian_free_army", {"2024-12-07"}),
        ("Homs", "hts", {"2024-12-07", "2024-12-08"}),
        ("Damascus", "opposition", {"2024-12-08"}),
        ("Manbij", "sna", {"2024-12-08", "2024-12-09"}),
    ],
)
def test_known_captures_have_their_days(
    claims: list[Row], place: str, actor: str, days: set[str]
) -> None:
    found = about(claims, place=place, actor=actor, relation="captured")
    firm = [row for row in found if row["certainty"] in {"asserted", "claimed"}]
    assert days <= {row["event_date"] for row in firm}


@pytest.mark.parametrize(
    ("place", "actor"),
    [
        (name, "government")
        for name in ("Aleppo", "Damascus", "Daraa", "Deir ez-Zor", "Hama", "Homs", "Latakia",
                     "Quneitra", "Suwayda", "Tartus", "Palmyra", "Sukhnah", "Al-Bukamal",
                     "Mayadin", "Nubl", "Zahraa")
    ]
    + [(name, "sdf") for name in ("Hasakah", "Raqqa", "Qamishli", "Kobani", "Manbij", "Tabqa")]
    + [(name, "sna") for name in ("Afrin", "Jarabulus", "Tell Abyad", "Ras al-Ayn")]
    + [("Idlib", "hts"), ("Majdal Shams", "israel"), ("Al-Tanf", "syrian_free_army")],
)  # fmt: skip
def test_the_baseline_before_the_offensive(claims: list[Row], place: str, actor: str) -> None:
    before = [row for row in about(claims, place=place) if row["event_date"] <= "2024-11-26"]
    firm = [row for row in before if row["certainty"] == "asserted"]
    assert actor in {row["actor"] for row in firm if row["relation"] in {"controls", "captured"}}


@pytest.mark.parametrize("place", ["Khanasir", "Qalaat al-Madiq", "Aleppo International Airport"])
def test_reversals_keep_both_takings(claims: list[Row], place: str) -> None:
    taken = about(claims, place=place, relation="captured")
    assert len({row["actor"] for row in taken}) > 1


@pytest.mark.parametrize("place", ["Hama", "Homs"])
def test_denials_stand_beside_what_they_deny(claims: list[Row], place: str) -> None:
    denied = about(claims, place=place, certainty="denied")
    said = {(row["actor"], row["relation"]) for row in about(claims, place=place)
            if row["certainty"] != "denied"}  # fmt: skip
    assert denied
    assert {(row["actor"], row["relation"]) for row in denied} <= said
