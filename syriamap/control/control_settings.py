"""Settings of control: what a claim is worth; those of the engine stand with it."""

from __future__ import annotations

from dataclasses import dataclass

from syriamap.claims.speakers import GRADE_WEIGHT
from syriamap.theater.settings import setting

__all__ = ["CONTROL", "ControlSettings"]

_JUDGED = "judgment"
_GRADE = "probability"


@dataclass(frozen=True)
class ControlSettings:
    """What a claim is worth, and which events are drawn: the rows say what each does."""

    grade_a: float = setting(GRADE_WEIGHT["A"], _GRADE, "a firm statement of grade A", _JUDGED)
    grade_b: float = setting(GRADE_WEIGHT["B"], _GRADE, "of grade B", _JUDGED)
    grade_c: float = setting(GRADE_WEIGHT["C"], _GRADE, "of grade C", _JUDGED)
    grade_d: float = setting(GRADE_WEIGHT["D"], _GRADE, "of grade D", _JUDGED)
    grade_e: float = setting(GRADE_WEIGHT["E"], _GRADE, "of grade E", _JUDGED)
    grade_f: float = setting(
        GRADE_WEIGHT["F"], _GRADE, "of grade F", "cannot be judged is not bad: between D and E"
    )
    asserted: float = setting(1.0, "factor", "of a statement that is asserted", _JUDGED)
    claimed: float = setting(0.8, "factor", "of one that is claimed", _JUDGED)
    unconfirmed: float = setting(0.45, "factor", "of one that is unconfirmed", _JUDGED)
    denied: float = setting(0.5, "factor", "of a denial", _JUDGED)
    own_interest: float = setting(
        0.85, "factor", "of a statement in the speaker's own interest", "Wikipedia's rule for maps"
    )
    against_interest: float = setting(
        1.15, "factor", "of a statement against it", "Wikipedia's rule for maps"
    )
    highest: float = setting(0.97, "probability", "most that a statement is worth", _JUDGED)
    neutral_share: float = setting(
        0.5, "share", "of neutral sources' claims on the map of one side", _JUDGED
    )
    retold_share: float = setting(
        0.8, "share", "of a claim about an area that a place with an older report hears", _JUDGED
    )
    other_share: float = setting(
        0.25, "share", "of who holds it that a place last reported of another side hears", _JUDGED
    )
    alone_share: float = setting(
        0.5, "share", "of it that a city or town hears which no claim has named", _JUDGED
    )
    overlooked_km: float = setting(
        40.0, "km", "so near a town that it passes over, it passes over older reports too", _JUDGED
    )
    event_days: int = setting(3, "days", "whose strikes and advances are drawn", _JUDGED)


CONTROL = ControlSettings()
"""The settings in use."""
