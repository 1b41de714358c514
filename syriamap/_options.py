"""
Arguments and options that several commands take, each written once.

Comes in: words of the command line. Goes out: dates, paths and texts. Plumbing of
:mod:`syriamap.cli`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AccordingToOption",
    "BorderOption",
    "CaptionOption",
    "ClaimsOption",
    "Day",
    "FirstDay",
    "ImageOption",
    "KnownByOption",
    "OnlyClaimsOption",
    "SecondDay",
    "SinceOption",
    "StateOption",
    "TheaterOption",
    "parse_day",
    "tell_written",
]


def parse_day(text: str) -> date:
    """Read a date, or say what would do."""
    from syriamap._tables import parse_date

    day = parse_date(text)
    if day is None:
        raise typer.BadParameter(f"{text!r} is no date; YYYY-MM-DD would do, like 2024-12-06")
    return day


Day = Annotated[date, typer.Argument(parser=parse_day, metavar="DATE", help="Day of the map.")]
"""The day of a map."""

TheaterOption = Annotated[
    Path | None,
    typer.Option("--theater", metavar="DIR", help="Theater folder; Syria when not given."),
]
"""Where the theater is."""

ClaimsOption = Annotated[
    list[Path] | None,
    typer.Option("--claims", metavar="FILE", help="Claims added to the theater's own; repeatable."),
]
"""Further claims."""

OnlyClaimsOption = Annotated[
    bool, typer.Option("--only-claims", help="Leave the theater's own claims out.")
]
"""Whether the theater's own claims are left out."""

KnownByOption = Annotated[
    date | None,
    typer.Option(
        "--known-by", parser=parse_day, metavar="DATE",
        help="Use only what was reported up to this day.",
    ),
]  # fmt: skip
"""The last day of reporting."""

AccordingToOption = Annotated[
    str,
    typer.Option("--according-to", metavar="SIDE", help="The map as this side's sources tell it."),
]
"""Whose story is told."""

BorderOption = Annotated[
    str, typer.Option("--border", metavar="NAME", help="A border variant of the theater.")
]
"""Which border is drawn."""

FirstDay = Annotated[
    date, typer.Argument(parser=parse_day, metavar="FROM", help="First of the two days.")
]
"""The first of two days."""

SecondDay = Annotated[
    date, typer.Argument(parser=parse_day, metavar="TO", help="Second of the two days.")
]
"""The second of two days."""

SinceOption = Annotated[
    date | None,
    typer.Option(
        "--since",
        parser=parse_day,
        metavar="DATE",
        help="Every day from this one on.",
    ),
]
"""The first day of a page through time."""

ImageOption = Annotated[
    str | None,
    typer.Option("--image", metavar="URL", help="A static picture, for readers without scripts."),
]
"""A static picture."""

CaptionOption = Annotated[
    str | None, typer.Option("--caption", metavar="TEXT", help="Default: the page's title.")
]
"""The text below a map."""

StateOption = Annotated[
    str,
    typer.Option("--state", metavar="#STATE", help="What it opens with, as its address says."),
]
"""What a page opens with."""


def tell_written(path: Path, what: str) -> None:
    """Say on stderr what was written."""
    size = path.stat().st_size
    typer.echo(f"wrote {path} ({size / 1e3:,.0f} kB): {what}", err=True)
