"""
A name with what a row says of where the place lies: governorate, district, subdistrict, p-code.

In come a written name and its :class:`Whereabouts`, out goes a
:class:`~syriamap.names.resolution.Resolution`. What is said chooses between namesakes and rules out
what lies elsewhere: a village is never put into another governorate because its name is better
known there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.names.resolution import SAME_PLACE_KM, Candidate, Resolution, kilometers
from syriamap.names.toponyms import fold, skeleton

if TYPE_CHECKING:
    from syriamap.names.gazetteer import Gazetteer

__all__ = ["FAR_KM", "Whereabouts", "resolve_within"]

FAR_KM = 25.0
"""A place farther from what a row says of it is another place."""

_DISTRICT_KM = 60.0
_SUBDISTRICT_KM = 25.0
"""How far from its seat a district and a subdistrict reach."""

_HEARD_KM = 15.0
"""The same for a village whose name is only heard to be the one written."""

_VILLAGE_KM = 20.0
"""How far from the seat a village of an unknown p-code is still believed to be the one meant."""

_BY_SOUND = frozenset({"skeleton", "fuzzy"})

_CLEARLY_NEARER = 2.0
"""Of namesakes, the one near the seat is meant if the next is this many times as far."""


@dataclass(frozen=True)
class Whereabouts:
    """
    What a row says of where its place lies, beside its name.

    Attributes
    ----------
    admin1, admin2, admin3
        Governorate, district and subdistrict: names, or the governorate's code.
    pcode
        The UN's code of the community.
    """

    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    pcode: str = ""

    def __bool__(self) -> bool:
        return bool(self.admin1 or self.admin2 or self.admin3 or self.pcode)


def resolve_within(name: str, where: Whereabouts, gazetteer: Gazetteer) -> Resolution:
    """
    Find the place of a name that lies where a row says.

    Parameters
    ----------
    name
        The name as written; may be empty where there is a p-code.
    where
        What the row says of where it lies.
    gazetteer
        Knows the places.

    Returns
    -------
    Resolution
        The place of the p-code, where the theater has it. Else `accepted` only when one place of
        that name lies in the governorate, district and subdistrict that are named and known.
    """
    coded = gazetteer.place_of_pcode(where.pcode) if where.pcode else None
    if coded is not None:
        status = "accepted" if _fits(coded, where, gazetteer) else "ambiguous"
        return Resolution(name, status, (coded,))
    if not name:
        return Resolution(name, "not_found", ())
    code = gazetteer.admin1_if_known(where.admin1) if where.admin1 else ""
    result = gazetteer.resolve(name, admin1=code)
    if result.candidates and (where.admin2 or where.admin3):
        result = _narrowed(result, where, code, gazetteer)
    if where.pcode and gazetteer.has_pcodes and result.accepted:
        return _of_unknown_code(result, where, gazetteer)
    return result


def _fits(one: Candidate, where: Whereabouts, gazetteer: Gazetteer) -> bool:
    """Whether a p-code's place lies in the district that is named, where that can be told."""
    own = gazetteer.row_of(one.place_id).admin2
    if not (own and where.admin2 and gazetteer.has_unit("admin2", where.admin2)):
        return True
    return bool(_in_unit([one], "admin2", where.admin2, gazetteer))


def _of_unknown_code(result: Resolution, where: Whereabouts, gazetteer: Gazetteer) -> Resolution:
    """
    Doubt a name whose p-code the theater lacks: it is most likely a place that it lacks, too.

    A town is meant all the same. A village only where it is written so, lies in the subdistrict
    that is named, near its seat, and has no other p-code.
    """
    first = result.candidates[0]
    row = gazetteer.row_of(first.place_id)
    sure = first.how not in _BY_SOUND and (
        first.kind in {"city", "town"}
        or (
            not row.pcode
            and bool(where.admin3)
            and bool(_in_unit([first], "admin3", where.admin3, gazetteer))
            and bool(_near_seat([first], where.admin3, _VILLAGE_KM, first.admin1, gazetteer))
        )
    )
    if sure:
        return result
    return Resolution(result.query, "ambiguous", result.candidates)


def _narrowed(
    result: Resolution, where: Whereabouts, code: str, gazetteer: Gazetteer
) -> Resolution:
    """Keep the candidates that lie in the district and subdistrict; one that is left is meant."""
    left = list(result.candidates)
    for level, said, reach in (
        ("admin2", where.admin2, _DISTRICT_KM),
        ("admin3", where.admin3, _SUBDISTRICT_KM),
    ):
        if said and left:
            inside = _in_unit(left, level, said, gazetteer)
            if not inside:
                # where the theater knows the unit, what lies in another one is ruled out
                unknown = [
                    one for one in left if not getattr(gazetteer.row_of(one.place_id), level)
                ]
                inside = _near_seat(
                    unknown if gazetteer.has_unit(level, said) else left,
                    said, reach, code, gazetteer,
                )  # fmt: skip
            left = inside
    if not left:
        return Resolution(result.query, "not_found", ())
    first = left[0]
    if where.admin3 and first.kind not in {"city", "town"}:
        # a subdistrict has villages of one name, too: one far from its seat may be another
        reach = _HEARD_KM if first.how in _BY_SOUND else _SUBDISTRICT_KM
        if not _near_seat([first], where.admin3, reach, first.admin1, gazetteer):
            return Resolution(result.query, "ambiguous", tuple(left))
    if result.accepted and first == result.candidates[0]:
        return Resolution(result.query, "accepted", tuple(left))
    one_place = all(
        kilometers((first.lat, first.lon), (one.lat, one.lon)) <= SAME_PLACE_KM for one in left
    )
    # by sound alone nothing is accepted here that was not accepted before
    sure = one_place and first.how not in _BY_SOUND
    sure = sure or (one_place and first.score >= 0.8 and bool(code))
    return Resolution(result.query, "accepted" if sure else "ambiguous", tuple(left))


def _in_unit(
    candidates: list[Candidate], level: str, said: str, gazetteer: Gazetteer
) -> list[Candidate]:
    """Candidates whose district or subdistrict is the one that is named, where it is known."""
    key, bones = fold(said), skeleton(said)
    found = []
    for one in candidates:
        unit = str(getattr(gazetteer.row_of(one.place_id), level))
        if unit and (fold(unit) == key or skeleton(unit) == bones):
            found.append(one)
    return found


def _near_seat(
    candidates: list[Candidate], said: str, reach: float, code: str, gazetteer: Gazetteer
) -> list[Candidate]:
    """Candidates near the town that a unit is called after; all, where no such town is known."""
    seat = gazetteer.resolve(said, admin1=code)
    if not seat.accepted:
        # nothing vouches for a name that only sounds alike
        return [one for one in candidates if one.how not in _BY_SOUND]
    point = (seat.candidates[0].lat, seat.candidates[0].lon)
    apart = sorted(((kilometers(point, (one.lat, one.lon)), one) for one in candidates),
                   key=lambda pair: (pair[0], pair[1].place_id))  # fmt: skip
    near = [(distance, one) for distance, one in apart if distance <= reach]
    if len(near) > 1 and near[1][0] >= max(_CLEARLY_NEARER * near[0][0], SAME_PLACE_KM):
        near = near[:1]
    return [one for _, one in near]
