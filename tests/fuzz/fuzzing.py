"""
The fuzzer: every reader is handed wrong files until the time is over.

``python tests/fuzz/fuzzing.py --seed 1 --seconds 120`` prints what it found; ``--keep`` puts each
input into ``tests/fuzz/cases``. One seed gives the same files in the same order, on any day, so
``--seed 11 --files 300`` is the same work wherever it is done. A finding is: a fault of syriamap, a traceback, an end without a word, more
than a limit of seconds, a file that was written though the run failed, a file that is not what its
ending says, or a leftover. ``--only NAME`` takes one target, ``--minimize`` is left to the reader.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import io
import json
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "support")]

from mutations import mutated
from targets import Target, targets_in

from syriamap.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CASES", "Finding", "Fuzzer", "fuzz"]

CASES = Path(__file__).parent / "cases"
"""Inputs that were found, each by the name of its target and a part of its digest."""

_LIMIT_SECONDS = 60
"""A run that takes longer is a finding; reading any of the seeds takes a tenth of a second."""

_MADE_EVERY = 15
"""Every so many theaters that pass their check a map, a figure and exports are made of one."""

_DAY = "2030-03-05"


class _SlowError(BaseException):
    """The limit of a run is over; no handler of errors may take it for one of its own."""


@dataclass(frozen=True)
class Finding:
    """
    An input that breaks a promise.

    Attributes
    ----------
    target
        Name of the target.
    data
        The input.
    why
        What happened.
    """

    target: str
    data: bytes
    why: str

    def keep(self) -> Path:
        """Write the input where the tests look for cases."""
        stem = self.target.replace("/", "@")
        path = CASES / f"{hashlib.sha256(self.data).hexdigest()[:8]}-{stem}"
        path.write_bytes(self.data)
        return path


@dataclass
class Fuzzer:
    """
    Targets, and a folder to hand wrong files over in.

    Attributes
    ----------
    folder
        Empty; theaters, inputs and outputs lie in it.
    """

    folder: Path

    def __post_init__(self) -> None:
        self._land, self.targets = targets_in(self.folder / "whole")
        self._by_name = {one.name: one for one in self.targets}
        self._made = 0

    def target(self, name: str) -> Target:
        """Give a target by its name."""
        return self._by_name[name]

    def broken(self, target: Target, data: bytes, *, made: bool = False) -> str:
        """
        Hand an input over; say what promise it breaks, nothing where all are kept.

        Parameters
        ----------
        target, data
            What reads which input.
        made
            Make a map, a figure and exports of a theater that passes its check.
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            root, land = Path(place), self._land
            if target.name.startswith("theater/"):
                land = root / "land"
                shutil.copytree(self._land, land)
                path = land / target.name.removeprefix("theater/")
            else:
                path = root / target.name
            path.write_bytes(data)
            out = root / "out"
            for words in target.words:
                filled = [
                    one.replace("{land}", str(land)).replace("{out}", str(out)) for one in words
                ]
                why = _ran([str(path) if one == "{}" else one for one in filled], root)
                if why:
                    return f"{' '.join(words[:3])}: {why}"
            if target.name.startswith("theater/"):
                self._made += 1
                if made or self._made % _MADE_EVERY == 0:
                    return _all_made(land, root)
        return ""


def _all_made(land: Path, root: Path) -> str:
    """Everything that can be made of a theater, whole and well-formed or not at all."""
    more = ("--theater", str(land))
    for words in (
        ("map", _DAY, "-o", str(root / "m.html")),
        ("export", _DAY, "-o", str(root / "m.kml")),
        ("export", _DAY, "-o", str(root / "m.geojson")),
        ("export", _DAY, "-o", str(root / "m.gpkg")),
        ("figure", _DAY, "-o", str(root / "m.svg")),
        ("control", _DAY, "-o", str(root / "m.csv")),
    ):
        if why := _ran([*words, *more], root):
            return f"{words[0]} {words[-1][-8:]}: {why}"
    return ""


def _ran(words: list[str], root: Path) -> str:
    """Run a command; what promise it breaks."""
    said, printed = io.StringIO(), io.StringIO()
    code = 0
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(printed), _limited():
            main(words)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except _SlowError:
        return f"takes more than {_LIMIT_SECONDS} s"
    except BaseException:
        return traceback.format_exc(limit=-3)
    told = said.getvalue()
    if "this is a fault of syriamap" in told or "Traceback" in told:
        return told[-600:]
    if code not in {0, 1, 2}:
        return f"ends with {code}"
    if code and not (told + printed.getvalue()).strip():
        return "fails without a word"
    if any(ord(one) < 32 and one not in "\n\t\r" for one in told):
        return f"writes control characters into its messages: {told!r}"
    return _left(root, code, words)


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    def over(*_: object) -> None:
        raise _SlowError

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(_LIMIT_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _left(root: Path, code: int, words: list[str]) -> str:
    """What stands on disk after a run, and should not."""
    if parts := [one.name for one in root.rglob(".syriamap-*")]:
        return f"leaves {parts}"
    if "-o" not in words:
        return ""
    out = Path(words[words.index("-o") + 1])
    if code and out.exists():
        return f"fails and writes {out.name}"
    if not code and not out.exists():
        return f"says nothing is wrong and writes no {out.name}"
    try:
        _check_written(out)
    except Exception as error:
        return f"writes {out.name} that cannot be read: {error!r}"
    return ""


def _check_written(out: Path) -> None:
    if not out.is_file():
        return
    kind = out.suffix
    if kind in {".svg", ".kml"}:
        ET.fromstring(out.read_bytes())
    elif kind in {".geojson", ".json"}:
        json.loads(out.read_text("utf-8"), parse_constant=_no_number)
    elif kind == ".jsonl":
        for line in out.read_text("utf-8").split("\n"):
            if line:
                json.loads(line)
    elif kind == ".csv":
        with out.open(encoding="utf-8", newline="") as stream:
            list(csv.reader(stream, strict=True))
    else:
        out.read_bytes()


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def fuzz(
    folder: Path, *, seed: int, seconds: float = inf, files: int = 0, only: str = ""
) -> tuple[Counter[str], list[Finding]]:
    """
    Hand over wrong files for a time, or a number of them.

    Parameters
    ----------
    folder
        Empty.
    seed
        Of all chance: with one seed the same files in the same order.
    seconds
        For how long.
    files
        How many; 0 for as many as the time allows.
    only
        A part of the names of the targets to take.

    Returns
    -------
    counts, findings
        How many files each target was handed, and those that broke a promise, one of each kind.
    """
    fuzzer, chance = Fuzzer(folder), random.Random(seed)  # noqa: S311
    targets = [one for one in fuzzer.targets if only in one.name]
    counts: Counter[str] = Counter()
    found: dict[str, Finding] = {}
    end = time.monotonic() + seconds
    while time.monotonic() < end and (not files or counts.total() < files):
        target = chance.choice(targets)
        data = mutated(target.data, target.kind, chance)
        counts[target.name] += 1
        why = fuzzer.broken(target, data)
        if why:
            kind = f"{target.name}: {why[-160:]}"
            if kind not in found:
                found[kind] = Finding(target.name, data, why)
                sys.__stderr__.write(f"FOUND {target.name}: {why}\n")
    return counts, list(found.values())


def _main() -> int:
    parser = argparse.ArgumentParser(description="Hand wrong files to every reader.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--files", type=int, default=0, help="so many, however long it takes")
    parser.add_argument("--only", default="", help="a part of the names of targets")
    parser.add_argument("--keep", action="store_true", help="keep what is found as cases")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counts, found = fuzz(Path(folder), seed=given.seed, files=given.files,
                             seconds=inf if given.files else given.seconds, only=given.only)  # fmt: skip
    print(
        f"seed {given.seed}: {counts.total()} files, {len(counts)} readers, {len(found)} findings"
    )
    for one in found:
        where = one.keep() if given.keep else ""
        print(f"{one.target} {where}\n{one.why}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(_main())
