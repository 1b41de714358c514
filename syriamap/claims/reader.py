"""
The claims frame: read, check, resolve places, write.

In come tables in the layout of :data:`CLAIM_COLUMNS` (CSV files, open ones, DataFrames), with
claims about places and about areas, out goes one frame, one row per claim and source. All who speak
of "the claims" (the map, ``claims check``, ``stats``, ``export``) read them here. A table is read
whole: every complaint about it is gathered and all are raised together, so that a file of a hundred
rows is mended in one go. What the columns mean is in ``docs/claims.md``.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from syriamap.claims.actor_names import ActorNames
from syriamap.claims.alike import checked_rows
from syriamap.claims.dataset import is_dataset, read_dataset
from syriamap.claims.odd_days import OddDays
from syriamap.claims.repeats import Repeats
from syriamap.claims.rows import (
    CERTAINTIES,
    CLAIM_COLUMNS,
    DRAFT_COLUMNS,
    RELATIONS,
    REQUIRED,
    RowChecker,
)
from syriamap.claims.written import AROUND_COLUMNS, SYNONYMS, Notation
from syriamap.errors import ClaimsError, Complaint, TableError
from syriamap.files import (
    Reading,
    Table,
    atomic_path,
    neutral_cell,
    read_table,
    table_name,
    warn,
)
from syriamap.files.databases import TakenTable
from syriamap.names.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from syriamap.theater.folder import Theater

__all__ = [
    "CERTAINTIES",
    "CLAIM_COLUMNS",
    "RELATIONS",
    "check_claims",
    "claims_known_by",
    "claims_until",
    "dates_settled",
    "in_order",
    "read_claims",
    "tables_of",
    "tell_odd_days",
    "write_claims",
]


def read_claims(
    tables: Table | Iterable[Table], theater: Theater, *, reading: Reading | None = None
) -> pd.DataFrame:
    """
    Read claims, check them and resolve their places.

    Parameters
    ----------
    tables
        Tables of any kind, by path or opened, DataFrames, data sets of
        :mod:`~syriamap.claims.dataset` and tables of a database by their address, one or several;
        a claim that stands in two of them counts once.
    theater
        Gives the places, the actors and the bounds to check against. Areas that stand beside the
        tables are known here; stages that are called by hand take
        :meth:`~syriamap.theater.Theater.with_areas_of` of it.
    reading
        What the tables do not tell of themselves: encoding, sheet, order of dates.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`CLAIM_COLUMNS`; `event_date` and `reported_on` as datetime64 (NaT where
        empty), `lat` and `lon` in degrees. Either `place_id` is filled (a claim on its own point
        has ``pt-`` and a hash of the point) or `area_id`, with a point inside the area. Sorted by
        date, then id, so that the order of rows and tables does not matter.

    Raises
    ------
    ClaimsError
        With every complaint about every table.
    """
    several = tables_of(tables)
    theater = theater.with_areas_of(several)
    gazetteer = Gazetteer(theater)
    frames, complaints = [], []
    seen = Repeats()
    for number, table in enumerate(several, start=1):
        named = isinstance(table, str | Path | TakenTable)
        name = "" if named else f"{table_name(table)} {number}"
        if is_dataset(table):
            frame, own = _checked_set(Path(cast("str", table)), theater, gazetteer, seen)
        else:
            written, own = check_claims(
                table, theater, gazetteer, seen=seen, name=name, reading=reading
            )
            frame = pd.DataFrame() if own else _typed(written)
        frames.append(frame)
        complaints += own
    if complaints:
        raise ClaimsError(complaints)
    if not frames:
        return _typed(pd.DataFrame(columns=list(CLAIM_COLUMNS), dtype=object))
    claims = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return in_order(_each_once(claims))


def in_order(claims: pd.DataFrame) -> pd.DataFrame:
    """
    Give claims by date, then id: themselves where they stand so, as what was written does.

    Parameters
    ----------
    claims
        The claims frame.
    """
    days, ids = claims["event_date"].to_numpy(), claims["claim_id"].to_numpy(dtype=object)
    later, same = days[1:] > days[:-1], days[1:] == days[:-1]
    if (later | (same & (ids[1:] >= ids[:-1]))).all():
        return claims
    return claims.sort_values(["event_date", "claim_id"], ignore_index=True)


def _each_once(claims: pd.DataFrame) -> pd.DataFrame:
    """Of two rows of one id the same is kept, whichever file comes first."""
    several = claims["claim_id"].duplicated(keep=False)
    if not several.any():
        return claims
    kept = claims[several].sort_values(list(CLAIM_COLUMNS)).drop_duplicates("claim_id")
    return pd.concat([claims[~several], kept], ignore_index=True)


def _checked_set(
    folder: Path, theater: Theater, gazetteer: Gazetteer, seen: Repeats
) -> tuple[pd.DataFrame, list[Complaint]]:
    """Claims of a data set; checked anew where its theater or the program is another one."""
    try:
        claims, is_checked = read_dataset(folder, theater)
    except TableError as error:
        return pd.DataFrame(), [Complaint(str(folder), 0, "", "", error.problem)]
    if is_checked:
        return claims, []
    warn(f"{folder}: checked anew, for the theater or syriamap has changed since it was written")
    written, complaints = check_claims(claims, theater, gazetteer, seen=seen, name=str(folder))
    return pd.DataFrame() if complaints else _typed(written), complaints


def tables_of(tables: Table | Iterable[Table]) -> list[Table]:
    """Give one table or several as a list."""
    if isinstance(tables, str | Path | pd.DataFrame | TakenTable) or hasattr(tables, "read"):
        return [cast("Table", tables)]  # an open file can be iterated too
    return list(tables)


def check_claims(
    table: Table,
    theater: Theater,
    gazetteer: Gazetteer,
    *,
    seen: Repeats | None = None,
    name: str = "",
    reading: Reading | None = None,
) -> tuple[pd.DataFrame, list[Complaint]]:
    """
    Read one table of claims and gather every complaint about it.

    Parameters
    ----------
    table
        A table of any kind, by its path or opened, or a DataFrame.
    theater, gazetteer
        What its actors and places are checked against.
    seen
        The claims of other tables that are read with it; those of this one are added.
    name
        What complaints call the table; its path when not given.
    reading
        What the table does not tell of itself.

    Returns
    -------
    frame
        Its claims as text, places resolved, ids filled.
    complaints
        In the order of rows; empty when the file can be used.
    """
    frame, complaints = read_table(
        table,
        required=REQUIRED,
        optional=(*CLAIM_COLUMNS, *AROUND_COLUMNS, *DRAFT_COLUMNS),
        one_of=("place", "place_id", "area_id", "pcode", "coordinates", "mgrs", "plus_code"),
        name=name,
        synonyms=SYNONYMS,
        reading=reading,
    )
    file = name or table_name(table)
    notation = Notation.of_zone(ActorNames(theater), theater.timezone)
    unsettled = notation.learn(_days_in(frame, notation), reading.dates if reading else "")
    if unsettled:
        complaints += [
            Complaint(file, one.row, one.column, one.value, one.problem) for one in unsettled
        ]
        return pd.DataFrame(columns=list(CLAIM_COLUMNS), dtype=object), complaints
    checker = RowChecker(file, theater, gazetteer, notation)
    claims, fit = checked_rows(frame, checker)
    complaints += checker.complaints
    complaints += (Repeats() if seen is None else seen).told(file, claims[fit])
    complaints.sort(key=lambda complaint: complaint.row)
    if not (isinstance(table, str | Path) and Path(table) in theater.claim_files):
        checker.tell_far_names()
    return claims.reset_index(drop=True), complaints


def _days_in(frame: pd.DataFrame, notation: Notation) -> Iterator[tuple[int, dict[str, str]]]:
    """Numbers of rows with a day as it is first written so."""
    for name in notation.dates:
        for row, text in frame[name].drop_duplicates().items():
            yield int(str(row)), {name: text}


def tell_odd_days(claims: pd.DataFrame, *, today: date | None = None) -> None:
    """
    Warn of claims dated after today, or years away from all others.

    Parameters
    ----------
    claims
        The claims frame.
    today
        The reader's own day.
    """
    days = OddDays(today)
    for day in claims["event_date"]:
        days.see(day.date().isoformat())
    for words, count in days.notes().items():
        warn(f"{count} claims are {words}; slips of a key?")


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    typed = {}
    for column in frame.columns:
        if column in {"event_date", "reported_on"}:
            place, texts = pd.factorize(frame[column])
            days = np.array([np.datetime64(text or "NaT", "s") for text in texts], "datetime64[s]")
            typed[column] = pd.Series(days[place])
        elif column in {"lat", "lon"}:
            place, texts = pd.factorize(frame[column])
            typed[column] = pd.Series(np.array(texts, dtype=float)[place])
        else:
            typed[column] = frame[column]
    return pd.DataFrame(typed, columns=frame.columns, copy=False)


def dates_settled(claims: pd.DataFrame) -> pd.Series:
    """
    Day from which each claim counts: that of its event, or the end of an imprecise one.

    A claim that is dated to a week counts from the seventh day on, one to a month or a year from
    the last day of it, or from the day it was reported if that is earlier: until then it may not
    have happened.

    Parameters
    ----------
    claims
        The claims frame.
    """
    step = claims["date_precision"].to_numpy(dtype=object)
    vague = np.isin(step, ["week", "month", "year"])
    if not vague.any():
        return claims["event_date"]
    step = step[vague]
    days, told = (
        claims[column].to_numpy()[vague].astype("datetime64[D]")
        for column in ("event_date", "reported_on")
    )
    ends = days + np.timedelta64(6, "D")
    for unit, name in (("M", "month"), ("Y", "year")):
        after = (days.astype(f"datetime64[{unit}]") + 1).astype("datetime64[D]")
        ends = np.where(step == name, after - 1, ends)
    ends = np.where((told >= days) & (told < ends), told, ends)  # never true where none is known
    settled = claims["event_date"].copy()
    settled[vague] = ends.astype("datetime64[s]")
    return settled


def claims_until(claims: pd.DataFrame, day: date, *, known_by: date | None = None) -> pd.DataFrame:
    """
    Claims that a map of a day may use.

    Parameters
    ----------
    claims
        The claims frame.
    day
        Only events up to this day count; those of an imprecise date from the end of it.
    known_by
        Only reports up to this day count, when given. A claim whose report date is not known
        counts as reported on the day of its event.
    """
    wanted = dates_settled(claims) <= pd.Timestamp(day)
    if known_by is not None:
        reported = claims["reported_on"].fillna(claims["event_date"])
        wanted &= reported <= pd.Timestamp(known_by)
    return claims[wanted].reset_index(drop=True)


def claims_known_by(claims: pd.DataFrame, day: date) -> pd.DataFrame:
    """
    Claims that were reported by a day and speak of nothing later.

    Parameters
    ----------
    claims
        The claims frame. A claim without report date counts as reported on the day of its event.
    day
        The day.
    """
    reported = claims["reported_on"].fillna(claims["event_date"])
    cutoff = pd.Timestamp(day)
    known = (reported <= cutoff) & (dates_settled(claims) <= cutoff)
    return claims[known].reset_index(drop=True)


def write_claims(claims: pd.DataFrame, path: str | Path) -> Path:
    """
    Write a claims frame as CSV, whole or not at all.

    Cells that a spreadsheet would take for a formula are neutralized with an apostrophe.
    """
    target = Path(path)
    with atomic_path(target) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(CLAIM_COLUMNS)
        for record in claims[list(CLAIM_COLUMNS)].itertuples(index=False, name=None):
            writer.writerow(_cells(record))
    return target


def _cells(record: Sequence[object]) -> list[str]:
    cells = []
    for value in record:
        if value is None or value is pd.NaT:
            cells.append("")
        elif isinstance(value, float):
            cells.append("" if np.isnan(value) else repr(value))
        elif isinstance(value, pd.Timestamp):
            cells.append(value.date().isoformat())
        else:
            cells.append(neutral_cell(str(value)))
    return cells
