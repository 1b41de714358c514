"""The site: built with warnings as errors; the command reference is the program's own."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md"))


def reference() -> str:
    spec = importlib.util.spec_from_file_location("commands", ROOT / "docs" / "commands.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text: str = module.command_reference()
    return text


def test_the_command_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python docs/commands.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_on_a_page_exist(page: Path) -> None:
    """Every `syriamap …` line of a page names a command and options that there are."""
    sections = re.split(r"^## ", reference(), flags=re.MULTILINE)[1:]
    known = {one.split("\n", 1)[0]: one for one in sections}
    for block in re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
        for line in block.splitlines():
            if not line.startswith("syriamap "):
                continue
            words = line.split()
            name = next((n for n in (" ".join(words[:3]), " ".join(words[:2])) if n in known), "")
            assert name, f"{page.name}: {line}"
            for option in re.findall(r"(?<= )--[a-z0-9-]+", line):
                assert option in known[name], f"{page.name}: {line}"


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("material")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--strict", "--quiet",
               "--site-dir", str(tmp_path / "site")]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "fonts.googleapis.com" not in index
