"""
Why a place has its color: the claims that decide, and what the map would be without each.

In come the claims and a place, out goes an :class:`Explanation`. Where claims speak of the place,
each of its deciding claims is left out in turn; where none does, each of the places that count most
at it is. The rest of the map is built again each time, so the effect is exact.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.control.claimed import control_of_question, time_of_question
from syriamap.control.evidence import votes_from_claims
from syriamap.control.timeline.day_states import frame_of_day
from syriamap.control.timeline.series import without_claims
from syriamap.control.timeline.terms import place_terms
from syriamap.errors import EvaluateError
from syriamap.explain.claim_map import MapOfClaims
from syriamap.jobs import ALONE, Crew
from syriamap.look.wording import long_date, word_tables
from syriamap.territory import (
    Change,
    Inferred,
    changed_fields,
    influence_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from syriamap.claims.question import Question
    from syriamap.theater.folder import Theater

__all__ = [
    "EFFECT_COLUMNS",
    "LEFT_OUT_COLUMNS",
    "Explanation",
    "claim_effects",
    "explain_place",
    "explanation_json",
    "explanation_text",
    "with_effects",
]

_NO_NEWS = 0.005
"""A spell that is likelier by less than where nothing is reported is written as the same number."""

_OF_A_DAY = 500.0
"""Work on the effect of a claim, beside that of a day with as many places (`Crew.workers`)."""

EFFECT_COLUMNS = (
    "place_id", "place", "claim_id", "event_date", "actor", "relation", "against", "certainty",
    "publisher", "source_url", "weight", "reasons", "influence", "without_leaning",
    "without_status", "without_confidence", "changed_km2",
)  # fmt: skip
"""
Columns of an explanation's claims. `weight` is what the claim is worth, `influence` how much its
place counts here (1 at the place itself); `without_…` is the state of the explained place without
the claim, or without all claims of its place where that is another one; `changed_km2` is how much
land would change holder or status.
"""

LEFT_OUT_COLUMNS = ("place_id", "claim_id", "leaning", "status", "changed_km2")
"""
Columns of :func:`claim_effects`: the place, the claim that is left out, who would lead there in
which status, and how much land would change holder or status.
"""

_MOST_CLAIMS = 8
_MOST_PLACES = 4
_MOST_NEIGHBORS = 6


@dataclass(frozen=True)
class Explanation:
    """
    Why a place has its color.

    Attributes
    ----------
    place_id, name
        The place.
    claimed
        Whether claims speak of it; else its state is inferred.
    status, leaning, confidence, doubt
        Its state, as in the states frame.
    reasons
        Reason codes.
    steps
        What is known of it, with hindsight, on each day of which anything is said of it: `date`,
        `holder` and its `probability`, the chances of `fighting`, of a `battle` for a city, of a
        `siege` and that it is held by two (`joint`), `unreported` (how likely each of the first
        three is where nothing is reported), `claims` (what was said of that day: claim id, what it
        speaks for, weight and reason codes). Those after the day of the map are what later news
        says of it.
    around
        `last_other` and `first_sure`, the last day on which somebody else led and the first on
        which the holder is sure; `neighbors` that changed hands then and how much each `counts`,
        and the chance of a change that they alone gave (`from_neighbors`). Empty where no claim
        speaks of the place.
    claims
        The deciding claims, :data:`EFFECT_COLUMNS`, those that count most first.
    """

    place_id: str
    name: str
    claimed: bool
    status: str
    leaning: str
    confidence: float
    doubt: str
    reasons: tuple[str, ...]
    steps: tuple[dict[str, Any], ...]
    around: dict[str, Any]
    claims: pd.DataFrame


def explain_place(place_id: str, question: Question, day: date) -> Explanation:
    """
    Explain the state of a place on a day.

    Parameters
    ----------
    place_id
        A place of the theater, or an own point of a claim.
    question
        Theater, claims, cut-off and story.
    day
        The day of the map.

    Raises
    ------
    EvaluateError
        No such place.
    """
    again, theater = MapOfClaims(question, day), question.theater
    if place_id not in again.ground.points:
        raise EvaluateError(f"no place {place_id!r} in this theater or among its claims")
    node = again.node_of(place_id)
    control = again.control.set_index("place_id")
    claimed = place_id in control.index
    if claimed:
        rows = _rows_of(again, place_id, place_id, node, 1.0)
    else:
        weights = influence_on(node, again.ground, again.said, theater)
        rows = []
        for row in np.argsort(-weights, kind="stable")[:_MOST_PLACES].tolist():
            if weights[row] > 0.005:
                other = str(again.said["place_id"].iloc[row])
                rows += _rows_of(again, other, place_id, node, round(float(weights[row]), 4))
    leaning, status, confidence = again.state(again.field, node)
    reasons: tuple[str, ...] = ("inferred",)
    if claimed:
        own = control.loc[place_id].to_dict()
        leaning, status = str(own["leaning"]), str(own["status"])
        confidence, reasons = float(own["confidence"]), tuple(own["reasons"])
    names = theater.places["name"]
    name = str(control.loc[place_id, "name"]) if claimed else str(names[place_id])
    return Explanation(
        place_id,
        name,
        claimed,
        status,
        leaning,
        confidence,
        str(again.field.doubt[node]),
        reasons,
        _steps(question, place_id),
        _around(question, place_id, day),
        pd.DataFrame(rows, columns=list(EFFECT_COLUMNS)),
    )


def _steps(question: Question, place_id: str) -> tuple[dict[str, Any], ...]:
    """What is known of a place, with hindsight, on each day of which anything is said of it."""
    time = time_of_question(question)
    row = time.scene.rows.get(place_id)
    if row is None:
        return ()
    place = np.array([row])
    spells = {"fighting": time.fights, "battle": time.battles, "siege": time.sieges}
    unreported = {name: round(one.usual, 4) for name, one in spells.items()}
    steps = []
    for day in sorted(set(time.days_told.of[row])):
        step = int(time.lattice.steps_at(place, day)[0])
        leader = int(time.leader[step])
        steps.append(
            {
                "date": str(np.datetime64(day, "D")),
                "holder": time.who.actor(row, leader, day),
                "probability": round(float(time.posteriors.at(np.array([step]))[0, leader]), 4),
                **{
                    name: round(float(one.chance(place, day)[0]), 4) for name, one in spells.items()
                },
                "joint": round(time.joint.at(row, day)[0], 4),
                "unreported": unreported,
                "claims": [
                    {
                        "claim_id": vote.claim_id,
                        "effect": vote.effect,
                        "actor": vote.actor,
                        "weight": round(vote.weight, 4),
                        "reasons": list(vote.reasons),
                    }
                    for vote in time.votes[row]
                    if vote.day == day
                ],
            }
        )
    return tuple(steps)


def _around(question: Question, place_id: str, day: date) -> dict[str, Any]:
    """Since when the holder holds, as an interval, and which neighbors changed hands then."""
    time = time_of_question(question)
    if place_id not in time.scene.rows:
        return {}
    terms = place_terms(time, place_id, day)
    return {
        "last_other": terms.last_other.isoformat() if terms.last_other else None,
        "first_sure": terms.first_sure.isoformat() if terms.first_sure else None,
        "from_neighbors": round(terms.heard, 4),
        "neighbors": [
            {
                "place_id": one.place_id,
                "name": one.name,
                "date": one.day.isoformat(),
                "from": one.source,
                "to": one.target,
                "counts": round(one.counts, 4),
            }
            for one in terms.neighbors[:_MOST_NEIGHBORS]
        ],
    }


def _rows_of(
    again: MapOfClaims, place_id: str, asked: str, node: int, influence: float
) -> list[dict[str, object]]:
    """Deciding claims of a place, the weightiest first, and the effect of each at a node."""
    own = again.said.set_index("place_id").loc[place_id]
    deciding = [str(one) for one in tuple(own["claim_ids"])[:_MOST_CLAIMS]]
    usable = again.claims[again.claims["claim_id"].isin(deciding)]
    story = again.question.according_to
    told = votes_from_claims(usable, again.theater, according_to=story)
    vote = {one.claim_id: one for one in told}
    table = usable.set_index("claim_id")
    shared = None if place_id == asked else again.without_place(place_id)
    rows: list[dict[str, object]] = []
    for claim_id in deciding:
        one = table.loc[claim_id]
        field = shared or again.without_claim(claim_id)
        leaning, status, confidence = again.state(field, node)
        rows.append(
            {
                "place_id": str(one["place_id"]),
                "place": str(one["place"]),
                "claim_id": claim_id,
                "event_date": str(one["event_date"].date()),
                "actor": one["actor"],
                "relation": one["relation"],
                "against": one["against"],
                "certainty": one["certainty"],
                "publisher": one["publisher"],
                "source_url": one["source_url"],
                "weight": round(vote[claim_id].weight, 4),
                "reasons": ";".join(vote[claim_id].reasons),
                "influence": influence,
                "without_leaning": leaning,
                "without_status": status,
                "without_confidence": confidence,
                "changed_km2": again.changed_km2(field),
            }
        )
    return rows


def claim_effects(
    question: Question, day: date, *, most: int = 1, crew: Crew = ALONE
) -> pd.DataFrame:
    """
    What the map would be without the weightiest claims of each place, for all places at once.

    The fields are those of :func:`~syriamap.territory.changed_fields`: both smoothers are updated
    exactly, while the spacing of the evidence, the trust in other places and the calibration stay
    those of the full map. :func:`explain_place` infers anew.

    Parameters
    ----------
    question, day
        As for :func:`explain_place`.
    most
        How many claims of each place, the weightiest first.
    crew
        Who works them out; they are the same.

    Returns
    -------
    pandas.DataFrame
        :data:`LEFT_OUT_COLUMNS`, one row per place and claim, in the order of the control frame.
    """
    said = control_of_question(question, day)
    places = said["place_id"].tolist()
    asked = (question, day, most)
    if crew.workers(len(places), _OF_A_DAY) > 1:
        found = crew.each(_effects_there, asked, places, weight=_OF_A_DAY)
    else:
        found = _effects_there(asked, places)
    rows = [
        (rank, number, *row)
        for number, of_place in enumerate(found)
        for rank, row in enumerate(of_place)
    ]
    ordered = [row[2:] for row in sorted(rows, key=lambda row: (row[1], row[0]))]
    return pd.DataFrame(ordered, columns=list(LEFT_OUT_COLUMNS))


_Effect = tuple[str, str, str, str, float]


def _effects_there(asked: tuple[Question, date, int], places: Sequence[str]) -> list[list[_Effect]]:
    """What the map would be without the weightiest claims of each of some places."""
    question, day, most = asked
    base = MapOfClaims(question, day)
    rows: dict[str, list[_Effect]] = {place: [] for place in places}
    if not isinstance(base.inferred, Inferred):
        return list(rows.values())
    own = dict(zip(base.said["place_id"], base.said["claim_ids"], strict=True))
    own = {place: own[place] for place in places}
    about = dict(zip(base.claims["claim_id"], base.claims["place_id"], strict=True))
    for rank in range(most):
        left_out = {place: ids[rank] for place, ids in own.items() if len(ids) > rank}
        # a claim about an area or another place changes more than this one
        local = {place: one for place, one in left_out.items() if about[one] == place}
        new = frame_of_day(without_claims(time_of_question(question), local), day)
        new = new[new["place_id"].isin(local)].reset_index(drop=True)  # each in its own chain
        new = base.marked(new["place_id"].tolist(), new)
        row_of = {place: row for row, place in enumerate(new["place_id"])}
        changes = [
            Change(place, new.iloc[[row_of[place]]] if place in row_of else new.iloc[:0])
            for place in local
        ]
        after = chain(
            zip(local, changed_fields(base.inferred, changes), strict=True),
            ((place, None) for place in left_out if place not in local),
        )
        for place, field in after:  # one at a time: a field takes megabytes
            seen = field or base.without_claim(left_out[place])
            leaning, status, _ = base.state(seen, base.node_of(place))
            rows[place].append((place, left_out[place], leaning, status, base.changed_km2(seen)))
    return list(rows.values())


def explanation_text(found: Explanation, day: date, theater: Theater | None = None) -> str:
    """
    Write an explanation in sentences, with the addresses of the sources.

    Parameters
    ----------
    found
        Of :func:`explain_place`.
    day
        The day of the map.
    theater
        Has the names of actors, each told as it was called on the day that is spoken of; their ids
        stand where it is not given.
    """
    told = _Telling(day, theater)
    lines = [f"{told.state_sentence(found, day)}", f"Why: {told.reasons(found.reasons)}."]
    if not found.claimed:
        lines.append("No claim speaks of it; these places around it count most.")
    for row in found.claims.to_dict("records"):
        lines += ["", *told.claim_lines(row, inferred=not found.claimed)]
    lines += ["", *told.lines_around(found.around)] if found.around else []
    if found.steps:
        lines += ["", "What is known of it step by step, with hindsight:"]
        lines += [f"  {told.step_sentence(step)}" for step in found.steps]
    return "\n".join(lines)


_EFFECTS = {
    "state": ("{n} say {who} holds it", "{n} says {who} holds it"),
    "change": ("{n} say {who} took it", "{n} says {who} took it"),
    "left": ("{n} say it was left or lost", "{n} says it was left or lost"),
    "fight": ("{n} tell of fighting by {who}", "{n} tells of fighting by {who}"),
    "siege": ("{n} tell of a siege by {who}", "{n} tells of a siege by {who}"),
    "denial": ("{n} deny that {who} holds it", "{n} denies that {who} holds it"),
}
"""What claims of a day speak for, of several and of one."""


class _Telling:
    """Sentences of an explanation, with the names of a theater where there is one."""

    def __init__(self, day: date, theater: Theater | None) -> None:
        self._day, self._theater = day, theater
        self._relations = word_tables("en")["relations"]
        self._reasons = word_tables("en")["reasons"]
        self._doubts = word_tables("en")["doubts"]
        self._certainties = word_tables("en")["certainties"]

    def name(self, actor: Any, written: str = "") -> str:
        """Name of an actor on a day, that of the map when none is given; "nobody" for none."""
        if not actor:
            return "nobody"
        if self._theater is None or actor not in self._theater.actors.index:
            return str(actor)
        on = date.fromisoformat(written) if written else self._day
        return str(self._theater.named_for(on, on).actors.loc[actor, "name"])

    def reasons(self, codes: Iterable[str]) -> str:
        """Reason codes in words, each with its code."""
        told = []
        for code in codes:
            kind, _, what = code.partition(":")
            words = self._reasons.get(kind, "inferred from around" if kind == "inferred" else "")
            words = words.replace("{what}", what)
            told.append(f"{words} ({code})" if words and words != code else code)
        return "; ".join(told)

    def state_sentence(self, found: Explanation, day: date) -> str:
        """Say what the place is on the map."""
        who, named = self.name(found.leaning), f"{found.name} ({found.place_id})"
        on = long_date(day, "en")
        leans = f"it leans to {who}"
        state = {
            "held": f"is held by {who}",
            "besieged": f"is besieged, and held by {who}",
            "contested": f"is contested; {leans}",
            "undetermined": f"is undetermined; {leans}",
        }.get(found.status, f"is {found.status}; {leans}")
        doubt = f"; {self._doubts.get(found.doubt, found.doubt)} ({found.doubt})"
        text = f"{named} {state} on {on} (confidence {found.confidence:.2f})"
        return f"{text}{doubt if found.doubt else ''}."

    def claim_lines(self, row: Mapping[Any, Any], *, inferred: bool) -> list[str]:
        """Say what a claim says, where it stands, and what would be without it."""
        relation = str(row["relation"])
        key = relation if relation in self._relations else "other"
        phrase = self._relations[f"{key}_against" if row["against"] else key]
        said = phrase.format(
            actor=self.name(row["actor"], row["event_date"]), place=row["place"], relation=relation,
            against=self.name(row["against"], row["event_date"]),
        )  # fmt: skip
        certainty = self._certainties.get(row["certainty"], row["certainty"])
        without = (
            f"{row['without_status']}, "
            f"{self.name(row['without_leaning'])}, confidence {row['without_confidence']:.2f}"
        )
        why = self.reasons(str(row["reasons"]).split(";"))
        influence = f", influence {row['influence']:.2f}" if inferred else ""
        lines = [
            f"  {row['event_date']}, {row['publisher']}: {said} ({certainty}).",
            f"      Weight {row['weight']:.2f}{influence}: {why}.",
            f"      The map without it: {without}; {row['changed_km2']:,.0f} km² would change.",
        ]
        if row["source_url"]:
            lines.insert(1, f"      {row['source_url']}")
        return lines

    def lines_around(self, around: Mapping[str, Any]) -> list[str]:
        """Say since when, and what the neighbors did then."""
        lines = []
        if around.get("first_sure"):
            last = around["last_other"]
            after = f"after {last}, the last day of somebody else, and " if last else ""
            lines.append(f"It changed hands {after}surely by {around['first_sure']}.")
        if around.get("neighbors"):
            lines.append("Places around it changed hands then:")
            lines += [
                f"  {one['date']}: {one['name']}, from {self.name(one['from'], one['date'])} to "
                f"{self.name(one['to'], one['date'])} (counts {one['counts']:.2f})."
                for one in around["neighbors"]
            ]
        return lines

    def step_sentence(self, step: Mapping[str, Any]) -> str:
        """Say who held the place on a day, and how many claims speak of that day."""
        day, chance = step["date"], f"chance {step['probability']:.2f}"
        state = f"{day}: {self.name(step['holder'], day)}, {chance}"
        for key, name in (
            ("fighting", "fighting"), ("battle", "battle for the city"), ("siege", "siege"),
            ("joint", "held together"),
        ):  # fmt: skip
            if not step[key]:
                continue
            state += f", {name} {step[key]:.2f}"
            if step[key] < step["unreported"].get(key, 0.0) + _NO_NEWS:
                state += " (no likelier than where nothing is reported)"
        counts = Counter((one["effect"], one["actor"]) for one in step["claims"])
        parts: list[str] = []
        for (effect, actor), number in counts.items():
            kind = effect if actor or effect != "change" else "left"
            many, one = _EFFECTS.get(kind, ("{n} say {effect} {who}", "{n} says {effect} {who}"))
            phrase = one if number == 1 else many
            count = f"{number} claim" + ("s" if number > 1 and not parts else "")
            count = count if not parts else str(number)
            parts.append(phrase.format(n=count, who=self.name(actor, day), effect=effect))
        return f"{state}. {'; '.join(parts)}." if parts else f"{state}."


def explanation_json(found: Explanation, day: date) -> dict[str, Any]:
    """Give an explanation as plain JSON values; the keys are those of :class:`Explanation`."""
    rows = found.claims.astype(object).where(found.claims.notna(), None).to_dict("records")
    return {"date": day.isoformat(), **vars(found), "claims": rows}


def with_effects(control: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    """
    Control frame with what the map would be without its claims, for the page.

    Parameters
    ----------
    control
        The control frame.
    effects
        Of :func:`claim_effects`.

    Returns
    -------
    pandas.DataFrame
        A new frame with the column `without`: of each place a tuple of (claim id, actor after, km²
        changed), empty where nothing was computed.
    """
    told: dict[str, list[tuple[str, str, float]]] = {}
    columns = ["place_id", "claim_id", "leaning", "changed_km2"]
    for place, claim_id, actor, km2 in effects[columns].itertuples(index=False, name=None):
        told.setdefault(place, []).append((claim_id, actor, km2))
    column = np.empty(len(control), dtype=object)
    column[:] = [tuple(told.get(one, ())) for one in control["place_id"]]
    return control.assign(without=column)
