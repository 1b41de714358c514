"""
A place → its address in words: "Kafr Nabl, Maarrat al-Numan District, Idlib Governorate, Syria".

In comes a candidate of the gazetteer, out go the parts of its address under Nominatim's names and
the line that is read. English or Arabic, as far as the theater's files have the names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriamap.files import features_of, read_toml, texts_of
from syriamap.names.kind_words import SETTLEMENTS
from syriamap.names.resolution import kind_in_words
from syriamap.names.units import read_units

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.names.resolution import Candidate

__all__ = ["Addresses", "is_arabic_asked"]

_HAS_WORD = re.compile(
    r"\b(?:governorate|province|state|oblast|region|district|county)\b|محافظة|منطقة|ولاية",
    re.IGNORECASE,
)
"""Names that say what kind of unit they name."""

_COUNTRY_CODE = re.compile(r"^([A-Za-z]{2})-")
"""ISO 3166-2 begins the code of a governorate with its country's."""

_DISTRICT = 2


def is_arabic_asked(language: object) -> bool:
    """
    Whether Arabic is the first of the languages asked for that there are.

    Parameters
    ----------
    language
        As Nominatim takes it: a code, the value of an ``Accept-Language`` header, or a list of
        codes. Anything else than Arabic gives English.

    Examples
    --------
    >>> is_arabic_asked("ar-SY,ar;q=0.9,en;q=0.5"), is_arabic_asked(["de", "en", "ar"])
    (True, False)
    """
    if not language or language is True:
        return False
    asked = language.split(",") if isinstance(language, str) else list(language)  # type: ignore[call-overload]
    for one in asked:
        code = str(one).split(";")[0].strip().casefold()[:2]
        if code in {"ar", "en"}:
            return code == "ar"
    return False


class Addresses:
    """
    Addresses of the places of a theater.

    Parameters
    ----------
    folder
        The theater's folder; governorates, districts and the country are named as its files do.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "admin1.geojson"
        features = features_of(path) if path.exists() else []
        properties = [feature["properties"] for feature in features]
        self._states = {str(one.get("iso") or ""): one for one in properties}
        self._districts = {
            (one.admin1, one.name): one.name_ar
            for one in read_units(folder / "admin_units.csv")
            if one.level == _DISTRICT
        }
        config = read_toml(folder / "theater.toml")
        self._country = str(config.get("title") or "")
        self._country_ar = str(texts_of(config.get("arabic")).get("title") or self._country)

    def parts(self, place: Candidate, *, arabic: bool = False) -> dict[str, str]:
        """
        Parts of an address from the place outwards, by the names that Nominatim gives them.

        Parameters
        ----------
        place
            A place of the theater.
        arabic
            Arabic names where the theater has them.

        Returns
        -------
        dict
            The place under its kind (`city`, `town`, `village`, `bridge` …), `county` (district),
            `state` (governorate), `ISO3166-2-lvl4`, `country`, `country_code`; only what is known.
        """
        state = self._states.get(place.admin1, {})
        district_ar = self._districts.get((place.admin1, place.admin2), "")
        known = {
            place.kind or "place": (arabic and place.name_ar) or place.name,
            "county": _unit(place.admin2, district_ar, ("District", "منطقة"), arabic=arabic),
            "state": _unit(
                str(state.get("name") or ""), str(state.get("name_ar") or ""),
                ("Governorate", "محافظة"), arabic=arabic,
            ),
            "ISO3166-2-lvl4": place.admin1,
            "country": self._country_ar if arabic else self._country,
            "country_code": self.country_code(place),
        }  # fmt: skip
        return {name: value for name, value in known.items() if value}

    def country_code(self, place: Candidate) -> str:
        """Two small letters of the country by ISO 3166-1; empty where the theater has no codes."""
        found = _COUNTRY_CODE.match(place.admin1)
        return found[1].casefold() if found else ""

    def line(self, place: Candidate, *, arabic: bool = False) -> str:
        """
        Write the address: name, what it is if no settlement, district, governorate, country.

        Parameters
        ----------
        place, arabic
            As :meth:`parts` takes them.
        """
        parts = self.parts(place, arabic=arabic)
        name = parts[place.kind or "place"]
        if place.kind not in SETTLEMENTS and place.kind and not arabic:
            kind = kind_in_words(place.kind)
            is_said = kind.replace(" ", "") in name.casefold().replace(" ", "")
            name = name if is_said else f"{name} ({kind})"
        shown = [name, *(parts.get(part, "") for part in ("county", "state", "country"))]
        return ("، " if arabic else ", ").join(filter(None, shown))


def _unit(name: str, name_ar: str, words: tuple[str, str], *, arabic: bool) -> str:
    """Name of a unit with the word for it, unless the name says it."""
    if arabic and name_ar:
        return name_ar if _HAS_WORD.search(name_ar) else f"{words[1]} {name_ar}"
    return name if not name or _HAS_WORD.search(name) else f"{name} {words[0]}"
