"""Arabic words for days, Levantine and other names of months, by the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from syriamap.extraction.arabic.script import arabic_lists, arabic_tables, fold_arabic

__all__ = ["ArabicDay", "arabic_days"]

_MONTHS: dict[str, int] = arabic_tables()["months"]
_WEEKDAYS: dict[str, int] = arabic_tables()["weekdays"]
_TODAY, _YESTERDAY = arabic_lists()["today"], arabic_lists()["yesterday"]
_MONTH = "|".join(sorted((one.replace(" ", r"\s+") for one in _MONTHS), key=len, reverse=True))
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+(?:من\s+)?)?(?<!\w)(?P<month>{_MONTH})(?!\w)(?:/\w+)?(?:\s+(?:عام\s+)?(?P<year>20\d\d))?"
    rf"|(?:عام|سنه)\s+(?P<only>20\d\d)"
    rf"|(?<!\w)(?P<word>{'|'.join([*_WEEKDAYS, *sorted(_TODAY | _YESTERDAY)])})(?!\w)"
)


class ArabicDay(NamedTuple):
    """Words for a day: where they begin, the day, how precisely."""

    start: int
    day: str
    precision: str


def arabic_days(text: str, start: int, end: int, published: date | None) -> list[ArabicDay]:
    """
    Find the words for days in a span.

    >>> [one.day for one in arabic_days("الخميس 5 كانون الأول", 0, 20, date(2024, 12, 6))]
    ['2024-12-05', '2024-12-05']
    """
    letters = [(fold_arabic(text[n]), n) for n in range(start, end)]
    kept = [n for letter, n in letters if letter]  # a vowel sign folds to nothing
    found = []
    for match in _DATE.finditer("".join(letter for letter, _ in letters)):
        meant = _meant(match, published)
        if meant is not None:
            found.append(ArabicDay(kept[match.start()], *meant))
    return found


def _meant(match: re.Match[str], published: date | None) -> tuple[str, str] | None:
    if match["only"]:
        return f"{match['only']}-01-01", "year"
    if match["word"]:
        return None if published is None else (_near(match["word"], published), "day")
    month = _MONTHS[" ".join(match["month"].split())]
    if not match["year"] and published is None:
        return None
    if not match["year"] and not match["day"] and len(match["month"]) < 3:
        return None  # "Ab" is August, and a father
    try:
        year = int(match["year"] or (published.year if published else 0))
        value = date(year, month, int(match["day"] or 1))
    except ValueError:
        return None
    if not match["year"] and published is not None and value > published:
        value = value.replace(year=value.year - 1)
    return value.isoformat(), "day" if match["day"] else "month"


def _near(word: str, published: date) -> str:
    if word in _TODAY:
        return published.isoformat()
    if word in _YESTERDAY:
        return (published - timedelta(1)).isoformat()
    return (published - timedelta((published.weekday() - _WEEKDAYS[word]) % 7)).isoformat()
