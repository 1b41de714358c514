"""Claims about whole areas: read with every complaint, heard by the places inside."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from theaters import Row, arcadia, claim, write_claims_csv

from syriamap.claims.reader import read_claims
from syriamap.control.claimed import control_from_claims
from syriamap.errors import ClaimsError
from syriamap.files import SyriamapWarning
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)
WEST = [[14.0, 46.0], [14.6, 46.0], [14.6, 47.0], [14.0, 47.0], [14.0, 46.0]]
Land = Callable[..., tuple[pd.DataFrame, Theater]]


def area(day: str, actor: str, relation: str = "captured", **more: str) -> Row:
    row = {
        "event_date": day, "place": "all of the west", "area_id": "West", "actor": actor,
        "relation": relation, "certainty": "asserted", "publisher": "Agency",
        "source_title": "News",
    }  # fmt: skip
    return {**row, **more}


@pytest.fixture
def land(tmp_path: Path) -> Land:
    """Arcadia with an area in the west, some claims, and claims of the area."""

    def made(areas: list[Row], rows: list[Row], **more: Any) -> tuple[pd.DataFrame, Theater]:
        folder = arcadia(tmp_path / "arcadia", **more)
        shape = {"type": "Polygon", "coordinates": [WEST]}
        feature = {"type": "Feature", "properties": {"name": "West"}, "geometry": shape}
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
        (folder / "areas.geojson").write_text(text, encoding="utf-8")
        write_claims_csv(folder / "claims" / "areas.csv", areas)
        theater = read_theater(folder)
        path = write_claims_csv(tmp_path / "claims.csv", rows)
        return read_claims([*theater.claim_files, path], theater), theater

    return made


def state(made: tuple[pd.DataFrame, Theater], place: str, day: date = DAY) -> Any:
    control = control_from_claims(*made, day).set_index("place_id")
    return control.loc[place] if place in control.index else None


def test_an_area_claim_tells_older_places_anew(land: Land) -> None:
    rows = [claim("oak", "crown", "controls", day="2030-01-01")]
    oak = state(land([area("2030-03-01", "rebels")], rows), "oak")
    assert (oak.actor, oak.status) == ("rebels", "held")
    assert "area_claim" in oak.reasons
    assert oak.since == pd.Timestamp("2030-03-01")


def test_newer_evidence_of_a_place_outweighs_the_area(land: Land) -> None:
    rows = [claim("oak", "crown", "controls", day="2030-03-03")]
    oak = state(land([area("2030-03-01", "rebels")], rows), "oak")
    assert oak.actor == "crown"


def test_who_once_held_the_area_does_not_contest_what_was_taken_since(land: Land) -> None:
    """The area's claim tells of its day; the same said of the place itself is a quarrel."""
    taken = claim(
        "oak", "crown", "captured", day="2030-02-20", certainty="unconfirmed", against="rebels"
    )
    once = claim("oak", "rebels", "controls", day="2030-01-01", publisher="Blog")
    of_area = state(land([area("2030-01-01", "rebels", "controls")], [taken]), "oak")
    of_place = state(land([], [once, taken]), "oak")
    assert (of_area.actor, of_area.status) == ("crown", "held"), of_area
    assert of_place.status == "contested", of_place


def test_a_claim_of_the_same_day_about_the_place_decides(land: Land) -> None:
    rows = [claim("oak", "crown", "controls", day="2030-03-01")]
    oak = state(land([area("2030-03-01", "rebels")], rows), "oak")
    assert oak.actor == "crown"
    assert "area_claim" not in oak.reasons


def test_unclaimed_towns_hear_it_weakly_and_villages_not(land: Land) -> None:
    fir = claim("fir", "crown", "controls")
    made = land([area("2030-03-01", "rebels")], [fir])
    elm = state(made, "elm")
    assert elm.actor == "rebels"
    assert "area_claim" in elm.reasons
    assert state(made, "yew") is None
    own = [claim("elm", "rebels", "captured", publisher="Agency")]
    assert elm.confidence < state(land([], [fir, *own]), "elm").confidence - 0.1


def test_an_unclaimed_town_does_not_hear_who_left(land: Land) -> None:
    rows = [claim("oak", "crown", "controls", day="2030-01-01")]
    made = land([area("2030-03-01", "crown", "withdrew")], rows)
    assert state(made, "elm") is None
    oak = state(made, "oak")
    assert (oak.status, oak.leaning) == ("undetermined", "crown")


def test_places_outside_hear_nothing(land: Land) -> None:
    rows = [claim("fir", "crown", "controls", day="2030-01-01")]
    assert state(land([area("2030-03-01", "rebels")], rows), "fir").actor == "crown"


def test_an_area_is_not_taken_before_the_day_of_its_claim(land: Land) -> None:
    rows = [claim("oak", "crown", "controls", day="2030-01-01")]
    made = land([area("2030-03-04", "rebels")], rows)
    assert state(made, "oak", date(2030, 3, 3)).actor == "crown"


@pytest.mark.parametrize(("said", "actor"), [("crown", "militia"), ("rebels", "rebels")])
def test_an_allys_base_stays_when_its_side_holds_the_area(
    land: Land, said: str, actor: str
) -> None:
    """Who says that the crown holds the west does not say that its militia left its base."""
    rows = [claim("oak", "militia", "controls", day="2030-01-01")]
    areas = [area(f"2030-0{month}-01", said, "controls") for month in (2, 3)]
    oak = state(land(areas, rows, engine={"local_actors": ["militia"]}), "oak")
    assert oak.actor == actor


@pytest.mark.parametrize(("after", "heard"), [("crown", False), ("league", True)])
def test_who_holds_an_area_passes_over_what_one_other_side_kept(
    land: Land, after: str, heard: bool
) -> None:
    """Two sides that held a town years apart do not say that it was theirs in between."""
    rows = [
        claim("oak", "crown", "controls", day="2029-01-01"),
        claim("oak", after, "controls", day="2031-01-01"),
    ]
    oak = state(land([area("2030-03-01", "rebels", "controls")], rows), "oak")
    assert ("area_claim" in oak.reasons) == heard


def test_an_area_that_nobody_has_drawn_is_an_error(land: Land) -> None:
    with pytest.raises(ClaimsError, match=r"'all of the west' is not in the gazetteer"):
        land([area("2030-03-01", "rebels", area_id="")], [])


def test_fighting_in_an_area_is_kept_but_decides_nothing(land: Land) -> None:
    rows = [claim("oak", "crown", "controls", day="2030-01-01")]
    made = land([area("2030-03-01", "rebels", "entered")], rows)
    assert len(made[0]) == 2
    assert state(made, "oak").actor == "crown"


def test_every_complaint_is_gathered(land: Land) -> None:
    wrong = [
        area("2030-02-30", "rebels", area_id="Wets", relation="took"),
        area("2030-03-01", "rebel", certainty="sure", reported_on="2030-02-01"),
        area("2030-03-01", "rebels", source_title=""),
    ]
    with pytest.raises(ClaimsError) as caught:
        land(wrong, [])
    told = str(caught.value)
    for words in ("Wets", "nearest: West", "2030-02-30", "'took'", "'rebel'", "'sure'",
                  "lies after the report of 2030-02-01", "source_title"):  # fmt: skip
        assert words in told


def test_rows_get_an_id_and_count_once(land: Land) -> None:
    with pytest.warns(SyriamapWarning, match="repeats row 2"):
        claims, _ = land([area("2030-03-01", "rebels")] * 2, [])
    (row,) = claims.itertuples()
    assert row.claim_id.startswith("c-")
    assert (row.place, row.area_id, row.place_id) == ("all of the west", "West", "")
    assert 14.0 <= row.lon <= 14.6


def test_an_area_needs_no_other_name(land: Land) -> None:
    claims, _ = land([area("2030-03-01", "rebels", place="")], [])
    assert claims["place"].tolist() == ["West"]


def test_a_claim_is_about_a_place_or_an_area(land: Land) -> None:
    with pytest.raises(ClaimsError, match="place_id: 'oak' is filled, and so is area_id"):
        land([area("2030-03-01", "rebels", place_id="oak")], [])


def test_what_holds_for_places_holds_for_areas(land: Land) -> None:
    """The guards of one reader: addresses, and ids that stand twice."""
    with pytest.raises(ClaimsError, match="is no http or https address"):
        land([area("2030-03-01", "rebels", source_url="javascript:alert(1)")], [])
    twice = [area("2030-03-01", "rebels", claim_id="a"), area("2030-03-02", "crown", claim_id="a")]
    with pytest.raises(ClaimsError, match="is the id of row 2 too"):
        land(twice, [])
