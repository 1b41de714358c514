"""
A map for print: the frames of a date on a sheet, and the sheet as PNG, SVG or PDF.

It needs no browser. The same frames and options give the same bytes on every machine: the letters
are vendored, no clock is read, and what has no order is sorted.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.errors import FigureError
from syriamap.figure.changed import changed_areas
from syriamap.figure.fonts import FAMILIES, register_fonts, with_embedded_fonts
from syriamap.figure.furniture import (
    LegendRow,
    block_height,
    draw_inset,
    draw_legend,
    draw_scale,
    legend_height,
    text_block,
)
from syriamap.figure.job import SIZES, FigureOptions, Job, Still
from syriamap.figure.layers import (
    draw_base,
    draw_borders,
    draw_events,
    draw_frame,
    draw_lines,
    draw_places,
    draw_territory,
    look_of,
)
from syriamap.figure.legend_texts import footer_of, heading_of, legend_of, legend_of_all
from syriamap.figure.place_names import (
    candidates_of,
    name_areas,
    name_neighbors,
    name_places,
)
from syriamap.figure.room import Room
from syriamap.figure.sheet import Box, Sheet
from syriamap.figure.view import View, view_of_bounds
from syriamap.files import atomic_path, ending_of
from syriamap.look.symbols import BANDED
from syriamap.look.wording import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.history.days import MapOfDay
    from syriamap.theater.folder import Theater

__all__ = ["FORMATS", "check_figure", "draw_figure", "save_figure", "still_of"]

_MARGIN = 1.5
"""Around everything, in sizes of body text."""

FORMATS = ("png", "svg", "pdf")
"""Endings that a figure can have."""


def check_figure(path: str | Path, options: FigureOptions) -> None:
    """
    Refuse before the work what could not be written after it.

    Parameters
    ----------
    path
        Where the figure will go.
    options
        How it will be drawn.

    Raises
    ------
    FigureError
        If there is no such format, size or language.
    """
    if ending_of(path, ".png").removeprefix(".") not in FORMATS:
        raise FigureError(f"{path}: no figure of that kind; there are: .{', .'.join(FORMATS)}")
    if options.size not in SIZES:
        raise FigureError(f"no size {options.size!r}; there are: {', '.join(SIZES)}")
    Words(options.language)  # says which languages there are


def draw_figure(
    *maps: MapOfDay,
    options: FigureOptions | None = None,
    before: MapOfDay | None = None,
    still: Still | None = None,
) -> Sheet:
    """
    Draw a map on a sheet; several maps are drawn side by side.

    Parameters
    ----------
    maps
        One map, or small multiples in their order.
    options
        Size, language and window.
    before
        An earlier map: what changed since then is tinted, the rest is pale.
    still
        Of :func:`still_of`, where the map is a frame of a film.

    Raises
    ------
    FigureError
        If an option has no such value.
    """
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise FigureError("figures need matplotlib: pip install 'syriamap[figure]'") from error

    chosen = options or FigureOptions()
    if not maps:
        raise FigureError("no map to draw")
    if chosen.size not in SIZES:
        raise FigureError(f"no size {chosen.size!r}; there are: {', '.join(SIZES)}")
    if before is not None and len(maps) > 1:
        raise FigureError("changes are drawn on one map, not on small multiples")
    register_fonts()
    with rc_context({"font.family": list(FAMILIES), "text.hinting": "none"}):
        job = _job(chosen, maps, before, still)
        _compose(job)
    return job.sheet


def _job(
    options: FigureOptions,
    maps: tuple[MapOfDay, ...],
    before: MapOfDay | None = None,
    still: Still | None = None,
) -> Job:
    """Lay a blank sheet ready."""
    words = Words(options.language, "signs", "figure")
    width, height, unit, _ = SIZES[options.size]
    sheet = Sheet.blank(width, height, unit=unit, rtl=words.rtl)
    return Job(sheet, words, options, maps, before, still)


def still_of(maps: Sequence[MapOfDay], options: FigureOptions) -> Still:
    """
    Find what stands still when maps are shown one after the other.

    Parameters
    ----------
    maps
        The maps of a film.
    options
        How each of them is drawn.
    """
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise FigureError("figures need matplotlib: pip install 'syriamap[figure]'") from error

    register_fonts()
    with rc_context({"font.family": list(FAMILIES), "text.hinting": "none"}):
        sheet = _job(options, tuple(maps)).sheet
        width = sheet.width - 2 * _MARGIN * sheet.unit
        jobs = [_job(options, (one,)) for one in maps]
        return Still(
            heading=max(block_height(sheet, width, heading_of(job)) for job in jobs),
            footer=max(block_height(sheet, width, footer_of(job)) for job in jobs),
            rows=tuple(legend_of_all(jobs)),
        )


def save_figure(
    sheet: Sheet,
    path: str | Path,
    *,
    title: str = "",
    description: str = "",
    resolution: int = 200,
) -> Path:
    """
    Write a sheet, whole or not at all; the same sheet gives the same bytes.

    Parameters
    ----------
    sheet
        As :func:`draw_figure` gives it.
    path
        Ends in one of :data:`FORMATS`.
    title, description
        Go into the file's metadata.
    resolution
        Dots per inch of a PNG.
    """
    from matplotlib import rc_context

    target = Path(path)
    kind = ending_of(target, ".png").removeprefix(".")
    if kind not in FORMATS:
        raise FigureError(f"{path}: no figure of that kind; there are: .{', .'.join(FORMATS)}")
    metadata: dict[str, Any] = {
        "png": {"Software": None, "Title": title},
        "svg": {"Date": None, "Creator": "syriamap", "Title": title},
        "pdf": {"CreationDate": None, "Creator": "syriamap", "Producer": None, "Title": title},
    }[kind]
    if description:
        metadata["Subject" if kind == "pdf" else "Description"] = description
    rules: Any = {
        "svg.hashsalt": "syriamap",
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "font.family": list(FAMILIES),
        "text.hinting": "none",
    }
    stream = io.BytesIO()
    with rc_context(rules):
        dpi = resolution if kind == "png" else 72
        sheet.figure.savefig(stream, format=kind, dpi=dpi, metadata=metadata)
    data = stream.getvalue()
    if kind == "svg":
        data = with_embedded_fonts(data.decode()).encode()
    with atomic_path(target) as temporary:
        temporary.write_bytes(data)
    return target


def _compose(job: Job) -> None:
    """Lay out title, map, legend and sources."""
    sheet, unit = job.sheet, job.sheet.unit
    margin = _MARGIN * unit
    left, right = margin, sheet.width - margin
    y = sheet.height - 0.7 * margin
    high = text_block(sheet, left, y, right - left, heading_of(job))
    foot = footer_of(job)
    low = block_height(sheet, right - left, foot)
    text_block(sheet, left, 0.7 * margin + low, right - left, foot)
    if job.still is not None:
        high, low = job.still.heading, job.still.footer
    y, bottom = y - high, 0.7 * margin + low
    rows = legend_of(job)
    top, bottom = y - 0.7 * unit, bottom + 0.7 * unit
    narrow = job.options.size == "column"
    if narrow:
        half = (right - left - unit) / 2
        parts = _halves(sheet, rows, half)
        high = max(legend_height(sheet, one, half) for one in parts)
        for number, part in enumerate(parts):
            place = 1 - number if sheet.rtl else number
            draw_legend(sheet, job.theater, part, left + place * (half + unit), bottom + high, half)
        box = (left, bottom + high + 0.6 * unit, right, top)
        _draw_maps(job, box)
        return
    column = 23 * unit
    start = left if sheet.rtl else right - column
    box = (
        (left + column + unit, bottom, right, top)
        if sheet.rtl
        else (left, bottom, right - column - unit, top)
    )
    share = min(1.0, (top + 0.4 * unit - bottom) / legend_height(sheet, rows, column))
    draw_legend(sheet.smaller(share), job.theater, rows, start, top + 0.4 * unit, column)
    _draw_maps(job, box)


def _inset(job: Job, view: View, box: Box) -> None:
    """Draw the region around the country into a box."""
    west, south, east, north = job.theater.bounds
    pad_x, pad_y = 0.65 * (east - west), 0.65 * (north - south)
    around = (
        max(west - pad_x, -180),
        max(south - pad_y, -90),
        min(east + pad_x, 180),
        min(north + pad_y, 90),
    )
    draw_inset(job.sheet, view_of_bounds(job.theater, around, box), view, job.theater)


def _corner(view: View, theater: Theater, size: tuple[float, float], taken: list[Box]) -> Box:
    """Box of that size in the corner of the window that hides least of the country."""
    import shapely

    left, bottom, right, top = view.box
    wide, high = size
    corners = [
        (left, bottom, left + wide, bottom + high),
        (right - wide, bottom, right, bottom + high),
        (right - wide, top - high, right, top),
        (left, top - high, left + wide, top),
    ]
    boxes = shapely.box(*np.array(corners).T)
    hidden = shapely.area(shapely.intersection(boxes, view.shape(theater.boundary)))
    for other in taken:
        hidden = hidden + 1e6 * shapely.intersects(boxes, shapely.box(*other))
    return corners[int(hidden.argmin())]


def _halves(sheet: Sheet, rows: Sequence[LegendRow], width: float) -> list[list[LegendRow]]:
    """Split a legend at the row that makes its columns most equal."""
    best, least = [list(rows), []], float("inf")
    for cut in range(1, len(rows)):
        if rows[cut - 1][0] == "head":
            continue
        parts = [list(rows[:cut]), list(rows[cut:])]
        high = max(legend_height(sheet, part, width) for part in parts)
        if high < least:
            best, least = parts, high
    return best


def _draw_maps(job: Job, box: Box) -> None:
    """Draw one map, or several in a grid with a date on each."""
    sheet, unit = job.sheet, job.sheet.unit
    count = len(job.maps)
    if count == 1:
        _draw_map(job, job.last, box)
        return
    wide, high = box[2] - box[0], box[3] - box[1]
    columns = min(
        range(1, count + 1),
        key=lambda n: (-min(wide / n, high / -(-count // n) - 1.8 * unit), n),
    )
    lines = -(-count // columns)
    gap = 0.8 * unit
    cell = (wide - gap * (columns - 1)) / columns
    tall = (high - gap * (lines - 1)) / lines
    for number, one in enumerate(job.maps):
        place = number % columns
        place = columns - 1 - place if sheet.rtl else place
        left = box[0] + place * (cell + gap)
        top = box[3] - (number // columns) * (tall + gap)
        edge, align = (left + cell, "right") if sheet.rtl else (left, "left")
        sheet.write(
            edge,
            top - 1.1 * unit,
            job.words.date(one.date),
            size=1.05 * unit,
            weight="bold",
            align=align,
        )
        _draw_map(job, one, (left, top - tall, left + cell, top - 1.6 * unit), small=True)


def _draw_map(job: Job, one: MapOfDay, box: Box, *, small: bool = False) -> None:
    theater, words = job.theater, job.words
    view = job.view(box)
    sheet = job.sheet.inside(box).smaller(0.72 if small else 1.0)
    draw_base(sheet, view, theater)
    shapes = draw_territory(sheet, view, theater, one.territory, faded=job.before is not None)
    if job.before is not None:
        for actor, look, shape, _ in changed_areas(job.before.territory, one.territory):
            drawn = view.metric_shape(shape)
            if actor:
                sheet.held(drawn, *look_of(theater, actor), order=14)
            elif look in BANDED:
                sheet.area(drawn, "#ffffff", order=14)
                sheet.band(drawn, "#5b5b5b", order=14.1)
            else:
                sheet.contested(drawn, "#ffffff", order=14)
            sheet.line(drawn.boundary, "#111111", 1.2, order=15)
    draw_borders(sheet, view, theater)
    draw_lines(sheet, view, one.frontline)
    room = Room(box)
    unit = sheet.unit
    wide = min(0.3 * (box[2] - box[0]), 20 * unit)
    bar = _corner(view, theater, (wide + 5 * unit, 4.8 * unit), [])
    draw_scale(sheet, view, words, bar[0] + 1.8 * unit, bar[1] + 1.2 * unit, wide)
    room.take([bar])
    if not small:
        side = min(0.2 * (box[2] - box[0]), 0.3 * (box[3] - box[1]))
        inset = _corner(view, theater, (side, 0.85 * side), [bar])
        _inset(job, view, inset)
        room.take([inset])
    area = (box[2] - box[0]) * (box[3] - box[1])
    most = int(area / (unit * unit * (80 if small else 26)))
    rows = candidates_of(view, one.states, most=most)
    cities = [row for row in rows if one.states["kind"].iloc[row] == "city"]
    # The most important first: a lesser sign gives way to a city's name, never the other way.
    room.take(draw_places(sheet, view, theater, one.states, cities, room))
    name_places(sheet, view, one.states, cities, room, words)
    points = view.points(one.states["lon"], one.states["lat"])[rows[: 4 * len(cities) + 20]]
    dots = [(x - 3, y - 3, x + 3, y + 3) for x, y in points.tolist()]
    name_areas(sheet, view, theater, shapes, room, dots, words)
    if not small:
        room.take(draw_events(sheet, view, theater, one.events, room))
    others = [row for row in rows if one.states["kind"].iloc[row] != "city"]
    room.take(draw_places(sheet, view, theater, one.states, others, room))
    name_places(sheet, view, one.states, others, room, words)
    name_neighbors(sheet, view, theater, room, words)
    draw_frame(job.sheet, view)
