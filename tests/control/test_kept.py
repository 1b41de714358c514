"""Solved chains are read again, to the byte, and only for the same evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from theaters import Row, claim

from syriamap.control.timeline import kept
from syriamap.control.timeline.day_states import ThroughTime
from syriamap.control.timeline.kept import posteriors_key
from syriamap.control.timeline.series import through_time, without_claims
from syriamap.theater.folder import Theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that keeps the smallest war."""
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path))
    monkeypatch.setattr(kept, "_WORTH_KEEPING", 0)
    return tmp_path


def war(day: str = "2030-03-05") -> list[Row]:
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01", publisher="Wire"),
        claim("elm", "rebels", "captured", day=day, publisher="Wire", against="crown"),
        claim("oak", "rebels", "captured", day=day, publisher="Agency"),
    ]
    return [row | {"claim_id": f"n{number}"} for number, row in enumerate(rows)]


def test_read_is_what_was_solved(folder: Path, theater: Theater, claims_of: ClaimsOf) -> None:
    solved, read = (through_time(claims_of(war()), theater) for _ in range(2))
    assert solved.posteriors.coupling is not None
    assert read.posteriors.coupling is None
    assert (read.posteriors.chance == solved.posteriors.chance).all()
    assert (read.posteriors.heard == solved.posteriors.heard).all()
    assert len(list(folder.glob("control-*.npz"))) == 1


def test_other_evidence_is_solved_anew(folder: Path, theater: Theater, claims_of: ClaimsOf) -> None:
    first = through_time(claims_of(war()), theater)
    other = through_time(claims_of(war("2030-03-06")), theater)
    assert other.posteriors.coupling is not None
    assert _key(first) != _key(other)
    assert _key(first) == _key(through_time(claims_of(war()), theater))


def test_the_key_holds_settings_and_neighbors(theater: Theater, claims_of: ClaimsOf) -> None:
    time = through_time(claims_of(war()), theater)
    scene = time.scene
    knobs = replace(scene, settings=replace(scene.settings, quiet_rate=1e-3))
    nearer = replace(scene, around=replace(scene.around, pull=scene.around.pull * 2.0))
    keys = {posteriors_key(one, time.lattice, time.mentions) for one in (scene, knobs, nearer)}
    assert len(keys) == 3


def test_a_broken_file_is_solved_anew(folder: Path, theater: Theater, claims_of: ClaimsOf) -> None:
    through_time(claims_of(war()), theater)
    (file,) = folder.glob("control-*.npz")
    file.write_bytes(file.read_bytes()[:200])
    assert through_time(claims_of(war()), theater).posteriors.coupling is not None
    assert through_time(claims_of(war()), theater).posteriors.coupling is None


def test_claims_are_left_out_alike_of_what_was_read(
    folder: Path, theater: Theater, claims_of: ClaimsOf
) -> None:
    solved, read = (through_time(claims_of(war()), theater) for _ in range(2))
    made = [without_claims(time, {"oak": "n2"}).posteriors.chance for time in (solved, read)]
    assert (made[0] == made[1]).all()
    assert not np.array_equal(made[0], solved.posteriors.chance)


def _key(time: ThroughTime) -> str:
    return posteriors_key(time.scene, time.lattice, time.mentions)
