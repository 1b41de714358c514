"""Commands that make maps and tables of them: map, changes, control, export, report, embed."""

from __future__ import annotations

import sys
from datetime import date  # noqa: TC003  (typer reads it)
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    CaptionOption,
    Day,
    EffectsOption,
    FirstDay,
    ImageOption,
    LanguageOption,
    SecondDay,
    SinceOption,
    StateOption,
    StoriesOption,
    TilesOption,
    asks,
    day_option,
    option,
    output_option,
    tell_written,
    with_progress,
)
from syriamap.errors import ExportError

if TYPE_CHECKING:
    from syriamap.pipeline.question import Question

__all__ = [
    "changes_command",
    "control_command",
    "embed_command",
    "export_command",
    "map_command",
    "report_command",
]


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


@asks
def export_command(
    day: Day,
    *,
    output: Annotated[Path, output_option("FILE", ".geojson, .gpkg, .parquet, .kml or .csv.")],
    since: SinceOption = None,
    question: Question,
) -> None:
    """Write areas, front lines, places and events of a date, or of a series of dates."""
    from syriamap.export import writer_for
    from syriamap.pipeline.build import build

    writer_for(output)  # an unknown ending is an error before the work, not after it
    if since is not None:
        tell_written(output, _write_series(question, since, day, output))
        return
    made = build(day, **vars(question))
    tell_written(made.export(output), f"{len(made.territory)} areas, {len(made.states)} places")


def _write_series(question: Question, since: date, until: date, output: Path) -> str:
    """
    Write all days of an interval to one file; gives what was written, in words.

    Parameters
    ----------
    question
        Theater and claims.
    since, until
        First and last day.
    output
        Its ending chooses the format.
    """
    from syriamap.export import export_features, series_features
    from syriamap.pipeline.build import series

    if since >= until:
        raise ExportError(f"--since {since} is not before {until}")
    maps = series(until, since=since, **vars(question)).days
    features = series_features(maps)
    metadata = {**maps[-1].metadata(), "since": since.isoformat()}
    export_features(output, features, metadata=metadata, actors=maps[-1].theater.actors)
    return f"{len(maps)} days, {len(features)} rows"


@asks
def report_command(
    day: Day,
    *,
    output: Annotated[Path, output_option("DIR", "The report's folder.")],
    since: Annotated[
        date | None, day_option("--since", "Also what changed since this day, and a slider.")
    ] = None,
    language: LanguageOption = "en",
    docx: Annotated[bool, option("--docx", text="A Word document too.")] = False,
    question: Question,
) -> None:
    """Write a report: page, figures, tables, sources and a summary as HTML and Markdown."""
    from syriamap.pipeline.build import Series, build_each, series
    from syriamap.report import ReportOptions, check_report, write_report

    options = ReportOptions(language=language, docx=docx)
    check_report(output, options)  # before the work, not after it
    if since is None:
        made = Series(build_each([day], question.read()))
    else:
        made = series(day, since=since, progress=with_progress, **vars(question))
    write_report(made, output, options=options)
    typer.echo(f"wrote {output}: report.html, report.md, map.html and the files beside", err=True)


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
    typer.echo(embed_snippet(file, src=source, caption=caption, image=image))
