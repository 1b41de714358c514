"""
The grammar of relative places: which words mean what, in five languages.

In comes a description, out go its readings as :class:`Phrase`: how the place is told, by which
names, how far and which way. Nothing here knows any place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.names.toponyms import is_arabic

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Phrase", "read_phrases"]


@dataclass(frozen=True)
class Phrase:
    """
    A relative description, read.

    Attributes
    ----------
    how
        As :attr:`syriamap.names.relative.RelativePlace.how`.
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


_LONGEST = 120

_NUMBER_WORDS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
    "ar": "واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
}
_NUMBERS = {
    word: number
    for words in _NUMBER_WORDS.values()
    for number, word in enumerate(words.split(), start=1)
} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "a dozen": 12,
    "half a": 0.5,
    "vingt": 20,
    "zwanzig": 20,
    "yirmi": 20,
    "عشرين": 20,
}

_UNITS = (
    ("k", 1.0), ("ك", 1.0), ("mi", 1.609344), ("ميل", 1.609344), ("أميال", 1.609344),
    ("متر", 0.001), ("أمتار", 0.001), ("m", 0.001),
)  # fmt: skip
"""Kilometers by the beginning of the unit's name; the international mile is 1.609344 km."""

_WINDS = (
    (0, ("north", "nord", "nörd", "kuzey", "شمال")),
    (90, ("east", "est", "ost", "öst", "doğu", "شرق")),
    (180, ("south", "sud", "süd", "güney", "جنوب")),
    (270, ("west", "ouest", "batı", "غرب")),
)
"""Degrees of the winds by the stems of their names; "ouest" is looked for before "est"."""

_NUMBER = rf"(?P<number>\d+(?:[.,]\d+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_NAME = r"(?P<name>.+?)"
_END = r"(?:['’]s?)?$"

_WAY = r"(?P<way>(?:north|south)?[- ]?(?:north|south|east|west))"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|miles?|mi|met(?:er|re)s?|m)"
_SO = r"(?:about |around |some |roughly |nearly |almost |just |only |within |up to |less than )*"
_ALSO = r"(?:\s*\([^)]*\))?"
_RURAL = r"(?:countryside|province|governorate|region|hinterland|rural areas?)"
_EDGE = r"(?:outskirts|edges?|periphery|environs|suburbs|fringes)"
_DOOR = r"(?:entrances?|gates?|approaches)"
_AT = r"(?:on |at |in |along |to )?(?:the )?"
_ROAD = r"(?: (?:highway|motorway|road|freeway))?"

_ENGLISH = (
    ("offset", (
        rf"^{_SO}{_NUMBER}[ -]?{_UNIT}{_ALSO} (?:away )?(?:to the )?{_WAY}(?:wards?)?"
        rf"(?: of| from) {_NAME}{_END}"
    )),
    ("distance", (
        rf"^{_SO}{_NUMBER}[ -]?{_UNIT}{_ALSO} (?:away )?(?:from|outside|off|of)"
        rf" {_NAME}{_END}"
    )),
    ("between", r"^(?:half-?way |midway |somewhere )?between (?P<name>.+?) and (?P<other>.+?)$"),
    ("between", rf"^{_AT}road (?:from|between) (?P<name>.+?) (?:to|and) (?P<other>.+?)$"),
    ("between", rf"^{_AT}(?P<name>\S.*?)\s*[-–]\s*(?P<other>\S.*?) (?:road|highway|motorway)$"),
    ("road", rf"^{_AT}(?P<line>m-?\d+){_ROAD} between (?P<name>.+?) and (?P<other>.+?)$"),
    ("road", rf"^{_AT}(?P<line>m-?\d+){_ROAD} {_WAY} of {_NAME}$"),
    ("road", rf"^{_AT}(?P<line>m-?\d+){_ROAD}(?: (?:near|at|by|close to|outside) {_NAME})?$"),
    ("bank", (
        rf"^{_AT}{_WAY}(?:ern)? (?:bank|side) of (?:the )?(?P<line>.+?)(?: river)?"
        rf"(?: (?:near|at|opposite|by) {_NAME})?$"
    )),
    ("bank", rf"^{_WAY} of the (?P<line>\w+)(?: river)?$"),
    ("outskirts", rf"^{_AT}(?:{_WAY}(?:ern)? )?{_EDGE} (?:of|around) {_NAME}{_END}"),
    ("outskirts", rf"^{_AT}{_NAME}(?:['’]s?)? (?:{_WAY}(?:ern)? )?{_EDGE}$"),
    ("entrance", rf"^{_AT}(?:{_WAY}(?:ern)? )?{_DOOR} (?:of|to) {_NAME}{_END}"),
    ("countryside", rf"^{_AT}(?:{_WAY}(?:ern)? )?{_RURAL} (?:of|around) {_NAME}{_END}"),
    ("countryside", rf"^{_AT}{_NAME}(?:['’]s?)? {_WAY}(?:ern)? {_RURAL}$"),
    ("countryside", rf"^{_AT}{_WAY}(?:ern)? (?:rural )?{_NAME}(?:['’]s?)? {_RURAL}$"),
    ("countryside", rf"^{_AT}(?:{_WAY}(?:ern)? )?rural {_NAME}$"),
    ("countryside", rf"^{_AT}{_NAME}(?:['’]s?)? {_RURAL}$"),
    ("near", rf"^(?:just |{_AT}area )?(?:to the )?{_WAY}(?:wards?)? (?:of|from) {_NAME}{_END}"),
    ("near", rf"^{_AT}(?:vicinity of|area around|area of) {_NAME}{_END}"),
    ("near", rf"^(?:near|close to|outside|just outside|around|surrounding|not far from) {_NAME}$"),
    ("side", rf"^{_AT}{_WAY}(?:ern)? (?:parts? of |side of )?{_NAME}$"),
)  # fmt: skip

_FR_WAY = r"(?P<way>(?:nord|sud)?[- ]?(?:nord|sud|ouest|est))"
_OF = r"(?:de la |de l['’]|du |de |d['’])"
_FRENCH = (
    ("offset", (
        rf"^(?:à )?(?:environ )?{_NUMBER} ?(?P<unit>kilomètres?|km) (?:au |à l['’])?{_FR_WAY}"
        rf" {_OF}{_NAME}$"
    )),
    ("distance", rf"^(?:à )?(?:environ )?{_NUMBER} ?(?P<unit>kilomètres?|km) {_OF}{_NAME}$"),
    ("between", r"^entre (?P<name>.+?) et (?P<other>.+?)$"),
    ("bank", rf"^(?:sur )?(?:la )?rive {_FR_WAY} {_OF}(?P<line>.+?)$"),
    ("outskirts", (
        rf"^(?:dans |à )?(?:la |les )?(?:périphérie|banlieue|abords)(?:"
        rf" {_FR_WAY})? {_OF}{_NAME}$"
    )),
    ("countryside", (
        rf"^(?:dans )?(?:la )?(?:campagne|province)(?: au| à l['’])? ?{_FR_WAY}?"
        rf" {_OF}{_NAME}$"
    )),
    ("near", rf"^(?:près|aux alentours|autour) {_OF}{_NAME}$"),
    ("near", rf"^(?:au |à l['’]){_FR_WAY} {_OF}{_NAME}$"),
)  # fmt: skip

_DE_WAY = r"(?P<way>(?:nord|süd)?(?:nord|süd|ost|west|nörd|öst)(?:lich)?(?:en?|er)?)"
_GERMAN = (
    ("offset", rf"^(?:etwa |rund )?{_NUMBER} ?(?P<unit>kilometer|km) {_DE_WAY} von {_NAME}$"),
    ("distance", (
        rf"^(?:etwa |rund )?{_NUMBER} ?(?P<unit>kilometer|km) (?:von|vor)"
        rf" {_NAME}(?: entfernt)?$"
    )),
    ("between", r"^zwischen (?P<name>.+?) und (?P<other>.+?)$"),
    ("bank", rf"^(?:am )?{_DE_WAY} ?ufer (?:des |der |am )?(?P<line>.+?)s?$"),
    ("outskirts", (
        rf"^(?:am |an den )?(?:{_DE_WAY}"
        rf" )?(?:stadtrand|rand|außenbezirke|vororte) von {_NAME}$"
    )),
    ("countryside", rf"^(?:im )?(?:{_DE_WAY} )?(?:umland|hinterland|provinz) (?:von )?{_NAME}$"),
    ("near", rf"^(?:in der nähe von|bei|nahe|unweit von) {_NAME}$"),
    ("near", rf"^{_DE_WAY} von {_NAME}$"),
)  # fmt: skip

_TR_WAY = r"(?P<way>(?:kuzey|güney)?(?:kuzey|güney|doğu|batı)(?:s?ı|s?i|su|u)?(?:nda|nde)?)"
_TR_OF = r"['’]?(?:n?[ıiuü]n)"
_TURKISH = (
    ("offset", rf"^{_NAME}['’](?:n?[ıiuü]n) {_NUMBER} ?(?P<unit>kilometre|km) {_TR_WAY}$"),
    ("between", r"^(?P<name>.+?) ile (?P<other>.+?) arası(?:nda)?$"),
    ("countryside", rf"^{_NAME}['’](?:n?[ıiuü]n) (?:{_TR_WAY} )?(?:kırsalı|kırsalında)$"),
    ("countryside", rf"^{_NAME} (?:{_TR_WAY} )?kırsalı$"),
    ("near", rf"^{_NAME}{_TR_OF}? (?:yakınları|yakınında|çevresi|çevresinde)$"),
    ("near", rf"^{_NAME}['’](?:n?[ıiuü]n) {_TR_WAY}$"),
)  # fmt: skip

_AR_WIND = r"(?:ال)?(?:شمال|جنوب|شرق|غرب)(?:ي|ية)?"
_AR_WAY = rf"(?P<way>{_AR_WIND}(?: {_AR_WIND})?)"
_AR_UNIT = r"(?P<unit>كيلومترات|كيلومترا?|كيلو متر|كيلو|كلم|كم|ميلا?|أميال|أمتار|مترا?)"
_AR_SO = r"(?:على )?(?:بعد |مسافة |نحو |حوالي |بنحو )*"
_TOWN = r"(?:مدينة |بلدة |قرية )?"
_ARABIC = (
    ("offset", (
        rf"^{_AR_SO}{_NUMBER} ?{_AR_UNIT} (?:إلى |الى )?(?:ال)?{_AR_WAY} (?:من"
        rf" )?{_TOWN}{_NAME}$"
    )),
    ("offset", (
        rf"^{_AR_WAY} {_TOWN}{_NAME} (?:بـ ?|بنحو |بحوالي |بمسافة |على بعد |ب"
        rf" ?){_NUMBER} ?{_AR_UNIT}$"
    )),
    ("distance", rf"^{_AR_SO}{_NUMBER} ?{_AR_UNIT} (?:من|عن) {_TOWN}{_NAME}$"),
    ("between", r"^(?:ما )?بين (?:مدينتي |بلدتي )?(?P<name>.+?) و ?(?P<other>.+?)$"),
    ("road", rf"^(?:على )?(?:ال)?طريق (?P<line>.+?) (?:قرب|عند|بالقرب من) {_TOWN}{_NAME}$"),
    ("bank", rf"^(?:على |في )?(?:ال)?ضفة {_AR_WAY} (?:لنهر |لل|من نهر |ل|من )(?P<line>.+?)$"),
    ("outskirts", rf"^(?:على |في )?(?:أطراف|ضواحي|مشارف|تخوم) {_TOWN}{_NAME}(?: {_AR_WAY})?$"),
    ("entrance", rf"^(?:على |عند |في )?(?:مدخل|مداخل) {_TOWN}{_NAME}(?: {_AR_WAY})?$"),
    ("countryside", rf"^(?:في )?(?:ال)?ريف {_AR_WAY} (?:لمدينة |لمحافظة |ل){_NAME}$"),
    ("countryside", rf"^(?:في )?(?:ريف|أرياف) (?:محافظة )?{_NAME} {_AR_WAY}$"),
    ("countryside", rf"^(?:في )?{_AR_WAY} ريف {_NAME}$"),
    ("countryside", rf"^(?:في )?(?:ريف|محافظة|أرياف) {_NAME}$"),
    ("near", rf"^(?:في )?(?:محيط|قرب|بالقرب من|جوار) {_TOWN}{_NAME}$"),
    ("side", rf"^(?:إلى |الى )?{_AR_WAY} (?:من )?{_TOWN}{_NAME}$"),
)  # fmt: skip


def _compiled(table: tuple[tuple[str, str], ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [(how, re.compile(pattern, re.IGNORECASE)) for how, pattern in table]


_LATIN_PATTERNS = _compiled(_ENGLISH + _FRENCH + _GERMAN + _TURKISH)
_ARABIC_PATTERNS = _compiled(_ARABIC)
_CITY = re.compile(r"(?:the )?(?:city|town)(?:'s)?(?: cent(?:er|re))?", re.IGNORECASE)
_CENTER = re.compile(r"^(?:the )?(?:(?:city|town) )?cent(?:er|re) of ", re.IGNORECASE)


def read_phrases(words: str) -> Iterator[Phrase]:
    """
    Readings of a relative description, likeliest first; none when the words are none.

    >>> next(read_phrases("six miles north of Homs"))
    Phrase(how='offset', names=('Homs',), bearing=0.0, kilometers=9.656, precision=0.805, line='')
    >>> next(read_phrases("ريف حماة الشمالي")).bearing
    0.0
    >>> list(read_phrases("Homs"))
    []
    """
    text = " ".join(words.split()).strip(" .,;")
    if not text or len(text) > _LONGEST:
        return
    for how, pattern in _ARABIC_PATTERNS if is_arabic(text) else _LATIN_PATTERNS:
        found = pattern.match(text)
        if found:
            yield _phrase(how, {key: part for key, part in found.groupdict().items() if part})


def _phrase(how: str, parts: dict[str, str]) -> Phrase:
    names = tuple(_bare(parts[key]) for key in ("name", "other") if key in parts)
    distance, precision = _distance(parts["number"], parts["unit"]) if "number" in parts else (0, 0)
    bearing = _bearing_of(parts["way"]) if "way" in parts else None
    line = _bare(parts.get("line", "")).replace("-", "")
    return Phrase(how, names, bearing, distance, precision, line)


def _bare(name: str) -> str:
    """A name without "the center of" before it; empty for "the city", which names nothing."""
    name = _CENTER.sub("", name.strip())
    return "" if _CITY.fullmatch(name) else name


def _distance(number: str, unit: str) -> tuple[float, float]:
    """
    Kilometers, and half of the last digit that is not a rounding zero.

    "10 km" may be anything from 5 to 15, "6 miles" from five and a half to six and a half.
    """
    word = number.casefold()
    value = float(_NUMBERS[word]) if word in _NUMBERS else float(number.replace(",", "."))
    factor = next(size for start, size in _UNITS if unit.casefold().startswith(start))
    step = 1.0 if value == int(value) else 0.1
    while step >= 1.0 and value and value % (step * 10) == 0:
        step *= 10
    return round(value * factor, 3), round(step / 2 * factor, 3)


def _bearing_of(way: str) -> float:
    """Degrees of "northeastern", "sud-ouest", "الشمالي الغربي"."""
    rest = way.casefold().replace("i̇", "i")
    turns = []
    for degrees, stems in (_WINDS[0], _WINDS[2], _WINDS[3], _WINDS[1]):
        for stem in stems:
            if stem in rest:
                rest = rest.replace(stem, " ")
                turns.append(degrees)
                break
    if sorted(turns) == [0, 270]:
        return 315.0
    return sum(turns) / len(turns)
