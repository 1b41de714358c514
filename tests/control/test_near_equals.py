"""Whom claims name leads before whom nothing speaks for, where both are about as likely."""

from __future__ import annotations

import numpy as np
import pytest

from syriamap.control.evidence import Vote
from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.control.timeline.lattice import Steps
from syriamap.control.timeline.lives import Lives
from syriamap.control.timeline.near_equals import claimed_leaders
from syriamap.control.timeline.passes import Posteriors

CROWN, REBELS, GUESTS = 0, 1, 2
NAMES = ("crown", "rebels", "guests")
LIVES = Lives(NAMES, NAMES, {name: row for row, name in enumerate(NAMES)}, {}, {}, np.zeros(4, int))


def word(actor: str, effect: str = "state", rival: str = "") -> Vote:
    return Vote("c1", "oak", 0, effect, actor, rival, 0.8, "Wire", ())


def leader(
    chances: list[list[float]], votes: list[Vote], heard: float = 0.0, ally: int = -1
) -> list[int]:
    """Leaders of a place on the days 0, 1, …; nobody is an ally but the rebels of one."""
    table = np.array(chances)
    count = len(table)
    place = np.zeros(count, dtype=np.int64)
    lattice = Steps(place, np.arange(count), np.array([0, count]))
    posteriors = Posteriors(
        table.ravel(), np.tile(np.arange(4), count), np.arange(count + 1) * 4, 4,
        table[:, :-1].argmax(axis=1), np.full(count, heard), None,
    )  # fmt: skip
    found = claimed_leaders(
        posteriors, lattice, [votes], LIVES, settings=TimeSettings(),
        allied=lambda _, one, other: (one == REBELS) & (other == ally),
    )  # fmt: skip
    return found.tolist()


def test_the_claimed_one_leads_among_near_equals() -> None:
    chances = [[0.40, 0.403, 0.10, 0.097], [0.30, 0.45, 0.10, 0.15]]
    assert leader(chances, [word("crown")]) == [CROWN, REBELS]
    assert leader(chances, []) == [REBELS, REBELS]
    assert leader(chances, [word("crown"), word("rebels", "fight")]) == [REBELS, REBELS]
    assert leader(chances, [word("crown", "change", "rebels")]) == [REBELS, REBELS]
    assert leader(chances, [word("crown", "denial")]) == [REBELS, REBELS]


def test_what_neighbors_bring_stands() -> None:
    assert leader([[0.40, 0.403, 0.10, 0.097]], [word("crown")], heard=0.2) == [REBELS]


@pytest.mark.parametrize(("share", "who"), [(0.374, GUESTS), (0.2, REBELS)])
def test_of_allies_the_claimed_one_leads(share: float, who: int) -> None:
    chances = [[0.05, 0.44, share, 0.95 - 0.44 - share]]
    assert leader(chances, [word("guests")], ally=GUESTS) == [who]
    assert leader(chances, [word("guests")]) == [REBELS]
