"""
The inferred state of every place, claimed or not: what the dots on the map show.

In come the field and the control frame, out goes one row per place of the theater and per own
point of a claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from syriamap.theater.drawn_areas import DRAWN_POINT

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    own = known[theater.places.index.get_indexer(known.index) < 0][["name", "lat", "lon"]]
    key = ("listed", id(theater), tuple(own.itertuples(name=None)))
    listed = field.tessellation.memory.of(key, lambda: _listed(own, theater))
    row = listed.ids.get_indexer(known.index)
    inferred = {
        "leaning": names[field.leaning[nodes]],
        "status": field.status[nodes].astype(object),
        "confidence": field.confidence[nodes].round(4),
    }
    for column, values in inferred.items():
        values[row] = known[column].to_numpy()
    held = (inferred["status"] == "held") | (inferred["status"] == "besieged")
    count = len(listed.ids)
    evidence = np.zeros(count, dtype=bool)
    since = np.full(count, np.datetime64("NaT", "s"))
    evidence[row], since[row] = True, known["since"].to_numpy().astype("datetime64[s]")
    said = {
        **inferred,
        "doubt": field.doubt[nodes].astype(object),
        "evidence": evidence,
        "since": since,
        "actor": np.where(held, inferred["leaning"], ""),
    }
    shown = {name: values[listed.shown] for name, values in said.items()}
    return listed.frame.assign(**shown)[list(STATE_COLUMNS)]


class _Listed(NamedTuple):
    """Places and own points: ids of all, which of them are shown, what is said of these alone."""

    ids: pd.Index
    shown: NDArray[np.bool_]
    frame: pd.DataFrame
    theater: Theater


def _listed(own: pd.DataFrame, theater: Theater) -> _Listed:
    """Give what no day changes of the places of a theater and of points that claims brought."""
    places = theater.places[["name", "name_ar", "kind", "lat", "lon", "population"]]
    own = own.assign(name_ar="", kind="point", population=np.nan)
    frame = pd.concat([places, own[list(places.columns)]]) if len(own) else places.copy()
    frame.index.name = "place_id"
    frame = frame.reset_index()
    shown = ~frame["place_id"].str.startswith(DRAWN_POINT).to_numpy(dtype=bool)  # land: no places
    ids = pd.Index(frame["place_id"])
    return _Listed(ids, shown, frame.loc[shown].reset_index(drop=True), theater)
