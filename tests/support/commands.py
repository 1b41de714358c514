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
