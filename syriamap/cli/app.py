"""
The command line: parse, call, print.

Results go to stdout or to ``-o``, messages to stderr. Errors are one line and exit code 1, usage
errors exit code 2; ``--debug`` shows the traceback.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
import warnings
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from syriamap.cli.file_commands import (
    claims_diff_command,
    claims_export_command,
    claims_import_command,
    claims_stats_command,
    export_command,
    figure_command,
    report_command,
)
from syriamap.cli.options import (
    CaptionOption,
    Day,
    EffectsOption,
    FirstDay,
    ImageOption,
    LanguageOption,
    Program,
    SecondDay,
    SinceOption,
    StateOption,
    StoriesOption,
    TheaterOption,
    TilesOption,
    asks,
    option,
    output_option,
    tell_written,
    with_progress,
)
from syriamap.cli.question_commands import evaluate_command, explain_command
from syriamap.cli.text_commands import extract_command
from syriamap.errors import ClaimsError, SyriamapError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.names.gazetteer import Gazetteer, Resolution
    from syriamap.pipeline.question import Question

__all__ = ["app", "main"]

app = Program(
    name="syriamap",
    help="From dated, sourced claims to a front-line map that shows who holds what, and why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
"""The commands; :func:`main` runs them and turns errors into one line."""

claims_app = Program(
    help="Check, import and count claims.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(claims_app, name="claims")
app.command("extract")(extract_command)
app.command("explain")(explain_command)
app.command("evaluate")(evaluate_command)


@app.callback(invoke_without_command=True)
def _options(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[  # noqa: ARG001  (taken by `main`, which strips it; declared for --help)
        bool, typer.Option("--debug", help="Show the traceback of an error.")
    ] = False,
) -> None:
    if version:
        from syriamap import __version__

        print(__version__)
        raise typer.Exit


@app.command("map")
@asks
def map_command(
    day: Day,
    *,
    output: Annotated[
        Path | None, output_option("FILE", "Default: output/THEATER-DATE.html")
    ] = None,
    since: SinceOption = None,
    lang: LanguageOption = "en",
    stories: StoriesOption = False,
    effects: EffectsOption = False,
    tiles: TilesOption = "",
    question: Question,
) -> None:
    """Write the interactive map of a date: one HTML file that opens without the network."""
    from syriamap.pipeline.build import build, series
    from syriamap.webmap import PageOptions

    if effects and since is not None:
        raise typer.BadParameter("--effects is for the map of one date; leave out --since")
    options = PageOptions(language=lang, tiles=tiles)
    if since is None:
        made = build(day, **vars(question))
        made = made.explained() if effects else made
        page, name = made.webmap(stories=stories, options=options), day.isoformat()
    else:
        through = series(day, since=since, progress=with_progress, **vars(question))
        made = through.days[-1]
        page = through.webmap(stories=stories, options=options)
        name = f"{since.isoformat()}-{day.isoformat()}"
    path = output or Path("output") / f"{made.theater.id}-{name}.html"
    page.save(path)
    tell_written(path, f"{len(made.claims_used)} claims on {len(made.control)} places")


@app.command("changes")
@asks
def changes_command(
    first: FirstDay,
    second: SecondDay,
    *,
    output: Annotated[
        Path | None, output_option("FILE.(html|csv|md)", "Default: CSV on stdout.")
    ] = None,
    question: Question,
) -> None:
    """Tell what changed hands between two days: places, and km² gained and lost per actor."""
    from syriamap.errors import ExportError
    from syriamap.history.changes import changes_csv, changes_markdown, write_changes
    from syriamap.pipeline.build import series

    kind = output.suffix.casefold() if output else ".csv"
    if kind not in {".html", ".csv", ".md"}:
        raise ExportError(f"{output}: changes are written as .html, .csv or .md")
    made = series(second, since=first, only_ends=True, **vars(question))
    if output is not None and kind == ".html":
        made.webmap(opening="changes").save(output)
        tell_written(output, f"changes from {first} to {second}")
        return
    area, changes = made.days[-1].theater, made.changes()
    title = f"{area.title}: what changed from {first} to {second}"
    text = changes_csv(changes) if kind == ".csv" else changes_markdown(changes, area, title=title)
    if output is None:
        sys.stdout.write(text)
    else:
        tell_written(write_changes(text, output), f"{len(changes.rows)} changes")


app.command("figure")(figure_command)
app.command("report")(report_command)


@app.command("control")
@partial(asks, without=("border",))
def control_command(
    day: Day,
    *,
    output: Annotated[Path | None, output_option("FILE.csv", "Default: stdout.")] = None,
    question: Question,
) -> None:
    """Print the state of every place that claims speak of, as CSV."""
    from syriamap.control.claimed import control_csv, write_control
    from syriamap.pipeline.build import build_control

    made = build_control(day, **vars(question))
    if output is None:
        sys.stdout.write(control_csv(made.control))
    else:
        tell_written(write_control(made.control, output), f"{len(made.control)} places")


app.command("export")(export_command)


@app.command("resolve")
def resolve_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME…", help="Written names; - reads them from stdin, one a line."),
    ] = None,
    *,
    admin1: Annotated[
        str, option("--in", metavar="ADMIN1", text="Only in this governorate: name or code.")
    ] = "",
    near: Annotated[
        str, option("--near", metavar="PLACE", text="Of namesakes, the one near this place.")
    ] = "",
    file: Annotated[
        Path | None, option("--file", metavar="FILE", text="Read names, one a line.")
    ] = None,
    as_json: Annotated[bool, option("--json", text="Print JSON.")] = False,
    online: Annotated[
        bool,
        option(
            "--online", text="Ask Nominatim for what is not found; answers go to the review file."
        ),
    ] = False,
    review: Annotated[
        Path, option("--review", metavar="FILE.csv", text="Where answers of --online go.")
    ] = Path("output/nominatim-review.csv"),
    theater: TheaterOption = None,
) -> None:
    """Find the places that written names may mean."""
    from syriamap.names.gazetteer import Gazetteer
    from syriamap.theater.shipped import default_folder

    if not names and file is None:
        raise typer.BadParameter("NAME…, --file or - is needed", param_hint="NAME…")
    gazetteer = Gazetteer.read(theater or default_folder())
    code = gazetteer.admin1_code(admin1) if admin1 else ""
    point = gazetteer.position(gazetteer.one(near)) if near else None
    results = [
        _resolved(name, gazetteer, code, point) for name in _written_names(names or [], file)
    ]
    if as_json:
        print(json.dumps([_as_dict(result) for result in results], ensure_ascii=False, indent=1))
    else:
        for result in results:
            _print_resolution(result)
    if online:
        _ask_online([one.query for one in results if not one.candidates], gazetteer, review)


def _written_names(names: list[str], file: Path | None) -> list[str]:
    """Names of the command line, of a file and, for "-", of stdin; blank lines are none."""
    written: list[str] = []
    for name in names:
        written += sys.stdin.read().splitlines() if name == "-" else [name]
    if file is not None:
        written += file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [name.strip() for name in written if name.strip()]


def _resolved(
    name: str, gazetteer: Gazetteer, admin1: str, near: tuple[float, float] | None
) -> Resolution:
    """Read the name as one of the gazetteer, else as a relative place."""
    result = gazetteer.resolve(name, admin1=admin1, near=near)
    if result.candidates or " " not in name:
        return result
    from syriamap.names.relative import resolution_of

    return resolution_of(name, gazetteer, admin1=admin1) or result


def _as_dict(result: Resolution) -> dict[str, Any]:
    candidates = [asdict(candidate) for candidate in result.candidates]
    return {"query": result.query, "status": result.status, "candidates": candidates}


def _print_resolution(result: Resolution) -> None:
    print(f"{result.query}: {result.status.replace('_', ' ')}")
    for one in result.candidates:
        arabic = f" {one.name_ar}" if one.name_ar else ""
        print(
            f"  {one.score:.2f}  {one.how:<13} {one.place_id:<16} {one.name}{arabic}  "
            f"({one.kind}, {one.admin1 or '-'})  {one.lat:.4f},{one.lon:.4f}"
        )


def _ask_online(names: list[str], gazetteer: Gazetteer, review: Path) -> None:
    from platformdirs import user_cache_path

    from syriamap.names.geocoder import ask_online

    cache = user_cache_path("syriamap") / "nominatim.json"
    answers = ask_online(names, bounds=gazetteer.bounds, cache=cache, review=review)
    for name, locations in answers.items():
        found = "; ".join(
            f"{one.address} {one.latitude:.4f},{one.longitude:.4f}" for one in locations
        )
        typer.echo(f"online: {name}: {found or 'nothing'}", err=True)
    if any(answers.values()):
        typer.echo(f"answers to review: {review}", err=True)


@claims_app.command("check")
def claims_check_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Claims files.")],
    *,
    theater: TheaterOption = None,
) -> None:
    """Check claims files: every complaint with row, column, value and what would do."""
    from syriamap.claims.reader import read_claims
    from syriamap.theater.folder import read_theater

    claims = read_claims(files, read_theater(theater))
    places = claims["place_id"].nunique()
    print(f"{', '.join(map(str, files))}: {len(claims)} claims on {places} places, no complaints")


claims_app.command("import")(claims_import_command)
claims_app.command("export")(claims_export_command)
claims_app.command("diff")(claims_diff_command)
claims_app.command("stats")(claims_stats_command)


@app.command("embed")
def embed_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="A page that `map` wrote.")],
    *,
    image: ImageOption = None,
    caption: CaptionOption = None,
    state: StateOption = "",
) -> None:
    """Print the HTML that embeds a page in a report."""
    from urllib.parse import quote

    from syriamap.webmap import embed_snippet

    wanted = quote(state.lstrip("#"), safe="=&,:-+.%")
    source = f"{quote(file.name)}#{wanted}" if wanted else None
    print(embed_snippet(file, src=source, caption=caption, image=image))


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
    # One run makes many frames and few cycles: collecting seldom saves a tenth of the time.
    gc.set_threshold(200_000, 20, 100)
    # Systems this small are solved faster by one thread, and to the bit alike on any machine's
    # number of cores. Whoever sets it otherwise is obeyed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Arabic names on a terminal that is not UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with warnings.catch_warnings():
            from syriamap.files import SyriamapWarning

            warnings.simplefilter("ignore")
            warnings.simplefilter("always", SyriamapWarning)
            warnings.showwarning = _show_warning
            app(words)
    except (SyriamapError, OSError) as error:
        if debug:
            traceback.print_exc()
        sys.stderr.write(f"{_error_text(error)}\n")
        sys.exit(1)


def _error_text(error: Exception) -> str:
    if isinstance(error, ClaimsError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"error: {error.filename}: {error.strerror}"
    return f"error: {error}"


if __name__ == "__main__":
    main()
