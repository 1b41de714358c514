"""
The stages in order; the file to read first.

::

    theater ─→ claims ─→ control ─→ field ─→ territory ─→ front line
                                      └────→ states of all places      ─→ page, export

Each stage is a function from frames to a new frame. It reads no clock and no network: the same
folder, claims and date give the same map, to the byte.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from syriamap.claims.reader import claims_until
from syriamap.control.claimed import control_from_claims
from syriamap.control.events import events_from_claims
from syriamap.control.stories import sides_with_sources
from syriamap.errors import ControlError
from syriamap.history.atoms import Atoms, atoms_from_territories
from syriamap.history.changes import Changes, changes_from_days
from syriamap.pipeline.question import Inputs, Question, day_of
from syriamap.territory import field_from_control, states_from_field, territory_from_field
from syriamap.territory.frontline import frontline_from_territory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater
    from syriamap.webmap import ControlMap, PageOptions

__all__ = ["Build", "ControlBuild", "Series", "build", "build_control", "build_each", "series"]


@dataclass(frozen=True)
class ControlBuild:
    """
    The first half of a :class:`Build`: control without territory.

    Attributes
    ----------
    date, known_by, according_to
        What was asked for.
    theater
        The theater.
    claims
        All claims that were read.
    control
        State of each claimed place.
    """

    date: dt.date
    known_by: dt.date | None
    according_to: str
    theater: Theater
    claims: pd.DataFrame
    control: pd.DataFrame


@dataclass(frozen=True)
class Build(ControlBuild):
    """
    A map of one date: the frames of every stage.

    Attributes
    ----------
    date, known_by, according_to, theater, claims, control
        As for :class:`ControlBuild`; claims that count for the date are `claims_used`.
    states
        State of every place, inferred where no claim speaks.
    territory, frontline
        Areas and lines, metric CRS.
    events
        Strikes and advances of the last days.
    held_out
        How well each claimed place's evidence is foretold by that of all others.
    """

    states: pd.DataFrame
    territory: gpd.GeoDataFrame
    frontline: gpd.GeoDataFrame
    events: pd.DataFrame
    held_out: HeldOut

    @property
    def claims_used(self) -> pd.DataFrame:
        """Claims that count for the date and the cut-off."""
        return claims_until(self.claims, self.date, known_by=self.known_by)

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
        return control_map(
            theater=self.theater,
            date=self.date,
            known_by=self.known_by,
            according_to=self.according_to,
            claims=self.claims_used,
            states=self.states,
            control=self.control,
            territory=self.territory,
            frontline=self.frontline,
            events=self.events,
            held_out=self.held_out,
            options=options,
            width=width,
            height=height,
        )

    def explained(self) -> Build:
        """Add what the map would be without each place's weightiest claim; its page tells it."""
        from syriamap.explain.explanation import claim_effects, with_effects

        effects = claim_effects(
            self.claims,
            self.theater,
            self.date,
            known_by=self.known_by,
            according_to=self.according_to,
        )
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

        return export_map(
            path,
            territory=self.territory,
            frontline=self.frontline,
            states=self.states,
            events=self.events,
            metadata=self.metadata(),
            actors=self.theater.actors,
        )

    def metadata(self) -> dict[str, Any]:
        """What every output file should say of itself; equal evidence has an equal hash."""
        ids = "\n".join(sorted(self.claims_used["claim_id"]))
        return {
            "title": f"{self.theater.title}, control on {self.date.isoformat()}",
            "theater": self.theater.id,
            "date": self.date.isoformat(),
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "according_to": self.according_to or None,
            "claims": len(self.claims_used),
            "claims_sha256": hashlib.sha256(ids.encode()).hexdigest(),
            "held_out": asdict(self.held_out),
            "border": self.theater.border_statement,
            "attribution": list(self.theater.attribution),
            **({"accuracy": self.theater.accuracy} if self.theater.accuracy else {}),
        }


def build(
    day: str | dt.date,
    *,
    theater: Theater | str | Path | None = None,
    claims: Sequence[str | Path] = (),
    only_claims: bool = False,
    known_by: str | dt.date | None = None,
    according_to: str = "",
    border: str = "",
) -> Build:
    """
    Build the map of a date.

    Parameters
    ----------
    day
        The date of the map, a date or ISO text.
    theater
        A theater or its folder; Syria when not given.
    claims
        Claims files added to the theater's own.
    only_claims
        Leave the theater's own claims out.
    known_by
        Use only what was reported up to this day.
    according_to
        A side: the map as its own sources tell it.
    border
        Name of a border variant of the theater.

    Raises
    ------
    SyriamapError
        See :mod:`syriamap.errors`; the message names file, row and value.
    """
    question = Question(
        theater=theater,
        claims=claims,
        only_claims=only_claims,
        known_by=known_by,
        according_to=according_to,
        border=border,
    )
    return build_each([day_of(day, "date")], question.read())[0]


def build_each(days: Iterable[dt.date], inputs: Inputs) -> tuple[Build, ...]:
    """
    Build the maps of some days from the same theater and claims.

    Parameters
    ----------
    days
        The days, in any order.
    inputs
        Of :meth:`Question.read`.
    """
    made: list[Build] = []
    for day in days:
        made.append(_built(_control_on(day, inputs), made[-1] if made else None))
    return tuple(made)


def _built(base: ControlBuild, before: Build | None = None) -> Build:
    """Territory, lines and events of a day whose control is known; `before` may know them."""
    area = base.theater
    field = field_from_control(base.control, area)
    territory = territory_from_field(field, area)
    return Build(
        **vars(base) | {"control": field.control},
        states=states_from_field(field, field.control, area),
        territory=territory,
        frontline=frontline_from_territory(territory, area, base.date, before=before),
        events=events_from_claims(base.claims, base.date, known_by=base.known_by),
        held_out=field.held_out,
    )


@dataclass(frozen=True)
class Series:
    """
    Maps of every day from one to another.

    Attributes
    ----------
    days
        A :class:`Build` per day, oldest first.
    """

    days: tuple[Build, ...]

    @cached_property
    def atoms(self) -> Atoms:
        """Pieces of the country that no line of any day cuts, and their histories."""
        return atoms_from_territories([day.territory for day in self.days], self.days[-1].theater)

    def changes(self) -> Changes:
        """What changed hands between the first and the last day."""
        first, last = self.days[0], self.days[-1]
        return changes_from_days(
            first.states,
            last.states,
            control=last.control,
            territories=(first.territory, last.territory),
            theater=last.theater,
        )

    def stories(self) -> dict[str, tuple[Build, ...]]:
        """Give the same days as each side tells them that has sources of its own, by side."""
        last = self.days[-1]
        if last.according_to:
            raise ControlError(f"this map tells the story of {last.according_to} already")
        sides = sides_with_sources(last.claims_used, last.theater)
        days = [day.date for day in self.days]
        told = {side: Inputs(last.theater, last.claims, last.known_by, side) for side in sides}
        return {side: build_each(days, inputs) for side, inputs in told.items()}

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

        last, told = self.days[-1], self.stories() if stories else {}
        frames = [day.territory for days in (self.days, *told.values()) for day in days]
        atoms = atoms_from_territories(frames, last.theater) if told else self.atoms
        return series_map(
            theater=last.theater,
            days=self.days,
            atoms=atoms,
            claims=last.claims_used,
            known_by=last.known_by,
            according_to=last.according_to,
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
    theater: Theater | str | Path | None = None,
    claims: Sequence[str | Path] = (),
    only_claims: bool = False,
    known_by: str | dt.date | None = None,
    according_to: str = "",
    border: str = "",
    only_ends: bool = False,
    progress: Callable[[Sequence[dt.date]], Iterable[dt.date]] = iter,
) -> Series:
    """
    Build the maps of all days from `since` to `to`; theater and claims are read once.

    Parameters
    ----------
    to, since
        Last and first day.
    theater, claims, only_claims, known_by, according_to, border
        As for :func:`build`.
    only_ends
        Build the first and the last day only, to compare them.
    progress
        Gives back the days it is given, one by one, and may tell how far the work is.

    Raises
    ------
    SyriamapError
        As :func:`build`, and if `since` is after `to`.
    """
    first, last = day_of(since, "since"), day_of(to, "date")
    if first > last:
        raise ControlError(f"since: {first} is after {last}, the last day of the map")
    question = Question(
        theater=theater,
        claims=claims,
        only_claims=only_claims,
        known_by=known_by,
        according_to=according_to,
        border=border,
    )
    days = [first + dt.timedelta(days=count) for count in range((last - first).days + 1)]
    if only_ends and first < last:
        days = [first, last]
    return Series(build_each(progress(days), question.read()))


def build_control(
    day: str | dt.date,
    *,
    theater: Theater | str | Path | None = None,
    claims: Sequence[str | Path] = (),
    only_claims: bool = False,
    known_by: str | dt.date | None = None,
    according_to: str = "",
    border: str = "",
) -> ControlBuild:
    """Read theater and claims and infer control, reviewed as on the map; see :func:`build`."""
    question = Question(
        theater=theater,
        claims=claims,
        only_claims=only_claims,
        known_by=known_by,
        according_to=according_to,
        border=border,
    )
    base = _control_on(day_of(day, "date"), question.read())
    return replace(base, control=field_from_control(base.control, base.theater).control)


def _control_on(day: dt.date, inputs: Inputs) -> ControlBuild:
    control = control_from_claims(
        inputs.claims,
        inputs.theater,
        day,
        known_by=inputs.known_by,
        according_to=inputs.according_to,
    )
    return ControlBuild(date=day, control=control, **vars(inputs))
