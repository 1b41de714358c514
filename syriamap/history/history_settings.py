"""Settings of what is made of many days; ``docs/settings.md`` prints the table."""

from __future__ import annotations

from dataclasses import dataclass

from syriamap.theater.settings import setting

__all__ = ["HISTORY", "HistorySettings"]


@dataclass(frozen=True)
class HistorySettings:
    """How days are laid over each other: the rows say what each does."""

    grid_m: float = setting(
        0.5,
        "m",
        "vertices in one square of this size are one",
        "the same line computed on two days leaves no sliver",
    )
    least_km2: float = setting(0.005, "km²", "a change of less area is none", "it rounds to 0.00")
    most_days: int = setting(
        1_200, "days", "that one page or file through time may have", "three years of days"
    )
    days_by_day: int = setting(
        100, "days", "a history of more goes by months, if no step is asked for", "judgment"
    )
    least_share: float = setting(
        0.0005, "share", "an actor that never has more is not named in a chart", "0.0 % on the page"
    )


HISTORY = HistorySettings()
"""The settings in use."""
