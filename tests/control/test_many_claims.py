"""Many claims are solved a piece at a time, and that changes nothing."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from theaters import Row, claim, claims_frame

from syriamap.control.timeline import chains, hearing, lattice, passes, silence, unheard
from syriamap.control.timeline.chains import chains_of
from syriamap.control.timeline.engine_settings import LIMITS, TimeSettings
from syriamap.control.timeline.factors import EITHER, TODAY
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.passes import posteriors_of
from syriamap.control.timeline.series import through_time, without_claims
from syriamap.theater.folder import Theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]


def war(seed: int) -> list[Row]:
    """Claims at random, close in time, so that places hear of one another."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(60):
        place = str(rng.choice(["oak", "elm", "pine"]))
        actor, other = rng.permutation(["crown", "rebels"]).tolist()
        relation = str(rng.choice(["controls", "captured", "contested", "lost"]))
        day = f"2030-03-{int(rng.integers(1, 29)):02d}"
        against = other if relation == "captured" else ""
        row = claim(place, actor, relation, day=day, against=against, publisher=f"P{number % 5}")
        rows.append(row | {"claim_id": f"n{number}"})
    return rows


def in_pieces(patch: pytest.MonkeyPatch, size: int) -> None:
    limits = replace(
        LIMITS, cells=size, pairs=size, silent_pairs=size, flips=size, positions=size, kept_states=0
    )
    for module in (chains, hearing, lattice, passes, silence, unheard):
        patch.setattr(module, "LIMITS", limits)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [1, 40])
def test_a_piece_at_a_time_is_all_at_once(
    theater: Theater, claims_of: ClaimsOf, monkeypatch: pytest.MonkeyPatch, seed: int, size: int
) -> None:
    claims = claims_of(war(seed))
    whole = through_time(claims, theater)
    left_out = {"oak": "n3", "elm": "n4"}
    expected, few = [whole, without_claims(whole, left_out)], _groups(whole)
    in_pieces(monkeypatch, size)
    parts = through_time(claims, theater)
    found = [parts, without_claims(parts, left_out)]
    assert _groups(parts) > few
    for name in ("place", "day", "first", "gap", "acted"):
        assert (getattr(parts.lattice, name) == getattr(whole.lattice, name)).all()
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one.posteriors.chance, other.posteriors.chance, atol=1e-12)
        np.testing.assert_allclose(one.posteriors.heard, other.posteriors.heard, atol=1e-12)


def test_the_steps_of_a_place_are_the_days_that_bear_on_it(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    time = through_time(claims_of(war(9)), theater)
    around, steps = time.scene.around, time.lattice
    least = time.settings.least_pull
    told = {
        (time.scene.rows[place], vote.day)
        for place, votes in time.scene.told.votes.items()
        for vote in votes
    }
    whole, _ = time.scene.factors.arrays()
    said = set(map(tuple, whole[:, :2].tolist()))
    moved = {
        (time.scene.rows[place], vote.day)
        for place, votes in time.scene.told.votes.items()
        for vote in votes
        if vote.effect == "change"
    }
    wanted = told | said | {(place, day - 1) for place, day in said}
    between = _open_days(time)
    for row in range(len(time.scene.places)):
        for near, pull in zip(around.near[row].tolist(), around.pull[row].tolist(), strict=True):
            days = [day for place, day in told if place == near and pull > least]
            wanted |= {
                (row, day + lag)
                for day in days
                for lag, share in time.settings.lags
                if share and ((near, day) in moved or (row, day + lag) in between)
            }
    first = min(day for _, day in wanted) - 1
    wanted |= {(row, first) for row in range(len(time.scene.places))}
    wanted |= {
        (row, turn)
        for row in range(len(time.scene.places))
        for turn in time.lives.turns
        if turn > first
    }
    assert list(zip(steps.place.tolist(), steps.day.tolist(), strict=True)) == sorted(wanted)


def _open_days(time: ThroughTime) -> set[tuple[int, int]]:
    """Places and days before the first word for a holder, and between two for different ones."""
    whole, nats = time.scene.factors.arrays()
    given: dict[int, dict[int, set[int]]] = {}
    for (place, day, pattern, state), (gained, _) in zip(whole.tolist(), nats, strict=True):
        if pattern == EITHER or (pattern == TODAY and gained > 0.0):
            given.setdefault(place, {}).setdefault(day, set()).add(state)
    long_before = int(whole[:, 1].min()) - 99
    return {
        (place, day)
        for place, own in given.items()
        for (first, one), (last, other) in pairwise([(long_before, {-1}), *sorted(own.items())])
        if len(one | other) > 1
        for day in range(first, last)
    }


def test_a_settled_place_has_no_step_for_news_that_changes_nothing(
    grid: Theater, tmp_path: Path
) -> None:
    near, other, far = grid.places.index[[1, 0, 4]].tolist()
    told = [
        claim(near, "red", "controls", day="2028-01-01"),
        claim(near, "red", "controls", day="2028-03-01"),
        claim(other, "red", "controls", day="2028-02-01"),
        claim(far, "blue", "captured", against="red", day="2028-02-01"),
    ]
    nearest_alone = replace(TimeSettings(), neighbors=1.0)

    def steps(rows: list[Row]) -> tuple[list[int], list[float]]:
        named = [row | {"claim_id": f"n{number}"} for number, row in enumerate(rows)]
        claims = claims_frame(named, grid, tmp_path)
        lattice = through_time(claims, grid, settings=nearest_alone, keep=False).lattice
        own = lattice.place == sorted({near, other, far}).index(near)
        return lattice.day[own].tolist(), lattice.activity[own].tolist()

    heard = int(np.datetime64("2028-02-01").astype(np.int64))
    days, activity = steps(told)
    assert heard not in days
    # what is taken around it that day counts at its next step
    assert [day for day, taken in zip(days, activity, strict=True) if taken > 0.0] == [
        min(day for day in days if day > heard)
    ]
    moved = [*told, claim(other, "blue", "captured", against="red", day="2028-02-01")]
    unsettled = [*told, claim(near, "blue", "controls", day="2028-02-20")]
    for rows in (moved, unsettled, told[1:]):
        assert heard in steps(rows)[0]


def _groups(time: ThroughTime) -> int:
    return len(chains_of(time.scene, time.lattice, time.mentions).groups)


def test_what_a_crowd_says_alike_is_gone_through_once(
    claims_of: ClaimsOf, theater: Theater
) -> None:
    many = [
        claim("oak", "crown", day="2030-03-05", publisher=f"Leaflet {number}")
        | {"claim_id": f"m{number}"}
        for number in range(5)
    ]
    other = claim("oak", "rebels", "captured", day="2030-03-05", publisher="Leaflet 1")
    told = through_time(claims_of([*many, other | {"claim_id": "o"}]), theater).scene.told
    assert len(told.votes["oak"]) == 6
    assert [vote.actor for vote in told.different["oak"]] == ["crown", "rebels"]
    assert len({vote.origin for vote in told.votes["oak"]}) == 5


def test_a_text_of_many_that_may_not_pass_is_found() -> None:
    from syriamap.claims.dataset import _pass

    assert _pass(["Hama", "حماة", "two\r\nlines"])
    assert not _pass(["Hama", "Ha\u202ema"])


def test_rounds_share_the_memory_of_one_sheet(grid: Theater, tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    places = grid.places.index.to_numpy()
    rows = [
        claim(str(rng.choice(places)), str(rng.choice(["red", "blue"])), "captured",
              day=str(np.datetime64("2028-01-01") + int(rng.integers(700))))
        | {"claim_id": f"n{number}"}
        for number in range(900)
    ]  # fmt: skip
    time = through_time(claims_frame(rows, grid, tmp_path), grid, keep=False)
    chains = chains_of(time.scene, time.lattice, time.mentions)
    steps, sides = time.posteriors.chance.shape
    passes_of = sum(one.alive.size * (one.alive.shape[1] + 2) for one in chains.groups)
    tracemalloc.start()
    posteriors_of(chains, time.lattice, time.scene)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5.2 * 8 * (steps * sides + passes_of)  # bytes; all that rounds share is in it
