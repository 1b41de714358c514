"""The command `figure`: a map for print."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date  # noqa: TC003  (typer reads it)
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    AroundOption,
    BoundsOption,
    KmOption,
    LanguageOption,
    SizeOption,
    asks,
    day_option,
    option,
    output_option,
    parse_day,
    tell_age,
    tell_written,
)
from syriamap.cli.working import at_work, with_progress
from syriamap.errors import FigureError
from syriamap.files import is_stdout, parse_number

if TYPE_CHECKING:
    from syriamap.pipeline.asking import Asked

__all__ = ["figure_command", "parse_bounds"]


@asks
def figure_command(
    days: Annotated[
        list[date], typer.Argument(parser=parse_day, metavar="DATE…", help="Day of the map.")
    ],
    *,
    output: Annotated[Path, output_option("FILE.(png|svg|pdf)", "What to write.")],
    size: SizeOption = "page",
    language: LanguageOption = "en",
    bounds: BoundsOption = "",
    around: AroundOption = "",
    km: KmOption = 40.0,
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
    asked: Asked,
) -> None:
    """Write a map for print, PNG, SVG or PDF; its caption with alternative text goes to stdout."""
    from syriamap.figure import (
        SIZES,
        FigureOptions,
        caption_of,
        check_figure,
        draw_figure,
        save_figure,
    )
    from syriamap.names.gazetteer import Gazetteer
    from syriamap.pipeline import ask, build_each, check_days

    if len(days) > 1 and not small_multiples:
        raise typer.BadParameter("several dates make --small-multiples; give one date without it")
    if bounds and around:
        raise FigureError("--bounds and --around exclude each other")
    if changes_since is not None and changes_since >= min(days):
        raise FigureError(f"--changes-since {changes_since} is not before {min(days)}")
    options = FigureOptions(size=size, language=language, title=title, bounds=parse_bounds(bounds))
    check_figure(output, options)
    question = ask(**asked)
    check_days(days, question)
    if around:
        gazetteer = Gazetteer(question.theater)
        lat, lon = gazetteer.position(gazetteer.one(around))
        options = replace(options, around=(lat, lon, km))
    maps = build_each(with_progress(days), question)
    before = build_each([changes_since], question)[0] if changes_since is not None else None
    shown = title or str(maps[-1].metadata()["title"])
    with at_work("drawing the figure"):
        sheet = draw_figure(*maps, options=options, before=before)
        save_figure(sheet, output, title=shown, resolution=SIZES[size][3])
    text = caption_of(maps, before=before)
    if caption is None:
        (sys.stderr if is_stdout(output) else sys.stdout).write(text)
    else:
        caption.write_text(text, encoding="utf-8")
    tell_age(maps[-1], since=changes_since or (min(days) if len(days) > 1 else None))
    tell_written(output, f"figure, {size}")


def parse_bounds(text: str) -> tuple[float, float, float, float] | None:
    """
    Read west, south, east, north.

    >>> parse_bounds("36, 34, 37.5, 35")
    (36.0, 34.0, 37.5, 35.0)
    """
    if not text:
        return None
    numbers = [parse_number(part.strip()) for part in text.split(",")]
    if len(numbers) == 4 and None not in numbers:
        west, south, east, north = (float(number or 0.0) for number in numbers)
        return west, south, east, north
    raise FigureError(f"--bounds {text}: west,south,east,north in degrees would do")
