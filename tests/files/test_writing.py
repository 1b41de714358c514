"""Files and folders written whole or not at all, whatever ends the run."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import syriamap.files.writing as writing
from syriamap.files import atomic_path, whole_folder


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "file.txt"
    with atomic_path(target) as temporary:
        temporary.write_text("half", encoding="utf-8")
        assert temporary.parent == target.parent
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "half"
    assert [path.name for path in target.parent.iterdir()] == ["file.txt"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_interrupted_run_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "file.txt"
    target.write_text("old", encoding="utf-8")

    def write_half() -> None:
        with atomic_path(target) as temporary:
            temporary.write_text("half of the n", encoding="utf-8")
            raise error

    with pytest.raises(error):
        write_half()
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_a_written_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    with atomic_path(tmp_path / "written") as temporary:
        temporary.write_text("x", encoding="utf-8")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_folder_as_target_is_named(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    with pytest.raises(OSError) as caught, atomic_path(target) as temporary:
        temporary.write_text("x", encoding="utf-8")
    assert str(caught.value.filename) == str(target)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    with atomic_path(link) as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"


def test_a_pipe_is_written_into_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with atomic_path(pipe) as temporary:
            temporary.write_text("through", encoding="utf-8")
        assert os.read(reader, 100) == b"through"
        assert stat.S_ISFIFO(pipe.stat().st_mode)
    finally:
        os.close(reader)


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "private.csv"
    target.touch()
    target.chmod(0o600)
    with atomic_path(target) as temporary:
        temporary.write_text("new", encoding="utf-8")
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    with whole_folder(folder) as part:
        (part / "x").touch()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_name_may_be_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    target = tmp_path / ("n" * (longest - 5) + ".html")
    with atomic_path(target) as temporary:
        temporary.write_text("x", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "x"
    folder = tmp_path / ("d" * longest)
    for _ in range(2):
        with whole_folder(folder) as part:
            (part / "x").touch()
    assert [one.name for one in folder.iterdir()] == ["x"]


def test_a_full_disk_is_told_with_the_name_of_the_target(tmp_path: Path) -> None:
    target = tmp_path / "big.gpkg"
    with pytest.raises(OSError) as caught, atomic_path(target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(target))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_is_full_is_told(tmp_path: Path) -> None:
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(OSError) as caught, atomic_path(link) as temporary:
        temporary.write_text("x" * 10_000, encoding="utf-8")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(link))


REPORT = hashlib.sha256(b"report").hexdigest()[:16]


# --- folders ------------------------------------------------------------------------------------


def filled(folder: Path, text: str) -> None:
    with whole_folder(folder) as part:
        for number in range(5):
            (part / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_is_replaced_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(writing, "_exchanged", lambda *_: False)
    target = tmp_path / "new" / "report"
    for text in ("old", "new"):
        filled(target, text)
        assert {one.read_text("utf-8") for one in target.iterdir()} == {text}
        assert [one.name for one in target.parent.iterdir()] == ["report"]

    def fail() -> None:
        with whole_folder(target) as part:
            (part / "0.txt").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert {one.read_text("utf-8") for one in target.iterdir()} == {"new"}
    assert [one.name for one in target.parent.iterdir()] == ["report"]


def test_what_was_set_aside_by_a_killed_run_is_put_back(tmp_path: Path) -> None:
    target, aside = tmp_path / "report", tmp_path / f".syriamap-old-{REPORT}"
    aside.mkdir()
    (aside / "kept.txt").touch()

    def fail() -> None:
        with whole_folder(target):
            assert (target / "kept.txt").exists()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


# --- killed runs --------------------------------------------------------------------------------

WRITES = """
import sys
from pathlib import Path
from syriamap.files import atomic_path, whole_folder

folder, number = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    text = f"{number:06d}" * 20_000
    with atomic_path(folder / "file.txt") as part, part.open("w") as stream:
        for start in range(0, len(text), 1000):
            stream.write(text[start : start + 1000])
    with whole_folder(folder / "report") as part:
        for name in "abc":
            (part / name).write_text(text)
"""


def left_whole(folder: Path) -> None:
    """What stands there is whole: one text, repeated to its end, the same in all files of a folder."""
    texts = [one.read_text("utf-8") for one in folder.glob("file.txt")]
    reports = [one.read_text("utf-8") for one in sorted(folder.glob("report/*"))]
    assert len(reports) in {0, 3}
    assert len(set(reports)) <= 1
    for text in texts + reports:
        assert text == text[:6] * 20_000


def test_no_kill_leaves_half_of_anything_nor_litter_after_the_next_run(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITES, str(tmp_path)], stdout=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.05))
            running.send_signal(signal.SIGKILL)
        left_whole(tmp_path)
    filled(tmp_path / "report", "x" * 9)
    assert {one.name for one in tmp_path.iterdir()} <= {"file.txt", "report"}


def test_files_of_a_run_that_still_writes_are_left_alone(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "one") as first:
        first.write_text("first", encoding="utf-8")
        with atomic_path(tmp_path / "two") as second:
            second.write_text("second", encoding="utf-8")
    other = tmp_path / ".syriamap-0badcafe-1-00000000.txt"  # another machine's, of today
    mine = tmp_path / ".syriamap.notes"
    for one in (other, mine):
        one.touch()
    with atomic_path(tmp_path / "one") as first:
        first.write_text("again", encoding="utf-8")
    assert {one.name for one in tmp_path.iterdir()} == {"one", "two", other.name, mine.name}
    os.utime(other, (0, 0))
    with atomic_path(tmp_path / "one") as first:
        first.write_text("again", encoding="utf-8")
    assert not other.exists()
