"""
Lists of events: TimeMap's and GeoConfirmed's, which say where something happened, not who holds it.

An event becomes an event (`struck`, `entered`, `advanced_toward`) and only when the caller says
which one and whose; never control.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from syriamap.claims.sources.control_tables import read_csv
from syriamap.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped

__all__ = ["read_geoconfirmed", "read_timemap"]

_EVENTS = ("struck", "entered", "advanced_toward")
_TIMEMAP = {
    "event_date": "date", "lat": "latitude", "lon": "longitude", "place": "location",
    "note": "description",
}  # fmt: skip
_GEOCONFIRMED = {
    "event_date": "date", "coordinates": "coordinates", "place": "", "source_title": "name",
    "source_url": "originalSource", "note": "description",
}  # fmt: skip


def read_timemap(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Events of a TimeMap list; its dates are month first."""
    reading = replace(context.reading, dates=context.reading.dates or "mdy")
    return _read_events(path, replace(context, reading=reading), _TIMEMAP, "TimeMap")


def read_geoconfirmed(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Events of a GeoConfirmed list; its coordinates are latitude first."""
    return _read_events(path, context, _GEOCONFIRMED, "GeoConfirmed")


def _read_events(
    path: Path, context: Context, columns: dict[str, str], publisher: str
) -> Iterator[ClaimRow | Unmapped]:
    relation = context.constants.get("relation", "")
    if relation not in _EVENTS or not {"actor"} & {*context.constants, *context.columns}:
        raise SourceError(
            f"{path}: a list of events says nothing of control; tell what they are and whose: "
            f"`--set relation=struck --set actor=ID` (relation: {', '.join(_EVENTS)}; for an actor "
            "in the list `--column actor=FIELD`)"
        )
    columns = {ours: theirs for ours, theirs in columns.items() if theirs}
    context.columns = {**columns, **context.columns}
    context.constants = {"publisher": publisher, "source_title": path.name, **context.constants}
    yield from read_csv(path, context)
