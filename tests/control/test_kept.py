"""Solved chains are read again, to the byte, and only for the same evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from theaters import Row, claim

from syriamap.claims.question import Question
from syriamap.control.claimed import time_of_question
from syriamap.control.timeline import kept
from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.kept import posteriors_key
from syriamap.control.timeline.series import through_time, without_claims
from syriamap.theater.folder import Theater

ClaimsOf = Callable[[list[Row]], pd.DataFrame]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that keeps the smallest war."""
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path))
    monkeypatch.setattr(kept, "LIMITS", replace(LIMITS, worth_keeping=0))
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


def _asked(theater: Theater, claims: pd.DataFrame, digest: str = "files") -> ThroughTime:
    return time_of_question(Question(theater, claims, source=(digest, theater, claims)))


def test_a_known_question_is_read_and_not_inferred(
    folder: Path, theater: Theater, claims_of: ClaimsOf
) -> None:
    claims = claims_of(war())
    made, read = _asked(theater, claims), _asked(theater, claims)
    assert made.posteriors.coupling is not None
    assert read.posteriors.coupling is None
    assert read.votes == made.votes
    assert read.scene.told == made.scene.told
    assert read.leader.tolist() == made.leader.tolist()
    assert read.joint == made.joint
    assert (read.leader == made.leader).all()
    for day in pd.date_range("2030-02-27", "2030-03-09"):
        frames = [frame_of_day(one, day.date()) for one in (made, read)]
        pd.testing.assert_frame_equal(*frames)
    without = [frame_of_day(without_claims(one, {"oak": "n2"}), day.date()) for one in (made, read)]
    pd.testing.assert_frame_equal(*without)
    assert len(list(folder.glob("time-*.npz"))) == 1


@pytest.mark.parametrize("name", ["time", "control"])
def test_what_is_lost_of_a_question_is_inferred_again(
    name: str, folder: Path, theater: Theater, claims_of: ClaimsOf
) -> None:
    claims = claims_of(war())
    _asked(theater, claims)
    (file,) = folder.glob(f"{name}-*.npz")
    file.write_bytes(file.read_bytes()[:200])
    again = _asked(theater, claims)
    assert (again.posteriors.coupling is None) == (name == "time")
    assert _asked(theater, claims).votes == again.votes


def test_other_files_and_cut_offs_are_other_questions(
    folder: Path, theater: Theater, claims_of: ClaimsOf
) -> None:
    claims = claims_of(war())
    _asked(theater, claims)
    _asked(theater, claims, "other files")
    known_by = pd.Timestamp("2030-03-02").date()
    time_of_question(Question(theater, claims, known_by, source=("files", theater, claims)))
    assert len(list(folder.glob("time-*.npz"))) == 3


def test_a_day_read_after_another_is_as_if_it_were_read_alone(
    theater: Theater, claims_of: ClaimsOf
) -> None:
    days = [day.date() for day in pd.date_range("2030-02-26", "2030-03-12")]
    through = through_time(claims_of(war()), theater)
    for day in [*days, *days[::-3], pd.Timestamp("2031-01-01").date()]:
        alone = frame_of_day(through_time(claims_of(war()), theater), day)
        pd.testing.assert_frame_equal(frame_of_day(through, day), alone)
