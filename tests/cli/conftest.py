"""A command run in this process, and a theater for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import CLAIMS, Result, Run
from theaters import arcadia

from syriamap.cli.app import main


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


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia with its two held places and a strike; not to be written into."""
    return arcadia(tmp_path_factory.mktemp("cli") / "arcadia", claims=CLAIMS)
