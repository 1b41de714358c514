"""
What each claim is worth, and what it says about who holds its place.

In comes the claims frame with the theater's grades of publishers and speakers, out goes the same
claims as *votes*: which actor the claim speaks for, how strongly, from which independent origin.
:mod:`syriamap.control.claimed` combines the votes of a place. The numbers are written down, with
their reasons, in ``docs/control.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.claims.reader import dates_settled
from syriamap.claims.speakers import GRADE_WEIGHT, Speakers
from syriamap.control.control_settings import CONTROL

if TYPE_CHECKING:
    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = [
    "AREA_PREFIX",
    "AREA_REASON",
    "CERTAINTY_WEIGHT",
    "NOBODY",
    "RELATION_EFFECT",
    "Vote",
    "interest_factor",
    "votes_from_claims",
    "weight_of",
]

AREA_PREFIX = "area:"
"""The place of a vote that begins so is an area, to be handed to the places inside."""

AREA_REASON = "area_claim"
"""Reason code of a vote that was handed to a place by a claim about an area."""

NOBODY = ""
"""Stands for *no known holder* where a holder is expected."""

CERTAINTY_WEIGHT = {
    "asserted": CONTROL.asserted,
    "claimed": CONTROL.claimed,
    "unconfirmed": CONTROL.unconfirmed,
    "denied": CONTROL.denied,
}
"""How much of a source's reliability a statement of this certainty carries."""

RELATION_EFFECT = {
    "controls": "state",
    "captured": "change",
    "lost": "change",
    "withdrew": "change",
    "contested": "fight",
    "entered": "fight",
    "besieged": "siege",
    "advanced_toward": "event",
    "struck": "event",
}
"""What kind of statement each relation makes about a place; events say nothing on control."""

_READ = (
    "claim_id", "place_id", "area_id", "relation", "actor", "against", "certainty", "asserted_by",
    "publisher",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vote:
    """
    What one claim says about its place.

    Attributes
    ----------
    claim_id, place_id, day
        Which claim, where, when (days since 1970-01-01).
    effect
        `state`, `change`, `fight`, `siege` or `denial`.
    actor
        Who holds or has taken the place, or fights or besieges there; :data:`NOBODY` when the
        claim only says who left.
    rival
        Who lost it, is fought or besieged; :data:`NOBODY` when not said.
    weight
        Probability, 0 to 1, that the statement alone is true.
    origin
        Sources of one origin count once.
    reasons
        Reason codes: the relation, certainty and interest behind the weight.
    """

    claim_id: str
    place_id: str
    day: int
    effect: str
    actor: str
    rival: str
    weight: float
    origin: str
    reasons: tuple[str, ...]

    @property
    def of_area(self) -> bool:
        """Whether the claim speaks of a whole area, not of the place itself."""
        return AREA_REASON in self.reasons


def interest_factor(speaker_side: str, winner_side: str, loser_side: str) -> float:
    """
    How far a speaker's interest raises or lowers the worth of a statement.

    A statement in the speaker's own interest (own side wins) weighs less, one against it (own
    side loses) weighs more, as Wikipedia's rule for its war maps has it ("known non-neutral
    source: only edits unfavourable to the side it prefers").

    >>> interest_factor("government", "opposition", "government") > 1
    True
    """
    if not speaker_side:
        return 1.0
    if speaker_side == winner_side:
        return CONTROL.own_interest
    return CONTROL.against_interest if speaker_side == loser_side else 1.0


def weight_of(certainty: str, grade: str, factor: float = 1.0) -> float:
    """
    Worth of one statement: grade times certainty times interest, at most 0.97.

    >>> round(weight_of("asserted", "B"), 3), round(weight_of("claimed", "B", 0.75), 3)
    (0.93, 0.558)
    """
    worth = GRADE_WEIGHT.get(grade, GRADE_WEIGHT["F"]) * CERTAINTY_WEIGHT[certainty] * factor
    return min(worth, CONTROL.highest)


def votes_from_claims(
    claims: pd.DataFrame, theater: Theater, *, according_to: str = ""
) -> list[Vote]:
    """
    Turn claims into votes.

    Parameters
    ----------
    claims
        Claims that count for the date (see :func:`syriamap.claims.reader.claims_until`).
    theater
        Gives grades, sides and origins of publishers and speakers.
    according_to
        A side: its own claims count as it makes them, those of other sides not at all, those of
        neutral sources half.

    Returns
    -------
    list of Vote
        Events (strikes, advances) give none. Sorted, so that the order of rows does not matter.
    """
    speakers = Speakers(theater)
    days = dates_settled(claims).to_numpy().astype("datetime64[D]").astype(int).tolist()
    votes = []
    for row in zip(*(claims[column].tolist() for column in _READ), days, strict=True):
        claim_id, place, area, relation, actor, against, certainty, asserter, publisher, day = row
        effect = RELATION_EFFECT[relation]
        if effect == "event":
            continue
        side, origin, grade = speakers.about(asserter, publisher)
        winner, loser = _winner_and_loser(relation, actor, against, certainty)
        factor = interest_factor(side, theater.side_of(winner), theater.side_of(loser))
        share = _told_share(according_to, side)
        if share == 0.0:
            continue
        weight = weight_of(certainty, grade, 1.0 if side and side == according_to else factor)
        reasons: tuple[str, ...] = (f"denied_{relation}" if certainty == "denied" else relation,)
        reasons += ("against_interest",) if factor > 1 else ()
        reasons += ("own_interest",) if factor < 1 else ()
        kind = "denial" if certainty == "denied" else effect
        about, worth = place or AREA_PREFIX + area, weight * share
        votes.append(Vote(claim_id, about, day, kind, winner, loser, worth, origin, reasons))
    return sorted(votes, key=lambda vote: (vote.place_id, vote.day, vote.claim_id))


def _told_share(according_to: str, side: str) -> float:
    """How much of a claim counts on the map of one side: its own all, neutral ones half."""
    if not according_to or side == according_to:
        return 1.0
    return CONTROL.neutral_share if not side else 0.0


def _winner_and_loser(relation: str, actor: str, against: str, certainty: str) -> tuple[str, str]:
    """Who holds the place and who does not if the statement, or its denial, is true."""
    winner, loser = (against, actor) if relation in {"lost", "withdrew"} else (actor, against)
    return (loser, winner) if certainty == "denied" else (winner, loser)
