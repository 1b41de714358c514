"""
Words → the question: theater and claims are read and checked here, once, for every map.

In come the words of a caller or of the command line (:class:`Asked`), out goes a
:class:`~syriamap.claims.question.Question`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from syriamap.errors import ControlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from syriamap.claims.question import Question
    from syriamap.files import Table
    from syriamap.pipeline.kept_inputs import Inputs
    from syriamap.theater.folder import Theater

__all__ = ["Asked", "ask", "check_days", "day_of"]


class Asked(TypedDict, total=False):
    """
    What a map can be asked with; every word may be left out.

    Attributes
    ----------
    theater
        A theater or its folder; Syria when not given.
    claims
        Claims added to the theater's own: tables of any kind, by path or opened, DataFrames, data
        sets and tables of a database (:func:`~syriamap.claims.reader.read_claims`).
    only_claims
        Leave the theater's own claims out.
    known_by
        Use only what was reported up to this day, a date or ISO text.
    according_to
        A side: the map as its own sources tell it.
    border
        Name of a border variant of the theater.
    today
        The day of whoever asks, for no stage reads a clock: the map of a later day is refused
        where no claim speaks of a day after it.
    """

    theater: Theater | str | Path | None
    claims: Table | Sequence[Table] | None
    only_claims: bool
    known_by: str | dt.date | None
    according_to: str
    border: str
    today: str | dt.date | None


def ask(**asked: Unpack[Asked]) -> Question:
    """
    Read the theater and its claims; every complaint about them is raised here.

    Parameters
    ----------
    asked
        See :class:`Asked`.

    Raises
    ------
    SyriamapError
        See :mod:`syriamap.errors`; the message names file, row and value.
    """
    from syriamap.claims.question import Question

    cutoff = asked.get("known_by")
    known_by = day_of(cutoff, "known_by") if cutoff else None
    theater, claims, digest = _inputs_of(asked)
    side, sides = asked.get("according_to", ""), sorted(set(theater.actors["side"]))
    if side and side not in sides:
        raise ControlError(f"no side {side!r} in this theater; there are: {', '.join(sides)}")
    now = asked.get("today")
    today = day_of(now, "today") if now else None
    source = (digest, theater, claims) if digest else None
    return Question(theater, claims, known_by, side, today, source)


def _inputs_of(asked: Asked) -> Inputs:
    """Theater and claims: kept ones where their files are known to the byte, else read."""
    from syriamap.claims.reader import read_claims, tables_of
    from syriamap.pipeline.kept_inputs import inputs_digest, kept_inputs, taken_tables
    from syriamap.theater.folder import Theater, default_folder

    more, only_claims = asked.get("claims"), bool(asked.get("only_claims"))
    added = [] if more is None else taken_tables(tables_of(more))

    def read() -> tuple[Theater, pd.DataFrame]:
        theater = _theater_of(asked)
        tables = [*(() if only_claims else theater.claim_files), *added]
        theater = theater.with_areas_of(tables)
        return theater, read_claims(tables, theater)

    given = asked.get("theater")
    folder = default_folder() if given is None or isinstance(given, Theater) else Path(given)
    digest = ""
    if not isinstance(given, Theater):
        digest = inputs_digest(folder, asked.get("border", ""), added, only_claims=only_claims)
    return kept_inputs(digest, folder, read)


def check_days(days: Iterable[dt.date], question: Question) -> None:
    """
    Refuse what would be the map of nothing though there are claims.

    Parameters
    ----------
    days
        Days that are asked for; the last of them decides.
    question
        Of :func:`ask`.

    Raises
    ------
    ControlError
        If no claim speaks of the last day or one before it, or if that day is after today and the
        evidence is not.
    """
    import numpy as np

    from syriamap.claims.reader import dates_settled

    last = max(days)
    settled = dates_settled(question.claims_heard()).to_numpy().astype("datetime64[D]")
    known: list[dt.date] = np.unique(settled).tolist()
    if not len(question.claims):
        return  # a theater that has none yet: its outline and places are drawn, and nothing else
    if not known:
        raise ControlError(f"no claim was reported by {question.known_by}; a later day would do")
    if min(known) > last:
        raise ControlError(
            f"no claim speaks of {last} or a day before; the first day with claims is {min(known)}"
        )
    newest = max(day for day in known if day <= last)
    if question.today and newest <= question.today < last:
        raise ControlError(
            f"{last} is after today, {question.today}, and nothing is known of it; "
            f"the newest day with claims is {newest}"
        )


def _theater_of(asked: Asked) -> Theater:
    from syriamap.theater.folder import Theater, read_theater

    given, border = asked.get("theater"), asked.get("border", "")
    theater = given if isinstance(given, Theater) else read_theater(given, border=border)
    if border and theater.border_variant != border:
        raise ControlError(
            f"border: give {border!r} to read_theater; this theater was read already"
        )
    return theater


def day_of(value: str | dt.date, name: str) -> dt.date:
    """
    Read a date, or say what would do.

    Parameters
    ----------
    value
        A date or ISO text.
    name
        What it is, for the message.
    """
    from syriamap.files import parse_date

    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    day = parse_date(value)
    if day is None:
        raise ControlError(f"{name}: {value!r} is no date; YYYY-MM-DD would do, like 2024-12-06")
    return day
