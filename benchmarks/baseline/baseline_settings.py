"""Settings of the baseline: how belief moves, and how a state is read off it."""

from __future__ import annotations

from dataclasses import dataclass

from syriamap.theater.settings import setting

__all__ = ["DAY", "BeliefSettings", "DaySettings", "HazardSettings"]

_JUDGED = "judgment"
_FITTED = "foretelling the claims of a day"


@dataclass(frozen=True)
class BeliefSettings:
    """How belief moves: the rows say what each does."""

    half_life_days: float = setting(
        730.0, "days", "without a report belief fades halfway to its lasting share", _JUDGED
    )
    lasting_share: float = setting(
        0.6, "share", "of a belief that lasts", "who took a town holds it, if less surely"
    )
    fight_half_life_days: float = setting(7.0, "days", "reported fighting fades by half", _JUDGED)
    entered_share: float = setting(
        0.4, "share", "of a report that an actor entered speaks for its holding the place", _JUDGED
    )
    settled_half_life_days: float = setting(
        5.0, "days", "what many origins have just told wears off by half", _JUDGED
    )
    umbrella_actors: tuple[str, ...] = setting(
        (),
        "actors",
        "whose name texts use for any of their side: such a claim upholds whoever is known there",
        "the theater",
        key="umbrella_actors",
    )
    settled_origins: int = setting(
        2, "origins", "independent ones beyond which a holder begins to be settled", _JUDGED
    )
    besieged_share: float = setting(
        0.5, "share", "of a reported siege speaks for the besieged's holding the place", _JUDGED
    )
    fight_above: float = setting(
        0.25, "probability", "reported fighting so strong makes a place contested", _JUDGED
    )
    rival_share: float = setting(
        0.5, "share", "of the leader's probability with which a rival makes it contested", _JUDGED
    )


@dataclass(frozen=True)
class HazardSettings:
    """How news of one place bears on the last report of another: the rows say what each does."""

    length_km: float = setting(
        16.0, "km", "news from d away counts exp(-d / this)", _FITTED, key="hazard_km"
    )
    report_worth: float = setting(
        0.5,
        "news",
        "so much of it a place's own last report outweighs",
        _FITTED,
        key="hazard_report",
    )
    neighbors: int = setting(8, "places", "nearest with later news that are looked at", _JUDGED)
    least: float = setting(0.02, "probability", "a lesser chance changes nothing", _JUDGED)
    looked_at: int = setting(32, "places", "nearest among which those are sought", "speed")


@dataclass(frozen=True)
class DaySettings:
    """How a state is read off belief: the rows say what each does."""

    passed_worth: float = setting(
        0.85, "share", "of the chance that the front passed, for whoever took most", _JUDGED
    )
    city_size: float = setting(4.0, "villages", "size of a city", _JUDGED)
    town_size: float = setting(2.0, "villages", "size of a town", _JUDGED)
    known_above: float = setting(
        0.25, "probability", "below it nobody is known to hold a place", _JUDGED
    )
    siege_above: float = setting(0.25, "probability", "a siege so strong is shown", _JUDGED)
    aged_days: int = setting(180, "days", "after which a report is told as aged", _JUDGED)
    morning_share: float = setting(
        0.5, "share", "of 'they still hold it' on a day on which others took it", _JUDGED
    )
    umbrella_share: float = setting(
        0.5, "share", "of a claim for an umbrella where another of its side is known", _JUDGED
    )


DAY = DaySettings()
"""The settings in use."""
