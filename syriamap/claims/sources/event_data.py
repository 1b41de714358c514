"""
Event data: ACLED's export and UCDP's GED, one row for each event.

What becomes which relation stands in tables here and in ``docs/imports.md``; every other row is
reported.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from syriamap.claims.sources.passing import ClaimRow, Context, Rows, Unmapped, number_of
from syriamap.errors import SourceError
from syriamap.names.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ACLED_RELATIONS", "read_acled", "read_ucdp"]

ACLED_RELATIONS = {
    "armed clash": "contested",
    "government regains territory": "captured",
    "non-state actor overtakes territory": "captured",
    "non-violent transfer of territory": "captured",
    "headquarters or base established": "entered",
    "air/drone strike": "struck",
    "shelling/artillery/missile attack": "struck",
}
"""ACLED's sub-event types and the relations that they become."""

_BEFORE_2019 = {
    "battle-no change of territory": "contested",
    "battle-government regains territory": "captured",
    "battle-non-state actor overtakes territory": "captured",
    "non-violent transfer of territory": "captured",
    "headquarters or base established": "entered",
    "remote violence": "struck",
}
"""Event types of the exports of 2014 to 2019, which had no sub-event types."""

_ACLED = {
    "event_id_cnty": ("event id cnty", "data_id"), "event_date": (),
    "time_precision": ("time_prec",),
    "event_type": (), "sub_event_type": (), "actor1": (), "actor2": (), "admin1": (), "admin2": (),
    "admin3": (), "location": (), "latitude": ("lat",), "longitude": ("lon", "long"),
    "geo_precision": ("geo_precis", "geo_prec"), "source": (), "notes": (), "timestamp": (),
}  # fmt: skip

_UCDP = {
    "id": (), "date_start": (), "date_prec": (), "side_a": (), "side_b": (),
    "type_of_violence": (), "where_coordinates": (), "where_prec": (), "latitude": (),
    "longitude": (), "source_article": (),
}  # fmt: skip

_GED_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""Columns of UCDP GED 21.1 and later, which the candidate files share; they may lack a header."""

_STATE = ("military forces of", "police forces of", "government of")


def read_acled(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of an ACLED event export, CSV or the answer of the API, of any year."""
    needed = ("event_date", "actor1", "latitude", "longitude")
    rows = Rows(path, context, _ACLED, needed, ("event_date",))
    if not rows.has("sub_event_type") and not rows.has("event_type"):
        raise SourceError(f"{path}: columns missing: sub_event_type, or event_type of old exports")
    for row, cells in rows:
        kind = cells["sub_event_type"].strip() or cells["event_type"].strip()
        relation = ACLED_RELATIONS.get(kind.casefold()) or _BEFORE_2019.get(
            "-".join(part.strip() for part in kind.casefold().split("-", 1))
        ) or _BEFORE_2019.get(kind.casefold())  # fmt: skip
        day = rows.day("event_date", cells["event_date"])
        if relation is None:
            yield Unmapped(row, kind, "a sub-event type that says nothing of control")
        elif day is None:
            yield Unmapped(row, cells["event_date"], "no date")
        elif number_of(cells["geo_precision"].strip()) == "3":
            yield Unmapped(row, cells["location"], "located to its province only")
        elif not cells["latitude"].strip():
            yield Unmapped(row, cells["location"], "no coordinate")
        else:
            where = Whereabouts(cells["admin1"], cells["admin2"], cells["admin3"])
            place = context.place(
                row, cells["location"], cells["latitude"], cells["longitude"], where
            )
            if isinstance(place, Unmapped):
                yield place
                continue
            stamp = cells["timestamp"].strip()
            reported = datetime.fromtimestamp(int(stamp), UTC).date() if stamp.isdigit() else None
            number, source = cells["event_id_cnty"].strip(), cells["source"].strip()
            base = {
                **place,
                "event_date": day.isoformat(),
                "relation": relation,
                "date_precision": {"2": "week", "3": "month"}.get(
                    number_of(cells["time_precision"].strip()), "day"
                ),
                "certainty": "asserted",
                "publisher": "ACLED",
                "source_title": f"ACLED {number}: {source}".strip(": "),
                "reported_on": reported.isoformat() if reported and reported >= day else "",
                "note": f"{kind}. {cells['notes']}".strip(),
            }
            first, second = cells["actor1"].strip(), cells["actor2"].strip()
            if relation == "captured" and _swapped(kind.casefold(), first, second):
                first, second = second, first
            yield _with_sides(row, base, first, second, context)


def _swapped(kind: str, first: str, second: str) -> bool:
    """Tell whether the winner stands second: a state in one kind, none in the other."""
    if "government regains territory" in kind:
        return second.casefold().startswith(_STATE) and not first.casefold().startswith(_STATE)
    if "non-state actor overtakes territory" in kind:
        return bool(second) and first.casefold().startswith(_STATE)
    return False


def read_ucdp(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of UCDP's GED or its candidate files, zipped or not: fighting between two sides."""
    needed = ("date_start", "side_a", "side_b", "type_of_violence", "latitude", "longitude")
    rows = Rows(path, context, _UCDP, needed, ("date_start",), implied=_GED_COLUMNS)
    for row, cells in rows:
        day = rows.day("date_start", cells["date_start"])
        precision = number_of(cells["where_prec"].strip())
        if number_of(cells["type_of_violence"].strip()) == "3":
            yield Unmapped(row, cells["side_a"], "one-sided violence says nothing of control")
        elif day is None:
            yield Unmapped(row, cells["date_start"], "no date")
        elif precision.isdigit() and int(precision) > 3:
            yield Unmapped(row, cells["where_coordinates"], "located to its province only")
        else:
            name = cells["where_coordinates"]
            place = context.place(row, name, cells["latitude"], cells["longitude"])
            if isinstance(place, Unmapped):
                yield place
                continue
            number = cells["id"].strip()
            base = {
                **place,
                "event_date": day.isoformat(),
                "relation": "contested",
                "date_precision": {"1": "day", "2": "week", "3": "week", "4": "month"}.get(
                    number_of(cells["date_prec"].strip() or "1"), "year"
                ),
                "certainty": "asserted",
                "publisher": "UCDP",
                "source_title": f"UCDP GED {number}".strip(),
                "note": cells["source_article"][:500],
            }
            yield _with_sides(row, base, cells["side_a"], cells["side_b"], context)


def _with_sides(
    row: int, base: ClaimRow, first: str, second: str, context: Context
) -> ClaimRow | Unmapped:
    actor, against = context.actor(first), context.actor(second) if second else ""
    if not actor:
        return Unmapped(row, first, "a name of no actor")
    if second and not against:
        if base["relation"] != "struck" and base["relation"] != "entered":
            return Unmapped(row, second, "a name of no actor")
        return {**base, "actor": actor, "note": f"{base['note']} Against: {second}".strip()}
    if actor == against:
        return Unmapped(row, f"{first} – {second}", "both sides are one actor")
    return {**base, "actor": actor, "against": against}
