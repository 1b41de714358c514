"""
Frames of many days → the data of a page that moves through time.

Comes in: the frames of each day and their atoms. Goes out: the data of the last day, with the
pieces of the country in place of its areas, and beside it histories: what each piece, place and
claim-bearing place was from which day on. A settlement has the state of the piece it lies in, so
that only the few that have not are written down.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriamap.claims.speakers import speaker_sides
from syriamap.history.days import histories, intervals, newest_evidence
from syriamap.history.dispute import in_dispute, split_atoms
from syriamap.theater.projecting import in_degrees
from syriamap.webmap.columns import coded, date_text, dates, percents, texts
from syriamap.webmap.data import (
    actor_columns,
    by_importance,
    claims_shown,
    page_data,
    relative_to_place,
    without_claims,
)
from syriamap.webmap.origins import with_origins
from syriamap.webmap.settlements import CONFIDENCE_STEP, SettlementHistories
from syriamap.webmap.slivers import pieces_for_page
from syriamap.webmap.spots import area_labels
from syriamap.webmap.statements import counts_through, held_out_counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from syriamap.history.atoms import Atoms, AtomState
    from syriamap.history.days import MapOfDay
    from syriamap.theater.folder import Theater

__all__ = ["runs", "series_data"]

_STEPS = 4_000
"""Steps per degree on a page through time: about 25 m, an eighth of what its edges leave out."""


def series_data(
    days: Sequence[MapOfDay],
    atoms: Atoms,
    *,
    opening: str = "day",
    stories: Mapping[str, Sequence[MapOfDay]] | None = None,
) -> dict[str, Any]:
    """
    Everything a page through time shows, as plain JSON values.

    Parameters
    ----------
    days
        The map of each day, oldest first.
    atoms
        Pieces of the country over the same days, and then over the days of each story.
    opening
        What the page shows first: ``day``, the last one, or ``changes`` from the first to the last.
    stories
        The same days as each side's sources tell them, by side.

    Returns
    -------
    dict
        As :func:`syriamap.webmap.data.page_data` gives for the last day, with the layer ``atoms``
        in the topology and histories under ``series``.
    """
    events, rows_of_day = _all_events(days)
    pieces = pieces_for_page(atoms)
    maps = [days, *(stories or {}).values()]
    last = _with_all_places(days[-1], maps)
    parts = split_atoms(pieces, len(days))
    order = by_importance(last.states)
    claims = claims_shown(days)
    degrees = in_degrees(pieces.geometry)
    states, places = _places(maps, order, parts, degrees)
    data = _page_of_last_day(last, claims, events, states, degrees)
    named = last.question.theater.named_for(days[0].date, last.date)
    data["actors"] = actor_columns(named, data["actors"]["id"])
    data["page"]["opening"] = opening
    if len(days) > 1:
        data["page"]["since"] = date_text(days[0].date)

    shown = [day.date for day in days]
    data["page"]["newest_on"] = {
        side: {
            date_text(day): date_text(newest)
            for day, newest in zip(shown, newest_evidence(told[-1].question, shown), strict=True)
        }
        for side, told in zip(["", *(stories or {})], maps, strict=True)
    }
    rows = _Rows(
        place={place: row for row, place in enumerate(texts(order["place_id"]))},
        claim={claim: row for row, claim in enumerate(texts(claims["claim_id"]))},
        actor={actor: row for row, actor in enumerate(data["actors"]["id"])},
        place_of_claim=data["claims"]["place"],
    )
    borders = _borders(data["topology"])
    tales: list[dict[str, Any]] = [
        {
            "atoms": {"history": _repeated_rows(part.history)},
            **_areas(frames, part, borders),
            "pairs": _pairs(frames, rows.actor),
            "places": of_places,
            "evidence": _evidence(frames, rows),
            "told": counts_through(frames),
        }
        for frames, part, of_places in zip(maps, parts, places, strict=True)
    ]
    tales[0]["atoms"]["thousandths_km2"] = [round(float(km2) * 1e3) for km2 in pieces.area_km2]
    data["series"] = {
        "days": [date_text(day.date) for day in days],
        "claims_on": _claims_since(claims, days),
        "states": _states(states, rows.actor),
        **tales[0],
        "held_out": [held_out_counts(day.held_out) for day in days],
        "events_on": rows_of_day,
    }
    if stories:
        whole = split_atoms(atoms, len(days))
        speakers = speaker_sides(claims, last.theater)
        data["claims"]["side"] = coded(speakers)
        data["series"] |= _stories(list(stories), tales[1:], parts[1:], whole[1:], last.theater)
        for one in data["series"]["stories"]:
            of_side = {row for row, side in enumerate(speakers) if side in {"", one["side"]}}
            one["events_on"] = [
                [row for row in rows_today if not of_side.isdisjoint(data["events"]["claims"][row])]
                for rows_today in rows_of_day
            ]
    return data


def _claims_since(claims: pd.DataFrame, days: Sequence[MapOfDay]) -> list[int]:
    """Claims of each day and of the days since the page's day before; of the first, its own."""
    ends = np.array([np.datetime64(day.date, "D") for day in days])
    told = claims["event_date"].to_numpy().astype("datetime64[D]")
    step = np.searchsorted(ends, told[(told >= ends[0]) & (told <= ends[-1])])
    return [int(count) for count in np.bincount(step, minlength=len(ends))]


class _Rows(NamedTuple):
    """Rows on the page, by id, and the row of the place of each claim."""

    place: Mapping[str, int]
    claim: Mapping[str, int]
    actor: Mapping[str, int]
    place_of_claim: Sequence[int]


def _with_all_places(last: MapOfDay, maps: Sequence[Sequence[MapOfDay]]) -> MapOfDay:
    """The last day with all points that other days and stories know, and evidence of any."""
    known = set(last.states["place_id"])
    proven: set[str] = set()
    others = [last.states.iloc[:0]]
    before = last.states["place_id"]
    for states in (day.states for days in maps for day in days):
        ids = states["place_id"]
        proven.update(ids.array[states["evidence"].to_numpy(dtype=bool)])
        if ids is before or before.equals(ids):
            continue
        before = ids
        new = [row for row, place in enumerate(ids) if place not in known]
        others.append(states.iloc[new])
        known.update(ids.iloc[new])
    more = pd.concat([one for one in others if len(one)] or others[:1])
    more = more.assign(
        actor="", leaning="", status="undetermined", confidence=0.0,
        since=np.datetime64("NaT", "s"),
    ).astype(last.states.dtypes.to_dict())  # fmt: skip
    every = pd.concat([last.states, more], ignore_index=True) if len(more) else last.states
    return replace(last, states=every.assign(evidence=every["place_id"].isin(proven)))


def _page_of_last_day(
    last: MapOfDay,
    claims: pd.DataFrame,
    events: pd.DataFrame,
    states: Sequence[AtomState],
    degrees: gpd.GeoSeries,
) -> dict[str, Any]:
    """The data of one day, with the pieces for areas and without what the histories tell."""
    data = page_data(
        last,
        claims=claims,
        events=events,
        further_actors=[pd.Series([state[n] for state in states], dtype=object) for n in (0, 1)],
        shapes={"atoms": list(degrees)},
        steps=_STEPS,
    )
    for name in ("areas", "lines", "evidence"):
        del data[name]
    for name in ("actor", "leaning", "status", "confidence", "since"):
        del data["places"][name]
    return data


def _states(states: Sequence[AtomState], actor_row: Mapping[str, int]) -> dict[str, Any]:
    return {
        "actor": [actor_row.get(state[0], -1) for state in states],
        "leaning": [actor_row.get(state[1], -1) for state in states],
        "status": coded(state[2] for state in states),
        "doubt": coded(state[3] for state in states),
    }


def _stories(
    sides: list[str],
    tales: list[dict[str, Any]],
    parts: list[Atoms],
    whole: list[Atoms],
    theater: Theater,
) -> dict[str, Any]:
    """Histories as each side tells them, and where the sides part, with its size each day."""
    for tale in tales:
        del tale["places"]["atom"]  # the same as on the map of all evidence
    dispute = in_dispute(parts, theater)
    return {
        "stories": [{"side": side, **one} for side, one in zip(sides, tales, strict=True)],
        "dispute": {
            "history": _repeated_rows(dispute.astype(np.int64)),
            "km2": [
                round(float(whole[0].area_km2[day].sum()), 1)
                for day in in_dispute(whole, theater).T
            ],
        },
    }


def runs(values: Sequence[Any]) -> list[Any]:
    """
    Where a history changes: its first value, then each day of a change and the value from there.

    Examples
    --------
    >>> runs([4, 4, 7, 7, 4])
    [4, 2, 7, 4, 4]
    """
    (value, _, _), *later = intervals(values)
    return [value, *(number for value, day, _ in later for number in (day, value))]


def _repeated_rows(table: NDArray[np.int64]) -> dict[str, Any]:
    """Histories, one a row, that repeat: each different one once, and a code per row."""
    numbers: dict[bytes, int] = {}
    codes = [numbers.setdefault(row.tobytes(), len(numbers)) for row in table]
    different = np.frombuffer(b"".join(numbers), dtype=table.dtype).reshape(-1, table.shape[1])
    return {"values": _runs_of(different), "codes": codes}


def _runs_of(table: NDArray[np.int64]) -> list[list[int]]:
    """Histories, one a row, as :func:`runs` has them, all at once."""
    found = [[value] for value in table[:, 0].tolist()]
    rows, days = np.nonzero(table[:, 1:] != table[:, :-1])
    later = zip(rows.tolist(), (days + 1).tolist(), table[rows, days + 1].tolist(), strict=True)
    for row, day, value in later:
        found[row] += (day, value)
    return found


def _places(
    maps: Sequence[Sequence[MapOfDay]],
    order: pd.DataFrame,
    parts: Sequence[Atoms],
    degrees: gpd.GeoSeries,
) -> tuple[list[AtomState], list[dict[str, Any]]]:
    """All states of pieces and places; of each map the places: piece, and what differs from it."""
    states = list(parts[0].states)
    found = []
    for days, part in zip(maps, parts, strict=True):
        one = SettlementHistories(days, order, replace(part, states=tuple(states)), degrees)
        states += one.states
        found.append(
            {
                "atom": one.atom.tolist(),
                "own": one.own.tolist(),
                "own_history": [runs(one.history[row].tolist()) for row in one.own],
                "confidence": _repeated_rows(one.confidence),
                "step": CONFIDENCE_STEP,
            }
        )
    return states, found


def _areas(
    days: Sequence[MapOfDay], atoms: Atoms, borders: NDArray[np.int64]
) -> dict[str, list[Any]]:
    """Of each day's areas one piece that is in it, the confidence and where its name can stand."""
    found: list[Any] = []
    spots: dict[tuple[float, ...], int] = {}
    order = np.argsort(atoms.area_km2, kind="stable")
    before = None
    labels = area_labels([day.territory for day in days])
    for column, day in enumerate(days):
        if day.territory is before:
            found.append(0)
            continue
        before = day.territory
        seat = np.full(len(before), -1, dtype=np.int64)
        if len(seat):
            seat[atoms.area[order, column]] = order
        found.append(
            {
                "seat": seat.tolist(),
                "confidence": percents(before["confidence"]),
                "label": [
                    spots.setdefault(tuple(spot), len(spots)) if spot else -1
                    for spot in labels[column]
                ],
                "joined": _joined(atoms.history[:, column], atoms.area[:, column], borders),
            }
        )
    return {"areas": found, "spots": list(map(list, spots))}


def _borders(topology: Mapping[str, Any]) -> NDArray[np.int64]:
    """Pairs of pieces with an arc between them, as the page will find them, (B, 2)."""
    owners: dict[int, set[int]] = {}
    for piece, shape in enumerate(topology["objects"]["atoms"]["geometries"]):
        polygons = shape.get("arcs", [])
        for polygon in [polygons] if shape["type"] == "Polygon" else polygons:
            for ring in polygon:
                for arc in ring:
                    # A piece narrower than the grid has an arc on both sides.
                    owners.setdefault(max(arc, ~arc), set()).symmetric_difference_update({piece})
    pairs = {tuple(sorted(pieces)) for pieces in owners.values() if len(pieces) == 2}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _joined(
    state: NDArray[np.int64], area: NDArray[np.int64], borders: NDArray[np.int64]
) -> list[int]:
    """
    Pieces of one area between which the page finds no arc, one pair after the other.

    Where an area is narrower than the page's grid, its parts only touch.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    one, two = borders[state[borders[:, 0]] == state[borders[:, 1]]].T
    table = coo_array((np.ones(len(one)), (one, two)), shape=(len(state), len(state)))
    count, part = connected_components(table, directed=False)
    first = np.empty(count, dtype=np.int64)
    first[part[::-1]] = np.arange(len(part))[::-1]
    areas, parts = np.divmod(np.unique(area * len(first) + part), len(first))
    same = np.flatnonzero(areas[1:] == areas[:-1])
    return [int(first[parts[row]]) for at in same for row in (at, at + 1)]


def _pairs(days: Sequence[MapOfDay], actor_row: Mapping[str, int]) -> dict[str, Any]:
    """Kind and km of the line between two actors from which day on, -1 where they do not meet."""
    kinds: dict[str, int] = {}
    lines = [list(_lines(day)) for day in days]
    table = histories(
        (
            (((a, b), kinds.setdefault(kind, len(kinds))) for a, b, kind, _ in of_day)
            for of_day in lines
        ),
        count=len(days),
        missing=-1,
    )
    lengths = histories(
        ((((a, b), round(km, 1)) for a, b, _, km in of_day) for of_day in lines),
        count=len(days),
        missing=0,
    )
    pairs = sorted(table)
    return {
        "a": [actor_row[a] for a, _ in pairs],
        "b": [actor_row[b] for _, b in pairs],
        "kinds": list(kinds),
        "history": [runs(table[pair]) for pair in pairs],
        "km": [runs(lengths[pair]) for pair in pairs],
    }


def _lines(day: MapOfDay) -> Iterable[tuple[str, str, str, float]]:
    names = ("actor_a", "actor_b", "kind", "length_km")
    columns = (day.frontline[name].tolist() for name in names)
    return zip(*columns, strict=True)


def _evidence(days: Sequence[MapOfDay], rows: _Rows) -> dict[str, Any]:
    """Places with evidence: what decided them from which day on, and how sure they were."""
    grounds: dict[Hashable, int] = {}
    codes: dict[str, int] = {}
    known: dict[Hashable, int] = {}

    @cache
    def deciding_of(ids: tuple[Any, ...]) -> tuple[int, ...]:
        return tuple(rows.claim[str(one)] for one in ids if str(one) in rows.claim)

    @cache
    def why_of(reasons: tuple[Any, ...]) -> tuple[int, ...]:
        return tuple(codes.setdefault(code, len(codes)) for code in texts(reasons))

    def decided(day: MapOfDay) -> Iterable[tuple[str, int]]:
        control = day.control
        if not len(control):
            return
        values = zip(
            map(tuple, control["claim_ids"]),
            map(tuple, control["reasons"]),
            control["since"].to_numpy().astype("datetime64[s]").tolist(),
            without_claims(control, rows.claim, rows.actor),
            strict=True,
        )
        for place, told in zip(texts(control["place_id"]), values, strict=True):
            if told not in known:
                claim_ids, reasons, begun, without = told
                ground = (deciding_of(claim_ids), why_of(reasons), date_text(begun), without)
                known[told] = grounds.setdefault(ground, len(grounds))
            yield place, known[told]

    table = histories(map(decided, days), count=len(days), missing=-1)
    places = sorted((rows.place[place], place) for place in table if place in rows.place)
    told_on = np.array([table[place] for _, place in places], dtype=np.int64)
    told_on = told_on.reshape(-1, len(days))
    changes, codes_of, order = _grounds_in_order(_runs_of(told_on))
    keys: list[Any] = list(grounds)
    told = [keys[number] for _, number in order]
    reasons = {why: number for number, why in enumerate(dict.fromkeys(key[1] for key in told))}
    owners = [places[at][0] for at, _ in order]
    deciding = relative_to_place(owners, [list(key[0]) for key in told], rows.place_of_claim)
    return {
        **({"without": [key[3] for key in told]} if any(key[3] for key in told) else {}),
        "place": [row for row, _ in places],
        "there": _repeated_rows((told_on >= 0).astype(np.int64)),
        "changes": changes,
        "grounds": codes_of,
        "deciding": _from_the_last(owners, deciding),
        "reasons": {
            "values": list(reasons),
            "codes": [reasons[key[1]] for key in told],
        },
        "since": dates(key[2] for key in told),
        "confidence": _sureness(days, [place for _, place in places]),
        "reason_codes": list(codes),
    }


def _sureness(days: Sequence[MapOfDay], places: Sequence[str]) -> dict[str, Any]:
    """
    Confidence of places: the days on which it changes, and the values one after the other.

    It changes from day to day where nothing else does, so it is no part of the grounds.
    """
    row_of = pd.Index(places)
    values = np.zeros((len(places), len(days)), dtype=np.int64)
    there = np.zeros(values.shape, dtype=bool)
    for column, day in enumerate(days):
        if len(day.control):
            row = row_of.get_indexer(pd.Index(texts(day.control["place_id"])))
            told = np.array(percents(day.control["confidence"]), dtype=np.int64)
            values[row[row >= 0], column] = told[row >= 0]
            there[row[row >= 0], column] = True
    # A day without evidence is not asked for: it has the value that is there before or after it.
    last = np.maximum.accumulate(np.where(there, np.arange(len(days)), -1), axis=1)
    last = np.where(last < 0, there.argmax(axis=1)[:, None], last)
    found = _runs_of(np.take_along_axis(values, last, axis=1))
    return {
        "changes": [history[1::2] for history in found],
        "values": [value for history in found for value in history[::2]],
    }


def _from_the_last(owners: Sequence[int], deciding: Sequence[Sequence[int]]) -> list[list[int]]:
    """
    Lists of claims as what differs from the list before, where that is of the same place.

    Parameters
    ----------
    owners
        Row of the place of each list.
    deciding
        As :func:`syriamap.webmap.data.relative_to_place` gives them.

    Returns
    -------
    list
        0 for the next number of the list before, 1 to leave one out, n + 2 for another number n;
        numbers below 0 as they are.

    Examples
    --------
    >>> _from_the_last([7, 7, 8], [[0, 1, 2], [3, 0, 2], [0]])
    [[2, 3, 4], [5, 0, 1, 0], [2]]
    """
    found = []
    before: Sequence[int] = ()
    of = -1
    for owner, numbers in zip(owners, deciding, strict=True):
        at_of = {number: at for at, number in enumerate(before)} if owner == of else {}
        at = 0
        steps = []
        for number in numbers:
            there = at_of.get(number, -1)
            if there >= at:
                steps += [1] * (there - at) + [0]
                at = there + 1
            else:
                steps.append(number + 2 if number >= 0 else number)
        found.append(steps)
        before, of = numbers, owner
    return found


def _grounds_in_order(
    found: Sequence[Sequence[int]],
) -> tuple[list[list[int]], list[list[int]], list[tuple[int, int]]]:
    """
    Numbers of grounds, place by place in order of appearance, so that they need not be written.

    Parameters
    ----------
    found
        Of each place its :func:`runs`.

    Returns
    -------
    tuple
        Of each place the days of changes; of each place a code from each of them on: 0 is the
        next ground, 1 is none, 2 the ground before the next, 3 the one before that; and of each
        ground its place and its number in `found`.
    """
    order: list[tuple[int, int]] = []
    codes: list[list[int]] = []
    for at, history in enumerate(found):
        known: dict[int, int] = {}
        codes.append([])
        for number in history[::2]:
            if number >= 0 and number not in known:
                known[number] = len(order)
                order.append((at, number))
                codes[-1].append(0)
            else:
                codes[-1].append(1 if number < 0 else len(order) - known[number] + 1)
    return [list(history[1::2]) for history in found], codes, order


def _all_events(days: Sequence[MapOfDay]) -> tuple[pd.DataFrame, list[list[int]]]:
    """Every event of any day once, and the rows of each day."""
    rows: dict[Hashable, int] = {}
    on_day = []
    last = with_origins(days[-1].events, days[-1].territory)
    columns = list(last.columns)
    for day in days:
        found = with_origins(day.events, day.territory)[columns] if len(day.events) else None
        cells = found.itertuples(index=False, name=None) if found is not None else ()
        on_day.append([rows.setdefault(tuple(row), len(rows)) for row in cells])
    frame = pd.DataFrame(list(rows), columns=columns, dtype=object)
    return frame.astype(last.dtypes.to_dict()), on_day
