"""
What each claim is worth, and what it says about who holds its place.

In comes the claims frame with the theater's grades of publishers and speakers, out goes the same
claims as *votes*: which actor the claim speaks for, how strongly, from which independent origin.
:mod:`syriamap.control.timeline` makes of the votes of all days who held what. The numbers are
written down, with their reasons, in ``docs/control.md``.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from syriamap.claims.reader import dates_settled
from syriamap.claims.speakers import GRADE_WEIGHT, Speakers
from syriamap.control.control_settings import CONTROL

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = [
    "AREA_PREFIX",
    "AREA_REASON",
    "BY_DAY",
    "CERTAINTY_WEIGHT",
    "NOBODY",
    "RELATION_EFFECT",
    "Vote",
    "days_settled",
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

_SPOKEN = ("relation", "actor", "against", "certainty", "asserted_by", "publisher")
"""Columns that say what a vote is worth and for whom it is: few of many claims differ in them."""


class Vote(NamedTuple):
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


def days_settled(claims: pd.DataFrame) -> list[int]:
    """
    Day that each claim counts from, days since 1970-01-01.

    Parameters
    ----------
    claims
        The claims frame.
    """
    settled = dates_settled(claims).to_numpy().astype("datetime64[D]")
    days: list[int] = settled.astype(int).tolist()
    return days


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
    claims: pd.DataFrame,
    theater: Theater,
    *,
    according_to: str = "",
    crowd: Mapping[tuple[str, str], tuple[str, float]] | None = None,
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
    crowd
        Publisher, certainty → origin of such a claim, and the most that it weighs.

    Returns
    -------
    list of Vote
        Events (strikes, advances) give none. Sorted, so that the order of rows does not matter.
    """
    days = days_settled(claims)
    said = _Sayings(theater, according_to, crowd or {})
    by_place: dict[str, list[Vote]] = {}
    about = (claims[column].tolist() for column in ("claim_id", "place_id", "area_id"))
    what = zip(*(claims[column].tolist() for column in _SPOKEN), strict=True)
    for claim_id, place, area, day, told in zip(*about, days, what, strict=True):
        one = said[told]
        if one is None:
            continue
        where = place or AREA_PREFIX + area
        kind, winner, loser, worth, origin, reasons = one
        vote = Vote(claim_id, where, day, kind, winner, loser, worth, origin, reasons)
        if where in by_place:
            by_place[where].append(vote)
        else:
            by_place[where] = [vote]
    # each place by itself: its claims mostly stand in order, which is then soon told
    for own in by_place.values():
        own.sort(key=BY_DAY)
    return [vote for place in sorted(by_place) for vote in by_place[place]]


BY_DAY = attrgetter("day", "claim_id")
"""Order of the votes of a place."""


class _Said(NamedTuple):
    """What a vote has in common with those of other claims."""

    effect: str
    actor: str
    rival: str
    weight: float
    origin: str
    reasons: tuple[str, ...]


class _Sayings(dict[tuple[str, ...], "_Said | None"]):
    """
    What claims say that have the values of `_SPOKEN` in common; nothing where it is no control.

    It is worked out once for all of them, and is one object of theirs.

    Parameters
    ----------
    theater, according_to, crowd
        As for :func:`votes_from_claims`.
    """

    def __init__(
        self,
        theater: Theater,
        according_to: str,
        crowd: Mapping[tuple[str, str], tuple[str, float]],
    ) -> None:
        super().__init__()
        self._theater, self._side, self._crowd = theater, according_to, crowd
        self._speakers = Speakers(theater)

    def __missing__(self, told: tuple[str, ...]) -> _Said | None:
        self[told] = self._worked_out(told)
        return self[told]

    def _worked_out(self, told: tuple[str, ...]) -> _Said | None:
        relation, actor, against, certainty, asserter, publisher = told
        effect = RELATION_EFFECT[relation]
        if effect == "event":
            return None
        side, origin, grade = self._speakers.about(asserter, publisher)
        winner, loser = _winner_and_loser(relation, actor, against, certainty)
        of = self._theater.side_of
        factor = interest_factor(side, of(winner), of(loser))
        share = _told_share(self._side, side)
        if share == 0.0:
            return None
        weight = weight_of(certainty, grade, 1.0 if side and side == self._side else factor)
        reasons: tuple[str, ...] = (f"denied_{relation}" if certainty == "denied" else relation,)
        reasons += ("against_interest",) if factor > 1 else ()
        reasons += ("own_interest",) if factor < 1 else ()
        kind, worth = "denial" if certainty == "denied" else effect, weight * share
        if (publisher, certainty) in self._crowd:
            origin, most = self._crowd[publisher, certainty]
            worth = min(worth, most)
        return _Said(kind, winner, loser, worth, origin, reasons)


def _told_share(according_to: str, side: str) -> float:
    """How much of a claim counts on the map of one side: its own all, neutral ones half."""
    if not according_to or side == according_to:
        return 1.0
    return CONTROL.neutral_share if not side else 0.0


def _winner_and_loser(relation: str, actor: str, against: str, certainty: str) -> tuple[str, str]:
    """Who holds the place and who does not if the statement, or its denial, is true."""
    winner, loser = (against, actor) if relation in {"lost", "withdrew"} else (actor, against)
    return (loser, winner) if certainty == "denied" else (winner, loser)
