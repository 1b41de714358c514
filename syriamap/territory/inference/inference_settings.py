"""Settings of inference; ``docs/settings.md`` prints the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.theater.settings import own_settings, setting

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = ["InferenceSettings", "settings_of"]

_FITTED = "benchmarks/accuracy.py"
_JUDGED = "judgment"
_GUARD = "keeps the systems solvable and the logarithms finite"
_SPEED = "speed"


@dataclass(frozen=True)
class InferenceSettings:
    """How evidence spreads, is held against its surroundings and read off: a row a setting."""

    # --- how evidence spreads
    reach_km: float = setting(
        40.0,
        "km",
        "a node farther than this from evidence for its side is undetermined",
        _JUDGED,
        key="reach_km",
    )
    water_conductance: float = setting(
        0.01,
        "share",
        "what an edge across one barrier conducts of what it else would",
        _FITTED,
        key="water_conductance",
    )
    clamp: float = setting(
        20.0,
        "mean conductances",
        "how firmly the harmonic function holds a piece of evidence",
        _FITTED,
        key="clamp",
    )
    local_actors: tuple[str, ...] = setting(
        (),
        "actors",
        "present at bases beside an ally: their evidence stays at its own place",
        "the theater",
        key="local_actors",
    )
    harmonic_share: float = setting(
        0.6,
        "share",
        "of the harmonic function in the mean; the rest is the Matérn field's",
        _FITTED,
    )
    harmonic_spacing: float = setting(
        1.0, "power", "of the spacing of evidence in the harmonic function's edges", _FITTED
    )
    matern_spacing: float = setting(
        0.75, "power", "of the spacing of evidence in the Matérn field's edges", _FITTED
    )
    matern_range_km: float = setting(
        200.0, "km", "the field's correlation has dropped to about .1", _FITTED
    )
    matern_noise: float = setting(
        0.05, "variance", "of a firm piece of evidence around the field, whose own is 1", _FITTED
    )
    mean_share: float = setting(
        0.5, "share", "of the evidence's mean in the mean of the field; the rest is even", _FITTED
    )
    unknown_worth: float = setting(
        0.5, "probability", "worth of knowing that a place's holder is not known", _JUDGED
    )
    evidence_step: float = setting(
        0.01,
        "probability",
        "shares and trust of evidence are rounded to it",
        "from one day to the next what claims add up to drifts by a thousandth of it",
    )
    least_worth: float = setting(0.05, "probability", "least worth of any evidence", _GUARD)
    least_firm: float = setting(
        1e-3, "firmness", "least firmness with which evidence is held", _GUARD
    )
    ground: float = setting(1e-9, "conductance", "of every node to the ground", _GUARD)
    connected: float = setting(
        1e-3, "probability", "below it in sum no evidence reaches a node", _GUARD
    )
    surest: float = setting(
        0.9999, "share", "most that a piece of evidence counts at its own place", _GUARD
    )
    most_eliminated: int = setting(
        600, "pieces", "of evidence up to which the system between them is dense and exact", _SPEED
    )
    most_copied: int = setting(
        100_000,
        "nodes",
        "up to which factors stay with the copies that evidence is read off",
        _SPEED,
    )
    probes: int = setting(
        24, "groups", "for what left-out evidence would get, where there is more", _SPEED
    )
    morton_bits: int = setting(16, "bits", "of either coordinate when they are grouped", _SPEED)
    changes_at_once: int = setting(32, "places", "whose claims are changed in one solve", _SPEED)
    # --- calibration
    floor: float = setting(1e-4, "probability", "least share of an actor anywhere", _GUARD)
    usual_power: float = setting(
        1.8, "power", "that makes the mean of both smoothers mean what it says", _FITTED
    )
    power_spread: float = setting(
        0.25, "of log power", "width of the prior around the usual power", _FITTED
    )
    least_power: float = setting(0.7, "power", "least that is tried", _JUDGED)
    most_power: float = setting(4.5, "power", "most that is tried", _JUDGED)
    powers: int = setting(38, "", "so many are tried, evenly in the logarithm", _SPEED)
    least_chance: float = setting(
        1e-3, "probability", "that left-out evidence is foretold with at least", _GUARD
    )
    window_km: float = setting(
        75.0, "km", "radius of the windows in which powers and front bands are found", _FITTED
    )
    window_step_km: float = setting(40.0, "km", "between their centers", _SPEED)
    # --- front bands, and what is undetermined
    wrong_outside: float = setting(
        0.0025, "share", "of places outside the front band that may be wrong", _FITTED
    )
    most_band: float = setting(
        0.14, "share", "of the places in reach in a window that lie in the band at most", _FITTED
    )
    most_land: float = setting(
        0.12, "share", "of the land in reach in a window that the band takes up at most", _FITTED
    )
    least_band: float = setting(
        0.05, "share", "of them at least, where more than one side leads in the window", _FITTED
    )
    surest_band: float = setting(
        0.9995, "probability", "above which a place lies in no band for that", _JUDGED
    )
    sure: float = setting(
        0.8, "probability", "of one side, from which a place is not too close to call", _FITTED
    )
    outvoted_km: float = setting(
        20.0,
        "km",
        "nearest evidence, so near, that speaks against the leader makes a band",
        _JUDGED,
    )
    mostly: float = setting(
        0.5, "share", "above it a node's surroundings are contested, or not known", "more than half"
    )
    judges: int = setting(
        8, "pieces", "of evidence at least, or none is judged by the others", _JUDGED
    )
    # --- each place against its surroundings
    foretold: float = setting(
        0.75,
        "share",
        "of places their surroundings foretell at least, or none is judged",
        "a patchwork has no surroundings",
    )
    doubt_of_worth: float = setting(
        0.2, "share", "of what a confidence lacks to 1 that is wrong", _JUDGED
    )
    least_wrong: float = setting(0.01, "share", "of claims that are wrong at least", _JUDGED)
    most_wrong: float = setting(0.2, "share", "at most", _JUDGED)
    pocket_below: float = setting(
        0.3, "probability", "trust below which a place is an unconfirmed pocket", _JUDGED
    )
    pocket_km: float = setting(
        10.0, "km", "so far around a pocket land is contested, where nothing is nearer", _JUDGED
    )
    pinned_confidence: float = setting(
        0.9,
        "probability",
        "confidence from which a place is not doubted",
        "grade B passes, grade C does not",
    )
    pinned_origins: int = setting(
        2, "origins", "independent ones from which a place is not doubted", _JUDGED
    )
    fresh_days: float = setting(7.0, "days", "freshness of evidence drops to 1/e", _JUDGED)
    as_fresh: float = setting(
        0.3,
        "share",
        "of a place's freshness below which its surroundings cannot doubt it",
        "an advance looks like that",
    )
    settled_days: int = setting(
        3, "days", "age of a conflict from which its surroundings can settle it", _JUDGED
    )
    settled_above: float = setting(
        0.9,
        "probability",
        "of one side around it from which they do; factor of the confidence",
        _JUDGED,
    )
    since_share: float = setting(
        0.9,
        "share",
        "of the conflict's freshness that its surroundings must have",
        "they were reported on since",
    )


def settings_of(theater: Theater) -> InferenceSettings:
    """Settings with the theater's own, the table ``[engine]`` of its ``theater.toml``."""
    return own_settings(InferenceSettings(), theater.settings, theater.folder / "theater.toml")
