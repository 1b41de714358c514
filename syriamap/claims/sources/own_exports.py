"""
What this program wrote as a result, recognized: it is no evidence.

A map made of claims, read back as claims, would confirm itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.errors import SourceError
from syriamap.files.records import column_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["refuse_own_columns", "refuse_own_file"]

_MARKS = (
    {"claimssha256"},
    {"mapclaimssha256"},
    {"leaning", "status"},
    {"actora", "actorb", "lengthkm"},
    {"status", "confidence", "since", "claimids"},
    {"eventid", "eventdate", "claimids"},
    {"fromactor", "toactor", "fromstatus", "tostatus"},
    {"areakm2", "areashare", "placesshare"},
    {"publisher", "independencegroup", "reliability", "claims"},
    {"leaning", "right"},
)
"""
Columns that only what this program wrote has: `export` and its layers, `control`, `changes`,
`history`, the settlements and sources of `report`, `evaluate`.
"""


_EVENT_LISTS = {
    "GeoConfirmed": ({"originalsource", "coordinates"}, {"geolocation", "coordinates"}),
    "TimeMap": ({"date", "latitude", "longitude", "sources", "description"},),
}
"""Names in lists that have a format of their own."""

_OWLMAPS = (
    {"areas", "frontline"},
    {"areas", "frontlines"},
    {"frontline", "units"},
    {"geos", "units"},
)


def refuse_own_file(name: str, *, allowed: bool = False) -> None:
    """
    Refuse a file that is an export as a whole, whatever its features say.

    Parameters
    ----------
    name
        Of the file.
    allowed
        Whether exports may be read.

    Raises
    ------
    SourceError
        Unless it is allowed.
    """
    if not allowed:
        raise SourceError(
            f"{name}: is an export of syriamap: a result, no evidence. What was claimed is in the "
            "claims file; `--own-exports` reads it all the same"
        )


def refuse_own_columns(
    name: str, columns: Iterable[str], *, format_: str = "", allowed: bool = False
) -> None:
    """
    Refuse a table whose columns are those of an export, or of a list of events.

    Parameters
    ----------
    name
        Of the file, for the message.
    columns
        Of its header.
    format_
        The format that it is read as.
    allowed
        Whether exports may be read.

    Raises
    ------
    SourceError
        If it is one.
    """
    keys = set(map(column_key, columns))
    if any(marks <= keys for marks in _OWLMAPS):
        raise SourceError(
            f"{name}: is a map of owlmaps' kind (front pieces, units, events, areas that name "
            "nobody), which says nothing of control; turn its areas into GeoJSON polygons with a "
            "property `actor`"
        )
    for kind, several in _EVENT_LISTS.items():
        if any(marks <= keys for marks in several) and kind.casefold() != format_:
            raise SourceError(
                f"{name}: is a list of events of {kind}, which say nothing of control; "
                f"`claims import {kind.casefold()}` reads them as events"
            )
    if any(mark <= keys for mark in _MARKS):
        refuse_own_file(name, allowed=allowed)
