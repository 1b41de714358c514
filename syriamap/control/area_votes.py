"""
What claims about whole areas ("all of Daraa province") say of the places inside.

In come votes (:mod:`syriamap.control.evidence`), out go the same by place, those about areas handed
to the places of the area. What an area claim is worth to a place stands in ``docs/control.md``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np

from syriamap.control.control_settings import CONTROL
from syriamap.control.evidence import AREA_PREFIX, AREA_REASON, NOBODY
from syriamap.errors import ControlError
from syriamap.theater.distances import plane_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from syriamap.control.evidence import Vote
    from syriamap.theater.folder import Theater

__all__ = ["votes_with_areas"]

_HOLDS = frozenset({"state", "change"})
"""Effects of votes that say who holds a place."""


def votes_with_areas(votes: Sequence[Vote], theater: Theater) -> dict[str, list[Vote]]:
    """
    Votes by place; those about areas are handed to the places inside.

    Only who holds, took or left an area counts; strikes and fighting have places. A place with an
    older report hears the area claim at .8 of its worth, so that it is told anew;
    a place that a claim of the same day names is left to that claim. It hears who holds the area
    at .25 where its own last report gave it to another side, as did another origin: who speaks of
    a province does not speak of every town. A town that another side held by its own reports before
    and after does not hear it at all, nor do the places around it that were last reported on
    longer ago than that town. An ally's base, last reported as a local actor's of that side, does
    not hear that the side holds the area around it. A city or town that no claim has named until
    then, and a village that is named later, hears it at .5, unless it says only who lost or left
    the area. Of a drawn area, which is a map, all in it hears all that is said; only a place of
    which the same origin speaks on that day is left to that. Points on its empty land hear claims
    about other areas that they lie in as places do that its own claims name.

    Parameters
    ----------
    votes
        Of :func:`syriamap.control.evidence.votes_from_claims`.
    theater
        Gives the areas.
    """
    by_place: dict[str, list[Vote]] = {}
    for vote in votes:
        by_place.setdefault(vote.place_id, []).append(vote)
    about = {
        place.removeprefix(AREA_PREFIX): by_place.pop(place)
        for place in sorted(by_place)
        if place.startswith(AREA_PREFIX)
    }
    if not about:
        return by_place
    for area in about:
        if area not in theater.areas:
            raise ControlError(
                f"{area!r} is no area of the theater; those beside a table come with "
                "theater.with_areas_of(tables)"
            )
    told = _by_day(by_place)
    drawn = {area for area, own in theater.own_areas.items() if own.drawn}
    for area in (one for one in about if one in drawn):
        _add(by_place, _heard_by_all(about[area], theater.places_by_area[area], told))
    # to other areas the points of drawn ones are places that claims name
    told |= _by_day({place: by_place[place] for place in theater.drawn_points.keys() & by_place})
    towns = frozenset(theater.places.index[theater.places["kind"].isin(["city", "town"])])
    for area in (one for one in about if one not in drawn):
        inside = theater.places_by_area.get(area, ())
        known = [place for place in inside if place in told or place in towns]
        _add(by_place, _heard_by_known(about[area], known, told, theater))
    return by_place


def _by_day(votes: Mapping[str, Sequence[Vote]]) -> dict[str, list[Vote]]:
    return {place: sorted(own, key=lambda vote: vote.day) for place, own in votes.items()}


def _add(by_place: dict[str, list[Vote]], heard: Iterable[tuple[str, list[Vote]]]) -> None:
    for place, own in heard:
        if own:
            by_place.setdefault(place, []).extend(own)


def _heard_by_known(
    about: Sequence[Vote],
    known: Sequence[str],
    told: Mapping[str, Sequence[Vote]],
    theater: Theater,
) -> Iterator[tuple[str, list[Vote]]]:
    """What votes about an area say of its towns, and of the places inside that claims name."""
    overlooked = _Overlooked([place for place in known if place in told], told, theater)
    for place in known:
        own = told.get(place, ())
        days = {vote.day for vote in own}
        heard = [
            _heard(vote, place, own, theater)
            for vote in about
            if vote.day not in days and place not in overlooked.by(vote)
        ]
        yield place, [vote for vote in heard if vote is not None]


def _heard_by_all(
    about: Sequence[Vote],
    inside: Sequence[str],
    told: Mapping[str, Sequence[Vote]],
) -> Iterator[tuple[str, list[Vote]]]:
    """What votes about a drawn area say of all in it that their origin does not name itself."""
    for place in inside:
        named = {(vote.day, vote.origin) for vote in told.get(place, ())}
        heard = [vote for vote in about if (vote.day, vote.origin) not in named]
        yield place, [_handed(vote, place) for vote in heard]


def _handed(vote: Vote, place_id: str, share: float = 1.0) -> Vote:
    """Hand a vote about an area to a place inside, at a share of its worth."""
    return vote._replace(
        place_id=place_id, weight=vote.weight * share, reasons=(*vote.reasons, AREA_REASON)
    )


def _heard(vote: Vote, place_id: str, told: Sequence[Vote], theater: Theater) -> Vote | None:
    """What an area claim says of one place of the area of which such votes of other days tell."""
    if vote.effect not in {"state", "change", "denial"}:
        return None
    known_before = bool(told) and told[0].day < vote.day
    if not known_before and vote.actor == NOBODY:
        return None  # who left the area need not have been in this town
    if vote.effect == "state" and _of_an_ally(vote, told, theater):
        return None
    share = CONTROL.alone_share
    if known_before:
        other = vote.effect == "state" and _of_another(vote, told, theater)
        share = CONTROL.other_share if other else CONTROL.retold_share
    return _handed(vote, place_id, share)


def _of_an_ally(vote: Vote, told: Sequence[Vote], theater: Theater) -> bool:
    """Whether the last report gave the place to a local actor of the side: an ally's base."""
    known = [own for own in told if own.day < vote.day and own.effect in _HOLDS]
    return (
        bool(known)
        and known[-1].actor != vote.actor
        and known[-1].actor in theater.local_actors
        and theater.side_of(known[-1].actor) == theater.side_of(vote.actor)
    )


class _Overlooked:
    """
    Which places of an area are passed over by who says that somebody holds all of it.

    Parameters
    ----------
    places
        Places of the area that have reports of their own.
    told
        Those reports by place, by day.
    theater
        Gives sides and points.
    """

    def __init__(
        self, places: Sequence[str], told: Mapping[str, Sequence[Vote]], theater: Theater
    ) -> None:
        self.places = tuple(places)
        self.reports = tuple(
            tuple(
                (own.day, theater.side_of(own.actor))
                for own in told[place]
                if own.effect in _HOLDS and own.actor != NOBODY
            )
            for place in places
        )
        self.days = [[day for day, _ in reports] for reports in self.reports]
        self.xy = plane_km(theater.degrees_of(self.places))
        self.theater = theater
        self.heirs = _heirs(theater)
        self.found: dict[tuple[int, str], frozenset[str]] = {}
        self._around: dict[int, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}

    def by(self, vote: Vote) -> frozenset[str]:
        """Places that a claim about the area passes over."""
        if vote.effect != "state" or vote.actor == NOBODY:
            return frozenset()
        key = vote.day, self.theater.side_of(vote.actor)
        if key not in self.found:
            self.found[key] = self._passed_over(*key)
        return self.found[key]

    def _passed_over(self, day: int, side: str) -> frozenset[str]:
        """Places whose reports, or those of the nearest one with later reports, say otherwise."""
        latest = np.full(len(self.places), -np.inf)
        otherwise = np.zeros(len(self.places), dtype=bool)
        for row, (days, reports) in enumerate(zip(self.days, self.reports, strict=True)):
            before, after = bisect_left(days, day), bisect_right(days, day)
            if before:
                latest[row], held = reports[before - 1]
                still = {held, *self.heirs.get(held, ())} - {side}
                otherwise[row] = (
                    held != side and after < len(reports) and reports[after][1] in still
                )
        found = set()
        for row, place in enumerate(self.places):
            nearest = row
            if not otherwise[row] and otherwise.any():
                near, apart = self._near(row)
                later = latest[near] > latest[row]
                nearest = near[later][np.argmin(apart[later])] if later.any() else row
            if otherwise[nearest]:
                found.add(place)
        return frozenset(found)

    def _near(self, row: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Places so near one that their reports count for it, and how far they are."""
        if row not in self._around:
            apart = np.hypot(*(self.xy - self.xy[row]).T)
            near = np.flatnonzero(apart <= CONTROL.overlooked_km)
            self._around[row] = near, apart[near]
        return self._around[row]


def _heirs(theater: Theater) -> dict[str, set[str]]:
    """Sides that follow a side, for their actors are the successors of its own."""
    found: dict[str, set[str]] = {}
    for actor, heir in theater.actors["successor"].items():
        if heir:
            found.setdefault(theater.side_of(str(actor)), set()).add(theater.side_of(str(heir)))
    return found


def _of_another(vote: Vote, told: Sequence[Vote], theater: Theater) -> bool:
    """Whether the last report of the place gave it to another side, as did another origin."""
    known = [
        (theater.side_of(own.actor), own.origin)
        for own in told
        if own.day < vote.day and own.effect in _HOLDS and own.actor != NOBODY
    ]
    if not known or known[-1][0] == theater.side_of(vote.actor):
        return False
    return len({origin for side, origin in known if side == known[-1][0]}) > 1
