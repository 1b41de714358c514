"""
Claims → statements: who is said to hold, take, leave, attack or fight over a place, how firmly.

In comes the claims frame, out come the votes of each place
(:mod:`syriamap.control.evidence`) with two differences: publishers' names are folded before
origins are counted, and publishers without a grade are one crowd, whose word is capped
(:data:`UNGRADED`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from syriamap.claims.publisher_names import PublisherNames, name_key
from syriamap.control.area_votes import votes_with_areas
from syriamap.control.evidence import (
    BY_DAY,
    CERTAINTY_WEIGHT,
    NOBODY,
    days_settled,
    votes_from_claims,
)
from syriamap.control.timeline.lives import day_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.theater.folder import Theater

__all__ = [
    "UNGRADED",
    "Attack",
    "Statements",
    "group_of",
    "origin_of",
    "statements_from_claims",
    "statements_of",
]

UNGRADED = "ungraded:"
"""What the origin of an ungraded publisher begins with."""

_SETTLEMENTS = frozenset({"city", "town", "village", "district"})


@dataclass(frozen=True, slots=True)
class Attack:
    """An actor struck or advanced upon a place on a day (days since 1970-01-01)."""

    place_id: str
    day: int
    actor: str
    claim_id: str


@dataclass(frozen=True)
class Statements:
    """
    What claims say, by place.

    Attributes
    ----------
    votes
        Place → its votes, by day.
    different
        Of those that differ in their claims alone, or in who of the crowd makes them, the first. Of
        a long war much is told by many: what goes by what is said, and not by how many say it, need
        not go through all of it.
    attacks
        Strikes and advances, sorted.
    spoken
        Actor → first day on which a vote speaks of it.
    """

    votes: Mapping[str, tuple[Vote, ...]]
    different: Mapping[str, tuple[Vote, ...]]
    attacks: tuple[Attack, ...]
    spoken: Mapping[str, int]


def statements_of(
    votes: Mapping[str, tuple[Vote, ...]], attacks: tuple[Attack, ...], spoken: Mapping[str, int]
) -> Statements:
    """
    Give votes with those of them that differ.

    Parameters
    ----------
    votes, attacks, spoken
        As :class:`Statements` has them.
    """
    different = {place: _different(own) for place, own in votes.items()}
    return Statements(votes, different, attacks, spoken)


def _different(votes: Sequence[Vote]) -> tuple[Vote, ...]:
    first: dict[tuple[object, ...], Vote] = {}
    for vote in votes:
        _, _, *said, origin, reasons = vote
        key = (*said, reasons, group_of(origin))
        if key not in first:
            first[key] = vote
    return tuple(first.values())


def _spoken_of(votes: Mapping[str, Sequence[Vote]]) -> dict[str, int]:
    """First day on which any vote speaks of each actor; votes of a place stand by day."""
    spoken: dict[str, int] = {}
    for own in votes.values():
        first: dict[str, int] = {}
        for vote in own:
            first.setdefault(vote.actor, vote.day)
            first.setdefault(vote.rival, vote.day)
        for actor, day in first.items():
            if actor != NOBODY:
                spoken[actor] = min(day, spoken.get(actor, day))
    return spoken


def origin_of(vote: Vote) -> str:
    """
    Independent origin of a vote; all publishers without a grade are one.

    Parameters
    ----------
    vote
        The vote.
    """
    return group_of(vote.origin)


@lru_cache(4096)
def group_of(origin: str) -> str:
    """
    Which origins a vote's own is one with: all of publishers without a grade are one.

    Parameters
    ----------
    origin
        Of a vote.
    """
    return UNGRADED if origin.startswith(UNGRADED) else origin


def statements_from_claims(
    claims: pd.DataFrame, theater: Theater, settings: TimeSettings, *, according_to: str = ""
) -> Statements:
    """
    What claims say of each place, about areas included.

    Parameters
    ----------
    claims
        The claims that count.
    theater
        Gives grades, sides and areas.
    settings
        What ungraded publishers are worth.
    according_to
        A side: its own claims count as it makes them, neutral ones half, others not at all.
    """
    claims = _with_known_publishers(claims, theater)
    crowd = _crowd(claims, theater, settings)
    votes = votes_from_claims(claims, theater, according_to=according_to, crowd=crowd)
    told = votes_with_areas(_beside_allies(votes, theater), theater)
    by_place = {
        # votes about areas stand behind the place's own, which stand in order
        place: tuple(sorted(told[place], key=BY_DAY) if told[place][-1].of_area else told[place])
        for place in sorted(told)
    }
    return statements_of(by_place, _attacks(claims), _spoken_of(by_place))


def _beside_allies(votes: Sequence[Vote], theater: Theater) -> list[Vote]:
    """
    Votes with a local actor named as the ally beside whom it is in a town.

    At a site a local actor stays itself. In a settlement that claims give to an ally of its side
    too, the two are told apart by nobody's front: "Turkey controls" and "the SNA controls" say
    the same, as long as the ally exists.
    """
    local, listed = theater.local_actors, set(theater.actors.index)
    named = {vote.place_id for vote in votes if vote.actor in local}
    if not named:
        return list(votes)
    kind = theater.places["kind"].reindex(sorted(named)).to_dict()
    settled = {place for place in named if kind.get(place) in _SETTLEMENTS}
    allies: dict[tuple[str, str], Vote] = {}
    for vote in votes:  # those of a place stand by day: the last one is kept
        if (
            vote.place_id in settled
            and vote.effect in {"state", "change"}
            and vote.actor not in local
            and vote.actor in listed
        ):
            allies[vote.place_id, theater.side_of(vote.actor)] = vote
    if not allies:
        return list(votes)
    lives = {ally.actor: _life(ally.actor, theater) for ally in allies.values()}
    return [
        vote._replace(actor=ally.actor)
        if vote.actor in local
        and (ally := allies.get((vote.place_id, theater.side_of(vote.actor)))) is not None
        and vote.day in lives[ally.actor]
        else vote
        for vote in votes
    ]


def _life(actor: str, theater: Theater) -> range:
    """Days since 1970-01-01 on which a listed actor exists."""
    first, last = theater.actors["valid_from"][actor], theater.actors["valid_to"][actor]
    ever = 10**9
    return range(
        -ever if pd.isna(first) else day_number(first),
        ever if pd.isna(last) else day_number(last) + 1,
    )


def _with_known_publishers(claims: pd.DataFrame, theater: Theater) -> pd.DataFrame:
    """Claims with each publisher in the theater's own spelling."""
    names = PublisherNames(theater)
    spelled = {name: names.known(name) for name in claims["publisher"].unique()}
    return claims.assign(publisher=claims["publisher"].map(spelled).astype(object))


def _crowd(
    claims: pd.DataFrame, theater: Theater, settings: TimeSettings
) -> dict[tuple[str, str], tuple[str, float]]:
    """Publishers without a grade, by certainty: their origin in the crowd, the most they weigh."""
    rows = theater.publisher_rows
    return {
        (publisher, certainty): (UNGRADED + name_key(publisher), settings.ungraded * worth)
        for publisher in claims["publisher"].unique()
        if (rows.get(publisher, {}).get("reliability") or "F") == "F"
        for certainty, worth in CERTAINTY_WEIGHT.items()
    }


def _attacks(claims: pd.DataFrame) -> tuple[Attack, ...]:
    told = claims[
        claims["relation"].isin(["struck", "advanced_toward"])
        & (claims["certainty"] != "denied")
        & (claims["place_id"] != "")
    ]
    rows = zip(told["place_id"], days_settled(told), told["actor"], told["claim_id"], strict=True)
    return tuple(sorted((Attack(*row) for row in rows), key=lambda one: (
        one.place_id, one.day, one.actor, one.claim_id)))  # fmt: skip
