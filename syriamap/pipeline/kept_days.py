"""
The map of a day, worked out once and then kept by its evidence.

In come a question and a day, out go the frames of that day as they were kept, or nothing. So page,
figure, export and report of one date solve once. The key holds the digest of the files that were
read (:mod:`~syriamap.pipeline.kept_inputs`), the cut-off, the story, the day, and the code and the
libraries that worked it out.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

from syriamap.cache import cache_file, code_of, keep_arrays, kept_arrays, key_of
from syriamap.pipeline.frame_arrays import ARRAYS, packed_frames, unpacked_frames

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from syriamap.claims.question import Question
    from syriamap.territory import HeldOut

__all__ = ["MOST_DAYS", "Frames", "day_key", "keep_day", "kept_day"]

MOST_DAYS = 40
"""So many days are kept, those that were asked for last; a longer series keeps none."""

_WINGS = ("errors", "history", "pipeline")
"""What works a day out, beside the wings that every key holds."""


class Frames(NamedTuple):
    """All frames of a day; see :class:`~syriamap.history.days.MapOfDay`."""

    control: pd.DataFrame
    states: pd.DataFrame
    territory: gpd.GeoDataFrame
    frontline: gpd.GeoDataFrame
    events: pd.DataFrame
    held_out: HeldOut


def day_key(question: Question, day: dt.date) -> str:
    """
    Digest of all that the map of a day depends on; empty where it cannot be told.

    Parameters
    ----------
    question
        Of :func:`~syriamap.pipeline.asking.ask`.
    day
        The day.
    """
    if not question.digest:
        return ""
    words = (str(question.known_by), question.according_to, day.isoformat())
    return key_of(question.digest, code_of(*_WINGS), *words)


def _path(question: Question, day: dt.date) -> Path | None:
    key = day_key(question, day)
    return cache_file(f"day-{question.theater.id}", key) if key else None


def kept_day(question: Question, day: dt.date) -> Frames | None:
    """
    Give the frames of a day that were kept; nothing where none were.

    Parameters
    ----------
    question
        Of :func:`~syriamap.pipeline.asking.ask`; without a digest nothing is kept.
    day
        The day.
    """
    path = _path(question, day)
    stored = kept_arrays(path, ARRAYS) if path else None
    if stored is None:
        return None
    from syriamap.territory import HeldOut

    frames, more = unpacked_frames(stored)
    return Frames(**frames, held_out=HeldOut(**more["held_out"]))  # type: ignore[arg-type]


def keep_day(question: Question, day: dt.date, frames: Frames) -> None:
    """
    Keep the frames of a day.

    Parameters
    ----------
    question, day
        As for :func:`kept_day`.
    frames
        What was worked out.
    """
    path = _path(question, day)
    if path is None:
        return
    tables = frames._asdict()
    held_out = asdict(tables.pop("held_out"))
    packed = packed_frames(tables, {"held_out": held_out})
    if packed is not None:
        keep_arrays(path, packed, most=MOST_DAYS)
