"""
The command line: parse, call, print.

Results go to stdout or to ``-o``, messages to stderr. Errors are one line and exit code 1, usage
errors exit code 2; ``--debug`` shows the traceback.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.claim_commands import (
    claims_check_command,
    claims_diff_command,
    claims_export_command,
    claims_import_command,
    claims_stats_command,
)
from syriamap.cli.figure_command import figure_command
from syriamap.cli.film_command import animate_command
from syriamap.cli.history_command import history_command
from syriamap.cli.map_commands import (
    changes_command,
    control_command,
    embed_command,
    export_command,
    map_command,
    report_command,
)
from syriamap.cli.name_commands import resolve_command
from syriamap.cli.options import Program
from syriamap.cli.preferences import defaults_of, preferences_in
from syriamap.cli.question_commands import evaluate_command, explain_command
from syriamap.cli.serve_command import serve_command
from syriamap.cli.terminal import safe_streams
from syriamap.cli.text_commands import extract_command
from syriamap.cli.theater_commands import theater_check_command, theater_new_command
from syriamap.errors import ClaimsError, SyriamapError
from syriamap.files.collecting import collect_seldom, keep_memory

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["app", "main"]

_PACKAGE = Path(__file__).resolve().parents[1]
_LONGEST_SAID = 300
"""Characters of a foreign message that are shown; whoever wants all of it asks for ``--debug``."""

app = Program(
    name="syriamap",
    help="From dated, sourced claims to a front-line map that shows who holds what, and why.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
"""The commands; :func:`main` runs them and turns errors into one line."""

_claims = Program(
    help="Check, import and count claims.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(_claims, name="claims")
for _command in (
    extract_command,
    explain_command,
    evaluate_command,
    map_command,
    changes_command,
    history_command,
    figure_command,
    animate_command,
    report_command,
    control_command,
    export_command,
    resolve_command,
    embed_command,
    serve_command,
):
    app.command(_command.__name__.removesuffix("_command"))(_command)
for _command in (
    claims_check_command,
    claims_import_command,
    claims_export_command,
    claims_diff_command,
    claims_stats_command,
):
    _claims.command(_command.__name__.removeprefix("claims_").removesuffix("_command"))(_command)

_theater = Program(
    help="Make and check theater folders.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(_theater, name="theater")
for _command in (theater_new_command, theater_check_command):
    _theater.command(_command.__name__.removeprefix("theater_").removesuffix("_command"))(_command)


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[  # noqa: ARG001  (taken by `main`, which strips it; declared for --help)
        bool,
        typer.Option("--debug", help="Trace errors; tell what was looked past, and settings."),
    ] = False,
) -> None:
    if version:
        from syriamap import __version__

        typer.echo(__version__)
        raise typer.Exit
    chosen = preferences_in(Path.cwd(), home=Path.home(), environment=os.environ)
    context.default_map = defaults_of(context.command, chosen.values)
    if context.obj:  # --debug
        told = ", ".join(chosen.values) if chosen.file else "none found"
        where = f"{chosen.file} " if chosen.file else ""
        typer.echo(f"settings: {where}{told}", err=True)
        typer.echo(f"environment: {', '.join(chosen.variables) or 'nothing set'}", err=True)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"warning: {message}", err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """
    Run the command line.

    Parameters
    ----------
    arguments
        Words after the program's name; those of the process when not given.
    """
    collect_seldom()
    keep_memory()
    # Systems this small are solved faster by one thread, and to the bit alike on any machine's
    # number of cores. Whoever sets it otherwise is obeyed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    with safe_streams():
        if debug:  # what the program looked past without harm (a broken cache) is told too
            _tell_all()
        try:
            _run(words, debug=debug)
        except Exception as error:
            if debug:
                traceback.print_exc()
            sys.stderr.write(f"{_error_text(error)}\n")
            sys.exit(1)


def _tell_all() -> None:
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(logging.Formatter("debug: %(message)s"))
    own = logging.getLogger("syriamap")
    own.handlers = [told]
    own.setLevel(logging.INFO)


def _run(words: list[str], *, debug: bool) -> None:
    from syriamap.files import SyriamapWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", SyriamapWarning)
        warnings.showwarning = _show_warning
        app(words, prog_name="syriamap", obj=debug)


def _error_text(error: Exception) -> str:
    if isinstance(error, ClaimsError):
        return str(error)
    if isinstance(error, SyriamapError):
        return f"error: {error}"
    if isinstance(error, OSError):
        return f"error: {error.filename}: {error.strerror}" if error.filename else f"error: {error}"
    if isinstance(error, MemoryError):
        return "error: not enough memory; fewer days, or fewer claims at once, would do"
    return _fault_text(error)


def _fault_text(error: Exception) -> str:
    """What nobody foresaw is no fault of the user's: it says so, where it is and what to do."""
    own = [
        (Path(frame.filename).relative_to(_PACKAGE).as_posix(), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    file, line = own[-1] if own else ("", 0)
    from syriamap import __version__

    said = " ".join(str(error).split())[:_LONGEST_SAID]
    return (
        f"error: this is a fault of syriamap {__version__}, in {file}:{line} "
        f"({type(error).__name__}: {said}); please report it with what you ran and what "
        "--debug prints (SECURITY.md if it could harm somebody)"
    )
