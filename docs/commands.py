"""Write ``commands.md`` from the program itself: ``python docs/commands.py``; a test compares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from syriamap.cli.app import app


def command_reference() -> str:
    """Give the page: a section for each command with its arguments and options."""
    root = typer.main.get_command(app)
    lines = ["# Commands", "", "Written from the program by `docs/commands.py`.", ""]
    for name, command in _commands("syriamap", root):
        lines += [f"## {name}", "", (command.help or "").strip(), ""]
        rows = [_row(one) for one in command.params if one.name != "help"]
        if rows:
            lines += ["| parameter | does |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def _commands(name: str, command: Any) -> list[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if not inner:
        return [(name, command)]
    found: list[tuple[str, Any]] = []
    for word in sorted(inner):
        found += _commands(f"{name} {word}", inner[word])
    return found


def _row(parameter: Any) -> str:
    option = parameter.param_type_name == "option"
    shown = ", ".join(parameter.opts) if option else ""
    value = str(parameter.metavar or parameter.name.upper())
    flag = getattr(parameter, "is_flag", False)
    words = shown if flag else f"{shown} {value}".strip()
    text = (getattr(parameter, "help", "") or "").strip()
    return f"| `{words}` | {text} |".replace("\n", " ")


if __name__ == "__main__":
    (Path(__file__).parent / "commands.md").write_text(command_reference(), encoding="utf-8")
