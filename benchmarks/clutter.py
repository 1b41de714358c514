"""
How much of the map marks and names cover, and which names stand beside another place's dot.

Prints a table, and the same figures as JSON to the file given with ``--json``::

    python benchmarks/clutter.py --date 2024-12-06

In headless Chromium, the network off, with the whole country in view: the share of pixels of a box
(``--box``; by default coast, Idlib, Hama and Homs) that differ when dots, icons and names are
hidden, at 360 and at 1400 pixels of width; the names of cities and towns that are nearer to the dot
of another place than to their own and have no line that leads to it; how many names there are.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from measured import write_report
from page import BROWSERS, SYRIAMAP

SIZES = ((360, 740), (1400, 900))
NORTH_WEST, SOUTH_EAST = (36.1, 35.7), (34.6, 37.0)
HIDDEN = ".leaflet-settlements-pane, .leaflet-labels-pane"
DIFFERENT = 12  # of 255, in any color

BOX = """([north, west, south, east]) => {
  const { map } = syriamap.opened;
  const [a, b] = [[north, west], [south, east]].map((at) => map.latLngToContainerPoint(at));
  return [a.x, a.y, b.x, b.y, map.getZoom()].map((value) => Math.round(100 * value) / 100);
}"""
NAMES = """() => {
  const { layers, records } = syriamap.opened;
  const box = (element) => element.getBoundingClientRect();
  const origin = box(document.querySelector('.sm-labels'));
  const away = ({ left, top, right, bottom }, { x, y }) => Math.hypot(
    Math.max(left - origin.left - x, 0, x + origin.left - right),
    Math.max(top - origin.top - y, 0, y + origin.top - bottom));
  const led = [...document.querySelectorAll('.sm-leader')].map(box);
  const touches = (a, b) => a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom + 2 && b.top < a.bottom + 2;
  const labels = [...document.querySelectorAll('.sm-name-city, .sm-name-town')];
  const wrong = labels.filter((label) => {
    const name = label.querySelector('bdi').textContent;
    const nearest = layers.dots._shown.reduce((a, b) => (away(box(label), a) <= away(box(label), b) ? a : b));
    return records.places.name[nearest.row] !== name && !led.some((line) => touches(box(label), line));
  });
  return [labels.length, wrong.map((label) => label.textContent)];
}"""  # noqa: E501


def figures(page: Path, corners: list[float]) -> dict[str, Any]:
    """Covered share and names beside other dots, at each size."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit("no Chromium on the PATH")
    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for width, height in SIZES:
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-syriamap=ready]")
            tab.wait_for_timeout(300)
            names, wrong = tab.evaluate(NAMES)
            *box, zoom = tab.evaluate(BOX, corners)
            tab.add_style_tag(content=".sm, .leaflet-control { visibility: hidden !important }")
            shots = []
            for style in (
                "/* all */",
                f":is({HIDDEN}), :is({HIDDEN}) * {{ visibility: hidden !important }}",
            ):
                tab.add_style_tag(content=style)
                image = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
                shots.append(np.asarray(image).astype(int))
            x0, y0, x1, y1 = (max(0, int(value)) for value in box)
            differs = (np.abs(shots[0] - shots[1]).max(axis=2) > DIFFERENT)[y0:y1, x0:x1]
            found[f"covered at {width} px, zoom {zoom:g} (%)"] = round(100 * differs.mean(), 1)
            found[f"names of cities and towns at {width} px"] = names
            found[f"beside another dot at {width} px"] = ", ".join(wrong) or "none"
            tab.close()
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what covers the map.")
    parser.add_argument("--date", default="2024-12-06")
    parser.add_argument("--page", type=Path, help="a page that is there already")
    box = ("NORTH", "WEST", "SOUTH", "EAST")
    usual = [*NORTH_WEST, *SOUTH_EAST]
    parser.add_argument("--box", type=float, nargs=4, metavar=box, default=usual)
    parser.add_argument("--json", type=Path, help="file for the figures as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        page = arguments.page or Path(name) / "map.html"
        if not arguments.page:
            words = ["map", arguments.date, "-o", str(page)]
            subprocess.run([sys.executable, "-c", SYRIAMAP, *words], check=True)
        found = figures(page.resolve(), arguments.box)
    for label, value in found.items():
        print(f"{label:44} {value}")
    write_report(arguments.json, {"map": arguments.date, **found})


if __name__ == "__main__":
    main()
