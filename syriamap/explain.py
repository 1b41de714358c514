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
from syriamap.control import control_from_claims, control_without_each
from syriamap.errors import EvaluateError
from syriamap.evidence import votes_from_claims
from syriamap.territory import (
    Change,
    Inferred,
    changed_fields,
    field_on,
    inferred_on,
    influence_on,
    tessellation_of,
)
from syriamap.territory.field import empty_field
from syriamap.territory.graph import cell_areas

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.territory import Field, Tessellation
    from syriamap.territory.field import Claimed
    from syriamap.theater import Theater

__all__ = [
    "EFFECT_COLUMNS",
    "LEFT_OUT_COLUMNS",
    "Explanation",
    "claim_effects",
    "explain_place",
    "explanation_text",
]

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

LEFT_OUT_COLUMNS = ("place_id", "claim_id", "leaning", "status", "changed_km2")
"""
Columns of :func:`claim_effects`: the place, the claim that is left out, who would lead there in
which status, and how much land would change holder or status.
"""

_MOST_CLAIMS = 8
_MOST_PLACES = 4
_SPREADING = ("place_id", "actor", "status", "confidence", "leaning", "shares", "age_days",
              "origins")  # fmt: skip


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


class _Map:
    """The map of one day, to be changed again and again on one tessellation."""

    def __init__(
        self,
        claims: pd.DataFrame,
        theater: Theater,
        day: date,
        known_by: date | None,
        according_to: str,
    ) -> None:
        self.theater, self.day, self.according_to = theater, day, according_to
        self.claims = claims_until(claims, day, known_by=known_by)
        self.control = self.control_of(self.claims)
        places = theater.places
        own = self.control[places.index.get_indexer(pd.Index(self.control["place_id"])) < 0]
        self.points = (*map(str, places.index), *map(str, own["place_id"]))
        lat = np.concatenate([places["lat"].to_numpy(float), own["lat"].to_numpy(float)])
        lon = np.concatenate([places["lon"].to_numpy(float), own["lon"].to_numpy(float)])
        self.mesh: Tessellation = tessellation_of(lat, lon, theater)
        self.inferred = inferred_on(self.mesh, self.points, self.control, theater)
        self.field = self._field(self.inferred)
        self.areas: NDArray[np.float64] = cell_areas(self.mesh)
        self._now = _who(self.field)
        self._known: dict[str, Field] = {}

    def control_of(self, claims: pd.DataFrame) -> pd.DataFrame:
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
        return self.of_control(self.control_of(self.claims[self.claims["claim_id"] != claim_id]))

    def without_place(self, place_id: str) -> Field:
        """Field without all claims of a place."""
        return self.of_control(self.control[self.control["place_id"] != place_id])

    def node_of(self, place_id: str) -> int:
        return int(self.mesh.node_of_point[self.points.index(place_id)])

    def state(self, field: Field, node: int) -> tuple[str, str, float]:
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


def explain_place(
    place_id: str,
    claims: pd.DataFrame,
    theater: Theater,
    day: date,
    *,
    known_by: date | None = None,
    according_to: str = "",
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
    day, known_by, according_to
        As for :func:`syriamap.control.control_from_claims`.

    Raises
    ------
    EvaluateError
        No such place.
    """
    again = _Map(claims, theater, day, known_by, according_to)
    if place_id not in again.points:
        raise EvaluateError(f"no place {place_id!r} in this theater or among its claims")
    node = again.node_of(place_id)
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
    again: _Map, place_id: str, asked: str, node: int, influence: float
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


def claim_effects(
    claims: pd.DataFrame,
    theater: Theater,
    day: date,
    *,
    known_by: date | None = None,
    according_to: str = "",
    most: int = 1,
) -> pd.DataFrame:
    """
    What the map would be without the weightiest claims of each place, for all places at once.

    The fields are those of :func:`~syriamap.territory.changed_fields`: both smoothers are updated
    exactly, while the spacing of the evidence, the trust in other places and the calibration stay
    those of the full map. :func:`explain_place` infers anew.

    Parameters
    ----------
    claims, theater, day, known_by, according_to
        As for :func:`syriamap.control.control_from_claims`.
    most
        How many claims of each place, the weightiest first.

    Returns
    -------
    pandas.DataFrame
        :data:`LEFT_OUT_COLUMNS`, one row per place and claim, in the order of the control frame.
    """
    base = _Map(claims, theater, day, known_by, according_to)
    rows: list[tuple[int, int, str, str, str, str, float]] = []
    if not isinstance(base.inferred, Inferred):
        return pd.DataFrame(columns=list(LEFT_OUT_COLUMNS))
    own = dict(zip(base.control["place_id"], base.control["claim_ids"], strict=True))
    for rank in range(most):
        left_out = {place: ids[rank] for place, ids in own.items() if len(ids) > rank}
        new = control_without_each(base.claims, theater, day, left_out, according_to=according_to)
        row_of = {place: row for row, place in enumerate(new["place_id"])}
        changes = [
            Change(place, new.iloc[[row_of[place]]] if place in row_of else new.iloc[:0])
            for place in left_out
        ]
        fields = changed_fields(base.inferred, changes)
        for number, (change, field) in enumerate(zip(changes, fields, strict=True)):
            claim_id = left_out[change.place_id]
            after = field or base.without_claim(claim_id)
            leaning, status, _ = base.state(after, base.node_of(change.place_id))
            rows.append(
                (number, rank, change.place_id, claim_id, leaning, status, base.changed_km2(after))
            )
    table = pd.DataFrame(sorted(rows), columns=["number", "rank", *LEFT_OUT_COLUMNS])
    return table[list(LEFT_OUT_COLUMNS)]


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
