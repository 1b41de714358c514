"""
What a written name means: the gazetteer's answers, asked once per name.

Which of several places a name means is decided in :mod:`syriamap.extraction.places.context`; words
that tell a point by way of a place are placed on the map here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.names.gazetteer import Gazetteer, Resolution
from syriamap.names.relative import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.names.gazetteer import Candidate
    from syriamap.names.relative import RelativePlace
    from syriamap.theater.folder import Theater

__all__ = ["Meanings"]

_OTHER_SITES: dict[str, list[str]] = read_word_tables()["other_sites"]
_SURE = 0.8
"""Score from which a name is a place without further words around it."""

_ALIKE = 0.85
"""Score from which a site is meant though others are called alike."""

_SETTLED = frozenset({"city", "town", "village", "hamlet"})

_MOST_ASKED = 20_000
"""Answers of the gazetteer that are kept."""


class Meanings:
    """
    What names mean.

    Parameters
    ----------
    theater
        Its places are asked for.
    """

    def __init__(self, theater: Theater) -> None:
        self.gazetteer = Gazetteer(theater)
        self._asked: dict[tuple[str, tuple[float, float] | None, str], Resolution] = {}
        self._around: dict[str, set[str]] = {}
        self._named: dict[tuple[str, ...], list[Candidate]] = {}
        self._told: dict[tuple[str, str], RelativePlace | None] = {}

    def forget(self) -> None:
        """Forget the answers of the gazetteer."""
        self._asked.clear()
        self._told.clear()

    def relative(self, words: str, place: Mention) -> tuple[str, float, float, str] | None:
        """
        Give the point that words tell by way of a place: "10 km north of Homs".

        Returns
        -------
        tuple or None
            `place_id` (only where the point is the place's own), latitude, longitude and a note
            that says by which words, and how far off the point may be.
        """
        key = (words, place.place_id)
        if key not in self._told:
            self._told[key] = locate(words, self.gazetteer)
        told = self._told[key]
        if told is None or all(one.place_id != place.place_id for one in told.anchors):
            return None
        own = (told.lat, told.lon) == (round(place.lat or 0.0, 5), round(place.lon or 0.0, 5))
        own = own and not words.startswith("near ")  # what is near a place is not the place
        note = f"{words}, ±{told.radius_km:g} km"
        return place.place_id if own else "", told.lat, told.lon, note

    def site_of(self, name: str, kind: Sequence[str]) -> str:
        """Give the site of a kind ("military", "airport") that bears a place's name; empty if none."""  # noqa: E501
        said = kind[-1].removesuffix("s")
        word = "air base" if said in {"base", "airbase"} else said
        tail = " ".join(kind[:-1])
        kinds = [f"{tail} {said}".strip(), f"{tail} {word}".strip(), word]
        for one in dict.fromkeys([*kinds, *_OTHER_SITES.get(word, [])]):
            result = self._resolved(f"{name} {one}", None)
            best = result.candidates[0] if result.candidates else None
            alike = best is not None and best.kind not in _SETTLED and best.score >= _ALIKE
            if best is not None and (result.accepted or alike):
                return best.place_id
        return ""

    def site_named(self, written: str) -> str:
        """Give the airport, dam, bridge or the like that a name with its kind is accepted for."""
        result = self._resolved(written, None)
        best = result.candidates[0] if result.accepted else None
        return best.place_id if best is not None and best.kind not in _SETTLED else ""

    def point_of(self, place_id: str) -> tuple[float, float]:
        """Latitude and longitude of a place."""
        return self.gazetteer.position(place_id)

    def named(self, bearers: tuple[str, ...]) -> list[Candidate]:
        """Give the places of some ids."""
        if bearers not in self._named:
            self._named[bearers] = [self.gazetteer.place(one) for one in bearers]
        return self._named[bearers]

    def spelled(
        self, written: str, code: str, least: float, near: tuple[float, float] | None = None
    ) -> list[Candidate]:
        """Give the places that a name is accepted for, in a governorate or near a point."""
        result = self._resolved(written, near, code)
        return [one for one in result.candidates[:1] if result.accepted and one.score >= least]

    def alike(self, written: str, code: str = "") -> list[Candidate]:
        """Give all places that a name sounds like, in a governorate or anywhere; best first."""
        return list(self._resolved(written, None, code).candidates)

    def governorates_around(self, place_id: str) -> set[str]:
        """Give the governorate of a city, and the one around it where it is one by itself."""
        if place_id not in self._around:
            seat = self.gazetteer.place(place_id)
            self._around[place_id] = {seat.admin1, self.gazetteer.countryside_of(seat)}
        return self._around[place_id]

    def seat(self, written: str) -> str:
        """Give the city or town that a governorate bears the name of; empty if there is none."""
        found = self.spelled(written, "", _SURE)
        return next((one.place_id for one in found if one.kind in {"city", "town"}), "")

    def sure(self, written: str) -> bool:
        """Whether a name that no list holds can mean one place only, spelled nearly so."""
        result = self._resolved(written, None)
        return len(written) > 4 and result.accepted and result.candidates[0].score >= _SURE

    def _resolved(
        self, written: str, near: tuple[float, float] | None, code: str = ""
    ) -> Resolution:
        """What the gazetteer says; names come again and again in one text."""
        key = (written, near, code)
        if key not in self._asked:
            if len(self._asked) > _MOST_ASKED:
                self._asked.clear()
            self._asked[key] = self.gazetteer.resolve(written, admin1=code, near=near)
        return self._asked[key]
