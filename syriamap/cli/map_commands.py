"""Commands that make maps and tables of them: map, changes, control, export, report, embed."""

from __future__ import annotations

from datetime import date  # noqa: TC003  (typer reads it)
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    BomOption,
    CaptionOption,
    Day,
    EffectsOption,
    FirstDay,
    ImageOption,
    JobsOption,
    LanguageOption,
    SchedulerOption,
    SecondDay,
    SinceOption,
    SourceOption,
    StateOption,
    StepOption,
    StoriesOption,
    TilesOption,
    asks,
    crew_of,
    day_option,
    option,
    output_option,
    step_since,
    tell_age,
    tell_written,
)
from syriamap.cli.table_output import JsonOption, file_asked, give_table
from syriamap.cli.working import at_work, with_progress
from syriamap.errors import ExportError
from syriamap.files import ending_of, plain_rows

if TYPE_CHECKING:
    from syriamap.pipeline.asking import Asked

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
    step: StepOption = None,
    lang: LanguageOption = "en",
    stories: StoriesOption = False,
    effects: EffectsOption = False,
    tiles: TilesOption = "",
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    asked: Asked,
) -> None:
    """Write the interactive map of a date: one HTML file that opens without the network."""
    from syriamap.pipeline.build import build, series
    from syriamap.webmap import PageOptions

    if effects and since is not None:
        raise typer.BadParameter("--effects is for the map of one date; leave out --since")
    step, crew = step_since(step, since), crew_of(jobs, scheduler)
    options = PageOptions(language=lang, tiles=tiles)
    if since is None:
        made = build(day, **asked)
        with at_work("leaving out claims"):
            made = made.explained(crew) if effects else made
        name = day.isoformat()
    else:
        through = series(day, since=since, step=step, progress=with_progress, crew=crew, **asked)
        made = through.days[-1]
        name = f"{since.isoformat()}-{day.isoformat()}{'' if step == 'day' else f'-{step}'}"
    path = output or Path("output") / f"{made.theater.id}-{name}.html"
    page = made if since is None else through
    with at_work("writing the page"):
        page.save_page(path, stories=stories, options=options)
    tell_age(made, since=since)
    tell_written(path, f"{len(made.claims_used)} claims on {made.states['evidence'].sum()} places")


@asks
def changes_command(
    first: FirstDay,
    second: SecondDay,
    *,
    output: Annotated[
        Path | None, output_option("FILE.(html|csv|md)", "Default: CSV on stdout.")
    ] = None,
    as_json: JsonOption = False,
    asked: Asked,
) -> None:
    """Tell what changed hands between two days: places, and km² gained and lost per actor."""
    from syriamap.history.changes import changes_csv, changes_markdown, write_changes
    from syriamap.look.headings import headline_text
    from syriamap.pipeline.build import series

    output = file_asked(output, as_json=as_json)
    kind = ending_of(output, ".csv") if output else ".csv"
    if kind not in {".html", ".csv", ".md"}:
        raise ExportError(f"{output}: changes are written as .html, .csv or .md")
    made = series(second, since=first, only_ends=True, **asked)
    tell_age(made.days[-1], since=first)
    if output is not None and kind == ".html":
        made.save_page(output, opening="changes")
        tell_written(output, f"changes from {first} to {second}")
        return
    area, changes = made.days[-1].theater, made.changes()
    head = made.days[-1].headline(kind="changes", since=first)
    title = headline_text(head, "en")
    text = changes_csv(changes) if kind == ".csv" else changes_markdown(changes, area, title=title)
    if output is not None:
        tell_written(write_changes(text, output), f"{len(changes.rows)} changes")
        return
    beside = {"from": first.isoformat(), "to": second.isoformat()}
    give_table(
        plain_rows(changes.rows),
        as_json=as_json,
        beside={**beside, "balance": plain_rows(changes.balance)},
        columns=(
            "kind",
            "name",
            "from_actor",
            "from_status",
            "to_actor",
            "to_status",
            "area_km2",
            "since",
        ),
        title=title,
        plain=lambda: text,
    )


@partial(asks, without=("border",))
def control_command(
    day: Day,
    *,
    output: Annotated[Path | None, output_option("FILE.csv", "Default: stdout.")] = None,
    as_json: JsonOption = False,
    asked: Asked,
) -> None:
    """Print the state of every place that claims speak of: a table, CSV in a pipe, or JSON."""
    from syriamap.control.claimed import control_csv, control_listed, write_control
    from syriamap.pipeline.build import build_control

    output = file_asked(output, as_json=as_json)
    control = build_control(day, **asked)
    if output is not None:
        tell_written(write_control(control, output), f"{len(control)} places")
        return
    give_table(
        plain_rows(control_listed(control)),
        as_json=as_json,
        beside={"date": day.isoformat()},
        columns=("place_id", "name", "actor", "status", "confidence", "since"),
        title=f"control on {day}",
        plain=lambda: control_csv(control),
    )


@asks
def export_command(
    day: Day,
    *,
    output: Annotated[
        Path,
        output_option("FILE", ".geojson, .gpkg, .qgz, .parquet, .kml, .kmz, .shp.zip or .csv."),
    ],
    since: SinceOption = None,
    step: StepOption = None,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    bom: BomOption = False,
    hxl: Annotated[
        bool, option("--hxl", text="A row of HXL tags below the head of a CSV.")
    ] = False,
    acled: Annotated[
        bool, option("--acled", text="A CSV of the events alone, in ACLED's columns.")
    ] = False,
    asked: Asked,
) -> None:
    """Write areas, front lines, places and events of a date, or of a series of dates."""
    from syriamap.export import ExportOptions, export_map, export_series, writer_for
    from syriamap.pipeline import build, series

    step, how = step_since(step, since), ExportOptions(bom=bom, hxl=hxl, acled=acled)
    writer_for(output, how)  # an unknown ending is an error before the work, not after it
    if since is not None:
        if since >= day:
            raise ExportError(f"--since {since} is not before {day}")
        crew = crew_of(jobs, scheduler)
        through = series(day, since=since, step=step, progress=with_progress, crew=crew, **asked)
        days = through.days
        tell_age(days[-1], since=since)
        with at_work("writing the days"):
            rows = export_series(days, output, options=how)
        tell_written(output, f"{len(days)} days, {rows} rows")
        _tell_shown(output)
        return
    made = build(day, **asked)
    tell_age(made)
    export_map(made, output, options=how)
    all_layers = f"{len(made.territory)} areas, {len(made.states)} places"
    tell_written(output, f"{len(made.events)} events" if acled else all_layers)
    _tell_shown(output)


def _tell_shown(output: Path) -> None:
    """Name the file that a project shows, which was written beside it."""
    if ending_of(output, "") == ".qgz":
        tell_written(output.with_suffix(".gpkg"), "the layers that it shows")


@asks
def report_command(
    day: Day,
    *,
    output: Annotated[Path, output_option("DIR", "The report's folder.")],
    since: Annotated[
        date | None, day_option("--since", "Also what changed since this day, and a slider.")
    ] = None,
    step: StepOption = None,
    language: LanguageOption = "en",
    docx: Annotated[bool, option("--docx", text="A Word document too.")] = False,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    bom: BomOption = False,
    asked: Asked,
) -> None:
    """Write a report: page, figures, tables, sources and a summary as HTML and Markdown."""
    from syriamap.pipeline import Series, build, series
    from syriamap.report import ReportOptions, check_report, write_report

    step = step_since(step, since)
    options = ReportOptions(language=language, docx=docx, bom=bom)
    check_report(output, options)  # before the work, not after it
    if since is None:
        made = Series((build(day, **asked),))
    else:
        crew = crew_of(jobs, scheduler)
        made = series(day, since=since, step=step, progress=with_progress, crew=crew, **asked)
    with at_work("writing the report"):
        write_report(made, output, options=options)
    tell_age(made.days[-1], since=since)
    typer.echo(f"wrote {output}: report.html, report.md, map.html and the files beside", err=True)


def embed_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="A page that `map` wrote.")],
    *,
    image: ImageOption = None,
    caption: CaptionOption = None,
    state: StateOption = "",
    src: SourceOption = None,
) -> None:
    """Print the HTML that embeds a page in a report."""
    from syriamap.webmap import embed_snippet

    typer.echo(embed_snippet(file, src=src, state=state, caption=caption, image=image))
