"""
The stages in order; the file to read first.

::

    theater ─→ claims ─→ control ─→ field ─→ territory ─→ front line
                                      └────→ states of all places      ─→ page, export

Each stage is a function from frames to a new frame. It reads no clock and no network: the same
folder, claims and date give the same map, to the byte. What it is asked with is one record, the
:class:`~syriamap.claims.question.Question`; what comes out is another, the
:class:`~syriamap.history.days.MapOfDay`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from syriamap.claims.reader import dates_settled
from syriamap.control.claimed import control_of_question
from syriamap.control.events import events_from_claims
from syriamap.control.stories import sides_with_sources
from syriamap.errors import ControlError
from syriamap.history.atoms import Atoms, atoms_from_territories
from syriamap.history.changes import Changes, changes_from_days
from syriamap.history.day_steps import days_between
from syriamap.history.days import MapOfDay
from syriamap.history.history_settings import HISTORY
from syriamap.history.shares import Shares, share_rows, shares_from_rows
from syriamap.history.typed_frames import typed_frame
from syriamap.history.unmoved import unmoved_frontline
from syriamap.pipeline.asking import Asked, ask, check_days, day_of
from syriamap.territory import (
    field_from_control,
    frontline_from_territory,
    ground_of,
    reviewed_control,
    states_from_field,
    territory_from_field,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import geopandas as gpd

    from syriamap.claims.question import Question
    from syriamap.territory import Field
    from syriamap.webmap import ControlMap, PageOptions

__all__ = [
    "Build",
    "Series",
    "build",
    "build_control",
    "build_each",
    "control_on",
    "history",
    "series",
]


@dataclass(frozen=True, repr=False)
class Build(MapOfDay):
    """
    A map of one date, and what can be made of it.

    The frames are those of :class:`~syriamap.history.days.MapOfDay`. A notebook shows the map.
    """

    def _repr_html_(self) -> str:
        return self.webmap(height=_NOTEBOOK_HEIGHT)._repr_html_()

    def webmap(
        self,
        *,
        stories: bool = False,
        options: PageOptions | None = None,
        width: str = "100%",
        height: str = "100%",
    ) -> ControlMap:
        """
        Make the interactive map; it shows in a notebook and saves as one HTML file.

        Parameters
        ----------
        stories
            Add the map as each side's sources tell it, to switch between them.
        options
            What the page speaks at first, and what it draws on.
        width, height
            CSS sizes.
        """
        from syriamap.webmap import control_map

        if stories:
            through = Series((self,))
            return through.webmap(stories=True, options=options, width=width, height=height)
        return control_map(self, options=options, width=width, height=height)

    def explained(self) -> Build:
        """Add what the map would be without each place's weightiest claim; its page tells it."""
        from syriamap.explain import claim_effects, with_effects

        effects = claim_effects(self.question, self.date)
        return replace(self, control=with_effects(self.control, effects))

    def figure(self, path: str | Path, *, size: str = "page", language: str = "en") -> Path:
        """
        Write a map for print; its ending, png, svg or pdf, chooses the format.

        Parameters
        ----------
        path
            Where to.
        size, language
            As for :class:`syriamap.figure.FigureOptions`.
        """
        from syriamap.figure import SIZES, FigureOptions, draw_figure, save_figure

        sheet = draw_figure(self, options=FigureOptions(size=size, language=language))
        title = str(self.metadata()["title"])
        return save_figure(sheet, path, title=title, resolution=SIZES[size][3])

    def export(self, path: str | Path) -> Path:
        """Write areas, lines, places and events to one file; its ending chooses the format."""
        from syriamap.export import export_map

        return export_map(self, path)


def build(day: str | dt.date, **asked: Unpack[Asked]) -> Build:
    """
    Build the map of a date.

    Parameters
    ----------
    day
        The date of the map, a date or ISO text.
    asked
        `theater, claims, only_claims, known_by, according_to, border, today`: see
        :class:`~syriamap.pipeline.asking.Asked`.

    Raises
    ------
    SyriamapError
        See :mod:`syriamap.errors`; the message names file, row and value. A day of which no claim
        speaks, nor of one before it, is an error and not an empty map.
    """
    days, question = [day_of(day, "date")], ask(**asked)
    check_days(days, question)
    return build_each(days, question)[0]


def build_each(days: Iterable[dt.date], question: Question) -> tuple[Build, ...]:
    """
    Build the maps of some days from the same theater and claims.

    Parameters
    ----------
    days
        The days, in any order.
    question
        Of :func:`~syriamap.pipeline.asking.ask`.
    """
    made: list[Build] = []
    for day in days:
        made.append(_built(question, day, made[-1] if made else None))
    return tuple(made)


def _built(question: Question, day: dt.date, before: Build | None) -> Build:
    """All stages of a day; another day may know its lines."""
    control, field = _inferred(question, day)
    territory, states = _drawn(field, question)
    return Build(
        question=question,
        date=day,
        control=control,
        states=states,
        territory=territory,
        frontline=_frontline(territory, day, question, before),
        events=events_from_claims(question.claims, day, known_by=question.known_by),
        held_out=field.held_out,
    )


def _inferred(question: Question, day: dt.date) -> tuple[pd.DataFrame, Field]:
    """Control of a day as it is drawn, and what it says of every place, on one tessellation."""
    theater = question.theater
    said = control_of_question(question, day)
    ground = ground_of(said, theater)
    control = reviewed_control(said, theater, ground=ground)
    return control, field_from_control(control, theater, ground=ground)


def _drawn(field: Field, question: Question) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Areas of a field, and the state of every place."""
    theater = question.theater
    return territory_from_field(field, theater), states_from_field(field, theater)


def _frontline(
    territory: gpd.GeoDataFrame, day: dt.date, question: Question, before: Build | None
) -> gpd.GeoDataFrame:
    known = unmoved_frontline(before, territory, day) if before is not None else None
    return frontline_from_territory(territory, question.theater, day) if known is None else known


def control_on(day: dt.date, question: Question) -> pd.DataFrame:
    """
    Control of a day as it is drawn: what claims say, held against what is around each place.

    Parameters
    ----------
    day
        The day.
    question
        Of :func:`~syriamap.pipeline.asking.ask`.
    """
    return reviewed_control(control_of_question(question, day), question.theater)


_NOTEBOOK_HEIGHT = "600px"


@dataclass(frozen=True, repr=False)
class Series:
    """
    Maps of the days from one to another, of every one or step by step; a notebook shows the map.

    Attributes
    ----------
    days
        A :class:`Build` per day, oldest first.
    """

    days: tuple[Build, ...]

    def __repr__(self) -> str:
        """One line; the days tell the rest."""
        first, last, count = self.days[0].date, self.days[-1].date, len(self.days)
        span = f"{first} to {last}" if count > 1 else f"{last}"
        maps = "maps" if count > 1 else "map"
        return f"<Series of {self.days[-1].theater.title}, {span}: {count:,} {maps}>"

    def _repr_html_(self) -> str:
        return self.webmap(height=_NOTEBOOK_HEIGHT)._repr_html_()

    def table(self, name: str) -> gpd.GeoDataFrame:
        """
        Give a frame of all days below one another, with a column `date` before the others.

        Parameters
        ----------
        name
            As for :meth:`~syriamap.history.days.MapOfDay.table`.
        """
        tables = [day.table(name) for day in self.days]
        for day, table in zip(self.days, tables, strict=True):
            table.insert(0, "date", pd.Timestamp(day.date).as_unit("s"))
        last = self.days[-1]
        return typed_frame(pd.concat(tables, ignore_index=True), name, last.theater)

    @cached_property
    def atoms(self) -> Atoms:
        """Pieces of the country that no line of any day cuts, and their histories."""
        return atoms_from_territories([day.territory for day in self.days], self.days[-1].theater)

    def changes(self) -> Changes:
        """What changed hands between the first and the last day."""
        return changes_from_days(self.days[0], self.days[-1])

    def history(self) -> Shares:
        """Who had how much of the country and of its places on each day."""
        rows = [share_rows(day.date, day.territory, day.states, day.theater) for day in self.days]
        return shares_from_rows(rows, self.days[-1].question)

    def film(
        self, path: str | Path, *, size: str = "slide", language: str = "en", seconds: float = 0.7
    ) -> Path:
        """
        Write the maps one after the other as a film; the ending, gif, mp4 or webp, is its format.

        Parameters
        ----------
        path
            Where to.
        size, language
            As for :class:`syriamap.figure.FigureOptions`.
        seconds
            How long each map stands.
        """
        from syriamap.figure import FigureOptions, save_film

        options = FigureOptions(size=size, language=language)
        return save_film(self.days, path, options=options, seconds=seconds)

    def stories(self) -> dict[str, tuple[Build, ...]]:
        """Give the same days as each side tells them that has sources of its own, by side."""
        last = self.days[-1]
        if last.according_to:
            raise ControlError(f"this map tells the story of {last.according_to} already")
        days = [day.date for day in self.days]
        return {
            side: build_each(days, replace(last.question, according_to=side))
            for side in sides_with_sources(last.claims_used, last.theater)
        }

    def webmap(
        self,
        *,
        opening: str = "day",
        stories: bool = False,
        options: PageOptions | None = None,
        width: str = "100%",
        height: str = "100%",
    ) -> ControlMap:
        """
        Make the interactive map with a slider; it shows in a notebook and saves as one HTML file.

        Parameters
        ----------
        opening
            What it shows first: ``day``, the last one, or ``changes`` from the first to the last.
        stories, options, width, height
            As for :meth:`Build.webmap`.
        """
        from syriamap.webmap import series_map

        told = self.stories() if stories else {}
        frames = [day.territory for days in (self.days, *told.values()) for day in days]
        atoms = atoms_from_territories(frames, self.days[-1].theater) if told else self.atoms
        return series_map(
            self.days,
            atoms,
            opening=opening,
            stories=told,
            options=options,
            width=width,
            height=height,
        )


def series(
    to: str | dt.date,
    *,
    since: str | dt.date,
    step: str = "day",
    only_ends: bool = False,
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
    **asked: Unpack[Asked],
) -> Series:
    """
    Build the maps of the days from `since` to `to`; theater and claims are read once.

    Parameters
    ----------
    to, since
        Last and first day.
    step
        Every ``day``, ``week`` or ``month`` (:func:`~syriamap.history.day_steps.days_between`).
    only_ends
        Build the first and the last day only, to compare them.
    progress
        Gives back the days it is given, one by one, and may tell how far the work is.
    asked
        As for :func:`build`.

    Raises
    ------
    SyriamapError
        As :func:`build`, if `since` is after `to`, and if there are too many days between.
    """
    first, last = day_of(since, "since"), day_of(to, "date")
    days = days_between(first, last, step)
    if only_ends and first < last:
        days = [first, last]
    if len(days) > HISTORY.most_days:
        longer = "a later first day"
        if step != "month":
            longer += f", or a step of a {'week or a month' if step == 'day' else 'month'}"
        raise ControlError(
            f"since: {len(days):,} maps from {first} to {last} are too many for one file, "
            f"{HISTORY.most_days:,} are the most; {longer} would do"
        )
    question = ask(**asked)
    check_days(days, question)  # before the bar of `progress`
    return Series(build_each(progress(days), question))


def history(
    first: str | dt.date | None = None,
    last: str | dt.date | None = None,
    *,
    step: str | None = None,
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
    **asked: Unpack[Asked],
) -> Shares:
    """
    Tell who had how much of the country and of its places through time.

    Parameters
    ----------
    first, last
        The days to begin and to end with; those of the first and of the last claim when not given.
    step
        As for :func:`series`; when not given every day, or every month where the days are many.
    progress, asked
        As for :func:`series`. One day is kept at a time, so any number will do.

    Raises
    ------
    SyriamapError
        As :func:`series`, and if there is no claim to begin or to end with.
    """
    question = ask(**asked)
    begin = day_of(first, "first") if first is not None else _claimed_day(question, "min")
    end = day_of(last, "last") if last is not None else _claimed_day(question, "max")
    if step is None:
        step = "month" if (end - begin).days > HISTORY.days_by_day else "day"

    def rows() -> Iterator[pd.DataFrame]:
        for day in progress(days_between(begin, end, step)):
            territory, states = _drawn(_inferred(question, day)[1], question)
            yield share_rows(day, territory, states, question.theater)

    return shares_from_rows(rows(), question)


def _claimed_day(question: Question, which: str) -> dt.date:
    """Day of the first or the last claim that says who holds something."""
    days = dates_settled(question.claims_heard()).agg(which)
    if pd.isna(days):
        raise ControlError(
            "no claim to begin or to end a history with; give its first and last day"
        )
    day: dt.date = days.date()
    return day


def build_control(day: str | dt.date, **asked: Unpack[Asked]) -> pd.DataFrame:
    """
    Read theater and claims and infer control as it is drawn, without the map; see :func:`build`.

    Parameters
    ----------
    day, asked
        As for :func:`build`.
    """
    wanted, question = day_of(day, "date"), ask(**asked)
    check_days([wanted], question)
    return control_on(wanted, question)
