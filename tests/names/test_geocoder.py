"""The gazetteer through geopy, and the online geocoder with a stand-in for the network."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from syriamap.errors import GeocodingError
from syriamap.names.gazetteer import Gazetteer
from syriamap.names.geocoder import REVIEW_COLUMNS, SyriaGazetteer, ask_online, nominatim
from syriamap.theater.folder import Theater

BOUNDS = (14.0, 46.0, 15.2, 47.0)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What geopy would have waited, in seconds; it does not."""
    waited: list[float] = []
    monkeypatch.setattr("geopy.extra.rate_limiter.sleep", waited.append)
    return waited


@pytest.fixture(scope="module")
def geocoder(theater: Theater) -> SyriaGazetteer:
    return SyriaGazetteer(Gazetteer(theater))


def test_it_is_a_geopy_geocoder(geocoder: SyriaGazetteer) -> None:
    assert isinstance(geocoder, Geocoder)
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert limited("Oakham").raw["place_id"] == "oak"


def test_a_name_gives_a_location(geocoder: SyriaGazetteer) -> None:
    found = geocoder.geocode("Oakham")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == (46.20, 14.20)
    assert found.address == "Oakham, city, AR-W"
    assert found.raw["how"] == "exact"


def test_one_is_never_picked_of_an_ambiguous_name(geocoder: SyriaGazetteer) -> None:
    assert geocoder.geocode("Newton") is None
    both = geocoder.geocode("Newton", exactly_one=False)
    assert {one.raw["place_id"] for one in both} == {"newton-w", "newton-e"}
    assert geocoder.geocode("Newton", admin1="AR-E").raw["place_id"] == "newton-e"
    assert geocoder.geocode("zzz") is None
    assert geocoder.geocode("zzz", exactly_one=False) is None


def test_a_relative_place_gives_a_location(geocoder: SyriaGazetteer) -> None:
    found = geocoder.geocode("10 km north of Oakham")
    assert found.raw["how"] == "offset"
    assert found.raw["anchors"] == ["oak"]
    assert geocoder.geocode("3 km east of Newton") is None
    assert len(geocoder.geocode("3 km east of Newton", exactly_one=False)) == 1


@pytest.mark.parametrize("point", [(46.21, 14.21), "46.21, 14.21", Point(46.21, 14.21)])
def test_a_point_gives_the_nearest_place(geocoder: SyriaGazetteer, point: Any) -> None:
    found = geocoder.reverse(point)
    assert found.raw["place_id"] == "oak"
    assert found.raw["distance_km"] == pytest.approx(1.35, abs=0.05)
    several = geocoder.reverse(point, exactly_one=False)
    away = [one.raw["distance_km"] for one in several]
    assert away == sorted(away)
    assert len(several) > 1


def test_a_point_out_of_reach_gives_none(geocoder: SyriaGazetteer) -> None:
    assert geocoder.reverse((0.0, 0.0)) is None
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("not a point")


# --- online -------------------------------------------------------------------------------------


class Canned(BaseSyncAdapter):
    """An adapter that answers from a table and counts; the network is never reached."""

    asked: list[str]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.asked = []

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        self.asked.append(url)
        if "Broken" in url:
            raise GeocoderServiceError("out of order")
        if "Hidden" not in url:
            return []
        return [{"lat": "46.5", "lon": "14.5", "display_name": "=Hidden Hamlet", "type": "hamlet",
                 "osm_type": "node", "osm_id": 7}]  # fmt: skip

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        raise AssertionError(url)


def ask(names: list[str], folder: Path, online: Any) -> dict[str, list[Location]]:
    return ask_online(
        names, bounds=BOUNDS, cache=folder / "c" / "cache.json", review=folder / "r" / "review.csv",
        geocoder=online, seconds_between=0.0,
    )  # fmt: skip


def test_answers_are_cached_and_put_up_for_review(tmp_path: Path) -> None:
    online = nominatim(adapter_factory=Canned)
    answers = ask(["Hidden", "Nowhere", "Hidden"], tmp_path, online)
    assert [one.address for one in answers["Hidden"]] == ["=Hidden Hamlet"]
    assert answers["Nowhere"] == []
    assert len(online.adapter.asked) == 2
    assert all("viewbox=14.0%2C46.0%2C15.2%2C47.0" in url for url in online.adapter.asked)

    again = ask(["Hidden", "Nowhere"], tmp_path, online)
    assert len(online.adapter.asked) == 2
    assert again["Hidden"][0].latitude == 46.5
    with (tmp_path / "r" / "review.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == REVIEW_COLUMNS
    assert [(row["name"], row["display_name"]) for row in rows] == [("Hidden", "'=Hidden Hamlet")]
    assert "OpenStreetMap" in rows[0]["source"]


def test_a_failure_keeps_what_was_answered(tmp_path: Path, waits: list[float]) -> None:
    online = nominatim(adapter_factory=Canned)
    with pytest.raises(GeocodingError, match="out of order"):
        ask(["Hidden", "Broken"], tmp_path, online)
    assert list(json.loads((tmp_path / "c" / "cache.json").read_text("utf-8"))) == ["Hidden"]
    assert (tmp_path / "r" / "review.csv").exists()
    assert len(waits) == 1, "it is asked once more, after a while"
    assert waits[0] >= 1


def test_bulk_geocoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeocodingError, match="101 names"):
        ask([f"n{number}" for number in range(101)], tmp_path, nominatim(adapter_factory=Canned))


def test_nothing_is_asked_for_no_names(tmp_path: Path) -> None:
    assert ask([], tmp_path, None) == {}
    assert not list(tmp_path.iterdir())


def test_a_cache_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "cache.json").write_text("{")
    with pytest.raises(GeocodingError, match="delete it"):
        ask(["Hidden"], tmp_path, None)
