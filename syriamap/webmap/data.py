"""
Frames → the page's data: one dict of column arrays and one topology.

Comes in: the frames of one date and their theater. Goes out: a dict that is plain JSON. Rows are
named by their number, text that repeats is written once, and everything drawn as a line or an area
is in one TopoJSON topology, so that a front and the areas beside it are the same vertices.

The shapes are made to grow: a column of states becomes a column of histories when the page moves
through time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from syriamap.look.kinds import KINDS, SITE_KINDS
from syriamap.names.toponyms import fold, folds
from syriamap.theater.projecting import in_degrees
from syriamap.theater.tables import is_color
from syriamap.webmap.columns import (
    coded,
    column_or_empty,
    dates,
    dates_after,
    integers,
    percents,
    sparse,
    sparse_coded,
    texts,
    together,
)
from syriamap.webmap.encode import web_link
from syriamap.webmap.kept_topology import kept_topology
from syriamap.webmap.origins import with_origins
from syriamap.webmap.spots import area_labels
from syriamap.webmap.statements import page_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

    from syriamap.history.days import MapOfDay
    from syriamap.theater.folder import Theater

__all__ = [
    "actor_columns",
    "along_a_curve",
    "by_importance",
    "claims_shown",
    "drawn_first",
    "page_data",
    "relative_to_place",
    "without_claims",
]

_UNKNOWN_COLOR = "#8a8a8a"
_ALONG_BORDERS = ("areas", "atoms", "country", "neighbors", "admin1", "disputed")
_OF_REPORT = ("source_url", "source_title", "claim_id")
_TOLD_DAYS = 365
_COORDINATE = 1e4  # whole numbers on the page: 1e-4 degrees, about 11 m


def page_data(
    made: MapOfDay,
    *,
    claims: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
    further_actors: Sequence[pd.Series[Any]] = (),
    shapes: Mapping[str, Sequence[BaseGeometry]] | None = None,
    steps: int = 4_000,
) -> dict[str, Any]:
    """
    Everything the page shows, as plain JSON values.

    Parameters
    ----------
    made
        The map of a date.
    claims
        Claims that the page tells of; those of the date when not given.
    events
        Strikes and advances; those of the date when not given.
    further_actors
        Columns of actors that the page names besides those in the frames.
    shapes
        Layers in degrees that take the place of the areas and lines of the frames.
    steps
        Steps per degree of the grid on which everything is drawn.

    Returns
    -------
    dict
        ``page`` (texts), ``actors``, ``places``, ``evidence``, ``claims``, ``areas``, ``lines``,
        ``events`` (column arrays) and ``topology``.
    """
    theater, control = made.theater, made.control
    territory, frontline = made.territory, made.frontline
    events = with_origins(made.events, territory) if events is None else events
    claims = claims_shown([made]) if claims is None else claims
    states = by_importance(made.states)
    row_of_place = {place: row for row, place in enumerate(texts(states["place_id"]))}
    row_of_claim = {claim: row for row, claim in enumerate(texts(claims["claim_id"]))}
    after = control.get("without", ())
    further_actors = (
        *further_actors,
        pd.Series([a for row in after for _, a, _ in row], dtype=object),
    )
    used = (
        states["actor"],
        states["leaning"],
        territory["actor"],
        territory["leaning"],
        frontline["actor_a"],
        frontline["actor_b"],
        claims["actor"],
        claims["against"],
        events["actor"],
        events["against"],
        *further_actors,
    )
    actors = actor_columns(theater, _actors_used(theater, used))
    row_of_actor = {actor: row for row, actor in enumerate(actors["id"])}
    told = _claims(claims, row_of_place, row_of_actor)
    if shapes is None:
        areas, fronts = (in_degrees(frame.geometry) for frame in (territory, frontline))
        shapes = {"areas": list(areas), "lines": list(fronts)}
    return {
        "page": {**page_texts(made), "first_places": int(drawn_first(states).sum())},
        "actors": actors,
        "places": {**_places(states, row_of_actor), "also": sparse(_spellings(theater, states))},
        "evidence": _evidence(control, row_of_place, row_of_claim, row_of_actor, told["place"]),
        "claims": told,
        "areas": _areas(territory, row_of_actor),
        "lines": _lines(frontline, row_of_actor),
        "events": _events(events, row_of_place, row_of_actor, row_of_claim),
        "topology": kept_topology(
            {**shapes, **_base_layers(theater)}, steps=steps, following=_ALONG_BORDERS
        ),
    }


def claims_shown(days: Sequence[MapOfDay]) -> pd.DataFrame:
    """
    Claims that a page tells of, latest first: those that decide a place, and those of a year.

    Parameters
    ----------
    days
        The maps of the page, oldest first.
    """
    used = days[-1].claims_used
    deciding = {one for day in days for ids in day.control["claim_ids"] for one in ids}
    since = pd.Timestamp(days[0].date) - pd.Timedelta(days=_TOLD_DAYS)
    wanted = (used["event_date"] >= since) | used["claim_id"].isin(deciding)
    told = used[wanted]
    # What one report says of one day stands together, which packs it.
    keys = list(zip(*(texts(told[name]) for name in _OF_REPORT), strict=True))
    told = told.iloc[sorted(range(len(told)), key=keys.__getitem__)]
    return told.sort_values(["event_date", "reported_on"], ascending=False, na_position="last")


def drawn_first(states: pd.DataFrame) -> NDArray[np.bool_]:
    """Places that a first view can show: cities, sites, and what claims speak of."""
    kinds = np.isin(texts(states["kind"]), ["city", *SITE_KINDS])
    return np.asarray(kinds | states["evidence"].to_numpy(dtype=bool))


def by_importance(states: pd.DataFrame) -> pd.DataFrame:
    """Order places as the page has them: what is drawn first, then the most important first."""
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    first = drawn_first(states)
    keys = list(
        zip(
            [not value for value in first],
            [ranks.get(kind, len(KINDS)) for kind in texts(states["kind"])],
            [-number for number in integers(states["population"])],
            [not value for value in states["evidence"]],
            # Neighbors have neighboring numbers and states, which packs them.
            np.where(first, 0, along_a_curve(states["lon"], states["lat"])).tolist(),
            # names in order share their beginnings, which packs them; labels are not chosen by it
            texts(states["name"]),
            texts(states["place_id"]),
            strict=True,
        )
    )
    return states.iloc[sorted(range(len(states)), key=keys.__getitem__)]


def along_a_curve(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
    """
    Where each place comes on a Hilbert curve over all of them: neighbors near each other.

    Parameters
    ----------
    lon, lat
        Coordinates of the places.
    """
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat))
    return np.asarray(points.hilbert_distance(), dtype=np.int64)


def _actors_used(theater: Theater, columns: Sequence[pd.Series[Any]]) -> list[str]:
    """Actors that appear in any frame, in the theater's order, and then those it does not know."""
    used = {actor for column in columns for actor in texts(column.drop_duplicates())} - {""}
    known = [str(actor) for actor in theater.actors.index if str(actor) in used]
    return [*known, *sorted(used - set(known))]


def actor_columns(theater: Theater, ids: list[str]) -> dict[str, list[str]]:
    """
    Columns of the actors of a page.

    Parameters
    ----------
    theater
        Calls them as they were called in the days of the page.
    ids
        The actors; the theater need not know all.
    """
    table = theater.actors.reindex(ids)
    colors = texts(table["color"])
    names = texts(table["name"])
    return {
        "id": ids,
        "name": [name or actor for name, actor in zip(names, ids, strict=True)],
        "name_ar": texts(column_or_empty(table, "name_ar")),
        "short": texts(column_or_empty(table, "short")),
        "color": [color if is_color(color) else _UNKNOWN_COLOR for color in colors],
        "pattern": texts(column_or_empty(table, "pattern")),
    }


def _actor_rows(column: pd.Series[Any], row_of_actor: Mapping[str, int]) -> list[int]:
    return [row_of_actor.get(actor, -1) for actor in texts(column)]


def _places(states: pd.DataFrame, row_of_actor: Mapping[str, int]) -> dict[str, Any]:
    evidence = [bool(value) for value in states["evidence"]]
    ids = texts(states["place_id"])
    return {
        "id": sparse(place if proven else "" for place, proven in zip(ids, evidence, strict=True)),
        "name": texts(states["name"]),
        "name_ar": sparse(states["name_ar"]),
        "kind": coded(states["kind"]),
        "lat": integers(states["lat"], scale=_COORDINATE),
        "lon": integers(states["lon"], scale=_COORDINATE),
        "population": integers(states["population"]),
        "actor": _actor_rows(states["actor"], row_of_actor),
        "leaning": _actor_rows(states["leaning"], row_of_actor),
        "status": coded(states["status"]),
        "confidence": percents(states["confidence"]),
        "since": dates(states["since"]),
    }


def _spellings(theater: Theater, states: pd.DataFrame) -> list[str]:
    """
    Further spellings of each place that a search would not take for its name, a bar between.

    Of places with evidence: what else another is called is in the gazetteer.
    """
    kept = states["place_id"][states["evidence"].astype(bool)]
    names = theater.names[theater.names["place_id"].isin(kept)]
    if not len(names):
        return [""] * len(states)
    table: dict[str, dict[str, str]] = {}
    written = texts(names["name"])
    for place, name, folded in zip(texts(names["place_id"]), written, folds(written), strict=True):
        table.setdefault(place, {}).setdefault(folded, name)
    columns = (texts(states[name]) for name in ("place_id", "name", "name_ar"))
    found = []
    for place, english, arabic in zip(*columns, strict=True):
        others = table.get(place, {})
        known = {"", fold(english), fold(arabic)} if others else set()
        found.append("|".join(name for folded, name in others.items() if folded not in known))
    return found


def _evidence(
    control: pd.DataFrame,
    row_of_place: Mapping[str, int],
    row_of_claim: Mapping[str, int],
    row_of_actor: Mapping[str, int],
    places_of_claims: Sequence[int],
) -> dict[str, Any]:
    """Places with evidence: which claims decided, and why as reason codes."""
    columns = zip(
        texts(control["place_id"]),
        control["claim_ids"],
        control["reasons"],
        without_claims(control, row_of_claim, row_of_actor),
        strict=True,
    )
    rows = sorted(
        (row_of_place[place], _known(claim_ids, row_of_claim), texts(reasons), without)
        for place, claim_ids, reasons, without in columns
        if place in row_of_place
    )
    codes: dict[str, int] = {}
    found: dict[str, Any] = {
        "place": [place for place, _, _, _ in rows],
        "deciding": relative_to_place(
            [place for place, _, _, _ in rows],
            [known for _, known, _, _ in rows],
            places_of_claims,
        ),
        "reasons": [
            [codes.setdefault(code, len(codes)) for code in reasons] for _, _, reasons, _ in rows
        ],
        "reason_codes": list(codes),
    }
    return found | ({"without": [one for _, _, _, one in rows]} if "without" in control else {})


def without_claims(
    control: pd.DataFrame, row_of_claim: Mapping[str, int], row_of_actor: Mapping[str, int]
) -> list[tuple[tuple[int, int, float], ...]]:
    """
    Of each place what the map would be without a claim, where that was computed.

    Parameters
    ----------
    control
        Its column `without`, if it has one, holds tuples of (claim id, actor after, km² changed).
    row_of_claim, row_of_actor
        Rows on the page.
    """
    if "without" not in control:
        return [()] * len(control)
    return [
        tuple(
            (row_of_claim[claim], row_of_actor.get(actor, -1), round(float(km2), 1))
            for claim, actor, km2 in changes
            if claim in row_of_claim
        )
        for changes in control["without"]
    ]


def relative_to_place(
    places: Sequence[int], deciding: Sequence[Sequence[int]], places_of_claims: Sequence[int]
) -> list[list[int]]:
    """
    Rows of claims as their numbers among the claims of a place, which are small.

    Parameters
    ----------
    places
        Rows of places.
    deciding
        Rows of claims that decided each.
    places_of_claims
        Row of the place of every claim.

    Returns
    -------
    list
        Numbers from 0 on; a claim about another place is minus its row and one less.

    Examples
    --------
    >>> relative_to_place([7], [[4, 0, 1]], [7, 3, 7, 3, 7])
    [[2, 0, -2]]
    """
    counts: dict[int, int] = {}
    number = []
    for place in places_of_claims:
        number.append(counts.get(place, 0))
        counts[place] = number[-1] + 1
    return [
        [number[claim] if places_of_claims[claim] == place else -1 - claim for claim in claims]
        for place, claims in zip(places, deciding, strict=True)
    ]


def _known(ids: Sequence[Any], rows: Mapping[str, int]) -> list[int]:
    return [rows[str(name)] for name in ids if str(name) in rows]


def _claims(
    claims: pd.DataFrame, row_of_place: Mapping[str, int], row_of_actor: Mapping[str, int]
) -> dict[str, Any]:
    archived = [web_link(url) for url in texts(claims["archive_url"])]
    return {
        "place": [row_of_place.get(place, -1) for place in texts(claims["place_id"])],
        "actor": _actor_rows(claims["actor"], row_of_actor),
        "against": _actor_rows(claims["against"], row_of_actor),
        "relation": coded(claims["relation"]),
        "certainty": coded(claims["certainty"]),
        "event_date": dates(claims["event_date"]),
        "precision": coded(claims["date_precision"]),
        "reported_on": dates_after(claims["reported_on"], claims["event_date"], "event_date"),
        "asserted_by": coded(claims["asserted_by"]),
        **together(
            {
                "url": [web_link(url) for url in texts(claims["source_url"])],
                "title": claims["source_title"],
                "publisher": claims["publisher"],
                **({"archive": archived} if any(archived) else {}),
            },
            "source",
        ),
        "place_note": sparse_coded(claims["place_note"]),
        "note": sparse_coded(claims["note"]),
    }


def _areas(territory: gpd.GeoDataFrame, row_of_actor: Mapping[str, int]) -> dict[str, Any]:
    return {
        "actor": _actor_rows(territory["actor"], row_of_actor),
        "leaning": _actor_rows(territory["leaning"], row_of_actor),
        "status": coded(territory["status"]),
        "confidence": percents(territory["confidence"]),
        "km2": [round(float(area), 3) for area in territory["area_km2"]],
        "label": area_labels([territory])[0],
        **({"doubt": coded(territory["doubt"])} if "doubt" in territory else {}),
    }


def _lines(frontline: gpd.GeoDataFrame, row_of_actor: Mapping[str, int]) -> dict[str, Any]:
    return {
        "actor_a": _actor_rows(frontline["actor_a"], row_of_actor),
        "actor_b": _actor_rows(frontline["actor_b"], row_of_actor),
        "kind": coded(frontline["kind"]),
        "km": [round(float(length), 1) for length in frontline["length_km"]],
    }


def _events(
    events: pd.DataFrame,
    row_of_place: Mapping[str, int],
    row_of_actor: Mapping[str, int],
    row_of_claim: Mapping[str, int],
) -> dict[str, Any]:
    return {
        "kind": coded(events["kind"]),
        "place": [row_of_place.get(place, -1) for place in texts(events["place_id"])],
        "name": coded(events["name"]),
        "lat": integers(events["lat"], scale=_COORDINATE),
        "lon": integers(events["lon"], scale=_COORDINATE),
        "actor": _actor_rows(events["actor"], row_of_actor),
        "against": _actor_rows(events["against"], row_of_actor),
        "event_date": dates(events["event_date"]),
        "certainty": coded(events["certainty"]),
        "claims": [_known(ids, row_of_claim) for ids in events["claim_ids"]],
        "origin": [list(origin) for origin in events["origin"]],
    }


def _base_layers(theater: Theater) -> dict[str, list[Any]]:
    water = list(theater.water.geometry)
    return {
        "country": [theater.boundary],
        "neighbors": list(theater.neighbors.geometry),
        "admin1": list(theater.admin1.geometry),
        "lakes": [shape for shape in water if shape.geom_type.endswith("Polygon")],
        "rivers": [shape for shape in water if not shape.geom_type.endswith("Polygon")],
        "roads": list(theater.roads.geometry),
        "disputed": list(theater.disputed.geometry),
    }
