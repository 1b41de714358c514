"""
A theater made to harm, read from disk as any is, through every kind of page in two engines.

Every control is opened; nothing runs, nothing is requested, nothing stops. Ids are those that
JavaScript has names of its own for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fakes import HOSTILE
from theaters import Row, claim, write_theater

from syriamap.cli.app import main

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::syriamap.files.SyriamapWarning"),
]

IDS = ("constructor", "toString", "hasOwnProperty", "length", "then", "valueOf")
PLACES = ("oak", "elm", "prototype", "watch", "name")
MORE = (
    "=cmd|'/c calc'!A1", "](javascript:window.PWNED='md')", "<b onclick=window.PWNED=1>", "&lt;i&gt;",
    "\U0001f468\u200d\U0001f469", "x" * 400, "{{", "$&", "</style><style>*{background:url(//evil.example)}",
)  # fmt: skip
PAGES = ("map.html", "since.html", "changes.html", "report/index.html", "report/map.html",
         "sheet.html", "figure.svg")  # fmt: skip

CLICK = """
  const page = window.wrappedJSObject || window;  // Firefox's driver sees the page through a veil
  page.print = () => {};
  page.open = () => null;
  const shown = (one) => one.offsetParent !== null || one.closest("svg");
  const asks = "button, summary, [role=button], [role=tab], input[type=checkbox], input[type=radio]";
  for (const one of [...document.querySelectorAll(asks)]) {
    if (!shown(one) || one.closest("form[action]")) continue;
    try { one.click(); } catch (error) { window.FAULT = String(error); }
  }
  for (const one of [...document.querySelectorAll("select")]) {
    for (let number = 0; number < one.options.length; number++) {
      one.selectedIndex = number;
      one.dispatchEvent(new Event("change", {bubbles: true}));
    }
  }
  for (const one of [...document.querySelectorAll("input[type=search], input[type=text], input[type=range]")]) {
    for (const text of ["<", "o", "{{", "0", "1"]) {
      one.value = text;
      for (const kind of ["input", "change", "keydown", "blur"]) one.dispatchEvent(new Event(kind, {bubbles: true}));
    }
  }
  for (const one of [...document.querySelectorAll(".leaflet-interactive, .sm-icon")].slice(0, 60)) {
    one.dispatchEvent(new MouseEvent("click", {bubbles: true}));
    one.dispatchEvent(new MouseEvent("mousemove", {bubbles: true}));
  }
"""
FOUND = """[
  String((window.wrappedJSObject || window).PWNED), String(window.FAULT),
  performance.getEntriesByType("resource").map((one) => one.name)
    .filter((name) => !/^(data|blob|file):/.test(name)),
  [...document.querySelectorAll("[onerror],[onload],[onclick],[onmouseover],iframe,object,embed,base")]
    .length,
  [...document.querySelectorAll("a[href]")].map((one) => one.protocol || "").filter(
    (kind) => kind && !["http:", "https:", "file:", "data:", "blob:"].includes(kind)),
]"""


def texts() -> list[str]:
    """One hostile text after the other."""
    return [one.replace("\ud800", "") for one in (*HOSTILE, *MORE)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of page of a theater whose every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    said = texts()
    every = " ".join(one for one in said if len(one) < 100)[:450]
    word = lambda number: f"{every if number % 3 == 0 else said[number % len(said)]} {number}"  # noqa: E731
    actors = [
        {"actor_id": one, "name": word(n), "name_ar": word(n + 1), "short": word(n + 2),
         "color": f"#{n * 30 + 40:02x}40{200 - n * 20:02x}", "side": one, "pattern": word(n)}
        for n, one in enumerate(IDS)
    ]  # fmt: skip
    for row in actors:
        row["pattern"] = ""
    places = [
        {"place_id": one, "name": word(n), "name_ar": word(n + 3), "kind": "town", "lat": 46.2 + n * 0.12,
         "lon": 14.2 + n * 0.17, "admin1": word(n), "source": word(n)}
        for n, one in enumerate(PLACES)
    ]  # fmt: skip
    rows: list[Row] = [
        claim(one, IDS[n % len(IDS)], relation, day=f"2030-03-0{n % 4 + 1}", publisher=word(n),
              source_title=word(n + 1), note=word(n + 2), asserted_by=word(n + 3), place_note=word(n),
              against=IDS[(n + 1) % len(IDS)], source_url="https://example.org/?'\"><script>alert(1)</script>&".replace(" ", ""))
        for n, (one, relation) in enumerate(
            (place, relation) for place in PLACES for relation in ("controls", "struck", "captured")
        )
    ]  # fmt: skip
    line = {"type": "LineString", "coordinates": [[14.1, 46.1], [14.9, 46.8]]}
    square = {
        "type": "Polygon",
        "coordinates": [[[15.3, 46.1], [15.9, 46.1], [15.9, 46.5], [15.3, 46.1]]],
    }
    land = write_theater(
        folder / "land", places=places, actors=actors, claims=rows, title=every[:300],
        attribution=[word(0), word(1)], accuracy=word(2), capitals=list(PLACES[:2]),
        sides={one: word(n) for n, one in enumerate(IDS)}, arabic={"title": word(3)},
        tables={"publishers": [{"publisher": word(n), "reliability": "B"} for n in range(4)]},
        layers={
            "water": [({"name": word(4), "kind": "river"}, line)],
            "neighbors": [({"name": word(5), "name_ar": word(6)}, square)],
            "disputed": [({"name": word(7), "statement": word(8)}, line)],
            "cities_around": [({"name": word(9)}, {"type": "Point", "coordinates": [15.5, 46.2]})],
        },
    )  # fmt: skip
    news = folder / "news.html"
    news.write_text(
        f"<title>{every}</title><p>constructor captured {said[0]} on 1 March 2030.</p>", "utf-8"
    )
    more = ["--theater", str(land)]
    for words in (
        ["map", "2030-03-05", "-o", "map.html"],
        ["map", "2030-03-05", "--since", "2030-03-01", "--stories", "-o", "since.html"],
        ["changes", "2030-03-01", "2030-03-05", "-o", "changes.html"],
        ["report", "2030-03-05", "--since", "2030-03-03", "-o", "report"],
        ["extract", str(news), "--published", "2030-03-02", "-o", "sheet.html"],
        ["figure", "2030-03-05", "-o", "figure.svg"],
    ):
        words[-1] = str(folder / words[-1])
        try:
            main([*words, *more])
        except SystemExit as stop:
            assert not stop.code, words  # noqa: PT017
    return folder


def pages_there(folder: Path) -> list[Path]:
    """The kinds of page, and whatever else a report holds."""
    found = [folder / one for one in PAGES if (folder / one).exists()]
    return [
        *found,
        *(one for one in sorted((folder / "report").rglob("*.html")) if one not in found),
    ]


def harm(found: Any) -> list[str]:
    ran, fault, asked, made, addresses = found
    return [
        *([f"ran: {ran}"] if ran not in {"undefined", "null"} else []),
        *([f"fault: {fault}"] if fault not in {"undefined", "null"} else []),
        *(f"asked for {one}" for one in asked),
        *([f"{made} elements that run"] if made else []),
        *(f"an address of {one}" for one in addresses),
    ]


def test_every_kind_of_page_is_there(pages: Path) -> None:
    names = {one.relative_to(pages).as_posix() for one in pages_there(pages)}
    assert {"map.html", "since.html", "changes.html", "sheet.html", "figure.svg"} <= names
    assert any(name.startswith("report/") for name in names)


def test_harm_would_be_seen(pages: Path, open_page: Any, firefox: Any, tmp_path: Path) -> None:
    """A page that does what these tests look for."""
    path = tmp_path / "bad.html"
    path.write_text(
        "<script>window.PWNED = 1</script><a href='javascript:x'>x</a><p onclick=x>x</p>"
        "<img src='http://127.0.0.1:9/x.png'>", "utf-8"
    )  # fmt: skip
    opened = open_page(path)
    firefox._driver.navigate(path.as_uri())
    for found in (
        opened.page.evaluate(f"(() => {FOUND})()"),
        firefox._driver.execute_script(f"return {FOUND}"),
    ):
        assert len(harm(found)) >= 3
    assert opened.requests


def test_nothing_runs_in_chromium(pages: Path, open_page: Any) -> None:
    for path in pages_there(pages):
        opened = open_page(path)
        is_map = opened.page.evaluate("Boolean(document.getElementById('syriamap-data'))")
        if is_map:
            opened.ready()
        for _ in range(3):
            opened.page.evaluate(f"(() => {{ {CLICK} }})()")
            opened.page.wait_for_timeout(150)
            opened.page.keyboard.press("Escape")
        assert not harm(opened.page.evaluate(f"(() => {FOUND})()")), path
        asked = [one for one in opened.requests if not one.startswith(("blob:", "file:"))]
        assert not asked, path
        errors = [one for one in opened.messages if "rror" in one]
        assert not errors, (path, errors)
        opened.done()


def test_nothing_runs_in_firefox(pages: Path, firefox: Any) -> None:
    for path in pages_there(pages):
        driver = firefox._driver
        driver.navigate(path.resolve().as_uri())
        if driver.execute_script("return Boolean(document.getElementById('syriamap-data'))"):
            firefox.until("document.documentElement.dataset.syriamap === 'ready'")
        for _ in range(2):
            driver.execute_script(f"(() => {{ {CLICK} }})()")
        assert not harm(driver.execute_script(f"return {FOUND}")), path
