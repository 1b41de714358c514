"""The report's own words in English and Arabic; names are the theater's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from syriamap.figure.words import Words
from syriamap.report.document import plain

if TYPE_CHECKING:
    from datetime import date

    from syriamap.theater import Theater

__all__ = ["ReportWords"]

_COLOR = re.compile("#[0-9a-fA-F]{6}")

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Control in {country}, {date}",
        "since_title": "Control in {country}, {date}, and what changed since {since}",
        "summary": "Summary", "map": "Map", "changed_map": "What changed since {since}",
        "capitals": "Regional capitals", "cities": "Cities", "territory": "Territory",
        "changes": "What changed since {since}", "contested": "Contested",
        "settlements": "Settlements", "sources": "Sources", "method": "How to read this",
        "files": "Files of this report",
        "evidence": "Evidence: {claims} claims by {publishers} publishers, {cutoff}. "
                    "{proven} of {places} places have evidence of their own; the others, and the "
                    "areas between, are inferred.",
        "subtitle": "{claims} claims by {publishers} publishers, {cutoff}",
        "as_before": "as before",
        "cutoff": "reported up to {day}", "no_cutoff": "with what was reported later",
        "side": "As the sources of this side tell it: {side}",
        "area": "Area", "held_capitals": "{capitals}, by who holds them",
        "changed_capitals": "{capitals} that changed since {since}", "none": "none",
        "gained": "Gained since {since}", "lost": "Lost since {since}",
        "places_changed": "Places that changed since {since}: {places}; by a claim of their own: "
                          "{proven}",
        "contested_area": "Contested: {km2} ({percent} %) in {areas} areas",
        "contested_places": "Contested places with evidence: {count}",
        "undetermined_area": "Undetermined, no evidence near: {km2} ({percent} %)",
        "fronts": "Front lines between hostile sides: {km} km",
        "events": "Reported in the last days: {events}",
        "struck": "strikes: {count}", "advanced_toward": "advances: {count}",
        "holder": "Holder", "km2": "km²", "percent": "%", "place": "Place", "state": "State",
        "before": "Before", "since": "Since", "confidence": "Confidence", "because": "Because",
        "from": "From", "to": "To", "kind": "Kind", "region": "Region", "population": "Population",
        "before_km2": "Before, km²", "gained_km2": "Gained", "lost_km2": "Lost",
        "after_km2": "Now, km²", "publisher": "Publisher", "publication": "Publication",
        "grade": "Grade", "claims": "Claims", "reported": "Reported",
        "held": "", "besieged": "besieged", "contested_state": "contested",
        "undetermined": "undetermined", "leaning": "{status}, leaning {actor}",
        "territory_caption": "Area by holder",
        "balance_caption": "Area by holder, {since} and {date}",
        "capitals_caption": "{capitals}: who holds them, and which claims decided it",
        "changes_caption": "Places that changed by claims of their own: {shown} of {all}, "
                           "larger ones first; all in",
        "contested_caption": "Contested places with evidence: {shown} of {all}; all in",
        "settlements_caption": "Settlements: {shown} of {all}, those with evidence and larger "
                               "ones first; all in",
        "sources_caption": "Publications behind the map, with the reliability grade of the "
                           "publisher (A to F); the same in",
        "inferred": "inferred",
        "claim_rule": "A claim is what somebody said, on a day, about a place. Control is inferred "
                      "from all claims. Both are in the files.",
        "unknown_rule": "Contested and undetermined are results: conflicting reports, or no "
                        "evidence near. Neither is given to whoever is nearest.",
        "confidence_rule": "Confidence is how strongly the evidence speaks for the state; 100 % is "
                           "no certainty of fact.",
        "grade_rule": "Grades are those of the theater folder; they are judgments, not "
                      "measurements.",
        "page_file": "interactive map; opens without the network",
        "figure_file": "map for print", "changes_figure_file": "map of what changed",
        "changes_file": "what changed hands", "settlements_file": "state of every place",
        "claims_file": "claims behind the map", "sources_file": "publications behind the map",
        "caption_file": "caption and alternative text of the figures",
        "report_file": "this report", "manifest_file": "size and SHA-256 of every file",
        "control_alt": "Map of control on {date}",
        "changes_alt": "Map of what changed since {since}",
    },
    "ar": {
        "title": "السيطرة في {country}، {date}",
        "since_title": "السيطرة في {country}، {date}، وما تغير منذ {since}",
        "summary": "ملخص", "map": "الخريطة", "changed_map": "ما تغير منذ {since}",
        "capitals": "مراكز المحافظات", "cities": "المدن", "territory": "المساحات",
        "changes": "ما تغير منذ {since}", "contested": "متنازع عليها",
        "settlements": "التجمعات السكانية", "sources": "المصادر", "method": "كيف يقرأ هذا التقرير",
        "files": "ملفات التقرير",
        "evidence": "الأدلة: عدد الإفادات {claims}، عدد الناشرين {publishers}، {cutoff}. "
                    "أماكن عليها أدلة خاصة بها: {proven} من {places}؛ أما الأماكن الأخرى "
                    "والمناطق الواقعة بينها فمستنتجة.",
        "subtitle": "عدد الإفادات {claims}، عدد الناشرين {publishers}، {cutoff}",
        "as_before": "كما كان",
        "cutoff": "وفق ما نشر حتى {day}", "no_cutoff": "مع ما نشر لاحقا",
        "side": "كما ترويه مصادر هذا الطرف: {side}",
        "area": "المساحة", "held_capitals": "{capitals} حسب المسيطر",
        "changed_capitals": "{capitals} التي تغيرت منذ {since}", "none": "لا شيء",
        "gained": "المكتسب منذ {since}", "lost": "المفقود منذ {since}",
        "places_changed": "أماكن تغيرت منذ {since}: {places}؛ بإفادة خاصة بها: {proven}",
        "contested_area": "متنازع عليها: {km2} ({percent} %)، عدد المناطق {areas}",
        "contested_places": "أماكن متنازع عليها وعليها أدلة: {count}",
        "undetermined_area": "غير محددة، لا دليل قريب: {km2} ({percent} %)",
        "fronts": "خطوط الجبهة بين أطراف متعادية: {km} كم",
        "events": "مما أفيد به في الأيام الأخيرة: {events}",
        "struck": "ضربات: {count}", "advanced_toward": "تقدم: {count}",
        "holder": "المسيطر", "km2": "كم²", "percent": "%", "place": "المكان", "state": "الحالة",
        "before": "سابقا", "since": "منذ", "confidence": "الثقة", "because": "استنادا إلى",
        "from": "من", "to": "إلى", "kind": "النوع", "region": "المحافظة", "population": "السكان",
        "before_km2": "سابقا، كم²", "gained_km2": "المكتسب", "lost_km2": "المفقود",
        "after_km2": "الآن، كم²", "publisher": "الناشر", "publication": "المنشور",
        "grade": "الدرجة", "claims": "الإفادات", "reported": "تاريخ النشر",
        "held": "", "besieged": "محاصر", "contested_state": "متنازع عليه",
        "undetermined": "غير محدد", "leaning": "{status}، الأرجح {actor}",
        "territory_caption": "المساحة حسب المسيطر",
        "balance_caption": "المساحة حسب المسيطر، {since} و{date}",
        "capitals_caption": "{capitals}: المسيطر والإفادات التي حسمت ذلك",
        "changes_caption": "أماكن تغيرت بإفادات خاصة بها: {shown} من {all}، الأكبر أولا؛ كلها في",
        "contested_caption": "أماكن متنازع عليها وعليها أدلة: {shown} من {all}؛ كلها في",
        "settlements_caption": "التجمعات السكانية: {shown} من {all}، ما عليه أدلة ثم الأكبر أولا؛ "
                               "كلها في",
        "sources_caption": "المنشورات التي تستند إليها الخريطة، مع درجة موثوقية الناشر "
                           "(من A إلى F)؛ وهي أيضا في",
        "inferred": "مستنتج",
        "claim_rule": "الإفادة هي ما قاله أحدهم في يوم ما عن مكان ما. والسيطرة تستنتج من جميع "
                      "الإفادات. وكلتاهما في الملفات.",
        "unknown_rule": "المتنازع عليه وغير المحدد نتيجتان: إفادات متضاربة، أو لا دليل قريب. "
                        "ولا ينسب أي منهما إلى الطرف الأقرب.",
        "confidence_rule": "الثقة هي مدى قوة الأدلة التي تؤيد الحالة؛ و100 % لا تعني يقينا.",
        "grade_rule": "الدرجات هي درجات مجلد البيانات؛ وهي تقديرات لا قياسات.",
        "page_file": "خريطة تفاعلية تفتح دون شبكة",
        "figure_file": "خريطة للطباعة", "changes_figure_file": "خريطة ما تغير",
        "changes_file": "ما تغيرت السيطرة عليه", "settlements_file": "حالة كل مكان",
        "claims_file": "الإفادات التي تستند إليها الخريطة",
        "sources_file": "المنشورات التي تستند إليها الخريطة",
        "caption_file": "شرح الأشكال ونصها البديل",
        "report_file": "هذا التقرير", "manifest_file": "حجم كل ملف وبصمته SHA-256",
        "control_alt": "خريطة السيطرة في {date}", "changes_alt": "خريطة ما تغير منذ {since}",
    },
}  # fmt: skip


class ReportWords:
    """
    The words of one language, with the names of a theater.

    Parameters
    ----------
    language
        `en` or `ar`.
    theater
        Gives the names of actors.
    """

    def __init__(self, language: str, theater: Theater) -> None:
        self._figure = Words(language)
        self.language = language
        self.arrow = "←" if language == "ar" else "→"
        self.comma = "، " if language == "ar" else ", "
        self.semicolon = "؛ " if language == "ar" else "; "
        self._actors = theater.actors
        self.country = plain(self._figure.country(theater))
        self.border = plain(self._figure.border(theater))

    def __call__(self, word: str, **values: object) -> str:
        """Give a word or a phrase, with values in it."""
        text = _WORDS[self.language][word]
        return text.format(**values) if values else text

    def date(self, day: date) -> str:
        """Write a date out."""
        return self._figure.date(day)

    def km2(self, value: float) -> str:
        """Write an area."""
        return self._figure.km2(value)

    def number(self, value: float) -> str:
        """Write a number with thin spaces between thousands."""
        return self._figure.number(value)

    def name(self, row: Any) -> str:
        """Name of a place, in this language where the data has one."""
        return plain(self._figure.name(row))

    def actor(self, actor: str) -> str:
        """Name of an actor."""
        if actor not in self._actors.index:
            return plain(actor)
        return plain(self._figure.name(dict(self._actors.loc[actor])))

    def color(self, actor: str) -> str:
        """Color of an actor as `#rrggbb`, empty where it has none."""
        color = str(self._actors.at[actor, "color"]) if actor in self._actors.index else ""
        return color if _COLOR.fullmatch(color) else ""

    def state(self, actor: str, status: str, leaning: str = "") -> str:
        """Who holds a place, or that nobody does."""
        said = self("contested_state") if status == "contested" else self(status or "held")
        if actor:
            return f"{self.actor(actor)}{self.comma}{said}" if said else self.actor(actor)
        if leaning and status == "contested":
            return self("leaning", status=said, actor=self.actor(leaning))
        return said
