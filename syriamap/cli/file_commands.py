"""Commands about files: figures, imports, claims; :mod:`syriamap.cli.app` registers them."""

from __future__ import annotations

import sys
from datetime import date  # noqa: TC003  (typer reads it)
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    ClaimsFiles,
    Day,
    LanguageOption,
    SinceOption,
    TheaterOption,
    asks,
    day_option,
    option,
    output_option,
    parse_day,
    tell_written,
    with_progress,
)

if TYPE_CHECKING:
    from syriamap.pipeline.question import Question

__all__ = [
    "claims_diff_command",
    "claims_export_command",
    "claims_import_command",
    "claims_stats_command",
    "export_command",
    "figure_command",
    "report_command",
]


@asks
def figure_command(
    days: Annotated[
        list[date], typer.Argument(parser=parse_day, metavar="DATE…", help="Day of the map.")
    ],
    *,
    output: Annotated[Path, output_option("FILE.(png|svg|pdf)", "What to write.")],
    size: Annotated[
        str, option("--size", metavar="NAME", text="column, page, slide or social.")
    ] = "page",
    language: LanguageOption = "en",
    bounds: Annotated[
        str, option("--bounds", metavar="W,S,E,N", text="Show this part, in degrees.")
    ] = "",
    around: Annotated[
        str, option("--around", metavar="PLACE", text="Show the surroundings of a place.")
    ] = "",
    km: Annotated[
        float, option("--km", metavar="N", text="Kilometers to each side of --around.")
    ] = 40.0,
    changes_since: Annotated[
        date | None, day_option("--changes-since", "Tint what changed hands since this day.")
    ] = None,
    small_multiples: Annotated[
        bool, option("--small-multiples", text="Several dates side by side.")
    ] = False,
    title: Annotated[str, option("--title", metavar="TEXT", text="Another title.")] = "",
    caption: Annotated[
        Path | None,
        option("--caption", metavar="FILE", text="Write the caption here, not to stdout."),
    ] = None,
    question: Question,
) -> None:
    """Write a map for print, PNG, SVG or PDF; its caption with alternative text goes to stdout."""
    from syriamap.cli.writing import write_figure
    from syriamap.figure import FigureOptions

    if len(days) > 1 and not small_multiples:
        raise typer.BadParameter("several dates make --small-multiples; give one date without it")
    options = FigureOptions(size=size, language=language, title=title)
    text = write_figure(
        question, days, output, options, since=changes_since, bounds=bounds, around=around, km=km
    )
    if caption is None:
        sys.stdout.write(text)
    else:
        caption.write_text(text, encoding="utf-8")
    tell_written(output, f"figure, {size}")


def claims_import_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="acled, carter, csv, geojson, kml, kmz, ucdp, viina or wikipedia.",
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")],
    *,
    output: Annotated[Path, output_option("OUT.csv", "Claims file to write.")],
    day: Annotated[
        date | None,
        day_option("--date", "Day of the whole file."),
    ] = None,
    column: Annotated[
        list[str] | None,
        option("--column", metavar="OURS=THEIRS", text="Column of a claim; repeatable."),
    ] = None,
    constant: Annotated[
        list[str] | None,
        option("--set", metavar="OURS=VALUE", text="Value for all rows; repeatable."),
    ] = None,
    unmapped: Annotated[
        Path | None,
        option("--unmapped", metavar="FILE.csv", text="Write what made no claim here."),
    ] = None,
    theater: TheaterOption = None,
) -> None:
    """Bring in evidence of another format; what makes no claim is counted and reported."""
    from syriamap.claims.sources import Context, import_claims
    from syriamap.theater.folder import read_theater

    context = Context(
        read_theater(theater), source, day, _parse_pairs(column), _parse_pairs(constant)
    )
    made = import_claims(file, output, context, unmapped=unmapped)
    typer.echo(f"wrote {output}: {made.report()}", err=True)


def _parse_pairs(words: list[str] | None) -> dict[str, str]:
    for word in words or ():
        if "=" not in word:
            raise typer.BadParameter(f"{word!r} is no pair; OURS=THEIRS would do")
    pairs = [word.split("=", 1) for word in words or ()]
    return {ours.strip(): theirs.strip() for ours, theirs in pairs}


def claims_export_command(
    files: ClaimsFiles = None,
    *,
    output: Annotated[Path, output_option("FILE", ".csv or .jsonl.")],
    theater: TheaterOption = None,
) -> None:
    """Write claims, checked and with their places resolved, as CSV or JSON Lines."""
    from syriamap.claims.sets import read_set, write_set

    claims = read_set(files or (), theater)
    tell_written(write_set(claims, output), f"{len(claims)} claims")


def claims_diff_command(
    first: Annotated[Path, typer.Argument(metavar="A", help="Claims file.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Claims file.")],
    *,
    theater: TheaterOption = None,
) -> None:
    """Compare two claims files: what only one of them says, and what each changed."""
    from syriamap.claims.sets import diff_text, read_set

    sys.stdout.write(diff_text(read_set([first], theater), read_set([second], theater)))


def claims_stats_command(
    files: ClaimsFiles = None,
    *,
    theater: TheaterOption = None,
) -> None:
    """Count claims by relation, certainty, actor, publisher and month."""
    from syriamap.claims.sets import read_set, stats_text

    sys.stdout.write(stats_text(read_set(files or (), theater)))


@asks
def export_command(
    day: Day,
    *,
    output: Annotated[Path, output_option("FILE", ".geojson, .gpkg, .parquet, .kml or .csv.")],
    since: SinceOption = None,
    question: Question,
) -> None:
    """Write areas, front lines, places and events of a date, or of a series of dates."""
    from syriamap.cli.writing import write_series
    from syriamap.export import writer_for
    from syriamap.pipeline.build import build

    writer_for(output)  # an unknown ending is an error before the work, not after it
    if since is not None:
        tell_written(output, write_series(question, since, day, output))
        return
    made = build(day, **vars(question))
    tell_written(made.export(output), f"{len(made.territory)} areas, {len(made.states)} places")


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
