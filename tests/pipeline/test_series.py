"""The days of a series are the maps of those days."""

from __future__ import annotations

from pathlib import Path

import pytest
from theaters import Row, arcadia, claim

from syriamap.errors import ControlError
from syriamap.explain.claim_map import MapOfClaims
from syriamap.pipeline.build import Series, build, history, series
from syriamap.territory.mesh import tessellation


def test_a_series_is_the_maps_of_its_days(advance: Series) -> None:
    alone = build(str(advance.days[0].date))
    first = advance.days[0]
    assert alone.control.equals(first.control)
    assert alone.states.equals(first.states)
    assert alone.territory.geometry.geom_equals(first.territory.geometry).all()
    assert first.theater is advance.days[-1].theater
    assert first.claims is advance.days[-1].claims


def test_a_series_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ControlError, match="is after"):
        series("2024-11-01", since="2024-12-01")


def hill(name: str, lat: str, day: str, **more: str) -> Row:
    """A claim about a point of its own."""
    return claim("", "rebels", "captured", place=name, lat=lat, lon="14.6", day=day, **more)


HILLS = [
    claim("oak", "crown", "controls", day="2030-03-01", asserted_by="crown"),
    claim("pine", "rebels", "controls", day="2030-03-01", asserted_by="rebels"),
    hill("Hill 1", "46.40", "2030-03-02"),
    hill("Hill 2", "46.45", "2030-03-04"),
    hill("Hill 3", "46.50", "2030-03-06", reported_on="2030-03-20", asserted_by="rebels"),
]


def test_days_with_other_points_share_one_ground(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All days, stories, reasons and shares are drawn on the cells of the first map."""
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(tessellation, "_LAST", tessellation.Memory(2))
    made, plain = [], tessellation._tessellate
    monkeypatch.setattr(
        tessellation, "_tessellate", lambda *given: made.append(given) or plain(*given)
    )
    folder = arcadia(tmp_path / "arcadia", claims=HILLS)
    through = series("2030-03-07", since="2030-03-01", theater=folder)
    own = [set(one.control["name"]) & {"Hill 1", "Hill 2", "Hill 3"} for one in through.days]
    assert len(set(map(frozenset, own))) > 2, "the days know of other points"
    for one, known in zip(through.days, own, strict=True):
        points = one.states[one.states["kind"] == "point"]
        assert set(points["name"]) == known, "a point that is not known of has no state"
        assert len(one.states) == len(one.theater.places) + len(known)
    side = through.days[0].theater.side_of("rebels")
    told = build("2030-03-07", theater=folder, according_to=side)
    assert told.claims_used.equals(through.days[-1].claims_used)
    history("2030-03-01", "2030-03-07", theater=folder)
    reasons = MapOfClaims(through.days[2].question, through.days[2].date)
    states = through.days[2].states.set_index("place_id")
    for place, state in states.iterrows():
        node = reasons.node_of(str(place))
        assert reasons.field.confidence[node].round(4) == state["confidence"]
    assert len(made) == 1
    assert len(list((tmp_path / "cache").glob("tessellation-*"))) == 1
    assert build("2030-03-03", theater=folder).territory.equals(through.days[2].territory)


def test_the_ground_of_what_was_known_is_that_of_fewer_claims(tmp_path: Path) -> None:
    """Where a point of a later report lies moves no line of a map as it was known before."""
    whole = build(
        "2030-03-07", known_by="2030-03-07", theater=arcadia(tmp_path / "a", claims=HILLS)
    )
    less = build("2030-03-07", theater=arcadia(tmp_path / "b", claims=HILLS[:-1]))
    assert whole.territory.equals(less.territory)
    assert whole.states.equals(less.states)
