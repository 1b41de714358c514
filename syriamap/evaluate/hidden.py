"""
How right the map is where it was told nothing: hide, rebuild, compare.

In come places whose holder is known (the control frame of a day, or any list of places and
actors), out comes a frame of scores, one row per kind of hiding: the map built without the hidden
places beside 1-nearest-neighbor (Thiessen polygons) from the same evidence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.control.claimed import control_of_question
from syriamap.errors import EvaluateError
from syriamap.evaluate.scores import SCORE_COLUMNS, Judged, scores_of
from syriamap.evaluate.truth import drawn_places, metric_points, near_front
from syriamap.jobs import ALONE, Crew
from syriamap.territory import (
    field_from_control,
    ground_of,
    reviewed_control,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.claims.question import Question
    from syriamap.territory import Field
    from syriamap.theater.folder import Theater

__all__ = [
    "control_of",
    "evaluate_hidden",
    "evaluate_map",
    "field_of",
    "field_on_points",
    "judged_map",
]

_CONFIDENCE = 0.85


def control_of(known: pd.DataFrame, actors: Sequence[str]) -> pd.DataFrame:
    """
    A control frame in which each known place is held, on one source's word.

    Parameters
    ----------
    known
        Rows with `place_id, lat, lon`.
    actors
        Who is said to hold each.
    """
    return pd.DataFrame(
        {
            "place_id": known["place_id"].to_numpy(),
            "name": known["place_id"].to_numpy(),
            "lat": known["lat"].to_numpy(float),
            "lon": known["lon"].to_numpy(float),
            "actor": np.asarray(actors, dtype=object),
            "status": "held",
            "confidence": _CONFIDENCE,
            "since": np.datetime64("NaT", "s"),
            "reasons": [("controls",)] * len(known),
            "claim_ids": [()] * len(known),
            "leaning": np.asarray(actors, dtype=object),
            "shares": [{actor: _CONFIDENCE} for actor in actors],
            "age_days": 0,
            "origins": 1,
        }
    )


def judged_map(
    known: pd.DataFrame,
    shown: NDArray[np.int64],
    hidden: NDArray[np.int64],
    theater: Theater,
    *,
    wrong: dict[int, str] | None = None,
) -> Judged:
    """
    Build the map from some known places and look up others on it.

    Parameters
    ----------
    known
        Of :func:`~syriamap.evaluate.truth.read_truth` or
        :func:`~syriamap.evaluate.truth.known_from_control`.
    shown, hidden
        Row numbers of the places that are evidence, and of those to judge.
    theater
        The theater.
    wrong
        Row number → another actor than the true one to be claimed there.
    """
    evidence = known.iloc[shown]
    told = [(wrong or {}).get(row, known["actor"].iloc[row]) for row in shown.tolist()]
    field = field_of(control_of(evidence, told), theater, cached=False)
    judged = _judged(field, known.iloc[hidden], np.array(told, dtype=object), evidence, theater)
    return replace(judged, confidence=judged.confidence / _CONFIDENCE)


def field_of(control: pd.DataFrame, theater: Theater, *, cached: bool = True) -> Field:
    """
    Field of what is said of places, once it was held against what is around each.

    Parameters
    ----------
    control
        As :func:`control_of` gives it.
    theater
        The theater.
    cached
        Whether to keep the cells on disk: evidence that is drawn at random comes but once.
    """
    ground = ground_of(control, theater, cached=cached)
    reviewed = reviewed_control(control, theater, ground=ground)
    return field_from_control(reviewed, theater, ground=ground)


def field_on_points(
    control: pd.DataFrame, places: pd.DataFrame, theater: Theater
) -> tuple[Judged, NDArray[np.object_]]:
    """
    What the map of a control frame says of some places, and the status of each.

    Parameters
    ----------
    control
        As :func:`~syriamap.territory.reviewed_control` leaves it.
    places
        Rows with `lat, lon`.
    theater
        The theater.
    """
    field = field_from_control(control, theater)
    told = control["leaning"].to_numpy(dtype=object)
    status = np.asarray(field.status[_nodes_of(field, places, theater)], dtype=object)
    return _judged(field, places, told, control, theater), status


def _judged(
    field: Field,
    places: pd.DataFrame,
    told: NDArray[np.object_],
    evidence: pd.DataFrame,
    theater: Theater,
) -> Judged:
    """What a field says of places, by the cells they lie in, and who holds the nearest evidence."""
    import shapely

    node = _nodes_of(field, places, theater)
    names = np.array([*field.actors, ""], dtype=object)
    tree = shapely.STRtree(metric_points(evidence, theater))
    nearest = tree.query_nearest(metric_points(places, theater), all_matches=False)[1]
    return Judged(
        leaning=names[field.leaning[node]],
        doubtful=field.status[node] == "contested",
        confidence=field.confidence[node],
        nearest=told[nearest],
    )


def _nodes_of(field: Field, places: pd.DataFrame, theater: Theater) -> NDArray[np.int64]:
    """Node in whose cell each place lies."""
    import shapely

    tree = shapely.STRtree(field.tessellation.points)
    found = tree.query_nearest(metric_points(places, theater), all_matches=False)[1]
    return np.asarray(found, dtype=np.int64)


def evaluate_hidden(
    known: pd.DataFrame,
    theater: Theater,
    fractions: Sequence[float],
    *,
    by: str = "random",
    seeds: int = 5,
    crew: Crew = ALONE,
) -> pd.DataFrame:
    """
    Hide a share of known places, rebuild, score.

    Parameters
    ----------
    known
        Places and their holders; the contested, without an actor, are never evidence.
    theater
        The theater.
    fractions
        Which shares to hide, each between 0 and 1.
    by
        How the rest, which is the evidence, is drawn: one of
        :data:`~syriamap.evaluate.truth.DRAWS`.
    seeds
        How many draws for each; there is but one of the most populous.
    crew
        Who scores them; the scores are the same.

    Returns
    -------
    pandas.DataFrame
        One row per draw: `how`, `seed` and :data:`~syriamap.evaluate.scores.SCORE_COLUMNS`.
    """
    open_to = (known["actor"] == "").to_numpy()
    known = pd.concat([known[~open_to], known[open_to]], ignore_index=True)
    held = known.iloc[: int((~open_to).sum())]
    draws = []
    for fraction in fractions:
        count = len(held) - round(fraction * len(held))
        if not 0 < count < len(held):
            raise EvaluateError(
                f"cannot hide {fraction:g} of {len(held)} known places: at least one must be "
                "hidden and one left"
            )
        draws += [(fraction, count, seed) for seed in range(1 if by == "populous" else seeds)]
    weight = float(len(theater.places))
    if crew.workers(len(draws), weight) > 1:
        rows = crew.each(_draws_there, (known, theater, by), draws, weight=weight)
    else:
        rows = _draws_there((known, theater, by), draws)
    return pd.DataFrame(rows, columns=["how", "seed", *SCORE_COLUMNS])


def _draws_there(
    asked: tuple[pd.DataFrame, Theater, str], draws: Sequence[tuple[float, int, int]]
) -> list[dict[str, object]]:
    """Scores of some draws: share hidden, places shown, seed."""
    known, theater, by = asked
    held = known[known["actor"] != ""]
    near = near_front(known, theater)
    truth = known["actor"].to_numpy(dtype=object)
    rows: list[dict[str, object]] = []
    for fraction, count, seed in draws:
        shown = drawn_places(held, theater, by, count, seed)
        hidden = np.setdiff1d(np.arange(len(known)), shown)
        judged = judged_map(known, shown, hidden, theater)
        how = f"hide {fraction:g}" if by == "random" else f"hide {fraction:g}, keep by {by}"
        rows.append({"how": how, "seed": seed, **scores_of(judged, truth[hidden], near[hidden])})
    return rows


def evaluate_map(known: pd.DataFrame, question: Question, day: date) -> pd.DataFrame:
    """
    Score the map that the claims give on a day against a list of places.

    Parameters
    ----------
    known
        Places and their holders, of :func:`~syriamap.evaluate.truth.read_truth`.
    question
        Theater, claims and cut-off.
    day
        Date of the map.

    Returns
    -------
    pandas.DataFrame
        One row, columns as of :func:`evaluate_hidden`.
    """
    if not (known["actor"] != "").any():
        raise EvaluateError(f"nothing to score on {day.isoformat()}: no place with an actor")
    theater, control = question.theater, control_of_question(question, day)
    if not len(control):
        raise EvaluateError(f"no claim counts on {day.isoformat()}: there is no map to score")
    field = field_of(control, theater)
    judged = _judged(field, known, control["leaning"].to_numpy(dtype=object), control, theater)
    scores = scores_of(judged, known["actor"].to_numpy(dtype=object), near_front(known, theater))
    row = {"how": f"map of {day.isoformat()}", "seed": 0, **scores}
    return pd.DataFrame([row], columns=["how", "seed", *SCORE_COLUMNS])
