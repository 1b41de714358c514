"""
The solved chains on disk, by content: the second map of the same evidence only reads them.

In come what there is to solve, out come :class:`~syriamap.control.timeline.passes.Posteriors`,
solved now or read. The key holds every number that the solution depends on and the code that solves
(:mod:`syriamap.cache`); read or solved, the bytes are the same.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.cache import cache_file, keep_arrays, kept_arrays, key_of
from syriamap.control.timeline import chains, passes, silence
from syriamap.control.timeline.chains import chains_of
from syriamap.control.timeline.passes import Posteriors, posteriors_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from syriamap.control.timeline.chains import Mentions
    from syriamap.control.timeline.lattice import Lattice
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.scene import Scene

__all__ = ["kept_posteriors", "posteriors_key"]

_WORTH_KEEPING = 20_000
"""Steps below which solving is as quick as reading."""


def kept_posteriors(scene: Scene, lattice: Lattice, mentions: Mentions) -> Posteriors:
    """
    Solve all chains, or read the solution of the same evidence.

    Parameters
    ----------
    scene, lattice, mentions
        What there is to solve.

    Returns
    -------
    Posteriors
        Read ones lack what :func:`~syriamap.control.timeline.passes.posteriors_beside` goes by.
    """
    if len(lattice.place) < _WORTH_KEEPING:
        return posteriors_of(chains_of(scene, lattice, mentions), lattice, scene)
    path = cache_file(f"control-{scene.theater.id}", posteriors_key(scene, lattice, mentions))
    known = _read(path, len(lattice.place), scene.lives.rest + 1)
    if known is not None:
        return known
    made = posteriors_of(chains_of(scene, lattice, mentions), lattice, scene)
    keep_arrays(path, {**_packed("chance", made.chance), **_packed("heard", made.heard)})
    return made


def posteriors_key(scene: Scene, lattice: Lattice, mentions: Mentions) -> str:
    """
    Digest of everything that the solution depends on.

    Parameters
    ----------
    scene, lattice, mentions
        What there is to solve.
    """
    whole, nats = scene.factors.arrays()
    steps = [getattr(lattice, field.name) for field in fields(lattice)]
    takers = np.array(scene.factors.takers, dtype=np.float64)
    around = scene.around
    return key_of(
        Path(chains.__file__),
        Path(passes.__file__),
        Path(silence.__file__),
        repr(scene.settings),
        _lives(scene.lives),
        whole,
        nats,
        takers,
        mentions.own,
        mentions.around,
        around.xy,
        around.near,
        around.pull,
        scene.lives.born,
        *steps,
    )


def _lives(lives: Lives) -> str:
    listed = (sorted(one.items()) for one in (lives.state_by_actor, lives.ends, lives.successors))
    return repr((lives.names, lives.actors, *listed))


def _packed(name: str, values: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    """Few numbers among many zeros: where they stand, and they."""
    flat = values.ravel()
    there = flat != 0.0
    return {f"{name}_at": np.packbits(there), name: flat[there]}


def _unpacked(name: str, found: dict[str, NDArray[Any]], count: int) -> NDArray[np.float64] | None:
    there = np.unpackbits(found[f"{name}_at"], count=count).astype(bool)
    if int(there.sum()) != len(found[name]):
        return None
    values = np.zeros(count)
    values[there] = found[name]
    return values


def _read(path: Path, steps: int, states: int) -> Posteriors | None:
    found = kept_arrays(path, ["chance_at", "chance", "heard_at", "heard"])
    if found is None:
        return None
    chance = _unpacked("chance", found, steps * states)
    heard = _unpacked("heard", found, steps)
    if chance is None or heard is None:
        return None
    return Posteriors(chance.reshape(steps, states), heard, None)
