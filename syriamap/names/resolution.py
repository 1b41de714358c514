"""
What a resolution is made of: candidates, the answer, and when an answer is accepted.

Nothing here resolves: :mod:`syriamap.names.resolver` finds and decides, others add to its answers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = [
    "SAME_PLACE_KM",
    "Candidate",
    "Resolution",
    "Thresholds",
    "kilometers",
    "kind_in_words",
]

SAME_PLACE_KM = 2.0
"""Two points of one name within this distance are one place."""

_MOST_SHOWN = 6
"""Candidates that a message names."""

_EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius, IUGG (Moritz 2000, Geodetic Reference System 1980)."""


@dataclass(frozen=True)
class Thresholds:
    """
    When a match by sound is accepted; agreements are those of :mod:`syriamap.names.agreement`.

    Attributes
    ----------
    skeleton, short_skeleton, tiny_skeleton, fuzzy
        Least agreement to accept a name with the same consonants (four or more; three; two), and
        with nearly the same. With one consonant every vowel must agree, and only a town is meant.
    small_skeleton
        The same for a village by two or three consonants, of which there are very many.
    margin
        Candidates within this of the best are as good as the best.
    shown, shown_fuzzy
        Least agreement to be a candidate at all, with the same consonants and nearly the same.
    namesake
        Least agreement of a Latin name to count as namesake of an Arabic one.
    city, town
        Added to the agreement of a city or town: it is named more often than its namesakes.
    crowd
        Least agreement with a name that five places or more bear, to be one of those.
    namesakes
        A town is meant before so many lesser places of its name; among more it is one of many.
    """

    skeleton: float = 0.88
    short_skeleton: float = 0.93
    tiny_skeleton: float = 0.96
    small_skeleton: float = 0.97
    fuzzy: float = 0.88
    margin: float = 0.03
    shown: float = 0.72
    shown_fuzzy: float = 0.8
    namesake: float = 0.96
    city: float = 0.05
    town: float = 0.03
    namesakes: int = 4
    crowd: float = 0.9

    def least(self, how: str, consonants: int, *, small: bool = False) -> float:
        """Least agreement to accept on a level, a name of so many consonants, a village or not."""
        if how == "fuzzy":
            return self.fuzzy
        if consonants < 2:
            return 1.0
        if small and consonants < 4:
            return self.small_skeleton
        return (self.tiny_skeleton, self.short_skeleton, self.skeleton)[min(consonants, 4) - 2]


def kilometers(one: tuple[float, float], other: tuple[float, float]) -> float:
    """
    Great-circle distance by the haversine formula (Sinnott 1984), on a sphere.

    Parameters
    ----------
    one, other
        Latitude and longitude, degrees.
    """
    (lat_a, lon_a), (lat_b, lon_b) = one, other
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(half, 1.0)))


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
        `exact`, `folded`, `alias`, `alias folded`, `core` (the name without its kind words),
        `skeleton` or `fuzzy`.
    admin2, admin3
        District and subdistrict, as in ``places.csv``.
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
    admin2: str = ""
    admin3: str = ""

    def __str__(self) -> str:
        """Name, kind, district, governorate and position, to tell namesakes apart."""
        inside = ", ".join(filter(None, (self.admin2, self.admin1)))
        where = f" in {inside}" if inside else ""
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
    def doubt(self) -> str:
        """
        What the name may mean, for a message about one that is ambiguous.

        A single candidate is in doubt for itself: the name means something elsewhere as well, or
        the place only sounds like it.
        """
        if len(self.candidates) == 1:
            return f"may be {self.candidates[0]}, or nothing that the gazetteer has"
        shown = "; ".join(map(str, self.candidates[:_MOST_SHOWN]))
        more = len(self.candidates) - _MOST_SHOWN
        return f"may be {len(self.candidates)} places: {shown}" + (f" and {more} more" * (more > 0))

    @property
    def accepted(self) -> bool:
        """Whether the first candidate is meant without doubt."""
        return self.status == "accepted"
