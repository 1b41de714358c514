"""
The frames of a map as an analyst wants them: geometry in degrees, days as days, categories.

In comes a frame of a stage, out goes a GeoDataFrame in EPSG:4326 whose columns have the types of
:data:`TYPED_FRAMES`, the same for any day and theater. The stages themselves keep theirs: meters,
plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.claims.rows import CERTAINTIES, PRECISIONS, RELATIONS
from syriamap.errors import ControlError
from syriamap.look.wording import word_tables
from syriamap.territory.inference.field import DOUBTS

if TYPE_CHECKING:
    import geopandas as gpd

    from syriamap.theater.folder import Theater

__all__ = ["TYPED_FRAMES", "typed_frame"]

TYPED_FRAMES: dict[str, dict[str, str]] = {
    "control": {
        "place_id": "text", "name": "text", "lat": "number", "lon": "number", "actor": "category",
        "status": "category", "confidence": "number", "since": "day", "reasons": "list",
        "claim_ids": "list", "leaning": "category", "shares": "mapping", "age_days": "integer",
        "origins": "integer", "trust": "number", "geometry": "point",
    },
    "states": {
        "place_id": "text", "name": "text", "name_ar": "text", "kind": "category",
        "lat": "number", "lon": "number", "population": "integer", "actor": "category",
        "leaning": "category", "status": "category", "confidence": "number", "since": "day",
        "evidence": "boolean", "doubt": "category", "geometry": "point",
    },
    "events": {
        "event_id": "text", "kind": "category", "place_id": "text", "name": "text",
        "lat": "number", "lon": "number", "actor": "category", "against": "category",
        "event_date": "day", "certainty": "category", "claim_ids": "list", "geometry": "point",
    },
    "territory": {
        "actor": "category", "leaning": "category", "status": "category", "doubt": "category",
        "confidence": "number", "area_km2": "number", "geometry": "area",
    },
    "frontline": {
        "actor_a": "category", "actor_b": "category", "kind": "category", "length_km": "number",
        "geometry": "line",
    },
    "claims": {
        "claim_id": "text", "event_date": "day", "date_precision": "category", "place": "text",
        "place_id": "text", "area_id": "text", "lat": "number", "lon": "number",
        "place_note": "text", "actor": "category", "relation": "category", "against": "category",
        "asserted_by": "text", "certainty": "category", "publisher": "category",
        "source_title": "text", "source_url": "text", "archive_url": "text", "reported_on": "day",
        "note": "text", "geometry": "point",
    },
}  # fmt: skip
"""
Frame → column → kind. ``text`` is pandas' string, ``category`` a categorical, ``day`` datetime64,
``number`` float64, ``integer`` Int64 (which can be empty), ``boolean`` bool; ``list`` holds tuples
and ``mapping`` dictionaries. What is not known is empty text, NaN or NA.
"""

_ACTORS = ("actor", "leaning", "against", "actor_a", "actor_b")
_WORDS = {
    "status": tuple(word_tables("en")["statuses"]),
    "doubt": DOUBTS,
    "relation": RELATIONS,
    "certainty": CERTAINTIES,
    "date_precision": PRECISIONS,
}


def typed_frame(frame: pd.DataFrame, name: str, theater: Theater) -> gpd.GeoDataFrame:
    """
    Give a frame of a map its types and a geometry in degrees.

    Parameters
    ----------
    frame
        A frame of :class:`~syriamap.history.days.MapOfDay`; columns that are not of it stay.
    name
        Which: a key of :data:`TYPED_FRAMES`.
    theater
        Gives actors in their order and kinds of places.

    Raises
    ------
    ControlError
        If there is no such frame.
    """
    import geopandas as gpd

    if name not in TYPED_FRAMES:
        raise ControlError(f"no frame {name!r}; there are: {', '.join(TYPED_FRAMES)}")
    kinds = TYPED_FRAMES[name]
    columns: dict[str, Any] = {str(one): frame[one] for one in frame.columns if one not in kinds}
    for column, kind in kinds.items():
        if column != "geometry":
            columns[column] = _typed(frame[column], kind, _categories(name, column, theater))
    if "geometry" in frame:
        placed = gpd.GeoSeries(frame["geometry"]).to_crs("EPSG:4326")
    else:
        placed = gpd.GeoSeries(
            gpd.points_from_xy(frame["lon"], frame["lat"]), index=frame.index, crs="EPSG:4326"
        )
        placed = placed.where(frame["lat"].notna())  # a claim about an area has no point
    return gpd.GeoDataFrame(columns, geometry=placed, crs="EPSG:4326")


def _typed(values: pd.Series[Any], kind: str, categories: list[str]) -> pd.Series[Any]:
    """One column as its kind has it."""
    if kind == "category":
        text = values.fillna("").astype(str)
        extra = sorted(set(text) - set(categories))
        return text.astype(pd.CategoricalDtype([*categories, *extra]))
    if kind == "text":
        return values.fillna("").astype("string")
    if kind == "day":
        return pd.to_datetime(values).astype("datetime64[s]")
    types = {"number": "float64", "integer": "Int64", "boolean": "bool"}
    return values.astype(types[kind]) if kind in types else values  # type: ignore[call-overload, no-any-return, unused-ignore]


def _categories(name: str, column: str, theater: Theater) -> list[str]:
    """The categories of a column, whether they occur on a day or not."""
    if column in _ACTORS:
        return ["", *theater.actors.index]
    if column == "kind":
        known = {"frontline": ("front", "boundary"), "events": ("struck", "advanced_toward")}
        return list(known.get(name, sorted(set(theater.places["kind"]))))
    return list(_WORDS.get(column, ()))
