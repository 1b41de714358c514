"""Under what conditions something was measured, and the report that says so."""

from __future__ import annotations

import json
import platform
import subprocess
from datetime import date
from pathlib import Path
from typing import Any


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
