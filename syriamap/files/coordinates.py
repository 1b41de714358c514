"""
Coordinates as people write them: decimal, with a comma, in degrees and minutes, as codes.

In comes text, out go degrees, or None where it is no coordinate. A pair without letters is latitude
first, as sentences and phones have it; nothing is turned round to make it fit.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from syriamap.errors import TableError
from syriamap.files.cells import clean_text, parse_number

__all__ = ["parse_degrees", "parse_point"]

_NUMBER = r"-?\d{1,3}(?:[.,]\d+)?"
_SEXAGESIMAL = re.compile(
    r"(?P<before>[NSEW])?\s*(?P<sign>[+-])?(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*(?:[°º˚]|deg\.?|d|\s)?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['’′‘`]|min\.?|m|\s)?\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″“]|''|’’|′′|sec\.?|s)?\s*)?"
    r"(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"\(?\s*({_NUMBER})\s*°?\s*(?:[;/]|,\s|\s|,(?=-?\d))\s*({_NUMBER})\s*°?\s*\)?")
_WKT_POINT = re.compile(r"POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)", re.IGNORECASE)
_HALVES = re.compile(r"(?<=[NS])[\s,;/]*(?=\S)", re.IGNORECASE)
_HALVES_LED = re.compile(r"[\s,;/]*(?=[EW])", re.IGNORECASE)
_MGRS = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}(?:\d{2}){2,5}", re.IGNORECASE)
_PLUS_CODE = re.compile(r"[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}", re.IGNORECASE)
_NEGATIVE = frozenset("SWsw")


@lru_cache(maxsize=8192)
def parse_degrees(text: str, axis: str) -> float | None:
    r"""
    Read a latitude or a longitude, None when it is none.

    Parameters
    ----------
    text
        Decimal (dot or comma), with a letter, or in degrees, minutes and seconds.
    axis
        `lat` or `lon`: which letters may stand there, and how far it goes.

    Examples
    --------
    >>> parse_degrees("35.1318", "lat"), parse_degrees("35,1318", "lat")
    (35.1318, 35.1318)
    >>> round(parse_degrees("36°45.47'E", "lon"), 4), parse_degrees("36.7 N", "lon")
    (36.7578, None)
    """
    limit = 90.0 if axis == "lat" else 180.0
    number = parse_number(text)
    if number is None:
        bare = clean_text(text)
        number = parse_number(bare.replace(",", ".") if bare.count(",") == 1 else bare)
        if number is None:
            number = _sexagesimal(bare, "NS" if axis == "lat" else "EW")
    return number if number is not None and abs(number) <= limit else None


def _sexagesimal(bare: str, letters: str) -> float | None:
    match = _SEXAGESIMAL.fullmatch(bare)
    if match is None:
        return None
    letter = (match["before"] or match["after"] or "").upper()
    if (match["before"] and match["after"]) or (letter and letter not in letters):
        return None
    parts = [match[name] for name in ("degrees", "minutes", "seconds")]
    if not letter and "°" not in bare and parts[1] is None:
        return None
    numbers = [float((one or "0").replace(",", ".")) for one in parts]
    if numbers[1] >= 60 or numbers[2] >= 60:
        return None
    degrees = numbers[0] + numbers[1] / 60 + numbers[2] / 3600
    negative = (letter in _NEGATIVE) ^ (match["sign"] == "-")
    return -degrees if negative else degrees


@lru_cache(maxsize=8192)
def parse_point(text: str) -> tuple[float, float] | None:  # noqa: PLR0911  (a notation after the other)
    """
    Read a point from one cell: a pair, WKT, MGRS or a full plus code; None when it is none.

    Parameters
    ----------
    text
        Latitude before longitude, but in WKT.

    Raises
    ------
    TableError
        If it is a code whose library is not installed.

    Examples
    --------
    >>> parse_point("35.1318, 36.7578"), parse_point("POINT (36.7578 35.1318)")
    ((35.1318, 36.7578), (35.1318, 36.7578))
    >>> parse_point("Hama") is None
    True
    """
    if not any(char.isdigit() for char in text):
        return None
    bare = clean_text(text)
    compact = bare.replace(" ", "")
    if _MGRS.fullmatch(compact):
        return _from_mgrs(compact.upper())
    if _PLUS_CODE.fullmatch(compact):
        return _from_plus_code(compact.upper())
    if match := _WKT_POINT.fullmatch(bare):
        return _both(match[2], match[1])
    if match := _PAIR.fullmatch(bare):
        return _both(match[1], match[2])
    for halves in (_HALVES, _HALVES_LED):
        parts = [part for part in halves.split(bare, maxsplit=1) if part.strip(" ,;/")]
        if len(parts) == 2:
            found = _both(parts[0].strip(" ,;/"), parts[1].strip(" ,;/"))
            if found is not None:
                return found
    return None


def _both(lat: str, lon: str) -> tuple[float, float] | None:
    y, x = parse_degrees(lat, "lat"), parse_degrees(lon, "lon")
    return None if y is None or x is None else (y, x)


def _from_mgrs(code: str) -> tuple[float, float] | None:
    try:
        import mgrs
    except ImportError as error:
        raise TableError(f"{code}: MGRS needs mgrs: pip install 'syriamap[import]'") from error
    try:
        lat, lon = mgrs.MGRS().toLatLon(code)
    except Exception as error:
        del error
        return None
    return (lat, lon) if math.isfinite(lat) and math.isfinite(lon) else None


def _from_plus_code(code: str) -> tuple[float, float] | None:
    try:
        from openlocationcode import openlocationcode
    except ImportError as error:
        raise TableError(
            f"{code}: plus codes need openlocationcode: pip install 'syriamap[import]'"
        ) from error
    if not openlocationcode.isFull(code):
        return None
    area = openlocationcode.decode(code)
    return round(area.latitudeCenter, 6), round(area.longitudeCenter, 6)
