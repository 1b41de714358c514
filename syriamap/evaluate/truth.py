"""
Places whose holder is known, to score a map against.

In comes a list that somebody made, or the control frame of a day, out goes a frame of known places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.errors import Complaint, EvaluateError, GazetteerError, complaint_list
from syriamap.files import parse_date, parse_number, read_table
from syriamap.names.gazetteer import Gazetteer
from syriamap.theater.projecting import way_between

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from syriamap.theater.folder import Theater

__all__ = [
    "DRAWS",
    "KNOWN_COLUMNS",
    "NEAR_KM",
    "drawn_places",
    "known_from_control",
    "metric_points",
    "near_front",
    "read_truth",
]

KNOWN_COLUMNS = ("place_id", "lat", "lon", "actor", "population", "date")
"""Columns of a frame of known places."""

NEAR_KM = 10.0
"""A place with another actor's place within this distance is near the front."""

DRAWS = ("random", "populous", "population", "news")
"""
How places that are to be evidence are drawn: any; the most populous; with a chance that grows with
the root of the population; the same, and up to eleven times as likely at the front, as news are.
"""

_NEWS_KM = 12.0
_NEWS_TIMES = 10.0


def read_truth(path: Path, theater: Theater, day: date | None = None) -> pd.DataFrame:
    """
    Read a list of places and who holds them.

    Parameters
    ----------
    path
        CSV with `actor`, and `lat` and `lon`, or `place_id`, or `place`, a name in any spelling;
        optional `date`, `population` and `source`. An empty actor means contested or not known.
    theater
        Gives the places and the actors.
    day
        Rows of other dates are left out, when given and when there is a `date`.

    Returns
    -------
    pandas.DataFrame
        `place_id` (one made up for each row), `lat`, `lon` (degrees), `actor`, `population`,
        `date` (None where the row has none).

    Raises
    ------
    EvaluateError
        A column is missing, an actor, a place or a number unknown; all complaints at once.
    """
    optional = ("place_id", "place", "lat", "lon", "date", "population", "source")
    table, complaints = read_table(
        path, required=("actor",), optional=optional, one_of=("place_id", "place", "lat")
    )
    if day is not None and len(table):
        dates = [parse_date(str(text)) if text else day for text in table["date"]]
        table = table[[one == day for one in dates]]
    actors = set(theater.actors.index) | {""}
    gazetteer = Gazetteer(theater)
    rows = []
    names = list(map(str, table.columns))
    for row, values in zip(table.index.tolist(), table.to_numpy().tolist(), strict=True):
        cells: dict[str, str] = dict(zip(names, values, strict=True))
        point = _point_of(cells, gazetteer)
        if cells["actor"] not in actors:
            have = f"is no actor; there are {', '.join(theater.actors.index)}"
            complaints.append(Complaint(str(path), row, "actor", cells["actor"], have))
        if point is None:
            said = cells["place_id"] or cells["place"] or f"{cells['lat']}, {cells['lon']}"
            problem = "is no place of this theater; lat and lon would do"
            complaints.append(Complaint(str(path), row, "place", said, problem))
            continue
        population = parse_number(cells["population"]) or 0.0
        when = parse_date(cells["date"]) if cells["date"] else None
        if cells["date"] and when is None:
            problem = "is no date; YYYY-MM-DD would do"
            complaints.append(Complaint(str(path), row, "date", cells["date"], problem))
        rows.append((f"truth-{row}", *point, cells["actor"], population, when))
    if complaints:
        raise EvaluateError(complaint_list(complaints))
    return pd.DataFrame(rows, columns=list(KNOWN_COLUMNS))


def _point_of(cells: dict[str, str], gazetteer: Gazetteer) -> tuple[float, float] | None:
    """Latitude and longitude: written, of the id, or of the one place of that name."""
    lat, lon = parse_number(cells["lat"]), parse_number(cells["lon"])
    if lat is not None and lon is not None:
        return lat, lon
    try:
        place_id = cells["place_id"] or gazetteer.one(cells["place"])
        return gazetteer.position(place_id)
    except (GazetteerError, KeyError):
        return None


def known_from_control(control: pd.DataFrame, theater: Theater) -> pd.DataFrame:
    """
    Places of which the control frame of a day says something, as :func:`read_truth` gives.

    Those that somebody holds, and the contested ones without an actor.
    """
    told = control[control["status"].isin(["held", "besieged", "contested"])]
    frame = told[["place_id", "lat", "lon", "actor"]].reset_index(drop=True)
    population = theater.places["population"].reindex(frame["place_id"]).to_numpy(dtype=float)
    return frame.assign(population=np.nan_to_num(population), date=None)


def drawn_places(
    known: pd.DataFrame, theater: Theater, how: str, count: int, seed: int
) -> NDArray[np.int64]:
    """
    Draw places to be evidence; the same for the same seed.

    Parameters
    ----------
    known
        Places, each with an actor.
    theater
        Gives the metric CRS.
    how
        One of :data:`DRAWS`.
    count, seed
        How many, and which draw; the most populous are always the same.

    Returns
    -------
    numpy.ndarray
        Row numbers, ascending.
    """
    population = known["population"].to_numpy(dtype=float)
    if how == "populous":
        return np.sort(np.argsort(-population, kind="stable")[:count])
    chance = None
    if how in {"population", "news"}:
        # 50: a village whose population nobody gives is reported on too
        chance = np.sqrt(population + 50.0)
        if how == "news":
            apart = _km_to_another_actor(known, theater)
            chance *= 1.0 + _NEWS_TIMES * np.exp(-apart / _NEWS_KM)
        chance /= chance.sum()
    generator = np.random.default_rng(seed)
    return np.sort(generator.choice(len(known), count, replace=False, p=chance))


def _km_to_another_actor(known: pd.DataFrame, theater: Theater) -> NDArray[np.float64]:
    """Distance of each place to the nearest that another actor holds, infinite where none does."""
    import shapely

    points, actor = metric_points(known, theater), known["actor"].to_numpy()
    apart = np.full(len(known), np.inf)
    for one in sorted(set(actor)):
        own, others = np.flatnonzero(actor == one), points[actor != one]
        if len(others):
            (rows, _), found = shapely.STRtree(others).query_nearest(
                points[own], return_distance=True, all_matches=False
            )
            apart[own[rows]] = found / 1_000.0
    return apart


def metric_points(places: pd.DataFrame, theater: Theater) -> NDArray[np.object_]:
    """Points of places (`lat`, `lon`) in the theater's metric CRS."""
    import shapely

    to_metric = way_between("EPSG:4326", theater.metric_crs)
    x, y = to_metric.transform(places["lon"].to_numpy(float), places["lat"].to_numpy(float))
    return np.asarray(shapely.points(x, y), dtype=object).reshape(-1)


def near_front(known: pd.DataFrame, theater: Theater) -> NDArray[np.bool_]:
    """Whether another actor holds a known place within 10 km of each; contested ones are none."""
    import shapely

    points = metric_points(known, theater)
    actor = known["actor"].to_numpy()
    one, two = shapely.STRtree(points).query(points, "dwithin", NEAR_KM * 1_000.0)
    near = np.zeros(len(known), dtype=bool)
    near[one[(actor[one] != actor[two]) & (actor[one] != "") & (actor[two] != "")]] = True
    return near
