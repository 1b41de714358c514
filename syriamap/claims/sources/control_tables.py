"""
Tables of control: VIINA's control files, the Carter Center's areas of control, any CSV with a map.

Tables that repeat a state every day or month make a claim where the state begins or changes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from syriamap.claims.rows import CERTAINTIES, CLAIM_COLUMNS, RELATIONS
from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped, day_of, read_rows
from syriamap.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["month_of", "read_carter", "read_csv", "read_viina"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"^(?:\D*[_ -])?((?:19|20)\d\d)[-_ /.]?(0[1-9]|1[0-2])$")
_NAME_FIRST = re.compile(r"^([A-Za-z]{3})[a-z]*[-_ .]*((?:19|20)?\d\d)$")


def read_viina(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of a VIINA control file: one for each voter, place and change of status."""
    before: dict[tuple[str, str], str] = {}
    known = set(context.theater.places.index)
    ids = {
        str(one): str(place) for place, one in context.theater.places["source_id"].items() if one
    }
    columns: list[str] = []
    for row, cells in read_rows(path, ("geonameid", "date")):
        columns = columns or [
            name for name in cells if name == "status" or name.startswith("status_")
        ]
        if not columns:
            raise SourceError(f"{path}: no column status or status_…")
        number, day = cells["geonameid"].strip(), day_of(cells["date"])
        place = f"gn-{number}" if f"gn-{number}" in known else ids.get(number, "")
        if not place:
            yield Unmapped(row, number, "a geonameid that the theater does not have")
        elif day is None:
            yield Unmapped(row, cells["date"], "no date")
        else:
            votes = (
                columns if columns == ["status"] else [one for one in columns if one != "status"]
            )
            for column in votes:
                value = cells[column].strip()
                if not value or before.get((place, column)) == value:
                    continue
                before[place, column] = value
                actor = context.actor(value)
                if not actor:
                    yield Unmapped(row, value, "a status of no actor")
                    continue
                yield {
                    "event_date": day.isoformat(),
                    "date_precision": "day",
                    "place_id": place,
                    "actor": actor,
                    "relation": "controls",
                    "certainty": "asserted",
                    "publisher": "VIINA",
                    "source_title": f"VIINA {column}",
                    "note": value,
                    "reported_on": day.isoformat(),
                }


def month_of(header: str) -> date | None:
    """
    Read a column's month.

    >>> month_of("2024-11"), month_of("Nov-24"), month_of("aoc_202411"), month_of("lat")
    (datetime.date(2024, 11, 1), datetime.date(2024, 11, 1), datetime.date(2024, 11, 1), None)
    """
    match = _YEAR_FIRST.match(header.strip())
    if match:
        return date(int(match[1]), int(match[2]), 1)
    match = _NAME_FIRST.match(header.strip())
    if match and match[1].casefold() in _MONTHS:
        year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
        return date(year, _MONTHS.index(match[1].casefold()) + 1, 1)
    return None


def read_carter(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of a Carter Center table: a row for each community, a column for each month."""
    months: list[tuple[date, str]] = []
    for row, cells in read_rows(path, ("ADM4_EN",)):
        if not months:
            found = [(month_of(name), name) for name in cells]
            months = sorted((month, name) for month, name in found if month is not None)
            if not months and "aoc" in cells and context.day is not None:
                months = [(context.day, "aoc")]
            if not months:
                raise SourceError(
                    f"{path}: no column is a month, like 2024-11; for a column `aoc` give its "
                    "day: --date"
                )
        name, lat, lon = cells["ADM4_EN"], cells.get("lat", ""), cells.get("lon", "")
        place = context.place(row, name, lat, lon)
        if isinstance(place, Unmapped):
            yield place
            continue
        before = ""
        for month, column in months:
            value = cells[column].strip()
            if not value or value == before:
                continue
            before = value
            actor = context.actor(value)
            if not actor:
                yield Unmapped(row, value, "an area of control of no actor")
                continue
            yield {
                **place,
                "event_date": month.isoformat(),
                "actor": actor,
                "relation": "controls",
                "date_precision": "day" if column == "aoc" else "month",
                "certainty": "asserted",
                "publisher": "The Carter Center",
                "source_title": f"Areas of control, {column}",
                "note": f"{value} {cells.get('ADM4_PCODE', '')}".strip(),
            }


def read_csv(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of any table, whose columns `context.columns` maps."""
    unknown = (set(context.columns) | set(context.constants)) - set(CLAIM_COLUMNS)
    if unknown:
        raise SourceError(f"no column of a claim: {', '.join(sorted(unknown))}")
    for row, cells in read_rows(path, tuple(context.columns.values())):
        given = {name: cells[column].strip() for name, column in context.columns.items()}
        if not context.columns:
            given = {name: cells[name].strip() for name in CLAIM_COLUMNS if name in cells}
        claim = {**{key: value for key, value in given.items() if value}}
        claim = {"relation": "controls", "certainty": "asserted", **context.constants, **claim}
        day = day_of(claim.get("event_date", "")) or context.day
        actor = context.actor(claim.get("actor", ""))
        against = context.actor(claim.get("against", ""))
        if day is None:
            yield Unmapped(row, claim.get("event_date", ""), "no date")
        elif not actor:
            yield Unmapped(row, claim.get("actor", ""), "a name of no actor")
        elif claim.get("against") and not against:
            yield Unmapped(row, claim["against"], "a name of no actor")
        elif claim["relation"] not in RELATIONS or claim["certainty"] not in CERTAINTIES:
            yield Unmapped(
                row, f"{claim['relation']}, {claim['certainty']}", "no relation or certainty"
            )
        else:
            place: ClaimRow | Unmapped = {}
            if not claim.get("place_id"):
                place = context.place(
                    row, claim.get("place", ""), claim.get("lat", ""), claim.get("lon", "")
                )
            if isinstance(place, Unmapped):
                yield place
                continue
            title = {"publisher": path.stem, "source_title": path.name}
            reported = day_of(claim.get("reported_on", ""))
            yield {
                **title,
                **claim,
                **place,
                "event_date": day.isoformat(),
                "actor": actor,
                "against": against,
                "reported_on": reported.isoformat() if reported else "",
            }
