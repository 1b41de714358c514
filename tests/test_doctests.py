"""Every example in a docstring gives what it says."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import syriamap

ROOT = Path(syriamap.__file__).parent
MODULES = sorted(
    ".".join(("syriamap", *file.relative_to(ROOT).with_suffix("").parts))
    for file in ROOT.rglob("*.py")
    if file.name != "__init__.py"
)


@pytest.mark.parametrize("module", ["syriamap", *MODULES])
def test_examples(module: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(module))
    assert failed == 0
