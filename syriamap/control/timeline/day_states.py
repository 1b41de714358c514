"""
The chains solved → who holds each place on a day: the control frame.

In comes a :class:`ThroughTime`, out comes the frame of a day: the likeliest side and its actor, in
which status, since when, for which reasons and by which claims. Nothing here changes what is
known; it is read off.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriamap.control.evidence import NOBODY
from syriamap.control.timeline.lattice import keys_of
from syriamap.control.timeline.near_equals import PASSES, claimed_leaders
from syriamap.control.timeline.sayings import origin_of
from syriamap.control.timeline.spoken import spoken_at_places
from syriamap.look.symbols import JOINT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.chains import Mentions
    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.fighting import Spells
    from syriamap.control.timeline.joint import Joint
    from syriamap.control.timeline.lattice import Steps
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.passes import Posteriors
    from syriamap.control.timeline.scene import Scene

__all__ = ["FRAME_COLUMNS", "ThroughTime", "frame_of_day"]

FRAME_COLUMNS = (
    "place_id", "name", "lat", "lon", "actor", "status", "confidence", "since", "reasons",
    "claim_ids", "leaning", "shares", "age_days", "origins",
)  # fmt: skip
"""Columns of the control frame."""

_TYPES: dict[str, Any] = {
    "lat": np.float64, "lon": np.float64, "confidence": np.float64, "since": "datetime64[s]",
    "age_days": np.int64, "origins": np.int64,
}  # fmt: skip
_LEAST_SHARE = 0.02
_REPORTED_WITHIN = 3
_SHOWN_NEIGHBORS = 3
_NEWS_AROUND_DAYS = 2
_DECIDING_HALF_LIFE = 90.0
_MOST_DECIDING = 12
_NEVER, _EVER = -(10**6), 10**6
_HELD = frozenset({"held", "besieged"})


@dataclass(frozen=True)
class ThroughTime:
    """
    All claimed places on all days.

    Attributes
    ----------
    scene
        The places, and what is said of them.
    mentions, lattice, posteriors
        The model, solved.
    fights, battles, sieges
        Spells of each; battles are those for cities that both sides hold parts of.
    joint
        Who holds which place together.
    """

    scene: Scene
    mentions: Mentions
    lattice: Steps
    posteriors: Posteriors
    fights: Spells
    battles: Spells
    sieges: Spells
    joint: Joint

    @property
    def settings(self) -> TimeSettings:
        """The numbers it was inferred with."""
        return self.scene.settings

    @property
    def lives(self) -> Lives:
        """Who may hold a place, and when."""
        return self.scene.lives

    @cached_property
    def votes(self) -> tuple[tuple[Vote, ...], ...]:
        """Votes of each place, by day."""
        return tuple(self.scene.told.votes[place] for place in self.scene.places)

    @cached_property
    def different(self) -> tuple[tuple[Vote, ...], ...]:
        """Votes of each place that do not say what another one says already."""
        return tuple(self.scene.told.different[place] for place in self.scene.places)

    @cached_property
    def leader(self) -> NDArray[np.int64]:
        """Likeliest state at each step, *somebody else* aside, -1 where there is none."""
        return claimed_leaders(
            self.posteriors,
            self.lattice,
            self.different,
            self.lives,
            settings=self.settings,
            allied=self.allied,
        )

    @cached_property
    def _begun(self) -> NDArray[np.int64]:
        """Steps at which a stretch of one leader of a place begins."""
        place, leader = self.lattice.place, self.leader
        new = np.ones(len(place), dtype=bool)
        new[1:] = (place[1:] != place[:-1]) | (leader[1:] != leader[:-1])
        return np.flatnonzero(new)

    def run(self, steps: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last step of the stretch of one leader that each of some steps lies in."""
        following = np.searchsorted(self._begun, steps, side="right")
        ends = np.append(self._begun[1:], len(self.lattice.place)) - 1
        return self._begun[following - 1], ends[following - 1]

    @cached_property
    def who(self) -> _Who:
        """Which actor of a state holds a place."""
        return _Who(self)

    @cached_property
    def quarters(self) -> tuple[tuple[int, NDArray[np.int64]], ...]:
        """Cities and the claimed quarters inside them, by row."""
        listed = self.scene.theater.places["kind"].reindex(list(self.scene.places))
        kinds = listed.fillna("").astype(str).tolist()
        inside = np.array([kind in {"", "district"} for kind in kinds], dtype=bool)
        found = []
        for row in [row for row, kind in enumerate(kinds) if kind == "city"]:
            apart = np.hypot(*(self.scene.around.xy - self.scene.around.xy[row]).T)
            own = np.flatnonzero(inside & (apart <= self.settings.divided_km))
            if len(own):
                found.append((row, own))
        return tuple(found)

    @cached_property
    def memory(self) -> dict[tuple[Any, ...], Any]:
        """What was worked out for one day, or for one claim left out, and holds for the next."""
        return {}

    @cached_property
    def days_told(self) -> _DaysTold:
        """Days of the votes of each place."""
        return _DaysTold(self.votes)

    @cached_property
    def _passing(self) -> NDArray[np.int64]:
        """Steps on which neighbors change hands, after one of no place."""
        return np.append(-1, np.flatnonzero(self.posteriors.heard >= PASSES))

    def passed(self, steps: NDArray[np.int64]) -> NDArray[np.int64]:
        """Last day up to each of some steps on which neighbors of its place changed hands."""
        place, day = self.lattice.place, self.lattice.day
        last = self._passing[np.searchsorted(self._passing, steps, side="right") - 1]
        return np.where((last >= 0) & (place[last] == place[steps]), day[last], _NEVER)

    @cached_property
    def turns(self) -> NDArray[np.int64]:
        """Days on which actors come, end, or stand otherwise to each other, ascending."""
        theater = self.scene.theater
        begins = [theater.actors["valid_from"], theater.stances["valid_from"]]
        ends = [theater.actors["valid_to"], theater.stances["valid_to"]]
        days = [column.dropna() for column in begins]
        days += [column.dropna() + pd.Timedelta(days=1) for column in ends]
        found = [one.to_numpy().astype("datetime64[D]").astype(np.int64) for one in days]
        return np.unique(np.concatenate(found))

    def era(self, day: int) -> int:
        """How many turns there have been on a day: between two of them actors stay as they are."""
        return bisect_right(self._turns, day)

    @cached_property
    def _turns(self) -> list[int]:
        return list(map(int, self.turns))

    def stances(self, day: int) -> _Stances:
        """How states stand to each other on a day."""
        key = ("stances", self.era(day))
        if key not in self.memory:
            self.memory[key] = _Stances(self, np.datetime64(day, "D").astype(object))
        found: _Stances = self.memory[key]
        return found

    def allied(
        self, days: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether states are allies of others, each pair on a day of its own."""
        found = np.zeros(len(days), dtype=bool)
        eras = np.searchsorted(self.turns, days, side="right")
        for era in np.unique(eras).tolist():
            mine = np.flatnonzero(eras == era)
            allies = np.array(self.stances(int(days[mine[0]])).allies)
            found[mine] = allies[one[mine], other[mine]]
        return found

    @cached_property
    def last_read(self) -> _LastRead:
        """Rows of the day that was read last."""
        return _LastRead(len(self.scene.places))


class _DaysTold:
    """
    Days of the votes of each place, ascending, and the first of all.

    Parameters
    ----------
    votes
        Votes of each place, by day.
    """

    def __init__(self, votes: Sequence[Sequence[Vote]]) -> None:
        self.of = [[vote.day for vote in own] for own in votes]
        self.count = np.array([len(own) for own in self.of], dtype=np.int64)
        self.begin = np.cumsum(self.count) - self.count
        every = [day for own in self.of for day in own]
        self.days = np.array([*every, _EVER], dtype=np.int64)
        row = np.repeat(np.arange(len(self.of)), self.count)
        self._keys = keys_of(row, self.days[:-1])
        self.first = int(self.days.min())

    def upto(self, day: int) -> NDArray[np.int64]:
        """How many votes of each place are of a day or one before."""
        wanted = keys_of(np.arange(len(self.of)), day)
        return np.asarray(np.searchsorted(self._keys, wanted, side="right") - self.begin)

    def age(self, heard: NDArray[np.int64], day: int) -> NDArray[np.int64]:
        """Days to the last vote of each place, of which so many are heard, or to the first."""
        at = self.begin + np.maximum(heard - 1, 0)
        return np.asarray(np.abs(day - self.days[at]))


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


class _Decided(NamedTuple):
    """What the votes behind a state say: codes, ids, origins behind the leader; if from later."""

    reasons: tuple[str, ...]
    claim_ids: tuple[str, ...]
    origins: int
    later: bool


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


class _Who:
    """
    Which actor of a state holds a place on a day: the one last spoken of there, else around.

    Parameters
    ----------
    time
        Gives the mentions.
    """

    def __init__(self, time: ThroughTime) -> None:
        self.time, self.lives = time, time.lives
        self._spoken = spoken_at_places(time.different, self.lives, time.settings.umbrella_actors)
        self._around: dict[tuple[int, int, int], str] = {}
        self._starts = {
            str(actor): int(np.datetime64(pd.Timestamp(start), "D").astype(int))
            for actor, start in time.scene.theater.actors["valid_from"].items()
            if not pd.isna(start)
        }

    def actor(self, row: int, state: int, day: int) -> str:
        """Actor of a state at a place; NOBODY if none of the state is alive."""
        spoken = self._spoken.get((row, state))
        if spoken is None:
            return self._from_around(row, state, day)
        key = (self.time.era(day), *spoken.stretch(day))
        if key not in spoken.known:
            heirs = (self.lives.heir(named, day) for named in spoken.near(day))
            alive = (one for one in heirs if one != NOBODY and self.lives.state(one) == state)
            spoken.known[key] = next(alive, NOBODY) or self._from_around(row, state, day)
        return spoken.known[key]

    def _from_around(self, row: int, state: int, day: int) -> str:
        """The one most spoken of around it among those who exist."""
        key = (row, state, self.time.era(day))
        if key not in self._around:
            known = [
                (self._starts.get(actor, _NEVER) > day, -self.time.mentions.around[row, column],
                 actor)
                for column, actor in enumerate(self.lives.actors)
                if self.lives.state(actor) == state and self.lives.heir(actor, day) == actor
            ]  # fmt: skip
            self._around[key] = min(known)[2] if known else NOBODY
        return self._around[key]


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
    reader, last = _DayReader(time, when), time.last_read
    known = reader.known
    if not len(known):
        return pd.DataFrame([], columns=list(FRAME_COLUMNS)).astype(_TYPES)
    if reader.read() or last.frame is None or not np.array_equal(known, last.known):
        last.known, last.frame = known, _frame(time, known)
    since = np.minimum(last.frame["since"].to_numpy(), np.datetime64(when, "s"))
    return last.frame.assign(since=since, age_days=reader.age[known])


def _frame(time: ThroughTime, known: NDArray[np.int64]) -> pd.DataFrame:
    """What was read last of the places of which something is known, but for its age."""
    scene = time.scene
    read = [one for one in map(time.last_read.rows.__getitem__, known.tolist()) if one is not None]
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


class _DayReader:
    """Reads all places on one day."""

    def __init__(self, time: ThroughTime, when: date) -> None:
        self.time, self.when = time, when
        self.day = int(np.datetime64(when, "D").astype(int))
        count = len(time.scene.places)
        self.step = time.lattice.steps_at(np.arange(count), self.day)
        self.chance = time.posteriors.at(self.step)
        self.leader = time.leader[self.step]
        self.leads: list[int] = self.leader.tolist()
        # first day of the stretch in which the leader of the day leads
        self.starts: list[int] = time.lattice.day[time.run(self.step)[0]].tolist()
        self.best = self.chance[np.arange(count), self.leader] if count else np.empty(0)
        told = time.days_told
        self.heard = told.upto(self.day)
        self.told: list[int] = self.heard.tolist()
        self.age = told.age(self.heard, self.day)
        ranked = np.sort(self.chance[:, :-1], axis=1)[:, -2:]
        second = ranked[:, 0] if ranked.shape[1] > 1 else np.zeros(count)
        self.contended = second >= np.maximum(time.settings.rival_share * self.best, _LEAST_SHARE)
        self.fights = time.fights.chance(np.arange(count), self.day) >= time.settings.spell_above
        self.fights |= time.battles.chance(np.arange(count), self.day) >= time.settings.spell_above
        self.sieged = time.sieges.chance(np.arange(count), self.day) >= time.settings.spell_above
        sure = (self.heard > 0) | (self.best >= time.settings.hindsight_above)
        known = (told.count > 0) & sure & ((self.leader >= 0) | (self.heard > 0))
        begun = self.day >= told.first - time.settings.hindsight_days
        self.known = np.flatnonzero(known & begun)
        self.era = time.era(self.day)
        self.stance = time.stances(self.day)
        self.together = self._together()
        # neighbors have changed hands in the last days
        self.passes = self.day - time.passed(self.step) <= time.settings.passing_days
        self.aged = self.age > time.settings.aged_days
        self.divided = np.zeros(count, dtype=bool)
        self.divided[self._divided()] = True

    def read(self) -> bool:
        """Read all places of which something is known, anew where it may differ; if any did."""
        last, known = self.time.last_read, self.known
        flags = [self.fights, self.sieged, self.divided, self.passes, self.aged]
        code = np.full(len(self.step), self.era)
        for flag in flags:
            code = code * 2 + flag
        depends = np.column_stack([self.step, self.heard, code])[known]
        anew = (depends != last.of[known]).any(axis=1)
        for row in known[anew].tolist():
            last.rows[row] = self.row(row)
        last.of[known] = depends
        return bool(anew.any())

    def _together(self) -> NDArray[np.float64]:
        """Chance of the leader and its allies at each place."""
        named = np.where(self.chance[:, :-1] >= _LEAST_SHARE, self.chance[:, :-1], 0.0)
        total = np.zeros(len(named))
        for state, allied in enumerate(self.stance.allies):
            total += np.where(allied[self.leader], named[:, state], 0.0)
        return total

    def _divided(self) -> list[int]:
        """Cities of which an enemy of the holder holds quarters."""
        found = []
        for row, own in self.time.quarters:
            sure = own[self.best[own] >= self.time.settings.hindsight_above]
            enemy = [
                self.stance.hostile(self.leads[row], int(self.leader[one]))
                and self._told_of_leader(one)
                for one in sure.tolist()
            ]
            if enemy and np.mean(enemy) >= self.time.settings.divided_share:
                found.append(row)
        return found

    def _told_of_leader(self, row: int) -> bool:
        """Whether claims up to the day gave the place to its leader since that one leads."""
        start, leader = self.starts[row], self.leads[row]
        return any(
            vote.day >= start
            and vote.effect != "fight"
            and self.time.lives.state(self.time.lives.heir(vote.actor, self.day)) == leader
            for vote in self.time.votes[row][: self.told[row]]
        )

    def row(self, row: int) -> _Read:
        """State of one place."""
        time, chance = self.time, self.chance[row].tolist()
        shares: dict[str, float] = {}
        for state, share in enumerate(chance[:-1]):
            if share >= _LEAST_SHARE:
                actor = time.who.actor(row, state, self.day)
                if actor != NOBODY:
                    shares[actor] = shares.get(actor, 0.0) + share
        leading = time.who.actor(row, self.leads[row], self.day)
        leaning = leading if leading in shares and self.backed(row) else NOBODY
        shares = shares if leaning != NOBODY else {}
        status, why = self.status(row, leaning)
        reasons, claims, origins = self.because(row, status, why)
        confidence = round(shares.get(leaning, 0.0), 4)
        since = self.since(row)
        return _Read(shares, leaning, status, confidence, since, reasons, claims, origins)

    def status(self, row: int, leaning: str) -> tuple[str, tuple[str, ...]]:
        """Held, contested, besieged or undetermined, and the code that says why."""
        knobs = self.time.settings
        disputed = self.disputed(row, leaning)
        if disputed:
            return "contested", (disputed,)
        if leaning == NOBODY or self.together[row] < knobs.held_above:
            return "undetermined", ("no_known_holder",)
        if self.sieged[row] and self._siege_of(row):
            return "besieged", ("siege",)
        return "held", ()

    def disputed(self, row: int, leaning: str) -> str:
        """Why a place is contested; empty where it is not."""
        if self.fights[row]:
            return "fighting"
        if leaning != NOBODY and self.partners(row):
            return JOINT
        rivals = self.rivals(row) if leaning != NOBODY else []
        leader = self.leads[row]
        if rivals and self.said_to_hold(row, [leader, *rivals]):
            return "conflicting_reports"
        sure = leaning != NOBODY and bool(self.together[row] >= self.time.settings.held_above)
        # where somebody else is likelier than each of them nobody knows who stands there, neither
        # in the week in which the front passes nor in the silence after it
        named = sure or self.chance[row, -1] < self.best[row]
        if rivals and named and (not sure or self.passes[row]):
            return "front_moved"
        return "divided" if sure and self.divided[row] else ""

    def partners(self, row: int) -> tuple[int, ...]:
        """Who holds the place together with the leader, if claims say so and neither has ended."""
        leader = self.leads[row]
        chance, states = self.time.joint.at(row, self.day)
        if leader not in states or chance < self.time.settings.spell_above:
            return ()
        alive = self.time.lives.alive(self.day)
        others = tuple(one for one in states if one != leader)
        apart = any(self.stance.hostile(leader, one) or not alive[one] for one in others)
        return () if apart else others

    def rivals(self, row: int) -> list[int]:
        """States that are no allies of the leader, and not much less likely."""
        if not self.contended[row]:
            return []
        leader = self.leads[row]
        least = self.time.settings.rival_share * self.best[row]
        return [
            state
            for state in np.flatnonzero(self.chance[row, :-1] >= max(least, _LEAST_SHARE)).tolist()
            if state != leader and not self.stance.allied(leader, state)
        ]

    def said_to_hold(self, row: int, states: Sequence[int]) -> bool:
        """Whether claims up to the day give the place to at least two of these."""
        votes = [vote for vote in self.time.votes[row][: self.told[row]]
                 if vote.effect != "fight"]  # fmt: skip
        # who speaks of a whole area tells of its day: the place's own later news goes beyond it
        last = max((vote.day for vote in votes if not vote.of_area), default=_NEVER)
        told = {
            self.time.lives.state(self.time.lives.heir(vote.actor, self.day))
            for vote in votes
            if vote.day >= last or not vote.of_area
        }
        return len(told & set(states)) > 1

    def backed(self, row: int) -> bool:
        """Whether anything but its being named around speaks for the leader."""
        time, leader, state = self.time, self.leads[row], self.time.lives.state
        key = ("backed", row, leader)
        if key not in time.memory:  # by what is said of it whenever it is said, fights aside
            time.memory[key] = self._named_as_holder(row, leader)
        if time.memory[key]:
            return True
        start = self.starts[row]
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
        steps = np.arange(time.lattice.first[row], self.step[row] + 1)
        heard, apart = time.posteriors.heard[steps], time.lattice.day[steps] - start
        # the news that brought it may have come in pieces, and before it came to lead
        pieces = (apart >= -time.settings.backed_days) & (apart <= _NEWS_AROUND_DAYS)
        brought = 1.0 - float(np.prod(1.0 - heard[pieces]))
        return max(brought, float(heard[apart >= 0].max(initial=0.0))) >= PASSES

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
        start = self.starts[row]
        leader = self.leads[row]
        return any(
            vote.effect == "siege"
            and start <= vote.day <= self.day
            and self.time.lives.state(vote.actor) != leader
            for vote in self.time.votes[row]
        )

    def since(self, row: int) -> int:
        """Day from which the leader has led, or the first claim, however late, if before any."""
        start = self.starts[row]
        key = ("since", row, start, self.leads[row], min(start + _REPORTED_WITHIN, self.day))
        if key not in self.time.memory:
            self.time.memory[key] = self._since(row)
        found: int = self.time.memory[key]
        return found

    def _since(self, row: int) -> int:
        start = self.starts[row]
        if start == int(self.time.lattice.day[self.time.lattice.first[row]]):
            start = self.time.days_told.of[row][0]
        leader, state = self.leads[row], self.time.lives.state
        taken = [
            vote.day
            for vote in self.time.votes[row]
            if vote.effect == "change"
            and state(vote.actor) == leader
            and start <= vote.day <= min(start + _REPORTED_WITHIN, self.day)
        ]
        return min(taken, default=start)

    def because(
        self, row: int, status: str, why: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """Reason codes, deciding claims and independent origins behind the holder."""
        others = self.partners(row) if JOINT in why else self.rivals(row)
        sides = () if status in _HELD else (self.leads[row], *others)
        held = not sides
        start = self.starts[row]
        decided = self._decided(row, sides)
        reasons, claims = [*decided.reasons, *why], [*decided.claim_ids]
        if decided.later:
            reasons.append("later_news")
        began = start == int(self.time.lattice.day[self.time.lattice.first[row]])
        if held and not decided.origins and not began:
            ended = start in self.time.lives.turns
            reasons.append("holder_ended" if ended else "front_moved")
            claims += self._claims_around(row, start)
        elif held and not decided.origins:
            claims += self._claims_around(row, int(self.time.lattice.day[self.step[row]]))
        if held:
            reasons.append("corroborated" if decided.origins > 1 else "single_origin")
        if self.aged[row]:
            reasons.append("aged")
        return tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys(claims)), decided.origins

    def _decided(self, row: int, sides: tuple[int, ...]) -> _Decided:
        """What :meth:`_deciding` finds, which a day without news of the place leaves as it is."""
        leader, time = self.leads[row], self.time
        key = ("decided", row, self.starts[row], leader, self.told[row], sides, self.era)
        if key not in time.memory:
            deciding, later = self._deciding(row, sides)
            backing = {origin_of(one) for one in deciding if time.lives.state(one.actor) == leader}
            codes = dict.fromkeys(code for vote in deciding for code in vote.reasons)
            claims = tuple(vote.claim_id for vote in deciding)
            time.memory[key] = _Decided(tuple(codes), claims, len(backing), later)
        found: _Decided = time.memory[key]
        return found

    def _deciding(self, row: int, sides: tuple[int, ...]) -> tuple[list[Vote], bool]:
        """Votes behind the state, the weightiest first, and whether they come from later."""
        held = not sides
        votes, heard = self.time.votes[row], self.told[row]
        leader, state = self.leads[row], self.time.lives.state
        start = self.starts[row]
        last = votes[heard - 1].day if heard else None
        found = [
            vote
            for vote in votes[:heard]
            if vote.day == last
            or (
                vote.day >= start and (not held or leader in (state(vote.actor), state(vote.rival)))
            )
        ]
        later: list[Vote] = []
        if not any(state(vote.actor) == leader for vote in found):
            later = [one for one in votes[heard:] if leader in (state(one.actor), state(one.rival))]
            found += [vote for vote in later if vote.day == later[0].day]
        if not found:  # its surroundings say who leads; the next news of it says that it is known
            later = [vote for vote in votes[heard:] if vote.day == votes[heard].day]
            found = later
        now = last if last is not None else found[0].day

        def counts(vote: Vote) -> float:
            return float(vote.weight * 0.5 ** (abs(now - vote.day) / _DECIDING_HALF_LIFE))

        ranked = sorted(found, key=lambda vote: (-counts(vote), -vote.day, vote.claim_id))
        ranked = ranked[:_MOST_DECIDING]
        return ranked + self._of_unheard(row, sides, ranked), bool(later)

    def _of_unheard(self, row: int, sides: tuple[int, ...], deciding: Sequence[Vote]) -> list[Vote]:
        """The last votes up to the day for each side of a conflict that none of these is for."""
        state, heir = self.time.lives.state, self.time.lives.heir
        told = {state(heir(vote.actor, self.day)) for vote in deciding if vote.effect != "fight"}
        found: list[Vote] = []
        for side in (one for one in sides if one not in told):
            own = [
                vote
                for vote in self.time.votes[row][: self.told[row]]
                if vote.effect != "fight" and state(heir(vote.actor, self.day)) == side
            ]
            found += [vote for vote in own if vote.day == own[-1].day]
        return found

    def _claims_around(self, row: int, start: int) -> list[str]:
        """Claims on the nearest places that the leader held or took when it came to lead here."""
        leader, state = self.leads[row], self.time.lives.state
        found: list[str] = []
        for other in self.time.scene.around.near[row].tolist():
            if len(found) == _SHOWN_NEIGHBORS:
                break
            days = self.time.days_told.of[other]
            begin = bisect_left(days, start - _NEWS_AROUND_DAYS)
            end = bisect_right(days, start + _NEWS_AROUND_DAYS)
            if begin == end:
                continue
            near = [
                vote for vote in self.time.votes[other][begin:end] if state(vote.actor) == leader
            ]
            if near:
                found.append(max(near, key=lambda vote: (vote.weight, vote.claim_id)).claim_id)
        return found


class _Stances:
    """How states stand to each other on a day; local actors as their sides do."""

    def __init__(self, time: ThroughTime, when: date) -> None:
        self.time, self.when = time, when
        self._known: dict[tuple[int, int], str] = {}
        self._actor = {
            state: actor for actor, state in sorted(time.lives.state_by_actor.items(), reverse=True)
        }

    def between(self, one: int, other: int) -> str:
        """`hostile`, `neutral` or `allied`."""
        key = (min(one, other), max(one, other))
        if key not in self._known:
            actors = self._actor[one], self._actor[other]
            self._known[key] = self.time.scene.theater.stance(*actors, self.when)
        return self._known[key]

    @cached_property
    def allies(self) -> list[NDArray[np.bool_]]:
        """Of each state, to whom it is an ally; *somebody else* and nobody, last, to none."""
        count = self.time.lives.rest
        return [
            np.array([*(self.allied(other, one) for other in range(count)), False, False])
            for one in range(count)
        ]

    def allied(self, one: int, other: int) -> bool:
        """Whether two states are allies, or one."""
        return one == other or self.between(one, other) == "allied"

    def hostile(self, one: int, other: int) -> bool:
        """Whether they are enemies."""
        return one != other and self.between(one, other) == "hostile"
