"""
All that a day is read off, on disk, by the question: a new date of known claims only reads it.

In comes a question, out comes the
:class:`~syriamap.control.timeline.inferred_days.ThroughTime` that was inferred for it, or nothing.
What is said is kept as numbers and one table of texts, the solved chains stand in a file of their
own (:mod:`.kept`). What only solving needs is not kept.
"""

from __future__ import annotations

import json
from dataclasses import fields
from itertools import compress, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.cache import cache_file, keep_arrays, kept_arrays, key_of
from syriamap.control.evidence import Vote
from syriamap.control.timeline.fighting import Spells
from syriamap.control.timeline.inferred_days import ThroughTime
from syriamap.control.timeline.joint import Joint
from syriamap.control.timeline.kept import posteriors_key, read_posteriors, worth_keeping
from syriamap.control.timeline.lattice import Lattice, Steps
from syriamap.control.timeline.lives import lives_of
from syriamap.control.timeline.mentions import Mentions
from syriamap.control.timeline.sayings import Attack, Statements
from syriamap.control.timeline.scene import Neighbors, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from syriamap.claims.question import Question
    from syriamap.control.timeline.engine_settings import TimeSettings

__all__ = ["kept_time"]

_CODED = ("claim_id", "effect", "actor", "rival", "origin", "reasons")
"""Fields of a vote that repeat: each value is written once, and numbered."""

_KINDS = ("fights", "battles", "sieges")
"""Fields of :class:`ThroughTime` that are spells."""

_SPELLS = ("keys", "place", "day", "later", "ahead")
_ARRAYS = (
    "texts", "votes", "vote_day", "weight", "different", *_CODED, "lat", "lon", "xy", "near",
    "pull", "own", "around", "step_day", "first", "leader", "rates",
    *(f"{kind}_{name}" for kind in _KINDS for name in _SPELLS),
)  # fmt: skip


def kept_time(
    question: Question, settings: TimeSettings, make: Callable[[], ThroughTime]
) -> ThroughTime:
    """
    Give all places on all days as they were kept, or infer and keep them.

    Parameters
    ----------
    question
        Without a digest, and where there is little to solve, nothing is kept.
    settings
        The numbers of its theater.
    make
        Infers them.
    """
    if not question.digest:
        return make()
    key = key_of("time", question.digest, str(question.known_by), question.according_to)
    path = cache_file(f"time-{question.theater.id}", key)
    stored = kept_arrays(path, _ARRAYS)
    known = _unpacked(stored, question, settings) if stored is not None else None
    if known is not None:
        return known
    made = make()
    if worth_keeping(made.lattice):
        _keep(path, made)
    return made


def _keep(path: Path, time: ThroughTime) -> None:
    scene, votes = time.scene, [vote for own in time.votes for vote in own]
    spells = {kind: getattr(time, kind) for kind in _KINDS}
    if not isinstance(time.lattice, Lattice):
        return
    texts: dict[str, Any] = {
        "solved": posteriors_key(scene, time.lattice, time.mentions),
        "places": scene.places,
        "names": scene.names,
        "spoken": dict(scene.told.spoken),
        "joint": list(time.joint.steps.items()),
        "attacks": [[getattr(one, each.name) for each in fields(Attack)]
                    for one in scene.told.attacks],
    }  # fmt: skip
    arrays: dict[str, NDArray[Any]] = {
        "votes": np.array([len(own) for own in time.votes], dtype=np.int32),
        "vote_day": np.array([vote.day for vote in votes], dtype=np.int32),
        "weight": np.array([vote.weight for vote in votes], dtype=np.float64),
        "different": np.array(_which_differ(time), dtype=bool),
        "lat": scene.lat,
        "lon": scene.lon,
        "xy": scene.around.xy,
        "near": scene.around.near.astype(np.int32),
        "pull": scene.around.pull,
        "own": time.mentions.own,
        "around": time.mentions.around,
        "step_day": time.lattice.day.astype(np.int32),
        "first": time.lattice.first,
        "leader": time.leader.astype(np.int16),
        "rates": np.array([[one.begin, one.end] for one in spells.values()]),
    }
    for name in _CODED:
        values = list(map(attrgetter(name), votes))
        number = {value: code for code, value in enumerate(dict.fromkeys(values))}
        codes = np.fromiter(map(number.__getitem__, values), np.int32, len(values))
        arrays[name], texts[name] = codes, list(number)
    for kind, one in spells.items():
        arrays |= {f"{kind}_{name}": getattr(one, name) for name in _SPELLS}
    body = json.dumps(texts).encode()
    keep_arrays(path, {**arrays, "texts": np.frombuffer(body, dtype=np.uint8)})


def _unpacked(
    stored: Mapping[str, NDArray[Any]], question: Question, settings: TimeSettings
) -> ThroughTime | None:
    texts: dict[str, Any] = json.loads(stored["texts"].tobytes())
    theater, first = question.theater, stored["first"]
    posteriors = read_posteriors(theater.id, texts["solved"])
    if posteriors is None:
        return None
    spoken: dict[str, int] = texts["spoken"]
    attacks = tuple(Attack(*one) for one in texts["attacks"])
    votes, different = _votes(stored, texts)
    told, lives = Statements(votes, different, attacks, spoken), lives_of(theater, spoken)
    scene = Scene(
        theater=theater,
        settings=settings,
        places=tuple(texts["places"]),
        names=tuple(texts["names"]),
        lat=stored["lat"],
        lon=stored["lon"],
        told=told,
        lives=lives,
        around=Neighbors(stored["xy"], stored["near"].astype(np.int64), stored["pull"]),
    )
    place = np.repeat(np.arange(len(scene.places)), np.diff(first))
    fights, battles, sieges = (
        Spells(**{name: stored[f"{kind}_{name}"] for name in _SPELLS}, begin=begin, end=end)
        for kind, (begin, end) in zip(_KINDS, stored["rates"].tolist(), strict=True)
    )
    return ThroughTime(
        scene,
        Mentions(stored["own"], stored["around"]),
        Steps(place, stored["step_day"].astype(np.int64), first),
        posteriors,
        stored["leader"].astype(np.int64),
        fights,
        battles,
        sieges,
        Joint({row: tuple((day, chance, tuple(states)) for day, chance, states in steps)
               for row, steps in texts["joint"]}),
    )  # fmt: skip


def _which_differ(time: ThroughTime) -> list[bool]:
    """Of each vote, place by place, whether it says what no vote before it says."""
    different = {id(vote) for own in time.scene.told.different.values() for vote in own}
    return [id(vote) in different for own in time.votes for vote in own]


def _votes(
    stored: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> tuple[dict[str, tuple[Vote, ...]], dict[str, tuple[Vote, ...]]]:
    """Votes by place, as they were, and those of them that differ."""
    values = {**texts, "reasons": list(map(tuple, texts["reasons"]))}
    columns = {name: [values[name][code] for code in stored[name].tolist()] for name in _CODED}
    columns |= {"day": stored["vote_day"].tolist(), "weight": stored["weight"].tolist()}
    columns["place_id"] = np.repeat(texts["places"], stored["votes"]).tolist()
    every = list(map(Vote, *(columns[name] for name in Vote._fields)))
    differ = list(compress(every, stored["different"].tolist()))
    ends = np.cumsum(stored["votes"])
    told = np.concatenate([[0], np.cumsum(stored["different"])])[ends]
    return _by_place(every, texts["places"], ends), _by_place(differ, texts["places"], told)


def _by_place(
    votes: list[Vote], places: list[str], ends: NDArray[np.int64]
) -> dict[str, tuple[Vote, ...]]:
    bounds = [0, *ends.tolist()]
    return {
        place: tuple(votes[start:end])
        for place, (start, end) in zip(places, pairwise(bounds), strict=True)
    }
