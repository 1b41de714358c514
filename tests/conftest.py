"""No test reaches the network, the user's cache, or another test's theater."""

from __future__ import annotations

import gc
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import Result, Run
from hypothesis import HealthCheck, settings
from theaters import Row, claims_frame, read_arcadia, village_grid

from syriamap import cache
from syriamap.cli.app import main
from syriamap.pipeline.build import Build, Series, build, series
from syriamap.theater.folder import Theater, read_theater

pytest_plugins = ["browser"]

settings.register_profile(
    "syriamap",
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
    database=None,
)
settings.register_profile(  # by hand: pytest --hypothesis-profile=thorough
    "thorough", settings.get_profile("syriamap"), max_examples=500, derandomize=False
)
settings.load_profile("syriamap")

_MOST_WORKERS = 4
"""Each takes half a gigabyte and a browser."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run folders side by side, on as many cores as there are, and single files in this process."""
    single = config.args and all(".py" in argument for argument in config.args)
    return 0 if single else min(os.cpu_count() or 1, _MOST_WORKERS)


_LONGEST = (
    "webmap/test_through_time.py", "figure/test_film.py", "test_notebooks.py",
    "gazetteer/test_syria_map.py", "webmap/test_page_stories.py", "webmap/test_pages.py",
    "webmap/test_page_language.py", "gazetteer/test_checks.py", "gazetteer/test_gazetteer_data.py",
    "figure/test_figure.py", "test_recipes.py", "laws/test_control_laws.py",
)  # fmt: skip
"""
Files that take longest, as ``--durations=100`` tells: begun last, one would keep a worker alone. The
second asks nothing of Syria, whose war is solved for the first meanwhile.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; without them any order will do."""
    folder = Path(__file__).parent
    turn = {folder / name: number for number, name in enumerate(_LONGEST)}
    assert all(path.is_file() for path in turn), "a file that takes long has another name"
    items.sort(key=lambda item: turn.get(item.path, len(turn)))


def pytest_collection_finish() -> None:
    """Spare the garbage collector thousands of tests and modules, and calls while frames are made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was worked out for all workers, a gigabyte, goes with the last of them."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        base = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        shutil.rmtree(base / "cache", ignore_errors=True)


_LOOPBACK = {"127.0.0.1", "::1", "localhost", "", None}


def _is_local(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True  # a unix socket or a pair: playwright and asyncio talk to themselves
    return isinstance(address, tuple) and address[0] in _LOOPBACK


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection and look-up that leaves this machine."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, original: Any = original) -> Any:
            if not _is_local(self.family, address):
                raise AssertionError(f"a test reaches for the network: {address}")
            return original(self, address)

        patch.setattr(socket.socket, name, guarded)
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host not in _LOOPBACK:
            raise AssertionError(f"a test looks up a name on the network: {host}")
        return look_up(host, *rest, **more)

    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """
    Keep what is worked out in one folder for all workers, out of the user's cache.

    Subprocesses keep it there too. Nothing in it makes room for another: hundreds of small theaters
    would have the maps of Syria worked out again and again.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    patch = pytest.MonkeyPatch()
    patch.setenv("SYRIAMAP_CACHE", str(folder))
    for name in ("THEATER", "CLAIMS", "ONLY_CLAIMS", "BORDER", "LANG"):  # nor the user's defaults
        patch.delenv(f"SYRIAMAP_{name}", raising=False)
    forget = cache._forget_old

    def forget_elsewhere(path: Path, most: int) -> None:
        forget(path, most if path.parent != folder else 20 * most)

    patch.setattr(cache, "_forget_old", forget_elsewhere)
    yield folder
    patch.undo()


@pytest.fixture(scope="session")
def arcadia_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia on disk; not to be written into."""
    folder = tmp_path_factory.mktemp("theaters") / "arcadia"
    read_arcadia(folder)
    return folder


@pytest.fixture(scope="session")
def theater(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Arcadia, read."""
    return read_arcadia(tmp_path_factory.mktemp("theaters") / "arcadia")


@pytest.fixture(scope="session")
def claims_of(
    theater: Theater, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[list[Row]], pd.DataFrame]:
    """Claims of Arcadia from rows, read through a file as a user's would be."""
    folder = tmp_path_factory.mktemp("claims")
    return lambda rows: claims_frame(rows, theater, folder)


@pytest.fixture(scope="session")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Eight by eight villages, 7 km apart."""
    folder = tmp_path_factory.mktemp("theaters") / "grid"
    return read_theater(village_grid(folder, 8, corner=(46.2, 14.2), apart=(0.07, 0.09)))


@pytest.fixture(scope="session")
def wide_grid(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Ten by ten villages, 6 km apart."""
    folder = tmp_path_factory.mktemp("theaters") / "grid"
    return read_theater(village_grid(folder, 10, corner=(46.1, 14.1), apart=(0.06, 0.08)))


@pytest.fixture(scope="session")
def sixth() -> Build:
    """The map of Syria on 6 December 2024."""
    return build("2024-12-06")


@pytest.fixture(scope="session")
def page_of_the_sixth(sixth: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    path = tmp_path_factory.mktemp("syria") / "map.html"
    sixth.webmap().save(path)
    return path


@pytest.fixture(scope="session")
def advance() -> Series:
    """The maps of Syria from 28 November to 1 December 2024, when Aleppo fell."""
    return series("2024-12-01", since="2024-11-28")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs a command with its words."""

    def runner(*words: object) -> Result:
        code = 0
        try:
            main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Result(code, *capsys.readouterr())

    return runner
