"""The command line run in this process, as tests see it, and claims for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from theaters import Row, claim

CLAIMS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("pine", "rebels", "controls"),
    claim("elm", "rebels", "struck", against="crown", day="2030-03-04"),
]
"""Two places of Arcadia that are held, and a strike."""

CHANGES_OF_HANDS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("elm", "rebels", "captured", day="2030-03-03"),
    claim("pine", "rebels", "controls"),
    claim("fir", "crown", "controls"),
    claim("fir", "rebels", "captured", day="2030-03-05"),
    claim("fir", "rebels", "struck", against="crown", day="2030-03-04", claim_id="strike"),
]
"""Six claims over five days: a town taken, one that changes hands, and a strike."""


class Result(NamedTuple):
    """What a command gave: its exit code and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
"""The fixture `run`: takes the words of a command."""


def only_line(text: str) -> str:
    """The line of a text that has but one."""
    (line,) = text.splitlines()
    return line
