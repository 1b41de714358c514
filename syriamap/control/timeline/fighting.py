"""
Spells: whether a place was fought over or besieged on a day, from reports before and after it.

In come reports by place and day, out come :class:`Spells` that can be asked for any day. Each place
is in a spell or not, a hidden Markov chain of two states in continuous time: spells begin and end
at constant rates, reports of them speak for one, and who is said to have taken the place, or to
hold it, ends one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.engine_settings import LIMITS, gain
from syriamap.control.timeline.lattice import keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Merged
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.scene import Scene

__all__ = ["Spells", "fights_and_battles_of", "sieges_of", "spells_from_reports"]

_FIGHTS = frozenset({"fight", "entered"})
_DENIALS = frozenset({"denied_entered", "denied_contested"})


@dataclass(frozen=True)
class Spells:
    """
    Spells of all places.

    Attributes
    ----------
    keys
        Place and day of each report, one number, ascending.
    place, day
        The same apart.
    later
        How much better a spell on that day foretells the reports of it and all later ones.
    ahead
        Chance of a spell in the evening, after the reports up to then.
    begin, end
        Rates per day.
    """

    keys: NDArray[np.int64]
    place: NDArray[np.int64]
    day: NDArray[np.int64]
    later: NDArray[np.float64]
    ahead: NDArray[np.float64]
    begin: float
    end: float

    @property
    def usual(self) -> float:
        """Chance of a spell where nothing is reported."""
        return self.begin / (self.begin + self.end)

    def chance(self, places: NDArray[np.int64], day: int) -> NDArray[np.float64]:
        """
        Chance that each place was in a spell on the evening of a day.

        A spell begins with the first report of it: before that there is none.
        """
        if not len(self.keys):
            return np.zeros(len(places))
        after = np.searchsorted(self.keys, keys_of(places, day), side="right")
        last, following = np.maximum(after - 1, 0), np.minimum(after, len(self.keys) - 1)
        has_last = (after > 0) & (self.place[last] == places)
        has_next = (after < len(self.keys)) & (self.place[following] == places)
        stay, breaks = self.passed(np.where(has_last, day - self.day[last], 0))
        now = self.ahead[last] * stay + (1.0 - self.ahead[last]) * breaks
        now = np.where(has_last, now, 0.0)
        stay, breaks = self.passed(np.where(has_next, self.day[following] - day, 0))
        later = self.later[following]
        ratio = (stay * later + 1.0 - stay) / (breaks * later + 1.0 - breaks)
        odds = now / np.maximum(1.0 - now, 1e-12) * np.where(has_next, ratio, 1.0)
        return np.where(now > self.usual, odds / (1.0 + odds), 0.0)

    def passed(self, days: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Chance of a spell after so many days, from one and from none."""
        left = np.exp(-(self.begin + self.end) * days)
        return self.usual + (1.0 - self.usual) * left, self.usual * (1.0 - left)


def spells_from_reports(
    reports: Mapping[tuple[int, int], tuple[float, float]], *, half_life: float, begin: float
) -> Spells:
    """
    Pass forward and backward over the reports of each place.

    Parameters
    ----------
    reports
        (Place, day) → nats for a spell, and the chance that one ended that day.
    half_life
        Of a spell, days.
    begin
        Rate at which spells begin, per day.
    """
    ordered = sorted(reports)
    place = np.array([one[0] for one in ordered], dtype=np.int64)
    day = np.array([one[1] for one in ordered], dtype=np.int64)
    told = np.array([reports[one] for one in ordered], dtype=np.float64).reshape(-1, 2)
    lift, ended = np.exp(np.clip(told[:, 0], 0.0, LIMITS.most_nats)), np.clip(told[:, 1], 0.0, 1.0)
    count = len(ordered)
    spells = Spells(
        keys_of(place, day), place, day, np.ones(count), np.zeros(count),
        begin, float(np.log(2.0) / half_life),
    )  # fmt: skip
    stays, breaks = spells.passed(np.diff(day, prepend=day[:1]))
    same = np.diff(place, prepend=-1) == 0
    for at in range(count):
        before = spells.ahead[at - 1]
        now = before * stays[at] + (1.0 - before) * breaks[at] if same[at] else spells.usual
        lifted = now * lift[at]
        spells.ahead[at] = lifted / (lifted + 1.0 - now) * (1.0 - ended[at])
    for at in range(count - 1, -1, -1):
        back = 1.0
        if at + 1 < count and same[at + 1]:
            later = spells.later[at + 1]
            stay, break_out = stays[at + 1], breaks[at + 1]
            back = (stay * later + 1.0 - stay) / (break_out * later + 1.0 - break_out)
        spells.later[at] = lift[at] * ((1.0 - ended[at]) * back + ended[at])
    return spells


def fights_and_battles_of(scene: Scene) -> tuple[Spells, Spells]:
    """
    Where there was fighting, and which cities were fought over for long.

    In a battle both sides hold parts of the city. One day of fighting is none: it takes another
    before or after it.

    Parameters
    ----------
    scene
        What is said, who denies that anybody entered or fights there, who has ended and fights no
        more, which places are cities, how long each goes on, and how often it begins unheard of.
    """
    settings, reports = scene.settings, _reports_of_fights(scene)
    kinds = scene.theater.places["kind"].reindex(list(scene.places))
    cities = frozenset(np.flatnonzero(kinds == "city").tolist())
    most = float(np.log(settings.battle_lift))
    of_cities = {
        where: (min(nats, most), ended)
        for where, (nats, ended) in reports.items()
        if where[0] in cities
    }
    return (
        spells_from_reports(reports, half_life=settings.fight_half_life, begin=settings.fight_rate),
        spells_from_reports(
            of_cities, half_life=settings.battle_half_life, begin=settings.battle_rate
        ),
    )


def _reports_of_fights(scene: Scene) -> dict[tuple[int, int], tuple[float, float]]:
    """(Place, day) → nats for fighting, and the chance that it ended that day."""
    reports: dict[tuple[int, int], tuple[float, float]] = {}
    settings, last_days = scene.settings, _last_days(scene.lives)
    denied = _denied_fights(scene)
    for where, said in scene.factors.merged.items():
        nats, goes_on = -denied.get(where, 0.0), 1.0
        for one in said:
            nats += _for_fighting(one, settings)
            goes_on *= 1.0 - _ends_fighting(one, settings)
            for state in (one.winner, one.loser):
                if one.kind in _FIGHTS and last_days.get(state, -1) >= where[1]:
                    reports.setdefault((where[0], last_days[state] + 1), (0.0, 1.0))
        if nats or goes_on < 1.0:
            reports[where] = (max(nats, 0.0), 1.0 - goes_on)
    return reports


def _denied_fights(
    scene: Scene,
) -> dict[tuple[int, int], float]:
    """Nats against fighting at a place on a day: each origin that denies it, once."""
    best: dict[tuple[int, int, str], float] = {}
    for place, votes in scene.told.votes.items():
        for vote in votes:
            if not _DENIALS.isdisjoint(vote.reasons):
                key = (scene.rows[place], vote.day, vote.origin)
                best[key] = max(best.get(key, 0.0), vote.weight)
    found: dict[tuple[int, int], float] = {}
    for (row, day, _), worth in sorted(best.items()):
        nats = gain(worth, scene.settings.holders)
        found[row, day] = found.get((row, day), 0.0) + nats
    return found


def _last_days(lives: Lives) -> dict[int, int]:
    """Last day of each state all of whose actors end without a successor."""
    ends: dict[int, int] = {}
    lasting: set[int] = set()
    for actor, state in zip(lives.actors, lives.member.tolist(), strict=True):
        if actor not in lives.ends or lives.successors.get(actor):
            lasting.add(state)
        else:
            ends[state] = max(lives.ends[actor], ends.get(state, lives.ends[actor]))
    return {state: day for state, day in ends.items() if state not in lasting}


def _for_fighting(one: Merged, settings: TimeSettings) -> float:
    """Nats that a statement adds to there being fighting."""
    if one.kind not in _FIGHTS or one.area:
        return 0.0
    share = one.share * (settings.fight_entered if one.kind == "entered" else 1.0)
    return gain(one.worth, settings.holders) * share


def _ends_fighting(one: Merged, settings: TimeSettings) -> float:
    """Chance that fighting is over with what a statement says."""
    if one.kind == "change" and one.winner >= 0:
        return one.worth * settings.taken_ends
    return one.worth * settings.held_ends if one.kind == "state" else 0.0


def sieges_of(scene: Scene) -> Spells:
    """
    Where somebody was besieged.

    Parameters
    ----------
    scene
        What is said, how long sieges last, and how often one is laid unheard of.
    """
    rows, settings = scene.rows, scene.settings
    reports: dict[tuple[int, int], tuple[float, float]] = {}
    for place, votes in scene.told.different.items():
        besiegers = {vote.actor for vote in votes if vote.effect == "siege"} - {NOBODY}
        if not besiegers:
            continue
        for vote in votes:
            where = (rows[place], vote.day)
            nats, ended = reports.get(where, (0.0, 0.0))
            if vote.effect == "siege":
                nats = max(nats, gain(vote.weight, settings.holders))
            elif vote.effect == "change" and besiegers & {vote.actor, vote.rival}:
                ended = max(ended, vote.weight)
            reports[where] = (nats, ended)
    return spells_from_reports(
        reports, half_life=settings.siege_half_life, begin=settings.siege_rate
    )
