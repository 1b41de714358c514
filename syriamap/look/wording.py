"""
The words of pages, figures and reports, one TOML file per language.

Comes in: a language; the files lie in ``languages/``. Goes out: tables of words, and :class:`Words`
that writes dates, numbers and names with them. Names of places and actors are the theater's, not
ours.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from syriamap.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

__all__ = ["LANGUAGES", "Words", "counted", "long_date", "plural_form", "word_tables"]

LANGUAGES = ("en", "ar")
"""Languages that pages, figures and reports can be written in."""


@cache
def word_tables(language: str) -> dict[str, dict[str, Any]]:
    """
    Every table of words of a language.

    Parameters
    ----------
    language
        One of :data:`LANGUAGES`.

    Examples
    --------
    >>> word_tables("en")["statuses"]["besieged"], word_tables("ar")["statuses"]["besieged"]
    ('Besieged', 'محاصرة')
    """
    file = resources.files("syriamap.look") / "languages" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def long_date(day: Any, language: str) -> str:
    """
    Write a day out, the same on every machine.

    Examples
    --------
    >>> import datetime
    >>> long_date(datetime.date(2024, 12, 6), "en")
    '6 December 2024'
    """
    return f"{day.day} {word_tables(language)['language']['months'][day.month - 1]} {day.year}"


def plural_form(number: int, language: str) -> str:
    """
    Name the plural form that a whole number takes, as CLDR names it.

    Examples
    --------
    >>> [plural_form(number, "en") for number in (0, 1, 2)]
    ['other', 'one', 'other']
    >>> [plural_form(number, "ar") for number in (0, 1, 2, 3, 11, 100, 689)]
    ['zero', 'one', 'two', 'few', 'many', 'other', 'many']
    """
    if language != "ar":
        return "one" if number == 1 else "other"
    if number < 3:
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def counted(forms: Mapping[str, str], number: int, language: str) -> str:
    """
    Write a phrase that counts, in the form that its number takes.

    Examples
    --------
    >>> counted({"one": "1 day", "other": "{n} days"}, 1200, "en")
    '1,200 days'
    """
    form = "zero" if number == 0 and "zero" in forms else plural_form(number, language)
    return forms.get(form, forms["other"]).replace("{n}", f"{number:,}")


class Words:
    """
    The words of one language, for what is drawn or written rather than shown on a page.

    Parameters
    ----------
    language
        One of :data:`LANGUAGES`.
    tables
        Names of the tables of words to speak with.

    Raises
    ------
    FigureError
        If there is no such language.

    Examples
    --------
    >>> words = Words("en", "signs")
    >>> words("besieged"), words.km2(185_180)
    ('Besieged', '185,180 km²')
    """

    def __init__(self, language: str, *tables: str) -> None:
        if language not in LANGUAGES:
            raise FigureError(f"no figure in {language!r}; there are: {', '.join(LANGUAGES)}")
        known = word_tables(language)
        self.language = language
        self.rtl = known["language"]["direction"] == "rtl"
        self.comma = "، " if self.rtl else ", "
        self._km2 = known["signs"]["km2"]
        self._words: dict[str, str] = {
            word: text for table in tables for word, text in known[table].items()
        }

    def __call__(self, word: str, **values: object) -> str:
        """Give a word or a phrase, with values in it."""
        text = self._words[word]
        return text.format(**values) if values else text

    def date(self, day: date) -> str:
        """Write a date out."""
        return long_date(day, self.language)

    def number(self, value: float) -> str:
        """Write a number as the page does, with commas between thousands."""
        return f"{value:,.0f}"

    def km2(self, value: float) -> str:
        """Write an area."""
        return f"{self.number(value)} {self._km2}"

    def name(self, row: Mapping[Any, Any]) -> str:
        """Name of a place or an actor, in this language where the data has one."""
        return str((self.rtl and row.get("name_ar")) or row["name"])

    def actor_name(self, actors: pd.DataFrame, actor: str) -> str:
        """Name of an actor by a theater's table of them; its id where that has none."""
        return self.name(dict(actors.loc[actor])) if actor in actors.index else actor

    def short(self, row: Mapping[Any, Any]) -> str:
        """Short name of an actor."""
        return str((self.rtl and row.get("name_ar")) or row.get("short") or row["name"])
