"""
Claims → the state of each place on a date, with the reasons.

In comes the claims frame, out goes the control frame, one row per place that any claim speaks of:
who holds it, in which status, how surely, since when, and which claims decided that. All places and
days of a question are inferred together (:mod:`syriamap.control.timeline`), once; a day is read
off. The rules are in ``docs/control.md``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from syriamap.claims.question import Question
from syriamap.control.timeline.day_states import FRAME_COLUMNS, frame_of_day
from syriamap.control.timeline.engine_settings import time_settings
from syriamap.control.timeline.kept_time import kept_time
from syriamap.control.timeline.series import through_time
from syriamap.files import atomic_path, neutral_cell
from syriamap.theater.drawn_areas import DRAWN_POINT

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from syriamap.control.timeline.inferred_days import ThroughTime
    from syriamap.theater.folder import Theater

__all__ = [
    "CONTROL_COLUMNS",
    "STATUSES",
    "control_csv",
    "control_from_claims",
    "control_listed",
    "control_of_question",
    "time_of_question",
    "write_control",
]

CONTROL_COLUMNS = FRAME_COLUMNS[: FRAME_COLUMNS.index("leaning")]
"""Columns of the control table as it is written; the frame has `leaning`, `shares` besides."""

STATUSES = ("held", "contested", "besieged", "undetermined")
"""What the state of a place may be."""


def control_from_claims(
    claims: pd.DataFrame,
    theater: Theater,
    day: date,
    *,
    known_by: date | None = None,
    according_to: str = "",
) -> pd.DataFrame:
    """
    State of every place that claims speak of, on a day, by what claims of all days add up to.

    Parameters
    ----------
    claims
        The claims frame, all dates: what happened later counts as hindsight.
    theater
        Gives sides, stances, grades.
    day
        The day of the map.
    known_by
        Only what was reported up to this day, and nothing that happened later, counts, when given.
    according_to
        A side: the state as its own sources tell it.

    Returns
    -------
    pandas.DataFrame
        As :func:`control_of_question` gives. The map draws it as
        :func:`syriamap.territory.reviewed_control` leaves it.
    """
    return control_of_question(Question(theater, claims, known_by, according_to), day)


def control_of_question(question: Question, day: date) -> pd.DataFrame:
    """
    State of every place that the claims of a question speak of, on a day.

    Parameters
    ----------
    question
        Theater, claims, cut-off and story.
    day
        The day of the map.

    Returns
    -------
    pandas.DataFrame
        `place_id, name, lat, lon` (degrees), `actor` (empty unless held or besieged), `status`
        (`held`, `contested`, `besieged` or `undetermined`), `confidence` (0 to 1), `since`
        (datetime64), `reasons` and `claim_ids` (tuples), and for the stages that follow `leaning`
        (the likeliest actor), `shares` (actor → probability), `age_days` (to the nearest news of
        the place) and `origins` (how many independent ones back the leaning). Sorted by `place_id`.
    """
    return frame_of_day(time_of_question(question), day)


@lru_cache(maxsize=4)
def time_of_question(question: Question) -> ThroughTime:
    """
    All places on all days of a question, inferred once and kept for its further days.

    Parameters
    ----------
    question
        Theater, claims, cut-off and story; the same record is the same question.
    """
    settings = time_settings(question.theater)

    def made() -> ThroughTime:
        return through_time(
            question.claims_heard(),
            question.theater,
            according_to=question.according_to,
            settings=settings,
        )

    return kept_time(question, settings, made)


def write_control(control: pd.DataFrame, path: Path) -> Path:
    """Write the control table as CSV (:data:`CONTROL_COLUMNS`), whole or not at all."""
    with atomic_path(path) as temporary:
        temporary.write_text(control_csv(control), encoding="utf-8")
    return path


def control_listed(control: pd.DataFrame) -> pd.DataFrame:
    """
    Rows and columns of control that a reader is given.

    Points on land without places (:mod:`syriamap.theater.drawn_areas`) are none of them.
    """
    listed = ~control["place_id"].str.startswith(DRAWN_POINT)
    return control.loc[listed, list(CONTROL_COLUMNS)].copy()


def control_csv(control: pd.DataFrame) -> str:
    """
    The control table as CSV text; lists of codes and ids are joined by ``;``.

    Text that a spreadsheet would take for a formula is neutralized.
    """
    table = control_listed(control)
    for column in ("reasons", "claim_ids"):
        table[column] = [";".join(values) for values in table[column]]
    for column in ("place_id", "name", "actor", "reasons", "claim_ids"):
        table[column] = [neutral_cell(str(text)) for text in table[column]]
    table["since"] = [str(np.datetime64(when, "D")) for when in table["since"].to_numpy()]
    return table.to_csv(index=False, lineterminator="\n")
