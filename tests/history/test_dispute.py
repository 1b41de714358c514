"""Where stories part."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from syriamap.history.atoms import Atoms
from syriamap.history.dispute import in_dispute, split_atoms

STATES = (("red", "red", "held", ""), ("pink", "pink", "held", ""), ("blue", "blue", "held", ""),
          ("", "red", "contested", "evidence"))  # fmt: skip
THEATER: Any = SimpleNamespace(side_of=lambda actor: {"pink": "red"}.get(actor, actor))


def stories(*told: list[list[int]]) -> list[Atoms]:
    """Stories of the same pieces; each is a row of days for each piece."""
    whole = np.concatenate([np.array(one) for one in told], axis=1)
    nothing: Any = None
    atoms = Atoms(nothing, np.ones(len(whole)), STATES, whole, whole + 10)
    return split_atoms(atoms, len(told[0][0]))


def test_stories_are_cut_out_of_one_table() -> None:
    first, second = stories([[0, 1], [2, 2]], [[3, 0], [1, 1]])
    assert first.history.tolist() == [[0, 1], [2, 2]]
    assert second.history.tolist() == [[3, 0], [1, 1]]
    assert second.area.tolist() == [[13, 10], [11, 11]]


def test_two_sides_dispute_what_both_name_a_holder_of() -> None:
    # red and red's ally by side; red and blue; red and nobody; nobody at all
    one, two = [[0], [0], [0], [3]], [[1], [2], [3], [3]]
    assert in_dispute(stories(one, two), THEATER).tolist() == [[False], [True], [False], [False]]
    assert in_dispute(stories(two, one), THEATER).tolist() == [[False], [True], [False], [False]]


def test_each_day_is_asked_alone_and_a_third_story_counts() -> None:
    same, other, none = [[0, 0]], [[0, 2]], [[3, 3]]
    assert in_dispute(stories(same, none, other), THEATER).tolist() == [[False, True]]
    assert in_dispute(stories(none, none, other), THEATER).tolist() == [[False, False]]
