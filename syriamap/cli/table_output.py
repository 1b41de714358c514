"""
How a command gives a table: one shape of JSON, drawn on a terminal, CSV in a pipe.

In come rows, and what stands beside them. With ``--json`` out goes one object: ``rows``, a list of
objects whose keys are the columns of the CSV, and beside it whatever else there is to say, each
under a name of its own. Days are ISO text, what is not known is null, lists are lists.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from syriamap.cli.options import option
from syriamap.cli.terminal import show_table, shows_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["JsonOption", "file_asked", "give_table", "print_json"]

JsonOption = Annotated[
    bool, option("--json", text="Print JSON: an object with the table as `rows`.")
]
"""Whether a table is printed as JSON."""


def file_asked(output: Path | None, *, as_json: bool) -> Path | None:
    """
    Give the file to write; none where JSON is printed, also where ``-`` is named for it.

    Parameters
    ----------
    output
        What ``-o`` says.
    as_json
        Whether JSON is asked for; a file that is named beside it is an error of usage.
    """
    from syriamap.files import is_stdout

    if not as_json or output is None:
        return output
    if is_stdout(output):
        return None
    raise typer.BadParameter(f"--json prints, -o {output} writes a file: leave one of them out")


def print_json(value: Any) -> None:
    """
    Print one JSON document on one line.

    Parameters
    ----------
    value
        Plain values.
    """
    # NaN would be no JSON: whoever lets one through should hear of it here
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


def give_table(
    rows: Sequence[Mapping[str, Any]],
    *,
    as_json: bool,
    beside: Mapping[str, Any],
    columns: Sequence[str],
    title: str,
    plain: Callable[[], str],
) -> None:
    """
    Print a table as JSON, as a drawn table, or as the text that a program reads.

    Parameters
    ----------
    rows
        Plain values by column (:func:`syriamap.files.plain_rows`).
    as_json
        Whether JSON was asked for.
    beside
        What JSON says beside the rows.
    columns
        Those that a terminal has room for.
    title
        What the table is.
    plain
        Gives the text for a pipe.
    """
    if as_json:
        print_json({**beside, "rows": rows})
    elif shows_tables():
        show_table(columns, rows, title=title)
    else:
        sys.stdout.write(plain())
