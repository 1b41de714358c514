"""A place name in a text, and the points that stand for whole governorates."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from syriamap.files import features_of, shape_of
from syriamap.names.toponyms import fold

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = ["Mention", "folded", "points_of_provinces", "rows_of_places"]


class Mention(NamedTuple):
    """
    One place name in a text: its tokens, its span in the text and what it means.

    `place_id`, `lat` and `lon` are empty where it means no place of the gazetteer; `kind` is then
    `area`, `adm1` or `unresolved`. `listed`: the name is one of the theater's, not only like one.
    `bearers`: the ids of all places that bear the name; `site`: it is named with its kind ("P airbase").
    """  # noqa: E501

    first: int
    last: int
    start: int
    end: int
    written: str
    place_id: str
    lat: float | None
    lon: float | None
    kind: str
    listed: bool = True
    bearers: tuple[str, ...] = ()
    site: bool = False


def points_of_provinces(theater: Theater) -> dict[str, tuple[float, float]]:
    """Codes of governorates → a point inside; GeoJSON read without the mapping libraries."""
    path = theater.folder / "admin1.geojson"
    found = {}
    for feature in features_of(path) if path.exists() else []:
        name = str(feature["properties"].get("iso") or "")
        point = shape_of(feature["geometry"]).representative_point()
        found[name] = (round(point.y, 4), round(point.x, 4))
    return found


def rows_of_places(theater: Theater) -> dict[str, tuple[str, float, float, int]]:
    """Ids of places → kind, latitude, longitude, known population: 0 when it is not known."""
    table = theater.places
    columns = (table["kind"], table["lat"], table["lon"], table["population"].fillna(0))
    return {
        str(place_id): (str(kind), float(lat), float(lon), int(population))
        for place_id, kind, lat, lon, population in zip(table.index, *columns, strict=True)
    }


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Fold a word, once."""
    return fold(word) or word
