"""Shared work gives what one job gives, to the byte, and ends as it should."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from crews import at_home, ended, refused, shifted, warned
from theaters import arcadia, claim

from syriamap.cli.app import main
from syriamap.errors import ControlError, JobsError
from syriamap.evaluate.hidden import evaluate_hidden
from syriamap.evaluate.truth import known_from_control
from syriamap.explain.explanation import claim_effects
from syriamap.extraction.reading.intake import read_sources
from syriamap.files import SyriamapWarning
from syriamap.jobs import Crew, _meeting_cuts, cores
from syriamap.pipeline.asking import ask
from syriamap.pipeline.build import control_on, history, series
from syriamap.theater.folder import read_theater

DAYS = [
    claim("oak", "crown", "controls", day="2030-03-01"),
    claim("pine", "rebels", "controls", day="2030-03-02"),
    claim("oak", "rebels", "captured", day="2030-03-04"),
    claim("elm", "crown", "controls", day="2030-03-05"),
]
TWO = Crew(2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return arcadia(tmp_path / "arcadia", claims=DAYS)


def page_of(folder: Path, path: Path, crew: Crew) -> bytes:
    # a theater that was read has no digest: nothing of its days is kept
    theater = read_theater(folder)
    made = series("2030-03-06", since="2030-03-01", theater=theater, crew=crew)
    made.save_page(path)
    return path.read_bytes()


# --- jobs ---------------------------------------------------------------------------------------


def test_results_come_in_order_and_the_bar_moves_on() -> None:
    seen: list[int] = []

    def bar(items: Any) -> Iterator[int]:
        for one in items:
            seen.append(one)
            yield one

    assert TWO.each(shifted, 100, range(11), progress=bar) == list(range(100, 111))
    assert seen == list(range(11))
    assert TWO.each(shifted, 1, []) == []


@pytest.mark.parametrize("workers", [2, 3, 8])
@pytest.mark.parametrize("total", [0, 1, 2, 13, 187])
def test_blocks_are_small_where_the_workers_meet(total: int, workers: int) -> None:
    cuts = _meeting_cuts(total, workers)
    assert cuts[0] == 0
    assert cuts[-1] == total
    sizes = [end - start for start, end in itertools.pairwise(cuts)]
    assert min(sizes, default=1) >= 1
    assert max(sizes, default=0) <= max(total // (workers * 8), 1)
    others = int(total * (workers - 1) / workers)  # all but one come from the start
    there = next((size for end, size in zip(cuts[1:], sizes, strict=True) if end > others), 0)
    assert there <= max(1, total // 50)


@pytest.mark.parametrize("crew", [Crew(1), TWO])
def test_what_comes_first_is_done_once_by_who_asks(crew: Crew) -> None:
    done: list[int] = []
    made = crew.each(shifted, 1, range(5), first=lambda: done.append(os.getpid()))
    assert made == list(range(1, 6))
    assert done == [os.getpid()]


def test_who_asks_is_one_of_the_crew(tmp_path: Path) -> None:
    doers = TWO.each(at_home, tmp_path, range(16))
    assert len(set(doers)) == 2
    assert doers[-1] == os.getpid() != doers[0]


def test_little_work_is_done_by_whoever_asks() -> None:
    assert Crew().workers(1_000, 1e6) == 1
    assert Crew(0).workers(10, 100.0) == 1
    assert Crew(0).workers(1_000, 1e6) == cores()
    assert Crew(3).workers(2, 1.0) == 2
    assert Crew(scheduler="tcp://127.0.0.1:1").workers(1, 0.0) > 1


def test_the_same_page_and_history_from_one_job_and_from_two(folder: Path, tmp_path: Path) -> None:
    one, two = (page_of(folder, tmp_path / "page.html", crew) for crew in (Crew(1), TWO))
    assert one == two
    theater = read_theater(folder)
    rows = [
        history("2030-03-01", "2030-03-06", theater=theater, crew=c).rows for c in (Crew(), TWO)
    ]
    assert rows[0].equals(rows[1])


def test_the_same_effects_and_scores_from_one_job_and_from_two(folder: Path) -> None:
    question, day = ask(theater=read_theater(folder)), date(2030, 3, 6)
    effects = [claim_effects(question, day, crew=crew) for crew in (Crew(1), TWO)]
    assert len(effects[0]) == 3
    pd.testing.assert_frame_equal(*effects, check_exact=True)
    known = known_from_control(control_on(day, question), question.theater)
    scores = [
        evaluate_hidden(known, question.theater, [0.4], seeds=3, crew=crew)
        for crew in (Crew(1), TWO)
    ]
    assert len(scores[0]) == 3
    pd.testing.assert_frame_equal(*scores, check_exact=True)


def test_the_same_drafts_from_one_job_and_from_two(folder: Path, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"The rebels captured Oak on {number + 1} March 2030.\n", "utf-8")
    theater = read_theater(folder)
    one, two = (
        read_sources(map(str, files), theater, date(2030, 3, 5), "Paper", crew=crew)
        for crew in (Crew(1), TWO)
    )
    assert [source.file for source in one] == [str(file) for file in files]
    assert one == two


def test_what_is_told_and_refused_there_is_told_and_refused_here() -> None:
    with pytest.warns(SyriamapWarning, match="odd 1"):
        assert TWO.each(warned, "odd", [1]) == [1]
    with pytest.raises(ControlError, match="here: 3 will not do"):
        TWO.each(refused, "here", range(8))


def test_a_job_that_ends_early_is_told(tmp_path: Path) -> None:
    with pytest.raises(JobsError, match="fewer --jobs would do"):
        TWO.each(ended, tmp_path / "gone", range(8))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interruption_ends_all_jobs(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    code = (
        # who starts the tests in the background may have told all below to ignore an interruption
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pathlib import Path\nfrom crews import slow\nfrom syriamap.jobs import Crew\n"
        f"Crew(2).each(slow, Path({str(begun)!r}), range(4))"
    )
    paths = os.pathsep.join(
        [str(Path(__file__).parent / "support"), str(Path(__file__).parents[1])]
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    while not begun.exists():
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(120) != 0  # a job takes five times as long
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("jobs are left")


def test_the_command_line_takes_one_of_both(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["map", "2030-03-06", "--since", "2030-03-01", "--theater", str(folder)]
    pages = []
    for number in ("1", "2"):
        path = tmp_path / f"{number}.html"
        with pytest.raises(SystemExit) as stopped:
            main([*words, "--jobs", number, "-o", str(path)])
        assert stopped.value.code == 0
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"])
    assert stopped.value.code == 2
    assert "give one" in capsys.readouterr().err


# --- a cluster ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Two worker processes on loopback."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bytes(scheduler: str, folder: Path, tmp_path: Path) -> None:
    one, two = (
        page_of(folder, tmp_path / "page.html", crew)
        for crew in (Crew(1), Crew(scheduler=scheduler))
    )
    assert one == two


@pytest.mark.filterwarnings("ignore")
def test_nothing_is_lost_with_a_worker(scheduler: str, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert Crew(scheduler=scheduler).each(ended, gone, range(32)) == list(range(32))
    assert gone.exists()  # one was killed in the middle


@pytest.mark.filterwarnings("ignore")
def test_what_is_refused_on_a_cluster_is_refused_here(scheduler: str) -> None:
    with pytest.raises(ControlError, match="3 will not do"):
        Crew(scheduler=scheduler).each(refused, "there", range(8))


@pytest.mark.filterwarnings("ignore")
def test_where_no_cluster_is(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("syriamap.jobs._WAIT", "1s")
    with pytest.raises(JobsError, match="no Dask scheduler answers there"):
        Crew(scheduler="tcp://127.0.0.1:9").each(shifted, 1, range(3))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(JobsError, match=r"syriamap\[dask\]"):
        Crew(scheduler="tcp://127.0.0.1:9").each(shifted, 1, range(3))
