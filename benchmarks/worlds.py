"""
Made-up wars, of which the truth is known on every day.

Three hundred of the theater's places lie on either side of a line that winds across a country for
1,520 days. It stands still for years; there are local offensives, an area that is handed over in
a day, a collapse in the last weeks, and the end of one actor. Claims tell of it as news does: few
of still times, several of a capture, some early, some late, some wrong, as often as their
publisher's grade says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.theater.folder import Theater

PLACES = 300
DAYS = 1_520
COLLAPSE = 1_495
GONE = "government"
THERE = "hts"
_TRUE = {"B": 0.93, "C": 0.85, "D": 0.7}
_TOWARD = np.array([1.0, -0.6]) / np.hypot(1.0, 0.6)
_ALONG = np.array([0.6, 1.0]) / np.hypot(0.6, 1.0)


@dataclass(frozen=True)
class World:
    """
    A made-up war.

    Attributes
    ----------
    places
        Ids.
    first
        The first day.
    held
        Whether the side that outlives the war holds each place at the end of each day, (D, P).
    claims
        The claims frame.
    days
        Kind of day → days of it, by number.
    """

    places: NDArray[Any]
    first: np.datetime64
    held: NDArray[np.bool_]
    claims: pd.DataFrame
    days: dict[str, list[int]]


def made_up_world(theater: Theater, seed: int) -> World:
    """A war on the theater's places; the government must end in it on 7 December 2024."""
    random = np.random.default_rng(seed)
    first = np.datetime64("2020-10-25")
    end = int((np.datetime64("2024-12-08") - first).astype(int))
    rows = theater.places
    inside = rows["lat"].between(34.3, 36.7) & rows["lon"].between(36.2, 38.6)
    places = random.choice(rows.index[inside].to_numpy(), PLACES, replace=False)
    held, days = _course(_xy(rows.loc[places]), end, random)
    claims = _claims(theater, (places, held, first), end, random)
    return World(places, first, held, claims, days)


def _xy(rows: pd.DataFrame) -> NDArray[np.float64]:
    xy = np.column_stack([rows["lat"] * 111.2, rows["lon"] * 111.2 * np.cos(np.radians(35.5))])
    return np.asarray(xy - xy.mean(axis=0))


def _course(
    xy: NDArray[np.float64], end: int, random: np.random.Generator
) -> tuple[NDArray[np.bool_], dict[str, list[int]]]:
    """Who holds what on each day, and which days are of which kind."""
    toward, along = xy @ _TOWARD, xy @ _ALONG
    pushes = [
        (
            int(random.integers(60, 1300)),
            random.uniform(along.min(), along.max()),
            int(random.integers(4, 11)),
            random.choice([-1.0, 1.0], p=[0.7, 0.3]) * random.uniform(2, 5),
        )
        for _ in range(5)
    ]
    handover = int(random.integers(300, 1200))
    middle = random.uniform(-60, 40), random.uniform(-60, 60)
    given = np.hypot(toward - middle[0], along - middle[1]) < 15
    front = 25.0 + 10.0 * np.sin(along / 25.0)
    held = np.zeros((DAYS, len(xy)), dtype=bool)
    for day in range(DAYS):
        for start, where, length, speed in pushes:
            if start <= day < start + length:
                front = front + speed * np.exp(-(((along - where) / 25.0) ** 2))
        if COLLAPSE <= day < COLLAPSE + 11:
            front = front - 9.0
        held[day] = (toward > front) | (given & (day >= handover))
    held[end:] = True
    days = {
        "offensive": [start + length // 2 for start, _, length, _ in pushes],
        "quiet": [250, 600, 900, 1250],
        "handover": [handover + 1, handover + 40],
        "collapse": [COLLAPSE + 2, COLLAPSE + 5, COLLAPSE + 8],
        "after the end": [end + 1, DAYS - 2],
    }
    return held, days


def _claims(
    theater: Theater,
    course: tuple[NDArray[Any], NDArray[np.bool_], np.datetime64],
    end: int,
    random: np.random.Generator,
) -> pd.DataFrame:
    """What is told: a survey, now and then a state, captures with their errors of date."""
    places, held, first = course
    graded = {
        name: str(row["reliability"])
        for name, row in sorted(theater.publisher_rows.items(), key=lambda item: str(item[0]))
        if not row.get("side") and row.get("reliability") in _TRUE
    }
    names = list(graded)
    rows: list[tuple[int, int, str, bool, bool]] = []
    for place in range(len(places)):
        own = held[:, place]
        told = np.flatnonzero(random.random(DAYS) < 0.0004).tolist()
        told += [0] if random.random() < 0.35 else []
        rows += [(place, day, "controls", bool(own[day]), False) for day in told]
        for day in (np.flatnonzero(own[1:] != own[:-1]) + 1).tolist():
            heard = random.random() < (0.05 if day >= end else 0.45)
            for _ in range(int(random.poisson(1.5)) if heard else 0):
                luck = random.random()
                shift = -int(random.integers(1, 4)) if luck < 0.15 else 0
                shift = int(random.integers(1, 3)) if luck > 0.9 else shift
                when = min(max(day + shift, 0), DAYS - 1)
                rows.append((place, when, "captured", bool(own[day]), random.random() < 0.7))
    found = []
    for place, day, relation, to_us, names_loser in rows:
        publisher = names[int(random.integers(len(names)))]
        winner = to_us == (random.random() < _TRUE[graded[publisher]])
        if day >= end and not winner:
            continue
        who, against = (THERE, GONE) if winner else (GONE, THERE)
        found.append((places[place], day, relation, who, against if names_loser else "", publisher))
    return _frame(found, theater, first)


def _frame(rows: list[tuple[Any, ...]], theater: Theater, first: np.datetime64) -> pd.DataFrame:
    columns = ["place_id", "day", "relation", "actor", "against", "publisher"]
    frame = pd.DataFrame(rows, columns=columns)
    days = (first + frame["day"].to_numpy().astype("timedelta64[D]")).astype("datetime64[s]")
    known = theater.places.loc[frame["place_id"]]
    constant = {
        "date_precision": "day", "place_note": "", "area_id": "", "asserted_by": "reporter",
        "certainty": "asserted", "source_title": "made up", "source_url": "", "archive_url": "",
        "note": "",
    }  # fmt: skip
    frame = frame.assign(
        claim_id=[f"w{row:05d}" for row in range(len(frame))],
        event_date=days, reported_on=days, place=known["name"].to_numpy(),
        lat=known["lat"].to_numpy(), lon=known["lon"].to_numpy(), **constant,
    )  # fmt: skip
    return frame.sort_values(["event_date", "claim_id"], ignore_index=True)
