"""What a figure is drawn from and how: the maps, the options, the sizes by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.figure.view import View, view_around, view_of_bounds, view_of_theater

if TYPE_CHECKING:
    from syriamap.figure.furniture import LegendRow
    from syriamap.figure.sheet import Box, Sheet
    from syriamap.history.days import MapOfDay
    from syriamap.look.wording import Words
    from syriamap.theater.folder import Theater

__all__ = ["SIZES", "FigureOptions", "Job", "Still"]

_MM = 72 / 25.4

SIZES: dict[str, tuple[float, float, float, int]] = {
    "column": (88 * _MM, 128 * _MM, 6.2, 300),
    "page": (180 * _MM, 150 * _MM, 7.5, 300),
    "slide": (960.0, 540.0, 12.0, 144),
    "social": (576.0, 324.0, 7.4, 150),
}
"""Width, height and size of body text in points, and the resolution of a PNG, by name."""


@dataclass(frozen=True)
class FigureOptions:
    """
    How a figure is drawn.

    Attributes
    ----------
    size
        A name of :data:`SIZES`.
    language
        `en` or `ar`.
    bounds
        West, south, east, north in degrees; the whole country when not given.
    around
        Latitude, longitude and the kilometers to show to each side.
    title
        Instead of the figure's own title.
    """

    size: str = "page"
    language: str = "en"
    bounds: tuple[float, float, float, float] | None = None
    around: tuple[float, float, float] | None = None
    title: str = ""


@dataclass(frozen=True)
class Still:
    """
    What stands still from frame to frame of a film.

    Attributes
    ----------
    heading, footer
        Height of the longest of each, in points.
    rows
        What the legend explains: all that is on any of the maps.
    """

    heading: float
    footer: float
    rows: tuple[LegendRow, ...]


@dataclass(frozen=True)
class Job:
    """
    A figure to be drawn.

    Attributes
    ----------
    sheet, words, options
        Where, in which language and how.
    maps
        One map, or small multiples.
    before
        The earlier map, when changes are tinted.
    still
        What stands still, when the map is a frame of a film.
    """

    sheet: Sheet
    words: Words
    options: FigureOptions
    maps: tuple[MapOfDay, ...]
    before: MapOfDay | None
    still: Still | None = None

    @property
    def last(self) -> MapOfDay:
        """The newest map."""
        return self.maps[-1]

    @property
    def theater(self) -> Theater:
        """The theater of the maps, actors with all their names in these days."""
        return self.last.question.theater.named_for(self.maps[0].date, self.last.date)

    @property
    def whole(self) -> bool:
        """Whether the whole country is shown."""
        return self.options.around is None and self.options.bounds is None

    def view(self, box: Box) -> View:
        """Window of the map in a box of the sheet."""
        if self.options.around is not None:
            return view_around(self.theater, *self.options.around, box)
        if self.options.bounds is not None:
            return view_of_bounds(self.theater, self.options.bounds, box)
        return view_of_theater(self.theater, box)
