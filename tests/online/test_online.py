"""Addresses asked on purpose: one deadline, whole bodies, redirects told, nothing private."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from growth import grows_with
from hypothesis import given, strategies as st
from servers import Loopback, loopback, plain
from shipped import reader

from syriamap.cli.app import main
from syriamap.errors import GeocodingError, OnlineError
from syriamap.extraction import document_from_text
from syriamap.extraction.texts.fetched import page_at
from syriamap.names.geocoder import ask_online, nominatim
from syriamap.online.fetching import fetch
from syriamap.online.targets import is_private, shown, target_of

SHARED = reader()

ANSWERS = {
    "/whole": plain(b"whole"),
    "/packed": plain(gzip.compress(b"whole"), "text/html", "200 OK", "Content-Encoding: gzip"),
    "/bomb": plain(gzip.compress(b"0" * 5_000_000), "text/html", "200 OK", "Content-Encoding: gzip"),
    "/half-packed": plain(gzip.compress(b"whole" * 99)[:20], "text/html", "200 OK",
                          "Content-Encoding: gzip"),
    "/brotli": plain(b"whole", "text/html", "200 OK", "Content-Encoding: br"),
    "/short": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n0\r\n\r\n",
    "/chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhalf",
    "/badchunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf",
    "/long": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx",
    "/longer": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000,
    "/part": plain(b"whole", "text/html", "206 Partial Content"),
    "/none": plain(b"", "text/html", "204 No Content"),
    "/missing": plain(b"", "text/html", "404 \x1b[31mgone"),
    "/silent": b"",
    "/noise": b"\x00\xff no http at all\r\n\r\n",
    "/charset": plain("حماة".encode(), "text/html; charset=hex"),
    "/loop": plain(b"", "text/html", "302 Found", "Location: /loop"),
    "/file": plain(b"", "text/html", "302 Found", "Location: file:///etc/passwd"),
    "/metadata": plain(b"", "text/html", "302 Found", "Location: http://169.254.169.254/latest"),
    "/inside": plain(b"", "text/html", "302 Found", "Location: http://[::ffff:10.0.0.1]/"),
    "/port": plain(b"", "text/html", "302 Found", "Location: http://127.0.0.1:1/"),
    "/local": plain(b"", "text/html", "302 Found", "Location: http://localhost:1/"),
    "/on": plain(b"", "text/html", "301 Moved", "Location: /whole?x=1"),
    "/headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    def answer(wire: socket.socket, head: str, _: bytes) -> None:
        path = head.split()[1].partition("?")[0]
        if path.startswith("/many"):
            number = int(path.removeprefix("/many") or 0)
            wire.sendall(plain(b"", "text/html", "302 Found", f"Location: /many{number + 1}"))
        elif path == "/drip":
            for sign in b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + b"x" * 99:
                wire.sendall(bytes([sign]))
                time.sleep(0.05)
        elif path == "/endless":
            wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while True:
                wire.sendall(b"x" * 65_536)
        elif path == "/continue":
            while True:
                wire.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        else:
            wire.sendall(ANSWERS[path])

    with loopback(answer) as running:
        yield running


def asked(address: str, seconds: float = 5.0) -> bytes:
    return fetch(address, seconds=seconds, most_bytes=1_000).data


@pytest.mark.parametrize("path", ["/whole", "/packed", "/chunks"])
def test_whole_bodies_are_taken(server: Loopback, path: str) -> None:
    assert asked(server.address + path) == b"whole"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/bomb", "large"), ("/half-packed", "broken"), ("/brotli", "broken"), ("/short", "broken"),
        ("/chunk", "broken"), ("/badchunk", "broken"), ("/long", "large"), ("/longer", "large"),
        ("/endless", "large"), ("/part", "status"), ("/none", "status"), ("/missing", "status"),
        ("/silent", "unreachable"), ("/noise", "unreachable"), ("/headers", "unreachable"),
        ("/loop", "redirect"), ("/many", "redirect"), ("/file", "address"),
        ("/metadata", "private"), ("/inside", "private"), ("/port", "private"), ("/local", "private"),
    ],
)  # fmt: skip
def test_what_is_no_whole_answer_is_told_in_one_line(
    server: Loopback, path: str, reason: str
) -> None:
    with pytest.raises(OnlineError) as told:
        asked(server.address + path)
    assert told.value.reason == reason
    assert str(told.value).isprintable()


@pytest.mark.parametrize("path", ["/drip", "/continue"])
def test_there_is_one_deadline_for_all(server: Loopback, path: str) -> None:
    begin = time.monotonic()
    with pytest.raises(OnlineError, match=r"within 0\.4 s") as told:
        asked(server.address + path, 0.4)
    assert told.value.reason == "slow"
    assert time.monotonic() - begin < 5, "the whole answer takes 7 seconds"


def test_redirects_are_followed_and_told(server: Loopback) -> None:
    answer = fetch(server.address + "/on", seconds=5, most_bytes=100)
    assert answer.address == server.address + "/whole?x=1"
    assert answer.passed == (server.address + "/on",)
    with pytest.raises(OnlineError, match="not followed"):
        fetch(server.address + "/on", seconds=5, most_bytes=100, body=b"{}")


def test_a_name_that_points_inside_is_not_reached(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [at])
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    asked_before = len(server.heads)
    with pytest.raises(OnlineError, match="nobody asked for"):
        asked(f"http://example.org:{server.port}/whole")
    assert len(server.heads) == asked_before


def test_a_proxy_of_the_system_is_used(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    ANSWERS["http://example.org/x"] = plain(b"by way of it")
    assert asked("http://example.org/x") == b"by way of it"
    assert "Proxy-Authorization" not in server.heads[-1]
    monkeypatch.setenv("http_proxy", server.address.replace("//", "//me:p%40ss@"))
    assert asked("http://example.org/x") == b"by way of it"
    assert "Proxy-Authorization: Basic bWU6cEBzcw==" in server.heads[-1]
    monkeypatch.setenv("http_proxy", "socks5://me:secret@127.0.0.1:1")
    with pytest.raises(OnlineError, match="proxy of this kind") as told:
        asked("http://example.org/x")
    assert "secret" not in str(told.value)


def test_the_deadline_holds_while_encryption_is_agreed(server: Loopback) -> None:
    with pytest.raises(OnlineError) as told:  # the server waits for the end of a head
        asked(server.address.replace("http:", "https:") + "/whole", 0.3)
    assert told.value.reason == "slow"


def test_headers_stay_with_the_address_that_they_are_for() -> None:
    def far(wire: socket.socket, *_: object) -> None:
        wire.sendall(plain(b"far"))

    with loopback(far) as other:

        def near(wire: socket.socket, *_: object) -> None:
            wire.sendall(plain(b"", "text/html", "302 Found", "Location: /again"))

        with loopback(near) as first, pytest.raises(OnlineError):
            fetch(first.address, seconds=5, most_bytes=99, headers={"Authorization": "Bearer k"})
        assert all("Bearer k" in head for head in first.heads)
        assert not other.heads


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http:///x", "no host"), ("ftp://example.org/", "only http"),
        ("http://me:secret@example.org/", "password"), ("http://[::1", "no address"),
        ("http://example.org:99999/", "no address"), ("http://" + "a" * 80 + ".org/", "ASCII"),
        ("https://example.org/" + "a" * 3000, "longer"), ("http://exa mple.org/", "no host"),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_asked(address: str, words: str) -> None:
    with pytest.raises(OnlineError, match=words) as told:
        target_of(address)
    assert "secret" not in str(told.value)


@given(st.text(max_size=60))
def test_any_address_is_taken_apart_or_refused(text: str) -> None:
    for address in (text, "http://" + text, "https://example.org/" + text):
        try:
            target = target_of(address)
        except OnlineError:
            continue
        assert target.address.isascii()
        assert target.address.isprintable()
        assert target_of(target.address) == target
        assert shown(address).isprintable()


def test_what_is_private() -> None:
    inside = "127.0.0.1 10.1.1.1 192.168.0.1 172.16.9.9 169.254.169.254 0.0.0.0 100.64.0.1 ::1 fe80::1%1 "
    inside += "fc00::1 ::ffff:127.0.0.1 2002:7f00:1:: 224.0.0.1 255.255.255.255 ::"
    assert all(is_private(one) for one in inside.split())
    assert not any(is_private(one) for one in ("8.8.8.8", "2a00:1450::1", "example.org", ""))


# --- extract --online ---------------------------------------------------------------------------


def test_the_source_is_where_it_was_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (
        b"<html><head><meta property='og:site_name' content='Wire'>"
        b"<link rel=canonical href='https://elsewhere.example/other'></head>"
        b"<body><p>Syrian rebels captured Hama on Thursday.</p></body></html>"
    )

    def answer(wire: socket.socket, head: str, _: bytes) -> None:
        moved = plain(b"", "text/html", "302 Found", "Location: /story")
        wire.sendall(plain(page) if "/story" in head else moved)

    table = tmp_path / "x.csv"
    with loopback(answer) as running:
        with pytest.raises(SystemExit) as stopped:
            main(["extract", "--online", running.address + "/go", "--published", "2024-12-06",
                  "-o", str(table)])  # fmt: skip
        assert stopped.value.code == 0
    assert f"fetched from {running.address}/story" in capsys.readouterr().err
    import csv

    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert (row["publisher"], row["source_url"]) == ("Wire", f"{running.address}/story")


def test_an_odd_charset_is_read_as_utf8(server: Loopback) -> None:
    assert page_at(server.address + "/charset").text == "حماة"


def test_names_are_asked_for_by_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("geopy.extra.rate_limiter.sleep", waited.append)

    def answer(wire: socket.socket, head: str, _: bytes) -> None:
        if "moved" in head:
            wire.sendall(plain(b"", "text/html", "302 Found", "Location: http://10.0.0.1/"))
        elif "short" in head:
            wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[")
        else:
            wire.sendall(
                plain(b'[{"lat": "35.1", "lon": "36.7", "display_name": "H"}]', "application/json")
            )

    def ask(name: str) -> float:
        online = nominatim(domain=running.address.removeprefix("http://"), scheme="http")
        found = ask_online([name], bounds=(35, 32, 43, 38), cache=tmp_path / "kept.json",
                           review=tmp_path / "review.csv", geocoder=online, seconds_between=0)  # fmt: skip
        return float(found[name][0].latitude)

    with loopback(answer) as running:
        assert ask("Hama") == pytest.approx(35.1)
        for name, words in (("moved", "nobody asked for"), ("short", "breaks off")):
            with pytest.raises(GeocodingError, match=words):
                ask(name)
    assert waited == [pytest.approx(5, abs=1)] * 2, "each is asked once more, later"


# --- live news ------------------------------------------------------------------------------------


def test_pages_of_many_short_paragraphs_are_read_in_linear_time() -> None:
    for paragraph in (
        "<p>x</p>",
        "<div><time>9:10</time><p>Rebels took a hill.</p></div>",
        "<p>x ",
    ):

        def work(size: int, paragraph: str = paragraph) -> None:
            page = "<html><body><p>Syria, live</p>" + paragraph * (size // len(paragraph))
            SHARED.drafts(document_from_text(page, "live.html"))

        assert grows_with(work, 20_000), paragraph
