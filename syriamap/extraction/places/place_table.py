"""The places of a theater by their ids: kind, point, governorate, how often one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.places.mention import mention_at
from syriamap.files import features_of, shape_of
from syriamap.names.gazetteer import kilometers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.texts.tokens import Words
    from syriamap.theater.folder import Theater

__all__ = ["SMALL", "PlaceTable", "Point"]

Point = tuple[float, float] | tuple[None, None]
"""Latitude and longitude, where they are known."""

SMALL = frozenset({"village", "hamlet"})
"""Kinds of places whose names stand back behind those of areas."""

_RANKS = {"city": 0, "town": 1, "village": 3}
_OTHER_RANK = 2


class PlaceTable:
    """
    The places of a theater.

    Parameters
    ----------
    theater
        Its places, capitals and governorates.

    Attributes
    ----------
    province_at
        Point that stands for a governorate → its code.
    """

    def __init__(self, theater: Theater) -> None:
        table = theater.places
        columns = (table["kind"], table["lat"], table["lon"], table["population"].fillna(0))
        self._rows = {
            str(place_id): (str(kind), float(lat), float(lon), int(population))
            for place_id, kind, lat, lon, population in zip(table.index, *columns, strict=True)
        }
        self._capitals = frozenset(theater.capitals)
        self._governorates = dict(zip(table.index, table["admin1"], strict=True))
        self._provinces = _points_of_provinces(theater)
        self.province_at = {point: code for code, point in self._provinces.items()}

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._rows

    def point_of(self, place_id: str) -> tuple[float, float]:
        """Latitude and longitude of a place."""
        return self._rows[place_id][1:3]

    def kind_of(self, place_id: str) -> str:
        """Kind of a place; a capital is a city."""
        return "city" if place_id in self._capitals else self._rows[place_id][0]

    def governorate_of(self, place_id: str) -> str:
        """Code of the governorate of a place."""
        return str(self._governorates.get(place_id, ""))

    def mention(self, words: Words, span: tuple[int, int], place_id: str) -> Mention:
        """Give the mention of a place by some words, from one to another."""
        kind, point = self.kind_of(place_id), self.point_of(place_id)
        return mention_at(words, *span, kind, place_id=place_id, point=point)

    def province(self, words: Words, span: tuple[int, int], place_id: str) -> Mention:
        """Give the mention of the governorate of a place by some words."""
        return mention_at(words, *span, "adm1", point=self.province_of(place_id))

    def province_of(self, place_id: str) -> Point:
        """Point that stands for the governorate of a place."""
        return self._provinces.get(self.governorate_of(place_id), (None, None))

    def apart(self, one: str, other: str) -> float:
        """Kilometers between two places."""
        return kilometers(self.point_of(one), self.point_of(other))

    def likeliest(self, ids: Iterable[str]) -> str:
        """Of some places of one name, the one that is named most often."""
        return min(ids, key=self._rank)

    def _rank(self, place_id: str) -> tuple[int, int, str]:
        kind, _, _, population = self._rows[place_id]
        rank = -1 if place_id in self._capitals else _RANKS.get(kind, _OTHER_RANK)
        return rank, -population, place_id


def _points_of_provinces(theater: Theater) -> dict[str, tuple[float, float]]:
    """Codes of governorates → a point inside; GeoJSON read without the mapping libraries."""
    path = theater.folder / "admin1.geojson"
    found = {}
    for feature in features_of(path) if path.exists() else []:
        name = str(feature["properties"].get("iso") or "")
        point = shape_of(feature["geometry"]).representative_point()
        found[name] = (round(point.y, 4), round(point.x, 4))
    return found
