"""
Claims → the state of each place on a date, with the reasons.

In comes the claims frame, out goes the control frame, one row per place that any claim speaks of:
who holds it, in which status, how surely, since when, and which claims decided that. The rules are
a table in ``docs/control.md``; the arithmetic is in :mod:`syriamap.control.evidence` (what a claim
is worth) and :mod:`baseline.belief` (what the claims of a place add up to).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from baseline.baseline_settings import DAY, BeliefSettings
from baseline.belief import (
    Belief,
    belief_from_votes,
    faded,
    fight_left,
)
from baseline.hazard import (
    Overtaken,
    Spot,
    hazard_settings,
    overtaken_places,
)
from syriamap.claims.question import Question
from syriamap.claims.reader import dates_settled
from syriamap.control.area_votes import votes_with_areas
from syriamap.control.evidence import NOBODY, Vote, votes_from_claims
from syriamap.theater.settings import own_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from baseline.baseline_settings import HazardSettings
    from syriamap.theater.folder import Theater

__all__ = [
    "CONTROL_COLUMNS",
    "control_from_claims",
    "control_of_question",
]

CONTROL_COLUMNS = (
    "place_id", "name", "lat", "lon", "actor", "status", "confidence", "since", "reasons",
    "claim_ids",
)  # fmt: skip
"""Columns of the control table as it is written; the frame has `leaning`, `shares` besides."""

_INNER_COLUMNS = ("leaning", "shares", "age_days", "origins")


def control_from_claims(
    claims: pd.DataFrame,
    theater: Theater,
    day: date,
    *,
    known_by: date | None = None,
    according_to: str = "",
) -> pd.DataFrame:
    """
    State of every place that claims speak of, on a day, by what its own claims add up to.

    Parameters
    ----------
    claims
        The claims frame, all dates.
    theater
        Gives sides, stances, grades.
    day
        The day of the map; later events do not count.
    known_by
        Only what was reported up to this day counts, when given.
    according_to
        A side: the state as its own sources tell it.

    Returns
    -------
    pandas.DataFrame
        As :func:`control_of_question` gives. The map draws it as
        :func:`syriamap.territory.reviewed_control` leaves it.
    """
    return control_of_question(Question(theater, claims, known_by, according_to), day)


def control_of_question(
    question: Question,
    day: date,
    *,
    settings: BeliefSettings | None = None,
    hazard: HazardSettings | None = None,
    left_out: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """
    State of every place that the claims of a question speak of, on a day.

    Parameters
    ----------
    question
        Theater, claims, cut-off and story.
    day
        The day of the map; later events do not count.
    settings
        How fast belief fades.
    hazard
        How fast it fades where the front moves; the theater's own settings when not given.
    left_out
        Place → a claim that it does not hear, though its neighbors do; only these places are given.

    Returns
    -------
    pandas.DataFrame
        `place_id, name, lat, lon` (degrees), `actor` (empty unless held or besieged), `status`
        (`held`, `contested`, `besieged` or `undetermined`), `confidence` (0 to 1), `since`
        (datetime64), `reasons` and `claim_ids` (tuples), and for the stages that follow `leaning`
        (the likeliest actor), `shares` (actor → probability), `age_days` (since the last report)
        and `origins` (how many independent ones back the leaning). Sorted by `place_id`.
    """
    theater, usable = question.theater, question.claims_until(day)
    votes = votes_from_claims(usable, theater, according_to=question.according_to)
    votes_by_place = votes_with_areas(votes, theater)
    where = _positions(usable, votes_by_place, theater)
    file = theater.folder / "theater.toml"
    knobs = settings or own_settings(BeliefSettings(), theater.settings, file)
    reader = _Reader(theater, day, knobs)
    beliefs = {place_id: reader.belief(votes) for place_id, votes in votes_by_place.items()}
    spots = _spots(usable, beliefs, where, theater)
    passed = overtaken_places(
        beliefs, spots.__getitem__, reader.hostile, hazard or hazard_settings(theater)
    )
    if left_out is not None:
        beliefs = {
            place_id: reader.belief(kept)
            for place_id, claim_id in left_out.items()
            if (kept := [vote for vote in votes_by_place[place_id] if vote.claim_id != claim_id])
        }
    rows = [
        {
            "place_id": place_id,
            **where[place_id],
            **reader.state(beliefs[place_id], passed.get(place_id)),
        }
        for place_id in sorted(beliefs)
    ]
    frame = pd.DataFrame(rows, columns=[*CONTROL_COLUMNS, *_INNER_COLUMNS])
    frame["since"] = frame["since"].astype("datetime64[s]")
    return frame


def _positions(
    claims: pd.DataFrame, wanted: Iterable[str], theater: Theater
) -> dict[str, dict[str, Any]]:
    """Name and point of each claimed place: the gazetteer's, else the claim's own."""
    known = theater.places
    positions: dict[str, dict[str, Any]] = {}
    firsts = claims.drop_duplicates("place_id")
    columns = ("place_id", "place", "lat", "lon")
    for place_id, name, lat, lon in firsts[list(columns)].itertuples(index=False, name=None):
        positions[place_id] = {"name": name, "lat": float(lat), "lon": float(lon)}
    listed = known.loc[known.index.intersection(list(wanted)), ["name", "lat", "lon"]]
    for row in listed.itertuples():
        positions[str(row.Index)] = {"name": row.name, "lat": row.lat, "lon": row.lon}
    return positions


def _spots(
    claims: pd.DataFrame,
    beliefs: Mapping[str, Belief],
    where: Mapping[str, Mapping[str, Any]],
    theater: Theater,
) -> dict[str, Spot]:
    """Where places lie, how big they are, and when an enemy last attacked what was not yet his."""
    attacks = claims[claims["relation"].isin(["advanced_toward", "struck"])]
    days = dates_settled(attacks).to_numpy().astype("datetime64[D]").astype(int).tolist()
    seen: dict[str, int] = {}
    for place_id, actor, certainty, day in zip(
        attacks["place_id"], attacks["actor"], attacks["certainty"], days, strict=True
    ):
        belief = beliefs.get(place_id)
        if belief is None or certainty == "denied":
            continue
        if belief.known_leader() not in {NOBODY, theater.side_of(actor)}:
            seen[place_id] = max(day, seen.get(place_id, 0))
    sizes = {"city": DAY.city_size, "town": DAY.town_size}
    kinds = theater.places["kind"].reindex(list(beliefs)).to_dict()
    return {
        place: Spot(
            where[place]["lat"],
            where[place]["lon"],
            sizes.get(kinds.get(place, ""), 1.0),
            seen.get(place, 0),
        )
        for place in beliefs
    }


class _Reader:
    """Reads the state of places off their beliefs, all on one day."""

    def __init__(self, theater: Theater, day: date, settings: BeliefSettings) -> None:
        self.theater = theater
        self.day = day
        self.today = int(np.datetime64(day, "D").astype(int))
        self.settings = settings
        self.heir_of = _heirs(theater)
        self._hostile: dict[tuple[str, str], bool] = {}

    def belief(self, votes: list[Vote]) -> Belief:
        """What all votes of one place add up to."""
        return belief_from_votes(votes, self.theater.side_of, self.settings, self.heir_of)

    def hostile(self, one: str, other: str) -> bool:
        """Whether two sides are enemies on the day."""
        key = (one, other)
        if key not in self._hostile:
            self._hostile[key] = self.theater.stance(one, other, self.day) == "hostile"
        return self._hostile[key]

    def state(self, belief: Belief, passed: Overtaken | None = None) -> dict[str, object]:
        """Actor, status and reasons of one place, whose last report the front may have passed."""
        shares = self.shares(belief, passed)
        known = {actor: share for actor, share in shares.items() if actor != NOBODY}
        leaning = min(known, key=lambda actor: (-known[actor], actor), default=NOBODY)
        status, why = self.status(belief, shares, leaning, passed)
        held = status in {"held", "besieged"}
        supporting = _deciding(belief, leaning if held else NOBODY, self.theater)
        reasons = [code for vote in supporting for code in vote.reasons] + list(why)
        claim_ids = [vote.claim_id for vote in supporting]
        if passed is not None:
            reasons.append("front_moved")
            claim_ids += passed.claim_ids
        origins = {vote.origin for vote in supporting if vote.actor == leaning}
        if held:
            reasons.append("corroborated" if len(origins) > 1 else "single_origin")
        if self.today - belief.day > DAY.aged_days:
            reasons.append("aged")
        since = np.datetime64(self.since(belief, leaning, why, passed), "D")
        return {
            "actor": leaning if held else "",
            "status": status,
            "confidence": round(min(max(known.get(leaning, 0.0), 0.0), 1.0), 4),
            "since": since.astype("datetime64[s]"),
            "reasons": tuple(dict.fromkeys(reasons)),
            "claim_ids": tuple(dict.fromkeys(claim_ids)),
            "leaning": leaning,
            "shares": known,
            "age_days": self.today - belief.day,
            "origins": len(origins),
        }

    def shares(self, belief: Belief, passed: Overtaken | None) -> dict[str, float]:
        """Actor → probability: faded since the last report, ended actors succeeded."""
        shares: dict[str, float] = {}
        days = self.today - belief.day
        for side, share in belief.sides.items():
            if side == NOBODY:
                continue
            actor = self.heir_of(belief.actor_of(side), self.today)
            left = faded(share, days, self.settings.half_life_days, self.settings.lasting_share)
            shares[actor] = shares.get(actor, 0.0) + left
        if passed is not None:
            shares = {actor: share * (1.0 - passed.chance) for actor, share in shares.items()}
            taker = self.heir_of(passed.actor, self.today)
            shares[taker] = shares.get(taker, 0.0) + passed.chance * DAY.passed_worth
        shares[NOBODY] = shares.get(NOBODY, 0.0) + 1.0 - sum(shares.values())
        return shares

    def status(
        self, belief: Belief, shares: dict[str, float], leaning: str, passed: Overtaken | None
    ) -> tuple[str, tuple[str, ...]]:
        """Held, contested, besieged or undetermined, and the code that says why."""
        stayed = 1.0 - (passed.chance if passed else 0.0)
        if fight_left(belief, self.today, self.settings) * stayed >= self.settings.fight_above:
            return "contested", ("fighting",)
        if leaning == NOBODY or shares[leaning] < DAY.known_above:
            return "undetermined", ("no_known_holder",)
        stance = self.theater.stance
        rivals = [
            share
            for actor, share in shares.items()
            if actor not in (NOBODY, leaning) and stance(actor, leaning, self.day) != "allied"
        ]
        if max(rivals, default=0.0) >= self.settings.rival_share * shares[leaning]:
            return "contested", ("front_moved" if passed else "conflicting_reports",)
        besieged = self.theater.side_of(belief.besieger) != self.theater.side_of(leaning)
        if belief.siege * stayed >= DAY.siege_above and besieged:
            return "besieged", ("siege",)
        return "held", ()

    def since(
        self, belief: Belief, leaning: str, why: tuple[str, ...], passed: Overtaken | None
    ) -> int:
        """Day from which the state has been as it is."""
        if passed is not None and ("front_moved" in why or leaning == passed.actor):
            return passed.day
        if "fighting" in why:
            return belief.fight_day
        if "conflicting_reports" in why or "no_known_holder" in why:
            return belief.day
        side = self.theater.side_of(leaning)
        if side == belief.known_leader():
            return belief.since
        # The belief's leader has ended since the last report; the shown one is another.
        told = [vote.day for vote in belief.votes if self.theater.side_of(vote.actor) == side]
        return min(told, default=belief.day)


def _heirs(theater: Theater) -> Callable[[str, int], str]:
    """Make the look-up from actor and day to the actor, its successor or NOBODY."""
    ends = {
        str(actor): int(np.datetime64(pd.Timestamp(end), "D").astype(int))
        for actor, end in theater.actors["valid_to"].items()
        if not pd.isna(end)
    }
    successors = theater.actors["successor"].to_dict()

    def heir_of(actor: str, day: int) -> str:
        seen: set[str] = set()
        while actor in ends and day > ends[actor]:
            if actor in seen:
                return NOBODY
            seen.add(actor)
            actor = str(successors.get(actor) or NOBODY)
        return actor

    return heir_of


def _deciding(belief: Belief, holder: str, theater: Theater) -> list[Vote]:
    """Votes behind the state, the weightiest first; without a holder, both sides' votes."""
    side = theater.side_of(holder) if holder != NOBODY else NOBODY
    votes = [
        vote
        for vote in belief.votes
        if side == NOBODY
        or side in {theater.side_of(vote.actor), theater.side_of(vote.rival)}
        or vote.day == belief.day
    ]
    return sorted(votes, key=lambda vote: (-vote.weight, -vote.day, vote.claim_id))
