"""
The grammar of relative places: which words mean what, in English and Arabic.

In comes a description, out goes a :class:`Phrase`: how the place is told, by which names, how far
and which way. Nothing here knows any place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from syriamap.toponyms import is_arabic

__all__ = ["Phrase", "read_phrase"]


@dataclass(frozen=True)
class Phrase:
    """
    A relative description, read.

    Attributes
    ----------
    how
        As :attr:`syriamap.relative.RelativePlace.how`.
    names
        Places it names; an empty name is "the city" that the text is about.
    bearing
        Degrees clockwise from north; None when no direction is told.
    kilometers, precision
        How far, and how far off the number may be by its rounding.
    line
        Name of a river or road, empty when there is none.
    """

    how: str
    names: tuple[str, ...]
    bearing: float | None = None
    kilometers: float = 0.0
    precision: float = 0.0
    line: str = ""


_COMPASS = ("north", "east", "south", "west")
_ARABIC_COMPASS = {"شمال": 0, "شرق": 90, "جنوب": 180, "غرب": 270}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
     "dozen": 12, "half": 0.5}  # fmt: skip
_UNITS = {"k": 1.0, "ك": 1.0, "mi": 1.609344, "ميل": 1.609344, "m": 0.001, "متر": 0.001}
"""Kilometers by the beginning of the unit's name; the international mile is 1.609344 km."""

_WAY = r"(?:north|south)?[- ]?(?:north|south|east|west)"
_NUMBER = rf"(?P<number>\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|km|miles?|mi|met(?:er|re)s?|m)"
_ABOUT = r"(?:about|around|some|roughly|nearly|almost|just|only|approximately|less than|within)?\s*"
_CITY = r"(?:the )?(?:city|town)(?:'s)?(?: cent(?:er|re))?"
_NAME = r"(?P<name>.+?)"
_END = r"(?:['’]s)?$"
_AREA = r"(?:countryside|province|governorate|region|hinterland|rural areas?|suburbs)"
_EDGE = r"(?:outskirts|edges?|gates?|periphery|environs|entrances?|approaches|vicinity|suburbs)"

_ENGLISH = {
    "offset": [
        rf"^{_ABOUT}{_NUMBER}[ -]?{_UNIT} (?:away )?(?:to the )?(?P<way>{_WAY})(?:ward)?s?"
        rf"(?: of| from) {_NAME}{_END}",
    ],
    "ring": [
        rf"^{_ABOUT}{_NUMBER}[ -]?{_UNIT} (?:away )?(?:from|outside|off|of) {_NAME}{_END}",
    ],
    "between": [r"^(?:halfway |midway |somewhere )?between (?P<name>.+?) and (?P<other>.+?)$"],
    "bank": [
        rf"^(?:on |along |at )?(?:the )?(?P<way>{_WAY})(?:ern)? bank (?:of )?(?:the )?"
        r"(?P<line>.+?)(?: river)?(?: (?:near|at|opposite|by) (?P<name>.+?))?$",
        r"^(?:on |along )(?:the )?(?:banks? of )?(?:the )?(?P<line>\w+)(?: river)"
        r"(?: (?:near|at|by) (?P<name>.+?))?$",
    ],
    "road": [
        r"^(?:on |along |off )?(?:the )?(?P<line>m-?\d+)(?: (?:highway|motorway|road|freeway))?"
        r"(?: (?:near|at|by|close to|outside) (?P<name>.+?)| between (?P<first>.+?) and "
        r"(?P<other>.+?))?$",
    ],
    "area": [
        rf"^(?:in )?(?:the )?(?P<way>{_WAY})(?:ern)?[ -](?:{_AREA})(?: of| around) {_NAME}{_END}",
        rf"^(?:in )?(?:the )?{_NAME}(?:['’]s?)? (?P<way>{_WAY})(?:ern)? {_AREA}$",
        rf"^(?:in )?(?:the )?(?P<way>{_WAY})(?:ern)?[ -](?:rural )?{_NAME}(?:['’]s?)? {_AREA}$",
        rf"^(?:in )?(?:the )?(?P<way>{_WAY})(?:ern)? rural {_NAME}$",
        rf"^(?:in )?(?:the )?{_AREA}(?: of| around) {_NAME}{_END}",
        rf"^(?:in )?(?:the )?(?:rural )?{_NAME}(?:['’]s?)? {_AREA}$",
        rf"^(?:in )?rural {_NAME}$",
        rf"^(?:in )?(?:the )?(?P<way>{_WAY})ern (?:part of |parts of |area of )?{_NAME}$",
    ],
    "direction": [rf"^(?:just )?(?:to the )?(?P<way>{_WAY})(?:ward)?s? (?:of|from) {_NAME}{_END}"],
    "vicinity": [
        rf"^(?:on |at |in )?(?:the )?(?P<way>{_WAY})(?:ern)? {_EDGE} (?:of|to) {_NAME}{_END}",
        rf"^(?:on |at |in )?(?:the )?{_EDGE} (?:of|to) {_NAME}{_END}",
        rf"^(?:on |at |in )?(?:the )?{_NAME}(?:['’]s?)? (?:(?P<way>{_WAY})(?:ern)? )?{_EDGE}$",
        rf"^(?:near|close to|outside|just outside|around|surrounding|not far from|by) {_NAME}$",
    ],
}  # fmt: skip

_AR_WAY = r"(?:ال)?(?:شمال|جنوب|شرق|غرب)(?:ي|ية)?(?: (?:ال)?(?:شرق|غرب)(?:ي|ية)?)?"
_AR_NUMBER = r"(?P<number>\d+(?:[.,]\d+)?)"
_AR_UNIT = r"(?P<unit>كيلومترا?|كيلو متر|كيلو|كلم|كم|ميل|أميال|مترا?)"
_ARABIC = {
    "offset": [
        rf"^(?:على )?(?:بعد |مسافة |نحو |حوالي )*{_AR_NUMBER} ?{_AR_UNIT} (?:إلى |الى )?"
        rf"(?P<way>{_AR_WAY}) (?:من )?(?:مدينة |بلدة )?{_NAME}$",
        rf"^(?P<way>{_AR_WAY}) (?:مدينة |بلدة )?{_NAME} (?:بـ ?|ب|بنحو |بحوالي |على بعد )"
        rf"{_AR_NUMBER} ?{_AR_UNIT}$",
    ],
    "ring": [
        rf"^(?:على )?(?:بعد |مسافة |نحو |حوالي )*{_AR_NUMBER} ?{_AR_UNIT} (?:من|عن) "
        rf"(?:مدينة |بلدة )?{_NAME}$",
    ],
    "between": [r"^(?:ما )?بين (?:مدينتي |بلدتي )?(?P<name>.+?) و ?(?P<other>.+?)$"],
    "bank": [rf"^(?:على )?(?:ال)?ضفة (?P<way>{_AR_WAY}) (?:ل|من )?(?:نهر )?(?P<line>.+?)$"],
    "area": [
        rf"^(?:في )?(?:ال)?ريف {_NAME} (?P<way>{_AR_WAY})$",
        rf"^(?:في )?(?P<way>{_AR_WAY}) ريف {_NAME}$",
        rf"^(?:في )?(?:ريف|محافظة|أرياف) {_NAME}$",
    ],
    "direction": [rf"^(?:إلى |الى )?(?P<way>{_AR_WAY}) (?:من )?(?:مدينة |بلدة )?{_NAME}$"],
    "vicinity": [
        rf"^(?:على |في )?(?:أطراف|محيط|تخوم|ضواحي|مشارف|قرب|بالقرب من|جوار) (?:مدينة |بلدة )?"
        rf"{_NAME} ?(?P<way>{_AR_WAY})?$",
    ],
}  # fmt: skip


def _compiled(table: dict[str, list[str]]) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (how, re.compile(pattern, re.IGNORECASE)) for how in table for pattern in table[how]
    ]


_PATTERNS = {False: _compiled(_ENGLISH), True: _compiled(_ARABIC)}
_LONGEST = 120


def read_phrase(words: str) -> Phrase | None:
    """
    Read a relative description; None when the words are none.

    >>> read_phrase("six miles north of Homs")
    Phrase(how='offset', names=('Homs',), bearing=0.0, kilometers=9.656, precision=0.805, line='')
    >>> read_phrase("ريف حماة الشمالي").bearing
    0.0
    >>> read_phrase("Homs") is None
    True
    """
    text = " ".join(words.split()).strip(" .,;")
    if not text or len(text) > _LONGEST:
        return None
    for how, pattern in _PATTERNS[is_arabic(text)]:
        found = pattern.match(text)
        if found:
            return _phrase(how, {k: v for k, v in found.groupdict().items() if v})
    return None


def _phrase(how: str, parts: dict[str, str]) -> Phrase:
    names = tuple(_bare(parts[key]) for key in ("first", "name", "other") if key in parts)
    distance, precision = _distance(parts["number"], parts["unit"]) if "number" in parts else (0, 0)
    way = parts.get("way", "")
    return Phrase(
        how, names, _bearing_of(way) if way else None, distance, precision,
        _bare(parts.get("line", "")).replace("-", ""),
    )  # fmt: skip


def _bare(name: str) -> str:
    """A name without "the" before it; empty for "the city", which names nothing."""
    if re.fullmatch(_CITY, name, re.IGNORECASE):
        return ""
    return re.sub(r"^the (?!.*\bof\b)", "", name.strip(), flags=re.IGNORECASE)


def _distance(number: str, unit: str) -> tuple[float, float]:
    """
    Kilometers, and half of the last digit that is not a rounding zero.

    "10 km" may be anything from 5 to 15, "6 miles" from five and a half to six and a half.
    """
    word = number.casefold()
    value = float(_NUMBERS[word]) if word in _NUMBERS else float(number.replace(",", "."))
    start = unit.casefold()
    if unit in {"أميال"}:
        factor = _UNITS["ميل"]
    else:
        key = next(key for key in ("k", "ك", "mi", "ميل", "متر", "m") if start.startswith(key))
        factor = _UNITS[key]
    step = 1.0
    if value != int(value):
        step = 0.1
    else:
        while value and value % (step * 10) == 0:
            step *= 10
    return round(value * factor, 3), round(step / 2 * factor, 3)


def _bearing_of(way: str) -> float:
    """Degrees of "northeastern", "south-west", "الشمالي الغربي"."""
    if is_arabic(way):
        turns = [degrees for word, degrees in _ARABIC_COMPASS.items() if word in way]
    else:
        turns = [90 * turn for turn, word in enumerate(_COMPASS) if word in way.casefold()]
    if sorted(turns) == [0, 270]:
        return 315.0
    return sum(turns) / len(turns)
