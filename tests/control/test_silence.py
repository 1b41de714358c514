"""Silent neighbors: what is asked for all days at once is what each step would find by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from syriamap.control.timeline import silence
from syriamap.control.timeline.engine_settings import LIMITS, TimeSettings
from syriamap.control.timeline.lattice import Lattice
from syriamap.control.timeline.routs import Routs
from syriamap.control.timeline.scene import Neighbors

SETTINGS = TimeSettings()
STATES = 4
NO_ROUTS = Routs(0, np.zeros((0, 1)), np.empty((0, 3), dtype=np.int64))


def made_up_lattice(rng: np.random.Generator, places: int) -> Lattice:
    days = [np.unique([0, *rng.integers(1, 9, rng.integers(0, 6))]) for _ in range(places)]
    first = np.cumsum([0, *map(len, days)])
    day = np.concatenate(days).astype(np.int64)
    acted = np.flatnonzero(rng.random(len(day)) < 0.4)
    place = np.repeat(np.arange(places), np.diff(first))
    return Lattice(place, day, first, np.ones_like(day), acted, np.zeros(len(day)), NO_ROUTS)


@given(
    seed=st.integers(0, 10_000),
    places=st.integers(2, 9),
    at_once=st.sampled_from([1, 40]),
    many=st.sampled_from([0.0, 0.3, 2.0]),
)
def test_all_days_at_once_are_each_step_by_itself(
    seed: int, places: int, at_once: int, many: float
) -> None:
    rng = np.random.default_rng(seed)
    lattice = made_up_lattice(rng, places)
    near = np.array([rng.permutation(np.delete(np.arange(places), own)) for own in range(places)])
    around = Neighbors(rng.random((places, 2)), near, rng.random(near.shape) * 0.2)
    chance, sure = rng.random((len(lattice.day), STATES)), rng.random(len(lattice.day))
    asked = np.flatnonzero(rng.random(len(lattice.day)) < 0.7)

    silent = silence.SilentNeighbors(lattice, around, SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        limits = replace(LIMITS, silent_pairs=at_once, many_ask=many)
        patch.setattr(silence, "LIMITS", limits)
        found = np.ones((len(asked), STATES))
        silent.kept(asked, sure, np.vstack([chance, np.zeros(STATES)]), found)

    for row, step in enumerate(asked.tolist()):
        expected = np.ones(STATES)  # it is added to what is there
        own, day = int(lattice.place[step]), int(lattice.day[step])
        for other, pull in zip(near[own].tolist(), around.pull[own].tolist(), strict=True):
            at = int(lattice.steps_at(np.array([other]), day)[0])
            acted = at in lattice.acted
            if pull <= SETTINGS.least_pull or (acted and lattice.day[at] == day):
                continue
            later = 0.0 if acted else sure[at] * SETTINGS.hindsight
            expected += pull * (later + SETTINGS.silence) * chance[at]
        np.testing.assert_allclose(found[row], expected, atol=1e-12)
