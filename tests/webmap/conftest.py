"""Pages that several modules look at, each built once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import fake_day, fake_frames, hostile_day, two_days, whole_day

from syriamap.history.atoms import atoms_from_territories
from syriamap.webmap import control_map, series_map


@pytest.fixture(scope="session")
def fake_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the made-up country's day."""
    path = tmp_path_factory.mktemp("fakeland") / "map.html"
    control_map(fake_day()).save(path)
    return path


@pytest.fixture(scope="session")
def plain_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without villages, to click on what lies under them."""
    path = tmp_path_factory.mktemp("plain") / "map.html"
    control_map(fake_day(villages=0)).save(path)
    return path


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page in which every text is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    control_map(hostile_day()).save(path)
    return path


@pytest.fixture(scope="session")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up country's day with what only exports ask of it."""
    path = tmp_path_factory.mktemp("whole") / "map.html"
    control_map(whole_day()).save(path)
    return path


@pytest.fixture(scope="session")
def write_two_days() -> Callable[[Path], Path]:
    """Writes the page of two days and a story into a folder."""

    def written(folder: Path) -> Path:
        days = two_days(fake_frames)
        told = {"red": [days[0], days[0]]}
        frames = [day.territory for day in [*days, *told["red"]]]
        path = folder / "map.html"
        series_map(days, atoms_from_territories(frames, days[0].theater), stories=told).save(path)
        return path

    return written


@pytest.fixture(scope="session")
def two_days_file(
    write_two_days: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Two days on which ground changes hands, and a side's story in which it does not."""
    return write_two_days(tmp_path_factory.mktemp("days"))
