"""
Run the notebooks and keep small outputs in them, so that they read well where they are shown.

Run ``python notebooks/outputs.py [NAME…]``. Tables are kept as they are shown, cut to twenty rows;
of a map its picture is kept, not the page.
"""

from __future__ import annotations

import ast
import base64
import io
import json
import os
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

import pandas as pd

from syriamap.figure import FigureOptions, draw_figure
from syriamap.pipeline import Build

FOLDER = Path(__file__).parent
_MOST_ROWS = 20


def run_all(names: list[str]) -> None:
    """Run notebooks, all when none is named, and write each with its outputs."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        if not names or path.stem in names:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            with tempfile.TemporaryDirectory() as folder, chdir(folder):
                keep_outputs(notebook)
            text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: {len(text) / 1e3:.0f} kB")


def keep_outputs(notebook: dict[str, Any]) -> None:
    """Run the cells of a notebook one after the other; each gets its outputs."""
    names: dict[str, Any] = {}
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            cell["outputs"] = outputs_of("".join(cell["source"]), names, count)


def outputs_of(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """Run a cell; gives what it prints, and what its last line is."""
    tree = ast.parse(source)
    last = None
    if isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
    printed = io.StringIO()
    with redirect_stdout(printed), pd.option_context("display.max_rows", _MOST_ROWS):
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102  (our own notebooks)
        value = eval(compile(last, "cell", "eval"), names) if last else None  # noqa: S307
        data = shown(value) if value is not None else {}
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        outputs.append({"name": "stdout", "output_type": "stream", "text": text})
    if data:
        kept = {"data": data, "execution_count": count, "metadata": {}}
        outputs.append({**kept, "output_type": "execute_result"})
    return outputs


def shown(value: Any) -> dict[str, Any]:
    """Give what a notebook shows of a value, a picture in place of a page."""
    data: dict[str, Any] = {"text/plain": repr(value).splitlines(keepends=True)}
    if isinstance(value, Build):
        value = draw_figure(value, options=FigureOptions())
    if hasattr(value, "_repr_png_"):
        data["image/png"] = base64.b64encode(value._repr_png_()).decode()
        data["text/plain"] = [f"<{type(value).__name__}>"]
    elif isinstance(value, pd.DataFrame):
        data["text/html"] = value.to_html(max_rows=_MOST_ROWS, notebook=True).splitlines(
            keepends=True
        )
    return data


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    run_all(sys.argv[1:])
