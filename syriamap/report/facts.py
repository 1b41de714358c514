"""
What a report says, counted from the frames: who holds what, what changed, what is contested.

In come maps of one or two days, out go numbers and names; no word of any language is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.export.fields import described
from syriamap.look.symbols import shade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.history.changes import Changes
    from syriamap.history.days import MapOfDay

__all__ = [
    "Facts",
    "PlaceState",
    "Share",
    "facts_of",
    "settlements_frame",
    "sources_frame",
]

_HOLDING = ("held", "besieged")


@dataclass(frozen=True)
class Share:
    """
    How much of the country a holder has, or a status without one.

    Attributes
    ----------
    actor, status
        The holder, or empty and `contested`, `front_band`, `unconfirmed_pocket`, `undetermined`.
    km2, percent
        Size, and of the whole country.
    """

    actor: str
    status: str
    km2: float
    percent: float


@dataclass(frozen=True)
class PlaceState:
    """
    State of a place, and what it was before.

    Attributes
    ----------
    row
        The place's row of the states frame.
    claim_ids
        Claims that decided it.
    was
        Actor and status on the earlier day; none without one.
    """

    row: dict[str, Any]
    claim_ids: tuple[str, ...]
    was: tuple[str, str] | None

    @property
    def state(self) -> tuple[str, str]:
        """Actor and status."""
        return str(self.row["actor"]), str(self.row["status"])

    @property
    def changed(self) -> bool:
        """Whether it is not what it was."""
        return self.was is not None and self.was != self.state


@dataclass(frozen=True)
class Facts:
    """
    What a report says of a day, and of the time since another.

    Attributes
    ----------
    shares
        Holders, largest first, then contested and undetermined ground.
    capitals
        The theater's capitals, or its cities where it names none.
    named_capitals
        Whether the theater names capitals.
    contested
        Contested places with evidence, larger ones first.
    contested_areas
        How many areas are contested.
    fronts
        Pairs of hostile sides and the kilometers of front between them, longest first.
    events
        How many strikes and advances of the last days there are, by kind.
    changes
        What changed since the earlier day.
    """

    shares: tuple[Share, ...]
    capitals: tuple[PlaceState, ...]
    named_capitals: bool
    contested: tuple[PlaceState, ...]
    contested_areas: int
    fronts: tuple[tuple[str, str, float], ...]
    events: dict[str, int]
    changes: Changes | None


def facts_of(
    made: MapOfDay, before: MapOfDay | None = None, changes: Changes | None = None
) -> Facts:
    """
    Count what a report says.

    Parameters
    ----------
    made
        The map of the day.
    before
        The map of an earlier day.
    changes
        What changed between them.
    """
    states = made.states.set_index("place_id", drop=False)
    known = [place for place in made.theater.capitals if place in states.index]
    cities = states.index[states["kind"] == "city"]
    areas = made.territory
    lines = made.frontline[made.frontline["kind"] == "front"]
    pairs = lines.groupby(["actor_a", "actor_b"])["length_km"].sum().reset_index()
    fronts = [
        (str(a), str(b), float(length)) for a, b, length in pairs.itertuples(index=False, name=None)
    ]
    contested = states.index[(states["status"] == "contested") & states["evidence"]]
    counts = made.events["kind"].value_counts()
    return Facts(
        shares=_shares(areas),
        capitals=_place_states(made, before, known or cities),
        named_capitals=bool(known),
        contested=_place_states(made, before, contested),
        contested_areas=list(map(shade, areas["status"], areas["doubt"])).count("contested"),
        fronts=tuple(sorted(fronts, key=lambda one: (-one[2], one[0], one[1]))),
        events={str(kind): int(counts[kind]) for kind in sorted(counts.index)},
        changes=changes,
    )


def _shares(territory: pd.DataFrame) -> tuple[Share, ...]:
    held = territory["status"].isin(_HOLDING)
    # as on the map and in its legend: contested is one thing, too close to call another
    looks = pd.Series(list(map(shade, territory["status"], territory["doubt"])), territory.index)
    keys = pd.DataFrame(
        {
            "actor": territory["actor"].where(held, ""),
            "status": looks.where(~held, ""),
            "km2": territory["area_km2"],
        }
    )
    whole = float(keys["km2"].sum())
    sums = keys.groupby(["actor", "status"])["km2"].sum().reset_index()
    rows = [
        Share(str(actor), str(status), float(km2), 100 * float(km2) / whole)
        for actor, status, km2 in sums.itertuples(index=False, name=None)
    ]
    return tuple(sorted(rows, key=lambda one: (one.actor == "", -one.km2, one.actor, one.status)))


def _place_states(
    made: MapOfDay, before: MapOfDay | None, places: Iterable[str]
) -> tuple[PlaceState, ...]:
    states = made.states.set_index("place_id", drop=False)
    deciding = dict(zip(made.control["place_id"], made.control["claim_ids"], strict=True))
    was: dict[str, tuple[str, str]] = {}
    if before is not None:
        old = before.states
        pairs = zip(old["actor"], old["status"], strict=True)
        was = dict(zip(old["place_id"], pairs, strict=True))
    unknown = ("", "undetermined")
    found = [
        PlaceState(
            {str(key): value for key, value in states.loc[place].items()},
            tuple(map(str, deciding.get(place, ()))),
            was.get(place, unknown) if before is not None else None,
        )
        for place in places
    ]
    return tuple(sorted(found, key=lambda one: (-_people(one.row["population"]), one.row["name"])))


def _people(number: float) -> float:
    """A number of people for putting places in order: one that is not known counts as none."""
    return 0.0 if pd.isna(number) else float(number)


def settlements_frame(made: MapOfDay) -> pd.DataFrame:
    """
    State of every place of a map, the larger first.

    Parameters
    ----------
    made
        The map.
    """
    states = described(made.states, made.theater, "place")
    deciding = dict(zip(made.control["place_id"], made.control["claim_ids"], strict=True))
    states["claim_ids"] = [deciding.get(place, ()) for place in states["place_id"]]
    columns = [
        "place_id",
        "name",
        "name_ar",
        "kind",
        "admin1",
        "lat",
        "lon",
        "population",
        "actor",
        "leaning",
        "status",
        "confidence",
        "since",
        "evidence",
        "claim_ids",
        "doubt",
        "actor_name",
        "leaning_name",
        "admin1_name",
        "pcode",
    ]
    states = states.sort_values(
        ["evidence", "population", "place_id"], ascending=[False, False, True], ignore_index=True
    )
    return states[columns]


def sources_frame(made: MapOfDay) -> pd.DataFrame:
    """
    Publications behind a map, with how many of its claims each has and how it is graded.

    Parameters
    ----------
    made
        The map.
    """
    claims = made.claims_used
    keys = ["publisher", "source_title", "source_url"]
    frame = (
        claims.groupby(keys, sort=True)
        .agg(claims=("claim_id", "size"), first=("reported_on", "min"), last=("reported_on", "max"))
        .reset_index()
    )
    known = made.theater.publishers.reindex(frame["publisher"])
    for name in ("reliability", "side", "independence_group"):
        frame.insert(3, name, known[name].fillna("").to_numpy() if name in known else "")
    return frame
