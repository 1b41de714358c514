"""A table of PostgreSQL: the same claims, read and never written, and no password in a message."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from commands import Run
from paths import ROOT
from postgres import PASSWORD, READER, Server, postgres_programs, running_server
from theaters import claim, read_arcadia, write_claims_csv

from syriamap.claims.reader import read_claims
from syriamap.errors import ClaimsError, TableError
from syriamap.files import SyriamapWarning
from syriamap.files.databases import Address, shown_address, take_table
from syriamap.pipeline.asking import ask
from syriamap.theater.folder import Theater

sa = pytest.importorskip("sqlalchemy")

ROWS = [
    claim("oak", "crown", "controls", claim_id="b"),
    claim("elm", "rebels", claim_id="a", day="2030-04-01", reported_on="2030-04-02"),
]
COLUMNS = "event_date, place, actor, relation, certainty, publisher, source_title"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server, where there is one to start; CI demands it."""
    programs = postgres_programs()
    pytest.importorskip("psycopg")
    if programs is None:
        if os.environ.get("SYRIAMAP_REQUIRE_POSTGRES"):
            pytest.fail("no PostgreSQL, though SYRIAMAP_REQUIRE_POSTGRES is set")
        pytest.skip("no PostgreSQL on this machine")
    with running_server(programs) as running:
        yield running


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


def readable(server: Server, table: str, claims: pd.DataFrame) -> str:
    """Write a frame as a table that the reader may see; give its address."""
    claims.to_sql(table, server.engine(), index=False, if_exists="replace")
    server.sql(f"grant select on {table} to {READER}")
    return server.address(table)


def test_a_typed_and_a_text_table_give_the_frame_of_the_file(
    server: Server, theater: Theater, tmp_path: Path
) -> None:
    claims = read_claims(write_claims_csv(tmp_path / "in.csv", ROWS), theater)
    typed = readable(server, "typed", claims)
    texts = readable(server, "texts", claims.astype(str).replace({"NaT": "", "nan": ""}))
    for address in (typed, texts, typed.replace("/typed", "/public.typed")):
        pd.testing.assert_frame_equal(read_claims(address, theater), claims)


def test_the_map_of_a_database_is_that_of_the_file(
    server: Server, run: Run, tmp_path: Path
) -> None:
    theater = read_arcadia(tmp_path / "arcadia")
    table = write_claims_csv(tmp_path / "in.csv", ROWS)
    address = readable(server, "mapped", read_claims(table, theater))
    pages = []
    for source in (str(table), address):
        page = tmp_path / "page.html"
        words = ("map", "2030-05-01", "--only-claims", "--claims", source, "-o", str(page))
        made = run(*words, "--theater", str(theater.folder))
        assert made.code == 0, made.err
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]
    said = run("claims", "check", address, "--theater", str(theater.folder)).out
    assert said == f"{address}: 2 claims on 2 places, no complaints\n"


def test_a_complaint_names_table_row_and_value(server: Server, theater: Theater) -> None:
    server.sql(
        "drop table if exists wrong",
        f"create table wrong (claim_id text, {COLUMNS.replace(',', ' text,')} text)",
        f"insert into wrong (claim_id, {COLUMNS}) values "  # noqa: S608  (our own words)
        "('b', '2030-04-01', 'Oakham', 'crown', 'controls', 'asserted', 'P', 'T'), "
        "('a', '2030-04-01', 'Nowhere at all', 'crown', 'conquered', 'asserted', 'P', 'T')",
        f"grant select on wrong to {READER}",
    )
    with pytest.raises(ClaimsError) as caught:
        read_claims(server.address("wrong"), theater)
    told = [(one.row, one.column, one.value) for one in caught.value.complaints]
    assert told == [(2, "relation", "conquered"), (2, "place", "Nowhere at all")]
    assert PASSWORD not in str(caught.value)


def test_a_point_of_postgis_is_the_point_of_the_claim(server: Server, theater: Theater) -> None:
    try:
        server.sql("create extension if not exists postgis")
    except Exception as error:
        if os.environ.get("SYRIAMAP_REQUIRE_POSTGRES"):
            raise
        pytest.skip(f"no PostGIS: {error}")
    for kind in ("geometry(point, 3857)", "geography(point, 4326)"):
        point = "ST_SetSRID(ST_MakePoint(14.4, 46.4), 4326)"
        made = f"ST_Transform({point}, 3857)" if "3857" in kind else f"{point}::geography"
        server.sql(
            "drop table if exists points",
            f"create table points (place_note text, {COLUMNS.replace(',', ' text,')} text, "
            f"geom {kind})",
            f"insert into points ({COLUMNS}, geom) values "  # noqa: S608  (our own words)
            f"('2030-04-01', 'a wood', 'crown', "
            f"'controls', 'asserted', 'P', 'T', {made})",
            f"grant select on points to {READER}",
        )
        (row,) = read_claims(server.address("points"), theater).to_dict("records")
        assert (round(row["lat"], 7), round(row["lon"], 7)) == (46.4, 14.4)
        assert row["place_id"].startswith("pt-")


def test_the_tables_of_the_docs_work(server: Server, theater: Theater) -> None:
    text = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
    server.sql(
        "create schema docs",
        "create role reader login in role " + READER,
        "create role writer",
        f"grant usage on schema docs to {READER}, reader",
        "set search_path to docs, public; " + "".join(re.findall(r"```sql\n(.*?)```", text, re.S)),
        f"grant select on docs.claims_now to {READER}",
    )
    row = ("c-1", "2030-04-01", "Oakham", "crown", "controls", "asserted", "P", "T")
    for actor in ("crown", "rebels"):
        values = str((*row[:3], actor, *row[4:]))
        server.sql(f"insert into docs.claim_versions (claim_id, {COLUMNS}) values {values}")  # noqa: S608
    with pytest.warns(SyriamapWarning, match="columns not used: version, withdrawn, entered_by"):
        (read,) = read_claims(server.address("docs.claims_now"), theater).to_dict("records")
    assert (read["claim_id"], read["actor"]) == ("c-1", "rebels")
    with pytest.raises(sa.exc.IntegrityError):
        server.sql(
            f"insert into docs.claims (claim_id, {COLUMNS}) values "  # noqa: S608  (our own words)
            "('c-2', '2030-04-01', 'Oakham', 'crown', 'conquered', 'asserted', 'P', 'T')"
        )


def test_nothing_can_be_written(server: Server, theater: Theater) -> None:
    server.sql(
        "create or replace function sneak() returns setof text language plpgsql volatile as "
        "$$begin create table stolen (a text); return next 'x'; end$$",
        "create or replace view trap as select sneak() as event_date",
        f"grant select on trap to {READER}",
        f"grant create on schema public to {READER}",
    )
    with pytest.raises(ClaimsError, match="read-only transaction"):
        read_claims(server.address("trap"), theater)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("absent", "has no table 'absent' that this user may see"),
        ("typed; drop table typed", "has no table"),
        ("secret", "permission denied"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    server: Server, theater: Theater, table: str, said: str
) -> None:
    server.sql("create table if not exists secret (claim_id text)")
    with pytest.raises(ClaimsError, match=said) as caught:
        read_claims(server.address(table), theater)
    assert len(caught.value.complaints) == 1


def test_a_wrong_password_is_told_and_not_shown(
    server: Server, theater: Theater, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "swordfish")
    with pytest.raises(ClaimsError, match="password authentication failed") as caught:
        read_claims(server.address("typed"), theater)
    assert "swordfish" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://me:secret@host/war/claims", "has a password in its address"),
        ("postgresql://host/war/claims?password=secret", "has a password in its address"),
        ("postgresql://host/a/b/c", "names no table"),
        ("postgresql://host", "names no table"),
        ("postgresql://host:port/war/claims", "is no address of a table"),
    ],
)
def test_addresses(theater: Theater, address: str, said: str) -> None:
    with pytest.raises(ClaimsError, match=said) as caught:
        read_claims(address, theater)
    assert "secret" not in str(caught.value)


def test_an_address_in_parts() -> None:
    assert Address.of("postgresql:///claims").server == {}
    assert Address.of("postgresql://h/claims?service=war").server == {"service": "war", "host": "h"}
    with pytest.raises(TableError):
        Address.of("postgresql://h/a#b")
    assert "x" not in shown_address("postgresql://a:xx@h/t?sslpassword=xx").replace("password", "")


def test_cells_come_as_they_stand_in_the_table(server: Server) -> None:
    odd = "tab\there, a \\ and \\N, line\nbreak\r, \x0b and ü – 'quoted', 50%"
    server.sql(
        "drop table if exists odd",
        'create table odd (claim_id text, "a %% b" text, day date, at timestamp, late timestamptz, '
        "yes boolean, lat float8, whole float8, many numeric, number integer)",
        f"grant select on odd to {READER}",
    )
    with server.engine().begin() as connection:
        connection.execute(
            sa.text(
                "insert into odd values ('b', :odd, '2030-04-01', '2030-04-01', "
                "'2030-04-01 12:30+02', true, 1e-7, 12, 1.50, 7)"
            ),
            {"odd": odd},
        )
    server.sql("insert into odd values ('a')")
    table = take_table(server.address("odd"))
    header, empty, row = table.records()
    assert header == (1, list(dict(table.columns)))
    assert empty == (2, ["a", *[""] * 9])
    assert row[0] == 3
    assert row[1][:4] == ["b", odd, "2030-04-01", "2030-04-01"]
    assert row[1][4].startswith("2030-04-01 ")
    assert row[1][5:] == ["true", "1e-07", "12", "1.50", "7"]
    assert [one for _, one in table.records()] == [header[1], empty[1], row[1]]


def test_what_a_table_says_is_kept_until_it_says_something_else(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "cache"))
    theater = read_arcadia(tmp_path / "arcadia")
    claims = read_claims(write_claims_csv(tmp_path / "in.csv", ROWS), theater)
    address = readable(server, "kept", claims)
    words = {"theater": theater.folder, "claims": address, "only_claims": True}
    first = ask(**words)
    with monkeypatch.context() as patch:
        patch.setattr("syriamap.claims.reader.read_claims", lambda *_: pytest.fail("read again"))
        again = ask(**words)
    assert first.digest == again.digest != ""
    pd.testing.assert_frame_equal(first.claims, again.claims)
    server.sql("update kept set certainty = 'denied' where claim_id = 'a'")
    changed = ask(**words)
    assert changed.claims.set_index("claim_id")["certainty"]["a"] == "denied"
