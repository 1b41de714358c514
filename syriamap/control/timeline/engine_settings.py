"""
The numbers of the engine through time: what each means, its unit, where it comes from.

In goes a theater, out come the settings; its table ``[engine]`` overrides each by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from syriamap.theater.settings import own_settings, setting

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = ["LIMITS", "EngineLimits", "TimeSettings", "gain", "time_settings"]

_JUDGED = "judgment"
_FITTED = "benchmarks/through_time.py"
_SYNTH = "made-up wars"
_GUARD = "keeps exponentials and quotients finite"
_MEMORY = "memory"
_SPEED = "speed"


@dataclass(frozen=True, kw_only=True)
class TimeSettings:
    """How claims move the chains of places: the rows say what each does."""

    holders: float = setting(8.0, "sides", "how many sides might plausibly hold a place", _SYNTH)
    eve_share: float = setting(
        0.3, "of the claim", "a capture says of the evening before, who did not hold it", _FITTED
    )
    early_share: float = setting(0.5, "of the claim", "and of the evening before that", _FITTED)
    early_days: float = setting(2.0, "days", "how long before a capture that evening lies", _FITTED)
    morning_share: float = setting(
        0.7,
        "of the gain",
        "'they hold it' where another took it that day: true of the morning",
        _JUDGED,
    )
    fight_share: float = setting(0.5, "of the claim", "who fights there may hold it", _JUDGED)
    entered_share: float = setting(0.4, "of the claim", "who entered may hold it", _JUDGED)
    siege_share: float = setting(0.5, "of the claim", "who is besieged holds it", _JUDGED)
    attack_share: float = setting(
        0.35, "probability", "who strikes a place does not hold it", _JUDGED
    )
    repeat_share: float = setting(
        0.5, "of the gain", "the same said again by the same origin within `repeat_days`", _JUDGED
    )
    repeat_days: float = setting(5.0, "days", "so soon it is a repetition", _JUDGED)
    ungraded: float = setting(
        0.5,
        "probability",
        "an ungraded publisher's firm statement is true: as one of grade E",
        _JUDGED,
    )
    ungraded_most: float = setting(
        0.85, "probability", "all ungraded publishers of a day together: as one of grade C", _JUDGED
    )
    quiet_rate: float = setting(
        3e-5, "per day", "a place changes hands unheard of", _SYNTH, key="quiet_rate"
    )
    active_rate: float = setting(
        0.03, "per day", "the same on a day of captures around it", _SYNTH, key="active_rate"
    )
    active_km: float = setting(40.0, "km", "how far such captures reach", _SYNTH)
    taken_rate: float = setting(
        0.15,
        "per day",
        "the same to whom it is reported to have gone that day",
        _FITTED,
        key="taken_rate",
    )
    rest_pool: float = setting(0.02, "share", "changes to a side that nobody names there", _JUDGED)
    backed_days: float = setting(
        30.0, "days", "who was reported fighting so long ago may be who holds the place", _JUDGED
    )
    entering_days: float = setting(
        365.0,
        "days",
        "in which a side comes into what was somebody else's before it existed",
        _JUDGED,
        key="entering_days",
    )
    rout_rate: float = setting(
        3.0,
        "of the share",
        "of its places that a side loses on a day any of its places is lost",
        _FITTED,
        key="rout_rate",
    )
    rout_places: float = setting(
        300.0, "places", "a side of fewer is taken to hold so many", _JUDGED
    )
    rout_days: float = setting(
        180.0, "days", "of a place of which so long nothing is said no army is sure", _FITTED
    )
    rout_most: float = setting(0.3, "of its places", "more a side does not lose in a day", _JUDGED)
    rout_steps_above: float = setting(
        0.005, "share a day", "a lesser rout gives places no steps", _SPEED
    )
    rout_felt_above: float = setting(
        1e-4,
        "of its places",
        "a side that loses less since the last step loses none for it",
        _SPEED,
    )
    contagion: float = setting(0.9, "probability", "most that the neighbors' fate can say", _JUDGED)
    length_km: float = setting(
        40.0, "km", "news of a place d away counts exp(-d / length)", _FITTED, key="length_km"
    )
    close_pull: float = setting(
        3.0,
        "neighbors",
        "and so much more close by: exp(-d / `close_km`)",
        _FITTED,
        key="close_pull",
    )
    close_km: float = setting(5.0, "km", "how close", _FITTED)
    city_size: float = setting(
        4.0,
        "villages",
        "a city hears a village so many times less than that hears the city",
        _JUDGED,
        key="city_size",
    )
    town_size: float = setting(2.0, "villages", "a town", _JUDGED, key="town_size")
    neighbors: float = setting(64.0, "places", "so many are looked at", _FITTED)
    least_pull: float = setting(
        0.03, "neighbors", "a neighbor that counts less is not looked at", _SPEED
    )
    stubborn: float = setting(
        0.5, "neighbors", "what a place's silence outweighs", _FITTED, key="stubborn"
    )
    hindsight: float = setting(
        3.0,
        "neighbors",
        "how much a neighbor that later news shows still held counts as kept",
        _FITTED,
        key="hindsight",
    )
    silence: float = setting(
        0.05, "neighbors", "how much a neighbor of which nothing is heard counts as kept", _FITTED
    )
    lag_after: float = setting(0.5, "share", "neighbors' changes of the day before", _SYNTH)
    lag_same: float = setting(0.6, "share", "of the day itself", _SYNTH)
    lag_before: float = setting(0.2, "share", "of the day after", _SYNTH)
    least_flip: float = setting(
        0.02, "probability", "a change less likely than this moves nobody", _SPEED
    )
    sweeps: float = setting(3.0, "rounds", "rounds in which neighbors hear of one another", _FITTED)
    passed_above: float = setting(
        0.05,
        "probability",
        "a change that neighbors make so likely speaks for whom it brings",
        _JUDGED,
        key="passed_above",
    )
    sure_around: float = setting(
        0.98,
        "probability",
        "a place is no surer when the heirs of an ended actor are found",
        _GUARD,
    )
    far_around: float = setting(
        0.02, "neighbors", "by which such a place far from all falls to nobody known", _JUDGED
    )
    local_sides: float = setting(
        4.0, "sides", "a place keeps those named there and as many of its surroundings", _SPEED
    )
    held_above: float = setting(
        0.4, "probability", "below it nobody is said to hold the place", _JUDGED, key="held_above"
    )
    hindsight_above: float = setting(
        0.5, "probability", "the same before the first claim on the place", _JUDGED
    )
    hindsight_days: float = setting(
        30.0,
        "days",
        "longer before the first claim of all nobody is said to hold anything",
        _JUDGED,
    )
    rival_share: float = setting(
        0.5, "of the leader", "an enemy that is so likely makes the place contested", _JUDGED
    )
    conflict_days: float = setting(
        60.0, "days", "words for two holders, so far apart and so old, tell of a change", _JUDGED
    )
    near_share: float = setting(
        0.9,
        "of the leader",
        "a side so likely that claims name there stands before one that nothing speaks for",
        _JUDGED,
    )
    ally_share: float = setting(0.5, "of the leader", "the same where they are allies", _JUDGED)
    passing_days: float = setting(
        7.0, "days", "so long after its neighbors fell an unheard-of place is contested", _JUDGED
    )
    fight_half_life: float = setting(
        7.0, "days", "reported fighting goes on so long", _JUDGED, key="fight_half_life"
    )
    fight_rate: float = setting(0.02, "per day", "fighting breaks out unheard of", _JUDGED)
    battle_half_life: float = setting(
        180.0, "days", "a city is fought over so long, both sides holding parts of it", _JUDGED
    )
    battle_rate: float = setting(0.001, "per day", "such a battle breaks out unheard of", _JUDGED)
    battle_lift: float = setting(
        3.7,
        "times",
        "a day of reported fighting is so much likelier in one",
        _JUDGED,
    )
    siege_half_life: float = setting(180.0, "days", "a reported siege goes on so long", _JUDGED)
    siege_rate: float = setting(0.001, "per day", "a siege is laid unheard of", _JUDGED)
    spell_above: float = setting(
        0.5,
        "probability",
        "fighting, joint control or a siege so likely makes it contested, or besieged",
        _JUDGED,
    )
    divided_km: float = setting(3.0, "km", "a city's quarters lie so near", _JUDGED)
    divided_share: float = setting(
        0.33, "of the quarters", "so many held by an enemy make the city contested", _JUDGED
    )
    fight_entered: float = setting(
        0.7,
        "of the claim",
        "'they entered' tells of fighting",
        _JUDGED,
        key="fight_entered",
    )
    taken_ends: float = setting(
        0.9, "of the claim", "who took the place has ended the fighting", _JUDGED, key="taken_ends"
    )
    held_ends: float = setting(
        0.5, "of the claim", "so has who is said to hold it", _JUDGED, key="held_ends"
    )
    joint_taken_ends: float = setting(
        1.0,
        "of the claim",
        "who took the place has ended joint control",
        _JUDGED,
        key="joint_taken_ends",
    )
    joint_held_ends: float = setting(
        0.5,
        "of the claim",
        "so has who alone is said to hold it",
        _JUDGED,
        key="joint_held_ends",
    )
    least_share: float = setting(
        0.02, "probability", "a side less likely is not told of", _JUDGED, key="least_share"
    )
    reported_days: float = setting(
        3.0,
        "days",
        "so long after a side came to lead a capture is reported that made it lead",
        _JUDGED,
        key="reported_days",
    )
    news_days: float = setting(
        2.0,
        "days",
        "news around a place is so near to the change of hands that it tells of",
        _JUDGED,
        key="news_days",
    )
    deciding_half_life: float = setting(
        90.0, "days", "deciding claims count half", _JUDGED, key="deciding_half_life"
    )
    most_deciding: float = setting(
        12.0, "claims", "so many are told to decide", _JUDGED, key="most_deciding"
    )
    shown_neighbors: float = setting(
        3.0,
        "claims",
        "on places around, where none on the place itself speaks for its holder",
        _JUDGED,
        key="shown_neighbors",
    )
    surely: float = setting(0.9, "probability", "who has it is told to hold surely", _JUDGED)
    aged_days: float = setting(180.0, "days", "news so far off is told as aged", _JUDGED)
    named_half_life: float = setting(
        30.0,
        "days",
        "being named as the actor of a side counts half",
        _JUDGED,
        key="named_half_life",
    )
    rival_named: float = setting(
        0.3,
        "of the claim",
        "who lost the place, or is fought there, was its actor",
        _JUDGED,
        key="rival_named",
    )
    umbrella_share: float = setting(
        0.5,
        "of the claim",
        "a name of `umbrella_actors` is that of an actor",
        _JUDGED,
        key="umbrella_share",
    )
    umbrella_actors: tuple[str, ...] = setting(
        (),
        "actors",
        "whose name texts use for any of their side: being so named counts less",
        "the theater",
        key="umbrella_actors",
    )

    @property
    def lags(self) -> tuple[tuple[int, float], ...]:
        """Days between a neighbor's change and the place's own, and what it counts."""
        return ((1, self.lag_after), (0, self.lag_same), (-1, self.lag_before))


@dataclass(frozen=True, kw_only=True)
class EngineLimits:
    """Limits of memory, time and rounding: maps are the same without them, or hardly other."""

    most_nats: float = setting(30.0, "nats", "more for one side is as much", _GUARD)
    most_worth: float = setting(0.97, "probability", "no statement is worth more", _GUARD)
    most_change: float = setting(
        0.95, "probability", "most that a place changes hands from one step to the next", _GUARD
    )
    tiny: float = setting(1e-300, "probability", "least that chances are divided by", _GUARD)
    entered: float = setting(
        40.0, "times", "of `entering_days`, after which a late side has come into its share", _GUARD
    )
    cells: int = setting(5_000_000, "chances", "of change in a group of chains", _MEMORY)
    kept_states: int = setting(
        8_000_000, "states", "of all steps, up to which changes are kept between rounds", _MEMORY
    )
    positions: int = setting(1 << 14, "steps", "whose changes are worked out at a time", _MEMORY)
    pairs: int = setting(
        1 << 22, "pairs", "of places and days, or news and hearers, at a time", _MEMORY
    )
    silent_pairs: int = setting(
        1 << 20, "pairs", "of steps and silent neighbors at a time", _MEMORY
    )
    flips: int = setting(1 << 16, "changes", "whose hearers are looked up at a time", _MEMORY)
    sheet_share: float = setting(
        4.0, "cells", "of a sheet of places and days that weigh as much as one hearer", _MEMORY
    )
    many_ask: float = setting(
        0.2, "of all places", "if more ask on one day, all are worked out together", _SPEED
    )
    worth_keeping: int = setting(
        20_000, "steps", "fewer are solved as quickly as they are read", _SPEED
    )


LIMITS = EngineLimits()
"""The limits in use."""


def time_settings(theater: Theater) -> TimeSettings:
    """
    Settings of a theater: its ``[engine]`` table over the usual ones.

    Parameters
    ----------
    theater
        The theater.

    Raises
    ------
    TheaterError
        When one of them is no number above 0.
    """
    return own_settings(TimeSettings(), theater.settings, theater.folder / "theater.toml")


@lru_cache(4096)
def gain(worth: float, holders: float) -> float:
    """
    Nats that a statement of this worth adds to the holder it names.

    With `holders` equally likely holders a lone statement then leaves about its worth. A long war
    asks a hundred thousand times for some hundred worths.

    Parameters
    ----------
    worth
        Probability that the statement is true if it stood alone; below 1.
    holders
        How many sides might plausibly hold a place.

    >>> gain(0.0, 8.0)
    0.0
    """
    sure = min(worth, LIMITS.most_worth)
    return float(np.log1p((holders - 1.0) * sure / (1.0 - sure)))
