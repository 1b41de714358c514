"""
Words for days → days, by the day of publication.

A weekday means the last one up to the day of publication, that day included: a report printed on a
Thursday that says "on Thursday" means the same day. "Overnight" is the night that ends on the day
of publication. Months without a year are the last ones before it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

__all__ = ["DayWords", "days_in"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_BEGINS = (
    r"\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|early|late|mid"
    r"|last"
)
# with what a match begins; few words do, and only there are all the alternatives tried
_PATTERN = re.compile(
    rf"\b(?={_BEGINS}|today|tonight|yesterday|overnight|earlier|this\s|shortly|just\s|after\s"
    rf"|hours|past\s|(?:in|on|since|during|by|until|from|of|before|at)\s*(?:{_BEGINS}|on\s|dawn)"
    r"|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?:day|week|month|year))(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?"
    + _MONTH.format(1)
    + r"(?:,?\s+(?P<year1>(?:19|20)\d\d))?"
    r"|" + _MONTH.format(2) + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year2>(?:19|20)\d\d))?"
    r"|(?:(?:in|since|during|by|until|from|of)\s+)?(?:early\s+|late\s+|mid-?)?"
    + _MONTH.format(3)
    + r",?\s+(?P<year3>(?:19|20)\d\d)"
    r"|(?:in|since|last|during)\s+(?:early\s+|late\s+|mid-?)?"
    + _MONTH.format(4)
    + r"|(?:(?P<span>since|from|until|before|by)\s*)?"
    r"(?:on\s+)?(?:early\s+|late\s+)?(?:on\s+)?(?P<last>last\s+)?"
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|(?P<word>today|tonight|yesterday|overnight|earlier\s+in\s+the\s+day|this\s+morning"
    r"|this\s+afternoon|this\s+evening|(?:shortly\s+|just\s+)?after\s+midnight"
    r"|before\s+dawn|at\s+dawn|hours\s+ago|hours\s+earlier|last\s+night)"
    r"|(?P<past>last|this|earlier\s+this|past)\s+(?P<unit>weekend|week|month|year)"
    r"|(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?P<units>day|week|month|year)s?\s+(?:ago|earlier)"
    r"|(?:in|since|until|of|by|during|from)\s+(?:early\s+|late\s+|mid-?)?(?P<year>(?:19|20)\d\d)\b"
    r"|(?P<none>(?!))"
    r")"
)
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
            since = bool(match["span"]) or match[0].startswith(("since", "until"))
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
    month = _MONTHS.index(written[:3]) + 1
    value = date(int(year) if year else published.year, month, int(day or 1))  # type: ignore[union-attr]
    if year is None and published is not None and value > published:
        value = value.replace(year=value.year - 1)
    return value.isoformat(), "day" if day else "month"


def _relative(match: re.Match[str], published: date) -> tuple[str, str]:
    last = match.lastgroup
    if last == "weekday":
        back = (published.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
        if match["last"] and back == 0:
            back = 7
        return (published - timedelta(back)).isoformat(), "day"
    if last == "word":
        back = 1 if match["word"] in {"yesterday", "last night"} else 0
        return (published - timedelta(back)).isoformat(), "day"
    if last == "unit":
        return _past_unit(match["unit"], match["past"], published)
    count = match["count"]
    number = int(count) if count.isdigit() else _NUMBERS.get(count, 1)
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
