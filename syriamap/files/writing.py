"""
Files and folders written whole or not at all, and what killed runs left swept up.

In comes where a result shall stand, out goes a temporary file or folder beside it to fill; when all
went well it takes the place of what was there in one step. A run that is killed leaves its
temporary file: the next one that writes into the same folder knows it by its name and deletes it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["atomic_path", "ending_of", "is_stdout", "whole_folder"]

_STDOUT = "-"

_PART = re.compile(r"\.syriamap-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}(?:\.|-|$)")
"""Name of a temporary file or folder: who writes it (machine, process), a number of its own."""

_ABANDONED_SECONDS = 86_400.0
"""
A temporary file of a process that seems to live is swept after a day: its number was reused. So is
that of another machine, as of a container that shares the folder: its processes are not seen here.
"""

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux's renameat2(2), RENAME_SWAP of macOS's renamex_np(2)."""


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """
    Give a temporary file beside `path` to write, and rename it to `path` when all went well.

    An interrupted run leaves the old file, never half of a new one; a file that is replaced keeps
    its mode. A link is written through; a device, a pipe and standard output (``-``) are written
    into, as there is nothing to keep.

    Raises
    ------
    OSError
        With the name of the target, also when the disk is full.
    """
    if is_stdout(path):
        with _poured_into(path) as temporary:
            yield temporary
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with _named_errors(path):
        if path.exists() and not path.is_file():
            with _poured_into(path) as temporary:
                yield temporary
            return
        path = path.resolve() if path.is_symlink() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _part_beside(path)
        temporary.touch(mode=0o600, exist_ok=False)
        try:
            _sweep(temporary)
            yield temporary
            temporary.chmod(_mode_of(path, 0o666))
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def is_stdout(path: str | Path) -> bool:
    """
    Whether a path means standard output, as it does in most programs: ``-``.

    >>> is_stdout("-"), is_stdout("a-b.csv")
    (True, False)
    """
    return str(path) == _STDOUT


def ending_of(path: str | Path, piped: str) -> str:
    """
    Ending of a path, which says the format, in small letters; standard output has a format given.

    >>> ending_of("Map.PNG", ".geojson"), ending_of("-", ".geojson")
    ('.png', '.geojson')

    Parameters
    ----------
    path
        Where something is written.
    piped
        What standard output stands for.
    """
    return piped if is_stdout(path) else Path(path).suffix.casefold()


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """
    Give a new folder beside `target` to fill, and exchange the two when all went well.

    Where the system can exchange two folders in one step (Linux, macOS), a run killed at any moment
    leaves the old folder or the new one. Elsewhere the old one is set aside for an instant, and the
    next run puts it back.

    Parameters
    ----------
    target
        The folder; it need not be there. It is replaced with all that it holds.
    """
    target = target.resolve() if target.is_symlink() else target
    named = hashlib.sha256(target.name.encode()).hexdigest()[:16]
    aside = target.with_name(f".syriamap-old-{named}")
    with _named_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if aside.exists() and not target.exists():
            aside.rename(target)  # a run was killed between the two renames below
        part = _part_beside(target)
        part.mkdir(mode=0o700)
        try:
            _sweep(part)
            yield part
            part.chmod(_mode_of(target, 0o777))
            if not target.exists():
                part.rename(target)
            elif not _exchanged(part, target):
                target.rename(aside)
                part.rename(target)
        finally:
            if aside.exists() and not target.exists():
                aside.rename(target)
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(aside, ignore_errors=True)


def _part_beside(path: Path) -> Path:
    """
    Name for a temporary file or folder beside a path.

    It does not hold the target's, which may be as long as a name can be.
    """
    mine = f".syriamap-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    return path.with_name(f"{mine}{path.suffix[-12:]}")


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _sweep(mine: Path) -> None:
    """Delete the temporary files and folders of processes that are no more, beside a new one."""
    with contextlib.suppress(OSError), os.scandir(mine.parent) as entries:
        now = mine.stat().st_mtime  # by the clock of the disk, which dates the others too
        left = [
            (Path(entry.path), found)
            for entry in entries
            if (found := _PART.match(entry.name)) is not None and entry.name != mine.name
        ]
        for path, found in left:
            with contextlib.suppress(OSError):
                is_here = found[1] == _machine()
                is_recent = now - path.lstat().st_mtime < _ABANDONED_SECONDS
                if is_recent and (not is_here or _is_alive(int(found[2]))):
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    """Whether a process of a number runs; taken for granted where asking would end it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _mode_of(path: Path, new: int) -> int:
    """Mode of the file that is replaced, or the one that any new file or folder would have."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return new & ~umask


@contextmanager
def _poured_into(path: Path) -> Iterator[Path]:
    """Give a file to write, then pour it into a device or pipe, which cannot be sought."""
    with tempfile.TemporaryDirectory(prefix="syriamap-") as folder:
        temporary = Path(folder) / f"part{path.suffix}"
        temporary.touch()
        yield temporary
        with temporary.open("rb") as source, _opened(path) as sink:
            shutil.copyfileobj(source, sink)
            sink.flush()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if is_stdout(path):
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    with path.open("wb") as sink:
        yield sink


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    """Put the name of the target on errors that have none, as "no space left" has not."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:
            error.filename = str(path)
        raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; false where the system cannot."""
    here, there = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(here, there, _EXCHANGE) == 0)
        if sys.platform.startswith("linux"):
            current = -100  # AT_FDCWD
            done = ctypes.CDLL(None).renameat2(current, here, current, there, _EXCHANGE)
            return bool(done == 0)
    except (AttributeError, OSError):  # a C library without the call
        pass
    return False
