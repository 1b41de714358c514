"""
What all parts of the engine look at: who is said to hold what, where, and who may.

In come claims and a theater, out comes a :class:`Scene`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from syriamap.claims.reader import in_order
from syriamap.control.timeline.factors import factors_from_statements
from syriamap.control.timeline.lives import lives_of
from syriamap.control.timeline.sayings import statements_from_claims
from syriamap.control.timeline.standing import Standing
from syriamap.theater.distances import plane_km

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Factors
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.sayings import Statements
    from syriamap.theater.folder import Theater

__all__ = ["Neighbors", "Scene", "neighbors_of", "scene_of"]

_QUARTERS = frozenset({"district"})


@dataclass(frozen=True)
class Neighbors:
    """
    Neighbors of each place, the nearest first.

    Attributes
    ----------
    xy
        Kilometers, (P, 2).
    near, pull
        Rows of the neighbors and how much news of each counts, (P, n).
    """

    xy: NDArray[np.float64]
    near: NDArray[np.int64]
    pull: NDArray[np.float64]


@dataclass(frozen=True)
class Scene:
    """
    Places, what is said of them, and who may hold them.

    Attributes
    ----------
    theater, settings
        What it is inferred with.
    places, names
        Ids of all places, ascending, and their names.
    lat, lon
        Of each, degrees.
    told
        What is said.
    lives
        Who may hold a place, and when.
    around
        Neighbors.
    """

    theater: Theater
    settings: TimeSettings
    places: tuple[str, ...]
    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    told: Statements
    lives: Lives
    around: Neighbors

    @cached_property
    def factors(self) -> Factors:
        """What is said, as factors."""
        return factors_from_statements(self.told, self.rows, self.lives, self.settings)

    @cached_property
    def standing(self) -> Standing:
        """How states stand to each other on each day."""
        return Standing(self.theater, self.lives)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Place → its row."""
        return {place: row for row, place in enumerate(self.places)}


def scene_of(
    claims: pd.DataFrame, theater: Theater, settings: TimeSettings, *, according_to: str = ""
) -> Scene:
    """
    Gather what claims say.

    Parameters
    ----------
    claims
        The claims that count.
    theater
        Gives places, grades, sides, lives of actors.
    settings
        The numbers.
    according_to
        A side: its own claims count as it makes them, neutral ones half, others not at all.
    """
    told = statements_from_claims(claims, theater, settings, according_to=according_to)
    places = tuple(sorted(told.votes))
    lives = lives_of(theater, told.spoken)
    listed = theater.places.reindex(list(places))
    own = in_order(claims).drop_duplicates("place_id")
    own = own.set_index("place_id").reindex(list(places))
    drawn = theater.drawn_points
    between = [place for place in places if place in drawn]
    own.loc[between, "place"] = ["{:.4f}, {:.4f}".format(*drawn[place]) for place in between]
    degrees = theater.degrees_of(places)
    told_of = own[["lat", "lon"]].to_numpy(dtype=np.float64)
    lat, lon = np.where(np.isnan(degrees), told_of, degrees).T
    sizes = {"city": settings.city_size, "town": settings.town_size}
    size = np.array([sizes.get(str(kind), 1.0) for kind in listed["kind"]], dtype=np.float64)
    quarter = listed["kind"].isin(_QUARTERS).to_numpy()
    return Scene(
        theater=theater,
        settings=settings,
        places=places,
        names=tuple(listed["name"].fillna(own["place"]).astype(str)),
        lat=lat,
        lon=lon,
        told=told,
        lives=lives,
        around=neighbors_of(np.column_stack([lat, lon]), size, quarter, settings),
    )


def neighbors_of(
    degrees: NDArray[np.float64],
    size: NDArray[np.float64],
    quarter: NDArray[np.bool_],
    settings: TimeSettings,
) -> Neighbors:
    """
    Nearest places of each place; a place bigger than its neighbor hears it less.

    What lies close by counts more: a village at the gates falls with the town, the crossing with
    the town beside it. Not so quarters of a city, which a front may part for years.

    Parameters
    ----------
    degrees
        Latitude and longitude of each, (P, 2).
    size
        Villages fall before the city that they surround.
    quarter
        Which are quarters of a city.
    settings
        How far news reaches.
    """
    from scipy.spatial import cKDTree

    xy = plane_km(degrees)
    count = min(len(xy), round(settings.neighbors) + 1)
    if count < 2:
        empty = np.empty((len(xy), 0))
        return Neighbors(xy, empty.astype(np.int64), empty)
    apart, near = map(np.asarray, cKDTree(xy).query(xy, k=count))
    # of places on one point any may come first: the place itself is taken out wherever it stands
    itself = near == np.arange(len(xy))[:, None]
    itself[~itself.any(axis=1), -1] = True
    near = near[~itself].reshape(len(xy), count - 1).astype(np.int64)
    apart = apart[~itself].reshape(len(xy), count - 1)
    reach = np.exp(-apart / settings.length_km)
    close = ~(quarter[:, None] | quarter[near])
    reach += close * settings.close_pull * np.exp(-apart / settings.close_km)
    pull = reach * np.minimum(1.0, size[near] / size[:, None])
    return Neighbors(xy, near, pull)
