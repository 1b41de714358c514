"""
The map of one day as something to take claims from: what it would be without them.

In come the claims of a day, out go fields, the one of all claims and those of fewer. Plumbing of
:mod:`syriamap.explain.explanation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.claims.reader import claims_until
from syriamap.control.claimed import control_from_claims
from syriamap.territory import Inferred, field_on, inferred_on, tessellation_of
from syriamap.territory.inference.field import empty_field
from syriamap.territory.mesh.graph import cell_areas

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.territory import Field, Tessellation
    from syriamap.territory.inference.field import Claimed
    from syriamap.theater.folder import Theater

__all__ = ["MapOfClaims"]

_SPREADING = ("place_id", "actor", "status", "confidence", "leaning", "shares", "age_days",
              "origins")  # fmt: skip


class MapOfClaims:
    """
    The map of one day, to be changed again and again on one tessellation.

    Parameters
    ----------
    claims, theater, day, known_by, according_to
        As for :func:`syriamap.control.claimed.control_from_claims`.
    """

    def __init__(
        self,
        claims: pd.DataFrame,
        theater: Theater,
        day: date,
        *,
        known_by: date | None = None,
        according_to: str = "",
    ) -> None:
        self.theater, self.day, self.according_to = theater, day, according_to
        self.claims = claims_until(claims, day, known_by=known_by)
        self.control = self.control_of(self.claims)
        places = theater.places
        own = self.control[places.index.get_indexer(pd.Index(self.control["place_id"])) < 0]
        self.points = (*theater.place_ids, *map(str, own["place_id"]))
        lat = np.concatenate([places["lat"].to_numpy(float), own["lat"].to_numpy(float)])
        lon = np.concatenate([places["lon"].to_numpy(float), own["lon"].to_numpy(float)])
        self.mesh: Tessellation = tessellation_of(lat, lon, theater)
        self.inferred = inferred_on(self.mesh, self.points, self.control, theater)
        self.field = self._field(self.inferred)
        self.areas: NDArray[np.float64] = cell_areas(self.mesh)
        self._now = _who(self.field)
        self._known: dict[str, Field] = {}
        self._without: dict[str, Field] = {}

    def control_of(self, claims: pd.DataFrame) -> pd.DataFrame:
        """Control of the day by some claims."""
        return control_from_claims(claims, self.theater, self.day, according_to=self.according_to)

    def _field(self, inferred: Inferred | Claimed) -> Field:
        return (
            inferred.field() if isinstance(inferred, Inferred) else empty_field(self.mesh, inferred)
        )

    def of_control(self, control: pd.DataFrame) -> Field:
        """Field of another control; the same one again where the control is the same."""
        if control[list(_SPREADING)].equals(self.control[list(_SPREADING)]):
            return self.field
        key = control[list(_SPREADING)].to_json()
        if key not in self._known:
            self._known[key] = field_on(self.mesh, self.points, control, self.theater)
        return self._known[key]

    def without_claim(self, claim_id: str) -> Field:
        """Field without one claim, inferred anew."""
        if claim_id not in self._without:
            kept = self.claims[self.claims["claim_id"] != claim_id]
            self._without[claim_id] = self.of_control(self.control_of(kept))
        return self._without[claim_id]

    def without_place(self, place_id: str) -> Field:
        """Field without all claims of a place."""
        return self.of_control(self.control[self.control["place_id"] != place_id])

    def node_of(self, place_id: str) -> int:
        """Node of a place or own point."""
        return int(self.mesh.node_of_point[self.points.index(place_id)])

    def state(self, field: Field, node: int) -> tuple[str, str, float]:
        """Leaning, status and confidence at a node."""
        leaning = int(field.leaning[node])
        actor = field.actors[leaning] if leaning >= 0 else ""
        return actor, str(field.status[node]), round(float(field.confidence[node]), 4)

    def changed_km2(self, field: Field) -> float:
        """Land whose holder or status differs from the full map's, by the area of cells."""
        return round(float(self.areas[self._now != _who(field)].sum()), 1)


def _who(field: Field) -> NDArray[np.str_]:
    """Leaning and status at every node in one word."""
    leaning = np.array([*field.actors, ""])[field.leaning]
    return np.char.add(np.char.add(leaning, " "), field.status)
