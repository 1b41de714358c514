"""
What a page says of itself: its title, whose story it tells, what it rests on, its borders.

Comes in: the theater, the day, the claims that count. Goes out: a dict of plain JSON values, with
the theater's names in Arabic beside them where it has them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.look.wording import long_date, word_tables
from syriamap.webmap.columns import column_or_empty, date_text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from syriamap.claims.question import Question
    from syriamap.territory import HeldOut
    from syriamap.theater.folder import Theater

__all__ = ["held_out_counts", "page_texts", "title_of"]

_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page_texts(question: Question, day: date, claims: pd.DataFrame) -> dict[str, Any]:
    """
    Texts and counts of a page.

    Parameters
    ----------
    question
        What the map was asked with.
    day
        The last day shown.
    claims
        Claims that count.
    """
    theater = question.theater
    # as for `known_by`: a claim without a report date counts as reported on the day of its event
    reports = pd.to_datetime(claims["reported_on"]).fillna(pd.to_datetime(claims["event_date"]))
    latest = reports.max() if len(reports) else None
    sources = set(zip(texts(claims["publisher"]), texts(claims["source_title"]), strict=True))
    arabic = theater.arabic
    sides = set(texts(theater.actors["side"].drop_duplicates()))
    return {
        "theater": theater.title,
        "theater_ar": str(arabic.get("title", "")),
        "date": date_text(day),
        "until": date_text(day),
        "known_by": date_text(question.known_by),
        "latest_report": date_text(latest),
        "according_to": question.according_to,
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
        "schematic": len(theater.roads) > 0,
        "disputes": _disputes(theater),
    }


def held_out_counts(held_out: HeldOut | None) -> list[int]:
    """Places foretold rightly by the evidence of all others, and all that were left out in turn."""
    return [held_out.right, held_out.places] if held_out is not None and held_out.places else []


def title_of(page: Mapping[str, Any], language: str) -> str:
    """
    Title of a page in a language, as `names.js` writes it.

    Parameters
    ----------
    page
        What :func:`page_texts` gives; `since` is the first day of a page through time.
    language
        One of :data:`syriamap.look.wording.LANGUAGES`.

    Examples
    --------
    >>> title_of({"theater": "Syria", "until": "2024-12-06"}, "en")
    'Syria — control on 6 December 2024'
    """
    words = word_tables(language)["page"]
    name = (language == "ar" and page.get("theater_ar")) or page["theater"]
    days = {
        key: long_date(pd.Timestamp(page[column]), language)
        for key, column in (("date", "until"), ("since", "since"))
        if page.get(column)
    }
    text = str(words["title_days" if "since" in days else "title_day"])
    for key, day in days.items():
        text = text.replace(f"{{{key}}}", day)
    # last, and not by `format`: a name may hold braces
    return text.replace("{theater}", _isolated(str(name)))


def _isolated(text: str) -> str:
    """
    Text that may turn the direction of writing, kept from turning what follows it.

    Examples
    --------
    >>> _isolated("Syria")
    'Syria'
    >>> len(_isolated(chr(0x202E) + "airyS"))
    8
    """
    return f"\u2068{text}\u2069" if _TURNING.search(text) else text


def _side_names(names: Mapping[str, Any], sides: set[str]) -> dict[str, str]:
    return {side: str(names[side]) for side in sorted(sides) if names.get(side)}


def _disputes(theater: Theater) -> list[str]:
    table = theater.disputed
    names, statements = (texts(column_or_empty(table, one)) for one in ("name", "statement"))
    pairs = zip(names, statements, strict=True)
    return list(dict.fromkeys(": ".join(filter(None, pair)) for pair in pairs if any(pair)))
