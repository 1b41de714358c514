"""
Take the pictures of README and docs again: ``python docs/pictures.py [NAME…]``.

``war.png`` and ``history.png`` are figures, the others screenshots of pages in headless Chromium
without a network, for which playwright and a Chromium on the PATH are needed. The gallery is drawn
by ``docs/gallery.py --draw``, which this script runs too; ``curves.png`` belongs to what
``benchmarks/curves.py measure`` measures, in hours, and ``benchmarks/curves.py draw`` draws;
``wings.svg`` is drawn by ``docs/wings.py``. Pictures are kept with 256 colors, which no eye tells
apart.
"""

from __future__ import annotations

import io
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
IMAGES = FOLDER / "images"
_COLORS = 256
_APART = 8  # sum of the differences of red, green and blue
SYRIAMAP = [sys.executable, "-c", "from syriamap.cli.app import main; main()"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

DATES = "2012-09-01 2014-07-01 2015-09-01 2016-12-31 2018-06-01 2020-06-01 2024-12-08 2026-02-15"
TITLE = "The war in eight maps"
FIGURES = {
    "war.png": (f"figure --small-multiples {DATES} --size slide --title '{TITLE}'", (1920, 1080)),
    "history.png": ("history 2011-03-15 2026-09-11 --step month", (921, 767)),
}
"""File, the words of its command without ``-o``, and its size in pixels."""

PAGES = {
    "day": "map 2024-12-06",
    "days": "map 2024-12-08 --since 2024-11-26",
    "changed": "changes 2024-11-29 2024-12-06",
    "told": "map 2024-12-06 --stories",
    "arabic": "map 2024-12-06 --lang ar",
}
"""Pages that pictures show, and the words of their commands."""

SHOTS: dict[str, tuple[str, str, tuple[int, int], str]] = {
    "syria-2024-12-06.png": ("day", "", (1200, 800), "light"),
    "through-time.png": ("days", "", (1280, 820), "light"),
    "changes.png": ("changed", "", (1280, 820), "light"),
    "stories.png": ("told", "#story=government", (1280, 820), "light"),
    "arabic.png": ("arabic", "", (1280, 820), "dark"),
}
"""File, page, what follows its address, size of the window, and the reader's colors."""

PHONES = ("phone.png", ("days", "arabic"), (360, 740), (1120, 740))
"""File, the pages side by side, the screen of each, and the size of the picture."""


def run(words: str, path: Path) -> None:
    """Run a command of the program that writes a file."""
    subprocess.run([*SYRIAMAP, *shlex.split(words), "-o", str(path)], check=True)  # noqa: S603


def keep(picture: Image.Image, name: str) -> None:
    """
    Write a picture with a palette of its own: its 256 most frequent colors, none close to another.

    What a picture is averaged to by the usual ways loses the small swatches of its legend.
    """
    levels: NDArray[np.uint8] = np.asarray(picture.convert("RGB"))
    seen, row, count = np.unique(
        levels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    ranked = seen[np.argsort(-count, kind="stable")].astype(int)
    palette = ranked[:1]
    for color in ranked[1:]:
        if len(palette) == _COLORS:
            break
        if (np.abs(palette - color).sum(axis=1) > _APART).all():
            palette = np.vstack([palette, color])
    nearest: NDArray[np.uint8] = np.asarray(cKDTree(palette).query(seen)[1], dtype=np.uint8)
    few = Image.fromarray(nearest[row].reshape(levels.shape[:2]), mode="P")
    few.putpalette(palette.astype(np.uint8).tobytes())
    few.save(IMAGES / name, optimize=True)


def draw_figure(name: str, folder: Path) -> None:
    """Draw a figure and bring it to its size."""
    words, size = FIGURES[name]
    run(words, folder / name)
    with Image.open(folder / name) as drawn:
        keep(drawn.convert("RGB").resize(size, Image.Resampling.LANCZOS), name)


def take_shots(wanted: Callable[[str], bool], folder: Path) -> None:
    """Take the screenshots, each page built once."""
    from playwright.sync_api import sync_playwright

    built: dict[str, Path] = {}

    def page_of(key: str) -> Path:
        if key not in built:
            built[key] = folder / f"{key}.html"
            run(PAGES[key], built[key])
        return built[key]

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit(f"none of {', '.join(BROWSERS)} is on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

        def shot(key: str, fragment: str, size: tuple[int, int], colors: Any) -> Image.Image:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, offline=True, color_scheme=colors
            )
            tab = context.new_page()
            tab.goto(page_of(key).as_uri() + fragment)
            tab.wait_for_selector("html[data-syriamap=ready]")
            tab.wait_for_timeout(500)
            taken = Image.open(io.BytesIO(tab.screenshot()))
            context.close()
            return taken

        for name, seen in SHOTS.items():
            if wanted(name):
                keep(shot(*seen), name)
        name, keys, screen, size = PHONES
        if wanted(name):
            sheet = Image.new("RGB", size, "#dcdcdc")
            share = size[0] // len(keys)
            for number, key in enumerate(keys):
                left = number * share + (share - screen[0]) // 2
                sheet.paste(shot(key, "", screen, "light").convert("RGB"), (left, 0))
            keep(sheet, name)
        browser.close()


def main(names: list[str]) -> None:
    """Make the pictures that are named, all when none is."""
    known = [*FIGURES, *SHOTS, PHONES[0], "gallery"]
    if unknown := sorted(set(names) - set(known)):
        sys.exit(f"no picture {', '.join(unknown)}; there are: {', '.join(known)}")

    def wanted(name: str) -> bool:
        return not names or name in names

    with tempfile.TemporaryDirectory() as folder:
        for name in filter(wanted, FIGURES):
            draw_figure(name, Path(folder))
        if any(map(wanted, [*SHOTS, PHONES[0]])):
            take_shots(wanted, Path(folder))
    if wanted("gallery"):
        subprocess.run([sys.executable, str(FOLDER / "gallery.py"), "--draw"], check=True)  # noqa: S603


if __name__ == "__main__":
    main(sys.argv[1:])
