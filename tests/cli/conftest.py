"""A theater for commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import CLAIMS
from theaters import arcadia


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia with its two held places and a strike; not to be written into."""
    return arcadia(tmp_path_factory.mktemp("cli") / "arcadia", claims=CLAIMS)
