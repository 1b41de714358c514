"""
What a written name means: the gazetteer's answers, asked once per name.

Names that no list holds are taken for a place that sounds like them, where the places around speak
for it; words that tell a point by way of a place are placed on the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_word_tables
from syriamap.names.gazetteer import Gazetteer, Resolution, kilometers
from syriamap.names.relative import locate

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.texts.tokens import Words
    from syriamap.names.relative import RelativePlace
    from syriamap.theater.folder import Theater

__all__ = ["Meanings"]

_OTHER_SITES: dict[str, list[str]] = read_word_tables()["other_sites"]
_SURE = 0.8
"""Score from which a name is a place without further words around it."""

_MOST_ASKED = 20_000
"""Answers of the gazetteer that are kept."""

_FAR_KM = 100.0
"""A village that only sounds like the name is not taken for it beyond this distance."""

_QUARTER_KM = 15.0
"""How far from a place that the sentence names its quarters may lie."""


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
        self._asked: dict[tuple[str, tuple[float, float] | None], Resolution] = {}
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

    def site(self, words: Words, content: int, end: int, last: int) -> str:
        """Give the airport, base, dam or the like of a place that words name; empty if none."""
        name = " ".join(text for text in words.texts[content:end] if text != "-")
        word = words.lowers[last - 1].removesuffix("s")
        word = "air base" if word in {"base", "airbase"} else word
        tail = " ".join(words.lowers[end : last - 1])
        others = _OTHER_SITES.get(word, [])
        for kind in dict.fromkeys([f"{tail} {word}".strip(), word, *others]):
            written = f"{name} {kind}"
            result = self._resolved(written, None)
            if result.candidates:
                return result.candidates[0].place_id
        return ""

    def by_sound(self, written: str, found: list[Mention], *, district: bool) -> str:
        """
        The place of the gazetteer that is meant, if one is: by its sound and the places around.

        A quarter of a city is no village far away from the places that the sentence names.
        """
        around = [
            (one.lat, one.lon) for one in found if one.lat is not None and one.lon is not None
        ]
        near = around[-1] if around else None
        result = self._resolved(written, near)
        if not result.candidates or not (result.accepted or near):
            return ""
        one = result.candidates[0]
        far = near is not None and kilometers((one.lat, one.lon), near) > _FAR_KM
        if one.kind == "village" and one.score < 1.0 and far:
            return ""
        away = near is None or kilometers((one.lat, one.lon), near) > _QUARTER_KM
        if district and one.kind != "district" and away:
            return ""
        return one.place_id

    def sure(self, written: str) -> bool:
        """Whether a name that no list holds can mean one place only, spelled nearly so."""
        result = self._resolved(written, None)
        return len(written) > 4 and result.accepted and result.candidates[0].score >= _SURE

    def _resolved(self, written: str, near: tuple[float, float] | None) -> Resolution:
        """What the gazetteer says; names come again and again in one text."""
        key = (written, near)
        if key not in self._asked:
            if len(self._asked) > _MOST_ASKED:
                self._asked.clear()
            self._asked[key] = self.gazetteer.resolve(written, near=near)
        return self._asked[key]
