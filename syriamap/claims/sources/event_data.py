"""
Event data: ACLED's export and UCDP's GED, one row for each event.

What becomes which relation stands in tables here and in ``docs/imports.md``; every other row is
reported.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped, day_of, read_rows

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

_STATE = ("military forces of", "police forces of", "government of")


def read_acled(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of an ACLED event export."""
    needed = ("event_date", "sub_event_type", "actor1", "latitude", "longitude")
    for row, cells in read_rows(path, needed):
        kind = cells["sub_event_type"].strip()
        relation = ACLED_RELATIONS.get(kind.casefold())
        day = day_of(cells["event_date"])
        if relation is None:
            yield Unmapped(row, kind, "a sub-event type that says nothing of control")
        elif day is None:
            yield Unmapped(row, cells["event_date"], "no date")
        elif cells.get("geo_precision", "").strip() == "3":
            yield Unmapped(row, cells.get("location", ""), "located to its province only")
        elif not cells["latitude"].strip():
            yield Unmapped(row, cells.get("location", ""), "no coordinate")
        else:
            place = context.place(
                row, cells.get("location", ""), cells["latitude"], cells["longitude"]
            )
            if isinstance(place, Unmapped):
                yield place
                continue
            stamp = cells.get("timestamp", "").strip()
            reported = datetime.fromtimestamp(int(stamp), UTC).date() if stamp.isdigit() else None
            source = cells.get("source", "").strip()
            number = cells.get("event_id_cnty", "").strip()
            base = {
                **place,
                "event_date": day.isoformat(),
                "relation": relation,
                "date_precision": {"2": "week", "3": "month"}.get(
                    cells.get("time_precision", "").strip(), "day"
                ),
                "certainty": "asserted",
                "publisher": "ACLED",
                "source_title": f"ACLED {number}: {source}".strip(": "),
                "reported_on": reported.isoformat() if reported and reported >= day else "",
                "note": f"{kind}. {cells.get('notes', '')}".strip(),
            }
            first, second = cells["actor1"].strip(), cells.get("actor2", "").strip()
            if relation == "captured" and _swapped(kind.casefold(), first, second):
                first, second = second, first
            yield _with_sides(row, base, first, second, context)


def _swapped(kind: str, first: str, second: str) -> bool:
    """Tell whether the winner stands second: a state in one kind, none in the other."""
    if kind == "government regains territory":
        return second.casefold().startswith(_STATE) and not first.casefold().startswith(_STATE)
    if kind == "non-state actor overtakes territory":
        return bool(second) and first.casefold().startswith(_STATE)
    return False


def read_ucdp(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of UCDP's Georeferenced Event Dataset: fighting between two sides."""
    needed = ("date_start", "side_a", "side_b", "type_of_violence", "latitude", "longitude")
    for row, cells in read_rows(path, needed):
        day = day_of(cells["date_start"])
        precision = cells.get("where_prec", "").strip()
        if cells["type_of_violence"].strip() == "3":
            yield Unmapped(row, cells["side_a"], "one-sided violence says nothing of control")
        elif day is None:
            yield Unmapped(row, cells["date_start"], "no date")
        elif precision.isdigit() and int(precision) > 3:
            yield Unmapped(row, cells.get("where_coordinates", ""), "located to its province only")
        else:
            name = cells.get("where_coordinates", "")
            place = context.place(row, name, cells["latitude"], cells["longitude"])
            if isinstance(place, Unmapped):
                yield place
                continue
            number = cells.get("id", "").strip()
            base = {
                **place,
                "event_date": day.isoformat(),
                "relation": "contested",
                "date_precision": {"1": "day", "2": "week", "3": "week", "4": "month"}.get(
                    cells.get("date_prec", "1").strip(), "year"
                ),
                "certainty": "asserted",
                "publisher": "UCDP",
                "source_title": f"UCDP GED {number}".strip(),
                "note": cells.get("source_article", "")[:500],
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
