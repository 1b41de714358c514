"""
The solved chains on disk, by content: the second map of the same evidence only reads them.

In come what there is to solve, out come :class:`~syriamap.control.timeline.passes.Posteriors`,
solved now or read. The key holds every number that the solution depends on, as every key holds the
code that solves (:mod:`syriamap.cache`); read or solved, the bytes are the same.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from syriamap.cache import cache_file, keep_arrays, kept_arrays, key_of
from syriamap.control.timeline.chains import chains_of
from syriamap.control.timeline.engine_settings import LIMITS
from syriamap.control.timeline.passes import Posteriors, posteriors_of
from syriamap.files.collecting import give_back

if TYPE_CHECKING:
    from syriamap.control.timeline.lattice import Lattice, Steps
    from syriamap.control.timeline.lives import Lives
    from syriamap.control.timeline.mentions import Mentions
    from syriamap.control.timeline.scene import Scene

__all__ = ["kept_posteriors", "posteriors_key", "read_posteriors", "worth_keeping"]


def worth_keeping(steps: Steps) -> bool:
    """Whether solving so many steps takes longer than reading what was solved."""
    return len(steps.place) >= LIMITS.worth_keeping


def kept_posteriors(
    scene: Scene, lattice: Lattice, mentions: Mentions, *, keep: bool = True
) -> Posteriors:
    """
    Solve all chains, or read the solution of the same evidence.

    Parameters
    ----------
    scene, lattice, mentions
        What there is to solve.
    keep
        Whether to keep what was solved.

    Returns
    -------
    Posteriors
        Read ones lack what :func:`~syriamap.control.timeline.passes.posteriors_beside` goes by.
    """
    key = posteriors_key(scene, lattice, mentions) if worth_keeping(lattice) else ""
    known = read_posteriors(scene.theater.id, key) if key else None
    if known is not None:
        return known
    made = posteriors_of(chains_of(scene, lattice, mentions), lattice, scene)
    give_back()  # nothing that follows is as large as a round of passes
    if not keep or not key:
        return made
    there = np.flatnonzero(made.heard).astype(np.int32)
    arrays = {
        "value": made.value,
        "state": made.state,
        "count": np.diff(made.begin).astype(np.min_scalar_type(made.states)),
        "states": np.array(made.states),
        "leader": made.leader.astype(np.int16),
        "heard_at": there,
        "heard": made.heard[there],
    }
    keep_arrays(cache_file(f"control-{scene.theater.id}", key), arrays)
    return made


def read_posteriors(theater_id: str, key: str) -> Posteriors | None:
    """
    Read a solution; nothing where none is kept.

    Parameters
    ----------
    theater_id
        Of the theater.
    key
        Of :func:`posteriors_key`.
    """
    names = ("value", "state", "count", "states", "leader", "heard_at", "heard")
    found = kept_arrays(cache_file(f"control-{theater_id}", key), names)
    if found is None:
        return None
    heard = np.zeros(len(found["leader"]))
    heard[found["heard_at"]] = found["heard"]
    begin = np.concatenate([[0], np.cumsum(found["count"], dtype=np.int64)])
    leader = found["leader"].astype(np.int64)
    states = int(found["states"])
    return Posteriors(found["value"], found["state"], begin, states, leader, heard, None)


def posteriors_key(scene: Scene, lattice: Lattice, mentions: Mentions) -> str:
    """
    Digest of everything that the solution depends on.

    Parameters
    ----------
    scene, lattice, mentions
        What there is to solve.
    """
    whole, nats = scene.factors.arrays()
    steps = [getattr(lattice, field.name) for field in fields(lattice) if field.name != "routs"]
    takers = np.array(scene.factors.takers, dtype=np.float64)
    around = scene.around
    return key_of(
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
        np.array(lattice.routs.first),
        lattice.routs.share,
    )


def _lives(lives: Lives) -> str:
    listed = (sorted(one.items()) for one in (lives.state_by_actor, lives.ends, lives.successors))
    return repr((lives.names, lives.actors, *listed))
