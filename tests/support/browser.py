"""A real browser without a network, for tests of pages: a pytest plugin."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from paths import AXE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN_EVERYTHING = """
  const seen = [];
  const look = () => seen.push(document.getElementById("sm-panel").textContent);
  o.records.places.name.forEach((_, row) => { o.openPlace(row, false); look(); });
  o.records.areas.km2.forEach((_, row) => { o.panel.area(row, o.map.getCenter()); look(); });
  o.records.lines.km.forEach((_, row) => { o.panel.line(row, o.map.getCenter()); look(); });
  o.records.events.kind.forEach((_, row) => { o.openEvent([row], false); look(); });
  for (let zoom = 5; zoom < 13; zoom++) { o.map.setZoom(zoom, {animate: false}); }
  return seen;
"""
"""Every panel and every zoom, for texts that would do harm."""

RULES_OF_COLOR = ("color-contrast", "link-in-text-block")
"""The rules of axe-core that colors can break: what a dark page may do wrong that a light one does not."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class OpenPage:
    """
    A page opened in Chromium, with all it asked for and all it complained about.

    Attributes
    ----------
    page
        Playwright's page.
    requests
        Addresses it asked for, other than the document itself and `data:`.
    messages
        Console messages and uncaught errors.
    done
        Gives the tab back before the test ends, for the next page of many.
    """

    def __init__(self, page: Any) -> None:
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page = page
        self.done: Callable[[], None] = self.leave
        self._address = ""
        self._heard = {
            "request": self._note_request,
            "console": lambda message: self.messages.append(message.text),
            "pageerror": lambda error: self.messages.append(str(error)),
        }
        for event, note in self._heard.items():
            page.on(event, note)

    def goto(self, address: str) -> OpenPage:
        """Open an address."""
        self._address = address
        self.page.goto(address)
        return self

    def leave(self) -> None:
        """Listen no more."""
        for event, note in self._heard.items():
            self.page.remove_listener(event, note)

    def _note_request(self, request: Any) -> None:
        if request.url != self._address.split("#")[0] and not request.url.startswith("data:"):
            self.requests.append(request.url)

    def ready(self) -> OpenPage:
        """Wait for the first drawing of the map."""
        self.page.wait_for_selector("html[data-syriamap=ready]", timeout=20_000)
        return self

    def run(self, script: str) -> Any:
        """Evaluate JavaScript; `o` is what the page has opened (see `page.js`)."""
        return self.page.evaluate(f"(() => {{ const o = window.syriamap.opened; {script} }})()")

    def until(self, script: str) -> None:
        """Wait until an expression is true; playwright's own waiting is forbidden by the policy."""
        for _ in range(200):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not within 10 seconds: {script}")

    def comes_to(self, script: str, wanted: Any) -> None:
        """Wait until what a script gives is what is wanted; see :meth:`run`."""
        for _ in range(200):
            found = self.run(script)
            if found == wanted:
                return
            self.page.wait_for_timeout(50)
        assert found == wanted

    def serious_faults(self, only: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
        """Serious and critical violations that axe-core finds, by all of its rules or by some."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = {"resultTypes": ["violations"], **({"runOnly": list(only)} if only else {})}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            (fault["id"], [node["html"][:120] for node in fault["nodes"]][:3])
            for fault in found["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]

    def faultless_after(self, *steps: str, only: tuple[str, ...] = ()) -> None:
        """Do one thing after the other, and let axe-core look after each."""
        for step in steps:
            self.run(step)
            self.page.wait_for_timeout(50)
            assert not self.serious_faults(only), step

    def covered_places(self) -> list[str]:
        """Names of places with evidence that the legend, the title or a control stands on."""
        found = self.run(
            """
            const boxes = [...document.querySelectorAll('.sm-legend, .sm-title, .leaflet-control')]
              .map(e => e.getBoundingClientRect());
            const {lat, lon, name} = o.records.places;
            return [...o.records.evidence.keys()].filter(row => {
              const p = o.map.latLngToContainerPoint([lat[row], lon[row]]);
              return boxes.some(
                b => b.left < p.x && p.x < b.right && b.top < p.y && p.y < b.bottom);
            }).map(row => name[row]);
            """
        )
        return list(found)

    def text(self, selector: str) -> str:
        """Text of an element, as it is, not as it is laid out."""
        return str(self.page.text_content(selector))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """
    Give a headless Chromium, the one on the PATH; without one the tests are skipped.

    Where ``SYRIAMAP_REQUIRE_BROWSER`` is set, as in ``.ci/run``, they fail instead.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if os.environ.get("SYRIAMAP_REQUIRE_BROWSER"):
        assert path, f"the browser tests must run here; none of {', '.join(BROWSERS)} was found"
    sync_api = pytest.importorskip("playwright.sync_api")
    if path is None:
        pytest.skip("no Chromium on the PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Tabs:
    """
    Tabs of a browser, used again: a renderer that has read one page reads the next in less.

    Only what opens a page as everybody does, apart from the size of the window, gets a used tab.

    Parameters
    ----------
    browser
        Playwright's browser.
    """

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._idle: list[Any] = []

    def new(self, **options: Any) -> Any:
        """Give an empty tab in a context of its own, the network switched off."""
        return self._browser.new_context(offline=True, **options).new_page()

    def take(self, viewport: dict[str, int]) -> Any:
        """Give an empty tab without options, a used one if there is one."""
        if not self._idle:
            return self.new(viewport=viewport)
        tab = self._idle.pop()
        tab.set_viewport_size(viewport)
        return tab

    def give_back(self, opened: OpenPage) -> None:
        """Empty a tab; one that was closed, or has opened others, is thrown away."""
        tab = opened.page
        opened.leave()
        if tab.is_closed() or tab.context.pages != [tab]:
            tab.context.close()
            return
        tab.emulate_media(media="null")
        tab.goto("about:blank")
        tab.mouse.move(0, 0)
        self._idle.append(tab)


@pytest.fixture(scope="session")
def tabs(chromium: Any) -> Tabs:
    """Tabs of the Chromium of the session."""
    return Tabs(chromium)


@pytest.fixture
def open_page(tabs: Tabs) -> Iterator[Any]:
    """
    Give a function that opens a file in Chromium, the network switched off.

    A test that changes the browser and not only the page, as by a clock of its own, says ``alone``.
    """
    own, used = [], []

    def open_file(
        path: Path,
        *,
        width: int = 1400,
        height: int = 900,
        fragment: str = "",
        alone: bool = False,
        **options: Any,
    ) -> OpenPage:
        viewport = {"width": width, "height": height}
        single = alone or bool(options)
        tab = tabs.new(viewport=viewport, **options) if single else tabs.take(viewport)
        opened = OpenPage(tab)
        (own if single else used).append(opened)
        if not single:
            opened.done = lambda: (used.remove(opened), tabs.give_back(opened))
        return opened.goto(path.resolve().as_uri() + fragment)

    yield open_file
    for opened in own:
        opened.page.context.close()
    for opened in used:
        tabs.give_back(opened)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


ESCAPE = "\ue00c"
"""The key, as WebDriver writes it."""


class Firefox:
    """
    Firefox, driven by Mozilla's own library: no second driver is needed.

    Attributes
    ----------
    downloads
        Where it puts what a page hands out.
    """

    def __init__(self, path: str, downloads: Path) -> None:
        from marionette_driver.marionette import Marionette

        kinds = "application/geo+json,image/png,text/csv"
        self.downloads = downloads
        self._driver = Marionette(
            bin=path,
            port=_free_port(),  # tests run side by side
            headless=True,
            startup_timeout=180,
            prefs={
                "browser.download.dir": str(downloads),
                "browser.download.folderList": 2,
                "browser.helperApps.neverAsk.saveToDisk": kinds,
            },
        )
        self._driver.start_session()

    def open(self, path: Path, *, width: int = 1200, height: int = 900) -> None:
        """Open a page and wait until everything in it has come."""
        self._driver.set_window_rect(width=width, height=height)
        self._driver.navigate(path.resolve().as_uri())
        self.until("document.documentElement.dataset.syriamap === 'ready'")

    def run(self, script: str) -> Any:
        """Evaluate JavaScript; `o` is what the page has opened."""
        before = "const syriamap = window.wrappedJSObject.syriamap, o = syriamap.opened;"
        return self._driver.execute_script(before + script)

    def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        for _ in range(600):
            if self._driver.execute_script(f"return Boolean({expression})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"not within half a minute: {expression}")

    def click(self, selector: str) -> None:
        """Click an element."""
        self._driver.find_element("css selector", selector).click()

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        self._driver.actions.sequence("key", "keys").send_keys(key).perform()

    def click_at(self, x: float, y: float) -> None:
        """Click a point of the window."""
        mouse = self._driver.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
        mouse.pointer_move(round(x), round(y)).click().perform()

    def pdf(self, *, wide: float, high: float) -> bytes:
        """Print the page, on paper of so many centimeters."""
        paper = {"page": {"width": wide, "height": high}, "background": True}
        printed = self._driver._send_message("WebDriver:Print", paper, key="value")
        return base64.b64decode(printed)

    def close(self) -> None:
        """End it."""
        self._driver.quit()
        self._driver.cleanup()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """
    Give a headless Firefox, the one on the PATH; without one the tests are skipped.

    Where ``SYRIAMAP_REQUIRE_FIREFOX`` is set they fail instead.
    """
    path = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if os.environ.get("SYRIAMAP_REQUIRE_FIREFOX"):
        assert path, "the tests in Firefox must run here, and there is none"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("marionette_driver")
        if path is None:
            pytest.skip("no Firefox on the PATH")
        opened = Firefox(path, tmp_path_factory.mktemp("downloads"))
        yield opened
        opened.close()


class WebKit:
    """
    WebKitGTK, driven over loopback as the W3C says, on a screen of its own.

    Attributes
    ----------
    messages
        File into which the browser writes what pages say on the console, and what else it says.
    """

    def __init__(self, driver: str, browser: str, screen: str, folder: Path) -> None:
        self.messages = folder / "messages.txt"
        # The driver keeps what its browser prints to itself.
        start = folder / "browser.sh"
        start.write_text(
            f'#!/bin/sh\nexec "{browser}" --enable-write-console-messages-to-stdout=true "$@"'
            f' >"{self.messages}" 2>&1\n',
            encoding="utf-8",
        )
        start.chmod(0o755)
        shown, told = os.pipe()
        self._screen = subprocess.Popen(
            [screen, "-displayfd", str(told), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
            pass_fds=[told],
            stderr=subprocess.DEVNULL,
        )
        os.close(told)
        display = ":" + os.read(shown, 16).decode().strip()
        os.close(shown)
        port = _free_port()
        self._driver = subprocess.Popen(
            [driver, f"--port={port}"],
            env={**os.environ, "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._base = f"http://127.0.0.1:{port}"
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        options = {"binary": str(start), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        try:
            session = self._ask("POST", "/session", {"capabilities": wanted}, seconds=6)
        except BaseException:
            self._end()
            raise
        self._base += "/session/" + session["sessionId"]

    def _ask(self, method: str, path: str, body: Any = None, *, seconds: int = 120) -> Any:
        request = urllib.request.Request(  # noqa: S310  (loopback)
            self._base + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def _execute(self, script: str) -> Any:
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def _act(self, kind: str, name: str, *actions: dict[str, Any]) -> None:
        source = {"type": kind, "id": name, "actions": list(actions)}
        self._ask("POST", "/actions", {"actions": [source]})

    def open(self, path: Path, *, width: int = 1200, height: int = 900) -> None:
        """Open a page and wait until everything in it has come."""
        self._ask("POST", "/window/rect", {"width": width, "height": height})
        self._ask("POST", "/url", {"url": path.resolve().as_uri()})
        self.until("document.documentElement.dataset.syriamap === 'ready'")

    def run(self, script: str) -> Any:
        """Evaluate JavaScript; `o` is what the page has opened."""
        return self._execute("const syriamap = window.syriamap, o = syriamap.opened;" + script)

    def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        for _ in range(600):
            if self._execute(f"return Boolean({expression})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"not within half a minute: {expression}")

    def click(self, selector: str) -> None:
        """Click an element."""
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        self._ask("POST", f"/element/{next(iter(found.values()))}/click", {})

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        self._act("key", "keys", {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})

    def click_at(self, x: float, y: float) -> None:
        """Click a point of the window."""
        self._act(
            "pointer",
            "mouse",
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def close(self) -> None:
        """End it."""
        try:
            self._ask("DELETE", "")
        finally:
            self._end()

    def _end(self) -> None:
        for process in (self._driver, self._screen):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def open_all_controls(page: Firefox | WebKit) -> None:
    """Open every control of a page of hostile text, in both languages; nothing of it is made."""
    for _ in range(2):
        assert sum("<img src=x" in text for text in page.run(OPEN_EVERYTHING)) > 8
        page.run("o.panel.hide(); document.querySelector('.leaflet-control-layers-toggle').click()")
        for drawer in ("sm-places", "sm-events", "sm-about"):
            page.run(f"document.getElementById('{drawer}').open = true")
            page.until(f"document.querySelector('#{drawer} .sm-drawer').hasChildNodes()")
        page.run("document.getElementById('sm-about').open = false")
        for key in ("guide", "ruler"):
            page.click(".sm-kit")
            page.click(f"[data-does={key}]")
            page.press(ESCAPE)
        json.loads(page.run("return syriamap.download.geojsonText(o.records)"))
        assert "{{cycler" in page.run("return syriamap.download.csvText(o.records)")
        page.click("#sm-language button")
    made = "[...document.querySelectorAll('.sm-map img, .sm script, [onerror], [onload]')].length"
    assert page.run(f"return {made}") == 0


MINI_BROWSERS = "*/webkit2gtk-4.*/MiniBrowser"


@pytest.fixture(scope="session")
def webkit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    """
    Give WebKitGTK, as `webkit2gtk-driver` and `xvfb` bring it; without them tests are skipped.

    Where ``SYRIAMAP_REQUIRE_WEBKIT`` is set they fail instead.
    """
    browser = next(iter(sorted(map(str, Path("/usr/lib").glob(MINI_BROWSERS)))), None)
    driver, screen = map(shutil.which, ("WebKitWebDriver", "Xvfb"))
    if os.environ.get("SYRIAMAP_REQUIRE_WEBKIT"):
        assert browser, "the tests in WebKit must run here, and there is no MiniBrowser"
        assert driver, "the tests in WebKit need WebKitWebDriver"
        assert screen, "the tests in WebKit need Xvfb"
    if not (browser and driver and screen):
        pytest.skip("no WebKitWebDriver, MiniBrowser and Xvfb")
    opened = None
    for _ in range(8):  # it often finds no screen, and then never answers
        with contextlib.suppress(OSError, AssertionError):
            opened = WebKit(driver, browser, screen, tmp_path_factory.mktemp("webkit"))
            break
    if opened is None:
        assert not os.environ.get("SYRIAMAP_REQUIRE_WEBKIT"), "WebKit did not start"
        pytest.skip("WebKit did not start, tried eight times")
    yield opened
    opened.close()
