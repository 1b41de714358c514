"""
How big, how fast and how quiet the page is, and what it costs to build.

Prints a table, and the same figures as JSON to the file given with ``--json``::

    python benchmarks/page.py --date 2024-12-06 --json output/page.json
    python benchmarks/page.py --since 2024-11-26 --date 2024-12-08
    python benchmarks/page.py --claims 100000 --repeat 2
    python benchmarks/page.py --claims 100000 --by-word --repeat 2

What is measured: the wall time of ``syriamap map`` with an empty and with a filled cache, as a
ratio to ``python -c "import geopandas, folium"`` in the same environment (medians); the peak memory
of the build; the size of the page; whether a second build gives the same bytes; and in headless
Chromium, the network off, the time from opening the file to the first drawing of the map, what the
page asked for and what it complained about; the time until what waits compressed is there; of a
page through time (``--since``) also the time from a step of the slider to the second next frame.
``--claims N`` adds so many made-up claims, each as rich as those that ship (`crowded.py`; with
``--by-word`` their texts repeat less of each other), and measures how long a click on a place waits
for the words of its claims, where these wait in pieces.
The same on a phone's screen (360×740) with the processor slowed six times. ``--page FILE`` measures
a page that is there, without building one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from crowded import write_claims
from measured import taken_by, write_report

BASELINE = [sys.executable, "-c", "import geopandas, folium"]
SYRIAMAP = "from syriamap.cli.app import main; main()"
SLOWED = 6
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def build_figures(days: list[str], repeat: int, folder: Path) -> dict[str, Any]:
    """Wall time, memory and size of the build."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    pages = [folder / f"{run}.html" for run in range(repeat)]
    commands = [[sys.executable, "-c", SYRIAMAP, "map", *days, "-o", str(page)] for page in pages]
    taken_by(BASELINE, environment)  # so that neither side pays for a cold disk
    first = taken_by(commands[0], environment)
    baselines, warms, memories = [], [], [first.peak]
    for command in commands[1:]:
        baselines.append(taken_by(BASELINE, environment).wall)
        took = taken_by(command, environment)
        warms.append(took.wall)
        memories.append(took.peak)
    cold, baseline, warm = first.wall, statistics.median(baselines), statistics.median(warms)
    return {
        "import geopandas, folium (s)": round(baseline, 2),
        "syriamap map, empty cache (s)": round(cold, 2),
        "syriamap map, filled cache (s)": round(warm, 2),
        "ratio, empty cache": round(cold / baseline, 2),
        "ratio, filled cache": round(warm / baseline, 2),
        "peak memory (MB)": round(max(memories)),
        "page (kB)": round(pages[0].stat().st_size / 1000),
        "same bytes every time": len({page.read_bytes() for page in pages}) == 1,
    }


def step_times(tab: Any, most: int = 30) -> tuple[list[float], list[float]]:
    """Milliseconds of the script of the last steps of the slider, and to the second next frame."""
    steps = tab.evaluate(
        """async (most) => {
          const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const { records, time } = syriamap.opened;
          const last = records.series.days.length - 1;
          const took = [];
          for (let day = Math.max(0, last - most); day <= last; day++) {
            const start = performance.now();
            time.go(day);
            const script = performance.now() - start;
            await frame();
            took.push([script, performance.now() - start]);
          }
          return took.slice(Math.min(3, last));
        }""",  # noqa: E501
        most,
    )
    return [script for script, _ in steps], [both for _, both in steps]


def words_of_claims(tab: Any, most: int = 20) -> dict[str, Any]:
    """
    Milliseconds from a click on a place until the sources of its claims are told.

    Of the places with the most claims, each in another piece; nothing where no claim waits in one.
    """
    took = tab.evaluate(
        """async (most) => {
          const { panel, records } = syriamap.opened;
          if (!records.pieces) {
            return null;
          }
          const widest = [...records.claimsOf].filter(([place]) => place >= 0);
          widest.sort((a, b) => b[1].length - a[1].length);
          const took = [];
          for (const [place, rows] of widest) {
            if (took.length === most || !records.pieces.missing(rows).length) {
              continue;
            }
            const start = performance.now();
            panel.place(place);
            while (document.querySelector("#sm-panel .sm-summary").textContent === "…") {
              await new Promise((done) => setTimeout(done, 0));
            }
            took.push(performance.now() - start);
          }
          panel.hide();
          return took;
        }""",
        most,
    )
    if not took:
        return {}
    return {
        "words of a place, first click (ms)": round(took[0]),
        f"the same, median of {len(took)} pieces (ms)": round(statistics.median(took)),
        "the same, slowest (ms)": round(max(took)),
    }


def browser_figures(
    page: Path,
    repeat: int,
    *,
    slider: bool = False,
    steps_timed: int = 30,
    size: tuple[int, int] = (1400, 900),
    slowed: int = 1,
) -> dict[str, Any]:
    """First drawing, steps, requests and messages in headless Chromium without a network."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        return {"browser": "no Chromium on the PATH"}
    requests: list[str] = []
    messages: list[str] = []
    paints: list[float] = []
    marks: list[float] = []
    wholes: list[float] = []
    words: dict[str, Any] = {}
    scripts: list[float] = []
    steps: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for _ in range(repeat):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, offline=True
            )
            tab = context.new_page()
            if slowed > 1:
                session = context.new_cdp_session(tab)
                session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
            tab.on("request", lambda request: requests.append(request.url))
            tab.on("console", lambda message: messages.append(message.text))
            tab.on("pageerror", lambda error: messages.append(str(error)))
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-syriamap=ready]")
            tab.wait_for_timeout(200)
            for name, found in (("syriamap", marks), ("syriamap-whole", wholes)):
                found.append(tab.evaluate(f"performance.getEntriesByName('{name}')[0].startTime"))
            paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
            paints.append(tab.evaluate(paint))
            words = words_of_claims(tab)
            if slider:
                script, step = step_times(tab, steps_timed)
                scripts.append(statistics.median(script))
                steps.append(statistics.median(step))
            context.close()
        browser.close()
    painted = [value for value in paints if value is not None]
    asked = [url for url in requests if url != page.as_uri() and not url.startswith("data:")]
    moves = (
        {
            "step, script (ms)": round(statistics.median(scripts)),
            "step, to the second next frame (ms)": round(statistics.median(steps)),
            "the same, quickest opening (ms)": round(min(steps)),
        }
        if slider
        else {}
    )
    return {
        "first contentful paint (ms)": round(statistics.median(painted)) if painted else None,
        "map drawn (ms)": round(statistics.median(marks)),
        "map drawn, quickest (ms)": round(min(marks)),
        "map drawn, slowest (ms)": round(max(marks)),
        "what waited is there (ms)": round(statistics.median(wholes)),
        **moves,
        **words,
        "requests": len(asked),
        "console messages": len(messages),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the page of a date.")
    parser.add_argument("--date", default="2024-12-06")
    parser.add_argument("--since", help="first day of a page through time")
    parser.add_argument("--claims", type=int, default=0, help="made-up claims to add")
    parser.add_argument("--by-word", action="store_true", help="make their texts word by word")
    parser.add_argument("--repeat", type=int, default=5, help="how often to build and to open")
    parser.add_argument("--page", type=Path, help="a page that is there already")
    parser.add_argument("--json", type=Path, help="file for the figures as JSON")
    arguments = parser.parse_args()
    days = [arguments.date, *(["--since", arguments.since] if arguments.since else [])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.claims:
            crowded = folder / "crowded.csv"
            write_claims(crowded, arguments.claims, arguments.date, by_word=arguments.by_word)
            days += ["--claims", str(crowded)]
        page = arguments.page.resolve() if arguments.page else folder / "0.html"
        figures = {"page (kB)": round(page.stat().st_size / 1000)} if arguments.page else {}
        if not arguments.page:
            figures |= build_figures(days, max(2, arguments.repeat), folder)
        slider = bool(arguments.since)
        figures |= browser_figures(page, arguments.repeat, slider=slider)
        phone = browser_figures(
            page, arguments.repeat, slider=slider, size=(360, 740), slowed=SLOWED
        )
        figures |= {f"phone, {SLOWED} times slower: {label}": one for label, one in phone.items()}
    for label, value in figures.items():
        print(f"{label:66} {value}")
    write_report(
        arguments.json,
        {
            "map": arguments.date,
            "since": arguments.since,
            "claims added": arguments.claims,
            **figures,
        },
    )


if __name__ == "__main__":
    main()
