"""
What the votes of one place add up to, day after day: a small discrete Bayes filter.

In come the votes of one place (:mod:`syriamap.control.evidence`), out goes a :class:`Belief`: for
each side the probability that it holds the place, who of the side does, since when, and whether
there is fighting or a siege. One day's votes are taken together, so that the order of rows never
matters; a later day never changes an earlier one.

The step for a day is the predict-update cycle of a hidden Markov model with a sticky state (see
Rabiner 1989, Proceedings of the IEEE 77(2), section III): belief fades a little with the time
passed, then the day's votes move it. ``docs/control.md`` walks through an example.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from baseline.baseline_settings import DAY
from syriamap.control.evidence import NOBODY, Vote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from baseline.baseline_settings import BeliefSettings

__all__ = [
    "Belief",
    "belief_from_votes",
    "faded",
    "fight_left",
]


@dataclass
class Belief:
    """
    State of one place after the votes up to a day.

    Attributes
    ----------
    sides
        Side → probability that it holds the place; :data:`~syriamap.control.evidence.NOBODY` for
        not known. Sums to 1.
    actors
        Side → actor → share, which of its actors holds the place.
    day
        Day of the last vote, days since 1970-01-01.
    since
        Day from which the leading side has led.
    taken, taken_from
        Whether it took the place then, from another side or by a reported change of hands, rather
        than being first heard of there; and from which side, if that is known.
    fight
        Strength of reported fighting on `fight_day`, 0 to 1, and who takes part.
    siege
        Strength of a reported siege, the besieging actor.
    votes
        The votes since `since`, and all of the last day: what decided.
    """

    sides: dict[str, float] = field(default_factory=lambda: {NOBODY: 1.0})
    actors: dict[str, dict[str, float]] = field(default_factory=dict)
    day: int = 0
    since: int = 0
    taken: bool = False
    taken_from: str = NOBODY
    fight: float = 0.0
    fight_day: int = 0
    fighters: tuple[str, ...] = ()
    siege: float = 0.0
    besieger: str = NOBODY
    votes: list[Vote] = field(default_factory=list)

    def leader(self) -> str:
        """Side with the highest probability; ties go to the first name, NOBODY last."""
        return min(self.sides, key=lambda side: (-self.sides[side], side == NOBODY, side))

    def known_leader(self) -> str:
        """Side with the highest probability, NOBODY only if no side has any."""
        known = {side: share for side, share in self.sides.items() if side != NOBODY and share > 0}
        return min(known, key=lambda side: (-known[side], side), default=NOBODY)

    def actor_of(self, side: str) -> str:
        """Actor that holds the place if this side does."""
        shares = self.actors.get(side)
        if not shares:
            return NOBODY
        return min(shares, key=lambda actor: (-shares[actor], actor))


def faded(belief: float, days: float, half_life: float, lasting: float = 0.0) -> float:
    """
    What is left of a belief after some days: exponential decay toward a lasting share of it.

    >>> faded(0.8, 10, 10), faded(0.8, 1e9, 10, lasting=0.5)
    (0.4, 0.4)
    """
    left = 0.5 ** (max(days, 0.0) / half_life)
    return float(belief * (lasting + (1.0 - lasting) * left))


def _itself(actor: str, day: int) -> str:  # noqa: ARG001  (the signature of `heir_of`)
    return actor


def fight_left(belief: Belief, day: int, settings: BeliefSettings) -> float:
    """Strength of the last reported fighting that is left on a day."""
    return faded(belief.fight, day - belief.fight_day, settings.fight_half_life_days)


def belief_from_votes(
    votes: Sequence[Vote],
    side_of: Callable[[str], str],
    settings: BeliefSettings,
    heir_of: Callable[[str, int], str] = _itself,
) -> Belief:
    """
    Run the filter over the votes of one place.

    Parameters
    ----------
    votes
        All of one place.
    side_of
        Actor → side.
    settings
        How fast belief fades.
    heir_of
        Actor and day → the actor itself while it exists, then its successor, else NOBODY.
    """
    belief = Belief()
    for day in sorted({vote.day for vote in votes}):
        today = [vote for vote in votes if vote.day == day]
        aged = _aged(belief, day, side_of, settings, heir_of)
        belief = _after_day(belief, aged, day, today, side_of=side_of, settings=settings)
    return belief


def _after_day(
    old: Belief,
    new: Belief,
    day: int,
    today: list[Vote],
    *,
    side_of: Callable[[str], str],
    settings: BeliefSettings,
) -> Belief:
    """Move the aged belief `new` by a day's votes."""
    leader_before, known_before = new.leader(), new.known_leader()
    fights = [vote for vote in today if vote.effect == "fight"]
    backing = _backing(today, new, side_of, settings)
    backing = heard_in_order(backing, leader_before)
    _discount(backing, new, day, side_of, settings)
    fighters = old.fighters if fight_left(old, day, settings) >= settings.fight_above else ()
    _leave(new, today, [*(vote.actor for vote in fights), *fighters], side_of)
    _move(new, backing, settings.umbrella_actors)
    _note_fight(new, day, today, fights=fights, backing=backing, side_of=side_of)
    _note_siege(new, today, leader_before)
    changed = new.known_leader() != known_before
    new.since = day if changed or not old.votes else old.since
    if new.since == day:
        took = [
            side_of(vote.rival) if vote.rival != NOBODY else NOBODY
            for vote in today
            if vote.effect == "change" and side_of(vote.actor) == new.known_leader()
        ]
        new.taken = changed and bool(took or known_before != NOBODY)
        new.taken_from = known_before or max(took, default=NOBODY)
    # The votes for the former leader go on counting as reasons while it still rivals the new one.
    led = new.sides.get(new.known_leader(), 0.0)
    rivaled = new.sides.get(known_before, 0.0) >= settings.rival_share * led
    kept = [vote for vote in old.votes if vote.day >= new.since or (changed and rivaled)]
    new.votes = kept + today
    new.day = day
    return new


def _aged(
    old: Belief,
    day: int,
    side_of: Callable[[str], str],
    settings: BeliefSettings,
    heir_of: Callable[[str, int], str],
) -> Belief:
    """Copy of a belief on a later day: faded, and ended actors followed by their heirs."""
    days = day - old.day if old.votes else 0
    sides: dict[str, float] = {}
    actors: dict[str, dict[str, float]] = {}
    for side, share in old.sides.items():
        if side == NOBODY:
            continue
        holder = heir_of(old.actor_of(side), day)
        if holder != NOBODY:
            left = faded(share, days, settings.half_life_days, settings.lasting_share)
            sides[side_of(holder)] = sides.get(side_of(holder), 0.0) + left
        for actor, part in old.actors.get(side, {}).items():
            heir = heir_of(actor, day)
            if heir != NOBODY:
                own = actors.setdefault(side_of(heir), {})
                own[heir] = own.get(heir, 0.0) + part
    sides[NOBODY] = 1.0 - sum(sides.values())
    return Belief(
        sides=sides,
        actors=actors,
        day=old.day,
        since=old.since,
        taken=old.taken,
        taken_from=old.taken_from,
        fight=old.fight,
        fight_day=old.fight_day,
        fighters=old.fighters,
        siege=old.siege,
        besieger=old.besieger,
        votes=old.votes,
    )


def _backing(
    today: Iterable[Vote],
    belief: Belief,
    side_of: Callable[[str], str],
    settings: BeliefSettings,
) -> dict[str, list[Vote]]:
    """Side → the day's votes for its holding the place, as if each were a plain statement."""
    backing: dict[str, list[Vote]] = {}
    leader = belief.leader()
    for vote in today:
        actor, weight = vote.actor, vote.weight
        if vote.effect == "denial" and actor == NOBODY:
            # "they have not taken it": speaks for whoever held it; `_leave` does the rest
            actor = belief.actor_of(leader) if leader != side_of(vote.rival) else NOBODY
        elif vote.effect == "siege":
            # a besieged place is still held by the one who is besieged in it
            actor, weight = vote.rival, weight * settings.besieged_share
        elif vote.effect == "fight":
            weight *= settings.entered_share if "entered" in vote.reasons else 0.0
        if actor != NOBODY and weight > 0.0:
            counted = vote._replace(actor=actor, weight=weight)
            backing.setdefault(side_of(actor), []).append(counted)
    return backing


def _discount(
    backing: dict[str, list[Vote]],
    belief: Belief,
    day: int,
    side_of: Callable[[str], str],
    settings: BeliefSettings,
) -> None:
    """Votes against a settled holder count less; many of them still overturn it."""
    leader = belief.leader()
    trust = 1.0 - _settled(belief, leader, day, side_of, settings)
    for side, votes in backing.items():
        if side != leader and trust < 1.0:
            backing[side] = [vote._replace(weight=vote.weight * trust) for vote in votes]


def _settled(
    belief: Belief,
    leader: str,
    day: int,
    side_of: Callable[[str], str],
    settings: BeliefSettings,
) -> float:
    """
    How settled it is that the leader holds the place, 0 to 1.

    With n independent origins that said so since the place changed hands: 0 up to
    n = `settled_origins`, then the share beyond those, and half of that after
    `settled_half_life_days`.
    """
    origins = {
        vote.origin
        for vote in belief.votes
        if vote.effect in {"state", "change"} and side_of(vote.actor) == leader
    }
    count = len(origins)
    if leader == NOBODY or count <= settings.settled_origins:
        return 0.0
    surely = (count - settings.settled_origins) / count
    return faded(surely, day - belief.day, settings.settled_half_life_days)


def _leave(
    belief: Belief, today: Iterable[Vote], pressing: Sequence[str], side_of: Callable[[str], str]
) -> None:
    """
    Take from a side what it is said to have left, or not to have, with nobody named in its place.

    What is freed goes to whoever is reported fighting there, after a mere denial to the strongest
    other side, else to nobody.
    """
    leaving: dict[tuple[str, str], list[Vote]] = {}
    for vote in today:
        if vote.actor == NOBODY and vote.rival != NOBODY and vote.effect in {"change", "denial"}:
            leaving.setdefault((side_of(vote.rival), vote.effect), []).append(vote)
    for (side, effect), votes in sorted(leaving.items()):
        freed = belief.sides.get(side, 0.0) * combined(votes)
        if freed <= 0.0:
            continue
        belief.sides[side] -= freed
        if effect == "denial":
            others = {name: share for name, share in belief.sides.items() if name != side}
            heir_side = min(others, key=lambda name: (-others[name], name), default=NOBODY)
        else:
            heir = min((actor for actor in pressing if side_of(actor) != side), default=NOBODY)
            heir_side = side_of(heir) if heir != NOBODY else NOBODY
            if heir != NOBODY:
                belief.actors.setdefault(heir_side, {}).setdefault(heir, freed)
        belief.sides[heir_side] = belief.sides.get(heir_side, 0.0) + freed


def _move(belief: Belief, backing: dict[str, list[Vote]], umbrella: Sequence[str]) -> None:
    """Move the belief by the day's votes: what is surely said takes the place of what was held."""
    odds, doubt = {}, 1.0
    for side in sorted(backing):
        weight = combined(backing[side])
        odds[side] = weight / (1.0 - weight)
        doubt *= 1.0 - weight
    total = sum(odds.values())
    if total <= 0.0:
        return
    belief.sides = {side: share * doubt for side, share in belief.sides.items()}
    for side, odd in odds.items():
        belief.sides[side] = belief.sides.get(side, 0.0) + (1.0 - doubt) * odd / total
        known = belief.actors.get(side, {})
        belief.actors[side] = shares_within(backing[side], known, umbrella)


def _note_fight(
    belief: Belief,
    day: int,
    today: Sequence[Vote],
    *,
    fights: Sequence[Vote],
    backing: dict[str, list[Vote]],
    side_of: Callable[[str], str],
) -> None:
    """Reported fighting stays until somebody is said to hold the place, or fades."""
    settled = [
        vote for vote in today if vote.effect in {"change", "state"} and vote.actor != NOBODY
    ]
    hostile = [vote for vote in fights if side_of(vote.actor) != belief.leader() or vote.rival]
    strength = combined(hostile)
    best = max((combined(votes) for votes in backing.values()), default=0.0)
    # "they fight there" against "they hold it", equally sure, is contested; "they went in" is not
    fought = combined(vote for vote in hostile if "contested" in vote.reasons)
    if hostile and (not settled or strength > best or fought >= best):
        belief.fight, belief.fight_day = strength, day
        named = {vote.actor for vote in hostile} | {vote.rival for vote in hostile}
        belief.fighters = tuple(sorted(named - {NOBODY}))
    elif settled:
        belief.fight, belief.fighters = 0.0, ()


def _note_siege(belief: Belief, today: Sequence[Vote], leader_before: str) -> None:
    """A siege lasts until the place changes hands or the besieger is said to have left."""
    sieges = [vote for vote in today if vote.effect == "siege"]
    if sieges:
        belief.siege, belief.besieger = combined(sieges), sieges[0].actor
    lifted = any(vote.effect == "change" and vote.rival == belief.besieger for vote in today)
    if lifted or (belief.leader() != leader_before and not sieges):
        belief.siege, belief.besieger = 0.0, NOBODY


def combined(votes: Iterable[Vote]) -> float:
    """
    Probability that at least one of several statements is true (noisy or).

    Votes of one origin count once, with the best of them: ten reprints of one agency report are
    one report. Statements of different origins are taken as independent.
    """
    best: dict[str, float] = {}
    for vote in votes:
        best[vote.origin] = max(best.get(vote.origin, 0.0), vote.weight)
    doubt = 1.0
    # in the order of worth, so that rounding does not depend on the order of rows
    for weight in sorted(best.values()):
        doubt *= 1.0 - weight
    return 1.0 - doubt


def heard_in_order(backing: dict[str, list[Vote]], incumbent: str) -> dict[str, list[Vote]]:
    """
    Halve "they still hold it" on a day on which others say it was taken from them.

    A day has hours that reports do not give: held in the morning and taken at noon are both true,
    so a plain statement for the holder says half as much against the capture.

    Parameters
    ----------
    backing
        Side → the day's votes for its holding a place.
    incumbent
        The side that held it before.
    """
    taken = any(
        vote.effect == "change" and side != incumbent
        for side, votes in backing.items()
        for vote in votes
    )
    if not taken or incumbent not in backing:
        return backing
    halved = [
        vote._replace(weight=vote.weight * DAY.morning_share) if vote.effect == "state" else vote
        for vote in backing[incumbent]
    ]
    return {**backing, incumbent: halved}


def shares_within(
    votes: Sequence[Vote], known: Mapping[str, float], umbrella: Sequence[str] = ()
) -> dict[str, float]:
    """
    Shares of the actors of one side at a place after a day's votes for that side.

    Parameters
    ----------
    votes
        The day's votes for the side.
    known
        Actor → share until then.
    umbrella
        Actors whose name stands for any of the side: a vote for one displaces nobody, and counts
        half where another actor is known.
    """
    by_actor: dict[str, list[Vote]] = {}
    for vote in votes:
        by_actor.setdefault(vote.actor, []).append(vote)
    named = [vote for vote in votes if vote.actor not in umbrella]
    unsure = 1.0 - combined(named)
    shares = {actor: share * unsure for actor, share in known.items()}
    others = bool(named) or any(actor not in umbrella for actor in shares)
    for actor, own in by_actor.items():
        weight = combined(own)
        if actor in umbrella:
            shares[actor] = max(
                shares.get(actor, 0.0), weight * (DAY.umbrella_share if others else 1.0)
            )
        else:
            shares[actor] = shares.get(actor, 0.0) + weight
    return shares
