"""
What a page says of itself: whose story it tells, what it rests on, its borders.

Comes in: the map of the last day shown. Goes out: a dict of plain JSON values, with
the theater's names in Arabic beside them where it has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.history.days import reported_until
from syriamap.webmap.columns import column_or_empty, date_text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from syriamap.history.days import MapOfDay
    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater

__all__ = ["held_out_counts", "page_texts"]


def page_texts(made: MapOfDay) -> dict[str, Any]:
    """
    Texts and counts of a page.

    Parameters
    ----------
    made
        The map of the last day shown.
    """
    theater, claims = made.theater, made.claims_used
    sources = set(zip(texts(claims["publisher"]), texts(claims["source_title"]), strict=True))
    arabic = theater.arabic
    sides = set(texts(theater.actors["side"].drop_duplicates()))
    return {
        "id": theater.id,
        "theater": theater.title,
        "theater_ar": str(arabic.get("title", "")),
        "date": date_text(made.date),
        "until": date_text(made.date),
        "known_by": date_text(made.known_by),
        "latest_report": date_text(reported_until(claims)),
        "newest": date_text(made.newest_evidence),
        "according_to": made.according_to,
        "sides": _side_names(theater.sides, sides),
        "sides_ar": _side_names(arabic.get("sides", {}), sides),
        "claims": len(claims),
        "sources": len(sources),
        "publishers": claims["publisher"].nunique(),
        "border": theater.border_statement,
        "border_ar": str(arabic.get(f"border_{theater.border_variant or 'default'}", "")),
        "attribution": list(theater.attribution),
        "bounds": [float(number) for number in theater.bounds],
        "neighbors": texts(column_or_empty(theater.neighbors, "name")),
        "neighbors_ar": texts(column_or_empty(theater.neighbors, "name_ar")),
        "roads": texts(column_or_empty(theater.roads, "name")),
        "schematic": len(theater.roads) > 0,
        "disputes": _disputes(theater),
    }


def held_out_counts(held_out: HeldOut | None) -> list[int]:
    """Places foretold rightly by the evidence of all others, and all that were left out in turn."""
    return [held_out.right, held_out.places] if held_out is not None and held_out.places else []


def _side_names(names: Mapping[str, Any], sides: set[str]) -> dict[str, str]:
    return {side: str(names[side]) for side in sorted(sides) if names.get(side)}


def _disputes(theater: Theater) -> list[str]:
    table = theater.disputed
    names, statements = (texts(column_or_empty(table, one)) for one in ("name", "statement"))
    pairs = zip(names, statements, strict=True)
    return list(dict.fromkeys(": ".join(filter(None, pair)) for pair in pairs if any(pair)))
