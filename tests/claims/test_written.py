"""Tables of claims as people write them: read where that is sure, named with row and remedy where not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from theaters import arcadia, write_csv

from syriamap.claims.odd_days import OddDays
from syriamap.claims.reader import read_claims
from syriamap.claims.sources import Context, import_claims
from syriamap.cli.app import main
from syriamap.errors import ClaimsError, SourceError
from syriamap.files import Reading
from syriamap.theater.folder import Theater, read_theater

HEAD = "event_date,place,actor,relation,against,certainty,publisher,source_title,source_url,reported_on\n"
ROW = (
    "2030-03-05,Oakham,rebels,captured,crown,asserted,Wire,Fall,https://example.org/1,2030-03-05\n"
)


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    folder = arcadia(tmp_path_factory.mktemp("written") / "arcadia")
    write_csv(folder / "actor_aliases.csv", [
        {"alias": "the rebellion", "actor_id": "rebels", "valid_from": "2030-01-01", "note": ""},
        {"alias": "army", "actor_id": "guard", "valid_to": "2030-06-30"},
        {"alias": "army", "actor_id": "republic", "valid_from": "2030-07-01"},
    ])  # fmt: skip
    return read_theater(folder)


Both = Callable[..., tuple[dict[str, str], dict[str, str]]]


@pytest.fixture
def both(land: Theater, tmp_path: Path) -> Both:
    """The one claim of a file as `claims check` and as `claims import csv` read it."""

    def read(
        content: str | bytes, reading: Reading | None = None
    ) -> tuple[dict[str, str], dict[str, str]]:
        path, out = tmp_path / "in.csv", tmp_path / "out.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        made = import_claims(path, out, Context(land, "csv", reading=reading or Reading()))
        assert not made.unmapped
        found = []
        for frame in (read_claims(path, land, reading=reading), read_claims(out, land)):
            assert len(frame) == 1
            found.append({key: str(value) for key, value in frame.iloc[0].items()})
        return found[0], found[1]

    return read


def changed(column: str, value: str) -> str:
    names, cells = HEAD.strip().split(","), ROW.strip().split(",")
    cells[names.index(column)] = f'"{value}"'
    return HEAD + ",".join(cells) + "\n"


def test_both_doors_read_the_same(both: Both) -> None:
    checked, imported = both(HEAD + ROW)
    assert checked == imported


GOOD = {
    "bom and windows ends": ("\ufeff" + HEAD + ROW).replace("\n", "\r\n"),
    "semicolons": (HEAD + ROW).replace(",", ";"),
    "tabs": (HEAD + ROW).replace(",", "\t"),
    "sep line": "sep=;\r\n" + (HEAD + ROW).replace(",", ";"),
    "utf-16": (HEAD + ROW).replace(",", "\t").encode("utf-16"),
    "carriage returns": (HEAD + ROW).replace("\n", "\r"),
    "case of names": HEAD.replace("event_date", "Event Date").replace("actor", "Actor ") + ROW,
    "synonyms": HEAD.replace("event_date", "date").replace("place", "Town").replace("actor", "side")
    + ROW,
    "case of words": HEAD + ROW.replace("captured", "Captured").replace("rebels", "REBELS"),
    "name of an actor": changed("actor", "Rebel Front"),
    "alias of an actor": changed("actor", "The Rebellion"),
    "not available": changed("against", "crown").replace('"crown"', "crown"),
    "curly quotes": changed("place", "“Oakham”"),
    "marks of direction": changed("place", "\u200fأوكهام\u200f"),
    "mark in an address": changed("source_url", "\u200ehttps://example.org/1"),
    "country behind": changed("place", "Oakham, Arcadia"),
    "apostrophe": changed("event_date", "'2030-03-05"),
    "dots": changed("event_date", "05.03.2030"),
    "month name": changed("event_date", "5 March 2030"),
    "eastern digits": changed("event_date", "٢٠٣٠-٠٣-٠٥"),
    "trailing commas": HEAD.replace("\n", ",,\n") + ROW.replace("\n", ",,\n") + ",,,,,,,,,,,\n",
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_people_write_is_the_same_claim(both: Both, kind: str) -> None:
    for claim in both(GOOD[kind]):
        assert (claim["place_id"], claim["actor"], claim["relation"]) == (
            "oak",
            "rebels",
            "captured",
        )
        assert claim["event_date"][:10] == "2030-03-05"
        assert claim["source_url"] == "https://example.org/1"


@pytest.mark.parametrize(
    ("header", "cells"),
    [("lat,lon", "46.21,14.21"), ("latitude;longitude", "46,21;14,21"), ("lat,lng", '"46,21","14,21"'),
     ("coordinates", '"46.21, 14.21"'), ("lat,lon", "46°12.6'N,14°12.6'E"), ("lat,lon", "٤٦٫٢١,١٤٫٢١"),
     ("mgrs", "33TVM3905917835"), ("plus code", "8FRP6665+22")],
)  # fmt: skip
def test_points_in_any_notation(both: Both, header: str, cells: str) -> None:
    mark = ";" if ";" in header else ","
    text = f"event_date,place,actor,relation,certainty,publisher,source_title,{header}\n".replace(
        ",", mark
    )
    row = "2030-03-05,Oakham,rebels,captured,asserted,Wire,Fall,".replace(",", mark)
    for claim in both(f"{text}{row}{cells}\n"):
        assert claim["place_id"] == "oak"
        assert float(claim["lat"]) == pytest.approx(46.21, abs=0.01)


def test_an_evening_in_utc_is_the_next_day_there(both: Both) -> None:
    claim, _ = both(changed("event_date", "2030-03-05T23:30:00Z"))
    assert claim["event_date"][:10] == claim["reported_on"][:10] == "2030-03-06"


def test_an_alias_means_whom_it_meant_that_day(land: Theater, tmp_path: Path) -> None:
    rows = HEAD
    for day in ("2030-03-05", "2030-08-05"):
        rows += ROW.replace("2030-03-05", day).replace("rebels", "Army")
    path = tmp_path / "in.csv"
    path.write_text(rows, encoding="utf-8")
    assert read_claims(path, land)["actor"].tolist() == ["guard", "republic"]


BAD = {
    "05/04/2030": ("event_date", "`--dates dmy` reads 2030-04-05; `--dates mdy` reads 2030-05-04"),
    "2030-02-29": ("event_date", "is no date"),
    "1446-06-03": ("event_date", "is no date"),
}


@pytest.mark.parametrize("value", BAD)
def test_dates_that_are_not_sure(land: Theater, tmp_path: Path, value: str) -> None:
    column, words = BAD[value]
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(changed(column, value), encoding="utf-8")
    with pytest.raises(ClaimsError) as caught:
        read_claims(path, land)
    assert words in str(caught.value)
    with pytest.raises(SourceError):
        import_claims(path, out, Context(land, "csv"))
    assert not out.exists()


def test_the_order_can_be_told(both: Both) -> None:
    for order, month in (("dmy", "04"), ("mdy", "05")):
        text = changed("event_date", "05/04/2030").replace(",2030-03-05", ",2030-06-01")
        claim, _ = both(text, Reading(dates=order))
        assert claim["event_date"][5:7] == month


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace("actor", "xyz") + ROW, "columns missing: actor"),
        (HEAD, "no rows"),
        (HEAD + ROW.replace("rebels", "nobody"), "a name of no actor"),
        (
            HEAD + '2030-03-05,Oakham,rebels,captured,,asserted,Wire,"Fall,,\n' + ROW * 3,
            "opens a quote",
        ),
        (changed("place", "Newton"), "an ambiguous name"),
        (changed("place", "NA"), "neither a coordinate nor a name"),
    ],
)
def test_no_claims_is_an_error_that_says_why(
    land: Theater, tmp_path: Path, text: str, words: str
) -> None:
    path, out, rest = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "rest.csv"
    path.write_text(text, encoding="utf-8")
    out.write_text("old")
    with pytest.raises(SourceError, match=words):
        import_claims(path, out, Context(land, "csv"), unmapped=rest)
    assert out.read_text() == "old"


def test_an_id_that_the_theater_lacks_is_reported(land: Theater, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("place_id,side\noak,crown\nC9999,crown\n1.7E+05,crown\n", encoding="utf-8")
    made = import_claims(path, out, Context(land, "csv", date(2030, 3, 5)))
    assert (made.claims, dict(made.unmapped)) == (1, {"an id that the theater lacks": 2})


def test_a_name_far_from_its_point_is_noted(land: Theater, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("place,lat,lon,side\nPineburgh,46.2,14.2,crown\nOakham,46.2,14.2,crown\n")
    made = import_claims(path, out, Context(land, "csv", date(2030, 3, 5)))
    assert made.claims == 2
    assert list(made.notes.values()) == [1]


def test_own_exports_are_refused(land: Theater, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    for header in ("layer,actor,leaning,status,place,lat,lon", "place_id,actor,status,confidence,since,claim_ids",
                   "place_id,from_actor,to_actor,from_status,to_status,actor"):  # fmt: skip
        path.write_text(f"{header}\n{'oak,' * header.count(',')}crown\n")
        context = Context(land, "csv", date(2030, 3, 5))
        with pytest.raises(SourceError, match="is an export of syriamap"):
            import_claims(path, out, context)


def test_the_commands_take_standard_input_and_say_what_they_need(
    land: Theater,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(
        changed("event_date", "05/04/2030").replace("2030-03-05", "2030-12-05").encode()
    )
    for words in (
        ["claims", "check", "-"],
        ["claims", "import", "csv", "-", "-o", str(tmp_path / "o.csv")],
    ):
        for more, code in (([], 1), (["--dates", "mdy"], 0)):
            with path.open() as stream:
                monkeypatch.setattr("sys.stdin", stream)
                with pytest.raises(SystemExit) as stop:
                    main([*words, *more, "--theater", str(land.folder)])
            assert stop.value.code == code, capsys.readouterr().err


def test_odd_days() -> None:
    def notes(*days: str, today: date | None = None) -> list[str]:
        odd = OddDays(today)
        for day in days:
            odd.see(day)
        return list(odd.notes())

    many = [f"2024-12-{day:02}" for day in range(1, 25)]
    assert notes(*many) == []
    assert "long after" in notes(*many, "2042-12-05")[0]
    assert "long before" in notes(*many, "1924-12-05")[0]
    assert "after today" in notes("2034-12-05", today=date(2026, 1, 1))[0]
    assert "after today" in notes("2027-12-05", "2025-12-05", today=date(2026, 1, 1))[0]
    assert notes("2027-12-05", today=date(2026, 1, 1)) == []
    assert notes("1944-06-06") == []


def test_a_frame_of_points(land: Theater) -> None:
    frame = pd.DataFrame([{"Date": pd.Timestamp("2030-03-05"), "Town": "Oakham", "side": "Crown", "relation": "controls",
                           "certainty": "asserted", "publisher": "Wire", "source_title": "T"}])  # fmt: skip
    assert read_claims(frame, land)["place_id"].tolist() == ["oak"]
