"""
Why a place has its color: the claims that decide, and what the map would be without each.

In come the claims and a place, out goes an :class:`Explanation`. Where claims speak of the place,
each of its deciding claims is left out in turn; where none does, each of the places that count most
at it is. The rest of the map is built again each time, so the effect is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriamap.claims import claims_until
from syriamap.control import control_from_claims
from syriamap.errors import EvaluateError
from syriamap.evidence import votes_from_claims
from syriamap.territory import field_on, influence_on, tessellation_of
from syriamap.territory.graph import cell_areas

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.territory import Field, Tessellation
    from syriamap.theater import Theater

__all__ = ["EFFECT_COLUMNS", "Explanation", "explain_place", "explanation_text"]

EFFECT_COLUMNS = (
    "place_id", "place", "claim_id", "event_date", "actor", "relation", "against", "certainty",
    "publisher", "weight", "reasons", "influence", "without_leaning", "without_status",
    "without_confidence", "changed_km2",
)  # fmt: skip
"""
Columns of an explanation's claims. `weight` is what the claim is worth, `influence` how much its
place counts here (1 at the place itself); `without_…` is the state of the explained place without
the claim, or without all claims of its place where that is another one; `changed_km2` is how much
land would change holder or status.
"""

_MOST_CLAIMS = 8
_MOST_PLACES = 4


@dataclass(frozen=True)
class Explanation:
    """
    Why a place has its color.

    Attributes
    ----------
    place_id, name
        The place.
    claimed
        Whether claims speak of it; else its state is inferred.
    status, leaning, confidence, doubt
        Its state, as in the states frame.
    reasons
        Reason codes.
    claims
        The deciding claims, :data:`EFFECT_COLUMNS`, those that count most first.
    """

    place_id: str
    name: str
    claimed: bool
    status: str
    leaning: str
    confidence: float
    doubt: str
    reasons: tuple[str, ...]
    claims: pd.DataFrame


class _Rebuilder:
    """Builds the map of one day again and again on one tessellation."""

    def __init__(
        self, claims: pd.DataFrame, theater: Theater, day: date, known_by: date | None
    ) -> None:
        self.theater, self.day = theater, day
        self.claims = claims_until(claims, day, known_by=known_by)
        self.control = control_from_claims(self.claims, theater, day)
        places = theater.places
        own = self.control[~self.control["place_id"].isin(places.index)]
        self.points = (*map(str, places.index), *map(str, own["place_id"]))
        lat = np.concatenate([places["lat"].to_numpy(float), own["lat"].to_numpy(float)])
        lon = np.concatenate([places["lon"].to_numpy(float), own["lon"].to_numpy(float)])
        self.mesh: Tessellation = tessellation_of(lat, lon, theater)
        self.field = self.field_of(self.control)
        self.areas: NDArray[np.float64] = cell_areas(self.mesh)

    def field_of(self, control: pd.DataFrame) -> Field:
        return field_on(self.mesh, self.points, control, self.theater)

    def without_claim(self, claim_id: str) -> Field:
        """Field without one claim: the control of its own place and of those around can change."""
        kept = self.claims[self.claims["claim_id"] != claim_id]
        return self.field_of(control_from_claims(kept, self.theater, self.day))

    def without_place(self, place_id: str) -> Field:
        """Field without all claims of a place."""
        return self.field_of(self.control[self.control["place_id"] != place_id])

    def state(self, field: Field, node: int) -> tuple[str, str, float]:
        leaning = int(field.leaning[node])
        actor = field.actors[leaning] if leaning >= 0 else ""
        return actor, str(field.status[node]), round(float(field.confidence[node]), 4)

    def changed_km2(self, field: Field) -> float:
        """Land whose holder or status differs from the full map's, by the area of cells."""
        now, then = (
            np.char.add(np.array([*one.actors, ""])[one.leaning].astype(str), one.status)
            for one in (self.field, field)
        )
        return round(float(self.areas[now != then].sum()), 1)


def explain_place(
    place_id: str,
    claims: pd.DataFrame,
    theater: Theater,
    day: date,
    *,
    known_by: date | None = None,
) -> Explanation:
    """
    Explain the state of a place on a day.

    Parameters
    ----------
    place_id
        A place of the theater, or an own point of a claim.
    claims
        The claims frame.
    theater
        The theater.
    day, known_by
        As for :func:`syriamap.control.control_from_claims`.

    Raises
    ------
    EvaluateError
        No such place.
    """
    again = _Rebuilder(claims, theater, day, known_by)
    if place_id not in again.points:
        raise EvaluateError(f"no place {place_id!r} in this theater or among its claims")
    node = int(again.mesh.node_of_point[again.points.index(place_id)])
    control = again.field.control.set_index("place_id")
    claimed = place_id in control.index
    if claimed:
        rows = _rows_of(again, place_id, place_id, node, 1.0)
    else:
        weights = influence_on(node, again.mesh, again.points, again.control, theater)
        rows = []
        for row in np.argsort(-weights, kind="stable")[:_MOST_PLACES].tolist():
            if weights[row] > 0.005:
                other = str(again.control["place_id"].iloc[row])
                rows += _rows_of(again, other, place_id, node, round(float(weights[row]), 4))
    leaning, status, confidence = again.state(again.field, node)
    reasons: tuple[str, ...] = ("inferred",)
    if claimed:
        own = control.loc[place_id].to_dict()
        leaning, status = str(own["leaning"]), str(own["status"])
        confidence, reasons = float(own["confidence"]), tuple(own["reasons"])
    names = theater.places["name"]
    name = str(control.loc[place_id, "name"]) if claimed else str(names[place_id])
    return Explanation(
        place_id, name, claimed, status, leaning, confidence, str(again.field.doubt[node]),
        reasons, pd.DataFrame(rows, columns=list(EFFECT_COLUMNS)),
    )  # fmt: skip


def _rows_of(
    again: _Rebuilder, place_id: str, asked: str, node: int, influence: float
) -> list[dict[str, object]]:
    """Deciding claims of a place, the weightiest first, and the effect of each at a node."""
    control = again.control.set_index("place_id")
    own = control.loc[place_id]
    deciding = [str(one) for one in tuple(own["claim_ids"])[:_MOST_CLAIMS]]
    usable = again.claims[again.claims["claim_id"].isin(deciding)]
    vote = {one.claim_id: one for one in votes_from_claims(usable, again.theater)}
    table = usable.set_index("claim_id")
    shared = None if place_id == asked else again.without_place(place_id)
    rows: list[dict[str, object]] = []
    for claim_id in deciding:
        one = table.loc[claim_id]
        field = shared or again.without_claim(claim_id)
        leaning, status, confidence = again.state(field, node)
        rows.append(
            {
                "place_id": str(one["place_id"]), "place": str(one["place"]),
                "claim_id": claim_id, "event_date": str(one["event_date"].date()),
                "actor": one["actor"], "relation": one["relation"], "against": one["against"],
                "certainty": one["certainty"], "publisher": one["publisher"],
                "weight": round(vote[claim_id].weight, 4),
                "reasons": ";".join(vote[claim_id].reasons), "influence": influence,
                "without_leaning": leaning, "without_status": status,
                "without_confidence": confidence, "changed_km2": again.changed_km2(field),
            }
        )  # fmt: skip
    return rows


def explanation_text(found: Explanation, day: date) -> str:
    """Write an explanation in words, two lines for each claim."""
    why = f" ({found.doubt})" if found.doubt else ""
    where = f"{found.name} ({found.place_id}) on {day.isoformat()}"
    state = f"{found.status}{why}, leaning {found.leaning or 'nobody'}"
    lines = [
        f"{where}: {state}, confidence {found.confidence:.2f}",
        f"reasons: {', '.join(found.reasons)}",
    ]
    for row in found.claims.to_dict("records"):
        said = f"{row['actor']} {row['relation']} {row['place']}"
        lines.append(
            f"  {row['event_date']} {row['publisher']}: {said} [{row['certainty']}, weight "
            f"{row['weight']:.2f}, influence {row['influence']:.2f}; {row['reasons']}]"
        )
        lines.append(
            f"      without it: {row['without_status']}, {row['without_leaning'] or 'nobody'}, "
            f"confidence {row['without_confidence']:.2f}; {row['changed_km2']:,.0f} km² change"
        )
    return "\n".join(lines)
