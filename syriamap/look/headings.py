"""
What every copy of a map says of itself: country and day, whose story, which cut-off, how old.

In comes a :class:`Headline`, the facts of one map; out go a title, notes and both on one line. The
heading of page, figure and report, the title of a document, captions, alternative texts and link
previews all say it with these, so that no copy says less than another. `heading.js` writes the
same on a page, where the day shown moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.look.wording import counted, long_date, word_tables

if TYPE_CHECKING:
    from datetime import date

__all__ = ["OLD_DAYS", "Headline", "age_of", "headline_notes", "headline_text", "headline_title"]

OLD_DAYS = 7
"""A map whose newest evidence is more days older than it says so."""

_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Headline:
    """
    The facts that a heading tells.

    Attributes
    ----------
    theater
        Name of the country, in the language of the heading.
    day
        The day shown.
    since
        First day, where more than one is shown or compared.
    kind
        `day`, `days` (from `since` to `day`), `changes` (between them) or `since` (the day, and
        what changed).
    side
        Name of the side whose story it is; empty for all evidence.
    known_by
        Cut-off of the reports.
    latest_report
        Newest day of publication among the claims that count.
    newest
        Newest day up to `day` that a claim speaks of; None where none does.
    """

    theater: str
    day: date
    since: date | None = None
    kind: str = "day"
    side: str = ""
    known_by: date | None = None
    latest_report: date | None = None
    newest: date | None = None


def headline_title(one: Headline, language: str) -> str:
    """
    Country and day.

    Examples
    --------
    >>> import datetime
    >>> headline_title(Headline("Syria", datetime.date(2024, 12, 6)), "en")
    'Control in Syria, 6 December 2024'
    """
    since = long_date(one.since, language) if one.since is not None else ""
    day = long_date(one.day, language)
    return _filled(one.kind, language, theater=one.theater, date=day, since=since)


def headline_notes(one: Headline, language: str) -> tuple[str, ...]:
    """
    Whose story it is, the cut-off, and how old the newest evidence is where it is old.

    Examples
    --------
    >>> import datetime
    >>> day = datetime.date(2026, 11, 1)
    >>> headline_notes(Headline("Syria", day, newest=datetime.date(2024, 12, 12)), "en")
    ('last report 689 days before',)
    >>> headline_notes(Headline("Syria", day), "en")
    ('no report of this day or before',)
    """
    notes = [_filled("told_by", language, side=one.side)] if one.side else []
    if one.known_by is not None:
        notes.append(_filled("cut_off", language, date=long_date(one.known_by, language)))
    elif one.latest_report is not None:
        published = long_date(one.latest_report, language)
        notes.append(_filled("reports_until", language, date=published))
    age = age_of(one)
    if age is None:
        notes.append(_filled("no_reports", language))
    elif age > OLD_DAYS:
        notes.append(counted(word_tables(language)["heading"]["old"], age, language))
    return tuple(notes)


def headline_text(one: Headline, language: str) -> str:
    """
    Title and notes on one line, for copies that have no room for more.

    Examples
    --------
    >>> import datetime
    >>> headline_text(Headline("Syria", datetime.date(2010, 1, 1), side="the army"), "en")
    'Control in Syria, 1 January 2010 · as told by the army · no report of this day or before'
    """
    return " · ".join((headline_title(one, language), *headline_notes(one, language)))


def age_of(one: Headline) -> int | None:
    """Days from the newest evidence to the day shown, None where there is none."""
    return None if one.newest is None else (one.day - one.newest).days


def _filled(key: str, language: str, **values: str) -> str:
    """A phrase with its values, put in at once: a name may hold braces."""
    template = str(word_tables(language)["heading"][key])
    return re.sub(r"\{(\w+)\}", lambda match: _isolated(values[match[1]]), template)


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
