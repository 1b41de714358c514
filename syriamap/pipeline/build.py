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
from functools import cached_property, partial
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from syriamap.errors import ControlError
from syriamap.history.day_steps import days_between
from syriamap.history.days import MapOfDay
from syriamap.history.history_settings import HISTORY
from syriamap.jobs import ALONE, Crew
from syriamap.pipeline.asking import Asked, ask, check_days, day_of
from syriamap.pipeline.kept_days import MOST_DAYS, Frames, keep_day, kept_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from syriamap.claims.question import Question
    from syriamap.export import ExportOptions
    from syriamap.history.atoms import Atoms
    from syriamap.history.changes import Changes
    from syriamap.history.shares import Shares
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

    def save_page(
        self, path: str | Path, *, stories: bool = False, options: PageOptions | None = None
    ) -> None:
        """
        Write the page of :meth:`webmap` at once, to the same bytes; layers cannot be added to it.

        Parameters
        ----------
        path
            Where to.
        stories, options
            As for :meth:`webmap`.
        """
        from syriamap.webmap import day_document, save_page

        if stories:
            Series((self,)).save_page(path, stories=True, options=options)
        else:
            save_page(day_document(self, options), path)

    def explained(self, crew: Crew = ALONE) -> Build:
        """
        Add what the map would be without each place's weightiest claim; its page tells it.

        Parameters
        ----------
        crew
            Who works it out; it is the same.
        """
        from syriamap.explain import claim_effects, with_effects

        effects = claim_effects(self.question, self.date, crew=crew)
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

    def export(self, path: str | Path, *, options: ExportOptions | None = None) -> Path:
        """Write areas, lines, places and events to one file; its ending chooses the format."""
        from syriamap.export import export_map

        return export_map(self, path, options=options)


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


def build_each(
    days: Iterable[dt.date],
    question: Question,
    *,
    crew: Crew = ALONE,
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
) -> tuple[Build, ...]:
    """
    Build the maps of some days from the same theater and claims.

    Parameters
    ----------
    days
        The days, in any order.
    question
        Of :func:`~syriamap.pipeline.asking.ask`.
    crew
        Who builds them; the maps are the same.
    progress
        As for :func:`series`.
    """
    wanted = list(days)
    known = {day: kept_day(question, day) for day in wanted}
    missing = [day for day, frames in known.items() if frames is None]
    weight = len(question.theater.places)
    if crew.workers(len(missing), weight) > 1:
        first = partial(_inferred_once, question)
        worked = crew.each(
            _days_there, question, missing, weight=weight, progress=progress, first=first
        )
        known |= dict(zip(missing, worked, strict=True))
        progress = iter
    return tuple(_each(question, wanted, known, progress))


def _each(
    question: Question,
    days: Sequence[dt.date],
    known: Mapping[dt.date, Frames | None],
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
) -> Iterator[Build]:
    """Maps of days one after the other: as they are known, or from all stages."""
    before: Build | None = None
    for day in progress(days):
        frames = known[day]
        if frames is None:
            frames = _worked_out(question, day, before)
            if len(days) <= MOST_DAYS:
                keep_day(question, day, frames)
        before = Build(question=question, date=day, **frames._asdict())
        yield before


def _inferred_once(question: Question) -> None:
    """Infer all days before work is shared: jobs of this machine find that in the cache."""
    from syriamap.control.claimed import time_of_question

    time_of_question(question)


def _days_there(question: Question, days: Sequence[dt.date]) -> list[Frames]:
    """Frames of neighboring days, worked out by one of a crew."""
    made = _each(question, days, dict.fromkeys(days))
    return [Frames(*(getattr(one, name) for name in Frames._fields)) for one in made]


def _worked_out(question: Question, day: dt.date, before: Build | None) -> Frames:
    """All stages of a day."""
    from syriamap.control.events import events_from_claims

    control, field = _inferred(question, day)
    territory, states = _drawn(field, question)
    return Frames(
        control=control,
        states=states,
        territory=territory,
        frontline=_frontline(territory, day, question, before),
        events=events_from_claims(question.claims, day, known_by=question.known_by),
        held_out=field.held_out,
    )


def _inferred(question: Question, day: dt.date) -> tuple[pd.DataFrame, Field]:
    """Control of a day as it is drawn, and what it says of every place, on one tessellation."""
    from syriamap.control.claimed import control_of_question
    from syriamap.territory import field_from_control, ground_of, reviewed_control

    theater = question.theater
    said = control_of_question(question, day)
    ground = ground_of(said, theater)
    control = reviewed_control(said, theater, ground=ground)
    return control, field_from_control(control, theater, ground=ground)


def _drawn(field: Field, question: Question) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Areas of a field, and the state of every place."""
    from syriamap.territory import states_from_field, territory_from_field

    theater = question.theater
    return territory_from_field(field, theater), states_from_field(field, theater)


def _frontline(
    territory: gpd.GeoDataFrame, day: dt.date, question: Question, before: Build | None
) -> gpd.GeoDataFrame:
    from syriamap.history.unmoved import unmoved_frontline
    from syriamap.territory import frontline_from_territory

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
    known = kept_day(question, day)
    if known is not None:
        return known.control
    from syriamap.control.claimed import control_of_question
    from syriamap.territory import reviewed_control

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
    crew
        Who builds the same days as each side tells them.
    """

    days: tuple[Build, ...]
    crew: Crew = ALONE

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
        from syriamap.history.typed_frames import typed_frame

        tables = [day.table(name) for day in self.days]
        for day, table in zip(self.days, tables, strict=True):
            table.insert(0, "date", pd.Timestamp(day.date).as_unit("s"))
        last = self.days[-1]
        return typed_frame(pd.concat(tables, ignore_index=True), name, last.theater)

    @cached_property
    def atoms(self) -> Atoms:
        """Pieces of the country that no line of any day cuts, and their histories."""
        from syriamap.pipeline.kept_atoms import kept_atoms

        return kept_atoms(self.days)

    def changes(self) -> Changes:
        """What changed hands between the first and the last day."""
        from syriamap.history.changes import changes_from_days

        return changes_from_days(self.days[0], self.days[-1])

    def history(self) -> Shares:
        """Who had how much of the country and of its places on each day."""
        from syriamap.history.shares import share_rows, shares_from_rows

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
        from syriamap.control.stories import sides_with_sources

        last = self.days[-1]
        if last.according_to:
            raise ControlError(f"this map tells the story of {last.according_to} already")
        days = [day.date for day in self.days]
        return {
            side: build_each(days, replace(last.question, according_to=side), crew=self.crew)
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

        told, atoms = self._told(stories=stories)
        return series_map(
            self.days,
            atoms,
            opening=opening,
            stories=told,
            options=options,
            width=width,
            height=height,
        )

    def save_page(
        self,
        path: str | Path,
        *,
        opening: str = "day",
        stories: bool = False,
        options: PageOptions | None = None,
    ) -> None:
        """
        Write the page of :meth:`webmap` at once, to the same bytes; layers cannot be added to it.

        Parameters
        ----------
        path
            Where to.
        opening, stories, options
            As for :meth:`webmap`.
        """
        from syriamap.webmap import save_page, series_document

        told, atoms = self._told(stories=stories)
        document = series_document(self.days, atoms, opening=opening, stories=told, options=options)
        save_page(document, path)

    def _told(self, *, stories: bool) -> tuple[dict[str, tuple[Build, ...]], Atoms]:
        """The stories, if they are asked for, and the pieces of all days that are told."""
        from syriamap.pipeline.kept_atoms import kept_atoms

        told = self.stories() if stories else {}
        if not told:
            return told, self.atoms
        return told, kept_atoms([day for days in (self.days, *told.values()) for day in days])


def series(
    to: str | dt.date,
    *,
    since: str | dt.date,
    step: str = "day",
    only_ends: bool = False,
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
    crew: Crew = ALONE,
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
    crew
        Who builds them (:class:`syriamap.jobs.Crew`); the maps are the same.
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
    return Series(build_each(days, question, crew=crew, progress=progress), crew)


def history(
    first: str | dt.date | None = None,
    last: str | dt.date | None = None,
    *,
    step: str | None = None,
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
    crew: Crew = ALONE,
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
    progress, crew, asked
        As for :func:`series`. One day is kept at a time, so any number will do.

    Raises
    ------
    SyriamapError
        As :func:`series`, and if there is no claim to begin or to end with.
    """
    from syriamap.history.shares import shares_from_rows

    question = ask(**asked)
    begin = day_of(first, "first") if first is not None else _claimed_day(question, "min")
    end = day_of(last, "last") if last is not None else _claimed_day(question, "max")
    if step is None:
        step = "month" if (end - begin).days > HISTORY.days_by_day else "day"

    days, weight = days_between(begin, end, step), len(question.theater.places)
    if crew.workers(len(days), weight) > 1:
        first_of_all = partial(_inferred_once, question)
        rows = crew.each(
            _shares_there, question, days, weight=weight, progress=progress, first=first_of_all
        )
    else:
        rows = [one for day in progress(days) for one in _shares_there(question, [day])]
    return shares_from_rows(rows, question)


def _shares_there(question: Question, days: Sequence[dt.date]) -> list[pd.DataFrame]:
    """Who had how much on some days, one day kept at a time."""
    from syriamap.history.shares import share_rows

    rows = []
    for day in days:
        known = kept_day(question, day)
        if known is None:
            territory, states = _drawn(_inferred(question, day)[1], question)
        else:
            territory, states = known.territory, known.states
        rows.append(share_rows(day, territory, states, question.theater))
    return rows


def _claimed_day(question: Question, which: str) -> dt.date:
    """Day of the first or the last claim that says who holds something."""
    from syriamap.claims.reader import dates_settled

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
