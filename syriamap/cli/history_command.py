"""The command `history`: who had how much through time, as a table or a chart."""

from __future__ import annotations

import sys
from datetime import date  # noqa: TC003  (typer reads it)
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    JobsOption,
    LanguageOption,
    SchedulerOption,
    asks,
    crew_of,
    option,
    output_option,
    parse_day,
    parse_step,
    tell_written,
)
from syriamap.cli.table_output import JsonOption, file_asked, give_table
from syriamap.cli.working import with_progress
from syriamap.errors import ExportError
from syriamap.files import ending_of, is_stdout, plain_rows

if TYPE_CHECKING:
    from syriamap.figure import FigureOptions
    from syriamap.pipeline.asking import Asked

__all__ = ["history_command"]

_CSV = ".csv"


@asks
def history_command(
    days: Annotated[
        list[date] | None,
        typer.Argument(
            parser=parse_day,
            metavar="FROM TO",
            help="First and last day; those of the first and the last claim when not given.",
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None, output_option("FILE.(csv|png|svg|pdf)", "Default: CSV on stdout.")
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(
            "--step",
            parser=parse_step,
            metavar="day|week|month",
            help="Which of the days; when not given every day, or every month of a long time.",
        ),
    ] = None,
    size: Annotated[
        str, option("--size", metavar="NAME", text="Of a chart: column, page, slide or social.")
    ] = "page",
    language: LanguageOption = "en",
    as_json: JsonOption = False,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    asked: Asked,
) -> None:
    """Tell who had how much of the country and of its places through time."""
    from syriamap.figure import FigureOptions
    from syriamap.history.shares import HISTORY_COLUMNS, history_csv
    from syriamap.look.headings import headline_text
    from syriamap.pipeline.build import history

    if days and len(days) != 2:
        raise typer.BadParameter("give a first and a last day, or neither")
    options = FigureOptions(size=size, language=language)
    output = file_asked(output, as_json=as_json)
    if output is not None:
        _check_output(output, options)
    first, last = days or (None, None)
    crew = crew_of(jobs, scheduler)
    shares = history(first, last, step=step, progress=with_progress, crew=crew, **asked)
    if output is None:
        give_table(
            plain_rows(shares.rows),
            as_json=as_json,
            beside={"from": str(shares.days[0]), "to": str(shares.days[-1])},
            columns=HISTORY_COLUMNS,
            title=headline_text(shares.headline(), "en"),
            plain=lambda: history_csv(shares),
        )
        return
    if ending_of(output, _CSV) == _CSV:
        _write_table(history_csv(shares), output)
        return
    from syriamap.figure import SIZES, draw_history, history_caption, save_figure

    title, alternative = history_caption(shares)
    sheet = draw_history(shares, options=options)
    save_figure(sheet, output, title=title, description=alternative, resolution=SIZES[size][3])
    said = sys.stderr if is_stdout(output) else sys.stdout
    said.write(f"{title}\n\nAlt text: {alternative}\n")
    tell_written(output, f"chart of {len(shares.days)} days, {size}")


def _check_output(output: Path, options: FigureOptions) -> None:
    """Refuse before the work what could not be written after it."""
    from syriamap.figure import FORMATS, check_figure

    kinds = (_CSV, *(f".{kind}" for kind in FORMATS))
    if ending_of(output, _CSV) not in kinds:
        raise ExportError(f"{output}: a history is written as {', '.join(kinds)}")
    if ending_of(output, _CSV) != _CSV:
        check_figure(output, options)


def _write_table(text: str, output: Path) -> None:
    from syriamap.files import atomic_path

    with atomic_path(output) as part:
        part.write_text(text, encoding="utf-8", newline="")
    tell_written(output, f"{text.count(chr(10)) - 1} rows")
