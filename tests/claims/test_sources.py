"""Other people's formats: every row makes a claim or a reported reason, bad files make an error."""

from __future__ import annotations

import contextlib
import csv
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from growth import grows_with
from hypothesis import given, strategies as st
from incoming import taken_in
from theaters import arcadia, write_csv

from syriamap.claims.reader import read_claims
from syriamap.claims.sources import Context, Imported, import_claims
from syriamap.cli.app import main
from syriamap.errors import SourceError, SyriamapError
from syriamap.pipeline.build import build
from syriamap.theater.folder import Theater, read_theater

NAMES = [
    {"format": "wikipedia", "name": "gov", "actor": "crown"},
    {"format": "wikipedia", "name": "red", "actor": "crown"},
    {"format": "wikipedia", "name": "location dot red", "actor": "crown"},
    {"format": "wikipedia", "name": "lime", "actor": "rebels"},
    {"format": "wikipedia", "name": "reb", "actor": "rebels"},
    {"format": "acled", "name": "military forces of arcadia*", "actor": "crown"},
    {"format": "*", "name": "the rebels", "actor": "rebels"},
    {"format": "viina", "name": "UA", "actor": "crown"},
    {"format": "viina", "name": "RU", "actor": "rebels"},
]

LUA = """local m = require('Module:War marks')
--[[ a long comment { lat = "1", long = "2" } ]]
return {
  marks = {
    { lat = "46.20", long = "14.20", mark = m.gov, marksize = "8", label = "[[Oakham (city)|Oakham]]" },
    { lat = 46.25, long = 14.50, mark = m.gov_reb, label = 'Elmstead' }, -- contested
    { lat = "46.50", long = "14.25", mark = "80x80-red-lime-anim.gif", label = "Ashford" },
    { lat = "46.55", long = "14.55", mark = m.stable_gov_reb, label = "Yewdale" },
    { lat = "46.50", long = "14.90", mark = "Location dot red.svg", label = "Fir\\"wood" },
    { lat = "46.80", long = "15.00", mark = "map-arcNW-lime.svg", label = "Pineburgh" },
    { lat = "46.85", long = "14.70", mark = m.besieged_reb, label = "Larchmont" },
    { lat = "46.80", long = "14.30", mark = "Map-ctl2-red+lime.svg", label = "Birchfield" },
    { lat = "46.10", long = "14.10", mark = "Mountain pass 12x12 e.svg" },
    { lat = "36.10", long = "44.10", mark = m.gov, label = "Far away" },
    { lat = "46.20", long = "14.20", mark = m.gov, label = "Broken },
    { lat = "46.30", long = "14.95", mark = m.reb, label = "Thornbury Air Base" },
  },
}
"""

ACLED = """event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,location,latitude,longitude,geo_precision,source,notes,timestamp
ARC1,06 March 2030,1,Battles,Government regains territory,The rebels,Military Forces of Arcadia (2025-),Oakham,46.2,14.2,1,Wire,"a, b",1899072000
ARC2,2030-03-05,2,Battles,Armed clash,Military Forces of Arcadia (2025-),The rebels,Elmstead,46.25,14.5,1,Wire,,
ARC3,2030-03-05,1,Explosions/Remote violence,Air/drone strike,The rebels,,Ashford,46.5,14.25,2,Wire,,
ARC4,2030-03-05,1,Protests,Peaceful protest,Protesters,,Ashford,46.5,14.25,1,Wire,,
ARC5,2030-03-05,1,Battles,Armed clash,Unknown gang,The rebels,Ashford,46.5,14.25,1,Wire,,
ARC6,2030-03-05,1,Battles,Armed clash,The rebels,Military Forces of Arcadia (2025-),Ashford,46.5,14.25,3,Wire,,
ARC7,2030-03-05,1,Battles,Armed clash,The rebels,Military Forces of Arcadia (2025-),Ashford,,,1,Wire,,
"""


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    folder = arcadia(tmp_path_factory.mktemp("sources") / "arcadia")
    write_csv(folder / "import_actors.csv", NAMES)
    return read_theater(folder)


Run = Callable[..., tuple[Imported, list[dict[str, str]]]]


@pytest.fixture
def run(land: Theater, tmp_path: Path) -> Run:
    def imported(
        kind: str,
        text: str | bytes,
        name: str = "in.txt",
        day: date | None = None,
        **more: dict[str, str],
    ) -> tuple[Imported, list[dict[str, str]]]:
        out, rest = tmp_path / "out.csv", tmp_path / "un.csv"
        context = Context(land, kind, day, **more)
        made, rows = taken_in(tmp_path / name, text, context, unmapped=rest)
        assert len(rows) == made.claims
        with rest.open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream))) == sum(made.unmapped.values())
        if rows:  # what comes in can be checked and mapped
            assert len(read_claims([out], land)) > 0
            assert len(build("2030-04-01", theater=land, claims=[out]).territory)
        return made, rows

    return imported


DAY = date(2030, 3, 5)


def test_wikipedia(run: Run) -> None:
    made, rows = run("wikipedia", LUA, day=DAY)
    found = [(one["place"], one["relation"], one["actor"], one["against"]) for one in rows]
    assert found == [
        ("Oakham", "controls", "crown", ""),
        ("Elmstead", "contested", "crown", "rebels"),
        ("Ashford", "contested", "crown", "rebels"),
        ("Yewdale", "controls", "crown", ""),
        ("Yewdale", "controls", "rebels", ""),
        ('Fir"wood', "controls", "crown", ""),
        ("Pineburgh", "advanced_toward", "rebels", ""),
        ("Larchmont", "besieged", "rebels", ""),
        ("Birchfield", "controls", "crown", ""),
        ("Birchfield", "controls", "rebels", ""),
        ("Thornbury Air Base", "controls", "rebels", ""),
    ]
    assert dict(made.unmapped) == {
        "an ornament: no label and no color of an actor": 1, "outside the theater": 1,
        "a line that cannot be read": 1,
    }  # fmt: skip
    assert made.examples["a line that cannot be read"].row == 15
    assert "11 claims" in made.report()


def test_many_marks_are_read_in_linear_time(land: Theater, tmp_path: Path) -> None:
    def work(marks: int) -> None:
        line = '{ lat = "46.%04d", long = "14.5", mark = m.gov, label = "P%d" },\n'
        lines = "".join(line % (number % 9000 + 500, number) for number in range(marks))
        path = tmp_path / "many.lua"
        path.write_text("return { marks = {\n" + lines + "} }")
        made = import_claims(path, tmp_path / "out.csv", Context(land, "wikipedia", DAY))
        assert made.claims == marks

    assert grows_with(work, 1_500)


def test_acled(run: Run) -> None:
    made, rows = run("acled", ACLED)
    found = [(one["event_date"], one["relation"], one["actor"], one["against"]) for one in rows]
    assert found == [
        ("2030-03-06", "captured", "crown", "rebels"),
        ("2030-03-05", "contested", "crown", "rebels"),
        ("2030-03-05", "struck", "rebels", ""),
    ]
    assert rows[1]["date_precision"] == "week"
    assert rows[0]["reported_on"] >= "2030-03-06"
    assert sum(made.unmapped.values()) == 4
    assert made.unmapped["no coordinate"] == 1


def test_ucdp(run: Run) -> None:
    text = (
        "id,date_start,date_prec,side_a,side_b,type_of_violence,where_coordinates,where_prec,latitude,longitude\n"
        "1,2030-03-05 00:00:00.000,1,Crown,The rebels,1,Elmstead,1,46.25,14.5\n"
        "2,2030-03-05,1,Crown,Civilians,3,Elmstead,1,46.25,14.5\n"
        "3,2030-03-05,1,Crown,The rebels,1,Elmstead,6,46.25,14.5\n"
    )
    made, rows = run("ucdp", text)
    assert [(one["relation"], one["actor"], one["against"]) for one in rows] == [
        ("contested", "crown", "rebels")
    ]
    assert sum(made.unmapped.values()) == 2


def test_viina(land: Theater, run: Run) -> None:
    text = "geonameid;date;status;status_wiki;status_isw\n"
    text += (
        "7;20300301;UA;UA;UA\n7;20300302;UA;UA;RU\n7;20300303;UA;;CONTESTED\n8;20300301;UA;UA;UA\n"
    )
    land.places.loc["oak", "source_id"] = "7"
    made, rows = run("viina", text)
    assert [(one["source_title"], one["event_date"], one["actor"]) for one in rows] == [
        ("VIINA status_wiki", "2030-03-01", "crown"),
        ("VIINA status_isw", "2030-03-01", "crown"),
        ("VIINA status_isw", "2030-03-02", "rebels"),
        ("VIINA status_isw", "2030-03-03", "rebels"),
    ]
    assert [one["relation"] for one in rows] == ["controls", "controls", "controls", "contested"]
    assert dict(made.unmapped) == {"a geonameid that the theater does not have": 1}


def test_carter(run: Run) -> None:
    text = (
        "ADM4_PCODE,ADM4_EN,lon,lat,2030-01,Feb-30,aoc_203003\n"
        "C1,Oakham,14.2,46.2,Crown,Crown,The rebels\nC2,Newton,,,Crown,Crown,Crown\n"
        "C3,Elmstead,,,Crown,Joint,\n"
    )
    made, rows = run("carter", text)
    assert [
        (one["place"], one["event_date"], one["actor"], one["date_precision"]) for one in rows
    ] == [
        ("Oakham", "2030-01-01", "crown", "month"),
        ("Oakham", "2030-03-01", "rebels", "month"),
        ("Elmstead", "2030-01-01", "crown", "month"),
    ]
    assert dict(made.unmapped) == {"an ambiguous name": 1, "an area of control of no actor": 1}


def test_a_table_with_a_map_of_columns(run: Run) -> None:
    text = "Wann;Wo;Wer\n25/03/2030;Oakham;The rebels\n05/03/2030;Nowhere;Crown\nx;Oakham;Crown\n"
    made, rows = run(
        "csv", text, columns={"event_date": "Wann", "place": "Wo", "actor": "Wer"},
        constants={"publisher": "Blog", "relation": "captured"},
    )  # fmt: skip
    assert [(one["place"], one["actor"], one["relation"], one["publisher"]) for one in rows] == [
        ("Oakham", "rebels", "captured", "Blog")
    ]
    assert sum(made.unmapped.values()) == 2


BOMB = '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><kml>&b;</kml>'


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("wikipedia", 'return { marks = { { lat = "1", long = "2" }', "never closed"),
        ("wikipedia", "return 1", "no mark"),
        ("acled", "event_date,sub_event_type,actor1\n", "columns missing: latitude, longitude"),
        ("acled", "event_date|sub_event_type\n", "columns missing"),
        ("acled", b"event_date,\xff\xfe\n", "not UTF-8"),
        ("carter", "ADM4_EN,aoc\nOakham,Crown\n", "no column is a month"),
        ("kml", BOMB, "not readable as KML"),
        ("kml", "<kml><Placemark>", "not readable as KML"),
        ("kmz", b"PK\x03\x04 cut short", "not a readable KMZ"),
        ("geojson", '{"type": "Feature', "not readable as GeoJSON"),
        ("nothing", "", "there are: acled"),
    ],
)
def test_bad_files_leave_nothing(
    land: Theater, tmp_path: Path, kind: str, text: str | bytes, message: str
) -> None:
    path, out = tmp_path / f"in.{kind}", tmp_path / "out.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    day = None if kind == "carter" else DAY
    with pytest.raises(SourceError, match=message):
        import_claims(path, out, Context(land, kind, day))
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_archive_is_unpacked_up_to_a_limit(
    land: Theater, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from syriamap.claims.sources import kml_areas

    monkeypatch.setattr(kml_areas, "MOST_BYTES", 1_000_000)
    path = tmp_path / "bomb.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * 50_000_000)
    with pytest.raises(SourceError, match="unpacks to more"):
        import_claims(path, tmp_path / "out.csv", Context(land, "kmz", DAY))


@given(text=st.text(max_size=300))
def test_no_text_breaks_the_module_reader(land: Theater, tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.lua"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    with contextlib.suppress(SyriamapError):
        import_claims(path, tmp_path / "out.csv", Context(land, "wikipedia", DAY))


def test_the_syrian_names_are_actors() -> None:
    theater = read_theater()
    context = Context(theater, "wikipedia")
    assert context.actor("Location_dot_red") == "government"
    assert Context(theater, "acled").actor("Military Forces of Syria (2000-2024)") == "government"


def test_the_command(land: Theater, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text(ACLED, encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main(
            ["claims", "import", "acled", str(path), "-o", str(out), "--theater", str(land.folder)]
        )
    assert stop.value.code == 0
    shown = capsys.readouterr().err
    assert "3 claims" in shown
    assert "1 not mapped: no coordinate (first: row 8" in shown
    with pytest.raises(SystemExit) as stop:
        main(["claims", "check", str(out), "--theater", str(land.folder)])
    assert stop.value.code == 0


def test_a_table_of_any_size_passes_through_in_little_memory(land: Theater, tmp_path: Path) -> None:
    columns = {"event_date": "day", "place": "town", "actor": "who", "lat": "lat", "lon": "lon",
               "note": "remark"}  # fmt: skip
    peaks = []
    for rows in (500, 10_000):
        path = tmp_path / f"{rows}.csv"
        line = f"2030-03-01,Oakham,Crown,46.5,14.5,{'words ' * 60}\n"
        path.write_text(f"day,town,who,lat,lon,remark\n{line * rows}", encoding="utf-8")
        context = Context(land, "csv", None, columns, {"publisher": "Test"})
        context.place(1, "Oakham", "46.5", "14.5")  # the gazetteer is read once
        tracemalloc.start()
        made = import_claims(path, tmp_path / "out.csv", context)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert made.claims == rows
    assert peaks[1] < peaks[0] + 300_000 < 4_000_000


def test_an_endless_line_is_refused(
    land: Theater, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from syriamap.files import plain_text

    monkeypatch.setattr(plain_text, "_LINE_LIMIT", 1000)
    path = tmp_path / "in.csv"
    for text in ("a" * 5000, "actor,event_date\n" + "a" * 5000):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SourceError, match="is a line longer than 1,000"):
            import_claims(path, tmp_path / "out.csv", Context(land, "csv", DAY))
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


def test_a_cell_names_several_holders_or_a_fight(run: Run) -> None:
    """Of any table: by its own table of values, or in the words of maps."""
    text = "Date,Town,Held by\n2030-03-05,Oakham,Both\n2030-03-05,Elmstead,Contested\n"
    made, rows = run("csv", text, name="towns.csv", values={"both": "crown+rebels"})
    told = [(one["place_id"], one["actor"], one["relation"]) for one in rows]
    assert told[:2] == [("oak", "crown", "controls"), ("oak", "rebels", "controls")]
    assert {one["relation"] for one in rows[2:]} <= {"contested"}
    assert len(rows) + sum(made.unmapped.values()) >= 3


def test_names_that_are_only_heard_are_noted(run: Run) -> None:
    made, rows = run("csv", "Date,Town,Side\n2030-03-05,Oakhem,Crown\n2030-03-05,Oakham,Crown\n")
    heard = [note for note in made.notes if "by their sound alone" in note]
    assert len(heard) == len([one for one in rows if one["place"] == "Oakhem"])
