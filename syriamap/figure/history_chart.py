"""
Who held how much through time, as two stacked charts: the shares of the area and of the places.

In come the shares of some dates, out go a sheet and its words. Each date is a column as wide as the
time to the next, for nothing is known of the days between; the last is as wide as the one before.
Actors have the colors and patterns of the map, contested ground its hatch, what is too close to
call is gray, undetermined ground bare.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.errors import FigureError
from syriamap.figure.fonts import FAMILIES, register_fonts
from syriamap.figure.furniture import (
    LegendRow,
    Paragraph,
    block_height,
    draw_legend,
    legend_height,
    text_block,
)
from syriamap.figure.job import SIZES, FigureOptions
from syriamap.figure.layers import look_of
from syriamap.figure.sheet import INK, QUIET, Box, Sheet
from syriamap.history.history_settings import HISTORY
from syriamap.look.headings import headline_notes
from syriamap.look.symbols import definition
from syriamap.look.wording import Words, word_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from syriamap.history.shares import Shares

__all__ = ["draw_history", "history_caption"]

_AXIS = 3.6  # body text sizes that the numbers of the axis take
_NAMED = 1.5  # an area this much higher than its name has room for it
_UNHELD_EDGE = ("#8a8378", 0.8, (1, 3))  # of undetermined ground, as on the map


@dataclass(frozen=True)
class _Chart:
    """
    A box of the sheet with dates from side to side and shares from foot to head.

    Attributes
    ----------
    box
        On the sheet, points.
    edges
        Where each column begins and the last ends, points from the side where time begins, (D + 1,)
    rtl
        Whether time runs from right to left.
    """

    box: Box
    edges: NDArray[np.float64]
    rtl: bool

    def x(self, along: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Places on the sheet."""
        left, _, right, _ = self.box
        return np.asarray(right - along if self.rtl else left + along)

    def y(self, share: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Heights on the sheet."""
        return np.asarray(self.box[1] + share * (self.box[3] - self.box[1]))


def draw_history(shares: Shares, *, options: FigureOptions | None = None) -> Sheet:
    """
    Draw who held how much through time.

    Parameters
    ----------
    shares
        Of :func:`syriamap.pipeline.history`.
    options
        Size, language and title; there is no window.

    Raises
    ------
    FigureError
        If an option has no such value, or matplotlib is not there.
    """
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise FigureError("figures need matplotlib: pip install 'syriamap[figure]'") from error

    chosen = options or FigureOptions()
    if chosen.size not in SIZES:
        raise FigureError(f"no size {chosen.size!r}; there are: {', '.join(SIZES)}")
    words = Words(chosen.language, "signs", "figure")
    register_fonts()
    width, height, unit, _ = SIZES[chosen.size]
    with rc_context({"font.family": list(FAMILIES), "text.hinting": "none"}):
        sheet = Sheet.blank(width, height, unit=unit, rtl=words.rtl)
        _compose(sheet, shares, words, chosen)
    return sheet


def _compose(sheet: Sheet, shares: Shares, words: Words, options: FigureOptions) -> None:
    """Lay out title, charts, legend and sources."""
    unit = sheet.unit
    margin = 1.5 * unit
    left, right = margin, sheet.width - margin
    top = sheet.height - 0.7 * margin
    heading = _heading(shares, words, unit, options.title)
    top -= text_block(sheet, left, top, right - left, heading) + unit
    foot = _footer(shares, words, 0.8 * unit)
    bottom = 0.7 * margin + block_height(sheet, right - left, foot)
    text_block(sheet, left, bottom, right - left, foot)
    bottom += unit
    rows = _legend(shares, words)
    if options.size == "column":
        high = legend_height(sheet, rows, right - left)
        draw_legend(sheet, shares.theater, rows, left, bottom + high, right - left)
        box = (left, bottom + high + 0.6 * unit, right, top)
    else:
        column = 21 * unit
        start = left if sheet.rtl else right - column
        share = min(1.0, (top - bottom) / legend_height(sheet, rows, column))
        draw_legend(sheet.smaller(share), shares.theater, rows, start, top, column)
        beside = (left + column + unit, right) if sheet.rtl else (left, right - column - unit)
        box = (beside[0], bottom, beside[1], top)
    _draw_charts(sheet, shares, words, box)


def _draw_charts(sheet: Sheet, shares: Shares, words: Words, box: Box) -> None:
    """Area above, places below, each with its axes."""
    unit, (left, bottom, right, top) = sheet.unit, box
    left, right = (left, right - _AXIS * unit) if sheet.rtl else (left + _AXIS * unit, right)
    half = (top - bottom) / 2
    count = int(shares.rows["places"].groupby(shares.rows["date"]).sum().iloc[-1])
    places = words("places_share", count=words.number(count))
    titles = (("area_share", words("area_share"), top), ("places_share", places, top - half))
    for column, title, head in titles:
        frame = (left, head - half + 2.2 * unit, right, head - 2.0 * unit)
        chart = _Chart(frame, _edges(shares.days, right - left), sheet.rtl)
        edge, align = (right, "right") if sheet.rtl else (left, "left")
        sheet.write(edge, head - 1.3 * unit, title, weight="bold", align=align)
        _draw_bands(sheet, chart, column, shares, words)
        _draw_axes(sheet, chart, shares.days, words)


def _edges(days: Sequence[dt.date], width: float) -> NDArray[np.float64]:
    """Where columns begin and the last one ends, so that they fill the width."""
    at = np.array([day.toordinal() for day in days], dtype=float)
    last = at[-1] - at[-2] if len(at) > 1 else 1.0
    ends = np.append(at, at[-1] + last)
    return np.asarray((ends - ends[0]) / (ends[-1] - ends[0]) * width)


def _draw_bands(sheet: Sheet, chart: _Chart, column: str, shares: Shares, words: Words) -> None:
    """A band for each holder, the first of them at the foot."""
    import shapely

    sheet.area(shapely.box(*chart.box), definition()["base"]["country"], order=10)
    values = shares.values(column)
    tops = np.cumsum(values, axis=1)
    one, other = chart.x(chart.edges[:-1]), chart.x(chart.edges[1:])
    for number, (actor, status) in enumerate(shares.holders):
        low, high = chart.y(tops[:, number] - values[:, number]), chart.y(tops[:, number])
        some = values[:, number] > 0
        if not some.any():
            continue
        columns = shapely.box(
            np.minimum(one, other)[some], low[some], np.maximum(one, other)[some], high[some]
        )
        band = shapely.union_all(columns)
        if actor:
            sheet.held(band, *look_of(shares.theater, actor), order=12)
            sheet.area(band, "#ffffff", alpha=0, order=13, edge=INK, width=0.35 * sheet.stroke)
            _name_band(sheet, chart, low, high, _short(shares, words, actor))
        elif status == "contested":
            sheet.contested(band, None, order=12)
        elif status == "front_band":
            sheet.band(band, "#5b5b5b", order=12)
        else:
            ink, width, dash = _UNHELD_EDGE
            sheet.line(band.boundary, ink, width, dash=dash, order=12)


def _short(shares: Shares, words: Words, actor: str) -> str:
    actors = shares.theater.actors
    return words.short(dict(actors.loc[actor])) if actor in actors.index else actor


def _name_band(
    sheet: Sheet, chart: _Chart, low: NDArray[np.float64], high: NDArray[np.float64], name: str
) -> None:
    """Write a name where its band has most room, if it has enough."""
    size = 0.95 * sheet.unit
    wide, tall = sheet.measure(name, size)
    best, spot = _NAMED * tall, None
    for first in range(len(low)):
        last = int(np.searchsorted(chart.edges, chart.edges[first] + wide + size))
        if last >= len(chart.edges):
            break
        room = float(high[first:last].min() - low[first:last].max())
        if room > best:
            middle = float(chart.x((chart.edges[first] + chart.edges[last]) / 2))
            best, spot = room, (middle, float(high[first:last].min()) - room / 2)
    if spot is not None:
        x, y = spot
        sheet.write(
            x, y - 0.33 * size, name, size=size, align="center", halo=1.3 * sheet.stroke, order=40
        )


def _draw_axes(sheet: Sheet, chart: _Chart, days: Sequence[dt.date], words: Words) -> None:
    import shapely

    left, bottom, right, top = chart.box
    unit, size = sheet.unit, 0.8 * sheet.unit
    far = (right + 0.5 * unit, "left") if sheet.rtl else (left - 0.5 * unit, "right")
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = float(chart.y(share))
        line = shapely.LineString([(left, y), (right, y)])
        sheet.line(line, INK, 0.6, alpha=0.25, order=20)
        sheet.write(far[0], y - 0.33 * size, f"{100 * share:.0f} %", size=size, color=QUIET,
                    align=far[1])  # fmt: skip
    for day, text in _ticks(sheet, chart, days, words, size):
        x = float(chart.x(_along(chart, days, day)))
        mark = shapely.LineString([(x, bottom), (x, bottom - 0.4 * unit)])
        sheet.line(mark, INK, 0.8, order=20)
        sheet.write(x, bottom - 1.4 * unit, text, size=size, color=QUIET, align="center")
    sheet.line(shapely.box(left, bottom, right, top).exterior, "#3f3a36", 1.0, order=46)


def _along(chart: _Chart, days: Sequence[dt.date], day: dt.date) -> float:
    """How far from the first date a day is, points."""
    at = [one.toordinal() for one in days]
    return float(np.interp(day.toordinal(), [*at, 2 * at[-1] - at[-2]] if len(at) > 1 else at,
                           chart.edges[: len(at) + (len(at) > 1)]))  # fmt: skip


def _ticks(
    sheet: Sheet, chart: _Chart, days: Sequence[dt.date], words: Words, size: float
) -> list[tuple[dt.date, str]]:
    """Dates below the chart: as many days, months or years as have room."""
    first, last = days[0], days[-1]
    width = chart.box[2] - chart.box[0]
    months = word_tables(words.language)["language"]["months"]
    every = [first + dt.timedelta(days=count) for count in range((last - first).days + 1)]
    firsts = [day for day in every if day.day == 1]
    by_month = [day for day in firsts if day.month in {1, 7}] if len(firsts) > 30 else firsts
    years = [day for day in firsts if day.month == 1]
    kinds: tuple[tuple[list[dt.date], Callable[[dt.date], str]], ...] = (
        *((every[::apart], words.date) for apart in (1, 2, 7)),
        (firsts, lambda day: f"{months[day.month - 1]} {day.year}"),
        (by_month, lambda day: f"{months[day.month - 1]} {day.year}"),
        *((years[::apart], lambda day: str(day.year)) for apart in (1, 2, 5)),
    )
    for found, write in kinds:
        told = [(day, write(day)) for day in found]
        room = sum(sheet.measure(text, size)[0] + 1.5 * size for _, text in told)
        if told and room <= width:
            return told
    return [(first, words.date(first))]


def _heading(shares: Shares, words: Words, unit: float, title: str) -> list[Paragraph]:
    """Title, and what it rests on: cut-off, claims, age of the evidence, whose story."""
    question = shares.question
    claims = question.claims_heard()
    lines = [
        *headline_notes(shares.headline(words.language), words.language),
        words(
            "claims",
            count=words.number(len(claims)),
            sources=words.number(claims["publisher"].nunique()),
        ),
        words("dates", count=words.number(len(shares.days))),
        words("inferred"),
    ]
    return [
        (title or _title(shares, words), 1.9 * unit, "bold", INK),
        (" · ".join(lines), unit, "normal", QUIET),
    ]


def _title(shares: Shares, words: Words) -> str:
    country = shares.theater.title_in(words.language)
    since, until = words.date(shares.days[0]), words.date(shares.days[-1])
    return words("history_title", country=country, since=since, date=until)


def _footer(shares: Shares, words: Words, size: float) -> list[Paragraph]:
    theater = shares.theater
    texts = (theater.border_in(words.language), " ".join(theater.attribution))
    return [(text, size, "normal", QUIET) for text in texts if text]


def _legend(shares: Shares, words: Words) -> list[LegendRow]:
    """Holders from the head of the charts to their foot, with the area of the last date."""
    on = words("share_on", date=words.date(shares.days[-1]))
    rows: list[LegendRow] = [("head", "", on, "")]
    for number, actor, status in reversed(_named(shares)):
        name = words.actor_name(shares.theater.actors, actor) if actor else words(status)
        last = shares.values("area_share")[-1, number]
        rows.append((status, actor, name, _percent(last) if last else ""))
    return rows


def _named(shares: Shares) -> list[tuple[int, str, str]]:
    """Number, actor and status of the holders that ever have enough to be seen."""
    most = np.maximum(
        shares.values("area_share").max(axis=0), shares.values("places_share").max(axis=0)
    )
    return [
        (number, *key)
        for number, key in enumerate(shares.holders)
        if most[number] >= HISTORY.least_share
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def history_caption(shares: Shares) -> tuple[str, str]:
    """
    Title of the chart and the text for readers who cannot see it, in English.

    All of it is counted from the table; nothing is judged.

    Parameters
    ----------
    shares
        Of :func:`syriamap.pipeline.history`.
    """
    words = Words("en", "signs", "figure")
    days, area = shares.days, shares.values("area_share")
    span = f"{words.date(days[0])} to {words.date(days[-1])}"
    title = shares.theater.title
    parts = [f"Stacked chart of the shares of the area of {title}, {span}; below, of its places."]
    parts += [f"{note[:1].upper()}{note[1:]}." for note in headline_notes(shares.headline(), "en")]
    named = [
        (number, words.actor_name(shares.theater.actors, actor) if actor else words(status))
        for number, actor, status in _named(shares)
    ]
    for row in (0, -1):
        told = sorted((-area[row, number], name) for number, name in named if area[row, number])
        shown = "; ".join(f"{name} {_percent(-share)}" for share, name in told)
        parts.append(f"{words.date(days[row])}: {shown}.")
    peaks = [
        f"{name} {_percent(area[:, number].max())} on {words.date(days[area[:, number].argmax()])}"
        for number, name in named
    ]
    parts.append(f"At most: {'; '.join(peaks)}.")
    return _title(shares, words), " ".join(parts)
