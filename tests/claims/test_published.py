"""Published formats in their own layouts, and places that the row's units and codes decide."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from incoming import taken_in
from theaters import PLACES, arcadia, write_csv

from syriamap.claims.sources import Context, Imported
from syriamap.errors import SourceError
from syriamap.names.gazetteer import Gazetteer
from syriamap.names.whereabouts import Whereabouts, resolve_within
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)
CODES: dict[str, dict[str, str]] = {
    "newton-w": {"admin2": "Southvale", "admin3": "Brook", "pcode": "C1"},
    "newton-e": {"admin2": "Northvale", "admin3": "Hill", "pcode": "C2"},
    "oak": {"pcode": "C3", "source_id": "700000"},
}


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    folder = arcadia(tmp_path_factory.mktemp("published") / "arcadia")
    write_csv(
        folder / "places.csv", [{**place, **CODES.get(place["place_id"], {})} for place in PLACES]
    )
    write_csv(folder / "import_actors.csv", [
        {"format": "wikipedia", "name": "gov", "actor": "crown"},
        {"format": "wikipedia", "name": "reb", "actor": "rebels"},
        {"format": "wikipedia", "name": "red", "actor": "crown"},
        {"format": "wikipedia", "name": "lime", "actor": "rebels"},
        {"format": "carter", "name": "joint", "actor": "crown+rebels"},
        {"format": "*", "name": "military forces*", "actor": "crown"},
    ])  # fmt: skip
    return read_theater(folder)


@pytest.fixture
def run(land: Theater, tmp_path: Path) -> Any:
    def imported(
        kind: str, content: str | bytes, day: date | None = None, **more: Any
    ) -> tuple[Imported, list[dict[str, str]]]:
        path = tmp_path / more.pop("name", "in.csv")
        return taken_in(path, content, Context(land, kind, day, **more))

    return imported


# --- whereabouts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (Whereabouts("AR-W"), "newton-w"),
        (Whereabouts("AR-E"), "newton-e"),
        (Whereabouts(admin2="Northvale"), "newton-e"),
        (Whereabouts(admin3="Brook"), "newton-w"),
        (Whereabouts(admin3="Oakham"), "newton-w"),  # a unit of which only the seat is known
        (Whereabouts(pcode="c2"), "newton-e"),
        (Whereabouts("AR-W", pcode="C2"), "newton-e"),
        (Whereabouts("AR-W", admin2="Northvale"), ""),
        (Whereabouts(), ""),
    ],
)
def test_what_a_row_says_of_a_place_decides_between_namesakes(
    land: Theater, where: Whereabouts, found: str
) -> None:
    result = resolve_within("Newton", where, Gazetteer(land))
    assert (result.candidates[0].place_id if result.accepted else "") == found


def test_a_better_known_namesake_elsewhere_is_vetoed(land: Theater) -> None:
    gazetteer = Gazetteer(land)
    assert resolve_within("Oakham", Whereabouts(), gazetteer).accepted
    assert not resolve_within("Oakham", Whereabouts("AR-E"), gazetteer).candidates


@pytest.mark.parametrize(
    "name", ["Oakham, Arcadia", "Oakham, AR-W, Arcadia", "Oakham (Arcadia)", "أوكهام، Arcadia"]
)
def test_a_country_behind_a_name_is_peeled(land: Theater, name: str) -> None:
    result = Gazetteer(land).resolve(name)
    assert result.accepted
    assert result.candidates[0].place_id == "oak"


def test_letters_copied_from_a_pdf_are_letters(land: Theater) -> None:
    forms = "\ufe83\ufeed\ufedb\ufeec\ufe8e\ufee1"  # the shapes of أوكهام
    assert Gazetteer(land).resolve(forms).candidates[0].place_id == "oak"


def test_what_stands_behind_a_comma_is_never_matched_by_sound(land: Theater) -> None:
    result = Gazetteer(land).resolve("Oakham, Ruritania")
    assert result.status == "ambiguous"
    assert not Gazetteer(land).resolve("Nowhere, Arcadia").accepted


# --- formats ------------------------------------------------------------------------------------


WORLD_BANK = """ADM4_PCODE,ADM4_EN,ADM3_EN,ADM2_EN,ADM1_EN,Actor_Type,aoc
C1,Newton,Brook,Southvale,AR-W,x,Crown
,Newton,Hill,Northvale,AR-E,x,joint
,Newton,,,AR-X,x,Crown
C7,Ashford,,,AR-W,x,Contested Areas
C6,Newton,Brook,Southvale,AR-W,x,Crown
"""


def test_the_world_banks_table(run: Any) -> None:
    made, rows = run("carter", WORLD_BANK, DAY)
    assert [(one["place_id"], one["actor"], one["relation"], one["against"]) for one in rows] == [
        ("newton-w", "crown", "controls", ""),
        ("newton-e", "crown", "controls", ""),
        ("newton-e", "rebels", "controls", ""),
        ("ash", "crown", "contested", ""),
    ]
    assert dict(made.unmapped) == {
        "an ambiguous name": 2
    }  # of no unit; of a p-code that the theater lacks


def test_the_centers_own_workbook(run: Any) -> None:
    head = "Location Name (en),Community code (pcode),ADM1: Governorate / Mohafaza (en),Latitude,Longitude,"
    text = head + "2030-01-01,2030-02-01,2030-02-12\nOakham,C3,AR-W,46.2,14.2,Crown,CROWN,Joint\n"
    _, rows = run("carter", text)
    assert [(one["event_date"], one["date_precision"], one["actor"]) for one in rows] == [
        ("2030-01-01", "month", "crown"),
        ("2030-02-12", "day", "crown"),
        ("2030-02-12", "day", "rebels"),
    ]


def test_contested_areas_have_the_sides_around(run: Any) -> None:
    text = "ADM4_EN,ADM3_EN,ADM1_EN,aoc\nOakham,Q,AR-W,Crown\nElmstead,Q,AR-W,Rebel Front\nYewdale,,AR-W,Contested Areas\n"
    _, rows = run("carter", text, DAY)
    assert [(one["relation"], one["actor"], one["against"]) for one in rows][-1] == (
        "contested",
        "crown",
        "rebels",
    )
    assert "around it" in rows[-1]["note"]


@pytest.mark.parametrize("zipped", [False, True])
def test_viina_as_r_writes_it(run: Any, zipped: bool) -> None:
    text = "geonameid,date,status_wiki,status\n7e+05,20300301,Crown,x\n7e+05,20300302,CONTESTED,x\n7e+05,20300303,Rebel Front,x\n"
    content: bytes = text.encode()
    if zipped:
        import io

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("control_latest_2030.csv", text)
        content = packed.getvalue()
    _, rows = run("viina", content)
    assert [(one["place_id"], one["actor"], one["relation"]) for one in rows] == [
        ("oak", "crown", "controls"), ("oak", "crown", "contested"), ("oak", "rebels", "controls"),
    ]  # fmt: skip


OLD = "EVENT_ID_CNTY,EVENT_DATE,GEO_PRECIS,EVENT_TYPE,ACTOR1,ACTOR2,LOCATION,LATITUDE,LONGITUDE\n"


def test_acled_of_old_and_as_the_interface_answers(run: Any) -> None:
    _, rows = run(
        "acled",
        OLD
        + "A1,9-Mar-30,1,Battle-No change of territory,Military Forces (2000-),Rebel Front,Oakham,46.2,14.2\n",
    )
    assert [(one["event_date"], one["relation"], one["against"]) for one in rows] == [
        ("2030-03-09", "contested", "rebels")
    ]
    made, _ = run("acled", OLD + "A1,9-Mar-30,1,Battle-No change of territory,Military Forces (2000-),Rebel Front,Oakham,46.2,14.2\n"
                  "A2,9-Mar-30,3,Battle-No change of territory,Military Forces (2000-),Rebel Front,Oakham,46.2,14.2\n")  # fmt: skip
    assert made.unmapped["located to its province only"] == 1
    answer = {"status": 200, "data": [{"event_date": "2030-03-09", "sub_event_type": "Armed clash", "actor1": "Crown",
              "actor2": "Rebel Front", "latitude": "46.2", "longitude": "14.2", "location": "Oakham"}]}  # fmt: skip
    _, rows = run("acled", json.dumps(answer), name="a.json")
    assert len(rows) == 1


def test_ucdp_without_a_header(run: Any) -> None:
    from syriamap.claims.sources import event_data

    values = {"id": "1", "type_of_violence": "1", "side_a": "Crown", "side_b": "Rebel Front", "where_prec": "1",
              "where_coordinates": "Oakham", "latitude": "46.2", "longitude": "14.2", "date_prec": "1",
              "date_start": "2030-03-05 00:00:00.000"}  # fmt: skip
    line = ",".join(values.get(name, "") for name in event_data._GED_COLUMNS)
    _, rows = run("ucdp", f"{line}\n")
    assert [(one["event_date"], one["actor"], one["against"]) for one in rows] == [
        ("2030-03-05", "crown", "rebels")
    ]


def test_marks_of_sites_and_colors(run: Any) -> None:
    marks = ["m.gov_air", "m.reb_oil", "m.stable_gov_reb", '"Abm-lime-icon.png"', '"BSicon STRlg red.svg"', "m.gov_who",
             '"80x80-who-icon.svg"']  # fmt: skip
    lines = "".join(
        f'{{ lat = 46.2, long = 14.2, mark = {mark}, label = "P{n}" }},\n'
        for n, mark in enumerate(marks)
    )
    lines += '{ lat = 46.2, long = 14.2, mark = "Mountain pass.svg" },\n'
    made, rows = run("wikipedia", "return { marks = {\n" + lines + "} }", DAY)
    assert [(one["place"], one["relation"], one["actor"]) for one in rows] == [
        ("P0", "controls", "crown"), ("P1", "controls", "rebels"), ("P2", "controls", "crown"),
        ("P2", "controls", "rebels"), ("P3", "controls", "rebels"), ("P4", "controls", "crown"),
    ]  # fmt: skip
    assert dict(made.unmapped) == {
        "a mark that stands for no actor": 2,
        "an ornament: no label and no color of an actor": 1,
    }


TIMEMAP = [{"id": "1", "date": "05/11/2030", "latitude": "46.2", "longitude": "14.2", "location": "Oakham",
            "description": "", "sources": []}]  # fmt: skip
GEOCONFIRMED = [{"id": "1", "date": "2030-05-11T10:00:00", "name": "N", "description": "", "originalSource": "https://example.org/1",
                 "geolocation": "", "coordinates": [46.2, 14.2]}]  # fmt: skip


@pytest.mark.parametrize(("kind", "events"), [("timemap", TIMEMAP), ("geoconfirmed", GEOCONFIRMED)])
def test_events_become_events_never_control(run: Any, kind: str, events: list[Any]) -> None:
    text = json.dumps(events)
    for other in ("csv", "geojson"):
        with pytest.raises(SourceError, match=f"`claims import {kind}`"):
            run(other, text, DAY, name="in.json")
    with pytest.raises(SourceError, match="says nothing of control"):
        run(kind, text, constants={"relation": "controls", "actor": "crown"})
    _, rows = run(kind, text, constants={"relation": "struck", "actor": "crown"})
    assert [(one["event_date"], one["relation"], one["lat"]) for one in rows] == [
        ("2030-05-11", "struck", "46.2")
    ]


@pytest.mark.parametrize(
    "more", [{"constants": {"actor": "crown"}}, {"columns": {"actor": "who"}}, {"rest": "crown"}]
)
def test_what_a_format_does_not_use_is_an_error(run: Any, more: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="not used by the format acled"):
        run("acled", OLD, **more)
