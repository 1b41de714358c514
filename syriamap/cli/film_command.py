"""The command `animate`: the figures of many days as a film."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.figure_command import parse_bounds
from syriamap.cli.options import (
    AroundOption,
    BoundsOption,
    FirstDay,
    JobsOption,
    KmOption,
    LanguageOption,
    SchedulerOption,
    SecondDay,
    SizeOption,
    StepOption,
    asks,
    crew_of,
    option,
    output_option,
    tell_age,
    tell_written,
)
from syriamap.cli.working import with_progress
from syriamap.errors import FigureError

if TYPE_CHECKING:
    from syriamap.pipeline.asking import Asked

__all__ = ["animate_command"]


@asks
def animate_command(
    first: FirstDay,
    second: SecondDay,
    *,
    output: Annotated[Path, output_option("FILE.(gif|mp4|webp)", "What to write.")],
    step: StepOption = None,
    seconds: Annotated[
        float, option("--seconds", metavar="N", text="How long each day stands.")
    ] = 0.7,
    size: SizeOption = "slide",
    language: LanguageOption = "en",
    bounds: BoundsOption = "",
    around: AroundOption = "",
    km: KmOption = 40.0,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    asked: Asked,
) -> None:
    """Write the maps of the days between two as a film, GIF, WebP or MP4."""
    from syriamap.figure import FigureOptions, check_film, save_film
    from syriamap.names.gazetteer import Gazetteer
    from syriamap.pipeline import ask, series

    if first >= second:
        raise typer.BadParameter(f"{first} is not before {second}")
    if bounds and around:
        raise FigureError("--bounds and --around exclude each other")
    options = FigureOptions(size=size, language=language, bounds=parse_bounds(bounds))
    check_film(output, options, seconds=seconds)
    if around:
        gazetteer = Gazetteer(ask(**asked).theater)
        lat, lon = gazetteer.position(gazetteer.one(around))
        options = replace(options, around=(lat, lon, km))
    crew = crew_of(jobs, scheduler)
    through = series(
        second, since=first, step=step or "day", progress=with_progress, crew=crew, **asked
    )
    days = through.days
    drawn = partial(with_progress, label="frames")
    save_film(days, output, options=options, seconds=seconds, progress=drawn)
    tell_age(days[-1], since=first)
    tell_written(output, f"film of {len(days)} maps, {size}")
