"""
The map of one day as something to take claims from: what it would be without them.

In come the claims of a day, out go fields, the one of all claims and those of fewer, for
:mod:`syriamap.explain.explanation` to compare.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.claimed import control_of_question
from syriamap.territory import (
    Ground,
    Inferred,
    field_from_control,
    ground_of,
    inferred_on,
    marked_control,
    reviewed_control,
    surroundings_of,
)
from syriamap.territory.inference.field import empty_field
from syriamap.territory.inference.inference_settings import settings_of
from syriamap.territory.inference.labels import claimed_on
from syriamap.territory.inference.network import network_of
from syriamap.territory.mesh.graph import cell_areas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from syriamap.claims.question import Question
    from syriamap.territory import Field
    from syriamap.territory.inference.labels import Claimed

__all__ = ["MapOfClaims"]

_SPREADING = (
    "place_id", "actor", "status", "confidence", "leaning", "shares", "age_days", "origins",
)  # fmt: skip


class MapOfClaims:
    """
    The map of one day, to be changed again and again on one tessellation.

    Parameters
    ----------
    question
        Theater, claims, cut-off and story.
    day
        The day of the map.

    Attributes
    ----------
    said
        What each place's own claims add up to.
    control
        The same held against its surroundings: what is drawn.
    """

    def __init__(self, question: Question, day: date) -> None:
        self.question, self.theater, self.day = question, question.theater, day
        self.claims = question.claims_heard()
        self.said = self.said_of(self.claims)
        self.ground: Ground = ground_of(self.said, self.theater)
        self._net = network_of(self.ground.mesh, settings_of(self.theater))
        self._around = surroundings_of(
            self._net, *claimed_on(self.ground, self.said, self.theater, self._net.knobs)
        )
        self.control = marked_control(self.said, self._around, self.theater)
        self.inferred = inferred_on(self.ground, self.control, self.theater)
        self.field = self._field(self.inferred)
        self.areas: NDArray[np.float64] = cell_areas(self.ground.mesh)
        self._now = _who(self.field)
        self._known: dict[str, Field] = {}
        self._without: dict[str, Field] = {}

    def said_of(self, claims: pd.DataFrame) -> pd.DataFrame:
        """What some of the day's claims add up to at each place."""
        said = control_of_question(replace(self.question, claims=claims), self.day)
        if not hasattr(self, "ground"):
            return said
        # a place of which nothing is known on the full map has no node on it
        return said[said["place_id"].isin(self.ground.points)].reset_index(drop=True)

    def _field(self, inferred: Inferred | Claimed) -> Field:
        if isinstance(inferred, Inferred):
            return inferred.field()
        return empty_field(self.ground.mesh, inferred, self._net.knobs)

    def marked(self, place_ids: Sequence[str], rows: pd.DataFrame) -> pd.DataFrame:
        """Other rows of control of some places, held against what is around each of these."""
        if self._around is None:
            return marked_control(rows, None, self.theater)
        number = {str(place): row for row, place in enumerate(self.said["place_id"])}
        around = self._around.rows([number[place] for place in place_ids])
        return marked_control(rows, around, self.theater)

    def of_said(self, said: pd.DataFrame) -> Field:
        """Field of other claims; the same one again where what they add up to is the same."""
        if said[list(_SPREADING)].equals(self.said[list(_SPREADING)]):
            return self.field
        key = said[list(_SPREADING)].to_json()
        if key not in self._known:
            control = reviewed_control(said, self.theater, ground=self.ground)
            self._known[key] = field_from_control(control, self.theater, ground=self.ground)
        return self._known[key]

    def without_claim(self, claim_id: str) -> Field:
        """Field without one claim, inferred anew."""
        if claim_id not in self._without:
            kept = self.claims[self.claims["claim_id"] != claim_id]
            self._without[claim_id] = self.of_said(self.said_of(kept))
        return self._without[claim_id]

    def without_place(self, place_id: str) -> Field:
        """Field without all claims of a place."""
        return self.of_said(self.said[self.said["place_id"] != place_id])

    def node_of(self, place_id: str) -> int:
        """Node of a place or own point."""
        return int(self.ground.nodes_of([place_id])[0])

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
