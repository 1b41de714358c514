"""The fuzzer itself, a breath of it, and every input that it has found."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from fuzzing import CASES, Fuzzer, fuzz
from mutations import mutated
from targets import THEATER_FILES

FOUND = sorted(one for one in CASES.iterdir() if not one.name.startswith("."))


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    return Fuzzer(tmp_path_factory.mktemp("fuzz"))


def test_each_file_is_read_before_it_is_made_wrong(fuzzer: Fuzzer) -> None:
    """A seed that no reader takes would find nothing; `resolve` alone says that it is not sure."""
    for name in (
        "claims.csv",
        "claims.xlsx",
        "areas.kml",
        "areas.geojson",
        "shapes.zip",
        "towns.txt",
    ):
        target = fuzzer.target(name)
        assert fuzzer.broken(target, target.data) == "", name


def test_every_file_of_a_theater_is_a_target(fuzzer: Fuzzer) -> None:
    names = {one.name for one in fuzzer.targets}
    assert {f"theater/{one}" for one in THEATER_FILES} <= names


def test_the_same_chance_gives_the_same_bytes(fuzzer: Fuzzer) -> None:
    for target in fuzzer.targets[:8]:
        first, second = (mutated(target.data, target.kind, random.Random(7)) for _ in range(2))  # noqa: S311
        assert first == second


@pytest.mark.parametrize("path", FOUND, ids=[one.name for one in FOUND])
def test_what_was_found_is_mended(fuzzer: Fuzzer, path: Path) -> None:
    target = fuzzer.target(path.name.split("-", 1)[1].replace("@", "/"))
    assert fuzzer.broken(target, path.read_bytes()) == ""


def test_a_fault_is_found(fuzzer: Fuzzer, monkeypatch: pytest.MonkeyPatch) -> None:
    from syriamap.claims import rows

    def fault(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(rows.RowChecker, "said", fault)
    target = fuzzer.target("claims.csv")
    assert "fault of syriamap" in fuzzer.broken(target, target.data)


def test_a_breath(tmp_path: Path) -> None:
    """Three seconds here, two minutes in CI; longer: ``python tests/fuzz/fuzzing.py``."""
    counts, found = fuzz(tmp_path, seed=0, seconds=3)
    assert counts.total() > 0
    assert [f"{one.target}: {one.why}" for one in found] == []
