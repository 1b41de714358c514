"""The gazetteer through geopy, and the online geocoder with a stand-in for the network."""

from __future__ import annotations

import csv
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
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


@pytest.fixture(scope="module")
def shipped() -> SyriaGazetteer:
    return SyriaGazetteer()


def test_it_is_a_geopy_geocoder(geocoder: SyriaGazetteer) -> None:
    assert isinstance(geocoder, Geocoder)
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert limited("Oakham").raw["place_id"] == "oak"


def test_a_name_gives_a_location(geocoder: SyriaGazetteer) -> None:
    found = geocoder.geocode("Oakham")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == (46.20, 14.20)
    assert found.address == "Oakham, Westshire Governorate, Arcadia"
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


# --- what Nominatim takes -----------------------------------------------------------------------


def test_it_takes_every_option_of_nominatim_that_places_can_answer() -> None:
    own = {
        method: set(inspect.signature(getattr(SyriaGazetteer, method)).parameters)
        for method in ("geocode", "reverse")
    }
    for method, ours in own.items():
        theirs = set(inspect.signature(getattr(Nominatim, method)).parameters)
        assert theirs - ours <= {"geometry", "extratags"}
    SyriaGazetteer(user_agent="mine", timeout=3)


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Hama, Syria", "gn-170017"),
        ("حماة، سوريا", "gn-170017"),
        ("Kafr Nabl, Idlib, Syria", "gn-168661"),
        ({"city": "Kafr Nabl", "state": "Idlib", "country": "Syria"}, "gn-168661"),
        ({"city": "Suran", "county": "Azaz"}, "gn-163913"),
        ({"city": "Suran", "county": "Azaz district", "state": "Aleppo"}, "gn-163913"),
        ({"city": "Suran", "county": "Azaz", "state": "Homs"}, None),
        ({"city": "Paris", "country": "France"}, None),
        ("Suran", None),
        ("", None),
    ],
)
def test_queries_as_nominatim_takes_them(
    shipped: SyriaGazetteer, query: Any, place_id: str | None
) -> None:
    found = shipped.geocode(query)
    assert (found and found.raw["place_id"]) == place_id


@pytest.mark.parametrize(
    "query", [None, 7, {"street": "Main"}, {"state": "Homs"}, {"city": ""}, ["Hama"]]
)
def test_a_query_that_places_cannot_answer_is_told(shipped: SyriaGazetteer, query: Any) -> None:
    with pytest.raises(GeocoderQueryError, match=r"city"):
        shipped.geocode(query)


def test_an_address_can_be_read(shipped: SyriaGazetteer) -> None:
    english = shipped.geocode("Raqqa", addressdetails=True, namedetails=True)
    assert english.address == "Raqqa, Raqqa District, Raqqa Governorate, Syria"
    assert english.raw["address"] == {
        "city": "Raqqa", "county": "Raqqa District", "state": "Raqqa Governorate",
        "ISO3166-2-lvl4": "SY-RA", "country": "Syria", "country_code": "sy",
    }  # fmt: skip
    assert english.raw["namedetails"] == {"name": "Raqqa", "name:ar": "الرقة"}
    for language in ("ar", "ar-SY,ar;q=0.9,en;q=0.5", ["de", "ar"]):
        arabic = shipped.geocode("Raqqa", language=language)
        assert arabic.address == "الرقة، منطقة الرقة، محافظة الرقة، سوريا"
    assert "address" not in shipped.geocode("Raqqa").raw
    assert shipped.geocode("Tishrin dam").address.startswith("Tishrin Dam, ")
    assert shipped.geocode("Tabqa airport").address.split(",")[0].endswith(("base", "port)"))


def test_a_box_decides_between_namesakes(shipped: SyriaGazetteer) -> None:
    near_azaz = [(36.4, 36.9), (36.8, 37.5)]
    assert shipped.geocode("Suran", viewbox=near_azaz).raw["place_id"] == "gn-163913"
    every = shipped.geocode("Suran", viewbox=near_azaz, exactly_one=False)
    assert (every[0].raw["place_id"], len(every) > 1) == ("gn-163913", True)
    inside = shipped.geocode("Suran", viewbox=near_azaz, bounded=True, exactly_one=False)
    assert [one.raw["place_id"] for one in inside] == ["gn-163913"]
    # a city stays meant though a box holds none of its name, unless only the box counts
    assert shipped.geocode("Hama", viewbox=near_azaz).raw["place_id"] == "gn-170017"
    assert shipped.geocode("Hama", viewbox=near_azaz, bounded=True) is None
    assert len(shipped.geocode("Suran", exactly_one=False, limit=2)) == 2
    with pytest.raises(ValueError, match="Limit"):
        shipped.geocode("Suran", limit=0)
    with pytest.raises(GeocoderQueryError, match="two points"):
        shipped.geocode("Suran", viewbox=[(36.4, 36.9)])


def test_countries_and_kinds_count(shipped: SyriaGazetteer, geocoder: SyriaGazetteer) -> None:
    assert shipped.geocode("Hama", country_codes="sy,lb") is not None
    assert shipped.geocode("Hama", country_codes=["LB"]) is None
    assert shipped.geocode("Tishrin dam", featuretype="settlement") is None
    with pytest.raises(GeocoderQueryError, match="featuretype"):
        shipped.geocode("Hama", featuretype="country")


def test_zoom_asks_for_larger_places(shipped: SyriaGazetteer) -> None:
    here = (35.2, 36.9)
    assert shipped.reverse(here).raw["kind"] == "village"
    assert shipped.reverse(here, zoom=10).raw["place_id"] == "gn-170017"
    assert {one.raw["kind"] for one in shipped.reverse(here, zoom=12, exactly_one=False)} == {
        "city", "town",
    }  # fmt: skip
    assert shipped.reverse(here, language="ar").address.endswith("محافظة حماة، سوريا")
    assert "address" not in shipped.reverse(here, addressdetails=False).raw
    with pytest.raises(GeocoderQueryError, match="from 10"):
        shipped.reverse(here, zoom=5)


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
