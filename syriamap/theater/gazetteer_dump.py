"""
GeoNames' own files: the dump of a country and the postal codes, both without a header.

The columns are those of the readme that GeoNames publishes beside the files (CC BY 4.0).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from syriamap.errors import TheaterError
from syriamap.files import parse_number
from syriamap.files.containers import BROKEN_ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Dump", "dump_rows", "kind_by_people", "script_of"]

_COUNTRY_COLUMNS, _POSTAL_COLUMNS = 19, 12
_CITY, _TOWN = 50_000, 5_000
_CAPITALS = {"PPLC": "city", "PPLA": "city", "PPLA2": "town"}
_NOT_PEOPLED = {"PPLQ", "PPLH", "PPLW", "PPLCH"}
_SITES = {"AIRB": "airbase", "AIRP": "airport", "AIRF": "airport", "DAM": "dam", "BDG": "bridge"}
_MOST_NAMES = 12
"""Names of a place in each script."""

_LANGUAGES = {"ARABIC": "ar", "CYRILLIC": "und-Cyrl"}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LINK = re.compile(r"^https?:|/")


@dataclass
class Dump:
    """Places of a dump, their other names, and the time zone of each."""

    source: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)


def dump_rows(path: Path) -> Dump | None:
    """
    Read a file of GeoNames, zipped or not; None when it is none.

    Parameters
    ----------
    path
        ``SD.txt``, ``SD.zip``.
    """
    if not path.is_file():
        raise TheaterError(f"{path}: no such file")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                inside = [
                    one
                    for one in archive.namelist()
                    if one.casefold().endswith(".txt") and "readme" not in one.casefold()
                ]
                if len(inside) != 1:
                    return None
                with archive.open(inside[0]) as stream:
                    return _read(stream)
        with path.open("rb") as stream:
            return _read(stream)
    except UnicodeDecodeError:
        return None
    except TheaterError as error:
        raise TheaterError(f"{path}: {error}") from error
    except (csv.Error, *BROKEN_ARCHIVE) as error:
        raise TheaterError(f"{path}: cannot be read: {error}") from error


def kind_by_people(people: float) -> str:
    """
    Kind of a settlement of which only the inhabitants are known.

    >>> kind_by_people(80_000), kind_by_people(0)
    ('city', 'village')
    """
    return "city" if people >= _CITY else "town" if people >= _TOWN else "village"


def _read(stream: IO[bytes]) -> Dump | None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        return _read_text(text)
    finally:
        text.detach()  # the stream is the caller's to close


def _read_text(text: IO[str]) -> Dump | None:
    first = text.readline()
    width = first.count("\t") + 1
    head = first.rstrip("\r\n").split("\t")
    if width == _COUNTRY_COLUMNS and head[0].isdigit():
        dump, reader = Dump("GeoNames, CC BY 4.0"), _country_row
    elif width == _POSTAL_COLUMNS and len(head[0]) == 2:
        dump, reader = Dump("GeoNames postal codes, CC BY 4.0"), _postal_row
    else:
        return None
    seen: set[str] = set()
    for number, cells in enumerate(_cells(first, text), start=1):
        if len(cells) < width:
            continue
        try:
            reader(cells, dump, seen)
        except ValueError as error:
            raise TheaterError(f"row {number}: {error}; a number would do") from error
    return dump


def _cells(first: str, rest: IO[str]) -> Iterator[list[str]]:
    yield first.rstrip("\r\n").split("\t")
    for line in rest:
        yield line.rstrip("\r\n").split("\t")


def _country_row(cells: list[str], dump: Dump, seen: set[str]) -> None:
    number, name, plain, others, lat, lon, feature, code = cells[:8]
    population = int(cells[14] or 0)
    if feature == "P" and code not in _NOT_PEOPLED:
        kind = _CAPITALS.get(code) or ("district" if code == "PPLX" else "")
        kind = kind or kind_by_people(population)
    elif code in {"AIRB", "DAM"}:
        kind = _SITES[code]
    else:
        return
    place = f"gn-{number}"
    if place in seen:
        return
    seen.add(place)
    dump.zones[place] = cells[17]
    names = [one.strip() for one in others.split(",") if one.strip() and not _LINK.search(one)]
    arabic = next((one for one in names if _ARABIC.search(one)), "")
    dump.rows.append(
        {
            "place_id": place, "name": name, "name_ar": arabic, "kind": kind,
            "lat": _degrees(lat, 90), "lon": _degrees(lon, 180),
            "admin1": f"{cells[8]}-{cells[10]}" if cells[10] else "",
            "population": population or "", "source": "GeoNames", "source_id": number,
        }
    )  # fmt: skip
    wanted = dict.fromkeys([plain, *names])
    taken: Counter[str] = Counter()
    for one in [one for one in wanted if one and one not in {name, arabic}]:
        script = script_of(one)
        taken[script] += 1
        if taken[script] <= _MOST_NAMES:
            dump.names.append((place, one, _LANGUAGES.get(script, "und")))


def _degrees(text: str, most: int) -> float:
    """Read a coordinate; a ValueError where it is none."""
    number = parse_number(text)
    if number is None or abs(number) > most:
        raise ValueError(f"{text!r} is no coordinate in degrees")
    return number


def script_of(name: str) -> str:
    """
    Script that a name is written in, by its first letter.

    >>> script_of("Kyiv"), script_of("Київ"), script_of("دنقلا")
    ('LATIN', 'CYRILLIC', 'ARABIC')
    """
    letter = next((one for one in name if one.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""


def _postal_row(cells: list[str], dump: Dump, seen: set[str]) -> None:
    country, code, name = cells[:3]
    lat, lon = cells[9], cells[10]
    if not name or not lat or not lon:
        return
    y, x = _degrees(lat, 90), _degrees(lon, 180)
    key = f"{name} {y:.2f} {x:.2f}"
    if key in seen:
        return
    seen.add(key)
    place = f"{country.casefold()}-{code.casefold()}".replace(" ", "-")
    number, made = 1, place
    while made in seen:
        number += 1
        made = f"{place}-{number}"
    seen.add(made)
    dump.rows.append(
        {
            "place_id": made, "name": name, "kind": "village", "lat": y, "lon": x,
            "admin1": f"{country}-{cells[4]}" if cells[4] else "",
            "admin2": cells[5], "admin3": cells[7], "source": "GeoNames postal codes",
            "source_id": code,
        }
    )  # fmt: skip
