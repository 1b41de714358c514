"""
The fields of every layer: name, kind and meaning, one table for writers, frames and docs.

What the day's frames do not have themselves (names beside ids, the place's governorate) is joined
here, so that every format and both kinds of file, a day's and a series', have the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = ["FIELDS", "LAYERS", "SPAN", "Field", "described", "fields_of"]

LAYERS = ("territory", "frontline", "place", "event")
"""Layers, in the order in which a map draws them."""

SPAN = ("valid_from", "valid_to")
"""The days of a row of a series: from the first, up to and without the second."""

_Kind = Literal["text", "number", "integer", "boolean", "date", "list"]
_Frame = TypeVar("_Frame", bound=pd.DataFrame)


@dataclass(frozen=True)
class Field:
    """
    A field of a layer.

    Attributes
    ----------
    name
        As it is written.
    kind
        What its values are; a list is joined by `; ` where a format has no lists.
    about
        What it says.
    hxl
        Tag of the Humanitarian Exchange Language.
    in_files
        Whether it is in files of one `day`, of a `series`, or of `both`.
    """

    name: str
    kind: _Kind
    about: str
    hxl: str
    in_files: Literal["both", "day", "series"] = "both"


_ACTOR = Field(
    "actor", "text", "who holds it; empty unless `status` is held or besieged", "#org+actor+id"
)
_LEANING = Field(
    "leaning", "text", "the likeliest actor everywhere, also where nobody holds", "#org+leaning+id"
)
_STATUS = Field(
    "status", "text", "`held`, `besieged`, `contested` or `undetermined`", "#status+control"
)
_CONFIDENCE = Field(
    "confidence", "number", "how sure the holder is, 0 to 1", "#indicator+confidence+num", "day"
)
_DOUBT = Field(
    "doubt",
    "text",
    "why nobody holds it: `evidence` (reports conflict), `joint_control` (two sides hold it "
    "together), `front_band` (too close to call), `unconfirmed_pocket`, `no_evidence`; empty where "
    "somebody does",
    "#status+doubt",
)
_HOLDERS = (
    Field("actor_name", "text", "name of `actor`", "#org+actor+name"),
    Field("leaning_name", "text", "name of `leaning`", "#org+leaning+name"),
)
_SPAN = (
    Field("valid_from", "date", "first day of the row", "#date+start", "series"),
    Field("valid_to", "date", "first day on which it holds no more", "#date+end", "series"),
)
_REGION = (
    Field("admin1", "text", "ISO code of the governorate", "#adm1+code+iso"),
    Field("admin1_name", "text", "its name", "#adm1+name"),
    Field("admin2", "text", "district", "#adm2+name"),
    Field("admin3", "text", "subdistrict", "#adm3+name"),
    Field("pcode", "text", "p-code of the place; empty where it has none", "#loc+code"),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "territory": (
        _ACTOR,
        _LEANING,
        _STATUS,
        _CONFIDENCE,
        Field("area_km2", "number", "size of the row's area", "#indicator+area+num"),
        _DOUBT,
        *_HOLDERS,
        *_SPAN,
    ),
    "frontline": (
        Field("actor_a", "text", "actor on one side", "#org+a+id"),
        Field("actor_b", "text", "actor on the other", "#org+b+id"),
        Field(
            "kind", "text", "`front` between hostile sides, `boundary` between others", "#meta+kind"
        ),
        Field("length_km", "number", "length of the row's line", "#indicator+length+num"),
        Field("actor_a_name", "text", "name of `actor_a`", "#org+a+name"),
        Field("actor_b_name", "text", "name of `actor_b`", "#org+b+name"),
        *_SPAN,
    ),
    "place": (
        Field("place_id", "text", "id in the theater's `places.csv`", "#loc+id"),
        Field("name", "text", "name", "#loc+name"),
        Field("name_ar", "text", "name in Arabic; empty = unknown", "#loc+name+i_ar"),
        Field("kind", "text", "`city`, `town`, `village`, `airbase`, `dam` …", "#loc+type"),
        _ACTOR,
        _LEANING,
        _STATUS,
        _CONFIDENCE,
        Field("since", "date", "day since which that is so; empty where inferred", "#date+since",
              "day"),
        Field("evidence", "boolean", "whether claims speak of the place itself", "#meta+evidence"),
        _DOUBT,
        *_HOLDERS,
        *_REGION,
        Field("population", "integer", "people; empty = unknown, never 0", "#population"),
        *_SPAN,
    ),
    "event": (
        Field("event_id", "text", "stable id", "#event+id"),
        Field("kind", "text", "`struck` or `advanced_toward`", "#event+type"),
        Field("place_id", "text", "id of the place", "#loc+id"),
        Field("name", "text", "name of the place", "#loc+name"),
        Field("actor", "text", "who did it", "#org+actor+id"),
        Field("against", "text", "whom it was done to; empty = not said", "#org+against+id"),
        Field("event_date", "date", "day of the event", "#date+occurred"),
        Field("certainty", "text", "`asserted`, `claimed`, `unconfirmed` or `denied`",
              "#meta+certainty"),
        Field("claim_ids", "list", "claims that tell of it", "#meta+claims+list"),
        Field("actor_name", "text", "name of `actor`", "#org+actor+name"),
        Field("against_name", "text", "name of `against`", "#org+against+name"),
        *_REGION,
    ),
}  # fmt: skip
"""Fields of each layer, in the order of the columns."""


def fields_of(layer: str, *, series: bool = False) -> tuple[Field, ...]:
    """
    Fields of a layer in a file of one day, or of a series.

    Parameters
    ----------
    layer
        One of :data:`LAYERS`.
    series
        Whether the file has several days.
    """
    other = "day" if series else "series"
    return tuple(field for field in FIELDS[layer] if field.in_files != other)


def described(frame: _Frame, theater: Theater, layer: str) -> _Frame:
    """
    Give a layer's frame with names beside the ids of actors, and what is known of its places.

    Parameters
    ----------
    frame
        Rows of the layer as the map has them.
    theater
        Knows actors and places.
    layer
        One of :data:`LAYERS`.
    """
    wanted = {field.name for field in FIELDS[layer]}
    names = theater.actors["name"]
    added: dict[str, Any] = {}
    for name in wanted & {f"{column}_name" for column in frame.columns}:
        ids = frame[name.removesuffix("_name")]
        added[name] = [str(names.get(one, one)) for one in ids]
    if "admin1" in wanted:
        added |= _places(frame, theater)
    return frame.assign(**added)


def _places(frame: pd.DataFrame, theater: Theater) -> dict[str, Any]:
    """What the theater knows of the places of a frame; a place of a claim's own has none of it."""
    regions = {}
    if "iso" in theater.admin1:
        pairs = zip(theater.admin1["iso"], theater.admin1["name"], strict=True)
        regions = {str(iso): str(name) for iso, name in pairs}
    known = theater.places.reindex(frame["place_id"])
    found: dict[str, Any] = {
        column: list(known[column].fillna("")) if column in known else [""] * len(frame)
        for column in ("admin1", "admin2", "admin3", "pcode")
    }
    found["admin1_name"] = [regions.get(one, one) for one in found["admin1"]]
    if "population" in known:
        found["population"] = known["population"].round().astype("Int64").array
    return found
