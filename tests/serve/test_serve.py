"""The desk in a browser: what it writes, and whom it refuses."""

from __future__ import annotations

import datetime as dt
import gc
import http.client
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
import shapely
from browser import OpenPage
from commands import CLAIMS
from theaters import arcadia, write_claims_csv

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from syriamap.claims.reader import read_claims
from syriamap.errors import ClaimsError, ExportError, ServeError
from syriamap.pipeline import build
from syriamap.serve import Desk, listen
from syriamap.serve.guard import LARGEST_BODY
from syriamap.serve.listening import server_on
from syriamap.theater.drawn_areas import OwnArea, areas_beside, write_own_areas
from syriamap.theater.folder import read_theater

DAY = "2030-03-05"
FIELDS = {
    "event_date": "2030-03-04", "place": "Elmstead", "actor": "league", "relation": "captured",
    "certainty": "asserted", "publisher": "Wire", "source_title": "Elmstead falls", "day": DAY,
}  # fmt: skip


class Served:
    """A server on loopback, and requests to it as a browser or as somebody else sends them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self._own = desk, socket.create_server(("127.0.0.1", 0))
        self.port = self._own.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._server = server_on(self._own, desk)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._own]}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._own.close()

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        wire.putrequest(method, path, skip_host="Host" in given)
        if body is not None:
            given.setdefault("Content-Type", "application/x-www-form-urlencoded")
            given.setdefault("Content-Length", str(len(body.encode())))
        for name, value in given.items():
            wire.putheader(name, value)
        wire.endheaders(body.encode() if body is not None else None)
        answer = wire.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        wire.close()
        return found

    def token(self) -> str:
        page = self.ask("GET", f"/?day={DAY}")[2]
        found = re.search(r'name="token" value="([^"]+)"', page)
        assert found
        return found[1]

    def post(
        self, path: str, fields: dict[str, str], **headers: str
    ) -> tuple[int, dict[str, str], str]:
        own = {"Origin": self.address, "Sec_Fetch_Site": "same-origin"}
        return self.ask("POST", path, urlencode(fields), **own | headers)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    texts = tmp_path / "texts"
    texts.mkdir()
    text = "March 4, 2030 - Rebel Front forces captured the town of Elmstead on Monday.\n"
    (texts / "elmstead.txt").write_text(text, encoding="utf-8")
    folder = arcadia(tmp_path / "land", claims=CLAIMS)
    serving = Served(Desk(tmp_path / "mine.csv", {"theater": folder}, texts=texts))
    yield serving
    serving.close()


def test_a_claim_from_the_form_is_in_the_file_and_on_the_map(served: Served) -> None:
    assert served.ask("GET", "/")[0] == 200
    before = served.ask("GET", f"/map/{DAY}")[2]
    state = served.ask("GET", "/state")[2]
    token = served.token()
    status, headers, _ = served.post("/claims", {**FIELDS, "token": token})
    assert (status, headers["location"]) == (303, "/?told=added&day=2030-03-04")
    claims = read_claims([served.desk.own], served.desk.theater)
    assert claims[["place_id", "actor", "publisher"]].to_numpy().tolist() == [
        ["elm", "league", "Wire"]
    ]
    assert served.ask("GET", "/state")[2] != state
    after = served.ask("GET", f"/map/{DAY}")[2]
    assert before != after
    assert claims["claim_id"].iloc[0] in served.ask("GET", "/")[2]
    assert served.post("/claims", {**FIELDS, "token": token})[1]["location"].startswith(
        "/?told=known"
    )
    taken = {"token": token, "claim_id": claims["claim_id"].iloc[0], "day": DAY}
    assert served.post("/claims/remove", taken)[0] == 303
    assert served.ask("GET", f"/map/{DAY}")[2] == before
    assert served.post("/claims/remove", taken)[0] == 404


def test_complaints_are_those_of_claims_check(served: Served) -> None:
    wrong = {**FIELDS, "place": "<b>Atlantis</b>", "actor": "nobody", "token": served.token()}
    status, _, page = served.post("/claims", wrong)
    assert status == 422
    listed = page.split('class="wrong"')[1].split("</ul>")[0]
    assert listed.count("<li>") == 2
    assert "&lt;b&gt;Atlantis" in listed
    assert "<b>Atlantis" not in page
    assert 'value="Elmstead falls"' in page  # what was written is not lost
    assert not served.desk.own.exists()


def test_a_file_with_complaints_is_told_and_not_written(served: Served) -> None:
    write_claims_csv(served.desk.own, [{**CLAIMS[0], "actor": "nobody"}])
    kept = served.desk.own.read_bytes()
    status, _, page = served.ask("GET", "/")
    assert status == 422
    assert "nobody" in page
    assert served.desk.own.read_bytes() == kept


HOSTILE: list[tuple[int, dict[str, str]]] = [
    (421, {"Host": "evil.example"}),
    (421, {"Host": "127.0.0.1"}),
    (403, {"Origin": "http://evil.example"}),
    (403, {"Origin": "null"}),
    (403, {"Sec_Fetch_Site": "cross-site"}),
    (403, {"Sec_Fetch_Site": "same-site"}),
    (415, {"Content_Type": "text/plain"}),
    (413, {"Content_Length": str(LARGEST_BODY + 1)}),
]


@pytest.mark.parametrize(("status", "headers"), HOSTILE)
def test_what_another_site_sends_is_refused(
    served: Served, status: int, headers: dict[str, str]
) -> None:
    fields = {**FIELDS, "token": served.token()}  # even if it knew the token
    if "Host" in headers and headers["Host"] == "evil.example":
        headers = {
            "Host": f"evil.example:{served.port}",
            "Origin": f"http://evil.example:{served.port}",
        }
    found, answered, _ = served.post("/claims", fields, **headers)
    assert found == status
    assert not [name for name in answered if name.lower().startswith("access-control")]
    assert not served.desk.own.exists()


def test_no_token_no_writing(served: Served) -> None:
    for token in ("", "x", served.token() + "x"):
        assert served.post("/claims", {**FIELDS, "token": token})[0] == 403
        assert served.post("/claims/remove", {"claim_id": "c", "token": token})[0] == 403
        sent = served.post("/claims/rows", {}, Content_Type="text/csv", x_syriamap_token=token)
        assert sent[0] == 403
    body = urlencode({**FIELDS, "token": served.token()})
    assert served.ask("POST", "/claims", body)[0] == 403  # no browser: neither header
    assert served.ask("GET", "/claims")[0] == 405
    for method in ("PUT", "DELETE", "OPTIONS"):
        assert served.ask(method, "/claims", Origin="http://evil.example")[0] == 405
    assert not served.desk.own.exists()


def test_reading_is_for_pages_of_this_server(served: Served) -> None:
    for path in ("/", "/state", "/sheet", f"/map/{DAY}"):
        assert (
            served.ask("GET", path, Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="iframe")[0] == 403
        )
        assert served.ask("GET", path, Host=f"rebound.example:{served.port}")[0] == 421
        status, headers, _ = served.ask("GET", path, Sec_Fetch_Site="none")
        assert status == 200
        assert "frame-ancestors" in headers["content-security-policy"]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
    followed = served.ask("GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="document")
    assert followed[0] == 200  # a link elsewhere may lead here
    assert served.ask("GET", f"/map/{DAY}")[1]["content-security-policy"].startswith("sandbox ")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/map/x", 404), ("/?day=%3Cb%3E", 400), ("/map/1999-01-01", 422), ("/..", 404)],
)
def test_what_is_not_there(served: Served, path: str, status: int) -> None:
    found, _, page = served.ask("GET", path)
    assert found == status
    assert "Traceback" not in page
    assert "<b>" not in page


def test_only_a_file_that_can_be_written_again(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "land", claims=CLAIMS)
    own = tmp_path / "mine.csv"
    own.write_text("event_date,place,mood\n", encoding="utf-8")
    with pytest.raises(ExportError, match=r"mood.*would be lost"):
        Desk(own, {"theater": folder})
    with pytest.raises(ExportError, match="no such folder"):
        Desk(tmp_path / "none" / "mine.csv", {"theater": folder})
    with pytest.raises(ExportError, match="written as CSV"):
        Desk(tmp_path / "mine.xlsx", {"theater": folder})
    write_claims_csv(own, [{**CLAIMS[0], "actor": "nobody"}])
    with pytest.raises(ClaimsError, match="nobody"):
        Desk(own, {"theater": folder})


def test_claims_with_areas_of_their_own(tmp_path: Path) -> None:
    folder = arcadia(tmp_path / "land", claims=CLAIMS)
    own = write_claims_csv(
        tmp_path / "mine.csv", [{**CLAIMS[0], "place": "", "place_id": "", "area_id": "meadow"}]
    )
    west, south, east, north = read_theater(folder).boundary.buffer(-0.05).bounds
    meadow = OwnArea("meadow", shapely.box(west, south, east, north), "Meadow", drawn=False)
    write_own_areas([meadow], areas_beside(own))
    desk = Desk(own, {"theater": folder})
    assert desk.add(pd.DataFrame([{**CLAIMS[0], "place": "Elmstead", "place_id": ""}])) == 1
    assert sorted(desk.own_claims()["area_id"]) == ["", "meadow"]
    assert desk.page(dt.date.fromisoformat(DAY)).startswith("<!DOCTYPE html>")


def test_what_a_page_was_made_of_is_freed(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "mine.csv", {"theater": arcadia(tmp_path / "land", claims=CLAIMS)})
    gc.disable()
    try:
        desk.page(dt.date.fromisoformat(DAY))
        assert gc.collect() < 20
    finally:
        gc.enable()


def test_the_map_of_a_day_is_that_of_every_command(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build(DAY, theater=served.desk.theater.folder)
    monkeypatch.setattr(
        import_module("syriamap.pipeline.build"),
        "_worked_out",
        lambda *_: pytest.fail("worked out again"),
    )
    assert served.desk.page(made.date) == made.webmap().to_html()


def test_a_port_that_is_taken(served: Served) -> None:
    with pytest.raises(ServeError, match="another number would do"):
        listen(served.desk, served.port, ready=print)


@pytest.mark.browser
def test_a_desk_in_a_browser(served: Served, chromium: Any) -> None:
    context = chromium.new_context()
    try:
        works_at_a_desk(served, context)
    finally:
        context.close()


def works_at_a_desk(served: Served, context: Any) -> None:
    """A claim by form, the file changed by another program, and claims from the sheet."""
    opened = OpenPage(context.new_page()).goto(f"{served.address}/?day={DAY}")
    page = opened.page

    def map_is_ready() -> bool:
        frames = [one for one in page.frames if "/map/" in one.url]
        look = "document.documentElement.dataset.syriamap"
        with suppress(Exception):  # a frame that is left for another cannot be asked
            return bool(frames) and frames[0].evaluate(look) == "ready"
        return False

    def until(seen: Any) -> None:
        for _ in range(300):
            if seen():
                return
            page.wait_for_timeout(100)
        raise AssertionError("not within 30 seconds")

    until(map_is_ready)
    page.fill("[name=place]", "Elmstead")
    page.fill("[name=event_date]", "2030-03-04")
    page.select_option("[name=actor]", "league")
    page.fill("[name=publisher]", "Wire")
    page.fill("[name=source_title]", "Elmstead falls")
    page.click("text=Check and add")
    until(lambda: "The claim was added" in page.inner_text("#told"))
    assert "league controls Elmstead" in page.inner_text(".claims")
    revision = page.get_attribute("#map", "data-revision")
    write_claims_csv(served.desk.own, CLAIMS[:1])  # as a spreadsheet would
    until(lambda: page.get_attribute("#map", "data-revision") != revision)
    until(map_is_ready)
    page.goto(f"{served.address}/sheet")
    assert page.inner_text("#save") == "Add accepted to mine.csv"
    page.click("#all")
    page.click("#save")
    until(lambda: "new claims to mine.csv" in page.inner_text("#told"))
    assert "elm" in list(read_claims([served.desk.own], served.desk.theater)["place_id"])
    assert not [one for one in opened.messages if "Refused" in one or "Error" in one]
