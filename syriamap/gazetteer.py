"""
A written place name → ranked candidates and how each matched.

In comes a :class:`~syriamap.theater.Theater`, out goes a :class:`Gazetteer`, an index over the
places and their alternative names. Resolution never guesses in silence: a name is accepted, or
ambiguous with its candidates, or not found. Matching is exact, then folded (case, accents,
article, apostrophes), each on the place's own name before its alternative names.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from syriamap.errors import PlaceAmbiguous, PlaceNotFound
from syriamap.toponyms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from syriamap.theater import Theater

__all__ = ["SAME_PLACE_KM", "Candidate", "Gazetteer", "Resolution", "distance_km", "kind_in_words"]

SAME_PLACE_KM = 2.0
"""Two points of one name within this distance are one place (DESIGN, "De-duplicate")."""

_EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius, IUGG (Moritz 2000, Geodetic Reference System 1980)."""

_GOVERNORATE_AR = "محافظة"
"""The word *governorate*, which may stand before its name or not."""

_SCORES = {"exact": 1.0, "folded": 0.95, "alias": 0.92, "alias folded": 0.9}


def distance_km(
    lat_a: np.ndarray | float, lon_a: np.ndarray | float,
    lat_b: np.ndarray | float, lon_b: np.ndarray | float,
) -> np.ndarray:  # fmt: skip
    """
    Great-circle distance in kilometers by the haversine formula (Sinnott 1984), on a sphere.

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        Degrees; scalars or arrays that broadcast.
    """
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half = (
        np.sin((phi_b - phi_a) / 2) ** 2
        + np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(np.subtract(lon_b, lon_a)) / 2) ** 2
    )
    return np.asarray(2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def kind_in_words(kind: str) -> str:
    """
    A place's kind as words: underscores become spaces.

    >>> kind_in_words("naval_base")
    'naval base'
    """
    return kind.replace("_", " ")


@dataclass(frozen=True)
class Candidate:
    """
    One place that a written name may mean.

    Attributes
    ----------
    place_id, name, name_ar, kind, admin1, lat, lon
        As in ``places.csv``.
    score
        0 to 1; how near the written name came.
    how
        `exact`, `folded`, `alias` or `alias folded`.
    """

    place_id: str
    name: str
    name_ar: str
    kind: str
    admin1: str
    lat: float
    lon: float
    score: float
    how: str

    def __str__(self) -> str:
        """Name, kind, governorate and position, to tell namesakes apart."""
        where = f" in {self.admin1}" if self.admin1 else ""
        return (
            f"{self.place_id} ({self.name}, {kind_in_words(self.kind)}{where}, "
            f"{self.lat:.3f},{self.lon:.3f})"
        )


@dataclass(frozen=True)
class Resolution:
    """
    What a written name resolved to.

    Attributes
    ----------
    query
        The name as written.
    status
        `accepted`, `ambiguous` or `not_found`.
    candidates
        Best first; empty when nothing was found.
    """

    query: str
    status: str
    candidates: tuple[Candidate, ...]

    @property
    def accepted(self) -> bool:
        """Whether the first candidate is meant without doubt."""
        return self.status == "accepted"


class Gazetteer:
    """
    Places of a theater, indexed by their names.

    Parameters
    ----------
    theater
        The theater whose ``places.csv`` and ``names.csv`` are indexed.
    """

    def __init__(self, theater: Theater) -> None:
        self.places: pd.DataFrame = theater.places
        self._names = theater.names
        self._theater = theater

    @cached_property
    def _rows(self) -> dict[str, tuple[str, str, str, str, float, float, int]]:
        frame = self.places
        columns = ("name", "name_ar", "kind", "admin1", "lat", "lon", "population")
        return dict(
            zip(
                frame.index,
                zip(*(frame[column].tolist() for column in columns), strict=True),
                strict=True,
            )
        )

    @cached_property
    def _index(self) -> dict[str, dict[str, str]]:
        """Written or folded name → place ids, each with the best way in which it matches."""
        index: dict[str, dict[str, str]] = {}

        def add(key: str, place_id: str, how: str) -> None:
            known = index.setdefault(key, {})
            if key and _SCORES[how] > _SCORES.get(known.get(place_id, ""), 0.0):
                known[place_id] = how

        for place_id, (name, name_ar, *_) in self._rows.items():
            for own in filter(None, (name, name_ar)):
                add(own, place_id, "exact")
                add("\0" + fold(own), place_id, "folded")
        for place_id, name in zip(self._names["place_id"], self._names["name"], strict=True):
            add(name, place_id, "alias")
            add("\0" + fold(name), place_id, "alias folded")
        return index

    @cached_property
    def _admin1_codes(self) -> dict[str, str]:
        """Folded governorate name, or its code, → the code that ``places.csv`` uses."""
        codes = {code.casefold(): code for code in set(self.places["admin1"]) if code}
        frame = self._theater.admin1
        for name, name_ar, iso in zip(frame["name"], frame["name_ar"], frame["iso"], strict=True):
            for written in filter(None, (name, name_ar)):
                bare = fold(str(written).replace(_GOVERNORATE_AR, ""))
                codes.setdefault(bare, str(iso))
        return codes

    def admin1_code(self, name: str) -> str:
        """
        Code of a governorate from its name in either language, or from the code itself.

        Raises
        ------
        PlaceNotFound
            If the theater has no such governorate; the message names those it has.
        """
        codes = self._admin1_codes
        bare = fold(name.replace(_GOVERNORATE_AR, ""))
        code = codes.get(name.strip().casefold()) or codes.get(bare)
        if code is None:
            known = ", ".join(sorted(set(codes.values()))) or "none"
            raise PlaceNotFound(f"no governorate {name!r}; there are: {known}")
        return code

    def resolve(self, name: str, *, admin1: str = "") -> Resolution:
        """
        Find the places that a written name may mean.

        Parameters
        ----------
        name
            The name in either script, in any spelling.
        admin1
            Code of a governorate: only places in it count.

        Returns
        -------
        Resolution
            `accepted` when one place matches best, or when a city shares the name with
            lesser places only, or when all matches lie within 2 km of each other.
        """
        written = " ".join(name.split())
        if not written:
            return Resolution(name, "not_found", ())
        found: dict[str, str] = {}
        folded = fold(written)
        for key in (written, "\0" + folded if folded else ""):
            for place_id, how in self._index.get(key, {}).items():
                if _SCORES[how] > _SCORES.get(found.get(place_id, ""), 0.0):
                    found[place_id] = how
        candidates = [self._candidate(place_id, how) for place_id, how in found.items()]
        if admin1:
            candidates = [one for one in candidates if one.admin1 == admin1]
        candidates.sort(key=self._order)
        return Resolution(name, self._status(candidates), tuple(candidates))

    def _candidate(self, place_id: str, how: str) -> Candidate:
        name, name_ar, kind, admin1, lat, lon, _ = self._rows[place_id]
        return Candidate(place_id, name, name_ar, kind, admin1, lat, lon, _SCORES[how], how)

    def _order(self, one: Candidate) -> tuple[int, float, int, str]:
        city_first = 0 if one.kind == "city" else 1
        return city_first, -one.score, -self._rows[one.place_id][6], one.place_id

    @staticmethod
    def _status(candidates: list[Candidate]) -> str:
        if not candidates:
            return "not_found"
        first = candidates[0]
        if len(candidates) == 1:
            return "accepted"
        if first.kind == "city" and all(other.kind != "city" for other in candidates[1:]):
            return "accepted"
        spread = distance_km(
            first.lat, first.lon,
            np.array([other.lat for other in candidates]),
            np.array([other.lon for other in candidates]),
        )  # fmt: skip
        return "accepted" if float(spread.max()) <= SAME_PLACE_KM else "ambiguous"

    def one(self, name: str, *, admin1: str = "") -> str:
        """
        Give the place id that a name or an id means.

        Raises
        ------
        PlaceNotFound
            With the nearest known names.
        PlaceAmbiguous
            With the candidates.
        """
        if name in self._rows:
            return name
        result = self.resolve(name, admin1=admin1)
        if result.accepted:
            return result.candidates[0].place_id
        if result.candidates:
            shown = "; ".join(map(str, result.candidates[:6]))
            raise PlaceAmbiguous(f"{name!r} may be {len(result.candidates)} places: {shown}")
        near = self.nearest_names(name)
        hint = f"; nearest names: {', '.join(near)}" if near else ""
        raise PlaceNotFound(f"no place named {name!r}{hint}")

    def nearest_names(self, name: str, count: int = 3) -> list[str]:
        """Known names that are spelled most like a name that was not found."""
        folded = {
            key[1:]: next(iter(ids)) for key, ids in self._index.items() if key.startswith("\0")
        }
        close = get_close_matches(fold(name), list(folded), n=count, cutoff=0.72)
        return list(dict.fromkeys(self._rows[folded[key]][0] for key in close))

    def near_point(self, candidates: Iterable[Candidate], lat: float, lon: float) -> str:
        """
        Give the id of the nearest candidate within 2 km of a point, empty when there is none.

        Parameters
        ----------
        candidates
            Places of one name.
        lat, lon
            The point, degrees.
        """
        best = min(
            ((float(distance_km(lat, lon, one.lat, one.lon)), one.place_id) for one in candidates),
            default=(float("inf"), ""),
        )
        return best[1] if best[0] <= SAME_PLACE_KM else ""

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._rows

    def position(self, place_id: str) -> tuple[float, float]:
        """Latitude and longitude of a place, degrees."""
        row = self._rows[place_id]
        return row[4], row[5]

    def name_of(self, place_id: str) -> str:
        """English name of a place."""
        return self._rows[place_id][0]
