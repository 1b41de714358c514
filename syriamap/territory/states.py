"""
The inferred state of every place, claimed or not: what the dots on the map show.

In come the field and the control frame, out goes one row per place of the theater and per own
point of a claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.theater.drawn_areas import DRAWN_POINT

if TYPE_CHECKING:
    from syriamap.territory.inference.field import Field
    from syriamap.theater.folder import Theater

__all__ = ["STATE_COLUMNS", "states_from_field"]

STATE_COLUMNS = (
    "place_id", "name", "name_ar", "kind", "lat", "lon", "population", "actor", "leaning",
    "status", "confidence", "since", "evidence", "doubt",
)  # fmt: skip
"""Columns of the states frame."""


def states_from_field(field: Field, theater: Theater) -> pd.DataFrame:
    """
    State of every place.

    Parameters
    ----------
    field
        What is inferred at every node; where its control speaks of a place, that decides.
    theater
        Gives the places.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`STATE_COLUMNS`, in the order of ``places.csv``, then own points of claims.
        `doubt` is why a place is contested or undetermined
        (:data:`~syriamap.territory.inference.field.DOUBTS`).
        `evidence` tells places that claims speak of from inferred ones; `since` is NaT for these.
    """
    nodes = field.tessellation.node_of_point
    names = np.array([*field.actors, ""], dtype=object)
    known = field.control.set_index("place_id")
    places = theater.places[["name", "name_ar", "kind", "lat", "lon", "population"]]
    own = known[places.index.get_indexer(known.index) < 0][["name", "lat", "lon"]]
    own = own.assign(name_ar="", kind="point", population=np.nan)
    frame = pd.concat([places, own[list(places.columns)]]) if len(own) else places.copy()
    frame.index.name = "place_id"
    frame = frame.reset_index()
    row = pd.Index(frame["place_id"]).get_indexer(known.index)
    inferred = {
        "leaning": names[field.leaning[nodes]],
        "status": field.status[nodes].astype(object),
        "confidence": field.confidence[nodes].round(4),
    }
    for column, values in inferred.items():
        values[row] = known[column].to_numpy()
    held = (inferred["status"] == "held") | (inferred["status"] == "besieged")
    evidence = np.zeros(len(frame), dtype=bool)
    since = np.full(len(frame), np.datetime64("NaT", "s"))
    evidence[row], since[row] = True, known["since"].to_numpy().astype("datetime64[s]")
    frame = frame.assign(
        **inferred,
        doubt=field.doubt[nodes].astype(object),
        evidence=evidence,
        since=since,
        actor=np.where(held, inferred["leaning"], ""),
    )
    land = frame["place_id"].str.startswith(DRAWN_POINT)  # no place for readers
    return frame.loc[~land, list(STATE_COLUMNS)].reset_index(drop=True)
