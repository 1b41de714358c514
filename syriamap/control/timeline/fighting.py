"""
Spells: whether there was fighting at a place, or a siege, on a day, from reports before and after.

In come reports by place and day, out comes a :class:`Spells` that can be asked for any day. Each
place is either in a spell or not (a hidden Markov chain of two states in continuous time): spells
begin and end at constant rates, reports speak for or against one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.engine_settings import gain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.factors import Merged
    from syriamap.control.timeline.statements import Statements

__all__ = ["Spells", "fights_of", "sieges_of", "spells_from_reports"]

_SPAN = 1 << 22
_SHIFT = 1 << 21
_ENTERED = 0.7
_HOLDS = 0.7
_LOUDEST = 30.0


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
    nats
        What the reports of the day say for a spell; less than 0 against.
    ahead
        Chance of a spell after the reports up to then.
    back
        How much better a spell then foretells all later reports.
    begin, end
        Rates per day.
    """

    keys: NDArray[np.int64]
    place: NDArray[np.int64]
    day: NDArray[np.int64]
    nats: NDArray[np.float64]
    ahead: NDArray[np.float64]
    back: NDArray[np.float64]
    begin: float
    end: float

    @property
    def usual(self) -> float:
        """Chance of a spell where nothing is reported."""
        return self.begin / (self.begin + self.end)

    def chance(self, places: NDArray[np.int64], day: int) -> NDArray[np.float64]:
        """
        Chance that each place was in a spell on a day.

        A spell begins with the first report of it: before that there is none.
        """
        if not len(self.keys):
            return np.zeros(len(places))
        after = np.searchsorted(self.keys, places * _SPAN + day + _SHIFT, side="right")
        last, following = np.maximum(after - 1, 0), np.minimum(after, len(self.keys) - 1)
        has_last = (after > 0) & (self.place[last] == places)
        has_next = (after < len(self.keys)) & (self.place[following] == places)
        stay, break_out = self._kept(np.where(has_last, day - self.day[last], 0))
        now = np.where(
            has_last,
            self.ahead[last] * stay + (1.0 - self.ahead[last]) * break_out,
            self.usual,
        )
        stay, break_out = self._kept(np.where(has_next, self.day[following] - day, 0))
        later = np.exp(np.clip(self.nats[following], -_LOUDEST, _LOUDEST)) * self.back[following]
        ratio = (stay * later + 1.0 - stay) / (break_out * later + 1.0 - break_out)
        odds = now / np.maximum(1.0 - now, 1e-12) * np.where(has_next, ratio, 1.0)
        return np.where(now > self.usual, odds / (1.0 + odds), 0.0)

    def _kept(
        self, days: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Chance of a spell after so many days, from one and from none."""
        left = np.exp(-(self.begin + self.end) * days)
        return self.usual + (1.0 - self.usual) * left, self.usual * (1.0 - left)


def spells_from_reports(
    reports: Mapping[tuple[int, int], float], *, half_life: float, begin: float
) -> Spells:
    """
    Pass forward and backward over the reports of each place.

    Parameters
    ----------
    reports
        (Place, day) → nats for a spell.
    half_life
        Of a spell, days.
    begin
        Rate at which spells begin, per day.
    """
    ordered = sorted(reports)
    place = np.array([one[0] for one in ordered], dtype=np.int64)
    day = np.array([one[1] for one in ordered], dtype=np.int64)
    nats = np.clip([reports[one] for one in ordered], -_LOUDEST, _LOUDEST)
    empty = np.zeros(len(ordered))
    spells = Spells(
        place * _SPAN + day + _SHIFT, place, day, np.asarray(nats, dtype=np.float64),
        empty, empty + 1.0, begin, np.log(2.0) / half_life,
    )  # fmt: skip
    stays, breaks = spells._kept(np.diff(day, prepend=day[:1]))  # noqa: SLF001
    same = np.diff(place, prepend=-1) == 0
    for at in range(len(ordered)):
        before = spells.ahead[at - 1] if same[at] else spells.usual
        now = before * stays[at] + (1.0 - before) * breaks[at] if same[at] else spells.usual
        odds = now / max(1.0 - now, 1e-12) * np.exp(nats[at])
        spells.ahead[at] = odds / (1.0 + odds)
    for at in range(len(ordered) - 1, 0, -1):
        if same[at]:
            later = np.exp(nats[at]) * spells.back[at]
            ratio = (stays[at] * later + 1.0 - stays[at]) / (breaks[at] * later + 1.0 - breaks[at])
            spells.back[at - 1] = ratio
    return spells


def fights_of(
    merged: Mapping[tuple[int, int], Sequence[Merged]], settings: TimeSettings
) -> Spells:
    """
    Where there was fighting.

    Parameters
    ----------
    merged
        What is said at each place on each day.
    settings
        How long fighting goes on, and how often it breaks out unheard of.
    """
    reports = {}
    for where, said in merged.items():
        nats = sum(_for_fighting(one, settings) for one in said)
        if nats != 0.0:
            reports[where] = nats
    return spells_from_reports(
        reports, half_life=settings.fight_half_life, begin=settings.fight_rate
    )


def _for_fighting(one: Merged, settings: TimeSettings) -> float:
    """What a statement says for fighting: reports of it for, of a holder against."""
    nats = float(gain(one.worth, settings.holders)) * one.share
    if one.area:
        return 0.0
    if one.kind == "fight":
        return nats
    if one.kind == "entered":
        return nats * _ENTERED
    if one.kind in {"state", "change"} and one.winner >= 0:
        return -nats * _HOLDS
    return 0.0


def sieges_of(told: Statements, rows: Mapping[str, int], settings: TimeSettings) -> Spells:
    """
    Where somebody was besieged.

    Parameters
    ----------
    told
        The statements.
    rows
        Place → its row.
    settings
        How long sieges last.
    """
    reports: dict[tuple[int, int], float] = {}
    for place, votes in told.votes.items():
        sieges = [vote for vote in votes if vote.effect == "siege"]
        besiegers = {vote.actor for vote in sieges} - {NOBODY}
        if not sieges:
            continue
        for vote in votes:
            where = (rows[place], vote.day)
            nats = float(gain(vote.weight, settings.holders))
            if vote.effect == "siege":
                reports[where] = max(reports.get(where, 0.0), nats)
            elif vote.effect == "change" and (vote.rival in besiegers or vote.actor in besiegers):
                reports[where] = min(reports.get(where, 0.0), -nats)
    return spells_from_reports(
        reports, half_life=settings.siege_half_life, begin=settings.siege_rate
    )


