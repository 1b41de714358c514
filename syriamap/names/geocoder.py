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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, cast

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from syriamap.errors import GeocodingError, OnlineError
from syriamap.files import atomic_path, neutral_cell
from syriamap.names.addresses import Addresses, is_arabic_asked
from syriamap.names.kind_words import SETTLEMENTS
from syriamap.names.relative import locate
from syriamap.names.resolution import Candidate, Resolution, kilometers
from syriamap.names.units import read_level
from syriamap.online.fetching import fetch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syriamap.names.gazetteer import Gazetteer

__all__ = ["REVIEW_COLUMNS", "SyriaGazetteer", "ask_online", "nominatim"]

REVIEW_COLUMNS = ("name", "lat", "lon", "display_name", "osm_type", "osm_id", "kind", "source")
"""Columns of the review file, one row an answer of Nominatim."""

_NOMINATIM = "Nominatim, © OpenStreetMap contributors, ODbL 1.0"
_SECONDS_BETWEEN = 1.1
"""Nominatim's usage policy allows one request a second."""

_SECONDS = 20.0
_MOST_BYTES = 2_000_000

_MOST_ASKED = 100
"""The same policy asks to leave large lists to an installation of one's own."""

_KEYS = ("city", "county", "state", "country")
"""Keys of Nominatim's structured query that a gazetteer of places can answer."""

_BY_SOUND = frozenset({"skeleton", "fuzzy"})
"""Matches that a box does not make sure: another spelling may mean a place that is not known."""

_MOST_NEAR = 10
"""Places that `reverse` gives when all are asked for."""

_ZOOM_OF_CITIES, _ZOOM_OF_TOWNS, _ZOOM_OF_SETTLEMENTS = 10, 12, 14
"""Nominatim's zoom: 10 for cities, 12 for towns, 14 for suburbs and villages."""


class SyriaGazetteer(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """
    Geocoder over a gazetteer: names to points and points to names, offline.

    It takes what :class:`geopy.geocoders.Nominatim` takes, so that one stands in for the other.
    Differently from that, it never picks one of several places of a name: it answers None.

    Parameters
    ----------
    gazetteer
        Resolves the names; the shipped one of Syria when not given.
    reach_km
        `reverse` answers with places no farther than this.
    user_agent, timeout
        Taken for the sake of code that was written for Nominatim; nothing here asks or waits.

    Examples
    --------
    >>> from syriamap import SyriaGazetteer
    >>> SyriaGazetteer().geocode("Rastan bridge, Syria").address
    'Rastan bridge, Rastan District, Homs Governorate, Syria'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        reach_km: float = 50.0,
        user_agent: str = "syriamap",
        timeout: object = None,  # noqa: ARG002
    ) -> None:
        super().__init__(user_agent=user_agent)
        if gazetteer is None:
            from syriamap.names.gazetteer import Gazetteer as Shipped
            from syriamap.theater.shipped import default_folder

            gazetteer = Shipped.read(default_folder())
        self.gazetteer = gazetteer
        self.reach_km = reach_km

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.gazetteer.folder)

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: object = None,  # noqa: ARG002
        limit: int | None = None,
        addressdetails: bool = False,
        language: object = False,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Sequence[object] | None = None,
        bounded: bool = False,
        featuretype: str | None = None,
        namedetails: bool = False,
        admin1: str = "",
    ) -> Location | list[Location] | None:
        """
        Points of a name or of a relative description.

        Parameters
        ----------
        query
            A name in any spelling, with the country behind it or not, or "six miles north of
            Homs"; or a mapping with `city` and, if known, `county` (a district), `state` (a
            governorate), `country`.
        exactly_one
            One location, or all candidates. Of an ambiguous name one is never picked: the answer
            is None.
        timeout
            Taken for the sake of geopy's callers; nothing here waits.
        limit
            At most so many candidates.
        addressdetails, namedetails
            Whether ``raw`` has the parts of the address, and the names by language.
        language
            "ar" for addresses in Arabic; a code, a list, or an ``Accept-Language`` value.
        country_codes
            Countries that count, ISO 3166-1: "sy", "sy,lb" or a list.
        viewbox
            Two opposite corners. Candidates inside come first, and one that alone lies inside
            is meant.
        bounded
            Only candidates inside `viewbox` count.
        featuretype
            `settlement` or `city`: only places where people live.
        admin1
            A governorate, district or subdistrict, by name in either language or by code (ISO's, a
            p-code): only places in it count.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query or an option is none that a gazetteer of places can answer.
        ValueError
            If `limit` is below 1, as Nominatim does.
        PlaceNotFound, PlaceAmbiguous
            If the governorate or district that is named is none, or several.
        """
        if limit is not None and limit < 1:
            raise ValueError("Limit cannot be less than 1")
        sieve = _Sieve.of(viewbox, country_codes, featuretype, bounded=bounded)
        name, units = self._asked(query, admin1)
        if not name:
            return None
        result = self.gazetteer.resolve(name, admin1=units[0] if units else "")
        arabic = is_arabic_asked(language)
        details = _Details(self._addresses, arabic, addressdetails, namedetails)
        if not result.candidates:
            made = self._relative(name, units, sieve)
            if made is None or (exactly_one and made.raw["status"] != "accepted"):
                return None
            return made if exactly_one else [made]
        inside = [one for one in result.candidates if self._is_in_all(one, units[1:])]
        left, is_sure = sieve.sifted(inside, result, self._addresses)
        status = "accepted" if is_sure else "ambiguous"
        locations = [_location(one, status, details) for one in left[:limit]]
        if exactly_one:
            return locations[0] if is_sure else None
        return locations or None

    def _asked(self, query: object, admin1: str) -> tuple[str, list[str]]:
        """Name to look up, and codes of what it must lie in; no name when it is elsewhere."""
        code = [self.gazetteer.area_code(admin1)] if admin1 else []
        if isinstance(query, str):
            return query, code
        if not isinstance(query, Mapping):
            raise GeocoderQueryError(f"{query!r} is no query: a name or a mapping with 'city'")
        said = {str(key): str(value).strip() for key, value in query.items() if value}
        unknown = sorted(said.keys() - _KEYS)
        if unknown:
            raise GeocoderQueryError(
                f"the gazetteer knows no {', '.join(unknown)}; a query may have {', '.join(_KEYS)}"
            )
        if not said.get("city"):
            raise GeocoderQueryError("the query has no 'city': places are what is looked up")
        if "country" in said and not self.gazetteer.is_country(said["country"]):
            return "", []
        for key, word in (("county", " district"), ("state", "")):
            if key in said:
                written = said[key] if read_level(said[key])[0] else said[key] + word
                code.append(self.gazetteer.area_code(written))
        return said["city"], code

    def _is_in_all(self, one: Candidate, codes: Iterable[str]) -> bool:
        return all(self.gazetteer.is_within(one.place_id, code) for code in codes)

    def _relative(self, name: str, units: list[str], sieve: _Sieve) -> Location | None:
        found = locate(name, self.gazetteer, admin1=units[0] if units else "")
        if found is None or not sieve.takes_point(found.lat, found.lon):
            return None
        raw = {
            "how": found.how,
            "radius_km": found.radius_km,
            "status": found.status,
            "anchors": [one.place_id for one in found.anchors],
        }
        return Location(found.words, Point(found.lat, found.lon), raw)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: object = None,  # noqa: ARG002
        language: object = False,
        addressdetails: bool = True,
        zoom: int | None = None,
        namedetails: bool = False,
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
        language, addressdetails, namedetails
            As :meth:`geocode` takes them.
        zoom
            10 for cities, 11 and 12 for cities and towns, 13 and 14 for every settlement, up to
            18 for every place; every place when not given.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no point, or `zoom` asks for more than a place (below 10).
        """
        try:
            point = Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no point") from error
        here = (float(point.latitude), float(point.longitude))
        count = 1 if exactly_one else _MOST_NEAR
        nearest = self.gazetteer.nearest_places(here, count, kinds=_kinds_at(zoom))
        details = _Details(self._addresses, is_arabic_asked(language), addressdetails, namedetails)
        locations = [
            _location(one, "accepted", details, away)
            for away, one in ((kilometers(here, (c.lat, c.lon)), c) for c in nearest)
            if away <= self.reach_km
        ]
        if not locations:
            return None
        return locations[0] if exactly_one else locations


@dataclass(frozen=True)
class _Details:
    """How an answer is written: in which language, and with what beside the address."""

    addresses: Addresses
    arabic: bool
    parts: bool
    names: bool


@dataclass(frozen=True)
class _Sieve:
    """Which candidates count: in a box, in a country, of a kind."""

    box: tuple[float, float, float, float] | None
    countries: frozenset[str]
    kinds: frozenset[str]
    bounded: bool

    @classmethod
    def of(
        cls, viewbox: object, countries: object, featuretype: str | None, *, bounded: bool
    ) -> Self:
        codes = countries.split(",") if isinstance(countries, str) else (countries or ())
        asked = frozenset(str(one).strip().casefold() for one in cast("Iterable[object]", codes))
        if featuretype not in {None, "settlement", "city"}:
            raise GeocoderQueryError(
                f"featuretype {featuretype!r}: the gazetteer has places; 'settlement' or 'city' "
                "would do"
            )
        return cls(_box(viewbox), asked, SETTLEMENTS if featuretype else frozenset(), bounded)

    def takes_point(self, lat: float, lon: float) -> bool:
        """Whether a point that is no place counts: it has a position only."""
        return self.box is None or not self.bounded or self._holds(lat, lon)

    def _holds(self, lat: float, lon: float) -> bool:
        south, west, north, east = self.box or (-90.0, -180.0, 90.0, 180.0)
        return south <= lat <= north and west <= lon <= east

    def sifted(
        self, candidates: Sequence[Candidate], result: Resolution, addresses: Addresses
    ) -> tuple[list[Candidate], bool]:
        """Candidates that count, those in the box first, and whether the first one is meant."""
        left = inside = [one for one in candidates if self._counts(one, addresses)]
        if self.box is not None:
            inside = [one for one in left if self._holds(one.lat, one.lon)]
            left = (
                inside if self.bounded else [*inside, *(one for one in left if one not in inside)]
            )
        best = result.candidates[0]
        if result.accepted and best in left:
            return [best, *(one for one in left if one != best)], True
        singled_out = len(inside) == 1 < len(result.candidates)
        return left, singled_out and inside[0].how not in _BY_SOUND

    def _counts(self, one: Candidate, addresses: Addresses) -> bool:
        if self.kinds and one.kind not in self.kinds:
            return False
        if not self.countries:
            return True
        code = addresses.country_code(one)
        if not code:
            raise GeocoderQueryError("country_codes: this theater has no codes of countries")
        return code in self.countries


def _box(viewbox: object) -> tuple[float, float, float, float] | None:
    """South, west, north, east of two opposite corners."""
    if viewbox is None:
        return None
    try:
        one, other = (Point(corner) for corner in cast("Iterable[object]", viewbox))
    except (ValueError, TypeError) as error:
        raise GeocoderQueryError(
            f"viewbox {viewbox!r} is not two points, as [(34.5, 36.0), (35.5, 37.5)]"
        ) from error
    lats, lons = (one.latitude, other.latitude), (one.longitude, other.longitude)
    return min(lats), min(lons), max(lats), max(lons)


def _kinds_at(zoom: int | None) -> frozenset[str]:
    """Kinds of place that a zoom of Nominatim asks for; empty for all."""
    if zoom is None or zoom > _ZOOM_OF_SETTLEMENTS:
        return frozenset()
    if zoom < _ZOOM_OF_CITIES:
        raise GeocoderQueryError(f"zoom {zoom}: places are answered, from 10 (cities) to 18 (all)")
    if zoom == _ZOOM_OF_CITIES:
        return frozenset({"city"})
    return frozenset({"city", "town"}) if zoom <= _ZOOM_OF_TOWNS else SETTLEMENTS


def _location(
    one: Candidate, status: str, details: _Details, away: float | None = None
) -> Location:
    address = details.addresses.line(one, arabic=details.arabic)
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
        "lat": str(one.lat),
        "lon": str(one.lon),
        "display_name": address,
    }
    if details.parts:
        raw["address"] = details.addresses.parts(one, arabic=details.arabic)
    if details.names:
        raw["namedetails"] = {"name": one.name} | ({"name:ar": one.name_ar} if one.name_ar else {})
    if away is not None:
        raw |= {"how": "nearest", "score": 1.0, "distance_km": round(away, 3)}
    return Location(address, Point(one.lat, one.lon), raw)


class _OneRoom(BaseSyncAdapter):  # type: ignore[misc]  # geopy is untyped
    """Geopy's requests by way of :mod:`syriamap.online`."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("the answer is no JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        try:
            answer = fetch(
                url, seconds=timeout or _SECONDS, most_bytes=_MOST_BYTES, headers=headers
            )
        except OnlineError as error:
            if error.status:
                raise AdapterHTTPError(
                    str(error), status_code=error.status, headers={}, text=""
                ) from error
            slow = error.reason == "slow"
            raise (GeocoderTimedOut if slow else GeocoderServiceError)(str(error)) from error
        return answer.data.decode("utf-8", errors="replace")


def nominatim(**options: Any) -> Any:
    """
    Make the geocoder of :func:`ask_online`: Nominatim with the name of this program.

    Parameters
    ----------
    **options
        Passed to :class:`geopy.geocoders.Nominatim`, for example `adapter_factory` or `domain`.
    """
    from geopy.geocoders import Nominatim

    own = {
        "user_agent": "syriamap (offline-first gazetteer)",
        "adapter_factory": _OneRoom,
        "timeout": _SECONDS,
    }
    return Nominatim(**{**own, **options})


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
