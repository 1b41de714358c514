"""
What the command line does once words are parsed: questions to the pipeline, answers as files.

:mod:`syriamap.cli.app` declares options and prints; here is the work of commands that need more than
one call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from syriamap.errors import ExportError, FigureError
from syriamap.export import export_features, series_features
from syriamap.figure import SIZES, FigureOptions, caption_of, draw_figure, save_figure
from syriamap.figure.draw import FORMATS
from syriamap.files import parse_number
from syriamap.names.gazetteer import Gazetteer
from syriamap.pipeline.build import build_each, series

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from syriamap.pipeline.question import Question

__all__ = ["parse_bounds", "write_figure", "write_series"]


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


def write_figure(
    question: Question,
    days: Sequence[date],
    output: Path,
    options: FigureOptions,
    *,
    since: date | None,
    bounds: str,
    around: str,
    km: float,
) -> str:
    """
    Draw and write a figure; gives its caption.

    Parameters
    ----------
    question
        Theater and claims.
    days
        One date, or several side by side.
    output
        Its ending chooses the format.
    options
        Size, language and title.
    since
        Tint what changed since this day.
    bounds
        West, south, east, north as text; empty for the whole country.
    around
        A place's name; empty for none.
    km
        Kilometers to each side of that place.
    """
    if output.suffix.casefold().removeprefix(".") not in FORMATS:
        raise FigureError(f"{output}: no figure of that kind; there are: .{', .'.join(FORMATS)}")
    if options.size not in SIZES:
        raise FigureError(f"no size {options.size!r}; there are: {', '.join(SIZES)}")
    if bounds and around:
        raise FigureError("--bounds and --around exclude each other")
    if since is not None and since >= min(days):
        raise FigureError(f"--changes-since {since} is not before {min(days)}")
    options = replace(options, bounds=parse_bounds(bounds))
    maps = list(build_each([*days, *([since] if since else [])], question.read()))
    before = maps.pop() if since is not None else None
    if around:
        gazetteer = Gazetteer(maps[0].theater)
        lat, lon = gazetteer.position(gazetteer.one(around))
        options = replace(options, around=(lat, lon, km))
    sheet = draw_figure(*maps, options=options, before=before)
    title = options.title or str(maps[-1].metadata()["title"])
    save_figure(sheet, output, title=title, resolution=SIZES[options.size][3])
    return caption_of(maps, before=before)


def write_series(question: Question, since: date, until: date, output: Path) -> str:
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
    if since >= until:
        raise ExportError(f"--since {since} is not before {until}")
    maps = series(until, since=since, **vars(question)).days
    features = series_features(maps)
    metadata = {**maps[-1].metadata(), "since": since.isoformat()}
    export_features(output, features, metadata=metadata, actors=maps[-1].theater.actors)
    return f"{len(maps)} days, {len(features)} rows"
