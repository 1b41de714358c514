"""What a command takes, under what conditions it was measured, and the report that says so."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Taken(NamedTuple):
    """
    What a command took.

    Attributes
    ----------
    wall, user, system
        Seconds: by the clock, and those of the processor.
    peak
        The most memory that it held, MB.
    """

    wall: float
    user: float
    system: float
    peak: float


def taken_by(command: Sequence[str], environment: Mapping[str, str]) -> Taken:
    """Run a command as a process of its own; ends this program where it fails, and says why."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            why = told.read()[-400:].decode(errors="replace")
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}. {why}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Taken(wall, used.ru_utime, used.ru_stime, used.ru_maxrss / unit)


def conditions() -> dict[str, Any]:
    """Date, commit of the code, machine and Python."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return {
        "date": date.today().isoformat(),
        "commit": commit or "unknown",
        "machine": platform.machine(),
        "python": platform.python_version(),
    }


def write_report(path: Path | None, figures: dict[str, Any]) -> None:
    """Figures with their conditions, as JSON; nothing without a path."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**conditions(), **figures}, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
