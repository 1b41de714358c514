"""
Laws of control, over random claims: whatever is said, these hold.

Each law is a promise of docs/threats.md or a rule of docs/control.md. More of them stand beside
what they are about: silence in tests/control/test_timeline.py, weights in tests/control/test_evidence.py.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings, strategies as st
from theaters import ACTORS, ASSERTERS, PLACES, PUBLISHERS, Row, claim, write_csv, write_theater

from syriamap.claims.reader import CERTAINTIES, RELATIONS, claims_known_by, read_claims
from syriamap.control.claimed import control_from_claims
from syriamap.theater.folder import Theater, read_theater

START = date(2030, 2, 20)
DAY = date(2030, 3, 5)
LASTING = ("crown", "militia", "rebels", "brigade", "league", "guests")
GRADED = ("Wire", "Agency", "Monitor", "Best", "Blog", "Crown Radio", "Rebel Radio")
FEW = settings(max_examples=7)

pytestmark = pytest.mark.filterwarnings("ignore::syriamap.files.SyriamapWarning")  # repeated rows


@st.composite
def claim_rows(draw: st.DrawFn) -> Row:
    day = START + timedelta(days=draw(st.integers(0, 20)))
    late = draw(st.integers(0, 9))
    actor = draw(st.sampled_from(LASTING[:4]))
    return claim(
        draw(st.sampled_from(["oak", "elm", "pine", "fir"])),
        actor,
        draw(st.sampled_from(RELATIONS)),
        day=day.isoformat(),
        publisher=draw(st.sampled_from([*GRADED, "Wire reprint", "not listed", "nor this"])),
        certainty=draw(st.sampled_from(CERTAINTIES)),
        against=draw(st.sampled_from(["", *(one for one in LASTING if one != actor)])),
        asserted_by=draw(st.sampled_from(["", "crown army", "rebel command", "somebody"])),
        reported_on=(day + timedelta(days=late)).isoformat(),
    )


CLAIMS = st.lists(claim_rows(), min_size=1, max_size=12)


def land(folder: Path, *, names: dict[str, str] | None = None, east: int = 0) -> Theater:
    """Arcadia without stances; its actors and sides under other names, or shifted by UTM zones."""
    name = (names or {}).get
    renamed = [
        {**row, "actor_id": name(row["actor_id"], row["actor_id"]), "side": name(row["side"], row["side"]),
         "successor": name(row.get("successor", ""), row.get("successor", ""))}
        for row in ACTORS
    ]  # fmt: skip
    tables = {
        "publishers": [
            {**row, "side": name(row.get("side", ""), row.get("side", ""))} for row in PUBLISHERS
        ],
        "asserters": [{**row, "side": name(row["side"], row["side"])} for row in ASSERTERS],
    }
    shift = 6.0 * east
    corners = [
        (14.0 + shift, 46.0),
        (15.2 + shift, 46.0),
        (15.2 + shift, 47.0),
        (14.0 + shift, 47.0),
    ]
    outline = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
    places = [{**row, "lon": row["lon"] + shift} for row in PLACES]
    return read_theater(
        write_theater(folder, places=places, actors=renamed, tables=tables, outline=outline,
                      metric_crs=f"EPSG:{32633 + east}", bounds=[14.0 + shift, 46.0, 15.2 + shift, 47.0])
    )  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return land(tmp_path_factory.mktemp("laws") / "plain")


def states(
    rows: list[Row] | pd.DataFrame, theater: Theater, day: date = DAY, **asked: Any
) -> pd.DataFrame:
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
    claims = read_claims(frame, theater)
    return control_from_claims(claims, theater, day, **asked).set_index("place_id")


def shown(frame: pd.DataFrame, names: dict[str, str] | None = None) -> dict[str, Any]:
    """What a map shows of each place: actor, status and shares, rounded as no page shows them."""
    name = (names or {}).get
    return {
        str(place): (
            name(row.actor, row.actor),
            row.status,
            {
                name(one, one): round(share, 9)
                for one, share in sorted(row.shares.items())
                if share > 1e-9
            },
        )
        for place, row in frame.iterrows()
    }


def side_share(frame: pd.DataFrame, place: str, theater: Theater, side: str) -> float:
    if place not in frame.index:
        return 0.0
    return sum(
        share
        for actor, share in frame.loc[place, "shares"].items()
        if theater.side_of(actor) == side
    )


# --- what must not matter -----------------------------------------------------------------------


@FEW
@given(rows=CLAIMS, seed=st.integers(0, 99))
def test_order_of_rows(plain: Theater, rows: list[Row], seed: int) -> None:
    other = random.Random(seed).sample(rows, len(rows))  # noqa: S311
    pd.testing.assert_frame_equal(states(rows, plain), states(other, plain))


@FEW
@given(rows=CLAIMS, times=st.integers(2, 5))
def test_duplicates(plain: Theater, rows: list[Row], times: int) -> None:
    assert shown(states(rows, plain)) == shown(states(rows * times, plain))


NAMES = dict(zip(LASTING, ("zz", "aa", "mm", "bb", "yy", "cc"), strict=True))


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return land(tmp_path_factory.mktemp("laws") / "renamed", names=NAMES)


def tie(day: str = "2030-03-01") -> list[Row]:
    return [
        claim("oak", "crown", "controls", day=day, publisher="Wire"),
        claim("oak", "rebels", "controls", day=day, publisher="Agency"),
    ]


@FEW
@given(rows=CLAIMS)
@example(rows=tie())
def test_names_of_actors_and_sides(plain: Theater, renamed: Theater, rows: list[Row]) -> None:
    others = [
        {**row, "actor": NAMES[row["actor"]], "against": NAMES.get(row["against"], "") if row.get("against") else ""}
        for row in rows
    ]  # fmt: skip
    assert shown(states(rows, plain), NAMES) == shown(states(others, renamed))


@FEW
@given(
    pair=st.permutations(["crown", "rebels", "league", "guests", "militia"]).map(
        lambda ones: ones[:2]
    ),
    relation=st.sampled_from(["controls", "captured"]),
    names=st.permutations(["Wire", "Agency", "Monitor"]).map(lambda ones: ones[:2]),
)
def test_exact_ties_are_both_or_nobody(
    plain: Theater, pair: list[str], relation: str, names: list[str]
) -> None:
    """Of one side one of the two is named as it may be; of two sides neither is, whoever is first."""
    rows = [
        claim("oak", actor, relation, publisher=name)
        for actor, name in zip(pair, names, strict=True)
    ]
    oak = states(rows, plain).loc["oak"]
    if plain.side_of(pair[0]) != plain.side_of(pair[1]):
        assert oak.actor == ""
        assert oak.shares[pair[0]] == pytest.approx(oak.shares[pair[1]])


@FEW
@given(rows=CLAIMS, days=st.integers(-3000, 3000))
def test_shift_of_dates(plain: Theater, rows: list[Row], days: int) -> None:
    apart = timedelta(days=days)
    others = [
        row | {key: (date.fromisoformat(row[key]) + apart).isoformat() for key in ("event_date", "reported_on")}
        for row in rows
    ]  # fmt: skip
    assert shown(states(rows, plain)) == shown(states(others, plain, DAY + apart))


@pytest.fixture(scope="module")
def eastward(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    return land(tmp_path_factory.mktemp("laws") / "east", east=2)


@FEW
@given(rows=CLAIMS)
def test_shift_of_longitude(plain: Theater, eastward: Theater, rows: list[Row]) -> None:
    here, there = shown(states(rows, plain)), shown(states(rows, eastward))
    assert here.keys() == there.keys()
    for place, (actor, status, shares) in here.items():
        assert (actor, status) == there[place][:2]
        assert shares == pytest.approx(there[place][2], abs=1e-6)


# --- what must not happen -----------------------------------------------------------------------


@FEW
@given(
    rows=CLAIMS,
    place=st.sampled_from(["oak", "elm", "pine"]),
    side=st.sampled_from(["crown", "rebels"]),
    publisher=st.sampled_from(["Wire", "Agency", "Best", "Blog", "not listed"]),
    day=st.integers(0, 13),
)
def test_a_claim_never_lowers_its_own_side(
    plain: Theater, rows: list[Row], place: str, side: str, publisher: str, day: int
) -> None:
    """On the day that it speaks of, and with nothing later said of the place."""
    when = START + timedelta(days=day)
    earlier = [row for row in rows if row["event_date"] <= when.isoformat()]
    more = claim(
        place, side, "controls", day=when.isoformat(), publisher=publisher, source_title="one more"
    )
    before = states(earlier, plain, when) if earlier else pd.DataFrame(columns=["shares"])
    after = states([*earlier, more], plain, when)
    assert side_share(after, place, plain, side) >= side_share(before, place, plain, side) - 1e-6


@FEW
@given(rows=CLAIMS, later=CLAIMS, day=st.integers(0, 20))
def test_nothing_that_was_reported_later_counts(
    plain: Theater, rows: list[Row], later: list[Row], day: int
) -> None:
    known_by = START + timedelta(days=day)
    more = [row for row in later if row["reported_on"] > known_by.isoformat()]
    found = [
        shown(
            control_from_claims(
                claims_known_by(read_claims(pd.DataFrame(ones), plain), known_by), plain, known_by
            ).set_index("place_id")
        )
        for ones in (rows, [*rows, *more])
    ]  # fmt: skip
    assert found[0] == found[1]


@settings(max_examples=20)
@given(
    relation=st.sampled_from(RELATIONS), actor=st.sampled_from(LASTING), against=st.sampled_from(["", *LASTING]),
    publisher=st.sampled_from(GRADED), day=st.integers(0, 13),
)  # fmt: skip
def test_a_lone_denial_paints_nobody(
    plain: Theater, relation: str, actor: str, against: str, publisher: str, day: int
) -> None:
    when = (START + timedelta(days=day)).isoformat()
    row = claim("oak", actor, relation, day=when, certainty="denied", publisher=publisher,
                against="" if against == actor else against)  # fmt: skip
    frame = states([row], plain)
    if "oak" in frame.index:
        oak = frame.loc["oak"]
        assert (oak.status, oak.actor) == ("undetermined", "")


def crowd(count: int, days: int, relation: str = "captured") -> list[Row]:
    """So many invented publishers over so many days."""
    return [
        claim("oak", "rebels", relation, day=(date(2030, 3, 1) + timedelta(days=n % days)).isoformat(),
              publisher=f"Gazette of {n}", source_title=f"t{n}")
        for n in range(count)
    ]  # fmt: skip


@settings(max_examples=4)
@given(
    count=st.integers(1, 400),
    days=st.integers(1, 5),
    relation=st.sampled_from(["captured", "controls"]),
)
@example(count=1500, days=1, relation="captured")
@example(count=1500, days=5, relation="captured")
def test_a_flood_of_ungraded_publishers_never_outweighs_three_graded_origins(
    plain: Theater, count: int, days: int, relation: str
) -> None:
    known = [
        claim("oak", "crown", "controls", publisher=one) for one in ("Wire", "Agency", "Monitor")
    ]
    again = [row | {"event_date": "2030-03-05", "source_title": "again"} for row in known]
    oak = states([*known, *crowd(count, days, relation), *again], plain).loc["oak"]
    assert oak.actor != "rebels"
    assert oak.leaning == "crown"


@pytest.mark.parametrize("grade", ["Best", "Wire", "Blog", "not listed"])
def test_equal_claims_of_any_number(plain: Theater, grade: str) -> None:
    """One publisher counts once; many of one grade never make a chance of more than 1."""
    alone = states([claim("oak", "rebels", publisher=grade)], plain).loc["oak"]
    for count in (2, 15, 54, 2_000):
        rows = [claim("oak", "rebels", publisher=grade, source_title=f"t{n}") for n in range(count)]
        many = states(rows, plain).loc["oak"]
        assert many.confidence == pytest.approx(alone.confidence)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Arcadia with ten thousand graded publishers."""
    folder = land(tmp_path_factory.mktemp("laws") / "wide").folder
    rows = [{"publisher": f"P{n:05d}x", "reliability": "ABCDE"[n % 5]} for n in range(10_000)]
    write_csv(folder / "publishers.csv", rows)
    return read_theater(folder)


@pytest.mark.parametrize("count", [1, 11, 54, 1_000, 10_000])
def test_any_number_of_good_sources_may_agree(wide: Theater, count: int) -> None:
    rows = [claim("oak", "rebels", publisher=f"P{n:05d}x", source_title="t") for n in range(count)]
    oak = states(rows, wide).loc["oak"]
    assert (oak.actor, oak.status) == ("rebels", "held")
    assert 0 < oak.confidence <= 1
