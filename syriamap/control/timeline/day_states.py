"""
The chains solved → who holds each place on a day: the control frame.

In comes a :class:`~syriamap.control.timeline.inferred_days.ThroughTime`, out comes the frame of a
day: the likeliest side and its actor, in which status, since when, for which reasons and by which
claims. Nothing here changes what is known; it is read off.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.deciding import Deciding
from syriamap.control.timeline.disputes import Disputes
from syriamap.control.timeline.lives import day_number
from syriamap.control.timeline.on_a_day import OnDay
from syriamap.control.timeline.sayings import origin_of
from syriamap.look.symbols import JOINT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.control.timeline.inferred_days import ThroughTime

__all__ = ["FRAME_COLUMNS", "frame_of_day"]

FRAME_COLUMNS = (
    "place_id", "name", "lat", "lon", "actor", "status", "confidence", "since", "reasons",
    "claim_ids", "leaning", "shares", "age_days", "origins",
)  # fmt: skip
"""Columns of the control frame."""

_TYPES: dict[str, Any] = {
    "lat": np.float64, "lon": np.float64, "confidence": np.float64, "since": "datetime64[s]",
    "age_days": np.int64, "origins": np.int64,
}  # fmt: skip
_HELD = frozenset({"held", "besieged"})


def frame_of_day(time: ThroughTime, when: date) -> pd.DataFrame:
    """
    Control frame of a day.

    Parameters
    ----------
    time
        All places on all days.
    when
        The day.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`FRAME_COLUMNS`, a row for each place of which something is known that day,
        sorted by `place_id`: places that are first spoken of later only where that is likely to
        have been so before.
    """
    reader = _DayReader(time, day_number(when))
    known, last = reader.known, reader.last
    if not len(known):
        return pd.DataFrame([], columns=list(FRAME_COLUMNS)).astype(_TYPES)
    if reader.read() or last.frame is None or not np.array_equal(known, last.known):
        last.known, last.frame = known, _frame(time, known, last)
    since = np.minimum(last.frame["since"].to_numpy(), np.datetime64(when, "s"))
    return last.frame.assign(since=since, age_days=reader.age[known])


def _frame(time: ThroughTime, known: NDArray[np.int64], last: _LastRead) -> pd.DataFrame:
    """What was read last of the places of which something is known, but for its age."""
    scene = time.scene
    read = [one for one in map(last.rows.__getitem__, known.tolist()) if one is not None]
    columns = dict(zip(_Read._fields, map(list, zip(*read, strict=True)), strict=True))
    held = [status in _HELD for status in columns["status"]]
    since = np.array(columns["since"], dtype=np.int64).astype("datetime64[D]")
    table = columns | {
        "place_id": [scene.places[row] for row in known.tolist()],
        "name": [scene.names[row] for row in known.tolist()],
        "lat": scene.lat[known],
        "lon": scene.lon[known],
        "actor": [one if own else "" for one, own in zip(columns["leaning"], held, strict=True)],
        "since": since.astype("datetime64[s]"),
        "age_days": 0,
    }
    return pd.DataFrame(table, columns=list(FRAME_COLUMNS)).astype(_TYPES)


class _Read(NamedTuple):
    """What was read of a place, but for its age."""

    shares: dict[str, float]
    leaning: str
    status: str
    confidence: float
    since: int
    reasons: tuple[str, ...]
    claim_ids: tuple[str, ...]
    origins: int


class _LastRead:
    """
    What was read of each place, and all that it depends on: most places are on the next day as
    they were.
    """

    def __init__(self, count: int) -> None:
        self.of = np.full((count, 3), -1, dtype=np.int64)
        self.rows: list[_Read | None] = [None] * count
        self.known: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self.frame: pd.DataFrame | None = None


class _DayReader:
    """Reads all places on one day."""

    def __init__(self, time: ThroughTime, day: int) -> None:
        self.time, self.day, self.on = time, day, OnDay(time, day)
        self.disputes, self.deciding = Disputes(self.on), Deciding(self.on)
        on, told, everyone = self.on, time.days_told, np.arange(len(time.scene.places))
        self.sieged = time.sieges.chance(everyone, day) >= time.settings.spell_above
        self.age: NDArray[np.int64] = told.age(on.heard, day)
        self.aged = self.age > time.settings.aged_days
        known = (told.count > 0) & ((on.heard > 0) | on.sure) & ((on.leader >= 0) | (on.heard > 0))
        begun = day >= told.first - time.settings.hindsight_days
        self.known = np.flatnonzero(known & begun)
        self._named: NDArray[np.bool_] = on.chance[:, :-1] >= time.settings.least_share
        self.together = self._together()
        self.last: _LastRead = time.memory.setdefault(("last read",), _LastRead(len(on.step)))

    def read(self) -> bool:
        """Read all places of which something is known, anew where it may differ; if any did."""
        on, known, last = self.on, self.known, self.last
        disputes = self.disputes
        flags = [disputes.fights, disputes.divided, disputes.passes, disputes.recent]
        flags += [self.sieged, self.aged]
        code = np.full(len(on.step), on.era)
        for flag in flags:
            code = code * 2 + flag
        depends = np.column_stack([on.step, on.heard, code])[known]
        anew = (depends != last.of[known]).any(axis=1)
        rows = known[anew]
        at, state = np.nonzero(self._named[rows])
        chance = iter(zip(state.tolist(), on.chance[rows[at], state].tolist(), strict=True))
        for row, count in zip(
            rows.tolist(), np.bincount(at, minlength=len(rows)).tolist(), strict=True
        ):
            last.rows[row] = self._row(row, dict(islice(chance, count)))
        last.of[known] = depends
        return bool(anew.any())

    def _together(self) -> NDArray[np.float64]:
        """Chance of the leader and its allies at each place."""
        named = np.where(self._named, self.on.chance[:, :-1], 0.0)
        total = np.zeros(len(named))
        for state, allied in enumerate(self.on.stance.allies):
            total += np.where(allied[self.on.leader], named[:, state], 0.0)
        return total

    def _row(self, row: int, named: Mapping[int, float]) -> _Read:
        """State of one place, of the chances of the states that are told of there."""
        who, leader = self.time.who, self.on.leads[row]
        shares: dict[str, float] = {}
        for state, chance in named.items():
            actor = who.actor(row, state, self.day)
            if actor != NOBODY:
                shares[actor] = shares.get(actor, 0.0) + chance
        leading = who.actor(row, leader, self.day)
        leaning = leading if leading in shares and self._backed(row) else NOBODY
        shares = shares if leaning != NOBODY else {}
        status, why = self._status(row, leaning)
        sides: tuple[int, ...] = ()
        if status not in _HELD:
            others = self.disputes.partners(row) if why == JOINT else self.disputes.rivals(row)
            sides = (leader, *others)
        behind = self.deciding.behind(row, sides, why)
        reasons = (*behind.reasons, "aged") if self.aged[row] else behind.reasons
        confidence = round(shares.get(leaning, 0.0), 4)
        since = self._since(row)
        return _Read(
            shares, leaning, status, confidence, since, reasons, behind.claim_ids, behind.origins
        )

    def _status(self, row: int, leaning: str) -> tuple[str, str]:
        """Held, contested, besieged or undetermined, and the code that says why, if any does."""
        sure = leaning != NOBODY and bool(self.together[row] >= self.time.settings.held_above)
        if disputed := self.disputes.why(row, leaning, sure=sure):
            return "contested", disputed
        if not sure:
            return "undetermined", "no_known_holder"
        if self.sieged[row] and self._siege_of(row):
            return "besieged", "siege"
        return "held", ""

    def _backed(self, row: int) -> bool:
        """Whether anything but its being named around speaks for the leader."""
        time, leader, state = self.time, self.on.leads[row], self.time.lives.state
        key = ("backed", row, leader)
        if key not in time.memory:  # by what is said of it whenever it is said, fights aside
            time.memory[key] = self._named_as_holder(row, leader)
        if time.memory[key]:
            return True
        start = self.on.starts[row]
        # who fought there shortly before it came to lead, or since: silence takes nothing away
        since = start - time.settings.backed_days
        for vote in time.votes[row]:
            for_it = state(time.lives.heir(vote.actor, vote.day)) == leader
            for_it |= vote.effect == "siege" and state(vote.rival) == leader
            for_it &= vote.effect != "denial"
            if for_it and (vote.effect != "fight" or since <= vote.day <= self.day):
                return True
            if state(vote.rival) == leader and vote.effect == "change" and vote.day > self.day:
                return True
        if start in time.lives.turns:
            return True
        steps = np.arange(time.lattice.first[row], self.on.step[row] + 1)
        heard, apart = time.posteriors.heard[steps], time.lattice.day[steps] - start
        # the news that brought it may have come in pieces, and before it came to lead
        pieces = (apart >= -time.settings.backed_days) & (apart <= time.settings.news_days)
        brought = 1.0 - float(np.prod(1.0 - heard[pieces]))
        return max(brought, float(heard[apart >= 0].max(initial=0.0))) >= time.settings.passed_above

    def _named_as_holder(self, row: int, leader: int) -> bool:
        """Whether a claim gives the place to a state, or denials of two origins leave it there."""
        state, heir = self.time.lives.state, self.time.lives.heir
        denied = set()
        for vote in self.time.votes[row]:
            if vote.effect != "fight" and state(heir(vote.actor, vote.day)) == leader:
                if vote.effect != "denial":
                    return True
                denied.add(origin_of(vote))
        return len(denied) > 1

    def _siege_of(self, row: int) -> bool:
        """Whether a siege had been told of since the holder of the day holds the place."""
        start = self.on.starts[row]
        leader = self.on.leads[row]
        return any(
            vote.effect == "siege"
            and start <= vote.day <= self.day
            and self.time.lives.state(vote.actor) != leader
            for vote in self.time.votes[row]
        )

    def _since(self, row: int) -> int:
        """Day from which the leader has led, or the first claim, however late, if before any."""
        start = self.on.starts[row]
        until = min(start + self.time.settings.reported_days, self.day)
        key = ("since", row, start, self.on.leads[row], until)
        if key not in self.time.memory:
            self.time.memory[key] = self._told_since(row)
        found: int = self.time.memory[key]
        return found

    def _told_since(self, row: int) -> int:
        start, within = self.on.starts[row], self.time.settings.reported_days
        if self.on.begun(row):
            start = self.time.days_told.of[row][0]
        leader, state = self.on.leads[row], self.time.lives.state
        taken = [
            vote.day
            for vote in self.time.votes[row]
            if vote.effect == "change"
            and state(vote.actor) == leader
            and start <= vote.day <= min(start + within, self.day)
        ]
        return min(taken, default=start)
