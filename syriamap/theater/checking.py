"""
Everything that can be said about a theater folder at once: complaints, and warnings of what reads.

In comes a folder, out go the complaints of its tables, its settings and its layers, and warnings of
what can be used but hardly is meant: colors that look alike, CRS that are off, places outside.
"""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from syriamap.errors import TheaterError
from syriamap.look.vision import least_difference
from syriamap.theater.extent import area_error, chosen_crs, scale_error
from syriamap.theater.folder import Theater, read_theater, tables_of_folder
from syriamap.theater.geojson import longest_step
from syriamap.theater.tables import read_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["checked_theater"]

_ALIKE = 10.0
"""CIE76 difference below which a reader confuses two fills."""

_PALE = 12.0
_MOST_SCALE_ERROR = 0.005
_LONGEST_STEP = 0.5
_FAR_OUTSIDE = 0.05
_UNDETERMINED = "#ffffff"


def checked_theater(folder: Path) -> tuple[Theater | None, list[str], list[str]]:
    """
    Check a theater folder as a whole.

    Parameters
    ----------
    folder
        The folder.

    Returns
    -------
    theater
        What was read, None when there are complaints.
    complaints
        Why it cannot be used, one text for each file or layer.
    warnings
        What can be used but hardly is meant.
    """
    complaints: list[str] = []
    if not folder.is_dir():
        return None, [f"{folder}: no such theater folder"], []
    for read in _readers(folder):
        try:
            read()
        except TheaterError as error:
            if str(error) not in complaints:
                complaints.append(str(error))
    if complaints:
        return None, complaints, []
    theater = read_theater(folder)
    warnings = [
        *_color_warnings(theater),
        *_outline_warnings(theater),
        *_place_warnings(theater),
    ]
    return theater, [], warnings


def _readers(folder: Path) -> list[Callable[[], Any]]:
    """Each file of a folder by itself, so that one that is broken hides no other."""

    def layers() -> list[Callable[[], Any]]:
        try:
            theater = read_theater(folder)
        except TheaterError:
            return []
        names = ("water", "admin1", "neighbors", "cities_around", "roads", "disputed", "areas")
        return [partial(getattr, theater, name) for name in names]

    def config() -> None:
        if (folder / "theater.toml").is_file():
            read_config(folder / "theater.toml")

    def tables() -> None:
        if found := tables_of_folder(folder):
            raise TheaterError(found)

    def outline() -> None:
        if (folder / "boundary.geojson").is_file():
            from syriamap.theater.geojson import read_outlines

            read_outlines(folder / "boundary.geojson")

    return [config, tables, outline, lambda: read_theater(folder), *layers()]


def _color_warnings(theater: Theater) -> list[str]:
    file, found = str(theater.folder / "actors.csv"), []
    rows = [
        (str(actor), str(row["color"]), str(row["pattern"]), str(row["side"]), row)
        for actor, row in theater.actors.iterrows()
    ]
    for actor, color, _, _, _ in rows:
        if least_difference(color, _UNDETERMINED) < _PALE:
            found.append(
                f"{file}: {actor}: {color} hardly shows on the map: a stronger color would do"
            )
    for one, other in combinations(rows, 2):
        if not _share_a_day(one[4], other[4]) or one[3] == other[3]:
            continue
        same_pattern = one[2] == other[2]
        if one[1].casefold() == other[1].casefold():
            found.append(f"{file}: {one[0]} and {other[0]} have one color ({one[1]})")
        elif same_pattern and least_difference(one[1], other[1]) < _ALIKE:
            found.append(
                f"{file}: {one[0]} ({one[1]}) and {other[0]} ({other[1]}) look alike to some "
                "readers and have one pattern; another color or pattern would do"
            )
    bare = [actor for actor, _, pattern, _, _ in rows if pattern in {"", "none"}]
    if len(bare) > 1:
        found.append(
            f"{file}: {', '.join(bare[:8])}{'…' if len(bare) > 8 else ''} have no pattern: they "
            "differ by color alone"
        )
    return found


def _share_a_day(one: Any, other: Any) -> bool:
    starts = [row["valid_from"] for row in (one, other) if row["valid_from"] == row["valid_from"]]
    ends = [row["valid_to"] for row in (one, other) if row["valid_to"] == row["valid_to"]]
    return not starts or not ends or max(starts) <= min(ends)


def _outline_warnings(theater: Theater) -> list[str]:
    file = str(theater.folder / "theater.toml")
    outline, found = theater.boundary, []
    step = longest_step(theater.folder / "boundary.geojson")
    if step > _LONGEST_STEP:
        found.append(
            f"{theater.folder / 'boundary.geojson'}: has straight borders of up to {step:.0f}°; "
            "they are given points in between when read"
        )
    worst = scale_error(outline, theater.metric_crs)
    if worst > _MOST_SCALE_ERROR:
        best = chosen_crs(outline)[0]
        if scale_error(outline, best) < worst / 2:
            found.append(
                f"{file}: metric_crs {theater.metric_crs}: lengths are off by up to {worst:.1%}; "
                f"{best} by {scale_error(outline, best):.2%}"
            )
    _, _, off = area_error(outline, theater.equal_area_crs)
    if abs(off) > 1e-4:
        found.append(f"{file}: equal_area_crs {theater.equal_area_crs}: areas are {off:+.2%} off")
    west, south, east, north = theater.bounds
    left, low, right, high = outline.bounds
    if left < west - 0.1 or low < south - 0.1 or right > east + 0.1 or high > north + 0.1:
        shown = [round(one, 2) for one in (left, low, right, high)]
        found.append(
            f"{file}: bounds {list(theater.bounds)} do not hold the outline ({shown}); they are "
            "west, south, east, north"
        )
    return found


def _place_warnings(theater: Theater) -> list[str]:
    import numpy as np
    import shapely

    places = theater.places
    points = shapely.points(places["lon"].to_numpy(float), places["lat"].to_numpy(float))
    outline = theater.boundary
    shapely.prepare(outline)
    near = np.asarray(shapely.dwithin(outline, points, _FAR_OUTSIDE), dtype=bool)
    outside = places.index[~near]
    found = []
    file = theater.folder / "places.csv"
    if len(outside):
        shown = ", ".join(map(str, outside[:5]))
        found.append(f"{file}: {len(outside)} places lie outside the outline: {shown}")
    twice = places.index[places[["lat", "lon"]].duplicated(keep=False)]
    if len(twice) > 1:
        found.append(f"{file}: {len(twice)} places share a point with another: {twice[0]}, …")
    return found
