"""
Claims about whole areas ("all of Daraa province"), read and checked.

In comes ``area_claims.csv`` of a theater, out go rows of the claims frame whose `place_id` names an
area: a feature of ``admin1.geojson`` or ``areas.geojson``.
"""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.claims.rows import CERTAINTIES, CLAIM_COLUMNS, RELATIONS
from syriamap.errors import ClaimsError, Complaint
from syriamap.files import parse_date, read_table

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = [
    "AREA_COLUMNS",
    "AREA_PREFIX",
    "claims_with_areas",
    "read_area_claims",
]

AREA_COLUMNS = (
    "claim_id", "event_date", "area", "area_id", "actor", "relation", "asserted_by", "certainty",
    "publisher", "source_title", "source_url", "reported_on", "note",
)  # fmt: skip
"""Columns of ``area_claims.csv``, in order."""

AREA_PREFIX = "area:"
"""A `place_id` that begins so is no place but an area; what follows is its `area_id`."""

_REQUIRED = (
    "event_date", "area", "actor", "relation", "certainty", "publisher", "source_title",
)  # fmt: skip


def claims_with_areas(claims: pd.DataFrame, theater: Theater) -> pd.DataFrame:
    """
    Claims frame with the theater's own area claims in it.

    Parameters
    ----------
    claims
        Of :func:`syriamap.claims.reader.read_claims`.
    theater
        Its ``area_claims.csv`` is read, when there is one.
    """
    areas = read_area_claims(theater)
    if areas.empty:
        return claims
    both = pd.concat([claims, areas], ignore_index=True) if len(claims) else areas
    return both.sort_values(["event_date", "claim_id"], ignore_index=True)


def read_area_claims(theater: Theater) -> pd.DataFrame:
    """
    Read ``area_claims.csv`` of a theater; empty when there is no such file.

    Rows without `area_id` speak of an area that nobody has drawn; they stay on file and count
    nothing.

    Returns
    -------
    pandas.DataFrame
        The columns of the claims frame; `place_id` is :data:`AREA_PREFIX` and the `area_id`,
        `place` the area as written, `lat, lon` a point in it.

    Raises
    ------
    ClaimsError
        With every complaint about the file.
    """
    path = theater.folder / "area_claims.csv"
    if not path.exists():
        return pd.DataFrame(columns=list(CLAIM_COLUMNS))
    frame, complaints = read_table(path, required=_REQUIRED, optional=AREA_COLUMNS)
    frame = frame.reindex(columns=list(AREA_COLUMNS), fill_value="")
    for row, *cells in frame.itertuples(name=None):
        record = dict(zip(AREA_COLUMNS, cells, strict=True))
        complaints += [
            Complaint(str(path), int(str(row)), column, record[column], problem)
            for column, problem in _problems(record, theater)
        ]
    if complaints:
        raise ClaimsError(sorted(complaints, key=lambda complaint: complaint.row))
    drawn = frame[frame["area_id"] != ""]
    return _as_claims(drawn, theater).drop_duplicates("claim_id", ignore_index=True)


def _problems(record: dict[str, str], theater: Theater) -> list[tuple[str, str]]:
    """Columns of a row that cannot be used, each with why."""
    found = [(column, "is empty") for column in _REQUIRED if not record[column]]
    words = {"relation": RELATIONS, "certainty": CERTAINTIES}
    for column, allowed in words.items():
        if record[column] and record[column] not in allowed:
            found.append((column, f"is none of {', '.join(allowed)}"))
    actor, area = record["actor"], record["area_id"]
    if actor and actor not in theater.actors.index:
        near = get_close_matches(actor.casefold(), list(theater.actors.index), n=1, cutoff=0.5)
        hint = f"; nearest: {near[0]}" if near else ""
        found.append(("actor", f"is no actor of the theater{hint}"))
    if area and area not in theater.areas:
        near = get_close_matches(area, list(theater.areas), n=1)
        hint = f"; nearest: {near[0]}" if near else ""
        found.append(("area_id", f"is no area of admin1.geojson or areas.geojson{hint}"))
    days = {}
    for column in ("event_date", "reported_on"):
        if record[column]:
            days[column] = parse_date(record[column])
            if days[column] is None:
                found.append((column, "is no date; YYYY-MM-DD, 1900 to 2100, would do"))
    happened, told = days.get("event_date"), days.get("reported_on")
    if happened and told and happened > told:
        found.append(("event_date", "lies after reported_on"))
    return found


def _as_claims(frame: pd.DataFrame, theater: Theater) -> pd.DataFrame:
    """Area rows in the columns and types of the claims frame."""
    middles = [theater.areas[area].representative_point() for area in frame["area_id"]]
    made = frame.assign(
        place=frame["area"],
        place_id=AREA_PREFIX + frame["area_id"].astype(str),
        lat=np.array([point.y for point in middles], dtype=float),
        lon=np.array([point.x for point in middles], dtype=float),
        date_precision="day",
        place_note=frame["area"],
        against="",
    )
    key = list(AREA_COLUMNS[1:-1])
    hashes = [
        "a-" + hashlib.sha256("\x1f".join(map(str, row)).encode()).hexdigest()[:12]
        for row in frame[key].itertuples(index=False, name=None)
    ]
    made["claim_id"] = [
        own or made_up for own, made_up in zip(made["claim_id"], hashes, strict=True)
    ]
    for column in ("event_date", "reported_on"):
        days = [np.datetime64(text or "NaT", "s") for text in made[column]]
        made[column] = np.array(days, dtype="datetime64[s]")
    return made[list(CLAIM_COLUMNS)]
