"""
What a page says of itself: whose story it tells, what it rests on, its borders.

Comes in: the map of the last day shown. Goes out: a dict of plain JSON values, with
the theater's names in Arabic beside them where it has them.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.claims.reader import dates_settled
from syriamap.claims.speakers import speaker_sides
from syriamap.history.days import reported_until
from syriamap.webmap.columns import column_or_empty, date_text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from syriamap.history.days import MapOfDay
    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater

__all__ = ["counts_through", "held_out_counts", "page_texts"]


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
        "cities_around": _cities(theater),
        "roads": texts(column_or_empty(theater.roads, "name")),
        "schematic": len(theater.roads) > 0,
        "disputes": _disputes(theater),
    }


def counts_through(days: Sequence[MapOfDay]) -> dict[str, list[Any]]:
    """
    What each day's map rests on: claims, sources, publishers and the newest day of publication.

    The same numbers as :func:`page_texts` has of one day; in a side's story claims of other sides,
    which do not count, are left out.

    Parameters
    ----------
    days
        The map of each day, of the same claims.
    """
    question = days[-1].question
    heard = question.claims_heard()
    settled = dates_settled(heard).to_numpy()
    counts = np.ones(len(heard), dtype=bool)
    if question.according_to:
        sides = speaker_sides(heard, question.theater)
        counts = np.array([side in {"", question.according_to} for side in sides], dtype=bool)
    publishers = pd.factorize(np.array(texts(heard["publisher"]), dtype=object))[0]
    titles = pd.factorize(np.array(texts(heard["source_title"]), dtype=object))[0]
    sources = pd.factorize(publishers * (titles.max(initial=0) + 1) + titles)[0]
    reports = pd.to_datetime(heard["reported_on"]).fillna(pd.to_datetime(heard["event_date"]))
    reported = reports.to_numpy()
    row_of = {claim: row for row, claim in enumerate(texts(heard["claim_id"]))}

    @cache
    def rows_of(ids: tuple[Any, ...]) -> tuple[int, ...]:
        return tuple(row_of[one] for one in ids if one in row_of)

    found: dict[str, list[Any]] = {"claims": [], "sources": [], "publishers": [], "reported": []}
    for day in days:
        used = settled <= np.datetime64(day.date)
        deciding = itertools.chain.from_iterable(map(rows_of, map(tuple, day.control["claim_ids"])))
        used[list(deciding)] = True
        used &= counts
        found["claims"].append(int(used.sum()))
        found["sources"].append(len(np.unique(sources[used])))
        found["publishers"].append(len(np.unique(publishers[used])))
        found["reported"].append(date_text(reported[used].max()) if used.any() else "")
    return found


def held_out_counts(held_out: HeldOut | None) -> list[int]:
    """Places foretold rightly by the evidence of all others, and all that were left out in turn."""
    return [held_out.right, held_out.places] if held_out is not None and held_out.places else []


def _cities(theater: Theater) -> list[list[Any]]:
    """Name, Arabic name, latitude and longitude of each city around."""
    table = theater.cities_around
    names = (texts(table["name"]), texts(table["name_ar"]))
    points = (table.geometry.y.round(3).tolist(), table.geometry.x.round(3).tolist())
    return [list(row) for row in zip(*names, *points, strict=True)]


def _side_names(names: Mapping[str, Any], sides: set[str]) -> dict[str, str]:
    return {side: str(names[side]) for side in sorted(sides) if names.get(side)}


def _disputes(theater: Theater) -> list[str]:
    table = theater.disputed
    names, statements = (texts(column_or_empty(table, one)) for one in ("name", "statement"))
    pairs = zip(names, statements, strict=True)
    return list(dict.fromkeys(": ".join(filter(None, pair)) for pair in pairs if any(pair)))
