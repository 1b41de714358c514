"""
Statements → factors: what they say of an evening and of the evening before, in nats.

In come the statements of each place, out come :class:`Factors`, rows of numbers: at this place, on
the pair (evening before, evening), this state gains so much. An origin counts once a day and
statement, less when it repeats itself; ungraded publishers are one origin. A capture speaks of
three evenings: the taker holds the place tonight, did not last night, and surely not before that.
``docs/control.md`` has the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.engine_settings import gain
from syriamap.control.timeline.sayings import UNGRADED, group_of, origin_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.sayings import Statements

__all__ = ["EITHER", "EVE", "TODAY", "Factors", "Merged", "factors_from_statements"]

TODAY, EVE, EITHER = 0, 1, 2
"""A factor on tonight's holder, on last night's, or on its being one of both."""


class Merged(NamedTuple):
    """
    What one origin says on a day, its claims taken together.

    Attributes
    ----------
    kind
        `state`, `change`, `not`, `fight`, `entered`.
    winner, loser
        Numbers of states, -1 for nobody.
    worth
        Probability that it is true if it stood alone.
    share
        What is left of its gain, less than 1 for a repetition.
    area
        Whether it speaks of a whole area.
    """

    origin: str
    kind: str
    winner: int
    loser: int
    worth: float
    share: float
    area: bool


@dataclass
class Factors:
    """
    Rows of factors, and what they were made of.

    Attributes
    ----------
    place, day
        Where and on which evening each acts.
    pattern
        :data:`TODAY`, :data:`EVE` or :data:`EITHER`.
    state
        Which state gains.
    nats, eve_nats
        How much; for EITHER also what last night's holder gains.
    merged
        (Place, day) → what was said there and then, for reasons.
    takers
        Place, day, state and worth of each reported change of hands; state -1 where only the loser
        is named.
    """

    place: list[int] = field(default_factory=list)
    day: list[int] = field(default_factory=list)
    pattern: list[int] = field(default_factory=list)
    state: list[int] = field(default_factory=list)
    nats: list[float] = field(default_factory=list)
    eve_nats: list[float] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[Merged, ...]] = field(default_factory=dict)
    takers: list[tuple[int, int, int, float]] = field(default_factory=list)

    def add(
        self, where: tuple[int, int], pattern: int, state: int, nats: float, eve: float = 0.0
    ) -> None:
        """Add a row; nobody gains nothing."""
        if state < 0 or nats == 0.0:
            return
        self.place.append(where[0])
        self.day.append(where[1])
        self.pattern.append(pattern)
        self.state.append(state)
        self.nats.append(nats)
        self.eve_nats.append(eve)

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Whole numbers (rows, 4: place, day, pattern, state) and nats (rows, 2)."""
        whole = np.array([self.place, self.day, self.pattern, self.state], dtype=np.int64).T
        return whole.reshape(-1, 4), np.array([self.nats, self.eve_nats]).T.reshape(-1, 2)


def factors_from_statements(
    told: Statements, rows: Mapping[str, int], lives: Lives, settings: TimeSettings
) -> Factors:
    """
    Turn what is said into factors.

    Parameters
    ----------
    told, rows
        The statements, and the row of each place.
    lives, settings
        The states, and what each relation says.
    """
    found = Factors()
    for place, votes in told.votes.items():
        row = rows[place]
        by_day: dict[int, list[Vote]] = {}
        for vote in votes:
            by_day.setdefault(vote.day, []).append(vote)
        heard: dict[tuple[str, str, int, int], tuple[int, float]] = {}
        before: set[int] = set()
        fought: dict[int, int] = {}
        for day, own in by_day.items():
            merged = _merged(own, day, lives, settings)
            kept = _less_when_repeated(merged, day, heard, settings)
            found.merged[row, day] = tuple(kept)
            lately = {one for one, last in fought.items() if day - last <= settings.backed_days}
            _say(found, (row, day), kept, _Until(before, lately), settings)
            fought.update(dict.fromkeys(_fighters(kept), day))
            before |= {one.winner for one in kept if one.kind in {"state", "change"}}
        _say_early(found, row, told.different[place], lives, settings)
    _say_attacks(found, told, rows, lives, settings)
    return found


def _key(vote: Vote, day: int, lives: Lives, settings: TimeSettings) -> tuple[str, int, int, float]:
    """Kind, winner, loser and worth of a vote, as the day's actors."""
    kind, worth = vote.effect, vote.weight
    winner = lives.state(lives.heir(vote.actor, day))
    loser = lives.state(vote.rival)
    if kind == "fight":
        kind = "entered" if "entered" in vote.reasons else "fight"
    elif kind == "siege":
        kind, winner, loser, worth = "state", loser, -1, worth * settings.siege_share
    elif kind == "denial":
        kind, loser = ("state", -1) if winner >= 0 else ("not", loser)
    elif kind == "change" and winner < 0:
        kind = "left"
    elif kind == "state":
        loser = -1
    if kind == "state" and winner < 0 and vote.effect == "state":
        kind, winner = "was", lives.state(vote.actor)
    return kind, winner, loser, worth


def _merged(votes: Iterable[Vote], day: int, lives: Lives, settings: TimeSettings) -> list[Merged]:
    """A day's votes, one for each origin and statement; the ungraded are one origin."""
    groups: dict[tuple[str, str, int, int, bool], dict[str, float]] = {}
    known: dict[tuple[object, ...], tuple[str, int, int, float, bool]] = {}
    for vote in votes:
        _, _, _, effect, actor, rival, weight, told_by, reasons = vote
        said = effect, actor, rival, weight, reasons
        if said not in known:
            known[said] = (*_key(vote, day, lives, settings), vote.of_area)
        kind, winner, loser, worth, area = known[said]
        own = groups.setdefault((group_of(told_by), kind, winner, loser, area), {})
        own[told_by] = max(worth, own.get(told_by, worth))
    found = []
    for (origin, kind, winner, loser, area), own in sorted(groups.items()):
        ranked = sorted(own.values(), reverse=True)
        worth = ranked[0]
        if origin == UNGRADED and len(ranked) > 1:
            doubt = float(np.prod([1.0 - one for one in ranked]))
            worth = max(worth, min(1.0 - doubt, settings.ungraded_most * worth / settings.ungraded))
        found.append(Merged(origin, kind, winner, loser, worth, 1.0, area))
    return found


def _less_when_repeated(
    merged: Iterable[Merged],
    day: int,
    heard: dict[tuple[str, str, int, int], tuple[int, float]],
    settings: TimeSettings,
) -> list[Merged]:
    """What an origin says again soon gains less each time."""
    kept = []
    for one in merged:
        key = (one.origin, one.kind, one.winner, one.loser)
        last, share = heard.get(key, (day, 0.0))
        again = share > 0.0 and 0 < day - last <= settings.repeat_days
        share = share * settings.repeat_share if again else 1.0
        kept.append(one if share == one.share else one._replace(share=share))
    for one in kept:
        if one.winner >= 0:  # who has said otherwise since does not repeat himself
            for key in [key for key in heard if key[0] == one.origin and key[2] != one.winner]:
                del heard[key]
        heard[one.origin, one.kind, one.winner, one.loser] = (day, one.share)
    return kept


class _Until(NamedTuple):
    """States said to hold a place until a day, and those lately reported fighting there."""

    held: set[int]
    fought: set[int]


def _say(
    found: Factors,
    where: tuple[int, int],
    said: Sequence[Merged],
    until: _Until,
    settings: TimeSettings,
) -> None:
    """Factors of one place on one day."""
    takers = {one.winner for one in said if one.kind == "change" and not one.area}
    losers = {one.loser for one in said if one.kind == "change"} | until.held
    for one in said:
        nats = gain(one.worth, settings.holders) * one.share
        if one.kind == "state":
            if takers - {one.winner} and one.winner in losers:
                found.add(where, EITHER, one.winner, nats, nats * settings.morning_share)
            else:
                found.add(where, TODAY, one.winner, nats)
        elif one.kind == "was":
            found.add(where, EVE, one.winner, nats * settings.morning_share)
        elif one.kind in {"change", "left"}:
            _say_change(found, where, one, until.fought | _fighters(said), settings)
        elif one.kind == "not":
            found.add(where, TODAY, one.loser, -nats)
        else:
            _say_fight(found, where, one, settings)


def _say_change(
    found: Factors,
    where: tuple[int, int],
    one: Merged,
    fighters: set[int],
    settings: TimeSettings,
) -> None:
    """Who took a place holds it tonight and did not last night; who left it the other way round."""
    nats = gain(one.worth, settings.holders) * one.share
    eve = gain(one.worth * settings.eve_share, settings.holders) * one.share
    if one.kind == "change":
        found.takers.append((*where, one.winner, one.worth))
        found.add(where, TODAY, one.winner, nats)
        if not one.area and one.loser < 0:
            found.add(where, EVE, one.winner, -eve)
    else:
        found.add(where, TODAY, one.loser, -nats)
        # it goes to who was reported fighting there, else to nobody knows whom
        for state in sorted(fighters - {one.loser}) or [-1]:
            if not one.area:
                found.takers.append((*where, state, one.worth))
    if not one.area:
        found.add(where, EVE, one.loser, eve)


def _fighters(said: Sequence[Merged]) -> set[int]:
    """States reported fighting."""
    fights = [one for one in said if one.kind in {"fight", "entered"}]
    return {state for one in fights for state in (one.winner, one.loser)} - {-1}


def _say_fight(found: Factors, where: tuple[int, int], one: Merged, settings: TimeSettings) -> None:
    """Who fights there may hold it; who enters did not hold it last night."""
    half = gain(one.worth * settings.fight_share, settings.holders) * one.share
    if one.kind == "fight":
        found.add(where, TODAY, one.winner, half)
        found.add(where, TODAY, one.loser, half)
        return
    enters = gain(one.worth * settings.entered_share, settings.holders) * one.share
    found.add(where, TODAY, one.winner, enters)
    if one.loser >= 0:
        found.add(where, EVE, one.loser, half)
    else:
        found.add(where, EVE, one.winner, -half)


def _say_early(
    found: Factors,
    row: int,
    different: Sequence[Vote],
    lives: Lives,
    settings: TimeSettings,
) -> None:
    """A capture speaks of an evening some days before, unless others were said to hold it since."""
    early = round(settings.early_days)
    best: dict[tuple[int, str, int, int], float] = {}
    said: dict[int, int] = {}  # state → last day before on which it was said to hold the place
    for day, group in groupby(different, key=attrgetter("day")):  # in the order of days
        votes = list(group)
        for vote in votes:
            if vote.effect != "change" or vote.of_area:
                continue
            winner, loser = lives.state(lives.heir(vote.actor, day)), lives.state(vote.rival)
            if any(day - early - 1 <= last for state, last in said.items() if state != loser):
                continue
            key = (day - early, origin_of(vote), winner, loser)
            best[key] = max(best.get(key, 0.0), vote.weight * settings.early_share)
        holders = [vote.actor for vote in votes if vote.effect in {"state", "change"}]
        said.update(dict.fromkeys((lives.state(lives.heir(one, day)) for one in holders), day))
    for (day, _, winner, loser), worth in sorted(best.items()):
        nats = gain(worth, settings.holders)
        if loser >= 0:
            found.add((row, day), TODAY, loser, nats)
        else:
            found.add((row, day), TODAY, winner, -nats)


def _say_attacks(
    found: Factors,
    told: Statements,
    rows: Mapping[str, int],
    lives: Lives,
    settings: TimeSettings,
) -> None:
    """Who strikes a place or advances on it does not hold it."""
    nats = gain(settings.attack_share, settings.holders)
    attacks = {(one.place_id, one.day, one.actor) for one in told.attacks}
    for place, day, actor in sorted(attacks):
        if place in rows and actor != NOBODY:
            found.add((rows[place], day), TODAY, lives.state(lives.heir(actor, day)), -nats)
