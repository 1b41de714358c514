"""
The gazetteer as a geopy geocoder, and the online one for what the gazetteer lacks.

:class:`SyriaGazetteer` answers as :class:`geopy.geocoders.Nominatim` does, offline, so that code
written for that runs without a network. :func:`ask_online` asks Nominatim itself: only when
called, one request a second through geopy's ``RateLimiter`` as its usage policy asks, each answer
kept in a cache and in a CSV for somebody to review before it becomes data.
"""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING, Any, cast

from geopy.exc import GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from syriamap.errors import GeocodingError
from syriamap.files import atomic_path, neutral_cell
from syriamap.names.relative import locate
from syriamap.names.resolution import Candidate, kilometers, kind_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from syriamap.names.gazetteer import Gazetteer

__all__ = ["REVIEW_COLUMNS", "SyriaGazetteer", "ask_online", "nominatim"]

REVIEW_COLUMNS = ("name", "lat", "lon", "display_name", "osm_type", "osm_id", "kind", "source")
"""Columns of the review file, one row an answer of Nominatim."""

_NOMINATIM = "Nominatim, © OpenStreetMap contributors, ODbL 1.0"
_SECONDS_BETWEEN = 1.1
"""Nominatim's usage policy allows one request a second."""

_MOST_ASKED = 100
"""The same policy asks to leave large lists to an installation of one's own."""


class SyriaGazetteer(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """
    Geocoder over a gazetteer: names to points and points to names, offline.

    Parameters
    ----------
    gazetteer
        Resolves the names; the shipped one of Syria when not given.
    reach_km
        `reverse` answers with places no farther than this.

    Examples
    --------
    >>> from syriamap.names.geocoder import SyriaGazetteer
    >>> SyriaGazetteer().geocode("جسر الرستن").address            # doctest: +SKIP
    'Rastan bridge, bridge, SY-HI'
    """

    def __init__(self, gazetteer: Gazetteer | None = None, *, reach_km: float = 50.0) -> None:
        super().__init__(user_agent="syriamap")
        if gazetteer is None:
            from syriamap.names.gazetteer import Gazetteer as Shipped
            from syriamap.theater.shipped import default_folder

            gazetteer = Shipped.read(default_folder())
        self.gazetteer = gazetteer
        self.reach_km = reach_km

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = None,  # noqa: ARG002
        admin1: str = "",
    ) -> Location | list[Location] | None:
        """
        Points of a name or of a relative description.

        Parameters
        ----------
        query
            A name in any spelling, or "six miles north of Homs".
        exactly_one
            One location, or all candidates. Of an ambiguous name one is never picked: the answer
            is None.
        timeout
            Taken for the sake of geopy's callers; nothing here waits.
        admin1
            A governorate, district or subdistrict, by name in either language or by code (ISO's,
            OCHA's): only places in it count.

        Raises
        ------
        PlaceNotFound, PlaceAmbiguous
            If `admin1` is none, or several.
        """
        admin1 = self.gazetteer.area_code(admin1) if admin1 else ""
        result = self.gazetteer.resolve(query, admin1=admin1)
        if not result.candidates:
            relative = locate(query, self.gazetteer, admin1=admin1)
            if relative is None or (exactly_one and relative.status != "accepted"):
                return None
            raw = {
                "how": relative.how,
                "radius_km": relative.radius_km,
                "status": relative.status,
                "anchors": [one.place_id for one in relative.anchors],
            }
            made = Location(relative.words, Point(relative.lat, relative.lon), raw)
            return made if exactly_one else [made]
        locations = [_location(one, result.status) for one in result.candidates]
        if exactly_one:
            return locations[0] if result.accepted else None
        return locations

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: object = None,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """
        Places nearest to a point, nearest first; None when none is within reach.

        Parameters
        ----------
        query
            A geopy point, "35.13, 36.75", or latitude and longitude.
        exactly_one
            The nearest place, or the ten nearest.
        timeout
            Taken for the sake of geopy's callers; nothing here waits.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no point.
        """
        try:
            point = Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no point") from error
        here = (float(point.latitude), float(point.longitude))
        nearest = self.gazetteer.nearest_places(here, 1 if exactly_one else 10)
        locations = [
            _location(one, "accepted", away)
            for away, one in ((kilometers(here, (c.lat, c.lon)), c) for c in nearest)
            if away <= self.reach_km
        ]
        if not locations:
            return None
        return locations[0] if exactly_one else locations


def _location(one: Candidate, status: str, away: float | None = None) -> Location:
    address = ", ".join(filter(None, (one.name, kind_in_words(one.kind), one.admin1)))
    raw: dict[str, Any] = {
        "place_id": one.place_id,
        "name_ar": one.name_ar,
        "kind": one.kind,
        "admin1": one.admin1,
        "admin2": one.admin2,
        "admin3": one.admin3,
        "score": one.score,
        "how": one.how,
        "status": status,
    }
    if away is not None:
        raw |= {"how": "nearest", "score": 1.0, "distance_km": round(away, 3)}
    return Location(address, Point(one.lat, one.lon), raw)


def nominatim(**options: Any) -> Any:
    """
    Make the geocoder of :func:`ask_online`: Nominatim with the name of this program.

    Parameters
    ----------
    **options
        Passed to :class:`geopy.geocoders.Nominatim`, for example `adapter_factory` or `domain`.
    """
    from geopy.geocoders import Nominatim

    return Nominatim(**{"user_agent": "syriamap (offline-first gazetteer)", **options})


def ask_online(
    names: Sequence[str],
    *,
    bounds: tuple[float, float, float, float],
    cache: Path,
    review: Path,
    geocoder: Any = None,
    seconds_between: float = _SECONDS_BETWEEN,
) -> dict[str, list[Location]]:
    """
    Ask Nominatim for names that the gazetteer lacks.

    Parameters
    ----------
    names
        The written names; each is asked once, and never again while `cache` has it.
    bounds
        West, south, east, north: answers outside are not asked for.
    cache
        A JSON file of answers, made when it is not there.
    review
        A CSV file that new answers are added to, for a person to check.
    geocoder
        Asks; :func:`nominatim` when not given.
    seconds_between
        Pause between two requests.

    Returns
    -------
    dict
        Locations of each name, empty where Nominatim has none.

    Raises
    ------
    GeocodingError
        If a request fails (what was answered before is kept), or for more than 100 new names.
    """
    known = _read_cache(cache)
    asked = [name for name in dict.fromkeys(names) if name not in known]
    if len(asked) > _MOST_ASKED:
        raise GeocodingError(
            f"{len(asked)} names to ask for; Nominatim's usage policy allows no bulk geocoding, "
            f"{_MOST_ASKED} at a time would do"
        )
    if asked:
        ask = RateLimiter(
            (geocoder or nominatim()).geocode,
            min_delay_seconds=seconds_between,
            max_retries=1,
            swallow_exceptions=False,
        )
        try:
            for name in asked:
                known[name] = _answers(ask, name, bounds)
        except GeopyError as error:
            raise GeocodingError(f"Nominatim did not answer: {error}") from error
        finally:
            _write_json(cache, known)
            _add_to_review(review, {name: known[name] for name in asked if name in known})
    return {
        name: [Location(raw["display_name"], (raw["lat"], raw["lon"]), raw) for raw in known[name]]
        for name in dict.fromkeys(names)
    }


def _answers(
    ask: Callable[..., Any], name: str, bounds: tuple[float, float, float, float]
) -> list[dict[str, Any]]:
    west, south, east, north = bounds
    found = ask(
        name,
        exactly_one=False,
        limit=5,
        language="en",
        bounded=True,
        viewbox=[(south, west), (north, east)],
    )
    locations = cast("Iterable[Location]", found or [])
    return [
        {
            "lat": float(one.latitude),
            "lon": float(one.longitude),
            "display_name": str(one.address),
            "osm_type": str(one.raw.get("osm_type", "")),
            "osm_id": str(one.raw.get("osm_id", "")),
            "kind": str(one.raw.get("type", "")),
        }
        for one in locations
        if math.isfinite(float(one.latitude)) and math.isfinite(float(one.longitude))
    ]


def _read_cache(path: Path) -> dict[str, list[dict[str, Any]]]:
    if not path.exists():
        return {}
    try:
        known = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise GeocodingError(f"{path}: is no cache of answers ({error}); delete it") from error
    return cast("dict[str, list[dict[str, Any]]]", known)


def _write_json(path: Path, known: dict[str, Any]) -> None:
    with atomic_path(path) as temporary:
        text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
        temporary.write_text(text + "\n", encoding="utf-8")


def _add_to_review(path: Path, answers: dict[str, list[dict[str, Any]]]) -> None:
    rows = [(name, raw) for name, found in answers.items() for raw in found]
    if not rows:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if is_new:
            writer.writerow(REVIEW_COLUMNS)
        for name, raw in rows:
            cells = {"name": name, "source": _NOMINATIM, **raw}
            writer.writerow([neutral_cell(str(cells[column])) for column in REVIEW_COLUMNS])
