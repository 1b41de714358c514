"""
Claims → control on all days: the front door of the engine.

In come claims and a theater, out comes everything that any day can be read off
(:func:`through_time`); and the same with some claims unheard where they speak
(:func:`without_claims`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from syriamap.control.timeline.chains import chains_of
from syriamap.control.timeline.engine_settings import time_settings
from syriamap.control.timeline.fighting import fights_and_battles_of, sieges_of
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.joint import joint_of
from syriamap.control.timeline.kept import kept_posteriors
from syriamap.control.timeline.lattice import Lattice, lattice_of
from syriamap.control.timeline.mentions import mentions_of
from syriamap.control.timeline.near_equals import claimed_leaders
from syriamap.control.timeline.passes import posteriors_beside, posteriors_of
from syriamap.control.timeline.sayings import statements_of
from syriamap.control.timeline.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from syriamap.control.timeline.engine_settings import TimeSettings
    from syriamap.control.timeline.lattice import Steps
    from syriamap.control.timeline.mentions import Mentions
    from syriamap.control.timeline.passes import Posteriors
    from syriamap.control.timeline.scene import Scene
    from syriamap.theater.folder import Theater

__all__ = ["through_time", "without_claims"]


def through_time(
    claims: pd.DataFrame,
    theater: Theater,
    *,
    according_to: str = "",
    settings: TimeSettings | None = None,
    keep: bool = True,
) -> ThroughTime:
    """
    Infer all claimed places on all days.

    Parameters
    ----------
    claims
        The claims that count, of all dates.
    theater
        Gives sides, stances, grades, lives of actors.
    according_to
        A side: the state as its own sources tell it.
    settings
        The numbers; the theater's own when not given.
    keep
        Whether to keep on disk what was solved; what is asked but once need not be.
    """
    knobs = settings or time_settings(theater)
    scene = scene_of(claims, theater, knobs, according_to=according_to)
    lattice, mentions = lattice_of(scene), mentions_of(scene)
    posteriors = kept_posteriors(scene, lattice, mentions, keep=keep)
    return _inferred(scene, mentions, lattice, posteriors)


def _inferred(
    scene: Scene, mentions: Mentions, lattice: Steps, posteriors: Posteriors
) -> ThroughTime:
    """Put with the chains solved what else is said of each day: leaders, spells, joint control."""
    different = [scene.told.different[place] for place in scene.places]
    leader = claimed_leaders(
        posteriors,
        lattice,
        different,
        scene.lives,
        settings=scene.settings,
        allied=scene.standing.allied,
    )
    fights, battles = fights_and_battles_of(scene)
    sieges, joint = sieges_of(scene), joint_of(scene)
    return ThroughTime(scene, mentions, lattice, posteriors, leader, fights, battles, sieges, joint)


def without_claims(time: ThroughTime, left_out: Mapping[str, str]) -> ThroughTime:
    """
    The same with a claim unheard at some places, though their neighbors hear it.

    Parameters
    ----------
    time
        All places on all days.
    left_out
        Place → id of the claim on it that it does not hear.
    """
    votes = {
        place: tuple(vote for vote in own if vote.claim_id != left_out.get(place))
        for place, own in time.scene.told.votes.items()
    }
    before = time.scene.told
    scene = replace(time.scene, told=statements_of(votes, before.attacks, before.spoken))
    lattice = _whole_lattice(time)
    chains = chains_of(scene, lattice, time.mentions)
    posteriors = posteriors_beside(chains, lattice, scene, _coupled(time))
    return _inferred(scene, time.mentions, time.lattice, posteriors)


def _coupled(time: ThroughTime) -> Posteriors:
    """The chains solved, with what neighbors told one another; once for all claims left out."""
    if time.posteriors.coupling is not None:
        return time.posteriors
    key = ("coupled",)
    if key not in time.memory:
        lattice = _whole_lattice(time)
        chains = chains_of(time.scene, lattice, time.mentions)
        time.memory[key] = posteriors_of(chains, lattice, time.scene)
    solved: Posteriors = time.memory[key]
    return solved


def _whole_lattice(time: ThroughTime) -> Lattice:
    """The lattice with all that chains are solved by, which is not kept; made once."""
    if isinstance(time.lattice, Lattice):
        return time.lattice
    key = ("lattice",)
    if key not in time.memory:
        time.memory[key] = lattice_of(time.scene)
    whole: Lattice = time.memory[key]
    return whole
