"""Every notebook runs from top to bottom, without a kernel: its cells are plain Python."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from paths import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for source in sources:
        exec(compile(source, str(path), "exec"), names)  # noqa: S102  (our own notebooks)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_reads_well_where_it_is_shown(path: Path) -> None:
    """Every value that a cell ends with is kept: tables, and pictures of maps; nothing runs."""
    text = path.read_text(encoding="utf-8")
    assert len(text) < 400_000, "run: python notebooks/outputs.py"
    assert not [word for word in ("<iframe", "<script", "PosixPath", "Traceback") if word in text]
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        source = "".join(cell["source"]).rstrip()
        ends = ast.parse(source).body[-1]
        if isinstance(ends, ast.Expr) and not source.endswith(";"):
            assert cell["outputs"], f"run: python notebooks/outputs.py ({source[:40]})"
    kinds = {kind for cell in cells for one in cell["outputs"] for kind in one.get("data", {})}
    assert kinds <= {"text/plain", "text/html", "image/png"}
    if "map" in path.stem or "war" in path.stem or "hama" in path.stem:
        assert "image/png" in kinds
