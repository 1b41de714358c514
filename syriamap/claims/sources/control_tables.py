"""
Tables of control: VIINA's control files, the Carter Center's areas of control, any other table.

Tables that repeat a state every day or month make a claim where the state begins or changes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from syriamap.claims.rows import CLAIM_COLUMNS, RowChecker
from syriamap.claims.sources.passing import FAR_NOTE, ClaimRow, Context, Rows, Unmapped, number_of
from syriamap.claims.written import AROUND_COLUMNS, SYNONYMS, Notation
from syriamap.errors import SourceError
from syriamap.names.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from syriamap.claims.actor_names import Meaning

__all__ = ["day_of_header", "month_of", "read_carter", "read_csv", "read_viina"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_HEADER = re.compile(r"^(?:\D*[_ -])?((?:19|20)\d\d)[-_/.](\d\d)[-_/.](\d\d)(?: 00:00:00)?$")
_YEAR_FIRST = re.compile(r"^(?:\D*[_ -])?((?:19|20)\d\d)[-_ /.]?(0[1-9]|1[0-2])$")
_NAME_FIRST = re.compile(r"^([A-Za-z]{3})[a-z]*[-_ .]*((?:19|20)?\d\d)$")

_VIINA = {"geonameid": ("geoname_id", "katotth", "pcode"), "date": ("day",)}
_CARTER = {
    "name": ("ADM4_EN", "Location Name (en)", "ADM4: City / Town / Community (en)", "NAME_EN"),
    "neighborhood": ("ADM5: Neighborhood (en)", "PP_NAME_EN"),
    "pcode": ("ADM4_PCODE", "Community code (pcode)", "PCODE"),
    "admin1": ("ADM1_EN", "ADM1: Governorate / Mohafaza (en)"),
    "admin2": ("ADM2_EN", "ADM2: District / Mantiqa (en)"),
    "admin3": ("ADM3_EN", "ADM3: Sub-District / Nahia (en)"),
    "lat": ("latitude", "LATITUDE_Y"),
    "lon": ("longitude", "LONGITUDE_X"),
    "aoc": ("Actor_Type", "area of control"),
}
"""Columns of the Carter Center's workbook and of the World Bank's table made from it."""


def read_viina(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """Claims of a VIINA control file: one for each voter, place and change of status."""
    rows = Rows(path, context, _VIINA, ("geonameid", "date"), ("date",))
    columns = [one for one in rows.columns if one == "status" or one.startswith("status_")]
    if not columns:
        raise SourceError(f"{path}: no column status or status_…")
    votes = columns if columns == ["status"] else [one for one in columns if one != "status"]
    before: dict[tuple[str, str], str] = {}
    holders: dict[str, str] = {}
    place_of = _places_by_number(context)
    for row, cells in rows:
        number = number_of(cells["geonameid"].strip())
        place, day = place_of(number), rows.day("date", cells["date"])
        if not place:
            yield Unmapped(row, number, "a geonameid that the theater does not have")
            continue
        if day is None:
            yield Unmapped(row, cells["date"], "no date")
            continue
        for column in votes:
            value = cells[column].strip()
            if not value or before.get((place, column)) == value:
                continue
            before[place, column] = value
            meaning = context.meaning(value, day)
            base = {
                "event_date": day.isoformat(),
                "date_precision": "day",
                "place_id": place,
                "certainty": "asserted",
                "publisher": "VIINA",
                "source_title": f"VIINA {column}",
                "note": value,
                "reported_on": day.isoformat(),
            }
            if meaning is not None and not meaning.actors:
                others = [context.actor(cells[one]) for one in votes if cells[one].strip()]
                seen = [holders.get(place, ""), *others]
                meaning = _with_fighters(meaning, seen, context)
            if meaning is not None and len(meaning.actors) == 1 and not meaning.relation:
                holders[place] = meaning.actors[0]
            made = _claims_of(meaning, base)
            yield from made
            if not made:
                yield Unmapped(row, value, "a status of no actor")


def _places_by_number(context: Context) -> Callable[[str], str]:
    """Give a function from a number or code of a source to the id of the theater's place."""
    places = context.theater.places
    known = set(map(str, places.index))
    ids = {
        str(one).casefold(): str(place)
        for column in ("pcode", "source_id")
        if column in places
        for place, one in places[column].items()
        if one
    }

    def place_of(number: str) -> str:
        for one in (f"gn-{number}", number):
            if one in known:
                return one
        return ids.get(number.casefold(), "")

    return place_of


def _with_fighters(meaning: Meaning, seen: Sequence[str], context: Context) -> Meaning:
    """
    Fill in who fights for a place that a table calls contested without naming anybody.

    Those that the table itself names there; with one of them, and two sides in the theater, the
    other one too.
    """
    named = list(dict.fromkeys(filter(None, seen)))[:2]
    actors = list(map(str, context.theater.actors.index))
    if len(named) < 2 and len(actors) == 2:
        named += [one for one in actors if one not in named]
    return type(meaning)(tuple(named[:2]), "contested")


def _claims_of(meaning: Meaning | None, base: ClaimRow) -> list[ClaimRow]:
    """Give the claims that a value stands for: one, one for each holder, or a fight."""
    if meaning is None or not meaning.actors:
        return []
    first, *others = meaning.actors
    relation = meaning.relation or "controls"
    if relation == "contested":
        return [{**base, "actor": first, "against": "".join(others[:1]), "relation": relation}]
    return [{**base, "actor": one, "relation": relation} for one in (first, *others)]


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


def day_of_header(header: str) -> date | None:
    """
    Read a column's day.

    >>> day_of_header("2024-12-10"), day_of_header("2024-12")
    (datetime.date(2024, 12, 10), None)
    """
    match = _DAY_HEADER.match(header.strip())
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _dated_columns(path: Path, rows: Rows, context: Context) -> list[tuple[date, str, str]]:
    """
    Columns of a table of control: day, name, precision.

    The Center's table has a column for the first of each month and, between months, for days on
    which much changed: a first is the state of the month, any other is that of its day.
    """
    found: list[tuple[date, str, str]] = []
    for name in rows.columns:
        day = day_of_header(name)
        if day is not None:
            found.append((day, name, "month" if day.day == 1 else "day"))
        elif (month := month_of(name)) is not None:
            found.append((month, name, "month"))
    if not found and rows.has("aoc") and context.day is not None:
        return [(context.day, "aoc", "day")]
    if not found:
        raise SourceError(
            f"{path}: no column is a month, like 2024-11, or a day; for a column `aoc` give its "
            "day: --date"
        )
    return sorted(found)


def read_carter(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """
    Claims of the Carter Center's areas of control, or of the World Bank's table made from them.

    A row for each community; a column for each month or day, or one for the whole (`aoc`).
    """
    rows = Rows(path, context, _CARTER, ("name",))
    columns = _dated_columns(path, rows, context)
    around = _holders_around(rows, [name for _, name, _ in columns], context)
    for row, cells in rows:
        where = Whereabouts(*(cells[one] for one in ("admin1", "admin2", "admin3", "pcode")))
        place = context.place(row, cells["name"], cells["lat"], cells["lon"], where)
        if isinstance(place, Unmapped):
            yield place
            continue
        before = ""
        for day, column, precision in columns:
            value = cells[column].strip()
            if not value or value.casefold() == before:
                continue
            earlier, before = before, value.casefold()
            meaning = context.meaning(value, day)
            note = f"{value} {cells['pcode']}".strip()
            if meaning is not None and not meaning.actors:
                seen = [context.actor(earlier, day), *around(cells)]
                meaning = _with_fighters(meaning, seen, context)
                note += "; sides are those that the table has around it"
            base = {
                **place,
                "event_date": day.isoformat(),
                "date_precision": precision,
                "certainty": "asserted",
                "publisher": "The Carter Center",
                "source_title": f"Areas of control, {column}",
                "note": note,
            }
            made = _claims_of(meaning, base)
            yield from made
            if not made:
                yield Unmapped(row, value, "an area of control of no actor")


def _holders_around(
    rows: Rows, columns: Sequence[str], context: Context
) -> Callable[[dict[str, str]], list[str]]:
    """Who holds most of a row's subdistrict, else district, else governorate, most first."""
    units: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)

    def units_of(cells: dict[str, str]) -> list[tuple[str, ...]]:
        path = tuple(cells[one].casefold() for one in ("admin1", "admin2", "admin3"))
        return [path[:depth] for depth in (3, 2, 1) if any(path[:depth])]

    for _, cells in rows:
        values = {cells[column].strip() for column in columns} - {""}
        for value in values:
            actor = context.actor(value)
            if actor:
                for unit in units_of(cells):
                    units[unit][actor] += 1
    context.left_over.clear()

    def around(cells: dict[str, str]) -> list[str]:
        for unit in units_of(cells):
            if units[unit]:
                ranked = sorted(units[unit].items(), key=lambda one: (-one[1], one[0]))
                return [actor for actor, _ in ranked[:2]]
        return []

    return around


def read_csv(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """
    Claims of any table; `context.columns` says which of its columns is which of a claim.

    The rows are read as ``claims check`` reads them; what it would complain of is reported.
    """
    wanted = (*CLAIM_COLUMNS, *AROUND_COLUMNS)
    unknown = (set(context.columns) | set(context.constants)) - set(wanted)
    if unknown:
        raise SourceError(
            f"no column of a claim: {', '.join(sorted(unknown))}; there are {', '.join(wanted)}"
        )
    known: dict[str, Sequence[str]] = {
        name: (context.columns[name],) if name in context.columns else SYNONYMS.get(name, ())
        for name in wanted
    }
    known.update(dict.fromkeys(context.columns.values(), ()))
    rows = Rows(path, context, known, tuple(context.columns.values()))
    ours = {name: context.columns.get(name, name) for name in wanted}
    _refuse_missing(path, rows, ours, context)

    # an empty cell of a column that is there is a gap, not the default
    defaults = {
        name: value
        for name, value in _defaults(path).items()
        if not rows.has(name) and not rows.has(ours[name])
    }

    def cells_of(cells: dict[str, str]) -> dict[str, str]:
        made = {name: cells[column].strip() for name, column in ours.items()}
        given = {name: value for name, value in made.items() if value}
        return {**made, **defaults, **context.constants, **given}

    notation = Notation.of_zone(context.names, context.theater.timezone)
    unsettled = notation.learn(
        ((row, cells_of(cells)) for row, cells in rows), context.reading.dates
    )
    context.left_over.clear()
    for problem in unsettled:
        column = ours[problem.column]
        raise SourceError(
            f"{path}: row {problem.row}, column {column}: {problem.value!r} {problem.problem}"
        )
    checker = RowChecker(str(path), context.theater, context.gazetteer, notation)
    checker.tell_heard = context.note_heard
    seen: dict[str, int] = {}
    for row, cells in rows:
        written = cells_of(cells)
        if context.day is not None and not written["event_date"]:
            written["event_date"] = context.day.isoformat()
        for one in _one_for_each_holder(written, context):
            given_id = one["claim_id"]
            claim = checker.checked(row, one)
            has_point = bool(one["lat"])  # read from whichever cell the row has it in
            complaints = checker.take_complaints()
            if complaints:
                complaint, kind = complaints[0]
                yield Unmapped(row, complaint.value, kind)
            elif given_id and seen.setdefault(given_id, row) != row:
                yield Unmapped(row, given_id, "an id that another row has")
            else:
                # a point that the row did not have is the place's: the claim's id does not know it
                own = {} if has_point else {"lat": "", "lon": ""}
                yield {**claim, **own, "claim_id": given_id}
    if checker.far_rows:
        context.notes[FAR_NOTE] += checker.far_rows


def _one_for_each_holder(written: dict[str, str], context: Context) -> list[dict[str, str]]:
    """Give a row for each holder that its cell names, or one for a place called contested."""
    cell = written["actor"]
    if not cell or context.actor(cell):
        return [written]
    meaning = context.meaning(cell)
    if meaning is not None and not meaning.actors:
        meaning = _with_fighters(meaning, (), context)
    if meaning is None or not meaning.actors:
        return [written]
    own_id = written["claim_id"] if len(meaning.actors) == 1 else ""
    return _claims_of(meaning, {**written, "claim_id": own_id})


def _defaults(path: Path) -> dict[str, str]:
    return {
        "relation": "controls",
        "certainty": "asserted",
        "publisher": path.stem,
        "source_title": path.name,
    }


def _refuse_missing(path: Path, rows: Rows, ours: dict[str, str], context: Context) -> None:
    """Say at once which columns are not there, before every row is reported for it."""
    given = {name for name, column in ours.items() if rows.has(name) or rows.has(column)}
    given |= set(context.constants) | ({"event_date"} if context.day is not None else set())
    missing = [name for name in ("event_date", "actor") if name not in given]
    where = ("place", "place_id", "area_id", "lat", "pcode", "coordinates", "mgrs", "plus_code")
    if not given.intersection(where):
        missing.append("place")
    if missing:
        found = ", ".join(filter(None, rows.columns))[:200]
        hints = {"event_date": "`--date DAY` or `--column event_date=…`"}
        shown = "; ".join(f"{name} ({hints.get(name, f'`--column {name}=…`')})" for name in missing)
        raise SourceError(f"{path}: columns missing: {shown}; found {found}")
