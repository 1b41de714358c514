"""
Probabilities at every node → who leads there, in which status, how surely: the field.

In come solved probabilities and the places that claims speak of, out goes a :class:`Field`, which
:mod:`~syriamap.territory.areas` draws and :mod:`~syriamap.territory.states` lists.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from syriamap.look.symbols import BAND, JOINT, POCKET
from syriamap.territory.inference.calibration import Banded, thresholds_of
from syriamap.territory.inference.regions import regions_of
from syriamap.territory.mesh.graph import cell_areas

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from syriamap.territory.inference.inference_settings import InferenceSettings
    from syriamap.territory.inference.labels import Claimed, Labels
    from syriamap.territory.mesh.tessellation import Tessellation

__all__ = [
    "DOUBTS",
    "Field",
    "HeldOut",
    "Solved",
    "belonging",
    "empty_field",
    "field_from_solved",
    "pinned",
]

DOUBTS = ("", "evidence", JOINT, BAND, POCKET, "no_evidence")
"""
Why an area is contested or undetermined: its evidence conflicts or tells of fighting; two sides
hold it together; it lies between two sides, too close to call; a lone claim stands against all
around it; nothing is known within reach. Empty where it is held or besieged.
"""

_WHY = {"contested": "evidence", "undetermined": "no_evidence"}
"""The same for a claimed place by its status, if it is neither held together nor a pocket."""


@dataclass(frozen=True)
class HeldOut:
    """
    How well the evidence is foretold by the rest of it, each place left out in turn.

    Attributes
    ----------
    places
        Places whose evidence names a holder and does not conflict.
    right
        Those that all other places' evidence gives to the same side.
    nearest_right
        Those to which the nearest other such place gives the right side.
    """

    places: int = 0
    right: int = 0
    nearest_right: int = 0


@dataclass(frozen=True)
class Solved:
    """
    What was solved for at every node.

    Attributes
    ----------
    probability
        Calibrated, (N, K); rows of 0 where no evidence connects.
    contested, unknown
        How contested, and how unknown, the surroundings are, 0 to 1, (N,).
    evidence_km
        Distance to the nearest node with evidence, (N,).
    nearest
        Which piece of evidence that is, a row of the labels, (N,).
    beside_pocket
        Whether the nearest claim of all is an unconfirmed pocket's, and near, (N,).
    held_out
        How well left-out evidence was foretold.
    """

    probability: NDArray[np.float64]
    contested: NDArray[np.float64]
    unknown: NDArray[np.float64]
    evidence_km: NDArray[np.float64]
    nearest: NDArray[np.int64]
    beside_pocket: NDArray[np.bool_]
    held_out: HeldOut


@dataclass(frozen=True)
class Field:
    """
    What is inferred at every node.

    Attributes
    ----------
    tessellation
        The nodes.
    actors, sides
        Actor ids, the columns of `probability`, and the side of each.
    probability
        Calibrated, (N, K); rows sum to 1 where any evidence connects, else 0.
    leaning
        Column of the likeliest actor at each node, -1 where nothing is known, (N,).
    status
        `held`, `contested`, `besieged` or `undetermined` at each node, (N,).
    doubt
        Why it is not held, one of :data:`DOUBTS`, (N,).
    confidence
        0 to 1 at each node: probability of the leaning's side, weighed by the worth of the
        evidence.
    evidence_km
        Distance to the nearest node with evidence, (N,).
    points
        Place ids in the order of `tessellation.node_of_point`: the theater's places, then the own
        points of claims.
    control
        The control frame that it was inferred from.
    judged
        Whether there was evidence enough to tell sure from unsure.
    held_out
        How well each place's evidence is foretold by that of all others.
    """

    tessellation: Tessellation
    actors: tuple[str, ...]
    sides: tuple[str, ...]
    probability: NDArray[np.float64]
    leaning: NDArray[np.int64]
    status: NDArray[np.str_]
    doubt: NDArray[np.str_]
    confidence: NDArray[np.float64]
    evidence_km: NDArray[np.float64]
    points: tuple[str, ...]
    control: pd.DataFrame
    judged: bool
    held_out: HeldOut = HeldOut()

    @property
    def side(self) -> NDArray[np.int64]:
        """Number of the side that leads at each node, -1 where nothing is known, (N,)."""
        codes = np.unique(np.array([*self.sides, ""]), return_inverse=True)[1].reshape(-1)
        return np.where(self.leaning < 0, -1, codes[self.leaning]).astype(np.int64)


def field_from_solved(
    mesh: Tessellation,
    claimed: Claimed,
    labels: Labels,
    solved: Solved,
    knobs: InferenceSettings,
) -> Field:
    """
    Read leaning, status and confidence off the probabilities, as if no place were claimed itself.

    Too close to call is what lies below the band's threshold, and what the nearest evidence, within
    `outvoted_km`, gives to another side than all the evidence together does.

    Parameters
    ----------
    mesh
        The tessellation.
    claimed
        The claimed places, reviewed.
    labels
        Their evidence.
    solved
        The probabilities.
    knobs
        Among them how far evidence for the side that leads reaches: farther off nothing is known.
    """
    known = solved.probability.sum(axis=1) > 0
    leaning, best = _leaning(solved.probability, claimed.sides)
    leaning = np.where(known, leaning, -1)
    far = ~known | (solved.unknown > knobs.mostly)
    far |= ~_within_reach(mesh, claimed, labels, solved, leaning, reach_km=knobs.reach_km)
    place, without = np.arange(len(best)) < mesh.place_nodes, np.full(len(best), True)
    without[claimed.nodes] = False
    judged = len(labels.nodes) >= knobs.judges
    doubt = np.full(len(best), "", dtype="<U18")
    side = np.unique(np.array(claimed.sides), return_inverse=True)[1].reshape(-1)
    if judged:
        regions = regions_of(mesh, knobs)
        land = mesh.memory.of("areas", lambda: cell_areas(mesh))
        ground = Banded(~far, without, place, land)
        close = thresholds_of(best, side[leaning], ground, regions, knobs)
        doubt[best < close] = BAND
        says = labels.shares.argmax(axis=1)[solved.nearest]
        outvoted = known & (side[says] != side[leaning]) & (solved.evidence_km <= knobs.outvoted_km)
        doubt[outvoted] = BAND
    doubt[solved.beside_pocket] = POCKET
    doubt[solved.contested > knobs.mostly] = "evidence"
    doubt[far] = "no_evidence"
    status = np.where(doubt == "", "held", "contested").astype("<U12")
    status[far] = "undetermined"
    return Field(
        mesh,
        claimed.actors,
        claimed.sides,
        solved.probability,
        leaning,
        status,
        doubt,
        best * labels.worth[solved.nearest],
        solved.evidence_km,
        claimed.points,
        claimed.control,
        len(claimed.control) >= knobs.judges,
        solved.held_out,
    )


def empty_field(mesh: Tessellation, claimed: Claimed, knobs: InferenceSettings) -> Field:
    """Nothing spreads: only the claimed places themselves have a state."""
    count = len(mesh.xy)
    return pinned(
        claimed,
        Field(
            mesh,
            claimed.actors,
            claimed.sides,
            np.zeros((count, len(claimed.actors))),
            np.full(count, -1, dtype=np.int64),
            np.full(count, "undetermined", dtype="<U12"),
            np.full(count, "no_evidence", dtype="<U18"),
            np.zeros(count),
            np.full(count, np.inf),
            claimed.points,
            claimed.control,
            len(claimed.control) >= knobs.judges,
        ),
    )


def _within_reach(
    mesh: Tessellation,
    claimed: Claimed,
    labels: Labels,
    solved: Solved,
    leaning: NDArray[np.int64],
    *,
    reach_km: float,
) -> NDArray[np.bool_]:
    """Whether a place of the side that leads at a node lies within reach of it, (N,)."""
    from scipy.spatial import cKDTree

    names = tuple(sorted(set(claimed.sides)))
    belongs = belonging(claimed.sides, names)
    leads = np.where(leaning < 0, -1, belongs.argmax(axis=1)[leaning])
    told = (labels.shares @ belongs) > 0
    # mostly the nearest evidence of all is for the side that leads: no need to look for it
    surely = reach_km * (1.0 - 1e-9)  # however distances are rounded
    near = (leads >= 0) & told[solved.nearest, leads] & (solved.evidence_km <= surely)
    for side in range(len(names)):
        nodes = np.flatnonzero((leads == side) & ~near)
        own = labels.nodes[told[:, side]]
        if len(nodes) and len(own):
            bound = reach_km * 1000.0
            apart = cKDTree(mesh.xy[own]).query(mesh.xy[nodes], distance_upper_bound=bound)[0]
            near[nodes] = np.asarray(apart) <= bound
    return near


def belonging(sides: tuple[str, ...], names: tuple[str, ...]) -> NDArray[np.float64]:
    """1 where an actor is of a side, (K, S)."""
    return np.array([[side == name for name in names] for side in sides], dtype=float)


def pinned(claimed: Claimed, field: Field) -> Field:
    """
    Write the state of claimed places over what was inferred: evidence overrules inference.

    Places that share a node: the surest speaks for it, and it is contested where another is said to
    be of another side, for who holds the one does not hold the other.

    Parameters
    ----------
    claimed
        The claimed places, reviewed.
    field
        What :func:`field_from_solved` gives, which stays as it is.
    """
    table = claimed.control
    rows = np.lexsort((table["confidence"].to_numpy(dtype=float), claimed.nodes))
    nodes = claimed.nodes[rows]  # of one node the surest last: what is written last stays
    column = {actor: index for index, actor in enumerate(claimed.actors)}
    actor = np.array([column.get(one, -1) for one in table["leaning"].tolist()], np.int64)[rows]
    told = table["status"].tolist()
    why = list(map(_WHY.get, told, itertools.repeat("")))
    for row, reasons in enumerate(table["reasons"].tolist()):
        if told[row] == "contested":
            why[row] = next((one for one in (POCKET, JOINT) if one in reasons), "evidence")
    leaning, status = field.leaning.copy(), field.status.copy()
    doubt, confidence = field.doubt.copy(), field.confidence.copy()
    leaning[nodes[actor >= 0]] = actor[actor >= 0]
    said = np.array(told, dtype=status.dtype)[rows]
    status[nodes], doubt[nodes] = said, np.array(why, dtype=doubt.dtype)[rows]
    confidence[nodes] = table["confidence"].to_numpy(dtype=float)[rows]
    held = (actor >= 0) & ((said == "held") | (said == "besieged"))
    side = np.unique(np.array([*claimed.sides, ""]), return_inverse=True)[1].reshape(-1)[actor]
    holders = np.unique(np.column_stack([nodes, side])[held], axis=0)[:, 0]
    both = holders[1:][holders[1:] == holders[:-1]]
    status[both], doubt[both] = "contested", "evidence"
    return replace(
        field,
        leaning=leaning,
        status=status,
        doubt=doubt,
        confidence=confidence,
        points=claimed.points,
        control=claimed.control,
    )


def _leaning(
    probability: NDArray[np.float64], sides: tuple[str, ...]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """
    Likeliest actor of the likeliest side at each node, and the side's probability.

    Sides first: two allied factions with .3 each outweigh an enemy with .4.
    """
    names = tuple(sorted(set(sides)))
    belongs = belonging(sides, names)
    by_side = probability @ belongs
    own = np.where(belongs.T[by_side.argmax(axis=1)] > 0, probability, -1.0)
    return own.argmax(axis=1).astype(np.int64), by_side.max(axis=1)
