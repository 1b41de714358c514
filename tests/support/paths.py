"""Where things lie in a checkout, for tests that read files beside the package."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
DATA = TESTS / "data"
GAZETTEER = ROOT / "gazetteer"
SYRIA = GAZETTEER / "syria"
AXE = DATA / "axe-core" / "axe.min.js"
