"""
Events in the columns of ACLED's exports, for tools that read these.

What ACLED codes and nobody here knows (fatalities, kinds of actors, sub-types) stays empty; nothing
is guessed. The last column tells whose result it is, so that it is not read back as evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.files import written_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from syriamap.export.parcel import Parcel

__all__ = ["ACLED_COLUMNS", "acled_rows"]

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp", "map_claims_sha256",
)  # fmt: skip
"""Columns of an ACLED export, and the mark of this program."""

_TYPES = {
    "struck": ("Political violence", "Explosions/Remote violence"),
    "advanced_toward": ("Strategic developments", "Strategic developments"),
}
"""Disorder type and event type of each kind; what was used or happened in detail is not known."""

_PRECISIONS = {"day": "1", "week": "2", "month": "3"}


def acled_rows(parcel: Parcel) -> tuple[list[str], list[list[str]]]:
    """
    Header and rows of the events.

    Parameters
    ----------
    parcel
        Its features of the layer `event` are written.
    """
    claims = parcel.claims.set_index("claim_id", drop=False)
    told = {str(key): row for key, row in claims.to_dict("index").items()}
    rows = []
    for one in parcel.of_layer("event"):
        row = one["properties"]
        behind = [told[claim] for claim in row["claim_ids"] if claim in told]
        cells = {**_what(row, behind), **_where(row, one["geometry"]["coordinates"], parcel)}
        cells["map_claims_sha256"] = parcel.metadata["claims_sha256"]
        rows.append([written_cell(cells.get(name)) for name in ACLED_COLUMNS])
    return list(ACLED_COLUMNS), rows


def _what(row: Mapping[str, Any], behind: list[dict[Any, Any]]) -> dict[str, Any]:
    disorder, kind = _TYPES[row["kind"]]
    precision = {_PRECISIONS.get(str(one.get("date_precision") or "day"), "") for one in behind} - {
        ""
    }
    return {
        "event_id_cnty": row["event_id"],
        "event_date": row["event_date"],
        "year": row["event_date"][:4],
        "time_precision": min(precision, default=""),
        "disorder_type": disorder,
        "event_type": kind,
        "actor1": row["actor_name"],
        "actor2": row["against_name"],
        "source": "; ".join(sorted({str(one["publisher"]) for one in behind})),
        "notes": f"{row['kind']}, {row['certainty']}; claims: {', '.join(row['claim_ids'])}",
    }


def _where(row: Mapping[str, Any], point: list[float], parcel: Parcel) -> dict[str, Any]:
    return {
        "country": parcel.theater.title,
        "admin1": row["admin1_name"],
        "admin2": row["admin2"],
        "admin3": row["admin3"],
        "location": row["name"],
        "latitude": point[1],
        "longitude": point[0],
        "geo_precision": "1" if row["place_id"] else "",
    }
