"""The figure's own words in English and Arabic; other names are the theater's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from syriamap.theater import Theater

__all__ = ["LANGUAGES", "Words"]

LANGUAGES = ("en", "ar")
"""Languages a figure can be written in."""

_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
    # The names of the Levant and those of Egypt, as United Nations documents have them.
    "ar": ("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل",
           "أيار/مايو", "حزيران/يونيو", "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر",
           "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
}  # fmt: skip

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Control in {country}, {date}",
        "changes_title": "What changed in {country}, {since} – {date}",
        "series_title": "Control in {country}, {since} – {date}",
        "as_of": "As reported up to {cutoff}", "no_cutoff": "With what was reported later",
        "claims": "{count} claims by {sources} publishers",
        "side": "As the sources of this side tell it: {side}",
        "control": "Control", "lines": "Lines", "signs": "Places and events",
        "contested": "Contested", "undetermined": "Undetermined", "besieged": "Besieged",
        "front": "Front line", "boundary": "Boundary, sides not hostile",
        "disputed": "Disputed border", "border": "Border",
        "gained": "Changed hands since {since}", "newly_contested": "Newly contested",
        "before": "As before (pale)", "evidence": "Place with evidence",
        "no_evidence": "Place, inferred", "site": "Base or site",
        "struck": "Strike", "advanced_toward": "Advance toward", "city": "City", "town": "Town",
        "km": "km", "km2": "km²", "north": "N", "nothing": "Nothing changed hands.",
        "sources": "Sources of claims: {sources}.",
        "more": " and {count} more",
        "inferred": "Areas between places with evidence are inferred.",
    },
    "ar": {
        "title": "السيطرة في {country}، {date}",
        "changes_title": "ما تغير في {country}، {since} – {date}",
        "series_title": "السيطرة في {country}، {since} – {date}",
        "as_of": "وفق ما نشر حتى {cutoff}", "no_cutoff": "مع ما نشر لاحقا",
        "claims": "{count} إفادة من {sources} ناشر",
        "side": "كما ترويه مصادر هذا الطرف: {side}",
        "control": "السيطرة", "lines": "الخطوط", "signs": "أماكن وأحداث",
        "contested": "متنازع عليها", "undetermined": "غير محددة", "besieged": "محاصرة",
        "front": "خط جبهة", "boundary": "حد بين أطراف غير متعادية",
        "disputed": "حدود متنازع عليها", "border": "حدود",
        "gained": "تغيرت السيطرة منذ {since}", "newly_contested": "متنازع عليها حديثا",
        "before": "دون تغير (باهت)", "evidence": "مكان عليه دليل",
        "no_evidence": "مكان مستنتج", "site": "قاعدة أو موقع",
        "struck": "ضربة", "advanced_toward": "تقدم نحو", "city": "مدينة", "town": "بلدة",
        "km": "كم", "km2": "كم²", "north": "ش", "nothing": "لم تتغير السيطرة على أي منطقة.",
        "sources": "مصادر الإفادات: {sources}.",
        "more": " و{count} غيرها",
        "inferred": "المناطق الواقعة بين أماكن عليها أدلة مستنتجة.",
    },
}  # fmt: skip


class Words:
    """
    The words of one language.

    Parameters
    ----------
    language
        One of :data:`LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise FigureError(f"no figure in {language!r}; there are: {', '.join(LANGUAGES)}")
        self.language = language
        self.rtl = language == "ar"

    def __call__(self, word: str, **values: object) -> str:
        """Give a word or a phrase, with values in it."""
        text = _WORDS[self.language][word]
        return text.format(**values) if values else text

    def date(self, day: date) -> str:
        """Write a date out."""
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def number(self, value: float) -> str:
        """Write a number with thin spaces between thousands."""
        return f"{value:,.0f}".replace(",", "\u202f")

    def km2(self, value: float) -> str:
        """Write an area."""
        return f"{self.number(value)} {self('km2')}"

    def name(self, row: Mapping[str, Any]) -> str:
        """Name of a place or an actor, in this language where the data has one."""
        return str((self.rtl and row.get("name_ar")) or row["name"])

    def short(self, row: Mapping[str, Any]) -> str:
        """Short name of an actor."""
        return str((self.rtl and row.get("name_ar")) or row.get("short") or row["name"])

    def country(self, theater: Theater) -> str:
        """Name of the theater."""
        return str((self.rtl and theater.arabic.get("title")) or theater.title)

    def border(self, theater: Theater) -> str:
        """Which outline is drawn."""
        key = f"border_{theater.border_variant or 'default'}"
        return str((self.rtl and theater.arabic.get(key)) or theater.border_statement)
