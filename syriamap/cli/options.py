"""
Arguments and options that several commands take, each written once.

Comes in: words of the command line. Goes out: dates, paths, texts and the words of the question
that every map command asks (:func:`asks`).
"""

from __future__ import annotations

import inspect
import os
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from syriamap.pipeline.asking import Asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from syriamap.history.days import MapOfDay
    from syriamap.jobs import Crew

__all__ = [
    "AccordingToOption",
    "AroundOption",
    "BomOption",
    "BorderOption",
    "BoundsOption",
    "CaptionOption",
    "ClaimsFiles",
    "ClaimsOption",
    "Day",
    "EffectsOption",
    "FirstDay",
    "ImageOption",
    "JobsOption",
    "KmOption",
    "KnownByOption",
    "LanguageOption",
    "OnlyClaimsOption",
    "Program",
    "SchedulerOption",
    "SecondDay",
    "SinceOption",
    "SizeOption",
    "SourceOption",
    "StateOption",
    "StepOption",
    "StoriesOption",
    "TheaterOption",
    "TilesOption",
    "asks",
    "crew_of",
    "day_option",
    "option",
    "output_option",
    "parse_day",
    "parse_step",
    "step_since",
    "tell_age",
    "tell_written",
]


_Command = TypeVar("_Command", bound="Callable[..., Any]")


class _Usage(TyperCommand):
    """A command whose usage line has its arguments as they are written: DATE, NAME…."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Give all parameters, which check what there is to check."""
        return _sparing(super().get_params(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Give the words of the usage line."""
        arguments = [one for one in self.get_params(ctx) if one.param_type_name == "argument"]
        words = [str(one.metavar or one.name).strip("[]") for one in arguments]
        shown = [
            word if one.required else f"[{word}]"
            for one, word in zip(arguments, words, strict=True)
        ]
        return [self.options_metavar or "", *shown]


class _Group(TyperGroup):
    """Commands below one name, with options that check what there is to check."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Give all parameters."""
        return _sparing(super().get_params(ctx))


def _sparing(parameters: list[Any]) -> list[Any]:
    """Have parameters take plain values as they are: to load what typer checks with takes long."""
    for one in parameters:
        if not isinstance(one.process_value, partial):
            one.process_value = partial(_taken, one, one.process_value)
    return parameters


def _taken(one: Any, checked: Callable[[Any, Any], Any], ctx: Any, value: Any) -> Any:
    """Take a value of an argument or an option, or have it checked."""
    told = getattr(one, "type_descriptor", None)  # older ones tell nothing, and load nothing
    if told is None or (one.required and not value) or not _is_plain(told, value):
        return checked(ctx, value)
    if value is None:
        value = () if one.multiple or one.nargs == -1 else None
    elif told.parameter_info.parser is not None:
        value = told.parameter_info.parser(value)
    elif told.annotation is Path:
        value = Path(value)
    return value if one.callback is None else one.callback(ctx, one, value)


def _is_plain(told: Any, value: Any) -> bool:
    """Whether there is nothing to check of a value that its own parser does not."""
    limits = told.parameter_info
    if value is None or (limits.parser is not None and isinstance(value, str)):
        return True
    if told.annotation is Path and isinstance(value, str):
        asked = limits.exists or limits.writable or limits.resolve_path or limits.allow_dash
        free = limits.file_okay and limits.dir_okay and not asked
        return free and (not os.path.lexists(value) or os.access(value, os.R_OK))
    if told.annotation is int and type(value) is int:
        return limits.max is None and (limits.min is None or limits.min <= value)
    return told.annotation is type(value) is str


class Program(typer.Typer):
    """Commands with a plain usage line; otherwise as typer has them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=_Group, **settings)

    def command(
        self, name: str | None = None, *, cls: type[TyperCommand] | None = None, **settings: Any
    ) -> Callable[[_Command], _Command]:
        """Register a command; parameters as typer's own."""
        return super().command(name, cls=cls or _Usage, **settings)


def option(*names: str, metavar: str | None = None, text: str) -> Any:
    """
    Declare an option.

    Parameters
    ----------
    names
        How it is written.
    metavar
        What stands for its value in the help; none for a switch.
    text
        What it does.
    """
    return typer.Option(*names, metavar=metavar, help=text)


def day_option(name: str, text: str) -> Any:
    """
    Declare an option that takes a day.

    Parameters
    ----------
    name
        How it is written.
    text
        What it does.
    """
    return typer.Option(name, parser=parse_day, metavar="DATE", help=text)


def output_option(metavar: str, text: str) -> Any:
    """
    Declare where a command writes.

    Parameters
    ----------
    metavar
        What stands for the path in the help.
    text
        What is written, or where if nothing is given.
    """
    return typer.Option("-o", "--output", metavar=metavar, help=text)


def parse_day(text: str) -> date:
    """Read a date, or say what would do."""
    from syriamap.files import parse_date

    day = parse_date(text)
    if day is None:
        raise typer.BadParameter(f"{text!r} is no date; YYYY-MM-DD would do, like 2024-12-06")
    return day


def parse_step(text: str) -> str:
    """Read a step through time, or say what would do."""
    from syriamap.history.day_steps import STEPS

    if text not in STEPS:
        raise typer.BadParameter(f"{text!r} is no step; there are: {', '.join(STEPS)}")
    return text


def step_since(step: str | None, since: date | None) -> str:
    """
    Give the step of a series, every day if none is asked for.

    Parameters
    ----------
    step
        What was asked for.
    since
        The first day; a step without one is an error of usage.
    """
    if step is not None and since is None:
        raise typer.BadParameter("--step goes from --since to DATE; give --since too")
    return step or "day"


Day = Annotated[date, typer.Argument(parser=parse_day, metavar="DATE", help="Day of the map.")]
"""The day of a map."""

TheaterOption = Annotated[
    Path | None,
    option(
        "--theater",
        metavar="DIR",
        text="Theater folder; Syria when not given.",
    ),
]
"""Where the theater is."""

ClaimsOption = Annotated[
    list[str] | None,
    option(
        "--claims",
        metavar="FILE",
        text="Claims added to the theater's own: a table, a data set's folder, or "
        "postgresql://HOST/DATABASE/TABLE; repeatable.",
    ),
]
"""Further claims."""

OnlyClaimsOption = Annotated[
    bool,
    option(
        "--only-claims",
        text="Leave the theater's own claims out.",
    ),
]
"""Whether the theater's own claims are left out."""

KnownByOption = Annotated[
    date | None, day_option("--known-by", "Use only what was reported up to this day.")
]
"""The last day of reporting."""

AccordingToOption = Annotated[
    str,
    option("--according-to", metavar="SIDE", text="The map as this side's sources tell it."),
]
"""Whose story is told."""

BorderOption = Annotated[
    str,
    option(
        "--border",
        metavar="NAME",
        text="A border variant of the theater.",
    ),
]
"""Which border is drawn."""

_ASKED: dict[str, tuple[Any, Any]] = {
    "theater": (TheaterOption, None),
    "claims": (ClaimsOption, None),
    "only_claims": (OnlyClaimsOption, False),
    "known_by": (KnownByOption, None),
    "according_to": (AccordingToOption, ""),
    "border": (BorderOption, ""),
}
"""Type and default of each option of a question, in the order of the help."""


def asks(command: Callable[..., None], *, without: tuple[str, ...] = ()) -> Callable[..., None]:
    """
    Give a command the options of a question.

    Parameters
    ----------
    command
        Takes a keyword `asked`, which the command line fills from these options
        (:class:`~syriamap.pipeline.asking.Asked`).
    without
        Options that make no difference to it.
    """
    asked = {name: one for name, one in _ASKED.items() if name not in without}

    @wraps(command)
    def run(**words: Any) -> None:
        values = {name: words.pop(name) for name in asked}
        # the clock is read here and nowhere else
        command(asked=cast("Asked", {**values, "today": date.today()}), **words)

    hints = get_type_hints(command, localns={"Asked": Asked}, include_extras=True)
    own = [
        one.replace(kind=one.KEYWORD_ONLY, annotation=hints[one.name])
        for one in inspect.signature(command).parameters.values()
        if one.name != "asked"
    ]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
        for name, (hint, default) in asked.items()
    ]
    run.__annotations__ = {one.name: one.annotation for one in [*own, *added]}
    run.__signature__ = inspect.Signature([*own, *added])  # type: ignore[attr-defined]
    del run.__wrapped__
    return run


FirstDay = Annotated[
    date, typer.Argument(parser=parse_day, metavar="FROM", help="First of the two days.")
]
"""The first of two days."""

SecondDay = Annotated[
    date, typer.Argument(parser=parse_day, metavar="TO", help="Second of the two days.")
]
"""The second of two days."""

SinceOption = Annotated[date | None, day_option("--since", "The days from this one on too.")]
"""The first day of a page through time."""

StepOption = Annotated[
    str | None,
    typer.Option(
        "--step",
        parser=parse_step,
        metavar="day|week|month",
        help="With --since: which of the days. A month goes to the same day of the next, or to its "
        "last; DATE is always there. Default: day.",
    ),
]
"""How far from one day of a series to the next."""

JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        min=0,
        help="Processes that share the work; default: as many as there are cores, one where there "
        "is little to do. The result is the same.",
        show_default=False,
    ),
]
"""How many processes work."""

SchedulerOption = Annotated[
    str,
    option(
        "--scheduler",
        metavar="ADDRESS",
        text="Let the workers of this Dask scheduler do the work; for minutes of it.",
    ),
]
"""Whose workers do the work."""

LanguageOption = Annotated[str, option("--lang", metavar="LANG", text="en or ar.")]
"""Language of what is written."""

BomOption = Annotated[
    bool,
    option("--bom", "--excel", text="Begin CSV so that Excel shows Arabic (byte order mark)."),
]
"""Whether tables begin with a byte order mark."""

ImageOption = Annotated[
    str | None,
    option("--image", metavar="URL", text="A static picture, for readers without scripts."),
]
"""A static picture."""

CaptionOption = Annotated[
    str | None, option("--caption", metavar="TEXT", text="Default: the page's title.")
]
"""The text below a map."""

SourceOption = Annotated[
    str | None,
    option("--src", metavar="URL", text="Where the page will be. Default: beside the report."),
]
"""Address of an embedded page."""

StateOption = Annotated[
    str, option("--state", metavar="#STATE", text="What it opens with, as its address says.")
]
"""What a page opens with."""

ClaimsFiles = Annotated[
    list[str] | None, typer.Argument(metavar="FILE…", help="The theater's own if none.")
]
"""Claims files to be read."""

StoriesOption = Annotated[
    bool, option("--stories", text="Add the map as each side's sources tell it, and a switch.")
]
"""Whether a page holds the stories of the sides too."""


EffectsOption = Annotated[
    bool,
    option(
        "--effects",
        text="Add what each place would be without its weightiest claim; takes a minute.",
    ),
]
"""Whether a page of one date tells what would change without a claim."""


SizeOption = Annotated[str, option("--size", metavar="NAME", text="column, page, slide or social.")]
"""Size of a figure."""

BoundsOption = Annotated[
    str, option("--bounds", metavar="W,S,E,N", text="Show this part, in degrees.")
]
"""The part that a figure shows."""

AroundOption = Annotated[
    str, option("--around", metavar="PLACE", text="Show the surroundings of a place.")
]
"""The place in the middle of a figure."""

KmOption = Annotated[
    float, option("--km", metavar="N", text="Kilometers to each side of --around.")
]
"""How much around it."""

TilesOption = Annotated[
    str,
    option(
        "--tiles",
        metavar="NAME",
        text="Load a background while the page is read; a name of xyzservices, like "
        "OpenStreetMap.Mapnik. Read the provider's terms.",
    ),
]
"""What a page draws on."""


def crew_of(jobs: int, scheduler: str) -> Crew:
    """
    Give who does the work.

    Parameters
    ----------
    jobs
        Processes; 0 for as many as are good for it.
    scheduler
        Address of a Dask scheduler, empty for none.
    """
    from syriamap.jobs import Crew

    if jobs and scheduler:
        raise typer.BadParameter("--jobs is for this machine, --scheduler for others; give one")
    return Crew(jobs, scheduler)


def tell_written(path: Path, what: str) -> None:
    """Say on stderr what was written; what went to standard output shows itself."""
    from syriamap.files import is_stdout

    if is_stdout(path):
        return
    parts = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    size = sum(one.stat().st_size for one in parts)
    typer.echo(f"wrote {path} ({size / 1e3:,.0f} kB): {what}", err=True)


def tell_age(made: MapOfDay, *, since: date | None = None) -> None:
    """
    Warn on stderr where a map rests on old evidence, or begins before there is any.

    Parameters
    ----------
    made
        The map of the last day.
    since
        The first day, where there are more.
    """
    from syriamap.history.days import newest_evidence
    from syriamap.look.headings import OLD_DAYS

    newest = made.newest_evidence
    if newest is None:
        typer.echo(f"warning: no claim that counts speaks of {made.date} or a day before", err=True)
    elif (age := (made.date - newest).days) > OLD_DAYS:
        told = f"the last report is of {newest}, {age} days before {made.date}"
        typer.echo(f"warning: {told}; what changed since then is not on the map", err=True)
    if since is not None and newest_evidence(made.question, [since])[0] is None:
        typer.echo(f"warning: no claim speaks of {since} or a day before", err=True)
