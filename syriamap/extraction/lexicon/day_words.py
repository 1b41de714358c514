"""
Words for days → days, by the day of publication.

A weekday means the last one up to the day of publication, that day included: a report printed on a
Thursday that says "on Thursday" means the same day. "Overnight" is the night that ends on the day
of publication. Months without a year are the last ones before it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

__all__ = ["DayWords", "days_in"]

_WORDS = read_words()
_EVE_PHRASES = _WORDS["eve_phrases"]
_SINCE = tuple(_WORDS["since_leads"])
_DONE_BY = _WORDS["done_by"]
_TABLES = read_word_tables()
_COUNTS: dict[str, int] = _TABLES["counts"]
_MONTHS: dict[str, int] = _TABLES["months"]
_WEEKDAYS: dict[str, int] = _TABLES["weekdays"]


def _pattern() -> re.Pattern[str]:
    """All ways to write a day; the last group that takes part in a match says which one it is."""

    def one_of(*names: str) -> str:
        """Any word of some lists, whatever the spaces in it."""
        return any_of(chain.from_iterable(_WORDS[name] for name in names)).replace(r"\ ", r"\s+")

    def month(n: int) -> str:
        return rf"(?P<month{n}>{any_of(_MONTHS)})\b\.?"

    def year(n: int | str = "") -> str:
        return rf"(?P<year{n}>(?:19|20)\d\d)"

    counts, spans = any_of(_COUNTS), one_of("spans")
    phrases, past = one_of("day_phrases", "eve_phrases"), one_of("past_units")
    leads = one_of("day_leads", "month_leads", "weekday_leads", "year_leads")
    ordinal = rf"(?:{one_of('ordinals')})?"
    part = rf"(?:{one_of('parts_of_time')})\s+"
    early = rf"(?:{part}|(?:{one_of('middles_of_time')})-?)?"
    since = rf"(?:(?P<span>{one_of('weekday_leads')})\s*)?(?:on\s+)?(?:{part})?(?:on\s+)?"
    long = r"(?:since\s+)?"
    ways = (
        r"(?P<iso>\d{4}-\d{2}-\d{2})",
        rf"{long}(?P<day1>\d{{1,2}}){ordinal}\s+(?:of\s+)?{month(1)}(?:,?\s+{year(1)})?",
        rf"{long}{month(2)}\s+(?P<day2>\d{{1,2}}){ordinal}\b(?:,?\s+{year(2)})?",
        rf"(?:(?:{one_of('day_leads')})\s+)?{early}{month(3)},?\s+{year(3)}",
        rf"(?:{one_of('month_leads')})\s+{early}{month(4)}",
        rf"{since}(?P<last>last\s+)?(?P<weekday>{any_of(_WEEKDAYS)})\b",
        rf"(?P<word>{phrases})",
        rf"(?P<past>{past})\s+(?P<unit>{one_of('past_spans')})",
        rf"(?P<count>\d{{1,3}}|{counts})\s+(?P<units>{spans})s?\s+(?:{one_of('agos')})",
        rf"(?:{one_of('year_leads')})\s+{early}{year()}\b",
        r"(?P<none>(?!))",
    )
    begins = any_of(
        {name[:3] for name in (*_MONTHS, *_WEEKDAYS)}
        | _WORDS["parts_of_time"]
        | _WORDS["middles_of_time"]
        | {"last"}
    )
    # with what a match begins; few words do, and only there are all the ways tried
    ahead = (
        rf"\d|{begins}|{phrases}|(?:{past})\s|(?:{leads}|on)\s*(?:\d|{begins}|on\s)"
        rf"|(?:{counts})\s+(?:{spans})"
    )
    return re.compile(rf"\b(?={ahead})(?:{'|'.join(ways)})")


_PATTERN = _pattern()
_MONTH_GROUPS = {
    "month1": ("month1", "day1", "none"), "year1": ("month1", "day1", "year1"),
    "day2": ("month2", "day2", "none"), "year2": ("month2", "day2", "year2"),
    "year3": ("month3", "none", "year3"), "month4": ("month4", "none", "none"),
}  # fmt: skip
"""Last group of a match → its groups for month, day and year; nothing is ever in `none`."""


class DayWords(NamedTuple):
    """Words for a day: their span in the text, the day they mean, and how precisely."""

    start: int
    end: int
    day: str
    precision: str
    since: bool = False


def days_in(text: str, start: int, end: int, published: date | None) -> list[DayWords]:
    """
    Find the words for days in a span of the text.

    Without a day of publication only full dates are found.

    >>> [(one.day, one.precision) for one in days_in("on Thursday", 0, 11, date(2024, 12, 5))]
    [('2024-12-05', 'day')]
    """
    found: list[DayWords] = []
    written = text[start:end]
    lowered = written.lower()
    if len(lowered) != len(written):  # a few letters have no single one in lower case
        lowered = "".join(low if len(low := one.lower()) == 1 else "_" for one in written)
    for match in _PATTERN.finditer(lowered):
        if "may" in match[0] and _may_is_verb(match, written):
            continue
        meant = _meant(match, published)
        if meant is not None:
            lead = match["span"] or ""
            since = (bool(lead) and lead not in _DONE_BY) or match[0].startswith(_SINCE)
            found.append(DayWords(start + match.start(), start + match.end(), *meant, since=since))
    return found


def _may_is_verb(match: re.Match[str], written: str) -> bool:
    """Whether "may" is written small, as the verb is."""
    return any(
        match[group] == "may" and written[match.start(group)] == "m"
        for group in ("month1", "month2", "month3", "month4")
    )


def _meant(match: re.Match[str], published: date | None) -> tuple[str, str] | None:
    try:
        last = match.lastgroup or ""
        if last in _MONTH_GROUPS:
            month, day, year = _MONTH_GROUPS[last]
            return _of_month(match[month], match[day], match[year], published)
        if last == "iso":
            return date.fromisoformat(match["iso"]).isoformat(), "day"
        if last == "year":
            return f"{match['year']}-01-01", "year"
        return None if published is None else _relative(match, published)
    except (ValueError, OverflowError):
        return None


def _of_month(
    written: str, day: str | None, year: str | None, published: date | None
) -> tuple[str, str] | None:
    if year is None and published is None:
        return None
    month = _MONTHS[written]
    value = date(int(year) if year else published.year, month, int(day or 1))  # type: ignore[union-attr]
    if year is None and published is not None and value > published:
        value = value.replace(year=value.year - 1)
    return value.isoformat(), "day" if day else "month"


def _relative(match: re.Match[str], published: date) -> tuple[str, str]:
    last = match.lastgroup
    if last == "weekday":
        back = (published.weekday() - _WEEKDAYS[match["weekday"]]) % 7
        if match["last"] and back == 0:
            back = 7
        return (published - timedelta(back)).isoformat(), "day"
    if last == "word":
        back = 1 if match["word"] in _EVE_PHRASES else 0
        return (published - timedelta(back)).isoformat(), "day"
    if last == "unit":
        return _past_unit(match["unit"], match["past"], published)
    count = match["count"]
    number = int(count) if count.isdigit() else _COUNTS[count]
    unit = match["units"]
    if unit == "year":
        return f"{published.year - number}-01-01", "year"
    if unit == "month":
        months = published.year * 12 + published.month - 1 - number
        return date(months // 12, months % 12 + 1, 1).isoformat(), "month"
    day = published - timedelta(number * (7 if unit == "week" else 1))
    return day.isoformat(), "week" if unit == "week" else "day"


def _past_unit(unit: str, past: str, published: date) -> tuple[str, str]:
    before = past == "last"
    if unit == "weekend":
        back = (published.weekday() - 5) % 7
        return (published - timedelta(back)).isoformat(), "week"
    if unit == "week":
        monday = published - timedelta(published.weekday() + (7 if before else 0))
        return monday.isoformat(), "week"
    if unit == "month":
        first = published.replace(day=1)
        return ((first - timedelta(1)).replace(day=1) if before else first).isoformat(), "month"
    return f"{published.year - (1 if before else 0)}-01-01", "year"
